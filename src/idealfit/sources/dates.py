"""Dates as people write them, and the order of day and month."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Iterable

    from idealfit.sources.cells import Shape

Order = Literal["day first", "month first", "either way clear"]

_TIME = r"(?:(?:T| +|, ?)9{1,2}:99(?::99(?:[.,]9+)?)?(?: ?[ap]\.?m\.?)?(?: ?(?:Z|UTC|GMT|[+-]99:?(?:99)?))?)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|sept|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?,? +)?"
_FORMS = (
    ("year first", re.compile(rf"9999([-/.])9{{1,2}}\1(?:9{{1,2}}){_TIME}", re.I)),
    ("day and month", re.compile(rf"9{{1,2}}([-/.])9{{1,2}}\1(?:9999|99){_TIME}", re.I)),
    ("month in words", re.compile(rf"{_WEEKDAY}9{{1,2}}(?:st|nd|rd|th)?[ .-]+{_MONTH}[ ,.-]+(?:9999|99){_TIME}", re.I)),
    ("month in words", re.compile(rf"{_WEEKDAY}{_MONTH}[ -]+9{{1,2}}(?:st|nd|rd|th)?,?[ -]+9999{_TIME}", re.I)),
    ("year and month", re.compile(r"9999-99")),
    ("milliseconds", re.compile(r"9{12,13}(?:\.9+)?")),
    ("seconds", re.compile(r"9{9,10}(?:\.9+)?")),
    ("eight digits", re.compile(r"99999999")),
    ("spreadsheet days", re.compile(r"99999(?:\.9+)?")),
)
ONLY_WITH_HEADING = ("milliseconds", "seconds", "eight digits", "spreadsheet days")
"""Forms that are numbers unless the heading speaks of a date."""

_DATE_PART = "regexp_replace({cell}, '(T|,? +)[0-9]{{1,2}}:[0-9]{{2}}.*$', '')"
_WORDS = (
    "regexp_replace(regexp_replace(regexp_replace(regexp_replace({day}, '^(mon|tue|wed|thu|fri|sat|sun)[a-z]*[., "
    "]+', '', 'i'), "
    "'([0-9])(st|nd|rd|th)\\b', '\\1', 'i'), '\\b([a-z]{{3}})[a-z]*', '\\1', 'gi'), '[ ,.-]+', ' ', 'g')"
)


@dataclass(frozen=True)
class DateStyle:
    """How the dates of a column are written: the forms seen, and the order of day and month where it matters."""

    forms: tuple[str, ...]
    share: float
    order: Order | None = None
    plain: bool = False  # every cell starts with YYYY-MM-DD
    uniform: str | None = (
        None  # every cell is day and month with this sign between them, four digits of year and no time
    )

    @property
    def needs_order(self) -> bool:
        """Return whether some cells are written with day and month as two numbers."""
        return "day and month" in self.forms

    @property
    def written(self) -> str:
        """Return the way of writing in words."""
        order = {"day first": "DD/MM/YYYY", "month first": "MM/DD/YYYY", None: "day and month"}.get(
            self.order, "DD/MM or MM/DD"
        )
        names = {
            "year first": "YYYY-MM-DD",
            "day and month": order,
            "year and month": "YYYY-MM",
            "eight digits": "YYYYMMDD",
        }
        return "" if self.plain else ", ".join(names.get(form, form) for form in self.forms)

    def sql(self, cell: str) -> str:
        """Return SQL that reads a known text cell as a DATE, NULL where it is none."""
        if self.plain:
            return f"TRY_CAST(left({cell}, 10) AS DATE)"
        if self.uniform is not None and self.order in ("day first", "month first"):
            parts = ("%d", "%m", "%Y") if self.order == "day first" else ("%m", "%d", "%Y")
            return f"CAST(try_strptime({cell}, '{self.uniform.join(parts)}') AS DATE)"
        day = _DATE_PART.format(cell=cell)
        readers = [self._reader(form, day, cell) for form in self.forms]
        return f"CAST(coalesce({', '.join(readers)}) AS DATE)"

    def _reader(self, form: str, day: str, cell: str) -> str:
        dashed = f"replace(replace({day}, '/', '-'), '.', '-')"
        if form == "year first":
            return f"CASE WHEN regexp_matches({cell}, '^[0-9]{{4}}[-/.]') THEN try_strptime({dashed}, '%Y-%m-%d') END"
        if form == "year and month":
            return f"CASE WHEN length({cell}) = 7 THEN try_strptime({cell} || '-01', '%Y-%m-%d') END"
        if form == "eight digits":
            return f"CASE WHEN length({cell}) = 8 THEN try_strptime({cell}, '%Y%m%d') END"
        if form == "month in words":
            kinds = "['%d %b %y', '%d %b %Y', '%b %d %Y']"
            worded = _WORDS.format(day=day)
            return f"CASE WHEN regexp_matches({cell}, '[a-zA-Z]{{3}}') THEN try_strptime({worded}, {kinds}) END"
        if form in ("seconds", "milliseconds", "spreadsheet days"):
            return (
                f"CASE WHEN regexp_matches({cell}, '^[0-9.]+$') THEN {counted(form, f'TRY_CAST({cell} AS DOUBLE)')} END"
            )
        first, second = (f"TRY_CAST(split_part({dashed}, '-', {n}) AS INTEGER)" for n in (1, 2))
        day_first = f"try_strptime({dashed}, ['%d-%m-%y', '%d-%m-%Y'])"
        month_first = f"try_strptime({dashed}, ['%m-%d-%y', '%m-%d-%Y'])"
        chosen = {"day first": day_first, "month first": month_first}.get(
            self.order or "", f"CASE WHEN {second} > 12 THEN {month_first} WHEN {first} > 12 OR {first} = {second} "
            f"THEN {day_first} END"
        )  # fmt: skip
        return f"CASE WHEN regexp_matches({cell}, '^[0-9]{{1,2}}[-/.][0-9]') THEN {chosen} END"


def counted(form: str, number: str) -> str:
    """Return SQL for a TIMESTAMP from a number that counts seconds, milliseconds or spreadsheet days."""
    if form == "spreadsheet days":
        return f"(TIMESTAMP '1899-12-30' + CAST(floor({number}) AS INTEGER) * INTERVAL 1 DAY)"
    seconds = f"{number} / 1000" if form == "milliseconds" else number
    return f"make_timestamp(CAST({seconds} * 1000000 AS BIGINT))"


def date_shape(shape: str) -> str | None:
    """Return the form of a shape (digits written as 9), None if it is no date.

    >>> date_shape("9999-99-99T99:99:99Z"), date_shape("99/99/9999"), date_shape("99 Mar 9999"), date_shape("9.9")
    ('year first', 'day and month', 'month in words', None)
    """
    text = shape.strip()
    return next((form for form, pattern in _FORMS if pattern.fullmatch(text)), None)


def date_style(shapes: Iterable[Shape], known: int, *, heading_says_date: bool) -> DateStyle | None:
    """Return how a column writes dates, None where fewer than half of its cells are dates; the order is still open."""
    found: dict[str, int] = {}
    plain = True
    signs: set[str] = set()
    for shape in shapes:
        form = date_shape(shape.text) if shape.text else None
        if form is None or (form in ONLY_WITH_HEADING and not heading_says_date):
            continue
        found[form] = found.get(form, 0) + shape.cells
        signs.add(_uniform_sign(shape.text.strip()))
        plain = plain and shape.text.strip().startswith("9999-99-99")
    total = sum(found.values())
    if known == 0 or total < known / 2:
        return None
    forms = tuple(sorted(found, key=lambda form: -found[form]))
    return DateStyle(forms=forms, share=total / known, plain=plain, uniform=_only(signs))


def _uniform_sign(shape: str) -> str:
    match = re.fullmatch(r"9{1,2}([-/.])9{1,2}\1(?:9999)", shape)
    return match[1] if match else ""


def _only(signs: set[str]) -> str | None:
    return next(iter(signs)) if len(signs) == 1 and signs != {""} else None


def order_parts(cell: str = "v") -> tuple[str, str]:
    """Return SQL for the first and the second number of a cell written as two numbers and a year, NULL for others."""
    pattern = "'^([0-9]{1,2})[-/.]([0-9]{1,2})[-/.][0-9]'"
    return tuple(f"TRY_CAST(regexp_extract({cell}, {pattern}, {n}) AS INTEGER)" for n in (1, 2))  # type: ignore[return-value]


def order_from(day_first: int, month_first: int, ambiguous: int) -> Order | None:
    """Return the order that the cells show, None where they do not show any or contradict each other.

    `day_first` counts cells that can only be day first (25/12/2024), `month_first` the others, `ambiguous` those that
    could be both. Where no cell is ambiguous each one is clear by itself.
    """
    if day_first and not month_first:
        return "day first"
    if month_first and not day_first:
        return "month first"
    return "either way clear" if ambiguous == 0 else None
