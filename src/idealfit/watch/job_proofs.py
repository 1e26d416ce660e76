"""What proves, or denies, that jobs of a kind are open, were posted lately, or are in a place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from idealfit.watch.jobs import Job, postings_on, titles_listed
from idealfit.watch.keeping import Kept
from idealfit.watch.questions import Question
from idealfit.watch.roles import is_role, stems
from idealfit.watch.sites import SiteRead
from idealfit.watch.towns import fold, is_town
from idealfit.watch.verdicts import SHOWN_QUOTES, Answer, Boards, Quote, answer, judged, quote_of, unread


def jobs_proof(question: Question, site: SiteRead, boards: Boards, today: date) -> Answer:
    """Return the answer to a question on jobs that are open or were posted lately."""
    posted: list[tuple[Job, Kept]] = list(boards.jobs)
    for kept in site.readable():
        posted += [(job, kept) for job in postings_on(kept.page)]
    asked = [(job, kept) for job, kept in posted if not question.about or is_role(question.about, job.title)]
    asked = [(job, kept) for job, kept in asked if job.closes_on is None or job.closes_on >= today]
    fitting = [(job, kept) for job, kept in asked if not question.place or _is_in(question.place, job)]
    sure = [(job, kept) for job, kept in fitting if _recent(job, question.days, today)]
    undated = [job for job, _ in fitting if question.days is not None and (not job.posted_on or job.posted_on > today)]
    known = {job.title for job, _ in fitting}
    pages = site.for_purpose("careers") if question.about and not question.place else []
    listed = [
        (title, kept, title in titles or _names_one(question.about, title))
        for kept in pages
        for titles in [{title for title, _ in titles_listed(kept.page)}]
        for title in _titles_on(kept)
        if is_role(question.about, title) and title not in known
    ]
    shown = [(title, kept) for title, kept, is_title in listed if is_title and question.days is None]
    quotes = tuple(dict.fromkeys(one for job, kept in sure for one in _quotes(job, kept, question.place)))
    quotes += tuple(quote_of(kept, title) for title, kept in shown)
    count = len({(job.board, job.id) for job, _ in sure}) + len(shown)
    what = _in_words(question, count)
    maybe = len(undated) + len(listed) - len(shown)
    lacking = _lacking(site, boards, anything=bool(posted or listed))
    if maybe and not question.holds(count):
        why = "without a date that can be relied on" if question.days is not None else "that may be such a job"
        return answer(
            question, "unknown", f"{count} {what}; {maybe} more {why}", quotes=quotes[:SHOWN_QUOTES], count=count
        )
    if question.place and not lacking and not question.holds(count):
        lacking = _elsewhere(question.place, [job for job, _ in asked])
    if boards.read and not boards.jobs:
        what += f"; the job board is empty ({', '.join(boards.read)})"
    return judged(question, count, count, what, quotes, lacking=lacking)


def _in_words(question: Question, count: int) -> str:
    role = f" for {question.about}" if question.about else ""
    place = f" in {question.place}" if question.place not in ("", "remote") else " done remotely" * bool(question.place)
    recent = f" posted in the last {question.days} days" if question.days is not None else ""
    return f"open job{'' if count == 1 else 's'}{role}{place}{recent}"


def _lacking(site: SiteRead, boards: Boards, *, anything: bool) -> str:
    """Return in words what was not read of where jobs would stand; empty if all was."""
    said = ", ".join(filter(None, (unread(site, "careers"), *(f"job board {name}" for name in boards.failed))))
    if said or boards.read or anything:
        return said
    if not site.for_purpose("careers"):
        return "no careers page or job board was read"
    return "the careers page lists no jobs that could be read, and no job board was read"


def _is_in(place: str, job: Job) -> bool:
    """Return whether a job is where it is asked for: by its places, its title, or as one done from anywhere."""
    wanted = fold(place)
    if wanted == "remote" and job.remote:
        return True
    names = "|".join(map(re.escape, (wanted, *_ALSO.get(wanted, ()))))
    said = (fold(text) for text in (*job.places, *job.countries, job.title))
    return any(re.search(rf"(?<!\w)(?:{names})(?!\w)", text) for text in said)


_ALSO = {"uk": ("united kingdom", "gb"), "us": ("united states", "usa"), "usa": ("united states", "us")}


def _elsewhere(place: str, jobs: Iterable[Job]) -> str:
    """Return why postings that name other places are no no: a place may lie in a country, or is not named at all."""
    named = {where for job in jobs for where in job.places}
    if place == "remote":
        return "whether those that are open can be done remotely is not said" if named else ""
    silent = sum(not job.places for job in jobs)
    if silent:
        return f"{silent} postings name no place"
    if named and not is_town(place):
        return f"those that are open name {', '.join(sorted(named)[:5])}, which may lie in {place}"
    return ""


def _quotes(job: Job, kept: Kept, place: str) -> Iterable[Quote]:
    """Yield the words that prove a job, and those that say where it is."""
    yield quote_of(kept, job.title)
    where = next((text for text in job.places if place and _is_in(place, replace(job, places=(text,)))), "")
    if where and kept.holds(where):
        yield quote_of(kept, where)


def _names_one(wanted: str, title: str) -> bool:
    """Return whether a heading is what is wanted and nothing besides: somebody, not what they do.

    >>> [_names_one("milk tasters", "Milk Taster"), _names_one("engineers", "Engineering")]
    [True, False]
    """
    ends = re.search(r"(?:er|or|ist|ant|ian|ive|rep)s?$", title, re.IGNORECASE)
    return bool(ends) and stems(title) == stems(wanted)


def _titles_on(kept: Kept) -> Iterable[str]:
    """Return what may be titles of jobs on a careers page: what looks like one, and any short heading or link."""
    short = (text for text in (*kept.page.headings, *(link.words for link in kept.page.links)) if 4 <= len(text) <= 60)
    return dict.fromkeys((*(title for title, _ in titles_listed(kept.page)), *short))


def _recent(job: Job, days: int | None, today: date) -> bool:
    """Return whether a posting is known to be at most so many days old; a date that lies ahead tells nothing."""
    return days is None or (job.posted_on is not None and 0 <= (today - job.posted_on).days <= days)
