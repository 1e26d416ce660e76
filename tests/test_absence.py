"""What the policy says of people who are away, tried at the desk: absences, priorities, caps, overflow, all away."""

from __future__ import annotations

import threading
from collections import Counter
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from idealfit.web.background import read_calendars
from routing_sample import Clock, desk_on, lead

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)


def policy(pool="", reps="{id: ana}, {id: ben}, {id: cem}", more="", pools="", top=""):
    return (
        f'idealfit_routing: 1\nname: x\nhours: {{mon-fri: ["08:00-18:00"]}}\n{top}reps: [{reps}]\n'
        f"pools:\n  - {{name: sales, reps: [ana, ben, cem]{pool}}}\n{pools}"
        f"rules: [{{name: all, to: [{{pool: sales}}{more}]}}]\n"
    )


@contextmanager
def desk(tmp_path, text, now=MONDAY):
    clock = Clock(now)
    with desk_on(str(tmp_path / "l.db"), text, clock) as opened:
        yield opened, clock


def owners(desk, numbers):
    return Counter(desk.take(lead(n), actor="test").owner for n in numbers)


@pytest.mark.parametrize(
    ("absence", "after"),
    [("keep place", 2), ("catch up, owed_at_most: 3", 5), ("hold, hold_for: 1h", 2)],
)
def test_what_is_owed_to_who_was_on_leave(tmp_path, absence, after):
    with desk(tmp_path, policy(f", absence: {absence}")) as (opened, clock):
        opened.take_leave("cem", date(2026, 11, 23), date(2026, 11, 23), actor="test")
        assert owners(opened, range(12)) == {"ana": 6, "ben": 6}
        clock.forward(days=1)
        assert owners(opened, range(12, 18))["cem"] == after


def test_a_lead_is_held_for_who_is_soon_back(tmp_path):
    reps = '{id: ana, hours: {mon: ["11:00-18:00"]}}, {id: ben, hours: {mon: ["09:00-18:00"]}}, {id: cem}'
    with desk(tmp_path, policy(", absence: hold, hold_for: 2h", reps)) as (opened, _):
        answers = [opened.take(lead(n), actor="test") for n in range(4)]
        assert {a.owner for a in answers} == {"ben", "cem"}
        assert {a.starts for a in answers if a.owner == "ben"} == {"2026-11-23T09:00:00+00:00"}
        assert opened.why_not(answers[0].lead, "ana") == ("ana was out: off hours",)


def test_the_second_priority_is_asked_when_all_of_the_first_are_out(tmp_path):
    with desk(tmp_path, policy(", priorities: {ben: 2, cem: 2}")) as (opened, _):
        assert owners(opened, range(4)) == {"ana": 4}
        opened.note("pause", actor="test", rep="ana", why="ill")
        assert owners(opened, range(4, 8)) == {"ben": 2, "cem": 2}


@pytest.mark.parametrize(
    ("cap", "reason", "free_after"),
    [
        ("capacity: 2", "at capacity", None),
        ("per_day: 2", "at the cap of the day", timedelta(days=1)),
        ("per_week: 2", "at the cap of the week", timedelta(days=7)),
        ("per_month: 2", "at the cap of the month", timedelta(days=8)),
    ],
)
def test_caps_hold_and_end(tmp_path, cap, reason, free_after):
    with desk(tmp_path, policy(reps=f"{{id: ana, {cap}}}, {{id: ben}}, {{id: cem}}")) as (opened, clock):
        taken = [opened.take(lead(n), actor="test") for n in range(12)]
        assert Counter(a.owner for a in taken) == {"ana": 2, "ben": 5, "cem": 5}
        assert opened.why_not(taken[-1].lead, "ana") == (f"ana was out: {reason}",)
        if free_after is None:
            opened.close(next(a.lead for a in taken if a.owner == "ana"), actor="test", outcome="won")
        else:
            clock.now += free_after
        assert owners(opened, range(12, 24))["ana"] >= 1


@pytest.mark.parametrize(
    ("away", "status", "owner", "how"),
    [
        ("wait", "waiting", None, "pool sales: everybody is away"),
        ("next", "queued", None, "queue q"),
        ("assign", "assigned", "any", "pool sales: it is the turn of"),
    ],
)
def test_everybody_away(tmp_path, away, status, owner, how):
    text = policy(f", when_all_away: {away}", more=", {queue: q}")
    with desk(tmp_path, text, MONDAY - timedelta(days=1)) as (opened, clock):
        answer = opened.take(lead(1), actor="test")
        assert (answer.status, answer.owner is None, answer.how[: len(how)]) == (status, owner is None, how)
        if away == "wait":
            assert answer.look_at == MONDAY
            clock.now = MONDAY
            assert opened.sweep()[0].status == "assigned"
        if away == "assign":
            assert answer.starts == MONDAY.isoformat()


def test_another_pool_is_asked_where_nobody_is_in(tmp_path):
    reps = "{id: ana}, {id: ben}, {id: cem}, {id: dan}"
    pools = "  - {name: more, reps: [dan]}\n"
    with desk(tmp_path, policy(", overflow: more", reps, pools=pools)) as (opened, _):
        assert "dan" not in owners(opened, range(6))
        for rep in ("ana", "ben", "cem"):
            opened.note("pause", actor="test", rep=rep, why="away")
        answer = opened.take(lead(9), actor="test")
        assert (answer.owner, answer.how) == ("dan", "pool more: it is the turn of dan")


@contextmanager
def calendar_server(answers):
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_): ...

        def do_GET(self):
            status, text = answers[0]
            self.send_response(status)
            self.end_headers()
            self.wfile.write(text.encode())

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/ana.ics"
    finally:
        server.shutdown()
        server.server_close()


BUSY = (
    "BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\nDTSTART:20261123T083000Z\nDTEND:20261123T090000Z\n"
    "END:VEVENT\nEND:VCALENDAR\n"
)


def test_a_live_calendar_and_one_that_cannot_be_reached(tmp_path):
    answers = [(200, BUSY)]
    with calendar_server(answers) as url:
        reps = f'{{id: ana, calendar: "{url}"}}, {{id: ben}}, {{id: cem}}'
        with desk(tmp_path, policy(reps=reps)) as (opened, clock):

            def status():
                return next(rep.status for rep in opened.reps() if rep.rep == "ana")

            assert status() == "calendar unreachable"  # it was never read
            assert read_calendars(opened, now=clock.now, loopback=True) == {"ana": "read"}
            assert status() == "in"
            clock.forward(minutes=40)
            assert status() == "in a meeting"
            assert "ana" not in owners(opened, range(4))
            clock.forward(minutes=15)
            answers[0] = (500, "")
            assert "500" in read_calendars(opened, now=clock.now, loopback=True)["ana"]
            clock.forward(minutes=5)
            assert status() == "calendar unreachable"  # the reading of an hour ago is good no longer
            assert "ana" not in owners(opened, range(4, 8))
            answers[0] = (200, BUSY)
            read_calendars(opened, now=clock.now, loopback=True)
            assert status() == "in"
