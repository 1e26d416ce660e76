"""What a profile makes of a whole market: its size, the price of each line, tiers cut to capacity, exclusions."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, MappingError, Mistake
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, said_about_columns
from idealfit.pipeline.scoring import companies_to_score, exclusions
from idealfit.profile.document import Estimate
from idealfit.profile.headings import columns_of
from idealfit.report.market_page import market_page
from idealfit.score import segments as parts_of
from idealfit.score.capacity import advice, companies_for, tiers_by_capacity, tiers_by_win_rate
from idealfit.score.census import census
from idealfit.score.doubts import doubts
from idealfit.score.exclusions import excluding, left_out
from idealfit.score.grid import grid_of, timing_of
from idealfit.score.market import (
    counted,
    frontier,
    in_reach,
    prices,
    seen_to_try,
    tier_sizes,
    with_seen,
)
from idealfit.score.overview import Market, Tiers
from idealfit.score.scoring import missing_columns, score
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import ibis.expr.types as ir

    from idealfit.pipeline.inputs import Day, Table
    from idealfit.profile.document import Profile
    from idealfit.score.market import Counted
    from idealfit.score.segments import Held
    from idealfit.sources.mapping import Mapping

SAYING_WHERE = "Name one of the profile's tiers."


def market(
    profile: Profile | str | Path,
    companies: Table,
    *,
    capacity: int | None = None,
    pipeline: float | None = None,
    deal_value: float | None = None,
    tier: str | None = None,
    by: str | None = None,
    competitor: str | None = None,
    customer: str | None = None,
    exclude: Sequence[Table] = (),
    own_domains: Sequence[str] = (),
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Market:
    """Return how big a market is by a profile, what each line costs and buys, and whether to widen or tighten.

    `capacity` is how many companies the team can work; `pipeline` the value of the deals it is to open (each company
    that is worked opens one, of the value that the profile's economics tell, or of `deal_value`). `tier` is the lowest
    one that is worked. `by` names a column whose values are compared; `competitor` and `customer` columns that tell
    where a competitor sits, or we do. `exclude` are tables of companies to leave alone, `own_domains` domains.
    """
    loaded = as_profile(profile)
    value = _deal_value(loaded, deal_value)
    target = _capacity(capacity, pipeline, value)
    lowest = _worked_down_to(loaded, tier)
    day = as_day(as_of) or date.today()
    progress(f"reading {name_of(companies)}", 0.1)
    table, _, _ = companies_to_score(companies, said_about_columns(mapping, id=id), loaded)
    warnings = doubts(loaded, table, day)
    ruled, table = excluding(loaded, table, exclusions(exclude, own_domains, table))
    seen = seen_to_try(loaded)
    asked = with_seen(ruled, seen)
    beside, columns = _told_apart(ruled, table, by=by, competitor=competitor, customer=customer, day=day)
    progress("counting the market", 0.3)
    found = counted(asked, census(asked, table, as_of=day, by=beside), value)
    progress("trying each line", 0.7)
    cuts = frontier(ruled, found)
    return Market(
        profile=loaded.name,
        companies=int(found.rows.n.sum()),
        lifts=found.lifts,
        reach=lowest[0],
        reach_at_least=lowest[1],
        tiers=tier_sizes(ruled, found),
        prices=prices(ruled, seen, found, lowest[1]),
        frontier=cuts,
        advice=None if target is None else advice(found, cuts, capacity=target, reach=lowest[1]),
        left_out=left_out(asked, found),
        segments=parts_of.parts(found, "", lowest[1], columns["segments"]),
        by=columns["by"],
        parts=parts_of.parts(found, "part", lowest[1]) if columns["by"] else (),
        competitor=columns["competitor"],
        held=_held(found, columns, lowest[1]),
        deal_value=value,
        currency=(loaded.economics.currency or "") if loaded.economics else "",
        pipeline=pipeline,
        missing_columns=missing_columns(loaded, table),
        warnings=warnings,
    )


def market_to_file(found: Market, path: str | Path) -> None:
    """Write a market as a page (``.html``) or as values (``.json``)."""
    suffix = Path(path).suffix.lower()
    if suffix == ".html":
        write_text(path, market_page(found))
    elif suffix == ".json":
        write_text(path, json.dumps(found.as_json(), indent=2, ensure_ascii=False) + "\n")
    else:
        raise InputError(
            Mistake("a market is written as a page or as values", "-o", str(path), "a file ending in .html or .json")
        )


def tiers(
    profile: Profile | str | Path,
    companies: Table,
    *,
    capacities: Sequence[int] = (),
    win_rates: Sequence[float] = (),
    timing: Table | None = None,
    exclude: Sequence[Table] = (),
    own_domains: Sequence[str] = (),
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Tiers:
    """Return the profile with tiers cut by capacity or by win rate, and what the old and the new ones imply.

    `capacities` are how many companies the first tier can hold, the second, and so on; `win_rates` what a company of
    the first tier has at least, of the second, and so on. With both, each cut is told, and the first is taken.
    `timing` is a table with an id and a timing from 0 to 100 per company: fit and timing are then counted in a grid.
    """
    loaded = as_profile(profile)
    _refuse_too_many(loaded, capacities, win_rates)
    day = as_day(as_of) or date.today()
    progress(f"reading {name_of(companies)}", 0.1)
    table, named, connection = companies_to_score(companies, said_about_columns(mapping, id=id), loaded)
    warnings = doubts(loaded, table, day)
    ruled, table = excluding(loaded, table, exclusions(exclude, own_domains, table))
    progress("counting the market", 0.3)
    rows = census(ruled, table, as_of=day)
    value = _deal_value(loaded, None)
    cuts = frontier(ruled, counted(ruled, rows, value))
    ways = {"now": loaded.tiers}
    if capacities:
        ways["by capacity"] = tiers_by_capacity(loaded.tiers, cuts, capacities)
    if win_rates:
        ways["by win rate"] = tiers_by_win_rate(loaded, win_rates)
    implied = {}
    for way, cut in ways.items():
        with_cut = ruled.model_copy(update={"tiers": cut})
        implied[way] = tier_sizes(with_cut, counted(with_cut, rows, value))
    chosen = ways.get("by capacity") or ways.get("by win rate") or loaded.tiers
    found = counted(ruled, rows, value)
    grid = None
    if timing is not None:
        progress("holding fit against timing", 0.8)
        with_cut = ruled.model_copy(update={"tiers": chosen})
        scores = score(with_cut, table, id_column=named, as_of=day, in_order=False)
        grid = grid_of(chosen, scores, timing_of(read(timing, connection=connection, table="companies").table))
    return Tiers(
        profile=loaded.model_copy(update={"tiers": chosen}),
        companies=int(rows.n.sum()),
        lifts=found.lifts,
        ways=tuple(implied.items()),
        grid=grid,
        left_out=left_out(ruled, found),
        missing_columns=missing_columns(loaded, table),
        warnings=warnings,
    )


def _deal_value(profile: Profile, given: float | None) -> Estimate | None:
    if given is not None:
        if not given > 0:
            raise InputError(Mistake("a deal is worth more than nothing", "--deal-value", f"{given:g}"))
        return Estimate(value=given, low=given, high=given)
    told = profile.economics.figures.deal_size if profile.economics and profile.economics.figures else None
    if told is None or told.value is None:
        return None
    return Estimate(value=told.value, low=told.low, high=told.high)


def _worked_down_to(profile: Profile, tier: str | None) -> tuple[str, int]:
    """Return the lowest tier that is worked and its fit; without tiers, nothing and all."""
    names = [t.name for t in profile.tiers]
    if tier is not None and tier not in names:
        raise InputError(Mistake("the profile has no such tier", "--tier", tier, ", ".join(names), SAYING_WHERE))
    chosen = in_reach(profile) if tier is None else profile.tiers[names.index(tier)]
    return (chosen.name, chosen.at_least) if chosen else ("", 0)


def _told_apart(
    profile: Profile, table: ir.Table, *, by: str | None, competitor: str | None, customer: str | None, day: date
) -> tuple[dict[str, ir.Value], dict[str, Any]]:
    """Return the values by which companies are counted apart, and what was chosen for each."""
    segments = parts_of.by_definition(profile, table, day)
    beside: dict[str, ir.Value] = {f"segment_{i}": met for i, met in enumerate(segments.values())}
    theirs = _column(table, competitor, "--competitor") or parts_of.heading_of(table, parts_of.COMPETITOR_HEADINGS)
    ours = _column(table, customer, "--customer") or parts_of.heading_of(table, parts_of.OUR_HEADINGS)
    chosen = _column(table, by, "--by")
    if theirs and not chosen:
        chosen = next((c for c in columns_of(table.columns, ["industry"]).values() if c), None)
    if chosen:
        beside["part"] = parts_of.by_column(table, chosen)
    if theirs and chosen:
        beside["theirs"] = parts_of.sits(table, theirs)
        if ours:
            beside["ours"] = parts_of.sits(table, ours)
    named = {name: f"segment_{i}" for i, name in enumerate(segments)}
    told = {
        "segments": named,
        "by": chosen or "",
        "competitor": theirs if theirs and chosen else "",
        "ours": ours or "",
    }
    return beside, told


def _column(table: ir.Table, asked: str | None, option: str) -> str | None:
    if asked is None:
        return None
    found = columns_of(table.columns, [asked])[asked]
    if found is None:
        raise MappingError(Mistake("there is no such column", option, asked, ", ".join(table.columns[:20])))
    return found


def _capacity(capacity: int | None, pipeline: float | None, value: Estimate | None) -> int | None:
    """Return how many companies are to be worked, for a capacity or for a pipeline; None where neither was said."""
    if capacity is not None and pipeline is not None:
        raise InputError(Mistake("a capacity and a pipeline are two targets", "--pipeline", allowed="one of the two"))
    if pipeline is not None and value is None:
        raise InputError(
            Mistake("what a deal is worth is not known", "--pipeline", next_step="Say it with --deal-value AMOUNT.")
        )
    found = companies_for(pipeline, value) if pipeline is not None and value is not None else capacity
    if found is not None and found < 1:
        raise InputError(Mistake("a team can work one company or more", "--capacity", str(found)))
    return found


def _held(found: Counted, columns: dict[str, Any], reach: int) -> tuple[Held, ...]:
    if not columns["competitor"]:
        return ()
    return parts_of.held(found, "part", reach, "theirs", "ours" if columns["ours"] else None)


def _refuse_too_many(profile: Profile, capacities: Sequence[int], win_rates: Sequence[float]) -> None:
    mistakes: list[Mistake] = []
    for option, given in (("--capacity", capacities), ("--win-rate", win_rates)):
        if len(given) > max(len(profile.tiers) - 1, 0):
            allowed = f"at most {max(len(profile.tiers) - 1, 0)}: the last tier holds the rest"
            mistakes.append(Mistake("more numbers than tiers to cut", option, str(len(given)), allowed))
        if list(given) != sorted(given, reverse=True) and option == "--win-rate":
            mistakes.append(Mistake("the first tier has the highest win rate", option, ", ".join(map(str, given))))
    mistakes += [Mistake("a tier holds one company or more", "--capacity", str(n)) for n in capacities if n < 1]
    mistakes += [Mistake("a win rate lies between 0 and 1", "--win-rate", f"{r:g}") for r in win_rates if not 0 < r < 1]
    if not capacities and not win_rates:
        mistakes.append(Mistake("nothing to cut the tiers by", allowed="--capacity N or --win-rate R, one per tier"))
    if win_rates and not profile.fit_bands:
        mistakes.append(Mistake("this profile knows no win rates", "--win-rate", next_step="Cut by --capacity."))
    if mistakes:
        raise InputError(*mistakes)
