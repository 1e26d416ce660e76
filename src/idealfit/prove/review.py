"""A profile held against the deals opened since it was learned: revise it, or leave it alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.special import expit

from idealfit.errors import TooLittleDataError
from idealfit.profile.document import Estimate
from idealfit.profile.wording import phrase
from idealfit.prove import measures, parting
from idealfit.prove.anytime import Shift, log_odds, more_needed, shift_of
from idealfit.prove.mix_and_rates import moved
from idealfit.prove.promised_rates import level_reviewed, reach_reviewed, tiers_reviewed
from idealfit.prove.review_words import answer_of, reasons_of, summary_of
from idealfit.prove.reviewed import LineReviewed, RankingReviewed, RecentWin, Review
from idealfit.prove.since import Since, deals_since
from idealfit.prove.trials import Counted, Line
from idealfit.score.answers import UNKNOWN, YES

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.learn.history import History
    from idealfit.profile.document import Criterion, Evidence, Profile
    from idealfit.prove.backtest import Learner
    from idealfit.prove.reviewed import Held

HOPELESS = 20
"""A difference that wants more than so many times the wins since is not worth waiting for."""

NEWEST = 5


def review(
    profile: Profile,
    history: History,
    *,
    since: date | None = None,
    every: int = 91,
    learn: Learner | None = None,
    seed: int = 0,
    progress: Callable[[str, float], None] = lambda _words, _share: None,
) -> Review:
    """Return whether the deals opened after `since` (by default the day the profile was learned) keep its promises.

    All intervals hold at once and at every review, however many there are (`anytime`). With `learn`, a profile is
    learned from the recent deals alone, and lines that they support and the profile lacks are told; they do not change
    the answer. `every` is the days to the next review. Which deals are judged, and what is raised: `deals_since`.
    """
    progress("scoring the deals since", 0.1)
    judged = deals_since(profile, history, since)
    progress("holding them against the promises", 0.4)
    found = Review(
        answer="too early to tell",
        summary="",
        reasons=(),
        since=judged.start,
        until=judged.until,
        horizon_days=judged.horizon,
        judged=Counted(len(judged.deals.won), int(judged.deals.won.sum())),
        waiting=judged.waiting,
        late=judged.late,
        ranking=_ranking(profile, judged),
        tiers=tiers_reviewed(profile, judged),
        lines=tuple(_line(line, number, judged) for number, line in enumerate(profile.criteria)),
        level=level_reviewed(profile, judged),
        wins_in_reach=reach_reviewed(profile, judged),
        moved=moved(profile, judged.scores, judged.deals, seed=seed),
        new_lines=_new_lines(profile, judged.deals, learn, seed, progress),
        newest_wins=_newest(judged),
        next_review=judged.until + timedelta(days=every),
        warnings=_warnings(profile, history),
    )
    answered = replace(found, answer=answer_of(found))
    return replace(answered, summary=summary_of(answered), reasons=reasons_of(answered))


def _ranking(profile: Profile, judged: Since) -> RankingReviewed:
    fit = judged.scores["fit"].to_numpy(dtype=np.float64)
    gap = fit[judged.wins] - fit[judged.losses]
    found = shift_of(np.full(int((gap != 0).sum()), 0.5), gap[gap != 0] > 0, error=judged.error)
    won, learned = judged.deals.won, profile.learned
    return RankingReviewed(
        pairs=found.n,
        above=_shares(found),
        auc=measures.auc(fit, won) if 0 < won.sum() < len(won) else None,
        auc_then=None if learned is None or learned.auc is None else learned.auc.value,
        held=_held(found, 1.0, None),
        more_wins=_more_wins(found, judged, judged.error) if _held(found, 1.0, None) == "not seen yet" else None,
    )


def _line(line: Criterion, number: int, judged: Since) -> LineReviewed:
    """Return what the deals since say of one line: log odds ratios from the pairs of which one side meets it."""
    answer = judged.answers[:, number]
    win, loss = answer[judged.wins], answer[judged.losses]
    told = (win != UNKNOWN) & (loss != UNKNOWN) & (win != loss)
    found = shift_of(np.full(int(told.sum()), 0.5), win[told] == YES, error=judged.error_of_one)
    then, least = _odds_then(line.evidence, 1.0 if line.points > 0 else -1.0)
    held = _held(found, 1.0 if line.points > 0 else -1.0, least)
    known = answer != UNKNOWN
    return LineReviewed(
        attribute=line.attribute,
        words=phrase(line.attribute, line.test),
        points=line.points,
        promised=then,
        odds=_odds(found),
        pairs=found.n,
        held=held,
        met_then=line.met_by / 100,
        met_now=float((answer[known] == YES).mean()) if known.any() else None,
        more_wins=_more_wins(found, judged, judged.error_of_one) if held == "not seen yet" else None,
    )


def _odds_then(evidence: Evidence, sign: float) -> tuple[float | None, float | None]:
    """Return the odds ratio when the profile was learned, and the logarithm of the end of its interval nearest to 1.

    The interval recovers its width from those of the two rates (Zou and Donner, Statistics in Medicine 27, 2008).
    """
    if evidence.inside is None or evidence.outside is None:
        return None, None
    (one, far), (other, near) = (
        (log_odds(rate.rate), log_odds(rate.low if (sign > 0) == (rate is evidence.inside) else rate.high))
        for rate in (evidence.inside, evidence.outside)
    )
    return float(np.exp(one - other)), one - other - sign * float(np.hypot(one - far, other - near))


def _held(found: Shift, sign: float, least: float | None) -> Held:
    """Return whether a difference is still there in the promised direction, by the interval of the sequence."""
    low, high = sorted((sign * found.low, sign * found.high))
    if high < 0:
        return "turned round"
    if least is not None and high < sign * least:
        return "weaker"
    return "holds" if low > 0 else "not seen yet"


def _new_lines(
    profile: Profile,
    recent: History,
    learn: Learner | None,
    seed: int,
    progress: Callable[[str, float], None],
) -> tuple[Line, ...]:
    """Return lines that the recent deals support by themselves, of attributes that the profile has none of."""
    if learn is None or not parting.has_enough(recent.won, parting.LEARN_AT_LEAST):
        return ()
    progress("looking for what the profile lacks", 0.5)
    try:
        fresh = learn(recent, seed=seed)
    except TooLittleDataError:
        return ()
    told = {line.attribute for line in profile.criteria} | {rule.attribute for rule in profile.disqualify}
    return tuple(
        Line(c.attribute, c.layer, c.test, c.points, c.evidence.verdict)
        for c in fresh.criteria
        if c.attribute not in told and c.evidence.verdict == "supported"
    )


def _newest(judged: Since) -> tuple[RecentWin, ...]:
    wins = np.flatnonzero(judged.deals.won)[::-1][:NEWEST]
    return tuple(
        RecentWin(
            id=str(judged.deals.ids[row]),
            opened=pd.Timestamp(judged.deals.opened[row]).date(),
            fit=int(judged.scores["fit"].iloc[row]),
            tier=str(judged.scores["tier"].iloc[row]),
        )
        for row in wins
    )


def _warnings(profile: Profile, history: History) -> tuple[str, ...]:
    found = []
    if bool(np.isnat(history.closed).all()):
        found.append("No closing days: deals are judged by what came of them in the end, however late.")
    known = {attribute.name for attribute in history.attributes}
    missing = [line.attribute for line in profile.criteria if line.attribute not in known]
    if missing:
        found.append(f"Not in these tables, or the same for all, so unknown: {', '.join(dict.fromkeys(missing))}.")
    if not profile.criteria:
        found.append("The profile has no lines, so there is nothing to rank by.")
    return tuple(found)


def _more_wins(found: Shift, judged: Since, error: float) -> int | None:
    """Return about how many more wins would tell, at the rate at which wins gave a comparison so far."""
    if not found.n:
        return None
    needed = more_needed(float(expit(found.value)), error=error)
    if needed is None:
        return None
    wins = int(judged.deals.won.sum())
    more = max(1, int(np.ceil((needed - found.n) * wins / found.n)))
    return more if more <= HOPELESS * wins else None


def _shares(found: Shift) -> Estimate | None:
    if not found.n:
        return None
    return Estimate(value=float(expit(found.value)), low=float(expit(found.low)), high=float(expit(found.high)))


def _odds(found: Shift) -> Estimate | None:
    """Return the odds ratio that a shift of log odds is; an end that is infinite is not known."""
    if not found.n:
        return None
    low, high = (None if np.isinf(end) else float(np.exp(end)) for end in (found.low, found.high))
    return Estimate(value=float(np.exp(found.value)), low=low, high=high)
