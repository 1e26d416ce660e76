"""Policies tried on a history of leads before they are let decide."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd

from idealfit.errors import InputError, Mistake
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import quiet, within
from idealfit.pipeline.lead_files import leads_in
from idealfit.pipeline.routing import lead_facts, load_policy
from idealfit.report.routing import page
from idealfit.route.hours import duration, zone
from idealfit.route.leads import fields_of, plain_name
from idealfit.route.simulator import Absence, PastLead, People, simulate
from idealfit.route.simulator import figures as simulation_figures

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from idealfit.route.policy import Policy
    from idealfit.route.simulator import Outcome

__all__ = ["past_leads", "simulate_policies", "simulation_changed", "simulation_figures", "simulation_page"]

CAME = ("received_at", "created_at", "create_date", "created", "received", "created_date", "date", "at", "timestamp")
"""Names of the column that says when a lead came in."""


def simulate_policies(
    policies: list[str | Path],
    history: str | Path,
    *,
    absences: str | Path | None = None,
    accounts: str | Path | None = None,
    profile: str | Path | None = None,
    accepts: str = "10m",
    seed: int = 0,
    progress: Callable[[str, float], None] = quiet,
) -> list[Outcome]:
    """Return what each policy would have done with the leads in `history`, a table with a column such as Received At.

    `absences` is a table of rep, first, last (days off). Leads are matched to `accounts` and scored with the `profile`.
    `accepts` is how soon half of the leads are accepted by a rep who is in.
    """
    loaded = [load_policy(path) for path in policies]
    progress("reading the leads", 0.0)
    past = past_leads(history, loaded[0], lead_facts(accounts, profile))
    away = _absences(absences, loaded[0])
    try:
        people = People(accepts=duration(accepts), seed=seed)
    except ValueError as error:
        raise InputError(Mistake(str(error), "--accepts")) from None
    found = []
    for number, policy in enumerate(loaded):
        told = within(0.1 + 0.9 * number / len(loaded), 0.1 + 0.9 * (number + 1) / len(loaded), progress)
        found.append(simulate(policy, past, people=people, absences=away, progress=told))
    return found


def simulation_page(found: list[Outcome], path: str | Path, accepts: str) -> None:
    """Write what policies did, side by side and in pictures, as one HTML page."""
    names = [one.policy for one in found]
    if len(set(names)) < len(names):
        names = [f"{name} ({letter})" for name, letter in zip(names, "ABCDEFGH", strict=False)]
    people = f"Half of the leads are accepted within {accepts} by a rep who is in; a lead stays open for five days."
    text = page(
        names,
        [simulation_figures(one) for one in found],
        responses=[one.responses for one in found],
        loads=[one.load for one in found],
        gaps=[one.gaps for one in found],
        days=found[0].days,
        people=people,
        changed=simulation_changed(found),
    )
    write_text(path, text)


def simulation_changed(found: list[Outcome]) -> str:
    """Return how many leads would first have gone to somebody else, in words."""
    if len(found) < 2:
        return ""
    one, other = found[0].owners, found[1].owners
    moved = sum(one[lead] != other.get(lead) for lead in one)
    return f"{moved:,} of {len(one):,} leads would first have gone to somebody else."


def past_leads(history: str | Path, policy: Policy, known: Callable[[Any], dict[str, Any]]) -> list[PastLead]:
    """Return the leads of a file in the order in which they came in."""
    rows = leads_in(history)
    place = zone(policy.zone)
    found, mistakes = [], []
    for number, row in enumerate(rows, 2):
        plain = {plain_name(name): value for name, value in row.items()}
        came = next((plain[name] for name in CAME if name in plain), None)
        try:
            at = datetime.fromisoformat(str(came))
        except ValueError:
            found_there = None if came is None else str(came)
            mistakes.append(Mistake("no moment at which this lead came in", f"{history}:{number}", found_there))
            continue
        at = at.replace(tzinfo=place) if at.tzinfo is None else at
        fields = fields_of({name: value for name, value in row.items() if plain_name(name) not in (*CAME, "id")})
        name = plain.get("id") or plain.get("lead_id") or f"row {number}"
        found.append(PastLead(str(name), at.astimezone(UTC), {**fields, **known(fields)}))
    if mistakes:
        allowed = f"a column named {', '.join(CAME[:4])} ... with moments such as 2026-03-01 09:30"
        raise InputError(*mistakes[:10], Mistake("moments are missing", str(history), allowed=allowed))
    if not found:
        raise InputError(Mistake("there is no lead in this file", str(history)))
    return sorted(found, key=lambda lead: (lead.at, lead.id))


def _absences(where: str | Path | None, policy: Policy) -> list[Absence]:
    if where is None:
        return []
    place, found, mistakes = zone(policy.zone), [], []
    for number, row in enumerate(leads_in(where), 2):
        plain = {plain_name(name): value for name, value in row.items()}
        try:
            first, last = (pd.Timestamp(str(plain[key])).date() for key in ("first", "last"))
            if last < first:
                raise ValueError
        except (KeyError, ValueError):
            allowed = "rep, first, last: days, the last not before the first"
            mistakes.append(Mistake("not an absence", f"{where}:{number}", allowed=allowed))
            continue
        start = datetime.combine(first, time(), tzinfo=place).astimezone(UTC)
        end = datetime.combine(last + timedelta(days=1), time(), tzinfo=place).astimezone(UTC)
        found.append(Absence(str(plain.get("rep", "")), start, end))
    if mistakes:
        raise InputError(*mistakes[:20])
    return found
