"""Addresses in lines of text: a postcode marks one, by the rules of its country, where what stands around it agrees.

A state stands before an American or Australian postcode, a street before the town of a continental one, a town before
an Indian one. Where there are no postcodes, a street with a number and a town is one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from idealfit.watch.address_context import (
    CONTINENTAL,
    NUMBER_BELOW,
    ON_THE_CONTINENT,
    STREET,
    STREET_WORDS,
    is_postcode,
    named_house,
)
from idealfit.watch.place_words import LARGE
from idealfit.watch.postcodes import POSTCODE_RULES, TOWN, PostcodeRule
from idealfit.watch.towns import is_town

_PLAIN_STREET = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? (?:[A-Z][\w.'’-]+,? ){1,5}(?:Street|St|Road|Rd|Avenue|Ave|Boulevard|Blvd|Lane|Drive|"
    r"Highway|Quay|Square|"
    r"Parade|Terrace|Way|Park|Row|Place|Crescent)\b"
)
_BEFORE = 160
"""How far before a postcode its street may stand, in characters."""


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
    r"\(?\+?\d[\d() -]*\d{3}[ -]\d{3,4}\b|"
    rf"\b\d{{1,4}}[a-z]? (?=(?:(?!(?:{STREET_WORDS})\b)[a-z.'’]+ ){{1,2}}(?:building|hall)\b)",
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
        return bool(boxes) and not STREET.search(rest) and not CONTINENTAL.search(rest.replace(self.postcode, ""))

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
        return frozenset(word[:6] for word in held if not re.fullmatch(STREET_WORDS, word))


def _numbers_in(text: str) -> frozenset[str]:
    """Return the numbers in a text, with those that lie within "12-16"."""
    ranges = [(int(hit[1]), int(hit[2])) for hit in re.finditer(r"\b(\d{1,4})\s?[-–]\s?(\d{1,4})\b", text)]
    within = {str(number) for low, high in ranges if 0 < high - low <= 30 for number in range(low, high + 1)}
    return frozenset(re.findall(r"\d{1,5}", text)) | within


_NUMBERED = re.compile(r"\d{4}|\d\d[\s–-]\d\d|\d[A-Za-z]{2}(?![^\W_])|\d[A-Za-z]\d|\b[A-Z]\d[\dW] \w{4}\b")
_AROUND = 5
"""Lines before and after a number that may be a postcode which can tell whether it is one."""


def addresses_in(lines: Sequence[str]) -> list[Location]:
    """Return every address with a postcode in lines of text, in order, repeats and all.

    >>> lines = ("Leeds", "9 Hall Lane", "Leeds LS2 7EQ", "Rynek 7, 31-042 Kraków")
    >>> [(one.postcode, one.line) for one in addresses_in(lines)]
    [('LS2 7EQ', 2), ('31-042', 3)]
    """
    raw, starts, numbers = _near_numbers(lines)
    text = _plain(raw)
    hits: list[_Hit] = []
    for rule in POSTCODE_RULES:
        for hit in rule.pattern.finditer(text):
            named = "code" if hit["code"] is not None else "code2"
            start, end = hit.span(named)
            if any(start < other.end and other.start < end for other in hits):
                continue
            before = text[max(0, start - _BEFORE) : start]
            if not is_postcode(hit, named, rule, text, before):
                continue
            hits.append(_Hit(start, end, rule, hit[named]))
    hits.sort(key=lambda hit: hit.start)
    found = [_address(text, raw, hits, number) for number in range(len(hits))]
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


_NO_WORDS = ":;|·•(,–-♦◆◊●○▪■★☆✦*~»›→¦‖—_ "
_SIGNS = str.maketrans("♦◆◊●○▪■★☆✦*~»›→¦‖—_", "|" * 18 + " ")
_IN_BRACKETS = re.compile(r"(?<!S)(?<!S )\((?=\s?\d{5,6}\s?\))|(?<=\(\d{5})\)|(?<=\(\d{6})\)")


def _plain(text: str) -> str:
    r"""Return a text of the same length whose signs are those of plain addresses.

    Ornaments part as "|" does, brackets around a postcode are none, a house number below its street stands beside it.

    >>> _plain("9 Hall Lane ♦ Dover (19901)"), _plain("Rua do Sol,\nNº 7, 1º Andar")
    ('9 Hall Lane | Dover  19901 ', 'Rua do Sol, Nº 7, 1º Andar')
    """
    plain = _IN_BRACKETS.sub(" ", text.translate(_SIGNS).replace("::", "||"))
    return NUMBER_BELOW.sub(lambda hit: hit[0][:-1] + " ", plain)


def _address(text: str, raw: str, hits: list[_Hit], number: int) -> Location:
    hit = hits[number]
    floor = max(hit.start - _BEFORE, hits[number - 1].end if number else 0)
    before = text[floor : hit.start]
    lines = before.split("\n")
    from_line = "\n".join(lines[-4:]) if len(lines) > 4 else before
    continental = hit.rule.country in ON_THE_CONTINENT
    pattern = CONTINENTAL if continental else STREET
    streets = list(pattern.finditer(from_line))
    if not streets and continental:
        house = named_house(from_line, hit.code, text[hit.end : hit.end + 60])
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
    quote = " ".join(raw[begin : hit.end].split()).lstrip(_NO_WORDS)
    shift = hit.start - len(from_line)
    at = (numbered or streets)[0].span() if streets else (0, 0)
    street = " ".join(raw[shift + at[0] : shift + at[1]].split()).strip(_NO_WORDS)
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


_ON_THE_CONTINENT_ALONE = re.compile(
    rf"(?:[{LARGE}][^:\n\d]{{1,40}}: )?(?P<street>[^:,|·]{{4,45}}\d[^:,|·]{{0,25}}|\d[^:,|·]{{4,45}}?)"
    rf"(?:,| [–|·-]) ?(?P<town>{TOWN})\.?"
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
        part = _ON_THE_CONTINENT_ALONE.fullmatch(line) if len(line) <= 80 else None
        if part and CONTINENTAL.match(part["street"]) and is_town(part["town"]) and part["street"] not in quotes:
            own.append(Location("", "", part["street"], part["town"], part["street"], number, line))
            continue
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
