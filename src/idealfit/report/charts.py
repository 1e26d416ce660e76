"""Charts as inline SVG that needs no network and no script: small bars by hand, larger ones by Vega-Lite.

Colours are those of paper; the style sheet of the page swaps each of them (by attribute) where the reader prefers dark.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

import altair as alt
import vl_convert
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Sequence

INK, MUTED, RULE, ACCENT, AGAINST = "#1d2125", "#626a73", "#ddd8cd", "#1f5f5b", "#8c3a2e"
"""Text, lesser text, lines, what counts for and what counts against; page.css names the same five."""

_WIDTH = 310  # three beside each other on a desk, one on a phone, the letters alike on both


_HEIGHT = 250
_LINE = 16  # page.css sets the words beside a bar on lines of the same height


@dataclass(frozen=True)
class Mark:
    """A value with its interval on an inline bar: ``with`` the criterion (full dot) or ``without`` (ring)."""

    value: float
    low: float | None
    high: float | None
    shape: Literal["with", "without", "against"] = "with"


@dataclass(frozen=True)
class Point:
    """A point of a chart: where it stands across, its value with interval, and what it says when asked."""

    across: str | float
    value: float
    low: float | None
    high: float | None
    series: str = ""
    n: int = 0


def bar_top(values: Sequence[float], *, shares: bool) -> float:
    """Return where a common scale of inline bars ends: shares at the next tenth, ratios at the next half.

    >>> bar_top([0.34, 0.41], shares=True), bar_top([2.2], shares=False)
    (0.5, 2.5)
    """
    step = 0.1 if shares else 0.5
    largest = max([*values, step])
    steps = int(-(-largest // step))
    return min(1.0, round(steps * step, 1)) if shares else round(steps * step, 1)


def interval_bar(marks: Sequence[Mark], *, top: float, reference: float | None, title: str) -> Markup:
    """Return a bar that fills its width: one line per mark with its interval on a scale from 0 to `top`.

    `reference` draws a thin upright line (the base rate, or a lift of one). `title` is what a screen reader says.
    """
    height = _LINE * len(marks)
    parts = [
        Markup('<svg class="bar" role="img" width="100%" height="{0}"><title>{1}</title>').format(height, title),
        Markup('<line class="axis" x1="0" x2="100%" y1="{0}" y2="{0}"/>').format(height - 0.5),
    ]
    if reference is not None and reference <= top:
        parts.append(
            Markup('<line class="base" x1="{0}" x2="{0}" y1="0" y2="{1}"/>').format(_at(reference, top), height)
        )
    for number, mark in enumerate(marks):
        y = _LINE * number + _LINE // 2
        kind = escape(mark.shape)
        if mark.low is not None and mark.high is not None:
            ends = _at(mark.low, top), _at(mark.high, top)
            parts.append(Markup('<line class="{0} span" x1="{1}" x2="{2}" y1="{3}" y2="{3}"/>').format(kind, *ends, y))
        parts.append(Markup('<circle class="{0}" cx="{1}" cy="{2}" r="3.6"/>').format(kind, _at(mark.value, top), y))
    return Markup("").join([*parts, Markup("</svg>")])


def share_bar(share: float, *, title: str) -> Markup:
    """Return a plain bar that is `share` (0 to 1) of its width long."""
    return Markup(
        '<svg class="bar" role="img" width="100%" height="9"><title>{0}</title>'
        '<rect class="track" width="100%" height="7" y="1"/><rect class="fill" width="{1}" height="7" y="1"/></svg>'
    ).format(title, _at(share, 1.0))


def by_score(points: Sequence[Point], *, base: float | None, measure: str, title: str, shares: bool) -> Markup:
    """Return the chart of win rate (or lift) by range of fit: points with intervals, the base as a dashed line."""
    order = list(dict.fromkeys(str(p.across) for p in points))
    across = alt.X("across:O", sort=order, title="fit", axis=alt.Axis(labelAngle=0, domain=True, ticks=False))
    layers = [_level(base)] if base is not None else []
    return drawn([*layers, *_dots(points, across, _up(points, measure, shares, base))], title)


def calibration(points: Sequence[Point], *, measure: str, title: str, shares: bool) -> Markup:
    """Return the chart of what was expected (across) against what came (up); on the diagonal the two agree."""
    top = max([p.high if p.high is not None else p.value for p in points] + [float(p.across) for p in points])
    top = bar_top([top], shares=shares)
    across = alt.X(
        "across:Q", title=f"expected {measure}", scale=alt.Scale(domain=[0, top]), axis=_axis(shares, grid=False)
    )
    up = alt.Y("value:Q", title=f"observed {measure}", scale=alt.Scale(domain=[0, top]), axis=_axis(shares))
    ends = {"values": [{"across": 0, "value": 0}, {"across": top, "value": top}]}
    agreed = alt.Chart(ends).mark_line(color=MUTED, strokeDash=[3, 3], strokeWidth=1).encode(x=across, y=up)
    return drawn([agreed, *_dots(points, across, up)], title)


def rivals(points: Sequence[Point], *, title: str, measure: str, chance: float, colours: dict[str, str]) -> Markup:
    """Return the chart of two rankings on each day: `series` side by side, with intervals; chance as a dashed line.

    A line break in `Point.across` breaks the label under the axis.
    """
    order = list(dict.fromkeys(str(p.across) for p in points))
    broken = alt.Axis(labelAngle=0, ticks=False, labelExpr="split(datum.label, '\\n')")
    across = alt.X("across:O", sort=order, title=None, axis=broken)
    low = min([p.low if p.low is not None else p.value for p in points] + [chance])
    high = max([p.high if p.high is not None else p.value for p in points] + [chance])
    room = max(0.01, 0.08 * (high - low))
    scale = alt.Scale(domain=[low - room, high + room], nice=False, zero=False)
    up = alt.Y("value:Q", title=measure, scale=scale, axis=alt.Axis(tickCount=5))
    beside = alt.XOffset("series:N", sort=list(colours))
    colour = alt.Color(
        "series:N",
        scale=alt.Scale(domain=list(colours), range=list(colours.values())),
        legend=alt.Legend(orient="top", title=None, symbolType="circle", labelLimit=300),
    )
    return drawn([_level(chance), *_dots(points, across, up, beside, colour)], title)


def timeline_chart(spans: Sequence[tuple[str, int, float]], *, title: str, measure: str) -> Markup:
    """Return the chart of how many deals had an event so many days before: seen (dot) beside expected (ring)."""
    order = [label for label, _, _ in spans]
    values = [{"days": label, "seen": seen, "expected": expected} for label, seen, expected in spans]
    across = alt.X("days:O", sort=order, title="days before", axis=alt.Axis(labelAngle=-40, ticks=False))
    chart = alt.Chart({"values": values})
    scale = alt.Scale(domain=[0, max(max(seen, expected) for _, seen, expected in spans) * 1.08 or 1])
    between = chart.mark_rule(color=RULE, strokeWidth=2).encode(
        across, alt.Y("seen:Q", title=measure, scale=scale), alt.Y2("expected:Q")
    )
    ring = chart.mark_point(color=MUTED, filled=False, size=50, strokeWidth=1.6).encode(
        across, alt.Y("expected:Q", title=measure, scale=scale)
    )
    dot = chart.mark_point(color=ACCENT, filled=True, size=60, opacity=1).encode(
        across, alt.Y("seen:Q", title=measure, scale=scale)
    )
    return drawn([between, ring, dot], title)


def retention_chart(
    points: Sequence[tuple[int, float, float, float, str]], names: Sequence[str], *, title: str
) -> Markup:
    """Return the chart of the share kept by days, a line with its band for each of `names` (at most two)."""
    values = [{"days": d, "kept": k, "low": lo, "high": hi, "of": of} for d, k, lo, hi, of in points]
    colours = (ACCENT,) if len(names) == 1 else (AGAINST, ACCENT)
    legend = None if len(names) == 1 else alt.Legend(orient="top", title=None, symbolType="stroke", labelLimit=260)
    colour = alt.Color("of:N", sort=list(names), scale=alt.Scale(domain=list(names), range=colours), legend=legend)
    across = alt.X("days:Q", title="days as a customer", axis=alt.Axis(tickCount=5, grid=False))
    scale = alt.Scale(domain=[0, 1])
    chart = alt.Chart({"values": values})
    band = chart.mark_area(opacity=0.16).encode(
        across, alt.Y("low:Q", title="kept", scale=scale, axis=_axis(True)), alt.Y2("high:Q"), colour
    )
    line = chart.mark_line(strokeWidth=2).encode(
        across, alt.Y("kept:Q", title="kept", scale=scale, axis=_axis(True)), colour
    )
    return drawn([band, line], title)


def _at(value: float, top: float) -> str:
    return f"{100 * min(max(value / top, 0.0), 1.0):.2f}%"


def _level(value: float) -> alt.Chart:
    """Return a dashed line across the whole chart."""
    rule = alt.Chart({"values": [{"level": value}]}).mark_rule(color=MUTED, strokeDash=[3, 3], strokeWidth=1)
    level: alt.Chart = rule.encode(y=alt.Y("level:Q"))
    return level


def _axis(shares: bool, *, grid: bool = True) -> alt.Axis:
    return alt.Axis(format=".0%" if shares else ".1f", tickCount=5, grid=grid)


def _up(points: Sequence[Point], measure: str, shares: bool, base: float | None) -> alt.Y:
    top = bar_top([p.high if p.high is not None else p.value for p in points] + [base or 0.0], shares=shares)
    return alt.Y("value:Q", title=measure, scale=alt.Scale(domain=[0, top]), axis=_axis(shares))


def _dots(points: Sequence[Point], x: Any, y: Any, *more: Any) -> list[alt.Chart]:  # noqa: ANN401  altair's channels
    """Return two layers: the intervals as lines, the values as dots."""
    values = [
        {"across": p.across, "value": p.value, "low": p.low, "high": p.high, "series": p.series, "n": p.n}
        for p in points
    ]
    chart = alt.Chart({"values": values})
    spans = chart.transform_filter("isValid(datum.low) && isValid(datum.high)")
    lines = spans.mark_rule(color=ACCENT, strokeWidth=2, strokeCap="round").encode(
        x, alt.Y("low:Q", title=y.to_dict().get("title"), scale=y["scale"], axis=y["axis"]), alt.Y2("high:Q"), *more
    )
    dots = chart.mark_point(color=ACCENT, filled=True, size=60, opacity=1).encode(x, y, *more)
    return [lines, dots]


def drawn(layers: Sequence[alt.Chart], title: str, *, width: int = _WIDTH, height: int = _HEIGHT) -> Markup:
    """Return the layers as one SVG that scales with its column and is read out as `title`."""
    chart = (
        alt.layer(*layers)
        .properties(width=width, height=height, background="transparent", padding=4)
        .properties(autosize=alt.AutoSizeParams(type="fit", contains="padding"))
        .configure(font="Helvetica Neue, Arial, Liberation Sans, sans-serif")
        .configure_view(stroke="transparent")
        .configure_axis(
            labelColor=MUTED,
            titleColor=MUTED,
            titleFontWeight="normal",
            labelFontSize=12,
            titleFontSize=12,
            titlePadding=8,
            gridColor=RULE,
            domain=False,
            domainColor=RULE,
            tickColor=RULE,
            labelPadding=6,
        )
        .configure_legend(labelColor=MUTED, labelFontSize=12, symbolSize=60)
    )
    drawn: str = vl_convert.vegalite_to_svg(chart.to_dict())
    start, rest = drawn.split(">", 1)
    start = start.replace('role="graphics-document"', "")
    named = Markup(' role="img" aria-label="{0}"><title>{0}</title>').format(title)
    return Markup(start) + named + Markup(rest)  # noqa: S704  Vega escapes every text it writes; tests feed it markup
