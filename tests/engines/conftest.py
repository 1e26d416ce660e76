"""Every engine that runs without a server: the same rows as a table of each."""

import sqlite3
from datetime import date, datetime

import ibis
import pyarrow as pa
import pytest

from idealfit.engine import connect

SQLITE_TYPES = {
    pa.string(): "TEXT",
    pa.float64(): "REAL",
    pa.int64(): "INTEGER",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.timestamp("us", "UTC"): "TIMESTAMP",
}


def on_duckdb(rows: pa.Table, _folder):
    return connect(), ibis.memtable(rows)


def on_sqlite(rows: pa.Table, folder):
    if any(pa.types.is_list(kind) for kind in rows.schema.types):
        pytest.xfail("never: SQLite has no arrays; lists stand in one string there")
    path = folder / "companies.db"
    path.unlink(missing_ok=True)
    with sqlite3.connect(path) as file:
        kinds = ", ".join(f'"{f.name}" {SQLITE_TYPES[f.type]}' for f in rows.schema)
        file.execute(f"CREATE TABLE companies ({kinds})")
        cells = [[str(c) if isinstance(c, (date, datetime)) else c for c in row.values()] for row in rows.to_pylist()]
        file.executemany(f"INSERT INTO companies VALUES ({', '.join('?' * rows.num_columns)})", cells)
    file.close()
    connection = ibis.sqlite.connect(path)
    return connection, connection.table("companies")


@pytest.fixture(params=[on_duckdb, on_sqlite], ids=["duckdb", "sqlite"])
def engine(request, tmp_path):
    """Return a function from rows to a connection and its table of them."""
    return lambda rows: request.param(rows, tmp_path)


@pytest.fixture(scope="module")
def default_engine():
    """Return the same function for DuckDB alone, with which the others are compared."""
    return lambda rows: on_duckdb(rows, None)
