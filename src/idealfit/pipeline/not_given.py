"""What an earlier profile had from a table that was not given this time: it does not vanish in silence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.keeping import persons_line

if TYPE_CHECKING:
    from collections.abc import Collection

    from idealfit.profile.document import Profile


def with_what_left(profile: Profile, previous: Profile | None, missing: Collection[str]) -> Profile:
    """Return `profile` with a warning for each section of `previous` that it has lost because a table is `missing`.

    `missing` are the options that were not given, by name: signals, conversations, people, feedback, customers or
    segments.
    """
    if previous is None or profile.learned is None:
        return profile
    had = {
        "signals": ("trigger", sum(not persons_line(t) for t in previous.triggers)),
        "conversations": ("phrase of customers", len(previous.voice)),
        "people": ("role of the committee", len(previous.committee)),
        "feedback": ("statement of the team", len(previous.feedback)),
        "customers": ("finding about who leaves", len(previous.churn)),
        "segments": ("segment", len(previous.segments)),
    }
    notes = tuple(
        f"The profile before had {_many(count, what)}, learned with --{option}, which was not given this time: "
        f"left out. Learn again with --{option} to have {'it' if count == 1 else 'them'} back."
        for option, (what, count) in had.items()
        if option in missing and count
    )
    if not notes:
        return profile
    learned = profile.learned.model_copy(update={"warnings": (*notes, *profile.learned.warnings)})
    return profile.model_copy(update={"learned": learned})


def _many(count: int, what: str) -> str:
    first, _, rest = what.partition(" ")
    return f"1 {what}" if count == 1 else f"{count:,} {first}s{f' {rest}' if rest else ''}"
