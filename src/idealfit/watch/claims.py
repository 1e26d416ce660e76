"""Checks: who is watched at which source, what is due, and what came of it.

A check is claimed for a while, done, and written down in one transaction with everything it found. Whoever is killed
in between leaves a claim that runs out; nothing half done is ever seen.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from idealfit.store import Store
from idealfit.watch.events import Event
from idealfit.watch.mentions import Mention
from idealfit.watch.told_events import put_together
from idealfit.watch.watch_tables import CHECKS, COMPANIES, LOG, RUNS, Watched

LEASE = timedelta(minutes=10)
"""How long a check may take; then another worker takes it over."""

PATIENCE = timedelta(days=7)
"""The longest that a source which keeps failing is left alone."""


SKEW = timedelta(hours=12)
"""So far apart may the clocks of machines be that share a database."""


@dataclass(frozen=True)
class Check:
    """A claimed check: of which company, at which source, and what the source showed last time."""

    watched: Watched
    source: str
    snapshot: Mapping[str, Any]
    checked_at: datetime | None
    failures: int


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

    A due time further ahead than any interval, or a check that was done in what is the future now, comes from a clock
    that ran ahead, and counts as due.
    """
    with store.transaction("claiming checks") as connection:
        rows = connection.execute(
            sa.select(CHECKS, COMPANIES.c.name, COMPANIES.c.domain, COMPANIES.c.known_as, COMPANIES.c.tier)
            .join(COMPANIES, COMPANIES.c.company == CHECKS.c.company)
            .where(
                COMPANIES.c.left_at.is_(None),
                CHECKS.c.source.in_(tuple(sources)),
                sa.or_(
                    CHECKS.c.due_at <= now,
                    CHECKS.c.due_at > now + 5 * PATIENCE,
                    CHECKS.c.checked_at > now + SKEW,
                ),
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


def begin_run(store: Store, now: datetime) -> int:
    """Return the number of a run that begins."""
    with store.transaction("beginning a run") as connection:
        done = connection.execute(sa.insert(RUNS).values(began_at=now, counts={}))
        return int((done.inserted_primary_key or (0,))[0])


def end_run(store: Store, run: int, now: datetime, counts: Mapping[str, int]) -> None:
    """Write down that a run ended, and what came of it."""
    with store.transaction("ending a run") as connection:
        connection.execute(sa.update(RUNS).where(RUNS.c.id == run).values(ended_at=now, counts=dict(counts)))


@dataclass(frozen=True)
class PastRun:
    """A run that was: its number, when it began and ended (None: it was killed, or goes on), what came of it."""

    number: int
    began_at: datetime
    ended_at: datetime | None
    counts: Mapping[str, int]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        ended = self.ended_at.isoformat() if self.ended_at else None
        return {
            "run": self.number,
            "began_at": self.began_at.isoformat(),
            "ended_at": ended,
            "counts": dict(self.counts),
        }


def past_runs(store: Store, run: int | None = None, most: int = 20) -> list[PastRun]:
    """Return the last runs, newest first; or the one of a number."""
    wanted = sa.select(RUNS).order_by(RUNS.c.id.desc()).limit(most)
    wanted = wanted if run is None else wanted.where(RUNS.c.id == run)
    with store.transaction("reading past runs", writes=False) as connection:
        rows = connection.execute(wanted).all()
    return [PastRun(row.id, row.began_at, row.ended_at, row.counts or {}) for row in rows]


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
