"""Only what changed is scored, and what is read is what scoring everything anew would give."""

import random
from datetime import date, datetime, timedelta

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

import idealfit
from every_kind import PROFILE, ROWS, TABLE
from idealfit import pipeline
from idealfit.cli.running import main
from idealfit.engine import connect, rows
from idealfit.errors import InputError, MappingError
from idealfit.pipeline import scored_folder
from idealfit.sources.scored_folders import CHANGES, change_files, current_rows
from idealfit.tables import SCORES

AS_OF = date(2025, 6, 30)
WITHOUT_DAYS = PROFILE.model_copy(update={"criteria": tuple(c for c in PROFILE.criteria if c.test.within_days is None)})
SCHEMA = TABLE.schema.append(pa.field("updated_at", pa.timestamp("us")))
MONDAY = datetime(2025, 6, 2)


def table_of(companies):
    return pa.Table.from_pylist(list(companies), schema=SCHEMA)


def dated(companies, when=MONDAY):
    return {row["id"]: {**row, "updated_at": when} for row in companies}


@pytest.fixture
def lake(tmp_path):
    """Return a folder with a way to write companies, and changes of them, as Parquet."""

    class Lake:
        scores = tmp_path / "scores"

        def companies(self, held):
            pq.write_table(table_of(held.values()), tmp_path / "companies.parquet", row_group_size=30)
            return tmp_path / "companies.parquet"

        def changes(self, changed):
            pq.write_table(table_of(changed), tmp_path / "today.parquet")
            return tmp_path / "today.parquet"

        def gone(self, ids):
            pd.DataFrame({"id": list(ids)}).to_csv(tmp_path / "gone.csv", index=False)
            return tmp_path / "gone.csv"

    return Lake()


def read_back(folder):
    names = [f.name for f in SCORES]
    found = rows(connect(), f"SELECT {', '.join(names)} FROM ({current_rows(folder)})", "reading")
    return sorted((dict(zip(names, row, strict=True)) for row in found), key=lambda row: row["id"])


def anew(held, profile=WITHOUT_DAYS, as_of=AS_OF):
    return sorted(idealfit.score(profile, table_of(held.values()), as_of=as_of).to_pylist(), key=lambda row: row["id"])


def scored(lake, held, profile=WITHOUT_DAYS, as_of=AS_OF, **told):
    return pipeline.score_to_folder(profile, lake.companies(held), lake.scores, as_of=as_of, **told)


def changed_at_random(held, rng, when):
    """Change, add and take away a few companies; return what changed and who is gone."""
    others = [{**rng.choice(ROWS), "id": key, "updated_at": when} for key in rng.sample(sorted(held), 3)]
    new = [{**rng.choice(ROWS), "id": f"new {rng.random()}", "updated_at": when} for _ in range(rng.randint(0, 2))]
    gone = rng.sample(sorted(held.keys() - {row["id"] for row in others}), rng.randint(0, 2))
    held.update({row["id"]: row for row in others + new})
    for key in gone:
        del held[key]
    return others + new, gone


@pytest.mark.parametrize("told", ["a file of changes", "a column"])
@pytest.mark.parametrize("profile", [WITHOUT_DAYS, PROFILE], ids=["no days", "days"])
def test_after_any_changes_the_scores_are_those_of_scoring_everything_anew(lake, told, profile, monkeypatch):
    monkeypatch.setattr(scored_folder, "TOGETHER_FROM", 0.1)
    rng, held, day, put_together = random.Random(told), dated(ROWS), AS_OF, 0
    how = {"changed_column": "updated_at"} if told == "a column" else {}
    scored(lake, held, profile, day, **how)
    for step in range(1, 7):
        changed, gone = changed_at_random(held, rng, MONDAY + timedelta(hours=step))
        day += timedelta(days=rng.choice([0, 1, 200]))
        how = {"changed_column": "updated_at"} if told == "a column" else {"changes": lake.changes(changed)}
        found = scored(lake, held, profile, day, gone=lake.gone(gone) if gone else None, **how)
        assert found.only_changes
        put_together += not change_files(lake.scores)
        assert read_back(lake.scores) == anew(held, profile, day), f"step {step}"
    assert 0 < put_together < 6


def test_only_the_changed_companies_are_scored_and_no_part_is_touched(lake):
    held = dated(ROWS)
    scored(lake, held)
    before = {f.name: f.stat().st_mtime_ns for f in lake.scores.glob("*.parquet")}
    held["7"] |= {"industry": "Software", "employees": 100}
    found = scored(lake, held, changes=lake.changes([held["7"]]))
    assert (found.summary.rows, found.scored, found.why_all) == (1, 0, "")
    assert {f.name: f.stat().st_mtime_ns for f in lake.scores.glob("*.parquet")} == before
    assert read_back(lake.scores) == anew(held)


def test_a_day_without_changes_writes_nothing_even_where_rows_have_the_newest_time(lake):
    held = dated(ROWS)
    scored(lake, held, changed_column="updated_at")
    companies = lake.companies(held)
    pipeline.score_to_folder(WITHOUT_DAYS, companies, lake.scores, as_of=AS_OF, changed_column="updated_at")
    before = {f: f.stat().st_mtime_ns for f in lake.scores.rglob("*")}
    found = pipeline.score_to_folder(WITHOUT_DAYS, companies, lake.scores, as_of=AS_OF, changed_column="updated_at")
    assert (found.only_changes, found.summary.rows) == (True, 0)
    assert {f: f.stat().st_mtime_ns for f in lake.scores.rglob("*")} == before


def test_a_row_changed_at_the_newest_time_known_is_not_missed_nor_one_without_a_time(lake):
    held = dated(ROWS)
    scored(lake, held, changed_column="updated_at")
    held["3"] |= {"industry": "Software"}
    held["4"] |= {"industry": "Software", "updated_at": None}
    scored(lake, held, changed_column="updated_at")
    assert read_back(lake.scores) == anew(held)


def test_another_profile_scores_everything_again_and_says_so(lake):
    held = dated(ROWS)
    scored(lake, held)
    held["7"] |= {"industry": "Software"}
    scored(lake, held, changes=lake.changes([held["7"]]))
    line, *rest = WITHOUT_DAYS.criteria
    other = WITHOUT_DAYS.model_copy(update={"criteria": (line.model_copy(update={"points": 1}), *rest)})
    found = scored(lake, held, other, changes=lake.changes([held["7"]]))
    assert (found.only_changes, found.summary.rows) == (False, 120)
    assert "the profile" in found.why_all
    assert not change_files(lake.scores)
    assert read_back(lake.scores) == anew(held, other)


def test_all_companies_scored_again_take_the_place_of_changes(lake):
    held = dated(ROWS)
    scored(lake, held)
    held["7"] |= {"industry": "Software"}
    scored(lake, held, changes=lake.changes([held["7"]]), gone=lake.gone(["8"]))
    assert len(read_back(lake.scores)) == 119
    scored(lake, held)
    assert not (lake.scores / CHANGES).exists()
    assert read_back(lake.scores) == anew(held)


def test_putting_together_that_broke_off_anywhere_leaves_the_same_rows(lake, monkeypatch):
    held = dated(ROWS)
    scored(lake, held)
    for step in range(2):
        changed, gone = changed_at_random(held, random.Random(step), MONDAY)
        scored(lake, held, changes=lake.changes(changed), gone=lake.gone(gone) if gone else None)
    kept, moves, copy = scored_folder.kept_in(lake.scores), [], scored_folder._rewritten

    def breaking(*asked):
        if len(moves) == stop:
            raise KeyboardInterrupt
        moves.append(copy(*asked))

    monkeypatch.setattr(scored_folder, "_rewritten", breaking)
    for stop in range(1, len(kept.parts) + 1):
        moves.clear()
        with pytest.raises(KeyboardInterrupt):
            scored_folder.put_together(lake.scores, kept)
        assert read_back(lake.scores) == anew(held), f"after {stop} files"
    stop = -1
    scored_folder.put_together(lake.scores, kept)
    assert not change_files(lake.scores)
    assert read_back(lake.scores) == anew(held)


def test_what_cannot_be_told_by_changes_is_refused(lake, tmp_path):
    held = dated(ROWS)
    scored(lake, held)
    pq.write_table(table_of(held.values()).drop_columns("city"), tmp_path / "less.parquet")
    with pytest.raises(InputError, match=r"must have the columns of all companies.*city: -.*city: VARCHAR"):
        scored(lake, held, changes=tmp_path / "less.parquet")
    pd.DataFrame({"x": ["1"], "y": ["2"]}).to_csv(tmp_path / "who.csv", index=False)
    with pytest.raises(InputError, match="no column says which companies are gone"):
        scored(lake, held, gone=tmp_path / "who.csv")
    with pytest.raises(MappingError, match="there is no such column"):
        scored(lake, held, changed_column="changed")
    with pytest.raises(InputError, match="cannot say when a row changed"):
        scored(lake, held, changed_column="city")
    twice = pa.concat_tables([table_of(held.values()), table_of([held["3"]])])
    pq.write_table(twice, tmp_path / "twice.parquet")
    with pytest.raises(InputError, match=r"each must name one row.*1 rows with an id of another row, 0 without"):
        pipeline.score_to_folder(WITHOUT_DAYS, tmp_path / "twice.parquet", lake.scores, changed_column="updated_at")


def test_whatever_reads_scores_reads_them_as_they_stand(lake, tmp_path):
    held = dated(ROWS)
    scored(lake, held)
    held["7"] |= {"industry": "Software"}
    del held["8"]
    assert scored(lake, held, changes=lake.changes([held["7"]]), gone=lake.gone(["8"])).only_changes
    exported = pipeline.export(lake.scores, "csv", str(tmp_path / "out.csv"))
    written = pd.read_csv(tmp_path / "out.csv", dtype=str)
    assert len(written) == 119, exported
    assert set(written["id"]) == {str(n) for n in range(120)} - {"8"}
    (now,) = (row for row in anew(held) if row["id"] == "7")
    assert written.set_index("id").loc["7", ["fit", "tier"]].tolist() == [str(now["fit"]), now["tier"]]


def run(*typed):
    with pytest.raises(SystemExit) as ended:
        main([str(word) for word in typed])
    return ended.value.code


def test_the_command_says_what_was_scored_and_refuses_changes_of_one_file(lake, tmp_path, capsys):
    held, profile = dated(ROWS), tmp_path / "profile.yaml"
    idealfit.save_profile(WITHOUT_DAYS, profile)
    how = (profile, lake.companies(held), "--as-of", AS_OF, "-o")
    assert run("score", *how, f"{lake.scores}/", "--changes", lake.changes([held["7"]])) == 0
    assert "All companies were scored, not only those that changed: there were no scores yet." in said(capsys)
    assert run("score", *how, f"{lake.scores}/", "--changes", lake.changes([held["7"]]), "--gone", lake.gone("8")) == 0
    assert "Only what had changed was scored. The others are as they were. 1 company is gone." in said(capsys)
    assert run("score", *how, tmp_path / "scores.csv", "--changes", lake.changes([held["7"]])) == 2
    assert "changes are told where scores go into a folder" in said(capsys)


def said(capsys):
    captured = capsys.readouterr()
    return " ".join((captured.out + captured.err).split())
