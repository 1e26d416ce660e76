"""A page as people read it: lines of text, title, headings, links, structured data; and whether it is a page at all.

All text of the page counts. What removes "boilerplate" also removes the footer, where the addresses stand.
Nothing in a page is ever followed or run: it is data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Literal
from urllib.parse import urljoin, urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from idealfit.watch.marked_places import (
    listed_towns,
    map_points,
    marked_addresses,
    scripted_addresses,
    scripted_points,
)
from idealfit.watch.postcodes import WIDER_THAN_TOWNS
from idealfit.watch.town_lists import lists_in

Condition = Literal["readable", "error page", "parked", "login wall", "bot check", "needs a browser", "empty"]
"""What a page turned out to be, whatever status it came with. Only a readable one can show that something is absent."""

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section select "
    "summary table tbody td textarea tfoot th thead title tr ul".split()
)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "-comment"})
_FOOTERS = frozenset(
    {"footer", "foot", "bottom", "site-footer", "page-footer", "footer-wrapper", "colophon", "fuss", "pied"}
)
_SHORT = 1_500
"""A page with more text than this is no error page, whatever words stand on it."""


@dataclass(frozen=True)
class Link:
    """A link: where to, and its words."""

    url: str
    words: str


@dataclass(frozen=True)
class Page:
    """A page as it was read. `lines` are its visible text in order, white space made regular.

    `data` are the objects of its JSON-LD, flattened; `broken_data` counts blocks that are no JSON. `addresses` are
    those that its markup names as such (microdata, hCards, tables), with the names of their parts as in schema.org;
    `points` those that it puts on a map, with their words; `towns` those that it lists under "our branches", `lists`
    what it lists under words for places, with these. `levels` are those of the headings, from 1; `footer_at` is the
    number of the line at which the footer begins. `reaches` says of each line where the box around it ends, a cell, an
    item, what stands aside: the number of the line after it.
    """

    url: str
    title: str
    lines: tuple[str, ...]
    headings: tuple[str, ...]
    links: tuple[Link, ...]
    meta: Mapping[str, str]
    scripts: tuple[str, ...]
    data: tuple[Mapping[str, Any], ...]
    condition: Condition
    broken_data: int = 0
    addresses: tuple[Mapping[str, str], ...] = ()
    points: tuple[tuple[str, str], ...] = ()
    levels: tuple[int, ...] = ()
    towns: tuple[str, ...] = ()
    lists: tuple[tuple[str, tuple[str, ...]], ...] = ()
    footer_at: int = 0
    reaches: tuple[int, ...] = ()
    html: str = field(default="", repr=False)

    @property
    def text(self) -> str:
        """The visible text, one line per block of the page."""
        return "\n".join(self.lines)

    def holds(self, quote: str) -> bool:
        """Return whether the words occur just so in the text, title or source, white space aside."""
        wanted = " ".join(quote.split())
        return bool(wanted) and (
            wanted in " ".join(self.text.split()) or wanted in self.title or wanted in " ".join(self.html.split())
        )


def read_page(html: str, url: str = "") -> Page:
    """Return the page in `html`, which was found at `url`.

    >>> page = read_page("<title>Acme</title><p>We are <b>hiring</b>.<p>Call us", "https://acme.example/")
    >>> page.title, page.lines
    ('Acme', ('We are hiring.', 'Call us'))
    """
    tree = LexborHTMLParser(html)
    visible = _lines(tree)
    lines = visible.lines
    title_node = tree.css_first("title")
    title = " ".join(title_node.text().split()) if title_node else ""
    outline = [
        (int((node.tag or "h4")[1]), text)
        for node in tree.css("h1,h2,h3,h4")
        if (text := " ".join(node.text(separator=" ").split()))
    ]
    headings = tuple(text for _, text in outline)
    meta = {
        name.lower(): " ".join((node.attributes.get("content") or "").split())
        for node in tree.css("meta")
        if (name := node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("http-equiv"))
    }
    base = _base(tree, url)
    scripts = tuple(
        address
        for node in tree.css("script[src]")
        if (src := node.attributes.get("src")) and (address := base.whole(src)) is not None
    )
    data, broken = _structured(tree)
    return Page(
        url=url,
        title=title,
        lines=lines,
        headings=headings,
        links=tuple(_links(tree, base)),
        meta=meta,
        scripts=scripts,
        data=data,
        condition=_condition(title, headings, lines, html, tree),
        broken_data=broken,
        addresses=(*marked_addresses(tree), *scripted_addresses(tree)),
        points=(tuple(map_points(tree)) if "data-lat" in html else ()) or scripted_points(tree),
        levels=tuple(level for level, _ in outline),
        towns=listed_towns(tree, WIDER_THAN_TOWNS),
        lists=lists_in(tree),
        footer_at=visible.footer_at,
        reaches=visible.reaches,
        html=html,
    )


def text_of_markup(html: str) -> str:
    r"""Return the visible text of a piece of markup, one line per block, and nothing else of it.

    >>> text_of_markup("<p>We are <b>hiring</b>.<p>Call us")
    'We are hiring.\nCall us'
    """
    return "\n".join(_lines(LexborHTMLParser(html)).lines)


@dataclass(frozen=True)
class _Text:
    """The visible lines of a page, how far the box around each reaches, and where the footer begins."""

    lines: tuple[str, ...]
    reaches: tuple[int, ...]
    footer_at: int


def _lines(tree: LexborHTMLParser) -> _Text:
    """Return the visible text of a page, a line per block."""
    lines: list[str] = []
    words: list[str] = []
    box_of: list[int] = []  # the box of each line, by its number; 0 is the page
    ends = [0]
    inside = [0]
    footer_at = -1
    root = tree.body or tree.root
    for piece in (*_pieces(root), None) if root is not None else ():
        if isinstance(piece, str):
            words.append(piece)
            continue
        line = " ".join("".join(words).split())
        words.clear()
        if line:
            lines.append(line)
            box_of.append(inside[-1])
        if piece is _Edge.FOOTER and footer_at < 0:
            footer_at = len(lines)
        elif piece is _Edge.BOX:
            inside.append(len(ends))
            ends.append(0)
        elif piece is _Edge.BOX_ENDS:
            ends[inside.pop()] = len(lines)
    ends[0] = len(lines)
    return _Text(tuple(lines), tuple(ends[box] for box in box_of), footer_at if footer_at >= 0 else len(lines))


class _Edge(Enum):
    """What begins or ends between two pieces of text, beside any block."""

    FOOTER = "footer"
    BOX = "box"
    BOX_ENDS = "box ends"


_BOXES = frozenset("td th li aside nav form".split())


def _pieces(root: LexborNode) -> Iterator[str | _Edge | None]:
    """Yield the texts below `root` in order, and between them None wherever a block begins or ends; no recursion."""
    ahead: list[LexborNode | _Edge | None] = [root]
    while ahead:
        node = ahead.pop()
        if node is None or isinstance(node, _Edge):
            yield node
            continue
        tag = node.tag
        if tag == "-text":
            yield node.text_content or ""
            continue
        if tag in _SILENT:
            continue
        if tag in _BLOCKS:
            yield _Edge.FOOTER if _is_footer(node) else None
            ahead.append(None)
        if tag in _BOXES:
            yield _Edge.BOX
            ahead.append(_Edge.BOX_ENDS)
        child = node.last_child
        while child is not None:
            ahead.append(child)
            child = child.prev


def _is_footer(node: LexborNode) -> bool:
    if node.tag == "footer":
        return True
    return node.tag in ("div", "section", "table", "td") and (node.id or "").lower() in _FOOTERS


def _links(tree: LexborHTMLParser, base: _Base) -> Iterator[Link]:
    """Yield the links of a page, each address with the same words once; parts of a page and scripts are no links."""
    seen = set()
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        whole = base.whole(href)
        if whole is None:
            continue
        words = " ".join(node.text(separator=" ").split())
        if (whole, words) not in seen:
            seen.add((whole, words))
            yield Link(whole, words)


_PLAIN = re.compile(r"/(?!/)[\w/~%&=+,:@-]*(?:\.[A-Za-z0-9]\w*)*(?:\?[\w/~%&=+,:@-]+)?", re.ASCII)


@dataclass(frozen=True)
class _Base:
    """What the addresses on a page start from: its own, or the one that it names for them."""

    url: str
    origin: str

    def whole(self, href: str) -> str | None:
        """Return the whole address, without a part of the page; None where it is none.

        Most links are a plain path of the same host, and to join those by all rules took most of the time of a page.
        """
        href = href.partition("#")[0]
        if self.origin and _PLAIN.fullmatch(href):
            return self.origin + href
        try:
            return urljoin(self.url, href)
        except ValueError:
            return None


def _base(tree: LexborHTMLParser, url: str) -> _Base:
    node = tree.css_first("base[href]")
    try:
        own = urljoin(url, (node.attributes.get("href") or "").strip()) if node else url
        parts = urlsplit(own)
    except ValueError:
        return _Base(url, "")
    return _Base(own, f"{parts.scheme}://{parts.netloc}" if parts.scheme in ("http", "https") and parts.netloc else "")


def _structured(tree: LexborHTMLParser) -> tuple[tuple[Mapping[str, Any], ...], int]:
    """Return the objects in the JSON-LD blocks, lists and graphs unfolded, and how many blocks are broken."""
    found: list[Mapping[str, Any]] = []
    broken = 0
    for node in tree.css('script[type="application/ld+json"]'):
        text = re.sub(r"^\s*(<!--|//<!\[CDATA\[|/\*.*?\*/)|(-->|//\]\]>)\s*$", "", node.text(), flags=re.DOTALL)
        try:
            held = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            broken += 1
            continue
        ahead = [held]
        while ahead and len(found) < 2_000:
            value = ahead.pop(0)
            if isinstance(value, list):
                ahead[:0] = value
            elif isinstance(value, dict):
                ahead[:0] = value["@graph"] if isinstance(value.get("@graph"), list) else []
                if "@type" in value:
                    found.append(value)
    return tuple(found), broken


def kinds_of(data: Mapping[str, Any]) -> frozenset[str]:
    """Return the types of a JSON-LD object, without the address of their vocabulary.

    >>> sorted(kinds_of({"@type": ["schema:Organization", "http://schema.org/Place"]}))
    ['Organization', 'Place']
    """
    kinds = data.get("@type")
    named = kinds if isinstance(kinds, list) else [kinds]
    return frozenset(re.split(r"[/:#]", kind)[-1] for kind in named if isinstance(kind, str))


_SIGNS: tuple[tuple[Condition, re.Pattern[str]], ...] = (
    (
        "bot check",
        re.compile(
            r"^just a moment|attention required!|checking (if the site connection|your browser)|verify(ing)? (that "
            r")?you"
            r" are (a )?human|are you a robot|unusual traffic|complete the (security|captcha)|press (&|and) hold",
            re.IGNORECASE,
        ),
    ),
    (
        "parked",
        re.compile(
            r"domain (name )?(is|may be) (for sale|parked|available)|buy this domain|this domain (has|was) "
            r"(expired|been "
            r"registered)|parked (free|domain)|domain parking|inquire about this domain|is for sale at",
            re.IGNORECASE,
        ),
    ),
    (
        "error page",
        re.compile(
            r"\b(40[0134]|410|50[0234])\b.{0,25}\b(error|not found|gone|forbidden|unavailable|bad gateway)|"
            r"\b(error|fehler|erreur)\b.{0,12}\b(40[0134]|410|50[0234])\b|"
            r"page (you (requested|are looking for)[^.]{0,20} )?(was |could |can)?(not|n't|no longer) (be )?(found|"
            r"exist)|"
            r"page not found|seite nicht gefunden|page introuvable|página no encontrada|pagina non trovata|"
            r"(site|service|page) (is )?(temporarily )?(unavailable|under maintenance)|^oops|"
            r"this (page|site) (does not|doesn't|no longer) exist|ページが見つかりません|页面不存在|страница не "
            r"найдена",
            re.IGNORECASE,
        ),
    ),
)
_LOGIN = re.compile(r"\b(log ?in|sign ?in|anmelden|connexion|iniciar sesión|members only)\b", re.IGNORECASE)


def _condition(
    title: str, headings: tuple[str, ...], lines: tuple[str, ...], html: str, tree: LexborHTMLParser
) -> Condition:
    size = sum(len(line) for line in lines)
    if size < _SHORT:
        for condition, sign in _SIGNS:
            if any(sign.search(text) for text in (title, *headings[:3], *(lines[:12] if size < 600 else ()))):
                return condition
        if tree.css_first('input[type="password"]') and _LOGIN.search(" ".join((title, *headings[:2], *lines[:8]))):
            return "login wall"
    if size < 200:
        if "<script" in html.lower():
            return "needs a browser"
        if not size:
            return "empty"
    return "readable"
