"""What a watch is given: its settings, the table of companies with their traces, a table of events."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.engine import connect
from idealfit.errors import InputError, Mistake
from idealfit.pipeline.inputs import said_about_columns
from idealfit.sources.reading import read
from idealfit.watch.running import Settings
from idealfit.watch.technologies import rules_from
from idealfit.watch.watch_tables import Watched

if TYPE_CHECKING:
    from idealfit.pipeline.inputs import Table
    from idealfit.tables import Kind

TRACES = ("boards", "cik", "feeds")
"""Columns of the companies' table that say where their traces are; several are parted by blanks or commas."""


@dataclass(frozen=True)
class GivenSettings:
    """Settings as a person gives them: `how` it is watched, by which sources, and how requests are made."""

    how: Settings
    sources: tuple[str, ...] = ()
    contact: str = ""
    private: tuple[str, ...] = ()


_KEYS = ("sources", "contact", "private", "wires", "rules", "names", "names_days", "workers", "addresses")


def settings_in(given: str | Path | Mapping[str, Any] | None) -> GivenSettings:
    """Return settings from a TOML file or a mapping; raises `InputError` for what is no setting."""
    where = str(given) if isinstance(given, str | Path) else "settings"
    if isinstance(given, str | Path):
        try:
            held: Mapping[str, Any] = tomllib.loads(Path(given).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise InputError(Mistake(f"these settings cannot be read: {error}", where)) from None
    else:
        held = given or {}
    wrong = [Mistake("there is no such setting", where, key, ", ".join(_KEYS)) for key in held if key not in _KEYS]
    addresses = held.get("addresses", {})
    if not isinstance(addresses, dict) or not all(isinstance(v, str) for v in addresses.values()):
        wrong.append(Mistake("addresses go by name", where, str(addresses)[:80], 'site = "https://{domain}/"'))
    if wrong:
        raise InputError(*wrong)
    how = Settings(
        addresses=dict(addresses), wires=tuple(held.get("wires", ())),
        rules=rules_from(held["rules"]) if held.get("rules") else None, names=bool(held.get("names", False)),
        names_days=int(held.get("names_days", 180)),
        workers=int(held.get("workers", 8)),
    )  # fmt: skip
    return GivenSettings(
        how, tuple(held.get("sources", ())), str(held.get("contact", "")), tuple(held.get("private", ()))
    )


def rows_in(table: Table, id: str | None) -> list[dict[str, Any]]:
    """Return the rows of a table of events as they stand."""
    source = read(table, connection=connect(), table="companies", mapping=said_about_columns(None, id=id))
    return [dict(row) for row in source.table.to_pyarrow().to_pylist()]


def companies_in(companies: Table, id: str | None) -> list[Watched]:
    """Return the companies of a table with what tells where their traces are."""
    said = said_about_columns(None, id=id)
    source = read(companies, connection=connect(), table="companies", mapping=said)
    traces_of: dict[str, Kind] = {column: "text" for column in source.table.columns if column.casefold() in TRACES}
    if traces_of:  # names of the companies elsewhere, as they are written: "CIK0000320193" is no number
        with_traces = replace(said, kinds={**said.kinds, **traces_of})
        source = read(companies, connection=connect(), table="companies", mapping=with_traces)
    named = {role: column.name for role in ("account_id", "domain", "name") if (column := source.column(role))}
    key = id or named.get("account_id") or named.get("domain") or named.get("name")
    if key is None:
        raise InputError(
            Mistake("no column tells the companies apart", str(companies), next_step="Name one with --id.")
        )
    columns = {column.casefold(): column for column in source.table.columns}
    found: dict[str, Watched] = {}
    for row in source.table.to_pyarrow().to_pylist():
        company = str(row.get(key) or "").strip()
        if not company:
            continue
        traces = {name: _several(row.get(columns[name])) for name in TRACES if name in columns}
        known_as: dict[str, Any] = {name: values for name, values in traces.items() if values}
        if "cik" in known_as:
            known_as["cik"] = known_as["cik"][0]
        domain = str(row.get(named.get("domain", "")) or "").strip().lower()
        domain = domain.removeprefix("https://").removeprefix("http://").partition("/")[0]
        found[company] = Watched(company, str(row.get(named.get("name", "")) or company), domain, known_as)
    return list(found.values())


def _several(cell: object) -> list[str]:
    if isinstance(cell, list):
        return [str(item) for item in cell if item]
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    return [part for part in str(cell or "").replace(";", " ").replace(",", " ").replace("|", " ").split() if part]
