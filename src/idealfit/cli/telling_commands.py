"""The commands that judge a profile, start one from a narrative, and build personas on one."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import FINDING, Json, Output, terminal, verbs
from idealfit.cli.outputs import refuse_output

if TYPE_CHECKING:
    from types import ModuleType

ProfileFile = Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")]


def words() -> ModuleType:
    """Return `words_of_telling`, late so that ``--help`` stays quick."""
    return import_module("idealfit.cli.words_of_telling")


@app.command()
def lint(
    profile: ProfileFile,
    *,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to judge its age on; today if not given.")
    ] = None,
    json: Json = False,
) -> None:
    """Say what is weak about a profile, and what to do.

    Is it more than a list of filters? Which layers are covered, and how deep? Exits with 1 where something is weak.
    """
    found, layers = verbs().lint(profile, day(as_of, "--as-of"))
    values = {
        "weaknesses": [vars(weakness) for weakness in found],
        "layers": {layer: {"depth": depth, "why": why} for layer, (depth, why) in layers.items()},
    }
    terminal().show(as_json=json, values=values, text=words().of_lint(found, layers))
    if found:
        raise typer.Exit(FINDING)


@app.command()
def narrative(
    told: Annotated[str, typer.Argument(metavar="TEXT", help="The narrative, or the file that holds it.")],
    *,
    name: Annotated[str, typer.Option(metavar="NAME", help="What to call the profile.")] = "Ideal customer profile",
    output: Annotated[str, Output] = "profile.yaml",
    json: Json = False,
) -> None:
    """Start a profile from a narrative in your own words.

    Takes it apart into five slots, criteria that can be checked, and questions still to be asked.
    """
    refuse_output(output, {"TEXT": told if len(told) < 400 and "\n" not in told else None})
    if Path(output).exists():
        verbs().load_profile(output)
    started = verbs().narrative(told, name=name)
    kept = verbs().save_profile(started, output)
    values = {"profile": output, **kept.model_dump(mode="json", by_alias=True, exclude_none=True)}
    terminal().show(as_json=json, values=values, text=words().of_narrative(kept, output))


@app.command()
def persona(
    profile: ProfileFile,
    *,
    output: Annotated[str, Output] = "persona.md",
    json: Json = False,
) -> None:
    """Start personas on a profile that deals have borne out.

    One page to fill in, a part for each role of the committee. Refuses to start without a validated
    profile, and says why.
    """
    refuse_output(output, {"PROFILE": profile})
    built = verbs().persona(profile, output)
    values = {"personas": [vars(one) for one in built], "written": output}
    terminal().show(as_json=json, values=values, text=words().of_personas(built, output))
