"""Spans of time that check each other, and folds that share no company."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from idealfit.learn.periods import folds, is_dated, periods
from world import world


def test_spans_of_time_follow_each_other_and_are_about_equal():
    past = world(300, seed=1).history()
    part = periods(past, seed=0)
    days = [past.opened[part == k] for k in range(part.max() + 1)]
    assert len(days) == 5
    assert all(a.max() < b.min() for a, b in pairwise(days))
    assert max(map(len, days)) - min(map(len, days)) <= 5


def test_a_company_and_its_twin_share_a_fold():
    past = world(200, seed=2).history()
    facts = past.facts.copy()
    facts.iloc[50] = facts.iloc[90]
    past = replace(past, facts=facts, account=np.arange(len(past.won), dtype=np.int64) // 3)
    fold = folds(past, seed=0)
    assert all(len(np.unique(fold[past.account == a])) == 1 for a in np.unique(past.account))
    assert fold[50] == fold[90]
    rates = [past.won[fold == k].mean() for k in range(5)]
    assert max(rates) - min(rates) < 0.15


def test_deals_of_one_day_stay_together():
    past = world(300, seed=3).history()
    past = replace(past, opened=past.opened.astype("datetime64[M]").astype("datetime64[D]"))
    part = periods(past, seed=0)
    assert all(len(np.unique(part[past.opened == day])) == 1 for day in np.unique(past.opened))


@pytest.mark.parametrize("known", [0.0, 0.5])
def test_without_days_the_spans_are_folds(known):
    past = world(200, seed=4).history()
    opened = past.opened.copy()
    opened[int(known * len(opened)) :] = np.datetime64("NaT")
    past = replace(past, opened=opened)
    assert not is_dated(past)
    np.testing.assert_array_equal(periods(past, seed=1), folds(past, seed=1))
    assert (folds(past, seed=1) != folds(past, seed=2)).any()
