"""Which numbers a sentence mentions, of what, and how they compare: people, things counted, money, growth, age."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at
from idealfit.profile.counted import bounded_after, limited, plain
from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.measured import founded, measures
from idealfit.profile.quantities import quantities
from idealfit.profile.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.quantities import Quantity

_REVENUE = re.compile(
    r"\b(?:revenues?|turn(?:s|ing|ed)? over|turnover|sales of|in sales|bring(?:s|ing)? in|book(?:s|ing)?"
    r"|earn(?:s|ing)?|takings|make a year|top line)\b",
    re.IGNORECASE,
)
_FUNDING = re.compile(
    r"\b(?:rais(?:ed?|ing)|funding|funded|investors?|taken in|venture|capital|backing)\b", re.IGNORECASE
)
_IN_ALL = re.compile(
    r"\b(?:total|in all|altogether|to date|so far|overall|lifetime|investors|taken in)\b", re.IGNORECASE
)
_OTHER_UNIT = re.compile(
    r"\s?(?:%|percent\b|per cent\b)|[\s-]?(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?|seconds?"
    r"|times|x|am|pm|o'clock|euros?|dollars?)\b",
    re.IGNORECASE,
)
_LIMITS = re.compile(
    r"[\s-]*(?:strong\b|and up|and above|or more|plus|upwards|or fewer|or less|and below|$|[.,;:)])", re.IGNORECASE
)


def numbers_mentioned(sentence: str) -> Iterator[Fact]:
    """Yield what numbers of a sentence count or measure, whoever has so many.

    >>> [(f.attribute, f.test.at_least) for f in numbers_mentioned("Our rival runs more than 12 depots")]
    [('depots', 13.0)]
    """
    yield from (fact for fact in founded(sentence) if fact.test is not None)
    measured = [fact for fact in measures(sentence) if fact.test is not None]
    yield from measured
    yield from _of_one(sentence)
    for quantity in quantities(sentence):
        if quantity.money or _A_YEAR.match(sentence, quantity.end):
            yield from _money(sentence, quantity)
        elif grown := _PERCENT.match(sentence, quantity.end):
            yield from _growth(sentence, quantity, grown.end())
        elif not _OTHER_UNIT.match(sentence, quantity.end):
            known = any(f.start < quantity.end and quantity.start < f.end for f in measured)
            yield from _named_before(sentence, quantity, known=known)


_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_GROWS = re.compile(
    r"\b(?:gr(?:ew|ow|ows|owing|own|owth)|climb\w*|increas\w+|rising|risen|up by|expand\w*)\b", re.IGNORECASE
)
_OR_BETTER = re.compile(
    r"\s+(?:(?:an?|per|each|every|in a) (?:year|quarter|month)|yearly|annually|year on year)?,?\s*(?:or"
    r"|and) (?:better|more|faster|higher|up|above|over)\b",
    re.IGNORECASE,
)


def _growth(sentence: str, quantity: Quantity, end: int) -> Iterator[Fact]:
    if not _GROWS.search(sentence):
        return
    better = _OR_BETTER.match(sentence, end)
    if better and quantity.low == quantity.high:
        quantity, end = replace(quantity, high=None), better.end()
    if quantity.low != quantity.high and (test := quantity.test(whole=False)) is not None:
        yield Fact(quantity.start, end, "growth_percent", "behavioural", test)


_ONE = re.compile(
    r"\b(?:(?:exactly|just|only|precisely|no more than)\s+(?:one|1|a single)|(?:a )?single"
    r"|one(?=[\s-]\w+ (?:only|is)\b)|one (?:lonely|lone|single))"
    r"[\s-](?P<noun>[a-z]+)\b",
    re.IGNORECASE,
)
_PLACES_AND_THINGS = frozenset(
    "location locations site sites store stores warehouse warehouses office offices branch clinic clinics plant plants "
    "shop shops factory factories depots depot restaurant hotel country entity truck vehicle till machine".split()
)


def _of_one(sentence: str) -> Iterator[Fact]:
    """Yield what there is but one of: "single-location businesses", "exactly one warehouse"."""
    for found in _ONE.finditer(sentence):
        if found["noun"].lower() in _PLACES_AND_THINGS:
            name = re.sub(r"y$", "ies", re.sub(r"s$", "", found["noun"].lower()))
            name = name if name.endswith("ies") else name + ("es" if name.endswith("ch") else "s")
            yield Fact(found.start(), found.end(), name, "operational", Test(between=(1.0, 2.0)))


_LABEL = re.compile(
    r"(?:^|[.;,|(\n•–-])\s*(?P<name>[A-Za-z][\w/&-]*(?:\s(?!is\b|are\b)[\w/&-]+){0,3}?)(?:\s(?:count|size"
    r"|on payroll|on staff|employed|numbers?|head ?count))?\s*[:=–—]\s*$"
)
_TEAM = re.compile(
    r"(?P<of>[A-Za-z][\w-]*(?:\s[a-z][\w-]*)??)\s(?P<team>team|crew|department|desk|squad|force|unit"
    r"|organi[sz]ation|staff|head ?count)s?\b[^.;:,]{0,40}?:?\s*$",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    "once when if while as where a an the their its our whole entire small big large own one of and with or in no that "
    "average typical smaller larger for".split()
)
_HOW_MANY = re.compile(
    r"\b(?:number|numbers|count|counts|total|totals|have|has|are|is|come|comes|runs?|exceeds?|never|always|must|should)\b",
    re.IGNORECASE,
)


def _named_before(sentence: str, quantity: Quantity, *, known: bool) -> Iterator[Fact]:
    """Yield what a number counts by a name that stands before it: "Beds: 150-500", "a sales team of at least 12".

    `known` says that a name after it was found already: then only a team's or a label's is looked for.
    """
    before = sentence[: quantity.start]
    quantity = bounded_after(sentence[quantity.end :], limited(sentence, quantity, quantity.end))
    if quantity.low == quantity.high and (
        again := re.match(
            r"\s[a-z]+,?\s(?:(?P<up>or (?:more|over)|and up|minimum|at (?:the )?least)|or (?:fewer|less))\b",
            sentence[quantity.end :],
        )
    ):
        quantity = replace(
            quantity, low=quantity.low if again["up"] else None, high=None if again["up"] else quantity.high
        )
    if quantity.low == quantity.high or (test := quantity.test(whole=True)) is None:
        return
    names: list[tuple[int, str]] = []
    if team := _TEAM.search(before):
        words = [w for w in team["of"].lower().split() if w not in _GENERAL]
        if words:
            names.append((team.start("of"), f"{plain(' '.join(words))}_team"))
    if label := _LABEL.search(before):
        heading = vocabulary().headings.pattern.fullmatch(label["name"])
        names.append(
            (label.start("name"), vocabulary().headings.of(heading[0])[0] if heading else plain(label["name"]))
        )
    elif (
        not known
        and _LIMITS.match(sentence, quantity.end)
        and (clause := clause_at(sentence, quantity.start)) is not None
    ):
        heads = [w for w in clause.subject if w.kind == "noun" and w.low.endswith("s") and w.end <= quantity.start]
        if heads and _HOW_MANY.search(sentence, heads[-1].end, quantity.start + 1):
            names.append((heads[-1].start, plain(heads[-1].low)))
    if not known and not names and _LIMITS.match(sentence, quantity.end):
        names.append((quantity.start, "employees"))
    for start, name in names:
        yield Fact(start, quantity.end, name, vocabulary().layers.get(name, "operational"), test)


def _money(sentence: str, quantity: Quantity) -> Iterator[Fact]:
    quantity = bounded_after(sentence[quantity.end :], limited(sentence, quantity, quantity.end))
    if quantity.low == quantity.high:
        return
    if quantity.open_low and quantity.high is None:
        quantity = replace(quantity, open_low=False)
    if (test := quantity.test(whole=False)) is None:
        return
    sold = _A_YEAR.match(sentence, quantity.end)
    funding = None if sold else _FUNDING.search(sentence)
    if _REVENUE.search(sentence) or (_DOES.search(sentence, 0, quantity.start) and not funding) or sold:
        yield Fact(quantity.start, quantity.end, "annual_revenue", "firmographic", test)
    if other := _OTHER_MONEY.match(sentence, quantity.end) or _OTHER_MONEY_BEFORE.search(sentence, 0, quantity.start):
        yield Fact(quantity.start, quantity.end, plain(other["what"]), "operational", test)
        return
    if funding:
        name = "last_funding_amount" if _ROUND.search(sentence) and not _IN_ALL.search(sentence) else "total_funding"
        yield Fact(quantity.start, quantity.end, name, vocabulary().layers.get(name, "behavioural"), test)


_OTHER_MONEY = re.compile(
    r"\s+(?:in|of)\s+(?:client |total )?(?P<what>assets|deposits|premiums?|loans|payroll|spend)\b", re.IGNORECASE
)
_OTHER_MONEY_BEFORE = re.compile(
    r"\b(?P<what>budget|assets|deposits|premiums?|ad spend|contract value|deal size)s?\s+(?:of|is|are|at|above"
    r"|over|between|from|:)*\s*$",
    re.IGNORECASE,
)
_ROUND = re.compile(r"\brounds?\b|\blast raise\b", re.IGNORECASE)
_DOES = re.compile(r"\b(?:doing|does|do|bills?|billing|making|makes?|crossed|sales)\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_A_YEAR = re.compile(
    r"\s+(?:a|per|each|every) year\b|\s+(?:in|of) (?:yearly |annual )?(?:sales|revenue|turnover|takings)\b",
    re.IGNORECASE,
)
