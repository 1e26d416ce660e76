"""One rubric of every kind of test, and a table that brings about every answer: what engines must agree on.

`tests/golden/sql` holds its statement for each engine: ``python tests/every_kind.py`` writes them.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import ibis
import pyarrow as pa

from idealfit.profile.document import Criterion, Disqualifier, FitBand, Narrative, Profile, Slot, Test, Tier
from idealfit.score.statement import DIALECTS, Statement, statement

AS_OF = date(2025, 6, 30)
GOLDEN = Path(__file__).parent / "golden" / "sql"
GAP = Slot(text="?", source="open question")
LINES = [
    ("employees", Test(between=(40, 250)), 3),
    ("industry", Test(one_of=("Software", "Fintech")), 2),
    ("technologies", Test(has="Salesforce"), 2),
    ("technologies", Test(lacks="HubSpot"), 1),
    ("about", Test(mentions="head of sales"), 4),
    ("raised_on", Test(within_days=365), 1),
    ("city", Test(is_="Zürich"), -3),
]
PROFILE = Profile(
    name="every kind",
    verdict="written by hand",
    narrative=Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP),
    criteria=tuple(Criterion(attribute=a, layer="firmographic", test=t, points=p, met_by=33) for a, t, p in LINES),
    disqualify=(
        Disqualifier(attribute="country", test=Test(none_of=("US", "GB"))),
        Disqualifier(attribute="is_customer", test=Test(is_=True)),
    ),
    tiers=(Tier(name='it\'s "A"', at_least=65, action="-"), Tier(name="B", at_least=0, action="-")),
    fit_bands=(
        FitBand(fit_from=0, fit_to=49, n=9, won=1, rate=0.1, low=0.1 + 0.2, high=1 / 3),
        FitBand(fit_from=50, fit_to=100, n=9, won=3, rate=2 / 3, low=0.05, high=0.9),
    ),
)
KINDS = {
    "id": pa.string(),
    "employees": pa.int64(),
    "industry": pa.string(),
    "technologies": pa.string(),
    "about": pa.string(),
    "raised_on": pa.date32(),
    "city": pa.string(),
    "country": pa.string(),
    "is_customer": pa.bool_(),
}
CELLS = {
    "employees": [39, 40, 249, 250, None],
    "industry": ["Software", " fintech", "Retail", None],
    "technologies": ["Salesforce; HubSpot", "Slack", "", None, "SALESFORCE|x"],
    "about": ["Our head of sales", "overhead of sales", None],
    "raised_on": [date(2025, 6, 30), date(2024, 6, 30), date(2024, 6, 29), date(2025, 7, 1), None],
    "city": ["ZÜRICH", "Bern", None],
    "country": ["us", "FR", "GB", "US", None, "GB", "US"],
    "is_customer": [False, False, None, True, False, False],
}
ROWS = [
    {"id": str(i), **{a: cells[(i * 7 + i // len(cells)) % len(cells)] for a, cells in CELLS.items()}}
    for i in range(120)
]
TABLE = pa.table({name: pa.array([row[name] for row in ROWS], type=kind) for name, kind in KINDS.items()})


def written(dialect: str) -> Statement:
    """Return the statement as the golden file of a dialect holds it: by the engine's own clock."""
    columns = ibis.memtable(TABLE).schema()
    return statement(PROFILE, columns, dialect, table="analytics.companies", about=["every kind"])


if __name__ == "__main__":
    for dialect in DIALECTS:
        GOLDEN.joinpath(f"{dialect}.sql").write_text(str(written(dialect)), encoding="utf-8")
