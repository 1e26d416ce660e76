"""Which deals to learn from and which to judge on: days that part a history, or folds where there are no days."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse
from scipy.sparse import csgraph

from idealfit.learn.history import known_by, opened_after

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from idealfit.learn.history import History

LEARN_AT_LEAST = (30, 5)
"""Deals known by a cut-off day, and how many of each outcome, below which nothing is learned there."""

SCORE_AT_LEAST = (20, 5)
"""Deals opened after it with a known outcome, and how many of each outcome, below which nothing is measured."""

CUTOFF_SHARES = (0.5, 0.6, 0.7, 0.8)
FALLBACK_SHARES = (0.4, 0.45, 0.55, 0.65, 0.75)
FOLDS = 5


def has_enough(won: npt.NDArray[np.bool_], least: tuple[int, int]) -> bool:
    """Return whether there are `least[0]` deals and `least[1]` of each outcome.

    >>> has_enough(np.array([True] * 5 + [False] * 15), (20, 5))
    True
    >>> has_enough(np.array([True] * 4 + [False] * 16), (20, 5))
    False
    """
    wins = int(won.sum())
    return len(won) >= least[0] and min(wins, len(won) - wins) >= least[1]


def is_dated(history: History) -> bool:
    """Return whether nearly all deals (95 %) say on which day they were opened, so that time can part them."""
    return history.mode == "won and lost deals" and len(history.won) > 0 and float(_dated(history).mean()) >= 0.95


def cutoff_days(history: History) -> tuple[date, ...]:
    """Return up to four days, earliest first, by which enough was known and after which enough was opened.

    They are the days by which 50, 60, 70 and 80 % of the decided deals had been opened; where one of those has too
    few deals before or after it (`LEARN_AT_LEAST`, `SCORE_AT_LEAST`), the nearest of 40 to 75 % that has enough
    stands in.
    """
    opened = np.sort(history.opened[_dated(history)]).astype("datetime64[D]")
    if not len(opened):
        return ()
    days: list[date] = []
    for share in (*CUTOFF_SHARES, *FALLBACK_SHARES):
        day = pd.Timestamp(opened[int(share * len(opened))]).date()
        if len(days) < len(CUTOFF_SHARES) and day not in days and _parts_well(history, day):
            days.append(day)
    return tuple(sorted(days))


def fold_of_row(history: History, *, seed: int, folds: int = FOLDS) -> npt.NDArray[np.int64]:
    """Return the fold (0 to `folds` - 1) of each row: rows of one company, or with identical inputs, share one.

    Groups are dealt out from the largest down, each to the fold that is shortest of wins and rows, in an order drawn
    from `seed`; so folds are about equally large and equally rich in wins.
    """
    group = _bound_together(history)
    size = np.bincount(group)
    wins = np.bincount(group, weights=history.won)
    order = np.random.default_rng(seed).permutation(len(size))
    order = order[np.argsort(-size[order], kind="stable")]
    rows_per_win = len(history.won) / max(1.0, float(history.won.sum()))
    load = np.zeros(folds)
    rich = np.zeros(folds)
    chosen = np.zeros(len(size), dtype=np.int64)
    for one in order:
        fold = int(np.argmin(load + rows_per_win * rich if wins[one] else load))
        chosen[one] = fold
        load[fold] += size[one]
        rich[fold] += wins[one]
    return chosen[group]


def _dated(history: History) -> npt.NDArray[np.bool_]:
    return ~np.isnat(history.opened)


def _parts_well(history: History, day: date) -> bool:
    return has_enough(known_by(history, day).won, LEARN_AT_LEAST) and has_enough(
        opened_after(history, day).won, SCORE_AT_LEAST
    )


def _bound_together(history: History) -> npt.NDArray[np.int64]:
    """Return a group code per row: same company, or the same value in every attribute, directly or by a chain."""
    rows = np.arange(len(history.won))
    columns = [pd.factorize(history.facts[a.name].to_numpy(), use_na_sentinel=False)[0] for a in history.attributes]
    if not columns:
        return np.unique(history.account, return_inverse=True)[1].reshape(-1).astype(np.int64)
    _, alike = np.unique(np.column_stack(columns), axis=0, return_inverse=True)
    _, company = np.unique(history.account, return_inverse=True)
    nodes = np.r_[rows, rows], np.r_[len(rows) + alike.reshape(-1), 2 * len(rows) + company.reshape(-1)]
    graph = sparse.coo_array((np.ones(2 * len(rows)), nodes), shape=(3 * len(rows), 3 * len(rows)))
    _, code = csgraph.connected_components(graph, directed=False)
    return np.unique(code[: len(rows)], return_inverse=True)[1].reshape(-1).astype(np.int64)
