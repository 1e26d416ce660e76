"""Best customers: the rule is stated, what is not due is not judged, and few customers are helped by open deals."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import InputError
from idealfit.learn.assembly import history
from idealfit.learn.best_customers import RULES, best_customers, customers, furthest_open_deals, with_best_customers
from world import source_table, world

AS_OF = date(2024, 6, 30)
DEALS = {
    "id": "deal_id",
    "company": "account_id",
    "stage": "outcome",
    "opened": "opened_on",
    "closed": "closed_on",
    "amount": "amount",
    "touches": "activities",
}


def bought(rows, told=None):
    """Return a history of (company, outcome, opened, cycle in days, amount); `told` are customers rows."""
    frame = pd.DataFrame(rows, columns=["company", "stage", "opened", "cycle", "amount"])
    frame["opened"] = pd.to_datetime(frame["opened"])
    frame["closed"] = frame["opened"] + pd.to_timedelta(frame["cycle"], unit="D")
    frame["id"] = [f"d{i}" for i in range(len(frame))]
    frame["size"] = np.arange(len(frame), dtype=float)
    frame["touches"] = np.arange(len(frame), dtype=float)
    table = source_table("deals", frame.drop(columns="cycle"), roles=DEALS)
    customer_table = None
    if told is not None:
        names = ["company", "started", "churned", "renewed", "expanded"]
        there = pd.DataFrame(told, columns=names)
        for column in names[1:]:
            there[column] = pd.to_datetime(there[column])
        roles = {"company": "account_id", **{c: f"{c}_on" for c in names[1:]}}
        customer_table = source_table("customers", there, roles=roles, kinds=dict.fromkeys(names[1:], "date"))
    meaning = {"won": "won", "lost": "lost", "open": "open"}
    return history(table, customers=customer_table, outcome_of=meaning, as_of=AS_OF)


LOST = ("zz", "lost", "2023-01-01", 30, 5.0)


def test_the_overlap_is_fast_and_large_and_kept_at_once():
    rows = [(f"c{i:02}", "won", "2022-01-01", 10 + i, 1000.0 + (i if i < 30 else -i)) for i in range(90)]
    told = [(f"c{i:02}", "2022-02-01", "2023-06-01" if i % 10 == 0 else None, None, None) for i in range(90)]
    past = bought([*rows, LOST], told)
    mask, said = best_customers(past)
    # fastest third: c00..c29; largest third: the same c00..c29; of these c00, c10, c20 left
    expected = [f"d{i}" for i in range(30) if i % 10]
    assert past.ids[mask].tolist() == expected
    assert said.n == 27
    assert said.rule == (
        "sales cycle among the fastest third; and deal value among the largest third; and kept or expanded"
    )
    assert said.notes == ()


def test_what_is_not_due_yet_is_neither_kept_nor_lost():
    told = [
        ("a", "2022-01-01", None, None, None),  # stayed a year and more
        ("b", "2024-01-01", None, None, None),  # not due yet
        ("c", "2024-01-01", None, None, "2024-03-01"),  # grew already
        ("d", "2022-01-01", "2023-01-01", None, None),  # left
        ("e", "2022-01-01", "2024-12-01", None, None),  # will leave, but nobody knows
        ("f", "2024-01-01", None, "2024-12-31", None),  # will renew, but nobody knows
    ]
    past = bought([*[(c, "won", "2021-12-01", 20, 10.0) for c in "abcdef"], LOST], told)
    buyers = customers(past)
    assert [past.ids[r] for r in buyers.row] == ["d0", "d1", "d2", "d3", "d4", "d5"]
    np.testing.assert_array_equal(buyers.kept, [1, np.nan, np.nan, 0, 1, np.nan])
    np.testing.assert_array_equal(buyers.churned, [0, 0, 0, 1, 0, 0])
    np.testing.assert_array_equal(buyers.expanded, [0, 0, 1, 0, 0, 0])
    _, said = best_customers(past)
    assert "2 customers are not due for renewal yet: not counted as kept, and not as lost." in said.notes


def test_dimensions_that_the_data_lacks_are_named():
    past = bought([(f"c{i}", "won", "2022-01-01", i, np.nan) for i in range(60)] + [LOST])
    mask, said = best_customers(past)
    assert said.rule == "sales cycle among the fastest third"
    assert mask.sum() == 20
    assert said.notes == (
        "The data has no value, so it takes no part.",
        "The data has nothing about renewal, churn or expansion, so it takes no part.",
    )


def test_a_second_purchase_is_growth_and_a_company_counts_once():
    rows = [
        ("a", "won", "2023-03-01", 5, 10.0),
        ("a", "won", "2022-01-01", 9, 30.0),
        ("b", "won", "2022-01-01", 7, 20.0),
    ]
    buyers = customers(bought([*rows, LOST]))
    assert buyers.row.tolist() == [1, 2]  # the first deal of each
    assert buyers.expanded.tolist() == [1, 0]
    assert buyers.amount.tolist() == [30.0, 20.0]
    assert buyers.cycle.tolist() == [9.0, 7.0]


def test_an_overlap_of_too_few_is_widened_and_says_so():
    rows = [(f"c{i}", "won", "2022-01-01", 10 + i, 100.0 + i) for i in range(40)]  # the fast ones are the small ones
    mask, said = best_customers(bought([*rows, LOST]))
    assert mask.sum() >= 10
    assert said.rule.startswith("at least 1 of: sales cycle among the fastest half")
    assert any("Only 0 customers meet all of" in note and "widened" in note for note in said.notes)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("top share by value", ["d4", "d5"]),
        ("fastest", ["d0", "d1"]),
        ("amount >= 12 and cycle <= 13", ["d2", "d3"]),
        ("amount < 11 or not (cycle < 15)", ["d0", "d5"]),
        ("AMOUNT = 1_2", ["d2"]),
    ],
)
def test_rules_by_name_and_of_ones_own(rule, expected):
    rows = [(f"c{i}", "won", "2022-01-01", 10 + i, 10.0 + i) for i in range(6)]
    past = bought([*rows, LOST])
    mask, said = best_customers(past, rule=rule)
    assert past.ids[mask].tolist() == expected
    assert said.n == len(expected)


def test_a_comparison_with_something_unknown_is_never_met():
    past = bought([("a", "won", "2022-01-01", 5, np.nan), ("b", "won", "2022-01-01", 5, 9.0), LOST])
    assert past.ids[best_customers(past, rule="amount > 1")[0]].tolist() == ["d1"]
    assert best_customers(past, rule="not amount > 10")[0].sum() == 1
    _, said = best_customers(past, rule="arr > 5")
    assert "The data has no arr: comparisons with it are never met." in said.notes


@pytest.mark.parametrize(
    ("rule", "message"),
    [
        (
            "amuont > 5",
            "character 1 of 'amuont > 5': the rule for best customers names no known field, found 'amuont'",
        ),
        ("amount > cycle", "needs a number after the sign, found 'cycle'"),
        ("amount > 5 cycle", "was not expected here, found 'cycle'"),
        ("(amount > 5", "ends too early"),
        ("amount > 5; import os", "cannot be read from here, found '; import os'"),
        ("__import__('os')", "cannot be read from here"),
        ("", "ends too early"),
        ("not " * 5000 + "kept", "nested too deeply"),
        ("(" * 5000, "nested too deeply"),
    ],
)
def test_a_rule_that_cannot_be_read_says_where_and_what_is_allowed(rule, message):
    past = bought([("a", "won", "2022-01-01", 5, 9.0), LOST])
    with pytest.raises(InputError, match=message) as error:
        best_customers(past, rule=rule)
    assert "fields: amount, arr, churned, cycle, expanded, kept, lifetime_value" in str(error.value)


def test_few_customers_are_helped_by_the_furthest_open_deals():
    rows = [(f"c{i}", "won", "2022-01-01", 5, 9.0) for i in range(17)]
    opened = [(f"o{i}", "open", "2024-03-01", None, 9.0) for i in range(5)]
    known = [("c1", "open", "2024-03-01", None, 9.0)]  # a customer already
    past = bought([*rows, LOST, *opened, *known])
    chosen = furthest_open_deals(past)
    assert past.open.ids[chosen].tolist() == ["d22", "d21", "d20"]  # most contacts first
    told = with_best_customers(past)
    assert told.best_customers.supplemented == 3
    assert any("only 17 customers (fewer than 20): the 3 furthest-progressed" in n for n in told.best_customers.notes)
    assert told.supplement["size"].tolist() == [22.0, 21.0, 20.0]
    assert len(told.facts) == 18  # they count in no win rate
    assert told.best.sum() == told.best_customers.n


def test_twenty_customers_need_no_help():
    it = world(600)
    told = with_best_customers(it.history(customers=it.customers_table()))
    assert told.supplement is None
    assert told.best_customers.supplemented == 0
    assert not (told.best & ~told.won).any()


@pytest.mark.parametrize("rule", sorted(RULES))
def test_no_row_order_changes_who_is_best(rule):
    past = world(300).history()
    turned = np.random.default_rng(0).permutation(len(past.won))
    mask, said = best_customers(past, rule=rule)
    parts = {n: getattr(past, n)[turned] for n in ("won", "account", "opened", "closed", "amount", "ids")}
    roles = past.roles.iloc[turned].reset_index(drop=True)
    other, said_other = best_customers(replace(past, **parts, roles=roles, facts=past.facts.iloc[turned]), rule=rule)
    np.testing.assert_array_equal(mask[turned], other)
    assert said == said_other
