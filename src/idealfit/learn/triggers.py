"""Which events, in which window before it, change the chance that a deal is opened or won.

The window is searched for in `window_search`, its ratio and interval come from `window_ratio`, the half-life from
`half_life`. Openings are judged twice, and every search is paid for: beside comparable companies on the same day, and
beside the same companies' other days, where nothing that a company always is can pass for a trigger. Both must speak,
the second in the direction that the first has shown. Each time false discoveries are controlled at 5 % (Benjamini &
Hochberg), the second time over the kinds that passed the first (testing on selected families: Benjamini & Bogomolov
2014). Window, ratio and half-life are those of the companies' own other days.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

import numpy as np

from idealfit.learn.evidence import POWER_Z
from idealfit.learn.half_life import half_life
from idealfit.learn.matched_sets import EDGES
from idealfit.learn.patterns import ERROR_RATE, SUGGESTIVE_RATE, benjamini_hochberg
from idealfit.learn.window_ratio import fit, no_fit, ratio_found, spread
from idealfit.learn.window_search import MASKS, WINDOWS, Calendar, Matched, judged
from idealfit.profile.document import Estimate, TimeSpan, TriggerEvidence, TriggerTimeline

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import numpy.typing as npt

    from idealfit.learn.window_search import Judged
    from idealfit.profile.document import Verdict

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

RELEVANT_RATIO = 2.0
"""A ratio that is worth knowing; what would have shown and did not is `not supported`."""
GUIDES = (90, 179)
"""Where guides to ideal customer profiles say to look: three to six months before."""
_SINGLE = frozenset(WINDOWS.index((a, b - 1)) for a, b in pairwise(EDGES))


@dataclass(frozen=True)
class Tried:
    """What was found of one kind of event and one outcome."""

    kind: str
    outcome: Literal["opening", "win"]
    window: tuple[int, int]
    evidence: TriggerEvidence
    effect: Estimate | None
    guides: Estimate | None
    half_life: Estimate | None
    timeline: TriggerTimeline


@dataclass(frozen=True)
class Question:
    """One kind of event and one outcome: where the window is searched for, and where it must hold up (if anywhere).

    `period` is the span of time of each case.
    """

    kind: str
    outcome: Literal["opening", "win"]
    searched: Matched
    confirmed: Matched | None
    period: Ints


def tried(
    questions: Sequence[Question],
    *,
    rng: np.random.Generator,
    longest: int = EDGES[-1],
    told: Callable[[float], None] = lambda share: None,
) -> tuple[Tried, ...]:
    """Return what was found of each question, in the order given; q is over all of them.

    The direction must hold in most spans of time. Windows reach back `longest` days at most.
    """
    allowed = np.array([last < longest for _, last in WINDOWS])
    judgements: list[tuple[Judged, Judged | None]] = []
    for number, question in enumerate(questions):
        first = judged(question.searched, allowed, rng)
        # What already shows nothing beside other companies needs no second look: p can only grow.
        again = question.confirmed if first.p <= SUGGESTIVE_RATE else None
        judgements.append((first, None if again is None else judged(again, allowed, rng, first.direction)))
        told(0.6 * (number + 1) / len(questions))
    q = _q(judgements)
    found = []
    for number, (question, (first, second)) in enumerate(zip(questions, judgements, strict=True)):
        found.append(_tried(_Answer(question, first, second, float(q[number])), allowed, rng))
        told(0.6 + 0.4 * (number + 1) / len(questions))
    return tuple(found)


def _q(judgements: Sequence[tuple[Judged, Judged | None]]) -> Floats:
    """Return q of each: of the first comparison over all kinds, and of the second over those that passed the first."""
    q = benjamini_hochberg(np.array([first.p for first, _ in judgements]))
    again = np.array([np.nan if second is None else second.p for _, second in judgements])
    passed = (q <= ERROR_RATE) & ~np.isnan(again)
    again[passed] = benjamini_hochberg(again[passed])
    return np.asarray(np.fmax(q, again), dtype=np.float64)


@dataclass(frozen=True)
class _Answer:
    """What was made of a question: where the window was searched for, and where it must hold up (if anywhere)."""

    question: Question
    first: Judged
    second: Judged | None
    q: float

    @property
    def told(self) -> Judged:
        """Return the judgement whose window is told: the one of the companies' own other days, if it was made."""
        return self.first if self.second is None else self.second


def _tried(answer: _Answer, allowed: npt.NDArray[np.bool_], rng: np.random.Generator) -> Tried:
    question, first, told = answer.question, answer.first, answer.told
    best, where = told.best, question.confirmed or question.searched
    fitted = fit(where, best) if told.usable[best] else no_fit(where)
    promising = answer.q <= SUGGESTIVE_RATE and (question.confirmed is None or answer.second is not None)
    effect = ratio_found(where, told, fitted, rng) if promising else fitted.ratio(first.critical)
    held, spans = _held(where, best, question.period)
    verdict, needed = _verdict(answer, effect, (held, spans))
    calendar = Calendar(where.sets, where.sets.weight)
    expected = [float(where.sets.n @ calendar.parts(where.inside(w)).share) for w in range(len(MASKS))]
    guides = WINDOWS.index(GUIDES)
    told_spans = (
        TimeSpan(from_days=a, to_days=b, seen=int(first.seen[w]), expected=expected[w])
        for w, (a, b) in enumerate(WINDOWS)
        if w in _SINGLE and allowed[w]
    )
    more, start = fitted.log_ratio > 0, WINDOWS[best][0]
    life = None
    if verdict == "supported":
        wider = spread(where, best, fitted)
        life = half_life(where.sets, where.seen, fitted.base, start, more=more, spread=wider)
    return Tried(
        kind=question.kind,
        outcome=question.outcome,
        window=WINDOWS[best],
        effect=effect,
        guides=fit(where, guides).ratio() if first.usable[guides] else None,
        half_life=life,
        timeline=TriggerTimeline(kind=question.kind, outcome=question.outcome, spans=tuple(told_spans)),
        evidence=TriggerEvidence(
            verdict=verdict,
            cases=len(question.searched.sets.unit),
            with_event=int(first.seen[best]),
            expected=expected[best],
            expected_of_others=float(first.expected[best]) if question.confirmed else None,
            companies=len(np.unique(question.searched.sets.account[question.searched.seen_in(best)])),
            windows_tried=int(allowed.sum()),
            p=first.p,
            q=answer.q,
            p_same_company=None if answer.second is None else answer.second.p,
            periods_held=held,
            periods=spans,
            more_deals_needed=needed,
        ),
    )


def _held(matched: Matched, window: int, period: Ints) -> tuple[int, int]:
    """Return in how many spans of time a window points the way it does over all, of those in which it can point."""
    at_case = matched.seen_in(window).astype(np.float64)
    share = (matched.sets.weight * matched.inside(window)).sum(1)[matched.sets.unit]
    apart = np.bincount(period, weights=at_case - share)
    possible = np.bincount(period, weights=share) > 0
    held = possible & (np.sign(apart) == np.sign(apart.sum()))
    return int(held.sum()), int(possible.sum())


def _verdict(answer: _Answer, effect: Estimate | None, held: tuple[int, int]) -> tuple[Verdict, int | None]:
    """Return the verdict and, where data are short, about how many more cases would settle it (as in `patterns`)."""
    first, q = answer.first, answer.q
    cases = len(answer.question.searched.sets.unit)
    share = first.expected[first.best] / cases if cases else 0.0
    other = RELEVANT_RATIO * share / (1 - share + RELEVANT_RATIO * share)
    needed = None
    if 0 < share < 1:
        spread = first.critical * np.sqrt(share * (1 - share)) + POWER_Z * np.sqrt(other * (1 - other))
        needed = int(np.ceil((spread / (other - share)) ** 2))
    low, high = (None, None) if effect is None else (effect.low, effect.high)
    clear = (low is not None and low > 1) or (high is not None and high < 1)
    if q <= ERROR_RATE and clear and (held[1] < 3 or held[0] > held[1] / 2):
        return "supported", None
    missing = max(needed - cases, 0) if needed is not None else None
    if q <= SUGGESTIVE_RATE:
        return "suggestive", missing or None
    return ("not supported", None) if missing == 0 else ("too little data", missing)
