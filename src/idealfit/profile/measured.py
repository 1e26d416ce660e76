"""What can be counted or measured of a company: people, places, money, growth, age."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from idealfit.profile.counted import bounded_after, counted, heading_before, limited, not_passed
from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.quantities import days, quantities, times
from idealfit.profile.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from idealfit.profile.quantities import Quantity

_HEADING_AFTER = re.compile(r"\+?\s*(?:in|of|a year in|a year of|per year in)?\s*(?:their\s+)?", re.IGNORECASE)
_SALES = re.compile(
    r"(?<!\w)(?:(?:annual|yearly)\s+)?sales"
    r"(?:\s+(?:of|are|is|at|between|from|lie|run at|that are|should be|must be))*\s*:?\s*$",
    re.IGNORECASE,
)
_OF_MONEY = re.compile(
    r"\s+(?:in|of)\s+(?:annual |yearly |recurring )*(?:revenues?|sales|turnover|ARR|funding)\b", re.IGNORECASE
)
_RAISED = re.compile(r"\braised\s+(?:\w+\s+){0,2}$", re.IGNORECASE)
_YEAR = r"((?:19|20)\d\d)"
_FOUNDED = (
    r"\b(?:founded|established|started(?: up)?|incorporated|set up|in business|around|born|opened (?:their|its) doors)"
)
_YEARS: tuple[tuple[re.Pattern[str], Callable[[int], Test]], ...] = tuple(
    (re.compile(rf"{_FOUNDED}\s*{words}", re.IGNORECASE), test)
    for words, test in (
        (rf"(?<!not )(?<!no )(?:after|later than)\s+{_YEAR}", lambda year: Test(at_least=year + 1)),
        (rf"(?:no|not) (?:earlier|sooner) than\s+{_YEAR}", lambda year: Test(at_least=year)),
        (rf"(?:no|not) later than\s+{_YEAR}", lambda year: Test(below=year + 1)),
        (
            rf"(?:in\s+|since\s+|from\s+)?{_YEAR}(?:\s?\+|\s+(?:or later|or after|or newer|onwards?))",
            lambda year: Test(at_least=year),
        ),
        (rf":\s*{_YEAR}\s?(?:\+|(?:or|and) (?:later|after|newer))", lambda year: Test(at_least=year)),
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
_DAYS_NOT_TOLD = re.compile(r"[\s-]?(?:days?|weeks?|months?|quarters?|years?|hours?|minutes?)\b", re.IGNORECASE)


def measures(sentence: str) -> Iterator[Fact]:
    """Yield what a sentence counts: a number, how it compares, and of what, whoever has so many."""
    for quantity in quantities(sentence):
        before, after = sentence[: quantity.start], sentence[quantity.end :]
        fact = (
            _share(sentence, quantity, after)
            if _PERCENT.match(after)
            else _length(before, after, quantity)
            if _DAYS_NOT_TOLD.match(after)
            else _money(sentence, quantity)
            if quantity.money or _OF_MONEY.match(after)
            else counted(sentence, quantity)
        )
        if fact:
            yield fact


def founded(sentence: str) -> Iterator[Fact]:
    """Yield how old a company is."""
    for pattern, test in _YEARS:
        for found in pattern.finditer(sentence):
            yield Fact(found.start(), found.end(), "founded", "firmographic", test(int(found[1])))
    for found in re.finditer(
        rf"{_FOUNDED}(?:\s+between|\s+from|\s+in|:)\s+{_YEAR}\s*(?:and|to|-|–|or)\s*{_YEAR}", sentence, re.IGNORECASE
    ):
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
    end = quantity.end + len(_PERCENT.match(after)[0])  # type: ignore[index]
    quantity = bounded_after(sentence[end:], quantity)
    test = None if quantity.low == quantity.high else quantity.test(whole=False)
    return Fact(quantity.start, end, f"{what}growth_percent", "behavioural", test)


def _length(before: str, after: str, quantity: Quantity) -> Fact | None:
    """Return how long a sales cycle or a contract takes."""
    heading = heading_before(before, len(before))
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


def _money(sentence: str, quantity: Quantity) -> Fact:
    """Return an amount of money with what it is an amount of; a lone amount is an example, hardly a limit."""
    before, after = sentence[: quantity.start], sentence[quantity.end :]
    link = _HEADING_AFTER.match(after)
    found = vocabulary().headings.pattern.match(after, link.end() if link else 0)
    if found:
        (attribute,) = vocabulary().headings.of(found[0])
        return _amount(sentence, quantity, quantity.start, quantity.end + found.end(), attribute)
    if _RAISED.search(before):
        test = quantity.test(whole=False) if quantity.low != quantity.high else None
        return Fact(quantity.start, quantity.end, "last_funding_amount", "behavioural", test)
    sales = _SALES.search(before)
    heading = ("annual_revenue", sales.start()) if sales else heading_before(sentence, quantity.start)
    if heading and heading[0] not in _COUNTED_IN_TIME:
        return _amount(sentence, quantity, heading[1], quantity.end, heading[0])
    return Fact(quantity.start, quantity.end, "amount", "operational", None)


def _amount(sentence: str, quantity: Quantity, start: int, end: int, attribute: str) -> Fact:
    quantity = not_passed(sentence, limited(sentence, quantity, end), start)
    if quantity.open_low and quantity.high is None:
        quantity = replace(
            quantity, open_low=False
        )  # of money, "above 5 million" and "5 million and more" are as good as one
    test = quantity.test(whole=False) if quantity.low != quantity.high else None
    return Fact(start, end, attribute, vocabulary().layers[attribute], test)
