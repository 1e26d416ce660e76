"""Names that stand in one list together: "Prometheus, Grafana and PagerDuty", "Peru or Chile"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int, str]
"""Where a name begins and ends, and the name."""

JOINED = re.compile(
    r"\s*(?:,\s*(?:and|or|&)?|/|\band\b|\bor\b|&|\bnor\b|\bplus\b|\+)\s*(?:an?\s+|the\s+|in\s+|from\s+)?", re.IGNORECASE
)


@dataclass(frozen=True)
class Group:
    """Names that are joined to one another, from `start` to `end`, and whether any one of them will do."""

    start: int
    end: int
    names: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    any_one: bool


def apart(spans: list[Span]) -> list[Span]:
    """Return spans in order, the longest where they overlap.

    >>> apart([(4, 8, "York"), (0, 8, "New York")])
    [(0, 8, 'New York')]
    """
    chosen: list[Span] = []
    for span in sorted(spans, key=lambda s: (s[0] - s[1], s[0])):
        if all(span[1] <= start or end <= span[0] for start, end, _ in chosen):
            chosen.append(span)
    return sorted(chosen)


def groups(sentence: str, spans: list[Span]) -> Iterator[Group]:
    """Yield spans that stand in one list together.

    >>> [g.names for g in groups("Peru or Chile; Spain", [(0, 4, "Peru"), (8, 13, "Chile"), (15, 20, "Spain")])]
    [('Peru', 'Chile'), ('Spain',)]
    """
    found: list[list[Span]] = []
    for number, span in enumerate(spans):
        if number and JOINED.fullmatch(sentence[spans[number - 1][1] : span[0]]):
            found[-1].append(span)
        else:
            found.append([span])
    for group in found:
        joints = [sentence[a[1] : b[0]].lower() for a, b in pairwise(group)]
        any_one = any(re.search(r"\bor\b|/", joint) for joint in joints)
        names = tuple(name for _, _, name in group)
        yield Group(group[0][0], group[-1][1], names, tuple((s, e) for s, e, _ in group), any_one)
