"""A policy made ready to decide with: tests as functions, pools in a fixed order, durations as time."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.route.answers import asked
from idealfit.route.hours import duration
from idealfit.route.policy_file import fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date, timedelta

    from idealfit.route.answers import Asked, Value
    from idealfit.route.policy import Lapse, Need, Policy, Pool, Step, When


@dataclass(frozen=True, slots=True)
class Member:
    """A rep in a pool; `order` decides between people who have never had a turn."""

    rep: str
    weight: int
    priority: int
    order: int


@dataclass(frozen=True, slots=True)
class ReadyPool:
    """A pool whose members stand in a fixed order."""

    name: str
    turn: str
    members: tuple[Member, ...]
    needs: tuple[Need, ...]
    hold_for: timedelta
    said: Pool


@dataclass(frozen=True, slots=True)
class ReadyStep:
    """A step with its clock."""

    said: Step
    accept_within: timedelta | None
    if_lapsed: Lapse


@dataclass(frozen=True, slots=True)
class ReadyRule:
    """A rule; its `tests` are places in the list of all tests of the policy."""

    name: str
    tests: tuple[int, ...]
    steps: tuple[ReadyStep, ...]


class Plan:
    """A policy made ready."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.fingerprint = fingerprint(policy)
        self.pools = {pool.name: _ready_pool(pool, policy.seed) for pool in policy.pools}
        self.fallback = tuple(self._ready(step) for step in policy.fallback)
        self._tests: list[tuple[str, Asked]] = []
        places: dict[When, int] = {}  # rules ask the same again and again: each test is made, and asked, once
        for when in (when for rule in policy.rules for when in rule.when):
            if when not in places:
                places[when] = len(self._tests)
                self._tests.append((when.field, asked(when.test)))
        self.rules = tuple(
            ReadyRule(
                rule.name,
                tuple(places[when] for when in rule.when),
                tuple(self._ready(step) for step in rule.to),
            )
            for rule in policy.rules
        )

    def rule_for(self, facts: Mapping[str, Value], today: date) -> ReadyRule | None:
        """Return the first rule whose tests are all answered with yes."""
        said: list[bool | None] = [None] * len(self._tests)
        for rule in self.rules:
            for place in rule.tests:
                holds = said[place]
                if holds is None:
                    field, test = self._tests[place]
                    holds = said[place] = test(facts.get(field), today) is True
                if not holds:
                    break
            else:
                return rule
        return None

    def _ready(self, step: Step) -> ReadyStep:
        clock = step.accept_within or self.policy.accept_within
        return ReadyStep(step, duration(clock) if clock else None, step.if_lapsed or self.policy.if_lapsed)


def _ready_pool(pool: Pool, seed: int) -> ReadyPool:
    members = (
        Member(rep, pool.weights.get(rep, 100), pool.priorities.get(rep, 1), _number(seed, rep)) for rep in pool.reps
    )
    ordered = tuple(sorted(members, key=lambda member: member.rep))
    return ReadyPool(pool.name, pool.turn or pool.name, ordered, pool.needs, duration(pool.hold_for), pool)


def _number(seed: int, name: str) -> int:
    """Return a number that chance could have given, the same on every machine.

    >>> _number(1, "ana") == _number(1, "ana") != _number(2, "ana")
    True
    """
    return int.from_bytes(hashlib.blake2b(f"{seed}\x1f{name}".encode(), digest_size=6).digest())
