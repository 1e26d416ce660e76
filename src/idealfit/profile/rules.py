"""What must hold between the values of a profile, beyond the type of each: counts, order, gaps, duplicates.

The rules look at plain values (as read from a file, or as about to be written), so they can speak about a file
whose types are wrong elsewhere, and all mistakes are told at once.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeGuard

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from idealfit.profile.reading import Path

MOST_CRITERIA = 7
"""More lines than that are not held in the head, and hardly ever add to the fit."""

RESERVED_TIERS = ("disqualified", "unranked")
"""Words that scoring itself uses."""

_OF_N = {
    "won": "more deals won than there were",
    "churned": "more customers left than there were",
    "seen": "seen in more than there were",
}
_NAMED = (
    *(("criteria", "attribute"), ("disqualify", "attribute"), ("triggers", "kind")),
    *(("tiers", "name"), ("segments", "name")),
)


@dataclass(frozen=True)
class Fault:
    """A broken rule: where, what, and the way out."""

    path: Path
    what: str
    found: str | None = None
    allowed: str = ""
    next_step: str = ""


def faults(raw: Mapping[str, object]) -> Iterator[Fault]:
    """Yield every broken rule of a profile given as plain values; values of a wrong type are passed over.

    >>> [fault.what for fault in faults({"tiers": [{"name": "A", "at_least": 10}, {"name": "B", "at_least": 20}]})]
    ['tiers must descend: B starts at 20, A before it at 10']
    """
    yield from _empty_names(raw)
    yield from _criteria(_groups(raw, "criteria"))
    for part in ("criteria", "disqualify"):
        yield from _duplicates(part, _groups(raw, part))
        for index, line in _groups(raw, part):
            yield from _test((part, index, "test"), line.get("test"))
    yield from _tiers(_groups(raw, "tiers"))
    yield from _triggers(_groups(raw, "triggers"))
    yield from _segments(_groups(raw, "segments"))
    yield from _fit_bands(_groups(raw, "fit_bands"))
    yield from _counts(raw, ())


def _groups(raw: Mapping[str, object], key: str) -> list[tuple[int, dict[str, object]]]:
    part = raw.get(key)
    return (
        [(i, entry) for i, entry in enumerate(part) if isinstance(entry, dict)]
        if isinstance(part, list | tuple)
        else []
    )


def _empty_names(raw: Mapping[str, object]) -> Iterator[Fault]:
    if raw.get("name") == "":
        yield Fault(("name",), "the name is empty", next_step="Give the profile a name.")
    for part, key in _NAMED:
        for index, entry in _groups(raw, part):
            if entry.get(key) == "":
                yield Fault(
                    (part, index, key),
                    f"the {key} is empty",
                    next_step="Give it a name." if key == "name" else "Name it as the table does.",
                )


def _criteria(criteria: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    if len(criteria) > MOST_CRITERIA:
        yield Fault(
            ("criteria", MOST_CRITERIA),
            "too many criteria",
            str(len(criteria)),
            f"at most {MOST_CRITERIA}",
            "Keep the ones that tell most, or rule companies out under 'disqualify'.",
        )
    for index, line in criteria:
        points = line.get("points")
        if line.get("need") == "must" and isinstance(points, int) and points < 0:
            yield Fault(
                ("criteria", index, "points"),
                "a must-have cannot cost points",
                str(points),
                "1 to 5",
                "Write 'need: nice', or move the line to 'disqualify'.",
            )


def _duplicates(part: str, lines: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, line in lines:
        test = line.get("test")
        meaning = (
            f"{line.get('attribute')} {sorted(test.items(), key=str) if isinstance(test, dict) else test}".casefold()
        )
        if meaning in seen:
            what = f"{part} {index + 1} says the same as {part} {seen[meaning] + 1} ({line.get('attribute')})"
            yield Fault((part, index), what, next_step="Keep one of them.")
        seen.setdefault(meaning, index)


def _test(path: Path, test: object) -> Iterator[Fault]:
    if not isinstance(test, dict):
        return
    for condition, value in test.items():
        if condition in ("one_of", "none_of", "has_any") and isinstance(value, list | tuple) and not value:
            yield Fault(
                (*path, condition), f"'{condition}' lists no value", next_step="List at least one, or remove the line."
            )
        if condition in ("within_days", "older_than_days") and isinstance(value, int) and value < 0:
            yield Fault((*path, condition), f"'{condition}' cannot be negative", str(value), "0 or more days")


def _tiers(tiers: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    names: dict[object, int] = {}
    before: dict[str, object] | None = None
    for index, tier in tiers:
        name, start = tier.get("name"), tier.get("at_least")
        if name in RESERVED_TIERS:
            next_step = "Choose another name; scoring uses this word itself."
            yield Fault(("tiers", index, "name"), "a tier cannot have this name", str(name), next_step=next_step)
        if isinstance(name, str) and name in names:
            yield Fault(("tiers", index, "name"), f"two tiers are named {name}", next_step="Rename one of them.")
        names.setdefault(str(name), index)
        if isinstance(start, int) and not 0 <= start <= 100:
            yield Fault(("tiers", index, "at_least"), "at_least is out of range", str(start), "a fit of 0 to 100")
        if (
            before is not None
            and isinstance(start, int)
            and isinstance(before["at_least"], int)
            and start >= before["at_least"]
        ):
            what = (
                f"tiers must descend: {name} starts at {start}, {before.get('name')} before it at {before['at_least']}"
            )
            yield Fault(("tiers", index, "at_least"), what, next_step="Put the highest first.")
        before = tier if isinstance(start, int) else None


def _triggers(triggers: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    seen: dict[str, int] = {}
    for index, trigger in triggers:
        window, half_life = trigger.get("window_days"), trigger.get("half_life_days")
        if _two_whole_numbers(window) and not 0 <= window[0] <= window[1]:
            what = "window_days needs two days before the deal, the nearer one first"
            yield Fault(("triggers", index, "window_days"), what, f"{window[0]} to {window[1]}", "such as [0, 90]")
        value = half_life.get("value") if isinstance(half_life, dict) else None
        if isinstance(value, int | float) and value <= 0:
            yield Fault(
                ("triggers", index, "half_life_days", "value"), "a half-life is longer than nothing", str(value)
            )
        meaning = f"{trigger.get('kind')} {trigger.get('outcome', 'opening')} {window}".casefold()
        if meaning in seen:
            what = f"triggers {index + 1} says the same as triggers {seen[meaning] + 1} ({trigger.get('kind')})"
            yield Fault(("triggers", index), what, next_step="Keep one of them.")
        seen.setdefault(meaning, index)


def _two_whole_numbers(value: object) -> TypeGuard[list[int] | tuple[int, int]]:
    return isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(day, int) for day in value)


def _segments(segments: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    names: dict[object, int] = {}
    for index, segment in segments:
        name, definition = segment.get("name"), segment.get("definition")
        if isinstance(name, str) and name in names:
            yield Fault(("segments", index, "name"), f"two segments are named {name}", next_step="Rename one of them.")
        names.setdefault(str(name), index)
        if isinstance(definition, list | tuple) and not definition:
            what = "a segment without a definition is everybody"
            yield Fault(("segments", index, "definition"), what, next_step="Give it at least one test.")
        for place, condition in enumerate(definition if isinstance(definition, list | tuple) else ()):
            if isinstance(condition, dict):
                yield from _test(("segments", index, "definition", place, "test"), condition.get("test"))


def _fit_bands(bands: list[tuple[int, dict[str, object]]]) -> Iterator[Fault]:
    expected = 0
    for index, band in bands:
        first, last = band.get("fit_from"), band.get("fit_to")
        if not isinstance(first, int) or not isinstance(last, int):
            return
        if first != expected or last < first:
            what = f"fit_bands must follow each other without a gap: this one must start at {expected}"
            yield Fault(("fit_bands", index), what, f"{first} to {last}")
            return
        expected = last + 1
    if bands and expected != 101:
        yield Fault(("fit_bands", bands[-1][0]), "the last of the fit_bands must end at 100", str(expected - 1))


def _counts(value: object, path: Path) -> Iterator[Fault]:
    """Yield rates with more wins than deals and numbers that are none, wherever they stand."""
    if isinstance(value, float) and not math.isfinite(value):
        yield Fault(path, f"{path[-1] if path else 'a value'} is not a number", str(value), next_step="Leave it out.")
    if isinstance(value, dict):
        for part, what in _OF_N.items():
            n, some = value.get("n"), value.get(part)
            if isinstance(n, int) and isinstance(some, int) and not 0 <= some <= n:
                yield Fault((*path, part), what, f"{some} of {n}", f"{part} from 0 to n")
    entries = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list | tuple) else ()
    for key, inner in entries:
        yield from _counts(inner, (*path, key))
