"""Lists of companies found by meaning, and models, as people read them on a screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import beside, estimate_in_words, indented, next_steps, said
from idealfit.match.catalogue import OFFERED
from idealfit.match.evidence import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from idealfit.match.asked import Check
    from idealfit.match.catalogue import Offered
    from idealfit.match.models import Model
    from idealfit.pipeline.matching import Matches
    from idealfit.prove.bakeoff import Bakeoff

SHOWN = 10
"""Companies of one list on the screen; the file has them all."""
SHOWN_QUERIES = 5
SHOWN_SENTENCES = 12
SHOWN_LETTERS = 120
"""Of what a company says to one sentence; the file has more."""


def of_matches(found: Sequence[Matches], path: str) -> RenderableType:
    """Return the head of each list with its evidence, what was read as a fact, and what was not done."""
    parts: list[RenderableType] = []
    for warning in dict.fromkeys(warning for one in found for warning in one.warnings):
        parts += [said(warning, style="bold yellow")]
    for one in found[:SHOWN_QUERIES]:
        parts += [Text(), *_of_one(one)]
    if len(found) > SHOWN_QUERIES:
        parts.append(said(f"... and {len(found) - SHOWN_QUERIES:,} more queries", style="dim"))
    return Group(*parts, Text(), said(f"Written to {path}"))


def _of_one(one: Matches) -> list[RenderableType]:
    parts: list[RenderableType] = []
    if one.asked.checks:
        how = {"filter": "companies that fail one are left out", "points": "each counts points", "off": ""}[one.facts]
        parts.append(said(f"Read as facts ({how}; change the text, or --facts, to correct it)", style="bold"))
        for check, answers in zip(one.asked.checks, one.facts_counted, strict=True):
            parts.append(indented(f'"{check.words}": {check.said} [{_answered(check, answers)}]', 2))
    sentences = one.asked.sentences
    if sentences:
        parts.append(said("Matched by meaning" if one.asked.meaning else "Like what the examples say", style="bold"))
        parts += [indented(_numbered(number, text, 300), 2) for number, text in enumerate(sentences[:SHOWN_SENTENCES])]
    counted = f"{one.companies:,} companies"
    if one.failed_facts:
        counted += f", {one.failed_facts:,} left out by facts"
    if one.without_text:
        counted += f", {one.without_text:,} without text (unknown, listed without a rank)"
    by = " and ".join(("words", *one.models)) if "words" in one.stages else " and ".join(one.models)
    usual = "the list" if one.by_index else "the table"
    parts.append(said(f"{counted}; ranked by {by}; a match of 50 is the average of {usual}", style="dim"))
    if one.failed_facts and not any(m.rank is not None for m in one.matches):
        parts.append(said("No company passes all facts; with --facts points none is left out", style="bold yellow"))
        return parts
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading, side in (("rank", "right"), ("match", "right"), ("company", "left"), ("in its words", "left")):
        table.add_column(heading, justify=side, overflow="fold")  # type: ignore[arg-type]
    for m in [m for m in one.matches if m.rank is not None][:SHOWN]:
        own = [_numbered(sentences.index(asked), words, SHOWN_LETTERS) for asked, words in m.evidence]
        if len(sentences) == 1:
            own = [short(words, SHOWN_LETTERS) for _, words in m.evidence]
        against = [f"AGAINST: {'; '.join(m.facts_failed)}"] if m.facts_failed else []
        new = "new  " if m.new else ""
        table.add_row(
            said(str(m.rank)),
            said(f"{m.match:.0f}"),
            said(new + (f"{m.name} ({m.id})" if m.name else m.id)),
            said("\n".join(own + against)),
        )
    parts.append(beside(table))
    more = sum(m.rank is not None for m in one.matches) - one.evidence_for
    if one.evidence_for and more > 0:
        parts.append(
            said(f"Evidence stands with the first {one.evidence_for:,}; --top N gives it for more", style="dim")
        )
    if one.new:
        parts.append(said(f"{len(one.new):,} are new in this list", style="green"))
    return parts


def _numbered(number: int, text: str, most: int) -> str:
    return f"{number + 1}: {short(text, most)}"


def _answered(check: Check, counted: tuple[int, int, int]) -> str:
    """Return who answers a fact, and how."""
    met, failed, unknown = counted
    if check.unheard_in:
        return f"no company's {check.unheard_in} says so: unknown, and left to meaning"
    if not check.column and not failed:
        return "no column answers this: unknown"
    by = f"column {check.column}" if check.column else "by the companies' own words"
    return f"{by}: {met:,} yes, {failed:,} no, {unknown:,} unknown"


def of_bakeoff(found: Bakeoff, path: str) -> RenderableType:
    """Return what each level came to, on all deals and on each segment, and what follows."""
    parts: list[RenderableType] = [said(warning, style="bold yellow") for warning in found.warnings]
    days = ", ".join(day.isoformat() for day in found.days)
    parts.append(
        said(f"Learned as of {days}, judged on what opened later" if days else "Five folds in turn", style="dim")
    )
    for standing in (found.whole, *found.segments):
        title = f"{standing.segment}: {standing.deals:,} deals, {standing.won:,} won. {standing.why}"
        parts += [Text(), said(title, style="bold")]
        table = Table(box=None, pad_edge=False, padding=(0, 2))
        for heading in ("level", "AUC", "top tenth", "AUC over filters"):
            table.add_column(heading)
        for level in standing.levels:
            name = said(level.level, style="green" if level.level == standing.recommended else "")
            over = "" if level.over_filters is None else estimate_in_words(level.over_filters, signed=True)
            table.add_row(name, estimate_in_words(level.auc), estimate_in_words(level.lift, digits=1, unit="x"), over)
        if standing.levels:
            parts.append(beside(table))
    return Group(*parts, Text(), said(f"Written to {path}"))


def of_models(here: Sequence[Model]) -> RenderableType:
    """Return what is here and what can be added."""
    names = {model.name for model in here}
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("model", "", "what it is", "licence", "from"):
        table.add_column(heading, overflow="fold")
    for offered in OFFERED.values():
        note = f" ({offered.needs})" if offered.needs else ""
        table.add_row(
            said(offered.name),
            said(
                "here" if offered.name in names else "can be added", style="green" if offered.name in names else "dim"
            ),
            said(f"{offered.kind}: {offered.about}{note}"),
            said(f"weights {offered.licence_of_weights}, package {offered.licence_of_package}"),
            said(_packages(offered)),
        )
    for model in here:
        if model.name not in OFFERED:
            table.add_row(
                said(model.name), said("here"), said(model.kind), said(model.licence_of_weights), said(model.source)
            )
    missing = [name for name in OFFERED if name not in names]
    return Group(
        table, *(next_steps([("fetch another, once", f"idealfit models add {missing[0]}")]) if missing else [])
    )


def _packages(offered: Offered) -> str:
    first, *others = offered.packages
    return f"{first.name} {first.version}" + (f" and {len(others)} more" if others else "")


def of_added(model: Model) -> RenderableType:
    """Return that a model is here, under which licence."""
    return said(f"{model.name} is here: {model.folder} (weights: {model.licence_of_weights}, {model.source})")


def model_as_json(model: Model) -> dict[str, str]:
    """Return one model ready for JSON."""
    return {name: str(value) for name, value in vars(model).items()}


def models_as_json(here: Sequence[Model]) -> dict[str, object]:
    """Return the models here and on offer, ready for JSON."""
    return {
        "here": [model_as_json(model) for model in here],
        "offered": [asdict(offered) for offered in OFFERED.values()],
    }
