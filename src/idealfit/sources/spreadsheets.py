"""One sheet of an Excel workbook as a raw table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import python_calamine as calamine

from idealfit.engine import identifier
from idealfit.errors import InputError, Mistake
from idealfit.sources.mapping import did_you_mean
from idealfit.sources.raw import RawTable, arrow_of_rows, as_text, on_one_line, raw_table, with_warnings

if TYPE_CHECKING:
    from pathlib import Path


def sheet_table(connection: ibis.BaseBackend, path: Path, part: str | None, name: str) -> RawTable:
    """Return the sheet `part` (the first one with content if None); the first row with content holds the headings.

    Raises `InputError` where the workbook cannot be opened, has no such sheet, or the sheet has no rows.
    """
    try:
        with path.open("rb") as file:
            workbook = calamine.CalamineWorkbook.from_filelike(file)
            names = tuple(workbook.sheet_names)
            sheets = {
                n: workbook.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in names if part in (None, n)
            }
    except calamine.CalamineError as error:
        raise InputError(
            Mistake(
                f"the workbook cannot be opened ({error})", where=name, next_step="Save it again as .xlsx or as CSV."
            )
        ) from error
    if not sheets:
        found = part or ""
        raise InputError(Mistake("there is no such sheet", name, found, ", ".join(names), did_you_mean(found, names)))
    filled = {n: cells for n, cells in sheets.items() if any(any(c != "" for c in row) for row in cells)}
    if not filled:
        raise InputError(Mistake("the sheet is empty", where=name, allowed="a row of headings and at least one row"))
    chosen, cells = next(iter(filled.items()))
    top = next(n for n, row in enumerate(cells) if any(c != "" for c in row))
    width = max(n + 1 for row in cells for n, c in enumerate(row) if c != "")
    body = [(n, row) for n, row in enumerate(cells) if n > top and any(c != "" for c in row)]
    if not body:
        raise InputError(
            Mistake("there are headings but no rows", where=name, allowed="at least one row below the headings")
        )
    headings = [on_one_line(as_text(cells[top][n])) for n in range(width)]
    registered = ibis.util.gen_name("idealfit_sheet")
    connection.con.register(registered, arrow_of_rows([row for _, row in body], width))
    raw = raw_table(
        connection,
        f"SELECT * FROM {identifier(registered)}",
        headings,
        name=name,
        place_of_row=lambda row: f"{name}: row {body[row][0] + 1}",
    )
    connection.con.unregister(registered)
    others = [n for n in filled if n != chosen]
    if part is None and others:
        return with_warnings(
            raw, f"read the sheet {chosen!r}; the others ({', '.join(others)}) are named as {name}::SHEET"
        )
    return raw
