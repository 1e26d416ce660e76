"""Events at the companies of a history: matched, dated by when they were known, and an account of what was left out."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import MappingError, Mistake, TooLittleDataError
from idealfit.learn.cells import read_cells
from idealfit.learn.company_keys import matches
from idealfit.learn.matched_sets import Happened
from idealfit.profile.reading import one_line
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from idealfit.learn.cells import Cells
    from idealfit.learn.history import History
    from idealfit.tables import SourceTable

    Ints = npt.NDArray[np.int64]

MOST_KINDS = 60
LONGEST_NAME = 80
_FOUNDED = re.compile(r"\b(founded|established|incorporated|founding)\b", re.IGNORECASE)
NO_DAY = np.iinfo(np.int64).max


@dataclass(frozen=True)
class Signals:
    """Events by kind, the most frequent first, at companies by the codes of a history; days as integers.

    `first_day` and `last_day` are those on which events are dated: outside of them nobody looked. `existed` is by
    company code the first day on which it existed, as far as that is known (else the earliest possible).
    """

    by_kind: dict[str, Happened]
    first_day: int
    last_day: int
    existed: Ints
    rows: tuple[RowCount, ...]
    warnings: tuple[str, ...]


def signals(
    table: SourceTable,
    past: History,
    deals: SourceTable,
    *,
    accounts: SourceTable | None = None,
    ignore: Collection[str] = (),
) -> Signals:
    """Return the events of `table` at the companies of `deals` and `accounts`, by when they were known.

    Companies match by id, domain or name. Events without a day, after the day of
    learning, from before their company existed, or told twice are left out and counted. Without a day of knowledge an
    event counts as known on the day it happened, which is said.

    Raises `MappingError` where the table has no kind, day or company, `TooLittleDataError` where no event is left.
    """
    cells = read_cells(table)
    _refuse_unnamed(cells, table)
    sold, listed = read_cells(deals, ignore), None if accounts is None else read_cells(accounts, ignore)
    company, companies = _companies(cells, sold, listed)
    occurred, known = _days(cells.days("occurred_on")), _days(cells.days("known_on"))
    warnings = [*_unknown_days(cells, known)]
    known = np.where(known == NO_DAY, occurred, known)
    kind = np.array([one_line(word)[:LONGEST_NAME] if word else "" for word in cells.words("kind")], dtype=object)
    existed = _existed(past, companies)
    rows, keep = [], np.ones(cells.n, dtype=bool)
    today = NO_DAY if past.as_of is None else int(np.datetime64(past.as_of, "D").astype(np.int64))
    born = existed[np.maximum(company, 0)] if len(existed) else np.zeros(cells.n, dtype=np.int64)
    steps = (
        ("have a kind and a day", (occurred != NO_DAY) & (kind != ""), "have no kind, or no day that can be read"),
        ("at known companies", company >= 0, "are at companies that stand neither in the deals nor in the accounts"),
        (f"known by {past.as_of}", np.maximum(known, occurred) <= today, "happened or became known after that day"),
        ("since the company exists", occurred >= born, "are dated before their company existed"),
        ("told once", _first_told(company, kind, occurred), "are told more than once"),
    )
    for step, holds, why in steps:
        before = int(keep.sum())
        keep &= holds
        left = before - int(keep.sum())
        rows.append(RowCount(f"events of {table.name}: {step}", before, before - left, f"{left:,} {why}"))
    if not keep.any():
        reasons = "; ".join(row.reason for row in rows if row.rows_in > row.rows_out)
        raise TooLittleDataError(
            Mistake("no event is left to learn from", table.name, reasons, next_step="Check the column of companies.")
        )
    codes, kinds, days = company[keep], kind[keep], occurred[keep]
    names, counts = np.unique(kinds.astype(str), return_counts=True)
    names = names[np.argsort(-counts, kind="stable")]
    if len(names) > MOST_KINDS:
        warnings.append(f"{table.name} has {len(names):,} kinds of event; the {MOST_KINDS} most frequent were judged.")
    by_kind = {
        str(name): Happened(codes[kinds == name], days[kinds == name], known[keep][kinds == name])
        for name in names[:MOST_KINDS]
    }
    return Signals(by_kind, int(days.min()), int(days.max()), existed, tuple(rows), tuple(warnings))


def _refuse_unnamed(cells: Cells, table: SourceTable) -> None:
    lacking = [role for role in ("kind", "occurred_on") if cells.heading(role) is None]
    if all(cells.heading(role) is None for role in ("account_id", "domain", "name")):
        lacking.append("account_id")
    headings = ", ".join(c.name for c in table.columns[:20])
    if lacking:
        raise MappingError(
            *(
                Mistake(
                    f"no column of the events plays the role {role}",
                    table.name,
                    headings,
                    next_step=f'Name it in a mapping file: [columns], {role} = "Heading", and give that with --map.',
                )
                for role in lacking
            )
        )


def _companies(cells: Cells, deals: Cells, accounts: Cells | None) -> tuple[Ints, int]:
    """Return the code of each event's company (-1: unknown here) and how many companies there are.

    Companies of the deals have the codes they have in the history; those that stand only in `accounts` follow.
    """
    found = matches(cells, deals).row_company
    own = matches(deals, deals).other_company
    many = int(own.max(initial=-1)) + 1
    if accounts is None:
        return found, many
    of_deals = matches(deals, accounts)
    listed = int(of_deals.other_company.max(initial=-1)) + 1
    code = np.arange(many, many + listed + 1, dtype=np.int64)
    code[of_deals.row_company[::-1]] = own[::-1]
    code[listed] = -1  # where -1 points: an event at no listed company
    by_account = code[matches(cells, accounts).row_company]
    return np.where(found >= 0, found, by_account), many + listed


def _days(values: npt.NDArray[np.datetime64]) -> Ints:
    days = values.astype("datetime64[D]").astype(np.int64)
    return np.where(np.isnat(values), NO_DAY, days)


def _unknown_days(cells: Cells, known: Ints) -> list[str]:
    unknown = int((known == NO_DAY).sum())
    if not unknown:
        return []
    which = "No column says when an event became known: each" if unknown == cells.n else f"{unknown:,} events"
    verb = "counts" if unknown == cells.n else "without a day of knowledge count"
    return [f"{cells.source}: {which} {verb} as known on the day it happened, which may be too early."]


def _first_told(company: Ints, kind: npt.NDArray[np.object_], occurred: Ints) -> npt.NDArray[np.bool_]:
    """Return which events are the first of their company, kind and day."""
    _, of_kind = np.unique(kind.astype(str), return_inverse=True)
    _, first = np.unique(np.column_stack([company, of_kind, occurred]), axis=0, return_index=True)
    mask = np.zeros(len(company), dtype=bool)
    mask[first] = True
    return mask


def _existed(past: History, companies: int) -> Ints:
    """Return by company code the day it was founded, where an attribute tells; else the earliest possible day."""
    size = max(companies, int(past.account.max(initial=-1)) + 1)
    day = np.full(size, np.iinfo(np.int64).min, dtype=np.int64)
    for name in past.facts.columns:
        if not _FOUNDED.search(name.replace("_", " ")):
            continue
        if name in past.dates.columns:
            founded = _days(past.dates[name].to_numpy().astype("datetime64[D]"))
        elif past.facts[name].dtype.kind == "f":
            year = past.facts[name].to_numpy()
            plausible = (year >= 1600) & (year <= 2200)
            start = (np.where(plausible, year, 1970) - 1970).astype("datetime64[Y]").astype("datetime64[D]")
            founded = np.where(plausible, start.astype(np.int64), NO_DAY)
        else:
            continue
        told = founded != NO_DAY
        day[past.account[told]] = founded[told]
    return day
