"""Whom a clause speaks of: the companies sought, us, something of ours, or somebody else."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from idealfit.profile.clauses import Clause, clauses_of
from idealfit.profile.speech import is_plural
from idealfit.profile.vocabulary import verbs_that, vocabulary, word_for

if TYPE_CHECKING:
    from idealfit.profile.speech import Word

Whom = Literal["they", "we", "ours", "a company", "a thing", "somebody else", "none"]
"""The companies sought; we; something of ours; one company that may be any; a thing; other people; nobody is named."""

_QUANTIFIER = word_for("part_of_many")
_OTHERS = word_for("other_people")
_OF_OTHERS = word_for("of_other_people")
_COMPANIES = word_for("companies_themselves")
_THEIR_OWN = word_for("their_own")
_OURS_SOUGHT = word_for("sought_by_us")
_TYPICAL = word_for("typical")
_COMPARED = frozenset("more fewer less larger bigger smaller".split())
_THEY = frozenset("they it anybody anyone everybody everyone nobody".split())
_WE = frozenset("we i you".split())
BEING = frozenset(("be", "stay", "remain"))
BUYER = re.compile(r"(?:buyer|customer|client|user|champion|account|prospect)s?", re.IGNORECASE)


def whom(sentence: str, clause: Clause) -> Whom:
    """Return whom a clause speaks of.

    >>> s = "Our best customers grow, their rivals do not, and we like it."
    >>> [whom(s, clause) for clause in clauses_of(s)]
    ['they', 'somebody else', 'we']
    """
    if clause.opened == "whose" and clause.within is not None:
        return _of_theirs(sentence, clause)
    if clause.opened in ("who", "that", "which", "where") and not clause.own_subject and clause.within is not None:
        return _of_antecedent(sentence, clause)
    if not clause.own_subject and clause.subject and clause.within is not None:
        return whom(sentence, clauses_of(sentence)[clause.within])
    if not clause.subject and clause.finite is None and clause.words and clause.words[0].low in ("our", "my"):
        return _of_phrase(clause.words)
    if (
        not clause.subject
        and clause.finite is None
        and clause.words
        and clause.words[0].kind in ("determiner", "possessive")
    ):
        alone = _of_phrase(clause.words)  # "a partner in Rome", "the forwarder that ..."
        theirs = clause.words[0].kind == "possessive" and any(_OTHERS.fullmatch(word.low) for word in clause.words)
        return "somebody else" if theirs or alone == "somebody else" else "none"
    return _of_phrase(clause.subject)


def _of_theirs(sentence: str, clause: Clause) -> Whom:
    """Return whom a clause speaks of that begins with "whose": of something of theirs, if they are sought."""
    assert clause.within is not None  # noqa: S101  asked before
    outer = clauses_of(sentence)[clause.within]
    owner = _of_head(sentence, outer)
    own = _of_phrase(clause.subject[1:], owned=True)
    return own if owner == "they" or own == "somebody else" else owner


def _of_antecedent(sentence: str, clause: Clause) -> Whom:
    assert clause.within is not None  # noqa: S101  asked before
    return _of_head(sentence, clauses_of(sentence)[clause.within])


def _of_head(sentence: str, outer: Clause) -> Whom:
    """Return whom the noun stands for that a relative clause follows."""
    after = [verb for verb in outer.verbs if verb.mood != "infinite"]
    who = whom(sentence, outer)
    if not after:  # "firms that ..."
        words = outer.words
        return _of_phrase(words) if words and who != "ours" else who
    last = after[-1]
    phrase = tuple(word for word in outer.words if word.start >= last.end)
    named = names_a_company(phrase)
    if who == "they":
        return "they" if last.lemma in BEING and not last.passive else "somebody else" if named else "a thing"
    if who in ("we", "ours", "none"):
        seeks = who == "none" or (last.lemma not in verbs_that("our_doings") and last.mood not in ("past", "perfect"))
        return "they" if named and seeks else "somebody else"
    return "somebody else"


def _of_phrase(words: tuple[Word, ...], *, owned: bool = False) -> Whom:
    """Return whom a subject stands for."""
    words = tuple(w for w in words if w.kind != "mark" or w.text != "(")
    for at, word in enumerate(words):
        if word.low == "of" and at and (_QUANTIFIER.fullmatch(words[at - 1].low) or words[at - 1].kind == "number"):
            return _of_phrase(words[at + 1 :])
        if word.kind == "mark" or (word.kind == "preposition" and word.low != "in"):  # "four in five of them"
            break
    if len(words) > 2 and words[0].low in _COMPARED and words[1].low == "than":
        words = words[2:]
    if words and words[0].kind == "verb" and words[0].form == "ing":
        return "a thing"  # "dealing with banks takes a year"
    head_run = _head_run(words)
    if not head_run:
        return "none"
    if any(w.low in _WE for w in head_run):
        return "we"
    first, last = head_run[0], head_run[-1]
    pronoun = next((w for w in reversed(head_run) if w.kind in ("subject", "pronoun")), None)
    if pronoun is not None and pronoun is last:
        return "they" if pronoun.low in _THEY or pronoun.kind == "pronoun" else "somebody else"
    if first.low in _THEY:
        return "they"
    return _of_noun(head_run, owned=owned)


def _head_run(words: tuple[Word, ...]) -> list[Word]:
    """Return the noun of a subject with what stands before it; a range is one number: "25 to 70 people"."""
    run: list[Word] = []
    for word in words:
        if word.kind == "to" and run and run[-1].kind == "number":
            continue
        if run and word.kind in ("preposition", "mark", "relative", "to"):
            break
        if word.kind not in ("preposition", "mark"):
            run.append(word)
    return run


def _of_noun(run: list[Word], *, owned: bool) -> Whom:
    """Return whom a noun with what stands before it is: "our typical customer", "a sister company"."""
    nouns = [w for w in run if w.kind in ("noun", "name", "verb", "number", "pronoun")]
    if not nouns:
        return "none"
    head = nouns[-1].low if nouns[-1].low != "itself" or len(nouns) == 1 else nouns[-2].low
    before = [w.low for w in run]
    whose = next((w.low for w in run if w.kind == "possessive"), "their" if owned else "")
    if whose in ("our", "my"):
        return "they" if any(_OURS_SOUGHT.fullmatch(word) for word in before) else "ours"
    typical = any(_TYPICAL.fullmatch(word) for word in before)
    if any(_OF_OTHERS.fullmatch(word) for word in before):
        return "somebody else"
    of_one = pairwise(run)  # "their partner's sales team"
    if any(b.low in ("'s", "’s") and _OTHERS.fullmatch(a.low) and not BUYER.fullmatch(a.low) for a, b in of_one):
        return "somebody else"
    uses = any(vocabulary().technologies.pattern.fullmatch(w.text) for w in run[:-1])  # "Slack users"
    the_buyer = before[0] == "the" and not head.endswith("s")  # "the users" are somebody's
    if BUYER.fullmatch(head) and not whose and (typical or uses or the_buyer):
        return "they"
    kind = _names_an_industry(run)
    if kind and len(run) <= 3 and not whose:  # "the large banks"
        return "a thing" if before[0] == "the" else "they"
    if _OTHERS.fullmatch(head):
        return "somebody else"
    if _COMPANIES.fullmatch(head) or kind:
        return "a company" if before[0] in _ANY_ONE and not typical else "they"
    if before[0] in ("a", "an") and _is_one_of_a_kind(head):
        return "a company"
    if _THEIR_OWN.fullmatch(head) or vocabulary().headings.pattern.fullmatch(head):
        return "they"
    return "a thing"


_ANY_ONE = ("a", "an", "one", "another", "some", "every", "each")


def _names_an_industry(run: list[Word]) -> bool:
    """Return whether some words end with many companies of one trade: "banks", "food producers"."""
    last = " ".join(word.low for word in run[-2:])
    known = vocabulary().industries.pattern
    return is_plural(run[-1].low) and bool(known.fullmatch(run[-1].low) or known.fullmatch(last))


def names_a_company(words: tuple[Word, ...]) -> bool:
    """Return whether a kind of company is named, and not as one's own ("their business")."""
    for at, word in enumerate(words):
        owned = any(w.kind == "possessive" for w in words[max(0, at - 3) : at])
        if is_company(word.low) and not owned:
            return True
    return False


def is_company(low: str) -> bool:
    """Return whether a noun names a kind of company.

    >>> [is_company(word) for word in ("firms", "retailers", "people")]
    [True, True, False]
    """
    return bool(_COMPANIES.fullmatch(low)) or bool(vocabulary().industries.pattern.fullmatch(low) and is_plural(low))


_ONE_COMPANY = re.compile(r"\b(?:an?|any)\s+(?:[\w-]+\s+){0,2}?$", re.IGNORECASE)


def names_some(sentence: str, word: Word) -> bool:
    """Return whether a word ends the name of companies of one trade: "freight forwarders", "a retailer".

    >>> from idealfit.profile.speech import words_in
    >>> s = "Regional freight forwarders, a retailer and a report"
    >>> [w.text for w in words_in(s) if names_some(s, w)]
    ['forwarders', 'retailer']
    """
    if is_company(word.low):
        return True
    known = vocabulary().industries.pattern
    of_trade = any(found.end() == word.end for found in known.finditer(sentence, 0, word.end))
    one = bool(_ONE_COMPANY.search(sentence, 0, word.start))
    return (of_trade and (is_plural(word.low) or one)) or (one and _is_one_of_a_kind(word.low))


def _is_one_of_a_kind(low: str) -> bool:
    """Return whether a noun names one company of a kind: "a haulier", "a bakery"."""
    many = f"{low[:-1]}ies" if low.endswith("y") else f"{low}s"
    return is_company(many) and not _OTHERS.fullmatch(low)
