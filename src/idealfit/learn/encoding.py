"""Attributes as small whole numbers, so that every later step counts cells instead of reading rows again.

A number, a date or a category becomes one code per row (`Cells`); a list or a text becomes one column of zeros and
ones per item (`Items`). -1 is unknown, and stays outside every test.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import sparse

from idealfit.profile.cells import folded, words_with_gaps
from idealfit.profile.document import Test

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import numpy.typing as npt

    from idealfit.learn.history import Attribute

MOST_BINS = 20
MOST_VALUES = 200
MOST_ITEMS = 300
MOST_VALUES_IN_A_SET = 8
RECENCY_DAYS = (7, 14, 30, 60, 90, 120, 180, 270, 365, 540, 730, 1095, 1460, 1825, 2555, 3650)


@dataclass(frozen=True)
class Cells:
    """One attribute, one code per row: the index of its cell, or -1 where it is unknown.

    `edges` (numbers, dates) are the inner cut points: cell i of a number holds ``edges[i-1] <= x < edges[i]``, of a
    date ``edges[i-1] < days <= edges[i]``. `values` (categories) are the spellings most used; a code equal to
    ``len(values)`` holds the rare rest, which no test can name.
    """

    attribute: Attribute
    codes: npt.NDArray[np.int32]
    edges: tuple[float, ...] = ()
    values: tuple[str, ...] = ()

    @property
    def ordered(self) -> bool:
        """Whether cells follow each other, so that a test holds neighbours only."""
        return self.attribute.kind in ("number", "date")

    @property
    def size(self) -> int:
        """Number of cells, without the unknown."""
        return len(self.edges) + 1 if self.ordered else len(self.values) + 1

    def test(self, cells: Sequence[int]) -> Test:
        """Return the test that says yes on just these cells.

        >>> from idealfit.learn.history import Attribute
        >>> c = Cells(Attribute("employees", "number", "firmographic"), np.array([0]), edges=(50.0, 250.0))
        >>> c.test([1]).between
        (50.0, 250.0)
        >>> c.test([1, 2]).at_least
        50.0
        """
        if not self.ordered:
            names = tuple(self.values[i] for i in cells)
            return Test(is_=names[0]) if len(names) == 1 else Test(one_of=names)
        first, last = min(cells), max(cells)
        if self.attribute.kind == "date":
            return (
                Test(within_days=int(self.edges[last]))
                if first == 0
                else Test(older_than_days=int(self.edges[first - 1]))
            )
        if first == 0:
            return Test(below=self.edges[last])
        if last == len(self.edges):
            return Test(at_least=self.edges[first - 1])
        return Test(between=(self.edges[first - 1], self.edges[last]))


@dataclass(frozen=True)
class Items:
    """One list or text attribute: which rows hold which item. Rows not `known` are zero everywhere."""

    attribute: Attribute
    names: tuple[str, ...]
    holds: sparse.csr_matrix  # rows x items, of ones
    known: npt.NDArray[np.bool_]

    def test(self, item: int) -> Test:
        """Return the test for one item: ``has`` for lists, ``mentions`` for texts."""
        name = self.names[item]
        return Test(has=name) if self.attribute.kind == "list" else Test(mentions=name)


Encoded = Cells | Items


def encoded(facts: pd.DataFrame, attributes: Iterable[Attribute], smallest: int) -> tuple[Encoded, ...]:
    """Return each attribute as codes; cells, values and items with fewer than `smallest` rows are not told apart.

    An attribute without two cells to compare is left out.
    """
    found: list[Encoded] = []
    for attribute in attributes:
        column = facts[attribute.name]
        if attribute.kind in ("number", "date"):
            cells = _ordered(attribute, column.to_numpy(dtype=np.float64, na_value=np.nan), smallest)
        elif attribute.kind in ("category", "boolean"):
            cells = _named(attribute, column, smallest)
        else:
            items = _items(attribute, column, smallest)
            found += [items] if items.names else []
            continue
        if cells is not None:
            found.append(cells)
    return tuple(found)


def _ordered(attribute: Attribute, x: npt.NDArray[np.float64], smallest: int) -> Cells | None:
    known = x[np.isfinite(x)]
    if len(known) < 2 * smallest:
        return None
    if attribute.kind == "date":
        inside = [d for d in RECENCY_DAYS if smallest <= (known <= d).sum() <= len(known) - smallest]
        edges = np.array(inside, dtype=np.float64)
    else:
        edges = cut_points(known, smallest)
    if len(edges) == 0:
        return None
    codes = np.searchsorted(edges, x, side="left" if attribute.kind == "date" else "right").astype(np.int32)
    codes[~np.isfinite(x)] = -1
    return Cells(attribute, codes, edges=tuple(float(e) for e in edges))


def cut_points(known: npt.NDArray[np.float64], smallest: int) -> npt.NDArray[np.float64]:
    """Return up to `MOST_BINS` - 1 cut points near the quantiles, rounded to numbers that a person would choose.

    Each stands at least one rounding unit from the next; a unit is 1, 2 or 5 times a power of ten, no wider than half
    the gap between the neighbouring quantiles.

    >>> cut_points(np.arange(1000.0), 10)[:3]
    array([ 40., 100., 140.])
    """
    unique = np.unique(known)
    if len(unique) <= MOST_BINS:
        edges = unique[1:]
    else:
        at = np.quantile(known, np.linspace(0, 1, MOST_BINS + 1)[1:-1])
        around = np.quantile(known, np.linspace(0, 1, MOST_BINS + 1))
        edges = np.array(
            [_rounded(q, (high - low) / 2) for q, low, high in zip(at, around[:-2], around[2:], strict=True)]
        )
        edges = np.unique(edges)
    counts = np.searchsorted(np.sort(known), edges)
    return edges[(counts >= smallest) & (counts <= len(known) - smallest)]


def _rounded(x: float, gap: float) -> float:
    if gap <= 0:
        return x
    power = 10.0 ** np.floor(np.log10(gap / 2))
    unit = max(u for u in (power, 2 * power, 5 * power) if u <= gap / 2)
    return float(np.round(np.round(x / unit) * unit, 10))


def _named(attribute: Attribute, column: pd.Series, smallest: int) -> Cells | None:
    raw, spellings = column.factorize()
    keys = np.array([folded(str(s)) for s in spellings], dtype=object)
    key_of_spelling = np.unique(keys, return_inverse=True)[1] if len(keys) else np.zeros(0, dtype=np.int64)
    uses = np.bincount(raw[raw >= 0], minlength=len(spellings))
    n_keys = int(key_of_spelling.max()) + 1 if len(keys) else 0
    rows = np.bincount(key_of_spelling, weights=uses, minlength=n_keys)
    kept = [k for k in np.argsort(-rows, kind="stable")[:MOST_VALUES] if rows[k] >= smallest]
    if not kept:
        return None
    code_of_key = np.full(n_keys, len(kept), dtype=np.int32)
    code_of_key[kept] = np.arange(len(kept))
    most_used = {k: spellings[int(max(np.flatnonzero(key_of_spelling == k), key=lambda i: uses[i]))] for k in kept}
    codes = np.where(raw >= 0, code_of_key[key_of_spelling[raw]], -1).astype(np.int32)
    if len(np.unique(codes[codes >= 0])) < 2:
        return None
    return Cells(attribute, codes, values=tuple(str(most_used[k]).strip() for k in kept))


def _items(attribute: Attribute, column: pd.Series, smallest: int) -> Items:
    known = np.array([not _empty(cell) for cell in column], dtype=bool)
    cells = column[known]
    if attribute.kind == "text":
        cells = cells.map(lambda text: tuple(_words(text)))
    row = np.repeat(np.flatnonzero(known), cells.map(len).to_numpy(dtype=np.int64))
    code, spellings = pd.factorize(np.array([item for cell in cells for item in cell], dtype=object))
    key_of_spelling, keys = pd.factorize(np.array([folded(str(s)) for s in spellings], dtype=object))
    held = sparse.csr_matrix((np.ones(len(row)), (row, key_of_spelling[code])), shape=(len(column), len(keys)))
    held.data[:] = 1.0  # the same item twice in one cell is there once
    rows = np.asarray(held.sum(0)).ravel()
    order = np.lexsort((np.arange(len(keys)), -rows))
    kept = [k for k in order if smallest <= rows[k] <= known.sum() - smallest and keys[k]][:MOST_ITEMS]
    first = {int(k): str(spellings[i]).strip() for i, k in reversed(list(enumerate(key_of_spelling)))}
    return Items(attribute, tuple(first[int(k)] for k in kept), held[:, kept], known)


def _empty(cell: object) -> bool:
    """Tell whether a list or text holds nothing, which is unknown, as it is in scoring."""
    return not (cell.strip() if isinstance(cell, str) else isinstance(cell, tuple) and cell)


STOP_WORDS = frozenset(
    "a an and are as at be by for from has have he her his i in is it its of on or our she that the their them they "
    "this to was we were will with you your not no but if so than then there these those into about over more all any "
    "can do does how what when where which who why us up out".split()
)


MOST_WORDS = 20_000
JOINTS = (" ", "-", "'", "\u2019")  # two words with just one of these between them can be a phrase


def _words(text: str) -> set[str]:
    """Return words and pairs of neighbouring words that are no stop words, each as `mentions` would find it again.

    >>> sorted(_words("An e-commerce shop. Driven by the data team"))
    ['commerce', 'commerce shop', 'data', 'data team', 'driven', 'e-commerce', 'shop', 'team']
    """
    words, gaps = words_with_gaps(str(text), MOST_WORDS)
    single = {w for w in words if w not in STOP_WORDS and len(w) > 2}
    double = {
        a + gap + b
        for (a, b), gap in zip(pairwise(words), gaps, strict=True)
        if gap in JOINTS and a not in STOP_WORDS and b not in STOP_WORDS
    }
    return single | double


def rows_of(encoded: tuple[Encoded, ...], rows: npt.NDArray[np.bool_]) -> tuple[Encoded, ...]:
    """Return the same attributes, cut the same way, with only these rows."""
    return tuple(
        replace(e, codes=e.codes[rows])
        if isinstance(e, Cells)
        else replace(e, holds=e.holds[rows], known=e.known[rows])
        for e in encoded
    )
