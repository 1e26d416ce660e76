"""The commands of routing, as somebody uses them one after the other."""

from __future__ import annotations

import csv
import json

import pytest

from idealfit.cli.running import main
from routing_sample import POLICY

POLICY_NOW = POLICY.replace('{mon-fri: ["09:00-17:00"]}', '{mon-sun: ["00:00-24:00"]}').replace("holidays: DE\n", "")


@pytest.fixture
def typed(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "policy.yaml").write_text(POLICY_NOW)

    def run(*words, code=0):
        with pytest.raises(SystemExit) as ended:
            main(["route", *words])
        told = capsys.readouterr()
        assert ended.value.code == code, told
        return told.out + told.err

    return run


def test_a_lead_from_coming_in_to_being_won(typed):
    assert "decides from now on" in typed("adopt", "policy.yaml")
    assert "is in force already" in typed("adopt", "policy.yaml")
    lead = json.loads(typed("lead", "email=ann@acme.example", "tier=A", "--id", "crm-1", "--json"))
    assert (lead["lead"], lead["status"], lead["rule"], lead["new"]) == ("crm-1", "assigned", "full fit", True)
    again = json.loads(typed("lead", "email=ann@acme.example", "--json"))
    assert (again["lead"], again["owner"], again["new"]) == ("crm-1", lead["owner"], False)
    other = next(rep for rep in ("ana", "ben", "cem") if rep != lead["owner"])
    assert f"it was the turn of {lead['owner']}" in typed("why-not", "crm-1", other)
    assert typed("why-not", "crm-1", lead["owner"]).strip() == f"{lead['owner']} has this lead"
    assert "rule 'full fit' matches" in typed("why", "crm-1")
    assert lead["owner"] not in json.loads(typed("next", "tier=A", "--json"))["what"]
    assert json.loads(typed("accept", "crm-1", "--rep", lead["owner"], "--json"))["status"] == "accepted"
    given = json.loads(typed("reassign", "crm-1", "--to", other, "--why", "knows them", "--by", "desk", "--json"))
    assert given["how"] == f"given to {other} by desk: knows them"
    assert json.loads(typed("close", "crm-1", "won", "--json"))["status"] == "closed"
    assert json.loads(typed("results", "--json"))["overridden"]["won"] == 1
    assert "they agree" in typed("check")
    assert "every one fell the same" in typed("replay")


def test_a_lead_of_a_file_that_cannot_be_taken_keeps_no_other_from_it(typed, tmp_path):
    typed("adopt", "policy.yaml")
    rows = f"a@x.example,ok\nb@x.example,{'z' * 30_000}\n,\nc@x.example,ok\na@x.example,ok\n"
    (tmp_path / "leads.csv").write_text("email,notes\n" + rows)
    told = typed("lead", "--file", "leads.csv", code=1)
    assert "row 2 was not taken: notes: too long a value, found '30,000 letters'" in told
    found = json.loads(typed("lead", "--file", "leads.csv", "--json", code=1))
    assert [one["lead"] for one in found["leads"]] == ["L2", "L4", "L2"]
    assert not any(one["new"] for one in found["leads"])
    assert [one["row"] for one in found["not taken"]][:1] == [2]


def test_a_lead_that_waits_says_until_when(typed, tmp_path):
    (tmp_path / "later.yaml").write_text(POLICY_NOW.replace("mon-sun", "mon").replace("00:00-24:00", "03:00-03:01"))
    typed("adopt", "later.yaml")
    assert "everybody is away, until 2" in " ".join(typed("lead", "email=ann@acme.example", "tier=A").split())


def test_what_came_of_leads_can_be_reviewed(typed, tmp_path):
    typed("adopt", "policy.yaml")
    rows = "".join(f"p{n}@x{n}.example,{'A' if n % 2 else 'B'},{n},+49 30 {n}\n" for n in range(6))
    (tmp_path / "leads.csv").write_text("email,tier,employees,phone\n" + rows)
    leads = [one["lead"] for one in json.loads(typed("lead", "--file", "leads.csv", "--json"))["leads"]]
    for lead, outcome in zip(leads, ("won", "lost", "invalid"), strict=False):
        typed("close", lead, outcome)
    typed("merge", leads[3], leads[4])
    owner = json.loads(typed("why", leads[5], "--json"))["owner"]
    typed("reassign", leads[5], "--to", "ana" if owner != "ana" else "ben", "--why", "knows them")
    told = typed("results", "--output", "deals.csv")
    assert "Written: deals.csv" in told
    with (tmp_path / "deals.csv").open() as file:
        deals = {deal["deal_id"]: deal for deal in csv.DictReader(file)}
    first, second, _, _, open_one, given = leads
    assert {lead: deal["outcome"] for lead, deal in deals.items()} == {
        first: "won", second: "lost", open_one: "open", given: "open"
    }  # fmt: skip
    won = deals[first]
    assert (won["employees"], won["phone"], won["given_by"]) == ("0", "'+49 30 0", "policy")
    assert (bool(won["closed"]), bool(deals[open_one]["closed"])) == (True, False)
    assert deals[given]["given_by"] == "person"
    assert "tier" not in won  # what scoring made is not to be learned from


def test_reps_and_their_time(typed):
    typed("adopt", "policy.yaml")
    leave = json.loads(typed("leave", "ana", "--first", "2026-12-24", "--last", "2026-12-31", "--json"))["leave"]
    typed("pause", "ben", "--why", "onboarding")
    told = {rep["rep"]: rep for rep in json.loads(typed("reps", "--json"))["reps"]}
    assert (told["ben"]["status"], list(told["ana"]["leave"])) == ("paused (onboarding)", [leave])
    typed("resume", "ben")
    assert "taken back" in typed("leave", "ana", "--cancel", leave)
    assert "the leave ends before it begins" in typed(
        "leave", "ana", "--first", "2026-12-24", "--last", "2026-12-01", code=2
    )
    assert "there is no such rep" in typed("pause", "zoe", code=2)


def test_a_policy_that_cannot_be_meant_says_so(typed, tmp_path):
    (tmp_path / "late.yaml").write_text(POLICY_NOW + "  - {name: late, to: [{queue: never}]}\n")
    assert "rule 'late' is never reached" in typed("lint", "late.yaml", code=1)
    assert "late.yaml:" in typed("lint", "late.yaml", code=1)
    (tmp_path / "wrong.yaml").write_text(POLICY_NOW.replace("Europe/Berlin", "Mars/Olympus").replace("30m", "soon"))
    told = typed("adopt", "wrong.yaml", code=2)
    assert "wrong.yaml:3" in told
    assert "no length of time" in told
    assert "there is no policy yet" in typed("lead", "tier=A", code=2)


def test_policies_are_tried_on_the_past(typed, tmp_path):
    rows = "".join(f"{n},2026-11-24 {9 + n // 6:02}:{n % 6}0,p{n}@x.example,A\n" for n in range(30))
    (tmp_path / "leads.csv").write_text("id,received at,email,tier\n" + rows)
    (tmp_path / "b.yaml").write_text(POLICY_NOW.replace("name: Inbound", "name: Short").replace("30m", "5m"))
    asked = ("simulate", "--policy", "policy.yaml", "--against", "b.yaml", "--history", "leads.csv", "--json")
    found = json.loads(typed(*asked))
    assert [one["policy"] for one in found["policies"]] == ["Inbound", "Short"]
    assert found["policies"][0]["not accepted in time"] < found["policies"][1]["not accepted in time"]
    assert (tmp_path / "simulation.html").read_text().count("<svg") >= 3
