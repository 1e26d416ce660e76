"""The statement for ClickHouse on ClickHouse itself, which runs within Python where `chdb` is installed.

It is 555 MB, so no other group has it: ``pip install "idealfit[clickhouse-test]"``.
"""

import json
from datetime import date, timedelta

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from every_kind import AS_OF, PROFILE, TABLE
from idealfit.engine import connect, literal
from idealfit.profile.document import Criterion, Test
from idealfit.score.scoring import score
from idealfit.score.statement import statement

chdb = pytest.importorskip("chdb.session", reason="chdb is not installed: pip install 'idealfit[clickhouse-test]'")


@pytest.fixture(scope="module")
def clickhouse(tmp_path_factory):
    session = chdb.Session(str(tmp_path_factory.mktemp("clickhouse")))
    session.query("CREATE DATABASE crm ENGINE = Atomic")
    session.query("USE crm")
    yield session
    session.close()


@pytest.fixture
def ran(clickhouse, tmp_path):
    """Return a function that stores rows, runs a statement over them, and gives its answer in the order of ids."""

    def answer(rows, sql):
        pq.write_table(rows, tmp_path / "rows.parquet")
        clickhouse.query("DROP TABLE IF EXISTS companies")
        file = literal(str(tmp_path / "rows.parquet"))
        clickhouse.query(f"CREATE TABLE companies ENGINE = Memory AS SELECT * FROM file({file}, Parquet)")
        quoted = "SETTINGS output_format_json_quote_64bit_integers = 0"
        return json.loads(str(clickhouse.query(f"SELECT * FROM ({sql}) ORDER BY toInt64(id) {quoted}", "JSON")))["data"]

    return answer


def stated(profile, rows, as_of):
    connection = connect()
    connection.con.register("companies", rows)
    table = connection.table("companies")
    expected = connection.to_pyarrow(score(profile, table, as_of=as_of or date.today())).to_pylist()
    return statement(profile, table.schema(), "clickhouse", as_of=as_of), sorted(expected, key=lambda r: int(r["id"]))


@pytest.mark.parametrize("listed", [True, False], ids=["combinations listed", "combinations that occur"])
def test_it_gives_what_score_gives_to_the_digit(ran, listed):
    profile = PROFILE.model_copy(update={"disqualify": ()}) if listed else PROFILE
    found, expected = stated(profile, TABLE, AS_OF)
    assert ran(TABLE, str(found)) == expected


def test_each_step_can_be_looked_at(ran):
    found, _ = stated(PROFILE, TABLE, AS_OF)
    for part in found.parts:
        text = found.up_to(part.name)
        if part.name in ("vectors", "totals", "fits", "tiers", "win_rates", "in_words", "outcomes"):
            text = f"SELECT *, '0' AS id FROM ({text})"
        assert ran(TABLE, text), part.name


def test_days_count_back_from_its_own_today(ran):
    days = [date.today() + timedelta(days=d) for d in (1, 0, -30, -31)]
    rows = pa.table({"id": ["0", "1", "2", "3"], "raised_on": pa.array(days, type=pa.date32())})
    line = Criterion(attribute="raised_on", layer="behavioural", test=Test(within_days=30), points=1)
    profile = PROFILE.model_copy(update={"criteria": (line,), "disqualify": ()})
    found, expected = stated(profile, rows, None)
    assert ran(rows, str(found)) == expected


def test_a_hostile_profile_stays_within_its_quotes(ran):
    hostile = "x'; DROP TABLE companies; -- */ \n  {{ jinja }} \\v"
    rows = pa.table({"id": ["0", "1", "2"], "a'\"; --": [hostile, hostile.replace("\n", "\n  "), "vx"]})
    line = Criterion(attribute="a'\"; --", layer="operational", test=Test(one_of=(hostile, "x", "*/ {{")), points=1)
    profile = PROFILE.model_copy(update={"criteria": (line,), "disqualify": ()})
    found, expected = stated(profile, rows, AS_OF)
    assert ran(rows, str(found)) == expected
