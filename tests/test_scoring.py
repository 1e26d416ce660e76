"""Scoring: ids, absent columns, tiers, disqualifiers, profiles by hand that break all habits. Figures: tests/truth."""

from datetime import date

import ibis
import pytest

from idealfit.engine import connect
from idealfit.errors import MappingError
from idealfit.profile.document import Criterion, Disqualifier, Narrative, Profile, Slot, Test, Tier
from idealfit.score.scoring import duplicate_ids, missing_columns, score, steps
from idealfit.tables import SCORES

AS_OF = date(2025, 6, 30)
GAP = Slot(text="?", source="open question")
NARRATIVE = Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP)
EMPLOYEES = Criterion(attribute="employees", layer="firmographic", test=Test(at_least=40), points=3)
INDUSTRY = Criterion(attribute="industry", layer="firmographic", test=Test(is_="Software"), points=2)
A, B = Tier(name="A", at_least=60, action="call"), Tier(name="B", at_least=30, action="wait")


def profile(*criteria, disqualify=(), tiers=(A, B)):
    return Profile(
        name="p", verdict="written by hand", narrative=NARRATIVE, criteria=criteria, disqualify=disqualify, tiers=tiers
    )


def scored(a_profile, columns, **how):
    table = columns if isinstance(columns, ibis.Table) else ibis.memtable(columns)
    return connect().to_pyarrow(score(a_profile, table, as_of=AS_OF, **how)).to_pylist()


def test_columns_come_in_the_declared_order_and_type_even_without_any_criteria():
    for a_profile in (
        profile(),
        profile(EMPLOYEES),
        profile(disqualify=(Disqualifier(attribute="x", test=Test(has="y")),)),
    ):
        schema = score(a_profile, ibis.memtable({"id": ["a"]}), as_of=AS_OF).schema()
        assert [(name, str(kind)) for name, kind in schema.items()] == [(f.name, f.type) for f in SCORES]


def test_a_table_without_any_of_the_columns_is_unknown_throughout():
    a_profile = profile(EMPLOYEES, INDUSTRY)
    table = ibis.memtable({"id": ["a"], "colour": ["red"]})
    assert missing_columns(a_profile, table) == ("employees", "industry")
    (row,) = scored(a_profile, table)
    assert (row["fit"], row["fit_low"], row["fit_high"]) == (50, 0, 100)
    assert (row["unknown"], row["enrich_next"]) == ("employees, industry", "employees")


def test_headings_of_exports_answer_for_attributes():
    table = ibis.memtable({"Company Name": ["Acme"], "Number of Employees": ["120"], "INDUSTRY": ["software"]})
    assert missing_columns(profile(EMPLOYEES, INDUSTRY), table) == ()
    (row,) = scored(profile(EMPLOYEES, INDUSTRY), table)
    assert (row["id"], row["fit"], row["tier"]) == ("Acme", 100, "A")


@pytest.mark.parametrize(
    ("columns", "id_column", "ids"),
    [
        ({"Domain": ["a.com", "b.com"], "employees": [1.0, 2.0]}, None, ["a.com", "b.com"]),
        ({"name": ["A", "B"], "Company ID": [7.0, 8.5]}, None, ["7", "8.5"]),
        ({"employees": [1.0, 2.0]}, None, ["1", "2"]),
        ({"id": [1, 2], "Account Ref": ["x", None]}, "account_ref", ["x", None]),
    ],
)
def test_ids_are_the_table_s_own_else_row_numbers(columns, id_column, ids):
    assert [row["id"] for row in scored(profile(EMPLOYEES), columns, id_column=id_column)] == ids


def test_an_id_column_that_is_not_there_is_named_with_those_that_are():
    with pytest.raises(MappingError, match=r"tell companies apart, found 'ref'. Allowed: one of the headings id, x."):
        score(profile(EMPLOYEES), ibis.memtable({"id": ["a"], "x": [1]}), id_column="ref", as_of=AS_OF)


def test_columns_of_companies_may_be_called_like_columns_of_scores():
    columns = {
        "id": ["a"],
        "employees": [50.0],
        "fit": ["x"],
        "tier": [1.0],
        "answer_0": [None],
        "code_0": ["c"],
        "total100": [9],
    }
    for in_order in (True, False):
        assert scored(profile(EMPLOYEES), columns, in_order=in_order)[0]["fit"] == 100


def test_duplicate_ids_are_counted_and_change_nothing():
    table = ibis.memtable({"id": ["a", "a", "b", "b", "b", "c"], "employees": [50.0] * 6})
    scores = score(profile(EMPLOYEES), table, as_of=AS_OF)
    assert duplicate_ids(scores) == 2
    assert connect().to_pyarrow(scores).num_rows == 6


@pytest.mark.parametrize(("tiers", "tier"), [((), "no tier"), ((B, A), "B"), ((A, B), "A")])
def test_the_first_tier_that_is_reached_is_the_company_s(tiers, tier):
    assert scored(profile(EMPLOYEES, tiers=tiers), {"id": ["a"], "employees": [50.0]})[0]["tier"] == tier


def test_a_tier_that_can_never_be_reached_first_is_no_reason_to_enrich():
    ever_b = profile(EMPLOYEES, tiers=(Tier(name="B", at_least=0, action=""), A))
    assert scored(ever_b, {"id": ["a"], "employees": [None]})[0]["enrich_next"] == ""


def test_enrich_next_rounds_as_the_fit_does():
    # industry's .01 of 2 points is a fit of .5, so 1: only without it would the tier be another
    rare = (
        EMPLOYEES.model_copy(update={"points": 1, "met_by": 0}),
        INDUSTRY.model_copy(update={"points": 1, "met_by": 1}),
    )
    some = profile(*rare, tiers=(Tier(name="some", at_least=1, action=""),))
    (row,) = scored(some, {"id": ["a"], "employees": [None], "industry": [None]})
    assert (row["fit"], row["tier"], row["enrich_next"]) == (1, "some", "industry")


def test_criteria_that_cannot_tell_companies_apart_rank_none():
    same = (EMPLOYEES, EMPLOYEES.model_copy(update={"points": -3}))
    for criteria in (same, (EMPLOYEES.model_copy(update={"points": 0}),)):
        (row,) = scored(profile(*criteria), {"id": ["a"], "employees": [50.0]})
        assert (row["fit"], row["tier"], row["win_rate"]) == (50, "unranked", None)


def test_a_missing_cell_never_disqualifies_but_makes_the_worst_case_zero():
    rules = (Disqualifier(attribute="technologies", test=Test(lacks="Salesforce")),)
    rows = scored(
        profile(EMPLOYEES, disqualify=rules), {"employees": [50.0] * 3, "technologies": ["Salesforce", "", "Slack"]}
    )
    assert [(r["fit"], r["fit_low"], r["tier"]) for r in rows] == [
        (100, 100, "A"),
        (100, 0, "A"),
        (0, 0, "disqualified"),
    ]
    assert rows[2]["against"] == "disqualified: does not use Salesforce"
    assert [r["enrich_next"] for r in rows] == ["", "technologies", ""]


@pytest.mark.parametrize("n", [9, 45])
def test_more_tests_than_are_listed_or_fit_in_one_code_score_alike(n):
    criteria = [Criterion(attribute=f"a{i}", layer="operational", test=Test(at_least=1), points=1) for i in range(n)]
    table = ibis.memtable({f"a{i}": [float(i % 2), 1.0, None] for i in range(n)})
    joined = scored(profile(*criteria), table, in_order=False)
    assert sorted(joined, key=lambda row: row["id"]) == scored(profile(*criteria), table)
    assert [row["fit"] for row in scored(profile(*criteria), table)] == [(200 * (n // 2) + n) // (2 * n), 100, 50]


def test_rows_keep_their_order():
    ids = [f"c{i}" for i in range(5000)]
    rows = scored(profile(EMPLOYEES), {"id": ids, "employees": [float(i % 80) for i in range(5000)]})
    assert [row["id"] for row in rows] == ids


def test_every_table_on_the_way_can_be_looked_at():
    named = steps(profile(EMPLOYEES), ibis.memtable({"id": ["a"], "employees": [50.0]}), as_of=AS_OF)
    assert [name for name, _ in named] == [
        *("cells", "tests", "answers", "totals", "fits", "tiers", "win_rates", "in_words", "outcomes", "scores")
    ]
    totals = dict(named)["totals"]
    assert connect().to_pyarrow(totals.select("total100", "total_low", "disqualified")).to_pylist() == [
        {"total100": 300, "total_low": 3, "disqualified": False}
    ]


def test_hostile_words_in_a_profile_are_only_words():
    quote = Criterion(attribute="x'; DROP TABLE t; --", layer="operational", test=Test(is_="a'b\"c\\"), points=1)
    rows = scored(profile(quote), {"x'; DROP TABLE t; --": ["A'B\"C\\", "other"]})
    assert [row["fit"] for row in rows] == [100, 0]


def test_a_criterion_without_points_is_worth_no_words():
    idle = INDUSTRY.model_copy(update={"points": 0})
    (row,) = scored(profile(EMPLOYEES, idle), {"employees": [50.0], "industry": ["Retail"]})
    assert (row["reasons"], row["against"]) == ("employees at least 40 (+3)", "")
