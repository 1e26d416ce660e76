"""Watching, end to end on loopback: told once, kept, judged, sent, gone stale; killed and taken up again."""

from __future__ import annotations

import json
import subprocess
import sys
import zlib
from datetime import timedelta
from io import StringIO

import pytest
from rich.console import Console

from idealfit import pipeline
from idealfit.cli import words_of_watching
from idealfit.cli.running import main
from idealfit.errors import InputError
from idealfit.pipeline.alerting import news_of
from idealfit.store import open_store
from idealfit.watch import claims, keeping, told_events, watch_tables
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH
from watched_world import DAY, WORDS, feed, jobs, world
from web_servers import Reply, web_server

SOURCES = ("boards", "site", "filings", "feeds")


@pytest.fixture
def web(tmp_path):
    with world(tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path):
    return str(tmp_path / "watch.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


def look(web, store, *, days: float = 0, **asked):
    now = DAY + timedelta(days=days)
    return pipeline.watch(
        web.companies, store, settings=web.settings, fetcher=web.fetcher, now=lambda: now, sources=SOURCES, **asked
    )


def told(run):
    return sorted((event.kind, event.company) for event in run.fresh)


def test_everything_is_told_once_with_its_sources_and_quotes(web, store):
    run = look(web, store)
    assert told(run) == [
        ("executive departure", "sheep"), ("funding", "sheep"), ("job posted", "sheep"), ("job posted", "sheep"),
        ("new executive", "sheep"),
    ]  # fmt: skip
    assert run.entered == ("sheep", "goats")
    every = {s.event.kind: s.event for s in pipeline.inbox(store)[0]}
    funding = every["funding"]
    assert set(funding.sources) == {"SEC Form D", "Sheep news"}
    assert len(funding.mentions) == 3, "a notice, its amendment and a headline are one event"
    assert str(funding.happened_on) == "2026-02-10", "the filing's day comes before a headline's"
    with open_store(store, PAGES, WATCH) as opened:
        for event in every.values():
            assert not event.best.quote or keeping.holds(opened, event.best.sha256, event.best.quote), event.best


def test_unknown_board_empty_board_and_failed_fetch_are_three_answers(web, store):
    states = {}
    for board, reply in (("goats", None), ("empty", jobs()), ("down", Reply("", 500)), ("html", "<h1>hi</h1>")):
        web.companies.write_text(f"id,name,domain,boards\n{board},X,,greenhouse:{board}\n")
        if reply is not None:
            web.set(f"/boards/{board}", reply)
        run = pipeline.watch(
            web.companies, store, settings=web.settings, fetcher=web.fetcher, now=lambda: DAY, sources=("boards",)
        )
        states[board] = next(line["state"] for line in run.log)
    assert states == {"goats": "unknown", "empty": "empty", "down": "failed", "html": "failed"}


def test_reading_again_changes_nothing_and_what_is_new_is_told_alone(web, store):
    look(web, store)
    before = {s.event.id: s.event for s in pipeline.inbox(store)[0]}
    assert look(web, store, days=0.01).checks == {}, "nothing is due"
    assert told(look(web, store, days=4)) == []
    web.set("/boards/sheep", jobs("SDR, North", "Shepherd", "Head of Wool", posted="2021-04-27T10:00:00Z"))
    web.set("/feed", feed(("d", "Counting Sheep opens office in Lyon", "Fri, 06 Mar 2026 08:00:00 GMT")))
    web.set(
        "/sheep.example/pricing",
        "<title>Pricing</title><h1>Plans</h1><p>Gold is new.<p>Silver is new.<p>Call us.<p>Now.",
    )
    run = look(web, store, days=8)
    assert told(run) == [("expansion", "sheep"), ("job posted", "sheep"), ("site change", "sheep")]
    posted = next(event for event in run.fresh if event.kind == "job posted")
    assert posted.summary == "Head of Wool"
    assert posted.happened_on is None, "an old date on a new number is no posting of 2021, nor one of today"
    assert posted.when == "its day is not known (between 2026-03-06 and 2026-03-10)"
    after = {s.event.id: s.event for s in pipeline.inbox(store, state="all")[0]}
    assert {name: after[name] for name in before} == before, "ids and events stay as they were"


def test_of_an_address_that_was_added_the_day_is_not_known(web, store):
    web.set("/sheep.example/contact", f"<title>Contact</title>{WORDS}<p>1 Mill Road, Hull HU1 1TL</p>")
    web.set("/sheep.example/", f"<title>Counting Sheep</title>{WORDS}<a href='/sheep.example/contact'>Contact</a>")
    look(web, store)
    added = "<p>1 Mill Road, Hull HU1 1TL</p><p>9 Dock Street, Leeds LS2 7EQ</p>"
    web.set("/sheep.example/contact", f"<title>Contact</title>{WORDS}{added}")
    (event,) = (one for one in look(web, store, days=4).fresh if one.kind == "location added")
    assert (event.happened_on, str(event.first_seen_at.date())) == (None, "2026-03-06")
    assert event.when == "its day is not known (between 2026-03-02 and 2026-03-06)"
    told = next(one for one in pipeline.inbox(store)[0] if one.event.id == event.id)
    shown = Console(width=200, file=StringIO())
    shown.print(words_of_watching.of_inbox([told], {}))
    assert f"{event.when}, seen 2026-03-06" in shown.file.getvalue()
    assert event.when in news_of(told).line


def test_a_closed_board_tells_that_hiring_stopped_and_a_failing_one_tells_nothing(web, store):
    web.set("/boards/sheep", jobs(*(f"Role {n}" for n in range(6))))
    look(web, store)
    web.set("/boards/sheep", Reply("", 503))
    assert not [k for k, _ in told(look(web, store, days=30)) if k.startswith("hiring")]
    web.set("/boards/sheep", jobs())
    assert ("hiring stopped", "sheep") in told(look(web, store, days=45))


def test_a_source_that_fails_is_asked_later_and_later(web, store):
    web.set("/boards/sheep", Reply("", 500))
    look(web, store)
    with open_store(store, PAGES, WATCH) as opened:
        waits = []
        for _ in range(3):
            with opened.transaction("x", writes=False) as c:
                row = c.execute(
                    watch_tables.CHECKS.select().where(
                        watch_tables.CHECKS.c.company == "sheep", watch_tables.CHECKS.c.source == "boards"
                    )
                ).one()
            waits.append(row.due_at - row.checked_at)
            look(web, store, days=(row.due_at - DAY).total_seconds() / 86_400 + 0.001)
    assert waits == [timedelta(days=2), timedelta(days=4), timedelta(days=7)]


def test_recruiters_and_names_are_not_kept(web, store):
    look(web, store)
    kept = json.dumps([pipeline.event_as_json(s.event) for s in pipeline.inbox(store)[0]])
    for name in ("Pat Doe", "pat@sheep.example", "Dana Roe", "Jo Bloggs"):
        assert name not in kept
    assert "chief revenue officer" in kept
    web.settings["names"] = True
    web.set(
        "/feed", feed(("z", "Counting Sheep names Kim Poe as chief financial officer", "Sat, 07 Mar 2026 08:00:00 GMT"))
    )
    look(web, store, days=6)
    assert "Kim Poe" in json.dumps([pipeline.event_as_json(s.event) for s in pipeline.inbox(store)[0]])
    assert pipeline.erase(store, "Kim Poe") >= 2, "the event and the page that told it"
    left = json.dumps([pipeline.event_as_json(s.event) for s in pipeline.inbox(store)[0]])
    assert "Kim Poe" not in left
    assert "chief financial officer" in left
    web.set("/feed", feed(("y", "Counting Sheep welcomes Kim Poe as its CFO", "Sun, 08 Mar 2026 08:00:00 GMT")))
    look(web, store, days=7)
    again = json.dumps([pipeline.event_as_json(s.event) for s in pipeline.inbox(store)[0]])
    assert "Kim Poe" not in again, "whoever was erased stays out"
    with open_store(store, PAGES, WATCH) as opened, opened.transaction("x", writes=False) as connection:
        kept = connection.execute(keeping.BODIES.select()).all()
    for name in ("Kim Poe", "Pat Doe", "pat@sheep.example"):
        assert not [row for row in kept if name in row.text or name.encode() in zlib.decompress(row.body)], name


def test_names_are_kept_for_a_while_only(web, store):
    web.settings |= {"names": True, "names_days": 30}
    look(web, store)
    assert "Jo Bloggs" in json.dumps([pipeline.event_as_json(s.event) for s in pipeline.inbox(store)[0]])
    look(web, store, days=31)
    left = json.dumps([pipeline.event_as_json(s.event) for s in pipeline.inbox(store)[0]])
    assert "Jo Bloggs" not in left
    assert "a new chief revenue officer" in left
    with open_store(store, PAGES, WATCH) as opened, opened.transaction("x", writes=False) as connection:
        lines = [row.words for row in connection.execute(watch_tables.LOG.select())]
        bodies = connection.execute(keeping.BODIES.select()).all()
    kept = [*lines, *(row.text for row in bodies), *(zlib.decompress(row.body).decode() for row in bodies)]
    assert not [words for words in kept if "Jo Bloggs" in words], "nor in the log, nor in the page that told it"


def test_a_person_confirms_corrects_and_dismisses_with_a_reason(web, store):
    look(web, store)
    events = {s.event.kind: s.event for s in pipeline.inbox(store)[0]}
    pipeline.judge(store, events["funding"].id, "confirmed", "saw the announcement")
    pipeline.judge(
        store,
        events["new executive"].id[:10],
        "corrected",
        "it was in January",
        corrected={"happened_on": "2026-01-15"},
    )
    pipeline.judge(store, events["executive departure"].id, "dismissed", "of another company")
    with pytest.raises(InputError, match="needs a reason"):
        pipeline.judge(store, events["funding"].id, "confirmed", " ")
    with pytest.raises(InputError, match="no such event"):
        pipeline.judge(store, "zzz", "confirmed", "x")
    with pytest.raises(InputError, match="nothing is corrected"):
        pipeline.judge(store, events["funding"].id, "corrected", "x")
    seen, right = pipeline.inbox(store, state="all")
    states = {s.event.kind: s.state for s in seen}
    assert states == {
        "funding": "confirmed",
        "new executive": "corrected",
        "executive departure": "dismissed",
        "job posted": "new",
    }
    assert str(next(s for s in seen if s.state == "corrected").as_judged.day) == "2026-01-15"
    assert right == {"SEC 8-K": (0, 1), "SEC Form D": (1, 1), "Sheep news": (2, 2)}


def test_events_of_ones_own_come_from_a_table_or_a_webhook(web, store, tmp_path):
    table = tmp_path / "signals.csv"
    table.write_text(
        "Account,Signal,Date,Title\nCounting Sheep,Product usage,2026-02-28,Ten logins\nNobody,Usage,2026-02-28,x\n"
    )
    run = look(web, store, events=table)
    assert [event.summary for event in run.fresh if event.kind == "product usage"] == ["Ten logins"]
    assert run.strangers == ("Nobody",), "whom nobody watches is told, not swallowed"
    console = Console(file=StringIO(), width=200)
    console.print(words_of_watching.of_run(run, store))
    assert "Events of companies that are not watched were left out: Nobody" in console.file.getvalue()
    assert [s.event.summary for s in pipeline.inbox(store)[0] if s.event.kind == "product usage"] == ["Ten logins"]
    row = {"id": "w1", "company": "sheep", "kind": "intent", "happened_on": "2026-03-01", "summary": "read the prices"}
    assert [pipeline.record_events(store, [row], "site visits", now=DAY) for _ in range(2)] == [1, 0]
    with pytest.raises(InputError, match="needs a company and a kind"):
        pipeline.record_events(store, [{"company": "sheep"}], "site visits")
    for name in ("export-03-02.csv", "export-03-03.csv"):
        (tmp_path / name).write_text("id,company,kind,date,title\n7,sheep,intent,2026-03-01,searched for us\n")
    first, again = (look(web, store, events=tmp_path / name) for name in ("export-03-02.csv", "export-03-03.csv"))
    assert [event.summary for event in first.fresh if event.kind == "intent"] == ["searched for us"]
    assert not [event for event in again.fresh if event.kind == "intent"], (
        "a row is known by its id in another file too"
    )


def test_whoever_enters_is_announced_once_and_whoever_is_gone_leaves(web, store):
    assert look(web, store).entered == ("sheep", "goats")
    assert look(web, store, days=1).entered == ()
    web.companies.write_text("id,name,domain\nsheep,Counting Sheep,sheep.example\n")
    look(web, store, days=2)
    with open_store(store, PAGES, WATCH) as opened:
        assert [one.company for one in claims.watched_companies(opened)] == ["sheep"]


def test_stale_events_leave_by_themselves(web, store):
    look(web, store)
    run = look(web, store, days=200)
    assert len(run.left) == 5
    assert pipeline.inbox(store)[0] == [] or all(
        s.event.first_seen_at > DAY + timedelta(days=100) for s in pipeline.inbox(store)[0]
    )
    assert {s.state for s in pipeline.inbox(store, state="left")[0]} == {"left"}


def test_a_clock_that_jumps_back_or_ahead_stops_nothing(web, store):
    look(web, store, days=4_000)
    assert sum(look(web, store).checks.values()) > 0, "checks due in ten years are due"


def test_a_clock_that_goes_back_a_day_and_then_on_a_month_repeats_and_loses_nothing(web, store):
    ids = [event.id for event in look(web, store).fresh]
    web.set("/boards/sheep", jobs("SDR, North", "Shepherd", "Weaver", posted="2026-02-28T10:00:00Z"))
    back = look(web, store, days=-1)
    assert [event.summary for event in back.fresh] == ["Weaver"], (
        "a check of tomorrow is done again, and tells what is new"
    )
    assert look(web, store, days=-1).checks == {}, "once"
    web.set("/boards/sheep", jobs("SDR, North", "Shepherd", "Weaver", "Dyer", posted="2026-02-28T10:00:00Z"))
    on = look(web, store, days=30)
    assert [event.summary for event in on.fresh if event.kind == "job posted"] == ["Dyer"]
    every = [s.event.id for s in pipeline.inbox(store, state="all")[0]]
    assert len(every) == len(set(every))
    assert set(ids) <= set(every)
    with open_store(store, PAGES, WATCH) as opened, opened.transaction("x", writes=False) as connection:
        due = [row.due_at for row in connection.execute(watch_tables.CHECKS.select())]
    assert all(DAY + timedelta(days=30) < one <= DAY + timedelta(days=38) for one in due)


def test_the_commands(web, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    look(web, "watch.db")

    def command(*typed):
        with pytest.raises(SystemExit) as ended:
            main([*typed, "--json"])
        return ended.value.code, json.loads(capsys.readouterr().out)

    code, out = command("inbox", "list")
    assert (code, len(out["events"])) == (0, 5)
    one = next(e for e in out["events"] if e["kind"] == "funding")
    assert command("inbox", "confirm", one["id"][:8], "--because", "seen")[1]["state"] == "confirmed"
    assert (
        command("inbox", "correct", one["id"][:8], "--because", "no", "--set", "happened_on=2026-02-09")[1][
            "happened_on"
        ]
        == "2026-02-09"
    )
    assert command("inbox", "burn", "x")[0] == 2
    assert command("erase", "Nobody There")[1] == {"erased": 0}
    code, out = command("watch", "companies.csv", "--source", "nothing")
    assert (code, "no such source" in out["errors"][0]["what"]) == (2, True)


def test_past_runs_can_be_read_by_a_person(web, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)

    def command(*typed):
        with pytest.raises(SystemExit) as ended:
            main([*typed])
        return ended.value.code, capsys.readouterr()

    assert "nothing was watched yet" in command("watch", "--log", "all")[1].err
    look(web, "watch.db")
    web.set("/boards/sheep", Reply("", 500))
    look(web, "watch.db", days=2)
    with open_store("watch.db", PAGES, WATCH) as opened:
        killed = claims.begin_run(opened, DAY + timedelta(days=3))
    code, said = command("watch", "--log", "all")
    assert code == 0
    rows = [line.split() for line in said.out.splitlines() if line.strip()[:1].isdigit()]
    assert [row[0] for row in rows] == [str(killed), "2", "1"], "newest first"
    assert "not ended" in said.out
    code, said = command("watch", "--log", "2")
    assert "sheep, boards: failed: greenhouse:sheep: " in said.out
    values = json.loads(command("watch", "--log", "1", "--json")[1].out)
    assert values["runs"][0]["counts"]["events"] == 5
    assert {line["company"] for line in values["log"]} == {"sheep", "goats"}
    assert "no such run" in command("watch", "--log", "99")[1].err
    assert "this is no run" in command("watch", "--log", "soon")[1].err
    assert "no companies are named" in command("watch")[1].err


WORKER = """
import sys
import zlib
from datetime import UTC, datetime, timedelta
from idealfit.store import open_store
from idealfit.watch.fetching import Fetcher
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH
from idealfit.watch.politeness import Pace
from idealfit.watch.running import Settings, run
from idealfit.watch.sources import chosen
where, address, minutes = sys.argv[1:]
now = datetime(2026, 3, 2, 9, tzinfo=UTC) + timedelta(minutes=int(minutes))
fetcher = Fetcher(private=["127.0.0.1"], pace=Pace(0, 8), paces={})
with open_store(where, PAGES, WATCH) as store:
    print("began", flush=True)
    settings = Settings(addresses={"greenhouse": address}, workers=2)
    told = lambda words, _: print(words, flush=True)
    run(store, fetcher, chosen(["boards"]), settings, (), now=lambda: now, progress=told)
"""


@pytest.mark.parametrize("kill_after", [4])
def test_a_run_that_is_killed_loses_no_event_and_repeats_none(store, kill_after):
    companies = [watch_tables.Watched(f"c{n}", f"C {n}", "", {"boards": [f"greenhouse:c{n}"]}) for n in range(12)]
    with open_store(store, PAGES, WATCH) as opened:
        claims.enter(opened, companies, {"boards": timedelta(days=1)}, DAY)
    replies = {f"/boards/c{n}": jobs(f"Role {n}", f"Other {n}") for n in range(12)}
    with web_server(replies) as server:
        address = f"{server.address}/boards/{{company}}"
        typed = [sys.executable, "-c", WORKER, store, address]
        worker = subprocess.Popen([*typed, "0"], stdout=subprocess.PIPE, text=True)
        for _ in range(kill_after):
            worker.stdout.readline()
        worker.kill()
        worker.wait()
        worker.stdout.close()
        subprocess.run([*typed, "11"], check=True, stdout=subprocess.DEVNULL)  # the lease has run out
    with open_store(store, PAGES, WATCH) as opened:
        seen = told_events.seen(opened)
        with opened.transaction("x", writes=False) as connection:
            lines = connection.execute(watch_tables.LOG.select()).all()
    assert sorted(s.event.summary for s in seen) == sorted(
        f"{word} {n}" for n in range(12) for word in ("Role", "Other")
    )
    assert all(len(s.event.mentions) == 1 for s in seen)
    assert sorted(line.company for line in lines) == sorted(c.company for c in companies), (
        "each check was written down once"
    )
