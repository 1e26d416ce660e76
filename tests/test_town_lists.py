"""Places told by town without a postcode, and what keeps a no from being said."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from time import sleep

import pytest

from idealfit import pipeline
from idealfit.watch import towns
from idealfit.watch.locations import distinct, told
from idealfit.watch.page_text import read_page
from idealfit.watch.town_lists import lists_in, place_in, places_in_list, towns_enumerated
from idealfit.watch.unread_places import unread_places

FILLER = "<p>" + "We have made what we make for a long time, and look after those who bought it. " * 4 + "</p>"


def counted(markup):
    return distinct([told(read_page(f"<body>{markup}"))]).counted


@pytest.mark.parametrize(
    ("markup", "count"),
    [
        ("<h1>Här finns vi</h1><nav><a>Kiruna</a><a>Umeå</a><a>Falun</a></nav>", 3),
        ("<h2>PUNTI VENDITA</h2><p>TORINO - Via Nizza 14<br>TORINO - Corso Alto 8<br>ASTI - Corso Alfieri 3</p>", 3),
        ("<h2>Pesupaikat</h2><ul><li>Espoo, Mallitie 4</li><li>Lahti, Hollolanpolku 22</li></ul>", 2),
        ("<h2>Our salons</h2><select><option>Choose a salon<option>Hair Leeds<option>Hair York</select>", 2),
        ("<p>Nous sommes 24 et avons trois agences : Lyon, Grenoble et Annecy.</p>", 3),
        ("<p>Our four Irish offices (Cork, Galway, Limerick and Sligo) are open.</p>", 4),
        ("<h2>Towns we deliver to</h2><ul><li>Leeds</li><li>York</li><li>Hull</li></ul>", 0),
        ("<h2>Our customers</h2><ul><li>Leeds</li><li>York</li><li>Hull</li></ul>", 0),
        ("<p>Our shops deliver to Leeds, York and Hull.</p>", 0),
        ("<h2>Stores by county</h2><ul><li>Kent (12)</li><li>Durham (4)</li><li>York (9)</li></ul>", 0),
    ],
)
def test_towns_without_postcodes_are_counted_where_they_are_ones_own(markup, count):
    assert counted(markup) == count


def test_a_no_is_said_only_where_all_that_may_be_a_place_was_read(tmp_path):
    page = tmp_path / "locations.html"
    whole = f"<title>Locations</title><body>{FILLER}<h2>Our shops</h2><ul><li>7 Mill Road, Hull HU1 1TL</li>"
    page.write_text(whole)
    ask = lambda: pipeline.verify("lists more than 1 location", tmp_path, as_of=date(2026, 3, 1))  # noqa: E731
    assert ask().answer == "no"
    page.write_text(f"{whole}<li>By the old quay</li></ul>")
    found = ask()
    assert (found.answer, found.count) == ("unknown", 1)
    assert "By the old quay" in found.reason
    page.write_text(f"{whole}<li>9 Hall Lane, Leeds LS1 1AA</li><li>By the old quay</li></ul>")
    ask = lambda: pipeline.verify("lists more than 2 locations", tmp_path, as_of=date(2026, 3, 1))  # noqa: E731
    assert ask().answer == "unknown"
    page.write_text(
        f"{whole}<li>9 Hall Lane, Leeds LS1 1AA</li></ul><p>The Old Creamery<br>4 Quay Road<br>York YO1 7EP"
    )
    ask = lambda: pipeline.verify("lists more than 3 locations", tmp_path, as_of=date(2026, 3, 1))  # noqa: E731
    assert ask().answer == "no", "what stands over an address is its name"


def test_a_town_with_a_number_beside_it_may_be_a_place():
    assert unread_places(["Agence : 33000 Bordeaux"], (), ()) == ("33000 Bordeaux",)
    assert unread_places(["Agence : 33000 Bordeaux"], (), ["33000 Bordeaux"], ["33000"]) == ()


def test_without_the_names_of_towns_all_is_as_before(monkeypatch):
    towns._read.cache_clear()
    monkeypatch.setattr(towns.resources, "files", lambda _: (_ for _ in ()).throw(ModuleNotFoundError()))
    try:
        assert not towns.is_town("Leeds")
        assert counted("<h1>Här finns vi</h1><nav><a>Kiruna</a><a>Umeå</a><a>Falun</a></nav>") == 0
        assert counted("<p>With offices in Oslo, Bergen and Malmö we are near.</p>") == 3
        assert unread_places(["Agence : 33000 Bordeaux"], (), ()) == ()
    finally:
        towns._read.cache_clear()


def test_parts():
    assert place_in("Nice Port") == ("Nice Port", "")
    assert places_in_list(("Leeds", "Mail")) == []
    assert list(towns_enumerated(["Stockists with shops in Leeds, York and Hull."])) == []
    page = read_page("<h2>News</h2><ul><li>Leeds<li>York</ul>")
    assert page.lists == ()
    assert lists_in.__doc__


def test_what_may_be_places_in_a_table_of_towns_and_states_keeps_a_no_from_being_said(tmp_path):
    cells = "".join(f"<td>{name}</td>" for name in ("Albany, New York", "Dover, Delaware", "Reno, Nevada"))
    markup = f"<p>8 Elm Road, Carmel, IN 46032</p><table><tr><td><b>Depots</b></td></tr><tr>{cells}</tr></table>"
    (tmp_path / "contact.html").write_text(f"<title>Contact</title><body>{FILLER}{markup}")
    found = pipeline.verify("lists more than 1 location", tmp_path, as_of=date(2026, 3, 1))
    assert (found.answer, found.count) == ("unknown", 1)


def test_house_numbers_years_and_what_fields_are_called_are_no_unread_places():
    lines = [
        "46 Town Hall",
        "4605 Camden Street, Dover, DE 19901",
        "August 2013",
        "© 2014 Dover Lamps",
        "5701 RJ Utrecht",
    ]
    lists = [("Find a school", ("School name:", "School city:"))]
    assert unread_places(lines, lists, ["4605 Camden Street, Dover, DE 19901"], ["19901", "5701 RJ"]) == ()
    assert unread_places(["97300 Bordeaux"], (), ["4 place, 97300 Bordeaux, 5 quai 33500"], ["33500"]) == (
        "97300 Bordeaux",
    )


def test_of_several_threads_that_ask_for_the_towns_one_reads_them(monkeypatch):
    read = []
    towns._read.cache_clear()
    monkeypatch.setattr(towns.json, "load", lambda *_args, **_rest: (read.append(1), sleep(0.05)))
    with ThreadPoolExecutor(4) as threads:
        assert len({id(found) for found in threads.map(lambda _: towns.known_towns(), range(8))}) == 1
    towns._read.cache_clear()
    assert len(read) <= 1  # none, where the package is not installed


def test_no_is_said_of_a_town_and_not_of_a_country(tmp_path):
    address = "<h1>Contact</h1><p>12 King Street, Toronto, ON M5V 1A1</p>"
    (tmp_path / "contact.html").write_text(f"<title>Contact</title><body>{FILLER}{address}", encoding="utf-8")

    def asked(place):
        return pipeline.verify(f"has an office in {place}", tmp_path, as_of=date(2026, 3, 1)).answer

    assert asked("Toronto") == "yes"
    assert asked("Canada") == "unknown", "an address seldom says its country"
    assert asked("Leeds") == ("no" if towns.known_towns() else "unknown")
