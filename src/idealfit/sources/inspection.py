"""How each column of a source was understood, as rows for people and machines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from idealfit.tables import Column, SourceTable

SHOWN = 60
"""How many characters of an example are shown."""


def inspection(source: SourceTable) -> list[dict[str, Any]]:
    """Return one row per column: ``heading``, ``understood as``, ``kind``, ``layer``, ``written``, ``missing`` (0 to
    1), ``distinct``, ``examples``, ``used`` and ``why``.

    ``understood as`` is the role, ``attribute``, or ``ignored``. Control characters in headings and examples are
    shown as spaces.

    >>> from idealfit.tables import Column, SourceTable
    >>> rows = inspection(SourceTable("crm.csv", None, (Column("Size", "number", layer="firmographic"),)))
    >>> rows[0]["heading"], rows[0]["understood as"], rows[0]["kind"]
    ('Size', 'attribute', 'number')
    """  # noqa: D205
    return [
        {
            "heading": _one_line(column.name),
            "understood as": _understood(column),
            "kind": column.kind,
            "layer": column.layer or "",
            "written": " ".join(filter(None, (column.written, column.currency, _separated(column)))),
            "missing": round(column.missing, 4),
            "distinct": column.distinct,
            "examples": [_one_line(example) for example in column.examples],
            "used": column.used,
            "why": column.reason,
        }
        for column in source.columns
    ]


def _understood(column: Column) -> str:
    if not column.used:
        return "ignored"
    return column.role or "attribute"


def _separated(column: Column) -> str:
    return f"separated by {column.separator!r}" if column.separator else ""


def _one_line(text: str) -> str:
    shown = "".join(c if c.isprintable() else " " for c in text)
    return shown if len(shown) <= SHOWN else shown[: SHOWN - 1] + "…"
