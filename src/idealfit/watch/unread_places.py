"""What on a page looks like a further place that was not counted: while there is any, "no more than N" is not known."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from idealfit.watch.address_context import STREET_SOON
from idealfit.watch.place_words import LARGE
from idealfit.watch.postcodes import STATE_NAMES
from idealfit.watch.town_lists import is_no_item, place_in
from idealfit.watch.towns import is_town, known_towns

_WORD = rf"[{LARGE}][^\W\d_][\w'’.-]*"
_CODED = re.compile(
    rf"\b(?P<code>\d{{4,6}}) (?P<after>{_WORD}(?: {_WORD})?)|(?P<before>{_WORD}(?: {_WORD})?),? (?P<code2>\d{{4,6}})\b"
)


def unread_places(
    lines: Sequence[str],
    lists: Iterable[tuple[str, tuple[str, ...]]],
    counted: Iterable[str],
    codes: Iterable[str] = (),
) -> tuple[str, ...]:
    """Return the words that may tell of a further place: an item of a list, a town with a number.

    `counted` are the words of all that was counted, or surely is none, `codes` their postcodes.
    Without known towns there is nothing to tell by.

    >>> lists = [("Our shops", ("9 Hall Lane, Leeds", "By the old quay"))]
    >>> unread_places(["97300 Bordeaux", "9 Hall Lane, Leeds"], lists, ["9 Hall Lane, Leeds"])
    ('By the old quay', '97300 Bordeaux')
    """
    if not known_towns():
        return ()
    held = " \n ".join(counted).casefold()
    found = (*_of_lists(lists, held), *_of_lines(lines, held, frozenset(codes)), *_in_states(lines, held))
    return tuple(dict.fromkeys(found))


def _of_lists(lists: Iterable[tuple[str, tuple[str, ...]]], held: str) -> Iterator[str]:
    """Yield the items of lists of places that hold nothing that was counted."""
    parts = [part for part in re.split(r" \n |, ", held) if len(part) > 3]

    def is_counted(item: str) -> bool:
        small = item.casefold()
        return small in held or any(part in small for part in parts)

    for _, items in lists:
        for number, item in enumerate(items):
            # "Head office" over the lines of an address is what that place is called.
            plain = not any(map(str.isdigit, item)) and not place_in(item)[0]
            names_the_next = plain and number + 1 < len(items) and is_counted(items[number + 1])
            if not is_no_item(item) and not is_counted(item) and not names_the_next:
                yield item


def _in_states(lines: Sequence[str], held: str) -> tuple[str, ...]:
    """Return the lines that are a town and its state, where three or more follow each other: a list of places.

    >>> _in_states(["Depots", "Albany, New York", "Dover, Delaware", "Reno, Nevada", "Terms"], "")
    ('Albany, New York', 'Dover, Delaware', 'Reno, Nevada')
    """
    found: list[str] = []
    run: list[str] = []
    for line in (*lines, ""):
        state = line.partition(", ")[2]
        if len(line) <= 45 and state and (STATE_NAMES.fullmatch(state) or state in ("New York", "Washington")):
            run.append(line)
            continue
        found += run if len(run) >= _SEVERAL else []
        run = []
    return tuple(line for line in found if line.partition(",")[0].casefold() not in held)


_SEVERAL = 3


def _of_lines(lines: Sequence[str], held: str, codes: frozenset[str]) -> Iterator[str]:
    """Yield the numbers with a town that are no counted postcode."""
    for line in lines:
        for hit in _CODED.finditer(line):
            code, name = hit["code"] or hit["code2"], hit["after"] or hit["before"]
            house = hit[0].casefold() in held and STREET_SOON.match(line[hit.start() + len(code) :])
            if any(one.startswith(code) for one in codes) or house or _is_date(line, hit, code):
                continue
            if any(map(is_town, (name, name.split()[0], name.split()[-1]))):
                yield hit[0]


_MONTH = re.compile(
    r"\b(?:jan|feb|m[äa]r|apr|avr|ma[iy]|ju[nli]|jul|aug|ao[ûu]|sep|o[kc]t|nov|de[czs])[a-zé]*\.?$", re.IGNORECASE
)


def _is_date(line: str, hit: re.Match[str], code: str) -> bool:
    """Return whether a number is the year of a date or of a copyright."""
    before = hit["before"] or line[: hit.start()]
    year = re.fullmatch(r"(?:19|20)\d\d", code)
    return bool(
        year and re.search(rf"{_MONTH.pattern}|(?:©|\(c\)|copyright|since|seit|[-–,])\W*$", before, re.IGNORECASE)
    )
