"""Any place a table can be, opened as a raw table; and where one of its cells stands."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from idealfit.engine import refusals_explained, without_password
from idealfit.errors import InputError, Mistake
from idealfit.sources.delimited import delimited_table
from idealfit.sources.places import ALLOWED, place_of
from idealfit.sources.raw import RawTable, arrow_of_rows, raw_table
from idealfit.sources.spreadsheets import sheet_table
from idealfit.sources.stored import (
    arrow_raw_table,
    duckdb_table,
    json_table,
    parquet_table,
    scores_table,
    sqlite_table,
    url_table,
)

if TYPE_CHECKING:
    import ibis


TableLike: TypeAlias = str | Path | pd.DataFrame | pa.Table | ir.Table
"""What can be read: a path or URL, or a table that is already in Python."""


def opened(where: TableLike, connection: ibis.BaseBackend, *, lazy: bool) -> RawTable:
    """Return the table at `where` as a raw table of a DuckDB `connection`.

    `lazy` asks for a view instead of a copy; Parquet, DuckDB files and ibis tables of the same connection can give one.
    """
    if connection.name != "duckdb":
        raise InputError(
            Mistake(
                "files are read by DuckDB",
                found=connection.name,
                next_step="Leave the connection to idealfit.engine.connect().",
            )
        )
    if not isinstance(where, (str, Path)):
        return _in_memory(where, connection, lazy=lazy)
    name = str(where)
    place = place_of(name)
    path = Path(place.address)
    if place.part is not None and place.form in ("delimited", "parquet", "json", "scores"):
        raise InputError(
            Mistake("such a file or folder holds one table; nothing is named after '::'", name, place.part)
        )
    match place.form:
        case "delimited":
            return delimited_table(connection, path, name)
        case "sheet":
            return sheet_table(connection, path, place.part, name)
        case "parquet":
            return parquet_table(connection, path, name, lazy=lazy)
        case "json":
            return json_table(connection, path, name)
        case "scores":
            return scores_table(connection, path, name, lazy=lazy)
        case "duckdb":
            return duckdb_table(connection, path, place.part, name, lazy=lazy)
        case "sqlite":
            return sqlite_table(connection, path, place.part, name)
        case _:
            return url_table(connection, place.address, place.part, without_password(name))


def _in_memory(where: object, connection: ibis.BaseBackend, *, lazy: bool) -> RawTable:
    if isinstance(where, ir.Table):
        with refusals_explained("reading an ibis table"):
            if where.get_backend() is connection:
                query = str(connection.compile(where))
                return raw_table(connection, query, list(where.columns), name="an ibis table", lazy=lazy)
            return arrow_raw_table(connection, where.to_pyarrow(), list(where.columns), "an ibis table")
    if isinstance(where, pa.Table):
        return arrow_raw_table(connection, where, list(where.column_names), "an Arrow table")
    if isinstance(where, pd.DataFrame):
        headings = [str(heading) for heading in where.columns]
        return arrow_raw_table(connection, _arrow_of_frame(where), headings, "a data frame")
    raise InputError(
        Mistake("this is no table", found=type(where).__name__, allowed=ALLOWED + "; pandas, Arrow and ibis tables")
    )


def _arrow_of_frame(frame: pd.DataFrame) -> pa.Table:
    """Return a data frame as Arrow, columns of mixed Python values as texts."""
    columns = {}
    for n in range(frame.shape[1]):
        column = frame.iloc[:, n]
        try:
            columns[f"c{n}"] = pa.array(column, from_pandas=True)
        except (pa.ArrowInvalid, pa.ArrowTypeError):
            values = [None if value is None or value is pd.NaT or value != value else value for value in column]  # noqa: PLR0124
            columns[f"c{n}"] = arrow_of_rows([(value,) for value in values], 1).column(0)
    return pa.table(columns)
