"""What people write in a cell that has no value."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.engine import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

MISSING = (
    "", "-", "--", "---", "–", "—", "?", ".", "na", "n/a", "n.a.", "n.a", "#n/a", "nan", "null", "(null)", "<null>",
    "[null]",
    "none", "(none)", "nil", "\\n", "(blank)", "blank", "(empty)", "unknown", "(unknown)", "not available", "not "
    "specified",
    "undefined", "#name?", "#value!", "#ref!", "#div/0!", "#null!", "#num!", "nat",
)  # fmt: skip
"""Cells that mean "not known", compared trimmed and without regard to case."""

BLANKS = " \t\r\n\u00a0\u202f\ufeff"
"""Characters cut off at both ends of every cell."""

_CODES = re.compile(r"[A-Z]{2}|AMER|EMEA|APAC|LATAM|NAM|ANZ|DACH|MEA|NORAM", re.ASCII)


def trimmed(cell: str) -> str:
    """Return SQL for a text cell without blanks at its ends."""
    # Trimming a set of characters costs three times a comparison, so only cells that may need it are trimmed.
    odd = " OR ".join(f"{cell}[{end}] <= ' ' OR {cell}[{end}] > '~'" for end in (1, -1))
    return f"CASE WHEN {odd} THEN trim({cell}, {literal(BLANKS)}) ELSE {cell} END"


def known(cell: str, *, keep_na: bool = False) -> str:
    """Return SQL for a trimmed cell, NULL where it says that nothing is known.

    `keep_na` leaves ``NA`` standing: among region codes it is North America.
    """
    tokens = ", ".join(literal(said) for said in MISSING if not (keep_na and said == "na"))
    return f"CASE WHEN lower({cell}) IN ({tokens}) THEN NULL ELSE {cell} END"


def na_is_a_code(values: Iterable[str]) -> bool:
    """Return whether ``NA`` among these values would be a place.

    >>> na_is_a_code(["EMEA", "APAC"]), na_is_a_code(["Retail", "IT"])
    (True, False)
    """
    texts = list(values)
    codes = sum(_CODES.fullmatch(text) is not None for text in texts)
    return len(texts) >= 2 and codes >= 0.8 * len(texts)
