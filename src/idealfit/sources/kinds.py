"""What kind of thing a column holds, decided from what its cells look like and what its heading says."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.sources import headings
from idealfit.sources.dates import DateStyle, date_style
from idealfit.sources.numbers import NumberStyle, number_style

if TYPE_CHECKING:
    from idealfit.sources.cells import Cells
    from idealfit.tables import Kind

NEARLY_ALL = 0.95
"""From this share of cells on a column is what they are, and the others are mistakes to be shown."""
LEAST_TO_JUDGE = 4
UNIQUE_FROM = 15
"""How many known cells it takes before "all different" means that a column names rows."""

YES = frozenset(("yes", "y", "true", "t", "ja", "oui", "sí", "si", "wahr", "vrai", "x", "✓"))
NO = frozenset(("no", "n", "false", "f", "nein", "non", "falsch", "faux"))
_PAIRS = (("yes", "no"), ("y", "n"), ("true", "false"), ("t", "f"), ("ja", "nein"), ("oui", "non"), ("sí", "no"),
          ("si", "no"),
          ("wahr", "falsch"), ("vrai", "faux"), ("1", "0"), ("1.0", "0.0"))  # fmt: skip

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.I)
_URL = re.compile(r"(https?://|www\.)\S+", re.I)
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}", re.I)
_PHONE = re.compile(r"\+?[\d\s()./-]{7,20}(?:\s?(?:x|ext\.?)\s?\d+)?")
_PERSON = re.compile(r"[^\W\d_][\w'.-]+(?: [^\W\d_][\w'.-]*){1,3}")
_CODE = re.compile(r"(?=.*\d)[A-Za-z0-9]{6,}|(?=.*\d)[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)+")


@dataclass(frozen=True)
class Understanding:
    """What a column was taken for, how it is written, and why it may not be learned from."""

    kind: Kind
    number: NumberStyle | None = None
    date: DateStyle | None = None
    reason: str = ""


def kind_of_texts(
    heading: str, cells: Cells, *, wanted: Kind | None = None, decimal: str | None = None
) -> Understanding:
    """Return what a column of texts holds; lists are told by `lists`, which asks the engine.

    `wanted` is what the person said it is; numbers and dates must then be readable as such. `decimal` is the decimal
    sign that the person or the rest of the table shows.
    """
    if cells.known == 0:
        return Understanding("empty", reason="no value in any row")
    number = number_style(cells.shapes, cells.known, decimal)
    date = date_style(cells.shapes, cells.known, heading_says_date=headings.says_date(heading) or wanted == "date")
    if wanted is not None:
        return Understanding(
            wanted, number or _any_number(decimal), date or DateStyle(("year first",), 0.0, plain=True)
        )
    named = _named_thing(heading, cells)
    if named:
        return Understanding("identifier", reason=named)
    if is_boolean(heading, cells):
        return Understanding("boolean")
    if date is not None and is_nearly_all(date.share, cells.known):
        return Understanding("date", date=date)
    if number is not None and is_nearly_all(number.share, cells.known):
        return _number_or_key(heading, cells, number)
    return _words_or_names(heading, cells)


def kind_of_numbers(heading: str, cells: Cells, *, whole: bool) -> Understanding:
    """Return what a column of numbers holds that came as numbers."""
    if cells.known == 0:
        return Understanding("empty", reason="no value in any row")
    if whole and headings.says_identifier(heading):
        return Understanding("identifier", reason="a key, not a quantity")
    if headings.says_postal_code(heading):
        return Understanding("category")
    if headings.says_flag(heading) and is_boolean(heading, cells):
        return Understanding("boolean")
    if whole and headings.says_code(heading) and _one_per_row(cells):
        return Understanding("identifier", reason="a number of its own in every row")
    return Understanding("category" if whole and headings.says_class(heading) else "number")


def is_boolean(heading: str, cells: Cells) -> bool:
    """Return whether the cells are answers: yes and no in any of their pairs, 1 and 0 where the heading asks."""
    if cells.distinct > 4:
        return False
    answers = {value.casefold() for value in cells.values}
    for pair in _PAIRS:
        if answers <= set(pair):
            digits = pair[0].startswith("1")
            both = len(answers) == 2
            return (
                headings.says_flag(heading)
                if digits
                else both or headings.says_flag(heading) or pair[0] in ("true", "yes")
            )
    return False


def boolean_sql(cell: str) -> str:
    """Return SQL that reads a known text cell as a BOOLEAN."""
    yes = ", ".join(f"'{word}'" for word in sorted({*YES, "1", "1.0"}))
    no = ", ".join(f"'{word}'" for word in sorted({*NO, "0", "0.0"}))
    return f"CASE WHEN lower({cell}) IN ({yes}) THEN true WHEN lower({cell}) IN ({no}) THEN false END"


def is_nearly_all(share: float, known: int) -> bool:
    """Return whether the few cells that differ are mistakes: none, one of at least four, or at most a twentieth."""
    return share == 1.0 or share >= NEARLY_ALL or (known >= LEAST_TO_JUDGE and round((1 - share) * known) == 1)


def _named_thing(heading: str, cells: Cells) -> str:
    """Return why the cells name persons or addresses, or an empty string."""
    for pattern, why in ((_EMAIL, "e-mail addresses name a person"), (_URL, "a web address names one company")):
        if _share(pattern, cells) >= 0.9:
            return why
    if _share(_DOMAIN, cells) >= 0.9 and _one_per_row(cells, 0.5):
        return "a web address names one company"
    why = headings.names_a_person_or_place(heading)
    if not why:
        return ""
    if "telephone" in why:
        return why if _share(_PHONE, cells) >= 0.5 else ""
    return why if "people" not in why or _share(_PERSON, cells) >= 0.5 or _one_per_row(cells, 0.5) else ""


def _number_or_key(heading: str, cells: Cells, number: NumberStyle) -> Understanding:
    whole = all(set(shape.text.strip()) <= {"9"} for shape in cells.shapes if shape.text)
    if headings.says_postal_code(heading):
        return Understanding("category")
    if whole and (headings.says_identifier(heading) or (headings.says_code(heading) and _one_per_row(cells))):
        return Understanding("identifier", reason="a key, not a quantity")
    if whole and headings.says_class(heading):
        return Understanding("category")
    if whole and cells.leading_zeros:
        named = _one_per_row(cells)
        return Understanding("identifier" if named else "category", reason="codes with leading zeros" if named else "")
    return Understanding("number", number=number)


def _words_or_names(heading: str, cells: Cells) -> Understanding:
    if cells.mean_words >= 5 and cells.mean_length >= 30 and cells.distinct >= 0.2 * cells.known and cells.known > 3:
        return Understanding("text")
    if headings.says_identifier(heading) and _one_per_row(cells, 0.02):
        return Understanding("identifier", reason="a key, not a quality")
    if _one_per_row(cells):
        return Understanding("identifier", reason="a value of its own in every row")
    if headings.says_code(heading) and cells.distinct > 50 and _share(_CODE, cells) >= 0.9:
        return Understanding("identifier", reason="codes that name single things")
    if (headings.says_code(heading) or headings.says_name(heading)) and _one_per_row(cells, 0.3):
        return Understanding("identifier", reason="names of single things")
    if _one_per_row(cells, 0.5) and _share(_CODE, cells) >= 0.9:
        return Understanding("identifier", reason="codes that name single things")
    return Understanding("category")


def _one_per_row(cells: Cells, share: float = 0.95) -> bool:
    return cells.known >= UNIQUE_FROM and cells.distinct >= share * cells.known


def _share(pattern: re.Pattern[str], cells: Cells) -> float:
    total = sum(n for _, n in cells.commonest)
    return sum(n for value, n in cells.commonest if pattern.fullmatch(value)) / total if total else 0.0


def _any_number(decimal: str | None) -> NumberStyle:
    return NumberStyle(decimal="," if decimal == "," else ".", plain=decimal != ",", share=0.0)
