"""What a text denies: whether a "no" reaches a word, and what the opposite of a test is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.document import Test
from idealfit.profile.vocabulary import ways_to_say

if TYPE_CHECKING:
    from collections.abc import Callable

_VERB = ways_to_say("verbs")
_NEAR = re.compile(rf"\b{ways_to_say('denial')}\b|n['’]t\b(?!\s+(?:only|just)\b)", re.IGNORECASE)
_CLAUSE = (
    r"[;:.!?(]|\b(?:but|who|that|which|while|whose|where|because|although|though|(?<!not )(?<!n't )yet(?! to))\b"
    r"|\bwith(?!out)\b"
)
_ANOTHER_VERB = rf"(?:,|\band\b|\bor\b)\s+(?:(?:they|it|he|she|we|also|still|already)\s+)*{_VERB}\b"
_ANOTHER_THING = r"(?:,|\band\b)\s+(?:an?|the|about|around|at|over|under|more|\d[\d,]*)\s"
_NEAR_ENDS = re.compile(rf"{_CLAUSE}|{_ANOTHER_VERB}|{_ANOTHER_THING}", re.IGNORECASE)
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
    if _LABELLED.search(before):
        return True  # "Not a fit: agencies, banks"
    near, wide = _reaches(before, _NEAR, _NEAR_ENDS), _reaches(before, _WIDE, _WIDE_ENDS)
    if near is not None and wide is not None and not near.start() < wide.end():
        return False  # "no companies without a CRM" denies twice
    return near is not None or wide is not None


def denied_after(sentence: str, end: int) -> bool:
    """Return whether the words after `end` deny what ends there.

    >>> [denied_after(s, s.index(",")) for s in ("Agencies, are not for us", "Agencies, are not fast")]
    [False, False]
    >>> denied_after("Agencies are not for us", 8), denied_after("Slack is not in use there", 5)
    (True, True)
    """
    return bool(_AFTERWARDS.match(sentence, end))


def reaches(before: str, cue: re.Pattern[str]) -> bool:
    """Return whether a cue stands in the words before something, with no other verb or clause after it.

    >>> wish = re.compile("hope for")
    >>> reaches("They hope for a ", wish), reaches("They hope for rain and use ", wish)
    (True, False)
    """
    return _reaches(before, cue, _NEAR_ENDS) is not None


def _reaches(before: str, cue: re.Pattern[str], ends: re.Pattern[str]) -> re.Match[str] | None:
    last = None
    for last in cue.finditer(before):  # noqa: B007  the last one counts
        pass
    return last if last is not None and not ends.search(before, last.end()) else None


def opposite(test: Test) -> tuple[Test, ...]:
    """Return the tests that hold where `test` does not; none where a single test cannot say it.

    >>> [t.lacks for t in opposite(Test(has_any=("Salesforce", "HubSpot")))], opposite(Test(between=(1, 5)))
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
    "within_days": lambda days: (Test(older_than_days=days),),
    "older_than_days": lambda days: (Test(within_days=days),),
}
