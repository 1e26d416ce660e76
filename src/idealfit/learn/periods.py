"""How a history is parted: into spans of time that check each other, and into folds that share no company or twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from idealfit.learn.doubtful_rows import identical_inputs

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.history import History

    Ints = npt.NDArray[np.int64]

PARTS = 5
DATED_ENOUGH = 0.8


def is_dated(past: History) -> bool:
    """Tell whether enough deals have an opening day, on enough different days, to part them by time."""
    known = past.opened[~np.isnat(past.opened)]
    return bool(len(known) >= DATED_ENOUGH * len(past.opened) and len(np.unique(known)) >= 2 * PARTS)


def periods(past: History, *, seed: int, parts: int = PARTS) -> Ints:
    """Return for each deal its span of time, 0 ..., about equally many deals in each; folds where there are no dates.

    Deals opened on one day stay together; deals without a day are dealt out by chance.
    """
    if not is_dated(past):
        return folds(past, seed=seed, parts=parts)
    known = ~np.isnat(past.opened)
    days = past.opened.astype("datetime64[D]").astype(np.int64)
    unique, at, count = np.unique(days[known], return_inverse=True, return_counts=True)
    before = np.cumsum(count) - count
    span = np.minimum(before * parts // known.sum(), parts - 1)
    span = np.unique(span, return_inverse=True)[1]
    part = np.random.default_rng(seed).integers(0, span.max() + 1, size=len(days))
    part[known] = span[at]
    return part.astype(np.int64) if len(unique) > 1 else folds(past, seed=seed, parts=parts)


def folds(past: History, *, seed: int, parts: int = PARTS) -> Ints:
    """Return for each deal its fold, 0 ...: deals of one company, and deals with the very same facts, share a fold.

    Bound groups are shuffled and dealt out in the order of their win rate, so that folds have similar base rates.
    """
    n = len(past.won)
    bound = sparse.csr_matrix((n, 0))
    for codes in (
        np.unique(past.account, return_inverse=True)[1],
        np.unique(identical_inputs(past), return_inverse=True)[1],
    ):
        one_hot = sparse.csr_matrix((np.ones(n), (np.arange(n), codes)))
        bound = sparse.hstack([bound, one_hot], format="csr")
    empty = (sparse.csr_matrix((n, n)), sparse.csr_matrix((bound.shape[1], bound.shape[1])))
    both = sparse.vstack([sparse.hstack([empty[0], bound]), sparse.hstack([bound.T, empty[1]])], format="csr")
    group = np.unique(connected_components(both, directed=False)[1][:n], return_inverse=True)[1]
    order = np.random.default_rng(seed).permutation(int(group.max()) + 1)
    rate = np.bincount(group, weights=past.won) / np.bincount(group)
    fold = np.empty(len(order), dtype=np.int64)
    fold[order[np.argsort(-rate[order], kind="stable")]] = np.arange(len(order)) % parts
    return fold[group]
