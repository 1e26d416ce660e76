"""A cell of places answers where a company is: whole names, three answers, and no guess."""

from __future__ import annotations

import pytest

from idealfit.match.located import is_at

US, CANADA, GERMANY = ("United States", "US", "USA"), ("Canada", "CA"), ("Germany", "DE")


@pytest.mark.parametrize(
    ("cell", "attribute", "names", "answer"),
    [
        ("San Francisco, CA, USA; Remote", "country", US, True),
        ("San Francisco, CA, USA; Remote", "country", CANADA, False),
        ("Toronto ON M5V 2T6 Canada", "country", CANADA, True),
        ("Wien, Österreich; München, Deutschland", "country", GERMANY, True),
        ("Santa Fe, New Mexico", "country", ("Mexico", "MX"), False),
        ("Austin, TX", "country", US, True),
        ("Mexico; Latin America", "country", US, False),
        ("United States of America; America / Canada", "country", CANADA, False),
        ("Portland, ME, USA", "state", ("Maine", "ME"), True),
        ("New York, NY, USA", "state", ("California", "CA"), False),
        ("Lima, Peru", "state", ("California", "CA"), False),
        ("10115 Berlin, Germany", "city", ("Berlin",), True),
        ("München, Germany", "city", ("Munich",), True),
        ("Lyon, France", "city", ("Paris",), False),
        ("Lyon, France", "region", ("Europe",), True),
        ("Lima, Peru", "region", ("Europe",), False),
        ("EMEA", "region", ("EMEA",), True),
        ("Cardiff, Wales, UK", "country", ("Scotland",), False),
    ],
)
def test_a_place_that_is_named_is_an_answer(cell, attribute, names, answer):
    assert is_at(cell, attribute, names) is answer


@pytest.mark.parametrize(
    ("cell", "attribute", "names"),
    [
        ("San Jose, CA", "country", CANADA),  # a state or a country
        ("Leeds", "country", GERMANY),
        ("Remote", "country", US),
        ("", "country", US),
        ("Germany", "city", ("Berlin",)),
        ("London, UK", "country", ("Scotland",)),
        ("Istanbul, Turkey", "region", ("Europe",)),  # depends on who speaks
        ("San Francisco, CA, USA", "region", ("Bay Area",)),
        ("USA", "state", ("California", "CA")),
        ("Latin America", "country", US),  # ends in a name of another country
        ("Unspecified", "region", ("Europe",)),
        ("Greater London, UK", "city", ("London",)),
    ],
)
def test_what_a_cell_does_not_tell_is_unknown(cell, attribute, names):
    assert is_at(cell, attribute, names) is None


def test_a_column_of_one_kind_of_place_alone_is_read_as_that():
    assert is_at("CA", "country", CANADA, own=True) is True
    assert is_at("CA", "country", US, own=True) is False
    assert is_at("CA", "state", ("California", "CA"), own=True) is True
    assert is_at("Ruritania", "country", US, own=True) is False
    assert is_at("APAC", "region", ("EMEA",), own=True) is False
    assert is_at("USA; America / Canada", "region", ("Deep South",), own=True) is False
    assert is_at("USA; America / Canada", "region", ("Deep South",)) is None
