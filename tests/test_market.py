"""The market by hand: ten companies whose every figure can be counted on a page; advice, tiers, grid, segments."""

import json
import math
from datetime import date

import ibis
import pandas as pd
import pytest

from idealfit import pipeline
from idealfit.errors import InputError, MappingError
from idealfit.profile.document import (
    Criterion,
    Disqualifier,
    Estimate,
    Evidence,
    Finding,
    FitBand,
    Narrative,
    Profile,
    Rate,
    Slot,
    Test,
    Tier,
)
from idealfit.report.market_words import advised
from idealfit.score.doubts import doubts
from idealfit.score.scoring import score

GAP = Slot(text="?", source="open question")
AS_OF = date(2025, 6, 30)

# points 3 + 2 - 1: from -1 to 5, so fit = 100 (points + 1) / 6
LINES = (
    Criterion(attribute="employees", layer="firmographic", test=Test(at_least=40), points=3),
    Criterion(attribute="industry", layer="firmographic", test=Test(is_="Software"), points=2),
    Criterion(attribute="founded", layer="negative", test=Test(below=1990), points=-1),
)
PROFILE = Profile(
    name="by hand",
    verdict="written by hand",
    narrative=Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP),
    criteria=LINES,
    disqualify=(Disqualifier(attribute="country", test=Test(none_of=("US", "GB"))),),
    tiers=tuple(Tier(name=n, at_least=f, action=f"do {n}") for n, f in (("A", 90), ("B", 60), ("C", 0))),
    fit_bands=(
        FitBand(fit_from=0, fit_to=59, n=90, won=9, rate=0.1, low=0.05, high=0.2),
        FitBand(fit_from=60, fit_to=89, n=90, won=27, rate=0.3, low=0.2, high=0.4),
        FitBand(fit_from=90, fit_to=100, n=90, won=45, rate=0.5, low=0.4, high=0.6),
    ),
    also_seen=(
        Finding(
            attribute="city",
            layer="firmographic",
            test=Test(is_="Bern"),
            statement="-",
            evidence=Evidence(verdict="supported", inside=Rate(n=10, won=4, rate=0.4, low=0.2, high=0.6)),
        ),
    ),
)
ROWS = pd.DataFrame(
    # id, employees, industry, founded, country, city, domain       points, fit
    [
        ("a", 50, "Software", 2000, "US", "Bern", "a.com"),  # 5, 100
        ("b", 50, "Software", 2000, "US", "Rome", "b.com"),  # 5, 100
        ("c", 50, "Software", 1980, "GB", "Bern", "c.com"),  # 4, 83
        ("d", 50, "Retail", 2000, "US", "Bern", "d.com"),  # 3, 67
        ("e", 50, "Retail", 1980, "US", "Rome", "e.com"),  # 2, 50
        ("f", 10, "Software", 2000, "US", "Rome", "f.com"),  # 2, 50
        ("g", 10, "Software", 1980, "US", None, "g.com"),  # 1, 33
        ("h", 10, "Retail", 2000, "GB", None, None),  # 0, 17
        ("i", None, "Software", 2000, "US", "Bern", "i.com"),  # 2 + 1.5, 75; from 50 to 100
        ("j", 50, "Software", 2000, "FR", "Bern", "j.com"),  # not served
    ],
    columns=["id", "employees", "industry", "founded", "country", "city", "domain"],
)


def sized(rows=ROWS, profile=PROFILE, **asked):
    return pipeline.market(profile, rows, as_of=AS_OF, **asked)


def test_tiers_hold_the_companies_and_wins_that_can_be_counted():
    a, b, c = sized().tiers
    assert [(t.size.companies, t.size.surely, t.size.possibly) for t in (a, b, c)] == [(2, 2, 3), (3, 2, 3), (4, 4, 5)]
    assert a.size.wins == Estimate(value=1.0, low=0.8, high=1.2)
    assert b.size.wins.value == pytest.approx(0.9)
    assert (b.size.wins.low, b.size.wins.high) == (pytest.approx(0.6), pytest.approx(1.2))
    assert c.size.win_rate.value == pytest.approx(0.1)
    assert a.size.revenue is None


def test_revenue_is_wins_times_what_a_deal_is_worth():
    (a, *_) = sized(deal_value=1000).tiers
    assert a.size.revenue == Estimate(value=1000.0, low=800.0, high=1200.0)


def test_a_waived_line_lets_in_those_it_alone_kept_out():
    found = sized()
    employees, industry, founded, city = found.prices
    assert found.reach == "B"
    # within reach (fit 60 and more): a b c d i. Were employees waived, f (5 points) and g (4) and h (3) would come too.
    assert (employees.waived.companies, employees.required.companies, employees.unknown) == (8, 4, 1)
    assert employees.waived.win_rate.value == pytest.approx((2 * 0.5 + 3 * 0.3 + 3 * 0.1) / 8)
    assert (industry.waived.companies, industry.required.companies) == (6, 4)  # e would come; d would go
    assert (founded.waived.companies, founded.required.companies) == (6, 4)  # e: 3 points; c would go
    assert founded.good == "founded in 1990 or later" or "1990" in founded.good
    assert (city.seen, city.waived, city.required.companies, city.evidence.won) == (True, None, 4, 4)


def test_two_bands_of_one_attribute_are_never_both_waived():
    bands = tuple(
        Criterion(attribute="employees", layer="firmographic", test=Test(between=ends), points=p)
        for ends, p in (((40, 100), 3), ((100, 1000), 1))
    )
    found = sized(profile=PROFILE.model_copy(update={"criteria": (*bands, *LINES[1:]), "also_seen": ()}))
    small, large, *_ = found.prices
    assert small.waived.companies == 8
    assert large.waived.companies == 6  # f: 1 + 2 points, fit 67


def test_the_frontier_falls_and_ends_at_the_whole_market():
    cuts = sized().frontier
    assert [(c.at_least, c.size.companies) for c in cuts] == [
        (100, 2),
        (83, 3),
        (75, 4),
        (67, 5),
        (50, 7),
        (33, 8),
        (17, 9),
    ]
    rates = [c.size.win_rate.value for c in cuts]
    assert rates == sorted(rates, reverse=True)
    assert [c.tier for c in cuts] == ["A", "B", "B", "B", "C", "C", "C"]


@pytest.mark.parametrize(
    ("capacity", "verdict", "at_least", "wins"),
    [
        (5, "keep", 67, 2 * 0.5 + 3 * 0.3),
        (3, "tighten", 83, 2 * 0.5 + 0.3),
        (6, "widen", 50, 2 * 0.5 + 3 * 0.3 + 0.1),
        (100, "widen", 17, 2 * 0.5 + 3 * 0.3 + 4 * 0.1),
        (1, "tighten", 100, 0.5),
    ],
)
def test_widen_or_tighten(capacity, verdict, at_least, wins):
    advice = sized(capacity=capacity).advice
    assert (advice.verdict, advice.at_least) == (verdict, at_least)
    assert advice.worked.wins.value == pytest.approx(wins)
    assert advice.worked.companies == min(capacity, 9)


def test_a_pipeline_is_a_capacity_once_a_deal_has_a_value():
    assert sized(pipeline=2500, deal_value=1000).advice.capacity == 3
    with pytest.raises(InputError, match="what a deal is worth is not known"):
        sized(pipeline=2500)
    with pytest.raises(InputError, match="two targets"):
        sized(pipeline=2500, capacity=3, deal_value=1)


def test_a_profile_of_lifts_expects_no_wins():
    learned = {"mode": "customers against a market", "deals": 9, "won": 3, "lost": 0, "fingerprint": "-", "seed": 0,
               "version": "-", "base_rate": Rate(n=9, won=3, rate=1.0, low=1.0, high=1.0)}  # fmt: skip
    lifts = PROFILE.model_copy(update={"learned": Profile.model_fields["learned"].annotation.__args__[0](**learned)})
    a = sized(profile=lifts, deal_value=9).tiers[0].size
    assert (a.win_rate.value, a.wins, a.revenue) == (0.5, None, None)


def test_every_company_is_counted_once():
    found = sized(by="industry")
    assert found.companies == len(ROWS)
    assert sum(t.size.companies for t in found.tiers) + found.left_out[0].companies == len(ROWS)
    assert {p.name: (p.all.companies, p.reach.companies) for p in found.parts} == {"Software": (6, 4), "Retail": (3, 1)}


def test_counts_agree_with_the_scores_of_the_same_companies():
    scores = score(PROFILE, ibis.memtable(ROWS), as_of=AS_OF).to_pandas()
    assert {t.name: t.size.companies for t in sized().tiers} == dict(
        scores.tier[scores.tier != "disqualified"].value_counts()
    )


def test_where_competitors_sit_and_we_do_not():
    rows = ROWS.assign(
        incumbent=["Rival", "no", None, "Rival", "Rival", None, None, None, None, None],
        is_customer=[False, True, False, False, False, False, True, False, False, False],
    )
    held = sized(rows).held
    assert [(h.name, h.companies, h.competitors, h.ours, h.free_in_reach) for h in held] == [
        ("Retail", 3, 2, 0, 0),  # h is free, and not within reach
        ("Software", 7, 1, 2, 2),  # c and i
    ]
    assert sized().held == ()


def test_lists_are_compared_by_domain_and_count_beside_the_rules(tmp_path):
    customers = tmp_path / "customers.csv"
    customers.write_text("Name,Website\nA Inc,https://www.A.com/home\nNobody,nowhere.example\n", encoding="utf-8")
    unserved = tmp_path / "unserved.csv"
    unserved.write_text("Country\nGB\n", encoding="utf-8")
    found = sized(exclude=[customers, unserved], own_domains=["info@B.com", "j.com"])
    assert [(r.reason, r.companies, r.first, r.unknown) for r in found.left_out] == [
        ("country is neither US nor GB", 1, 1, 0),
        ("listed in our own domains is yes", 2, 1, 0),  # j is out already
        ("listed in customers.csv is yes", 1, 1, 0),
        ("listed in unserved.csv is yes", 2, 2, 0),
    ]
    assert found.tiers[0].size.companies == 0


def test_names_alone_exclude_nobody(tmp_path):
    names = tmp_path / "names.csv"
    names.write_text("Company\nA\nB\n", encoding="utf-8")
    with pytest.raises(MappingError, match="never names alone"):
        sized(exclude=[names])


def test_tiers_cut_by_capacity_hold_at_most_that_many():
    found = pipeline.tiers(PROFILE, ROWS, capacities=[3, 2], as_of=AS_OF)
    assert [(t.name, t.at_least) for t in found.profile.tiers] == [("A", 83), ("B", 67), ("C", 0)]
    assert [t.size.companies for t in dict(found.ways)["by capacity"]] == [3, 2, 4]
    assert [t.size.companies for t in dict(found.ways)["now"]] == [2, 3, 4]
    tight = pipeline.tiers(PROFILE, ROWS, capacities=[1], as_of=AS_OF)
    assert tight.profile.tiers[0].at_least == 101  # even the best cut holds two


def test_tiers_cut_by_win_rate_hold_nobody_below_it():
    found = pipeline.tiers(PROFILE, ROWS, win_rates=[0.3], as_of=AS_OF)
    assert [(t.name, t.at_least, t.action) for t in found.profile.tiers] == [
        ("A", 60, "do A"), ("B", 59, "do B"), ("C", 0, "do C")
    ]  # fmt: skip
    assert dict(found.ways)["by win rate"][0].size.companies == 5


def test_numbers_that_cut_no_tier_are_refused_together():
    with pytest.raises(InputError) as refused:
        pipeline.tiers(PROFILE, ROWS, capacities=[1, 2, 3], win_rates=[0.1, 0.2, 1.5], as_of=AS_OF)
    said = str(refused.value)
    for words in ("more numbers than tiers", "the first tier has the highest", "lies between 0 and 1"):
        assert words in said


def test_fit_and_timing_stand_in_a_grid_and_are_not_added_up():
    timing = pd.DataFrame({"id": ["a", "b", "c", "e", "zz"], "timing": [90, 50, 10, 67, 99]})
    found = pipeline.tiers(PROFILE, ROWS, capacities=[2], timing=timing, as_of=AS_OF)
    assert found.grid.companies == ((1, 1, 0), (0, 0, 3), (1, 0, 3))
    assert found.grid.without == 5  # d i f g h: at the last level; j is disqualified
    assert found.grid.as_json()["cells"]["A1"] == 1
    assert pipeline.tiers(PROFILE, ROWS, capacities=[2], as_of=AS_OF).grid is None
    with pytest.raises(MappingError, match="timing per company"):
        pipeline.tiers(PROFILE, ROWS, capacities=[2], timing=timing[["id"]], as_of=AS_OF)


def test_columns_that_look_wrong_are_said_once():
    line = Criterion(attribute="revenue", layer="firmographic", test=Test(at_least=1e6), points=1, met_by=40)
    number = Criterion(attribute="employees", layer="firmographic", test=Test(at_least=40), points=1)
    profile = PROFILE.model_copy(update={"criteria": (line, number), "disqualify": (), "also_seen": ()})
    rows = pd.DataFrame({"id": range(200), "revenue": [float(i * 10) for i in range(200)], "employees": ["many"] * 200})
    units, kind = sized(rows, profile).warnings
    assert "column 'revenue' looks as if it were in thousands" in units
    assert "column 'employees' holds something else" in kind
    assert sized(rows.assign(revenue=rows.revenue * 1000, employees=50), profile).warnings == ()


def test_a_table_that_is_older_than_the_days_it_is_asked_for_is_said():
    recent = Criterion(attribute="raised_on", layer="behavioural", test=Test(within_days=365), points=2, met_by=40)
    profile = PROFILE.model_copy(update={"criteria": (recent,), "disqualify": (), "also_seen": ()})
    rows = pd.DataFrame({"id": range(100), "raised_on": pd.date_range("2013-01-01", periods=100)})
    (said,) = sized(rows, profile).warnings
    assert said == (
        "column 'raised_on' ends on 2013-04-10, so by 2025-06-30 no company is 'raised in the last year'; "
        "if the table is as old as that, name its day with --as-of"
    )
    assert pipeline.market(profile, rows, as_of="2013-05-01").warnings == ()
    assert sized(rows.assign(raised_on=rows.raised_on.dt.strftime("%Y-%m-%d")), profile).warnings == (said,)


def test_a_pipeline_is_advised_in_words_of_a_pipeline():
    assert "for a pipeline of 2,500, which takes 3 deals of 1,000" in advised(sized(pipeline=2500, deal_value=1000))
    assert "for a team that can work 3" in advised(sized(capacity=3, deal_value=1000))


def test_a_column_of_a_type_that_a_test_can_never_read_is_said():
    old = Criterion(attribute="founded", layer="firmographic", test=Test(older_than_days=365), points=2, met_by=40)
    profile = PROFILE.model_copy(update={"criteria": (*PROFILE.criteria, old)})
    years = ibis.memtable([{"founded": 1990 + i % 30} for i in range(100)])
    (said,) = doubts(profile, years, date(2025, 1, 1))
    assert "column 'founded' holds something else" in said
    assert "100 of the first 100 values" in said


def test_a_page_holds_the_market_and_escapes_what_came_from_a_file(tmp_path):
    hostile = PROFILE.model_copy(update={"name": "<script>alert(1)</script>"})
    rows = ROWS.assign(industry=["<b>x</b>" if i == "Retail" else i for i in ROWS.industry])
    found = sized(rows, hostile, capacity=3, by="industry", deal_value=1000)
    page = tmp_path / "market.html"
    pipeline.market_to_file(found, page)
    text = page.read_text(encoding="utf-8")
    assert "<svg" in text
    assert "Tighten: down to tier B there are 5 companies" in text
    assert "<script" not in text
    assert "<b>x</b>" not in text
    values = tmp_path / "market.json"
    pipeline.market_to_file(found, values)
    told = json.loads(values.read_text(encoding="utf-8"))
    assert told["tiers"][0]["size"]["companies"] == 2
    assert not any(isinstance(v, float) and math.isnan(v) for v in told["tiers"][0]["size"]["wins"].values())
    with pytest.raises(InputError, match=r"\.html or \.json"):
        pipeline.market_to_file(found, tmp_path / "market.pdf")


def test_a_market_without_win_rates_or_tiers_is_still_counted():
    bare = PROFILE.model_copy(update={"fit_bands": (), "tiers": (), "also_seen": ()})
    found = sized(profile=bare, capacity=3)
    assert (found.tiers, found.advice.worked.companies, found.advice.worked.wins) == ((), 3, None)


def test_lists_disqualify_in_scores_too_each_with_its_count(tmp_path):
    found = pipeline.score_to_file(PROFILE, ROWS, tmp_path / "s.csv", own_domains=["a.com", "b.com"], as_of=AS_OF)
    assert [(r.reason, r.companies) for r in found.left_out] == [
        ("country is neither US nor GB", 1),
        ("listed in our own domains is yes", 2),
    ]
    scores = pd.read_csv(tmp_path / "s.csv").set_index("id")
    assert (scores.tier == "disqualified").sum() == 3
    assert scores.against["a"].startswith("disqualified: listed in our own domains is yes")
