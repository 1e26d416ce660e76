"""Words of a sentence with their parts of speech, told by small words, verb forms and what stands beside them.

No tagger and no model: the small words of English are few, the forms of its common verbs follow rules (`grammar.toml`),
and whether "stores" or "runs" is a verb is mostly told by the word before it. What nothing is known of is a noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from itertools import takewhile
from typing import Literal

from idealfit.profile.verb_forms import Form, forms_of, grammar, states, verb_forms

Kind = Literal[
    "subject", "pronoun", "determiner", "possessive", "modal", "be", "have", "do", "negation", "adverb", "preposition",
    "join", "opening", "relative", "verb", "to", "number", "noun", "name", "mark",
]  # fmt: skip


@dataclass(frozen=True)
class Word:
    """A word or mark at ``sentence[start:end]``; `lemma` and `form` are those of a verb."""

    start: int
    end: int
    text: str
    kind: Kind
    lemma: str = ""
    form: Form = ""

    @property
    def low(self) -> str:
        """The word in small letters."""
        return self.text.lower()

    @property
    def is_finite(self) -> bool:
        """Whether it can begin what a subject does: modal, auxiliary, or a verb in the present or past."""
        if self.kind in ("be", "have", "do"):
            return self.low not in ("be", "been", "being", "having", "doing", "done")
        return self.kind == "modal" or (self.kind == "verb" and self.form in ("base", "s", "past", "ed"))


_WORD = re.compile(
    r"(?:[$€£<>≤≥~]+\s?)?\d+(?:[.,]\d+)*\w*(?:\+|%)?|(?:\.NET|[^\W\d_](?:[\w&/]|[.](?=\w)|['’](?!(?:s|re|ve|ll|d|m)\b)(?=\w)|-(?=\w))*)"
    r"|['’](?:s|re|ve|ll|d|m)\b|[^\w\s]"
)
_CLITICS = {"re": "are", "ve": "have", "ll": "will", "m": "am"}
_ANY = ("anything", "anyone", "anybody", "everything", "everyone", "nothing", "nobody", "anywhere")
_ONE_OF_MANY = ("one", "each", "none", "neither", *_ANY)
_ARTICLES = frozenset("the a an their its our every his her them us him me".split())
_POINTING = frozenset("this these those that all both each some many most any none few one".split())


def words_in(sentence: str) -> tuple[Word, ...]:
    """Return the words of a sentence with their parts of speech.

    >>> [w.text for w in words_in("They run stores and the stores run well.") if w.kind == "verb"]
    ['run', 'run']
    """
    return _settled([_first(found) for found in _WORD.finditer(sentence)])


def _first(found: re.Match[str]) -> Word:
    """Return a word by itself, as what it most often is."""
    text = found[0]
    low = text.lower().replace("’", "'")
    place = (found.start(), found.end(), text)
    if low[0] == "'" and low[1:]:
        return Word(*place, "be" if low in ("'s", "'re", "'m") else "have" if low == "'ve" else "modal", lemma="be")
    if low.endswith("n't"):
        base = {"won't": "will", "can't": "can"}.get(low, low[:-3])
        return Word(*place, _closed().get(base, "modal"), lemma=_lemma_of_auxiliary(base))
    if low[0].isdigit() or low[0] in "$€£<>≤≥~":
        return Word(*place, "number")
    if not low[0].isalpha() and low != ".net":
        return Word(*place, "mark")
    if low in ("us", "it") and text.isupper():
        return Word(*place, "name")
    if low == "to":
        return Word(*place, "to")
    if low.endswith("ly") and len(low) > 4 and low not in verb_forms() and low not in _nouns():
        return Word(*place, "adverb")
    if kind := _closed().get(low):
        return Word(*place, kind, lemma=_lemma_of_auxiliary(low))
    if text[0].isupper():
        return Word(*place, "name")
    return Word(*place, "noun")


def _lemma_of_auxiliary(low: str) -> str:
    for lemma in ("be", "have", "do"):
        if _closed().get(low) == lemma:
            return lemma
    return low


def _settled(words: list[Word]) -> tuple[Word, ...]:
    """Return the words with their verbs found, each by what stands before and after it."""
    found: list[Word] = []
    for at, said in enumerate(words):
        after = words[at + 1] if at + 1 < len(words) else None
        word = _small(said, found, after)
        verb: tuple[str, Form] | None = None
        if word.kind == "noun" and _acts_on(found, after):
            verb = next((f for f in forms_of(word.low) if f[1] in ("base", "s", "past", "ed")), (word.low, "base"))
        elif word.kind in ("noun", "name") and not (at == 0 and _describes(word, words[1:])):
            verb = _as_verb(word, found, after)
        found.append(word if verb is None else replace(word, kind="verb", lemma=verb[0], form=verb[1]))
    return tuple(found)


def _small(word: Word, before: list[Word], after: Word | None) -> Word:
    """Return a small word as what it is here: "that" may open a clause or point to a thing, "'s" may own or be."""
    low, last = word.low, before[-1] if before else None
    if low in ("'s", "’s") and last is not None and last.kind in ("noun", "name"):
        following = verb_forms().get(after.low, ()) if after is not None else ()
        is_being = after is not None and (
            after.kind in ("determiner", "preposition", "negation")
            or any(form in ("ing",) for _, form in following)
            or after.low in ("based", "headquartered", "located")
        )
        return word if is_being else replace(word, kind="possessive", lemma="")
    if low == "a" and last is not None and last.low == "series":
        return replace(word, kind="name")
    if low == "need" and after is not None and after.low == "not":
        return replace(word, kind="modal")  # "they need not apply"
    if low == "past" and last is not None and last.kind in ("determiner", "possessive"):
        return replace(word, kind="noun")
    if low == "once":
        opens = after is not None and after.kind in ("subject", "determiner", "possessive", "pronoun")
        return replace(word, kind="opening" if opens else "adverb")
    if low == "yet" and (last is None or last.kind != "mark"):
        return replace(word, kind="adverb")
    if (
        low == "like"
        and last is not None
        and last.kind in ("subject", "modal", "to", "do", "adverb", "noun", "name", "relative")
    ):
        return replace(word, kind="noun")
    if low == "than" and (after is None or after.kind != "subject"):
        return replace(word, kind="preposition")
    if low in _POINTING:
        nounlike = after is not None and after.kind in ("noun", "name", "number", "possessive", "determiner")
        acting = (
            nounlike
            and after is not None
            and any(f in ("base", "ed", "past") for _, f in verb_forms().get(after.low, ()))
        )
        alone = not nounlike or (acting and low in ("all", "both", "most", "many", "some"))
        if low == "that" and last is not None and last.kind not in ("mark", "join", "preposition", "opening"):
            return replace(word, kind="relative")
        return replace(word, kind="pronoun" if alone else "determiner")
    return word


def _as_verb(word: Word, before: list[Word], after: Word | None) -> tuple[str, Form] | None:
    """Return the verb that a word is here, as its base and form; None where it is a noun or an adjective."""
    forms = forms_of(word.low)
    if not forms or (word.kind == "name" and before and not _starts(before)):
        return None
    last = _last_that_counts(before)
    if word.low == "stores" and last is not None and last.low == "online":
        return None
    if word.low in _nouns() and (last is None or last.kind not in ("be", "subject")):
        return None
    by_form = {form: lemma for lemma, form in forms}
    if last is None or last.kind in ("mark", "join", "opening"):
        return _opening_verb(by_form, last, before, after)
    if last.kind in ("noun", "name"):
        return _verb_after_a_noun(by_form, last, before, after)
    if _ends_a_contact(before) and "s" in by_form:
        return by_form["s"], "s"  # "everything they have runs on AWS"
    if last.kind == "verb" and "ing" not in by_form and last.lemma not in _HELPERS:
        return None
    found = next((form for form in _FORMS_AFTER.get(last.kind, ()) if form in by_form), None)
    if found is None:
        return None
    return by_form[found], "participle" if found == "ed" and last.kind == "verb" else found  # "to get paid"


def _describes(word: Word, ahead: list[Word]) -> bool:
    """Return whether a participle begins a subject: "bootstrapped software companies are"."""
    run = list(takewhile(lambda w: w.kind in ("noun", "name"), ahead))
    after = ahead[len(run)] if len(run) < len(ahead) else None
    return (
        any(form == "ed" for _, form in forms_of(word.low))
        and bool(run)
        and is_plural(run[-1].low)
        and after is not None
        and after.kind in ("be", "have", "do", "modal")
    )


def _ends_a_contact(before: list[Word]) -> bool:
    """Return whether the words before are a relative clause without "that": "everything they have"."""
    return (
        len(before) > 2  # a noun, a pronoun and a verb
        and before[-1].kind in ("verb", "have", "do")
        and before[-2].kind == "subject"
        and before[-3].kind in ("noun", "name", "pronoun")
    )


_FORMS_AFTER: dict[Kind, tuple[Form, ...]] = {
    **dict.fromkeys(("subject", "modal", "to", "do", "relative"), ("base", "s", "past", "ed", "ing", "participle")),
    "have": ("participle", "ed", "ing"),
    "be": ("ing", "participle", "ed"),
    "verb": ("ing", "participle", "ed"),
    "number": ("past",),
    "preposition": ("ing",),
    "pronoun": ("base", "s", "past", "ed", "ing"),
}
"""Which forms of a verb may follow a word of which kind; after an article or "their" stands no verb."""
_HELPERS = ("get", "help", "let", "make", "keep")


def _verb_after_a_noun(
    by_form: dict[Form, str], last: Word, before: list[Word], after: Word | None
) -> tuple[str, Form] | None:
    """Return the verb after a noun: it agrees with the noun or with the one that the words began with."""
    finite = next((form for form in _PRESENT if form in by_form), None)
    if finite is not None and not {"ing", "ed", "past"} & by_form.keys():
        heads = {is_plural(noun) and noun not in _nouns() for noun in (last.low, _head(before) or last.low)}
        fits = last.low in ("data", "media") or (finite == "base") in heads
        counted = finite == "s" and not is_plural(last.low) and _counted(before)  # "three different numbers"
        return (by_form[finite], finite) if fits and not counted and not _closes(finite, before, after) else None
    is_state = by_form.get("ed") in states() and (
        after is None or after.kind in ("preposition", "number", "opening", "mark")
    )
    if is_state or ("ed" in by_form and after is not None and after.low == "by"):  # "firms led by their founders"
        return by_form["ed"], "participle"
    return next(((by_form[form], form) for form in _FORMS_AFTER_A_NOUN if form in by_form), None)


_PRESENT: tuple[Form, ...] = ("base", "s")
_FORMS_AFTER_A_NOUN: tuple[Form, ...] = ("past", "ed", "ing", "participle")


def _closes(finite: Form, before: list[Word], after: Word | None) -> bool:
    """Return whether a word that may be a verb only closes a phrase, as a noun: "sales calls."."""
    if after is not None and after.kind != "mark":
        return after.low == "of"
    stretch = _stretch(before)
    opener = before[-1 - len(stretch)].kind if len(before) > len(stretch) else None
    if opener in ("opening", "relative"):  # "what retailers break"
        return False
    if finite == "s" and stretch and stretch[0].low in _ANY:
        return False  # "anything from 20 to 90 people works."
    alone = finite == "s" and bool(stretch) and stretch[0].kind in ("determiner", "possessive")
    return not (alone and after is not None and not any(word.kind == "preposition" for word in stretch))


def _acts_on(before: list[Word], after: Word | None) -> bool:
    """Return whether an unknown word between a noun and an article is a verb: "insurers foot the bill"."""
    return (
        after is not None
        and after.low in _ARTICLES
        and bool(before)
        and before[-1].kind in ("noun", "name")
        and not any(word.is_finite for word in _stretch(before))
    )


_NOT_PRESENT: tuple[Form, ...] = ("ing", "ed", "past", "participle")
_AFTER_A_VERB = (
    "determiner", "possessive", "number", "pronoun", "preposition", "to", "name", "opening", "subject", "adverb",
    "negation",
)  # fmt: skip


def _opening_verb(
    by_form: dict[Form, str], last: Word | None, before: list[Word], after: Word | None
) -> tuple[str, Form] | None:
    """Return the verb at the start or after a comma or "and": an order, or one more thing that is done."""
    alone = after is None or after.kind == "mark" or (last is None and is_plural(after.low))  # "bootstrapped, in Rome"
    if "ed" in by_form and (by_form["ed"] in states() or alone) and not any(word.is_finite for word in before):
        return by_form["ed"], "participle"
    adjective = (after is None or after.kind in ("mark", "join")) and any(word.kind == "be" for word in before)
    if "ed" in by_form and (adjective or (after is not None and after.low == "by")):
        return by_form["ed"], "participle"  # "they are profitable, bootstrapped and proud of it"
    if (form := next((form for form in _NOT_PRESENT if form in by_form), None)) is not None:
        return by_form[form], form
    starts = last is None or last.kind == "mark"
    goes_on = after is not None and (after.kind in _AFTER_A_VERB or (starts and after.kind == "noun"))
    if "base" in by_form and goes_on and not (after is not None and after.low == "of"):
        if last is None or last.low in (":", ".", "!", ";", "—", "–"):
            return by_form["base"], "base"
        if any(word.is_finite and word.form != "s" and word.low not in ("has", "is", "does") for word in before):
            return by_form["base"], "base"
        return None
    if "s" in by_form and goes_on and last is not None and last.low == "," and not any(w.is_finite for w in before):
        return by_form["s"], "s"  # "their customer, a bank, pays ..."
    if (
        "s" in by_form
        and goes_on
        and (
            last is None
            or last.low == ":"
            or any(word.is_finite and (word.form == "s" or word.low in ("has", "is")) for word in before)
        )
    ):
        return by_form["s"], "s"
    return None


def _starts(before: list[Word]) -> bool:
    return before[-1].low in (".", ":", "!", "?", "“", '"', "—")


def _last_that_counts(before: list[Word]) -> Word | None:
    """Return the word before a verb or a noun, adverbs between them left out; "no" tells as much as "the"."""
    for word in reversed(before):
        if word.kind not in ("adverb", "negation") or word.low == "no":
            return replace(word, kind="determiner") if word.low == "no" else word
    return None


def _head(before: list[Word]) -> str:
    """Return the noun that the words since the last mark or verb begin with: "customers" of "customers in Japan"."""
    head = ""
    for word in _stretch(before):
        if word.kind == "preposition" and head:
            break
        head = word.low if word.kind in ("noun", "name", "subject") or word.low in _ONE_OF_MANY else head
    return head


def _stretch(before: list[Word]) -> list[Word]:
    """Return the words since the last mark, verb or word that opens or joins."""
    stretch: list[Word] = []
    for word in reversed(before):
        if word.kind in ("mark", "join", "opening", "relative", "verb", "be", "have", "do", "modal"):
            break
        stretch.insert(0, word)
    return stretch


def _counted(before: list[Word]) -> bool:
    """Return whether the nouns before stand after a number."""
    for word in reversed(before):
        if word.kind not in ("noun", "adverb"):
            return word.kind == "number"
    return False


def is_plural(low: str) -> bool:
    """Return whether a noun is more than one, by its ending.

    >>> [is_plural(w) for w in ("firms", "people", "staff", "business")]
    [True, True, True, False]
    """
    return low in _PLURALS or (low.endswith("s") and not low.endswith(("ss", "us", "is")))


_PLURALS = frozenset("people staff those men women children".split())


@cache
def _closed() -> dict[str, Kind]:
    raw = grammar()["closed"]
    kinds: tuple[tuple[str, Kind], ...] = (
        ("adverbs", "adverb"), ("prepositions", "preposition"), ("pronouns", "pronoun"), ("determiners", "determiner"),
        ("opening", "opening"), ("relatives", "relative"), ("subjects", "subject"), ("possessives", "possessive"),
        ("modals", "modal"), ("be", "be"), ("have", "have"), ("do", "do"), ("negations", "negation"),
        ("joining", "join"), ("numbers", "number"),
    )  # fmt: skip
    return {word: kind for name, kind in kinds for word in raw[name].split()}


@cache
def _nouns() -> frozenset[str]:
    """Return the nouns that look like a form of a verb, or like more than one."""
    return frozenset(grammar()["closed"]["nouns"].split())
