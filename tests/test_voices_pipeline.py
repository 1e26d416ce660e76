"""Conversations and people, from their files into a profile and its file."""

from datetime import date

import pandas as pd
import pytest

from idealfit.errors import InputError
from idealfit.pipeline.not_given import with_what_left
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


def test_feedback_stands_beside_the_data(tmp_path):
    table = pd.DataFrame({"rep": ["Rep A"], "segment": ["D0"], "statement": ["they ghost us"]})
    table.to_csv(tmp_path / "f.csv", index=False)
    profile = joined(feedback=tmp_path / "f.csv")
    (stated,) = profile.feedback
    assert (stated.statement, stated.verdict) == ("they ghost us", "cannot be told"), "one deal contradicts nobody"
    assert "statements of the team held against data" in [row.step for row in profile.learned.rows]


def test_what_a_profile_loses_for_want_of_a_table_is_said():
    without = SAMPLE.model_copy(update={"triggers": (), "voice": (), "committee": (), "feedback": ()})
    told = with_what_left(without, SAMPLE, ["signals", "people"]).learned.warnings
    assert "The profile before had 1 trigger, learned with --signals, which was not given this time" in told[0]
    assert "1 role of the committee, learned with --people" in told[1]
    assert len(told) == 2 + len(SAMPLE.learned.warnings), "what was asked for and not found is no loss"
    assert with_what_left(without, None, ["signals"]) == without


def test_nothing_said_after_the_day_of_learning_counts(tmp_path):
    table = pd.DataFrame(
        {"deal": ["D1", "D1"], "speaker": ["Ann"] * 2, "side": ["customer"] * 2, "kind": ["interview"] * 2}
    )
    table["date"], table["text"] = ["2024-03-01", "2025-03-01"], ["We lose stock.", "We lose customers."]
    table.to_csv(tmp_path / "calls.csv", index=False)
    late = joined(conversations=tmp_path / "calls.csv", until=date(2024, 6, 30))
    assert [r.rows_in for r in late.learned.rows if r.step.startswith("utterances of companies")] == [1]
