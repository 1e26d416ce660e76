"""The profile told to a colleague: five slots, two short paragraphs, and questions where the data is silent."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from idealfit.profile.document import Slot

if TYPE_CHECKING:
    from idealfit.profile.document import Narrative

SLOTS = ("company", "situation", "trigger", "alternative", "urgency")
"""The five things that a profile must tell, in the order of the telling."""

QUESTIONS: Mapping[str, str] = {
    "company": "Ask your sales team: which kind of company do you wish there were more of, and why?",
    "situation": "Ask your five best customers: what was going on in your company at the time?",
    "trigger": "Ask your five best customers: what happened that made you start to look?",
    "alternative": "Ask your five best customers: how did you manage before us, and what was wrong with it?",
    "urgency": "Ask your five best customers: what would have happened if you had waited a year?",
}
"""What to ask whom where the data cannot fill a slot."""

_OPENINGS = {
    "company": r"our best customers (are|were) ",
    "situation": r"(companies |they )?(who|that) (are|were) ",
    "trigger": r"(they (typically|usually) )?(come|came) to us (after|when) |after ",
    "alternative": r"before finding us,? they (are|were) |they were ",
    "urgency": r"the reason (that )?they move quickly is (that )?",
}
_QUERY_SIGNS = (
    (re.compile(r"[<>]=?|!=|==|≥|≤"), "it compares with signs such as >= or <; say 'at least' or 'under'"),
    (re.compile(r"\b(AND|OR|NOT|IN|WHERE|SELECT|BETWEEN)\b"), "it joins conditions with AND, OR or NOT"),
    (re.compile(r"\b\w+_\w+\b"), "it names a column (with an underscore) instead of saying what it means"),
    (re.compile(r"\b[\w-]+\s*(?<!:)=\s*\S"), "it sets a field equal to a value"),
    (re.compile(r"(?:^|[,;\n]\s*)[A-Z][\w /-]{1,30}:\s*\S"), "it lists fields as 'Field: value'"),
    (re.compile(r"[\[{]\s*['\"\w][^\]}]*[\]}]"), "it holds a list in brackets"),
)
_VERBS = re.compile(
    r"\b(are|is|was|were|be|been|have|has|had|do|does|did|can|cannot|will|would|need|needs|come|came|comes|move|moves|"
    r"buy|buys|bought|use|uses|want|wants|look|looks|grow|grows|grew|run|runs|sell|sells|sold|hire|hires|work|works|"
    r"lose|lost|miss|missed|ship|ships|start|starts|started|struggle|struggles|moved|used|tried|went|ask|know|feel|"
    r"open|outgrow|outgrew|raised|got|get|make|makes|made|find|found|spend|spends|pay|pays|paid|keep|keeps|kept)\b",
    re.IGNORECASE,
)
_RANGE = re.compile(r"\b\$?\d[\d,.]*[kKmMbB]?\s*(?:-|–|to)\s*\$?\d[\d,.]*[kKmMbB]?\b")


def open_question(slot: str) -> Slot:
    """Return the slot that says what to ask whom, for one of `SLOTS` that the data cannot fill.

    >>> open_question("trigger").text
    'Ask your five best customers: what happened that made you start to look?'
    """
    return Slot(text=QUESTIONS[slot], source="open question")


def open_questions(narrative: Narrative) -> tuple[str, ...]:
    """Return the names of the slots that nobody has filled yet, in the order of the telling."""
    return tuple(name for name in SLOTS if not _known(getattr(narrative, name)))


def narrative_text(slots: Narrative | Mapping[str, Slot]) -> str:
    """Return the narrative in two paragraphs (one line break between them), from its five slots.

    Who they are and what brings them stand in the first, what they did before and why they hurry in the second. A slot
    that is an open question is never told as if it were known: its question follows the paragraph it belongs to.

    >>> told = ("dairies", "short of drivers", "a lost contract", "phoning around", "that milk sours")
    >>> print(narrative_text({slot: Slot(text=text, source="person") for slot, text in zip(SLOTS, told)}))
    Our best customers are dairies who are short of drivers. They typically come to us after a lost contract.
    Before finding us, they were phoning around. The reason they move quickly is that milk sours.
    """
    given = {name: slots[name] if isinstance(slots, Mapping) else getattr(slots, name) for name in SLOTS}
    words = {name: _phrase(name, slot) for name, slot in given.items()}
    who = _sentences(words, given)
    return "\n".join(" ".join(part for part in paragraph if part) for paragraph in who)


def _sentences(words: Mapping[str, str | None], given: Mapping[str, Slot]) -> tuple[list[str], list[str]]:
    company, situation = words["company"], words["situation"]
    first = []
    if company and situation:
        first.append(f"Our best customers are {company} who are {situation}.")
    elif company:
        first.append(f"Our best customers are {company}.")
    elif situation:
        first.append(f"Our best customers are {situation}.")
    if words["trigger"]:
        first.append(f"They typically come to us after {words['trigger']}.")
    second = []
    if words["alternative"]:
        second.append(f"Before finding us, they were {words['alternative']}.")
    if words["urgency"]:
        second.append(f"The reason they move quickly is {words['urgency']}.")
    for paragraph, names in ((first, SLOTS[:3]), (second, SLOTS[3:])):
        open_ones = [name for name in names if words[name] is None]
        paragraph.extend(f"Open question ({name}): {_question(name, given[name])}" for name in open_ones)
    return first, second


def _known(slot: Slot) -> bool:
    return slot.source != "open question" and bool(slot.text.strip())


def _phrase(name: str, slot: Slot) -> str | None:
    """Return a known slot's words as they fit into its sentence, or None for an open question."""
    if not _known(slot):
        return None
    text = " ".join(slot.text.split()).rstrip(".;, ")
    return re.sub(rf"^({_OPENINGS[name]})", "", text, flags=re.IGNORECASE)


def _question(name: str, slot: Slot) -> str:
    text = " ".join(slot.text.split()) or QUESTIONS[name]
    return text if text[-1] in ".?!" else f"{text}?"


def reads_like_a_query(text: str) -> tuple[str, ...]:
    """Return why a text reads like a database query and not like something told to a colleague; empty if it does not.

    >>> reads_like_a_query("They lost a big renewal and want to know why.")
    ()
    >>> reads_like_a_query("SaaS, 50-500 employees, VP Marketing, US, Series A-C")
    ('it is a list of filters without a verb; say what these companies do and need',)
    """
    reasons = [reason for sign, reason in _QUERY_SIGNS if sign.search(text)]
    sentences = [sentence for sentence in re.split(r"(?<=[.?!])\s+|\n+", text) if sentence.strip()]
    if any(not _VERBS.search(sentence) and sentence.count(",") >= 2 for sentence in sentences):
        reasons.append("it is a list of filters without a verb; say what these companies do and need")
    if any(len(_RANGE.findall(sentence)) > 2 for sentence in sentences):
        reasons.append("it gives more than two ranges of numbers in one sentence")
    return tuple(reasons)
