"""Feeds as a source: entries that tell of an event, in the company's own feeds, press wires, headline searches."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from idealfit.watch.asked import Asked, Found
from idealfit.watch.feeds import Entry, NotAFeedError, feeds_of, read_feed
from idealfit.watch.headlines import tells_of, without_names
from idealfit.watch.mentions import Mention, facts_in, kind_of
from idealfit.watch.rights import ROLE_ONLY

if TYPE_CHECKING:
    from idealfit.watch.fetching import Fetched
    from idealfit.watch.watch_tables import Watched

HEADLINES = "https://news.google.com/rss/search?q={name}&hl=en-US&gl=US&ceid=US:en"
REMEMBERED = 500


def ask(watched: Watched, asked: Asked) -> Found:
    """Return what a company's feeds, and press wires that name it, tell of events."""
    own = [str(feed) for feed in watched.known_as.get("feeds", ())] or list(asked.snapshot.get("found", ()))
    answers: list[Fetched] = []
    if not own and watched.domain:
        home = asked.fetch(asked.addresses.get("site", "https://{domain}/").replace("{domain}", watched.domain))
        answers.append(home)
        own = list(feeds_of(home.text, home.final_url))[:5] if home.state == "ok" else []
    if not own and not asked.wires:
        return Found("nothing to ask", "no feed is known", answers=tuple(answers))
    return _read(watched, asked, [(url, False) for url in own] + [(url, True) for url in asked.wires], answers, own)


def ask_headlines(watched: Watched, asked: Asked) -> Found:
    """Return what headlines of a news search tell of events at a company; each must name it."""
    if not watched.name:
        return Found("nothing to ask", "the company has no name to search for")
    address = asked.addresses.get("headlines", HEADLINES).replace("{name}", quote_plus(f'"{watched.name}"'))
    return _read(watched, asked, [(address, True)], [], [])


def _read(
    watched: Watched, asked: Asked, feeds: list[tuple[str, bool]], answers: list[Fetched], own: list[str]
) -> Found:
    seen = list(asked.snapshot.get("entries", ()))
    told: list[Mention] = []
    notes, states = [], set()
    read: dict[str, str] = {url: mark for url, mark in asked.snapshot.get("read", {}).items() if (url, False) in feeds}
    for url, must_name in feeds:
        shared = asked.shared if url in asked.wires else None
        answer, fetched = shared(url) if shared else (asked.fetch(url, read=(read.get(url, ""),)), True)
        answers += [answer] * fetched
        before = len(told)
        if answer.state == "unchanged":
            states.add("unchanged")
            continue
        if answer.state != "ok":
            states.add("unknown" if answer.state == "not found" else "failed")
            notes.append(f"{url}: {answer.note or answer.state}")
            continue
        try:
            entries = read_feed(answer.body, asked.now, url)
        except NotAFeedError as error:
            states.add("failed")
            notes.append(f"{url}: {error}")
            continue
        states.add("ok" if entries else "empty")
        read[url] = answer.sha256
        for entry in entries:
            if entry.id not in seen and (not must_name or tells_of(entry.title, watched.name)):
                told += _told(watched, asked, entry, answer)
                seen.append(entry.id)
        answers += [answer] * (not fetched and len(told) > before)  # each company keeps its own proof, come what may
    state = next(one for one in ("failed", "ok", "unknown", "empty", "unchanged") if one in states)
    words = "; ".join(notes) or f"{len(told)} entries tell of events"
    snapshot = {"entries": seen[-REMEMBERED:], "found": own, "read": read}
    return Found(state, words, tuple(told), tuple(answers), snapshot)


def _told(watched: Watched, asked: Asked, entry: Entry, answer: Fetched) -> list[Mention]:
    kind = kind_of(entry.title)
    if not kind:
        return []
    facts = facts_in(entry.title, kind, watched.name)
    if entry.doubt:
        facts["doubt"] = entry.doubt
    bare = without_names(entry.title, kind)
    if asked.names and bare != entry.title:
        facts[ROLE_ONLY] = bare
    summary = entry.title if asked.names else bare
    quote = entry.title if summary == entry.title else ""
    return [
        Mention(
            watched.company,
            kind,
            summary,
            entry.publisher,
            entry.id,
            asked.now,
            entry.published_on,
            url=entry.url,
            quote=quote,
            sha256=answer.sha256,
            strength=entry.strength,
            facts=facts,
        )
    ]
