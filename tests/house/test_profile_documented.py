"""docs/profile.md explains every key of the profile file and no other, and its example is a profile."""

import re
from pathlib import Path
from typing import Literal, get_args, get_origin

import pytest

from idealfit.profile import document
from idealfit.profile.document import Part, Profile
from idealfit.profile.files import dumps, loads
from idealfit.profile.mistakes import part_in

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "profile.md").read_text(encoding="utf-8")
HEADINGS = {
    "Profile": "On top",
    "Narrative": "narrative",
    "Slot": "narrative",
    "Criterion": "criteria",
    "Disqualifier": "disqualify",
    "Test": "Tests",
    "Evidence": "Evidence",
    "Rate": "Rates",
    "Estimate": "Estimates",
    "Tier": "tiers",
    "BestCustomers": "best_customers",
    "Finding": "Findings",
    "FitBand": "fit_bands",
    "Learned": "learned",
    "LanguageModelUse": "learned",
    "Condition": "segments",
    "Trigger": "triggers",
    "TriggerEvidence": "triggers",
    "TriggerTimeline": "timelines",
    "TimeSpan": "timelines",
    "Segment": "segments",
    "Voice": "voice",
    "Quote": "voice",
    "Seen": "voice",
    "Role": "committee",
    "TeamStatement": "feedback",
    "Economics": "economics",
    "EconomicsGroup": "economics",
    "Figures": "Figures",
    "Measure": "Figures",
    "ChurnFinding": "churn",
    "Retained": "churn",
    "RetentionCurve": "retention",
    "KeptAt": "retention",
    "CountedRows": "learned",
    "Excluded": "learned",
}


def parts(part: type[Part] = Profile) -> set[type[Part]]:
    inner = {part_in(field.annotation) for field in part.model_fields.values()} - {None}
    return {part}.union(*(parts(other) for other in inner if other is not None))


def keys(part: type[Part]) -> set[str]:
    return {field.alias or name for name, field in part.model_fields.items()}


def choices(annotation: object) -> set[str]:
    if get_origin(annotation) is Literal:
        return set(get_args(annotation))
    return set().union(*(choices(inner) for inner in get_args(annotation)))


def section(heading: str) -> str:
    found = re.search(rf"(?ms)^##+ {heading}$(.*?)(?=^##|\Z)", PAGE)
    assert found, f"docs/profile.md has no section '{heading}'"
    return found[1]


def test_every_part_of_the_file_has_its_section():
    assert {part.__name__ for part in parts()} == HEADINGS.keys()
    declared = {
        name for name, value in vars(document).items() if isinstance(value, type) and issubclass(value, Part)
    } - {"Part"}
    assert declared == HEADINGS.keys()


@pytest.mark.parametrize("part", sorted(parts(), key=lambda part: part.__name__), ids=lambda part: part.__name__)
def test_every_key_is_explained(part):
    text = section(HEADINGS[part.__name__])
    assert {key for key in keys(part) if f"`{key}`" not in text} == set()


def test_no_key_is_explained_that_is_not_there():
    for heading in set(HEADINGS.values()):
        allowed = set().union(*(keys(part) for part in parts() if HEADINGS[part.__name__] == heading))
        rows = re.findall(r"(?m)^\| (`[^|]*) \|", section(heading))
        explained = {key for row in rows for key in re.findall(r"`(\w+)`", row)}
        assert explained <= allowed, heading


def test_the_words_a_key_may_hold_are_all_named():
    words = {word for part in parts() for field in part.model_fields.values() for word in choices(field.annotation)}
    assert "no reliable pattern" in words
    assert {word for word in words if f"`{word}`" not in PAGE} == set()


def test_the_example_is_a_profile():
    example = re.search(r"(?ms)^```yaml\n(.*?)^```", PAGE)
    assert example
    profile = loads(example[1], "docs/profile.md")
    assert [line.need for line in profile.criteria] == ["must", "nice"]
    assert loads(dumps(profile)) == profile
