"""How often every word stands in every text, counted in blocks of texts that do not know of each other.

A word is known by a hash, and a text by its number in the block, so a count takes three bytes. A block of a large table
is kept on the disk by the content of its texts, as vectors are: the next run reads it, and counts only the blocks in
which a text has changed (of a table that grew, the last one).
"""

from __future__ import annotations

import hashlib
import io
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from idealfit.match.vector_files import aside
from idealfit.match.words import words_of, written_in

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence
    from pathlib import Path

Hashes: TypeAlias = npt.NDArray[np.uint64]

TEXTS_OF_A_BLOCK = 65_536
"""So many that two bytes number them."""
READING = 1
"""To be raised when `words_of` reads texts otherwise: blocks that were counted before are then counted again."""
WORDS_REMEMBERED = 1_000_000
"""Words as they are written, whose column is remembered from block to block."""


@dataclass(frozen=True)
class Block:
    """The counts of some texts, by word: ``rows[ends[i]:ends[i + 1]]`` are the texts in which the word i stands."""

    hashes: Hashes  # of the words, ascending
    ends: npt.NDArray[np.int64]
    rows: npt.NDArray[np.uint16]
    counts: npt.NDArray[np.unsignedinteger]
    lengths: npt.NDArray[np.int32]  # words of each text

    def spans(self, hashes: Hashes) -> Iterator[tuple[int, int, int]]:
        """Yield the number of each of `hashes` that the block knows, and where its texts begin and end."""
        at = np.searchsorted(self.hashes, hashes)
        there = at < len(self.hashes)
        there[there] = self.hashes[at[there]] == hashes[there]
        for number in np.flatnonzero(there):
            yield int(number), int(self.ends[at[number]]), int(self.ends[at[number] + 1])


def hashes_of(words: Iterable[str]) -> Hashes:
    """Return eight bytes for each word; of a million words, two share theirs once in forty million times."""
    joined = b"".join(hashlib.blake2b(word.encode("utf-8", "replace"), digest_size=8).digest() for word in words)
    return np.frombuffer(joined, dtype="<u8").astype(np.uint64)


class _Columns(dict[str, int]):
    """The column of every word as it is written: -1 for one that does not count, -2 and below for one of ideographs."""

    def __init__(self) -> None:
        super().__init__()
        self.column_of: dict[str, int] = {}
        self.of_several: list[tuple[int, ...]] = []  # columns of the word that stands for -2, of that for -3, ...

    def __missing__(self, written: str) -> int:
        columns = tuple(self.column_of.setdefault(word, len(self.column_of)) for word in words_of(written))
        if len(columns) > 1:
            self.of_several.append(columns)
        self[written] = found = columns[0] if len(columns) == 1 else -1 - len(self.of_several) if columns else -1
        return found


class WordCounter:
    """Counts the words of texts, a block at a time; remembers between blocks how words are read."""

    def __init__(self) -> None:
        self._columns = _Columns()

    def block(self, texts: Sequence[str]) -> Block:
        """Return the counts of at most `TEXTS_OF_A_BLOCK` texts."""
        if len(self._columns) > WORDS_REMEMBERED:
            self._columns = _Columns()
        columns = self._columns
        written: list[int] = []
        ends = []
        for text in texts:
            written += [columns[word] for word in written_in(text)]
            ends.append(len(written))
        found, row_of = np.array(written, dtype=np.int32), np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
        del written
        ideographs = np.flatnonzero(found < -1)
        several = [columns.of_several[-2 - code] for code in found[ideographs]]
        counted = found >= 0
        found = np.concatenate((found[counted], np.array([c for some in several for c in some], dtype=np.int32)))
        row_of = np.concatenate((row_of[counted], np.repeat(row_of[ideographs], [len(some) for some in several])))
        lengths = np.bincount(row_of, minlength=len(texts)).astype(np.int32)
        used, which = np.unique(found, return_inverse=True)
        names = list(columns.column_of)
        hashes = hashes_of(names[column] for column in used)
        ascending = np.argsort(hashes, kind="stable")
        place = np.empty(len(used), dtype=np.int32)
        place[ascending] = np.arange(len(used))
        shape = (max(len(used), 1), len(texts))
        counts = sparse.csr_array((np.ones(len(found), dtype=np.uint16), (place[which], row_of)), shape=shape)
        counts.sum_duplicates()
        often = counts.data
        if not counts.nnz or often.max() <= np.iinfo(np.uint8).max:
            often = often.astype(np.uint8)
        where = counts.indptr[: len(used) + 1].astype(np.int64)
        return Block(hashes[ascending], where, counts.indices.astype(np.uint16), often, lengths)


def kept_block(texts: Sequence[str], counted: Callable[[Sequence[str]], Block], folder: Path | None) -> Block:
    """Return the counts of some texts, read from `folder` or counted now and kept there; None keeps none."""
    if folder is None:
        return counted(texts)
    told = hashlib.blake2b(f"{READING}|{len(texts)}|".encode(), digest_size=16)
    for text in texts:
        told.update(text.encode("utf-8", "replace") + b"\0")  # cleaned texts hold none
    path = folder / f"{told.hexdigest()}.npz"
    kept = _read(path)
    if kept is not None and len(kept.lengths) == len(texts):
        return kept
    block = counted(texts)
    inside = io.BytesIO()
    np.savez(inside, **vars(block))
    with suppress(OSError):  # a folder that cannot be written to: they are counted again next time
        folder.mkdir(parents=True, exist_ok=True)
        aside(path, inside.getvalue())
    return block


def _read(path: Path) -> Block | None:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return Block(**{name: kept[name] for name in Block.__dataclass_fields__})
    except (OSError, ValueError, KeyError, EOFError, zipfile.BadZipFile):
        return None
