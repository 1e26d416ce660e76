"""Policies on the same history, side by side, as one HTML page that needs nothing else."""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING, Any

import altair as alt
import vl_convert
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup

from idealfit.report.charts import ACCENT, AGAINST, INK, MUTED, RULE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

WIDTH, HEIGHT = 300, 230
MOST_REPS = 30
"""Bars that are drawn; of more reps, those with the most leads."""

POINTS = 80
DECADES = [1, 10, 100, 1_000, 10_000, 100_000]


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
    rows = [(label, [_shown(of[label]) for of in figures]) for label in figures[0]]
    charts = [
        ("Share of leads accepted, by minutes since they came in", _soon(names, responses)),
        ("Leads of each rep", _loads(names, loads)),
        ("Largest gap from the fair share so far, in leads", _gaps(names, gaps)),
    ]
    return template.render(
        names=names, rows=rows, charts=charts, leads=figures[0]["leads"], first=days[0].isoformat(),
        last=days[1].isoformat(), people=people, changed=changed, style=Markup(_text("page.css")),  # noqa: S704
    )  # fmt: skip


def _shown(value: object) -> str:
    if value is None:
        return "not known"
    return f"{value:,}" if isinstance(value, (int, float)) else str(value)


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
        title="minutes",
        scale=alt.Scale(type="log", nice=False),
        axis=alt.Axis(values=DECADES, format="~s", grid=True),
    )
    up = alt.Y("share:Q", title=None, axis=alt.Axis(format="%", tickCount=5))
    line = alt.Chart({"values": rows}).mark_line(strokeWidth=2).encode(x=across, y=up, color=_colour(names))
    return _svg(line, "Share of leads accepted by minutes since they came in")


def _loads(names: Sequence[str], loads: Sequence[Mapping[str, int]]) -> Markup:
    total = {rep: sum(of.get(rep, 0) for of in loads) for rep in sorted({rep for of in loads for rep in of})}
    reps = sorted(total, key=lambda rep: -total[rep])[:MOST_REPS]
    rows = [{"policy": n, "rep": r, "leads": of.get(r, 0)} for n, of in zip(names, loads, strict=True) for r in reps]
    up = alt.Y("rep:N", sort=reps, title=None, axis=alt.Axis(labelLimit=110))
    across = alt.X("leads:Q", title="leads", axis=alt.Axis(tickCount=4))
    offset = alt.YOffset("policy:N", sort=list(names))
    bars = alt.Chart({"values": rows}).mark_bar().encode(y=up, x=across, yOffset=offset, color=_colour(names))
    return _svg(bars, "Leads of each rep", height=max(HEIGHT, 14 * len(reps) * len(names)))


def _gaps(names: Sequence[str], gaps: Sequence[Sequence[tuple[float, float]]]) -> Markup:
    rows = [{"policy": n, "over": at, "gap": gap} for n, of in zip(names, gaps, strict=True) for at, gap in of]
    across = alt.X("over:Q", title="share of the history that is over", axis=alt.Axis(format="%", tickCount=5))
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
