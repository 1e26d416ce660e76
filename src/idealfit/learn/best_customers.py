"""The best customers, by a stated rule: not the most recent and not just the biggest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.customer_rule import rows_meeting
from idealfit.learn.customer_value import money
from idealfit.learn.history import cycle_days
from idealfit.profile.document import BestCustomers

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt
    import pandas as pd

    from idealfit.learn.history import History

FEW_CUSTOMERS = 20
"""With fewer, the furthest-progressed open deals help to describe the best customers."""
FEWEST_BEST = 10
"""With fewer in the overlap, it is widened: nobody can describe a cohort of three."""
YEAR = np.timedelta64(365, "D")
_STAYED = "kept or expanded"


@dataclass(frozen=True)
class Customers:
    """One entry per company that bought: what the rules go by. NaN is unknown; yes and no are 1 and 0.

    `row` is the row of its first won deal. `kept` is NaN for a customer not yet due for renewal: neither kept nor lost.
    """

    row: npt.NDArray[np.int64]
    amount: npt.NDArray[np.float64]
    cycle: npt.NDArray[np.float64]
    kept: npt.NDArray[np.float64]
    expanded: npt.NDArray[np.float64]
    churned: npt.NDArray[np.float64]
    arr: npt.NDArray[np.float64]
    lifetime_value: npt.NDArray[np.float64]
    profit: npt.NDArray[np.float64]

    @property
    def value(self) -> tuple[str, npt.NDArray[np.float64]]:
        """Return the name and values of what tells size: deal value, else recurring revenue, else lifetime value."""
        measures = (
            ("deal value", self.amount),
            ("recurring revenue", self.arr),
            ("lifetime value", self.lifetime_value),
        )
        return next(((name, v) for name, v in measures if not np.isnan(v).all()), measures[0])


@dataclass(frozen=True)
class Choice:
    """Which customers a rule chose, the rule in words, and what a reader must know."""

    mask: npt.NDArray[np.bool_]
    rule: str
    notes: tuple[str, ...] = ()


def best_customers(
    past: History, *, rule: str = "overlap", share: float = 1 / 3
) -> tuple[npt.NDArray[np.bool_], BestCustomers]:
    """Return (mask over the rows of `past`, the rule in words with counts): the first won deal of each best customer.

    `rule` is a name in `RULES` or a rule of one's own over amount, cycle (days), kept, expanded, churned, arr,
    lifetime_value and profit, such as ``amount >= 50000 and cycle <= 90`` (see `customer_rule`). `share` is the top
    share of a dimension. Who left, renewed or grew after `past.as_of` had not done so then; customers not due for
    renewal yet are neither kept nor lost. With fewer than 20 customers, `supplemented` says how many open deals help
    (see `furthest_open_deals`). Raises `InputError` for a rule that cannot be read.
    """
    buyers = customers(past)
    choice = RULES[rule](buyers, share) if rule in RULES else _own_rule(buyers, rule)
    mask = np.zeros(len(past.won), dtype=bool)
    mask[buyers.row[choice.mask]] = True
    notes = list(choice.notes)
    supplemented = len(furthest_open_deals(past))
    if len(buyers.row) < FEW_CUSTOMERS:
        notes.append(
            f"There are only {len(buyers.row)} customers (fewer than {FEW_CUSTOMERS}): "
            + (
                f"the {supplemented} furthest-progressed open deals help to describe the best, and count in no win "
                "rate."
                if supplemented
                else "the description rests on few companies."
            )
        )
    said = BestCustomers(rule=choice.rule, n=int(mask.sum()), supplemented=supplemented, notes=tuple(notes))
    return mask, said


def with_best_customers(past: History, *, rule: str = "overlap", share: float = 1 / 3) -> History:
    """Return `past` with `best`, `best_customers` and, where customers are few, the `supplement` of open deals."""
    mask, said = best_customers(past, rule=rule, share=share)
    chosen = furthest_open_deals(past)
    supplement: pd.DataFrame | None = None
    if past.open is not None and len(chosen):
        supplement = past.open.facts.iloc[chosen].reset_index(drop=True)
    return replace(past, best=mask, best_customers=said, supplement=supplement)


def furthest_open_deals(past: History) -> npt.NDArray[np.int64]:
    """Return positions in `past.open` of the furthest-progressed open deals that fill up to 20 customers.

    Furthest is by logged contacts, else by age; companies that are customers already are left out. None from 20
    customers on.
    """
    missing = FEW_CUSTOMERS - len(np.unique(past.account[past.won]))
    if past.open is None or missing <= 0 or past.mode != "won and lost deals":
        return np.array([], dtype=np.int64)
    candidates = np.flatnonzero(~np.isin(past.open.account, past.account[past.won]))
    days = past.open.opened.astype("datetime64[D]").astype(np.int64).astype(float)
    days[np.isnat(past.open.opened)] = np.inf
    contacts = np.zeros(len(days))
    if "activities" in past.open.roles:
        contacts = past.open.roles["activities"].fillna(0.0).to_numpy()
    order = candidates[np.lexsort((days[candidates], -contacts[candidates]))]
    _, first = np.unique(past.open.account[order], return_index=True)
    return np.asarray(order[np.sort(first)][:missing], dtype=np.int64)


def customers(past: History) -> Customers:
    """Return what is known, on `past.as_of`, of each company that bought, in the order of their first won deal."""
    bought = np.flatnonzero(past.won)
    key = np.where(np.isnat(past.opened[bought]), np.iinfo(np.int64).max, past.opened[bought].astype(np.int64))
    bought = bought[np.lexsort((bought, key))]
    codes, first, company = np.unique(past.account[bought], return_index=True, return_inverse=True)
    rank = np.argsort(np.argsort(first))
    company, rows = rank[company], bought[np.sort(first)]
    now = np.datetime64(past.as_of, "D") if past.as_of is not None else np.datetime64("NaT", "D")
    again = np.bincount(company, minlength=len(codes)) > 1 if past.mode == "won and lost deals" else rows < 0
    happened = {role: _by(past, role, rows, now) for role in ("churned_on", "renewed_on", "expanded_on", "started_on")}
    churned, renewed, expanded, started = (~np.isnat(day) for day in happened.values())
    since = np.where(started, happened["started_on"], past.closed[rows])
    stayed = ~churned & (now - since >= YEAR) & ("churned_on" in past.roles)
    amount = _largest(past.amount[bought], company, len(codes))
    knows_end = bool({"churned_on", "renewed_on", "expanded_on"} & set(past.roles.columns))
    kept = np.where(churned, 0.0, np.where(renewed | stayed, 1.0, np.nan))
    grown = np.where(expanded | again, 1.0, 0.0 if "expanded_on" in past.roles or again.any() else np.nan)
    return Customers(
        row=rows,
        amount=amount,
        cycle=cycle_days(past)[rows] if past.mode == "won and lost deals" else np.full(len(rows), np.nan),
        kept=kept if knows_end else np.full(len(rows), np.nan),
        expanded=grown,
        churned=churned.astype(float) if "churned_on" in past.roles else np.full(len(rows), np.nan),
        arr=_number(past, "arr", rows),
        lifetime_value=_number(past, "lifetime_value", rows),
        profit=money(past, rows, amount).profit,
    )


def _by(past: History, role: str, rows: npt.NDArray[np.int64], now: np.datetime64) -> npt.NDArray[np.datetime64]:
    """Return the day of `role` at `rows`, NaT where it had not come by `now`."""
    if role not in past.roles:
        return np.full(len(rows), np.datetime64("NaT", "D"))
    days = past.roles[role].to_numpy().astype("datetime64[D]")[rows]
    return np.where(days > now, np.datetime64("NaT", "D"), days)


def _number(past: History, role: str, rows: npt.NDArray[np.int64]) -> npt.NDArray[np.float64]:
    """Return a number of the customer, NaN where unknown."""
    return np.asarray(past.roles[role], dtype=float)[rows] if role in past.roles else np.full(len(rows), np.nan)


def _largest(values: npt.NDArray[np.float64], company: npt.NDArray[np.int64], n: int) -> npt.NDArray[np.float64]:
    """Return the largest known value of each company, NaN where none is known."""
    out = np.full(n, -np.inf)
    known = ~np.isnan(values)
    np.maximum.at(out, company[known], values[known])
    return np.where(np.isinf(out), np.nan, out)


def top(values: npt.NDArray[np.float64], share: float) -> npt.NDArray[np.bool_]:
    """Return which known values are in the top `share` of the known ones; ties at the edge belong to it.

    >>> top(np.array([1.0, 5, 3, np.nan]), 1 / 3).tolist()
    [False, True, False, False]
    """
    known = ~np.isnan(values)
    if not known.any():
        return known
    count = max(int(np.ceil(share * known.sum() - 1e-9)), 1)
    edge = np.sort(values[known])[-count]
    return np.asarray(known & (values >= edge), dtype=bool)


def _overlap(buyers: Customers, share: float) -> Choice:
    """Choose who is fast, kept or expanded, and large at once; widen while that leaves too few."""
    name, value = buyers.value
    stayed = (buyers.kept == 1) | (buyers.expanded == 1)
    knows_stay = not (np.isnan(buyers.kept).all() and np.isnan(buyers.expanded).all())
    dimensions = {
        f"sales cycle among the fastest {_part(share)}": None if np.isnan(buyers.cycle).all() else -buyers.cycle,
        f"{name} among the largest {_part(share)}": None if np.isnan(value).all() else value,
        _STAYED: np.where(stayed, 1.0, np.nan) if knows_stay else None,
    }
    present = {words: v for words, v in dimensions.items() if v is not None}
    lacking = ("no sales cycle", "no value", "nothing about renewal, churn or expansion")
    notes = [
        f"The data has {w}, so it takes no part."
        for w, v in zip(lacking, dimensions.values(), strict=True)
        if v is None
    ]
    if not present:
        return Choice(np.ones(len(buyers.row), dtype=bool), "all customers, for nothing tells them apart", tuple(notes))
    if knows_stay and (waiting := int(np.sum(np.isnan(buyers.kept) & ~stayed))):
        notes.append(f"{waiting:,} customers are not due for renewal yet: not counted as kept, and not as lost.")
    fewest = min(FEWEST_BEST, len(buyers.row))
    every = np.asarray(_met(present, share).all(axis=0))
    if every.sum() >= fewest or len(present) == 1:
        return Choice(every, "; and ".join(present), tuple(notes))
    half = _met(present, 0.5)
    notes.append(f"Only {int(every.sum())} customers meet all of: {'; '.join(present)}. The rule was widened.")
    wider = [w.replace(_part(share), "half") for w in present]
    if half.all(axis=0).sum() >= fewest:
        return Choice(np.asarray(half.all(axis=0)), "; and ".join(wider), tuple(notes))
    most = half.sum(axis=0) >= max(len(present) - 1, 1)
    return Choice(most, f"at least {max(len(present) - 1, 1)} of: {'; '.join(wider)}", tuple(notes))


def _met(dimensions: dict[str, npt.NDArray[np.float64]], share: float) -> npt.NDArray[np.bool_]:
    """Return one row per dimension: which customers are in its top share, or kept or expanded."""
    return np.array([v == 1 if words == _STAYED else top(v, share) for words, v in dimensions.items()])


def _part(share: float) -> str:
    """Return a share in words."""
    return {round(1 / 3, 6): "third", 0.5: "half", 0.25: "quarter"}.get(round(share, 6), f"{100 * share:.0f}%")


def _by_value(buyers: Customers, share: float) -> Choice:
    """Choose the largest."""
    name, value = buyers.value
    return _top_of(f"{name} among the largest {_part(share)}", value, share, "no value")


def _by_lifetime_value(buyers: Customers, share: float) -> Choice:
    """Choose who was worth most in all."""
    words = f"lifetime value among the largest {_part(share)}"
    return _top_of(words, buyers.lifetime_value, share, "no lifetime value")


def _by_profit(buyers: Customers, share: float) -> Choice:
    """Choose who earns most: what a year brings, for the years it stays, less what it cost to acquire."""
    return _top_of(f"profit among the largest {_part(share)}", buyers.profit, share, "no value")


def _by_cycle(buyers: Customers, share: float) -> Choice:
    """Choose who bought fastest."""
    return _top_of(f"sales cycle among the fastest {_part(share)}", -buyers.cycle, share, "no sales cycle")


def _top_of(words: str, values: npt.NDArray[np.float64], share: float, lacking: str) -> Choice:
    """Choose the top share of one dimension, or everyone where the data does not have it."""
    if np.isnan(values).all():
        everyone = np.ones(len(values), dtype=bool)
        return Choice(everyone, "all customers", (f"The data has {lacking}: the rule '{words}' cannot be applied.",))
    return Choice(top(values, share), words)


def _own_rule(buyers: Customers, rule: str) -> Choice:
    """Choose by a person's rule."""
    names = ("amount", "cycle", "kept", "expanded", "churned", "arr", "lifetime_value", "profit")
    fields = {name: getattr(buyers, name) for name in names}
    mask = rows_meeting(rule, fields)
    unknown = [name for name in names if name in rule.casefold() and np.isnan(fields[name]).all()]
    notes = [f"The data has no {name}: comparisons with it are never met." for name in unknown]
    return Choice(mask, rule, tuple(notes))


RULES: dict[str, Callable[[Customers, float], Choice]] = {
    "overlap": _overlap,
    "top share by value": _by_value,
    "top share by lifetime value": _by_lifetime_value,
    "profit": _by_profit,
    "fastest": _by_cycle,
}
