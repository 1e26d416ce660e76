"""Leads out of files, and what came of them into one."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from idealfit.engine import connect, rows
from idealfit.errors import InputError, NotFoundError
from idealfit.export.tables import formula_safe
from idealfit.export.whole_files import write_whole
from idealfit.sources.opening import opened

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from concurrent.futures import Future
    from pathlib import Path

    from idealfit.route.desk import Desk
    from idealfit.route.placing import Answer

AT_ONCE = 500
"""Leads that wait at the desk together."""


def leads_in(path: str | Path) -> list[dict[str, Any]]:
    """Return the rows of a file of leads as they stand there, without the cells that say nothing."""
    raw = opened(str(path), connect(), lazy=False)
    found = rows(raw.connection, f"SELECT * FROM {raw.relation}", f"reading {raw.name}")
    return [
        {name: _cell(value) for name, value in zip(raw.headings, row, strict=True) if value is not None and value != ""}
        for row in found
    ]


def take_leads(
    desk: Desk,
    leads: Sequence[Mapping[str, Any]],
    *,
    actor: str,
    id: str = "id",
    progress: Callable[[str, float], None] = lambda _doing, _done: None,
) -> tuple[list[Answer], dict[int, str]]:
    """Return what became of leads, and why those that cannot be taken were not, by their row (the first is 1).

    One that cannot be taken does not keep others from it. `id` is the field that holds the lead's own id.
    """
    answers: list[Answer] = []
    refused: dict[int, str] = {}
    for start in range(0, len(leads), AT_ONCE):
        progress("handing out leads", start / len(leads))
        coming: list[tuple[int, Future[Answer]]] = []
        for row, lead in enumerate(leads[start : start + AT_ONCE], start + 1):
            try:
                coming.append((row, desk.take_soon(lead, actor=actor, id=lead.get(id))))
            except InputError as error:
                refused[row] = str(error)
        for row, one in coming:
            try:
                answers.append(one.result())
            except (InputError, NotFoundError) as error:
                refused[row] = str(error)
    return answers, refused


def save_deals(desk: Desk, path: str | Path) -> int:
    """Write all leads as deals with their outcome to a CSV file, for `review`; return how many they are."""
    deals = desk.deals()
    columns = list(dict.fromkeys(column for deal in deals for column in deal))
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(formula_safe(column) for column in columns)
    for deal in deals:
        cells = (deal.get(column) for column in columns)
        said = ("; ".join(cell) if isinstance(cell, (list, tuple)) else cell for cell in cells)
        writer.writerow("" if cell is None else formula_safe(cell) for cell in said)
    write_whole(path, text.getvalue())
    return len(deals)


def _cell(value: object) -> object:
    """Return a cell as a lead holds it; days and moments in ISO 8601."""
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, list):
        return [str(item) for item in value]
    return value if isinstance(value, (str, bool, int, float)) else str(value)
