"""Why now, put to work: watch, inbox, judge, shortlist, brief, erase."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import nullcontext
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa

from idealfit.briefs.one_page import one_page
from idealfit.briefs.writing import Brief, as_html, as_markdown
from idealfit.briefs.writing import brief as brief_on
from idealfit.errors import InputError, Mistake
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import as_day, as_profile, quiet
from idealfit.pipeline.own_events import Recorded, record
from idealfit.pipeline.scoring import score
from idealfit.pipeline.watch_inputs import companies_in, rows_in, settings_in
from idealfit.shortlist import ORDER, Shortlist
from idealfit.shortlist import shortlist as in_order
from idealfit.store import Store, open_store
from idealfit.watch import claims, erasing, told_events
from idealfit.watch.fetching import Fetcher
from idealfit.watch.keeping import PAGES
from idealfit.watch.running import Run, day_or_none, event_as_json, precision
from idealfit.watch.running import run as one_run
from idealfit.watch.sources import chosen
from idealfit.watch.timing import Timing, timing
from idealfit.watch.told_events import Judgement, Seen
from idealfit.watch.watch_tables import WATCH, Watched

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.pipeline.inputs import Day, Table
    from idealfit.profile.document import Profile

_STATES = ("new", "confirmed", "corrected", "dismissed", "left", "all")


def watch(
    companies: Table,
    store: str | Path,
    *,
    profile: Profile | str | Path | None = None,
    sources: Sequence[str] = (),
    events: Table | None = None,
    settings: str | Path | Mapping[str, Any] | None = None,
    least: str = "",
    id: str | None = None,
    contact: str = "",
    private: Sequence[str] = (),
    now: Callable[[], datetime] = lambda: datetime.now(UTC),
    fetcher: Fetcher | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Run:
    """Look after companies once: every check that is due at every source, and what it found written down.

    With a `profile`, only companies of its tier `least` or better are watched, and its triggers say what is stale.
    `events` is a table of events of your own. `settings` is a TOML file or its values. Returns what the run did.
    """
    loaded = as_profile(profile) if profile is not None else None
    told = settings_in(settings)
    wanted = chosen(sources or told.sources)
    listed = companies_in(companies, id)
    if loaded is not None:
        listed = _worth_watching(loaded, companies, listed, least, id)
    contact = contact or told.contact
    with open_store(store, PAGES, WATCH) as opened:
        given = Recorded()
        entered = claims.enter(opened, listed, {name: source.every for name, source in wanted.items()}, now())
        if events is not None:
            progress("reading events", 0.05)
            source = Path(events).name if isinstance(events, str | Path) else "table"
            given = record(opened, rows_in(events, None), listed, now(), source)
        asking = fetcher or Fetcher(contact=contact, private=private or told.private, now=now)
        try:
            return one_run(
                opened, asking, wanted, told.how, loaded.triggers if loaded else (), now=now, entered=entered,
                given=given.fresh, strangers=given.strangers, progress=progress,
            )  # fmt: skip
        finally:
            if fetcher is None:
                asking.close()


def record_events(
    store: str | Path | Store, rows: Iterable[Mapping[str, Any]], source: str, *, now: datetime | None = None
) -> int:
    """Add events that a webhook or another program tells; return how many are new.

    A row has ``company`` and ``kind``, and may have ``happened_on``, ``summary``, ``url``, ``quote``, ``id`` and
    ``source``, which goes before `source`.
    A store that is open is used as it is, and stays open.
    """
    with nullcontext(store) if isinstance(store, Store) else open_store(store) as opened:
        opened.prepare(PAGES, WATCH)
        return len(record(opened, list(rows), claims.watched_companies(opened), now or datetime.now(UTC), source).fresh)


def inbox(
    store: str | Path, *, state: str = "new", company: str | None = None
) -> tuple[list[Seen], dict[str, tuple[int, int]]]:
    """Return the events in a state (``new``, ``confirmed``, ``corrected``, ``dismissed``, ``left``, or ``all``).

    With them, how many of each source's judged events were right, of how many.
    """
    if state not in _STATES:
        raise InputError(Mistake("an event has no such state", "--state", state, ", ".join(_STATES)))
    with open_store(store, PAGES, WATCH) as opened:
        every = told_events.seen(opened)
    shown = [s for s in every if state in ("all", s.state) and company in (None, s.event.company)]
    return shown, precision(every)


def watch_log(store: str | Path, which: str = "all") -> tuple[list[claims.PastRun], list[dict[str, Any]]]:
    """Return the past runs, newest first; with ``last`` or a number, that run and the lines of its log."""
    if which not in ("all", "last") and not which.isdecimal():
        raise InputError(Mistake("this is no run", "--log", which, "all, last, or the number of a run"))
    with open_store(store, PAGES, WATCH) as opened:
        runs = claims.past_runs(opened, int(which) if which.isdecimal() else None, 1 if which == "last" else 20)
        if not runs:
            what = "there was no such run" if which.isdecimal() else "nothing was watched yet"
            raise InputError(Mistake(what, str(store), which, next_step="'idealfit watch --log all' lists the runs."))
        return runs, [] if which == "all" else claims.log_of(opened, runs[0].number, 10_000)


def judge(
    store: str | Path,
    event: str,
    judged: told_events.Judged,
    reason: str,
    *,
    by: str = "",
    corrected: Mapping[str, str] | None = None,
    now: datetime | None = None,
) -> Seen:
    """Keep what a person says of an event, and why; return the event as it is seen now.

    `event` is an id or the beginning of one. `corrected` replaces ``kind``, ``happened_on``, ``summary`` or a fact.
    """
    if not reason.strip():
        raise InputError(Mistake("a judgement needs a reason", next_step="Say why, with --because."))
    changed = dict(corrected or {})
    if "happened_on" in changed and day_or_none(changed["happened_on"]) is None:
        raise InputError(Mistake("this is not a day", "happened_on", changed["happened_on"], "year-month-day"))
    if judged == "corrected" and not changed:
        raise InputError(Mistake("nothing is corrected", next_step="Say what, as in --set happened_on=2026-03-01."))
    with open_store(store, PAGES, WATCH) as opened:
        found = told_events.seen(opened, event=event)
        if len(found) != 1:
            what = "there is no such event" if not found else f"{len(found)} events begin like this"
            raise InputError(Mistake(what, found=event, next_step="'idealfit inbox list' shows them."))
        one = found[0].event.id
        told_events.judge(opened, Judgement(one, judged, reason, by, now or datetime.now(UTC), changed))
        return told_events.seen(opened, event=one)[0]


def shortlist(
    profile: Profile | str | Path,
    companies: Table,
    store: str | Path,
    *,
    id: str | None = None,
    as_of: Day = None,
    least: str = "C3",
    progress: Callable[[str, float], None] = quiet,
) -> tuple[Shortlist, dict[str, Timing]]:
    """Return companies by fit and timing, side by side, and the timing of each with its events."""
    loaded = as_profile(profile)
    today = as_day(as_of) or datetime.now(UTC).date()
    if least not in ORDER:
        raise InputError(Mistake("the grid has no such place", "--least", least, ", ".join(ORDER)))
    progress("scoring", 0.2)
    listed = companies_in(companies, id)
    scores = [dict(row) for row in _scored(loaded, companies, listed, id, today)]
    progress("weighing events", 0.7)
    moments = moments_of(store, loaded, today)
    names = {one.company: one.name for one in listed}
    return in_order(loaded, scores, moments, names=names, least=least), moments


def moments_of(store: str | Path, profile: Profile, today: date) -> dict[str, Timing]:
    """Return the timing of every company with events."""
    with open_store(store, PAGES, WATCH) as opened:
        by_company: dict[str, list[Seen]] = {}
        for one in told_events.seen(opened, live=True):
            by_company.setdefault(one.event.company, []).append(one)
    return {company: timing(company, profile.triggers, seen, today) for company, seen in by_company.items()}


def brief(
    company: str,
    profile: Profile | str | Path,
    companies: Table,
    store: str | Path,
    *,
    id: str | None = None,
    as_of: Day = None,
    full: bool = False,
) -> Brief:
    """Return the brief on one company: why this one, why now, who, what to say; every line with its source.

    It has the lines that one sheet holds, the most important first; with `full`, all of them.
    """
    loaded = as_profile(profile)
    today = as_day(as_of) or datetime.now(UTC).date()
    found, moments = shortlist(loaded, companies, store, id=id, as_of=today)
    wanted = company.casefold().strip()
    row = next((r for r in found.rows if wanted in (r.company.casefold(), r.name.casefold())), None)
    if row is None:
        why = next((f"it was left out: {w}" for c, w in found.left_out.items() if c.casefold() == wanted), "")
        raise InputError(Mistake(why or "this company is not in the table", found=company))
    with open_store(store, PAGES, WATCH) as opened:
        seen = told_events.seen(opened, row.company)
    whole = brief_on(loaded, row, moments.get(row.company), seen, today)
    return whole if full else one_page(whole)


def brief_to_file(one: Brief, path: str | Path) -> int:
    """Write a brief to a file, ``.html`` or ``.md``, and return its size in bytes."""
    text = as_html(one) if str(path).lower().endswith((".html", ".htm")) else as_markdown(one)
    write_text(path, text)
    return len(text.encode())


def erase(store: str | Path, person: str) -> int:
    """Remove a person's name from everything that was told; return in how many places it stood."""
    if len(person.strip()) < 3:
        raise InputError(Mistake("this is too short to be a name", found=person))
    with open_store(store, PAGES, WATCH) as opened:
        return erasing.erase(opened, person.strip(), datetime.now(UTC))


def _scored(
    profile: Profile, companies: Table, listed: Sequence[Watched], id: str | None, today: date
) -> list[dict[str, Any]]:
    """Return the scores of companies, each under the name that it is watched by."""
    scores = score(profile, companies, id=id, as_of=today)
    if isinstance(scores, pd.DataFrame):
        rows = scores.to_dict("records")
    else:
        rows = (scores if isinstance(scores, pa.Table) else scores.to_pyarrow()).to_pylist()
    known = {one.company for one in listed}
    if rows and not any(str(row["id"]) in known for row in rows) and len(rows) == len(listed):
        rows = [{**row, "id": one.company} for row, one in zip(rows, listed, strict=True)]
    return [{str(k): v for k, v in row.items()} for row in rows]


def _worth_watching(
    profile: Profile, companies: Table, listed: list[Watched], least: str, id: str | None
) -> list[Watched]:
    """Return the companies of a tier or better, each with its tier."""
    tiers = [tier.name for tier in profile.tiers]
    if least and least not in tiers:
        raise InputError(Mistake("the profile has no such tier", "--least", least, ", ".join(tiers)))
    allowed = tiers[: tiers.index(least) + 1] if least else tiers or ["unranked"]
    tier_of = {
        str(row["id"]): str(row["tier"]) for row in _scored(profile, companies, listed, id, datetime.now(UTC).date())
    }
    return [
        Watched(one.company, one.name, one.domain, one.known_as, tier_of[one.company])
        for one in listed
        if tier_of.get(one.company) in allowed
    ]


__all__ = [
    "brief",
    "brief_to_file",
    "erase",
    "event_as_json",
    "inbox",
    "judge",
    "record_events",
    "shortlist",
    "watch",
    "watch_log",
]
