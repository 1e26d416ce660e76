"""Which days part a history, and what shares a fold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.history import Attribute, History, known_by, opened_after
from idealfit.prove import parting


def past(n: int = 400, *, won_every: int = 4, accounts=None, facts=None, dated: bool = True) -> History:
    opened = np.datetime64("2020-01-01") + np.arange(n)
    return History(
        facts=pd.DataFrame({"Size": facts if facts is not None else np.arange(float(n))}),
        attributes=(Attribute("Size", "number", "firmographic"),),
        won=np.arange(n) % won_every == 0,
        account=np.arange(n) if accounts is None else np.asarray(accounts),
        opened=opened.astype("datetime64[D]") if dated else np.full(n, np.datetime64("NaT"), "datetime64[D]"),
        closed=(opened + 30).astype("datetime64[D]"),
        amount=np.full(n, np.nan),
        ids=np.array([str(i) for i in range(n)], dtype=object),
        as_of=date(2024, 1, 1),
    )


def test_four_days_with_enough_on_both_sides():
    days = parting.cutoff_days(past())
    assert days == tuple(date(2020, 1, 1) + pd.Timedelta(days=d) for d in (200, 240, 280, 320))
    for day in days:
        assert parting.has_enough(known_by(past(), day).won, parting.LEARN_AT_LEAST)
        assert parting.has_enough(opened_after(past(), day).won, parting.SCORE_AT_LEAST)


def test_a_nearby_day_stands_in_for_one_with_too_few():
    # deals take 30 days, so by the 50th day only 20 are known: the day of 65 % stands in for the one of 50 %
    days = parting.cutoff_days(past(100))
    assert [(day - date(2020, 1, 1)).days for day in days] == [60, 65, 70, 80]


def test_no_day_where_there_are_too_few_deals():
    assert parting.cutoff_days(past(40)) == ()
    assert parting.cutoff_days(past(dated=False)) == ()


def test_a_market_is_never_dated():
    assert parting.is_dated(past())
    assert not parting.is_dated(replace(past(), mode="customers against a market"))
    assert not parting.is_dated(past(dated=False))


def test_one_company_shares_a_fold():
    history = past(300, accounts=np.arange(300) // 3)
    fold = parting.fold_of_row(history, seed=0)
    assert all(len(set(fold[history.account == a])) == 1 for a in range(100))
    assert sorted(set(fold)) == [0, 1, 2, 3, 4]


def test_identical_inputs_share_a_fold_whatever_the_kind():
    size = np.where(np.arange(300) % 10 == 0, np.nan, np.arange(300) % 60)
    history = past(300, facts=size)
    tools = np.array([("a", "b") if x % 2 else None for x in range(300)], dtype=object)
    both = replace(
        history,
        facts=history.facts.assign(Tools=tools),
        attributes=(*history.attributes, Attribute("Tools", "list", "technographic")),
    )
    fold = parting.fold_of_row(both, seed=1)
    inputs = pd.DataFrame(
        {"size": both.facts["Size"].astype(str), "tools": both.facts["Tools"].astype(str), "fold": fold}
    )
    assert (inputs.groupby(["size", "tools"])["fold"].nunique() == 1).all()
    assert inputs["fold"].nunique() == 5


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_folds_are_alike_in_size_and_wins(seed):
    history = past(500, won_every=10)
    fold = parting.fold_of_row(history, seed=seed)
    assert max(np.bincount(fold)) - min(np.bincount(fold)) <= 10
    wins = np.bincount(fold, weights=history.won)
    assert max(wins) - min(wins) <= 1


def test_a_chain_of_companies_and_inputs_binds_all_of_it():
    # rows 0 and 1 share a company, 1 and 2 share inputs: all three stay together
    history = past(60, accounts=[0, 0, *range(2, 60)], facts=[1.0, 5.0, 5.0, *np.arange(100.0, 157.0)])
    assert len(set(parting.fold_of_row(history, seed=0)[:3])) == 1
