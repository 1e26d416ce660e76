"""Rows of scores chosen to be handed over, with the companies' own columns beside them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from idealfit.engine import identifier, literal, rows
from idealfit.errors import InputError, Mistake
from idealfit.export.tables import FORMULA_STARTS
from idealfit.pipeline.inputs import name_of
from idealfit.sources.headings import phrase
from idealfit.sources.mapping import did_you_mean
from idealfit.sources.opening import opened
from idealfit.sources.reading import read
from idealfit.sources.roles import HEADINGS
from idealfit.tables import SCORES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import ibis

    from idealfit.export.handover import Row
    from idealfit.pipeline.inputs import Table
    from idealfit.sources.mapping import Mapping

AT_ONCE = 10_000  # rows

RATES = frozenset(field.name for field in SCORES if field.type == "float64")
EXACT = 2.0**53
"""Up to here, a float knows every whole number."""


@dataclass(frozen=True)
class ScoredRows:
    """Chosen rows in a table of the engine, the best first; which columns name a company and its domain."""

    connection: ibis.BaseBackend
    columns: tuple[str, ...]
    count: int
    tiers: dict[str, int]
    name_column: str = "id"
    domain_column: str | None = None

    def rows(self) -> Iterator[Row]:
        """Yield the rows. Nothing else may be asked of the engine until the last of them is taken."""
        listed = ", ".join(map(identifier, self.columns))
        cursor = self.connection.raw_sql(f"SELECT {listed} FROM chosen ORDER BY place")
        while batch := cursor.fetchmany(AT_ONCE):
            for cells in batch:
                yield {name: _plain(cell, name) for name, cell in zip(self.columns, cells, strict=True)}


def chosen_rows(
    connection: ibis.BaseBackend,
    scores: Table,
    companies: Table | None,
    said: Mapping,
    *,
    tiers: Sequence[str] = (),
    top: int | None = None,
) -> ScoredRows:
    """Return the scores in the given tiers, at most the `top` best, joined with the columns of `companies`.

    Raises `InputError` where these are no scores, where nobody is in a tier, and where no company is in both tables.
    """
    if top is not None and top < 1:
        raise InputError(Mistake("this is no number of companies", "--top", str(top), "1 or more"))
    ours = _scores(connection, scores)
    _refuse_unknown_tiers(connection, tiers)
    theirs, name, domain, join = (
        _facts(connection, companies, said, ours) if companies is not None else ((), "id", None, "")
    )
    selected = ", ".join([*(f"scored.{identifier(n)}" for n in ours), *(f"facts.{identifier(n)}" for n in theirs)])
    where = f"WHERE scored.tier IN ({', '.join(map(literal, tiers))})" if tiers else ""
    order = "ORDER BY scored.fit DESC NULLS LAST, scored.id"
    statement = f"""CREATE TEMP TABLE chosen AS
        SELECT {selected}, row_number() OVER ({order}) AS place FROM scored {join} {where}
        QUALIFY place <= {top or 2**62}"""
    rows(connection, statement, f"choosing rows of {name_of(scores)}")
    counted = rows(
        connection,
        "SELECT tier, count(*), max(fit) FROM chosen GROUP BY tier ORDER BY 3 DESC NULLS LAST, 1",
        "counting tiers",
    )
    by_tier = {str(tier): int(n) for tier, n, _ in counted}
    return ScoredRows(connection, (*ours, *theirs), sum(by_tier.values()), by_tier, name, domain)


def _scores(connection: ibis.BaseBackend, scores: Table) -> tuple[str, ...]:
    """Make the table ``scored``, with typed columns of scores and whatever others there are; return their names."""
    raw = opened(scores, connection, lazy=True)
    cells = {heading.casefold(): f"c{n}" for n, heading in enumerate(raw.headings)}
    missing = [name for name in ("id", "fit", "tier") if name not in cells]
    if missing:
        raise InputError(
            Mistake(f"these are no scores: there is no column {', '.join(missing)}", raw.name,
                    found=", ".join(raw.headings[:10]), next_step="'idealfit score' writes them.")
        )  # fmt: skip
    typed = {field.name: _cell(cells[field.name], field.type) for field in SCORES if field.name in cells}
    typed |= {heading: cells[heading.casefold()] for heading in raw.headings if heading.casefold() not in typed}
    listed = ", ".join(f"{cell} AS {identifier(name)}" for name, cell in typed.items())
    rows(connection, f"CREATE TEMP TABLE scored AS SELECT {listed} FROM {raw.relation}", f"reading {raw.name}")
    raw.drop()
    if "place" in map(str.casefold, typed):
        raise InputError(Mistake("a column of scores cannot be called 'place'", raw.name, next_step="Rename it."))
    return tuple(typed)


def _cell(cell: str, kind: str) -> str:
    """Return SQL for a cell of scores: typed, and without the apostrophe that keeps a spreadsheet from running it."""
    if kind != "string":
        return f"TRY_CAST({cell} AS {'BIGINT' if kind == 'int64' else 'DOUBLE'})"
    text = f"CAST({cell} AS VARCHAR)"
    starts = ", ".join(map(literal, FORMULA_STARTS))
    return f"CASE WHEN {text}[1] = '''' AND {text}[2] IN ({starts}) THEN {text}[2:] ELSE {text} END"


def _facts(
    connection: ibis.BaseBackend, companies: Table, said: Mapping, ours: Sequence[str]
) -> tuple[tuple[str, ...], str, str | None, str]:
    """Make the table ``facts``, one row per company; return its columns, the name, the domain, and how it is joined."""
    source = read(companies, connection=connection, table="companies", mapping=said)
    roles = {role: column.name for role in ("account_id", "domain", "name") if (column := source.column(role))}
    candidates = [said.id] if said.id else list(dict.fromkeys(roles.values()))
    connection.create_view("companies_as_read", source.table, overwrite=True)
    key = next((c for c in candidates if c in source.table.columns and _matches(connection, c)), None)
    if key is None:
        raise InputError(
            Mistake("no column of the companies holds the ids of the scores", name_of(companies),
                    found=", ".join(candidates or source.table.columns[:10]),
                    next_step="Name it with --id, as for 'idealfit score'.")
        )  # fmt: skip
    statement = f"""CREATE TEMP TABLE facts AS SELECT * FROM companies_as_read
        QUALIFY row_number() OVER (PARTITION BY CAST({identifier(key)} AS VARCHAR)) = 1"""
    rows(connection, statement, f"reading {name_of(companies)}")
    if phrase(roles.get("account_id", "")) in HEADINGS["name"].split("; "):
        roles.setdefault("name", roles["account_id"])
    taken = {"place", *(name.casefold() for name in ours)}
    theirs = tuple(column for column in source.table.columns if column.casefold() not in taken)
    name, domain = (roles.get(role) if roles.get(role) in theirs else None for role in ("name", "domain"))
    join = f"LEFT JOIN facts ON CAST(facts.{identifier(key)} AS VARCHAR) = scored.id"
    return theirs, name or "id", domain, join


def _matches(connection: ibis.BaseBackend, column: str) -> bool:
    statement = f"""SELECT 1 FROM scored JOIN companies_as_read AS other
        ON CAST(other.{identifier(column)} AS VARCHAR) = scored.id LIMIT 1"""
    return bool(rows(connection, statement, "joining companies"))


def _refuse_unknown_tiers(connection: ibis.BaseBackend, tiers: Sequence[str]) -> None:
    there = tuple(str(t) for (t,) in rows(connection, "SELECT DISTINCT tier FROM scored ORDER BY 1", "reading tiers"))
    mistakes = [
        Mistake("no company is in this tier", "--tier", tier, ", ".join(there), did_you_mean(tier, there))
        for tier in tiers
        if tier not in there
    ]
    if mistakes:
        raise InputError(*mistakes)


def _plain(cell: Any, column: str) -> str | int | float | bool | None:  # noqa: ANN401  whatever an engine gives
    """Return a cell as files hold it; a whole number of a company is one, however the table was read."""
    if isinstance(cell, float) and column not in RATES and cell.is_integer() and abs(cell) < EXACT:
        return int(cell)
    if cell is None or isinstance(cell, str | int | float | bool):
        return cell
    return "; ".join(map(str, cell)) if isinstance(cell, list) else str(cell)
