"""Where a company's traces are, as its row names them or its own pages lead to them, and what the log says of them."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest

from idealfit import pipeline
from idealfit.store import open_store
from idealfit.watch import keeping
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH
from watched_world import DAY, FORM_D, WORDS, world
from web_servers import Reply


@pytest.fixture
def web(tmp_path):
    with world(tmp_path) as made:
        yield made


@pytest.fixture
def store(tmp_path):
    return str(tmp_path / "watch.db")


def look(web, store, *sources: str, days: float = 0):
    now = DAY + timedelta(days=days)
    return pipeline.watch(
        web.companies, store, settings=web.settings, fetcher=web.fetcher, now=lambda: now, sources=sources
    )


def test_postings_that_a_careers_page_declares_itself(web, store):
    def posting(number: int, day: str) -> str:
        held = {"@type": "JobPosting", "title": f"SDR {number}", "datePosted": day, "hiringOrganization": {"name": "x"}}
        return f'<h1>SDR {number}</h1>{WORDS}<script type="application/ld+json">{json.dumps(held)}</script>'

    host, base = web.server.address, "/goats.example/karriere"
    web.companies.write_text("id,name,domain\ngoats,Goats United,goats.example\n")
    web.set("/goats.example/", f"<title>Goats</title>{WORDS}<a href='{base}'>Karriere</a>")
    links = "".join(f"<a href='{base}/{name}'>{name}</a>" for name in ("1", "2", "benefits"))
    web.set(base, f"<title>Karriere</title>{WORDS}{links}")
    web.set(f"{base}/1", posting(1, "2026-02-20"))
    web.set(f"{base}/2", posting(2, "2021-04-27"))
    web.set(f"{base}/benefits", f"<title>Benefits</title>{WORDS}")
    (first,) = look(web, store, "boards").fresh
    assert (first.summary, first.sources, first.happened_on) == ("SDR 1", ("careers page",), date(2026, 2, 20))
    assert first.best.url == f"{host}{base}/1"
    with open_store(store, PAGES, WATCH) as opened:
        assert keeping.holds(opened, first.best.sha256, first.best.quote)
    asked = len(web.server.asked)
    web.set(base, f"<title>Karriere</title>{WORDS}{links}<a href='{base}/3'>3</a>")
    web.set(f"{base}/3", posting(3, "2026-03-03"))
    (new,) = look(web, store, "boards", days=2).fresh
    assert new.summary == "SDR 3"
    again = [path for path, _ in web.server.asked[asked:]]
    assert f"{base}/1" not in again, "a posting that is known is not fetched again"
    web.set(base, Reply("<h1>oops</h1>", 500))
    assert look(web, store, "boards", days=4).checks == {"failed": 1}


def test_a_home_page_that_fails_is_no_company_without_a_board(web, store):
    web.companies.write_text("id,name,domain\ngoats,Goats United,goats.example\n")
    web.set("/goats.example/", Reply("<h1>oops</h1>", 500))
    run = look(web, store, "boards")
    assert [line["words"] for line in run.log if line["state"] == "failed"] == ["the home page: server error"]


def test_traces_are_read_as_they_are_written_and_a_board_that_is_none_is_told(web, store):
    web.companies.write_text(
        "id,name,boards,cik\nsheep,Counting Sheep,Greenhouse:sheep,CIK0000000042\n"
        "goats,Goats,grenhouse:goats,0000000043\n"
    )
    run = look(web, store, "boards", "filings")
    said = {(line["company"], line["source"]): (line["state"], line["words"]) for line in run.log}
    assert said["sheep", "boards"][0] == said["sheep", "filings"][0] == "ok"
    state, words = said["goats", "boards"]
    assert (state, words.startswith("grenhouse:goats names no board: write it like greenhouse:acme")) == (
        "unknown",
        True,
    )
    assert said["goats", "filings"][0] == "unknown"


def test_the_log_says_why_a_filing_told_of_nothing(web, store):
    pay = "<p>Item 5.02. Departure of Directors.</p><p>The Committee adopted the 2027 Bonus Plan for its officers.</p>"
    web.set("/archives/42/000000004226000003/k.htm", pay)
    fund = FORM_D.format(form="D", industry="Pooled Investment Fund", amended="false")
    web.set("/archives/42/000000004226000001/primary_doc.xml", fund)
    run = look(web, store, "filings")
    (words,) = [line["words"] for line in run.log if line["company"] == "sheep"]
    assert "8-K of 2026-02-25 tells of pay only" in words
    assert "D of 2026-02-12 is of a fund or property trust" in words
