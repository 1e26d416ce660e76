"""What tiers promised, held against the deals since: each tier's win rate, the rate of all, and where the wins lie."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from idealfit.profile.document import Estimate, Rate
from idealfit.prove import measures
from idealfit.prove.anytime import EDGE, log_odds, rate_under, shift_of
from idealfit.prove.reviewed import TierReviewed
from idealfit.score.market import in_reach

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.profile.document import Profile
    from idealfit.prove.reviewed import Kept
    from idealfit.prove.since import Since

WORTH_SAYING = 0.03
"""A win rate within so much of a promise's interval keeps it."""


def tiers_reviewed(profile: Profile, judged: Since) -> tuple[TierReviewed, ...]:
    """Return each tier that promised a win rate, with the one since."""
    tier = judged.scores["tier"].to_numpy()
    found = []
    for one in profile.tiers:
        rows = np.flatnonzero(tier == one.name)
        if one.expected is not None:
            came = judged.deals.won[rows], judged.deals.account[rows]
            found.append(_against(one.name, one.expected, *came, error=judged.error_of_one, slow=judged.slow))
    return tuple(found)


def level_reviewed(profile: Profile, judged: Since) -> TierReviewed | None:
    """Return the win rate of all deals, held against what the tiers promised those that came."""
    expected = {tier.name: tier.expected for tier in profile.tiers if tier.expected is not None}
    tier = judged.scores["tier"].to_numpy()
    rows = np.flatnonzero(np.isin(tier, list(expected)))
    if len(expected) < len(profile.tiers) or not len(rows):
        return None
    total = sum(rate.n for rate in expected.values())
    rates = np.array([expected[name].rate for name in tier[rows]])
    mean = float(rates.mean())
    low, high = measures.wilson(mean * total, total)
    promised = Rate(n=total, won=round(mean * total), rate=mean, low=low, high=high)
    return _against(
        "all", promised, judged.deals.won[rows], judged.deals.account[rows], error=judged.error, slow=judged.slow,
        each=rates,
    )  # fmt: skip


def reach_reviewed(profile: Profile, judged: Since) -> TierReviewed | None:
    """Return the share of wins that the worked tiers hold, promised and since; of each company the first win counts."""
    lowest = in_reach(profile)
    if lowest is None or any(tier.expected is None for tier in profile.tiers):
        return None
    worked = [t for t in profile.tiers if t.at_least >= lowest.at_least]
    held, total = (sum(t.expected.won for t in some if t.expected) for some in (worked, profile.tiers))
    if not total:
        return None
    wins = np.flatnonzero(judged.deals.won)
    wins = wins[np.sort(np.unique(judged.deals.account[wins], return_index=True)[1])]
    inside = np.isin(judged.scores["tier"].to_numpy()[wins], [t.name for t in worked])
    promised = measures.rate(np.arange(total) < held, np.arange(total))
    name = worked[0].name if len(worked) == 1 else f"{worked[0].name} to {lowest.name}"
    return _against(name, promised, inside, np.arange(len(wins)), error=judged.error)


def _against(
    name: str,
    promised: Rate,
    came: npt.NDArray[np.bool_],
    account: npt.NDArray[np.int64],
    *,
    error: float,
    slow: float = 0.0,
    each: npt.NDArray[np.float64] | None = None,
) -> TierReviewed:
    """Return outcomes held against a promised rate: broken once no rate near its interval is left.

    `each` are the promises of the single deals, where they differ.
    """
    at, low, high = (rate_under([rate], slow) for rate in (promised.rate, promised.low, promised.high))
    share, design = measures.rate(came, account), measures.design_effect(came, account)
    here = min(max(at, EDGE), 1 - EDGE)
    ends = [min(max(end, EDGE), 1 - EDGE) for end in (low - WORTH_SAYING, high + WORTH_SAYING)]
    near = (log_odds(ends[0]) - log_odds(here), log_odds(ends[1]) - log_odds(here))
    chances = np.full(len(came), here) if each is None else expit(logit(np.clip(each, EDGE, 1 - EDGE)) + slow)
    found = shift_of(chances, came, error=error, kept=near, design=design)
    kept: Kept = "kept" if found.low >= near[0] and found.high <= near[1] else "cannot tell yet"
    if found.broken_after is not None:
        kept = "below" if found.value < 0 else "above"
    rate = None
    if found.n:
        rate = Estimate(value=share.rate, low=rate_under(chances, found.low), high=rate_under(chances, found.high))
    interval = Estimate(value=at, low=low, high=high)
    return TierReviewed(name=name, promised=interval, n=share.n, won=share.won, rate=rate, kept=kept)
