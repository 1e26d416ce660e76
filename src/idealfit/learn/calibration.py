"""What a fit is worth: win rates by fit on deals that took no part in choosing the rubric, and tiers from them."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np
from scipy import optimize, stats

from idealfit.learn.evidence import Z95, rate, ratio, wilson
from idealfit.profile.criteria import possible_totals
from idealfit.profile.document import Criterion, Estimate, FitBand, Tier
from idealfit.profile.totals import groups

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from idealfit.learn.encoding import Encoded
    from idealfit.learn.rubric import Rubric

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

MOST_BANDS = 10
SMALLEST_BAND = 20
UNRANKED_FIT = 50
WELL_ABOVE = 1.5

ACTIONS = {
    "A": "Hand to an account executive at once.",
    "B": "Let an SDR qualify it: look up what is unknown first.",
    "C": "No outreach; leave it to nurturing.",
}


@dataclass(frozen=True)
class HeldOut:
    """The fit of each deal (0 to 100) by a rubric that was learned without its fold, and whether it was won."""

    fit: Ints
    won: Bools


def fits(rubric: Rubric, encoded: tuple[Encoded, ...], rows: int) -> Ints:
    """Return the fit of each of `rows` rows by the integer formula of docs/design.md."""
    criteria = [
        Criterion(
            attribute=encoded[line.place].attribute.name,
            layer=encoded[line.place].attribute.layer,
            test=line.test(encoded),
            points=points,
            met_by=round(100 * share),
        )
        for line, points, share in zip(rubric.lines, rubric.points, rubric.met_by, strict=True)
    ]
    states = [line.states(encoded) for line in rubric.lines]
    lowest, highest = possible_totals(criteria)
    if highest == lowest:
        return np.full(rows, UNRANKED_FIT, dtype=np.int64)
    total100 = np.zeros(rows, dtype=np.int64)
    for group in groups(criteria):
        unknown = np.any([states[i] == 2 for i in group.members], axis=0)
        held = sum(100 * criteria[i].points * (states[i] == 1) for i in group.members)
        total100 += np.where(unknown, group.expected100, held)
    span = highest - lowest
    return np.asarray((200 * (total100 - 100 * lowest) + 100 * span) // (200 * span), dtype=np.int64)


def held_out(
    won: Bools, fold: Ints, learn: Callable[[Bools], Callable[[Bools], Ints]], told: Callable[[float], None]
) -> HeldOut:
    """Return the fit of every deal by a rubric from the other folds.

    `learn` takes the rows to learn from and returns what gives the fit of other rows.
    """
    fit = np.full(len(won), UNRANKED_FIT, dtype=np.int64)
    last = int(fold.max())
    for k in range(last + 1):
        aside = fold == k
        fit[aside] = learn(~aside)(aside)
        told((k + 1) / (last + 1))
    return HeldOut(fit, won)


def auc(seen: HeldOut) -> Estimate:
    """Return the chance that a win has a higher fit than a loss, ties counted half, with DeLong's interval (1988).

    >>> auc(HeldOut(np.array([10, 20, 30, 40]), np.array([False, True, False, True]))).value
    0.75
    """
    wins, losses = seen.fit[seen.won], seen.fit[~seen.won]
    m, n = len(wins), len(losses)
    if not m or not n:
        return Estimate(value=0.5)
    ranks = stats.rankdata(np.concatenate([wins, losses]))
    of_wins = (ranks[:m] - stats.rankdata(wins)) / n
    of_losses = 1 - (ranks[m:] - stats.rankdata(losses)) / m
    value = float(of_wins.mean())
    spread = Z95 * sqrt(float(of_wins.var()) / max(m - 1, 1) + float(of_losses.var()) / max(n - 1, 1))
    return Estimate(value=value, low=max(0.0, value - spread), high=min(1.0, value + spread))


def fit_bands(seen: HeldOut, *, against_market: bool) -> tuple[FitBand, ...]:
    """Return win rates by fit, never falling as fit rises (isotonic regression; Barlow et al. 1972), 0 to 100 covered.

    Deals are cut into up to `MOST_BANDS` bands of about equal size by fit; neighbours whose rates would fall are put
    together. Intervals are Wilson's. Against a market the rate is the lift: share of customers over share of market.
    """
    order = np.argsort(seen.fit, kind="stable")
    edges = _band_edges(seen.fit[order])
    counts = np.array([[b - a, seen.won[order[a:b]].sum()] for a, b in pairwise(edges)], dtype=float)
    blocks = optimize.isotonic_regression(counts[:, 1] / counts[:, 0], weights=counts[:, 0]).blocks
    wins, rest = float(seen.won.sum()), float((~seen.won).sum())
    bands: list[FitBand] = []
    for i, (first, after) in enumerate(pairwise(blocks)):
        n, won = counts[first:after].sum(0)
        start, end = edges[first], edges[after]
        low_fit = 0 if i == 0 else bands[-1].fit_to + 1
        above = seen.fit[order[end]] if end < len(order) else None
        high_fit = 100 if above is None else int(seen.fit[order[end - 1]] + above) // 2
        if against_market:
            lift = ratio(won, wins, n - won, rest)
            value, low, high = lift.value, lift.low or 0.0, lift.high or 0.0
        else:
            low, high = wilson(won, n)
            value = won / n
        bands.append(
            FitBand(fit_from=low_fit, fit_to=high_fit, n=int(n), won=int(won), rate=float(value), low=low, high=high)
        )
        assert start < end  # noqa: S101  blocks are never empty
    return tuple(bands)


def _band_edges(fit: Ints) -> list[int]:
    """Return positions in the sorted fits where bands begin and end; equal fits are never parted."""
    size = max(SMALLEST_BAND, len(fit) // MOST_BANDS)
    starts = np.flatnonzero(np.diff(fit)) + 1
    edges = [0]
    for start in starts:
        if start - edges[-1] >= size and len(fit) - start >= size / 2:
            edges.append(int(start))
    return [*edges, len(fit)]


def tiers(seen: HeldOut, bands: Sequence[FitBand], *, against_market: bool) -> tuple[Tier, ...]:
    """Return tiers A, B and C: well above the base rate, around it, clearly below.

    A begins at the lowest band from which, upward, every interval lies above the base rate and every rate is at least
    `WELL_ABOVE` times it (the highest band above it, where none reaches that). C ends at the highest band down from
    which every interval lies under the base rate. A tier without bands is left out; the last reaches down to 0.
    """
    base = 1.0 if against_market else float(seen.won.mean())
    clear = [b.fit_from for i, b in enumerate(bands) if all(x.low > base for x in bands[i:])]
    well = [b.fit_from for b in bands if b.fit_from in clear and b.rate >= WELL_ABOVE * base]
    below = [b.fit_to + 1 for i, b in enumerate(bands) if all(x.high < base for x in bands[: i + 1])]
    starts = {
        "A": min(well) if well else max(clear, default=None),
        "B": max(below) if below else 0,
        "C": 0 if below else None,
    }
    if starts["A"] is not None and starts["B"] is not None and starts["B"] >= starts["A"]:
        starts["B"] = None
    named = [(name, at) for name, at in starts.items() if at is not None]
    found, top = [], 101
    for name, at in named:
        inside = (seen.fit >= at) & (seen.fit < top)
        expected = None if against_market else rate(float(seen.won[inside].sum()), float(inside.sum()))
        found.append(Tier(name=name, at_least=at, action=ACTIONS[name], expected=expected))
        top = at
    return tuple(found)
