"""The operational database: the same laws on SQLite and on a real Postgres."""

from __future__ import annotations

import re
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from idealfit.errors import InputError, StoreError
from idealfit.store import Moment, Plain, Schema, open_store

NOON = datetime(2026, 10, 25, 12, 30, 0, 123456, tzinfo=UTC)


def ledger(steps=(), extra=()):
    tables = sa.MetaData()
    sa.Table("parents", tables, sa.Column("id", sa.Integer, primary_key=True))
    sa.Table(
        "entries",
        tables,
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("parent", sa.ForeignKey("parents.id")),
        sa.Column("at", Moment),
        sa.Column("facts", Plain),
        *extra,
    )
    return Schema("test", tables, append_only=("entries",), steps=steps)


@pytest.fixture(params=["sqlite", "postgres"])
def where(request, tmp_path):
    return str(tmp_path / "store.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


def run(store, *statements):
    with store.transaction("writing") as connection:
        for statement in statements:
            connection.execute(statement)


def count(store, table):
    with store.transaction("counting", writes=False) as connection:
        return connection.scalar(sa.select(sa.func.count()).select_from(table))


def test_values_come_back_as_they_were(where):
    schema = ledger()
    entries = schema.tables.tables["entries"]
    told = {"at": NOON.astimezone(timezone(timedelta(hours=5, minutes=30))), "facts": {"a": [1, 2.5, None, "ü", True]}}
    with open_store(where, schema) as store, store.transaction("writing") as connection:
        connection.execute(sa.insert(entries).values(id=1, **told))
    with open_store(where, schema) as store, store.transaction("reading", writes=False) as connection:
        row = connection.execute(sa.select(entries)).one()
    assert (row.at, row.at.tzinfo, row.facts) == (NOON, UTC, told["facts"])


def test_a_moment_without_a_time_zone_is_refused(where):
    schema = ledger()
    entries = schema.tables.tables["entries"]
    with open_store(where, schema) as store, pytest.raises(StoreError, match="a moment needs a time zone"):
        run(store, sa.insert(entries).values(id=1, at=datetime(2026, 1, 1)))


def test_a_block_that_raises_leaves_nothing(where):
    schema = ledger()
    entries = schema.tables.tables["entries"]
    with open_store(where, schema) as store:
        with pytest.raises(StoreError, match=r"no such column|does not exist"):
            run(store, sa.insert(entries).values(id=1), sa.text("SELECT nonsense"))
        assert count(store, entries) == 0


@pytest.mark.parametrize("change", ["UPDATE entries SET facts = NULL", "DELETE FROM entries"])
def test_the_engine_itself_refuses_to_rewrite_history(where, change):
    schema = ledger()
    entries = schema.tables.tables["entries"]
    with open_store(where, schema) as store:
        run(store, sa.insert(entries).values(id=1))
        with pytest.raises(StoreError, match=r"entries is append-only.*add a new one"):
            run(store, sa.text(change))
        assert count(store, entries) == 1


def test_rows_point_to_rows_that_are_there(where):
    schema = ledger()
    with open_store(where, schema) as store, pytest.raises(StoreError, match=r"(?i)foreign key"):
        run(store, sa.insert(schema.tables.tables["entries"]).values(id=1, parent=9))


def test_the_same_row_twice_can_be_passed_over(where):
    schema = ledger()
    parents = schema.tables.tables["parents"]
    with open_store(where, schema) as store, store.transaction("writing") as connection:
        for _ in range(2):
            connection.execute(store.insert(parents).values(id=1).on_conflict_do_nothing())
    with open_store(where, schema) as store:
        assert count(store, parents) == 1


def test_older_tables_are_brought_up_to_date_step_by_step(where):
    taken = []

    def add(name):
        def step(connection):
            taken.append(name)
            connection.execute(sa.text(f"ALTER TABLE entries ADD COLUMN {name} INTEGER"))

        return step

    open_store(where, ledger()).close()
    newer = ledger((add("b"), add("c")), (sa.Column("b", sa.Integer), sa.Column("c", sa.Integer)))
    for _ in range(2):
        with open_store(where, newer) as store, store.transaction("reading", writes=False) as connection:
            connection.execute(sa.select(newer.tables.tables["entries"]))
    assert taken == ["b", "c"]
    with pytest.raises(StoreError, match=r"newer version of Idealfit, found '3'. Allowed: up to 1. Upgrade"):
        open_store(where, ledger())


def test_a_step_that_fails_leaves_the_old_tables(where):
    def half(connection):
        connection.execute(sa.text("ALTER TABLE entries ADD COLUMN b INTEGER"))
        connection.execute(sa.text("ALTER TABLE nowhere ADD COLUMN b INTEGER"))

    open_store(where, ledger()).close()
    with pytest.raises(StoreError, match=r"preparing the tables of test: the database refused.*nowhere"):
        open_store(where, ledger((half,)))
    with open_store(where, ledger()) as store, store.transaction("looking") as connection:
        assert "b" not in {column["name"] for column in sa.inspect(connection).get_columns("entries")}


OPENER = """
import sys, sqlalchemy as sa
from idealfit.store import Schema, open_store
tables = sa.MetaData()
entries = sa.Table("entries", tables, sa.Column("id", sa.Integer, primary_key=True), sa.Column("n", sa.Integer))
with open_store(sys.argv[1], Schema("test", tables, append_only=("entries",))) as store:
    for n in range(40):
        with store.transaction("adding") as connection:
            connection.execute(sa.insert(entries).values(n=n))
"""


def test_several_programs_may_start_and_write_at_once(where):
    running = [subprocess.Popen([sys.executable, "-c", OPENER, where], stderr=subprocess.PIPE) for _ in range(4)]
    said = [process.communicate()[1] for process in running]
    assert [process.returncode for process in running] == [0] * 4, said
    tables = sa.MetaData()
    entries = sa.Table("entries", tables, sa.Column("id", sa.Integer, primary_key=True))
    with open_store(where) as store:
        assert count(store, entries) == 160


@pytest.mark.parametrize(
    ("where", "text"),
    [
        ("mysql://u:secret@host/d", r"no operational database has such an address, found 'mysql://u:\*\*\*@host/d'"),
        ("postgresql://host:port/d", "no operational database has such an address"),
        ("sqlite://", "a database in memory would be lost"),
        ("", "this is not a file for a database"),
        ("/", "this is not a file for a database"),
    ],
)
def test_addresses_that_cannot_be_one(where, text):
    with pytest.raises(InputError, match=text):
        open_store(where)


def test_a_file_that_is_no_database_stays_as_it_is(tmp_path):
    file = tmp_path / "leads.csv"
    file.write_text("email\n" * 300)
    with pytest.raises(StoreError, match=re.escape(str(file)) + ".*not a database. Name another file"):
        open_store(file, ledger())
    assert file.read_text() == "email\n" * 300


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(StoreError, match=r"unable to open database file. Is the folder there"):
        open_store(tmp_path / "nowhere" / "store.db", ledger())


def test_a_server_that_is_not_there_is_told_without_the_password():
    with pytest.raises(StoreError, match="Is the server there") as caught:
        open_store("postgresql://me:secret@127.0.0.1:1/leads", ledger())
    assert "secret" not in str(caught.value)
