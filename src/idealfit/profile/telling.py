"""A person's own narrative taken apart: its five slots, the criteria that can be checked, and the questions left open.

Sentences are given to slots by the cue phrases in `slots.toml`; the words are the person's, only the opening of the
template is left off. A slot that nobody told stays an open question. Nothing is added that the text does not say.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from idealfit.profile.denials import opposite
from idealfit.profile.document import Criterion, Disqualifier, Narrative, Profile, Slot, Tier
from idealfit.profile.facts import facts_in, sentences
from idealfit.profile.narrative import SLOTS, open_question, reads_like_a_query
from idealfit.profile.rules import MOST_CRITERIA
from idealfit.profile.vocabulary import vocabulary, ways_in
from idealfit.profile.wording import HOW_TO_VERIFY, phrase

if TYPE_CHECKING:
    from idealfit.profile.fact import Fact

POINTS = 2
"""What a criterion is worth that nobody has weighed against deals yet."""
UNWEIGHED = (
    "Nobody has held this profile against deals yet: the points are all alike until 'idealfit learn' weighs them."
)
TIERS = (
    Tier(name="A", at_least=70, action="Hand to an account executive at once."),
    Tier(name="B", at_least=40, action="Let an SDR qualify it: look up what is unknown first."),
    Tier(name="C", at_least=0, action="No outreach; leave it to nurturing."),
)
_WHO = re.compile(r",?\s+(?:and\s+)?(?=(?:who|whose)\b)", re.IGNORECASE)
_WHICH = re.compile(r",?\s+(?=(?:that|which|where)\b)", re.IGNORECASE)
_WITH_SOMEBODY = re.compile(
    rf",?\s+(?:and|with)\s+(?=(?:an?|their|its)\s+(?:new\s+|recent\s+)?{vocabulary().roles.pattern.pattern})",
    re.IGNORECASE,
)
_WE_DO_NOT = re.compile(
    r"\b(?:we|our team)\b.{0,20}\b(?:do not|don['’]t|never|no longer|cannot|can['’]t|won['’]t)\b"
    r"|\b(?:not (?:a fit|for us)|(?:bad|poor) fit|never sell|stay away from|we avoid|rule out)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Cue:
    """What points to a slot: `opening` begins it, `hints` may stand anywhere in its sentence."""

    opening: re.Pattern[str]
    hints: re.Pattern[str]


@cache
def cues() -> dict[str, Cue]:
    """Return the cue phrases of `slots.toml`, slot by slot in the order of the telling."""
    raw = tomllib.loads(files("idealfit.profile").joinpath("slots.toml").read_text(encoding="utf-8"))
    return {slot: Cue(_any(raw[slot]["opening"], start=True), _any(raw[slot]["hints"])) for slot in SLOTS}


def slots_in(text: str) -> dict[str, Slot]:
    """Return the five slots as a person told them, in that person's words; open questions where nothing was told.

    >>> told = slots_in("Our best customers are dairies who lack drivers. They call us after a lost contract.")
    >>> told["company"].text, told["situation"].text, told["trigger"].text, told["urgency"].source
    ('dairies', 'who lack drivers', 'a lost contract', 'open question')
    """
    told: dict[str, list[str]] = {slot: [] for slot in SLOTS}
    last = "company"
    for number, (_, sentence) in enumerate(sentences(text)):
        if _WE_DO_NOT.search(sentence):
            continue
        said = " ".join(sentence.split())
        slot, words = _slot_of(said, first=number == 0, last=last)
        if slot == "company":
            company, situation = _company_and_situation(words)
            told["company"].append(company)
            told["situation"] += [situation] if situation else []
        else:
            told[slot].append(words)
        last = slot
    return {
        slot: Slot(text=_joined(parts), source="person") if parts else open_question(slot)
        for slot, parts in told.items()
    }


def profile_told(text: str, name: str = "Ideal customer profile") -> Profile:
    """Return the start of a profile: the slots, criteria for what can be checked, and what is still to be asked.

    At most seven criteria, one of each attribute first; what is ruled out ("we do not sell to banks") disqualifies.
    What has no test, and what found no room, stands among the limits.
    """
    slots = slots_in(text)
    wanted, ruled_out, unsettled = _sorted_facts(text)
    chosen = _one_of_each_first(wanted)[:MOST_CRITERIA]
    left = [fact for fact in wanted if fact not in chosen]
    limits = [UNWEIGHED, *unsettled, *(f"No room among the criteria: {_in_words(fact)}." for fact in left)]
    return Profile(
        name=name,
        verdict="written by hand",
        definition="",
        narrative=Narrative.model_validate({**slots, "text": _paragraphs(text)}),
        criteria=tuple(_criterion(text, fact) for fact in wanted if fact in chosen),
        disqualify=tuple(ruled_out),
        tiers=TIERS if chosen else (),
        limits=tuple(dict.fromkeys(limits)),
    )


def _slot_of(sentence: str, *, first: bool, last: str) -> tuple[str, str]:
    """Return the slot of a sentence and its words there, without the opening of the template."""
    for slot, cue in cues().items():
        opening = cue.opening.match(sentence)
        if opening and len(sentence) > opening.end() + 2:
            return slot, sentence[opening.end() :].strip(" ,:")
    counted = {slot: len({found[0].lower() for found in cue.hints.finditer(sentence)}) for slot, cue in cues().items()}
    if first:
        return "company", sentence
    best = max(counted, key=lambda slot: (counted[slot], SLOTS.index(slot)))
    if counted[best]:
        return ("situation", sentence) if best == "company" and last != "company" else (best, sentence)
    return ("situation" if last == "company" else last), sentence


def _company_and_situation(words: str) -> tuple[str, str]:
    """Return who they are and what they are in: 'dairies who are short of drivers' tells both."""
    for mark in (_WHO, _WHICH, _WITH_SOMEBODY):
        found = mark.search(words)
        if found and found.start():
            situation = re.sub(r"^(?:who|that|which) (?:are|were)\s+", "", words[found.end() :])
            return words[: found.start()].rstrip(" ,."), situation.rstrip(" .")
    return words.rstrip(" ."), ""


def _sorted_facts(text: str) -> tuple[list[Fact], list[Disqualifier], list[str]]:
    """Return facts that speak for a company, what rules one out, and what has to be settled first, in words."""
    wanted: list[Fact] = []
    ruled_out: list[Disqualifier] = []
    unsettled: list[str] = []
    seen: set[str] = set()
    for start, sentence in sentences(text):
        for fact in facts_in(sentence):
            said = sentence[fact.start : fact.end]
            meaning = f"{fact.attribute} {fact.test or said}".casefold()
            if meaning in seen:
                continue
            seen.add(meaning)
            if fact.test is None:
                unsettled.append(f'To be settled: "{said}" sets no limit that a table can be asked for.')
                continue
            against = opposite(fact.test) if fact.negated and _WE_DO_NOT.search(sentence) else ()
            if against:
                ruled_out += [
                    Disqualifier(attribute=fact.attribute, test=test, why=sentence.strip()) for test in against
                ]
            else:
                wanted.append(_moved(fact, start))
    return wanted, ruled_out, unsettled


def _moved(fact: Fact, by: int) -> Fact:
    return type(fact)(fact.start + by, fact.end + by, fact.attribute, fact.layer, fact.test, fact.negated)


def _one_of_each_first(facts: list[Fact]) -> list[Fact]:
    first = {fact.attribute: fact for fact in reversed(facts)}
    return [f for f in facts if first[f.attribute] is f] + [f for f in facts if first[f.attribute] is not f]


def _criterion(text: str, fact: Fact) -> Criterion:
    assert fact.test is not None  # noqa: S101  only those are asked for
    sentence = next(s for start, s in sentences(text) if start <= fact.start < start + len(s))
    return Criterion(
        attribute=fact.attribute,
        layer=fact.layer,
        test=fact.test,
        points=POINTS,
        why="" if reads_like_a_query(sentence) else " ".join(sentence.split()),
        verify=HOW_TO_VERIFY[fact.layer],
    )


def _in_words(fact: Fact) -> str:
    assert fact.test is not None  # noqa: S101  only those are asked for
    return phrase(fact.attribute, fact.test)


def _joined(parts: list[str]) -> str:
    if len(parts) == 1:
        return parts[0].rstrip(" .;,")
    return " ".join(part if part[-1] in ".!?" else f"{part}." for part in parts)


def _paragraphs(text: str) -> str:
    return "\n".join(" ".join(block.split()) for block in re.split(r"\n\s*\n", text) if block.strip())


def _any(block: str, *, start: bool = False) -> re.Pattern[str]:
    ways = "|".join(ways_in(block))
    return re.compile(rf"(?:{ways})(?!\w)" if start else rf"(?<!\w)(?:{ways})(?!\w)", re.IGNORECASE)
