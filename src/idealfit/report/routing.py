"""Policies on the same history, side by side, as one HTML page that needs nothing else."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

import altair as alt
import vl_convert
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from idealfit.report.charts import ACCENT, AGAINST, INK, MUTED, RULE
from idealfit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

WIDTH, HEIGHT = 300, 230
MOST_REPS = 30
"""Bars that are drawn; of more reps, those with the most leads."""

POINTS = 80
NAMES = {
    "minutes to acceptance, median": "accepted within, half of them",
    "minutes to acceptance, nine in ten": "accepted within, nine in ten",
}
"""Figures that the page shows as lengths of time, and what it calls them."""

TIMES = {1: "1 min", 10: "10 min", 60: "1 h", 480: "8 h", 1440: "1 day", 10_080: "1 week"}
"""Minutes that the axis of times shows, and what they are called."""


def page(
    names: Sequence[str],
    figures: Sequence[Mapping[str, Any]],
    *,
    responses: Sequence[Sequence[float]],
    loads: Sequence[Mapping[str, int]],
    gaps: Sequence[Sequence[tuple[float, float]]],
    days: tuple[date, date],
    people: str,
    changed: str,
) -> str:
    """Return the page on what each policy did: figures, minutes to acceptance, leads of each rep, gap over time."""
    template = _ENVIRONMENT.get_template("routing.html")
    known = [label for label in figures[0] if any(of[label] is not None for of in figures)]
    charts = [
        ("How soon", "Share of the leads that were accepted, by the time since they came in.", _soon(names, responses)),
        ("How even", "Leads that each rep was given.", _loads(names, loads)),
        (
            "How fair",
            "The largest gap of anybody from their fair share so far, in leads; what is owed for absences counts.",
            _gaps(names, gaps),
        ),
    ]
    found = [_found(name if len(names) > 1 else "", of) for name, of in zip(names, figures, strict=True)]
    return template.render(
        names=names, rows=[(NAMES.get(label, label), [_shown(label, of[label]) for of in figures]) for label in known],
        charts=charts, leads=figures[0]["leads"], first=days[0].isoformat(), last=days[1].isoformat(), people=people,
        changed=changed, found=found,
        unknown=len(known) < len(figures[0]), version=__version__, style=Markup(_text("page.css")),  # noqa: S704
    )  # fmt: skip


def _found(name: str, figures: Mapping[str, Any]) -> str:
    """Return what came of one policy in a sentence."""
    median = figures["minutes to acceptance, median"]
    soon = "" if median is None else f", half of them within {_long(median)}"
    told = f"{figures['accepted by a rep']:,} of {figures['leads']:,} leads are accepted by a rep{soon}"
    late = figures["not accepted in time"]
    out = "one clock runs out" if late == 1 else f"{late:,} clocks run out"
    return f"{name}{': ' if name else ''}{told}; {out}."


def _shown(label: str, value: object) -> str:
    if value is None:
        return "not known"
    if label in NAMES and isinstance(value, (int, float)):
        return _long(value)
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


def _long(minutes: float) -> str:
    """Return a length of time as people say it, in one piece.

    >>> [_long(minutes).replace("\N{NO-BREAK SPACE}", " ") for minutes in (0.4, 9.6, 645, 3604)]
    ['under 1 min', '10 min', '10.8 h', '2.5 days']
    """
    if minutes < 1:
        told = "under 1 min"
    elif minutes < 90:
        told = f"{minutes:.0f} min"
    else:
        told = f"{minutes / 60:.1f} h" if minutes < 2160 else f"{minutes / 1440:.1f} days"
    return told.replace(" ", "\N{NO-BREAK SPACE}")


def _colour(names: Sequence[str]) -> alt.Color:
    scale = alt.Scale(domain=list(names), range=[ACCENT, AGAINST][: len(names)])
    return alt.Color("policy:N", scale=scale, legend=alt.Legend(title=None, orient="top", labelLimit=280))


def _soon(names: Sequence[str], responses: Sequence[Sequence[float]]) -> Markup:
    rows = []
    for name, minutes in zip(names, responses, strict=True):
        ordered = sorted(minutes)
        for k in range(POINTS if ordered else 0):
            share = (k + 1) / POINTS
            at = ordered[min(int(share * len(ordered)), len(ordered) - 1)]
            rows.append({"policy": name, "minutes": max(at, 0.1), "share": share})
    across = alt.X(
        "minutes:Q",
        title=None,
        scale=alt.Scale(type="log", nice=False),
        axis=alt.Axis(values=list(TIMES), labelExpr=f"{json.dumps(TIMES)}[datum.value]", grid=True, labelOverlap=True),
    )
    up = alt.Y("share:Q", title=None, axis=alt.Axis(format="%", tickCount=5))
    line = alt.Chart({"values": rows}).mark_line(strokeWidth=2).encode(x=across, y=up, color=_colour(names))
    return _svg(line, "Share of leads accepted by minutes since they came in")


def _loads(names: Sequence[str], loads: Sequence[Mapping[str, int]]) -> Markup:
    total = {rep: sum(of.get(rep, 0) for of in loads) for rep in sorted({rep for of in loads for rep in of})}
    reps = sorted(total, key=lambda rep: -total[rep])[:MOST_REPS]
    rows = [{"policy": n, "rep": r, "leads": of.get(r, 0)} for n, of in zip(names, loads, strict=True) for r in reps]
    up = alt.Y("rep:N", sort=reps, title=None, axis=alt.Axis(labelLimit=110))
    across = alt.X("leads:Q", title=None, axis=alt.Axis(tickCount=4))
    offset = alt.YOffset("policy:N", sort=list(names))
    bars = alt.Chart({"values": rows}).mark_bar().encode(y=up, x=across, yOffset=offset, color=_colour(names))
    return _svg(bars, "Leads of each rep", height=max(HEIGHT, 14 * len(reps) * len(names)))


def _gaps(names: Sequence[str], gaps: Sequence[Sequence[tuple[float, float]]]) -> Markup:
    rows = [{"policy": n, "over": at, "gap": gap} for n, of in zip(names, gaps, strict=True) for at, gap in of]
    across = alt.X("over:Q", title="of the history", axis=alt.Axis(format="%", tickCount=5))
    up = alt.Y("gap:Q", title=None, axis=alt.Axis(tickCount=5))
    line = alt.Chart({"values": rows}).mark_line(strokeWidth=2).encode(x=across, y=up, color=_colour(names))
    return _svg(line, "Largest gap from the fair share")


def _svg(chart: alt.Chart, title: str, *, height: int = HEIGHT) -> Markup:
    drawn = (
        chart.properties(width=WIDTH, height=height, description=title)
        .configure_axis(labelColor=MUTED, titleColor=INK, gridColor=RULE, domainColor=RULE, tickColor=RULE)
        .configure_legend(labelColor=INK, labelFontSize=11)
        .configure_view(stroke=None)
        .configure(background="transparent", autosize={"type": "pad"})
    )
    return Markup(vl_convert.vegalite_to_svg(drawn.to_dict()))  # noqa: S704  drawn here, its texts escaped by Vega


def _text(name: str) -> str:
    return resources.files("idealfit.report").joinpath(name).read_text(encoding="utf-8")


_ENVIRONMENT = Environment(
    loader=DictLoader({"routing.html": _text("routing.html")}),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.filters.update(count=lambda number: f"{number:,}")
