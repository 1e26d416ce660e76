"""What came of leads: by tier and by rep, and of those that a person gave to somebody else than the policy did."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from idealfit.route.answers import Value
    from idealfit.route.ledger import LeadRow

UNKNOWN = "unknown"
MADE_HERE = frozenset((
    "scored", "tier", "fit", "fit_low", "fit_high", "win_rate", "matched", "match_reason", "owned", "former_owner",
    "account_owner", "deal_owner", "parent_owner",
))  # fmt: skip
"""Facts that scoring and routing themselves made of a lead: nothing is to be learned from them."""

OWN = ("deal_id", "outcome", "opened", "closed", "rep", "given_by")


@dataclass(slots=True)
class Tally:
    """Leads, how many were accepted by a rep, and what is known of their end."""

    leads: int = 0
    accepted: int = 0
    won: int = 0
    lost: int = 0

    def add(self, row: LeadRow) -> None:
        """Count one lead."""
        outcome = row.body.get("outcome")
        self.leads += 1
        self.accepted += row.status == "accepted" or outcome in ("won", "lost")
        self.won += outcome == "won"
        self.lost += outcome == "lost"


@dataclass(frozen=True, slots=True)
class Override:
    """A lead that a person gave to somebody: to whom, why, and what came of it."""

    lead: str
    rep: str | None
    why: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Results:
    """Counts by tier and by rep, and every override."""

    by_tier: dict[str, Tally]
    by_rep: dict[str, Tally]
    overridden: Tally
    by_policy: Tally
    overrides: list[Override]


def results(rows: Iterable[LeadRow]) -> Results:
    """Return what came of leads; merged ones do not count. An unknown tier is a group of its own."""
    by_tier: dict[str, Tally] = {}
    by_rep: dict[str, Tally] = {}
    overridden, by_policy = Tally(), Tally()
    overrides = []
    for row in rows:
        if row.status == "merged":
            continue
        tier = str(row.body["facts"].get("tier") or UNKNOWN)
        by_tier.setdefault(tier, Tally()).add(row)
        if row.owner is not None:
            by_rep.setdefault(row.owner, Tally()).add(row)
        (overridden if row.body.get("override") else by_policy).add(row)
        if row.body.get("override"):
            outcome = row.body.get("outcome") or row.status
            overrides.append(Override(row.id, row.owner, row.body["override"], outcome))
    return Results(dict(sorted(by_tier.items())), dict(sorted(by_rep.items())), overridden, by_policy, overrides)


def deals(rows: Iterable[LeadRow]) -> Iterator[dict[str, Value]]:
    """Yield leads as deals, which is what a review of the profile reads; merged, invalid and double ones are none.

    ``deal_id`` (the lead), ``outcome`` (won, lost or open), ``opened`` and ``closed`` (days, in UTC), ``rep``,
    ``given_by`` (policy or person), and what was known of the lead when it came in.
    """
    for row in rows:
        outcome = row.body.get("outcome") if row.status == "closed" else None
        if row.status == "merged" or outcome not in ("won", "lost", None):
            continue
        yield {
            "deal_id": row.id,
            "outcome": outcome or "open",
            "opened": row.received_at.date().isoformat(),
            "closed": row.changed_at.date().isoformat() if outcome else None,
            "rep": row.owner,
            "given_by": "person" if row.body.get("override") else "policy",
            **{f"lead_{name}" if name in OWN else name: value for name, value in row.body["facts"].items()
               if name not in MADE_HERE},
        }  # fmt: skip
