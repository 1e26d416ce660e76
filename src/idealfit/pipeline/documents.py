"""Files for people: profiles, backtests and reports, read and written; diff."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.pipeline.inputs import as_profile, quiet
from idealfit.profile import files
from idealfit.profile.changes import differences
from idealfit.prove.trials import Backtest
from idealfit.report.page import page

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.profile.changes import Change
    from idealfit.profile.document import Profile
    from idealfit.prove.bakeoff import Bakeoff
    from idealfit.prove.reviewed import Review


def report(profile: Profile | str | Path, backtest: Backtest | str | Path | None = None) -> str:
    """Return the profile, and the proof behind it where there is one, as one HTML page that needs no network."""
    proof = as_backtest(backtest)
    return page(as_profile(profile), None if proof is None else proof.as_json())


def report_to_file(
    profile: Profile | str | Path,
    path: str | Path,
    *,
    backtest: Backtest | str | Path | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> int:
    """Write the report to a file and return its size in bytes."""
    progress("drawing the report", 0.1)
    write_text(path, report(profile, backtest))
    return Path(path).stat().st_size


def diff(old: Profile | str | Path, new: Profile | str | Path) -> tuple[Change, ...]:
    """Return what changed from one profile to another, in words."""
    return differences(as_profile(old), as_profile(new))


def load_profile(path: str | Path) -> Profile:
    """Return the profile in a file; raises `ProfileError` with every mistake in it, each with its line."""
    return files.load(path)


def save_profile(profile: Profile, path: str | Path) -> Profile:
    """Write a profile to a file; return it as it stands there, with what people had written into that file before."""
    files.dump(profile, path)
    return files.load(path)


def save_bakeoff(found: Bakeoff, path: str | Path) -> None:
    """Write a bake-off as JSON."""
    write_text(path, json.dumps(found.as_json(), indent=2, ensure_ascii=False, default=str))


def save_backtest(backtest: Backtest, path: str | Path) -> None:
    """Write a backtest as JSON."""
    write_text(path, json.dumps(backtest.as_json(), indent=2, ensure_ascii=False))


def save_review(found: Review, path: str | Path) -> None:
    """Write a review as JSON."""
    write_text(path, json.dumps(found.as_json(), indent=2, ensure_ascii=False))


def as_backtest(backtest: Backtest | str | Path | None) -> Backtest | None:
    """Return the backtest, read from a file where it is one."""
    if backtest is None or isinstance(backtest, Backtest):
        return backtest
    if Path(backtest).exists() and not Path(backtest).is_file():  # a device or a pipe may never end
        raise InputError(Mistake("this is not a file", str(backtest), next_step="'idealfit backtest' writes one."))
    try:
        return Backtest.from_json(json.loads(Path(backtest).read_text(encoding="utf-8")))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise InputError(Mistake(reason, str(backtest), next_step="'idealfit backtest' writes one.")) from None
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            Mistake("this is not JSON", str(backtest), next_step="'idealfit backtest' writes it.")
        ) from None


def write_text(path: str | Path, text: str) -> None:
    """Write a text file aside and rename it, so that there is never half a file."""
    target = Path(path)
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            Mistake(f"cannot be written: {reason}", str(path), next_step="Choose another place.")
        ) from None
    finally:
        aside.unlink(missing_ok=True)
