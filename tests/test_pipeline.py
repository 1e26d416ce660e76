from __future__ import annotations

import importlib
from datetime import date
from pathlib import Path

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest

import idealfit
from crm_files import CUTOFF, crm, noise, proof
from idealfit import pipeline
from idealfit.engine import connect
from idealfit.errors import IdealfitError, InputError, MappingError, TooLittleDataError
from idealfit.learn.history import History
from idealfit.pipeline import learning
from idealfit.profile.document import Profile
from idealfit.tables import SCORES

COLUMNS = [field.name for field in SCORES]
DAY = date(2025, 1, 1)


@pytest.fixture
def folder() -> Path:
    return crm().folder


@pytest.fixture
def profile() -> Profile:
    return crm().profile


class CaughtError(Exception):
    """Stops the work once a history has been read; holds it."""

    def __init__(self, past: History) -> None:
        super().__init__("caught")
        self.past = past


@pytest.fixture
def history_of(monkeypatch):
    """Return a function that gives the history that `learn` would learn from, without learning."""

    def stop(past: History, **_: object) -> None:
        raise CaughtError(past)

    def asked(*tables: object, **options: object) -> History:
        monkeypatch.setattr(learning, "profile_from", stop)
        with pytest.raises(CaughtError) as caught:
            pipeline.learn(*tables, **options)
        monkeypatch.undo()
        return caught.value.past

    return asked


def test_learning_finds_the_rule_that_made_the_data(profile):
    assert profile.verdict == "learned"
    points = {c.attribute: c.points for c in profile.criteria}
    assert {"Employees", "Tools"} <= set(points)
    assert not set(points) & {"Colour", "Region", "Amount", "Close Date", "Owner", "Lost Reason", "Stage"}


def test_frames_give_the_profile_that_files_give(folder, profile, tmp_path):
    deals, accounts, customers = (pd.read_csv(folder / f"{n}.csv") for n in ("deals", "accounts", "customers"))
    from_frames = idealfit.learn(deals, accounts=accounts, customers=customers)
    assert idealfit.save_profile(from_frames, tmp_path / "p.yaml").criteria == profile.criteria


def test_noise_gives_a_profile_that_says_so(folder):
    found = noise().profile
    assert found.verdict == "no reliable pattern"
    assert not found.criteria
    assert found.definition or found.limits
    scores = idealfit.score(found, folder / "companies.csv", as_of=DAY)
    assert set(scores["tier"]) == {"unranked"}


def test_as_of_uses_only_what_was_known_then(folder, history_of):
    tables = {"accounts": folder / "accounts.csv", "customers": folder / "customers.csv"}
    then = history_of(folder / "deals.csv", as_of="2023-06-30", **tables)
    now = history_of(folder / "deals.csv", **tables)
    assert then.as_of == date(2023, 6, 30)
    assert 0 < len(then.won) < len(now.won)
    assert (then.closed <= np.datetime64("2023-06-30")).all()


def test_what_leaks_has_left_before_anything_is_learned(folder, history_of, tmp_path):
    deals = pd.read_csv(folder / "deals.csv")
    deals["Contract signed by"] = deals["Stage"].map({"Closed Won": "legal"})
    deals.to_csv(tmp_path / "deals.csv", index=False)
    past = history_of(tmp_path / "deals.csv", accounts=folder / "accounts.csv")
    assert "Contract signed by" not in past.facts
    assert "Contract signed by" in {e.column for e in past.excluded}


def test_with_a_market_the_first_table_holds_customers(folder, tmp_path, history_of):
    accounts = pd.read_csv(folder / "accounts.csv")
    won = pd.read_csv(folder / "customers.csv")["Account ID"]
    accounts[accounts["Account ID"].isin(won)].to_csv(tmp_path / "customers.csv", index=False)
    accounts.to_csv(tmp_path / "market.csv", index=False)
    past = history_of(tmp_path / "customers.csv", market=tmp_path / "market.csv")
    assert past.mode == "customers against a market"
    assert past.won.sum() == len(won)
    assert len(past.won) == len(accounts), "customers leave the side of the market"


def test_a_market_stands_alone(folder):
    with pytest.raises(InputError, match="without --accounts and --customers"):
        idealfit.learn(folder / "customers.csv", market=folder / "companies.csv", accounts=folder / "accounts.csv")


@pytest.mark.parametrize("kind", ["path", "pandas", "arrow", "ibis"])
def test_scores_come_back_as_the_kind_of_table_that_went_in(kind, folder, profile):
    path = folder / "companies.csv"
    frame = pd.read_csv(path)
    given = {
        "path": lambda: path,
        "pandas": lambda: frame,
        "arrow": lambda: pa.Table.from_pandas(frame, preserve_index=False),
        "ibis": lambda: connect().read_csv(str(path)),
    }[kind]()
    scores = idealfit.score(profile, given, id="Account ID", as_of=DAY)
    kinds = {"path": pd.DataFrame, "pandas": pd.DataFrame, "arrow": pa.Table, "ibis": ibis.Table}
    assert isinstance(scores, kinds[kind])
    rows = scores if isinstance(scores, pd.DataFrame) else scores.to_pandas()
    assert list(rows) == COLUMNS
    expected = idealfit.score(profile, frame, id="Account ID", as_of=DAY)
    pd.testing.assert_frame_equal(
        rows.sort_values("id", ignore_index=True), expected.sort_values("id", ignore_index=True), check_dtype=False
    )


def test_a_profile_on_disk_scores_as_the_one_in_memory(folder, profile, tmp_path):
    saved = idealfit.save_profile(profile, tmp_path / "profile.yaml")
    assert idealfit.load_profile(tmp_path / "profile.yaml") == saved
    in_memory = idealfit.score(saved, folder / "companies.csv", as_of=DAY)
    pd.testing.assert_frame_equal(
        idealfit.score(tmp_path / "profile.yaml", folder / "companies.csv", as_of=DAY), in_memory
    )


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_scores_are_written_whole_and_summed_up(ending, folder, profile, tmp_path):
    path = tmp_path / f"scores.{ending}"
    scored = pipeline.score_to_file(profile, folder / "companies.csv", path, as_of=DAY)
    rows = pd.read_csv(path) if ending == "csv" else pd.read_parquet(path)
    assert list(rows) == COLUMNS
    assert scored.rows == len(rows) == 200
    assert dict(scored.tiers) == {t.name: 0 for t in profile.tiers} | rows["tier"].value_counts().to_dict()
    assert [row["fit"] for row in scored.best] == sorted(rows["fit"], reverse=True)[:5]
    assert not scored.missing_columns
    assert not [p for p in tmp_path.iterdir() if p != path], "nothing is left beside the file"


def test_ids_that_repeat_are_said_and_every_row_is_scored(folder, profile, tmp_path):
    companies = pd.read_csv(folder / "companies.csv", dtype=str)
    once = pipeline.score_to_file(profile, folder / "companies.csv", tmp_path / "once.csv", as_of=DAY)
    assert not [w for w in once.warnings if "more than one row" in w]
    pd.concat([companies, companies.head(3), companies.head(1)]).to_csv(tmp_path / "twice.csv", index=False)
    scored = pipeline.score_to_file(profile, tmp_path / "twice.csv", tmp_path / "scores.csv", as_of=DAY)
    assert "3 ids stand in more than one row; every row was scored, and none was put together" in scored.warnings
    assert scored.rows == len(companies) + 4


def test_missing_columns_are_unknown_and_said(folder, profile, tmp_path):
    pd.read_csv(folder / "companies.csv").drop(columns=["Tools"]).to_csv(tmp_path / "half.csv", index=False)
    scored = pipeline.score_to_file(profile, tmp_path / "half.csv", tmp_path / "scores.csv", as_of=DAY)
    assert scored.missing_columns == ("Tools",)
    rows = pd.read_csv(tmp_path / "scores.csv")
    assert (rows["fit_low"] < rows["fit_high"]).all()
    assert rows["unknown"].str.contains("Tools").all()


def test_a_table_that_the_profile_knows_nothing_of_is_refused(profile, tmp_path):
    pd.DataFrame({"id": ["a", "b"], "Shoe size": [41, 42]}).to_csv(tmp_path / "shoes.csv", index=False)
    with pytest.raises(InputError, match="none of the attributes that the profile asks for") as refused:
        idealfit.score(profile, tmp_path / "shoes.csv")
    (mistake,) = refused.value.mistakes
    assert "Shoe size" in (mistake.found or "")
    assert "Employees" in mistake.allowed


def test_backtest_looks_at_later_deals_only():
    (trial,) = proof().cutoffs
    assert trial.cutoff == date.fromisoformat(CUTOFF)
    assert proof().kind == "forward in time"
    assert proof().answer == "ranks better than chance"
    assert trial.learned.n + trial.scored.n <= 500


def test_the_report_takes_the_proof_from_memory_or_from_its_file(folder, profile):
    page = idealfit.report(profile, proof())
    assert page == idealfit.report(profile, folder / "backtest.json")
    assert page != idealfit.report(profile)
    assert page.lstrip().lower().startswith("<!doctype html")


@pytest.mark.parametrize(
    ("content", "words"),
    [("{}", "not a backtest"), ("no json", "not JSON"), (None, "no such file"), ("[1, 2]", "not a backtest")],
)
def test_what_is_no_backtest_is_refused(content, words, profile, tmp_path):
    path = tmp_path / "backtest.json"
    if content is not None:
        path.write_text(content, encoding="utf-8")
    with pytest.raises(InputError, match=words):
        idealfit.report(profile, path)


def test_inspect_tells_deals_from_accounts(folder):
    deals, accounts = idealfit.inspect(folder / "deals.csv", folder / "accounts.csv")
    assert {c.name: c.role for c in deals.columns}["Stage"] == "outcome"
    assert {c.name: c.kind for c in accounts.columns}["Tools"] == "list"


def test_diff_is_empty_for_the_same_profile_and_tells_what_changed(profile):
    assert idealfit.diff(profile, profile) == ()
    fewer = profile.model_copy(update={"criteria": profile.criteria[1:]})
    assert profile.criteria[0].attribute in " ".join(str(change) for change in idealfit.diff(profile, fewer))


def test_learning_again_keeps_what_a_person_wrote(profile, tmp_path):
    path = tmp_path / "profile.yaml"
    saved = idealfit.save_profile(profile, path)
    line = saved.criteria[0]
    mine = saved.model_copy(
        update={"criteria": (line.model_copy(update={"why": "They told us so."}), *saved.criteria[1:])}
    )
    idealfit.save_profile(mine, path)
    assert idealfit.save_profile(profile, path).criteria[0].why == "They told us so."


def test_flags_win_over_the_mapping_file(folder, tmp_path, history_of):
    deals = pd.read_csv(folder / "deals.csv").rename(columns={"Stage": "How it went"})
    deals["How it went"] = deals["How it went"].replace({"Closed Won": "Ja!", "Closed Lost": "Leider nein"})
    deals.to_csv(tmp_path / "deals.csv", index=False)
    (tmp_path / "map.toml").write_text('won = ["Nope"]\n[columns]\noutcome = "How it went"\n', encoding="utf-8")
    with pytest.raises(MappingError, match="no such value"):
        idealfit.learn(tmp_path / "deals.csv", mapping=tmp_path / "map.toml", accounts=folder / "accounts.csv")
    past = history_of(
        tmp_path / "deals.csv",
        mapping=tmp_path / "map.toml",
        accounts=folder / "accounts.csv",
        won=["Ja!"],
        lost=["Leider nein", "Negotiation", "Proposal"],
        ignore=["Colour"],
    )
    assert past.open_deals == 0
    assert past.won.sum() == (deals["How it went"] == "Ja!").sum()
    assert "Colour" not in past.facts


def test_one_outcome_only_says_what_is_missing(folder, tmp_path):
    deals = pd.read_csv(folder / "deals.csv")
    deals[deals["Stage"] == "Closed Won"].to_csv(tmp_path / "won.csv", index=False)
    with pytest.raises(IdealfitError, match="lost"):
        idealfit.learn(tmp_path / "won.csv", accounts=folder / "accounts.csv")


def test_two_customers_are_too_few_or_said_to_be(folder, tmp_path):
    deals = pd.read_csv(folder / "deals.csv")
    few = pd.concat([deals[deals["Stage"] == "Closed Won"].head(2), deals[deals["Stage"] == "Closed Lost"].head(2)])
    few.to_csv(tmp_path / "few.csv", index=False)
    try:
        found = idealfit.learn(tmp_path / "few.csv", accounts=folder / "accounts.csv")
    except TooLittleDataError as error:
        assert "more" in str(error) or "at least" in str(error)  # noqa: PT017
    else:
        assert found.verdict == "no reliable pattern"


@pytest.mark.parametrize("day", ["tomorrow", "2024-13-01", "31.12.2024"])
def test_a_day_is_written_year_first(day, folder):
    with pytest.raises(InputError, match="not a day") as refused:
        idealfit.learn(folder / "deals.csv", as_of=day)
    assert "2024-06-30" in str(refused.value)


def test_progress_goes_forward_and_ends():
    shares = [share for _, share in crm().told]
    assert shares == sorted(shares)
    assert 0 <= shares[0] <= shares[-1] <= 1
    assert any("deals.csv" in words for words, _ in crm().told)


def test_rooms_do_not_stand_in_the_way_of_their_verbs():
    for room in ("learn", "score", "report"):
        importlib.import_module(f"idealfit.{room}")
        assert callable(getattr(idealfit, room)), f"idealfit.{room} is the room and not the verb"
    with pytest.raises(AttributeError, match="has no attribute 'lern'"):
        idealfit.lern  # noqa: B018  the access is what is tested


def test_a_backtest_that_may_never_end_is_not_read(profile):
    with pytest.raises(InputError, match=r"/dev: this is not a file. 'idealfit backtest' writes one."):
        idealfit.report(profile, "/dev")
    with pytest.raises(InputError, match="/dev/zero: this is not a file"):
        idealfit.report(profile, "/dev/zero")
