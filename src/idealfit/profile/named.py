"""Things with names: tools, places, industries, business models, owners, funding stages."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from idealfit.profile.denials import denied, denied_after
from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.quantities import quantities
from idealfit.profile.vocabulary import vocabulary, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.vocabulary import Words

_ARTICLES = r"(?:both\s+|either\s+|only\s+|old\s+|an?\s+|the\s+|their\s+)*"


def _just_before(cue: str, between: str = _ARTICLES, or_else: str = "") -> re.Pattern[str]:
    """Return what finds a cue at the end of the words before something."""
    return re.compile(rf"\b{ways_to_say(cue)}\s+{between}${or_else}", re.IGNORECASE)


def _just_after(cue: str, between: str = r"\s+") -> re.Pattern[str]:
    """Return what finds a cue at the start of the words after something."""
    return re.compile(rf"^{between}{ways_to_say(cue)}\b", re.IGNORECASE)


_USED = _just_before("used")
_MAYBE_USED = _just_before("perhaps_used")
_GONE = _just_before("given_up")
_UNSETTLED = _just_before("unsettled")
_GONE_AFTER = _just_after("given_up_after")
_TRIED = _just_before("tried")
_USED_AFTER = _just_after("used_after")
_UNSETTLED_AFTER = _just_after("unsettled_after")
_FORMERLY = re.compile(rf"\b{ways_to_say('formerly')}\b", re.IGNORECASE)
_OUR_DOINGS = re.compile(rf"\b(?:we|I)\s+(?:\w+\s+)?{ways_to_say('our_doings')}\b[^,;]*$", re.IGNORECASE)
_USES = re.compile(
    rf"\b{ways_to_say('used')}\b|\b{ways_to_say('put_together')}\b|\b(?:on|have|has|run|runs|stack|tools?)\b|[:(]"
    rf"|(?:^\W*|\b{ways_to_say('companies_themselves')}\s+|,\s*(?:and\s+)?)with\b|\bwith\s+(?:not|no|an?|the|their)\b",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"[:(]\s*$")
_AT_END = re.compile(r"\W*$")
_END_OF_CLAUSE = re.compile(
    r"[;:.!?]|,\s+(?:but|and|so|while|whose|who)\b|\bbut\b|\bwhile\b|\bbecause\b", re.IGNORECASE
)
_OTHERS = re.compile(rf"\b{ways_to_say('other_people')}\b", re.IGNORECASE)
_OUR_OWN = re.compile(rf"\b{ways_to_say('our_own_people')}\s+(?:\w+\s+)?$", re.IGNORECASE)
_ELSEWHERE = re.compile(rf"\b{ways_to_say('of_no_company')}\b[^,;.]*$", re.IGNORECASE)
_OF_A_THING = re.compile(
    r"(?:\b|(?<=\s))(?:\d[\d,]*\+?|an?|one|two|three|another|many|their|its|his|her|several|some)\s+(?:[\w-]+\s+){0,2}?([\w-]+)\s+(?:in|from|near|outside|of)\s+(?:the\s+)?$",
    re.IGNORECASE,
)
_COMPANIES = re.compile(ways_to_say("companies_themselves"), re.IGNORECASE)
_JOINED = re.compile(
    r"\s*(?:,\s*(?:and|or|&)?|/|\band\b|\bor\b|&|\bnor\b|\bplus\b|\+)\s*(?:an?\s+|the\s+|in\s+)?", re.IGNORECASE
)
_UNKNOWN_NAME = re.compile(r"(?<!\w)(?:[A-Z]\w*[a-z0-9]\w*(?:\.\w+)?|[A-Z]{3,})(?:\s[A-Z]\w*[a-z0-9])?(?!\w)")
_KIND_BEFORE = _just_before("a_kind_of_tool", rf"(?:{ways_to_say('kinds_of_kind')}\s+)*")
_KIND_AFTER = _just_after("about_a_kind_of_tool")
_PLACE_BEFORE = _just_before(
    "at_a_place",
    rf"(?:{ways_to_say('parts_of_a_place')}\s+)*",
    rf"|[,/]\s*$|^\W*$|\b{ways_to_say('named_beforehand')}\s*:\s*$",
)
_SEAT = re.compile(
    rf"\b{ways_to_say('the_seat')}\s+(?:(?:is|are|lies|sits|stands)\s+)?in\s+(?:the\s+)?$", re.IGNORECASE
)
_COMMA = re.compile(r",\s+(?:and\s+|or\s+)?", re.IGNORECASE)
_PLACE_AFTER = re.compile(r"^(?:-based|-headquartered|\s+[a-z])")
_NOT_OF_PLACE = _just_after("no_place", r"[\s-]")
_MARKET = _just_before("of_a_market", r"(?:(?:\w+\s+){0,3}?(?:in|into|to|across|from)\s+)?(?:the\s+)?")
_OF_A_COMPANY = _just_after("of_a_company", r"[\s-]+(?:\w+\s+)?")
_INTRODUCED = re.compile(
    rf"(?:(?:^|[:;])\W*|\b{ways_to_say('introduced')}\s+)(?:(?!{ways_to_say('somebody_else')}\b)[\w&’'-]+\s+){{0,3}}"
    r"(?:(?-i:[A-Z])[\w-]+\s+(?:and|or)\s+[\w-]+\s+)?$",
    re.IGNORECASE,
)
_THINGS = re.compile(ways_to_say("plural_things"), re.IGNORECASE)
_BE_OR_NOT = re.compile(rf"\b{ways_to_say('introduced')}\b", re.IGNORECASE)
_AT_START = re.compile(r"\W*(?:[\w&’'-]+\s+){0,3}")
_LISTED = re.compile(r",\s*(?:[\w-]+\s+){0,2}$")
_ENDS_OR_GOES_ON = re.compile(
    rf"(?:(?:,\s*(?:and\s+|or\s+)?|\s+(?:and|or|&)\s+)[\w-]+)*\s*(?:$|[.;:)!?]|,|\b{ways_to_say('goes_on')}\b)",
    re.IGNORECASE,
)
_IN_THE = _just_before("in_an_industry", r"(?:the\s+)?", r"|[,/]\s*$")
_SOLD_TO = _just_before("sold_to", r"(?:\w+\s+)?")
_OURS = re.compile(r"\b(?:we|our team|our reps)\b[^.;]*$", re.IGNORECASE)
_OFTEN_HIRED = frozenset({"agency", "reseller"})
"""Companies that other companies work with: named in passing, they say nothing of who is meant."""
_ARE = re.compile(r"(?:^|\bare|\bbeing)\s*$", re.IGNORECASE)
_NOT_ONE_OF = re.compile(r"\b(?:is|are|be|not|n['’]t|never|than|but|except|excluding)\s+an?\s+$", re.IGNORECASE)
_MODEL_AFTER = _just_after("model_of_a_tool")
_STAGE = re.compile(
    r"\b(?P<first>[Pp]re-[Ss]eed|[Ss]eed|Series\s+[A-H])\b"
    r"(?P<more>(?:\s?(?:-|–|to|through|or|and|,|/)\s?(?:(?:Series\s+)?[A-H]|seed)\b)*)"
    r"(?P<open>\s?\+|\s+(?:or|and)\s+(?:later|beyond|above|up|earlier)|\s+onwards)?"
    r"(?P<stage>[- ](?:stage|funded|round|backed)\b)?"
)
_STAGES = ("Pre-seed", "Seed", *(f"Series {letter}" for letter in "ABCDEFGH"))


@dataclass(frozen=True)
class _Group:
    """Names that are joined to one another, from `start` to `end`, and whether any one of them will do."""

    start: int
    end: int
    names: tuple[tuple[str, ...], ...]
    spans: tuple[tuple[int, int], ...]
    any_one: bool


def named_things(sentence: str) -> Iterator[Fact]:
    """Yield the facts that a sentence states by naming something."""
    yield from _tools(sentence)
    yield from _stages(sentence)
    yield from _owners_and_models(sentence)
    yield from _industries(sentence)
    yield from _places(sentence)


def _tools(sentence: str) -> Iterator[Fact]:
    spans: list[tuple[int, int, str]] = []
    for found in _matches(vocabulary().technologies, sentence):
        spans.append((found.start(), found.end(), vocabulary().technologies.of(found[0])[0]))
    for found in vocabulary().technologies_also_words.pattern.finditer(sentence):
        before = sentence[: found.start()]
        neighbour = any(_JOINED.fullmatch(sentence[end : found.start()]) for _, end, _ in spans if end <= found.start())
        if (
            _USED.search(before)
            or _MAYBE_USED.search(before)
            or _UNSETTLED.search(before)
            or _TRIED.search(before)
            or neighbour
            or _said_after(sentence, found.end())
        ):
            spans.append((found.start(), found.end(), found[0]))
    for found in _UNKNOWN_NAME.finditer(sentence):
        before = sentence[: found.start()]
        neighbour = any(_JOINED.fullmatch(sentence[end : found.start()]) for _, end, _ in spans if end <= found.start())
        if (_USED.search(before) or neighbour) and not _is_other_name(sentence, found):
            spans.append((found.start(), found.end(), found[0]))
    for found in vocabulary().technology_kinds.pattern.finditer(sentence):
        if _KIND_BEFORE.search(sentence[: found.start()]) and not _KIND_AFTER.match(sentence[found.end() :]):
            spans.append((found.start(), found.end(), vocabulary().technology_kinds.of(found[0])[0]))
    for group in _groups(sentence, _apart(spans)):
        before = sentence[: group.start]
        names = tuple(name for (name,) in group.names)
        after = sentence[group.end :]
        if _GONE.search(before) or (_TRIED.search(before) and _GONE_AFTER.match(after)):
            yield from (
                Fact(*span, "technologies", "technographic", Test(lacks=n), negated=True)
                for span, n in zip(group.spans, names, strict=True)
            )
        elif _not_now(before, after) or of_others(before) or not _used(before, after, sentence, group.start):
            yield Fact(group.start, group.end, "technologies", "technographic", None)
        elif group.any_one and len(names) > 1:
            yield Fact(group.start, group.end, "technologies", "technographic", Test(has_any=names))
        else:
            yield from (
                Fact(*span, "technologies", "technographic", Test(has=n))
                for span, n in zip(group.spans, names, strict=True)
            )


def _not_now(before: str, after: str) -> bool:
    """Return whether a tool is spoken of as something former, planned or weighed, which tells nothing of today."""
    return bool(
        _UNSETTLED.search(before)
        or _UNSETTLED_AFTER.match(after)
        or _FORMERLY.search(before)
        or _OUR_DOINGS.search(_clause(before))
    )


def of_others(before: str) -> bool:
    """Return whether the clause that ends here speaks of other people than the companies that are described.

    >>> of_others("Their rivals in France use "), of_others("Our best customers use ")
    (True, False)
    """
    clause = _clause(before)
    found = _OTHERS.search(clause)
    return found is not None and not _OUR_OWN.search(clause[: found.start()])


def _clause(before: str) -> str:
    ends = [found.end() for found in _END_OF_CLAUSE.finditer(before)]
    return before[ends[-1] :] if ends else before


def _used(before: str, after: str, sentence: str, start: int) -> bool:
    """Return whether the words around a tool say that it is used, or denied; a name alone says nothing."""
    if _AT_END.match(before) and _AT_END.match(after):  # a list of nothing else
        return True
    told = _LABELLED.search(before) or _USES.search(_clause(before)) or _USED_AFTER.match(after)
    return bool(told) or denied(sentence, start)


def _said_after(sentence: str, end: int) -> bool:
    return bool(_USED_AFTER.match(sentence[end:])) or denied_after(sentence, end)


def _is_other_name(sentence: str, found: re.Match[str]) -> bool:
    """Return whether a capitalised word is known for something else: a place, a title, a stage."""
    words = vocabulary()
    others = (
        words.countries,
        words.regions,
        words.states,
        words.cities,
        words.roles,
        words.business_models,
        words.technology_kinds,
        words.doubtful_places,
    )
    return any(other.pattern.match(sentence, found.start()) for other in others) or bool(
        _STAGE.match(sentence, found.start())
    )


def _stages(sentence: str) -> Iterator[Fact]:
    for found in _STAGE.finditer(sentence):
        if found["first"].lower() in ("seed", "pre-seed") and not (found["more"] or found["stage"] or found["open"]):
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


def _owners_and_models(sentence: str) -> Iterator[Fact]:
    for found in _matches(vocabulary().ownership, sentence):
        (owner,) = vocabulary().ownership.of(found[0])
        yield Fact(found.start(), found.end(), "ownership", "firmographic", Test(is_=owner))
    for found in _matches(vocabulary().business_models, sentence):
        plural = found[0].islower() and found[0].endswith("s")
        passing = plural and not _who(sentence, found) and not _SOLD_TO.search(sentence[: found.start()])
        if not passing and not _MODEL_AFTER.match(sentence[found.end() :]):
            (model,) = vocabulary().business_models.of(found[0])
            sold = _sold_to(sentence[: found.start()])
            yield Fact(
                found.start(), found.end(), "sells_to" if sold else "business_model", "firmographic", Test(has=model)
            )


def _industries(sentence: str) -> Iterator[Fact]:
    words = vocabulary().industries
    counted = {quantity.end for quantity in quantities(sentence)}
    spans: list[tuple[int, int, str]] = []
    for found in _matches(words, sentence):
        before = sentence[: found.start()]
        if found.start() - 1 in counted:
            continue  # "forty restaurants" are counted, by whoever has them
        if words.of(found[0])[0] in _OFTEN_HIRED and not (denied(sentence, found.start()) or _ARE.search(before)):
            continue
        joined = bool(spans) and bool(_JOINED.fullmatch(sentence[spans[-1][1] : found.start()]))
        if joined or _IN_THE.search(before) or _SOLD_TO.search(before) or _who(sentence, found):
            spans.append((found.start(), found.end(), words.of(found[0])[0]))
    for group in _groups(sentence, _apart(spans)):
        names = tuple(dict.fromkeys(name for (name,) in group.names))
        if _sold_to(sentence[: group.start]):
            yield from (Fact(group.start, group.end, "sells_to", "firmographic", Test(has=name)) for name in names[:1])
        else:
            test = Test(is_=names[0]) if len(names) == 1 else Test(one_of=names)
            yield Fact(group.start, group.end, "industry", "firmographic", test)


def _who(sentence: str, found: re.Match[str]) -> bool:
    """Return whether a kind of company is what the sentence is about, and not whom its companies deal with.

    "Hospitals that use Slack" and "they are hospitals", but neither "hospitals buy it" nor "loans for hospitals".
    """
    before, after = sentence[: found.start()], sentence[found.end() :]
    company = _OF_A_COMPANY.match(after)
    if _NOT_ONE_OF.search(before) and denied(sentence, found.start()):
        return True
    if not company and (not found[0].lower().endswith("s") or _THINGS.fullmatch(found[0])):
        return False
    if denied_after(sentence, found.end()):
        return True
    if not _INTRODUCED.search(before) and not (company and _LISTED.search(before)):
        return False
    at_start = _AT_START.fullmatch(before) and not _BE_OR_NOT.search(before)
    return not at_start or bool(_ENDS_OR_GOES_ON.match(after, company.end() if company else 0))


def _sold_to(before: str) -> bool:
    """Return whether the words tell who they sell to; who we sell to are the companies themselves."""
    return bool(_SOLD_TO.search(before)) and not _OURS.search(before)


def _places(sentence: str) -> Iterator[Fact]:
    words = vocabulary()
    kinds: tuple[tuple[str, Words], ...] = (
        ("country", words.countries), ("region", words.regions), ("state", words.states), ("city", words.cities),
        ("place", words.doubtful_places),
    )  # fmt: skip
    taken: list[tuple[int, int]] = []
    found_places: list[Fact] = []
    longer = {region.end(): region.start() for region in _matches(words.regions, sentence)}
    for attribute, places in kinds:
        spans: list[tuple[int, int, str]] = []
        loose: list[tuple[int, int, str]] = []
        for found in _matches(places, sentence):
            before, after = sentence[: found.start()], sentence[found.end() :]
            if attribute == "country" and found.end() in longer and longer[found.end()] < found.start():
                continue  # Latin America is no America
            here = (_PLACE_BEFORE.search(before) or _PLACE_AFTER.match(after)) and not _NOT_OF_PLACE.match(after)
            located = _SEAT.search(before) or (here and not _elsewhere(before))
            if located and not any(s < found.end() and found.start() < e for s, e in taken):
                spans.append((found.start(), found.end(), found[0]))
                while loose and _COMMA.fullmatch(sentence, loose[-1][1], min(s for s, _, _ in spans)):
                    spans.insert(0, loose.pop())  # "Swedish, Norwegian and Polish firms"
            elif attribute == "country" and not _elsewhere(before) and places.of(found[0])[0] != found[0]:
                loose.append((found.start(), found.end(), found[0]))
        if attribute == "city":  # the longest name has it: New York State is no New York
            found_places += _state_codes(sentence, spans)
        for group in _groups(sentence, _apart(spans)):
            taken.append((group.start, group.end))
            before = sentence[: group.start]
            market = _MARKET.search(before) and not (_OURS.search(before) or _SEAT.search(before))
            if attribute == "place" or market:
                name = "place" if attribute == "place" else "markets"
                found_places.append(Fact(group.start, group.end, name, "firmographic", None))
                continue
            values = tuple(dict.fromkeys(v for (name,) in group.names for v in places.of(name)))
            test = Test(is_=values[0]) if len(values) == 1 else Test(one_of=values)
            found_places.append(Fact(group.start, group.end, attribute, "firmographic", test))
    yield from found_places


def _elsewhere(before: str) -> bool:
    """Return whether a place is said of a thing or of other people: a plant in Vietnam, rivals in France."""
    thing = _OF_A_THING.search(before)
    return bool(
        (thing and not _COMPANIES.fullmatch(thing[1]))
        or _ELSEWHERE.search(before)
        or _OUR_DOINGS.search(_clause(before))
        or (of_others(before) and not _SOLD_TO.search(before) and not _MARKET.search(before))
    )


def _state_codes(sentence: str, cities: list[tuple[int, int, str]]) -> Iterator[Fact]:
    """Yield the state in 'Austin, TX'."""
    for _, end, _ in cities:
        code = re.match(r",\s*([A-Z]{2})\b", sentence[end:])
        if code and code[1] in vocabulary().state_codes:
            values = (vocabulary().state_codes[code[1]], code[1])
            yield Fact(end + code.start(1), end + code.end(1), "state", "firmographic", Test(one_of=values))


def _matches(words: Words, sentence: str) -> Iterator[re.Match[str]]:
    return words.pattern.finditer(sentence)


def _apart(spans: list[tuple[int, int, str]]) -> list[tuple[int, int, str]]:
    """Return spans in order, the longest where they overlap."""
    chosen: list[tuple[int, int, str]] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= start or end <= span[0] for start, end, _ in chosen):
            chosen.append(span)
    return sorted(chosen)


def _groups(sentence: str, spans: list[tuple[int, int, str]]) -> Iterator[_Group]:
    """Yield spans that stand in one list together ("Prometheus, Grafana and PagerDuty")."""
    groups: list[list[tuple[int, int, str]]] = []
    for number, span in enumerate(spans):
        joined = number and _JOINED.fullmatch(sentence[spans[number - 1][1] : span[0]])
        if joined:
            groups[-1].append(span)
        else:
            groups.append([span])
    for group in groups:
        joints = [sentence[a[1] : b[0]].lower() for a, b in pairwise(group)]
        any_one = any(re.search(r"\bor\b|/", joint) for joint in joints)
        names = tuple((name,) for _, _, name in group)
        yield _Group(group[0][0], group[-1][1], names, tuple((s, e) for s, e, _ in group), any_one)
