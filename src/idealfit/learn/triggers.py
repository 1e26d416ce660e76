"""Which events, in which window before it, change the chance that a deal is opened or won.

Each case stands in a set with its alternatives (see `matched_sets`). Of a set, `share` is the chance that the event
lies in the window at one of the alternatives. With a ratio r it lies there at the case with the chance
r share / (1 - share + r share): the conditional likelihood (Breslow & Day 1980, ch. 7), solved for r.

The search is paid for: p compares the best of all windows with the best of all windows where cases are drawn anew from
their sets; Benjamini & Hochberg's q is over the kinds of event. The interval is that of a parametric bootstrap that
chooses the window anew each time (studentised: Efron & Tibshirani 1993, ch. 12), so it is honest about the choosing.
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
    from collections.abc import Callable, Mapping, Sequence

    import numpy.typing as npt

    from idealfit.learn.matched_sets import Exposure, Sets
    from idealfit.profile.document import Verdict

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

DRAWS = 1999
FIRST_LOOK = 199
CLOSE_CALL = 0.1
REFITS = 399
FEWEST_EVENTS = 5
"""Fewer cases with the event (seen or expected) say nothing."""
LATE_START = 4.0
"""What z squared must gain before a window starts later than on the day of the event."""
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

    `critical` is the z that the largest of all windows passes in one of twenty draws.
    """

    seen: Floats
    parts: tuple[_Parts, ...]
    usable: npt.NDArray[np.bool_]
    best: int
    p: float
    critical: float

    def shares(self, window: int) -> float:
        """Return how many cases would have the event in the window if it made no difference."""
        return float(self.parts[window].share.sum())


@dataclass(frozen=True)
class Family:
    """The sets of one outcome, what each kind of event says of them, and each case's span of time."""

    sets: Sets
    exposures: Mapping[str, Exposure]
    period: Ints


def tried(
    families: Sequence[Family],
    *,
    rng: np.random.Generator,
    longest: int = EDGES[-1],
    told: Callable[[float], None] = lambda share: None,
) -> tuple[Tried, ...]:
    """Return what was found of each kind of event and outcome, in the order given; q is over all of them.

    The direction must hold in most spans of time. Windows reach back `longest` days at most.
    """
    allowed = np.array([last < longest for _, last in WINDOWS])
    asked = [(family, kind) for family in families for kind in family.exposures]
    judged = []
    for number, (family, kind) in enumerate(asked):
        judged.append(_judged(family.sets, family.exposures[kind], allowed, rng))
        told((number + 1) / (2 * len(asked)))
    found = []
    q = benjamini_hochberg(np.array([judgement.p for judgement in judged]))
    for number, ((family, kind), judgement) in enumerate(zip(asked, judged, strict=True)):
        found.append(_tried(family, kind, judgement, float(q[number]), allowed=allowed, rng=rng))
        told(0.5 + (number + 1) / (2 * len(asked)))
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
        self._drawn = 1 - sets.n.sum() / max((sets.day >= 0).sum(), 1) if sets.outcome == "win" else 1.0

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


def _judged(sets: Sets, seen: Exposure, allowed: npt.NDArray[np.bool_], rng: np.random.Generator) -> _Judged:
    """Judge every window by its score, and the best of them by drawing the cases anew."""
    calendar = _Calendar(sets, sets.weight)
    parts = tuple(calendar.parts((seen.bits & mask) != 0) for mask in MASKS)
    count = ((seen.case_bits[:, None] & MASKS) != 0).sum(0).astype(np.float64)
    expected, variance = np.array([p.share.sum() for p in parts]), np.array([p.variance for p in parts])
    usable = allowed & (np.maximum(count, expected) >= FEWEST_EVENTS) & (variance > 1e-9)
    score = _scores(count - expected, variance, usable)
    best = int(np.argmax(score))
    if not usable.any():
        return _Judged(count, parts, usable, int(np.argmax(allowed)), 1.0, Z95)
    slopes = np.array([p.slope for p in parts]).T

    def largest(draws: int) -> Floats:
        drawn, blocks = _drawn(sets, seen, sets.weight, rng, draws)
        apart = drawn - expected - (blocks - sets.observed) @ slopes
        return np.asarray(_scores(apart, variance, usable).max(1))

    null = largest(FIRST_LOOK)
    bound = float(stats.chi2.sf(score[best], 1)) * int(usable.sum()) if expected[best] >= LARGE_ENOUGH else 1.0
    if bound > 1 / DRAWS and (null >= score[best]).mean() <= CLOSE_CALL:
        null = np.concatenate([null, largest(DRAWS if len(sets.unit) <= MANY else 2 * FIRST_LOOK)])
    p = float((1 + (null >= score[best] - 1e-9).sum()) / (1 + len(null)))
    if bound < 1 / DRAWS:  # where draws are too coarse and counts large, Bonferroni's bound takes over
        p = min(p, bound)
    return _Judged(count, parts, usable, best, p, float(np.sqrt(max(np.quantile(null, 0.95), Z95**2))))


def _scores(apart: Floats, variance: Floats, usable: npt.NDArray[np.bool_]) -> Floats:
    """Return z squared of each window less what a late start costs; unusable windows are never the best."""
    return np.where(usable, apart**2 / np.where(usable, variance, 1.0) - _COST, -np.inf)


def _drawn(sets: Sets, seen: Exposure, weight: Floats, rng: np.random.Generator, draws: int) -> tuple[Floats, Floats]:
    """Return for each draw how many cases have the event in each window, and how many lie in each block."""
    if sets.outcome == "win":
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

    def plain(self, z: float = Z95) -> Estimate | None:
        """Return the ratio with Wald's interval."""
        if not np.isfinite(self.error):
            return None
        low, high = np.exp(self.log_ratio - z * self.error), np.exp(self.log_ratio + z * self.error)
        return Estimate(value=float(np.exp(self.log_ratio)), low=float(low), high=float(high))


def _fit(sets: Sets, seen: Exposure, window: int) -> _Fit:
    """Return the ratio of a window, the calendar's busyness estimated along with it.

    Where all or no cases have the event, half a case is added or taken.
    """
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


def _interval(sets: Sets, seen: Exposure, judged: _Judged, fit: _Fit, rng: np.random.Generator) -> Estimate | None:
    """Return the ratio of the best window with an interval that has chosen the window anew in each of `REFITS` draws.

    Each draw's ratio is held against that which its window has in the fitted world.
    """
    if sets.outcome == "win" or not np.isfinite(fit.error):
        return fit.plain(judged.critical)
    inside = (seen.bits & MASKS[judged.best]) != 0
    weight = fit.base * np.where(inside, np.exp(fit.log_ratio), 1.0)
    weight /= weight.sum(1, keepdims=True)
    world, without = _Calendar(sets, weight), _Calendar(sets, fit.base)
    parts = judged.parts
    expected, variance = np.array([p.share.sum() for p in parts]), np.array([p.variance for p in parts])
    drawn, blocks = _drawn(sets, seen, weight, rng, REFITS)
    slopes = np.array([p.slope for p in parts]).T
    apart = drawn - expected - (blocks - blocks.mean(0)) @ slopes
    chosen = _scores(apart, variance, judged.usable).argmax(1)
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


def _tried(
    family: Family,
    kind: str,
    judged: _Judged,
    q: float,
    *,
    allowed: npt.NDArray[np.bool_],
    rng: np.random.Generator,
) -> Tried:
    sets, seen = family.sets, family.exposures[kind]
    best = judged.best
    fit = _fit(sets, seen, best) if judged.usable[best] else _Fit(0.0, np.inf, sets.weight)
    effect = _interval(sets, seen, judged, fit, rng) if q <= SUGGESTIVE_RATE else fit.plain(judged.critical)
    held, spans = _held(seen, judged, family.period, np.sign(fit.log_ratio))
    verdict, needed = _verdict(judged, q, effect, (held, spans), len(sets.unit))
    fades = verdict == "supported"
    guides = WINDOWS.index(GUIDES)
    spans_told = (
        TimeSpan(from_days=a, to_days=b, seen=int(judged.seen[w]), expected=judged.shares(w))
        for w, (a, b) in enumerate(WINDOWS)
        if w in _SINGLE and allowed[w]
    )
    outcome: Literal["opening", "win"] = "win" if sets.outcome == "win" else "opening"
    return Tried(
        kind=kind,
        outcome=outcome,
        window=WINDOWS[best],
        effect=effect,
        guides=_fit(sets, seen, guides).plain() if judged.usable[guides] else None,
        half_life=half_life(sets, seen, fit.base, WINDOWS[best][0], more=fit.log_ratio > 0) if fades else None,
        timeline=TriggerTimeline(kind=kind, outcome=outcome, spans=tuple(spans_told)),
        evidence=TriggerEvidence(
            verdict=verdict,
            cases=len(sets.unit),
            with_event=int(judged.seen[best]),
            expected=judged.shares(best),
            companies=len(np.unique(sets.account[(seen.case_bits & MASKS[best]) != 0])),
            windows_tried=int(allowed.sum()),
            p=judged.p,
            q=q,
            periods_held=held,
            periods=spans,
            more_deals_needed=needed,
        ),
    )


def _held(seen: Exposure, judged: _Judged, period: Ints, sign: float) -> tuple[int, int]:
    """Return in how many spans of time the best window points the same way, of those in which it can point."""
    at_case = (seen.case_bits & MASKS[judged.best]) != 0
    share = judged.parts[judged.best].share
    held = spans = 0
    for k in np.unique(period):
        apart = float(at_case[period == k].sum() - share[period == k].sum())
        if share[period == k].sum() > 0:
            spans += 1
            held += int(np.sign(apart) == sign)
    return held, spans


def _verdict(
    judged: _Judged, q: float, effect: Estimate | None, held: tuple[int, int], cases: int
) -> tuple[Verdict, int | None]:
    """Return the verdict and, where data are short, about how many more cases would settle it (as in `patterns`)."""
    share = float(judged.parts[judged.best].share.mean()) if cases else 0.0
    other = RELEVANT_RATIO * share / (1 - share + RELEVANT_RATIO * share)
    needed = None
    if 0 < share < 1:
        spread = judged.critical * np.sqrt(share * (1 - share)) + POWER_Z * np.sqrt(other * (1 - other))
        needed = int(np.ceil((spread / (other - share)) ** 2))
    low, high = (None, None) if effect is None else (effect.low, effect.high)
    clear = (low is not None and low > 1) or (high is not None and high < 1)
    if q <= ERROR_RATE and clear and (held[1] < 3 or held[0] > held[1] / 2):
        return "supported", None
    missing = max(needed - cases, 0) if needed is not None else None
    if q <= SUGGESTIVE_RATE:
        return "suggestive", missing or None
    return ("not supported", None) if missing == 0 else ("too little data", missing)
