"""Timing by hand and by laws; the grid; a brief whose every line has its source; alerts that are never sent twice."""

from __future__ import annotations

import json
import re
import subprocess
import threading
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from shutil import which

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit import pipeline
from idealfit.briefs.one_page import one_page
from idealfit.briefs.writing import HEADINGS, Line, as_html, as_markdown, brief
from idealfit.profile.document import Criterion, Estimate, Narrative, Profile, Slot, Test, Tier, Trigger
from idealfit.profile.sections import Role, Voice
from idealfit.shortlist import shortlist
from idealfit.store import open_store
from idealfit.watch import claims, sending
from idealfit.watch.events import Event
from idealfit.watch.keeping import PAGES
from idealfit.watch.mentions import Mention
from idealfit.watch.timing import fits, same_kind, stale, timing
from idealfit.watch.told_events import Judgement, Seen
from idealfit.watch.watch_tables import WATCH, Watched
from web_servers import web_server

TODAY = date(2026, 3, 1)
NOW = datetime(2026, 3, 1, 9, tzinfo=UTC)
GAP = Slot(text="?", source="open question")


def trigger(kind: str, weight: int, half: float = 30, window: tuple[int, int] = (0, 180)) -> Trigger:
    return Trigger(
        kind=kind, weight=weight, half_life_days=Estimate(value=half), window_days=window, why=f"{kind} matters."
    )


def profile(*triggers: Trigger, **more) -> Profile:
    base = {
        "name": "P",
        "verdict": "written by hand",
        "triggers": triggers,
        "narrative": Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP),
        "criteria": (
            Criterion(
                attribute="beds",
                layer="firmographic",
                test=Test(at_least=50),
                points=3,
                how_we_help="We staff wards.",
                verify="their site",
            ),
        ),
        "tiers": (Tier(name="A", at_least=60, action="Call."), Tier(name="B", at_least=0, action="Wait.")),
    }
    return Profile(**{**base, **more})


def seen(kind: str, age: int, judged: str = "", key: str = "", **more) -> Seen:
    told = {"quote": f"{kind} is so", "url": "https://x.example/1", **more}
    mention = Mention(
        "acme", kind, f"{kind} happened", "paper", f"{kind}{age}{key}", NOW, TODAY - timedelta(days=age), **told
    )
    event = Event.of(f"{kind}{age}{key}", [mention])
    said = Judgement(event.id, judged, "because", "", NOW) if judged else None
    return Seen(event, said)


def test_timing_by_hand():
    told = timing("acme", [trigger("funding", 4)], [seen("funding", 30)], TODAY)
    assert told.points == 2.0, "four points, half of them left after a half-life"
    assert told.score == round(100 * (1 - 2 ** (-2 / 3))) == 37
    assert told.events[0].why == "30 days ago; weight +4, 50% left (half-life 30 days, set by a person)"
    both = timing("acme", [trigger("funding", 4)], [seen("funding", 30), seen("funding", 30, key="b")], TODAY)
    assert both.points == 3.0, "the second adds half of what the first left"
    bad = timing(
        "acme", [trigger("funding", 4), trigger("layoffs", -3)], [seen("funding", 0), seen("layoffs", 0)], TODAY
    )
    assert (bad.points, bad.score) == (1.0, 21)
    assert timing("acme", [trigger("layoffs", -3)], [seen("layoffs", 0)], TODAY).score == 0


def test_what_counts_for_nothing():
    triggers = [trigger("funding", 4, window=(10, 60))]
    for one in (
        seen("funding", 5),
        seen("funding", 61),
        seen("funding", -3),
        seen("funding", 20, "dismissed"),
        seen("launch", 20),
    ):
        assert timing("acme", triggers, [one], TODAY).score == 0
    assert "yet to come" in timing("acme", triggers, [seen("funding", -3)], TODAY).ignored[0]


def test_a_trigger_may_want_words_and_people_name_kinds_as_they_like():
    assert fits("job posted: data engineer", "job posted", "Senior Data Engineer")
    assert not fits("job posted: data engineer", "job posted", "Data Analyst")
    assert fits("Funding_Round", "funding", "x")
    assert same_kind("Hiring") == "job posted"


@given(st.lists(st.integers(0, 179), min_size=1, max_size=12), st.integers(1, 5), st.integers(1, 20))
@settings(max_examples=80, deadline=None)
def test_laws_of_timing(ages, weight, later):
    triggers = [trigger("funding", weight)]
    events = [seen("funding", age, key=str(n)) for n, age in enumerate(ages)]
    told = timing("acme", triggers, events, TODAY)
    assert 0 <= told.points <= weight + 0.01, "it saturates"
    assert sum(w.points for w in told.events) == pytest.approx(told.points, abs=0.05), "it explains itself"
    assert timing("acme", triggers, events[::-1], TODAY).points == told.points
    aged = timing("acme", triggers, events, TODAY + timedelta(days=later))
    assert aged.points <= told.points, "it only fades"


def test_stale_events_leave():
    gone = stale(
        [trigger("funding", 4, window=(0, 90))], [seen("funding", 91), seen("funding", 10), seen("other", 91)], TODAY
    )
    assert set(gone) == {"funding91", "other91"}


def rows():
    base = {
        "fit_low": 0,
        "fit_high": 100,
        "win_rate": None,
        "against": "",
        "unknown": "",
        "reasons": "beds at least 50 (+3)",
    }
    return [
        {**base, "id": "acme", "fit": 100, "tier": "A"},
        {**base, "id": "brix", "fit": 100, "tier": "A"},
        {**base, "id": "cole", "fit": 20, "tier": "B"},
        {**base, "id": "dent", "fit": 0, "tier": "disqualified", "against": "closed"},
    ]


def test_fit_and_timing_stand_side_by_side_and_timing_never_changes_fit():
    triggers = (trigger("funding", 5),)
    moments = {name: timing(name, triggers, [seen("funding", 0)], TODAY) for name in ("brix", "cole", "dent")}
    found = shortlist(profile(*triggers), rows(), moments)
    assert [(r.company, r.place, r.fit) for r in found.rows] == [
        ("brix", "A1", 100),
        ("cole", "B1", 20),
        ("acme", "A3", 100),
    ]
    assert found.grid["A1"] == 1
    assert found.left_out == {"dent": "disqualified: closed"}
    assert [r.company for r in shortlist(profile(*triggers), rows(), moments, least="A2").rows] == ["brix", "cole"]
    without = shortlist(profile(), rows(), {})
    assert {r.company: r.fit for r in found.rows} == {r.company: r.fit for r in without.rows}


def made(**more):
    voice = (Voice(slot="pain", phrase="short of nurses"), Voice(slot="objection", phrase="we have an agency"))
    given_profile = profile(trigger("funding", 5), voice=voice, committee=(Role(role="Head nurse"),), **more)
    one = seen("funding", 3, quote="<script>alert(1)</script> *raised*", url="javascript:alert(1)")
    moment = timing("acme", given_profile.triggers, [one], TODAY)
    row = shortlist(given_profile, rows()[:1], {"acme": moment}).rows[0]
    return brief(given_profile, row, moment, [one], TODAY)


def test_every_line_of_a_brief_has_its_source():
    told = made()
    assert set(told.parts) == {"fit", "now", "pain", "who", "say", "objections", "unknown"}
    assert all(line.source for lines in told.parts.values() for line in lines)
    assert "half-life 30 days" in told.parts["now"][0].source
    assert told.parts["who"][0].text == "Head nurse"
    assert any("nobody has confirmed" in line.source for line in told.parts["unknown"])
    assert json.dumps(told.as_json())


def test_pages_carry_no_markup_of_others():
    html, markdown = as_html(made()), as_markdown(made())
    assert "<script>" not in html
    assert "javascript:" not in html
    assert "javascript:" not in markdown
    assert r"\*raised\*" in markdown
    for heading in ("Why this company", "Why now", "Who to reach", "What is not known"):
        assert heading in html
        assert f"## {heading}" in markdown
    assert len(html) < 12_000


def test_without_events_the_brief_says_that_there_is_no_reason_today():
    row = shortlist(profile(), rows()[:1], {}).rows[0]
    told = brief(profile(), row, None, [], TODAY)
    assert told.parts["now"] == ()
    assert any("a reason to call today" in line.text for line in told.parts["unknown"])


@pytest.fixture
def kept(tmp_path):
    where = str(tmp_path / "w.db")
    with open_store(where, PAGES, WATCH) as store:
        claims.enter(store, [Watched("acme", "Acme")], {}, NOW)
    pipeline.record_events(
        where, [{"id": "1", "company": "acme", "kind": "funding", "summary": "raised <!channel>"}], "t", now=NOW
    )
    return where


def test_alerts_are_never_sent_twice(kept, monkeypatch):
    monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", "a secret of sixteen letters and more")
    bodies: list[bytes] = []
    with post_server(bodies) as address:
        asked = {"slack": f"{address}/slack", "webhook": f"{address}/hook", "loopback": True, "now": NOW}
        first = pipeline.alert(kept, **asked)
        assert [len(one.sent) for one in first] == [1, 1]
        assert [len(one.sent) for one in pipeline.alert(kept, **asked)] == [0, 0]
        assert len(bodies) == 2
        slack = next(body for body in map(json.loads, bodies) if "text" in body)
        assert "<!channel>" not in slack["text"]
        row = {"id": "2", "company": "acme", "kind": "launch", "summary": "Atlas"}
        pipeline.record_events(kept, [row], "t", now=NOW)
        assert [len(one.sent) for one in pipeline.alert(kept, **asked)] == [1, 1]


def test_what_a_place_did_not_take_is_tried_again(kept, monkeypatch):
    monkeypatch.setattr("time.sleep", lambda _: None)
    with web_server({}) as server:
        (one,) = pipeline.alert(kept, slack=f"{server.address}/none", loopback=True, now=NOW)
    assert (one.sent, len(one.failed)) == ((), 1)
    bodies: list[bytes] = []
    with post_server(bodies) as address:
        assert len(pipeline.alert(kept, slack=f"{address}/none", loopback=True, now=NOW)[0].sent) == 1


def test_a_slack_that_is_busy_or_broken_is_told_later_and_once(kept, monkeypatch, caplog, capsys):
    monkeypatch.setattr("time.sleep", lambda _: None)
    bodies: list[bytes] = []
    status = [429]
    with post_server(bodies, status) as address:
        told = []
        for answers in (429, 500, 200, 200):
            status[0] = answers
            (one,) = pipeline.alert(kept, slack=f"{address}/T1/B2/secret", loopback=True, now=NOW)
            told.append((len(one.sent), len(one.failed)))
            assert "secret" not in str(one.as_json()) + caplog.text + "".join(capsys.readouterr())
    assert told == [(0, 1), (0, 1), (1, 0), (0, 0)]
    assert {tuple(json.loads(body)) for body in bodies} == {("text",)}
    assert not list(Path(kept).parent.glob("*parked*")), "what is told again is parked nowhere"


def test_a_claim_that_was_never_confirmed(kept, monkeypatch):
    """Killed between sending and writing it down: a webhook is told again under the same id, a chat is not."""
    monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", "a secret of sixteen letters and more")
    monkeypatch.setattr(sending, "mark_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
    bodies: list[bytes] = []
    with post_server(bodies) as address:
        for place in ("slack", "webhook"):
            with pytest.raises(KeyboardInterrupt):
                pipeline.alert(kept, **{place: f"{address}/{place}"}, loopback=True, now=NOW)
        monkeypatch.undo()
        monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", "a secret of sixteen letters and more")
        later = NOW + timedelta(hours=1)
        hook, chat = pipeline.alert(
            kept, slack=f"{address}/slack", webhook=f"{address}/webhook", loopback=True, now=later
        )
    assert (len(hook.sent), chat.sent, len(chat.uncertain)) == (1, (), 1)
    assert len(bodies) == 3


def test_whoever_enters_later_is_told_once_to_each_place(kept, monkeypatch):
    monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", "a secret of sixteen letters and more")
    bodies: list[bytes] = []
    received: list[str] = []
    with post_server(bodies) as address, mail_server(received) as place:
        monkeypatch.setenv("IDEALFIT_SMTP", place)
        asked = {"webhook": f"{address}/hook", "slack": f"{address}/slack", "mail": "rep@example.com", "loopback": True}
        pipeline.alert(kept, **asked, now=NOW)
        assert not [b for b in bodies if b"brix" in b], "the list that one starts with is no news"
        with open_store(kept, PAGES, WATCH) as store:
            claims.enter(store, [Watched("acme"), Watched("brix", "Brix", tier="A")], {}, NOW + timedelta(days=1))
        for _ in range(2):
            pipeline.alert(kept, **asked, now=NOW + timedelta(days=1))
        hook, slack = sorted((json.loads(b) for b in bodies if b"brix" in b), key=lambda told: "text" in told)
        assert hook["data"]["company"] == "brix"
        assert slack["text"] == "brix: fits the profile now, tier A"
        assert "Subject: 1 new company" in received[-1]
        assert len(received) == 2
        with open_store(kept, PAGES, WATCH) as store:  # out, and in again: news once more
            claims.enter(store, [Watched("acme")], {}, NOW + timedelta(days=2))
            claims.enter(store, [Watched("acme"), Watched("brix", "Brix")], {}, NOW + timedelta(days=3))
        assert [len(one.sent) for one in pipeline.alert(kept, **asked, now=NOW + timedelta(days=3))] == [1, 1, 1]


def test_a_digest_goes_out_by_mail(kept, monkeypatch):
    received: list[str] = []
    with mail_server(received) as place:
        monkeypatch.setenv("IDEALFIT_SMTP", place)
        assert len(pipeline.alert(kept, mail="rep@example.com", now=NOW)[0].sent) == 1
        assert pipeline.alert(kept, mail="rep@example.com", now=NOW)[0].sent == ()
    assert "Subject: 1 new event at companies you watch" in received[0]
    assert "funding: raised" in received[0]


def post_server(bodies, status=(200,)):
    from contextlib import contextmanager
    from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_): ...

        def do_POST(self):
            bodies.append(self.rfile.read(int(self.headers["content-length"])))
            self.send_response(status[0])
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

    @contextmanager
    def running():
        server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()

    return running()


def mail_server(received):
    import socket
    from contextlib import contextmanager

    def serve(listening):
        while True:
            try:
                connection, _ = listening.accept()
            except OSError:
                return
            with connection, connection.makefile("rwb") as talk:

                def say(line):
                    talk.write(line.encode() + b"\r\n")
                    talk.flush()

                say("220 mail")
                lines: list[str] = []
                inside = False
                for raw in talk:
                    line = raw.decode().rstrip("\r\n")
                    if inside:
                        if line == ".":
                            inside = False
                            received.append("\n".join(lines))
                            say("250 ok")
                        else:
                            lines.append(line)
                    elif line.upper().startswith("DATA"):
                        inside = True
                        say("354 go on")
                    elif line.upper().startswith("QUIT"):
                        say("221 bye")
                        break
                    else:
                        say("250 ok")

    @contextmanager
    def running():
        with socket.create_server(("127.0.0.1", 0)) as listening:
            threading.Thread(target=serve, args=(listening,), daemon=True).start()
            yield f"127.0.0.1:{listening.getsockname()[1]}"

    return running()


def crowded(text, source, lines=8):
    told = tuple(Line(text, source, "as they say " * 40, "https://news.example/" + "a" * 90) for _ in range(lines))
    return replace(made(), parts=dict.fromkeys(HEADINGS, told), name="Acme " * 12, action="Call them. " * 8)


@pytest.mark.parametrize("text", ["a rather long line " * 60, "資金調達" * 200, "short"])
def test_a_brief_is_one_page_with_a_line_of_every_part(text):
    whole = crowded(text, "a source, 03 March 2026; " * 30)
    told = one_page(whole)
    assert all(told.parts[name] for name in HEADINGS), "every part keeps its most important line"
    assert told.left_out == sum(map(len, whole.parts.values())) - sum(map(len, told.parts.values())) > 0
    assert f"{told.left_out} more lines in the full brief" in as_html(told)
    assert all(name.startswith(told.parts["now"][0].text.rstrip("…")) for name in [text])


def test_lines_of_a_sheet_are_whole_sentences():
    said = " ".join(f"This is sentence number {n}, which says one thing." for n in range(14))
    source = "; ".join(f"weighed in manner {n}" for n in range(20))
    whole = crowded(said, source)
    told = one_page(whole)
    for name, lines in told.parts.items():
        assert lines
        assert lines[0].text.endswith("thing."), name
        assert said.startswith(lines[0].text)
        assert source.startswith(lines[0].source)
        assert lines[0].source[-1].isdigit()
        assert all(line in whole.parts[name] for line in lines[1:]), "later lines are whole or left out"


def test_a_brief_that_fits_loses_nothing():
    assert one_page(made()).parts == made().parts
    assert "full brief" not in as_html(one_page(made())) + as_markdown(one_page(made()))


@pytest.mark.skipif(not which("chromium"), reason="no browser here to print with")
@pytest.mark.parametrize("text", ["a rather long line " * 60, "資金調達" * 200, "short"])
def test_it_prints_on_one_sheet(text, tmp_path):
    page, sheet = tmp_path / "brief.html", tmp_path / "brief.pdf"
    page.write_text(as_html(one_page(crowded(text, "a source, 03 March 2026; " * 30))), encoding="utf-8")
    subprocess.run(
        ["chromium", "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={sheet}", page.as_uri()],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    assert len(re.findall(rb"/Type\s*/Page\b", sheet.read_bytes())) == 1
