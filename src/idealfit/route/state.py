"""What the ledger adds up to: who is on the roster, who is away, whose turn it is, who has how many leads.

The state is a fold over the entries of the ledger and nothing else. Each entry carries all that it changes, so the same
entries make the same state on every machine, and the state after any entry can be made again.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from idealfit.route.availability import FAR, Diary, days_off
from idealfit.route.hours import week, zone
from idealfit.route.plan import Plan
from idealfit.route.policy import Rep
from idealfit.route.policy_file import as_plain, from_plain
from idealfit.route.turns import LEAD, shares

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from idealfit.route.hours import Span
    from idealfit.route.plan import Member, ReadyPool

Body = dict[str, Any]

Wanted = tuple[tuple[str, str], ...]
"""What a lead needs of a rep: lists of theirs, and what must stand in each."""

MOST_KEPT = 10_000

WEIGHT = 100
"""The weight of a rep for whom none is written."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger. What stands in `body` depends on `kind` (docs/routing.md lists both)."""

    seq: int
    at: datetime
    kind: str
    lead: str | None
    rep: str | None
    actor: str
    body: Body


@dataclass(slots=True)
class RepState:
    """What is known of one rep now."""

    said: Rep
    diary: Diary
    can: dict[str, frozenset[str]]
    caps: tuple[tuple[str, int], ...] = ()
    paused: str | None = None
    open: int = 0
    counts: dict[str, tuple[str, int]] = field(default_factory=dict)


class State:
    """The sum of the ledger so far; `apply` adds one entry."""

    def __init__(self) -> None:
        self.seq = 0
        self.clock = datetime(1970, 1, 1, tzinfo=UTC)
        self.plan: Plan | None = None
        self.reps: dict[str, RepState] = {}
        self.credit: dict[str, dict[str, int]] = {}
        self.last: dict[str, dict[str, int]] = {}
        self.named: dict[str, str] = {}
        self._former: dict[str, RepState] = {}  # who has left the roster may come back
        self._told: dict[str, Rep] = {}  # what was said of reps beside the policy
        self._leave: dict[str, dict[str, Span]] = {}
        self._calendars: dict[str, tuple[datetime | None, tuple[Span, ...]]] = {}
        self._covering: dict[tuple[str, Wanted], tuple[tuple[Member, ...], dict[str, tuple[Member, ...]]]] = {}

    def apply(self, entry: Entry) -> None:
        """Add one entry."""
        change = _CHANGES.get(entry.kind)
        if change is not None:
            change(self, entry)
        self.seq = entry.seq
        self.clock = max(self.clock, entry.at)

    def leave_of(self, rep: str) -> Mapping[str, Span]:
        """Return the leave that was entered for a rep, by its id."""
        return self._leave.get(rep, {})

    def calendar_of(self, rep: str) -> tuple[datetime | None, tuple[Span, ...]] | None:
        """Return until when the last reading of a rep's calendar is good, and what stood in it."""
        return self._calendars.get(rep)

    def covering(self, pool: ReadyPool, wanted: Wanted) -> tuple[tuple[Member, ...], dict[str, tuple[Member, ...]]]:
        """Return who of a pool covers what a lead needs, and who does not, by what they lack."""
        found = self._covering.get((pool.name, wanted))
        if found is None:
            lacking: dict[str, list[Member]] = {}
            could: list[Member] = []
            for member in pool.members:
                can = self.reps[member.rep].can
                lacks = next(
                    (f"does not cover {key} {value}" for key, value in wanted if value not in can.get(key, ())), None
                )
                if member.weight == 0:
                    lacks = "weight 0"
                (could if lacks is None else lacking.setdefault(lacks, [])).append(member)
            if len(self._covering) > MOST_KEPT:  # leads that need ever other things
                self._covering.clear()
            found = (tuple(could), {why: tuple(members) for why, members in lacking.items()})
            self._covering[pool.name, wanted] = found
        return found

    def taken(self, rep: RepState, window: str, at: datetime) -> int:
        """Return how many leads a rep was given in the running day, week or month of their time zone."""
        key, count = rep.counts.get(window, ("", 0))
        return count if count and key == _windows(at.astimezone(rep.diary.zone).date())[window] else 0

    # what each kind of entry changes

    def _policy(self, entry: Entry) -> None:
        self.plan = Plan(from_plain(entry.body["policy"]))
        self._roster()

    def _rep(self, entry: Entry) -> None:
        assert entry.rep is not None  # noqa: S101  entries of this kind name one
        self._told[entry.rep] = Rep.model_validate(entry.body["said"])
        self._roster()

    def _pause(self, entry: Entry) -> None:
        self.reps[str(entry.rep)].paused = str(entry.body.get("why") or "paused")

    def _resume(self, entry: Entry) -> None:
        self.reps[str(entry.rep)].paused = None

    def _on_leave(self, entry: Entry) -> None:
        spans = self._leave.setdefault(str(entry.rep), {})
        spans[entry.body["id"]] = (_moment(entry.body["start"]), _moment(entry.body["end"]))
        self._renew_diary(str(entry.rep))

    def _leave_cancelled(self, entry: Entry) -> None:
        self._leave.get(str(entry.rep), {}).pop(entry.body["id"], None)
        self._renew_diary(str(entry.rep))

    def _calendar(self, entry: Entry) -> None:
        spans = tuple((_moment(start), _moment(end)) for start, end in entry.body["busy"])
        until = entry.body["until"]
        self._calendars[str(entry.rep)] = (None if until is None else _moment(until), spans)
        self._renew_diary(str(entry.rep))

    def _assigned(self, entry: Entry) -> None:
        rep = self.reps.get(str(entry.rep))
        if rep is not None:
            rep.open += 1
            for window, now in _windows(entry.at.astimezone(rep.diary.zone).date()).items():
                key, count = rep.counts.get(window, ("", 0))
                rep.counts[window] = (now, count + 1 if key == now else 1)
        self._turn(entry, 1)

    def _released(self, entry: Entry) -> None:
        rep = self.reps.get(str(entry.rep)) or self._former.get(str(entry.rep))
        if entry.rep is None or entry.body.get("kept"):
            return
        if rep is not None:
            rep.open = max(rep.open - 1, 0)
        if entry.body.get("given_back"):
            self._turn(entry, -1)

    def _turn(self, entry: Entry, sign: int) -> None:
        turn, shared = entry.body.get("turn"), entry.body.get("shared")
        if turn is None or shared is None:
            return
        credit = self.credit.setdefault(turn, {})
        weights: Sequence[int] = entry.body.get("weights") or [WEIGHT] * len(shared)
        for rep, part in zip(shared, shares(tuple(weights)), strict=True):
            credit[rep] = credit.get(rep, 0) + sign * part
        credit[str(entry.rep)] = credit.get(str(entry.rep), 0) - sign * LEAD
        if sign > 0:
            self.last.setdefault(turn, {})[str(entry.rep)] = entry.seq

    # the roster

    def _roster(self) -> None:
        """Put the reps of the policy and those told beside it together; what they have stays theirs."""
        assert self.plan is not None  # noqa: S101  a ledger begins with a policy
        said = {rep.id: rep for rep in self.plan.policy.reps} | self._told
        before = self._former | self.reps
        self._covering = {}
        self._former = {name: rep for name, rep in before.items() if name not in said}
        self.reps = {}
        for name, rep in said.items():
            can = {key: frozenset(value.strip().casefold() for value in values) for key, values in rep.can.items()}
            limits = (("day", rep.per_day), ("week", rep.per_week), ("month", rep.per_month))
            caps = tuple((window, most) for window, most in limits if most is not None)
            self.reps[name] = RepState(rep, self._diary(rep), can, caps)
            if name in before:
                old = before[name]
                self.reps[name].paused, self.reps[name].open = old.paused, old.open
                self.reps[name].counts = old.counts
        self.named = {key.strip().casefold(): name for name, rep in sorted(said.items()) for key in rep.accounts}

    def _renew_diary(self, name: str) -> None:
        if name in self.reps:
            self.reps[name].diary = self._diary(self.reps[name].said)

    def _diary(self, rep: Rep) -> Diary:
        assert self.plan is not None  # noqa: S101  a ledger begins with a policy
        policy = self.plan.policy
        place = zone(rep.zone or policy.zone)
        leave = [days_off(days.first, days.last, place) for days in rep.leave]
        until, meetings = self._calendars.get(rep.id, (None, ())) if rep.calendar else (FAR, ())
        return Diary(
            place,
            week(rep.hours or policy.hours),
            holidays=rep.holidays or policy.holidays,
            leave=[*leave, *self._leave.get(rep.id, {}).values()],
            meetings=meetings,
            read_until=until,
        )

    # as plain values, so that a long ledger need not be read from its beginning

    def as_plain(self) -> Body:
        """Return all of it as plain values."""
        return {
            "seq": self.seq,
            "clock": self.clock.isoformat(),
            "policy": as_plain(self.plan.policy) if self.plan else None,
            "told": {name: rep.model_dump(mode="json", exclude_defaults=True) for name, rep in self._told.items()},
            "leave": {rep: {key: _written(span) for key, span in of.items()} for rep, of in self._leave.items()},
            "calendars": {
                rep: [None if until is None else until.isoformat(), [_written(span) for span in spans]]
                for rep, (until, spans) in self._calendars.items()
            },
            "credit": self.credit,
            "last": self.last,
            "reps": {name: [rep.paused, rep.open, rep.counts] for name, rep in self.reps.items()},
        }

    @classmethod
    def from_plain(cls, values: Body) -> State:
        """Return the state that `as_plain` wrote."""
        state = cls()
        state.seq, state.clock = values["seq"], _moment(values["clock"])
        state._told = {name: Rep.model_validate(rep) for name, rep in values["told"].items()}
        state._leave = {
            rep: {key: (_moment(span[0]), _moment(span[1])) for key, span in of.items()}
            for rep, of in values["leave"].items()
        }
        state._calendars = {
            rep: (None if until is None else _moment(until), tuple((_moment(a), _moment(b)) for a, b in spans))
            for rep, (until, spans) in values["calendars"].items()
        }
        state.credit, state.last = values["credit"], values["last"]
        if values["policy"] is not None:
            state.plan = Plan(from_plain(values["policy"]))
            state._roster()
        for name, (paused, held, counts) in values["reps"].items():
            rep = state.reps[name]
            rep.paused, rep.open = paused, held
            rep.counts = {window: (key, count) for window, (key, count) in counts.items()}
        return state


_CHANGES = {
    "policy": State._policy,
    "rep": State._rep,
    "pause": State._pause,
    "resume": State._resume,
    "leave": State._on_leave,
    "leave cancelled": State._leave_cancelled,
    "calendar": State._calendar,
    "assigned": State._assigned,
    "lapsed": State._released,
    "declined": State._released,
    "reassigned": State._released,
    "merged": State._released,
    "closed": State._released,
}


@lru_cache(maxsize=512)
def _windows(day: date) -> Mapping[str, str]:
    """Return the names of the day, week and month that a day is in."""
    year, number, _ = day.isocalendar()
    return {"day": day.isoformat(), "week": f"{year}-W{number:02}", "month": day.isoformat()[:7]}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _written(span: Span) -> list[str]:
    return [span[0].isoformat(), span[1].isoformat()]
