"""The files to read, looked at before what reads them is loaded: a slip of the hand is told at once."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.errors import IdealfitError, InputError, Mistake
from idealfit.sources.places import place_of

if TYPE_CHECKING:
    from collections.abc import Sequence


def refuse_unreadable(*tables: str | None, others: Sequence[tuple[str | None, str]] = ()) -> None:
    """Raise InputError with everything that is missing, a folder, empty or no table by its first bytes.

    `others` are files that are no tables, each with where one comes from. None was not given.
    """
    mistakes: list[Mistake] = []
    for where in filter(None, tables):
        try:
            place_of(where)
        except IdealfitError as error:
            mistakes += error.mistakes
    for file, origin in others:
        if file and not Path(file).exists():
            mistakes.append(Mistake("there is no such file", file, next_step=origin))
    if mistakes:
        raise InputError(*mistakes)
