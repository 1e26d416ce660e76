"""The checks of a text, answered for every company: yes, no or unknown, as in scoring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from idealfit.match.asked import PLACES
from idealfit.profile.criteria import answer
from idealfit.profile.document import Test

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir

    from idealfit.match.asked import Check

Answers: TypeAlias = npt.NDArray[np.int8]
"""1 yes, 0 no, -1 unknown; one row per company, one column per check."""

YES, NO, UNKNOWN = 1, 0, -1
_LONG_NAMES = {
    "United States": "United States of America",
    "United Kingdom": "United Kingdom of Great Britain and Northern Ireland",
    "South Korea": "Republic of Korea",
}
"""Names of countries as official tables write them."""
POINTS = 5.0
"""Of match, for each check met, and against for each failed, where checks give points."""


@dataclass(frozen=True)
class Answered:
    """What the checks came to: the answers, and the words of a company's text that settled one (by row and check)."""

    answers: Answers
    quotes: dict[tuple[int, int], str]

    @property
    def passed(self) -> npt.NDArray[np.bool_]:
        """Return which companies fail no check; an unknown is no failure."""
        return np.asarray(~(self.answers == NO).any(axis=1))

    @property
    def points(self) -> npt.NDArray[np.float64]:
        """Return what the checks add to each company's match."""
        met, failed = (self.answers == YES).sum(axis=1), (self.answers == NO).sum(axis=1)
        return np.asarray(POINTS * (met - failed), dtype=np.float64)


CHECKS_AT_ONCE = 32
"""Checks that one reading of the table answers."""


def looked_up(checks: Collection[Check], table: ir.Table, as_of: date) -> dict[Check, npt.NDArray[np.int8]]:
    """Return what the columns answer to each check that asks one, for all companies in the order of the table.

    The table is read once for many checks, and never held as a whole.
    """
    asked = list(dict.fromkeys(check for check in checks if check.column is not None and check.test is not None))
    found: dict[Check, npt.NDArray[np.int8]] = {}
    for start in range(0, len(asked), CHECKS_AT_ONCE):
        some = asked[start : start + CHECKS_AT_ONCE]
        columns = {f"c{number}": _expression(table, check, as_of) for number, check in enumerate(some)}
        parts: list[list[npt.NDArray[np.int8]]] = [[] for _ in some]
        for batch in table.select(**columns).to_pyarrow_batches():
            for part, column in zip(parts, batch.columns, strict=True):
                part.append(column.cast("int8").fill_null(UNKNOWN).to_numpy(zero_copy_only=False))
        for check, part in zip(some, parts, strict=True):
            answers = np.concatenate([np.zeros(0, dtype=np.int8), *part])
            found[check] = np.where(answers == UNKNOWN, answers, 1 - answers) if check.met_by_no else answers
    return found


def answered(
    checks: Sequence[Check], texts: Sequence[str], looked_up: Mapping[Check, npt.NDArray[np.int8]]
) -> Answered:
    """Return the answers of all companies, in the order of the table, which is that of the texts.

    A denial without a column is settled by the text where that mentions what is denied; where it does not, nobody
    knows.
    """
    answers = np.full((len(texts), len(checks)), UNKNOWN, dtype=np.int8)
    quotes: dict[tuple[int, int], str] = {}
    for number, check in enumerate(checks):
        if check in looked_up:
            answers[:, number] = looked_up[check]
        mention = _mention(check)
        if mention is None:
            continue
        for row, text in enumerate(texts):
            met = mention.search(text)
            if met:
                answers[row, number] = NO
                quotes[row, number] = _around(text, met)
    return Answered(answers, quotes)


def _expression(table: ir.Table, check: Check, as_of: date) -> ir.BooleanValue:
    """Return the answer to a check; places in a column of all places are looked for among its items or words."""
    assert check.column is not None and check.test is not None  # noqa: S101, PT018  the caller asked
    kind = table[check.column].type()
    places = _places(check.test) if check.attribute in PLACES else ()
    if not places or not (kind.is_array() or kind.is_string()):
        return answer(table, check.column, check.test, as_of)
    if kind.is_array():
        found = answer(table, check.column, Test(has_any=places), as_of)
    else:
        found = reduce(or_, (answer(table, check.column, Test(mentions=place), as_of) for place in places))
    return ~found if check.test.condition in ("is_not", "none_of") else found


def _places(test: Test) -> tuple[str, ...]:
    value = getattr(test, "is_" if test.condition == "is" else test.condition)
    if test.condition in ("is", "is_not"):
        return (str(value),)
    names = tuple(map(str, value)) if test.condition in ("one_of", "none_of") else ()
    return (*names, *(long for short, long in _LONG_NAMES.items() if short in names))


def _mention(check: Check) -> re.Pattern[str] | None:
    """Return what in a company's own words would contradict a denial that no column answers."""
    if not check.denied or check.column is not None or check.test is None or check.met_by_no:
        return None
    value = getattr(check.test, check.test.condition, None)
    names: tuple[str, ...]
    if check.test.condition == "lacks":
        names = (str(value),)
    elif check.test.condition in ("is_not", "none_of"):
        names = tuple(map(str, value)) if isinstance(value, tuple) else (str(value),)
    else:
        return None
    words = "|".join(rf"{re.escape(name)}s?" for name in names)
    return re.compile(rf"(?<!\w)(?:{words})(?!\w)", re.IGNORECASE)


def _around(text: str, met: re.Match[str]) -> str:
    """Return the words around a mention."""
    start, end = max(0, met.start() - 40), min(len(text), met.end() + 40)
    left = "…" if start else ""
    right = "…" if end < len(text) else ""
    return f"{left}{' '.join(text[start:end].split())}{right}"
