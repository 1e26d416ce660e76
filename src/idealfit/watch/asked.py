"""What a source is given to ask with, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from idealfit.watch.fetching import Fetched, Fetcher, Known

if TYPE_CHECKING:
    from idealfit.watch.mentions import Mention
    from idealfit.watch.technologies import Rules

State = Literal["ok", "unchanged", "empty", "unknown", "failed", "nothing to ask"]
"""What came of asking: ``empty`` is a board without postings, ``unknown`` one that does not exist, ``failed`` tells
nothing about the company; ``nothing to ask`` means that the company has no such trace that we know of."""


@dataclass(frozen=True)
class Asked:
    """What a source asks with: the fetcher, the time, where things are, and what the source remembered.

    `addresses` replace the usual ones by name (as tests do). `known` tells what is kept of an address. `names` allows
    people's names in what is told; without it, only roles are. `seen_from` is the day we began to watch the company.
    """

    fetcher: Fetcher
    now: datetime
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    known: Callable[[str], Known] = lambda _url: Known()
    rules: Rules | None = None
    names: bool = False
    wires: tuple[str, ...] = ()
    resolver: Callable[[str, str], list[str]] | None = None

    @property
    def today(self) -> date:
        """The day of asking."""
        return self.now.date()

    def fetch(self, url: str, *, for_programs: bool = False, again: bool = False) -> Fetched:
        """Return what came of fetching an address; `again` has it sent even if nothing changed."""
        return self.fetcher.fetch(url, None if again else self.known(url), for_programs=for_programs)


@dataclass(frozen=True)
class Found:
    """What a source found: its state, in words why, what was told, what was fetched, and what to remember."""

    state: State
    note: str = ""
    mentions: tuple[Mention, ...] = ()
    answers: tuple[Fetched, ...] = field(default=(), repr=False)
    snapshot: Mapping[str, Any] | None = None
