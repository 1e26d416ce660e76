"""Ranking by words: BM25 (Robertson, Walker, Jones, Hancock-Beaulieu and Gatford 1994) on a sparse matrix.

A text's weight for a query is the sum over the query's words w of

    idf(w) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length)),   idf(w) = ln(1 + (N - n + .5) / (n + .5))

which is worked out for every word of every text when the index is made; a query is then one product of sparse matrices.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Scores: TypeAlias = npt.NDArray[np.float64]

K1 = 1.2
B = 0.75
ROWS_AT_ONCE = 65_536
WORDS_REMEMBERED = 1_000_000
"""Words as they are written, whose column is remembered."""

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_IDEOGRAPHS = re.compile(r"[぀-ヿ㐀-鿿가-힯]")

STOP_WORDS = frozenset(
    "a about above after again all also am an and any are as at be because been before being below between both but by"
    " can could did do does doing down during each every few for from further had has have having he her here him his"
    " how i if in into is it its itself just like make many may me more most much my no nor not now of off on once one"
    " only or other our out over own per same she should so some such than that the their them then there these they"
    " this those through to too under until up us very was we were what when where which while who whom why will with"
    " would you your".split()
)
"""Words of English that tell nothing about a company; they are neither indexed nor asked for."""


def words_of(text: str) -> list[str]:
    """Return the words of a text that count, lower-case, each with its ending taken off.

    Scripts that write no spaces between words count letter by letter.

    >>> words_of("Payments for hospitals, and for the hospital's patients")
    ['payment', 'hospital', 'hospital', 'patient']
    >>> words_of("支払い API")
    ['支', '払', 'い', 'api']
    """
    found: list[str] = []
    for word in _WORD.findall(text.lower().replace("’", "'")):
        if _IDEOGRAPHS.search(word):
            found += word
        elif word not in STOP_WORDS:
            found.append(stem(word))
    return found


def stem(word: str) -> str:
    """Return a word without the endings that only make it plural, possessive, a participle or an adverb.

    Light on purpose: two words that mean different things should not become one.

    >>> [stem(word) for word in ("companies", "boxes", "shipping", "shipped", "quickly", "news", "bus", "payment's")]
    ['company', 'box', 'ship', 'ship', 'quick', 'new', 'bus', 'payment']
    """
    word = word.split("'", maxsplit=1)[0]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        if word.endswith("ies") and len(word) > 4:
            word = word[:-3] + "y"
        elif word.endswith(("xes", "ches", "shes", "sses", "zes")):
            word = word[:-2]
        else:
            word = word[:-1]
    for ending in ("ing", "ed", "ly"):
        root = word.removesuffix(ending)
        if root != word and len(root) > 2 and re.search(r"[aeiouy]", root):
            doubled = len(root) > 3 and root[-1] == root[-2] and root[-1] not in "lsz"
            return root[:-1] if doubled else root
    return word.removesuffix("e") if len(word) > 4 else word


@dataclass(frozen=True)
class WordIndex:
    """How often every word stands in every text, by row and by column; weights are worked out for what is asked.

    Counts take a quarter of the room of weights: a text of forty words takes some two hundred bytes.
    """

    by_row: sparse.csr_array
    by_column: sparse.csc_array
    column_of: Mapping[str, int]
    lengths: npt.NDArray[np.int32]  # words of each text
    idf: Scores  # of each word
    norms: Scores  # length of the vector of weights of each text

    def scores(self, query: Mapping[str, float]) -> Scores:
        """Return the weight of each text for a query of words, each with how much it counts; 0 where none is met."""
        found = np.zeros(len(self.lengths))
        for word, count in query.items():
            if word in self.column_of:
                rows, weights = self._of_column(self.column_of[word])
                found[rows] += weights * count
        return found

    def rows(self, rows: npt.NDArray[np.int64]) -> sparse.csr_array:
        """Return the weights of some texts, each of length one: their products tell how alike two texts are."""
        some = self.by_row[rows]
        weights = _weights(some, self.idf, self.lengths[rows], self.mean_length)
        whole = sparse.csr_array((weights, some.indices, some.indptr), shape=some.shape)
        return sparse.csr_array(sparse.diags_array(1 / np.maximum(self.norms[rows], 1e-12)) @ whole)

    def alike(self, words: Scores) -> Scores:
        """Return the product of every text's weights, of length one, with weights of words, many of which are 0."""
        found = np.zeros(len(self.lengths))
        for column in np.flatnonzero(words):
            rows, weights = self._of_column(int(column))
            found[rows] += weights * words[column]
        return np.asarray(found / np.maximum(self.norms, 1e-12))

    @cached_property
    def mean_length(self) -> float:
        """Return how many words a text has on average, of those that have any."""
        some = self.lengths[self.lengths > 0]
        return float(some.mean()) if len(some) else 1.0

    def _of_column(self, column: int) -> tuple[npt.NDArray[np.int32], Scores]:
        part = slice(*self.by_column.indptr[column : column + 2])
        rows, often = self.by_column.indices[part], self.by_column.data[part]
        return rows, _weight(self.idf[column], often.astype(np.float64), self.lengths[rows], self.mean_length)


def _weight(idf: Scores, often: Scores, lengths: npt.NDArray[np.int32], mean: float) -> Scores:
    damped = often + K1 * (1 - B + B * lengths.astype(np.float64) / mean)
    return np.asarray(idf * often * (K1 + 1) / damped)


def _weights(counts: sparse.csr_array, idf: Scores, lengths: npt.NDArray[np.int32], mean: float) -> Scores:
    each = np.repeat(lengths, np.diff(counts.indptr))
    return _weight(idf[counts.indices], counts.data.astype(np.float64), each, mean)


class _Columns(dict[str, int]):
    """The column of every word as it is written: -1 for one that does not count, -2 and below for one of ideographs."""

    def __init__(self) -> None:
        super().__init__()
        self.column_of: dict[str, int] = {}
        self.of_several: list[tuple[int, ...]] = []  # columns of the word that stands for -2, of that for -3, ...

    def __missing__(self, written: str) -> int:
        if len(self) >= WORDS_REMEMBERED:
            self.clear()
        columns = tuple(self.column_of.setdefault(word, len(self.column_of)) for word in words_of(written))
        if len(columns) > 1:
            self.of_several.append(columns)
        self[written] = found = columns[0] if len(columns) == 1 else -1 - len(self.of_several) if columns else -1
        return found


class WordCounter:
    """Counts the words of texts that come in parts, so that the texts themselves need not be held."""

    def __init__(self) -> None:
        self._columns = _Columns()
        self._parts: list[sparse.csr_array] = []
        self._lengths: list[npt.NDArray[np.int32]] = []

    def add(self, texts: Sequence[str]) -> None:
        """Count the words of some more texts."""
        columns = self._columns
        written: list[int] = []
        ends = []
        for text in texts:
            written += [columns[word] for word in _WORD.findall(text.lower().replace("’", "'"))]
            ends.append(len(written))
        found, row_of = np.array(written, dtype=np.int32), np.repeat(np.arange(len(texts)), np.diff(ends, prepend=0))
        ideographs = np.flatnonzero(found < -1)
        several = [columns.of_several[-2 - code] for code in found[ideographs]]
        counted = found >= 0
        found = np.concatenate((found[counted], np.array([c for some in several for c in some], dtype=np.int32)))
        row_of = np.concatenate((row_of[counted], np.repeat(row_of[ideographs], [len(some) for some in several])))
        shape = (len(texts), max(len(columns.column_of), 1))
        part = sparse.csr_array((np.ones(len(found), dtype=np.uint16), (row_of, found)), shape=shape)
        part.sum_duplicates()
        self._parts.append(_small(part))
        self._lengths.append(np.bincount(row_of, minlength=len(texts)).astype(np.int32))

    def index(self) -> WordIndex:
        """Return the index of all texts; the counter is empty afterwards."""
        column_of = self._columns.column_of
        lengths = np.concatenate([np.zeros(0, dtype=np.int32), *self._lengths])
        size = sum(part.nnz for part in self._parts)
        counts = np.empty(size, dtype=max((part.data.dtype for part in self._parts), default=np.dtype(np.uint8)))
        columns = np.empty(size, dtype=np.int32)
        ends = np.zeros(len(lengths) + 1, dtype=np.int64)
        documents = np.zeros(len(column_of), dtype=np.int64)
        row = at = 0
        while self._parts:  # each is let go once it stands in the whole
            part = self._parts.pop(0)
            counts[at : at + part.nnz], columns[at : at + part.nnz] = part.data, part.indices
            ends[row + 1 : row + 1 + part.shape[0]] = at + part.indptr[1:]
            documents += np.bincount(part.indices, minlength=len(column_of))
            row, at = row + part.shape[0], at + part.nnz
        by_row = sparse.csr_array((counts, columns, ends), shape=(len(lengths), len(column_of)))
        idf = np.log1p((len(lengths) - documents + 0.5) / (documents + 0.5))
        index = WordIndex(by_row, by_row.tocsc(), column_of, lengths, idf, np.zeros(len(lengths)))
        mean = index.mean_length
        for start in range(0, len(lengths), ROWS_AT_ONCE):
            some = by_row[start : start + ROWS_AT_ONCE]
            weights = _weights(some, idf, lengths[start : start + ROWS_AT_ONCE], mean)
            squares = sparse.csr_array((weights * weights, some.indices, some.indptr), shape=some.shape)
            index.norms[start : start + ROWS_AT_ONCE] = np.sqrt(np.asarray(squares.sum(axis=1)).ravel())
        return index


def word_index(texts: Sequence[str]) -> WordIndex:
    """Return the index of the words of the texts.

    >>> index = word_index(["ships parcels", "pays nurses", "ships and pays"])
    >>> [round(float(x), 2) for x in index.scores(query_words("who ships a parcel?"))]
    [1.45, 0.0, 0.47]
    """
    counter = WordCounter()
    for start in range(0, len(texts), ROWS_AT_ONCE):
        counter.add(texts[start : start + ROWS_AT_ONCE])
    return counter.index()


def _small(counts: sparse.csr_array) -> sparse.csr_array:
    """Return counts in as few bytes as they need."""
    data = counts.data if counts.nnz and counts.data.max() > 255 else counts.data.astype(np.uint8)
    parts = (data, counts.indices.astype(np.int32), counts.indptr.astype(np.int64))
    return sparse.csr_array(parts, shape=counts.shape)


def query_words(text: str) -> dict[str, float]:
    """Return the words of a query with how often it says each.

    >>> query_words("trucks, trucks and drivers")
    {'truck': 2.0, 'driver': 1.0}
    """
    return {word: float(count) for word, count in Counter(words_of(text)).items()}
