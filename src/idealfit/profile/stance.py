"""Whom a clause speaks of, and whether it tells what is so: only of the companies sought are facts tested.

A wrong test throws companies away unseen, while a fact that is left open stays in the text. So a fact is tested where
its clause has the companies for its subject (they, it, firms, something that is counted of them), has none ("40 to 250
people, in Germany"), or says whom we seek; not where somebody else is the subject or its owner, and not under a wish,
a plan, a thought or a comparison.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from idealfit.profile.denials import reaches
from idealfit.profile.vocabulary import vocabulary, ways_to_say

if TYPE_CHECKING:
    from idealfit.profile.fact import Fact

_STARTS = re.compile(
    r"^\W*|[;:.!?(]\s*|,\s+(?:(?:and|but|so|while|because|yet)\s+)?|\b(?:and|but|while|because|since|so|yet|when)\s+",
    re.IGNORECASE,
)
_ADVERBS = r"(?:(?:also|then|now|still|today|currently|sometimes|often|usually|there)\s+)*"
_TIME = r"(?:(?:in|on|at|by|until|during|over|since|last|this|next|every)\s+(?:[\w'’]+\s+){1,4}?,?\s*)?"
_THEM = re.compile(
    rf"{_TIME}{_ADVERBS}(?:they|it|these|those|(?:both|all|most|many|half|each)(?! of (?!them|these|those|our)))\b",
    re.IGNORECASE,
)
_WE = re.compile(rf"{_TIME}{_ADVERBS}(?:we|I)\b", re.IGNORECASE)
_WE_SEEK = re.compile(rf"(?:['’](?:re|d|ve|ll)\s+)?\s*(?:\w+\s+){{0,2}}?{ways_to_say('we_seek')}\b", re.IGNORECASE)
_OUR = re.compile(rf"{_TIME}{_ADVERBS}(?:our|my)\s+(?P<whose>(?:[\w'’-]+\s+){{0,3}})", re.IGNORECASE)
_OURS_SOUGHT = re.compile(rf"\b(?:{ways_to_say('sought_by_us')}|{ways_to_say('a_limit')})\b", re.IGNORECASE)
_PERSON = re.compile(rf"{_TIME}{_ADVERBS}{ways_to_say('some_person')}\b", re.IGNORECASE)
_GOES_ON = (
    rf"(?:{ways_to_say('verbs')}|{ways_to_say('further_verbs')}|\w+ed|\w+n['’]t|they|we|who|whom|that|which)\b"
    r"|['’](?:s|d)\s"
)
_NAMED = re.compile(
    rf"{_TIME}{_ADVERBS}"
    r"(?P<whose>an?|the|their|its|his|her|\w+ of (?:their|the|its)|another|every|each|this|that|some)\s+"
    rf"(?:(?!(?:and|or|of|in|at|from|with|to|for|than)\b)[\w'’-]+\s+){{0,3}}?(?P<head>[\w'’-]+)\s+"
    rf"(?:(?:in|of|from|with|at|near|outside|to|for|by|on|about|there)\s+(?:[\w'’,-]+\s+){{0,5}}?)?(?:{_GOES_ON})",
    re.IGNORECASE,
)
_OTHERS = re.compile(ways_to_say("other_people") + "|" + ways_to_say("some_people"), re.IGNORECASE)
_OF_A_COMPANY = re.compile(
    "|".join(
        ways_to_say(cue) for cue in ("companies_themselves", "companies_of", "of_a_company", "a_limit", "counted_of")
    ),
    re.IGNORECASE,
)
_BUYER = re.compile(r"buyer|customer|client|user|champion", re.IGNORECASE)
_TYPICAL = re.compile(r"\b(?:typical|ideal|best|good|average|usual)\b", re.IGNORECASE)
_FAR = 300
"""Letters over which a wish may reach."""
_MOOD = re.compile(rf"(?:\b|(?=['’])){ways_to_say('not_so_yet')}(?!\w)", re.IGNORECASE)


_WHOM_THEY_SERVE = ("sells_to", "markets")


def is_told(sentence: str, fact: Fact) -> bool:
    """Return whether a sentence says the fact of the companies sought, as something that is so.

    >>> from idealfit.profile.fact import Fact
    >>> told = [(s, Fact(s.index("Slack"), len(s) - 1, "technologies", "technographic", None)) for s in (
    ...     "Their shop floor runs on Slack.", "Their supplier runs on Slack.", "They have been dreaming of Slack.")]
    >>> [is_told(sentence, fact) for sentence, fact in told]
    [True, False, False]
    """
    if fact.attribute in _WHOM_THEY_SERVE:
        return True
    subject = "none"
    for at, named in _subjects(sentence):
        subject = named if at <= fact.start else subject
    if subject == "somebody else" or (subject == "a thing" and fact.layer == "firmographic"):
        return False
    return subject in ("none", "we seek") or not reaches(sentence[max(0, fact.start - _FAR) : fact.start], _MOOD)


@lru_cache(maxsize=64)
def _subjects(sentence: str) -> tuple[tuple[int, str], ...]:
    """Return where each clause with a subject of its own begins, and whom it speaks of; once for all facts in it."""
    found = ((start.end(), _subject(sentence, start.end())) for start in _STARTS.finditer(sentence))
    return tuple((at, subject) for at, subject in found if subject is not None)


def _subject(sentence: str, at: int) -> str | None:
    """Return whom a clause that begins here speaks of; None where it names nobody of its own."""
    if we := _WE.match(sentence, at):
        return "we seek" if _WE_SEEK.match(sentence, we.end()) else "somebody else"
    if our := _OUR.match(sentence, at):
        return "they" if _OURS_SOUGHT.search(our["whose"]) else "somebody else"
    if _THEM.match(sentence, at):
        return "they"
    if _PERSON.match(sentence, at):
        return "somebody else"
    named = _NAMED.match(sentence, at)
    if named is None:
        return None
    sought = named["whose"].lower() == "the" or _TYPICAL.search(sentence, named.start(), named.start("head"))
    if sought and _BUYER.fullmatch(named["head"]):
        return "they"
    return _of_head(named["head"])


def _of_head(head: str) -> str:
    """Return whom a subject's noun speaks of: a thing of theirs may run on a tool or be counted, but sits nowhere."""
    if _OTHERS.fullmatch(head):
        return "somebody else"
    of_a_company = _OF_A_COMPANY.fullmatch(head) or vocabulary().headings.pattern.fullmatch(head)
    return "they" if of_a_company else "a thing"
