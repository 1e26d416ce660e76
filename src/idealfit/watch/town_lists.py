"""Places told by town or by street and town without a postcode: lists, tables, captions, choices, and enumerations.

A name counts where it is a known town (`towns`), in a list most of which are towns, under words for one's own places.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from idealfit.watch.place_words import LARGE, PLACES, TOWN, WORKED_ON
from idealfit.watch.postcodes import STATE_NAMES, WIDER_THAN_TOWNS
from idealfit.watch.towns import is_town

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST = 500
"""So many lists are looked at on a page, and so many items of each."""

_HEADS = re.compile(
    rf"\b(?:{PLACES}|\w*(?:paikat|pisteet|liikkeet|kaupat)|resorts|salons?|(?:an?|your) (?:\w+ )?resort|punti vendita|"
    r"orter|byer|where (?:to find us|we are|you(?:'|’)ll find us)|find us|visit us|h[äa]r finns vi|hitta (?:till )?oss|"
    r"her finne[rs] (?:du|vi)|find os|d[óo]nde (?:estamos|encontrarnos)|dove siamo|dove trovarci|o[ùu] nous trouver|"
    r"nous trouver|so finden sie uns|wo sie uns finden|waar (?:zijn we|vindt u ons)|onde estamos|gdzie jesteśmy)\b",
    re.IGNORECASE,
)
_NOT_OWN = re.compile(
    r"\b(?:deliver\w*|ships?|shipping|cover(?:ed|age|ing|s)?|serv(?:e|es|ed|ing|icing|ice areas?)|areas?|customers?|"
    r"clients?|"
    r"members?|stud(?:y|ies)|partners?|dealers?|resellers?|distributors?|stockists?|retailers?|stocks?|stocked|sold|"
    r"suppl\w+|users?|events?|fairs?|jobs?|vacanc\w+|careers?|hiring|projects?|references?|near(?:by|est)?|planned|"
    r"soon|future|closed|former\w*|used to|will|plans?|was|were|had|until|training|courses?|seminars?|from|"
    r"kunden|liefer\w*|einsatz\w*|projekte|referenzen|stellen\w*|h[äa]ndler|termine|messen|"
    r"livr\w+|r[ée]alisations?|interven\w+|client[aei]?s?|clienti|klanten|kunder|lever\w+|proyectos|entreg\w+|"
    r"env[íi]os?|consegn\w+|bezorg\w*|partenaires?|emplois?|travel|flights?|from|weather|popular|homes for|"
    r"featured|listings?|directory|"
    r"hotels? (?:in|near)|property|properties|apartments?|tickets?|shows?|gigs?|tour)\b",
    re.IGNORECASE,
)
_SEPARATORS = re.compile(r"\s*[,:;|·•(/+)\n]\s*|\s+[–—-]\s+")
_STREET = re.compile(
    rf"(?:[{LARGE}][^\W\d_][\w.'’-]*(?: [\w.'’-]+){{0,4}} \d{{1,4}}(?: ?[a-zA-Z])?(?:/[\dA-Za-z]+)?|"
    rf"\d{{1,5}}[A-Za-z]?,? (?:(?:[NSEW]|[NS][EW])\.? )?[{LARGE}0-9][\w.'’-]*(?: [\w.'’-]+){{0,5}})"
)
_AMOUNT = re.compile(
    r"\d (?:people|mitarbeiter|collaborateurs|projects?|years?|days?|hours?|staff|rooms?|beds?)\b", re.IGNORECASE
)
_ENTRIES = {
    "ul": "li", "ol": "li", "dl": "dt", "select": "option", "nav": "a", "table": "tr", "figure": "figcaption",
    "p": "", "div": "", "section": "", "address": "",
}  # fmt: skip


def lists_in(tree: LexborHTMLParser) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return the lists of a page that stand under words for places, each with these words and its items.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> lists_in(LexborHTMLParser("<h2>Our shops</h2><ul><li>Leeds<li>York</ul><h2>News</h2><ul><li>a<li>b</ul>"))
    (('Our shops', ('Leeds', 'York')),)
    """
    found: list[tuple[str, tuple[str, ...]]] = []
    head, close = "", ""  # the heading above, and the last short line before
    captions: list[str] = []
    if tree.body is None:
        return ()
    for node in tree.body.css("h1,h2,h3,h4,h5,h6,p,label,ul,ol,dl,select,nav,table,div,figcaption,legend,section"):
        words = _words(node) if node.tag not in ("div", "section", "table", "nav", "ul", "ol") else ""
        if node.tag and node.tag[0] == "h":
            if len(captions) > 1:
                found.append((head, tuple(captions)))
            head, close, captions = words, "", []
            continue
        if node.tag == "figcaption":
            captions.append(words)
            continue
        items = _items(node)
        above = next((one for one in (close, head) if _HEADS.search(one) and len(one) <= 120), "")
        if node.tag in ("p", "label", "legend") and len(words) <= 120 and len(items) < 2:
            close = words if _HEADS.search(words) else close
            continue
        if above and len(items) > 1 and not _NOT_OWN.search(above) and len(found) < MOST:
            found.append((above, tuple(items[:MOST])))
    if len(captions) > 1:
        found.append((head, tuple(captions)))
    return tuple((above, items) for above, items in found if _HEADS.search(above) and not _NOT_OWN.search(above))


def _items(node: LexborNode) -> list[str]:
    """Return the texts of the items of a list, a table, a choice, or of what stands between the breaks of a text."""
    tag = node.tag or ""
    if tag == "table":
        rows = [[_words(cell) for cell in row.css("td")] for row in node.css("tr")]
        rows = [[cell for cell in row if cell] for row in rows if row]
        if rows and all(len(row) == len(rows[0]) for row in rows) and len(rows) == 1:
            return rows[0]
        return [", ".join(row) for row in rows if row]
    wanted = _ENTRIES.get(tag, "")
    if wanted:
        items = [_words(one) for one in node.css(wanted)]
        return [one for one in items if one and len(one) <= 120]
    if tag == "p" and node.css_first("br") is not None:
        return [line for line in _lines_of(node) if len(line) <= 120]
    children = [one for one in node.iter() if one.tag in ("div", "p", "a", "span", "article", "section")]
    if tag in ("div", "section") and len(children) > 1 and len({one.tag for one in children}) == 1:
        items = [_words(one) for one in children]
        return [one for one in items if one and len(one) <= 120]
    return []


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


def _lines_of(node: LexborNode) -> list[str]:
    """Return what stands between the breaks of a paragraph."""
    lines = [""]
    for one in node.iter(include_text=True):
        if one.tag == "br":
            lines.append("")
        else:
            lines[-1] += one.text_content or "" if one.tag == "-text" else " " + one.text(separator=" ")
    return [" ".join(line.split()) for line in lines if line.strip()]


def _is_street(part: str) -> bool:
    """Return whether a part of an item is a street with a number, and no telephone number or amount."""
    return bool(_STREET.fullmatch(part) and re.search(r"[^\W\d_]{3}", part) and not _AMOUNT.search(part))


def place_in(item: str) -> tuple[str, str]:
    """Return the town and the street of an item of a list, empty where it has none.

    >>> place_in("TORINO - Via Nizza 140"), place_in("12 Mill Bank, Leeds"), place_in("Leeds (0113 555 0101)")
    (('TORINO', 'Via Nizza 140'), ('Leeds', '12 Mill Bank'), ('Leeds', ''))
    """
    parts = [part.strip(" .") for part in _SEPARATORS.split(item) if part.strip(" .")][:6]
    street = next((part for part in parts if _is_street(part)), "")
    towns = [part for part in parts if part is not street and re.fullmatch(TOWN, part) and is_town(part)]
    if towns:
        return towns[-1] if street and parts.index(towns[-1]) > parts.index(street) else towns[0], street
    first = parts[0].split() if parts and len(parts[0]) <= 40 else []
    for size in (3, 2, 1):  # "Nice Port" is in Nice; its whole name tells it from "Nice Centre"
        if len(first) > size and is_town(" ".join(first[:size])) and re.fullmatch(TOWN, parts[0]):
            return parts[0], street
    return "", street


def places_in_list(items: Sequence[str]) -> list[tuple[str, str, str]]:
    """Return the town, the street and the whole item of each place in a list that is one of towns, else nothing.

    >>> [town for town, _, _ in places_in_list(("Hair by Jo Leeds", "Hair by Jo York", "Hair by Jo Hull"))]
    ['Leeds', 'York', 'Hull']
    >>> places_in_list(("Leeds", "Mail", "News"))
    []
    """
    items = [one for one in items if not is_no_item(one)]
    if any(_COUNTED.search(one) for one in items):
        return []  # "Kent (12)": an index
    bare = _without_common(items)
    found = [(*place_in(one), whole) for one, whole in zip(bare, items, strict=True)]
    placed = [one for one in found if one[0]]
    return placed if len(placed) > 1 and len(placed) >= 0.75 * len(found) else []


def is_no_item(words: str) -> bool:
    """Return whether an item of a list is none itself: "Choose a branch", or what a field of a form is called.

    >>> is_no_item("Choose a branch"), is_no_item("Your name:"), is_no_item("Leeds")
    (True, True, False)
    """
    return bool(_CHOICE.match(words) or words.endswith(":"))


_COUNTED = re.compile(r"\(\d{1,4}\)$")
_CHOICE = re.compile(
    r"(?i)(?:please |bitte )?(?:choose|select|pick|w[äa]hle|choisi|scegli|eli[gj]|kies|v[äa]lj|vælg|velg|any|all|alle|"
    r"tous|toutes|tutt[ei]|[-–—])\b"
)


def _without_common(items: Sequence[str]) -> list[str]:
    """Return the items without the words with which all begin: "Salon Leeds", "Salon York"."""
    split = [one.split() for one in items]
    size = 0
    while split and all(len(one) > size + 1 for one in split) and len({one[size].casefold() for one in split}) == 1:
        size += 1
    return [" ".join(one[size:]) for one in split] if len(split) > 1 else list(items)


_LAST = r"(?:and|&|und|sowie|et|y|e|ed|en|og|och|ja|i|a|oraz) (?:in |à |en )?"
_LIST = re.compile(rf"(?:{TOWN}(?:,|;) ?){{0,30}}{TOWN},? {_LAST}{TOWN}(?![\w-])|(?:{TOWN}(?:,| ·|;) ?){{2,30}}{TOWN}")
_AND = re.compile(rf",? {_LAST}(?=[{LARGE}])|[,;] ?| · ?")
_LEAD = re.compile(
    rf"\b(?:{PLACES}|branch|office|present[ei]?s? (?:in|à|en|a)|pr[ée]sents? (?:à|en)|presentes en|vertreten in|"
    r"(?:based|located|find us) in|tegenwoordig in|zu finden in)\b",
    re.IGNORECASE,
)

_SENTENCES = re.compile(rf"(?<=[\w)]{{3}}[.!?]) +(?=[{LARGE}])")


def towns_enumerated(lines: Sequence[str]) -> Iterator[str]:
    """Yield the towns that a sentence of one's own places enumerates, in brackets or after a colon too.

    >>> list(towns_enumerated(("Wir sind 24 Leute, vier Büros: Köln, Bonn und Hamburg.", "Clients in Rome and Bari.")))
    ['Köln', 'Bonn', 'Hamburg']
    """
    for line in lines:
        for sentence in _SENTENCES.split(line) if _LEAD.search(line) else ():
            lead = _LEAD.search(sentence)
            if not lead or _NOT_OWN.search(sentence) or WORKED_ON.search(sentence[: lead.start()]):
                continue
            hit = _LIST.search(sentence, lead.end())
            if not hit or hit.start() - lead.end() > _NEAR:
                continue
            names = [name.strip(" .") for name in _AND.split(hit[0]) if name.strip(" .")]
            names = _without_states(names)
            if len(names) > 1 and sum(map(is_town, names)) >= 0.75 * len(names):
                yield from names


def _without_states(names: list[str]) -> list[str]:
    """Return the names without the states that stand after their towns, and the countries after these.

    >>> _without_states(["Dover", "Delaware", "USA", "New York", "Ontario"]), _without_states(["Texas", "Ohio"])
    (['Dover', 'New York'], ['Texas', 'Ohio'])
    """
    kept: list[str] = []
    for before, name in zip(("", *names), names, strict=False):
        if STATE_NAMES.fullmatch(name) or (STATE_NAMES.fullmatch(before) and WIDER_THAN_TOWNS.fullmatch(name)):
            continue
        kept.append(name)
    return kept or names


_NEAR = 45
"""So many characters may stand between the word for places and the first of the towns."""
