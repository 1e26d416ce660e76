"""Scores as a file: Parquet or CSV, whole or not at all."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

import ibis

from idealfit.engine import refusals_explained
from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    import ibis.expr.types as ir

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A spreadsheet runs a cell that begins with one of these; a leading apostrophe makes it text."""

SUFFIXES = (".parquet", ".csv")


def write(scores: ir.Table, path: Path | str, connection: ibis.BaseBackend) -> None:
    """Write `scores` to `path` as Parquet or CSV, by its suffix; an older file there is replaced in one step.

    The work is done by the engine of `connection`, on a file beside `path` that is then renamed, so that `path` is
    never half-written. Text cells of a CSV that a spreadsheet would run as a formula get a leading apostrophe. Rows
    have the order in which the engine gives them (see `in_order` of `score`).
    Raises `InputError` for another suffix or a place that cannot be written, `EngineError` where the engine refuses.

    >>> from idealfit.engine import connect
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = Path(folder, "scores.csv")
    ...     write(ibis.memtable({"id": ["=1+1", "acme"], "fit": [-5, 80]}), file, connect())
    ...     print(file.read_text())
    id,fit
    '=1+1,-5
    acme,80
    <BLANKLINE>
    """
    path = Path(path)
    suffix = path.suffix.lower()
    _refuse_unwritable(path, suffix)
    with tempfile.TemporaryDirectory(prefix=".idealfit-", dir=path.parent) as beside, _elsewhere(path) as elsewhere:
        aside = Path(elsewhere or beside, f"scores{suffix}")
        with refusals_explained(f"writing {path}"):
            if suffix == ".csv":
                connection.to_csv(formula_safe(scores), aside)
            else:
                connection.to_parquet(scores, aside)
        if elsewhere:
            aside = Path(shutil.move(aside, beside))
        os.replace(aside, path)


def _elsewhere(path: Path) -> AbstractContextManager[str | None]:
    """Return a folder to write in first where the folder's own name has quotes, which ibis does not escape."""
    if set(str(path.parent)) & set("'\"\\"):
        return tempfile.TemporaryDirectory(prefix="idealfit-")
    return nullcontext()


def formula_safe(table: ir.Table) -> ir.Table:
    """Return `table` with an apostrophe before each text that a spreadsheet would take for a formula.

    >>> formula_safe(ibis.memtable({"id": ["@SUM(A1)", "a=b"]})).to_pyarrow()["id"].to_pylist()
    ["'@SUM(A1)", 'a=b']
    """
    texts = [name for name, kind in table.schema().items() if kind.is_string()]
    if not texts:
        return table
    first = {name: table[name].substr(0, 1) for name in texts}
    return table.mutate(
        **{n: ibis.ifelse(first[n].isin(FORMULA_STARTS), ibis.literal("'") + table[n], table[n]) for n in texts}
    )


def _refuse_unwritable(path: Path, suffix: str) -> None:
    if suffix not in SUFFIXES:
        raise InputError(
            Mistake(
                "scores cannot be written to a file of this kind",
                found=path.name,
                allowed=" or ".join(SUFFIXES),
                next_step="Give the file one of these endings.",
            )
        )
    if path.is_dir():
        raise InputError(Mistake("this is a folder", where=str(path), next_step="Name a file in it."))
    if not path.parent.is_dir():
        raise InputError(Mistake("there is no such folder", where=str(path.parent), next_step="Make it first."))
    if not os.access(path.parent, os.W_OK):
        raise InputError(Mistake("this folder cannot be written to", where=str(path.parent)))
