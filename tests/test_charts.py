"""Charts are SVG that stands alone: parsed as XML here, so that an unescaped value would break them."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from idealfit.report.charts import (
    ACCENT,
    MUTED,
    Mark,
    Point,
    bar_top,
    by_score,
    calibration,
    interval_bar,
    rivals,
    share_bar,
)

HOSTILE = '</title><script>alert(1)</script>" onload="alert(2)'
SVG = "{http://www.w3.org/2000/svg}"
POINTS = (Point("0–19", 0.1, 0.05, 0.2, n=50), Point("80–100", 0.4, 0.3, 0.5, n=40))


def parsed(markup: str) -> ElementTree.Element:
    text = str(markup)
    if "xmlns=" not in text.partition(">")[0]:
        text = text.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ', 1)
    return ElementTree.fromstring(text)  # noqa: S314  our own markup is what is being checked


def words(tree: ElementTree.Element) -> list[str]:
    return [node.text or "" for node in tree.iter(f"{SVG}text")]


def test_an_interval_bar_stands_where_its_values_are():
    tree = parsed(
        interval_bar([Mark(0.3, 0.2, 0.4), Mark(0.1, 0.05, 0.2, "without")], top=0.5, reference=0.25, title="x")
    )
    with_it, without = tree.findall(f"{SVG}circle")
    assert with_it.attrib["cx"] == "60.00%"
    assert without.attrib["cx"] == "20.00%"
    spans = [line for line in tree.iter(f"{SVG}line") if "span" in line.attrib["class"]]
    assert [(s.attrib["x1"], s.attrib["x2"]) for s in spans] == [("40.00%", "80.00%"), ("10.00%", "40.00%")]
    base = next(line for line in tree.iter(f"{SVG}line") if line.attrib["class"] == "base")
    assert base.attrib["x1"] == "50.00%"


def test_values_beyond_the_scale_stay_on_it():
    tree = parsed(interval_bar([Mark(2.0, -1.0, 3.0)], top=1.0, reference=4.0, title="x"))
    assert tree.find(f"{SVG}circle").attrib["cx"] == "100.00%"
    assert not [line for line in tree.iter(f"{SVG}line") if line.attrib["class"] == "base"]


def test_a_value_without_an_interval_has_no_line():
    tree = parsed(interval_bar([Mark(0.3, None, None)], top=0.5, reference=None, title="x"))
    assert not [line for line in tree.iter(f"{SVG}line") if "span" in line.attrib["class"]]


@pytest.mark.parametrize(
    "chart",
    [
        interval_bar([Mark(0.3, 0.2, 0.4)], top=0.5, reference=None, title=HOSTILE),
        share_bar(0.4, title=HOSTILE),
        by_score((Point(HOSTILE, 0.1, 0.0, 0.2),), base=0.1, measure=HOSTILE, title=HOSTILE, shares=True),
        calibration((Point(0.1, 0.1, 0.0, 0.2),), measure=HOSTILE, title=HOSTILE, shares=True),
        rivals(
            (Point(HOSTILE, 0.6, 0.5, 0.7, HOSTILE),),
            title=HOSTILE,
            measure="AUC",
            chance=0.5,
            colours={HOSTILE: ACCENT},
        ),
    ],
    ids=["interval bar", "share bar", "by score", "calibration", "rivals"],
)
def test_markup_in_a_value_stays_text(chart):
    tree = parsed(chart)
    assert not list(tree.iter(f"{SVG}script"))
    assert not [node for node in tree.iter() if any(name.startswith("on") for name in node.attrib)]
    assert tree.find(f"{SVG}title").text == HOSTILE
    assert tree.attrib["role"] == "img"


def test_a_chart_is_read_out_scales_and_asks_nothing_of_the_network():
    chart = str(by_score(POINTS, base=0.2, measure="win rate", title="win rate by fit", shares=True))
    tree = parsed(chart)
    assert tree.attrib["aria-label"] == tree.find(f"{SVG}title").text == "win rate by fit"
    assert tree.attrib["viewBox"]
    assert {"0–19", "80–100", "win rate", "fit"} <= set(words(tree))
    assert not re.findall(r"(?:href|src|url)\s*[=(]", chart)
    assert "<style" not in chart


def test_shares_are_in_per_cent_and_lifts_are_not():
    assert "20%" in words(parsed(by_score(POINTS, base=0.2, measure="win rate", title="t", shares=True)))
    lifted = words(parsed(by_score(POINTS, base=1.0, measure="lift", title="t", shares=False)))
    assert "1.0" in lifted
    assert not [w for w in lifted if "%" in w]


def test_days_are_broken_over_two_lines_and_each_rival_has_its_colour():
    points = [Point("3 Nov\n2010", 0.6, 0.55, 0.65, s) for s in ("one", "other")]
    chart = rivals(points, title="t", measure="AUC", chance=0.5, colours={"one": ACCENT, "other": MUTED})
    said = [t for node in parsed(chart).iter(f"{SVG}text") for t in node.itertext()]
    assert {"3 Nov", "2010", "one", "other"} <= set(said)
    dots = re.findall(r'aria-roledescription="point"[^>]*fill="(#\w+)"', str(chart))
    assert dots == [ACCENT, MUTED]


def test_points_without_an_interval_are_drawn_without_one():
    chart = str(by_score((Point("a", 0.1, None, None),), base=None, measure="m", title="t", shares=True))
    assert 'aria-roledescription="point"' in chart
    assert 'role="graphics-symbol" aria-roledescription="rule mark"' not in chart


def test_the_style_sheet_names_every_colour_that_charts_use():
    from idealfit.report import charts, page

    style = page._text("page.css")
    drawn = str(calibration((Point(0.1, 0.1, 0.0, 0.2),), measure="m", title="t", shares=True))
    drawn += str(by_score(POINTS, base=0.2, measure="m", title="t", shares=True))
    used = set(re.findall(r'(?:fill|stroke)="(#[0-9a-f]{6})"', drawn))
    assert used
    assert used <= {charts.INK, charts.MUTED, charts.RULE, charts.ACCENT, charts.AGAINST}
    for name, colour in re.findall(r'\[(fill|stroke)="(#\w+)"\]', style):
        assert colour in {charts.INK, charts.MUTED, charts.RULE, charts.ACCENT, charts.AGAINST}, name
    for colour in used:
        assert f'="{colour}"]' in style


@pytest.mark.parametrize(
    ("values", "shares", "top"),
    [
        ([0.3], True, 0.3),
        ([0.31], True, 0.4),
        ([0.99], True, 1.0),
        ([], True, 0.1),
        ([2.2], False, 2.5),
        ([0.1], False, 0.5),
    ],
)
def test_scales_end_at_round_numbers(values, shares, top):
    assert bar_top(values, shares=shares) == top
