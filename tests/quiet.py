"""Histories in which nothing is to be found, and histories made of a few columns."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from idealfit.learn.history import Attribute, History

TOOLS = ("SAP", "Slack", "HubSpot", "Zendesk", "Oracle", "Notion")


def past_of(
    facts: pd.DataFrame, won: np.ndarray, *, account: np.ndarray | None = None, opened: np.ndarray | None = None
) -> History:
    """Return facts and outcomes as a history; the first letter of a heading is its kind (n, c, b, l, d)."""
    kinds = {"n": "number", "c": "category", "b": "boolean", "l": "list", "d": "date"}
    rows = len(won)
    days = np.datetime64("2021-01-01") + np.arange(rows) % 1000 if opened is None else opened
    return History(
        facts=facts,
        attributes=tuple(Attribute(str(name), kinds[str(name)[0]], "firmographic") for name in facts),
        won=won,
        account=np.arange(rows) if account is None else account.astype(np.int64),
        opened=days.astype("datetime64[D]"),
        closed=days.astype("datetime64[D]") + 60,
        amount=np.full(rows, np.nan),
        ids=np.array([str(row) for row in range(rows)], dtype=object),
        as_of=date(2024, 1, 1),
    )


def unrelated(deals: int, rng: np.random.Generator) -> History:
    """Return independent deals, a third of them won, whatever their ten facts say."""
    days = np.datetime64("2021-01-01") + rng.integers(0, 1000, deals)
    return past_of(facts_by_chance(deals, rng), rng.random(deals) < 1 / 3, opened=days)


def clustered(deals: int, rng: np.random.Generator) -> History:
    """Return deals of companies that each like us more or less, for no reason that is in their ten facts."""
    companies = deals // 5
    account = rng.integers(0, companies, deals)
    liking = rng.beta(1, 2, companies)
    facts = facts_by_chance(companies, rng).iloc[account].reset_index(drop=True)
    days = np.datetime64("2021-01-01") + rng.integers(0, 1000, deals)
    return past_of(facts, rng.random(deals) < liking[account], account=account, opened=days)


def facts_by_chance(rows: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return two columns of each kind, a sixth of the cells unknown."""
    columns: dict[str, pd.Series] = {}
    for i in range(2):
        lists = [tuple(t for t in TOOLS if rng.random() < 0.3) or None for _ in range(rows)]
        columns[f"n{i}"] = pd.Series(np.round(rng.lognormal(4, 1.5, rows)))
        columns[f"d{i}"] = pd.Series(rng.integers(0, 2000, rows).astype(float))
        columns[f"c{i}"] = pd.Series(rng.choice([f"value {k}" for k in range(10)], rows).astype(object))
        columns[f"b{i}"] = pd.Series(rng.choice(["yes", "no"], rows).astype(object))
        columns[f"l{i}"] = pd.Series(lists, dtype=object)
    for column in columns.values():
        column[rng.random(rows) < 1 / 6] = None
    return pd.DataFrame(columns)
