"""From a vector of answers to points, fit, tier and win rate, in whole numbers: so engines agree to the digit."""

from __future__ import annotations

from functools import reduce
from operator import add, or_
from typing import TYPE_CHECKING

import ibis

from idealfit.profile.cells import float_literal
from idealfit.profile.criteria import possible_totals
from idealfit.profile.totals import groups
from idealfit.score.answers import UNKNOWN, YES, answer_name

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import ibis.expr.types as ir

    from idealfit.profile.document import FitBand, Profile, Tier
    from idealfit.profile.totals import Group

DISQUALIFIED = "disqualified"
UNRANKED = "unranked"
NO_TIER = "no tier"
UNRANKED_FIT = 50


def ranks(profile: Profile) -> bool:
    """Return whether the profile's criteria tell companies apart at all."""
    lowest, highest = possible_totals(profile.criteria)
    return highest > lowest


def with_totals(profile: Profile, vectors: ir.Table) -> ir.Table:
    """Return `vectors` with their points.

    `total100` is in hundredths of a point; `total_low` and `total_high` are the points if all that is unknown turns
    out badly or well; `disqualified` and `in_doubt` say whether a disqualifier is met or unknown.
    """
    parts = groups(profile.criteria)

    def total(while_unknown: Callable[[Group], int], each_point: int) -> ir.IntegerValue:
        return _sum(_points(profile, vectors, g, while_unknown(g), each_point) for g in parts)

    rules = [vectors[answer_name(len(profile.criteria) + i)] for i in range(len(profile.disqualify))]
    return vectors.mutate(
        total100=total(lambda g: g.expected100, 100),
        total_low=total(lambda g: g.low, 1),
        total_high=total(lambda g: g.high, 1),
        disqualified=_any(rule == YES for rule in rules),
        in_doubt=_any(rule == UNKNOWN for rule in rules),
    )


def with_fit(profile: Profile, totals: ir.Table) -> ir.Table:
    """Return `totals` with `fit`, `fit_low` and `fit_high`, 0 to 100.

    With R = highest - lowest: fit = floor((200 (total100 - 100 lowest) + 100 R) / (200 R)), the share of the possible
    points in per cent, halves up. A disqualifier that is met makes it 0, one that is unknown makes `fit_low` 0.
    """
    if ranks(profile):
        fit = _per_cent(profile, totals.total100)
        low = _per_cent(profile, totals.total_low * 100)
        high = _per_cent(profile, totals.total_high * 100)
    else:
        fit = low = high = ibis.literal(UNRANKED_FIT, "int64")
    return totals.mutate(
        fit=ibis.ifelse(totals.disqualified, 0, fit),
        fit_low=ibis.ifelse(totals.disqualified | totals.in_doubt, 0, low),
        fit_high=ibis.ifelse(totals.disqualified, 0, high),
    )


def with_tier(profile: Profile, fits: ir.Table) -> ir.Table:
    """Return `fits` with `tier`, the first of the profile's that the fit reaches; `reached` numbers it."""
    if ranks(profile):
        reached = [(fits.fit >= tier.at_least, tier.name) for tier in profile.tiers]
        tier = ibis.cases(*reached, else_=NO_TIER) if reached else ibis.literal(NO_TIER)
    else:
        tier = ibis.literal(UNRANKED)
    reached_tiers = tiers_reached(profile, fits.total100)
    return fits.mutate(tier=ibis.ifelse(fits.disqualified, DISQUALIFIED, tier), reached=reached_tiers)


def with_win_rate(profile: Profile, fits: ir.Table) -> ir.Table:
    """Return `fits` with `win_rate` of the band of `fit`, and the widest interval of the bands that the unknown spans.

    Without criteria it is the base rate and its interval; without bands it is NULL.
    """
    if not ranks(profile):
        base = profile.learned.base_rate if profile.learned else None
        rates = (base.rate, base.low, base.high) if base else (None, None, None)
        rate, low, high = (ibis.null("float64") if r is None else float_literal(r) for r in rates)
        return fits.mutate(win_rate=rate, win_rate_low=low, win_rate_high=high)
    bands = profile.fit_bands
    if not bands:
        return fits.mutate(**{n: ibis.null("float64") for n in ("win_rate", "win_rate_low", "win_rate_high")})
    here = [(fits.fit.between(b.fit_from, b.fit_to), float_literal(b.rate)) for b in bands]
    return fits.mutate(
        win_rate=ibis.cases(*here),
        win_rate_low=_first_spanned(fits, sorted(bands, key=lambda b: b.low), lambda b: b.low),
        win_rate_high=_first_spanned(fits, sorted(bands, key=lambda b: -b.high), lambda b: b.high),
    )


def tiers_reached(profile: Profile, total100: ir.IntegerValue) -> ir.IntegerValue:
    """Return how many tiers' thresholds these hundredths of points reach: the same number means the same tier.

    fit >= T is 2 (total100 - 100 lowest) >= R (2 T - 1), which needs no division; in whole numbers, total100 is then at
    least 100 lowest + ceil(R (2 T - 1) / 2).
    """
    lowest, highest = possible_totals(profile.criteria)
    least = (100 * lowest - (highest - lowest) * (1 - 2 * t.at_least) // 2 for t in _reachable(profile))
    return _sum(ibis.ifelse(total100 >= points, 1, 0) for points in least)


def _reachable(profile: Profile) -> list[Tier]:
    """Return the tiers that the first-reached rule can give: each asks for less than all before it."""
    return [t for i, t in enumerate(profile.tiers) if all(t.at_least < before.at_least for before in profile.tiers[:i])]


def points_held(profile: Profile, vectors: ir.Table, group: Group) -> ir.IntegerValue:
    """Return the points of all criteria of one group that hold."""
    return _sum(ibis.ifelse(vectors[answer_name(i)] == YES, profile.criteria[i].points, 0) for i in group.members)


def _points(profile: Profile, vectors: ir.Table, group: Group, unknown: int, each_point: int) -> ir.IntegerValue:
    """Return what one group of criteria adds: `unknown` while it is unknown, else the points of those that hold."""
    is_unknown = _any(vectors[answer_name(i)] == UNKNOWN for i in group.members)
    if len(group.members) == 1:
        (only,) = group.members
        points = each_point * profile.criteria[only].points
        return ibis.cases((is_unknown, unknown), (vectors[answer_name(only)] == YES, points), else_=0)
    held = points_held(profile, vectors, group)
    return ibis.ifelse(is_unknown, unknown, held if each_point == 1 else held * each_point)


def _per_cent(profile: Profile, total100: ir.IntegerValue) -> ir.IntegerValue:
    lowest, highest = possible_totals(profile.criteria)
    points = highest - lowest
    share = (200 * total100 + 100 * (points - 200 * lowest)) // (200 * points)
    return ibis.greatest(0, ibis.least(100, share))


def _first_spanned(fits: ir.Table, bands: list[FitBand], end: Callable[[FitBand], float]) -> ir.FloatingValue:
    """Return the `end` of the first of `bands` that lies between `fit_low` and `fit_high`."""
    return ibis.cases(
        *(((fits.fit_low <= b.fit_to) & (fits.fit_high >= b.fit_from), float_literal(end(b))) for b in bands)
    )


def _sum(terms: Iterable[ir.IntegerValue]) -> ir.IntegerValue:
    found = list(terms)
    return reduce(add, found) if found else ibis.literal(0, "int64")


def _any(conditions: Iterable[ir.BooleanValue]) -> ir.BooleanValue:
    found = list(conditions)
    return reduce(or_, found) if found else ibis.literal(False)
