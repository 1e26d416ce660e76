"""Why a lead went where it went, why not to somebody else, and who is next: told from the ledger, for ever."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from idealfit.errors import Mistake, NotFoundError
from idealfit.profile.wording import phrase
from idealfit.route.answers import asked
from idealfit.route.deciding import decide

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, datetime

    from idealfit.route.answers import Value
    from idealfit.route.policy import Policy
    from idealfit.route.session import Session
    from idealfit.route.state import Entry

SHOWN = 12
DECIDED = ("assigned", "waiting", "queued", "ended")


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a lead, with its reasons in words."""

    at: datetime
    what: str
    actor: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Story:
    """Everything that happened to a lead, and how it stands now."""

    lead: str
    status: str
    owner: str | None
    events: tuple[Event, ...]


@dataclass(frozen=True, slots=True)
class Next:
    """What would become of a lead now, and the order among those who are in."""

    what: str
    reasons: tuple[str, ...]
    claims: dict[str, float]


def why(session: Session, lead: str) -> Story:
    """Return the story of a lead; raises `NotFoundError` where there is none of that name."""
    row = session.lead(lead)
    if row is None:
        raise NotFoundError(Mistake("there is no such lead", found=lead[:200]))
    facts: Mapping[str, Value] = {}
    events = []
    for entry in session.entries(lead=lead):
        facts = entry.body.get("facts", facts)
        reasons = _reasons(entry, facts, session.policy_of(entry.body.get("policy")))
        events.append(Event(entry.at, _what(entry), entry.actor, tuple(reasons)))
    return Story(lead, row.status, row.owner, tuple(events))


def why_not(session: Session, lead: str, rep: str) -> tuple[str, ...]:
    """Return why a lead is not with a rep, by the last decision on it; empty where it is."""
    if session.lead(lead) is None:
        raise NotFoundError(Mistake("there is no such lead", found=lead[:200]))
    if rep not in session.state.reps:
        raise NotFoundError(Mistake("there is no such rep", found=rep[:200]))
    decisions = [entry for entry in session.entries(lead=lead) if entry.kind in DECIDED]
    last = decisions[-1]
    if last.rep == rep and session.lead(lead).owner == rep:  # type: ignore[union-attr]  # it is there
        return ()
    body = last.body
    for reason, reps in body.get("out", {}).items():
        if rep in reps:
            return (f"{rep} was out: {reason}",)
    inside = body.get("inside") or body.get("shared") or []
    if rep in inside:
        return (_outclaimed(body.get("claims") or {}, rep, str(last.rep)),)
    where = f"rule '{body['rule']}'" if body.get("rule") else "no rule"
    told = [f"the lead went by {where}: {body['how']}"]
    plan = session.state.plan
    pools = [pool.name for pool in plan.policy.pools if rep in pool.reps] if plan else []
    told.append(f"{rep} was not asked; {rep} is in {', '.join(pools) if pools else 'no pool'}")
    return tuple(told)


def next_up(session: Session, facts: Mapping[str, Value]) -> Next:
    """Return what would become of a lead with these facts if it came now; nothing is entered."""
    found = decide(session.state, facts, session.at)
    entry = {"passed": found.passed, "out": found.out}
    plan = session.state.plan
    reasons = [*(_rules(plan.policy, facts, session.at.date()) if plan else ()), *_steps(entry)]
    claims = dict(sorted(found.claims.items(), key=lambda claim: -claim[1]))
    return Next(found.how, tuple(reasons), claims)


def _outclaimed(claims: Mapping[str, float], rep: str, owner: str) -> str:
    if rep in claims and owner in claims:
        if claims[rep] > claims[owner]:
            return (
                f"{rep} was in with a claim of {claims[rep]:.2f} leads, more than the {claims[owner]:.2f} of {owner}, "
                f"who would have fallen a whole lead behind"
            )
        same = claims[rep] == claims[owner]
        told = "whose last turn was longer ago" if same else f"whose claim was {claims[owner]:.2f}"
        return f"{rep} was in with a claim of {claims[rep]:.2f} leads; it was the turn of {owner}, {told}"
    return f"{rep} was in, but others had larger claims; it was the turn of {owner}"


def _what(entry: Entry) -> str:
    body = entry.body
    told = {
        "lead": "came in",
        "reopened": "came in again",
        "assigned": f"to {entry.rep}: {body.get('how')}",
        "waiting": f"waits: {body.get('how')}",
        "queued": f"to {body.get('how')}",
        "ended": f"ended: {body.get('how')}",
        "accepted": f"{entry.rep} accepted",
        "lapsed": f"{entry.rep} did not accept in time" + (", and keeps it" if body.get("kept") else ""),
        "declined": f"{entry.rep} declined: {body.get('why')}",
        "reassigned": f"taken from {entry.rep or 'nobody'}: {body.get('why')}",
        "merged": f"turned out to be {body.get('into')}",
        "closed": f"closed: {body.get('outcome')}" + (f" ({body['why']})" if body.get("why") else ""),
    }
    return told.get(entry.kind, entry.kind) + ("; the turn was given back" if body.get("given_back") else "")


def _reasons(entry: Entry, facts: Mapping[str, Value], policy: Policy | None) -> list[str]:
    if entry.kind not in DECIDED:
        return []
    told = _rules(policy, facts, entry.at.date()) if policy is not None and not entry.body.get("override") else []
    told += _steps(entry.body)
    claims = entry.body.get("claims")
    if claims:
        ordered = sorted(claims.items(), key=lambda claim: -claim[1])
        told.append("claims, in leads: " + ", ".join(f"{rep} {claim:.2f}" for rep, claim in ordered))
    for key, word in (("starts", "the clock starts"), ("due", "to be accepted by"), ("until", "looked at again")):
        if entry.body.get(key):
            told.append(f"{word} {entry.body[key]}")
    return told


def _rules(policy: Policy, facts: Mapping[str, Value], today: date) -> list[str]:
    """Return why each rule before the one that matched did not."""
    told = []
    for rule in policy.rules:
        for when in rule.when:
            value = facts.get(when.field)
            answer = asked(when.test)(value, today)
            if answer is not True:
                found = "not known" if answer is None else f"no, it is {value}"
                told.append(f"rule '{rule.name}' does not match: {phrase(when.field, when.test)}? {found}")
                break
        else:
            told.append(f"rule '{rule.name}' matches")
            break
    return told


def _steps(body: Mapping[str, Any]) -> list[str]:
    told = list(body.get("passed") or ())
    for reason, reps in (body.get("out") or {}).items():
        more = f" and {len(reps) - SHOWN} more" if len(reps) > SHOWN else ""
        told.append(f"out, {reason}: {', '.join(reps[:SHOWN])}{more}")
    return told
