"""What lint, narrative and persona found, as people read it on a screen."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import beside, indented, next_steps, said, written
from idealfit.profile.lint import IN_WORDS
from idealfit.profile.narrative import SLOTS
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from idealfit.profile.document import Profile
    from idealfit.profile.lint import Depth, Weakness
    from idealfit.profile.persona import Persona
    from idealfit.tables import Layer


def of_lint(found: Sequence[Weakness], layers: Mapping[Layer, tuple[Depth, str]]) -> RenderableType:
    """Return each weakness with the checks it fails and what to do, then how deep each layer goes."""
    parts: list[RenderableType] = []
    for number, weakness in enumerate(found, 1):
        parts += [
            said(f"{number}. {weakness.what[:1].upper()}{weakness.what[1:]}", style="bold"),
            indented("; ".join(weakness.checks) + (f"  [{weakness.where}]" if weakness.where else ""), 3),
            indented(weakness.next_step, 3),
        ]
    heading = f"{len(found)} thing{'' if len(found) == 1 else 's'} to do" if found else "Nothing weak was found"
    table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    for layer, (depth, why) in layers.items():
        table.add_row(said(layer), said(IN_WORDS[layer], style="dim"), said(depth, style="bold"), said(why))
    title = said(heading, style="yellow" if found else "green")
    return Group(title, Text(), *parts, *([Text()] if parts else []), said("Layers", style="bold"), beside(table))


def of_narrative(profile: Profile, path: str) -> RenderableType:
    """Return the slots as they were understood, the criteria found in them, and what is still to be asked."""
    slots = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    for name in SLOTS:
        slot = getattr(profile.narrative, name)
        known = slot.source != "open question"
        slots.add_row(
            said(name, style="bold"), said(slot.text if known else f"not told. {slot.text}", "" if known else "yellow")
        )
    parts: list[RenderableType] = [said("As it was understood", style="bold"), beside(slots), Text()]
    if profile.criteria:
        parts.append(said("Can be checked in a table", style="bold"))
        parts += [indented(f"- {phrase(c.attribute, c.test)}") for c in profile.criteria]
    else:
        parts.append(
            said("Nothing in it can be checked in a table yet: add a number, a place, a tool or a date.", "yellow")
        )
    if profile.disqualify:
        parts += [Text(), said("Rules a company out", style="bold")]
        parts += [indented(f"- {phrase(d.attribute, d.test)}") for d in profile.disqualify]
    parts += [Text(), said("Not settled", style="bold"), *(indented(f"- {limit}") for limit in profile.limits)]
    steps = (
        ("see what is weak about it", f"idealfit lint {quote(path)}"),
        ("rank a list of companies", f"idealfit score {quote(path)} companies.csv -o scores.csv"),
        ("let deals weigh it", f"idealfit learn deals.csv -o {quote(path)}"),
    )
    return Group(*parts, Text(), written(path, "the start of a profile, in your words"), *next_steps(steps))


def of_personas(built: Sequence[Persona], path: str) -> RenderableType:
    """Return which roles there are, and where the page is."""
    table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    for persona in built:
        table.add_row(said(persona.role, style="bold"), said(persona.seen))
    return Group(said("Roles", style="bold"), beside(table), Text(), written(path, "a part for each role, to fill in"))
