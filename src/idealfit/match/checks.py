"""The checks of a text, answered for every company: yes, no or unknown, as in scoring."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from idealfit.match.asked import PLACES
from idealfit.match.located import is_at
from idealfit.profile.cells import READINGS, truth
from idealfit.profile.criteria import answer
from idealfit.profile.headings import columns_of

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence
    from datetime import date

    import ibis.expr.types as ir
    import pyarrow as pa

    from idealfit.match.asked import Check

Answers: TypeAlias = npt.NDArray[np.int8]
"""1 yes, 0 no, -1 unknown; one row per company, one column per check."""

YES, NO, UNKNOWN = 1, 0, -1
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
    def counted(self) -> tuple[tuple[int, int, int], ...]:
        """Return for each check how many companies meet it, fail it, and are not known to do either."""
        return tuple(
            (int((each == YES).sum()), int((each == NO).sum()), int((each == UNKNOWN).sum())) for each in self.answers.T
        )

    @property
    def doubts(self) -> npt.NDArray[np.float64]:
        """Return what unknown answers take from each company's match where checks are filters.

        As many points as the answer would be short of a yes, on average, were it that of another company: where one in
        a hundred is in Peru, those of whom nobody knows are not listed among those who are.
        """
        taken = np.zeros(len(self.answers))
        for each in self.answers.T:
            known = each != UNKNOWN
            if known.any():
                taken[~known] += 2 * POINTS * (1 - float((each[known] == YES).mean()))
        return taken

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
        columns = {f"c{number}": _asked_of_the_engine(table, check, as_of) for number, check in enumerate(some)}
        parts: list[list[npt.NDArray[np.int8]]] = [[] for _ in some]
        for batch in table.select(**columns).to_pyarrow_batches():
            for check, part, cells in zip(some, parts, batch.columns, strict=True):
                part.append(_answers(cells, check, table))
        for check, part in zip(some, parts, strict=True):
            answers = np.concatenate([np.zeros(0, dtype=np.int8), *part])
            found[check] = np.where(answers == UNKNOWN, answers, 1 - answers) if check.met_by_no else answers
    return found


def unheard(answers: Mapping[Check, npt.NDArray[np.int8]], table: ir.Table) -> frozenset[Check]:
    """Return the checks of words that a column seems to know nothing of: no company's cell says them.

    Nobody's industry is "software" where a list knows B2B and Consumer alone; to answer no for all would be a guess. A
    place that no company is at is no such case: where a cell names another, that is an answer.
    """
    return frozenset(
        check
        for check, found in answers.items()
        if _is_of_words(check, table) and not (found == (NO if check.denied else YES)).any()
    )


def _is_of_words(check: Check, table: ir.Table) -> bool:
    if check.test is None or check.column is None or check.attribute in PLACES or check.met_by_no:
        return False
    kind = table[check.column].type()
    said = getattr(check.test, "is_" if check.test.condition == "is" else check.test.condition)
    values = said if isinstance(said, tuple) else (said,)
    return (
        (kind.is_string() or kind.is_array())
        and check.test.condition in _OF_WORDS
        and not any(truth(value) is not None for value in values)
    )


_OF_WORDS = ("is", "is_not", "one_of", "none_of", "has", "lacks", "has_any", "mentions")


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


def _asked_of_the_engine(table: ir.Table, check: Check, as_of: date) -> ir.Value:
    """Return the answer to a check as the engine gives it; of one about places, the words of the cell instead."""
    assert check.column is not None and check.test is not None  # noqa: S101, PT018  the caller asked
    if _places(check, table):
        return READINGS["words"](table[check.column])
    return answer(table, check.column, check.test, as_of).cast("int8")


def _answers(cells: pa.Array, check: Check, table: ir.Table) -> npt.NDArray[np.int8]:
    """Return the answers of a batch of rows."""
    places = _places(check, table)
    if not places:
        return np.asarray(cells.fill_null(UNKNOWN).to_numpy(zero_copy_only=False), dtype=np.int8)
    assert check.column is not None and check.test is not None  # noqa: S101, PT018  so there are places
    listed = cells.dictionary_encode()
    own = columns_of([check.column.removesuffix("s")], [check.attribute])[check.attribute] is not None
    told = [is_at(cell, check.attribute, places, own=own) for cell in listed.dictionary.to_pylist()]
    denied = check.test.condition in ("is_not", "none_of")
    each = np.array([UNKNOWN if one is None else int(one != denied) for one in told] + [UNKNOWN], dtype=np.int8)
    return np.asarray(each[listed.indices.fill_null(len(told)).to_numpy(zero_copy_only=False)])


def _places(check: Check, table: ir.Table) -> tuple[str, ...]:
    """Return the places that a check asks for, where cells hold them in words."""
    if check.attribute not in PLACES or check.test is None or check.column is None:
        return ()
    kind = table[check.column].type()
    if not (kind.is_array() or kind.is_string()):
        return ()
    value = getattr(check.test, "is_" if check.test.condition == "is" else check.test.condition)
    if check.test.condition in ("is", "is_not"):
        return (str(value),)
    return tuple(map(str, value)) if check.test.condition in ("one_of", "none_of", "has_any") else ()


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
