"""Which rows of a history meet a test, as it was known when their deals were opened."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.profile.cells import folded

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.profile.document import Test

NO, YES, UNKNOWN = 0, 1, 2


def meeting(facts: pd.DataFrame, attribute: str, test: Test) -> npt.NDArray[np.int8]:
    """Return 1 where a row meets the test, 0 where it does not, 2 where that is not known (no such column: nowhere).

    >>> from idealfit.profile.document import Test
    >>> facts = pd.DataFrame({"employees": [40.0, 90.0, float("nan")]})
    >>> meeting(facts, "employees", Test(at_least=50)).tolist()
    [0, 1, 2]
    """
    if attribute not in facts.columns:
        return np.full(len(facts), UNKNOWN, dtype=np.int8)
    column = facts[attribute]
    if column.dtype.kind == "f":
        values = column.to_numpy()
        known, met = ~np.isnan(values), _number_meets(values, test)
    else:
        cells = [None if isinstance(cell, float) else cell for cell in column]  # NaN, where there are words
        known = np.array([cell is not None for cell in cells], dtype=bool)
        met = np.array([cell is not None and _cell_meets(cell, test) for cell in cells], dtype=bool)
    return np.where(known, np.where(met, YES, NO), UNKNOWN).astype(np.int8)


def _number_meets(values: npt.NDArray[np.float64], test: Test) -> npt.NDArray[np.bool_]:
    condition = test.condition
    value = getattr(test, "is_" if condition == "is" else condition)
    with np.errstate(invalid="ignore"):
        if condition in ("at_least", "older_than_days"):
            return np.asarray(values >= value if condition == "at_least" else values > value)
        if condition in ("below", "within_days"):
            return np.asarray(values < value if condition == "below" else values <= value)
        if condition == "between":
            return np.asarray((values >= value[0]) & (values < value[1]))
        among = np.isin(values, [float(v) for v in (value if isinstance(value, tuple) else (value,)) if _is_number(v)])
        return np.asarray(~among if condition in ("is_not", "none_of") else among)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) or bool(re.fullmatch(r"-?\d+(\.\d+)?", str(value)))


def _cell_meets(cell: object, test: Test) -> bool:
    condition = test.condition
    value = getattr(test, "is_" if condition == "is" else condition)
    wanted = {folded(_word(v)) for v in (value if isinstance(value, tuple) else (value,))}
    held = {folded(str(item)) for item in cell} if isinstance(cell, tuple) else {folded(str(cell))}
    if condition in ("is", "one_of", "has", "has_any"):
        return bool(held & wanted)
    if condition in ("is_not", "none_of", "lacks"):
        return not held & wanted
    if condition == "mentions":
        return any(re.search(rf"\b{re.escape(word)}\b", text) for word in wanted for text in held)
    return False


def _word(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)
