"""How values are spelled: numbers, yes and no, words in any case. What needs no engine to tell."""

from __future__ import annotations

import itertools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from idealfit.profile.evidence import Scalar

ITEM_SEPARATORS = ";|,"
"""What separates the items of a list that is written in one string."""

NUMBER = r"^[+-]?([0-9]{1,40}[.]?[0-9]{0,40}|[.][0-9]{1,40})([eE][+-]?[0-9]{1,2})?$"
"""A plain decimal number."""

_YES = ("yes", "true", "y", "t", "1")
_NO = ("no", "false", "n", "f", "0")
_MANY_LETTERS = 4


def folded(word: str) -> str:
    """Return a word as `text` gives it, so that the two can be compared.

    >>> folded("  SalesForce ")
    'salesforce'
    """
    return word.strip().lower()


def spellings(value: Scalar) -> tuple[str, ...]:
    """Return all that `text` may give for a cell that holds `value`: yes is also true, y, t or 1.

    Some engines lower ASCII letters only, so other letters come in both cases.

    >>> spellings("Software"), spellings(True), spellings("Łódź Ø")[:2]
    (('software',), ('yes', 'true', 'y', 't', '1'), ('łódź ø', 'łódź Ø'))
    """
    said = truth(value)
    if said is not None:
        return _YES if said else _NO
    word = folded(str(value))
    beyond_ascii = [c for c in word if not c.isascii() and len(c.upper()) == 1 and c.upper() != c]
    if len(beyond_ascii) > _MANY_LETTERS:  # 2^n spellings would not end; all small, all capital, first capital remain
        return tuple(dict.fromkeys(_ascii_lower(w) for w in (word, word.upper(), word.title(), word.capitalize())))
    choices = ((c, c.upper()) if c in beyond_ascii else (c,) for c in word)
    return tuple("".join(letters) for letters in itertools.product(*choices))


def truth(value: Scalar) -> bool | None:
    """Return the answer that `value` spells, or None where it is no yes or no.

    >>> truth("Yes"), truth(False), truth("maybe"), truth(1)
    (True, False, None, None)
    """
    if isinstance(value, str):
        return {"yes": True, "true": True, "no": False, "false": False}.get(folded(value))
    return value if isinstance(value, bool) else None


def as_number(value: Scalar) -> float | None:
    """Return the number that `value` is or spells, or None.

    >>> as_number("40.5"), as_number(7), as_number("forty"), as_number(True), as_number("nan")
    (40.5, 7.0, None, None, None)
    """
    if isinstance(value, bool):
        return None
    if isinstance(value, str):
        return float(value) if re.search(NUMBER, value.strip()) else None
    return float(value)


def _ascii_lower(word: str) -> str:
    return "".join(c.lower() if c.isascii() else c for c in word)
