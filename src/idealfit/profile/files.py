"""Reading and writing the profile file. docs/profile.md explains the file to the people who edit it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from idealfit.errors import InputError, Mistake, ProfileError
from idealfit.profile.comments import comments_in, moved, settled
from idealfit.profile.document import FORMAT, Part, Profile, Test
from idealfit.profile.keeping import kept, matched, same_triggers, signed
from idealfit.profile.layout import Comments, written
from idealfit.profile.mistakes import checked
from idealfit.profile.reading import MOST_BYTES, Reading, read, too_large
from idealfit.profile.versions import upgraded

if TYPE_CHECKING:
    from collections.abc import Sequence

Value = TypeVar("Value")

NOT_A_PROFILE = f"A profile starts with 'idealfit: {FORMAT}' and a name; 'idealfit learn' writes one."


def loads(text: str, where: str = "profile.yaml") -> Profile:
    r"""Return the profile that `text` holds; `where` is what its mistakes call the file.

    Raises `ProfileError` with every mistake in it, each with its line, what is allowed and what to do.

    >>> loads("idealfit: 2\nname: Ours\nverdict: learned", "p.yaml")
    Traceback (most recent call last):
    ...
    idealfit.errors.ProfileError: p.yaml: the profile lacks 'narrative'. Add 'narrative: ...'.
    """
    return _profile_in(read(text.removeprefix("\ufeff"), where), where)


def load(path: str | os.PathLike[str]) -> Profile:
    """Return the profile in the file at `path`. Raises `ProfileError` as `loads` does, or if it cannot be read."""
    return loads(_text_of(Path(path)), str(path))


def dumps(profile: Profile, previous: str | None = None) -> str:
    """Return the profile as the text of a file.

    `previous` is the text of the file it replaces: what a person wrote there stays, comments included (see `kept`).
    ``loads(dumps(profile)) == as_written(profile)``. Raises `ProfileError` rather than write what `loads` refuses.
    """
    profile, comments = as_written(profile), Comments()
    if previous is not None:
        reading = read(previous.removeprefix("\ufeff"), "the previous profile")
        old = _profile_in(reading, "the previous profile")
        profile = as_written(kept(profile, old))
        comments = moved(comments_in(previous, reading), _same_entries(profile, old))
    _, mistakes = checked(_plain(profile, mode="json"), "the profile to be written")
    if mistakes:
        raise ProfileError(*mistakes)
    raw = _plain(profile)
    return written(raw, settled(comments, raw))


def dump(profile: Profile, path: str | os.PathLike[str]) -> None:
    """Write the profile to the file at `path`; what a person wrote into the file that is there stays.

    The text is written aside and then renamed, so the file is never half written. Raises `ProfileError` where the file
    that is there is no profile or has mistakes (it is left as it is), `InputError` where it cannot be written.
    """
    target = Path(path)
    previous = None
    if target.exists():
        previous = _text_of(target)
        try:
            loads(previous, str(path))
        except ProfileError as error:
            refusal = Mistake(
                "not overwritten, for what a person wrote there could not be kept",
                str(path),
                next_step="Correct it, or write to another file.",
            )
            raise ProfileError(refusal, *error.mistakes) from None
    text = dumps(profile, previous)
    try:
        _replace(target.resolve(), text)
    except OSError as error:
        raise InputError(
            Mistake(f"cannot be written: {error.strerror}", str(path), next_step="Choose another place with -o.")
        ) from error


def as_written(profile: Profile) -> Profile:
    """Return the profile as the file will hold it: must-haves first, figures to four digits, own sentences signed.

    Tests are never rounded: a threshold stays what it was.
    """
    ordered = profile.model_copy(update={"criteria": tuple(sorted(profile.criteria, key=lambda c: c.need != "must"))})
    return signed(_rounded(ordered))


def _rounded(value: Value) -> Value:
    if isinstance(value, Part) and not isinstance(value, Test):
        return value.model_copy(update={name: _rounded(getattr(value, name)) for name in type(value).model_fields})
    if isinstance(value, tuple):
        return tuple(_rounded(inner) for inner in value)  # type: ignore[return-value]
    return float(f"{value:.4g}") if isinstance(value, float) else value  # type: ignore[return-value]


def _plain(profile: Profile, mode: str = "python") -> dict[str, object]:
    """Return the profile as plain values without the defaults, which are not written."""
    raw = profile.model_dump(mode=mode, by_alias=True, exclude_defaults=True)
    return {"idealfit": profile.idealfit, **{key: value for key, value in raw.items() if key != "idealfit"}}


def _profile_in(reading: Reading, where: str) -> Profile:
    raw = reading.value
    if not isinstance(raw, dict):
        found = "nothing" if raw is None else "a list" if isinstance(raw, list) else "one piece of text"
        raise ProfileError(*reading.mistakes, Mistake("not a profile", where, found, next_step=NOT_A_PROFILE))
    if not set(raw) & {"idealfit", "name", "criteria", "narrative"}:
        found = ", ".join(str(key) for key in list(raw)[:3]) or "an empty group"
        raise ProfileError(*reading.mistakes, Mistake("not a profile", where, found, next_step=NOT_A_PROFILE))
    line = reading.line(("idealfit",))
    current = upgraded(raw, where if line is None else f"{where}:{line}")
    profile, mistakes = checked(current, where, reading)
    if "idealfit" not in raw:
        mistakes.insert(
            0,
            Mistake(
                "the version of the format is missing", f"{where}:1", next_step=f"Write 'idealfit: {FORMAT}' on top."
            ),
        )
    if reading.mistakes or mistakes or profile is None:
        raise ProfileError(*reading.mistakes, *mistakes)
    return profile


def _same_entries(new: Profile, old: Profile) -> dict[str, dict[int, int]]:
    """Return for each list of the profile where the entry of an old index stands now."""
    found = {
        name: {was: now for now, was in matched(getattr(new, name), getattr(old, name)).items()}
        for name in ("criteria", "disqualify", "also_seen", "no_winners", "not_defining", "too_little_data")
    }
    found["triggers"] = {was: now for now, was in same_triggers(new.triggers, old.triggers).items()}
    found["segments"] = _by_value([segment.name for segment in old.segments], [s.name for s in new.segments])
    found["limits"] = _by_value(old.limits, new.limits)
    by_name = _by_value([tier.name for tier in old.tiers], [tier.name for tier in new.tiers])
    found["tiers"] = {i: i for i in range(len(old.tiers))} if len(old.tiers) == len(new.tiers) else by_name
    return found


def _by_value(old: Sequence[str], new: Sequence[str]) -> dict[int, int]:
    return {index: new.index(value) for index, value in enumerate(old) if value in new}


def _text_of(path: Path) -> str:
    try:
        if path.exists() and not path.is_file() and not path.is_dir():  # a device or a pipe may never end
            raise ProfileError(Mistake("this is not a regular file", str(path), next_step="Give a profile file."))
        with path.open("rb") as file:
            size = os.fstat(file.fileno()).st_size
            held = b"" if size > MOST_BYTES else file.read(MOST_BYTES + 1)
        if max(size, len(held)) > MOST_BYTES:
            raise ProfileError(too_large(str(path), max(size, len(held))))
        return held.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise ProfileError(
            Mistake(
                "not a text file in UTF-8", f"{path}:{line}", next_step="Save it as UTF-8; a profile is plain text."
            )
        ) from None
    except FileNotFoundError:
        raise ProfileError(Mistake("no such file", str(path), next_step="'idealfit learn' writes one.")) from None
    except OSError as error:
        raise ProfileError(
            Mistake(f"cannot be read: {error.strerror}", str(path), next_step="Give the path of a profile file.")
        ) from None


def _replace(target: Path, text: str) -> None:
    handle, aside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".new")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        mode = target.stat().st_mode & 0o777 if target.exists() else 0o666 & ~_umask()
        Path(aside).chmod(mode)
        Path(aside).replace(target)
    except BaseException:
        Path(aside).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
