"""Versions of the file format, upgraded one step at a time; and the fingerprint of what a profile means."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, TypeAlias

from idealfit.errors import Mistake, ProfileError
from idealfit.profile.document import FORMAT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from idealfit.profile.document import Criterion, Disqualifier, Profile, Test

Raw: TypeAlias = dict[str, object]


def _one_to_two(raw: Raw) -> Raw:
    """Format 2 adds triggers, segments, voice, committee, economics and churn; all of format 1 means what it meant."""
    return raw


STEPS: Mapping[int, Callable[[Raw], Raw]] = {1: _one_to_two}
"""How to bring a file one version up: step 1 takes the plain values of version 1 and returns version 2's.

A step never drops what it does not know, for a mistake in an old file must still be told in the words of that file.
"""


def upgraded(
    raw: Raw, where: str = "profile.yaml", steps: Mapping[int, Callable[[Raw], Raw]] = STEPS, current: int = FORMAT
) -> Raw:
    """Return the plain values of a profile in the format of this program, upgraded step by step.

    Raises `ProfileError` where the file was written by a newer program, or its version is not a version.

    >>> upgraded({"idealfit": 1, "title": "Ours"}, steps={1: lambda raw: {"name": raw["title"]}}, current=2)
    {'idealfit': 2, 'name': 'Ours'}
    """
    version = raw.get("idealfit", current)
    if not isinstance(version, int) or isinstance(version, bool) or version < min([*steps, current]):
        found = "nothing" if version is None else str(version)
        allowed = f"a whole number from {min([*steps, current])} to {current}"
        raise ProfileError(
            Mistake(
                "idealfit must be the version of the file format",
                where,
                found,
                allowed,
                f"Write 'idealfit: {current}'.",
            )
        )
    if version > current:
        raise ProfileError(
            Mistake(
                "written by a newer Idealfit: the format of this file is not known here",
                where,
                str(version),
                f"up to {current}",
                "Upgrade: pip install --upgrade idealfit.",
            )
        )
    while version < current:
        raw = {"idealfit": version + 1, **{k: v for k, v in steps[version](raw).items() if k != "idealfit"}}
        version += 1
    return raw


def fingerprint(profile: Profile) -> str:
    """Return the SHA-256 (64 hex digits) of what the profile means: two with the same one score every company alike.

    Counted in: attributes, tests, points, what an unknown counts for, disqualifiers, tiers' names and thresholds, win
    rates by fit (and the base rate where there are no criteria). Left out: what does not score (triggers and all other
    sections), names, texts, evidence, order, comments, and ways of writing that make no difference to a test (letter
    case of categories, the order of a set, 75 or 75.0).
    """
    learned = profile.learned
    meaning = {
        "criteria": sorted(_line(c, c.points, c.met_by, c.need) for c in profile.criteria),
        "disqualify": sorted(_line(d) for d in profile.disqualify),
        "tiers": [(tier.name, tier.at_least) for tier in profile.tiers],
        "fit_bands": [[_number(v) for v in band.model_dump().values()] for band in profile.fit_bands],
        "base_rate": [_number(v) for v in learned.base_rate.model_dump().values()]
        if learned and not profile.criteria
        else None,
    }
    return hashlib.sha256(json.dumps(meaning, sort_keys=True).encode()).hexdigest()


def _line(line: Criterion | Disqualifier, *worth: object) -> str:
    return json.dumps([line.attribute, *normal(line.test), *worth])


def normal(test: Test) -> tuple[str, object]:
    """Return a test as its condition and value, written in one way only."""
    condition = test.condition
    value = getattr(test, "is_" if condition == "is" else condition)
    if condition in ("one_of", "none_of", "has_any"):
        return condition, sorted({str(_word(v)) for v in value})
    return condition, [_word(v) for v in value] if isinstance(value, tuple) else _word(value)


def _word(value: object) -> object:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return value.strip().casefold() if isinstance(value, str) else _number(value)


def _number(value: object) -> object:
    return int(value) if isinstance(value, float) and value.is_integer() else value
