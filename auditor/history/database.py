"""Reach the database of a history: a path or URL to an engine, its schema, and errors that say what to do."""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import field
from pathlib import Path
from typing import Final

import sqlalchemy
from sqlalchemy import URL, Connection, Engine, NullPool, event, select
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from auditor.records import dataclass

from .errors import HistoryError
from .schema import VERSION, metadata, schema

_PSYCOPG: Final = "postgresql+psycopg"
_DRIVERS: Final = {"postgresql": _PSYCOPG, "postgres": _PSYCOPG}
_EXTRAS: Final = {_PSYCOPG: "pip install 'auditor[postgresql]'"}
_BUSY: Final = ("database is locked", "lock timeout")


@dataclass(frozen=True)
class Database:
    """An engine and the name by which messages call it."""

    name: str
    engine: Engine
    password: str = field(repr=False)
    wait: float

    @contextmanager
    def transaction(self) -> Generator[Connection, None, None]:
        """Open one transaction, which is written whole or not at all.

        Raises:
            HistoryError: the database refuses.
        """
        try:
            with self.engine.begin() as connection:
                yield connection
        except DBAPIError as error:
            raise HistoryError(f"{self.name}: {self._reason(error)}") from None
        except SQLAlchemyError as error:
            raise HistoryError(f"{self.name}: {type(error).__name__}") from None

    def _reason(self, error: DBAPIError) -> str:
        """Return what the driver says, unless it says the password; never the statement: it has the result."""
        text = str(error.orig).strip().partition("\n")[0]
        if any(words in text for words in _BUSY):
            return f"another process is using it, for longer than the {self.wait:g} seconds waited for"
        return type(error.orig).__name__ if self.password and self.password in text else text


def connect(target: str, *, write: bool, wait: float) -> Database:
    """Open the database of a history and check its schema, or with `write` make it.

    Raises:
        HistoryError: as `open_history`.
    """
    url = _url(target)
    is_file = url.get_backend_name() == "sqlite"
    database = _sqlite(url, write=write, wait=wait) if is_file else _server(url, wait=wait)
    with database.transaction() as connection:
        tables = set(sqlalchemy.inspect(connection).get_table_names())
        if schema.name in tables:
            _check_version(connection, database.name)
        elif not write or (tables and is_file):
            raise HistoryError(f"{database.name}: is a database, but not a history of this program")
        else:
            metadata.create_all(connection)
            connection.execute(schema.insert().values(version=VERSION))
    return database


def _check_version(connection: Connection, name: str) -> None:
    version = connection.execute(select(schema.c.version)).scalar_one()
    if version > VERSION:
        raise HistoryError(
            f"{name}: was made by a newer version of this program (schema {version}; this one knows {VERSION})"
        )


def _url(target: str) -> URL:
    if "://" not in target:
        return URL.create("sqlite", database=target)
    try:
        url = sqlalchemy.make_url(target)
    except (ArgumentError, ValueError):
        # The library's text may quote the URL, which may hold a password.
        raise HistoryError("the URL of the history is malformed: driver://user@host/database is expected") from None
    return url.set(drivername=_DRIVERS.get(url.drivername, url.drivername))


def _sqlite(url: URL, *, write: bool, wait: float) -> Database:
    if not url.database or url.database == ":memory:":
        raise HistoryError("the URL of the history names no file")
    path = Path(url.database)
    if not path.exists() and not write:
        raise HistoryError(f"{path}: there is no such file")
    # Reading needs the right to write too: what an interrupted run left behind is rolled back by the next reader.
    address = f"{path.absolute().as_uri()}?mode={'rwc' if write else 'rw'}"

    def open_file() -> sqlite3.Connection:
        return sqlite3.connect(address, uri=True, timeout=wait, isolation_level=None)

    engine = sqlalchemy.create_engine("sqlite://", creator=open_file, poolclass=NullPool)

    def begin(connection: Connection) -> None:
        # Whoever is going to write takes the file at once, and does not find it changed since it was read.
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    event.listen(engine, "begin", begin)
    return Database(str(path), engine, "", wait)


def _server(url: URL, *, wait: float) -> Database:
    place = f"{url.host or 'this host'}/{url.database or ''}"
    name = f"{url.get_backend_name()} {place}"
    if url.drivername == _PSYCOPG and "connect_timeout" not in url.query:
        url = url.update_query_dict({"connect_timeout": str(max(2, int(wait)))})  # libpq takes no less than 2 seconds
    try:
        engine = sqlalchemy.create_engine(url, poolclass=NullPool)
    except (NoSuchModuleError, ImportError):
        how = _EXTRAS.get(url.drivername, "install it beside this program")
        raise HistoryError(f"{name}: the driver for {url.drivername} is missing: {how}") from None
    except (ArgumentError, TypeError, ValueError):
        raise HistoryError(f"{name}: the URL has options that its driver does not know") from None

    def begin(connection: Connection) -> None:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = {int(wait * 1000)}")

    event.listen(engine, "begin", begin)
    return Database(name, engine, url.password or "", wait)
