"""How well scores rank outcomes: AUC and lift in the top decile, with ties shared fairly."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from scipy.stats import rankdata

from task import Task

Scores = npt.NDArray[np.float64]


def auc(won: npt.NDArray[np.bool_], scores: Scores) -> float:
    """Return the chance that a win outranks a loss, ties counting half (Mann-Whitney U / wins x losses).

    >>> auc(np.array([True, False, True, False]), np.array([3.0, 1.0, 2.0, 2.0]))
    0.875
    """
    wins, losses = int(won.sum()), int((~won).sum())
    return float((rankdata(scores)[won].sum() - wins * (wins + 1) / 2) / (wins * losses))


def top_decile_lift(won: npt.NDArray[np.bool_], scores: Scores) -> float:
    """Return the win rate of the best tenth over that of all; rows tied at the edge are taken in their proportion.

    >>> top_decile_lift(np.array([True] + [False] * 19), np.array([1.0] * 4 + [0.0] * 16))
    5.0
    """
    room = len(won) / 10
    edge = np.sort(scores)[::-1][int(np.ceil(room)) - 1]
    above, tied = scores > edge, scores == edge
    wins = won[above].sum() + won[tied].sum() * (room - above.sum()) / tied.sum()
    return float(wins / room / won.mean())


def over_folds(task: Task, scores: list[Scores]) -> tuple[float, float]:
    """Return AUC and lift of a task: the folds' own, weighted by the wins judged in each."""
    outcomes = [task.won[test] for _, test in task.folds]
    weights = [won.sum() for won in outcomes]
    aucs = [auc(won, fold) for won, fold in zip(outcomes, scores, strict=True)]
    lifts = [top_decile_lift(won, fold) for won, fold in zip(outcomes, scores, strict=True)]
    return float(np.average(aucs, weights=weights)), float(np.average(lifts, weights=weights))
