"""Triggers, retention, economics and segments as people read them on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import SHOWN, estimate_in_words, indented, said
from idealfit.profile.wording import number_in_words, phrase

if TYPE_CHECKING:
    from rich.console import RenderableType

    from idealfit.profile.document import Figures, Measure, Profile, Segment, Trigger

MONEY = ("deal_size", "ltv", "cac", "support")
FIGURES = (
    ("deal_size", "deal size"),
    ("cycle_days", "days to close"),
    ("retention", "kept a year"),
    ("expansion", "expansion"),
    ("ltv", "lifetime value"),
    ("cac", "acquisition"),
    ("payback_months", "months to pay back"),
)


def of_deeper_sections(profile: Profile) -> list[RenderableType]:
    """Return what the profile says besides whom to sell to; nothing of what is not known."""
    parts: list[RenderableType] = []
    if profile.segments:
        parts += [Text(), said("Several kinds of customer, each with a profile of its own", style="bold")]
        parts += [indented(f"- {_segment(segment)}") for segment in profile.segments]
    if profile.triggers:
        parts += [Text(), _triggers(profile.triggers)]
    leaving = [f for f in profile.churn if f.verdict == "supported"]
    if leaving:
        parts += [Text(), said("Who leaves sooner, or stays longer", style="bold")]
        parts += [indented(f"- {finding.statement}") for finding in leaving[:SHOWN]]
    economics = profile.economics
    if economics is not None and (economics.figures.ltv or economics.figures.retention or economics.flags):
        parts += [Text(), said("What a customer brings and costs", style="bold"), _figures(profile)]
        parts += [indented(f"- {flag}") for flag in economics.flags[:SHOWN]]
        if economics.if_by_profit:
            parts += [Text(), said("If the best customers were those that earn most", style="bold")]
            parts += [indented(f"- {line}") for line in economics.if_by_profit]
    return parts


def _segment(segment: Segment) -> str:
    tests = " and ".join(phrase(condition.attribute, condition.test) for condition in segment.definition)
    return f"{segment.name}: {tests} ({segment.won:,} won of {segment.n:,}), in {segment.file}"


def _triggers(triggers: tuple[Trigger, ...]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2), title="When", title_justify="left", title_style="bold")
    for heading in ("weight", "event", "days before", "more often by", "half-life", "evidence"):
        table.add_column(heading, justify="right" if heading == "weight" else "left", overflow="fold")
    for trigger in triggers:
        evidence = trigger.evidence
        expected = "" if evidence.expected is None else f", {evidence.expected:.0f} expected"
        seen = f"{evidence.with_event:,} of {evidence.cases:,} {'openings' if trigger.outcome == 'opening' else 'wins'}"
        table.add_row(
            said(f"{trigger.weight:+d}", style="green" if trigger.weight > 0 else "red"),
            said(trigger.kind),
            f"{trigger.window_days[0]}–{trigger.window_days[1]}",
            estimate_in_words(trigger.effect, unit="x", digits=1),
            f"{trigger.half_life_days.value:.0f} days, {trigger.half_life_source}",
            said(f"{seen}{expected}", style="dim"),
        )
    return table


def _figures(profile: Profile) -> Table:
    assert profile.economics is not None  # noqa: S101  the caller looked
    economics = profile.economics
    rows = [("all", economics.figures), *((group.of, group.figures) for group in economics.groups[:SHOWN])]
    shown = [(key, words) for key, words in FIGURES if any(getattr(figures, key) for _, figures in rows)]
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("", "won", *(words for _, words in shown)):
        table.add_column(heading, justify="right" if heading else "left", overflow="fold")
    for of, figures in rows:
        table.add_row(said(of), f"{figures.won:,}", *(_measure(figures, key, economics.currency) for key, _ in shown))
    return table


def _measure(figures: Figures, key: str, currency: str) -> str:
    measure: Measure | None = getattr(figures, key)
    if measure is None or measure.value is None:
        return "" if measure is None else f"too few ({measure.n})"
    if key == "retention":
        return f"{measure.value:.0%}"
    if key in MONEY:
        return f"{number_in_words(float(f'{measure.value:.3g}'))} {currency}".strip()
    return f"{measure.value:.2f}x" if key == "expansion" else f"{measure.value:,.0f}"
