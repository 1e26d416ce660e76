"""Tasks from the start-up directory: who uses a vendor, and who gives up."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from task import DATA, Task, attributes, grouped_folds, lists, numbers, undated, words, yes_no

COMPANY = attributes(
    industry=("category", "firmographic"),
    subindustry=("category", "firmographic"),
    team_size=("number", "firmographic"),
    batch_year=("number", "firmographic"),
    stage=("category", "firmographic"),
    regions=("list", "firmographic"),
    locations=("list", "firmographic"),
    tags=("list", "operational"),
    nonprofit=("boolean", "firmographic"),
    is_hiring=("boolean", "behavioural"),
)
PANEL = tuple(column for column in COMPANY if column.name not in ("nonprofit", "stage", "locations"))


def uses_lever() -> Task:
    """Active companies whose jobs stand on Lever."""
    return _uses("lever", held_out=False)


def uses_workable() -> Task:
    """Active companies whose jobs stand on Workable."""
    return _uses("workable", held_out=True)


def _uses(vendor: str, *, held_out: bool) -> Task:
    """Return the task of finding a vendor's customers among all active companies; absence is not a loss."""
    raw = pd.read_json(DATA / "yc" / "companies_2023-12.jsonl", lines=True)
    raw = raw[raw["status"] == "Active"].reset_index(drop=True)
    customers = pd.read_csv(DATA / "ats_customers" / f"{vendor}.csv", keep_default_na=False)
    keys = {_key(name) for name in customers["name"]} | {_key(url.rsplit("/", 1)[-1]) for url in customers["url"]}
    keys.discard("")
    won = np.array([bool({_key(name), _key(slug)} & keys) for name, slug in zip(raw["name"], raw["slug"], strict=True)])
    facts = pd.DataFrame(
        {
            "industry": words(raw["industry"]),
            "subindustry": words(raw["subindustry"]),
            "team_size": numbers(raw["team_size"]),
            "batch_year": _batch_year(raw["batch"]),
            "stage": words(raw["stage"]),
            "regions": lists(raw["regions"]),
            "locations": lists(raw["all_locations"], ";"),
            "tags": lists(raw["tags"]),
            "nonprofit": yes_no(raw["nonprofit"]),
            "is_hiring": yes_no(raw["isHiring"]),
        }
    )
    groups = np.arange(len(won))
    text = f"{len(won):,} active companies, {won.sum()} found on {vendor.title()} by name or slug; 5 folds"
    return Task(
        f"yc uses {vendor.title()}", text, facts, COMPANY, won, groups, undated(len(won)), grouped_folds(groups, won),
        held_out=held_out, mode="customers against a market",
    )  # fmt: skip


def goes_inactive() -> Task:
    """Active companies that are inactive ten months later."""
    panel = pd.read_parquet(DATA / "yc" / "panel_to_2023-12.parquet")
    days = (("2022-04-02", "2023-02-13"), ("2023-02-13", "2023-12-13"))
    parts = []
    for day, end in days:
        now = panel[(panel["snapshot"] == day) & (panel["status"] == "Active")]
        later = panel[panel["snapshot"] == end].set_index("id")["status"]
        now = now[now["id"].isin(later.index)]
        parts.append(now.assign(won=now["id"].map(later) == "Inactive"))
    n = len(parts[0])
    raw = pd.concat(parts, ignore_index=True)
    facts = pd.DataFrame(
        {
            "industry": words(raw["industry"]),
            "subindustry": words(raw["subindustry"]),
            "team_size": numbers(raw["team_size"]),
            "batch_year": _batch_year(raw["batch"]),
            "regions": lists(raw["regions"]),
            "tags": lists(raw["tags"]),
            "is_hiring": yes_no(raw["isHiring"]),
        }
    )
    text = "active companies, inactive ten months later; learned on 2022-04, judged on 2023-02"
    return Task(
        "yc goes inactive",
        text,
        facts,
        PANEL,
        raw["won"].to_numpy(dtype=bool),
        pd.factorize(raw["id"])[0].astype(np.int64),
        pd.to_datetime(raw["snapshot"]).to_numpy().astype("datetime64[D]"),
        ((np.arange(n), np.arange(n, len(raw))),),
        held_out=True,
    )


def _batch_year(batch: pd.Series) -> pd.Series:
    """Return the year of a batch such as W21, S07 or IK12."""
    year = numbers(batch.astype(str).str.extract(r"(\d\d)$")[0])
    return year + 2000


def _key(name: str) -> str:
    """Return the name without case and punctuation."""
    return re.sub(r"[^a-z0-9]", "", name.lower())
