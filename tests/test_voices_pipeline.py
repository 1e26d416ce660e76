"""Conversations and people, from their files into a profile and its file."""

from datetime import date

import pandas as pd
import pytest

from idealfit.errors import InputError
from idealfit.pipeline.voices import Spoken, with_voices
from idealfit.profile.files import dumps, loads
from idealfit.sources.mapping import Mapping
from profile_sample import SAMPLE
from talk import PLANTED, talk

PAST, SAID = talk(seed=1)


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    folder = tmp_path_factory.mktemp("talk")
    calls = [{"Deal ID": u.deal, "Speaker": u.speaker, "Side": u.side, "Words": u.text} for u in SAID]
    pd.DataFrame(calls).to_csv(folder / "calls.csv", index=False)
    people = [{"deal id": f"D{i}", "title": t} for i in range(120) for t in ("CFO", "VP of Sales")]
    pd.DataFrame([*people, {"deal id": "elsewhere", "title": "CEO"}]).to_csv(folder / "people.csv", index=False)
    return folder


def joined(profile=SAMPLE, said=None, **tables):
    return with_voices(profile, PAST, Spoken(**tables), said=said or Mapping())


def test_what_was_said_reaches_the_file(files):
    profile = joined(conversations=files / "calls.csv", said=Mapping(columns={"text": "Words"}))
    kept = loads(dumps(profile))
    (found,) = [v for v in kept.voice if v.verdict == "supported"]
    assert found.phrase == PLANTED[0]
    by_line = (files / "calls.csv").read_text(encoding="utf-8").splitlines()
    for quote in found.quotes:
        line = int(quote.source.rstrip(")").rpartition(":")[2])
        assert quote.text in by_line[line - 1]
    assert any("rests on the conversations of 120 companies" in limit for limit in kept.limits)
    assert "utterances of customers" in [row.step for row in kept.learned.rows]


def test_people_make_a_committee_and_strangers_are_counted(files):
    profile = joined(people=files / "people.csv")
    assert next((r.role, r.won.seen) for r in profile.committee) == ("CFO", int(PAST.won.sum()))
    assert any("1 people belong to no decided deal" in warning for warning in profile.learned.warnings)
    assert profile.criteria == SAMPLE.criteria, "people are not scored"


def test_a_table_of_strangers_is_refused(tmp_path):
    pd.DataFrame({"company": ["Elsewhere"], "title": ["CEO"]}).to_csv(tmp_path / "p.csv", index=False)
    with pytest.raises(InputError, match="nobody in it works for a company of the deals"):
        joined(people=tmp_path / "p.csv")


def test_without_tables_nothing_changes():
    assert joined() == SAMPLE


def test_feedback_that_contradicts_the_data_stands_among_the_limits(tmp_path):
    table = pd.DataFrame({"rep": ["Rep A"], "segment": ["D0"], "statement": ["they ghost us"]})
    table.to_csv(tmp_path / "f.csv", index=False)
    profile = joined(feedback=tmp_path / "f.csv")
    assert profile.limits == SAMPLE.limits, "one deal contradicts nobody"
    assert "statements of the team held against data" in [row.step for row in profile.learned.rows]


def test_nothing_said_after_the_day_of_learning_counts(tmp_path):
    table = pd.DataFrame(
        {"deal": ["D1", "D1"], "speaker": ["Ann"] * 2, "side": ["customer"] * 2, "kind": ["interview"] * 2}
    )
    table["date"], table["text"] = ["2024-03-01", "2025-03-01"], ["We lose stock.", "We lose customers."]
    table.to_csv(tmp_path / "calls.csv", index=False)
    late = joined(conversations=tmp_path / "calls.csv", until=date(2024, 6, 30))
    assert [r.rows_in for r in late.learned.rows if r.step.startswith("utterances of companies")] == [1]
