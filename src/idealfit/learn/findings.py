"""What was found besides the rubric: other patterns, values that never win, attributes that define nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn import sentences
from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells
from idealfit.learn.evidence import rate
from idealfit.profile.document import Disqualifier, Evidence, Finding
from idealfit.profile.wording import HOW_TO_VERIFY, attribute_in_words, phrase

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from idealfit.learn.patterns import Pattern, Scan

    Bools = npt.NDArray[np.bool_]

MOST_TOLD = 12
CERTAIN_ENOUGH = 0.25
"""A value that never won disqualifies if even the highest win rate still possible is under this share of the base."""


@dataclass(frozen=True)
class Besides:
    """Findings by what they are: patterns outside of the rubric, evenly spread attributes, and open cases."""

    also_seen: tuple[Finding, ...]
    not_defining: tuple[Finding, ...]
    too_little_data: tuple[Finding, ...]


def found_besides(scan: Scan, used: Collection[str], *, against_market: bool) -> Besides:
    """Return each attribute's finding, best first, at most a dozen of each sort; those in `used` are in the rubric."""
    sorts: dict[str, list[Finding]] = {"seen": [], "even": [], "open": []}
    told: set[str] = set()
    for pattern in sorted(scan.patterns, key=lambda p: (p.q, p.p)):
        attribute = scan.encoded[pattern.line.place].attribute
        if attribute.name in used or attribute.name in told:
            continue
        told.add(attribute.name)
        finding, sort = _finding(scan, pattern, against_market=against_market)
        sorts[sort].append(finding)
    return Besides(*(tuple(sorts[s][:MOST_TOLD]) for s in ("seen", "even", "open")))


def _finding(scan: Scan, pattern: Pattern, *, against_market: bool) -> tuple[Finding, str]:
    attribute, evidence = scan.encoded[pattern.line.place].attribute, scan.evidence(pattern.line)
    test = pattern.line.test(scan.encoded)
    words = phrase(attribute.name, test)
    reason = sentences.why(evidence, against_market=against_market)
    name = attribute_in_words(attribute.name)
    if evidence.verdict in ("supported", "suggestive"):
        statement, sort = f"{words}. {reason}", "seen"
    elif evidence.verdict == "not supported":
        statement, sort = (
            f"{name} is spread about evenly over wins and the rest; it does not define the profile.",
            "even",
        )
    else:
        statement = f"{name}: cannot tell yet; {sentences.more_deals(evidence.more_deals_needed)}."
        sort = "open"
    return Finding(
        attribute=attribute.name, layer=attribute.layer, statement=statement, test=test, evidence=evidence
    ), sort


def without_winners(scan: Scan, won: Bools) -> tuple[tuple[Finding, ...], tuple[Disqualifier, ...]]:
    """Return values that never won, and among them those that are certain enough to disqualify a company."""
    findings, rules = [], []
    for none in sorted(scan.no_winners, key=lambda x: -x.deals):
        attribute, test = scan.encoded[none.line.place].attribute, none.line.test(scan.encoded)
        statement = (
            f"None of {none.deals} with {phrase(attribute.name, test)} was won; "
            f"the true rate is under {sentences.percent(none.upper)} (95%)."
        )
        inside = rate(0.0, float(none.deals)).model_copy(update={"low": 0.0, "high": none.upper})
        evidence = Evidence(verdict="supported", inside=inside, q=none.q)
        findings.append(
            Finding(attribute=attribute.name, layer="negative", statement=statement, test=test, evidence=evidence)
        )
        if none.upper < CERTAIN_ENOUGH * won.mean():
            rules.append(
                Disqualifier(
                    attribute=attribute.name,
                    test=test,
                    why=statement,
                    verify=HOW_TO_VERIFY[attribute.layer],
                    evidence=evidence,
                )
            )
    return tuple(findings[:MOST_TOLD]), tuple(rules[:MOST_TOLD])


def notable_among_best(scan: Scan, best: Bools | None) -> tuple[str, ...]:
    """Return what at least 70 % of the best customers have in common that the other rows have clearly less often."""
    if best is None or best.sum() < 5:
        return ()
    told: list[str] = []
    for line in (side for pattern in scan.patterns for side in _both_sides(scan, pattern.line)):
        states = line.states(scan.encoded)
        known = states != 2
        ours, others = states[known & best] == 1, states[known & ~best] == 1
        if len(ours) < 5 or not len(others) or ours.mean() < 0.7 or ours.mean() < 1.2 * others.mean():
            continue
        words = phrase(scan.encoded[line.place].attribute.name, line.test(scan.encoded))
        shares = [sentences.percent(float(side.mean())) for side in (ours, others)]
        told.append(f"{shares[0]} of the best customers: {words} ({shares[1]} of all others).")
    return tuple(told[:5])


def _both_sides(scan: Scan, line: Line) -> tuple[Line, ...]:
    """Return a line and its opposite, where that is one band or value too: a scan tells only one of them."""
    source = scan.encoded[line.place]
    if not isinstance(source, Cells):
        return (line,)
    rest = sorted(set(range(source.size if source.ordered else len(source.values))) - set(line.parts))
    one = bool(rest) and (rest[-1] - rest[0] + 1 == len(rest) if source.ordered else len(rest) == 1)
    return (line, Line(line.place, tuple(rest))) if one else (line,)
