"""Feeds: RSS and Atom of newsrooms, blogs, press wires and searches, read entry by entry.

A search of Google News gives headlines only: its links lead a person's browser to the article and a program nowhere,
its identifiers change, and its publisher stands in ``source``. Such an entry is known by publisher and headline, and is
headline-level evidence.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Literal
from urllib.parse import urljoin

import feedparser

from idealfit.watch.jobs import plain, text_or
from idealfit.watch.page_text import text_of_markup

Strength = Literal["official", "own words", "article", "headline", "reported"]
"""How good evidence is: a filing; the company's own site or board; an article; a headline; a table of the user's."""

EARLIEST = date(1995, 1, 1)
"""A feed that dates an entry before this has its clock wrong."""


class NotAFeedError(ValueError):
    """A body that is no feed; an empty feed is something else."""


@dataclass(frozen=True)
class Entry:
    """One entry of a feed. `published_on` is None where the feed gives no date that can be; `doubt` then says why."""

    id: str
    title: str
    url: str
    publisher: str
    published_on: date | None
    updated_on: date | None
    text: str
    strength: Strength
    doubt: str = ""


def read_feed(body: bytes, now: datetime, url: str = "") -> tuple[Entry, ...]:
    """Return the entries of an RSS or Atom feed; raises `NotAFeedError` for anything else."""
    held = feedparser.parse(io.BytesIO(body), sanitize_html=False, resolve_relative_uris=False)
    if not held.get("version") and not held.get("entries"):
        raise NotAFeedError("this is neither RSS nor Atom")
    name = " ".join(str(held.feed.get("title", "")).split())
    searched = "news.google.com" in f"{url} {held.feed.get('link', '')}"
    return tuple(_entry(entry, name, now, searched=searched) for entry in held.entries if entry.get("title"))


def _entry(entry: Any, feed: str, now: datetime, *, searched: bool) -> Entry:  # noqa: ANN401  feedparser's own
    title = str(entry.get("title", ""))
    title = text_or(text_of_markup(title).replace("\n", " ") if "<" in title or "&" in title else title)
    publisher = text_or((entry.get("source") or {}).get("title")) or feed
    source = text_or((entry.get("source") or {}).get("href"))
    if searched:
        title = re.sub(rf"\s+-\s+{re.escape(publisher)}$", "", title) if publisher else title
    changed = dict(entry).get("updated_parsed")  # feedparser's own .get() falls back to the other date
    published, doubt = _day(entry.get("published_parsed") or changed, now)
    updated, _ = _day(changed, now)
    content = " ".join(str(part.get("value", "")) for part in entry.get("content", ())) or str(entry.get("summary", ""))
    link = text_or(entry.get("link"))
    own = text_or(entry.get("id")) or link
    identity = f"{source or publisher}|{title.casefold()}" if searched or not own else own
    return Entry(
        id=sha256(identity.encode()).hexdigest()[:24],
        title=title,
        url=link,
        publisher=publisher,
        published_on=published,
        updated_on=updated,
        text="" if searched else plain(content),
        strength="headline" if searched else "article",
        doubt=doubt,
    )


def _day(parsed: Any, now: datetime) -> tuple[date | None, str]:  # noqa: ANN401  a struct_time or nothing
    """Return the day of a feed's date, or None and what is wrong with it."""
    if not parsed:
        return None, "the feed gives no date"
    try:
        year, month, day, hour, minute, second = parsed[:6]
        moment = datetime(year, month, day, hour, minute, second, tzinfo=UTC)
    except (ValueError, TypeError):
        return None, "the feed gives a date that is none"
    if moment.date() < EARLIEST:
        return None, f"the feed says {moment.date()}, which cannot be"
    if (moment - now).total_seconds() > 86_400:
        return None, f"the feed says {moment.date()}, which is yet to come"
    return moment.date(), ""


def feeds_of(html: str, url: str) -> tuple[str, ...]:
    """Return the addresses of the feeds that a page names, from the base that it names for its addresses.

    >>> feeds_of('<link rel="alternate" type="application/rss+xml" href="/feed">', "https://acme.example/blog")
    ('https://acme.example/feed',)
    """
    found = []
    base = re.search(r"<base\b[^>]{0,500}?\bhref\s*=\s*[\"']?([^\"'\s>]+)", html, re.IGNORECASE)
    start = _joined(url, base[1]) or url if base else url
    for tag in re.findall(r"<link\b[^>]+>", html, re.IGNORECASE):
        if re.search(r"application/(?:rss|atom)\+xml", tag, re.IGNORECASE):
            href = re.search(r"href\s*=\s*[\"']([^\"']+)", tag, re.IGNORECASE)
            if href and (whole := _joined(start, href[1])):
                found.append(whole)
    return tuple(dict.fromkeys(found))


def _joined(start: str, href: str) -> str:
    try:
        return urljoin(start, href)
    except ValueError:  # such as a bracket that is never closed: no address
        return ""
