"""How often a review says "revise" while nothing has changed, and how soon it says so when something has.

Each run learns a profile from three years of deals and reviews it at the end of each of the eight quarters that follow. In
the first world everything stays as it was; the share of runs in which any of the eight reviews says "revise" or "renew
the rates" is to be at most 5 %. Beside it (`looked at each time`): what a person sees who holds each tier's promise
against the plain 95 % interval of its win rate, anew every quarter.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import sys
from datetime import date, timedelta

import numpy as np
import pandas as pd
from scipy.special import expit

from idealfit.errors import TooLittleDataError
from idealfit.learn.drafting import profile_from
from idealfit.learn.history import Attribute, History, known_by
from idealfit.prove.measures import wilson
from idealfit.prove.review import review

START = date(2021, 1, 1)
LEARNED = date(2024, 1, 1)
QUARTERS = 8
WORLDS = ("as it was", "one line turns round", "all win half as often", "the best line means nothing any more")


def world(kind: str, deals_a_year: int, seed: int) -> History:
    """Return five years of deals; what is new in `kind` begins on the day of learning."""
    rng = np.random.default_rng(seed)
    n = 5 * deals_a_year
    opened = np.sort(rng.integers(0, 5 * 365 + 1, n))
    later = opened >= (LEARNED - START).days
    employees = np.exp(rng.normal(4.8, 1.2, n))
    tool = rng.random(n) < 0.4
    industry = rng.choice(["software", "retail", "health", "logistics"], n)
    middle = (employees >= 50) & (employees < 250)
    of_tool = np.where(later & (kind == WORLDS[1]), -0.9, np.where(later & (kind == WORLDS[3]), 0.0, 0.9))
    odds = -1.7 + 1.1 * middle + of_tool * tool - 1.2 * (industry == "retail")
    odds = np.where(later & (kind == WORLDS[2]), odds - 0.8, odds)
    won = rng.random(n) < expit(odds)
    facts = {
        "Employees": employees,
        "Uses the tool": np.where(tool, "yes", "no"),
        "Industry": industry,
        **{f"Colour {k}": rng.choice(list("abc"), n) for k in range(6)},
    }
    day = np.datetime64(START) + opened
    attributes = tuple(
        Attribute(name, "number" if name == "Employees" else "category", "firmographic") for name in facts
    )
    return History(
        facts=pd.DataFrame(facts).astype({name: object for name in facts if name != "Employees"}),
        attributes=attributes,
        won=won,
        account=np.arange(n),
        opened=day,
        closed=day + rng.integers(10, 90, n),
        amount=np.full(n, np.nan),
        ids=np.array([str(k) for k in range(n)], dtype=object),
        as_of=START + timedelta(days=5 * 365),
    )


def by_the_quarter(kind: str, deals_a_year: int, seed: int) -> tuple[list[str], list[bool]] | None:
    """Return the answer of each quarterly review, and whether the tests made anew each time find anything."""
    past = world(kind, deals_a_year, seed)
    profile = profile_from(known_by(past, LEARNED), seed=seed)
    if not profile.criteria:
        return None
    answers, anew = [], []
    for quarter in range(1, QUARTERS + 1):
        day = LEARNED + timedelta(days=91 * quarter)
        try:
            found = review(profile, known_by(past, day), since=LEARNED)
        except TooLittleDataError:
            continue
        answers.append(found.answer)
        anew.append(tested_anew(found))
    return answers, anew


def tested_anew(found) -> bool:  # noqa: ANN001
    """Return whether any tier's promise lies outside its plain 95 % interval, at this look alone."""
    for tier in found.tiers:
        low, high = wilson(tier.won, tier.n)
        if tier.n and not low <= tier.promised.value <= high:
            return True
    return False


def main() -> int:
    """Print, for each world, in how many runs something was said to be broken, and after how many quarters."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100)
    parser.add_argument("--deals", type=int, default=600, help="deals a year")
    parser.add_argument("--world", default="")
    asked = parser.parse_args()
    print(
        f"{'world':<40}{'runs':>5}{'revise':>8}{'renew':>7}{'holds':>7}{'median quarter':>16}{'looked at each time':>21}"
    )
    for kind in WORLDS:
        if asked.world not in kind:
            continue
        runs = [r for seed in range(asked.runs) if (r := by_the_quarter(kind, asked.deals, seed)) is not None]
        revise = [next((q for q, a in enumerate(answers, 1) if a == "revise"), None) for answers, _ in runs]
        renew = [next((q for q, a in enumerate(answers, 1) if a == "renew the rates"), None) for answers, _ in runs]
        first = [min(x for x in pair if x) for pair in zip(revise, renew, strict=True) if any(pair)]
        holds = sum(answers[-1] == "leave it alone" for answers, _ in runs if answers)
        anew = sum(any(found) for _, found in runs)
        print(
            f"{kind:<40}{len(runs):>5}{sum(x is not None for x in revise):>8}{sum(x is not None for x in renew):>7}{holds:>7}"
            f"{(f'{np.median(first):.0f}' if first else '-'):>16}{anew:>21}",
            flush=True,
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
