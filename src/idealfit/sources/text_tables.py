"""Small tables of words about deals and people: conversations, committee, feedback. Which column is which, all as text.

Cells stay as they stand in the source, to the letter: what is quoted from them must be found there again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from idealfit.engine import rows
from idealfit.errors import MappingError, Mistake
from idealfit.sources.headings import phrase
from idealfit.sources.missing import BLANKS, MISSING
from idealfit.sources.opening import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import ibis

    from idealfit.sources.opening import TableLike

COMPANY = (
    "account id; company id; account; company; account name; company name; customer; customer name; organization; "
    "organisation; client; domain; company domain name; website"
)
DEAL = "deal id; opportunity id; deal; opportunity; deal name; opportunity name; associated deal ids; associated deal"
HEADINGS: Mapping[str, Mapping[str, str]] = {
    "conversations": {
        "text": "text; transcript; utterance; words; quote; message; note; notes; body; content; call notes; "
        "note body; hs note body; answer; response; comment; comments; description; reason; "
        "closed lost reason; lost reason; loss reason; win reason; verbatim; said",
        "deal_id": DEAL,
        "account_id": COMPANY,
        "speaker": "speaker; speaker name; said by; author; name; from; participant; contact; contact name; "
        "interviewee; person; created by",
        "role": "role; title; job title; speaker role; speaker title; contact title",
        "side": "side; speaker side; speaker type; party; who; affiliation; internal or external; direction",
        "said_on": "said on; date; said at; call date; spoken on; timestamp; time; created on; created at; "
        "create date; meeting date; activity date; day",
        "kind": "kind; type; source type; record type; activity type; channel; source",
    },
    "people": {
        "role": "role; title; job title; position; buying role; hs buying role; contact role; function; persona",
        "deal_id": DEAL,
        "account_id": COMPANY,
    },
    "feedback": {
        "statement": "statement; feedback; comment; note; observation; says; text; message; opinion; claim",
        "rep": "rep; rep name; said by; author; owner; from; salesperson; sdr; ae; name; who; team member",
        "account_id": "account or segment; segment; account segment; about; " + COMPANY,
        "said_on": "said on; date; created on; created at; day",
    },
}
"""Usual headings of each column, the most telling first."""
REQUIRED = {"conversations": "text", "people": "role", "feedback": "statement"}

_DAY_FORMS = ("%d %b %Y", "%d %B %Y", "%b %d %Y", "%B %d %Y", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d")


@dataclass(frozen=True)
class TextTable:
    """A table as texts: `columns` has one list per role that the table has, cells to the letter, None for nothing."""

    name: str
    n: int
    columns: Mapping[str, list[str | None]]
    headings: Mapping[str, str]
    place_of_row: Callable[[int], str]
    warnings: tuple[str, ...] = ()

    def cells(self, role: str) -> list[str | None]:
        """Return the cells of a role, all None where no column plays it."""
        return self.columns.get(role) or [None] * self.n

    def words(self, role: str) -> list[str]:
        """Return the cells of a role without blanks around them, "" where nothing is known."""
        return [known(cell) for cell in self.cells(role)]


def text_table(
    where: TableLike, kind: str, *, connection: ibis.BaseBackend, said: Mapping[str, Sequence[str]] | None = None
) -> TextTable:
    """Return the table at `where` as texts, with the roles of `kind` (a key of `HEADINGS`).

    `said` gives headings by role, which go before the usual ones. Raises `MappingError` where the column that makes
    the table what it is cannot be told.
    """
    raw = opened(where, connection, lazy=False)
    by_role = _by_role(raw.headings, kind, said or {})
    if REQUIRED[kind] not in by_role:
        usual = HEADINGS[kind][REQUIRED[kind]].replace("; ", ", ")
        raw.drop()
        raise MappingError(
            Mistake(
                f"no column of {kind} could be told to hold the {REQUIRED[kind]}",
                raw.name,
                ", ".join(raw.headings[:10]),
                f"a heading such as {usual}",
                f"Rename the column to '{REQUIRED[kind]}', or name it under [columns] in a file for --map.",
            )
        )
    place = {role: raw.headings.index(heading) for role, heading in by_role.items()}
    picked = ", ".join(f"CAST(c{n} AS VARCHAR)" for n in place.values())
    found = rows(connection, f"SELECT {picked} FROM {raw.relation}", f"reading {raw.name}")
    raw.drop()
    columns = {role: [row[n] for row in found] for n, role in enumerate(place)}
    return TextTable(raw.name, len(found), columns, by_role, raw.place_of_row, raw.warnings)


def known(cell: str | None) -> str:
    """Return a cell without blanks around it, "" where it says that nothing is known.

    >>> known("  Acme "), known("n/a"), known(None)
    ('Acme', '', '')
    """
    word = (cell or "").strip(BLANKS)
    return "" if word.casefold() in MISSING else word


def days(cells: Sequence[str]) -> tuple[list[date | None], int]:
    """Return the day that each cell names, and how many cells name one that could not be read.

    Of days written as two numbers and a year, day and month are told apart by the whole column; where it leaves that
    open they stay unknown.

    >>> days(["2024-05-31T10:00:00Z", "31/05/2024", "01/02/2024", "soon"])
    ([datetime.date(2024, 5, 31), datetime.date(2024, 5, 31), datetime.date(2024, 2, 1), None], 1)
    """
    numbers = [re.match(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})\b", cell) for cell in cells]
    day_first = any(m and int(m[1]) > 12 for m in numbers)
    month_first = any(m and int(m[2]) > 12 for m in numbers)
    found: list[date | None] = []
    for cell, match in zip(cells, numbers, strict=True):
        if match and day_first != month_first:
            first, second, year = int(match[1]), int(match[2]), int(match[3])
            month, on = (second, first) if day_first else (first, second)
            found.append(_day(year + 2000 if year < 100 else year, month, on))
        else:
            found.append(None if match else _written_day(cell))
    return found, sum(day is None and bool(cell) for day, cell in zip(found, cells, strict=True))


def _written_day(cell: str) -> date | None:
    iso = re.match(r"(\d{4})-(\d{2})-(\d{2})", cell)
    if iso:
        return _day(int(iso[1]), int(iso[2]), int(iso[3]))
    plain = re.sub(r"[,]|(?<=\d)(?:st|nd|rd|th)\b", " ", cell.split("T", maxsplit=1)[0])
    plain = re.sub(r"\s+\d{1,2}:\d{2}.*$", "", " ".join(plain.split()))
    for form in _DAY_FORMS:
        try:
            return datetime.strptime(plain, form).date()
        except ValueError:
            continue
    return None


def _day(year: int, month: int, on: int) -> date | None:
    try:
        return date(year, month, on)
    except ValueError:
        return None


def _by_role(headings: Sequence[str], kind: str, said: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return the heading of each role: what was said first, then the most telling usual heading that is still free."""
    chosen: dict[str, str] = {}
    for role in HEADINGS[kind]:
        asked = [h for h in headings if h.casefold() in {s.strip().casefold() for s in said.get(role, ())}]
        if asked:
            chosen[role] = asked[0]
    for role, usual in HEADINGS[kind].items():
        if role in chosen:
            continue
        free = {phrase(h): h for h in reversed(headings) if h not in chosen.values()}
        name = next((name for name in usual.split("; ") if name in free), None)
        if name is not None:
            chosen[role] = free[name]
    return chosen
