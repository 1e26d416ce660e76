"""What became of linked companies, as people read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import SHOWN, beside, indented, said, warned, written
from idealfit.report.phrases import percent

if TYPE_CHECKING:
    from rich.console import RenderableType

    from idealfit.pipeline.linking import LinkedCompanies


def of_linked(linked: LinkedCompanies) -> RenderableType:
    """Return how many companies are the same, may be and are not, with the first questions for a person."""
    counts = linked.decisions
    if linked.deduplicated:
        heading = f"{linked.left:,} rows; {counts['same']:,} pairs of them are the same company"
    else:
        share = percent(linked.matched / linked.left) if linked.left else "none"
        heading = f"{linked.matched:,} of {linked.left:,} rows ({share}) found among {linked.right:,}"
    parts: list[RenderableType] = [said(heading, style="bold"), Text()]
    for table, columns in linked.columns.items():
        parts.append(said(f"{table}: " + ", ".join(f"{field} = {column}" for field, column in columns.items()), "dim"))
    facts = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    facts.add_column()
    facts.add_column(justify="right")
    facts.add_column(style="dim")
    for decision, meaning in (
        ("same", "the same company"),
        ("ask", "for you to decide"),
        ("different", "alike, and yet not the same"),
    ):
        facts.add_row(decision, f"{counts[decision]:,}", meaning)
    parts += [Text(), beside(facts)]
    if linked.questions:
        parts += [Text(), said("For you to decide", style="bold"), beside(_questions(linked))]
        more = counts["ask"] - min(SHOWN, len(linked.questions))
        if more > 0:
            parts.append(indented(f"and {more:,} more in the file"))
    parts += warned([f"{n:,} rows share the domain {d}; it tells nobody apart" for d, n in linked.crowded_domains])
    return Group(*parts, Text(), written(linked.path, "one row per pair, with the reason"))


def _questions(linked: LinkedCompanies) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("left", "right", "why it is in doubt"):
        table.add_column(heading, header_style="dim", overflow="fold")
    for pair in linked.questions[:SHOWN]:
        sides = (f"{pair[f'{side}_name'] or '-'} ({pair[f'{side}_id']})" for side in ("left", "right"))
        table.add_row(*(said(side) for side in sides), said(pair["reason"]))
    return table
