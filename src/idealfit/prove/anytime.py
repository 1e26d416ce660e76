"""Promises held against outcomes as these come in: intervals and alarms that hold however often somebody looks.

A test made for one look, taken every week, raises a false alarm sooner or later. Here an error of 5 % means that over
all looks together, for ever, at most 5 % of kept promises are called broken.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit, logsumexp

if TYPE_CHECKING:
    import numpy.typing as npt

STEP = 0.02
SHIFTS = np.arange(-300, 301) * STEP
"""The shifts of log odds that are looked at: beyond, one win in a hundred would have become nineteen in twenty."""

SPREAD = 0.7
"""The standard deviation of the mixture over shifts: it decides how soon an alarm comes, not how true it is."""

LOOKS = 200
"""How often at most a sequence is looked at; fewer looks are as valid."""

EDGE = 1e-4
"""Promises of 0 and 1 are taken for so much more and less: nothing is impossible."""


@dataclass(frozen=True)
class Shift:
    """How far outcomes lie from what was promised for them, as a shift of all log odds.

    `value` is the likeliest one, `low` and `high` the ends of the sequence's interval after `n` outcomes (infinite
    where nothing is known), `broken_after` the number of outcomes after which every shift that would have kept the
    promise was out, None while that has not happened.
    """

    n: int
    value: float
    low: float
    high: float
    broken_after: int | None


def shift_of(
    promised: npt.ArrayLike,
    won: npt.ArrayLike,
    *,
    error: float,
    kept: tuple[float, float] = (0.0, 0.0),
    design: float = 1.0,
) -> Shift:
    """Return the shift of log odds between `promised` chances and outcomes, in the order in which they came.

    A shift is out at the first look at which the likelihood, mixed over shifts by a normal distribution of standard
    deviation `SPREAD`, is 1 / `error` times its own: a nonnegative martingale exceeds that with a probability of at
    most `error` (Ville 1939; as an interval, Robbins, Annals of Mathematical Statistics 41, 1970; Howard, Ramdas,
    McAuliffe and Sekhon, Annals of Statistics 49, 2021). `kept` are the shifts under which the promise counts as kept.
    `design` is the design effect of outcomes that go together: the likelihood is taken to the power of its inverse,
    which is an approximation.

    >>> one = shift_of([0.5], [True], error=0.05)
    >>> round(one.low, 2), one.high  # out is where the chance of a win would be below 0.05 / 2
    (-3.66, inf)
    """
    chances = np.clip(np.asarray(promised, dtype=np.float64), EDGE, 1 - EDGE)
    outcome = np.asarray(won, dtype=bool)
    prior = -0.5 * (SHIFTS / SPREAD) ** 2
    prior -= logsumexp(prior)
    likelihood = np.zeros(len(SHIFTS))
    inside = np.ones(len(SHIFTS), dtype=bool)
    keeping = (kept[0] - STEP / 2 <= SHIFTS) & (kept[1] + STEP / 2 >= SHIFTS)
    broken_after = None
    every = max(1, -(-len(outcome) // LOOKS))
    for start in range(0, len(outcome), every):
        end = min(start + every, len(outcome))
        odds = logit(chances[start:end])[:, None] + SHIFTS
        sign = np.where(outcome[start:end], -1.0, 1.0)[:, None]
        likelihood -= np.logaddexp(0.0, sign * odds).sum(axis=0) / design
        inside = likelihood > logsumexp(likelihood + prior) + np.log(error)
        if broken_after is None and not (inside & keeping).any():
            broken_after = end
    if not len(outcome):
        return Shift(0, 0.0, -np.inf, np.inf, None)
    among = np.flatnonzero(inside)
    low, high = among[0], among[-1]
    return Shift(
        n=len(outcome),
        value=float(SHIFTS[np.argmax(likelihood)]),
        low=-np.inf if low == 0 else float(SHIFTS[low]),
        high=np.inf if high == len(SHIFTS) - 1 else float(SHIFTS[high]),
        broken_after=broken_after,
    )


def rate_under(promised: npt.ArrayLike, shift: float) -> float:
    """Return the mean chance once all log odds have moved by `shift`.

    >>> rate_under([0.2, 0.4], 0.0)
    0.3
    """
    chances = np.clip(np.asarray(promised, dtype=np.float64), EDGE, 1 - EDGE)
    return round(float(np.mean(expit(logit(chances) + shift))), 12)


def log_odds(rate: float) -> float:
    """Return the logarithm of the odds of a rate; 0 and 1 are taken for so much more and less (`EDGE`).

    >>> log_odds(0.5), round(log_odds(1.0), 2)
    (0.0, 9.21)
    """
    return float(logit(min(max(rate, EDGE), 1 - EDGE)))


def more_needed(share: float, *, error: float) -> int | None:
    """Return about how many outcomes tell a chance of `share` from one half, None where it hardly differs.

    So many that the expected logarithm of the likelihood ratio (n times the Kullback-Leibler divergence from one half)
    pays for the error and for mixing: log(1 / error) + log(n) / 2.

    >>> more_needed(0.7, error=0.01), more_needed(0.5, error=0.01)
    (83, None)
    """
    chance = min(max(share, EDGE), 1 - EDGE)
    gain = chance * np.log(2 * chance) + (1 - chance) * np.log(2 * (1 - chance))
    if gain < 1e-4:
        return None
    n = 1.0
    for _ in range(50):
        n = (np.log(1 / error) + 0.5 * np.log(max(n, 1.0))) / gain
    return int(np.ceil(n))
