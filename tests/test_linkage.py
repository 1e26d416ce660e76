from __future__ import annotations

import json

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit import pipeline
from idealfit.cli.running import main
from idealfit.errors import MappingError
from idealfit.match.companies import Company
from idealfit.match.identity import AccountIndex

ACCOUNTS = pd.DataFrame(
    [
        ("A1", "Acme Robotics, Inc.", "acmerobotics.com", "Boston", "US", ""),
        ("A2", "Acme Robotics GmbH", "acmerobotics.com", "Berlin", "DE", "A1"),
        ("B1", "Bolt Logistics OÜ", "bolt-logistics.eu", "Tallinn", "EE", ""),
        ("B2", "Bolt Logistics", "https://www.bolt-logistics.eu/en", "Tallinn", "Estonia", ""),
        ("C1", "Café Münch KG", "n/a", "München", "Germany", ""),
        ("D1", "=cmd|' /C calc'!A0", "evil.example.net", "", "", ""),
    ],
    columns=["Account ID", "Account Name", "Website", "Billing City", "Billing Country", "Parent Account"],
)
LEADS = pd.DataFrame(
    [
        ("L1", "Acme Robotics", "ann@acmerobotics.com", "Berlin", "Germany"),
        ("L2", "Bolt", "bob@bolt-logistics.eu", "", ""),
        ("L3", "Cafe Munch", "carol@gmail.com", "Munich", "DE"),
        ("L4", "Cafe Munch", "dave@gmail.com", "", ""),
        ("L5", "Nobody", "eve@nobody.org", "", ""),
    ],
    columns=["Lead ID", "Company", "Email", "City", "Country"],
)


def answers(*tables: pd.DataFrame, **options: object) -> dict[tuple[str, str], str]:
    found = pipeline.companies(*tables, **options).to_pylist()
    return {(row["left_id"], row["right_id"]): row["decision"] for row in found}


def test_leads_are_linked_to_accounts():
    found = answers(LEADS, ACCOUNTS)
    assert found[("L1", "A2")] == "same"
    assert found[("L1", "A1")] == "ask"
    assert found[("L2", "B1")] == found[("L2", "B2")] == "same", "two rows, one company"
    assert found[("L3", "C1")] == "same"
    assert found[("L4", "C1")] == "ask", "never by name alone"
    assert not [pair for pair in found if pair[0] == "L5"]


def test_one_table_is_freed_of_duplicates():
    assert answers(ACCOUNTS) == {("A1", "A2"): "different", ("B1", "B2"): "same"}


def test_every_row_has_a_reason():
    for row in pipeline.companies(LEADS, ACCOUNTS).to_pylist():
        assert row["reason"]
        assert 0 < row["confidence"] < 1


def test_numbers_of_registers_keep_their_digits():
    one = pd.DataFrame({"id": ["1"], "name": ["Acme"], "CIK": [66740.0]})
    other = pd.DataFrame({"id": ["2"], "name": ["ACME Corp"], "cik": ["66740"]})
    assert answers(one, other) == {("1", "2"): "same"}


def test_rows_without_ids_are_numbered():
    assert answers(pd.DataFrame({"Company": ["Acme", "Acme"], "Website": ["acme.com"] * 2})) == {("1", "2"): "same"}


def test_a_domain_of_too_many_is_told():
    crowd = pd.DataFrame({"id": [str(n) for n in range(60)], "name": [f"Shop number {n}" for n in range(60)]})
    crowd["domain"] = "mall.com"
    assert answers(crowd) == {}


@pytest.mark.parametrize(
    ("frame", "words"),
    [
        (pd.DataFrame({"Shoe size": [41], "Colour": ["red"]}), "no column tells companies apart, found 'Shoe size"),
        (pd.DataFrame({"name": ["Acme"]}), "there is no column 'Nmae'"),
    ],
)
def test_tables_that_tell_no_companies_apart_are_refused(frame, words):
    with pytest.raises(MappingError, match=words):
        pipeline.companies(frame, id="Nmae" if "name" in frame else None)


words = st.sampled_from(["acme", "bolt", "robotics", "labs", "gmbh", "europe", "inc", "x1", "café"])
company = st.builds(
    lambda name, domain, city, country: (" ".join(name), domain, city, country),
    st.lists(words, min_size=0, max_size=3),
    st.sampled_from(["", "acme.com", "acme.de", "bolt.io", "x@gmail.com", "robotics.com"]),
    st.sampled_from(["", "Boston", "Berlin"]),
    st.sampled_from(["", "US", "Germany"]),
)
HEADINGS = ["name", "domain", "city", "country"]


def table_of(rows: list[tuple[str, ...]]) -> pd.DataFrame:
    table = pd.DataFrame(rows, columns=HEADINGS, dtype=object)
    table.insert(0, "id", [str(n) for n in range(len(rows))])
    return table


@settings(max_examples=25, deadline=None)
@given(st.lists(company, min_size=1, max_size=8))
def test_law_the_order_of_rows_makes_no_odds(rows):
    def pairs(of: pd.DataFrame) -> set[tuple[frozenset[str], str]]:
        return {(frozenset(pair), decision) for pair, decision in answers(of).items()}

    table = table_of(rows)
    assert pairs(table) == pairs(table.iloc[::-1].reset_index(drop=True))


@settings(max_examples=25, deadline=None)
@given(st.lists(company, min_size=1, max_size=6), company)
def test_law_the_index_and_the_table_agree(rows, lead):
    index = AccountIndex(Company(str(n), *row[:2], city=row[2], country=row[3]) for n, row in enumerate(rows))
    asked = index.match(Company("0", *lead[:2], city=lead[2], country=lead[3]))
    found = answers(table_of([lead]), table_of(rows))
    candidates = {(c.account_id) for c in asked.candidates}
    assert candidates == {right for (_, right), decision in found.items() if decision != "different"}
    if asked.account_id is not None:
        assert found[("0", asked.account_id)] == "same"


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    monkeypatch.chdir(tmp_path)
    LEADS.to_csv("leads.csv", index=False)
    ACCOUNTS.to_csv("accounts.csv", index=False)

    def command(*typed: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(typed))
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


def test_the_command_links_and_lists_what_is_in_doubt(run):
    code, out, err = run("companies", "leads.csv", "accounts.csv")
    assert code == 0, err
    assert "3 of 5 rows (60%) found among 6" in out
    assert "For you to decide" in out
    assert "Cafe Munch (L4)" in out
    assert "domain = Email" in out
    rows = pd.read_csv("matches.csv")
    assert list(rows) == ["left_id", "right_id", "decision", "confidence", "reason", "left_name", "right_name"]


def test_the_command_as_json(run):
    code, out, err = run("companies", "accounts.csv", "--json", "-o", "m.parquet")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["decisions"] == {"same": 1, "ask": 0, "different": 1}
    assert told["of"] == "one table"
    assert len(pd.read_parquet("m.parquet")) == 2


def test_a_hostile_name_is_no_formula(run):
    pd.concat([ACCOUNTS, ACCOUNTS.iloc[5:].assign(**{"Account ID": "D2"})]).to_csv("twice.csv", index=False)
    assert run("companies", "twice.csv")[0] == 0
    row = pd.read_csv("matches.csv").set_index("left_id").loc["D1"]
    assert row["left_name"].startswith("'=")


def test_bad_input_of_the_command(run):
    for typed, said in (
        (("companies", "nothing.csv"), "nothing.csv"),
        (("companies", "leads.csv", "-o", "leads.csv"), "would be overwritten"),
        (("companies", "leads.csv", "-o", "m.docx"), ".parquet or .csv"),
        (("companies", "leads.csv", "--id", "Nmae"), "there is no column 'Nmae'"),
    ):
        code, out, err = run(*typed)
        assert (code, out) == (2, ""), typed
        assert said in err
