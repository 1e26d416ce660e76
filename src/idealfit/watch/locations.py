"""Addresses on a page, and how many distinct places they are.

A postcode marks an address, read by the rules of its country and only where what stands around it agrees: a state
before an American or Australian one, a street before the town of a continental one, a town before an Indian one.
Places are told apart by postcode, and by street and town where an address has none. So two suites
of one building are one place; what lies between the two counts, postcodes and streets, is told as such.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.watch.page_text import kinds_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from idealfit.watch.page_text import Page

_STATES = (
    "AL|AK|AZ|AR|CA|CO|CT|DE|DC|FL|GA|HI|ID|IL|IN|IA|KS|KY|LA|ME|MD|MA|MI|MN|MS|MO|MT|NE|NV|NH|NJ|NM|NY|NC|ND|OH|OK|OR|"
    "PA|PR|RI|SC|SD|TN|TX|UT|VT|VA|WA|WV|WI|WY|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|"
    "Florida|Georgia|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|"
    "Minnesota|Mississippi|Missouri|Montana|Nebraska|Nevada|New Hampshire|New Jersey|New Mexico|New York|North "
    "Carolina|"
    "North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island|South Carolina|South Dakota|Tennessee|Texas|Utah|"
    "Vermont|"
    "Virginia|Washington|West Virginia|Wisconsin|Wyoming|District of Columbia|Puerto Rico"
)
_STATES_IN_SMALL = (  # as "Az. 85308"; without the ones that are words
    "Ak|Ar|Az|Ca|Ct|Dc|Fl|Ga|Ia|Il|Ks|Ky|Md|Mi|Mn|Ms|Mt|Nc|Nd|Ne|Nh|Nj|Nm|Nv|Ny|Ri|Sc|Sd|Tn|Tx|Ut|Va|Vt|Wa|Wi|Wv|Wy"
)
_UK_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|"
    "GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|"
    "PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|"
    "WS|WV|YO|ZE"
)
_COUNTRIES = (
    "Argentina|Australia|Austria|Bahrain|Bangladesh|Belgium|Brazil|Bulgaria|Canada|Chile|China|Colombia|Croatia|Cyprus|"
    "Czech Republic|Czechia|Denmark|Ecuador|Egypt|Estonia|Finland|France|Germany|Ghana|Greece|Hungary|India|Indonesia|"
    "Iraq|Israel|Italy|Japan|Jordan|Kazakhstan|Kenya|Korea|South Korea|Kuwait|Latvia|Lebanon|Lithuania|Luxembourg|"
    "Malaysia|Malta|Mexico|Morocco|Netherlands|The Netherlands|New Zealand|Nigeria|Norway|Oman|Pakistan|Panama|Peru|"
    "Philippines|Poland|Portugal|Puerto Rico|Romania|Russia|Russian Federation|Saudi Arabia|Serbia|Singapore|Slovakia|"
    "Slovenia|South Africa|Spain|Sri Lanka|Sweden|Switzerland|Taiwan|Thailand|Tunisia|Turkey|Türkiye|Ukraine|Uruguay|"
    "USA|U\\.S\\.A\\.|United States|Venezuela|Vietnam|Viet Nam|Deutschland|Österreich|Schweiz|España|Italia|Suisse"
)
_GAP = r"(?:[\s,.\u00b7|•]{1,6}|\s?[-–]\s)"
_TOWN = r"[A-ZÄÖÜÅØÆÉÈÁÓŁŚŻÇ][\w'’.äöüßåøæéèáóíúñçłśż-]+(?:[ -][A-ZÄÖÜÅØÆÉ(][\w'’.äöüßåøæéèáóíúñç)-]+){0,3}"

_BEFORE_COUNTRY = rf"(?=[,.]? ?(?:\n[^\n\d]{{0,30}})?[,\s]{{0,2}}\b(?:{_COUNTRIES})[.,]?\s*$)"


@dataclass(frozen=True)
class _Rule:
    """How the postcodes of a country stand in an address; `street`: only where a street stands before it."""

    country: str
    pattern: re.Pattern[str]
    street: bool = False


_RULES = (
    _Rule(
        "US",
        re.compile(
            rf"(?<![#\w-])(?:{_STATES}|{_STATES_IN_SMALL}|USA?)\.?{_GAP}?(?P<code>\d{{5}}(?:\s?[-–]\s?\d{{4}})?)\b(?![\d,./-]*\d)"
        ),
    ),
    _Rule("GB", re.compile(rf"\b(?P<code>(?:{_UK_AREAS})\d[A-Z\d]?\s{{0,2}}\d[ABD-HJLNP-UW-Z]{{2}})\b")),
    _Rule(
        "CA",
        re.compile(r"\b(?P<code>[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z][\s-]?\d[ABCEGHJ-NPRSTV-Z]\d)\b", re.IGNORECASE),
    ),
    _Rule(
        "AU",
        re.compile(
            rf"\b(?:NSW|VIC|Vic|QLD|Qld|SA|WA|TAS|Tas|ACT|NT|New South Wales|Victoria|Queensland|South Australia|"
            rf"Western Australia|Tasmania){_GAP}(?P<code>\d{{4}})\b(?![\d-]*\d)"
        ),
    ),
    _Rule("US", re.compile(rf"(?m)(?:^|,\s*){_TOWN},\s+(?P<code>\d{{5}}(?:-\d{{4}})?)$"), street=True),
    _Rule(
        "IN",
        re.compile(
            r"\b(?!No|ID|Id|Ext|Box|Reg|Number|Tel|Fax|Phone)[A-Z][A-Za-z]{2,}[)\s,.:–-]{1,5}(?P<code>[1-8]\d{2}\s?\d{3})\b(?!\s*[\d/-]*\d{3})"
        ),
        street=True,
    ),
    _Rule("SG", re.compile(r"\b(?:Singapore|SINGAPORE|S)[\s(-]{0,3}(?P<code>\d{6})\b")),
    _Rule(
        "CN", re.compile(r"\b(?:China|Beijing|Shanghai|Shenzhen|Guangzhou|PRC|P\.R\.C?\.?)[\s,-]{1,4}(?P<code>\d{6})\b")
    ),
    _Rule("NL", re.compile(rf"\b(?P<code>[1-9]\d{{3}} ?[A-Z]{{2}})[\s,]{{1,3}}(?={_TOWN})"), street=True),
    _Rule("IE", re.compile(r"\b(?P<code>[ACDEFHKNPRTVWXY]\d[\dW] [0-9ACDEFHKNPRTVWXY]{4})\b"), street=True),
    _Rule("PL", re.compile(rf"\b(?P<code>\d{{2}}-\d{{3}})\s(?={_TOWN})"), street=True),
    _Rule("PT", re.compile(rf"\b(?P<code>[1-9]\d{{3}}-\d{{3}})\s(?={_TOWN})"), street=True),
    _Rule("BR", re.compile(r"\b(?:CEP:?\s*)?(?P<code>\d{5}-\d{3})\b"), street=True),
    _Rule("JP", re.compile(r"(?:〒|Tokyo|Osaka|Japan)\s*,?\s*(?P<code>\d{3}-\d{4})\b")),
    _Rule("SE", re.compile(rf"\b(?:SE?-)?(?P<code>[1-9]\d{{2}} \d{{2}})\s+(?={_TOWN})"), street=True),
    _Rule(
        "EU",  # Germany, France, Spain, Italy, Finland, ...: five digits, then the town
        re.compile(rf"\b(?:[A-Z]{{1,3}}[-–]\s?)?(?<![\d-])(?P<code>\d{{5}}) +(?={_TOWN})"),
        street=True,
    ),
    _Rule(
        "",  # anywhere: a number beside a town, and the name of a country soon after
        re.compile(
            rf"(?:(?<=[a-z)])[\s,–-]{{1,4}}(?P<code>\d{{4,6}}(?:-\d{{3}})?)\b|"
            rf"\b(?:[A-Z]{{1,3}}[-–]\s?)?(?<![\d-])(?P<code2>\d{{4,6}}) (?={_TOWN})[^\n\d]{{0,40}}){_BEFORE_COUNTRY}",
            re.MULTILINE,
        ),
    ),
    _Rule("EU", re.compile(rf"\b(?:[A-Z]{{1,3}}[-–]\s?)?(?<![\d-])(?P<code>[1-9]\d{{3}}) +(?={_TOWN})"), street=True),
)
_STREET_WORDS = (
    r"street|st|road|rd|avenue|ave?|boulevard|blvd|drive|dr|lane|ln|way|court|ct|circle|cir|place|pl|plaza|square|sq|"
    r"parkway|pkwy|highway|hwy|terrace|trail|trl|route|rte|pike|turnpike|expressway|freeway|loop|row|walk|alley|close|"
    r"crescent|cres|gardens|grove|mews|quay|wharf|hill|park|estate|centre|center|complex|house|building|bldg|tower|floor|"
    r"suite|ste|unit|works|mill|broadway|market|marg|nagar|sarani|chowk|salai|cross|sector|phase|plot|block|society|"
    r"industrial area|extension|p\.?\s?o\.?\s?box|post box|esplanade|parade|strand|mall|bypass|yard|barn|farm"
)
_CONTINENTAL = re.compile(
    r"(?:[\wäöüß.-]*(?:stra(?:ß|ss)e|str\.|platz|weg|allee|ring|gasse|ufer|damm|chaussee|markt|hof|straat|laan|gracht|kade|"
    r"plein|gatan|vägen|vej|gade|veien|gata|katu|tie)|\b(?:rue|avenue|boulevard|bd|quai|place|chemin|via|viale|piazza|corso|"
    r"calle|c/|plaza|paseo|avenida|rua|praça|ul\.|ulica|aleja|al\.|industriezone|zone))[^\n]{0,40}?\b\d{1,4}\s?[a-z]?\b|"
    r"\b\d{1,4}(?: ?(?:bis|ter|[a-z]))?,? (?:rue|avenue|boulevard|bd|quai|place|chemin|cours|allée|impasse)\b",
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
    for address in found:
        key = _key(address)
        if not key:
            continue
        kept = places.get(key)
        if kept is None or (not kept.street and address.street):
            places[key] = address
        if address.street:
            streets.add(f"{key}/{_door(address.street)}")
    for key in [k for k in places if k.startswith("US:") and len(k) > 8 and k[:8] in places]:
        long, short = places[key].street, places[key[:8]].street
        if not long or not short or _door(long) == _door(short):
            del places[key]  # 12345-6789 beside a plain 12345: the same address, written out
    with_street = {street.partition("/")[0] for street in streets}
    return Locations(tuple(places.values()), len(streets) + sum(key not in with_street for key in places))


def addresses(page: Page) -> list[Location]:
    """Return every address in the visible text, in order, repeats and all."""
    text = page.text
    hits: list[tuple[int, int, _Rule, str]] = []
    for rule in _RULES:
        for hit in rule.pattern.finditer(text):
            named = "code" if hit["code"] is not None else "code2"
            start, end = hit.span(named)
            if any(start < other_end and other_start < end for other_start, other_end, _, _ in hits):
                continue
            before = text[max(0, start - _BEFORE) : start]
            line_start = text.rfind("\n", 0, start) + 1
            if _CALL.search(text[line_start:start][-40:]) or _NO_PLACE.search(text[line_start:start]):
                continue
            if rule.street and not _has_street(before, rule):
                continue
            hits.append((start, end, rule, hit[named]))
    hits.sort(key=lambda hit: hit[0])
    return [_address(text, hits, number) for number in range(len(hits))]


def _has_street(before: str, rule: _Rule) -> bool:
    """Return whether a street stands before a postcode; on the continent, right before it."""
    if rule.country in _ON_THE_CONTINENT:
        return any(len(before) - street.end() <= 14 for street in _CONTINENTAL.finditer(before))
    return bool(_STREET.search("\n".join(before.split("\n")[-4:])))


def _address(text: str, hits: list[tuple[int, int, _Rule, str]], number: int) -> Location:
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
    for data in page.data:
        for address in _postal(data):
            words = {key: " ".join(str(address.get(key) or "").split()) for key in ("streetAddress", "postalCode",
                     "addressLocality", "addressCountry")}  # fmt: skip
            if words["postalCode"] or words["streetAddress"]:
                quote = words["streetAddress"] or words["postalCode"]
                country = {"USA": "US", "UNITED STATES": "US"}.get(words["addressCountry"].upper(), "")
                country = country or words["addressCountry"][:2].upper()
                yield Location(country, words["postalCode"], words["streetAddress"], words["addressLocality"], quote)


def _postal(data: Mapping[str, Any], depth: int = 0) -> Iterator[Mapping[str, Any]]:
    if "JobPosting" in kinds_of(data):  # where a job is, is not yet where the company is
        return
    for value in data.values():
        for held in value if isinstance(value, list) else [value]:
            if isinstance(held, dict):
                if "PostalAddress" in kinds_of(held):
                    yield held
                elif depth < 4:
                    yield from _postal(held, depth + 1)


def _key(address: Location) -> str:
    code = re.sub(r"[^A-Z0-9]", "", address.postcode.upper())
    if code:
        return f"US:{code}" if address.country == "US" else f"{code}"
    return re.sub(r"[^a-z0-9]", "", f"{_door(address.street)}{address.town}".lower())


def _door(street: str) -> str:
    """Return what tells one door from another: the house number, or the first letters of the street."""
    bare = re.sub(
        r"\b(?:suite|ste|unit|floor|fl|room|apt|building|bldg)\b\.?\s*#?\s*\w+|#\s*\d+|\b\d+(?:st|nd|rd|th)\b", " ",
        street, flags=re.IGNORECASE,
    )  # fmt: skip
    number = re.search(r"\d+", bare)
    return number[0] if number else re.sub(r"\W", "", bare.lower())[:8]
