"""Parquet, JSON lines and databases as raw tables."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import ibis

from idealfit.engine import connect, identifier, literal, refusals_explained, rows
from idealfit.errors import EngineError, InputError, Mistake
from idealfit.sources.mapping import did_you_mean
from idealfit.sources.raw import RawTable, arrow_of_rows, raw_table
from idealfit.sources.scored_folders import current_rows

if TYPE_CHECKING:
    from pathlib import Path

    import pyarrow as pa

SHOWN = 20
JSON_ALLOWED = "one JSON object per line, or one array of objects"


def parquet_table(connection: ibis.BaseBackend, path: Path, name: str, *, lazy: bool) -> RawTable:
    """Return a Parquet file as a raw table; lazily as a view that reads only the columns it is asked for."""
    try:
        return raw_table(connection, f"SELECT * FROM read_parquet({literal(str(path))})", None, name=name, lazy=lazy)
    except EngineError as error:
        raise InputError(Mistake(f"the Parquet file cannot be read: {_reason(error)}", name)) from error


def scores_table(connection: ibis.BaseBackend, folder: Path, name: str, *, lazy: bool) -> RawTable:
    """Return a folder of scores as a raw table of its rows as they stand now."""
    try:
        return raw_table(connection, current_rows(folder), None, name=name, lazy=lazy)
    except EngineError as error:
        raise InputError(Mistake(f"this folder of scores cannot be read: {_reason(error)}", name)) from error


def json_table(connection: ibis.BaseBackend, path: Path, name: str) -> RawTable:
    """Return JSON lines (or one JSON array of objects) as a raw table; nested fields become ``outer.inner``."""
    query = (
        f"SELECT * FROM read_json({literal(str(path))}, sample_size = -1, maximum_object_size = 268435456, "
        "convert_strings_to_integers = false, records = true)"
    )
    try:
        raw = raw_table(connection, query, None, name=name, row_word="record")
    except EngineError as error:
        raise InputError(*_broken_lines(path, name, error)) from error
    if not raw.headings:
        raise InputError(Mistake("there are no fields", where=name, allowed="one JSON object per line"))
    return raw


def duckdb_table(connection: ibis.BaseBackend, path: Path, part: str | None, name: str, *, lazy: bool) -> RawTable:
    """Return a table of a DuckDB file, opened for reading only."""
    alias = ibis.util.gen_name("idealfit_file")
    rows(connection, f"ATTACH {literal(str(path))} AS {identifier(alias)} (READ_ONLY)", f"opening {path}")
    found = rows(
        connection,
        f"SELECT table_schema, table_name FROM information_schema.tables WHERE table_catalog = {literal(alias)} "
        "ORDER BY 1, 2",
        f"listing the tables of {path}",
    )
    tables = {t if schema == "main" else f"{schema}.{t}": (schema, t) for schema, t in found}
    schema, table = tables[chosen_table(part, tuple(tables), name)]
    query = f"SELECT * FROM {identifier(alias)}.{identifier(schema)}.{identifier(table)}"
    raw = raw_table(connection, query, None, name=name, lazy=lazy)
    if not lazy:
        rows(connection, f"DETACH {identifier(alias)}", f"closing {path}")
    return raw


def sqlite_table(connection: ibis.BaseBackend, path: Path, part: str | None, name: str) -> RawTable:
    """Return a table of a SQLite file; cells keep the type they were stored with, mixed columns become texts."""
    backend = connect(f"sqlite://{path.absolute()}")
    try:
        table = chosen_table(part, tuple(backend.list_tables()), name)
        with refusals_explained(f"reading {name}"):
            cursor = backend.raw_sql(f"SELECT * FROM {identifier(table)}")
            headings = [column[0] for column in cursor.description]
            cells = arrow_of_rows(cursor.fetchall(), len(headings))
    finally:
        backend.disconnect()
    return arrow_raw_table(connection, cells, headings, name)


def url_table(connection: ibis.BaseBackend, url: str, part: str | None, name: str) -> RawTable:
    """Return a table of any database that ibis connects to, copied into `connection`."""
    backend = connect(url)
    try:
        table = chosen_table(part, tuple(backend.list_tables()), name)
        with refusals_explained(f"reading {name}"):
            cells = backend.table(table).to_pyarrow()
    finally:
        backend.disconnect()
    return arrow_raw_table(connection, cells, list(cells.column_names), name)


def arrow_raw_table(connection: ibis.BaseBackend, cells: pa.Table, headings: list[str], name: str) -> RawTable:
    """Return an Arrow table as a raw table of `connection`."""
    registered = ibis.util.gen_name("idealfit_arrow")
    numbered = cells.rename_columns([f"c{n}" for n in range(len(headings))])
    connection.con.register(registered, numbered)
    raw = raw_table(connection, f"SELECT * FROM {identifier(registered)}", headings, name=name)
    connection.con.unregister(registered)
    return raw


def chosen_table(part: str | None, tables: tuple[str, ...], name: str) -> str:
    """Return the table asked for, or the only one there is; raises `InputError` naming them all."""
    if part is None and len(tables) == 1:
        return tables[0]
    if part in tables:
        return str(part)
    listed = ", ".join(tables) or "none at all"
    if part is None:
        raise InputError(
            Mistake("the database has several tables", name, allowed=listed, next_step="Name one: " + name + "::TABLE.")
            if tables
            else Mistake("the database has no tables", name)
        )
    raise InputError(Mistake("there is no such table", name, part, listed, did_you_mean(part, tables)))


def _broken_lines(path: Path, name: str, error: EngineError) -> list[Mistake]:
    """Return the lines that are no JSON objects, or the engine's reason where every line is."""
    mistakes: list[Mistake] = []
    with path.open("rb") as file:
        if file.read(1) == b"[":
            return [Mistake(f"this JSON cannot be read: {_reason(error)}", name, allowed=JSON_ALLOWED)]
        file.seek(0)
        for line, content in enumerate(file, start=1):
            try:
                is_object = not content.strip() or isinstance(json.loads(content), dict)
                what = "a line must hold a JSON object"
            except (ValueError, RecursionError) as broken:
                is_object, what = False, f"this line is not JSON ({broken})"
            if not is_object:
                shown = content[:60].decode("utf-8", "replace").strip()
                mistakes.append(Mistake(what, f"{name}:{line}", shown, "one JSON object per line"))
            if len(mistakes) == SHOWN:
                break
    return mistakes or [Mistake(f"this JSON cannot be read: {_reason(error)}", name, allowed=JSON_ALLOWED)]


def _reason(error: EngineError) -> str:
    """Return why the engine refused, without the statement that it was given."""
    said = error.mistakes[0].what.removeprefix("the query engine refused: ")
    return said.split(" LINE 1:")[0].split(" Try setting ")[0]
