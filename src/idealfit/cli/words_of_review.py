"""What a review found, for people on a screen."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import beside, indented, listed, next_steps, rate_from, said, warned, written
from idealfit.profile.wording import phrase
from idealfit.prove.review_words import ONLY_PEOPLE_KNOW
from idealfit.report.phrases import percent, signed

if TYPE_CHECKING:
    from rich.console import RenderableType

    from idealfit.prove.reviewed import Moved, Review

STYLE = {"leave it alone": "bold green", "too early to tell": "bold yellow"}


def of_review(found: Review, profile: str, path: str) -> RenderableType:
    """Return the answer with its reasons, then tiers and lines one by one, and what only people can say."""
    parts: list[RenderableType] = [
        said(found.answer[:1].upper() + found.answer[1:], style=STYLE.get(found.answer, "bold red")),
        indented(found.summary),
        *(indented(f"- {reason}") for reason in found.reasons),
    ]
    if found.tiers:
        parts += [Text(), said("What tiers promised, and won since", style="bold"), beside(_tiers(found))]
    if found.moved is not None:
        parts.append(indented(_moved(found.moved)))
    if found.lines:
        parts += [Text(), said("The lines, by pairs of a win and a loss of the same time", style="bold")]
        parts.append(beside(_lines(found)))
    if found.new_lines:
        new = listed([phrase(line.attribute, line.test) for line in found.new_lines])
        parts += [Text(), indented(f"Supported by the deals since, and not in the profile: {new}.")]
    if found.newest_wins:
        newest = ", ".join(f"{win.id} ({win.tier}, fit {win.fit})" for win in found.newest_wins)
        parts += [Text(), indented(f"The newest customers: {newest}.")]
    waiting = f"{found.waiting:,} deals are too young to judge"
    late = f"; {found.late:,} were old enough and still undecided, and count for neither" if found.late else ""
    parts += [Text(), indented(f"{waiting}{late}.")]
    parts += warned(found.warnings)
    parts += [Text(), said("What deals cannot tell", style="bold")]
    parts += [indented(f"- {question}") for question in ONLY_PEOPLE_KNOW]
    again = ("learn again onto it, what people wrote is kept", f"idealfit learn DEALS -o {quote(profile)}")
    changing = found.answer in ("revise", "renew the rates")
    steps = (again, ("what that changes", "idealfit diff OLD NEW")) if changing else ()
    parts += [Text(), said(f"Next review: {found.next_review}", style="bold")]
    return Group(*parts, written(path, "every number, for programs"), *next_steps(steps))


def _tiers(found: Review) -> Table:
    table = _table("tier", "promised", "since", "deals", "")
    for tier in filter(None, (*found.tiers, found.level, found.wins_in_reach)):
        reach = tier is found.wins_in_reach
        since = "" if tier.rate is None else rate_from(tier.rate.value, tier.rate.low, tier.rate.high)
        table.add_row(
            said(f"wins in {tier.name}" if reach else tier.name),
            rate_from(tier.promised.value, tier.promised.low, tier.promised.high),
            said(since),
            f"{tier.won:,} of {tier.n:,}",
            said(tier.kept, style="bold red" if tier.kept in ("below", "above") else "dim"),
        )
    return table


def _lines(found: Review) -> Table:
    table = _table("points", "line", "odds then", "since", "met then, now", "")
    for line in sorted(found.lines, key=lambda one: -one.points):
        odds = "" if line.odds is None else f"{line.odds.value:.1f} ({_end(line.odds.low)}–{_end(line.odds.high)})"
        more = f"; about {line.more_wins:,} more wins" if line.more_wins else ""
        then, now = ("?" if share is None else percent(share) for share in (line.met_then, line.met_now))
        table.add_row(
            f"{line.points:+d}",
            said(line.words),
            "" if line.promised is None else f"{line.promised:.1f}",
            odds,
            f"{then}, {now}",
            said(f"{line.held}{more}", style="bold red" if line.held in ("weaker", "turned round") else "dim"),
        )
    return table


def _moved(moved: Moved) -> str:
    mix, rates = (f"{signed(100 * part.value)} points" for part in (moved.mix, moved.rates))
    return (
        f"All deals: {percent(moved.before)} then, {percent(moved.after)} since. Other companies came: {mix}; like "
        f"companies won more or less often: {rates}."
    )


def _end(end: float | None) -> str:
    return "?" if end is None else f"{end:.1f}"


def _table(*headings: str) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in headings:
        table.add_column(heading, justify="right" if heading == "points" else "left", overflow="fold")
    return table
