"""A synthetic CRM whose true rule we chose: every learning step must find it again, and find nothing in noise.

The seller wins companies with 50 to 249 employees that run Salesforce; retail hardly ever buys. Region, colour and
revenue mean nothing (revenue follows employees). With ``signal=0`` the same companies are won by tossing a coin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import ibis
import numpy as np
import pandas as pd
import pyarrow as pa

from idealfit.learn.assembly import history
from idealfit.learn.history import History
from idealfit.tables import Column, Kind, Layer, SourceTable

FIRST_DAY = date(2021, 1, 1)
LAST_DAY = date(2024, 12, 31)
OUTCOME_OF = {"Closed Won": "won", "Closed Lost": "lost", "Negotiation": "open", "Proposal": "open"}
INDUSTRIES = ("Software", "Healthcare", "Retail", "Manufacturing", "Logistics")
REGIONS = ("North", "South", "East", "West")
TOOLS = ("Salesforce", "HubSpot", "Slack", "Zendesk", "SAP")
OWNERS = ("Owner A", "Owner B", "Owner C", "Owner D")

_ARROW: dict[str, pa.DataType] = {"number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
_ROLE_KIND: dict[str, Kind] = {
    **dict.fromkeys(("opened_on", "closed_on", "first_touch_on", "last_activity_on", "known_on"), "date"),
    **dict.fromkeys(("started_on", "churned_on", "renewed_on", "expanded_on"), "date"),
    **dict.fromkeys(("amount", "activities", "arr", "lifetime_value"), "number"),
    **dict.fromkeys(("deal_id", "account_id"), "identifier"),
}


def source_table(
    name: str,
    frame: pd.DataFrame,
    *,
    roles: dict[str, str] | None = None,
    kinds: dict[str, Kind] | None = None,
    layers: dict[str, Layer] | None = None,
) -> SourceTable:
    """Return a frame as a source table; `roles`, `kinds` and `layers` are by heading, kinds guessed where not given."""
    roles, kinds, layers = roles or {}, kinds or {}, layers or {}
    columns, arrays = [], []
    for heading in frame.columns:
        role, values = roles.get(heading), frame[heading]
        kind = kinds.get(heading) or (_ROLE_KIND.get(role, "category") if role else _kind(values))
        plain = [None if _blank(v) else v for v in values.tolist()]
        if kind == "date":
            plain = [None if v is None else pd.Timestamp(v).date() for v in plain]
        elif kind not in ("number", "boolean", "list"):
            plain = [None if v is None else str(v) for v in plain]
        arrays.append(pa.array(plain, type=pa.list_(pa.string()) if kind == "list" else _ARROW.get(kind, pa.string())))
        missing = sum(v is None for v in plain) / max(len(plain), 1)
        columns.append(Column(heading, kind, role=role, layer=layers.get(heading), missing=missing))
    table = ibis.memtable(pa.table(arrays, names=list(frame.columns)))
    return SourceTable(name, table, tuple(columns), fingerprint=f"{name} {len(frame)}")


def _blank(value: object) -> bool:
    return value is None or (not isinstance(value, (list, tuple)) and bool(pd.isna(value)))


def _kind(values: pd.Series) -> Kind:
    filled = [v for v in values.tolist() if not _blank(v)]
    if not filled:
        return "empty"
    if all(isinstance(v, (bool, np.bool_)) for v in filled):
        return "boolean"
    if all(isinstance(v, (int, float)) for v in filled):
        return "number"
    if all(isinstance(v, (list, tuple)) for v in filled):
        return "list"
    return "date" if all(isinstance(v, (date, pd.Timestamp, np.datetime64)) for v in filled) else "category"


@dataclass(frozen=True)
class World:
    """Frames as a person would export them, the same as source tables, and the true chance of winning per deal."""

    deals: pd.DataFrame
    accounts: pd.DataFrame
    customers: pd.DataFrame
    chance: np.ndarray

    def deals_table(self, extra: dict[str, Kind] | None = None) -> SourceTable:
        """Return the deals; further columns that a test added to the frame are attributes."""
        return source_table("deals.csv", self.deals, roles=DEAL_ROLES, kinds=extra)

    def accounts_table(self) -> SourceTable:
        """Return the companies with their facts."""
        return source_table("accounts.csv", self.accounts, roles=ACCOUNT_ROLES, layers=LAYERS)

    def customers_table(self) -> SourceTable:
        """Return who bought, with churn, renewal and expansion."""
        return source_table("customers.csv", self.customers, roles=CUSTOMER_ROLES)

    def history(self, as_of: date | None = LAST_DAY, **options) -> History:
        """Return the history of this world, learned on `as_of`."""
        options.setdefault("accounts", self.accounts_table())
        return history(self.deals_table(), outcome_of=OUTCOME_OF, as_of=as_of, **options)


DEAL_ROLES = {
    "Deal ID": "deal_id",
    "Account ID": "account_id",
    "Stage": "outcome",
    "Create Date": "opened_on",
    "Close Date": "closed_on",
    "Amount": "amount",
    "Owner": "owner",
    "Activities": "activities",
    "First Touch": "first_touch_on",
    "Lost Reason": "lost_reason",
}
ACCOUNT_ROLES = {"Account ID": "account_id", "Name": "name", "Domain": "domain"}
CUSTOMER_ROLES = {
    "Account ID": "account_id",
    "Started": "started_on",
    "Churned": "churned_on",
    "Renewed": "renewed_on",
    "Expanded": "expanded_on",
    "ARR": "arr",
}
LAYERS: dict[str, Layer] = {"Tools": "technographic", "Founded": "firmographic", "Last Funding": "behavioural"}


def world(n: int = 600, *, seed: int = 0, signal: float = 1.0, open_share: float = 0.1) -> World:
    """Return a CRM of `n` deals with one company each; `signal` scales the log-odds of the true rule (0 is noise)."""
    rng = np.random.default_rng(seed)
    days = (LAST_DAY - FIRST_DAY).days
    opened = np.sort(rng.integers(0, days - 120, n))
    employees = np.round(np.exp(rng.normal(4.8, 1.3, n))).clip(1)
    industry = rng.choice(INDUSTRIES, n)
    tools = [tuple(t for t in TOOLS if rng.random() < 0.35) for _ in range(n)]
    sweet = (employees >= 50) & (employees < 250)
    salesforce = np.array(["Salesforce" in t for t in tools])
    score = -1.6 + signal * (1.8 * sweet + 1.4 * salesforce - 2.5 * (industry == "Retail")) + (1 - signal) * 1.0
    chance = 1 / (1 + np.exp(-score))
    won = rng.random(n) < chance
    cycle = rng.integers(10, 120, n)
    is_open = rng.random(n) < open_share * (opened > days * 0.8) * 5
    start = np.datetime64(FIRST_DAY)
    stage = np.where(is_open, rng.choice(["Negotiation", "Proposal"], n), np.where(won, "Closed Won", "Closed Lost"))
    account = np.array([f"A{i:05d}" for i in range(n)])
    reasons = rng.choice(["Price", "No decision", "Competitor"], n)
    deals = pd.DataFrame(
        {
            "Deal ID": [f"D{i:05d}" for i in range(n)],
            "Account ID": account,
            "Stage": stage,
            "Create Date": start + opened,
            "Close Date": np.where(is_open, np.datetime64("NaT", "D"), start + opened + cycle),
            "Amount": np.round(np.exp(rng.normal(10, 0.6, n)), -2),
            "Owner": rng.choice(OWNERS, n),
            "Activities": rng.integers(1, 30, n).astype(float),
            "First Touch": start + opened - rng.integers(0, 30, n),
            "Lost Reason": np.where(stage == "Closed Lost", reasons, None),
            "Channel": rng.choice(["Inbound", "Outbound", "Partner"], n),
        }
    )
    accounts = pd.DataFrame(
        {
            "Account ID": account,
            "Name": [f"Company {i:05d} Ltd" for i in range(n)],
            "Domain": [f"company{i:05d}.net" for i in range(n)],
            "Employees": np.where(rng.random(n) < 0.05, np.nan, employees),
            "Revenue": np.round(employees * np.exp(rng.normal(11.5, 0.4, n)), -3),
            "Industry": np.where(rng.random(n) < 0.04, None, industry),
            "Region": rng.choice(REGIONS, n),
            "Tools": [None if rng.random() < 0.1 else t for t in tools],
            "Colour": rng.choice(["red", "green", "blue"], n),
            "Founded": start + opened - rng.integers(200, 9000, n),
            "Hiring": rng.random(n) < 0.4,
        }
    )
    return World(deals, accounts, _customers(deals, rng), chance)


def _customers(deals: pd.DataFrame, rng: np.random.Generator) -> pd.DataFrame:
    bought = deals[deals["Stage"] == "Closed Won"]
    start = bought["Close Date"].to_numpy().astype("datetime64[D]")
    age = (np.datetime64(LAST_DAY) - start).astype(int)
    left = (rng.random(len(bought)) < 0.25) & (age > 365)
    grown = ~left & (rng.random(len(bought)) < 0.4) & (age > 200)
    nat = np.datetime64("NaT", "D")
    return pd.DataFrame(
        {
            "Account ID": bought["Account ID"].to_numpy(),
            "Started": start,
            "Churned": np.where(left, start + 365, nat),
            "Renewed": np.where(~left & (age > 365), start + 365, nat),
            "Expanded": np.where(grown, start + 200, nat),
            "ARR": bought["Amount"].to_numpy(),
        }
    )
