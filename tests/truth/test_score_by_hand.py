"""One rubric and seven companies, every figure worked out on paper.

Points: employees 40 to 249 +3, 250 to 999 +1 (never both); Salesforce +2 (must-have); raised in the last year +2, met
by 25 per cent; founded before 1990 -2, met by 10 per cent. So the fewest are -2, the most 3 + 2 + 2 = 7, R = 9.
"""

from datetime import date

import ibis
import pyarrow as pa
import pytest

from idealfit.engine import connect
from idealfit.profile.document import (
    Criterion,
    Disqualifier,
    FitBand,
    Learned,
    Narrative,
    Profile,
    Rate,
    Slot,
    Test,
    Tier,
)
from idealfit.score.scoring import score

GAP = Slot(text="?", source="open question")
PROFILE = Profile(
    name="by hand",
    verdict="written by hand",
    narrative=Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP),
    criteria=(
        Criterion(attribute="employees", layer="firmographic", test=Test(between=(40, 250)), points=3, met_by=40),
        Criterion(attribute="employees", layer="firmographic", test=Test(between=(250, 1000)), points=1, met_by=20),
        Criterion(
            attribute="technologies",
            layer="technographic",
            test=Test(has="Salesforce"),
            points=2,
            need="must",
            met_by=50,
        ),
        Criterion(attribute="raised_on", layer="behavioural", test=Test(within_days=365), points=2, met_by=25),
        Criterion(attribute="founded", layer="negative", test=Test(below=1990), points=-2, met_by=10),
    ),
    disqualify=(Disqualifier(attribute="country", test=Test(one_of=("KP", "IR"))),),
    tiers=(
        Tier(name="A", at_least=70, action="call"),
        Tier(name="B", at_least=40, action="write"),
        Tier(name="C", at_least=10, action="wait"),
    ),
    fit_bands=(
        FitBand(fit_from=0, fit_to=39, n=50, won=5, rate=0.1, low=0.04, high=0.21),
        FitBand(fit_from=40, fit_to=69, n=40, won=8, rate=0.2, low=0.1, high=0.35),
        FitBand(fit_from=70, fit_to=100, n=30, won=15, rate=0.5, low=0.33, high=0.67),
    ),
)
RAISED, NOT_RAISED = date(2025, 3, 1), date(2020, 3, 1)

# employees, technologies, raised_on, founded, country -> what must come out
COMPANIES = {
    # 3 + 2 + 2 + 0 = 7 points: (7 + 2) / 9 = 100 %; the lesser band of employees is nothing it lacks
    "best": (
        (120.0, "Salesforce; Slack", RAISED, 2010.0, "US"),
        (100, 100, 100, 0.5, 0.33, 0.67, "A"),
        "employees between 40 and 249 (+3); uses Salesforce (+2); raised in the last year (+2)",
        "",
        ("", ""),
    ),
    # 0 + 0 + 0 - 2 = -2 points: 0 %; no tier is asked for less than 10
    "worst": (
        (7.0, "Slack", NOT_RAISED, 1950.0, "US"),
        (0, 0, 0, 0.1, 0.04, 0.21, "no tier"),
        "",
        "does not use Salesforce (must-have, 0 of 2); employees not between 40 and 249 (0 of 3); "
        "employees not between 250 and 999 (0 of 1); raised more than 1 year ago (0 of 2); founded before 1990 (-2)",
        ("", ""),
    ),
    # unknown: 3 x .4 + 1 x .2 = 1.4, Salesforce 1, raised .5, founded -.2: 2.7 points, (2.7 + 2) / 9 = 52.2 %
    # employees alone can lead to 1.3 points (36.7 %, C) or 4.3 (70 %, A): the largest reach, 3
    "blank": (
        (None, None, None, None, "US"),
        (52, 0, 100, 0.2, 0.04, 0.67, "B"),
        "",
        "",
        ("employees, technologies, raised on, founded", "employees"),
    ),
    # 1 + 2 + 0 + 0 = 3 known; raised unknown .5: 3.5 points, 5.5 / 9 = 61.1 %; from 3 (55.6 %) to 5 (77.8 %)
    "nearly": (
        (300.0, "salesforce", None, 1990.0, "US"),
        (61, 56, 78, 0.2, 0.1, 0.67, "B"),
        "employees between 250 and 999 (+1); uses Salesforce (+2)",
        "employees not between 40 and 249 (0 of 3)",
        ("raised on", "raised_on"),
    ),
    # 3 + 2 + 0 = 5; founded unknown -.2: 4.8, 6.8 / 9 = 75.6 %; from 3 (55.6 %, B) to 5 (77.8 %)
    "old?": (
        (40.0, "Salesforce", NOT_RAISED, None, "US"),
        (76, 56, 78, 0.5, 0.1, 0.67, "A"),
        "employees between 40 and 249 (+3); uses Salesforce (+2)",
        "raised more than 1 year ago (0 of 2)",
        ("founded", "founded"),
    ),
    # ruled out, whatever the points
    "ruled out": (
        (120.0, "Salesforce", RAISED, 2010.0, "ir"),
        (0, 0, 0, 0.1, 0.04, 0.21, "disqualified"),
        "employees between 40 and 249 (+3); uses Salesforce (+2); raised in the last year (+2)",
        "disqualified: country is KP or IR",
        ("", ""),
    ),
    # full points, but it may be ruled out: the worst case is 0, and the country is what to find out
    "whence?": (
        (120.0, "Salesforce", RAISED, 2010.0, None),
        (100, 0, 100, 0.5, 0.04, 0.67, "A"),
        "employees between 40 and 249 (+3); uses Salesforce (+2); raised in the last year (+2)",
        "",
        ("country", "country"),
    ),
}


@pytest.fixture(scope="module", params=[True, False], ids=["in order", "joined"])
def scores(request):
    cells = list(zip(*(facts for facts, *_ in COMPANIES.values()), strict=True))
    names = ("employees", "technologies", "raised_on", "founded", "country")
    kinds = (pa.float64(), pa.string(), pa.date32(), pa.float64(), pa.string())
    columns = {n: pa.array(c, type=k) for n, c, k in zip(names, cells, kinds, strict=True)}
    table = ibis.memtable(pa.table({"domain": list(COMPANIES), **columns}))
    rows = connect().to_pyarrow(score(PROFILE, table, as_of=date(2025, 6, 30), in_order=request.param)).to_pylist()
    return {row["id"]: row for row in rows}


@pytest.mark.parametrize("company", COMPANIES)
def test_each_company_scores_as_on_paper(scores, company):
    _, figures, reasons, against, (unknown, enrich_next) = COMPANIES[company]
    row = scores[company]
    assert tuple(list(row.values())[1:8]) == figures
    assert row["reasons"] == reasons
    assert (row["unknown"], row["enrich_next"]) == (unknown, enrich_next)
    assert row["against"] == against


def test_without_criteria_every_company_has_the_base_rate():
    base = Rate(n=200, won=30, rate=0.15, low=0.107, high=0.206)
    learned = Learned(
        mode="won and lost deals", deals=200, won=30, lost=170, base_rate=base, fingerprint="", seed=1, version="0"
    )
    nothing = PROFILE.model_copy(update={"criteria": (), "learned": learned})
    table = ibis.memtable({"id": ["a", "b", "c"], "country": ["US", "IR", None]})
    rows = connect().to_pyarrow(score(nothing, table, as_of=date(2025, 6, 30))).to_pylist()
    kept = ("fit", "fit_low", "fit_high", "win_rate", "win_rate_low", "win_rate_high", "tier", "enrich_next")
    assert [tuple(row[k] for k in kept) for row in rows] == [
        (50, 50, 50, 0.15, 0.107, 0.206, "unranked", ""),
        (0, 0, 0, 0.15, 0.107, 0.206, "disqualified", ""),
        (50, 0, 50, 0.15, 0.107, 0.206, "unranked", "country"),
    ]
