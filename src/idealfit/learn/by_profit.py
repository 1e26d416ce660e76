"""How the profile changes if the customers to find are those that earn most, and not all who buy.

The profile is learned again with another outcome: won, by a customer among the top third by profit (what a year brings,
for the years it stays, less what it cost to acquire). Deals won by customers whose profit is not known are left out.
What changes is told as `idealfit diff` tells it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.best_customers import customers, with_best_customers
from idealfit.learn.drafting import FEWEST_OF_EACH, profile_from
from idealfit.learn.history import rows_of
from idealfit.profile.changes import differences

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.learn.history import History
    from idealfit.profile.document import Profile

THIRD = 1 / 3
TOLD = ("verdict", "disqualifier", "criterion")
"""The changes that a reader asks about: lines, and what rules out. Rates and tiers are of another outcome anyway."""


def earning_most(past: History) -> History | None:
    """Return the history in which only deals of the customers that earn most count as won; None if they are too few."""
    buyers = customers(past)
    known = ~np.isnan(buyers.profit)
    best = with_best_customers(past, rule="profit", share=THIRD).best
    if best is None or not known.any():
        return None
    mine = np.isin(past.account, past.account[best]) & past.won
    judged = ~past.won | np.isin(past.account, past.account[buyers.row[known]])
    if min(mine.sum(), (judged & ~mine).sum()) < FEWEST_OF_EACH:
        return None
    return rows_of(replace(past, won=mine, best=None, best_customers=None), judged)


def learned_by_profit(
    past: History,
    profile: Profile,
    *,
    seed: int = 0,
    progress: Callable[[str, float], None] = lambda words, share: None,
) -> tuple[str, ...]:
    """Return how a profile learned from the customers that earn most differs from `profile`, which finds all who buy.

    Empty where too few are known. With each change stands what became of the line, as in `idealfit diff`.
    """
    other = earning_most(past)
    if other is None:
        return ()
    learned = profile_from(other, seed=seed, calibrated=False, progress=progress)
    many = len(np.unique(other.account[other.won]))
    first = f"Learned again to find the {many:,} customers that earn most (the top third), not all who buy"
    if learned.verdict != "learned":
        return (f"{first}: nothing sets them apart reliably ({int(other.won.sum()):,} of {len(other.won):,} deals).",)
    changes = [change for change in differences(profile, learned) if change.kind in TOLD]
    if not changes:
        return (f"{first}: the profile is the same, line for line.",)
    return (f"{first}, this changes:", *(_said(str(change)) for change in changes))


def _said(change: str) -> str:
    """Return a change as a sentence; 'won' means here that the customer is among those that earn most."""
    words = change.replace(" won, ", " by those that earn most, ")
    return f"{words[:1].upper()}{words[1:]}."
