"""What a company says about itself, made ready for reading: markup off, white space even, sentences told apart."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.match.words import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = 40_000
"""Letters of a text that are read: some thirty pages. What a company does stands at the beginning."""
_TAG = re.compile(r"<(?:[a-zA-Z/!][^<>]{0,2000})>")
_HIDDEN = re.compile(r"(?is)<(script|style|noscript|template|svg)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)")
_BREAKING = re.compile(r"(?i)<(?:br|/p|/div|/li|/h[1-6]|/tr|/title)\b[^<>]{0,200}>")
_BEFORE_A_STOP = re.compile(r"[ \t]+([.,;:!?])")  # "<b>same day</b>." leaves a gap
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\ufeff]")
_END = re.compile(r"(?<=[.!?。！？])[\"”’)]*\s+|(?<=[。！？])|\s*\n+\s*")
_LATIN_LETTERS = b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
_LETTER = re.compile(r"[^\W\d_]")
LEAST_WORDS_TO_JUDGE = 8
_ALSO_ELSEWHERE = frozenset("a am an as at be do he her in me no on same so some was will".split())
"""Words of English that other languages have too."""
_ENGLISH = STOP_WORDS - _ALSO_ELSEWHERE


@dataclass(frozen=True)
class Told:
    """A company's own words: all of them, the short line that stands first, and whether they were cut."""

    text: str
    headline: str
    cut: bool = False


def told(cells: Sequence[str | None]) -> Told:
    r"""Return what a company's text cells tell together; the shortest of the cells that says something is the headline.

    >>> told(["<p>We ship&nbsp;parcels all day.</p>", None, "Logistics for shops"])
    Told(text='Logistics for shops\nWe ship parcels all day.', headline='Logistics for shops', cut=False)
    """
    pieces = [(clean(cell), len(cell) > LONGEST) for cell in cells if isinstance(cell, str)]
    kept = list(dict.fromkeys(piece for piece, _ in pieces if piece))
    if not kept:
        return Told("", "")
    headline = min(kept, key=len)
    rest = [piece for piece in kept if piece != headline]
    if not rest:  # one text only: its first sentence stands for it
        headline = _first_sentence(headline)
        return Told(kept[0], headline, any(cut for _, cut in pieces))
    return Told("\n".join((headline, *rest))[:LONGEST], headline, any(cut for _, cut in pieces))


def clean(text: str) -> str:
    r"""Return a text without markup and control characters, its white space even, cut at `LONGEST` letters.

    >>> clean("<style>p {}</style><h1>Parcels</h1><p>We&#39;re fast\x00 &amp; cheap</p>")
    "Parcels\nWe're fast & cheap"
    """
    text = text[: 4 * LONGEST]
    if "<" in text:
        text = _BEFORE_A_STOP.sub(r"\1", _TAG.sub(" ", _BREAKING.sub("\n", _HIDDEN.sub(" ", text))))
    if "&" in text:
        text = html.unescape(text)
    lines = (" ".join(line.split()) for line in _CONTROL.sub(" ", text.replace("\r", "\n")).split("\n"))
    return "\n".join(line for line in lines if line)[:LONGEST].strip()


def sentences_of(text: str) -> list[str]:
    r"""Return the sentences of a clean text; a line break ends one too.

    >>> sentences_of("We ship parcels. Fast!\nFor shops")
    ['We ship parcels.', 'Fast!', 'For shops']
    """
    return [piece.strip() for piece in _END.split(text) if piece and piece.strip()] or [text]


def _first_sentence(text: str) -> str:
    """Return the first of `sentences_of`, without looking for the others."""
    start = 0
    for end in _END.finditer(text):
        piece = text[start : end.start()].strip()
        if piece:
            return piece
        start = end.end()
    return text[start:].strip() or text


def not_english(text: str) -> bool:
    """Return whether a text is, as far as its words tell, in another language than English; short ones are not judged.

    >>> not_english("Wir liefern Pakete für kleine Geschäfte in der ganzen Stadt")
    True
    >>> not_english("We deliver parcels for small shops in the whole city"), not_english("Parcels, worldwide")
    (False, False)
    """
    sample = text[:4000]
    ascii_only = sample.encode("ascii", "ignore")
    latin = len(ascii_only) - len(ascii_only.translate(None, _LATIN_LETTERS))
    if len(sample) - len(ascii_only) > latin:  # else most letters are Latin ones, whatever the others are
        letters = _LETTER.findall(sample)
        if len(letters) >= LEAST_WORDS_TO_JUDGE and latin < len(letters) / 2:
            return True
    words = sample.split()
    if len(words) < LEAST_WORDS_TO_JUDGE:
        return False
    needed = len(words) / 8
    for word in words:  # the first few words of an English text are enough
        if word.strip(".,;:!?()\"'").lower() in _ENGLISH:
            needed -= 1
            if needed <= 0:
                return False
    return True
