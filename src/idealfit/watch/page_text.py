"""A page as people read it: lines of text, title, headings, links, structured data; and whether it is a page at all.

All text of the page counts. What removes "boilerplate" also removes the footer, where the addresses stand.
Nothing in a page is ever followed or run: it is data.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal
from urllib.parse import urljoin

from selectolax.lexbor import LexborHTMLParser, LexborNode

Condition = Literal["readable", "error page", "parked", "login wall", "bot check", "needs a browser", "empty"]
"""What a page turned out to be, whatever status it came with. Only a readable one can show that something is absent."""

_BLOCKS = frozenset(
    "address article aside blockquote body br button caption center dd details dialog div dl dt fieldset figcaption "
    "figure footer form h1 h2 h3 h4 h5 h6 head header hr html legend li main nav ol option p pre section select "
    "summary table tbody td textarea tfoot th thead title tr ul".split()
)
_SILENT = frozenset({"script", "style", "noscript", "template", "svg", "head", "iframe", "object", "-comment"})
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
    those that its markup names as such (microdata, hCard), with the names of their parts as in schema.org.
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
    lines = tuple(_lines(tree))
    title_node = tree.css_first("title")
    title = " ".join(title_node.text().split()) if title_node else ""
    headings = tuple(text for node in tree.css("h1,h2,h3,h4") if (text := " ".join(node.text(separator=" ").split())))
    meta = {
        name.lower(): " ".join((node.attributes.get("content") or "").split())
        for node in tree.css("meta")
        if (name := node.attributes.get("name") or node.attributes.get("property") or node.attributes.get("http-equiv"))
    }
    scripts = tuple(
        urljoin(url, src) if url else src for node in tree.css("script[src]") if (src := node.attributes.get("src"))
    )
    data, broken = _structured(tree)
    return Page(
        url=url,
        title=title,
        lines=lines,
        headings=headings,
        links=tuple(_links(tree, url)),
        meta=meta,
        scripts=scripts,
        data=data,
        condition=_condition(title, headings, lines, html, tree),
        broken_data=broken,
        addresses=tuple(_addresses(tree)),
        html=html,
    )


def _lines(tree: LexborHTMLParser) -> Iterator[str]:
    """Yield the visible text, a line per block."""
    words: list[str] = []
    root = tree.body or tree.root
    if root is None:
        return
    for piece in _pieces(root):
        if piece is None:
            line = " ".join("".join(words).split())
            words.clear()
            if line:
                yield line
        else:
            words.append(piece)
    line = " ".join("".join(words).split())
    if line:
        yield line


def _pieces(root: LexborNode) -> Iterator[str | None]:
    """Yield the texts below `root` in order, and None wherever a block begins or ends; no recursion, however deep."""
    ahead: list[LexborNode | None] = [root]
    while ahead:
        node = ahead.pop()
        if node is None:
            yield None
            continue
        tag = node.tag
        if tag == "-text":
            yield node.text_content or ""
            continue
        if tag in _SILENT:
            continue
        block = tag in _BLOCKS
        if block:
            yield None
            ahead.append(None)
        child = node.last_child
        while child is not None:
            ahead.append(child)
            child = child.prev


def _links(tree: LexborHTMLParser, url: str) -> Iterator[Link]:
    seen = set()
    for node in tree.css("a[href]"):
        href = (node.attributes.get("href") or "").strip()
        if not href or href.startswith(("#", "javascript:", "mailto:", "tel:")):
            continue
        try:
            whole = urljoin(url, href).partition("#")[0]
        except ValueError:
            continue
        words = " ".join(node.text(separator=" ").split())
        if (whole, words) not in seen:
            seen.add((whole, words))
            yield Link(whole, words)


_MARKED = {
    "streetAddress": '[itemprop~="streetAddress"], .street-address',
    "postalCode": '[itemprop~="postalCode"], .postal-code',
    "addressLocality": '[itemprop~="addressLocality"], .locality',
}


def _addresses(tree: LexborHTMLParser) -> Iterator[Mapping[str, str]]:
    """Yield the addresses that microdata or hCard mark, a mapping each."""
    for node in tree.css('[itemtype*="schema.org/PostalAddress"], .adr')[:500]:
        held = {}
        for name, where in _MARKED.items():
            part = node.css_first(where)
            if part is not None:
                words = part.attributes.get("content") or part.text(separator=" ")
                held[name] = " ".join(words.split())
        if held:
            yield held


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
