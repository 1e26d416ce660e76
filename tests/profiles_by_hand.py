"""Profiles and backtests written by hand, for tests of what is made of them.

The figures of `calling_desk` are counts in the packaged demonstration (Crunchbase's public rounds, October 2013).
"""

from __future__ import annotations

from datetime import date

from idealfit.profile.document import (
    BestCustomers,
    CountedRows,
    Criterion,
    Disqualifier,
    Estimate,
    Evidence,
    Excluded,
    Finding,
    FitBand,
    Learned,
    Narrative,
    Profile,
    Rate,
    Slot,
    Test,
    Tier,
)
from idealfit.prove.measures import wilson
from idealfit.prove.trials import (
    Backtest,
    Counted,
    FalsePositive,
    FalsePositives,
    FiltersOnly,
    Group,
    Line,
    Measured,
    Trial,
)


def rate(won: int, n: int) -> Rate:
    low, high = wilson(won, n)
    return Rate(n=n, won=won, rate=won / n, low=low, high=high)


def estimate(value: float, low: float, high: float) -> Estimate:
    return Estimate(value=value, low=low, high=high)


def evidence(won: int, n: int, won_outside: int, n_outside: int, **more) -> Evidence:
    inside, outside = rate(won, n), rate(won_outside, n_outside)
    apart = inside.rate - outside.rate
    half = 1.96 * (inside.rate * (1 - inside.rate) / n + outside.rate * (1 - outside.rate) / n_outside) ** 0.5
    ratio = inside.rate / outside.rate
    return Evidence(
        **{
            "verdict": "supported",
            "inside": inside,
            "outside": outside,
            "difference": estimate(apart, apart - half, apart + half),
            "ratio": estimate(ratio, ratio * 0.93, ratio * 1.08),
            "shrunk": inside.rate * 0.98 + 0.265 * 0.02,
            "p": 0.0002,
            "q": 0.0008,
            "periods_held": 5,
            "periods": 5,
            **more,
        }
    )


def calling_desk() -> Profile:
    """An investor's calling desk: a win is a further round within twelve months of the call."""
    criteria = (
        Criterion(
            attribute="Last Round On",
            layer="behavioural",
            test=Test(within_days=270),
            points=4,
            need="must",
            met_by=49,
            why="A company that raised within nine months is still in motion; after that, rounds thin out quickly.",
            how_we_help="We call before the next round is planned, not after it has been announced.",
            verify="Look for the date of the last announced round on the company's news page.",
            evidence=evidence(1354, 3956, 805, 4196),
        ),
        Criterion(
            attribute="Rounds So Far",
            layer="operational",
            test=Test(at_least=2),
            points=3,
            need="must",
            met_by=39,
            why="Companies that have raised twice know how to, and have investors who expect the next step.",
            verify="Count announced rounds; leave out debt and grants.",
            evidence=evidence(1098, 3219, 1061, 4933),
        ),
        Criterion(
            attribute="Industry",
            layer="firmographic",
            test=Test(one_of=("analytics", "finance", "medical", "enterprise", "advertising", "biotech")),
            points=3,
            met_by=28,
            why="Growth here is paid for in stages, and each stage is a round.",
            verify="Read the first paragraph of the company's own page.",
            evidence=evidence(850, 2281, 1309, 5871),
        ),
        Criterion(
            attribute="Founded On",
            layer="firmographic",
            test=Test(within_days=1460),
            points=2,
            met_by=44,
            why="Younger than four years: most of the rounds of a company's life fall here.",
            evidence=evidence(922, 2825, 879, 3554, unknown=1773),
        ),
        Criterion(
            attribute="Metro Area",
            layer="firmographic",
            test=Test(is_="SF Bay"),
            points=1,
            met_by=31,
            evidence=evidence(724, 2549, 1428, 5585, unknown=18, verdict="suggestive", q=0.062, periods_held=4),
        ),
        Criterion(
            attribute="Industry",
            layer="negative",
            test=Test(one_of=("public relations", "consulting", "web", "network hosting", "games video")),
            points=-3,
            met_by=21,
            why="Many of these are sold or stay small after their first round.",
            evidence=evidence(253, 1684, 1906, 6468),
        ),
        Criterion(
            attribute="Champion has raised before",
            layer="behavioural",
            test=Test(is_=True),
            points=1,
            why="The desk believes that a founder's second company raises faster.",
            verify="Ask on the first call.",
        ),
    )
    open_slot = "What happened in the weeks before they began to raise? Ask the last ten companies that did."
    return Profile(
        name="Companies that raise again within a year",
        verdict="learned",
        definition="Companies that raised at least their second round in the last nine months, in an industry "
        "that pays for "
        "growth in stages.",
        narrative=Narrative(
            text="Our best companies are young firms in analytics, finance, medicine or enterprise software who have "
            f"raised at least twice and closed their last round within nine months. They typically come to us "
            f"after: {open_slot} "
            "\n\nThey move quickly because money raised in stages runs out in stages: nine months after a round, "
            "one in three "
            "has announced the next; later it is one in five.",
            company=Slot(text="Young firms in analytics, finance, medicine or enterprise software.", source="data"),
            situation=Slot(text="At least two rounds, the last within nine months.", source="data"),
            trigger=Slot(text=open_slot, source="open question"),
            alternative=Slot(
                text="Whom would they have called without us? Ask the partner on the deal.", source="open question"
            ),
            urgency=Slot(text="Money raised in stages runs out in stages.", source="person"),
        ),
        criteria=criteria,
        disqualify=(
            Disqualifier(
                attribute="Last Round Type",
                test=Test(one_of=("post-ipo",)),
                why="A listed company raises on the exchange.",
                evidence=evidence(1, 20, 1987, 7673, verdict="suggestive", q=0.08, ratio=None),
            ),
        ),
        tiers=(
            Tier(
                name="A", at_least=70, action="Call this week; a partner takes the first call.", expected=rate(402, 870)
            ),
            Tier(
                name="B", at_least=45, action="Call this quarter; send the sector note first.", expected=rate(890, 2790)
            ),
            Tier(name="C", at_least=0, action="Do not call; watch for a new round.", expected=rate(867, 4492)),
        ),
        limits=(
            "A win is a next round by any investor: the tables do not say who invested in whom.",
            "Companies are listed because they were funded at some time; those that never were are not in here.",
            "Industry and place are as entered by 2013, not as known on the day of the call.",
        ),
        best_customers=BestCustomers(
            rule="In the top half by amount raised, won faster than the median, and raised once more afterwards.", n=318
        ),
        also_seen=(
            Finding(
                attribute="Last Round Type",
                layer="operational",
                test=Test(one_of=("series-a", "series-b")),
                statement="Says much the same as the number of rounds.",
                evidence=evidence(851, 2835, 1137, 4858),
            ),
        ),
        no_winners=(
            Finding(
                attribute="State",
                layer="firmographic",
                test=Test(is_="HI"),
                statement="None was won, where about 4 were to be expected.",
                evidence=Evidence(verdict="suggestive", inside=Rate(n=14, won=0, rate=0, low=0, high=0.215)),
            ),
        ),
        not_defining=(
            Finding(
                attribute="Last Round USD", layer="operational", statement="27.7% at 3 million and more, 27.4% below"
            ),
            Finding(attribute="State", layer="firmographic", statement="no state differs beyond chance"),
        ),
        too_little_data=(
            Finding(
                attribute="Industry",
                layer="firmographic",
                test=Test(is_="nanotech"),
                statement="10 of 18 won; the interval runs from 34 to 75%.",
                evidence=Evidence(verdict="too little data", inside=rate(10, 18), more_deals_needed=60),
            ),
        ),
        fit_bands=(
            FitBand(fit_from=0, fit_to=29, n=2210, won=318, rate=0.144, low=0.130, high=0.159),
            FitBand(fit_from=30, fit_to=44, n=2282, won=549, rate=0.241, low=0.224, high=0.259),
            FitBand(fit_from=45, fit_to=69, n=2790, won=890, rate=0.319, low=0.302, high=0.337),
            FitBand(fit_from=70, fit_to=100, n=870, won=402, rate=0.462, low=0.429, high=0.495),
        ),
        learned=Learned(
            as_of=date(2013, 10, 1),
            mode="won and lost deals",
            window=(date(2008, 1, 1), date(2012, 10, 1)),
            deals=8152,
            won=2159,
            lost=5993,
            open=2416,
            base_rate=rate(2159, 8152),
            fingerprint="5b0c8f3a77d1e2949c0f4f0d5f0d3a6e",
            seed=0,
            version="0.1.0",
            rows=(
                CountedRows(step="deals in the file", rows_in=10568, rows_out=10568),
                CountedRows(
                    step="decided by 1 October 2013", rows_in=10568, rows_out=8152, reason="2,416 are still open"
                ),
                CountedRows(step="with facts known on the day of opening", rows_in=8152, rows_out=8152),
            ),
            excluded=(
                Excluded(column="Account Name", reason="names one row and cannot be learned from"),
                Excluded(column="Close Date", reason="known only after the outcome"),
                Excluded(
                    column="Amount", reason="filled in 100% of won and 0% of lost deals: known only after the outcome"
                ),
            ),
            warnings=("The base rate fell from 29% in 2008 to 25% in 2012.",),
            auc=estimate(0.648, 0.634, 0.661),
        ),
    )


def _group(label: str, won: int, n: int, expected: float, lift: Estimate | None = None) -> Group:
    r = rate(won, n)
    return Group(label, n, won, r.rate, r.low, r.high, expected, lift)


def _measured(auc: float, filters: float, n: int, won: int) -> dict:
    return {
        "scored": Counted(n, won),
        "base_rate": rate(won, n),
        "auc": estimate(auc, auc - 0.021, auc + 0.02),
        "lift_top_decile": estimate(1.79, 1.58, 2.01),
        "filters_only": FiltersOnly(estimate(filters, filters - 0.022, filters + 0.022), estimate(1.45, 1.24, 1.66)),
        "delta_auc": estimate(auc - filters, auc - filters - 0.019, auc - filters + 0.02),
        "delta_lift": estimate(0.34, 0.12, 0.55),
        "by_score": (
            _group("0 to 19", 92, 702, 0.142),
            _group("20 to 39", 231, 1080, 0.226),
            _group("40 to 59", 338, 1153, 0.301),
            _group("60 to 79", 269, 716, 0.392),
            _group("80 to 100", 98, 205, 0.462),
        ),
        "by_tier": (_group("A", 192, 440, 0.462), _group("B", 451, 1423, 0.319), _group("C", 385, 1993, 0.193)),
        "calibration": (
            _group("group 1", 146, 1020, 0.144),
            _group("group 2", 265, 1121, 0.241),
            _group("group 3", 425, 1275, 0.319),
            _group("group 4", 192, 440, 0.462),
        ),
    }


def calling_desk_backtest() -> Backtest:
    lines = tuple(Line(c.attribute, c.layer, c.test, c.points, c.evidence.verdict) for c in calling_desk().criteria[:6])
    days = (date(2010, 11, 3), date(2011, 4, 1), date(2011, 9, 1), date(2012, 2, 1))
    learned = ((2610, 742), (3390, 944), (4188, 1135), (5170, 1389))
    aucs = ((0.652, 0.573, 4002, 1031), (0.646, 0.575, 3204, 818), (0.641, 0.569, 2402, 617), (0.633, 0.571, 1597, 408))
    trials = tuple(
        Trial(
            label=f"as of {day.isoformat()}",
            cutoff=day,
            learned=Counted(*known),
            verdict="learned",
            criteria=lines,
            seen_before=1200,
            **_measured(*auc),
        )
        for day, known, auc in zip(days, learned, aucs, strict=True)
    )
    return Backtest(
        kind="forward in time",
        mode="won and lost deals",
        how="The cut-off days are those by which about 50, 60, 70 and 80% of the decided deals had been opened, "
        "where at least "
        "30 deals were known by then and 20 opened after. On each, a profile was learned from what was known by "
        "that day and "
        "scored every deal opened after it. Together, each deal counts once: with the newest profile learned "
        "before it opened.",
        answer="ranks better than chance",
        summary="On 3,856 decided deals opened after it was learned, a won deal scored above a lost one 64% of "
        "the time (95% "
        "interval 62 to 66%; 50% would be chance). The top tenth of the list held 1.8 times (1.6 to 2.0) its "
        "share of the wins.",
        cutoffs=trials,
        pooled=Measured(**_measured(0.641, 0.572, 3856, 1028)),
        false_positives=FalsePositives(
            Counted(1620, 489),
            Counted(512, 87),
            tuple(
                FalsePositive(
                    f"{7000 + 13 * i:05d}", "as of 2011-04-01", date(2011, 6, 1 + i), 88 - i, 31 - 2 * i, against
                )
                for i, against in enumerate(
                    (
                        "Last Round On more than 270 days ago; Rounds So Far below 2",
                        "Last Round On more than 270 days ago",
                        "Industry is games video (−3); Rounds So Far below 2",
                        "Rounds So Far below 2",
                        "Last Round On more than 270 days ago; Founded On more than 1,460 days ago",
                    )
                )
            ),
        ),
        warnings=(
            "2,416 open deals could not be judged. Near the end of the history this favours deals that are "
            "decided quickly.",
            "30 to 75% of the scored deals are with companies that already had a deal when the profile was learned; "
            "ranking new companies may be harder.",
        ),
    )


def no_pattern() -> Profile:
    """Ninety deals that tell nothing."""
    attributes = ("Employees", "Industry", "Region", "Funding stage", "Uses a CRM", "Opened by", "Age of the company")
    slot = Slot(text="Who are they? Ask the sellers of the last ten wins.", source="open question")
    return Profile(
        name="Spring pipeline",
        verdict="no reliable pattern",
        narrative=Narrative(company=slot, situation=slot, trigger=slot, alternative=slot, urgency=slot),
        not_defining=tuple(
            Finding(attribute=a, layer="firmographic", statement="alike among won and lost") for a in attributes[:5]
        ),
        too_little_data=tuple(
            Finding(
                attribute=a,
                layer="operational",
                test=Test(at_least=10),
                statement="points the right way, but may be chance.",
                evidence=Evidence(verdict="too little data", inside=rate(9, 20), more_deals_needed=340),
            )
            for a in attributes[5:]
        ),
        limits=("Deals of one quarter only: nothing can be said about seasons.",),
        learned=Learned(
            as_of=date(2012, 6, 30),
            mode="won and lost deals",
            window=(date(2012, 1, 4), date(2012, 6, 28)),
            deals=90,
            won=27,
            lost=63,
            open=11,
            base_rate=rate(27, 90),
            fingerprint="0d3a6e5b0c8f3a77d1e2949c0f4f0d5f",
            seed=0,
            version="0.1.0",
            rows=(CountedRows(step="deals in the file", rows_in=104, rows_out=101, reason="3 identical rows"),),
        ),
    )


def look_alikes() -> Profile:
    """Customers held against a market: lifts and shares, no win rates."""

    def against(won: int, lost: int, won_out: int, lost_out: int, **more) -> Evidence:
        return evidence(won, won + lost, won_out, won_out + lost_out, difference=None, ratio=None, **more)

    slot = Slot(text="What made them look? Ask five of them.", source="open question")
    return Profile(
        name="Companies like our customers",
        verdict="learned",
        definition="Software companies of 50 to 500 people that hire in sales.",
        narrative=Narrative(
            text="",
            company=Slot(text="Software companies of 50 to 500 people.", source="data"),
            situation=Slot(text="Several open jobs in sales.", source="data"),
            trigger=slot,
            alternative=slot,
            urgency=slot,
        ),
        criteria=(
            Criterion(
                attribute="Team size",
                layer="firmographic",
                test=Test(between=(50, 500)),
                points=4,
                need="must",
                why="Below, hiring is done by the founders.",
                verify="Look at the company's page of jobs.",
                evidence=against(310, 700, 98, 2500),
            ),
            Criterion(
                attribute="Industry",
                layer="firmographic",
                test=Test(one_of=("B2B", "Fintech")),
                points=2,
                evidence=against(260, 1400, 148, 1800),
            ),
        ),
        tiers=(
            Tier(name="A", at_least=60, action="Call.", expected=Rate(n=820, won=250, rate=2.4, low=2.1, high=2.7)),
            Tier(name="B", at_least=0, action="Wait.", expected=Rate(n=2788, won=158, rate=0.5, low=0.4, high=0.6)),
        ),
        fit_bands=(
            FitBand(fit_from=0, fit_to=59, n=2788, won=158, rate=0.5, low=0.4, high=0.6),
            FitBand(fit_from=60, fit_to=100, n=820, won=250, rate=2.4, low=2.1, high=2.7),
        ),
        learned=Learned(
            mode="customers against a market",
            deals=3608,
            won=408,
            lost=3200,
            base_rate=rate(408, 3608),
            fingerprint="ab12",
            seed=0,
            version="0.1.0",
        ),
    )


def look_alikes_backtest() -> Backtest:
    one = Measured(
        scored=Counted(3608, 408),
        base_rate=rate(408, 3608),
        auc=estimate(0.71, 0.68, 0.74),
        lift_top_decile=estimate(2.9, 2.4, 3.4),
        filters_only=FiltersOnly(estimate(0.71, 0.68, 0.74), estimate(2.9, 2.4, 3.4)),
        delta_auc=estimate(0.0, 0.0, 0.0),
        delta_lift=estimate(0.0, 0.0, 0.0),
        by_score=(
            _group("0 to 19", 98, 1800, 0.4, estimate(0.45, 0.38, 0.55)),
            _group("80 to 100", 310, 1808, 1.6, estimate(1.62, 1.5, 1.75)),
        ),
        by_tier=(_group("A", 250, 820, 2.4, estimate(3.4, 3.0, 3.8)), _group("B", 158, 2788, 0.5, None)),
        calibration=(_group("group 1", 98, 1800, 0.4, estimate(0.45, 0.38, 0.55)),),
    )
    trial = Trial(label="fold 1", cutoff=None, learned=Counted(2886, 326), verdict="learned", **vars(one))
    return Backtest(
        kind="folds, not forward in time",
        mode="customers against a market",
        how="The companies were dealt into 5 folds.",
        answer="ranks better than chance",
        summary="On 3,608 companies it was not learned from, a customer scored above a company of the market 71% "
        "of the time.",
        cutoffs=(trial,),
        pooled=one,
        false_positives=FalsePositives(Counted(900, 200), Counted(40, 2)),
    )
