"""What sets winners apart, attribute by attribute: the best test each offers, and what the evidence for it is worth.

Four things keep the search honest:

* the p-value of an attribute repeats the whole search for its best test on permuted outcomes, so choosing a cut point
  or a set of values is paid for (Westfall & Young 1993). Outcomes are permuted within spans of time, so what only moves
  with the calendar earns nothing; permuted wins per cell are multivariate hypergeometric, so no row is touched;
* the same permutations give the half-width of intervals: simultaneous over all tests of the attribute (max-T);
* Benjamini & Hochberg (1995) over everything scanned gives q;
* deals of one company are not independent: where an attribute is the same for all of them, whole companies are
  permuted, and counts in intervals are divided by the design effect (Kish 1965; Rao & Scott 1992).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from scipy import stats

from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells, Encoded, Items
from idealfit.learn.evidence import Z95, deals_needed, difference, exact_upper, rate, ratio, shrunk_rate
from idealfit.learn.permutation import (
    LARGE_ENOUGH,
    PRIOR,
    by_company,
    by_deal,
    families,
    item_p_by_company,
    item_p_by_deal,
)
from idealfit.learn.together import p_of_all
from idealfit.profile.document import Evidence

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from idealfit.learn.permutation import Contrast
    from idealfit.profile.document import Verdict

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

ERROR_RATE = 0.05
"""Of all attributes called supported, the share allowed to be false (q); with none true, the chance of any."""
SUGGESTIVE_RATE = 0.20
PERMUTATIONS = 1999
FIRST_LOOK = 199
CLOSE_CALL = 0.1  # a p above this after the first look is not looked at again (Besag & Clifford 1991)
WIDEST = 5.0  # critical values above this change no verdict
RELEVANT_DIFFERENCE = 0.10
"""A difference in win rate that is worth knowing: ten points, or a third of the base rate where that is less."""
PRIOR_DEALS = 10.0  # the weight of the base rate in a shrunken rate


@dataclass(frozen=True)
class Pattern:
    """The best test of one attribute (or one item), its p paid for the search, and its q over all scanned.

    `critical` is, per family of tests, the z that makes intervals hold for all tests of the attribute at once. `deff`
    is its design effect.
    """

    line: Line
    p: float
    q: float
    critical: tuple[float, ...]
    deff: float


@dataclass(frozen=True)
class NoWinner:
    """A value that never won: deals with it, the highest win rate still possible, and q over all such values."""

    line: Line
    deals: int
    upper: float
    q: float


class Scan:
    """Every attribute judged once: `patterns` and `no_winners`, and the evidence for any line one asks about."""

    def __init__(
        self,
        encoded: tuple[Encoded, ...],
        won: npt.NDArray[np.bool_],
        period: Ints,
        account: Ints,
        *,
        rng: np.random.Generator,
        against_market: bool = False,
        in_time: bool = True,
        permutations: int = PERMUTATIONS,
        told: Callable[[float], None] = lambda share: None,
    ) -> None:
        self.encoded, self.won, self.period = encoded, won, period
        self.periods = int(period.max()) + 1
        self.against_market, self.permutations, self.in_time = against_market, permutations, in_time
        self._correlation = intraclass_correlation(won, account)
        self._account, self._rng = account, rng
        self._p_together: float | None = None
        found: list[Pattern] = []
        for place, source in enumerate(encoded):
            found += self._judged(place, source, rng)
            told((place + 1) / len(encoded))
        q = error_shares(np.array([f.line.place for f in found]), np.array([f.p for f in found]))
        self.patterns = tuple(replace(f, q=float(share)) for f, share in zip(found, q, strict=True))
        self.no_winners = self._without_winners()

    def p_together(self) -> float:
        """Return the p-value of all attributes together: that none of them tells anything."""
        if self._p_together is None:
            self._p_together = p_of_all(self.encoded, self.won, self.period, self._account, rng=self._rng)
        return self._p_together

    def _judged(self, place: int, source: Encoded, rng: np.random.Generator) -> list[Pattern]:
        """Return the attribute's best pattern, or one for each item of a list or text."""
        deff = self._design_effect(source)
        if isinstance(source, Items):
            if deff > 1:
                p = item_p_by_company(source, self.won, self.period, self._account)
            else:
                p = item_p_by_deal(source, self.won, self.period, self.periods)
            return [Pattern(Line(place, (i,)), float(p[i]), 1.0, (Z95,), deff) for i in range(len(source.names))]
        if deff > 1:
            contrast = by_company(source, self.won, self.period, self._account)
        else:
            contrast = by_deal(source, self.won, self.period, self.periods)
        tests, z2 = contrast.observed()
        family = families(source, tests)
        largest = contrast.largest(rng, min(FIRST_LOOK, self.permutations))
        best, beaten, critical = _measured(z2, family, largest)
        bound = self._bound(contrast, tests, best, float(z2[best]))
        if beaten.mean() <= CLOSE_CALL and bound == 1 and self.permutations > FIRST_LOOK:
            largest = np.concatenate([largest, contrast.largest(rng, self.permutations - FIRST_LOOK)])
            best, beaten, critical = _measured(z2, family, largest)
        line = Line(place, tuple(int(i) for i in np.flatnonzero(tests[best])))
        permuted = float((1 + beaten.sum()) / (1 + len(largest)))
        return [Pattern(line, min(permuted, bound), 1.0, tuple(float(c) for c in critical), deff)]

    def _bound(self, contrast: Contrast, tests: npt.NDArray[np.bool_], best: int, z2: float) -> float:
        """Return a bound on p where permutations are too coarse and counts are large enough; else 1.

        For ordered cells it is Bonferroni's over their fixed tests. Sets of values are put together by looking at the
        outcome, so all sets count: none can have a z squared above Pearson's chi squared over the cells (Scheffe 1953).
        """
        n, share = contrast.n.sum(0), float(self.won.mean())
        if contrast.cells.ordered:
            bound = float(stats.chi2.sf(z2, 1)) * len(tests)
        else:
            bound = float(stats.chi2.sf(z2, max(int((n > 0).sum()) - 1, 1)))
        few = min(n[tests[best]].sum(), n[~tests[best]].sum()) * min(share, 1 - share) < LARGE_ENOUGH
        return 1.0 if few or bound > 1 / PERMUTATIONS else bound

    def _design_effect(self, source: Encoded) -> float:
        """Return 1 + (m - 1) rho where the attribute is the same for all deals of a company, else 1."""
        codes = source.codes if isinstance(source, Cells) else source.holds.sum(1).A1.astype(np.int64)
        size = np.bincount(self._account)
        if size.max() < 2:
            return 1.0
        order = np.argsort(self._account, kind="stable")
        same = np.diff(self._account[order]) == 0
        if not same.any() or (np.diff(codes[order])[same] != 0).mean() > 0.05:
            return 1.0
        return float(max(1.0, 1 + ((size**2).sum() / size.sum() - 1) * self._correlation))

    def pattern_of(self, line: Line) -> Pattern:
        """Return the pattern that `line` belongs to: its attribute's, or the item's own."""
        cells = isinstance(self.encoded[line.place], Cells)
        return next(p for p in self.patterns if p.line.place == line.place and (cells or p.line == line))

    def evidence(self, line: Line) -> Evidence:
        """Return what the history says about `line`, whether or not it is its attribute's best test."""
        pattern, states = self.pattern_of(line), line.states(self.encoded)
        yes, no = states == 1, states == 0
        n1, w1, n2, w2 = (float(x) for x in (yes.sum(), self.won[yes].sum(), no.sum(), self.won[no].sum()))
        deff = pattern.deff
        base, known = (w1 + w2) / max(n1 + n2, 1), (n1 + n2) / deff
        # The critical value is that of z with PRIOR added to its variance; a plain interval must be so much wider.
        information = n1 * n2 / max(n1 + n2, 1) * base * (1 - base) / deff
        critical = pattern.critical[self._family(line)]
        z = critical * float(np.sqrt(1 + PRIOR / max(information, 0.1)))
        # Against a market, the shares of customers and of the rest that meet the test are compared.
        four = (w1, w1 + w2, n1 - w1, n1 + n2 - w1 - w2) if self.against_market else (w1, n1, w2, n2)
        apart = difference(four[0] / deff, four[1] / deff, four[2] / deff, four[3] / deff, z)
        held, periods = self._held(yes, no, np.sign(apart.value)) if self.in_time else (0, 0)
        sizes = (base, n1 / max(n1 + n2, 1), known)
        verdict, needed = _verdict(pattern, critical, (apart.low, apart.high), (held, periods), sizes)
        return Evidence(
            verdict=verdict,
            inside=rate(w1, n1, deff),
            outside=rate(w2, n2, deff),
            unknown=int((states == 2).sum()),
            difference=apart,
            ratio=ratio(four[0] / deff, four[1] / deff, four[2] / deff, four[3] / deff, z),
            shrunk=None if self.against_market else shrunk_rate(w1 / deff, n1 / deff, base, PRIOR_DEALS),
            p=pattern.p,
            q=pattern.q,
            periods_held=held if periods else None,  # folds are no spans of time: nothing held there
            periods=periods or None,
            more_deals_needed=needed,
        )

    def _family(self, line: Line) -> int:
        source = self.encoded[line.place]
        if not isinstance(source, Cells):
            return 0
        test = np.isin(np.arange(source.size), line.parts)[None]
        return min(int(families(source, test)[0]), len(self.pattern_of(line).critical) - 1)

    def _held(self, yes: npt.NDArray[np.bool_], no: npt.NDArray[np.bool_], sign: float) -> tuple[int, int]:
        """Return in how many spans of time the difference has `sign`, of those with deals on both sides."""
        held = seen = 0
        for k in range(self.periods):
            inside, outside = self.won[yes & (self.period == k)], self.won[no & (self.period == k)]
            if len(inside) and len(outside):
                seen += 1
                held += int(np.sign(inside.mean() - outside.mean()) == sign)
        return held, seen

    def _without_winners(self) -> tuple[NoWinner, ...]:
        """Return values and items that never won although chance would have let some win (hypergeometric)."""
        found: list[tuple[Line, float, float]] = []
        for place, source in enumerate(self.encoded):
            if isinstance(source, Cells):
                if source.ordered:
                    continue
                codes, size = source.codes[source.codes >= 0], len(source.values)
                n = np.bincount(codes, minlength=size + 1)[:size]
                w = np.bincount(codes, weights=self.won[source.codes >= 0], minlength=size + 1)[:size]
                known, wins = len(codes), self.won[source.codes >= 0].sum()
            else:
                n, w = np.asarray(source.holds.sum(0)).ravel(), source.holds.T @ self.won.astype(float)
                known, wins = source.known.sum(), self.won[source.known].sum()
            deff = self._design_effect(source)
            for i in np.flatnonzero((w == 0) & (n > 0)):
                chance = stats.hypergeom.pmf(0, int(known / deff), int(wins / deff), max(int(n[i] / deff), 1))
                found.append((Line(place, (int(i),)), float(n[i]), float(chance)))
        q = benjamini_hochberg(np.array([chance for _, _, chance in found]))
        return tuple(
            NoWinner(line, int(n), exact_upper(n), float(share))
            for (line, n, _), share in zip(found, q, strict=True)
            if share <= ERROR_RATE
        )


def _measured(z2: Floats, family: Ints, largest: Floats) -> tuple[int, npt.NDArray[np.bool_], Floats]:
    """Return the best test, in which draws it was beaten, and the critical z of each family.

    A z squared is measured against the 95 % point of the largest of its family under permutation, so that families with
    many tests do not hide what simpler tests say. The largest of these measures is then held against the same in each
    draw, so the choice among families is paid for like the choice within them (Westfall & Young 1993, section 2.6).
    """
    own = np.array([z2[family == k].max(initial=0.0) for k in range(largest.shape[1])])
    scale = np.maximum(np.quantile(np.concatenate([own[None], largest]), 0.95, axis=0), 1e-9)
    measure = np.round(z2 / scale[family], 9)  # a set and its complement are the same question: the first is taken
    best, drawn = int(np.argmax(measure)), (largest / scale).max(1)
    critical = np.clip(np.sqrt(np.quantile(drawn, 0.95) * scale), Z95, WIDEST)
    return best, drawn >= measure[best] * (1 - 1e-9), critical


def _verdict(
    pattern: Pattern,
    critical: float,
    interval: tuple[float | None, float | None],
    held: tuple[int, int],
    sizes: tuple[float, float, float],
) -> tuple[Verdict, int | None]:
    """Return the verdict and, where data are short, about how many more deals would settle it.

    supported: q within the error rate, the simultaneous interval leaves out zero, and the direction held in more than
    half of the spans of time. suggestive: q within `SUGGESTIVE_RATE`. Otherwise: not supported if the data would
    have shown a relevant difference with 80 % power, else too little data.
    """
    base, inside, known = sizes
    low, high = interval
    clear = low is not None and high is not None and (low > 0 or high < 0)
    steady = held[1] < 3 or held[0] > held[1] / 2
    if pattern.q <= ERROR_RATE and clear and steady:
        return "supported", None
    relevant = min(RELEVANT_DIFFERENCE, base / 3, (1 - base) / 3)
    needed = deals_needed(relevant, base, inside, critical)
    missing = max(int(np.ceil((needed - known) * pattern.deff)), 0)
    if pattern.q <= SUGGESTIVE_RATE:
        return "suggestive", missing or None
    return ("too little data", missing) if missing else ("not supported", None)


def benjamini_hochberg(p: Floats) -> Floats:
    """Return q: the smallest error rate at which each p would be called a finding.

    >>> benjamini_hochberg(np.array([0.01, 0.04, 0.03])).round(3)
    array([0.03, 0.04, 0.04])
    """
    if len(p) == 0:
        return p
    order = np.argsort(p)
    raised = p[order] * len(p) / np.arange(1, len(p) + 1)
    q = np.empty(len(p))
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q


def error_shares(family: Ints, p: Floats) -> Floats:
    """Return q for each p, in two steps: attributes first, then the items of an attribute (Benjamini & Bogomolov 2014).

    An attribute's p is Simes' over its items; its q is Benjamini-Hochberg's over attributes, so that three hundred
    phrases of one text count as one attribute and not as three hundred. Items of an attribute are then held to the
    share of attributes selected; an item is never better than its attribute.

    >>> error_shares(np.array([0, 1, 1]), np.array([0.01, 0.02, 0.9])).round(3)
    array([0.02, 0.04, 0.9 ])
    """
    families = np.unique(family)
    whole = np.array([benjamini_hochberg(p[family == f]).min() for f in families])
    of_family = benjamini_hochberg(whole)
    selected = max(int((of_family <= ERROR_RATE).sum()), 1)
    q = np.empty(len(p))
    for f, share in zip(families, of_family, strict=True):
        mine = family == f
        within = benjamini_hochberg(p[mine])
        held = within * len(families) / selected if mine.sum() > 1 else within
        q[mine] = np.clip(held, share, 1.0)
    return q


def intraclass_correlation(won: npt.NDArray[np.bool_], account: Ints) -> float:
    """Return how alike the outcomes of one company's deals are (one-way ANOVA estimator; Donner 1986), 0 to 1.

    >>> intraclass_correlation(np.array([True, True, False, False]), np.array([0, 0, 1, 1]))
    1.0
    """
    size = np.bincount(account).astype(float)
    size = size[size > 0]
    groups, n = len(size), len(won)
    if groups < 2 or n == groups:
        return 0.0
    mean = np.bincount(account, weights=won)[np.bincount(account) > 0] / size
    between = (size * (mean - won.mean()) ** 2).sum() / (groups - 1)
    within = (size * mean * (1 - mean)).sum() / (n - groups)
    typical = (n - (size**2).sum() / n) / (groups - 1)
    total = between + (typical - 1) * within
    return float(np.clip((between - within) / total, 0.0, 1.0)) if total > 0 else 0.0
