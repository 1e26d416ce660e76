"""Which company is this: two tables linked, or one freed of duplicates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow.compute as pc

from idealfit.engine import connect, identifier, rows
from idealfit.errors import MappingError, Mistake
from idealfit.match.linkage import FIELDS, link
from idealfit.pipeline.inputs import name_of, quiet, said_about_columns
from idealfit.score.writing import write
from idealfit.sources.headings import phrase
from idealfit.sources.mapping import did_you_mean
from idealfit.sources.missing import known, trimmed
from idealfit.sources.opening import opened
from idealfit.sources.roles import HEADINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    import pyarrow as pa

    from idealfit.match.linkage import Linkage
    from idealfit.pipeline.inputs import Table
    from idealfit.sources.mapping import Mapping
    from idealfit.sources.raw import RawTable

PHRASES = {
    "id": "account id; company id; company record id; record id; organization id; organisation id; customer id; "
    "client id; id; lead id; contact id; uuid; crm id; key; permalink; slug; symbol; ticker",
    "name": HEADINGS["name"] + "; legal name; business name; security",
    "domain": HEADINGS["domain"] + "; company email domain; email; email address; work email; e mail",
    "former_names": "former names; former name; previous names; previous name; aliases; alias; other names; also known "
    "as; trade names; trading name; dba; doing business as",
    "registry_id": "registry id; registration number; company number; company registration number; register number; "
    "vat number; vat id; vat; duns number; duns; d u n s number; lei; lei code; cik; ein; siren; siret; tax id; hrb",
    "country": "country; country region; billing country; hq country; company country; country code; "
    "headquarters country; billing country code; country iso",
    "city": "city; billing city; hq city; company city; town; location; headquarters location; headquarters; "
    "hq location; all locations; locations; hq",
    "industry": "industry; company industry; primary industry; sector; gics sector; category; category code; "
    "industry group",
    "parent": "parent account; parent company; parent account id; parent; parent company id; parent account name; "
    "ultimate parent; holding",
}
"""What headings say for each field of a company, the most telling first."""

SHOWN = 20
"""How many questions a summary holds; the file has them all."""


@dataclass(frozen=True)
class LinkedCompanies:
    """A summary of matches: rows, how many of each decision, and the first questions for a person."""

    path: str
    left: int
    right: int
    deduplicated: bool
    decisions: dict[str, int]
    matched: int  # rows of the left table that are the same as another row
    questions: tuple[dict[str, Any], ...]
    columns: dict[str, dict[str, str]]  # by table: field -> heading
    crowded_domains: tuple[tuple[str, int], ...]

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain values."""
        tables = "one table" if self.deduplicated else "two tables"
        return {"matches": self.path, "of": tables, "left": self.left, "right": self.right, "decisions": self.decisions,
                "matched": self.matched, "questions": list(self.questions), "columns": self.columns,
                "crowded_domains": dict(self.crowded_domains)}  # fmt: skip


def companies(
    left: Table,
    right: Table | None = None,
    *,
    id: str | None = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> pa.Table:
    """Return which rows of two tables (or, with one table, of that one) are the same company.

    One row per pair: ``left_id, right_id, decision`` (same, ask, different), ``confidence, reason`` and both names.
    Pairs that have nothing to do with each other are left out.
    """
    return _linked(left, right, said_about_columns(mapping, id=id), progress)[0].pairs


def companies_to_file(
    left: Table,
    path: str | Path,
    right: Table | None = None,
    *,
    id: str | None = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> LinkedCompanies:
    """Write the matches of `companies` to a file (``.csv`` or ``.parquet``); return a summary."""
    found, columns = _linked(left, right, said_about_columns(mapping, id=id), progress)
    progress("writing", 0.97)
    write(ibis.memtable(found.pairs), path, connect())
    decision = found.pairs["decision"]
    questions = found.pairs.filter(pc.equal(decision, "ask")).slice(0, SHOWN).to_pylist()
    same = found.pairs.filter(pc.equal(decision, "same"))
    counts = {one: int(pc.sum(pc.equal(decision, one)).as_py() or 0) for one in ("same", "ask", "different")}
    return LinkedCompanies(
        str(path), found.left, found.right, right is None, counts, len(pc.unique(same["left_id"])), tuple(questions),
        columns, found.crowded_domains,
    )  # fmt: skip


def _linked(
    left: Table, right: Table | None, said: Mapping, progress: Callable[[str, float], None]
) -> tuple[Linkage, dict[str, dict[str, str]]]:
    connection = connect()
    progress(f"reading {name_of(left)}", 0.01)
    columns = {name_of(left): _companies_in(connection, left, "left_companies", said)}
    if right is not None:
        progress(f"reading {name_of(right)}", 0.03)
        columns[name_of(right)] = _companies_in(connection, right, "right_companies", said)
    names = ("left_companies", None if right is None else "right_companies")
    return link(connection, *names, progress), columns


def _companies_in(connection: ibis.BaseBackend, table: Table, name: str, said: Mapping) -> dict[str, str]:
    """Make a table of companies, all cells texts, of a table from anywhere; return the heading of each field."""
    raw = opened(table, connection, lazy=True)
    headings = _headings(raw, said)
    cells = [
        f"coalesce({_text(raw, headings[field])}, '') AS {field}"
        if field in headings
        else f"{'CAST(row_number() OVER () AS VARCHAR)' if field == 'id' else repr('')} AS {field}"
        for field in FIELDS
    ]
    statement = f"""CREATE TEMP TABLE {identifier(name)} AS
        SELECT row_number() OVER () AS number, {", ".join(cells)} FROM {raw.relation}"""
    rows(connection, statement, f"reading {raw.name}")
    raw.drop()
    return {field: raw.headings[n] for field, n in headings.items()}


def _headings(raw: RawTable, said: Mapping) -> dict[str, int]:
    """Return which column plays each field; raises `MappingError` where nothing could tell companies apart."""
    folded = {heading.casefold(): n for n, heading in enumerate(raw.headings)}
    by_phrase: dict[str, int] = {}
    for n, heading in enumerate(raw.headings):
        by_phrase.setdefault(phrase(heading), n)
    asked = {"id": said.heading_of("accounts").get("account_id", ()) or ((said.id,) if said.id else ())}
    asked |= {role: said.heading_of("accounts").get(role, ()) for role in ("name", "domain")}
    found: dict[str, int] = {}
    mistakes = []
    for field, phrases in PHRASES.items():
        wanted = asked.get(field, ())
        columns = [folded[h.strip().casefold()] for h in wanted if h.strip().casefold() in folded]
        if wanted and not columns:
            hint = did_you_mean(wanted[0], raw.headings)
            mistakes.append(Mistake(f"there is no column {wanted[0]!r}", raw.name, next_step=hint))
        columns += [by_phrase[p] for p in phrases.split("; ") if p in by_phrase and not wanted]
        free = [n for n in columns if n not in found.values()]
        if free:
            found[field] = free[0]
    if mistakes:
        raise MappingError(*mistakes)
    if not {"name", "domain", "registry_id"} & found.keys():
        raise MappingError(
            Mistake(
                "no column tells companies apart",
                raw.name,
                found=", ".join(raw.headings[:10]),
                allowed="a name, a domain or a register number",
                next_step="Name the columns in a file for --map, under [columns]: name = ..., domain = ...",
            )
        )
    return found


def _text(raw: RawTable, number: int) -> str:
    """Return SQL for a cell as text, NULL where it says that nothing is known; whole numbers without a point."""
    cell, kind = f"c{number}", raw.types[number]
    if kind.is_floating():
        cell = f"CASE WHEN {cell} = floor({cell}) AND abs({cell}) < 1e15 THEN CAST({cell}::BIGINT AS VARCHAR) END"
    elif kind.is_array():
        cell = f"array_to_string({cell}, '; ')"
    elif not kind.is_string():
        cell = f"CAST({cell} AS VARCHAR)"
    return known(trimmed(f"({cell})"))
