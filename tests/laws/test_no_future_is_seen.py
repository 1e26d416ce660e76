"""What becomes known after a day changes nothing that was learned on it."""

from datetime import date

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.learn.assembly import history
from idealfit.learn.best_customers import best_customers
from idealfit.learn.company_keys import newest_known_by
from idealfit.learn.history import History, known_by
from world import FIRST_DAY, OUTCOME_OF, source_table, world

DAY = date(2023, 3, 1)
NOW = np.datetime64(DAY)


def assert_same(one: History, other: History) -> None:
    pd.testing.assert_frame_equal(one.facts, other.facts)
    for name in ("won", "opened", "closed", "amount", "ids", "account"):
        np.testing.assert_array_equal(getattr(one, name), getattr(other, name))


def with_known_on(accounts: pd.DataFrame, known: np.ndarray) -> pd.DataFrame:
    return accounts.assign(Known=known)


def learned(deals: pd.DataFrame, accounts: pd.DataFrame, it, as_of: date | None) -> History:
    it = type(it)(deals, accounts, it.customers, it.chance)
    roles = {"Account ID": "account_id", "Name": "name", "Domain": "domain", "Known": "known_on"}
    return history(
        it.deals_table(),
        accounts=source_table("accounts.csv", accounts, roles=roles),
        customers=it.customers_table(),
        outcome_of=OUTCOME_OF,
        as_of=as_of,
    )


@pytest.mark.parametrize("seed", range(3))
def test_a_rewritten_future_changes_nothing_known_by_a_day(seed):
    it, rng = world(250, seed=seed), np.random.default_rng(seed)
    early = np.full(250, np.datetime64(FIRST_DAY) - 400)
    accounts = with_known_on(it.accounts, early)
    truth = known_by(learned(it.deals, accounts, it, None), DAY)

    deals = it.deals.copy()
    undecided = ~(deals["Close Date"].to_numpy().astype("datetime64[D]") <= NOW)
    unborn = deals["Create Date"].to_numpy().astype("datetime64[D]") >= NOW
    deals.loc[undecided & ~unborn, "Stage"] = rng.choice(
        ["Closed Won", "Closed Lost"], int((undecided & ~unborn).sum())
    )
    deals.loc[undecided & ~unborn, "Close Date"] = pd.Timestamp("2024-12-01")
    deals.loc[undecided, "Amount"] *= 7
    deals = deals[~unborn | (rng.random(len(deals)) < 0.5)]
    news = accounts.assign(
        Known=NOW + rng.integers(0, 300, 250), Employees=rng.integers(1, 9, 250) * 1000.0, Region="Moon"
    )
    told = known_by(learned(deals, pd.concat([accounts, news]), it, None), DAY)
    assert_same(truth, told)
    assert len(truth.won) > 50


def test_learning_as_of_a_day_is_the_same_as_knowing_by_it():
    it = world(300)
    accounts = with_known_on(it.accounts, np.full(300, np.datetime64(FIRST_DAY) - 400))
    then = learned(it.deals, accounts, it, DAY)
    later = known_by(learned(it.deals, accounts, it, None), DAY)
    begun = then.opened < NOW
    np.testing.assert_array_equal(then.ids[begun], later.ids)
    pd.testing.assert_frame_equal(then.facts[begun].reset_index(drop=True), later.facts[then.facts.columns])


def test_who_left_or_grew_later_does_not_choose_the_best_customers_of_today():
    it = world(600)
    changed = it.customers.copy()
    for column in ("Churned", "Renewed", "Expanded"):
        days = changed[column].to_numpy().astype("datetime64[D]")
        changed[column] = np.where(days <= NOW, days, np.datetime64("NaT", "D"))
    accounts = with_known_on(it.accounts, np.full(600, np.datetime64(FIRST_DAY) - 400))
    whole = known_by(learned(it.deals, accounts, it, None), DAY)
    unaware = known_by(learned(it.deals, accounts, type(it)(it.deals, it.accounts, changed, it.chance), None), DAY)
    mask, said = best_customers(whole)
    mask_then, said_then = best_customers(unaware)
    np.testing.assert_array_equal(mask, mask_then)
    assert said == said_then
    assert mask.any()


days = st.integers(0, 40).map(lambda d: np.datetime64("2024-01-01") + d)
rows = st.lists(st.tuples(st.integers(0, 3), days), max_size=12)


@given(asked=rows, known=rows)
@settings(deadline=None, max_examples=200)
def test_the_newest_row_known_by_a_day_is_what_a_person_would_look_up(asked, known):
    def codes(pairs):
        return np.array([c for c, _ in pairs], dtype=np.int64)

    def when(pairs):
        return np.array([d for _, d in pairs], dtype="datetime64[D]")

    found = newest_known_by(codes(asked), when(asked), codes(known), when(known))
    for (company, day), row in zip(asked, found.tolist(), strict=True):
        there = [(d, i) for i, (c, d) in enumerate(known) if c == company and d <= day]
        assert row == (max(there)[1] if there else -1)
