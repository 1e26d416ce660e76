"""The facts of each company as they were known on a day, and an account of what could not be known then."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.learn.company_keys import matches, newest_known_by
from idealfit.profile.document import Excluded
from idealfit.tables import RowCount

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.cells import Array, Cells
    from idealfit.learn.company_keys import Matches
    from idealfit.tables import Column

EARLIEST_FACT = np.datetime64("1600-01-01", "D")
_PLACEHOLDERS = np.array(["1899-12-30", "1899-12-31", "1900-01-01", "1970-01-01"], dtype="datetime64[D]")
_YEAR_FOUNDED = re.compile(r"(year |company )?(founded|established|incorporated|founding)( year| in)?", re.IGNORECASE)

FEWEST_LISTED = 5
"""Customers that must stand in the market before its columns are taken for them."""


@dataclass
class Known:
    """Facts aligned with the deals, dates still as days; `roles` has what accounts add (name, domain, known_on)."""

    columns: dict[str, Column] = field(default_factory=dict)
    values: dict[str, Array] = field(default_factory=dict)
    roles: dict[str, Array] = field(default_factory=dict)
    excluded: list[Excluded] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    rows: list[RowCount] = field(default_factory=list)


def known_facts(deals: Cells, accounts: Cells | None, opened: npt.NDArray[np.datetime64]) -> Known:
    """Return the facts of each deal's company as known on its day in `opened`, from both tables."""
    known = Known()
    for column in deals.attributes:
        known.columns[column.name], known.values[column.name] = column, deals.values[column.name]
    if deals.heading("known_on") is not None:
        _forget_what_came_later(known, deals.days("known_on"), opened, str(deals.heading("known_on")))
    if accounts is not None:
        _add_accounts(known, deals, accounts, opened)
    elif deals.heading("known_on") is None and known.columns:
        known.warnings.append(_AS_OF_EXPORT.format(table=deals.source))
    return known


_AS_OF_EXPORT = (
    "No column of {table} says when its facts became known: they are as of the export, not of the day each deal was "
    "opened. A fact that was changed since then (headcount, status, tools) may tell the outcome."
)


def _forget_what_came_later(
    known: Known, known_on: npt.NDArray[np.datetime64], opened: npt.NDArray[np.datetime64], heading: str
) -> None:
    """Make facts unknown in rows that became known after the deal was opened, or on a day nobody can compare."""
    later = ~(known_on <= opened)
    if not later.any():
        return
    for name, values in known.values.items():
        known.values[name] = forgotten(values, later)
    known.warnings.append(
        f"{int(later.sum()):,} of {len(later):,} deals have facts that became known after they were opened "
        f"(or on no known day), by '{heading}': these facts count as unknown."
    )


def forgotten(values: Array, where: npt.NDArray[np.bool_]) -> Array:
    """Return a copy of `values` that is unknown where `where` holds."""
    out = values.copy()
    out[where] = np.datetime64("NaT") if values.dtype.kind == "M" else np.nan if values.dtype.kind == "f" else None
    return out


def taken(values: Array, at: npt.NDArray[np.int64]) -> Array:
    """Return `values[at]`, unknown where `at` is -1."""
    if not len(values):
        blank = np.empty(len(at), dtype=values.dtype)
        return forgotten(blank, np.ones(len(at), dtype=bool))
    return forgotten(values[np.maximum(at, 0)], at < 0)


def _add_accounts(known: Known, deals: Cells, accounts: Cells, opened: npt.NDArray[np.datetime64]) -> None:
    """Add the columns of the newest account row known on the day each deal was opened."""
    match = matches(deals, accounts)
    dated = accounts.heading("known_on") is not None
    known_on = accounts.days("known_on")
    at = newest_known_by(match.row_company, opened, match.other_company, known_on if dated else None)
    _count_accounts(known, deals, accounts, match, at)
    if not dated:
        known.warnings.append(_AS_OF_EXPORT.format(table=accounts.source))
        extra = accounts.n - len(np.unique(match.other_company))
        if extra:
            known.warnings.append(
                f"{accounts.source} has {extra:,} further rows for companies that it already has, and no column that "
                "says when each became known: the first row of each company was used."
            )
    elif undated := int(np.isnat(known_on).sum()):
        known.warnings.append(
            f"{undated:,} of {accounts.n:,} rows of {accounts.source} have no day in '{accounts.heading('known_on')}' "
            "and were not used."
        )
    for column in accounts.attributes:
        if column.name in known.columns:
            reason = f"{accounts.source} has a column of the same heading, which was used instead"
            known.excluded.append(Excluded(column=f"{column.name} ({deals.source})", reason=reason))
        known.columns[column.name], known.values[column.name] = column, taken(accounts.values[column.name], at)
    for role in ("name", "domain", "known_on"):
        if (heading := accounts.heading(role)) is not None:
            known.roles[role] = taken(accounts.values[heading], at)


def _count_accounts(known: Known, deals: Cells, accounts: Cells, match: Matches, at: npt.NDArray[np.int64]) -> None:
    """Say how many deals found their company, by which key, and for how many something was known by then."""
    how = ", ".join(f"{n:,} by {key}" for key, n in match.by.items()) or "no key in common"
    unmatched, too_late = int(np.sum(match.row_company < 0)), int(np.sum((match.row_company >= 0) & (at < 0)))
    parts = [f"no row is dropped; matched {how}", f"{unmatched:,} deals without a row in {accounts.source}"]
    if match.ambiguous:
        parts.append(f"{match.ambiguous:,} of them because two companies share the name or domain")
    if too_late:
        parts.append(f"{too_late:,} deals opened before anything was known of their company")
    known.rows.append(RowCount(f"facts joined from {accounts.source}", deals.n, deals.n, "; ".join(parts)))
    if deals.n and unmatched == deals.n:
        known.warnings.append(
            f"No deal found its company in {accounts.source}: "
            "check that both tables have the company's id, domain or name."
        )
    elif unmatched:
        known.warnings.append(
            f"{unmatched:,} of {deals.n:,} deals have no row in {accounts.source}: their facts are unknown."
        )


def shared_facts(customers: Cells, market: Cells, market_row: npt.NDArray[np.int64]) -> Known:
    """Return the attributes of both tables (headings in any case, same kind), customers above the market.

    What only the market tells is taken for a customer from its `market_row` (-1: it has none, so it is unknown), where
    at least `FEWEST_LISTED` customers have one.
    """
    known = Known()
    there = {c.name.strip().casefold(): c for c in market.attributes}
    for column in customers.attributes:
        twin = there.pop(column.name.strip().casefold(), None)
        if twin is None:
            known.excluded.append(Excluded(column=column.name, reason=f"stands only in {customers.source}"))
            continue
        upper, lower = customers.values[column.name], market.values[twin.name]
        if upper.dtype != lower.dtype or (column.kind == "list") != (twin.kind == "list"):
            reason = f"is a {column.kind} in {customers.source} and a {twin.kind} in {market.source}"
            known.excluded.append(Excluded(column=column.name, reason=reason))
            continue
        known.columns[column.name] = column
        known.values[column.name] = np.concatenate([upper, lower])
    listed = market_row >= 0
    for column in there.values():
        if listed.sum() < FEWEST_LISTED:
            known.excluded.append(Excluded(column=column.name, reason=f"stands only in {market.source}"))
            continue
        lower = market.values[column.name]
        upper = lower[np.maximum(market_row, 0)].copy()
        upper[~listed] = _unknown(lower)
        known.columns[column.name] = column
        known.values[column.name] = np.concatenate([upper, lower])
    if listed.sum() >= FEWEST_LISTED and there:
        known.warnings.append(
            f"{int(listed.sum()):,} of {customers.n:,} customers stand in {market.source} too: what only it tells "
            f"({len(there)} columns) is taken from there for them, and unknown for the others."
        )
    return known


def _unknown(values: Array) -> object:
    """Return what stands for unknown in an array of this type."""
    if values.dtype.kind == "M":
        return np.datetime64("NaT")
    return None if values.dtype.kind == "O" else np.nan


def days_before(opened: npt.NDArray[np.datetime64], fact: npt.NDArray[np.datetime64]) -> npt.NDArray[np.float64]:
    """Return the days from each fact to the opening, NaN where either is unknown; negative where the fact came after.

    >>> days_before(np.array(["2024-01-31"], "datetime64[D]"), np.array(["2024-01-01"], "datetime64[D]")).tolist()
    [30.0]
    """
    return np.asarray((opened - fact) / np.timedelta64(1, "D"), dtype=float)


def fact_frame(
    known: Known, opened: npt.NDArray[np.datetime64], as_of: np.datetime64 | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return (facts, dates): facts with dates as days before the opening, and the dates as they stand in the source.

    A date after the opening was not known then: it is unknown in facts, and counted in `known.warnings`.
    """
    facts: dict[str, pd.Series] = {}
    dates: dict[str, pd.Series] = {}
    for name, values in known.values.items():
        if values.dtype.kind == "M":
            dates[name] = pd.Series(values.astype("datetime64[s]"))
            days = days_before(opened, values)
            known.warnings += _date_warnings(name, values, days, as_of)
            facts[name] = pd.Series(np.where(days < 0, np.nan, days))
        else:
            facts[name] = pd.Series(values, dtype=object if values.dtype.kind == "O" else float)
            if values.dtype.kind == "f" and _YEAR_FOUNDED.fullmatch(name.strip()):
                year = opened.astype("datetime64[Y]").astype(float) + 1970
                late = int(np.sum((values > year) & ~np.isnat(opened)))
                known.warnings += [f"'{name}': {late:,} deals were opened before that year."] if late else []
    index = pd.RangeIndex(len(opened))
    return pd.DataFrame(facts, index=index), pd.DataFrame(dates, index=index)


def _date_warnings(name: str, dates: Array, days: npt.NDArray[np.float64], as_of: np.datetime64 | None) -> list[str]:
    """Say how many dates of one attribute cannot be right or cannot have been known."""
    filled = int(np.sum(~np.isnat(dates)))
    found = []
    if after := int(np.sum(days < 0)):
        found.append(f"{after:,} lie after the day the deal was opened, and count as unknown")
    if as_of is not None and (future := int(np.sum(dates > as_of))):
        found.append(f"{future:,} lie after {as_of}, the day of learning")
    if early := int(np.sum(dates < EARLIEST_FACT)):
        found.append(f"{early:,} lie before the year 1600")
    if (blank := int(np.isin(dates, _PLACEHOLDERS).sum())) >= max(3, 0.02 * filled):
        found.append(f"{blank:,} are a day that programs write for 'no date' (1899-12-30, 1900-01-01, 1970-01-01)")
    return [f"'{name}': of {filled:,} dates, " + "; ".join(found) + "."] if found else []
