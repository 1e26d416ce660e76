"""What to say when there is no reliable pattern: what was tried, what it would take, what to do now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from idealfit.report.phrases import Words, percent

if TYPE_CHECKING:
    from idealfit.profile.document import Learned, Profile

APART = (0.2, 0.1, 0.05)
"""The differences between two halves of the list for which the deals needed are told."""


@dataclass(frozen=True)
class NothingFound:
    """What was looked at, and how many deals (with a known outcome) it would take to see how large a difference."""

    tried: tuple[str, ...]
    attributes: int
    needed: tuple[tuple[str, str], ...]
    have: int


def nothing_found(profile: Profile, words: Words) -> NothingFound | None:
    """Return what to say of a profile without a pattern, or None where nothing was learned at all."""
    learned = profile.learned
    if learned is None:
        return None
    seen = (*profile.not_defining, *profile.too_little_data, *profile.also_seen, *profile.no_winners)
    tried = tuple(dict.fromkeys(finding.attribute for finding in seen))
    return NothingFound(tried, len(tried), _needed(learned, len(tried), words), learned.deals)


def deals_to_see(apart: float, base: float, error: float, power: float = 0.8) -> int:
    """Return how many deals it takes to see two halves of a list differ by `apart` around the rate `base`.

    Two-sided test of two shares at level `error` with that `power` (Fleiss, Statistical Methods for Rates and
    Proportions, 1981, chapter 3): n per half = (z_a sqrt(2pq) + z_b sqrt(p1 q1 + p2 q2))^2 / apart^2, without
    continuity correction.

    >>> deals_to_see(0.2, 0.5, 0.05)
    194
    """
    upper, lower = min(base + apart / 2, 1.0), max(base - apart / 2, 0.0)
    middle, distance = (upper + lower) / 2, upper - lower
    z_error, z_power = stats.norm.ppf(1 - error / 2), stats.norm.ppf(power)
    spread = z_error * np.sqrt(2 * middle * (1 - middle))
    spread += z_power * np.sqrt(upper * (1 - upper) + lower * (1 - lower))
    return 2 * int(np.ceil((spread / distance) ** 2))


def _needed(learned: Learned, attributes: int, words: Words) -> tuple[tuple[str, str], ...]:
    """Return, for each difference, how many deals are needed; the error is shared among the attributes scanned."""
    if words.against_market:
        return ()
    error = learned.error_rate / max(1, attributes)
    rows = ((apart, deals_to_see(apart, learned.base_rate.rate, error)) for apart in APART)
    return tuple((f"{percent(apart).removesuffix('%')} points", f"{_rounded(n):,}") for apart, n in rows)


def _rounded(n: int) -> int:
    """Return a number of deals to two digits, upwards: it is an estimate."""
    size = 10 ** max(0, len(str(n)) - 2)
    return int(-(-n // size) * size)
