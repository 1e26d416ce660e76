"""What a test means on a table: a three-valued expression, true, false or NULL for unknown.

How tests read in words is `wording.py`; what points they can come to together is `totals.py`; which column answers
for an attribute is `headings.py`. All four are offered here, for whoever applies a profile needs them together.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any, TypeAlias

import ibis

from idealfit.profile.cells import (
    ITEM_MARK,
    ITEM_SEPARATORS,
    READINGS,
    Cell,
    as_number,
    float_literal,
    holds_item,
    holds_phrase,
    on_or_after,
    spellings,
    truth,
)
from idealfit.profile.headings import columns_of
from idealfit.profile.totals import attribute_range, possible_totals
from idealfit.profile.wording import phrase, phrase_not

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.datatypes as dt
    import ibis.expr.types as ir

    from idealfit.profile.document import Scalar, Test

__all__ = [
    "Cell",
    "answer",
    "answer_of",
    "attribute_range",
    "columns_of",
    "phrase",
    "phrase_not",
    "possible_totals",
    "readings_of",
]


Day: TypeAlias = "date | Callable[[int], ir.DateValue]"
"""A day; or, where the engine's clock is to tell it, what gives the day so many days after that day."""

LONGEST_AGO = 690_000
"""Days that any engine's calendar can go back by from today."""


def answer(table: ir.Table, column: str, test: Test, as_of: Day) -> ir.BooleanValue:
    """Return the answer of each row to `test` on `column`: true, false, or NULL where it is unknown.

    A missing cell is unknown whatever the test; so is an empty string or list, and a cell that cannot be read as the
    test asks (no number, no day). `as_of` is the day of scoring, from which `within_days` and `older_than_days`
    count back; a day after it is unknown.

    >>> from idealfit.profile.document import Test
    >>> companies = ibis.memtable({"employees": ["39", "40", "many", None]})
    >>> answers = answer(companies, "employees", Test(at_least=40), date(2025, 1, 1))
    >>> companies.select(x=answers).to_pyarrow()["x"].to_pylist()
    [False, True, None, None]
    """
    value = table[column]
    return answer_of(Cell(value.type(), lambda reading: READINGS[reading](value)), test, as_of)


def answer_of(cell: Cell, test: Test, as_of: Day) -> ir.BooleanValue:
    """Return the answer to `test` of a cell that is read by whoever gives it: see `answer`."""
    if cell.kind.is_null():
        return ibis.null("boolean")
    condition = test.condition
    return _ANSWERS[condition](cell, getattr(test, "is_" if condition == "is" else condition), as_of)


def readings_of(kind: dt.DataType, test: Test, as_of: Day) -> tuple[str, ...]:
    """Return in which of the `READINGS` a test reads cells of this kind.

    >>> from idealfit.profile.document import Test
    >>> readings_of(ibis.dtype("string"), Test(one_of=(40, "many")), date(2025, 1, 1))
    ('words', 'number')
    """
    used: dict[str, None] = {}
    cells = ibis.table({"cell": kind}, name="cells").cell

    def noted(reading: str) -> ir.Value:
        used[reading] = None
        return READINGS[reading](cells)

    answer_of(Cell(kind, noted), test, as_of)
    return tuple(used)


def _recent(cell: Cell, as_of: Day, days: int) -> ir.BooleanValue:
    """Return whether the day is at most `days` before `as_of`; unknown after it."""
    day = cell.read("day")
    if isinstance(as_of, date):
        tomorrow = date.max if as_of == date.max else as_of + timedelta(days=1)
        first_day = date.fromordinal(min(max(as_of.toordinal() - days, 1), date.max.toordinal()))
        later, recent = on_or_after(day, tomorrow), on_or_after(day, first_day)
    else:
        later, recent = on_or_after(day, as_of(1)), on_or_after(day, as_of(max(-days, -LONGEST_AGO)))
    return ibis.cases((later, ibis.null("boolean")), else_=recent)


def _has_any(cell: Cell, items: tuple[str, ...]) -> ir.BooleanValue:
    return _holds_item(cell, items) if _of_words(cell) else _is_any(cell, items)


def _holds_item(cell: Cell, items: tuple[str, ...]) -> ir.BooleanValue:
    return holds_item(cell.read("words"), items, ITEM_MARK if cell.kind.is_array() else ITEM_SEPARATORS)


def _of_words(cell: Cell) -> bool:
    """Return whether cells are words or lists of words; numbers, booleans and days are compared whole instead."""
    return bool(cell.kind.is_string() or cell.kind.is_array())


def _is_any(cell: Cell, values: tuple[Scalar, ...]) -> ir.BooleanValue:
    """Return whether the whole cell equals one of `values`."""
    kind = cell.kind
    if kind.is_boolean():
        return _equals(
            cell.read("truth"), [ibis.literal(said) for said in {_as_truth(v) for v in values} if said is not None]
        )
    if kind.is_numeric():
        return _equals(cell.read("number"), [float_literal(n) for n in map(_as_one_number, values) if n is not None])
    words = [v for v in values if isinstance(v, (str, bool))]
    numbers = [float_literal(v) for v in values if not isinstance(v, (str, bool))]
    if numbers and not words:
        return _equals(cell.read("number"), numbers)
    same_word = _equals(cell.read("words"), [ibis.literal(s) for v in words for s in spellings(v)])
    return same_word | _equals(cell.read("number"), numbers).fill_null(False) if numbers else same_word


def _as_truth(value: Scalar) -> bool | None:
    """Return the answer that a value means where cells are true or false: 1 and 0 are answers there."""
    said = truth(value)
    return {0.0: False, 1.0: True}.get(as_number(value)) if said is None else said  # type: ignore[arg-type]


def _as_one_number(value: Scalar) -> float | None:
    """Return the number that a value means where cells are numbers: yes is 1 and no is 0 there."""
    said = truth(value)
    return as_number(value) if said is None else float(said)


def _equals(value: ir.Value, choices: list[ir.Scalar]) -> ir.BooleanValue:
    """Return whether `value` is one of `choices` (false for none of them, where it is known)."""
    if not choices:
        return ibis.cases((value.notnull(), False))
    return reduce(or_, (value == choice for choice in choices))


_ANSWERS: dict[str, Callable[[ir.Value, Any, Day], ir.BooleanValue]] = {
    "is": lambda cell, value, _: _is_any(cell, (value,)),
    "is_not": lambda cell, value, _: ~_is_any(cell, (value,)),
    "one_of": lambda cell, values, _: _is_any(cell, values),
    "none_of": lambda cell, values, _: ~_is_any(cell, values),
    "at_least": lambda cell, low, _: cell.read("number") >= float_literal(low),
    "below": lambda cell, high, _: cell.read("number") < float_literal(high),
    "between": lambda cell, ends, _: (
        (cell.read("number") >= float_literal(ends[0])) & (cell.read("number") < float_literal(ends[1]))
    ),
    "has": lambda cell, item, _: _has_any(cell, (item,)),
    "lacks": lambda cell, item, _: ~_has_any(cell, (item,)),
    "has_any": lambda cell, items, _: _has_any(cell, items),
    "mentions": lambda cell, words, _: (
        holds_phrase(cell.read("words"), words) if _of_words(cell) else _is_any(cell, (words,))
    ),
    "within_days": lambda cell, days, as_of: _recent(cell, as_of, days),
    "older_than_days": lambda cell, days, as_of: ~_recent(cell, as_of, days),
}
