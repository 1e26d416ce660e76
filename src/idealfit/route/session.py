"""One act on the ledger: what it can look up, and what it adds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from idealfit.route.ledger import ENTRIES, LEADS, PAGE, LeadRow, entries, leads_of
from idealfit.route.policy_file import from_plain
from idealfit.route.state import Entry, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from idealfit.route.ledger import Sheet, Writer
    from idealfit.route.policy import Policy

_BY_ID = sa.select(LEADS).where(LEADS.c.id == sa.bindparam("name"))
_DUE = (
    sa.select(LEADS)
    .where(LEADS.c.look_at <= sa.bindparam("at"))
    .order_by(LEADS.c.look_at, LEADS.c.id)
    .limit(sa.bindparam("most"))
)


class Session:
    """The state as of the last entry, and what is added to it; written down with all that is done together."""

    def __init__(
        self, connection: sa.Connection, writer: Writer, state: State, actor: str, *, at: datetime, sheet: Sheet
    ) -> None:
        self._connection = connection
        self._writer = writer
        self.state = state
        self.actor = actor
        self.at = max(at.astimezone(UTC), state.clock)  # a clock that goes backwards stands still here
        self._sheet = sheet

    def add(self, kind: str, *, lead: str | None = None, rep: str | None = None, **body: Any) -> Entry:  # noqa: ANN401
        """Add an entry, to the state at once and to the ledger with the others at the end."""
        entry = Entry(self.state.seq + 1, self.at, kind, lead, rep, self.actor, body)
        self.state.apply(entry)
        self._sheet.entries.append(entry)
        return entry

    def lead_of(self, keys: Sequence[str]) -> str | None:
        """Return the lead that is known by any of these keys."""
        known = self._sheet.known
        known |= leads_of(self._connection, [key for key in keys if key not in known])
        leads = (known[key] or self._sheet.keys.get(key) for key in keys)
        return next((lead for lead in leads if lead is not None), None)

    def remember(self, keys: Sequence[str], lead: str) -> None:
        """Let a lead be known by these keys from now on; a key that is taken keeps its lead."""
        for key in keys:
            self._sheet.keys.setdefault(key, lead)

    def lead(self, name: str) -> LeadRow | None:
        """Return what is known of a lead now."""
        there = self._sheet.rows.get(name)
        if there is not None:
            return replace(there, body=dict(there.body))  # whoever changes it puts it back
        row = self._connection.execute(_BY_ID, {"name": name}).one_or_none()
        return None if row is None else LeadRow(*row)

    def put(self, row: LeadRow) -> None:
        """Let this be what is known of a lead now."""
        self._sheet.rows[row.id] = row

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
        self._writer.write(self._connection, self._sheet)  # so that the database knows of all of them
        return [LeadRow(*row) for row in self._connection.execute(_DUE, {"at": self.at, "most": limit})]
