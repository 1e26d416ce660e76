"""Fair choice on histories a person can follow, and the limit that no rule can pass, found by search."""

from __future__ import annotations

import math
from itertools import combinations

from idealfit.route.turns import LEAD, shares, whose_turn


def turns(weights, leads):
    credit, last, got = [0] * len(weights), [-1] * len(weights), []
    parts = shares(tuple(weights))
    for number in range(leads):
        chosen = whose_turn(credit, parts, [(last[k], k) for k in range(len(weights))])
        credit = [c + p for c, p in zip(credit, parts, strict=True)]
        credit[chosen] -= LEAD
        last[chosen] = number
        got.append(chosen)
    return "".join("abcdefgh"[k] for k in got)


def test_equal_weights_take_turns():
    assert turns([1, 1, 1], 7) == "abcabca"


def test_twice_the_weight_gets_every_other_lead():
    assert turns([2, 1, 1], 8) == "abcaabca"


def test_the_largest_claim_waits_where_somebody_would_fall_a_lead_behind():
    weights = [200, 25, 25, 25, 25, 25, 25]
    got = turns(weights, 14 * 5)
    for end in range(1, len(got) + 1):
        for k, weight in enumerate(weights):
            assert abs(got[:end].count("abcdefg"[k]) - end * weight / sum(weights)) < 1


def keeps_within_one_lead(people, sizes):
    """Return whether some rule can keep `people` within one lead, whichever sets of these sizes are in, for ever.

    The states from which it can are the largest set closed under some answer to each set; unit: a lead in 1/lcm parts.
    """
    unit = math.lcm(*sizes)

    def states(start, left, total):
        if left == 0:
            if total == 0:
                yield ()
            return
        for value in range(start, unit + 1):
            for rest in states(value, left - 1, total + value):
                yield (value, *rest)

    safe = set(states(-unit, people, 0))

    def held(state):
        return all(
            any(after(state, who, chosen) in safe for chosen in who)
            for size in sizes
            for who in combinations(range(people), size)
        )

    def after(state, who, chosen):
        new = [value + unit // len(who) if k in who else value for k, value in enumerate(state)]
        new[chosen] -= unit
        return tuple(sorted(new))

    while lost := {state for state in safe if not held(state)}:
        safe -= lost
    return tuple([0] * people) in safe


def test_with_three_people_one_lead_can_be_kept_whoever_is_away():
    assert keeps_within_one_lead(3, (2, 3))


def test_from_four_people_on_no_rule_can_keep_one_lead():
    assert keeps_within_one_lead(4, (2,))  # if always exactly two are in, it takes six people
    assert not keeps_within_one_lead(4, (2, 3))
