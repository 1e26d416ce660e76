"""The steps of acts on one lead: found, placed by the policy, given by a person, released, put back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from idealfit.errors import ConflictError, Mistake, NotFoundError
from idealfit.route.deciding import decide
from idealfit.route.leads import can_be_a_name

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from idealfit.route.answers import Value
    from idealfit.route.deciding import Decision
    from idealfit.route.ledger import LeadRow
    from idealfit.route.session import Session

HELD = ("assigned", "accepted")
"""A lead in one of these has an owner who is to work on it."""

DONE_WITH = ("merged", "closed")
"""A lead in one of these is handed out no more, unless it comes in again."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of a lead: its status, owner and the reason; `new` is False where it was there before."""

    lead: str
    status: str
    owner: str | None
    how: str
    rule: str | None
    starts: str | None
    due: str | None
    look_at: datetime | None
    new: bool = False


def answer(row: LeadRow, *, new: bool = False) -> Answer:
    """Return what became of a lead."""
    said = row.body
    times = (said.get("starts"), said.get("due"), row.look_at)
    return Answer(row.id, row.status, row.owner, said["how"], said.get("rule"), *times, new)


def lead_named(session: Session, lead: str) -> LeadRow:
    """Return the lead; raises `NotFoundError`."""
    row = session.lead(lead) if can_be_a_name(lead) else None
    if row is None:
        raise NotFoundError(Mistake("there is no such lead", found=lead[:200]))
    return row


def held_lead(session: Session, lead: str, rep: str | None) -> LeadRow:
    """Return a lead that somebody has (this rep, if one is named); raises `ConflictError` where it is otherwise."""
    row = lead_named(session, lead)
    if row.status not in HELD:
        raise ConflictError(Mistake(f"nobody has this lead now: it is {row.status}", lead))
    if rep is not None and rep != row.owner:
        raise ConflictError(Mistake(f"this lead is {row.owner}'s now, not {rep}'s", lead))
    return row


def lead_in_play(session: Session, lead: str) -> LeadRow:
    """Return a lead that is not done with; raises `ConflictError` where it is."""
    row = lead_named(session, lead)
    if row.status in DONE_WITH:
        raise ConflictError(Mistake(f"this lead is {row.status}", lead))
    return row


def place(session: Session, row: LeadRow) -> None:
    """Let the policy decide where a lead goes, and enter it."""
    tried, lapses = row.body.get("tried", []), row.body.get("lapses", 0)
    _enter(session, row, decide(session.state, row.body["facts"], session.at, tried=tried, lapses=lapses))
    session.put(row)


def give(session: Session, row: LeadRow, to: str, why: str) -> None:
    """Enter that a person gave a lead to a rep."""
    starts = session.state.reps[to].diary.next_in(session.at) or session.at
    how = f"given to {to} by {session.actor}: {why}"
    said = {"rule": None, "how": how, "turn": None, "shared": None, "weights": None, "override": why}
    times = {"starts": starts.isoformat(), "due": None, "until": None}
    session.add("assigned", lead=row.id, rep=to, **said, **times)
    row.body |= said | times
    change(session, row, status="assigned", owner=to, look_at=None)


def release(session: Session, row: LeadRow, kind: str, *, give_back: bool = False, **said: Any) -> None:  # noqa: ANN401
    """Enter that the owner, if there is one, has the lead no longer."""
    held = row.owner if row.status in HELD else None
    turn = {key: row.body.get(key) for key in ("turn", "shared", "weights")} if held and give_back else {}
    session.add(kind, lead=row.id, rep=held, given_back=bool(turn.get("turn")), **turn, **said)
    if held:
        row.body["tried"] = [*row.body.get("tried", []), held]
        row.body["former_owner"] = held
    row.owner = None


def come_again(
    session: Session, lead: str, keys: list[str], fields: Mapping[str, Value], facts: Mapping[str, Value]
) -> Answer:
    """Return what becomes of a lead that was there before: it stays where it is, or is opened again and placed."""
    row = lead_named(session, lead)
    while row.status == "merged":
        row = lead_named(session, row.body["into"])
    session.remember(keys, row.id)
    if row.status in (*HELD, "waiting", "queued"):
        return answer(row)
    former = row.owner or row.body.get("former_owner")
    known = {**row.body["facts"], **facts} | ({"former_owner": former} if former else {})
    session.add("reopened", lead=row.id, fields=dict(fields), facts=known)
    row.body, row.owner = {"facts": known}, None
    place(session, row)
    return answer(row)


def change(session: Session, row: LeadRow, **values: Any) -> None:  # noqa: ANN401
    """Change what is known of a lead now."""
    for name, value in values.items():
        setattr(row, name, value)
    row.changed_at = session.at
    session.put(row)


def _enter(session: Session, row: LeadRow, decision: Decision) -> None:
    said: dict[str, Any] = {
        "rule": decision.rule,
        "how": decision.how,
        "turn": decision.turn,
        "shared": decision.shared or None,
        "weights": decision.weights,
        "starts": decision.starts.isoformat() if decision.starts else None,
        "due": decision.due.isoformat() if decision.due else None,
        "until": decision.until.isoformat() if decision.until else None,
        "if_lapsed": decision.if_lapsed,
    }
    session.add(
        decision.kind,
        lead=row.id,
        rep=decision.rep,
        **said,
        inside=decision.inside if decision.inside != decision.shared else None,
        claims=decision.claims or None,
        out=decision.out,
        passed=decision.passed,
        policy=session.state.plan.fingerprint if session.state.plan else None,
    )
    row.body |= said
    row.body.pop("override", None)
    row.status, row.owner, row.changed_at = decision.kind, decision.rep, session.at
    row.look_at = decision.due if decision.kind == "assigned" else decision.until
