"""The nearest vectors among very many: faiss past `EXACT_UP_TO` companies, every vector below that.

Inverted lists over coarse centres, each vector kept as one byte per number (IVF with scalar quantisation); what a
filter allows goes in as a selector of ids, so a filtered search never comes back short. Under a filter that leaves few,
everything that is allowed is looked at, which is exact and quicker.
"""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

from idealfit.match.models import importable

if TYPE_CHECKING:
    from pathlib import Path

    from idealfit.match.ranking import Space

Rows: TypeAlias = npt.NDArray[np.int64]

EXACT_UP_TO = 250_000
FEW = 0.01
"""The share of companies that a filter leaves, below which all of them are looked at."""
TO_EACH_CENTRE = 40
"""Vectors that a centre is learned from."""
LOOKED_INTO = 64
"""Lists that a search looks into."""


def built(vectors: Space, *, seed: int = 0, centres: int | None = None) -> Any:  # noqa: ANN401  faiss has no types
    """Return an index of vectors of length one, by their cosine; the same for the same vectors and seed."""
    count = len(vectors)
    lists = centres or lists_for(count)
    few = np.random.default_rng(seed).choice(count, min(count, lists * TO_EACH_CENTRE), replace=False)
    index = trained(vectors[np.sort(few)], lists, seed=seed)
    for start in range(0, count, EXACT_UP_TO):
        index.add(np.ascontiguousarray(vectors[start : start + EXACT_UP_TO], dtype=np.float32))
    return index


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
    vectors: Space | None = None,
    allowed: Filter | npt.NDArray[np.bool_] | None = None,
    looked_into: int = LOOKED_INTO,
) -> Rows:
    """Return up to `most` rows in the order of their cosine with `vector`, among those that are allowed.

    With `vectors`, the rows that the index finds are put in their exact order.
    """
    faiss = importable("faiss")
    if isinstance(allowed, np.ndarray):
        allowed = filter_of(allowed)
    if allowed is not None and vectors is not None and allowed.count <= max(most, FEW * len(allowed.mask)):
        rows = np.flatnonzero(allowed.mask)
        return rows[np.lexsort((rows, -(vectors[rows] @ vector)))][:most]
    options: dict[str, Any] = {"nprobe": min(looked_into, index.nlist)}
    if allowed is not None:
        options["sel"] = faiss.IDSelectorBitmap(allowed.bits)
    _, found = index.search(
        np.ascontiguousarray(vector[None], dtype=np.float32), most, params=faiss.SearchParametersIVF(**options)
    )
    rows = np.asarray(found[0][found[0] >= 0], dtype=np.int64)
    if allowed is not None and len(rows) < min(most, allowed.count) and options["nprobe"] < index.nlist:
        return nearest(index, vector, most, vectors=vectors, allowed=allowed, looked_into=index.nlist)
    if vectors is not None:
        rows = rows[np.lexsort((rows, -(vectors[rows] @ vector)))]
    return rows


def kept(folder: Path, vectors: Space, fingerprint: str) -> Any:  # noqa: ANN401
    """Return the index of these vectors, read from `folder` where it was built before; written aside and renamed."""
    faiss = importable("faiss")
    digest = hashlib.blake2b(f"{fingerprint}|{vectors.shape}".encode(), digest_size=16)
    for start in range(0, len(vectors), EXACT_UP_TO):
        digest.update(vectors[start : start + EXACT_UP_TO].tobytes())
    path = folder / f"{digest.hexdigest()}.faiss"
    if path.is_file():
        try:
            return faiss.read_index(str(path))
        except RuntimeError:  # it was cut off by something: built anew
            path.unlink(missing_ok=True)
    index = built(vectors)
    folder.mkdir(parents=True, exist_ok=True)
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        faiss.write_index(index, str(aside))
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
    return index
