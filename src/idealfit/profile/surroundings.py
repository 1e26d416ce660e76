"""What stands around a mention, as signs for whether it is stated, denied or neither."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from idealfit.profile.clauses import clause_at, clauses_of
from idealfit.profile.denials import denied, denied_after
from idealfit.profile.governors import governors
from idealfit.profile.speech import is_plural, words_in
from idealfit.profile.stance import is_told
from idealfit.profile.subjects import whom
from idealfit.profile.vocabulary import verbs_that, vocabulary, ways_to_say

if TYPE_CHECKING:
    from idealfit.profile.clauses import Clause
    from idealfit.profile.fact import Fact

_VERB_CUES = (
    "wish", "hearsay", "changes", "our_doings", "we_seek", "exclude", "use", "have_so_many", "buy_from_us",
    "leave_or_begin", "companies_are", "be_somewhere", "require", "pass_a_limit", "go_without_us", "move_house",
)  # fmt: skip
_BEFORE = (
    "given_up",
    "tried",
    "exclusion",
    "exclusion_label",
    "denial",
    "used",
    "hardly",
    "sold_to",
    "hired",
    "hiring",
    "posted",
    "staffed",
    "no_use_of_us",
)
_AFTER = (
    "given_up_after",
    "replaced_after",
    "used_after",
    "unsettled_after",
    "denied_afterwards",
    "is_out",
    "no_use_of_us",
    "posting",
    "leaves_out",
)
_DENYING = (
    "given_up",
    "exclusion",
    "exclusion_label",
    "denied_afterwards",
    "is_out",
    "no_use_of_us",
    "given_up_after",
    "replaced_after",
    "leaves_out",
)
_NOT = re.compile(
    r"\b(?:no|not|never|nor|neither|none|nobody|nothing|without|cannot|hardly|barely|rarely|seldom|no one"
    r"|lacks?|lacking)\b|n['’]t\b",
    re.IGNORECASE,
)
_OWN_DENIAL = re.compile(
    r"\b(outside|without|except|anywhere but|everywhere but|not|no|lacks?|lacking|neither|nor|n['’]t use"
    r"|no longer use|never used)"
    r"(?:\s+(?:of|in|on|from|for|use|have|an?|the|any|has))*\s+$",
    re.IGNORECASE,
)
"""What denies a mention alone, beside what the sentence says of all: "we never sell to firms outside Peru"."""
_WE_REFUSE = re.compile(
    r"\b(?:we|i)\s+(?:do not|don['’]t|never|cannot|can['’]t|won['’]t|no longer|stay away|turn down|say no"
    r"|pass on|decline|avoid|skip|exclude|refuse|reject)\b"
    r"|^\W*(?:please\s+)?(?:skip|exclude|avoid|not for us|not a fit|no fit|disqualif\w+|ignore|leave out"
    r"|rule out|never)\b",
    re.IGNORECASE,
)
_REFUSED_AFTER = re.compile(
    r"^[^.;]*?\b(?:(?:is|are)\s+(?:not|n['’]t|out|off|no|too|lost|disqualified|excluded|never|a no)\b"
    r"|need(?:s)? not|(?:has|have) no (?:need|use)"
    r"|never (?:buys?|fits?|closes?|renews?)|(?:does|do)(?: not|n['’]t) (?:need|fit|qualify|buy))",
    re.IGNORECASE,
)
_KINDS = {
    "tool": "technologies", "place": "country region state city", "trade": "industry", "sold": "sells_to",
    "owner": "ownership", "stage": "funding_stage", "model": "business_model", "role": "roles", "hiring": "hiring",
    "people": "employees", "money": "annual_revenue arr total_funding last_funding_amount acv", "age": "founded",
}  # fmt: skip
_GROUPS = {attribute: kind for kind, attributes in _KINDS.items() for attribute in attributes.split()}


@cache
def _cue(name: str) -> re.Pattern[str]:
    return re.compile(rf"\b{ways_to_say(name)}\b", re.IGNORECASE)


def kind_of(fact: Fact) -> str:
    """Return the group of attributes that a fact is judged with.

    >>> from idealfit.profile.fact import Fact
    >>> kind_of(Fact(0, 1, "clinics", "operational", None)), kind_of(Fact(0, 1, "cfo_hired_on", "behavioural", None))
    ('number', 'event')
    """
    if fact.attribute.endswith("_on"):
        return "event"
    return _GROUPS.get(fact.attribute, "number")


@lru_cache(maxsize=64)
def _tokens(sentence: str, spans: tuple[tuple[int, int, str], ...]) -> tuple[tuple[int, int, str], ...]:
    """Return the words of a sentence in small letters, with every mention as one word of its kind."""
    found: list[tuple[int, int, str]] = []
    for word in words_in(sentence):
        span = next((s for s in spans if s[0] <= word.start < s[1]), None)
        if span is not None:
            if not found or found[-1][2] != span[2] or found[-1][0] != span[0]:
                found.append(span)
            continue
        said = word.low.replace("’", "'")
        if said.endswith("n't"):
            found += [(word.start, word.end, said[:-3]), (word.start, word.end, "not")]
        else:
            found.append((word.start, word.end, "<n>" if word.kind == "number" and said[0].isdigit() else said))
    return tuple(found)


def surroundings(sentence: str, fact: Fact, others: tuple[Fact, ...]) -> set[str]:
    """Return the signs around a mention: words before and after it, its clause, what governs it, what follows.

    `others` are all mentions of the sentence; each stands for its kind, so that "in Peru" and "in Chile" look the same.
    """
    kind = kind_of(fact)
    signs = {
        f"k={kind}",
        f"c={fact.test.condition}" if fact.test else "c=",
        f"a={fact.attribute}" if kind != "number" else "a=number",
    }
    signs |= {f"t={sign}" for sign in _of_name(sentence, fact)}
    signs |= _of_words(sentence, fact, others) | _of_clause(sentence, fact) | _of_denials(sentence, fact)
    if sentence.rstrip().endswith("?"):
        signs.add("?")
    if label := re.match(r"[\s•*-]*([A-Za-z][\w /’'-]{1,30}?)\s*[:–—]", sentence):
        signs |= {f"lab={w}" for w in label[1].lower().split()}
    signs |= {
        f"{kind}&{sign}"
        for sign in list(signs)
        if sign[:2] in ("L1", "R1", "L2", "nb", "na", "w=", "f=", "g=", "LL", "RR", "cb", "ca")
    }
    return signs


def _of_words(sentence: str, fact: Fact, others: tuple[Fact, ...]) -> set[str]:
    """Return the words before, in and after a mention, one by one, in pairs and in threes."""
    signs: set[str] = set()
    spans = tuple(sorted({(f.start, f.end, f"<{kind_of(f)}>") for f in others if f.end - f.start < 60}))
    spans = tuple(
        s
        for i, s in enumerate(spans)
        if not any(o[0] <= s[0] and s[1] <= o[1] and o[:2] != s[:2] for o in spans[:i] + spans[i + 1 :])
    )
    tokens = _tokens(sentence, spans)
    before = [t for s, e, t in tokens if e <= fact.start]
    after = [t for s, e, t in tokens if s >= fact.end]
    inner = [t for s, e, t in tokens if s < fact.end and e > fact.start and not t.startswith("<")]
    left = ["^"] * 4 + before
    right = after + ["$"] * 4
    for n in range(1, 5):
        signs.add(f"L{n}={left[-n]}")
        signs.add(f"R{n}={right[n - 1]}")
    for words, name in (
        (left[-2:], "LL"),
        (left[-3:], "LLL"),
        (right[:2], "RR"),
        (right[:3], "RRR"),
        ([left[-1], right[0]], "LR"),
    ):
        signs.add(f"{name}={' '.join(words)}")
    signs |= {f"B={w}" for w in before[-8:]} | {f"A={w}" for w in after[:8]}
    signs |= {f"I={w}" for w in inner}
    signs |= {f"LB={a} {b}" for a, b in pairwise(left[-8:])} | {f"RB={a} {b}" for a, b in pairwise(right[:9])}
    return signs


def _of_denials(sentence: str, fact: Fact) -> set[str]:
    """Return which denials stand before and after a mention, which of them reach it, and how many in all."""
    kind, signs = kind_of(fact), set[str]()
    head, tail = sentence[: fact.start], sentence[fact.end :]
    for name in _BEFORE:
        if _cue(name).search(head[-60:]):
            signs.add(f"cb={name}")
    for name in _AFTER:
        if _cue(name).search(tail[:60]):
            signs.add(f"ca={name}")
    near = re.split(r"[;:.!?,]", head)[-1]
    signs.add(f"nb={min(len(_NOT.findall(near)), 2)}")
    signs.add(f"nB={min(len(_NOT.findall(head)), 3)}")
    signs.add(f"na={min(len(_NOT.findall(re.split(r'[;:.!?,]', tail)[0])), 2)}")
    signs.add(f"nA={min(len(_NOT.findall(tail)), 3)}")
    times = denied(sentence, fact.start), denied_after(sentence, fact.end)
    told = is_told(sentence, fact)
    signs |= {
        f"den={times}",
        f"den={times} {kind}",
        f"told={told}",
        f"told={told} {kind}",
        f"den={times} {told} {kind}",
    }
    cues = sorted(sign for sign in signs if sign[:3] in ("cb=", "ca=") and sign[3:] in _DENYING)
    signs |= {
        f"x={' '.join(cues)}",
        f"x={kind} {' '.join(cues)}",
        f"par={kind} {(len(cues) + len(_NOT.findall(near))) % 2}",
    }
    signs.add("N=" + " ".join(sorted(sign for sign in signs if sign[:3] in ("nb=", "nB=", "na=", "nA="))))
    own = _OWN_DENIAL.search(head)
    refused = (bool(_WE_REFUSE.search(head)), bool(_REFUSED_AFTER.search(tail)))
    signs |= {
        f"own={bool(own)} {refused}",
        f"own={bool(own)} {refused} {kind}",
        f"own={own[1].lower() if own else ''} {kind} {refused}",
    }
    return signs


def _of_name(sentence: str, fact: Fact) -> set[str]:
    """Return what the words of a mention themselves tell: a known name or not, one or several."""
    said, known = sentence[fact.start : fact.end], vocabulary()
    signs = {"many" if is_plural(said.split()[-1].lower()) else "one"}
    kind = kind_of(fact)
    if kind == "tool":
        names = (
            (known.technologies, "name"),
            (known.technologies_also_words, "word"),
            (known.technology_kinds, "kind"),
        )
        signs |= {f"tool {name}" for words, name in names if words.pattern.search(said)} or {
            f"tool unknown {said[0].isupper()}"
        }
    elif kind == "place":
        signs.add(f"{fact.attribute} {'lone' if fact.test and fact.test.is_ is not None else 'several'}")
    elif kind in ("number", "people"):
        signs |= {
            fact.attribute,
            f"strong {bool(re.search('strong', sentence[fact.end : fact.end + 8]))}",
            f"digits {said[:1].isdigit()}",
        }
    elif kind in ("trade", "event"):
        signs.add(fact.attribute if kind == "event" else str(fact.test.is_ if fact.test else ""))
    if not sentence[: fact.start].strip():
        signs.add("first")
    return {f"{kind} {sign}" for sign in signs}


def _of_clause(sentence: str, fact: Fact) -> set[str]:
    clause = clause_at(sentence, fact.start)
    if clause is None:
        return set()
    signs = {f"w={whom(sentence, clause)}", f"o={clause.opened}"}
    finite = clause.finite
    if finite is None:
        signs.add("f=none")
    else:
        place = "subject" if fact.end <= finite.start else "after"
        signs |= {
            f"f={place}",
            f"m={finite.mood}",
            f"fl={finite.lemma}",
            f"f={place} {finite.lemma}",
            f"m={place} {finite.mood} {finite.denied}",
        }
        signs |= {f"vc={cue}" for cue in _VERB_CUES if finite.lemma in verbs_that(cue)}
        signs |= {f"w={whom(sentence, clause)} {cue}" for cue in _VERB_CUES if finite.lemma in verbs_that(cue)}
        signs.add(f"w={whom(sentence, clause)} {place} {finite.mood} {finite.denied}")
    if clause.quoted:
        signs.add("quoted")
    if clause.subject:
        signs |= {f"sub={w.low}" for w in clause.subject[-3:]}
    chain = governors(sentence, fact.start)
    for n, governor in enumerate(chain[:2]):
        lemma = governor.verb.lemma if governor.verb else governor.word.low if governor.word else ""
        signs |= {
            f"g={n} {governor.what} {governor.by}",
            f"g={n} {governor.by} {lemma}",
            f"g={n} {governor.determined}",
        }
        if governor.verb is not None:
            signs |= {
                f"g={n} {cue} {governor.by} {governor.verb.denied}" for cue in _VERB_CUES if lemma in verbs_that(cue)
            }
    found = clauses_of(sentence)
    at = found.index(clause)
    for name, other in (("p", found[at - 1] if at else None), ("n", found[at + 1] if at + 1 < len(found) else None),
                        ("out", found[clause.within] if clause.within is not None else None)):  # fmt: skip
        signs |= _beside(sentence, name, other)
    signs.add(f"at={min(at, 2)} of {min(len(found), 4)}")
    return signs


def _beside(sentence: str, name: str, clause: Clause | None) -> set[str]:
    if clause is None:
        return {f"{name}=none"}
    signs = {f"{name}w={whom(sentence, clause)}", f"{name}o={clause.opened}"} | {
        f"{name}:{w.low}" for w in clause.words if w.kind not in ("number", "name", "determiner")
    }
    if clause.finite is not None:
        signs |= {f"{name}f={clause.finite.lemma} {clause.finite.denied}", f"{name}m={clause.finite.mood}"}
        signs |= {
            f"{name}vc={cue} {whom(sentence, clause)}" for cue in _VERB_CUES if clause.finite.lemma in verbs_that(cue)
        }
    return signs
