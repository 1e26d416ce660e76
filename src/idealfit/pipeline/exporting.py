"""Scores handed over to other tools; a profile as filters and as views for teams."""

from __future__ import annotations

import json
import os
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from idealfit.engine import connect
from idealfit.errors import InputError, Mistake
from idealfit.export.addresses import place_of
from idealfit.export.calling import refuse_empty
from idealfit.export.crm_calls import Crm
from idealfit.export.crm_plan import Plan, load_plan, save_plan
from idealfit.export.crm_sync import ADDRESSES, TOKENS, TOOLS, apply_plan, plan_for
from idealfit.export.exports import export_named
from idealfit.export.filters import filters_for
from idealfit.export.handover import HandedOver, Handover
from idealfit.export.team_views import view_for
from idealfit.export.whole_files import write_whole
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, said_about_columns
from idealfit.pipeline.scored_rows import chosen_rows
from idealfit.pipeline.sending import PARKED, SECRET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from idealfit.export.crm_sync import Applied, Tool
    from idealfit.export.filter_parts import Filters
    from idealfit.export.team_views import View
    from idealfit.pipeline.inputs import Day, Profile, Table
    from idealfit.sources import mapping as columns


def export(
    scores: Table,
    to: str,
    where: str,
    *,
    companies: Table | None = None,
    id: str | None = None,
    mapping: str | Path | columns.Mapping | None = None,
    tiers: Sequence[str] = (),
    top: int | None = None,
    loopback: bool = False,
    parked: str | Path = PARKED,
    progress: Callable[[str, float], None] = quiet,
) -> HandedOver:
    """Hand scores over: `to` names an export (csv, xlsx, jsonl, audience, slack, webhook), `where` a file or address.

    `companies` adds the columns of their table; `tiers` and `top` choose. The best come first.
    Raises `InputError` where these are no scores, and where the place cannot be used.
    """
    chosen = export_named(to)
    secret = refuse_empty(os.environ.get(SECRET), SECRET) if chosen.signed else ""
    if "://" in where:
        place_of(where)
    progress(f"reading {name_of(scores)}", 0.1)
    said = said_about_columns(mapping, id=id)
    found = chosen_rows(connect(), scores, companies, said, tiers=tiers, top=top)
    handover = Handover(
        rows=found.rows(), columns=found.columns, count=found.count, to=where, tiers=found.tiers,
        name_column=found.name_column, domain_column=found.domain_column, park_in=str(parked), secret=secret,
        loopback=loopback, progress=progress,
    )  # fmt: skip
    return chosen.hand_over(handover)


def plan_crm(
    scores: Table,
    to: str,
    path: str | Path,
    *,
    url: str = "",
    key: str = "",
    tiers: Sequence[str] = (),
    top: int | None = None,
    loopback: bool = False,
    progress: Callable[[str, float], None] = quiet,
) -> Plan:
    """Write the plan that brings a CRM (hubspot or salesforce) to the scores, for a person to read; return it.

    The CRM is only read. Scores name companies by the CRM's own id, or by the field `key`.
    """
    tool = _tool(to, url or ADDRESSES[to], key, loopback=loopback)
    progress(f"reading {name_of(scores)}", 0.1)
    found = chosen_rows(connect(), scores, None, said_about_columns(None), tiers=tiers, top=top)
    made_on = datetime.now(UTC).isoformat(timespec="seconds")
    plan = plan_for(tool, Plan(to, tool.crm.url, key, made_on=made_on), list(found.rows()), progress)
    save_plan(plan, path)
    return plan


def apply_crm(
    plan: str | Path,
    to: str,
    log: str | Path,
    *,
    loopback: bool = False,
    progress: Callable[[str, float], None] = quiet,
) -> Applied:
    """Write what a plan says into the CRM it was made for; what became of each record goes to the file `log`."""
    loaded = load_plan(plan)
    if loaded.tool != to:
        raise InputError(Mistake("this plan was made for another CRM", str(plan), loaded.tool, to))
    return apply_plan(loaded, _tool(to, loaded.url, loaded.key, loopback=loopback), log, progress)


def filters(
    profile: Profile | str | Path, tool: str, *, fields: Mapping[str, str] | None = None, as_of: Day = None
) -> Filters:
    """Return a profile as the filters of a prospecting tool, with what could not be expressed.

    `tool` is hubspot, salesforce, apollo or linkedin. `fields` gives the tool's own name of an attribute.
    """
    return filters_for(tool, as_profile(profile), fields or {}, as_day(as_of) or date.today())


def view(profile: Profile | str | Path, team: str) -> View:
    """Return what a team (sdr, marketing, product, cs) needs of a profile."""
    return view_for(team, as_profile(profile))


def write_filters(made: Filters, path: str | Path) -> None:
    """Write filters to a file as they go into their tool: text, or JSON."""
    body = made.body if isinstance(made.body, str) else json.dumps(made.body, indent=2, ensure_ascii=False)
    write_whole(path, body.rstrip("\n") + "\n")


def write_view(made: View, path: str | Path) -> None:
    """Write a view to a file as Markdown."""
    write_whole(path, made.as_markdown())


def _tool(to: str, url: str, key: str, *, loopback: bool) -> Tool:
    if not url:
        step = "Give it with --url, such as https://yourdomain.my.salesforce.com."
        raise InputError(Mistake(f"{to} has an address of its own for everybody", "--url", next_step=step))
    if key and not key.replace("_", "").isalnum():
        raise InputError(Mistake("this is no name of a field", "--key", key))
    place_of(url)
    return TOOLS[to](Crm(url, refuse_empty(os.environ.get(TOKENS[to]), TOKENS[to]), loopback), key)
