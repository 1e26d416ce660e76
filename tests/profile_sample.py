"""A learned profile with one of everything, made by hand; `tests/golden/profile.yaml` is how its file must look."""

import sys
from datetime import date

from idealfit.profile.document import (
    BestCustomers,
    ChurnFinding,
    Condition,
    CountedRows,
    Criterion,
    Disqualifier,
    Economics,
    EconomicsGroup,
    Estimate,
    Evidence,
    Excluded,
    Figures,
    Finding,
    FitBand,
    KeptAt,
    Learned,
    Measure,
    Narrative,
    Profile,
    Quote,
    Rate,
    Retained,
    RetentionCurve,
    Role,
    Seen,
    Segment,
    Slot,
    TeamStatement,
    Test,
    Tier,
    TimeSpan,
    Trigger,
    TriggerEvidence,
    TriggerTimeline,
    Voice,
)
from idealfit.profile.files import dumps
from idealfit.profile.narrative import narrative_text, open_question


def rate(won: int, n: int, low: float, high: float) -> Rate:
    return Rate(n=n, won=won, rate=won / n, low=low, high=high)


def supported(inside: Rate, outside: Rate, ratio: Estimate) -> Evidence:
    return Evidence(
        verdict="supported",
        inside=inside,
        outside=outside,
        unknown=12,
        difference=Estimate(value=inside.rate - outside.rate, low=0.09912, high=0.40237),
        ratio=ratio,
        shrunk=inside.rate - 0.013,
        p=0.00004321,
        q=0.0012345,
        periods_held=4,
        periods=4,
    )


EMPLOYEES = Criterion(
    attribute="employees",
    layer="firmographic",
    test=Test(between=(50, 200)),
    points=3,
    need="must",
    met_by=31,
    why="Large enough to feel the problem, small enough to decide within a month: 41 of 60 such deals were won.",
    verify="Count the people on the company's own page, not in the register.",
    evidence=supported(rate(41, 60, 0.5571, 0.7868), rate(70, 240, 0.2379, 0.3522), Estimate(value=2.343, low=1.803)),
)
CRM = Criterion(
    attribute="CRM",
    layer="technographic",
    test=Test(one_of=("HubSpot", "Pipedrive", "no")),
    points=2,
    met_by=44,
    evidence=supported(rate(50, 110, 0.3645, 0.5475), rate(61, 190, 0.2588, 0.3906), Estimate(value=1.416)),
)
HIRING = Criterion(
    attribute="hiring_sales",
    layer="behavioural",
    test=Test(is_=True),
    points=1,
    met_by=20,
    evidence=Evidence(verdict="suggestive", inside=rate(20, 41, 0.3426, 0.6352), p=0.021, q=0.0934),
)
NEW_LEAD = Trigger(
    kind="new head of sales",
    window_days=(0, 120),
    half_life_days=Estimate(value=48.21, low=31, high=90.4),
    half_life_source="fitted",
    weight=3,
    effect=Estimate(value=2.612, low=1.71, high=3.99),
    why="A new head looks at the tools within the first months.",
    verify="Look at the person's own page.",
    evidence=TriggerEvidence(
        verdict="supported",
        cases=300,
        with_event=41,
        expected=18.61,
        companies=39,
        windows_tried=12,
        p=0.0001,
        q=0.0004,
        periods_held=4,
        periods=4,
    ),
)
MOVED = Trigger(kind="moved office", window_days=(30, 180), half_life_days=Estimate(value=60), weight=1)
ECONOMICS = Economics(
    currency="EUR",
    figures=Figures(
        deals=300,
        won=111,
        deal_size=Measure(value=12400, low=11020, high=13910, n=111),
        cycle_days=Measure(value=41.2, low=37.1, high=45.9, n=111),
        retention=Measure(value=0.8712, low=0.79, high=0.92, n=111),
        cac=Measure(n=3),
    ),
    flags=("Deals under 5,000 take 90 days and longer: 12 of 15.",),
    notes=("No margin is known, so lifetime value is of revenue.",),
    groups=(EconomicsGroup(of="best customers", figures=Figures(deals=24, won=24, ltv=Measure(value=51000, n=24))),),
)
SAMPLE = Profile(
    name="Mid-size firms on a light CRM",
    verdict="learned",
    definition="Firms of 50 to 200 people that run their sales on HubSpot, on Pipedrive or on no CRM at all.",
    narrative=Narrative(
        company=Slot(text="firms of 50 to 200 people", source="data"),
        situation=Slot(text="running their sales on a light CRM", source="data"),
        trigger=open_question("trigger"),
        alternative=open_question("alternative"),
        urgency=open_question("urgency"),
    ),
    criteria=(EMPLOYEES, CRM, HIRING),
    disqualify=(
        Disqualifier(
            attribute="industry",
            test=Test(one_of=("Public sector", "Gambling")),
            why="None of 38 deals was won.",
            evidence=Evidence(verdict="supported", inside=rate(0, 38, 0, 0.0925), q=0.0031),
        ),
    ),
    triggers=(NEW_LEAD, MOVED),
    segments=(
        Segment(
            name="clinics",
            definition=(Condition(attribute="industry", test=Test(one_of=("Clinic", "Hospital"))),),
            file="profile-clinics.yaml",
            n=120,
            won=51,
        ),
    ),
    voice=(
        Voice(
            slot="pain",
            phrase="spreadsheets for every region",
            verdict="suggestive",
            best=Seen(seen=9, n=24),
            rest=Seen(seen=11, n=87),
            ratio=Estimate(value=2.97, low=1.2, high=6.1),
            q=0.12,
            strength="CRM notes",
            quotes=(
                Quote(
                    text="We keep one spreadsheet per region, and none agrees.",
                    speaker="head of sales",
                    on=date(2024, 3, 5),
                    source="call 17",
                    hash="9f86d081",
                ),
            ),
        ),
    ),
    committee=(Role(role="finance", won=Seen(seen=60, n=111), lost=Seen(seen=50, n=189), q=0.01),),
    feedback=(
        TeamStatement(
            statement="They ghost us after the demo",
            rep="Rep A",
            about="enterprise",
            data="of 40 deals with Segment enterprise, 20 were won (50%), of the others 10%",
            verdict="contradicts",
        ),
    ),
    economics=ECONOMICS,
    churn=(
        ChurnFinding(
            attribute="employees",
            layer="firmographic",
            test=Test(below=20),
            statement="Firms under 20 people leave sooner.",
            verdict="supported",
            hazard_ratio=Estimate(value=2.41, low=1.3, high=4.4),
            inside=Retained(n=30, churned=14, kept=0.6123, low=0.4, high=0.77),
            outside=Retained(n=81, churned=12, kept=0.91, low=0.82, high=0.96),
            p=0.004,
            q=0.03,
        ),
    ),
    tiers=(
        Tier(name="A", at_least=70, action="Call within a day.", expected=rate(31, 44, 0.5577, 0.8184)),
        Tier(name="B", at_least=40, action="Write a personal message.", expected=rate(50, 130, 0.3054, 0.4709)),
        Tier(name="C", at_least=0, action="Leave to marketing.", expected=rate(30, 126, 0.1725, 0.3192)),
    ),
    limits=("Nothing is known about budgets.", "Deals before 2022 were entered later: their dates are not certain."),
    best_customers=BestCustomers(rule="the best third in speed and in value", n=24, notes=("No churn dates.",)),
    also_seen=(
        Finding(
            attribute="country",
            layer="firmographic",
            statement="Deals in Austria are won more often, but employees explains most of it.",
            test=Test(is_="AT"),
            evidence=Evidence(verdict="suggestive", inside=rate(12, 22, 0.3466, 0.731)),
        ),
    ),
    not_defining=(
        Finding(attribute="founded", layer="firmographic", statement="Won and lost deals are alike in founded."),
    ),
    too_little_data=(
        Finding(
            attribute="ERP",
            layer="technographic",
            statement="9 deals name an ERP; about 60 more would tell.",
            evidence=Evidence(verdict="too little data", more_deals_needed=60),
        ),
    ),
    timelines=(
        TriggerTimeline(
            kind="new head of sales",
            spans=(
                TimeSpan(from_days=0, to_days=29, seen=18, expected=5.12),
                TimeSpan(from_days=30, to_days=59, seen=12, expected=5.04),
            ),
        ),
    ),
    retention=(
        RetentionCurve(
            of="all customers",
            n=111,
            churned=26,
            steps=(
                KeptAt(days=0, at_risk=111, kept=1, low=1, high=1),
                KeptAt(days=365, at_risk=70, kept=0.8123, low=0.72, high=0.88),
            ),
        ),
    ),
    fit_bands=(
        FitBand(fit_from=0, fit_to=39, n=126, won=30, rate=0.2381, low=0.1725, high=0.3192),
        FitBand(fit_from=40, fit_to=69, n=130, won=50, rate=0.38462, low=0.3054, high=0.4709),
        FitBand(fit_from=70, fit_to=100, n=44, won=31, rate=0.70455, low=0.5577, high=0.8184),
    ),
    learned=Learned(
        as_of=date(2025, 6, 30),
        mode="won and lost deals",
        window=(date(2023, 1, 2), date(2025, 6, 27)),
        deals=300,
        won=111,
        lost=189,
        open=25,
        base_rate=rate(111, 300, 0.3172, 0.4261),
        fingerprint="5f2c9a7e01b4",
        seed=7,
        version="0.1.0",
        rows=(CountedRows(step="deals read", rows_in=340, rows_out=325, reason="15 test records"),),
        excluded=(
            Excluded(column="close_reason", reason="filled only after the outcome (100 % of lost, 0 % of open)"),
        ),
        warnings=("Two deals are dated in the future.",),
        auc=Estimate(value=0.71234, low=0.651, high=0.77),
    ),
)
SAMPLE = SAMPLE.model_copy(
    update={"narrative": SAMPLE.narrative.model_copy(update={"text": narrative_text(SAMPLE.narrative)})}
)

if __name__ == "__main__":  # python tests/profile_sample.py > tests/golden/profile.yaml
    sys.stdout.write(dumps(SAMPLE))
