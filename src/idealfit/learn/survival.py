"""How long something lasts when not everything has ended yet: Kaplan and Meier's curve, Cox's hazard ratio.

Written here because two pages do it, and statsmodels or lifelines would bring a hundred megabytes to every user; in
tests both must agree (docs/decisions/0012-survival-and-triggers.md).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.evidence import Z95

if TYPE_CHECKING:
    import numpy.typing as npt

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Curve:
    """The share that lasts: one entry per time at which something ended or left observation, from time 0."""

    time: Floats
    at_risk: Floats
    kept: Floats
    low: Floats
    high: Floats

    def at(self, time: float) -> tuple[float, float, float, int] | None:
        """Return the share kept at `time`, its interval and how many were still observed; None beyond the last."""
        if not len(self.time) or time > self.time[-1]:
            return None
        i = int(np.searchsorted(self.time, time, side="right")) - 1
        at_risk = self.at_risk[i] if self.time[i] == time else self.at_risk[min(i + 1, len(self.time) - 1)]
        return float(self.kept[i]), float(self.low[i]), float(self.high[i]), int(at_risk)


def kaplan_meier(time: Floats, ended: Bools, z: float = Z95) -> Curve:
    """Return the product-limit estimate (Kaplan & Meier 1958) with Greenwood's variance on the log-log scale.

    What leaves observation at the time of an end was still at risk then. Where nothing has ended yet, and where all
    have, the interval is the point itself, as there is no variance to go by.

    >>> curve = kaplan_meier(np.array([1.0, 2, 2, 3]), np.array([True, True, False, True]))
    >>> curve.kept.round(3).tolist(), curve.at_risk.tolist()
    ([1.0, 0.75, 0.5, 0.0], [4.0, 4.0, 3.0, 1.0])
    """
    times = np.unique(np.concatenate([[0.0], time]))
    place = np.searchsorted(times, time)
    left = np.bincount(place, minlength=len(times)).astype(np.float64)
    ends = np.bincount(place, weights=ended, minlength=len(times))
    at_risk = left[::-1].cumsum()[::-1]
    kept = np.cumprod(1 - ends / np.maximum(at_risk, 1))
    with np.errstate(divide="ignore", invalid="ignore"):
        greenwood = np.cumsum(ends / (at_risk * (at_risk - ends)))
        log = np.log(kept)
        half = z * np.sqrt(greenwood) / log
        low, high = np.exp(np.exp(-half) * log), np.exp(np.exp(half) * log)
    exact = ~np.isfinite(low) | ~np.isfinite(high)
    low, high = np.where(exact, kept, low), np.where(exact, kept, high)
    return Curve(times, at_risk, kept, np.minimum(low, high), np.maximum(low, high))


@dataclass(frozen=True)
class CoxFit:
    """Coefficients (log hazard ratios) with their standard errors."""

    beta: Floats
    error: Floats


def cox(x: Floats, time: Floats, ended: Bools, stratum: Ints | None = None) -> CoxFit | None:
    """Return Cox's (1972) partial-likelihood fit with Efron's (1977) handling of ties, baselines apart by `stratum`.

    Newton's steps, halved where the likelihood falls. None where it has no finite maximum (a group without an end).
    """
    stratum = np.zeros(len(time), dtype=np.int64) if stratum is None else stratum
    mean, scale = x.mean(0), x.std(0)
    scale = np.where(scale > 0, scale, 1.0)
    scaled = (x - mean) / scale
    beta = np.zeros(x.shape[1])
    likelihood, score, information = _partial(scaled, time, ended, stratum, beta)
    for _ in range(60):
        try:
            step = np.linalg.solve(information, score)
        except np.linalg.LinAlgError:
            return None
        size = 1.0
        for _ in range(30):
            found = _partial(scaled, time, ended, stratum, beta + size * step)
            if np.isfinite(found[0]) and found[0] >= likelihood - 1e-12:
                break
            size /= 2
        beta = beta + size * step
        likelihood, score, information = found
        if np.abs(beta).max(initial=0.0) > 20:
            return None
        if np.abs(size * step).max(initial=0.0) < 1e-10:
            break
    try:
        variance = np.diag(np.linalg.inv(information))
    except np.linalg.LinAlgError:
        return None
    if not (variance > 0).all() or not np.isfinite(variance).all() or (np.sqrt(variance) > 20).any():
        return None
    return CoxFit(beta / scale, np.sqrt(variance) / scale)


def _partial(x: Floats, time: Floats, ended: Bools, stratum: Ints, beta: Floats) -> tuple[float, Floats, Floats]:
    """Return the log partial likelihood with its first derivatives and the information."""
    width = x.shape[1]
    likelihood, score, information = 0.0, np.zeros(width), np.zeros((width, width))
    for k in np.unique(stratum):
        mine = stratum == k
        order = np.argsort(-time[mine], kind="stable")  # the longest first: sums over who is at risk only grow
        xs, ts, es = x[mine][order], time[mine][order], ended[mine][order]
        risk = np.exp(np.clip(xs @ beta, -500, 500))
        sums = np.cumsum(risk), np.cumsum(risk[:, None] * xs, axis=0)
        square = np.cumsum(risk[:, None, None] * xs[:, :, None] * xs[:, None, :], axis=0)
        last = np.searchsorted(-ts, -ts, side="right") - 1
        for t in np.unique(ts[es]):
            dead = np.flatnonzero((ts == t) & es)
            at, many = last[dead[0]], len(dead)
            tied = risk[dead].sum(), risk[dead] @ xs[dead], (risk[dead][:, None, None] * _outer(xs[dead])).sum(0)
            likelihood += float(np.log(risk[dead]).sum())
            score += xs[dead].sum(0)
            for nth in range(many):
                share = nth / many
                total = sums[0][at] - share * tied[0]
                mean = (sums[1][at] - share * tied[1]) / total
                likelihood -= float(np.log(total))
                score -= mean
                information += (square[at] - share * tied[2]) / total - np.outer(mean, mean)
    return likelihood, score, information


def _outer(x: Floats) -> Floats:
    return np.asarray(x[:, :, None] * x[:, None, :], dtype=np.float64)


def martingale_residuals(time: Floats, ended: Bools, stratum: Ints) -> Floats:
    """Return for each whether it ended, less the ends that were to be expected in so long (Nelson-Aalen).

    >>> time, ended = np.array([1.0, 2, 3]), np.array([True, True, False])
    >>> martingale_residuals(time, ended, np.array([0, 0, 0])).round(3).tolist()
    [0.667, 0.167, -0.833]
    """
    out = ended.astype(np.float64)
    for k in np.unique(stratum):
        mine = stratum == k
        times, place = np.unique(time[mine], return_inverse=True)
        left = np.bincount(place, minlength=len(times))
        ends = np.bincount(place, weights=ended[mine], minlength=len(times))
        out[mine] -= np.cumsum(ends / left[::-1].cumsum()[::-1])[place]
    return out
