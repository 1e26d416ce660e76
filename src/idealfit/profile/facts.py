"""Facts read out of prose: "40 to 250 people, in Germany, no CRM yet" -> tests that a table can answer.

What a sentence mentions is found by word lists and patterns (mentions.py); whether it is stated of the companies
sought, denied of them or neither is judged by the words around it (judging.py). A fact is tested only where one of the
two is likelier than all else together; what is doubtful, or said without a limit that could be tested ("about 50
people"), becomes a fact without a test, for a person to settle. Negation is part of the test ("no CRM" -> ``lacks:
CRM``).
"""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import groupby
from typing import TYPE_CHECKING

from idealfit.profile.denials import opposite
from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.happenings import happenings, reporting_lines, tenures
from idealfit.profile.judging import judged
from idealfit.profile.measured import measures
from idealfit.profile.mentions import mentions
from idealfit.profile.stance import is_told
from idealfit.profile.surroundings import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from idealfit.profile.judging import Judged

__all__ = ["Fact", "facts_in", "sentences"]

LONGEST = 20_000
"""Letters of a text that are looked at; a narrative is far shorter."""

LONGEST_SENTENCE = 1_000
"""Longer ones are nobody's prose, and are read in pieces: the time for each grows faster than its length."""

LIKELY = 0.5
"""How likely a fact must be stated, or denied, to be tested."""

SURE = {"trade": 0.7, "sold": 0.7}
"""How likely what companies do must be stated: their texts tell it too, and a wrong trade leaves the right ones out."""

DOUBTFUL = 0.15
"""How likely it must be stated or denied to be left for a person to settle."""

_ONE_NUMBER = frozenset(("number", "people", "money", "age"))
"""Kinds of facts of which a number can tell only one."""
_EITHER = (
    frozenset(("role", "hiring")),
    frozenset(("trade", "sold")),
    frozenset(("tool", "role")),
    frozenset(("tool", "hiring")),
    frozenset(("tool", "place")),
)
"""Kinds of which the same words can mean only one."""
_ANY_WILL_DO = frozenset("industry country state city region funding_stage ownership".split())
"""What a company has or is only one of: two that a sentence states are alternatives."""

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
        replace(fact, start=fact.start + start + cut, end=fact.end + start + cut)
        for start, sentence in sentences(text[:LONGEST])
        for cut in range(0, len(sentence), LONGEST_SENTENCE)
        for fact in _in_sentence(sentence[cut : cut + LONGEST_SENTENCE])
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


def _in_sentence(sentence: str) -> list[Fact]:
    mentioned = mentions(sentence)
    chances = list(zip(mentioned, judged(sentence, mentioned), strict=True))
    told = _alternatives(_apart(_likely(chances)))
    told += [fact for reader in (tenures, reporting_lines) for fact in reader(sentence) if is_told(sentence, fact)]
    open_ = [replace(fact, test=None) for fact, chance in chances if max(chance) < LIKELY and sum(chance) >= DOUBTFUL]
    open_ += [fact for reader in (happenings, measures) for fact in reader(sentence) if fact.test is None]
    for fact in sorted(open_, key=lambda fact: fact.start - fact.end):
        if not any(_overlap(fact, other) for other in told):
            told.append(fact)
    return told


def _likely(chances: Iterable[tuple[Fact, Judged]]) -> Iterator[tuple[float, Fact]]:
    """Yield what is likely stated or denied, with how likely; what no test can deny stays without one."""
    for fact, (stated, denied) in chances:
        if stated >= SURE.get(kind_of(fact), LIKELY):
            yield stated, fact
        elif denied >= LIKELY:
            assert fact.test is not None  # noqa: S101  every mention has one
            turned = opposite(fact.test)
            for test in turned or (None,):
                yield denied, replace(fact, test=test, negated=True)


def _apart(likely: Iterable[tuple[float, Fact]]) -> list[Fact]:
    """Return the likeliest of facts that cannot all be meant by the same words."""
    kept: list[Fact] = []
    for _, fact in sorted(likely, key=lambda one: -one[0]):
        if not any(_excludes(fact, other) for other in kept):
            kept.append(fact)
    return sorted(kept, key=lambda fact: (fact.start, fact.end))


def _excludes(one: Fact, other: Fact) -> bool:
    a, b = kind_of(one), kind_of(other)
    if (
        one.test is not None
        and other.test is not None
        and one.attribute == other.attribute
        and one.negated != other.negated
    ):
        return other.test in opposite(one.test) or one.test in opposite(other.test)
    if not _overlap(one, other):
        return False
    if (one.attribute, one.test) == (other.attribute, other.test):
        return True
    return (a in _ONE_NUMBER and b in _ONE_NUMBER) or frozenset((a, b)) in _EITHER


def _overlap(one: Fact, other: Fact) -> bool:
    return one.start < other.end and other.start < one.end


def _alternatives(facts: list[Fact]) -> list[Fact]:
    """Return facts with the tests of those joined of which a company can meet only one: "Peru; Chile"."""
    joined: dict[str, Test] = {}
    stated = [fact for fact in facts if fact.attribute in _ANY_WILL_DO and not fact.negated and fact.test is not None]
    denied = {value for fact in facts if fact.negated and fact.test is not None for value in _values(fact.test)}
    for attribute, group in groupby(sorted(stated, key=lambda fact: fact.attribute), key=lambda fact: fact.attribute):
        values = tuple(dict.fromkeys(v for fact in group if fact.test for v in _values(fact.test) if v not in denied))
        if values:
            joined[attribute] = Test(is_=values[0]) if len(values) == 1 else Test(one_of=values)
    return [
        replace(fact, test=joined.get(fact.attribute, fact.test)) if fact in stated else fact
        for fact in facts
        if not (fact in stated and fact.attribute not in joined)
    ]


def _values(test: Test) -> tuple[str | float | int | bool, ...]:
    if test.one_of is not None:
        return tuple(test.one_of)
    if test.none_of is not None:
        return tuple(test.none_of)
    return tuple(value for value in (test.is_, test.is_not) if value is not None)
