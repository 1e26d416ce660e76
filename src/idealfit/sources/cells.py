"""What the cells of each column look like, over all rows: counted in the engine, a few lines per column come back.

Cells are counted once per distinct value (table ``cells``), and their *shapes* (each digit written as 9, so that
``1.204,50`` and ``7.311,99`` are one shape) are what numbers and dates are recognised by. So nothing rests on a sample.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import ibis
import ibis.expr.datatypes as dt

from idealfit.engine import identifier, literal, rows
from idealfit.sources.missing import known, trimmed

if TYPE_CHECKING:
    from idealfit.sources.raw import RawTable

CELLS_AT_ONCE = 5_000_000
COMMONEST = 60
"""How many values of a column are brought back, the most frequent first."""
SHAPE_LENGTH = 40
SHAPE_LETTERS = 16
SHAPES = 3000
"""A cell longer than this, or with more letters, is no number and no date; nor is a column with more shapes."""


@dataclass(frozen=True)
class Shape:
    """Cells that look alike: digits written as 9, how many cells, and one of them with its row (from 0)."""

    text: str
    cells: int
    example: str = ""
    row: int = 0


@dataclass(frozen=True)
class Cells:
    """What the cells of one column hold: counts over `rows`, the commonest values and the shapes.

    `shapes` is complete but for columns with more than 3,000 of them, which are neither numbers nor dates. What is
    too long or has no digit is counted under the shape "". `clean` says that no cell has blanks around it or a word
    for "not known". Lengths are in characters, per distinct value. `with_separator` counts the distinct values that
    hold ``;``, ``|`` and ``,``.
    """

    rows: int
    known: int
    distinct: int
    clean: bool = False
    commonest: tuple[tuple[str, int], ...] = ()
    shapes: tuple[Shape, ...] = ()
    mean_length: float = 0.0
    longest: int = 0
    mean_words: float = 0.0
    leading_zeros: bool = False
    with_separator: dict[str, int] = field(default_factory=dict)

    @property
    def values(self) -> tuple[str, ...]:
        """Return the commonest values."""
        return tuple(value for value, _ in self.commonest)


def row_count(raw: RawTable, relation: str) -> int:
    """Return how many rows `relation` has."""
    return int(rows(raw.connection, f"SELECT count(*) FROM {relation}", f"counting the rows of {raw.name}")[0][0])


def count_cells(raw: RawTable, relation: str, height: int) -> str:
    """Return the name of a temporary table ``(col, v, n, r, clean)``.

    Each row is a distinct known cell as text, how often it stands there, its first row, and whether it always stood
    there like this, without blanks around it. Cells that say that nothing is known have NULL for `v`.
    """
    table, counted = (
        identifier(ibis.util.gen_name("idealfit_cells")),
        identifier(ibis.util.gen_name("idealfit_counted")),
    )
    about = f"looking at the cells of {raw.name}"
    rows(raw.connection, f"CREATE TEMP TABLE {counted} (col INTEGER, v VARCHAR, n BIGINT, r BIGINT)", about)
    at_once = max(1, min(200, CELLS_AT_ONCE // max(height, 1)))
    for start in range(0, len(raw.types), at_once):
        chunk = range(start, min(start + at_once, len(raw.types)))
        texts = ", ".join(f"{_as_text(f'c{n}', raw.types[n])} AS c{n}" for n in chunk)
        names = ", ".join(f"c{n}" for n in chunk)
        rows(
            raw.connection,
            f"INSERT INTO {counted} SELECT CAST(substr(col, 2) AS INTEGER), v, count(*), min(r) FROM "
            f"(UNPIVOT (SELECT rowid AS r, {texts} FROM {relation}) ON {names} INTO NAME col VALUE v) GROUP BY col, v",
            about,
        )
    # Cells are cleaned once per distinct value, which is what makes a table of five million cells a matter of seconds.
    rows(
        raw.connection,
        f"CREATE TEMP TABLE {table} AS SELECT col, {known('t')} AS v, sum(n) AS n, min(r) AS r, bool_and(t = w) AS "
        "clean "
        f"FROM (SELECT *, v AS w, {trimmed('v')} AS t FROM {counted}) GROUP BY 1, 2",
        about,
    )
    rows(raw.connection, f"DROP TABLE {counted}", about)
    return table


def cells_of(raw: RawTable, table: str, height: int) -> dict[int, Cells]:
    """Return what the columns counted in `table` look like, by column number; one without any value is absent."""
    about = f"looking at the cells of {raw.name}"
    has = [f"count(*) FILTER (contains(v, {literal(mark)}))" for mark in ";|,"]
    totals = rows(
        raw.connection,
        "SELECT col, sum(n) FILTER (v IS NOT NULL), count(v), count(*) = count(v) AND bool_and(clean), "
        "avg(length(v)), max(length(v)), "
        "avg(CASE WHEN length(v) < 2000 THEN length(v) - length(replace(v, ' ', '')) + 1 ELSE 300 END), "
        f"coalesce(bool_or(v[1] = '0' AND v[2] BETWEEN '0' AND '9'), false), {', '.join(has)} FROM {table} GROUP BY "
        "col",
        about,
    )
    commonest = _grouped(
        rows(
            raw.connection,
            "SELECT col, v, n FROM (SELECT col, v, n, row_number() OVER (PARTITION BY col ORDER BY n DESC, r) AS k "
            f"FROM (SELECT col, left(v, 400) AS v, n, r FROM {table} WHERE v IS NOT NULL)) WHERE k <= {COMMONEST} "
            "ORDER BY col, k",
            about,
        )
    )
    letters = f"regexp_matches(v, '([[:alpha:]][^[:alpha:]]*){{{SHAPE_LETTERS + 1}}}')"
    shape = (
        f"CASE WHEN length(v) > {SHAPE_LENGTH} OR NOT regexp_matches(v, '[0-9]') OR {letters} THEN '' "
        "ELSE translate(v, '0123456789', '9999999999') END"
    )
    shapes = _grouped(
        rows(
            raw.connection,
            "SELECT col, s, n, left(v, 60), r FROM (SELECT *, row_number() OVER (PARTITION BY col ORDER BY n DESC, "
            "r) AS k "
            f"FROM (SELECT col, {shape} AS s, sum(n) AS n, arg_min(v, r) AS v, min(r) AS r FROM {table} WHERE v IS "
            "NOT NULL GROUP BY ALL)) "
            f"WHERE k <= {SHAPES} ORDER BY col, k",
            about,
        )
    )
    return {
        col: Cells(
            rows=height,
            known=int(n or 0),
            distinct=distinct,
            clean=clean,
            commonest=tuple((v, int(k)) for v, k in commonest.get(col, ())),
            shapes=tuple(Shape(s, int(k), v, r) for s, k, v, r in shapes.get(col, ())),
            mean_length=length or 0.0,
            longest=longest or 0,
            mean_words=words or 0.0,
            leading_zeros=bool(zeros),
            with_separator={";": semicolons, "|": bars, ",": commas},
        )
        for col, n, distinct, clean, length, longest, words, zeros, semicolons, bars, commas in totals
    }


def _as_text(cell: str, kind: dt.DataType) -> str:
    """Return SQL for a cell as text."""
    if isinstance(kind, dt.String):
        return cell
    if isinstance(kind, dt.Floating):
        return f"CASE WHEN isfinite({cell}) THEN regexp_replace(CAST({cell} AS VARCHAR), '[.]0$', '') END"
    if isinstance(kind, dt.Array):
        return f"nullif(array_to_string({cell}, '; '), '')"
    if isinstance(kind, dt.Timestamp):
        return f"CAST(CAST({cell} AS DATE) AS VARCHAR)"
    return f"CAST({cell} AS VARCHAR)"


def _grouped(found: list[tuple[Any, ...]]) -> dict[int, list[tuple[Any, ...]]]:
    groups: dict[int, list[tuple[Any, ...]]] = {}
    for col, *rest in found:
        groups.setdefault(col, []).append(tuple(rest))
    return groups
