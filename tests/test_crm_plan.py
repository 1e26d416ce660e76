from __future__ import annotations

import csv
import json
from pathlib import Path

import pandas as pd
import pytest

from crm_servers import TOKEN, FakeCrm, hubspot, salesforce, served
from idealfit import pipeline
from idealfit.cli.running import main
from idealfit.errors import InputError
from idealfit.export import trying
from idealfit.export.crm_plan import FIELDS, NAMES, STAMP, load_plan

IDS = {
    "hubspot": ("101", "102", "103"),
    "salesforce": ("001A0000000aaaaIAA", "001A0000000bbbbIAA", "001A0000000ccccIAA"),
}
ANSWERS = {"hubspot": hubspot, "salesforce": salesforce}
NAME = {"hubspot": "name", "salesforce": "Name"}


def column(tool: str, name: str) -> str:
    return f"{name}__c" if tool == "salesforce" else name


def scores(tool: str, *fits: int, **more: object) -> pd.DataFrame:
    ids = IDS[tool][: len(fits)]
    return pd.DataFrame(
        {"id": ids, "fit": fits, "fit_low": fits, "fit_high": fits, "tier": "A", "reasons": "+3 size", **more}
    )


@pytest.fixture(params=["hubspot", "salesforce"])
def tool(request) -> str:
    return request.param


@pytest.fixture
def crm(tool, monkeypatch, tmp_path):
    monkeypatch.setenv(f"{tool.upper()}_TOKEN", TOKEN)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(trying.time, "sleep", lambda _: None)
    fields = {column(tool, name) for name in (*NAMES, STAMP)} | {"Ext__c", "domain"}
    records = {
        i: {NAME[tool]: f"Company {n}", "domain": f"c{n}.com", "Ext__c": f"E'{n}"} for n, i in enumerate(IDS[tool])
    }
    with served(FakeCrm(records=records, fields=fields), ANSWERS[tool]) as running:
        yield running


def planned(crm: FakeCrm, tool: str, rows: pd.DataFrame, **options: object):
    return pipeline.plan_crm(rows, tool, "plan.json", url=crm.url, loopback=True, **options)


def applied(tool: str):
    return pipeline.apply_crm("plan.json", tool, "log.csv", loopback=True)


def held(crm: FakeCrm, tool: str, number: int, name: str) -> str:
    value = crm.records[IDS[tool][number]].get(column(tool, name))
    return "" if value is None else str(value).removesuffix(".0")


def test_a_plan_writes_nothing_and_an_applied_one_does(crm, tool):
    plan = planned(crm, tool, scores(tool, 80, 40))
    assert [change.after["icp_score"] for change in plan.changes] == ["80", "40"]
    assert not [path for method, path, _ in crm.requests if method == "PATCH" or "update" in path]
    assert json.loads(Path("plan.json").read_text())["changes"][0]["name"] == "Company 0"
    result = applied(tool)
    assert (result.written, result.skipped, result.refused) == (2, 0, 0)
    assert held(crm, tool, 0, "icp_score") == "80"
    assert held(crm, tool, 1, "icp_tier") == "A"
    log = list(csv.DictReader(Path("log.csv").read_text().splitlines()))
    assert [row["result"] for row in log] == ["written", "written"]


def test_a_second_day_writes_only_what_changed(crm, tool):
    planned(crm, tool, scores(tool, 80, 40))
    applied(tool)
    plan = planned(crm, tool, scores(tool, 80, 55))
    assert (len(plan.changes), plan.unchanged) == (1, 1)
    assert set(plan.changes[0].after) == {"icp_score", "icp_score_low", "icp_score_high", STAMP}
    applied(tool)
    assert held(crm, tool, 1, "icp_score") == "55"
    assert not planned(crm, tool, scores(tool, 80, 55)).changes


@pytest.mark.parametrize("theirs", ["B", "", "A "])
def test_what_somebody_changed_is_never_overwritten(crm, tool, theirs):
    planned(crm, tool, scores(tool, 80))
    applied(tool)
    crm.records[IDS[tool][0]][column(tool, "icp_tier")] = theirs
    for day in (1, 2):  # nor on the day after
        plan = planned(crm, tool, scores(tool, 80 - day, tier="C"))
        if theirs.strip() == "A":  # a space is no change
            assert not plan.left_alone
            return
        assert [(left.field, left.theirs, left.ours) for left in plan.left_alone] == [("icp_tier", theirs, "C")]
        assert "since the last sync" in plan.left_alone[0].why
        applied(tool)
        assert held(crm, tool, 0, "icp_tier") == theirs
        assert held(crm, tool, 0, "icp_score") == str(80 - day), "the other fields go on"


def test_what_was_there_before_us_is_left_alone(crm, tool):
    crm.records[IDS[tool][0]][column(tool, "icp_tier")] = "key account"
    plan = planned(crm, tool, scores(tool, 80))
    assert [(left.field, left.why) for left in plan.left_alone] == [("icp_tier", "filled in by somebody else")]
    applied(tool)
    assert held(crm, tool, 0, "icp_tier") == "key account"


def test_a_change_between_plan_and_apply_is_seen(crm, tool):
    planned(crm, tool, scores(tool, 80, 40))
    crm.records[IDS[tool][0]][column(tool, "icp_tier")] = "mine"
    result = applied(tool)
    assert (result.written, result.skipped) == (1, 1)
    assert held(crm, tool, 0, "icp_tier") == "mine"
    assert "changed since the plan was made: icp_tier" in Path("log.csv").read_text()


def test_a_record_that_takes_no_update_is_told_and_the_others_are_written(crm, tool):
    planned(crm, tool, scores(tool, 80, 40, 60))
    crm.locked.add(IDS[tool][1])
    result = applied(tool)
    assert (result.written, result.refused) == (2, 1)
    assert held(crm, tool, 2, "icp_score") == "60"
    assert "Company 1: " in result.first_refusals[0]


def test_only_our_own_fields_are_ever_written(crm, tool):
    before = {i: dict(r) for i, r in crm.records.items()}
    planned(crm, tool, scores(tool, 80, 40, 60))
    applied(tool)
    for record, values in crm.records.items():
        assert {n: v for n, v in values.items() if not n.startswith("icp_")} == before[record]
    plan = json.loads(Path("plan.json").read_text())
    plan["changes"][0]["after"]["name"] = "Renamed"
    Path("plan.json").write_text(json.dumps(plan))
    with pytest.raises(InputError, match="fields that are not ours, found 'name'"):
        applied(tool)


def test_busy_and_broken_answers_are_waited_out(crm, tool):
    crm.trouble[:] = [429, 503, "drop", 500]
    plan = planned(crm, tool, scores(tool, 80))
    crm.trouble[:] = ["drop", 429]
    assert applied(tool).written == len(plan.changes) == 1


def test_a_crm_that_stays_down_is_told_before_anything_is_written(crm, tool):
    planned(crm, tool, scores(tool, 80))
    crm.trouble[:] = [503] * 50
    with pytest.raises(InputError, match="nothing was written: it answered 503"):
        applied(tool)


def test_a_wrong_key_is_told(crm, tool, monkeypatch):
    monkeypatch.setenv(f"{tool.upper()}_TOKEN", "another")
    with pytest.raises(InputError, match=r"it answered 401: the key is not valid\. Is the key valid\?|answered 401"):
        planned(crm, tool, scores(tool, 80))
    monkeypatch.delenv(f"{tool.upper()}_TOKEN")
    with pytest.raises(InputError, match=f"{tool.upper()}_TOKEN is not set"):
        planned(crm, tool, scores(tool, 80))


def test_companies_that_are_not_there_are_listed(crm, tool):
    rows = scores(tool, 80, 40)
    rows.loc[1, "id"] = "999" if tool == "hubspot" else "001A0000000zzzzIAA"
    assert planned(crm, tool, rows).unknown == (rows.loc[1, "id"],)


def test_records_are_found_by_a_key_of_their_own(crm, tool):
    rows = scores(tool, 80, 40)
    rows["id"] = ["c0.com", "c1.com"] if tool == "hubspot" else ["E'0", "E'1"]
    plan = planned(crm, tool, rows, key="domain" if tool == "hubspot" else "Ext__c")
    assert [change.record for change in plan.changes] == list(IDS[tool][:2])
    assert applied(tool).written == 2


def test_more_records_than_a_batch_holds(crm, tool):
    ids = [f"{n:03d}" for n in range(450)]
    crm.records |= {i: {NAME[tool]: i} for i in ids}
    rows = pd.DataFrame({"id": ids, "fit": 50, "fit_low": 50, "fit_high": 50, "tier": "B"})
    assert len(planned(crm, tool, rows).changes) == 450
    assert applied(tool).written == 450


def test_fields_that_are_not_there_yet(crm, tool):
    crm.fields -= {column(tool, name) for name in (*NAMES, STAMP)}
    plan = planned(crm, tool, scores(tool, 80))
    assert plan.to_create == (*NAMES, STAMP)
    if tool == "hubspot":
        assert applied(tool).written == 1
        assert {*NAMES, STAMP} <= crm.fields
    else:
        with pytest.raises(InputError, match=r"an administrator has to make first, found 'icp_score__c Number"):
            applied(tool)


def test_bad_plans_and_settings(crm, tool):
    twice = pd.concat([scores(tool, 80)] * 2)
    with pytest.raises(InputError, match="the same id"):
        planned(crm, tool, twice)
    with pytest.raises(InputError, match="no name of a field"):
        planned(crm, tool, scores(tool, 80), key="Id) OR (1=1")
    with pytest.raises(InputError, match="this machine"):
        pipeline.plan_crm(scores(tool, 80), tool, "plan.json", url=crm.url)
    for content, words in (("{}", "not a plan"), ("[1]", "not a plan"), ("no", "not a plan")):
        Path("plan.json").write_text(content)
        with pytest.raises(InputError, match=words):
            load_plan("plan.json")
    planned(crm, tool, scores(tool, 80))
    other = "salesforce" if tool == "hubspot" else "hubspot"
    with pytest.raises(InputError, match="made for another CRM"):
        applied(other)


def test_texts_are_cut_to_what_a_field_holds(crm, tool):
    planned(crm, tool, scores(tool, 80, reasons="x" * 400))
    applied(tool)
    assert len(held(crm, tool, 0, "icp_reasons")) == 255
    assert not planned(crm, tool, scores(tool, 80, reasons="x" * 400)).changes
    assert len(FIELDS) == 6


def test_the_command_shows_the_plan_then_applies_it(crm, tool, capsys):
    scores(tool, 80, 40).to_csv("scores.csv", index=False)

    def run(*typed: str) -> tuple[int, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(typed))
        return int(ended.value.code or 0), capsys.readouterr().out

    code, out = run("export", "scores.csv", "--to", tool, "--url", crm.url, "--loopback")
    assert code == 0
    assert "2 of 2 records" in out
    assert "nothing is written yet" in out
    assert "Company 0" in out
    assert f"idealfit export {tool}-plan.json --to {tool} --apply" in out
    crm.locked.add(IDS[tool][0])
    code, out = run("export", f"{tool}-plan.json", "--to", tool, "--apply", "--loopback", "--json")
    assert code == 1, "a refusal is something to see"
    assert (json.loads(out)["written"], json.loads(out)["refused"]) == (1, 1)
