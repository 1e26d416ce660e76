"""What a person says about the columns: by flags, or in a small TOML file."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, get_args

from idealfit.errors import InputError, MappingError, Mistake
from idealfit.tables import (
    ACCOUNTS,
    CONVERSATIONS,
    CUSTOMERS,
    DEALS,
    FEEDBACK,
    LAYERS,
    PEOPLE,
    SIGNALS,
    Kind,
    Layer,
)

if TYPE_CHECKING:
    from collections.abc import Callable

TableName = Literal["deals", "accounts", "customers", "market", "companies", "signals"]

ROLES: dict[str, tuple[str, ...]] = {
    "deals": tuple(dict.fromkeys(f.name for f in (*DEALS, *ACCOUNTS))),
    "accounts": tuple(f.name for f in ACCOUNTS),
    "customers": tuple(dict.fromkeys(f.name for f in (*CUSTOMERS, *ACCOUNTS))),
    "market": tuple(f.name for f in ACCOUNTS),
    "companies": tuple(f.name for f in ACCOUNTS),
    "signals": tuple(f.name for f in SIGNALS),
}
"""The roles a column can play in each table."""

_SPOKEN = (*CONVERSATIONS, *PEOPLE, *FEEDBACK)
ALL_ROLES = tuple(dict.fromkeys((*(r for roles in ROLES.values() for r in roles), *(f.name for f in _SPOKEN))))
_KEYS = ("columns", "ignore", "kinds", "layers", "won", "lost", "decimal", "dates", "currency")


@dataclass(frozen=True)
class Mapping:
    """What a person says about the columns of a table; everything not said is found out.

    `columns` gives the heading of a role (or several headings, of which the first one present is taken, so that one
    mapping serves several tables). `id`, `outcome`, `opened`, `closed` and `amount` are the flags of the command line
    and go before `columns`. `dates` is the order of day and month (``DD/MM/YYYY`` or ``MM/DD/YYYY``), `decimal` the
    decimal sign (``.`` or ``,``), `currency` the ISO code of amounts that carry none.

    >>> Mapping(outcome="Stage", columns={"amount": "Value"}).heading_of("deals")
    {'amount': ('Value',), 'outcome': ('Stage',)}
    """

    id: str | None = None
    outcome: str | None = None
    opened: str | None = None
    closed: str | None = None
    amount: str | None = None
    ignore: tuple[str, ...] = ()
    won: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    columns: dict[str, str | tuple[str, ...]] = field(default_factory=dict)
    kinds: dict[str, Kind] = field(default_factory=dict)
    layers: dict[str, Layer] = field(default_factory=dict)
    decimal: Literal[".", ","] | None = None
    dates: str | None = None
    currency: str | None = None

    def __post_init__(self) -> None:
        """Refuse what no table could follow."""
        unknown = [role for role in self.columns if role not in ALL_ROLES]
        if unknown:
            raise MappingError(*(_unknown_name("role", role, ALL_ROLES) for role in unknown))
        if self.dates is not None and day_comes_first(self.dates) is None:
            raise MappingError(_bad_dates(self.dates))

    def heading_of(self, table: TableName) -> dict[str, tuple[str, ...]]:
        """Return the headings asked for, by role, of the roles that `table` has; flags go before the file."""
        flags = {
            "deal_id" if table == "deals" else "account_id": None if table in ("accounts", "signals") else self.id,
            "outcome": self.outcome,
            "opened_on": self.opened,
            "closed_on": self.closed,
            "amount": self.amount,
        }
        asked: dict[str, tuple[str, ...]] = {
            role: (headings,) if isinstance(headings, str) else tuple(headings)
            for role, headings in self.columns.items()
        }
        asked |= {role: (heading,) for role, heading in flags.items() if heading is not None}
        return {role: headings for role, headings in asked.items() if role in ROLES[table]}


def day_comes_first(dates: str) -> bool | None:
    """Return whether the day stands before the month in a format such as ``DD/MM/YYYY``; None if it is no format.

    >>> day_comes_first("DD.MM.YYYY"), day_comes_first("mm/dd/yy"), day_comes_first("tomorrow")
    (True, False, None)
    """
    letters = re.sub(r"[^a-z]", "", dates.lower())
    if not re.fullmatch(r"(d{1,2}m{1,2}|m{1,2}d{1,2})(y{2}|y{4})", letters):
        return None
    return letters.startswith("d")


def load_mapping(path: str | Path) -> Mapping:
    """Return the mapping that a TOML file holds.

    Raises `InputError` where there is no readable TOML, and `MappingError` with every mistake at once, each with its
    line and the nearest allowed name.
    """
    file = Path(path)
    try:
        text = file.read_text(encoding="utf-8-sig")
        content = tomllib.loads(text)
    except OSError as error:
        raise InputError(
            Mistake("the mapping file cannot be read", where=str(path), next_step="Check the path given to --map.")
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(Mistake(f"this is not TOML: {error}", where=str(path))) from error
    mistakes = _mistakes(content, text, str(path))
    if mistakes:
        raise MappingError(*mistakes)
    return Mapping(
        columns={role: h if isinstance(h, str) else tuple(h) for role, h in content.get("columns", {}).items()},
        kinds=dict(content.get("kinds", {})),
        layers=dict(content.get("layers", {})),
        ignore=tuple(content.get("ignore", ())),
        won=tuple(content.get("won", ())),
        lost=tuple(content.get("lost", ())),
        decimal=content.get("decimal"),
        dates=content.get("dates"),
        currency=content.get("currency"),
    )


def did_you_mean(name: str, allowed: tuple[str, ...]) -> str:
    """Return a hint with the nearest allowed name, or an empty string.

    >>> did_you_mean("Outcom", ("Outcome", "Amount"))
    "Did you mean 'Outcome'?"
    """
    folded = {a.casefold(): a for a in reversed(allowed)}
    near = get_close_matches(name.casefold(), list(folded), n=1, cutoff=0.6)
    return f"Did you mean {folded[near[0]]!r}?" if near else ""


def _mistakes(content: dict[str, Any], text: str, file: str) -> list[Mistake]:
    """Return every mistake of the file, in the order of its lines."""
    found: list[tuple[int, Mistake]] = []

    def note(key: str, what: str, value: object = None, allowed: str = "", next_step: str = "") -> None:
        line = _line_of(key, text)
        found_text = None if value is None else str(value)
        found.append((line, Mistake(what, f"{file}:{line}", found_text, allowed, next_step)))

    for key, value in content.items():
        if key not in _KEYS:
            note(key, "unknown key", key, ", ".join(_KEYS), did_you_mean(key, _KEYS))
        elif key in ("columns", "kinds", "layers") and not isinstance(value, dict):
            note(key, f"{key} must be a section", value, f"[{key}] with one line per column")
        elif key in ("ignore", "won", "lost") and not _texts(value):
            note(key, f"{key} must be a list of texts", value, f'{key} = ["..."]')
    for role, heading in _section(content, "columns"):
        if role not in ALL_ROLES:
            note(role, "unknown role", role, ", ".join(ALL_ROLES), did_you_mean(role, ALL_ROLES))
        elif not isinstance(heading, str) and not _texts(heading):
            note(role, "a role takes a heading", heading, "a text, or a list of texts")
    for section, allowed in (("kinds", get_args(Kind)), ("layers", LAYERS)):
        for heading, choice in _section(content, section):
            if choice not in allowed:
                note(heading, f"{heading!r} has an unknown {section[:-1]}", choice, ", ".join(allowed),
                     did_you_mean(str(choice), allowed))  # fmt: skip
    _judge_signs(content, note)
    return [mistake for _, mistake in sorted(found, key=lambda pair: pair[0])]


def _judge_signs(content: dict[str, Any], note: Callable[..., None]) -> None:
    """Note what is wrong with the decimal sign, the order of dates and the currency."""
    if content.get("decimal", ".") not in (".", ","):
        note("decimal", "unknown decimal sign", content["decimal"], "'.' or ','")
    dates = content.get("dates", "DD/MM/YYYY")
    if not isinstance(dates, str) or day_comes_first(dates) is None:
        note("dates", "unknown order of day and month", dates, "DD/MM/YYYY or MM/DD/YYYY")
    if not re.fullmatch(r"[A-Z]{3}", str(content.get("currency", "EUR"))):
        note("currency", "unknown currency", content["currency"], "an ISO 4217 code such as EUR")


def _section(content: dict[str, Any], name: str) -> list[tuple[str, Any]]:
    value = content.get(name, {})
    return list(value.items()) if isinstance(value, dict) else []


def _texts(value: object) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


def _line_of(key: str, text: str) -> int:
    """Return the line on which a key or a section stands (the TOML reader of the standard library keeps none)."""
    quoted = re.escape(key)
    pattern = re.compile(rf"""^\s*(\[\s*)?["']?{quoted}["']?\s*(=|\]|\.)""")
    return next((n for n, line in enumerate(text.splitlines(), start=1) if pattern.match(line)), 1)


def _unknown_name(what: str, name: str, allowed: tuple[str, ...]) -> Mistake:
    return Mistake(f"unknown {what}", found=name, allowed=", ".join(allowed), next_step=did_you_mean(name, allowed))


def _bad_dates(dates: str) -> Mistake:
    return Mistake("unknown order of day and month", found=dates, allowed="DD/MM/YYYY or MM/DD/YYYY")
