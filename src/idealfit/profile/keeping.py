"""What a person wrote into a profile, and how it survives when the profile is learned again.

How the program knows which words are a person's: when it writes a profile it notes a short fingerprint of each of its
own sentences (``learned.drafted``). Any text that is not among them was written or changed by a person. A criterion or
disqualifier without evidence is a person's too. docs/decisions/kept-words.md tells why it is done this way.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, TypeVar, cast

from idealfit.profile.document import Criterion, Disqualifier, Finding, Narrative, Profile, Slot, Tier, Trigger
from idealfit.profile.narrative import SLOTS, narrative_text
from idealfit.profile.rules import MOST_CRITERIA
from idealfit.profile.versions import normal
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Line = TypeVar("Line", bound=Criterion | Disqualifier)

GONE = "No longer a line, for the data do not bear it out"
UNMEASURED = "The win rates by fit were measured without the criteria that a person added."
"""Said among the limits of a learned profile that keeps a person's criteria."""


def signed(profile: Profile) -> Profile:
    """Return a learned profile that remembers which of its sentences the program drafted (all it has now).

    One that remembers already, and one that was not learned, comes back as it is.
    """
    if profile.learned is None or profile.learned.drafted:
        return profile
    return _drafted(profile, _texts(profile))


def kept(new: Profile, old: Profile) -> Profile:
    """Return `new`, as learned, with everything that a person wrote into `old`.

    A person's words win over drafted ones: name, definition, narrative, limits, names and actions of tiers, and `why`,
    `how_we_help` and `verify` of lines with the same attribute and condition (wherever their cut is now). A person's
    lines stay as they are; learned lines of the same attribute and condition step back to `also_seen`, and so do the
    weakest if there would be more than seven. Words on a line that the data no longer bear out are told among the
    limits. A person's triggers stay and displace learned ones of the same kind. Points and cuts of learned lines are
    the data's and follow it.
    """
    if new.learned is None:
        return new
    new, choose = signed(new), _Choice(signed(new), old)
    narrative, redrafted = _narrative(new.narrative, old.narrative, choose)
    criteria, displaced = _lines(new.criteria, old.criteria, choose)
    disqualify, displaced_too = _lines(new.disqualify, old.disqualify, choose)
    criteria, weakest = _at_most_seven(criteria)
    said = [*(text for text in old.limits if choose.persons(text)), *_words_of_lines_gone(new, old, choose)]
    limits = [*new.limits, *(text for text in dict.fromkeys(said) if text not in new.limits)]
    if {_key(c) for c in criteria if persons_line(c)} - {_key(c) for c in new.criteria} and UNMEASURED not in limits:
        limits.append(UNMEASURED)
    together = new.model_copy(
        update={
            "name": choose(new.name, old.name),
            "definition": choose(new.definition, old.definition),
            "narrative": narrative,
            "criteria": criteria,
            "disqualify": disqualify,
            "triggers": _triggers(new.triggers, old.triggers, choose),
            "tiers": _tiers(new.tiers, old.tiers, choose),
            "limits": tuple(limits),
            "also_seen": (*new.also_seen, *displaced, *displaced_too, *weakest),
        }
    )
    return _drafted(together, [UNMEASURED, *redrafted]) if UNMEASURED in limits or redrafted else together


def persons_line(line: Criterion | Disqualifier | Trigger) -> bool:
    """Return whether a person added this line: it has no evidence, so the data did not."""
    return line.evidence.verdict == "no evidence"


def matched(
    new: Sequence[Criterion | Disqualifier | Finding], old: Sequence[Criterion | Disqualifier | Finding]
) -> dict[int, int]:
    """Return for each index of `new` the index of the same line in `old`: the same test, or else the same condition."""
    pairs: dict[int, int] = {}
    for key in (_key, _condition):
        waiting: dict[object, list[int]] = {}
        for index, line in enumerate(old):
            if index not in pairs.values():
                waiting.setdefault(key(line), []).append(index)
        for index, line in enumerate(new):
            if index not in pairs and waiting.get(key(line)):
                pairs[index] = waiting[key(line)].pop(0)
    return pairs


def same_triggers(new: Sequence[Trigger], old: Sequence[Trigger]) -> dict[int, int]:
    """Return for each index of `new` the index of the trigger in `old` of the same kind and outcome."""
    before = {_occasion(line): index for index, line in reversed([*enumerate(old)])}
    now = [_occasion(line) for line in new]
    return {index: before[key] for index, key in enumerate(now) if key in before and key not in now[:index]}


def _key(line: Criterion | Disqualifier | Finding) -> str:
    return f"{line.attribute} {normal(line.test) if line.test else None}"


def _condition(line: Criterion | Disqualifier | Finding) -> str:
    return f"{line.attribute} {line.test.condition if line.test else None}"


def _mark(text: str) -> str:
    return hashlib.sha256(text.strip().encode()).hexdigest()[:8]


def _drafted(profile: Profile, texts: Iterator[str] | list[str]) -> Profile:
    assert profile.learned is not None  # noqa: S101  callers see to it
    marks = sorted({*profile.learned.drafted, *(_mark(text) for text in texts if text)})
    return profile.model_copy(update={"learned": profile.learned.model_copy(update={"drafted": tuple(marks)})})


def _texts(profile: Profile) -> Iterator[str]:
    narrative = profile.narrative
    yield from (profile.name, profile.definition, narrative.text, narrative.why_it_works, *profile.limits)
    for name in SLOTS:
        slot: Slot = getattr(profile.narrative, name)
        if slot.source != "person":
            yield slot.text
    lines: tuple[Criterion | Disqualifier, ...] = (*profile.criteria, *profile.disqualify)
    for line in lines:
        if not persons_line(line):
            yield from (line.why, line.verify, getattr(line, "how_we_help", ""))
    for trigger in profile.triggers:
        if not persons_line(trigger):
            yield from (trigger.why, trigger.verify)
    for tier in profile.tiers:
        yield from (tier.name, tier.action)


class _Choice:
    """Chooses between a new and an old text: a person's words win, the newer ones first."""

    def __init__(self, new: Profile, old: Profile) -> None:
        self._drafted_now = set(new.learned.drafted) if new.learned else set()
        self._drafted_then = set(old.learned.drafted) if old.learned else set()

    def persons(self, text: str) -> bool:
        """Return whether a text of the old profile is a person's."""
        return bool(text) and _mark(text) not in self._drafted_then and _mark(text) not in self._drafted_now

    def __call__(self, new: str, old: str) -> str:
        if new and _mark(new) not in self._drafted_now:
            return new
        return old if self.persons(old) else new


def _lines(new: tuple[Line, ...], old: tuple[Line, ...], choose: _Choice) -> tuple[tuple[Line, ...], list[Finding]]:
    """Return the lines of `new` with a person's words and lines, and the learned lines that step back for them."""
    pairs = matched(new, old)
    worded = [_worded(line, old[pairs[i]], choose) if i in pairs else line for i, line in enumerate(new)]
    own = {_key(line) for line in new if persons_line(line)}
    brought = [line for line in old if persons_line(line) and _key(line) not in own]
    taken = {_condition(line) for line in brought}
    staying = [line for line in worded if persons_line(line) or _condition(line) not in taken]
    displaced = [line for line in worded if not persons_line(line) and _condition(line) in taken]
    return (*staying, *brought), [_set_aside(line, "A person's line on it is kept instead.") for line in displaced]


def _words_of_lines_gone(new: Profile, old: Profile, choose: _Choice) -> Iterator[str]:
    """Yield what a person wrote on learned lines that are no more: it stays as a limit until a person deletes it."""
    both: tuple[tuple[Sequence[Criterion | Disqualifier], Sequence[Criterion | Disqualifier]], ...] = (
        (new.criteria, old.criteria),
        (new.disqualify, old.disqualify),
    )
    for now, before in both:
        found = matched(now, before).values()
        for index, line in enumerate(before):
            written = (line.why, getattr(line, "how_we_help", ""), line.verify)
            words = " ".join(text.strip() for text in written if choose.persons(text))
            if words and index not in found and not persons_line(line):
                yield f"{GONE}: {phrase(line.attribute, line.test)}. What was written about it: {words}"


def _worded(line: Line, old: Line, choose: _Choice) -> Line:
    words = [name for name in ("why", "how_we_help", "verify") if hasattr(line, name)]
    kept_words = {name: choose(getattr(line, name), getattr(old, name)) for name in words}
    return cast("Line", line.model_copy(update=kept_words))


def _set_aside(line: Criterion | Disqualifier, reason: str) -> Finding:
    layer = line.layer if isinstance(line, Criterion) else "negative"
    return Finding(attribute=line.attribute, layer=layer, statement=reason, test=line.test, evidence=line.evidence)


def _at_most_seven(criteria: tuple[Criterion, ...]) -> tuple[tuple[Criterion, ...], list[Finding]]:
    learned = [line for line in criteria if not persons_line(line)]
    surplus = max(len(criteria) - MOST_CRITERIA, 0)
    strongest_first = sorted(learned, key=lambda line: (line.need != "must", -abs(line.points)))
    weakest = strongest_first[len(learned) - surplus :] if surplus else []
    staying = tuple(line for line in criteria if not any(line is other for other in weakest))
    return staying, [_set_aside(line, "It gave way to the criteria that a person added.") for line in weakest]


def _triggers(new: tuple[Trigger, ...], old: tuple[Trigger, ...], choose: _Choice) -> tuple[Trigger, ...]:
    """Return the triggers of `new` with a person's words, half-lives and triggers, which displace learned ones."""
    pairs = same_triggers(new, old)
    own = {(_occasion(line), line.window_days) for line in new if persons_line(line)}
    brought = [line for line in old if persons_line(line) and (_occasion(line), line.window_days) not in own]
    taken = {_occasion(line) for line in brought}
    worded = (_timed(line, old[pairs[i]], choose) if i in pairs else line for i, line in enumerate(new))
    return (*(line for line in worded if persons_line(line) or _occasion(line) not in taken), *brought)


def _timed(line: Trigger, old: Trigger, choose: _Choice) -> Trigger:
    update: dict[str, object] = {name: choose(getattr(line, name), getattr(old, name)) for name in ("why", "verify")}
    if old.half_life_source == "person" and not persons_line(line):
        update |= {"half_life_days": old.half_life_days, "half_life_source": "person"}
    return line.model_copy(update=update)


def _occasion(line: Trigger) -> tuple[str, str]:
    return line.kind.casefold(), line.outcome


def _tiers(new: tuple[Tier, ...], old: tuple[Tier, ...], choose: _Choice) -> tuple[Tier, ...]:
    """Return the tiers with a person's names and actions; tiers are the same by place, or else by name."""
    by_name = {tier.name: tier for tier in old}
    before = list(old) if len(old) == len(new) else [by_name.get(tier.name) for tier in new]
    return tuple(
        tier
        if was is None
        else tier.model_copy(update={"name": choose(tier.name, was.name), "action": choose(tier.action, was.action)})
        for tier, was in zip(new, before, strict=True)
    )


def _narrative(new: Narrative, old: Narrative, choose: _Choice) -> tuple[Narrative, list[str]]:
    """Return the narrative with a person's slots and text, and what the program worded anew because of them."""
    slots: dict[str, Slot] = {}
    for name in SLOTS:
        now, then = getattr(new, name), getattr(old, name)
        if now.source != "person" and (then.source == "person" or choose.persons(then.text)):
            slots[name] = then.model_copy(update={"source": "person"})
    merged = new.model_copy(update={**slots, "why_it_works": choose(new.why_it_works, old.why_it_works)})
    text = choose(new.text, old.text)
    if slots and text == new.text:
        text = narrative_text(merged)
        return merged.model_copy(update={"text": text}), [text]
    return merged.model_copy(update={"text": text}), []
