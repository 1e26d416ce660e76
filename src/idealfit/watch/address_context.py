"""What stands around a number that has the form of a postcode, and shows that it is one: a street, a town, a line."""

from __future__ import annotations

import re

from idealfit.watch.place_words import LARGE
from idealfit.watch.postcodes import TOWN, PostcodeRule, in_australian_state, in_state
from idealfit.watch.towns import is_town, known_towns

STREET_WORDS = (
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
    r"passeig|carrer|ronda|camino|carretera|ctra\.?|nave|pol[íi]gono|urb\.|edificio|rua|praça|travessa|alameda|jalan|jln?\.?|"
    r"estrada|rodovia|gran v[íi]a|v[íi]a|ul\.|ulica|aleja|al\.|"
    r"industriezone|zone|postbus|postfach|postboks|apartado|casella postale|b\.?p\.?|bo[iî]te postale|box|"
    r"am|im|an der|auf der|zum|zur|unter den"
)
CONTINENTAL = re.compile(
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
NUMBER_BELOW = re.compile(
    rf"^(?=[^\n\d]{{4,45}}$)(?:[^\n]*(?:{_ON_STREETS})|\b(?:{_OFF_STREETS})(?:\b|(?<=[./]))[^\n]*?),?\n"
    r"(?=(?:n[or]?[.º°]{0,2} ?)?\d{1,3}(?: ?[a-z])?(?:,|$))",
    re.IGNORECASE | re.MULTILINE,
)
"""A street on the continent whose number has the next line."""

STREET = re.compile(
    rf"(?:\b\d[\w/,&-]*\.?\s+[^\n]{{0,60}}?\b(?:{STREET_WORDS})\b|\b(?:{STREET_WORDS})\b[^\n]{{0,25}}?\d|"
    rf"\b(?:one|two|three)\s+[^\n]{{2,40}}\b(?:{STREET_WORDS})\b|^[\w .'’&-]{{2,40}}\b(?:{STREET_WORDS})\b)",
    re.IGNORECASE | re.MULTILINE,
)
_NUMBERED_STREET = re.compile(r"[^\W\d_][\w.'’-]+ \d{1,4}[A-Za-z]?(?:/\d+)?[,\s|·–-]{1,4}$")
"""Whatever street, right before a postcode whose form alone says much, as "Rynek 7, 31-042"."""

ON_THE_CONTINENT = ("EU", "NL", "SE", "PL", "PT")
_CALL = re.compile(r"\b(?:tel|fax|phone|ph|call|mobile|toll|t|f)\b\.?\s*[:.+(\d]|\+\d{2}", re.IGNORECASE)
_NO_PLACE = re.compile(
    r"\b(?:(?<![A-Za-z] )code|model|e\.?g|example|such as|box|no|nr|id|ext|reg|number|since|in|"
    r"lot|plot|unit|suite)\b[\s.:#]*$",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?:19|20)\d\d")
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

_THING_WORDS = (
    r"(?:calls|users|minutes|contacts|people|employees|customers|members|projects|years|hours|"
    r"units|products|"
    r"emails|credits|downloads|reviews|points|pages|items|requests|events|sessions|visitors|views|records|"
    r"mitarbeiter\w*|kunden|jahre|stück|teilnehmer|euro|eur|usd|gbp|chf|kr|watt|kilometer|words|companies|orders|"
    r"megawatt|tonnes|tons|litres|followers|volts?|medarbejdere|kunder|anställda|werknemers|klanten|salariés|"
    r"clients)\b"
)
_THINGS = re.compile(rf"[^\n,.|]{{0,20}}?\b{_THING_WORDS}", re.IGNORECASE)
_THINGS_FIRST = re.compile(rf"\s*{_THING_WORDS}", re.IGNORECASE)
_WITHIN_LAST = re.compile(
    r"\b(?:suite|ste|unit|floor|room|level|office|shop|box|apt|nr|no|plot|block|lot|hall|stand|booth|halle|"
    r"gate)\b\.? ?\d+[a-z]?[,\s]*\Z",
    re.IGNORECASE,
)
STREET_SOON = re.compile(
    r"[^\n\d,]{0,40}\b(?:street|st|road|rd|avenue|ave|boulevard|blvd|drive|dr|lane|ln|way|court|parkway|pkwy|"
    r"highway|hwy)\b",
    re.IGNORECASE,
)


def is_postcode(hit: re.Match[str], code: str, rule: PostcodeRule, text: str, before: str) -> bool:
    """Return whether a number that a rule found in a text is a postcode, by what stands before and after it.

    `code` is the name of its group, `before` what stands before it, as far as a street may.
    """
    start, end = hit.span(code)
    state = hit.groupdict().get("state")
    line_start = text.rfind("\n", 0, start) + 1
    lead = text[line_start : hit.start("state") if state else start]
    after = text[end : end + 60]
    if _CALL.search(text[line_start:start][-40:]) or _NO_PLACE.search(lead):
        return False
    year = _YEAR.fullmatch(hit[code])
    if _DIGITS_BEFORE.search(lead) and not state:
        return False
    told = _joined_to(hit, before) if "gap" in hit.re.groupindex else None
    if told is None and (rule.street or (not rule.country and year)):
        told = _has_street(before, rule, hit[code], after)
    if told is False:
        return False
    if year and rule.country in ("EU", "") and _is_year(before, after):
        return False
    return _in_state(hit, rule, text, before)


_DIGITS_BEFORE = re.compile(r"(?:\+\d{1,3}|\d{2,5}\)?)[ .-]{1,2}(?:\d{1,4}[ .-]{1,2})*\d{2,4}[ .-]{1,2}$")
"""The digits of a telephone number, as "0800 555 ", before its last ones."""

_INDIAN_STATES = frozenset(
    "Andhra|Pradesh|Assam|Bengal|Bihar|Chhattisgarh|Goa|Gujarat|Haryana|India|Jharkhand|Karnataka|Kerala|Maharashtra|"
    "Nadu|Odisha|Orissa|Punjab|Rajasthan|Telangana|Uttarakhand".casefold().split("|")
)


def _joined_to(hit: re.Match[str], before: str) -> bool | None:
    """Return whether the word that a hyphen joins to a number is a town's after a comma, None for a street to tell."""
    name, gap = hit["town"], hit["gap"]
    if gap not in ("-", "–") or not known_towns() or name.casefold() in _INDIAN_STATES:
        return None
    return is_town(name) and (before[: -len(name + gap)].rstrip().endswith(",") or None)


def _is_year(before: str, after: str) -> bool:
    """Return whether a number that may be a year is one: after a month, or before what surely is no town.

    >>> _is_year("Magazine, February 1, ", " Issue"), _is_year("Route 1, ", " Sion")
    (True, False)
    """
    no_town = bool(re.match(rf"[\s–-]*{TOWN}", after) and known_towns()) and not _before_town(after)
    return no_town or bool(re.search(rf"\b(?:{_MONTHS})\b\.?[\s\d.,]*$", before, re.IGNORECASE))


def _in_state(hit: re.Match[str], rule: PostcodeRule, text: str, before: str) -> bool:
    """Return whether a postcode fits its state, and stands after a town or a street, or alone on a line."""
    groups = hit.groupdict()
    state, code = groups.get("state"), hit["code"]
    if rule.country == "GB" and ("-" in code or _NO_CODE.search(code)):
        return bool(STREET.search(before))
    if rule.country == "AU":
        return not state or in_australian_state(state, code)
    town = groups.get("town") or ""
    if not rule.country and town:
        return is_town(town) and not _YEAR.fullmatch(code)
    if rule.country != "US":
        return True
    if not state:
        return bool(groups.get("comma")) or is_town(town)
    lead = text[max(0, hit.start() - 60) : hit.start()]
    alone = not lead.rpartition("\n")[2].strip() and len(text[hit.end() : hit.end() + 60].partition("\n")[0]) <= 40
    placed = alone or STREET.search(before) or _after_town(lead)
    return bool(placed) and in_state(state, code)


_NO_CODE = re.compile(r"\d(?:[GT]B|TH|ND|RD|ST|XL)$", re.IGNORECASE)
"""What may as well be so many gigabytes, or an ordinal, as the end of a British postcode."""


def _after_town(lead: str) -> bool:
    """Return whether what stands before a state ends in a town: any name before a comma, else a known one.

    >>> _after_town("Acme, Sand City, "), _after_town("We are in Dallas "), _after_town("Serial ")
    (True, True, False)
    """
    name = re.search(r"((?:[A-Z][\w.'’-]*\)? ){0,2}[A-Z][\w.'’-]*\)?)([\s,|·•–-]*)$", lead)
    if name is None or re.search(
        r"\b(?:e\.g\.|for example|such as|z\. ?b\.|p\. ?ex\.)[^\n]{0,40}$", lead, re.IGNORECASE
    ):
        return False
    words = name[1].split()
    return bool(name[2].strip()) or not known_towns() or any(is_town(" ".join(words[at:])) for at in range(len(words)))


def _has_street(before: str, rule: PostcodeRule, code: str, after: str) -> bool:
    """Return whether a street stands before a postcode; on the continent, right before it."""
    if rule.country in ON_THE_CONTINENT:
        return not _THINGS_FIRST.match(after) and bool(
            _alone_with_town(before, rule, after)
            or any(len(before) - street.end() <= 14 for street in CONTINENTAL.finditer(before))
            or (rule.country != "EU" and _NUMBERED_STREET.search(before))
            or named_house(before, code, after)
            or (_STREET_LAST.search(before) and _before_town(after))
        )
    near = "\n".join(before.split("\n")[-4:])
    if not rule.country and _LABELLED_TOWN.search(near):
        return True
    return bool(STREET.search(near) or (rule.country not in ("GB", "IN") and CONTINENTAL.search(near)))


_STREET_LAST = re.compile(
    r"\b\d{1,5}[A-Za-z]?,? [^\n,]{2,40}\b(?:street|st|road|rd|avenue|ave|boulevard|blvd|lane|drive|square)\b"
    r"\.?[,\s–-]{1,3}\Z",
    re.IGNORECASE,
)
_LABELLED_TOWN = re.compile(r"\b(?:city|town|state|province|suburb|locality)\s*:\s*[^\W\d]", re.IGNORECASE)


def _before_town(after: str) -> bool:
    """Return whether a known town stands right after a postcode."""
    name = re.match(rf"[\s–-]*({TOWN})", after)
    words = name[1].split() if name else []
    return any(is_town(" ".join(words[: size + 1])) for size in range(len(words)))


def _alone_with_town(before: str, rule: PostcodeRule, after: str) -> bool:
    r"""Return whether a postcode and a known town have a line to themselves, under a street that may stand apart.

    In a table a line of another column may come between; a Dutch, Polish or Portuguese postcode needs no street.

    >>> rule = PostcodeRule("NL", re.compile(""))
    >>> _alone_with_town("Kade 5\nOpen\n", rule, " Utrecht\n"), _alone_with_town("Type ", rule, " Utrecht")
    (True, False)
    """
    *above, line = before.split("\n")
    name = re.sub(r" ?\([^()]*\)$", "", after.partition("\n")[0].strip(" .,–-"))
    if line.strip() or not (re.fullmatch(TOWN, name) and is_town(name)):
        return False
    return rule.country in ("NL", "PL", "PT") or any(CONTINENTAL.search(one) for one in above[-3:])


def named_house(before: str, code: str, after: str) -> re.Match[str] | None:
    """Return the street of whatever name that stands right before a postcode, where a town ends the line after it."""
    if _THINGS.match(after) or not re.match(rf"[\s–-]*{TOWN}[^\n\d]{{0,30}}\d{{0,2}}(?:[\s,.;|·(]|$)", after):
        return None
    near = "\n".join(before.split("\n")[-2:])
    if _WITHIN_LAST.search(near) or STREET_SOON.match(after):
        return None
    house = _HOUSE.search(near)
    long = house and re.search(r"(?<!\d)\d{4}(?!\d)", house[0]) and len(code) == 4  # "0900 - 1700. Opening 1000"
    return None if long else house
