"""The commands that hand things over: scores to other tools, profiles as filters and as views for teams."""

from __future__ import annotations

from importlib import import_module
from typing import Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.options import FINDING, IdColumn, Json, Mapping, terminal, verbs
from idealfit.cli.outputs import refuse_output
from idealfit.errors import InputError, Mistake

CRMS = ("hubspot", "salesforce")
ENDINGS = {"csv": ".csv", "xlsx": ".xlsx", "jsonl": ".jsonl", "audience": ".csv", "slack": ".json"}

Optional = Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="The file to write.")]
Companies = Annotated[str | None, typer.Option(metavar="F", help="The companies, to hand over their own columns too.")]
Tiers = Annotated[list[str] | None, typer.Option("--tier", metavar="TIER ...", help="Only companies of these tiers.")]
Top = Annotated[int | None, typer.Option(metavar="N", help="Only the N best.")]


@app.command()
def export(
    scores: Annotated[
        str, typer.Argument(metavar="SCORES", help="What idealfit score wrote; or a plan; or parked rows.")
    ],
    *,
    to: Annotated[
        str, typer.Option(metavar="TOOL", help="csv, xlsx, jsonl, audience, slack, webhook, hubspot, salesforce.")
    ],
    output: Optional = None,
    url: Annotated[str | None, typer.Option(metavar="URL", help="The address to send to.")] = None,
    companies: Companies = None,
    id: IdColumn = None,
    mapping: Mapping = None,
    tier: Tiers = None,
    top: Top = None,
    key: Annotated[
        str, typer.Option(metavar="FIELD", help="The CRM's unique field that holds the ids of the scores.")
    ] = "",
    apply: Annotated[bool, typer.Option("--apply", help="Write what the plan SCORES says into the CRM.")] = False,
    resend: Annotated[bool, typer.Option("--resend", help="Send the parked messages in SCORES again.")] = False,
    loopback: Annotated[bool, typer.Option("--loopback", help="Allow an address on this machine.")] = False,
    json: Json = False,
) -> None:
    """Hand scores over to another tool.

    Files, a signed webhook, a Slack message; or the fields of a CRM: first a plan that you read, then --apply.
    """
    said = import_module("idealfit.cli.words_of_exports")
    read = {"SCORES": scores, "--companies": companies, "--map": mapping}
    with terminal().progress(quiet=json) as progress:
        if to in CRMS and apply:
            log = output or f"{to}-results.csv"
            refuse_output(log, read)
            applied = verbs().apply_crm(scores, to, log, loopback=loopback, progress=progress)
            shown, values, finding = said.of_applied(applied), vars(applied), applied.skipped + applied.refused
        elif to in CRMS:
            path = output or f"{to}-plan.json"
            refuse_output(path, read)
            chosen = {"tiers": tuple(tier or ()), "top": top}
            plan = verbs().plan_crm(
                scores, to, path, url=url or "", key=key, loopback=loopback, progress=progress, **chosen
            )
            shown, values, finding = said.of_plan(plan, path), {**plan.as_json(), "written": path}, 0
        elif resend:
            sent = verbs().resend_parked(scores, _given(url), loopback=loopback, progress=progress)
            shown, values, finding = said.of_sent(sent), said.sent_as_json(sent), len(sent.parked)
        else:
            where = url or output or f"handed-over{ENDINGS.get(to, '')}"
            parked = output if url and output else "webhook-parked.jsonl"
            if to == "webhook":
                _given(url)
            refuse_output(parked if url else where, read)
            handed = verbs().export(
                scores, to, where, companies=companies, id=id, mapping=mapping, tiers=tuple(tier or ()), top=top,
                loopback=loopback, parked=parked, progress=progress,
            )  # fmt: skip
            shown, values, finding = said.of_handed_over(handed), vars(handed), handed.parked
    terminal().show(as_json=json, values=values, text=shown)
    if finding:
        raise typer.Exit(FINDING)


@app.command()
def filters(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    *,
    tool: Annotated[str, typer.Option("--for", metavar="TOOL", help="hubspot, salesforce, apollo or linkedin.")],
    field: Annotated[
        list[str] | None, typer.Option(metavar="ATTRIBUTE=FIELD ...", help="What the tool calls an attribute.")
    ] = None,
    as_of: Annotated[
        str | None, typer.Option(metavar="DATE", help="The day to count back from; today if not given.")
    ] = None,
    output: Optional = None,
    json: Json = False,
) -> None:
    """Write a profile as a tool's filters.

    A HubSpot list, Salesforce SOQL, Apollo parameters or Sales Navigator text; says what could not be expressed.
    """
    if output:
        refuse_output(output, {"PROFILE": profile})
    said = import_module("idealfit.cli.words_of_exports")
    made = verbs().filters(profile, tool, fields=_fields(field or []), as_of=as_of)
    if output:
        verbs().write_filters(made, output)
    terminal().show(as_json=json, values=said.filters_as_json(made, output), text=said.of_filters(made, output))


@app.command()
def views(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    *,
    team: Annotated[str, typer.Option(metavar="TEAM", help="sdr, marketing, product or cs.")],
    output: Optional = None,
    json: Json = False,
) -> None:
    """Show a profile as one team needs it.

    For sales development, marketing, product or customer success; as a page in Markdown with -o.
    """
    if output:
        refuse_output(output, {"PROFILE": profile})
    said = import_module("idealfit.cli.words_of_exports")
    made = verbs().view(profile, team)
    if output:
        verbs().write_view(made, output)
    terminal().show(as_json=json, values={**made.as_json(), "written": output}, text=said.of_view(made, output))


def _given(url: str | None) -> str:
    if not url:
        raise InputError(Mistake("a webhook needs an address", "--url", next_step="Give it with --url https://..."))
    return url


def _fields(given: list[str]) -> dict[str, str]:
    pairs = [one.rpartition("=") for one in given]
    wrong = [one for one, (attribute, _, name) in zip(given, pairs, strict=True) if not attribute or not name]
    if wrong:
        raise InputError(*(Mistake("this names no field", "--field", one, "ATTRIBUTE=FIELD") for one in wrong))
    return {attribute.strip(): name.strip() for attribute, _, name in pairs}
