"""Fit and timing, two numbers that are never added up: a grid with a row per tier and a column per level of timing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import ibis

from idealfit.engine import refusals_explained
from idealfit.errors import MappingError, Mistake
from idealfit.profile.cells import number
from idealfit.profile.headings import plain
from idealfit.score.answers import ID_HEADINGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from idealfit.profile.document import Tier

LEVELS = ((67, "1"), (34, "2"), (0, "3"))
"""From which timing on (0 to 100) a company is at which level. One without any timing is at the last."""

TIMING_HEADINGS = ("timing", "timingscore")


@dataclass(frozen=True)
class Grid:
    """Companies by tier and level of timing; `without` of them have no timing, and stand at the last level."""

    tiers: tuple[str, ...]
    levels: tuple[str, ...]
    companies: tuple[tuple[int, ...], ...]
    without: int

    def as_json(self) -> dict[str, Any]:
        """Return the cells by name: ``{"A1": 12, "A2": 40 ...}``."""
        cells = {
            f"{tier}{level}": n
            for tier, row in zip(self.tiers, self.companies, strict=True)
            for level, n in zip(self.levels, row, strict=True)
        }
        return {"cells": cells, "without_timing": self.without}


def timing_of(table: ir.Table) -> ir.Table:
    """Return `id` and `timing` of a table with one timing per company; raises `MappingError` where it has none."""
    headings = {plain(c): c for c in reversed(table.columns)}
    ids = next((headings[h] for h in ID_HEADINGS if h in headings), None)
    timing = next((headings[h] for h in TIMING_HEADINGS if h in headings), None)
    if ids is None or timing is None:
        raise MappingError(
            Mistake(
                "this table does not tell a timing per company",
                where="--timing",
                found=", ".join(table.columns[:10]),
                allowed="a column that names the company, and a column timing from 0 to 100",
            )
        )
    return (
        table.select(id=table[ids].cast("string"), timing=number(table[timing]))
        .group_by("id")
        .agg(timing=lambda t: t.timing.max())
    )


def grid_of(tiers: Sequence[Tier], scores: ir.Table, timing: ir.Table) -> Grid:
    """Return the grid of scores and timing; who is disqualified or below all tiers is not in it."""
    joined = scores.left_join(timing, scores.id == timing.id).select(scores.tier, timing.timing)
    level = ibis.cases(*((joined.timing >= least, name) for least, name in LEVELS), else_=LEVELS[-1][1])
    asked = joined.mutate(level=level, known=joined.timing.notnull())
    counts = asked.group_by("tier", "level", "known").agg(n=asked.count())
    with refusals_explained("counting fit against timing"):
        found = counts.to_pyarrow().to_pylist()
    names, levels = tuple(t.name for t in tiers), tuple(name for _, name in LEVELS)
    cells = tuple(
        tuple(sum(r["n"] for r in found if (r["tier"], r["level"]) == (tier, level)) for level in levels)
        for tier in names
    )
    return Grid(names, levels, cells, sum(r["n"] for r in found if not r["known"] and r["tier"] in names))
