"""Events as they were told and judged: mentions put together, what people said of them, and what has left.

Mentions and judgements are only ever added.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime
from typing import Any, Literal

import sqlalchemy as sa

from idealfit.store import Store
from idealfit.watch.events import Event, merge
from idealfit.watch.mentions import Mention
from idealfit.watch.rights import without_suppressed
from idealfit.watch.watch_tables import EVENTS, JUDGEMENTS, MENTIONS, SUPPRESSED

Judged = Literal["confirmed", "corrected", "dismissed"]
"""What a person said of an event."""


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
    return seen_where(store, where)


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
        yield seen_where(
            store, sa.and_(EVENTS.c.left_at.is_(None), EVENTS.c.company > after, EVENTS.c.company <= names[-1])
        )
        after = names[-1]


def seen_where(store: Store, where: sa.ColumnElement[bool]) -> list[Seen]:
    """Return the events that a condition on their table holds for, with what people said of them, newest first."""
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
