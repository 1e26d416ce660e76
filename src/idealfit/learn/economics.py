"""What customers bring and cost: over all, for the best, and for those that meet each criterion; and what does not pay.

Means with Student's interval; figures made of several (expansion, lifetime value, payback) with a bootstrap over
customers (percentiles: Efron & Tibshirani 1993, ch. 13). Lifetime value is what a year brings, (recurring revenue x
margin - support), times the years a customer is expected to stay: years observed over the number who left, at most
`MOST_YEARS`, for nobody has seen longer. Negative amounts are unknown, and are counted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from idealfit.learn.best_customers import customers
from idealfit.learn.customer_value import MOST_YEARS, Money, money
from idealfit.learn.history import cycle_days
from idealfit.learn.meeting import YES, meeting
from idealfit.learn.retention import YEAR, retained, tenure
from idealfit.learn.segments import rows_in
from idealfit.profile.document import Economics, EconomicsGroup, Figures, Measure
from idealfit.profile.wording import number_in_words, phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.learn.retention import Tenure
    from idealfit.profile.document import Profile

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

FEWEST = 5
"""Fewer deals or customers make no mean worth telling."""
REDRAWN = 299
SMALL, SLOW = 1 / 3, 2 / 3
"""A small deal is in the lower third by value, a slow one in the upper third by days."""
THIN_RETURN = 3.0
"""Lifetime value under three times the cost of acquisition is told."""
LONGEST_PAYBACK = 24.0
MOST_TOLD = 5
APART = 0.15
"""A share among one choice of best customers that is so much higher than among another is told."""


@dataclass(frozen=True)
class _Books:
    """Deals and customers side by side: `row` is each customer's first won deal."""

    past: History
    row: Ints
    amount: Floats
    cycle: Floats
    money: Money
    tenure: Tenure | None
    best: Bools
    profit: Floats


def economics(past: History, profile: Profile, currency: str = "", *, seed: int = 0) -> Economics | None:
    """Return what deals and customers bring and cost; None where no value, cycle or churn is known at all.

    `profile` says which criteria the groups are made of.
    """
    if past.mode != "won and lost deals":
        return None
    books, notes = _books(past)
    everyone = np.ones(len(past.won), dtype=bool)
    figures = _figures(books, everyone, seed)
    if all(getattr(figures, name) is None for name in Figures.model_fields if name not in ("deals", "won")):
        return None
    groups = [EconomicsGroup(of=of, figures=_figures(books, rows, seed)) for of, rows in _groups(books, profile)]
    named = {group.of: group.figures for group in groups}
    return Economics(
        currency=currency,
        figures=figures,
        flags=(*_slow_and_small(books), *_do_not_pay("All customers", figures), *_groups_that_do_not(named, figures)),
        notes=notes,
        if_by_profit=_if_by_profit(books, profile),
        groups=tuple(groups),
    )


def _books(past: History) -> tuple[_Books, tuple[str, ...]]:
    buyers = customers(past)
    amount = np.where(past.amount < 0, np.nan, past.amount)
    negative = int((past.amount < 0).sum())
    known = money(past, buyers.row, buyers.amount)
    stay = tenure(past)
    best = np.zeros(len(past.won), dtype=bool) if past.best is None else past.best
    notes = [*known.assumed, *(stay.notes if stay else ())]
    if negative:
        notes.append(f"{negative:,} deals have a negative amount: it counts as unknown.")
    if np.isnan(known.margin).all() and not np.isnan(known.revenue).all():
        notes.append("No margin is known: lifetime value and payback are of revenue.")
    return _Books(past, buyers.row, amount, cycle_days(past), known, stay, best, buyers.profit), tuple(notes)


def _groups(books: _Books, profile: Profile) -> Iterator[tuple[str, Bools]]:
    """Yield groups of deals: the best customers, those by profit, and those that meet each line of the rubric."""
    if books.best.any():
        yield "best customers", books.best
    if (chosen := _by_profit(books)) is not None:
        yield "best customers by profit", chosen
    for segment in profile.segments:
        yield segment.name, rows_in(books.past, segment.definition)
    for line in profile.criteria:
        met = meeting(books.past.facts, line.attribute, line.test) == YES
        if met.any():
            yield phrase(line.attribute, line.test), met


def _figures(books: _Books, rows: Bools, seed: int) -> Figures:
    """Return the figures of some of the deals."""
    past = books.past
    won = rows & past.won
    bought = rows[books.row]
    rng = np.random.default_rng(seed)
    return Figures(
        deals=int(rows.sum()),
        won=int(won.sum()),
        deal_size=_mean(books.amount[won]),
        cycle_days=_mean(books.cycle[won]),
        contract_months=_mean(books.money.months[bought]),
        retention=_kept(books, rows),
        expansion=_expansion(books.money, bought, rng),
        margin=_mean(books.money.margin[bought], least=-np.inf),
        ltv=_lifetime(books.money, bought, rng),
        cac=_mean(books.money.cac[bought]),
        payback_months=_payback(books.money, bought, rng),
        support=_mean(books.money.support[bought]),
    )


def _mean(values: Floats, least: float = 0.0) -> Measure | None:
    """Return the mean with Student's interval; None where nothing is known, no value where it is of too few."""
    known = values[~np.isnan(values)]
    if not len(known):
        return None
    if len(known) < FEWEST:
        return Measure(n=len(known))
    half = float(stats.t.ppf(0.975, len(known) - 1) * known.std(ddof=1) / np.sqrt(len(known)))
    mean = float(known.mean())
    return Measure(value=mean, low=max(mean - half, least), high=mean + half, n=len(known))


def _kept(books: _Books, rows: Bools) -> Measure | None:
    if books.tenure is None:
        return None
    mine = rows[books.tenure.row]
    found = retained(books.tenure.days[mine], books.tenure.left[mine], YEAR)
    if found.n < FEWEST or found.kept is None:
        return Measure(n=found.n) if found.n else None
    return Measure(value=found.kept, low=found.low, high=found.high, n=found.n)


def _redrawn(n: int, figure: Callable[[Ints], float], rng: np.random.Generator) -> Measure | None:
    """Return a figure over customers 0 to n - 1 with its bootstrap interval."""
    if not n:
        return None
    if n < FEWEST:
        return Measure(n=n)
    drawn = np.array([figure(rng.integers(0, n, n)) for _ in range(REDRAWN)])
    low, high = np.nanquantile(drawn, [0.025, 0.975])
    return Measure(value=figure(np.arange(n)), low=float(low), high=float(high), n=n)


def _expansion(known: Money, bought: Bools, rng: np.random.Generator) -> Measure | None:
    """Return recurring revenue now over that at the start, of customers who are still there."""
    rows = np.flatnonzero(bought & ~known.left & ~np.isnan(known.revenue) & (known.starting > 0))
    now, start = known.revenue[rows], known.starting[rows]
    return _redrawn(len(rows), lambda i: float(now[i].sum() / start[i].sum()), rng)


def _lifetime(known: Money, bought: Bools, rng: np.random.Generator) -> Measure | None:
    """Return what a customer brings in all; where no revenue is known, what the table says it was worth."""
    rows = np.flatnonzero(bought & ~np.isnan(known.yearly) & ~np.isnan(known.years))
    if not len(rows):
        return _mean(known.total[bought])
    yearly, years, left = known.yearly[rows], known.years[rows], known.left[rows]

    def figure(i: Ints) -> float:
        ended = left[i].sum()
        return float(yearly[i].mean() * (min(years[i].sum() / ended, MOST_YEARS) if ended else MOST_YEARS))

    return _redrawn(len(rows), figure, rng)


def _payback(known: Money, bought: Bools, rng: np.random.Generator) -> Measure | None:
    """Return the months until what a customer brings has paid for its acquisition."""
    rows = np.flatnonzero(bought & ~np.isnan(known.yearly) & ~np.isnan(known.cac))
    yearly, cac = known.yearly[rows], known.cac[rows]
    if len(rows) and yearly.sum() <= 0:
        return Measure(n=len(rows))
    return _redrawn(len(rows), lambda i: float(12 * cac[i].sum() / max(yearly[i].sum(), 1e-9)), rng)


def _slow_and_small(books: _Books) -> Iterator[str]:
    """Flag small deals that take long, where there are more of them than there would be by chance."""
    won = books.past.won & ~np.isnan(books.amount) & ~np.isnan(books.cycle)
    amount, cycle = books.amount[won], books.cycle[won]
    if len(amount) < 4 * FEWEST:
        return
    small, slow = amount <= np.quantile(amount, SMALL), cycle >= np.quantile(cycle, SLOW)
    both = int((small & slow).sum())
    if both >= FEWEST and both >= slow.mean() * small.sum():
        size, days = (
            number_in_words(_round(np.quantile(amount, SMALL))),
            number_in_words(_round(np.quantile(cycle, SLOW))),
        )
        yield (
            f"Small deals with long cycles: {both:,} of the {int(small.sum()):,} won deals of up to {size} took {days} "
            "days and longer."
        )


def _do_not_pay(of: str, figures: Figures) -> Iterator[str]:
    ltv, cac, payback = figures.ltv, figures.cac, figures.payback_months
    if ltv and cac and ltv.value is not None and cac.value:
        times = ltv.value / cac.value
        if times < THIN_RETURN:
            what = "less than it costs to acquire" if times < 1 else f"only {times:.1f} times what it costs to acquire"
            yield f"{of}: lifetime value is {what}."
    if payback and payback.value is not None and payback.value > LONGEST_PAYBACK:
        yield f"{of}: it takes {payback.value:.0f} months to pay back the acquisition."
    contract = figures.contract_months
    if payback and contract and payback.value and contract.value and payback.value > contract.value:
        yield f"{of}: paying back takes longer than the contract ({payback.value:.0f} and {contract.value:.0f} months)."


def _groups_that_do_not(named: dict[str, Figures], overall: Figures) -> Iterator[str]:
    for of, figures in named.items():
        if figures.won < FEWEST:
            continue
        title = of[:1].upper() + of[1:]
        yield from _do_not_pay(title, figures)
        size, days = figures.deal_size, figures.cycle_days
        if size and days and overall.deal_size and overall.cycle_days:
            small = (
                size.high is not None and overall.deal_size.value is not None and size.high < overall.deal_size.value
            )
            slow = days.low is not None and overall.cycle_days.value is not None and days.low > overall.cycle_days.value
            if small and slow:
                yield f"{title}: smaller deals than the rest ({size.value:,.0f}), and slower ({days.value:,.0f} days)."


def _by_profit(books: _Books) -> Bools | None:
    """Return as many customers as the rule has chosen, those that earn most; None where costs are not known."""
    costs = (books.money.margin, books.money.cac, books.money.support)
    known = ~np.isnan(books.profit)
    size = int(books.best.sum())
    if all(np.isnan(cost).all() for cost in costs) or known.sum() < max(size, FEWEST) or not size:
        return None
    order = np.argsort(-np.where(known, books.profit, -np.inf), kind="stable")[:size]
    chosen = np.zeros(len(books.past.won), dtype=bool)
    chosen[books.row[order]] = True
    return chosen


def _if_by_profit(books: _Books, profile: Profile) -> tuple[str, ...]:
    """Return how the best customers would differ if they were chosen by profit: who stays, and how they meet lines."""
    chosen = _by_profit(books)
    if chosen is None:
        return ()
    both = int((chosen & books.best).sum())
    told = [f"Of the {int(books.best.sum()):,} best customers {both:,} are also among as many that earn most."]
    for line in profile.criteria:
        met = meeting(books.past.facts, line.attribute, line.test)
        shares = []
        for group in (books.best, chosen):
            known = group & (met != 2)
            shares.append(float((met[known] == YES).mean()) if known.any() else np.nan)
        if abs(shares[1] - shares[0]) >= APART:
            words = phrase(line.attribute, line.test)
            told.append(f"{words[:1].upper()}{words[1:]}: {shares[0]:.0%} of the best, {shares[1]:.0%} by profit.")
    if len(told) == 1 and profile.criteria:
        told.append("They meet the criteria about as often: the profile would read the same.")
    return tuple(told[: MOST_TOLD + 1])


def _round(value: float) -> float:
    return float(f"{value:.2g}")
