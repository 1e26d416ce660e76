from __future__ import annotations

import csv
import json
from importlib.metadata import EntryPoint
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from export_samples import COMPANIES, DAY, EVERY_TEST, GOLDEN, SCORES, golden, handover
from idealfit import pipeline
from idealfit.cli.running import main
from idealfit.errors import InputError, MappingError
from idealfit.export import exports, tables
from idealfit.export.exports import EXPORTS, Export, export_named
from idealfit.export.handover import HandedOver, Handover
from idealfit.export.slack import blocks, escaped
from idealfit.profile.document import Test
from profile_sample import SAMPLE
from receivers import receiver

SECRET = "a secret that is long enough"  # noqa: S105


@pytest.mark.parametrize("file", sorted(path.name for path in GOLDEN.iterdir()))
def test_every_shape_is_as_it_was(file):
    """After a change that is meant: cd tests && python export_samples.py."""
    assert golden()[file] == (GOLDEN / file).read_text(encoding="utf-8")


def test_no_golden_file_is_missing():
    assert set(golden()) == {path.name for path in GOLDEN.iterdir()}


@pytest.fixture
def folder(tmp_path, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    SCORES.to_csv("scores.csv", index=False)
    COMPANIES.to_csv("companies.csv", index=False)
    return tmp_path


def test_no_cell_of_a_csv_is_a_formula(folder):
    pipeline.export("scores.csv", "csv", "out.csv", companies="companies.csv")
    for row in csv.reader(Path("out.csv").read_text(encoding="utf-8").splitlines()):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@"))], row


def test_no_cell_of_a_workbook_is_a_formula(folder):
    pipeline.export("scores.csv", "xlsx", "out.xlsx", companies="companies.csv")
    sheet = openpyxl.load_workbook("out.xlsx").active
    assert sheet.freeze_panes == "B2"
    assert sheet.max_row == 4
    kinds = {cell.data_type for row in sheet.iter_rows() for cell in row}
    assert kinds <= {"s", "n"}, "no cell is a formula ('f')"
    values = [cell.value for row in sheet.iter_rows() for cell in row]
    assert "=cmd|' /C calc'!A0" in values, "a text stays as it is"
    assert sheet["B2"].value == 90
    assert not sheet._hyperlinks


def test_what_an_older_csv_marked_as_text_is_itself_again(folder):
    pipeline.export("scores.csv", "csv", "once.csv")
    pipeline.export("once.csv", "csv", "twice.csv")
    assert Path("once.csv").read_text() == Path("twice.csv").read_text()


def test_the_best_come_first_and_tiers_choose(folder):
    handed = pipeline.export("scores.csv", "jsonl", "out.jsonl", tiers=("A", "C"), top=5)
    rows = [json.loads(line) for line in Path("out.jsonl").read_text().splitlines()]
    assert [row["fit"] for row in rows] == [90, 20]
    assert handed == HandedOver("out.jsonl", 2)
    pipeline.export("scores.csv", "jsonl", "out.jsonl", top=1)
    assert len(Path("out.jsonl").read_text().splitlines()) == 1


def test_companies_bring_their_own_columns(folder):
    pipeline.export("scores.csv", "jsonl", "out.jsonl", companies="companies.csv")
    rows = {row["id"]: row for row in map(json.loads, Path("out.jsonl").read_text().splitlines())}
    assert rows["acme.com"]["City"] == "Boston"
    assert rows["=cmd|' /C calc'!A0"]["City"] is None, "no row is lost"
    assert len(rows) == 3


def test_a_list_for_advertising(folder):
    pipeline.export("scores.csv", "audience", "out.csv", companies="companies.csv", tiers=("A", "B"))
    rows = list(csv.DictReader(Path("out.csv").read_text(encoding="utf-8").splitlines()))
    assert rows[0] == {"companyname": "Acme *Robotics*", "companywebsite": "acme.com", "industry": "", "city": "Boston",
                       "state": "", "companycountry": "", "zipcode": ""}  # fmt: skip
    assert rows[1]["companyname"].startswith("'@"), "hostile here too"
    with pytest.raises(InputError, match="neither"):
        pipeline.export("scores.csv", "audience", "none.csv")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"scores": "companies.csv"}, "these are no scores: there is no column id, fit, tier"),
        ({"tiers": ("Z",)}, "no company is in this tier, found 'Z'. Allowed: A, B, C"),
        ({"top": 0}, "no number of companies"),
        ({"to": "pdf"}, "there is no such export, found 'pdf'. Allowed: audience, csv, jsonl, slack, webhook, xlsx"),
        ({"to": "pdf"}, "Into hubspot and salesforce 'idealfit export' writes by a plan"),
        ({"where": "nowhere/out.csv"}, "cannot be written"),
        ({"companies": COMPANIES.drop(columns="Domain")}, "no column of the companies holds the ids"),
        ({"companies": "companies.csv", "id": "City"}, "no column of the companies holds the ids"),
    ],
)
def test_bad_input_is_refused_and_nothing_written(folder, change, words):
    asked = {"scores": "scores.csv", "to": "csv", "where": "out.csv"} | change
    with pytest.raises((InputError, MappingError), match=words.replace("(", r"\(")):
        pipeline.export(asked.pop("scores"), asked.pop("to"), asked.pop("where"), **asked)
    assert sorted(path.name for path in folder.iterdir()) == ["companies.csv", "scores.csv"]


def test_more_rows_than_a_sheet_holds(monkeypatch):
    monkeypatch.setattr(tables, "EXCEL_ROWS", 2)
    with pytest.raises(InputError, match="does not hold so many rows, found '3'"):
        EXPORTS["xlsx"].hand_over(handover("x.xlsx"))


def test_a_text_longer_than_a_cell_is_cut_and_said(tmp_path):
    rows = [{"id": "a", "fit": 1, "tier": "A", "reasons": "x" * 40_000, "win_rate": float("nan")}]
    to = str(tmp_path / "x.xlsx")
    handed = EXPORTS["xlsx"].hand_over(Handover(rows, ("id", "fit", "tier", "reasons", "win_rate"), 1, to))
    assert handed.notes == ("1 texts were longer than a cell of Excel holds, and cut",)


def test_a_webhook_gets_all_rows_a_hundred_at_a_time(tmp_path, monkeypatch):
    monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", SECRET)
    rows = pd.DataFrame({"id": [f"c{n}" for n in range(250)], "fit": 50, "tier": "B"})
    with receiver() as receiving:
        handed = pipeline.export(rows, "webhook", receiving.url, loopback=True, parked=tmp_path / "parked")
    sent = [json.loads(body) for _, _, body in receiving.requests]
    assert [len(message["data"]["rows"]) for message in sent] == [100, 100, 50]
    assert handed.rows == 250
    with receiver([200, 400]) as receiving:
        handed = pipeline.export(rows, "webhook", receiving.url, loopback=True, parked=tmp_path / "parked")
    assert (handed.rows, handed.parked) == (150, 100)


def test_slack_gets_blocks_within_its_limits(tmp_path):
    rows = [{"id": f"c{n}", "fit": n, "tier": "A", "reasons": "<@U1> & " + "y" * 5000} for n in range(40)]
    message = blocks(Handover(rows, ("id", "fit", "tier", "reasons"), 40, "x"))
    assert len(message["blocks"]) <= 50
    texts = [block["text"]["text"] for block in message["blocks"] if block["type"] == "section"]
    assert len(texts) == 10
    assert max(map(len, texts)) <= 3000
    assert not [text for text in texts if "<" in text]
    assert message["blocks"][-1]["elements"][0]["text"] == "and 30 more in the list"
    assert escaped("a\n<!here>\x00b") == "a &lt;!here&gt; b"
    with receiver() as receiving:
        handed = EXPORTS["slack"].hand_over(handover(receiving.url, loopback=True, park_in=str(tmp_path / "p")))
    assert json.loads(receiving.requests[0][2])["blocks"][0]["type"] == "header"
    assert "webhook-signature" not in receiving.requests[0][1]
    assert handed.to == "Slack"


def _shout(handed: Handover) -> HandedOver:
    return HandedOver(handed.to.upper(), handed.count)


SHOUT = Export(_shout)


def test_another_package_can_add_an_export(folder, monkeypatch):
    entry = EntryPoint("shout", "test_exports:SHOUT", exports.GROUP)
    monkeypatch.setattr(EntryPoint, "load", lambda self: SHOUT if self.name == "shout" else "nothing of the kind")
    monkeypatch.setattr(exports, "entry_points", lambda group: [entry, EntryPoint("odd", "x:y", group)])
    assert pipeline.export("scores.csv", "shout", "there") == HandedOver("THERE", 3)
    with pytest.raises(InputError, match="this is no export but a str"):
        export_named("odd")
    with pytest.raises(InputError, match="audience, csv, jsonl, odd, shout, slack, webhook, xlsx"):
        export_named("pdf")


@pytest.fixture
def run(folder, capsys):
    def command(*typed: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(typed))
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


def test_the_command_hands_over(run):
    code, out, _ = run("export", "scores.csv", "--to", "xlsx", "--tier", "A", "B", "-o", "best.xlsx")
    assert (code, "2 companies handed over to best.xlsx" in out) == (0, True)
    code, out, err = run("export", "scores.csv", "--to", "csv", "--json")
    assert (code, json.loads(out)["to"], err) == (0, "handed-over.csv", "")
    assert run("export", "scores.csv", "--to", "csv", "-o", "scores.csv")[0] == 2
    assert run("export", "scores.csv", "--to", "webhook")[0] == 2


def test_what_is_parked_is_a_finding_and_can_be_sent_again(run, monkeypatch):
    monkeypatch.setenv("IDEALFIT_WEBHOOK_SECRET", SECRET)
    with receiver([403]) as receiving:
        code, out, _ = run("export", "scores.csv", "--to", "webhook", "--url", receiving.url, "--loopback")
        assert code == 1
        assert "3 rows were not taken; they are parked in webhook-parked.jsonl" in out
        code, out, _ = run(
            "export", "webhook-parked.jsonl", "--to", "webhook", "--resend", "--url", receiving.url, "--loopback"
        )
        assert (code, "1 messages delivered" in out) == (0, True)


def test_the_commands_for_filters_and_views(run):
    pipeline.save_profile(EVERY_TEST, "profile.yaml")
    code, out, _ = run(
        "filters", "profile.yaml", "--for", "salesforce", "--field", "Is partner=Partner__c", "-o", "q.soql"
    )
    assert code == 0
    assert "Not expressed" in out
    query = Path("q.soql").read_text(encoding="utf-8")
    assert "Partner__c = true" in query
    assert "'Adult\\'s'" in query
    code, out, _ = run("filters", "profile.yaml", "--for", "apollo", "--as-of", DAY.isoformat(), "--json")
    assert json.loads(out)["filters"]["organization_num_employees_ranges"] == ["50,199"]
    code, out, _ = run("views", "profile.yaml", "--team", "sdr", "-o", "sdr.md")
    assert (code, "Check first" in out) == (0, True)
    assert Path("sdr.md").read_text().startswith("# Every kind of test: for sales development")
    for typed, said in (
        (("filters", "profile.yaml", "--for", "pipedrive"), "Allowed: hubspot, salesforce, apollo, linkedin"),
        (
            ("filters", "profile.yaml", "--for", "salesforce", "--field", "Is partner=1; DROP"),
            "no name of a Salesforce field",
        ),
        (("filters", "profile.yaml", "--for", "salesforce", "--field", "City"), "names no field"),
        (("views", "profile.yaml", "--team", "legal"), "Allowed: sdr, marketing, product, cs"),
    ):
        code, _, err = run(*typed)
        assert code == 2
        assert said in err


@pytest.mark.parametrize("tool", ["apollo", "linkedin"])
def test_tools_that_join_filters_by_and_get_one_line_where_nothing_is_a_must(tool):
    lines = [
        EVERY_TEST.criteria[0].model_copy(update={"need": "nice", "points": points, "attribute": name, "test": test})
        for name, points, test in (
            ("Round", 3, Test(one_of=("a", "b"))),
            ("Region", 2, Test(one_of=("SF Bay", "Boston"))),
            ("Country", 1, Test(is_="Norway")),
        )
    ]
    found = pipeline.filters(EVERY_TEST.model_copy(update={"criteria": tuple(lines), "disqualify": ()}), tool)
    assert found.kept == ("Region is SF Bay or Boston (one of these)",)
    assert "SF Bay" in str(found.body)
    assert "Norway" not in str(found.body)
    why = {left.words: left.why.split(",")[0] for left in found.left_out}
    assert why["Round is a or b"].endswith("has no such filter")
    assert why["Country is Norway"].endswith("joins all filters with 'and'")
    assert any("Region" in note for note in found.to_check)


def test_a_profile_without_lines_has_no_filters():
    with pytest.raises(InputError, match="no lines to filter by"):
        pipeline.filters(EVERY_TEST.model_copy(update={"criteria": (), "disqualify": ()}), "hubspot")


def test_a_hostile_profile_stays_text():
    hostile = SAMPLE.model_copy(update={"name": "<script>alert(1)</script>", "definition": "[x](javascript:1) *b*"})
    page = pipeline.view(hostile, "marketing").as_markdown()
    assert "<script>" not in page
    assert "\\[x\\]" in page


def test_whole_numbers_of_companies_stay_whole(run, folder):
    folder_of = Path("companies.csv")
    there = pd.read_csv(folder_of)
    there.assign(People=["3", "250", ""], Share=["0.5", "1", ""]).to_csv(folder_of, index=False)
    run("export", "scores.csv", "--to", "jsonl", "--companies", "companies.csv", "-o", "out.jsonl")
    told = {row["id"]: row for row in map(json.loads, Path("out.jsonl").read_text(encoding="utf-8").splitlines())}
    assert [type(row.get("People")) for row in told.values() if row.get("People") is not None] == [int, int]
    assert 0.5 in [row.get("Share") for row in told.values()]


def test_own_domains_need_companies_with_domains(folder):
    pd.DataFrame({"id": ["a"], "Number of Employees": [60]}).to_csv("bare.csv", index=False)
    with pytest.raises(MappingError, match="own domains cannot be left out: the companies have no column of domains"):
        pipeline.score_to_file(EVERY_TEST, "bare.csv", "out.csv", own_domains=["acme.com"])
