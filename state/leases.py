"""Who of several replicas does a job that one is to do: a row in the database that is held for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Column, DateTime, String, Table, insert, update
from sqlalchemy.exc import IntegrityError

from state.database import Database, metadata

leases = Table(
    "lease",
    metadata,
    Column("job", String(40), primary_key=True),
    Column("until", DateTime, nullable=False),
)


def take(database: Database, job: str, length: timedelta, now: datetime) -> bool:
    """Whether this caller may do the job; nobody else may until the lease has run out.

    A clock that was set back cannot block a job for longer than its length.

    Args:
        now: naive UTC.
    """
    free = (leases.c.until <= now) | (leases.c.until > now + length)
    with database.begin() as connection:
        if connection.execute(update(leases).where(leases.c.job == job, free).values(until=now + length)).rowcount:
            return True
    try:
        with database.begin() as connection:
            connection.execute(insert(leases).values(job=job, until=now + length))
    except IntegrityError:
        return False
    return True
