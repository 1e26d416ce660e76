"""Which places a sentence mentions, whoever is there: regions, countries, states, cities."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.enumerations import JOINED, apart, groups
from idealfit.profile.fact import Fact
from idealfit.profile.unknown_names import unknown_names
from idealfit.profile.vocabulary import lexicon, vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.enumerations import Span
    from idealfit.profile.vocabulary import Words

_AT = re.compile(r"\b(?:in|around|near|from|outside|across|out of|throughout)\s+(?:the\s+)?$", re.IGNORECASE)
_BEFORE_A_THING = re.compile(
    r"[\s-](?:speaking|language|speakers?|law(?! firm)|dollars?|GAAP|time zone|hours)\b", re.IGNORECASE
)
STATE_OR_CITY = re.compile(r"\b(?:New York|Georgia|Washington)\b(?! (?:City|DC|State))")
_CODE = re.compile(r",\s*([A-Z]{2})\b")
_CAPITAL = re.compile(r"(?<!\w)[A-Z][\w'’-]+(?:\s[A-Z][\w'’-]+)?")


def places_mentioned(sentence: str) -> Iterator[Fact]:
    """Yield the places of a sentence, each list of alternatives as one.

    >>> [(f.attribute, f.test.is_ or f.test.one_of) for f in places_mentioned("Firms in Ohio or Utah, run from Rome")]
    [('state', ('Ohio', 'OH', 'Utah', 'UT')), ('city', 'Rome')]
    """
    words = vocabulary()
    kinds: tuple[tuple[str, Words], ...] = (
        ("region", words.regions), ("country", words.countries), ("state", words.states), ("city", words.cities),
    )  # fmt: skip
    taken: list[tuple[int, int]] = []
    named = [(f.start(), f.end()) for _, known in kinds for f in known.pattern.finditer(sentence)]
    for attribute, known in kinds:
        spans: list[Span] = [
            (f.start(), f.end(), f[0])
            for f in known.pattern.finditer(sentence)
            if not any(s <= f.start() and f.end() <= e and e - s > f.end() - f.start() for s, e in named)
        ]
        if attribute == "region" and spans:  # "Europe and North America" are two regions
            wide = [
                (f.start(), f.end(), f[0])
                for f in words.countries.pattern.finditer(sentence)
                if f[0] in lexicon()["places"]["groups"]
            ]
            spans += [one for one in wide if _beside(sentence, one, spans)]
        if attribute == "state" and spans:
            spans += [(f.start(), f.end(), f[0]) for f in STATE_OR_CITY.finditer(sentence)]
            near = [s for s in apart(spans) if not any(a < s[1] and s[0] < b for a, b in taken)]
            spans = [s for s in near if not STATE_OR_CITY.fullmatch(s[2]) or _beside(sentence, s, near)]
        if attribute == "city":
            spans += [
                one
                for one in unknown_names(sentence)
                if _AT.search(sentence, 0, one[0]) and not any(s[0] < one[1] and one[0] < s[1] for s in spans)
            ]
            spans += _unknown_beside(sentence, spans)
        spans = [s for s in apart(spans) if not any(a < s[1] and s[0] < b for a, b in taken)]
        for group in groups(sentence, spans):
            taken.append((group.start, group.end))
            if _BEFORE_A_THING.match(sentence, group.end):
                continue
            if attribute == "city":
                taken.append((group.start, group.end))
            values = tuple(
                dict.fromkeys(v for name in group.names for v in known.meaning.get(name.casefold(), (name,)))
            )
            test = Test(is_=values[0]) if len(values) == 1 else Test(one_of=values)
            yield Fact(group.start, group.end, attribute, "firmographic", test)
            code = _CODE.match(sentence, group.end) if attribute == "city" else None
            if code and code[1] in words.state_codes:
                in_state = Test(one_of=(words.state_codes[code[1]], code[1]))
                yield Fact(code.start(1), code.end(1), "state", "firmographic", in_state)


def _beside(sentence: str, span: Span, others: list[Span]) -> bool:
    """Return whether a name stands in one list with another: "California or New York"."""
    return any(JOINED.fullmatch(sentence[a[1] : b[0]]) for o in others for a, b in ((o, span), (span, o)) if o != span)


def _unknown_beside(sentence: str, spans: list[Span]) -> list[Span]:
    """Return names that stand in one list with a city: "Coimbatore and Tiruppur"."""
    if not spans:
        return []
    known = vocabulary()
    found = [(f.start(), f.end(), f[0]) for f in _CAPITAL.finditer(sentence)]
    others = (known.technologies, known.countries, known.regions, known.states)
    return [
        one
        for one in found
        if not one[2].isupper()
        and _beside(sentence, one, spans)
        and not any(one[0] < s[1] and s[0] < one[1] for s in spans)
        and not any(words.pattern.match(one[2]) for words in others)
    ]
