"""The words by which lint judges: what is vague, what nobody can verify, what tells of a person. Loaded from data."""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files

from idealfit.profile.vocabulary import ways_in

_RAW = tomllib.loads(files("idealfit.profile").joinpath("judgement_words.toml").read_text(encoding="utf-8"))


def _pattern(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{'|'.join(ways_in(_RAW[name]))})(?![\w-])", re.IGNORECASE)


VAGUE = _pattern("vague")
UNVERIFIABLE = _pattern("unverifiable")
PERSONAL = _pattern("of_a_person")
VANITY = _pattern("vanity")
TOO_WIDE = frozenset(word.casefold() for word in ways_in(_RAW["too_wide"]))


def words_found(pattern: re.Pattern[str], text: str) -> list[str]:
    """Return the words of a kind that stand in a text.

    >>> words_found(VAGUE, "Innovative firms that want to grow")
    ['Innovative', 'want to grow']
    """
    return [found[0] for found in pattern.finditer(text)]
