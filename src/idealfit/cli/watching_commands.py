"""The commands that look at companies' public traces: verify."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import FINDING, Json, terminal, verbs

if TYPE_CHECKING:
    from types import ModuleType

Store = Annotated[str | None, typer.Option(metavar="DB", help="Where pages are kept: a file, or a Postgres address.")]
Contact = Annotated[str, typer.Option(metavar="TEXT", help="Who you are, told to every host that is asked.")]
Private = Annotated[
    list[str] | None, typer.Option(metavar="NETWORK ...", help="Networks that may be reached though not public.")
]


@app.command()
def verify(
    criterion: Annotated[str, typer.Argument(metavar="CRITERION", help="What must hold, in words.")],
    *,
    site: Annotated[str, typer.Option(metavar="WHERE", help="A web address, or a folder of saved pages.")],
    board: Annotated[
        list[str] | None, typer.Option(metavar="BOARD:COMPANY ...", help="Job boards to ask as well.")
    ] = None,
    rules: Annotated[str | None, typer.Option(metavar="FILE", help="Technology rules of your own.")] = None,
    ask: Annotated[
        str | None, typer.Option(metavar="COMMAND", help="A program that answers free questions, as JSON.")
    ] = None,
    repeats: Annotated[int, typer.Option(metavar="N", min=1, max=20, help="How often it is asked.")] = 3,
    store: Store = None,
    no_fetch: Annotated[bool, typer.Option("--no-fetch", help="Answer from the pages kept in --store.")] = False,
    pages: Annotated[int, typer.Option(metavar="N", min=1, max=1000, help="The most pages to read.")] = 25,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day it must hold on; today if not given.")
    ] = None,
    contact: Contact = "",
    private: Private = None,
    json: Json = False,
) -> None:
    """Check a criterion on a company's site.

    Yes only with a quote from the page, no only if the pages that would say it were read.
    """
    today = day(as_of, "--as-of")
    with terminal().progress(quiet=json) as progress:
        answer = verbs().verify(
            criterion, site, store=store, fetch=not no_fetch, boards=tuple(board or ()), rules=rules, ask=ask,
            repeats=repeats, as_of=today, contact=contact, private=tuple(private or ()), most=pages, progress=progress,
        )  # fmt: skip
    terminal().show(as_json=json, values=answer.as_json(), text=_words("verifying").of_answer(answer))
    if answer.answer == "unknown":
        raise typer.Exit(FINDING)


def _words(part: str) -> ModuleType:
    """Return the words of a part, late so that ``--help`` stays quick."""
    return import_module(f"idealfit.cli.words_of_{part}")
