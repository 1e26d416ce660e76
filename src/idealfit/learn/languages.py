"""In which language something was said, as far as it has to be known: whether cue phrases of it are at hand.

Letters tell scripts apart, a few dozen frequent words each the languages written in Latin letters (as in Grefenstette
1995, "Comparing two language identification schemes"). What is too short to tell is taken to be read.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from idealfit.learn.speech import cues_of_voice

if TYPE_CHECKING:
    from collections.abc import Iterable

FEWEST_WORDS = 3
"""Fewer words tell no language."""
MOST_LETTERS = 400
"""So many characters of an utterance tell its language."""
MOST_NAMED = 4

_WORD = re.compile(r"[^\W\d_]+")
_SCRIPTS = {"CJK": "Chinese or Japanese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}


def language_of(text: str) -> str:
    """Return the language of a text by name, or its script where that tells enough; "" where it cannot be told.

    >>> language_of("We lose leads every week and nobody knows why."), language_of("Non abbiamo tempo per gli errori.")
    ('English', 'Italian')
    >>> language_of("Мы искали решение долго"), language_of("Okay.")
    ('Cyrillic', '')
    """
    start = text[:MOST_LETTERS]
    letters = [c for c in start if c.isalpha()]
    foreign = [c for c in letters if not c.isascii() and not unicodedata.name(c, "").startswith("LATIN")]
    if len(foreign) > len(letters) / 2:
        script, _ = Counter(unicodedata.name(c, "?").split()[0] for c in foreign).most_common(1)[0]
        return _SCRIPTS.get(script, script.capitalize())
    words = _WORD.findall(start.casefold())
    if len(words) < FEWEST_WORDS:
        return ""
    counts = {name: sum(word in frequent for word in words) for name, frequent in _frequent().items()}
    best = max(counts.values())
    if not best:
        return ""
    # Read languages stand first: of two that share the words, the one that can be read is taken.
    return next(name for name, count in counts.items() if count == best)


def unread(texts: Iterable[str]) -> tuple[str, ...]:
    """Return what must be said of texts in languages that have no cue phrases; empty where all can be read."""
    total, others = 0, Counter[str]()
    read = tuple(cues_of_voice()["languages"]["read"])
    for text in texts:
        total += 1
        language = language_of(text)
        if language and language not in read:
            others[language] += 1
    if not others:
        return ()
    named = ", ".join(f"{name} {count:,}" for name, count in others.most_common(MOST_NAMED))
    more = "" if len(others) <= MOST_NAMED else ", and others"
    return (
        f"{others.total():,} of {total:,} utterances of customers were not read for pains, alternatives, objections, "
        f"urgency and triggers: they are in other languages ({named}{more}). Cue phrases are at hand for "
        f"{', '.join(read[:-1])} and {read[-1]}.",
    )


@cache
def _frequent() -> dict[str, frozenset[str]]:
    words = cues_of_voice()["languages"]["words"]
    return {name: frozenset(said.split()) for name, said in words.items()}
