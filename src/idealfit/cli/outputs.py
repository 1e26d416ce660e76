"""The file to write, looked at before the work starts: what is there already is not lost by a slip of the hand."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ANOTHER = "Name another file with -o."

DEVICES = ("/dev", "/proc")
"""Folders of no files: what is renamed into their places (``/dev/stdout``) would replace the device itself."""

HTML = b"<!doctype html"


def refuse_output(path: str, inputs: Mapping[str, str | None], *, onto: str = "") -> None:
    """Raise InputError where writing to `path` would fail or lose something, before anybody has waited for the work.

    `inputs` are the files that are read, under the names they have for the user. `onto` says what a file that is there
    already must be: "a report", "a backtest" or "a review"; anything, if not given. An empty file holds nothing to
    lose.
    """
    target = Path(path)
    for name, where in inputs.items():
        if where and any(_same(target, file) for file in _files(where)):
            raise InputError(
                Mistake(f"this is an input too ({name}) and would be overwritten", where=path, next_step=ANOTHER)
            )
    _refuse_unwritable(target)
    if onto and target.exists() and not _is(onto, target):
        raise InputError(
            Mistake(f"this file is there already and is not {onto}; it was left as it is", path, next_step=ANOTHER)
        )


def refuse_lists_for_parts(exclude: Sequence[str] | None, own_domain: Sequence[str] | None) -> None:
    """Raise InputError where lists of companies are to be left out of scores that go into a folder."""
    if exclude or own_domain:
        raise InputError(
            Mistake(
                "companies cannot be left out by a list where scores go into a folder",
                "--exclude" if exclude else "--own-domain",
                next_step="Write one file, or put a disqualifier into the profile.",
            )
        )


def refuse_changes_of_a_file(told: Mapping[str, str | None]) -> None:
    """Raise InputError where changes are told and the scores go into one file, which is written anew each time."""
    mistakes = [
        Mistake("changes are told where scores go into a folder", f"--{option.replace('_', '-')}", said,
                "a folder after -o, such as scores/")
        for option, said in told.items()
        if said is not None
    ]  # fmt: skip
    if mistakes:
        raise InputError(*mistakes)


def refuse_without(said: str, option: str, needed: Mapping[str, bool]) -> None:
    """Raise InputError where an option was given without the one that it belongs to."""
    mistakes = [Mistake(f"this goes with {name}", option, said) for name, given in needed.items() if not given]
    if mistakes:
        raise InputError(*mistakes)


def _refuse_unwritable(target: Path) -> None:
    path = str(target)
    if target.is_dir():
        raise InputError(Mistake("this is a folder", path, next_step="Name a file in it with -o."))
    if not target.parent.is_dir():
        raise InputError(Mistake("there is no such folder", str(target.parent), next_step="Make it first."))
    if _device(target) or (target.exists() and not target.is_file()):
        raise InputError(Mistake("this is not a regular file; nothing can be written to it", path, next_step=ANOTHER))
    if not os.access(target if target.exists() else target.parent, os.W_OK):
        raise InputError(Mistake("this cannot be written to", path, next_step="Choose another place with -o."))


def _device(target: Path) -> bool:
    place = os.path.abspath(target)  # not resolved: /dev/stdout may lead to a file
    in_memory = Path("/dev", "shm")  # the one folder there that holds files
    return place.startswith(tuple(f"{folder}/" for folder in DEVICES)) and in_memory not in Path(place).parents


def _files(where: str) -> tuple[Path, ...]:
    """Return the files that an input may name: ``FILE``, ``FILE::TABLE``, ``duckdb:///FILE::TABLE``.

    >>> [str(file) for file in _files("crm.xlsx::Deals")]
    ['crm.xlsx::Deals', 'crm.xlsx']
    """
    _, scheme, address = where.partition("://")
    if scheme:
        file = address.partition("::")[0].partition("?")[0]
        return (Path(file), Path(file.removeprefix("/")))
    return (Path(where), Path(where.rpartition("::")[0])) if "::" in where else (Path(where),)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return os.path.realpath(one) == os.path.realpath(other)


def _is(onto: str, file: Path) -> bool:
    """Return whether the file is what `onto` says, or empty."""
    if not file.stat().st_size:
        return True
    if onto == "a report":
        with file.open("rb") as opened:
            return opened.read(1024).removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(HTML)
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        return False
    keys = {"a review": {"answer", "judged", "next_review"}}.get(onto, {"cutoffs", "pooled", "answer"})
    return isinstance(held, dict) and keys <= set(held)
