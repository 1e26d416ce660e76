"""Parts of a market held beside each other: how well each fits, and where competitors sit and we do not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import and_
from typing import TYPE_CHECKING

import ibis

from idealfit.profile.cells import text
from idealfit.profile.criteria import answer, columns_of
from idealfit.profile.headings import plain
from idealfit.score.market import size

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from idealfit.profile.criteria import Day
    from idealfit.profile.document import Profile
    from idealfit.score.market import Counted, Size

SHOWN = 12
"""So many parts are told apart; the rest is one."""

REST = "all others"
UNKNOWN = "not known"

COMPETITOR_HEADINGS = ("competitor", "competitors", "incumbent", "currentvendor", "currentprovider", "usescompetitor")
OUR_HEADINGS = ("customer", "iscustomer", "existingcustomer", "ourcustomer")
_NOBODY = ("no", "none", "false", "0", "n", "-", "n/a", "unknown")


@dataclass(frozen=True)
class PartOfMarket:
    """One part of the market: `all` of its companies that are not ruled out, and those within `reach`."""

    name: str
    all: Size
    reach: Size


@dataclass(frozen=True)
class Held:
    """One part of the market by who sits there: its companies, a competitor's, ours, and neither's within reach."""

    name: str
    companies: int
    competitors: int
    ours: int
    free_in_reach: int


def by_definition(profile: Profile, companies: ir.Table, as_of: Day) -> dict[str, ir.BooleanValue]:
    """Return for each segment of the profile whose columns are there whether a company meets all of its tests."""
    found = {}
    for segment in profile.segments:
        columns = columns_of(companies.columns, [part.attribute for part in segment.definition])
        if None not in columns.values():
            tests = (answer(companies, str(columns[p.attribute]), p.test, as_of) for p in segment.definition)
            found[segment.name] = reduce(and_, tests).fill_null(False)
    return found


def by_column(companies: ir.Table, heading: str) -> ir.StringValue:
    """Return the value of a column by which companies are told apart: the commonest ones, and one for the rest."""
    value = companies[heading].cast("string").strip().nullif("").fill_null(UNKNOWN)
    common = companies.select(value=value).group_by("value").agg(n=lambda t: t.count())
    first = common.order_by([common.n.desc(), common.value]).limit(SHOWN).to_pyarrow()["value"].to_pylist()
    return ibis.ifelse(value.isin(first), value, REST)


def sits(companies: ir.Table, heading: str) -> ir.BooleanValue:
    """Return whether a cell names or affirms somebody: a competitor there, or us."""
    cell = companies[heading]
    if cell.type().is_boolean():
        return cell.fill_null(False)
    return text(cell).notin(_NOBODY).fill_null(False)


def heading_of(companies: ir.Table, wanted: tuple[str, ...]) -> str | None:
    """Return the first column whose heading is one of `wanted`."""
    return next((c for w in wanted for c in companies.columns if plain(c) == w), None)


def parts(
    market: Counted, column: str, reach: int, columns: Mapping[str, str] | None = None
) -> tuple[PartOfMarket, ...]:
    """Return each value of a column of the census with its companies, the largest within reach first.

    `columns` gives instead the parts, each with a column that says whether a company is in it.
    """
    rows = market.rows
    if columns is None:
        masks = {str(value): rows[column] == value for value in rows[column].unique()}
    else:
        masks = {name: rows[held].astype(bool) for name, held in columns.items()}
    found = []
    for name, inside in masks.items():
        here = inside & ~rows.disqualified
        near = here & (rows.fit >= reach)
        surely, possibly = (here & (rows[bound] >= reach) for bound in ("fit_low", "fit_high"))
        found.append(PartOfMarket(name, size(market, here, here, here), size(market, near, surely, possibly)))
    return tuple(sorted(found, key=lambda part: (part.name in (REST, UNKNOWN), -part.reach.companies, part.name)))


def held(market: Counted, column: str, reach: int, competitor: str, ours: str | None) -> tuple[Held, ...]:
    """Return each value of a column with who sits there, the most of competitors' over ours first (by share)."""
    rows = market.rows
    found = []
    for name in rows[column].unique():
        here = rows[column] == name
        theirs, own = here & rows[competitor], here & (rows[ours] if ours else False)
        free = here & ~theirs & ~own & ~rows.disqualified & (rows.fit >= reach)
        found.append(Held(str(name), *(int(rows.n[which].sum()) for which in (here, theirs, own, free))))
    return tuple(sorted(found, key=lambda part: (-(part.competitors - part.ours) / max(part.companies, 1), part.name)))
