"""Numbers and tests as a page shows them, and the words that depend on how the profile was learned."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from idealfit.profile.document import Estimate, Profile, Test

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

    >>> signed(3), signed(-2), signed(0.0)
    ('+3', '−2', '0')
    """
    text = f"{abs(number):.{digits}f}"
    if float(text) == 0:
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


def amount(number: float) -> str:
    """Return a number as it is read: thousands parted, millions and billions named.

    >>> amount(12500), amount(0.25), amount(3.0)
    ('12,500', '0.25', '3')
    >>> amount(2500000).split()
    ['2.5', 'million']
    """
    for size, name in ((1e9, "billion"), (1e6, "million")):
        if abs(number) >= size:
            return (
                f"{number / size:,.3g}{NO_BREAK}{name}".replace("-", MINUS)
                if abs(number) < 1000 * size
                else f"{number:,.0f}"
            )
    if float(number).is_integer():
        return f"{number:,.0f}".replace("-", MINUS)
    return f"{number:,.4g}".replace("-", MINUS)


def test_in_words(test: Test) -> str:
    """Return what a test asks of its attribute, to be read after the attribute's name.

    >>> from idealfit.profile.document import Test
    >>> test_in_words(Test(between=(50, 200)))
    'from 50 to under 200'
    >>> test_in_words(Test(one_of=("analytics", "finance", "medical")))
    'is analytics, finance or medical'
    """
    condition = test.condition
    value = getattr(test, "is_" if condition == "is" else condition)
    if condition == "between":
        return f"from {amount(value[0])} to under {amount(value[1])}"
    if condition in _LISTS:
        start, joint = _LISTS[condition]
        return f"{start} {_listed([_word(v) for v in value], joint)}"
    if condition in ("within_days", "older_than_days"):
        start = "within the last" if condition == "within_days" else "more than"
        return f"{start} {value:,} days{'' if condition == 'within_days' else ' ago'}"
    return f"{_STARTS[condition]} {_word(value)}"


_LISTS = {"one_of": ("is", "or"), "none_of": ("is none of", "or"), "has_any": ("has any of", "or")}
_STARTS = {
    "is": "is",
    "is_not": "is not",
    "at_least": "at least",
    "below": "below",
    "has": "has",
    "lacks": "lacks",
    "mentions": "mentions",
}


def _word(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return amount(value) if isinstance(value, int | float) else str(value)


def _listed(words: list[str], joint: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {joint} {words[-1]}"
