"""Whose a number is: whether what is counted is had by the companies, by somebody else, or by one place of many."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at, clauses_of
from idealfit.profile.denials import none_have
from idealfit.profile.governors import governors
from idealfit.profile.places import is_a_place
from idealfit.profile.stance import about_us
from idealfit.profile.subjects import is_company, is_their_own, names_a_company, names_some, whom
from idealfit.profile.vocabulary import verbs_that, word_for

if TYPE_CHECKING:
    from idealfit.profile.clauses import Clause
    from idealfit.profile.governors import Governor
    from idealfit.profile.quantities import Quantity

_OTHERS = word_for("other_people")
_GATHERING = word_for("gathering")
_A_PLACE_OF_WORK = word_for("place_of_work")


def is_theirs(sentence: str, quantity: Quantity, *, known: bool) -> bool:
    """Return whether the companies have or are so many; nouns not `known` need somebody who has them."""
    clause = clause_at(sentence, quantity.start)
    if clause is None:
        return known
    chain = governors(sentence, quantity.start)
    nearest = chain[0]
    if nearest.what == "noun" and not nearest.by and nearest.word is not None and is_company(nearest.word.low):
        return known  # "nobody smaller than 20 people"
    nearest = _beyond_places(chain)
    if (
        len(clause.subject) == 2
        and clause.subject[0].low in ("each", "every")
        and not is_company(clause.subject[1].low)
    ):
        return False  # "each site has 10 people"
    who = whom(sentence, clause)
    finite = clause.finite
    if (
        nearest.what == "start"
        and nearest.by in ("", "with")
        and known
        and who == "they"
        and _ends_a_list(sentence, quantity)
    ):
        return finite is None or finite.mood == "present"  # "they ship parcels, in Peru, between 40 and 250 people"
    if _are_places_of_theirs(sentence, clause, quantity):
        return True
    if nearest.what == "verb" or (nearest.what in ("start", "join") and nearest.verb is not None):
        verbs = (nearest.verb, finite) if known else (nearest.verb,)
        lemmas = [verb.lemma for verb in verbs if verb is not None]
        theirs = who != "a thing" or any(w.kind == "possessive" for w in clause.subject)  # "their site", not "the form"
        return (known or theirs) and any(_verb_has(lemma, nearest.by, who, known=known) for lemma in lemmas)
    if nearest.what in ("start", "join"):
        if finite is None:
            return not nearest.by or nearest.by in ("with", "from", "at", "over", "under", "above", "below", "without")
        if _leads(clause, quantity):
            with_it = nearest.by == "with" and who == "they" and finite.mood == "present" and not finite.denied
            return known and (with_it or bool(_MAKES_SENSE.search(sentence[finite.start - 20 : clause.end])))
        if sentence[: finite.start].rstrip().endswith(","):  # "50 to 80 people, uses Slack"
            return True
        if finite.lemma == "work" and _is_elsewhere(sentence, clause):
            return False
        return known and (
            finite.lemma in verbs_that("count_of_people") or finite.mood == "must" or about_us(sentence, clause)
        )
    held = _is_held(sentence, quantity, chain, nearest)
    return held and (known or who != "a thing")


def _are_places_of_theirs(sentence: str, clause: Clause, quantity: Quantity) -> bool:
    """Return whether a remark after a colon counts the places of work that they have: ": there are three depots."."""
    if clause.opened != ":" or not clause.subject or clause.subject[0].low != "there":
        return False
    after = [word for word in clause.words if word.start >= quantity.end]
    found = clauses_of(sentence)
    at = found.index(clause)
    ours = at > 0 and whom(sentence, found[at - 1]) in ("somebody else", "we", "ours")
    alone = len(after) == 1 or (len(after) == 2 and after[1].kind == "mark")
    return alone and not ours and bool(_A_PLACE_OF_WORK.fullmatch(after[0].low))


def _is_elsewhere(sentence: str, clause: Clause) -> bool:
    """Return whether "there" means somebody else or one place: "they have a plant, and 40 people work there"."""
    found = clauses_of(sentence)
    at = found.index(clause)
    if not at:
        return False
    before = found[at - 1]
    if before.finite is None and before.words[0].kind == "preposition":
        return any(word.low in ("the", "a", "an") for word in before.words)  # "in the mall opposite, 50 people work"
    if not any(word.low == "there" for word in clause.words):
        return False
    named = tuple(w for w in before.words if before.finite is not None and w.start >= before.finite.end)
    place = any(_A_PLACE_OF_WORK.fullmatch(word.low) for word in named)
    return (
        place
        or names_a_company(named)
        or any(_OTHERS.fullmatch(w.low) for w in named)
        or whom(sentence, before) in ("somebody else", "we", "ours", "a thing")
    )


def _beyond_places(chain: tuple[Governor, ...]) -> Governor:
    """Return what a number hangs on, beyond places and tools: "firms in Peru with 50 people"."""
    nearest = chain[0]
    for outer in chain[1:]:
        on_a_tool = (
            outer.by == "on"
            and nearest.word is not None
            and nearest.word.kind == "name"
            and not (outer.word is not None and _GATHERING.fullmatch(outer.word.low))
        )
        if nearest.what != "noun" or (nearest.by and not is_a_place(nearest.word) and not on_a_tool):
            break
        nearest = replace(outer, by=chain[0].by or outer.by)
    return nearest


def _is_held(sentence: str, quantity: Quantity, chain: tuple[Governor, ...], nearest: Governor) -> bool:
    """Return whether the noun that a number hangs on is companies or something of theirs."""
    assert nearest.word is not None  # noqa: S101  a noun has one
    low = nearest.word.low
    if nearest.by in ("in",):
        return False
    if len(chain) > 1 and chain[1].by in ("on", "about") and nearest.word == chain[0].word:
        return False  # "a report on banks with 20 to 50 people"
    return (
        names_some(sentence, nearest.word)
        or is_their_own(low)
        or low in _HOLDERS
        or none_have(sentence, quantity.start)
    )


def _ends_a_list(sentence: str, quantity: Quantity) -> bool:
    """Return whether a number with its noun stands between commas, or between a comma and the end."""
    before = sentence[: quantity.start].rstrip()
    return before.removesuffix(" with").endswith(",") and bool(
        re.match(r"\s+[\w-]+\s*(?:[,.;]|$)", sentence[quantity.end :])
    )


_MAKES_SENSE = re.compile(
    r"\b(?:it|this|that) (?:\w+ ){0,2}?makes? (?!no |little )sense|\bwe (?:\w+ )?(?:start|begin|shine|come in)",
    re.IGNORECASE,
)


def _leads(clause: Clause, quantity: Quantity) -> bool:
    """Return whether a number stands before the subject, not in it: "below 20 people they feel nothing"."""
    return bool(clause.subject) and clause.subject[0].start >= quantity.end


_HOLDERS = frozenset(
    "team teams staff range max maximum minimum min fleet fleets network group groups workforce anyone anything those "
    "someone one "
    "them order spot tier size accounts limit cap floor ceiling everything total between somewhere buyer".split()
)


def _verb_has(lemma: str, by: str, who: str, *, known: bool) -> bool:
    """Return whether a verb says that its subject has so many: "they run", "there are", "we look for"."""
    if f"{lemma} {by}".strip() in verbs_that("have_so_many"):
        return True
    if known and (lemma, by) == ("make", "up of"):
        return True
    if by not in (
        "",
        "of",
        "for",
        "at",
        "from",
        "between",
        "in",
        "over",
        "above",
        "under",
        "below",
        "than",
        "up to",
        "with",
    ):
        return False
    if lemma == "be":
        return known
    if who not in ("we", "none"):
        return False
    return lemma in verbs_that("require") or (known and lemma in verbs_that("we_seek"))
