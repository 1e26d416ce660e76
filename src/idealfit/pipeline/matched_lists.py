"""The lists that answer texts, and how they are written: as CSV, as JSON; what is new since an earlier one."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from idealfit.errors import InputError, Mistake
from idealfit.match.evidence import in_words

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from idealfit.match.asked import Asked

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Match:
    """One company of a list: where it stands, its evidence, and which of the facts it meets."""

    id: str
    rank: int | None
    match: float | None
    evidence: tuple[tuple[str, str], ...] = ()
    facts_met: tuple[str, ...] = ()
    facts_failed: tuple[str, ...] = ()
    facts_unknown: tuple[str, ...] = ()
    new: bool = False
    name: str = ""  # where the table has one besides, for the companies with evidence


@dataclass(frozen=True)
class Matches:
    """The list that answers one text, best first, then the companies that have no text; and how it came about."""

    query: str
    asked: Asked
    matches: tuple[Match, ...]
    companies: int
    without_text: int
    failed_facts: int
    facts_counted: tuple[tuple[int, int, int], ...]  # of each check: met, failed, unknown
    facts: str
    evidence_for: int
    by_index: bool  # of very many companies: 50 is the average of the list then, not of the table
    models: tuple[str, ...]
    embedded: int
    stages: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    new: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Return the list and all that was counted, ready for JSON."""
        return {
            "query": self.query,
            "ranked_by": self.asked.meaning,
            "facts": [
                {
                    "words": c.words,
                    "test": c.said,
                    "column": c.column,
                    "denied": c.denied,
                    "unheard_in": c.unheard_in,
                    "met": met,
                    "failed": failed,
                    "unknown": unknown,
                }
                for c, (met, failed, unknown) in zip(self.asked.checks, self.facts_counted, strict=True)
            ],
            "facts_as": self.facts,
            "match_50_is": "the average of the list" if self.by_index else "the average of the table",
            "evidence_for_first": self.evidence_for,
            "models": list(self.models),
            "stages": list(self.stages),
            "companies": self.companies,
            "without_text": self.without_text,
            "left_out_by_facts": self.failed_facts,
            "newly_embedded": self.embedded,
            "new": list(self.new),
            "warnings": list(self.warnings),
            "matches": [
                {
                    "id": m.id,
                    "name": m.name,
                    "rank": m.rank,
                    "match": m.match,
                    "evidence": [{"asked": a, "company": c} for a, c in m.evidence],
                    "facts_met": list(m.facts_met),
                    "facts_failed": list(m.facts_failed),
                    "facts_unknown": list(m.facts_unknown),
                }
                for m in self.matches
            ],
        }


def as_csv(found: Sequence[Matches], *, several: bool, only_new: bool = False) -> str:
    """Return lists as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    heads = ["id", "rank", "match", "evidence", "facts_met", "facts_failed", "facts_unknown"]
    rows.writerow(["query", *heads] if several else heads)
    for one in found:
        for m in one.matches:
            if only_new and not m.new:
                continue
            cells = [
                m.id,
                "" if m.rank is None else str(m.rank),
                "" if m.match is None else f"{m.match:.2f}",
                in_words(m.evidence),
                *("; ".join(said) for said in (m.facts_met, m.facts_failed, m.facts_unknown)),
            ]
            safe = [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells]
            rows.writerow([one.query, *safe] if several else safe)
    return out.getvalue()


def earlier(path: str | Path) -> frozenset[str]:
    """Return the ids that stood in an earlier list with a rank."""
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(Mistake("this cannot be read as an earlier list", str(path), type(error).__name__)) from None
    if not {"id", "rank"} <= set(frame.columns):
        raise InputError(Mistake("this is no earlier list", str(path), allowed="what idealfit match wrote"))
    return frozenset(name.removeprefix("'") for name in frame["id"][frame["rank"] != ""])
