"""What changed in the sections beyond the criteria: triggers, segments, voice, committee, economics and churn."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from idealfit.profile.document import Estimate
from idealfit.profile.keeping import same_triggers
from idealfit.profile.moves import estimate_moved, points
from idealfit.profile.reading import one_line
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from idealfit.profile.document import Economics, Figures, Measure, Profile, Trigger

Entry = TypeVar("Entry")

FIGURES = {
    "deal_size": "deal size",
    "cycle_days": "days from first touch to close",
    "contract_months": "months of contract",
    "retention": "share kept after a year",
    "expansion": "expansion",
    "margin": "margin",
    "ltv": "lifetime value",
    "cac": "cost of acquisition",
    "payback_months": "months to pay back",
    "support": "support cost a year",
}
"""The figures of the economics, as people say them."""


def sections_moved(old: Profile, new: Profile) -> Iterator[tuple[str, str]]:
    """Yield what changed in these sections: what each change is about, and the change in words."""
    yield from _triggers(old.triggers, new.triggers)
    yield from _listed("segment", old.segments, new.segments, lambda segment: segment.name)
    yield from _listed("what customers say", old.voice, new.voice, lambda voice: f"{voice.slot}: {voice.phrase}")
    yield from _listed("role in the committee", old.committee, new.committee, lambda role: role.role)
    yield from _listed("statement of the team", old.feedback, new.feedback, lambda one: f"{one.rep}: {one.statement}")
    yield from _listed("churn finding", old.churn, new.churn, lambda finding: phrase(finding.attribute, finding.test))
    yield from _economics(old.economics, new.economics)


def trigger_in_words(trigger: Trigger) -> str:
    """Return a trigger's event and window.

    >>> from idealfit.profile.document import Estimate, Trigger
    >>> trigger_in_words(Trigger(kind="hired", window_days=(0, 90), half_life_days=Estimate(value=30), weight=2))
    'hired, 0 to 90 days before the opening'
    """
    before = "the opening of a deal that is won" if trigger.outcome == "win" else "the opening"
    return f"{one_line(trigger.kind)}, {trigger.window_days[0]} to {trigger.window_days[1]} days before {before}"


def _triggers(old: Sequence[Trigger], new: Sequence[Trigger]) -> Iterator[tuple[str, str]]:
    pairs = same_triggers(new, old)
    for index, trigger in enumerate(new):
        if index not in pairs:
            yield trigger.kind, f"new trigger: {trigger_in_words(trigger)}, worth {points(trigger.weight)}"
            continue
        parts = [*_trigger_moved(old[pairs[index]], trigger)]
        if parts:
            yield trigger.kind, f"trigger {one_line(trigger.kind)}: {'; '.join(parts)}"
    for index, trigger in enumerate(old):
        if index not in pairs.values():
            yield trigger.kind, f"no longer a trigger: {trigger_in_words(trigger)}"


def _trigger_moved(old: Trigger, new: Trigger) -> Iterator[str]:
    if old.window_days != new.window_days:
        yield "the window moved from {}–{} to {}–{} days before".format(*old.window_days, *new.window_days)
    if old.weight != new.weight:
        yield f"worth {points(new.weight)} instead of {old.weight}"
    if moved := estimate_moved(old.half_life_days, new.half_life_days):
        yield f"half-life in days {moved}"
    if old.half_life_source != new.half_life_source:
        yield f"half-life {new.half_life_source}, was {old.half_life_source}"
    if moved := estimate_moved(old.effect, new.effect):
        yield f"effect {moved}"
    if old.evidence.verdict != new.evidence.verdict:
        yield f"was {old.evidence.verdict}, now {new.evidence.verdict}"


def _listed(
    what: str, old: Sequence[Entry], new: Sequence[Entry], name: Callable[[Entry], str]
) -> Iterator[tuple[str, str]]:
    before, after = {name(entry): entry for entry in old}, {name(entry): entry for entry in new}
    yield from ((key, f"new {what}: {one_line(key)}") for key in after if key not in before)
    yield from ((key, f"no longer a {what}: {one_line(key)}") for key in before if key not in after)


def _economics(old: Economics | None, new: Economics | None) -> Iterator[tuple[str, str]]:
    if old is None or new is None:
        if old is not new:
            yield "economics", "the economics are known now" if new else "the economics are no longer known"
        return
    if old.currency != new.currency:
        yield "economics", f"amounts are in {new.currency or 'no stated currency'}, were in {old.currency or 'none'}"
        return
    for key, words in FIGURES.items():
        if moved := estimate_moved(_estimate(old.figures, key), _estimate(new.figures, key)):
            yield key, f"{words} {moved}"
    yield from _listed("flag of the economics", old.flags, new.flags, str)


def _estimate(figures: Figures, key: str) -> Estimate | None:
    from_measure: Measure | None = getattr(figures, key)
    if from_measure is None or from_measure.value is None:
        return None
    return Estimate(value=from_measure.value, low=from_measure.low, high=from_measure.high)
