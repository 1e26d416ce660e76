"""Ranking by words: BM25 (Robertson, Walker, Jones, Hancock-Beaulieu and Gatford 1994) on a sparse matrix.

A text's weight for a query is the sum over the query's words w of

    idf(w) * tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / mean length)),   idf(w) = ln(1 + (N - n + .5) / (n + .5))

which is worked out for every word of every text when the index is made; a query is then one product of sparse matrices.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

Scores: TypeAlias = npt.NDArray[np.float64]

K1 = 1.2
B = 0.75

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
    """The BM25 weight of every word in every text: one row per text, one column per word."""

    weights: sparse.csc_array
    normed: sparse.csr_array  # the same by row, each of length one
    column_of: Mapping[str, int]

    def scores(self, query: Mapping[str, float]) -> Scores:
        """Return the weight of each text for a query of words, each with how much it counts; 0 where none is met."""
        known = {self.column_of[word]: count for word, count in query.items() if word in self.column_of}
        if not known:
            return np.zeros(self.weights.shape[0])
        columns = self.weights[:, list(known)]
        return np.asarray(columns @ np.array(list(known.values())), dtype=np.float64)

    def rows(self, rows: npt.NDArray[np.int64]) -> sparse.csr_array:
        """Return the weights of some texts, each of length one: their products tell how alike two texts are."""
        return self.normed[rows]


def word_index(texts: Sequence[str]) -> WordIndex:
    """Return the index of the words of the texts.

    >>> index = word_index(["ships parcels", "pays nurses", "ships and pays"])
    >>> [round(float(x), 2) for x in index.scores(query_words("who ships a parcel?"))]
    [1.45, 0.0, 0.47]
    """
    column_of: dict[str, int] = {}
    rows, columns, counts = [], [], []
    lengths = np.zeros(len(texts))
    for row, text in enumerate(texts):
        counted = Counter(words_of(text))
        lengths[row] = sum(counted.values())
        for word, count in counted.items():
            rows.append(row)
            columns.append(column_of.setdefault(word, len(column_of)))
            counts.append(count)
    shape = (len(texts), len(column_of))
    row_of, column = np.array(rows, dtype=np.int64), np.array(columns, dtype=np.int64)
    often = np.array(counts, dtype=np.float64)
    documents = np.bincount(column, minlength=shape[1])
    idf = np.log1p((shape[0] - documents + 0.5) / (documents + 0.5))
    mean = lengths[lengths > 0].mean() if (lengths > 0).any() else 1.0
    damped = often + K1 * (1 - B + B * lengths[row_of] / mean)
    weights = idf[column] * often * (K1 + 1) / damped
    by_row = sparse.csr_array((weights, (row_of, column)), shape=shape)
    length = np.sqrt(np.asarray(by_row.multiply(by_row).sum(axis=1)).ravel())
    normed = sparse.csr_array(sparse.diags_array(1 / np.maximum(length, 1e-12)) @ by_row)
    return WordIndex(by_row.tocsc(), normed, column_of)


def query_words(text: str) -> dict[str, float]:
    """Return the words of a query with how often it says each.

    >>> query_words("trucks, trucks and drivers")
    {'truck': 2.0, 'driver': 1.0}
    """
    return {word: float(count) for word, count in Counter(words_of(text)).items()}
