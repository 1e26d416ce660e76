"""A run: every check that is due, claimed, done by a few workers, and written down with all that it found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any

from idealfit.watch import claims, told_events
from idealfit.watch.asked import Asked, Found
from idealfit.watch.erasing import forget_names
from idealfit.watch.keeping import Packed, keep_in, known, latest, pack
from idealfit.watch.timing import stale

if TYPE_CHECKING:
    from idealfit.profile.sections import Trigger
    from idealfit.store import Store
    from idealfit.watch.claims import Check
    from idealfit.watch.events import Event
    from idealfit.watch.fetching import Fetched, Fetcher
    from idealfit.watch.sources import SignalSource
    from idealfit.watch.technologies import Rules

WORKERS = 8


@dataclass(frozen=True)
class Settings:
    """How a run asks: what replaces usual addresses, press wires, technology rules, whether people's names are kept.

    Names, where they are kept, are for `names_days`; then what remains is the role.
    """

    addresses: Mapping[str, str] = field(default_factory=dict)
    wires: tuple[str, ...] = ()
    rules: Rules | None = None
    names: bool = False
    names_days: int = 180
    workers: int = WORKERS
    resolver: Callable[[str, str], list[str]] | None = None


@dataclass(frozen=True)
class Run:
    """What a run did: its number, checks by state, events that are new, companies that entered, and what left.

    `strangers` are companies that a table of events names and nobody watches.
    """

    number: int
    checks: Mapping[str, int]
    fresh: tuple[Event, ...]
    entered: tuple[str, ...]
    left: Mapping[str, str]
    log: tuple[Mapping[str, Any], ...] = ()
    strangers: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {
            "run": self.number,
            "checks": dict(self.checks),
            "events": [event_as_json(event) for event in self.fresh],
            "entered": list(self.entered),
            "left": dict(self.left),
            "strangers": list(self.strangers),
            "log": [{**line, "at": line["at"].isoformat()} for line in self.log],
        }


def event_as_json(event: Event) -> dict[str, Any]:
    """Return an event as plain values, with the mention that proves it best."""
    best = event.best
    return {
        "id": event.id, "company": event.company, "kind": event.kind, "summary": event.summary,
        "happened_on": event.happened_on.isoformat() if event.happened_on else None,
        "first_seen_at": event.first_seen_at.isoformat(), "sources": list(event.sources), "facts": dict(event.facts),
        "conflicts": list(event.conflicts), "quote": best.quote, "url": best.url, "sha256": best.sha256,
    }  # fmt: skip


def run(
    store: Store,
    fetcher: Fetcher,
    sources: Mapping[str, SignalSource],
    settings: Settings,
    triggers: Iterable[Trigger],
    *,
    now: Callable[[], datetime],
    entered: tuple[str, ...] = (),
    given: tuple[Event, ...] = (),
    strangers: tuple[str, ...] = (),
    progress: Callable[[str, float], None] = lambda _words, _share: None,
) -> Run:
    """Do every check that is due and return what came of it. Killed at any moment, a later run goes on where it was.

    `entered`, `given` (events of the user's own) and `strangers` came before the checks, and are told with them.
    """
    number = claims.begin_run(store, now())
    shared = _Shared(fetcher)
    with store.transaction("reading which names are kept out", writes=False) as connection:
        marks = told_events.suppressed(connection)
    states: Counter[str] = Counter()
    fresh: list[Event] = list(given)
    with ThreadPoolExecutor(max_workers=settings.workers) as workers:
        ahead: set[Future[_Answered]] = set()
        while True:
            room = 2 * settings.workers - len(ahead)
            claimed = claims.claim(store, sources, now(), room) if room >= settings.workers or not ahead else []
            for check in claimed:
                ahead.add(
                    workers.submit(
                        _ask,
                        store,
                        fetcher,
                        sources[check.source],
                        settings,
                        check=check,
                        now=now(),
                        shared=shared,
                        marks=marks,
                    )
                )
            if not ahead:
                break
            done, ahead = wait(ahead, return_when=FIRST_COMPLETED)
            answered = [finished.result() for finished in done]
            fresh += _write_down(store, sources, answered, number, now)
            states.update(one.found.state for one in answered)
            total = sum(states.values())
            progress(f"{total} checks done, {len(fresh)} new events", total / (total + len(ahead) + 1))
    wanted = tuple(triggers)
    gone: dict[str, str] = {}
    for seen in told_events.live_in_parts(store):
        gone |= stale(wanted, seen, now().date())
    told_events.let_go(store, gone, now())
    forget_names(store, now().date() - timedelta(days=settings.names_days if settings.names else 0))
    claims.end_run(store, number, now(), {**states, "events": len(fresh), "left": len(gone)})
    return Run(number, states, tuple(fresh), entered, gone, tuple(claims.log_of(store, number)), strangers)


class _Shared:
    """What a run fetches once for all companies; whoever asks first is told that it was fetched just now."""

    def __init__(self, fetcher: Fetcher) -> None:
        self._fetcher = fetcher
        self._held: dict[str, Fetched] = {}
        self._one = Lock()

    def __call__(self, url: str) -> tuple[Fetched, bool]:
        with self._one:
            fresh = url not in self._held
            if fresh:
                self._held[url] = self._fetcher.fetch(url)
            return self._held[url], fresh


@dataclass(frozen=True)
class _Answered:
    check: Check
    found: Found
    packed: tuple[Packed, ...]


def _ask(
    store: Store,
    fetcher: Fetcher,
    source: SignalSource,
    settings: Settings,
    *,
    check: Check,
    now: datetime,
    shared: Callable[[str], tuple[Fetched, bool]],
    marks: frozenset[str],
) -> _Answered:
    """Ask one source about one company, in a thread of its own; nothing is written here."""
    asked = Asked(
        fetcher, now, check.snapshot, settings.addresses, lambda url: known(store, url), lambda url: latest(store, url),
        shared, settings.rules, settings.names,
        settings.wires, settings.resolver,
    )  # fmt: skip
    try:
        found = source.ask(check.watched, asked)
    except Exception as error:  # noqa: BLE001  one source's bug must not stop the others; the log names it
        found = Found("failed", f"a bug in the source {source.name}: {type(error).__name__}: {error}"[:300])
    if not settings.names:
        found = replace(found, mentions=tuple(replace(m, facts=_no_names(m.facts)) for m in found.mentions))
    return _Answered(check, found, tuple(pack(answer, marks) for answer in found.answers))


def _write_down(
    store: Store,
    sources: Mapping[str, SignalSource],
    answered: Iterable[_Answered],
    run: int,
    now: Callable[[], datetime],
) -> list[Event]:
    """Write down checks with all that they found, in one transaction; one writer, so that none waits for another."""
    fresh: list[Event] = []
    with store.transaction("writing down checks") as connection:
        for one in sorted(answered, key=lambda a: a.check.watched.company):  # in one order: locks are taken alike
            found, every = one.found, sources[one.check.source].every
            keep_in(connection, store, one.packed)
            fresh += claims.finish(
                connection, store, one.check, run=run, now=now(), every=every, state=found.state, note=found.note,
                failed=found.state == "failed", mentions=found.mentions, snapshot=found.snapshot,
            )  # fmt: skip
    return fresh


def _no_names(facts: Mapping[str, str]) -> dict[str, str]:
    return {name: value for name, value in facts.items() if name not in ("person", "people")}


def precision(seen: Iterable[told_events.Seen]) -> dict[str, tuple[int, int]]:
    """Return, per source, how many of its judged events were right: confirmed or corrected, of all judged."""
    found: dict[str, tuple[int, int]] = {}
    for one in seen:
        if one.judgement:
            for source in one.event.sources:
                right, judged = found.get(source, (0, 0))
                found[source] = (right + (one.state != "dismissed"), judged + 1)
    return dict(sorted(found.items()))


def day_or_none(text: str) -> date | None:
    """Return the day that a cell of a table of events names, or None."""
    try:
        return date.fromisoformat(text.strip()[:10])
    except ValueError:
        return None
