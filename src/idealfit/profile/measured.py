"""What can be counted or measured of a company: people, places, money, growth, age."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.named import of_others
from idealfit.profile.quantities import bounded_again, days, quantities, times
from idealfit.profile.vocabulary import lexicon, vocabulary, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from idealfit.profile.quantities import Quantity
    from idealfit.tables import Layer

_WORD = r"[A-Za-z][\w/&'’-]*"
_AFTER = re.compile(rf"[\s-]?({_WORD}(?:\s{_WORD}){{0,3}})")
_PLURAL = re.compile(r"(?<!s)s$|\wpeople$", re.IGNORECASE)
_STOP = frozenset(lexicon()["cues"]["units_apart"].split())
_PURE = frozenset("full-time total permanent salaried of their own paid".split())
_TEAMS = ways_to_say("teams")
_IN_TEAM = re.compile(
    rf"\s+(?:people|person|employees|staff|members|reps|agents|heads|FTEs|hires)?\s*(?:(?:who\s+)?work(?:s|ing)?\s+)?(?:on|in)\s+(?:the\s+|their\s+|its\s+|an?\s+)?({_TEAMS})\b"
    r"(?:\s+(?:team|department))?",
    re.IGNORECASE,
)
_TEAM_OF = re.compile(
    rf"\b(?:({_TEAMS})\s+)?(teams?|departments?|organi[sz]ations?)\s+(?:of|with|between|has|have)\s+(?:between\s+)?$",
    re.IGNORECASE,
)
_WHAT_FOR = re.compile(r"\s+(?:who|that|which|for|to|doing|dedicated|assigned|inside|within|on)\b", re.IGNORECASE)
_A_COMPANY = re.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{ways_to_say('companies_of')}|teams?|shops?)\b", re.IGNORECASE)
_A_LIMIT = re.compile(rf"\b{ways_to_say('a_limit')}\s+(?:(?:is|of|at|lies|sits)\s+)*$", re.IGNORECASE)
_BOUND_AFTER_NOUN = re.compile(rf"\s+(?:(?P<up>{ways_to_say('or_more')})|{ways_to_say('or_fewer')})\b", re.IGNORECASE)
_COMPANY_OF = re.compile(rf"\b{ways_to_say('companies_of')}\s+(?:of|with|between)\s+$", re.IGNORECASE)
_LINK = (
    r"(?:\s+(?:(?:has|have|needs?|ought) to be|(?:must|should|can|may) (?:not )?(?:be|stay)|stays?"
    r"|of|is|are|has|have|lies?|runs?|run at|at|in the range of|ranging|that(?: is)?"
    r"|size of|between|from|sits|stands))*\s*:?\s*$"
)
_HEADING_AFTER = re.compile(r"\+?\s*(?:in|of|a year in|a year of|per year in)?\s*(?:their\s+)?", re.IGNORECASE)
_SALES = re.compile(rf"(?<!\w)(?:(?:annual|yearly)\s+)?sales{_LINK}", re.IGNORECASE)
_EXACTLY = re.compile(r"\b(?:exactly|precisely)\s+$", re.IGNORECASE)
_RAISED = re.compile(r"\braised\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_YEAR = r"((?:19|20)\d\d)"
_FOUNDED = r"\b(?:founded|established|started|incorporated|set up|in business|around|born)"
_YEARS: tuple[tuple[re.Pattern[str], Callable[[int], Test]], ...] = tuple(
    (re.compile(rf"{_FOUNDED}\s+{words}", re.IGNORECASE), test)
    for words, test in (
        (rf"(?<!not )(?<!no )(?:after|later than)\s+{_YEAR}", lambda year: Test(at_least=year + 1)),
        (rf"(?:no|not) (?:earlier|sooner) than\s+{_YEAR}", lambda year: Test(at_least=year)),
        (rf"(?:no|not) later than\s+{_YEAR}", lambda year: Test(below=year + 1)),
        (
            rf"(?:in\s+|since\s+|from\s+)?{_YEAR}(?:\s?\+|\s+(?:or later|or after|or newer|onwards?))",
            lambda year: Test(at_least=year),
        ),
        (rf"since\s+{_YEAR}", lambda year: Test(at_least=year)),
        (rf"in\s+{_YEAR} or (?:before|earlier)", lambda year: Test(below=year + 1)),
        (rf"(?:since\s+)?(?:before|earlier than|prior to)\s+{_YEAR}", lambda year: Test(below=year)),
        (rf"in\s+{_YEAR}(?!\s+or|\s+onward)", lambda year: Test(is_=year)),
    )
)
_AGE = re.compile(r"[\s-]years?(?:[\s-]old|\s+in business|\s+of (?:existence|trading)|\s+since)", re.IGNORECASE)
_PERCENT = re.compile(r"\s?(?:%|percent\b|per cent\b)", re.IGNORECASE)
_GROWTH = re.compile(r"\bgr(?:ew|ow|ows|owing|own|owth)\b", re.IGNORECASE)
_COUNTED_IN_TIME = ("sales_cycle_days", "contract_months")
_A_RATE = re.compile(
    r"\s+(?:an?|per|each|every)\s+(?:second|minute|hour|day|night|week|month|quarter|year)\b", re.IGNORECASE
)
_THEY_HAVE = re.compile(rf"(?:^\W*|\b{ways_to_say('they_have')}\s+|[,;:(]\s*)$", re.IGNORECASE)
_DAYS_NOT_TOLD = re.compile(r"[\s-]?(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?)\b", re.IGNORECASE)


def measures(sentence: str) -> Iterator[Fact]:
    """Yield what a sentence counts: a number, how it compares, and of what."""
    for quantity in quantities(sentence):
        before, after = sentence[: quantity.start], sentence[quantity.end :]
        fact = (
            _share(sentence, quantity, after)
            if _PERCENT.match(after)
            else _length(before, after, quantity)
            if _DAYS_NOT_TOLD.match(after)
            else _money(before, after, quantity)
            if quantity.money
            else _counted(before, after, quantity)
        )
        meant = after.startswith("-") or _EXACTLY.search(before)  # "a 12-person firm"
        if fact and fact.test is not None and fact.test.condition == "is" and not meant:
            fact = replace(fact, test=None)  # "an office with 12 people": a lone number is an example, hardly a limit
        if fact:
            yield fact


def founded(sentence: str) -> Iterator[Fact]:
    """Yield how old a company is."""
    for pattern, test in _YEARS:
        for found in pattern.finditer(sentence):
            yield Fact(found.start(), found.end(), "founded", "firmographic", test(int(found[1])))
    for found in re.finditer(rf"{_FOUNDED}\s+between\s+{_YEAR}\s+and\s+{_YEAR}", sentence, re.IGNORECASE):
        first, last = int(found[1]), int(found[2])
        test_between = Test(between=(first, last + 1)) if first <= last else None
        yield Fact(found.start(), found.end(), "founded", "firmographic", test_between)
    for found in re.finditer(
        rf"{_FOUNDED}\s+(?:in|within|over|during)\s+the\s+(?:last|past)\s+", sentence, re.IGNORECASE
    ):
        for quantity in quantities(sentence[found.end() :]):
            unit = re.match(r"\s(years?|months?)\b", sentence[found.end() + quantity.end :])
            if unit and quantity.start == 0 and quantity.low:
                end = found.end() + quantity.end + unit.end()
                yield Fact(found.start(), end, "founded", "firmographic", Test(within_days=days(quantity.low, unit[1])))
            break
    yield from _ages(sentence)


def _ages(sentence: str) -> Iterator[Fact]:
    for quantity in quantities(sentence):
        old = _AGE.match(sentence[quantity.end :])
        younger = re.search(r"\b(younger|older) than $", sentence[: quantity.start], re.IGNORECASE)
        unit = re.match(r"\s(years?|months?)\b", sentence[quantity.end :])
        if younger and unit and quantity.low:
            n = days(quantity.low, unit[1])
            test = Test(within_days=n) if younger[1].lower() == "younger" else Test(older_than_days=n)
            yield Fact(younger.start(), quantity.end + unit.end(), "founded", "firmographic", test)
        elif old and quantity.exact and (quantity.low is None) != (quantity.high is None):
            limit = quantity.low if quantity.low is not None else quantity.high
            assert limit is not None  # noqa: S101  one of the two is there
            n = days(limit, "years")
            test = Test(within_days=n) if quantity.low is None else Test(older_than_days=n)
            yield Fact(quantity.start, quantity.end + old.end(), "founded", "firmographic", test)


def _share(sentence: str, quantity: Quantity, after: str) -> Fact | None:
    """Return growth in per cent; other shares say too little about whose they are."""
    near = sentence[max(0, quantity.start - 50) : quantity.end + 30]
    if not _GROWTH.search(near):
        return None
    what = "headcount_" if re.search(r"headcount|people|staff|team|employees", near, re.IGNORECASE) else ""
    what = "revenue_" if re.search(r"revenue|ARR|sales|turnover", near) else what
    test = None if quantity.low == quantity.high else quantity.test(whole=False)
    end = quantity.end + len(_PERCENT.match(after)[0])  # type: ignore[index]
    return Fact(quantity.start, end, f"{what}growth_percent", "behavioural", test)


def _length(before: str, after: str, quantity: Quantity) -> Fact | None:
    """Return how long a sales cycle or a contract takes."""
    heading = _heading_before(before)
    unit = re.match(r"[\s-]?(days?|weeks?|months?|years?)\b", after, re.IGNORECASE)
    if heading is None or unit is None or heading[0] not in ("sales_cycle_days", "contract_months"):
        return None
    attribute, start = heading
    test, factor = quantity.test(whole=False), days(1, unit[1])
    if attribute == "contract_months":
        factor = {"year": 12, "month": 1}.get(unit[1].lower().rstrip("s"), 0)
    if test is None or not factor:
        return Fact(start, quantity.end + unit.end(), attribute, "operational", None)
    return Fact(start, quantity.end + unit.end(), attribute, "operational", times(test, factor))


def _money(before: str, after: str, quantity: Quantity) -> Fact | None:
    test = quantity.test(whole=False)
    link = _HEADING_AFTER.match(after)
    found = vocabulary().headings.pattern.match(after, link.end() if link else 0)
    if found:
        (attribute,) = vocabulary().headings.of(found[0])
        return Fact(quantity.start, quantity.end + found.end(), attribute, vocabulary().layers[attribute], test)
    if _RAISED.search(before):
        return Fact(quantity.start, quantity.end, "last_funding_amount", "behavioural", test)
    sales = _SALES.search(before)
    heading = ("annual_revenue", sales.start()) if sales else _heading_before(before)
    if heading and heading[0] not in _COUNTED_IN_TIME:
        attribute, start = heading
        return Fact(start, quantity.end, attribute, vocabulary().layers[attribute], test)
    return Fact(quantity.start, quantity.end, "amount", "operational", None)


def _counted(before: str, after: str, quantity: Quantity) -> Fact | None:
    team = _IN_TEAM.match(after)
    if team:
        return _fact(quantity.start, quantity.end + team.end(), f"{_plain(team[1])}_team", "operational", quantity)
    noun = _noun(after)
    again = _BOUND_AFTER_NOUN.match(after, noun[2]) if noun and quantity.low == quantity.high else None
    if again:  # "40 people or more"
        end = None if again["up"] else quantity.high
        quantity = replace(quantity, low=quantity.low if again["up"] else None, high=end)
    further = bounded_again(quantity, after, noun[2]) if noun else None
    if further and not _noun(after[further.end :]):  # "more than 40 people but fewer than 250"
        quantity = replace(further, end=quantity.end)
    of_team, of_company = _TEAM_OF.search(before), _COMPANY_OF.search(before)
    if noun:
        attribute, layer, length = noun
        if of_team and of_team[1]:
            attribute, layer = f"{_plain(of_team[1])}_team", "operational"
        elif attribute == "employees" and of_team and _WHAT_FOR.match(after[length:]):
            attribute, layer = "team", "operational"
        counted = _fact(quantity.start, quantity.end + length, attribute, layer, quantity)
        # "Ten versions in ten languages" asks nothing of a company; "more than ten languages" may.
        exact = counted.test is not None and counted.test.condition == "is"
        known = attribute in vocabulary().layers or (of_team and of_team[1])
        have = _THEY_HAVE.search(before)
        company = attribute == "employees" and after.startswith("-") and _A_COMPANY.match(after[length:])
        in_passing = exact and not company and not (known and before.strip() and have)  # "five people share one login"
        in_passing = in_passing or (exact and bool(_A_LIMIT.search(before)))
        passing = _A_RATE.match(after[length:]) or of_others(before) or in_passing
        unknown = not known and not have
        return replace(counted, test=None) if passing or unknown else counted
    if of_team and of_team[1]:
        return _fact(of_team.start(), quantity.end, f"{_plain(of_team[1])}_team", "operational", quantity)
    heading = _heading_before(before)
    if heading:
        attribute, start = heading
        return _fact(start, quantity.end, attribute, vocabulary().layers[attribute], quantity)
    if of_company and quantity.low != quantity.high:
        return _fact(quantity.start, quantity.end, "employees", "firmographic", quantity)
    return None


def _fact(start: int, end: int, attribute: str, layer: Layer, quantity: Quantity) -> Fact:
    whole = attribute not in ("annual_revenue", "arr", "budget", "acv", "total_funding")
    return Fact(start, end, attribute, layer, quantity.test(whole=whole))


def _noun(after: str) -> tuple[str, Layer, int] | None:
    """Return the attribute that the words after a number name, its layer, and how many letters they take."""
    found = _AFTER.match(after)
    if not found:
        return None
    words: list[str] = []
    for word in found[1].split():
        pieces = word.split("-")
        if word.lower() in _STOP or (not words and pieces[0].lower() in _STOP):
            break
        words.append(word)
    hyphened = after.startswith("-")
    if hyphened:
        words = words[:1]
    for size in range(1, len(words) + 1):
        heading = vocabulary().headings.pattern.fullmatch(words[size - 1])
        if heading and {w.lower() for w in words[: size - 1]} <= _PURE:
            (attribute,) = vocabulary().headings.of(heading[0])
            return attribute, vocabulary().layers[attribute], _length_of(after, words[:size])
        if _PLURAL.search(words[size - 1]):
            phrase = " ".join(words[:size])
            return _plain(phrase), "operational", _length_of(after, words[:size])
        if heading:  # "20 sales people"
            return _plain(" ".join(words[:size])), "operational", _length_of(after, words[:size])
    return None


def _length_of(after: str, words: list[str]) -> int:
    return after.index(words[-1]) + len(words[-1])


def _heading_before(before: str) -> tuple[str, int] | None:
    """Return the attribute that is named just before a number, and where its name begins."""
    last = None
    for last in vocabulary().headings.pattern.finditer(before[-80:]):  # noqa: B007  the nearest counts
        pass
    if last is None or not re.fullmatch(_LINK, before[-80:][last.end() :], re.IGNORECASE):
        return None
    return vocabulary().headings.of(last[0])[0], max(0, len(before) - 80) + last.start()


def _plain(words: str) -> str:
    return "_".join(re.findall(r"\w+", words.lower()))
