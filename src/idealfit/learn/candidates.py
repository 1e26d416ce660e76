"""The tests an attribute offers: neighbouring cells, sets of values, single items; and what each would add.

Everything here works on sums over cells, never on rows, so a search over a thousand tests costs one pass over the data.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from idealfit.learn.encoding import MOST_VALUES_IN_A_SET, Cells, Encoded, Items

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.profile.document import Test

    Floats = npt.NDArray[np.float64]

RIDGE = 1.0
"""Weight of the zero-centred normal prior on a coefficient (in units of 1/variance of the log odds)."""


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


@dataclass(frozen=True)
class Gains:
    """What each test of one attribute would add to the log likelihood (as deviance).

    `tests` has a row per test (cells, or one item). `held_out` is each test's gain on parts that did not set its
    weight, `weight` the coefficient it would get. `worth` is one figure for the attribute: the gain on each part of the
    best test that the other parts chose, so an attribute with many tests to choose from gets nothing for the choosing.
    """

    tests: npt.NDArray[np.bool_]
    held_out: Floats
    weight: Floats
    worth: float


@dataclass(frozen=True)
class Binned:
    """One attribute over the parts of a history, ready to be summed again and again.

    For cells, `index` is the row's place in a parts x (cells + unknown) table and `n` that table of counts. For items,
    `masks` are the rows of each part, and `n` the rows that hold each item.
    """

    source: Encoded
    part: npt.NDArray[np.int64]
    parts: int
    n: Floats
    index: npt.NDArray[np.int64] | None = None

    @classmethod
    def of(cls, source: Encoded, part: npt.NDArray[np.int64], parts: int) -> Binned:
        """Return `source` binned by `part`."""
        if not isinstance(source, Cells):
            return cls(source, part, parts, np.asarray(source.holds.sum(0), dtype=np.float64).ravel())
        width = source.size + 1
        index = part * width + np.where(source.codes < 0, source.size, source.codes)
        n = np.bincount(index, minlength=parts * width).reshape(parts, width)
        return cls(source, part, parts, n.astype(np.float64), index)

    def sums(self, weights: Floats) -> tuple[Floats, Floats]:
        """Return the sums of `weights`: parts x cells (or items), and parts x 1 over the unknown rows."""
        if self.index is not None:
            flat = np.bincount(self.index, weights=weights, minlength=self.n.size)
            table = np.asarray(flat, dtype=np.float64).reshape(self.n.shape)
            return table[:, :-1], table[:, -1:]
        assert isinstance(self.source, Items)  # noqa: S101  only cells have an index
        by_part = sparse.csr_matrix((weights, (self.part, np.arange(len(weights)))), shape=(self.parts, len(weights)))
        unknown = np.bincount(self.part, weights=np.where(self.source.known, 0.0, weights), minlength=self.parts)
        return np.asarray((by_part @ self.source.holds).todense()), np.asarray(unknown[:, None], dtype=np.float64)

    @property
    def known(self) -> float:
        """How many rows are known."""
        return float(self.n[:, :-1].sum()) if self.index is not None else float(self.source.known.sum())  # type: ignore[union-attr]


def gains(binned: Binned, residual: Floats, variance: Floats) -> Gains:
    """Return for every test of an attribute one Newton step's gain in deviance on parts of the history held out.

    With residuals r and variances v of the current model, a test z centred by its v-weighted mean has the gradient
    g = sum r z and the curvature h = sum v z^2; one step is w = g / (h + ridge) and gains 2 w g - w^2 h. Held out:
    for each part the step is computed from the other parts and its gain counted on this one, so that a test which
    only shines in one part (one span of time) loses. Unknown rows stand at the share of known rows that say yes.
    """
    source, sums = binned.source, _Sums.of(binned, residual, variance)
    tests = tests_of(source, sums.effect()) if isinstance(source, Cells) else np.eye(len(source.names), dtype=bool)
    g, h = sums.slopes(tests)
    without_g, without_h = g.sum(0) - g, h.sum(0) - h
    step = without_g / (without_h + RIDGE)
    worth = 0.0
    for part in range(binned.parts):
        if isinstance(source, Cells) and not source.ordered:
            own_g, own_h = sums.slopes(tests_of(source, sums.effect(without=part)))
            other_g, other_h = own_g.sum(0) - own_g[part], own_h.sum(0) - own_h[part]
        else:
            own_g, own_h, other_g, other_h = g, h, without_g[part], without_h[part]
        chosen = int(np.argmax(other_g**2 / (other_h + RIDGE)))
        weight = other_g[chosen] / (other_h[chosen] + RIDGE)
        worth += float(2 * weight * own_g[part, chosen] - weight**2 * own_h[part, chosen])
    return Gains(
        tests=tests,
        held_out=(2 * step * g - step**2 * h).sum(0),
        weight=g.sum(0) / (h.sum(0) + RIDGE),
        worth=worth,
    )


@dataclass(frozen=True)
class _Sums:
    """Residuals and variances of one attribute by part: over its cells or items, over unknown rows, over all rows."""

    binned: Binned
    r: Floats
    v: Floats
    unknown_r: Floats
    unknown_v: Floats
    all_r: Floats
    all_v: Floats

    @classmethod
    def of(cls, binned: Binned, residual: Floats, variance: Floats) -> _Sums:
        (r, unknown_r), (v, unknown_v) = binned.sums(residual), binned.sums(variance)
        every = [np.bincount(binned.part, weights=w, minlength=binned.parts) for w in (residual, variance)]
        all_r, all_v = np.asarray(every, dtype=np.float64)[:, :, None]
        return cls(binned, r, v, unknown_r, unknown_v, all_r, all_v)

    def effect(self, without: int | None = None) -> Floats:
        """Return each cell's current effect, a shrunken step, from all parts or all but one."""
        rows = np.arange(len(self.r)) != (-1 if without is None else without)
        return np.asarray(self.r[rows].sum(0) / (self.v[rows].sum(0) + 4 * RIDGE))

    def slopes(self, tests: npt.NDArray[np.bool_]) -> tuple[Floats, Floats]:
        """Return gradient and curvature of each test in each part (parts x tests)."""
        if isinstance(self.binned.source, Cells):
            picks = tests.astype(np.float64).T
            yes_r, yes_v, yes_n = self.r @ picks, self.v @ picks, self.binned.n[:, :-1].sum(0) @ picks
        else:
            yes_r, yes_v, yes_n = self.r, self.v, self.binned.n
        share = yes_n / max(self.binned.known, 1)
        z_r, z_v = yes_r + share * self.unknown_r, yes_v + share * self.unknown_v
        zz_v = yes_v + share**2 * self.unknown_v
        centre = z_v.sum(0) / self.all_v.sum()
        return z_r - centre * self.all_r, zz_v - 2 * centre * z_v + centre**2 * self.all_v
