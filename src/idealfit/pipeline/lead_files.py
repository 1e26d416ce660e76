"""Leads out of files."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from idealfit.engine import connect, rows
from idealfit.sources.opening import opened

if TYPE_CHECKING:
    from pathlib import Path


def leads_in(path: str | Path) -> list[dict[str, Any]]:
    """Return the rows of a file of leads as they stand there, without the cells that say nothing."""
    raw = opened(str(path), connect(), lazy=False)
    found = rows(raw.connection, f"SELECT * FROM {raw.relation}", f"reading {raw.name}")
    return [
        {name: _cell(value) for name, value in zip(raw.headings, row, strict=True) if value is not None and value != ""}
        for row in found
    ]


def _cell(value: object) -> object:
    """Return a cell as a lead holds it; days and moments in ISO 8601."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [str(item) for item in value]
    return value if isinstance(value, (str, bool, int, float)) else str(value)
