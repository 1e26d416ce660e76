"""Triggers in real dated events: what comes before a start-up's headcount grows, and before a company buys another.

The directory of start-ups (Y Combinator, snapshots of 2022 and 2023): growth of the headcount by a quarter stands for
the deal, the other changes between snapshots are the events. "Hiring on" should be found, and what has no effect not;
a fall of the headcount stands for layoffs. Funding rounds (Crunchbase to 2013): a company's next round, and its buying
of another company, stand for the deal; its rounds by type are the events.

The directory was looked at while the method was made, so it is judged again in random halves of its companies, with
other seeds, and with the days of growth given to other companies, where nothing is to be found.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse

import numpy as np
import pandas as pd

from idealfit.learn.matched_sets import EDGES, Happened, Openings, opening_sets
from idealfit.learn.signals import Signals
from idealfit.learn.timing import GRACE, openings_asked
from idealfit.learn.triggers import Tried, tried
from task import DATA

WORDS = {
    "hiring_on": "hiring on",
    "hiring_off": "hiring off",
    "headcount_down_25pct": "headcount down by a quarter (layoffs)",
    "rename": "renamed",
    "repositioning_one_liner": "describes itself otherwise",
    "status_change": "status changed",
    "website_change": "other website",
}


def days(values: pd.Series) -> np.ndarray:
    """Return days as integers."""
    return pd.to_datetime(values).to_numpy().astype("datetime64[D]").astype(np.int64)


def startups() -> tuple[dict[str, Happened], np.ndarray, np.ndarray, int]:
    """Return events by kind, account and day of each growth of headcount, and how many companies there are."""
    table = pd.read_csv(DATA / "yc" / "events_to_2023-12.csv")
    panel = pd.read_parquet(DATA / "yc" / "panel_to_2023-12.parquet", columns=["id"])
    ids = np.unique(np.concatenate([panel["id"].to_numpy(), table["id"].to_numpy()]))
    table["account"], table["day"] = np.searchsorted(ids, table["id"]), days(table["date"])
    events = {words: happened(table[table["event"] == kind]) for kind, words in WORDS.items()}
    grown = table[table["event"] == "headcount_up_25pct"]
    return events, grown["account"].to_numpy(), grown["day"].to_numpy(), len(ids)


def rounds() -> tuple[dict[str, Happened], pd.DataFrame, pd.DataFrame, int]:
    """Return rounds by type as events, all rounds after a company's first, its purchases, and how many companies."""
    table = pd.read_csv(DATA / "crunchbase_2013" / "rounds.csv")
    table = table[(table["funded_at"] >= "2004-01-01") & (table["funded_at"] < "2013-10-01")]
    bought = pd.read_csv(DATA / "crunchbase_2013" / "acquisitions.csv")
    bought = bought[(bought["acquired_at"] >= "2004-01-01") & (bought["acquired_at"] < "2013-10-01")]
    ids = np.unique(table["company_permalink"].astype(str))
    table["account"], table["day"] = np.searchsorted(ids, table["company_permalink"]), days(table["funded_at"])
    bought = bought[bought["acquirer_permalink"].isin(ids)]
    bought = bought.assign(
        account=np.searchsorted(ids, bought["acquirer_permalink"].astype(str)), day=days(bought["acquired_at"])
    )
    table = table.sort_values(["account", "day"])
    events = {str(kind): happened(rows) for kind, rows in table.groupby("funding_round_type") if len(rows) > 100}
    return events, table[table["account"].duplicated()], bought, len(ids)


def happened(rows: pd.DataFrame) -> Happened:
    """Return the events of some rows."""
    return Happened(rows["account"].to_numpy(), rows["day"].to_numpy(), rows["day"].to_numpy())


def judged(
    events: dict[str, Happened], account: np.ndarray, day: np.ndarray, companies: int, seed: int
) -> tuple[Tried, ...]:
    """Return what was found, as `learn` does it."""
    dated = np.concatenate([kind.occurred for kind in events.values()])
    first, last = int(dated.min()), int(dated.max())
    longest = max(edge for edge in EDGES if edge <= (last - first + 1) / 3)
    openings = Openings(account, day, first + longest, last + GRACE)
    watched = Signals(events, first, last, np.full(companies, np.iinfo(np.int64).min), (), ())
    rng = np.random.default_rng(seed)
    return tried(openings_asked(watched, openings, opening_sets(openings), rng), rng=rng, longest=longest)


def part(
    events: dict[str, Happened], account: np.ndarray, day: np.ndarray, chosen: np.ndarray
) -> tuple[dict[str, Happened], np.ndarray, np.ndarray, int]:
    """Return the same of some companies only."""
    code = np.cumsum(chosen) - 1
    of_part = {
        kind: Happened(code[e.account[m]], e.occurred[m], e.known[m])
        for kind, e in events.items()
        for m in [chosen[e.account]]
    }
    mine = chosen[account]
    return of_part, code[account[mine]], day[mine], int(chosen.sum())


def show(title: str, found: tuple[Tried, ...]) -> None:
    """Print what was found."""
    print(f"\n{title}")
    print(
        f"  {'event':<40}{'window':>10}{'had it':>8}{'expected':>10}{'times':>19}{'p others':>10}{'p own days':>12}",
        " verdict",
    )
    for t in found:
        e, r = t.evidence, t.effect
        ratio = "-" if r is None or r.low is None else f"{r.value:.2f} ({r.low:.2f}-{r.high:.2f})"
        own = "-" if e.p_same_company is None else f"{e.p_same_company:.4f}"
        window = f"{t.window[0]}-{t.window[1]}"
        counts = f"{window:>10}{e.with_event:>8}{e.expected:>10.1f}{ratio:>19}"
        print(f"  {t.kind:<40}{counts}{e.p:>10.4f}{own:>12}  {e.verdict}", flush=True)


def again(history: tuple[dict[str, Happened], np.ndarray, np.ndarray, int], runs: int) -> None:
    """Print how often each kind is supported in random halves of the companies, and in none of them by right.

    In the shuffled runs each company's openings are given to another company.
    """
    events, account, day, companies = history
    halves, shuffled, size = dict.fromkeys(events, 0), dict.fromkeys(events, 0), []
    anything = 0
    for run in range(runs):
        rng = np.random.default_rng([run, 11])
        chosen = rng.permutation(companies) < companies / 2
        for t in judged(*part(events, account, day, chosen), run):
            halves[t.kind] += t.evidence.verdict == "supported"
            if t.kind == next(iter(events)) and t.effect is not None:
                size.append(t.effect.value)
        found = judged(events, rng.permutation(companies)[account], day, companies, run)
        anything += any(t.evidence.verdict == "supported" for t in found)
        for t in found:
            shuffled[t.kind] += t.evidence.verdict == "supported"
    print(f"\nHeadcount grows by a quarter: supported in {runs} random halves of the companies, and (right) where")
    print("openings are given to other companies")
    for kind in events:
        print(f"  {kind:<40}{halves[kind]:>4} of {runs}{shuffled[kind]:>8} of {runs}")
    low, middle, high = np.quantile(size, [0.1, 0.5, 0.9])
    print(f"  {next(iter(events))}: {middle:.2f} times in the median half (four in five: {low:.2f} to {high:.2f})")
    print(f"  anything at all where openings are given to others: {anything} of {runs}", flush=True)


def main() -> None:
    """Print all of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=40, help="random halves and shuffles")
    parser.add_argument("--startups", action="store_true", help="leave out the funding rounds, which take longest")
    asked = parser.parse_args()
    if not DATA.exists():
        print(f"{DATA} is not there: set IDEALFIT_DATA")
        return
    history = startups()
    for seed in (0, 1, 2):
        show(f"Headcount grows by a quarter, seed {seed}", judged(*history, seed))
    if not asked.startups:
        of_round, later, bought, many = rounds()
        show("Next round", judged(of_round, later["account"].to_numpy(), later["day"].to_numpy(), many, 0))
        show("Buys a company", judged(of_round, bought["account"].to_numpy(), bought["day"].to_numpy(), many, 0))
    again(history, asked.runs)


if __name__ == "__main__":
    main()
