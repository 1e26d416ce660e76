"""What was handed over, planned and written, as people read it and as ``--json`` prints it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import SHOWN, beside, indented, listed, next_steps, said, warned, written
from idealfit.export.crm_plan import STAMP

if TYPE_CHECKING:
    from rich.console import RenderableType

    from idealfit.export.crm_plan import Plan
    from idealfit.export.crm_sync import Applied
    from idealfit.export.filter_parts import Filters
    from idealfit.export.handover import HandedOver
    from idealfit.export.team_views import View
    from idealfit.export.webhook import Sent

MOST_CHANGES = 15
"""Records of a plan that the screen shows; the file has them all."""


def of_handed_over(handed: HandedOver) -> RenderableType:
    """Return where the rows are now, and what was parked."""
    parts: list[RenderableType] = [said(f"{handed.rows:,} companies handed over to {handed.to}", style="bold")]
    if handed.parked:
        parts += _parked(handed.parked, "rows", handed.parked_in)
    return Group(*parts, *warned(handed.notes))


def of_sent(sent: Sent) -> RenderableType:
    """Return how many messages were taken, and why the others were not."""
    parts: list[RenderableType] = [said(f"{len(sent.delivered):,} messages delivered", style="bold")]
    if sent.parked:
        parts += _parked(len(sent.parked), "messages", sent.parked_in)
        parts += [indented(f"- {why}") for why in dict.fromkeys(message.why for message in sent.parked)]
    return Group(*parts)


def sent_as_json(sent: Sent) -> dict[str, Any]:
    """Return what became of messages as plain values."""
    parked = [{"id": message.id, "why": message.why, "tries": message.tries} for message in sent.parked]
    return {"delivered": list(sent.delivered), "parked": parked, "parked_in": sent.parked_in}


def of_plan(plan: Plan, path: str) -> RenderableType:
    """Return a plan to be read before it is applied: what would change, what is left alone, what is not there."""
    changes = len(plan.changes)
    heading = f"{changes:,} of {changes + plan.unchanged:,} records in {plan.tool} would change; nothing is written yet"
    parts: list[RenderableType] = [said(heading, style="bold")]
    if plan.to_create:
        parts.append(said(f"Fields to be made first: {', '.join(plan.to_create)}"))
    if plan.changes:
        parts += [Text(), beside(_changes(plan))]
        if changes > MOST_CHANGES:
            parts.append(indented(f"and {changes - MOST_CHANGES:,} more in the plan"))
    if plan.left_alone:
        parts += [Text(), said("Left alone", style="bold")]
        for left in plan.left_alone[:SHOWN]:
            parts.append(
                indented(f"{left.record} {left.field}: {left.why}: {left.theirs or 'empty'} (ours: {left.ours})")
            )
        if len(plan.left_alone) > SHOWN:
            parts.append(indented(f"and {len(plan.left_alone) - SHOWN:,} more in the plan"))
    if plan.unknown:
        parts += [Text(), said(f"Not in {plan.tool}: {listed(plan.unknown)}")]
    steps = [("write it", f"idealfit export {path} --to {plan.tool} --apply")] if plan.changes else []
    return Group(*parts, Text(), written(path, "the plan, to be read"), *next_steps(steps))


def of_applied(applied: Applied) -> RenderableType:
    """Return what became of a plan."""
    counts = f"{applied.written:,} records written, {applied.skipped:,} skipped, {applied.refused:,} refused"
    parts: list[RenderableType] = [said(counts, style="bold")]
    parts += [indented(f"- {refusal}") for refusal in applied.first_refusals]
    return Group(*parts, written(applied.log, "the result of each record"))


def of_filters(made: Filters, path: str | None) -> RenderableType:
    """Return the filters, what they hold, what they cannot, and what should be looked at."""
    body = made.body if isinstance(made.body, str) else json.dumps(made.body, indent=2, ensure_ascii=False)
    parts: list[RenderableType] = [written(path, made.how_to_use)] if path else [said(body), Text()]
    if not path:
        parts.append(said(f"Use: {made.how_to_use}", style="dim"))
    parts += [Text(), said("Held", style="bold"), *(indented(f"- {words}") for words in made.kept)]
    if made.left_out:
        parts += [Text(), said("Not expressed", style="bold")]
        parts += [indented(f"- {left.words}: {left.why}") for left in made.left_out]
    return Group(*parts, *warned(made.to_check))


def filters_as_json(made: Filters, path: str | None) -> dict[str, Any]:
    """Return filters as plain values."""
    left = [{"words": one.words, "why": one.why} for one in made.left_out]
    return {"tool": made.tool, "filters": made.body, "how_to_use": made.how_to_use, "held": list(made.kept),
            "not_expressed": left, "to_check": list(made.to_check), "written": path}  # fmt: skip


def of_view(view: View, path: str | None) -> RenderableType:
    """Return a view of a team."""
    parts: list[RenderableType] = [said(view.title, style="bold"), said(view.purpose, style="dim")]
    for part in view.parts:
        parts += [Text(), said(part.heading, style="bold")]
        parts += [indented(f"- {line}") for line in part.lines] or [indented(part.otherwise)]
    if path:
        parts += [Text(), written(path, "the same as a page")]
    return Group(*parts)


def _parked(count: int, what: str, path: str) -> list[RenderableType]:
    warning = f"{count:,} {what} were not taken; they are parked in {path}"
    again = ("send them again", f"idealfit export {path} --to webhook --resend --url ...")
    return [said(warning, style="yellow"), *next_steps([again])]


def _changes(plan: Plan) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("record", "field", "now", "then"):
        table.add_column(heading, header_style="dim", overflow="fold")
    for change in plan.changes[:MOST_CHANGES]:
        first = f"{change.name or change.key} ({change.record})"
        for name, after in change.after.items():
            if name != STAMP:
                cells = (first, name, change.before.get(name) or "-", after or "-")
                table.add_row(*(said(cell) for cell in cells))
                first = ""
    return table
