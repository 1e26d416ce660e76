"""When a rep is in: hours in their own time zone, public holidays, leave, meetings; and clocks that run while they are.

An unreachable calendar is not a free calendar: who has one, and whose feed has not been read lately, is not in.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from idealfit.route.hours import Span, moment, public_holidays

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from zoneinfo import ZoneInfo

    from idealfit.route.hours import Week

IN = "in"
OFF_HOURS = "off hours"
HOLIDAY = "public holiday"
ON_LEAVE = "on leave"
IN_MEETING = "in a meeting"
UNREACHABLE = "calendar unreachable"

FAR = datetime(9998, 1, 1, tzinfo=UTC)
LOOKS_AHEAD = 370
"""Days after which nobody is waited for any more."""


class Diary:
    """The time of one rep.

    >>> from zoneinfo import ZoneInfo
    >>> from idealfit.route.hours import week
    >>> diary = Diary(ZoneInfo("Europe/Berlin"), week({"mon-fri": ["09:00-17:00"]}), holidays="DE")
    >>> friday = datetime(2026, 12, 18, 15, 30, tzinfo=UTC)
    >>> diary.status(friday)[0], diary.after(friday, timedelta(hours=1)).isoformat()
    ('in', '2026-12-21T08:30:00+00:00')
    >>> diary.status(datetime(2026, 12, 25, 10, 0, tzinfo=UTC))[0]
    'public holiday'
    """

    def __init__(
        self,
        zone: ZoneInfo,
        week: Week,
        *,
        holidays: str | None = None,
        leave: Sequence[Span] = (),
        meetings: Sequence[Span] = (),
        read_until: datetime | None = FAR,
    ) -> None:
        """Take leave and meetings as spans of moments; `read_until` is when the calendar's reading goes stale."""
        self.zone = zone
        self._week = week
        self._holidays = holidays
        self._leave = sorted(leave)
        self._meetings = sorted(meetings)
        self._read_until = read_until
        self._days: dict[date, tuple[Span, ...]] = {}
        self._known: tuple[datetime, datetime, str] = (FAR, FAR, IN)

    def status(self, at: datetime) -> tuple[str, datetime]:
        """Return whether the rep is in (or why not), and until when that surely holds."""
        since, until, status = self._known
        if not since <= at < until:
            status, until = self._status(at)
            self._known = (at, until, status)
        return status, until

    def next_in(self, at: datetime) -> datetime | None:
        """Return the first moment from `at` on at which the rep is in, as far as is known now; None in a year's time.

        A calendar that cannot be reached does not count here: it may be back by then.
        """
        last = at + timedelta(days=LOOKS_AHEAD)
        while at < last:
            status, until = self.status(at)
            if status == IN:
                return at
            if status == UNREACHABLE:
                status, until = self._in_hours(at)
                if status == IN:
                    return at
            at = until
        return None

    def after(self, at: datetime, working: timedelta) -> datetime | None:
        """Return the moment at which a clock that runs in working hours has run for `working`; None in a year's time.

        Leave and holidays stop it, meetings do not.
        """
        status, until = self.status(at)
        if status == IN and until - at >= working:  # mostly so, and then nothing comes between
            return at + working
        for start, end in self._work(at):
            if end - start >= working:
                return start + working
            working -= end - start
        return None

    def worked(self, start: datetime, end: datetime) -> timedelta:
        """Return how long such a clock runs from one moment to another."""
        total = timedelta()
        for first, last in self._work(start):
            if first >= end:
                break
            total += min(last, end) - first
        return total

    def _status(self, at: datetime) -> tuple[str, datetime]:
        status, until = self._in_hours(at)
        if status != IN:
            return status, until
        if self._read_until is None or at >= self._read_until:
            return UNREACHABLE, until
        until = min(until, self._read_until)
        for start, end in self._meetings:
            if start <= at < end:
                return IN_MEETING, min(end, until)
            if start > at:
                return IN, min(start, until)
        return IN, until

    def _in_hours(self, at: datetime) -> tuple[str, datetime]:
        """Return the status as far as hours, holidays and leave tell."""
        comes = FAR
        for start, end in self._leave:
            if start <= at < end:
                return ON_LEAVE, end
            if start > at:
                comes = start
                break
        today = at.astimezone(self.zone).date()
        for day in (today - timedelta(days=1), today):
            for start, end in self._spans(day):
                if start <= at < end:
                    return IN, min(end, comes)
        away = HOLIDAY if self._is_holiday(today) else OFF_HOURS
        opens = next((start for start, _ in self._opening(at)), FAR)
        return away, min(opens, comes)

    def _is_holiday(self, day: date) -> bool:
        return self._holidays is not None and day in public_holidays(self._holidays, day.year)

    def _spans(self, day: date) -> tuple[Span, ...]:
        """Return the spans that begin on a day."""
        if day not in self._days:
            written = () if self._is_holiday(day) else self._week[day.weekday()]
            spans = ((moment(day, a, self.zone), moment(day, b, self.zone, last=True)) for a, b in written)
            self._days[day] = tuple((start, end) for start, end in spans if start < end)
        return self._days[day]

    def _opening(self, at: datetime) -> Iterator[Span]:
        """Yield the spans of the coming year that are not over, what is before `at` cut off."""
        today = at.astimezone(self.zone).date()
        for ahead in range(-1, LOOKS_AHEAD):
            for start, end in self._spans(today + timedelta(days=ahead)):
                if end > at:
                    yield max(start, at), end

    def _work(self, at: datetime) -> Iterator[Span]:
        """Yield those spans without leave."""
        for opens, closes in self._opening(at):
            start = opens
            for first, last in self._leave:
                if last <= start or first >= closes:
                    continue
                if first > start:
                    yield start, first
                start = max(start, last)
            if start < closes:
                yield start, closes


def days_off(first: date, last: date, zone: ZoneInfo) -> Span:
    """Return whole days, both included, as a span of moments."""
    return moment(first, 0, zone), moment(last + timedelta(days=1), 0, zone)
