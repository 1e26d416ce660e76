"""The ledger: every intake, decision, acceptance, lapse and change, in one order, never rewritten.

`entries` is the truth. `leads` and `keys` are what it says of each lead now, kept beside it so that one lead is found
without reading the rest; `snapshots` is what it adds up to at some entry. All four are written in one transaction.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from idealfit.route.state import Entry, State
from idealfit.store import Moment, Plain, Schema

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

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


@dataclass(slots=True)
class Sheet:
    """What acts that are done together have written so far, and the database has not."""

    entries: list[Entry] = field(default_factory=list)
    rows: dict[str, LeadRow] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)
    known: dict[str, str | None] = field(default_factory=dict)
    """What the database said of keys before: the lead, or that there is none."""


_AFTER = sa.select(ENTRIES).where(ENTRIES.c.seq > sa.bindparam("after")).order_by(ENTRIES.c.seq)
_PAGE = _AFTER.limit(sa.bindparam("page"))
_PAGE_OF_A_LEAD = _AFTER.where(ENTRIES.c.lead == sa.bindparam("of")).limit(sa.bindparam("page"))
_BY_KEY = sa.select(KEYS.c.key, KEYS.c.lead).where(KEYS.c.key.in_(sa.bindparam("keys", expanding=True)))
_LAST_SNAPSHOT = sa.select(SNAPSHOTS.c.body).order_by(SNAPSHOTS.c.seq.desc()).limit(1)


class Writer:
    """Writes sheets down: its statements are made once, as making them takes longer than running them."""

    def __init__(self, store: Store) -> None:
        self._entries = sa.insert(ENTRIES)
        insert = store.insert(LEADS)
        changed = {column.name: insert.excluded[column.name] for column in LEADS.columns if not column.primary_key}
        self._leads = insert.on_conflict_do_update(index_elements=["id"], set_=changed)
        self._keys = store.insert(KEYS).on_conflict_do_nothing()

    def write(self, connection: sa.Connection, sheet: Sheet) -> None:
        """Write down what stands on a sheet, in three statements however much it is, and empty it."""
        if sheet.entries:
            connection.execute(self._entries, [_values(ENTRIES, entry) for entry in sheet.entries])
        if sheet.rows:
            connection.execute(self._leads, [_values(LEADS, row) for row in sheet.rows.values()])
        if sheet.keys:
            connection.execute(self._keys, [{"key": key, "lead": lead} for key, lead in sheet.keys.items()])
        for key in sheet.keys.keys() & sheet.known.keys():
            sheet.known[key] = sheet.known[key] or sheet.keys[key]
        sheet.entries, sheet.rows, sheet.keys = [], {}, {}


def keep_sum(connection: sa.Connection, state: State, before: int) -> None:
    """Write down now and then what all entries add up to; `before` is the last entry of which that was asked."""
    if before // SNAPSHOT_EVERY != state.seq // SNAPSHOT_EVERY:
        connection.execute(sa.delete(SNAPSHOTS))
        connection.execute(sa.insert(SNAPSHOTS).values(seq=state.seq, body=state.as_plain()))


def caught_up(connection: sa.Connection, state: State | None) -> State:
    """Return the state with the entries that others have added since; from the last snapshot if there is none yet."""
    if state is None:
        kept = connection.scalar(_LAST_SNAPSHOT)
        state = State() if kept is None else State.from_plain(kept)
    for entry in entries(connection, after=state.seq):
        state.apply(entry)
    return state


def leads_of(connection: sa.Connection, keys: Sequence[str]) -> dict[str, str | None]:
    """Return for each of these keys the lead that is known by it, or None."""
    found: dict[str, str | None] = dict.fromkeys(keys)
    if found:
        found |= {row.key: row.lead for row in connection.execute(_BY_KEY, {"keys": list(found)})}
    return found


def entries(
    connection: sa.Connection, *, after: int = 0, lead: str | None = None, limit: int | None = None
) -> Iterator[Entry]:
    """Yield entries in their order; of one lead, where one is named."""
    asked = _PAGE if lead is None else _PAGE_OF_A_LEAD
    while limit is None or limit > 0:
        page = PAGE if limit is None else min(limit, PAGE)
        of = {} if lead is None else {"of": lead}
        rows = connection.execute(asked, {"after": after, "page": page, **of}).all()
        yield from (Entry(*row) for row in rows)
        if len(rows) < page:
            return
        after = rows[-1].seq
        limit = None if limit is None else limit - page


def _values(table: sa.Table, of: object) -> dict[str, Any]:
    return {column.name: getattr(of, column.name) for column in table.columns}
