"""Several values in one cell: ``Salesforce; HubSpot``, ``a|b``, ``a, b``, ``["a", "b"]``."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from idealfit.engine import literal, rows
from idealfit.sources.missing import BLANKS, MISSING

if TYPE_CHECKING:
    from idealfit.sources.cells import Cells
    from idealfit.sources.raw import RawTable

JSON_ARRAY = "JSON array"
LONGEST_ITEM = 40
"""Mean length, in characters, above which parts are sentences and not items."""


def list_separator(raw: RawTable, table: str, column: int, cells: Cells, *, hinted: bool) -> str | None:
    """Return what separates the items in the cells of a column, None where each cell is one value.

    Cells are lists where their parts are short and come back in other cells. A comma must also separate parts that
    change places (``Slack, Jira`` and ``Jira, Asana``): in ``Austin, Texas`` they never do. `hinted` says that the
    heading speaks of several things, which halves what is asked for.
    """
    texts = [v for v in cells.values if v]
    if texts and all(v.startswith("[") and v.endswith("]") for v in texts):
        return JSON_ARRAY
    for mark in (";", "|", ","):
        holding = cells.with_separator.get(mark, 0)
        if holding == 0 or holding < (0.01 if hinted else 0.03) * cells.distinct:
            continue
        if _parts_are_items(raw, table, column, mark, hinted=hinted):
            return mark
    return None


def list_sql(cell: str, separator: str) -> str:
    """Return SQL that cuts a known text cell into its items, without empty ones; NULL where none is left."""
    missing = ", ".join(literal(token) for token in MISSING)
    cut = "trim(item)"
    if separator == JSON_ARRAY:
        loose = f"string_split(trim({cell}, '[]'), ',')"
        parts = f"coalesce(TRY_CAST(TRY_CAST({cell} AS JSON) AS VARCHAR[]), {loose})"
        cut = f"trim(item, {literal(BLANKS + chr(39) + chr(34))})"
    else:
        parts = f"string_split({cell}, {literal(separator)})"
    items = f"[{cut} FOR item IN {parts} IF lower({cut}) NOT IN ({missing})]"
    return f"nullif({items}, CAST([] AS VARCHAR[]))"


def items_of_native(cell: str) -> str:
    """Return SQL that trims the items of a list that came as one, and drops those that say nothing."""
    missing = ", ".join(literal(token) for token in MISSING)
    cut = "trim(item)"
    items = f"[{cut} FOR item IN {cell} IF item IS NOT NULL AND lower({cut}) NOT IN ({missing})]"
    return f"nullif({items}, CAST([] AS VARCHAR[]))"


def shown(value: str) -> str:
    """Return a list that came as JSON the way a person would write it.

    >>> shown('["a", "b"]')
    'a; b'
    """
    try:
        items = json.loads(value)
    except ValueError:
        return value
    return "; ".join(map(str, items)) if isinstance(items, list) else value


def _parts_are_items(raw: RawTable, table: str, column: int, mark: str, *, hinted: bool) -> bool:
    """Return whether the parts between marks are short, repeat over cells and (for commas) change places."""
    # Cells that agree are counted once: a frequent 'Austin, Texas' must not make its parts look repeated.
    parts = (
        f"SELECT trim(item) AS item, k, k - len(p) AS from_end FROM (SELECT string_split(v, {literal(mark)}) AS p FROM "
        f"(SELECT v FROM {table} WHERE col = {column} AND length(v) < 2000 ORDER BY r LIMIT 50000)), "
        "LATERAL (SELECT unnest(p) AS item, generate_subscripts(p, 1) AS k)"
    )
    found = rows(
        raw.connection,
        "SELECT sum(n), count(*), sum(n) FILTER (n > 1), sum(n) FILTER (n > 1 AND starts > 1 AND ends > 1), "
        "sum(length(item) * n) "
        "FROM (SELECT item, count(*) AS n, count(DISTINCT k) AS starts, count(DISTINCT from_end) AS ends "
        f"FROM ({parts}) WHERE item <> '' GROUP BY item)",
        f"looking for lists in column {raw.headings[column]!r} of {raw.name}",
    )[0]
    total, different, repeated, moving, length = (float(x or 0) for x in found)
    if total == 0 or length / total > LONGEST_ITEM:
        return False
    if mark != ",":
        return repeated / total >= (0.2 if hinted else 0.4)
    return (
        repeated / total >= (0.4 if hinted else 0.6)
        and moving >= (0.25 if hinted else 0.5) * repeated
        and different > 2
    )
