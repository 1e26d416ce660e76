"""A company's own site as a source: pages that are new, changed or gone, places, technologies, headcount.

What is compared are the lines of text of a page, not its bytes: a new time stamp or advertisement is no change. A page
that cannot be read (an error, a login wall, an empty shell) never counts as gone: only an address that answers 404
does.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from idealfit.watch.asked import Asked, Found
from idealfit.watch.keeping import Kept
from idealfit.watch.locations import locations
from idealfit.watch.mentions import Mention
from idealfit.watch.record_source import technology_changes
from idealfit.watch.sites import Purpose, SiteRead, crawl, purposes_of
from idealfit.watch.technologies import detect
from idealfit.watch.verifying import stated_headcount

if TYPE_CHECKING:
    from idealfit.watch.fetching import Fetched
    from idealfit.watch.ledger import Watched

PURPOSES: tuple[Purpose, ...] = ("pricing", "contact", "team", "products", "customers", "careers", "trust")
MOST = 12
LEAST_NEW = 3
"""Fewer new lines than this are no change of a page, unless it is short."""


def ask(watched: Watched, asked: Asked) -> Found:
    """Return what changed on a company's site since the last look; the first look only remembers."""
    if not watched.domain:
        return Found("nothing to ask", "no domain is known")
    start = asked.addresses.get("site", "https://{domain}/").replace("{domain}", watched.domain)
    answers: list[Fetched] = []
    read = crawl(start, asked.fetcher, PURPOSES, most=MOST, keep=answers.append)
    readable = list(read.readable())
    if not readable:
        why = read.missed[0].why if read.missed else "nothing could be read"
        unknown = answers and answers[0].state in ("not found", "unreachable")
        return Found("unknown" if unknown else "failed", why, answers=tuple(answers))
    before: dict[str, Any] | None = asked.snapshot.get("pages")
    after = _pages(readable)
    told = _changes(watched, asked, before, after, read=read, readable=readable) if before is not None else []
    technologies = {d.name: d.quote for kept in readable for d in detect(kept.page, rules=asked.rules)}
    told += technology_changes(
        watched,
        asked,
        asked.snapshot.get("technologies"),
        technologies,
        source="own site",
        url=start,
        sha256=readable[0].sha256,
    )
    people = [number for kept in readable for number, _ in stated_headcount(kept)]
    told += _headcount(watched, asked, people, readable)
    failing = {missed.url for missed in read.missed}
    kept_before = {url: page for url, page in (before or {}).items() if url in failing}
    snapshot = {
        "pages": {**kept_before, **after},
        "technologies": technologies,
        "headcount": max(people) if people else asked.snapshot.get("headcount"),
    }
    return Found("ok", f"{len(readable)} pages read, {len(read.missed)} missed", tuple(told), tuple(answers), snapshot)


def _pages(readable: list[Kept]) -> dict[str, Any]:
    return {
        kept.page.url: {
            "title": kept.page.title,
            "lines": [sha256(_plain(line).encode()).hexdigest()[:12] for line in kept.page.lines][:3_000],
            "places": [place.postcode or place.street for place in locations(kept.page).places],
        }
        for kept in readable
    }


def _plain(line: str) -> str:
    """Return a line without what changes by itself: figures and dates."""
    return re.sub(r"\d+", "0", line.casefold())


def _changes(
    watched: Watched,
    asked: Asked,
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    read: SiteRead,
    readable: list[Kept],
) -> list[Mention]:
    by_url = {kept.page.url: kept for kept in readable}
    told: list[Mention] = []
    for url, page in after.items():
        kept = by_url[url]
        purposes = sorted(purposes_of(url, page["title"], read.where) & set(PURPOSES))
        if not purposes:
            continue
        if url not in before:
            told.append(
                _change(
                    watched,
                    asked,
                    kept,
                    words=f"new {purposes[0]} page: {page['title']}",
                    change="added",
                    quote=page["title"],
                )
            )
            continue
        known = set(before[url]["lines"])
        new = [line for line, mark in zip(kept.page.lines, page["lines"], strict=False) if mark not in known]
        if len(new) >= min(LEAST_NEW, max(1, len(page["lines"]) // 4)):
            told.append(
                _change(
                    watched,
                    asked,
                    kept,
                    words=f"{purposes[0]} page changed: {new[0][:120]}",
                    change="changed",
                    quote=new[0],
                )
            )
    places = {place for page in before.values() for place in page.get("places", ())}
    for kept in readable:
        for place in locations(kept.page).places:
            if places and (place.postcode or place.street) not in places:
                places.add(place.postcode or place.street)
                told.append(
                    Mention(
                        watched.company,
                        "location added",
                        f"new address: {place.quote[:120]}",
                        "own site",
                        f"place:{place.postcode or place.street}",
                        asked.now,
                        asked.today,
                        url=kept.page.url,
                        quote=place.quote,
                        sha256=kept.sha256,
                        strength="own words",
                        natural=f"page:place:{place.postcode or place.street}",
                    )
                )
    asked_for = set(before) - set(after)
    for answer in (asked.fetch(url, again=True) for url in sorted(asked_for)[:5]):
        if answer.state == "not found":
            title = before[answer.url]["title"]
            told.append(
                Mention(
                    watched.company,
                    "site change",
                    f"page gone: {title}",
                    "own site",
                    f"gone:{answer.url}:{asked.today}",
                    asked.now,
                    asked.today,
                    url=answer.url,
                    strength="own words",
                    natural=f"page:gone:{answer.url}",
                    facts={"change": "gone", "page": title},
                )
            )
    return told


def _change(watched: Watched, asked: Asked, kept: Kept, *, words: str, change: str, quote: str) -> Mention:
    url = kept.page.url
    return Mention(
        watched.company,
        "site change",
        words,
        "own site",
        f"{change}:{url}:{asked.today}",
        asked.now,
        asked.today,
        url=url,
        quote=quote,
        sha256=kept.sha256,
        strength="own words",
        natural=f"page:{change}:{url}:{kept.sha256[:12]}",
        facts={"change": change, "page": kept.page.title},
    )


def _headcount(watched: Watched, asked: Asked, people: list[int], readable: list[Kept]) -> list[Mention]:
    before = asked.snapshot.get("headcount")
    if not people or not before or abs(max(people) - before) < max(5, 0.1 * before):
        return []
    now = max(people)
    kind = "headcount growth" if now > before else "headcount decline"
    quote, kept = next((q.text, kept) for kept in readable for number, q in stated_headcount(kept) if number == now)
    return [
        Mention(
            watched.company,
            kind,
            f"from {before} to {now} people",
            "own site",
            f"{kind}:{now}",
            asked.now,
            asked.today,
            url=kept.page.url,
            quote=quote,
            sha256=kept.sha256,
            strength="own words",
            facts={"before": str(before), "count": str(now)},
        )
    ]
