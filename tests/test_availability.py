"""When people are in: zones, daylight saving, holidays, leave, calendars; clocks that run in working time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from idealfit.errors import InputError
from idealfit.route.availability import Diary, days_off
from idealfit.route.feeds import busy_times
from idealfit.route.hours import duration, moment, public_holidays, week, zone

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE = week({"mon-fri": ["09:00-17:00"]})


def utc(*when):
    return datetime(*when, tzinfo=UTC)


@pytest.mark.parametrize(
    ("at", "status", "until"),
    [
        (utc(2026, 11, 24, 8, 0), "in", utc(2026, 11, 24, 16, 0)),
        (utc(2026, 11, 24, 7, 59), "off hours", utc(2026, 11, 24, 8, 0)),
        (utc(2026, 11, 24, 16, 0), "off hours", utc(2026, 11, 25, 8, 0)),
        (utc(2026, 11, 27, 16, 0), "off hours", utc(2026, 11, 30, 8, 0)),
        (utc(2026, 12, 25, 9, 0), "public holiday", utc(2026, 12, 28, 8, 0)),
        (utc(2026, 7, 1, 7, 0), "in", utc(2026, 7, 1, 15, 0)),
    ],
)
def test_in_or_out_and_until_when(at, status, until):
    assert Diary(BERLIN, OFFICE, holidays="DE").status(at) == (status, until)


def test_the_hour_that_never_happens_is_left_out():
    nights = Diary(BERLIN, week({"sun": ["01:00-04:00"]}))
    spans = nights._spans(date(2026, 3, 29))
    assert spans == ((utc(2026, 3, 29, 0), utc(2026, 3, 29, 2)),)
    assert Diary(BERLIN, week({"sun": ["02:00-03:00"]}))._spans(date(2026, 3, 29)) == ()
    assert moment(date(2026, 3, 29), 150, BERLIN) == utc(2026, 3, 29, 1)


def test_the_hour_that_happens_twice_is_worked_twice():
    nights = Diary(BERLIN, week({"sun": ["02:00-03:00"]}))
    assert nights._spans(date(2026, 10, 25)) == ((utc(2026, 10, 25, 0), utc(2026, 10, 25, 2)),)
    assert nights.after(utc(2026, 10, 25, 0), timedelta(minutes=90)) == utc(2026, 10, 25, 1, 30)


def test_a_night_shift_belongs_to_the_day_it_begins_on():
    nights = Diary(BERLIN, week({"fri": ["22:00-06:00"]}))
    assert nights.status(utc(2026, 11, 28, 3, 0))[0] == "in"
    assert nights.status(utc(2026, 11, 27, 3, 0))[0] == "off hours"


def test_clocks_run_in_working_hours_only():
    diary = Diary(BERLIN, OFFICE, holidays="DE", leave=[days_off(date(2026, 12, 28), date(2026, 12, 30), BERLIN)])
    assert diary.after(utc(2026, 12, 23, 15, 0), timedelta(hours=2)) == utc(2026, 12, 24, 9, 0)
    assert diary.after(utc(2026, 12, 24, 15, 30), timedelta(hours=1)) == utc(2026, 12, 31, 8, 30)
    assert diary.worked(utc(2026, 12, 23, 15, 0), utc(2026, 12, 24, 9, 0)) == timedelta(hours=2)


def test_leave_of_part_of_a_day():
    diary = Diary(BERLIN, OFFICE, leave=[(utc(2026, 11, 24, 9), utc(2026, 11, 24, 11))])
    assert diary.status(utc(2026, 11, 24, 8, 30)) == ("in", utc(2026, 11, 24, 9))
    assert diary.status(utc(2026, 11, 24, 9)) == ("on leave", utc(2026, 11, 24, 11))
    assert diary.next_in(utc(2026, 11, 24, 9)) == utc(2026, 11, 24, 11)


def test_nobody_waits_for_somebody_without_hours():
    never = Diary(BERLIN, week({}))
    assert never.next_in(utc(2026, 11, 24, 9)) is None
    assert never.after(utc(2026, 11, 24, 9), timedelta(minutes=1)) is None


def test_a_calendar_that_was_not_read_lately_is_not_a_free_one():
    at = utc(2026, 11, 24, 9)
    assert Diary(BERLIN, OFFICE, read_until=None).status(at)[0] == "calendar unreachable"
    stale = Diary(BERLIN, OFFICE, read_until=utc(2026, 11, 24, 9, 30))
    assert [stale.status(at + timedelta(minutes=m))[0] for m in (0, 29, 30)] == ["in", "in", "calendar unreachable"]
    meeting = Diary(BERLIN, OFFICE, meetings=[(at, utc(2026, 11, 24, 10))])
    assert meeting.status(at) == ("in a meeting", utc(2026, 11, 24, 10))
    assert meeting.after(at, timedelta(hours=1)) == utc(2026, 11, 24, 10)


@pytest.mark.parametrize(
    ("made", "text"),
    [
        (lambda: week({"someday": ["09:00-17:00"]}), "'someday' names no day"),
        (lambda: week({"mon": ["9-17"]}), "'9-17' is no span"),
        (lambda: week({"mon": ["09:00-09:00"]}), "no time at all"),
        (lambda: week({"mon": ["09:00-12:00"], "mon-fri": ["11:00-13:00"]}), "two spans of one day overlap"),
        (lambda: duration("soon"), "no length of time"),
        (lambda: zone("Mars/Olympus"), "no time zone"),
        (lambda: zone("../../etc/passwd"), "no time zone"),
        (lambda: public_holidays("ZZ", 2026), "holidays of 'ZZ' are not known"),
    ],
)
def test_what_cannot_be_meant(made, text):
    with pytest.raises(ValueError, match=text):
        made()


def calendar(*events):
    inside = "".join(f"BEGIN:VEVENT\nUID:{n}\n{event}\nEND:VEVENT\n" for n, event in enumerate(events))
    return f"BEGIN:VCALENDAR\nVERSION:2.0\n{inside}END:VCALENDAR\n"


@pytest.mark.parametrize(
    ("event", "busy"),
    [
        ("DTSTART:20261124T090000Z\nDURATION:PT30M", [("24 09:00", "24 09:30")]),
        (
            "DTSTART;TZID=America/New_York:20261124T090000\nDTEND;TZID=America/New_York:20261124T100000",
            [("24 14:00", "24 15:00")],
        ),
        ("DTSTART;VALUE=DATE:20261124", [("23 23:00", "24 23:00")]),
        ("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nTRANSP:TRANSPARENT", []),
        ("DTSTART:20261124T090000Z\nDTEND:20261124T100000Z\nSTATUS:CANCELLED", []),
        (
            "DTSTART;TZID=Europe/Berlin:20260301T090000\nDTEND;TZID=Europe/Berlin:20260301T091500\n"
            "RRULE:FREQ=DAILY;UNTIL=20261126T230000Z\nEXDATE;TZID=Europe/Berlin:20261125T090000",
            [("24 08:00", "24 08:15"), ("26 08:00", "26 08:15")],
        ),
    ],
)
def test_busy_times_of_a_calendar(event, busy):
    found = busy_times(calendar(event), BERLIN, utc(2026, 11, 23, 22))
    assert [(f"{start:%d %H:%M}", f"{end:%d %H:%M}") for start, end in found] == busy


def test_an_event_that_was_moved_is_busy_where_it_is_now():
    weekly = "DTSTART:20261117T090000Z\nDTEND:20261117T100000Z\nRRULE:FREQ=WEEKLY;COUNT=2"
    moved = "DTSTART:20261124T130000Z\nDTEND:20261124T140000Z\nRECURRENCE-ID:20261124T090000Z"
    text = calendar(weekly, moved).replace("UID:1", "UID:0")
    assert busy_times(text, BERLIN, utc(2026, 11, 23)) == ((utc(2026, 11, 24, 13), utc(2026, 11, 24, 14)),)


@pytest.mark.parametrize(
    "text", ["", "<html>sign in</html>", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR", "x" * 6_000_000]
)
def test_what_is_no_calendar_is_refused(text):
    with pytest.raises(InputError, match="calendar"):
        busy_times(text, BERLIN, utc(2026, 11, 24))


def test_a_rule_that_would_be_tried_for_ever_is_refused():
    never = "DTSTART:20200101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30"
    with pytest.raises(InputError, match="take for ever"):
        busy_times(calendar(never), BERLIN, utc(2026, 11, 24))


def test_a_rule_that_never_ends_ends():
    endless = "DTSTART:20200101T000000Z\nDURATION:PT1S\nRRULE:FREQ=MINUTELY"
    assert 0 < len(busy_times(calendar(endless), BERLIN, utc(2026, 11, 24))) <= 2_000
