"""The catalogue in a database: SQLite embedded by default, PostgreSQL by URL (SQLAlchemy 1.4).

Loading replaces the whole catalogue in one transaction and is idempotent: the same digest is not written twice. Readers
therefore see the old catalogue or the new one, never a mixture.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, fields
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Column, ForeignKey, Integer, MetaData, String, Table, Text, create_engine, delete, insert, select
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from knowledge.errors import DatabaseError
from knowledge.model import (
    Approval,
    Ask,
    Catalogue,
    ContactCondition,
    ContactPoint,
    Document,
    Fact,
    LeftOut,
    Municipality,
    Service,
    Source,
)

metadata = MetaData()
catalogues = Table(
    "knowledge_catalogue",
    metadata,
    Column("digest", String(64), primary_key=True),
)
municipalities = Table(
    "knowledge_municipality",
    metadata,
    Column("id", String(80), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("name", String(200), nullable=False),
    Column("body", Text, nullable=False),
)
services = Table(
    "knowledge_service",
    metadata,
    Column("id", String(120), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("municipality", String(80), ForeignKey("knowledge_municipality.id"), nullable=False, index=True),
    Column("name", String(300), nullable=False),
    Column("body", Text, nullable=False),
)
facts = Table(
    "knowledge_fact",
    metadata,
    Column("id", String(200), primary_key=True),
    Column("position", Integer, nullable=False),
    Column("municipality", String(80), nullable=False, index=True),
    Column("service", String(120), nullable=False, index=True),
    Column("facet", String(40), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("body", Text, nullable=False),
)

Record = TypeVar("Record")


def default_url(home: Path | None = None) -> str:
    """VEJVISER_DATABASE_URL, or a SQLite file in the state folder (VEJVISER_HOME, default `.vejviser`)."""
    folder = home or Path(os.environ.get("VEJVISER_HOME", ".vejviser"))
    return os.environ.get("VEJVISER_DATABASE_URL") or f"sqlite:///{folder / 'knowledge.db'}"


def connect(url: str) -> Engine:
    """An engine for the URL; the tables exist afterwards.

    Raises:
        DatabaseError: when the database cannot be reached or written.
    """
    try:
        if url.startswith("sqlite:///"):
            Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        engine = create_engine(url.replace("postgres://", "postgresql://", 1), poolclass=NullPool, future=True)
        _make_tables(engine)
    except (SQLAlchemyError, ImportError, OSError) as error:
        raise DatabaseError(f"the knowledge database cannot be opened: {_reason(error)}") from error
    return engine


def _make_tables(engine: Engine) -> None:
    """Make the missing tables. Other replicas may do so at the same moment: each fault means that one more is there."""
    for _ in metadata.tables:
        with suppress(IntegrityError, OperationalError, ProgrammingError):
            return metadata.create_all(engine)
    metadata.create_all(engine)


def store_catalogue(engine: Engine, catalogue: Catalogue) -> bool:
    """Replace the stored catalogue in one transaction.

    Returns:
        True when something was written, False when the same digest was already there.

    Raises:
        DatabaseError: when it cannot be written; the stored catalogue is then unchanged.
    """
    try:
        with engine.begin() as connection:
            _lock(connection)
            if connection.execute(select(catalogues.c.digest)).scalar() == catalogue.digest:
                return False
            _replace(connection, catalogue)
            return True
    except SQLAlchemyError as error:
        raise DatabaseError(f"the catalogue cannot be written: {_reason(error)}") from error


def stored_digest(engine: Engine) -> str | None:
    """Digest of the stored catalogue, None when there is none.

    Raises:
        DatabaseError: when the database cannot be read.
    """
    try:
        with engine.connect() as connection:
            return connection.execute(select(catalogues.c.digest)).scalar()
    except SQLAlchemyError as error:
        raise DatabaseError(f"the knowledge database cannot be read: {_reason(error)}") from error


def fetch_catalogue(engine: Engine) -> Catalogue | None:
    """The stored catalogue read in one transaction, None when there is none.

    Raises:
        DatabaseError: when the database cannot be read.
    """
    try:
        with _at_one_moment(engine) as connection:
            digest = connection.execute(select(catalogues.c.digest)).scalar()
            return _assemble(connection, digest) if digest else None
    except SQLAlchemyError as error:
        raise DatabaseError(f"the knowledge database cannot be read: {_reason(error)}") from error


def _lock(connection: Connection) -> None:
    """Let one replica write at a time; readers go on."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql("LOCK TABLE knowledge_catalogue IN EXCLUSIVE MODE")
    elif connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")


@contextmanager
def _at_one_moment(engine: Engine) -> Iterator[Connection]:
    """A transaction that sees the same rows in all its statements, whoever writes meanwhile."""
    if engine.dialect.name == "postgresql":
        engine = engine.execution_options(isolation_level="REPEATABLE READ")
    with engine.begin() as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("BEGIN")
        yield connection


def _reason(error: Exception) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]


def _replace(connection: Connection, catalogue: Catalogue) -> None:
    for table in (facts, services, municipalities, catalogues):
        connection.execute(delete(table))
    connection.execute(insert(catalogues).values(digest=catalogue.digest))
    for n, item in enumerate(catalogue.municipalities):
        body = _json(item, without=("facts", "services", "by_id"))
        connection.execute(insert(municipalities).values(id=item.id, position=n, name=item.name, body=body))
    rows = [
        {
            "id": s.id,
            "position": n,
            "municipality": s.municipality,
            "name": s.name,
            "body": _json(s, without=("facts",)),
        }
        for n, s in enumerate(catalogue.services())
    ]
    if rows:
        connection.execute(insert(services), rows)
    contacts = {c.fact.id for m in catalogue.municipalities for c in m.contact_points}
    rows = [
        {
            "id": f.id,
            "position": n,
            "municipality": f.municipality,
            "service": f.service,
            "facet": f.facet,
            "text": f.text,
            "body": _json(f),
        }
        for n, f in enumerate(catalogue.facts())
        if f.id not in contacts
    ]
    if rows:
        connection.execute(insert(facts), rows)


def _json(item: Any, without: tuple[str, ...] = ()) -> str:
    data = {key: value for key, value in asdict(item).items() if key not in without}
    return json.dumps(data, ensure_ascii=False, sort_keys=True)


def _assemble(connection: Connection, digest: str) -> Catalogue:
    stored = [_fact(json.loads(row.body)) for row in connection.execute(select(facts).order_by(facts.c.position))]
    of_service: dict[str, list[Fact]] = {}
    of_municipality: dict[str, list[Fact]] = {}
    for fact in stored:
        if fact.service:
            of_service.setdefault(fact.service, []).append(fact)
        else:
            of_municipality.setdefault(fact.municipality, []).append(fact)
    offered: dict[str, list[Service]] = {}
    for row in connection.execute(select(services).order_by(services.c.position)):
        data = json.loads(row.body)
        offered.setdefault(row.municipality, []).append(_build(Service, data, facts=tuple(of_service.get(row.id, ()))))
    built = []
    for row in connection.execute(select(municipalities).order_by(municipalities.c.position)):
        data = json.loads(row.body)
        built.append(
            _build(
                Municipality,
                data,
                documents=tuple(_document(d) for d in data["documents"]),
                contact_points=tuple(_contact(c) for c in data["contact_points"]),
                facts=tuple(of_municipality.get(row.id, ())),
                services=tuple(offered.get(row.id, ())),
            )
        )
    return Catalogue(digest, tuple(built), tuple(of_municipality.get("", ())))


def _build(kind: type[Record], data: dict[str, Any], **replaced: Any) -> Record:
    values = {}
    for item in fields(kind):  # type: ignore[arg-type]
        if item.init and item.name in {**data, **replaced}:
            value = replaced.get(item.name, data.get(item.name))
            values[item.name] = tuple(value) if isinstance(value, list) else value
    return kind(**values)


def _fact(data: dict[str, Any]) -> Fact:
    source = Source(**data["source"]) if data["source"] else None
    return _build(Fact, data, source=source, asks=tuple(Ask(**ask) for ask in data["asks"]))


def _contact(data: dict[str, Any]) -> ContactPoint:
    when = tuple(ContactCondition(**condition) for condition in data["when"])
    return _build(ContactPoint, data, fact=_fact(data["fact"]), when=when)


def _document(data: dict[str, Any]) -> Document:
    return _build(
        Document,
        data,
        approved=tuple(Approval(**a) for a in data["approved"]),
        left_out=tuple(LeftOut(**item) for item in data["left_out"]),
    )
