"""What of a brief goes on one sheet: the most important line of each part first, then the next ones, as they fit.

Fewer lines, but whole ones: only the first of a part is shortened where it must be, to as many of its sentences, or
else clauses, as find room. The height of a line is estimated from its letters, on the safe side, for A4 as the page's
own style prints it. Nothing is lost: how many lines stay behind is told, and the full brief has them all.
"""

from __future__ import annotations

import math
import re
import unicodedata
from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from idealfit.briefs.writing import Brief, Line

IMPORTANT = ("now", "fit", "say", "who", "pain", "objections", "unknown")
"""Parts in the order in which they get room."""

SHEET = 940
"""Pixels of A4 between its margins (1,032), less some for what the estimate does not know."""

HEAD, HEADING, GAP = 64, 30, 6
TEXT = (16.7, 96)
SOURCE = (13.6, 118)
"""Height of a printed row in pixels, and how many letters surely fit into it."""

LONGEST, LONGEST_SOURCE = 230, 188
"""With these, the first line of every part finds room, whatever it says."""


_SENTENCE = re.compile(r"(?<=[\w)”\"]{2})[.!?。](?=\s|$)|。")
_CLAUSE = re.compile(r";(?=\s)")


def one_page(brief: Brief) -> Brief:
    """Return a brief with as many of its lines as one sheet holds; `left_out` counts the others."""
    room = SHEET - HEAD - (_rows(brief.action, TEXT) if brief.action else 0)
    chosen: dict[str, list[Line]] = {name: [] for name in brief.parts}
    depth = max((len(lines) for lines in brief.parts.values()), default=0)
    for number in range(depth):
        for name in (*IMPORTANT, *(part for part in brief.parts if part not in IMPORTANT)):
            lines = brief.parts.get(name, ())
            if number >= len(lines) or len(chosen[name]) < number:  # never a later line in place of an earlier one
                continue
            line = lines[number] if number else _short(lines[number])
            needed = _height(line) + (0 if chosen[name] else HEADING)
            if needed <= room:
                chosen[name].append(line)
                room -= needed
        if not number:
            room = _made_whole(brief, chosen, room)
    parts = {name: tuple(lines) for name, lines in chosen.items()}
    behind = sum(map(len, brief.parts.values())) - sum(map(len, parts.values()))
    return replace(brief, parts=parts, left_out=behind)


def _made_whole(brief: Brief, chosen: dict[str, list[Line]], room: float) -> float:
    """Make the first line of each part whole where there is room; return the room that is left."""
    for name in IMPORTANT:
        if chosen.get(name):
            whole = brief.parts[name][0]
            more = _height(whole) - _height(chosen[name][0])
            if more <= room:
                chosen[name][0] = whole
                room -= more
    return room


def _short(line: Line) -> Line:
    """Return a line with as many of its whole sentences as a sheet has room for that others share."""
    text = _cut(line.text, LONGEST)
    quote = _cut(line.quote, max(LONGEST - _wide(text), 45))
    return replace(line, text=text, quote=quote, source=_cut(line.source, LONGEST_SOURCE))


def _cut(text: str, most: int) -> str:
    """Return a text of at most so many letters: its first sentences or clauses or, if none fits, its first words.

    >>> _cut("one two three", 8), _cut("short", 8), _cut("It is so. And so on.", 15), _cut("said; weighed; told", 15)
    ('one two…', 'short', 'It is so.', 'said; weighed')
    """
    if _wide(text) <= most:
        return text
    for ends in (_SENTENCE, _CLAUSE):
        whole = [hit.end() for hit in ends.finditer(text) if _wide(text[: hit.end()].rstrip(" ;")) <= most]
        if whole and whole[-1] >= most // 3:
            return text[: whole[-1]].rstrip(" ;")
    head = text[:most] if text.isascii() else text[: next(n for n in range(len(text)) if _wide(text[: n + 1]) > most)]
    return (head.rpartition(" ")[0] or head[:-1]).rstrip(" ,;:.") + "…"


def _height(line: Line) -> float:
    shown = f"{line.text} “{line.quote}”" if line.quote else line.text
    source = f"{line.source} · {line.url[:45]}" if line.url else line.source
    return _rows(shown, TEXT) + _rows(source, SOURCE) + GAP


def _rows(text: str, kind: tuple[float, int]) -> float:
    height, letters = kind
    return height * max(1, math.ceil(_wide(text) / letters))


def _wide(text: str) -> int:
    """Return how many letters wide a text is: those of East Asia count twice."""
    return len(text) if text.isascii() else sum(1 + (unicodedata.east_asian_width(x) in "WF") for x in text)
