"""One rubric of every kind of test, one table: the same scores to the digit on every engine, in order or joined."""

import pytest

from every_kind import AS_OF, PROFILE, TABLE
from idealfit.score.scoring import score
from idealfit.tables import SCORES


def scores_on(engine, *, in_order):
    connection, table = engine(TABLE)
    scores = score(PROFILE, table, as_of=AS_OF, in_order=in_order)
    return scores.schema(), sorted(connection.to_pyarrow(scores).to_pylist(), key=lambda row: int(row["id"]))


@pytest.fixture(scope="module")
def expected(default_engine):
    """Return the scores on the default engine; tests/truth and tests/laws say that those are right."""
    return scores_on(default_engine, in_order=True)[1]


@pytest.mark.parametrize("in_order", [True, False])
def test_scores_agree_to_the_digit(engine, expected, in_order):
    schema, rows = scores_on(engine, in_order=in_order)
    assert rows == expected
    assert [(name, str(kind)) for name, kind in schema.items()] == [(f.name, f.type) for f in SCORES]


def test_the_table_brings_about_what_engines_could_differ_in(expected):
    assert {row["tier"] for row in expected} == {'it\'s "A"', "B", "disqualified"}
    assert len({row["fit"] for row in expected}) >= 20
    assert any(row["enrich_next"] for row in expected)
    assert any("city is Zürich (-3)" in row["against"] for row in expected)
    assert {row["win_rate_low"] for row in expected} == {0.1 + 0.2, 0.05}
