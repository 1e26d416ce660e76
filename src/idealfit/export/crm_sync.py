"""A plan made against a CRM, and a plan applied to it, with the result of each row."""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TextIO

from idealfit.errors import InputError, Mistake
from idealfit.export.crm_calls import Crm, CrmError, explained
from idealfit.export.crm_plan import Change, Plan, Record, moved_fields, planned
from idealfit.export.hubspot import HubSpot
from idealfit.export.salesforce import Salesforce
from idealfit.export.tables import formula_safe

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from idealfit.export.handover import Row


class Tool(Protocol):
    """A CRM that companies can be read from and written to."""

    @property
    def crm(self) -> Crm:
        """Return how it is called."""

    def missing_fields(self) -> list[str]:
        """Return which of our fields are not there."""

    def create_fields(self, names: Sequence[str]) -> None:
        """Make fields of ours."""

    def records(self, keys: Sequence[str]) -> Iterator[Record]:
        """Yield the companies that answer to keys."""

    def update(self, changes: Sequence[Change]) -> Iterator[tuple[Change, str]]:
        """Write changes; yield each with '' or why it was not written."""


TOOLS: dict[str, Callable[[Crm, str], Tool]] = {
    "hubspot": HubSpot,
    "salesforce": Salesforce,
}
"""The CRMs that scores can be written to."""

TOKENS = {"hubspot": "HUBSPOT_TOKEN", "salesforce": "SALESFORCE_TOKEN"}
ADDRESSES = {"hubspot": "https://api.hubapi.com", "salesforce": ""}


@dataclass(frozen=True)
class Applied:
    """What became of a plan: how many records were written, skipped and refused, and where each one's result stands."""

    written: int
    skipped: int
    refused: int
    log: str
    first_refusals: tuple[str, ...] = ()


def plan_for(tool: Tool, empty: Plan, rows: Sequence[Row], tell: Callable[[str, float], None]) -> Plan:
    """Return the plan `empty` with all that brings a CRM to the scores in `rows`; nothing is written.

    Raises `InputError` where the CRM cannot be read, and where two rows have the same id.
    """
    keys = [str(row["id"]) for row in rows]
    twice = sorted(key for key, n in Counter(keys).items() if n > 1)
    if twice:
        raise InputError(Mistake("rows with the same id would write the same record", found=", ".join(twice[:5])))
    tell(f"reading {len(keys):,} companies from {tool.crm.host}", 0.3)
    try:
        missing = tool.missing_fields()
        records = list(tool.records(keys))
    except CrmError as error:
        raise explained(error, tool.crm, "the companies could not be read") from None
    return planned(replace(empty, to_create=tuple(missing)), rows, records)


def apply_plan(plan: Plan, tool: Tool, log: str | Path, tell: Callable[[str, float], None]) -> Applied:
    """Write what a plan says, and what became of each record into a CSV file.

    Records are read again first: one whose fields no longer hold what the plan saw is skipped.
    """
    try:
        if plan.to_create:
            tool.create_fields(plan.to_create)
        tell(f"reading {len(plan.changes):,} companies again", 0.1)
        now = {record.id: record for record in tool.records([change.key for change in plan.changes])}
    except CrmError as error:
        raise explained(error, tool.crm, "nothing was written") from None
    counts = {"written": 0, "skipped": 0, "refused": 0}
    refusals: list[str] = []
    with _log_file(log) as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("record", "key", "name", "result", "why", "fields"))
        for number, (change, result, why) in enumerate(_results(plan, tool, now)):
            cells = (change.record, change.key, change.name, result, why, ", ".join(change.after))
            writer.writerow(formula_safe(cell) for cell in cells)
            file.flush()  # whatever comes after, the file says what was done
            counts[result] += 1
            refusals += [f"{change.name or change.key}: {why}"] if result == "refused" else []
            tell(f"writing to {tool.crm.host}", 0.2 + 0.8 * number / len(plan.changes))
    return Applied(counts["written"], counts["skipped"], counts["refused"], str(log), tuple(refusals[:5]))


def _results(plan: Plan, tool: Tool, now: Mapping[str, Record]) -> Iterator[tuple[Change, str, str]]:
    """Yield what becomes of each change, and why, where it is not written."""
    ready: list[Change] = []
    for change in plan.changes:
        record = now.get(change.record)
        moved = [] if record is None else moved_fields(change, record)
        if record is None:
            yield change, "skipped", "it is not there any more"
        elif moved:
            yield change, "skipped", f"changed since the plan was made: {', '.join(moved)}"
        else:
            ready.append(change)
    for change, why in tool.update(ready):
        yield change, "refused" if why else "written", why


def _log_file(path: str | Path) -> TextIO:
    try:
        return Path(path).open("w", encoding="utf-8", newline="")
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(Mistake(f"the results cannot be written: {reason}", str(path))) from None
