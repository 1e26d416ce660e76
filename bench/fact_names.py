"""Whether two facts are the same though they are named otherwise: codes of countries, kinds of trade, titles, teams.

A writer who has not seen the reader's lists calls a trade, a title or a team by names of his own. What may differ is
only the name: whether something is so or not, and every number, must agree.
"""

from __future__ import annotations

import ast
import re
from functools import lru_cache

from idealfit.profile.vocabulary import vocabulary

_SMALL = frozenset(
    "a an the of for and in on to tool system software platform company firm business provider service kind team their".split()
)
_COUNTED = frozenset("employees annual_revenue arr founded growth_percent total_funding last_funding_amount".split())
_ATTRIBUTES = {"sites": "locations", "branches": "locations", "headcount_growth_percent": "growth_percent",
               "revenue_growth_percent": "growth_percent", "total_raised": "total_funding", "annual_recurring_revenue": "arr", "departments": "departments"}  # fmt: skip


_OF_MEANING = ("industry", "sells_to")
"""What companies do is for their texts to say, and no list of trades is whole: read or left, but never read wrongly."""


def parted(fact: str) -> list[tuple[str, str, object]]:
    """Return a fact as its attribute, condition and value; a denial of several as one of each."""
    if fact.count(" ") < 2:
        return []
    attribute, condition, value = fact.split(" ", 2)
    attribute = _ATTRIBUTES.get(attribute, attribute)
    if re.fullmatch(r"[\w]+_job_posted_on", attribute):
        return [("hiring", "has", attribute.removesuffix("_job_posted_on").replace("_", " "))]
    if condition in ("one_of", "none_of", "has_any", "between"):
        said = ast.literal_eval(value)
        values = said if isinstance(said, (tuple, list)) else (said,)
    else:
        values = (value,)
    if condition == "between":
        low, high = (float(v) for v in values)
        return [(attribute, "between", (low, high))]
    if condition in ("at_least", "below", "within_days", "older_than_days") or (condition == "is" and _number(value)):
        number = float(value)
        return [(attribute, "between", (number, number + 1))] if condition == "is" else [(attribute, condition, number)]
    if condition in ("is_not", "none_of"):
        return _places(attribute, "is_not", values) or [
            (attribute, "is_not", frozenset((_plain(attribute, v),))) for v in values
        ]
    if condition in ("is", "one_of"):
        return _places(attribute, "is", values) or [(attribute, "is", frozenset(_plain(attribute, v) for v in values))]
    if condition == "has_any":
        return [(attribute, "has_any", frozenset(_plain(attribute, v) for v in values))]
    return [(attribute, condition, frozenset((_plain(attribute, str(value)),)))]


def _number(value: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", value) is not None


def _places(attribute: str, condition: str, values: tuple[object, ...]) -> list[tuple[str, str, object]]:
    if attribute not in ("country", "state", "region", "city"):
        return []
    known, found = vocabulary(), set()
    for value in map(str, values):
        name = value.removeprefix("the ").removeprefix("The ")
        for kind in {"state": (known.states,), "city": ()}.get(
            attribute, (known.regions, known.countries, known.states)
        ):
            if name.casefold() in kind.meaning:
                found.update(kind.meaning[name.casefold()][:1] if kind is not known.countries else _countries(name))
                break
            if any(name in means[1:] for means in kind.meaning.values()):
                found.add(next(means[0] for means in kind.meaning.values() if name in means[1:]))
                break
        else:
            found.add(name)
    if condition == "is_not":
        return [("place", "is_not", frozenset((one.casefold(),))) for one in sorted(found)]
    return [("place", "is", frozenset(one.casefold() for one in found))]


def _countries(name: str) -> set[str]:
    means = vocabulary().countries.meaning[name.casefold()]
    return {
        m
        for m in means
        if m.casefold() in vocabulary().countries.meaning and len(m) > 3 and not m.lower().startswith("the ")
    } or {means[0]}


@lru_cache(maxsize=4096)
def _plain(attribute: str, value: str) -> str:
    known, low = vocabulary(), value.casefold().strip()
    kinds = {
        "industry": (known.industries,), "sells_to": (known.industries,), "technologies": (known.technology_kinds, known.technologies),
        "roles": (known.roles,), "hiring": (known.roles,), "ownership": (known.ownership,),
    }.get(attribute, ())  # fmt: skip
    for words in kinds:
        for form in (low, low + "s", low + "es", re.sub(r"y$", "ies", low), re.sub(r"s$", "", low)):
            if form in words.meaning:
                return words.meaning[form][0].casefold()
    if attribute in ("industry", "sells_to"):
        for at in range(len(low.split())):  # "private school": a school
            rest = " ".join(low.split()[at:])
            for form in (rest, rest + "s", rest + "es", re.sub(r"y$", "ies", rest)):
                if form in known.industries.meaning:
                    return known.industries.meaning[form][0].casefold()
    return low


def _stems(value: str) -> frozenset[str]:
    words = re.findall(r"[a-z0-9.+#]+", value.casefold())
    return frozenset(re.sub(r"(?:ing|ers?|ies|es|s|y|e|ion|tion)$", "", w)[:7] for w in words if w not in _SMALL)


def same(one: tuple[str, str, object], other: tuple[str, str, object]) -> bool:
    """Return whether two parted facts say the same."""
    (a, c, v), (b, d, w) = one, other
    if c != d:
        return False
    if isinstance(v, (float, tuple)):
        close = abs(v - w) <= 0.03 * max(v, w) + 1 if c == "within_days" else v == w
        counted = a not in _COUNTED and b not in _COUNTED and "_on" not in a and "_on" not in b
        titles = (
            a.endswith("_hired_on")
            and b.endswith("_hired_on")
            and bool(_stems(a.replace("_", " ")) & (_stems(b.replace("_", " ")) - {"hired", "on"}))
        )
        return close and (a == b or counted or titles)
    if a != b:
        return False
    if v == w:
        return True
    left, right = [_stems(x) for x in v], [_stems(x) for x in w]
    return len(left) == len(right) and all(any(x and y and (x <= y or y <= x) for y in right) for x in left)


def compare(read: set[str], must: set[str], may: set[str]) -> tuple[list[str], list[str]]:
    """Return which facts were read that are not stated, and which stated ones were not read."""
    may = may | {
        fact for fact in must if fact.split(" ")[0] in _OF_MEANING and fact.split(" ")[1] in ("is", "one_of", "has")
    }
    must = must - may
    got = [(fact, part) for fact in sorted(read) for part in parted(fact)]
    want = [(fact, part) for fact in sorted(must) for part in parted(fact)]
    maybe = [part for fact in may for part in parted(fact)]
    missed = [fact for fact, part in want if not any(same(part, p) for _, p in got)]
    invented = [
        fact for fact, part in got
        if not any(same(part, p) for _, p in want) and not any(same(part, p) for p in maybe)
    ]  # fmt: skip
    return sorted(set(invented)), sorted(set(missed))
