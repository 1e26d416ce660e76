"""Statements for a warehouse as they are printed, and as the values that ``--json`` prints."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from idealfit.score.dbt_model import as_dbt_model

if TYPE_CHECKING:
    from idealfit.score.dbt_model import Incremental
    from idealfit.score.statement import Statement


def statement_as_json(
    found: Statement, dialect: str, dbt_source: str | None, changed: Incremental | None = None
) -> dict[str, Any]:
    """Return a statement, and the one that gives the table of each step; the whole of it as a dbt model if asked."""
    whole = str(found)
    return {
        "dialect": dialect,
        "sql": whole if dbt_source is None else as_dbt_model(whole, dbt_source, changed),
        "steps": [{"name": p.name, "about": p.about, "sql": found.up_to(p.name)} for p in found.parts],
    }
