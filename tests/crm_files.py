"""The synthetic CRM of `world`, laid out as the files a person would have, and learned from once per process."""

from __future__ import annotations

import atexit
import shutil
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pandas as pd

import idealfit
from idealfit.pipeline import learning
from idealfit.profile.document import Profile
from idealfit.prove.trials import Backtest
from world import World, world

CUTOFF = "2023-01-01"


@dataclass(frozen=True)
class Crm:
    """A folder of files, the profile learned from them (there as profile.yaml), and what learning told meanwhile."""

    folder: Path
    profile: Profile
    told: tuple[tuple[str, float], ...]


@cache
def crm() -> Crm:
    """Return a CRM with a rule in it."""
    return _learned(500, signal=1.0)


@cache
def noise() -> Crm:
    """Return a CRM in which deals are won by tossing a coin."""
    return _learned(300, signal=0.0, seed=5)


@cache
def proof() -> Backtest:
    """Return a backtest of `crm` on one day; it is also in the folder, as backtest.json."""
    place = crm().folder
    found = learning.backtest(place / "deals.csv", accounts=place / "accounts.csv", cutoffs=[CUTOFF])
    idealfit.pipeline.save_backtest(found, place / "backtest.json")
    return found


def _learned(n: int, **options) -> Crm:
    folder = Path(tempfile.mkdtemp(prefix="idealfit-tests-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    crm_files(folder, n, **options)
    told: list[tuple[str, float]] = []
    profile = idealfit.learn(
        folder / "deals.csv",
        accounts=folder / "accounts.csv",
        customers=folder / "customers.csv",
        progress=lambda words, share: told.append((words, share)),
    )
    return Crm(folder, idealfit.save_profile(profile, folder / "profile.yaml"), tuple(told))


def crm_files(folder: Path, n: int, **options) -> World:
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
