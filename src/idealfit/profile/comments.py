"""A person's comments in a profile file: found by the key they stand at, and carried to where that key is now.

A comment belongs to the next key below it; one that is indented deeper than that key belongs to the last key of
its own depth above it; one at the end of a line belongs to that line's key.
"""

from __future__ import annotations

import re
from functools import reduce
from typing import TYPE_CHECKING, TypeVar

from idealfit.profile.layout import DIVIDER, FORMER_COMMENTS, HEADER, SECTIONS, Comments
from idealfit.profile.reading import ABSENT, inside, lines_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.profile.reading import Path, Reading

Value = TypeVar("Value")

_OWN = {*HEADER, DIVIDER, *FORMER_COMMENTS, *(line for lines in SECTIONS.values() for line in lines)}


def comments_in(text: str, reading: Reading) -> Comments:
    r"""Return the comments of `text` that a person wrote, by the place (path) they belong to.

    >>> from idealfit.profile.reading import read
    >>> source = "name: Ours  # for 2025\n# ask Ops\nlimits: [none]"
    >>> found = comments_in(source, read(source, "p.yaml"))
    >>> found.beside, found.above
    ({('name',): '# for 2025'}, {('limits',): ('# ask Ops',)})
    """
    found = Comments()
    inside_text = {number for first, last in reading.text_spans for number in range(first, last + 1)}
    for number, line in enumerate(lines_of(text)):
        comment = line.strip()
        if comment.startswith("#") and number not in inside_text:
            if comment not in _OWN:
                place, under = _neighbour(number, len(line) - len(line.lstrip()), reading)
                side = found.below if under else found.above
                side[place] = (*side.get(place, ()), comment)
        elif number not in inside_text or number in reading.ends:
            remark = _remark(line, reading.ends.get(number, 0))
            before = [path for path, at, _ in reading.places if at <= number]
            if remark and before:
                place = before[-1]
                found.beside[place] = (
                    f"{found.beside[place]}; {remark.lstrip('# ')}" if place in found.beside else remark
                )
    return found


def _neighbour(number: int, column: int, reading: Reading) -> tuple[Path, bool]:
    """Return the place to which a comment on a line of its own belongs, and whether it stands below it."""
    following = next(((path, at) for path, line, at in reading.places if line > number), None)
    if following and column <= following[1]:
        return following[0], False
    before = [path for path, line, at in reading.places if line < number and at <= column]
    return (() if column == 0 or not before else before[-1]), True


def _remark(line: str, end: int) -> str | None:
    """Return the comment that ends a line, looking only behind its last value (or the head of a block of prose)."""
    rest = line[end:]
    found = re.match(r"[\s\]},:]*(?:[|>][-+0-9]*)?\s+(#.*)", rest)
    return found[1].rstrip() if found else None


def moved(comments: Comments, indexes: Mapping[str, Mapping[int, int]]) -> Comments:
    """Return the comments at the places their list entries have now; those of entries that are gone are dropped.

    `indexes` tells for each list by which index the entry of an old index is found now.
    """

    def now(path: Path) -> Path | None:
        if len(path) < 2 or path[0] not in indexes or not isinstance(path[1], int):
            return path
        index = indexes[str(path[0])].get(path[1])
        return None if index is None else (path[0], index, *path[2:])

    def kept(places: Mapping[Path, Value]) -> dict[Path, Value]:
        return {new: value for old, value in places.items() if (new := now(old)) is not None}

    return Comments(kept(comments.above), kept(comments.below), kept(comments.beside))


def settled(comments: Comments, raw: Mapping[str, object]) -> Comments:
    """Return the comments with those whose key is no longer written moved to the nearest thing around it."""
    above, below, beside = dict(comments.above), dict(comments.below), dict(comments.beside)
    for place in [p for p in {*above, *below, *beside} if p and not _is_in(raw, p)]:
        around = (place[:size] for size in range(len(place) - 1, 0, -1))
        home: Path = next((path for path in around if _is_in(raw, path)), ())
        remark = (beside.pop(place),) if place in beside else ()
        lines = (*above.pop(place, ()), *remark, *below.pop(place, ()))
        target = above if home else below
        target[home] = (*target.get(home, ()), *lines)
    return Comments(above, below, beside)


def _is_in(raw: object, path: Path) -> bool:
    return reduce(inside, path, raw) is not ABSENT
