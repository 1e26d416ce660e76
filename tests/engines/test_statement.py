"""The statement that is printed for an engine, run on that engine, gives what score gives."""

from datetime import date, timedelta

import pyarrow as pa
import pytest

from every_kind import AS_OF, PROFILE, TABLE
from idealfit.profile.document import Criterion, Disqualifier, Test
from idealfit.score.scoring import score
from idealfit.score.statement import statement
from idealfit.tables import SCORES

FEW = PROFILE.model_copy(update={"disqualify": ()})
DIALECT_OF = {"duckdb": "duckdb", "sqlite": "sqlite", "postgres": "postgres", "pyspark": "spark"}


def ran(connection, sql, columns):
    """Return the rows that a statement gives, as the engine's own client brings them, in the order of ids."""
    cursor = connection.raw_sql(sql)
    rows = cursor.collect() if connection.name == "pyspark" else cursor.fetchall()
    return sorted((dict(zip(columns, row, strict=True)) for row in rows), key=lambda row: int(row["id"]))


def stated(stored, profile, rows, as_of):
    connection, name = stored(rows)
    schema = connection.table(name).schema()
    return connection, statement(profile, schema, DIALECT_OF[connection.name], table=name, as_of=as_of)


@pytest.mark.parametrize("profile", [PROFILE, FEW], ids=["combinations that occur", "combinations listed"])
def test_it_gives_what_score_gives(stored, default_engine, profile):
    connection, found = stated(stored, profile, TABLE, AS_OF)
    duckdb, companies = default_engine(TABLE)
    expected = duckdb.to_pyarrow(score(profile, companies, as_of=AS_OF)).to_pylist()
    assert ran(connection, str(found), list(expected[0])) == expected


def test_each_step_can_be_looked_at(stored):
    connection, found = stated(stored, PROFILE, TABLE, AS_OF)
    if connection.name == "pyspark":
        pytest.skip("the statement is the one for Databricks, and the whole of it runs on Spark above")
    for part in found.parts:
        assert connection.raw_sql(found.up_to(part.name)).fetchall(), part.name


def test_days_count_back_from_the_engines_own_today(stored):
    today = date.today()
    days = [today + timedelta(days=d) for d in (1, 0, -30, -31, -365)]
    rows = {
        "id": [str(i) for i in range(5)],
        "raised_on": pa.array(days, type=pa.date32()),
        "written": [day.isoformat() for day in days],
    }
    lines = [("raised_on", Test(within_days=30), 1), ("written", Test(within_days=30), 2)]
    profile = PROFILE.model_copy(
        update={
            "criteria": tuple(Criterion(attribute=a, layer="behavioural", test=t, points=p) for a, t, p in lines),
            "disqualify": (Disqualifier(attribute="raised_on", test=Test(older_than_days=300)),),
        }
    )
    connection, found = stated(stored, profile, pa.table(rows), None)
    fits = [row["fit"] for row in ran(connection, str(found), [f.name for f in SCORES])]
    if date.today() != today:
        pytest.skip("the day changed while the test ran")
    assert fits == [50, 100, 100, 0, 0]


HOSTILE = "x'; DROP TABLE companies; -- */ \n  {{ jinja }} \\v"


def test_a_hostile_profile_stays_within_its_quotes(stored):
    rows = pa.table({"id": ["0", "1", "2"], "a'\"; --": [HOSTILE, HOSTILE.replace("\n", "\n  "), "vx"]})
    line = Criterion(attribute="a'\"; --", layer="operational", test=Test(one_of=(HOSTILE, "x", "*/ {{")), points=1)
    profile = PROFILE.model_copy(update={"criteria": (line,), "disqualify": ()})
    connection, found = stated(stored, profile, rows, AS_OF)
    assert [row["fit"] for row in ran(connection, str(found), [f.name for f in SCORES])] == [100, 0, 0]
