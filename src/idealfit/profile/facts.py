"""Facts read out of prose: "40 to 250 people, in Germany, no CRM yet" -> tests that a table can answer.

Only what is written is read, by rules and word lists (`lexicon.toml`); nothing is guessed. What a sentence tells
without saying how it could be tested ("recently raised money", "about 50 people") becomes a fact without a test, for a
person to settle. Negation is part of the test ("no CRM" -> ``lacks: CRM``) and noted beside it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from idealfit.profile.denials import denied, denied_after, opposite
from idealfit.profile.fact import Fact
from idealfit.profile.happenings import happenings, hirings, reporting_lines, tenures
from idealfit.profile.kinds import kinds_of_company
from idealfit.profile.measured import founded, measures
from idealfit.profile.named_tools import named_tools
from idealfit.profile.places import places
from idealfit.profile.stance import is_told

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["Fact", "facts_in", "sentences"]

LONGEST = 20_000
"""Letters of a text that are looked at; a narrative is far shorter."""

LONGEST_SENTENCE = 1_000
"""Longer ones are nobody's prose, and are read in pieces: the time for each grows faster than its length."""

_READERS: tuple[Callable[[str], Iterator[Fact]], ...] = (
    tenures, reporting_lines, hirings, founded, named_tools, kinds_of_company, places, measures,
)  # fmt: skip
"""Who reads first has the words: "a CRO under a year in the role" is no count of anything."""

_END = re.compile(r"[.!?][\"”')]*\s+(?=[A-Z0-9\"“'(])|\n\s*\n|\n(?=\s*(?:[-*•]|\d+[.)])\s)")
_ABBREVIATED = re.compile(
    r"\b(?:vs|e\.g|i\.e|eg|ie|St|Mr|Ms|Mrs|Dr|No|U\.S|U\.K|Inc|Ltd|Corp|approx|[Mm]in|[Mm]ax|[Cc]a|incl|excl|resp|cf)\.$"
)


def facts_in(text: str) -> tuple[Fact, ...]:
    """Return the facts that a text states, in the order of their words.

    >>> [(f.attribute, f.test.condition, f.negated) for f in facts_in("German firms of 40 to 250 people, no CRM.")]
    [('country', 'one_of', False), ('employees', 'between', False), ('technologies', 'lacks', True)]
    """
    found = [
        fact
        for start, sentence in sentences(text[:LONGEST])
        for cut in range(0, len(sentence), LONGEST_SENTENCE)
        for fact in _in_sentence(start + cut, sentence[cut : cut + LONGEST_SENTENCE])
    ]
    return tuple(sorted(found, key=lambda fact: (fact.start, fact.end)))


def sentences(text: str) -> Iterator[tuple[int, str]]:
    """Yield each sentence with the place at which it begins.

    >>> list(sentences("Firms in the U.S. South. They grow!"))
    [(0, 'Firms in the U.S. South.'), (25, 'They grow!')]
    """
    start = 0
    for end in _END.finditer(text):
        if _ABBREVIATED.search(text, start, end.start() + 1):
            continue
        stop = end.start() + len(end[0].rstrip())
        if text[start:stop].strip():
            yield start, text[start:stop]
        start = end.end()
    if text[start:].strip():
        yield start, text[start:]


def _in_sentence(offset: int, sentence: str) -> Iterator[Fact]:
    taken: list[tuple[int, int]] = []
    found = list(happenings(sentence))  # what happened may hold other facts: "raised a Series B in the last year"
    for reader in _READERS:
        read = [fact for fact in reader(sentence) if all(fact.end <= s or e <= fact.start for s, e in taken)]
        taken += [(fact.start, fact.end) for fact in read]
        found += read
    told: list[Fact] = []
    for fact in found:
        for said in _as_denied(sentence, fact if is_told(sentence, fact) else replace(fact, test=None)):
            against = said.test is not None and any(
                one.attribute == said.attribute and said.test in opposite(one.test)
                for one in told
                if one.test is not None
            )
            told.append(replace(said, test=None) if against else said)  # "logistics firms, but no freight brokers"
    for said in told:
        yield replace(said, start=said.start + offset, end=said.end + offset)


def _as_denied(sentence: str, fact: Fact) -> tuple[Fact, ...]:
    """Return the fact as the sentence means it: the opposite where it is denied, open where no test can say that."""
    if fact.negated or not (denied(sentence, fact.start) or denied_after(sentence, fact.end)):
        return (fact,)
    if fact.test is None:
        return (replace(fact, negated=True),)
    turned = opposite(fact.test)
    return tuple(replace(fact, test=test, negated=True) for test in turned) or (replace(fact, test=None, negated=True),)
