"""Which window before a deal tells most of it, and how often chance alone would find one as good.

Each case stands in a set with its alternatives (see `matched_sets`). Every window is judged by the score test of the
conditional likelihood (Breslow & Day 1980, ch. 7), with the estimated busyness of the calendar taken out of it. p
compares the best of all windows with the best where cases are drawn anew from their sets; drawing stops as soon as
chance has done as well often enough (Besag & Clifford 1991). A window's variance is the model's or, where companies
that come again make it larger, that of the sums by company (Lin & Wei 1989).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from idealfit.learn.evidence import Z95
from idealfit.learn.matched_sets import masks, runs

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.matched_sets import Exposure, Sets

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

DRAWS = 1999
AT_A_TIME = 199
ENOUGH = 50
"""Once chance has done as well so often, more draws would not change what is said."""
FEWEST_EVENTS = 5
"""Fewer cases with the event (seen or expected) say nothing."""
LATE_START = 4.0
"""What z squared must gain before a window starts later than on the day of the event."""
MANY = 3000
"""With more cases than this, fewer draws are made: a bound says enough."""
LARGE_ENOUGH = 20.0
AT_ONCE = 2_000_000  # cells in memory
GUIDES_A_UNIT = 256
WINDOWS = runs()
MASKS = masks()
COST = np.array([LATE_START if first else 0.0 for first, _ in WINDOWS])


@dataclass(frozen=True)
class Matched:
    """Sets, and what one kind of event says of them."""

    sets: Sets
    seen: Exposure

    def seen_in(self, window: int) -> Bools:
        """Return which cases have the event in a window."""
        return np.asarray((self.seen.case_bits & MASKS[window]) != 0)

    def inside(self, window: int) -> Bools:
        """Return which alternatives have the event in a window."""
        return np.asarray((self.seen.bits & MASKS[window]) != 0)


@dataclass(frozen=True)
class Parts:
    """What the score test of one window needs.

    `share` is by unit the chance that a case has the event there, `information` that of the log ratio, `variance` that
    of the count, `slope` what each block of the calendar takes from the count.
    """

    share: Floats
    information: float
    variance: float
    slope: Floats


@dataclass(frozen=True)
class Judged:
    """All windows of one kind judged: cases with the event, expected ones, the best window and p for it.

    `variance` is that of each window's count; `critical` is the z that the largest of all windows passes in one of
    twenty draws, `asked` the direction (or 0).
    """

    seen: Floats
    expected: Floats
    parts: tuple[Parts, ...]
    variance: Floats
    usable: Bools
    best: int
    p: float
    critical: float
    asked: float = 0.0

    @property
    def direction(self) -> float:
        """Return 1 where the best window holds more events than expected, -1 where it holds fewer."""
        return float(np.sign(self.seen[self.best] - self.expected[self.best])) or 1.0


class Calendar:
    """The alternatives with their chances, and what the estimated busyness of the calendar takes from each score."""

    def __init__(self, sets: Sets, weight: Floats) -> None:
        self.sets, self.weight = sets, weight
        self._shape = len(weight), len(sets.observed)
        self._place = (np.arange(self._shape[0])[:, None] * self._shape[1] + sets.block).ravel()
        self.of_block = self._by_block(weight)
        within = (self.of_block * sets.n[:, None]).T @ self.of_block
        information = np.diag(sets.n @ self.of_block) - within
        self._inverse = np.linalg.pinv(information, hermitian=True) if self._shape[1] > 1 else np.zeros((1, 1))
        # Wins are drawn without replacement from the deals of their span.
        self._drawn = 1 - sets.n.sum() / max((sets.day >= 0).sum(), 1) if sets.design == "win" else 1.0

    def _by_block(self, weight: Floats) -> Floats:
        if self._shape[1] == 1:
            return np.asarray(weight.sum(1, keepdims=True))
        total = np.bincount(self._place, weights=weight.ravel(), minlength=self._shape[0] * self._shape[1])
        return np.asarray(total.reshape(self._shape), dtype=np.float64)

    def parts(self, inside: Bools) -> Parts:
        """Return the score's parts where `inside` says which alternatives have the event in the window."""
        within = self.weight * inside
        share = within.sum(1)
        mixed = self.sets.n @ (self._by_block(within) - share[:, None] * self.of_block)
        slope = self._inverse @ mixed
        information = max(float(self.sets.n @ (share * (1 - share)) - mixed @ slope), 0.0)
        return Parts(share, information, information * self._drawn, slope)


def judged(matched: Matched, allowed: Bools, rng: np.random.Generator, asked: float = 0.0) -> Judged:
    """Judge every window by its score, and the best of them by drawing the cases anew.

    Where one direction is `asked` (1 or -1), only windows that hold more, or fewer, events than expected count.
    """
    sets, seen = matched.sets, matched.seen
    calendar = Calendar(sets, sets.weight)
    parts = tuple(calendar.parts(matched.inside(w)) for w in range(len(MASKS)))
    count = ((seen.case_bits[:, None] & MASKS) != 0).sum(0).astype(np.float64)
    expected, variance = np.array([sets.n @ p.share for p in parts]), np.array([p.variance for p in parts])
    usable = allowed & (np.maximum(count, expected) >= FEWEST_EVENTS) & (variance > 1e-9)
    if not usable.any():
        return Judged(count, expected, parts, variance, usable, int(np.argmax(allowed)), 1.0, Z95, asked)
    by_company = np.column_stack([company_scores(matched, calendar, p, w) for w, p in enumerate(parts)])
    wider = np.maximum(variance, (by_company**2).sum(0))
    best = int(np.argmax(scores(count - expected, variance, usable, asked) - COST))
    top = float(scores(count - expected, wider, usable, asked).max())
    slopes = np.array([p.slope for p in parts]).T

    def largest(draws: int) -> Floats:
        drawn, blocks = drawn_anew(sets, seen, sets.weight, rng, draws)
        apart = drawn - expected - (blocks - sets.observed) @ slopes
        return np.asarray(scores(apart, variance, usable, asked).max(1))

    null = largest(AT_A_TIME)
    bound = float(stats.chi2.sf(top, 1)) * int(usable.sum()) if expected[best] >= LARGE_ENOUGH else 1.0
    most = (DRAWS if len(sets.unit) <= MANY else 3 * AT_A_TIME) if bound > 1 / DRAWS else 0
    while len(null) < most and (null >= top).sum() < ENOUGH:
        null = np.concatenate([null, largest(AT_A_TIME + 1)])
    p = float((1 + (null >= top - 1e-9).sum()) / (1 + len(null)))
    if bound < 1 / DRAWS:  # where draws are too coarse and counts large, Bonferroni's bound takes over
        p = min(p, bound)
    critical = float(np.sqrt(max(np.quantile(null, 0.95), Z95**2)))
    return Judged(count, expected, parts, variance, usable, best, p, critical, asked)


def scores(apart: Floats, variance: Floats, usable: Bools, asked: float) -> Floats:
    """Return z squared of each window; unusable windows are never the best.

    A window that points the other way than asked has its z squared counted against it.
    """
    squared = apart**2 / np.where(usable, variance, 1.0)
    return np.where(usable, squared * np.sign(apart * asked) if asked else squared, -np.inf)


def company_scores(matched: Matched, calendar: Calendar, parts: Parts, window: int) -> Floats:
    """Return by company what it adds to the score of a window: seen less expected, the calendar taken out.

    Deals that were not won add to the score of wins, too: they are part of what wins are compared with.
    """
    sets = matched.sets
    seen = matched.seen_in(window).astype(np.float64)
    share = parts.share[sets.unit]
    calendar_apart = parts.slope[sets.case_block] - (calendar.of_block @ parts.slope)[sets.unit]
    of_case = seen - share - (calendar_apart if len(sets.observed) > 1 else 0.0)
    companies = int(max(sets.account.max(initial=0), sets.unit_account.max(initial=0))) + 1
    total = np.bincount(sets.account, weights=of_case, minlength=companies)
    if sets.design == "win":
        there = sets.day >= 0
        alone = (matched.inside(window) & there).sum(1) / np.maximum(there.sum(1), 1)
        steep = parts.share * (1 - parts.share) / np.maximum(alone * (1 - alone), 1e-12)
        part = (sets.n * steep / np.maximum(there.sum(1), 1))[:, None] * (matched.inside(window) - alone[:, None])
        total = total - np.bincount(sets.unit_account[there], weights=part[there], minlength=companies)
    return np.asarray(total)


def drawn_anew(
    sets: Sets, seen: Exposure, weight: Floats, rng: np.random.Generator, draws: int
) -> tuple[Floats, Floats]:
    """Return for each draw how many cases have the event in each window, and how many lie in each block."""
    if sets.design == "win":
        total = np.zeros((draws, len(MASKS)))
        for unit, there in enumerate(sets.day >= 0):
            inside = ((seen.bits[unit, there][:, None] & MASKS) != 0).astype(np.float64)
            won = np.arange(len(inside)) < sets.n[unit]
            total += rng.permuted(np.broadcast_to(won, (draws, len(won))), axis=1).astype(np.float64) @ inside
        return total, np.full((draws, 1), sets.observed.sum())
    chances = _Chances(weight)
    patterns, pattern = np.unique(seen.bits, return_inverse=True)
    of_pattern = ((patterns[:, None] & MASKS) != 0).astype(np.float64)
    kinds, spans = len(patterns), len(sets.observed)
    place = (pattern.reshape(-1) * spans + sets.block.reshape(-1)).astype(np.int64)
    count, blocks = np.empty((draws, len(MASKS))), np.empty((draws, spans))
    step = max(AT_ONCE // max(len(sets.unit), kinds * spans, 1), 1)
    for at in range(0, draws, step):
        rows = slice(at, min(at + step, draws))
        many = rows.stop - at
        drawn = place[chances.drawn(sets.unit, rng.random((many, len(sets.unit))))]
        drawn += np.arange(many)[:, None] * kinds * spans
        table = np.bincount(drawn.ravel(), minlength=many * kinds * spans).reshape(many, kinds, spans)
        count[rows], blocks[rows] = table.sum(2) @ of_pattern, table.sum(1)
    return count, blocks


class _Chances:
    """Draws alternatives by their chances, by the inverse of their running sum.

    A guide table says where in it to begin to look (Chen & Asau 1974), so a draw costs a few comparisons.
    """

    def __init__(self, weight: Floats) -> None:
        running = weight.cumsum(1)
        units = len(weight)
        self._flat = np.ascontiguousarray((running / running[:, -1:] + np.arange(units)[:, None]).ravel())
        # Sorted numbers are found in sorted order, which is cheap. The drawn ones come in no order.
        self._guide = np.searchsorted(self._flat, np.arange(units * GUIDES_A_UNIT) / GUIDES_A_UNIT)

    def drawn(self, unit: Ints, random: Floats) -> Ints:
        """Return the place (of the alternatives laid out in one row) that each random number stands for."""
        at = self._guide[unit * GUIDES_A_UNIT + (random * GUIDES_A_UNIT).astype(np.int64)]
        sought, last = (unit + random).reshape(-1), len(self._flat) - 1
        place = np.minimum(at.reshape(-1), last)
        behind = np.flatnonzero(self._flat[place] < sought)
        while len(behind):
            place[behind] = np.minimum(place[behind] + 1, last)
            behind = behind[(self._flat[place[behind]] < sought[behind]) & (place[behind] < last)]
        return place.reshape(random.shape)
