"""The commands under `idealfit route`: a policy, leads and their owners, reps and their time, and why.

What they do is in `route`, opened by `pipeline.routing`; what they print, in `words_of_routing`.
"""

from __future__ import annotations

import getpass
import os
from importlib import import_module
from typing import TYPE_CHECKING, Annotated, Any

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day
from idealfit.cli.options import FINDING, Json, Output, terminal, verbs
from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping
    from contextlib import AbstractContextManager
    from types import ModuleType

route = typer.Typer(
    help="Bring leads to the right rep, and say why.",
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)
app.add_typer(route, name="route")

Store = Annotated[
    str,
    typer.Option("--store", metavar="DB", envvar="IDEALFIT_STORE", help="SQLite file or Postgres URL of the ledger."),
]
By = Annotated[str | None, typer.Option("--by", metavar="NAME", help="Who does this; you, if not given.")]
Why = Annotated[str, typer.Option("--why", metavar="TEXT", help="The reason, kept in the ledger.")]
Lead = Annotated[str, typer.Argument(metavar="LEAD", help="The lead, by its id.")]
RepName = Annotated[str, typer.Argument(metavar="REP", help="The rep, by id.")]
Facts = Annotated[list[str] | None, typer.Argument(metavar="FIELD=VALUE...", help="What is known of the lead.")]
PolicyFile = Annotated[str, typer.Argument(metavar="POLICY", help="The policy, a YAML file.")]
Accounts = Annotated[str | None, typer.Option("--accounts", metavar="F", help="Companies you know, with their owners.")]
ProfileFile = Annotated[str | None, typer.Option("--profile", metavar="F", help="The profile to score leads with.")]

STORE = "idealfit.db"


def words() -> ModuleType:
    """Return `words_of_routing`, late, so that ``--help`` stays quick."""
    return import_module("idealfit.cli.words_of_routing")


def desk_on(store: str, accounts: str | None = None, profile: str | None = None) -> AbstractContextManager[Any]:
    """Return the desk on a ledger, to be opened."""
    return verbs().desk_at(store, accounts=accounts, profile=profile)  # type: ignore[no-any-return]


def actor(by: str | None) -> str:
    """Return who acts."""
    return by or os.environ.get("IDEALFIT_BY") or getpass.getuser()


def _fields(said: list[str] | None) -> dict[str, object]:
    found: dict[str, object] = {}
    for word in said or ():
        name, equals, value = word.partition("=")
        if not equals:
            raise InputError(Mistake("not a field of a lead", found=word[:60], allowed="FIELD=VALUE, such as tier=A"))
        found[name] = value
    return found


@route.command()
def init(output: Annotated[str, Output] = "policy.yaml", json: Json = False) -> None:
    """Write a policy to start from."""
    verbs().start_policy(output)
    terminal().show(as_json=json, values={"policy": output}, text=words().of_start(output))


@route.command()
def lint(policy: PolicyFile, json: Json = False) -> None:
    """Look through a policy for what it cannot mean.

    Rules that are never reached, reps nobody can reach, leads that would land nowhere. Ends with 1 where there is any.
    """
    read, doubts = verbs().lint_policy(policy)
    values = {"policy": policy, "doubts": [{"where": where, **words().plain(doubt)} for where, doubt in doubts]}
    terminal().show(as_json=json, values=values, text=words().of_lint(read, doubts))
    if doubts:
        raise typer.Exit(FINDING)


@route.command()
def adopt(policy: PolicyFile, store: Store = STORE, by: By = None, json: Json = False) -> None:
    """Let a policy decide from now on.

    It is kept in the ledger; leads that were handed out stay where they are.
    """
    loaded = verbs().load_policy(policy)
    with desk_on(store) as desk:
        new = desk.adopt(loaded, actor=actor(by))
    terminal().show(as_json=json, values={"adopted": new, "policy": loaded.name}, text=words().of_adoption(loaded, new))


@route.command()
def lead(
    fields: Facts = None,
    *,
    file: Annotated[str | None, typer.Option("--file", metavar="F", help="Take every lead in a file.")] = None,
    id: Annotated[
        str | None, typer.Option("--id", metavar="ID", help="The lead's own id, or the column of it.")
    ] = None,
    accounts: Accounts = None,
    profile: ProfileFile = None,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Take a lead and say who has it.

    The same lead again, by its id or its e-mail, keeps its owner. Ends with 1 where a lead of a file cannot be taken.
    """
    who = actor(by)
    answers, refused = [], {}
    with desk_on(store, accounts, profile) as desk:
        if file is None:
            answers.append(desk.take(_fields(fields), actor=who, id=id))
        else:
            with terminal().progress(quiet=json) as progress:
                rows = verbs().leads_in(file)
                answers, refused = verbs().take_leads(desk, rows, actor=who, id=id or "id", progress=progress)
    _show(answers, json=json, alone=file is None, refused=refused)
    if refused:
        raise typer.Exit(FINDING)


@route.command()
def accept(
    lead: Lead,
    *,
    rep: Annotated[str | None, typer.Option("--rep", metavar="REP", help="Only if it is theirs.")] = None,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Say that the owner has taken a lead on."""
    with desk_on(store) as desk:
        answer = desk.accept(lead, actor=actor(by), rep=rep)
    _show([answer], json=json)


@route.command()
def decline(lead: Lead, *, why: Why, store: Store = STORE, by: By = None, json: Json = False) -> None:
    """Turn a lead down, so that the next one has it.

    The turn is spent.
    """
    with desk_on(store) as desk:
        answer = desk.decline(lead, actor=actor(by), why=why)
    _show([answer], json=json)


@route.command()
def reassign(
    lead: Lead,
    *,
    why: Why,
    to: Annotated[
        str | None, typer.Option("--to", metavar="REP", help="To whom; whose turn it is, if not given.")
    ] = None,
    spent: Annotated[bool, typer.Option("--spent", help="The turn of the owner before is not given back.")] = False,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Take a lead from its owner and give it to another."""
    with desk_on(store) as desk:
        answer = desk.reassign(lead, actor=actor(by), why=why, to=to, give_back=not spent)
    _show([answer], json=json)


@route.command()
def close(
    lead: Lead,
    outcome: Annotated[str, typer.Argument(metavar="OUTCOME", help="won, lost, invalid or duplicate.")],
    *,
    why: Why = "",
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Say what came of a lead."""
    with desk_on(store) as desk:
        answer = desk.close(lead, actor=actor(by), outcome=outcome, why=why)
    _show([answer], json=json)


@route.command()
def merge(
    lead: Lead,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The lead that it is the same as.")],
    *,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Say that two leads are one; a turn is given back."""
    with desk_on(store) as desk:
        answer = desk.merge(lead, actor=actor(by), into=into)
    _show([answer], json=json)


@route.command()
def sweep(store: Store = STORE, by: By = None, json: Json = False) -> None:
    """Look at all clocks: hand on what lapsed, and what waited."""
    with desk_on(store) as desk:
        answers = desk.sweep(actor=actor(by))
    _show(answers, json=json)


@route.command()
def leads(
    status: Annotated[
        str | None, typer.Option("--status", metavar="WORD", help="assigned, waiting, queued ...")
    ] = None,
    owner: Annotated[str | None, typer.Option("--owner", metavar="REP", help="Only this rep's.")] = None,
    store: Store = STORE,
    json: Json = False,
) -> None:
    """List leads as they are now, the last changed first."""
    with desk_on(store) as desk:
        answers = desk.leads(status=status, owner=owner)
    _show(answers, json=json)


@route.command()
def reps(store: Store = STORE, json: Json = False) -> None:
    """List reps: in or out, how many leads, and how far from their fair share."""
    with desk_on(store) as desk:
        standing = desk.reps()
    values = {"reps": [words().plain(rep) for rep in standing]}
    terminal().show(as_json=json, values=values, text=words().of_reps(standing))


@route.command()
def pause(rep: RepName, *, why: Why = "paused", store: Store = STORE, by: By = None, json: Json = False) -> None:
    """Give a rep no leads until they resume."""
    with desk_on(store) as desk:
        desk.note("pause", actor=actor(by), rep=rep, why=why)
    terminal().show(as_json=json, values={"rep": rep, "paused": True}, text=words().line(f"{rep} is paused: {why}"))


@route.command()
def resume(rep: RepName, store: Store = STORE, by: By = None, json: Json = False) -> None:
    """Give a rep leads again."""
    with desk_on(store) as desk:
        desk.note("resume", actor=actor(by), rep=rep)
    terminal().show(as_json=json, values={"rep": rep, "paused": False}, text=words().line(f"{rep} is back"))


@route.command()
def leave(
    rep: RepName,
    *,
    first: Annotated[str | None, typer.Option("--first", metavar="DATE", help="The first day off.")] = None,
    last: Annotated[
        str | None, typer.Option("--last", metavar="DATE", help="The last day off; the first, if not given.")
    ] = None,
    cancel: Annotated[str | None, typer.Option("--cancel", metavar="ID", help="Take this leave back.")] = None,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Enter days off, or take them back."""
    with desk_on(store) as desk:
        if cancel is not None:
            desk.note("leave cancelled", actor=actor(by), rep=rep, id=cancel)
            entered = cancel
        else:
            start, end = day(first, "--first"), day(last or first, "--last")
            if start is None or end is None:
                raise InputError(Mistake("the days are missing", "--first", allowed="such as 2026-12-24"))
            entered = desk.take_leave(rep, start, end, actor=actor(by))
    values = {"rep": rep, "leave": entered, "cancelled": cancel is not None}
    told = f"leave {entered} of {rep} was " + ("taken back" if cancel else "entered")
    terminal().show(as_json=json, values=values, text=words().line(told))


@route.command()
def why(lead: Lead, store: Store = STORE, json: Json = False) -> None:
    """Tell why a lead went where it went, step by step."""
    with desk_on(store) as desk:
        story = desk.why(lead)
    terminal().show(as_json=json, values=words().plain(story), text=words().of_story(story))


@route.command("why-not")
def why_not(lead: Lead, rep: RepName, store: Store = STORE, json: Json = False) -> None:
    """Tell why a lead is not with a rep."""
    with desk_on(store) as desk:
        reasons = desk.why_not(lead, rep)
    values = {"lead": lead, "rep": rep, "reasons": list(reasons)}
    terminal().show(as_json=json, values=values, text=words().of_reasons(reasons or (f"{rep} has this lead",)))


@route.command("next")
def next_(
    fields: Facts = None,
    *,
    accounts: Accounts = None,
    profile: ProfileFile = None,
    store: Store = STORE,
    json: Json = False,
) -> None:
    """Tell who would get a lead that came in now."""
    with desk_on(store, accounts, profile) as desk:
        coming = desk.next_up(_fields(fields))
    terminal().show(as_json=json, values=words().plain(coming), text=words().of_next(coming))


def _show(answers: list[Any], *, json: bool, alone: bool = True, refused: Mapping[int, str] | None = None) -> None:
    plain = [words().plain(answer) for answer in answers]
    values = plain[0] if alone and len(plain) == 1 else {"leads": plain}
    if refused:
        values |= {"not taken": [{"row": row, "why": why} for row, why in refused.items()]}
    terminal().show(as_json=json, values=values, text=words().of_answers(answers, refused or {}))
