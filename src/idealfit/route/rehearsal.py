"""The desk without a database: the same acts on a ledger in memory, for simulations."""

from __future__ import annotations

import heapq
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from idealfit.route.ledger import LeadRow
from idealfit.route.state import Entry, State

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

Done = TypeVar("Done")


class Rehearsal:
    """Takes the place of `acts.Acts`, and of a session, for one worker. Entries are handed to `heard` and not kept."""

    def __init__(self, clock: Callable[[], datetime], heard: Callable[[Entry], None]) -> None:
        self.state = State()
        self.actor = ""
        self._clock = clock
        self._heard = heard
        self._rows: dict[str, LeadRow] = {}
        self._keys: dict[str, str] = {}
        self._due: list[tuple[datetime, str]] = []

    @property
    def at(self) -> datetime:
        """Return the moment of the act."""
        return max(self._clock(), self.state.clock)

    def do(self, _about: str, actor: str, act: Callable[[Any], Done]) -> Done:
        """Return what an act came to."""
        self.actor = actor
        return act(self)

    def begin(self, about: str, actor: str, act: Callable[[Any], Done], *, keys: Sequence[str] = ()) -> Future[Done]:
        """Return what will be what an act came to: it has been done."""
        coming: Future[Done] = Future()
        coming.set_result(self.do(about, actor, act))
        return coming

    @contextmanager
    def looking(self, _about: str) -> Iterator[Any]:
        """Yield the ledger as it is now."""
        yield self

    def add(self, kind: str, *, lead: str | None = None, rep: str | None = None, **body: Any) -> Entry:  # noqa: ANN401
        """Add an entry."""
        entry = Entry(self.state.seq + 1, self.at, kind, lead, rep, self.actor, body)
        self.state.apply(entry)
        self._heard(entry)
        return entry

    def lead_of(self, keys: Sequence[str]) -> str | None:
        """Return the lead that is known by any of these keys."""
        return next((self._keys[key] for key in keys if key in self._keys), None)

    def remember(self, keys: Sequence[str], lead: str) -> None:
        """Let a lead be known by these keys."""
        for key in keys:
            self._keys.setdefault(key, lead)

    def lead(self, name: str) -> LeadRow | None:
        """Return what is known of a lead now."""
        return self._rows.get(name)

    def put(self, row: LeadRow) -> None:
        """Let this be what is known of a lead now."""
        self._rows[row.id] = row
        if row.look_at is not None:
            heapq.heappush(self._due, (row.look_at, row.id))

    def due(self, limit: int) -> list[LeadRow]:
        """Return leads that are to be looked at, the longest due first."""
        found: list[LeadRow] = []
        while self._due and self._due[0][0] <= self.at and len(found) < limit:
            moment, name = heapq.heappop(self._due)
            row = self._rows.get(name)
            if row is not None and row.look_at == moment and row not in found:
                found.append(row)
        return found

    def next_due(self) -> datetime | None:
        """Return when the next lead is to be looked at."""
        while self._due:
            moment, name = self._due[0]
            if self._rows[name].look_at == moment:
                return moment
            heapq.heappop(self._due)
        return None

    def forget(self, lead: str) -> None:
        """Forget a lead that is done with."""
        self._rows.pop(lead, None)
