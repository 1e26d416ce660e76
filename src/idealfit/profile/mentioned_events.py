"""Which events and roles a sentence mentions: what happened how long ago, who is there, sought or new."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.fact import Fact
from idealfit.profile.happenings import happenings, spans_of_days
from idealfit.profile.subjects import is_company
from idealfit.profile.vocabulary import lexicon, vocabulary, ways_in, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

_EVENTS = {
    attribute: re.compile(rf"\b(?:{'|'.join(ways_in(words))})\b", re.IGNORECASE)
    for attribute, words in lexicon()["words_for_events"].items()
}
_TITLE = re.compile(
    r"(?<![\w-])(?:(?:(?:head|director|VP|vice president|chief|lead) of (?:[\w&-]+)(?:\s(?:operations|success"
    r"|engineering|sales|experience|people|development))?)"
    r"|(?:(?:[\w&-]+\s){0,2}(?:engineers?|developers?|managers?|directors?|analysts?|officers?|administrators?|admins?"
    r"|specialists?|architects?|scientists?|designers?|recruiters?|technicians?|planners?|controllers?|coordinators?|executives?|buyers?"
    r"|marketers?|reps|nurses?|drivers?|bookkeepers?|accountants?|dispatchers?|counsel|treasurer|team lead"
    r"|leads?)))(?!\w)"
)
_NEW = re.compile(
    r"\b(?:new|joined|joins|came aboard|signed up|in office|newly|arrived|has been|hired|appointed|brought in"
    r"|brought on|came in|came on|started|arrived|named|promoted|took over|taken over|fresh|first|changed"
    r"|replaced|recruited|in the (?:job|role|seat|chair|post))\b",
    re.IGNORECASE,
)
_STATE = re.compile(rf"(?:(?:\d[\d,]*|{ways_to_say('before_a_title')})\s+)+", re.IGNORECASE)


def events_mentioned(sentence: str) -> Iterator[Fact]:
    """Yield what happened within or before a stated number of days, by the nearest word for an event.

    >>> [(f.attribute, f.test.within_days) for f in events_mentioned("A round closed in the past six months")]
    [('last_funding_on', 180)]
    """
    told = [fact for fact in happenings(sentence) if fact.test is not None]
    yield from told
    titles = titles_in(sentence)
    for start, end, test in spans_of_days(sentence):
        if any(fact.start < end and start < fact.end for fact in told):
            continue
        near: list[tuple[int, int, int, str]] = []
        for attribute, words in _EVENTS.items():
            near += [
                (_gap(f.start(), f.end(), start, end), f.start(), f.end(), attribute) for f in words.finditer(sentence)
            ]
        if posted := _POSTED.search(sentence):
            near += [(_gap(s, e, *posted.span()), s, e, f"{_plain(title)}_job_posted_on") for s, e, title in titles]
        elif _NEW.search(sentence):
            near += [(_gap(s, e, start, end), s, e, f"{_plain(title)}_hired_on") for s, e, title in titles]
        for _, s, e, attribute in sorted(near)[:1]:
            yield Fact(min(s, start), max(e, end), attribute, "behavioural", test)


_POSTED = re.compile(r"\b(?:posted|advertised|job ad|job|opening|vacancy)\b", re.IGNORECASE)


def _gap(start: int, end: int, other_start: int, other_end: int) -> int:
    return max(other_start - end, start - other_end, 0)


def roles_mentioned(sentence: str) -> Iterator[Fact]:
    """Yield every title as somebody who is there, and as somebody who is sought."""
    for start, end, title in titles_in(sentence):
        yield Fact(start, end, "roles", "operational", Test(has=title))
        yield Fact(start, end, "hiring", "behavioural", Test(has=title))


def titles_in(sentence: str) -> list[tuple[int, int, str]]:
    """Return the titles that a sentence names, by their usual name where one is known.

    >>> titles_in("a new VP of Sales and two site managers")
    [(6, 17, 'VP Sales'), (26, 39, 'site manager')]
    """
    known = vocabulary().roles
    spans = [(f.start(), f.end(), known.of(f[0])[0]) for f in known.pattern.finditer(sentence)]
    for found in _TITLE.finditer(sentence):
        state = _STATE.match(sentence, found.start(), found.end())
        start = state.end() if state else found.start()
        inner = [s for s in spans if start < s[1] and s[0] < found.end()]
        if start < found.end() and not (inner and inner[0][0] <= start):
            spans = [s for s in spans if s not in inner]
            spans.append((start, found.end(), _one(sentence[start : found.end()])))
    for cue, person in ((_SOUGHT, False), (_NO_PERSON, True)):
        for found in cue.finditer(sentence):
            for one in re.finditer(
                r"[\w-]+(?:\s[\w-]+){0,2}?(?=\s*(?:,|and\b|or\b|$|[.;!?)]|\s(?:in|at|for|on|right|now|currently|this|as|to|who|with|from|yet|of)\b))",
                found["who"],
            ):
                begin, end = found.start("who") + one.start(), found.start("who") + one.end()
                state = _STATE.match(sentence, begin, end)
                begin = state.end() if state else begin
                said = sentence[begin:end]
                fits = _OF_PEOPLE.search(said) if person else said.endswith("s") or _OF_PEOPLE.search(said)
                if (
                    said
                    and fits
                    and not _A_TIME.search(said)
                    and not is_company(said.split()[-1].lower())
                    and not any(begin < s[1] and s[0] < end for s in spans)
                ):
                    spans.append((begin, end, _one(said)))
    return sorted(spans)


_A_TIME = re.compile(r"\d|\b(?:months?|years?|weeks?|days?|quarters?)\b")
_SOUGHT = re.compile(
    r"\b(?:hiring|recruiting|recruits?|hires?|looking for|(?:openings?|vacanc(?:y|ies)|ads?|positions?"
    r"|roles?) for|advertis\w+ for|on the hunt for|to hire)\s+(?P<who>[a-z][\w\s,-]{2,60})"
)
_NO_PERSON = re.compile(
    r"\b(?:no|without an?|without|has an?|have an?|lacks? an?|employs? an?|nobody called"
    r"|never had an?)\s+(?P<who>[a-z][\w\s,-]{2,40})"
)
_OF_PEOPLE = re.compile(r"(?:er|or|ist|ant|ian|man|woman|coach|officer|surveyor|counsel|ary|nomist|bursar|hire)s?$")


def _one(title: str) -> str:
    return re.sub(r"ies$", "y", title) if title.endswith("ies") else re.sub(r"(?<=[^s])s$", "", title)


def _plain(title: str) -> str:
    return "_".join(re.findall(r"\w+", title.lower()))
