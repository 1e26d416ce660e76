"""Names that no list has: what is written with capitals and is neither a title, a time, a place nor a trade."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.mentioned_events import titles_in
from idealfit.profile.speech import words_in
from idealfit.profile.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.enumerations import Span

_NAME = re.compile(
    r"(?<![\w.])(?:[A-Z][\w+]*(?:\.[a-zA-Z]\w*)?|[a-z]+[A-Z]\w*)(?:\s(?:[A-Z][\w+]*|\d{1,4}\b|for\s(?=[A-Z])))*"
)
_NO_NAME = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Christmas|Easter|I|Q[1-4]|H[12]|HQ|ICP|CEO|IT|HR|OK|TV|PR|AI|API|US|UK|EU|NDA|RFP|ROI|B2B|B2C|FTEs?|ARR|SMBs?|SMEs?|"
    r"English|German|French|Spanish|Dutch|Series [A-H]|Series|Pre-[Ss]eed|Seed|Head|Director|Chief"
    r"|Vice President|Location|Vertical|Industry|Students|Once|K|VP|PE|VC|M&A|GDPR|SOC|ISO|HIPAA|PCI"
    r"|FY\d*)(?:\s\d+)?"
)
_SMALL = ("determiner", "possessive", "negation", "subject", "pronoun", "preposition", "opening", "join", "relative")
_SALUTED = re.compile(r"\b(?:Mr|Mrs|Ms|Dr|by|called|named)\.?\s+$")


def unknown_names(sentence: str) -> Iterator[Span]:
    """Yield capitalised names that are not known for something else.

    >>> [name for _, _, name in unknown_names("Their CFO in Peru likes Foobarly.")]
    ['Foobarly']
    """
    known = vocabulary()
    others = (
        known.countries, known.regions, known.states, known.cities, known.roles, known.business_models,
        known.industries, known.technology_kinds, known.doubtful_places, known.ownership,
    )  # fmt: skip
    titles = [(start, end) for start, end, _ in titles_in(sentence)]
    small = {word.start: word.end for word in words_in(sentence) if word.kind in _SMALL}
    for whole in _NAME.finditer(sentence):
        led = whole.start() in small  # "Neither Salesforce"
        found = _NAME.match(sentence, small[whole.start()] + 1) if led else whole
        if found is None:
            continue
        name = found[0]
        if any(s < found.end() and found.start() < e for s, e in titles) or _SALUTED.search(sentence, 0, found.start()):
            continue
        first = not sentence[: found.start()].strip(" \"'“‘-•*(")
        if first and not re.search(r"[A-Z0-9.]", name[1:]):
            continue
        if _NO_NAME.fullmatch(name) or any(other.pattern.match(sentence, found.start()) for other in others):
            continue
        yield found.start(), found.end(), name
