"""What the verbs are given: tables, days, profiles, what was said about columns; and how they tell their progress."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from idealfit.engine import without_password
from idealfit.errors import InputError, Mistake
from idealfit.profile import files
from idealfit.profile.document import Profile
from idealfit.sources.mapping import Mapping, load_mapping

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

__all__ = ["Day", "Profile", "Table", "as_day", "as_profile", "name_of", "quiet", "said_about_columns", "within"]

Table: TypeAlias = str | Path | pd.DataFrame | pa.Table | ir.Table
"""Where a table is, or the table itself."""

Day: TypeAlias = date | str | None
"""A day, or how ISO 8601 writes it."""


def quiet(_words: str, _share: float) -> None:
    """Tell nobody."""


def within(start: float, end: float, progress: Callable[[str, float], None]) -> Callable[[str, float], None]:
    """Return a teller of progress for a part of the whole."""
    return lambda words, share: progress(words, start + share * (end - start))


def said_about_columns(
    mapping: str | Path | Mapping | None,
    *,
    id: str | None = None,
    outcome: str | None = None,
    won: Sequence[str] = (),
    lost: Sequence[str] = (),
    opened: str | None = None,
    closed: str | None = None,
    amount: str | None = None,
    ignore: Collection[str] = (),
) -> Mapping:
    """Return what was said about columns: the mapping, and over it what was given by name."""
    base = mapping if isinstance(mapping, Mapping) else Mapping() if mapping is None else load_mapping(mapping)
    return replace(
        base,
        id=id or base.id,
        outcome=outcome or base.outcome,
        won=tuple(won) or base.won,
        lost=tuple(lost) or base.lost,
        opened=opened or base.opened,
        closed=closed or base.closed,
        amount=amount or base.amount,
        ignore=(*base.ignore, *ignore),
    )


def as_profile(profile: Profile | str | Path) -> Profile:
    """Return the profile, read from a file where it is one."""
    return profile if isinstance(profile, Profile) else files.load(profile)


def as_day(day: Day) -> date | None:
    """Return the day, read from text where it is text; raises `InputError` where it names no day."""
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(Mistake("this is not a day", found=day, allowed="year-month-day, as in 2024-06-30")) from None


def name_of(table: Table) -> str:
    """Return what a table is called in messages."""
    return Path(without_password(str(table))).name if isinstance(table, str | Path) else "the table"
