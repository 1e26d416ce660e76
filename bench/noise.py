"""Histories in which nothing is to be found, made up or made out of real ones."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from idealfit.learn.history import Attribute, History
from task import Index, Task

VALUES = ("Austria", "Belgium", "Canada", "Denmark", "Estonia", "France", "Greece", "Hungary", "Italy", "Japan")
TOOLS = tuple(f"Tool {letter}" for letter in "ABCDEFGHIJKLMNOPQRST")


def shuffled(task: Task, rows: int, rng: np.random.Generator) -> History:
    """Return `rows` of a real task with outcomes that are dealt out anew."""
    chosen = rng.choice(len(task.won), size=min(rows, len(task.won)), replace=False)
    past = task.history(np.sort(chosen))
    return replace(past, won=rng.permutation(past.won))


def unrelated(deals: int, attributes: int, rng: np.random.Generator) -> History:
    """Return independent deals: all kinds of attributes, a sixth of the cells unknown, a third of the deals won."""
    days = np.datetime64("2021-01-01") + rng.integers(0, 1000, deals).astype("timedelta64[D]")
    return _history(_facts(deals, attributes, rng), rng.random(deals) < 1 / 3, np.arange(deals), days)


def clustered(deals: int, attributes: int, rng: np.random.Generator) -> History:
    """Return deals of companies that each like us more or less, for no reason that is in their facts."""
    companies = deals // 5
    account = rng.integers(0, companies, deals)
    liking = rng.beta(1, 2, companies)
    facts = _facts(companies, attributes, rng).iloc[account].reset_index(drop=True)
    days = np.datetime64("2021-01-01") + rng.integers(0, 1000, deals).astype("timedelta64[D]")
    return _history(facts, rng.random(deals) < liking[account], account, days)


def _history(facts: pd.DataFrame, won: np.ndarray, account: Index, opened: np.ndarray) -> History:
    kinds = {"n": "number", "c": "category", "b": "boolean", "l": "list", "d": "date"}
    return History(
        facts=facts,
        attributes=tuple(Attribute(name, kinds[name[0]], "firmographic") for name in facts.columns),  # type: ignore[arg-type]
        won=won,
        account=account.astype(np.int64),
        opened=opened,
        closed=opened + np.timedelta64(60, "D"),
        amount=np.full(len(won), np.nan),
        ids=np.array([str(row) for row in range(len(won))], dtype=object),
    )


def _facts(rows: int, attributes: int, rng: np.random.Generator) -> pd.DataFrame:
    """Return `attributes` columns, taking turns among number, category, boolean, list and date."""
    columns = {}
    for number in range(attributes):
        kind = "ncbld"[number % 5]
        unknown = rng.random(rows) < 1 / 6
        cells: np.ndarray
        if kind == "n":
            cells = np.where(unknown, np.nan, np.round(rng.lognormal(4, 1.5, rows)))
        elif kind == "d":
            cells = np.where(unknown, np.nan, rng.integers(0, 2000, rows).astype(float))
        elif kind == "l":
            held = rng.random((rows, len(TOOLS))) < np.linspace(0.02, 0.3, len(TOOLS))
            cells = _objects([tuple(tool for tool, has in zip(TOOLS, row, strict=True) if has) or None for row in held])
            cells[unknown] = None
        else:
            cells = _objects(list(rng.choice(VALUES if kind == "c" else ("yes", "no"), rows)))
            cells[unknown] = None
        columns[f"{kind}{number}"] = cells
    return pd.DataFrame(columns)


def _objects(cells: list[object]) -> np.ndarray:
    """Return a one-dimensional object array, whatever the cells are."""
    array = np.empty(len(cells), dtype=object)
    array[:] = [str(cell) if isinstance(cell, str) else cell for cell in cells]
    return array
