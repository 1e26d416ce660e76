"""Criteria in words, the totals they can come to, and the columns that answer for them. Answers: tests/engines."""

from datetime import date

import ibis
import pytest

from idealfit.errors import MappingError
from idealfit.profile.criteria import answer, attribute_range, columns_of, phrase, phrase_not, possible_totals
from idealfit.profile.document import Criterion, Test
from idealfit.profile.totals import groups


def line(points, attribute="employees", met_by=50, **test):
    return Criterion(attribute=attribute, layer="firmographic", test=Test(**test), points=points, met_by=met_by)


@pytest.mark.parametrize(
    ("criteria", "lowest", "highest"),
    [
        ([], 0, 0),
        ([line(3, at_least=40), line(2, below=40)], 2, 3),
        ([line(3, between=(10, 50)), line(2, between=(50, 250))], 0, 3),
        ([line(3, between=(10, 50)), line(2, between=(40, 250))], 0, 5),
        ([line(3, between=(10, 50)), line(-2, at_least=30)], -2, 3),
        ([line(3, at_least=40), line(-3, at_least=40)], 0, 0),
        ([line(2, is_=100), line(1, at_least=100), line(1, below=100)], 1, 3),
        ([line(2, is_="Software"), line(3, is_="Fintech")], 0, 3),
        ([line(2, is_="Software"), line(3, one_of=("software ", "Fintech"))], 0, 5),
        ([line(2, is_not="Software"), line(3, is_="Software")], 2, 3),
        ([line(2, none_of=("a", "b")), line(1, one_of=("b", "c"))], 0, 3),
        ([line(2, is_=True), line(1, is_="yes"), line(4, is_="no")], 0, 4),
        ([line(2, has="a"), line(3, has="b"), line(-1, lacks="c")], -1, 5),
        ([line(2, has="a"), line(3, lacks="A")], 2, 3),
        ([line(2, has="a"), line(1, has_any=("a", "b")), line(-3, has="b")], -2, 3),
        ([line(2, mentions="head of sales"), line(1, mentions="Head  of Sales"), line(-1, mentions="x")], -1, 3),
        ([line(2, within_days=30), line(1, within_days=365), line(-4, older_than_days=365)], -4, 3),
        ([line(2, within_days=30), line(1, older_than_days=10)], 1, 3),
        ([line(2, at_least=1), line(3, attribute="city", is_="Rome"), line(-1, attribute="city", is_="Bern")], -1, 5),
    ],
)
def test_totals_count_only_what_can_hold_together(criteria, lowest, highest):
    assert possible_totals(criteria) == (lowest, highest)


def test_totals_of_one_attribute_leave_out_the_others():
    criteria = [line(2, at_least=1), line(3, attribute="city", is_="Rome")]
    assert attribute_range(criteria, "city") == (0, 3)
    assert attribute_range(criteria, "country") == (0, 0)


def test_an_unknown_attribute_counts_for_no_more_than_it_can_bring():
    (bands,) = groups([line(4, between=(0, 10), met_by=90), line(4, between=(10, 20), met_by=90)])
    assert (bands.low, bands.high, bands.expected100) == (0, 4, 400)


@pytest.mark.parametrize("make", [lambda i: {"between": (i, i + 3)}, lambda i: {"has_any": tuple("abcdefghij"[i:])}])
def test_totals_of_many_criteria_on_one_attribute_end(make):
    assert possible_totals([line(1, **make(i)) for i in range(10)])[1] == (10 if "has_any" in make(0) else 3)


@pytest.mark.parametrize(
    ("attribute", "test", "yes", "no"),
    [
        ("employees", {"at_least": 1200}, "employees at least 1,200", "employees below 1,200"),
        ("employees", {"below": 2.5}, "employees below 2.5", "employees at least 2.5"),
        ("revenue", {"between": (1e6, 1e7)}, "revenue from 1 million to below 10 million", None),
        ("founded", {"between": (1990, 2001)}, "founded between 1990 and 2000", "founded not between 1990 and 2000"),
        ("is_hiring", {"is": True}, "is hiring is yes", "is hiring is not yes"),
        ("industry", {"is_not": "Retail"}, "industry is not Retail", "industry is Retail"),
        ("industry", {"one_of": ("A", "B", "C")}, "industry is A, B or C", "industry is neither A, B nor C"),
        ("industry", {"none_of": ("A", "B")}, "industry is neither A nor B", "industry is A or B"),
        ("tags", {"has": "B2B"}, "tags include B2B", "tags do not include B2B"),
        ("tech_stack", {"lacks": "HubSpot"}, "does not use HubSpot", "uses HubSpot"),
        ("tools", {"has_any": ("A", "B")}, "uses A or B", "does not use A or B"),
        (
            "about",
            {"mentions": "head of\nsales"},
            'about mentions "head of sales"',
            'about does not mention "head of sales"',
        ),
        ("last_round_on", {"within_days": 365}, "last round in the last year", "last round more than 1 year ago"),
        ("hired_at", {"older_than_days": 90}, "hired more than 3 months ago", "hired in the last 3 months"),
    ],
)
def test_tests_read_as_a_person_would_say_them(attribute, test, yes, no):
    assert phrase(attribute, Test(**test)) == yes
    assert no is None or phrase_not(attribute, Test(**test)) == no


def test_words_stay_on_one_line_whatever_the_profile_holds():
    words = phrase("bad\r\nname", Test(is_="a\x00b\x1b[31m\n- c"))
    assert words == "bad name is a b [31m - c"


def test_the_exact_heading_wins_over_one_that_is_nearly_equal():
    assert columns_of(["Country", "country", "BillingCountry"], ["country"]) == {"country": "country"}


@pytest.mark.parametrize(
    ("heading", "attribute"),
    [
        ("Number Of Employees", "number_of_employees"),
        ("NumberOfEmployees", "employees"),
        ("headcount", "Number of Employees"),
        ("BillingCountry", "country"),
        ("Country/Region", "country"),
        ("Annual Revenue", "annual_revenue"),
        ("City", "Billing City"),
    ],
)
def test_headings_are_recognised(heading, attribute):
    assert columns_of(["x", heading], [attribute]) == {attribute: heading}


def test_a_column_that_is_an_attribute_itself_does_not_answer_for_another():
    found = columns_of(["BillingCountry"], ["country", "BillingCountry"])
    assert found == {"country": None, "BillingCountry": "BillingCountry"}


def test_headings_without_letters_match_nothing():
    assert columns_of(["!!!", "???"], ["###", "a"]) == {"###": None, "a": None}


def test_every_attribute_in_doubt_is_named_at_once():
    with pytest.raises(MappingError) as doubt:
        columns_of(["Head-count", "HEADCOUNT", "BillingCity", "HQ city"], ["headcount", "city", "state"])
    first, second = str(doubt.value).splitlines()
    assert first.startswith("two or more columns could be the attribute 'headcount': 'Head-count', 'HEADCOUNT'.")
    assert "Rename the right one to 'headcount'" in first
    assert "'city': 'BillingCity', 'HQ city'" in second


def test_a_column_without_a_type_is_unknown():
    table = ibis.memtable({"id": ["a"], "x": [None]}, schema={"id": "string", "x": "null"})
    assert answer(table, "x", Test(lacks="y"), date(2025, 1, 1)).type().is_boolean()
