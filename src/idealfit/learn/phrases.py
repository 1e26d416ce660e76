"""Phrases that some companies say and others do not: every run of up to four words, counted by company.

A phrase counts once for each company, however often it is said. Scripts without spaces are read letter by letter.
Which phrases are tried does not depend on who bought.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from idealfit.learn.speech import cues_of_voice

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    import numpy.typing as npt

LONGEST = 4
MOST_PHRASES = 5_000
"""The ones that most companies say are tried; more would be noise that everything else has to pay for."""
COMMON = 0.7
"""A word that more than this share of companies uses begins and ends no phrase."""

_LETTER = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
_TOKEN = re.compile(rf"[{_LETTER}]|[^\W_{_LETTER}]+(?:['’-][^\W_{_LETTER}]+)*")
_GLUED = re.compile(rf"[{_LETTER}]")


@dataclass(frozen=True)
class Phrases:
    """`holds` has a row per company (in the order of `companies`) and a column per phrase."""

    words: tuple[tuple[str, ...], ...]
    companies: npt.NDArray[np.int64]
    holds: sparse.csc_matrix
    volume: npt.NDArray[np.int64]


def tokens(text: str) -> list[str]:
    """Return the words of a text in lower case; of scripts without spaces, the letters.

    >>> tokens("We don't re-key."), tokens("手作業")
    (['we', "don't", 're-key'], ['手', '作', '業'])
    """
    return [t.replace("’", "'") for t in _TOKEN.findall(text.casefold())]


def in_words(phrase: Sequence[str]) -> str:
    """Return a phrase as it is written.

    >>> in_words(("by", "hand")), in_words(("手", "作", "業"))
    ('by hand', '手作業')
    """
    said = ""
    for word in phrase:
        said += word if not said or (_GLUED.match(word) and _GLUED.match(said[-1])) else f" {word}"
    return said


def phrases(
    sentences: Sequence[tuple[int, str]], *, fewest: int, told: Callable[[float], None] = lambda share: None
) -> Phrases:
    """Return the phrases that at least `fewest` companies say, of sentences given as (company, text).

    Of two phrases that the same companies say and of which one holds the other, the longer one stays.
    """
    stop, starters = (frozenset(cues_of_voice()["stop"][part].split()) for part in ("words", "starters"))
    code_of: dict[str, int] = {}
    by_company: dict[int, list[npt.NDArray[np.int32]]] = defaultdict(list)
    for company, text in sentences:
        by_company[company].append(
            np.array([code_of.setdefault(t, len(code_of)) for t in tokens(text)], dtype=np.int32)
        )
    names = list(code_of)
    companies = np.array(sorted(by_company), dtype=np.int64)
    told(0.3)
    uses = np.zeros(len(names), dtype=np.int64)
    for company in companies.tolist():
        uses[np.unique(np.concatenate(by_company[company]))] += 1 if by_company[company] else 0
    usual = uses >= fewest
    edge = usual & (uses <= max(COMMON * len(companies), fewest)) & np.array([n not in stop for n in names], dtype=bool)
    starter = usual & np.array([n in starters for n in names], dtype=bool)
    counts: dict[tuple[int, ...], int] = defaultdict(int)
    said: list[set[tuple[int, ...]]] = []
    for number, company in enumerate(companies.tolist()):
        own = {gram for s in by_company[company] for gram in _grams(s.tolist(), usual, edge, edge | starter)}
        said.append(own)
        for gram in own:
            counts[gram] += 1
        if number % 50 == 0:
            told(0.3 + 0.5 * number / len(companies))
    kept = {gram: n for gram, n in counts.items() if n >= fewest}
    closed = _closed(kept)
    chosen = sorted(closed, key=lambda gram: (-kept[gram], gram))[:MOST_PHRASES]
    place = {gram: i for i, gram in enumerate(chosen)}
    pairs = [(row, place[gram]) for row, own in enumerate(said) for gram in own if gram in place]
    at = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    holds = sparse.csc_matrix((np.ones(len(at)), (at[:, 0], at[:, 1])), shape=(len(companies), len(chosen)))
    volume = np.array([sum(map(len, by_company[c])) for c in companies.tolist()], dtype=np.int64)
    return Phrases(tuple(tuple(names[t] for t in gram) for gram in chosen), companies, holds, volume)


def _grams(
    codes: list[int], usual: npt.NDArray[np.bool_], edge: npt.NDArray[np.bool_], first: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, ...]]:
    """Yield runs of usual words that begin with one of `first` and end with a telling one."""
    fine, ends, begins = ([bool(mask[c]) for c in codes] for mask in (usual, edge, first))
    for start, may_begin in enumerate(begins):
        if not may_begin:
            continue
        for stop in range(start, min(start + LONGEST, len(codes))):
            if not fine[stop]:
                break
            if ends[stop]:
                yield tuple(codes[start : stop + 1])


def _closed(kept: dict[tuple[int, ...], int]) -> list[tuple[int, ...]]:
    """Return phrases that no longer phrase of the same companies holds."""
    held: set[tuple[int, ...]] = set()
    for gram, n in kept.items():
        for size in range(1, len(gram)):
            for start in range(len(gram) - size + 1):
                inner = gram[start : start + size]
                if kept.get(inner) == n:
                    held.add(inner)
    return [gram for gram in kept if gram not in held]


def contains(words: Sequence[str], phrase: Sequence[str]) -> bool:
    """Return whether the words of a sentence hold a phrase.

    >>> contains(["all", "by", "hand"], ["by", "hand"])
    True
    """
    size, sought = len(phrase), list(phrase)
    return any(list(words[i : i + size]) == sought for i in range(len(words) - size + 1))
