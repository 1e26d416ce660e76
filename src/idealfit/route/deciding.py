"""One lead, one decision: a pure function of facts that were fetched before it is asked.

The facts are the lead's fields and what is known of its company, the state of the ledger, and the moment. Nothing is
read, drawn or changed here; so every decision can be made again, and why it fell is part of the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from idealfit.route.availability import IN, IN_MEETING, OFF_HOURS, ON_LEAVE, UNREACHABLE
from idealfit.route.state import WEIGHT
from idealfit.route.turns import LEAD, shares, whose_turn

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping
    from datetime import datetime

    from idealfit.route.answers import Value
    from idealfit.route.plan import Member, Plan, ReadyPool, ReadyStep
    from idealfit.route.state import RepState, State

Kind = Literal["assigned", "waiting", "queued", "ended"]

UNROUTED = "unrouted"
"""The queue of leads that no step took; nothing is ever lost for want of a rule."""

TRY_AGAIN = timedelta(minutes=15)
"""How long a lead waits when nobody's hours tell when somebody will be in: all are at capacity, say."""

SHOWN_CLAIMS = 5

_BY_TIME = frozenset((OFF_HOURS, ON_LEAVE, IN_MEETING, UNREACHABLE, "public holiday"))
_OWED = frozenset((ON_LEAVE, IN_MEETING, "public holiday"))


@dataclass(slots=True)
class Decision:
    """What becomes of a lead, and why.

    `shared` are the reps among whom the lead was shared out on paper (with `weights`, all equal if None), `inside`
    those it could not, by reason; `claims` are the largest claims, in leads. `starts` is when the rep is in and the
    clock begins, `due` when it lapses, `until` when a waiting lead is looked at again.
    """

    kind: Kind
    rule: str | None
    how: str
    rep: str | None = None
    turn: str | None = None
    shared: list[str] = field(default_factory=list)
    weights: list[int] | None = None
    inside: list[str] = field(default_factory=list)
    claims: dict[str, float] = field(default_factory=dict)
    out: dict[str, list[str]] = field(default_factory=dict)
    starts: datetime | None = None
    due: datetime | None = None
    until: datetime | None = None
    if_lapsed: str = "next"
    passed: list[str] = field(default_factory=list)
    """The steps before, in words: what was tried, and why it took nobody."""


@dataclass(slots=True)
class _Asking:
    """What every step needs to know."""

    plan: Plan
    state: State
    facts: Mapping[str, Value]
    at: datetime
    tried: Collection[str]
    passed: list[str]


def decide(
    state: State,
    facts: Mapping[str, Value],
    at: datetime,
    *,
    tried: Collection[str] = (),
    lapses: int = 0,
) -> Decision:
    """Return what becomes of a lead with these `facts` at this moment.

    `tried` are reps who had it and do not get it again; after too many `lapses` only the fallback is asked.
    """
    plan = state.plan
    assert plan is not None  # noqa: S101  a ledger begins with a policy
    asking = _Asking(plan, state, facts, at, tried, [])
    rule = plan.rule_for(facts, at.date())
    steps = plan.fallback
    if rule is None:
        asking.passed.append("no rule matches")
    elif lapses > plan.policy.most_lapses:
        asking.passed.append(f"not accepted by {lapses} reps")
    else:
        steps = (*rule.steps, *plan.fallback)
    name = rule.name if rule else None
    for step in steps:
        found = _taken(asking, step)
        if found is not None:
            found.rule, found.passed = name, asking.passed
            return found
    why = f"queue {UNROUTED}"
    return Decision("queued", name, why, passed=asking.passed)


def _taken(asking: _Asking, step: ReadyStep) -> Decision | None:
    said = step.said
    if said.end is not None:
        return Decision("ended", None, said.end)
    if said.queue is not None:
        return Decision("queued", None, f"queue {said.queue}")
    if said.pool is not None:
        return _from_pool(asking, asking.plan.pools[said.pool], step, set())
    if said.owner is not None:
        owner, how = _owner(asking.facts)
        return _to_person(asking, step, owner, how or "owner", said.owner)
    keys = (str(asking.facts.get(key) or "").casefold() for key in ("account", "domain"))
    person = next((asking.state.named[key] for key in keys if key in asking.state.named), None)
    return _to_person(asking, step, person, "has named this account", said.named or "next")


def _owner(facts: Mapping[str, Value]) -> tuple[str | None, str]:
    """Return who owns the lead's company, the nearest claim first."""
    for key, how in (
        ("former_owner", "had this lead before"),
        ("deal_owner", "owns the open deal"),
        ("account_owner", "owns the account"),
        ("parent_owner", "owns the parent company"),
    ):
        if facts.get(key):
            return str(facts[key]), how
    return None, ""


def _to_person(asking: _Asking, step: ReadyStep, name: str | None, how: str, away: str) -> Decision | None:
    if name is None:
        asking.passed.append("the company has no owner" if step.said.owner else "no rep has named this account")
        return None
    rep = asking.state.reps.get(name)
    if rep is None:
        problem = "is not on the roster"
    elif name in asking.tried:
        problem = "could not take it"
    elif rep.paused is not None:
        problem = f"is out: paused ({rep.paused})"
    else:
        status, _ = rep.diary.status(asking.at)
        if status == IN or away == "wait":
            return _assigned(asking, step, name, f"{name} {how}", rep)
        problem = f"is out: {status}"
    asking.passed.append(f"{name} {how}, but {problem}")
    return None


def _assigned(asking: _Asking, step: ReadyStep, name: str, how: str, rep: RepState) -> Decision:
    starts = rep.diary.next_in(asking.at) or asking.at
    due = rep.diary.after(starts, step.accept_within) if step.accept_within else None
    return Decision("assigned", None, how, rep=name, starts=starts, due=due, if_lapsed=step.if_lapsed)


def _from_pool(asking: _Asking, pool: ReadyPool, step: ReadyStep, asked: set[str]) -> Decision | None:
    asked.add(pool.name)
    inside, owed, out = _sorted(asking, pool)
    away = [m for why in _BY_TIME & out.keys() for m in out[why]]
    if not inside and pool.said.when_all_away == "assign" and not pool.said.overflow and away:
        inside = sorted(away, key=lambda member: member.rep)
        owed = []
    names = {why: [member.rep for member in members] for why, members in out.items()}
    if inside:
        first = min(member.priority for member in inside)
        later = [member.rep for member in inside if member.priority > first]
        if later:
            names["a later priority"] = later
            inside = [member for member in inside if member.priority == first]
        found = _by_turn(asking, pool, step, inside, owed)
        found.out = names
        return found
    told = "; ".join(f"{why}: {', '.join(reps)}" for why, reps in names.items())
    asking.passed.append(f"pool {pool.name}: nobody is in ({told})")
    if pool.said.overflow is not None and pool.said.overflow not in asked:
        return _from_pool(asking, asking.plan.pools[pool.said.overflow], step, asked)
    could = [m for why, members in out.items() if why in _BY_TIME or why.startswith("at ") for m in members]
    if pool.said.when_all_away == "next" or not could:
        return None
    back = [asking.state.reps[member.rep].diary.next_in(asking.at) for member in away]
    until = min((moment for moment in back if moment is not None and moment > asking.at), default=asking.at + TRY_AGAIN)
    return Decision("waiting", None, f"pool {pool.name}: everybody is away", out=names, until=until)


def _sorted(asking: _Asking, pool: ReadyPool) -> tuple[list[Member], list[Member], dict[str, list[Member]]]:
    """Return who of a pool is in, who is away but is owed a share, and who is out, by reason."""
    state, at = asking.state, asking.at
    credit = state.credit.get(pool.turn, {})
    holds, owes = pool.said.absence == "hold", pool.said.absence == "catch up"
    wanted = tuple(
        (need.rep, str(value).strip().casefold())
        for need in pool.needs
        if (value := asking.facts.get(need.lead)) not in (None, "")
    )
    could, could_not = state.covering(pool, wanted)
    inside: list[Member] = []
    owed: list[Member] = []
    out: dict[str, list[Member]] = {why: list(members) for why, members in could_not.items()}
    for member in could:
        rep = state.reps[member.rep]
        free = rep.paused is None and not rep.caps and rep.said.capacity is None and not asking.tried
        why = None if free else _barred(asking, member, rep)  # mostly there is nothing to ask
        if why is None:
            status, _ = rep.diary.status(at)
            if status == IN:
                inside.append(member)
                continue
            why = status
            if holds and status in _BY_TIME:
                back = rep.diary.next_in(at)
                if back is not None and back - at <= pool.hold_for:
                    inside.append(member)
                    continue
            if owes and status in _OWED and credit.get(member.rep, 0) < pool.said.owed_at_most * LEAD:
                owed.append(member)
        out.setdefault(why, []).append(member)
    return inside, owed, out


def _barred(asking: _Asking, member: Member, rep: RepState) -> str | None:
    """Return why a rep who covers what the lead needs cannot have it whatever the time, or None."""
    if member.rep in asking.tried:
        return "had this lead already"
    if rep.paused is not None:
        return f"paused ({rep.paused})"
    most_open = rep.said.capacity
    if most_open is not None and rep.open >= most_open:
        return "at capacity"
    for window, most in rep.caps:
        if asking.state.taken(rep, window, asking.at) >= most:
            return f"at the cap of the {window}"
    return None


def _by_turn(asking: _Asking, pool: ReadyPool, step: ReadyStep, inside: list[Member], owed: list[Member]) -> Decision:
    shared = [*inside, *owed]
    weights = [member.weight for member in shared]
    parts = shares(tuple(weights))[: len(inside)]
    credit = asking.state.credit.get(pool.turn, {})
    last = asking.state.last.get(pool.turn, {})
    held = [credit.get(member.rep, 0) for member in inside]
    chosen = whose_turn(held, parts, [(last.get(member.rep, 0), member.order) for member in inside])
    name = inside[chosen].rep
    found = _assigned(asking, step, name, f"pool {pool.name}: it is the turn of {name}", asking.state.reps[name])
    found.turn, found.inside = pool.turn, [member.rep for member in inside]
    claims = [(credit + part, member.rep) for credit, part, member in zip(held, parts, inside, strict=True)]
    largest = sorted(claims, reverse=True)[:SHOWN_CLAIMS]
    found.claims = {rep: round(claim / LEAD, 3) for claim, rep in [*largest, claims[chosen]]}
    found.shared = [member.rep for member in shared]
    found.weights = None if all(weight == WEIGHT for weight in weights) else weights
    return found
