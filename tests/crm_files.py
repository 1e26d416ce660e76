"""The synthetic CRM of `world`, laid out as the files a person would have."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from world import World, world


def crm_files(folder: Path, n: int = 500, **options) -> World:
    """Write deals.csv, accounts.csv, customers.csv and companies.csv (accounts nobody sold to) into `folder`."""
    sold = world(n, **options)
    others = world(200, seed=99).accounts
    others["Account ID"] = "N" + others["Account ID"]
    tables = {"deals": sold.deals, "accounts": sold.accounts, "customers": sold.customers, "companies": others}
    for name, table in tables.items():
        as_text(table).to_csv(folder / f"{name}.csv", index=False, date_format="%Y-%m-%d")
    return sold


def as_text(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table with its lists as cells such as ``Slack; SAP``."""
    return table.map(lambda cell: "; ".join(cell) if isinstance(cell, tuple) else cell)
