"""What a backtest found, said in plain sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.prove import parting

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from idealfit.learn.history import History, Mode
    from idealfit.profile.document import Estimate
    from idealfit.prove.trials import Answer, Measured, Trial

WORTH_SAYING = 0.03
"""From this difference on it is said that a win rate is not what was promised."""


def answer_of(pooled: Measured, trials: Sequence[Trial]) -> Answer:
    """Return the one answer of the backtest."""
    if pooled.auc is None:
        return "too few deals"
    if not any(t.criteria for t in trials):
        return "nothing to rank"
    if pooled.auc.low is not None and pooled.auc.low > 0.5:
        return "ranks better than chance"
    if pooled.auc.high is not None and pooled.auc.high < 0.5:
        return "ranks worse than chance"
    return "cannot tell"


def summary_of(answer: Answer, pooled: Measured, mode: Mode, *, forward: bool) -> str:
    """Return the answer in two or three sentences, with the numbers it rests on."""
    market = mode == "customers against a market"
    if answer == "too few deals":
        least, each = parting.SCORE_AT_LEAST
        what = "customers and companies of the market" if market else "deals with a known outcome"
        return (
            f"There are too few {what} to judge a profile on ones it has not seen: at least {least}, with {each} "
            f"of each kind, must be left for that after {parting.LEARN_AT_LEAST[0]} to learn from. No number is given."
        )
    unseen = "opened after it was learned" if forward else "it was not learned from"
    where = f"On {pooled.scored.n:,} {'companies' if market else 'decided deals'} {unseen}"
    if answer == "nothing to rank":
        return f"{where}, no profile placed one above another: none of those learned found a reliable pattern."
    auc, lift = pooled.auc, pooled.lift_top_decile
    assert auc is not None  # noqa: S101  the answers left were given because there is one
    pair = ("a customer", "a company of the market") if market else ("a won deal", "a lost one")
    sentences = [f"{where}, {pair[0]} scored above {pair[1]} {_percent(auc)}."]
    if lift is not None:
        held = "of the market is reached by" if market else "of the list held"
        many = "its share of customers" if market else "its share of the wins"
        sentences.append(f"The top tenth {held} {_times(lift)} {many}.")
    if answer == "cannot tell":
        sentences.append("The interval includes chance, so this does not show that the profile ranks at all.")
    if answer == "ranks worse than chance":
        sentences.append(
            "That is worse than chance: what held before no longer holds. Do not use this profile to rank."
        )
    return " ".join(sentences)


def how_parted(days: Sequence[date], *, given: bool, folds: int, history: History) -> str:
    """Return how the deals were parted, and why so."""
    if days:
        chosen = (
            "The cut-off days were given."
            if given
            else "The cut-off days are those by which about 50, 60, 70 and 80% of the decided deals had been opened, "
            f"where at least {parting.LEARN_AT_LEAST[0]} deals were known by then and "
            f"{parting.SCORE_AT_LEAST[0]} opened after."
        )
        return (
            f"{chosen} On each, a profile was learned from what was known by that day and scored every deal opened "
            "from then on. Together, each deal counts once: with the newest profile learned before it opened."
        )
    if not folds:
        return "Nothing was parted: there is too little to learn from one part and judge on another."
    rows = "companies" if history.mode == "customers against a market" else "deals"
    return (
        f"The {rows} were dealt into {folds} folds; each fold was scored by a profile learned from the others. Rows of "
        "one company, and rows with identical inputs, stayed in one fold. This is not forward in time: it cannot show "
        "that a pattern lasts."
    )


def warnings_of(history: History, trials: Sequence[Trial], *, dated: bool, forward: bool) -> tuple[str, ...]:
    """Return what a reader must know before trusting the numbers."""
    found = []
    if dated and not forward:
        found.append(
            "Deals are dated, but no day has enough of them before and after it: folds were used, which are not "
            "forward in time."
        )
    if forward and history.open_deals:
        found.append(
            f"{history.open_deals:,} open deals could not be judged. Near the end of the history this favours deals "
            "that are decided quickly."
        )
    if forward and bool(np.isnat(history.closed).all()):
        found.append("No closing days: outcomes count as known from the opening on, so these tests are too kind.")
    if not any(attribute.layer == "firmographic" for attribute in history.attributes):
        found.append("No attribute is firmographic: the rival with filters only knows nothing, and scores all alike.")
    undated = int(np.isnat(history.opened).sum())
    if forward and undated:
        found.append(f"{undated:,} deals without a day of opening took no part.")
    returning = [t.seen_before / t.scored.n for t in trials if t.scored.n]
    if forward and returning and max(returning) > 0.2:
        low, high = (f"{100 * share:.0f}" for share in (min(returning), max(returning)))
        found.append(
            f"{low if low == high else f'{low} to {high}'}% of the scored deals are with companies that already had "
            "a deal when the profile was learned; ranking new companies may be harder."
        )
    found += [f"{trial.label}: {trial.note}." for trial in trials if trial.note]
    return tuple(found)


def drift_of(pooled: Measured, trials: Sequence[Trial], mode: Mode) -> tuple[str, ...]:
    """Return what tiers promised and did not keep, and how the win rate of all moved; nothing where all held.

    A promise is broken where it lies outside the interval of what came, by at least `WORTH_SAYING`.
    """
    if mode == "customers against a market":
        return ()
    broken = [
        f"tier {group.label} promised {group.expected:.0%} and won {group.rate:.0%} "
        f"({100 * group.low:.0f} to {100 * group.high:.0f}%)"
        for group in pooled.by_tier
        if group.expected is not None
        and not group.low <= group.expected <= group.high
        and abs(group.rate - group.expected) >= WORTH_SAYING
    ]
    found = []
    if broken:
        said = "; ".join(broken)
        found.append(
            f"{said[0].upper()}{said[1:]}: take the tiers for an order, and these rates with care. What was promised "
            "is what the profiles learned as of these days knew; one learned later may promise something else."
        )
    for trial in reversed(trials):
        if trial.base_rate is None or not trial.learned.n:
            continue
        before, after = trial.learned.won / trial.learned.n, trial.base_rate
        if not after.low <= before <= after.high and abs(after.rate - before) >= WORTH_SAYING:
            found.append(
                f"The win rate of all deals moved: {before:.0%} of those known {trial.label}, {after.rate:.0%} "
                f"({100 * after.low:.0f} to {100 * after.high:.0f}%) of those opened from then on."
            )
        break
    return tuple(found)


def _percent(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.0%} of the time (50% would be chance)"
    span = f"95% interval {100 * estimate.low:.0f} to {100 * estimate.high:.0f}%"
    return f"{estimate.value:.0%} of the time ({span}; 50% would be chance)"


def _times(estimate: Estimate) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.1f} times"
    return f"{estimate.value:.1f} times ({estimate.low:.1f} to {estimate.high:.1f})"
