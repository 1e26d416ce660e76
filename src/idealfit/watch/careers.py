"""Postings that a company's own careers page declares (schema.org ``JobPosting``), where it uses no known job board.

A careers page declares its postings itself, or leads to a page for each. Of those only new ones are fetched; a posting
is there as long as the careers page leads to it. A page that declares nothing any more may only have been built anew,
so that is no proof of anything.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import urljoin, urlsplit

from idealfit.watch.jobs import Job, postings_on
from idealfit.watch.sites import purposes_of, site_of

if TYPE_CHECKING:
    from idealfit.watch.asked import Asked
    from idealfit.watch.fetching import Fetched

BOARD = "careers page"
MOST_PAGES = 20
"""So many pages of single postings are fetched at a time; the others follow with the next check."""


@dataclass(frozen=True)
class Careers:
    """What a careers page declares: postings, what was fetched for them, and pages below it that hold none.

    Of a posting that is in `known` already only its id is given.
    """

    jobs: tuple[Job, ...]
    answers: tuple[Fetched, ...] = ()
    besides: tuple[str, ...] = ()
    missed: int = 0


def careers_page(home: Fetched) -> str:
    """Return the address of the careers page that a home page links to, or an empty text."""
    leads = (link.url for link in home.page.links if "careers" in purposes_of(link.url, link.words))
    return next((url for url in leads if urlsplit(url).scheme in ("http", "https")), "")


def declared_on(page: Fetched, asked: Asked, known: Collection[str], besides: Collection[str]) -> Careers:
    """Return the postings that a careers page, or the pages that it leads to, declare."""
    own = tuple(_named(job, page) for job in postings_on(page.page))
    if own:
        return Careers(own)
    jobs: list[Job] = []
    answers: list[Fetched] = []
    without: list[str] = []
    missed = 0
    for url in _below(page):
        if url in besides:
            without.append(url)
        elif url in known:
            jobs.append(Job(BOARD, url, ""))
        elif len(answers) < MOST_PAGES:
            answer = asked.fetch(url)
            answers.append(answer)
            found = postings_on(answer.page) if answer.state == "ok" else ()
            jobs += [replace(job, board=BOARD, id=url, url=url) for job in found[:1]]
            without += [url] * (answer.state == "ok" and not found)
            missed += answer.state != "ok"
        else:
            missed += 1
    return Careers(tuple(jobs), tuple(answers), tuple(without), missed)


def _named(job: Job, page: Fetched) -> Job:
    """Return a posting under the address of its own page, where it names one."""
    url = urljoin(page.final_url, job.url) if job.url else ""
    own = url and url != page.final_url
    return replace(job, board=BOARD, id=url if own else job.id, url=url or page.final_url)


def _below(page: Fetched) -> Iterator[str]:
    """Yield the addresses that may be of single postings: below the careers page, each once."""
    top = urlsplit(page.final_url)
    stem = top.path.rstrip("/").removesuffix(".html") + "/"
    seen = {page.final_url.partition("#")[0].rstrip("/")}
    for link in page.page.links:
        url = link.url.partition("#")[0]
        path = urlsplit(url).path
        below = site_of(url) == site_of(page.final_url) and (path.startswith(stem) if stem != "/" else "job" in path)
        if below and url.rstrip("/") not in seen and urlsplit(url).scheme in ("http", "https"):
            seen.add(url.rstrip("/"))
            yield url
