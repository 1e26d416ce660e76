"""Numbers as a page shows them, and the words that depend on how the profile was learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from idealfit.profile.document import Estimate, Profile

MINUS = "−"
NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class Words:
    """The words of one mode: deals that were won or lost, or customers held against a market."""

    against_market: bool
    row: str
    rows: str
    hits: str
    rate: str

    @classmethod
    def of(cls, profile: Profile) -> Words:
        """Return the words for `profile`; one written by hand speaks of deals."""
        if profile.learned is not None and profile.learned.mode == "customers against a market":
            return cls(True, "company", "companies", "customers", "lift")
        return cls(False, "deal", "deals", "won", "win rate")


def percent(share: float) -> str:
    """Return a share as a whole per cent; below one per cent with a decimal.

    >>> percent(0.342), percent(0.004), percent(0)
    ('34%', '0.4%', '0%')
    """
    return f"{share:.1%}" if 0 < abs(share) < 0.00995 else f"{share:.0%}"


def percent_span(low: float | None, high: float | None) -> str:
    """Return an interval of shares, or nothing where there is none.

    >>> percent_span(0.31, 0.38)
    '31–38%'
    """
    if low is None or high is None:
        return ""
    first = percent(low).removesuffix("%")
    return f"{first}–{percent(high)}"


def signed(number: float, digits: int = 0) -> str:
    """Return a number with its sign, the minus as a minus; what rounds to zero has none.

    >>> signed(3), signed(-2), signed(0.0), signed(1042)
    ('+3', '−2', '0', '+1,042')
    """
    text = f"{abs(number):,.{digits}f}"
    if not text.strip("0."):
        return text
    return f"{'+' if number > 0 else MINUS}{text}"


def points_apart(estimate: Estimate) -> str:
    """Return a difference of shares in percentage points, with its interval.

    >>> from idealfit.profile.document import Estimate
    >>> points_apart(Estimate(value=0.15, low=0.13, high=0.17))
    '+15 points (+13 to +17)'
    """
    value = f"{signed(100 * estimate.value)} points"
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({signed(100 * estimate.low)} to {signed(100 * estimate.high)})"


def times(estimate: Estimate) -> str:
    """Return a ratio with its interval.

    >>> from idealfit.profile.document import Estimate
    >>> times(Estimate(value=1.78, low=1.66, high=1.92))
    '1.8× (1.7–1.9)'
    """
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.1f}×"
    return f"{estimate.value:.1f}× ({estimate.low:.1f}–{estimate.high:.1f})"


def day(value: date | None) -> str:
    """Return a day as people write it.

    >>> from datetime import date
    >>> day(date(2012, 10, 1)).split()
    ['1', 'October', '2012']
    """
    return "" if value is None else f"{value.day}{NO_BREAK}{value:%B}{NO_BREAK}{value.year}"
