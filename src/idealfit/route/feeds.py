"""Busy times out of iCalendar feeds. What cannot be read is not a free calendar: it raises `InputError`."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from dateutil.rrule import rruleset, rrulestr
from icalendar import Calendar

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

    from idealfit.route.hours import Span

LARGEST_FEED = 5_000_000
MOST_TIMES = 2_000
"""Occurrences of one event that are looked at; a rule may go on for ever, every second."""

OFTEN = ("SECONDLY", "MINUTELY", "HOURLY")
"""How often no meeting is; such rules with conditions that never hold would be tried until the year 9999."""

AHEAD = timedelta(days=60)


def busy_times(text: str, zone: ZoneInfo, start: datetime) -> tuple[Span, ...]:
    r"""Return when somebody is busy in the coming sixty days, in order, overlapping times put together.

    Events that are free (transparent) or cancelled do not count. Whole days, and times without a zone, are those of
    `zone`. Raises `InputError` where the text is no calendar.

    >>> from zoneinfo import ZoneInfo
    >>> event = "BEGIN:VEVENT\nUID:1\nDTSTART:20261124T100000Z\nDTEND:20261124T103000Z\nEND:VEVENT\n"
    >>> text = f"BEGIN:VCALENDAR\n{event}END:VCALENDAR\n"
    >>> busy = busy_times(text, ZoneInfo("UTC"), datetime(2026, 11, 24, tzinfo=UTC))
    >>> [[f"{moment:%H:%M}" for moment in span] for span in busy]
    [['10:00', '10:30']]
    """
    if len(text) > LARGEST_FEED:
        found, allowed = f"{len(text):,} letters", f"up to {LARGEST_FEED:,}"
        raise InputError(Mistake("too large for a calendar", found=found, allowed=allowed))
    try:
        calendar = Calendar.from_ical(text)
        components = list(calendar.walk())
        spans = list(_found(components, zone, start, start + AHEAD))
    except InputError:
        raise
    except Exception as error:  # noqa: BLE001  whatever a hostile feed makes its readers raise
        reason = " ".join(str(error).split())[:100]
        raise InputError(Mistake(f"this is no calendar that can be read: {reason}")) from None
    return _together(spans)


def _found(components: list[Any], zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[Span]:
    events = [c for c in components if c.name == "VEVENT"]
    if not any(c.name == "VCALENDAR" for c in components):
        raise InputError(Mistake("this is no calendar"))
    moved = {(str(e.get("UID")), _moment(e.decoded("RECURRENCE-ID"), zone)) for e in events if "RECURRENCE-ID" in e}
    for event in events:
        if str(event.get("TRANSP", "")).upper() == "TRANSPARENT" or str(event.get("STATUS", "")).upper() == "CANCELLED":
            continue
        first = _moment(event.decoded("DTSTART"), zone)
        length = _length(event, first, zone)
        for at in _times(event, first, zone, start - length, end):
            is_moved = (str(event.get("UID")), at) in moved and "RECURRENCE-ID" not in event
            if not is_moved and at < end and at + length > start:
                yield at, at + length
    for free_busy in (c for c in components if c.name == "VFREEBUSY"):
        given = free_busy.get("FREEBUSY") or []
        for said in given if isinstance(given, list) else [given]:
            if str(said.params.get("FBTYPE", "BUSY")).upper() != "FREE":
                for period in getattr(said, "periods", [said]):
                    opens, closes = period.start, period.end
                    if opens < end and closes > start:
                        yield _moment(opens, zone), _moment(closes, zone)


def _length(event: Any, first: datetime, zone: ZoneInfo) -> timedelta:  # noqa: ANN401  icalendar's own
    if "DTEND" in event:
        return max(_moment(event.decoded("DTEND"), zone) - first, timedelta())
    if "DURATION" in event:
        length: timedelta = event.decoded("DURATION")
        return max(length, timedelta())
    whole_day = not isinstance(event.decoded("DTSTART"), datetime)
    return timedelta(days=1) if whole_day else timedelta()


def _times(event: Any, first: datetime, zone: ZoneInfo, start: datetime, end: datetime) -> Iterator[datetime]:  # noqa: ANN401
    """Yield when an event takes place: once, or by its rule, on the wall clock of its own time zone."""
    if "RRULE" not in event and "RDATE" not in event:
        yield first
        return
    given = event.decoded("DTSTART")
    own = given.tzinfo if isinstance(given, datetime) and given.tzinfo else zone
    wall = first.astimezone(own).replace(tzinfo=None)
    rules = rruleset()
    for rule in _listed(event.get("RRULE")):
        plain = dict(rule)
        if str(plain.get("FREQ", [""])[0]).upper() in OFTEN and any(part.upper().startswith("BY") for part in plain):
            raise InputError(Mistake("a calendar with a rule that may take for ever to look through"))
        until = plain.pop("UNTIL", None)
        written = rule.to_ical().decode()
        if until:
            last = _moment(until[0], zone).astimezone(own).replace(tzinfo=None)
            parts = [part for part in written.split(";") if not part.upper().startswith("UNTIL=")]
            written = ";".join([*parts, f"UNTIL={last:%Y%m%dT%H%M%S}"])
        rules.rrule(rrulestr(written, dtstart=wall))
    for name, add in (("RDATE", rules.rdate), ("EXDATE", rules.exdate)):
        for said in _listed(event.get(name)):
            for day in said.dts:
                add(_moment(day.dt, zone).astimezone(own).replace(tzinfo=None))
    low, high = (moment.astimezone(own).replace(tzinfo=None) for moment in (start, end))
    for count, at in enumerate(rules.xafter(low, inc=True)):
        if at > high or count >= MOST_TIMES:
            return
        yield at.replace(tzinfo=own).astimezone(UTC)


def _listed(value: Any) -> list[Any]:  # noqa: ANN401
    return [] if value is None else value if isinstance(value, list) else [value]


def _moment(value: Any, zone: ZoneInfo) -> datetime:  # noqa: ANN401
    if not isinstance(value, datetime):
        if not isinstance(value, date):
            raise InputError(Mistake("an event without a day", found=str(value)[:40]))
        value = datetime.combine(value, time())
    moment: datetime = value if value.tzinfo else value.replace(tzinfo=zone)
    return moment.astimezone(UTC)


def _together(spans: list[Span]) -> tuple[Span, ...]:
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        elif start < end:
            found.append((start, end))
    return tuple(found)
