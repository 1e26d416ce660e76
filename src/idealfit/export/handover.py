"""What an export is given and what it gives back: rows, where they go, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

Cell: TypeAlias = str | int | float | bool | None
Row: TypeAlias = "Mapping[str, Cell]"


@dataclass(frozen=True)
class Handover:
    """Scored companies on their way to another tool.

    `rows` have the columns of scores, and those of the companies where their table was given; the best come first.
    `name_column` and `domain_column` say which of them name a company. `to` is the file to write or the address to
    send to; `park_in` the file for what a receiver does not take. `tiers` counts all rows by tier.
    """

    rows: Iterable[Row]
    columns: tuple[str, ...]
    count: int
    to: str
    tiers: Mapping[str, int] = field(default_factory=dict)
    name_column: str = "id"
    domain_column: str | None = None
    park_in: str = ""
    secret: str = field(default="", repr=False)
    loopback: bool = False
    progress: Callable[[str, float], None] = lambda _words, _share: None


@dataclass(frozen=True)
class HandedOver:
    """What came of it: where the rows are now, how many, what was parked and what somebody should know."""

    to: str
    rows: int
    parked: int = 0
    parked_in: str = ""
    notes: tuple[str, ...] = ()
