"""What our own team says, beside what the data say: both are shown where they differ, and neither is picked."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from idealfit.learn.belonging import Belonging
from idealfit.learn.evidence import difference
from idealfit.learn.sentences import percent
from idealfit.learn.speech import cues_of_voice, ways
from idealfit.profile.cells import folded
from idealfit.profile.document import TeamStatement
from idealfit.profile.facts import facts_in
from idealfit.profile.headings import columns_of
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.profile.document import Test

    Bools = npt.NDArray[np.bool_]

FEWEST_DEALS = 5
WORTH_MORE = 1.5
"""Won deals this many times as large as others contradict whoever says that such companies are not worth it."""


@dataclass(frozen=True)
class Feedback:
    """What somebody of the own team says: who, about which company or kind of company, and the words."""

    rep: str
    about: str
    statement: str


@dataclass(frozen=True)
class Judged:
    """One statement beside the data: what they say of the same deals, in words, and whether the two agree."""

    feedback: Feedback
    data: str
    verdict: Literal["agrees", "contradicts", "cannot be told"]

    def written(self) -> TeamStatement:
        """Return it as it stands in a profile."""
        said = self.feedback
        return TeamStatement(
            statement=said.statement, rep=said.rep, about=said.about, data=self.data, verdict=self.verdict
        )


def judged(past: History, said: Sequence[Feedback]) -> tuple[Judged, ...]:
    """Return each statement beside what the deals it speaks of say."""
    belonging = Belonging(past)
    return tuple(_judged(past, belonging, feedback) for feedback in said)


def counted(found: Sequence[Judged]) -> RowCount:
    """Return how many statements could be held against data."""
    told = sum(j.verdict != "cannot be told" for j in found)
    return RowCount("statements of the team held against data", len(found), told, "the others name nothing in the data")


def _judged(past: History, belonging: Belonging, feedback: Feedback) -> Judged:
    leaning = _leaning(feedback.statement)
    inside, name = _deals(past, belonging, feedback)
    if not leaning or inside.sum() < FEWEST_DEALS or (~inside).sum() < FEWEST_DEALS:
        return Judged(feedback, "too few such deals to tell", "cannot be told")
    n1, w1, n2, w2 = (int(x) for x in (inside.sum(), past.won[inside].sum(), (~inside).sum(), past.won[~inside].sum()))
    apart = difference(w1, n1, w2, n2)
    words = f"of {n1:,} deals with {name}, {w1:,} were won ({percent(w1 / n1)}), of the others {percent(w2 / n2)}"
    larger = _times_as_large(past, inside)
    if larger is not None and larger >= WORTH_MORE:
        words += f"; when won they are worth {larger:.1f} times as much"
    better = bool(apart.low is not None and apart.low > 0) or (larger is not None and larger >= WORTH_MORE)
    worse = bool(apart.high is not None and apart.high < 0)
    if (leaning == "against" and better) or (leaning == "for" and worse):
        return Judged(feedback, words, "contradicts")
    if (leaning == "against" and worse) or (leaning == "for" and better):
        return Judged(feedback, words, "agrees")
    return Judged(feedback, words, "cannot be told")


def _leaning(statement: str) -> str:
    """Return whether words speak for a kind of company or against it; "" where they do neither or both."""
    hits = {way: len(pattern.findall(statement)) for way, pattern in _cues().items()}
    if hits["against"] == hits["for"]:
        return ""
    return max(hits, key=lambda way: hits[way])


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    raw = cues_of_voice()["feedback"]
    return {way: re.compile(rf"(?<!\w)(?:{ways(raw[way])})(?!\w)", re.IGNORECASE) for way in ("against", "for")}


def _without_leaning(text: str) -> str:
    """Return the text with blanks where it judges: "firms over 500 people never buy" is about firms over 500 people."""
    for pattern in _cues().values():
        text = pattern.sub(lambda found: " " * len(found.group()), text)
    return text


def _deals(past: History, belonging: Belonging, feedback: Feedback) -> tuple[Bools, str]:
    """Return the deals a statement speaks of: of a company, with a value of that name, or that meet what it says."""
    nothing = np.zeros(len(past.won), dtype=bool)
    about = feedback.about.strip()
    if about:
        rows = belonging.rows("", about)
        if len(rows):
            nothing[rows] = True
            return nothing, about
        for attribute in past.attributes:
            mask = _holds(past.facts[attribute.name], attribute.kind, about)
            if mask.any():
                return mask, f"{attribute.name} {about}"
    for text in filter(None, (about, feedback.statement)):
        for fact in facts_in(_without_leaning(text)):
            column = columns_of(list(past.facts.columns), [fact.attribute])[fact.attribute] if fact.test else None
            mask = _meets(past.facts[column], fact.test) if column and fact.test else nothing
            if mask.any():
                return mask, text[fact.start : fact.end]
    return nothing, about


def _holds(column: pd.Series, kind: str, value: str) -> Bools:
    sought = folded(value)
    if kind == "list":
        return np.array([isinstance(c, tuple) and sought in {folded(i) for i in c} for c in column], dtype=bool)
    if kind in ("category", "boolean"):
        return np.array([isinstance(c, str) and folded(c) == sought for c in column], dtype=bool)
    return np.zeros(len(column), dtype=bool)


def _meets(column: pd.Series, test: Test) -> Bools:
    """Return which cells meet a test of numbers or words; what cannot be read does not."""
    if column.dtype.kind == "f":
        numbers = column.to_numpy(dtype=float)
        with np.errstate(invalid="ignore"):
            if test.between is not None:
                return np.asarray((numbers >= test.between[0]) & (numbers < test.between[1]))
            if test.at_least is not None:
                return np.asarray(numbers >= test.at_least)
            return np.asarray(numbers < test.below) if test.below is not None else np.zeros(len(column), dtype=bool)
    words = [str(v) for v in (test.one_of or ([test.is_] if test.is_ is not None else [test.has] if test.has else []))]
    kind = "list" if any(isinstance(c, tuple) for c in column) else "category"
    found = [_holds(column, kind, word) for word in words]
    return np.logical_or.reduce(found) if found else np.zeros(len(column), dtype=bool)


def _times_as_large(past: History, inside: Bools) -> float | None:
    known = past.won & np.isfinite(past.amount)
    mine, others = past.amount[known & inside], past.amount[known & ~inside]
    if min(len(mine), len(others)) < FEWEST_DEALS or np.median(others) <= 0:
        return None
    return float(np.median(mine) / np.median(others))
