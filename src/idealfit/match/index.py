"""The nearest vectors among very many: faiss past `EXACT_UP_TO` companies, every vector below that.

Inverted lists over coarse centres, each vector kept as one byte per number (IVF with scalar quantisation); what a
filter allows goes in as a selector of ids, so a filtered search never comes back short. Under a filter that leaves few,
everything that is allowed is looked at, which is exact and quicker.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from idealfit.match.models import importable

if TYPE_CHECKING:
    from idealfit.match.ranking import Space

Rows: TypeAlias = npt.NDArray[np.int64]

EXACT_UP_TO = 250_000
FEW = 0.01
"""The share of companies that a filter leaves, below which all of them are looked at."""
TO_EACH_CENTRE = 40
"""Vectors that a centre is learned from."""
LOOKED_INTO = 64
"""Lists that a search looks into."""


def lists_for(count: int) -> int:
    """Return how many lists so many vectors are parted into.

    >>> lists_for(100), lists_for(1_000_000), lists_for(5_000_000)
    (2, 2000, 4472)
    """
    return max(1, min(int(2 * np.sqrt(count)), count // TO_EACH_CENTRE))


def trained(sample: Space, lists: int, *, seed: int = 0) -> Any:  # noqa: ANN401  faiss has no types
    """Return an empty index whose centres were learned from a sample; vectors are added in parts of any size."""
    faiss = importable("faiss")
    size = sample.shape[1]
    coarse = faiss.IndexFlatIP(size)
    index = faiss.IndexIVFScalarQuantizer(
        coarse, size, lists, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
    )
    index.cp.seed = seed + 1
    index.train(np.ascontiguousarray(sample, dtype=np.float32))
    return index


@dataclass(frozen=True)
class Filter:
    """Which rows may be found, made ready once for many searches: of five million, that takes longer than a search."""

    mask: npt.NDArray[np.bool_]
    bits: npt.NDArray[np.uint8]
    count: int


def filter_of(allowed: npt.NDArray[np.bool_]) -> Filter:
    """Return a filter that keeps the rows that are allowed."""
    return Filter(allowed, np.packbits(allowed, bitorder="little"), int(allowed.sum()))


def nearest(
    index: Any,  # noqa: ANN401
    vector: Space,
    most: int,
    *,
    allowed: Filter | None = None,
    looked_into: int = LOOKED_INTO,
) -> Rows:
    """Return the numbers of up to `most` vectors that are allowed, the nearest that the index can find first."""
    faiss = importable("faiss")
    options: dict[str, Any] = {"nprobe": min(looked_into, index.nlist)}
    if allowed is not None and allowed.count < len(allowed.mask):
        options["sel"] = faiss.IDSelectorBitmap(allowed.bits)
    _, found = index.search(
        np.ascontiguousarray(vector[None], dtype=np.float32), most, params=faiss.SearchParametersIVF(**options)
    )
    rows = np.asarray(found[0][found[0] >= 0], dtype=np.int64)
    there = index.ntotal if allowed is None else allowed.count
    if len(rows) < min(most, there) and options["nprobe"] < index.nlist:
        return nearest(index, vector, most, allowed=allowed, looked_into=index.nlist)
    return rows
