"""Contamination: what is planted is found with its evidence, what is honest stays."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import TooLittleDataError
from idealfit.learn.assembly import history, history_against_market
from idealfit.learn.contamination import cleaned, examine, identical_inputs
from world import LAST_DAY, OUTCOME_OF, source_table, world

DATA = Path(__file__).parents[2] / "shared" / "data"


def won_in(it):
    """Return which rows of the deals frame are won."""
    return (it.deals["Stage"] == "Closed Won").to_numpy()


def about(suspicions, column):
    """Return the one suspicion about a column."""
    found = [s for s in suspicions if s.column == column]
    assert len(found) == 1, f"{column}: {found}"
    return found[0]


def with_column(name, values_of, *, n=600, seed=0, kind=None):
    """Return (cleaned history, suspicions) of a world whose deals have one more column, made from (won, rng)."""
    it = world(n, seed=seed)
    it.deals[name] = values_of(won_in(it), np.random.default_rng(seed + 100))
    past = history(
        it.deals_table({name: kind} if kind else None),
        accounts=it.accounts_table(),
        outcome_of=OUTCOME_OF,
        as_of=LAST_DAY,
    )
    return cleaned(past)


def filled(p_won, p_lost, values=("x", "y")):
    def make(won, rng):
        has = rng.random(len(won)) < np.where(won, p_won, p_lost)
        return np.where(has, rng.choice(values, len(won)), None)

    return make


@pytest.mark.parametrize("seed", range(8))
@pytest.mark.parametrize(("n", "signal"), [(40, 1.0), (150, 0.0), (600, 1.0)])
def test_clean_data_raises_no_alarm(n, signal, seed):
    it = world(n, seed=seed, signal=signal)
    _, found = cleaned(it.history())
    assert [str(s) for s in found if s.certain] == []
    assert len(found) <= 1


@pytest.mark.parametrize(
    ("name", "p_won", "p_lost"),
    [("Rejected because", 0.0, 0.7), ("Handover sheet", 0.95, 0.0), ("Security review", 0.9, 0.1)],
)
def test_a_field_filled_for_one_outcome_is_excluded(name, p_won, p_lost):
    past, found = with_column(name, filled(p_won, p_lost))
    doubt = about(found, name)
    assert doubt.certain
    assert doubt.kind == "filled after the outcome"
    assert " of won deals" in doubt.evidence
    assert " of lost deals" in doubt.evidence
    assert name not in past.facts
    assert name not in past.open.facts
    assert next(e.reason for e in past.excluded if e.column == name) == doubt.evidence


def test_a_field_filled_more_for_winners_is_a_warning_about_access():
    past, found = with_column("Budget known", filled(0.8, 0.45))
    doubt = about(found, "Budget known")
    assert not doubt.certain
    assert "access to the company and not fit" in doubt.evidence
    assert "Budget known" in past.facts
    assert any("Budget known" in w for w in past.warnings)


def test_few_rows_are_no_evidence():
    """Eight winners with a value and no loser with one can be chance."""
    past, found = with_column("Handover sheet", filled(0.8, 0.0), n=16)
    assert not [s for s in found if s.certain]
    assert "Handover sheet" in past.facts


def test_a_count_above_zero_for_winners_only_is_excluded():
    def sessions(won, rng):
        return np.where(won, rng.integers(0, 9, len(won)), 0.0)

    _, found = with_column("Training sessions", sessions, n=900)
    doubt = about(found, "Training sessions")
    assert doubt.certain
    assert doubt.evidence.startswith("above zero for")


def test_dates_after_the_opening_are_excluded():
    it = world(600)
    opened = it.deals["Create Date"].to_numpy().astype("datetime64[D]")
    rng = np.random.default_rng(3)
    # filled for both outcomes, so that only time gives it away
    it.deals["Last change"] = opened + np.where(rng.random(600) < 0.5, 60, -60) - rng.integers(0, 40, 600)
    it.deals["First visit"] = opened - rng.integers(1, 400, 600)
    it.deals["Slip"] = np.where(np.arange(600) % 50 == 0, opened + 3, opened - 30 - rng.permutation(600))
    past, found = cleaned(it.history())
    doubt = about(found, "Last change")
    assert doubt.certain
    assert doubt.kind == "dated after the opening"
    assert "lie after the day the deal was opened" in doubt.evidence
    assert {"First visit", "Slip"} <= set(past.facts.columns)


def test_a_column_that_determines_the_outcome_is_excluded_and_a_strong_honest_one_is_not():
    past, found = with_column("Signal", lambda won, rng: np.where(rng.random(len(won)) < 0.999, won, ~won), n=900)
    assert about(found, "Signal").kind == "determines the outcome"
    assert "Signal" not in past.facts
    for accuracy in (0.85, 0.93):
        past, found = with_column("Signal", lambda won, rng, a=accuracy: np.where(rng.random(len(won)) < a, won, ~won))
        assert "Signal" in past.facts
        assert not [s for s in found if s.certain]
    number = with_column("Score", lambda won, rng: won * 100.0 + rng.normal(0, 5, len(won)))
    assert about(number[1], "Score").certain
    honest = with_column("Score", lambda won, rng: won * 2.0 + rng.normal(0, 1, len(won)))
    assert "Score" in honest[0].facts


@pytest.mark.parametrize(
    ("name", "gap", "caught"),
    [
        ("Duration", 1.2, True),
        ("Probability", 1.2, True),
        ("DaysToClose", 1.2, True),
        ("Renewal count", 1.2, True),
        ("Duration", 0.0, False),  # a heading alone is no evidence
        ("Fleet size", 1.2, False),  # nor is a strong number with an innocent heading
        ("Previous renewal count", 1.2, False),
        ("Website conversion rate", 1.2, False),
    ],
)
def test_a_heading_that_names_the_end_counts_with_the_data_behind_it(name, gap, caught):
    past, found = with_column(name, lambda won, rng: won * gap + rng.normal(0, 1, len(won)))
    assert (name not in past.facts) is caught
    if caught:
        assert "by its heading" in about(found, name).evidence
        assert "AUC" in about(found, name).evidence


def test_a_value_named_like_an_outcome_is_excluded():
    def lifecycle(won, rng):
        late = rng.random(len(won)) < 0.5
        return np.where(won & late, "Customer", rng.choice(["Lead", "Subscriber"], len(won)))

    past, found = with_column("Contact type now", lifecycle)
    assert about(found, "Contact type now").kind == "names the outcome"
    assert "'Customer' names an outcome, and 100%" in about(found, "Contact type now").evidence
    assert "Contact type now" not in past.facts


def test_a_step_of_the_sales_process_is_excluded():
    def qualified(won, rng):
        return np.where(rng.random(len(won)) < np.where(won, 0.98, 0.6), True, False)

    _, found = with_column("is_sql", qualified, n=1500)
    doubt = about(found, "is_sql")
    assert doubt.certain
    assert "how far the deal got, not who the company is" in doubt.evidence
    honest, found = with_column("uses_sql", qualified, n=1500)
    assert "uses_sql" in honest.facts
    assert not [s for s in found if s.column == "uses_sql"]


@pytest.mark.parametrize(
    "heading",
    ["is_sql", "IsSQL", "Became an MQL", "Sales Qualified", "Lead Status", "Lifecycle Stage", "Has Opportunity"],
)
def test_a_step_of_the_sales_process_is_excluded_by_a_plain_heading_whatever_the_data_show(heading):
    _, found = with_column(heading, lambda won, rng: rng.choice(["yes", "no"], len(won)), n=150)
    assert about(found, heading).certain


@pytest.mark.parametrize("heading", ["Funding Stage", "Company stage", "Growth phase", "SQL dialect", "Salary band"])
def test_a_stage_of_the_company_is_a_fact(heading):
    def stage(won, rng):
        return np.where(rng.random(len(won)) < np.where(won, 0.98, 0.5), "Series B", "Pre-seed")

    past, found = with_column(heading, stage, n=900)
    assert heading in past.facts
    assert not [s for s in found if s.column == heading and s.certain]


def test_a_count_that_grows_with_the_length_of_the_deal_is_excluded():
    it = world(900)
    rng = np.random.default_rng(5)
    took = (pd.to_datetime(it.deals["Close Date"]) - pd.to_datetime(it.deals["Create Date"])).dt.days
    it.deals["Emails sent"] = rng.poisson(took.fillna(30).clip(0, 400) / 10).astype(float)
    it.deals["Calls before opening"] = rng.poisson(3, 900).astype(float)
    it.deals["Headcount"] = it.deals["Emails sent"] * 10
    past, found = cleaned(it.history())
    doubt = about(found, "Emails sent")
    assert doubt.certain
    assert "the longer a deal took, the higher it is (rank correlation 0." in doubt.evidence
    assert {"Calls before opening", "Headcount"} <= set(past.facts.columns)


def test_a_number_that_is_the_length_of_the_deal_is_excluded_under_any_heading():
    it = world(300)
    took = (pd.to_datetime(it.deals["Close Date"]) - pd.to_datetime(it.deals["Create Date"])).dt.days
    rng = np.random.default_rng(3)
    it.deals["Age"] = took + (rng.random(300) < 0.2)
    it.deals["Headcount"] = took.sample(frac=1, random_state=1).to_numpy()
    past, found = cleaned(it.history())
    assert about(found, "Age").certain
    assert "days from opening to closing in 100%" in about(found, "Age").evidence
    assert "Headcount" in past.facts


def test_a_count_over_all_time_is_excluded_where_it_goes_with_the_outcome():
    def touches(won, rng):
        return rng.poisson(np.where(won, 9, 5)).astype(float)

    _, found = with_column("Total touches", touches)
    assert about(found, "Total touches").certain
    honest, found = with_column("Touches", touches)
    assert not about(found, "Touches").certain
    assert "Touches" in honest.facts


def test_a_count_that_went_on_for_longer_is_excluded_although_it_predicts_little():
    it = world(600)
    rng = np.random.default_rng(5)
    early = rng.poisson(4, 600).astype(float)
    it.deals["visit_count"] = early
    it.deals["total_visits_all"] = early + rng.poisson(2, 600)
    it.deals["total_staff"] = rng.poisson(50, 600).astype(float)
    past, found = cleaned(it.history())
    doubt = about(found, "total_visits_all")
    assert doubt.certain
    assert "counts the same as 'visit_count' for longer" in doubt.evidence
    assert {"visit_count", "total_staff"} <= set(past.facts.columns)


def test_leads_nobody_worked_are_no_losses():
    it = world(600)
    lost = np.flatnonzero(it.deals["Stage"] == "Closed Lost")[:80]
    it.deals.loc[lost, "Activities"] = 0.0
    before = it.history()
    past, found = cleaned(before)
    doubt = next(s for s in found if s.kind == "never worked")
    assert doubt.certain
    assert doubt.rows == 80
    assert "have no logged contact, against 0% (0 of" in doubt.evidence
    assert len(past.won) == len(before.won) - 80
    assert past.won.sum() == before.won.sum()
    step = next(r for r in past.rows if r.step == "never worked")
    assert step.rows_in - step.rows_out == 80
    assert step.reason == doubt.evidence


def test_where_contacts_are_hardly_logged_nobody_is_called_unworked():
    it = world(600)
    it.deals.loc[np.arange(600) % 3 > 0, "Activities"] = 0.0
    past, found = cleaned(it.history())
    doubt = next(s for s in found if s.kind == "never worked")
    assert not doubt.certain
    assert "logged for some deals only" in doubt.done
    assert len(past.won) == len(it.history().won)


def test_ownerless_leads_closed_on_arrival_are_no_losses():
    it = world(600)
    lost = np.flatnonzero(it.deals["Stage"] == "Closed Lost")[:50]
    it.deals.loc[lost, "Owner"] = None
    it.deals.loc[lost[:30], "Close Date"] = it.deals.loc[lost[:30], "Create Date"]
    _, found = cleaned(it.history())
    assert next(s for s in found if s.kind == "never worked").rows == 30


def test_a_bulk_closing_is_named_with_day_and_owner():
    it = world(600)
    lost = np.flatnonzero((it.deals["Stage"] == "Closed Lost") & (it.deals["Owner"] == "Owner B"))[:60]
    it.deals.loc[lost, "Close Date"] = pd.Timestamp("2024-12-30")
    doubt = next(s for s in examine(it.history()) if s.kind == "closed in bulk")
    assert not doubt.certain
    assert "60 on 2024-12-30 by Owner B, where 1 is usual" in doubt.evidence


def test_the_same_deal_under_two_ids_counts_once_and_a_lost_twin_of_a_won_deal_leaves():
    it = world(500)
    again = it.deals.iloc[:40].assign(**{"Deal ID": [f"R{i}" for i in range(40)]})
    bought = it.deals[it.deals["Stage"] == "Closed Won"].iloc[-12:]
    twins = bought.assign(
        **{"Deal ID": [f"T{i}" for i in range(len(bought))], "Stage": "Closed Lost", "Lost Reason": "Price"}
    )
    chance = np.ones(500 + 40 + len(twins))
    doubled = replace(it, deals=pd.concat([it.deals, again, twins], ignore_index=True), chance=chance)
    past, found = cleaned(doubled.history())
    kinds = {s.kind: s for s in found}
    assert kinds["the same deal twice"].rows == 40
    assert kinds["the same deal won and lost"].rows == len(twins) == 12
    assert set(past.ids) == set(it.history().ids)


def test_several_deals_of_one_company_on_neighbouring_days_are_no_twins():
    rng = np.random.default_rng(1)
    frame = pd.DataFrame(
        {
            "company": rng.choice(["a", "b", "c"], 900),
            "opened": np.datetime64("2024-01-01") + rng.integers(0, 60, 900),
            "stage": rng.choice(["won", "lost"], 900),
            "size": 1.0,
        }
    )
    frame["size"] = frame["company"].map({"a": 1.0, "b": 2.0, "c": 3.0})
    roles = {"company": "account_id", "opened": "opened_on", "stage": "outcome"}
    past = history(source_table("d", frame, roles=roles), outcome_of={"won": "won", "lost": "lost"})
    assert len(cleaned(past)[0].won) == 900


def test_records_made_to_try_something_out_leave():
    it = world(300)
    for row, name in enumerate(["Test Account", "asdf", "demo company 2", "TEST 123"]):
        it.accounts.loc[row, "Name"] = name
    it.accounts.loc[4, "Domain"] = "example.com"
    it.accounts.loc[5, "Domain"] = "ourselves.io"
    for row, name in enumerate(["Testo Instruments", "Speedtest Ltd", "Sample6", "Demonstrate Inc"], start=10):
        it.accounts.loc[row, "Name"] = name
    past, found = cleaned(it.history(), own_domains=["ourselves.io"])
    doubt = next(s for s in found if s.kind == "test records")
    assert doubt.rows == 6
    assert "'Test Account'" in doubt.evidence
    assert "Speedtest Ltd" in set(past.roles["name"])
    assert "Sample6" in set(past.roles["name"])


def test_a_table_of_nothing_but_test_records_is_refused_in_whole_sentences():
    it = world(300)
    it.accounts["Domain"] = [f"co{i}.example" for i in range(300)]
    past = it.history()
    with pytest.raises(TooLittleDataError) as refused:
        cleaned(past)
    assert str(refused.value) == (
        f"no won deals and no lost deals are left to learn from: test records: {len(past.won)} rows are "
        "records made to try something out ('co0.example', 'co1.example', 'co2.example'). Check that these columns "
        "mean what they were taken for, or --ignore them."
    )


def test_an_owner_who_wins_more_is_said_with_the_attributes_that_go_with_the_owner():
    it = world(900, signal=0.0)
    rng = np.random.default_rng(2)
    won = won_in(it)
    better = rng.random(900) < np.where(won, 0.8, 0.3)
    it.deals["Owner"] = np.where(better, "Owner A", "Owner B")
    it.accounts["District"] = np.where(rng.random(900) < 0.9, np.where(better, "Inner", "Outer"), "Inner")
    past, found = cleaned(it.history())
    doubt = next(s for s in found if s.kind == "owner effect")
    assert not doubt.certain
    assert "'District'" in doubt.evidence
    assert "'Colour'" not in doubt.evidence
    assert "access, not fit" in doubt.evidence
    assert "District" in past.facts


def test_a_season_and_a_moving_win_rate_are_said():
    it = world(1500, signal=0.0)
    rng = np.random.default_rng(4)
    month = it.deals["Create Date"].dt.month.to_numpy()
    stage = it.deals["Stage"].to_numpy()
    decided = it.deals["Stage"].isin(["Closed Won", "Closed Lost"]).to_numpy()
    rate = np.where(month == 12, 0.8, 0.3)
    it.deals["Stage"] = np.where(decided, np.where(rng.random(1500) < rate, "Closed Won", "Closed Lost"), stage)
    kinds = {s.kind: s for s in examine(it.history())}
    assert "in month 12" in kinds["season"].evidence
    assert "moving win rate" not in kinds
    year = it.deals["Create Date"].dt.year.to_numpy()
    rate = np.where(year >= 2023, 0.6, 0.2)
    it.deals["Stage"] = np.where(decided, np.where(rng.random(1500) < rate, "Closed Won", "Closed Lost"), stage)
    kinds = {s.kind: s for s in examine(it.history())}
    assert "the win rate moved from 19% in the first third of the time" in kinds["moving win rate"].evidence
    assert "season" not in kinds


def test_people_are_treated_with_care():
    it = world(300)
    rng = np.random.default_rng(0)
    it.accounts["Contact gender"] = rng.choice(["f", "m"], 300)
    it.accounts["Reply to"] = [f"p{i}@company{i}.net" for i in range(300)]
    it.accounts["Company age"] = rng.integers(1, 90, 300).astype(float)
    it.accounts["Phone service"] = rng.choice(["yes", "none"], 300)
    found = examine(it.history())
    assert about(found, "Contact gender").kind == "protected trait"
    assert about(found, "Reply to").kind == "personal data"
    assert {s.column for s in found} == {"Contact gender", "Reply to"}


def test_identical_inputs_have_one_code_and_unknown_is_like_unknown():
    it = world(60)
    past = it.history()
    facts = past.facts.copy()
    facts.iloc[5] = facts.iloc[3]
    facts.iloc[7] = facts.iloc[3]
    facts.loc[7, "Colour"] = None
    facts.loc[3, "Employees"] = facts.loc[5, "Employees"] = np.nan
    codes = identical_inputs(replace(past, facts=facts))
    assert codes[3] == codes[5] != codes[7]
    assert len(np.unique(codes)) == len(codes) - 1


def test_what_leaves_nothing_to_learn_from_is_refused_with_the_reason():
    it = world(200)
    it.deals.loc[it.deals["Stage"] == "Closed Lost", "Activities"] = 0.0
    with pytest.raises(TooLittleDataError, match=r"no lost deals are left.*never worked: 100% .*--ignore"):
        cleaned(it.history())


def test_a_market_less_well_known_than_the_customers_is_said():
    rng = np.random.default_rng(0)

    def companies(n, known):
        size = np.where(rng.random(n) < known, rng.normal(100, 10, n), np.nan)
        names = [f"c{known}{i}" for i in range(n)]
        return pd.DataFrame({"Size": size, "Kind": rng.choice(["a", "b"], n), "Name": names})

    sides = [
        source_table(n, companies(300, k), roles={"Name": "name"}) for n, k in (("customers", 0.9), ("market", 0.5))
    ]
    _, found = cleaned(history_against_market(*sides, as_of=date(2024, 1, 1)))
    doubt = next(s for s in found if s.kind == "unevenly known")
    assert "customers and market companies are not equally well known" in doubt.evidence
    assert "'Size'" in doubt.evidence
    assert not [s for s in found if s.certain]


def test_examining_twice_says_the_same():
    past = world(300).history()
    assert examine(past, seed=4) == examine(past, seed=4)


@pytest.mark.skipif(not DATA.exists(), reason="the real data sets are not here")
@pytest.mark.parametrize(
    ("file", "outcome", "meaning", "excluded"),
    [
        ("salvirt/opportunities.csv", "Status", {"Won": "won", "Lost": "lost"}, set()),
        ("telco/churn.csv", "Churn", {"Yes": "won", "No": "lost"}, set()),
        ("bank_marketing/contacts.parquet", "y", {"yes": "won", "no": "lost"}, {"duration"}),
    ],
)
def test_real_data(file, outcome, meaning, excluded):
    path = DATA / file
    frame = pd.read_parquet(path) if path.suffix == ".parquet" else pd.read_csv(path, keep_default_na=False)
    past = history(source_table(file, frame, roles={outcome: "outcome"}), outcome_of=meaning)
    kept, found = cleaned(past)
    assert {s.column for s in found if s.certain} == excluded
    assert len(kept.won) == len(past.won)


def test_a_category_with_as_many_values_as_rows_determines_nothing():
    past, found = with_column("City", lambda won, rng: [f"city {i}" for i in range(len(won))], n=900)
    assert not [s for s in found if s.column == "City"]
    assert "City" in past.facts
