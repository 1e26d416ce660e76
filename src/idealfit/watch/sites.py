"""The pages of one company that would hold a fact: which they are, which were read, and which could not be.

A site is a folder of saved pages, pages that were kept before, or an address that is crawled: politely, within bounds,
and only along links that lead to pages of a wanted purpose.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlsplit

from publicsuffixlist import PublicSuffixList

from idealfit.errors import InputError, Mistake
from idealfit.watch.decoding import text_of
from idealfit.watch.keeping import Kept, is_page
from idealfit.watch.page_text import read_page

if TYPE_CHECKING:
    from idealfit.watch.fetching import Fetched, Fetcher, Known
    from idealfit.watch.page_text import Page

Purpose = Literal[
    "home", "contact", "careers", "team", "trust", "pricing", "about", "customers", "products", "news", "other"
]
"""What a page is for, as far as its address, its title and the words that lead to it tell."""

MOST_PAGES = 25
MOST_FILES = 2_000
MOST_BYTES = 10_000_000

WANTED: dict[str, tuple[Purpose, ...]] = {
    "locations": ("contact", "about"),
    "jobs": ("careers",),
    "founded": ("about", "team"),
    "technology": ("careers", "trust"),
    "people": ("team", "about"),
    "words": ("trust", "about", "products", "customers", "contact", "pricing"),
    "page": ("trust", "pricing", "careers", "contact", "customers", "products", "team", "news", "about"),
    "employees": ("about", "team", "careers"),
    "free": ("about", "products", "customers", "team", "careers", "contact"),
}
"""Which pages are read for a question of each subject, besides the home page."""

_WORDS: tuple[tuple[Purpose, str], ...] = (
        ("contact", "contact(?:[ -]us)?|contacts|kontakt|locations?|our[ -]offices|offices?|standorte?|branch(?:es)?|"
                    "find[ -](?:us|a[ -]\\w+)|store[ -](?:locator|finder)|stores?|where[ -]we[ -]are|directions|"
                    "impressum|"
                    "imprint|addresses|filialen|visit(?:[ -]us)?|worldwide|global[ -]presence|sales[ -]offices|sites|"
                    "contacto|contatti|kontakta|nous[ -]contacter|mentions[ -]legales|legal[ -]notice"),
        ("careers", "careers?|jobs?|karriere|stellen(?:angebote)?|vacanc(?:y|ies)|join(?:[ -]us)?|work[ -](?:with|"
                    "for)[ -]us|"
                    "open[ -](?:roles|positions)|hiring|emplois?|recrutement|empleo|lavora"),
        ("team", "team|people|leadership|management|our[ -]story|staff|meet[ -]\\w+|executives?|board|who[ -]we[ "
                 "-]are"),
        ("trust", "security|trust(?:[ -]center)?|compliance|certifications?|privacy|datenschutz|gdpr|iso|soc"),
        ("pricing", "pricing|prices?|plans|preise|tarifs?|precios"),
        ("customers", "customers?|case[ -]stud(?:y|ies)|references|referenzen|testimonials?|success[ -]stories|"
                      "clients?"),
        ("products", "products?|solutions?|platform|features|services|produkte|leistungen"),
        ("news", "news|press|blog|newsroom|presse|aktuelles|updates"),
        ("about", "about(?:[ -]us)?|company|unternehmen|[uü]ber[ -]uns|ueber[ -]uns|[aà][ -]propos"),
)  # fmt: skip
_PURPOSES = tuple(
    (purpose, re.compile(rf"(?<![a-zäöü])(?:{words})(?![a-zäöü])", re.IGNORECASE)) for purpose, words in _WORDS
)
_ANY_PURPOSE = re.compile("|".join(words for _, words in _WORDS), re.IGNORECASE)  # most links lead to no such page
_SUFFIXES = PublicSuffixList()


@dataclass(frozen=True)
class Missed:
    """A page that should have been read and was not: its address, what it would have been for, and why."""

    url: str
    purposes: frozenset[Purpose]
    why: str


@dataclass(frozen=True)
class SiteRead:
    """What of a site was read and what was not. `whole`: every page that was linked to was asked for."""

    where: str
    pages: tuple[Kept, ...]
    missed: tuple[Missed, ...] = ()
    whole: bool = False
    answers: tuple[Fetched, ...] = field(default=(), repr=False)

    def readable(self) -> Iterator[Kept]:
        """Yield the pages that are pages: no error pages, parked domains, login walls or empty shells."""
        return (kept for kept in self.pages if kept.page.condition == "readable")

    def for_purpose(self, *purposes: Purpose) -> list[Kept]:
        """Return the readable pages of these purposes."""
        return [
            kept for kept in self.readable() if purposes_of(kept.page.url, kept.page.title, self.where) & set(purposes)
        ]

    def unread(self, *purposes: Purpose) -> list[Missed]:
        """Return the pages of these purposes that could not be read."""
        return [missed for missed in self.missed if missed.purposes & set(purposes)]


@lru_cache(maxsize=2_048)  # every page of a site carries the same links
def purposes_of(url: str, words: str = "", home: str = "") -> frozenset[Purpose]:
    """Return what a page is for, by its address and its title or the words of the link to it.

    >>> sorted(purposes_of("https://acme.example/contact-us/")), sorted(purposes_of("https://acme.example/", "Acme"))
    (['contact'], ['home'])
    """
    parts = urlsplit(url)
    path = parts.path
    told = f"{path.replace('_', ' ')} {words}"
    found = {purpose for purpose, sign in _PURPOSES if sign.search(told)} if _ANY_PURPOSE.search(told) else set()
    sub = parts.netloc.partition(".")[0]
    found |= {purpose for purpose, sign in _PURPOSES if sign.fullmatch(sub)}
    if (
        parts.scheme in ("http", "https") and path.strip("/") in ("", "index.html", "index.php", "en", "de", "home")
    ) or (home and url == home):
        found.add("home")
    return frozenset(found) or frozenset({"other"})


def leads_to(url: str, purposes: Iterable[Purpose], name: re.Pattern[str]) -> bool:
    """Return whether an address is of a page of these purposes or this name: a whole part of its path says so.

    >>> [leads_to(f"https://a.example/{path}", ["pricing"], re.compile("x")) for path in ("plans/", "floor-plans/7")]
    [True, False]
    """
    parts = [re.sub(r"\.\w{2,5}$", "", part).replace("_", " ") for part in urlsplit(url).path.split("/") if part]
    signs = [*(sign for purpose, sign in _PURPOSES if purpose in set(purposes)), name]
    return any(sign.fullmatch(spelt) for part in parts for spelt in (part, part.replace("-", " ")) for sign in signs)


@lru_cache(maxsize=2_048)
def site_of(url: str) -> str:
    """Return the registrable domain of an address, or its host where it has none.

    >>> site_of("https://www.shop.acme.co.uk/a"), site_of("http://127.0.0.1:8000/")
    ('acme.co.uk', '127.0.0.1:8000')
    """
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if re.fullmatch(r"[\d.]+|.*:.*", host) or host == "localhost":
        return parts.netloc.lower()
    return _SUFFIXES.privatesuffix(host) or parts.netloc.lower()


def read_files(where: str | Path) -> SiteRead:
    """Return the saved pages of a file or a folder; raises `InputError` where there are none."""
    root = Path(where)
    files = (
        [root]
        if root.is_file()
        else sorted(p for p in root.rglob("*") if p.suffix.lower() in (".html", ".htm", ".xhtml"))
    )
    if not files:
        raise InputError(
            Mistake("there is no saved page here", str(where), allowed="an HTML file, or a folder with some")
        )
    if len(files) > MOST_FILES:
        raise InputError(
            Mistake("these are too many files for one company", str(where), str(len(files)), f"up to {MOST_FILES:,}")
        )
    pages: list[Kept] = []
    missed: list[Missed] = []
    for file in files:
        name = file.as_posix() if file == root else file.relative_to(root).as_posix()
        try:
            if not file.is_file() or file.stat().st_size > MOST_BYTES:
                missed.append(Missed(name, purposes_of(name), f"not a file of at most {MOST_BYTES:,} bytes"))
                continue
            body = file.read_bytes()
            seen = datetime.fromtimestamp(file.stat().st_mtime, UTC)
        except OSError as error:
            missed.append(Missed(name, purposes_of(name), (error.strerror or str(error)).lower()))
            continue
        page = _with_address(read_page(text_of(body)), name)
        pages.append(Kept(name, page.url, seen, sha256(body).hexdigest(), page))
    return SiteRead(str(where), tuple(pages), tuple(missed) + _shells(pages), whole=True)


def _with_address(page: Page, name: str) -> Page:
    """Return a saved page under the address it says it has, or the name of its file."""
    declared = re.search(r'<link[^>]+rel=["\']?canonical["\']?[^>]*href=["\']([^"\']+)', page.html, re.IGNORECASE)
    whole = declared and urlsplit(declared[1]).scheme in ("http", "https")
    return replace(page, url=declared[1] if declared and whole else name)


def crawl(
    start: str,
    fetcher: Fetcher,
    wanted: Iterable[Purpose],
    *,
    most: int = MOST_PAGES,
    keep: Callable[[Fetched], None] = lambda _answer: None,
    again: Callable[[str], Kept | None] = lambda _url: None,
    known: Callable[[str], Known | None] = lambda _url: None,
    kept_before: Callable[[str], Kept | None] = lambda _url: None,
) -> SiteRead:
    """Return the home page of a site and the pages of the wanted purposes that it leads to, up to `most`.

    `keep` is told every answer as it comes; `again` may give a page that was fetched before and need not be now, which
    makes an interrupted crawl go on where it stopped. What is `known` need not be sent again if it did not change:
    then it is taken from where it was `kept_before`. Links are followed within the company's own domain only.
    """
    purposes = frozenset(wanted)
    home = start if urlsplit(start).scheme else f"https://{start}"
    site = site_of(home)
    ahead: list[tuple[int, str, frozenset[Purpose]]] = [(0, home, frozenset({"home"}))]
    seen = {_same(home)}
    pages: list[Kept] = []
    missed: list[Missed] = []
    answers: list[Fetched] = []
    while ahead and len(pages) + len(missed) < most:
        ahead.sort(key=lambda entry: entry[0])
        depth, url, purpose = ahead.pop(0)
        kept = again(url)
        if kept is None:
            answer = fetcher.fetch(url, known(url))
            keep(answer)
            answers.append(answer)
            if answer.state == "unchanged":
                kept = kept_before(url)
            elif answer.state != "ok":
                missed.append(Missed(url, purpose, _why(answer)))
                continue
            elif is_page(answer.content_type, answer.text):
                kept = Kept.of(answer)
            else:
                missed.append(
                    Missed(url, purpose, f"it is no web page: {answer.content_type or 'of no declared type'}")
                )
            if kept is None:
                continue
        pages.append(kept)
        if depth == 0:
            site = site_of(kept.final_url)  # acme.com may have moved to acme.io
            home = kept.final_url
        for link in kept.page.links:
            leads = purposes_of(link.url, link.words) - {"home", "other"}
            near = urlsplit(link.url).scheme in ("http", "https") and site_of(link.url) == site
            if near and leads & purposes and _same(link.url) not in seen and depth < 3 and not _FILE.search(link.url):
                seen.add(_same(link.url))
                ahead.append((depth + 1, link.url, leads))
    missed += [Missed(url, purpose, f"not asked for: over {most} pages") for _, url, purpose in ahead]
    return SiteRead(home, tuple(pages), tuple(missed) + _shells(pages), whole=False, answers=tuple(answers))


_FILE = re.compile(
    r"\.(?:pdf|docx?|xlsx?|pptx?|zip|gz|png|jpe?g|gif|svg|webp|mp[34]|avi|mov|ics|vcf|css|js)(?:$|\?)", re.IGNORECASE
)


def _why(answer: Fetched) -> str:
    """Return in words why a page could not be had: what went wrong, and the detail of it."""
    detail = answer.note or (str(answer.status) if answer.status else "")
    return f"{answer.state} ({detail})" if detail else answer.state


def _same(url: str) -> str:
    """Return an address without what does not matter: scheme, ``www.``, a slash at the end, fragment."""
    parts = urlsplit(url)
    return f"{parts.netloc.lower().removeprefix('www.')}{parts.path.rstrip('/')}?{parts.query}"


def _shells(pages: Iterable[Kept]) -> tuple[Missed, ...]:
    """Return the pages that came but cannot be read, as missed ones."""
    return tuple(
        Missed(kept.url, purposes_of(kept.page.url, kept.page.title), f"it is no page to read: {kept.page.condition}")
        for kept in pages
        if kept.page.condition != "readable"
    )
