"""The answer to a criterion, as people read it on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.text import Text

from idealfit.cli.pieces import SHOWN, indented, said

if TYPE_CHECKING:
    from rich.console import RenderableType

    from idealfit.watch.verdicts import Answer

STYLES = {"yes": "bold green", "no": "bold red", "unknown": "bold yellow"}


def of_answer(answer: Answer) -> RenderableType:
    """Return the answer, why, the words that prove it, and what could not be read."""
    parts: list[RenderableType] = [
        Text.assemble((answer.answer.upper(), STYLES[answer.answer]), "  ", said(answer.reason)),
        said(f"understood as: {answer.understood_as}", style="dim"),
    ]
    for quote in answer.quotes[:SHOWN]:
        parts.append(indented(f"“{quote.text}”"))
        parts.append(indented(f"{quote.url}, seen {quote.seen_at:%Y-%m-%d %H:%M} UTC", by=4))
    more = len(answer.quotes) - SHOWN
    if more > 0:
        parts.append(indented(f"and {more} more quotes; --json has them all"))
    parts.append(said(f"{len(answer.read)} pages read", style="dim"))
    if answer.missed:
        parts.append(said(f"{len(answer.missed)} pages could not be read:", style="yellow"))
        parts += [indented(missed) for missed in answer.missed[:SHOWN]]
    return Group(*parts)
