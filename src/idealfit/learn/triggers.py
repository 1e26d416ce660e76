"""Which events, in which window before it, change the chance that a deal is opened or won.

Each case stands in a set with its alternatives (see `matched_sets`). Of a set, `share` is the chance that the event
lies in the window at one of the alternatives. With a ratio r it lies there at the case with the chance
r share / (1 - share + r share): the conditional likelihood (Breslow & Day 1980, ch. 7), solved for r.

Openings are judged twice, and every search is paid for: p compares the best of all windows with the best where cases
are drawn anew from their sets. First beside comparable companies on the same day, with Benjamini & Hochberg's q over
the kinds of event. What passes must hold up, in the same direction, beside the same companies' other days, where
nothing that a company always is can pass for a trigger (at 2 % each, for the same events are counted in both). Window,
ratio and half-life are taken from there; the ratio's interval is that of a parametric bootstrap that searches anew each
time (studentised: Efron & Tibshirani 1993, ch. 12), so that it is honest about the choosing.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import stats

from idealfit.learn.evidence import POWER_Z, Z95
from idealfit.learn.half_life import half_life
from idealfit.learn.matched_sets import EDGES, masks, runs, weights_given
from idealfit.learn.patterns import ERROR_RATE, SUGGESTIVE_RATE, benjamini_hochberg
from idealfit.profile.document import Estimate, TimeSpan, TriggerEvidence, TriggerTimeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from idealfit.learn.matched_sets import Exposure, Sets
    from idealfit.profile.document import Verdict

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

DRAWS = 1999
FIRST_LOOK = 199
CLOSE_CALL = 0.1
FEWEST_EVENTS = 5
"""Fewer cases with the event (seen or expected) say nothing."""
LATE_START = 4.0
"""What z squared must gain before a window starts later than on the day of the event."""
REFITS = 399
CONFIRMING_RATE = 0.02
"""The p that a kind of event must reach beside the same companies' other days."""
RELEVANT_RATIO = 2.0
"""A ratio that is worth knowing; what would have shown and did not is `not supported`."""
GUIDES = (90, 179)
"""Where guides to ideal customer profiles say to look: three to six months before."""
MANY = 3000
"""With more cases than this, fewer draws are made: a bound says enough."""
LARGE_ENOUGH = 20.0
AT_ONCE = 2_000_000  # cells in memory
WINDOWS = runs()
MASKS = masks()
_SINGLE = frozenset(WINDOWS.index((a, b - 1)) for a, b in pairwise(EDGES))
_COST = np.array([LATE_START if first else 0.0 for first, _ in WINDOWS])


@dataclass(frozen=True)
class Tried:
    """What was found of one kind of event and one outcome."""

    kind: str
    outcome: Literal["opening", "win"]
    window: tuple[int, int]
    evidence: TriggerEvidence
    effect: Estimate | None
    guides: Estimate | None
    half_life: Estimate | None
    timeline: TriggerTimeline


@dataclass(frozen=True)
class _Parts:
    """What the score test of one window needs: shares by case, the variance of its count, its slope on the blocks."""

    share: Floats
    variance: float
    slope: Floats


@dataclass(frozen=True)
class _Judged:
    """All windows of one kind judged: cases with the event, the score's parts, the best window and p for it.

    `critical` is the z that the largest of all windows passes in one of twenty draws, `asked` the direction (or 0).
    """

    seen: Floats
    parts: tuple[_Parts, ...]
    usable: npt.NDArray[np.bool_]
    best: int
    p: float
    critical: float
    asked: float

    @property
    def direction(self) -> float:
        """Return 1 where the best window holds more events than expected, -1 where it holds fewer."""
        return float(np.sign(self.seen[self.best] - self.shares(self.best))) or 1.0

    def shares(self, window: int) -> float:
        """Return how many cases would have the event in the window if it made no difference."""
        return float(self.parts[window].share.sum())


@dataclass(frozen=True)
class Matched:
    """Sets, and what one kind of event says of them."""

    sets: Sets
    seen: Exposure


@dataclass(frozen=True)
class Question:
    """One kind of event and one outcome: where the window is searched for, and where it must hold up (if anywhere).

    `period` is the span of time of each case.
    """

    kind: str
    outcome: Literal["opening", "win"]
    searched: Matched
    confirmed: Matched | None
    period: Ints


def tried(
    questions: Sequence[Question],
    *,
    rng: np.random.Generator,
    longest: int = EDGES[-1],
    told: Callable[[float], None] = lambda share: None,
) -> tuple[Tried, ...]:
    """Return what was found of each question, in the order given; q is over all of them.

    The direction must hold in most spans of time. Windows reach back `longest` days at most.
    """
    allowed = np.array([last < longest for _, last in WINDOWS])
    first = []
    for number, question in enumerate(questions):
        first.append(_judged(question.searched, allowed, rng))
        told(0.6 * (number + 1) / len(questions))
    q = benjamini_hochberg(np.array([judgement.p for judgement in first]))
    second = [
        _judged(question.confirmed, allowed, rng, judgement.direction)
        if question.confirmed is not None and share <= SUGGESTIVE_RATE
        else None
        for question, judgement, share in zip(questions, first, q, strict=True)
    ]
    found = []
    for number, question in enumerate(questions):
        again = second[number]
        confirmed = question.confirmed is None or (again is not None and again.p <= CONFIRMING_RATE)
        answer = _Answer(question, first[number], second[number], float(q[number]), bool(confirmed))
        found.append(_tried(answer, allowed, rng))
        told(0.6 + 0.4 * (number + 1) / len(questions))
    return tuple(found)


class _Calendar:
    """The alternatives with their chances, and what the estimated busyness of the calendar takes from each score."""

    def __init__(self, sets: Sets, weight: Floats) -> None:
        self.sets, self.weight = sets, weight
        self._shape = len(weight), len(sets.observed)
        self._place = (np.arange(self._shape[0])[:, None] * self._shape[1] + sets.block).ravel()
        self._of_block = self._by_block(weight)
        within = (self._of_block * sets.n[:, None]).T @ self._of_block
        information = np.diag(sets.n @ self._of_block) - within
        self._inverse = np.linalg.pinv(information, hermitian=True) if self._shape[1] > 1 else np.zeros((1, 1))
        # Wins are drawn without replacement from the deals of their span.
        self._drawn = 1 - sets.n.sum() / max((sets.day >= 0).sum(), 1) if sets.design == "win" else 1.0

    def _by_block(self, weight: Floats) -> Floats:
        total = np.bincount(self._place, weights=weight.ravel(), minlength=self._shape[0] * self._shape[1])
        return np.asarray(total.reshape(self._shape), dtype=np.float64)

    def parts(self, inside: npt.NDArray[np.bool_]) -> _Parts:
        """Return the score's parts where `inside` says which alternatives have the event in the window."""
        within = self.weight * inside
        share = within.sum(1)
        mixed = self.sets.n @ (self._by_block(within) - share[:, None] * self._of_block)
        slope = self._inverse @ mixed
        variance = float(self.sets.n @ (share * (1 - share)) - mixed @ slope) * self._drawn
        return _Parts(share[self.sets.unit], max(variance, 0.0), slope)


def _judged(
    matched: Matched, allowed: npt.NDArray[np.bool_], rng: np.random.Generator, direction: float = 0.0
) -> _Judged:
    """Judge every window by its score, and the best of them by drawing the cases anew.

    With a `direction` (1 or -1), only windows that hold more, or fewer, events than expected count.
    """
    sets, seen = matched.sets, matched.seen
    calendar = _Calendar(sets, sets.weight)
    parts = tuple(calendar.parts((seen.bits & mask) != 0) for mask in MASKS)
    count = ((seen.case_bits[:, None] & MASKS) != 0).sum(0).astype(np.float64)
    expected, variance = np.array([p.share.sum() for p in parts]), np.array([p.variance for p in parts])
    usable = allowed & (np.maximum(count, expected) >= FEWEST_EVENTS) & (variance > 1e-9)
    score = _scores(count - expected, variance, usable, direction)
    best, top = int(np.argmax(score - _COST)), float(score.max())
    if not usable.any():
        return _Judged(count, parts, usable, int(np.argmax(allowed)), 1.0, Z95, direction)
    slopes = np.array([p.slope for p in parts]).T

    def largest(draws: int) -> Floats:
        drawn, blocks = _drawn(sets, seen, sets.weight, rng, draws)
        apart = drawn - expected - (blocks - sets.observed) @ slopes
        return np.asarray(_scores(apart, variance, usable, direction).max(1))

    null = largest(FIRST_LOOK)
    bound = float(stats.chi2.sf(top, 1)) * int(usable.sum()) if expected[best] >= LARGE_ENOUGH else 1.0
    if bound > 1 / DRAWS and (null >= top).mean() <= CLOSE_CALL:
        null = np.concatenate([null, largest(DRAWS if len(sets.unit) <= MANY else 2 * FIRST_LOOK)])
    p = float((1 + (null >= top - 1e-9).sum()) / (1 + len(null)))
    if bound < 1 / DRAWS:  # where draws are too coarse and counts large, Bonferroni's bound takes over
        p = min(p, bound)
    critical = float(np.sqrt(max(np.quantile(null, 0.95), Z95**2)))
    return _Judged(count, parts, usable, best, p, critical, direction)


def _scores(apart: Floats, variance: Floats, usable: npt.NDArray[np.bool_], direction: float) -> Floats:
    """Return z squared of each window; unusable windows are never the best.

    A window that points the other way than asked has its z squared counted against it.
    """
    squared = apart**2 / np.where(usable, variance, 1.0)
    signed = squared * np.sign(apart * direction) if direction else squared
    return np.where(usable, signed, -np.inf)


def _drawn(sets: Sets, seen: Exposure, weight: Floats, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Return for each draw how many cases have the event in each window, and how many lie in each block."""
    if sets.design == "win":
        total = np.zeros((draws, len(MASKS)))
        for unit, there in enumerate(sets.day >= 0):
            inside = ((seen.bits[unit, there][:, None] & MASKS) != 0).astype(np.float64)
            won = np.arange(len(inside)) < sets.n[unit]
            total += rng.permuted(np.broadcast_to(won, (draws, len(won))), axis=1).astype(np.float64) @ inside
        return total, np.full((draws, 1), sets.observed.sum())
    running = weight.cumsum(1)
    flat = (running / running[:, -1:] + np.arange(len(weight))[:, None]).ravel()
    count, blocks = np.empty((draws, len(MASKS))), np.empty((draws, len(sets.observed)))
    step = max(AT_ONCE // max(len(sets.unit), 1), 1)
    for at in range(0, draws, step):
        rows = slice(at, min(at + step, draws))
        random = rng.random((rows.stop - at, len(sets.unit)))
        picked = np.minimum(np.searchsorted(flat, sets.unit + random), len(flat) - 1)
        bits, block = seen.bits.ravel()[picked], sets.block.ravel()[picked]
        for w, mask in enumerate(MASKS):
            count[rows, w] = ((bits & mask) != 0).sum(1)
        for b in range(len(sets.observed)):
            blocks[rows, b] = (block == b).sum(1)
    return count, blocks


@dataclass(frozen=True)
class _Fit:
    """The log ratio of one window with its standard error; `base` has the chances of alternatives without it."""

    log_ratio: float
    error: float
    base: Floats

    def ratio(self, z: float = Z95) -> Estimate | None:
        """Return the ratio with Wald's interval on the logarithm."""
        if not np.isfinite(self.error):
            return None
        low, high = np.exp(self.log_ratio - z * self.error), np.exp(self.log_ratio + z * self.error)
        return Estimate(value=float(np.exp(self.log_ratio)), low=float(low), high=float(high))


def _fit(matched: Matched, window: int) -> _Fit:
    """Return the ratio of a window, the calendar's busyness estimated along with it.

    Where all or no cases have the event, half a case is added or taken.
    """
    sets, seen = matched.sets, matched.seen
    inside = (seen.bits & MASKS[window]) != 0
    count = float(np.clip(((seen.case_bits & MASKS[window]) != 0).sum(), 0.5, len(sets.unit) - 0.5))
    beta, base = 0.0, sets.weight
    for _ in range(50):
        risk = np.where(inside, np.exp(beta), 1.0)
        weight = weights_given(sets, risk)
        parts = _Calendar(sets, weight).parts(inside)
        if parts.variance <= 1e-9:
            break
        base = weight / risk
        step = float(np.clip((count - parts.share.sum()) / parts.variance, -1, 1))
        if abs(step) < 1e-5:
            return _Fit(beta, float(parts.variance**-0.5), base / base.sum(1, keepdims=True))
        beta += step
    return _Fit(0.0, np.inf, sets.weight)


def _interval(matched: Matched, judged: _Judged, fit: _Fit, rng: np.random.Generator) -> Estimate | None:
    """Return the ratio of the best window with an interval that has chosen the window anew in each of `REFITS` draws.

    Each draw's ratio is held against that which its window has in the fitted world.
    """
    sets, seen = matched.sets, matched.seen
    if not np.isfinite(fit.error):
        return None
    inside = (seen.bits & MASKS[judged.best]) != 0
    weight = fit.base * np.where(inside, np.exp(fit.log_ratio), 1.0)
    weight /= weight.sum(1, keepdims=True)
    world, without = _Calendar(sets, weight), _Calendar(sets, fit.base)
    parts = judged.parts
    expected, variance = np.array([p.share.sum() for p in parts]), np.array([p.variance for p in parts])
    drawn, blocks = _drawn(sets, seen, weight, rng, REFITS)
    apart = drawn - expected - (blocks - blocks.mean(0)) @ np.array([p.slope for p in parts]).T
    chosen = (_scores(apart, variance, judged.usable, judged.asked) - _COST).argmax(1)
    grid = np.linspace(-7, 7, 561)
    pivots = np.empty(REFITS)
    for window in np.unique(chosen):
        mine = chosen == window
        true = world.parts((seen.bits & MASKS[window]) != 0)
        share = without.parts((seen.bits & MASKS[window]) != 0).share
        odds = np.exp(grid)[:, None] * share / (1 - share + np.exp(grid)[:, None] * share)
        of_grid, information = odds.sum(1), (odds * (1 - odds)).sum(1)
        kept = true.variance / max(float((true.share * (1 - true.share)).sum()), 1e-12)
        counted = drawn[mine, window] - (blocks[mine] - blocks.mean(0)) @ true.slope
        beta = np.interp(np.clip(counted, 0.5, len(sets.unit) - 0.5), of_grid, grid)
        error = (np.interp(beta, grid, information) * max(kept, 1e-6)) ** -0.5
        pivots[mine] = (beta - np.interp(true.share.sum(), of_grid, grid)) / error
    upper, lower = np.quantile(pivots, [0.975, 0.025])
    low, high = np.exp(fit.log_ratio - upper * fit.error), np.exp(fit.log_ratio - lower * fit.error)
    return Estimate(value=float(np.exp(fit.log_ratio)), low=float(low), high=float(high))


@dataclass(frozen=True)
class _Answer:
    """What was made of a question: where the window was searched for, where it must hold up, and whether it does."""

    question: Question
    first: _Judged
    second: _Judged | None
    q: float
    confirmed: bool

    @property
    def window(self) -> int:
        """Return the window that is told: the one that holds up, else the one that was found."""
        return self.first.best if self.second is None else self.second.best


def _tried(answer: _Answer, allowed: npt.NDArray[np.bool_], rng: np.random.Generator) -> Tried:
    question, first, best = answer.question, answer.first, answer.window
    searched, where = question.searched, question.confirmed or question.searched
    usable = first.usable[best] if answer.second is None else answer.second.usable[best]
    fit = _fit(where, best) if usable else _Fit(0.0, np.inf, where.sets.weight)
    if answer.second is not None and answer.confirmed:
        effect = _interval(where, answer.second, fit, rng)
    else:
        effect = fit.ratio(first.critical)
    held, spans = _held(where, best, question.period)
    verdict, needed = _verdict(answer, effect, (held, spans))
    calendar = _Calendar(where.sets, where.sets.weight)
    expected = [float(calendar.parts((where.seen.bits & mask) != 0).share.sum()) for mask in MASKS]
    guides = WINDOWS.index(GUIDES)
    told = (
        TimeSpan(from_days=a, to_days=b, seen=int(first.seen[w]), expected=expected[w])
        for w, (a, b) in enumerate(WINDOWS)
        if w in _SINGLE and allowed[w]
    )
    more, start = fit.log_ratio > 0, WINDOWS[best][0]
    return Tried(
        kind=question.kind,
        outcome=question.outcome,
        window=WINDOWS[best],
        effect=effect,
        guides=_fit(where, guides).ratio() if first.usable[guides] else None,
        half_life=half_life(where.sets, where.seen, fit.base, start, more=more) if verdict == "supported" else None,
        timeline=TriggerTimeline(kind=question.kind, outcome=question.outcome, spans=tuple(told)),
        evidence=TriggerEvidence(
            verdict=verdict,
            cases=len(searched.sets.unit),
            with_event=int(first.seen[best]),
            expected=expected[best],
            expected_of_others=first.shares(best) if question.confirmed else None,
            companies=len(np.unique(searched.sets.account[(searched.seen.case_bits & MASKS[best]) != 0])),
            windows_tried=int(allowed.sum()),
            p=first.p,
            q=answer.q,
            p_same_company=None if answer.second is None else answer.second.p,
            periods_held=held,
            periods=spans,
            more_deals_needed=needed,
        ),
    )


def _held(matched: Matched, window: int, period: Ints) -> tuple[int, int]:
    """Return in how many spans of time a window points the way it does over all, of those in which it can point."""
    at_case = ((matched.seen.case_bits & MASKS[window]) != 0).astype(np.float64)
    inside = (matched.seen.bits & MASKS[window]) != 0
    share = (matched.sets.weight * inside).sum(1)[matched.sets.unit]
    apart = np.bincount(period, weights=at_case - share)
    possible = np.bincount(period, weights=share) > 0
    held = possible & (np.sign(apart) == np.sign(apart.sum()))
    return int(held.sum()), int(possible.sum())


def _verdict(answer: _Answer, effect: Estimate | None, held: tuple[int, int]) -> tuple[Verdict, int | None]:
    """Return the verdict and, where data are short, about how many more cases would settle it (as in `patterns`)."""
    judged, q = answer.first, answer.q
    cases = len(judged.parts[judged.best].share)
    share = float(judged.parts[judged.best].share.mean()) if cases else 0.0
    other = RELEVANT_RATIO * share / (1 - share + RELEVANT_RATIO * share)
    needed = None
    if 0 < share < 1:
        spread = judged.critical * np.sqrt(share * (1 - share)) + POWER_Z * np.sqrt(other * (1 - other))
        needed = int(np.ceil((spread / (other - share)) ** 2))
    low, high = (None, None) if effect is None else (effect.low, effect.high)
    clear = (low is not None and low > 1) or (high is not None and high < 1)
    if q <= ERROR_RATE and answer.confirmed and clear and (held[1] < 3 or held[0] > held[1] / 2):
        return "supported", None
    missing = max(needed - cases, 0) if needed is not None else None
    if q <= SUGGESTIVE_RATE:
        return "suggestive", missing or None
    return ("not supported", None) if missing == 0 else ("too little data", missing)
