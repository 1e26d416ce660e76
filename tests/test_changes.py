import pytest

from idealfit.profile.changes import NOTHING, Change, differences, summary
from idealfit.profile.document import Disqualifier, Estimate, Evidence, Figures, Finding, Measure, Slot, Test, Tier
from idealfit.profile.narrative import open_question
from profile_sample import CRM, ECONOMICS, EMPLOYEES, HIRING, NEW_LEAD, SAMPLE, rate


def with_(value, **update):
    return value.model_copy(update=update)


def lines(*criteria):
    return with_(SAMPLE, criteria=criteria)


def said(new, old=SAMPLE):
    return [str(change) for change in differences(old, new)]


def test_nothing_changed_in_meaning():
    crm = with_(CRM, test=Test(one_of=("no", "PIPEDRIVE", "HubSpot")))
    same = with_(SAMPLE, criteria=(HIRING, crm, EMPLOYEES), learned=with_(SAMPLE.learned, seed=8, version="0.2.0"))
    assert differences(SAMPLE, same) == ()
    assert summary(()) == NOTHING == "Nothing changed in meaning."


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (Test(between=(50, 200)), Test(between=(75, 150)), "the band moved from 50–199 to 75–149"),
        (Test(between=(0.5, 2)), Test(between=(0.25, 2)), "the band moved from 0.5 to below 2 to 0.25 to below 2"),
        (Test(at_least=50), Test(at_least=75), "the least moved from 50 to 75"),
        (Test(below=2e6), Test(below=1e6), "the limit moved from 2 million to 1 million"),
        (Test(one_of=("A", "B")), Test(one_of=("b", "C", "D")), "now with C, D and without A"),
        (Test(has_any=("A", "B")), Test(has_any=("B",)), "without A"),
        (Test(at_least=50), Test(below=90), "'employees below 90' instead of 'employees at least 50'"),
        (Test(is_="A"), Test(is_="B"), "'employees is B' instead of 'employees is A'"),
    ],
)
def test_a_moved_test_is_told_by_its_cut(old, new, words):
    before, after = (lines(with_(EMPLOYEES, test=test), CRM, HIRING) for test in (old, new))
    assert said(after, before) == [f"employees: {words}"]


def test_what_happened_to_one_line_is_told_in_one_line():
    evidence = with_(EMPLOYEES.evidence, verdict="suggestive", inside=rate(20, 60, 0.2, 0.45))
    line = with_(EMPLOYEES, test=Test(between=(75, 150)), points=1, need="nice", layer="operational", evidence=evidence)
    assert said(lines(line, CRM, HIRING)) == [
        "employees: the band moved from 50–199 to 75–149; worth 1 point instead of 3; no longer a must-have; "
        "operational instead of firmographic; was supported, now suggestive; win rate inside 68% → 33% "
        "(more than noise: the intervals do not overlap)"
    ]


def test_new_lines_say_what_they_rest_on():
    new = with_(EMPLOYEES, attribute="offices", test=Test(at_least=3))
    mine = with_(HIRING, attribute="region", test=Test(is_="South"), evidence=Evidence(verdict="no evidence"))
    assert said(lines(EMPLOYEES, CRM, HIRING, new, mine)) == [
        "new must-have: offices at least 3, worth 3 points (supported; 41 of 60 won, 68%)",
        "new criterion: region is South, worth 1 point (a person's, without evidence)",
    ]


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (None, "(was suggestive)"),
        (
            Finding(
                attribute="hiring_sales",
                layer="behavioural",
                statement="Weaker now.",
                test=HIRING.test,
                evidence=Evidence(verdict="not supported", inside=rate(19, 50, 0.25, 0.53)),
            ),
            "(was suggestive, now not supported; win rate inside 49% → 38% (within noise: the intervals overlap))",
        ),
        (
            Finding(attribute="hiring_sales", layer="behavioural", statement="Evenly spread."),
            "(was suggestive, now: Evenly spread.)",
        ),
    ],
)
def test_dropped_lines_say_what_is_known_about_them_now(now, words):
    new = with_(lines(EMPLOYEES, CRM), not_defining=() if now is None else (now,))
    assert said(new) == [f"dropped: hiring sales is yes {words}"]


def test_it_is_the_missing_line_that_was_dropped():
    assert said(lines(HIRING, CRM)) == ["dropped: employees between 50 and 199 (was supported)"]


def test_disqualifiers_come_and_go():
    churn = Disqualifier(attribute="size", test=Test(below=5))
    assert said(with_(SAMPLE, disqualify=(churn,))) == [
        "now rules a company out: size below 5 (a person's, without evidence)",
        "no longer rules a company out: industry is Public sector or Gambling (was supported)",
    ]
    wider = with_(SAMPLE.disqualify[0], test=Test(one_of=("Gambling", "Tobacco")))
    assert said(with_(SAMPLE, disqualify=(wider,))) == [
        "ruled out by industry: now with Tobacco and without Public sector"
    ]


def test_tiers_are_told_by_name():
    top, middle, _ = SAMPLE.tiers
    tiers = (
        with_(top, at_least=75, expected=rate(30, 60, 0.3769, 0.6231)),
        with_(middle, action="Call."),
        Tier(name="D", at_least=0, action="Wait."),
    )
    assert said(with_(SAMPLE, tiers=tiers)) == [
        "tier A starts at a fit of 75 instead of 70",
        "tier B: 'Call.' instead of 'Write a personal message.'",
        "new tier D, from a fit of 0: Wait.",
        "tier C is gone",
        "tier A is expected to win 70% → 50% (within noise: the intervals overlap)",
    ]


def test_rates_say_whether_they_moved_more_than_noise():
    learned = with_(
        SAMPLE.learned, base_rate=rate(60, 300, 0.1587, 0.2489), auc=Estimate(value=0.68, low=0.6, high=0.75)
    )
    bands = (*SAMPLE.fit_bands[:2], with_(SAMPLE.fit_bands[2], rate=0.66))
    assert said(with_(SAMPLE, learned=learned, fit_bands=bands)) == [
        "base rate 37% → 20% (more than noise: the intervals do not overlap)",
        "AUC 0.71 → 0.68 (within noise: the intervals overlap)",
        "win rate at the highest fit 70% → 66% (within noise: the intervals overlap)",
    ]


def test_against_a_market_rates_are_lifts():
    mode = "customers against a market"
    old = with_(SAMPLE, learned=with_(SAMPLE.learned, mode=mode))
    bands = (*SAMPLE.fit_bands[:2], with_(SAMPLE.fit_bands[2], rate=3.1, low=2.5, high=3.6))
    assert said(with_(old, fit_bands=bands), old) == [
        "lift at the highest fit 0.7 times → 3.1 times (more than noise: the intervals do not overlap)"
    ]
    assert said(old)[0] == "learned from customers against a market, before from won and lost deals"


def test_the_narrative_is_told_slot_by_slot():
    told = with_(
        SAMPLE.narrative,
        trigger=Slot(text="a failed audit", source="person"),
        situation=Slot(text="short of people", source="data"),
        company=open_question("company"),
    )
    assert said(with_(SAMPLE, narrative=told)) == [
        "company: an open question again; it was 'firms of 50 to 200 people'",
        "situation: 'short of people' instead of 'running their sales on a light CRM'",
        "trigger: no longer an open question: 'a failed audit'",
    ]
    assert said(with_(SAMPLE, narrative=with_(SAMPLE.narrative, text="Other."))) == ["the narrative was worded anew"]


def test_window_limits_and_names():
    learned = with_(SAMPLE.learned, deals=400, won=150, window=None)
    new = with_(SAMPLE, learned=learned, limits=SAMPLE.limits[1:], name="B\x1b[31m")
    assert said(new) == [
        "named 'B [31m' instead of 'Mid-size firms on a light CRM'",
        "no longer among the limits: Nothing is known about budgets.",
        "learned from 400 deals (150 won) instead of 300 deals (111 won, opened 2023-01-02 to 2025-06-27)",
    ]
    other = with_(SAMPLE, learned=with_(SAMPLE.learned, fingerprint="other"))
    assert said(other)[0].startswith("learned from other data of the same size (300 deals")


def test_what_an_unknown_counts_for_is_told_apart():
    changes = differences(SAMPLE, lines(with_(EMPLOYEES, met_by=40), CRM, HIRING))
    words = "employees: met by 40% of companies instead of 31%, which is what an unknown counts for"
    assert changes == (Change("unknown", "employees", words),)


def test_the_weightiest_comes_first():
    new = with_(SAMPLE, verdict="no reliable pattern", criteria=(), name="N", tiers=(), disqualify=(), fit_bands=())
    kinds = [change.kind for change in differences(SAMPLE, new)]
    assert kinds == ["verdict", "disqualifier", *["criterion"] * 3, *["tier"] * 3, "rate", "narrative"]
    assert summary(differences(SAMPLE, new)).startswith("the verdict is 'no reliable pattern', it was 'learned'\n")


def test_what_changed_in_the_deeper_sections_is_told():
    lead = with_(NEW_LEAD, window_days=(0, 90), weight=2, half_life_days=Estimate(value=20, low=10, high=30))
    figures = Figures(deal_size=Measure(value=20000, low=19000))
    new = with_(SAMPLE, triggers=(lead,), segments=(), churn=(), economics=with_(ECONOMICS, figures=figures))
    assert [change.words for change in differences(SAMPLE, new) if change.kind == "section"] == [
        "trigger new head of sales: the window moved from 0–120 to 0–90 days before; worth 2 points instead of 3; "
        "half-life in days 48.21 → 20.00 (more than noise: the intervals do not overlap)",
        "no longer a trigger: moved office, 30 to 180 days before the opening",
        "no longer a segment: clinics",
        "no longer a churn finding: employees below 20",
        "deal size 12400.00 → 20000.00",
    ]
    back = [change.words for change in differences(new, SAMPLE) if change.kind == "section"]
    assert back[1] == "new trigger: moved office, 30 to 180 days before the opening, worth 1 point"
    assert said(with_(SAMPLE, economics=None)) == ["the economics are no longer known"]
    in_dollars = with_(SAMPLE, economics=with_(ECONOMICS, currency="USD"))
    assert said(in_dollars) == ["amounts are in USD, were in EUR"]
