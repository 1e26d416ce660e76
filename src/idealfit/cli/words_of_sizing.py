"""A market and its tiers as people read them on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import beside, indented, listed, said, warned, written
from idealfit.report.market_words import advised, amount_of, bounds_of, rate_of
from idealfit.report.phrases import percent, signed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from idealfit.score.exclusions import LeftOut
    from idealfit.score.grid import Grid
    from idealfit.score.market import TierSize
    from idealfit.score.overview import Market, Tiers
    from idealfit.score.segments import PartOfMarket


def of_market(found: Market, path: str | None) -> RenderableType:
    """Return the size of a market, the price of each line, and what to do."""
    parts: list[RenderableType] = [said(f"{found.companies:,} companies, by {found.profile}", style="bold")]
    parts.append(beside(_tiers(found.tiers, lifts=found.lifts, worth=found.deal_value is not None)))
    if found.advice is not None:
        parts += [Text(), said("Widen or tighten", style="bold"), indented(advised(found))]
    if found.prices:
        heading = f"What each line costs and buys, down to tier {found.reach}"
        parts += [Text(), said(heading, style="bold"), beside(_prices(found))]
    for heading, some in (("Segments", found.segments), (f"By {found.by}", found.parts)):
        if some:
            parts += [Text(), said(heading, style="bold"), beside(_parts(some, lifts=found.lifts))]
    if found.held:
        table = _table(found.by, "companies", "competitors'", "ours", "free and within reach")
        for part in found.held:
            numbers = (part.companies, part.competitors, part.ours, part.free_in_reach)
            table.add_row(said(part.name), *(f"{n:,}" for n in numbers))
        parts += [Text(), said("Where competitors sit and we do not", style="bold"), beside(table)]
    parts += _left_out(found.left_out)
    parts += _worth_knowing(found.missing_columns, found.warnings)
    if path:
        parts += [Text(), written(path, "the market, to show around")]
    return Group(*parts)


def of_tiers(found: Tiers, path: str | None) -> RenderableType:
    """Return what the present tiers and each cut imply, fit against timing, and who is left out."""
    parts: list[RenderableType] = [said(f"{found.companies:,} companies", style="bold")]
    for way, sizes in found.ways:
        title = "As they are now" if way == "now" else f"Cut {way}"
        parts += [Text(), said(title, style="bold"), beside(_tiers(sizes, lifts=found.lifts, worth=False))]
    parts.append(Text())
    if found.grid is None:
        text = "Timing was not given (--timing FILE), so this is fit alone. The two are never added up."
        parts.append(said(text, style="dim"))
    else:
        parts += [said("Fit by timing, companies", style="bold"), beside(_grid(found.grid))]
        parts.append(indented(f"{found.grid.without:,} companies have no timing and stand at {found.grid.levels[-1]}."))
    parts += _left_out(found.left_out)
    parts += _worth_knowing(found.missing_columns, found.warnings)
    if path:
        parts += [Text(), written(path, "the profile with the new tiers")]
    return Group(*parts)


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for number, heading in enumerate(headings):
        table.add_column(heading, justify="right" if number else "left", overflow="fold")
    return table


def _tiers(tiers: Sequence[TierSize], *, lifts: bool, worth: bool) -> Table:
    wins = [] if lifts else ["expected wins", *(["revenue"] if worth else [])]
    table = _table("tier", "fit", "companies", "unknown", "lift" if lifts else "win rate", *wins)
    table.add_column("what to do", overflow="fold")
    for tier in tiers:
        come = [] if lifts else [amount_of(tier.size.wins), *([amount_of(tier.size.revenue)] if worth else [])]
        size = tier.size
        table.add_row(
            said(tier.name, style="bold"), f"{tier.at_least}+", f"{size.companies:,}", bounds_of(size),
            rate_of(size, lifts=lifts), *come, said(tier.action),
        )  # fmt: skip
    return table


def _prices(found: Market) -> Table:
    table = _table("line", "points", "waived", "rate", "required", "rate")
    now = next(cut.size.companies for cut in reversed(found.frontier) if cut.at_least >= found.reach_at_least)
    for price in found.prices:
        waived = ("", "")
        if price.waived is not None:
            waived = (signed(price.waived.companies - now), rate_of(price.waived, lifts=found.lifts))
        required = (signed(price.required.companies - now), rate_of(price.required, lifts=found.lifts))
        points = "not in it" if price.seen else signed(price.points)
        table.add_row(said(price.line), points, *waived, *required)
    return table


def _parts(some: Sequence[PartOfMarket], *, lifts: bool) -> Table:
    table = _table("", "companies", "within reach", "share", "lift" if lifts else "win rate")
    for part in some:
        share = percent(part.reach.companies / max(part.all.companies, 1))
        numbers = (f"{part.all.companies:,}", f"{part.reach.companies:,}")
        table.add_row(said(part.name), *numbers, share, rate_of(part.reach, lifts=lifts))
    return table


def _grid(grid: Grid) -> Table:
    table = _table("", *(f"timing {level}" for level in grid.levels))
    for tier, row in zip(grid.tiers, grid.companies, strict=True):
        table.add_row(said(tier, style="bold"), *(f"{n:,}" for n in row))
    return table


def _left_out(rules: Sequence[LeftOut]) -> list[RenderableType]:
    if not rules:
        return []
    table = _table("because", "companies", "by no line above", "not known")
    for rule in rules:
        table.add_row(said(rule.reason), f"{rule.companies:,}", f"{rule.first:,}", f"{rule.unknown:,}")
    return [Text(), said("Left out", style="bold"), beside(table)]


def _worth_knowing(missing: Sequence[str], warnings: Sequence[str]) -> list[RenderableType]:
    absent = f"not in this table, so unknown for every company: {listed(missing)}" if missing else ""
    return warned([text for text in (absent, *warnings) if text])
