"""What a backtest says of promises that were not kept."""

from datetime import date

from idealfit.profile.document import Rate
from idealfit.prove.trials import Counted, Group, Measured, Trial
from idealfit.prove.wording import drift_of

DEALS = "won and lost deals"


def tier(label, n, won, expected, *, within=0.02):
    rate = won / n
    return Group(label=label, n=n, won=won, rate=rate, low=rate - within, high=rate + within, expected=expected)


def trial(learned, base):
    rate = Rate(n=1000, won=round(1000 * base), rate=base, low=base - 0.02, high=base + 0.02)
    return Trial(
        label="as of 2024-01-01",
        cutoff=date(2024, 1, 1),
        learned=Counted(1000, learned),
        scored=Counted(1000, rate.won),
        verdict="learned",
        base_rate=rate,
    )


def test_a_broken_promise_is_said_with_both_numbers_and_a_kept_one_is_not():
    tiers = (tier("A", 500, 185, 0.39), tier("C", 2000, 380, 0.11))
    assert drift_of(Measured(scored=Counted(2500, 565), by_tier=tiers), [trial(230, 0.24)], DEALS) == (
        "Tier C promised 11% and won 19% (17 to 21%): take the tiers for an order, and these rates with care. What was "
        "promised is what the profiles learned as of these days knew; one learned later may promise something else.",
    )
    kept = (tier("A", 500, 185, 0.38), tier("C", 2000, 380, 0.20), tier("D", 9, 3, None))
    assert drift_of(Measured(scored=Counted(2500, 565), by_tier=kept), [trial(230, 0.24)], DEALS) == ()


def test_what_is_sure_but_too_small_to_matter_is_not_said():
    tiers = (tier("C", 90_000, 17_100, 0.17, within=0.003),)
    assert drift_of(Measured(scored=Counted(90_000, 17_100), by_tier=tiers), [], DEALS) == ()


def test_a_win_rate_that_moved_is_said_of_the_newest_day_that_was_measured():
    unmeasured = Trial(
        label="later", cutoff=None, learned=Counted(9, 1), scored=Counted(2, 1), verdict="too little data"
    )
    found = drift_of(Measured(scored=Counted(1000, 240)), [trial(100, 0.5), trial(100, 0.24), unmeasured], DEALS)
    assert found == (
        "The win rate of all deals moved: 10% of those known as of 2024-01-01, 24% (22 to 26%) of those opened from "
        "then on.",
    )
    assert drift_of(Measured(scored=Counted(1000, 240)), [trial(100, 0.24)], "customers against a market") == ()
