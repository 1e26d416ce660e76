"""One profile, four readers: what sales development, marketing, product and customer success each need of it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.profile.narrative import open_questions
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from idealfit.profile.document import Criterion, Estimate, Finding, Measure, Profile, Slot, Tier

BELIEVED = ("supported", "suggestive", "no evidence")
"""Verdicts of what is worth telling; what people added has no evidence, and is told."""


@dataclass(frozen=True)
class ViewPart:
    """A heading, and lines under it; where there are none, what would fill it."""

    heading: str
    lines: tuple[str, ...]
    otherwise: str = ""


@dataclass(frozen=True)
class View:
    """A profile for one team."""

    team: str
    title: str
    purpose: str
    parts: tuple[ViewPart, ...]

    def as_json(self) -> dict[str, object]:
        """Return the view as plain values."""
        parts = [{"heading": part.heading, "lines": list(part.lines)} for part in self.parts]
        return {"team": self.team, "title": self.title, "purpose": self.purpose, "parts": parts}

    def as_markdown(self) -> str:
        """Return the view as a page in Markdown; nothing in a profile can be more than text in it."""
        page = [f"# {_plain(self.title)}", "", _plain(self.purpose), ""]
        for part in self.parts:
            page += [f"## {_plain(part.heading)}", ""]
            page += [f"- {_plain(line)}" for line in part.lines] or [f"*{_plain(part.otherwise)}*"]
            page.append("")
        return "\n".join(page)


def view_for(team: str, profile: Profile) -> View:
    """Return the view of a team; raises `InputError` where there is no such team.

    What the profile does not know is not made up: the part says what would fill it.
    """
    if team not in VIEWS:
        raise InputError(Mistake("there is no view for this team", "--team", team, ", ".join(VIEWS)))
    title, purpose, parts = VIEWS[team]
    return View(team, f"{profile.name}: {title}", purpose, tuple(parts(profile)))


def _for_sdr(profile: Profile) -> Iterable[ViewPart]:
    musts = [line for line in profile.criteria if line.need == "must" and line.points > 0]
    rest = sorted((line for line in profile.criteria if line not in musts), key=lambda line: -line.points)
    yield ViewPart("In one sentence", _filled(profile.definition, profile.narrative.text))
    yield ViewPart("Check first (must have)", tuple(_checked(c) for c in musts), "Nothing is a must.")
    yield ViewPart("Then count", tuple(f"{c.points:+d}  {_checked(c)}" for c in rest), "Nothing else counts.")
    yield _ruled_out(profile, "Stop here")
    tiers = tuple(_tier(tier) for tier in profile.tiers)
    yield ViewPart("Tiers and what to do", tiers, "There are no tiers: treat all alike.")
    yield _moments(profile, "Why now")
    yield _said(profile, ("pain", "trigger", "urgency"), "In their words")
    yield _said(profile, ("objection",), "What they object to")
    yield ViewPart("Who is in the room", tuple(r.role for r in profile.committee if r.verdict in BELIEVED),
                   "Roles in deals would tell.")  # fmt: skip
    yield _asked(profile)


def _for_marketing(profile: Profile) -> Iterable[ViewPart]:
    audience = [c for c in profile.criteria if c.points > 0 and c.layer in ("firmographic", "technographic")]
    doing = [c for c in profile.criteria if c.points > 0 and c not in audience]
    slots = profile.narrative
    told = (("Situation", slots.situation), ("Alternative", slots.alternative), ("Urgency", slots.urgency))
    yield ViewPart("Who to reach", _filled(profile.definition, slots.text))
    yield ViewPart("Audience (what lists can be filtered by)", tuple(phrase(c.attribute, c.test) for c in audience),
                   "Nothing that lists can be filtered by.")  # fmt: skip
    yield ViewPart("Behaviour that tells them", tuple(phrase(c.attribute, c.test) for c in doing), "None is known.")
    yield ViewPart("Segments", tuple(f"{s.name}: {_all(s.definition)}" for s in profile.segments), "One audience.")
    yield ViewPart("What to say", tuple(f"{name}: {slot.text}" for name, slot in told if _known(slot)),
                   "The narrative is still open: ask customers.")  # fmt: skip
    yield _said(profile, ("pain", "alternative", "urgency"), "In their words")
    yield _moments(profile, "When to reach them")
    top = profile.tiers[0] if profile.tiers else None
    yield ViewPart("A lead is qualified (MQL)", (f"from a fit of {top.at_least} (tier {top.name})",) if top else (),
                   "There are no tiers to qualify by.")  # fmt: skip
    yield _ruled_out(profile, "Keep out of campaigns")
    yield ViewPart(
        "Lists and filters",
        ("idealfit export scores.csv --to audience", "idealfit filters profile.yaml --for linkedin"),
    )


def _for_product(profile: Profile) -> Iterable[ViewPart]:
    wins = [c for c in profile.criteria if c.points > 0]
    loses = [c for c in profile.criteria if c.points < 0]
    yield ViewPart("Who wins with us, and why", tuple(_helped(c) for c in wins), "Nothing is known to win.")
    yield ViewPart("Who does not",
                   tuple(_because(phrase(c.attribute, c.test), c.why) for c in loses)
                   + tuple(_because(phrase(d.attribute, d.test), d.why) for d in profile.disqualify)
                   + _statements(profile.no_winners), "Nobody is known to lose.")  # fmt: skip
    instead = slot.text if _known(slot := profile.narrative.alternative) else ""
    yield ViewPart("What they do instead", _filled(instead) + _phrases(profile, ("alternative",)),
                   "Ask customers what they would have done without us.")  # fmt: skip
    yield _said(profile, ("pain", "objection"), "Pain and objections, in their words")
    yield ViewPart("Seen, not settled", _statements((*profile.also_seen, *profile.too_little_data)), "Nothing.")
    yield ViewPart("Does not matter", _statements(profile.not_defining), "Nothing was looked at in vain.")
    yield _asked(profile)


def _for_cs(profile: Profile) -> Iterable[ViewPart]:
    best = profile.best_customers
    believed = [c for c in profile.churn if c.verdict in ("supported", "suggestive") and c.hazard_ratio]
    leave = [c for c in believed if c.hazard_ratio and c.hazard_ratio.value > 1]
    stay = [c for c in believed if c not in leave]
    yield ViewPart("The best customers", (f"{best.rule}: {best.n:,} of them", *best.notes) if best else (),
                   "Which customers are best is not known.")  # fmt: skip
    yield ViewPart("At risk: go with leaving sooner", tuple(_hazard(c.statement, c.hazard_ratio) for c in leave),
                   "Learn with customers who left (--customers) to see who leaves.")  # fmt: skip
    yield ViewPart("Safe: go with staying", tuple(_hazard(c.statement, c.hazard_ratio) for c in stay), "Not known.")
    yield ViewPart("Expansion and value", tuple(_figures(profile)), "Learn with customers' values to see it.")
    yield ViewPart("Does not pay", profile.economics.flags if profile.economics else (), "Nothing is flagged.")
    yield ViewPart("Not a fit from the start: watch these accounts",
                   tuple(phrase(c.attribute, c.test) for c in profile.criteria if c.points < 0)
                   + tuple(phrase(d.attribute, d.test) for d in profile.disqualify), "None is known.")  # fmt: skip
    yield _moments(profile, "Moments to talk")
    yield _asked(profile)


VIEWS: dict[str, tuple[str, str, Callable[[Profile], Iterable[ViewPart]]]] = {
    "sdr": ("for sales development", "Whom to call, in which order, what to check and what to ask.", _for_sdr),
    "marketing": ("for marketing", "Whom to reach, when, with which words; which leads are qualified.", _for_marketing),
    "product": ("for product", "Who wins with the product and why, who does not, what is not settled.", _for_product),
    "cs": ("for customer success", "Who stays and grows, who is at risk, and what could tell from the start.", _for_cs),
}  # fmt: skip
"""The teams: how the view is called, what it is for, and its parts."""


def _checked(line: Criterion) -> str:
    return _because(phrase(line.attribute, line.test), line.verify)


def _helped(line: Criterion) -> str:
    return _because(_because(phrase(line.attribute, line.test), line.why), line.how_we_help)


def _because(words: str, why: str) -> str:
    return f"{words.removesuffix('.')}. {why}" if why else words


def _ruled_out(profile: Profile, heading: str) -> ViewPart:
    lines = tuple(_because(phrase(d.attribute, d.test), d.why or d.verify) for d in profile.disqualify)
    return ViewPart(heading, lines, "Nothing rules a company out.")


def _tier(tier: Tier) -> str:
    won = tier.expected
    rate = f", {won.rate:.0%} won ({won.low:.0%} to {won.high:.0%})" if won else ""
    return f"{tier.name} (fit {tier.at_least}+{rate}): {tier.action}"


def _moments(profile: Profile, heading: str) -> ViewPart:
    lines = []
    for trigger in profile.triggers:
        if trigger.weight > 0 and trigger.evidence.verdict in BELIEVED:
            first, last = trigger.window_days
            effect = f", {trigger.effect.value:.1f} times as likely" if trigger.effect else ""
            lines.append(_because(f"{trigger.kind}: {first} to {last} days after it{effect}", trigger.why))
    return ViewPart(heading, tuple(lines), "Dated events (signals) would tell.")


def _said(profile: Profile, slots: Sequence[str], heading: str) -> ViewPart:
    return ViewPart(heading, _phrases(profile, slots), "Recorded conversations would tell.")


def _phrases(profile: Profile, slots: Sequence[str]) -> tuple[str, ...]:
    lines = []
    for voice in profile.voice:
        if voice.slot in slots and voice.verdict in BELIEVED:
            quote = f': "{voice.quotes[0].text}"' if voice.quotes else ""
            lines.append(f"{voice.phrase}{quote}")
    return tuple(lines)


def _statements(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(finding.statement for finding in findings)


def _hazard(statement: str, ratio: Estimate | None) -> str:
    return f"{statement} ({ratio.value:.1f} times the rate of leaving)" if ratio else statement


def _figures(profile: Profile) -> Iterable[str]:
    if not profile.economics:
        return
    figures, currency = profile.economics.figures, profile.economics.currency
    for name, measure, unit in (
        ("deal size", figures.deal_size, currency),
        ("kept after a year", figures.retention, "share"),
        ("expansion", figures.expansion, "share"),
        ("lifetime value", figures.ltv, currency),
        ("payback", figures.payback_months, "months"),
    ):
        if measure and measure.value is not None:
            yield f"{name}: {_measured(measure, unit)}"


def _measured(measure: Measure, unit: str) -> str:
    style = ".0%" if unit == "share" else ",.0f"
    value = f"{measure.value:{style}}"
    span = "" if measure.low is None or measure.high is None else f" ({measure.low:{style}} to {measure.high:{style}})"
    return f"{value}{span}" + (f" {unit}" if unit and unit != "share" else "") + f", over {measure.n:,}"


def _asked(profile: Profile) -> ViewPart:
    asked = (getattr(profile.narrative, slot).text for slot in open_questions(profile.narrative))
    return ViewPart("Still to be asked", (*asked, *profile.limits), "Nothing is open.")


def _all(conditions: Iterable[object]) -> str:
    return " and ".join(phrase(c.attribute, c.test) for c in conditions)  # type: ignore[attr-defined]


def _known(slot: Slot) -> bool:
    return slot.source != "open question" and bool(slot.text)


def _filled(*texts: str) -> tuple[str, ...]:
    return tuple(text for text in texts if text)[:1]


def _plain(text: str) -> str:
    r"""Return text that Markdown shows as it stands.

    >>> _plain("<b>*bold*</b> [link](x)")
    '\\<b\\>\\*bold\\*\\</b\\> \\[link\\](x)'
    """
    return re.sub(r"([\\`*_\[\]<>|#])", r"\\\1", " ".join(text.split()))
