"""Asking sources again: only what changed is sent, and nothing is lost by not having it sent."""

from __future__ import annotations

import json
from datetime import timedelta
from hashlib import sha256

import pytest
import sqlalchemy as sa

from idealfit import pipeline
from idealfit.store import Schema, open_store
from idealfit.watch import keeping
from idealfit.watch.keeping import PAGES
from watched_world import DAY, FILED, WORDS, feed, jobs, submissions, world
from web_servers import Reply


@pytest.fixture
def web(tmp_path):
    with world(tmp_path) as made:
        yield made


@pytest.fixture(params=["sqlite", "postgres"])
def store(request, tmp_path):
    return str(tmp_path / "watch.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


def look(web, store, source, *, days=0.0):
    now = DAY + timedelta(days=days)
    return pipeline.watch(
        web.companies, store, settings=web.settings, fetcher=web.fetcher, now=lambda: now, sources=(source,)
    )


def tagged(body, **headers):
    """Return a reply that sends its body only to those who do not have it yet."""
    tag = f'"{sha256(body.encode()).hexdigest()[:12]}"'

    def reply(asked):
        if asked.get("if-none-match") == tag:
            return Reply("", 304, {"ETag": tag})
        return Reply(body, 200, {"ETag": tag, **headers})

    return reply


def put(web, path, body, **headers):
    web.server.replies[path] = tagged(body, **headers)


def state(run, company="sheep"):
    return next(line["state"] for line in run.log if line["company"] == company)


def told(run):
    return sorted(f"{event.kind}: {event.summary}" for event in run.fresh)


def test_pages_of_a_site_are_sent_again_only_if_they_changed(web, store):
    home = f"<title>Counting Sheep</title>{WORDS}<a href='/sheep.example/pricing'>Pricing</a>"
    put(web, "/sheep.example/", home)
    put(web, "/sheep.example/pricing", f"<title>Pricing</title>{WORDS}<p>Basic costs 10 a month.</p>")
    look(web, store, "site")
    web.server.asked.clear()
    run = look(web, store, "site", days=4)
    assert [bool(headers.get("if-none-match")) for path, headers in web.server.asked if "sheep.example" in path] == [
        True, True,
    ]  # fmt: skip
    assert told(run) == []
    assert "2 unchanged" in next(line["words"] for line in run.log if line["company"] == "sheep")
    put(
        web, "/sheep.example/pricing", f"<title>Pricing</title>{WORDS}<p>Gold is new.</p><p>Silver too.</p><p>Call.</p>"
    )
    assert told(look(web, store, "site", days=8)) == ["site change: pricing page changed: Gold is new."]
    assert told(look(web, store, "site", days=12)) == []
    web.server.replies["/sheep.example/pricing"] = Reply("no", 404)
    assert told(look(web, store, "site", days=16)) == ["site change: page gone: Pricing"]
    assert told(look(web, store, "site", days=20)) == []


def test_what_came_with_a_page_shows_technologies_and_can_be_shown_again(web, store, tmp_path):
    page = f"<title>Counting Sheep</title>{WORDS}"
    put(web, "/sheep.example/", page)
    look(web, store, "site")
    put(web, "/sheep.example/", page + "<p>x", **{"X-HS-Hub-Id": "42", "Set-Cookie": "_mkto_trk=secret; Path=/"})
    assert told(look(web, store, "site", days=4)) == [
        "technology added: HubSpot added", "technology added: Marketo added",
    ]  # fmt: skip
    with open_store(store, PAGES) as opened:
        kept = keeping.latest(opened, f"{web.server.address}/sheep.example/")
        assert ("set-cookie", "_mkto_trk") in kept.headers, "of a cookie only its name is kept"
    answer = pipeline.verify("uses HubSpot", f"{web.server.address}/sheep.example/", store=store, private=["127.0.0.1"])
    assert (answer.answer, answer.quotes[0].text) == ("yes", "42")


def test_a_database_of_an_earlier_version_gets_the_new_column(tmp_path):
    old = sa.MetaData()
    for table in keeping.TABLES.tables.values():
        sa.Table(table.name, old, *(column.copy() for column in table.columns if column.name != "headers"))
    where = str(tmp_path / "old.db")
    with open_store(where, Schema("pages", old)) as opened, opened.transaction("x") as connection:
        connection.execute(old.tables["page_bodies"].insert().values(sha256="a", body=b"", text=""))
    with open_store(where, PAGES) as opened, opened.transaction("x") as connection:
        assert connection.execute(sa.select(keeping.FETCHES.c.headers)).all() == []


def smart(*names, offset=0, total=3):
    listed = [{"id": name, "name": name, "releasedDate": "2026-02-20T10:00:00.000Z", "location": {}, "company": {}}
              for name in names]  # fmt: skip
    return json.dumps({"offset": offset, "limit": 2, "totalFound": total, "content": listed})


def test_a_first_page_that_did_not_change_hides_no_change_of_the_second(web, store):
    web.companies.write_text("id,name,domain,boards\nsheep,X,,smartrecruiters:sheep\n")
    web.settings["addresses"]["smartrecruiters"] = f"{web.server.address}/sr?company={{company}}&limit=2&offset=0"
    first, second = ("/sr?company=sheep&limit=2&offset=0", "/sr?company=sheep&limit=2&offset=2")
    put(web, first, smart("Shepherd", "Shearer"))
    put(web, second, smart("Weaver", offset=2))
    assert len(look(web, store, "boards").fresh) == 3
    put(web, second, smart("Dyer", offset=2))
    assert told(look(web, store, "boards", days=1.1)) == ["job posted: Dyer"]
    web.server.replies[second] = Reply("", 500)
    put(web, first, smart("Baker", "Shearer"))
    assert state(look(web, store, "boards", days=2.2)) == "failed"
    put(web, second, smart("Dyer", offset=2))
    assert told(look(web, store, "boards", days=5)) == ["job posted: Baker"], "what came with a failed page is not lost"


def test_a_board_that_did_not_change_is_not_sent_again(web, store):
    put(web, "/boards/sheep", jobs("SDR, North"))
    assert state(look(web, store, "boards")) == "ok"
    assert state(look(web, store, "boards", days=1.1)) == "unchanged"
    put(web, "/boards/sheep", "<h1>Down for repairs</h1>")
    assert state(look(web, store, "boards", days=2.2)) == "failed"
    assert state(look(web, store, "boards", days=5)) == "failed", "what could not be read never becomes 'unchanged'"


def test_a_filing_whose_document_failed_is_read_the_next_time(web, store):
    put(web, "/submissions/0000000042", submissions())
    document = next(path for path in web.server.replies if "000000004226000003" in path)
    officers = web.server.replies[document]
    web.server.replies[document] = Reply("", 500)
    assert not [line for line in told(look(web, store, "filings")) if line.startswith("executive")]
    web.server.replies[document] = officers
    assert told(look(web, store, "filings", days=2)) == [
        "executive departure: executive departure: chief financial officer"
    ]
    assert state(look(web, store, "filings", days=4)) == "unchanged"
    assert len(FILED) == 3


def test_a_wire_is_asked_once_for_all_companies_and_tells_of_each(web, store):
    web.settings["wires"] = [f"{web.server.address}/wire"]
    put(web, "/wire", feed(("a", "Counting Sheep opens office in Lyon", "Fri, 27 Feb 2026 08:00:00 GMT"),
                           ("b", "Goats United opens office in Porto", "Fri, 27 Feb 2026 08:00:00 GMT")))  # fmt: skip
    web.companies.write_text("id,name\nsheep,Counting Sheep\ngoats,Goats United\n")
    web.settings["workers"] = 1
    assert told(look(web, store, "feeds")) == [
        "expansion: Counting Sheep opens office in Lyon", "expansion: Goats United opens office in Porto",
    ]  # fmt: skip
    assert web.server.paths().count("/wire") == 1
