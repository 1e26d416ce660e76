"""Intervals and sample sizes for win rates: each a formula that can be worked out by hand.

Counts may be fractions: dividing both by a design effect is how dependence between deals of one company is paid for.
"""

from __future__ import annotations

from math import ceil, exp, floor, log10, sqrt

from idealfit.profile.document import Estimate, Rate

Z95 = 1.959963984540054
POWER_Z = 0.8416212335729143  # 80 % power


def wilson(won: float, n: float, z: float = Z95) -> tuple[float, float]:
    """Return the score interval of a share (Wilson 1927).

    >>> low, high = wilson(3, 22)  # the tier that was announced as the best ever
    >>> round(low, 3), round(high, 3)
    (0.047, 0.333)
    """
    if n <= 0:
        return 0.0, 1.0
    p, z2 = won / n, z * z
    middle = (p + z2 / (2 * n)) / (1 + z2 / n)
    half = z / (1 + z2 / n) * sqrt(max(p * (1 - p) / n + z2 / (4 * n * n), 0.0))
    return max(0.0, middle - half), min(1.0, middle + half)


def rate(won: float, n: float, deff: float = 1.0, z: float = Z95) -> Rate:
    """Return wins among deals with the Wilson interval of `won / deff` in `n / deff`.

    >>> rate(5, 10).rate
    0.5
    """
    low, high = wilson(won / deff, n / deff, z)
    return Rate(n=round(n), won=round(won), rate=won / n if n else 0.0, low=low, high=high)


def exact_upper(n: float, level: float = 0.95) -> float:
    """Return the highest win rate that zero wins in `n` deals leave possible (Clopper & Pearson 1934, one-sided).

    >>> round(exact_upper(59), 3)
    0.05
    """
    return float(1 - (1 - level) ** (1 / n)) if n > 0 else 1.0


def difference(won1: float, n1: float, won2: float, n2: float, z: float = Z95) -> Estimate:
    """Return share 1 minus share 2 with Newcombe's hybrid score interval (1998, method 10).

    >>> e = difference(56, 70, 48, 80)
    >>> round(e.value, 4), round(e.low, 4), round(e.high, 4)
    (0.2, 0.0524, 0.3339)
    """
    if n1 <= 0 or n2 <= 0:
        return Estimate(value=0.0)
    p1, p2 = won1 / n1, won2 / n2
    (l1, u1), (l2, u2) = wilson(won1, n1, z), wilson(won2, n2, z)
    low = p1 - p2 - sqrt((p1 - l1) ** 2 + (u2 - p2) ** 2)
    high = p1 - p2 + sqrt((u1 - p1) ** 2 + (p2 - l2) ** 2)
    return Estimate(value=p1 - p2, low=low, high=high)


def ratio(won1: float, n1: float, won2: float, n2: float, z: float = Z95) -> Estimate:
    """Return share 1 over share 2 with the log interval, half a win and half a deal added (Walter 1975).

    >>> e = ratio(30, 100, 10, 100)
    >>> round(e.value, 2), round(e.low, 2), round(e.high, 2)
    (2.9, 1.52, 5.53)
    """
    if n1 <= 0 or n2 <= 0:
        return Estimate(value=1.0)
    a, b, c, d = won1 + 0.5, n1 + 0.5, won2 + 0.5, n2 + 0.5
    value = (a / b) / (c / d)
    spread = z * sqrt(max(1 / a - 1 / b + 1 / c - 1 / d, 0.0))
    return Estimate(value=value, low=value * exp(-spread), high=value * exp(spread))


def shrunk_rate(won: float, n: float, base: float, prior: float) -> float:
    """Return the beta-binomial mean: `prior` deals at the base rate are added to what was seen.

    >>> round(shrunk_rate(1, 1, 0.2, 9), 2)
    0.28
    """
    return (won + base * prior) / (n + prior)


def deals_needed(effect: float, base: float, inside: float, z: float = Z95) -> int:
    """Return how many deals in all show a difference of `effect` with 80 % power.

    N = (z + z_power)^2 p (1 - p) / (f (1 - f) effect^2), with p the base rate and f the share of deals inside
    (Fleiss, Levin & Paik 2003, section 4.2, for unequal groups). Rounded up to two significant digits.

    >>> deals_needed(0.10, 0.20, 0.5)
    510
    """
    if effect == 0 or not 0 < base < 1 or not 0 < inside < 1:
        return 0
    needed = (z + POWER_Z) ** 2 * base * (1 - base) / (inside * (1 - inside) * effect**2)
    unit = 10 ** max(floor(log10(needed)) - 1, 0)
    return int(ceil(needed / unit) * unit)
