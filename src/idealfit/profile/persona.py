"""The persona skeleton: who takes part in a purchase, with what is known of them and what is still to be asked.

The order is profile first, persona second: who the people are is asked only once it is known which companies they
work for. So it refuses to start on a profile that deals have not borne out, and says what is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.errors import Mistake, ProfileError

if TYPE_CHECKING:
    from idealfit.profile.document import Profile, Voice

ASKED = {
    "goals": "Ask them: what are you measured by this year?",
    "pains": "Ask them: what was going on when you started to look?",
    "objections": "Ask them: what nearly stopped you?",
    "channel": "Ask them: where do you hear of things like this, and whom do you believe?",
}
"""What to ask where nobody has been heard yet."""
CHANCE = 0.5
MOST_SAID = 3


@dataclass(frozen=True)
class Persona:
    """One role: in how many won and lost deals it was seen, and what is known of it or to be asked, by topic."""

    role: str
    seen: str
    known: dict[str, tuple[str, ...]]


def refusals(profile: Profile, where: str = "") -> tuple[Mistake, ...]:
    """Return why a persona must not be built on this profile yet; empty where it may."""
    learned, found = profile.learned, []
    supported = [c for c in profile.criteria if c.evidence.verdict == "supported"]
    if learned is None:
        found.append(
            Mistake(
                "the profile was never held against deals",
                where,
                profile.verdict,
                "a profile that was learned",
                "Learn it first (idealfit learn deals.csv): a persona of the wrong companies is well-aimed waste.",
            )
        )
    elif not supported:
        step = "Add deals or columns and learn again; which company it is comes before which person."
        found.append(Mistake("no criterion of the profile is supported by evidence", where, profile.verdict, "", step))
    elif learned.auc is None or learned.auc.low is None or learned.auc.low <= CHANCE:
        said = "not measured" if learned.auc is None else f"AUC {learned.auc.value:.2f}"
        step = "Prove it first: idealfit backtest deals.csv."
        found.append(
            Mistake("the profile does not rank won deals above lost ones reliably", where, said, "above 0.5", step)
        )
    if learned is not None and not profile.committee:
        step = "Learn with --people people.csv (deal or company, title or role)."
        found.append(Mistake("nobody is known who takes part in their purchases", where, next_step=step))
    return tuple(found)


def personas(profile: Profile, where: str = "") -> tuple[Persona, ...]:
    """Return the skeleton of a persona for each role of the committee.

    Raises `ProfileError`, with every reason, where the profile is not validated.
    """
    if reasons := refusals(profile, where):
        raise ProfileError(*reasons)
    pains = _said([v for v in profile.voice if v.slot in ("pain", "urgency")])
    objections = _said([v for v in profile.voice if v.slot == "objection"])
    found = []
    for role in profile.committee:
        seen = " and ".join(
            f"in {part.seen} of {part.n} {name} deals"
            for part, name in ((role.won, "won"), (role.lost, "lost"))
            if part is not None
        )
        known = {
            "goals": (ASKED["goals"],),
            "pains": pains or (ASKED["pains"],),
            "objections": objections or (ASKED["objections"],),
            "channel": (ASKED["channel"],),
        }
        found.append(Persona(role.role, seen, known))
    return tuple(found)


def as_markdown(name: str, built: tuple[Persona, ...]) -> str:
    """Return personas as a page to fill in."""
    lines = [f"# Personas for: {name}", ""]
    lines += ["What customers said is theirs in common; ask each role what is true of it. Nothing here is scored.", ""]
    for persona in built:
        lines += [f"## {persona.role}", "", f"Seen {persona.seen or 'by nobody yet'}.", ""]
        for topic, told in persona.known.items():
            lines += [f"**{topic.capitalize()}**", "", *(f"- {line}" for line in told), ""]
    return "\n".join(lines)


def _said(voices: list[Voice]) -> tuple[str, ...]:
    return tuple(
        f'"{v.phrase}"' + (f", as in: {v.quotes[0].text!r} ({v.quotes[0].speaker or 'a customer'})" if v.quotes else "")
        for v in voices[:MOST_SAID]
    )
