"""A test in plain words, as a sales person would say it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from idealfit.profile.spelling import truth

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from idealfit.profile.document import Scalar, Test
    from idealfit.tables import Layer

HOW_TO_VERIFY: Mapping[Layer, str] = {
    "firmographic": "Read it in the company's record or on its About page.",
    "technographic": "Look at the page source and job posts for the tool, or ask in the first call.",
    "operational": "Ask in the first call; the company's site may tell.",
    "behavioural": "Look for the dated event: news, job board, filing or the activity log.",
    "negative": "Read it in the company's record before any outreach.",
}
"""What to do to find out whether a company meets a criterion of each layer."""

HOW_WE_HELP = "To be written by someone who sells it: what does the product do for just these companies?"
"""What stands in a profile until somebody has written how the product helps."""

_TOOLS = re.compile(r"tech|tool|stack|software|vendor", re.IGNORECASE)
_YEARS = re.compile(r"year|founded|established|since", re.IGNORECASE)
_DATE_ENDINGS = re.compile(r"\s+(on|at|date|day)$", re.IGNORECASE)


def phrase(attribute: str, test: Test) -> str:
    """Return in words what holds where the answer is yes.

    >>> from idealfit.profile.document import Test
    >>> phrase("employees", Test(between=(40, 250)))
    'employees between 40 and 249'
    >>> phrase("technologies", Test(has="Salesforce")), phrase("industry", Test(one_of=("Software", "Fintech")))
    ('uses Salesforce', 'industry is Software or Fintech')
    >>> phrase("last_funding_on", Test(within_days=730)), phrase("annual_revenue", Test(at_least=1.2e6))
    ('last funding in the last 2 years', 'annual revenue at least 1.2 million')
    """
    return _said(attribute, test, holds=True)


def phrase_not(attribute: str, test: Test) -> str:
    """Return in words what holds where the answer is no.

    >>> from idealfit.profile.document import Test
    >>> phrase_not("employees", Test(between=(40, 250))), phrase_not("technologies", Test(lacks="HubSpot"))
    ('employees not between 40 and 249', 'uses HubSpot')
    >>> phrase_not("founded", Test(below=1990)), phrase_not("industry", Test(one_of=("Software", "Fintech")))
    ('founded 1990 or later', 'industry is neither Software nor Fintech')
    """
    return _said(attribute, test, holds=False)


def number_in_words(value: float, *, year: bool = False) -> str:
    """Return a number as people write it; `year` leaves out the thousands' commas.

    >>> [number_in_words(x) for x in (40, 1200, 1_200_000, 2.5e9, 1_234_567, 0.125)]
    ['40', '1,200', '1.2 million', '2.5 billion', '1,234,567', '0.125']
    """
    if year and float(value).is_integer() and 1000 <= value <= 2999:
        return str(int(value))
    for size, name in ((1e9, "billion"), (1e6, "million")):
        short = f"{value / size:.2f}"
        if abs(value) >= size and float(short) * size == value:
            return f"{float(short):,g} {name}" if abs(value) < 1000 * size else f"{float(short):,.0f} {name}"
    if float(value).is_integer() and abs(value) < 1e15:
        return f"{int(value):,}"
    return f"{value:,.4f}".rstrip("0").rstrip(".") if 1 <= abs(value) < 1e15 else f"{value:.4g}"


def attribute_in_words(attribute: str) -> str:
    """Return an attribute's name with spaces, on one line.

    >>> attribute_in_words("annual_revenue")
    'annual revenue'
    """
    return _line(attribute.replace("_", " ")) or "(no name)"


def _said(attribute: str, test: Test, *, holds: bool) -> str:
    condition = test.condition
    value = getattr(test, "is_" if condition == "is" else condition)
    return _WORDS[condition](attribute_in_words(attribute), value, holds)


def _is(name: str, values: Sequence[Scalar], *, holds: bool) -> str:
    if holds or len(values) < 2:
        return f"{name} is {'' if holds else 'not '}{_joined(values, 'or')}"
    return f"{name} is neither {_joined(values, 'nor')}"


def _mentions(name: str, words: str, *, holds: bool) -> str:
    return f'{name} {"mentions" if holds else "does not mention"} "{_line(words)}"'


def _listed(name: str, items: Sequence[str], *, holds: bool) -> str:
    if _TOOLS.search(name):
        verb = "uses" if holds else "does not use"
    else:
        verb = f"{name} include" if holds else f"{name} do not include"
    return f"{verb} {_joined(items, 'or')}"


def _age(name: str, days: int, *, recent: bool) -> str:
    name = _DATE_ENDINGS.sub("", name)
    if days > 0 and days % 365 == 0:
        n, unit = days // 365, "year"
    elif days >= 60 and days % 30 == 0:
        n, unit = days // 30, "month"
    else:
        n, unit = days, "day"
    if recent:
        return f"{name} in the last {unit if n == 1 else f'{n:,} {unit}s'}"
    return f"{name} more than {n:,} {unit}{'' if n == 1 else 's'} ago"


def _range(name: str, low: float, high: float, *, holds: bool) -> str:
    name = name if holds else f"{name} not"
    whole = float(low).is_integer() and float(high).is_integer()
    year = bool(_YEARS.search(name))
    if whole and high - low > 1 and high <= 100_000:
        return f"{name} between {number_in_words(low, year=year)} and {number_in_words(high - 1, year=year)}"
    return f"{name} from {number_in_words(low, year=year)} to below {number_in_words(high, year=year)}"


def _from(name: str, low: float) -> str:
    if _is_year(name, low):
        return f"{name} {int(low)} or later"
    return f"{name} at least {number_in_words(low)}"


def _up_to(name: str, high: float) -> str:
    if _is_year(name, high):
        return f"{name} before {int(high)}"
    return f"{name} below {number_in_words(high)}"


def _is_year(name: str, value: float) -> bool:
    return bool(_YEARS.search(name)) and float(value).is_integer() and 1000 <= value <= 2999


def _joined(values: Sequence[Scalar], word: str) -> str:
    said = [_value(v) for v in values]
    if len(said) < 2:
        return said[0] if said else "nothing"
    return f"{', '.join(said[:-1])} {word} {said[-1]}"


def _value(value: Scalar) -> str:
    said = truth(value)
    if said is not None:
        return "yes" if said else "no"
    return _line(value) if isinstance(value, str) else number_in_words(float(value))


def _line(words: str) -> str:
    """Return the words on one line, without control characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in words).split())


_WORDS: dict[str, Callable[[str, Any, bool], str]] = {
    "is": lambda name, value, holds: _is(name, (value,), holds=holds),
    "is_not": lambda name, value, holds: _is(name, (value,), holds=not holds),
    "one_of": lambda name, values, holds: _is(name, values, holds=holds),
    "none_of": lambda name, values, holds: _is(name, values, holds=not holds),
    "at_least": lambda name, low, holds: _from(name, low) if holds else _up_to(name, low),
    "below": lambda name, high, holds: _up_to(name, high) if holds else _from(name, high),
    "between": lambda name, ends, holds: _range(name, *ends, holds=holds),
    "has": lambda name, item, holds: _listed(name, (item,), holds=holds),
    "lacks": lambda name, item, holds: _listed(name, (item,), holds=not holds),
    "has_any": lambda name, items, holds: _listed(name, items, holds=holds),
    "mentions": lambda name, words, holds: _mentions(name, words, holds=holds),
    "within_days": lambda name, days, holds: _age(name, days, recent=holds),
    "older_than_days": lambda name, days, holds: _age(name, days, recent=not holds),
}
