"""Feedback of the own team beside the data: shown where the two differ, and never picked."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.feedback import Feedback, counted, judged
from idealfit.learn.history import Attribute
from talk import history

N = 120
ENTERPRISE = np.arange(N) % 3 == 0
WON = np.where(ENTERPRISE, np.arange(N) % 2 == 0, np.arange(N) % 10 == 1)
PAST = replace(
    history(WON),
    facts=pd.DataFrame(
        {
            "Segment": np.where(ENTERPRISE, "Enterprise", "Small"),
            "Employees": np.where(ENTERPRISE, 900.0, 20.0),
        }
    ),
    attributes=(Attribute("Segment", "category", "firmographic"), Attribute("Employees", "number", "firmographic")),
    amount=np.where(ENTERPRISE, 50_000.0, 10_000.0),
    roles=pd.DataFrame({"name": ["Example Foods" if i < 8 else f"Other {i}" for i in range(N)]}, dtype=object),
    account=np.where(np.arange(N) < 8, 0, np.arange(N)),
)


def verdict(about, statement):
    (one,) = judged(PAST, [Feedback("Rep A", about, statement)])
    return one


def test_a_statement_that_the_data_contradict_stands_beside_them():
    one = verdict("enterprise", "They ghost us after the demo")
    assert one.verdict == "contradicts"
    stated = one.written()
    assert (stated.rep, stated.about, stated.statement) == ("Rep A", "enterprise", "They ghost us after the demo")
    assert stated.verdict == "contradicts"
    words = stated.data
    assert f"of 40 deals with Segment enterprise, {int(WON[ENTERPRISE].sum())} were won (50%)" in words
    assert "worth 5.0 times as much" in words


@pytest.mark.parametrize(
    ("about", "statement", "expected"),
    [
        ("Small", "hopeless, they never close", "agrees"),
        ("Small", "They love us, easy to close", "contradicts"),
        ("companies under 50 people", "a waste of time", "agrees"),
        ("", "Firms with more than 500 employees never buy", "contradicts"),
        ("Mars colonies", "They ghost us", "cannot be told"),
        ("Enterprise", "They asked for a logo", "cannot be told"),
        ("Example Foods", "they ghost us", "cannot be told"),
    ],
)
def test_agreement_is_told_where_it_can_be(about, statement, expected):
    assert verdict(about, statement).verdict == expected


def test_statements_are_counted():
    found = judged(PAST, [Feedback("", "Enterprise", "They ghost us"), Feedback("", "Mars", "They ghost us")])
    assert (counted(found).rows_in, counted(found).rows_out) == (2, 1)
