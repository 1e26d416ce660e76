"""Match, end to end: facts are tests, meaning is ranked, denials never reach the vectors, bad input is told."""

from __future__ import annotations

import json
import subprocess
import sys
from importlib import import_module

import numpy as np
import pandas as pd
import pytest

import idealfit
from idealfit.errors import InputError, MappingError
from idealfit.match.asked import asked
from idealfit.match.checks import NO, POINTS, UNKNOWN, YES, Answered
from idealfit.match.encoder import OnnxEncoder
from idealfit.match.evidence import evidence
from idealfit.match.texts import clean, told
from idealfit.pipeline.matching import as_csv, match, match_to_file
from idealfit.profile.files import loads
from tiny_models import as_folder

SAID = {
    "acme": ("We ship parcels for every small shop in town, within a day.", 60, "Mexico", "Jira; Slack"),
    "globex": ("Couriers and trucks carry parcels from the store to your door.", 500, "Mexico", "Slack"),
    "initech": ("Doctors see their patients by video call, without a waiting room.", 80, "Germany", "Jira"),
    "umbrella": ("A clinic in your pocket: call a doctor at any hour of the day.", None, "Mexico", None),
    "stark": ("Loans for farms that want to buy a truck before the harvest.", 45, "Mexico", "SAP"),
    "silent": (None, 50, "Mexico", "Jira"),
    "wayne": ("An agency that designs web shops and parcels out the work.", 90, "Mexico", "Slack"),
    "hooli": ("Freight forwarding: parcels and pallets across the border in one day.", 120, "Mexico", "Jira"),
}


@pytest.fixture
def companies():
    rows = [(name, *values) for name, values in SAID.items()]
    return pd.DataFrame(rows, columns=["Company", "Description", "Employees", "Country", "Technologies"])


@pytest.fixture
def one(companies, tmp_path, monkeypatch):
    """Return a matcher of the companies by words alone, which gives its one list."""
    monkeypatch.setenv("IDEALFIT_MODELS", str(tmp_path / "none"))

    def matcher(**asked_for):
        options = {"id": "Company", "text": ["Description"], "keep_vectors": False, **asked_for}
        return match(companies, **options)[0]

    return matcher


def ids(found):
    return [m.id for m in found.matches if m.rank is not None]


def test_facts_filter_and_the_rest_is_ranked(one):
    found = one(query="Between 40 and 250 people in Mexico who ship parcels.")
    assert {check.column for check in found.asked.checks} == {"Employees", "Country"}
    assert "people" not in found.asked.meaning
    assert {"globex", "initech"}.isdisjoint(ids(found)), "one too large, one elsewhere"
    assert ids(found)[0] == "acme"
    assert "hooli" in ids(found)[:3]
    umbrella = next(m for m in found.matches if m.id == "umbrella")
    assert umbrella.facts_unknown == ("employees between 40 and 250",)
    assert umbrella.facts_met
    assert found.failed_facts == 2


def test_a_company_is_shown_by_its_name_beside_its_id(companies, tmp_path, monkeypatch):
    monkeypatch.setenv("IDEALFIT_MODELS", str(tmp_path / "none"))
    companies.insert(0, "id", range(100, 100 + len(companies)))
    found = match(companies, query="ships parcels", id="id", text=["Description"], keep_vectors=False)[0]
    named = {m.id: m.name for m in found.matches if m.evidence}
    assert named["100"] == "acme"
    assert all(companies["Company"][int(number) - 100] == name for number, name in named.items())


def test_what_is_left_of_a_text_without_its_facts_reads_as_a_list(one):
    found = one(query="Firms that ship parcels, 40 to 80 people, in Mexico, fast.")
    assert found.asked.meaning.startswith("Firms that ship parcels, fast")


def test_a_country_is_found_in_a_column_of_places_by_its_long_name_too(companies):
    companies["Regions"] = ["United States of America; Remote", "Remote", *["Mexico; Latin America"] * 6]
    found = match(companies.drop(columns="Country"), query="In the United States, they ship parcels.", id="Company",
                  text=["Description"], keep_vectors=False)[0]  # fmt: skip
    assert ids(found) == ["acme", "globex"], "nobody knows where the second is"
    south = match(companies.drop(columns="Country"), query="Doctors in Latin America who call patients.", id="Company",
                  text=["Description"], keep_vectors=False)[0]  # fmt: skip
    assert ids(south)[0] == "initech"
    assert "acme" not in ids(south)


def test_addresses_in_a_list_of_places_are_read_from_narrow_to_wide(companies):
    companies["Location"] = ["Mexico City, CDMX, Mexico; Remote", "Santa Fe, NM, USA", "Remote", None,
                             *["Oaxaca, Oax., Mexico"] * 4]  # fmt: skip
    found = match(companies.drop(columns="Country"), query="In Mexico, they ship parcels.", id="Company",
                  text=["Description"], keep_vectors=False)[0]  # fmt: skip
    assert "globex" not in ids(found)
    assert {"acme", "initech", "hooli"} <= set(ids(found))
    assert found.facts_counted == ((5, 1, 2),)
    assert "country is Mexico or MX" in found.matches[0].facts_met


def test_those_of_whom_nobody_knows_do_not_crowd_out_those_who_are_known_to_meet_a_fact(companies, monkeypatch):
    answers = np.array([[YES], [NO], [NO], [NO], [UNKNOWN]], dtype=np.int8)
    assert Answered(answers, {}).doubts.tolist() == [0, 0, 0, 0, 2 * POINTS * 0.75]
    assert Answered(answers[-1:], {}).doubts.tolist() == [0], "nobody is known to meet it, and nobody is less likely to"
    companies["Country"] = ["Peru", *["Mexico"] * 6, None]
    asked_for = {"query": "In Peru, parcels across the border.", "id": "Company", "text": ["Description"]}
    found = []
    for points in (0, POINTS):
        monkeypatch.setattr(import_module("idealfit.match.checks"), "POINTS", points)
        found.append({m.id: m.match for m in match(companies, **asked_for, keep_vectors=False)[0].matches})
    before, after = (one["hooli"] for one in found)
    assert after == pytest.approx(before - 2 * POINTS * 6 / 7)


def test_ids_that_are_there_twice_are_told(companies, one):
    assert not any("another row" in said for said in one(query="parcels").warnings)
    companies.loc[1, "Company"] = "acme"
    assert any("1 row has the id of another row" in said for said in one(query="parcels").warnings)


def test_a_word_that_no_cell_of_the_column_says_leaves_nobody_out_and_goes_to_meaning(companies, one):
    companies["Industry"] = ["B2B", "Consumer", "B2B", "Consumer", "B2B", "B2B", "B2B", "B2B"]
    found = one(query="Software companies that ship parcels. They are no agencies.")
    assert [check.unheard_in for check in found.asked.checks] == ["Industry", "Industry"]
    assert "Software" in found.asked.meaning, "what companies say may tell"
    assert "agencies" not in found.asked.meaning
    assert "wayne" not in ids(found), "its own words say that it is one"
    assert {"acme", "globex", "hooli"} <= set(ids(found))
    companies.loc[0, "Industry"] = "Software"
    assert ids(one(query="Software companies that ship parcels.")) == ["acme"]


def test_a_text_of_facts_alone_is_refused_before_anything_is_embedded(companies, tmp_path, monkeypatch):
    monkeypatch.setattr(OnnxEncoder, "vectors", lambda *_args, **_rest: pytest.fail("embedded"))
    with pytest.raises(InputError, match=r"nothing but facts"):
        match(companies, query="Between 40 and 250 people in Mexico.", id="Company", text=["Description"],
              models=[str(as_folder(tmp_path / "tiny"))], keep_vectors=False)  # fmt: skip


def test_facts_as_points_leave_nobody_out(one):
    filtered, points, off = (
        one(query="In Mexico, they ship parcels.", facts=use) for use in ("filter", "points", "off")
    )
    assert "initech" not in ids(filtered)
    assert set(ids(points)) == set(ids(off)) == set(SAID) - {"silent"}
    initech = next(m for m in points.matches if m.id == "initech")
    assert initech.facts_failed
    assert off.asked.checks == ()
    assert "Mexico" in off.asked.meaning


def test_a_denial_is_a_test_and_never_meaning(one):
    found = one(query="They ship parcels. They do not use Jira.")
    assert "Jira" not in found.asked.meaning
    assert {"acme", "initech", "hooli"}.isdisjoint(ids(found))
    assert "umbrella" in ids(found), "nobody knows what it uses"


def test_a_denial_without_a_column_is_looked_for_in_the_companys_words(one, companies):
    companies.drop(columns="Technologies", inplace=True)
    companies.loc[0, "Description"] += " Made with Salesforce."
    found = one(query="They ship parcels. They have no Salesforce.", facts="points")
    acme, hooli = (next(m for m in found.matches if m.id == name) for name in ("acme", "hooli"))
    assert "its text says" in acme.facts_failed[0]
    assert "Salesforce" in acme.facts_failed[0]
    assert hooli.facts_unknown


def test_a_fact_that_no_column_answers_stays_in_the_meaning():
    assert "Mexico" in asked("Couriers in Mexico.", ["Employees"]).meaning
    assert "Mexico" not in asked("Couriers and parcels in Mexico.", ["Country"]).meaning


def test_a_number_never_goes_to_the_vectors(one):
    assert asked("They ship parcels, with more than 40 employees.", ["Country"]).meaning.startswith("They ship parcels")
    with pytest.raises(InputError, match=r"nothing but facts"):
        one(query="In Mexico, with more than 300 stores.")


def test_only_facts_are_no_matter_of_meaning(one):
    with pytest.raises(InputError, match=r"nothing but facts.*idealfit score"):
        one(query="Between 40 and 250 people in Mexico.")


def test_companies_without_text_are_listed_without_a_rank(one):
    found = one(query="parcels for shops")
    last = found.matches[-1]
    assert (last.id, last.rank, last.match) == ("silent", None, None)
    assert found.without_text == 1
    assert one(query="parcels for shops", top=2).matches[-1].id != "silent"


def test_evidence_shows_which_words_met_which_sentence(one):
    found = one(query="They carry parcels to the door. Doctors call patients.")
    top = {m.id: m for m in found.matches}
    assert top["globex"].evidence[0][0] == "They carry parcels to the door."
    assert "Couriers" in top["globex"].evidence[0][1]


def test_a_sentence_is_quoted_only_where_it_is_nearer_than_is_usual_in_the_table():
    space = np.eye(4, dtype=np.float32)
    place = {"ships parcels": space[0], "We ship.": space[0], "We try.": 0.3 * space[0] + 0.954 * space[1]}

    def vectors(sentences):
        return np.array([place[one] for one in sentences], dtype=np.float32)

    said = ["We ship.", "We try."]
    assert [len(pairs) for pairs in evidence(["ships parcels"], said, vectors)] == [1, 1]
    usual = np.tile(0.2 * space[0] + 0.98 * space[2], (200, 1)).astype(np.float32)
    usual[::2, 0] = 0.35  # so that .275 is the mean and .075 a standard deviation
    assert [len(pairs) for pairs in evidence(["ships parcels"], said, vectors, usual=usual)] == [1, 0]
    assert [len(pairs) for pairs in evidence(["ships parcels"], said, vectors, usual=usual[:20])] == [1, 1]


def test_without_a_model_it_is_said_loudly_and_words_still_rank(one):
    found = one(query="parcels")
    assert found.models == ()
    assert "NO MODEL IS HERE" in found.warnings[0]
    assert "idealfit models add" in found.warnings[0]
    assert not one(query="parcels", without=["meaning"]).warnings


def test_an_encoder_of_ones_own_repeats_exactly_and_embeds_once(companies, tmp_path):
    folder = str(as_folder(tmp_path / "tiny"))
    options = {"id": "Company", "text": ["Description"], "models": [folder], "vectors": tmp_path / "kept"}
    first, second = (match(companies, query="ship a parcel", **options)[0] for _ in range(2))
    assert first.embedded > 0
    assert second.embedded == 0
    assert [(m.id, m.match) for m in first.matches] == [(m.id, m.match) for m in second.matches]
    more = pd.concat([companies, pd.DataFrame([{"Company": "new", "Description": "Parcels for farms."}])])
    assert match(more, query="ship a parcel", **options)[0].embedded == 1


def test_vectors_of_another_model_under_its_name_are_refused(companies, tmp_path):
    options = {"id": "Company", "text": ["Description"], "vectors": tmp_path / "kept", "query": "ship"}
    match(companies, models=[str(as_folder(tmp_path / "a" / "tiny", seed=1))], **options)
    with pytest.raises(InputError, match=r"made by another model.*Delete the folder"):
        match(companies, models=[str(as_folder(tmp_path / "b" / "tiny", seed=2))], **options)


def test_a_denial_never_reaches_the_encoder(companies, tmp_path, monkeypatch):
    seen = []
    plain = OnnxEncoder.query_vectors
    monkeypatch.setattr(OnnxEncoder, "query_vectors", lambda self, texts: (seen.extend(texts), plain(self, texts))[1])
    match(companies, query="They ship parcels. They do not use Jira.", id="Company", text=["Description"],
          models=[str(as_folder(tmp_path / "tiny"))], keep_vectors=False)  # fmt: skip
    assert seen == ["They ship parcels."]


def test_look_alikes_and_more_like_these_less_like_those(one):
    found = one(like=["acme", "globex"])
    assert {"acme", "globex"}.isdisjoint(ids(found))
    assert ids(found)[0] in ("hooli", "wayne")
    assert found.asked.sentences == (SAID["acme"][0], SAID["globex"][0]), "examples are told by what they say"
    hooli = next(m for m in found.matches if m.id == "hooli")
    assert hooli.evidence == ((SAID["acme"][0], SAID["hooli"][0]),), "the nearest example alone"
    fewer = one(like=["acme", "globex"], unlike=["wayne"])
    assert "wayne" not in ids(fewer)


def test_examples_that_are_not_there_or_say_nothing_are_refused(one):
    with pytest.raises(InputError, match="no company of this id is in the table, found 'nobody'"):
        one(like=["nobody"])
    with pytest.raises(InputError, match="none of the examples has a text"):
        one(like=["silent"])


def test_a_profile_is_matched_by_its_narrative_and_holds_its_must_haves(one):
    profile = loads("""
idealfit: 2
name: Couriers
verdict: written by hand
narrative:
  text: They ship parcels for shops.
  company: {text: couriers, source: person}
  situation: {text: "", source: open question}
  trigger: {text: "", source: open question}
  alternative: {text: "", source: open question}
  urgency: {text: "", source: open question}
criteria:
- attribute: Employees
  layer: firmographic
  test: {at_least: 100}
  points: 2
  need: must
disqualify:
- attribute: Technologies
  test: {has: Slack}
""")
    found = one(profile=profile)
    assert ids(found)[0] == "hooli"
    assert {"acme", "globex", "initech"}.isdisjoint(ids(found))


def test_diverse_does_not_list_one_kind_in_a_row(companies, one):
    for number in range(5):
        companies.loc[len(companies)] = [f"acme {number}", SAID["acme"][0], 60, "Mexico", "Jira"]
    plain = ids(one(query="parcels for a small shop, shipped or carried by trucks"))
    spread = ids(one(query="parcels for a small shop, shipped or carried by trucks", diverse=True))
    assert sum(name.startswith("acme") for name in plain[:5]) > sum(name.startswith("acme") for name in spread[:5])
    assert sorted(plain) == sorted(spread)


def test_what_is_new_since_last_time_is_a_result_of_its_own(companies, one, tmp_path):
    options = {"id": "Company", "text": ["Description"], "query": "parcels for shops", "keep_vectors": False}
    match_to_file(companies, tmp_path / "before.csv", **options)
    companies.loc[len(companies)] = ["newco", "Parcels for shops on the moon.", 10, "Moon", "Jira"]
    found = match_to_file(
        companies, tmp_path / "now.csv", new=tmp_path / "new.csv", since=tmp_path / "before.csv", **options
    )
    assert found[0].new == ("newco",)
    assert pd.read_csv(tmp_path / "new.csv")["id"].tolist() == ["newco"]
    with pytest.raises(InputError, match="no earlier list"):
        one(query="parcels", since=str(as_table(companies, tmp_path)))


def as_table(companies, tmp_path):
    path = tmp_path / "companies.csv"
    companies.to_csv(path, index=False)
    return path


def test_several_queries_in_one_go_have_a_column_of_their_own(companies, tmp_path):
    found = match(companies, queries=["parcels", "doctors by video"], id="Company", text=["Description"], top=1,
                  keep_vectors=False)  # fmt: skip
    lines = as_csv(found, several=True).splitlines()
    assert lines[0] == "query,id,rank,match,evidence,facts_met,facts_failed,facts_unknown"
    assert lines[2].startswith("doctors by video,initech,1,")


def test_the_file_is_safe_for_a_spreadsheet(companies):
    companies.loc[0, "Company"] = "=cmd()"
    companies.loc[0, "Description"] = "=HYPERLINK parcels parcels parcels"
    text = as_csv(
        match(companies, query="parcels", id="Company", text=["Description"], keep_vectors=False), several=False
    )
    assert "\n'=cmd()," in text
    assert "\n=" not in text


@pytest.mark.parametrize(
    ("asked_for", "message"),
    [
        ({}, "one thing is asked for at a time, found 'nothing'"),
        ({"query": "a", "like": ["acme"]}, "found 'a query and examples'"),
        ({"query": "parcels", "facts": "maybe"}, "one of three ways, found 'maybe'"),
        ({"query": "parcels", "without": ["luck"]}, "no such stage, found 'luck'"),
        ({"query": "parcels", "without": ["words", "meaning"]}, "nothing to rank by"),
        ({"query": "parcels", "top": 0}, "at least one company"),
        ({"query": "   "}, "nothing is asked for"),
    ],
)
def test_what_does_not_go_together_is_told(one, asked_for, message):
    with pytest.raises(InputError, match=message):
        one(**asked_for)


def test_columns_that_are_not_there_are_told(companies):
    with pytest.raises(MappingError, match=r"no such column, found 'Words'"):
        match(companies, query="parcels", text=["Words"], keep_vectors=False)
    with pytest.raises(MappingError, match=r"no column with the companies' own words"):
        match(companies[["Employees", "Country"]], query="parcels", keep_vectors=False)
    with pytest.raises(MappingError, match=r"no such column for account_id, found 'Nr'"):
        match(companies, query="parcels", id="Nr", text=["Description"], keep_vectors=False)


def test_one_word_other_languages_markup_and_ten_megabytes(companies, one):
    companies.loc[0, "Description"] = "<div><script>alert('parcels')</script><p>Wir liefern&nbsp;Pakete</p></div>"
    companies.loc[1, "Description"] = "parcels and trucks. " * 500_000
    companies.loc[2, "Description"] = "Мы доставляем посылки для небольших магазинов по всему городу за один день"
    found = one(query="parcels")
    assert any("very long" in warning for warning in found.warnings)
    assert any("not seem to be English" in warning for warning in found.warnings)
    assert ids(found)[0] == "globex"
    foreign = one(query="посылки для магазинов в городе за один день и ночь")
    assert ids(foreign)[0] == "initech"
    assert any("the text does not seem" in warning for warning in foreign.warnings)
    german = one(query="Pakete am selben Tag liefern für kleine Läden in der Innenstadt und Umgebung")
    assert any("the text does not seem" in warning for warning in german.warnings)
    assert any("first 40,000 letters" in warning for warning in one(query="parcels late. " * 700_000).warnings)
    with pytest.raises(InputError, match="nothing is asked for"):
        one(query="  ")
    assert told([companies.loc[0, "Description"]]).text == "Wir liefern Pakete"


def test_markup_that_never_ends_is_read_in_time():
    assert clean("<" * 200_000 + "parcels")
    assert clean("<style>" * 50_000) == ""


def test_the_command_writes_prints_and_refuses(companies, tmp_path):
    path = as_table(companies, tmp_path)
    command = [sys.executable, "-m", "idealfit.cli"]
    if subprocess.run([*command, "--version"], capture_output=True, check=False).returncode:
        command = [sys.executable, "-c", "from idealfit.cli import main; main()"]
    out = tmp_path / "m.csv"
    asked_for = [str(path), "--text", "Description", "--id", "Company", "-o", str(out), "--json"]
    run = subprocess.run([*command, "match", *asked_for, "--like", "acme", "globex", "--unlike", "wayne"],
                         capture_output=True, text=True, check=False, env=_without_models(tmp_path))  # fmt: skip
    assert run.returncode == 0, run.stderr
    listed = [m["id"] for m in json.loads(run.stdout)["matches"]]
    assert listed == pd.read_csv(out)["id"].tolist()
    assert {"acme", "globex", "wayne"}.isdisjoint(listed)
    refused = subprocess.run([*command, "match", *asked_for], capture_output=True, text=True, check=False,
                             env=_without_models(tmp_path))  # fmt: skip
    assert refused.returncode == 2
    assert "one thing is asked for at a time" in refused.stderr
    listed = subprocess.run([*command, "models", "list", "--json"], capture_output=True, text=True, check=True,
                            env=_without_models(tmp_path))  # fmt: skip
    assert json.loads(listed.stdout)["here"] == []


@pytest.mark.parametrize("asked_for", [{"query": "They ship parcels. No agencies."}, {"like": ["acme", "globex"]}])
def test_past_the_limit_the_list_is_the_same(companies, tmp_path, monkeypatch, asked_for):
    spaces = import_module("idealfit.match.spaces")
    folder = str(as_folder(tmp_path / "tiny"))
    for number in range(200):
        name, said = list(SAID.items())[number % len(SAID)]
        companies.loc[len(companies)] = [f"{name} {number}", said[0] and f"{said[0]} Since {number}.", *said[1:]]
    options = {"id": "Company", "text": ["Description"], "models": [folder], "vectors": tmp_path / "kept", **asked_for}
    few = match(companies, **options)[0]
    monkeypatch.setattr(spaces, "EXACT_UP_TO", 10)
    many = match(companies, **options)[0]
    again = match(companies, **options)[0]
    assert list((tmp_path / "kept" / "indexes").glob("*.faiss"))
    assert many == again
    assert ids(many) == ids(few)
    for one, other in zip(few.matches, many.matches, strict=True):
        assert (one.id, one.evidence, one.facts_met, one.facts_failed, one.facts_unknown) == (
            other.id, other.evidence, other.facts_met, other.facts_failed, other.facts_unknown)  # fmt: skip
        assert other.match == pytest.approx(one.match, abs=0.01)


def test_past_the_limit_what_is_new_is_found_without_making_the_index_again(companies, tmp_path, monkeypatch):
    monkeypatch.setattr(import_module("idealfit.match.spaces"), "EXACT_UP_TO", 10)
    company_index = import_module("idealfit.match.company_index")
    monkeypatch.setattr(company_index, "MOST_BESIDE", 0.1)
    for number in range(50):
        companies.loc[len(companies)] = [f"c{number}", f"We lend to {number} farms.", 5, "Mexico", "Jira"]
    options = {"id": "Company", "text": ["Description"], "models": [str(as_folder(tmp_path / "tiny"))],
               "vectors": tmp_path / "kept", "query": "parcels for shops"}  # fmt: skip
    match_to_file(companies, tmp_path / "before.csv", **options)
    companies.loc[len(companies)] = ["newco", "Parcels for shops on the moon.", 10, "Moon", "Jira"]
    monkeypatch.setattr(company_index, "trained", lambda *_: pytest.fail("made again"))
    [found] = match_to_file(companies, tmp_path / "now.csv", since=tmp_path / "before.csv", **options)
    assert found.new == ("newco",)
    assert found.embedded == 1


def test_facts_of_many_texts_are_looked_up_in_one_reading(companies, monkeypatch):
    checks = import_module("idealfit.match.checks")
    asked_for = [f"They ship parcels, between {low} and 100 people." for low in range(3, 20)]
    options = {"id": "Company", "text": ["Description"], "keep_vectors": False, "without": ["meaning"]}
    alone = [match(companies, query=text, **options)[0] for text in asked_for]
    read = []
    real = checks.looked_up
    matching = import_module("idealfit.pipeline.matching")
    monkeypatch.setattr(matching, "looked_up", lambda *a: read.append(1) or real(*a))
    together = match(companies, queries=asked_for, **options)
    assert len(read) == 2, "sixteen texts, and one more"
    assert [one.matches for one in together] == [one.matches for one in alone]


def test_facts_and_texts_of_a_table_in_many_parts_belong_to_the_same_company(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    count, path = 60_000, tmp_path / "companies.parquet"
    table = pa.table({
        "id": [f"c{number}" for number in range(count)],
        "description": [f"We ship parcels in town {number}." for number in range(count)],
        "employees": [number % 1_000 for number in range(count)],
        "country": [("Mexico", "Kenya", "Peru")[number % 3] for number in range(count)],
    })  # fmt: skip
    pq.write_table(table, path, row_group_size=3_000)
    options = {
        "id": "id",
        "text": ["description"],
        "without": ["meaning", "neighbours", "feedback"],
        "keep_vectors": False,
    }
    found = match(path, query="They ship parcels, in Peru, between 40 and 250 people.", **options)[0]
    numbers = [int(name.removeprefix("c")) for name in ids(found)]
    assert sorted(numbers) == [n for n in range(count) if 40 <= n % 1_000 <= 250 and n % 3 == 2]
    assert all(f"in town {m.id[1:]}." in m.evidence[0][1] for m in found.matches[:50])


def _without_models(tmp_path):
    import os

    return {**os.environ, "IDEALFIT_MODELS": str(tmp_path / "none"), "XDG_CACHE_HOME": str(tmp_path / "cache")}


def test_match_is_a_verb_of_the_package():
    assert idealfit.match.__doc__
    assert callable(idealfit.match)
