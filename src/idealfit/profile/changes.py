"""What changed from one profile to another: not lines of a file but what they mean, in words, weightiest first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeVar, get_args

from idealfit.profile.keeping import matched
from idealfit.profile.moves import estimate_moved, how_test_moved, percent, points, rate_moved
from idealfit.profile.narrative import SLOTS
from idealfit.profile.reading import one_line
from idealfit.profile.section_moves import sections_moved
from idealfit.profile.versions import normal
from idealfit.profile.wording import attribute_in_words, phrase

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from idealfit.profile.document import (
        Criterion,
        Disqualifier,
        Evidence,
        Finding,
        Learned,
        Narrative,
        Profile,
        Slot,
        Tier,
    )

Kind = Literal[
    "verdict", "disqualifier", "criterion", "tier", "section", "rate", "unknown", "narrative", "limit", "source"
]
"""What a change is about, in the order of weight."""

WEIGHT: tuple[Kind, ...] = get_args(Kind)

Line = TypeVar("Line", "Criterion", "Disqualifier")

NOTHING = "Nothing changed in meaning."


@dataclass(frozen=True)
class Change:
    """One change in words (``str(change)``); `about` names the attribute, tier or slot that it is about."""

    kind: Kind
    about: str
    words: str

    def __str__(self) -> str:
        """Return the change in words."""
        return self.words


def differences(old: Profile, new: Profile) -> tuple[Change, ...]:
    """Return what changed in meaning from `old` to `new`, weightiest first; empty if nothing did.

    Order, comments, letter case of categories and figures that score nothing do not count. A rate that moved says
    whether the two 95 % intervals overlap: then the move is within noise.

    >>> from idealfit.profile.document import Narrative, Profile, Slot
    >>> told = Narrative(**{name: Slot(text="to ask", source="open question") for name in SLOTS})
    >>> old = Profile(name="Ours", verdict="learned", narrative=told, limits=("No budgets.",))
    >>> [str(change) for change in differences(old, old.model_copy(update={"limits": ()}))]
    ['no longer among the limits: No budgets.']
    """
    found = [
        *_verdict(old, new),
        *_disqualifiers(old, new),
        *_criteria(old, new),
        *_tiers(old.tiers, new.tiers),
        *(Change("section", about, words) for about, words in sections_moved(old, new)),
        *_rates(old, new),
        *_narrative(old.narrative, new.narrative),
        *_limits(old.limits, new.limits),
        *_names(old, new),
        *_source(old.learned, new.learned),
    ]
    return tuple(sorted(found, key=lambda change: WEIGHT.index(change.kind)))


def summary(changes: tuple[Change, ...]) -> str:
    """Return the changes one a line, or that there are none."""
    return "\n".join(map(str, changes)) or NOTHING


def _verdict(old: Profile, new: Profile) -> Iterator[Change]:
    if old.verdict != new.verdict:
        yield Change("verdict", "verdict", f"the verdict is '{new.verdict}', it was '{old.verdict}'")
    if old.learned and new.learned and old.learned.mode != new.learned.mode:
        yield Change("verdict", "mode", f"learned from {new.learned.mode}, before from {old.learned.mode}")


def _disqualifiers(old: Profile, new: Profile) -> Iterator[Change]:
    pairs = _paired(new.disqualify, old.disqualify)
    for index, line in enumerate(new.disqualify):
        if index not in pairs:
            words = f"now rules a company out: {phrase(line.attribute, line.test)}{_judged(line.evidence)}"
            yield Change("disqualifier", line.attribute, words)
            continue
        before = old.disqualify[pairs[index]]
        if parts := [*how_test_moved(line.attribute, before.test, line.test)]:
            yield Change("disqualifier", line.attribute, f"ruled out by {_named(line)}: {'; '.join(parts)}")
    for line in _gone(old.disqualify, pairs):
        words = f"no longer rules a company out: {phrase(line.attribute, line.test)}{_fate(line, new)}"
        yield Change("disqualifier", line.attribute, words)


def _criteria(old: Profile, new: Profile) -> Iterator[Change]:
    pairs = _paired(new.criteria, old.criteria)
    for index, line in enumerate(new.criteria):
        if index not in pairs:
            need = "must-have" if line.need == "must" else "criterion"
            words = (
                f"new {need}: {phrase(line.attribute, line.test)}, worth {points(line.points)}{_judged(line.evidence)}"
            )
            yield Change("criterion", line.attribute, words)
            continue
        before = old.criteria[pairs[index]]
        if parts := [*_line_moved(before, line)]:
            yield Change("criterion", line.attribute, f"{_named(line)}: {'; '.join(parts)}")
        if before.met_by != line.met_by:
            words = f"{_named(line)}: met by {line.met_by}% of companies instead of {before.met_by}%"
            yield Change("unknown", line.attribute, f"{words}, which is what an unknown counts for")
    for line in _gone(old.criteria, pairs):
        words = f"dropped: {phrase(line.attribute, line.test)}{_fate(line, new)}"
        yield Change("criterion", line.attribute, words)


def _line_moved(old: Criterion, new: Criterion) -> Iterator[str]:
    yield from how_test_moved(new.attribute, old.test, new.test)
    if old.points != new.points:
        yield f"worth {points(new.points)} instead of {old.points}"
    if old.need != new.need:
        yield "now a must-have" if new.need == "must" else "no longer a must-have"
    if old.layer != new.layer:
        yield f"{new.layer} instead of {old.layer}"
    if old.evidence.verdict != new.evidence.verdict:
        moved = rate_moved(old.evidence.inside, new.evidence.inside)
        yield f"was {old.evidence.verdict}, now {new.evidence.verdict}{f'; win rate inside {moved}' if moved else ''}"


def _tiers(old: tuple[Tier, ...], new: tuple[Tier, ...]) -> Iterator[Change]:
    before, after = {tier.name: tier for tier in old}, {tier.name: tier for tier in new}
    for name, tier in after.items():
        was = before.get(name)
        if was is None:
            yield Change(
                "tier", name, f"new tier {one_line(name)}, from a fit of {tier.at_least}: {one_line(tier.action)}"
            )
            continue
        if was.at_least != tier.at_least:
            yield Change(
                "tier", name, f"tier {one_line(name)} starts at a fit of {tier.at_least} instead of {was.at_least}"
            )
        if was.action != tier.action:
            words = f"tier {one_line(name)}: '{one_line(tier.action)}' instead of '{one_line(was.action)}'"
            yield Change("tier", name, words)
        if moved := rate_moved(was.expected, tier.expected):
            yield Change("rate", name, f"tier {one_line(name)} is expected to win {moved}")
    for name in (name for name in before if name not in after):
        yield Change("tier", name, f"tier {one_line(name)} is gone")


def _rates(old: Profile, new: Profile) -> Iterator[Change]:
    if old.learned and new.learned:
        if moved := rate_moved(old.learned.base_rate, new.learned.base_rate):
            yield Change("rate", "base rate", f"base rate {moved}")
        if moved := estimate_moved(old.learned.auc, new.learned.auc):
            yield Change("rate", "AUC", f"AUC {moved}")
    if old.fit_bands and new.fit_bands:
        against = new.learned is not None and new.learned.mode == "customers against a market"
        for place, index in (("lowest", 0), ("highest", -1)):
            before, after = old.fit_bands[index], new.fit_bands[index]
            if moved := rate_moved(before, after, as_lift=against):
                measure = "lift" if against else "win rate"
                yield Change("rate", "fit_bands", f"{measure} at the {place} fit {moved}")
    elif old.fit_bands or new.fit_bands:
        words = "win rates by fit are known now" if new.fit_bands else "win rates by fit are no longer known"
        yield Change("rate", "fit_bands", words)


def _narrative(old: Narrative, new: Narrative) -> Iterator[Change]:
    slots = [*_slots(old, new)]
    yield from slots
    if old.text.split() != new.text.split() and not slots:
        yield Change("narrative", "text", "the narrative was worded anew")


def _slots(old: Narrative, new: Narrative) -> Iterator[Change]:
    for name in SLOTS:
        before: Slot = getattr(old, name)
        after: Slot = getattr(new, name)
        was_open, is_open = before.source == "open question", after.source == "open question"
        if was_open and not is_open:
            yield Change("narrative", name, f"{name}: no longer an open question: '{one_line(after.text)}'")
        elif is_open and not was_open:
            yield Change("narrative", name, f"{name}: an open question again; it was '{one_line(before.text)}'")
        elif before.text.split() != after.text.split():
            yield Change("narrative", name, f"{name}: '{one_line(after.text)}' instead of '{one_line(before.text)}'")


def _limits(old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    yield from (Change("limit", "limits", f"new among the limits: {one_line(text)}") for text in new if text not in old)
    yield from (
        Change("limit", "limits", f"no longer among the limits: {one_line(text)}") for text in old if text not in new
    )


def _names(old: Profile, new: Profile) -> Iterator[Change]:
    if old.name != new.name:
        yield Change("narrative", "name", f"named '{one_line(new.name)}' instead of '{one_line(old.name)}'")
    if old.definition.split() != new.definition.split():
        yield Change("narrative", "definition", f"defined as '{one_line(new.definition)}'")


def _source(old: Learned | None, new: Learned | None) -> Iterator[Change]:
    if old is None or new is None:
        return
    before, after = _learned_from(old), _learned_from(new)
    if before != after:
        yield Change("source", "learned", f"learned from {after} instead of {before}")
    elif old.fingerprint != new.fingerprint:
        yield Change("source", "learned", f"learned from other data of the same size ({after})")


def _learned_from(learned: Learned) -> str:
    window = f", opened {learned.window[0]} to {learned.window[1]}" if learned.window else ""
    return f"{learned.deals:,} deals ({learned.won:,} won{window})"


def _paired(new: Sequence[Criterion | Disqualifier], old: Sequence[Criterion | Disqualifier]) -> dict[int, int]:
    """Return for each index of `new` the index of its line in `old`: as `matched`, or else the same attribute."""
    pairs = matched(new, old)
    for index, line in enumerate(new):
        left = (i for i, other in enumerate(old) if i not in pairs.values() and other.attribute == line.attribute)
        if index not in pairs and (same := next(left, None)) is not None:
            pairs[index] = same
    return pairs


def _gone(old: tuple[Line, ...], pairs: dict[int, int]) -> list[Line]:
    still = set(pairs.values())
    return [line for index, line in enumerate(old) if index not in still]


def _judged(evidence: Evidence) -> str:
    if evidence.verdict == "no evidence":
        return " (a person's, without evidence)"
    inside = evidence.inside
    return f" ({evidence.verdict}{f'; {inside.won} of {inside.n} won, {percent(inside.rate)}' if inside else ''})"


def _fate(line: Criterion | Disqualifier, new: Profile) -> str:
    """Return what the new profile says about a line that it no longer has, in brackets."""
    now = _same_in(line, new)
    if now is None:
        return f" (was {line.evidence.verdict})"
    if now.evidence is None:
        return f" (was {line.evidence.verdict}, now: {one_line(now.statement)})"
    same_test = now.test is not None and normal(now.test) == normal(line.test)
    moved = rate_moved(line.evidence.inside, now.evidence.inside) if same_test else None
    inside = f"; win rate inside {moved}" if moved else ""
    return f" (was {line.evidence.verdict}, now {now.evidence.verdict}{inside})"


def _same_in(line: Criterion | Disqualifier, profile: Profile) -> Finding | None:
    """Return what a profile found about the attribute of a line, on the same test if there is such a finding."""
    findings = (*profile.also_seen, *profile.no_winners, *profile.not_defining, *profile.too_little_data)
    about = [finding for finding in findings if finding.attribute == line.attribute]
    same = (finding for finding in about if finding.test is not None and normal(finding.test) == normal(line.test))
    return next(same, about[0] if about else None)


def _named(line: Criterion | Disqualifier) -> str:
    return attribute_in_words(line.attribute)
