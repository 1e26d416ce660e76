"""Names of companies made comparable: letters, legal forms, and the other names that stand inside a name."""

from __future__ import annotations

import re
import unicodedata

from rapidfuzz.distance import OSA

from idealfit.profile.legal_forms import ENDINGS, without_asian_forms, without_forms

# fmt: off
_LETTERS = str.maketrans({
    "ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i", "ə": "e", "ħ": "h",
    # Cyrillic, as the names are usually written in Latin letters
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "e", "ж": "zh", "з": "z", "и": "i", "й": "y",
    "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t", "у": "u", "ф": "f",
    "х": "kh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ъ": "", "ы": "y", "ь": "", "э": "e", "ю": "yu", "я": "ya",
    "і": "i", "ї": "i", "є": "e", "ґ": "g", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c", "ђ": "dj", "џ": "dz",
    # Greek
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i", "κ": "k", "λ": "l",
    "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s", "ς": "s", "τ": "t", "υ": "y", "φ": "f",
    "χ": "ch", "ψ": "ps", "ω": "o",
    "'": "", "’": "", "`": "", "´": "", "ʼ": "", '"': "", "«": "", "»": "", "„": "", "“": "", "”": "",
})
# fmt: on
_INITIALS = re.compile(r"\b(?:[^\W\d_]\.)+(?:[^\W\d_]\b)?")  # S.p.A., G.m.b.H
_SLASHED = re.compile(r"\b([a-z])/([a-z])\b")  # A/S, I/S, K/S
_GAPS = re.compile(r"[^\w]|_")
_OTHER_NAME = re.compile(
    r"[(\[]?\b(?:formerly(?: known as)?|previously(?: known as)?|fka|f/k/a|f\.k\.a\.|prev|ex|née|nee|now|aka|a/k/a"
    r"|a\.k\.a\.|also known as|dba|d/b/a|d\.b\.a\.|doing business as|trading as|t/a|vormals|vorher|ehemals"
    r"|anciennement|antes|già)(?!\w)[:\s]+",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"[(\[]([^()\[\]]+)[)\]]")


def name_key(name: str) -> str:
    """Return a name in plain lower-case words without legal forms; '' if there is no letter or digit in it.

    Accents go, Cyrillic and Greek are transliterated, "&" and "and" are dropped, the scripts of East Asia stay.

    >>> [name_key(n) for n in ("Müller & Söhne GmbH & Co. KG", "ACME, Inc.", "ООО «Ромашка»", "Co")]
    ['muller sohne', 'acme', 'romashka', 'co']
    >>> [name_key(n) for n in ("Żabka Polska Sp. z o.o.", "Novo Nordisk A/S", "㈱日立製作所", "Bimbo, S.A.B. de C.V.")]
    ['zabka polska', 'novo nordisk', '日立製作所', 'bimbo']
    """
    return " ".join(without_forms(plain_words(name)))


def plain_words(name: str) -> list[str]:
    """Return the words of a name in lower case, without accents, punctuation and words that join.

    >>> plain_words("The  Société Générale S.A.")
    ['societe', 'generale', 'sa']
    """
    text = unicodedata.normalize("NFKC", name).casefold()
    if not text.isascii():
        text = without_asian_forms(text.strip()).translate(_LETTERS)
        if not text.isascii():
            text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
            text = unicodedata.normalize("NFC", text)
    else:
        text = text.translate(_LETTERS)
    text = _SLASHED.sub(r"\1\2", _INITIALS.sub(lambda found: found[0].replace(".", ""), text))
    words = _GAPS.sub(" ", text).split()
    kept = [word for word in words if word not in ("and", "the", "und", "et", "y", "og", "och")]
    return kept or words


def names_in(cell: str) -> tuple[str, ...]:
    """Return the names in one cell: the current one first, then former and other ones that stand beside it.

    >>> names_in("Quo (fka OpenPhone)"), names_in("Autodial prev Qwest"), names_in("Flirtey (SkyDrop)")
    (('Quo', 'OpenPhone'), ('Autodial', 'Qwest'), ('Flirtey', 'SkyDrop'))
    >>> names_in("Acme Holdings (UK) Ltd"), names_in("Pippin / Rent the Backyard")
    (('Acme Holdings (UK) Ltd',), ('Pippin', 'Rent the Backyard'))
    """
    first, *others = (part.strip(" -–,;") for part in _OTHER_NAME.split(cell))
    found = [first.rstrip("(["), *(other.rstrip(")]") for other in others)]
    if not others and first:
        inside = _BRACKETED.search(first)
        # Not "(UK)", not "(publ)", and nothing that stands inside the name.
        if inside and first.endswith(inside[0]) and len(inside[1]) > 3 and tuple(plain_words(inside[1])) not in ENDINGS:
            found = [first[: inside.start()].strip(), inside[1].strip()]
        elif " / " in first:
            found = [part.strip() for part in first.split(" / ")]
    return tuple(dict.fromkeys(name for name in found if name)) or (cell,)


def likeness(one: str, other: str) -> float:
    """Return how alike two name keys are, 0 to 1: letters that agree, in order; words joined or parted make no odds.

    Numbers in a name must be the same numbers, or the likeness is 0: "Studio 54" is not "Studio 55". Where the names
    have as many words, the least alike of them counts (with .15 more), so that a long word in common hides nothing.

    >>> likeness("acme robotics", "acmerobotics"), round(likeness("acme robotics", "acme robtics"), 2)
    (1.0, 0.92)
    >>> likeness("studio 54", "studio 55"), round(likeness("abide therapeutics", "agile therapeutics"), 2)
    (0.0, 0.75)
    """
    if re.findall(r"\d+", one) != re.findall(r"\d+", other):
        return 0.0
    whole = float(OSA.normalized_similarity(one.replace(" ", ""), other.replace(" ", "")))
    ours, theirs = one.split(), other.split()
    if len(ours) != len(theirs):
        return whole
    return min(whole, 0.15 + min(OSA.normalized_similarity(a, b) for a, b in zip(ours, theirs, strict=True)))
