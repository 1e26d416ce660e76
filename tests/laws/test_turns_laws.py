"""Fair choice: what holds for every history, checked against shares in exact fractions."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import example, given, settings
from hypothesis import strategies as st

from idealfit.route.turns import LEAD, bound, shares, whose_turn

WEIGHTS = st.one_of(st.just(100), st.sampled_from((25, 50, 100, 200)), st.integers(1, 1000))


def gaps(history, people):
    """Return the largest gap from the fair share, in exact fractions; each lead is {who is in: weight}."""
    credit, last, exact, worst = [0] * people, [-1] * people, [Fraction(0)] * people, Fraction(0)
    for number, weights in enumerate(history):
        who = sorted(weights)
        parts = shares(tuple(weights[k] for k in who))
        chosen = who[whose_turn([credit[k] for k in who], parts, [(last[k], k) for k in who])]
        for k, part in zip(who, parts, strict=True):
            credit[k] += part
            exact[k] += Fraction(weights[k], sum(weights.values()))
        credit[chosen] -= LEAD
        exact[chosen] -= 1
        last[chosen] = number
        assert sum(credit) == 0
        worst = max(worst, *map(abs, exact))
    return worst


@given(st.lists(WEIGHTS, min_size=1, max_size=12), st.integers(1, 150))
@example([100, 100, 100, 100, 100, 25, 15], 54)  # shares that no whole number holds, and a lead due to the day
@example([100, 100, 25, 125, 1000, 1000, 1000], 67)
@settings(max_examples=400, deadline=None)
def test_nobody_is_a_lead_from_the_fair_share_while_the_same_people_are_in(weights, leads):
    assert gaps([dict(enumerate(weights))] * leads, len(weights)) < 1


@given(st.data())
@settings(max_examples=400, deadline=None)
def test_whoever_comes_and_goes_the_gap_stays_below_the_bound(data):
    people = data.draw(st.integers(2, 9))
    weights = data.draw(st.lists(WEIGHTS, min_size=people, max_size=people))
    sets = st.sets(st.integers(0, people - 1), min_size=1)
    history = [{k: weights[k] for k in who} for who in data.draw(st.lists(sets, max_size=60))]
    assert gaps(history, people) < max(bound(people), 1)


@given(st.lists(WEIGHTS, min_size=1, max_size=200))
def test_shares_add_up_to_one_lead(weights):
    parts = shares(tuple(weights))
    assert sum(parts) == LEAD
    for part, weight in zip(parts, weights, strict=True):
        assert abs(part - Fraction(weight * LEAD, sum(weights))) <= 1


@given(st.lists(st.tuples(st.integers(-(10**12), 10**12), WEIGHTS), min_size=1, max_size=12))
def test_the_choice_is_one_of_those_who_are_in(people):
    credit, weights = zip(*people, strict=True)
    chosen = whose_turn(credit, shares(tuple(weights)), [(0, k) for k in range(len(people))])
    assert 0 <= chosen < len(people)


@given(st.data())
@settings(max_examples=200, deadline=None)
def test_a_turn_given_back_adds_one_lead_at_most(data):
    people = data.draw(st.integers(2, 7))
    credit, last, given = [0] * people, [-1] * people, []
    for number in range(data.draw(st.integers(1, 60))):
        who = sorted(data.draw(st.sets(st.integers(0, people - 1), min_size=1)))
        parts = shares((100,) * len(who))
        chosen = who[whose_turn([credit[k] for k in who], parts, [(last[k], k) for k in who])]
        given.append((who, parts, chosen))
        sign = 1
        for _ in range(2):
            for k, part in zip(given[-1][0], given[-1][1], strict=True):
                credit[k] += sign * part
            credit[given[-1][2]] -= sign * LEAD
            last[chosen] = number
            if sign < 0 or not data.draw(st.booleans()):
                break
            sign = -1  # merged, or no lead at all
            given[-1] = given[data.draw(st.integers(0, len(given) - 1))]
        if sign < 0:
            break
        assert sum(credit) == 0
    assert max(map(abs, credit)) < (max(bound(people), 1) + 1) * LEAD
