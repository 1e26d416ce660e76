"""What a history holds: outcomes, facts as known on the day, every row counted."""

from datetime import date

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import InputError, MappingError, TooLittleDataError
from idealfit.learn.assembly import history, history_against_market
from idealfit.learn.history import cycle_days, known_by, opened_after
from world import LAST_DAY, OUTCOME_OF, source_table, world

DEALS = {"id": "deal_id", "company": "account_id", "stage": "outcome", "opened": "opened_on", "closed": "closed_on"}
MEANING = {"won": "won", "lost": "lost", "open": "open"}


def deals(rows, extra=None, **roles):
    """Return deals from (id, company, outcome, opened, closed) rows."""
    frame = pd.DataFrame(rows, columns=["id", "company", "stage", "opened", "closed"])
    for column in ("opened", "closed"):
        frame[column] = pd.to_datetime(frame[column])
    frame = frame.assign(**(extra or {}))
    return source_table("deals.csv", frame, roles={**DEALS, **roles})


TWO = [("1", "a", "won", "2024-01-10", "2024-02-10"), ("2", "b", "lost", "2024-01-20", "2024-03-01")]


def test_open_and_later_deals_are_counted_and_not_lost():
    rows = [
        *TWO,
        ("3", "c", "open", "2024-02-01", None),
        ("4", "d", "lost", "2024-02-01", "2024-07-01"),  # decided after the day of learning: open then
        ("5", "e", "won", "2024-06-15", "2024-06-20"),  # opened after it
        ("6", "f", None, "2024-02-01", None),
        ("2", "b", "lost", "2024-01-20", "2024-03-01"),  # the same row again
    ]
    past = history(deals(rows, {"size": np.arange(7.0)}), outcome_of=MEANING, as_of=date(2024, 6, 1))
    assert past.ids.tolist() == ["1", "2"]
    assert past.won.tolist() == [True, False]
    assert past.open_deals == 3
    assert past.open is not None
    assert past.open.ids.tolist() == ["3", "4", "6"]
    steps = {r.step: (r.rows_in, r.rows_out) for r in past.rows}
    assert steps["deals in deals.csv"] == (7, 7)
    assert steps["one row per deal id"] == (7, 6)
    assert steps["opened by 2024-06-01"] == (6, 5)
    assert steps["outcome known"] == (5, 2)
    known = next(r for r in past.rows if r.step == "outcome known")
    assert known.reason == "2 are open or have no outcome, 1 were closed after 2024-06-01: censored, not lost"


def test_without_a_day_the_expected_close_of_an_open_deal_moves_nothing():
    rows = [*TWO, ("3", "c", "open", "2024-02-01", "2031-01-01")]
    past = history(deals(rows, {"size": [1.0, 2, 3]}), outcome_of=MEANING)
    assert past.as_of == date(2024, 3, 1)
    assert past.open_deals == 1


def test_values_without_a_meaning_are_listed_all_at_once():
    rows = [*TWO, ("3", "c", "Maybe", "2024-01-01", None), ("4", "d", "Stalled", "2024-01-01", None)]
    with pytest.raises(InputError) as error:
        history(deals(rows), outcome_of=MEANING)
    assert len(error.value.mistakes) == 2
    text = str(error.value)
    assert "deals.csv: column 'stage': neither won, lost nor open (1 row), found 'Maybe'." in text
    assert "found 'Stalled'" in text
    assert "--won or --lost" in text


def test_an_outcome_of_yes_and_no_is_understood_as_written():
    frame = pd.DataFrame({"closed won": [True, False, None], "size": [1.0, 2.0, 3.0]})
    table = source_table("d", frame, roles={"closed won": "outcome"}, kinds={"closed won": "boolean"})
    assert history(table, outcome_of={"true": "won", "false": "lost"}).won.tolist() == [True, False]
    frame = pd.DataFrame({"y": [1.0, 0.0], "size": [1.0, 2.0]})
    numbers = source_table("d", frame, roles={"y": "outcome"}, kinds={"y": "number"})
    assert history(numbers, outcome_of={"1": "won", "0": "lost"}).won.tolist() == [True, False]


def test_one_deal_with_two_outcomes_is_refused_by_name():
    rows = [*TWO, ("1", "a", "lost", "2024-01-10", "2024-02-10")]
    with pytest.raises(InputError) as error:
        history(deals(rows), outcome_of=MEANING)
    text = str(error.value)
    assert "deals.csv: row 1: one deal has two outcomes: won here, lost in deals.csv: row 3, found '1'" in text
    assert "--id" in text


def test_no_outcome_column_and_no_losses_say_what_to_do():
    frame = pd.DataFrame({"size": [1.0, 2.0]})
    with pytest.raises(MappingError, match=r"no column tells how a deal ended.*--outcome, or give --market"):
        history(source_table("d.csv", frame), outcome_of=MEANING)
    with pytest.raises(TooLittleDataError, match=r"no lost deal to learn from \(1 won, 0 not\).*--market FILE"):
        history(deals(TWO[:1]), outcome_of=MEANING)
    with pytest.raises(MappingError, match=r"no such column to ignore, found 'Colour'.*id, company"):
        history(deals(TWO), outcome_of=MEANING, ignore=["Colour"])


def accounts(rows, known=True):
    frame = pd.DataFrame(rows, columns=["company", "size", "known"])
    frame["known"] = pd.to_datetime(frame["known"])
    roles = {"company": "account_id", "known": "known_on"}
    return source_table("accounts.csv", frame if known else frame.drop(columns="known"), roles=roles)


def test_each_deal_sees_the_newest_facts_known_when_it_was_opened():
    rows = [
        ("1", "a", "won", "2024-01-10", "2024-02-10"),
        ("2", "a", "lost", "2024-03-05", "2024-04-01"),
        ("3", "b", "lost", "2024-01-20", "2024-03-01"),
        ("4", "zz", "lost", "2024-01-20", "2024-03-01"),
        ("5", "a", "won", "2024-03-04", "2024-04-01"),
    ]
    facts = accounts(
        [("a", 20, "2024-03-05"), ("a", 10, "2023-01-01"), ("a", 30, "2024-09-01"), ("b", 99, "2024-01-21")]
    )
    past = history(deals(rows), accounts=facts, outcome_of=MEANING)
    assert past.facts["size"].tolist()[:2] == [10.0, 20.0]  # on the day itself it is known
    assert past.facts["size"].isna().tolist() == [False, False, True, True, False]
    assert past.facts["size"][4] == 10.0
    joined = next(r for r in past.rows if r.step == "facts joined from accounts.csv")
    assert "matched 4 by account id" in joined.reason
    assert "1 deals without a row" in joined.reason
    assert "1 deals opened before anything was known of their company" in joined.reason
    assert not any("as of the export" in w for w in past.warnings)


def test_without_known_on_facts_are_said_to_be_as_of_the_export():
    past = history(
        deals(TWO), accounts=accounts([("a", 1, None), ("b", 2, None), ("b", 3, None)], known=False), outcome_of=MEANING
    )
    assert past.facts["size"].tolist() == [1.0, 2.0]
    assert any("accounts.csv says when its facts became known: they are as of the export" in w for w in past.warnings)
    assert any("1 further rows for companies that it already has" in w for w in past.warnings)


def test_a_wide_table_with_known_on_forgets_what_came_later():
    extra = {"size": [1.0, 2.0], "known": pd.to_datetime(["2024-01-10", "2024-02-01"])}
    rows = [*TWO]
    past = history(deals([*rows], extra, known="known_on"), outcome_of=MEANING)
    assert past.facts["size"][0] == 1.0
    assert np.isnan(past.facts["size"][1])
    assert any("1 of 2 deals have facts that became known after they were opened" in w for w in past.warnings)


def test_companies_meet_by_domain_and_by_name_without_legal_form_but_never_when_two_answer_to_it():
    frame = pd.DataFrame(
        {
            "web": ["https://www.Acme.com/x", None, None, None],
            "name": ["?", "Bolt, Inc.", "Twin GmbH", "Nowhere"],
            "stage": ["won", "lost", "won", "lost"],
        }
    )
    roles = {"web": "domain", "name": "name", "stage": "outcome"}
    facts = pd.DataFrame(
        {
            "no": ["1", "2", "3", "4"],
            "site": ["acme.com", None, None, None],
            "called": ["Acme", "BOLT Ltd", "Twin", "Twin AG"],
            "size": [1.0, 2, 3, 4],
        }
    )
    found = source_table("a.csv", facts, roles={"no": "account_id", "site": "domain", "called": "name"})
    past = history(source_table("d.csv", frame, roles=roles), accounts=found, outcome_of=MEANING)
    assert past.facts["size"].tolist()[:2] == [1.0, 2.0]
    assert past.facts["size"].isna().tolist() == [False, False, True, True]
    joined = next(r for r in past.rows if r.step.startswith("facts joined"))
    assert "1 by domain, 1 by name" in joined.reason
    assert "1 of them because two companies share the name or domain" in joined.reason


def test_cells_come_in_the_promised_types():
    extra = {
        "number": [1.5, np.inf],
        "words": [" Retail ", "  "],
        "tools": [["Slack ", "SAP", "Slack"], None],
        "flag": [True, None],
        "since": pd.to_datetime(["2024-01-01", "2024-02-01"]),  # the second lies after the opening
    }
    frame_rows = [*TWO, ("3", "c", "lost", "2024-05-05", "2024-05-06")]
    third = {"number": 3.0, "words": "x", "tools": [], "flag": False, "since": pd.Timestamp("2024-05-05")}
    extra = {k: [*v, third[k]] for k, v in extra.items()}
    past = history(deals(frame_rows, extra), outcome_of=MEANING)
    facts = past.facts
    assert facts["number"][0] == 1.5
    assert np.isnan(facts["number"][1])
    assert facts["words"].tolist() == ["Retail", None, "x"]
    assert facts["tools"].tolist() == [("Slack", "SAP"), None, None]  # nothing listed is nothing known
    assert facts["flag"].tolist() == ["yes", None, "no"]
    assert facts["since"].tolist()[::2] == [9.0, 0.0]
    assert np.isnan(facts["since"][1])
    assert any("'since': of 3 dates, 1 lie after the day the deal was opened" in w for w in past.warnings)
    assert facts["words"].dtype == object


def test_columns_that_cannot_tell_anything_leave_with_their_reason():
    extra = {"same": ["x", "x"], "none": [None, None], "size": [1.0, 2.0], "who": ["Ann", "Bob"]}
    past = history(deals(TWO, extra, who="owner"), outcome_of=MEANING, ignore=["SIZE"])
    reasons = {e.column: e.reason for e in past.excluded}
    assert reasons["same"] == "has the same value in all 2 rows that have one"
    assert reasons["none"] == "has no value"
    assert reasons["size"] == "ignored on request"
    assert reasons["who"].startswith("read as owner")
    assert past.attributes == ()


def test_amounts_in_another_currency_are_unknown():
    rows = [*TWO, ("3", "c", "won", "2024-01-01", "2024-02-01")]
    extra = {"value": [10.0, 20.0, 30.0], "money": ["EUR", "EUR", "USD"]}
    past = history(deals(rows, extra, value="amount", money="currency"), outcome_of=MEANING)
    assert past.amount[:2].tolist() == [10.0, 20.0]
    assert np.isnan(past.amount[2])
    assert any("1 amounts are not in EUR" in w for w in past.warnings)


def test_no_deal_is_opened_or_closed_in_the_future():
    rows = [
        *TWO,
        ("3", "c", "won", "2031-02-01", "2031-03-01"),  # a slip of the hand
        ("4", "d", "lost", "2024-02-01", "2027-07-01"),  # decided, so it was closed by now, nobody knows when
        ("5", "e", "open", "2024-02-01", "2027-07-01"),  # expected: no mistake
    ]
    facts = {"size": np.arange(5.0), "Founded": [2024.0, 2023, 2025, 2025, 2025]}
    past = history(deals(rows, facts), outcome_of=MEANING, today=date(2024, 6, 1))
    assert past.ids.tolist() == ["1", "2", "4"]
    assert past.as_of == date(2024, 3, 1)
    assert np.isnat(past.closed).tolist() == [False, False, True]
    assert past.open_deals == 1
    said = " ".join(past.warnings)
    assert "1 of 5 deals have an opening day in the future (after 2024-06-01) and are left out." in said
    assert "1 decided deals have a closing day in the future" in said
    assert "'Founded': 2 deals were opened before that year." in said
    with pytest.raises(TooLittleDataError, match="No deal had been opened by 2020-01-01, the day of learning"):
        history(deals(TWO, {"size": [1.0, 2]}), outcome_of=MEANING, as_of=date(2020, 1, 1))
    with pytest.raises(TooLittleDataError, match="2 of 2 deals have an opening day in the future"):
        history(deals(TWO, {"size": [1.0, 2]}), outcome_of=MEANING, today=date(2023, 6, 1))


def test_days_that_cannot_be_right_are_said():
    rows = [*TWO, ("3", "c", "won", "2024-02-01", "2024-01-01"), ("4", "d", "won", "1905-01-01", "2024-01-01")]
    past = history(deals(rows, {"size": np.arange(4.0)}), outcome_of=MEANING)
    assert any("1 of 4 deals were closed before they were opened" in w for w in past.warnings)
    assert any("1 of 4 deals were opened before 1980" in w for w in past.warnings)
    assert np.isnan(cycle_days(past)[2])
    assert cycle_days(past)[0] == 31


def test_the_cycle_counts_from_the_first_touch_where_it_is_known():
    extra = {"touch": pd.to_datetime(["2023-12-31", None])}
    past = history(deals(TWO, extra, touch="first_touch_on"), outcome_of=MEANING)
    assert cycle_days(past).tolist() == [41.0, 41.0]


def test_known_by_and_opened_after_part_the_history_on_a_day():
    whole = world(400).history()
    day = date(2023, 6, 1)
    before, after = known_by(whole, day), opened_after(whole, day)
    now = np.datetime64(day)
    assert (before.opened < now).all()
    assert (before.closed <= now).all()
    assert (after.opened >= now).all()
    between = int(np.sum((whole.opened < now) & (whole.closed > now)))
    assert len(before.won) + between + len(after.won) == len(whole.won)
    assert between > 0
    assert before.open_deals == between + int(np.sum(whole.open.opened < now))
    assert len(before.open.ids) == before.open_deals
    assert before.as_of == day
    assert before.best is None
    until = opened_after(whole, day, date(2023, 9, 1))
    assert 0 < len(until.won) < len(after.won)
    assert before.rows[-1].rows_out == len(before.won)


def test_deals_without_a_closing_day_are_not_known_by_any_day():
    rows = [("1", "a", "won", "2024-01-10", None), *TWO[1:]]
    past = history(deals(rows, {"size": [1.0, 2.0]}), outcome_of=MEANING)
    assert known_by(past, date(2025, 1, 1)).ids.tolist() == ["2"]


def test_a_history_without_closing_days_warns_that_a_test_is_too_kind():
    rows = [(i, c, o, d, None) for i, c, o, d, _ in TWO]
    then = known_by(history(deals(rows), outcome_of=MEANING), date(2024, 1, 15))
    assert then.ids.tolist() == ["1"]
    assert any("too kind" in w for w in then.warnings)


def test_customers_tell_who_stayed_and_are_never_learned_from():
    it = world(300)
    it.customers["Score"] = 1.0
    past = it.history(customers=it.customers_table())
    assert "Score" not in past.facts
    assert next(e.reason for e in past.excluded if e.column == "Score").startswith("stands in the customers table")
    assert past.roles["started_on"].notna().sum() == past.won.sum()
    assert past.roles["started_on"].notna()[past.won].all()


def test_customers_against_a_market():
    customers = pd.DataFrame(
        {
            "Name": ["Acme Inc", "Bolt", "Bolt Ltd"],
            "Size": [1.0, 2, 2],
            "Plan": ["x", "y", "y"],
            "Kind": ["a", "b", "b"],
        }
    )
    market = pd.DataFrame({"Name": ["ACME", "Cora", "Dune", "Dune"], "size": [9.0, 3, 4, 4], "Kind": [1.0, 2, 3, 3]})
    past = history_against_market(
        source_table("customers.csv", customers, roles={"Name": "name"}),
        source_table("market.csv", market, roles={"Name": "name"}),
        as_of=date(2024, 1, 1),
    )
    assert past.mode == "customers against a market"
    assert past.won.tolist() == [True, True, False, False]
    assert past.facts["Size"].tolist() == [1.0, 2.0, 3.0, 4.0]
    assert past.ids.tolist() == ["Acme Inc", "Bolt", "Cora", "Dune"]
    reasons = {e.column: e.reason for e in past.excluded}
    assert reasons["Plan"] == "stands only in customers.csv"
    assert reasons["Kind"] == "is a category in customers.csv and a number in market.csv"
    assert any(w.startswith("Absence is not a loss") for w in past.warnings)
    gone = next(r for r in past.rows if r.step == "market companies that are no customers")
    assert (gone.rows_in, gone.rows_out) == (3, 2)


def test_a_market_of_customers_only_is_too_little():
    frame = pd.DataFrame({"Name": ["Acme"], "Size": [1.0]})
    same = source_table("m.csv", frame, roles={"Name": "name"})
    with pytest.raises(TooLittleDataError, match=r"no market company.*Give a market list that has other companies too"):
        history_against_market(same, same, as_of=date(2024, 1, 1))


def test_the_world_is_a_crm_with_everything():
    past = world(200).history()
    assert past.as_of == LAST_DAY
    assert set(OUTCOME_OF.values()) == {"won", "lost", "open"}
    assert {a.name for a in past.attributes} >= {"Employees", "Industry", "Tools", "Founded", "Hiring", "Channel"}
    assert next(a for a in past.attributes if a.name == "Tools").layer == "technographic"
    assert 0.2 < past.won.mean() < 0.6


def test_what_only_the_market_tells_is_taken_for_customers_that_stand_in_it():
    customers = source_table(
        "customers.csv", pd.DataFrame({"Company": ["A", "B", "C", "D", "E", "X"]}), roles={"Company": "name"}
    )
    rows = {"Company": ["a", "b", "c", "d", "e", "f", "g"], "Size": [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0]}
    market = source_table("market.csv", pd.DataFrame(rows), roles={"Company": "name"}, kinds={"Size": "number"})
    past = history_against_market(customers, market)
    assert past.facts["Size"][past.won].tolist() == [
        1.0,
        2.0,
        3.0,
        4.0,
        5.0,
    ]  # X stands nowhere: nothing is known of it
    assert past.facts["Size"][~past.won].tolist() == [6.0, 7.0]
    assert any("5 of 6 customers stand in market.csv too" in warning for warning in past.warnings)


def test_tables_without_a_common_attribute_are_refused():
    customers = source_table("customers.csv", pd.DataFrame({"Company": ["A", "B"]}), roles={"Company": "name"})
    rows = {"Company": ["F", "G"], "Size": [6.0, 7.0]}
    market = source_table("market.csv", pd.DataFrame(rows), roles={"Company": "name"}, kinds={"Size": "number"})
    with pytest.raises(TooLittleDataError, match=r"customers\.csv and market\.csv have no attribute in common"):
        history_against_market(customers, market)
