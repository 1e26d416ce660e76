"""How sure a measure of ranking is: a bootstrap that resamples companies, not deals."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

Drawn: TypeAlias = "tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]"
"""Wins and losses at each level: two arrays of shape (resamples, levels)."""

RESAMPLES = 1000
_CELLS_AT_ONCE = 4_000_000  # drawn counts held in memory at a time: 32 MB


@dataclass(frozen=True)
class Levels:
    """Scores as codes: one level per distinct score within a stratum, ordered by stratum, then by score.

    `of_row` names the level of each row; `starts` the first level of each stratum. Rows of different strata
    (cut-off days, folds) were scored by different profiles, so only rows of one stratum are ever compared.
    """

    of_row: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    count: int


def levels(scores: npt.ArrayLike, stratum: npt.ArrayLike | None = None) -> Levels:
    """Return the levels of `scores` (one number a row), within each `stratum`.

    >>> levels([50, 10, 50, 90], [0, 0, 1, 1]).of_row.tolist()
    [1, 0, 2, 3]
    """
    score = np.asarray(scores, dtype=np.float64)
    part = np.zeros(len(score)) if stratum is None else np.asarray(stratum, dtype=np.float64)
    distinct, code = np.unique(np.column_stack([part, score]), axis=0, return_inverse=True)
    parts = distinct[:, 0]
    starts = np.flatnonzero(np.r_[len(parts) > 0, parts[1:] != parts[:-1]][: len(parts)])
    return Levels(code.reshape(-1).astype(np.int64), starts.astype(np.int64), len(distinct))


def counts(of_level: Levels, won: npt.NDArray[np.bool_]) -> Drawn:
    """Return the wins and the losses at each level, both of shape (1, levels)."""
    wins = np.bincount(of_level.of_row[won], minlength=of_level.count)
    losses = np.bincount(of_level.of_row[~won], minlength=of_level.count)
    return wins[None, :].astype(np.float64), losses[None, :].astype(np.float64)


def resampled_counts(
    rankings: tuple[Levels, ...],
    won: npt.NDArray[np.bool_],
    account: npt.NDArray[np.int64],
    *,
    seed: int,
    resamples: int = RESAMPLES,
) -> Iterator[tuple[Drawn, ...]]:
    """Yield, in chunks, the wins and losses at each level of each ranking, in resampled histories.

    Each chunk holds one (wins, losses) pair per ranking, of shape (resamples in the chunk, levels); the rankings
    see the same resamples, so their difference is paired. Companies (`account`) are drawn whole, with replacement,
    and separately among those that ever won and those that never did: a stratified cluster bootstrap (Davison and
    Hinkley, Bootstrap Methods and their Application, 1997, sections 2.4 and 3.8).

    Companies with a single deal at the same levels with the same outcome are exchangeable, so how often each such
    kind is drawn is multinomial. That makes the cost grow with the number of kinds, not of deals.
    """
    cell, cells = _cells(rankings, won)
    kind, kinds = _kinds(cell, len(cells), account)
    content, copies = _contents(kind, kinds, cell, len(cells))
    has_won = np.asarray(content @ won[cells].astype(np.float64)).reshape(-1) > 0
    to_levels = [_incidence(ranking, cells, won) for ranking in rankings]
    groups = [np.flatnonzero(has_won), np.flatnonzero(~has_won)]
    rng = np.random.default_rng(seed)
    step = max(1, min(resamples, _CELLS_AT_ONCE // max(1, kinds)))
    for first in range(0, resamples, step):
        size = min(step, resamples - first)
        drawn = np.zeros((size, kinds))
        for group in groups:
            total = int(copies[group].sum())
            if total:
                drawn[:, group] = rng.multinomial(total, copies[group] / total, size=size)
        in_cells = drawn @ content
        yield tuple((in_cells @ wins, in_cells @ losses) for wins, losses in to_levels)


def _cells(
    rankings: tuple[Levels, ...], won: npt.NDArray[np.bool_]
) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """Return the cell (same levels, same outcome) of each row, and one row that stands for each cell."""
    columns = np.column_stack([*(r.of_row for r in rankings), won.astype(np.int64)])
    _, first, cell = np.unique(columns, axis=0, return_index=True, return_inverse=True)
    return cell.reshape(-1), first


def _kinds(
    cell: npt.NDArray[np.int64], cells: int, account: npt.NDArray[np.int64]
) -> tuple[npt.NDArray[np.int64], int]:
    """Return the kind of each row's company: its cell where it has one deal, a kind of its own where it has more."""
    _, company, deals = np.unique(account, return_inverse=True, return_counts=True)
    company = company.reshape(-1)
    several = deals > 1
    own = np.cumsum(several) - 1 + cells
    kind = np.where(several[company], own[company], cell)
    return kind, cells + int(several.sum())


def _contents(
    kind: npt.NDArray[np.int64], kinds: int, cell: npt.NDArray[np.int64], cells: int
) -> tuple[sparse.csr_array, npt.NDArray[np.int64]]:
    """Return what one company of each kind holds (kinds x cells), and how many companies there are of each kind."""
    alone = np.arange(cells)
    repeated = kind >= cells
    rows = np.r_[alone, kind[repeated]]
    columns = np.r_[alone, cell[repeated]]
    content = sparse.csr_array((np.ones(len(rows)), (rows, columns)), shape=(kinds, cells))
    content.sum_duplicates()
    copies = np.r_[np.bincount(cell[~repeated], minlength=cells), np.ones(kinds - cells, dtype=np.int64)]
    return content, copies.astype(np.int64)


def _incidence(
    ranking: Levels, cells: npt.NDArray[np.int64], won: npt.NDArray[np.bool_]
) -> tuple[sparse.csr_array, sparse.csr_array]:
    """Return the matrices (cells x levels) that add cells up to wins and to losses at each level."""
    level = ranking.of_row[cells]
    shape = (len(cells), ranking.count)
    index = (np.arange(len(cells)), level)
    wins = sparse.csr_array((won[cells].astype(np.float64), index), shape=shape)
    losses = sparse.csr_array(((~won[cells]).astype(np.float64), index), shape=shape)
    return wins, losses
