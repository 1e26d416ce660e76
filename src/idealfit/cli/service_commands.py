"""The routing service and what looks at a whole ledger: serve, keys, webhooks, replay, results, simulations."""

from __future__ import annotations

import os
from importlib import import_module
from typing import Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.options import FINDING, Json, Output, Seed, terminal, verbs
from idealfit.cli.routing_commands import Accounts, By, ProfileFile, Store, actor, desk_on, route, words
from idealfit.errors import InputError, Mistake

STORE = "idealfit.db"
SECRET = "IDEALFIT_WEBHOOK_SECRET"  # noqa: S105  the name of a setting


@app.command()
def serve(
    policy: Annotated[str | None, typer.Option("--policy", metavar="F", help="A policy to adopt first.")] = None,
    *,
    accounts: Accounts = None,
    profile: ProfileFile = None,
    host: Annotated[str, typer.Option("--host", metavar="NAME", help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", metavar="N", help="The port to listen on.")] = 8000,
    loopback: Annotated[
        bool, typer.Option("--loopback", help="Calendars and webhooks may be on this machine.")
    ] = False,
    store: Store = STORE,
    json: Json = False,
) -> None:
    """Route leads over HTTP, until it is stopped.

    On a SQLite file unless told otherwise. The first start makes an API key and shows it once.
    """
    import_module("idealfit.web.serving").serve(
        store, host=host, port=port, policy=policy, accounts=accounts, profile=profile, loopback=loopback,
        told=lambda text: terminal().show(as_json=json, values={"told": text}, text=words().line(text)),
    )  # fmt: skip


@route.command()
def key(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the key is called; it stands in the ledger.")],
    *,
    scope: Annotated[
        list[str] | None, typer.Option("--scope", metavar="WORD", help="leads, read, admin or events.")
    ] = None,
    rate: Annotated[int, typer.Option("--rate", metavar="N", help="Requests a minute.")] = 12_000,
    revoke: Annotated[bool, typer.Option("--revoke", help="Let this key open nothing any more.")] = False,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Make an API key, which is shown once, or revoke one."""
    keys, opened = import_module("idealfit.web.keys"), import_module("idealfit.store")
    with desk_on(store) as desk, opened.open_store(store, keys.SCHEMA) as kept:
        if revoke:
            keys.revoke_key(kept, name)
            desk.note("key revoked", actor=actor(by), name=name)
            terminal().show(as_json=json, values={"revoked": name}, text=words().line(f"{name} opens nothing any more"))
            return
        made = keys.make_key(kept, name, scope or ["leads", "read"], rate=rate)
        desk.note("key made", actor=actor(by), name=name, scopes=scope or ["leads", "read"])
    terminal().show(as_json=json, values={"name": name, "key": made}, text=words().line(f"shown this once: {made}"))


@route.command()
def webhook(
    name: Annotated[str, typer.Argument(metavar="NAME", help="What the webhook is called.")],
    url: Annotated[str | None, typer.Argument(metavar="URL", help="Where it listens; nothing removes it.")] = None,
    *,
    loopback: Annotated[bool, typer.Option("--loopback", help="It may be on this machine.")] = False,
    store: Store = STORE,
    by: By = None,
    json: Json = False,
) -> None:
    """Let a webhook be told what happens to leads, from now on.

    Messages are signed with the secret in the setting IDEALFIT_WEBHOOK_SECRET. The service sends them.
    """
    background, opened = import_module("idealfit.web.background"), import_module("idealfit.store")
    with desk_on(store) as desk, opened.open_store(store, background.SCHEMA) as kept:
        if url is None:
            there = background.remove_hook(kept, name)
            told = f"{name} is told nothing any more" if there else f"there was no webhook {name}"
        else:
            secret = os.environ.get(SECRET, "")
            if not secret:
                raise InputError(
                    Mistake(f"the setting {SECRET} is empty", next_step="Put the secret to sign with there.")
                )
            background.add_hook(kept, name, url, secret, after=desk.health()[0], loopback=loopback)
            told = f"{name} is told what happens to leads from now on"
        desk.note("webhook", actor=actor(by), name=name, url=url)
    terminal().show(as_json=json, values={"webhook": name, "url": url}, text=words().line(told))


@route.command()
def replay(store: Store = STORE, json: Json = False) -> None:
    """Take every decision in the ledger again.

    Each must fall the same. Ends with 1 where one does not.
    """
    with desk_on(store) as desk:
        found = desk.replay()
    terminal().show(as_json=json, values=words().plain(found), text=words().of_replay(found))
    if found.differences:
        raise typer.Exit(FINDING)


@route.command()
def check(store: Store = STORE, json: Json = False) -> None:
    """Hold what is kept of each lead against the ledger.

    Ends with 1 where they do not agree.
    """
    with desk_on(store) as desk:
        found = desk.check()
    terminal().show(as_json=json, values=words().plain(found), text=words().of_check(found))
    if found.wrong:
        raise typer.Exit(FINDING)


@route.command()
def results(
    *,
    output: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Write leads as deals: for 'idealfit review'.")
    ] = None,
    store: Store = STORE,
    json: Json = False,
) -> None:
    """Show what came of leads, by tier and rep.

    And of the leads that a person gave to somebody else than the policy did.
    """
    if output is not None:
        import_module("idealfit.cli.outputs").refuse_output(output, {"--store": store})
    with desk_on(store) as desk:
        found = desk.results()
        kept = None if output is None else verbs().save_deals(desk, output)
    values = words().plain(found) | ({} if output is None else {"deals": kept, "written": output})
    terminal().show(as_json=json, values=values, text=words().of_results(found, output))


@route.command()
def simulate(
    *,
    policy: Annotated[str, typer.Option("--policy", metavar="A", help="The policy to try.")],
    history: Annotated[str, typer.Option("--history", metavar="F", help="Leads that came in, and when.")],
    against: Annotated[str | None, typer.Option("--against", metavar="B", help="A second one, side by side.")] = None,
    absences: Annotated[str | None, typer.Option("--absences", metavar="F", help="Days off: rep, first, last.")] = None,
    accounts: Accounts = None,
    profile: ProfileFile = None,
    accepts: Annotated[
        str, typer.Option("--accepts", metavar="TIME", help="How soon half of the leads are accepted.")
    ] = "10m",
    seed: Seed = 0,
    output: Annotated[str, Output] = "simulation.html",
    json: Json = False,
) -> None:
    """Try policies on leads of the past, side by side.

    Response time, load, fairness, leads nobody took, clocks that ran out, expected wins; with pictures.
    """
    read = {
        "--policy": policy, "--against": against, "--history": history, "--absences": absences, "--accounts": accounts,
        "--profile": profile,
    }  # fmt: skip
    import_module("idealfit.cli.outputs").refuse_output(output, read, onto="a report")
    policies = [policy, *([against] if against else [])]
    with terminal().progress(quiet=json) as progress:
        found = verbs().simulate_policies(
            policies, history, absences=absences, accounts=accounts, profile=profile, accepts=accepts, seed=seed,
            progress=progress,
        )  # fmt: skip
        verbs().simulation_page(found, output, accepts)
    compared = [{"policy": one.policy, **verbs().simulation_figures(one)} for one in found]
    values = {"policies": compared, "changed": verbs().simulation_changed(found), "page": output}
    terminal().show(as_json=json, values=values, text=words().of_simulation(compared, values["changed"], output))
