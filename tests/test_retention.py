"""Who leaves sooner, by what was to be seen at the sale; what customers bring and cost; a person's range narrowed."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.best_customers import RULES, customers, with_best_customers
from idealfit.learn.economics import economics
from idealfit.learn.history import Attribute, History
from idealfit.learn.meeting import meeting
from idealfit.learn.retention import retention, tenure
from idealfit.learn.tightening import tightened
from idealfit.profile.document import Criterion, Narrative, Profile, Slot, Test
from idealfit.profile.narrative import SLOTS

TODAY = date(2024, 12, 31)
TOLD = Narrative(**dict.fromkeys(SLOTS, Slot(text="", source="person")))
BARE = Profile(name="Ours", verdict="written by hand", narrative=TOLD)


def made(hazard=1.0, n=500, seed=1):
    """Customers of whom a third are small; small ones leave `hazard` times as fast."""
    rng = np.random.default_rng(seed)
    small = rng.random(n) < 0.33
    start = np.datetime64("2020-01-01") + rng.integers(0, 1500, n)
    days = np.round(rng.exponential(900 / np.where(small, hazard, 1.0))).astype(int) + 1
    churned = start + days
    facts = pd.DataFrame(
        {"size": np.where(small, 10.0, 200.0) + rng.integers(0, 9, n), "colour": rng.choice(["red", "blue"], n)}
    ).astype({"colour": object})
    still = churned > np.datetime64(TODAY)
    arr = np.where(small, 4000.0, 20000.0) * np.exp(rng.normal(0, 0.2, n))
    roles = pd.DataFrame(
        {
            "started_on": pd.Series(start.astype("datetime64[s]")),
            "churned_on": pd.Series(np.where(still, np.datetime64("NaT"), churned).astype("datetime64[s]")),
            "arr": arr,
            "starting_arr": arr / 1.25,
            "margin": np.full(n, 70.0),
            "cac": np.full(n, 9000.0),
            "support_cost": np.full(n, 500.0),
            "nps": np.where(still, 9.0, 3.0) + rng.integers(0, 2, n),
        }
    )
    past = History(
        facts=facts,
        attributes=(Attribute("size", "number", "firmographic"), Attribute("colour", "category", "firmographic")),
        won=np.ones(n, dtype=bool),
        account=np.arange(n),
        opened=start - 30,
        closed=start,
        amount=arr,
        ids=np.arange(n).astype(str).astype(object),
        as_of=TODAY,
        roles=roles,
    )
    return past, small


def test_what_was_visible_at_the_sale_and_shortens_the_stay_is_found():
    past, small = made(hazard=4.0)
    stay = retention(past)
    (finding,) = [f for f in stay.findings if f.verdict == "supported"]
    assert finding.attribute == "size"
    assert finding.hazard_ratio.low < 4.0 < finding.hazard_ratio.high
    assert finding.inside.n == small.sum()
    assert finding.inside.high < finding.outside.low
    assert stay.curves[0].of == "all customers"
    assert len(stay.curves) == 3


def test_only_what_surely_leaves_rules_out():
    assert [line.attribute for line in retention(made(hazard=8.0)[0]).disqualify] == ["size"]
    assert retention(made(hazard=2.0)[0]).disqualify == ()


def test_what_is_known_only_afterwards_never_rules_out():
    finding = next(f for f in retention(made(hazard=1.0)[0]).findings if f.attribute == "nps")
    assert not finding.visible_at_sale
    assert finding.verdict == "suggestive"
    assert "Seen only afterwards" in finding.statement


def test_where_nothing_shortens_the_stay_nothing_is_found():
    found = [f for seed in range(8) for f in retention(made(seed=seed, n=200)[0]).findings if f.visible_at_sale]
    assert sum(f.verdict == "supported" for f in found) <= 1


def test_who_is_still_there_is_censored_and_odd_days_are_told():
    past, _ = made(n=100)
    roles = past.roles.copy()
    roles.loc[0, "churned_on"] = roles.loc[0, "started_on"] - pd.Timedelta(days=5)
    known = tenure(replace(past, roles=roles))
    assert len(known.row) == 99
    assert known.notes[0].startswith("1 customers left before they began")
    ended = past.roles["churned_on"].notna().to_numpy()[known.row]
    assert (known.left == ended).all()
    assert (known.days[~known.left] == (np.datetime64(TODAY) - past.closed[known.row][~known.left]).astype(int)).all()


def test_without_a_column_of_churn_nothing_is_said():
    past, _ = made(n=60)
    assert retention(replace(past, roles=past.roles.drop(columns="churned_on"))) == type(retention(past))()


def test_economics_by_hand():
    past, small = made(hazard=3.0)
    past = with_best_customers(past)
    found = economics(past, BARE, "EUR")
    arr = past.amount
    assert found.currency == "EUR"
    assert found.figures.deal_size.value == pytest.approx(arr.mean())
    assert found.figures.cycle_days.value == 30
    assert found.figures.margin.value == pytest.approx(0.7)
    assert found.figures.expansion.value == pytest.approx(1.25)
    yearly = (0.7 * arr - 500).mean()
    left = past.roles["churned_on"].notna()
    end = past.roles["churned_on"].fillna(pd.Timestamp(TODAY))
    years = ((end - past.roles["started_on"]).dt.days / 365.25).sum() / left.sum()
    assert found.figures.ltv.value == pytest.approx(yearly * min(years, 10))
    assert found.figures.payback_months.value == pytest.approx(12 * 9000 / yearly)
    assert found.figures.ltv.low < found.figures.ltv.value < found.figures.ltv.high
    assert "Margins are read as per cent." in found.notes
    criterion = Criterion(attribute="size", layer="firmographic", test=Test(below=100), points=1)
    group = economics(past, BARE.model_copy(update={"criteria": (criterion,)})).groups[-1]
    assert group.of == "size below 100"
    assert group.figures.won == small.sum()
    flags = economics(past, BARE.model_copy(update={"criteria": (criterion,)})).flags
    assert any("lifetime value is" in flag and flag.startswith("Size below 100") for flag in flags)


def test_the_best_can_be_those_that_earn_most():
    past, small = made(hazard=3.0)
    buyers = customers(past)
    choice = RULES["profit"](buyers, 1 / 3)
    assert not small[buyers.row[choice.mask]].any()
    told = economics(with_best_customers(past), BARE).if_by_profit
    assert told[0].startswith("Of the ")


def test_negative_amounts_are_unknown_and_counted():
    past, _ = made(n=80)
    found = economics(with_best_customers(replace(past, amount=np.where(np.arange(80) < 3, -5.0, past.amount))), BARE)
    assert found.figures.deal_size.n == 77
    assert "3 deals have a negative amount: it counts as unknown." in found.notes


def test_a_persons_range_is_narrowed_where_wins_peak():
    rng = np.random.default_rng(2)
    n = 1500
    size = rng.integers(20, 400, n).astype(float)
    won = rng.random(n) < np.where((size >= 75) & (size < 150), 0.5, 0.15)
    past, _ = made(n=n)
    past = replace(past, facts=past.facts.assign(size=size), won=won)
    mine = Criterion(attribute="size", layer="firmographic", test=Test(between=(50, 300)), points=2)
    (finding,) = tightened(BARE.model_copy(update={"criteria": (mine,)}), past)
    low, high = finding.test.between
    assert 65 <= low <= 85
    assert 140 <= high <= 160
    assert finding.statement.startswith("You say size between 50 and 299; inside it wins peak at size between")
    flat = replace(past, won=rng.random(n) < 0.3)
    assert tightened(BARE.model_copy(update={"criteria": (mine,)}), flat) == ()


def test_rows_meet_a_test_as_in_scoring():
    facts = pd.DataFrame({"tools": [("Jira", "Slack"), None, ("SAP",)], "sector": ["Retail ", None, "SOFTWARE"]})
    assert meeting(facts, "tools", Test(has="slack")).tolist() == [1, 2, 0]
    assert meeting(facts, "tools", Test(lacks="slack")).tolist() == [0, 2, 1]
    assert meeting(facts, "sector", Test(one_of=("software", "x"))).tolist() == [0, 2, 1]
    assert meeting(facts, "sector", Test(is_not="retail")).tolist() == [0, 2, 1]
    assert meeting(facts, "absent", Test(is_=1)).tolist() == [2, 2, 2]
