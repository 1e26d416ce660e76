"""What the points of a rubric can come to, given that tests of one attribute are not free of each other.

Two bands of one number cannot both hold, so their points never add up. Per attribute the possible combinations of
answers are enumerated on representative values; attributes are free of each other and add.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from idealfit.profile.cells import as_number, folded, truth

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Criterion, Scalar, Test

Reading = Literal["number", "word", "items", "phrases", "day"]


@dataclass(frozen=True)
class Group:
    """Criteria that read one attribute alike: known together, unknown together, and not free of each other.

    `members` are positions in the rubric. `low` and `high` are the fewest and most points they can come to.
    `expected100` is what they count for while unknown, in hundredths of a point: the sum of points x met_by, never
    outside of what is possible.
    """

    attribute: str
    members: tuple[int, ...]
    low: int
    high: int
    expected100: int


def groups(criteria: Sequence[Criterion]) -> tuple[Group, ...]:
    """Return the criteria in groups of one attribute and one reading, in the order of the rubric."""
    members: dict[tuple[str, Reading], list[int]] = {}
    for i, criterion in enumerate(criteria):
        members.setdefault((criterion.attribute, _reading(criterion.test)), []).append(i)
    return tuple(_group(attribute, reading, positions, criteria) for (attribute, reading), positions in members.items())


def possible_totals(criteria: Sequence[Criterion]) -> tuple[int, int]:
    """Return the fewest and the most points that a company can have.

    >>> from idealfit.profile.document import Criterion, Test
    >>> def band(low, high, points):
    ...     test = Test(between=(low, high))
    ...     return Criterion(attribute="employees", layer="firmographic", test=test, points=points)
    >>> possible_totals([band(10, 50, 2), band(50, 250, 3), band(250, 1000, -1)])
    (-1, 3)
    """
    parts = groups(criteria)
    return sum(g.low for g in parts), sum(g.high for g in parts)


def attribute_range(criteria: Sequence[Criterion], attribute: str) -> tuple[int, int]:
    """Return the fewest and the most points that one attribute can bring."""
    return possible_totals([c for c in criteria if c.attribute == attribute])


def _group(attribute: str, reading: Reading, positions: list[int], criteria: Sequence[Criterion]) -> Group:
    tests = [criteria[i].test for i in positions]
    points = [criteria[i].points for i in positions]
    totals = {sum(p for p, yes in zip(points, held, strict=True) if yes) for held in _combinations(reading, tests)}
    low, high = min(totals), max(totals)
    expected = sum(criteria[i].points * criteria[i].met_by for i in positions)
    return Group(attribute, tuple(positions), low, high, min(max(expected, 100 * low), 100 * high))


def _reading(test: Test) -> Reading:
    """Return how a test reads a cell."""
    if test.within_days is not None or test.older_than_days is not None:
        return "day"
    if test.mentions is not None:
        return "phrases"
    if test.has is not None or test.lacks is not None or test.has_any is not None:
        return "items"
    values = _values(test)
    numeric = values or (test.one_of is None and test.none_of is None)
    return "number" if numeric and not any(isinstance(v, (str, bool)) for v in values) else "word"


def _combinations(reading: Reading, tests: list[Test]) -> set[tuple[bool, ...]]:
    """Return every combination of answers that one company can give."""
    if reading == "number":
        return {tuple(_number_holds(t, x) for t in tests) for x in _telling_numbers(tests)}
    if reading == "day":
        return {tuple(_day_holds(t, days) for t in tests) for days in _telling_days(tests)}
    if reading == "word":
        return {tuple(_word_holds(t, w) for t in tests) for w in (None, *_named(tests))}
    return _free_items(tests)


def _telling_numbers(tests: list[Test]) -> set[float]:
    """Return every number at which some answer changes, one below all, and one between each two."""
    cuts: set[float] = {float(v) for t in tests for v in _values(t) if not isinstance(v, (str, bool))}
    for test in tests:
        cuts.update(c for c in (test.at_least, test.below, *(test.between or ())) if c is not None)
    # beside each cut; half-way between two cuts would miss nothing either, but may not be a number of its own
    return cuts | {math.nextafter(c, way) for c in cuts for way in (-math.inf, math.inf)} | {0.0}


def _number_holds(test: Test, x: float) -> bool:
    if test.at_least is not None:
        return x >= test.at_least
    if test.below is not None:
        return x < test.below
    if test.between is not None:
        return test.between[0] <= x < test.between[1]
    return (x in _values(test)) != _negated(test)


def _telling_days(tests: list[Test]) -> set[int]:
    """Return the ages in days at which some answer changes."""
    limits = {d for t in tests for d in (t.within_days, t.older_than_days) if d is not None}
    return {0} | {age for d in limits for age in (d, d + 1) if age >= 0}


def _day_holds(test: Test, days: int) -> bool:
    if test.within_days is not None:
        return days <= test.within_days
    return test.older_than_days is not None and days > test.older_than_days


def _named(tests: list[Test]) -> set[Scalar]:
    return {_sameness(v) for t in tests for v in _values(t)}


def _word_holds(test: Test, word: Scalar | None) -> bool:
    """Return whether the test holds for a word in its common form; None is any word that no test names."""
    return (word in {_sameness(v) for v in _values(test)}) != _negated(test)


def _free_items(tests: list[Test]) -> set[tuple[bool, ...]]:
    """Return every combination for lists and phrases, whose items come and go freely.

    An item matters only by the tests it is part of, so the combinations are the unions of those sets of tests.
    """
    wanted = [{folded(item) for item in _items(t)} for t in tests]
    parts = {frozenset(i for i, items in enumerate(wanted) if item in items) for item in set().union(*wanted) if item}
    unions: set[frozenset[int]] = {frozenset()}
    for part in parts:
        unions |= {union | part for union in unions}
    return {tuple((i in union) != (t.lacks is not None) for i, t in enumerate(tests)) for union in unions}


def _items(test: Test) -> tuple[str, ...]:
    if test.mentions is not None:
        return (" ".join(test.mentions.split()),)
    if test.has_any is not None:
        return test.has_any
    return tuple(item for item in (test.has, test.lacks) if item is not None)


def _values(test: Test) -> tuple[Scalar, ...]:
    """Return the values that an ``is``, ``is_not``, ``one_of`` or ``none_of`` names."""
    if test.one_of is not None:
        return test.one_of
    if test.none_of is not None:
        return test.none_of
    return tuple(v for v in (test.is_, test.is_not) if v is not None)


def _negated(test: Test) -> bool:
    return test.is_not is not None or test.none_of is not None


def _sameness(value: Scalar) -> Scalar:
    """Return one form for all values that a cell may equal at once."""
    said = truth(value)
    if said is not None:
        return "yes" if said else "no"
    spelled = as_number(value)
    return spelled if spelled is not None else folded(str(value))
