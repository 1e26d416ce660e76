"""Tasks from the dated funding tables: raises again, is acquired, and who an investor backs next.

A company stands in a snapshot of day T if its first known round was on or before T and it had not been acquired by
then; its facts are built from rounds on or before T. `status`, `funding_total_usd`, `funding_rounds` and the `last_*`
columns are as of 2013 and are never read. What is learned from was fully known on the day that is judged.
"""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd

from task import DATA, Fold, Task, attributes, days_before, numbers, words

COLUMNS = attributes(
    category=("category", "firmographic"),
    state=("category", "firmographic"),
    region=("category", "firmographic"),
    city=("category", "firmographic"),
    age_years=("number", "firmographic"),
    rounds=("number", "operational"),
    raised_usd=("number", "operational"),
    last_round_type=("category", "operational"),
    last_round_usd=("number", "operational"),
    last_round=("date", "behavioural"),
    first_round=("date", "behavioural"),
)
CUSTOMERS = 25  # an investor is judged with at least so many deals to learn from ...
JUDGED = 15  # ... and so many to be judged on


@cache
def _tables() -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Return companies, dated rounds and dated acquisitions."""
    folder = DATA / "crunchbase_2013"
    companies = pd.read_csv(folder / "companies.csv")
    rounds = pd.read_csv(folder / "rounds.csv")
    rounds["funded_at"] = pd.to_datetime(rounds["funded_at"], errors="coerce")
    acquired = pd.read_csv(folder / "acquisitions.csv")
    acquired["acquired_at"] = pd.to_datetime(acquired["acquired_at"], errors="coerce")
    return companies, rounds.dropna(subset="funded_at"), acquired.dropna(subset="acquired_at")


def snapshot(day: pd.Timestamp) -> pd.DataFrame:
    """Return one row per company known and independent on `day`: permalink, name, and the facts of COLUMNS."""
    companies, rounds, acquired = _tables()
    past = rounds[rounds["funded_at"] <= day].sort_values("funded_at", kind="stable")
    by_company = past.groupby("company_permalink")
    known = by_company.agg(
        rounds_n=("funded_at", "size"),
        raised=("raised_amount_usd", "sum"),
        first=("funded_at", "min"),
        last=("funded_at", "max"),
    )
    last_round = past.groupby("company_permalink").tail(1).set_index("company_permalink")
    known = known.join(last_round[["funding_round_type", "raised_amount_usd"]]).reset_index()
    gone = set(acquired.loc[acquired["acquired_at"] <= day, "company_permalink"])
    rows = known.merge(companies, left_on="company_permalink", right_on="permalink")
    rows = rows[~rows["permalink"].isin(gone)].sort_values("permalink", kind="stable").reset_index(drop=True)
    return pd.DataFrame(
        {
            "permalink": rows["permalink"],
            "key": rows["name"].astype(str).str.lower(),
            "day": day,
            "category": words(rows["category_code"]),
            "state": words(rows["state_code"]),
            "region": words(rows["region"]),
            "city": words(rows["city"]),
            "age_years": days_before(rows["founded_at"], day) / 365.25,
            "rounds": numbers(rows["rounds_n"]),
            "raised_usd": numbers(rows["raised"]),
            "last_round_type": words(rows["funding_round_type"]),
            "last_round_usd": numbers(rows["raised_amount_usd"]),
            "last_round": days_before(rows["last"], day),
            "first_round": days_before(rows["first"], day),
        }
    )


def raises_again() -> Task:
    """Raises another round within 12 months."""
    _, rounds, _ = _tables()
    events = rounds[["company_permalink", "funded_at"]].set_axis(["permalink", "on"], axis=1)
    text = "independent US companies with a round; another within 12 months; learned on 2011-09, judged on 2012-09"
    return _forward("crunchbase raises again", text, ("2011-09-30", "2012-09-30"), 12, events)


def is_acquired() -> Task:
    """Is acquired within 24 months."""
    _, _, acquired = _tables()
    events = acquired[["company_permalink", "acquired_at"]].set_axis(["permalink", "on"], axis=1)
    text = "independent US companies with a round; acquired within 24 months; learned on 2009-09, judged on 2011-09"
    return _forward("crunchbase acquired", text, ("2009-09-30", "2011-09-30"), 24, events)


def _forward(name: str, text: str, days: tuple[str, str], months: int, events: pd.DataFrame) -> Task:
    """Return the task of learning on the first day's snapshot and judging on the second's."""
    parts = [_with_outcome(snapshot(pd.Timestamp(day)), months, events) for day in days]
    n = len(parts[0])
    rows = pd.concat(parts, ignore_index=True)
    return _task(name, text, rows, ((np.arange(n), np.arange(n, len(rows))),))


def _with_outcome(rows: pd.DataFrame, months: int, events: pd.DataFrame) -> pd.DataFrame:
    """Return the snapshot with `won`: an event after its day and within so many months."""
    day = rows["day"].iloc[0]
    soon = events[(events["on"] > day) & (events["on"] <= day + pd.DateOffset(months=months))]
    return rows.assign(won=rows["permalink"].isin(soon["permalink"]))


def look_alikes() -> Task:
    """Which companies an investor backs, again or for the first time, within 24 months: a fold per investor."""
    edges = pd.read_csv(DATA / "crunchbase_2013" / "investments_to_2011-09.csv", parse_dates=["funded_when"])
    edges = edges.dropna(subset=["company_name", "investor_name"])
    edges["key"] = edges["company_name"].str.lower()
    days = ("2005-10-01", "2007-10-01", "2009-10-01")  # the edges end with 2011-09
    *early, late = (snapshot(pd.Timestamp(day)).drop_duplicates("key") for day in days)
    tables, folds, start = [], [], 0
    busy = edges["investor_name"].map(edges["investor_name"].value_counts()) >= CUSTOMERS + JUDGED
    for _, own in edges[busy].groupby("investor_name"):
        learned = pd.concat([_backed(rows, own) for rows in early])
        judged = _backed(late, own)
        if learned["won"].sum() < CUSTOMERS or judged["won"].sum() < JUDGED:
            continue
        middle, end = start + len(learned), start + len(learned) + len(judged)
        folds.append((np.arange(start, middle), np.arange(middle, end)))
        tables += [learned, judged]
        start = end
    text = (
        f"{len(folds)} investors as sellers, a profile each: which of all companies known on the day it backs within "
        "24 months; learned on 2005-10 and 2007-10, judged on 2009-10"
    )
    return _task("crunchbase look-alikes", text, pd.concat(tables, ignore_index=True), tuple(folds))


def _backed(rows: pd.DataFrame, own: pd.DataFrame) -> pd.DataFrame:
    """Return the snapshot with `won`: this investor takes part in a round within 24 months."""
    day = rows["day"].iloc[0]
    soon = own[(own["funded_when"] > day) & (own["funded_when"] <= day + pd.DateOffset(months=24))]
    return rows.assign(won=rows["key"].isin(soon["key"]))


def _task(name: str, text: str, rows: pd.DataFrame, folds: tuple[Fold, ...]) -> Task:
    """Return the task over stacked snapshots."""
    return Task(
        name,
        text,
        rows[[column.name for column in COLUMNS]].reset_index(drop=True),
        COLUMNS,
        rows["won"].to_numpy(dtype=bool),
        pd.factorize(rows["permalink"])[0].astype(np.int64),
        rows["day"].to_numpy().astype("datetime64[D]"),
        folds,
    )
