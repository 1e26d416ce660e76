"""Each deal beside what it is compared with: comparable companies on the same day, the same company on other days.

A set has one case and its alternatives. There are three kinds of them:

* an opening beside other companies on the same day, each by how active it had been before, by all other events and by
  earlier deals (risk-set sampling: Prentice & Breslow 1978). What all companies do on a day earns nothing.
* an opening beside all other days on which the same company was watched, within two years, how busy a day was being
  told by the openings of all (a self-controlled case series with calendar effects: Whitaker et al. 2006). What a
  company always is or does earns nothing.
* a win beside all deals decided in the same span of time.

Everything a kind of event does is told by two figures for each case and alternative: in which spans of days before it
an event lies (`bits`), and how many days ago the latest one was (`since`). An event counts from when it was known, and
never on the very day: which of the two came first cannot be told.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

EDGES = (0, 14, 30, 60, 90, 120, 180, 270, 366)
"""The spans of days before a deal: an event 14 to 29 days before it lies in the second."""

STRATUM_DAYS = 730
"""A company is compared with itself within two years: over longer spans companies become others."""

MOST_DAYS = 150
"""Up to so many different opening days each is an alternative; with more of them, the middle of each week is."""
CASES_IN_A_BLOCK = 20
ONE_OCCASION = 7
"""Deals that a company opens within so many days of each other are one occasion, and one case."""
NEVER = np.float32(np.inf)
_ROUNDS = 60
_CONSTANTS = (1e9, 64.0, 32.0, 16.0, 8.0, 4.0, 2.0, 1.0, 0.5)


@dataclass(frozen=True)
class Happened:
    """Events of one kind, one entry each: the company, when it happened and when it was known (days as integers)."""

    account: Ints
    occurred: Ints
    known: Ints


@dataclass(frozen=True)
class Sets:
    """Cases and alternatives. `unit` is each case's row in the alternatives; `weight` (rows of alternatives) sums to 1.

    `day` is the day of each alternative and `block` its span of the calendar; all are units x alternatives, and
    alternatives of no weight do not count. `unit_account` is the company of each unit, or of each alternative;
    `case_day` is the day of each case, `account` its company, `case_block` its span; `n` counts the cases of each unit,
    `observed` those of each block.
    """

    case_day: Ints
    account: Ints
    case_block: Ints
    unit: Ints
    unit_account: Ints
    day: Ints
    block: Ints
    weight: Floats
    n: Floats
    observed: Floats
    design: str


@dataclass(frozen=True)
class Exposure:
    """What one kind of event says of cases and alternatives: spans with an event as bits, days since the latest."""

    case_bits: npt.NDArray[np.uint16]
    bits: npt.NDArray[np.uint16]
    case_since: npt.NDArray[np.float32]
    since: npt.NDArray[np.float32]


def occasions(account: Ints, day: Ints) -> Bools:
    """Return which openings begin an occasion: the company opened none within `ONE_OCCASION` days before.

    >>> occasions(np.array([1, 1, 1, 2]), np.array([0, 5, 20, 5])).tolist()
    [True, False, True, True]
    """
    order = np.lexsort((day, account))
    same = np.r_[False, account[order][1:] == account[order][:-1]]
    near = np.r_[False, np.diff(day[order]) <= ONE_OCCASION]
    first = np.zeros(len(day), dtype=bool)
    first[order] = ~(same & near)
    return first


@dataclass(frozen=True)
class Openings:
    """Company and day of each deal opened, looked at from `start` to `end` (both included)."""

    account: Ints
    day: Ints
    start: int
    end: int

    def cases(self) -> tuple[Ints, Ints]:
        """Return company and day of each occasion in the time looked at."""
        inside = (self.day >= self.start) & (self.day <= self.end)
        case = occasions(self.account[inside], self.day[inside])
        return self.account[inside][case], self.day[inside][case]


def opening_sets(openings: Openings, since: Ints | None = None) -> Sets:
    """Return each opening beside its company's other days.

    `since` is, by company code, the first day on which the company existed, as far as that is known.
    """
    account, day = openings.cases()
    start, end = openings.start, openings.end
    strata = max(round((end - start + 1) / STRATUM_DAYS), 1)
    length = (end - start + 1) / strata
    stratum = np.minimum(((day - start) / length).astype(np.int64), strata - 1)
    keys, unit = np.unique(account * strata + stratum, return_inverse=True)
    days = np.unique(day)
    if len(days) > MOST_DAYS:
        days = np.arange(start + 3, end + 1, 7)
    of_day = np.minimum(((days - start) / length).astype(np.int64), strata - 1)
    width = int(np.bincount(of_day, minlength=strata).max(initial=1))
    grid = np.full((strata, width), -1, dtype=np.int64)
    for s in range(strata):
        grid[s, : (of_day == s).sum()] = days[of_day == s]
    table = grid[keys % strata]
    block = _blocks(days, day)[np.searchsorted(days, np.maximum(table, days[0]))] if len(days) else table
    there = table >= 0
    if since is not None:
        there &= table >= since[keys // strata][:, None]
    place = np.abs(np.where(table[unit] >= 0, table[unit], 10**9) - day[:, None]).argmin(1)
    after = np.minimum(place + 1, width - 1)  # a company cannot begin another occasion within the days after one
    there[unit, after] &= table[unit, after] - day > ONE_OCCASION + 3
    there[unit, place] = True
    n = np.bincount(unit, minlength=len(keys)).astype(np.float64)
    case_block = block[unit, place]
    observed = np.bincount(case_block, minlength=int(block.max(initial=0)) + 1).astype(np.float64)
    weight = _weights(there.astype(np.float64), block, n, observed)
    return Sets(day, account, case_block, unit, keys // strata, table, block, weight, n, observed, "other days")


def same_day_sets(
    openings: Openings, companies: Ints, active: Callable[[int], Ints], since: Ints | None = None
) -> Sets:
    """Return each opening beside the `companies` on the same day, each by how active it had been until then.

    `active(day)` counts what each company (by code) had done before the day. Of companies whose rates are gamma
    distributed, one that had done so much opens deals at a rate in proportion to that count plus a constant (its
    posterior mean); the constant is the most likely one. If activity tells nothing, all weigh the same.
    """
    account, day = openings.cases()
    days = np.unique(day)
    if len(days) > MOST_DAYS:
        days = np.unique((day - openings.start) // 7 * 7 + openings.start)
    nearest = np.searchsorted(days, day, side="right") - 1
    rows = [
        np.union1d(companies if since is None else companies[since[companies] <= at], account[nearest == number])
        for number, at in enumerate(days)
    ]
    width = max(map(len, rows), default=1)
    table, company = np.full((len(days), width), -1, dtype=np.int64), np.full((len(days), width), -1, dtype=np.int64)
    done = np.zeros(table.shape)
    for number, (at, there) in enumerate(zip(days, rows, strict=True)):
        table[number, : len(there)], company[number, : len(there)] = at, there
        done[number, : len(there)] = active(int(at))[there]
    place = np.array([np.searchsorted(rows[u], a) for u, a in zip(nearest, account, strict=True)], dtype=np.int64)
    weight = _by_activity(done, table >= 0, nearest, place)
    n, nothing = np.bincount(nearest, minlength=len(days)).astype(np.float64), np.zeros(table.shape, dtype=np.int64)
    observed, of_case = np.array([float(len(day))]), np.zeros(len(day), dtype=np.int64)
    return Sets(day, account, of_case, nearest, company, table, nothing, weight, n, observed, "same day")


def _by_activity(done: Floats, there: Bools, unit: Ints, place: Ints) -> Floats:
    """Return each company's chance of the case on its day, by its activity as far as that is likely to tell."""
    best = -np.inf
    weight: Floats = there / np.maximum(there.sum(1, keepdims=True), 1)
    for constant in _CONSTANTS:
        rate = np.where(there, np.minimum(done / constant, 1e6) + 1, 0.0)
        chance = rate / np.maximum(rate.sum(1, keepdims=True), 1e-300)
        likelihood = float(np.log(chance[unit, place]).sum())
        if likelihood > best + 1e-9:
            best, weight = likelihood, chance
    return weight


def win_sets(account: Ints, day: Ints, won: Bools, period: Ints) -> Sets:
    """Return the won deals, each beside all decided deals of its span of time (`period`, from 0)."""
    spans = int(period.max(initial=0)) + 1
    width = int(np.bincount(period, minlength=spans).max(initial=1))
    table = np.full((spans, width), -1, dtype=np.int64)
    company = np.full((spans, width), -1, dtype=np.int64)
    for k in range(spans):
        table[k, : (period == k).sum()], company[k, : (period == k).sum()] = day[period == k], account[period == k]
    weight = (table >= 0) / np.maximum((table >= 0).sum(1, keepdims=True), 1)
    nothing, n = np.zeros(table.shape, dtype=np.int64), np.bincount(period[won], minlength=spans).astype(np.float64)
    observed = np.array([float(won.sum())])
    of_case = np.zeros(len(day[won]), dtype=np.int64)
    return Sets(day[won], account[won], of_case, period[won], company, table, nothing, weight, n, observed, "win")


def exposure(sets: Sets, events: Happened) -> Exposure:
    """Return where events of one kind lie before each case and each alternative."""
    case_bits, case_since = _looked_back(sets.account, sets.case_day[:, None], events)
    if sets.unit_account.shape == sets.day.shape:
        bits, since = _looked_back(sets.unit_account.ravel(), sets.day.ravel()[:, None], events)
        return Exposure(case_bits[:, 0], bits.reshape(sets.day.shape), case_since[:, 0], since.reshape(sets.day.shape))
    bits, since = _looked_back(sets.unit_account, sets.day, events)
    return Exposure(case_bits[:, 0], bits, case_since[:, 0], since)


def weights_given(sets: Sets, risk: Floats) -> Floats:
    """Return the chance of each alternative where `risk` multiplies it, busy spans of the calendar found anew.

    The spans' busyness is such that each has as many cases as it is expected to have (iterative proportional fitting).
    """
    return _weights(np.where(sets.weight > 0, risk, 0.0), sets.block, sets.n, sets.observed)


def _looked_back(account: Ints, day: Ints, events: Happened) -> tuple[npt.NDArray[np.uint16], npt.NDArray[np.float32]]:
    """Return bits and days since the latest event for each company (rows) and day (columns)."""
    bits = np.zeros(day.shape, dtype=np.uint16)
    since = np.full(day.shape, NEVER, dtype=np.float32)
    order = np.lexsort((events.occurred, events.account))
    codes = events.account[order]
    first, last = np.searchsorted(codes, account, "left"), np.searchsorted(codes, account, "right")
    count = last - first
    spans = np.array([np.uint16(1 << i) for i in range(len(EDGES) - 1)])
    for nth in range(int(count.max(initial=0))):
        rows = np.flatnonzero(count > nth)
        at = order[first[rows] + nth]
        lag = day[rows] - events.occurred[at][:, None]
        seen = (lag >= 1) & (day[rows] >= events.known[at][:, None]) & (day[rows] >= 0)
        where = np.searchsorted(EDGES, np.where(seen, lag, 0), side="right") - 1
        inside = seen & (lag < EDGES[-1])
        bits[rows] |= np.where(inside, spans[np.minimum(where, len(spans) - 1)], 0).astype(np.uint16)
        since[rows] = np.minimum(since[rows], np.where(seen, lag, NEVER).astype(np.float32))
    return bits, since


def _blocks(days: Ints, case_day: Ints) -> Ints:
    """Return the span of the calendar of each day: neighbouring days, together at least `CASES_IN_A_BLOCK` cases."""
    nearest = np.searchsorted((days[1:] + days[:-1]) / 2, case_day)
    cases = np.bincount(nearest, minlength=len(days))
    block, filled, current = np.zeros(len(days), dtype=np.int64), 0, 0
    for i, n in enumerate(cases):
        if filled >= CASES_IN_A_BLOCK and cases[i:].sum() >= CASES_IN_A_BLOCK:
            current, filled = current + 1, 0
        block[i] = current
        filled += n
    return block


def _weights(there: Floats, block: Ints, n: Floats, observed: Floats) -> Floats:
    """Return the chance of each alternative, so that each block has as many cases as were observed in it."""
    chance: Floats = there / np.maximum(there.sum(1, keepdims=True), 1e-300)
    if len(observed) < 2:
        return chance
    busy = np.ones(len(observed))
    for _ in range(_ROUNDS):
        expected = np.bincount(block.ravel(), weights=(chance * n[:, None]).ravel(), minlength=len(observed))
        step = np.where(expected > 0, observed / np.maximum(expected, 1e-300), 1.0)
        busy *= step
        chance = there * busy[block]
        chance /= np.maximum(chance.sum(1, keepdims=True), 1e-300)
        if np.abs(step - 1).max() < 1e-6:
            break
    return chance


def runs(edges: tuple[int, ...] = EDGES) -> tuple[tuple[int, int], ...]:
    """Return every window made of neighbouring spans, from its first to its last day before the deal.

    >>> runs((0, 30, 60))
    ((0, 29), (0, 59), (30, 59))
    """
    return tuple((a, b - 1) for i, a in enumerate(edges[:-1]) for b in edges[i + 1 :])


def masks(edges: tuple[int, ...] = EDGES) -> npt.NDArray[np.uint16]:
    """Return for each of `runs` the bits of its spans."""
    spans = [*pairwise(edges)]
    found = [sum(1 << k for k in range(i, j)) for i in range(len(spans)) for j in range(i + 1, len(spans) + 1)]
    return np.array(found, dtype=np.uint16)
