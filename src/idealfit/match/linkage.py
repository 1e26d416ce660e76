"""Which rows of one table, or of two, are the same company: keys are joined by the engine, pairs judged as they come.

Nothing but the keys and the answers stands in memory, so tables may be large.
"""

from __future__ import annotations

from array import array
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa

from idealfit.engine import identifier, refusals_explained, rows
from idealfit.match.companies import Company, keys_of, traits
from idealfit.match.identity import MOST_ALIKE, judgements

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    import ibis

    from idealfit.match.identity import Several

FIELDS = ("id", "name", "domain", "former_names", "registry_id", "country", "city", "industry", "parent")
"""The columns of a table of companies, all texts; those of `Company`."""

MATCHES = pa.schema(
    [
        ("left_id", pa.string()),
        ("right_id", pa.string()),
        ("decision", pa.string()),
        ("confidence", pa.float64()),
        ("reason", pa.string()),
        ("left_name", pa.string()),
        ("right_name", pa.string()),
    ]
)
"""The columns of an answer: one row per pair that is the same company, may be, or only looks like it."""

AT_ONCE = 50_000  # rows


@dataclass(frozen=True)
class Linkage:
    """What came of it: the pairs, the rows of both tables, and the domains that too many share to tell them apart."""

    pairs: pa.Table
    left: int
    right: int
    crowded_domains: tuple[tuple[str, int], ...] = ()


def link(
    connection: ibis.BaseBackend,
    left: str,
    right: str | None,
    progress: Callable[[str, float], None],
) -> Linkage:
    """Return which rows are the same company; with no `right`, which rows of `left` are.

    `left` and `right` name tables of a DuckDB `connection` with the columns of `FIELDS`, and `number`, that of the row.
    Each row of `left` is the same as at most one company of `right`, which may stand there more than once.
    """
    count = {name: _count(connection, name) for name in (left, right) if name}
    other = right or left
    progress("taking names and domains apart", 0.05)
    left_keys = _keys(connection, left, lambda done: progress("taking names and domains apart", 0.05 + 0.3 * done))
    right_keys = left_keys
    if right:
        right_keys = _keys(connection, right, lambda done: progress("reading the other table", 0.35 + 0.25 * done))
    progress("finding who shares a key", 0.6)
    pairs = _pairs(connection, left_keys, right_keys, apart=right is not None)
    found = _count(connection, pairs)
    progress("comparing", 0.65)
    answers = _answers(
        _compared(connection, pairs, left, other),
        several="twins" if right else "all",
        tell=lambda done: progress("comparing", 0.65 + 0.3 * done / max(1, found)),
    )
    crowded = _crowded_domains(connection, right_keys, other)
    for keys in {left_keys, right_keys}:
        connection.con.unregister(keys)
    rows(connection, f"DROP TABLE {identifier(pairs)}", "clearing up")
    return Linkage(answers, count[left], count[other], crowded)


def _keys(connection: ibis.BaseBackend, table: str, tell: Callable[[float], None]) -> str:
    """Return the name of a view of the keys of each row, which stand in memory."""
    name = f"{table}_keys"
    height = max(1, _count(connection, table))
    keys, numbers, domains = array("q"), array("q"), array("b")
    for batch in _batches(connection, f"SELECT number, {', '.join(FIELDS)} FROM {identifier(table)}"):
        for number, *cells in batch:
            for key in keys_of(traits(Company(*cells))):
                keys.append(hash(key))
                numbers.append(number)
                domains.append(key.startswith("d "))
        tell(batch[-1][0] / height)
    columns = {"key": np.frombuffer(keys, np.int64), "number": np.frombuffer(numbers, np.int64)}
    columns["domain"] = np.frombuffer(domains, np.int8)
    connection.con.register(name, pa.table(columns))
    return name


def _pairs(connection: ibis.BaseBackend, left: str, right: str, *, apart: bool) -> str:
    """Return the name of a new table with the pairs that share a key which not too many share."""
    once = "" if apart else "AND one.number < other.number"
    statement = f"""
        CREATE TEMP TABLE pairs AS
        WITH telling AS (
            SELECT key FROM {identifier(right)} GROUP BY key HAVING count(DISTINCT number) <= {MOST_ALIKE}
        )
        SELECT DISTINCT one.number AS left_number, other.number AS right_number
        FROM telling
        JOIN {identifier(right)} AS other USING (key)
        JOIN {identifier(left)} AS one USING (key)
        WHERE true {once}"""
    rows(connection, statement, "finding who shares a key")
    return "pairs"


def _compared(connection: ibis.BaseBackend, pairs: str, left: str, right: str) -> Iterator[tuple[Any, ...]]:
    """Yield for each pair the cells of both, those of one row of `left` after each other."""
    ours, theirs = (", ".join(f"{side}.{field}" for field in FIELDS) for side in ("one", "other"))
    statement = f"""
        SELECT pair.left_number, {ours}, {theirs}
        FROM {identifier(pairs)} AS pair
        JOIN {identifier(left)} AS one ON one.number = pair.left_number
        JOIN {identifier(right)} AS other ON other.number = pair.right_number
        ORDER BY pair.left_number, pair.right_number"""
    for batch in _batches(connection, statement):
        yield from batch


def _answers(compared: Iterable[tuple[Any, ...]], *, several: Several, tell: Callable[[int], None]) -> pa.Table:
    """Return the answers on pairs, in the order of the left table, the best first."""
    columns: list[list[object]] = [[] for _ in MATCHES]
    done = 0
    width = len(FIELDS)
    for _, group in groupby(compared, key=itemgetter(0)):
        asked: Company | None = None
        companies = []
        for _, *cells in group:
            asked = asked or Company(*cells[:width])
            companies.append(Company(*cells[width:]))
        if asked is None:
            continue
        known = traits(asked)
        judged = judgements(known, [traits(company) for company in companies], several=several)
        names = {company.id: company.name for company in companies}
        for other, said in judged:
            values = (asked.id, other.id, said.decision, said.confidence, said.reason, asked.name, names[other.id])
            for column, value in zip(columns, values, strict=True):
                column.append(value)
        before, done = done, done + len(companies)
        if before // AT_ONCE != done // AT_ONCE:
            tell(done)
    return pa.table([pa.array(c, kind.type) for c, kind in zip(columns, MATCHES, strict=True)], schema=MATCHES)


def _crowded_domains(connection: ibis.BaseBackend, keys: str, table: str) -> tuple[tuple[str, int], ...]:
    statement = f"""
        SELECT company.domain, crowd.n FROM (
            SELECT min(number) AS number, count(*) AS n FROM {identifier(keys)} WHERE domain = 1
            GROUP BY key HAVING count(*) > {MOST_ALIKE} ORDER BY n DESC LIMIT 20
        ) AS crowd JOIN {identifier(table)} AS company ON company.number = crowd.number ORDER BY n DESC, 1"""
    return tuple((str(domain), int(n)) for domain, n in rows(connection, statement, "counting crowded domains"))


def _batches(connection: ibis.BaseBackend, statement: str) -> Iterator[list[tuple[Any, ...]]]:
    """Yield the rows of a statement, many at once. No other statement may run until the last of them is taken."""
    with refusals_explained("reading companies", statement):
        cursor = connection.raw_sql(statement)
        while batch := cursor.fetchmany(AT_ONCE):
            yield batch


def _count(connection: ibis.BaseBackend, table: str) -> int:
    return int(rows(connection, f"SELECT count(*) FROM {identifier(table)}", "counting rows")[0][0])
