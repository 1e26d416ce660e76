"""Every engine that runs here: the same rows as a table of each. Postgres is a server, Spark in local mode."""

import sqlite3
from datetime import date, datetime
from uuid import uuid4

import ibis
import pyarrow as pa
import pytest

from idealfit.engine import connect, identifier
from spark import spark_session

SQLITE_TYPES = {
    pa.string(): "TEXT",
    pa.float64(): "REAL",
    pa.int64(): "INTEGER",
    pa.bool_(): "BOOLEAN",
    pa.date32(): "DATE",
    pa.timestamp("us"): "TIMESTAMP",
    pa.timestamp("us", "UTC"): "TIMESTAMP",
}
POSTGRES_TYPES = {
    pa.string(): "text",
    pa.float64(): "double precision",
    pa.int64(): "bigint",
    pa.bool_(): "boolean",
    pa.date32(): "date",
    pa.timestamp("us"): "timestamp",
    pa.timestamp("us", "UTC"): "timestamptz",
    pa.list_(pa.string()): "text[]",
}


@pytest.fixture(scope="session")
def on_duckdb():
    """Return a function from rows to a connection and the name of its table of them."""

    def stored(rows: pa.Table):
        connection = connect()
        connection.con.register("companies", rows)
        return connection, "companies"

    return stored


@pytest.fixture
def on_sqlite(tmp_path):
    def stored(rows: pa.Table):
        if any(pa.types.is_list(kind) for kind in rows.schema.types):
            pytest.xfail("never: SQLite has no arrays; lists stand in one string there")
        path = tmp_path / "companies.db"
        path.unlink(missing_ok=True)
        with sqlite3.connect(path) as file:
            kinds = ", ".join(f"{identifier(f.name)} {SQLITE_TYPES[f.type]}" for f in rows.schema)
            file.execute(f"CREATE TABLE companies ({kinds})")
            cells = [
                [str(c) if isinstance(c, (date, datetime)) else c for c in row.values()] for row in rows.to_pylist()
            ]
            file.executemany(f"INSERT INTO companies VALUES ({', '.join('?' * rows.num_columns)})", cells)
        file.close()
        return ibis.sqlite.connect(path), "companies"

    return stored


@pytest.fixture
def on_postgres(postgres):
    connection = connect(postgres)
    name = f"companies_{uuid4().hex}"

    def stored(rows: pa.Table):
        kinds = ", ".join(f"{identifier(f.name)} {POSTGRES_TYPES[f.type]}" for f in rows.schema)
        connection.con.execute(f"DROP TABLE IF EXISTS {name}")
        connection.con.execute(f"CREATE TABLE {name} ({kinds})")
        cells = [tuple(row.values()) for row in rows.to_pylist()]
        with connection.con.cursor() as cursor:
            cursor.executemany(f"INSERT INTO {name} VALUES ({', '.join(['%s'] * rows.num_columns)})", cells)
        return connection, name

    yield stored
    connection.con.execute(f"DROP TABLE IF EXISTS {name}")
    connection.disconnect()


@pytest.fixture(scope="session")
def spark(tmp_path_factory):
    """Yield the one Spark of this run, started when it is first asked for."""
    with spark_session(tmp_path_factory.mktemp("spark")) as connection:
        yield connection


@pytest.fixture
def on_spark(spark):
    name = f"companies_{uuid4().hex}"

    def stored(rows: pa.Table):
        spark._session.createDataFrame(rows).createOrReplaceTempView(name)  # through pandas, NULL would be NaN
        return spark, name

    yield stored
    spark._session.catalog.dropTempView(name)


# All that runs on Spark goes to one worker, so that one Spark is started (needs --dist loadgroup).
ENGINES = ["on_duckdb", "on_sqlite", "on_postgres", pytest.param("on_spark", marks=pytest.mark.xdist_group("spark"))]


@pytest.fixture(params=ENGINES)
def stored(request):
    """Return a function from rows to a connection of one engine and the name of its table of them."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def engine(stored):
    """Return a function from rows to a connection of one engine and its table of them."""

    def opened(rows: pa.Table):
        connection, name = stored(rows)
        return connection, connection.table(name)

    return opened


@pytest.fixture(scope="session")
def default_engine(on_duckdb):
    """Return the same function for DuckDB alone, with which the others are compared."""

    def opened(rows: pa.Table):
        connection, name = on_duckdb(rows)
        return connection, connection.table(name)

    return opened
