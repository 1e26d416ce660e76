"""How long customers stay, and what was to be seen at the sale of those who left sooner.

A customer that is still there is censored, not kept: it counts for as long as it was seen. What is searched is paid for
as for wins (`patterns`): an attribute's best test is compared with the best test where companies swap their fates
(permuted martingale residuals, the log-rank test's surplus of ends, within spans of starting days), and q is over all
attributes. Hazard ratios are Cox's, with baselines of their own for each span of starting days.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, log
from typing import TYPE_CHECKING, cast

import numpy as np

from idealfit.learn.best_customers import customers
from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells, encoded
from idealfit.learn.evidence import POWER_Z, Z95
from idealfit.learn.history import Attribute
from idealfit.learn.patterns import ERROR_RATE, FIRST_LOOK, PERMUTATIONS, SUGGESTIVE_RATE, WIDEST, error_shares
from idealfit.learn.permutation import by_company, item_p_by_company
from idealfit.learn.survival import cox, kaplan_meier, martingale_residuals
from idealfit.profile.document import ChurnFinding, Disqualifier, Estimate, Evidence, KeptAt, Retained, RetentionCurve
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.encoding import Encoded
    from idealfit.learn.history import History
    from idealfit.profile.document import Verdict

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

YEAR = 365
FEWEST_CUSTOMERS = 20
FEWEST_LEFT = 5
RELEVANT_HAZARD = 2.0
"""A hazard ratio worth knowing: what would have shown with 80 % power and did not is `not supported`."""
RULES_OUT = 2.0
"""Rules a company out if even the low end of the hazard ratio is this, and surely fewer than half stay a year."""
STEP_DAYS = 91
MOST_STEPS = 16
FEWEST_SEEN = 5
MOST_TOLD = 12
MOST_CURVES = 3
SPANS = 4
_AFTERWARDS = ("nps", "usage", "tickets")


@dataclass(frozen=True)
class Tenure:
    """How long each company that bought was seen as a customer: its first won row, days, and whether it left.

    `start` is the day it began (as an integer); `notes` say what could not be used.
    """

    row: Ints
    days: Floats
    left: Bools
    start: Ints
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Retention:
    """What is known about staying: curves, findings, those among them that rule a company out, and notes."""

    curves: tuple[RetentionCurve, ...] = ()
    findings: tuple[ChurnFinding, ...] = ()
    disqualify: tuple[Disqualifier, ...] = ()
    notes: tuple[str, ...] = ()


def tenure(past: History) -> Tenure | None:
    """Return how long customers were seen by `past.as_of`; None where no column says who left.

    It begins on the day the company became a customer, else when its first won deal was closed (or opened).
    """
    if "churned_on" not in past.roles or past.as_of is None or not past.won.any():
        return None
    rows = customers(past).row
    today = np.datetime64(past.as_of, "D")

    def day(role: str) -> npt.NDArray[np.datetime64]:
        if role not in past.roles:
            return np.full(len(rows), np.datetime64("NaT", "D"))
        return past.roles[role].to_numpy().astype("datetime64[D]")[rows]

    start = day("started_on")
    for other in (past.closed[rows], past.opened[rows]):
        start = np.where(np.isnat(start), other.astype("datetime64[D]"), start)
    churned = day("churned_on")
    odd = churned < start
    unknown, late = np.isnat(start) | (start > today), churned > today
    left = ~np.isnat(churned) & ~late
    end = np.where(left, churned, today)
    keep = ~odd & ~unknown
    said = (
        (odd, "left before they began: how long they stayed is unknown"),
        (unknown, "began on no known day, or after the day of learning"),
        (late, "left after the day of learning: on that day they were customers"),
    )
    notes = tuple(f"{int(which.sum()):,} customers {why}." for which, why in said if which.any())
    days = ((end - start) / np.timedelta64(1, "D")).astype(np.float64)
    return Tenure(rows[keep], days[keep], left[keep], start[keep].astype(np.int64), notes)


def retention(past: History, *, seed: int = 0) -> Retention:
    """Return how long customers stay and what goes with leaving sooner; empty where no column says who left."""
    known = tenure(past)
    if known is None:
        return Retention()
    n, left = len(known.row), int(known.left.sum())
    curves = [curve("all customers", known.days, known.left)] if n else []
    if n < FEWEST_CUSTOMERS or left < FEWEST_LEFT:
        few = f"{n} customers of whom {left} have left: too few to say what goes with leaving."
        return Retention(tuple(curves), notes=(*known.notes, few))
    scan = _Scan(past, known, seed)
    findings = scan.findings()
    supported = [f for f in findings if f.verdict == "supported" and f.visible_at_sale]
    for finding in supported[:MOST_CURVES]:
        inside, outside = scan.sides(finding)
        words = phrase(finding.attribute, finding.test)
        curves += [curve(words, known.days[inside], known.left[inside])]
        curves += [curve(f"not: {words}", known.days[outside], known.left[outside])]
    return Retention(tuple(curves), tuple(findings), tuple(map(_ruled_out, filter(_certain, supported))), known.notes)


def curve(of: str, days: Floats, left: Bools) -> RetentionCurve:
    """Return the curve in steps of a quarter, as long as at least five are still seen."""
    found = kaplan_meier(days, left)
    steps = []
    for day in range(0, STEP_DAYS * MOST_STEPS + 1, STEP_DAYS):
        at = found.at(float(day))
        if at is None or at[3] < FEWEST_SEEN:
            break
        steps.append(KeptAt(days=day, at_risk=at[3], kept=at[0], low=at[1], high=at[2]))
    return RetentionCurve(of=of, n=len(days), churned=int(left.sum()), steps=tuple(steps))


def retained(days: Floats, left: Bools, after: int = YEAR) -> Retained:
    """Return the share kept for so many days, unknown where nobody was seen for so long."""
    at = kaplan_meier(days, left).at(float(after)) if len(days) else None
    kept, low, high = (None, None, None) if at is None else at[:3]
    return Retained(n=len(days), churned=int(left.sum()), days=after, kept=kept, low=low, high=high)


class _Scan:
    """Every attribute judged once for what it says about leaving."""

    def __init__(self, past: History, known: Tenure, seed: int) -> None:
        self.known = known
        facts = past.facts.iloc[known.row].reset_index(drop=True)
        attributes = list(past.attributes)
        self._afterwards = {role for role in _AFTERWARDS if role in past.roles}
        for role in sorted(self._afterwards):
            facts[role] = np.asarray(past.roles[role], dtype=float)[known.row]
            attributes.append(Attribute(role, "number", "behavioural"))
        self.table = encoded(facts, attributes, max(FEWEST_LEFT, ceil(0.02 * len(facts))))
        edges = np.quantile(known.start, np.linspace(0, 1, SPANS + 1)[1:-1])
        self.span = np.unique(np.digitize(known.start, edges), return_inverse=True)[1].astype(np.int64)
        self.surplus = martingale_residuals(known.days, known.left, self.span)
        self._rng = np.random.default_rng(seed)
        self._sides: dict[str, tuple[Bools, Bools]] = {}

    def findings(self) -> list[ChurnFinding]:
        """Return one finding for each attribute (the best item of a list or text), the surest first."""
        judged = [found for place, source in enumerate(self.table) for found in self._judged(place, source)]
        if not judged:
            return []
        q = error_shares(np.array([line.place for line, _, _ in judged]), np.array([p for _, p, _ in judged]))
        told: dict[int, ChurnFinding] = {}
        for i in sorted(range(len(judged)), key=lambda i: (q[i], judged[i][1])):
            line, p, critical = judged[i]
            if line.place not in told:
                told[line.place] = self._finding(line, p, float(q[i]), critical)
        return [*told.values()][:MOST_TOLD]

    def sides(self, finding: ChurnFinding) -> tuple[Bools, Bools]:
        """Return which customers meet a finding's test and which do not."""
        return self._sides[finding.attribute]

    def _judged(self, place: int, source: Encoded) -> list[tuple[Line, float, float]]:
        """Return the best line with its p and critical z, or one for each item of a list or text."""
        each = np.arange(len(self.surplus), dtype=np.int64)
        nowhen = np.zeros(len(each), dtype=np.int64)
        surplus = cast("Bools", self.surplus)  # what is permuted need not be zeros and ones
        if not isinstance(source, Cells):
            p = item_p_by_company(source, surplus, nowhen, each)
            return [(Line(place, (i,)), float(p[i]), Z95) for i in range(len(source.names))]
        contrast = by_company(source, surplus, nowhen, each)
        tests, z2 = contrast.observed()
        best = int(np.argmax(z2))
        largest = contrast.largest(self._rng, FIRST_LOOK)
        if (largest >= z2[best]).mean() <= 0.1:
            largest = np.concatenate([largest, contrast.largest(self._rng, PERMUTATIONS - FIRST_LOOK)])
        p_value = float((1 + (largest >= z2[best] * (1 - 1e-9)).sum()) / (1 + len(largest)))
        critical = float(np.clip(np.sqrt(np.quantile(largest, 0.95)), Z95, WIDEST))
        return [(Line(place, tuple(int(i) for i in np.flatnonzero(tests[best]))), p_value, critical)]

    def _finding(self, line: Line, p: float, q: float, critical: float) -> ChurnFinding:
        attribute, states = self.table[line.place].attribute, line.states(self.table)
        inside, outside = states == 1, states == 0
        self._sides[attribute.name] = (inside, outside)
        both = inside | outside
        fit = cox(inside[both, None].astype(float), self.known.days[both], self.known.left[both], self.span[both])
        ratio = None
        if fit is not None:
            middle, half = float(fit.beta[0]), critical * float(fit.error[0])
            ratio = Estimate(
                value=float(np.exp(middle)), low=float(np.exp(middle - half)), high=float(np.exp(middle + half))
            )
        at_sale = attribute.name not in self._afterwards
        verdict, needed = _verdict(q, ratio, critical, inside.sum() / max(both.sum(), 1), self.known.left[both])
        if not at_sale and verdict == "supported":
            verdict = "suggestive"
        test = line.test(self.table)
        within, others = (retained(self.known.days[side], self.known.left[side]) for side in (inside, outside))
        return ChurnFinding(
            attribute=attribute.name,
            layer=attribute.layer,
            test=test,
            statement=_statement(phrase(attribute.name, test), ratio, within, others, at_sale=at_sale),
            verdict=verdict,
            hazard_ratio=ratio,
            inside=within,
            outside=others,
            p=p,
            q=q,
            more_customers_needed=needed,
            visible_at_sale=at_sale,
        )


def _verdict(
    q: float, ratio: Estimate | None, critical: float, share: float, left: Bools
) -> tuple[Verdict, int | None]:
    """Return the verdict and about how many more customers would settle it.

    Ends needed: (z + z_power)^2 / (f (1 - f) log(ratio)^2), with f the share inside (Schoenfeld 1983).
    """
    low, high = (None, None) if ratio is None else (ratio.low, ratio.high)
    clear = (low is not None and low > 1) or (high is not None and high < 1)
    if q <= ERROR_RATE and clear:
        return "supported", None
    ends = (critical + POWER_Z) ** 2 / max(share * (1 - share) * log(RELEVANT_HAZARD) ** 2, 1e-9)
    missing = max(ceil((ends - left.sum()) / max(left.mean(), 1e-9)), 0)
    if q <= SUGGESTIVE_RATE:
        return "suggestive", missing or None
    return ("too little data", missing) if missing else ("not supported", None)


def _statement(words: str, ratio: Estimate | None, inside: Retained, outside: Retained, *, at_sale: bool) -> str:
    kept = [
        f"{side.kept:.0%} of {side.n:,} kept a year" if side.kept is not None else f"{side.churned} of {side.n:,} left"
        for side in (inside, outside)
    ]
    sooner = "" if ratio is None else f"; at any age {ratio.value:.1f} times as likely to leave"
    later = "" if at_sale else " Seen only afterwards: for those who look after customers, not for choosing them."
    return f"{words[:1].upper()}{words[1:]}: {kept[0]}, others {kept[1]}{sooner}.{later}"


def _certain(finding: ChurnFinding) -> bool:
    """Return whether a finding is strong enough to rule a company out."""
    ratio, inside = finding.hazard_ratio, finding.inside
    strong = ratio is not None and ratio.low is not None and ratio.low >= RULES_OUT
    return strong and inside is not None and inside.high is not None and inside.high < 0.5


def _ruled_out(finding: ChurnFinding) -> Disqualifier:
    return Disqualifier(
        attribute=finding.attribute,
        test=finding.test,
        why=f"They buy and leave. {finding.statement}",
        verify="Read it in the company's record before any outreach.",
        evidence=Evidence(verdict="supported", p=finding.p, q=finding.q),
    )
