"""Scores as files: whole or not at all, and harmless in a spreadsheet."""

import csv

import ibis
import pyarrow.parquet as pq
import pytest

from idealfit.engine import connect
from idealfit.errors import EngineError, InputError
from idealfit.score.writing import write

HOSTILE = ['=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "a=1", "", None, 'x,"y"\n=z']
TABLE = {"id": HOSTILE, "fit": [-5] * len(HOSTILE)}


def test_formulas_leave_a_csv_as_text_and_numbers_as_they_are(tmp_path):
    write(ibis.memtable(TABLE), tmp_path / "out.csv", connect())
    with (tmp_path / "out.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    expected = ["'" + cell if cell and cell[0] in "=+-@\t\r\n" else cell or "" for cell in HOSTILE]
    assert [row["id"] for row in rows] == expected
    assert {row["fit"] for row in rows} == {"-5"}


def test_parquet_keeps_every_cell(tmp_path):
    write(ibis.memtable(TABLE), tmp_path / "OUT.PARQUET", connect())
    assert pq.read_table(tmp_path / "OUT.PARQUET").to_pydict() == TABLE


@pytest.mark.parametrize("name", ["out.csv", "out.parquet"])
def test_no_companies_make_a_file_of_headings(tmp_path, name):
    write(ibis.memtable(TABLE).limit(0), tmp_path / name, connect())
    columns = (
        (tmp_path / name).read_text().strip()
        if name.endswith("csv")
        else ",".join(pq.read_table(tmp_path / name).column_names)
    )
    assert columns == "id,fit"


def test_folders_and_files_may_have_any_name(tmp_path):
    folder = tmp_path / 'it\'s; 100% "mine"'
    folder.mkdir()
    write(ibis.memtable(TABLE), folder / "a'b.csv", connect())
    assert [entry.name for entry in folder.iterdir()] == ["a'b.csv"]


def test_a_failing_query_leaves_the_older_file_and_nothing_else(tmp_path):
    out = tmp_path / "out.csv"
    out.write_text("older")
    table = ibis.memtable({"id": ["1", "x"]})
    with pytest.raises(EngineError, match=r"writing .*out\.csv"):
        write(table.mutate(n=table.id.cast("int64")), out, connect())
    assert out.read_text() == "older"
    assert list(tmp_path.iterdir()) == [out]


@pytest.mark.parametrize("name", ["scores.xlsx", "scores", "scores.csv.gz"])
def test_other_kinds_of_files_are_refused_with_those_allowed(tmp_path, name):
    with pytest.raises(InputError, match=rf"found '{name}'. Allowed: .parquet or .csv. Give the file one of"):
        write(ibis.memtable(TABLE), tmp_path / name, connect())


def test_places_that_cannot_be_written_are_refused(tmp_path):
    (tmp_path / "folder.csv").mkdir()
    with pytest.raises(InputError, match=r"folder\.csv: this is a folder"):
        write(ibis.memtable(TABLE), tmp_path / "folder.csv", connect())
    with pytest.raises(InputError, match="nowhere: there is no such folder"):
        write(ibis.memtable(TABLE), tmp_path / "nowhere" / "out.csv", connect())
