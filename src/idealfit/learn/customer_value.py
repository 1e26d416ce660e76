"""What each customer brings and costs, as far as the customers table tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.history import History

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

MOST_YEARS = 10.0
"""Nobody is expected to stay longer: that far the past does not reach."""
YEAR = 365.25


@dataclass(frozen=True)
class Money:
    """One entry per customer, NaN where unknown: revenue a year, share of margin, costs, months, years seen.

    `assumed` are sentences on what was taken for what, and how many amounts cannot be.
    """

    revenue: Floats
    starting: Floats
    margin: Floats
    cac: Floats
    support: Floats
    months: Floats
    total: Floats
    years: Floats
    left: Bools
    assumed: tuple[str, ...]

    def stays(self, among: Bools | None = None) -> float:
        """Return the years a customer is expected to stay: years seen over the number who left, at most ten."""
        chosen = ~np.isnan(self.years) & (True if among is None else among)
        ended = int((self.left & chosen).sum())
        return float(min(self.years[chosen].sum() / ended, MOST_YEARS)) if ended else MOST_YEARS

    @property
    def yearly(self) -> Floats:
        """Return what each brings a year: revenue, by the margin and less support where these are known."""
        margin = np.where(np.isnan(self.margin), 1.0 if np.isnan(self.margin).all() else np.nan, self.margin)
        support = np.where(np.isnan(self.support), 0.0 if np.isnan(self.support).all() else np.nan, self.support)
        return np.asarray(self.revenue * margin - support)

    @property
    def profit(self) -> Floats:
        """Return what each has earned and is expected to earn, less what it cost to acquire.

        Who left earned for the years it stayed; who is still there, for the years seen and as many as are to come.
        """
        years = np.where(self.left, self.years, np.minimum(self.years + self.stays(), MOST_YEARS))
        acquired = np.where(np.isnan(self.cac), 0.0 if np.isnan(self.cac).all() else np.nan, self.cac)
        return np.asarray(self.yearly * years - acquired)


def money(past: History, rows: Ints, amount: Floats) -> Money:
    """Return what is known of the customers whose first won deals are `rows`; `amount` is their deals' value."""
    assumed: list[str] = []

    def number(role: str, *, may_be_negative: bool = False) -> Floats:
        if role not in past.roles:
            return np.full(len(rows), np.nan)
        values = np.asarray(past.roles[role], dtype=float)[rows]
        negative = values < 0
        if negative.any() and not may_be_negative:
            assumed.append(f"{int(negative.sum()):,} customers have a negative {role}: it counts as unknown.")
            values = np.where(negative, np.nan, values)
        return values

    arr, months, total = number("arr"), number("contract_months"), number("lifetime_value")
    months = np.where(months == 0, np.nan, months)
    deal = np.where(amount < 0, np.nan, amount)
    revenue = arr
    if np.isnan(arr).all() and not np.isnan(deal).all():
        if not np.isnan(months).all():
            revenue = deal * 12 / months
            assumed.append("No recurring revenue is known: a deal's value is spread over the months of its contract.")
        else:
            revenue = deal
            assumed.append(
                "No recurring revenue and no length of contract is known: a deal's value counts as a year's."
            )
    margin = number("margin", may_be_negative=True)
    if np.abs(margin[~np.isnan(margin)]).max(initial=0.0) > 1.5:
        margin = margin / 100
        assumed.append("Margins are read as per cent.")
    years, left = _years(past, rows)
    return Money(
        revenue=revenue,
        starting=number("starting_arr"),
        margin=margin,
        cac=number("cac"),
        support=number("support_cost"),
        months=months,
        total=total,
        years=years,
        left=left,
        assumed=tuple(assumed),
    )


def _years(past: History, rows: Ints) -> tuple[Floats, Bools]:
    """Return for how many years each was seen as a customer by the day of learning, and whether it has left."""
    unknown = np.full(len(rows), np.datetime64("NaT", "D"))
    today = np.datetime64("NaT", "D") if past.as_of is None else np.datetime64(past.as_of, "D")

    def day(role: str) -> npt.NDArray[np.datetime64]:
        return past.roles[role].to_numpy().astype("datetime64[D]")[rows] if role in past.roles else unknown

    start = day("started_on")
    for other in (past.closed[rows], past.opened[rows]):
        start = np.where(np.isnat(start), other.astype("datetime64[D]"), start)
    churned = day("churned_on")
    left = ~np.isnat(churned) & (churned <= today) & (churned >= start)
    days = (np.where(left, churned, today) - start) / np.timedelta64(1, "D")
    return np.where(days >= 0, days, np.nan).astype(np.float64) / YEAR, left
