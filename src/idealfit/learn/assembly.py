"""A history put together: companies as known on a day, with their outcomes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.errors import Mistake, TooLittleDataError
from idealfit.learn.as_known import fact_frame, known_facts, shared_facts
from idealfit.learn.cells import read_cells, refuse_unknown_headings
from idealfit.learn.company_keys import companies, matches, row_of_company
from idealfit.learn.deal_rows import (
    as_date,
    deal_roles,
    fingerprint,
    funnel,
    last_day,
    left_out,
    no_future,
    odd_days,
    one_currency,
    row_ids,
    stacked_roles,
)
from idealfit.learn.history import Attribute, History, open_deals_of, rows_of
from idealfit.learn.outcomes import one_row_per_deal, outcomes
from idealfit.profile.document import Excluded
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import numpy.typing as npt

    from idealfit.learn.as_known import Known
    from idealfit.tables import Kind, SourceTable

ABSENCE_IS_NO_LOSS = (
    "Absence is not a loss: the market companies never said no. Rates here are shares of customers in this mix of "
    "customers and market; only their ratio to the whole (the lift) means something, not their size."
)


def history(
    deals: SourceTable,
    *,
    accounts: SourceTable | None = None,
    customers: SourceTable | None = None,
    outcome_of: Mapping[str, str],
    as_of: date | None = None,
    ignore: Collection[str] = (),
    today: date | None = None,
) -> History:
    """Return the decided deals of `deals` with the facts that were known on the day each was opened.

    `outcome_of` says of each value of the outcome column whether it means won, lost or open. With `as_of`, deals opened
    later are left out and deals closed later are open; without it the last day in the table counts, but none after
    `today`: a deal opened in the future is left out, and a closing day in the future is unknown. Headings in `ignore`
    take no part. `accounts` may have several rows per company: per deal, the newest one known by its opening
    counts. `customers` says who stayed, grew or left, and is never learned from.

    Raises `MappingError` (no outcome column, unknown heading in `ignore`), `InputError` (values without a meaning, one
    deal with two outcomes) and `TooLittleDataError` (no deal won, or none lost).
    """
    refuse_unknown_headings(ignore, deals, accounts, customers)
    sold, bought = read_cells(deals, ignore), None if customers is None else read_cells(customers, ignore)
    outcome, ids, account = outcomes(sold, outcome_of), row_ids(sold), companies(sold)
    once = one_row_per_deal(deals, ids, outcome)
    opened, closed = sold.days("opened_on"), sold.days("closed_on")
    closed, impossible = no_future(opened, closed, outcome != "open", today)
    day = last_day(opened, closed[outcome != "open"], today=today) if as_of is None else np.datetime64(as_of, "D")
    if np.isnat(day) and impossible and today is not None:
        day = np.datetime64(today, "D")
    begun, closed_later = ~(opened > day), (closed > day) & (outcome != "open")
    decided = once & begun & (outcome != "open") & ~closed_later
    pending = once & begun & ~decided
    known = known_facts(sold, None if accounts is None else read_cells(accounts, ignore), opened)
    facts, dates = fact_frame(known, opened, None if as_of is None else day)
    amount, roles = one_currency(sold, known), deal_roles(sold, known, bought)
    known.warnings += impossible + odd_days(opened, closed, closed_later & begun, sold.heading("opened_on"))
    tables = (deals, accounts, customers)
    known.excluded += left_out(sold, tables, bought, {name.strip().casefold() for name in ignore})
    learned = History(
        facts=facts,
        attributes=(),
        won=outcome == "won",
        account=account,
        opened=opened,
        closed=closed,
        amount=amount,
        ids=ids,
        as_of=as_date(day),
        open_deals=int(pending.sum()),
        fingerprint=fingerprint(*tables),
        rows=(*funnel(deals.name, once, begun, pending, closed_later, day=day), *known.rows),
        warnings=tuple(w for t in tables if t is not None for w in t.warnings),
        roles=roles,
        dates=dates,
    )
    learned = replace(rows_of(learned, decided), open=open_deals_of(learned, pending))
    if impossible and not begun.any():
        raise TooLittleDataError(
            Mistake(" ".join(impossible), deals.name, next_step="Check the column of opening days.")
        )
    _refuse_one_sided(learned, deals.name)
    return _with_attributes(learned, known)


def history_against_market(
    customers: SourceTable,
    market: SourceTable,
    *,
    as_of: date | None = None,
    ignore: Collection[str] = (),
    today: date | None = None,
) -> History:
    """Return customers (won) and the companies of a market that are not customers (not won, which is not lost).

    This is learning from positive and unlabelled examples: rates are lifts against the market, not win rates. Market
    rows that are customers (same id, domain or name) leave the market side; what only the market tells is taken for
    customers from their row there, if at least `FEWEST_LISTED` have one. Dates count in days before `as_of` (without
    it, the last day on which a customer started, `today` at the latest).
    Raises `TooLittleDataError` when a side is empty or no attribute stands in both tables.
    """
    refuse_unknown_headings(ignore, customers, market)
    sold, others = read_cells(customers, ignore), read_cells(market, ignore)
    codes, other_codes = companies(sold), companies(others)
    day = last_day(sold.days("started_on"), today=today) if as_of is None else np.datetime64(as_of, "D")
    customer = _first_of_each(codes) & ~(sold.days("started_on") > day)
    listed = _first_of_each(other_codes)
    stranger = listed & (matches(others, sold).row_company < 0)
    market_row = row_of_company(sold, others)
    known = shared_facts(sold, others, market_row)
    if known.columns and not any(c.name in known.columns for c in sold.attributes):
        customer &= market_row >= 0  # of the others nothing is known at all
    if not known.columns:
        raise TooLittleDataError(
            Mistake(
                f"nothing can be compared: {customers.name} and {market.name} have no attribute in common, "
                "and too few customers are in the market to take their facts from there",
                next_step="Add columns that both have (industry, employees, country ...), or a domain to match by.",
            )
        )
    facts, dates = fact_frame(known, np.full(sold.n + others.n, day), day)
    known.excluded += left_out(sold, (customers, market), None, {name.strip().casefold() for name in ignore})
    never = np.full(others.n, np.datetime64("NaT", "D"))
    learned = History(
        facts=facts,
        attributes=(),
        won=np.arange(len(facts)) < sold.n,
        account=np.concatenate([codes, other_codes + (codes.max(initial=-1) + 1)]),
        opened=np.concatenate([sold.days("started_on"), never]),
        closed=np.concatenate([sold.days("started_on"), never]),
        amount=np.concatenate([sold.numbers("arr"), np.full(others.n, np.nan)]),
        ids=np.concatenate([row_ids(sold, "customer "), row_ids(others, "market ")]),
        mode="customers against a market",
        as_of=as_date(day),
        fingerprint=fingerprint(customers, market),
        rows=_market_funnel(customers.name, market.name, customer, listed, stranger),
        warnings=(*customers.warnings, *market.warnings, ABSENCE_IS_NO_LOSS),
        roles=stacked_roles(sold, others),
        dates=dates,
    )
    learned = rows_of(learned, np.concatenate([customer, stranger]))
    _refuse_one_sided(learned, f"{customers.name} and {market.name}")
    return _with_attributes(learned, known)


def _first_of_each(codes: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return a mask of the first row of each code."""
    mask = np.zeros(len(codes), dtype=bool)
    mask[np.unique(codes, return_index=True)[1]] = True
    return mask


def _market_funnel(
    customers: str,
    market: str,
    customer: npt.NDArray[np.bool_],
    listed: npt.NDArray[np.bool_],
    stranger: npt.NDArray[np.bool_],
) -> tuple[RowCount, ...]:
    """Return the steps from both tables to the companies that are compared."""
    n, left = int(listed.sum()), int(stranger.sum())
    return (
        RowCount(
            f"customers in {customers}", len(customer), int(customer.sum()), "one row per company, started by the day"
        ),
        RowCount(f"companies in {market}", len(listed), n, "one row per company"),
        RowCount(
            "market companies that are no customers", n, left, f"{n - left:,} have a customer's id, domain or name"
        ),
    )


def _refuse_one_sided(past: History, source: str) -> None:
    """Raise `TooLittleDataError` if there is nothing to compare."""
    market = past.mode == "customers against a market"
    won, other = int(past.won.sum()), int((~past.won).sum())
    if won and other:
        return
    missing = ("customer" if market else "won deal") if not won else ("market company" if market else "lost deal")
    still = f" and {past.open_deals:,} open deals" if past.open_deals else ""
    meaning = "Check what --won and --lost mean; customers alone are compared with a market: --market FILE."
    if not won and not other and not past.open_deals and past.as_of is not None:
        meaning = f"No deal had been opened by {past.as_of}, the day of learning: choose a later one with --as-of."
    raise TooLittleDataError(
        Mistake(
            f"there is no {missing} to learn from ({won:,} won, {other:,} not{still})",
            where=source,
            allowed="at least one on each side" if market else "at least one won and one lost deal",
            next_step="Give a market list that has other companies too." if market else meaning,
        )
    )


def _with_attributes(past: History, known: Known) -> History:
    """Return `past` with the attributes that can tell rows apart; the others leave, each with its reason."""
    attributes, excluded = [], []
    for name, column in known.columns.items():
        if reason := _useless(past.facts[name], column.kind):
            excluded.append(Excluded(column=name, reason=reason))
        else:
            attributes.append(Attribute(name, column.kind, column.layer or "firmographic"))
    kept = [a.name for a in attributes]
    still_open = None if past.open is None else replace(past.open, facts=past.open.facts[kept])
    return replace(
        past,
        facts=past.facts[kept],
        attributes=tuple(attributes),
        open=still_open,
        excluded=(*past.excluded, *known.excluded, *excluded),
        warnings=(*past.warnings, *known.warnings),
    )


def _useless(values: pd.Series, kind: Kind) -> str:
    """Return why nothing can be learned from an attribute, or ''."""
    filled = values.dropna()
    if filled.empty:
        late = (
            "no date lies before a known opening day" if kind == "date" else "no value was known when a deal was opened"
        )
        return f"{late}, in any of {len(values):,} rows"
    if len(filled) > 1 and filled.nunique() == 1:
        return f"has the same value in all {len(filled):,} rows that have one"
    return ""
