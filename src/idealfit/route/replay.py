"""The ledger made again: each decision in it is taken once more, from the state before it, and must fall the same."""

from __future__ import annotations

import gc
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from idealfit.route.deciding import decide
from idealfit.route.state import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from idealfit.route.answers import Value
    from idealfit.route.state import Entry

DECIDED = ("assigned", "waiting", "queued", "ended")
LEFT = ("lapsed", "declined", "reassigned")


@dataclass(frozen=True, slots=True)
class Difference:
    """A decision that would fall otherwise."""

    seq: int
    lead: str
    was: str
    would_be: str


@dataclass
class Replayed:
    """How many decisions were taken again, and which would fall otherwise. Those of people are not taken again."""

    entries: int = 0
    decisions: int = 0
    by_people: int = 0
    differences: list[Difference] = field(default_factory=list)


@dataclass(slots=True)
class _Lead:
    facts: dict[str, Value]
    tried: list[str] = field(default_factory=list)
    lapses: int = 0


def replay(entries: Iterable[Entry]) -> Replayed:
    """Return what comes of deciding everything in a ledger again; `entries` from the first."""
    collects = gc.isenabled()
    gc.disable()  # nothing here holds itself, and looking for what does would take a third of the time
    try:
        return _replayed(entries)
    finally:
        if collects:
            gc.enable()


def _replayed(entries: Iterable[Entry]) -> Replayed:
    state, found = State(), Replayed()
    leads: dict[str, _Lead] = {}
    for entry in entries:
        found.entries += 1
        if entry.kind in ("lead", "reopened") and entry.lead:
            leads[entry.lead] = _Lead(entry.body["facts"])
        elif entry.kind in LEFT and entry.lead and entry.rep and not entry.body.get("kept"):
            leads[entry.lead].tried.append(entry.rep)
            leads[entry.lead].lapses += entry.kind == "lapsed"
        elif entry.kind in DECIDED and entry.lead:
            if entry.body.get("override"):
                found.by_people += 1
            else:
                found.decisions += 1
                lead = leads[entry.lead]
                again = decide(state, lead.facts, entry.at, tried=lead.tried, lapses=lead.lapses)
                was, would_be = (entry.kind, entry.rep, entry.body["how"]), (again.kind, again.rep, again.how)
                if was != would_be:
                    told = Difference(entry.seq, entry.lead, f"{was[0]}: {was[2]}", f"{again.kind}: {again.how}")
                    found.differences.append(told)
        state.apply(entry)
    return found
