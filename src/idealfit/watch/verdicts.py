"""What a check of a criterion answers: yes, no or unknown, with quotes; and how a count is judged that has bounds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

from idealfit.watch.jobs import Job
from idealfit.watch.keeping import Kept
from idealfit.watch.questions import Question
from idealfit.watch.sites import Purpose, SiteRead

Verdict = Literal["yes", "no", "unknown"]

SHOWN_QUOTES = 10


@dataclass(frozen=True)
class Quote:
    """Words that stand in a stored page: where, under which hash, and when they were seen there."""

    text: str
    url: str
    seen_at: datetime
    sha256: str


@dataclass(frozen=True)
class Answer:
    """The answer to a criterion. `count` and `at_most` bound what was counted; `read` and `missed` are addresses."""

    criterion: str
    understood_as: str
    answer: Verdict
    reason: str
    quotes: tuple[Quote, ...] = ()
    count: int | None = None
    at_most: int | None = None
    read: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the answer as plain values."""
        return {
            **vars(self),
            "quotes": [{**vars(quote), "seen_at": quote.seen_at.isoformat()} for quote in self.quotes],
            "read": list(self.read),
            "missed": list(self.missed),
        }


@dataclass(frozen=True)
class Boards:
    """What the company's job boards answered: postings with the page that holds them, and boards that failed."""

    jobs: tuple[tuple[Job, Kept], ...] = ()
    read: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


def answer(question: Question, verdict: Verdict, reason: str, **found: Any) -> Answer:  # noqa: ANN401  fields of Answer
    """Return an answer to a question; `found` are further fields of it."""
    return Answer(question.criterion, "", verdict, reason, **found)


def quote_of(kept: Kept, text: str) -> Quote:
    """Return words as they stand in a kept page."""
    return Quote(text, kept.page.url, kept.seen_at, kept.sha256)


def unread(site: SiteRead, *purposes: Purpose) -> str:
    """Return which pages of these purposes could not be read, in words; empty if all were."""
    unread = site.unread(*purposes)
    if not unread:
        return ""
    more = f" and {len(unread) - 2} more" if len(unread) > 2 else ""
    return "could not be read: " + "; ".join(f"{missed.url} ({missed.why})" for missed in unread[:2]) + more


def judged(
    question: Question,
    low: int,
    high: int,
    what: str,
    quotes: tuple[Quote, ...],
    *,
    lacking: str,
) -> Answer:
    """Return the answer to "how many", where the truth lies between `low` and `high` of what was read.

    `lacking` says what was not read: then there may be more, and only what more cannot change is certain.
    """
    counted = str(low) if low == high else f"{low} to {high}"
    found = {"quotes": quotes[:SHOWN_QUOTES], "count": low, "at_most": None if lacking else high}
    more_changes_nothing = question.at_most is None
    if question.holds(low) and (question.holds(high) or more_changes_nothing) and (not lacking or more_changes_nothing):
        return answer(question, "yes", f"{counted} {what}", **found)
    too_many = question.at_most is not None and low > question.at_most
    if too_many or (not lacking and not question.holds(low) and not question.holds(high)):
        return answer(question, "no", f"{counted} {what}", **found)
    reason = f"{counted} {what}; " + (lacking or "it depends on what is counted as one")
    return answer(question, "unknown", reason, **found)
