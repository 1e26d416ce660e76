"""Which words of a company meet which sentence of the text: for reading, not for ranking.

Ranking by single sentences is worse than by the whole text; but a person wants to see why. Each sentence is shown with
the company's sentence that is nearest to it, and not at all where none is near: nearer than the texts of most companies
of the table are, for in a table of software everything is somewhat near to software.
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
BEYOND_USUAL = 2.5
"""Standard deviations above the mean of the table's companies, from which a sentence of one is worth a quote."""
LEAST_USUAL = 100
"""Companies that tell what is usual."""
MOST_SENTENCES = 12
"""Of a company's text."""
SHOWN = 160
"""Letters of a sentence."""


def evidence(
    sentences: Sequence[str],
    texts: Sequence[str],
    vectors: Callable[[Sequence[str]], Space] | None,
    *,
    usual: Space | None = None,
    most: int | None = None,
) -> list[tuple[tuple[str, str], ...]]:
    """Return for each text the pairs (sentence asked for, words of the company), in the order of the sentences.

    `vectors` gives vectors of sentences; without it, sentences meet where they share telling words. `usual` are vectors
    of companies of the table, whoever they are. Of each text only the nearest `most` pairs are given, all where it is
    None.
    """
    own = [list(dict.fromkeys(sentences_of(text)))[:MOST_SENTENCES] if text else [] for text in texts]
    if vectors is None:
        return [_nearest(_by_words(sentences, said), most) for said in own]
    flat = [sentence for said in own for sentence in said]
    if not flat or not sentences:
        return [() for _ in texts]
    asked = vectors(list(sentences)).T
    near = vectors(flat) @ asked
    enough = np.full(len(sentences), NEAR)
    if usual is not None and len(usual) >= LEAST_USUAL:
        everywhere = usual @ asked
        enough = np.maximum(enough, everywhere.mean(axis=0) + BEYOND_USUAL * everywhere.std(axis=0))
    found, at = [], 0
    for said in own:
        block = near[at : at + len(said)]
        at += len(said)
        pairs = []
        for number, sentence in enumerate(sentences):
            if len(said):
                best = int(np.argmax(block[:, number]))
                if block[best, number] >= enough[number]:
                    pairs.append((float(block[best, number]), sentence, said[best]))
        found.append(_nearest(pairs, most))
    return found


def _by_words(sentences: Sequence[str], said: Sequence[str]) -> list[tuple[float, str, str]]:
    pairs = []
    for sentence in sentences:
        wanted = query_words(sentence)
        shared = [sum(1 for word in set(words_of(own)) if word in wanted) for own in said]
        if shared and max(shared) > 0:
            pairs.append((float(max(shared)), sentence, said[shared.index(max(shared))]))
    return pairs


def _nearest(pairs: Sequence[tuple[float, str, str]], most: int | None) -> tuple[tuple[str, str], ...]:
    best = set(sorted(range(len(pairs)), key=lambda number: -pairs[number][0])[:most])
    return tuple((asked, own) for number, (_, asked, own) in enumerate(pairs) if number in best)


def in_words(pairs: Sequence[tuple[str, str]]) -> str:
    """Return the evidence as one cell.

    >>> in_words([("They ship parcels.", "Parcels, shipped in hours")])
    '"They ship parcels." <- "Parcels, shipped in hours"'
    """
    return " | ".join(f'"{short(asked)}" <- "{short(own)}"' for asked, own in pairs)


def short(text: str, most: int = SHOWN) -> str:
    """Return a sentence on one line, cut where it is long.

    >>> short("ships  parcels", 8)
    'ships p…'
    """
    even = " ".join(text.split())
    return even if len(even) <= most else even[: most - 1].rstrip() + "…"
