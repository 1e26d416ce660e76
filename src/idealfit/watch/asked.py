"""What a source is given to ask with, and what it gives back."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Literal

from idealfit.watch.fetching import Fetched, Fetcher, Known

if TYPE_CHECKING:
    from idealfit.watch.keeping import Kept
    from idealfit.watch.mentions import Mention
    from idealfit.watch.technologies import Rules

State = Literal["ok", "unchanged", "empty", "unknown", "failed", "nothing to ask"]
"""What came of asking: ``empty`` is a board without postings, ``unknown`` one that does not exist, ``failed`` tells
nothing about the company; ``nothing to ask`` means that the company has no such trace that we know of."""


@dataclass(frozen=True)
class Asked:
    """What a source asks with: the fetcher, the time, where things are, and what the source remembered.

    `addresses` replace the usual ones by name (as tests do). `known` tells what is kept of an address, `kept` gives the
    page. `shared` gives what many companies have in common (a press wire), fetched once for all of them, and whether it
    was fetched just now. `names` allows people's names in what is told; without it, only roles are.
    """

    fetcher: Fetcher
    now: datetime
    snapshot: Mapping[str, Any] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    known: Callable[[str], Known] = lambda _url: Known()
    kept: Callable[[str], Kept | None] = lambda _url: None
    shared: Callable[[str], tuple[Fetched, bool]] | None = None
    rules: Rules | None = None
    names: bool = False
    wires: tuple[str, ...] = ()
    resolver: Callable[[str, str], list[str]] | None = None

    @property
    def today(self) -> date:
        """The day of asking."""
        return self.now.date()

    def doubt_since(self, looked_on: str | None) -> dict[str, str]:
        """Return what is known of the day of something that was not so at the last look, as a fact to tell with it."""
        known = looked_on is not None and looked_on <= self.today.isoformat()  # a clock may have run ahead then
        return {"doubt": f"between {looked_on} and {self.today}"} if known else {}

    def fetch(self, url: str, *, for_programs: bool = False, read: Collection[str] = ()) -> Fetched:
        """Return what came of fetching an address. It need not be sent again if it is one of the bodies in `read`.

        Those are the hashes of what this source took in to the end: whatever it could not read, or was not done with
        when it was interrupted, is sent once more.
        """
        known = self.known(url) if any(read) else Known()
        return self.fetcher.fetch(
            url, known if known.sha256 and known.sha256 in read else None, for_programs=for_programs
        )


@dataclass(frozen=True)
class Found:
    """What a source found: its state, in words why, what was told, what was fetched, and what to remember."""

    state: State
    note: str = ""
    mentions: tuple[Mention, ...] = ()
    answers: tuple[Fetched, ...] = field(default=(), repr=False)
    snapshot: Mapping[str, Any] | None = None
