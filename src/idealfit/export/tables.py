"""Rows as files: CSV and Excel that no cell can turn into a formula, JSON lines, and lists for advertising."""

from __future__ import annotations

import csv
import json
import math
from typing import TYPE_CHECKING

import xlsxwriter

from idealfit.errors import InputError, Mistake
from idealfit.export.handover import HandedOver
from idealfit.export.whole_files import whole_file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.export.handover import Cell, Handover, Row

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""A spreadsheet runs a text cell that begins with one of these; a leading apostrophe makes it text."""

EXCEL_ROWS = 1_048_575  # below the headings
EXCEL_LETTERS = 32_767  # in one cell
WIDEST = 60  # letters of a column

AUDIENCE = {
    "companyname": ("name", "company name", "account name", "company"),
    "companywebsite": ("domain", "website", "company domain name", "website url"),
    "industry": ("industry",),
    "city": ("city", "billing city"),
    "state": ("state", "state region", "billing state"),
    "companycountry": ("country", "country region", "billing country"),
    "zipcode": ("zip", "zip code", "postal code", "billing zip postal code"),
}
"""Columns of a list of companies for advertising (LinkedIn's template; others read it too), and what they come from."""


def to_csv(handover: Handover) -> HandedOver:
    """Write CSV in UTF-8; text that a spreadsheet would run as a formula gets a leading apostrophe."""
    with whole_file(handover.to) as aside, aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(formula_safe(column) for column in handover.columns)
        rows = 0
        for row in _told(handover):
            writer.writerow(formula_safe(row.get(column)) for column in handover.columns)
            rows += 1
    return HandedOver(handover.to, rows)


def to_json_lines(handover: Handover) -> HandedOver:
    """Write one JSON object per line, unknown values as null."""
    with whole_file(handover.to) as aside, aside.open("w", encoding="utf-8", newline="\n") as file:
        rows = 0
        for row in _told(handover):
            cells = {column: _json_safe(row.get(column)) for column in handover.columns}
            file.write(json.dumps(cells, ensure_ascii=False) + "\n")
            rows += 1
    return HandedOver(handover.to, rows)


def to_excel(handover: Handover) -> HandedOver:
    """Write an Excel workbook: texts are texts whatever they begin with, headings stay in sight and can be filtered by.

    Raises `InputError` for more rows than a sheet holds.
    """
    if handover.count > EXCEL_ROWS:
        raise InputError(
            Mistake("an Excel sheet does not hold so many rows", handover.to, f"{handover.count:,}",
                    f"at most {EXCEL_ROWS:,}", "Take fewer with --tier or --top, or --to csv.")
        )  # fmt: skip
    with whole_file(handover.to) as aside:
        book = xlsxwriter.Workbook(aside, {
            "constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
            "strings_to_numbers": False,
        })  # fmt: skip
        bold, percent = book.add_format({"bold": True, "bottom": 1}), book.add_format({"num_format": "0%"})
        sheet = book.add_worksheet("Companies")
        sheet.freeze_panes(1, 1)
        for number, column in enumerate(handover.columns):
            width = 12 if column.startswith(("fit", "win_rate", "tier")) else min(WIDEST, max(14, len(column) + 2))
            width = WIDEST if column in ("reasons", "against", "unknown") else width
            sheet.set_column(number, number, width, percent if column.startswith("win_rate") else None)
            sheet.write_string(0, number, column[:EXCEL_LETTERS], bold)
        rows = cut = 0
        for row in _told(handover):
            rows += 1
            for number, column in enumerate(handover.columns):
                cut += _write_cell(sheet, rows, number, row.get(column))
        sheet.autofilter(0, 0, max(1, rows), len(handover.columns) - 1)
        book.close()
    note = f"{cut:,} texts were longer than a cell of Excel holds, and cut"
    return HandedOver(handover.to, rows, notes=(note,) if cut else ())


def to_audience(handover: Handover) -> HandedOver:
    """Write a list of companies for advertising, as CSV with the headings that such tools expect.

    Raises `InputError` where neither a name nor a domain is known.
    """
    plain = {
        " ".join(column.casefold().replace("_", " ").replace("/", " ").split()): column for column in handover.columns
    }
    sources = {
        heading: next((plain[name] for name in names if name in plain), None) for heading, names in AUDIENCE.items()
    }
    if handover.domain_column:
        sources["companywebsite"] = handover.domain_column
    if handover.name_column != "id":
        sources["companyname"] = handover.name_column
    if not sources["companyname"] and not sources["companywebsite"]:
        raise InputError(
            Mistake("advertising needs names or domains of companies, and these rows have neither", handover.to,
                    found=", ".join(handover.columns[:12]), next_step="Give their table with --companies.")
        )  # fmt: skip
    with whole_file(handover.to) as aside, aside.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(AUDIENCE)
        rows = 0
        for row in _told(handover):
            writer.writerow(formula_safe(row.get(source)) if source else "" for source in sources.values())
            rows += 1
    missing = [heading for heading, source in sources.items() if source is None]
    return HandedOver(
        handover.to, rows, notes=(f"empty, because nothing is known: {', '.join(missing)}",) if missing else ()
    )


def formula_safe(cell: Cell) -> Cell:
    """Return a cell that no spreadsheet takes for a formula.

    >>> formula_safe("=1+1"), formula_safe(-5), formula_safe("＝1"), formula_safe("a=b"), formula_safe(None)
    ("'=1+1", -5, "'＝1", 'a=b', None)
    """
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(FORMULA_STARTS) else cell


def _write_cell(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, cell: Cell) -> int:
    """Write a cell by its type, never by what its text looks like; return 1 where a text had to be cut."""
    if cell is None or (isinstance(cell, float) and not math.isfinite(cell)):
        return 0
    if isinstance(cell, bool):
        sheet.write_boolean(row, column, cell)
    elif isinstance(cell, int | float):
        sheet.write_number(row, column, cell)
    else:
        sheet.write_string(row, column, cell[:EXCEL_LETTERS])
        return int(len(cell) > EXCEL_LETTERS)
    return 0


def _json_safe(cell: Cell) -> Cell:
    return None if isinstance(cell, float) and not math.isfinite(cell) else cell


def _told(handover: Handover) -> Iterator[Row]:
    for number, row in enumerate(handover.rows):
        if number % 5_000 == 0:
            handover.progress("writing", number / max(1, handover.count))
        yield row
