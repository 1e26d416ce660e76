"""The tests an attribute offers: neighbouring cells, sets of values, single items."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.encoding import MOST_VALUES_IN_A_SET, Cells, Encoded

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.profile.document import Test

    Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Line:
    """One test of one encoded attribute. `place` is the attribute's position; `parts` are cells, or one item."""

    place: int
    parts: tuple[int, ...]

    def states(self, encoded: tuple[Encoded, ...]) -> npt.NDArray[np.int8]:
        """Return one answer per row: 0 no, 1 yes, 2 unknown."""
        source = encoded[self.place]
        if isinstance(source, Cells):
            answers = np.zeros(source.size + 1, dtype=np.int8)
            answers[list(self.parts)] = 1
            answers[-1] = 2  # code -1
            return answers[source.codes]
        column = np.zeros(len(source.known), dtype=np.int8)
        column[source.holds[:, [self.parts[0]]].nonzero()[0]] = 1
        column[~source.known] = 2
        return column

    def test(self, encoded: tuple[Encoded, ...]) -> Test:
        """Return the test as the profile file spells it."""
        source = encoded[self.place]
        return source.test(self.parts) if isinstance(source, Cells) else source.test(self.parts[0])


@lru_cache(maxsize=64)
def neighbours(size: int) -> npt.NDArray[np.bool_]:
    """Return every run of neighbouring cells but the whole, one row each, one column per cell.

    >>> neighbours(3).astype(int)
    array([[1, 0, 0],
           [1, 1, 0],
           [0, 1, 0],
           [0, 1, 1],
           [0, 0, 1]])
    """
    runs = [(i, j) for i in range(size) for j in range(i + 1, size + 1) if j - i < size]
    table = np.zeros((len(runs), size), dtype=bool)
    for row, (i, j) in enumerate(runs):
        table[row, i:j] = True
    return table


def one_sided(size: int) -> npt.NDArray[np.bool_]:
    """Return the runs that start at the first cell or end at the last: what a date test can say is the first kind."""
    table = neighbours(size)
    return table[table[:, 0] | table[:, -1]]


def sets_by_effect(effect: Floats, named: int) -> npt.NDArray[np.bool_]:
    """Return each single value, and the k best and k worst values together, k up to `MOST_VALUES_IN_A_SET`.

    Among all sets of values the best split lies among those that are prefixes in the order of their effect
    (Fisher 1958; Breiman et al. 1984, section 4.2.2), so no other sets need a look. The unnamed rest is in none.
    """
    order = np.argsort(-effect[:named], kind="stable")
    most = min(MOST_VALUES_IN_A_SET, named - 1)
    rows = [np.eye(len(effect), dtype=bool)[:named]]
    for chosen in (order, order[::-1]):
        table = np.zeros((max(most - 1, 0), len(effect)), dtype=bool)
        for k in range(2, most + 1):
            table[k - 2, chosen[:k]] = True
        rows.append(table)
    return np.concatenate(rows)


def tests_of(cells: Cells, effect: Floats) -> npt.NDArray[np.bool_]:
    """Return the tests that `cells` offers, one row per test, one column per cell, given each cell's current effect."""
    if cells.attribute.kind == "number":
        return neighbours(cells.size)
    if cells.attribute.kind == "date":
        return one_sided(cells.size)
    return sets_by_effect(effect, len(cells.values))
