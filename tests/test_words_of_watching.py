"""What a person reads of watching: runs, the inbox, the shortlist, the brief, and what a site says of itself."""

from __future__ import annotations

import pytest

from idealfit import pipeline
from idealfit.briefs.one_page import one_page
from idealfit.briefs.writing import as_markdown, brief
from idealfit.cli.running import main
from idealfit.pipeline.alerting import alert
from idealfit.shortlist import shortlist
from idealfit.watch.feeds import feeds_of
from idealfit.watch.proofs import places_proof
from idealfit.watch.questions import understand
from idealfit.watch.sites import read_files
from idealfit.watch.timing import timing
from test_timing import TODAY, profile, rows, seen, trigger
from watched_world import DAY, feed, world

FEED = '<link rel="alternate" type="application/rss+xml" href="feed.xml">'


def test_feeds_start_from_the_base_that_a_page_names():
    assert feeds_of(f"<base href='/news/'>{FEED}", "https://a.example/x") == ("https://a.example/news/feed.xml",)
    assert feeds_of(f"<base target=_top href=//b.example/>{FEED}", "https://a.example/") == (
        "https://b.example/feed.xml",
    )
    assert feeds_of(f"<base href='http://[x'>{FEED}", "https://a.example/") == ("https://a.example/feed.xml",)
    assert feeds_of(FEED.replace("feed.xml", "http://[x"), "https://a.example/") == ()


def test_what_speaks_against_calling_stands_in_the_shortlist_and_in_the_brief():
    triggers = (trigger("funding", 5), trigger("layoffs", -2))
    events = [seen("funding", 3, quote="layoffs none"), seen("layoffs", 1)]
    given = profile(*triggers)
    moment = timing("acme", triggers, events, TODAY)
    row = shortlist(given, rows()[:1], {"acme": moment}).rows[0]
    assert "layoffs" not in row.why_now
    assert row.against.startswith(f"layoffs: {events[1].event.summary} (-1.9 today, 1 day ago)")
    told = brief(given, row, moment, events, TODAY)
    assert any(line.text.startswith("Against calling now: Layoffs") for line in told.parts["now"])


def test_lines_to_say_are_for_the_one_who_is_called_and_no_source_is_cut():
    triggers = (trigger("funding", 5),)
    given = profile(*triggers)
    event = seen("funding", 3)
    moment = timing("acme", triggers, [event], TODAY)
    row = shortlist(given, rows()[:1], {"acme": moment}).rows[0]
    told = one_page(brief(given, row, moment, [event], TODAY))
    why = triggers[0].why
    assert not why or why not in told.parts["say"][0].text
    assert "…" not in as_markdown(told)


@pytest.fixture
def site(tmp_path):
    def made(text):
        (tmp_path / "contact.html").write_text(f"<title>Contact</title><p>{text}</p><p>{'Call us or write. ' * 40}</p>")
        return read_files(tmp_path)

    return made


def asked(criterion, read):
    return places_proof(understand(criterion), read)


def test_what_a_company_says_of_its_branches_proves_more_than(site):
    told = asked("has more than 3 locations", site("We have 48 branches across the north."))
    assert (told.answer, told.quotes[0].text) == ("yes", "We have 48 branches")
    assert asked("has at least 1,000 stores", site("Today we operate over 1,200 stores")).answer == "yes"


@pytest.mark.parametrize(
    ("criterion", "text"),
    [
        ("has more than 50 locations", "We have 48 branches."),
        ("has more than 3 offices", "We have 48 branches."),
        ("has exactly 48 branches", "We have 48 branches."),
        ("has more than 3 locations", "We serve 48 hotels."),
        ("has more than 3 locations", "We have customers with 48 branches."),
        ("has more than 3 locations", "Our customer said: they have 48 branches."),
    ],
)
def test_no_other_number_proves_it(site, criterion, text):
    assert asked(criterion, site(text)).answer != "yes"


def test_a_run_names_what_is_not_there_and_days_that_are_not_known(tmp_path, capsys, monkeypatch):
    from idealfit.cli.words_of_watching import of_inbox, of_run

    with world(tmp_path) as web:
        web.set("/feed", feed(("f", "Counting Sheep opens office in Lyon", "Fri, 27 Feb 2099 08:00:00 GMT")))
        store = tmp_path / "watch.db"
        run = pipeline.watch(
            web.companies, store, settings=web.settings, fetcher=web.fetcher, now=lambda: DAY,
            sources=("feeds", "boards"),
        )  # fmt: skip
    words = said(of_run(run, "watch.db"), capsys)
    assert "(its day is not known (the feed says 2099-02-27, which is yet to come), Sheep news)" in words
    assert "What is not there" in words
    assert "goats, boards: " in words
    events, right = pipeline.inbox(store)
    assert "the feed says 2099-02-27, which is yet to come" in said(of_inbox(events, right), capsys)


def said(shown, capsys):
    from rich.console import Console

    Console(width=200).print(shown)
    return capsys.readouterr().out


def test_an_address_that_is_refused_does_not_hide_what_the_run_did(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "none.csv").write_text("id,name\nacme,Acme\n")
    (tmp_path / "events.csv").write_text("company,kind\nacme,funding\n")
    given = ["watch", "none.csv", "--events", "events.csv", "--source", "boards", "--slack", "http://127.0.0.1:9/x"]
    with pytest.raises(SystemExit) as ended:
        main(given)
    told = capsys.readouterr()
    assert ended.value.code == 2
    assert "1 check\n" in told.out
    assert "this address leads to this machine" in told.err
    sent = alert(tmp_path / "watch.db", slack="http://127.0.0.1:9/x", loopback=True)[0]
    assert len(sent.failed) == 1, "what was refused before it was sent is still to be told"


def test_an_inbox_says_which_states_there_are(tmp_path):
    with pytest.raises(Exception, match=r"no such state, found 'nonsense'\. Allowed: new, confirmed"):
        pipeline.inbox(tmp_path / "watch.db", state="nonsense")


def test_what_a_company_is_worth_is_said_briefly_in_the_list_and_whole_in_the_brief():
    triggers, event = (trigger("funding", 5),), seen("funding", 3)
    moment = timing("acme", triggers, [event], TODAY)
    row = shortlist(profile(*triggers), rows()[:1], {"acme": moment}).rows[0]
    assert "half-life" not in row.why_now
    (line,) = brief(profile(*triggers), row, moment, [event], TODAY).parts["now"]
    assert "half-life" in line.source
