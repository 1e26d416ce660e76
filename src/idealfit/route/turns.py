"""Whose turn it is: a fair choice among the people who are in, by weight, without chance.

Each lead is worth one. It is shared out, on paper, among those who were in when it came (eligible and available), by
weight; and it goes to one of them. A person's **credit** is the sum of their shares less the leads they got: their gap
from the fair share. Credits of one turn always add up to nothing.

The rule: the largest claim (credit and share of this lead) first, as long as everybody else can still get theirs before
falling a whole lead behind; of equal claims, the one whose last turn is longest ago. What holds, with n the number of
people who ever shared the turn (proofs in docs/routing.md, tests in tests/laws/test_turns_laws.py):

* While the same people with the same weights are in, nobody is ever a whole lead from the fair share.
* Whatever comes and goes (joiners, leave, part days, caps), nobody is ever 1.5 (n - 1) leads from it.
* No rule that decides at once can keep everybody within one lead when anybody may be away at any time, once there are
  four people (Ajtai, Aspnes, Naor, Rabani, Schulman, Waarts: Fairness in scheduling, J. Algorithms 29, 1998, show
  that the gap any such rule can be forced to grows with n; the four are found by search in tests/truth).

Whole numbers only, so that every machine and every engine comes to the same turn.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

LEAD = 232_792_560 * 1000
"""One lead in the unit of credits: equal shares of up to 20 people are exact, others to a hundred billionth."""

NEARLY = LEAD // 100_000
"""More than rounding adds up to in a million leads: what lies within it of a whole lead has reached it."""


@lru_cache(maxsize=4096)
def shares(weights: tuple[int, ...]) -> tuple[int, ...]:
    """Return how one lead is shared out by weight; the shares add up to one lead exactly.

    >>> [share / LEAD for share in shares((100, 100, 200))]
    [0.25, 0.25, 0.5]
    """
    total = sum(weights)
    found = [weight * LEAD // total for weight in weights]
    for position in range(LEAD - sum(found)):  # fewer units than people
        found[position] += 1
    return tuple(found)


def whose_turn(credits: Sequence[int], parts: Sequence[int], order: Sequence[tuple[int, int]]) -> int:
    """Return the position of the person whose turn it is.

    `credits` are their credits before this lead, `parts` their shares of it, and `order` decides between equal claims,
    the smallest first (when each had their last turn, and a seeded number).

    >>> whose_turn([0, 0, 0], shares((1, 1, 1)), [(5, 0), (3, 0), (3, 1)])
    1
    """
    claims = [credit + part for credit, part in zip(credits, parts, strict=True)]
    most = max(claims)
    first = min((k for k, claim in enumerate(claims) if claim == most), key=order.__getitem__)
    if (
        max(parts) - min(parts) <= 1 or most >= LEAD - NEARLY
    ):  # with equal weights the largest claim is due first anyway
        return first
    due = [-((credit - LEAD + NEARLY) // part) for credit, part in zip(credits, parts, strict=True)]
    if due[first] == min(due):
        return first
    ranked = sorted(range(len(claims)), key=lambda k: (-claims[k], order[k]))
    return next((k for k in ranked if claims[k] > NEARLY and _all_in_time(k, credits, parts, due)), first)


def _all_in_time(chosen: int, credits: Sequence[int], parts: Sequence[int], due: Sequence[int]) -> bool:
    """Return whether everybody can still get each next lead in time if `chosen` gets this one.

    With shares as they are now, a person must have their m-th lead from now by the lead at which credit and shares
    reach m (`due` holds the first of these). One lead is given at a time, and this one is gone: so among those that
    are due before the next one of `chosen`, the k-th must not be due before the lead after k others.
    """
    before = due[chosen]
    dates: list[int] = []
    for credit, part, date in zip(credits, parts, due, strict=True):
        owed = LEAD - NEARLY
        while date < before:
            dates.append(date)
            owed += LEAD
            date = -((credit - owed) // part)  # noqa: PLW2901  the next one of the same person
    dates.sort()
    return all(date >= number for number, date in enumerate(dates, 2))


def bound(people: int) -> float:
    """Return how many leads nobody is ever from the fair share, whoever comes and goes.

    >>> bound(5)
    6.0
    """
    return 1.5 * (people - 1)
