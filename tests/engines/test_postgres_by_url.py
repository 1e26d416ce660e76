"""A history that stands in Postgres is read by its address: the whole job, and no password in what it leaves."""

from __future__ import annotations

import json

import pandas as pd
import psycopg
import pytest

import idealfit
from crm_files import as_text, crm_files
from idealfit.cli.running import main
from idealfit.errors import EngineError, InputError

UNSAID = "s3cret-of-the-test"
TYPES = {"M": "date", "f": "double precision", "i": "bigint", "b": "boolean"}


def put(connection, name, table):
    """Store a frame as a table of the server, with the types a person would choose."""
    columns = ", ".join(f'"{c}" {TYPES.get(table[c].dtype.kind, "text")}' for c in table)
    connection.execute(f"CREATE TABLE {name} ({columns})")
    rows = [[None if pd.isna(v) else v for v in row] for row in table.astype(object).itertuples(index=False)]
    with connection.cursor() as cursor:
        cursor.executemany(f"INSERT INTO {name} VALUES ({', '.join(['%s'] * table.shape[1])})", rows)


@pytest.fixture
def crm(postgres_database, tmp_path):
    """Return the address of a CRM on the server, with a password that nothing may repeat, and the files."""
    world = crm_files(tmp_path, 260)
    companies = pd.read_csv(tmp_path / "companies.csv", parse_dates=["Founded"])
    tables = {"deals": world.deals, "accounts": world.accounts, "customers": world.customers, "companies": companies}
    with psycopg.connect(postgres_database) as connection:
        for name, table in tables.items():
            put(connection, name, as_text(table))
    assert "postgres:@" in postgres_database  # the server asks for none, so any will do
    return postgres_database.replace("postgres:@", f"postgres:{UNSAID}@"), tmp_path


def run(*typed):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in typed])
    return ended.value.code


def test_the_whole_job_from_tables_on_a_server(crm, monkeypatch, capsys, tmp_path):
    url, files = crm
    (tmp_path / "out").mkdir()
    monkeypatch.chdir(tmp_path / "out")
    tables = (f"{url}::deals", "--accounts", f"{url}::accounts", "--customers", f"{url}::customers")
    assert run("inspect", f"{url}::deals", f"{url}::accounts") == 0
    assert run("learn", *tables) == 0
    assert run("score", "profile.yaml", f"{url}::companies") == 0
    assert run("backtest", *tables, "--cutoff", "2023-01-01") == 0
    said = capsys.readouterr()
    assert "postgres:***@" in said.out
    written = "".join(path.read_text() for path in (tmp_path / "out").iterdir())
    assert UNSAID not in said.out + said.err + written
    learned = idealfit.load_profile("profile.yaml")
    assert {line.attribute for line in learned.criteria} >= {"Industry", "Employees"}
    assert json.loads((tmp_path / "out" / "backtest.json").read_text())["answer"] == "ranks better than chance"
    of_files = idealfit.score(learned, files / "companies.csv")
    pd.testing.assert_frame_equal(pd.read_csv("scores.csv")[["id", "fit", "tier"]], of_files[["id", "fit", "tier"]])


def test_what_is_not_there_is_said_without_the_password(crm):
    url, _ = crm
    with pytest.raises(InputError, match=r"postgres:\*\*\*@.*no such table, found 'deal'.*Did you mean 'deals'"):
        idealfit.inspect(f"{url}::deal")
    with pytest.raises(InputError, match=r"postgres:\*\*\*@.*several tables.*accounts, companies, customers, deals"):
        idealfit.inspect(url)
    with pytest.raises(EngineError, match=r"connecting to postgres://me:\*\*\*@127.0.0.1:1/x: .*Connection refused"):
        idealfit.inspect(f"postgres://me:{UNSAID}@127.0.0.1:1/x::deals")
