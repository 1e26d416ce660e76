"""Places that the markup of a page names: microdata, hCards, tables, points of a map, lists of branches by town."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborHTMLParser, LexborNode

MOST = 2_000
"""So many places of a kind are read from one page."""

_MARKED = {
    "streetAddress": '[itemprop~="streetAddress"], .street-address',
    "postalCode": '[itemprop~="postalCode"], .postal-code',
    "addressLocality": '[itemprop~="addressLocality"], .locality',
}
_COLUMNS = {
    "postalCode": r"zip(?:[ -]?codes?)?|post(?:al)?[ -]?codes?|plz|postleitzahl|cap|cep|c\.?p\.?|code postal|"
    r"c[óo]digo postal|"
    r"postcode|postnummer|postnr\.?|pin(?:[ -]?code)?|eircode",
    "streetAddress": r"address(?: ?1| line 1)?|street(?: address)?|stra(?:ß|ss)e|anschrift|adresse?|indirizzo|via|"
    r"calle|"
    r"direcci[óo]n|direction|rue|straat|endere[çc]o|rua|adres",
    "addressLocality": r"city|town|ort|stadt|ville|ciudad|localidad|citt[àa]|comune|plaats|cidade|suburb|location|"
    r"branch|place",
}
_HEADS = {name: re.compile(rf"\W*(?:{words})\W*", re.IGNORECASE) for name, words in _COLUMNS.items()}


def marked_addresses(tree: LexborHTMLParser) -> Iterator[Mapping[str, str]]:
    """Yield the addresses that microdata, hCards or the heads of a table mark, with names of parts as in schema.org."""
    for node in tree.css('[itemtype*="schema.org/PostalAddress"], .adr')[:MOST]:
        held = {}
        for name, where in _MARKED.items():
            part = node.css_first(where)
            if part is not None:
                words = part.attributes.get("content") or part.text(separator=" ")
                held[name] = " ".join(words.split())
        if held:
            yield held
    for table in tree.css("table")[:MOST]:
        yield from _rows_of(table)


def _rows_of(table: LexborNode) -> Iterator[Mapping[str, str]]:
    """Yield the addresses of a table one of whose heads says "postcode"."""
    rows = table.css("tr")[:MOST]
    heads = [_words(cell) for cell in rows[0].css("th, td")] if len(rows) > 1 else []
    columns = {
        name: number for name, head in _HEADS.items() for number, words in enumerate(heads) if head.fullmatch(words)
    }
    if "postalCode" not in columns:
        return
    for row in rows[1:]:
        cells = [_words(cell) for cell in row.css("th, td")]
        held = {name: cells[number] for name, number in columns.items() if number < len(cells) and cells[number]}
        if re.search(r"\d", held.get("postalCode", "")) and len(held["postalCode"]) <= 12:
            yield held


def _words(node: LexborNode) -> str:
    return " ".join(node.text(separator=" ").split())


_NORTH = ("data-lat", "data-latitude")
_EAST = ("data-lng", "data-lon", "data-long", "data-longitude")


def map_points(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield the points that attributes put on a map: where (to about a hundred metres), and the words for it."""
    nodes = tree.css("[data-lat], [data-latitude]")
    for node in nodes[:MOST] if len(nodes) > 1 else ():  # one point alone may be the middle of the map
        held = node.attributes
        found = [held.get(names[0]) or next((held[n] for n in names if held.get(n)), None)
                 for names in (_NORTH, _EAST)]  # fmt: skip
        try:
            north, east = (float(value or "") for value in found)
        except ValueError:
            continue
        if -90 <= north <= 90 and -180 <= east <= 180 and (north or east):
            words = next((v for n in ("data-address", "data-name", "data-title", "title") if (v := held.get(n))), "")
            yield f"{north:.3f},{east:.3f}", " ".join(words.split()) or _words(node)[:120] or str(found[0])


_BRANCHES = re.compile(
    r"(?:(?:our|all|the|find (?:an?|your|our)|unsere|nos|nuestr[ao]s|l[ei] nostr[ei]|nossas|onze|v[åa]ra) )?"
    r"(?:(?:global|worldwide|local|regional|sales|other|retail|current) )?"
    r"(?:offices?|office locations|branch(?:es)?|branch (?:network|locations)|locations?|stores?|store locations|"
    r"shops|depots?|showrooms?|"
    r"clinics|practices|salons|sites|studios|warehouses|campuses|restaurants|standorte|niederlassungen|filialen|"
    r"gesch[äa]ftsstellen|b[üu]ros|agences|bureaux|magasins|boutiques|oficinas|delegaciones|sucursales|tiendas|sedi|"
    r"filiali|"
    r"negozi|vestigingen|kantoren|winkels|filiais|unidades|lojas|escrit[óo]rios|kontor|butiker)"
    r"(?: worldwide| around the world| by (?:town|city))?\W*",
    re.IGNORECASE,
)
_LARGE = "A-ZÀ-ÖØ-ÞĀČĎĐĒĘĞĪİŁŃŇŐŘŚŠŤŪŮŰŹŻŽ"
TOWN = (
    rf"[{_LARGE}](?:[^\W\d]|['’.])+(?:[ -](?:(?:on|upon|le|la|les|sur|sous|in|am|an|der|de|do|da|del|di|den|the|of|"
    rf"and|by|y)[ -])*"
    rf"(?:[ld]['’])?[{_LARGE}(](?:[^\W\d]|['’.)])*){{0,3}}"
)
"""A name as towns have them: words with capitals, and small ones between."""

_NO_TOWN = re.compile(
    r"^(?:home|about|contact|directions|map|privacy|terms|careers?|jobs|news|blog|menu|search|login|products?|"
    r"services?|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|opening|hours|book|read|learn|view|see|find|get|call|"
    r"e-?mail|"
    r"phone|more|details|website|facebook|twitter|linkedin|instagram|support|sales|online|all|legal|imprint|impressum|"
    r"cookies|copyright|team|press|faq|help|shop|store|order|offers)\b|"
    r"\b(?:head ?quarters?|locations?|offices?|regions?|regional|counties|county|areas?|serve|served|we|our|corporate|"
    r"world ?wide|world|europe|asia|pacific|africa|americas?|middle east|emea|apac|latam|operations|facilit(?:y|ies)|"
    r"department|division|group|inc|ltd|gmbh|llc)\b",
    re.IGNORECASE,
)
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")


def listed_towns(tree: LexborHTMLParser, elsewhere: re.Pattern[str]) -> tuple[str, ...]:
    """Return the towns that a page lists under a heading that says "our branches": its items, or the headings below it.

    A list of countries or states, which match `elsewhere`, is an index and no list of places.
    """
    found: dict[str, None] = {}
    for head in tree.css("h1, h2, h3, h4, h5, h6")[:MOST]:
        if _BRANCHES.fullmatch(_words(head)):
            items = _items_after(head)
            named = [name for item in items if (name := _town_of(item))]
            wide = sum(bool(elsewhere.fullmatch(name)) for name in named)
            if len(named) >= 2 and len(named) >= 0.8 * len(items) and wide < len(named):
                found |= dict.fromkeys(named)
    return tuple(found)


def _town_of(item: str) -> str:
    """Return the town that an item of a list begins with, or nothing: "Leeds - 0113 555 0101" is Leeds."""
    name = re.split(r"\s*(?:[,:;|•·–(+]|\s-\s|\d)", item, maxsplit=1)[0].strip()
    return name if re.fullmatch(TOWN, name) and not _NO_TOWN.search(name) and len(name) <= 40 else ""


def _items_after(head: LexborNode) -> list[str]:
    """Return the texts of what a heading lists: headings below it where there are some, else items of lists."""
    level = head.tag or "h6"
    below: list[str] = []
    items: list[str] = []
    node: LexborNode | None = head
    for _up in range(2):
        following = node.next if node else None
        while following is not None and not (following.tag in _HEADINGS and (following.tag or "") <= level):
            if items and following.tag in _HEADINGS:
                break  # what is listed right below the heading is what it speaks of
            if following.tag in _HEADINGS:
                below.append(_words(following))
            elif following.tag and following.tag[0] not in "-_":
                heads = following.css("h1, h2, h3, h4, h5, h6")
                if any((inner.tag or "") <= level for inner in heads):
                    break
                below += [_words(inner) for inner in heads]
                if following.tag != "footer":
                    items += [_words(item) for item in following.css("li, dt")]
            following = following.next
        if below or items:
            break
        node = node.parent if node else None  # a heading that is wrapped alone
    return (below or items)[:MOST]
