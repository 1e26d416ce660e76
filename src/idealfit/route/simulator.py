"""What would have been: a history of leads under a policy, by the same acts that the desk does, on a clock of its own.

What people do is not the policy's: how soon somebody accepts a lead is drawn once for each lead and rep, from the seed,
so that two policies are compared on the same people. A lead that nobody accepts in time lapses as it does in earnest.
"""

from __future__ import annotations

import hashlib
import heapq
import math
from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from statistics import NormalDist
from typing import TYPE_CHECKING, Any

from idealfit.route.desk import Desk
from idealfit.route.rehearsal import Rehearsal
from idealfit.route.turns import LEAD

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import date, datetime

    from idealfit.route.answers import Value
    from idealfit.route.policy import Policy
    from idealfit.route.state import Entry

POINTS = 60
"""Points of the curve of fairness over time."""


@dataclass(frozen=True, slots=True)
class PastLead:
    """A lead that came in: when, and what was known of it then."""

    id: str
    at: datetime
    fields: Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Absence:
    """Days on which a rep was away."""

    rep: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True)
class People:
    """How people behave: half of them accept within `accepts`, and a lead stays open for `open_for` after that."""

    accepts: timedelta = timedelta(minutes=10)
    spread: float = 1.0
    open_for: timedelta = timedelta(days=5)
    seed: int = 0

    def accepts_after(self, lead: str, rep: str) -> timedelta:
        """Return after how much working time this rep accepts this lead (log-normal, the same for every policy)."""
        digest = hashlib.blake2b(f"{self.seed}\x1f{lead}\x1f{rep}".encode(), digest_size=8).digest()
        share = (int.from_bytes(digest) + 0.5) / 2**64
        return self.accepts * math.exp(self.spread * NormalDist().inv_cdf(share))


@dataclass
class Outcome:
    """What a policy did with a history."""

    policy: str
    days: tuple[date, date]
    leads: int = 0
    accepted: int = 0
    waiting: int = 0
    unrouted: int = 0
    ended: int = 0
    queued: int = 0
    lapses: int = 0
    expected_wins: float | None = None
    expected_wins_reached: float | None = None
    responses: list[float] = field(default_factory=list)
    """Minutes from coming in to being accepted, of each lead that was."""
    load: dict[str, int] = field(default_factory=dict)
    """Leads that each rep was given."""
    largest_gap: float = 0.0
    gaps: list[tuple[float, float]] = field(default_factory=list)
    """The largest gap from the fair share, in leads, by the share of the history that is over."""
    owners: dict[str, str | None] = field(default_factory=dict)

    def response(self, share: float) -> float | None:
        """Return the minutes within which this share of the accepted leads was accepted."""
        ordered = sorted(self.responses)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else None


class _Run:
    """One policy on one history."""

    def __init__(self, policy: Policy, people: People, history: Sequence[PastLead]) -> None:
        self.now: datetime = history[0].at
        self.found = Outcome(policy.name, (history[0].at.date(), history[-1].at.date()))
        self.people = people
        self.ahead: list[tuple[datetime, int, str, str, str]] = []
        self.count = 0
        self.rehearsal = Rehearsal(self._clock, self._heard)
        self.desk = Desk(self.rehearsal)
        self.came: dict[str, datetime] = {}
        self.worth: dict[str, float] = {}

    def _clock(self) -> datetime:
        return self.now

    def _heard(self, entry: Entry) -> None:
        found = self.found
        if entry.kind == "assigned" and entry.rep and entry.lead:
            found.load[entry.rep] = found.load.get(entry.rep, 0) + 1
            diary = self.rehearsal.state.reps[entry.rep].diary
            starts = type(entry.at).fromisoformat(entry.body["starts"])
            accepts = diary.after(starts, self.people.accepts_after(entry.lead, entry.rep))
            if accepts is not None:
                self.later(accepts, "accept", entry.lead, entry.rep)
            credit = self.rehearsal.state.credit.get(entry.body["turn"] or "", {})
            if credit:
                gap = max(abs(credit[rep]) for rep in entry.body["shared"]) / LEAD
                found.largest_gap = max(found.largest_gap, gap)
        elif entry.kind == "lapsed":
            found.lapses += 1
        elif entry.kind == "accepted" and entry.lead:
            found.accepted += 1
            found.responses.append((entry.at - self.came[entry.lead]).total_seconds() / 60)
            self.later(entry.at + self.people.open_for, "close", entry.lead, entry.rep or "")

    def later(self, at: datetime, what: str, lead: str, rep: str) -> None:
        self.count += 1
        heapq.heappush(self.ahead, (at, self.count, what, lead, rep))

    def until(self, moment: datetime | None) -> None:
        """Do what people and clocks do before a moment (all of it, for None)."""
        while True:
            person = self.ahead[0][0] if self.ahead else None
            clock = self.rehearsal.next_due()
            first = min((at for at in (person, clock) if at is not None), default=None)
            if first is None or (moment is not None and first >= moment):
                return
            self.now = max(first, self._clock())
            if person is not None and (clock is None or person <= clock):
                _, _, what, lead, rep = heapq.heappop(self.ahead)
                self.do(what, lead, rep)
            else:
                self.desk.sweep()

    def do(self, what: str, lead: str, rep: str) -> None:
        row = self.rehearsal.lead(lead)
        if row is None or row.owner != rep:
            return
        if what == "accept" and row.status == "assigned":
            self.desk.accept(lead, actor=rep, rep=rep)
        elif what == "close" and row.status == "accepted":
            self.desk.close(lead, actor=rep, outcome="lost")  # or won: to the desk it is the same
            self.rehearsal.forget(lead)


def simulate(
    policy: Policy,
    history: Sequence[PastLead],
    *,
    people: People | None = None,
    absences: Sequence[Absence] = (),
    progress: Callable[[str, float], None] = lambda _words, _share: None,
) -> Outcome:
    """Return what a policy would have done with a history, which is in the order of time and not empty.

    Expected wins add up `win_rate` (as the profile gives it) of all leads, and of those that a rep accepted.
    """
    run = _Run(policy, people or People(), history)
    run.now = min([history[0].at, *(absence.first for absence in absences)])
    run.desk.adopt(policy, actor="simulation")
    for number, absence in enumerate(absences):
        if absence.rep in run.rehearsal.state.reps:
            span = {"start": absence.first.isoformat(), "end": absence.last.isoformat()}
            run.desk.note("leave", actor="simulation", rep=absence.rep, id=f"V{number}", **span)
    every = max(len(history) // POINTS, 1)
    for number, lead in enumerate(history):
        run.until(lead.at)
        run.now = max(lead.at, run.now)
        run.came.setdefault(lead.id, lead.at)
        worth = lead.fields.get("win_rate")
        if isinstance(worth, (int, float)):
            run.worth[lead.id] = float(worth)
        answer = run.desk.take(lead.fields, actor="simulation", id=lead.id)
        run.found.owners[lead.id] = answer.owner
        if number % every == 0:
            run.found.gaps.append((number / len(history), run.found.largest_gap))
            progress(f"trying {policy.name}", number / len(history))
    run.until(history[-1].at + run.people.open_for * 4)
    _count(run, history)
    return run.found


def _count(run: _Run, history: Sequence[PastLead]) -> None:
    found = run.found
    found.leads = len(run.came)
    found.gaps.append((1.0, found.largest_gap))
    reached = 0.0
    for lead in run.came:
        row = run.rehearsal.lead(lead)
        if row is None or row.status in ("accepted", "closed"):
            reached += run.worth.get(lead, 0.0)
        elif row.status == "ended":
            found.ended += 1
        elif row.status == "queued":
            found.queued += 1
            found.unrouted += row.body["how"] == "queue unrouted"
        else:
            found.waiting += 1
    if run.worth:
        found.expected_wins = sum(run.worth.values())
        found.expected_wins_reached = reached


def figures(found: Outcome) -> dict[str, Any]:
    """Return the figures of an outcome, in the order in which they are compared."""
    median, slow = found.response(0.5), found.response(0.9)
    loads = Counter(found.load)
    return {
        "leads": found.leads,
        "accepted by a rep": found.accepted,
        "minutes to acceptance, median": None if median is None else round(median, 1),
        "minutes to acceptance, nine in ten": None if slow is None else round(slow, 1),
        "not accepted in time": found.lapses,
        "still waiting at the end": found.waiting,
        "in a queue": found.queued,
        "of these unrouted": found.unrouted,
        "nurtured or disqualified": found.ended,
        "largest gap from the fair share, in leads": round(found.largest_gap, 2),
        "most leads of one rep": max(loads.values(), default=0),
        "fewest leads of one rep": min(loads.values(), default=0),
        "expected wins, all leads": None if found.expected_wins is None else round(found.expected_wins, 1),
        "expected wins, leads a rep accepted": (
            None if found.expected_wins_reached is None else round(found.expected_wins_reached, 1)
        ),
    }
