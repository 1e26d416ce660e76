"""Addresses on a page, and how many distinct places they are.

A postcode marks an address, read by the rules of its country and only where what stands around it agrees: a state
before an American or Australian one, a street before the town of a continental one, a town before an Indian one.
Places are told apart by postcode, and by street and town where an address has none. So two suites
of one building are one place; what lies between the two counts, postcodes and streets, is told as such. Places that
are named without any address (branches by town, points on a map) count where they are more than the addresses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.watch.page_text import kinds_of
from idealfit.watch.postcodes import POSTCODE_RULES, PostcodeRule, in_state
from idealfit.watch.whose_places import own_lines, towns_in_sentences

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from idealfit.watch.page_text import Page

_STREET_WORDS = (
    r"street|st|road|rd|avenue|ave?|boulevard|blvd|drive|dr|lane|ln|way|court|ct|circle|cir|place|pl|plaza|square|sq|"
    r"parkway|pkwy|highway|hwy|terrace|trail|trl|route|rte|pike|turnpike|expressway|freeway|loop|row|walk|alley|close|"
    r"crescent|cres|gardens|grove|mews|quay|wharf|hill|park|estate|centre|center|complex|house|building|bldg|tower|"
    r"floor|"
    r"suite|ste|unit|works|mill|broadway|market|marg|nagar|sarani|chowk|salai|cross|sector|phase|plot|block|society|"
    r"industrial area|extension|p\.?\s?o\.?\s?box|post box|esplanade|parade|strand|mall|bypass|yard|barn|farm"
)
_ON_STREETS = (  # what streets on the continent end in, or begin with
    r"stra(?:ß|ss)e|str\.|platz|weg|allee|ring|gasse|ufer|damm|chaussee|markt|hof|park|berg|feld|bogen|graben|garten|"
    r"steig|stieg|pfad|straat|laan|gracht|kade|plein|singel|dijk|dreef|steenweg|kaai|haven|burgwal|gatan|gate|gata|"
    r"vägen|vej|gade|veien|katu|tie"
)
_OFF_STREETS = (
    r"rue|avenue|boulevard|bd|quai|place|chemin|via|viale|piazza|corso|calle|c/|plaza|paseo|avenida|avda\.?|av\.|"
    r"passeig|carrer|ronda|camino|carretera|ctra\.?|nave|pol[íi]gono|urb\.|edificio|rua|praça|travessa|alameda|"
    r"estrada|rodovia|gran v[íi]a|v[íi]a|ul\.|ulica|aleja|al\.|"
    r"industriezone|zone|postbus|postfach|postboks|apartado|casella postale|b\.?p\.?|bo[iî]te postale|box|"
    r"am|im|an der|auf der|zum|zur|unter den"
)
_CONTINENTAL = re.compile(
    rf"(?:[\wäöüß.-]*(?:{_ON_STREETS})|\b(?:{_OFF_STREETS}))[^\n]{{0,40}}?\b\d{{1,4}}\s?[a-z]?\b|"
    r"\b\d{1,4}(?: ?(?:bis|ter|[a-z]))?,? (?:rue|avenue|boulevard|bd|quai|place|chemin|cours|allée|impasse)\b"
    r"[^\n\d]{0,45}|"
    r"\b(?:Z\.?A\.?C?|Z\.?I|P\.?A|Parc|Lieu[ -]dit|Pol[íi]gono|Zona Industriale|Localit[àa]|Loc|"
    r"Fraz(?:ione)?)\b\.? [^\n\d]{2,45}",
    re.IGNORECASE,
)
_STREET = re.compile(
    rf"(?:\b\d[\w/,&-]*\.?\s+[^\n]{{0,60}}?\b(?:{_STREET_WORDS})\b|\b(?:{_STREET_WORDS})\b[^\n]{{0,25}}?\d|"
    rf"\b(?:one|two|three)\s+[^\n]{{2,40}}\b(?:{_STREET_WORDS})\b|^[\w .'’&-]{{2,40}}\b(?:{_STREET_WORDS})\b)",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED_STREET = re.compile(r"[^\W\d_][\w.'’-]+ \d{1,4}[A-Za-z]?(?:/\d+)?[,\s|·–-]{1,4}$")
"""Whatever street, right before a postcode whose form alone says much, as "Rynek 7, 31-042"."""

_PLAIN_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[A-Z][\w.'’-]+,? ){1,5}(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Drive|"
    r"Highway|Quay|Square|"
    r"Parade|Terrace|Way|Park|Row|Place|Crescent)\b"
)
_ON_THE_CONTINENT = ("EU", "NL", "SE", "PL", "PT")
_CALL = re.compile(r"\b(?:tel|fax|phone|ph|call|mobile|toll|t|f)\b\.?\s*[:.+(\d]|\+\d{2}", re.IGNORECASE)
_NO_PLACE = re.compile(r"\b(?:box|no|nr|id|ext|reg|number|since|in|lot|plot|unit|suite)\b[\s.:#]*$", re.IGNORECASE)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = 160
"""How far before a postcode its street may stand, in characters."""


@dataclass(frozen=True)
class Location:
    """One address: its country as far as the postcode tells it, postcode and street as they stand, and the quote."""

    country: str
    postcode: str
    street: str
    town: str
    quote: str


@dataclass(frozen=True)
class Named:
    """A place that is named without a postcode or street, by its town or as a point on a map; and the quote."""

    key: str
    quote: str


@dataclass(frozen=True)
class Told:
    """What one page tells of places: addresses of the company's own, of others, and places that are only named.

    `streets` are streets with a number that belong to no address that was read: in Hong Kong there are no postcodes.
    """

    own: tuple[Location, ...] = ()
    others: tuple[Location, ...] = ()
    named: tuple[Named, ...] = ()
    streets: tuple[str, ...] = ()


@dataclass(frozen=True)
class Locations:
    """The distinct places on pages. `places` have addresses, told apart by postcode; `streets` counts them by street.

    `others` stand under a heading of events, resellers, projects, and may not be the company's. `named` are those that
    are named without an address: branches by town, points on a map; `alone` counts streets without a postcode. The
    truth of "how many" lies from `count` to `most`: suites of one building or shops along one road are one postcode,
    and a town may be one of the addresses.
    """

    places: tuple[Location, ...]
    streets: int
    others: tuple[Location, ...] = ()
    named: tuple[Named, ...] = ()
    alone: int = 0

    @property
    def count(self) -> int:
        """How many places there are at least: by address, or by name where more are named."""
        return max(len(self.places), len(self.named))

    @property
    def most(self) -> int:
        """How many places there may be at most, of what was read."""
        quotes = " ".join(place.quote.casefold() for place in self.places)
        apart = sum(named.quote.casefold() not in quotes for named in self.named)
        return max(self.streets, len(self.places)) + len(self.others) + max(apart, self.alone)


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
    own, others = own_lines(page)
    declared = list(_declared(page))
    named = {name.casefold(): Named(name.casefold(), name) for name in (*page.towns, *towns_in_sentences(page))}
    if not named:
        named = {where: Named(where, words) for where, words in page.points}
    if not named:
        named = {
            place.town.casefold(): Named(place.town.casefold(), place.town)
            for place in declared if place.town and not place.postcode and not place.street
        }  # fmt: skip
    addressed = [place for place in declared if place.postcode or place.street]
    found = (*_addresses(own), *addressed)
    return Told(found, tuple(_addresses(others)), tuple(named.values()), tuple(_streets_alone(own, found)))


def distinct(pages: Iterable[Told]) -> Locations:
    """Return the places that pages tell together, each with its fullest address; and how many streets they name."""
    listed = list(pages)
    own, streets = _apart([address for page in listed for address in page.own])
    others, _ = _apart([address for page in listed for address in page.others])
    named = {one.key: one for page in listed for one in page.named}
    doors = {_door(place.street) for place in (*own.values(), *others.values())}
    alone = {door for page in listed for street in page.streets if (door := _door(street)) not in doors}
    apart = tuple(place for key, place in others.items() if key not in own)
    return Locations(tuple(own.values()), streets, apart, tuple(named.values()), len(alone))


def _streets_alone(lines: Sequence[str], found: Iterable[Location]) -> Iterator[str]:
    """Yield the streets with a number in short lines that are part of no address."""
    quotes = " ".join(place.quote for place in found)
    for line in lines:
        hit = _PLAIN_STREET.search(line) if len(line) <= 120 else None
        if hit and hit[0] not in quotes:
            yield hit[0]


def _apart(found: list[Location]) -> tuple[dict[str, Location], int]:
    """Return the distinct places by key, and how many they are told apart by street."""
    places: dict[str, Location] = {}
    streets: set[str] = set()
    for address in sorted(found, key=lambda one: not one.postcode):  # those without come last, to be told by street
        key = _key(address)
        if not key or (not address.postcode and any(_one_door(address, other) for other in places.values())):
            continue
        kept = places.get(key)
        if kept is None or (not kept.street and address.street):
            places[key] = address
        if address.street:
            streets.add(f"{key}/{_door(address.street)}")
    for key in [k for k in places if len(k) == 9 and k.isdecimal() and k[:5] in places]:
        long, short = _door(places[key].street), _door(places[key[:5]].street)
        if not long or not short or long == short:
            del places[key]  # 12345-6789 beside a plain 12345: the same address, written out
    with_street = {street.partition("/")[0] for street in streets}
    alone = sum(key not in with_street for key in places)
    return places, len({s for s in streets if s.partition("/")[0] in places}) + alone


def _one_door(one: Location, other: Location) -> bool:
    """Return whether two addresses name the same house number, and share a word that is not just "street"."""
    first, second = (
        {word for word in re.findall(r"[^\W\d_]{3,}", place.street.casefold()) if not re.fullmatch(_STREET_WORDS, word)}
        for place in (one, other)
    )
    return bool(first & second) and _door(one.street) == _door(other.street)


def _addresses(lines: Sequence[str]) -> list[Location]:
    """Return every address in lines of text, in order, repeats and all."""
    text = _near_numbers(lines)
    hits: list[tuple[int, int, PostcodeRule, str]] = []
    for rule in POSTCODE_RULES:
        for hit in rule.pattern.finditer(text):
            named = "code" if hit["code"] is not None else "code2"
            start, end = hit.span(named)
            if any(start < other_end and other_start < end for other_start, other_end, _, _ in hits):
                continue
            before = text[max(0, start - _BEFORE) : start]
            line_start = text.rfind("\n", 0, start) + 1
            if _CALL.search(text[line_start:start][-40:]) or _NO_PLACE.search(text[line_start:start]):
                continue
            if (rule.street or (not rule.country and _YEAR.fullmatch(hit[named]))) and not _has_street(before, rule):
                continue
            if rule.country == "US" and not _in_america(hit, text, before):
                continue
            hits.append((start, end, rule, hit[named]))
    hits.sort(key=lambda hit: hit[0])
    return [_address(text, hits, number) for number in range(len(hits))]


_NUMBERED = re.compile(r"\d{4}|\d\d[\s–-]\d\d|\d[A-Za-z]{2}\b|\d[A-Za-z]\d|\b[A-Z]\d[\dW] \w{4}\b")
_AROUND = 5
"""Lines before and after a number that may be a postcode which can tell whether it is one."""


def _near_numbers(lines: Sequence[str]) -> str:
    """Return the lines that may hold an address, in order: most of a page holds no postcode; that is not searched."""
    wanted: set[int] = set()
    for number, line in enumerate(lines):
        if _NUMBERED.search(line):
            wanted.update(range(max(0, number - _AROUND), min(len(lines), number + _AROUND + 1)))
    pieces: list[str] = []
    last = -1
    for number in sorted(wanted):
        if number != last + 1:
            pieces.append("\n" * _AROUND)  # what stands apart on the page stays apart
        pieces.append(lines[number])
        last = number
    return "\n".join(pieces)


def _in_america(hit: re.Match[str], text: str, before: str) -> bool:
    """Return whether an American postcode fits its state and stands after a town or street, or alone on a line."""
    state = hit.groupdict().get("state")
    if not state:
        return True
    lead = text[max(0, hit.start() - 60) : hit.start()]
    alone = not lead.rpartition("\n")[2].strip() and len(text[hit.end() : hit.end() + 60].partition("\n")[0]) <= 40
    placed = alone or re.search(r"[A-Z][\w.'’-]*\)?[\s,|·•–-]*$", lead) or _STREET.search(before)
    return bool(placed) and in_state(state, hit["code"])


def _has_street(before: str, rule: PostcodeRule) -> bool:
    """Return whether a street stands before a postcode; on the continent, right before it."""
    if rule.country in _ON_THE_CONTINENT:
        return bool(
            any(len(before) - street.end() <= 14 for street in _CONTINENTAL.finditer(before))
            or (rule.country != "EU" and _NUMBERED_STREET.search(before))
        )
    near = "\n".join(before.split("\n")[-4:])
    return bool(_STREET.search(near) or (rule.country not in ("GB", "IN") and _CONTINENTAL.search(near)))


def _address(text: str, hits: list[tuple[int, int, PostcodeRule, str]], number: int) -> Location:
    start, end, rule, code = hits[number]
    floor = max(start - _BEFORE, hits[number - 1][1] if number else 0)
    before = text[floor:start]
    lines = before.split("\n")
    from_line = "\n".join(lines[-4:]) if len(lines) > 4 else before
    pattern = _CONTINENTAL if rule.country in _ON_THE_CONTINENT else _STREET
    streets = list(pattern.finditer(from_line))
    begin = start - len(from_line) + streets[0].start() if streets else text.rfind("\n", 0, start) + 1
    numbered = [found for found in streets if _door(found[0])]  # "Suite 400" alone is no door
    begin = max(begin, floor)
    quote = " ".join(text[begin:end].split())
    street = " ".join((numbered or streets)[0][0].split()) if streets else ""
    return Location(rule.country, " ".join(code.split()), street, "", quote)


def _declared(page: Page) -> Iterator[Location]:
    """Yield the addresses of the page's structured data, tables and markup."""
    for address in (*(held for data in page.data for held in _postal(data)), *page.addresses):
        words = {
            key: " ".join(str(value).split()) if isinstance(value := address.get(key), str | int) else ""
            for key in ("streetAddress", "postalCode", "addressLocality")
        }
        if any(words.values()):
            quote = words["streetAddress"] or words["postalCode"] or words["addressLocality"]
            yield Location("", words["postalCode"], words["streetAddress"], words["addressLocality"], quote)


_ELSEWHERE = frozenset({"JobPosting", "Event", "Person", "Review", "Course", "Offer", "NewsArticle", "BlogPosting"})
"""Where a job, an event, or somebody who wrote is, is not yet where the company is."""


def _postal(data: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if any(kind in _ELSEWHERE or kind.endswith("Event") for kind in kinds_of(data)):
        return
    if "PostalAddress" in kinds_of(data) and depth == 0:
        yield data
        return
    for name, value in data.items():
        for held in value if isinstance(value, list) else [value]:
            if isinstance(held, dict):
                if "PostalAddress" in kinds_of(held) or (name == "address" and "@type" not in held):
                    yield held
                elif depth < 4:
                    yield from _postal(held, depth + 1)


def _key(address: Location) -> str:
    code = re.sub(r"^[A-Z]{1,3}-(?=\d)|[^A-Z0-9]", "", address.postcode.upper())
    return code or re.sub(r"[^a-z0-9]", "", f"{_door(address.street)}{address.town}".lower())


def _door(street: str) -> str:
    """Return what tells one door from another: the house number, or the first letters of the street."""
    bare = re.sub(
        r"\b(?:suite|ste|unit|floor|fl|room|apt|building|bldg)\b\.?\s*#?\s*\w+|#\s*\d+|\b\d+(?:st|nd|rd|th)\b", " ",
        street, flags=re.IGNORECASE,
    )  # fmt: skip
    number = re.search(r"\d+", bare)
    return number[0] if number else re.sub(r"\W", "", bare.lower())[:8]
