"""Numbers that tell when a deal was opened and not who it was opened with: an interest rate, an index, a countdown."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.suspicion import Suspicion

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.learn.history import History

FEWEST_DAYS = 20
FEWEST_DEALS = 100
SPREAD_WITHIN_A_DAY = 0.02
"""Share of a number's variance that lies between deals of one day; below it the number belongs to the day."""


def facts_of_the_day(past: History) -> Iterator[Suspicion]:
    """Yield each number or date that is the same for all deals opened on one day.

    All companies that could be called tomorrow share its value, so it can rank none of them; and as its future values
    were never seen, what went with it in the past says nothing about them. Categories (a month, a weekday) come back
    and are kept. Needs days enough on which several deals were opened.
    """
    dated = ~np.isnat(past.opened)
    for attribute in past.attributes:
        if attribute.kind not in ("number", "date"):
            continue
        values = past.facts[attribute.name].to_numpy(dtype=np.float64, na_value=np.nan)
        known = dated & np.isfinite(values)
        day, deals = np.unique(past.opened[known], return_inverse=True, return_counts=True)[1:]
        several = deals[day] > 1
        x, day = values[known][several], np.unique(day[several], return_inverse=True)[1]
        if len(x) < FEWEST_DEALS or len(np.unique(day)) < FEWEST_DAYS or x.var() == 0:
            continue
        mean = np.bincount(day, weights=x) / np.bincount(day)
        within = float(((x - mean[day]) ** 2).mean() / x.var())
        if within <= SPREAD_WITHIN_A_DAY:
            evidence = (
                f"it is nearly the same for all deals opened on one day ({100 * within:.1f} % of its variance lies "
                f"within a day, {len(mean):,} days looked at): it tells when, not who."
            )
            yield Suspicion("a fact of the day", attribute.name, True, evidence, "Left out.")
