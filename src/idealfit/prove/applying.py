"""A learned profile applied to the facts of a history: the bridge from learning back to scoring."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import ibis
import numpy as np
import pyarrow as pa

from idealfit.engine import connect
from idealfit.score.answers import answer_name, answered, cells, tests_of, truths
from idealfit.score.scoring import score

if TYPE_CHECKING:
    from collections.abc import Iterable

    import ibis.expr.types as ir
    import numpy.typing as npt
    import pandas as pd

    from idealfit.learn.history import History
    from idealfit.profile.document import Profile
    from idealfit.tables import Kind


def scores_of(profile: Profile, history: History, as_of: date) -> pd.DataFrame:
    """Return the scores of each row of `history`, in its order: the columns of `tables.SCORES`, RangeIndex.

    Dates among the facts are days before a deal was opened; they are put as many days before `as_of`, so that a
    test of recency answers as it would have on the day of opening.
    """
    table, row_id = _table(history, as_of)
    return _in_order(score(profile, table, id_column=row_id, as_of=as_of))


def answers_of(profile: Profile, history: History, as_of: date) -> npt.NDArray[np.int64]:
    """Return how each row of `history` answers each test: 0 for no, 1 for yes, 2 for unknown (see `score.answers`).

    Of shape (rows, tests), the tests in the order of `tests_of`; days as for `scores_of`.
    """
    table, row_id = _table(history, as_of)
    asked = answered(truths(profile, table.schema(), cells(profile, table, row_id, as_of), as_of))
    found = _in_order(asked)
    names = [answer_name(position) for position in range(len(tests_of(profile)))]
    return np.asarray(found[names].to_numpy(), dtype=np.int64)


def _table(history: History, as_of: date) -> tuple[ir.Table, str]:
    """Return the facts of `history` as a table of companies, and the column of its row numbers."""
    if not len(history.won):
        raise ValueError("a history without rows has no scores")
    row_id = _free_name(history)
    columns = {a.name: _cells(history.facts[a.name], a.kind, as_of) for a in history.attributes}
    rows = pa.table({row_id: pa.array([str(i) for i in range(len(history.won))]), **columns})
    return ibis.memtable(rows), row_id


def _in_order(rows: ir.Table) -> pd.DataFrame:
    """Return what an engine makes of the rows of a history, in their order."""
    found: pd.DataFrame = connect().to_pandas(rows)
    return found.iloc[np.argsort(found["id"].astype(np.int64).to_numpy())].reset_index(drop=True)


def _free_name(history: History) -> str:
    """Return a heading for the row numbers that no attribute has."""
    taken = {a.name.lower() for a in history.attributes}
    return next(name for name in ("row" + "_" * i for i in range(len(taken) + 1)) if name not in taken)


def _cells(values: pd.Series, kind: Kind, as_of: date) -> pa.Array:
    """Return one column of facts as an engine takes it, unknown as NULL."""
    if kind == "number":
        return pa.array(_known_numbers(values), type=pa.float64())
    if kind == "date":
        return pa.array((None if x is None else _day(as_of, x) for x in _known_numbers(values)), type=pa.date32())
    if kind == "list":
        return pa.array([list(v) if isinstance(v, tuple) else None for v in values], type=pa.list_(pa.string()))
    return pa.array([v if isinstance(v, str) else None for v in values], type=pa.string())


def _day(as_of: date, days_before: float) -> date:
    """Return the day so many days before `as_of`, kept within the calendar."""
    return date.fromordinal(min(max(as_of.toordinal() - round(days_before), 1), date.max.toordinal()))


def _known_numbers(values: pd.Series) -> Iterable[float | None]:
    numbers = values.to_numpy(dtype=np.float64)
    return [None if np.isnan(x) else float(x) for x in numbers]
