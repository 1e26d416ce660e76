"""A profile with every kind of test, and scores with hostile cells; `tests/golden/exports` is what becomes of them."""

from __future__ import annotations

import json
import sys
from datetime import date
from pathlib import Path

import pandas as pd

from idealfit.export.exports import EXPORTS
from idealfit.export.filters import FILTERS
from idealfit.export.handover import Handover
from idealfit.export.slack import blocks
from idealfit.export.team_views import VIEWS
from idealfit.pipeline.exporting import filters, view
from idealfit.profile.document import Criterion, Disqualifier, Narrative, Profile, Slot, Test, Tier
from profile_sample import SAMPLE

DAY = date(2025, 6, 30)
GOLDEN = Path(__file__).parent / "golden" / "exports"

_LINES = (
    ("Number of Employees", Test(between=(50, 200)), 3, "must"),
    ("Annual Revenue", Test(at_least=1_500_000), 2, "must"),
    ("Country", Test(one_of=("Germany", "Côte d'Ivoire")), 2, "must"),
    ("Technologies", Test(has_any=("Salesforce", "Google Tag Manager")), 3, "nice"),
    ("Last Funding On", Test(within_days=180), 2, "nice"),
    ("Description", Test(mentions="100%_sure"), 1, "nice"),
    ("Industry", Test(is_="Public sector"), -3, "nice"),
)
_OUT = (
    ("Industry", Test(one_of=("Gambling", "Adult's"))),
    ("City", Test(is_="Gotham")),
    ("Year founded", Test(below=1990)),
    ("Is partner", Test(is_=True)),
    ("Last Order Date", Test(older_than_days=30)),
    ("Headcount growth", Test(between=(-5, 0))),
)
_GAP = Slot(text="not asked", source="open question")
EVERY_TEST = Profile(
    name="Every kind of test",
    verdict="written by hand",
    narrative=Narrative(company=_GAP, situation=_GAP, trigger=_GAP, alternative=_GAP, urgency=_GAP),
    criteria=tuple(
        Criterion(attribute=a, layer="firmographic", test=t, points=p, need=need) for a, t, p, need in _LINES
    ),
    disqualify=tuple(Disqualifier(attribute=a, test=t) for a, t in _OUT),
    tiers=(Tier(name="A", at_least=70, action="Call."),),
)

SCORES = pd.DataFrame(
    [
        ("acme.com", 90, 85, 95, 0.41, "A", "+3 employees 50 to 199", None, "industry", "industry"),
        ("=cmd|' /C calc'!A0", 20, 10, 30, 0.1, "C", None, "industry is Gambling", None, None),
        ("bolt.io", 70, 70, 70, 0.31, "B", "<!channel> & uses *HubSpot*", "-1 old", None, None),
    ],
    columns=["id", "fit", "fit_low", "fit_high", "win_rate", "tier", "reasons", "against", "unknown", "enrich_next"],
)
COMPANIES = pd.DataFrame(
    {
        "Domain": ["acme.com", "bolt.io", "other.net"],
        "Company name": ["Acme *Robotics*", '@Bolt "<script>"', "Other"],
        "City": ["Boston", None, "Oslo"],
        "Tools": ["Slack; Jira", "=HYPERLINK(1)", None],
    }
)


def handover(to: str, **more: object) -> Handover:
    rows = SCORES.astype(object).where(SCORES.notna(), None).to_dict("records")
    columns = tuple(SCORES.columns)
    return Handover(rows=rows, columns=columns, count=len(rows), to=to, tiers={"A": 1, "B": 1, "C": 1}, **more)


def golden() -> dict[str, str]:
    """Return what each file of `GOLDEN` must hold, by its name."""
    made = {"slack.json": json.dumps(blocks(handover("x")), indent=2, ensure_ascii=False) + "\n"}
    for tool in FILTERS:
        found = filters(EVERY_TEST, tool, as_of=DAY)
        told = {"filters": found.body, "held": found.kept, "not_expressed": [vars(left) for left in found.left_out],
                "to_check": found.to_check}  # fmt: skip
        made[f"filters_{tool}.json"] = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    for team in VIEWS:
        made[f"view_{team}.md"] = view(SAMPLE, team).as_markdown()
    for name in ("csv", "jsonl"):
        path = GOLDEN / f".made{EXPORTS[name].ending}"
        EXPORTS[name].hand_over(handover(str(path)))
        made[f"scores{EXPORTS[name].ending}"] = path.read_text(encoding="utf-8")
        path.unlink()
    return made


if __name__ == "__main__":  # cd tests && python export_samples.py
    for file, text in golden().items():
        (GOLDEN / file).write_text(text, encoding="utf-8", newline="\n")
    sys.stdout.write(f"written to {GOLDEN}\n")
