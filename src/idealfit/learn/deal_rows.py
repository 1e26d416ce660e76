"""What each row of a deals or customers table says besides facts: ids, one currency, roles, odd days, the funnel."""

from __future__ import annotations

import hashlib
from datetime import date
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from idealfit.learn.as_known import Known, taken
from idealfit.learn.company_keys import matches
from idealfit.profile.document import Excluded
from idealfit.tables import RowCount

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.cells import Array, Cells
    from idealfit.tables import SourceTable

CUSTOMER_DATES = ("started_on", "churned_on", "renewed_on", "expanded_on")
CUSTOMER_NUMBERS = (
    *("arr", "lifetime_value", "starting_arr", "contract_months", "margin", "cac", "support_cost"),
    *("nps", "tickets", "usage"),
)
NEVER_LEARNED = (
    *("closed_on", "amount", "currency", "owner", "stage", "last_activity_on", "activities"),
    *("first_touch_on", "lost_reason"),
)
_WORD_ROLES = ("account_id", "name", "domain", "owner", "stage", "lost_reason", "currency")
_DATE_ROLES = ("first_touch_on", "last_activity_on", *CUSTOMER_DATES)
_NUMBER_ROLES = ("activities", *CUSTOMER_NUMBERS)
_EARLIEST_DEAL = np.datetime64("1980-01-01", "D")


def row_ids(cells: Cells, prefix: str = "") -> npt.NDArray[np.object_]:
    """Return the deal (else account) id of each row, or its row number from 1 where it has none."""
    role = next((r for r in ("deal_id", "account_id", "domain", "name") if cells.heading(r) is not None), None)
    if role is None or (role != "deal_id" and prefix == ""):
        words: list[str | None] = [None] * cells.n
    else:
        words = cells.words(role).tolist()
    out = np.empty(cells.n, dtype=object)
    out[:] = [f"{prefix}{i + 1}" if word is None else word for i, word in enumerate(words)]
    return out


def last_day(*days: npt.NDArray[np.datetime64], today: date | None = None) -> np.datetime64:
    """Return the last of all days that is not after `today`, NaT if none is known."""
    every = np.concatenate(days)
    every = every[~np.isnat(every) if today is None else every <= np.datetime64(today, "D")]
    return every.max() if len(every) else np.datetime64("NaT", "D")


def as_date(day: np.datetime64) -> date | None:
    """Return a day as `datetime.date`, None for NaT."""
    return None if np.isnat(day) else date.fromisoformat(str(day))


def one_currency(deals: Cells, known: Known) -> npt.NDArray[np.float64]:
    """Return the amounts in the most frequent currency; the others are unknown, and a warning counts them."""
    amount, currency = deals.numbers("amount"), deals.words("currency")
    valued = ~np.isnan(amount) & (currency != None)  # noqa: E711  element by element
    if not valued.any():
        return amount
    names, counts = np.unique(currency[valued].astype(str), return_counts=True)
    main = names[np.argmax(counts)]
    other = valued & (currency != main)
    if other.any():
        known.warnings.append(
            f"{int(other.sum()):,} amounts are not in {main}, the most frequent currency, and count as unknown: "
            "convert them to one currency to use them."
        )
    return np.where(other, np.nan, amount)


def deal_roles(deals: Cells, known: Known, customers: Cells | None) -> pd.DataFrame:
    """Return what is known of each deal but never learned from; what `customers` says wins over the deals table."""
    roles = {r: deals.values[h] for r in ("known_on",) if (h := deals.heading(r)) is not None}
    roles |= _typed_roles(deals) | {k: v for k, v in known.roles.items() if deals.heading(k) is None or k == "known_on"}
    if customers is not None:
        match = matches(deals, customers)
        codes, first = np.unique(match.other_company, return_index=True)
        at = np.where(match.row_company >= 0, first[np.searchsorted(codes, np.maximum(match.row_company, 0))], -1)
        found = len(np.unique(match.row_company[match.row_company >= 0]))
        roles |= {
            role: taken(values, at) for role, values in _typed_roles(customers).items() if role not in _WORD_ROLES
        }
        why = f"{found:,} of {len(codes):,} companies were found among the deals, the others tell nothing about them"
        known.rows.append(RowCount(f"customers joined from {customers.source}", len(codes), found, why))
    return role_frame(roles, deals.n)


def role_frame(roles: dict[str, Array], n: int) -> pd.DataFrame:
    """Return arrays as a frame of `n` rows: words as object, dates as datetime64[s], numbers as float64."""
    types: dict[str, Any] = {"M": "datetime64[s]", "f": float}
    columns = {r: pd.Series(v, dtype=types.get(v.dtype.kind, object)) for r, v in roles.items()}
    return pd.DataFrame(columns, index=pd.RangeIndex(n))


def stacked_roles(customers: Cells, market: Cells) -> pd.DataFrame:
    """Return the roles of customers and, below them, of market companies; unknown where a table does not have them."""
    upper, lower = _typed_roles(customers), _typed_roles(market)
    nothing = {"M": np.datetime64("NaT", "D"), "f": np.nan}
    both: dict[str, Array] = {}
    for role in [*upper, *(r for r in lower if r not in upper)]:
        kind = (upper.get(role) if role in upper else lower[role]).dtype  # type: ignore[union-attr]
        blank = nothing.get(kind.kind)
        parts = [side.get(role, np.full(n, blank, dtype=kind)) for side, n in ((upper, customers.n), (lower, market.n))]
        both[role] = np.concatenate(parts)
    return role_frame(both, customers.n + market.n)


def _typed_roles(cells: Cells) -> dict[str, Array]:
    """Return the roles that a table has, in the type each role is declared with."""
    roles: dict[str, Array] = {r: cells.words(r) for r in _WORD_ROLES if cells.heading(r) is not None}
    roles |= {r: cells.days(r) for r in _DATE_ROLES if cells.heading(r) is not None}
    return roles | {r: cells.numbers(r) for r in _NUMBER_ROLES if cells.heading(r) is not None}


def no_future(
    opened: npt.NDArray[np.datetime64],
    closed: npt.NDArray[np.datetime64],
    decided: npt.NDArray[np.bool_],
    today: date | None,
) -> tuple[npt.NDArray[np.datetime64], list[str]]:
    """Return the closing days without those of decided deals that lie in the future, and what cannot be right."""
    if today is None:
        return closed, []
    now, n, found = np.datetime64(today, "D"), len(opened), []
    if ahead := int(np.sum(opened > now)):
        found.append(f"{ahead:,} of {n:,} deals have an opening day in the future (after {today}) and are left out.")
    early = decided & (closed > now) & ~(opened > now)
    if hits := int(early.sum()):
        found.append(f"{hits:,} decided deals have a closing day in the future (after {today}): it counts as unknown.")
    return np.where(early, np.datetime64("NaT", "D"), closed), found


def odd_days(
    opened: npt.NDArray[np.datetime64],
    closed: npt.NDArray[np.datetime64],
    closed_later: npt.NDArray[np.bool_],
    heading: str | None,
) -> list[str]:
    """Say which opening and closing days cannot be right, or were not known on the day of learning."""
    if heading is None:
        return [
            "No column says when a deal was opened: nothing can be tried forward in time, and a backtest can only "
            "cross-check on deals set aside."
        ]
    n, found = len(opened), []
    if unknown := int(np.isnat(opened).sum()):
        found.append(f"{unknown:,} of {n:,} deals have no opening day: facts that depend on it are unknown.")
    if before := int(np.sum(closed < opened)):
        found.append(
            f"{before:,} of {n:,} deals were closed before they were opened: their sales cycle counts as unknown."
        )
    if early := int(np.sum(opened < _EARLIEST_DEAL)):
        found.append(f"{early:,} of {n:,} deals were opened before 1980, which is hardly right.")
    if late := int(closed_later.sum()):
        found.append(f"{late:,} of {n:,} deals were decided after the day of learning: on that day they were open.")
    return found


def funnel(
    source: str,
    once: npt.NDArray[np.bool_],
    begun: npt.NDArray[np.bool_],
    pending: npt.NDArray[np.bool_],
    closed_later: npt.NDArray[np.bool_],
    *,
    day: np.datetime64,
) -> tuple[RowCount, ...]:
    """Return the steps from the raw rows to the decided deals, those that dropped none too."""
    n, n_once, n_begun = len(once), int(once.sum()), int((once & begun).sum())
    later = int((pending & closed_later).sum())
    undecided = int(pending.sum()) - later
    by = "the day of learning (unknown)" if np.isnat(day) else str(day)
    return (
        RowCount(f"deals in {source}", n, n, "rows read"),
        RowCount("one row per deal id", n, n_once, f"{n - n_once:,} rows repeat a deal id with the same outcome"),
        RowCount(f"opened by {by}", n_once, n_begun, f"{n_once - n_begun:,} were opened later"),
        RowCount(
            "outcome known",
            n_begun,
            n_begun - undecided - later,
            f"{undecided:,} are open or have no outcome, {later:,} were closed after {by}: censored, not lost",
        ),
    )


def left_out(
    deals: Cells, tables: tuple[SourceTable | None, ...], customers: Cells | None, ignored: set[str]
) -> list[Excluded]:
    """Return the columns that take no part, each with its reason."""
    out: list[Excluded] = []
    for column in deals.columns:
        if column.role in NEVER_LEARNED:
            reason = f"read as {column.role}, which tells about the deal or its end: never learned from"
            out.append(Excluded(column=column.name, reason=reason))
    for table in tables:
        for c in () if table is None else table.columns:
            if c.name.strip().casefold() in ignored:
                out.append(Excluded(column=c.name, reason="ignored on request"))
            elif not c.used or (c.role is None and c.kind in ("identifier", "empty")):
                reason = c.reason or {"empty": "has no value"}.get(
                    c.kind, "names one row, so nothing can be learned from it"
                )
                out.append(Excluded(column=c.name, reason=reason))
    for c in () if customers is None else customers.attributes:
        out.append(Excluded(column=c.name, reason="stands in the customers table: known only of those who bought"))
    return out


def fingerprint(*tables: SourceTable | None) -> str:
    """Return one fingerprint of all source tables, '' if none has one."""
    parts = [t.fingerprint for t in tables if t is not None]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16] if any(parts) else ""
