"""What a fit is worth: bands without gaps, tiers that descend, and deals that took no part."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest

from idealfit.learn.calibration import UNRANKED_FIT, HeldOut, auc, fit_bands, fits, held_out, tiers
from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells
from idealfit.learn.history import Attribute
from idealfit.learn.rubric import Rubric


def seen(seed: int, slope: float, n: int = 600) -> HeldOut:
    """Return deals whose chance of winning rises with fit, by a slope from none (0) to strong (1)."""
    rng = np.random.default_rng(seed)
    fit = rng.choice([0, 7, 20, 33, 50, 61, 75, 88, 100], n)
    return HeldOut(fit, rng.random(n) < 0.3 + slope * (fit - 50) / 180)


WORLDS = [(seed, slope) for seed in range(6) for slope in (0.0, 0.4, 1.0)]


@pytest.mark.parametrize(("seed", "slope"), WORLDS)
@pytest.mark.parametrize("market", [False, True])
def test_bands_cover_every_fit_once_and_never_fall(seed, slope, market):
    it = seen(seed, slope)
    bands = fit_bands(it, against_market=market)
    assert [bands[0].fit_from, bands[-1].fit_to] == [0, 100]
    assert all(b.fit_from == a.fit_to + 1 for a, b in pairwise(bands))
    assert all(a.rate <= b.rate for a, b in pairwise(bands))
    assert all(b.low <= b.rate <= b.high for b in bands)
    assert (sum(b.n for b in bands), sum(b.won for b in bands)) == (600, it.won.sum())
    for band in bands:
        inside = (it.fit >= band.fit_from) & (it.fit <= band.fit_to)
        assert (band.n, band.won) == (inside.sum(), it.won[inside].sum())


@pytest.mark.parametrize(("seed", "slope"), WORLDS)
@pytest.mark.parametrize("market", [False, True])
def test_tiers_descend_and_cover_zero(seed, slope, market):
    it = seen(seed, slope)
    found = tiers(it, fit_bands(it, against_market=market), against_market=market)
    starts = [t.at_least for t in found]
    assert starts == sorted(set(starts), reverse=True)
    assert starts[-1] == 0
    assert [t.name for t in found] == sorted(t.name for t in found)
    assert all(t.action for t in found)
    if not market:
        assert sum(t.expected.n for t in found) == 600
        rates = [t.expected.rate for t in found]
        assert rates == sorted(rates, reverse=True)


def test_a_fit_that_tells_nothing_has_no_best_tier():
    it = HeldOut(np.tile([0, 50, 100], 100), np.repeat([True, False, False], 100))
    found = tiers(it, fit_bands(it, against_market=False), against_market=False)
    assert len(found) == 1
    assert (found[0].at_least, found[0].expected.n) == (0, 300)


def test_a_strong_fit_has_a_first_tier_well_above_and_a_last_one_below_the_base():
    it = seen(1, 1.0, n=3000)
    first, *_, last = tiers(it, fit_bands(it, against_market=False), against_market=False)
    assert first.expected.low > it.won.mean() > last.expected.high


def test_equal_fits_are_never_parted():
    it = HeldOut(np.array([10] * 90 + [20] * 3), np.arange(93) % 2 == 0)
    assert {b.n for b in fit_bands(it, against_market=False)} == {93}


def test_one_side_alone_cannot_be_ranked():
    assert auc(HeldOut(np.arange(5), np.ones(5, dtype=bool))).value == 0.5
    assert auc(HeldOut(np.arange(5), np.ones(5, dtype=bool))).low is None


def test_each_deal_gets_its_fit_from_the_other_folds():
    fold = np.array([0, 1, 2, 0, 1, 2])
    asked, told = [], []

    def learn(rows):
        asked.append(rows.copy())
        return lambda aside: np.full(aside.sum(), int(rows.sum()) * 10 + len(asked))

    found = held_out(np.ones(6, dtype=bool), fold, learn, told.append)
    assert [np.flatnonzero(rows).tolist() for rows in asked] == [[1, 2, 4, 5], [0, 2, 3, 5], [0, 1, 3, 4]]
    assert found.fit.tolist() == [41, 42, 43, 41, 42, 43]
    assert told == pytest.approx([1 / 3, 2 / 3, 1])


def test_fit_by_hand():
    # from -2 to 3 points; half of those known are small (50 % of 3) and a quarter in retail (25 % of -2)
    size = Cells(Attribute("employees", "number", "firmographic"), np.array([0, 1, 0, 1, -1, -1]), edges=(50.0,))
    retail = Cells(Attribute("retail", "boolean", "firmographic"), np.array([1, 1, 0, 0, 1, -1]), values=("yes", "no"))
    rubric = Rubric((Line(0, (0,)), Line(1, (0,))), (3, -2), (0.5, 0.25))
    # totals 3, 0, 1, -2, 1.5, 1 lie at 100, 40, 60, 0, 70, 60 per cent of the way
    assert fits(rubric, (size, retail), 6).tolist() == [100, 40, 60, 0, 70, 60]
    # from 0 to 8: five are 62.5 per cent of the way, and halves go up
    eight = Rubric((Line(0, (0,)), Line(1, (0,))), (5, 3), (0.5, 0.25))
    assert fits(eight, (size, retail), 6).tolist() == [63, 0, 100, 38, 31, 41]
    assert fits(Rubric(), (size, retail), 6).tolist() == [UNRANKED_FIT] * 6
