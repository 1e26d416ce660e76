"""Ranking by words: BM25 (Robertson, Walker, Jones, Hancock-Beaulieu and Gatford 1994) on counts of words.

A text's weight for a query is the sum over the query's words w of

    idf(w) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length)),   idf(w) = ln(1 + (N - n + .5) / (n + .5))

which is worked out for the words that are asked for, from counts that are made once (`word_counts`).
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from idealfit.match.word_counts import TEXTS_OF_A_BLOCK, WordCounter, hashes_of, kept_block
from idealfit.match.words import words_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from idealfit.match.word_counts import Block, Hashes

Scores: TypeAlias = npt.NDArray[np.float64]

K1 = 1.2
B = 0.75


class WordIndex:
    """How often every word stands in every text, in blocks of texts; weights are worked out for what is asked.

    A text of forty words takes some hundred bytes. The few texts whose rows are asked for are counted again.
    """

    def __init__(self, texts: Sequence[str], blocks: Sequence[Block]) -> None:
        self._texts = texts
        self._blocks = blocks
        self._lengths = np.concatenate([np.zeros(0, dtype=np.int32), *(block.lengths for block in blocks)])
        some = self._lengths[self._lengths > 0]
        self._mean_length = float(some.mean()) if len(some) else 1.0

    def scores(self, query: Mapping[str, float]) -> Scores:
        """Return the weight of each text for a query of words, each with how much it counts; 0 where none is met."""
        found = np.zeros(len(self._lengths))
        hashes = hashes_of(query)
        counts = np.array(list(query.values()), dtype=np.float64)
        idf = self._idf(hashes)
        start = 0
        for block in self._blocks:
            part = found[start : start + len(block.lengths)]
            for number, begin, end in block.spans(hashes):
                rows, often = block.rows[begin:end], block.counts[begin:end].astype(np.float64)
                part[rows] += _weight(idf[number], often, block.lengths[rows], self._mean_length) * counts[number]
            start += len(block.lengths)
        return found

    def rows(self, rows: npt.NDArray[np.int64]) -> sparse.csr_array:
        """Return the weights of some texts, each of length one: their products tell how alike two texts are."""
        return self._weighted(rows)[0]

    def shared(self, like: npt.NDArray[np.int64], unlike: npt.NDArray[np.int64]) -> dict[str, float]:
        """Return the words of some texts with their mean weight, less half of that in some others."""
        weights, words = self._weighted(np.concatenate((like, unlike)))
        mean = np.asarray(weights[: len(like)].mean(axis=0)).ravel()
        if len(unlike):
            mean = mean - np.asarray(weights[len(like) :].mean(axis=0)).ravel() / 2
        return dict(zip(words, mean.tolist(), strict=True))

    def alike(self, words: Mapping[str, float]) -> Scores:
        """Return the product of every text's weights, of length one, with weights of words."""
        return np.asarray(self.scores(words) / np.maximum(self._norms, 1e-12))

    @cached_property
    def _norms(self) -> Scores:
        """The length of the vector of weights of each text."""
        hashes = np.concatenate([np.zeros(0, dtype=np.uint64), *(block.hashes for block in self._blocks)])
        documents = np.concatenate([np.zeros(0, dtype=np.int64), *(np.diff(block.ends) for block in self._blocks)])
        distinct, which = np.unique(hashes, return_inverse=True)
        idf = self._idf_of(np.bincount(which, weights=documents, minlength=len(distinct)))
        found, at = [np.zeros(0)], 0
        for block in self._blocks:
            own = idf[which[at : at + len(block.hashes)]]
            lengths = block.lengths[block.rows]
            often = block.counts.astype(np.float64)
            weights = _weight(np.repeat(own, np.diff(block.ends)), often, lengths, self._mean_length)
            found.append(np.sqrt(np.bincount(block.rows, weights=weights * weights, minlength=len(block.lengths))))
            at += len(block.hashes)
        return np.concatenate(found)

    def _weighted(self, rows: npt.NDArray[np.int64]) -> tuple[sparse.csr_array, tuple[str, ...]]:
        column_of: dict[str, int] = {}
        columns: list[int] = []
        ends = np.zeros(len(rows) + 1, dtype=np.int64)
        order = np.argsort(rows, kind="stable")  # packed texts are read one after another
        said: list[list[str]] = [[] for _ in rows]
        for number in order:
            said[number] = words_of(self._texts[int(rows[number])])
        for number, words in enumerate(said):
            columns += [column_of.setdefault(word, len(column_of)) for word in words]
            ends[number + 1] = len(columns)
        shape = (len(rows), max(len(column_of), 1))
        counts = sparse.csr_array((np.ones(len(columns)), np.array(columns, dtype=np.int32), ends), shape=shape)
        counts.sum_duplicates()
        each = np.repeat(self._lengths[rows], np.diff(counts.indptr))
        idf = self._idf(hashes_of(column_of))
        weights = _weight(idf[counts.indices], counts.data, each, self._mean_length)
        whole = sparse.csr_array((weights, counts.indices, counts.indptr), shape=shape)
        norms = np.sqrt(np.asarray((whole * whole).sum(axis=1)).ravel())
        return sparse.csr_array(sparse.diags_array(1 / np.maximum(norms, 1e-12)) @ whole), tuple(column_of)

    def _idf(self, hashes: Hashes) -> Scores:
        documents = np.zeros(len(hashes), dtype=np.int64)
        for block in self._blocks:
            for number, begin, end in block.spans(hashes):
                documents[number] += end - begin
        return self._idf_of(documents)

    def _idf_of(self, documents: npt.NDArray[Any]) -> Scores:
        return np.asarray(np.log1p((len(self._lengths) - documents + 0.5) / (documents + 0.5)))


def _weight(idf: Scores, often: Scores, lengths: npt.NDArray[np.int32], mean: float) -> Scores:
    damped = often + K1 * (1 - B + B * lengths.astype(np.float64) / mean)
    return np.asarray(idf * often * (K1 + 1) / damped)


def word_index(texts: Sequence[str], *, folder: Path | None = None) -> WordIndex:
    """Return the index of the words of the texts; of very many, the counts are kept in `folder`, if one is given.

    >>> from idealfit.match.words import query_words
    >>> index = word_index(["ships parcels", "pays nurses", "ships and pays"])
    >>> [round(float(x), 2) for x in index.scores(query_words("who ships a parcel?"))]
    [1.45, 0.0, 0.47]
    """
    counter = WordCounter()
    kept = folder if len(texts) > TEXTS_OF_A_BLOCK else None
    parts = (texts[start : start + TEXTS_OF_A_BLOCK] for start in range(0, len(texts), TEXTS_OF_A_BLOCK))
    return WordIndex(texts, [kept_block(part, counter.block, kept) for part in parts])
