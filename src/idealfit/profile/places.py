"""Where companies are: a place is read where the companies, their seat or a verb of being somewhere carry it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at
from idealfit.profile.document import Test
from idealfit.profile.enumerations import apart, groups
from idealfit.profile.fact import Fact
from idealfit.profile.governors import Governor, governors
from idealfit.profile.subjects import is_company, names_some, whom
from idealfit.profile.vocabulary import verbs_that, vocabulary, ways_to_say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.enumerations import Span
    from idealfit.profile.speech import Word
    from idealfit.profile.vocabulary import Words

_AT = re.compile(ways_to_say("at_a_place"), re.IGNORECASE)
_BUT = re.compile(ways_to_say("but_a_place"), re.IGNORECASE)
_SEATS = re.compile(rf"\b{ways_to_say('the_seat')}", re.IGNORECASE)
_PEOPLE = re.compile(
    r"people|staff|employees|FTEs?|headcount|home|base|heart|roof|market|half|majority|bulk", re.IGNORECASE
)
_THEM = frozenset(
    "them anyone anybody anything nobody nothing everyone everything no-one those ones one someone somebody "
    "country place region location locations".split()
)
_OF_PLACE = re.compile(r"-(?:based|headquartered|domiciled|registered)\b", re.IGNORECASE)
_NOT_OF_PLACE = re.compile(rf"[\s-]{ways_to_say('no_place')}\b", re.IGNORECASE)
_NOT_ONLY = re.compile(r"\bnot\s+(?:just|only|merely)\s+(?:in|from|across)\s+(?:the\s+)?$", re.IGNORECASE)
_LANGUAGE = re.compile(ways_to_say("a_language"))


def places(sentence: str) -> Iterator[Fact]:
    """Yield where the companies of a sentence are, or are not."""
    words = vocabulary()
    kinds: tuple[tuple[str, Words], ...] = (
        ("region", words.regions), ("country", words.countries), ("state", words.states), ("city", words.cities),
        ("place", words.doubtful_places),
    )  # fmt: skip
    taken: list[tuple[int, int]] = []
    for attribute, known in kinds:
        spans: list[Span] = [(f.start(), f.end(), f[0]) for f in known.pattern.finditer(sentence)]
        spans = [s for s in apart(spans) if not any(a < s[1] and s[0] < b for a, b in taken)]
        if attribute == "state":  # New York State is no New York
            taken += [(s, e) for s, e, _ in spans]
        for group in groups(sentence, spans):
            if attribute in ("region", "country"):
                taken.append((group.start, group.end))
            if _NOT_OF_PLACE.match(sentence, group.end) or not _is_theirs(sentence, group.start, group.end, spans):
                continue
            if attribute == "place":
                yield Fact(group.start, group.end, "place", "firmographic", None)
                continue
            values = tuple(dict.fromkeys(v for name in group.names for v in known.of(name)))
            test = Test(is_=values[0]) if len(values) == 1 else Test(one_of=values)
            yield Fact(group.start, group.end, attribute, "firmographic", test)
            if attribute == "city":
                yield from _state_codes(sentence, group.end)


def _is_theirs(sentence: str, start: int, end: int, spans: list[Span]) -> bool:
    """Return whether a place is said of the companies themselves."""
    if _OF_PLACE.match(sentence, end) or _before_a_company(sentence, end):
        return True
    if _NOT_ONLY.search(sentence, 0, start):
        return False  # "not just in France"
    chain = governors(sentence, start)
    nearest = chain[0]
    if nearest.what == "start" and not nearest.by:
        return _stands_alone(sentence, start, end)
    if nearest.word is not None and (nearest.determined, nearest.word.low) == ("no", "interest"):
        clause = clause_at(sentence, start)
        return clause is not None and nearest.by == "in" and whom(sentence, clause) == "we"
    if nearest.what == "verb" and excludes(sentence, nearest):
        return True
    if nearest.what == "verb" and not nearest.by:
        return _is_be(nearest) or _is_sought(sentence, nearest)
    if nearest.what == "join" and not nearest.by:
        return _stands_alone(sentence, start, end)
    if not (_AT.fullmatch(nearest.by) or _BUT.fullmatch(nearest.by)) or _LANGUAGE.match(sentence, start):
        return False  # "in Italy", but not "in Italian"
    return _carried(sentence, chain)


def _carried(sentence: str, chain: tuple[Governor, ...]) -> bool:
    """Return whether what a place hangs on is the companies, their seat, or a verb of being somewhere."""
    for governor in chain:
        if governor.what in ("start", "join"):
            return True
        assert governor.word is not None  # noqa: S101  verbs and nouns have one
        if governor.what == "verb":
            here = not governor.by or bool(_AT.fullmatch(governor.by) or _BUT.fullmatch(governor.by))
            return _is_be(governor) or (here and _is_somewhere(sentence, governor))
        low = governor.word.low
        if low in ("team", "crew", "outfit") and _is_be(chain[-1]):
            return True  # "they are a 40-person team in Rome"
        if is_company(low) or low in _THEM or _PEOPLE.fullmatch(low) or _ends_with(_SEATS, sentence, governor.word.end):
            return True
        if _ends_with(vocabulary().industries.pattern, sentence, governor.word.end):
            return True
        if not governor.determined and clause_is_bare(sentence, governor.word.start):
            return True  # "doctors in Peru"
        if not is_a_place(governor.word):
            return False
    return True


def _is_somewhere(sentence: str, governor: Governor) -> bool:
    """Return whether a verb says that one is somewhere; of us, where we sell is where they are."""
    clause = clause_at(sentence, governor.word.start) if governor.word is not None else None
    if clause is None or governor.verb is None:
        return False
    if governor.verb.lemma == "run":  # "the company is run from Rome"
        who = clause.subject[-1].low if clause.subject else ""  # not "their ads are run from Rome"
        return governor.verb.passive and governor.by in ("from", "out of") and (who == "they" or is_company(who))
    ours = governor.verb.lemma in verbs_that("we_do_somewhere") and whom(sentence, clause) in ("we", "none")
    return ours or governor.verb.lemma in verbs_that("be_somewhere")


def _ends_with(pattern: re.Pattern[str], sentence: str, end: int) -> bool:
    return any(found.end() == end for found in pattern.finditer(sentence, max(0, end - 40)))


def is_a_place(word: Word | None) -> bool:
    """Return whether a word is the last of a country's, region's, state's or city's name."""
    known = vocabulary()
    return (
        word is not None
        and word.kind == "name"
        and any(_ends(places, word.text) for places in (known.countries, known.regions, known.states, known.cities))
    )


def _ends(places: Words, text: str) -> bool:
    return any(name == text.casefold() or name.endswith(f" {text.casefold()}") for name in places.meaning)


def _is_be(governor: Governor) -> bool:
    return governor.verb is not None and governor.verb.lemma == "be" and not governor.verb.passive


def _is_sought(sentence: str, governor: Governor) -> bool:
    """Return whether we say that we want a place: "we target Spain"."""
    clause = clause_at(sentence, governor.word.start) if governor.word is not None else None
    return (
        clause is not None
        and governor.verb is not None
        and governor.verb.lemma in verbs_that("take_in")
        and whom(sentence, clause) in ("we", "none")
    )


def excludes(sentence: str, governor: Governor) -> bool:
    """Return whether a verb says that we leave something out: "we avoid Spain", "rule out Spain"."""
    clause = clause_at(sentence, governor.word.start) if governor.word is not None else None
    if clause is None or governor.verb is None or whom(sentence, clause) not in ("we", "none"):
        return False
    return f"{governor.verb.lemma} {governor.by}".strip() in verbs_that("exclude")


def _before_a_company(sentence: str, end: int) -> bool:
    """Return whether a place says what kind of company follows: "German mid-sized firms", "Berlin start-ups"."""
    clause = clause_at(sentence, end - 1)
    if clause is None:
        return False
    nobody = clause.words[0].kind != "subject"
    pictured = nobody and (clause.finite is None or clause.finite.mood == "order")  # "picture an Italian retailer"
    for word in clause.words:
        if word.start < end:
            continue
        if is_company(word.low) or (pictured and names_some(sentence, word)):
            return True
        if (
            word.kind not in ("noun", "name", "join")
            and word.text not in (",", "-", "/")
            and word.low not in ("or", "and")
        ):
            return False
    return False


def _stands_alone(sentence: str, start: int, end: int) -> bool:
    """Return whether a place is a clause of its own, or what a label names: "Geography: EMEA", "US only"."""
    return clause_is_bare(sentence, start)


def clause_is_bare(sentence: str, at: int) -> bool:
    """Return whether the clause at a place has neither a verb nor somebody whom it speaks of."""
    clause = clause_at(sentence, at)
    return clause is None or (clause.finite is None and whom(sentence, clause) in ("none", "they"))


def _state_codes(sentence: str, end: int) -> Iterator[Fact]:
    """Yield the state in 'Austin, TX'."""
    code = re.match(r",\s*([A-Z]{2})\b", sentence[end:])
    if code and code[1] in vocabulary().state_codes:
        values = (vocabulary().state_codes[code[1]], code[1])
        yield Fact(end + code.start(1), end + code.end(1), "state", "firmographic", Test(one_of=values))
