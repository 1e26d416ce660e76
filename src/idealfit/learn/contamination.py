"""What in the data would flatter or mislead what is learned from it, and the history without it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import Mistake, TooLittleDataError
from idealfit.learn.circumstances import circumstances
from idealfit.learn.doubtful_rows import doubtful_rows, identical_inputs
from idealfit.learn.history import rows_of
from idealfit.learn.of_the_day import facts_of_the_day
from idealfit.learn.post_outcome import knowing_columns
from idealfit.learn.suspicion import Suspicion, percent, sides
from idealfit.profile.document import Excluded
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import numpy.typing as npt

    from idealfit.learn.history import History

__all__ = ["Suspicion", "cleaned", "examine", "identical_inputs", "without_attributes"]


def examine(past: History, *, own_domains: Collection[str] = (), seed: int = 0) -> tuple[Suspicion, ...]:
    """Return every suspicion about `past`, rows first; see `cleaned`."""
    return cleaned(past, own_domains=own_domains, seed=seed)[1]


def cleaned(
    past: History, *, own_domains: Collection[str] = (), seed: int = 0
) -> tuple[History, tuple[Suspicion, ...]]:
    """Return `past` without what certainly contaminates it, and every suspicion with its evidence.

    Certain ones leave: rows through the funnel (`rows`), columns into `excluded`. The others become `warnings`.
    Columns are judged on the rows that stay. `own_domains` are the seller's own, whose records are tests. `seed` is for
    the permutation test of owners.
    """
    rows = list(doubtful_rows(past, own_domains))
    left = np.ones(len(past.won), dtype=bool)
    counts = []
    for doubt, where in rows:
        if doubt.certain:
            before = int(left.sum())
            left &= ~where
            counts.append(RowCount(doubt.kind, before, int(left.sum()), doubt.evidence))
    _refuse_nothing_left(past, left, counts)
    kept = rows_of(past, left)
    columns = [*knowing_columns(kept), *facts_of_the_day(kept)]
    leaving = {s.column for s in columns if s.certain}
    kept = without_attributes(kept, leaving)
    found = (*(doubt for doubt, _ in rows), *columns, *circumstances(kept, seed), *_copies(kept))
    kept = replace(
        kept,
        rows=(*kept.rows, *counts),
        excluded=(*kept.excluded, *(Excluded(column=s.column, reason=s.evidence) for s in columns if s.certain)),
        warnings=(*kept.warnings, *(str(s) for s in found if not s.certain)),
    )
    return kept, found


def _refuse_nothing_left(past: History, left: npt.NDArray[np.bool_], counts: list[RowCount]) -> None:
    """Raise `TooLittleDataError` if what was taken out was all there was of one outcome."""
    emptied = [
        f"no {name}"
        for name, side in zip(sides(past), (past.won, ~past.won), strict=True)
        if side.any() and not (side & left).any()
    ]
    if emptied:
        why = " ".join(f"{c.step}: {c.reason}" for c in counts).removesuffix(".")  # a mistake ends with its own
        raise TooLittleDataError(
            Mistake(
                f"{' and '.join(emptied)} are left to learn from: {why}",
                next_step="Check that these columns mean what they were taken for, or --ignore them.",
            )
        )


def without_attributes(past: History, names: Collection[str]) -> History:
    """Return `past` without the attributes in `names`."""
    facts = past.facts.drop(columns=[n for n in past.facts.columns if n in names])
    still_open = None if past.open is None else replace(past.open, facts=past.open.facts[facts.columns])
    attributes = tuple(a for a in past.attributes if a.name not in names)
    return replace(past, facts=facts, attributes=attributes, open=still_open)


def _copies(past: History) -> Iterator[Suspicion]:
    """Say how many rows have the same facts as another."""
    codes = identical_inputs(past)
    repeated = np.bincount(codes)[codes] > 1 if len(codes) else codes > 0
    if len(past.facts.columns) >= 3 and repeated.mean() >= 0.05:
        evidence = f"{percent(int(repeated.sum()), len(codes))} of rows have the same facts as another row."
        done = "Kept together whenever rows are set aside, so that no copy is judged by its twin."
        yield Suspicion("identical inputs", "", False, evidence, done, int(repeated.sum()))
