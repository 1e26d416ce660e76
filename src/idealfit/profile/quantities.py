"""Numbers in prose: how much is said, of what, and how it compares ("at least 15", "40 to 250", "under $10M")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.vocabulary import ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90}
_SMALL = {word: value for value, word in enumerate(_ONES)} | _TENS | {"dozen": 12, "a dozen": 12}
_SIZES = {
    "k": 1e3, "thousand": 1e3, "m": 1e6, "mm": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6,
    "b": 1e9, "bn": 1e9, "billion": 1e9,
    "hundred": 100.0, "crore": 1e7, "lakh": 1e5,
}  # fmt: skip
_WORD = "|".join(
    [
        "a dozen",
        "dozen",
        *(rf"{ten}(?:[- ](?:{'|'.join(_ONES[1:10])}))?" for ten in _TENS),
        *sorted(_ONES[2:], key=len, reverse=True),
    ]
)
_SIZE = r"(?:\s?(?:thousand|million|billion|hundred|crore|lakh|mio|bn|mm|mn)\b|[kKmMbB]\b(?!['’]|-[a-z]))"
_MONEY = r"(?:(?:US|AU|CA|NZ|A|C|S|R|HK)?\$|[$€£₹¥]|(?:USD|EUR|GBP|CHF|AUD|CAD|SEK|NOK|DKK|PLN|INR|Rs\.?)\s?)"
_DIGITS = (
    r"(?:(?<![\w.,$€£₹¥])|(?<=[$€£₹¥]))(?:\d{1,3}(?:[,\u202f\u00a0 ]\d{3})+|\d{1,3}(?:\.\d{3})+(?![\d.])|\d+)(?:\.\d+)?"
)
_UNIT_AFTER = (
    r"(?:\s?(?:€|euros?\b|dollars?\b|pounds?\b|francs?\b|kron(?:or|er)\b|rupees?\b|yen\b|yuan\b"
    r"|pesos?\b|reais\b|rand\b|zloty\b|USD\b|EUR\b|GBP\b|CHF\b))?"
)
_NUMBER = (
    rf"(?:{_MONEY}\s?)?{_DIGITS}(?:{_SIZE})?(?![A-Za-z_\d]){_UNIT_AFTER}"
    rf"|\b(?:{_WORD}){_SIZE}?\b{_UNIT_AFTER}|\b(?:half )?an? (?:hundred|thousand|million|billion)\b{_UNIT_AFTER}"
)
_COMPARED = "|".join(
    rf"(?P<{name}>{ways_to_say(cue)})"
    for name, cue in (
        ("least", "at_least"), ("over", "over"), ("most", "at_most"), ("under", "under"), ("about", "about")
    )
)  # fmt: skip
_AFTER = rf"(?P<up>\+|-plus\b|\s?{ways_to_say('or_more')}\b)|(?P<down>\s{ways_to_say('or_fewer')}\b)"
QUANTITY = re.compile(
    rf"(?:between |from )?(?P<low>{_NUMBER}|one)\s?(?:-to-|-|–|—|to|and|or|through)\s?(?P<high>{_NUMBER})"
    rf"|(?:(?:\b|(?=[<>≥≤~]))(?:{_COMPARED})\s?)?(?P<value>{_NUMBER}|(?<=than )one\b|(?<=least )one\b)(?:{_AFTER})?",
    re.IGNORECASE,
)
_BOUND_AGAIN = re.compile(r",?\s+(?:(?:but|and|yet)\s+(?:still\s+)?)?", re.IGNORECASE)
_AND_ONLY_BETWEEN = re.compile(r"\s?and\s?$", re.IGNORECASE)
PERIOD = {"day": 1, "week": 7, "month": 30, "quarter": 90, "year": 365}


@dataclass(frozen=True)
class Quantity:
    """How much is said in `text[start:end]`: `low` and `high` are both inclusive, None where there is no limit.

    `exact` is False for "about 50", which sets no limit that could be tested, and `money` is True for amounts.
    `open_low` and `open_high` say that the limit itself is out ("more than", "under").
    """

    start: int
    end: int
    low: float | None = None
    high: float | None = None
    open_low: bool = False
    open_high: bool = False
    exact: bool = True
    money: bool = False

    def test(self, *, whole: bool) -> Test | None:
        """Return the test of a column of such numbers; `whole` where only whole ones are counted (people, places).

        >>> quantity = next(quantities("between 40 and 250"))
        >>> quantity.test(whole=True).between, quantity.test(whole=False).between
        ((40.0, 251.0), (40.0, 250.0))
        """
        if not self.exact:
            return None
        step = 1.0 if whole else 0.0
        low = None if self.low is None else self.low + (step if self.open_low else 0)
        high = None if self.high is None else self.high + (0 if self.open_high else step)
        if self.low is not None and self.low == self.high:
            return Test(is_=int(self.low) if self.low.is_integer() else self.low)
        if low is not None and high is not None:
            return Test(between=(low, high)) if low < high else None
        return Test(at_least=low) if low is not None else Test(below=high)


def quantities(text: str) -> Iterator[Quantity]:
    """Yield every number in the text with how it compares, from left to right.

    >>> [(text[q.start:q.end], q.low, q.high) for text in ["over 1.5k staff or $2M-$5M"] for q in quantities(text)]
    [('over 1.5k', 1500.0, None), ('$2M-$5M', 2000000.0, 5000000.0)]
    """
    at = 0
    while found := QUANTITY.search(text, at):
        at = found.end()
        if found["low"] is not None:
            joined = text[found.end("low") : found.start("high")]
            or_so = (
                joined.strip().lower() == "or" and value_of(found["high"]) - value_of(found["low"]) != 1
            )  # no "one or two"
            if or_so or (_AND_ONLY_BETWEEN.match(joined) and not found[0].lower().startswith("between")):
                at = found.end("low")  # "50 people and 3 offices" are two numbers
                yield Quantity(found.start(), at, *_exactly(found["low"]), money=_is_money(found["low"]))
                continue
            yield _range(found)
        else:
            one = _single(found)
            bounded = bounded_again(one, text, at)
            at = bounded.end if bounded else at
            yield bounded or one


def bounded_again(one: Quantity, text: str, at: int) -> Quantity | None:
    """Return a quantity with the upper limit that follows at once: "more than 40 but fewer than 250"; None without.

    >>> bounded_again(Quantity(0, 12, low=40), "at least 40 people, but under 250", 19).high
    250.0
    """
    other = _BOUND_AGAIN.match(text, at)
    second = QUANTITY.match(text, other.end()) if other and one.low is not None and one.high is None else None
    if (
        second
        and second["value"]
        and (bound := _single(second)).low is None
        and bound.exact
        and bound.money <= one.money
    ):
        return replace(
            one, end=second.end(), high=bound.high, open_high=bound.open_high, money=one.money or bound.money
        )
    return None


def _range(found: re.Match[str]) -> Quantity:
    low, high = value_of(found["low"]), value_of(found["high"])
    size = re.search(rf"{_SIZE}", found["high"], re.IGNORECASE)
    if size and not re.search(_SIZE, found["low"], re.IGNORECASE) and low < high:  # "5-20M"
        factor = _SIZES[size[0].strip().lower()]
        low *= 1 if factor == 100 and low * factor > high else factor  # "twenty to two hundred"
    money = _is_money(found["low"]) or _is_money(found["high"])
    if low > high:
        return Quantity(found.start(), found.end(), exact=False, money=money)
    return Quantity(found.start(), found.end(), low, high, money=money)


def _single(found: re.Match[str]) -> Quantity:
    value, money = value_of(found["value"]), _is_money(found["value"])
    place = (found.start(), found.end())
    if found["about"]:
        return Quantity(*place, exact=False, money=money)
    if found["most"] or found["down"]:
        return Quantity(*place, high=value, money=money)
    if found["under"]:
        return Quantity(*place, high=value, open_high=True, money=money)
    if found["over"]:
        return Quantity(*place, low=value, open_low=not found["up"], money=money)
    if found["least"] or found["up"]:
        return Quantity(*place, low=value, money=money)
    return Quantity(*place, value, value, money=money)


def _exactly(words: str) -> tuple[float, float]:
    return value_of(words), value_of(words)


def _is_money(words: str) -> bool:
    return bool(
        re.search(
            rf"{_MONEY}|€|euro|dollar|pounds?\b|franc|kron[oe]r|rupee|\byen\b|yuan|peso|reais|\brand\b|zloty|USD|EUR|GBP|CHF",
            words,
            re.IGNORECASE,
        )
    )


def value_of(words: str) -> float:
    """Return the number that some words or digits say.

    >>> [value_of(w) for w in ("1,200", "$1.5M", "twenty-five", "a dozen", "two hundred", "10k")]
    [1200.0, 1500000.0, 25.0, 12.0, 200.0, 10000.0]
    """
    said = words.strip().lower()
    size = re.search(rf"{_SIZE}", said)
    factor = _SIZES[size[0].strip()] if size else 1.0
    if said.startswith("half"):
        return factor / 2
    if re.fullmatch(r"\D*\d{1,3}(?:\.\d{3})+\D*", said):  # "1.000", as much of Europe writes it
        said = said.replace(".", "")
    digits = re.search(r"\d[\d,\u202f\u00a0 ]*(?:\.\d+)?", said)
    if digits:
        return float(re.sub(r"[,\u202f\u00a0 ]", "", digits[0])) * factor
    plain = re.sub(rf"{_UNIT_AFTER}$", "", re.sub(rf"{_SIZE}", "", said).strip() if size else said).strip()
    if plain in ("", "a"):
        return factor
    if plain in _SMALL:
        return _SMALL[plain] * factor
    return float(sum(_SMALL[part] for part in re.split(r"[- ]", plain) if part in _SMALL)) * factor


def times(test: Test, factor: int) -> Test:
    """Return the test of numbers in a unit that is `factor` times smaller (years to months)."""
    if test.between is not None:
        return Test(between=(test.between[0] * factor, test.between[1] * factor))
    if test.at_least is not None:
        return Test(at_least=test.at_least * factor)
    if test.below is not None:
        return Test(below=test.below * factor)
    return Test(is_=float(str(test.is_)) * factor)


def days(amount: float, unit: str) -> int:
    """Return how many days some units of time are; full years count 365 days, other months 30.

    >>> days(12, "months"), days(90, "days"), days(18, "month"), days(2, "years")
    (365, 90, 540, 730)
    """
    name = unit.lower().rstrip("s")
    if name == "month" and amount % 12 == 0:
        return int(amount / 12 * 365)
    return int(amount * PERIOD[name])
