"""Addresses on a page, and how many distinct places they are.

A postcode marks an address, read by the rules of its country and only where what stands around it agrees: a state
before an American or Australian one, a street before the town of a continental one, a town before an Indian one.
Places are told apart by postcode, and by street and town where an address has none. So two suites
of one building are one place; what lies between the two counts, postcodes and streets, is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.watch.page_text import kinds_of
from idealfit.watch.postcodes import POSTCODE_RULES, PostcodeRule

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from idealfit.watch.page_text import Page

_STREET_WORDS = (
    r"street|st|road|rd|avenue|ave?|boulevard|blvd|drive|dr|lane|ln|way|court|ct|circle|cir|place|pl|plaza|square|sq|"
    r"parkway|pkwy|highway|hwy|terrace|trail|trl|route|rte|pike|turnpike|expressway|freeway|loop|row|walk|alley|close|"
    r"crescent|cres|gardens|grove|mews|quay|wharf|hill|park|estate|centre|center|complex|house|building|bldg|tower|floor|"
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
    r"passeig|carrer|ronda|camino|carretera|ctra\.?|nave|pol[íi]gono|urb\.|edificio|rua|praça|ul\.|ulica|aleja|al\.|"
    r"industriezone|zone|postbus|postfach|postboks|apartado|casella postale|b\.?p\.?|bo[iî]te postale|box|"
    r"am|im|an der|auf der|zum|zur|unter den"
)
_CONTINENTAL = re.compile(
    rf"(?:[\wäöüß.-]*(?:{_ON_STREETS})|\b(?:{_OFF_STREETS}))[^\n]{{0,40}}?\b\d{{1,4}}\s?[a-z]?\b|"
    r"\b\d{1,4}(?: ?(?:bis|ter|[a-z]))?,? (?:rue|avenue|boulevard|bd|quai|place|chemin|cours|allée|impasse)\b"
    r"[^\n\d]{0,45}",
    re.IGNORECASE,
)
_STREET = re.compile(
    rf"(?:\b\d[\w/,&-]*\.?\s+[^\n]{{0,60}}?\b(?:{_STREET_WORDS})\b|\b(?:{_STREET_WORDS})\b[^\n]{{0,25}}?\d|"
    rf"\b(?:one|two|three)\s+[^\n]{{2,40}}\b(?:{_STREET_WORDS})\b|^[\w\s.'’&-]{{2,40}}\b(?:{_STREET_WORDS})\b)",
    re.IGNORECASE | re.MULTILINE,
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
class Locations:
    """The distinct places on pages. `count` tells them apart by postcode; `streets` by street and number.

    The truth of "how many" lies between the two where they differ: suites of one building, or shops along one road.
    """

    places: tuple[Location, ...]
    streets: int

    @property
    def count(self) -> int:
        """How many places there are, told apart by postcode."""
        return len(self.places)


def locations(page: Page) -> Locations:
    """Return the distinct places whose addresses stand on a page.

    >>> from idealfit.watch.page_text import read_page
    >>> page = read_page("<p>1 Main St, Dover, DE 19901</p><p>9 Hall Lane<br>Ormskirk<br>L40 5UF</p><p>DE 19901</p>")
    >>> locations(page).count, [place.postcode for place in locations(page).places]
    (2, ['19901', 'L40 5UF'])
    """
    return distinct([*addresses(page), *_declared(page)])


def distinct(found: list[Location]) -> Locations:
    """Return the places that addresses are at, each with its fullest address; and how many streets they name."""
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
        long, short = places[key].street, places[key[:5]].street
        if not long or not short or _door(long) == _door(short):
            del places[key]  # 12345-6789 beside a plain 12345: the same address, written out
    with_street = {street.partition("/")[0] for street in streets}
    alone = sum(key not in with_street for key in places)
    return Locations(tuple(places.values()), len({s for s in streets if s.partition("/")[0] in places}) + alone)


def _one_door(one: Location, other: Location) -> bool:
    """Return whether two addresses name the same house number, and share a word that is not just "street"."""
    first, second = (
        {word for word in re.findall(r"[^\W\d_]{3,}", place.street.casefold()) if not re.fullmatch(_STREET_WORDS, word)}
        for place in (one, other)
    )
    return bool(first & second) and _door(one.street) == _door(other.street)


def addresses(page: Page) -> list[Location]:
    """Return every address in the visible text, in order, repeats and all."""
    text = _near_numbers(page.lines)
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


def _has_street(before: str, rule: PostcodeRule) -> bool:
    """Return whether a street stands before a postcode; on the continent, right before it."""
    if rule.country in _ON_THE_CONTINENT:
        return any(len(before) - street.end() <= 14 for street in _CONTINENTAL.finditer(before))
    return bool(_STREET.search("\n".join(before.split("\n")[-4:])))


def _address(text: str, hits: list[tuple[int, int, PostcodeRule, str]], number: int) -> Location:
    start, end, rule, code = hits[number]
    floor = max(start - _BEFORE, hits[number - 1][1] if number else 0)
    before = text[floor:start]
    lines = before.split("\n")
    from_line = "\n".join(lines[-4:]) if len(lines) > 4 else before
    pattern = _CONTINENTAL if rule.country in _ON_THE_CONTINENT else _STREET
    streets = list(pattern.finditer(from_line))
    begin = start - len(from_line) + streets[0].start() if streets else text.rfind("\n", 0, start) + 1
    begin = max(begin, floor)
    quote = " ".join(text[begin:end].split())
    street = " ".join(streets[0][0].split()) if streets else ""
    return Location(rule.country, " ".join(code.split()), street, "", quote)


def _declared(page: Page) -> Iterator[Location]:
    """Yield the addresses of the page's structured data, where they name a postcode or a street."""
    for address in (*(held for data in page.data for held in _postal(data)), *page.addresses):
        words = {
            key: " ".join(str(value).split()) if isinstance(value := address.get(key), str | int) else ""
            for key in ("streetAddress", "postalCode", "addressLocality")
        }
        if words["postalCode"] or words["streetAddress"]:
            quote = words["streetAddress"] or words["postalCode"]
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
    code = re.sub(r"[^A-Z0-9]", "", address.postcode.upper())
    return code or re.sub(r"[^a-z0-9]", "", f"{_door(address.street)}{address.town}".lower())


def _door(street: str) -> str:
    """Return what tells one door from another: the house number, or the first letters of the street."""
    bare = re.sub(
        r"\b(?:suite|ste|unit|floor|fl|room|apt|building|bldg)\b\.?\s*#?\s*\w+|#\s*\d+|\b\d+(?:st|nd|rd|th)\b", " ",
        street, flags=re.IGNORECASE,
    )  # fmt: skip
    number = re.search(r"\d+", bare)
    return number[0] if number else re.sub(r"\W", "", bare.lower())[:8]
