"""What a profile says, line by line, as a page shows it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from markupsafe import Markup

from idealfit.profile.document import Estimate
from idealfit.profile.wording import attribute_in_words, number_in_words, phrase
from idealfit.prove.measures import lift_against, wilson
from idealfit.report.charts import Mark, bar_top, interval_bar
from idealfit.report.phrases import Words, percent, percent_span, points_apart, times

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from idealfit.profile.document import Criterion, Disqualifier, Evidence, Finding, Profile, Tier


@dataclass(frozen=True)
class Shown:
    """One criterion, disqualifier or finding: its words, its evidence in words and its bar.

    `name` and `test` make one phrase; `name` is the part to stress. `attribute` is empty where the phrase names it.
    `inside` and `outside` say each side in one clause; `versus` compares them. Without evidence all are empty.
    """

    name: str
    test: str
    attribute: str = ""
    layer: str = ""
    points: int | None = None
    statement: str = ""
    verdict: str = ""
    n: int = 0
    inside: str = ""
    outside: str = ""
    versus: str = ""
    bar: Markup = field(default_factory=Markup)
    why: str = ""
    how_we_help: str = ""
    verify: str = ""
    met_by: int | None = None
    more_needed: int | None = None
    details: tuple[str, ...] = ()


@dataclass(frozen=True)
class TierShown:
    """One tier: its name, from which to which fit, what to do, and what to expect."""

    name: str
    reach: str
    action: str
    expected: str = ""
    basis: str = ""
    bar: Markup = field(default_factory=Markup)


def scale_top(profile: Profile, words: Words) -> float:
    """Return where the common scale of all evidence bars of the profile ends."""
    held: list[Evidence] = [criterion.evidence for criterion in profile.criteria]
    held += [line.evidence for line in profile.disqualify]
    held += [line.evidence for line in (*profile.also_seen, *profile.no_winners) if line.evidence is not None]
    sides = (mark for evidence in held for mark in _sides(evidence, words))
    return bar_top([mark.high if mark.high is not None else mark.value for mark in sides], shares=True)


def shown(line: Criterion | Disqualifier | Finding, words: Words, *, top: float, base: float | None) -> Shown:
    """Return one line of the profile as a page shows it."""
    evidence = line.evidence
    marks = () if evidence is None else tuple(_sides(evidence, words))
    inside, outside = _clauses(evidence, words) if evidence is not None else ("", "")
    name, test, attribute = _named(line)
    return Shown(
        name=name,
        test=test,
        attribute=attribute,
        layer=getattr(line, "layer", ""),
        points=getattr(line, "points", None),
        statement=getattr(line, "statement", ""),
        verdict="" if evidence is None else evidence.verdict,
        n=0 if evidence is None or evidence.inside is None else evidence.inside.n,
        inside=inside,
        outside=outside,
        versus="" if evidence is None else _versus(evidence, words),
        bar=interval_bar(marks, top=top, reference=base, title=f"{name} {test}: {inside}; {outside}")
        if marks
        else Markup(""),
        why=getattr(line, "why", ""),
        how_we_help=getattr(line, "how_we_help", ""),
        verify=getattr(line, "verify", ""),
        met_by=getattr(line, "met_by", None),
        more_needed=None if evidence is None else evidence.more_deals_needed,
        details=() if evidence is None else tuple(_details(evidence, words)),
    )


def tiers_shown(tiers: Sequence[Tier], words: Words, *, base: float | None) -> tuple[TierShown, ...]:
    """Return the tiers, with a bar of what to expect on a common scale."""
    highs = [t.expected.high for t in tiers if t.expected is not None]
    reference = 1.0 if words.against_market else base
    top = bar_top([*highs, reference or 0.0], shares=not words.against_market)
    found = []
    upper = 100
    for tier in tiers:
        expected = tier.expected
        found.append(
            TierShown(
                name=tier.name,
                reach=f"{tier.at_least}–{upper}" if upper > tier.at_least else str(tier.at_least),
                action=tier.action,
                expected="" if expected is None else _told(expected.rate, expected.low, expected.high, words),
                basis="" if expected is None else _basis(expected.won, expected.n, words),
                bar=Markup("")
                if expected is None
                else interval_bar(
                    [Mark(expected.rate, expected.low, expected.high)],
                    top=top,
                    reference=reference,
                    title=f"{tier.name}: {words.rate} {_told(expected.rate, expected.low, expected.high, words)}",
                ),
            )
        )
        upper = tier.at_least - 1
    return tuple(found)


def _named(line: Criterion | Disqualifier | Finding) -> tuple[str, str, str]:
    """Return the part of a line's phrase to stress, the rest of it, and the attribute if the phrase omits it."""
    name = attribute_in_words(line.attribute)
    if line.test is None:
        return name, "", ""
    said = phrase(line.attribute, line.test)
    for length in range(len(name), 0, -1):
        if said.startswith(name[:length] + " ") and (length == len(name) or name[length] == " "):
            return name[:length], said[length + 1 :], ""
    return said[:1].upper() + said[1:], "", name


def _sides(evidence: Evidence, words: Words) -> Iterator[Mark]:
    """Yield the rates with and without, or (against a market) the customers' and the market's share."""
    inside, outside = evidence.inside, evidence.outside
    if inside is None:
        return
    if not words.against_market:
        yield Mark(inside.rate, inside.low, inside.high, "with")
        if outside is not None and outside.n:
            yield Mark(outside.rate, outside.low, outside.high, "without")
        return
    for part, whole, shape in _shares(evidence):
        if whole:
            low, high = wilson(part, whole)
            yield Mark(part / whole, low, high, "with" if shape == "customers" else "without")


def _shares(evidence: Evidence) -> tuple[tuple[int, int, str], tuple[int, int, str]]:
    """Return how many customers, and how many companies of the market, meet the test, of how many."""
    inside, outside = evidence.inside, evidence.outside
    won_in, won_out = (0 if side is None else side.won for side in (inside, outside))
    lost_in, lost_out = (0 if side is None else side.n - side.won for side in (inside, outside))
    return (won_in, won_in + won_out, "customers"), (lost_in, lost_in + lost_out, "market")


def _clauses(evidence: Evidence, words: Words) -> tuple[str, str]:
    inside, outside = evidence.inside, evidence.outside
    if inside is None:
        return "", ""
    if words.against_market:
        (won, customers, _), (lost, market, _) = _shares(evidence)
        return (
            f"{percent(won / customers) if customers else 'none'} of {customers:,} customers",
            f"{percent(lost / market) if market else 'none'} of {market:,} in the market",
        )
    first = f"{percent(inside.rate)} of {inside.n:,} won ({percent_span(inside.low, inside.high)})"
    if outside is None or not outside.n:
        return first, ""
    return first, f"{percent(outside.rate)} of {outside.n:,} ({percent_span(outside.low, outside.high)})"


def _versus(evidence: Evidence, words: Words) -> str:
    """Return the comparison: points apart, or the lift against the market."""
    if words.against_market:
        (won, customers, _), (lost, market, _) = _shares(evidence)
        lift = evidence.ratio or lift_against(won, customers, lost, market)
        return "" if lift is None else f"lift {times(lift)}"
    return "" if evidence.difference is None else points_apart(evidence.difference)


def _details(evidence: Evidence, words: Words) -> Iterator[str]:
    """Yield the finer print of one line."""
    if evidence.ratio is not None and not words.against_market:
        yield f"ratio {times(evidence.ratio)}"
    if evidence.shrunk is not None and not words.against_market:
        yield f"shrunken {percent(evidence.shrunk)}"
    if evidence.q is not None:
        yield f"q {'< 0.001' if evidence.q < 0.001 else f'= {evidence.q:.3f}'}"
    if evidence.periods:
        yield f"held in {evidence.periods_held} of {evidence.periods} periods"
    if evidence.unknown:
        yield f"unknown for {evidence.unknown:,}"
    if evidence.more_deals_needed:
        yield f"about {number_in_words(evidence.more_deals_needed)} more {words.rows} needed"


def _told(value: float, low: float | None, high: float | None, words: Words) -> str:
    if words.against_market:
        return times(Estimate(value=value, low=low, high=high))
    return f"{percent(value)} ({percent_span(low, high)})" if low is not None else percent(value)


def _basis(won: int, n: int, words: Words) -> str:
    return f"{won:,} customers among {n:,}" if words.against_market else f"{won:,} won of {n:,}"
