"""The files of one model's vectors: written in small parts, joined into large ones, read row by row.

A part (``.npz``) holds the vectors of a few thousand texts and their keys. Many parts are joined into one large file of
vectors, in the order in which they came, with the places of the sorted keys beside it; the large one is mapped, not
read, so that only the rows asked for come into memory. A file is only joined with others that together are at least
half its size, so each vector is written a few times at most. All is written aside and renamed, the keys last: whoever
is killed leaves nothing half done, and files of two runs at once never spoil each other.
"""

from __future__ import annotations

import hashlib
import io
import os
import time
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from pathlib import Path

    from idealfit.match.encoder import Vectors

Keys: TypeAlias = npt.NDArray[np.bytes_]
Places: TypeAlias = npt.NDArray[np.int64]

KEY = np.dtype("S16")  # compared as bytes; of one width, so nothing is lost where they end in zeros
PARTS_BEFORE_JOINING = 64
LARGE = 200_000_000
"""Bytes in small parts, which are read as a whole, beyond which they are joined."""
_ROW = np.dtype([("head", "<u8"), ("tail", "<u8"), ("place", "<i8")])
_AT_ONCE = 65_536
_LOOKED_UP_AT_ONCE = 1_000_000
_LEFT_BEHIND = 86_400  # seconds, after which an unfinished file belongs to nobody


@dataclass(frozen=True)
class _File:
    heads: npt.NDArray[np.uint64]  # the first half of each key, ascending: quicker to look up than bytes
    rows: npt.NDArray[Any]  # of `_ROW`, in the same order
    vectors: Vectors


class VectorFiles:
    """The vectors in a folder, or in memory alone where there is none."""

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder
        self._files: list[_File] = []
        self._in_memory = 0
        self._reread()

    def places(self, keys: Keys) -> Places:
        """Return where the vector of each key stands, -1 where none does; good until more are added."""
        found = np.full(len(keys), -1, dtype=np.int64)
        pairs = keys.view("<u8").reshape(-1, 2)
        order = np.argsort(pairs[:, 0], kind="stable")  # neighbours are looked up together
        for start in range(0, len(order), _LOOKED_UP_AT_ONCE):
            left, before = order[start : start + _LOOKED_UP_AT_ONCE], 0
            for file in self._files:
                at = np.searchsorted(file.heads, pairs[left, 0])
                rows = file.rows.take(at, mode="clip")
                met = (rows["head"] == pairs[left, 0]) & (rows["tail"] == pairs[left, 1])
                twins = (rows["head"] == pairs[left, 0]) & ~met  # half a key alike: one in a billion
                for one in np.flatnonzero(twins):
                    own = file.rows[at[one] : np.searchsorted(file.heads, pairs[left[one], 0], side="right")]
                    same = own[own["tail"] == pairs[left[one], 1]]
                    if len(same):
                        met[one], rows[one] = True, same[0]
                found[left[met]] = before + rows["place"][met]
                left, before = left[~met], before + len(file.vectors)
        return found

    def at(self, places: Places) -> Vectors:
        """Return the vectors that stand at these places."""
        size = self._files[0].vectors.shape[1] if self._files else 1
        found = np.empty((len(places), size), dtype=np.float16)
        ends = np.cumsum([len(file.vectors) for file in self._files])
        of_file = np.searchsorted(ends, places, side="right")
        for number, file in enumerate(self._files):
            mine = np.flatnonzero(of_file == number)
            mine = mine[np.argsort(places[mine])]  # as they stand in the file
            found[mine] = file.vectors[places[mine] - (ends[number] - len(file.vectors))]
        return found

    def add(self, keys: Keys, vectors: Vectors) -> None:
        """Keep some more vectors; the keys are distinct."""
        self._files.append(_looked_up_by(keys, vectors))
        if self.folder is not None:
            inside = io.BytesIO()
            np.savez(inside, keys=keys, vectors=vectors)
            aside(self.folder / f"{_digest(keys)}.npz", inside.getvalue())
            self._in_memory += vectors.nbytes
            if len(self._files) > 2 * PARTS_BEFORE_JOINING or self._in_memory > LARGE:
                self.join()

    def join(self) -> None:
        """Make large files of small ones where there are many."""
        if self.folder is not None and _joining_is_due(self.folder):
            with suppress(OSError):  # a folder that cannot be written to can still be read
                _join(self.folder)
            self._reread()

    def _reread(self) -> None:
        if self.folder is None:
            return
        if _joining_is_due(self.folder):
            with suppress(OSError):
                _join(self.folder)
        read = [_mapped(path) for path in self.folder.glob("*.keys.npy")]
        read += [_part(path) for path in sorted(self.folder.glob("*.npz"))]
        there = [file for file in read if file is not None and len(file.vectors)]
        self._in_memory = 0
        self._files = [file for file in there if file.vectors.shape[1] == there[0].vectors.shape[1]]


def aside(path: Path, content: bytes) -> None:
    """Write a file aside and rename it."""
    new = _aside_of(path)
    try:
        new.write_bytes(content)
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _aside_of(path: Path) -> Path:
    return path.with_name(f".{path.name}.{os.getpid()}.new")


def _digest(keys: Keys) -> str:
    return hashlib.blake2b(keys.tobytes(), digest_size=16).hexdigest()


def _looked_up_by(keys: Keys, vectors: Vectors) -> _File:
    rows = np.empty(len(keys), dtype=_ROW)
    pairs = keys.view("<u8").reshape(-1, 2)
    order = np.argsort(pairs[:, 0], kind="stable")
    rows["head"], rows["tail"], rows["place"] = pairs[order, 0], pairs[order, 1], order
    return _File(np.ascontiguousarray(rows["head"]), rows, vectors)


def _part(path: Path) -> _File | None:
    """Return a small part; None where it cannot be read, and so counts as not there."""
    try:
        with np.load(path, allow_pickle=False) as part:
            return _looked_up_by(part["keys"].astype(KEY), part["vectors"].astype(np.float16))
    except (OSError, ValueError, KeyError, zipfile.BadZipFile):
        return None


def _mapped(path: Path) -> _File | None:
    """Return a large file by its keys; None where it cannot be read."""
    try:
        rows = np.load(path, mmap_mode="r", allow_pickle=False)
        vectors = np.asarray(np.load(_vectors_of(path), mmap_mode="r", allow_pickle=False))
    except (OSError, ValueError, EOFError):
        return None
    if rows.dtype != _ROW or vectors.dtype != np.float16 or vectors.ndim != 2 or len(rows) > len(vectors):
        return None
    return _File(np.ascontiguousarray(rows["head"]), np.asarray(rows), vectors)


def _vectors_of(keys: Path) -> Path:
    return keys.with_name(keys.name.replace(".keys.npy", ".vectors.npy"))


def _joining_is_due(folder: Path) -> bool:
    parts = list(folder.glob("*.npz"))
    files = len(parts) + len(list(folder.glob("*.keys.npy")))
    return files > PARTS_BEFORE_JOINING or (len(parts) > 1 and sum(map(_bytes, parts)) > LARGE)


def _bytes(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:  # joined by another run just now
        return 0


def _join(folder: Path) -> None:
    files = [(_bytes(_vectors_of(path)), path) for path in folder.glob("*.keys.npy")]
    files += [(_bytes(path), path) for path in folder.glob("*.npz")]
    together: list[Path] = []
    size = 0
    for own, path in sorted(files):
        if len(together) > 1 and own > 2 * size:
            break
        together.append(path)
        size += own
    together.sort(key=lambda path: path.stat().st_mtime_ns)  # texts of one table stay together
    new = _aside_of(folder / "joined")
    try:
        rows, used = _written(new, together)
        if not used:
            return
        keys = folder / f"{hashlib.blake2b(rows.tobytes(), digest_size=16).hexdigest()}.keys.npy"
        new.replace(_vectors_of(keys))
    finally:
        new.unlink(missing_ok=True)
    inside = io.BytesIO()
    np.save(inside, rows)
    aside(keys, inside.getvalue())
    for path in used:
        if path != keys:
            with suppress(OSError):  # somebody has it open, on Windows
                path.unlink(missing_ok=True)
                if path.suffix == ".npy":
                    _vectors_of(path).unlink(missing_ok=True)
    clear_left_behind(folder)


def _written(new: Path, together: list[Path]) -> tuple[npt.NDArray[Any], list[Path]]:
    """Write the vectors of all files that can be read, one after another; return their keys in order, and the files."""
    rows: list[npt.NDArray[Any]] = []
    used, before, size = [], 0, 0
    with new.open("wb") as out:
        out.write(b"\0" * _HEADER)  # the header tells how many there are; its place is kept
        for path in together:
            file = _part(path) if path.suffix == ".npz" else _mapped(path)
            if file is None or (size and file.vectors.shape[1] != size):
                continue
            size = file.vectors.shape[1]
            for start in range(0, len(file.vectors), _AT_ONCE):
                out.write(np.ascontiguousarray(file.vectors[start : start + _AT_ONCE]).tobytes())
            own = np.array(file.rows)
            own["place"] += before
            rows.append(own)
            before += len(file.vectors)
            used.append(path)
        out.seek(0)
        out.write(_header((before, size)))
        out.flush()
        os.fsync(out.fileno())
    if not rows:
        return np.empty(0, dtype=_ROW), []
    all_rows = np.concatenate(rows)
    rows.clear()
    return all_rows[np.argsort(all_rows["head"], kind="stable")], used


_HEADER = 128


def _header(shape: tuple[int, int]) -> bytes:
    """Return the header of an ``.npy`` file, always of the same length.

    >>> len(_header((5, 384))) == len(_header((5_000_000_000, 384))) == 128
    True
    """
    told = f"{{'descr': '<f2', 'fortran_order': False, 'shape': {shape}, }}"
    return b"\x93NUMPY\x01\x00" + (_HEADER - 10).to_bytes(2, "little") + told.encode().ljust(_HEADER - 11) + b"\n"


def clear_left_behind(folder: Path) -> None:
    """Delete the unfinished files of runs that were killed long ago."""
    orphans = [path for path in folder.glob("*.vectors.npy") if not _keys_of(path).exists()]
    for path in (*folder.glob(".*.new*"), *orphans):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > _LEFT_BEHIND:
                path.unlink()


def _keys_of(vectors: Path) -> Path:
    return vectors.with_name(vectors.name.replace(".vectors.npy", ".keys.npy"))
