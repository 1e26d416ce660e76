"""Why the win rate of all deals moved: other companies came, or the same ones win more often or less."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.profile.document import Estimate
from idealfit.prove.reviewed import Moved

if TYPE_CHECKING:
    import numpy.typing as npt
    import pandas as pd

    from idealfit.learn.history import History
    from idealfit.profile.document import Profile

    Floats = npt.NDArray[np.float64]

DRAWS = 2_000


def moved(profile: Profile, scores: pd.DataFrame, recent: History, *, seed: int) -> Moved | None:
    """Return the change of the overall win rate since the profile was learned, None where tiers promised nothing.

    Half the change of a tier's share times both rates, and the other way round (Kitagawa, Journal of the American
    Statistical Association 50, 1955). Intervals (95 %, for this look) are percentiles over `DRAWS` draws of companies;
    the counts that the promises rest on are drawn with them.
    """
    then = [(tier.name, tier.expected) for tier in profile.tiers if tier.expected is not None]
    names = [name for name, _ in then]
    tier = scores["tier"].to_numpy()
    known = np.isin(tier, names)
    n0, w0 = (np.array([getattr(rate, what) for _, rate in then], dtype=float) for what in ("n", "won"))
    if len(then) < len(profile.tiers) or not n0.sum() or not known.any():
        return None
    place, won = np.array([names.index(one) for one in tier[known]]), recent.won[known]
    counts = np.zeros((2, len(np.unique(recent.account[known])), len(names)))
    _, company = np.unique(recent.account[known], return_inverse=True)
    cell = company.reshape(-1) * len(names) + place
    for layer, weights in zip(counts, (np.ones(len(won)), won.astype(float)), strict=True):
        layer[:] = np.bincount(cell, weights=weights, minlength=layer.size).reshape(layer.shape)
    random = np.random.default_rng(seed)
    companies = counts.shape[1]
    weight = random.multinomial(companies, np.full(companies, 1 / companies), DRAWS).astype(float)
    n1, w1 = weight @ counts[0], weight @ counts[1]
    old_n = random.multinomial(int(n0.sum()), n0 / n0.sum(), DRAWS).astype(float)
    old_w = old_n * random.beta(w0 + 0.5, n0 - w0 + 0.5, (DRAWS, len(names)))
    spread = np.percentile(_parted(old_n, old_w, n1, w1), [2.5, 97.5], axis=1)
    new_n, new_w = counts.sum(axis=1)
    mix, rates = (
        Estimate(value=float(value), low=float(min(value, low)), high=float(max(value, high)))
        for value, low, high in zip(_parted(n0, w0, new_n, new_w)[:, 0], *spread, strict=True)
    )
    return Moved(before=float(w0.sum() / n0.sum()), after=float(new_w.sum() / new_n.sum()), mix=mix, rates=rates)


def _parted(n0: Floats, w0: Floats, n1: Floats, w1: Floats) -> Floats:
    """Return what of the change the shares make and what the rates, of shape (2, draws); arrays are (draws, tiers).

    A tier that is empty on one side has the rate of the other.
    """
    n0, w0, n1, w1 = (np.atleast_2d(x) for x in (n0, w0, n1, w1))
    share0, share1 = n0 / n0.sum(axis=1, keepdims=True), n1 / n1.sum(axis=1, keepdims=True)
    rate0 = np.divide(w0, n0, out=np.full_like(w0, np.nan), where=n0 > 0)
    rate1 = np.divide(w1, n1, out=np.full_like(w1, np.nan), where=n1 > 0)
    rate0, rate1 = (np.nan_to_num(np.where(np.isnan(a), b, a)) for a, b in ((rate0, rate1), (rate1, rate0)))
    mix = ((share1 - share0) * (rate0 + rate1) / 2).sum(axis=1)
    return np.stack([mix, ((rate1 - rate0) * (share0 + share1) / 2).sum(axis=1)])
