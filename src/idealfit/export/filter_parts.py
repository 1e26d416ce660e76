"""What of a profile a filter can hold: lines that must be met, lines of which one should be, and what rules out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

from idealfit.profile.headings import SAME_MEANING, plain
from idealfit.profile.wording import phrase, phrase_not

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.profile.document import Criterion, Disqualifier, Profile, Test

Role = Literal["must", "nice", "exclude"]

MEANINGS = (
    "employees", "industry", "country", "state", "city", "annualrevenue", "founded", "technologies", "totalfunding",
    "description",
)  # fmt: skip
"""The attributes that prospecting tools know, by one of their names in `SAME_MEANING`."""

_LAST_FUNDING = frozenset(("lastfunding", "lastfundingon", "lastfundingdate", "lastfundingat", "latestfundingdate",
                           "lastround", "lastroundon", "lastrounddate", "mostrecentfundingdate"))  # fmt: skip

_REGION = frozenset(("region", "metro", "metroarea", "location", "headquarters", "hqlocation", "hqregion"))
"""Places of any size, by names of the seller's own; no column of states or cities answers for them."""


@dataclass(frozen=True)
class Part:
    """One line of a profile as a filter would hold it. An ``exclude`` rules out whoever meets its test."""

    role: Role
    attribute: str
    test: Test
    points: int = 0

    @property
    def words(self) -> str:
        """Return the line in words, as the tool must keep it."""
        return (phrase_not if self.role == "exclude" else phrase)(self.attribute, self.test)

    @property
    def meaning(self) -> str:
        """Return which of `MEANINGS` (or ``lastfunding``, ``region``) the attribute is, or ''."""
        name = plain(self.attribute)
        if name in _LAST_FUNDING:
            return "lastfunding"
        if name in _REGION:
            return "region"
        group = next((group for group in SAME_MEANING if name in group), frozenset[str]())
        return next((meaning for meaning in MEANINGS if meaning in group), "")


@dataclass(frozen=True)
class LeftOut:
    """A line of the profile, or a part of its sense, that the tool cannot hold, and why."""

    words: str
    why: str


@dataclass(frozen=True)
class Filters:
    """A profile in the language of a tool: `body` goes into the tool as it stands (text, or values for JSON)."""

    tool: str
    body: object
    how_to_use: str
    kept: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    to_check: tuple[str, ...] = ()


@dataclass
class Kept:
    """What was kept, left out and assumed while a filter is put together."""

    kept: list[str] = field(default_factory=list)
    left_out: list[LeftOut] = field(default_factory=list)
    to_check: list[str] = field(default_factory=list)

    def leave_out(self, part: Part, why: str) -> None:
        """Note a line that the tool cannot hold."""
        self.left_out.append(LeftOut(part.words, why))

    def keep(self, part: Part) -> None:
        """Note a line that the filter holds."""
        self.kept.append(part.words if part.role != "nice" else f"{part.words} (one of these)")

    def check_places(self, part: Part) -> None:
        """Note places that may be called otherwise in the tool, where the attribute is a region."""
        if part.meaning == "region":
            self.check(f"{part.attribute} as the profile calls it: choose the tool's own names of these places")

    def check(self, note: str) -> None:
        """Note once what a person should look at."""
        if note not in self.to_check:
            self.to_check.append(note)


def parts_of(profile: Profile) -> tuple[tuple[Part, ...], tuple[LeftOut, ...]]:
    """Return the lines that a filter could hold, and those that no filter can: they weigh, and do not rule out."""
    parts: list[Part] = []
    weighing: list[LeftOut] = []
    for line in profile.criteria:
        if line.points < 0:
            words = phrase(line.attribute, line.test)
            weighing.append(LeftOut(words, f"it counts {line.points} and rules nobody out; a filter would"))
        else:
            parts.append(_part("must" if line.need == "must" else "nice", line))
    parts += [_part("exclude", line) for line in profile.disqualify]
    if profile.criteria:
        weighing.append(LeftOut("the points and tiers", "a filter lets in or keeps out; rank with 'idealfit score'"))
    return tuple(parts), tuple(weighing)


def field_named(part: Part, known: Mapping[str, str], given: Mapping[str, str], custom: str, kept: Kept) -> str:
    """Return the tool's field for an attribute: given, known, or made of its name and to be checked."""
    by_plain = {plain(attribute): name for attribute, name in given.items()}
    if plain(part.attribute) in by_plain:
        return by_plain[plain(part.attribute)]
    if part.meaning in known:
        return known[part.meaning]
    kept.check(f"{part.attribute!r} is taken to be the field {custom}; name another with --field")
    return custom


def values_of(test: Test) -> tuple[str | float | int | bool, ...]:
    """Return the values that a test names, of whichever kind it is."""
    found = getattr(test, "is_" if test.condition == "is" else test.condition)
    return found if isinstance(found, tuple) else (found,)


def snake(text: object) -> str:
    """Return words joined by underscores, in lower case.

    >>> snake("Google Tag Manager"), snake("Last-Funding (USD)")
    ('google_tag_manager', 'last_funding_usd')
    """
    return "_".join(re.findall(r"[^\W_]+", str(text).casefold()))


def number(value: float) -> int | float:
    """Return a number without a needless point.

    >>> number(50.0), number(2.5)
    (50, 2.5)
    """
    return int(value) if float(value).is_integer() else value


def _part(role: Role, line: Criterion | Disqualifier) -> Part:
    return Part(role, line.attribute, line.test, getattr(line, "points", 0))
