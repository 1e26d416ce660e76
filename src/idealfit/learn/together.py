"""Whether the attributes together tell anything, where none of them is certain on its own.

The global test of Goeman et al. (2004): under the null hypothesis no attribute has any effect, under the alternative
all effects are drawn from one distribution with a spread above zero. The score statistic for that spread is a sum over
cells of their squared surplus of wins. Its distribution comes from permuting whole companies among those with deals in
the same spans of time, the same for all attributes, so that what attributes share is counted once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from idealfit.learn.encoding import Cells, Encoded

if TYPE_CHECKING:
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

DRAWS = 999
FIRST_LOOK = 99
CLOSE_CALL = 0.05  # a p above this after the first look is not looked at again (Besag & Clifford 1991)
AT_ONCE = 20_000_000  # cells of a table of draws held in memory at one time


def p_of_all(
    encoded: tuple[Encoded, ...],
    won: npt.NDArray[np.bool_],
    part: Ints,
    account: Ints,
    *,
    rng: np.random.Generator,
    draws: int = DRAWS,
) -> float:
    """Return the p-value of 'no attribute tells anything', against 'many tell a little'; 1 without attributes.

    Each attribute's statistic is put on the scale of its own draws (mean 0, standard deviation 1) and the scaled ones
    are added up, so that an attribute with many cells counts no more than one with two.

    >>> from idealfit.learn.history import Attribute
    >>> codes = np.array([0, 1] * 100, dtype=np.int32)
    >>> flag = Cells(Attribute("flag", "boolean", "firmographic"), codes, values=("yes", "no"))
    >>> one_span, rng = np.zeros(200, dtype=np.int64), np.random.default_rng(0)
    >>> p_of_all((flag,), codes == 0, one_span, np.arange(200), rng=rng) <= 0.001
    True
    """
    if not encoded:
        return 1.0
    base = np.bincount(part, weights=won) / np.maximum(np.bincount(part), 1)
    surplus = np.asarray(won - base[part], dtype=np.float64)
    kernels = [_kernel(source) for source in encoded]
    observed = _statistics(kernels, surplus[:, None])
    shuffled = _Shuffle(part, account)
    drawn = np.zeros((len(encoded), 0))
    for wanted in (FIRST_LOOK, draws - FIRST_LOOK):
        step = max(AT_ONCE // len(won), 1)
        for at in range(0, wanted, step):
            orders = [shuffled(rng) for _ in range(min(step, wanted - at))]
            drawn = np.concatenate([drawn, _statistics(kernels, surplus[np.stack(orders, axis=1)])], axis=1)
        every = np.concatenate([observed, drawn], axis=1)
        scale = every.std(1, keepdims=True)
        scaled = ((every - every.mean(1, keepdims=True)) / np.where(scale > 0, scale, np.inf)).sum(0)
        p = float((scaled[1:] >= scaled[0] - 1e-12).sum() + 1) / len(scaled)
        if p > CLOSE_CALL:
            break
    return p


def _kernel(source: Encoded) -> tuple[sparse.csr_matrix, Floats]:
    """Return rows x cells, and the square root of the prior covariance of the cells' effects."""
    if not isinstance(source, Cells):
        return source.holds.T.tocsr(), np.ones(0)
    known = np.flatnonzero(source.codes >= 0)
    cells = sparse.csr_matrix(
        (np.ones(len(known)), (source.codes[known], known)), shape=(source.size, len(source.codes))
    )
    if not source.ordered:
        return cells, np.ones(0)
    # A random walk over neighbouring bands: its effects are running sums of independent steps.
    steps = np.tril(np.ones((source.size, source.size)))[:, 1:]
    return cells, steps - np.asarray(cells.sum(1)).ravel() @ steps / max(len(known), 1)


def _statistics(kernels: list[tuple[sparse.csr_matrix, Floats]], surplus: Floats) -> Floats:
    """Return each attribute's statistic (attributes x draws) for each column of `surplus`."""
    found = []
    for cells, steps in kernels:
        by_cell = np.asarray(cells @ surplus)
        found.append(((steps.T @ by_cell if steps.size else by_cell) ** 2).sum(0))
    return np.stack(found)


class _Shuffle:
    """Rows by company, companies by the spans of time of their deals."""

    def __init__(self, part: Ints, account: Ints) -> None:
        order = np.lexsort((part, account))
        starts = np.flatnonzero(np.diff(account[order], prepend=account[order][0] - 1))
        alike: dict[bytes, list[Ints]] = {}
        for rows in np.split(order, starts[1:]):
            alike.setdefault(part[rows].tobytes(), []).append(rows)
        self._groups = [np.stack(companies) for companies in alike.values()]
        self._rows = len(part)

    def __call__(self, rng: np.random.Generator) -> Ints:
        """Return for each row the row whose outcome it gets."""
        order = np.empty(self._rows, dtype=np.int64)
        for companies in self._groups:
            order[companies] = companies[rng.permutation(len(companies))]
        return order
