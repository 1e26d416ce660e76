"""Numbers as people write them: decimal commas, thousands, currencies, per cents, 12k."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from idealfit.engine import literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from idealfit.sources.cells import Shape

SYMBOLS = {
    "US$": "USD", "A$": "AUD", "C$": "CAD", "R$": "BRL", "$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR",
    "₽": "RUB", "₩": "KRW", "₺": "TRY", "zł": "PLN", "Kč": "CZK", "kr": "SEK/NOK/DKK",
}  # fmt: skip
CODES = (
    "USD EUR GBP CHF JPY CNY INR CAD AUD NZD SEK NOK DKK PLN CZK HUF RON BGN TRY RUB UAH BRL MXN ARS CLP COP ZAR ILS "
    "AED SAR "
    "SGD HKD KRW TWD THB IDR MYR PHP VND NGN KES EGP"
).split()

_CURRENCY = "|".join([*map(re.escape, SYMBOLS), *CODES])
_SUFFIX = r"k|m|mn|mio|mio\.|million|millions|b|bn|billion|mrd|mrd\.|thousand"
_GAP = "[ '’\u00a0\u202f]"
_NUMBER = re.compile(
    rf"(?P<open>\()?\s*(?P<sign>[+\-−])?\s*(?P<before>{_CURRENCY})?\s*(?P<sign2>[+\-−])?\s*"
    rf"(?P<body>9[9.,]*(?:{_GAP}999)*(?:[.,]9+)?|\.9+)(?P<exponent>e[+-]?9+)?"
    rf"\s*(?P<suffix>{_SUFFIX})?\s*(?P<percent>%)?\s*(?P<after>{_CURRENCY})?\s*(?P<close>\))?",
    re.IGNORECASE,
)
_BODIES = (  # what the digits and signs of a number say about its decimal sign
    (re.compile(r"9+"), "either", False),
    (re.compile(r"9{1,3},999"), "either,", True),  # 1,234 is 1234, or 1.234 with a decimal comma
    (re.compile(r"9{1,3}\.999"), "either.", True),
    (re.compile(r"9*\.9+|9+\."), ".", False),
    (re.compile(r"9*,9+"), ",", False),
    (re.compile(r"9{1,3}(,999)+(\.9+)?|9{1,2}(,99)+,999(\.9+)?"), ".", True),
    (re.compile(r"9{1,3}(\.999)+(,9+)?"), ",", True),
    (re.compile(rf"9{{1,3}}({_GAP}999)+"), "either", True),
    (re.compile(rf"9{{1,3}}({_GAP}999)+\.9+"), ".", True),
    (re.compile(rf"9{{1,3}}({_GAP}999)+,9+"), ",", True),
)
_SCALES = {"k": 1e3, "thousand": 1e3, "m": 1e6, "mn": 1e6, "mio": 1e6, "million": 1e6, "millions": 1e6,
           "b": 1e9, "bn": 1e9, "billion": 1e9, "mrd": 1e9}  # fmt: skip


@dataclass(frozen=True)
class NumberShape:
    """What one shape says: its decimal sign (or ``either``), and what stands around the digits."""

    decimal: str
    grouped: bool
    currency: str | None
    percent: bool
    scaled: bool
    exponent: bool
    bracketed: bool
    signed: bool

    @property
    def decorated(self) -> bool:
        """Return whether more stands there than a cast to a number reads."""
        grouped = self.grouped and self.decimal != "either."
        return grouped or self.percent or self.scaled or self.bracketed or self.signed or self.currency is not None


@dataclass(frozen=True)
class NumberStyle:
    """How the numbers of a column are written.

    `plain` means that a cast reads them as they stand. `currencies` counts cells per ISO code. `strays` are shapes that
    are no numbers or would mean something else in this style (``1,234.50`` among ``1.234,50``, or 12 among 12 %).
    """

    decimal: Literal[".", ","]
    plain: bool
    share: float
    written: str = ""
    exponent: bool = False
    scaled: bool = False
    bracketed: bool = False
    currencies: tuple[tuple[str, int], ...] = ()
    strays: tuple[Shape, ...] = ()
    guessed: bool = False

    def sql(self, cell: str, *, checked: bool = False) -> str:
        """Return SQL that reads a known text cell as a DOUBLE, NULL where it is no number.

        `checked` says that every cell has been seen to be one, which saves looking again.
        """
        if self.plain:
            number = f"TRY_CAST({cell} AS DOUBLE)"
            return number if checked else _finite(number)
        kept = "[^0-9.,eE+-]" if self.exponent else "[^0-9.,-]"
        digits = f"regexp_replace(replace({cell}, '−', '-'), '{kept}', '', 'g')"
        if self.decimal == ",":
            digits = f"replace(replace({digits}, '.', ''), ',', '.')"
        else:
            digits = f"replace({digits}, ',', '')"
        number = f"TRY_CAST({digits} AS DOUBLE)"
        if self.scaled:
            units = " ".join(f"WHEN '{word}' THEN {factor:.0f}" for word, factor in _SCALES.items())
            longest_first = "|".join(sorted(_SCALES, key=len, reverse=True))
            unit = f"regexp_extract(lower({cell}), '[0-9.,]\\s*({longest_first})\\b', 1)"
            number = f"{number} * CASE {unit} {units} ELSE 1 END"
        if self.bracketed:
            number = f"CASE WHEN starts_with({cell}, '(') THEN -1 ELSE 1 END * {number}"
        return number if checked else _finite(f"CASE WHEN {_looks_like_a_number(cell)} THEN {number} END")


def _looks_like_a_number(cell: str) -> str:
    money = f"({_CURRENCY.lower()})?"
    pattern = (
        rf"^\(?[\s+−-]*{money}[\s+−-]*[.]?[0-9][0-9.,'’\s\x{{a0}}\x{{202f}}e+-]*({_SUFFIX})?\s*%?\s*{money}\s*\)?$"
    )
    return f"regexp_matches(lower({cell}), {literal(pattern)})"


def number_shape(shape: str) -> NumberShape | None:
    """Return what a shape (digits written as 9) says as a number, None if it is none.

    >>> number_shape("€9.999,99").decimal, number_shape("9,999").decimal, number_shape("99-99")
    (',', 'either,', None)
    """
    match = _NUMBER.fullmatch(shape.strip())
    if match is None or (match["open"] is None) != (match["close"] is None) or (match["sign"] and match["sign2"]):
        return None
    body = next(((d, g) for pattern, d, g in _BODIES if pattern.fullmatch(match["body"])), None)
    if body is None or (match["before"] and match["after"]):
        return None
    return NumberShape(
        decimal=body[0],
        grouped=body[1],
        currency=_iso(match["before"] or match["after"]),
        percent=match["percent"] is not None,
        scaled=match["suffix"] is not None,
        exponent=match["exponent"] is not None,
        bracketed=match["open"] is not None,
        signed="−" in shape or match["sign2"] is not None,
    )


def number_style(shapes: Iterable[Shape], known: int, prior: str | None = None) -> NumberStyle | None:
    """Return how a column writes numbers, None where fewer than half of its cells are numbers.

    `prior` is the decimal sign said by the person or seen in other columns of the table; it decides where every cell
    can be read both ways (``1.234``). Without it ``1,234`` has a thousands comma and ``1.234`` a decimal point.
    """
    every = [(shape, number_shape(shape.text) if shape.text else None) for shape in shapes]
    read = [(shape, seen) for shape, seen in every if seen is not None]
    total = sum(shape.cells for shape, _ in read)
    if known == 0 or total < known / 2:
        return None
    votes: Counter[str] = Counter()
    percents = 0
    currencies: Counter[str] = Counter()
    for shape, seen in read:
        votes[seen.decimal] += shape.cells
        percents += shape.cells if seen.percent else 0
        if seen.currency:
            currencies[seen.currency] += shape.cells
    decimal, guessed = _decimal_sign(votes, prior)
    against = "." if decimal == "," else ","
    half_percent = 0 < percents < total
    strays = [shape for shape, seen in every if seen is None]
    strays += [
        s for s, seen in read if seen.decimal == against or (half_percent and seen.percent != (percents > total / 2))
    ]
    plain = decimal == "." and not any(seen.decorated for _, seen in read)
    return NumberStyle(
        decimal=decimal,
        plain=plain,
        share=total / known,
        written="" if plain else max(read, key=lambda pair: (len(pair[0].text), pair[0].cells))[0].example.strip(),
        exponent=any(seen.exponent for _, seen in read),
        scaled=any(seen.scaled for _, seen in read),
        bracketed=any(seen.bracketed for _, seen in read),
        currencies=tuple(currencies.most_common()),
        strays=tuple(strays),
        guessed=guessed,
    )


def decimal_evidence(shapes: Iterable[Shape]) -> Counter[str]:
    """Return how many cells of a column can be read with only one decimal sign, by sign."""
    votes: Counter[str] = Counter()
    for shape in shapes:
        seen = number_shape(shape.text) if shape.text else None
        if seen is not None and seen.decimal in (".", ","):
            votes[seen.decimal] += shape.cells
    return votes


def currency_in(words: Iterable[str]) -> str | None:
    """Return the ISO code that a heading names.

    >>> currency_in(["raised", "amount", "usd"])
    'USD'
    """
    return next((w.upper() for w in words if w.upper() in CODES and w != "try"), None)


def _decimal_sign(votes: Counter[str], prior: str | None) -> tuple[Literal[".", ","], bool]:
    """Return the decimal sign, and whether the cells alone could not tell."""
    if prior in (".", ","):
        return (",", False) if prior == "," else (".", False)
    if votes["."] or votes[","]:
        return ("," if votes[","] > votes["."] else "."), False
    return ".", bool(votes["either."])


def _iso(found: str | None) -> str | None:
    if found is None:
        return None
    return next((code for symbol, code in SYMBOLS.items() if symbol.lower() == found.lower()), found.upper())


def _finite(sql: str) -> str:
    return f"CASE WHEN isfinite({sql}) THEN {sql} END"
