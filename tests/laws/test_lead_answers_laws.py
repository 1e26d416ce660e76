"""A lead in hand and a table of leads get the same answer from the same test."""

from __future__ import annotations

from datetime import date

import ibis
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.profile.criteria import answer
from idealfit.profile.evidence import Test
from idealfit.route.answers import asked

TODAY = date(2026, 6, 30)
WORDS = st.sampled_from(
    ["Software", " software ", "SaaS; CRM", "crm", "a|b,c", "", " ", "40", "40.0", "-1e3", "yes", "No", "true", "1",
     "0", "2026-06-01", "2026-06-30T10:00:00Z", "2027-01-01", "2026-02-30", "we sell Software, fast", "Łódź", "ŁÓDŹ",
     "nan"]
)  # fmt: skip
NUMBERS = st.sampled_from([0.0, 1.0, 40.0, 39.999, -1000.0, 1e300])
TESTS = st.one_of(
    st.builds(lambda v: Test(is_=v), st.one_of(WORDS, NUMBERS, st.booleans())),
    st.builds(lambda v: Test(is_not=v), st.one_of(WORDS, NUMBERS, st.booleans())),
    st.builds(
        lambda v: Test(one_of=tuple(v)), st.lists(st.one_of(WORDS, NUMBERS, st.booleans()), min_size=1, max_size=3)
    ),
    st.builds(lambda v: Test(none_of=tuple(v)), st.lists(WORDS, min_size=1, max_size=3)),
    st.builds(lambda v: Test(at_least=v), NUMBERS),
    st.builds(lambda v: Test(below=v), NUMBERS),
    st.just(Test(between=(0.0, 40.0))),
    st.builds(lambda v: Test(has=v), WORDS),
    st.builds(lambda v: Test(lacks=v), WORDS),
    st.builds(lambda v: Test(has_any=tuple(v)), st.lists(WORDS, min_size=1, max_size=3)),
    st.builds(lambda v: Test(mentions=v), WORDS),
    st.builds(lambda v: Test(within_days=v), st.integers(0, 40)),
    st.builds(lambda v: Test(older_than_days=v), st.integers(0, 40)),
)
COLUMNS = [(WORDS, pa.string()), (NUMBERS, pa.float64()), (st.booleans(), pa.bool_())]


@pytest.fixture(scope="module")
def connection():
    return ibis.duckdb.connect()


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_a_lead_and_a_table_are_answered_alike(connection, data):
    cells, kind = data.draw(st.sampled_from(COLUMNS))
    values = data.draw(st.lists(st.one_of(cells, st.none()), min_size=1, max_size=8))
    test = data.draw(TESTS)
    table = ibis.memtable(pa.table({"x": pa.array(values, kind)}))
    expected = connection.to_pyarrow(table.select(x=answer(table, "x", test, TODAY)))["x"].to_pylist()
    answers = asked(test)
    assert [answers(value, TODAY) for value in values] == expected
