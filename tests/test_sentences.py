"""Findings in words: the figures are in them, and what is not known is asked."""

from __future__ import annotations

import pytest

from idealfit.learn.evidence import rate
from idealfit.learn.sentences import definition, more_deals, narrative, percent, why
from idealfit.profile.document import Criterion, Evidence, Test

SIZE = Criterion(attribute="Employees", layer="firmographic", test=Test(between=(50, 250)), points=3)
RETAIL = Criterion(attribute="Industry", layer="negative", test=Test(is_="Retail"), points=-3)
FUNDED = Criterion(attribute="Funded", layer="behavioural", test=Test(within_days=90), points=2)
EVIDENCE = Evidence(verdict="supported", inside=rate(30, 100), outside=rate(10, 200), periods_held=4, periods=5)


@pytest.mark.parametrize(("share", "words"), [(0.0, "0%"), (0.004, "0.4%"), (0.1, "10%"), (1.0, "100%")])
def test_shares(share, words):
    assert percent(share) == words


def test_without_an_attribute_the_definition_says_so():
    assert "reliably" in definition(())


def test_what_speaks_for_a_company_and_what_against_are_both_in_the_definition():
    both = definition((SIZE, RETAIL))
    assert both.index("Employees".lower()) < both.index("Retail") if "employees" in both else "Employees" in both
    assert "50" in both
    assert both.endswith(".")
    assert "Retail" in definition((RETAIL,))


def test_slots_the_data_cannot_fill_are_open_questions():
    told = narrative((SIZE, RETAIL))
    assert told.company.source == "data"
    assert {s.source for s in (told.situation, told.trigger, told.alternative, told.urgency)} == {"open question"}
    assert narrative(()).company.source == "open question"
    assert narrative((SIZE, FUNDED)).trigger.source == "data"


def test_the_evidence_of_a_line_is_told_with_its_counts():
    said = why(EVIDENCE, against_market=False)
    for figure in ("100", "30", "30%", "200", "5.0%", "4 of 5"):
        assert figure in said
    # 40 customers, 260 others: 30 of 40 meet the test, and 70 of 260
    market = why(EVIDENCE, against_market=True)
    assert "75%" in market
    assert "27%" in market
    assert "won" not in market


@pytest.mark.parametrize(("needed", "figure"), [(7, "7"), (99, "99"), (101, "110"), (12_345, "13,000")])
def test_how_many_deals_are_missing_is_rounded_up_to_two_digits(needed, figure):
    assert figure in more_deals(needed)


def test_no_figure_where_none_is_known():
    assert not any(c.isdigit() for c in more_deals(None))


def test_a_sentence_names_an_attribute_once_in_the_order_of_the_rubric():
    bands = [("size", (1, 10), 3), ("age", (0, 5), 2), ("size", (10, 50), 1)]
    criteria = [
        Criterion(attribute=name, layer="firmographic", test=Test(between=band), points=points)
        for name, band, points in bands
    ]
    said = definition(criteria)
    assert said.count("size") == 1
    assert said.index("size between 1 and 9") < said.index("age between 0 and 4")
