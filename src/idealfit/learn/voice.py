"""What customers say: pains, alternatives, objections, urgency, triggers; in their words, counted and quoted.

Companies are the units: a phrase counts once for each company that says it. The best customers are held against all
others **within strata** of companies that were heard in the same ways (calls, interviews) and said about as much, for
who talks more says more of everything. Given how many say a phrase in each stratum, the number among the best is a sum
of hypergeometric counts: its exact two-sided tail (Mantel & Haenszel's where counts are large) is p. Benjamini &
Hochberg's q is over all phrases tried; intervals hold for the ones selected (false coverage rate: Benjamini & Yekutieli
2005). They are ranked by the log-odds ratio with an informative Dirichlet prior (Monroe, Colaresi & Quinn 2008).
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import sparse, stats

from idealfit.learn.encoding import Items
from idealfit.learn.evidence import Z95, deals_needed, ratio
from idealfit.learn.history import Attribute
from idealfit.learn.languages import unread
from idealfit.learn.patterns import ERROR_RATE, RELEVANT_DIFFERENCE, SUGGESTIVE_RATE, benjamini_hochberg
from idealfit.learn.permutation import item_p_by_deal
from idealfit.learn.phrases import LONGEST, in_words, phrases, tokens
from idealfit.learn.quotes import quotes
from idealfit.learn.speech import RECORDED, cues_of_voice, customers_speech, ways
from idealfit.profile.document import Seen, Voice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.learn.phrases import Phrases
    from idealfit.learn.speech import Sentence, Speech
    from idealfit.profile.document import Estimate, Verdict
    from idealfit.tables import RowCount, Utterance

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

Slot = Literal["pain", "alternative", "objection", "urgency", "trigger"]
SLOTS: tuple[Slot, ...] = ("pain", "alternative", "objection", "urgency", "trigger")
FEWEST_COMPANIES = 3
"""A phrase that fewer companies say is not told apart from a quirk of speech."""
SMALLEST_SHARE = 0.01
MOST_PER_SLOT = 5
TELLING = 0.4
"""The share of the sentences with a phrase that must point to a slot, and of those the slot's own share in them."""
SAME_COMPANIES = 0.8
"""Of two phrases of one slot that share more of their companies than this, only one is shown."""
SHARING_WORDS = 0.5
"""The same, where they share a word."""
THE_SAME = 0.9
"""Phrases that share so many of all their companies are told by the longest of them."""
BANDS = 5
FEWEST_IN_A_BAND = 12
PRIOR_COMPANIES = 20.0
MOST_SHOWN = 60  # sentences kept per phrase to choose quotes from


@dataclass(frozen=True)
class Heard:
    """What customers say, how many words it rests on, and what is worth knowing about them."""

    voice: tuple[Voice, ...] = ()
    rows: tuple[RowCount, ...] = ()
    warnings: tuple[str, ...] = ()
    limits: tuple[str, ...] = field(default=())


@dataclass(frozen=True)
class _Corpus:
    """The phrases of recorded words, or of notes, with the slot of each and the sentences that show it."""

    found: Phrases
    slot: list[Slot | None]
    shown: list[list[Sentence]]
    best: Bools
    stratum: Ints
    recorded: bool


@dataclass(frozen=True)
class _Tried:
    """One phrase held against chance."""

    slot: Slot
    words: tuple[str, ...]
    companies: frozenset[int]
    shown: list[Sentence]
    best: Seen
    rest: Seen
    p: float
    weight: float
    recorded: bool


def heard(
    past: History,
    utterances: Sequence[Utterance],
    *,
    progress: Callable[[str, float], None] = lambda words, share: None,
) -> Heard:
    """Return what the customers of `past` say, phrase by phrase, the best-proven first.

    Notes of our own side are counted apart, come after recorded words, and are never more than suggestive.
    """
    progress("listening: whose words they are", 0.0)
    speech = customers_speech(past, utterances)
    best = _best_companies(past)
    tried: list[_Tried] = []
    for recorded, share in ((True, 0.1), (False, 0.6)):
        progress("counting what companies say" if recorded else "counting what notes say", share)
        corpus = _corpus(speech, best, recorded=recorded)
        if corpus is not None:
            tried += _tried(corpus)
    progress("choosing quotes", 0.9)
    q = benjamini_hochberg(np.array([t.p for t in tried]))
    selected = max(int((q <= ERROR_RATE).sum()), 1)
    z = float(stats.norm.isf(0.025 * selected / max(len(tried), 1))) if tried else Z95
    chosen = [i for slot in SLOTS for i in _chosen(tried, q, slot)]
    voice = tuple(_voice(speech, tried[i], float(q[i]), z, best) for i in chosen)
    theirs = sorted({sentence.utterance for sentence in speech.sentences})
    not_read = unread(speech.utterances[i].text for i in theirs)
    return Heard(voice, speech.rows, (*speech.warnings, *not_read), _limits(speech, best, tried))


@cache
def slot_cues() -> dict[Slot, re.Pattern[str]]:
    """Return what points to each slot."""
    raw = cues_of_voice()["slots"]
    return {slot: re.compile(rf"(?<!\w)(?:{ways(raw[slot])})(?!\w)", re.IGNORECASE) for slot in SLOTS}


def slot_of(text: str) -> Slot | None:
    """Return what a sentence is about: the slot with the most different cues; None where nothing points to any.

    >>> slot_of("We track it all in spreadsheets, by hand."), slot_of("See you on Monday.")
    ('alternative', None)
    """
    counted = {slot: len({m[0].casefold() for m in cue.finditer(text)}) for slot, cue in slot_cues().items()}
    best = max(SLOTS, key=lambda slot: counted[slot])
    return best if counted[best] else None


def _best_companies(past: History) -> set[int]:
    mask = past.best if past.best is not None and past.best.any() else past.won
    return set(past.account[mask].tolist())


def _corpus(speech: Speech, best: set[int], *, recorded: bool) -> _Corpus | None:
    sentences = [s for s in speech.sentences if s.recorded == recorded]
    if not sentences:
        return None
    companies = len({s.company for s in sentences})
    fewest = max(FEWEST_COMPANIES, int(np.ceil(SMALLEST_SHARE * companies)))
    found = phrases([(s.company, speech.text(s)) for s in sentences], fewest=fewest)
    slot, shown = _slots_of_phrases(speech, sentences, found)
    is_best = np.array([c in best for c in found.companies.tolist()], dtype=bool)
    stratum = _strata(speech, sentences, found)
    return _Corpus(found, slot, shown, is_best, stratum, recorded)


def _slots_of_phrases(
    speech: Speech, sentences: list[Sentence], found: Phrases
) -> tuple[list[Slot | None], list[list[Sentence]]]:
    """Return what each phrase is about, by the sentences that hold it, and those of them that are about it."""
    place = {words: i for i, words in enumerate(found.words)}
    first_words = {words[0] for words in place}
    counted = np.zeros((len(place), len(SLOTS) + 1), dtype=np.int64)
    shown: list[list[tuple[int, Sentence]]] = [[] for _ in place]
    for sentence in sentences:
        text = speech.text(sentence)
        said = tokens(text)
        held = {
            place[gram]
            for start, word in enumerate(said)
            if word in first_words
            for size in range(1, LONGEST + 1)
            if (gram := tuple(said[start : start + size])) in place and start + size <= len(said)
        }
        if not held:
            continue
        about = slot_of(text)
        column = SLOTS.index(about) if about else len(SLOTS)
        for i in held:
            counted[i, column] += 1
            if about and len(shown[i]) < MOST_SHOWN:
                shown[i].append((column, sentence))
    cued = counted[:, :-1]
    main = cued.argmax(1) if place else np.zeros(0, dtype=np.int64)
    mine = cued.max(1) if place else np.zeros(0, dtype=np.int64)
    telling = (mine >= TELLING * counted.sum(1)) & (mine >= 0.5 * cued.sum(1)) & (mine > 0)
    slots = [SLOTS[int(main[i])] if telling[i] else None for i in range(len(place))]
    return slots, [[s for column, s in shown[i] if column == main[i]] for i in range(len(place))]


def _strata(speech: Speech, sentences: list[Sentence], found: Phrases) -> Ints:
    """Return one number per company: companies heard in the same ways, which said about as much, share it."""
    ways_heard: dict[int, set[str]] = {}
    for sentence in sentences:
        ways_heard.setdefault(sentence.company, set()).add(speech.utterances[sentence.utterance].kind)
    kinds = ["+".join(sorted(ways_heard[c] & (RECORDED | {"note", "reason"}))) for c in found.companies.tolist()]
    kind = np.unique(np.array(kinds), return_inverse=True)[1]
    stratum = np.zeros(len(kinds), dtype=np.int64)
    for k in np.unique(kind):
        rows = np.flatnonzero(kind == k)
        bands = int(np.clip(len(rows) // FEWEST_IN_A_BAND, 1, BANDS))
        rank = np.argsort(np.argsort(found.volume[rows], kind="stable"), kind="stable")
        stratum[rows] = k * BANDS + rank * bands // max(len(rows), 1)
    return np.unique(stratum, return_inverse=True)[1].astype(np.int64)


def _tried(corpus: _Corpus) -> list[_Tried]:
    """Return each phrase that is about something, held against chance."""
    about = [i for i, slot in enumerate(corpus.slot) if slot is not None]
    if not about:
        return []
    holds = sparse.csr_matrix(corpus.found.holds[:, about])
    items = Items(
        Attribute("conversations", "text", "operational"),
        tuple(in_words(corpus.found.words[i]) for i in about),
        holds,
        np.ones(len(corpus.best), dtype=bool),
    )
    n_best, n_rest = int(corpus.best.sum()), int((~corpus.best).sum())
    p = np.ones(len(about))
    if n_best and n_rest:
        p = item_p_by_deal(items, corpus.best, corpus.stratum, int(corpus.stratum.max()) + 1)
    with_best = np.asarray(holds.T @ corpus.best.astype(float)).ravel()
    with_rest = np.asarray(holds.T @ (~corpus.best).astype(float)).ravel()
    weight = log_odds(with_best, with_rest, n_best, n_rest) * (1.0 if corpus.recorded else 0.5)
    columns = sparse.csc_matrix(holds)
    tried = []
    for at, i in enumerate(about):
        slot = corpus.slot[i]
        assert slot is not None  # noqa: S101  only those are asked for
        rows = columns.indices[columns.indptr[at] : columns.indptr[at + 1]]
        tried.append(
            _Tried(
                slot,
                corpus.found.words[i],
                frozenset(corpus.found.companies[rows].tolist()),
                corpus.shown[i],
                Seen(seen=int(with_best[at]), n=n_best),
                Seen(seen=int(with_rest[at]), n=n_rest),
                float(p[at]),
                float(weight[at]),
                corpus.recorded,
            )
        )
    return tried


def log_odds(best: Floats, rest: Floats, n_best: int, n_rest: int, prior: float = PRIOR_COMPANIES) -> Floats:
    """Return how many standard errors the log-odds of being said lie apart, with an informative Dirichlet prior.

    >>> log_odds(np.array([8.0]), np.array([8.0]), 20, 20).round(3)
    array([0.])
    """
    share = (best + rest) / max(n_best + n_rest, 1)
    a, b = prior * share, prior * (1 - share)
    apart = np.log((best + a) / np.maximum(n_best - best + b, 1e-9)) - np.log(
        (rest + a) / np.maximum(n_rest - rest + b, 1e-9)
    )
    return np.asarray(apart / np.sqrt(1 / np.maximum(best + a, 1e-9) + 1 / np.maximum(rest + a, 1e-9)))


def _chosen(tried: list[_Tried], q: Floats, slot: Slot) -> list[int]:
    """Return which phrases of a slot are shown: the proven first, then what most of the best customers say."""
    mine = [i for i, t in enumerate(tried) if t.slot == slot and t.shown]

    def proven(i: int) -> tuple[bool, bool, float, float]:
        t = tried[i]
        return not t.recorded, q[i] > ERROR_RATE, float(q[i]) if q[i] <= SUGGESTIVE_RATE else 1.0, -abs(t.weight)

    in_order = sorted((i for i in mine if q[i] <= SUGGESTIVE_RATE), key=proven)
    in_order += sorted(
        (i for i in mine if q[i] > SUGGESTIVE_RATE),
        key=lambda i: (not tried[i].recorded, -tried[i].best.seen, -len(tried[i].words), tried[i].words),
    )
    chosen: list[int] = []
    for i in in_order:
        if len(chosen) == MOST_PER_SLOT:
            break
        same = [j for j in in_order if _the_same(tried[i], tried[j])]
        longest = max(same, key=lambda j: len(tried[j].words))
        if not any(_alike(tried[longest], tried[j]) or _alike(tried[i], tried[j]) for j in chosen):
            chosen.append(longest)
    return chosen


def _the_same(one: _Tried, other: _Tried) -> bool:
    """Return whether two phrases are said by nearly the same companies: the longer one tells more."""
    return len(one.companies & other.companies) >= THE_SAME * len(one.companies | other.companies)


def _alike(one: _Tried, other: _Tried) -> bool:
    both, fewer = len(one.companies & other.companies), min(len(one.companies), len(other.companies))
    return both > (SHARING_WORDS if set(one.words) & set(other.words) else SAME_COMPANIES) * fewer


def _voice(speech: Speech, tried: _Tried, q: float, z: float, best: set[int]) -> Voice:
    phrase = in_words(tried.words)
    apart = _ratio(tried, z if q <= ERROR_RATE else Z95)
    more_among_best = apart is None or apart.value >= 1
    return Voice(
        slot=tried.slot,
        phrase=phrase,
        verdict=_verdict(tried, q, apart),
        best=tried.best,
        rest=tried.rest if tried.rest.n else None,
        ratio=apart,
        q=q if tried.rest.n and tried.best.n else None,
        strength="recorded words" if tried.recorded else "CRM notes",
        quotes=quotes(speech, tried.shown, phrase, first=lambda s: (s.company in best) == more_among_best),
    )


def _ratio(tried: _Tried, z: float) -> Estimate | None:
    if not tried.best.n or not tried.rest.n:
        return None
    return ratio(tried.best.seen, tried.best.n, tried.rest.seen, tried.rest.n, z)


def _verdict(tried: _Tried, q: float, apart: Estimate | None) -> Verdict:
    """Return what the evidence is worth; the words of notes are never more than suggestive."""
    n = tried.best.n + tried.rest.n
    if apart is None:
        return "too little data"
    clear = apart.low is not None and apart.high is not None and (apart.low > 1 or apart.high < 1)
    if q <= ERROR_RATE and clear:
        return "supported" if tried.recorded else "suggestive"
    if q <= SUGGESTIVE_RATE:
        return "suggestive"
    base, inside = tried.best.n / n, (tried.best.seen + tried.rest.seen) / n
    relevant = min(RELEVANT_DIFFERENCE, base / 3, (1 - base) / 3)
    return "too little data" if deals_needed(relevant, base, inside, Z95) > n else "not supported"


def _limits(speech: Speech, best: set[int], tried: list[_Tried]) -> tuple[str, ...]:
    companies = {s.company for s in speech.sentences}
    if not companies:
        return ()
    of_best = len(companies & best)
    said = (
        f"What customers say rests on the conversations of {len(companies):,} companies, {of_best:,} of them best "
        "customers; nobody knows what the others would have said."
    )
    if not tried:
        return said, "No phrase pointed to a pain, an alternative, an objection, an urgency or a trigger."
    return (said,)
