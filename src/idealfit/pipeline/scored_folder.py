"""What a folder of scores tells of itself, and how its files are put in place: at every moment each row stands once."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from idealfit.engine import connect, literal, rows
from idealfit.errors import InputError, Mistake
from idealfit.export.whole_files import whole_file, write_whole
from idealfit.sources.places import SCORED_FOLDER as STATE
from idealfit.sources.scored_folders import CHANGES, change_files, latest_changes, unchanged
from idealfit.tables import SCORES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import ibis

UNFINISHED = ".unfinished"
ARRIVED = ".read"
"""The rows of a database that have arrived; they go when all of them are scored."""
RANGES = ".idealfit-ranges.json"
"""The ranges of ids in which a table of a database is read."""
PUT_TOGETHER = "put-together-"
"""How the names of parts begin that changes have become; the number of the last change follows."""

TOGETHER_FROM = 1 / 3
"""Changes of so many companies, as a share of all, are put together with the parts. That costs about a copy of all;
at a hundredth a day it is done once a month, and until then a reader has at most a third more to read."""


@dataclass(frozen=True)
class Kept:
    """What a folder tells: each of its parts, and of what, of which day and up to which change they are the scores.

    `newest` is the newest value of the `column` that says when a row changed; `seen` a digest of the files read last.
    """

    parts: Mapping[str, dict[str, Any]] = field(default_factory=dict)
    meaning: str = ""
    day: str = ""
    column: str = ""
    newest: str = ""
    seen: str = ""


def kept_in(folder: Path) -> Kept:
    """Return what a folder tells, nothing where it tells nothing; only parts whose file is there are told."""
    try:
        told = Kept(**json.loads((folder / STATE).read_text(encoding="utf-8")))
        parts = {name: dict(part) for name, part in told.parts.items() if (folder / name).is_file()}
        if len(parts) < len(told.parts):
            return Kept(parts)
    except (OSError, ValueError, TypeError, AttributeError):
        return Kept()
    return told


def keep(folder: Path, kept: Kept) -> None:
    """Write down what a folder is to tell."""
    write_whole(folder / STATE, json.dumps(vars(kept)))


def refuse_another_folder(target: Path) -> None:
    """Raise InputError where a folder holds what was not written here."""
    if target.exists() and not target.is_dir():
        raise InputError(Mistake("this is a file, and parts go into a folder", str(target)))
    if not target.parent.is_dir():
        raise InputError(Mistake("there is no such folder", str(target.parent), next_step="Make it first."))
    held = {entry.name for entry in target.iterdir()} if target.exists() else set()
    if held and not held & {STATE, UNFINISHED, ARRIVED, RANGES}:
        raise InputError(
            Mistake("this folder holds something else; it was left as it is", str(target), next_step="Name another.")
        )


def put_in_place(target: Path, done: Mapping[str, Any], now: Kept) -> None:
    """Move the parts that were done over those that were there, and remove what nothing stands for any more."""
    for name in done:
        os.replace(target / UNFINISHED / name, target / name)
    for file in target.glob("*.parquet"):
        if file.name not in now.parts:
            file.unlink()
    _without_changes(target)
    keep(target, now)
    shutil.rmtree(target / UNFINISHED, ignore_errors=True)


def add_change(connection: ibis.BaseBackend, target: Path, statement: str) -> Path | None:
    """Add what a query with the columns of scores and `gone` gives as the next change; nothing where it is empty."""
    (target / CHANGES).mkdir(exist_ok=True)
    before = (file.stem.removeprefix(PUT_TOGETHER) for file in (*change_files(target), *_put_together_in(target)))
    number = max(map(int, before), default=0) + 1
    file, aside = (target / CHANGES / f"{number:06d}{ending}" for ending in (".parquet", ".new"))
    numbered = f"SELECT *, {number} AS change FROM ({statement}) AS found"
    try:
        ((written,),) = rows(
            connection, f"COPY ({numbered}) TO {literal(str(aside))} (FORMAT parquet)", f"writing {file}"
        )
        if written:
            os.replace(aside, file)
    finally:
        aside.unlink(missing_ok=True)
    return file if written else None


def worth_putting_together(target: Path) -> bool:
    """Return whether so much has changed that changes are to become parts."""
    files = change_files(target)
    if not files:
        return False
    listed = [f"SELECT sum(num_rows) FROM parquet_file_metadata([{', '.join(literal(str(f)) for f in held)}])"
              for held in (files, sorted(target.glob("*.parquet")))]  # fmt: skip
    (((changed,),), ((all_rows,),)) = (rows(connect(), text, "counting rows") for text in listed)
    return bool(changed > TOGETHER_FROM * all_rows)


def put_together(target: Path, kept: Kept) -> Kept:
    """Make parts of the changes; return what the folder then tells. Each row stands once while it is done, too.

    First parts lose the rows that a change has replaced, then the changes become a part, and last they go, the oldest
    first: whoever reads meanwhile, or after it broke off, is given the same rows.
    """
    connection = connect()
    names = ", ".join(f.name for f in SCORES)
    for part in target.glob("*.parquet"):
        _rewritten(connection, part, unchanged(f"SELECT * FROM read_parquet({literal(str(part))})", target))
    latest = change_files(target)[-1]
    changed = target / f"{PUT_TOGETHER}{latest.stem}.parquet"
    _rewritten(connection, changed, f"SELECT {names} FROM ({latest_changes(target)}) AS latest WHERE NOT gone")
    parts = {file.name: {"digest": "", "tiers": {}, "best": []} for file in target.glob("*.parquet")}
    now = Kept(**{**vars(kept), "parts": parts})
    keep(target, now)
    _without_changes(target)
    return now


def _put_together_in(target: Path) -> list[Path]:
    return list(target.glob(f"{PUT_TOGETHER}{'[0-9]' * 6}.parquet"))


def _rewritten(connection: ibis.BaseBackend, file: Path, statement: str) -> None:
    with whole_file(file) as aside:
        rows(connection, f"COPY ({statement}) TO {literal(str(aside))} (FORMAT parquet)", f"writing {file.name}")


def _without_changes(target: Path) -> None:
    for file in change_files(target):
        file.unlink()
    if (target / CHANGES).is_dir():
        shutil.rmtree(target / CHANGES, ignore_errors=True)
