"""How a test, a rate or an estimate moved from one profile to the next, in words; and whether that is within noise."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.reading import one_line
from idealfit.profile.versions import normal
from idealfit.profile.wording import number_in_words, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.document import Estimate, FitBand, Rate


def how_test_moved(attribute: str, old: Test, new: Test) -> Iterator[str]:
    """Yield how a test moved, if it did.

    >>> list(how_test_moved("employees", Test(between=(50, 200)), Test(between=(75, 150))))
    ['the band moved from 50–199 to 75–149']
    """
    if normal(old) == normal(new):
        return
    if old.between and new.between:
        yield f"the band moved from {_band(old.between)} to {_band(new.between)}"
    elif old.at_least is not None and new.at_least is not None:
        yield f"the least moved from {number_in_words(old.at_least)} to {number_in_words(new.at_least)}"
    elif old.below is not None and new.below is not None:
        yield f"the limit moved from {number_in_words(old.below)} to {number_in_words(new.below)}"
    elif old.condition == new.condition and old.condition in ("one_of", "none_of", "has_any"):
        before, after = _by_meaning(old), _by_meaning(new)
        added = ", ".join(said for value, said in after.items() if value not in before)
        gone = ", ".join(said for value, said in before.items() if value not in after)
        parts = (f"now with {one_line(added)}" if added else "", f"without {one_line(gone)}" if gone else "")
        yield " and ".join(part for part in parts if part)
    else:
        yield f"'{phrase(attribute, new)}' instead of '{phrase(attribute, old)}'"


def _by_meaning(test: Test) -> dict[str, str]:
    """Return the values of a set, as written, by what they mean."""
    values = getattr(test, test.condition)
    return {str(normal(Test(one_of=(value,)))): str(value) for value in values}


def points(worth: int) -> str:
    """Return points in words.

    >>> points(1), points(-2)
    ('1 point', '-2 points')
    """
    return f"{worth} {'point' if abs(worth) == 1 else 'points'}"


def _band(ends: tuple[float, float]) -> str:
    """Return a band in words; its end does not belong to it, so whole numbers end one earlier."""
    low, high = ends
    if low.is_integer() and high.is_integer() and high - low > 1 and high <= 100_000:
        return f"{number_in_words(low)}–{number_in_words(high - 1)}"
    return f"{number_in_words(low)} to below {number_in_words(high)}"


def rate_moved(old: Rate | FitBand | None, new: Rate | FitBand | None, *, as_lift: bool = False) -> str | None:
    """Return how a rate moved and whether that is within noise, or None where it did not or is not known."""
    if old is None or new is None or (old.n, old.won, old.rate) == (new.n, new.won, new.rate):
        return None
    show = _times if as_lift else percent
    if show(old.rate) == show(new.rate):
        return None
    return f"{show(old.rate)} → {show(new.rate)}{_noise(old.low, old.high, new.low, new.high)}"


def estimate_moved(old: Estimate | None, new: Estimate | None) -> str | None:
    """Return how an estimate moved and whether that is within noise, or None where it did not or is not known."""
    if old is None or new is None or f"{old.value:.2f}" == f"{new.value:.2f}":
        return None
    return f"{old.value:.2f} → {new.value:.2f}{_noise(old.low, old.high, new.low, new.high)}"


def _noise(*ends: float | None) -> str:
    old_low, old_high, new_low, new_high = ends
    if old_low is None or old_high is None or new_low is None or new_high is None:
        return ""
    if max(old_low, new_low) <= min(old_high, new_high):
        return " (within noise: the intervals overlap)"
    return " (more than noise: the intervals do not overlap)"


def percent(share: float) -> str:
    """Return a share in per cent.

    >>> percent(0.4166), percent(0.0312)
    ('42%', '3.1%')
    """
    return f"{100 * share:.0f}%" if share >= 0.1 or share == 0 else f"{100 * share:.1f}%"


def _times(lift: float) -> str:
    return f"{lift:.1f} times"
