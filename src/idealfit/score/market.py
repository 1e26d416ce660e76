"""How big the market of a profile is, what each line of the rubric costs in companies and buys in win rate.

All figures are sums over the rows of a `census`. A company's win rate is that of its fit's band, whatever line is
waived or required: what the whole profile says of it is the best that is known. Intervals add up the ends of the
bands' intervals, as if all erred the same way: they are wider than 95 %, never narrower.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from idealfit.profile.document import Criterion, Estimate
from idealfit.profile.totals import groups
from idealfit.profile.wording import phrase, phrase_not
from idealfit.score.answers import NO, UNKNOWN, YES, answer_name
from idealfit.score.census import judged

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Finding, Profile, Rate, Tier

SEEN_LINES = 4
"""How many findings that are not in the rubric are tried as further lines."""


@dataclass(frozen=True)
class Size:
    """So many companies, and what may come of them; None where the profile has no win rates, or no value of a deal.

    `surely` are the companies that belong whatever the unknown turns out to be, `possibly` those that may.
    """

    companies: int
    surely: int
    possibly: int
    win_rate: Estimate | None
    wins: Estimate | None
    revenue: Estimate | None


@dataclass(frozen=True)
class Counted:
    """A market counted by answers: rows of a `census` with what the profile makes of each, and what a deal is worth.

    With `lifts`, the profile tells lifts against a market and no win rates, so no wins can be expected.
    """

    rows: pd.DataFrame
    deal_value: Estimate | None
    lifts: bool


@dataclass(frozen=True)
class TierSize:
    """One tier of the profile, from a fit of `at_least` up to the tier above."""

    name: str
    at_least: int
    action: str
    size: Size


@dataclass(frozen=True)
class Price:
    """What one line costs and buys: the companies within reach as it is, with the line waived, and with it required.

    Waived, every company counts as meeting the line (or, where the line costs points, as not meeting it). Required,
    only those remain of which `good` holds: the line, or its contrary where it costs points. A line that is only `seen`
    is not in the rubric and has nothing to waive; its `evidence` is its own win rate in the history.
    """

    line: str
    good: str
    points: int
    waived: Size | None
    required: Size
    unknown: int
    seen: bool = False
    evidence: Rate | None = None


@dataclass(frozen=True)
class Cut:
    """All companies of at least this fit."""

    at_least: int
    size: Size
    tier: str


def in_reach(profile: Profile) -> Tier | None:
    """Return the tier down to which companies are worked: the last but the one below which nothing is done.

    >>> from idealfit.profile.document import Narrative, Profile, Slot, Tier
    >>> gap = Slot(text="?", source="open question")
    >>> slots = dict.fromkeys(("company", "situation", "trigger", "alternative", "urgency"), gap)
    >>> tiers = tuple(Tier(name=n, at_least=f, action="-") for n, f in (("A", 70), ("B", 40), ("C", 0)))
    >>> asked = Profile(name="-", verdict="written by hand", narrative=Narrative(**slots), tiers=tiers)
    >>> in_reach(asked).name
    'B'
    """
    above = [tier for tier in profile.tiers if tier.at_least > 0]
    return min(above or profile.tiers, key=lambda tier: tier.at_least, default=None)


def counted(profile: Profile, found: pd.DataFrame, deal_value: Estimate | None = None) -> Counted:
    """Return a `census` with what `profile` makes of it."""
    rows = judged(profile, found)
    ends: dict[str, Any] = {"band_low": rows.win_rate_low, "band_high": rows.win_rate_high}
    if profile.fit_bands:  # the bounds of a company span what is unknown of it too; those of its band do not
        where = [rows.fit.between(band.fit_from, band.fit_to) for band in profile.fit_bands]
        ends["band_low"] = np.select(where, [band.low for band in profile.fit_bands], np.nan)
        ends["band_high"] = np.select(where, [band.high for band in profile.fit_bands], np.nan)
    lifts = profile.learned is not None and profile.learned.mode == "customers against a market"
    return Counted(rows.assign(**ends), deal_value, lifts)


def tier_sizes(profile: Profile, market: Counted) -> tuple[TierSize, ...]:
    """Return the size of each tier of the profile, in its order."""
    found = []
    rows = market.rows
    for position, tier in enumerate(profile.tiers):
        above = min((t.at_least for t in profile.tiers[:position]), default=101)
        surely = (rows.fit_low >= tier.at_least) & (rows.fit_high < above) & ~rows.disqualified
        possibly = (rows.fit_high >= tier.at_least) & (rows.fit_low < above) & ~rows.disqualified
        sized = size(market, rows.tier == tier.name, surely, possibly)
        found.append(TierSize(tier.name, tier.at_least, tier.action, sized))
    return tuple(found)


def frontier(profile: Profile, market: Counted) -> tuple[Cut, ...]:
    """Return all cuts there are, the highest first: from few companies that win often to all of them."""
    fits = sorted({int(fit) for fit in market.rows.fit[~market.rows.disqualified]}, reverse=True)
    return tuple(Cut(fit, size_from(market, fit), _tier_at(profile, fit)) for fit in fits)


def size_from(market: Counted, at_least: int) -> Size:
    """Return the companies of at least this fit."""
    rows, open_to_us = market.rows, ~market.rows.disqualified
    ends = ((rows[bound] >= at_least) & open_to_us for bound in ("fit", "fit_low", "fit_high"))
    return size(market, *ends)


def prices(profile: Profile, seen: Sequence[Finding], market: Counted, at_least: int) -> tuple[Price, ...]:
    """Return what each line of the rubric, then each finding of `seen`, does to the companies of at least this fit.

    `market` is counted by `with_seen(profile, seen)`.
    """
    rows = market.rows
    within = (rows.fit >= at_least) & ~rows.disqualified
    waived = _fits_if_waived(profile, with_seen(profile, seen), rows)
    found = []
    lines: tuple[Criterion | Finding, ...] = (*profile.criteria, *seen)
    for i, line in enumerate(lines):
        answers = rows[answer_name(i)]
        good = within & (answers == (NO if _costs(line) else YES))
        unknown = int(rows.n[within & (answers == UNKNOWN)].sum())
        without, points = None, line.points if isinstance(line, Criterion) else 0
        if i in waived:
            more = ((waived[i] >= at_least) | (rows.fit >= at_least)) & ~rows.disqualified
            without = size(market, more, more, more)
        own = line.evidence.inside if line.evidence else None
        words, contrary = (
            (say(line.attribute, line.test) if line.test else line.attribute) for say in (phrase, phrase_not)
        )
        kept = contrary if _costs(line) else words
        tried = i >= len(profile.criteria)
        found.append(Price(words, kept, points, without, size(market, good, good, good), unknown, tried, own))
    return tuple(found)


def with_seen(profile: Profile, seen: Sequence[Finding]) -> Profile:
    """Return `profile` with findings as lines that are worth nothing: their answers are counted, and that is all."""
    more = (Criterion(attribute=f.attribute, layer=f.layer, test=f.test, points=0) for f in seen if f.test)
    return profile.model_copy(update={"criteria": (*profile.criteria, *more)})


def seen_to_try(profile: Profile) -> tuple[Finding, ...]:
    """Return the findings that hold and are not in the rubric, the first few that have a test."""
    tests = [(line.attribute, line.test) for line in profile.criteria]
    free = [f for f in profile.also_seen if f.test is not None and (f.attribute, f.test) not in tests]
    return tuple(free[:SEEN_LINES])


def size(market: Counted, inside: pd.Series[bool], surely: pd.Series[bool], possibly: pd.Series[bool]) -> Size:
    """Return how many companies the rows `inside` hold, and what may come of them."""
    rows = market.rows[inside]
    n = int(rows.n.sum())
    sums = None
    if n and rows.win_rate.notna().all():
        value, low, high = (float((rows.n * rows[c]).sum()) for c in ("win_rate", "band_low", "band_high"))
        sums = Estimate(value=value, low=low, high=high)
    wins = None if market.lifts else sums
    return Size(
        companies=n,
        surely=int(market.rows.n[surely].sum()),
        possibly=int(market.rows.n[possibly].sum()),
        win_rate=sums and times(sums, Estimate(value=1 / n, low=1 / n, high=1 / n)),
        wins=wins,
        revenue=wins and market.deal_value and times(wins, market.deal_value),
    )


def times(one: Estimate, other: Estimate) -> Estimate:
    """Return the product of two numbers that are not negative, with the products of their ends.

    >>> times(Estimate(value=2, low=1, high=3), Estimate(value=10, low=9, high=11))
    Estimate(value=20.0, low=9.0, high=33.0)
    """
    ends = [None if a is None or b is None else a * b for a, b in ((one.low, other.low), (one.high, other.high))]
    return Estimate(value=one.value * other.value, low=ends[0], high=ends[1])


def _fits_if_waived(profile: Profile, asked: Profile, rows: pd.DataFrame) -> dict[int, pd.Series[int]]:
    """Return the fit of each row with each line waived that has points: met by all, or by nobody where it costs points.

    No other band of the attribute is met beside a waived one.
    """
    tried = [i for i, line in enumerate(profile.criteria) if line.points]
    changed = []
    for i in tried:
        costs = profile.criteria[i].points < 0
        beside = () if costs else next(g for g in groups(profile.criteria) if i in g.members).members
        changed.append(rows.assign(**{**{answer_name(m): NO for m in beside}, answer_name(i): NO if costs else YES}))
    if not changed or rows.empty:
        return {}
    fits = judged(asked, pd.concat(changed, ignore_index=True)).fit
    parts = (fits[k * len(rows) : (k + 1) * len(rows)].set_axis(rows.index) for k in range(len(tried)))
    return dict(zip(tried, parts, strict=True))


def _costs(line: Criterion | Finding) -> bool:
    if isinstance(line, Criterion):
        return line.points < 0
    evidence = line.evidence
    return bool(evidence and evidence.difference and evidence.difference.value < 0)


def _tier_at(profile: Profile, fit: int) -> str:
    return next((tier.name for tier in profile.tiers if fit >= tier.at_least), "")
