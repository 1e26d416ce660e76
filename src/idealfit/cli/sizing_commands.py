"""The commands that size a market and cut tiers to it."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import Exclude, IdColumn, Json, Mapping, OwnDomain, terminal, verbs
from idealfit.cli.outputs import refuse_output

if TYPE_CHECKING:
    from types import ModuleType

AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="The day to score on; today if not given.")]
ProfileFile = Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")]
Companies = Annotated[str, typer.Argument(metavar="MARKET", help="All companies you could sell to.")]


@app.command()
def market(
    profile: ProfileFile,
    companies: Companies,
    *,
    capacity: Annotated[int | None, typer.Option(metavar="N", help="How many companies the team can work.")] = None,
    pipeline: Annotated[
        float | None, typer.Option(metavar="AMOUNT", help="Value of the deals that are to be opened.")
    ] = None,
    deal_value: Annotated[
        float | None,
        typer.Option(metavar="AMOUNT", help="What a won deal is worth, if the profile does not say."),
    ] = None,
    tier: Annotated[str | None, typer.Option(metavar="TIER", help="The lowest tier that is worked.")] = None,
    by: Annotated[str | None, typer.Option(metavar="COL", help="Column whose values are compared.")] = None,
    competitor: Annotated[
        str | None, typer.Option(metavar="COL", help="Column that tells where a competitor sits.")
    ] = None,
    customer: Annotated[str | None, typer.Option(metavar="COL", help="Column that tells where we do.")] = None,
    exclude: Exclude = None,
    own_domain: OwnDomain = None,
    id: IdColumn = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="A page (.html) or values (.json) to write.")
    ] = None,
    json: Json = False,
) -> None:
    """Size a market by a profile.

    Companies per tier with expected wins, what each line costs and buys, and whether to widen or tighten.
    """
    if output:
        refuse_output(output, _read(profile, companies, exclude, mapping))
    with terminal().progress(quiet=json) as progress:
        found = verbs().market(
            profile, companies, capacity=capacity, pipeline=pipeline, deal_value=deal_value, tier=tier, by=by,
            competitor=competitor, customer=customer, exclude=exclude or (), own_domains=own_domain or (), id=id,
            as_of=day(as_of, "--as-of"), mapping=mapping, progress=progress,
        )  # fmt: skip
        if output:
            progress("drawing the page", 0.9)
            verbs().market_to_file(found, output)
    terminal().show(as_json=json, values=found.as_json(), text=_words().of_market(found, output))


@app.command()
def tiers(
    profile: ProfileFile,
    companies: Companies,
    *,
    capacity: Annotated[
        list[int] | None, typer.Option(metavar="N ...", help="How many companies each tier can hold, the first first.")
    ] = None,
    win_rate: Annotated[
        list[float] | None, typer.Option(metavar="R ...", help="The least win rate of each tier, the first first.")
    ] = None,
    timing: Annotated[
        str | None, typer.Option(metavar="FILE", help="A timing from 0 to 100 per company, for the grid.")
    ] = None,
    exclude: Exclude = None,
    own_domain: OwnDomain = None,
    id: IdColumn = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="The profile to write with the new tiers.")
    ] = None,
    json: Json = False,
) -> None:
    """Cut tiers by capacity or by win rate.

    Says what the present tiers and the new ones imply, and how many companies are left out, and why.
    """
    if output:
        refuse_output(output, {**_read("", companies, exclude, mapping), "--timing": timing})
    with terminal().progress(quiet=json) as progress:
        found = verbs().tiers(
            profile, companies, capacities=capacity or (), win_rates=win_rate or (), timing=timing,
            exclude=exclude or (), own_domains=own_domain or (), id=id, as_of=day(as_of, "--as-of"), mapping=mapping,
            progress=progress,
        )  # fmt: skip
        if output:
            verbs().save_profile(found.profile, output)
    terminal().show(as_json=json, values=found.as_json(), text=_words().of_tiers(found, output))


def _read(profile: str, companies: str, exclude: list[str] | None, mapping: str | None) -> dict[str, str | None]:
    lists = {f"--exclude {n}": listed for n, listed in enumerate(exclude or (), start=1)}
    return {"PROFILE": profile, "MARKET": companies, "--map": mapping, **lists}


def _words() -> ModuleType:
    return import_module("idealfit.cli.words_of_sizing")
