"""Which kinds of companies a sentence mentions: stages, owners, business models, trades, and whom they sell to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.enumerations import apart, groups
from idealfit.profile.fact import Fact
from idealfit.profile.quantities import quantities
from idealfit.profile.vocabulary import vocabulary, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.enumerations import Span

_STAGE = re.compile(
    r"\b(?P<first>[Pp]re-[Ss]eed|[Ss]eed|Series\s+[A-H])\b"
    r"(?P<more>(?:\s?(?:-|–|to|through|or|and|,|/)\s?(?:(?:Series\s+)?[A-H]|seed)\b)*)"
    r"(?P<open>\s?\+|\s+(?:or|and)\s+(?:later|beyond|above|up|earlier)|\s+onwards)?"
    r"(?P<stage>[- ](?:stage|funded|funding|money|capital|round|backed|compan(?:y|ies)|start-?ups?|firms?)\b)?"
)
_BEYOND = re.compile(r"\b(?:past|beyond|before|after)\s+(?:(?:their|its|the|an?)\s+)?$", re.IGNORECASE)
_STAGES = ("Pre-seed", "Seed", *(f"Series {letter}" for letter in "ABCDEFGH"))
_DEALS_WITH = re.compile(
    rf"(?:{ways_to_say('sold_to')}|\b(?:customers?|clients?|buyers?|end users|users|audience)\b[^.;]*?\b(?:are"
    rf"|is|include)"
    r"|\b(?:sell|sells|selling|serve|serves|serving|supply|supplies|supplying|cater|caters|deliver|delivers|delivering|for)\b)[^.;:]{0,60}$",
    re.IGNORECASE,
)
_GENERAL = re.compile(
    r"(?:manufactur\w+|producers?|makers?|builders?|clinics?|practices?|processors?|distributors?|operators?|vendors?|contractors?|retailers?|carriers?|growers?"
    r"|consultanc\w+|agenc\w+|dealers?|software)",
    re.IGNORECASE,
)


def kinds_mentioned(sentence: str) -> Iterator[Fact]:
    """Yield the kinds of companies of a sentence, sought or not.

    >>> [(f.attribute, f.test.is_) for f in kinds_mentioned("No medical device makers at Series B")]
    [('funding_stage', 'Series B'), ('industry', 'medical devices')]
    """
    yield from _stages(sentence)
    known = vocabulary()
    for found in known.ownership.pattern.finditer(sentence):
        yield Fact(found.start(), found.end(), "ownership", "firmographic", Test(is_=known.ownership.of(found[0])[0]))
    for found in known.business_models.pattern.finditer(sentence):
        model = known.business_models.of(found[0])[0]
        yield Fact(found.start(), found.end(), "business_model", "firmographic", Test(has=model))
    counted = {quantity.end for quantity in quantities(sentence)}
    spans: list[Span] = [
        (f.start(), f.end(), words.of(f[0])[0])
        for words in (known.industries, known.industries_of_one)
        for f in words.pattern.finditer(sentence)
        if f.start() - 1 not in counted
    ]
    for group in groups(sentence, _of_one_phrase(sentence, apart(spans))):
        names = tuple(dict.fromkeys(group.names))
        test = Test(is_=names[0]) if len(names) == 1 else Test(one_of=names)
        yield Fact(group.start, group.end, "industry", "firmographic", test)
        if _DEALS_WITH.search(sentence, 0, group.start):
            for span, name in zip(group.spans, group.names, strict=True):
                yield Fact(*span, "sells_to", "firmographic", Test(has=name))


def _stages(sentence: str) -> Iterator[Fact]:
    """Yield the funding stages that a sentence names."""
    for found in _STAGE.finditer(sentence):
        if found["first"].lower() in ("seed", "pre-seed") and not (found["more"] or found["stage"] or found["open"]):
            continue
        if _BEYOND.search(sentence, 0, found.start()):  # "past their Series A": they may be at any later one
            continue
        named = [_STAGES.index(_stage(found["first"]))]
        for joint, name in re.findall(r"(-|–|to|through|or|and|,|/)\s?((?:Series\s+)?[A-H]\b|seed)", found["more"]):
            place = _STAGES.index(_stage(name))
            named += range(named[-1] + 1, place + 1) if joint in ("-", "–", "to", "through") else [place]
        if found["open"]:
            named = list(range(named[-1] + 1)) if "earlier" in found["open"] else list(range(named[0], len(_STAGES)))
        stages = tuple(_STAGES[i] for i in dict.fromkeys(named))
        test = Test(is_=stages[0]) if len(stages) == 1 else Test(one_of=stages)
        yield Fact(found.start(), found.end(), "funding_stage", "firmographic", test)


def _stage(name: str) -> str:
    return name.capitalize() if "seed" in name.lower() else f"Series {name[-1]}"


def _of_one_phrase(sentence: str, spans: list[Span]) -> list[Span]:
    """Return one trade for words that name one together: "medical device manufacturers", "producers of food"."""
    found: list[Span] = []
    for span in spans:
        last = found[-1] if found else None
        joint = sentence[last[1] : span[0]] if last else ""
        if last and joint in (" ", "-"):
            name = last[2] if _GENERAL.fullmatch(sentence, *span[:2]) else span[2]
            found[-1] = (last[0], span[1], name)
        elif last and joint in (" of ", " for ") and _GENERAL.fullmatch(sentence, *last[:2]):
            found[-1] = (last[0], span[1], span[2])
        else:
            found.append(span)
    return found
