"""Companies as known on a day, their outcomes, and the best customers among them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

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
from idealfit.learn.outcomes import one_row_per_deal, outcomes
from idealfit.profile.document import Excluded
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import date

    import numpy.typing as npt

    from idealfit.learn.as_known import Known
    from idealfit.profile.document import BestCustomers
    from idealfit.tables import Kind, Layer, SourceTable

Mode = Literal["won and lost deals", "customers against a market"]

ABSENCE_IS_NO_LOSS = (
    "Absence is not a loss: the market companies never said no. Rates here are shares of customers in this mix of "
    "customers and market; only their ratio to the whole (the lift) means something, not their size."
)


@dataclass(frozen=True)
class Attribute:
    """A column that can be learned from."""

    name: str
    kind: Kind
    layer: Layer


@dataclass(frozen=True)
class OpenDeals:
    """Deals whose outcome was not known on the day of learning: counted, never learned from as losses.

    `facts` and `roles` are as in `History`; all have one row per deal.
    """

    facts: pd.DataFrame
    opened: npt.NDArray[np.datetime64]
    account: npt.NDArray[np.int64]
    amount: npt.NDArray[np.float64]
    ids: npt.NDArray[np.object_]
    roles: pd.DataFrame


@dataclass(frozen=True)
class History:
    """One row per decided deal (or per company, against a market), with facts as known when it was opened.

    All arrays and frames have the same length and order. See docs/design.md for the cell types of `facts`.
    `roles` has what is known of a deal but never learned from (owner, stage, activities, first_touch_on, name, domain,
    known_on, and of the customer started_on, churned_on, renewed_on, expanded_on, arr, lifetime_value; only those that
    the tables have), `dates` the date attributes as they stand in the source. `open` are the censored deals.
    `supplement` are facts of open deals that help to describe the best customers where there are few.
    """

    facts: pd.DataFrame
    attributes: tuple[Attribute, ...]
    won: npt.NDArray[np.bool_]
    account: npt.NDArray[np.int64]
    opened: npt.NDArray[np.datetime64]
    closed: npt.NDArray[np.datetime64]
    amount: npt.NDArray[np.float64]
    ids: npt.NDArray[np.object_]
    mode: Mode = "won and lost deals"
    as_of: date | None = None
    open_deals: int = 0
    fingerprint: str = ""
    best: npt.NDArray[np.bool_] | None = None
    best_customers: BestCustomers | None = None
    rows: tuple[RowCount, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    warnings: tuple[str, ...] = field(default=())
    roles: pd.DataFrame = field(default_factory=pd.DataFrame)
    dates: pd.DataFrame = field(default_factory=pd.DataFrame)
    open: OpenDeals | None = None
    supplement: pd.DataFrame | None = None


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
    learned = replace(rows_of(learned, decided), open=_open_deals(learned, pending))
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


def rows_of(past: History, keep: npt.NDArray[np.bool_] | npt.NDArray[np.int64]) -> History:
    """Return the history with only the rows in `keep` (a mask, or positions), everything else as it was."""
    return replace(
        past,
        facts=past.facts.iloc[keep].reset_index(drop=True),
        won=past.won[keep],
        account=past.account[keep],
        opened=past.opened[keep],
        closed=past.closed[keep],
        amount=past.amount[keep],
        ids=past.ids[keep],
        best=None if past.best is None else past.best[keep],
        roles=_frame_rows(past.roles, keep, len(past.won)),
        dates=_frame_rows(past.dates, keep, len(past.won)),
    )


def _frame_rows(frame: pd.DataFrame, keep: npt.NDArray[np.bool_] | npt.NDArray[np.int64], n: int) -> pd.DataFrame:
    """Return some rows of a frame; a frame that was never filled stays as it is."""
    return frame.iloc[keep].reset_index(drop=True) if len(frame) == n else frame


def known_by(past: History, day: date) -> History:
    """Return what a person could have learned from on `day`: deals opened before it whose outcome was known by it.

    Deals closed after `day` (or on no known day, when others have one) are open then. Where the history has no closing
    day at all, an outcome counts as known from the opening, and a warning says so. Best customers are to be chosen
    again: who stayed was not known yet.
    """
    now = np.datetime64(day, "D")
    begun = past.opened < now
    undated = bool(np.isnat(past.closed).all())
    decided = begun if undated else begun & (past.closed <= now)
    still_open = begun & ~decided
    note = f"No closing days: outcomes count as known when the deal was opened, so a test on {day} is too kind."
    return replace(
        rows_of(past, decided),
        as_of=day,
        best=None,
        best_customers=None,
        supplement=None,
        open=_open_then(past, still_open, now),
        open_deals=int(still_open.sum()) + (0 if past.open is None else int(np.sum(past.open.opened < now))),
        rows=(
            *past.rows,
            RowCount(f"known by {day}", len(past.won), int(decided.sum()), _why_not_known(begun, decided)),
        ),
        warnings=(*past.warnings, note) if undated and len(past.won) else past.warnings,
    )


def opened_after(past: History, day: date, until: date | None = None) -> History:
    """Return the decided deals opened on `day` or later, before `until`: what `known_by(past, day)` has not seen."""
    later = past.opened >= np.datetime64(day, "D")
    if until is not None:
        later &= past.opened < np.datetime64(until, "D")
    span = f"opened from {day}" + (f" to before {until}" if until else "")
    count = RowCount(span, len(past.won), int(later.sum()), "the others were opened outside this span")
    return replace(rows_of(past, later), rows=(*past.rows, count), open=None, open_deals=0)


def cycle_days(past: History) -> npt.NDArray[np.float64]:
    """Return the days from first touch (else opening) to closing of each row, NaN where unknown or negative."""
    start = past.opened
    if "first_touch_on" in past.roles:
        touch = past.roles["first_touch_on"].to_numpy().astype("datetime64[D]")
        start = np.where(np.isnat(touch), past.opened, touch)
    days = np.asarray((past.closed - start) / np.timedelta64(1, "D"), dtype=float)
    return np.where(days < 0, np.nan, days)


def _open_deals(past: History, pending: npt.NDArray[np.bool_]) -> OpenDeals:
    """Return the rows of `past` that were open on the day of learning."""
    chosen = rows_of(past, pending)
    return OpenDeals(chosen.facts, chosen.opened, chosen.account, chosen.amount, chosen.ids, chosen.roles)


def _open_then(past: History, still_open: npt.NDArray[np.bool_], now: np.datetime64) -> OpenDeals:
    """Return the deals open on the day `now`: those decided since, and those still open today that had been opened."""
    then = _open_deals(past, still_open)
    if past.open is None:
        return then
    begun = past.open.opened < now
    return OpenDeals(
        pd.concat([then.facts, past.open.facts[begun]], ignore_index=True),
        np.concatenate([then.opened, past.open.opened[begun]]),
        np.concatenate([then.account, past.open.account[begun]]),
        np.concatenate([then.amount, past.open.amount[begun]]),
        np.concatenate([then.ids, past.open.ids[begun]]),
        pd.concat([then.roles, past.open.roles[begun]], ignore_index=True),
    )


def _why_not_known(begun: npt.NDArray[np.bool_], decided: npt.NDArray[np.bool_]) -> str:
    """Say why rows are missing on an earlier day."""
    early, undecided = int(np.sum(~begun)), int(np.sum(begun & ~decided))
    return f"{early:,} were not opened yet (or on no known day), {undecided:,} were still open"


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
