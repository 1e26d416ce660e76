"""Where a table is: a file, a part of a file, a database, and whether it is there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

from idealfit.errors import InputError, Mistake

FORMATS = {
    ".csv": "delimited", ".tsv": "delimited", ".txt": "delimited", ".tab": "delimited", ".psv": "delimited",
    ".xlsx": "sheet", ".xls": "sheet", ".xlsm": "sheet", ".xlsb": "sheet", ".ods": "sheet",
    ".parquet": "parquet", ".pq": "parquet",
    ".jsonl": "json", ".ndjson": "json", ".json": "json",
    ".duckdb": "duckdb", ".ddb": "duckdb",
    ".sqlite": "sqlite", ".sqlite3": "sqlite", ".db3": "sqlite",
    ".db": "database",
}  # fmt: skip
"""What the end of a file name promises; the first bytes have the last word where they can tell."""

ALLOWED = (
    "CSV or TSV, Excel (.xlsx, .xls), Parquet, JSON lines, a DuckDB or SQLite file, or a database URL; a sheet or "
    "table "
    "inside it is named after '::'"
)


SCORED_FOLDER = ".idealfit-parts.json"
"""The file by which a folder that was filled by scoring is known."""


@dataclass(frozen=True)
class Place:
    """A table's place: the `form` to read it by, the file or URL, and the sheet or table inside it."""

    form: str
    address: str
    part: str | None = None


def place_of(where: str) -> Place:
    """Return the place that `where` names; raises `InputError` if there is nothing there or nothing readable.

    >>> place_of("postgres://crm.example/sales::deals")
    Place(form='url', address='postgres://crm.example/sales', part='deals')
    """
    if re.match(r"^[a-z][a-z0-9+]+://", where):
        address, _, table = where.partition("::")
        return Place("url", address, table or None)
    path, part = _file_and_part(where)
    if (path / SCORED_FOLDER).is_file():
        return Place("scores", str(path), part)
    if path.is_dir():
        raise InputError(Mistake("this is a folder, not a table", where=where, allowed=ALLOWED))
    if not path.exists():
        raise InputError(_missing_file(path, where))
    if not path.is_file():
        raise InputError(
            Mistake(
                "this is not a regular file; a table is read more than once",
                where,
                next_step="Save it to a file first.",
            )
        )
    if path.stat().st_size == 0:
        raise InputError(Mistake("the file is empty", where=where, allowed="a line of headings and at least one row"))
    return Place(_form(path, where), str(path), part)


def _file_and_part(where: str) -> tuple[Path, str | None]:
    """Split at the last ``::`` unless the whole is the name of a file."""
    if Path(where).exists() or "::" not in where:
        return Path(where), None
    address, _, part = where.rpartition("::")
    return Path(address), part or None


def _form(path: Path, where: str) -> str:
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except OSError as error:
        raise InputError(Mistake(f"this cannot be read: {(error.strerror or str(error)).lower()}", where)) from error
    if start.startswith(b"PAR1"):
        return "parquet"
    if start.startswith(b"SQLite format 3\x00"):
        return "sqlite"
    if start[8:12] == b"DUCK":
        return "duckdb"
    promised = FORMATS.get(path.suffix.lower())
    if start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        if promised in ("sheet", None, "delimited"):
            return "sheet"
        raise InputError(Mistake("this is a packed file, not a table", where=where, allowed=ALLOWED))
    if promised in ("parquet", "sqlite", "duckdb", "database", "sheet"):
        raise InputError(
            Mistake(f"the name ends in {path.suffix} but the content is something else", where=where, allowed=ALLOWED)
        )
    if promised == "json" or (promised is None and start.lstrip().startswith(b"{")):
        return "json"
    if _is_binary(start):
        zero = start.find(0)
        damaged = f" (or text with a zero byte, in line {start[:zero].count(10) + 1})" if zero > 0 else ""
        raise InputError(Mistake(f"this is a binary file, not a table{damaged}", where=where, allowed=ALLOWED))
    return "delimited"


def _is_binary(start: bytes) -> bool:
    """Return whether a reader would find control characters; UTF-16 is full of zero bytes and no binary file."""
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    zeros = start.count(0)
    if zeros and (start[0::2].count(0) == 0 or start[1::2].count(0) == 0) and zeros > len(start) // 4:
        return False  # UTF-16 without a mark: every other byte of plain text is zero
    controls = sum(byte < 9 or 13 < byte < 27 for byte in start)
    return zeros > 0 or controls > max(8, len(start) // 20)


def _missing_file(path: Path, where: str) -> Mistake:
    folder = path.parent if path.parent.is_dir() else Path()
    try:
        names = sorted(p.name for p in folder.iterdir() if p.is_file() and p.suffix.lower() in FORMATS)
    except OSError:
        names = []
    near = get_close_matches(path.name, names, n=1, cutoff=0.6)
    hint = f"Did you mean {str(folder / near[0])!r}?" if near else "Check the path."
    return Mistake("there is no such file", where=where, next_step=hint)
