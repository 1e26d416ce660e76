"""A person's own rule for best customers: comparisons joined by and, or, not. Parsed here, never evaluated as code."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy.typing as npt

_TOKEN = re.compile(r"\s*(?:(?P<number>\d[\d_,]*(?:\.\d+)?)|(?P<word>[A-Za-z_]+)|(?P<sign><=|>=|==|!=|<|>|=|\(|\)))")
_COMPARE = {
    "<": np.less,
    "<=": np.less_equal,
    ">": np.greater,
    ">=": np.greater_equal,
    "=": np.equal,
    "==": np.equal,
    "!=": np.not_equal,
}
_DEEPEST = 50


def rows_meeting(rule: str, fields: Mapping[str, npt.NDArray[np.float64]]) -> npt.NDArray[np.bool_]:
    """Return which rows meet `rule`, such as ``amount >= 50000 and (cycle <= 90 or expanded)``.

    A field is a number, or 1 and 0 for yes and no; alone it means yes. A comparison with an unknown value (NaN) is
    never met, under ``not`` neither. Raises `InputError` with the place of the mistake and the fields there are.

    >>> fields = {"amount": np.array([5.0, 20.0]), "churned": np.array([0.0, 0.0])}
    >>> rows_meeting("amount >= 10 and not churned", fields).tolist()
    [False, True]
    """
    return _Rule(rule, fields).answers()


class _Rule:
    """A recursive descent over the words of one rule; each step returns (yes, known) per row."""

    def __init__(self, text: str, fields: Mapping[str, npt.NDArray[np.float64]]) -> None:
        self.text, self.fields, self.at, self.depth = text, fields, 0, 0
        self.words: list[tuple[str, str, int]] = []
        place = 0
        while text[place:].strip():
            match = _TOKEN.match(text, place)
            if match is None:
                raise self._mistake("cannot be read from here", text[place:].strip()[:20], place)
            kind = str(match.lastgroup)
            self.words.append((kind, match[kind], match.start(kind)))
            place = match.end()

    def answers(self) -> npt.NDArray[np.bool_]:
        """Return which rows meet the whole rule."""
        yes, _ = self._either()
        if self.at < len(self.words):
            raise self._mistake("was not expected here", *self.words[self.at][1:])
        return yes

    def _mistake(self, what: str, found: str, place: int) -> InputError:
        names = ", ".join(sorted(self.fields))
        return InputError(
            Mistake(
                f"the rule for best customers {what}",
                where=f"character {place + 1} of '{self.text}'",
                found=found,
                allowed=f"comparisons such as amount >= 50000, joined by and, or, not; fields: {names}",
            )
        )

    def _next(self) -> tuple[str, str, int]:
        if self.at >= len(self.words):
            raise self._mistake("ends too early", "the end", len(self.text))
        self.at += 1
        return self.words[self.at - 1]

    def _follows(self, word: str) -> bool:
        found = self.at < len(self.words) and self.words[self.at][1].casefold() == word
        self.at += found
        return found

    def _either(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        yes, no = self._both()
        while self._follows("or"):
            more_yes, more_no = self._both()
            yes, no = yes | more_yes, no & more_no
        return yes, no

    def _both(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        yes, no = self._one()
        while self._follows("and"):
            more_yes, more_no = self._one()
            yes, no = yes & more_yes, no | more_no
        return yes, no

    def _one(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._mistake("is nested too deeply", "(", self.words[self.at - 1][2])
        if self._follows("not"):
            yes, no = self._one()
            yes, no = no, yes
        elif self._follows("("):
            yes, no = self._either()
            closing = self._next()
            if closing[1] != ")":
                raise self._mistake("needs a closing bracket", *closing[1:])
        else:
            yes, no = self._comparison()
        self.depth -= 1
        return yes, no

    def _comparison(self) -> tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]:
        values = self._field()
        known = ~np.isnan(values)
        sign = self.words[self.at][1] if self.at < len(self.words) else ""
        if sign in _COMPARE:
            self.at += 1
            kind, number, place = self._next()
            if kind != "number":
                raise self._mistake("needs a number after the sign", number, place)
            met = _COMPARE[sign](values, float(number.replace("_", "").replace(",", "")))
        else:
            met = values > 0
        return known & met, known & ~met

    def _field(self) -> npt.NDArray[np.float64]:
        kind, word, place = self._next()
        name = word.casefold()
        if kind != "word" or name not in self.fields:
            raise self._mistake("names no known field", word, place)
        return self.fields[name]
