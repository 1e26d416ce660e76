"""What is kept beside the ledger, held against it: each lead's status and owner, and that no entry is missing."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from idealfit.route.ledger import LeadRow
    from idealfit.route.state import Entry

STATUS_AFTER = {
    "lead": "new",
    "reopened": "new",
    "assigned": "assigned",
    "waiting": "waiting",
    "queued": "queued",
    "ended": "ended",
    "accepted": "accepted",
    "merged": "merged",
    "closed": "closed",
}
NOBODYS = ("lead", "reopened", "waiting", "queued", "ended", "declined", "reassigned", "merged")


@dataclass
class Checked:
    """How many entries and leads there are, and every place where they do not agree, in words."""

    entries: int = 0
    leads: int = 0
    wrong: list[str] = field(default_factory=list)


def check(entries: Iterable[Entry], rows: Iterable[LeadRow]) -> Checked:
    """Return whether the rows of leads are what the entries add up to; `entries` from the first."""
    found = Checked()
    after: dict[str, tuple[str, str | None]] = {}
    for entry in entries:
        found.entries += 1
        if entry.seq != found.entries:
            found.wrong.append(f"entry {found.entries} is missing: {entry.seq} comes in its place")
            found.entries = entry.seq
        if entry.lead is not None:
            after[entry.lead] = _after(entry, *after.get(entry.lead, ("nothing", None)))
    for row in rows:
        found.leads += 1
        by_ledger = after.pop(row.id, None)
        if by_ledger is None:
            found.wrong.append(f"lead {row.id} is not in the ledger")
        elif by_ledger != (row.status, row.owner):
            told = f"{row.status}, owner {row.owner}; by the ledger it is {by_ledger[0]}, owner {by_ledger[1]}"
            found.wrong.append(f"lead {row.id} is kept as {told}")
    found.wrong += [f"lead {lead} is in the ledger only" for lead in after]
    return found


def _after(entry: Entry, status: str, owner: str | None) -> tuple[str, str | None]:
    if entry.kind == "assigned":
        owner = entry.rep
    elif entry.kind in NOBODYS or (entry.kind == "lapsed" and not entry.body.get("kept")):
        owner = None
    return STATUS_AFTER.get(entry.kind, status), owner
