"""The database of the service's own state: SQLite embedded by default, PostgreSQL by URL (SQLAlchemy 1.4).

The tables are made on first use, so that a database that is away when the service starts is no reason not to start.

SQLite lets one connection write at a time and has the others look again and again whether they may: whoever looks at the right
moment is next, and under load some wait very long. So the threads of this process queue before they ask for SQLite's lock; its
own waiting is left for other processes on the same file. Readers wait for nobody, and PostgreSQL queues by itself.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager, nullcontext, suppress
from pathlib import Path
from typing import TypeVar

from sqlalchemy import MetaData, create_engine, event, text
from sqlalchemy.engine import Connection, Engine, Row
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError, SQLAlchemyError
from sqlalchemy.pool import QueuePool
from sqlalchemy.sql.base import Executable

from state.errors import StateUnavailable, reason
from state.turnstile import Turnstile

WORKERS = 8  # threads of one process for statements that would stop the event loop
PATIENCE = 10.0  # seconds a SQLite writer waits for those of this process, and then again for other processes
metadata = MetaData()
Result = TypeVar("Result")

# A server that does not answer is given up within seconds, and a lock is not held by a process that went away.
_POSTGRES = {
    "connect_timeout": 3,
    "tcp_user_timeout": 5000,
    "options": "-c statement_timeout=10000 -c lock_timeout=5000 -c idle_in_transaction_session_timeout=15000",
    "application_name": "vejviser",
}


def state_url(home: Path) -> str:
    """VEJVISER_DATABASE_URL, or a SQLite file of its own in the state folder."""
    return os.environ.get("VEJVISER_DATABASE_URL") or f"sqlite:///{home / 'state.db'}"


class Database:
    """Transactions over one engine; safe for threads.

    Args:
        url: of the database. A SQLite file and its folder are made when missing, readable by their owner only.
    """

    def __init__(self, url: str):
        self.url = url
        self._engine = _engine(url)
        self._impatient = _engine(url, patience=0.0, tidies=False) if self.embedded else self._engine
        self._reading = self._engine.execution_options(read=True)
        self._ready = False
        self._lock = threading.Lock()
        self._writers = Turnstile(PATIENCE)
        self._threads = ThreadPoolExecutor(WORKERS, thread_name_prefix="state")

    @property
    def embedded(self) -> bool:
        """Whether this is SQLite."""
        return self._engine.dialect.name == "sqlite"

    async def run(self, work: Callable[[Connection], Result], read: bool = False) -> Result:
        """Do some work in one transaction, in a thread of the database's own.

        Raises:
            StateUnavailable: as `begin`.
        """

        def transact() -> Result:
            with self.read() if read else self.begin() as connection:
                return work(connection)

        return await asyncio.get_running_loop().run_in_executor(self._threads, transact)

    async def write(self, work: Callable[[Connection], Result]) -> Result:
        """A short transaction. Where nobody else writes to SQLite at this moment it is done on the spot, which is quicker than
        the way to a thread and back; otherwise as `run`, so it must bear being tried twice.

        Raises:
            StateUnavailable: as `begin`.
        """
        if self.embedded and self._ready:
            with self._writers.place_if_free() as free, suppress(StateUnavailable):  # `run` waits, or tells what is wrong
                if free:
                    with self._transaction(self._impatient) as connection:
                        return work(connection)
        return await self.run(work)

    async def look(self, query: Executable, values: dict[str, object]) -> Row | None:
        """The first row of a query that finds it by its key. SQLite's readers wait for nobody, and this one is quicker than the
        way to a thread and back.

        Raises:
            StateUnavailable: as `begin`.
        """

        def first(connection: Connection) -> Row | None:
            return connection.execute(query, values).first()

        if not self.embedded or not self._ready:
            return await self.run(first, read=True)
        with self.read() as connection:
            return first(connection)

    async def ping(self) -> None:
        """Raises StateUnavailable unless the database answers."""
        await self.run(lambda connection: connection.execute(text("SELECT 1")).scalar(), read=True)

    def tidy(self) -> None:
        """SQLite: empty the write-ahead log, where deleted rows would stay readable. PostgreSQL vacuums by itself."""
        if self.embedded:
            with self._turn(), closing(self._engine.raw_connection()) as connection:  # SQLAlchemy would begin a transaction
                connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()

    def close(self) -> None:
        """Let go of the connections that nobody uses."""
        self._engine.dispose()
        self._impatient.dispose()

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that only reads; it waits for no writer. Raises as `begin`."""
        return self._transaction(self._reading)

    @contextmanager
    def begin(self) -> Iterator[Connection]:
        """A transaction: committed at the end, rolled back on an error.

        Raises:
            StateUnavailable: when the database cannot be reached, read or written. A clash of keys (`IntegrityError`)
                is passed on, because callers decide by it.
        """
        with self._turn(), self._transaction(self._engine) as connection:
            yield connection

    def fetch(self, query: Executable) -> list[Row]:
        """The rows of one query. Raises as `begin`."""
        with self.read() as connection:
            return connection.execute(query).all()

    def execute(self, statement: Executable) -> int:
        """Do one statement in a transaction of its own; how many rows it touched. Raises as `begin`."""
        with self.begin() as connection:
            return connection.execute(statement).rowcount

    @contextmanager
    def _transaction(self, engine: Engine) -> Iterator[Connection]:
        try:
            self._prepare()
            with engine.begin() as connection:
                yield connection
        except IntegrityError:
            raise
        except (SQLAlchemyError, OSError) as error:
            raise StateUnavailable(f"the database: {reason(error)}") from error

    def _turn(self) -> AbstractContextManager[None]:
        """The turn to write, where writers have to queue."""
        return self._writers.place() if self.embedded else nullcontext()

    def _prepare(self) -> None:
        with self._lock:
            if self._ready:
                return
            if self.url.startswith("sqlite:///"):
                file = Path(self.url.removeprefix("sqlite:///"))
                file.parent.mkdir(parents=True, exist_ok=True)
                os.close(os.open(file, os.O_RDWR | os.O_CREAT, 0o600))
            try:
                metadata.create_all(self._engine)
            except (IntegrityError, OperationalError, ProgrammingError):  # another replica made them at the same moment
                metadata.create_all(self._engine)
            self._ready = True


def _engine(url: str, patience: float = PATIENCE, tidies: bool = True) -> Engine:
    """The engine of a database.

    Args:
        patience: seconds a SQLite connection waits for other processes.
        tidies: whether a SQLite connection may, after its own commit, carry what was committed over to the main file.
    """
    if not url.startswith("sqlite"):
        url = url.replace("postgres://", "postgresql://", 1)
        pool = {"pool_pre_ping": True, "pool_size": 10, "max_overflow": 20, "pool_timeout": 5}
        return create_engine(url, future=True, hide_parameters=True, connect_args=_POSTGRES, **pool)
    options = {"check_same_thread": False, "timeout": patience}
    engine = create_engine(
        url, future=True, hide_parameters=True, poolclass=QueuePool, pool_size=10, max_overflow=20, connect_args=options
    )

    def tune(connection: object, _: object) -> None:
        _tune_sqlite(connection, tidies)

    event.listen(engine, "connect", tune)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _tune_sqlite(connection: object, tidies: bool) -> None:
    """Readers do not wait for the writer; deleted rows are overwritten, so that deleted means gone; SQLAlchemy begins."""
    connection.isolation_level = None  # type: ignore[attr-defined]
    cursor = connection.cursor()  # type: ignore[attr-defined]
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "secure_delete=ON", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    if not tidies:
        cursor.execute("PRAGMA wal_autocheckpoint=0")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    """A writer takes its lock at once: one that began as a reader could not wait for another writer."""
    reads = connection.get_execution_options().get("read", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")
