"""One question with a known answer: facts, outcome, and which rows are learned from and which are judged.

Cells of `facts` follow the contract of `idealfit.learn.history.History` (docs/design.md): float64 for numbers and dates
(days before the day of the deal), str or None for categories and texts, "yes"/"no"/None for booleans, tuples for lists.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

from idealfit.learn.history import Attribute, History, Mode
from idealfit.tables import Kind, Layer

Index = npt.NDArray[np.int64]
Fold = tuple[Index, Index]
DATA = Path(os.environ.get("IDEALFIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
"""Where the data sets lie; set IDEALFIT_DATA where that is not ``../shared/data`` beside the project."""


@dataclass(frozen=True)
class Task:
    """Rows with their outcome, and the folds they are judged in.

    `groups` are the codes of rows that belong together (one company, or identical inputs); `opened` is NaT where the
    source has no dates. `held_out` marks a task that nothing in Idealfit was ever tuned on.
    """

    name: str
    description: str
    facts: pd.DataFrame
    attributes: tuple[Attribute, ...]
    won: npt.NDArray[np.bool_]
    groups: Index
    opened: npt.NDArray[np.datetime64]
    folds: tuple[Fold, ...]
    held_out: bool = False
    mode: Mode = "won and lost deals"

    def history(self, rows: Index) -> History:
        """Return these rows as what the learner takes."""
        return History(
            facts=self.facts.iloc[rows].reset_index(drop=True),
            attributes=self.attributes,
            won=self.won[rows],
            account=self.groups[rows],
            opened=self.opened[rows],
            closed=np.full(len(rows), np.datetime64("NaT", "D")),
            amount=np.full(len(rows), np.nan),
            ids=np.array([str(row) for row in rows], dtype=object),
            mode=self.mode,
        )


def numbers(values: pd.Series) -> pd.Series:
    """Return the column as float64, NaN where it does not parse."""
    return pd.to_numeric(values, errors="coerce").astype("float64").reset_index(drop=True)


def words(values: pd.Series) -> pd.Series:
    """Return the column as str or None: categories and texts."""
    return _cells(values, lambda cell: str(cell).strip() or None)


def yes_no(values: pd.Series) -> pd.Series:
    """Return a column of true/false, 1/0 or Yes/No as "yes", "no" or None."""
    true, false = {"true", "1", "1.0", "yes"}, {"false", "0", "0.0", "no"}
    return _cells(
        values, lambda cell: "yes" if str(cell).lower() in true else "no" if str(cell).lower() in false else None
    )


def lists(values: pd.Series, separator: str = "|") -> pd.Series:
    """Return a column of lists, or of strings to be split, as tuples; None where there is nothing."""

    def items(cell: object) -> tuple[str, ...] | None:
        parts = cell if isinstance(cell, list | tuple) else str(cell).split(separator)
        return tuple(str(part).strip() for part in parts if str(part).strip()) or None

    return _cells(values, items)


def days_before(values: pd.Series, day: pd.Timestamp | pd.Series) -> pd.Series:
    """Return how many days before `day` each date lies, as float64; NaN where there is no date."""
    return ((day - pd.to_datetime(values, errors="coerce")).dt.days).astype("float64").reset_index(drop=True)


def attributes(**kinds: tuple[Kind, Layer]) -> tuple[Attribute, ...]:
    """Return attributes from ``name=(kind, layer)``."""
    return tuple(Attribute(name, kind, layer) for name, (kind, layer) in kinds.items())


def undated(n: int) -> npt.NDArray[np.datetime64]:
    """Return `n` unknown days."""
    return np.full(n, np.datetime64("NaT", "D"))


def grouped_folds(groups: Index, won: npt.NDArray[np.bool_], n_folds: int = 5, seed: int = 0) -> tuple[Fold, ...]:
    """Return folds that never part a group: shuffled, ordered by share of wins, and dealt out in turn."""
    shuffled = np.random.default_rng(seed).permutation(int(groups.max()) + 1)
    share = np.bincount(groups, weights=won) / np.bincount(groups)
    fold_of = np.empty(len(share), dtype=np.int64)
    fold_of[shuffled[np.argsort(-share[shuffled], kind="stable")]] = np.arange(len(share)) % n_folds
    return tuple((np.flatnonzero(fold_of[groups] != k), np.flatnonzero(fold_of[groups] == k)) for k in range(n_folds))


def _cells(values: pd.Series, convert: object) -> pd.Series:
    """Return an object column with `convert` applied to what is there and None for what is not."""
    missing = values.map(lambda cell: cell is None or (isinstance(cell, float) and np.isnan(cell)) or cell is pd.NA)
    cells = [None if gone else convert(cell) for cell, gone in zip(values, missing, strict=True)]  # type: ignore[operator]
    return pd.Series(cells, dtype=object)
