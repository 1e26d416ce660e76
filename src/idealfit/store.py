"""The one door to the operational database: SQLite in a file by default, Postgres by URL.

No other module opens one. A room declares its tables as a `Schema`; `open_store` creates them or brings older ones up
to date step by step, and the `Store` it returns is handed on as an argument. All work is done in `Store.transaction`.

What is written is on disk when the block ends: SQLite keeps a write-ahead log and syncs it on each commit.
"""

from __future__ import annotations

import json
import math
import re
import time
from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import sqlalchemy as sa
from pydantic_core import from_json
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError, SQLAlchemyError

from idealfit.errors import InputError, Mistake, StoreError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy.engine.interfaces import Dialect

WAITS = 15.0
"""Seconds that a writer waits for another one, and a connection for its server, before it gives up."""

RESTED = 1.0
"""Seconds after which a server is asked whether a connection still stands, before work is sent to it."""

SHOWN = 300
"""How many characters of a refusal an error shows."""

DRIVERS = {"sqlite": "sqlite"} | dict.fromkeys(("postgres", "postgresql", "postgresql+psycopg"), "postgresql+psycopg")

WRITES = "idealfit_writes"  # execution option: take the write lock at the start, not half way through

Step: TypeAlias = Callable[[sa.Connection], None]
"""What brings the tables from one version to the next."""

VERSIONS = sa.MetaData()
_VERSIONS = sa.Table(
    "idealfit_schema",
    VERSIONS,
    sa.Column("room", sa.String(40), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
)


class Moment(sa.types.TypeDecorator[datetime]):
    """A point in time: aware datetimes go in and come out in UTC; one without a time zone is refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment in UTC, as the engine stores it."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a moment needs a time zone: {value.isoformat()}")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Return the moment as an aware datetime in UTC."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Plain = sa.JSON().with_variant(postgresql.JSONB(), "postgresql")
"""A column of plain values: dict, list, str, int, float, bool, None."""


@dataclass(frozen=True)
class Schema:
    """The tables that one room keeps, and how they came to be what they are.

    `steps` bring older tables up to date: the first leads from version 1 to 2, and so on; a new database gets
    `tables` as they are now and runs none. Rows of the tables named in `append_only` are never changed or removed.
    """

    room: str
    tables: sa.MetaData
    append_only: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()

    @property
    def version(self) -> int:
        """Return the version of the tables as they are declared now."""
        return len(self.steps) + 1


class Store:
    """An open operational database: ``sqlite`` or ``postgresql`` by `kind`, at the address `name`."""

    def __init__(self, engine: sa.Engine, name: str) -> None:
        self._engine = engine
        self._opened_to = {writes: engine.execution_options(**{WRITES: writes}) for writes in (True, False)}
        self.name = name
        self.kind = engine.dialect.name
        self._prepared: set[str] = set()

    def prepare(self, *schemas: Schema) -> None:
        """Create the tables of `schemas`, or bring older ones up to date; what was prepared before is passed over."""
        for schema in schemas:
            if schema.room not in self._prepared:
                with self.transaction(f"preparing the tables of {schema.room}") as connection:
                    _prepare(connection, schema, self.name)
                self._prepared.add(schema.room)

    @contextmanager
    def transaction(self, about: str, *, writes: bool = True) -> Iterator[sa.Connection]:
        """Yield a connection; what was done with it is kept if the block ends well, and undone if it raises.

        `about` says in an error what was being done. With `writes`, SQLite's one writer is waited for at the start.
        Raises `StoreError` for whatever the database refuses.
        """
        with refusals_explained(about, self.name), self._opened_to[writes].begin() as connection:
            yield connection

    def insert(self, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
        """Return the engine's own INSERT, which knows ``on_conflict_do_nothing`` and ``on_conflict_do_update``."""
        return sqlite.insert(table) if self.kind == "sqlite" else postgresql.insert(table)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()


def open_store(where: str | Path, *schemas: Schema, connections: int = 5) -> Store:
    """Return the database at `where`, with the tables of `schemas` in their present version.

    `where` is the path of a SQLite file (made if it is not there) or a Postgres URL. Several rooms may share one.
    `connections` is how many a Postgres server is asked to keep open. Raises `InputError` for an address that cannot
    be one, `StoreError` where the database refuses or was written by a newer version of the program.
    """
    url = _url(where)
    name = url.render_as_string(hide_password=True)
    engine = _sqlite(url) if _is_file(url) else _postgres(url, connections)
    store = Store(engine, url.database or name if _is_file(url) else name)
    try:
        store.prepare(*schemas)
    except BaseException:
        store.close()
        raise
    return store


@contextmanager
def refusals_explained(about: str, where: str) -> Iterator[None]:
    """Turn whatever the database refuses inside the block into one `StoreError`.

    >>> with refusals_explained("adding a lead", "leads.db"):
    ...     raise SQLAlchemyError("disk full")
    Traceback (most recent call last):
        ...
    idealfit.errors.StoreError: leads.db: adding a lead: the database refused: disk full.
    """
    try:
        yield
    except SQLAlchemyError as error:
        cause = error.orig if isinstance(error, DBAPIError) and error.orig is not None else error
        reason = " ".join(str(cause).split())[:SHOWN].rstrip(".?! ")
        raise StoreError(
            Mistake(f"{about}: the database refused: {reason}", where, next_step=_way_out(reason))
        ) from error


_WAYS_OUT = (
    ("not a database", "Name another file; this one is left as it is."),
    ("unable to open", "Is the folder there, and may it be written to?"),
    ("readonly", "May the file and its folder be written to?"),
    ("locked", "Another program has been writing for long; try again."),
    ("append-only", "Rows of this table are never changed; add a new one."),
    ("connection", "Is the server there? What was under way was undone; try again."),
)


def _way_out(reason: str) -> str:
    return next((way for sign, way in _WAYS_OUT if sign in reason.casefold()), "")


def _url(where: str | Path) -> sa.URL:
    text = str(where)
    scheme, separator, rest = text.partition("://")
    if not separator:
        if not text.strip() or Path(text).is_dir():
            raise InputError(Mistake("this is not a file for a database", found=text, next_step="Name a file."))
        return sa.URL.create("sqlite", database=text)
    known = {
        "postgres": "postgresql+psycopg",
        "postgresql": "postgresql+psycopg",
        "postgresql+psycopg": "",
        "sqlite": "",
    }
    try:
        if scheme not in known:
            raise ArgumentError(scheme)
        url = make_url(f"{known[scheme] or scheme}://{rest}")
    except (ArgumentError, NoSuchModuleError, ValueError):
        raise InputError(
            Mistake(
                "no operational database has such an address",
                found=re.sub(r"(://[^/@:]*):[^/@]*@", r"\1:***@", text)[:200],
                allowed="the path of a SQLite file, or postgresql://user@host:5432/database",
            )
        ) from None
    if _is_file(url) and url.database in (None, "", ":memory:"):
        raise InputError(Mistake("a database in memory would be lost", found=text, next_step="Name a file."))
    return url


def _values(text: str | bytes) -> Any:  # noqa: ANN401  whatever was kept
    """Return the values in a JSON text, in half the time that the standard library takes."""
    try:
        return from_json(text, cache_strings="keys")
    except ValueError:  # halves of letters, which only the standard library reads
        return json.loads(text)


def _is_file(url: sa.URL) -> bool:
    return url.get_backend_name() == "sqlite"


def _sqlite(url: sa.URL) -> sa.Engine:
    engine = sa.create_engine(
        url, json_deserializer=_values, connect_args={"timeout": WAITS, "check_same_thread": False}
    )

    @sa.event.listens_for(engine, "connect")
    def _settings(connection: Any, _record: object) -> None:  # noqa: ANN401  the driver's own
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        for setting in (
            f"busy_timeout = {int(WAITS * 1000)}",
            "journal_mode = WAL",
            "synchronous = FULL",
            "foreign_keys = ON",
        ):
            connection.execute(f"PRAGMA {setting}")

    @sa.event.listens_for(engine, "begin")
    def _begin(connection: sa.Connection) -> None:
        # A reader that turns writer half way can be refused at once, whatever the timeout: writers say so first.
        writes = connection.get_execution_options().get(WRITES, True)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgres(url: sa.URL, connections: int) -> sa.Engine:
    engine = sa.create_engine(
        url,
        pool_size=connections,
        max_overflow=connections,
        pool_timeout=WAITS,
        json_deserializer=_values,
        connect_args={"connect_timeout": int(WAITS), "options": "-c timezone=UTC"},
    )

    @sa.event.listens_for(engine, "checkin")
    def _rests(_connection: object, record: Any) -> None:  # noqa: ANN401  SQLAlchemy's own
        record.info["rests_since"] = time.monotonic()

    @sa.event.listens_for(engine, "checkout")
    def _asked_first(connection: Any, record: Any, _proxy: object) -> None:  # noqa: ANN401
        if time.monotonic() - record.info.get("rests_since", math.inf) < RESTED:
            return  # under load, one more question would go with every transaction
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise sa.exc.InvalidatePoolError from error  # and new connections are made

    return engine


def _prepare(connection: sa.Connection, schema: Schema, where: str) -> None:
    """Create the tables of a schema, or bring them to its version."""
    if connection.dialect.name == "postgresql":  # two programs that start at once must not both create
        connection.execute(sa.text("SELECT pg_advisory_xact_lock(7431964)"))
    VERSIONS.create_all(connection)
    there = connection.scalar(sa.select(_VERSIONS.c.version).where(_VERSIONS.c.room == schema.room))
    if there is None:
        schema.tables.create_all(connection)
        connection.execute(sa.insert(_VERSIONS).values(room=schema.room, version=schema.version))
    elif there > schema.version:
        raise StoreError(
            Mistake(
                f"the tables of {schema.room} were written by a newer version of Idealfit",
                where,
                str(there),
                f"up to {schema.version}",
                "Upgrade Idealfit.",
            )
        )
    else:
        for step in schema.steps[there - 1 :]:
            step(connection)
        if there < schema.version:
            connection.execute(
                sa.update(_VERSIONS).where(_VERSIONS.c.room == schema.room).values(version=schema.version)
            )
    for table in schema.append_only:
        _protect(connection, table)


def _protect(connection: sa.Connection, table: str) -> None:
    """Have the engine itself refuse to change or remove rows of a table."""
    quoted = connection.dialect.identifier_preparer.quote(table)
    said = f"{table} is append-only"
    if connection.dialect.name == "sqlite":
        for change in ("update", "delete"):
            connection.exec_driver_sql(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{change} BEFORE {change.upper()} ON {quoted} "
                f"BEGIN SELECT RAISE(ABORT, '{said}'); END"
            )
        return
    known = connection.scalar(
        sa.text("SELECT count(*) FROM pg_trigger WHERE tgname = :name"), {"name": f"{table}_append_only"}
    )
    if known:
        return
    connection.exec_driver_sql(
        f"CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{said}'; END $$"
    )
    connection.exec_driver_sql(
        f"CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON {quoted} "
        f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_append_only()"
    )
