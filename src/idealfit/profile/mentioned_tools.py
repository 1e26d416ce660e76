"""Which tools and kinds of tools a sentence mentions: known ones, unknown names, and what is said not to be there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.enumerations import Group, apart, groups
from idealfit.profile.fact import Fact
from idealfit.profile.mentioned_places import STATE_OR_CITY
from idealfit.profile.speech import words_in
from idealfit.profile.subjects import is_company
from idealfit.profile.unknown_names import unknown_names
from idealfit.profile.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.enumerations import Span

_TOOL = (
    r"(?:systems?|software|platforms?|tools?|suites?|portals?|programs?|programmes?|automation|apps?|databases?|enrichment"
    r"|warehouses?|lakes?|helpdesk|desk|intranet|chatbots?)"
)
_KIND_OF_TOOL = re.compile(
    rf"(?<![\w-])((?:[A-Za-z][\w&-]*\s+){{1,3}}?){_TOOL}\b(?!\s+(?:compan|vendor|firm|provider|maker))"
)
_STATE = re.compile(
    r"(?:(?:an?|the|any|no|own|their|its|our|your|this|that|proper|real|dedicated|modern|old|new|legacy|single|central|some|such|every|"
    r"lack|lacks|lacking|have|has|use|uses|using|run|runs|need|needs|buy|formal|existing|decent|working|good|bad|whole|other|first|full|actual|simple|serious|without|in-house|kind|of|sort)\s+)+",
    re.IGNORECASE,
)
_AND = re.compile(r",\s*(?:and|plus)\b|\b(?:and|plus)\b|[+&]", re.IGNORECASE)
_DENIED = re.compile(
    r"\b(?:no|without|lack(?:s|ing)?|never (?:had|bought|used)|not (?:have|use|own)|n['’]t (?:have|use|own)"
    r"|yet to (?:buy|have|get|adopt|introduce)|instead of|rather than|nor|neither)"
    r"\s+(?:(?:an?|any|the|their|its|own|real|proper|dedicated|such|formal|central|modern|digital)\s+)*(?P<what>[a-z][\w-]*(?:\s[a-z][\w-]*){0,3})"
)
_PERSON = re.compile(
    r"(?:.*\b(?:\w+(?:ist|ian|man|woman|neer)|managers?|directors?|coach|officers?|staff|team|people|hires?"
    r"|reps?|departments?|analysts?|developers?|lead|head|counsel))s?$|head of|vp |chief ",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"(?:use|need|answer|reason|way|idea|plans?|time|interest|place|match|fit|customers?|clients?|good|problem|point|sense|choice|end|doubt|matter|call|help|"
    r"money|budget|room|longer|more|less|such|thing|chance|exceptions?|other|others|case|luck|hope|deal|deals|business|patience|appetite|demand|access|hurry)s?(?:\s.*)?"
)
_ENDS_A_PHRASE = frozenset(
    (
        "preposition",
        "join",
        "verb",
        "be",
        "have",
        "do",
        "modal",
        "relative",
        "opening",
        "adverb",
        "to",
        "subject",
        "pronoun",
        "determiner",
    )
)


def tools_mentioned(sentence: str) -> Iterator[Fact]:
    """Yield the tools of a sentence, used or not.

    >>> [f.test.has for f in tools_mentioned("They use HubSpot and a loyalty program, and have no configurator")]
    ['HubSpot', 'loyalty program', 'configurator']
    """
    known = vocabulary()
    spans: list[Span] = []
    for words in (known.technologies, known.technology_kinds):
        spans += [(f.start(), f.end(), words.of(f[0])[0]) for f in words.pattern.finditer(sentence)]
    spans += [(f.start(), f.end(), f[0]) for f in known.technologies_also_words.pattern.finditer(sentence)]
    spans += _unknown_kinds(sentence)
    spans += _after_a_denial(sentence)
    somewhere = [
        (f.start(), f.end())
        for words in (known.countries, known.regions, known.states, known.cities)
        for f in words.pattern.finditer(sentence)
    ]
    somewhere += [(f.start(), f.end()) for f in STATE_OR_CITY.finditer(sentence)]
    spans = [s for s in spans if not any(s[0] < e and b < s[1] for b, e in somewhere)]
    known_ends = {start: end for start, end, _ in spans}
    spans += [
        one for one in unknown_names(sentence)
        if known_ends.get(one[0], 0) < one[1] and not any(one[0] < e and b < one[1] for b, e in somewhere)
    ]  # fmt: skip
    for group in _alternatives(sentence, groups(sentence, apart(spans))):
        if group.any_one and len(group.names) > 1:
            yield Fact(group.start, group.end, "technologies", "technographic", Test(has_any=group.names))
        else:
            for span, name in zip(group.spans, group.names, strict=True):
                yield Fact(*span, "technologies", "technographic", Test(has=name))


def _alternatives(sentence: str, found: Iterator[Group]) -> Iterator[Group]:
    """Yield groups parted where a list of alternatives goes on with "and": "Snowflake or BigQuery, and dbt"."""
    for group in found:
        parts: list[list[int]] = [[0]]
        for at in range(1, len(group.names)):
            joint = sentence[group.spans[at - 1][1] : group.spans[at][0]]
            if group.any_one and _AND.search(joint):
                parts.append([])
            parts[-1].append(at)
        for part in parts:
            spans = tuple(group.spans[i] for i in part)
            yield Group(spans[0][0], spans[-1][1], tuple(group.names[i] for i in part), spans, group.any_one)


def _unknown_kinds(sentence: str) -> Iterator[Span]:
    """Yield kinds of tool that no list has: "a loyalty program", "routing software"."""
    kinds = {word.start: word.kind for word in words_in(sentence)}
    for found in _KIND_OF_TOOL.finditer(sentence):
        start = found.start()
        for word in re.finditer(r"\S+\s+", found[1]):
            at = found.start() + word.start()
            if kinds.get(at, "noun") not in ("noun", "name") and not re.fullmatch(
                r"[\w-]*(?:ing|ment|tion)\s+", word[0]
            ):
                start = found.start() + word.end()
        state = _STATE.match(sentence, start, found.end())
        start = state.end() if state else start
        name = sentence[start : found.end()]
        if " " in name:
            yield start, found.end(), name


def _after_a_denial(sentence: str) -> Iterator[Span]:
    """Yield what a sentence says is not there, where it may be a kind of tool: "no configurator"."""
    kinds = {word.start: word.kind for word in words_in(sentence)}
    for found in _DENIED.finditer(sentence):
        end = found.start("what")
        for word in re.finditer(r"[\w-]+", found["what"]):
            kind = kinds.get(found.start("what") + word.start(), "noun")
            if kind in _ENDS_A_PHRASE and not (kind == "adverb" and word[0] == "online"):
                break
            end = found.start("what") + word.end()
        name = sentence[found.start("what") : end]
        if (
            len(name) > 2
            and not _NOTHING.fullmatch(name)
            and not _PERSON.match(name)
            and not is_company(name.split()[-1].lower())
        ):
            yield found.start("what"), end, name
