"""Working hours as people write them, and as moments: time zones, daylight saving, public holidays.

A span starts and ends on the wall clock of its place. In spring, what lies in the hour that never happens is left out.
In autumn, a span over the hour that happens twice is an hour longer, and one that ends in it ends the second time.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias
from zoneinfo import ZoneInfo

import holidays

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WHOLE_DAY = 24 * 60

Week: TypeAlias = tuple[tuple[tuple[int, int], ...], ...]
"""Seven days of spans, in minutes from midnight; a span that passes midnight ends after 24 hours."""

Span: TypeAlias = tuple[datetime, datetime]

_SPAN = re.compile(r"([0-9]{1,2}):([0-9]{2})\s*[-–]\s*([0-9]{1,2}):([0-9]{2})")
_DURATION = re.compile(r"(?:([0-9]{1,4})h)?\s*(?:([0-9]{1,5})m)?")


def week(written: Mapping[str, Sequence[str]]) -> Week:
    """Return the week that people wrote down; raises ValueError that says what is wrong.

    >>> week({"mon-tue": ["09:00-12:00", "13:00-17:00"], "sun": ["22:00-06:00"]})[6]
    ((1320, 1800),)
    """
    found: list[list[tuple[int, int]]] = [[] for _ in DAYS]
    for days, spans in written.items():
        for day in _days(days):
            found[day] += [_span(text) for text in spans]
    for spans_of_day in found:
        spans_of_day.sort()
        for (_, end), (start, _) in pairwise(spans_of_day):
            if start < end:
                raise ValueError("two spans of one day overlap")
    return tuple(tuple(spans_of_day) for spans_of_day in found)


def _days(text: str) -> range | list[int]:
    first, dash, last = (part.strip().casefold()[:3] for part in text.partition("-"))
    if first not in DAYS or (dash and last not in DAYS):
        raise ValueError(f"'{text:.40}' names no day; write mon, tue ... sun, or mon-fri")
    start, end = DAYS.index(first), DAYS.index(last or first)
    return range(start, end + 1) if start <= end else [*range(start, 7), *range(end + 1)]


def _span(text: str) -> tuple[int, int]:
    found = _SPAN.fullmatch(text.strip())
    hours = [int(part) for part in found.groups()] if found else []
    if not found or hours[0] > 23 or hours[1] > 59 or hours[3] > 59 or hours[2] * 60 + hours[3] > WHOLE_DAY:
        raise ValueError(f"'{text:.40}' is no span; write 09:00-17:30")
    start, end = hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]
    if start == end:
        raise ValueError(f"'{text:.40}' is no time at all")
    return (start, end) if start < end else (start, end + WHOLE_DAY)


def duration(text: str) -> timedelta:
    """Return the length that people wrote as hours and minutes; raises ValueError that says how to write it.

    >>> duration("1h 30m")
    datetime.timedelta(seconds=5400)
    """
    found = _DURATION.fullmatch(text.strip())
    if not found or not any(found.groups()):
        raise ValueError(f"'{text:.40}' is no length of time; write 15m, 4h or 1h 30m")
    return timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


def zone(name: str) -> ZoneInfo:
    """Return the time zone; raises ValueError where there is none of that name."""
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"'{name:.60}' is no time zone; write one such as Europe/Berlin or America/New_York") from None


@lru_cache(maxsize=512)
def public_holidays(place: str, year: int) -> frozenset[date]:
    """Return the public holidays of a place (``DE``, ``DE-BY``) in a year; raises ValueError for an unknown place.

    >>> date(2026, 12, 25) in public_holidays("DE", 2026)
    True
    """
    country, _, part = place.partition("-")
    try:
        return frozenset(holidays.country_holidays(country, subdiv=part or None, years=year))
    except (NotImplementedError, KeyError):
        raise ValueError(f"holidays of '{place:.20}' are not known; write a country such as DE, or DE-BY") from None


def moment(day: date, minute: int, place: ZoneInfo, *, last: bool = False) -> datetime:
    """Return the moment, in UTC, at which the wall clock of a place shows this minute of the day.

    Where it shows it twice, the first time, or with `last` the second; where it never does, when it skips it.

    >>> moment(date(2026, 3, 29), 150, ZoneInfo("Europe/Berlin")).isoformat()
    '2026-03-29T01:00:00+00:00'
    """
    day += timedelta(days=minute // WHOLE_DAY)
    wall = datetime(day.year, day.month, day.day, minute % WHOLE_DAY // 60, minute % 60, tzinfo=place)
    found = wall.replace(fold=1 if last else 0).astimezone(UTC)
    back = 0
    while found.astimezone(place).replace(tzinfo=None) != wall.replace(tzinfo=None):  # the hour that never happens
        back += 1
        wall -= timedelta(minutes=1)
        found = wall.astimezone(UTC)
    return found + timedelta(minutes=1) if back else found
