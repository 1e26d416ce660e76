"""Ranking companies by a text: words and vectors together, then what the first results and their neighbours tell.

Every stage can be left out, and is measured on its own (`bench/meaning.py`):

1. *words* and *meaning*: BM25 and the cosine of every encoder, each as standard scores over all companies, added. The
   longer the text, the more its words count: two words that a company shares may be chance, twenty are not, while the
   vector of a long text is an average of all it says.
2. *neighbours*: inside the best `CANDIDATES`, a company takes over part of the mean score of its nearest neighbours. A
   lone match by chance loses, a company whose like all match gains.
3. *feedback* (Rocchio 1971): the text's vectors move towards those of the first results, and the telling words of these
   results are asked for as well; then neighbours once more.

A company's match is a T-score: 50 is the mean of the table, ten points are one standard deviation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt
from scipy import sparse

from idealfit.match.words import query_words

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from idealfit.match.company_index import CompanyIndex
    from idealfit.match.spaces import KeptSpace
    from idealfit.match.word_ranking import WordIndex

Floats: TypeAlias = npt.NDArray[np.float64]
Rows: TypeAlias = npt.NDArray[np.int64]
Space: TypeAlias = npt.NDArray[np.float32]

STAGES = ("words", "meaning", "feedback", "neighbours")
"""What can be left out."""

CANDIDATES = 1_000
WORDS_WEIGHT = 0.04  # of BM25 beside the encoders, both as standard scores, for each word that is asked for
MOST_OF_WORDS = 1.0
FIRST_RESULTS = 10
FEEDBACK = 1.0  # how far the text moves towards the first results
FEEDBACK_WORDS = 0.5
NEIGHBOURS = 10
LEAST_TO_EACH = (
    10  # so many companies to each neighbour or first result: in a short table all would be one's neighbours
)
FROM_NEIGHBOURS = 0.7  # the part of a score that the neighbours give
BLOCK = 16_384
USUAL = 4_096
"""Companies, about, that tell what is usual where a sentence is looked for in their words."""


@dataclass(frozen=True)
class Corpus:
    """The texts of all companies, by their words and in the space of each encoder (one row per company, of length one).

    A company without text has a row of zeros and stands in no list.
    """

    words: WordIndex
    spaces: tuple[Space | KeptSpace, ...]
    has_text: npt.NDArray[np.bool_]
    indexes: tuple[CompanyIndex, ...] = ()  # one per space, where there are too many companies to look at all of them


@dataclass(frozen=True)
class Ranked:
    """Companies in order, best first, with their match, and how many of them went through all stages."""

    rows: Rows
    match: Floats
    looked_at: int


def ranked(
    text: str,
    vectors: Sequence[Space],
    corpus: Corpus,
    *,
    among: npt.NDArray[np.bool_] | None = None,
    without: Collection[str] = (),
) -> Ranked:
    """Return the companies in the order in which they match the text; `vectors` is the text in each encoder's space.

    `among` tells which companies may be in the list; the others still tell what is usual.
    """
    allowed = corpus.has_text if among is None else corpus.has_text & among
    spaces = () if "meaning" in without else corpus.spaces
    use_words = "words" not in without or not spaces
    bm25 = corpus.words.scores(query_words(text))
    if corpus.indexes and spaces:
        allowed = found_in_indexes(vectors, corpus, bm25 if use_words else None, allowed)
    rows = np.flatnonzero(allowed)
    if not len(rows):
        return Ranked(rows, np.zeros(0), 0)
    weight = (weight_of_words(text) if spaces else 1.0) if use_words else 0.0
    first = np.zeros(len(allowed))
    if use_words:
        first += weight * standard(bm25, corpus.has_text)
    for number, (space, vector) in enumerate(zip(spaces, vectors, strict=False)):
        if corpus.indexes:
            first[rows] += (1 / len(spaces)) * corpus.indexes[number].standard(vector, scan(space[rows], vector))
        else:
            first += (1 / len(spaces)) * standard(scan(space[:], vector), corpus.has_text)
    order = rows[np.lexsort((rows, -first[rows]))]
    near = order[:CANDIDATES]
    near_spaces = [space[near].astype(np.float32) for space in spaces]
    words = corpus.words.rows(near)
    scores = _within(bm25[near], near_spaces, vectors, weight)
    graph = None if "neighbours" in without else neighbours(near_spaces, words)
    scores = smoothed(scores, graph)
    if "feedback" not in without and len(near) >= LEAST_TO_EACH:
        scores = _fed_back(scores, bm25[near], vectors, near_spaces, words, weight=weight)
        scores = smoothed(scores, graph)
    best_first = np.lexsort((near, -scores))
    return _joined(near[best_first], scores[best_first], order[CANDIDATES:], first)


def usual_of(corpus: Corpus) -> Space:
    """Return vectors of companies in the first space, at even steps through the table: they tell what is usual."""
    if corpus.indexes:
        return corpus.indexes[0].usual
    rows = np.flatnonzero(corpus.has_text)
    return corpus.spaces[0][rows[:: len(rows) // USUAL + 1]]


def found_in_indexes(
    vectors: Sequence[Space], corpus: Corpus, words: Floats | None, allowed: npt.NDArray[np.bool_]
) -> npt.NDArray[np.bool_]:
    """Return which companies the indexes or the words bring up; of very many, only these are listed."""
    found = np.zeros(len(allowed), dtype=bool)
    for index, vector in zip(corpus.indexes, vectors, strict=True):
        found[index.nearest(vector, CANDIDATES, allowed)] = True
    if words is not None:
        met = np.flatnonzero((words > 0) & allowed)
        if len(met) > CANDIDATES:
            met = met[np.argpartition(-words[met], CANDIDATES)[:CANDIDATES]]
        found[met] = True
    return found


def scan(space: Space, vector: Space) -> Floats:
    """Return the cosine of every company's vector with one vector, read once from memory in blocks."""
    found = np.empty(len(space), dtype=np.float32)
    for start in range(0, len(space), BLOCK):
        np.dot(space[start : start + BLOCK], vector, out=found[start : start + BLOCK])
    return found.astype(np.float64)


def standard(scores: Floats, over: npt.NDArray[np.bool_] | None = None) -> Floats:
    """Return scores as standard scores, over the rows that count; all zero where they do not differ.

    >>> standard(np.array([1.0, 2.0, 3.0])).round(2).tolist()
    [-1.22, 0.0, 1.22]
    """
    counted = scores if over is None else scores[over]
    spread = float(counted.std()) if len(counted) else 0.0
    return np.zeros(len(scores)) if spread < 1e-9 else np.asarray((scores - counted.mean()) / spread)


def neighbours(spaces: Sequence[Space], words: sparse.csr_array) -> sparse.csr_array | None:
    """Return how much each company takes from each of its nearest neighbours (rows add up to one); None for too few.

    Nearness is the mean cosine over the spaces, or of the words where there is no space.
    """
    size = spaces[0].shape[0] if spaces else words.shape[0]
    most = min(NEIGHBOURS, size // LEAST_TO_EACH)
    if most < 1:
        return None
    alike = (
        sum((space @ space.T for space in spaces[1:]), spaces[0] @ spaces[0].T) / len(spaces)
        if spaces
        else (words @ words.T).toarray()
    )
    np.fill_diagonal(alike, -np.inf)
    # Of equally near ones the first counts, on every machine.
    nearest = np.argsort(-alike, axis=1, kind="stable")[:, :most]
    weights = np.maximum(np.take_along_axis(alike, nearest, axis=1), 0.0).astype(np.float64)
    weights /= np.maximum(weights.sum(axis=1, keepdims=True), 1e-12)
    place = (np.repeat(np.arange(size), most), nearest.ravel())
    return sparse.csr_array((weights.ravel(), place), shape=(size, size))


def smoothed(scores: Floats, graph: sparse.csr_array | None) -> Floats:
    """Return standard scores, of which the neighbours give `FROM_NEIGHBOURS`."""
    own = standard(scores)
    if graph is None:
        return own
    return (1 - FROM_NEIGHBOURS) * own + FROM_NEIGHBOURS * standard(np.asarray(graph @ own))


def weight_of_words(text: str) -> float:
    """Return what the words of a text count for beside the encoders.

    >>> weight_of_words("alerting that outgrew the team")
    0.12
    """
    return min(MOST_OF_WORDS, WORDS_WEIGHT * len(query_words(text)))


def _within(words: Floats, spaces: Sequence[Space], vectors: Sequence[Space], weight: float) -> Floats:
    """Return the first scores of candidates, as standard scores among themselves."""
    scores = weight * standard(words)
    for space, vector in zip(spaces, vectors, strict=False):
        scores = scores + standard((space @ vector).astype(np.float64)) / len(spaces)
    return scores


def _fed_back(
    scores: Floats,
    bm25: Floats,
    vectors: Sequence[Space],
    spaces: Sequence[Space],
    words: sparse.csr_array,
    *,
    weight: float,
) -> Floats:
    """Return the scores of candidates once the text has learned from the first of them."""
    first = np.argsort(-scores, kind="stable")[: min(FIRST_RESULTS, len(scores) // LEAST_TO_EACH)]
    trust = 1 / np.log2(np.arange(2, len(first) + 2))
    moved = []
    for space, vector in zip(spaces, vectors, strict=False):
        towards = trust @ space[first]
        together = vector + FEEDBACK * towards / max(float(np.linalg.norm(towards)), 1e-9)
        moved.append(np.asarray(together, dtype=np.float32))
    told = np.asarray(words[first].T @ trust).ravel()
    own = _within(bm25, spaces, moved, weight)
    return own + (FEEDBACK_WORDS if spaces else 1.0) * standard(np.asarray(words @ told)) if weight else own


def _joined(near: Rows, scores: Floats, far: Rows, first: Floats) -> Ranked:
    """Return candidates and, below the last of them, all others in the order of their first scores."""
    if len(far):
        steps = first[far[0]] - first[far]
        # All together: candidates are the upper end of the table, not its middle.
        scores = standard(np.concatenate((scores, scores[-1] - 1e-6 - steps)))
    return Ranked(np.concatenate((near, far)), 50 + 10 * scores, len(near))
