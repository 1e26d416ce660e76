"""How fast what an event does fades: its half-life with an interval, by likelihood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.interpolate import CubicSpline
from scipy.optimize import minimize_scalar

from idealfit.profile.document import Estimate

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.matched_sets import Exposure, Sets

    Floats = npt.NDArray[np.float64]

DEFAULT_HALF_LIFE = 60.0
"""Days, where the data are too thin to fit one. Published figures contradict each other (14 to 120 days), so this is
only an assumption, and is labelled as such."""

SHORTEST, LONGEST = 4.0, 1000.0
_GRID = np.geomspace(SHORTEST, LONGEST, 40)
_DROP = 1.920729  # half of chi squared's 95 % quantile, one degree of freedom
_STRONGEST = np.log(1000.0)
_WEAKEST = np.log(0.001)


def half_life(
    sets: Sets, seen: Exposure, base: Floats, first_day: int, *, more: bool, spread: float = 1.0
) -> Estimate | None:
    """Return the days until half of the effect is gone, with its 95 % interval; None where the data do not bound it.

    The chance of a case, u days after the latest event, is multiplied by 1 + a 2^(-(u - first_day) / h): the profile
    likelihood over h of the conditional likelihood of the sets, whose alternatives have the chances `base` without the
    event. `more` tells whether the event makes cases more frequent (a > 0) or less (-1 < a < 0); `spread` is how many
    times as far companies vary as the model says, by which the likelihood is divided (quasi-likelihood: McCullagh &
    Nelder 1989, ch. 9).
    """
    profile = np.array([_best_fit(sets, seen, base, first_day, h, more=more) for h in _GRID])
    if not np.isfinite(profile).all():
        return None
    fine = np.linspace(np.log(SHORTEST), np.log(LONGEST), 2000)
    curve = CubicSpline(np.log(_GRID), profile)(fine)
    top = int(curve.argmax())
    inside = np.flatnonzero(curve >= curve[top] - _DROP * spread)
    if top in (0, len(fine) - 1) or inside[0] == 0 or inside[-1] == len(fine) - 1:
        return None
    days = np.exp(fine)
    return Estimate(value=float(days[top]), low=float(days[inside[0]]), high=float(days[inside[-1]]))


def _best_fit(sets: Sets, seen: Exposure, base: Floats, first_day: int, days: float, *, more: bool) -> float:
    """Return the highest log likelihood at one half-life."""

    def left(since: npt.NDArray[np.float32]) -> Floats:
        ago = since.astype(np.float64) - first_day
        return np.where(ago >= 0, np.exp2(-np.maximum(ago, 0.0) / days), 0.0)

    at_case = left(seen.case_since)
    of_set = (base * left(seen.since)).sum(1)[sets.unit]

    def loss(strength: float) -> float:
        a = np.exp(strength) if more else -1 / (1 + np.exp(-strength))
        return -float((np.log1p(a * at_case) - np.log1p(a * of_set)).sum())

    found = minimize_scalar(loss, bounds=(_WEAKEST, _STRONGEST), method="bounded", options={"xatol": 1e-3})
    return -float(found.fun)
