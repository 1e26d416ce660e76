"""Segments on made histories: two planted ones are split, and one stays one.

Two kinds of company buy for different reasons: in half of the industries small companies that run tool A buy, in the
other half large ones in the north do. In the worlds with one kind, everybody buys for the same reasons.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import time

import numpy as np
import pandas as pd

from idealfit.learn.evidence import wilson
from idealfit.learn.history import Attribute, History
from idealfit.learn.segments import segments

ATTRIBUTES = (
    Attribute("industry", "category", "firmographic"),
    Attribute("region", "category", "firmographic"),
    Attribute("employees", "number", "firmographic"),
    Attribute("age", "number", "firmographic"),
    Attribute("tool_a", "boolean", "technographic"),
    Attribute("tool_b", "boolean", "technographic"),
)


def made(two: bool, deals: int, rng: np.random.Generator) -> History:
    """Return a history of one kind of customer, or of two."""
    industry = rng.choice(["Software", "Clinics"], deals)
    region = rng.choice(["north", "south", "east", "west"], deals)
    employees = np.round(np.exp(rng.normal(4.5, 1.0, deals)))
    tool_a, tool_b = rng.random(deals) < 0.4, rng.random(deals) < 0.3
    small, north = employees < 90, region == "north"
    if two:
        odds = np.where(industry == "Software", 1.6 * small + 1.2 * tool_a, 1.6 * ~small + 1.2 * north) - 2.0
    else:
        odds = 1.2 * small + 0.9 * tool_a + 0.6 * north + 0.7 * (industry == "Software") - 2.0
    facts = pd.DataFrame(
        {
            "industry": industry,
            "region": region,
            "employees": employees,
            "age": np.round(rng.gamma(2, 6, deals)),
            "tool_a": np.where(tool_a, "yes", "no"),
            "tool_b": np.where(tool_b, "yes", "no"),
        }
    ).astype({"industry": object, "region": object, "tool_a": object, "tool_b": object})
    day = np.datetime64("2021-01-01") + rng.integers(0, 1000, deals)
    return History(
        facts=facts,
        attributes=ATTRIBUTES,
        won=rng.random(deals) < 1 / (1 + np.exp(-odds)),
        account=np.arange(deals),
        opened=day,
        closed=day + 30,
        amount=np.full(deals, np.nan),
        ids=np.arange(deals).astype(str).astype(object),
    )


def main() -> None:
    """Print how often worlds of two kinds are split, and of one kind stay one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    asked = parser.parse_args()
    print(f"{'world':<36}{'runs':>6}{'right':>8}{'share':>8}   95 % interval   promised   s a run")
    for two, deals, promised in ((True, 1000, 0.90), (True, 2000, 0.90), (False, 1000, 0.95), (False, 2000, 0.95)):
        start, right = time.perf_counter(), 0
        for seed in range(asked.runs):
            found = segments(made(two, deals, np.random.default_rng([seed, deals])), seed=seed)
            right += (len(found.definitions) >= 2) == two
        low, high = wilson(right, asked.runs)
        name = f"{'two kinds' if two else 'one kind'} of customer, {deals:,} deals"
        seconds = (time.perf_counter() - start) / asked.runs
        figures = f"{asked.runs:>6}{right:>8}{right / asked.runs:>8.2f}   {low:.2f} to {high:.2f}"
        print(f"{name:<36}{figures}{promised:>12.2f}{seconds:>10.1f}", flush=True)


if __name__ == "__main__":
    main()
