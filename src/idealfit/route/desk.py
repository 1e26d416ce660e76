"""The desk where leads come in and are handed out: each act is one transaction on the ledger.

The moment and the actor of each act are arguments. What a person may do wrong raises `NotFoundError`, `ConflictError`
or `InputError`; where the database refuses or goes away, `StoreError`, and the act was not done: asking again is safe.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

from idealfit.errors import ConflictError, InputError, Mistake, NotFoundError, PolicyError
from idealfit.route.availability import days_off
from idealfit.route.checking import check
from idealfit.route.explaining import next_up, why, why_not
from idealfit.route.hours import duration
from idealfit.route.leads import can_be_a_name, checked_id, fields_of, keys_of
from idealfit.route.ledger import LeadRow
from idealfit.route.placing import (
    answer,
    change,
    come_again,
    give,
    held_lead,
    lead_in_play,
    lead_named,
    place,
    release,
)
from idealfit.route.plan import Plan
from idealfit.route.policy_file import as_plain, rep_of
from idealfit.route.replay import replay
from idealfit.route.results import deals, results
from idealfit.route.standing import standing

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from concurrent.futures import Future
    from zoneinfo import ZoneInfo

    from idealfit.route.acts import Acts
    from idealfit.route.answers import Value
    from idealfit.route.checking import Checked
    from idealfit.route.explaining import Next, Story
    from idealfit.route.hours import Span
    from idealfit.route.placing import Answer
    from idealfit.route.policy import Policy
    from idealfit.route.rehearsal import Rehearsal
    from idealfit.route.replay import Replayed
    from idealfit.route.results import Results
    from idealfit.route.session import Session
    from idealfit.route.standing import Standing
    from idealfit.route.state import Entry

OUTCOMES = ("won", "lost", "invalid", "duplicate")
GIVEN_BACK = ("invalid", "duplicate")
"""Outcomes that were no lead at all: the rep's turn is given back."""

SWEPT_AT_ONCE = 200

YEARS = (2000, 2200)
"""Years in which leave can be taken."""

_OWN_ID = re.compile(r"L[0-9]+")


class Desk:
    """Hands out leads by the policy in the ledger.

    `enrich` adds what is known of a lead's company to its fields (owner, tier ...); it is asked before the transaction.
    """

    def __init__(
        self,
        acts: Acts | Rehearsal,
        *,
        enrich: Callable[[Mapping[str, Value]], Mapping[str, Value]] = lambda _fields: {},
    ) -> None:
        self.acts = acts
        self._enrich = enrich

    # leads

    def take(self, given: Mapping[str, object], *, actor: str, id: object = None) -> Answer:
        """Return what becomes of a lead; the same lead again, or twice at once, keeps its owner."""
        return self.take_soon(given, actor=actor, id=id).result()

    def take_soon(self, given: Mapping[str, object], *, actor: str, id: object = None) -> Future[Answer]:
        """Return at once what will be what becomes of a lead; one that cannot be taken is refused now."""
        name, fields = checked_id(id), fields_of(given)
        if not fields:
            raise InputError(Mistake("a lead with nothing in it", next_step="Give at least an e-mail or a company."))
        keys = keys_of(fields, name)
        facts = {**fields, **self._enrich(fields)}

        def act(session: Session) -> Answer:
            _require_policy(session)
            there = session.lead_of(keys)
            if there is not None:
                return come_again(session, there, keys, fields, facts)
            if name is not None and _OWN_ID.fullmatch(name):
                raise NotFoundError(Mistake("there is no such lead", found=name, next_step="Such ids are given here."))
            lead = name or f"L{session.state.seq + 1}"
            session.add("lead", lead=lead, fields=fields, facts=facts, keys=keys)
            session.remember([*keys, f"id {lead}"], lead)
            row = LeadRow(lead, "new", None, session.at, session.at, None, {"facts": facts})
            place(session, row)
            return answer(row, new=True)

        return self.acts.begin("taking a lead", actor, act, keys=keys)

    def accept(self, lead: str, *, actor: str, rep: str | None = None) -> Answer:
        """Return the lead after its owner took it on; its clock stops."""

        def act(session: Session) -> Answer:
            row = held_lead(session, lead, rep)
            if row.status == "assigned":
                session.add("accepted", lead=lead, rep=row.owner)
                change(session, row, status="accepted", look_at=None)
            return answer(row)

        return self.acts.do("accepting a lead", actor, act)

    def decline(self, lead: str, *, actor: str, why: str, rep: str | None = None) -> Answer:
        """Return the lead after its owner turned it down: it goes to the next one, and the turn is spent."""

        def act(session: Session) -> Answer:
            row = held_lead(session, lead, rep)
            release(session, row, "declined", why=why)
            place(session, row)
            return answer(row)

        return self.acts.do("declining a lead", actor, act)

    def reassign(self, lead: str, *, actor: str, why: str, to: str | None = None, give_back: bool = True) -> Answer:
        """Return the lead after it was taken from its owner: to another rep by name, or else to whose turn it is.

        With `give_back` the turn of the owner before is given back: it was not their doing.
        """
        if not why.strip():
            raise InputError(Mistake("a change without a reason", next_step="Say why: it is kept with the lead."))

        def act(session: Session) -> Answer:
            row = lead_in_play(session, lead)
            if to is not None and to not in session.state.reps:
                raise NotFoundError(Mistake("there is no such rep", found=to))
            if to is not None and to == row.owner:
                raise ConflictError(Mistake(f"{to} has this lead already", lead))
            release(session, row, "reassigned", why=why, give_back=give_back)
            if to is None:
                place(session, row)
            else:
                give(session, row, to, why)
            return answer(row)

        return self.acts.do("re-assigning a lead", actor, act)

    def close(self, lead: str, *, actor: str, outcome: str, why: str = "") -> Answer:
        """Return the lead after what came of it is known: won, lost, invalid or duplicate."""
        if outcome not in OUTCOMES:
            raise InputError(Mistake("not an outcome", found=outcome, allowed=", ".join(OUTCOMES)))

        def act(session: Session) -> Answer:
            row = lead_in_play(session, lead)
            owner = row.owner
            release(session, row, "closed", why=why, outcome=outcome, give_back=outcome in GIVEN_BACK)
            row.body |= {"outcome": outcome, "how": f"closed as {outcome}"}
            change(session, row, status="closed", owner=owner, look_at=None)
            return answer(row)

        return self.acts.do("closing a lead", actor, act)

    def merge(self, lead: str, *, actor: str, into: str) -> Answer:
        """Return the lead that another one turned out to be; the turn that the other one took is given back."""

        def act(session: Session) -> Answer:
            row, target = lead_named(session, lead), lead_named(session, into)
            if lead == into or row.status == "merged" or target.status == "merged":
                raise ConflictError(Mistake("these leads cannot be merged", f"{lead} into {into}"))
            release(session, row, "merged", why=f"the same as {into}", into=into, give_back=True)
            row.body |= {"into": into, "how": f"the same as {into}"}
            change(session, row, status="merged", owner=None, look_at=None)
            return answer(target)

        return self.acts.do("merging leads", actor, act)

    def sweep(self, *, actor: str = "clock") -> list[Answer]:
        """Return the leads whose clock had run out or who waited, as they are now; call it every few seconds."""

        def act(session: Session) -> list[Answer]:
            if session.state.plan is None:
                return []
            done = []
            for row in session.due(SWEPT_AT_ONCE):
                if row.status == "assigned":
                    if row.body.get("if_lapsed") == "keep":
                        session.add("lapsed", lead=row.id, rep=row.owner, kept=True)
                        change(session, row, look_at=None)
                        done.append(answer(row))
                        continue
                    row.body["lapses"] = row.body.get("lapses", 0) + 1
                    release(session, row, "lapsed", why=f"not accepted by {row.body['due']}")
                place(session, row)
                done.append(answer(row))
            return done

        return self.acts.do("looking at clocks", actor, act)

    # reps and policy

    def adopt(self, policy: Policy, *, actor: str) -> bool:
        """Return whether the ledger took the policy on: False where it is the one in force."""

        def act(session: Session) -> bool:
            before = session.state.plan
            if before is not None and before.fingerprint == Plan(policy).fingerprint:
                return False
            session.add("policy", policy=as_plain(policy), fingerprint=Plan(policy).fingerprint)
            return True

        return self.acts.do("adopting a policy", actor, act)

    def note(self, kind: str, *, actor: str, rep: str | None = None, **body: Any) -> None:  # noqa: ANN401
        """Enter a change about a rep (pause, resume, leave, leave cancelled, calendar, rep), or one to be audited."""

        def act(session: Session) -> None:
            if rep is not None and kind != "rep" and rep not in session.state.reps:
                raise NotFoundError(
                    Mistake("there is no such rep", found=rep, next_step="'idealfit route reps' lists them.")
                )
            if kind == "leave cancelled" and body["id"] not in session.state.leave_of(str(rep)):
                raise NotFoundError(Mistake("there is no such leave", found=str(body["id"])))
            session.add(kind, rep=rep, **body)

        self.acts.do(f"entering: {kind}", actor, act)

    def take_leave(self, rep: str, first: date, last: date, *, actor: str) -> str:
        """Return the id of the days off (both included, in the rep's time zone) that were entered."""
        if not (YEARS[0] <= first.year and last.year <= YEARS[1]):
            raise InputError(Mistake("these days are far away", found=f"{first} to {last}"))
        if last < first:
            raise InputError(Mistake("the leave ends before it begins", found=f"{first} to {last}"))

        def act(session: Session) -> str:
            if rep not in session.state.reps:
                raise NotFoundError(Mistake("there is no such rep", found=rep[:200]))
            start, end = days_off(first, last, session.state.reps[rep].diary.zone)
            name = f"V{session.state.seq + 1}"
            session.add("leave", rep=rep, id=name, start=start.isoformat(), end=end.isoformat())
            return name

        return self.acts.do("entering leave", actor, act)

    def say_rep(self, said: Mapping[str, object], *, actor: str) -> None:
        """Say who a rep is, beside or instead of what the policy says; raises `PolicyError` with all mistakes."""
        rep, mistakes = rep_of(said)
        if rep is None:
            raise PolicyError(*mistakes)

        def act(session: Session) -> None:
            _require_policy(session)
            session.add("rep", rep=rep.id, said=rep.model_dump(mode="json", exclude_defaults=True))

        self.acts.do("entering a rep", actor, act)

    # what is asked

    def replay(self) -> Replayed:
        """Return what comes of taking every decision in the ledger again."""
        with self.acts.looking("replaying the ledger") as session:
            return replay(session.entries())

    def check(self) -> Checked:
        """Return whether what is kept of each lead is what the ledger adds up to."""
        with self.acts.looking("checking the ledger") as session:
            return check(session.entries(), session.all_leads())

    def results(self) -> Results:
        """Return what came of leads, by tier and by rep, and of what people decided otherwise."""
        with self.acts.looking("counting what came of leads") as session:
            return results(session.all_leads())

    def deals(self) -> list[dict[str, Value]]:
        """Return leads as deals with their outcome: what a review of the profile reads."""
        with self.acts.looking("writing what came of leads") as session:
            return list(deals(session.all_leads()))

    def calendars(self) -> list[tuple[str, str, ZoneInfo, timedelta, tuple[datetime | None, tuple[Span, ...]] | None]]:
        """Return reps with a calendar: its address, their zone, for how long a reading is good, and the last one."""
        with self.acts.looking("looking up calendars") as session:
            state = session.state
            valid = duration(state.plan.policy.calendar_valid_for) if state.plan else timedelta()
            return [
                (name, rep.said.calendar, rep.diary.zone, valid, state.calendar_of(name))
                for name, rep in sorted(state.reps.items())
                if rep.said.calendar
            ]

    def audit(self, *, after: int = 0, limit: int = 100) -> list[Entry]:
        """Return lines of the ledger in their order: who changed what."""
        with self.acts.looking("reading the ledger") as session:
            return list(session.entries(after=after, limit=limit))

    def health(self) -> tuple[int, str | None]:
        """Return how many entries the ledger has and the name of the policy in force; asks the database."""
        with self.acts.looking("looking whether all is well") as session:
            return session.state.seq, session.state.plan.policy.name if session.state.plan else None

    def leads(self, *, status: str | None = None, owner: str | None = None, limit: int = 200) -> list[Answer]:
        """Return leads as they are now, those changed last first."""
        if not all(can_be_a_name(given) for given in (status, owner) if given is not None):
            return []
        with self.acts.looking("listing leads") as session:
            return [answer(row) for row in session.leads(status=status, owner=owner, limit=limit)]

    def lead(self, lead: str) -> Answer:
        """Return one lead as it is now."""
        with self.acts.looking("looking at a lead") as session:
            return answer(lead_named(session, lead))

    def reps(self) -> list[Standing]:
        """Return how every rep stands now."""
        with self.acts.looking("looking at reps") as session:
            return standing(session.state, session.at)

    def why(self, lead: str) -> Story:
        """Return everything that happened to a lead, with the reasons."""
        with self.acts.looking("telling why") as session:
            return why(session, lead_named(session, lead).id)

    def why_not(self, lead: str, rep: str) -> tuple[str, ...]:
        """Return why a lead is not with a rep; nothing where it is."""
        with self.acts.looking("telling why not") as session:
            return why_not(session, lead_named(session, lead).id, rep)

    def next_up(self, given: Mapping[str, object]) -> Next:
        """Return what would become of a lead that came now."""
        fields = fields_of(given)
        facts = {**fields, **self._enrich(fields)}
        with self.acts.looking("telling who is next") as session:
            _require_policy(session)
            return next_up(session, facts)


def _require_policy(session: Session) -> None:
    if session.state.plan is None:
        raise ConflictError(
            Mistake("there is no policy yet", next_step="Give one: 'idealfit route adopt policy.yaml'.")
        )
