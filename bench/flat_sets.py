"""Tasks from the sets that are one or two plain tables: salvirt, bank, telco, maven_crm, adventureworks."""

from __future__ import annotations

import numpy as np
import pandas as pd

from idealfit.learn.history import Attribute
from task import DATA, Task, attributes, days_before, grouped_folds, numbers, undated, words, yes_no


def salvirt_won() -> Task:
    """B2B software opportunities; rows with identical inputs stay in one fold."""
    raw = pd.read_csv(DATA / "salvirt" / "opportunities.csv", keep_default_na=False)
    names = [name for name in raw.columns if name not in ("Status", "Seller")]
    groups = raw.drop(columns="Status").groupby(list(raw.columns[:-1]), sort=True).ngroup().to_numpy(dtype=np.int64)
    won = (raw["Status"] == "Won").to_numpy()
    facts = pd.DataFrame({name: words(raw[name]) for name in names})
    columns = tuple(Attribute(name, "category", "operational") for name in names)
    text = "448 B2B software opportunities; 5 folds grouped by identical inputs; the seller is left out, as an owner is"
    return Task("salvirt won", text, facts, columns, won, groups, undated(len(won)), grouped_folds(groups, won))


def bank_yes() -> Task:
    """Bank contacts in the order they were made, without the call's duration: early 70 % against late 30 %."""
    raw = pd.read_parquet(DATA / "bank_marketing" / "contacts.parquet").drop(columns="duration")
    won = (raw.pop("y") == "yes").to_numpy()
    numeric = [name for name in raw.columns if pd.api.types.is_numeric_dtype(raw[name])]
    facts = pd.DataFrame({name: numbers(raw[name]) if name in numeric else words(raw[name]) for name in raw.columns})
    columns = tuple(
        Attribute(
            name, "number" if name in numeric else "category", "behavioural" if name in TIMELY else "firmographic"
        )
        for name in raw.columns
    )
    cut = int(len(won) * 0.7)
    folds = ((np.arange(cut), np.arange(cut, len(won))),)
    # The file has no dates, only an order; a day per hundred contacts lets the learner see what came first.
    opened = np.datetime64("2008-05-01") + (np.arange(len(won)) * 925 // len(won)).astype("timedelta64[D]")
    text = "41,188 contacts without `duration`; learned on the first 70 % in file order, judged on the last 30 %"
    return Task("bank yes", text, facts, columns, won, np.arange(len(won)), opened, folds)


TIMELY = ("emp.var.rate", "cons.price.idx", "cons.conf.idx", "euribor3m", "nr.employed", "month", "day_of_week")


def telco_churn() -> Task:
    """Subscribers who left."""
    raw = pd.read_csv(DATA / "telco" / "churn.csv").drop(columns="customerID")
    won = (raw.pop("Churn") == "Yes").to_numpy()
    facts, columns = {}, []
    for name in raw.columns:
        cells = {str(cell).lower() for cell in raw[name].unique()}
        if name in ("tenure", "MonthlyCharges", "TotalCharges"):
            facts[name], kind = numbers(raw[name]), "number"
        elif cells <= {"yes", "no", "0", "1"}:
            facts[name], kind = yes_no(raw[name]), "boolean"
        else:
            facts[name], kind = words(raw[name]), "category"
        columns.append(Attribute(name, kind, "operational"))
    groups = np.arange(len(won))
    text = "7,043 subscribers, 'won' is having left; 5 folds"
    return Task(
        "telco churn",
        text,
        pd.DataFrame(facts),
        tuple(columns),
        won,
        groups,
        undated(len(won)),
        grouped_folds(groups, won),
    )


def maven_won() -> Task:
    """Closed opportunities of a fictional CRM: other accounts, later deals."""
    folder = DATA / "maven_crm"
    deals = pd.read_csv(folder / "sales_pipeline.csv", parse_dates=["engage_date"])
    deals = deals[deals["deal_stage"].isin(["Won", "Lost"])].sort_values("engage_date", kind="stable")
    deals["product"] = deals["product"].replace("GTXPro", "GTX Pro")
    raw = (
        deals.merge(pd.read_csv(folder / "accounts.csv"), on="account", how="left")
        .merge(pd.read_csv(folder / "products.csv"), on="product", how="left")
        .merge(pd.read_csv(folder / "sales_teams.csv"), on="sales_agent", how="left")
        .reset_index(drop=True)
    )
    facts = pd.DataFrame(
        {
            "sector": words(raw["sector"]),
            "year_established": numbers(raw["year_established"]),
            "revenue": numbers(raw["revenue"]),
            "employees": numbers(raw["employees"]),
            "office_location": words(raw["office_location"]),
            "subsidiary_of": words(raw["subsidiary_of"]),
            "product": words(raw["product"]),
            "series": words(raw["series"]),
            "list_price": numbers(raw["sales_price"]),
            "regional_office": words(raw["regional_office"]),
        }
    )
    columns = attributes(
        sector=("category", "firmographic"),
        year_established=("number", "firmographic"),
        revenue=("number", "firmographic"),
        employees=("number", "firmographic"),
        office_location=("category", "firmographic"),
        subsidiary_of=("category", "firmographic"),
        product=("category", "operational"),
        series=("category", "operational"),
        list_price=("number", "operational"),
        regional_office=("category", "operational"),
    )
    won = (raw["deal_stage"] == "Won").to_numpy()
    groups = pd.factorize(raw["account"])[0].astype(np.int64)
    opened = raw["engage_date"].to_numpy().astype("datetime64[D]")
    late = opened >= np.datetime64("2017-07-01")
    folds = tuple(
        (np.flatnonzero(~late & (groups % 2 != half)), np.flatnonzero(late & (groups % 2 == half))) for half in (0, 1)
    )
    text = "6,711 deals; learned on half of the accounts before 2017-07, judged on the other half's later deals"
    return Task("maven won", text, facts, columns, won, groups, opened, folds, held_out=True)


def adventureworks_orders_again() -> Task:
    """Resellers that order within six months of a day."""
    folder = DATA / "adventureworks"
    orders = pd.read_csv(folder / "FactResellerSales.csv", parse_dates=["OrderDate"], na_values="NULL")
    orders = orders.groupby(["SalesOrderNumber", "OrderDate", "ResellerKey"], as_index=False)["SalesAmount"].sum()
    resellers = pd.read_csv(folder / "Resellers.csv").merge(
        pd.read_csv(folder / "DimReseller.csv")[["ResellerKey", "ProductLine"]], on="ResellerKey"
    )
    learned = [
        _resellers_on(day, resellers, orders) for day in pd.to_datetime(["2018-07-01", "2019-01-01", "2019-07-01"])
    ]
    judged = _resellers_on(pd.Timestamp("2020-01-01"), resellers, orders)
    raw = pd.concat([*learned, judged], ignore_index=True)
    facts = pd.DataFrame(
        {
            "business_type": words(raw["BusinessType"]),
            "product_line": words(raw["ProductLine"]),
            "country": words(raw["Country_Region"]),
            "state": words(raw["StateProvinceName"]),
            "orders": numbers(raw["orders"]),
            "spent": numbers(raw["spent"]).round(2),
            "largest_order": numbers(raw["largest"]).round(2),
            "last_order": days_before(raw["last"], raw["day"]),
            "first_order": days_before(raw["first"], raw["day"]),
        }
    )
    columns = attributes(
        business_type=("category", "firmographic"),
        product_line=("category", "operational"),
        country=("category", "firmographic"),
        state=("category", "firmographic"),
        orders=("number", "behavioural"),
        spent=("number", "behavioural"),
        largest_order=("number", "behavioural"),
        last_order=("date", "behavioural"),
        first_order=("date", "behavioural"),
    )
    n = len(raw) - len(judged)
    text = "resellers that order again within 6 months; learned on three days to 2019-07, judged on 2020-01"
    return Task(
        "adventureworks orders again",
        text,
        facts,
        columns,
        raw["won"].to_numpy(),
        raw["ResellerKey"].to_numpy(dtype=np.int64),
        raw["day"].to_numpy().astype("datetime64[D]"),
        ((np.arange(n), np.arange(n, len(raw))),),
        held_out=True,
    )


def _resellers_on(day: pd.Timestamp, resellers: pd.DataFrame, orders: pd.DataFrame) -> pd.DataFrame:
    """Return the resellers with an order before `day`, what was known of them, and whether they order in six months."""
    past = orders[orders["OrderDate"] < day].groupby("ResellerKey")
    known = past.agg(
        orders=("SalesAmount", "size"),
        spent=("SalesAmount", "sum"),
        largest=("SalesAmount", "max"),
        first=("OrderDate", "min"),
        last=("OrderDate", "max"),
    ).reset_index()
    soon = orders[(orders["OrderDate"] >= day) & (orders["OrderDate"] < day + pd.DateOffset(months=6))]
    rows = known.merge(resellers, on="ResellerKey")
    return rows.assign(day=day, won=rows["ResellerKey"].isin(soon["ResellerKey"]))
