"""What is counted of a company: people, teams, places, machines; only where the companies have or are so many."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at
from idealfit.profile.fact import Fact
from idealfit.profile.governors import governors
from idealfit.profile.quantities import Quantity, bounded_again
from idealfit.profile.subjects import is_company
from idealfit.profile.vocabulary import lexicon, verbs_that, vocabulary, ways_to_say

if TYPE_CHECKING:
    from idealfit.tables import Layer

_WORD = r"[A-Za-z][\w/&'’-]*"
_AFTER = re.compile(rf"[\s-]?({_WORD}(?:\s{_WORD}){{0,3}})")
_PLURAL = re.compile(
    r"(?<!s)s$|\wpeople$|^(?:aircraft|feet|children|women|men|vertebrae|cattle|sheep|livestock|acreage)$", re.IGNORECASE
)
_NO_PLURAL = frozenset("sales operations logistics claims success business process gas news access".split())
_STOP = frozenset(lexicon()["cues"]["units_apart"].split())
_PURE = frozenset("full-time total permanent salaried of their own paid good office in-house".split())
_TEAMS = ways_to_say("teams")
_IN_TEAM = re.compile(
    r"\s+(?:people|person|employees|staff|members|reps|agents|heads|FTEs|hires)?\s*"
    r"(?:(?:(?:who\s+)?work(?:s|ing)?\s+)?(?:on|in)|(?:who\s+)?do(?:es|ing)?|handling|running|responsible for)"
    rf"\s+(?:the\s+|their\s+|its\s+|an?\s+)?({_TEAMS})\b"
    r"(?:\s+(?:team|department))?",
    re.IGNORECASE,
)
_A_TEAM = re.compile(
    rf"(?:.*\b)?(?P<of>{_TEAMS})\s+(?:teams?|departments?|organi[sz]ations?|crews?|staff|headcount)\b", re.IGNORECASE
)
_TEAM_OF = re.compile(
    r"\b(?:teams?|departments?|organi[sz]ations?|crews?)\s+(?:of|with)\s+(?:between\s+)?$", re.IGNORECASE
)
_TEAM_FOR = re.compile(
    rf"\s*for\s+(?P<of>{_TEAMS}),?\s+they\s+(?:have|keep|run|employ)\s+an?\s+(?:\w+\s+)?(?:team|crew)\s+of\s+(?:between\s+)?",
    re.IGNORECASE,
)
_OTHER_TEAM = re.compile(
    r"\b(?!(?:the|a|their|its|whole|entire|total|own|full|core|our|this)\b)(?P<of>\w+)\s+(?:team|department|crew)\s+(?:is|stays|remains)"
    r"\s+(?:[\w-]+\s+)?[\w-]+\s*,\s*$",
    re.IGNORECASE,
)
_STRONG = re.compile(
    r"\s*(?:strong\b|(?:people|reps|members|heads|persons|employees|staff|FTEs?|when|once)\b|$|[.,;!)])", re.IGNORECASE
)
_WHAT_FOR = re.compile(r"\s+(?:who|that|which|for|to|doing|dedicated|assigned|inside|within|on)\b", re.IGNORECASE)
_A_COMPANY = re.compile(rf"\s+(?:\w+\s+){{0,2}}?(?:{ways_to_say('companies_of')}|teams?|shops?)\b", re.IGNORECASE)
_BOUND_AFTER_NOUN = re.compile(rf"\s+(?:(?P<up>{ways_to_say('or_more')})|{ways_to_say('or_fewer')})\b", re.IGNORECASE)
_EXACTLY = re.compile(r"\b(?:exactly|precisely)\s+$", re.IGNORECASE)
_LIMITED = rf"(?:(?P<low>{ways_to_say('a_lower_limit')})|(?P<high>{ways_to_say('an_upper_limit')}))"
_LIMIT_BEFORE = re.compile(
    rf"\b{_LIMITED}\s*:?\s*(?:(?:is|of|at|lies|sits|stands|starts|with|should be|must be)\s+)*$", re.IGNORECASE
)
_LIMIT_AFTER = re.compile(
    r"\s*,?\s*(?:that['’]s|that is|this is|is|are|would be|as|being|should be|remains?)"
    rf"\s+(?:\w+\s+){{0,3}}?{_LIMITED}\b",
    re.IGNORECASE,
)
_SMALLEST = re.compile(r"\b(?P<end>smallest|largest|biggest)(?: (?:of|one)\b|$)", re.IGNORECASE)


def limited(text: str, quantity: Quantity, noun_ends: int) -> Quantity:
    """Return a lone number with the limit that the words around it make of it: "our floor is 20", "20 is the ceiling".

    >>> limited("Our floor is 20", Quantity(13, 15, 20, 20), 15).high is None
    True
    """
    if quantity.low is None or quantity.low != quantity.high:
        return quantity
    if (reached := passed(text, quantity)) is not quantity:  # before "tops" is taken for a limit
        return reached
    limit = _LIMIT_BEFORE.search(text, 0, quantity.start) or _LIMIT_AFTER.match(text, noun_ends)
    if limit is not None:
        return replace(quantity, high=None) if limit["low"] else replace(quantity, low=None)
    return quantity


def passed(text: str, quantity: Quantity) -> Quantity:
    """Return a lone number as the limit that somebody is said to have passed: "ARR has crossed $2 million"."""
    nearest = governors(text, quantity.start)[0]
    if (
        nearest.verb is not None
        and not nearest.by
        and nearest.what == "verb"
        and nearest.verb.lemma in verbs_that("pass_a_limit")
    ):
        return replace(quantity, high=None, open_low=True)
    clause = clause_at(text, quantity.start)
    ends = _SMALLEST.search(" ".join(w.text for w in clause.subject)) if clause is not None else None
    if ends is not None:
        return replace(quantity, high=None) if ends["end"].lower() == "smallest" else replace(quantity, low=None)
    return quantity


def not_passed(text: str, quantity: Quantity, start: int) -> Quantity:
    """Return the upper bound that a limit is which what begins at `start` has not passed.

    >>> not_passed("ARR has not yet reached $2 million", Quantity(24, 34, low=2.0), 0).high
    2.0
    """
    verb = governors(text, quantity.start)[0].verb
    low, high = quantity.low, quantity.high
    passes = verb is not None and verb.lemma in verbs_that("pass_a_limit")
    is_so = verb is not None and verb.lemma == "be" and (low is None or high is None)
    if verb is None or not start < verb.start or not verb.denied or not (passes or is_so):
        return quantity
    if verb.mood not in ("present", "perfect", "must") or (passes and low is None):
        return replace(quantity, exact=False)
    if passes:
        return replace(quantity, low=None, high=low, open_low=False, open_high=True)
    return replace(  # "ARR is not yet over $2 million"
        quantity,
        low=high,
        high=low,
        open_low=high is not None and not quantity.open_high,
        open_high=not quantity.open_low,
    )


def counted(sentence: str, quantity: Quantity) -> Fact | None:
    """Return what a number counts, whoever has so many; without a test where it sets no limit."""
    after = sentence[quantity.end :]
    team = _IN_TEAM.match(after)
    if team:
        fact = Fact(quantity.start, quantity.end + team.end(), f"{plain(team[1])}_team", "operational", None)
        return replace(fact, test=quantity.test(whole=True)) if quantity.low != quantity.high else fact
    noun = _noun(after, one=quantity.low == 1 and quantity.high is None)
    own_team = _team(sentence, quantity)
    if noun is None:
        if own_team and _STRONG.match(after or " "):
            quantity = limited(sentence, quantity, quantity.end)
            return _fact(sentence, quantity, quantity.end, own_team, "operational")
        return _bare(sentence, quantity)
    attribute, layer, length = noun
    quantity = _bounded_after(after, quantity, length)
    end = quantity.end + length
    if own_team and (attribute in ("employees", "strong") or attribute in _MEMBERS):
        attribute, layer = own_team, "operational"
    elif attribute == "employees" and (other := _OTHER_TEAM.search(sentence, 0, quantity.start)):
        return Fact(quantity.start, end, f"{plain(other['of'])}_team", "operational", None)
    elif attribute == "employees" and _TEAM_OF.search(sentence, 0, quantity.start) and _WHAT_FOR.match(after, length):
        attribute, layer = "team", "operational"
    quantity = limited(sentence, quantity, end)
    if (
        attribute == "employees"
        and re.match(r"[\s-](?:person|employee)\b|-(?:people|head|man)\b", after)
        and _A_COMPANY.match(after, length)
    ):
        return Fact(quantity.start, end, attribute, layer, quantity.test(whole=True))  # "a 12-person firm"
    return _fact(sentence, quantity, end, attribute, layer)


_MEMBERS = frozenset("developers reps agents members heads people engineers hires sales_reps".split())


def _bare(sentence: str, quantity: Quantity) -> Fact | None:
    """Return what a number without a noun counts: "headcount of 50 to 80", "companies of 20 to 60"."""
    heading = heading_before(sentence, quantity.start)
    if heading:
        attribute, start = heading
        if attribute in ("contract_months", "sales_cycle_days"):  # lengths have a unit: "the contract from 2012"
            return None
        quantity = not_passed(sentence, limited(sentence, quantity, quantity.end), start)
        if found := _LIMIT_BEFORE.search(sentence, 0, start):  # "minimum headcount 50"
            quantity = replace(quantity, high=None) if found["low"] else replace(quantity, low=None)
        fact = _fact(sentence, quantity, quantity.end, attribute, vocabulary().layers[attribute])
        return replace(fact, start=start)
    nearest = governors(sentence, quantity.start)[0]
    of_company = (
        nearest.what == "noun"
        and nearest.word is not None
        and is_company(nearest.word.low)
        and nearest.by in ("of", "with", "between", "of between")
    )
    if (of_company or _of_a_team(sentence, quantity)) and quantity.low != quantity.high:
        return _fact(sentence, quantity, quantity.end, "employees", "firmographic")
    return None


def _of_a_team(sentence: str, quantity: Quantity) -> bool:
    """Return whether a number is of the team that companies come with: "firms in Peru, with a team of 30 to 90"."""
    chain = governors(sentence, quantity.start)
    if len(chain) < 2 or chain[0].word is None or (chain[0].word.low, chain[0].by) != ("team", "of"):
        return False
    bare = sentence[: chain[0].word.end].lower().endswith("a team")
    outer, clause = chain[1], clause_at(sentence, quantity.start)
    ends = re.match(r"\s*(?:[.,;]|$)", sentence[quantity.end :]) is not None
    first = outer.what == "start" and clause is not None and clause.finite is None
    of_them = outer.word is not None and is_company(outer.word.low)
    return bare and ends and outer.by == "with" and (first or of_them)


def bounded_after(after: str, quantity: Quantity) -> Quantity:
    """Return a lone number as the limit that the words after it make of it: "40 people or more", "20% and up"."""
    again = _BOUND_AFTER_NOUN.match(after) if quantity.low == quantity.high else None
    if again is None:
        return quantity
    return replace(quantity, low=quantity.low if again["up"] else None, high=None if again["up"] else quantity.high)


def _bounded_after(after: str, quantity: Quantity, length: int) -> Quantity:
    """Return a quantity with the limit that follows its noun: "40 people or more", "40 people but fewer than 250"."""
    if (again := bounded_after(after[length:], quantity)) is not quantity:
        return again
    further = bounded_again(quantity, after, length)
    if further and not _noun(after[further.end :]):
        return replace(further, start=quantity.start, end=quantity.end)
    return quantity


def _fact(sentence: str, quantity: Quantity, end: int, attribute: str, layer: Layer) -> Fact:
    """Return the fact; a lone number is an example, hardly a limit: "an office with 12 people"."""
    exact = quantity.low is not None and quantity.low == quantity.high
    if exact and not _EXACTLY.search(sentence, 0, quantity.start):
        return Fact(quantity.start, end, attribute, layer, None)
    whole = attribute not in ("annual_revenue", "arr", "budget", "acv", "total_funding")
    return Fact(quantity.start, end, attribute, layer, quantity.test(whole=whole))


def _team(sentence: str, quantity: Quantity) -> str | None:
    """Return the team that a number is said of: "a sales team of", "the support team has", "Sales team:"."""
    clause = clause_at(sentence, quantity.start)
    if clause is None:
        return None
    subject = " ".join(w.text for w in clause.subject if w.kind != "subject")
    if clause.own_subject and re.fullmatch(_TEAMS, subject, re.IGNORECASE) and clause.subject[-1].end <= quantity.start:
        return f"{plain(subject)}_team"
    before = sentence[clause.start : quantity.start]
    if not before.strip() and clause.opened == ":":
        before = sentence[: clause.start]
    if found := _TEAM_FOR.fullmatch(sentence, 0, quantity.start):
        return f"{plain(found['of'])}_team"
    if found := _A_TEAM.match(before):
        rest = before[found.end() :]
        if re.fullmatch(
            rf"\s*:?\s*|.{{0,4}}?\b(?:{ways_to_say('as_a_rule')}|of|with|has|have|between|is|are|to be|be"
            r"|exceeds?|counts?|numbers?|never|only|at|made up of"
            r"|should|must|\s)+\s*|\s+(?:is|are|stays?|remains?)\s+(?:[\w-]+\s+)?[\w-]+\s*,\s*",  # "is small, 3 to 8"
            rest,
        ):
            return f"{plain(found['of'])}_team"
    return None


def heading_before(sentence: str, start: int) -> tuple[str, int] | None:
    """Return the attribute that is named just before a number, and where its name begins."""
    before = sentence[max(0, start - 80) : start]
    last = None
    for last in vocabulary().headings.pattern.finditer(before):  # noqa: B007  the nearest counts
        pass
    if last is None or not _LINK.fullmatch(before, last.end()):
        return None
    return vocabulary().headings.of(last[0])[0], max(0, start - 80) + last.start()


_LINK = re.compile(
    r"(?:\s+(?:(?:has|have|needs?|ought) to be|(?:must|should|can|may) (?:not )?(?:be|stay)|stays?|has|have"
    rf"|never|not|yet|{ways_to_say('as_a_rule')}"
    r"|of|is|are|lies?|runs?|run at|at|in the range of|ranging|that(?: is)?|count|somewhere"
    r"|still|already|(?:reach|pass|cross|surpass)(?:e[sd])?|exceed(?:s|ed)?|topp?(?:s|ed)"
    rf"|size of|between|from|sits|stands|over|above|{ways_to_say('a_limit')}))*\s*[:=]?\s*",
    re.IGNORECASE,
)


def _noun(after: str, *, one: bool = False) -> tuple[str, Layer, int] | None:
    """Return the attribute that the words after a number name, its layer, and how many letters they take."""
    found = _AFTER.match(after)
    if not found:
        return None
    words: list[str] = []
    for word in found[1].split():
        pieces = word.split("-")
        if word.lower() in _STOP or (not words and pieces[0].lower() in _STOP):
            break
        words.append(word)
    if after.startswith("-"):
        words = words[:1]
    for size in range(1, len(words) + 1):
        heading = vocabulary().headings.pattern.fullmatch(words[size - 1])
        if heading and {w.lower() for w in words[: size - 1]} <= _PURE:
            (attribute,) = vocabulary().headings.of(heading[0])
            return attribute, vocabulary().layers[attribute], _length_of(after, words[:size])
        if one and size == len(words) and not heading:  # "more than one warehouse"
            return plain(words[0]).rstrip("s") + "s", "operational", _length_of(after, words[:1])
        if words[size - 1].lower() in _NO_PLURAL and size < len(words):
            continue  # "sales reps"
        if _PLURAL.search(words[size - 1]) or heading:
            return plain(" ".join(words[:size])), "operational", _length_of(after, words[:size])
    return None


def _length_of(after: str, words: list[str]) -> int:
    return after.index(words[-1]) + len(words[-1])


def plain(words: str) -> str:
    """Return words as a column would be named.

    >>> plain("Customer success")
    'customer_success'
    """
    return "_".join(re.findall(r"\w+", words.lower()))
