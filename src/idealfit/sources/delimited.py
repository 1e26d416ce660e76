"""CSV and its relatives: which delimiter, which headings, which line a row stands on, and what breaks the shape."""

from __future__ import annotations

import csv
import io
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.engine import literal
from idealfit.errors import EngineError, InputError, Mistake
from idealfit.sources.encodings import encoding_of, is_plain, utf8_copy
from idealfit.sources.raw import RawTable, on_one_line, raw_table, with_warnings

if TYPE_CHECKING:
    from collections.abc import Iterator

    import ibis

DELIMITERS = ",;\t|"
LOOKED_AT = 200
"""How many records the delimiter is judged by."""
SHOWN = 20
WHOLE_FILE = 256 << 20
"""Up to this size the engine's line limit is the whole file, so that one cell may hold all of it."""


@dataclass(frozen=True)
class Layout:
    """How a delimited file is written: its encoding, its delimiter and its headings."""

    encoding: str
    delimiter: str
    headings: tuple[str, ...]
    first_line: int = 1  # of the headings; a title may stand above them


def delimited_table(connection: ibis.BaseBackend, path: Path, name: str) -> RawTable:
    """Return a delimited file as a raw table of texts.

    Raises `InputError` where a record has more or fewer cells than there are headings (every such line, at most 20),
    where there is no row, and where the bytes are no text.
    """
    layout = layout_of(path, name)
    warnings = [] if layout.encoding in ("utf-8", "utf-8-sig") else [f"read as {layout.encoding}, not UTF-8"]
    try:
        raw = _raw(connection, path, layout, name)
    except EngineError as error:
        rows, notes = _rows_and_notes(path, layout)
        if not rows or not notes:
            raise InputError(*_what_breaks_the_shape(path, layout, name, error)) from error
        raw = _raw(connection, path, layout, name, last_line=notes[0][0] - 1)
        words = "; ".join(text for _, text in notes)
        warnings.append(f"what stands below the last row was not read, from line {notes[0][0]} on: {words[:200]}")
    if connection.raw_sql(f"SELECT 1 FROM {raw.relation} LIMIT 1").fetchone() is None:
        raw.drop()
        raise InputError(
            Mistake(
                "there are headings but no rows",
                f"{name}:{layout.first_line}",
                allowed="at least one row below the headings",
            )
        )
    return with_warnings(raw, *warnings)


def layout_of(path: Path, name: str) -> Layout:
    """Return how the file is written; its delimiter cuts most records into as many cells as the headings."""
    encoding = encoding_of(path)
    with _opened(path, encoding) as file:
        text = "".join(islice(file, LOOKED_AT * 5))
    if "\x00" in text:
        raise InputError(Mistake("this is a binary file, not a table", where=name, allowed="text in rows and columns"))
    best: tuple[float, str, int, list[str]] | None = None
    for delimiter in DELIMITERS:
        records = list(islice(_numbered(io.StringIO(text, newline=""), delimiter), LOOKED_AT))
        if not records:
            raise InputError(
                Mistake("the file has no content", where=name, allowed="a line of headings and at least one row")
            )
        records = records[_above_the_headings([record for _, record in records]) :]
        line, headings = records[0]
        width = len(headings)
        alike = sum(len(r) == width for _, r in records) / len(records)
        score = 0.0 if width == 1 else alike + min(width, 100) / 1000  # agreement first, then the finer cut
        if best is None or score > best[0]:
            best = (score, delimiter, line, headings)
    _, delimiter, line, headings = best or (0.0, ",", 1, [])
    return Layout(encoding, delimiter, tuple(map(on_one_line, headings)), line)


def _above_the_headings(records: list[list[str]]) -> int:
    """Return how many records stand above the headings: titles, which fill one cell of a table of three or more."""
    top = next((n for n, record in enumerate(records) if sum(bool(cell.strip()) for cell in record) >= 2), 0)
    table = records[top:]
    alike = sum(len(record) == len(table[0]) for record in table)
    return top if len(table[0]) >= 3 and 2 * alike >= len(table) else 0


def _numbered(file: io.TextIOBase, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield each record that is no blank line, with the line on which it begins."""
    with _cells_of_any_size():
        reader, begins = csv.reader(file, delimiter=delimiter), 1
        for record in reader:
            if record:
                yield begins, record
            begins = reader.line_num + 1


def line_of_row(path: Path, row: int) -> int:
    """Return the line on which the row (counted from 0, headings left out) begins; quoted line breaks are counted."""
    layout = layout_of(path, str(path))
    for n, (line, _) in enumerate(_records(path, layout)):
        if n == row + 1:
            return line
    raise IndexError(f"{path} has no row {row}")


def _query(readable: Path, layout: Layout) -> str:
    size = readable.stat().st_size
    longest = size + 1024 if size <= WHOLE_FILE else 16 << 20
    columns = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(len(layout.headings)))
    return (
        f"SELECT * FROM read_csv({literal(str(readable))}, auto_detect = false, header = true, delim = "
        f"{literal(layout.delimiter)}, quote = '\"', escape = '\"', strict_mode = true, null_padding = false, "
        f"max_line_size = {max(longest, 2 << 20)}, columns = {{{columns}}})"
    )


def _raw(
    connection: ibis.BaseBackend, path: Path, layout: Layout, name: str, *, last_line: int | None = None
) -> RawTable:
    with _as_utf8(path, layout, last_line) as readable:
        return raw_table(
            connection,
            _query(readable, layout),
            layout.headings,
            name=name,
            place_of_row=lambda row: f"{name}:{line_of_row(path, row)}",
        )


def _records(path: Path, layout: Layout) -> Iterator[tuple[int, list[str]]]:
    """Yield the line on which each record begins and its cells; blank lines are no records (unless of one column)."""
    with _opened(path, layout.encoding) as file, _cells_of_any_size():
        reader = csv.reader(file, delimiter=layout.delimiter)
        begins = 1
        for record in reader:
            if begins >= layout.first_line and (record or len(layout.headings) == 1):
                yield begins, record or [""]
            begins = reader.line_num + 1


def _rows_and_notes(path: Path, layout: Layout) -> tuple[int, list[tuple[int, str]]]:
    """Return how many rows there are, and the lines of one cell below them (who made the export, and when).

    No rows where another line breaks the shape: then the lines of one cell are no notes either.
    """
    rows, notes = -1, []
    for line, record in _records(path, layout):
        if len(record) == 1 < len(layout.headings):
            notes.append((line, record[0].strip()))
        elif notes or len(record) != len(layout.headings):
            return 0, []
        else:
            rows += 1
    return rows, notes


def _what_breaks_the_shape(path: Path, layout: Layout, name: str, error: EngineError) -> list[Mistake]:
    width = len(layout.headings)
    wrong = ((line, len(record)) for line, record in _records(path, layout) if len(record) != width)
    found = list(islice(wrong, SHOWN + 1))
    mistakes = [
        Mistake(
            f"a row must have as many cells as there are headings ({width})",
            where=f"{name}:{line}",
            found=f"{cells} cell{'' if cells == 1 else 's'}",
            next_step=f"Quote cells that hold the delimiter {layout.delimiter!r}."
            if cells > width
            else f"Cells are parted by {layout.delimiter!r} in this file.",
        )
        for line, cells in found[:SHOWN]
    ]
    if len(found) > SHOWN:
        mistakes.append(Mistake(f"there are more such rows; the first {SHOWN} are listed", where=name))
    if mistakes:
        return mistakes
    reason = str(error).split("the query engine refused: ")[-1].split(" Possible ")[0]
    return [
        Mistake(
            f"the rows cannot be told apart: {reason[:200]}",
            where=name,
            allowed='cells in double quotes, with a quote inside a cell doubled ("")',
            next_step="Export the file again, or save it as Excel.",
        )
    ]


@contextmanager
def _cells_of_any_size() -> Iterator[None]:
    """Lift the limit of 128 KiB that the standard library sets to one cell."""
    limit = csv.field_size_limit(2**31 - 1)
    try:
        yield
    finally:
        csv.field_size_limit(limit)


@contextmanager
def _opened(path: Path, encoding: str) -> Iterator[io.TextIOBase]:
    strict = encoding if encoding != "utf-8" else "utf-8-sig"
    with path.open("r", encoding=strict, newline="") as file:
        yield file


@contextmanager
def _as_utf8(path: Path, layout: Layout, last_line: int | None) -> Iterator[Path]:
    if layout.first_line == 1 and last_line is None and is_plain(path, layout.encoding):
        yield path
        return
    with tempfile.TemporaryDirectory(prefix="idealfit-") as folder:
        copy = Path(folder) / "table.csv"
        utf8_copy(path, layout.encoding, copy, first=layout.first_line, last=last_line)
        yield copy
