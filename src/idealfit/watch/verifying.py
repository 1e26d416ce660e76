"""A criterion checked against pages: yes, no or unknown, with the words that prove it.

Yes only with a quote that occurs in a stored page. No only if the pages that would hold the fact were really read.
Everything else is unknown, and says what was missing. What a page says is data: instructions in it do nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from idealfit.watch.founding import founded_proof
from idealfit.watch.job_proofs import jobs_proof
from idealfit.watch.keeping import Kept
from idealfit.watch.proofs import (
    employees_proof,
    page_proof,
    people_proof,
    places_proof,
    technology_proof,
    words_proof,
)
from idealfit.watch.questions import Question
from idealfit.watch.sites import SiteRead
from idealfit.watch.technologies import Rules, own_rules
from idealfit.watch.verdicts import Answer, Boards, answer


def verify(
    question: Question,
    site: SiteRead,
    today: date,
    *,
    boards: Boards | None = None,
    rules: Rules | None = None,
    ask: Callable[[str, SiteRead], Answer] | None = None,
) -> Answer:
    """Return the answer to a question from what was read of a site.

    `boards` adds job boards, `rules` replaces the program's own rules of technologies, `ask` answers free questions
    and is held to the same check of its quotes.
    """
    readers: dict[str, Callable[[], Answer]] = {
        "locations": lambda: places_proof(question, site),
        "jobs": lambda: jobs_proof(question, site, boards or Boards(), today),
        "founded": lambda: founded_proof(question, site, today),
        "technology": lambda: technology_proof(question, site, boards or Boards(), rules or own_rules()),
        "people": lambda: people_proof(question, site),
        "words": lambda: words_proof(question, site),
        "page": lambda: page_proof(question, site),
        "employees": lambda: employees_proof(question, site),
    }
    if not any(site.readable()) and not (boards and boards.read):
        found = answer(question, "unknown", _nothing_read(site))
    elif question.subject == "free":
        found = ask(question.about, site) if ask else answer(
            question, "unknown", f'no rule understands this; ask for words, as in: says "{_last(question.about)}", '
            "or name a program that answers free questions (--ask)",
        )  # fmt: skip
    else:
        found = readers[question.subject]()
    every = (*site.pages, *(kept for _, kept in (boards or Boards()).jobs))
    proved = _proved(found, every)
    turned = _turned(proved) if question.negated else proved
    read = tuple(kept.page.url for kept in site.pages)
    missed = tuple(f"{missed.url}: {missed.why}" for missed in site.missed)
    return replace(turned, criterion=question.criterion, understood_as=question.in_words(), read=read, missed=missed)


def _last(words: str) -> str:
    """Return what a free question asks for, without the verb before it: the words that a page might hold."""
    return re.sub(
        r"^(?:is|are|was|has|have|does|offers?|sells?|supports?|provides?|an?|the|its|to|\s)+\b", "", words
    ).strip()


def _nothing_read(site: SiteRead) -> str:
    """Return in words that nothing could be read, and why the first page could not."""
    first = f": {site.missed[0].url}, {site.missed[0].why}" if site.missed else ""
    return f"no page of the site could be read{first}"


def _proved(answer: Answer, pages: Iterable[Kept]) -> Answer:
    """Return the answer with those quotes that occur in the page they are said to stand in; none left, no yes."""
    by_hash = {kept.sha256: kept for kept in pages}
    held = tuple(q for q in answer.quotes if q.sha256 in by_hash and by_hash[q.sha256].holds(q.text))
    if answer.answer == "yes" and not held:
        return replace(
            answer, answer="unknown", reason="what was found could not be quoted from a stored page", quotes=()
        )
    return replace(answer, quotes=held)


def _turned(answer: Answer) -> Answer:
    """Return the answer to the opposite: a quoted yes is a no; an absence cannot be quoted, so it is never a yes."""
    if answer.answer == "yes":
        return replace(answer, answer="no")
    if answer.answer == "no" and answer.quotes:
        return replace(answer, answer="yes")
    if answer.answer == "no":
        return replace(answer, answer="unknown", reason=f"{answer.reason}; an absence cannot be quoted")
    return answer
