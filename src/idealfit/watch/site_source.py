"""A company's own site as a source: pages that are new, changed or gone, prices, places, technologies, headcount.

What is compared are the lines of text of a page, not its bytes: a new time stamp or advertisement is no change. A page
that cannot be read (an error, a login wall, an empty shell) never counts as gone: only an address that answers 404
does. On what day any of it came about is not known: only that it was between two looks.
"""

from __future__ import annotations

import re
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from idealfit.watch.asked import Asked, Found
from idealfit.watch.fetching import Known
from idealfit.watch.keeping import Kept
from idealfit.watch.locations import locations
from idealfit.watch.mentions import Mention
from idealfit.watch.prices import changed as changed_prices
from idealfit.watch.proofs import stated_headcount
from idealfit.watch.record_source import technology_changes
from idealfit.watch.sites import Purpose, SiteRead, crawl, purposes_of
from idealfit.watch.technologies import detect_in

if TYPE_CHECKING:
    from idealfit.watch.fetching import Fetched
    from idealfit.watch.watch_tables import Watched

PURPOSES: tuple[Purpose, ...] = ("pricing", "contact", "team", "products", "customers", "careers", "trust")
MOST = 12
LEAST_NEW = 3
"""Fewer new lines than this are no change of a page, unless it is short."""


def ask(watched: Watched, asked: Asked) -> Found:
    """Return what changed on a company's site since the last look; the first look only remembers."""
    if not watched.domain:
        return Found("nothing to ask", "no domain is known")
    start = asked.addresses.get("site", "https://{domain}/").replace("{domain}", watched.domain)
    before: dict[str, Any] | None = asked.snapshot.get("pages")
    looked_at = {page["sha256"]: page for page in (before or {}).values() if "sha256" in page}
    answers: list[Fetched] = []

    def known(url: str) -> Known | None:
        held = asked.known(url) if looked_at else Known()
        return held if held.sha256 in looked_at else None

    read = crawl(start, asked.fetcher, PURPOSES, most=MOST, keep=answers.append, kept_before=asked.kept, known=known)
    readable = list(read.readable())
    if not readable:
        why = read.missed[0].why if read.missed else "nothing could be read"
        unknown = answers and answers[0].state in ("not found", "unreachable")
        return Found("unknown" if unknown else "failed", why, answers=tuple(answers))
    after = {kept.page.url: looked_at.get(kept.sha256) or _look(kept, asked) for kept in readable}
    told, after = _prices(watched, asked, before or {}, after, readable)
    gone: set[str] = set()
    if before is not None:
        told += _changes(watched, asked, before, after, read=read, readable=readable)
        failing = {missed.url for missed in read.missed}
        once_more = [asked.fetch(url) for url in sorted(set(before) - set(after) - failing)[:5]]
        gone = {answer.url for answer in (*answers, *once_more) if answer.state == "not found"} & set(before)
        told += [_gone(watched, asked, url, before[url]["title"]) for url in sorted(gone)]
        answers += once_more
    technologies = {name: quote for page in after.values() for name, quote in page["technologies"].items()}
    told += technology_changes(
        watched, asked, asked.snapshot.get("technologies"), technologies, source="own site", url=start,
        sha256=readable[0].sha256,
    )  # fmt: skip
    people = [number for page in after.values() for number in page["people"]]
    told += _headcount(watched, asked, people, readable)
    missed = {one.url for one in read.missed} - gone
    snapshot = {
        "pages": {**{url: page for url, page in (before or {}).items() if url in missed}, **after},
        "technologies": technologies,
        "headcount": max(people) if people else asked.snapshot.get("headcount"),
        "looked_on": asked.today.isoformat(),
    }
    same = sum(answer.state == "unchanged" for answer in answers)
    words = f"{len(readable)} pages read, {len(read.missed)} missed" + (f", {same} unchanged" if same else "")
    return Found("ok", words, tuple(told), tuple(answers), snapshot)


def _look(kept: Kept, asked: Asked) -> dict[str, Any]:
    """Return what is remembered of a page, under the hash of its body: the same body is not looked at twice."""
    return {
        "title": kept.page.title,
        "sha256": kept.sha256,
        "lines": [sha256(_plain(line).encode()).hexdigest()[:12] for line in kept.page.lines][:3_000],
        "places": [[place.postcode or place.street, place.quote] for place in locations(kept.page).places],
        "technologies": {found.name: found.quote for found in detect_in(kept, asked.rules)},
        "people": [number for number, _ in stated_headcount(kept)],
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
    return told + _places(watched, asked, before, after, by_url)


def _places(
    watched: Watched, asked: Asked, before: dict[str, Any], after: dict[str, Any], by_url: dict[str, Kept]
) -> list[Mention]:
    """Return the tellings of addresses that stood on no page before."""
    known = {place for page in before.values() for place, _ in page["places"]}
    if not known:  # a first address is one that could not be read before
        return []
    told = []
    for url, page in after.items():
        for place, quote in page["places"]:
            if place not in known:
                known.add(place)
                told.append(
                    Mention(
                        watched.company, "location added", f"new address: {quote[:120]}", "own site", f"place:{place}",
                        asked.now, url=url, quote=quote, sha256=by_url[url].sha256, strength="own words",
                        natural=f"page:place:{place}", facts=_doubt(asked),
                    )
                )  # fmt: skip
    return told


def _prices(
    watched: Watched, asked: Asked, before: dict[str, Any], after: dict[str, Any], readable: list[Kept]
) -> tuple[list[Mention], dict[str, Any]]:
    """Return the tellings of prices that changed, one a page, and the pages with what is remembered of their prices."""
    told: list[Mention] = []
    priced = dict(after)
    for kept in readable:
        url, page = kept.page.url, after[kept.page.url]
        if "pricing" not in purposes_of(url, page["title"]):
            continue
        held = before.get(url, {})
        changes, prices = changed_prices(held.get("prices", {}), kept.page)
        priced[url] = {**page, "prices": prices}
        if not changes:
            continue
        one, more = changes[0], len(changes) - 1
        words = f"{f'{one.heading}: ' * bool(one.heading)}“{one.after}”, before “{one.before}”"
        words += f"; and {more} more price{'s' * (more > 1)}" * bool(more)
        facts = {"before": one.before, "after": one.after, "page": page["title"], "seen before in": held["sha256"]}
        if more:
            facts["others"] = "; ".join(f"“{c.after}”, before “{c.before}”" for c in changes[1:10])
        mark = sha256("|".join(f"{c.before}>{c.after}" for c in changes).encode()).hexdigest()[:12]
        told.append(
            Mention(
                watched.company, "price change", words, "own site", f"prices:{url}:{mark}:{asked.today:%Y}", asked.now,
                url=url, quote=one.after, sha256=kept.sha256, strength="own words",
                natural=f"page:prices:{url}:{mark}:{asked.today:%Y}", facts=facts | _doubt(asked),
            )
        )  # fmt: skip
    return told, priced


def _doubt(asked: Asked) -> dict[str, str]:
    return asked.doubt_since(asked.snapshot.get("looked_on"))


def _gone(watched: Watched, asked: Asked, url: str, title: str) -> Mention:
    return Mention(
        watched.company, "site change", f"page gone: {title}", "own site", f"gone:{url}:{asked.today}", asked.now,
        url=url, strength="own words", natural=f"page:gone:{url}",
        facts={"change": "gone", "page": title, **_doubt(asked)},
    )  # fmt: skip


def _change(watched: Watched, asked: Asked, kept: Kept, *, words: str, change: str, quote: str) -> Mention:
    url = kept.page.url
    return Mention(
        watched.company,
        "site change",
        words,
        "own site",
        f"{change}:{url}:{asked.today}",
        asked.now,
        url=url,
        quote=quote,
        sha256=kept.sha256,
        strength="own words",
        natural=f"page:{change}:{url}:{kept.sha256[:12]}",
        facts={"change": change, "page": kept.page.title, **_doubt(asked)},
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
            url=kept.page.url,
            quote=quote,
            sha256=kept.sha256,
            strength="own words",
            facts={"before": str(before), "count": str(now), **_doubt(asked)},
        )
    ]
