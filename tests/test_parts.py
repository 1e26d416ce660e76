"""Scores in a folder, part by part: as in one file; only what changed is scored again; nothing is half-written."""

import json
from datetime import date

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from every_kind import PROFILE, ROWS, TABLE
from idealfit import pipeline
from idealfit.errors import EngineError, InputError
from idealfit.pipeline import parts
from idealfit.pipeline.part_view import PartView
from idealfit.pipeline.scored_folder import UNFINISHED
from idealfit.sources.places import SCORED_FOLDER as STATE

AS_OF = date(2025, 6, 30)
WITHOUT_DAYS = PROFILE.model_copy(update={"criteria": tuple(c for c in PROFILE.criteria if c.test.within_days is None)})


@pytest.fixture(autouse=True)
def small_parts(monkeypatch):
    monkeypatch.setattr(parts, "ROWS_OF_A_PART", 40)


@pytest.fixture
def companies(tmp_path):
    """Return a function that writes companies as a Parquet file of row groups of twenty."""
    path = tmp_path / "companies.parquet"

    def written(rows=ROWS, where=path):
        pq.write_table(pa.Table.from_pylist(rows, schema=TABLE.schema), where, row_group_size=20)
        return where

    return written


def in_folder(companies, folder, profile=WITHOUT_DAYS, **how):
    return pipeline.score_to_folder(profile, companies, folder, **{"as_of": AS_OF, **how})


def rows_of(folder):
    return sorted(
        ibis.duckdb.connect().read_parquet(f"{folder}/*.parquet").to_pyarrow().to_pylist(), key=lambda r: int(r["id"])
    )


def test_parts_together_are_the_scores_in_one_file(companies, tmp_path):
    path = companies()
    found = in_folder(path, tmp_path / "scores", PROFILE)
    whole = pipeline.score_to_file(PROFILE, path, tmp_path / "scores.parquet", as_of=AS_OF)
    assert (found.parts, found.scored) == (3, 3)
    assert rows_of(tmp_path / "scores") == sorted(pq.read_table(whole.path).to_pylist(), key=lambda r: int(r["id"]))
    assert (found.summary.rows, found.summary.tiers, found.summary.best) == (whole.rows, whole.tiers, whole.best)


def test_an_unchanged_day_scores_nothing_and_touches_no_file(companies, tmp_path):
    path, folder = companies(), tmp_path / "scores"
    first = in_folder(path, folder)
    before = {f: f.stat().st_mtime_ns for f in folder.iterdir()}
    second = in_folder(path, folder, as_of="2026-01-01")
    assert (second.parts, second.scored) == (3, 0)
    assert {f: f.stat().st_mtime_ns for f in folder.iterdir()} == before
    assert second.summary == first.summary


def test_a_new_day_is_a_change_where_days_are_tested(companies, tmp_path):
    path, folder = companies(), tmp_path / "scores"
    in_folder(path, folder, PROFILE)
    assert in_folder(path, folder, PROFILE).scored == 0
    assert in_folder(path, folder, PROFILE, as_of="2026-01-01").scored == 3


def test_only_the_parts_with_changed_companies_are_scored_again(companies, tmp_path):
    folder = tmp_path / "scores"
    in_folder(companies(), folder)
    changed = [dict(row) for row in ROWS]
    changed[45]["city"] = "Zürich" if changed[45]["city"] != "ZÜRICH" else "Bern"
    found = in_folder(companies(changed), folder)
    assert found.scored == 1
    pipeline.score_to_file(WITHOUT_DAYS, companies(changed), tmp_path / "all.parquet", as_of=AS_OF)
    assert rows_of(folder) == sorted(pq.read_table(tmp_path / "all.parquet").to_pylist(), key=lambda r: int(r["id"]))


def test_companies_added_at_the_end_or_taken_away_change_only_the_end(companies, tmp_path):
    folder = tmp_path / "scores"
    in_folder(companies(), folder)
    more = [*ROWS, *({**row, "id": str(1000 + int(row["id"]))} for row in ROWS[:30])]
    assert in_folder(companies(more), folder).scored == 1
    assert len(rows_of(folder)) == 150
    fewer = in_folder(companies(ROWS[:40]), folder)
    assert (fewer.parts, fewer.scored) == (1, 0)
    assert len(rows_of(folder)) == 40


def test_columns_that_the_profile_does_not_read_may_change(companies, tmp_path):
    folder, dropped = (
        tmp_path / "scores",
        {"criteria": tuple(c for c in WITHOUT_DAYS.criteria if c.attribute != "about")},
    )
    profile = WITHOUT_DAYS.model_copy(update=dropped)
    in_folder(companies(), folder, profile)
    other = [{**row, "about": "something else"} for row in ROWS]
    assert in_folder(companies(other), folder, profile).scored == 0


def test_a_changed_profile_changes_every_part_and_new_words_none(companies, tmp_path):
    path, folder = companies(), tmp_path / "scores"
    in_folder(path, folder)
    reworded = WITHOUT_DAYS.model_copy(update={"name": "another name"})
    assert in_folder(path, folder, reworded).scored == 0
    line, *rest = WITHOUT_DAYS.criteria
    changed = WITHOUT_DAYS.model_copy(update={"criteria": (line.model_copy(update={"points": 1}), *rest)})
    assert in_folder(path, folder, changed).scored == 3


def test_a_run_that_breaks_off_leaves_the_old_scores_whole_and_goes_on_where_it_stood(companies, tmp_path, monkeypatch):
    folder = tmp_path / "scores"
    in_folder(companies(), folder)
    old = rows_of(folder)
    changed = [{**row, "industry": "Software"} for row in ROWS]
    path, copy, done = companies(changed), PartView.write, []

    def refusing(*asked):
        if len(done) == 2:
            raise EngineError("the warehouse went away")
        done.append(copy(*asked))
        return done[-1]

    monkeypatch.setattr(PartView, "write", refusing)
    with pytest.raises(EngineError):
        in_folder(path, folder)
    assert rows_of(folder) == old
    monkeypatch.setattr(PartView, "write", copy)
    resumed = in_folder(path, folder)
    assert (resumed.parts, resumed.scored) == (3, 1)
    assert {row["reasons"] for row in rows_of(folder)} != {row["reasons"] for row in old}
    assert not (folder / UNFINISHED).exists()


def test_a_folder_of_files_is_one_market(companies, tmp_path):
    lake = tmp_path / "lake"
    for number, rows in enumerate((ROWS[:60], ROWS[60:])):
        (lake / str(number)).mkdir(parents=True)
        companies(rows, lake / str(number) / "part.parquet")
    found = in_folder(lake, tmp_path / "scores")
    assert (found.parts, found.summary.rows) == (4, 120)
    companies([{**row, "city": "Bern"} for row in ROWS[60:]], lake / "1" / "part.parquet")
    assert in_folder(lake, tmp_path / "scores").scored == 2


def test_a_folder_of_somebody_else_is_left_alone(companies, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "notes.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(InputError, match="holds something else"):
        in_folder(companies(), tmp_path / "mine")
    with pytest.raises(InputError, match="from Parquet only"):
        in_folder(tmp_path / "mine" / "notes.txt", tmp_path / "scores")


def test_a_broken_state_is_no_state(companies, tmp_path):
    path, folder = companies(), tmp_path / "scores"
    in_folder(path, folder)
    (folder / STATE).write_text("{", encoding="utf-8")
    assert in_folder(path, folder).scored == 3
    next(folder.glob("*.parquet")).unlink()
    assert in_folder(path, folder).scored == 1


def test_the_state_tells_nothing_of_companies_but_the_best(companies, tmp_path):
    in_folder(companies(), tmp_path / "scores")
    told = json.loads((tmp_path / "scores" / STATE).read_text(encoding="utf-8"))
    assert all(set(part) == {"digest", "tiers", "best"} for part in told["parts"].values())
