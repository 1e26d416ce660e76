"""Every mistake of a file at once, each with its line, what is allowed, and what was probably meant."""

from __future__ import annotations

import json
from difflib import get_close_matches
from typing import TYPE_CHECKING, Any, TypeVar, get_args

from pydantic import ValidationError

from idealfit.errors import Mistake
from idealfit.profile.document import Part, Profile
from idealfit.profile.reading import ABSENT, inside, one_line
from idealfit.profile.rules import Fault, faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pydantic_core import ErrorDetails

    from idealfit.profile.reading import Path, Reading

Whole = TypeVar("Whole", bound=Part)

_KINDS = {
    "int_type": "must be a whole number",
    "int_from_float": "must be a whole number",
    "int_parsing": "must be a whole number",
    "float_type": "must be a number",
    "float_parsing": "must be a number",
    "string_type": "must be text",
    "bool_type": "must be true or false",
    "tuple_type": "must be a list",
    "model_type": "must be a group of keys",
    "dict_type": "must be a group of keys",
    "model_attributes_type": "must be a group of keys",
    "too_short": "has too few values",
    "too_long": "has too many values",
    "date_type": "must be a date",
    "date_parsing": "must be a date",
    "date_from_datetime_parsing": "must be a date",
    "date_from_datetime_inexact": "must be a date",
}


def checked(
    raw: Mapping[str, object], where: str, reading: Reading | None = None
) -> tuple[Profile | None, list[Mistake]]:
    """Return the profile that `raw` describes and the mistakes that are in it; the profile is None if there are any."""
    return checked_as(Profile, raw, where, faults(raw), reading)


def checked_as(
    root: type[Whole], raw: Mapping[str, object], where: str, faults: Iterable[Fault], reading: Reading | None = None
) -> tuple[Whole | None, list[Mistake]]:
    """Return the `root` (a profile, a policy) that `raw` describes and all its mistakes; None if there are any.

    `faults` are the rules between its values that it breaks. `reading` tells the lines, and which places are known to
    be wrong already: they are not complained about twice.
    """
    whole, found = None, [*faults]
    try:
        whole = root.model_validate_json(json.dumps(raw), strict=True)
    except ValidationError as error:
        found += [_fault(details, raw, root) for details in error.errors(include_url=False)]
    known = reading.faulty if reading else set()
    told: set[Path] = set()
    mistakes = []
    for fault in found:
        if fault.path in known or (fault.path in told and fault.path):
            continue
        told.add(fault.path)
        mistakes.append((reading.line(fault.path) if reading else None, fault))
    mistakes.sort(key=lambda entry: entry[0] or 0)
    return (None if mistakes else whole), [_mistake(fault, line, where) for line, fault in mistakes]


def _noun(root: type[Part]) -> str:
    return f"the {root.__name__.lower()}"


def _mistake(fault: Fault, line: int | None, where: str) -> Mistake:
    place = where if line is None else f"{where}:{line}"
    return Mistake(one_line(fault.what), place, fault.found, fault.allowed, fault.next_step)


def _fault(error: ErrorDetails, raw: Mapping[str, object], root: type[Part]) -> Fault:
    """Return one complaint of pydantic in the words of a person who edits a file."""
    path = _path_in(raw, error["loc"])
    kind, name = error["type"], _said(path)
    if kind == "extra_forbidden":
        allowed = keys_at(path[:-1], root)
        close = get_close_matches(str(path[-1]), allowed, n=1, cutoff=0.6)
        hint = f"Did you mean '{close[0]}'?" if close else ""
        return Fault(
            path,
            f"unknown key in {_said(path[:-1]) or _noun(root)}",
            str(path[-1]),
            "" if close else ", ".join(allowed),
            hint,
        )
    found = _shown(error["input"])
    if kind == "missing":
        place = _path_in(raw, error["loc"][:-1])
        missing = error["loc"][-1]
        return Fault(
            (*place, missing), f"{_said(place) or _noun(root)} lacks '{missing}'", next_step=f"Add '{missing}: ...'."
        )
    if kind == "literal_error":
        choices = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
        close = get_close_matches(found, choices.split(", "), n=1, cutoff=0.6)
        return Fault(
            path,
            f"{name} is not one of the words it may be",
            found,
            choices,
            f"Did you mean '{close[0]}'?" if close else "",
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        return Fault(path, f"{name} is out of range", found, _range_at(path, root))
    if kind == "value_error":
        return Fault(path, f"{name}: {error['ctx']['error']}", next_step=_value_help(path, root))
    what = f"{name} {_KINDS[kind]}" if kind in _KINDS else f"{name}: {error['msg'].lower()}"
    return Fault(path, what, found, _allowed(kind), _help(kind, error["input"]))


def _allowed(kind: str) -> str:
    return "a day such as 2024-12-31" if kind.startswith("date") else ""


def _help(kind: str, value: object) -> str:
    if kind == "string_type" and isinstance(value, int | float):
        return "Put it in double quotes."
    if (
        kind in ("int_type", "float_type")
        and isinstance(value, str)
        and value.lstrip("+-").replace(".", "", 1).isdigit()
    ):
        return "Remove the quotes."
    if kind == "tuple_type":
        return "Write [one, two], or one per line after '- '."
    return ""


def _value_help(path: Path, root: type[Part]) -> str:
    return f"A test holds one of: {', '.join(keys_at(path, root))}." if path and path[-1] == "test" else ""


def _path_in(raw: object, loc: tuple[str | int, ...]) -> Path:
    """Return the part of a pydantic location that is a place in the file (it also names members of unions)."""
    path: Path = ()
    for step in loc:
        raw = inside(raw, step)
        if raw is ABSENT:
            break
        path = (*path, step)
    return path


def _said(path: Path) -> str:
    """Return a place in words, counted from one: ``criteria 2: points``."""
    words: list[str] = []
    for step in path:
        if isinstance(step, int) and words:
            words[-1] += f" {step + 1}"
        else:
            words.append(str(step))
    return ": ".join(words)


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "a group of keys"
    if isinstance(value, list):
        return "a list"
    return str(value) if len(str(value)) <= 60 else f"{str(value)[:60]}…"


def keys_at(path: Path, root: type[Part] = Profile) -> list[str]:
    """Return the keys that may stand at a place of the file.

    >>> keys_at(("narrative", "trigger"))
    ['text', 'source']
    """
    part = _part_at(path, root)
    return [field.alias or name for name, field in part.model_fields.items()] if part is not None else []


def _part_at(path: Path, root: type[Part]) -> type[Part] | None:
    part: type[Part] | None = root
    for step in path:
        if part is not None and isinstance(step, str):
            part = next((part_in(f.annotation) for n, f in part.model_fields.items() if step in (n, f.alias)), None)
    return part


def part_in(annotation: Any) -> type[Part] | None:  # noqa: ANN401  annotations have no common type
    """Return the part of a profile that a field's annotation holds, however it is wrapped, or None."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((part for inner in get_args(annotation) if (part := part_in(inner)) is not None), None)


def _range_at(path: Path, root: type[Part]) -> str:
    part = _part_at(path[:-1], root)
    bounds = part.model_fields[str(path[-1])].metadata if part is not None else []
    low = next((b.ge for b in bounds if hasattr(b, "ge")), None)
    high = next((b.le for b in bounds if hasattr(b, "le")), None)
    return f"{low} to {high}"
