"""What the service does by itself: clocks are looked at, calendars read, webhooks told; each in a thread of its own."""

from __future__ import annotations

import logging
import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from idealfit.errors import IdealfitError, InputError
from idealfit.export.calling import NoReplyError, call
from idealfit.export.webhook import Message, Receiver, send
from idealfit.route.feeds import busy_times
from idealfit.store import Moment, Schema

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from idealfit.route.desk import Desk
    from idealfit.route.state import Entry
    from idealfit.store import Store

SWEEP_EVERY = 2.0
TELL_EVERY = 1.0
READ_EVERY = 300.0
TOLD_AT_ONCE = 100
CLAIMED_FOR = timedelta(minutes=5)
TOLD = ("lead", "reopened", "assigned", "waiting", "queued", "ended", "accepted", "lapsed", "declined", "reassigned",
        "merged", "closed")  # fmt: skip
"""Kinds of entries that webhooks are told."""

TABLES = sa.MetaData()
HOOKS = sa.Table(
    "web_hooks",
    TABLES,
    sa.Column("name", sa.String(100), primary_key=True),
    sa.Column("url", sa.String(2000), nullable=False),
    sa.Column("secret", sa.String(200), nullable=False),
    sa.Column("loopback", sa.Boolean, nullable=False),
    sa.Column("told", sa.BigInteger, nullable=False),
    sa.Column("claimed_until", Moment),
)
SCHEMA = Schema("webhooks", TABLES)

log = logging.getLogger("idealfit")


def add_hook(store: Store, name: str, url: str, secret: str, *, after: int, loopback: bool = False) -> None:
    """Let a webhook be told everything that happens to leads from now on; one of the same name is replaced."""
    said = {"url": url, "secret": secret, "loopback": loopback, "told": after, "claimed_until": None}
    with store.transaction("adding a webhook") as connection:
        insert = store.insert(HOOKS).values(name=name, **said)
        connection.execute(insert.on_conflict_do_update(index_elements=["name"], set_=said))


def remove_hook(store: Store, name: str) -> bool:
    """Return whether there was a webhook of this name; it is told nothing any more."""
    with store.transaction("removing a webhook") as connection:
        return connection.execute(sa.delete(HOOKS).where(HOOKS.c.name == name)).rowcount > 0


def tell(store: Store, desk: Desk, *, park_in: str, now: datetime) -> int:
    """Return how many entries webhooks were told. What a receiver does not take is parked in a file.

    A webhook is told entries in their order, by one worker at a time; an entry may be told twice where a worker was
    killed in between, under the same id.
    """
    told = 0
    with store.transaction("looking up webhooks", writes=False) as connection:
        names = list(connection.scalars(sa.select(HOOKS.c.name)))
    for name in names:
        mine = sa.or_(HOOKS.c.claimed_until.is_(None), HOOKS.c.claimed_until < now)
        with store.transaction("claiming a webhook") as connection:
            claim = sa.update(HOOKS).where(HOOKS.c.name == name, mine).values(claimed_until=now + CLAIMED_FOR)
            if connection.execute(claim).rowcount == 0:
                continue
            hook = connection.execute(sa.select(HOOKS).where(HOOKS.c.name == name)).one()
        entries = desk.audit(after=hook.told, limit=TOLD_AT_ONCE)
        messages = [_message(entry) for entry in entries if entry.kind in TOLD]
        if messages:
            receiver = Receiver(hook.url, hook.secret, hook.loopback, tries=3)
            send(receiver, messages, park_in=park_in)
            told += len(messages)
        last = entries[-1].seq if entries else hook.told
        with store.transaction("noting what was told") as connection:
            done = sa.update(HOOKS).where(HOOKS.c.name == name)
            connection.execute(done.values(told=last, claimed_until=None))
    return told


def _message(entry: Entry) -> Message:
    about = ("how", "rule", "starts", "due", "until", "why", "outcome", "into")
    said = {key: entry.body[key] for key in about if entry.body.get(key) is not None}
    data = {
        "seq": entry.seq,
        "at": entry.at.isoformat(),
        "lead": entry.lead,
        "rep": entry.rep,
        "by": entry.actor,
        **said,
    }
    return Message(f"lead.{entry.kind}" if entry.kind != "lead" else "lead.received", data, f"route_{entry.seq}")


def read_calendars(desk: Desk, *, now: datetime, loopback: bool = False) -> dict[str, str]:
    """Return for each rep with a calendar whether it was read, or why not. An unreachable one puts the rep out."""
    found = {}
    for rep, url, zone, valid, before in desk.calendars():
        try:
            reply = call("GET", url, headers={"Accept": "text/calendar"}, loopback=loopback)
            if not reply.fine:
                raise InputError(f"the calendar answered {reply.status}")
            busy = busy_times(reply.body.decode("utf-8", errors="replace"), zone, now)
        except (InputError, NoReplyError) as error:
            found[rep] = str(error)
            if before is not None and before[0] is not None and before[0] > now:
                continue  # what was read last is still good for a while
            if before is None or before[0] is not None:
                desk.note("calendar", actor="calendars", rep=rep, until=None, busy=[], why=str(error)[:200])
            continue
        found[rep] = "read"
        if before is None or before[0] is None or before[1] != busy or before[0] - now < valid / 2:
            written = [[start.isoformat(), end.isoformat()] for start, end in busy]
            desk.note("calendar", actor="calendars", rep=rep, until=(now + valid).isoformat(), busy=written)
    return found


class Background:
    """Threads that do something every few seconds until they are stopped. A refusal is logged and tried again."""

    def __init__(self, *jobs: tuple[str, float, Callable[[], object]]) -> None:
        self._jobs = jobs
        self._stop = threading.Event()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        """Start all threads."""
        for name, every, job in self._jobs:
            thread = threading.Thread(target=self._run, args=(name, every, job), name=name, daemon=True)
            thread.start()
            self._threads.append(thread)

    def stop(self) -> None:
        """Let each finish what it is doing."""
        self._stop.set()
        for thread in self._threads:
            thread.join(timeout=5)

    def _run(self, name: str, every: float, job: Callable[[], object]) -> None:
        while not self._stop.is_set():
            try:
                job()
            except IdealfitError as error:
                log.warning("%s: %s", name, error)
            except Exception:
                log.exception("%s failed", name)
            self._stop.wait(every)
