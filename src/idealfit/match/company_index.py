"""The index of a table's companies, kept on the disk and mapped: made once, and again only when much has changed.

It is a set of companies by what they say, not of rows: a table that is sorted another way, or loses some companies,
still finds its index. What is new is read beside it until it is more than `MOST_BESIDE` of the table, then added.
"""

from __future__ import annotations

import hashlib
import os
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from idealfit.match.index import FEW, TO_EACH_CENTRE, filter_of, lists_for, nearest, trained
from idealfit.match.models import importable
from idealfit.match.vector_files import clear_left_behind

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from idealfit.match.index import Filter, Rows
    from idealfit.match.ranking import Space

Mask = npt.NDArray[np.bool_]
CompanyKeys = npt.NDArray[np.uint64]

MOST_BESIDE = 0.01
"""The share of the companies that may be missing in the index and is read beside it."""
LEAST_USED = 0.5
"""The share of an index that a table uses, below which it gets one of its own."""
GROWN = 2
"""Times that an index may grow before its centres are learned anew."""
USUAL = 16_384
"""Companies, at even steps through the table, that tell what is usual."""
_AT_ONCE = 65_536


class Vectors(Protocol):
    """The vectors of all companies, of which some rows are read at a time, and a key of what each company says."""

    @property
    def keys(self) -> CompanyKeys:
        """Return the keys."""

    def __getitem__(self, rows: Rows) -> Space:
        """Return the vectors of some rows."""


@dataclass
class CompanyIndex:
    """The companies of one table in one space: the nearest of them to a vector, and what is usual among them."""

    faiss: Any
    vectors: Vectors
    place_of: npt.NDArray[np.int32]  # of each row in the index; -1 where it is not in there
    by_place: npt.NDArray[np.int32]  # rows in the order of their places
    starts: npt.NDArray[np.int64]  # where the rows of each place start in there
    beside: Rows  # rows with text that the index does not know
    beside_vectors: Space
    usual: Space
    _filter: tuple[Mask, Filter] | None = None

    def nearest(self, vector: Space, most: int, allowed: Mask) -> Rows:
        """Return up to `most` of the rows that are allowed, in the order of their cosine with `vector`."""
        if int(allowed.sum()) <= max(most, FEW * len(allowed)):
            rows = np.flatnonzero(allowed)
            near = [self.vectors[rows[at : at + _AT_ONCE]] @ vector for at in range(0, len(rows), _AT_ONCE)]
            return rows[np.lexsort((rows, -np.concatenate(near)))][:most] if len(rows) else rows
        places = nearest(self.faiss, vector, most, allowed=self._filter_of(allowed))
        rows = np.concatenate((self._rows_at(places, most, allowed), self._best_beside(vector, most, allowed)))
        return rows[np.lexsort((rows, -(self.vectors[rows] @ vector)))][:most]

    def standard(self, vector: Space, scores: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        """Return cosines with a vector as standard scores over the companies that tell what is usual."""
        usual = (self.usual @ vector).astype(np.float64)
        spread = float(usual.std()) if len(usual) else 0.0
        return np.zeros(len(scores)) if spread < 1e-9 else np.asarray((scores - usual.mean()) / spread)

    def _filter_of(self, allowed: Mask) -> Filter:
        """Return the filter of places; the same rows are often allowed again."""
        if self._filter is None or not np.array_equal(self._filter[0], allowed):
            places = np.zeros(self.faiss.ntotal, dtype=bool)
            places[self.place_of[allowed & (self.place_of >= 0)]] = True
            self._filter = allowed.copy(), filter_of(places)
        return self._filter[1]

    def _rows_at(self, places: Rows, most: int, allowed: Mask) -> Rows:
        """Return the rows that stand at some places: several where companies say the same."""
        found = [np.zeros(0, dtype=np.int64)]
        for place in places:
            rows = self.by_place[self.starts[place] : self.starts[place + 1]]
            found.append(rows[allowed[rows]][:most].astype(np.int64))
        return np.concatenate(found)

    def _best_beside(self, vector: Space, most: int, allowed: Mask) -> Rows:
        mine = np.flatnonzero(allowed[self.beside])
        near = self.beside_vectors[mine] @ vector
        return self.beside[mine[np.argsort(-near, kind="stable")[:most]]]


def company_index(
    folder: Path,
    vectors: Vectors,
    known: Mask,
    fingerprint: str,
    *,
    progress: Callable[[str, float], None],
) -> CompanyIndex:
    """Return the index of the companies that are known to say something, read from `folder` or made and kept there.

    `fingerprint` tells the model: an index of other vectors is never taken.
    """
    rows = np.flatnonzero(known)
    distinct, first, which = np.unique(vectors.keys[rows], return_index=True, return_inverse=True)
    first = rows[first]
    indexes = _Indexes(folder, fingerprint, vectors, progress)
    path = indexes.best(distinct)
    if path is None:
        path = indexes.made(np.sort(first))  # in the order of the table: so they are read
    else:
        new = np.sort(first[_places(path, distinct) < 0])
        if len(new) > MOST_BESIDE * len(distinct):
            path = indexes.grown(path, np.sort(first), new)
    place_of = np.full(len(known), -1, dtype=np.int32)
    place_of[rows] = _places(path, distinct)[which.ravel()]
    index = _opened(path)
    by_place = np.argsort(place_of, kind="stable").astype(np.int32)
    starts = np.searchsorted(place_of[by_place], np.arange(index.ntotal + 1))
    beside = rows[place_of[rows] < 0]
    usual = rows[np.linspace(0, len(rows) - 1, min(USUAL, len(rows))).astype(np.int64)]
    return CompanyIndex(index, vectors, place_of, by_place, starts, beside, vectors[beside], vectors[usual])


@dataclass(frozen=True)
class _Indexes:
    """The indexes in a folder, and the vectors that one of them is looked for or made of."""

    folder: Path
    fingerprint: str
    vectors: Vectors
    progress: Callable[[str, float], None]

    @property
    def _name(self) -> str:
        return hashlib.blake2b(f"companies|{self.fingerprint}".encode(), digest_size=8).hexdigest()

    def best(self, wanted: CompanyKeys) -> Path | None:
        """Return the index that knows most of the companies wanted: at least half, and half of it is wanted."""
        best, most = None, 0
        for path in sorted(self.folder.glob(f"{self._name}-*.npz")):
            shared = int((_places(path, wanted) >= 0).sum())
            index = _opened(path) if shared > most and shared >= LEAST_USED * len(wanted) else None
            if index is not None and shared >= LEAST_USED * index.ntotal:
                best, most = path, shared
        return best

    def made(self, rows: Rows) -> Path:
        """Make an index of the vectors of these rows; the same for the same vectors."""
        lists = lists_for(len(rows))
        few = np.random.default_rng(0).choice(len(rows), min(len(rows), lists * TO_EACH_CENTRE), replace=False)
        self.progress(f"learning {lists:,} centres of the index", 0.0)
        index = trained(self.vectors[rows[np.sort(few)]], lists)
        self._add(index, rows)
        return self._written(self.vectors.keys[rows], index, len(rows))

    def grown(self, path: Path, rows: Rows, new: Rows) -> Path:
        """Put new rows into an index; one that has grown much is made anew, of all rows."""
        with np.load(path, allow_pickle=False) as about:
            keys, places, learned_from = about["keys"], about["places"], int(about["learned_from"])
        if len(keys) + len(new) > GROWN * learned_from:
            return self.made(rows)
        index = importable("faiss").read_index(str(path.with_suffix(".faiss")))
        self._add(index, new)
        grown = self._written(np.concatenate((keys[np.argsort(places)], self.vectors.keys[new])), index, learned_from)
        for old in (path, path.with_suffix(".faiss")):
            with suppress(OSError):  # somebody has it open, on Windows
                old.unlink(missing_ok=True)
        return grown

    def _add(self, index: Any, rows: Rows) -> None:  # noqa: ANN401
        """Put rows into an index, whose lists get just the room they need; left to grow, they take half again."""
        faiss = importable("faiss")
        blocks = [rows[start : start + _AT_ONCE] for start in range(0, len(rows), _AT_ONCE)]
        lists = []
        for number, block in enumerate(blocks):
            lists.append(index.quantizer.search(self.vectors[block], 1)[1].ravel())
            self.progress(f"indexing {len(rows):,} companies", 0.8 * (number + 1) / len(blocks))
        room = faiss.downcast_InvertedLists(index.invlists)
        for number, more in enumerate(np.bincount(np.concatenate(lists), minlength=index.nlist)):
            before = room.list_size(number)
            room.resize(number, before + int(more))
            room.resize(number, before)
        for number, (block, of_block) in enumerate(zip(blocks, lists, strict=True)):
            vectors = np.ascontiguousarray(self.vectors[block])
            index.add_core(len(block), faiss.swig_ptr(vectors), None, faiss.swig_ptr(of_block))
            self.progress(f"indexing {len(rows):,} companies", 0.8 + 0.2 * (number + 1) / len(blocks))

    def _written(self, keys: CompanyKeys, index: Any, learned_from: int) -> Path:  # noqa: ANN401
        """Write an index, and the keys of its places in their order, aside and rename them, the keys last."""
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / f"{self._name}-{hashlib.blake2b(keys.tobytes(), digest_size=16).hexdigest()}.npz"
        aside = path.with_name(f".{path.stem}.{os.getpid()}.new.npz")
        try:
            importable("faiss").write_index(index, str(aside))
            aside.replace(path.with_suffix(".faiss"))
            places = np.argsort(keys, kind="stable")
            size = path.with_suffix(".faiss").stat().st_size
            np.savez(aside, keys=keys[places], places=places.astype(np.int32), learned_from=learned_from, size=size)
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
        clear_left_behind(self.folder)
        return path


def _places(path: Path, wanted: CompanyKeys) -> npt.NDArray[np.int32]:
    """Return where an index has the companies wanted, -1 where it has not; all are -1 where it cannot be read."""
    try:
        with np.load(path, allow_pickle=False) as about:
            keys, places = about["keys"], about["places"]
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return np.full(len(wanted), -1, dtype=np.int32)
    at = np.searchsorted(keys, wanted)
    at[at == len(keys)] = 0
    return np.where(keys[at] == wanted, places[at], np.int32(-1))


def _opened(path: Path) -> Any:  # noqa: ANN401
    """Return an index whose lists are mapped: a search reads those that it looks into. None if it cannot be read."""
    faiss = importable("faiss")
    own = path.with_suffix(".faiss")
    try:
        with np.load(path, allow_pickle=False) as about:
            whole = int(about["size"]) == own.stat().st_size  # to read past the end of a mapped file ends the program
        index = faiss.read_index(str(own), faiss.IO_FLAG_MMAP) if whole else None
    except (OSError, ValueError, KeyError, RuntimeError, zipfile.BadZipFile):
        return None
    if index is not None:
        lists = faiss.downcast_InvertedLists(index.invlists)
        if hasattr(lists, "prefetch_nthread"):
            lists.prefetch_nthread = 0  # to start threads takes longer than a search
    return index
