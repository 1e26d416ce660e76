"""The commands that look at companies' public traces: verify, watch, inbox, shortlist, brief, erase."""

from __future__ import annotations

import time
from importlib import import_module
from typing import TYPE_CHECKING, Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import FINDING, IdColumn, Json, Output, terminal, verbs
from idealfit.cli.outputs import refuse_output
from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from types import ModuleType

    from idealfit.pipeline.alerting import Alerted

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


Companies = Annotated[str, typer.Argument(metavar="COMPANIES", help="The companies, a table.")]
Profile = Annotated[str, typer.Option(metavar="PROFILE", help="The profile, a YAML file.")]
Kept = Annotated[str, typer.Option("--store", metavar="DB", help="Where all is kept: a file, or a Postgres address.")]
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="The day to judge on; today if not given.")]


@app.command()
def watch(
    companies: Annotated[str, typer.Argument(metavar="COMPANIES", help="The companies, a table.")] = "",
    *,
    profile: Annotated[str | None, typer.Option(metavar="PROFILE", help="Watch only who fits this profile.")] = None,
    least: Annotated[str, typer.Option(metavar="TIER", help="The last tier to watch; all if not given.")] = "",
    source: Annotated[list[str] | None, typer.Option(metavar="NAME ...", help="Sources to ask.")] = None,
    events: Annotated[str | None, typer.Option(metavar="FILE", help="Events of your own, a table.")] = None,
    settings: Annotated[str | None, typer.Option(metavar="FILE.toml", help="How sources are asked.")] = None,
    slack: Annotated[str | None, typer.Option(metavar="URL", help="Tell what is new to a Slack channel.")] = None,
    webhook: Annotated[str | None, typer.Option(metavar="URL", help="Tell what is new to a webhook, signed.")] = None,
    mail: Annotated[str | None, typer.Option(metavar="ADDRESS", help="Tell what is new in a mail.")] = None,
    loopback: Annotated[bool, typer.Option("--loopback", help="Slack and webhook may be on this machine.")] = False,
    log: Annotated[
        str | None, typer.Option(metavar="RUN", help="Only show past runs: all, last, or the number of one.")
    ] = None,
    every: Annotated[float, typer.Option(metavar="MINUTES", min=0, help="Go on, with this pause; 0: once.")] = 0,
    id: IdColumn = None,
    store: Kept = "watch.db",
    contact: Contact = "",
    private: Private = None,
    json: Json = False,
) -> None:
    """Look at what is new at companies.

    Does every check that is due; run it as often as you like. What it did stands in a log, what it found in the inbox.
    """
    if log is not None:
        runs, lines = verbs().watch_log(store, log)
        plain = [{**line, "at": line["at"].isoformat()} for line in lines]
        values = {"runs": [run.as_json() for run in runs], "log": plain}
        terminal().show(as_json=json, values=values, text=_words("watching").of_log(runs, lines))
        return
    if not companies:
        raise InputError(Mistake("no companies are named", "COMPANIES", next_step="Name a table, or --log all."))
    while True:
        with terminal().progress(quiet=json) as progress:
            run = verbs().watch(
                companies, store, profile=profile, sources=tuple(source or ()), events=events, settings=settings,
                least=least, id=id, contact=contact, private=tuple(private or ()), progress=progress,
            )  # fmt: skip
        told: tuple[Alerted, ...] = ()
        try:
            if slack or webhook or mail:
                told = verbs().alert(store, slack=slack, webhook=webhook, mail=mail, loopback=loopback)
        finally:  # what the run did is told, whatever becomes of the alerts
            values = {**run.as_json(), "alerts": [one.as_json() for one in told]}
            terminal().show(as_json=json, values=values, text=_words("watching").of_run(run, store, told))
        if not every:
            return
        time.sleep(60 * every)


@app.command()
def inbox(
    action: Annotated[str, typer.Argument(metavar="ACTION", help="list, confirm, correct or dismiss.")],
    event: Annotated[str, typer.Argument(metavar="EVENT", help="An event's id, or how it begins.")] = "",
    *,
    because: Annotated[str, typer.Option(metavar="TEXT", help="Why.")] = "",
    by: Annotated[str, typer.Option(metavar="NAME", help="Who says so.")] = "",
    set: Annotated[list[str] | None, typer.Option(metavar="NAME=VALUE ...", help="What is right instead.")] = None,
    state: Annotated[str, typer.Option(metavar="STATE", help="Which events to list.")] = "new",
    company: Annotated[str | None, typer.Option(metavar="COMPANY", help="Of which company.")] = None,
    store: Kept = "watch.db",
    json: Json = False,
) -> None:
    """Judge what was found: confirm, correct, dismiss.

    A judgement needs a reason, and is kept; how often each source was right is counted.
    """
    judged = {"confirm": "confirmed", "correct": "corrected", "dismiss": "dismissed"}
    if action == "list":
        seen, right = verbs().inbox(store, state=state, company=company)
        values = {"events": [verbs().event_as_json(s.as_judged) | {"state": s.state} for s in seen], "precision": right}
        terminal().show(as_json=json, values=values, text=_words("watching").of_inbox(seen, right))
        return
    if action not in judged or not event:
        raise InputError(
            Mistake("this is nothing an inbox does", "ACTION", action, "list; confirm, correct or dismiss EVENT")
        )
    corrected = dict(pair.partition("=")[::2] for pair in set or ())
    one = verbs().judge(store, event, judged[action], because, by=by, corrected=corrected)
    values = verbs().event_as_json(one.as_judged) | {"state": one.state}
    terminal().show(as_json=json, values=values, text=_words("watching").of_judged(one))


@app.command()
def shortlist(
    companies: Companies,
    *,
    profile: Profile,
    least: Annotated[str, typer.Option(metavar="PLACE", help="The last place of the grid to show.")] = "C3",
    as_of: AsOf = None,
    id: IdColumn = None,
    store: Kept = "watch.db",
    json: Json = False,
) -> None:
    """Rank companies by fit and timing.

    The two stand side by side, in a grid from A1 (fits, and something happened) to C3.
    """
    found, _ = verbs().shortlist(profile, companies, store, id=id, as_of=day(as_of, "--as-of"), least=least)
    terminal().show(as_json=json, values=found.as_json(), text=_words("watching").of_shortlist(found))


@app.command()
def brief(
    company: Annotated[str, typer.Argument(metavar="COMPANY", help="The company, by id or name.")],
    *,
    companies: Annotated[str, typer.Option(metavar="F", help="The companies, a table.")],
    profile: Profile,
    full: Annotated[bool, typer.Option("--full", help="All lines, not only what one sheet holds.")] = False,
    as_of: AsOf = None,
    id: IdColumn = None,
    store: Kept = "watch.db",
    output: Annotated[str, Output] = "brief.html",
    json: Json = False,
) -> None:
    """Write a page on one company for a rep.

    Why this company, why now, who, what to say; every line with its source. The file ends in .html or .md.
    """
    refuse_output(output, {"--companies": companies, "--profile": profile, "--store": store})
    one = verbs().brief(company, profile, companies, store, id=id, as_of=day(as_of, "--as-of"), full=full)
    size = verbs().brief_to_file(one, output)
    values = one.as_json() | {"brief": output, "bytes": size}
    terminal().show(
        as_json=json,
        values=values,
        text=_pieces().written(output, f"{one.place}, {'all of it' if full else 'one page'}"),
    )


@app.command()
def erase(
    person: Annotated[str, typer.Argument(metavar="NAME", help="The person's name, as it was told.")],
    *,
    store: Kept = "watch.db",
    json: Json = False,
) -> None:
    """Remove a person's name from what was found.

    From events, their words and the log, for good; the name is never kept again.
    """
    places = verbs().erase(store, person)
    terminal().show(as_json=json, values={"erased": places}, text=_pieces().said(f"removed from {places} places"))


def _pieces() -> ModuleType:
    return import_module("idealfit.cli.pieces")


def _words(part: str) -> ModuleType:
    """Return the words of a part, late so that ``--help`` stays quick."""
    return import_module(f"idealfit.cli.words_of_{part}")
