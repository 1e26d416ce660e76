"""The clauses of a sentence: where each begins, what it does with which verbs, and in which mood and time.

A sentence is cut at its marks, at words that open a clause (if, who, because, ...) and where "and" goes on with a verb
or with somebody new. A clause without a subject of its own has that of the clause it goes on from.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from idealfit.profile.speech import Word, is_plural, words_in

Mood = Literal["present", "past", "perfect", "open", "must", "order", "infinite"]
"""When and how a verb says it: "open" is what may, will or would be; "infinite" has no time of its own."""


@dataclass(frozen=True)
class Verb:
    """What is done: the main word of a group of verbs, with the time of the whole group."""

    start: int
    end: int
    lemma: str
    mood: Mood
    passive: bool = False
    denied: bool = False


@dataclass(frozen=True)
class Clause:
    """A stretch of a sentence about one subject.

    `opened` is the word or mark that begins it, `subject` its own or inherited subject (empty where it has none),
    `antecedent` whether that subject is the noun before a relative clause, `within` the number of the clause that it
    stands in or goes on from.
    """

    start: int
    end: int
    opened: str
    words: tuple[Word, ...]
    subject: tuple[Word, ...]
    verbs: tuple[Verb, ...]
    within: int | None = None
    quoted: bool = False
    own_subject: bool = False

    @property
    def finite(self) -> Verb | None:
        """The first verb that has a time, if any."""
        return next((verb for verb in self.verbs if verb.mood != "infinite"), None)

    def before(self, at: int) -> tuple[Verb, ...]:
        """Return the verbs that stand before a place in the sentence."""
        return tuple(verb for verb in self.verbs if verb.start < at)


_RELATIVES = ("who", "that", "which", "whose", "where", "whom")
_ENDS = frozenset(';:.!?—–"“”=')
_QUOTES = frozenset('"“”')
_MARKS = frozenset(",()")
_TURNED = ("had", "were", "should")
_INSIDE_A_GROUP = ("be", "been", "being", "have", "had", "having", "do", "done")
_TIMES = frozenset(
    "year month week day time today tomorrow quarter spring summer autumn winter night morning moment days once".split()
)
_NO_SUBJECT = ("join", "opening", "relative", "adverb")
_LONGEST_SUBJECT = 12
_IN_A_SUBJECT = (
    "determiner",
    "possessive",
    "number",
    "noun",
    "name",
    "pronoun",
    "adverb",
    "preposition",
    "negation",
    "to",
)
_MUST = ("must", "should", "shall", "ought", "have", "need")


@lru_cache(maxsize=64)
def clauses_of(sentence: str) -> tuple[Clause, ...]:
    """Return the clauses of a sentence in order.

    >>> s = "If they grow, we call them and they buy."
    >>> [(s[c.start : c.end].strip(), c.opened) for c in clauses_of(s)]
    [('If they grow,', 'if'), ('we call them', ','), ('and they buy.', 'and')]
    """
    words = words_in(sentence)
    if not words:
        return ()
    bounds = _bounds(words)
    found: list[Clause] = []
    quotes = _quoted(words)
    for (first, opened), (beyond, _) in zip(bounds, [*bounds[1:], (len(words), "")], strict=True):
        if first == beyond:
            continue
        own = words[first:beyond]
        end = words[beyond].start if beyond < len(words) else len(sentence)
        start = own[0].start
        found.append(_clause(own, start, end, opened, found, quoted=any(a < start < b for a, b in quotes)))
    return tuple(found)


def clause_at(sentence: str, at: int) -> Clause | None:
    """Return the clause in which a place of the sentence lies.

    >>> clause_at("They grow, but we do not.", 15).opened
    'but'
    """
    last = None
    for clause in clauses_of(sentence):
        if clause.start > at:
            break
        last = clause
    return last


def _quoted(words: tuple[Word, ...]) -> list[tuple[int, int]]:
    """Return where somebody's words are quoted: more than a name of one or two words."""
    at = [word.start for word in words if word.text in _QUOTES]
    return [(a, b) for a, b in zip(at[::2], at[1::2], strict=False) if sum(a < w.start < b for w in words) > 2]


def _bounds(words: tuple[Word, ...]) -> list[tuple[int, str]]:
    """Return at which words a clause begins, and what opens it."""
    bounds: list[tuple[int, str]] = [(0, words[0].low if words[0].kind in ("opening", "relative") else "")]
    if words[0].low in _TURNED and len(words) > 1 and words[1].kind == "subject":  # "had they bought it, ..."
        bounds = [(0, "if")]
    if words[0].kind == "preposition" and _by_the_time(words, 0):
        bounds = [(0, "when")]
    has_verb = False
    at = 0
    while at < len(words):
        word = words[at]
        begins: str | None = None
        if word.text in _ENDS and not _between_numbers(words, at):
            bounds.append((at + 1, word.text))
            has_verb = False
        elif at > bounds[-1][0] or at == 0:
            begins = _what_begins(words, at, has_verb=has_verb, opened=bounds[-1][1]) if at else None
            if begins is not None:
                bounds.append((at, begins))
                has_verb = False
        if word.is_finite and not (at and words[at - 1].kind == "to"):
            has_verb = True
        at += 1
    return bounds


def _what_begins(words: tuple[Word, ...], at: int, *, has_verb: bool, opened: str) -> str | None:
    """Return what opens a clause that begins at this word; None where none does."""
    word, last = words[at], words[at - 1]
    if word.kind == "relative":
        return word.low
    if word.kind == "opening" and (
        _subject_follows(words, at + 1) or _participle(words, at + 1) or _verb_follows(words, at + 1)
    ):
        return word.low
    if _by_the_time(words, at):
        return "when"
    if last.text in _MARKS:
        first = at + 1 if word.kind == "join" else at
        if _subject_follows(words, first) or (has_verb and _verb_follows(words, first)):
            return word.low if word.kind == "join" else ","
        return None
    if word.kind == "join" and last.text not in _MARKS and has_verb:
        if opened in _RELATIVES and _only_names(words, at + 1):
            return None  # "those who have Slack or Zoom are ..."
        return word.low if _subject_follows(words, at + 1) or _verb_follows(words, at + 1) else None
    if not has_verb and not opened and word.kind == "subject" and _is_contact(words, at):
        return "that"  # "the companies we like"
    if (
        has_verb
        and word.kind == "subject"
        and last.kind in ("noun", "name", "pronoun", "number")
        and _verb_follows(words, at + 1)
    ):
        return ""
    if (
        has_verb
        and opened == "what"
        and word.kind == "be"
        and word.is_finite
        and last.kind not in ("modal", "relative")
    ):
        return "resumed"
    again = word.kind != "verb" or (word.form == "s" and last.kind in ("have", "verb"))  # "all they have runs"
    ends = last.kind not in ("be", "have", "do", "modal", "adverb", "negation", "to", "subject", "relative")
    if has_verb and opened in _RELATIVES and word.is_finite and again and (ends or word.kind == "verb"):
        return "resumed"
    return None


def _only_names(words: tuple[Word, ...], at: int) -> bool:
    """Return whether nothing but a name stands before the next verb."""
    named = [word for word in words[at : at + 3] if word.kind in ("noun", "name")]
    return bool(named) and words[at].kind in ("noun", "name") and not is_plural(named[-1].low)


def _is_contact(words: tuple[Word, ...], at: int) -> bool:
    """Return whether a pronoun begins a relative clause: "the firms we like", but not "last year they grew"."""
    last = words[at - 1]
    return (
        last.kind in ("noun", "name", "pronoun")
        and words[0].kind in ("determiner", "possessive", "noun", "name", "pronoun")
        and last.low not in _TIMES
        and words[0].low not in ("last", "next", "every", "this")
        and _verb_follows(words, at + 1)
    )


def _by_the_time(words: tuple[Word, ...], at: int) -> bool:
    said = [word.low for word in words[at : at + 3]]
    return said in (["by", "the", "time"], ["as", "soon", "as"], ["as", "long", "as"])


def _between_numbers(words: tuple[Word, ...], at: int) -> bool:
    """Return whether a mark is part of what is said of a number: "10–50", "min. 30"."""
    after = words[at + 1 : at + 2]
    return words[at].text in "–.—" and at > 0 and bool(after) and after[0].kind == "number"


def _subject_follows(words: tuple[Word, ...], at: int) -> bool:
    """Return whether a subject and what it does begin at this word."""
    named = False
    for place, word in enumerate(words[at : at + _LONGEST_SUBJECT], at):
        if word.kind == "subject" or (word.low == "there"):
            return True
        if word.is_finite:
            return named and words[place - 1].kind != "to"
        if word.kind not in _IN_A_SUBJECT:
            return False
        named = named or word.kind in ("noun", "name", "pronoun", "number")
    return False


def _verb_follows(words: tuple[Word, ...], at: int) -> bool:
    for word in words[at : at + 3]:
        if word.kind in ("adverb", "negation"):
            continue
        return word.is_finite
    return False


def _participle(words: tuple[Word, ...], at: int) -> bool:
    return at < len(words) and words[at].kind == "verb" and words[at].form == "ing"


def _clause(own: tuple[Word, ...], start: int, end: int, opened: str, earlier: list[Clause], *, quoted: bool) -> Clause:
    verbs = _verbs(own)
    first = next((verb for verb in verbs if verb.mood != "infinite"), None)
    ahead = tuple(w for w in own if first is not None and w.start < first.start)
    subject = _noun_phrase(ahead) or (_named_at_once(own) if first is None else ())
    within = _goes_on_from(opened, earlier)
    if opened == "resumed" and earlier and earlier[-1].opened == "what" and first is not None and first.lemma == "be":
        return _cleft(Clause(start, end, opened, own, earlier[-1].subject, verbs, None, quoted), earlier[-1])
    clause = Clause(start, end, opened, own, subject, verbs, within, quoted, own_subject=bool(subject))
    if subject or within is None:
        return clause
    if opened in _RELATIVES and opened != "whose":
        return replace(clause, subject=_antecedent(earlier[within]))
    if opened == "resumed" and earlier[within].finite is None:  # "the forwarder they work with is in Rome"
        return replace(clause, subject=_noun_phrase(earlier[within].words), own_subject=True)
    return replace(clause, subject=earlier[within].subject, own_subject=False)


def _cleft(clause: Clause, what: Clause) -> Clause:
    """Return what "what they use is Slack" says: that they use Slack."""
    asked, being = what.finite, clause.finite
    if asked is None or being is None:
        return clause
    denied, lemma = asked.denied or being.denied, asked.lemma
    without = lemma == "do" and any(w.low == "without" for w in what.words if w.start >= asked.end)
    if (lemma in ("lack", "miss") or without) and not any(w.low in ("we", "i", "you") for w in what.subject):
        if being.denied or asked.mood not in ("present", "perfect"):
            open_ = replace(being, lemma="wish")  # "what they can do without is a CRM" tells neither
            return replace(clause, verbs=(open_, *clause.verbs[1:]))
        denied, lemma = not denied, "have"  # "what they lack is a CRM" denies it
    verb = replace(asked, start=being.start, end=being.end, lemma=lemma, denied=denied)
    return replace(clause, verbs=(verb, *clause.verbs[1:]))


def _goes_on_from(opened: str, earlier: list[Clause]) -> int | None:
    """Return the clause that one goes on from: a finished relative clause gives way to the one that it stood in."""
    if not earlier or opened in _ENDS:
        return None
    last = len(earlier) - 1
    if opened == "resumed":
        return earlier[last].within if earlier[last].within is not None else last
    return last


def _noun_phrase(ahead: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the subject among the words before the verb: what begins with a time or place is left off."""
    words = [w for w in ahead if (w.kind not in _NO_SUBJECT and w.low not in ("not", "never")) or w.low == "whose"]
    while words and words[0].kind == "mark":
        words = words[1:]
    commas = [i for i, w in enumerate(words) if w.kind == "mark"]
    if words and words[0].kind in ("preposition", "to") and commas:
        words = words[commas[-1] + 1 :]
    pronoun = next((i for i in range(len(words) - 1, -1, -1) if words[i].kind == "subject"), None)
    if pronoun is not None and all(w.kind in ("adverb", "negation", "mark") for w in words[pronoun + 1 :]):
        return tuple(words[pronoun:])
    return tuple(words)


def _named_at_once(own: tuple[Word, ...]) -> tuple[Word, ...]:
    """Return the pronoun with which a clause begins whose verb is not known."""
    named = [w for w in own if w.kind not in ("join", "adverb", "relative", "opening")][:1]
    return tuple(w for w in named if w.kind == "subject")


def _antecedent(clause: Clause) -> tuple[Word, ...]:
    """Return the noun that stands last in a clause, with what belongs to it."""
    words = [w for w in clause.words if w.kind != "mark"]
    verbs = [i for i, w in enumerate(words) if w.is_finite or w.kind == "verb"]
    return tuple(words[verbs[-1] + 1 :] if verbs else words)


def _verbs(own: tuple[Word, ...]) -> tuple[Verb, ...]:
    """Return the groups of verbs in a clause."""
    found: list[Verb] = []
    at = 0
    while at < len(own):
        word = own[at]
        if word.is_finite and not (at and own[at - 1].kind == "to"):
            group = [word]
            beyond = at + 1
            while beyond < len(own) and (
                own[beyond].kind in ("adverb", "negation")
                or own[beyond].low in _INSIDE_A_GROUP
                or (own[beyond].kind == "verb" and not any(w.kind == "verb" for w in group))
                or (own[beyond].kind == "verb" and group[-1].low in ("be", "been"))
                or (own[beyond].kind == "subject" and len(group) == 1 and word.kind != "verb")
                or (own[beyond].kind == "to" and group[-1].low in ("have", "has", "need", "needs", "ought"))
            ):
                group.append(own[beyond])
                beyond += 1
            group = [w for w in group if w.kind not in ("adverb", "subject")]
            denied = at > 0 and own[at - 1].low in ("not", "never")
            found.append(_group(group, denied=denied, ordered=at == 0 or own[at - 1].kind == "mark"))
            at = beyond
            continue
        if word.kind in ("verb", "be", "have", "do"):
            earlier = own[at - 1] if at else None
            denied = any(w.kind == "negation" for w in own[max(0, at - 2) : at])
            passive = word.form in ("participle", "ed") and (earlier is None or earlier.kind != "have")
            found.append(Verb(word.start, word.end, word.lemma or word.low, "infinite", passive, denied))
        at += 1
    return tuple(found)


def _group(group: list[Word], *, denied: bool, ordered: bool) -> Verb:
    """Return a group of verbs as one, with its time: "have not yet been moved" is a perfect, denied, passive."""
    first = group[0]
    denied = denied or any(
        w.low in ("not", "never") or w.low.replace("’", "'").endswith("n't") or w.low == "cannot" for w in group
    )
    verbs = [w for w in group if w.kind not in ("negation", "to")]
    main = verbs[-1]
    passive = any(w.kind == "be" for w in verbs[:-1]) and main.form in ("ed", "participle", "past")
    mood: Mood
    if first.kind == "modal":
        mood = "must" if first.low in _MUST else "open"
    elif first.low in ("have", "has", "'ve", "’ve", "need", "needs", "ought") and any(w.kind == "to" for w in group):
        mood = "must"
    elif first.kind == "have":
        mood = (
            ("perfect" if first.low != "had" else "past")
            if len(verbs) > 1
            else ("past" if first.low == "had" else "present")
        )
    elif first.kind == "be":
        mood = "past" if first.low in ("was", "were") or first.low.startswith(("wasn", "weren")) else "present"
    elif first.kind == "do":
        mood = "past" if first.low.startswith("did") else "present"
    elif first.form in ("past", "ed"):
        mood = "past"
    else:
        mood = "order" if ordered and first.form == "base" else "present"
    return Verb(first.start, main.end, main.lemma or main.low, mood, passive, denied)
