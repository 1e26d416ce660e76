"""What customers say, who takes part, and how far the profile goes, as the page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from idealfit.profile.lint import IN_WORDS, coverage, weaknesses
from idealfit.report.phrases import day

if TYPE_CHECKING:
    from idealfit.profile.document import Profile, Role, TeamStatement, Voice

LABELS = {
    "pain": "What hurts",
    "alternative": "What they did instead",
    "objection": "What makes them hesitate",
    "urgency": "Why it cannot wait",
    "trigger": "What set it off",
}
"""What each kind of saying is called on the page."""
PROVEN = ("supported", "suggestive")


MARKS = {"contradicts": "They differ", "agrees": "They agree", "cannot be told": "Cannot be told"}


@dataclass(frozen=True)
class Sides:
    """What the team says on one side, and the data on the other."""

    verdict: str
    mark: str
    by: str
    statement: str
    data: str


@dataclass(frozen=True)
class Saying:
    """One phrase: who says it, what that is worth, and the words themselves with who said them."""

    phrase: str
    gist: str
    counts: str
    verdict: str
    notes: bool
    quotes: tuple[tuple[str, str], ...]


def voices(profile: Profile) -> dict[str, Any]:
    """Return what the part between the profile and its proof shows."""
    judged_on = profile.learned.as_of if profile.learned and profile.learned.as_of else date.min
    return {
        "sayings": [
            (LABELS[slot], said)
            for slot in LABELS
            if (said := [_saying(voice) for voice in profile.voice if voice.slot == slot])
        ],
        "committee": [_role(role) for role in profile.committee],
        "feedback": [_sides(one) for one in profile.feedback],
        "weak": [w.what for w in weaknesses(profile, judged_on) if not w.where.startswith("narrative")],
        "layers": [(layer, IN_WORDS[layer], depth, why) for layer, (depth, why) in coverage(profile).items()],
    }


def _sides(one: TeamStatement) -> Sides:
    by = ", of ".join(part for part in (one.rep or "Your team", one.about) if part)
    data = f"{one.data[:1].upper()}{one.data[1:]}."
    return Sides(one.verdict, MARKS[one.verdict], by, one.statement, data)


def _saying(voice: Voice) -> Saying:
    sides = ((voice.best, "best customers"), (voice.rest, "others"))
    counts = " and ".join(f"{seen.seen:,} of {seen.n:,} {who}" for seen, who in sides if seen)
    shown = voice.quotes if voice.verdict in PROVEN else voice.quotes[:1]
    quotes = tuple((quote.text, _by(quote.speaker, quote.on, quote.source)) for quote in shown)
    return Saying(voice.phrase, voice.gist, counts, voice.verdict, voice.strength == "CRM notes", quotes)


def _by(speaker: str, on: date | None, source: str) -> str:
    return ", ".join(part for part in (speaker, day(on) if on else "", source) if part)


def _role(role: Role) -> tuple[str, str, str, str]:
    won, lost = (f"{s.seen:,} of {s.n:,}" if s else "–" for s in (role.won, role.lost))
    return role.role, won, lost, role.verdict
