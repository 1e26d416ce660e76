"""Widen or tighten: a market held against what a team can work, and tiers cut by capacity or by win rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from idealfit.profile.document import Estimate
from idealfit.score.market import Cut, Size, size_from, times

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Profile, Tier
    from idealfit.score.market import Counted

NEAR = 0.1
"""A market within so much of the capacity is left as it is."""


@dataclass(frozen=True)
class Advice:
    """Whether to widen or tighten, for a team that can work `capacity` companies.

    `now` are the companies within reach, of a fit of `reach` or more. `at_least` is the fit down to which the capacity
    goes, best companies first, and `worked` are those: as many as the capacity, or all there are.
    """

    verdict: Literal["widen", "tighten", "keep"]
    capacity: int
    reach: int
    now: Size
    at_least: int
    worked: Size


def advice(market: Counted, cuts: Sequence[Cut], *, capacity: int, reach: int) -> Advice:
    """Return what to do about a market for a team that can work so many companies."""
    now = size_from(market, reach)
    verdict: Literal["widen", "tighten", "keep"] = "keep"
    if now.companies < (1 - NEAR) * capacity:
        verdict = "widen"
    elif now.companies > (1 + NEAR) * capacity:
        verdict = "tighten"
    at_least, worked = best(cuts, capacity)
    return Advice(verdict, capacity, reach, now, at_least, worked)


def best(cuts: Sequence[Cut], capacity: int) -> tuple[int, Size]:
    """Return the fit down to which a capacity goes, and the companies worked: of the last fit, only as many as fit in.

    >>> rate = Estimate(value=0.5, low=0.4, high=0.6)
    >>> def cut(fit, n, wins):
    ...     return Cut(fit, Size(n, n, n, rate, Estimate(value=wins, low=wins, high=wins), None), "A")
    >>> fit, worked = best([cut(90, 10, 8.0), cut(50, 30, 12.0)], 20)
    >>> fit, worked.companies, worked.wins.value
    (50, 20, 10.0)
    """
    before: Cut | None = None
    for cut in cuts:
        if cut.size.companies >= capacity:
            return cut.at_least, _between(before.size if before else None, cut.size, capacity)
        before = cut
    none = Size(0, 0, 0, None, None, None)
    return (before.at_least, before.size) if before else (0, none)


def companies_for(pipeline: float, deal_value: Estimate) -> int:
    """Return how many companies must be worked for deals of so much together; each that is worked opens one deal.

    >>> companies_for(1_000_000, Estimate(value=30_000))
    34
    """
    return math.ceil(pipeline / deal_value.value)


def tiers_by_capacity(tiers: Sequence[Tier], cuts: Sequence[Cut], capacities: Sequence[int]) -> tuple[Tier, ...]:
    """Return the tiers with thresholds such that each of the first ones holds at most its capacity.

    The last capacity goes with the last tier but one; what is below stays below.
    """
    found, room = list(tiers), 0
    for position, capacity in enumerate(capacities):
        room += capacity
        reached = [cut.at_least for cut in cuts if cut.size.companies <= room]
        found[position] = tiers[position].model_copy(update={"at_least": min(reached, default=101), "expected": None})
        room = max((cut.size.companies for cut in cuts if cut.size.companies <= room), default=0)
    return _in_order(found, len(capacities))


def tiers_by_win_rate(profile: Profile, rates: Sequence[float]) -> tuple[Tier, ...]:
    """Return the tiers with thresholds such that whoever is in one of the first ones has at least its win rate."""
    found = list(profile.tiers)
    for position, rate in enumerate(rates):
        reached = [band.fit_from for band in profile.fit_bands if band.rate >= rate]
        found[position] = found[position].model_copy(update={"at_least": min(reached, default=101), "expected": None})
    return _in_order(found, len(rates))


def _between(above: Size | None, here: Size, capacity: int) -> Size:
    """Return the companies above and as many of the rest as the capacity has room for, at the rest's own rate."""
    before = above.companies if above else 0
    share = (capacity - before) / (here.companies - before)

    def part(more: Estimate | None, less: Estimate | None) -> Estimate | None:
        if more is None:
            return None
        ends = [(getattr(less, end) or 0.0 if less else 0.0, getattr(more, end)) for end in ("value", "low", "high")]
        value, low, high = (None if b is None else a + share * (b - a) for a, b in ends)
        return Estimate(value=value or 0.0, low=low, high=high)

    wins = part(here.wins, above.wins if above else None)
    return replace(
        here,
        companies=capacity,
        surely=min(here.surely, capacity),
        possibly=here.possibly,
        win_rate=here.win_rate
        if wins is None
        else times(wins, Estimate(value=1 / capacity, low=1 / capacity, high=1 / capacity)),
        wins=wins,
        revenue=part(here.revenue, above.revenue if above else None),
    )


def _in_order(tiers: list[Tier], chosen: int) -> tuple[Tier, ...]:
    """Return tiers whose thresholds fall: the ones not chosen stay below the last that was."""
    lowest = tiers[chosen - 1].at_least if chosen else 101
    rest = (t.model_copy(update={"at_least": min(t.at_least, max(lowest - 1, 0))}) for t in tiers[chosen:])
    return (*tiers[:chosen], *rest)
