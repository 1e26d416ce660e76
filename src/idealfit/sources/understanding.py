"""All columns of a raw table understood together, and the cells that contradict it.

Columns help each other: where one column shows ``25/12/2024``, ``03/04/2024`` in another is in April; where one
shows ``1,5``, ``1.200`` in another has a thousands point.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import ibis.expr.datatypes as dt

from idealfit.engine import literal, rows
from idealfit.errors import Mistake
from idealfit.sources import headings
from idealfit.sources.cells import Cells, cells_of, count_cells
from idealfit.sources.dates import DateStyle, Order, counted, order_from, order_parts
from idealfit.sources.kinds import (
    Understanding,
    boolean_sql,
    is_nearly_all,
    kind_of_numbers,
    kind_of_texts,
)
from idealfit.sources.lists import items_of_native, list_separator, list_sql
from idealfit.sources.mapping import Mapping, day_comes_first
from idealfit.sources.missing import MISSING, known, na_is_a_code, trimmed
from idealfit.sources.numbers import decimal_evidence

if TYPE_CHECKING:
    from idealfit.sources.raw import RawTable
    from idealfit.tables import Kind

SHOWN = 20
"""How many bad cells an error lists."""
LIST_NEEDS = ("category", "text", "identifier")


@dataclass(frozen=True)
class Understood:
    """One column: its cells, what it was taken for, how list cells are cut, and how its SQL reads a cell."""

    heading: str
    cells: Cells
    what: Understanding
    separator: str | None
    sql: str

    @property
    def kind(self) -> Kind:
        """Return the kind of the column."""
        return self.what.kind


def understood_columns(
    raw: RawTable, relation: str, height: int, mapping: Mapping, wanted: dict[str, Kind], *, strict: bool
) -> tuple[list[Understood], list[Mistake], list[str]]:
    """Return every column of `raw` understood, in order, what contradicts it (at most 20 mistakes), and warnings.

    `wanted` holds kinds that are not to be found out. Cells that are not what their column is will be read as unknown;
    with `strict` each is a mistake, else a warning counts them.
    """
    table = count_cells(raw, relation, height)
    found = cells_of(raw, table, height)
    cells = [found.get(n, Cells(height, 0, 0)) for n in range(len(raw.headings))]
    prior = mapping.decimal or _common_decimal_sign(raw, cells)
    whats = [_kind(raw, n, cells[n], wanted.get(raw.headings[n]), prior) for n in range(len(cells))]
    ignored = {heading.casefold() for heading in mapping.ignore}
    heeded = [raw.headings[n].casefold() not in ignored for n in range(len(cells))]
    orders, mistakes = _orders(raw, table, whats, heeded, mapping)
    warnings: list[str] = []
    columns: list[Understood] = []
    for n, (heading, what) in enumerate(zip(raw.headings, whats, strict=True)):
        if what.date is not None and n in orders:
            what = replace(what, date=replace(what.date, order=orders[n]))  # noqa: PLW2901
        separator = _separator(raw, table, n, cells[n], what, wanted=wanted.get(heading))
        if separator is not None:
            what = Understanding("list")  # noqa: PLW2901
        column = _column(raw, n, cells[n], what, separator)
        if isinstance(raw.types[n], dt.String) and _may_be_contradicted(what, wanted.get(heading)):
            bad, count = _contradicting(raw, table, n, column)
            if count and not is_nearly_all(1 - count / cells[n].known, cells[n].known) and heading not in wanted:
                column = _column(raw, n, cells[n], kind_of_texts(heading, replace(cells[n], shapes=())), None)
            elif count and heeded[n] and strict:
                mistakes += bad
            elif count and heeded[n]:
                warnings.append(
                    f"column {heading!r}: {count} of {cells[n].known} cells are no {what.kind} and count as unknown"
                )
        columns.append(column)
    rows(raw.connection, f"DROP TABLE {table}", f"clearing up after {raw.name}")
    return columns, _at_most(mistakes, raw.name), warnings


def _may_be_contradicted(what: Understanding, wanted: Kind | None) -> bool:
    """Return whether cells must be looked at one by one: shapes prove numbers, but no shape tells 31 June."""
    if what.kind == "number":
        return wanted is not None or (what.number is not None and bool(what.number.strays))
    return what.kind == "date" or (what.kind == "boolean" and wanted is not None)


def _kind(raw: RawTable, n: int, cells: Cells, wanted: Kind | None, prior: str | None) -> Understanding:
    kind, heading = raw.types[n], raw.headings[n]
    if isinstance(kind, dt.String):
        return kind_of_texts(heading, cells, wanted=wanted, decimal=prior)
    if cells.known == 0:
        return Understanding("empty", reason="no value in any row")
    if isinstance(kind, dt.Boolean):
        return Understanding("boolean")
    if isinstance(kind, (dt.Date, dt.Timestamp)):
        return Understanding("date")
    if isinstance(kind, dt.Array):
        return Understanding("list")
    form = _counted_form(heading, cells) if wanted in (None, "date") else None
    if form:
        return Understanding("date", date=DateStyle((form,), 1.0))
    if wanted is not None:
        return Understanding(wanted)
    return kind_of_numbers(heading, cells, whole=_whole(cells))


def _column(raw: RawTable, n: int, cells: Cells, what: Understanding, separator: str | None) -> Understood:
    return Understood(raw.headings[n], cells, what, separator, _sql(raw, n, cells, what, separator))


def _sql(raw: RawTable, n: int, cells: Cells, what: Understanding, separator: str | None) -> str:
    """Return SQL that reads a raw cell as its kind demands: NULL is unknown."""
    kind = raw.types[n]
    if isinstance(kind, dt.Array):
        return items_of_native(f"c{n}")
    if not isinstance(kind, dt.String):
        return _native_sql(f"c{n}", kind, cells, what)
    if raw.lazy and what.kind == "identifier":
        return f"c{n}"  # ten million ids need no cleaning to be handed through
    if what.kind == "boolean" and raw.lazy:
        return boolean_sql(f"trim(c{n})")  # what is neither yes nor no is unknown, whatever it says
    if what.kind == "list" and raw.lazy and not any((separator or ";") in token for token in MISSING):
        return list_sql(f"trim(c{n})", separator or ";")  # a cell that says nothing is a list of one such item
    text = text_sql(raw, n, cells)
    return list_sql(text, separator or ";") if what.kind == "list" else _reader(text, what, checked=not raw.lazy)


def text_sql(raw: RawTable, n: int, cells: Cells) -> str:
    """Return SQL for a text cell of column `n`: trimmed, NULL where nothing is known."""
    if cells.clean and not raw.lazy:
        return f"c{n}"
    if (
        raw.lazy
    ):  # spaces alone are cut, which an engine does once per entry of a Parquet dictionary and not once per row
        return known(f"trim(c{n})", keep_na=na_is_a_code(cells.values))
    return known(trimmed(f"c{n}"), keep_na=na_is_a_code(cells.values))


def _reader(text: str, what: Understanding, *, checked: bool = False) -> str:
    if what.kind == "number" and what.number is not None:
        return what.number.sql(text, checked=checked and not what.number.strays)
    if what.kind == "date" and what.date is not None:
        return what.date.sql(text)
    return boolean_sql(text) if what.kind == "boolean" else text


def _native_sql(cell: str, kind: dt.DataType, cells: Cells, what: Understanding) -> str:
    finite = f"CASE WHEN isfinite({cell}) THEN {cell} END" if isinstance(kind, dt.Floating) else cell
    if what.kind == "date":
        if what.date is not None:
            return f"CAST({counted(what.date.forms[0], f'CAST({finite} AS DOUBLE)')} AS DATE)"
        return f"CAST({cell} AS DATE)"
    if what.kind == "number":
        return f"CAST({finite} AS DOUBLE)"
    if what.kind == "boolean":
        return f"CAST({finite} AS BOOLEAN)"
    if isinstance(kind, dt.Floating) and _whole(cells):
        return f"CAST(CAST({finite} AS HUGEINT) AS VARCHAR)"
    return f"CAST({finite} AS VARCHAR)"


def _separator(
    raw: RawTable, table: str, n: int, cells: Cells, what: Understanding, *, wanted: Kind | None
) -> str | None:
    """Return what cuts the cells of a list column; only texts that are nothing else are looked at."""
    if (
        not isinstance(raw.types[n], dt.String)
        or what.kind not in (*LIST_NEEDS, "list")
        or what.reason.startswith(("e-mail", "a web"))
    ):
        return None
    if wanted is not None and wanted != "list":
        return None
    hinted = wanted == "list" or headings.says_list(raw.headings[n])
    separator = list_separator(raw, table, n, cells, hinted=hinted) if cells.known else None
    if separator is None and wanted == "list":
        return next((mark for mark in ";|," if cells.with_separator.get(mark)), ";")
    return separator


def _common_decimal_sign(raw: RawTable, cells: list[Cells]) -> str | None:
    """Return the decimal comma where the columns of texts that can only be read one way agree on it."""
    votes: Counter[str] = Counter()
    for n, kind in enumerate(raw.types):
        if isinstance(kind, dt.String):
            seen = decimal_evidence(cells[n].shapes)
            if sum(seen.values()) >= cells[n].known / 2:
                votes.update(sign for sign in seen if seen[sign] > sum(seen.values()) / 2)
    return "," if votes[","] and not votes["."] else None


def _orders(
    raw: RawTable, table: str, whats: list[Understanding], heeded: list[bool], mapping: Mapping
) -> tuple[dict[int, Order], list[Mistake]]:
    """Return the order of day and month per column that needs one, and a mistake per column that shows none."""
    asked = None if mapping.dates is None else day_comes_first(mapping.dates)
    needing = [n for n, w in enumerate(whats) if w.kind == "date" and w.date is not None and w.date.needs_order]
    if asked is not None:
        return dict.fromkeys(needing, "day first" if asked else "month first"), []
    shown = {n: _evidence(raw, table, n) for n in needing}
    orders = {n: order for n, seen in shown.items() if (order := order_from(*seen)) is not None}
    agreed = {order for order in orders.values() if order != "either way clear"}
    mistakes = []
    for n in needing:
        day, month, _ = shown[n]
        if n in orders:
            continue
        if not (day or month) and len(agreed) == 1:
            orders[n] = next(iter(agreed))
        elif not (day or month) and _only_dots(raw, table, n):
            orders[n] = "day first"  # 03.04.2024 is written where the day comes first
        elif heeded[n]:
            mistakes += _unclear(raw, table, n, contradicting=bool(day and month))
            orders[n] = "day first"
        else:
            orders[n] = "day first"
    return orders, mistakes


def _evidence(raw: RawTable, table: str, n: int) -> tuple[int, int, int]:
    first, second = order_parts()
    found = rows(
        raw.connection,
        f"SELECT coalesce(sum(n) FILTER (a > 12 AND b <= 12), 0), coalesce(sum(n) FILTER (b > 12 AND a <= 12), 0), "
        f"coalesce(sum(n) FILTER (a <= 12 AND b <= 12 AND a <> b), 0) FROM (SELECT n, {first} AS a, {second} AS b "
        f"FROM {table} WHERE col = {n})",
        f"looking at the dates of column {raw.headings[n]!r} of {raw.name}",
    )[0]
    return int(found[0]), int(found[1]), int(found[2])


def _only_dots(raw: RawTable, table: str, n: int) -> bool:
    query = f"SELECT count(*) FROM {table} WHERE col = {n} AND regexp_matches(v, '^[0-9]{{1,2}}[-/][0-9]')"
    return int(rows(raw.connection, query, f"looking at the dates of {raw.name}")[0][0]) == 0


def _unclear(raw: RawTable, table: str, n: int, *, contradicting: bool) -> list[Mistake]:
    first, second = order_parts()
    found = rows(
        raw.connection,
        f"SELECT v, r FROM {table} WHERE col = {n} AND {first} <= 12 AND {second} <= 12 AND {first} <> {second} "
        "ORDER BY r LIMIT 3",
        f"looking at the dates of column {raw.headings[n]!r} of {raw.name}",
    )
    why = (
        "other dates of this column show both orders"
        if contradicting
        else "no other date shows the order of day and month"
    )
    return [
        Mistake(
            f"this date of column {raw.headings[n]!r} can be read in two ways, and {why}",
            where=raw.place_of_row(row),
            found=value,
            allowed="dates = 'DD/MM/YYYY' or 'MM/DD/YYYY' in the mapping file, or dates written YYYY-MM-DD",
            next_step=f'Set it with --map, or leave the column out with --ignore "{raw.headings[n]}".',
        )
        for value, row in found
    ]


def _contradicting(raw: RawTable, table: str, n: int, column: Understood) -> tuple[list[Mistake], int]:
    """Return a mistake per distinct cell that is not what its column is (at most 20), and how many rows have one."""
    what = column.what
    number = what.number if what.kind == "number" else None
    about = f"reading column {column.heading!r} of {raw.name}"
    condition = f"{_reader('v', what)} IS NULL"
    if number is not None and number.strays:
        shapes = ", ".join(literal(s.text) for s in number.strays if s.text) or "''"
        condition = f"({condition} OR translate(v, '0123456789', '9999999999') IN ({shapes}))"
    found = rows(
        raw.connection,
        f"SELECT left(v, 60), n, r, sum(n) OVER () FROM {table} WHERE col = {n} AND v IS NOT NULL AND {condition} "
        f"ORDER BY r LIMIT {SHOWN}",
        about,
    )
    written = (number.written if number else what.date.written if what.kind == "date" and what.date else "") or ""
    like = f" written like {written!r}" if written else ""
    mistakes = [
        Mistake(
            f"this cell of column {column.heading!r} is no {what.kind}{like}, as the others are",
            where=raw.place_of_row(row),
            found=value,
            allowed=f"a {what.kind}, or nothing where it is not known",
            next_step=f'Correct it, leave the column out with --ignore "{column.heading}", or set its kind with --map.',
        )
        for value, _, row, _ in found
    ]
    return mistakes, int(found[0][3]) if found else 0


def _counted_form(heading: str, cells: Cells) -> str | None:
    """Return how a column of numbers counts time, where its heading speaks of a date and all values fit."""
    if not headings.says_date(heading):
        return None
    try:
        values = [float(value) for value in cells.values]
    except ValueError:
        return None
    spans = (("seconds", 1e8, 4.2e9), ("milliseconds", 1e11, 4.2e12), ("spreadsheet days", 2e4, 8e4))
    return next((form for form, low, high in spans if values and all(low <= v <= high for v in values)), None)


def _whole(cells: Cells) -> bool:
    """Return whether numbers that came as numbers are all whole (whole floats are counted as ``12``, not ``12.0``)."""
    return all(
        re.fullmatch(r"-?9+(\.9)?", s.text) and ("." not in s.text or s.example.endswith(".0")) for s in cells.shapes
    )


def _at_most(mistakes: list[Mistake], name: str) -> list[Mistake]:
    if len(mistakes) <= SHOWN:
        return mistakes
    return [*mistakes[:SHOWN], Mistake(f"there are more such cells; the first {SHOWN} are listed", where=name)]
