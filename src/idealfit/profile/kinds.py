"""What kind of companies they are: funding stages, owners, business models, industries, and whom they sell to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at
from idealfit.profile.denials import denied, denied_after
from idealfit.profile.document import Test
from idealfit.profile.enumerations import apart, groups
from idealfit.profile.fact import Fact
from idealfit.profile.governors import governors
from idealfit.profile.places import excludes
from idealfit.profile.quantities import quantities
from idealfit.profile.stance import about_us
from idealfit.profile.subjects import is_company, whom
from idealfit.profile.vocabulary import verbs_that, vocabulary, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.clauses import Clause
    from idealfit.profile.enumerations import Group, Span
    from idealfit.profile.governors import Governor

_COMPANY_AFTER = re.compile(rf"[\s-]+(?:\w+\s+)?{ways_to_say('of_a_company')}\b", re.IGNORECASE)
_THINGS = re.compile(ways_to_say("plural_things"), re.IGNORECASE)
_GOES_ON = re.compile(rf"\s*(?:[,;.!?:)]|$|{ways_to_say('goes_on')}\b)", re.IGNORECASE)
_SOLD_TO = re.compile(rf"\b{ways_to_say('sold_to')}\s+(?:\w+\s+)?$", re.IGNORECASE)
_OURS = re.compile(r"\b(?:we|our team|our reps)\b[^.;]*$", re.IGNORECASE)
_MODEL_AFTER = re.compile(rf"\s+{ways_to_say('model_of_a_tool')}\b", re.IGNORECASE)
_OFTEN_HIRED = frozenset({"agency", "reseller"})
"""Companies that other companies work with: named in passing, they say nothing of who is meant."""
_THEM = frozenset("those ones anyone anything nobody everyone everything nothing that".split())
_COLLECTIVE = frozenset("chain chains group groups network networks owners operators sort kind type full".split())
_BUT = re.compile(ways_to_say("but_a_place"), re.IGNORECASE)
_STAGE = re.compile(
    r"\b(?P<first>[Pp]re-[Ss]eed|[Ss]eed|Series\s+[A-H])\b"
    r"(?P<more>(?:\s?(?:-|–|to|through|or|and|,|/)\s?(?:(?:Series\s+)?[A-H]|seed)\b)*)"
    r"(?P<open>\s?\+|\s+(?:or|and)\s+(?:later|beyond|above|up|earlier)|\s+onwards)?"
    r"(?P<stage>[- ](?:stage|funded|round|backed|compan(?:y|ies)|start-?ups?|firms?)\b)?"
)
_BEYOND = re.compile(r"\b(?:past|beyond|before|after)\s+(?:(?:their|its|the|an?)\s+)?$", re.IGNORECASE)
_STAGES = ("Pre-seed", "Seed", *(f"Series {letter}" for letter in "ABCDEFGH"))


def kinds_of_company(sentence: str) -> Iterator[Fact]:
    """Yield what kind of companies a sentence speaks of."""
    yield from _stages(sentence)
    yield from _owners_and_models(sentence)
    yield from _industries(sentence)


def is_stage(sentence: str, at: int) -> bool:
    """Return whether a funding stage is named at a place.

    >>> is_stage("a Series B round", 2)
    True
    """
    return bool(_STAGE.match(sentence, at))


def _stages(sentence: str) -> Iterator[Fact]:
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


def _owners_and_models(sentence: str) -> Iterator[Fact]:
    for found in vocabulary().ownership.pattern.finditer(sentence):
        (owner,) = vocabulary().ownership.of(found[0])
        yield Fact(found.start(), found.end(), "ownership", "firmographic", Test(is_=owner))
    for found in vocabulary().business_models.pattern.finditer(sentence):
        span = (found.start(), found.end(), found[0])
        plural = found[0].islower() and found[0].endswith("s")
        sold = sold_to(sentence[: found.start()])
        passing = plural and not sold and not _who(sentence, span)
        if not passing and not _MODEL_AFTER.match(sentence, found.end()):
            (model,) = vocabulary().business_models.of(found[0])
            name = "sells_to" if sold else "business_model"
            yield Fact(found.start(), found.end(), name, "firmographic", Test(has=model))


def _industries(sentence: str) -> Iterator[Fact]:
    known = vocabulary().industries
    counted = {quantity.end for quantity in quantities(sentence)}
    spans: list[Span] = []
    for found in known.pattern.finditer(sentence):
        if found.start() - 1 not in counted:  # "forty restaurants" are counted, by whoever has them
            spans.append((found.start(), found.end(), known.of(found[0])[0]))
    for group in groups(sentence, apart(spans)):
        names = tuple(dict.fromkeys(group.names))
        whole = (group.start, group.end, sentence[group.start : group.end])
        if sold_to(sentence[: group.start]):
            yield from (
                Fact(*s, "sells_to", "firmographic", Test(has=n)) for s, n in zip(group.spans, group.names, strict=True)
            )
        elif _who(sentence, whole) and " nor " in whole[2]:
            yield from (
                Fact(*s, "industry", "firmographic", Test(is_=n)) for s, n in zip(group.spans, group.names, strict=True)
            )
        elif _who(sentence, whole) and not _hired(sentence, group):
            test = Test(is_=names[0]) if len(names) == 1 else Test(one_of=names)
            yield Fact(group.start, group.end, "industry", "firmographic", test)


def _hired(sentence: str, group: Group) -> bool:
    """Return whether agencies or resellers are named as others, with whom one works."""
    if not _OFTEN_HIRED.intersection(group.names):
        return False
    nearest = governors(sentence, group.start)[0]
    beside = sentence[: group.start].split()[-1:]  # "Datadog resellers"
    being = nearest.verb is not None and nearest.verb.lemma == "be" and not nearest.by and not beside[0][0].isupper()
    alone = nearest.what == "start" and not nearest.by and _clause_ends(sentence, group.end)
    refused = denied(sentence, group.start) or denied_after(sentence, group.end)
    return not (being or alone or refused or excludes(sentence, nearest))


def _clause_ends(sentence: str, end: int) -> bool:
    return bool(re.match(r"\s*(?:[,;.!?:)]|$)", sentence[end:]))


def sold_to(before: str) -> bool:
    """Return whether the words tell who they sell to; who we sell to are the companies themselves.

    >>> sold_to("They sell to "), sold_to("We sell to ")
    (True, False)
    """
    return bool(_SOLD_TO.search(before)) and not _OURS.search(before)


def _who(sentence: str, span: Span) -> bool:
    """Return whether a kind of company is what the sentence is about, and not whom its companies deal with.

    "Hospitals that use Slack" and "they are hospitals", but neither "hospitals buy it" nor "loans for hospitals".
    """
    start, end, said = span
    clause = clause_at(sentence, start)
    if clause is None:
        return True
    company = _COMPANY_AFTER.match(sentence, end)
    end = company.end() if company else end
    one = any(w.low in ("a", "an") for w in clause.words if start - 40 < w.start < start)  # "a fintech out of London"
    sector = not company and not one and (not said.lower().endswith("s") or bool(_THINGS.fullmatch(said)))
    chain = governors(sentence, start)
    nearest = chain[0]
    if denied_after(sentence, end):
        return True
    if excludes(sentence, nearest):
        return True
    who = whom(sentence, clause)
    finite = clause.finite
    if finite is not None and start < finite.start:
        return (
            not sector
            and who in ("they", "a company")
            and (
                about_us(sentence, clause)
                or (nearest.what == "start" and not nearest.by and bool(_GOES_ON.match(sentence, end)))
            )
        )
    if sector:
        return _in_sector(chain, who, clause)
    if nearest.what in ("start", "join") and not nearest.by:
        return (
            nearest.verb is None
            or nearest.determined == "no"
            or (who in ("they", "none") and nearest.verb.lemma == "be")
            or who in ("we", "ours")
        )
    if finite is None or finite.mood == "order":
        return (
            bool(_BUT.fullmatch(nearest.by))
            or nearest.by in ("like", "of")
            or nearest.verb is not None
            or nearest.what == "start"
            or (
                nearest.word is not None
                and nearest.word.start == clause.start
                and not nearest.by
                and nearest.word.low in ("picture", "imagine")
            )
        )
    if who in ("we", "ours"):
        return True  # whether we seek them is asked of every fact
    return (nearest.verb is not None and nearest.verb.lemma == "be" and nearest.by in ("", "in", "of", "like")) or bool(
        nearest.by and _BUT.fullmatch(nearest.by)
    )


def _in_sector(chain: tuple[Governor, ...], who: str, clause: Clause) -> bool:
    """Return whether a sector is said of companies: "in retail", "those in retail", "Vertical: retail"."""
    nearest = chain[0]
    if not nearest.by:
        if nearest.what in ("start", "join"):
            return nearest.verb is None
        return nearest.verb is not None and nearest.determined == "no" and clause.finite is None
    if _BUT.fullmatch(nearest.by):
        return True
    if nearest.by not in ("in", "across", "from", "within") and who not in ("we", "ours"):
        return False
    if nearest.what in ("start", "join"):
        return clause.finite is None
    if nearest.what == "verb":
        return nearest.verb is not None and (nearest.verb.lemma in verbs_that("be_somewhere") or who in ("we", "ours"))
    return nearest.word is not None and (is_company(nearest.word.low) or nearest.word.low in _THEM)
