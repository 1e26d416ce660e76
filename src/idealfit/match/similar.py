"""Look-alikes: companies like some examples, and not like some others.

Examples are positive, the rest is unlabelled, not negative (Elkan and Noto 2008): a ridge logistic regression on the
vectors, in which a sample of the unlabelled stands in for the rest and counts as much as the examples together.
Companies named as unlike count as much as an example each. As much again comes from shared telling words; in the
end neighbours add what they know, as in `ranking`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize

from idealfit.match.ranking import BLOCK, CANDIDATES, Ranked, found_in_indexes, neighbours, smoothed, standard

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    import numpy.typing as npt

    from idealfit.match.ranking import Corpus, Floats, Rows, Space
    from idealfit.match.spaces import KeptSpace

UNLABELLED = 4_000
"""Of the other companies, so many tell what is usual; they are taken at even steps through the table."""
RIDGE = 1.0
SCALE = 10.0  # vectors are of length one: so that a ridge of one is neither nothing nor all
WORDS_SHARE = 1.0


def alike(
    like: Rows,
    unlike: Rows,
    corpus: Corpus,
    *,
    among: npt.NDArray[np.bool_] | None = None,
    without: Collection[str] = (),
) -> Ranked:
    """Return the companies in the order in which they resemble the examples; the examples are not in the list."""
    allowed = corpus.has_text.copy() if among is None else corpus.has_text & among
    allowed[like] = False
    allowed[unlike] = False
    if not allowed.any() or not len(like):
        return Ranked(np.flatnonzero(allowed), np.zeros(int(allowed.sum())), 0)
    first, allowed = _resemblance(like, unlike, corpus, allowed, without=without)
    rows = np.flatnonzero(allowed)
    order = rows[np.lexsort((rows, -first[rows]))]
    near = order[:CANDIDATES]
    spaces = () if "meaning" in without else tuple(space[near] for space in corpus.spaces)
    graph = None if "neighbours" in without else neighbours(spaces, corpus.words.rows(near))
    scores = smoothed(first[near], graph)
    best_first = np.lexsort((near, -scores))
    return Ranked(near[best_first], 50 + 10 * scores[best_first], len(near))


def resemblance(like: Rows, unlike: Rows, corpus: Corpus, *, without: Collection[str] = ()) -> Floats:
    """Return how much each company resembles the examples, as a standard score."""
    return _resemblance(like, unlike, corpus, corpus.has_text, without=without)[0]


def _resemblance(
    like: Rows, unlike: Rows, corpus: Corpus, allowed: npt.NDArray[np.bool_], *, without: Collection[str]
) -> tuple[Floats, npt.NDArray[np.bool_]]:
    """Return how much companies resemble the examples, and which of those allowed are looked at.

    Those are all of them, or, where there are indexes, those that an index or the words bring up.
    """
    spaces = () if "meaning" in without else corpus.spaces
    use_words = "words" not in without or not spaces
    found = np.zeros(len(corpus.has_text))
    words = None
    if use_words:
        words = corpus.words.alike(corpus.words.shared(like, unlike))
    if spaces:
        slope = _regression(spaces, like, unlike, corpus.has_text)
        slopes = np.split(slope.astype(np.float32), len(spaces))
        if corpus.indexes:
            allowed = found_in_indexes(slopes, corpus, words, allowed)
            rows = np.flatnonzero(allowed)
            usual = _side_by_side([index.usual for index in corpus.indexes], slice(None)) @ slope
            found[rows] += (_side_by_side(spaces, rows) @ slope - usual.mean()) / max(float(usual.std()), 1e-9)
        else:
            blocks = [slice(at, at + BLOCK) for at in range(0, len(found), BLOCK)]
            every = np.concatenate([_side_by_side(spaces, block) @ slope for block in blocks])
            found += standard(every, corpus.has_text)
    if words is not None:
        found += (WORDS_SHARE if spaces else 1.0) * standard(words, corpus.has_text)
    return found, allowed


def _side_by_side(spaces: Sequence[Space | KeptSpace], rows: Rows | slice) -> npt.NDArray[np.float32]:
    return np.asarray(np.concatenate([space[rows] for space in spaces], axis=1) / np.sqrt(len(spaces)))


def _regression(spaces: Sequence[Space | KeptSpace], like: Rows, unlike: Rows, known: npt.NDArray[np.bool_]) -> Floats:
    """Return the slope of a ridge logistic regression of the examples against the unlabelled."""
    others = np.setdiff1d(np.flatnonzero(known), np.concatenate((like, unlike)))
    if len(others) > UNLABELLED:
        others = others[np.linspace(0, len(others) - 1, UNLABELLED).astype(np.int64)]
    rows = np.concatenate((like, unlike, others))
    x = SCALE * _side_by_side(spaces, rows).astype(np.float64)
    center = x.mean(axis=0)
    x -= center
    y = np.concatenate((np.ones(len(like)), -np.ones(len(unlike) + len(others))))
    weight = np.concatenate((np.ones(len(like) + len(unlike)), np.full(len(others), len(like) / max(len(others), 1))))

    def loss(parameters: Floats) -> tuple[float, Floats]:
        slope, level = parameters[:-1], parameters[-1]
        margin = y * (x @ slope + level)
        pull = -y * weight / (1 + np.exp(np.clip(margin, -500, 500)))
        value = float(weight @ np.logaddexp(0, -margin) + RIDGE * slope @ slope / 2)
        return value, np.append(x.T @ pull + RIDGE * slope, pull.sum())

    found = minimize(loss, np.zeros(x.shape[1] + 1), jac=True, method="L-BFGS-B").x
    return np.asarray(SCALE * found[:-1], dtype=np.float64)
