"""How well scores ranked deals whose outcome is known: AUC, lift, rates, calibration, each with a 95 % interval."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
from scipy import optimize, stats

from idealfit.profile.document import Estimate, Rate
from idealfit.prove.resampling import RESAMPLES, Levels, counts, levels, resampled_counts

if TYPE_CHECKING:
    import numpy.typing as npt

TOP = 0.1
"""The share of the list that 'top decile' speaks of."""

Population = Literal["all", "market"]
"""Whose top tenth is meant: everyone scored, or (customers against a market) the market alone."""

Floats: TypeAlias = "npt.NDArray[np.float64]"
_Z = float(stats.norm.ppf(0.975))


@dataclass(frozen=True)
class Ranking:
    """How a list of scores ranked: `auc` (chance that a win is above a loss) and lift in the top tenth."""

    auc: Estimate
    lift: Estimate


@dataclass(frozen=True)
class Contest:
    """Two rankings of the same deals and the paired differences, first less second."""

    first: Ranking
    second: Ranking
    delta_auc: Estimate
    delta_lift: Estimate


@dataclass(frozen=True)
class Calibrated:
    """A group of deals with like predictions: their mean prediction and what came of them."""

    predicted: float
    observed: Rate
    members: npt.NDArray[np.int64]


def auc(scores: npt.ArrayLike, won: npt.ArrayLike, stratum: npt.ArrayLike | None = None) -> float:
    """Return the chance that a win scores above a loss of its stratum, ties counting one half; NaN if there is no pair.

    The Mann-Whitney statistic U over the number of pairs (Hanley and McNeil, Radiology 143, 1982). With several
    strata, the U and the pairs of all of them are added up.

    >>> auc([90, 70, 70, 10], [True, True, False, False])
    0.875
    """
    ranking = levels(scores, stratum)
    return float(_auc(ranking, *counts(ranking, np.asarray(won, dtype=bool)))[0])


def lift_in_top(
    scores: npt.ArrayLike,
    won: npt.ArrayLike,
    stratum: npt.ArrayLike | None = None,
    *,
    share: float = TOP,
    among: Population = "all",
) -> float:
    """Return the wins found in the top `share` of each stratum's list over those a random `share` would hold.

    Rows tied at the edge count in part: the value is the expectation over all orders of the ties. Among
    ``"market"`` the edge is set by the rows that did not win, so the lift is the share of customers above it over
    `share`.

    >>> lift_in_top([9, 8, 7, 6, 5, 4, 3, 2, 1, 0], [1, 0, 1, 0, 0, 0, 0, 0, 0, 0])
    5.0
    >>> lift_in_top([5] * 10, [1] * 3 + [0] * 7)
    1.0
    """
    ranking = levels(scores, stratum)
    return float(_lift(ranking, *counts(ranking, np.asarray(won, dtype=bool)), share, among)[0])


def contest(
    first: npt.ArrayLike,
    second: npt.ArrayLike,
    won: npt.ArrayLike,
    *,
    account: npt.ArrayLike,
    seed: int,
    stratum: npt.ArrayLike | None = None,
    among: Population = "all",
    resamples: int = RESAMPLES,
) -> Contest:
    """Return how two scores ranked the same deals, with bootstrap intervals; the differences are paired.

    Needs at least one win and one loss in one stratum. Intervals are percentiles (2.5 and 97.5) of `resamples`
    stratified cluster resamples, see `resampled_counts`. A perfect ranking has no spread to resample: its AUC then
    takes the score interval of Newcombe (Statistics in Medicine 25, 2006, method 5), with companies in place of
    deals.
    """
    outcome = np.asarray(won, dtype=bool)
    company = np.asarray(account, dtype=np.int64)
    rankings = (levels(first, stratum), levels(second, stratum))
    plain = [_both(r, *counts(r, outcome), among) for r in rankings]
    chunks = [
        [_both(r, *drawn, among) for r, drawn in zip(rankings, chunk, strict=True)]
        for chunk in resampled_counts(rankings, outcome, company, seed=seed, resamples=resamples)
    ]
    spread = [np.concatenate([chunk[i] for chunk in chunks], axis=1) for i in (0, 1)]
    companies = (len(np.unique(company[outcome])), len(np.unique(company[~outcome])))
    one, two = (_ranking(p, s, companies) for p, s in zip(plain, spread, strict=True))
    delta, drawn = plain[0] - plain[1], spread[0] - spread[1]
    return Contest(one, two, _estimate(delta[0], drawn[0]), _estimate(delta[1], drawn[1]))


def wilson(won: float, n: float) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson, JASA 22, 1927); 0 to 1 where `n` is 0.

    >>> low, high = wilson(8, 20)
    >>> round(low, 4), round(high, 4)
    (0.2188, 0.6134)
    """
    if n <= 0:
        return 0.0, 1.0
    share, shrink = won / n, 1 + _Z**2 / n
    middle = (share + _Z**2 / (2 * n)) / shrink
    half = _Z / shrink * np.sqrt(share * (1 - share) / n + _Z**2 / (4 * n**2))
    return (0.0 if won <= 0 else float(middle - half)), (1.0 if won >= n else float(middle + half))


def rate(won: npt.ArrayLike, account: npt.ArrayLike) -> Rate:
    """Return the share of wins; its Wilson interval counts a company's deals as one where they go together.

    The number of deals is divided by the design effect: the variance with companies as clusters over the binomial
    one, at least 1 (Korn and Graubard, Survey Methodology 24, 1998). With no spread to measure it, companies are
    counted.

    >>> rate([1, 1, 0, 0], [1, 2, 3, 4]).rate
    0.5
    """
    outcome = np.asarray(won, dtype=bool)
    n, wins = len(outcome), int(outcome.sum())
    effective = n / design_effect(outcome, account)
    share = wins / n if n else 0.0
    low, high = wilson(share * effective, effective)
    return Rate(n=n, won=wins, rate=share, low=low, high=high)


def design_effect(won: npt.ArrayLike, account: npt.ArrayLike) -> float:
    """Return how many deals tell as much as one would if deals of one company did not go together, at least 1.

    >>> round(design_effect([1, 1, 0, 0, 1, 0, 1, 0], [1, 1, 2, 2, 3, 4, 5, 6]), 2)
    1.8
    """
    outcome = np.asarray(won, dtype=bool)
    n, wins = len(outcome), int(outcome.sum())
    _, company = np.unique(np.asarray(account), return_inverse=True)
    sizes = np.bincount(company.reshape(-1))
    if len(sizes) == n:
        return 1.0
    if not 0 < wins < n or len(sizes) == 1:
        return n / len(sizes)
    share = wins / n
    residual = np.bincount(company.reshape(-1), weights=outcome) - share * sizes
    clustered = len(sizes) / (len(sizes) - 1) * float(residual @ residual) / n**2
    return max(1.0, clustered / (share * (1 - share) / n))


def lift_against(won_in: int, won_all: int, market_in: int, market_all: int) -> Estimate | None:
    """Return the share of customers in a group over the market's share in it, or None where the market has none in it.

    Interval on the logarithm (Katz et al., Biometrics 34, 1978), with a half added to each count.

    >>> lift_against(30, 60, 100, 1000).value
    5.0
    """
    if not market_in or not won_all:
        return None
    value = (won_in / won_all) / (market_in / market_all)
    a, m, b, k = won_in + 0.5, won_all + 0.5, market_in + 0.5, market_all + 0.5
    centre, error = (a / m) / (b / k), np.sqrt(1 / a - 1 / m + 1 / b - 1 / k)
    low, high = centre * np.exp(-_Z * error), centre * np.exp(_Z * error)
    return Estimate(value=value, low=0.0 if not won_in else min(value, float(low)), high=max(value, float(high)))


def calibration(
    predicted: npt.ArrayLike, won: npt.ArrayLike, account: npt.ArrayLike, *, groups: int = 5
) -> tuple[Calibrated, ...]:
    """Return up to `groups` groups of like predictions, least first, about equally large; equal ones are never parted.

    >>> [(g.predicted, g.observed.won) for g in calibration([0.1, 0.1, 0.5, 0.5], [0, 0, 1, 0], [1, 2, 3, 4])]
    [(0.1, 0), (0.5, 1)]
    """
    expected = np.asarray(predicted, dtype=np.float64)
    outcome, company = np.asarray(won, dtype=bool), np.asarray(account)
    values, code, sizes = np.unique(expected, return_inverse=True, return_counts=True)
    if not len(values):
        return ()
    group_of = np.arange(len(values))
    if len(values) > groups:
        middle = np.cumsum(sizes) - sizes / 2
        group_of = np.minimum(groups - 1, (middle / len(expected) * groups).astype(np.int64))
    of_row = group_of[code.reshape(-1)]
    parts = (np.flatnonzero(of_row == g) for g in np.unique(group_of))
    return tuple(Calibrated(float(expected[p].mean()), rate(outcome[p], company[p]), p) for p in parts)


def _both(ranking: Levels, wins: Floats, losses: Floats, among: Population) -> Floats:
    return np.stack([_auc(ranking, wins, losses), _lift(ranking, wins, losses, TOP, among)])


def _auc(ranking: Levels, wins: Floats, losses: Floats) -> Floats:
    """Return the AUC of each row of counts (resamples x levels)."""
    before = np.cumsum(losses, axis=1) - losses
    sizes = np.diff(np.r_[ranking.starts, ranking.count])
    below = before - np.repeat(before[:, ranking.starts], sizes, axis=1)
    above = (wins * (below + losses / 2)).sum(axis=1)
    pairs = np.add.reduceat(wins, ranking.starts, axis=1) * np.add.reduceat(losses, ranking.starts, axis=1)
    total = pairs.sum(axis=1)
    return _quotient(above, total)


def _lift(ranking: Levels, wins: Floats, losses: Floats, share: float, among: Population) -> Floats:
    """Return the lift in the top `share` of each row of counts (resamples x levels)."""
    found = np.zeros(len(wins))
    by_chance = np.zeros(len(wins))
    for first, last in zip(ranking.starts, np.r_[ranking.starts[1:], ranking.count], strict=True):
        won = wins[:, first:last][:, ::-1]
        listed = losses[:, first:last][:, ::-1] + (won if among == "all" else 0)
        room = share * listed.sum(axis=1, keepdims=True) - (np.cumsum(listed, axis=1) - listed)
        # a level nobody of the population stands on is above the edge as long as there is room
        part = np.where(listed > 0, np.clip(room / np.maximum(listed, 1e-300), 0, 1), room > 1e-9)
        found += (won * part).sum(axis=1)
        by_chance += share * won.sum(axis=1)
    return _quotient(found, by_chance)


def _quotient(above: Floats, below: Floats) -> Floats:
    """Return the quotients, NaN where there is nothing below the line."""
    result = np.full(len(below), np.nan)
    np.divide(above, below, out=result, where=below > 0)
    return result


def _ranking(plain: Floats, spread: Floats, companies: tuple[int, int]) -> Ranking:
    area = _estimate(plain[0], spread[0])
    if area.value in (0.0, 1.0):
        low, high = _perfect(area.value, *companies)
        area = Estimate(value=area.value, low=low, high=high)
    return Ranking(area, _estimate(plain[1], spread[1]))


def _perfect(value: float, won: int, lost: int) -> tuple[float, float]:
    """Return Newcombe's method 5 interval of an AUC of 0 or 1 with so many wins and losses."""
    harmonic = (won + lost) / 2 - 1

    def gap(low: float) -> float:
        variance = low * (1 - low) * (1 + harmonic * ((1 - low) / (2 - low) + low / (1 + low))) / (won * lost)
        return (1 - low) - _Z * float(np.sqrt(variance))

    low = float(optimize.brentq(gap, 1e-9, 1 - 1e-9))
    return (low, 1.0) if value == 1.0 else (0.0, 1 - low)


def _estimate(value: Floats, drawn: Floats) -> Estimate:
    number = float(value.reshape(-1)[0])
    kept = drawn[np.isfinite(drawn)]
    if not len(kept):
        return Estimate(value=number)
    low, high = np.percentile(kept, [2.5, 97.5])
    return Estimate(value=number, low=float(min(low, number)), high=float(max(high, number)))
