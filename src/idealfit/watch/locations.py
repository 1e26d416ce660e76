"""How many distinct places pages tell of: addresses, told apart, and places that are only named.

By postcode alone, addresses are counted as a mailing list would (`count`). As a person counts (`counted`), two doors of
one postcode are two places, two suites of one house are one, a post box beside a door is none, and what is named
without an address (branches by town, points on a map) is added where it is no other name of an address.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from idealfit.watch.addresses import Location, addresses_in, door_of, streets_without_postcode
from idealfit.watch.marked_places import points_in_lines
from idealfit.watch.page_text import kinds_of
from idealfit.watch.postcodes import STATE_NAMES, WIDER_THAN_TOWNS
from idealfit.watch.said_places import further_towns, towns_in_sentences
from idealfit.watch.town_lists import place_in, places_in_list, towns_enumerated
from idealfit.watch.towns import fold, is_town, known_towns
from idealfit.watch.unread_places import unread_places
from idealfit.watch.whose_places import own_lines

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from idealfit.watch.page_text import Page


@dataclass(frozen=True)
class Named:
    """A place that is named without a postcode or street, by its town or as a point on a map; and the quote."""

    key: str
    quote: str
    is_town: bool = True


@dataclass(frozen=True)
class Told:
    """What one page tells of places: addresses of the company's own, of others, in passing, and places only named.

    `unposted` are own addresses without a postcode, `streets` those that lack a town as well. `covered` are the keys of
    named places that have one of the addresses, `further` towns of one more place each that have none, `unread` words
    that may tell of a further place.
    """

    own: tuple[Location, ...] = ()
    others: tuple[Location, ...] = ()
    passing: tuple[Location, ...] = ()
    named: tuple[Named, ...] = ()
    unposted: tuple[Location, ...] = ()
    streets: tuple[str, ...] = ()
    covered: frozenset[str] = frozenset()
    further: tuple[Named, ...] = ()
    unread: tuple[str, ...] = ()


@dataclass(frozen=True)
class Locations:
    """The distinct places on pages. `places` have addresses, told apart by postcode; `doors` as a person tells them.

    `others` stand under a heading of events, resellers, projects, or are authorities', closed or planned, and may not
    be the company's; those in passing are in `places` all the same. `boxes` counts post boxes. `named` are those that
    are named without an address, `apart` those of them that are surely no other name of an address, `covered` the
    number of the rest; `further` are towns of one more place each; `alone` counts streets that may be addresses,
    `unread` are words that may tell of more places.
    """

    places: tuple[Location, ...]
    doors: tuple[Location, ...] = ()
    others: tuple[Location, ...] = ()
    named: tuple[Named, ...] = ()
    apart: tuple[Named, ...] = ()
    further: tuple[Named, ...] = ()
    covered: int = 0
    boxes: int = 0
    alone: int = 0
    unread: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many places there are by postcode, or by name where more are named."""
        return max(len(self.places), len(self.named))

    @property
    def counted(self) -> int:
        """How many places a person would count."""
        doors, named, further = len(self.doors), len(self.named), len(self.further)
        if named <= doors:  # the same places, once as a list of names
            return doors + further
        return further + (max(named, doors + len(self.apart)) if self.covered or self._elsewhere else named)

    @property
    def _elsewhere(self) -> bool:
        """Whether the addresses are plainly in towns that are not among the named ones."""
        towns = [town_of(one) for one in self.doors]
        known = all(map(is_town, towns)) if len(towns) > 1 else all(towns)
        return bool(towns) and known and all(one.is_town for one in self.named)

    @property
    def most(self) -> int:
        """How many places there may be at most, of what was read."""
        more = len(self.apart) if len(self.named) <= len(self.doors) else 0
        return max(self.counted, len(self.doors)) + len(self.others) + self.boxes + max(more, self.alone)


def locations(page: Page) -> Locations:
    """Return the distinct places that a page tells.

    >>> from idealfit.watch.page_text import read_page
    >>> page = read_page("<p>1 Main St, Dover, DE 19901</p><p>9 Hall Lane<br>Ormskirk<br>L40 5UF</p><p>DE 19901</p>")
    >>> locations(page).count, [place.postcode for place in locations(page).places]
    (2, ['19901', 'L40 5UF'])
    """
    return distinct([told(page)])


def told(page: Page) -> Told:
    """Return what a page tells of places, in order, repeats and all."""
    own, others, passing = own_lines(page)
    declared = list(_declared(page))
    found = tuple(addresses_in(own))
    unposted, streets = streets_without_postcode(own, found)
    bare = [one.line for one in found if not one.street]  # a postcode some lines below its street
    unposted = [one for one in unposted if not any(one.line < line <= one.line + _ABOVE for line in bare)]
    listed, by_street = _listed(page, own, (*found, *unposted))
    unposted += by_street
    said = (*page.towns, *towns_in_sentences(page, own))
    words = {word for name in said for word in name.casefold().split()}  # "Hair Leeds" is told already as that
    by_name = (*said, *(name for name in (*listed, *towns_enumerated(own)) if name.casefold() not in words))
    towns = tuple(Named(name.casefold(), name) for name in by_name)
    named = {one.key: one for one in towns if not _gone(one, page, own)}
    if not named:
        points = (*page.points, *points_in_lines(own))
        named = {
            where: one for where, words in points if not _gone(one := Named(where, words, is_town=False), page, own)
        }
    if not named:
        named = {
            place.town.casefold(): Named(place.town.casefold(), place.town)
            for place in declared
            if place.town and not place.postcode and not place.street and not WIDER_THAN_TOWNS.fullmatch(place.town)
        }  # fmt: skip
    addressed = [place for place in declared if place.postcode or place.street]
    every = (*found, *addressed)
    covered = frozenset(key for key in named if _has_address(key, own, (*every, *unposted)))
    if len(covered) >= len(named) / 2:  # a heading among those of the addresses is a state, or "market"
        named = {key: one for key, one in named.items() if key in covered or not one.is_town or not _no_town(one.quote)}
    of_others, in_passing = tuple(addresses_in(others)), tuple(addresses_in(passing))
    counted = (word for one in (*every, *unposted, *of_others, *in_passing)
               for word in (one.quote, one.around, one.town, one.postcode))  # fmt: skip
    codes = [one.postcode for one in (*every, *unposted, *of_others, *in_passing)]
    single = (Named(name.casefold(), name) for name in further_towns(own))
    further = tuple(
        one for one in single if one.key not in named and not _has_address(one.key, own, (*every, *unposted))
    )
    unread = unread_places(own, page.lists, (*counted, *(one.quote for one in named.values()), *covered), codes)
    return Told(
        every, of_others, in_passing, tuple(named.values()), tuple(unposted), tuple(streets), covered, further, unread,
    )  # fmt: skip


def _no_town(name: str) -> bool:
    """Return whether a name is surely none of a town: never, where no towns are known."""
    return bool(known_towns()) and not place_in(name)[0]


def _listed(page: Page, own: Sequence[str], known: Sequence[Location]) -> tuple[list[str], list[Location]]:
    """Return the towns of the lists of one's own places, and the addresses there that have no postcode."""
    towns: list[str] = []
    addresses: list[Location] = []
    for _, items in page.lists:
        for town, street, item in places_in_list(items):
            if any((one.postcode or one.street) in item for one in known):
                continue
            line = next((number for number, text in enumerate(own) if street and street in text), -1)
            if not street:
                towns.append(town)
            elif line >= 0:
                addresses.append(Location("", "", street, town, street, line, item))
    return towns, addresses


def _gone(named: Named, page: Page, own: Sequence[str]) -> bool:
    """Return whether a place that is named stands only where others' places, or closed ones, are told."""
    return named.quote in page.text and not any(named.quote in line for line in own)


def _has_address(key: str, own: Sequence[str], addresses: Iterable[Location]) -> bool:
    """Return whether one of the addresses is in the place of this name: it says so, or stands under it."""
    word = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")
    ends = sorted({one.line for one in addresses if one.line >= 0})
    for one in addresses:
        before = max((end for end in ends if end < one.line), default=-1)
        if not one.postcode:  # it has but one line, and a number above it is of another place
            before = max((at for at in range(before + 1, one.line) if re.search(r"\d", own[at])), default=before)
        above = own[max(before + 1, one.line - _ABOVE) : one.line + 1] if one.line >= 0 else ()
        if word.search(f"{one.around or one.quote} {one.town}".casefold()):
            return True
        if any(word.match(line.casefold()) for line in above if len(line) <= 80):
            return True
    return False


_ABOVE = 6
"""So many lines above the end of an address may hold its heading."""


def town_of(address: Location) -> str:
    """Return the town of an address as far as it can be told: what stands after the postcode, or right before it.

    >>> from idealfit.watch.addresses import addresses_in
    >>> [town_of(one) for one in addresses_in(("Wallstr. 17, 28195 Bremen", "9 Hall Lane, Leeds LS2 7EQ"))]
    ['Bremen', 'Leeds']
    """
    if address.town:
        return address.town
    before, _, after = address.around.partition(address.postcode or "\n")
    follows = (
        re.match(r"[\s,–-]*([^\W\d_][\w.'’ -]{2,30})", after)
        if address.country in ("EU", "NL", "SE", "PL", "PT")
        else None
    )
    if follows:
        return follows[1].strip()
    last = [part.strip() for part in re.split(r"[,|·•–]", before) if re.search(r"[^\W\d_]{3}", part)]
    if address.country == "US" and last:
        last = last[:-1] if len(last) > 1 and STATE_NAMES.fullmatch(last[-1]) else last
        words = last[-1].split()  # "4 Lovers Lane Dallas" has no comma before its town
        ends = (" ".join(words[-size:]) for size in (3, 2, 1) if len(words) >= size)
        return next((end for end in ends if is_town(end)), last[-1] if len(last) > 1 else "")
    return last[-1] if len(last) > 1 else ""


def distinct(pages: Iterable[Told]) -> Locations:
    """Return the places that pages tell together, each with its fullest address; and those a person would count."""
    listed = list(pages)
    every = [address for page in listed for address in page.own]
    passing = [address for page in listed for address in page.passing]
    own = _by_postcode([*every, *passing])
    others = _by_postcode([*(address for page in listed for address in page.others), *passing])
    named = {one.key: one for page in listed for one in page.named}
    doors = _by_door([*every, *(address for page in listed for address in page.unposted)])
    boxes = [one for one in doors if one.is_box]
    doors = [one for one in doors if not one.is_box] or doors[:1]
    known = {door_of(place.street) for place in (*every, *doors, *others.values())}
    alone = {door for page in listed for street in page.streets if (door := door_of(street)) not in known}
    covered = frozenset[str]().union(*(page.covered for page in listed))
    apart = tuple(one for key, one in named.items() if key not in covered)
    further = {one.key: one for page in listed for one in page.further if one.key not in named}
    words = " \n ".join(f"{one.around or one.quote} {one.town}" for one in doors).casefold()
    further = {key: one for key, one in further.items() if not re.search(rf"(?<!\w){re.escape(key)}(?!\w)", words)}
    mine = _by_postcode(every)
    elsewhere = tuple(place for key, place in others.items() if key not in mine)
    return Locations(
        tuple(own.values()), tuple(doors), elsewhere, tuple(named.values()), apart, tuple(further.values()),
        len(named) - len(apart),
        len(boxes) if len(doors) > 1 or not doors[:1] or doors[0] not in boxes else len(boxes) - 1, len(alone),
        tuple(dict.fromkeys(words for page in listed for words in page.unread)),
    )  # fmt: skip


def _by_postcode(found: list[Location]) -> dict[str, Location]:
    """Return the distinct places by postcode, and by street and town where there is none."""
    places: dict[str, Location] = {}
    for address in sorted(found, key=lambda one: not one.postcode):  # those without come last, to be told by street
        key = _key(address)
        if not key or (not address.postcode and any(_one_door(address, other) for other in places.values())):
            continue
        kept = places.get(key)
        if kept is None or (not kept.street and address.street):
            places[key] = address
    for key in [k for k in places if len(k) == 9 and k.isdecimal() and k[:5] in places]:
        long, short = door_of(places[key].street), door_of(places[key[:5]].street)
        if not long or not short or long == short:
            del places[key]  # 12345-6789 beside a plain 12345: the same address, written out
    return places


def _one_door(one: Location, other: Location) -> bool:
    """Return whether two addresses name the same house number, and share a word that is not just "street"."""
    return bool(one.words & other.words) and door_of(one.street) == door_of(other.street)


def _by_door(found: Iterable[Location]) -> list[Location]:
    """Return the distinct doors: of one postcode, those with other numbers; without one, other streets or numbers."""
    groups: list[tuple[Location, str, set[str], set[str]]] = []
    for address in sorted(found, key=lambda one: (not one.postcode, not one.numbers)):
        key = _key(address)[:5] if re.fullmatch(r"\d{9}", _key(address)) else _key(address)
        if not key:
            continue
        numbers = set() if address.is_box else set(address.numbers)
        words = set(address.words)
        for at, (first, code, held, known) in enumerate(groups):
            if address.postcode and code != key and not _one_house(address, first):
                continue
            if address.is_box != first.is_box and address.postcode:
                continue
            same = not numbers or not held or bool(numbers & held)
            if not address.postcode:
                spoken = {word[:6] for word in re.findall(r"[^\W\d_]{3,}", first.quote.casefold())}
                ways = replace(address, town="").words
                same = same and bool(words & known or (numbers & held and ways and ways <= spoken))
            if same:
                fuller = address if not first.street and address.street else first
                groups[at] = (fuller, code, held | numbers, known | words)
                break
        else:
            groups.append((address, key, numbers, words))
    return [first for first, _, _, _ in groups]


def _one_house(one: Location, other: Location) -> bool:
    """Return whether two addresses name one house of one street and town, though with two postcodes of a district.

    >>> from idealfit.watch.addresses import addresses_in
    >>> lines = ("9 Hall Lane, Leeds LS2 7EQ", "9 Hall Ln, Leeds LS2 7ER", "9 Hall Road, Leeds LS2 7EZ")
    >>> first, *rest = addresses_in(lines)
    >>> [_one_house(first, one) for one in rest]
    [True, False]
    """
    towns = fold(town_of(one)), fold(town_of(other))
    if one.postcode[:2] != other.postcode[:2] or not towns[0] or towns[0] != towns[1]:
        return False
    ways = [re.findall(r"[^\W\d_]+", fold(part.quote.partition(town_of(part))[0])) for part in (one, other)]
    ways = [way[1:] if way and re.fullmatch("n|s|e|w|north|south|east|west", way[0]) else way for way in ways]
    ways = [[word[:6] for word in way[:1]] + [word[:1] for word in way[1:2]] for way in ways]
    return bool(one.numbers and one.numbers == other.numbers and ways[0] and ways[0] == ways[1])


def _declared(page: Page) -> Iterator[Location]:
    """Yield the addresses of the page's structured data, tables and markup."""
    for address in (*(held for data in page.data for held in _postal(data)), *page.addresses):
        words = {
            key: " ".join(str(value).split()) if isinstance(value := address.get(key), str | int) else ""
            for key in ("streetAddress", "postalCode", "addressLocality")
        }
        if any(words.values()):
            quote = words["streetAddress"] or words["postalCode"] or words["addressLocality"]
            if (
                words["streetAddress"] and not words["postalCode"]
            ):  # a whole address in one: "9 Dock Road, Leeds LS2 7EQ"
                whole = addresses_in((words["streetAddress"],))
                yield from (replace(one, line=-1, quote=quote) for one in whole[:1])
                if whole:
                    continue
            yield Location("", words["postalCode"], words["streetAddress"], words["addressLocality"], quote)


_ELSEWHERE = frozenset({"JobPosting", "Event", "Person", "Review", "Course", "Offer", "NewsArticle", "BlogPosting"})
"""Where a job, an event, or somebody who wrote is, is not yet where the company is."""


_PARTS = frozenset(
    "employee employees founder member memberOf review reviews author parentOrganization event events "
    "areaServed serviceArea makesOffer offers sponsor brand manufacturer seller alumni performer publisher".split()
)
"""Whoever stands beside a place, and has one of their own."""


def _postal(data: Mapping[str, Any], depth: int = 0, house: str = "") -> Iterator[Mapping[str, Any]]:
    """Yield the addresses in an object of structured data; of a department only one that is not at its hospital's."""
    if any(kind in _ELSEWHERE or kind.endswith("Event") for kind in kinds_of(data)):
        return
    if "PostalAddress" in kinds_of(data) and depth == 0:
        yield data
        return
    own = data.get("address")
    code = str(own.get("postalCode", "")) if isinstance(own, dict) else ""
    for name, value in data.items():
        if name in _PARTS:
            continue
        for held in value if isinstance(value, list) else [value]:
            if isinstance(held, dict):
                if "PostalAddress" in kinds_of(held) or (name == "address" and "@type" not in held):
                    if not house or str(held.get("postalCode", "")) != house:
                        yield held
                elif depth < 4:
                    yield from _postal(held, depth + 1, code if name == "department" else house)


def _key(address: Location) -> str:
    code = re.sub(r"^[A-Z]{1,3}-(?=\d)|[^A-Z0-9]", "", address.postcode.upper())
    return code or re.sub(r"[^a-z0-9]", "", f"{door_of(address.street)}{address.town}".lower())
