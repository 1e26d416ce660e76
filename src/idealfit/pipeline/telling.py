"""What makes a profile honest and tellable: lint, the start of one from a person's narrative, personas."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import as_day, as_profile
from idealfit.profile.lint import coverage, weaknesses
from idealfit.profile.persona import as_markdown, personas
from idealfit.profile.telling import profile_told

if TYPE_CHECKING:
    from idealfit.pipeline.inputs import Day
    from idealfit.profile.document import Profile
    from idealfit.profile.lint import Depth, Weakness
    from idealfit.profile.persona import Persona
    from idealfit.tables import Layer

LONGEST_NARRATIVE = 100_000
"""Bytes; a narrative is two or three paragraphs."""


def lint(
    profile: Profile | str | Path, today: Day = None
) -> tuple[tuple[Weakness, ...], dict[Layer, tuple[Depth, str]]]:
    """Return what is weak about a profile, and how deep it goes in each layer; `today` is today if not given."""
    loaded = as_profile(profile)
    return weaknesses(loaded, as_day(today) or date.today()), coverage(loaded)


def narrative(told: str | Path, *, name: str = "Ideal customer profile") -> Profile:
    """Return the start of a profile from a narrative: its text, or the file that holds it.

    Raises `InputError` where nothing is told, or the file cannot be read.
    """
    text = _text_of(told)
    if not text.strip():
        raise InputError(Mistake("nothing is told", str(told)[:80], next_step="Write two or three paragraphs."))
    return profile_told(text, name)


def persona(profile: Profile | str | Path, path: str | Path | None = None) -> tuple[Persona, ...]:
    """Return the skeleton of a persona for each role of the committee, written to `path` where one is given.

    Raises `ProfileError`, with every reason, on a profile that is not validated.
    """
    loaded = as_profile(profile)
    built = personas(loaded, str(profile) if isinstance(profile, str | Path) else "")
    if path is not None:
        write_text(path, as_markdown(loaded.name, built))
    return built


def _text_of(told: str | Path) -> str:
    said = str(told)
    looks_like_a_file = isinstance(told, Path) or (len(said) < 400 and "\n" not in said and Path(said).exists())
    if not looks_like_a_file:
        missing = " " not in said.strip() and said.strip().endswith((".txt", ".md"))
        if missing:
            raise InputError(
                Mistake("there is no such file", said, next_step="Check the path, or give the text itself.")
            )
        return said
    path = Path(told)
    if not path.is_file():
        raise InputError(Mistake("this is not a file", said, next_step="Give the text, or a text file."))
    if path.stat().st_size > LONGEST_NARRATIVE:
        found = f"{path.stat().st_size / 1e6:.1f} MB"
        allowed = "two or three paragraphs"
        raise InputError(
            Mistake("too long for a narrative", said, found, allowed, "Is it a transcript? See --conversations.")
        )
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(Mistake("this cannot be read as text", said, next_step="Save it as UTF-8.")) from error
