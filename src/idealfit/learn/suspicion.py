"""A suspicion about the data, with its evidence, and the arithmetic that keeps suspicions honest on little data."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.history import History

CONFIDENCE = 0.99
"""Of the exact intervals: a hundred clean columns should raise about one doubt at most, and certainty asks for more."""


@dataclass(frozen=True)
class Suspicion:
    """Something in the data that would flatter or mislead what is learned from it.

    `column` is the heading it is about ('' if it is about rows, then `rows` says how many). `certain` ones were acted
    on, the others are for a person to judge. `evidence` has the numbers in words, `done` what came of it.
    """

    kind: str
    column: str
    certain: bool
    evidence: str
    done: str
    rows: int = 0

    def __str__(self) -> str:
        """Return the suspicion as one sentence or two."""
        subject = f"'{self.column}': " if self.column else ""
        return f"{subject}{self.evidence} {self.done}"


def sides(past: History) -> tuple[str, str]:
    """Return how the rows of either outcome are called."""
    return (
        ("customers", "market companies") if past.mode == "customers against a market" else ("won deals", "lost deals")
    )


def share_bounds(hits: int, n: int) -> tuple[float, float]:
    """Return the exact (Clopper-Pearson) two-sided interval of a share at `CONFIDENCE`; (0, 1) for n = 0.

    >>> [round(b, 3) for b in share_bounds(0, 10)]
    [0.0, 0.411]
    """
    tail = (1 - CONFIDENCE) / 2
    low = 0.0 if hits == 0 else float(stats.beta.ppf(tail, hits, n - hits + 1))
    high = 1.0 if hits == n else float(stats.beta.ppf(1 - tail, hits + 1, n - hits))
    return low, high


def percent(hits: int, n: int) -> str:
    """Return a share as words: '93% (186 of 200)'."""
    return f"{_percent(hits / n) if n else '0'}% ({hits:,} of {n:,})"


def _percent(share: float) -> str:
    """Return a share in per cent, with a decimal only below one and above 99."""
    return f"{100 * share:.0f}" if 0.01 <= share <= 0.99 or share in (0.0, 1.0) else f"{100 * share:.1f}"


def codes_of(values: pd.Series, *, bins: int = 20) -> npt.NDArray[np.int64]:
    """Return one code per cell, -1 for unknown: the value of a category or list, one of `bins` bands of a number."""
    if values.dtype.kind == "f":
        x = values.to_numpy()
        known = ~np.isnan(x)
        if len(np.unique(x[known])) > bins:
            cuts = np.unique(np.quantile(x[known], np.linspace(0, 1, bins + 1)[1:-1]))
            return np.where(known, np.searchsorted(cuts, x, side="right"), -1).astype(np.int64)
    return np.asarray(pd.factorize(values)[0], dtype=np.int64)


@dataclass(frozen=True)
class Separation:
    """How well one attribute tells the outcomes apart: the area under the ROC curve (.5 is chance) and its interval."""

    auc: float
    low: float
    high: float
    won: int
    lost: int


def separation(codes: npt.NDArray[np.int64], won: npt.NDArray[np.bool_]) -> Separation:
    """Return how well win rates per code, counted on one half of the known rows, order the outcomes of the other half.

    Halves are the even and the odd rows, each judged by the other, so that an attribute with as many values as rows
    scores .5. The interval is Hanley and McNeil's (1982). Unknown rows (code -1) take no part.

    >>> separation(np.tile([0, 1], 200), np.tile([True, False], 200)).auc
    1.0
    """
    known = codes >= 0
    c, y = codes[known], won[known]
    n_won, n_lost = int(y.sum()), int((~y).sum())
    if min(n_won, n_lost) < 4:
        return Separation(0.5, 0.0, 1.0, n_won, n_lost)
    k = int(c.max()) + 1
    half = np.flatnonzero(known) // 2 % 2 == 0
    parts = [(np.bincount(c[h & y], minlength=k), np.bincount(c[h & ~y], minlength=k)) for h in (half, ~half)]
    areas, weights = [], []
    for (w, lo), (w_other, lo_other) in ((parts[0], parts[1]), (parts[1], parts[0])):
        rate = (w_other + n_won / len(y)) / (w_other + lo_other + 1)
        areas.append(_area(rate, w, lo))
        weights.append(float(w.sum() * lo.sum()))
    auc = float(np.average(areas, weights=weights)) if sum(weights) else 0.5
    q1, q2 = auc / (2 - auc), 2 * auc**2 / (1 + auc)
    spread = auc * (1 - auc) + (n_won - 1) * (q1 - auc**2) + (n_lost - 1) * (q2 - auc**2)
    error = float(np.sqrt(max(spread, 0.0) / (n_won * n_lost))) + 0.5 / min(n_won, n_lost)
    z = float(stats.norm.ppf(1 - (1 - CONFIDENCE) / 2))
    return Separation(auc, max(auc - z * error, 0.0), min(auc + z * error, 1.0), n_won, n_lost)


def _area(score: npt.NDArray[np.float64], won: npt.NDArray[np.int64], lost: npt.NDArray[np.int64]) -> float:
    """Return the area under the ROC curve of scores shared by many rows: ties count half."""
    if not (won.sum() and lost.sum()):
        return 0.5
    _, rank = np.unique(score, return_inverse=True)
    w, below = np.bincount(rank, weights=won), np.bincount(rank, weights=lost)
    return float(np.sum(w * (np.cumsum(below) - below + below / 2)) / (won.sum() * lost.sum()))


def association(a: npt.NDArray[np.int64], b: npt.NDArray[np.int64]) -> float:
    """Return Cramér's V of two codings, corrected for chance (Bergsma 2013): 0 none, 1 complete.

    Unknown rows (code -1) are left out.
    """
    known = (a >= 0) & (b >= 0)
    n = int(known.sum())
    if n < 2:
        return 0.0
    x, y = np.unique(a[known], return_inverse=True)[1], np.unique(b[known], return_inverse=True)[1]
    r, k = int(x.max()) + 1, int(y.max()) + 1
    if min(r, k) < 2 or r * k > 2_000_000:
        return 0.0
    table = np.bincount(x * k + y, minlength=r * k).reshape(r, k).astype(float)
    expected = table.sum(1, keepdims=True) * table.sum(0, keepdims=True) / n
    phi = max(float(np.sum((table - expected) ** 2 / expected)) / n - (k - 1) * (r - 1) / (n - 1), 0.0)
    rows, columns = r - (r - 1) ** 2 / (n - 1), k - (k - 1) ** 2 / (n - 1)
    smaller = min(rows, columns) - 1
    return float(np.sqrt(phi / smaller)) if smaller > 0 else 0.0


def heading_words(heading: str) -> str:
    """Return the words of a heading in lower case, single spaces between and around them.

    >>> heading_words("DaysToClose"), heading_words("is_SQL (yes/no)")
    (' days to close ', ' is sql yes no ')
    """
    split = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", " ", heading)
    return " " + " ".join(re.findall(r"[a-z]+|[0-9]+", split.casefold())) + " "


def any_of(*phrases: str) -> re.Pattern[str]:
    """Return a pattern that finds one of the phrases as whole words in `heading_words`."""
    return re.compile(" (" + "|".join(phrases) + ") ")
