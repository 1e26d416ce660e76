"""Places that the markup of a page names: microdata, hCards, tables, points of a map, lists of branches by town."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING

from idealfit.watch.place_words import PLACES, TOWN
from idealfit.watch.towns import is_town, known_towns

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
_DEGREES = r"-?\d{1,3}\.\d{2,}"
_SCRIPTED = (
    re.compile(
        r"[\"']?\b(?:lat|latitude)[\"']?\s*[:=]\s*[\"']?(-?\d{1,3}\.\d+)[\"']?\s*,\s*[\"']?(?:lng|lon|long|"
        r"longitude)[\"']?"
        r"\s*[:=]\s*[\"']?(-?\d{1,3}\.\d+)"
    ),
    re.compile(
        rf"(?:LatLng|marker|point|coordinates[\"']?\s*:)\s*\(?\s*\[?\s*({_DEGREES})\s*,\s*({_DEGREES})", re.IGNORECASE
    ),
    re.compile(rf"\[\s*[\"'][^\"'\n]{{2,60}}[\"']\s*,\s*({_DEGREES})\s*,\s*({_DEGREES})"),
)
_CENTRE = re.compile(
    r"(?:cent(?:er|re)|setView|panTo|origin|default\w*|bounds|viewport)[\"']?\s*[:=(]?\s*[\[{(]?[^\]})]{0,30}$",
    re.IGNORECASE,
)
_IN_TEXT = re.compile(rf"(?<![\d.])({_DEGREES})°?\s?(?:[NS]\b)?,?\s*[,/ ]\s*({_DEGREES})°?(?![\d.])")


def map_points(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Yield the points that attributes put on a map: where (to about a hundred metres), and the words for it."""
    nodes = tree.css("[data-lat], [data-latitude]")
    for node in nodes[:MOST] if len(nodes) > 1 else ():  # one point alone may be the middle of the map
        held = node.attributes
        found = [held.get(names[0]) or next((held[n] for n in names if held.get(n)), None)
                 for names in (_NORTH, _EAST)]  # fmt: skip
        where = _on_earth(found[0] or "", found[1] or "")
        if where:
            words = next((v for n in ("data-address", "data-name", "data-title", "title") if (v := held.get(n))), "")
            yield where, " ".join(words.split()) or _words(node)[:120] or str(found[0])


def _on_earth(north: str, east: str) -> str:
    """Return a point on earth to about a hundred metres, or nothing for what is none."""
    try:
        up, right = float(north), float(east)
    except ValueError:
        return ""
    return f"{up:.3f},{right:.3f}" if -90 <= up <= 90 and -180 <= right <= 180 and (up or right) else ""


def scripted_points(tree: LexborHTMLParser) -> tuple[tuple[str, str], ...]:
    """Return the points that the page's scripts put on a map, without its middle, each with the words that say so.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> script = "map({center: {lat: 1.50, lng: 2.50}}); add({lat: 1.25, lng: 2.75}); add({lat: 3.25, lng: 4.75})"
    >>> [where for where, _ in scripted_points(LexborHTMLParser(f"<script>{script}</script>"))]
    ['1.250,2.750', '3.250,4.750']
    """
    found: dict[str, str] = {}
    for node in tree.css("script:not([src])")[:200]:
        text = node.text()
        if "ld+json" in (node.attributes.get("type") or "") or not re.search(r"\d\.\d", text):
            continue
        for pattern in _SCRIPTED:
            for hit in pattern.finditer(text[:500_000]):
                where = _on_earth(hit[1], hit[2])
                if where and not _CENTRE.search(text[max(0, hit.start() - 40) : hit.start()]) and len(found) < MOST:
                    found.setdefault(where, hit[0])
    return tuple(found.items()) if len(found) > 1 else ()


_OBJECT = re.compile(r"\{[^{}]{10,1500}\}")
_CODE_OF = re.compile(
    r"[\"'](?:post(?:al)?_?-?code|zip(?:_?code)?|pc|plz|cp|postnr|postnummer|codigo_?postal|code_?postal|cap|"
    r"cep)[\"']\s*:\s*[\"']?([\w -]{3,10})",
    re.IGNORECASE,
)
_STREET_OF = re.compile(
    r"[\"'](?:street_?address|street|addr(?:ess)?(?:_?(?:line)?_?1)?|line_?1|strasse|stra(?:ß|ss)e|rue|direccion|"
    r"adresse|indirizzo)[\"']\s*:\s*[\"']([^\"'\n]{3,90})[\"']",
    re.IGNORECASE,
)
_TOWN_OF = re.compile(
    r"[\"'](?:city|town|locality|ort|stadt|ville|ciudad|citta|plaats|by)[\"']\s*:\s*[\"']([^\"'\n]{2,50})[\"']",
    re.IGNORECASE,
)


def scripted_addresses(tree: LexborHTMLParser) -> Iterator[Mapping[str, str]]:
    """Yield the addresses that lists of objects in scripts and data attributes hold, where there are at least two.

    >>> from selectolax.lexbor import LexborHTMLParser
    >>> script = 'S = [{"street": "1 Mill Lane", "zip": "HU1 1TL"}, {"address": "9 Dock Road, Leeds LS2 7EQ"}]'
    >>> [held["streetAddress"] for held in scripted_addresses(LexborHTMLParser(f"<script>{script}</script>"))]
    ['1 Mill Lane', '9 Dock Road, Leeds LS2 7EQ']
    """
    texts = [
        node.text()
        for node in tree.css("script:not([src])")[:200]
        if "ld+json" not in (node.attributes.get("type") or "")
    ]
    for node in tree.css(
        "[data-stores], [data-locations], [data-markers], [data-places], [data-items], [data-props], [data-json]"
    )[:50]:
        texts += [value for name, value in node.attributes.items() if name.startswith("data-") and value]
    found: list[dict[str, str]] = []
    for text in texts:
        for hit in _OBJECT.finditer(text[:500_000]):
            code, street, town = (pattern.search(hit[0]) for pattern in (_CODE_OF, _STREET_OF, _TOWN_OF))
            named = {"streetAddress": street, "postalCode": code, "addressLocality": town}
            held = {name: part[1].strip() for name, part in named.items() if part}
            if street and (code or re.search(r"\d", street[1])) and len(found) < MOST:
                found.append(held)
    if len(found) > 1:
        yield from found


def points_in_lines(lines: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the points whose coordinates stand in the text.

    >>> list(points_in_lines(("Blackcraig Quarry, 55.1012, -3.7128", "1.25 or 2.50")))
    [('55.101,-3.713', '55.1012, -3.7128')]
    """
    for line in lines:
        for hit in _IN_TEXT.finditer(line):
            where = _on_earth(hit[1], hit[2])
            if where and len(hit[1].partition(".")[2]) >= 3 and len(hit[2].partition(".")[2]) >= 3:
                yield where, hit[0]


_BRANCHES = re.compile(
    r"(?:(?:our|all|the|other|find (?:an?|your|our)|choose (?:an?|your)|visit (?:an?|our)|unsere|alle|nos|"
    r"toutes nos|tous nos|nuestr[ao]s|"
    r"l[ei] nostr[ei]|i nostri|nossas|nossos|onze|v[åa]ra|v[åa]re|vores|find din|naše|nasze) )?"
    r"(?:\d{1,3} |two |three |four |five |six |seven |eight |nine |ten |twelve )?(?:[\w-]+ ){0,2}?"
    rf"(?:{PLACES}|office locations|branch (?:network|locations|finder)|store (?:locations|finder|locator)|branch|"
    rf"store|shop|butik|location|"
    r"agence|oficina|filiale|vestiging)"
    r"(?: (?:and|&|und|et|y|e|en|og|och) [\w-]+)?(?: (?:worldwide|around the world|by (?:town|city|region)|(?:in|"
    r"across|near|throughout|auf|im|in der|en|"
    r"à|di|i) .{2,30}))?\W*|"
    r"(?:where (?:to find us|we are|you(?:'|’)ll find us)|find us|visit us|d[óo]nde (?:estamos|encontrarnos)|"
    r"dove siamo|dove trovarci|o[ùu] nous trouver|"
    r"nous trouver|so finden sie uns|hier finden sie uns|wo sie uns finden|waar (?:zijn we|vindt u ons)|"
    r"hitta (?:till )?oss|find os|onde estamos|gdzie jesteśmy|"
    r"kde nás najdete)\W*",
    re.IGNORECASE,
)
_SHOP = re.compile(r"(?:shop|store|location|branch)\W*", re.IGNORECASE)
"""What may be said to a customer as well, over a menu: "Shop"."""

_FEATURED = re.compile(r"\b(?:featured|popular|recommended|top|latest|related|search|best)\b", re.IGNORECASE)
"""Over what somebody else's list shows of others."""

_NO_TOWN = re.compile(
    r"^(?:home|about|contact|directions|map|privacy|terms|careers?|jobs|news|blog|menu|search|login|products?|"
    r"services?|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|opening|hours|book|read|learn|view|see|find|get|call|"
    r"e-?mail|"
    r"phone|more|details|website|facebook|twitter|linkedin|instagram|support|sales|online|all|legal|imprint|impressum|"
    r"cookies|copyright|team|press|faq|help|shop|store|order|offers)\b|"
    r"\b(?:head ?quarters?|locations?|offices?|regions?|regional|counties|county|areas?|serve|served|we|our|corporate|"
    r"world ?wide|world|europe|asia|pacific|africa|americas?|middle east|emea|apac|latam|operations|facilit(?:y|ies)|"
    r"parking|delivery|gift|events?|weddings?|returns|wholesale|accessibility|breakfast|lunch|dinner|terms|gallery|"
    r"reviews|staff|"
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
        words = _words(head)
        if _BRANCHES.fullmatch(words) and not _FEATURED.search(words):
            for items in _items_after(head):
                named = [name for item in items if (name := _town_of(item))]
                wide = sum(bool(elsewhere.fullmatch(name)) for name in named)
                least = 0.75 if _SHOP.fullmatch(words) else 0.5
                if (
                    len(named) >= 2
                    and len(named) >= 0.8 * len(items)
                    and wide <= len(named) / 2
                    and (not known_towns() or sum(map(_holds_town, named)) >= least * len(named))
                ):
                    found |= dict.fromkeys(named)
                    break
    return tuple(found)


def _town_of(item: str) -> str:
    """Return the town that an item of a list begins with, or nothing: "Leeds - 0113 555 0101" is Leeds."""
    name = re.split(r"\s*(?:[,:;|•·–(+]|\s-\s|\d)", item, maxsplit=1)[0].strip()
    return name if re.fullmatch(TOWN, name) and not _NO_TOWN.search(name) and len(name) <= 40 else ""


def _holds_town(name: str) -> bool:
    """Return whether a name is that of a town, or begins or ends with one: "Acme Leeds", "Leeds Dock".

    >>> _holds_town("Acme Leeds"), _holds_town("Leeds Dock"), _holds_town("Plus Size Dresses")
    (True, True, False)
    """
    words = name.split()
    sizes = range(1, min(len(words), 3) + 1)
    return any(is_town(" ".join(part)) for size in sizes for part in (words[:size], words[-size:]))


def _items_after(head: LexborNode) -> tuple[list[str], ...]:
    """Return the texts of what a heading may list: headings below it, items of lists and tables, plain words."""
    level = head.tag or "h6"
    below: list[tuple[str, str]] = []
    items: list[str] = []
    plain: list[str] = []
    node: LexborNode | None = head
    for _up in range(2):
        following = node.next if node else None
        while following is not None and not (following.tag in _HEADINGS and (following.tag or "") <= level):
            if items and not below and following.tag in _HEADINGS:
                break  # what is listed right below the heading is what it speaks of
            if following.tag in _HEADINGS:
                below.append((following.tag or "", _words(following)))
            elif following.tag and following.tag[0] not in "-_":
                heads = following.css("h1, h2, h3, h4, h5, h6")
                if any((inner.tag or "") <= level for inner in heads):
                    break
                below += [(inner.tag or "", _words(inner)) for inner in heads]
                if following.tag != "footer":
                    items += _listed(following)
                    plain += [_words(one) for one in (following.css("p") or [following])]
            following = following.next
        if below or items or len(plain) > 1:
            break
        node = node.parent if node else None  # a heading that is wrapped alone
    return _lowest(below[:MOST]), items[:MOST], [] if below or items else _split(plain)[:MOST]


def _lowest(headings: list[tuple[str, str]]) -> list[str]:
    """Return the words of headings without those over other towns: a region, a town over its quarters.

    >>> _lowest([("h3", "Leeds"), ("h4", "Headingley"), ("h4", "Horsforth"), ("h3", "York"), ("h4", "Opening hours")])
    ['Headingley', 'Horsforth', 'York', 'Opening hours']
    """
    following = [*headings[1:], ("", "")]
    return [words for (tag, words), (below, name) in zip(headings, following, strict=False)
            if not (below > tag and _town_of(name))]  # fmt: skip


def _listed(node: LexborNode) -> list[str]:
    """Return the items of a list, an accordion, a choice, or the first cells of a table, whichever is there."""
    for where in ("li, dt", "summary", "option[value], option", "td:first-child"):
        found = [_words(item) for item in node.css(where)]
        if found:
            return [
                text
                for text in found
                if text and not re.match(r"(?i)(?:choose|select|pick|bitte|please|all|alle|[-–—])\b", text)
            ]
    return []


def _split(paragraphs: list[str]) -> list[str]:
    """Return paragraphs as items; of the first one alone, what stands between its signs: "London · Paris · Rome"."""
    short = [text for text in paragraphs if text]
    if sum(text.endswith(":") for text in short) > len(short) / 2:
        return []  # the fields of a form
    parts = re.split(r"\s*[·•|/;]\s*|\s+[–-]\s+|,\s+", short[0].rstrip(".")) if short else []
    if len(parts) > 2 and all(re.fullmatch(TOWN, part) for part in parts):
        return parts
    return short if all(len(text) <= 40 for text in short[:2]) else []
