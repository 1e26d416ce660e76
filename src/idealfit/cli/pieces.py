"""The pieces that the screen is put together from: figures with their intervals, lists, headings, next steps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from idealfit.report.phrases import percent, percent_span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from idealfit.profile.document import Estimate, Rate

SHOWN = 5
"""How many entries of a long list are shown before the rest is only counted."""


def said(text: str, style: str = "") -> Text:
    r"""Return text for the screen. It may come from a hostile cell, so what could steer a terminal is left out.

    >>> said("sm\x1b[31mall").plain
    'sm [31mall'
    """
    return Text("".join(letter if letter.isprintable() or letter == "\n" else " " for letter in text), style=style)


def warned(warnings: Sequence[str]) -> list[RenderableType]:
    """Return warnings under a heading, the first ones in full."""
    if not warnings:
        return []
    lines = [indented(f"- {warning}") for warning in warnings[:SHOWN]]
    more = len(warnings) - SHOWN
    rest = [indented(f"and {more:,} more; --json has them all")] if more > 0 else []
    return [Text(), said("Worth knowing", style="bold yellow"), *lines, *rest]


def rate_in_words(rate: Rate, *, lift: bool) -> str:
    """Return a rate with its interval."""
    return rate_from(rate.rate, rate.low, rate.high, lift=lift)


def rate_from(value: float | None, low: float | None, high: float | None, *, lift: bool = False) -> str:
    """Return a share (or, as a lift, a ratio) with its interval."""
    if value is None:
        return "not known"
    if lift:
        return f"{value:.1f}x" + ("" if low is None or high is None else f" ({low:.1f}–{high:.1f})")
    span = percent_span(low, high)
    return percent(value) + (f" ({span})" if span else "")


def estimate_in_words(estimate: Estimate | None, *, unit: str = "", digits: int = 2, signed: bool = False) -> str:
    """Return a number with its interval; with signs where it is a difference."""
    if estimate is None:
        return "-"
    style = f"{'+' if signed else ''}.{digits}f"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:{style}}{unit}"
    between = " to " if signed else "–"
    return f"{estimate.value:{style}}{unit} ({estimate.low:{style}}{between}{estimate.high:{style}})"


def listed(names: Sequence[str]) -> str:
    """Return names with commas between; of many, the first and how many more."""
    shown = ", ".join(names[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown} and {len(names) - SHOWN:,} more"


def indented(text: str, by: int = 2) -> RenderableType:
    """Return text off the margin."""
    return Padding(said(text), (0, 0, 0, by), expand=False)


def beside(table: Table) -> RenderableType:
    """Return a table a little off the margin, and no wider than it is."""
    return Padding(table, (0, 0, 0, 2), expand=False)


def ruled(heading: str) -> Text:
    """Return the heading of a part."""
    return said(f"\u2500\u2500 {heading} \u2500\u2500", style="bold cyan")


def written(path: str, what: str) -> Text:
    """Return the line that says which file was written and what it is for."""
    return Text.assemble(("Written: ", "green"), (path, "bold"), (f"  ({what})", "dim"))


def next_steps(steps: Sequence[tuple[str, str]]) -> list[RenderableType]:
    """Return what to do next: a purpose and a command each."""
    if not steps:
        return []
    table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    table.add_column(style="dim")
    table.add_column(overflow="fold")
    for purpose, command in steps:
        table.add_row(purpose, said(command))
    return [said("Next:", style="green"), beside(table)]
