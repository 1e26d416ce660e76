"""What several commands share: their options, and the modules that they load late so that ``--help`` stays quick."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from types import ModuleType

FINDING = 1  # the exit code of a result that the caller must see

Deals = Annotated[str, typer.Argument(metavar="DEALS", help="Deals with their outcome; customers, with --market.")]
Accounts = Annotated[str | None, typer.Option(metavar="F", help="Facts about the companies, in a table of their own.")]
Customers = Annotated[str | None, typer.Option(metavar="F", help="Customers: since when, expanded, renewed, churned.")]
Market = Annotated[str | None, typer.Option(metavar="F", help="All companies you could sell to, where nobody said no.")]
Signals = Annotated[str | None, typer.Option(metavar="F", help="Events at the companies: what happens before deals.")]
Conversations = Annotated[str | None, typer.Option(metavar="F", help="What customers said: a table, or transcripts.")]
People = Annotated[str | None, typer.Option(metavar="F", help="Who took part on their side, by deal or company.")]
Feedback = Annotated[str | None, typer.Option(metavar="F", help="What your own team says of accounts and segments.")]
Model = Annotated[str | None, typer.Option(metavar="URL", help="A language model that names what customers say.")]
ModelName = Annotated[str, typer.Option(metavar="NAME", help="What the model is called at that address.")]
Repeats = Annotated[int, typer.Option(metavar="N", min=1, max=20, help="How often the model is asked.")]
IdColumn = Annotated[str | None, typer.Option("--id", metavar="COL", help="Column that names the company.")]
Outcome = Annotated[str | None, typer.Option(metavar="COL", help="Column that says won, lost or open.")]
Won = Annotated[list[str] | None, typer.Option(metavar="VALUE ...", help="Values of that column that mean won.")]
Lost = Annotated[list[str] | None, typer.Option(metavar="VALUE ...", help="Values of that column that mean lost.")]
Opened = Annotated[str | None, typer.Option(metavar="COL", help="Column with the day a deal was opened.")]
Closed = Annotated[str | None, typer.Option(metavar="COL", help="Column with the day its outcome was known.")]
Amount = Annotated[str | None, typer.Option(metavar="COL", help="Column with the value of a deal.")]
Ignore = Annotated[list[str] | None, typer.Option(metavar="COL ...", help="Columns not to learn from.")]
Output = typer.Option("-o", "--output", metavar="FILE", help="The file to write.")
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="Use only what was known on this day.")]
Exclude = Annotated[
    list[str] | None, typer.Option(metavar="FILE ...", help="Companies to leave alone: customers, competitors.")
]
OwnDomain = Annotated[list[str] | None, typer.Option(metavar="DOMAIN ...", help="Our own domains, to leave out.")]
Mapping = Annotated[str | None, typer.Option("--map", metavar="FILE.toml", help="Which column means what, as a file.")]
Seed = Annotated[int, typer.Option(metavar="N", help="Start of all that is drawn at random.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def verbs() -> ModuleType:
    """Return `pipeline`. It loads what reads, learns and draws, which takes too long for ``--help``."""
    return import_module("idealfit.pipeline")


def terminal() -> ModuleType:
    """Return `terminal`, late for the same reason."""
    return import_module("idealfit.cli.terminal")


def words() -> ModuleType:
    """Return `words`, late for the same reason."""
    return import_module("idealfit.cli.words")
