"""Logistic regression on rows counted together: a rubric of seven lines has at most 3^7 kinds of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

MOST_STEPS = 30
RIDGE = 1.0
"""Weight of the zero-centred normal prior on a coefficient (in units of 1/variance of the log odds)."""


@dataclass(frozen=True)
class Grouped:
    """Rows with the same answers, as one.

    `z` has a row per group and a column per line (1 yes, 0 no, the share that say yes where unknown). `won` of `n` rows
    are won, or are expected to be: it need not be whole. `of_row` is the group of each row.
    """

    z: Floats
    won: Floats
    n: Floats
    of_row: npt.NDArray[np.int64]


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)), for x cut to -30 .. 30.

    >>> sigmoid(np.array([0.0, 1000.0])).round(6)
    array([0.5, 1. ])
    """
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def fitted(g: Grouped) -> tuple[float, Floats]:
    """Return the base and the ridge logistic weights per column of `z`, by Newton's method."""
    design = np.concatenate([np.ones((len(g.n), 1)), g.z], axis=1)
    ridge = np.concatenate([[1e-3], np.full(g.z.shape[1], RIDGE)])
    beta = np.zeros(design.shape[1])
    for _ in range(MOST_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (g.won - g.n * p) - ridge * beta
        curvature = (design * (g.n * p * (1 - p))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-6:
            break
    return float(beta[0]), beta[1:]


def concordance(score: Floats, g: Grouped) -> float:
    """Return the share of won-lost pairs that `score` (one per group) puts in the right order, ties counted half.

    It is the area under the ROC curve (Bamber 1975); wins may be expected ones.

    >>> g = Grouped(np.zeros((2, 0)), np.array([3.0, 1.0]), np.array([4.0, 4.0]), np.array([0, 1]))
    >>> concordance(np.array([1.0, 0.0]), g)
    0.75
    """
    level = np.unique(np.round(score, 9), return_inverse=True)[1]
    won = np.bincount(level, weights=g.won)
    lost = np.bincount(level, weights=g.n - g.won)
    pairs = float(won.sum() * lost.sum())
    return float((won * (np.cumsum(lost) - lost / 2)).sum() / pairs) if pairs > 0 else 0.5
