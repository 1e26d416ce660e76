"""Learn as of a day, score what opened later, and hold the scores against what came of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Protocol, TypeAlias

import numpy as np
import pandas as pd

from idealfit.errors import InputError, Mistake, TooLittleDataError
from idealfit.learn.drafting import profile_from
from idealfit.learn.history import known_by, opened_after, rows_of
from idealfit.prove import parting
from idealfit.prove.applying import scores_of
from idealfit.prove.judging import Scored, false_positives, joined, measured
from idealfit.prove.trials import Backtest, Counted, Line, Measured, Trial
from idealfit.prove.wording import answer_of, drift_of, how_parted, summary_of, warnings_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.profile.document import Profile
    from idealfit.tables import Layer

FILTERS: tuple[Layer, ...] = ("firmographic",)
"""What a plain filter list knows of a company."""

_ANY_DAY = date(2000, 1, 1)  # facts are days before opening: without a cut-off day any day serves


Teller: TypeAlias = "Callable[[str, float], None]"
"""Is told a step in words and the share done (0 to 1)."""


class Learner(Protocol):
    """What learns a profile from a history; `layers` limits which attributes it may use."""

    def __call__(self, history: History, /, *, seed: int, layers: Collection[Layer] | None = None) -> Profile:
        """Return the profile; raises TooLittleDataError where nothing can be learned."""


class Applier(Protocol):
    """What scores the rows of a history by a profile: the columns of `tables.SCORES`, in row order."""

    def __call__(self, profile: Profile, history: History, as_of: date, /) -> pd.DataFrame:
        """Return one row of scores per row of `history`."""


@dataclass(frozen=True)
class _Part:
    """What one trial learns from and is judged on; `own` marks the rows that it alone contributes to the pool."""

    label: str
    cutoff: date | None
    learned: History
    scored: History
    own: npt.NDArray[np.bool_]


def backtest(
    history: History,
    *,
    learn: Learner = profile_from,
    seed: int,
    cutoffs: Sequence[date] | None = None,
    apply: Applier = scores_of,
    progress: Teller | None = None,
) -> Backtest:
    """Return how well profiles learned from a part of `history` ranked the deals of the other part.

    Where deals are dated, each of `cutoffs` (by default up to four days, see `parting.cutoff_days`) parts them: a
    profile is learned from what was known by that day and judged on the deals opened after it. Otherwise, and for
    customers against a market, five folds take turns, and the result says that it is not forward in time. Each time
    the rubric meets a rival that was allowed firmographic filters only. Where there is too little to judge, the
    measures are None and the summary says so.

    Raises InputError where cut-off days are given and deals have no day of opening. `progress` is told the step in
    words and the share done (0 to 1).
    """
    tell = progress or (lambda _words, _share: None)
    dated = parting.is_dated(history)
    if cutoffs and not dated:
        raise InputError(_undated(history))
    days = tuple(sorted(set(cutoffs))) if cutoffs else (parting.cutoff_days(history) if dated else ())
    parts = _by_day(history, days) if days else _by_fold(history, seed)
    trials: list[Trial] = []
    seen: list[Scored] = []
    for step, part in enumerate(parts):
        begun, each = step / (len(parts) + 1), 1 / (len(parts) + 1)
        trial, scored = _tried(part, learn, apply, seed, _part_of(tell, part.label, begun, each))
        trials.append(trial)
        if scored is not None:
            seen.append(scored.only(part.own, step))
    tell("all of them together", len(parts) / (len(parts) + 1))
    pooled, wrong = Measured(scored=Counted(0, 0)), false_positives(None)
    if seen:
        together = joined(seen)
        pooled, wrong = measured(together, seed=seed), false_positives(together)
    tell("done", 1.0)
    answer = answer_of(pooled, trials)
    return Backtest(
        kind="forward in time" if days else "folds, not forward in time",
        mode=history.mode,
        how=how_parted(days, given=bool(cutoffs), folds=len(parts), history=history),
        answer=answer,
        summary=summary_of(answer, pooled, history.mode, forward=bool(days)),
        cutoffs=tuple(trials),
        pooled=pooled,
        false_positives=wrong,
        warnings=(
            *(drift_of(pooled, trials, history.mode) if days else ()),
            *warnings_of(history, trials, dated=dated, forward=bool(days)),
        ),
    )


def _undated(history: History) -> Mistake:
    against = history.mode == "customers against a market"
    return Mistake(
        "cut-off days need deals that say when they were opened"
        if not against
        else "cut-off days cannot part customers and a market: neither has a day of opening",
        found=f"{int((~np.isnat(history.opened)).sum())} dated of {len(history.won)}",
        allowed="a day of opening on at least 95% of the deals",
        next_step="Leave the cut-off days out, and folds are used."
        if against
        else "Name the column of the opening day with --opened, or leave the cut-off days out, and folds are used.",
    )


def _by_day(history: History, days: Sequence[date]) -> list[_Part]:
    """Return one part per day; to the pool each gives the deals that opened before the next day."""
    parts = []
    for day, following in zip(days, [*days[1:], None], strict=True):
        scored = opened_after(history, day)
        own = np.ones(len(scored.won), dtype=bool) if following is None else scored.opened < np.datetime64(following)
        parts.append(_Part(f"as of {day.isoformat()}", day, known_by(history, day), scored, own))
    return parts


def _by_fold(history: History, seed: int) -> list[_Part]:
    """Return one part per fold, or none where the whole is too little."""
    if not parting.has_enough(history.won, parting.LEARN_AT_LEAST):
        return []
    fold = parting.fold_of_row(history, seed=seed)
    parts = []
    for number in np.unique(fold):
        inside = fold == number
        own = np.ones(int(inside.sum()), dtype=bool)
        parts.append(_Part(f"fold {number + 1}", None, rows_of(history, ~inside), rows_of(history, inside), own))
    return parts


def _part_of(tell: Teller, label: str, begun: float, each: float) -> Teller:
    """Return what is told the steps of one part, which takes `each` of the whole from `begun` on."""
    return lambda words, share: tell(f"{label}: {words}", begun + each * share)


def _tried(part: _Part, learn: Learner, apply: Applier, seed: int, tell: Teller) -> tuple[Trial, Scored | None]:
    """Return one trial and the scores it rests on (None where there was nothing to learn from or to score)."""
    learned = Counted(len(part.learned.won), int(part.learned.won.sum()))
    scored = Counted(len(part.scored.won), int(part.scored.won.sum()))
    blank = Trial(label=part.label, cutoff=part.cutoff, learned=learned, scored=scored, verdict="too little data")
    if not parting.has_enough(part.learned.won, parting.LEARN_AT_LEAST):
        least, each = parting.LEARN_AT_LEAST
        return replace(
            blank, note=f"too few to learn from: at least {least} with {each} of each outcome are needed"
        ), None
    tell("learning", 0.0)
    try:
        whole = learn(part.learned, seed=seed)
    except TooLittleDataError as error:
        return replace(blank, note=str(error)), None
    trial = replace(blank, verdict=whole.verdict, criteria=_lines(whole))
    if not scored.n:
        return replace(trial, note="nothing to score: no decided deal was opened from this day on"), None
    tell("learning from firmographic filters only", 0.45)
    filters = _filters_only(part.learned, learn, seed)
    tell("scoring", 0.85)
    as_of = part.cutoff or _ANY_DAY
    rows = Scored.of(
        part.scored,
        apply(whole, part.scored, as_of),
        None if filters is None else apply(filters, part.scored, as_of),
        label=part.label,
        tiers=tuple(t.name for t in whole.tiers),
        base=1.0 if part.scored.mode == "customers against a market" else learned.won / learned.n,
    )
    result = vars(measured(rows, seed=seed))
    before = int(np.isin(part.scored.account, part.learned.account).sum())
    note = "" if result["auc"] is not None else "too few of each outcome to measure on their own"
    return replace(trial, **result, seen_before=before, note=note), rows


def _filters_only(learned: History, learn: Learner, seed: int) -> Profile | None:
    """Return the profile of the rival, or None where filters have nothing to go by."""
    if not any(attribute.layer in FILTERS for attribute in learned.attributes):
        return None
    try:
        return learn(learned, seed=seed, layers=FILTERS)
    except TooLittleDataError:
        return None


def _lines(profile: Profile) -> tuple[Line, ...]:
    return tuple(Line(c.attribute, c.layer, c.test, c.points, c.evidence.verdict) for c in profile.criteria)
