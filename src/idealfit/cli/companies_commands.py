"""The command that tells which companies are the same."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.options import IdColumn, Json, Mapping, Output, terminal, verbs
from idealfit.cli.outputs import refuse_output


@app.command()
def companies(
    left: Annotated[str, typer.Argument(metavar="LEFT", help="A table of companies or leads.")],
    right: Annotated[str | None, typer.Argument(metavar="[RIGHT]", help="Another one, to be linked with it.")] = None,
    *,
    id: IdColumn = None,
    mapping: Mapping = None,
    output: Annotated[str, Output] = "matches.csv",
    json: Json = False,
) -> None:
    """Tell which companies are the same.

    Links two tables, or finds the duplicates in one; never by name alone. Doubtful pairs are left for you to decide.
    The file to write ends in .parquet or .csv.
    """
    refuse_output(output, {"LEFT": left, "RIGHT": right, "--map": mapping})
    with terminal().progress(quiet=json) as progress:
        linked = verbs().companies_to_file(left, output, right, id=id, mapping=mapping, progress=progress)
    words = import_module("idealfit.cli.words_of_companies")
    terminal().show(as_json=json, values=linked.as_json(), text=words.of_linked(linked))
