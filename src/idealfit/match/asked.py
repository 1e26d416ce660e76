"""What a text asks for: the facts in it, which a table can answer, and the rest, which only meaning can.

"Between 40 and 250 people, in Mexico, whose alerting outgrew their team" is two tests and seven words for the vectors.
Denials never go to the vectors: to them, "no agencies" is a text about agencies.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from idealfit.errors import MappingError
from idealfit.match.texts import LONGEST, clean, sentences_of
from idealfit.match.words import words_of
from idealfit.profile.document import Test
from idealfit.profile.facts import facts_in
from idealfit.profile.headings import columns_of, plain
from idealfit.profile.wording import phrase, phrase_not

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Sequence

    from idealfit.profile.document import Profile
    from idealfit.profile.fact import Fact

PLACES = ("country", "region", "state", "city")
"""Attributes that say where a company is; tables often have one column for all of them."""
_ADDRESSES = frozenset("location locations alllocations headquarters hq hqlocation address".split())
_WIDE = frozenset("regions region countries country".split())
_LEFT_OVER = re.compile(
    r"\b(?:in|at|with|of|from|based|located|and|or|who|that|which|are|is|have|has|use|uses|using|the|a|an|between|not|no|outside"
    r"|except|without)\b"
    r"[\s,;]*$",
    re.IGNORECASE,
)
_COMMAS = re.compile(r"\s*[,;](?:\s*[,;])*\s*(?=[^\s,;])")
_OF_NUMBERS = ("between", "at_least", "below", "within_days", "older_than_days")
_LEAST_LEFT = 2
"""Words that count: with fewer, what is left of a sentence says nothing."""


@dataclass(frozen=True)
class Check:
    """One test that the text asks for: the words it was read from, and the column that answers it, if there is one.

    `met_by_no` turns it round: a company that answers yes fails (what disqualifies). `unheard_in` is a column that was
    to answer, but says the like of no company: a column of sectors, asked for software, may call it otherwise.
    """

    words: str
    attribute: str
    test: Test | None
    column: str | None = None
    denied: bool = False
    met_by_no: bool = False
    unheard_in: str | None = None

    @property
    def said(self) -> str:
        """Return the test in words; for one that cannot be put, the words it was read from."""
        if self.test is None:
            return self.words
        return (phrase_not if self.met_by_no else phrase)(self.attribute, self.test)


@dataclass(frozen=True)
class Asked:
    """A text taken apart: its checks, what is left for words and vectors, and its sentences for the evidence."""

    text: str
    meaning: str
    sentences: tuple[str, ...]
    checks: tuple[Check, ...] = ()
    cut: bool = False  # longer than what is read of a text

    @property
    def only_facts(self) -> bool:
        """Return whether nothing is left that only meaning could answer."""
        return bool(self.checks) and not self.meaning


def asked(
    text: str, columns: Sequence[str], *, read_facts: bool = True, unheard: Collection[Check] = frozenset()
) -> Asked:
    """Return what the text asks of a table with these columns.

    A fact without a column stays in the text too (what companies say may tell), unless it is a denial or a number;
    so does one of those `unheard`, of which its column says nothing.

    >>> found = asked("Between 40 and 250 people. Their alerting outgrew their team.", ["employees"])
    >>> found.meaning, [(check.said, check.column) for check in found.checks]
    ('Their alerting outgrew their team.', [('employees between 40 and 250', 'employees')])
    """
    whole = clean(text)
    facts = facts_in(whole) if read_facts else ()
    checks = tuple(_check(whole, fact, columns, unheard) for fact in facts)
    gone = [
        (fact.start, fact.end)
        for fact, check in zip(facts, checks, strict=True)
        if fact.negated
        or (check.test is not None and (check.column is not None or check.test.condition in _OF_NUMBERS))
    ]
    kept = [_what_is_left(whole, start, end, gone) for start, end in _sentences(whole)]
    rest = tuple(sentence for sentence in kept if sentence)
    return Asked(whole, " ".join(rest), rest, checks, cut=len(whole) >= LONGEST)


def of_profile(
    profile: Profile, columns: Sequence[str], *, read_facts: bool = True, unheard: Collection[Check] = frozenset()
) -> Asked:
    """Return what a profile asks for: its narrative taken apart, its must-haves, and what disqualifies."""
    text = profile.narrative.text or profile.definition
    found = asked(text, columns, read_facts=read_facts, unheard=unheard)
    if not read_facts:
        return found
    own = [
        Check(line.attribute, line.attribute, line.test, column_for(line.attribute, columns))
        for line in profile.criteria
        if line.need == "must"
    ] + [
        Check(line.attribute, line.attribute, line.test, column_for(line.attribute, columns), True, True)
        for line in profile.disqualify
    ]
    return replace(found, checks=(*found.checks, *own))


def column_for(attribute: str, columns: Sequence[str]) -> str | None:
    """Return the column that answers for an attribute, or None; a place may stand in a column of all places.

    >>> column_for("country", ["regions", "all_locations"]), column_for("region", ["all_locations", "regions"])
    ('all_locations', 'regions')
    """
    try:
        own = columns_of(columns, [attribute])[attribute]
    except MappingError:  # two columns could be it: neither is asked
        return None
    if own is None and attribute in PLACES:
        kinds = (_WIDE, _ADDRESSES) if attribute == "region" else (_ADDRESSES, _WIDE)
        return next((column for kind in kinds for column in columns if plain(column) in kind), None)
    return own


def _check(text: str, fact: Fact, columns: Sequence[str], unheard: Collection[Check]) -> Check:
    words = text[fact.start : fact.end]
    column = None if fact.test is None else column_for(fact.attribute, columns)
    check = Check(words, fact.attribute, fact.test, column, denied=fact.negated)
    return replace(check, column=None, unheard_in=column) if check in unheard else check


def _sentences(text: str) -> Iterable[tuple[int, int]]:
    start = 0
    for sentence in sentences_of(text):
        begin = text.index(sentence, start)
        start = begin + len(sentence)
        yield begin, start


def _what_is_left(text: str, start: int, end: int, gone: Sequence[tuple[int, int]]) -> str:
    """Return a sentence without the facts in it, or nothing where too few words are left to say anything."""
    inside = [(max(start, s), min(end, e)) for s, e in gone if s < end and e > start]
    if not inside:
        return text[start:end]
    pieces, at = [], start
    for begin, stop in sorted(inside):
        piece = text[at:begin]
        while True:  # the words that led to the fact go with it
            shorter = _LEFT_OVER.sub("", piece)
            if shorter == piece:
                break
            piece = shorter
        pieces.append(piece)
        at = max(at, stop)
    pieces.append(text[at:end])
    left = _COMMAS.sub(", ", " ".join(" ".join(pieces).split())).strip(" ,;:")
    return left if len(words_of(left)) >= _LEAST_LEFT else ""
