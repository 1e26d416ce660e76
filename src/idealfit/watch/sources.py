"""The door: whatever tells of events at companies, by name. Each says what it costs, its limits and its manners.

A source is asked about one company at a time and answers with mentions, what it fetched, and what it wants to remember
for the next time. An unknown board, an empty one and a fetch that failed are three different answers.

Other packages add sources through the entry point group ``idealfit.signal_sources``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from importlib.metadata import entry_points
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.watch import board_source, feed_sources, filing_source, record_source, site_source
from idealfit.watch.asked import Asked, Found

if TYPE_CHECKING:
    from idealfit.watch.watch_tables import Watched


@dataclass(frozen=True)
class SignalSource:
    """Something that tells of events: its name, the kinds it tells, how often it is asked, and its terms in words.

    `ask` is given a company and what is needed to ask (`Asked`), and returns what it found.
    """

    name: str
    kinds: tuple[str, ...]
    every: timedelta
    costs: str
    limits: str
    manners: str
    ask: Callable[[Watched, Asked], Found]
    on: bool = True
    needs: str = ""


_BUILT_IN = (
    SignalSource(
        "boards", ("job posted", "hiring growth", "hiring stopped"), timedelta(days=1),
        "free, no key", "all postings of a company in one answer, a hundred at SmartRecruiters",
        "documented for programs; Lever once a second, Workable once a second, others five times",
        board_source.ask, needs="boards, such as greenhouse:acme, or a domain with a careers page",
    ),
    SignalSource(
        "site", ("site change", "price change", "location added", "technology added", "technology removed",
                 "headcount growth", "headcount decline"),
        timedelta(days=3), "free", "up to a dozen pages of the company's own site",
        "robots.txt, a page a second", site_source.ask, needs="a domain",
    ),
    SignalSource(
        "records", ("technology added", "technology removed"), timedelta(days=14), "free",
        "MX and TXT records of the domain", "two questions to your own name server", record_source.ask,
        needs="a domain",
    ),
    SignalSource(
        "filings", ("funding", "new executive", "executive departure", "board change", "acquisition", "divestiture",
                    "layoffs", "restructuring", "bankruptcy", "change of control"),
        timedelta(days=1), "free", "companies that file in the United States; ten requests a second in all",
        "the SEC asks for a contact in the User-Agent and gets it", filing_source.ask, needs="a cik, and --contact",
    ),
    SignalSource(
        "feeds", ("funding", "product launch", "new executive", "expansion", "acquisition", "partnership", "layoffs"),
        timedelta(hours=6), "free", "RSS and Atom of the company's newsroom or blog, and of press wires you name",
        "robots.txt, unchanged feeds are not sent again", feed_sources.ask, needs="feeds, or a domain that names some",
    ),
    SignalSource(
        "headlines", ("funding", "new executive", "acquisition", "expansion", "product launch", "layoffs"),
        timedelta(days=1), "free, best effort", "no official interface; headlines only, at most a hundred",
        "once a day and company; off unless you switch it on", feed_sources.ask_headlines, on=False, needs="a name",
    ),
)  # fmt: skip


def signal_sources() -> dict[str, SignalSource]:
    """Return every source by name: the built-in ones, and those that other packages bring."""
    found = {source.name: source for source in _BUILT_IN}
    for entry in entry_points(group="idealfit.signal_sources"):
        source = entry.load()
        if isinstance(source, SignalSource):
            found.setdefault(source.name, source)
    return found


SIGNAL_SOURCES: Mapping[str, SignalSource] = signal_sources()
"""Every source by name."""


def chosen(
    names: Iterable[str] | None, sources: Mapping[str, SignalSource] = SIGNAL_SOURCES
) -> dict[str, SignalSource]:
    """Return the named sources, or those that are on by themselves; raises `InputError` for names there are none of."""
    if not names:
        return {name: source for name, source in sources.items() if source.on}
    wanted = list(names)
    wrong = [name for name in wanted if name not in sources]
    if wrong:
        raise InputError(*(Mistake("there is no such source", "--source", name, ", ".join(sources)) for name in wrong))
    return {name: sources[name] for name in wanted}
