"""The tables of watching: who is watched, what is due, what was told, what people said of it, what was sent.

A check is claimed for a while, done, and written down in one transaction with everything it found. Whoever is killed
in between leaves a claim that runs out; nothing half done is ever seen. Mentions and judgements are never changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa

from idealfit.store import Moment, Plain, Schema, Store
from idealfit.watch.events import Event, merge
from idealfit.watch.mentions import Mention
from idealfit.watch.rights import without_suppressed

Judged = Literal["confirmed", "corrected", "dismissed"]
"""What a person said of an event."""

TABLES = sa.MetaData()
_NUMBER = sa.BigInteger().with_variant(sa.Integer, "sqlite")
COMPANIES = sa.Table(
    "watch_companies",
    TABLES,
    sa.Column("company", sa.String(200), primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("domain", sa.String(255), nullable=False),
    sa.Column("known_as", Plain, nullable=False),  # boards, cik, feeds: where its traces are
    sa.Column("tier", sa.String(80), nullable=False),
    sa.Column("entered_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
)
CHECKS = sa.Table(
    "watch_checks",
    TABLES,
    sa.Column("company", sa.String(200), primary_key=True),
    sa.Column("source", sa.String(40), primary_key=True),
    sa.Column("due_at", Moment, nullable=False, index=True),
    sa.Column("claimed_until", Moment),
    sa.Column("checked_at", Moment),
    sa.Column("state", sa.String(24), nullable=False, default=""),
    sa.Column("note", sa.Text, nullable=False, default=""),
    sa.Column("failures", sa.Integer, nullable=False, default=0),
    sa.Column("snapshot", Plain),
)
MENTIONS = sa.Table(
    "watch_mentions",
    TABLES,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("event", sa.String(24), nullable=False, index=True),
    sa.Column("told", Plain, nullable=False),
)
EVENTS = sa.Table(
    "watch_events",
    TABLES,
    sa.Column("id", sa.String(24), primary_key=True),
    sa.Column("company", sa.String(200), nullable=False, index=True),
    sa.Column("kind", sa.String(60), nullable=False),
    sa.Column("first_seen_at", Moment, nullable=False),
    sa.Column("left_at", Moment),
    sa.Column("left_because", sa.Text, nullable=False, default=""),
)
JUDGEMENTS = sa.Table(
    "watch_judgements",
    TABLES,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("event", sa.String(24), nullable=False, index=True),
    sa.Column("judged", sa.String(12), nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.Text, nullable=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("corrected", Plain, nullable=False),
)
SENT = sa.Table(
    "watch_sent",
    TABLES,
    sa.Column("channel", sa.String(200), primary_key=True),
    sa.Column("thing", sa.String(120), primary_key=True),
    sa.Column("claimed_at", Moment, nullable=False),
    sa.Column("sent_at", Moment),
)
RUNS = sa.Table(
    "watch_runs",
    TABLES,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("began_at", Moment, nullable=False),
    sa.Column("ended_at", Moment),
    sa.Column("counts", Plain, nullable=False),
)
LOG = sa.Table(
    "watch_log",
    TABLES,
    sa.Column("id", _NUMBER, primary_key=True, autoincrement=True),
    sa.Column("run", _NUMBER, nullable=False, index=True),
    sa.Column("at", Moment, nullable=False),
    sa.Column("company", sa.String(200), nullable=False),
    sa.Column("source", sa.String(40), nullable=False),
    sa.Column("state", sa.String(24), nullable=False),
    sa.Column("words", sa.Text, nullable=False),
)
SUPPRESSED = sa.Table(
    "watch_suppressed", TABLES,
    sa.Column("fingerprint", sa.String(64), primary_key=True),  # of a person's name, which itself is not kept
    sa.Column("at", Moment, nullable=False),
)  # fmt: skip
WATCH = Schema("watch", TABLES)

LEASE = timedelta(minutes=10)
"""How long a check may take; then another worker takes it over."""

PATIENCE = timedelta(days=7)
"""The longest that a source which keeps failing is left alone."""


@dataclass(frozen=True)
class Watched:
    """A company that is watched: its key, its name and domain, where its traces are, and its tier by fit."""

    company: str
    name: str = ""
    domain: str = ""
    known_as: Mapping[str, Any] = field(default_factory=dict)
    tier: str = ""


@dataclass(frozen=True)
class Check:
    """A claimed check: of which company, at which source, and what the source showed last time."""

    watched: Watched
    source: str
    snapshot: Mapping[str, Any]
    checked_at: datetime | None
    failures: int


@dataclass(frozen=True)
class Judgement:
    """What a person said of an event: when, who, why, and what the event should have been."""

    event: str
    judged: Judged
    reason: str
    by: str
    at: datetime
    corrected: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Seen:
    """An event with what people said of it, and whether it has left because it is stale."""

    event: Event
    judgement: Judgement | None = None
    left_because: str = ""

    @property
    def state(self) -> str:
        """``new`` until somebody judges it; ``left`` where it went stale first."""
        if self.judgement:
            return self.judgement.judged
        return "left" if self.left_because else "new"

    @property
    def as_judged(self) -> Event:
        """The event as a person corrected it."""
        changed = dict(self.judgement.corrected) if self.judgement else {}
        day = changed.pop("happened_on", None)
        event = replace(self.event, happened_on=date.fromisoformat(day)) if day else self.event
        kind, summary = changed.pop("kind", event.kind), changed.pop("summary", event.summary)
        return replace(event, kind=kind, summary=summary, facts={**event.facts, **changed})


def enter(
    store: Store, companies: Sequence[Watched], sources: Mapping[str, timedelta], now: datetime
) -> tuple[str, ...]:
    """Watch exactly these companies from now on, at these sources; return those that are new, in order.

    Whoever is no longer among them leaves. A source's checks are spread over its interval, by the company's place.
    """
    with store.transaction("entering companies") as connection:
        there = {row.company: row for row in connection.execute(sa.select(COMPANIES))}
        fresh = [one for one in companies if one.company not in there or there[one.company].left_at is not None]
        for one in companies:
            row = {"name": one.name, "domain": one.domain, "known_as": dict(one.known_as), "tier": one.tier}
            if one.company in there:
                again = {"entered_at": now} if there[one.company].left_at is not None else {}
                connection.execute(
                    sa.update(COMPANIES).where(COMPANIES.c.company == one.company).values(**row, left_at=None, **again)
                )
            else:
                connection.execute(sa.insert(COMPANIES).values(company=one.company, entered_at=now, **row))
        rows = [
            {"company": one.company, "source": source, "due_at": now, "state": "", "note": "", "failures": 0}
            for one in companies
            for source in sources
        ]
        for start in range(0, len(rows), 500):
            connection.execute(store.insert(CHECKS).values(rows[start : start + 500]).on_conflict_do_nothing())
        named = {one.company for one in companies}
        for company in [company for company, row in there.items() if company not in named and row.left_at is None]:
            connection.execute(sa.update(COMPANIES).where(COMPANIES.c.company == company).values(left_at=now))
    return tuple(one.company for one in fresh)


def claim(store: Store, sources: Iterable[str], now: datetime, most: int = 20) -> list[Check]:
    """Claim up to `most` checks that are due, for as long as a lease; nobody else gets them meanwhile.

    A due time further ahead than any interval comes from a clock that ran ahead, and counts as due.
    """
    with store.transaction("claiming checks") as connection:
        rows = connection.execute(
            sa.select(CHECKS, COMPANIES.c.name, COMPANIES.c.domain, COMPANIES.c.known_as, COMPANIES.c.tier)
            .join(COMPANIES, COMPANIES.c.company == CHECKS.c.company)
            .where(
                COMPANIES.c.left_at.is_(None),
                CHECKS.c.source.in_(tuple(sources)),
                sa.or_(CHECKS.c.due_at <= now, CHECKS.c.due_at > now + 5 * PATIENCE),
                sa.or_(
                    CHECKS.c.claimed_until.is_(None),
                    CHECKS.c.claimed_until <= now,
                    CHECKS.c.claimed_until > now + 2 * LEASE,
                ),
            )
            .order_by(CHECKS.c.due_at, CHECKS.c.company, CHECKS.c.source)
            .limit(most)
            .with_for_update(skip_locked=True, of=CHECKS)
        ).all()
        for row in rows:
            connection.execute(
                sa.update(CHECKS)
                .where(CHECKS.c.company == row.company, CHECKS.c.source == row.source)
                .values(claimed_until=now + LEASE)
            )
    return [
        Check(
            Watched(row.company, row.name, row.domain, row.known_as, row.tier),
            row.source,
            row.snapshot or {},
            row.checked_at,
            row.failures,
        )
        for row in rows
    ]


def finish(
    connection: sa.Connection, store: Store, check: Check, *, run: int, now: datetime, every: timedelta, state: str,
    note: str, failed: bool, mentions: Iterable[Mention], snapshot: Mapping[str, Any] | None,
) -> list[Event]:  # fmt: skip
    """Write down all that a check found, within one transaction, and when it is due again; return events that are new.

    A source that fails is asked again later and later, up to `PATIENCE`.
    """
    fresh = put_together(connection, store, check.watched.company, mentions)
    failures = check.failures + 1 if failed else 0
    wait = min(every * 2 ** min(failures, 6), max(PATIENCE, every)) if failed else every
    values: dict[str, Any] = {
        "due_at": now + wait,
        "claimed_until": None,
        "checked_at": now,
        "state": state,
        "note": note,
        "failures": failures,
    }
    if snapshot is not None:
        values["snapshot"] = dict(snapshot)
    connection.execute(
        sa.update(CHECKS)
        .where(CHECKS.c.company == check.watched.company, CHECKS.c.source == check.source)
        .values(**values)
    )
    words = "; ".join(filter(None, (note, *(f"{e.kind}: {e.summary}" for e in fresh))))
    connection.execute(
        sa.insert(LOG).values(
            run=run, at=now, company=check.watched.company, source=check.source, state=state, words=words
        )
    )
    return fresh


def put_together(connection: sa.Connection, store: Store, company: str, mentions: Iterable[Mention]) -> list[Event]:
    """Add mentions to the events of a company; return the events that they began."""
    listed = [mention for mention in mentions if mention.company == company]
    if not listed:
        return []
    marks = suppressed(connection)
    listed = [without_suppressed(mention, marks) for mention in listed]
    if store.kind == "postgresql":  # two checks of one company at once must not begin one event twice
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(company))))
    before = _events(connection, EVENTS.c.company == company)
    after = merge(before.values(), listed)
    fresh = [event for name, event in after.items() if name not in before]
    for event in after.values():
        if event.id not in before:
            row = {
                "id": event.id,
                "company": company,
                "kind": event.kind,
                "first_seen_at": event.first_seen_at,
                "left_because": "",
            }
            connection.execute(store.insert(EVENTS).values(**row).on_conflict_do_nothing())
        told = {m.id for m in before[event.id].mentions} if event.id in before else set()
        for mention in event.mentions:
            if mention.id not in told:
                row = {"id": mention.id, "event": event.id, "told": _plain(mention)}
                connection.execute(store.insert(MENTIONS).values(**row).on_conflict_do_nothing())
    return fresh


def suppressed(connection: sa.Connection) -> frozenset[str]:
    """Return the fingerprints of the names that are kept out."""
    return frozenset(connection.scalars(sa.select(SUPPRESSED.c.fingerprint)))


def _plain(mention: Mention) -> dict[str, Any]:
    held = asdict(mention)
    held["seen_at"] = mention.seen_at.isoformat()
    held["happened_on"] = mention.happened_on.isoformat() if mention.happened_on else None
    return held


def _mention(held: Mapping[str, Any]) -> Mention:
    day = held["happened_on"]
    return Mention(
        **{
            **held,
            "seen_at": datetime.fromisoformat(held["seen_at"]),
            "happened_on": date.fromisoformat(day) if day else None,
        }
    )


def _events(connection: sa.Connection, where: sa.ColumnElement[bool]) -> dict[str, Event]:
    """Return events with their mentions, put together just as they were when each mention came."""
    rows = connection.execute(
        sa.select(MENTIONS.c.event, MENTIONS.c.told).join(EVENTS, EVENTS.c.id == MENTIONS.c.event).where(where)
    ).all()
    told: dict[str, list[Mention]] = {}
    for row in rows:
        told.setdefault(row.event, []).append(_mention(row.told))
    return {name: Event.of(name, mentions) for name, mentions in told.items()}


def seen(store: Store, company: str | None = None, event: str | None = None, *, live: bool = False) -> list[Seen]:
    """Return events with what people said of them, newest first; of one company, or one event, where asked for.

    With `live`, those that have left are left out.
    """
    where = sa.true() if company is None else EVENTS.c.company == company
    where = sa.and_(where, EVENTS.c.left_at.is_(None)) if live else where
    where = where if event is None else sa.and_(where, EVENTS.c.id.startswith(event, autoescape=True))
    return _seen(store, where)


def live_in_parts(store: Store, companies: int = 200) -> Iterator[list[Seen]]:
    """Yield the events that have not left, some companies at a time, so that memory does not grow with the table."""
    after = ""
    while True:
        with store.transaction("looking for companies with events", writes=False) as connection:
            names = connection.scalars(
                sa.select(EVENTS.c.company)
                .where(EVENTS.c.left_at.is_(None), EVENTS.c.company > after)
                .group_by(EVENTS.c.company)
                .order_by(EVENTS.c.company)
                .limit(companies)
            ).all()
        if not names:
            return
        yield _seen(store, sa.and_(EVENTS.c.left_at.is_(None), EVENTS.c.company > after, EVENTS.c.company <= names[-1]))
        after = names[-1]


def untold(store: Store, channel: str) -> list[Seen]:
    """Return the events that have not left and that a channel is not known to have been told, newest first."""
    told = sa.select(SENT.c.thing).where(SENT.c.channel == channel, SENT.c.sent_at.is_not(None))
    return _seen(store, sa.and_(EVENTS.c.left_at.is_(None), EVENTS.c.id.not_in(told)))


def newcomers(store: Store) -> list[tuple[Watched, datetime]]:
    """Return the companies that entered after the first ones, and when; the list that one starts with is no news."""
    first = sa.select(sa.func.min(COMPANIES.c.entered_at)).scalar_subquery()
    query = sa.select(COMPANIES).where(COMPANIES.c.left_at.is_(None), COMPANIES.c.entered_at > first)
    with store.transaction("reading who entered", writes=False) as connection:
        rows = connection.execute(query.order_by(COMPANIES.c.entered_at, COMPANIES.c.company)).all()
    return [(Watched(row.company, row.name, row.domain, row.known_as, row.tier), row.entered_at) for row in rows]


def _seen(store: Store, where: sa.ColumnElement[bool]) -> list[Seen]:
    with store.transaction("reading events", writes=False) as connection:
        events = _events(connection, where)
        rows = connection.execute(sa.select(EVENTS.c.id, EVENTS.c.left_because).where(where)).all()
        left = {row.id: row.left_because for row in rows}
        said: dict[str, Judgement] = {}
        judged = sa.select(JUDGEMENTS).join(EVENTS, EVENTS.c.id == JUDGEMENTS.c.event).where(where)
        for row in connection.execute(judged.order_by(JUDGEMENTS.c.id)):
            said[row.event] = Judgement(row.event, row.judged, row.reason, row.by, row.at, row.corrected)
    found = [Seen(one, said.get(name), left.get(name, "")) for name, one in events.items()]
    return sorted(found, key=lambda s: (s.event.first_seen_at, s.event.id), reverse=True)


def judge(store: Store, judgement: Judgement) -> None:
    """Keep what a person said of an event; earlier judgements stay, the last one counts."""
    with store.transaction("keeping a judgement") as connection:
        connection.execute(sa.insert(JUDGEMENTS).values(**{**vars(judgement), "corrected": dict(judgement.corrected)}))


def let_go(store: Store, stale: Mapping[str, str], now: datetime) -> None:
    """Let events leave, each with the reason; they stay in the tables, and out of every list."""
    with store.transaction("letting stale events go") as connection:
        for event, reason in stale.items():
            connection.execute(sa.update(EVENTS).where(EVENTS.c.id == event).values(left_at=now, left_because=reason))


def claim_sending(store: Store, channel: str, things: Iterable[str], now: datetime) -> list[str]:
    """Return those things that were never sent to a channel, claimed for being sent now by nobody else."""
    claimed = []
    with store.transaction("claiming what to send") as connection:
        for thing in things:
            row = {"channel": channel, "thing": thing, "claimed_at": now}
            if connection.execute(store.insert(SENT).values(**row).on_conflict_do_nothing()).rowcount:
                claimed.append(thing)
    return claimed


def mark_sent(store: Store, channel: str, things: Iterable[str], now: datetime | None) -> None:
    """Write down that things were sent; with no time, that they were not, so that they are tried again."""
    with store.transaction("writing down what was sent") as connection:
        for thing in things:
            where = sa.and_(SENT.c.channel == channel, SENT.c.thing == thing)
            connection.execute(
                sa.delete(SENT).where(where) if now is None else sa.update(SENT).where(where).values(sent_at=now)
            )


def uncertain(store: Store, channel: str, now: datetime) -> list[str]:
    """Return what was claimed for sending long ago and never confirmed: it may have been sent, or not."""
    old = sa.and_(SENT.c.channel == channel, SENT.c.sent_at.is_(None), SENT.c.claimed_at < now - LEASE)
    with store.transaction("looking for what may not have been sent", writes=False) as connection:
        return list(connection.scalars(sa.select(SENT.c.thing).where(old)))


def begin_run(store: Store, now: datetime) -> int:
    """Return the number of a run that begins."""
    with store.transaction("beginning a run") as connection:
        done = connection.execute(sa.insert(RUNS).values(began_at=now, counts={}))
        return int((done.inserted_primary_key or (0,))[0])


def end_run(store: Store, run: int, now: datetime, counts: Mapping[str, int]) -> None:
    """Write down that a run ended, and what came of it."""
    with store.transaction("ending a run") as connection:
        connection.execute(sa.update(RUNS).where(RUNS.c.id == run).values(ended_at=now, counts=dict(counts)))


def log_of(store: Store, run: int | None = None, most: int = 200) -> list[dict[str, Any]]:
    """Return the lines of a run's log, or of the last one."""
    with store.transaction("reading the log", writes=False) as connection:
        number = run if run is not None else connection.scalar(sa.select(sa.func.max(RUNS.c.id)))
        rows = connection.execute(sa.select(LOG).where(LOG.c.run == number).order_by(LOG.c.id.desc()).limit(most)).all()
    return [dict(row._mapping) for row in reversed(rows)]


def watched_companies(store: Store) -> list[Watched]:
    """Return the companies that are watched now."""
    with store.transaction("reading the companies", writes=False) as connection:
        rows = connection.execute(
            sa.select(COMPANIES).where(COMPANIES.c.left_at.is_(None)).order_by(COMPANIES.c.company)
        ).all()
    return [Watched(row.company, row.name, row.domain, row.known_as, row.tier) for row in rows]
