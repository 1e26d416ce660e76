"""Exact words as evidence: which sentence shows a phrase best, and that it stands in its source to the letter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.document import Quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from idealfit.learn.speech import Sentence, Speech

MOST_QUOTES = 3
LONGEST_QUOTE = 280
BEST_LENGTH = 90


def quotes(
    speech: Speech,
    shown: Iterable[Sentence],
    phrase: str,
    *,
    first: Callable[[Sentence], bool] = lambda sentence: True,
    most: int = MOST_QUOTES,
) -> tuple[Quote, ...]:
    """Return up to `most` quotes out of the sentences that say `phrase`, each of another company.

    Those that are to stand `first` do. Recorded words go before notes, known speakers and days before unknown ones,
    telling lengths before others.
    """
    chosen: list[Quote] = []
    companies: set[int] = set()
    for sentence in sorted(shown, key=lambda s: (not first(s), *_rank(speech, s))):
        utterance = speech.utterances[sentence.utterance]
        text = shortened(speech.text(sentence), phrase)
        if sentence.company in companies or not stands_in(text, utterance.text):
            continue
        companies.add(sentence.company)
        where = " ".join(part for part in (utterance.deal or utterance.company, f"({utterance.source})") if part)
        chosen.append(
            Quote(text=text, speaker=utterance.speaker, on=utterance.said_on, source=where, hash=utterance.hash)
        )
        if len(chosen) == most:
            break
    return tuple(chosen)


def stands_in(text: str, source: str) -> bool:
    """Return whether the words of a quote stand in the source to the letter, and say something."""
    return bool(text.strip()) and text in source


def shortened(sentence: str, phrase: str) -> str:
    """Return a sentence, or of a long one the words around the phrase: a piece of it, to the letter.

    >>> shortened("We ran late.", "late")
    'We ran late.'
    """
    if len(sentence) <= LONGEST_QUOTE:
        return sentence
    at = max(sentence.casefold().find(phrase), 0)
    at = min(at, len(sentence) - 1)  # folding may change lengths
    start = max(0, min(at - LONGEST_QUOTE // 2, len(sentence) - LONGEST_QUOTE))
    piece = sentence[start : start + LONGEST_QUOTE]
    if start and " " in piece[:40]:
        piece = piece[piece.index(" ") + 1 :]
    if start + LONGEST_QUOTE < len(sentence) and " " in piece[-40:]:
        piece = piece[: piece.rindex(" ")]
    return piece.strip()


def _rank(speech: Speech, sentence: Sentence) -> tuple[bool, bool, bool, int, int, int]:
    utterance = speech.utterances[sentence.utterance]
    length = abs(sentence.end - sentence.start - BEST_LENGTH)
    return (
        not sentence.recorded,
        not utterance.speaker,
        utterance.said_on is None,
        length,
        sentence.utterance,
        sentence.start,
    )
