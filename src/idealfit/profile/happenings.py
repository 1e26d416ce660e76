"""What happened to a company and when, and who works there: events, hires, tenures, reporting lines."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.quantities import days, quantities, times, value_of
from idealfit.profile.vocabulary import vocabulary, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

_UNIT = r"(?:days?|weeks?|months?|quarters?|years?)"
_AMOUNT = (
    r"(?:\d+|an?|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|eighteen|twenty-four|thirty-six|"
    r"twenty|thirty|forty-five|sixty|ninety|(?:a )?couple of|half an?|half)"
)
_SPAN = rf"(?:{_AMOUNT}\s+)?{_UNIT}"
_RECENT = re.compile(
    rf"\b(?:(?:(?:in|within|over|during|for|inside|of)\s+)?(?:the|their|this|these)\s+(?:last|past|previous|prior|preceding)\s+(?P<a>{_SPAN})"
    rf"|(?:in|within|over|during|for|inside)\s+(?:last|past|previous)\s+(?P<d>{_SPAN})"
    rf"|(?:within|inside)\s+(?P<b>{_AMOUNT}\s+{_UNIT})(?!\s+(?:of|after|before|following|from)\b)"
    rf"|(?:(?:less|fewer|no more|not more|no longer|not longer) than|under|at most)"
    rf"\s+(?P<c>{_AMOUNT}\s+{_UNIT})(?:\s+(?:ago|old|back))?)\b",
    re.IGNORECASE,
)
_LONG_AGO = re.compile(
    rf"\b(?:(?<!no )(?<!not )(?:more|longer) than|over|at least)\s+(?P<a>{_AMOUNT}\s+{_UNIT})\s+(?:ago|old|back)\b",
    re.IGNORECASE,
)
_ARTICLE = r"(?:an?\s+|their\s+|its\s+|the\s+)"
_REPORTS = re.compile(
    rf"^\s*(?:who\s+|that\s+)?(?:usually\s+|now\s+)?report(?:s|ing)?\s+(?:directly\s+|straight\s+)?(?:in)?to\s+{_ARTICLE}?",
    re.IGNORECASE,
)
_TENURE = re.compile(
    r"\b(?:under|less than|over|more than|at least)\s+an?\s+(?:year|month)\b(?!\s+(?:ago|old|back))", re.IGNORECASE
)
_AGO = re.compile(r"\b(?:last|past|previous)\s+$", re.IGNORECASE)
_IN_ROLE = re.compile(rf"\b{ways_to_say('in_a_role')}\b", re.IGNORECASE)
_ANOTHER_CLAUSE = re.compile(r"[.;]|\b(?:are|is|was|were|have|has|but|who|which)\b", re.IGNORECASE)
_FAR = 90
"""Letters within which two things are said of each other."""


def when(text: str) -> tuple[int, int, Test] | None:
    """Return where a text says how long ago something was, and the test of the day it was on; None if it does not.

    >>> when("raised money in the last 12 months")[2].within_days, when("within 90 days of a launch")
    (365, None)
    """
    recent, old = _RECENT.search(text), _LONG_AGO.search(text)
    if recent:
        ago = _days_of(next(span for span in recent.groups() if span))
        return recent.start(), recent.end(), Test(within_days=ago)
    if old:
        return old.start(), old.end(), Test(older_than_days=_days_of(old["a"]))
    return None


def spans_of_days(text: str) -> Iterator[tuple[int, int, Test]]:
    """Yield each telling of how long ago something was, with the test of the day it was on."""
    for recent in _RECENT.finditer(text):
        yield recent.start(), recent.end(), Test(within_days=_days_of(next(span for span in recent.groups() if span)))
    for old in _LONG_AGO.finditer(text):
        yield old.start(), old.end(), Test(older_than_days=_days_of(old["a"]))


def happenings(sentence: str) -> Iterator[Fact]:
    """Yield the events that a sentence tells, each with its day's test where the sentence says how long ago."""
    for attribute, ways in vocabulary().events.items():
        for found in ways.finditer(sentence):
            yield _dated(sentence, found.start(), found.end(), attribute)


def tenures(sentence: str) -> Iterator[Fact]:
    """Yield how long somebody has been in a role ("a VP of Sales six to eighteen months in the role")."""
    titles = list(vocabulary().roles.pattern.finditer(sentence))
    for start, end, test in _spans_of_time(sentence):
        before = [t for t in titles if t.end() <= start and start - t.end() <= _FAR]
        after = [t for t in titles if t.start() >= end and t.start() - end <= _FAR]
        title = before[-1] if before else after[0] if after else None
        if title is None:
            continue
        between = sentence[min(title.end(), end) : max(start, title.start())]
        role = _IN_ROLE.search(sentence, title.end() if before else end)
        close = before and re.fullmatch(
            r"[\s,(]*(?:who\s+is\s+|with\s+|of\s+|for\s+|has been there\s+(?:for\s+)?)?", between
        )
        if (role and abs(role.start() - end) <= _FAR) or close:
            last = max(end, title.end(), role.end() if role and role.start() - end <= _FAR else 0)
            name = f"{_plain(vocabulary().roles.of(title[0])[0])}_tenure_months"
            yield Fact(min(start, title.start()), last, name, "operational", test)


def reporting_lines(sentence: str) -> Iterator[Fact]:
    """Yield who reports to whom."""
    for found in vocabulary().roles.pattern.finditer(sentence):
        reports = _REPORTS.match(sentence[found.end() :])
        if reports:
            boss = vocabulary().roles.pattern.match(sentence, found.end() + reports.end())
            if boss:
                name = f"{_plain(vocabulary().roles.of(found[0])[0])}_reports_to"
                chief = vocabulary().roles.of(boss[0])[0]
                yield Fact(found.start(), boss.end(), name, "operational", Test(is_=chief))


def _dated(sentence: str, start: int, end: int, attribute: str) -> Fact:
    """Return the event with the nearest telling of how long ago it was, in the same clause."""
    rest = re.split(r"[;.]|\bbut\b|\bwho\b", sentence[end:])[0]
    told = when(rest[: 2 * _FAR])
    if told:
        return Fact(start, end + told[1], attribute, "behavioural", told[2])
    earlier = sentence[max(0, start - _FAR) : start]
    ahead = when(earlier)
    if ahead and not _ANOTHER_CLAUSE.search(earlier, ahead[1]):
        return Fact(start, end, attribute, "behavioural", ahead[2])
    return Fact(start, end, attribute, "behavioural", None)


def _spans_of_time(sentence: str) -> Iterator[tuple[int, int, Test]]:
    """Yield lengths of time, as tests of a number of months."""
    for found in _TENURE.finditer(sentence):
        months = 12.0 if "year" in found[0].lower() else 1.0
        below = found[0].lower().startswith(("under", "less"))
        yield found.start(), found.end(), Test(below=months) if below else Test(at_least=months)
    for quantity in quantities(sentence):
        unit = re.match(r"\s?-?(months?|years?)\b", sentence[quantity.end :], re.IGNORECASE)
        ago = _AGO.search(sentence, 0, quantity.start)
        test = quantity.test(whole=unit[1].lower().startswith("month")) if unit and not ago else None
        if unit and test:
            factor = 12 if unit[1].lower().startswith("year") else 1
            yield quantity.start, quantity.end + unit.end(), times(test, factor)


def _days_of(span: str) -> int:
    """Return how many days '12 months', 'a year' or 'quarter' are."""
    *amount, unit = span.split()
    said = " ".join(amount).lower()
    if "couple" in said:
        return days(2, unit)
    if "half" in said:
        return days(6, "months") if unit.lower().startswith("year") else days(0.5, unit)
    return days(value_of(amount[0]) if amount and said not in ("a", "an") else 1, unit)


def _plain(title: str) -> str:
    return "_".join(re.findall(r"\w+", title.lower()))
