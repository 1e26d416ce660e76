from __future__ import annotations

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import expit, logit

from idealfit.prove.anytime import SPREAD, STEP, log_odds, rate_under, shift_of
from idealfit.prove.measures import wilson
from idealfit.prove.pairs import pairs_of


def test_after_one_win_only_what_would_have_made_it_unlikely_is_out():
    # by symmetry the mixture is 1/2, so a shift is out where its chance of the win is below error / 2
    found = shift_of([0.5], [True], error=0.1)
    assert found.low == pytest.approx(logit(0.05), abs=STEP)
    assert (found.high, found.n, found.broken_after) == (np.inf, 1, None)


def test_the_mixture_is_the_integral_over_shifts():
    promised = np.array([0.2, 0.3, 0.5, 0.2, 0.4] * 4)
    won = np.array([True, True, False, True, False] * 4)

    def likelihood(shift: float) -> float:
        chance = expit(logit(promised) + shift)
        return float(np.prod(np.where(won, chance, 1 - chance)))

    mixed, _ = integrate.quad(lambda shift: likelihood(shift) * stats.norm.pdf(shift, scale=SPREAD), -8, 8)
    error = 0.2
    inside = [shift for shift in np.arange(-600, 601) / 100 if likelihood(shift) > error * mixed]
    found = shift_of(promised, won, error=error)
    assert found.low == pytest.approx(inside[0], abs=STEP)
    assert found.high == pytest.approx(inside[-1], abs=STEP)


def test_kept_promises_are_called_broken_in_at_most_the_stated_share_over_all_looks():
    random = np.random.default_rng(1)
    runs, looked, alarms, naive = 200, 400, 0, 0
    for _ in range(runs):
        promised = np.full(looked, 0.3)
        won = random.random(looked) < promised
        alarms += shift_of(promised, won, error=0.1).broken_after is not None
        spans = [wilson(won[:n].sum(), n) for n in range(20, looked, 10)]
        naive += any(not low <= 0.3 <= high for low, high in spans)
    assert alarms <= stats.binom.ppf(0.999, runs, 0.1)
    assert naive / runs > 0.2  # what a fixed 95 % interval does when it is looked at again and again


def test_a_broken_promise_is_seen():
    random = np.random.default_rng(2)
    promised = random.choice([0.2, 0.4], 600)
    found = shift_of(promised, random.random(600) < expit(logit(promised) - 0.9), error=0.01)
    assert found.broken_after is not None
    assert found.low < -0.9 < found.high < 0


def test_a_margin_and_clusters_make_alarms_rarer_and_intervals_wider():
    random = np.random.default_rng(3)
    promised = np.full(500, 0.3)
    won = random.random(500) < 0.4
    plain = shift_of(promised, won, error=0.05)
    assert plain.broken_after is not None
    assert shift_of(promised, won, error=0.05, kept=(-0.6, 0.6)).broken_after is None
    clustered = shift_of(promised, won, error=0.05, design=4.0)
    assert clustered.high - clustered.low > 1.5 * (plain.high - plain.low)
    assert rate_under(promised, plain.value) == pytest.approx(won.mean(), abs=0.01)


def test_nothing_is_known_of_no_outcomes():
    found = shift_of([], [], error=0.05)
    assert (found.n, found.low, found.high, found.broken_after) == (0, -np.inf, np.inf, None)


def test_frozen():
    found = shift_of([0.2, 0.5, 0.7] * 20, [True, False, True] * 20, error=0.05)
    assert (found.value, found.low, found.high) == pytest.approx((1.0, 0.1, 1.96))
    assert log_odds(0.25) == pytest.approx(-np.log(3))


def test_pairs_take_each_company_once_and_neighbours_in_time():
    won = [False, True, True, False, False, True, False]
    wins, losses = pairs_of(won, [1, 2, 1, 3, 4, 5, 6])
    assert list(zip(wins.tolist(), losses.tolist(), strict=True)) == [(1, 0), (5, 4)]
    company = np.random.default_rng(0).integers(0, 40, 300)
    wins, losses = pairs_of(np.random.default_rng(1).random(300) < 0.3, company)
    met = company[np.concatenate([wins, losses])]
    assert len(met) == len(set(met.tolist()))
