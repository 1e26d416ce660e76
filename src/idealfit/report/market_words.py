"""A market in sentences: what a page and a screen say of it in the same words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.document import Estimate
from idealfit.report.phrases import percent, percent_span

if TYPE_CHECKING:
    from idealfit.score.capacity import Advice
    from idealfit.score.market import Size
    from idealfit.score.overview import Market


def advised(found: Market) -> str:
    """Return whether to widen or tighten, with the numbers, in a few sentences; empty where no target was given."""
    advice = found.advice
    if advice is None:
        return ""
    now, worked = advice.now, advice.worked
    reach = f"down to tier {found.reach} there are {now.companies:,} companies{_at(now, found.lifts)}"
    target = f"for a team that can work {advice.capacity:,}"
    if found.pipeline is not None and found.deal_value is not None:
        deal = amount_of(Estimate(value=found.deal_value.value))
        target = (
            f"for a pipeline of {amount_of(Estimate(value=found.pipeline))}, "
            f"which takes {advice.capacity:,} deals of {deal}, one at each company that is worked"
        )
    if advice.verdict == "keep":
        return f"Leave it as it is: {reach}, {target}."
    if advice.verdict == "widen":
        short = "" if worked.companies >= advice.capacity else " and even the whole market has fewer"
        return f"Widen: {reach}, {target}{short}. {_gain(found, advice)} {_lines(found, advice)}".strip()
    return f"Tighten: {reach}, {target}. {_gain(found, advice)} {_lines(found, advice)}".strip()


def rate_of(size: Size, *, lifts: bool) -> str:
    """Return the win rate (or lift) of some companies with its interval."""
    if size.win_rate is None:
        return "not known"
    value, low, high = size.win_rate.value, size.win_rate.low, size.win_rate.high
    if lifts:
        return f"{value:.1f}x" + ("" if low is None or high is None else f" ({low:.1f}–{high:.1f})")
    span = percent_span(low, high)
    return percent(value) + (f" ({span})" if span else "")


def amount_of(estimate: Estimate | None) -> str:
    """Return a number with its interval: whole, or in millions, as suits the largest of the three.

    >>> from idealfit.profile.document import Estimate
    >>> amount_of(Estimate(value=74.84, low=67.9, high=82.02))
    '75 (68–82)'
    >>> amount_of(Estimate(value=1496820, low=1358120, high=1640460))
    '1.50 million (1.36–1.64)'
    """
    if estimate is None:
        return "not known"
    ends = [end for end in (estimate.low, estimate.high) if end is not None]
    size, digits, unit = 1.0, 0 if max([estimate.value, *ends]) >= 10 else 1, ""
    for over, name in ((1e9, " billion"), (1e6, " million")):
        if abs(estimate.value) >= over:
            size, digits, unit = over, 2, name
            break
    value, *span = (f"{number / size:,.{digits}f}" for number in (estimate.value, *ends))
    return value + unit + (f" ({span[0]}–{span[1]})" if len(span) == 2 and span[0] != span[1] else "")


def bounds_of(size: Size) -> str:
    """Return how many companies there may be, whatever the unknown turns out to be; empty where nothing is unknown."""
    if size.surely == size.companies == size.possibly:
        return ""
    return f"{min(size.surely, size.companies):,}–{max(size.possibly, size.companies):,}"


def _at(size: Size, lifts: bool) -> str:
    return "" if size.win_rate is None else f" at {rate_of(size, lifts=lifts)}"


def _gain(found: Market, advice: Advice) -> str:
    """Return what the team's own cut gives: as many of the best as it can work."""
    now, worked, widen = advice.now, advice.worked, advice.verdict == "widen"
    who = "all" if widen and worked.companies < advice.capacity else f"the best {worked.companies:,}"
    wins = f", about {amount_of(worked.wins)} wins" if worked.wins else ""
    was = f" instead of {amount_of(now.wins)}" if wins and widen and now.wins else ""
    return f"A cut at fit {advice.at_least} instead of {advice.reach} gives {who}{_at(worked, found.lifts)}{wins}{was}."


def _lines(found: Market, advice: Advice) -> str:
    """Return which one line would do the most."""
    if advice.verdict == "widen":
        tried = [(price.line, price.waived) for price in found.prices if price.waived is not None]
        line, size = max(tried, key=lambda one: one[1].companies, default=("", advice.now))
        more = size.companies - advice.now.companies
        if not more:
            return ""
        return f"Of the lines, '{line}' keeps the most out: waived, {more:,} more{_at(size, found.lifts)} over all."
    kept = [(p.good, p.required) for p in found.prices if p.required.companies > 0 and p.required.win_rate is not None]
    line, size = max(kept, key=lambda one: one[1].win_rate.value if one[1].win_rate else 0.0, default=("", advice.now))
    if not line:
        return ""
    return f"Of the lines, requiring '{line}' gains the most: {size.companies:,} remain{_at(size, found.lifts)}."
