"""Which words of a company meet which sentence of the text: for reading, not for ranking.

Ranking by single sentences is worse than by the whole text; but a person wants to see why. Each sentence is shown with
the company's sentence that is nearest to it, and not at all where none is near.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.match.texts import sentences_of
from idealfit.match.words import query_words, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from idealfit.match.ranking import Space

NEAR = 0.25
"""Cosine, less than which two sentences have nothing to do with each other."""
MOST_SENTENCES = 12
"""Of a company's text."""
SHOWN = 160
"""Letters of a sentence."""


def evidence(
    sentences: Sequence[str],
    texts: Sequence[str],
    vectors: Callable[[Sequence[str]], Space] | None,
) -> list[tuple[tuple[str, str], ...]]:
    """Return for each text the pairs (sentence asked for, words of the company), in the order of the sentences.

    `vectors` gives vectors of sentences; without it, sentences meet where they share telling words.
    """
    own = [list(dict.fromkeys(sentences_of(text)))[:MOST_SENTENCES] if text else [] for text in texts]
    if vectors is None:
        return [_by_words(sentences, said) for said in own]
    flat = [sentence for said in own for sentence in said]
    if not flat or not sentences:
        return [() for _ in texts]
    near = vectors(flat) @ vectors(list(sentences)).T
    found, at = [], 0
    for said in own:
        block = near[at : at + len(said)]
        at += len(said)
        pairs = []
        for number, sentence in enumerate(sentences):
            if len(said):
                best = int(np.argmax(block[:, number]))
                if block[best, number] >= NEAR:
                    pairs.append((sentence, said[best]))
        found.append(tuple(pairs))
    return found


def _by_words(sentences: Sequence[str], said: Sequence[str]) -> tuple[tuple[str, str], ...]:
    pairs = []
    for sentence in sentences:
        wanted = query_words(sentence)
        shared = [sum(1 for word in set(words_of(own)) if word in wanted) for own in said]
        if shared and max(shared) > 0:
            pairs.append((sentence, said[shared.index(max(shared))]))
    return tuple(pairs)


def in_words(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the evidence as one cell.

    >>> in_words([("They ship parcels.", "Parcels, shipped in hours")])
    '"They ship parcels." <- "Parcels, shipped in hours"'
    """
    return " | ".join(f'"{_short(asked)}" <- "{_short(own)}"' for asked, own in pairs)


def _short(text: str) -> str:
    even = " ".join(text.split())
    return even if len(even) <= SHOWN else even[: SHOWN - 1].rstrip() + "…"
