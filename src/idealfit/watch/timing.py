"""Why now: what the events at a company are worth today, by the profile's triggers. It is never a part of fit.

An event of a trigger's kind is worth the trigger's weight at first, and half of it after each half-life. It counts only
within the trigger's window. Several events of one kind saturate: together they are never worth more than the weight, as
each adds its share of what is left. Negative weights (layoffs, a hiring freeze) count against. The sum of points, from
all kinds, becomes a score from 0 to 100: 100 x (1 - 2^(-points / 3)), so that three fresh points make 50, six make 75.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from idealfit.profile.sections import Trigger
    from idealfit.watch.told_events import Seen

HALF_AT = 3.0
"""So many points make a score of 50."""

ACT, SOON = 50, 20
"""From these scores on, a company is one to act on now, or soon."""

STALE = 0.05
"""An event that is worth less than this share of its weight leaves by itself."""

ALIASES: Mapping[str, str] = {
    "fundraising": "funding", "funding round": "funding", "raised": "funding", "round": "funding", "hired": "job "
    "posted",
    "hiring": "job posted", "job": "job posted", "jobs": "job posted", "job posting": "job posted", "layoff": "layoffs",
    "exec hire": "new executive", "executive change": "new executive", "leadership change": "new executive",
    "new exec": "new executive", "launch": "product launch", "acquired": "acquisition", "new office": "expansion",
    "tech added": "technology added", "headcount": "headcount growth", "pricing change": "price change",
    "prices changed": "price change", "pricing changed": "price change",
}  # fmt: skip
"""Names that people give to kinds of events."""


@dataclass(frozen=True)
class Worth:
    """What one event is worth today: its age in days, its points, and in words why."""

    event: str
    kind: str
    summary: str
    day: date
    age: int
    points: float
    why: str
    judged: str
    day_known: bool = True


@dataclass(frozen=True)
class Timing:
    """How good the moment is: a score from 0 to 100, its points, and every event behind them, the weightiest first.

    `band` is 1 (act now), 2 (soon) or 3 (no reason today).
    """

    company: str
    score: int
    points: float
    events: tuple[Worth, ...]
    ignored: tuple[str, ...] = ()

    @property
    def band(self) -> int:
        """Return 1 to act now, 2 for soon, 3 for no reason today."""
        return 1 if self.score >= ACT else 2 if self.score >= SOON else 3

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        events = [{**vars(e), "day": e.day.isoformat()} for e in self.events]
        return {**vars(self), "band": self.band, "events": events, "ignored": list(self.ignored)}


def same_kind(kind: str) -> str:
    """Return a kind of event in one way of writing.

    >>> same_kind("Funding_Round"), same_kind("new executive"), same_kind("Job posting: data engineer")
    ('funding', 'new executive', 'job posted: data engineer')
    """
    plain = re.sub(r"[\s_-]+", " ", kind.strip().casefold())
    head, colon, rest = plain.partition(":")
    return ALIASES.get(head, head) + (f": {rest.strip()}" if colon else "")


def timing(company: str, triggers: Sequence[Trigger], seen: Iterable[Seen], today: date) -> Timing:
    """Return what the events of a company are worth today. Dismissed ones are worth nothing; future ones wait.

    A trigger may ask for more than a kind: ``job posted: data engineer`` wants those words in the event.
    """
    by_kind: dict[int, list[tuple[float, Worth]]] = {}
    ignored: list[str] = []
    for one in seen:
        event = one.as_judged
        if one.state == "dismissed" or one.left_because:
            continue
        age = (today - event.day).days
        if age < 0:
            ignored.append(f"{event.kind}: {event.summary}: its day, {event.day}, is yet to come")
            continue
        for number, trigger in enumerate(triggers):
            if not fits(trigger.kind, event.kind, event.summary):
                continue
            first, last = trigger.window_days
            if not first <= age <= last:
                ignored.append(f"{event.kind}: {event.summary}: {age} days old; it counts from {first} to {last} days")
                continue
            share = 0.5 ** (age / trigger.half_life_days.value)
            by_kind.setdefault(number, []).append((share, _worth(one, trigger, age, share)))
    points, told = 0.0, []
    for number, held in by_kind.items():
        left = 1.0
        for share, worth in sorted(held, key=lambda pair: (-pair[0], pair[1].event)):
            added = triggers[number].weight * left * share
            told.append(_with_points(worth, added, saturated=left < 1.0))
            points += added
            left *= 1.0 - share
    score = int(100 * (1 - 2 ** (-max(points, 0.0) / HALF_AT)) + 0.5)
    ranked = tuple(sorted(told, key=lambda w: (-abs(w.points), w.event)))
    return Timing(company, score, round(points, 2), ranked, tuple(ignored))


def fits(wanted: str, kind: str, summary: str) -> bool:
    """Return whether an event is of a trigger's kind, and holds the words that the trigger adds after a colon."""
    asked, _, words = same_kind(wanted).partition(": ")
    if asked != same_kind(kind):
        return False
    return all(word in summary.casefold() for word in words.split())


def _worth(one: Seen, trigger: Trigger, age: int, share: float) -> Worth:
    event = one.as_judged
    half = trigger.half_life_days.value
    source = {"fitted": "fitted to your deals", "default": "a default", "person": "set by a person"}
    days = "today" if age == 0 else f"{age} day{'s' if age != 1 else ''} ago"
    why = (
        f"{days}; weight {trigger.weight:+d}, {share:.0%} left (half-life {half:g} days, "
        f"{source[trigger.half_life_source]})"
    )
    if event.happened_on is None:
        why += "; its day is not known, so it counts from when it was seen"
    state = "not yet confirmed" if one.state == "new" else one.state
    return Worth(event.id, event.kind, event.summary, event.day, age, 0.0, why, state, event.happened_on is not None)


def _with_points(worth: Worth, points: float, *, saturated: bool) -> Worth:
    why = worth.why + ("; there is a fresher one of its kind" if saturated else "")
    return Worth(**{**vars(worth), "points": round(points, 2), "why": why})


def stale(triggers: Sequence[Trigger], seen: Iterable[Seen], today: date) -> dict[str, str]:
    """Return the events that leave by themselves, each with the reason: too old for every trigger that wants them.

    An event that no trigger wants leaves after ninety days, judged or not.
    """
    gone: dict[str, str] = {}
    for one in seen:
        if one.left_because:
            continue
        event = one.as_judged
        age = (today - event.day).days
        wanted = [t for t in triggers if fits(t.kind, event.kind, event.summary)]
        if not wanted and age > 90:
            gone[event.id] = f"{age} days old, and no trigger asks for it"
        elif (
            wanted
            and all(age > t.window_days[1] or 0.5 ** (age / t.half_life_days.value) < STALE for t in wanted if age >= 0)
            and age >= 0
        ):
            gone[event.id] = f"{age} days old: worth nothing today"
    return gone
