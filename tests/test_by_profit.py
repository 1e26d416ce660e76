"""Learned again to find the customers that earn most: what is sold at a loss leaves the profile."""

from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd

from idealfit.learn.best_customers import with_best_customers
from idealfit.learn.by_profit import earning_most, learned_by_profit
from idealfit.learn.drafting import profile_from
from idealfit.learn.history import Attribute
from talk import history

N = 900
RNG = np.random.default_rng(3)
SIZE = RNG.choice(["small", "large"], N)
TRADE = RNG.choice(["hospitals", "shops", "mills"], N)
WON = RNG.random(N) < np.where(SIZE == "large", 0.6, 0.2)


def past(margin):
    day = np.datetime64("2023-01-01")
    roles = {
        "arr": np.where(WON, 10_000.0 * RNG.uniform(0.9, 1.1, N), np.nan),
        "margin": np.where(WON, margin, np.nan),
        "cac": np.where(WON, 500.0, np.nan),
        "started_on": pd.Series(np.where(WON, day, np.datetime64("NaT")).astype("datetime64[ns]")),
    }
    return with_best_customers(
        replace(
            history(WON),
            facts=pd.DataFrame({"Size": SIZE, "Trade": TRADE}),
            attributes=(Attribute("Size", "category", "firmographic"), Attribute("Trade", "category", "firmographic")),
            roles=pd.DataFrame(roles),
            as_of=date(2025, 1, 1),
        )
    )


def test_what_is_sold_at_a_loss_leaves_the_profile():
    books = past(np.where(TRADE == "hospitals", 0.05, 0.8))
    profile = profile_from(books, calibrated=False)
    assert {line.attribute for line in profile.criteria} == {"Size"}, "who buys does not depend on the trade"
    other = earning_most(books)
    assert other.won.sum() < WON.sum()
    assert not (other.won & (other.facts["Trade"] == "hospitals")).any()
    first, *changes = learned_by_profit(books, profile)
    assert first.startswith(f"Learned again to find the {len(np.unique(other.account[other.won]))} customers")
    assert any("hospitals" in change for change in changes)


def test_where_no_profit_is_known_nothing_is_said():
    books = replace(past(0.5), roles=pd.DataFrame(index=range(N)))
    assert learned_by_profit(books, profile_from(books, calibrated=False)) == ()
