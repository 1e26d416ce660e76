"""Events as tables hold them: matched, dated by when they were known, and every one that is left out counted."""

import numpy as np
import pandas as pd
import pytest

import idealfit
from idealfit.engine import connect
from idealfit.errors import MappingError, TooLittleDataError
from idealfit.learn.assembly import history
from idealfit.learn.signals import signals
from idealfit.sources.outcomes import outcomes
from idealfit.sources.reading import read

DEALS = pd.DataFrame(
    {
        "Deal ID": [f"d{i}" for i in range(12)],
        "Company Name": [f"Example {'ABCDEFGHIJKL'[i]} GmbH" for i in range(12)],
        "Founded On": [f"2015-03-{day:02}" for day in range(1, 13)],
        "Outcome": ["Won", "Lost"] * 6,
        "Create Date": pd.date_range("2023-01-01", periods=12, freq="MS").strftime("%Y-%m-%d"),
        "Close Date": pd.date_range("2023-02-01", periods=12, freq="MS").strftime("%Y-%m-%d"),
    }
)


def told(events, accounts=None):
    connection = connect()
    deals = read(DEALS, connection=connection, table="deals")
    table = read(events, connection=connection, table="signals")
    listed = None if accounts is None else read(accounts, connection=connection, table="accounts")
    past = history(deals, accounts=listed, outcome_of=outcomes(deals, None))
    return signals(table, past, deals, accounts=listed)


ROWS = (
    ("Example A GmbH", "hired", "2023-01-05", "2023-01-09"),
    ("Example B GmbH", "hired", "2023-02-05", None),
    ("Example C GmbH", "hired", "2023-03-05", "2023-03-05"),
    ("Example C GmbH", "hired", "2023-03-05", "2023-03-05"),
    ("Nobody Ltd", "moved", "2023-04-01", "2023-04-01"),
    ("Example D GmbH", "moved", "2014-01-01", "2014-01-01"),
    ("Example E GmbH", "moved", "2031-01-01", "2031-01-01"),
    ("Example F GmbH", None, "2023-05-01", "2023-05-01"),
)
EVENTS = pd.DataFrame(ROWS, columns=["company", "event", "occurred on", "known on"])


def test_events_match_by_name_and_what_is_left_out_is_counted():
    found = told(EVENTS)
    assert {kind: len(h.account) for kind, h in found.by_kind.items()} == {"hired": 3}
    reasons = [row.reason for row in found.rows]
    assert reasons == [
        "1 have no kind, or no day that can be read",
        "1 are at companies that stand neither in the deals nor in the accounts",
        "1 happened or became known after that day",
        "1 are dated before their company existed",
        "1 are told more than once",
    ]
    hired = found.by_kind["hired"]
    day = {int(a): (int(o), int(k)) for a, o, k in zip(hired.account, hired.occurred, hired.known, strict=True)}
    assert day[0][1] - day[0][0] == 4
    assert day[1][1] == day[1][0]
    assert found.warnings[0].startswith("a data frame: 1 events without a day of knowledge count as known on the day")


def test_companies_of_the_accounts_are_compared_with_too():
    accounts = pd.DataFrame({"name": [f"Example {c} GmbH" for c in "ABCDEFGHIJKLMNOPQRSTUVWX"], "size": range(24)})
    events = EVENTS.assign(company=["Example X GmbH", *EVENTS["company"][1:]])
    found = told(events, accounts)
    assert found.by_kind["hired"].account.max() > 11
    assert len(found.existed) >= 24


def test_what_is_no_table_of_events_is_told_what_it_lacks():
    with pytest.raises(MappingError, match="plays the role occurred_on") as caught:
        told(pd.DataFrame({"company": ["Example A", "B", "C"], "colour": ["red", "blue", "red"]}))
    assert len(caught.value.mistakes) == 2
    with pytest.raises(TooLittleDataError, match="no event is left"):
        told(EVENTS.assign(company=[f"Nobody {n}" for n in range(8)]))


def test_triggers_stand_in_the_profile_that_is_learned(tmp_path):
    rng = np.random.default_rng(4)
    companies, days = 200, 1200
    start = np.datetime64("2021-01-01")
    count = rng.poisson(3, companies)
    who, when = np.repeat(np.arange(companies), count), rng.integers(0, days, count.sum())
    chance = np.full((companies, days), 1 / 700)
    for company, day in zip(who, when, strict=True):
        chance[company, day + 1 : day + 90] = 6 / 700
    account, opened = np.nonzero(rng.random(chance.shape) < chance)
    deals = pd.DataFrame(
        {
            "Company ID": [f"c{a}" for a in account],
            "Outcome": np.where(rng.random(len(account)) < 0.4, "Won", "Lost"),
            "Create Date": (start + opened).astype(str),
            "Close Date": (start + opened + 20).astype(str),
            "Amount": rng.integers(1000, 9000, len(account)),
            "size": rng.integers(1, 500, len(account)),
        }
    )
    idle = rng.integers(0, companies, 600)
    events = pd.DataFrame(
        {
            "Company ID": [*(f"c{c}" for c in who), *(f"c{c}" for c in idle)],
            "kind": ["new head of sales"] * len(who) + ["=cmd()\x1b[31m"] * len(idle),
            "occurred on": [*(start + when).astype(str), *(start + rng.integers(0, days, len(idle))).astype(str)],
        }
    )
    profile = idealfit.learn(deals, signals=events)
    (trigger,) = profile.triggers
    assert trigger.kind == "new head of sales"
    assert trigger.window_days[0] == 0
    assert trigger.effect.low < 6 < trigger.effect.high
    assert trigger.weight >= 4
    assert profile.narrative.trigger.source == "data"
    assert "new head of sales" in profile.narrative.text
    assert profile.timelines[0].kind == trigger.kind
    assert profile.economics.figures.deal_size.n == (deals["Outcome"] == "Won").sum()
    saved = idealfit.save_profile(profile, tmp_path / "profile.yaml")
    assert saved.triggers[0].window_days == trigger.window_days
    page = idealfit.report(saved)
    assert "When to call" in page
    assert "new head of sales" in page
    assert "\x1b" not in page
