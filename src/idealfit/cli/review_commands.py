"""The command that holds a profile against what has happened since."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.commands import A_MAPPING, A_PROFILE
from idealfit.cli.inputs import refuse_unreadable
from idealfit.cli.options import (
    FINDING,
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

EVERY = {"month": 30, "quarter": 91, "half-year": 182, "year": 365}
"""How often a profile is looked at, in days."""


@app.command()
def review(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    deals: Deals,
    *,
    accounts: Accounts = None,
    customers: Customers = None,
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
    since: Annotated[
        str | None, typer.Option(metavar="DATE", help="Judge deals opened later; when it was learned, if not given.")
    ] = None,
    every: Annotated[str, typer.Option(metavar="|".join(EVERY), help="When to review again.")] = "quarter",
    seed: Seed = 0,
    output: Annotated[str, Output] = "review.json",
    json: Json = False,
) -> None:
    """Say whether to revise a profile or leave it alone.

    By the deals opened since it was learned. However often it is asked, false alarms stay under 5 % in all.
    """
    if every not in EVERY:
        raise InputError(Mistake("--every: unknown", found=every, allowed=", ".join(EVERY)))
    refuse_unreadable(deals, accounts, customers, others=[(mapping, A_MAPPING), (profile, A_PROFILE)])
    read = {"PROFILE": profile, "DEALS": deals, "--accounts": accounts, "--customers": customers, "--map": mapping}
    refuse_output(output, read, onto="a review")
    with terminal().progress(quiet=json) as progress:
        found = verbs().review(
            profile, deals, accounts=accounts, customers=customers, id=id, outcome=outcome, won=won or (),
            lost=lost or (), opened=opened, closed=closed, amount=amount, ignore=ignore or (),
            as_of=day(as_of, "--as-of"), mapping=mapping, since=day(since, "--since"), every=EVERY[every], seed=seed,
            progress=progress,
        )  # fmt: skip
    verbs().save_review(found, output)
    told = import_module("idealfit.cli.words_of_review")
    terminal().show(as_json=json, values=found.as_json(), text=told.of_review(found, profile, output))
    if found.answer in ("revise", "renew the rates"):
        raise typer.Exit(FINDING)
