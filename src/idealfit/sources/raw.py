"""A table as it came in, before anything is understood: cells as they stand, columns named c0, c1, c2 ...

Columns carry numbers instead of headings until the last step, so that no heading, however hostile, is part of a query.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import ibis
import ibis.expr.datatypes as dt
import pyarrow as pa

from idealfit.engine import identifier, literal, rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

CELL_TYPES = (dt.String, dt.Numeric, dt.Boolean, dt.Date, dt.Timestamp, dt.Array)
"""What a cell may be; anything else (maps, binary, intervals) is read as its text."""

DEEPEST = 3
"""How many levels of nested fields become columns of their own (``properties.address.city``)."""


@dataclass(frozen=True)
class RawTable:
    """A relation of the engine with columns c0, c1 ..., and the headings and types that belong to them.

    `relation` is the quoted name. `place_of_row` says where a row (counted from 0) stands in the source, for errors.
    `lazy` marks a view over a source that is not copied, however large.
    """

    connection: ibis.BaseBackend
    relation: str
    name: str
    headings: tuple[str, ...]
    types: tuple[dt.DataType, ...]
    place_of_row: Callable[[int], str]
    lazy: bool = False
    warnings: tuple[str, ...] = ()

    def drop(self) -> None:
        """Remove the copy; a view stays, because the typed table reads through it."""
        if not self.lazy:
            rows(self.connection, f"DROP TABLE IF EXISTS {self.relation}", f"clearing up after {self.name}")


def raw_table(
    connection: ibis.BaseBackend,
    query: str,
    headings: Sequence[str] | None,
    *,
    name: str,
    lazy: bool = False,
    row_word: str = "row",
    place_of_row: Callable[[int], str] | None = None,
) -> RawTable:
    """Return the result of `query` as a raw table: nested fields as columns of their own, headings told apart.

    `headings` None takes the column names of the query. A copy is made unless `lazy`.
    """
    about = f"reading {name}"
    names = [row[0] for row in rows(connection, f"DESCRIBE {query}", about)] if headings is None else list(headings)
    numbered = ", ".join(f"c{n}" for n in range(len(names)))
    view = identifier(ibis.util.gen_name("idealfit_source"))
    rows(connection, f"CREATE VIEW {view}({numbered}) AS {query}", about)
    inner = connection.table(view.strip('"')).schema()
    leaves = [leaf for n, heading in enumerate(names) for leaf in _leaves(f"c{n}", heading, inner[f"c{n}"], DEEPEST)]
    relation = identifier(ibis.util.gen_name("idealfit_raw"))
    cells = ", ".join(f"{sql} AS c{n}" for n, (_, sql, _) in enumerate(leaves))
    rows(connection, f"CREATE {'VIEW' if lazy else 'TABLE'} {relation} AS SELECT {cells} FROM {view}", about)
    if not lazy:
        rows(connection, f"DROP VIEW {view}", about)
    told_apart, warnings = distinct_headings([heading for heading, _, _ in leaves])
    return RawTable(
        connection=connection,
        relation=relation,
        name=name,
        headings=tuple(told_apart),
        types=tuple(kind for _, _, kind in leaves),
        place_of_row=place_of_row or (lambda row: f"{name}: {row_word} {row + 1}"),
        lazy=lazy,
        warnings=tuple(warnings),
    )


def arrow_of_rows(cells: Sequence[Sequence[object]], width: int) -> pa.Table:
    """Return rows of Python values as an Arrow table; a column of more than one type becomes a column of texts.

    >>> arrow_of_rows([(1, "a"), (2, 3)], 2).to_pylist()
    [{'c0': 1, 'c1': 'a'}, {'c0': 2, 'c1': '3'}]
    """
    columns = {}
    for n in range(width):
        values = [row[n] if n < len(row) and row[n] != "" else None for row in cells]
        try:
            columns[f"c{n}"] = pa.array(values)
        except (pa.ArrowInvalid, pa.ArrowTypeError, OverflowError):
            columns[f"c{n}"] = pa.array([None if v is None else as_text(v) for v in values], type=pa.string())
    return pa.table(columns)


def as_text(value: object) -> str:
    """Return a cell as a person would write it: whole numbers without a decimal point."""
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    return str(value)


def distinct_headings(headings: Sequence[str]) -> tuple[list[str], list[str]]:
    """Return headings that differ (also when case is ignored, as engines do) and a warning for each one changed.

    >>> distinct_headings(["Name", "name", ""])[0]
    ['Name', 'name (2)', 'column 3']
    """
    taken: set[str] = set()
    result, warnings = [], []
    present = {h.strip().casefold() for h in headings}
    for position, heading in enumerate(headings, start=1):
        wanted = heading.strip().replace("\x00", "") or f"column {position}"
        chosen, n = wanted, 1
        while chosen.casefold() in taken or (n > 1 and chosen.casefold() in present):
            n += 1
            chosen = f"{wanted} ({n})"
        if not heading.strip():
            warnings.append(f"column {position} has no heading; it is called {chosen!r}")
        elif chosen != wanted:
            warnings.append(f"the heading {wanted!r} stands twice; column {position} is called {chosen!r}")
        taken.add(chosen.casefold())
        result.append(chosen)
    return result, warnings


def on_one_line(heading: str) -> str:
    r"""Return a heading of a file without the line breaks that only its layout wants.

    >>> on_one_line("Deal\r\nStage")
    'Deal Stage'
    """
    return re.sub(r"\s*[\r\n]\s*", " ", heading.strip())


def without_blank_rows(raw: RawTable) -> RawTable:
    """Return the table without rows that have no cell filled (``;;;;``), and say how many there were.

    The rows that stay keep their number, by which errors find their line.
    """
    blank = " AND ".join(
        f"(c{n} IS NULL OR trim(c{n}) = '')" if kind.is_string() else f"c{n} IS NULL"
        for n, kind in enumerate(raw.types)
    )
    gone = int(rows(raw.connection, f"DELETE FROM {raw.relation} WHERE {blank}", f"reading {raw.name}")[0][0])
    if not gone:
        return raw
    return with_warnings(raw, f"{gone:,} {'row has' if gone == 1 else 'rows have'} no cell filled: left out")


def places_of(raw: RawTable) -> Callable[[int], str]:
    """Return what says where a row of those that are left, counted from 0, stands in the source."""
    if raw.lazy:
        return raw.place_of_row
    query = f"SELECT count(*), coalesce(max(rowid) + 1, 0) FROM {raw.relation}"
    left, all_rows = rows(raw.connection, query, f"reading {raw.name}")[0]
    if left == all_rows:
        return raw.place_of_row
    query = f"SELECT rowid FROM {raw.relation} ORDER BY rowid"
    numbers = [int(number) for (number,) in rows(raw.connection, query, f"reading {raw.name}")]
    return lambda row: raw.place_of_row(numbers[row])


def with_warnings(raw: RawTable, *warnings: str) -> RawTable:
    """Return the table with more warnings, in front of its own."""
    return replace(raw, warnings=(*warnings, *raw.warnings))


def _leaves(sql: str, heading: str, kind: dt.DataType, depth: int) -> Iterator[tuple[str, str, dt.DataType]]:
    """Yield heading, SQL and type of a column, or of each field inside it."""
    if isinstance(kind, dt.Struct) and depth > 0:
        for name, inner in kind.items():
            yield from _leaves(f"struct_extract({sql}, {literal(name)})", f"{heading}.{name}", inner, depth - 1)
    elif isinstance(kind, dt.Array) and not isinstance(kind.value_type, (dt.Struct, dt.Array, dt.Map)):
        yield heading, f"CAST({sql} AS VARCHAR[])", dt.Array(dt.string)
    elif isinstance(kind, dt.JSON):
        yield (
            heading,
            f"CASE json_type({sql}) WHEN 'VARCHAR' THEN {sql} ->> '$' ELSE CAST({sql} AS VARCHAR) END",
            dt.string,
        )
    elif isinstance(kind, CELL_TYPES) and not isinstance(kind, (dt.Array, dt.UUID)):
        yield heading, sql, kind
    else:
        yield heading, f"CAST({sql} AS VARCHAR)", dt.string
