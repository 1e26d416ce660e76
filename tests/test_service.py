"""The routing service: what it answers, to whom, and that it answers nothing that its document does not hold."""

from __future__ import annotations

import json
import os
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
import schemathesis
from fastapi.testclient import TestClient
from hypothesis import HealthCheck, given, settings
from schemathesis import checks
from schemathesis.specs.openapi import checks as response_checks
from sqlalchemy.exc import OperationalError

from idealfit.export.webhook import verified
from idealfit.pipeline import inbox, record_events
from idealfit.route.acts import Acts
from idealfit.route.desk import Desk
from idealfit.route.ledger import Writer
from idealfit.route.policy_file import loads
from idealfit.store import open_store
from idealfit.watch.claims import enter
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH, Watched
from idealfit.web import background
from idealfit.web.app import make_app
from idealfit.web.keys import SCOPES, Doorkeeper, make_key, revoke_key
from idealfit.web.serving import SCHEMAS
from receivers import receiver
from routing_sample import POLICY, Clock, lead


@contextmanager
def serving(where, policy=POLICY, scopes=SCOPES, rate=100_000, seconds=time.monotonic):
    with open_store(where, *SCHEMAS) as store:
        desk = Desk(Acts(store, Clock()))
        if policy:
            desk.adopt(loads(policy), actor="test")
        key = make_key(store, "crm", scopes, rate=rate)
        record = lambda rows, source: record_events(store, rows, source)  # noqa: E731
        app = make_app(desk, Doorkeeper(store, seconds), record=record)
        client = TestClient(app, headers={"Authorization": f"Bearer {key}"}, raise_server_exceptions=False)
        client.desk, client.store = desk, store
        yield client


@pytest.fixture
def where(tmp_path):
    return str(tmp_path / "service.db")


@pytest.fixture(params=["sqlite", "postgres"])
def anywhere(request, tmp_path):
    return str(tmp_path / "service.db") if request.param == "sqlite" else request.getfixturevalue("postgres_database")


def test_a_lead_in_and_its_owner_out(anywhere):
    with serving(anywhere) as client:
        answer = client.post("/leads", json={"id": "crm-1", "fields": lead(1)}).json()
        assert (answer["lead"], answer["status"], answer["rule"], answer["new"]) == (
            "crm-1",
            "assigned",
            "full fit",
            True,
        )
        assert client.post("/leads", json={"fields": lead(1)}).json() == answer | {"new": False}
        owner = answer["owner"]
        assert client.post("/leads/crm-1/accept", json={"rep": owner}).json()["status"] == "accepted"
        to = next(rep for rep in ("ana", "ben", "cem") if rep != owner)
        changed = client.post("/leads/crm-1/reassign", json={"to": to, "why": "knows them"}).json()
        assert (changed["owner"], changed["how"]) == (to, f"given to {to} by crm: knows them")
        story = client.get("/leads/crm-1/why").json()
        assert [event["actor"] for event in story["events"]] == ["crm"] * 5
        assert client.get(f"/leads/crm-1/why-not/{owner}").json()["reasons"]
        assert client.get("/leads", params={"owner": to}).json()["leads"] == [changed]
        assert client.post("/next", json={"fields": {"tier": "A"}}).json()["what"].startswith("pool sales")
        assert [entry["kind"] for entry in client.get("/audit").json()["entries"]][:3] == ["policy", "lead", "assigned"]


def test_reps_their_time_and_their_leave(anywhere):
    with serving(anywhere) as client:
        leave = client.post("/reps/ana/leave", json={"first": "2026-11-24", "last": "2026-11-24"}).json()["leave"]
        assert client.post("/reps/ben/pause", json={"why": "onboarding"}).status_code == 204
        said = {rep["rep"]: rep["status"] for rep in client.get("/reps").json()["reps"]}
        assert said == {"ana": "on leave", "ben": "paused (onboarding)", "cem": "in"}
        assert client.delete(f"/reps/ana/leave/{leave}").status_code == 204
        assert client.post("/reps/ben/resume").status_code == 204
        assert client.put("/reps/zoe", json={"zone": "Asia/Tokyo", "can": {"languages": ["ja"]}}).status_code == 204
        assert {rep["status"] for rep in client.get("/reps").json()["reps"]} == {"in", "off hours"}
        wrong = client.put("/reps/zoe", json={"zone": "Mars/Olympus", "hours": {"mon": ["17:00-17:00"]}})
        assert wrong.status_code == 422
        assert len(wrong.json()["mistakes"]) == 2


@pytest.mark.parametrize(
    ("asked", "status", "text"),
    [
        (("POST", "/leads", {"fields": {}}), 422, "a lead with nothing in it"),
        (("POST", "/leads", {"fields": {"a": "x" * 30_000}}), 422, "too long a value"),
        (
            ("POST", "/leads", {"fields": {"a": {"b": 1}}}),
            422,
            '{"mistakes":[{"what":"not a value of a lead","where":"body.f',
        ),
        (("POST", "/leads", {"fields": {"a": 10**400}}), 422, "not a value of a lead"),
        (("POST", "/leads", [1, 2]), 422, "the body is no JSON object"),
        (("PUT", "/reps/zoe", {"hours": {}}), 422, "there are no working hours"),
        (("POST", "/leads", {"fields": {"a": 1}, "extra": 1}), 422, "Extra inputs are not permitted"),
        (("POST", "/leads/nobody/accept", {}), 404, "there is no such lead"),
        (("POST", "/leads/%00/accept", {}), 404, "there is no such lead"),
        (("POST", "/leads/crm-1/merge", {"into": "crm-1"}), 409, "these leads cannot be merged"),
        (("POST", "/reps/ana/leave", {"first": "2026-12-02", "last": "2026-12-01"}), 422, "ends before it begins"),
        (("POST", "/reps/ana/leave", {"first": "0001-01-01", "last": "9999-12-31"}), 422, "far away"),
        (("GET", "/nothing", None), 404, "Not Found"),
        (("PATCH", "/leads", None), 405, "Method Not Allowed"),
    ],
)
def test_refusals_say_what_is_wrong(where, asked, status, text):
    method, path, body = asked
    with serving(where) as client:
        client.post("/leads", json={"id": "crm-1", "fields": lead(1)})
        answer = client.request(method, path, json=body)
        assert (answer.status_code, text in answer.text) == (status, True), answer.text


@pytest.mark.parametrize("body", [b'{"fields": {"a": "\xff"}}', b'{"fields": ' + b"[" * 100_000], ids=["bytes", "deep"])
def test_bodies_that_nobody_can_read_are_said_to_be_so(where, body):
    with serving(where) as client:
        answer = client.post("/leads", content=body, headers={"Content-Type": "application/json"})
        assert answer.status_code == 400
        assert answer.json()["mistakes"][0]["next_step"] == "Send JSON, in UTF-8."


def test_letters_that_no_database_holds_are_left_out(anywhere):
    with serving(anywhere) as client:
        answer = client.post("/leads", json={"id": "crm-1", "fields": lead(1, notes="a\x00b")}).json()
        assert client.post("/leads/crm-1/decline", json={"why": "not\x00 mine"}).status_code == 200
        assert client.post("/reps/ana/pause", json={"why": "\x00"}).status_code == 204
        assert client.get("/leads", params={"owner": "\x00"}).json() == {"leads": []}
        assert f"{answer['owner']} declined: not mine" in client.get("/leads/crm-1/why").text


def test_events_of_companies_that_are_watched(anywhere):
    with open_store(anywhere, PAGES, WATCH) as store:
        enter(store, [Watched("c1", "Acme", "acme.example")], {}, datetime.now(UTC))
    visit = {"company": "acme.example", "kind": "site visit", "happened_on": "2026-11-20", "id": "v1"}
    with serving(anywhere) as client:
        said = {"source": "site", "events": [visit, {"company": "nobody.example", "kind": "site visit"}]}
        assert client.post("/events", json=said).json() == {"told": 2, "new": 1}
        assert client.post("/events", json=said).json() == {"told": 2, "new": 0}
        assert client.post("/events", json={"source": "site", "events": [{"company": "x"}]}).status_code == 422
    shown, _ = inbox(anywhere)
    assert [(one.event.company, one.event.kind) for one in shown] == [("c1", "site visit")]


def test_a_key_for_leads_tells_no_events(where):
    with serving(where, scopes=("leads",)) as client:
        assert (
            client.post("/events", json={"source": "s", "events": [{"company": "c", "kind": "k"}]}).status_code == 403
        )


def test_the_page_for_people_shows_every_request_and_fetches_nothing(where):
    with serving(where) as client:
        page = client.get("/docs").text
        assert all(f"<code>{path}</code>" in page for path in client.get("/openapi.json").json()["paths"])
        assert "<script" not in page
        assert "http" not in page.replace("http-equiv", "")


def test_ten_megabytes_are_not_read(where):
    with serving(where) as client:
        assert client.post("/leads", content=b'{"fields": {"a": "' + b"x" * 10_000_000 + b'"}}').status_code == 413

        def drop():
            for _ in range(20):
                yield b"x" * 100_000

        assert client.post("/leads", content=drop()).status_code == 413


def test_keys_open_what_they_may_and_no_more(where):
    with serving(where, scopes=("read",)) as client:
        assert client.get("/reps").status_code == 200
        assert client.post("/leads", json={"fields": lead(1)}).status_code == 403
        for wrong in ({}, {"Authorization": "Bearer ik_0_0"}, {"Authorization": "Basic eA=="}):
            client.headers.pop("Authorization", None)
            answer = client.get("/reps", headers=wrong)
            assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert client.get("/health").json() == {"status": "ok", "entries": 1, "policy": "Inbound"}


def test_a_revoked_key_opens_nothing(where):
    with serving(where) as client:
        revoke_key(client.store, "crm")
        assert client.get("/reps").status_code == 401


def test_only_the_hash_of_a_key_is_kept(where, tmp_path):
    with serving(where) as client:
        secret = client.headers["Authorization"].rpartition("_")[2]
    assert all(secret.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def test_who_asks_too_often_has_to_wait(where):
    now = [0.0]
    with serving(where, rate=60, seconds=lambda: now[0]) as client:
        answers = [client.get("/reps") for _ in range(12)]
        assert [a.status_code for a in answers] == [200] * 10 + [429] * 2
        assert answers[-1].headers["retry-after"] == "2"
        now[0] += 1.0
        assert [client.get("/reps").status_code for _ in range(2)] == [200, 429]


def test_a_database_that_goes_away_is_said_and_nothing_is_lost(where, monkeypatch):
    with serving(where) as client:

        def gone(*_args, **_more):
            monkeypatch.undo()
            raise OperationalError("INSERT", {}, Exception("the server closed the connection"))

        monkeypatch.setattr(Writer, "write", gone)
        answer = client.post("/leads", json={"fields": lead(1)})
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert "taking a lead: the database refused: the server closed the connection" in answer.text
        assert client.get("/leads").json() == {"leads": []}
        assert client.post("/leads", json={"fields": lead(1)}).json()["new"] is True


def test_metrics_count_requests(where):
    with serving(where) as client:
        client.post("/leads", json={"fields": lead(1)})
        client.get("/leads/nobody")
        text = client.get("/metrics").text
        assert 'idealfit_requests_total{method="POST",route="/leads",status="200"} 1' in text
        assert 'idealfit_requests_total{method="GET",route="/leads/{lead}",status="404"} 1' in text
        assert "idealfit_ledger_entries 3" in text


def test_webhooks_are_told_in_order_and_signed(where):
    secret = "whsec_" + "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
    with serving(where) as client, receiver() as receiving:
        background.add_hook(client.store, "crm", receiving.url, secret, after=1, loopback=True)
        client.post("/leads", json={"fields": lead(1)})
        now = datetime.now(UTC)
        assert background.tell(client.store, client.desk, park_in=f"{where}.parked", now=now) == 2
        assert background.tell(client.store, client.desk, park_in=f"{where}.parked", now=now) == 0
        told = [json.loads(body) for _, _, body in receiving.requests]
        assert [(t["type"], t["data"]["seq"]) for t in told] == [("lead.received", 2), ("lead.assigned", 3)]
        _, headers, body = receiving.requests[0]
        assert verified(secret, headers, body, time.time())


@pytest.fixture
def api(anywhere):
    with serving(anywhere) as client:
        client.post("/leads", json={"id": "crm-1", "fields": lead(1)})
        schema = schemathesis.openapi.from_asgi("/openapi.json", client.app)
        schema.config.update(headers=dict(client.headers))
        yield schema


EXAMPLES = int(os.environ.get("IDEALFIT_TEST_EXAMPLES", "12"))
"""Requests that are tried per operation."""

DOCUMENTED = (
    checks.not_a_server_error,
    response_checks.status_code_conformance,
    response_checks.content_type_conformance,
    response_checks.response_schema_conformance,
)


def test_no_answer_that_the_document_does_not_hold(api):
    for found in api.get_all_operations():

        @given(case=found.ok().as_strategy())
        @settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck), database=None)
        def answered_as_documented(case):
            case.call_and_validate(checks=DOCUMENTED)

        answered_as_documented()
