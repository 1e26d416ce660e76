"""A cell read as a number, a word, a list of items or a day, whatever type its column happens to have.

Every reading is an ibis expression that compiles on any engine, and is NULL where the cell cannot be read that way.
"""

from __future__ import annotations

import itertools
import re
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from functools import reduce
from operator import or_
from types import MappingProxyType
from typing import TYPE_CHECKING

import ibis
import ibis.expr.datatypes as dt

from idealfit.profile.spelling import ITEM_SEPARATORS, NUMBER, as_number, folded, spellings, truth

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis.expr.types as ir


__all__ = [
    "ITEM_MARK",
    "ITEM_SEPARATORS",
    "READINGS",
    "Cell",
    "as_number",
    "day",
    "float_literal",
    "folded",
    "holds_item",
    "holds_phrase",
    "number",
    "on_or_after",
    "spellings",
    "text",
    "truth",
    "words_with_gaps",
]

ITEM_MARK = "\x1f"
"""The unit separator: stands between the items of an array once they are joined, for no company's text holds it."""


_DAY = r"^[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])([T ]|$)"
SPACE = "[ \\t\\n\\r\\f\u00a0]"  # \s means other characters on every engine
# Letters and digits from Latin to Georgian and Indic scripts. \w and \b know ASCII only on some engines, and engines
# without lookbehind have no other way to say where a word begins.
_LETTERS = "0-9A-Za-z_À-ÖØ-öø-\u1fff"
_NO_LETTER = f"[^{_LETTERS}]"
_WORD = re.compile(f"[{_LETTERS}]+")


def float_literal(value: float) -> ir.FloatingValue:
    """Return a constant that every engine takes as a double; DuckDB reads a bare 0.1 as a DECIMAL."""
    return ibis.literal(repr(float(value))).cast("float64")


def number(cell: ir.Value) -> ir.FloatingValue:
    """Return the cell as a finite double; NULL where it holds none (NaN and infinities are no numbers of anything).

    Strings are trimmed and read as plain decimal numbers (``1200``, ``-0.5``, ``1e6``); true is 1, false is 0.
    """
    kind = cell.type()
    if kind.is_boolean():
        return ibis.cases((cell, float_literal(1)), (~cell, float_literal(0)))
    if kind.is_integer():
        return cell.cast("float64")
    if kind.is_numeric():
        value = cell.cast("float64")
        # a comparison instead of isnan(), which SQLite lacks: NaN sorts above every number where it exists
        finite = (value <= float_literal(sys.float_info.max)) & (value >= float_literal(-sys.float_info.max))
        return ibis.ifelse(finite, value, ibis.null("float64"))
    if kind.is_string():
        trimmed = cell.strip()
        return ibis.ifelse(trimmed.re_search(NUMBER), trimmed.cast("float64"), ibis.null("float64"))
    return ibis.null("float64")


def text(cell: ir.Value) -> ir.StringValue:
    """Return the cell trimmed and in lower case; NULL where nothing is left. The items of an array are joined."""
    kind = cell.type()
    if kind.is_boolean():
        return ibis.cases((cell, "yes"), (~cell, "no"))
    if kind.is_array():
        items = cell if kind.value_type.is_string() else cell.cast("array<string>")
        return items.join(ITEM_MARK).strip().lower().nullif("")
    return (cell if kind.is_string() else cell.cast("string")).strip().lower().nullif("")


def day(cell: ir.Value) -> ir.Value:
    """Return the cell as a day or moment, or its ISO day as text; NULL where it holds none.

    Strings are read where they begin with an ISO day (``2024-05-31``, ``2024-05-31T09:30:00Z``).
    """
    kind = cell.type()
    if kind.is_string():
        trimmed = cell.strip()
        return ibis.ifelse(trimmed.re_search(_DAY), trimmed.substr(0, 10), ibis.null("string"))
    return cell if kind.is_date() or kind.is_timestamp() else ibis.null("date")


def on_or_after(cell: ir.Value, day: date | ir.DateValue) -> ir.BooleanValue:
    """Return whether a cell read as a day is `day` or later (days of moments in UTC)."""
    kind = cell.type()
    if kind.is_date():
        return cell >= (ibis.literal(day) if isinstance(day, date) else day)
    if kind.is_timestamp():
        if not isinstance(day, date):
            return cell >= day.cast(kind)
        midnight = datetime.combine(day, time())
        if kind.timezone is None:
            return cell >= ibis.literal(midnight)
        return cell >= ibis.literal(midnight.replace(tzinfo=UTC), type=dt.Timestamp(timezone="UTC"))
    return cell >= (ibis.literal(day.isoformat()) if isinstance(day, date) else day.cast("string"))


READINGS: Mapping[str, Callable[[ir.Value], ir.Value]] = MappingProxyType(
    {"number": number, "words": text, "day": day, "truth": lambda cell: cell}
)
"""The ways in which a cell can be read."""


@dataclass(frozen=True)
class Cell:
    """A cell of a column of this `kind`; `read` gives it as one of `READINGS`."""

    kind: dt.DataType
    read: Callable[[str], ir.Value]


def holds_item(joined: ir.StringValue, items: Iterable[str], separators: str) -> ir.BooleanValue:
    """Return whether the text of a list holds any of `items`, whole and in any case; NULL where it holds nothing."""
    words = [w for w in (folded(item) for item in items) if w and not set(w) & set(separators)]
    border = f"[{separators}]"
    any_word = "|".join(_pattern(w) for w in words)
    return _found(joined, words, f"(^|{border}){SPACE}*({any_word}){SPACE}*($|{border})")


def holds_phrase(said: ir.StringValue, phrase: str) -> ir.BooleanValue:
    """Return whether the text of a cell holds the words of `phrase`, in order, whole, in any case; NULL where empty."""
    words = folded(phrase).split()
    inside = f"{SPACE}+".join(_pattern(w) for w in words)
    # engines search best for one plain substring first: the longest word of the phrase
    return _found(said, sorted(words, key=len)[-1:], f"(^|{_NO_LETTER})({inside})($|{_NO_LETTER})")


def words_with_gaps(text: str, most: int) -> tuple[list[str], list[str]]:
    """Return the first `most` words of a text as `holds_phrase` sees them, and what stands between each two.

    A gap of nothing but space is given as one space: just there a phrase of both words is found.

    >>> words_with_gaps("E-commerce,  Two  words", 10)
    (['e', 'commerce', 'two', 'words'], ['-', ',  ', ' '])
    """
    said = text.lower()
    found = list(itertools.islice(_WORD.finditer(said), most))
    gaps = [said[a.end() : b.start()] for a, b in itertools.pairwise(found)]
    return [m[0] for m in found], [" " if re.fullmatch(f"{SPACE}+", gap) else gap for gap in gaps]


def _found(cell: ir.StringValue, needles: list[str], pattern: str) -> ir.BooleanValue:
    """Return whether the pattern is found; where no needle is in the cell, the costly search is not begun."""
    if not needles:
        return ibis.cases((cell.notnull(), False))
    search = cell.re_search(pattern)
    if len(needles) <= 3 and all(n.isascii() for n in needles):
        possible = reduce(or_, (cell.contains(n) for n in needles))
        return ibis.cases((cell.isnull(), ibis.null("boolean")), (possible, search), else_=False)
    return search


def _pattern(word: str) -> str:
    """Return a regular expression for one lower-case word that reads alike on every engine."""
    return "".join(_letter(c) for c in word)


def _letter(char: str) -> str:
    if char.isascii():
        return char if char.isalnum() or char in "_ " else f"\\{char}"
    capital = char.upper()
    return f"[{char}{capital}]" if len(capital) == 1 and capital != char else char
