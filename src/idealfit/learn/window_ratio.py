"""How many times as often an event lies in a window before a deal: the ratio, and its interval.

Of a set, `share` is the chance that the event lies in the window at one of the alternatives. With a ratio r it lies
there at the case with the chance r share / (1 - share + r share): the conditional likelihood (Breslow & Day 1980,
ch. 7), solved for r with the busyness of the calendar.

The interval is a studentised bootstrap (Efron & Tibshirani 1993, ch. 12): companies are drawn with all that they did
(Field & Welsh 2007), so deals of one company need not be independent. The window was chosen because it looked best, so
the interval holds for all windows at once that the choice could have fallen on (Berk et al. 2013): those that are the
best one in some of the draws.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.evidence import Z95
from idealfit.learn.matched_sets import weights_given
from idealfit.learn.window_search import COST, Calendar, company_scores, scores
from idealfit.profile.document import Estimate

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.window_search import Judged, Matched, Parts

    Floats = npt.NDArray[np.float64]

REDRAWN = 999
SOME = 0.05
"""A window that is the best one in so many of the draws could have been chosen."""
_GRID = np.linspace(-7, 7, 561)


@dataclass(frozen=True)
class Fit:
    """The log ratio of one window with its standard error; `base` has the chances of alternatives without it.

    `weight` has the chances with it, and `parts` what belongs to them (None where nothing could be fitted).
    """

    log_ratio: float
    error: float
    base: Floats
    weight: Floats
    parts: Parts | None

    def ratio(self, z: float = Z95) -> Estimate | None:
        """Return the ratio with Wald's interval on the logarithm."""
        if not np.isfinite(self.error):
            return None
        low, high = np.exp(self.log_ratio - z * self.error), np.exp(self.log_ratio + z * self.error)
        return Estimate(value=float(np.exp(self.log_ratio)), low=float(low), high=float(high))


def no_fit(matched: Matched) -> Fit:
    """Return what stands where nothing could be fitted: no ratio, and chances as they are."""
    return Fit(0.0, np.inf, matched.sets.weight, matched.sets.weight, None)


def fit(matched: Matched, window: int) -> Fit:
    """Return the ratio of a window, the calendar's busyness estimated along with it.

    Where all or no cases have the event, half a case is added or taken.
    """
    sets, inside = matched.sets, matched.inside(window)
    count = float(np.clip(matched.seen_in(window).sum(), 0.5, len(sets.unit) - 0.5))
    beta = 0.0
    for _ in range(50):
        risk = np.where(inside, np.exp(beta), 1.0)
        weight = weights_given(sets, risk)
        parts = Calendar(sets, weight).parts(inside)
        if parts.information <= 1e-9:
            break
        step = float(np.clip((count - sets.n @ parts.share) / parts.information, -1, 1))
        if abs(step) < 1e-5:
            base = weight / risk
            base /= base.sum(1, keepdims=True)
            return Fit(beta, float(parts.variance**0.5 / parts.information), base, weight, parts)
        beta += step
    return no_fit(matched)


def ratio_found(matched: Matched, judged: Judged, fitted: Fit, rng: np.random.Generator) -> Estimate | None:
    """Return the ratio of the best window with a 95 % interval that is honest about the choosing.

    Each draw's ratio is held against that which the same window has over all companies.
    """
    if fitted.parts is None:
        return None
    sets = matched.sets
    calendar = Calendar(sets, sets.weight)
    chosen_by = np.column_stack([company_scores(matched, calendar, p, w) for w, p in enumerate(judged.parts)])
    there = np.unique(np.concatenate([sets.account, np.flatnonzero((chosen_by != 0).any(1))]))
    times = rng.multinomial(len(there), np.full(len(there), 1 / len(there)), size=REDRAWN).astype(np.float64)
    apart = (judged.seen - judged.expected) + (times - 1) @ chosen_by[there]
    chosen = np.bincount(
        (scores(apart, judged.variance, judged.usable, judged.asked) - COST).argmax(1), minlength=len(COST)
    )
    pivots = []
    for window in np.flatnonzero((chosen >= SOME * REDRAWN) | (np.arange(len(COST)) == judged.best)):
        at = fitted if window == judged.best else fit(matched, int(window))
        if at.parts is None:
            continue
        added = (times - 1) @ company_scores(matched, Calendar(sets, at.weight), at.parts, int(window))[there]
        pivots.append(_pivots(matched, at, int(window), added))
    upper, lower = np.quantile(np.max(pivots, axis=0), 0.975), np.quantile(np.min(pivots, axis=0), 0.025)
    low, high = np.exp(fitted.log_ratio - upper * fitted.error), np.exp(fitted.log_ratio - lower * fitted.error)
    return Estimate(value=float(np.exp(fitted.log_ratio)), low=float(low), high=float(high))


def spread(matched: Matched, window: int, fitted: Fit) -> float:
    """Return how many times as far the sums by company vary as the model says (1 at least)."""
    if fitted.parts is None or fitted.parts.variance <= 0:
        return 1.0
    by_company = company_scores(matched, Calendar(matched.sets, fitted.weight), fitted.parts, window)
    return max(float((by_company**2).sum() / fitted.parts.variance), 1.0)


def _pivots(matched: Matched, at: Fit, window: int, added: Floats) -> Floats:
    """Return how many standard errors each draw's log ratio is away from that over all, given what its score gained.

    The ratio is the one at which so many cases would be expected, the share of information that the calendar takes
    being the same as over all.
    """
    sets, parts = matched.sets, at.parts
    assert parts is not None  # noqa: S101  callers see to it
    share = (at.base * matched.inside(window)).sum(1)
    odds = np.exp(_GRID)[:, None] * share
    odds /= 1 - share + odds
    expected, information = odds @ sets.n, (odds * (1 - odds)) @ sets.n
    raw = float(sets.n @ (parts.share * (1 - parts.share)))
    kept = float(np.clip(parts.information / max(raw, 1e-12), 1e-6, 1.0))
    wider = at.error * parts.information**0.5  # wins vary less: they are drawn from the deals of their span
    count = np.clip(sets.n @ parts.share + added / kept, 0.5, len(sets.unit) - 0.5)
    beta = np.interp(count, expected, _GRID)
    return np.asarray((beta - at.log_ratio) / (wider * (np.interp(beta, _GRID, information) * kept) ** -0.5))
