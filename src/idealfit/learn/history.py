"""Companies as known on a day, their outcomes, and the best customers among them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from idealfit.profile.document import Excluded
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from datetime import date

    import numpy.typing as npt

    from idealfit.profile.document import BestCustomers
    from idealfit.tables import Kind, Layer

Mode = Literal["won and lost deals", "customers against a market"]


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


def open_deals_of(past: History, pending: npt.NDArray[np.bool_]) -> OpenDeals:
    """Return the rows of `past` that were open on the day of learning."""
    chosen = rows_of(past, pending)
    return OpenDeals(chosen.facts, chosen.opened, chosen.account, chosen.amount, chosen.ids, chosen.roles)


def _open_then(past: History, still_open: npt.NDArray[np.bool_], now: np.datetime64) -> OpenDeals:
    """Return the deals open on the day `now`: those decided since, and those still open today that had been opened."""
    then = open_deals_of(past, still_open)
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
