"""The ledger: every intake, decision, acceptance, lapse and change, in one order, never rewritten.

`entries` is the truth. `leads` and `keys` are what it says of each lead now, kept beside it so that one lead is found
without reading the rest; `snapshots` is what it adds up to at some entry. All four are written in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from idealfit.route.policy_file import from_plain
from idealfit.route.state import Entry, State
from idealfit.store import Moment, Plain, Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from idealfit.route.policy import Policy
    from idealfit.store import Store

TABLES = sa.MetaData()
ENTRIES = sa.Table(
    "route_entries",
    TABLES,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("at", Moment, nullable=False),
    sa.Column("kind", sa.String(40), nullable=False),
    sa.Column("lead", sa.String(200), index=True),
    sa.Column("rep", sa.String(200)),
    sa.Column("actor", sa.String(200), nullable=False),
    sa.Column("body", Plain, nullable=False),
)
LEADS = sa.Table(
    "route_leads",
    TABLES,
    sa.Column("id", sa.String(200), primary_key=True),
    sa.Column("status", sa.String(20), nullable=False),
    sa.Column("owner", sa.String(200), index=True),
    sa.Column("received_at", Moment, nullable=False),
    sa.Column("changed_at", Moment, nullable=False),
    sa.Column("look_at", Moment, index=True),  # when the clock lapses, or a waiting lead is looked at again
    sa.Column("body", Plain, nullable=False),
)
KEYS = sa.Table(
    "route_keys_of_leads",
    TABLES,
    sa.Column("key", sa.String(400), primary_key=True),
    sa.Column("lead", sa.String(200), nullable=False),
)
SNAPSHOTS = sa.Table(
    "route_snapshots",
    TABLES,
    sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
    sa.Column("body", Plain, nullable=False),
)
SCHEMA = Schema("route", TABLES, append_only=("route_entries",))

LOCK = 7431965
"""The number of the lock by which several workers on one Postgres take their turns."""

PAGE = 2_000
"""Entries that are fetched at a time."""

SNAPSHOT_EVERY = 5_000
"""Entries after which the sum is kept, so that no start has to add up more than these."""


@dataclass(slots=True)
class LeadRow:
    """What the ledger says of one lead now."""

    id: str
    status: str
    owner: str | None
    received_at: datetime
    changed_at: datetime
    look_at: datetime | None
    body: dict[str, Any]


class Session:
    """One act on the ledger: the state as of its last entry, and what is added to it."""

    def __init__(
        self, connection: sa.Connection, store: Store, state: State, actor: str, *, at: datetime, added: list[Entry]
    ) -> None:
        self._connection = connection
        self._store = store
        self.state = state
        self.actor = actor
        self.at = max(at.astimezone(UTC), state.clock)  # a clock that goes backwards stands still here
        self._added = added

    def add(self, kind: str, *, lead: str | None = None, rep: str | None = None, **body: Any) -> Entry:  # noqa: ANN401
        """Add an entry, to the state at once and to the ledger with the others at the end."""
        entry = Entry(self.state.seq + 1, self.at, kind, lead, rep, self.actor, body)
        self.state.apply(entry)
        self._added.append(entry)
        return entry

    def lead_of(self, keys: Sequence[str]) -> str | None:
        """Return the lead that is known by any of these keys."""
        if not keys:
            return None
        found = self._connection.execute(sa.select(KEYS).where(KEYS.c.key.in_(keys)))
        by_key = {row.key: row.lead for row in found}
        return next((by_key[key] for key in keys if key in by_key), None)

    def remember(self, keys: Sequence[str], lead: str) -> None:
        """Let a lead be known by these keys from now on; a key that is taken keeps its lead."""
        if keys:
            insert = self._store.insert(KEYS).on_conflict_do_nothing()
            self._connection.execute(insert, [{"key": key, "lead": lead} for key in keys])

    def lead(self, name: str) -> LeadRow | None:
        """Return what is known of a lead now."""
        row = self._connection.execute(sa.select(LEADS).where(LEADS.c.id == name)).one_or_none()
        return None if row is None else LeadRow(*row)

    def put(self, row: LeadRow, *, new: bool = False) -> None:
        """Write what is known of a lead now."""
        values = {column.name: getattr(row, column.name) for column in LEADS.columns}
        if new:
            self._connection.execute(sa.insert(LEADS).values(values))
        else:
            self._connection.execute(sa.update(LEADS).where(LEADS.c.id == row.id).values(values))

    def entries(self, *, lead: str | None = None, after: int = 0, limit: int | None = None) -> Iterator[Entry]:
        """Yield entries in their order; of one lead, where one is named."""
        return entries(self._connection, after=after, lead=lead, limit=limit)

    def policy_of(self, fingerprint: str | None) -> Policy | None:
        """Return the policy with this fingerprint, the one in force or an earlier one."""
        if fingerprint is None or (self.state.plan and self.state.plan.fingerprint == fingerprint):
            return self.state.plan.policy if fingerprint and self.state.plan else None
        asked = sa.select(ENTRIES.c.body).where(ENTRIES.c.kind == "policy")
        bodies = (row.body for row in self._connection.execute(asked))
        return next((from_plain(body["policy"]) for body in bodies if body["fingerprint"] == fingerprint), None)

    def leads(self, *, status: str | None = None, owner: str | None = None, limit: int = 100) -> list[LeadRow]:
        """Return leads, those changed last first."""
        asked = sa.select(LEADS).order_by(LEADS.c.changed_at.desc(), LEADS.c.id).limit(limit)
        if status is not None:
            asked = asked.where(LEADS.c.status == status)
        if owner is not None:
            asked = asked.where(LEADS.c.owner == owner)
        return [LeadRow(*row) for row in self._connection.execute(asked)]

    def all_leads(self) -> Iterator[LeadRow]:
        """Yield every lead, by its id."""
        last = ""
        while True:
            asked = sa.select(LEADS).where(LEADS.c.id > last).order_by(LEADS.c.id).limit(PAGE)
            rows = self._connection.execute(asked).all()
            yield from (LeadRow(*row) for row in rows)
            if len(rows) < PAGE:
                return
            last = rows[-1].id

    def due(self, limit: int) -> list[LeadRow]:
        """Return leads whose clock has run out or that are to be looked at again, the longest due first."""
        asked = sa.select(LEADS).where(LEADS.c.look_at <= self.at).order_by(LEADS.c.look_at, LEADS.c.id).limit(limit)
        return [LeadRow(*row) for row in self._connection.execute(asked)]


def write(connection: sa.Connection, state: State, added: Sequence[Entry]) -> None:
    """Write the entries that were added to the state, and now and then what they add up to."""
    if not added:
        return
    connection.execute(sa.insert(ENTRIES), [_values(entry) for entry in added])
    if (added[0].seq - 1) // SNAPSHOT_EVERY != added[-1].seq // SNAPSHOT_EVERY:
        connection.execute(sa.delete(SNAPSHOTS))
        connection.execute(sa.insert(SNAPSHOTS).values(seq=state.seq, body=state.as_plain()))


def caught_up(connection: sa.Connection, state: State | None) -> State:
    """Return the state with the entries that others have added since; from the last snapshot if there is none yet."""
    if state is None:
        kept = connection.scalar(sa.select(SNAPSHOTS.c.body).order_by(SNAPSHOTS.c.seq.desc()).limit(1))
        state = State() if kept is None else State.from_plain(kept)
    for entry in entries(connection, after=state.seq):
        state.apply(entry)
    return state


def entries(
    connection: sa.Connection, *, after: int = 0, lead: str | None = None, limit: int | None = None
) -> Iterator[Entry]:
    """Yield entries in their order; of one lead, where one is named."""
    while limit is None or limit > 0:
        page = PAGE if limit is None else min(limit, PAGE)
        asked = sa.select(ENTRIES).where(ENTRIES.c.seq > after).order_by(ENTRIES.c.seq).limit(page)
        if lead is not None:
            asked = asked.where(ENTRIES.c.lead == lead)
        rows = connection.execute(asked).all()
        yield from (Entry(*row) for row in rows)
        if len(rows) < page:
            return
        after = rows[-1].seq
        limit = None if limit is None else limit - page


def _values(entry: Entry) -> dict[str, Any]:
    return {
        "seq": entry.seq,
        "at": entry.at,
        "kind": entry.kind,
        "lead": entry.lead,
        "rep": entry.rep,
        "actor": entry.actor,
        "body": entry.body,
    }
