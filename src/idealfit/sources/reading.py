"""A table from anywhere, read and understood: the one entrance to this room."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING, Protocol, get_args

import ibis

from idealfit.engine import identifier, rows
from idealfit.errors import InputError, MappingError, Mistake
from idealfit.sources import headings
from idealfit.sources.cells import row_count
from idealfit.sources.fingerprints import fingerprint
from idealfit.sources.layers import layer_of
from idealfit.sources.lists import shown
from idealfit.sources.mapping import ROLES, Mapping, TableName, did_you_mean
from idealfit.sources.numbers import currency_in
from idealfit.sources.opening import TableLike, opened
from idealfit.sources.raw import places_of, without_blank_rows
from idealfit.sources.roles import DATES, NUMBERS, Candidate, Roles, roles_of
from idealfit.sources.understanding import Understood, text_sql, understood_columns
from idealfit.tables import Column, SourceTable

if TYPE_CHECKING:
    from idealfit.sources.raw import RawTable
    from idealfit.tables import Kind

LOOKED_AT = 20_000
"""Rows by which a lazy table is understood; every other one is understood by all its rows."""
EXAMPLES = 3
IDS = ("id", "company id", "account id", "record id")
"""Headings of what names a company and is never read as a number."""
MONEY = ("amount", "arr", "starting_arr", "lifetime_value", "cac", "support_cost")
"""Roles that are amounts of money."""


class Progress(Protocol):
    """What is called while reading: with the step in words and the share done, 0 to 1."""

    def __call__(self, step: str, share: float) -> None:
        """Take note of the step."""


def read(
    where: TableLike,
    *,
    connection: ibis.BaseBackend,
    table: TableName | None = "deals",
    mapping: Mapping | None = None,
    progress: Progress | None = None,
) -> SourceTable:
    """Return the table at `where` with typed cells and an account of each column.

    `where` is a path (a sheet or table inside it after ``::``), a database URL, or a pandas, Arrow or ibis table.
    `table` says what its rows are, and so which roles columns can play. None finds out, for a table that is only
    looked at: it never refuses for want of a role, and tells as `mistakes` what would keep it from being learned from.
    Companies to be scored (``table="companies"``) stay a lazy view where the source allows, are understood by their
    first 20,000 rows, carry no fingerprint, and cells that contradict their column count as unknown. In all other
    tables every cell counts, and such cells are refused.

    Raises `InputError` (file, line, column, value) and `MappingError` (which columns could not be told apart).

    >>> import pandas as pd
    >>> from idealfit.engine import connect
    >>> frame = pd.DataFrame({"Stage": ["Won", "Lost"], "Tools": ["Jira; Slack", "Slack"]})
    >>> [(c.name, c.kind, c.role) for c in read(frame, connection=connect()).columns]
    [('Stage', 'category', 'outcome'), ('Tools', 'list', None)]
    """
    mapping = mapping or Mapping()
    if table is not None and table not in get_args(TableName):
        raise ValueError(f"table must be one of {', '.join(get_args(TableName))}, not {table!r}")
    tell = progress or (lambda step, share: None)
    tell(f"reading {where if isinstance(where, str) else 'the table'}", 0.0)
    raw = opened(where, connection, lazy=table == "companies")
    if not raw.headings:
        raise InputError(Mistake("the table has no columns", where=raw.name))
    tell("understanding the columns", 0.4)
    if not raw.lazy:
        raw = without_blank_rows(raw)
    relation, height = _looked_at(raw)
    if height == 0:
        raise InputError(Mistake("there are headings but no rows", where=raw.name, allowed="at least one row"))
    wanted = _wanted_kinds(raw, mapping, table)
    understood, mistakes, warnings = understood_columns(
        raw, relation, height, mapping, wanted, strict=table != "companies"
    )
    named, roles = _named_table(understood, table, mapping, raw.name)
    mistakes += _mixed_currencies(understood, roles, raw.name)
    if mistakes and table is not None:
        raise InputError(*mistakes)
    columns = [_column(c, roles, mapping, named) for c in understood]
    tell("typing the cells", 0.7)
    typed = _typed(raw, understood, roles, _ids(raw, roles, mapping) if named == "companies" else ())
    finger = "" if raw.lazy else fingerprint(connection, identifier(typed), raw.headings, raw.name)
    places = places_of(raw)
    raw.drop()
    tell("done", 1.0)
    return SourceTable(
        name=raw.name,
        table=connection.table(typed),
        columns=tuple(columns),
        fingerprint=finger,
        warnings=(*raw.warnings, *warnings, *_warnings(columns, mapping, raw)),
        mistakes=tuple(map(str, mistakes)),
        places=places,
    )


def _looked_at(raw: RawTable) -> tuple[str, int]:
    """Return the relation that columns are understood by, and its number of rows."""
    if not raw.lazy:
        return raw.relation, row_count(raw, raw.relation)
    sample = identifier(ibis.util.gen_name("idealfit_sample"))
    statement = f"CREATE TEMP TABLE {sample} AS SELECT * FROM {raw.relation} LIMIT {LOOKED_AT}"
    rows(raw.connection, statement, f"reading the first rows of {raw.name}")
    return sample, row_count(raw, sample)


def _wanted_kinds(raw: RawTable, mapping: Mapping, table: TableName | None) -> dict[str, Kind]:
    """Return the kinds that are not to be found out: set by the person, or demanded by the roles given."""
    by_folded = {heading.casefold(): heading for heading in raw.headings}
    wanted: dict[str, Kind] = {}
    for role, asked in mapping.heading_of(table or "deals").items():
        heading = next((by_folded[a.strip().casefold()] for a in asked if a.strip().casefold() in by_folded), None)
        if heading is not None and role in DATES:
            wanted[heading] = "date"
        elif heading is not None and role in NUMBERS:
            wanted[heading] = "number"
    wanted |= {by_folded[h.casefold()]: kind for h, kind in mapping.kinds.items() if h.casefold() in by_folded}
    return wanted


def _named_table(
    understood: list[Understood], table: TableName | None, mapping: Mapping, name: str
) -> tuple[TableName, Roles]:
    """Return what the rows are and who plays which role; a table with an outcome is one of deals."""
    columns = [Candidate(c.heading, c.kind, c.cells) for c in understood]
    if table is not None:
        return table, roles_of(columns, table, mapping, name, ROLES[table])
    try:
        return "deals", roles_of(columns, "deals", mapping, name, ROLES["deals"], guessing=True)
    except MappingError:
        customers = roles_of(columns, "customers", replace(mapping, columns={}, id=None), name, ROLES["customers"])
        if {"started_on", "churned_on", "renewed_on", "expanded_on"} & customers.by_role.keys():
            return "customers", customers
        return "accounts", roles_of(columns, "accounts", replace(mapping, columns={}), name, ROLES["accounts"])


def _column(understood: Understood, roles: Roles, mapping: Mapping, table: TableName) -> Column:
    cells, what, heading = understood.cells, understood.what, understood.heading
    role = next((role for role, played in roles.by_role.items() if played == heading), None)
    reason = "" if role else _why_not_used(understood, roles, mapping, table)
    kind: Kind = "category" if role in ("outcome", "stage") else what.kind
    style = what.number if kind == "number" else what.date if kind == "date" else None
    currencies = [code for code, _ in what.number.currencies] if what.number and kind == "number" else []
    layer = {h.casefold(): layer for h, layer in mapping.layers.items()}.get(heading.casefold())
    examples = tuple(shown(value) for value in cells.values[:EXAMPLES])
    return Column(
        name=heading,
        kind=kind,
        role=role if heading.casefold() not in _folded(mapping.ignore) else None,
        layer=layer or (None if role or kind in ("identifier", "empty") else layer_of(heading, kind)),
        missing=1 - cells.known / cells.rows if cells.rows else 1.0,
        distinct=cells.distinct,
        examples=examples,
        used=not reason,
        reason=reason,
        separator=understood.separator,
        currency=(currencies[0] if len(currencies) == 1 else None)
        or (currency_in(headings.words(heading)) if kind == "number" else None)
        or (mapping.currency if role in MONEY else None),
        written=style.written if style else "",
    )


def _why_not_used(column: Understood, roles: Roles, mapping: Mapping, table: TableName) -> str:
    """Return in one short clause why nothing is learned from a column, or an empty string."""
    cells, what = column.cells, column.what
    if column.heading.casefold() in _folded(mapping.ignore):
        return "left out on request"
    if column.heading == roles.closed_flag:
        return "part of the outcome"
    sold = what.kind in ("category", "number", "identifier") and headings.names_a_seller(column.heading)
    if sold and column.heading not in mapping.kinds:
        return "says who sold, not who bought"
    if what.kind in ("empty", "identifier"):
        return what.reason or "names one row"
    if column.heading in mapping.kinds:
        return ""
    if table == "deals" and (why := headings.bookkeeping(column.heading)):
        return why
    if cells.distinct == 1 and table not in ("customers", "market"):  # those are compared with each other
        value = cells.values[0] if cells.values else ""
        where = "in every row" if cells.known == cells.rows else "wherever it is known"
        return f"the same {where} ({value[:40]})"
    if what.kind == "number" and what.number and len(what.number.currencies) > 1:
        return "amounts in several currencies: " + _listed(what.number.currencies)
    return ""


def _mixed_currencies(understood: list[Understood], roles: Roles, name: str) -> list[Mistake]:
    """Return a mistake per role with amounts of several currencies: there are no rates here to add them up by."""
    by_heading = {c.heading: c for c in understood}
    mistakes = []
    for role in MONEY:
        column = by_heading.get(roles.by_role.get(role, ""))
        if column is None:
            continue
        counts: Counter[str] = Counter()
        if column.what.number:
            counts.update(dict(column.what.number.currencies))
        named = by_heading.get(roles.by_role.get("currency", ""))
        if named is not None and role in ("amount", "arr") and len(counts) <= 1:
            counts = Counter({value.upper(): n for value, n in named.cells.commonest})
        if len(counts) > 1:
            mistakes.append(
                Mistake(
                    f"the amounts of column {column.heading!r} are in several currencies",
                    where=name,
                    found=_listed(tuple(counts.most_common())),
                    allowed="one currency",
                    next_step=f'Convert them into one currency, or leave them out with --ignore "{column.heading}".',
                )
            )
    return mistakes


def _typed(raw: RawTable, understood: list[Understood], roles: Roles, ids: tuple[str, ...]) -> str:
    """Return the name of the table (or, where lazy, the view) with the person's headings and typed cells."""
    by_heading = {c.heading: n for n, c in enumerate(understood)}
    cells = []
    for n, column in enumerate(understood):
        sql = column.sql
        if column.heading == roles.by_role.get("outcome"):
            # As written (Yes, not true), so that --won can name what the person sees.
            sql = text_sql(raw, n, column.cells) if raw.types[n].is_string() else f"CAST({sql} AS VARCHAR)"
            if roles.closed_flag is not None:
                closed = understood[by_heading[roles.closed_flag]].sql
                sql = f"CASE WHEN {column.sql} THEN 'won' WHEN {closed} THEN 'lost' WHEN NOT {closed} THEN 'open' END"
        elif column.heading in ids and raw.types[n].is_string():
            sql = f"c{n}"  # an id is what it is, though most of them may be numbers: 0042 is not 42
        elif column.heading == roles.by_role.get("stage"):
            sql = f"CAST({sql} AS VARCHAR)"
        elif column.kind == "empty":
            sql = "CAST(NULL AS VARCHAR)"
        cells.append(f"{sql} AS {identifier(raw.headings[n])}")
    typed = ibis.util.gen_name("idealfit_table")
    what = "VIEW" if raw.lazy else "TABLE"
    statement = f"CREATE {what} {identifier(typed)} AS SELECT {', '.join(cells)} FROM {raw.relation}"
    rows(raw.connection, statement, f"typing the cells of {raw.name}")
    return str(typed)


def _ids(raw: RawTable, roles: Roles, mapping: Mapping) -> tuple[str, ...]:
    """Return the headings of what names a company."""
    named = (roles.by_role.get("account_id"), mapping.id)
    return tuple(h for h in raw.headings if h in named or headings.phrase(h) in IDS)


def _warnings(columns: list[Column], mapping: Mapping, raw: RawTable) -> list[str]:
    present = tuple(raw.headings)
    folded = _folded(present)
    result = [
        f"there is no column {heading!r} to leave out. {did_you_mean(heading, present)}".strip()
        for heading in (*mapping.ignore, *mapping.kinds, *mapping.layers)
        if heading.casefold() not in folded
    ]
    result += [
        f"column {c.name!r} may stand for a trait that laws protect; leave it out with --ignore if it does"
        for c in columns
        if c.used and c.role is None and headings.protected_trait(c.name)
    ]
    return result


def _folded(names: tuple[str, ...]) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in names)


def _listed(counts: tuple[tuple[str, int], ...]) -> str:
    return ", ".join(f"{code} ({n} rows)" for code, n in counts)
