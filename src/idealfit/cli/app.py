"""The program on the command line, still without its commands: they are added by the modules that `program` names."""

from __future__ import annotations

from typing import Annotated

import typer

import idealfit

app = typer.Typer(
    help="Find who you sell to best, prove it, write it down as one file, put the file to work.",
    epilog="Start with: idealfit demo. Each command explains itself: idealfit learn --help.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"idealfit {idealfit.__version__}")
        raise typer.Exit


@app.callback()
def _idealfit(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...
