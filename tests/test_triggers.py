"""Events before deals: found where planted, with size, window and half-life; nothing found where nothing is."""

from dataclasses import replace

import numpy as np
import pytest

from idealfit.learn.half_life import half_life
from idealfit.learn.matched_sets import (
    EDGES,
    Happened,
    Openings,
    exposure,
    masks,
    occasions,
    opening_sets,
    runs,
    same_day_sets,
    win_sets,
)
from idealfit.learn.signals import Signals
from idealfit.learn.timing import openings_asked, weight
from idealfit.learn.triggers import Question, tried
from idealfit.learn.window_search import Matched
from idealfit.profile.document import Estimate

DAYS = 1460


def world(rng, *, companies=250, ratio=1.0, first=1, last=89, half=None, uneven=0.5):
    """Events of two kinds and openings; `kind` multiplies the chance of an opening as asked."""
    busy = np.exp(rng.normal(0, uneven, companies))
    events = {}
    for kind in ("planted", "idle"):
        count = rng.poisson(busy * DAYS / 400)
        day = rng.integers(0, DAYS, count.sum())
        events[kind] = Happened(np.repeat(np.arange(companies), count), day, day)
    factor = np.ones((companies, DAYS))
    for i in np.argsort(events["planted"].occurred, kind="stable"):
        company, day = events["planted"].account[i], events["planted"].occurred[i]
        if half:
            factor[company, day + 1 :] = 1 + (ratio - 1) * 2.0 ** (-np.arange(1, DAYS - day) / half)
        else:
            factor[company, day + first : day + last + 1] = ratio
    account, day = np.nonzero(rng.random(factor.shape) < busy[:, None] / 900 * factor)
    return events, account, day


def found(events, account, day, rng, longest=366):
    companies = int(account.max()) + 1
    openings = Openings(account, day, longest, DAYS - 1)
    signals = Signals(events, 0, DAYS - 1, np.zeros(companies, dtype=np.int64), (), ())
    questions = openings_asked(signals, openings, opening_sets(openings), rng)
    return {answer.kind: answer for answer in tried(questions, rng=rng, longest=longest)}


def test_a_planted_window_is_found_with_its_size():
    rng = np.random.default_rng(3)
    answers = found(*world(rng, ratio=4.0, last=89), rng)
    planted = answers["planted"]
    assert planted.evidence.verdict == "supported"
    assert planted.window == (0, 89)
    assert planted.effect.low < 4.0 < planted.effect.high
    assert planted.evidence.with_event > 1.5 * planted.evidence.expected
    assert answers["idle"].evidence.verdict != "supported"
    assert planted.guides.high < 1.5  # three to six months before, where nothing was planted


def test_a_late_window_starts_late():
    rng = np.random.default_rng(5)
    planted = found(*world(rng, ratio=4.0, first=30, last=119), rng)["planted"]
    assert planted.window == (30, 119)


def test_a_half_life_is_fitted_with_its_interval():
    rng = np.random.default_rng(8)
    planted = found(*world(rng, ratio=8.0, half=45), rng)["planted"]
    assert planted.half_life.low < 45 < planted.half_life.high
    assert planted.half_life.high / planted.half_life.low < 4


def test_what_makes_deals_rarer_is_found_too():
    rng = np.random.default_rng(4)
    planted = found(*world(rng, companies=500, ratio=0.2, last=179), rng)["planted"]
    assert planted.evidence.verdict == "supported"
    assert planted.effect.high < 0.6


def test_busy_companies_make_no_trigger():
    """Companies that do everything more often have more events and more deals; no event brings any."""
    supported = 0
    for seed in range(12):
        rng = np.random.default_rng([seed, 1])
        answers = found(*world(rng, companies=120, uneven=1.0), rng)
        supported += any(answer.evidence.verdict == "supported" for answer in answers.values())
    assert supported <= 2


def test_a_season_makes_no_trigger():
    """Events and deals all fall into the same month of each year, at different companies."""
    rng = np.random.default_rng(2)
    companies = 300
    event_day = rng.integers(0, 4, companies) * 365 + rng.integers(0, 25, companies)
    account = np.repeat(np.arange(companies), 3)
    day = rng.integers(0, 4, len(account)) * 365 + rng.integers(30, 60, len(account))
    events = {"fair": Happened(np.arange(companies), event_day, event_day)}
    assert found(events, account, day, rng)["fair"].evidence.verdict != "supported"


def test_an_event_counts_from_when_it_was_known_and_not_on_the_very_day():
    openings = Openings(np.zeros(3, dtype=int), np.array([500, 620, 740]), 366, 1000)
    sets = opening_sets(openings)
    events = Happened(np.zeros(2, dtype=int), np.array([490, 620]), np.array([505, 620]))
    seen = exposure(sets, events)
    assert seen.case_bits.tolist() == [0, 1 << 5, (1 << 5) | (1 << 6)]
    assert seen.case_since.tolist() == [np.inf, 130, 120]


def test_an_opening_is_compared_with_its_companys_other_days_by_hand():
    """One company, two openings on two of four days; the event lies before half of them."""
    account, day = np.array([0, 0, 1, 1]), np.array([400, 500, 600, 700])
    sets = opening_sets(Openings(account, day, 366, 800))
    assert sets.day.tolist() == [[400, 500, 600, 700]] * 2
    np.testing.assert_allclose(sets.weight, 0.25)
    seen = exposure(sets, Happened(np.array([0]), np.array([390]), np.array([390])))
    assert seen.case_bits.tolist() == [1, 1 << 4, 0, 0]


def test_companies_weigh_by_how_active_they_were():
    """Busy companies open more deals, so each weighs by what it has done; if that tells nothing, all weigh the same."""
    rng = np.random.default_rng(3)
    busy = np.repeat([1.0, 8.0], 50)
    done = rng.poisson(10 * busy)
    account = rng.choice(100, 300, p=busy / busy.sum())
    openings = Openings(account, rng.integers(400, 700, 300), 366, 800)
    sets = same_day_sets(openings, np.arange(100), lambda at: done)
    weight = sets.weight[0][:100]
    assert weight[50:].sum() / weight.sum() == pytest.approx(8 / 9, abs=0.06)
    even = Openings(rng.integers(0, 100, 300), openings.day, 366, 800)
    weight = same_day_sets(even, np.arange(100), lambda at: done).weight[0][:100]
    assert weight[50:].sum() / weight.sum() == pytest.approx(0.5, abs=0.12)


def test_wins_are_compared_with_all_deals_of_their_time():
    rng = np.random.default_rng(6)
    n = 600
    account, day, period = np.arange(n), rng.integers(400, 1400, n), rng.integers(0, 5, n)
    touched = rng.random(n) < 0.3
    won = rng.random(n) < np.where(touched, 0.5, 0.2)
    sets = win_sets(account, day, won, period)
    events = Happened(account[touched], day[touched] - 20, day[touched] - 20)
    (answer,) = tried([Question("visit", "win", Matched(sets, exposure(sets, events)), None, sets.unit)], rng=rng)
    assert answer.evidence.verdict == "supported"
    assert answer.window[0] <= 20 <= answer.window[1]
    exact = won[touched].mean() / won[~touched].mean()
    assert answer.effect.value == pytest.approx(exact, rel=0.05)
    shuffled = win_sets(account, day, rng.permutation(won), period)
    (answer,) = tried(
        [Question("visit", "win", Matched(shuffled, exposure(shuffled, events)), None, sets.unit)], rng=rng
    )
    assert answer.evidence.verdict != "supported"


def test_order_of_events_and_deals_makes_no_difference():
    rng = np.random.default_rng(9)
    events, account, day = world(rng, companies=80, ratio=3.0)
    first = found(events, account, day, np.random.default_rng(0))
    mixed = {
        kind: Happened(*(values[order] for values in (e.account, e.occurred, e.known)))
        for kind, e in events.items()
        for order in [rng.permutation(len(e.account))]
    }
    order = rng.permutation(len(day))
    again = found(mixed, account[order], day[order], np.random.default_rng(0))
    for kind, answer in first.items():
        assert again[kind].window == answer.window
        assert again[kind].effect.value == pytest.approx(answer.effect.value, rel=1e-9)


def test_windows_and_their_bits_belong_together():
    assert len(runs()) == len(masks()) == 36
    assert dict(zip(runs(), masks().tolist(), strict=True))[(90, 179)] == (1 << 4) | (1 << 5)
    assert EDGES[0] == 0


def test_deals_of_one_week_are_one_occasion():
    assert occasions(np.array([2, 2, 2, 3]), np.array([10, 13, 30, 13])).tolist() == [True, False, True, True]


@pytest.mark.parametrize(("ratio", "points"), [(1.2, 1), (2, 2), (3, 3), (100, 5), (0.7, -1), (0.1, -5)])
def test_weights_are_whole_points(ratio, points):
    assert weight(Estimate(value=ratio)) == points


def test_thin_data_leave_the_half_life_open():
    rng = np.random.default_rng(1)
    events, account, day = world(rng, companies=25, ratio=2.0)
    sets = opening_sets(Openings(account, day, 366, DAYS - 1))
    seen = exposure(sets, replace(events["idle"]))
    assert half_life(sets, seen, sets.weight, 0, more=True) is None
