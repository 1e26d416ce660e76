"""The same table from every kind of file, and what each kind says when it is broken."""

import json
import sqlite3

import duckdb
import openpyxl
import pandas as pd
import pyarrow as pa
import pytest

from idealfit.engine import connect
from idealfit.errors import InputError
from idealfit.sources.delimited import line_of_row
from idealfit.sources.mapping import Mapping
from idealfit.sources.reading import read

ENGINE = connect()
ROWS = [
    ("Äpfel & Co", "Won", 12.5, "2024-02-01"),
    ('Quote "x"', "Lost", None, "2024-03-01"),
    ("Line\nbreak", "Won", 7.0, None),
]
HEADINGS = ["Company", "Outcome", "Size", "Close Date"]
CSV = (
    "Company,Outcome,Size,Close Date\nÄpfel & Co,Won,12.5,2024-02-01\n"
    '"Quote ""x""",Lost,,2024-03-01\n"Line\nbreak",Won,7,\n'
)


def same_table(source):
    cells = source.table.to_pyarrow().to_pydict()
    assert list(cells) == HEADINGS
    found = [
        tuple(None if v is None else str(v) if n == 3 else v for n, v in enumerate(row))
        for row in zip(*cells.values(), strict=True)
    ]
    assert found == ROWS
    assert [c.role for c in source.columns] == ["account_id", "outcome", None, "closed_on"]


def reading(file, **more):
    return read(file, connection=ENGINE, **more)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252", "latin-1"])
def test_every_encoding_gives_the_same_table(tmp_path, encoding):
    file = tmp_path / "deals.csv"
    file.write_bytes(CSV.encode(encoding))
    source = reading(file)
    same_table(source)
    if not encoding.startswith("utf-8"):
        assert "not UTF-8" in source.warnings[0]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter_gives_the_same_table(tmp_path, delimiter):
    file = tmp_path / "deals.txt"
    file.write_text(CSV.replace(",", delimiter))
    same_table(reading(file))


def test_windows_line_ends_give_the_same_table(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_bytes(CSV.replace("\n", "\r\n").replace("Line\r\n", "Line\n").encode())
    same_table(reading(file))


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("inside", ["\n", "\r\n", "\r"])
def test_line_breaks_in_headings_and_cells_and_blank_lines_on_top(tmp_path, ends, inside):
    file = tmp_path / "deals.csv"
    lines = [f'"Deal{inside}Stage",Note', f'Won,"a{inside}b"', "Lost,c", "Maybe,"]
    file.write_bytes(ends.join(["", "", *lines, ""]).encode())
    source = reading(file, table=None)
    assert [c.name for c in source.columns] == ["Deal Stage", "Note"]
    assert source.table["Deal Stage"].to_pyarrow().to_pylist() == ["Won", "Lost", "Maybe"]
    assert source.table["Note"].to_pyarrow().to_pylist()[0].split() == ["a", "b"]
    assert [line_of_row(file, row) for row in (0, 1)] == [5, 7]


@pytest.mark.parametrize("title", ["Deals of 2024\n\n", "Deals of 2024,,,\n,,,\n", '"Deals, all",,,\n'])
def test_a_title_above_and_notes_below_are_no_rows(tmp_path, title):
    file = tmp_path / "report.csv"
    table = "Stage,Size,Industry,Country\nWon,1,a,x\nLost,2,b,y\nLost,3,b,z\n"
    notes = '\n\n"Copyright (c) 2000-2024 a CRM"\n"Confidential, do not distribute"\n'
    file.write_text(title + table + notes)
    source = reading(file)
    assert [c.name for c in source.columns] == ["Stage", "Size", "Industry", "Country"]
    assert source.table["Size"].to_pyarrow().to_pylist() == [1, 2, 3]
    top = title.count("\n")
    assert line_of_row(file, 2) == top + 4
    assert f"from line {top + 7} on: Copyright (c) 2000-2024 a CRM; Confidential" in source.warnings[0]
    file.write_text(title + table.replace("Lost,2,b,y", "Lost") + notes)
    with pytest.raises(InputError, match=rf"report.csv:{top + 3}: a row must have as many cells"):
        reading(file)


def test_excel_gives_the_same_table_whatever_stands_above_it(tmp_path):
    book = openpyxl.Workbook()
    book.active.append([])
    sheet = book.create_sheet("Deals")
    for row in [(), HEADINGS, *ROWS]:
        sheet.append(row)
    book.save(tmp_path / "deals.xlsx")
    same_table(reading(tmp_path / "deals.xlsx"))
    same_table(reading(f"{tmp_path}/deals.xlsx::Deals"))
    with pytest.raises(InputError, match=r"no such sheet, found 'Deels'.*Allowed: Sheet, Deals.*Did you mean 'Deals'"):
        reading(f"{tmp_path}/deals.xlsx::Deels")


def test_parquet_arrow_and_pandas_give_the_same_table(tmp_path):
    frame = pd.DataFrame(ROWS, columns=HEADINGS)
    frame.to_parquet(tmp_path / "deals.parquet")
    for where in (tmp_path / "deals.parquet", frame, pa.Table.from_pandas(frame)):
        same_table(reading(where))


def test_an_ibis_table_of_the_same_connection_is_read_in_place():
    frame = pd.DataFrame(ROWS, columns=HEADINGS)
    ENGINE.con.register("given_deals", frame)
    ENGINE.raw_sql("CREATE TABLE deals_in_place AS SELECT * FROM given_deals")
    same_table(reading(ENGINE.table("deals_in_place")))


def test_json_lines_give_the_same_table_and_nested_fields_become_columns(tmp_path):
    file = tmp_path / "deals.jsonl"
    file.write_text("\n".join(json.dumps(dict(zip(HEADINGS, row, strict=True))) for row in ROWS))
    same_table(reading(file))
    file.write_text('{"outcome": "Won", "company": {"size": 3, "tags": ["a", "b"]}}\n{"outcome": "Lost"}\n')
    source = reading(file)
    assert [c.name for c in source.columns] == ["outcome", "company.size", "company.tags"]
    assert source.table["company.tags"].to_pyarrow().to_pylist() == [["a", "b"], None]


def test_a_broken_json_line_is_named(tmp_path):
    file = tmp_path / "deals.jsonl"
    file.write_text('{"a": 1}\n{"a": \n[1]\n')
    with pytest.raises(InputError) as refused:
        reading(file)
    assert "deals.jsonl:2: this line is not JSON" in str(refused.value)
    assert "deals.jsonl:3: a line must hold a JSON object, found '[1]'" in str(refused.value)


def test_a_duckdb_file_gives_the_same_table_and_is_not_changed(tmp_path):
    path = tmp_path / "crm.duckdb"
    frame = pd.DataFrame(ROWS, columns=HEADINGS)  # noqa: F841  duckdb reads it by name
    with duckdb.connect(str(path)) as other:
        other.execute("CREATE TABLE deals AS SELECT * FROM frame")
    before = path.read_bytes()
    same_table(reading(path))
    same_table(reading(f"{path}::deals"))
    assert path.read_bytes() == before


def test_a_sqlite_file_gives_the_same_table_and_several_tables_are_named(tmp_path):
    path = tmp_path / "crm.sqlite"
    with sqlite3.connect(path) as other:
        other.execute('CREATE TABLE deals ("Company", "Outcome", "Size" REAL, "Close Date")')
        other.executemany("INSERT INTO deals VALUES (?, ?, ?, ?)", ROWS)
    same_table(reading(path))
    with sqlite3.connect(path) as other:
        other.execute("CREATE TABLE reps (a)")
    same_table(reading(f"{path}::deals"))
    with pytest.raises(InputError, match=r"several tables\. Allowed: deals, reps\. Name one: .*::TABLE"):
        reading(path)
    with pytest.raises(InputError, match=r"no such table, found 'deal'.*Did you mean 'deals'"):
        reading(f"{path}::deal")


def test_a_fingerprint_is_of_the_content_and_not_of_the_file(tmp_path):
    frame = pd.DataFrame(ROWS, columns=HEADINGS)
    (tmp_path / "a.csv").write_text(CSV)
    original = reading(tmp_path / "a.csv").fingerprint
    assert original.startswith("sha256:")
    assert reading(frame.iloc[::-1]).fingerprint == original
    assert reading(frame[HEADINGS[::-1]]).fingerprint == original
    frame.loc[0, "Size"] = 12.6
    assert reading(frame).fingerprint != original
    assert reading(pd.concat([frame, frame])).fingerprint != reading(frame).fingerprint


def test_rows_of_another_length_are_all_listed_with_their_lines(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text('Outcome,Size\n"Wo\nn",1\nLost\n\nWon,2,3\n')
    with pytest.raises(InputError) as refused:
        reading(file)
    assert str(refused.value).splitlines() == [
        f"{file}:4: a row must have as many cells as there are headings (2), found '1 cell'. "
        "Cells are parted by ',' in this file.",
        f"{file}:6: a row must have as many cells as there are headings (2), found '3 cells'. "
        "Quote cells that hold the delimiter ','.",
    ]


def test_the_line_of_a_row_counts_quoted_line_breaks_and_blank_lines(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text('Outcome,"Si\nze"\n"Wo\nn",1\n\nLost,2\n')
    assert reading(file, table="market").table.count().execute() == 2
    assert [line_of_row(file, row) for row in (0, 1)] == [3, 6]


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (b"", "the file is empty"),
        (b"\n\n", "the file has no content"),
        (b"Outcome,Size\n", "there are headings but no rows"),
        (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00\xff\xff" * 50, "this is a binary file"),
        (b'Outcome,Size\nWon,"open quote\n', "the rows cannot be told apart"),
    ],
)
def test_files_that_are_no_tables_are_refused_in_one_line(tmp_path, content, what):
    file = tmp_path / "deals.csv"
    file.write_bytes(content)
    with pytest.raises(InputError, match=what) as refused:
        reading(file)
    assert "deals.csv" in str(refused.value)
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", ["deals.parquet", "deals.xlsx", "crm.sqlite", "crm.duckdb"])
def test_a_name_that_promises_something_else_is_refused(tmp_path, name):
    (tmp_path / name).write_text("Outcome,Size\nWon,1\n")
    with pytest.raises(InputError, match="the content is something else"):
        reading(tmp_path / name)


def test_a_missing_file_names_the_nearest_one(tmp_path):
    (tmp_path / "deals_2024.csv").write_text(CSV)
    with pytest.raises(InputError, match=r"there is no such file\. Did you mean '.*deals_2024\.csv'"):
        reading(tmp_path / "deals_2023.csv")


def test_rows_without_a_filled_cell_are_left_out_and_lines_still_count_them(tmp_path):
    path = tmp_path / "deals.csv"
    path.write_text("Deal,Won,Size\n,,\n1,yes,10\n , ,\n2,no,20\n3,no,30\n4,yes,x5\n5,no,7\n")
    kinds = Mapping(kinds={"Size": "number"})
    with pytest.raises(InputError) as raised:
        read(str(path), connection=connect(), table="market", mapping=kinds)
    assert "deals.csv:7" in str(raised.value)
    path.write_text(path.read_text().replace("x5", "5"))
    source = read(str(path), connection=connect(), table="market", mapping=kinds)
    assert source.table.count().execute() == 5
    assert "2 rows have no cell filled: left out" in source.warnings
    assert [source.place_of_row(row).rpartition("/")[2] for row in (0, 1, 4)] == [
        "deals.csv:3",
        "deals.csv:5",
        "deals.csv:8",
    ]


def test_headings_that_stand_twice_or_not_at_all_are_told_apart_and_said(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text("Outcome,Size,size,,Size\nWon,1,2,3,4\nLost,1,2,3,5\n")
    source = reading(file)
    assert [c.name for c in source.columns] == ["Outcome", "Size", "size (2)", "column 4", "Size (3)"]
    assert any("column 4 has no heading" in w for w in source.warnings)
    assert any("'size' stands twice" in w for w in source.warnings)


def test_hostile_headings_and_cells_are_data(tmp_path):
    headings = ['He said "hi"', "x'; DROP TABLE deals; --", "=HYPERLINK(1)", "two\nlines", "{{7*7}}", "c0"]
    frame = pd.DataFrame([[f"={h}" for h in headings], ["a"] * 6], columns=headings)
    source = reading(frame, table="market")
    assert list(source.table.columns) == headings
    assert source.table.to_pyarrow().to_pylist()[0] == {h: f"={h}" for h in headings}


def test_a_cell_of_ten_megabytes_is_read(tmp_path):
    file = tmp_path / "deals.csv"
    file.write_text("Outcome,Notes\nWon," + "long text " * 1_000_000 + "\nLost,short\n")
    source = reading(file)
    assert source.table["Notes"].length().max().execute() == 9_999_999


def test_five_thousand_columns_are_understood(tmp_path):
    file = tmp_path / "deals.csv"
    wide = range(5000)
    lines = [",".join(["Outcome", *(f"field {n}" for n in wide)])]
    lines += [",".join([o, *(str(n % 7 + k) for n in wide)]) for k, o in enumerate(["Won", "Lost", "Won"])]
    file.write_text("\n".join(lines))
    source = reading(file)
    assert len(source.columns) == 5001
    assert {c.kind for c in source.columns[1:]} == {"number"}


def test_companies_in_parquet_stay_a_view_of_the_file(tmp_path):
    file = tmp_path / "companies.parquet"
    frame = pd.DataFrame({"Domain": ["a.example", "b.example"], "Size": [1, 2], "CRM": ["none", "HubSpot"]})
    frame.to_parquet(file)
    connection = connect()
    source = read(file, connection=connection, table="companies")
    kinds = dict(connection.raw_sql("SELECT table_name, table_type FROM information_schema.tables").fetchall())
    assert kinds[source.table.get_name()] == "VIEW"
    frame.assign(Size=[5, 6]).to_parquet(file)
    assert source.table["Size"].execute().tolist() == [5, 6]
    assert source.table["CRM"].to_pyarrow().to_pylist() == [None, "HubSpot"]
    assert source.fingerprint == ""
