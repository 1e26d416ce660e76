"""The slots of the narrative that customers' own words can fill."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.document import Slot
from idealfit.profile.narrative import narrative_text, open_questions

if TYPE_CHECKING:
    from collections.abc import Sequence

    from idealfit.profile.document import Narrative, Voice

WORDS = {
    "situation": ("pain", 'telling us of "{phrase}" ({counts})'),
    "trigger": ("trigger", 'what they call "{phrase}" ({counts})'),
    "alternative": ("alternative", 'in a way that they describe as "{phrase}" ({counts})'),
    "urgency": ("urgency", 'what they call "{phrase}" ({counts})'),
}
"""Which of the things that customers say answers for a slot, and how it is told."""


def told_by_customers(narrative: Narrative, voice: Sequence[Voice]) -> Narrative:
    """Return the narrative with its open slots filled by what best customers say clearly more often than others.

    Only phrases with evidence fill a slot; the rest stay questions. The text is written anew where a slot was filled.
    """
    filled: dict[str, Slot] = {}
    for slot in open_questions(narrative):
        kind, words = WORDS.get(slot, ("", ""))
        telling = [v for v in voice if v.slot == kind and _tells(v)]
        if telling:
            filled[slot] = Slot(text=words.format(phrase=telling[0].phrase, counts=_counts(telling[0])), source="data")
    if not filled:
        return narrative
    merged = narrative.model_copy(update=filled)
    return merged.model_copy(update={"text": narrative_text(merged)})


def _tells(voice: Voice) -> bool:
    return voice.verdict in ("supported", "suggestive") and voice.ratio is not None and voice.ratio.value > 1


def _counts(voice: Voice) -> str:
    assert voice.best is not None  # noqa: S101  a ratio has both
    rest = f", {voice.rest.seen} of {voice.rest.n} others" if voice.rest else ""
    return f"{voice.best.seen} of {voice.best.n} best customers{rest}"
