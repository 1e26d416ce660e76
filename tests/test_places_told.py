"""How many places pages tell of, in many forms, as `verify` answers it; and whose they are."""

from __future__ import annotations

from datetime import date

import pytest
from selectolax.lexbor import LexborHTMLParser

from idealfit import pipeline
from idealfit.watch.locations import locations
from idealfit.watch.marked_places import map_points
from idealfit.watch.page_text import read_page
from place_forms import FORMS
from place_sketches import AFTERWARDS, CLOSED, DEV, OPEN, looked_into

TODAY = date(2026, 3, 1)
FILLER = "<p>" + "We have made what we make for a long time, and look after those who bought it. " * 4 + "</p>"
OTHERWISE: dict[str, int] = {}  # where the program counts otherwise than a person, and why


@pytest.mark.parametrize(
    ("name", "markup", "count"),
    [*OPEN, *CLOSED, *AFTERWARDS, *filter(lambda sketch: looked_into(sketch[0]), DEV), *FORMS],
    ids=lambda held: str(held)[:40],
)
def test_places_are_counted_as_a_person_would(tmp_path, name, markup, count):
    (tmp_path / "locations.html").write_text(f"<title>Locations</title><body>{FILLER}{markup}", encoding="utf-8")
    told = OTHERWISE.get(name, count)
    for more_than in (told - 1, told):
        if more_than < 0:
            continue
        found = pipeline.verify(f"lists more than {more_than} locations", tmp_path, as_of=TODAY)
        assert found.count == told, found
        assert (found.answer == "yes") == (told > more_than), found
        assert not (found.answer == "no" and count > more_than), "nothing that is there is denied"


def test_resellers_are_not_counted_but_keep_a_no_from_being_said(tmp_path):
    markup = "<h1>Contact</h1><p>7 Mill Road, Hull HU1 1TL</p><h2>Dealers</h2><p>2 Bridge St, Hereford HR4 9DG</p>"
    (tmp_path / "contact.html").write_text(f"<title>Contact</title>{FILLER}{markup}")
    found = pipeline.verify("lists more than 1 location", tmp_path, as_of=TODAY)
    assert (found.answer, found.count, found.at_most) == ("unknown", 1, 2)
    assert "where others" in found.reason
    assert pipeline.verify("lists more than 2 locations", tmp_path, as_of=TODAY).answer == "no"


def test_a_footer_belongs_to_the_company_whatever_stood_before():
    markup = (
        "<h1>Projects</h1><p>School, 10 Hill Road, Otley LS21 1AA</p><div id=footer>6 Wharf Street, Leeds LS2 7EQ</div>"
    )
    found = locations(read_page(markup))
    assert [place.postcode for place in found.places] == ["LS2 7EQ"]
    assert [place.postcode for place in found.others] == ["LS21 1AA"]


def test_an_index_of_countries_is_no_list_of_places_and_menus_are_none():
    for items in (
        ("Germany", "France", "Japan"),
        ("Home", "About us", "Contact"),
        ("Opening hours", "Monday", "Sunday"),
    ):
        listed = "".join(f"<li>{item}</li>" for item in items)
        assert locations(read_page(f"<h2>Locations</h2><ul>{listed}</ul>")).count == 0


@pytest.mark.parametrize(
    ("nodes", "count"),
    [
        ('<i data-lat="1.5" data-lng="2"></i><i data-lat="1.5001" data-lng="2"></i>', 1),  # within a hundred metres
        ('<i data-lat="1.5" data-lng="2"></i>', 0),  # the middle of a map
        ('<i data-lat="x" data-lng="2"></i><i data-lat="95" data-lng="2"></i><i data-lat="0" data-lng="0"></i>', 0),
        ('<i data-latitude="-1" data-longitude="2"></i><i data-latitude="3" data-longitude="2"></i>', 2),
    ],
)
def test_points_of_a_map(nodes, count):
    assert len(dict(map_points(LexborHTMLParser(nodes)))) == count


def test_links_are_joined_as_the_standard_says():
    plain = (
        "/a",
        "/a.html?b=c",
        "/a/../b",
        "/./x",
        "//o.example/x",
        "/?",
        "/a?",
        "/x.",
        "/x;",
        "b",
        "?q",
        "https://o.example/",
        "/a b",
    )
    found = read_page("".join(f'<a href="{href}">{href}</a>' for href in plain), "https://a.example/x/y?z").links
    assert [link.url for link in found] == [
        "https://a.example/a", "https://a.example/a.html?b=c", "https://a.example/b", "https://a.example/x", "https://o.example/x",
        "https://a.example/", "https://a.example/a", "https://a.example/x.", "https://a.example/x", "https://a.example/x/b",
        "https://a.example/x/y?q", "https://o.example/", "https://a.example/a b",
    ]  # fmt: skip
    based = read_page(
        '<base href="https://b.example/deep/"><a href="c">c</a><a href="/d#e">d</a>', "https://a.example/"
    )
    assert [link.url for link in based.links] == ["https://b.example/deep/c", "https://b.example/d"]
