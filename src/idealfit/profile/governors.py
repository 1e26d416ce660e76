"""What words hang on: "in Peru" on "firms", "have", or on nothing, which says whose place or number it is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

from idealfit.profile.clauses import Clause, Verb, clause_at

if TYPE_CHECKING:
    from idealfit.profile.speech import Word

What = Literal["verb", "noun", "start", "join"]


@dataclass(frozen=True)
class Governor:
    """What stands before some words: a verb, a noun, nothing (the start of a clause or what follows a comma) or a list.

    `by` is the preposition between ("" where there is none), `word` the verb or noun itself.
    """

    what: What
    by: str
    word: Word | None = None
    verb: Verb | None = None
    determined: str = ""
    """The small word before a noun: "a", "their", "no"; "" where there is none."""


@lru_cache(maxsize=512)
def governors(sentence: str, at: int) -> tuple[Governor, ...]:
    """Return what the words at a place hang on, from the nearest outwards, up to a verb or the start of the clause.

    >>> [(g.what, g.by, g.word and g.word.text) for g in governors("They have an office in Rome", 23)]
    [('noun', 'in', 'office'), ('verb', '', 'have')]
    """
    clause = clause_at(sentence, at)
    if clause is None:
        return (Governor("start", ""),)
    words = clause.words
    place = next((i for i, w in enumerate(words) if w.end > at), len(words))
    found: list[Governor] = []
    while True:
        place, governor = _next(clause, place)
        found.append(governor)
        if governor.what != "noun":
            return tuple(found)


def _next(clause: Clause, place: int) -> tuple[int, Governor]:
    """Return what the words that begin at a place hang on, and where the words of that begin."""
    words = clause.words
    before = _before_the_phrase(words, place)
    while before >= 0 and (words[before].kind == "adverb" or words[before].low in ("all", "both", "each")):
        before -= 1
    by: list[str] = []
    while before >= 0 and (
        words[before].kind in ("preposition", "to")
        or (words[before].kind == "opening" and before > 0)
        or words[before].low in ("without", "other")
        or (by and by[0] == "over" and words[before].low == "all")  # "from all over"
    ):
        by.insert(0, words[before].low)
        before -= 1
    if by:
        while before >= 0 and (words[before].kind in ("adverb", "negation") or words[before].low in ("all", "both")):
            before -= 1
    said = " ".join(by)
    if before < 0 or words[before].kind in ("mark", "opening", "relative"):
        return before, Governor("start", said, verb=_last_verb(clause, words[before].start if before >= 0 else 0))
    word = words[before]
    if word.kind in ("verb", "be", "have", "do", "modal"):
        verb = next((v for v in clause.verbs if v.start <= word.start < v.end), None)
        return before, Governor("verb", said, word, verb)
    if word.kind == "negation":
        return _next_after_negation(clause, before, said)
    if word.kind == "join":
        return before, Governor("join", said, word, _last_verb(clause, word.start))
    first = _before_the_phrase(words, before) + 1
    determined = next((w.low for w in words[first:before] if w.kind in ("determiner", "possessive", "number")), "")
    return first, Governor("noun", said, word, determined=determined)


def _before_the_phrase(words: tuple[Word, ...], place: int) -> int:
    """Return the word before a noun phrase: adjectives, nouns and numbers belong to it, and its article."""
    before = place - 1
    if place < len(words) and words[place].kind not in ("noun", "name", "number", "determiner", "possessive"):
        return before  # "sense / from 40 employees up"
    while before >= 0 and words[before].kind in ("noun", "name", "number", "adverb"):
        before -= 1
    while before >= 0 and words[before].kind in ("determiner", "possessive", "adverb"):
        before -= 1
    if before >= 0 and words[before].low in ("all", "both", "either"):
        before -= 1
    return before


def _last_verb(clause: Clause, at: int) -> Verb | None:
    """Return the verb that a list goes on from: "they use Slack, and no CRM"."""
    before = [verb for verb in clause.before(at) if verb.mood != "infinite"]
    return before[-1] if before else None


def _next_after_negation(clause: Clause, before: int, said: str) -> tuple[int, Governor]:
    place, outer = _next(clause, before)
    return place, Governor(outer.what, said or outer.by, outer.word, outer.verb, "no")
