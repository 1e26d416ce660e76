"""What is doubtful about a policy that can be read: rules and reps nothing reaches, leads that land nowhere.

Tests are compared on the values that tell them apart: every value that a test names (and lists of up to five of them),
one on each side of every number, one that no test names, and unknown. A lead that lands nowhere is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from typing import TYPE_CHECKING

from idealfit.route.answers import asked

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from idealfit.profile.evidence import Test
    from idealfit.route.answers import Value
    from idealfit.route.policy import Policy, Pool, Step

MOST_BRANCHES = 200_000
"""Combinations of answers after which a search is given up, and said to be."""

MOST_IN_A_LIST = 5

TODAY = date(2026, 1, 15)  # a day to count from; tests on days are compared with each other only
TIER, NO_FIT = "tier", "disqualified"
NONE_OF_THESE = "\u00b7none of these\u00b7"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Something doubtful: where (rules 3, reps ana), what, and what to do about it."""

    where: tuple[str | int, ...]
    what: str
    next_step: str
    example: str = ""


@dataclass(frozen=True)
class _Condition:
    """The values of one field for which a test says yes."""

    field: str
    holds: frozenset[int]


class _Search:
    """Looks for a lead that meets some conditions and none of the rules before."""

    def __init__(self, policy: Policy) -> None:
        tests: dict[str, list[Test]] = {}
        for rule in policy.rules:
            for when in rule.when:
                tests.setdefault(when.field, []).append(when.test)
        self.values: dict[str, list[Value]] = {field: _telling(of) for field, of in tests.items()}
        if TIER in self.values:
            self.values[TIER] = list(dict.fromkeys([NO_FIT, *self.values[TIER]]))
        self.rules = [
            [_Condition(when.field, self._holding(when.field, when.test)) for when in rule.when]
            for rule in policy.rules
        ]
        self._left = 0

    def _holding(self, field: str, test: Test) -> frozenset[int]:
        answer = asked(test)
        return frozenset(k for k, value in enumerate(self.values[field]) if answer(value, TODAY) is True)

    def lead_for(self, wanted: Sequence[_Condition], before: Sequence[Sequence[_Condition]]) -> dict[str, int] | None:
        """Return a lead (the number of a value per field) that meets `wanted` and no rule of `before`, or None.

        Raises TimeoutError where the search was given up.
        """
        open_to = {field: frozenset(range(len(of))) for field, of in self.values.items()}
        for condition in wanted:
            open_to[condition.field] &= condition.holds
        if not all(open_to.values()):
            return None
        self._left = MOST_BRANCHES
        return self._spared(open_to, before)

    def _spared(
        self, open_to: dict[str, frozenset[int]], rules: Sequence[Sequence[_Condition]]
    ) -> dict[str, int] | None:
        self._left -= 1
        if self._left < 0:
            raise TimeoutError
        if not rules:
            return {field: max(of) for field, of in open_to.items()}  # the last value is unknown, the plainest lead
        first, *rest = rules
        if any(not open_to[c.field] & c.holds for c in first):  # cannot match any more
            return self._spared(open_to, rest)
        for condition in first:
            remaining = open_to[condition.field] - condition.holds
            if remaining:
                found = self._spared({**open_to, condition.field: remaining}, rest)
                if found is not None:
                    return found
        return None

    def told(self, lead: Mapping[str, int]) -> str:
        """Return an example in words."""
        known = {field: self.values[field][k] for field, k in lead.items()}
        said = [f"{field} {_shown(value)}" for field, value in known.items()]
        return ", ".join(said) or "any lead"


def doubts(policy: Policy) -> Iterator[Doubt]:
    r"""Yield what is doubtful about a policy.

    >>> from idealfit.route.policy_file import loads
    >>> rules = "[{name: All, to: [{end: nurture}]}, {name: Late, to: [{queue: q}]}]"
    >>> [doubt.what for doubt in doubts(loads(f"idealfit_routing: 1\nname: x\nrules: {rules}"))]
    ["rule 'Late' is never reached"]
    """
    search = _Search(policy)
    reached = set()
    for number, rule in enumerate(policy.rules):
        try:
            lead = search.lead_for(search.rules[number], search.rules[:number])
        except TimeoutError:
            yield Doubt(
                ("rules", number), f"rule '{rule.name}' could not be checked", "It stands behind too many others."
            )
            lead = {}
        if lead is None:
            never = not any(True for _ in rule.when) or search.lead_for(search.rules[number], ())
            why = (
                "the rules before it take every lead that it would" if never else "no lead can meet all its conditions"
            )
            yield Doubt(("rules", number), f"rule '{rule.name}' is never reached", f"Move it up or remove it: {why}.")
        else:
            reached.add(number)
    try:
        gap = search.lead_for((), search.rules)
    except TimeoutError:
        gap = None
    if gap is not None and not policy.fallback:
        what = "a lead may match no rule and land in the queue 'unrouted'"
        yield Doubt(("rules",), what, "Add a last rule without conditions, or a fallback.", search.told(gap))
    yield from _steps(policy, reached)
    yield from _people(policy, reached)
    yield from _uncovered(policy)
    yield from _tiers(policy, search)


def _tiers(policy: Policy, search: _Search) -> Iterator[Doubt]:
    """Yield rules that give reps what no rep should have, and rules that turn away what is not known."""
    if TIER not in search.values:
        return
    no_fit, unknown = (_Condition(TIER, frozenset((search.values[TIER].index(value),))) for value in (NO_FIT, None))
    for number, rule in enumerate(policy.rules):
        wrong = []
        if any(step.pool for step in rule.to):
            wrong.append((no_fit, "may give leads that are disqualified to reps", "Let a rule before it end them."))
        if any(step.end == "disqualify" for step in rule.to):
            wrong.append((unknown, "may disqualify leads whose tier is not known", "Give them a rule of their own."))
        for condition, what, next_step in wrong:
            try:
                lead = search.lead_for([*search.rules[number], condition], search.rules[:number])
            except TimeoutError:
                continue
            if lead is not None:
                yield Doubt(("rules", number), f"rule '{rule.name}' {what}", next_step, search.told(lead))


def _steps(policy: Policy, reached: set[int]) -> Iterator[Doubt]:
    for number, rule in enumerate(policy.rules):
        final = next((k for k, step in enumerate(rule.to) if _always_takes(policy, step)), None)
        if final is not None and final < len(rule.to) - 1:
            what = f"rule '{rule.name}': no step after the {_ordinal(final + 1)} is ever reached"
            yield Doubt(("rules", number, "to", final + 1), what, "Remove what follows, or move it up.")
        if number in reached and final is None and not any(_always_takes(policy, s) for s in policy.fallback):
            what = f"rule '{rule.name}': when nobody takes the lead it lands in the queue 'unrouted'"
            yield Doubt(("rules", number), what, "End with a queue, a pool that waits, or a fallback.")


def _always_takes(policy: Policy, step: Step) -> bool:
    """Return whether a step takes every lead: an end, a queue; or a pool that waits for people who cover everything."""
    if step.end is not None or step.queue is not None:
        return True
    pool = next((pool for pool in policy.pools if pool.name == step.pool), None)
    return pool is not None and pool.when_all_away == "wait" and not pool.needs and pool.overflow is None


def _people(policy: Policy, reached: set[int]) -> Iterator[Doubt]:
    asked_pools: set[str] = set()
    steps = [step for number in reached for step in policy.rules[number].to] + list(policy.fallback)
    by_name = {pool.name: pool for pool in policy.pools}
    ahead = [step.pool for step in steps if step.pool]
    while ahead:
        name = ahead.pop()
        if name not in asked_pools:
            asked_pools.add(name)
            overflow = by_name[name].overflow
            ahead += [overflow] if overflow else []
    for number, pool in enumerate(policy.pools):
        if pool.name not in asked_pools:
            yield Doubt(("pools", number), f"no rule that is reached leads to pool '{pool.name}'", "Name it in a step.")
    owners = any(step.owner or step.named for step in steps)
    for number, rep in enumerate(policy.reps):
        pools = [pool for pool in policy.pools if rep.id in pool.reps and pool.weights.get(rep.id, 100) > 0]
        if not any(pool.name in asked_pools for pool in pools):
            but = ", but as owner of an account" if owners else ""
            what = f"no lead can reach {rep.id}{but}"
            yield Doubt(("reps", number), what, "Put them into a pool that a rule leads to, with a weight.")


def _uncovered(policy: Policy) -> Iterator[Doubt]:
    """Yield values that rules ask for and that nobody in the pool they lead to covers."""
    reps = {rep.id: rep for rep in policy.reps}
    pools = {pool.name: pool for pool in policy.pools}
    for number, rule in enumerate(policy.rules):
        said: dict[str, list[str]] = {}
        for when in rule.when:
            value = when.test.is_ if when.test.is_ is not None else when.test.one_of
            values = value if isinstance(value, tuple) else () if value is None else (value,)
            said.setdefault(when.field, []).extend(str(v) for v in values)
        for step in rule.to:
            if step.pool is None:
                continue
            for need, value in _missing(pools[step.pool], reps, said):
                what = (
                    f"rule '{rule.name}' sends leads with {need} {value} to pool '{step.pool}', where nobody covers it"
                )
                yield Doubt(("rules", number), what, "Let somebody cover it, or send them elsewhere.")


def _missing(pool: Pool, reps: Mapping[str, object], said: Mapping[str, list[str]]) -> Iterator[tuple[str, str]]:
    for need in pool.needs:
        covered = {value.strip().casefold() for name in pool.reps for value in reps[name].can.get(need.rep, ())}  # type: ignore[attr-defined]
        for value in said.get(need.lead, ()):
            if value.strip().casefold() not in covered:
                yield need.lead, value


def _telling(tests: Sequence[Test]) -> list[Value]:
    """Return values that tell the tests of one field apart; the last one is unknown."""
    values: list[Value] = []
    for test in tests:
        for given in (test.is_, test.is_not, test.has, test.lacks, test.mentions):
            values += [] if given is None else [given]
        for several in (test.one_of, test.none_of, test.has_any):
            values += several or ()
        edges = [edge for edge in (test.at_least, test.below, *(test.between or ())) if edge is not None]
        values += [number for edge in edges for number in (edge, edge - 1e-6, edge + 1e-6)]
        days = [d for d in (test.within_days, test.older_than_days) if d is not None]
        values += [(TODAY - timedelta(days=d + more)).isoformat() for d in days for more in (0, 1)]
    words = list(dict.fromkeys(value for value in values if isinstance(value, str)))
    sizes = range(2, len(words) + 1) if len(words) <= MOST_IN_A_LIST else ()
    values += ["; ".join(some) for size in sizes for some in combinations(words, size)]
    return [*dict.fromkeys(values), NONE_OF_THESE, None]


def _shown(value: Value) -> str:
    return "unknown" if value is None else "anything else" if value == NONE_OF_THESE else str(value)


def _ordinal(number: int) -> str:
    return {1: "first", 2: "second", 3: "third"}.get(number, f"{number}th")
