"""The deals that a review judges on: opened since a profile was learned, old enough, and scored by it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import InputError, Mistake, TooLittleDataError
from idealfit.learn.history import opened_after, rows_of
from idealfit.prove import parting
from idealfit.prove.anytime import log_odds
from idealfit.prove.applying import answers_of, scores_of
from idealfit.prove.pairs import pairs_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from idealfit.learn.history import History
    from idealfit.profile.document import Profile

ERROR = 0.05
"""The chance that anything at all is called broken while every promise is kept, over all reviews together."""

TOGETHER = 3
"""What is said of all deals together: how they are ranked, how often they are won, where the wins lie."""

DECIDED_BY = 0.9
"""The share of older deals, of those won and of those lost, that were decided within the horizon."""


@dataclass(frozen=True)
class Since:
    """The deals to judge on, in the order of their opening, and what the profile says of each.

    `scores` and `answers` (see `answers_of`) have one row per deal; `wins` and `losses` are rows that belong in pairs.
    `horizon` are the days within which they were decided; `slow` is the shift of log odds that leaving out the late
    ones makes. `waiting` deals are too young, `late` ones were old enough and not decided in time. `error` is the
    chance of a false alarm that each finding on all deals has, `error_of_one` that of each tier and line: half of
    `ERROR` goes to either kind, in equal parts.
    """

    start: date
    until: date
    deals: History
    scores: pd.DataFrame
    answers: npt.NDArray[np.int64]
    wins: npt.NDArray[np.int64]
    losses: npt.NDArray[np.int64]
    horizon: int
    slow: float
    waiting: int
    late: int
    error: float
    error_of_one: float


def deals_since(profile: Profile, history: History, since: date | None) -> Since:
    """Return the deals opened after `since` (by default the day the profile was learned) that can be judged.

    A deal is judged once it is old enough that `DECIDED_BY` of the others, of wins and of losses, were decided by that
    age, by what had come of it then. Younger ones wait, so that quick wins do not flatter.

    Raises InputError where deals have no days, or the profile no day to start from; TooLittleDataError where there is
    nothing to judge yet.
    """
    start, until = since or _learned_on(profile), history.as_of
    if not parting.is_dated(history) or until is None:
        raise InputError(
            Mistake(
                "a review needs won and lost deals that say when they were opened",
                found=f"{int((~np.isnat(history.opened)).sum()):,} dated of {len(history.won):,}",
                next_step="Name the column of the opening day with --opened.",
            )
        )
    horizon, slow = _horizon(history, start)
    recent, waiting, late = _ripe(history, start, until, horizon)
    if not len(recent.won):
        raise TooLittleDataError(
            Mistake(
                f"no deal opened after {start} can be judged yet: {waiting:,} were opened in the last {horizon} days, "
                f"within which {DECIDED_BY:.0%} of deals are decided, and {late:,} are older and undecided",
                next_step="Review again when some are.",
            )
        )
    wins, losses = pairs_of(recent.won, recent.account)
    details = len(profile.criteria) + sum(tier.expected is not None for tier in profile.tiers)
    return Since(
        start=start,
        until=until,
        deals=recent,
        scores=scores_of(profile, recent, until),
        answers=answers_of(profile, recent, until),
        wins=wins,
        losses=losses,
        horizon=horizon,
        slow=slow,
        waiting=waiting,
        late=late,
        error=ERROR / 2 / TOGETHER,
        error_of_one=ERROR / 2 / max(details, 1),
    )


def _learned_on(profile: Profile) -> date:
    learned = profile.learned
    day = None if learned is None else learned.as_of or (learned.window[1] if learned.window else None)
    if day is None:
        raise InputError(
            Mistake(
                "the profile does not say up to which day it was learned",
                next_step="Say from which day on to judge it: --since 2026-01-01.",
            )
        )
    return day


def _horizon(history: History, start: date) -> tuple[int, float]:
    """Return the days within which `DECIDED_BY` of wins and of losses, before and since, were decided; what it moves.

    The second is the difference of the log odds of the earlier deals that were decided within these days and of all
    earlier ones; both are 0 without closing days.
    """
    days = (history.closed - history.opened) / np.timedelta64(1, "D")
    before = history.opened <= np.datetime64(start, "D")
    told = days >= 0
    spans = [days[told & (before == then) & (history.won == won)] for then in (True, False) for won in (True, False)]
    if not told.any():
        return 0, 0.0
    horizon = int(np.ceil(max(np.quantile(span, DECIDED_BY) for span in spans if len(span))))
    earlier = told & before if (told & before).any() else told
    within = earlier & (days <= horizon)
    return horizon, log_odds(float(history.won[within].mean())) - log_odds(float(history.won[earlier].mean()))


def _ripe(history: History, start: date, until: date, horizon: int) -> tuple[History, int, int]:
    """Return the deals to judge on by opening, how many are too young, and how many were old enough and undecided."""
    last = np.datetime64(until, "D") - np.timedelta64(horizon, "D")
    later = opened_after(history, start + timedelta(days=1))
    old = later.opened <= last
    undated = bool(np.isnat(later.closed).all())
    by_then = old if undated else old & ((later.closed - later.opened) <= np.timedelta64(horizon, "D"))
    still = np.array([], dtype="datetime64[D]") if history.open is None else history.open.opened
    still = still[still > np.datetime64(start, "D")]
    chosen = np.flatnonzero(by_then)
    chosen = chosen[np.argsort(later.opened[chosen], kind="stable")]
    young = int((~old).sum()) + int((still > last).sum())
    return rows_of(later, chosen), young, int((old & ~by_then).sum()) + int((still <= last).sum())
