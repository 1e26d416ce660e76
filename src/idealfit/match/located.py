"""Whether a company is where a text asks for, told by a cell that holds places as people write them.

"San Francisco, CA, USA; Remote" names two places, each from narrow to wide. Names are compared whole ("New Mexico" is
not Mexico), and a cell says no only where it names another place of the same kind: "Leeds" alone tells no country, and
"CA" at the end may be California or Canada.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeAlias

from idealfit.match.company_names import plain_words
from idealfit.match.places import CITY_OF, COUNTRIES_OF, COUNTRY_OF, NOWHERE, OF_BRITAIN, STATES
from idealfit.profile.vocabulary import vocabulary

if TYPE_CHECKING:
    from collections.abc import Callable

Codes: TypeAlias = frozenset[str]

_PLACES_APART = re.compile(r"[;|\x1f\n]")
_EITHER = re.compile(r"\s*/\s*")


@lru_cache(maxsize=200_000)
def is_at(cell: str, attribute: str, names: tuple[str, ...], *, own: bool = False) -> bool | None:
    """Return whether a cell names one of some places (countries, regions, states, cities); None where it does not tell.

    `own` says that the column holds such places and nothing else, so that in one of countries "CA" is Canada.

    >>> [is_at("San Francisco, CA, USA; Remote", "country", (name,)) for name in ("United States", "Mexico")]
    [True, False]
    >>> is_at("Santa Fe, New Mexico", "country", ("Mexico",)), is_at("Leeds", "country", ("Mexico",))
    (False, None)
    >>> is_at("Toronto, Ontario, Canada", "city", ("Toronto",)), is_at("Lyon, France", "region", ("Europe",))
    (True, True)
    """
    tell = _TELL[attribute]
    places = [[" ".join(plain_words(part)) for part in place.split(",")] for place in _PLACES_APART.split(cell)
              if not _names_several_countries(place)]  # fmt: skip
    parts = [[part for part in place if part and part not in NOWHERE] for place in places]
    wanted = frozenset(" ".join(plain_words(name)) for name in names)
    answers = [tell(place, wanted, own) for place in parts if place]
    if True in answers:
        return True
    return False if False in answers else None  # a company is elsewhere, whatever else could not be read


def _names_several_countries(place: str) -> bool:
    """Return whether a place is a part of the world as some lists call it: "America / Canada" tells neither of both."""
    each = [" ".join(plain_words(one)) for one in _EITHER.split(place)]
    return len(each) > 1 and all(one in COUNTRY_OF for one in each)


def _in_country(place: list[str], wanted: Codes, own: bool) -> bool | None:
    where = _countries(place, own=own)
    nations = wanted & OF_BRITAIN
    if nations and where == {"gb"}:
        named = OF_BRITAIN.intersection(place)
        return bool(named & nations) if named else None
    return _among(where, frozenset(COUNTRY_OF.get(name, name) for name in wanted))


def _in_region(place: list[str], wanted: Codes, own: bool) -> bool | None:
    if any(f" {name} " in f" {part} " for part in place for name in wanted):
        return True
    where = _countries(place)
    if not wanted <= set(COUNTRIES_OF) or not where:
        return False if own else None
    inside = frozenset().union(*(COUNTRIES_OF[name][0] for name in wanted))
    perhaps = frozenset().union(*(COUNTRIES_OF[name][1] for name in wanted))
    return None if where & (perhaps - inside) else _among(where, inside)


def _in_state(place: list[str], wanted: Codes, own: bool) -> bool | None:
    if own:
        return place[0] in wanted
    where = _countries(place)
    states = {name: code for name, code in _states().items() if name in place[-2:] or code in place[-2:]}
    if where and "us" not in where:
        return False
    if not states or where != {"us"}:
        return None
    return any(name in wanted or code in wanted for name, code in states.items())


def _in_city(place: list[str], wanted: Codes, own: bool) -> bool | None:
    cities = frozenset(CITY_OF.get(name, name) for name in wanted)
    there = [" ".join(word for word in part.split() if word.isalpha()) for part in place]  # postcodes off
    if any(CITY_OF.get(part, part) in cities for part in there[: max(1, len(there) - 1)]):
        return True
    if any(f" {name} " in f" {part} " for part in there for name in wanted | cities):
        return None  # "Greater London": perhaps
    if own:
        return False
    first = there[0]
    known = first in vocabulary().cities.meaning or first in CITY_OF
    return False if known or (len(there) > 1 and first not in _states()) else None


_TELL: dict[str, Callable[[list[str], Codes, bool], bool | None]] = {
    "country": _in_country, "region": _in_region, "state": _in_state, "city": _in_city,
}  # fmt: skip


def _among(where: Codes, wanted: Codes) -> bool | None:
    """Return whether one of the countries that may be meant is wanted: yes for all of them, no for none."""
    if not where or (where & wanted and not where <= wanted):
        return None
    return where <= wanted


def _countries(place: list[str], *, own: bool = False) -> Codes:
    """Return the countries that a place may be in, by its last part; none where it tells nothing."""
    last = place[-1]
    if own:
        return frozenset((COUNTRY_OF.get(last, last),))
    if last in STATES:  # "CA", "DE", "IN" and others are countries, too
        country = COUNTRY_OF.get(last, "us")
        return frozenset((country,) if len(place) > 2 else ("us", country))
    words = last.split()
    for start in range(len(words)):  # "Toronto ON M5V 2T6 Canada", and New Mexico before Mexico
        ending = " ".join(words[start:])
        if start and (len(ending) <= 2 or ending == "america"):  # of Latin America nobody says which country
            break
        meant = [*(["us"] if ending in _states() else []), *([COUNTRY_OF[ending]] if ending in COUNTRY_OF else [])]
        if meant:
            return frozenset(meant)
    return frozenset()


@cache
def _states() -> dict[str, str]:
    """Return the code of every state of the United States by its name, in plain words."""
    known = {" ".join(plain_words(names[0])): names[-1].lower() for names in vocabulary().states.meaning.values()}
    return {**known, "georgia": "ga", "new york": "ny", "washington": "wa"}
