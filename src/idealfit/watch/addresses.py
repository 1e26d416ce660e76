"""Addresses in lines of text: a postcode marks one, by the rules of its country, where what stands around it agrees.

A state stands before an American or Australian postcode, a street before the town of a continental one, a town before
an Indian one. Where there are no postcodes, a street with a number and a town is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from idealfit.watch.place_words import LARGE
from idealfit.watch.postcodes import POSTCODE_RULES, TOWN, PostcodeRule, in_state
from idealfit.watch.towns import is_town, known_towns

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
    rf"(?:[\wäöüß.-]*(?:{_ON_STREETS})|\b(?:{_OFF_STREETS}))(?:\b|(?<=[./]))[^\n]{{0,40}}?"
    r"(?:\b\d{1,4}\s?[a-z]?\b|\bs/n\b)|"
    r"\b\d{1,4}(?: ?(?:bis|ter|[a-z]))?,? (?:rue|avenue|av\.|boulevard|bd|quai|place|chemin|cours|allée|impasse|"
    r"route|square|passage|"
    r"esplanade|promenade|faubourg|sentier|rond-point|ruelle|montée|jalan|jln\.?|lorong|persiaran|lebuh)\b"
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
_NO_PLACE = re.compile(
    r"\b(?:(?<![A-Za-z] )code|model|e\.?g|example|such as|box|no|nr|id|ext|reg|number|since|in|"
    r"lot|plot|unit|suite)\b[\s.:#]*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
_BEFORE = 160
"""How far before a postcode its street may stand, in characters."""


_MONTHS = (
    r"jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?|januar|februar|märz|mai|juni|juli|oktober|dezember"
)
_HOUSE = re.compile(
    rf"(?:^|[:;|·•(,]\s*|\s[-–]\s)(?!(?:{_MONTHS}|mon|tue|wed|thu|fri|sat|sun|tel|fax|phone|page|seite|version|"
    rf"model|series|top|since|plan|level)\b)"
    rf"(?:[{LARGE}][\w.'’]*(?:[ -]+(?:(?:[a-zà-ÿ]{{1,5}}|[dl]['’]) ?)?(?!No\b|Nr\b)[{LARGE}]?[\w.'’]+){{0,4}}),? "
    r"(?:(?:[Nn]o|[Nn]r|[Nn]úm|[Nn][º°])\.?:? ?)?\d{1,4}(?:\s?[-/–]\s?\d{1,4})?(?:[\s-]?[A-Za-z]\b)?"
    r"(?:\s?[,–-]\s?[^\n\d]{0,40}|,? ?\d{1,2}\.[^\n\d]{1,14}| [a-z]{2,4}\.?(?: [a-z]{1,4}\.?)?)?[,\s|·–-]*\Z",
    re.MULTILINE,
)
"""A street of whatever name, with its number, as the last thing before a postcode."""

_THINGS = re.compile(
    r"[^\n,.|]{0,20}?\b(?:calls|users|minutes|contacts|people|employees|customers|members|projects|years|hours|"
    r"units|products|"
    r"emails|credits|downloads|reviews|points|pages|items|requests|events|sessions|visitors|views|records|"
    r"mitarbeiter\w*|kunden|jahre|stück|teilnehmer|euro|eur|usd|gbp|chf|kr|watt|kilometer|words|companies|orders|"
    r"megawatt|tonnes|tons|litres|followers|volts?|medarbejdere|kunder|anställda|werknemers|klanten|salariés|"
    r"clients)\b",
    re.IGNORECASE,
)
_WITHIN_LAST = re.compile(
    r"\b(?:suite|ste|unit|floor|room|level|office|shop|box|apt|nr|no|plot|block|lot|hall|stand|booth|halle|"
    r"gate)\b\.? ?\d+[a-z]?[,\s]*\Z",
    re.IGNORECASE,
)
_STREET_SOON = re.compile(
    r"[^\n\d,]{0,40}\b(?:street|st|road|rd|avenue|ave|boulevard|blvd|drive|dr|lane|ln|way|court|parkway|pkwy|"
    r"highway|hwy)\b",
    re.IGNORECASE,
)
_BOX = re.compile(
    r"\b(?:(?:g\.?\s?)?p\.?\s?o\.?\s?box|box|post(?:al)? ?box|postbus|postfach|postboks|boks|bo[iî]te postale|b\.?p\.?|"
    r"apartado(?: de correos)?|casella postale|caixa postal|skrytka pocztowa|locked bag|private bag|po bag)\b"
    r"\.?:?\s*(?:n[o°]\.?\s*)?[\d -]*\d",
    re.IGNORECASE,
)
_WITHIN = re.compile(  # where in a house: tells no two houses apart
    r"\b(?:suites?|ste|floor|fl|room|rm|apt|level|office|etage|étage|piso|planta|local|módulo|puerta|stock|door|"
    r"loja|sala|"
    r"bureau|lift|p\.?o\.?\s?box|postbus|postfach|box|cs|bp|(?:county |state )?route|rte|highway|hwy|interstate|km|"
    r"district|dublin|paris|lyon|marseille|wien|praha|budapest|tel|fax|"
    r"phone)\b\.?\s*[#:]?\s*(?:no\.?\s*)?\d[\w-]*(?:\.ª|ª|º)?|"
    r"#\s*\d[\w-]*|\b\d+(?:st|nd|rd|th)\b|\b\d+\s?(?:\.|/F|F)\s?(?:floor|stock|og|etage|krs|kerros|planta|piso|sal|"
    r"th|tv)?\b|"
    r"\(?\+?\d[\d() -]*\d{3}[ -]\d{3,4}\b",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"\b(?:unit|plot|block|building|bldg|shop|gala)s?\b\.?\s*(?:no\.?\s*)?(\w+(?:\s?(?:[-–/&]|and)\s?\d+)*)",
    re.IGNORECASE,
)
_WORD_NUMBERS = {"one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "ten": "10"}


@dataclass(frozen=True)
class Location:
    """One address: its country as far as the postcode tells it, postcode and street as they stand, and the quote.

    `line` is the number of the line of the page where it ends, and `around` what stands there with it: its town.
    """

    country: str
    postcode: str
    street: str
    town: str
    quote: str
    line: int = field(default=-1, compare=False)
    around: str = field(default="", compare=False)

    @property
    def is_box(self) -> bool:
        """Whether it is a post box and no door."""
        rest, boxes = _BOX.subn(" ", f"{self.street} {self.quote}")
        return bool(boxes) and not _STREET.search(rest) and not _CONTINENTAL.search(rest.replace(self.postcode, ""))

    @property
    def numbers(self) -> frozenset[str]:
        """The numbers that tell its door from others of the same postcode; where it has none but a unit, that."""
        bare = self.quote if self.quote.startswith(self.street[:12]) else f"{self.street} {self.quote}"
        bare = bare.replace(self.postcode, " ") if self.postcode else bare
        bare = re.sub(r"\b(One|Two|Three|Four|Five|Ten)\b", lambda hit: _WORD_NUMBERS[hit[0].lower()], bare)
        houses = _numbers_in(_UNIT.sub(" ", _WITHIN.sub(" ", bare)))
        units = [hit[1] for hit in _UNIT.finditer(bare) if hit[1][0].isdigit()]
        return houses or frozenset(f"unit {number}" for unit in units for number in _numbers_in(unit))

    @property
    def words(self) -> frozenset[str]:
        """The words of its street that are not just "street"; their first letters, as "Str." is "Straße"."""
        held = re.findall(r"[^\W\d_]{3,}", f"{self.street} {self.town}".casefold())
        return frozenset(word[:6] for word in held if not re.fullmatch(_STREET_WORDS, word))


def _numbers_in(text: str) -> frozenset[str]:
    """Return the numbers in a text, with those that lie within "12-16"."""
    ranges = [(int(hit[1]), int(hit[2])) for hit in re.finditer(r"\b(\d{1,4})\s?[-–]\s?(\d{1,4})\b", text)]
    within = {str(number) for low, high in ranges if 0 < high - low <= 30 for number in range(low, high + 1)}
    return frozenset(re.findall(r"\d{1,5}", text)) | within


_NUMBERED = re.compile(r"\d{4}|\d\d[\s–-]\d\d|\d[A-Za-z]{2}\b|\d[A-Za-z]\d|\b[A-Z]\d[\dW] \w{4}\b")
_AROUND = 5
"""Lines before and after a number that may be a postcode which can tell whether it is one."""


def addresses_in(lines: Sequence[str]) -> list[Location]:
    """Return every address with a postcode in lines of text, in order, repeats and all.

    >>> lines = ("Leeds", "9 Hall Lane", "Leeds LS2 7EQ", "Rynek 7, 31-042 Kraków")
    >>> [(one.postcode, one.line) for one in addresses_in(lines)]
    [('LS2 7EQ', 2), ('31-042', 3)]
    """
    text, starts, numbers = _near_numbers(lines)
    hits: list[_Hit] = []
    for rule in POSTCODE_RULES:
        for hit in rule.pattern.finditer(text):
            named = "code" if hit["code"] is not None else "code2"
            start, end = hit.span(named)
            if any(start < other.end and other.start < end for other in hits):
                continue
            before = text[max(0, start - _BEFORE) : start]
            line_start = text.rfind("\n", 0, start) + 1
            lead = text[
                line_start : hit.start("state") if rule.country == "US" and hit.groupdict().get("state") else start
            ]
            if _CALL.search(text[line_start:start][-40:]) or _NO_PLACE.search(lead):
                continue
            if (rule.street or (not rule.country and _YEAR.fullmatch(hit[named]))) and not _has_street(
                before, rule, hit[named], text[end : end + 60]
            ):
                continue
            if rule.country == "US" and not _in_america(hit, text, before):
                continue
            if _YEAR.fullmatch(hit[named]) and rule.country in ("EU", "") and _is_year(before, text[end : end + 40]):
                continue
            hits.append(_Hit(start, end, rule, hit[named]))
    hits.sort(key=lambda hit: hit.start)
    found = [_address(text, hits, number) for number in range(len(hits))]
    return [
        replace(one, line=numbers[bisect_right(starts, hit.start) - 1]) for one, hit in zip(found, hits, strict=True)
    ]


@dataclass(frozen=True)
class _Hit:
    """A postcode in a text, and the rule that found it."""

    start: int
    end: int
    rule: PostcodeRule
    code: str


def _near_numbers(lines: Sequence[str]) -> tuple[str, list[int], list[int]]:
    """Return the lines that may hold an address, as a text, with where in it they start and their numbers.

    Most of a page holds no postcode, and is not searched.
    """
    wanted: set[int] = set()
    for number, line in enumerate(lines):
        if _NUMBERED.search(line):
            wanted.update(range(max(0, number - _AROUND), min(len(lines), number + _AROUND + 1)))
    pieces: list[str] = []
    starts: list[int] = []
    size, last = 0, -1
    for number in sorted(wanted):
        piece = (
            lines[number] if number == last + 1 else "\n" * (_AROUND + 1) + lines[number]
        )  # what stands apart stays so
        starts.append(size)
        pieces.append(piece)
        size += len(piece) + 1
        last = number
    return "\n".join(pieces), starts, sorted(wanted)


def _is_year(before: str, after: str) -> bool:
    """Return whether a number that may be a year is one: after a month, or before what surely is no town.

    >>> _is_year("Magazine, February 1, ", " Issue"), _is_year("Route 1, ", " Sion")
    (True, False)
    """
    name = re.match(rf"[\s–-]*({TOWN})", after)
    words = name[1].split() if name else []
    no_town = bool(words and known_towns()) and not any(
        is_town(" ".join(words[: size + 1])) for size in range(len(words))
    )
    return no_town or bool(re.search(rf"\b(?:{_MONTHS})\b\.?[\s\d.,]*$", before, re.IGNORECASE))


def _in_america(hit: re.Match[str], text: str, before: str) -> bool:
    """Return whether an American postcode fits its state and stands after a town or street, or alone on a line."""
    state = hit.groupdict().get("state")
    if not state:
        return True
    lead = text[max(0, hit.start() - 60) : hit.start()]
    alone = not lead.rpartition("\n")[2].strip() and len(text[hit.end() : hit.end() + 60].partition("\n")[0]) <= 40
    placed = alone or re.search(r"[A-Z][\w.'’-]*\)?[\s,|·•–-]*$", lead) or _STREET.search(before)
    return bool(placed) and in_state(state, hit["code"])


def _has_street(before: str, rule: PostcodeRule, code: str, after: str) -> bool:
    """Return whether a street stands before a postcode; on the continent, right before it."""
    if rule.country in _ON_THE_CONTINENT:
        return bool(
            any(len(before) - street.end() <= 14 for street in _CONTINENTAL.finditer(before))
            or (rule.country != "EU" and _NUMBERED_STREET.search(before))
            or _named_house(before, code, after)
        )
    near = "\n".join(before.split("\n")[-4:])
    return bool(_STREET.search(near) or (rule.country not in ("GB", "IN") and _CONTINENTAL.search(near)))


def _named_house(before: str, code: str, after: str) -> re.Match[str] | None:
    """Return the street of whatever name that stands right before a postcode, where a town ends the line after it."""
    if _THINGS.match(after) or not re.match(rf"[\s–-]*{TOWN}[^\n\d]{{0,30}}\d{{0,2}}(?:[\s,.;|·(]|$)", after):
        return None
    near = "\n".join(before.split("\n")[-2:])
    if _WITHIN_LAST.search(near) or _STREET_SOON.match(after):
        return None
    house = _HOUSE.search(near)
    long = house and re.search(r"(?<!\d)\d{4}(?!\d)", house[0]) and len(code) == 4  # "0900 - 1700. Opening 1000"
    return None if long else house


def _address(text: str, hits: list[_Hit], number: int) -> Location:
    hit = hits[number]
    floor = max(hit.start - _BEFORE, hits[number - 1].end if number else 0)
    before = text[floor : hit.start]
    lines = before.split("\n")
    from_line = "\n".join(lines[-4:]) if len(lines) > 4 else before
    continental = hit.rule.country in _ON_THE_CONTINENT
    pattern = _CONTINENTAL if continental else _STREET
    streets = list(pattern.finditer(from_line))
    if not streets and continental:
        house = _named_house(from_line, hit.code, text[hit.end : hit.end + 60])
        streets = [house] if house else []
    begin = hit.start - len(from_line) + streets[0].start() if streets else text.rfind("\n", 0, hit.start) + 1
    numbered = [found for found in streets if door_of(found[0])]  # "Suite 400" alone is no door
    plain = [
        found
        for found in _PLAIN_STREET.finditer(from_line)
        if found.start() == from_line.rfind("\n", 0, found.start()) + 1
    ]
    if not continental and len(plain) > 1:  # the lines above are addresses of their own
        begin = hit.start - len(from_line) + plain[-1].start()
        numbered = [plain[-1]]
    begin = max(begin, floor)
    quote = " ".join(text[begin : hit.end].split()).lstrip(":;|·•(,–- ")
    street = " ".join((numbered or streets)[0][0].split()).strip(":;|·•(,–- ") if streets else ""
    around = f"{quote} {text[hit.end : hit.end + 50].partition(chr(10))[0]}"
    return Location(hit.rule.country, " ".join(hit.code.split()), street, "", quote, around=around)


def door_of(street: str) -> str:
    """Return what tells one door from another: the house number, or the first letters of the street.

    >>> door_of("Suite 110, 3000 Lakeside Blvd"), door_of("Market Place")
    ('3000', 'marketpl')
    """
    bare = re.sub(
        r"\b(?:suite|ste|unit|floor|fl|room|apt|building|bldg)\b\.?\s*#?\s*\w+|#\s*\d+|\b\d+(?:st|nd|rd|th)\b", " ",
        street, flags=re.IGNORECASE,
    )  # fmt: skip
    number = re.search(r"\d+", bare)
    return number[0] if number else re.sub(r"\W", "", bare.lower())[:8]


_ALONE = re.compile(
    rf"^(?:[{LARGE}][^:\n\d]{{1,40}}: )?(?P<street>(?:[^\n:.!?]{{0,45}}[, ])?{_PLAIN_STREET.pattern})"
    r"(?P<rest>(?:[,–·|-][^\n.!?:]{0,60})?)\.?$"
)


def streets_without_postcode(lines: Sequence[str], found: Sequence[Location]) -> tuple[list[Location], list[str]]:
    """Return the addresses that have a street, a number and a town but no postcode, and the streets that lack a town.

    >>> found, streets = streets_without_postcode(("9 Tuam Road, Galway", "8 Main Street"), ())
    >>> found[0].street, found[0].around, streets
    ('9 Tuam Road', '9 Tuam Road, Galway', ['8 Main Street'])
    """
    quotes = " ".join(place.quote for place in found)
    own: list[Location] = []
    alone: list[str] = []
    for number, line in enumerate(lines):
        hit = _PLAIN_STREET.search(line) if len(line) <= 120 else None
        whole = _ALONE.search(line) if len(line) <= 120 else None
        street = whole["street"] if whole else hit[0] if hit else ""
        if not street or street in quotes or (hit and hit[0] in quotes):
            continue
        following = lines[number + 1] if number + 1 < len(lines) else ""
        town_after = bool(re.fullmatch(rf"{TOWN}(?:, {TOWN}){{0,2}}", following)) and len(following) <= 45
        if whole and (re.search(rf"[,–·|-] ?{TOWN}", whole["rest"]) or (not whole["rest"] and town_after)):
            around = line if whole["rest"] else f"{line} {following}"
            own.append(Location("", "", whole["street"], "", whole["street"], number, around))
        elif hit:
            alone.append(hit[0])
    return own, alone
