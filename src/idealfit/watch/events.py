"""One event with all its mentions: told by ten sources it is counted once, keeps its id, and shows disagreements.

A mention joins the event of its company and kind that has its natural name, or else the one close in time whose marking
facts (amount, round, role, place, product, target) it does not contradict, and at least one of which it shares where
both have some. Otherwise it begins an event of its own. An event's id is made of its first mention, so it never
changes; reading a mention again changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from hashlib import sha256

from idealfit.watch.feeds import Strength
from idealfit.watch.mentions import Mention, alike

WINDOWS: Mapping[str, int] = {
    "funding": 60, "new executive": 60, "executive departure": 60, "acquisition": 75, "layoffs": 30, "expansion": 60,
    "product launch": 30, "partnership": 30, "incident": 21, "hiring freeze": 30, "regulation": 45, "bankruptcy": 90,
    "results": 30, "technology added": 60, "technology removed": 60, "headcount growth": 30, "headcount decline": 30,
}  # fmt: skip
"""Days within which two tellings of a kind may be of one event."""

OTHERWISE = 21

_TRUST: Mapping[Strength, int] = {"official": 0, "own words": 1, "reported": 2, "article": 3, "headline": 4}
_MARKS = ("round", "amount", "role", "target", "product", "place", "count", "share", "technology")
_OF_THE_SOURCE = ("doubt", "date means", "seen before in")
"""Facts on how a source knows, in which two sources may differ without contradicting each other."""

_NEAR = 0.15
"""Amounts that differ by less than this share are one amount, rounded or converted."""


@dataclass(frozen=True)
class Event:
    """Something that happened at a company, once. `happened_on` is the best known day; `first_seen_at` when we learned.

    `facts` are the best known ones; `conflicts` say, in words, where sources disagree.
    """

    id: str
    company: str
    kind: str
    summary: str
    happened_on: date | None
    first_seen_at: datetime
    facts: Mapping[str, str] = field(default_factory=dict)
    mentions: tuple[Mention, ...] = ()
    natural: frozenset[str] = frozenset()

    @classmethod
    def of(cls, id: str, mentions: Iterable[Mention]) -> Event:
        """Return an event from all its mentions."""
        first, *rest = sorted(mentions, key=_order)
        event = replace(_begin(first), id=id)
        for mention in rest:
            event = _joined(event, mention)
        return event

    @property
    def sources(self) -> tuple[str, ...]:
        """The sources that tell of it, each once."""
        return tuple(dict.fromkeys(mention.source for mention in self.mentions))

    @property
    def day(self) -> date:
        """The day that its age counts from: when it happened or, unknown, when it was first seen."""
        return self.happened_on or self.first_seen_at.date()

    @property
    def when(self) -> str:
        """When it happened, in words: the day or, where it is not known, what is known of it instead."""
        if self.happened_on:
            return self.happened_on.isoformat()
        doubt = self.facts.get("doubt", "")
        return "its day is not known" + (f" ({doubt})" if doubt else "")

    @property
    def best(self) -> Mention:
        """The mention that proves it best: the most official one, and of those the one with a quote, and the first."""
        return min(self.mentions, key=lambda m: (_TRUST[m.strength], not m.quote, m.seen_at, m.id))

    @property
    def conflicts(self) -> tuple[str, ...]:
        """Where the sources disagree, in words."""
        said: dict[str, dict[str, list[str]]] = {}
        for mention in self.mentions:
            for name, value in mention.facts.items():
                if name in _OF_THE_SOURCE:
                    continue
                said.setdefault(name, {}).setdefault(value, []).append(mention.source)
        told = [
            _versions(name, versions)
            for name, versions in said.items()
            if len(versions) > 1 and _differ(name, versions)
        ]
        days = {m.happened_on for m in self.mentions if m.happened_on and _TRUST[m.strength] <= 1}
        if len(days) > 1:
            told.append("happened on: " + " or ".join(sorted(day.isoformat() for day in days)))
        return tuple(told)


def _versions(name: str, versions: Mapping[str, Sequence[str]]) -> str:
    return f"{name}: " + " or ".join(
        f"{value} ({', '.join(dict.fromkeys(by))})" for value, by in sorted(versions.items())
    )


def _differ(name: str, versions: Mapping[str, Sequence[str]]) -> bool:
    values = list(versions)
    return any(not _same(name, values[0], value) or name == "amount" for value in values[1:])


def _same(name: str, one: str, other: str) -> bool:
    if one == other:
        return True
    if name in ("amount", "count", "share"):
        first, second = float(one or 0), float(other or 0)
        return abs(first - second) <= _NEAR * max(first, second)
    if name == "role":
        return alike(one, other) >= 0.75
    shorter, longer = sorted((one, other), key=len)
    return alike(one, other) >= 0.5 or bool(re.search(rf"\b{re.escape(shorter)}\b", longer))


def merge(events: Iterable[Event], mentions: Iterable[Mention]) -> dict[str, Event]:
    """Return all events by id, with the mentions put where they belong.

    New mentions are taken in order of the day they tell of, so the outcome does not depend on the order they came in.
    """
    known: dict[str, Event] = {event.id: event for event in events}
    seen = {mention.id for event in known.values() for mention in event.mentions}
    by_kind: dict[tuple[str, str], list[str]] = {}
    for event in known.values():
        by_kind.setdefault((event.company, event.kind), []).append(event.id)
    for mention in sorted(mentions, key=_order):
        if mention.id in seen:
            continue
        seen.add(mention.id)
        near = by_kind.setdefault((mention.company, mention.kind), [])
        chosen = _home(mention, [known[name] for name in near])
        if chosen is None:
            begun = _begin(mention)
            near.append(begun.id)
            known[begun.id] = begun
        else:
            known[chosen.id] = _joined(chosen, mention)
    return known


def _order(mention: Mention) -> tuple[date, int, int, str]:
    day = mention.happened_on or mention.seen_at.date()
    return day, -len([m for m in _MARKS if mention.facts.get(m)]), _TRUST[mention.strength], mention.id


def _home(mention: Mention, near: Sequence[Event]) -> Event | None:
    """Return the event that a mention tells of: by its natural name, else the closest one that it fits."""
    if mention.natural:
        named = next((event for event in near if mention.natural in event.natural), None)
        if named is not None:
            return named
        if mention.natural.startswith(("job:", "page:", "row:")):
            return None  # such names are complete: another name is another event
    fitting = [(score, event) for event in near if (score := _fit(mention, event)) > 0]
    if not fitting:
        return None
    return max(fitting, key=lambda pair: (pair[0], -_apart(mention, pair[1]), pair[1].id))[1]


def _apart(mention: Mention, event: Event) -> int:
    return abs(((mention.happened_on or mention.seen_at.date()) - event.day).days)


def _fit(mention: Mention, event: Event) -> float:
    """Return how well a mention fits an event: 0 where it contradicts it or lies too far away in time."""
    if _apart(mention, event) > WINDOWS.get(mention.kind, OTHERWISE):
        return 0.0
    official = {name for name in (mention.natural, *event.natural) if name.startswith("filing:")}
    if len(official) > 1 and mention.natural:
        return 0.0
    shared = [name for name in _MARKS if mention.facts.get(name) and event.facts.get(name)]
    agree = [name for name in shared if _same(name, mention.facts[name], event.facts[name])]
    differ = [name for name in shared if name not in agree]
    if differ and not (set(differ) == {"amount"} and "round" in agree):  # a round is told with several amounts
        return 0.0
    close = 1.0 - _apart(mention, event) / (2 * WINDOWS.get(mention.kind, OTHERWISE))
    if agree:
        return 2.0 + len(agree) + close
    words = max(alike(mention.summary, told.summary) for told in event.mentions)
    lone = not any(mention.facts.get(name) for name in _MARKS) or not any(event.facts.get(name) for name in _MARKS)
    if lone and _apart(mention, event) <= max(10, WINDOWS.get(mention.kind, OTHERWISE) // 3):
        return 1.0 + close + words
    return close + words if words >= 0.5 else 0.0


def _begin(mention: Mention) -> Event:
    name = mention.natural or mention.id
    made = sha256("\x1f".join((mention.company, mention.kind, name)).encode()).hexdigest()[:20]
    natural = frozenset({mention.natural} if mention.natural else ())
    return Event(made, mention.company, mention.kind, mention.summary, mention.happened_on, mention.seen_at,
                 dict(mention.facts), (mention,), natural)  # fmt: skip


def _joined(event: Event, mention: Mention) -> Event:
    """Return the event with one more mention; what the most official source says comes first."""
    mentions = (*event.mentions, mention)
    ranked = sorted(mentions, key=lambda m: (_TRUST[m.strength], m.happened_on or date.max, m.id))
    facts: dict[str, str] = {}
    for told in ranked:
        for name, value in told.facts.items():
            facts.setdefault(name, value)
    dated = [m for m in ranked if m.happened_on]
    best = _TRUST[dated[0].strength] if dated else 0
    day = min((m.happened_on for m in dated if m.happened_on and _TRUST[m.strength] == best), default=None)
    natural = event.natural | ({mention.natural} if mention.natural else set())
    first = min(event.first_seen_at, mention.seen_at)
    return replace(event, mentions=mentions, facts=facts, happened_on=day, natural=natural, first_seen_at=first,
                   summary=ranked[0].summary)  # fmt: skip
