"""The verbs, in order. The only room that knows all others; one module for each half of the work.

Each verb takes files (a path, or an address that ibis understands) or tables that are in memory already, and returns
values. ``progress``, where a verb takes it, is told the step in words and the share done (0 to 1).

A verb is loaded when it is first asked for: scoring must not wait for what draws reports.
"""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from idealfit.pipeline.alerting import alert
    from idealfit.pipeline.documents import (
        diff,
        load_profile,
        report,
        report_to_file,
        save_backtest,
        save_bakeoff,
        save_profile,
        save_review,
        write_text,
    )
    from idealfit.pipeline.exporting import apply_crm, export, filters, plan_crm, view, write_filters, write_view
    from idealfit.pipeline.inputs import Profile, quiet, within
    from idealfit.pipeline.lead_files import leads_in, save_deals, take_leads
    from idealfit.pipeline.learning import backtest, bakeoff, inspect, learn, learn_segments, review
    from idealfit.pipeline.linking import companies, companies_to_file
    from idealfit.pipeline.matching import add_model, match, match_to_file, models_here
    from idealfit.pipeline.parts import score_to_folder
    from idealfit.pipeline.routing import desk_at, lead_facts, lint_policy, load_policy, start_policy
    from idealfit.pipeline.scoring import score, score_steps, score_to_file
    from idealfit.pipeline.sending import resend_parked, send_webhook
    from idealfit.pipeline.simulating import (
        simulate_policies,
        simulation_changed,
        simulation_figures,
        simulation_page,
    )
    from idealfit.pipeline.sizing import market, market_to_file, tiers
    from idealfit.pipeline.telling import lint, narrative, persona
    from idealfit.pipeline.verifying import verify
    from idealfit.pipeline.warehouse import incremental, sql
    from idealfit.pipeline.watching import (
        brief,
        brief_to_file,
        erase,
        event_as_json,
        inbox,
        judge,
        record_events,
        shortlist,
        watch,
        watch_log,
    )

MODULE_OF = MappingProxyType(
    {
        "Profile": "inputs",
        "quiet": "inputs",
        "within": "inputs",
        "inspect": "learning",
        "learn": "learning",
        "learn_segments": "learning",
        "backtest": "learning",
        "bakeoff": "learning",
        "review": "learning",
        "score": "scoring",
        "score_to_file": "scoring",
        "score_steps": "scoring",
        "score_to_folder": "parts",
        "market": "sizing",
        "market_to_file": "sizing",
        "tiers": "sizing",
        "match": "matching",
        "match_to_file": "matching",
        "models_here": "matching",
        "add_model": "matching",
        "report": "documents",
        "report_to_file": "documents",
        "diff": "documents",
        "load_profile": "documents",
        "save_profile": "documents",
        "save_backtest": "documents",
        "save_bakeoff": "documents",
        "save_review": "documents",
        "companies": "linking",
        "companies_to_file": "linking",
        "desk_at": "routing",
        "lead_facts": "routing",
        "leads_in": "lead_files",
        "save_deals": "lead_files",
        "take_leads": "lead_files",
        "lint_policy": "routing",
        "simulate_policies": "simulating",
        "simulation_page": "simulating",
        "simulation_changed": "simulating",
        "simulation_figures": "simulating",
        "load_policy": "routing",
        "start_policy": "routing",
        "apply_crm": "exporting",
        "export": "exporting",
        "filters": "exporting",
        "plan_crm": "exporting",
        "view": "exporting",
        "write_filters": "exporting",
        "write_view": "exporting",
        "send_webhook": "sending",
        "resend_parked": "sending",
        "lint": "telling",
        "narrative": "telling",
        "persona": "telling",
        "write_text": "documents",
        "incremental": "warehouse",
        "sql": "warehouse",
        "verify": "verifying",
        "alert": "alerting",
        "brief": "watching",
        "brief_to_file": "watching",
        "erase": "watching",
        "event_as_json": "watching",
        "inbox": "watching",
        "judge": "watching",
        "record_events": "watching",
        "shortlist": "watching",
        "watch": "watching",
        "watch_log": "watching",
    }
)
"""Where each verb is written."""

GROUP_OF = MappingProxyType(
    {
        "alerting": "watch",
        "exporting": "export",
        "linking": "identity",
        "verifying": "watch",
        "watching": "watch",
    }
)
"""The optional group of packages that the verbs of a module need."""

__all__ = [
    "Profile",
    "add_model",
    "alert",
    "apply_crm",
    "backtest",
    "bakeoff",
    "brief",
    "brief_to_file",
    "companies",
    "companies_to_file",
    "desk_at",
    "diff",
    "erase",
    "event_as_json",
    "export",
    "filters",
    "inbox",
    "incremental",
    "inspect",
    "judge",
    "lead_facts",
    "leads_in",
    "learn",
    "learn_segments",
    "lint",
    "lint_policy",
    "load_policy",
    "load_profile",
    "market",
    "market_to_file",
    "match",
    "match_to_file",
    "models_here",
    "narrative",
    "persona",
    "plan_crm",
    "quiet",
    "record_events",
    "report",
    "report_to_file",
    "resend_parked",
    "review",
    "save_backtest",
    "save_bakeoff",
    "save_deals",
    "save_profile",
    "save_review",
    "score",
    "score_steps",
    "score_to_file",
    "score_to_folder",
    "send_webhook",
    "shortlist",
    "simulate_policies",
    "simulation_changed",
    "simulation_figures",
    "simulation_page",
    "sql",
    "start_policy",
    "take_leads",
    "tiers",
    "verify",
    "view",
    "watch",
    "watch_log",
    "within",
    "write_filters",
    "write_text",
    "write_view",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  a verb is whatever its module says it is
    """Load a verb when it is first asked for (PEP 562)."""
    module = MODULE_OF.get(name)
    if module is not None:
        try:
            return getattr(import_module(f"idealfit.pipeline.{module}"), name)
        except ModuleNotFoundError as error:
            group = GROUP_OF.get(module)
            if group is None or (error.name or "").startswith("idealfit"):
                raise
            raise InputError(
                Mistake(
                    f"this needs the package {error.name}", next_step=f"Install it: pip install 'idealfit[{group}]'"
                )
            ) from None
    raise AttributeError(f"module 'idealfit.pipeline' has no attribute {name!r}")
