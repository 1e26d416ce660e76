"""Whose words they are: the customer's, sentence by sentence, without our own side, signatures and boilerplate."""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from idealfit.learn.belonging import Belonging
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.tables import Utterance

RECORDED = frozenset(("transcript", "interview"))
"""Kinds of words that a customer said or wrote; the others are what our side noted."""
OURS_FROM = 3
"""Who speaks in the conversations of this many companies is one of us: a customer speaks in those of one."""
REPEATED_IN = 3
"""A long sentence that stands, word for word, in the conversations of this many companies is boilerplate."""
LONG = 8
LONGEST_SENTENCE = 2_000

_END = re.compile(r"[.!?…]+[\"”’')\]]*(?=\s|$)|[。！？]+|\n+")
_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of a customer, as ``utterance.text[start:end]``, and the company (a code of the history)."""

    utterance: int
    start: int
    end: int
    company: int
    recorded: bool


@dataclass(frozen=True)
class Speech:
    """What customers said: their sentences, and what was left out and why."""

    utterances: tuple[Utterance, ...]
    sentences: tuple[Sentence, ...]
    rows: tuple[RowCount, ...] = ()
    warnings: tuple[str, ...] = field(default=())

    def text(self, sentence: Sentence) -> str:
        """Return the words of a sentence as they stand in its source."""
        return self.utterances[sentence.utterance].text[sentence.start : sentence.end]


def customers_speech(past: History, utterances: Sequence[Utterance]) -> Speech:
    """Return what customers of `past` said before their deal was decided (interviews and reasons: whenever)."""
    said = tuple(utterances)
    company, closed = _companies(past, said)
    known = company >= 0
    ours = _our_side(past, said, company)
    late = _after_the_outcome(said, closed)
    kept = np.flatnonzero(known & ~ours & ~late)
    of_deals, theirs = int(known.sum()), int((known & ~ours).sum())
    rows = [
        RowCount("utterances of companies in the history", len(said), of_deals, "others belong to no decided deal"),
        RowCount("utterances of customers", of_deals, theirs, "the others are our own side's"),
        RowCount("utterances before the outcome", theirs, len(kept), "said after the deal was decided"),
    ]
    found = [_sentence(said[i], int(i), int(company[i]), *span) for i in kept for span in spans(said[i].text)]
    sentences, repeated = _without_repeated(said, found)
    why = f"long sentences that stand word for word with {REPEATED_IN} companies or more"
    rows.append(RowCount("sentences of their own", len(found), len(sentences), why))
    return Speech(said, tuple(sentences), tuple(rows), _warnings(said, known, repeated))


def spans(text: str) -> Iterator[tuple[int, int]]:
    r"""Yield where each sentence stands in a text, without quoted messages, signatures and disclaimers.

    >>> text = "We ran late. Every week!\n> older words\nBest regards,\nAnn"
    >>> [text[a:b] for a, b in spans(text)]
    ['We ran late.', 'Every week!']
    """
    end_of_all = len(text)
    for line in re.finditer(r"[^\n]+", text):
        if line.start() and _cues()["closings"].match(line[0].strip()):
            end_of_all = line.start()
            break
    start = 0
    for stop in (*(m.end() for m in _END.finditer(text, 0, end_of_all)), end_of_all):
        piece = text[start:stop]
        left = len(piece) - len(piece.lstrip())
        a, b = start + left, start + len(piece.rstrip())
        start = stop
        if a >= b or text[a] == ">" or _cues()["disclaimers"].search(text, a, b) or not _WORD.search(text, a, b):
            continue
        for cut in range(a, b, LONGEST_SENTENCE):
            yield cut, min(cut + LONGEST_SENTENCE, b)


@cache
def cues_of_voice() -> dict[str, Any]:
    """Return what stands in `voice_cues.toml`, as it stands."""
    return tomllib.loads(files("idealfit.learn").joinpath("voice_cues.toml").read_text(encoding="utf-8"))


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    raw = cues_of_voice()["nobody"]
    return {name: re.compile(rf"(?:{ways(raw[name])})", re.IGNORECASE) for name in ("closings", "disclaimers")}


def ways(block: str) -> str:
    """Return a block of ways to say something as one pattern; a space matches any blanks."""
    entries = [e.strip() for line in block.splitlines() for e in line.split(" | ") if e.strip()]
    return "|".join(entry.replace(" ", r"\s+") for entry in entries)


def _sentence(utterance: Utterance, place: int, company: int, start: int, end: int) -> Sentence:
    somebody = bool(utterance.speaker or utterance.side == "theirs") or utterance.kind == "interview"
    return Sentence(place, start, end, company, utterance.kind in RECORDED and somebody)


def _companies(past: History, said: Sequence[Utterance]) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.datetime64]]:
    """Return the company of each utterance (-1: none), and the day its deal was decided."""
    belonging, known = Belonging(past), {}
    for name in {(u.deal, u.company) for u in said}:
        known[name] = belonging.company(*name)
    found = [known[u.deal, u.company] for u in said]
    company = np.array([code for code, _ in found], dtype=np.int64)
    return company, np.array([day for _, day in found], dtype="datetime64[D]")


def _our_side(past: History, said: Sequence[Utterance], company: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    """Return which utterances our own side spoke; notes are written by us and count as notes."""
    sellers = {str(o).strip().casefold() for o in past.roles["owner"].dropna()} if "owner" in past.roles else set()
    heard: dict[str, set[int]] = defaultdict(set)
    for utterance, code in zip(said, company.tolist(), strict=True):
        if utterance.speaker and code >= 0 and utterance.kind in RECORDED:
            heard[utterance.speaker.casefold()].add(code)
    ours = sellers | {name for name, codes in heard.items() if len(codes) >= OURS_FROM}

    def is_ours(u: Utterance) -> bool:
        return u.side == "ours" or (not u.side and bool(u.speaker) and u.speaker.casefold() in ours)

    return np.array([u.kind in RECORDED and is_ours(u) for u in said], dtype=bool)


def _after_the_outcome(said: Sequence[Utterance], closed: npt.NDArray[np.datetime64]) -> npt.NDArray[np.bool_]:
    days = np.array(
        [np.datetime64("NaT") if u.said_on is None else np.datetime64(u.said_on) for u in said], dtype="datetime64[D]"
    )
    talk = np.array([u.kind in ("transcript", "note") for u in said], dtype=bool)
    return talk & (days > closed.astype("datetime64[D]"))


def _without_repeated(said: tuple[Utterance, ...], found: list[Sentence]) -> tuple[list[Sentence], int]:
    """Return sentences without the long ones that many companies share word for word."""
    companies: dict[int, set[int]] = defaultdict(set)
    keys = []
    for sentence in found:
        words = _WORD.findall(said[sentence.utterance].text[sentence.start : sentence.end].casefold())
        long = len(words) >= LONG or (len(words) and sum(map(len, words)) >= 6 * LONG)
        key = hash(tuple(words)) if long else 0
        keys.append(key)
        if key:
            companies[key].add(sentence.company)
    repeated = {key for key, codes in companies.items() if len(codes) >= REPEATED_IN}
    return [s for s, key in zip(found, keys, strict=True) if key not in repeated], len(repeated)


def _warnings(said: tuple[Utterance, ...], known: npt.NDArray[np.bool_], repeated: int) -> tuple[str, ...]:
    warnings = []
    if not known.any():
        warnings.append("No conversation belongs to a deal: give a deal id or the company as the deals call it.")
    if repeated:
        warnings.append(f"{repeated:,} sentences of boilerplate were left out of what customers say.")
    nobody = sum(not u.speaker and not u.side and u.kind == "transcript" for u in said)
    if nobody:
        warnings.append(f"{nobody:,} turns do not say who speaks; they count as notes, not as recorded words.")
    return tuple(warnings)
