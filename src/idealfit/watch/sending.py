"""What channels were told: each event and each newcomer once, claimed before it is sent and written down after."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import sqlalchemy as sa

from idealfit.store import Store
from idealfit.watch.claims import LEASE
from idealfit.watch.told_events import Seen, seen_where
from idealfit.watch.watch_tables import COMPANIES, EVENTS, SENT, Watched


def untold(store: Store, channel: str) -> list[Seen]:
    """Return the events that have not left and that a channel is not known to have been told, newest first."""
    told = sa.select(SENT.c.thing).where(SENT.c.channel == channel, SENT.c.sent_at.is_not(None))
    return seen_where(store, sa.and_(EVENTS.c.left_at.is_(None), EVENTS.c.id.not_in(told)))


def newcomers(store: Store) -> list[tuple[Watched, datetime]]:
    """Return the companies that entered after the first ones, and when; the list that one starts with is no news."""
    first = sa.select(sa.func.min(COMPANIES.c.entered_at)).scalar_subquery()
    query = sa.select(COMPANIES).where(COMPANIES.c.left_at.is_(None), COMPANIES.c.entered_at > first)
    with store.transaction("reading who entered", writes=False) as connection:
        rows = connection.execute(query.order_by(COMPANIES.c.entered_at, COMPANIES.c.company)).all()
    return [(Watched(row.company, row.name, row.domain, row.known_as, row.tier), row.entered_at) for row in rows]


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
