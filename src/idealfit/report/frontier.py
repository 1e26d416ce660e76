"""The picture of a market: from few companies that win often to all of them, and what each line would change."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import altair as alt

from idealfit.report.charts import ACCENT, AGAINST, INK, MUTED, drawn

if TYPE_CHECKING:
    from markupsafe import Markup

    from idealfit.score.overview import Market

MOST_POINTS = 60
"""So many cuts are drawn; between them the line is straight anyway."""

WAIVED, REQUIRED = "one line waived", "one line required"

WIDTH, HEIGHT = 430, 310


def frontier_chart(market: Market) -> Markup | None:
    """Return the chart of companies (across) against win rate (up), or None where the profile knows no win rates.

    The line is every cut of the fit with its interval, the points on it the tiers; rings are the present reach with one
    line waived or required; the upright line is the team's capacity.
    """
    cuts = [cut for cut in market.frontier if cut.size.win_rate is not None and cut.size.companies]
    if len(cuts) < 2:
        return None
    line = [_point(cut.size, f"fit {cut.at_least} and more") for cut in _thinned(cuts)]
    last_of_tier = {cut.tier: cut for cut in cuts if cut.tier}
    tiers = [{**_point(cut.size, ""), "label": tier} for tier, cut in last_of_tier.items()]
    tries = [
        {**_point(size, price.line), "kind": kind}
        for price in market.prices
        for kind, size in ((WAIVED, price.waived), (REQUIRED, price.required))
        if size is not None and size.companies and size.win_rate is not None
    ]
    rate = "lift" if market.lifts else "expected win rate"
    highest = max(p["high"] or p["rate"] for p in line)
    axis = alt.Axis(format=".1f" if market.lifts else ".0%", tickCount=5)
    scale = alt.Scale(domain=[0, highest], nice=True)
    up, low = (alt.Y(f"{end}:Q", title=rate, scale=scale, axis=axis) for end in ("rate", "low"))
    across = alt.X(
        "companies:Q",
        title="companies, from the best fit down",
        scale=alt.Scale(zero=True, nice=True),
        axis=alt.Axis(format=",d", tickCount=6, grid=False),
    )
    data, ends = alt.Chart({"values": line}), alt.Chart({"values": tiers})
    layers: list[alt.Chart] = [
        data.mark_area(color=ACCENT, opacity=0.14).encode(across, low, alt.Y2("high:Q")),
        data.mark_line(color=ACCENT, strokeWidth=2).encode(across, up),
    ]
    if tries:
        colour = alt.Color(
            "kind:N",
            scale=alt.Scale(domain=[WAIVED, REQUIRED], range=[AGAINST, MUTED]),
            legend=alt.Legend(orient="top", title=None, symbolType="circle", labelLimit=300),
        )
        rings = alt.Chart({"values": tries}).mark_point(size=42, strokeWidth=1.6, filled=False)
        layers.append(rings.encode(across, up, colour))
    letters = ends.mark_text(color=INK, align="left", dx=9, dy=-9, fontSize=13, fontWeight="bold")
    layers += [
        ends.mark_point(color=ACCENT, filled=True, size=80, opacity=1).encode(across, up),
        letters.encode(across, up, text="label:N"),
    ]
    if market.advice is not None:
        capacity = market.advice.capacity
        rule = alt.Chart({"values": [{"companies": capacity, "label": f"capacity {capacity:,}"}]})
        layers += [
            rule.mark_rule(color=INK, strokeDash=[4, 3]).encode(across),
            rule.mark_text(color=INK, align="left", dx=5, fontSize=12).encode(across, text="label:N", y=alt.value(10)),
        ]
    words = "Companies against expected win rate for every cut of the fit, with the tiers marked"
    return drawn(layers, words, width=WIDTH, height=HEIGHT)


def _point(size: Any, label: str) -> dict[str, Any]:  # noqa: ANN401  a Size
    rate = size.win_rate
    return {"companies": size.companies, "rate": rate.value, "low": rate.low, "high": rate.high, "label": label}


def _thinned(cuts: list[Any]) -> list[Any]:
    """Return the cuts, or of many every so many and the last."""
    step = max(len(cuts) // MOST_POINTS, 1)
    return [*cuts[:-1:step], cuts[-1]]
