"""CRM updates as a plan: what would be written, what is left alone and why; a person reads it first.

Only fields that begin with ``icp_`` are written. With them goes one more, `STAMP`, that holds a short hash of each
value written. So the next plan can tell a value of ours from one that somebody changed, cleared or typed in, on any
machine.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.export.whole_files import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from idealfit.export.handover import Row

FORMAT = 1
STAMP = "icp_synced"
LONGEST = 255
"""Letters of a text field that every CRM takes."""


@dataclass(frozen=True)
class CrmField:
    """A field of ours: its name, its heading for people, its kind, and the column of scores that it holds."""

    name: str
    label: str
    kind: str  # number or text
    column: str


FIELDS = (
    CrmField("icp_score", "ICP score", "number", "fit"),
    CrmField("icp_score_low", "ICP score, at worst", "number", "fit_low"),
    CrmField("icp_score_high", "ICP score, at best", "number", "fit_high"),
    CrmField("icp_tier", "ICP tier", "text", "tier"),
    CrmField("icp_reasons", "ICP reasons", "text", "reasons"),
    CrmField("icp_look_up", "ICP: look up next", "text", "enrich_next"),
)
"""The fields that are written, besides `STAMP`."""

NAMES = tuple(one.name for one in FIELDS)


@dataclass(frozen=True)
class Change:
    """One record: what its fields hold now, and what they would hold."""

    record: str
    key: str
    name: str
    before: dict[str, str]
    after: dict[str, str]


@dataclass(frozen=True)
class LeftAlone:
    """A field that somebody else has touched."""

    record: str
    field: str
    theirs: str
    ours: str
    why: str


@dataclass(frozen=True)
class Plan:
    """What would be done in a CRM. `to_create` names fields that it lacks; `unknown` keys that no record answers to."""

    tool: str
    url: str
    key: str = ""
    changes: tuple[Change, ...] = ()
    left_alone: tuple[LeftAlone, ...] = ()
    to_create: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    unchanged: int = 0
    made_on: str = ""
    plan: int = FORMAT

    def as_json(self) -> dict[str, Any]:
        """Return the plan as plain values."""
        return asdict(self)


@dataclass(frozen=True)
class Record:
    """A company as the CRM has it now: its id there, the key it was asked for by, its name, our fields."""

    id: str
    key: str
    name: str
    values: dict[str, str] = field(default_factory=dict)


def planned(plan: Plan, rows: Iterable[Row], records: Iterable[Record]) -> Plan:
    """Return a plan (still without changes) with all that brings the records to the scores in `rows`.

    A field is written where it is empty and we never wrote it, or holds what we wrote last. Any other value is
    somebody's, and is left alone.
    """
    by_key: dict[str, Record] = {record.key: record for record in records}
    changes: list[Change] = []
    alone: list[LeftAlone] = []
    unknown: list[str] = []
    unchanged = 0
    for row in rows:
        key = str(row["id"])
        record = by_key.get(key)
        if record is None:
            unknown.append(key)
            continue
        after, left = _difference(record, wanted_values(row))
        alone += left
        if after:
            before = {name: record.values.get(name, "") for name in after}
            changes.append(Change(record.id, key, record.name, before, after))
        elif not left:
            unchanged += 1
    return replace(plan, changes=tuple(changes), left_alone=tuple(alone), unknown=tuple(unknown), unchanged=unchanged)


def wanted_values(row: Row) -> dict[str, str]:
    """Return what our fields are to hold for a row of scores, as texts; '' where nothing is known.

    >>> [value for value in wanted_values({"id": "1", "fit": 80.0, "fit_low": 75, "tier": "A"}).values() if value]
    ['80', '75', 'A']
    """
    return {one.name: as_stored(row.get(one.column), one.kind) for one in FIELDS}


def as_stored(value: object, kind: str = "text") -> str:
    """Return a value as a CRM gives it back: trimmed, cut to `LONGEST`, numbers without a needless point.

    >>> as_stored(80.0, "number"), as_stored("80.0", "number"), as_stored(None), as_stored("  a  b ")
    ('80', '80', '', 'a  b')
    """
    if value is None or value != value:  # noqa: PLR0124  not a number
        return ""
    text = str(value).strip()
    if kind == "number":
        try:
            return f"{float(text):.6f}".rstrip("0").rstrip(".") if text else ""
        except ValueError:
            return text
    return text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def stamp_of(values: Mapping[str, str]) -> str:
    """Return the stamp of values: each field with a short hash of what it holds."""
    return ";".join(f"{name[4:]}={_hash(value)}" for name, value in sorted(values.items()))


def kind_of(name: str) -> str:
    """Return the kind of one of our fields."""
    return next((one.kind for one in FIELDS if one.name == name), "text")


def moved_fields(change: Change, record: Record) -> list[str]:
    """Return the fields of a change that no longer hold in the CRM what the plan saw there."""
    return [
        name
        for name, before in change.before.items()
        if name != STAMP and as_stored(record.values.get(name), kind_of(name)) != as_stored(before, kind_of(name))
    ]


def save_plan(plan: Plan, path: str | Path) -> None:
    """Write a plan as JSON that a person can read and a program apply."""
    write_whole(path, json.dumps(plan.as_json(), indent=2, ensure_ascii=False) + "\n")


def load_plan(path: str | Path) -> Plan:
    """Return the plan in a file; raises `InputError` where it is none, or would write what is not ours."""
    try:
        held = json.loads(Path(path).read_text(encoding="utf-8"))
        changes = tuple(Change(**change) for change in held.pop("changes"))
        alone = tuple(LeftAlone(**left) for left in held.pop("left_alone"))
        create, unknown = tuple(held.pop("to_create")), tuple(held.pop("unknown"))
        plan = Plan(changes=changes, left_alone=alone, to_create=create, unknown=unknown, **held)
    except OSError as error:
        raise InputError(Mistake((error.strerror or "cannot be read").lower(), str(path))) from None
    except (ValueError, TypeError, KeyError, AttributeError):
        raise InputError(
            Mistake("this is not a plan", str(path), next_step="'idealfit export SCORES --to hubspot' writes one.")
        ) from None
    if plan.plan != FORMAT:
        raise InputError(Mistake("this plan is of another version", str(path), str(plan.plan), str(FORMAT)))
    ours = {*NAMES, STAMP}
    strange = sorted({name for change in plan.changes for name in change.after if name not in ours})
    strange += [name for name in plan.to_create if name not in ours]
    if strange:
        raise InputError(
            Mistake(
                "this plan would write fields that are not ours", str(path), ", ".join(strange), ", ".join(sorted(ours))
            )
        )
    return plan


def _difference(record: Record, wanted: dict[str, str]) -> tuple[dict[str, str], list[LeftAlone]]:
    """Return the values to write into a record (with the new stamp), and the fields left alone."""
    stamped = _stamped(record.values.get(STAMP, ""))
    after: dict[str, str] = {}
    alone: list[LeftAlone] = []
    for name, value in wanted.items():
        now = as_stored(record.values.get(name), kind_of(name))
        if now == value:
            continue
        if name in stamped and _hash(now) != stamped[name]:
            why = "changed by somebody since the last sync" if now else "cleared by somebody since the last sync"
            alone.append(LeftAlone(record.id, name, now, value, why))
        elif name not in stamped and now:
            alone.append(LeftAlone(record.id, name, now, value, "filled in by somebody else"))
        else:
            after[name] = value
    if not after:
        return {}, alone
    kept = {name: stamp for name, stamp in stamped.items() if name not in after}
    stamps = {**kept, **_stamped(stamp_of(after))}
    after[STAMP] = ";".join(f"{name[4:]}={stamp}" for name, stamp in sorted(stamps.items()))
    return after, alone


def _stamped(stamp: str) -> dict[str, str]:
    pairs = (part.partition("=") for part in stamp.split(";") if "=" in part)
    return {f"icp_{name}": value for name, _, value in pairs}


def _hash(value: str) -> str:
    return hashlib.sha256(value.encode()).hexdigest()[:8]
