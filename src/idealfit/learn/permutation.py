"""Tests of one attribute against chance: outcomes permuted within spans of time, deal by deal or company by company.

All that is needed are, per cell, how many units there are and by how much their wins exceed what was expected. Units
are deals, or whole companies where the attribute is the same for all deals of a company: then deals of one company move
together under permutation, as they do in life.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from idealfit.learn.candidates import tests_of
from idealfit.learn.encoding import MOST_VALUES_IN_A_SET, Cells, Items

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

LARGE_ENOUGH = 10.0
"""Expected wins (or variance) from which the normal approximation is trusted far out in the tails."""
FEWEST_COMPANIES = 10
"""Companies inside and outside from which an item's companies are held to the normal distribution."""
PRIOR = 1.0
"""Information, in wins squared, that is added to a test's own before its z squared is taken. It stands for a normal
prior on the log odds ratio with variance 1/PRIOR: z squared becomes twice the gain of one penalised step, as it is in
the search for the rubric. Without it the largest z squared of many small cells of a rare outcome is that of one
company that won by chance, and a plain difference between two halves is never seen."""
AT_ONCE = 4_000_000  # cells of a permutation table held in memory at one time


@dataclass(frozen=True)
class Contrast:
    """One attribute against the outcome.

    `n` counts units per stratum and cell. `surplus` is, per cell, wins beyond expectation, summed over strata. Inside
    a test with k of a stratum's N units the surplus has the variance k (N - k) x `factor` of the stratum. `permuted`
    returns so many draws of `surplus` (draws x cells).
    """

    cells: Cells
    n: Floats
    surplus: Floats
    factor: Floats
    permuted: Callable[[np.random.Generator, int], Floats]

    def observed(self) -> tuple[Bools, Floats]:
        """Return the tests that the attribute offers (tests x cells) and their z squared.

        It is Mantel & Haenszel's (1959), surplus^2 / variance, with `PRIOR` added to the variance.
        """
        tests = tests_of(self.cells, self.surplus / np.maximum(self.n.sum(0), 1))
        return tests, self._z_squared(self.surplus[None], tests)[0]

    def largest(self, rng: np.random.Generator, draws: int) -> Floats:
        """Return the largest z squared of each family of tests (draws x families), the search repeated in each draw."""
        surplus = self.permuted(rng, draws)
        if self.cells.ordered:
            tests = tests_of(self.cells, self.surplus)
            z2, family = self._z_squared(surplus, tests), families(self.cells, tests)
        else:
            z2, family = self._sets_z_squared(surplus)
        return np.stack([z2[:, family == k].max(1) for k in range(int(family.max()) + 1)], axis=1)

    def _z_squared(self, surplus: Floats, tests: Bools) -> Floats:
        picks = tests.T.astype(float)
        variance = self._variance((self.n @ picks).T)
        return np.asarray((surplus @ picks) ** 2 / np.where(variance > 0, variance + PRIOR, np.inf))

    def _variance(self, inside: Floats) -> Floats:
        return np.asarray((inside * (self.n.sum(1) - inside) * self.factor).sum(-1))

    def _sets_z_squared(self, surplus: Floats) -> tuple[Floats, Ints]:
        """Return z squared of single values and of the k best and worst together, each draw in its own order.

        With it comes the family of each column.
        """
        named = len(self.cells.values)
        order = np.argsort(-surplus[:, :named] / np.maximum(self.n.sum(0)[:named], 1), axis=1, kind="stable")
        most = max(min(MOST_VALUES_IN_A_SET, named - 1), 1)
        scores = [self._z_squared(surplus, np.eye(self.n.shape[1], dtype=bool)[:named])]
        for ranks in (order[:, :most], order[:, ::-1][:, :most]):
            together = np.take_along_axis(surplus, ranks, axis=1).cumsum(1)
            variance = self._variance(self.n.T[ranks].cumsum(1))
            scores.append(together**2 / np.where(variance > 0, variance + PRIOR, np.inf))
        return np.concatenate(scores, axis=1), np.concatenate([np.zeros(named, int), np.arange(most), np.arange(most)])


def families(cells: Cells, tests: Bools) -> Ints:
    """Return the family of each test: tests of one family are about equally many to choose from.

    Bands that are open on one side are family 0, closed ones 1. A single value is family 0, k values together k - 1.
    The largest z squared of a set put together by looking at the outcome is large by chance alone; measured
    against others of its family, it does not hide what a single value says.

    >>> from idealfit.learn.candidates import neighbours
    >>> from idealfit.learn.history import Attribute
    >>> number = Cells(Attribute("n", "number", "firmographic"), np.array([0, 1, 2]), edges=(1.0, 2.0))
    >>> families(number, neighbours(3))
    array([0, 0, 1, 0, 0])
    """
    if cells.ordered:
        return np.where(tests[:, 0] | tests[:, -1], 0, 1)
    return np.asarray(tests.sum(1) - 1, dtype=np.int64)


def by_deal(cells: Cells, won: Bools, period: Ints, periods: int) -> Contrast:
    """Return the contrast with deals as units: permuted wins per span of time are multivariate hypergeometric."""
    known = cells.codes >= 0
    index = period[known] * cells.size + cells.codes[known]
    n = np.bincount(index, minlength=periods * cells.size).reshape(periods, cells.size).astype(np.float64)
    wins = np.bincount(index, weights=won[known], minlength=periods * cells.size).reshape(periods, cells.size)
    all_n, all_w = n.sum(1), np.asarray(wins.sum(1), dtype=np.float64)
    expected = n * (all_w / np.maximum(all_n, 1))[:, None]

    def permuted(rng: np.random.Generator, draws: int) -> Floats:
        drawn = np.zeros((draws, cells.size))
        for k in np.flatnonzero(all_n):
            counts = n[k].astype(np.int64)
            drawn += rng.multivariate_hypergeometric(counts, int(all_w[k]), size=draws, method="marginals")
        return np.asarray(drawn - expected.sum(0))

    factor = all_w * (all_n - all_w) / np.maximum(all_n**2 * (all_n - 1), 1)
    return Contrast(cells, n, np.asarray((wins - expected).sum(0), dtype=np.float64), factor, permuted)


def by_company(cells: Cells, won: Bools, period: Ints, account: Ints) -> Contrast:
    """Return the contrast with companies as units, for an attribute that is the same for all deals of one.

    A company's surplus is its wins beyond the base rate of each deal's span of time; under permutation companies swap
    places with all their deals.
    """
    base = np.bincount(period, weights=won) / np.maximum(np.bincount(period), 1)
    companies, first = np.unique(account, return_index=True)
    code = cells.codes[first]
    of_company = np.bincount(account, weights=won - base[period])[companies][code >= 0]
    code = code[code >= 0]
    of_company = of_company - of_company.mean() if len(of_company) else of_company
    n = np.bincount(code, minlength=cells.size)[None].astype(np.float64)
    order = np.argsort(code, kind="stable")
    starts = np.searchsorted(code[order], np.arange(cells.size + 1))

    def permuted(rng: np.random.Generator, draws: int) -> Floats:
        drawn = np.empty((draws, cells.size))
        step = max(AT_ONCE // max(len(code), 1), 1)
        for at in range(0, draws, step):
            rows = min(step, draws - at)
            mixed = rng.permuted(np.broadcast_to(of_company, (rows, len(code))), axis=1)
            running = np.concatenate([np.zeros((rows, 1)), mixed.cumsum(1)], axis=1)
            drawn[at : at + rows] = np.diff(running[:, starts], axis=1)
        return drawn

    m = len(code)
    factor = np.array([float((of_company**2).sum()) / max(m * (m - 1), 1)])
    surplus = np.asarray(np.bincount(code, weights=of_company, minlength=cells.size), dtype=np.float64)
    return Contrast(cells, n, surplus, factor, permuted)


def item_p_by_company(items: Items, won: Bools, period: Ints, account: Ints) -> Floats:
    """Return the two-sided p-value of each item with companies as units; 1 where there are too few of them."""
    base = np.bincount(period, weights=won) / np.maximum(np.bincount(period), 1)
    companies, first = np.unique(account, return_index=True)
    known = items.known[first]
    of_company = np.bincount(account, weights=won - base[period])[companies][known]
    of_company = of_company - of_company.mean() if len(of_company) else of_company
    holds, m = items.holds[first[known]], len(of_company)
    inside = np.asarray(holds.sum(0), dtype=np.float64).ravel()
    variance = inside * (m - inside) * (of_company**2).sum() / max(m * (m - 1), 1)
    z_squared = np.asarray(holds.T @ of_company) ** 2 / np.where(variance > 0, variance, np.inf)
    enough = np.minimum(inside, m - inside) >= FEWEST_COMPANIES
    return np.where(enough, stats.chi2.sf(z_squared, 1), 1.0)


def item_p_by_deal(items: Items, won: Bools, period: Ints, periods: int) -> Floats:
    """Return the two-sided p-value of each item: Mantel-Haenszel, exact where wins are too few for it.

    Given the deals and wins of each span of time, an item's wins are a sum of hypergeometric counts; below a variance
    of `LARGE_ENOUGH` their distribution is written out (the smaller tail, doubled).
    """
    strata = [items.known & (period == k) for k in range(periods)]
    strata = [rows for rows in strata if rows.sum() > 1]
    n = np.array([rows.sum() for rows in strata], dtype=np.float64)
    w = np.array([won[rows].sum() for rows in strata], dtype=np.float64)
    inside = np.array([items.holds.T @ rows.astype(float) for rows in strata])
    wins = np.array([items.holds.T @ (rows & won).astype(float) for rows in strata]).sum(0)
    expected = (inside * (w / n)[:, None]).sum(0)
    variance = (inside * (n[:, None] - inside) * (w * (n - w) / (n * n * (n - 1)))[:, None]).sum(0)
    p = stats.chi2.sf(np.maximum(np.abs(wins - expected) - 0.5, 0) ** 2 / np.where(variance > 0, variance, np.inf), 1)
    for i in np.flatnonzero(variance < LARGE_ENOUGH):
        chances = np.ones(1)
        for size, total, mine in zip(n, w, inside[:, i], strict=True):
            reach = np.arange(min(mine, total) + 1)
            chances = np.convolve(chances, stats.hypergeom.pmf(reach, int(size), int(total), int(mine)))
        at = round(wins[i])
        p[i] = min(1.0, 2 * min(chances[: at + 1].sum(), chances[at:].sum()))
    return np.asarray(p)
