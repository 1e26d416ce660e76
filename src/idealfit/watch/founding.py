"""When a company was founded, as its pages say it of itself, and what that answers."""

from __future__ import annotations

import re
from datetime import date, timedelta

from idealfit.watch.keeping import Kept
from idealfit.watch.page_text import kinds_of
from idealfit.watch.questions import Question
from idealfit.watch.sites import SiteRead, site_of
from idealfit.watch.verdicts import SHOWN_QUOTES, Answer, Quote, answer, quote_of

_YEAR = r"((?:1[6-9]|20)\d\d)\b(?!\s*[-–]\s*\d)"
_SINCE = re.compile(
    r"\b(?:founded|established|est\.?|incorporated|formed|(?:started|began|opened)(?: (?:our|its) doors| in business)?|"
    r"in business|family[- ]owned(?: and[- ]operated)?|gegründet|fondée?s?|fundada|opgericht)"
    rf",?\s+(?:back |way back )?(?:in|since|im Jahre?|seit|en)?\s*(?:the year )?(?:of )?(?:[A-Z][a-zé]+ )?{_YEAR}|"
    rf"\b(?:since|seit|depuis)\s+{_YEAR}",
    re.IGNORECASE,
)
_FOUNDS = re.compile(rf"\b(?:co-?)?founded\s+([A-Z][\w&.' -]{{2,40}}?)\s+(?:back )?in\s+(?:[A-Z][a-z]+ )?{_YEAR}")
"""Somebody who founded a company in a year: it counts where it is this one."""

_ITSELF = re.compile(
    r"\b(?:we|our|us|i?ts|company|firm|business|practice|agency|group|team|serving|providing|trusted|leading|proud\w*|"
    r"family[- ]owned|wir|unternehmen|nous)\b",
    re.IGNORECASE,
)
_ABOUT_OTHERS = re.compile(
    r"\b(?:customer|client|member|partner|employee|user|friend|he|she|his|her|has worked|joined|updated|available|"
    r"working|licensed|certified|degree|graduat\w+|university|college|award\w*|version|report|foundation|charity|"
    r"subsidiary|standard|law|act)s?\b",
    re.IGNORECASE,
)


def stated_years(kept: Kept) -> list[tuple[int, Quote]]:
    """Return the years in which a page says that its company was founded, each with the words."""
    stated: list[tuple[int, Quote]] = []
    for data in kept.page.data:
        held = str(data.get("foundingDate") or "")
        of_a_company = kinds_of(data) & {"Organization", "Corporation", "LocalBusiness"}
        if of_a_company and re.match(r"(?:1[6-9]|20)\d\d(?:-|$)", held):
            stated.append((int(held[:4]), quote_of(kept, held)))
    for line in dict.fromkeys((kept.page.title, *kept.page.lines)):
        for sentence in re.split(r"(?<=[.!?])\s+(?=[A-Z])", line):
            hit = _SINCE.search(sentence)
            if hit and _of_itself(sentence, hit, kept):
                stated.append((int(hit[1] or hit[2]), quote_of(kept, sentence[:240])))
            founded = _FOUNDS.search(sentence)
            if founded and _is_named(founded[1], kept):
                stated.append((int(founded[2]), quote_of(kept, sentence[:240])))
    return stated


def _of_itself(sentence: str, hit: re.Match[str], kept: Kept) -> bool:
    """Return whether a sentence on a founding is about the company whose page it is."""
    before = sentence[: hit.start()]
    if _ABOUT_OTHERS.search(before) or (not hit[1] and _ABOUT_OTHERS.search(sentence)):
        return False
    if not re.search(r"\w", before):  # "Founded in 1989, ..."
        return True
    return _is_named(before, kept) or bool(_ITSELF.search(before)) or before.strip() in kept.page.title


def _is_named(words: str, kept: Kept) -> bool:
    """Return whether words hold the name of the company whose page it is: of its address, or of the title."""
    letters = re.sub(r"\W", "", words.casefold())
    host = site_of(kept.page.url).partition(".")[0] if "." in kept.page.url else ""
    title = [re.sub(r"\W", "", part.casefold()) for part in re.split(r"[|–—:·]| - ", kept.page.title)]
    return (len(host) > 3 and host in letters) or any(len(part) > 3 and part in letters for part in title)


def founded_proof(question: Question, site: SiteRead, today: date) -> Answer:
    """Return the answer to a question on the year of founding; years that disagree prove nothing."""
    stated = [found for kept in site.readable() for found in stated_years(kept) if found[0] <= today.year]
    if not stated:
        return answer(question, "unknown", "no page says when the company was founded")
    quotes = tuple(dict.fromkeys(quote for _, quote in stated))[:SHOWN_QUOTES]
    years = sorted({year for year, _ in stated})
    said = " or ".join(map(str, years))
    verdicts = {_holds(question, year, today) for year in years}
    if len(verdicts) > 1 or None in verdicts:
        why = "the pages name different years" if len(years) > 1 else "the year alone does not settle it"
        return answer(question, "unknown", f"{why}: {said}", quotes=quotes)
    return answer(question, "yes" if True in verdicts else "no", f"founded in {said}, it says", quotes=quotes)


def _holds(question: Question, year: int, today: date) -> bool | None:
    """Return whether a year is one that was asked for; None where only the day would tell."""
    if question.days is not None:
        first = (today - timedelta(days=question.days)).year
        return None if year == first else year > first
    return question.holds(year)
