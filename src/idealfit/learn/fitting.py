"""Logistic regression on rows counted together: a rubric of seven lines has at most 3^7 kinds of rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.candidates import RIDGE

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

MOST_STEPS = 30


@dataclass(frozen=True)
class Grouped:
    """Rows with the same answers and part, as one.

    `z` has a row per group and a column per line (1 yes, 0 no, the share that say yes where unknown); `won` of `n` rows
    were won; `part` is the group's part, of `parts`; `of_row` is the group of each row.
    """

    z: Floats
    won: Floats
    n: Floats
    part: Ints
    of_row: Ints
    parts: int

    def only(self, groups: npt.NDArray[np.bool_]) -> Grouped:
        """Return the groups of a mask; `of_row` stays as it was."""
        return Grouped(self.z[groups], self.won[groups], self.n[groups], self.part[groups], self.of_row, self.parts)


def sigmoid(x: Floats) -> Floats:
    """Return 1 / (1 + exp(-x)), for x cut to -30 .. 30.

    >>> sigmoid(np.array([0.0, 1000.0])).round(6)
    array([0.5, 1. ])
    """
    return np.asarray(1 / (1 + np.exp(-np.clip(x, -30, 30))))


def log_likelihood(g: Grouped, log_odds: Floats) -> float:
    """Return the log likelihood of the wins in `g` at these log odds per group."""
    p = np.clip(sigmoid(log_odds), 1e-12, 1 - 1e-12)
    return float((g.won * np.log(p) + (g.n - g.won) * np.log(1 - p)).sum())


def fitted(g: Grouped, start: Floats | None = None) -> tuple[Floats, Floats]:
    """Return ridge logistic weights per column of `z`, and all coefficients (a base per part first).

    Newton's method from `start`; the bases carry a hair of ridge so that a part without wins stays finite.
    """
    base = np.zeros((len(g.part), g.parts))
    base[np.arange(len(g.part)), g.part] = 1.0
    design = np.concatenate([base, g.z], axis=1)
    ridge = np.concatenate([np.full(g.parts, 1e-3), np.full(g.z.shape[1], RIDGE)])
    beta = np.zeros(design.shape[1]) if start is None else start.copy()
    for _ in range(MOST_STEPS):
        p = sigmoid(design @ beta)
        gradient = design.T @ (g.won - g.n * p) - ridge * beta
        curvature = (design * (g.n * p * (1 - p))[:, None]).T @ design + np.diag(ridge)
        step = np.linalg.solve(curvature, gradient)
        beta = beta + step * min(1.0, 3.0 / max(float(np.abs(step).max()), 1e-12))
        if np.abs(step).max() < 1e-5:
            break
    return beta[g.parts :], beta


def likelihood_with_own_base(g: Grouped, weights: Floats) -> float:
    """Return the log likelihood of groups of one part at these weights, its base rate fitted to the part itself."""
    offset, base = g.z @ weights, 0.0
    for _ in range(MOST_STEPS):
        p = sigmoid(offset + base)
        step = (g.won.sum() - (g.n * p).sum()) / max(float((g.n * p * (1 - p)).sum()), 1e-9)
        base += float(np.clip(step, -3, 3))
        if abs(step) < 1e-6 or abs(base) > 25:
            break
    return log_likelihood(g, offset + base)
