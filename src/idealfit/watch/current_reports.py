"""What a current report (8-K) really says, told by its sentences and never by the number of its item.

An item 5.02 may tell that an officer leaves or comes, that a director is elected, or only a pay plan, a condition of a
contract, or what somebody did years ago elsewhere. So it is read clause by clause: a clause tells a change where a verb
of leaving or coming has a role to go with it, and nothing in the clause makes it conditional, denied or past.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from idealfit.watch.page_text import text_of_markup


@dataclass(frozen=True)
class Told:
    """What one sentence of an 8-K tells: under which item, what kind of change, of which role, with the sentence."""

    item: str
    kind: str
    role: str
    quote: str


_ITEM = re.compile(r"^\s*Item\s+(\d{1,2}\.\d{2})\b\.?\s*", re.IGNORECASE | re.MULTILINE)
_KINDS = {
    "1.01": "agreement", "1.03": "bankruptcy", "2.01": "acquisition", "2.05": "restructuring", "2.06": "impairment",
    "4.02": "restatement", "5.01": "change of control",
}  # fmt: skip
_RATHER = {
    "2.05": ("layoffs", re.compile(r"\b(?:workforce|headcount|layoffs?|lay off|employees|positions|redundanc)", re.I)),
    "2.01": ("divestiture", re.compile(r"\b(?:sold|sale of|divest\w*|dispos\w+)\b", re.I)),
}
"""Items whose title covers two things: what it is where a sentence says this."""


def told_by_8k(html: str) -> tuple[Told, ...]:
    """Return what an 8-K tells, item by item, each with the sentence that tells it.

    For item 5.02 the kind is ``departure``, ``appointment`` or ``compensation``; a pay plan that names officers is
    compensation, whatever the title of the item.
    """
    text = text_of_markup(html).split("SIGNATURE")[0]
    found: list[Told] = []
    heads = list(_ITEM.finditer(text))
    for number, head in enumerate(heads):
        end = heads[number + 1].start() if number + 1 < len(heads) else len(text)
        item, sentences = head[1], list(_sentences(text[head.end() : end]))
        if item == "5.02":
            found += list(_of_officers(sentences))
        elif item in _KINDS and sentences:
            kind, words = _RATHER.get(item, ("", re.compile(r"(?!)")))
            tells = next((sentence for sentence in sentences if words.search(sentence)), "")
            found.append(Told(item, kind if tells else _KINDS[item], "", tells or sentences[0]))
    return tuple(found)


_CHIEF = r"(?:Interim |Acting |Co-)*(?:Chief (?:[A-Z][a-z]+(?:,? (?:and )?)){1,3}Officer|C[A-Z]{1,2}O)\b"
_ROLES = tuple(
    re.compile(role)
    for role in (
        _CHIEF,
        r"\b(?:[Pp]rincipal (?:[Ee]xecutive|[Ff]inancial|[Aa]ccounting) [Oo]fficer)\b",
        r"(?<!Vice )(?<!vice )\bPresident\b",
        r"\b(?:Managing|Executive) Director\b",
        r"\bGeneral Counsel\b",
        r"\b(?:(?:Executive|Senior) )?Vice President(?: of [A-Z]\w+(?: (?:and )?[A-Z]\w+)?)?",
        r"\b(?:Treasurer|Controller|Secretary)\b",
        r"\b(?:Chair(?:man|woman|person)?(?: of the Board)?|[Mm]ember of the Board|(?:a|an independent) [Dd]irector|"
        r"[Dd]irector|(?<=as )[Dd]irectors)\b",
    )
)
"""Roles, the one that says most of somebody who has several first."""

_LEAVES = re.compile(
    r"\b(?:resign(?:ed|s|ation|ing)?|retire(?:d|s|ment)?|retiring|step(?:ped|s|ping)? down|depart(?:ed|s|ure|ing)?|"
    r"(?:was|were|been) terminated|terminated the employment|termination of (?:his|her) employment|"
    r"ceas(?:e|ed|es|ing) (?:to (?:serve|be)|serving)|(?:not|will not) (?:be )?(?:to )?(?:stand(?:ing)?|"
    r"seek(?:ing)?|run(?:ning)?) for re-?election|removed as|"
    r"le(?:ft|ave|aves|aving) the (?:company|Company)|separation agreement|separat(?:ed|ion) (?:of .{0,40}?)?from|"
    r"passed away|"
    r"transition(?:ed|s|ing)? (?:from|out of))\b"
)
_COMES = re.compile(
    r"\b(?:appoint(?:ed|s|ment|ing)?|elect(?:ed|s|ion|ing)?|named|hired|promot(?:ed|ion|ing)|selected|designated|"
    r"succeed(?:s|ed)?|(?<!continue to )(?:will|to) (?:join|serve|become)|becomes?|became|joins?|joined|"
    r"assum(?:e|ed|es|ing) the (?:role|position|duties))\b"
)
_ONLY_IF = re.compile(
    r"\b(?:if|in the event|in case|upon (?:an?|any|such|certain|termination)|unless|provided|whether|would|could|may|"
    r"might|shall|should|pursuant to which|entitled|eligible|(?<!terminated )without [Cc]ause|[Gg]ood [Rr]eason|"
    r"qualifying|(?:intends?|plans?|expects?) to (?:appoint|name|hire|identify|select)|"
    r"search (?:for|process)|search to|participants?|awards?|following table|(?:is|are) a party|ratif\w+)\b|"
    r"[Nn]amed [Ee]xecutive"
)
_DENIED = re.compile(r"\b(?:no|not|neither|nor)\b(?! (?:be )?(?:to )?(?:stand|seek|run)(?:ing)? for)")
_PAST = re.compile(
    r"\b(?:[Pp]rior to (?!the (?:date|filing))|[Pp]reviously(?! (?:disclosed|announced|reported))|[Bb]efore joining|"
    r"[Mm]ost recently|(?:has|had|have) (?:also )?(?:served|held|worked|been(?! (?:appointed|named|elected|"
    r"promoted|hired|removed|"
    r"terminated|selected)))|"
    r"(?:[Ss]ince|[Ff]rom|[Bb]etween|[Uu]ntil|in) (?:[A-Z][a-z]+ )?(?:19|20)\d\d (?:to|until|and|through)\b|"
    r"[Ss]ince (?:[A-Z][a-z]+ )?(?:19|20)\d\d|[Ff]rom (?:[A-Z][a-z]+ )?(?:19|20)\d\d)|"
    r"(?<!\w )\b[Ss]erved as\b|\bcontinues? to serve\b|\bcontinuing to serve\b"
)
_IN_A_CONTRACT = re.compile(
    r"\b(?:[Ff]ollowing|[Uu]pon|[Aa]fter|[Oo]n|[Ww]ith) (?:an?|any|her|his|their|such|the) (?:\w+ )?(?:termination|"
    r"retirement|separation|departure|resignation)\b"
)
"""What pay depends on: in a clause on pay it tells when something is owed, and not that somebody went."""

_ASIDE = re.compile(
    r", (?:age )?\d{2}(?=,)|, currently [^,;]*(?:, [A-Z]\w+)?(?=,)|"
    r", (?:who|which) (?:has|had|previously|most recently|served|joined|currently|will "
    r"continue)[^,;]*(?=,|;|$)"
)
_PARTS = re.compile(
    r";|, (?=who\b|which\b|whom\b|where\b|succeeding\b|replacing\b|to succeed\b|following\b|until\b|provided\b)|"
    r" (?=until\b)|,? and (?=that\b|the Board\b|(?:Mr|Ms|Mrs|Dr)\.|s?he\b|(?:was|were|will) (?:also )?(?:appointed|"
    r"named|promoted|elected|become|succeed|serve)\b)"
)
_PAYS = re.compile(
    r"\b(?:compensation|award|bonus|salary|severance|change in control|incentive|equity grant|"
    r"stock option|restricted stock|plan|"
    r"retention agreement|employment agreement)\b",
    re.IGNORECASE,
)


def _of_officers(sentences: list[str]) -> Iterator[Told]:
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        changes = list(_changes(sentence)) or [("compensation", "")] * bool(_PAYS.search(sentence))
        for kind, role in changes:
            if (kind, role.lower()) not in seen:
                seen.add((kind, role.lower()))
                yield Told("5.02", kind, role, sentence)


def _changes(sentence: str) -> Iterator[tuple[str, str]]:
    """Yield who leaves or comes by a sentence, as a kind of change and a role."""
    if re.search(r"\bfamily relationship|\barrangements? or understanding|\bdisagreements? with\b.{0,80}$", sentence):
        sentence = sentence.partition(";")[2]  # what every such report must say besides
    told = re.sub(r"\b(that [^,;]{1,50}) would\b", r"\1 will", _ASIDE.sub("", sentence))  # as somebody said it
    held = ""
    for clause in _PARTS.split(told):
        owed = _PAYS.search(clause) and _IN_A_CONTRACT.search(clause)
        unsaid = (_ONLY_IF.search(clause), _DENIED.search(clause), _PAST.search(clause), clause.startswith("until"))
        if owed or any(unsaid):
            held = ""
            continue
        leaves, comes = _LEAVES.search(clause), _COMES.search(clause)
        if leaves and (not comes or leaves.start() < comes.start()):
            after, before = _weightiest(clause[leaves.end() :]), _weightiest(clause[: leaves.start()])
            role = after if re.match(r".{0,60}?\b(?:as|from|of)\b", clause[leaves.end() :]) and after else before
            if role := role or held:
                yield "departure", role
        elif comes:
            role = _role_taken(clause[comes.end() :], comes[0])
            if role:
                yield "appointment", role
        held = _weightiest(clause) or held


def _role_taken(words: str, verb: str) -> str:
    """Return the role that somebody comes to: of "from A to B" the one after "to"."""
    if verb.startswith("promot"):
        words = words.rpartition(" to ")[2]
    if re.search(r"\badvis[eo]r\b|\bconsultant\b", words) and not re.search(r"\bas\b.*\bOfficer\b", words):
        return ""
    return _weightiest(words)


def _weightiest(words: str) -> str:
    """Return the role among words that says most, empty where there is none.

    >>> _weightiest("Senior Vice President, General Counsel and Secretary of Acme"), _weightiest("a director")
    ('General Counsel', 'director')
    """
    hits = (role.search(words) for role in _ROLES)
    role = next((hit[0] for hit in hits if hit), "")
    return "director" if re.search(r"[Dd]irectors?$|ember of the Board$", role) and " D" not in role else role


_ENDS = re.compile(
    r"(?<=[a-z0-9)”\"]\.)(?<!\bMr\.)(?<!\bMs\.)(?<!\bMrs\.)(?<!\bDr\.)(?<!\bNo\.)(?<!\bJr\.)(?<!\bSr\.)(?<!Messrs\.)"
    r"(?:(?<!\bInc\.)(?<!\bCorp\.)(?<!\bCo\.)(?<!\bLtd\.)\s+(?=[A-Z])|"
    r"\s+(?=(?:The|On|In|As|Effective|Pursuant|Mr|Ms|There|A|Under)\b))"
)


def _sentences(body: str) -> Iterator[str]:
    """Yield the sentences of an item, without its title."""
    lines = [line for line in body.split("\n") if line]
    titled = lines and re.match(r"Departure of|Entry into|Completion|Costs Associated", lines[0])
    for line in lines[1:] if titled else lines:
        for sentence in _ENDS.split(line):
            if len(sentence) > 30 and not sentence.startswith(("Departure of Directors", "Compensatory Arrangements")):
                yield sentence[:600]
