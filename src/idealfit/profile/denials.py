"""What a text denies: whether a "no" reaches a word, and what the opposite of a test is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at
from idealfit.profile.document import Test
from idealfit.profile.governors import governors
from idealfit.profile.stance import about_us, finds_no_use, refuses, rules_out
from idealfit.profile.subjects import BEING, whom
from idealfit.profile.vocabulary import verbs_that, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.profile.clauses import Clause
    from idealfit.profile.governors import Governor

_VERB = ways_to_say("verbs")
_NEAR = re.compile(rf"\b{ways_to_say('denial')}\b|n['’]t\b(?!\s+(?:only|just)\b)", re.IGNORECASE)
_CLAUSE = (
    r"[;:.!?(]|\b(?:but|who|that|which|while|whose|where|because|although|though|(?<!not )(?<!n't )yet(?! to))\b"
    r"|\bwith(?!out)\b"
)
_ANOTHER_VERB = rf"(?:,|\band\b|\bor\b)\s+(?:(?:they|it|he|she|we|also|still|already)\s+)*{_VERB}\b"
_ANOTHER_THING = r"(?:,|\band\b)\s+(?:an?|the|about|around|at|over|under|more|\d[\d,]*)\s"
_ANOTHER_DENIAL = r"(?:,|\band\b)\s+(?:outside|without|except|other than)\b"
_NEAR_ENDS = re.compile(rf"{_CLAUSE}|{_ANOTHER_VERB}|{_ANOTHER_THING}|{_ANOTHER_DENIAL}", re.IGNORECASE)
_WIDE = re.compile(rf"\b{ways_to_say('exclusion')}\b", re.IGNORECASE)
_LABELLED = re.compile(rf"\b{ways_to_say('exclusion_label')}\s*:[^.;:!?]*$", re.IGNORECASE)
_AFTERWARDS = re.compile(rf"\s+(?:\w+\s+){{0,2}}?{ways_to_say('denied_afterwards')}\b", re.IGNORECASE)
_NEW_CLAUSE = re.compile(r"(?:,|\band\b)\s*(?:(?:they|it)\s+)?(?:recently\s+)?$", re.IGNORECASE)
_OWN_VERB = re.compile(
    rf"(?:{_VERB}|founded|opened|launched|acquired|announced|moved|closed|switched|expanded|hiring)\b", re.IGNORECASE
)
_WIDE_ENDS = re.compile(r"[;:.!?]|\b(?:but|while|although|though)\b|,\s+(?:who|which|and|with)\b", re.IGNORECASE)


def denied(sentence: str, start: int) -> bool:
    """Return whether a denial before `start` reaches the words that begin there.

    >>> [denied(s, s.index("CRM")) for s in ("They have no CRM", "no ERP, but a CRM", "not only a CRM")]
    [True, False, False]
    >>> denied("not banks, raised in the last year", 11)
    False
    """
    before = sentence[:start]
    if _NEW_CLAUSE.search(before) and _OWN_VERB.match(sentence, start):
        return False  # "not agencies, raised last year": the fact brings a verb of its own
    clause = clause_at(sentence, start)
    own = clause.start if clause is not None else 0
    wide = [cue for cue in _WIDE.finditer(before) if not _WIDE_ENDS.search(before, cue.end())]
    near = _last(before, _NEAR, own)
    times = len(wide) + bool(_LABELLED.search(before))
    if (
        near is not None
        and not _NEAR_ENDS.search(before, near.end())
        and not any(cue.start() <= near.start() < cue.end() for cue in wide)
    ):
        times += 1
    elif clause is not None and not wide:
        times += (
            refuses(sentence, clause, start)
            or _is_excluded(sentence, start)
            or _is_not_done(clause, start)
            or _none_have(sentence, start)
        )
    if clause is not None and not wide and rules_out(sentence, clause):
        times += 1
    return times % 2 == 1  # "no companies without a CRM", "skip anything outside of Europe" deny twice


def _excludes(sentence: str, governor: Governor) -> bool:
    """Return whether a verb says that we leave something out: "we avoid Spain", "rule out Spain"."""
    clause = clause_at(sentence, governor.word.start) if governor.word is not None else None
    if clause is None or governor.verb is None or whom(sentence, clause) not in ("we", "none"):
        return False
    return f"{governor.verb.lemma} {governor.by}".strip() in verbs_that("exclude")


def _is_excluded(sentence: str, start: int) -> bool:
    return _excludes(sentence, governors(sentence, start)[0])


def _none_have(sentence: str, at: int) -> bool:
    """Return whether what stands at a place is said of none, in a phrase without a verb."""
    clause, nearest = clause_at(sentence, at), governors(sentence, at)[0]
    if clause is None or clause.finite is not None or nearest.by != "with" or nearest.word is None:
        return False
    before = sentence[: nearest.word.start].rstrip().lower()
    return nearest.word.low == "none" or (nearest.word.low in ("those", "ones", "any") and before.endswith("not"))


def _is_not_done(clause: Clause, start: int) -> bool:
    """Return whether the verb of a clause is denied, though not beside it: "what they do not have is a CRM"."""
    return clause.opened == "resumed" and any(verb.denied for verb in clause.before(start))


def denied_after(sentence: str, end: int) -> bool:
    """Return whether the words after `end` deny what ends there.

    >>> denied_after("Agencies are not for us", 8), denied_after("Slack is not in use there", 5)
    (True, True)
    """
    if _AFTERWARDS.match(sentence, end):
        return True
    clause = clause_at(sentence, end - 1) if end else None
    finite = clause.finite if clause is not None else None
    if clause is None or finite is None or finite.start < end:
        return False
    if finds_no_use(sentence, clause):
        return True  # "firms of over 500 people get nothing out of our product"
    return finite.denied and finite.lemma in BEING and about_us(sentence, clause)  # "banks are not worth our time"


def _last(before: str, cue: re.Pattern[str], start: int) -> re.Match[str] | None:
    last = None
    for last in cue.finditer(before, start):  # noqa: B007  the last one counts
        pass
    return last


def opposite(test: Test) -> tuple[Test, ...]:
    """Return the tests that hold where `test` does not; none where a single test cannot say it.

    >>> [t.lacks for t in opposite(Test(has_any=("Salesforce", "HubSpot")))], opposite(Test(between=(3, 5)))
    (['Salesforce', 'HubSpot'], ())
    """
    value = getattr(test, "is_" if test.condition == "is" else test.condition)
    turned = _OPPOSITES.get(test.condition)
    if turned is not None:
        return turned(value)
    return ()


_OPPOSITES: dict[str, Callable[..., tuple[Test, ...]]] = {
    "is": lambda value: (Test(is_not=value),),
    "is_not": lambda value: (Test(is_=value),),
    "one_of": lambda values: (Test(none_of=values),),
    "none_of": lambda values: (Test(one_of=values),),
    "at_least": lambda low: (Test(below=low),),
    "below": lambda high: (Test(at_least=high),),
    "has": lambda item: (Test(lacks=item),),
    "lacks": lambda item: (Test(has=item),),
    "has_any": lambda items: tuple(Test(lacks=item) for item in items),
    "between": lambda ends: (Test(at_least=ends[1]),) if ends[0] <= 1 else (),
    "within_days": lambda days: (Test(older_than_days=days),),
    "older_than_days": lambda days: (Test(within_days=days),),
}
