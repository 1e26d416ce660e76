"""What the report shows besides whom to sell to: when, for how long, at what price, and how deep the profile goes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markupsafe import Markup

from idealfit.profile.wording import number_in_words, phrase
from idealfit.report.charts import retention_chart, timeline_chart
from idealfit.report.phrases import percent, percent_span, times
from idealfit.tables import LAYERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Economics, Figures, Measure, Profile, RetentionCurve, Trigger

MONEY = ("deal_size", "ltv", "cac", "support")
FIGURES = (
    ("deal_size", "Deal size"),
    ("cycle_days", "Days to close"),
    ("contract_months", "Contract, months"),
    ("retention", "Kept a year"),
    ("expansion", "Expansion"),
    ("margin", "Margin"),
    ("ltv", "Lifetime value"),
    ("cac", "Acquisition"),
    ("payback_months", "Payback, months"),
    ("support", "Support a year"),
)
BEFORE = {"opening": "a deal opens", "win": "a deal that is won opens"}
CENSORED = "Who is still there counts for as long as it was seen."
TIMING = "timing"
DEPTH = (*LAYERS, TIMING, "voice", "economics")
"""What a deep profile speaks of: the five layers, when, in whose words, and what it is worth."""


@dataclass(frozen=True)
class TriggerShown:
    """A trigger as the page shows it, with the chart of when its events lay before deals (or none)."""

    points: str
    against: bool
    name: str
    window: str
    effect: str
    half_life: str
    why: str
    verify: str
    verdict: str
    chart: Markup | None


@dataclass(frozen=True)
class Table:
    """Headings and rows of text."""

    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def deeper(profile: Profile) -> dict[str, Any]:
    """Return what the template of these sections shows."""
    return {
        "triggers": [_trigger(trigger, profile) for trigger in profile.triggers],
        "retention": [_curves(pair) for pair in _paired(profile.retention)],
        "leaving": profile.churn,
        "economics": profile.economics,
        "money": None if profile.economics is None else _economics(profile.economics),
        "segments": None if not profile.segments else _segments(profile),
    }


def _trigger(trigger: Trigger, profile: Profile) -> TriggerShown:
    line = next((t for t in profile.timelines if (t.kind, t.outcome) == (trigger.kind, trigger.outcome)), None)
    cases = "openings" if trigger.outcome == "opening" else "wins"
    life = trigger.half_life_days
    span = "" if life.low is None or life.high is None else f" ({life.low:.0f}–{life.high:.0f})"
    said = {"default": ", a default: the data are too thin", "person": ", set by a person", "fitted": ""}
    return TriggerShown(
        points=f"{trigger.weight:+d}".replace("-", "−"),
        against=trigger.weight < 0,
        name=trigger.kind,
        window="{} to {} days before ".format(*trigger.window_days) + BEFORE[trigger.outcome],
        effect="" if trigger.effect is None else times(trigger.effect),
        half_life=f"half of it is gone after {life.value:.0f} days{span}{said[trigger.half_life_source]}",
        why=trigger.why,
        verify=trigger.verify,
        verdict=trigger.evidence.verdict,
        chart=None
        if line is None or not line.spans
        else timeline_chart(
            [(f"{s.from_days}–{s.to_days}", s.seen, s.expected) for s in line.spans],
            title=f"{trigger.kind}: {cases} by days since the event, seen and expected",
            measure=cases,
        ),
    )


def _paired(curves: Sequence[RetentionCurve]) -> list[tuple[RetentionCurve, ...]]:
    """Return the curve of all by itself, and each finding's two curves together."""
    pairs: list[tuple[RetentionCurve, ...]] = []
    left = list(curves)
    for one, other in pairwise(curves):
        if other.of == f"not: {one.of}":
            pairs.append((one, other))
            left = [curve for curve in left if curve is not one and curve is not other]
    return [*((curve,) for curve in left), *pairs]


@dataclass(frozen=True)
class CurveShown:
    """A chart of one or two curves, its caption, and the numbers."""

    title: str
    chart: Markup
    caption: str
    table: Table


def _curves(curves: tuple[RetentionCurve, ...]) -> CurveShown:
    title = curves[0].of
    names = [curves[0].of, *("the others" for _ in curves[1:])]
    counted = "; ".join(f"{name}: {c.n:,}, {c.churned:,} left" for name, c in zip(names, curves, strict=True))
    rows = tuple(
        (f"{step.days:,}", name, percent(step.kept), percent_span(step.low, step.high), f"{step.at_risk:,}")
        for name, curve in zip(names, curves, strict=True)
        for step in curve.steps
    )
    points = [
        (step.days, step.kept, step.low, step.high, name)
        for name, curve in zip(names, curves, strict=True)
        for step in curve.steps
    ]
    return CurveShown(
        title=title[:1].upper() + title[1:],
        chart=retention_chart(points, names, title=f"share of customers kept, by days: {title}"),
        caption=f"Share still customers after so many days, with 95% bands ({counted}). {CENSORED}",
        table=Table(("days", "", "kept", "95%", "seen so long"), rows),
    )


def _economics(economics: Economics) -> Table:
    rows = [("All deals", economics.figures), *((g.of[:1].upper() + g.of[1:], g.figures) for g in economics.groups)]
    shown = [(key, words) for key, words in FIGURES if any(getattr(figures, key) for _, figures in rows)]
    currency = f", {economics.currency}" if economics.currency else ""
    head = ("", "Won", *(f"{words}{currency}" if key in MONEY else words for key, words in shown))
    return Table(
        head, tuple((of, f"{figures.won:,}", *(_cell(figures, key) for key, _ in shown)) for of, figures in rows)
    )


def _cell(figures: Figures, key: str) -> str:
    measure: Measure | None = getattr(figures, key)
    if measure is None:
        return "–"
    if measure.value is None:
        return f"too few ({measure.n:,})"

    def told(value: float) -> str:
        if key in ("retention", "margin"):
            return percent(value)
        if key == "expansion":
            return f"{value:.2f}×"
        return number_in_words(float(f"{value:.3g}"))

    if measure.low is None or measure.high is None:
        return told(measure.value)
    return f"{told(measure.value)} ({told(measure.low)}–{told(measure.high)})"


def _segments(profile: Profile) -> Table:
    named = {group.of: group.figures for group in profile.economics.groups} if profile.economics else {}
    keys = [(k, w) for k, w in FIGURES if any(getattr(named[s.name], k) for s in profile.segments if s.name in named)]
    head = ("", *(segment.name for segment in profile.segments))
    rows = [
        ("Who", *(" and ".join(phrase(c.attribute, c.test) for c in s.definition) for s in profile.segments)),
        ("Deals", *(f"{s.n:,}" for s in profile.segments)),
        ("Won", *(percent(s.won / s.n) if s.n else "–" for s in profile.segments)),
        *((w, *(_cell(named[s.name], k) if s.name in named else "–" for s in profile.segments)) for k, w in keys),
        ("Profile", *(s.file for s in profile.segments)),
    ]
    return Table(head, tuple(rows))
