"""What customers say and who takes part, as people read it on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import beside, indented, said

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from idealfit.profile.document import Profile, Role, Seen, TeamStatement, Voice

SHOWN_ROLES = 6


def of_what_was_heard(profile: Profile) -> list[RenderableType]:
    """Return what customers say, a quote each, and the buying committee apart; nothing where nobody was heard."""
    parts: list[RenderableType] = []
    if profile.voice:
        parts += [Text(), said("What they say", style="bold"), beside(_voice(profile.voice))]
    if profile.committee:
        parts += [Text(), said("Who takes part (people; not scored)", style="bold")]
        parts.append(beside(_committee(profile.committee[:SHOWN_ROLES])))
        more = len(profile.committee) - SHOWN_ROLES
        parts += [indented(f"and {more} more in the file")] if more > 0 else []
    differing = [one for one in profile.feedback if one.verdict == "contradicts"]
    if differing:
        parts += [Text(), said("Your team and the data differ (not settled)", style="bold"), beside(_sides(differing))]
    agreeing = sum(one.verdict == "agrees" for one in profile.feedback)
    if profile.feedback:
        untold = len(profile.feedback) - len(differing) - agreeing
        parts.append(
            indented(
                f"Of {len(profile.feedback):,} statements of the team {len(differing):,} contradict the data, "
                f"{agreeing:,} agree, {untold:,} cannot be told."
            )
        )
    return parts


def _sides(statements: Sequence[TeamStatement]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("who", "your team says", "the data say"):
        table.add_column(heading, overflow="fold")
    for one in statements:
        who = ", of ".join(part for part in (one.rep, one.about) if part)
        table.add_row(said(who), said(one.statement), said(one.data, style="dim"))
    return table


def _voice(voices: tuple[Voice, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("", "phrase", "best", "rest", "verdict", "in their words"):
        table.add_column(heading, overflow="fold")
    before = ""
    for voice in voices:
        quote = f"“{' '.join(voice.quotes[0].text.split())}”" if voice.quotes else ""
        verdict = voice.verdict if voice.strength == "recorded words" else f"{voice.verdict}, notes"
        shown = voice.slot if voice.slot != before else ""
        before = voice.slot
        counts = (counted(voice.best), counted(voice.rest))
        table.add_row(said(shown, style="bold"), said(voice.phrase), *counts, verdict, said(quote, style="dim"))
    return table


def _committee(roles: tuple[Role, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("role", "won", "lost", "verdict"):
        table.add_column(heading)
    for role in roles:
        table.add_row(said(role.role), counted(role.won), counted(role.lost), role.verdict)
    return table


def counted(seen: Seen | None) -> str:
    """Return in how many of how many.

    >>> counted(None)
    '-'
    """
    return "-" if seen is None else f"{seen.seen:,} of {seen.n:,}"
