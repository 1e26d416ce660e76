"""Which tools they use, and which they do not: a tool is read where a verb of using, or a label, carries it."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import takewhile
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at, clauses_of
from idealfit.profile.denials import denied, denied_after, none_have
from idealfit.profile.document import Test
from idealfit.profile.enumerations import JOINED, apart, groups
from idealfit.profile.fact import Fact
from idealfit.profile.governors import governors
from idealfit.profile.kinds import is_stage
from idealfit.profile.speech import is_plural
from idealfit.profile.stance import about_us, is_supposed
from idealfit.profile.subjects import is_company, is_their_own, names_some
from idealfit.profile.vocabulary import verbs_that, vocabulary, ways_to_say, word_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from idealfit.profile.clauses import Clause
    from idealfit.profile.enumerations import Group, Span
    from idealfit.profile.governors import Governor

_ARTICLES = r"(?:both\s+|either\s+|only\s+|old\s+|an?\s+|the\s+|their\s+)*"


def _just_before(cue: str, between: str = _ARTICLES) -> re.Pattern[str]:
    return re.compile(rf"\b{ways_to_say(cue)}\s+{between}$", re.IGNORECASE)


def _just_after(cue: str) -> re.Pattern[str]:
    return re.compile(rf"\s+{ways_to_say(cue)}\b", re.IGNORECASE)


_GONE = _just_before("given_up")
_TRIED = _just_before("tried")
_GONE_AFTER = _just_after("given_up_after")
_DENIED = re.compile(r"(?:\b(?:not|never)|n['’]t)\s+(?:yet\s+|ever\s+)?$", re.IGNORECASE)
_AT_OTHERS = re.compile(
    rf"[^,;:.!?]*?\bat\s+(?:their|its|an?|one)\s+(?:\w+\s+)?{ways_to_say('other_people')}\s*(?:[,;.!?]|$)",
    re.IGNORECASE,
)
_REPLACED_AFTER = _just_after("replaced_after")
_IN_FAVOUR = re.compile(rf"\b{ways_to_say('given_up')}\s[^,;:]*\bin\s+favou?r\s+of\s+{_ARTICLES}$", re.IGNORECASE)
_USED_AFTER = _just_after("used_after")
_UNSETTLED_AFTER = _just_after("unsettled_after")
_AS_SUBJECT = _just_after("does_a_tools_work")
_KIND_BEFORE = re.compile(
    rf"\b{ways_to_say('a_kind_of_tool')}\s+(?:{ways_to_say('kinds_of_kind')}\s+)*$", re.IGNORECASE
)
_KIND_AFTER = _just_after("about_a_kind_of_tool")
_A_TOOL = re.compile(
    rf"\b(?:{vocabulary().technology_kinds.pattern.pattern}|{ways_to_say('a_kind_of_system')})", re.IGNORECASE
)  # "their CRM is HubSpot"
_STACK = re.compile(ways_to_say("a_stack"), re.IGNORECASE)
_UNKNOWN_NAME = re.compile(r"(?<!\w)(?:[A-Z]\w*[a-z0-9]\w*(?:\.\w+)?|[A-Z]{3,})(?:\s[A-Z]\w*[a-z0-9])?(?!\w)")
_TIMES = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Christmas|Easter|I)\b"
)
_GATHERING = word_for("gathering")
_EMPLOYED = word_for("people_employed")
_AT_END = re.compile(r"\W*$")


def named_tools(sentence: str) -> Iterator[Fact]:
    """Yield the tools that a sentence names: used, not used, or open."""
    for group in groups(sentence, apart(list(_named(sentence)))):
        before, after = sentence[: group.start], sentence[group.end :]
        if _is_an_employer(sentence, group.start) or _AT_OTHERS.match(after):
            yield Fact(group.start, group.end, "technologies", "technographic", None)
            continue
        if (used := _as_said_before(sentence, group)) is not None:
            yield from (
                Fact(*s, "technologies", "technographic", Test(has=n) if used else Test(lacks=n), negated=not used)
                for s, n in zip(group.spans, group.names, strict=True)
            )
            continue
        if _is_kept(before):
            yield Fact(group.start, group.end, "technologies", "technographic", None)
            continue
        gone = (
            _GONE.search(before)
            or _is_left(sentence, group.start)
            or (_TRIED.search(before) and _GONE_AFTER.match(after))
            or _REPLACED_AFTER.match(after)
        )
        if gone:
            yield from (
                Fact(*span, "technologies", "technographic", Test(lacks=n), negated=True)
                for span, n in zip(group.spans, group.names, strict=True)
            )
        elif _UNSETTLED_AFTER.match(after) or not _is_used(sentence, group):
            yield Fact(group.start, group.end, "technologies", "technographic", None)
        elif group.any_one and len(group.names) > 1:
            yield Fact(group.start, group.end, "technologies", "technographic", Test(has_any=group.names))
        else:
            yield from (
                Fact(*span, "technologies", "technographic", Test(has=n))
                for span, n in zip(group.spans, group.names, strict=True)
            )


def _is_an_employer(sentence: str, start: int) -> bool:
    """Return whether people went to work for a company or left it: "two engineers left for Databricks"."""
    clause, nearest = clause_at(sentence, start), governors(sentence, start)[0]
    if clause is None or nearest.what != "verb" or nearest.verb is None:
        return False
    if nearest.verb.lemma in ("leave", "depart") and nearest.by == "for" and not nearest.verb.passive:
        return clause.own_subject and clause.opened not in ("that", "which")  # without anything left behind
    if nearest.by and nearest.by.split()[-1] not in ("to", "for", "from"):
        return False
    subject = [word for word in clause.subject if word.kind != "mark"]
    part = any(word.low == "of" for word in subject[1:2]) and any(w.kind == "possessive" for w in subject)
    heads = [w for i, w in enumerate(subject) if i + 1 == len(subject) or subject[i + 1].kind == "preposition"]
    who = next((w.low for w in (heads[-1:] if part else heads[:1])), "")
    role = vocabulary().roles.pattern.search(sentence, clause.start, nearest.verb.start)
    person = bool(_EMPLOYED.fullmatch(who)) or (role is not None and bool(subject) and subject[-1].end == role.end())
    alone = part or not is_plural(who)  # "their reps switched to HubSpot" is said of a tool
    moved = nearest.by.endswith("from") and nearest.verb.lemma in verbs_that("move_house") - {"come"}
    return person and (
        (nearest.verb.lemma in verbs_that("changes_employer") and (alone or not moved))
        or (alone and nearest.verb.lemma in verbs_that("move_house"))
    )


def _as_said_before(sentence: str, group: Group) -> bool | None:
    """Return whether a tool is used of which a clause says only "is" or "is not" after one that says "are in use"."""
    clause = clause_at(sentence, group.start)
    if clause is None or clause.within is None or clause.finite is None or clause.finite.lemma != "be":
        return None
    earlier = clauses_of(sentence)[clause.within]
    if is_supposed(sentence, earlier):
        return None
    rest = [w for w in clause.words if w.start >= clause.finite.end and w.kind not in ("mark", "negation")]
    if rest or clause.finite.start < group.end or earlier.finite is None or earlier.finite.lemma not in ("be", "use"):
        return None
    said = sentence[earlier.finite.start : earlier.end]
    used = _USED_AFTER.match(" " + re.sub(r"\s+not\b|n['’]t\b", "", said))
    return None if used is None else not clause.finite.denied


def _is_kept(before: str) -> bool:
    """Return whether it is denied that a tool was given up: "they never dropped Jira"."""
    gone = _GONE.search(before)
    return gone is not None and bool(_DENIED.search(before, 0, gone.start()))


def _is_left(sentence: str, start: int) -> bool:
    """Return whether they moved from a tool to another: "they have moved their books from Xero to NetSuite"."""
    chain = governors(sentence, start)
    verb = next((governor.verb for governor in chain if governor.verb is not None), None)
    return (
        chain[0].by in ("from", "off", "away from", "over from")
        and verb is not None
        and verb.lemma in verbs_that("move_house")
    )


def _named(sentence: str) -> Iterator[Span]:
    """Yield the tools and kinds of tools that are named; one whose name is also a word only where it is used."""
    spans: list[Span] = []
    for found in vocabulary().technologies.pattern.finditer(sentence):
        spans.append((found.start(), found.end(), vocabulary().technologies.of(found[0])[0]))
    for found in vocabulary().technologies_also_words.pattern.finditer(sentence):
        span = (found.start(), found.end(), found[0])
        if _beside(sentence, spans, found.start()) or _is_worded(sentence, span):
            spans.append(span)
    for found in _UNKNOWN_NAME.finditer(sentence):
        nearest = governors(sentence, found.start())[0]
        used = _uses(nearest) and nearest.by not in ("in", "into") and not _is_put(nearest)
        if _TIMES.match(found[0]):
            continue
        if (used or _beside(sentence, spans, found.start())) and not _is_other_name(sentence, found.start()):
            spans.append((found.start(), found.end(), found[0]))
    for found in vocabulary().technology_kinds.pattern.finditer(sentence):
        named = _KIND_BEFORE.search(sentence, 0, found.start()) or _uses(governors(sentence, found.start())[0])
        if named and not _KIND_AFTER.match(sentence, found.end()):
            spans.append((found.start(), found.end(), vocabulary().technology_kinds.of(found[0])[0]))
    yield from spans


def _beside(sentence: str, spans: list[Span], start: int) -> bool:
    """Return whether a name stands in one list with a tool before it."""
    return any(JOINED.fullmatch(sentence[end:start]) for _, end, _ in spans if end <= start)


def _is_worded(sentence: str, span: Span) -> bool:
    """Return whether the words around a name that may be a word say that it is a tool."""
    group = next(groups(sentence, [span]))
    before, after = sentence[: span[0]], sentence[span[1] :]
    nearest = governors(sentence, span[0])[0]
    spoken_of = nearest.by != "" or nearest.what == "verb"
    return bool(
        _GONE.search(before)
        or _TRIED.search(before)
        or spoken_of
        or _USED_AFTER.match(after)
        or _AS_SUBJECT.match(after)
        or _REPLACED_AFTER.match(after)
        or denied(sentence, span[0])
        or denied_after(sentence, span[1])
    ) or _is_used(sentence, group)


def _is_used(sentence: str, group: Group) -> bool:
    """Return whether the words around a tool say that it is used, or denied; a name alone says nothing."""
    before, after = sentence[: group.start], sentence[group.end :]
    alone = _AT_END.match(before) and _AT_END.match(after)  # a list of nothing else
    if alone or _IN_FAVOUR.search(before):  # "they dropped Asana in favour of Jira"
        return True
    chain = governors(sentence, group.start)
    nearest = chain[0]
    for_it = nearest.by in ("for", "of", "to", "from", "about", "against")  # "a plug-in for Slack is what they need"
    if (_USED_AFTER.match(after) and not for_it) or (_AS_SUBJECT.match(after) and not nearest.by):
        return True
    clause = clause_at(sentence, group.start)
    bare = clause is None or clause.finite is None
    subject = (
        clause is not None and clause.finite is not None and group.end <= clause.finite.start and clause.own_subject
    )
    if any(governor.by.endswith("without") for governor in (nearest, chain[-1])):
        return True
    if nearest.determined == "no":
        return not subject
    if nearest.what in ("start", "join") and nearest.verb is not None:
        return _uses(nearest)
    if nearest.what in ("start", "join") and not nearest.by:
        return bare and (
            nearest.determined == "no" or before.rstrip().endswith((":", "(", "=")) or denied(sentence, group.start)
        )
    bare = bare or (subject and clause is not None and about_us(sentence, clause))  # "anyone on SAP is out"
    if nearest.by in ("with", "without", "on", "in"):
        of_them = nearest.what in ("start", "join") and bare
        of_them = of_them or (
            nearest.word is not None
            and nearest.what == "noun"
            and (names_some(sentence, nearest.word) or none_have(sentence, group.start))
            and not (nearest.by == "on" and _GATHERING.fullmatch(nearest.word.low))
            and bare
        )
        of_them = of_them or (bare and clause is not None and _with_it_in(chain, clause))  # "with the books in Xero"
        if of_them:
            return True
    for governor in chain:
        if governor.verb is not None and governor.verb.lemma == "be" and clause is not None and clause.subject:
            there = clause.subject[0].low == "there"
            kind = not nearest.by and _A_TOOL.search(" ".join(word.text for word in clause.subject))
            return there or bool(kind) or _uses(replace(governor, by=nearest.by))
        if governor.verb is not None:
            return _uses(replace(governor, by=nearest.by))
        if governor.word is not None and _STACK.fullmatch(governor.word.low):
            return True
    return denied(sentence, group.start)


def _with_it_in(chain: tuple[Governor, ...], clause: Clause) -> bool:
    """Return whether companies have something of theirs in a tool: "a team of five, with the books in Xero"."""
    if len(chain) < 2 or chain[0].what != "noun" or chain[0].by not in ("in", "on") or chain[1].by != "with":
        return False
    ahead = list(takewhile(lambda w: w.kind not in ("preposition", "mark", "to"), clause.words))
    head = chain[1].word if chain[1].what == "noun" else ahead[-1] if ahead else None
    return head is not None and (is_company(head.low) or is_their_own(head.low))


def _uses(governor: Governor) -> bool:
    """Return whether a verb, with its preposition, is one of using."""
    if governor.verb is None:
        return False
    lemma = governor.verb.lemma
    if (lemma, governor.by) == ("go", "into"):  # not "years went into Slack"
        return governor.word is not None and governor.word.low in ("go", "goes")
    if not governor.by:
        return lemma in verbs_that("use")
    last = governor.by.split()[-1]  # "come in through Zendesk"
    return any(f"{lemma} {by}" in verbs_that("use_by") for by in (governor.by, last)) or (
        last in ("in", "on", "with", "through", "via", "across") and lemma in verbs_that("do_with")
    )


def _is_put(governor: Governor) -> bool:
    """Return whether something is put at a place, which may be no tool: "they deploy to Ramstein"."""
    return governor.verb is not None and governor.verb.lemma == "deploy" and governor.by == "to"


def _is_other_name(sentence: str, start: int) -> bool:
    """Return whether a capitalised word is known for something else: a place, a title, a stage."""
    words = vocabulary()
    others = (
        words.countries, words.regions, words.states, words.cities, words.roles, words.business_models,
        words.technology_kinds, words.doubtful_places, words.ownership,
    )  # fmt: skip
    return any(other.pattern.match(sentence, start) for other in others) or is_stage(sentence, start)
