"""The words of a text that count, each without its ending."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

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
    for word in written_in(text):
        if _IDEOGRAPHS.search(word):
            found += word
        elif word not in STOP_WORDS:
            found.append(stem(word))
    return found


def written_in(text: str) -> list[str]:
    """Return the words of a text as they are written, in lower case."""
    return _WORD.findall(text.lower().replace("’", "'"))


@lru_cache(maxsize=100_000)
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


def query_words(text: str) -> dict[str, float]:
    """Return the words of a query with how often it says each.

    >>> query_words("trucks, trucks and drivers")
    {'truck': 2.0, 'driver': 1.0}
    """
    return {word: float(count) for word, count in Counter(words_of(text)).items()}
