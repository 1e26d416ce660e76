"""One test of one value, answered at once: what `profile.criteria` says for tables, for a lead in hand.

The two agree on every value (tests/laws/test_lead_answers_laws.py). A missing value is unknown, whatever the test.
"""

from __future__ import annotations

import math
import re
from datetime import date, datetime
from typing import TYPE_CHECKING, TypeAlias

from idealfit.profile.spelling import ITEM_SEPARATORS, as_number, folded, spellings, truth

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.profile.evidence import Scalar, Test

Value: TypeAlias = str | float | bool | tuple[str, ...] | list[str] | None
Answer: TypeAlias = bool | None
Asked: TypeAlias = "Callable[[Value, date], Answer]"

_SPLIT = re.compile(f"[{ITEM_SEPARATORS}]")
_DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])(?=[T ]|$)")


def asked(test: Test) -> Asked:
    """Return the function that answers `test` on a value on a day: yes (True), no (False) or unknown (None).

    >>> from idealfit.profile.evidence import Test
    >>> answer = asked(Test(at_least=40))
    >>> [answer(value, date(2026, 1, 1)) for value in ("39", 40, "many", None)]
    [False, True, None, None]
    """
    condition = test.condition
    given = getattr(test, "is_" if condition == "is" else condition)
    if condition in ("is", "is_not", "one_of", "none_of"):
        return _turned(_is_any((given,) if condition.startswith("is") else given), condition in ("is_not", "none_of"))
    if condition in ("has", "lacks", "has_any"):
        return _turned(_has((given,) if isinstance(given, str) else given), condition == "lacks")
    if condition == "mentions":
        return _mentions(given)
    if condition in ("within_days", "older_than_days"):
        return _turned(_recent(given), condition == "older_than_days")
    low, high = {"at_least": (given, math.inf), "below": (-math.inf, given)}.get(condition, given)
    return _between(low, high)


def _turned(answer: Asked, turned: bool) -> Asked:
    if not turned:
        return answer

    def opposite(value: Value, day: date) -> Answer:
        said = answer(value, day)
        return None if said is None else not said

    return opposite


def _text(value: Value) -> str:
    if isinstance(value, str):  # nearly all are
        return value.strip().lower()
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, (tuple, list)):
        return "\x1f".join(value).strip().lower()
    return "" if value is None else str(value).strip().lower()


def _number(value: Value) -> float | None:
    if isinstance(value, bool):
        return float(value)
    if value is None or isinstance(value, (tuple, list)):
        return None
    number = as_number(value)
    return number if number is not None and math.isfinite(number) else None


def _is_any(values: tuple[Scalar, ...]) -> Asked:
    words = frozenset(word for v in values if isinstance(v, (str, bool)) for word in spellings(v))
    numbers = frozenset(float(v) for v in values if not isinstance(v, (str, bool)))
    as_numbers = frozenset(number for v in values if (number := _said_as_number(v)) is not None)
    truths = frozenset(number == 1 for number in as_numbers & {0.0, 1.0})

    def answer(value: Value, _day: date) -> Answer:
        if isinstance(value, str) and not numbers:
            text = value.strip().lower()
            return text in words if text else None
        if isinstance(value, bool):
            return value in truths
        if isinstance(value, (int, float)):
            return None if not math.isfinite(value) else float(value) in as_numbers
        if numbers and not words:
            number = _number(value)
            return None if number is None else number in numbers
        text = _text(value)
        if not text:
            return None
        return text in words or (bool(numbers) and _number(value) in numbers)

    return answer


def _said_as_number(value: Scalar) -> float | None:
    """Return the number that a value means where cells are numbers: yes is 1 and no is 0 there."""
    said = truth(value)
    return as_number(value) if said is None else float(said)


def _has(items: tuple[str, ...]) -> Asked:
    words = frozenset(word for word in map(folded, items) if word)
    whole = _is_any(items)

    def answer(value: Value, day: date) -> Answer:
        if isinstance(value, (bool, int, float)):
            return whole(value, day)
        text = _text(value)
        if not text:
            return None
        held = text.split("\x1f") if isinstance(value, (tuple, list)) else _SPLIT.split(text)
        return not words.isdisjoint(item.strip() for item in held)

    return answer


def _mentions(phrase: str) -> Asked:
    words = [re.escape(word) for word in folded(phrase).split()]
    pattern = re.compile(r"(?<!\w)" + r"\s+".join(words) + r"(?!\w)")
    whole = _is_any((phrase,))

    def answer(value: Value, day: date) -> Answer:
        if isinstance(value, (bool, int, float)):
            return whole(value, day)
        text = _text(value)
        return None if not text else bool(words) and pattern.search(text) is not None

    return answer


def _recent(days: int) -> Asked:
    def answer(value: Value, day: date) -> Answer:
        then = _day(value)
        if then is None or then > day.isoformat():
            return None
        return then >= date.fromordinal(max(day.toordinal() - days, 1)).isoformat()

    return answer


def _day(value: Value) -> str | None:
    """Return the day as ISO 8601 writes it, which is how days compare in tables of texts."""
    if isinstance(value, (datetime, date)):
        return value.isoformat()[:10]
    found = _DAY.match(value.strip()) if isinstance(value, str) else None
    return found[0] if found else None


def _between(low: float, high: float) -> Asked:
    def answer(value: Value, _day: date) -> Answer:
        number = _number(value)
        return None if number is None else low <= number < high

    return answer
