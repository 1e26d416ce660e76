"""The command that takes a profile to where the companies are."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import IdColumn, Json, Mapping, terminal, verbs
from idealfit.cli.outputs import refuse_output, refuse_without


@app.command()
def sql(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    *,
    dialect: Annotated[str, typer.Option(metavar="ENGINE", help="The engine that will run it.")] = "duckdb",
    table: Annotated[str, typer.Option(metavar="NAME", help="The table of companies there.")] = "companies",
    columns: Annotated[
        str | None, typer.Option(metavar="FILE", help="A table with the same columns, for headings and types.")
    ] = None,
    id: IdColumn = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to score on; the day it runs if not given.")
    ] = None,
    mapping: Mapping = None,
    dbt: Annotated[bool, typer.Option("--dbt", help="Write it as a dbt model.")] = False,
    changed_column: Annotated[
        str | None, typer.Option(metavar="COL", help="With --dbt: score only rows that this column says are newer.")
    ] = None,
    step_by_step: Annotated[
        bool, typer.Option("--step-by-step", help="Print a statement for each table on the way.")
    ] = False,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="The file to write; the screen if not given.")
    ] = None,
    json: Json = False,
) -> None:
    """Print a profile as SQL for a warehouse.

    One statement with named steps and comments that gives what score gives.
    """
    if output:
        refuse_output(output, {"PROFILE": profile, "--columns": columns, "--map": mapping})
    found = verbs().sql(
        profile, dialect, table=table, columns=columns, id=id, as_of=day(as_of, "--as-of"), mapping=mapping
    )
    changed = None
    if changed_column is not None:
        refuse_without(changed_column, "--changed-column", {"--dbt": dbt})
        changed = verbs().incremental(profile, dialect, table=table, column=changed_column, as_of=day(as_of, "--as-of"))
    values = import_module("idealfit.cli.words_of_warehouse").statement_as_json(
        found, dialect, table if dbt else None, changed
    )
    text = "\n".join(step["sql"] for step in values["steps"]) if step_by_step else values["sql"]
    if output:
        verbs().write_text(output, text)
        values = {**values, "output": output}
    if json or not output:
        terminal().show_as_it_is(as_json=json, values=values, text=text)
