"""Places that sentences tell of: "we have offices in Oslo, Bergen and Malmö", and how many a company says it has."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from idealfit.watch.place_words import ONE_PLACE, PLACES, TOWN, WORKED_ON
from idealfit.watch.towns import is_town

if TYPE_CHECKING:
    from idealfit.watch.page_text import Page

_OWN = (
    r"we|we['’](?:ve|re)|our|us|its|has|have|with|from|operates?|operating|maintains?|opens?|opened|runs?|running|"
    r"wir|unsere[nrms]?|mit|an|in|haben|betreibt|betreiben|unterh[äa]lt|"
    r"nos|nous|avec|notre|dispose|compte|de nos|"
    r"nuestr[ao]s|tenemos|con|cuenta|contamos|"
    r"nostr[aei]|abbiamo|con|"
    r"onze|wij|met|heeft|hebben|"
    r"noss[ao]s|temos|com|"
    r"vi|v[åa]ra|v[åa]re|vores|med|har"
)
_OTHERS = (
    r"\b(?:customers?|clients?|partners?|dealers?|resellers?|distributors?|stockists?|retailers?|users?|suppliers?|"
    r"members?|"
    r"deliver\w*|ships?|shipping|kunden|h[äa]ndlern?|clients|clientes|clienti|klanten|kunder|competitors?|"
    r"formerly|used to|once had|will (?:have|open)|plans?|planning|aims?|hopes?|until (?:19|20)\d\d|was|were|had|"
    r"software|help(?:s|ed)?|serv(?:e|es|ed|ing|icing|ices) (?:to|for|over|more))\b"
)
_IN = (
    r"(?:(?:are|is|to be found|located|based|situated|vindt u|finden sie|befinden sich|se trouvent|ligger|finns) )*"
    r"(?:both )?"
)
_PREPOSITION = r"(?:in|at|à|en|a|em|i|på|te|w|ve?|do|zu)"
_LAST = r"(?:and|&|or|as well as|und|sowie|et|y|e|ed|en|og|och|ja|i|a) (?:in |à |en )?"
_LIST = rf"((?:{TOWN}(?:,|;) ?){{0,30}}{TOWN},? {_LAST}{TOWN})(?![\w-])"
_SEVERAL = re.compile(
    rf"\b(?i:{_OWN})\b(?P<between>[^.;:!?\n]{{0,60}}?)\b(?i:{PLACES})\b,? (?:[a-zà-ÿ]+ ){{0,2}}?"
    rf"{_IN}(?i:{_PREPOSITION}) {_LIST}"
)
_BY_COUNTRY = re.compile(
    rf"\b(?i:{_OWN})\b(?P<between>[^.;:!?\n]{{0,60}}?)\b(?i:{PLACES})\b,? (?:[a-zà-ÿ]+ ){{0,2}}?"
    rf"{_IN}(?i:{_PREPOSITION}) "
    rf"(?P<list>(?:(?:the )?{TOWN} \([^()]{{2,120}}\)(?:,? (?:and|und|et|y|e|en|och|og) |, |; )?){{1,30}})"
)
_SOON = re.compile(rf" {_PREPOSITION} [A-ZÀ-Þ]")  # most lines are done with after this
_LISTS_TOWNS = re.compile(rf"(?i:\b(?:{PLACES})\b)[^.\n]{{0,40}} (?:{_PREPOSITION}) [A-ZÀ-Þ]")
_AND = re.compile(r",? (?:and|&|or|as well as|und|sowie|et|y|e|ed|en|og|och|ja|i|a) (?:in |à |en )?(?=[A-ZÀ-Þ])|[,;] ?")
_LABELLED = re.compile(
    rf"(?i:(?:our |unsere |nos |nuestr[ao]s |onze |v[åa]ra )?(?:\w+ )?(?:{PLACES}))\s*[:–-]\s*((?:{TOWN}(?:,|;| ·|"
    rf" \|) ?){{1,30}}(?:(?:and|und|et|y|e|en|og|och) )?{TOWN}|{TOWN} (?:and|&|und|et|y|e|en|og|och) {TOWN})\.?"
)
_WORDS = {
    "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11,
    "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18,
    "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "a dozen": 12,
    "zwei": 2, "drei": 3, "vier": 4, "fünf": 5, "sechs": 6, "sieben": 7, "acht": 8, "neun": 9, "zehn": 10, "elf": 11,
    "zwölf": 12, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11,
    "douze": 12, "quinze": 15, "dos": 2, "tres": 3, "cuatro": 4, "cinco": 5, "seis": 6, "siete": 7, "ocho": 8,
    "nueve": 9,
    "diez": 10, "once": 11, "doce": 12, "due": 2, "tre": 3, "quattro": 4, "cinque": 5, "sei": 6, "sette": 7, "otto": 8,
    "nove": 9, "dieci": 10, "twee": 2, "drie": 3, "vijf": 5, "zes": 6, "zeven": 7, "negen": 9, "tien": 10, "twaalf": 12,
    "dois": 2, "duas": 2, "três": 3, "quatro": 4, "sete": 7, "oito": 8, "dez": 10,
    "två": 2, "fyra": 4, "fem": 5, "sex": 6, "sju": 7, "åtta": 8, "nio": 9, "tio": 10, "fire": 4, "seks": 6, "syv": 7,
    "otte": 8, "åtte": 8, "ni": 9, "ti": 10,
}  # fmt: skip
_NUMBER = r"(\d{1,3}(?:,\d{3})+|\d{1,5}|" + "|".join(sorted(_WORDS, key=len, reverse=True)) + r")\+?"
_ROUND = (
    r"(?:(?:over|more than|at least|a network of|a total of|some|about|rund|über|mehr als|plus de|más de|oltre|ruim) )?"
)
_MORE_WORDS = r"(?:(?!of |in |and )[\w'’-]+ ){0,3}?"
_STATED = re.compile(
    r"(?:\b(?:we|our company|our group|the company|the group)\b(?P<between>[^.;:!?\n]{0,70}?)\b(?:have|has|"
    r"operates?|runs?|own|owns|"
    r"maintains?) |"
    r"\b(?:our|all|from|across(?: our)?|at(?: our)?|at any of our|one of our|each of our|in our|throughout our) |"
    r"\b(?:an|in|mit|unsere[nr]?|unsere insgesamt|all(?:e|en) unsere[n]?) |\b(?:nos|avec|dans nos|nuestr[ao]s|con|"
    r"en nuestr[ao]s|nostr[ei]|"
    r"le nostre|i nostri|onze|met|in onze|noss[ao]s|com|v[åa]ra|vores|med|p[åa]) )"
    rf"{_ROUND}{_NUMBER} {_MORE_WORDS}(?P<what>{PLACES})\b",
    re.IGNORECASE,
)
_NOT_NOW = re.compile(
    r"\b(?:by (?:the end of )?20\d\d|until (?:19|20)\d\d|plan(?:s|ned|ning)?|aim(?:s|ing)?|will|used to|once|had|"
    r"were|hope[sd]?|"
    r"customers?|clients?|partners?|dealers?|resellers?|stockists?|kunden|clientes|clienti|klanten|trained|helped|"
    r"serv(?:e|es|ed|ing)|"
    r"software|supplies|supplied|installed|photo(?:graph)?s? of)\b",
    re.IGNORECASE,
)


def towns_in_sentences(page: Page, lines: Sequence[str] | None = None) -> tuple[str, ...]:
    """Return the towns, or countries, that a sentence such as "we have offices in Oslo, Bergen and Malmö" names.

    >>> from idealfit.watch.page_text import read_page
    >>> towns_in_sentences(read_page("<p>With offices in Oslo, Stoke-on-Trent and New York we are near you.</p>"))
    ('Oslo', 'Stoke-on-Trent', 'New York')
    >>> towns_in_sentences(read_page("<p>Unsere Büros in Köln und Bonn.</p><p>Customers' shops in Rome and Bari.</p>"))
    ('Köln', 'Bonn')
    """
    found: dict[str, None] = {}
    for line in page.lines if lines is None else lines:
        label = _LABELLED.fullmatch(line) if len(line) <= 300 else None
        if label:
            found |= dict.fromkeys(_name(name) for name in _AND.split(label[1]))
        if not (_SOON.search(line) and _LISTS_TOWNS.search(line)):
            continue
        for hit in _BY_COUNTRY.finditer(line):
            inside = [part for group in re.findall(r"\(([^()]+)\)", hit["list"]) for part in _AND.split(group)]
            if not re.search(_OTHERS, hit["between"], re.IGNORECASE) and all(
                re.fullmatch(TOWN, part) for part in inside
            ):
                found |= dict.fromkeys(inside)
        for hit in _SEVERAL.finditer(line):
            begin = max(line.rfind(". ", 0, hit.start()) + 1, 0)
            before = line[begin : hit.start("between")] + hit["between"]
            if re.search(_OTHERS, before, re.IGNORECASE) or WORKED_ON.search(before):
                continue
            names = [_name(name) for name in _AND.split(hit[2])]
            names = [name for name in names if not _STATE.fullmatch(name)] or names
            also = re.match(
                rf",? (?:and|und|et|plus|as well as) (?:an?|one|the|"
                rf"our) (?:[a-z-]+ ){{0,2}}?(?:{ONE_PLACE}) in ({TOWN})",
                line[hit.end() :],
            )
            seat = _SEAT.search(line[begin : hit.start(2)])
            seats = [_name(seat["town"])] if seat and is_town(_name(seat["town"])) else []
            found |= dict.fromkeys([*seats, *names, *([also[1].strip(" .")] if also else [])])
    return tuple(name for name in found if name)


def _name(words: str) -> str:
    """Return the name of a town without a state after it, and without the next sentence.

    >>> _name("Durango CO. We"), _name("St. Louis, MO"), _name("York.")
    ('Durango', 'St. Louis', 'York')
    """
    name = re.split(r"(?<!\bSt)(?<!\bFt)(?<!\bMt)\. ", words)[0].strip(" .")
    return re.sub(rf"(?<=\w),? {_STATE.pattern}$", "", name)


_STATE = re.compile(r"(?:A[KLRZ]|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[CDEHJMVY]|O[HKR]|PA|RI|S[CD]|"
                    r"T[NX]|UT|V[AT]|W[AIVY]|ON|BC|AB|QC|NSW|QLD|VIC)")  # fmt: skip
_HOUSE_WORDS = (
    rf"(?:{ONE_PLACE}|b[üu]ro|niederlassung|filiale|werk|agence|bureau|usine|oficina|sede|ufficio|kantoor|kontor)"
)
_SEAT = re.compile(
    rf"(?i:\b(?:headquarter(?:s|ed)|head office|main office|hauptsitz|firmensitz|si[èe]ge|hoofdkantoor|based)"
    rf"(?: (?:is|are|ist|est|located|situated))*) (?i:{_PREPOSITION}) (?P<town>{TOWN})"
)
_FURTHER = re.compile(
    rf"(?i:\b(?:an?|one|another|our|its|the|ein(?:e[nrm]?)?|une?|un[ao]?|een|en|ett)(?: [a-zà-ÿ-]+){{0,2}}? "
    rf"{_HOUSE_WORDS}) (?i:{_PREPOSITION}) (?P<town>{TOWN})"
)
_FIRST_PERSON = re.compile(
    r"\b(?:we|our|us|wir|unser\w*|nous|notre|nos|tenemos|nuestr[ao]s?|abbiamo|nostr[ao]|wij|onze|vi)\b", re.IGNORECASE
)


def further_towns(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the known towns of one place each that sentences name: "we also have an office in York", a seat with it.

    >>> further_towns(("We are based in Leeds with a workshop in York.", "We have an office in Hull."))
    ('Leeds', 'York', 'Hull')
    """
    found: dict[str, None] = {}
    for line in lines:
        if not _SOON.search(line):
            continue
        for sentence in _SENTENCES.split(line):
            hits = list(_FURTHER.finditer(sentence))
            seat = _SEAT.search(sentence)
            if not hits or re.search(_OTHERS, sentence, re.IGNORECASE) or _NOT_NOW.search(sentence):
                continue
            if seat or _FIRST_PERSON.search(sentence):
                names = (_name(hit["town"]) for hit in ([seat] if seat else []) + hits)
                found |= dict.fromkeys(name for name in names if is_town(name))
    return tuple(found)


_SENTENCES = re.compile(r"(?<=[\w)]{3}[.!?;]) +(?=[A-ZÀ-Þ])")


def stated_counts(page: Page, lines: Sequence[str]) -> tuple[tuple[int, str, str], ...]:
    """Return what the company says of how many places it has: the number, what they are called, and the quote.

    >>> from idealfit.watch.page_text import read_page
    >>> page = read_page("<p>Today we have 48 branches.</p><p>We serve 300 hotels.</p><p>An 7 Standorten</p>")
    >>> stated_counts(page, page.lines)
    ((48, 'branches', 'we have 48 branches'), (7, 'standorten', 'An 7 Standorten'))
    """
    found: list[tuple[int, str, str]] = []
    for line in lines:
        for hit in _STATED.finditer(line):
            begin = line.rfind(". ", 0, hit.start()) + 1
            end = line.find(". ", hit.end())
            if _NOT_NOW.search(line[begin : end if end >= 0 else len(line)]):
                continue
            number = hit[2].casefold()
            count = _WORDS[number] if number in _WORDS else int(number.replace(",", ""))
            more = re.match(
                rf" (?:and|und|et|y|e|en|og|och) {_NUMBER} {_MORE_WORDS}(?:{PLACES})\b",
                line[hit.end() :],
                re.IGNORECASE,
            )
            if more:
                other = more[1].casefold()
                count += _WORDS[other] if other in _WORDS else int(other.replace(",", ""))
            quote = hit[0] + (more[0] if more else "")
            found.append((count, hit["what"].casefold(), " ".join(quote.split())))
    return tuple(found)
