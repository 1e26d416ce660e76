"""What happens before a deal, written into the profile: triggers, their timelines, and what was tried in vain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.half_life import DEFAULT_HALF_LIFE
from idealfit.learn.matched_sets import EDGES, Openings, exposure, opening_sets, same_day_sets, win_sets
from idealfit.learn.sentences import more_deals, with_article
from idealfit.learn.triggers import Question, Tried, tried
from idealfit.learn.window_search import Matched
from idealfit.profile.document import CountedRows, Estimate, Finding, Slot, Trigger
from idealfit.profile.narrative import narrative_text
from idealfit.profile.wording import attribute_in_words

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.learn.matched_sets import Sets
    from idealfit.learn.signals import Signals
    from idealfit.profile.document import Profile

    Ints = npt.NDArray[np.int64]

FEWEST_CASES = 20
SHORTEST_WATCH = 90
"""Events over fewer days than this tell nothing about what came before what."""
GRACE = 30
"""Openings so many days after the last event are still compared: nothing may have happened since."""
MOST_TOLD = 12
IN_WORDS = {2: "two", 3: "three", 4: "four", 6: "six", 9: "nine", 12: "twelve"}
SPANS = 5
MOST_COMPANIES = 5000
"""Of more companies, so many are drawn to be compared with."""
VERIFY = "Look up the dated source of the event: a filing, a job post, the company's own news."


def with_triggers(
    profile: Profile,
    past: History,
    events: Signals,
    *,
    seed: int = 0,
    progress: Callable[[str, float], None] = lambda words, share: None,
) -> Profile:
    """Return `profile` with what `events` say about the deals of `past`: which come before openings, which before wins.

    Supported triggers stand in `triggers`, with their `timelines`; the others are findings with their numbers. The
    narrative's trigger is filled with the strongest of them, if nobody has filled it.
    """
    rng = np.random.default_rng(seed)
    questions, longest, notes = _questions(past, events, rng)
    told = tried(questions, rng=rng, longest=longest, told=lambda share: progress("judging events", share))
    supported = [t for t in told if t.evidence.verdict == "supported"]
    supported.sort(key=lambda t: -abs(np.log(t.effect.value)) if t.effect else 0.0)
    rest = [t for t in told if t.evidence.verdict != "supported"]
    triggers = tuple(map(_trigger, supported))
    learned = profile.learned
    return profile.model_copy(
        update={
            "triggers": triggers,
            "timelines": tuple(t.timeline for t in supported),
            "narrative": _told_in(profile, triggers),
            "also_seen": (*profile.also_seen, *_findings(rest, "suggestive")),
            "not_defining": (*profile.not_defining, *_findings(rest, "not supported")),
            "too_little_data": (*profile.too_little_data, *_findings(rest, "too little data")),
            "learned": learned
            and learned.model_copy(
                update={
                    "rows": (
                        *learned.rows,
                        *(
                            CountedRows(step=r.step, rows_in=r.rows_in, rows_out=r.rows_out, reason=r.reason)
                            for r in events.rows
                        ),
                    ),
                    "warnings": (*learned.warnings, *events.warnings, *notes),
                }
            ),
        }
    )


def weight(effect: Estimate) -> int:
    """Return what a fresh event counts for timing: two points for twice as often, minus two for half as often.

    >>> [weight(Estimate(value=ratio)) for ratio in (1.1, 1.5, 2, 4, 40, 0.5)]
    [1, 1, 2, 4, 5, -2]
    """
    points = round(2 * np.log2(effect.value))
    return int(np.clip(points or (1 if effect.value > 1 else -1), -5, 5))


def _questions(past: History, events: Signals, rng: np.random.Generator) -> tuple[list[Question], int, list[str]]:
    """Return what can be asked of each kind of event, the longest window, and what must be said."""
    watched = events.last_day - events.first_day + 1
    longest = max((edge for edge in EDGES if edge <= watched / 3), default=0)
    start, end = events.first_day + longest, events.last_day + GRACE
    if past.as_of is not None:
        end = min(end, int(np.datetime64(past.as_of, "D").astype(np.int64)))
    notes = []
    if watched < SHORTEST_WATCH:
        return [], longest, [f"Events cover only {watched} days: too few to tell what comes before a deal."]
    if longest < EDGES[-1]:
        notes.append(f"Events cover {watched:,} days, so windows before a deal reach back {longest} days at most.")
    questions: list[Question] = []
    account, day = _openings(past)
    openings = Openings(account, day, start, end)
    sets = opening_sets(openings, events.existed)
    if len(sets.unit) < FEWEST_CASES:
        few = f"Only {len(sets.unit)} deals were opened while events were watched: triggers of openings are not judged."
        notes.append(few)
    elif words := _stops_at_opening(events, account, day):
        notes.append(words)
    else:
        questions += openings_asked(events, openings, sets, rng)
    return [*questions, *_wins_asked(past, events, start, end)], longest, [*notes, *_after_the_deals(past, events)]


class _Activity:
    """How much each company had done before a day: events and openings."""

    def __init__(self, who: Ints, when: Ints, companies: int) -> None:
        order = np.argsort(when, kind="stable")
        self._who, self._when, self._companies = who[order], when[order], companies

    def before(self, day: int) -> Ints:
        """Return the count by company code."""
        return np.bincount(self._who[: np.searchsorted(self._when, day)], minlength=self._companies)


def openings_asked(events: Signals, openings: Openings, other_days: Sets, rng: np.random.Generator) -> list[Question]:
    """Return for each kind of event what its openings are compared with."""
    companies = np.arange(len(events.existed))
    if len(companies) > MOST_COMPANIES:
        companies = np.sort(rng.choice(companies, MOST_COMPANIES, replace=False))
    questions = []
    long_ago = EDGES[-1]  # what lies in no window may tell how active a company is
    for kind, happened in events.by_kind.items():
        done = [
            (h.account, np.maximum(h.known, h.occurred) + (long_ago if k == kind else 0))
            for k, h in events.by_kind.items()
        ]
        who = np.concatenate([openings.account, *(a for a, _ in done)])
        when = np.concatenate([openings.day, *(d for _, d in done)])
        activity = _Activity(who, when, len(events.existed))
        same_day = same_day_sets(openings, companies, activity.before, events.existed)
        searched = Matched(same_day, exposure(same_day, happened))
        confirmed = Matched(other_days, exposure(other_days, happened))
        questions.append(Question(kind, "opening", searched, confirmed, spans(same_day.case_day)))
    return questions


def _openings(past: History) -> tuple[Ints, Ints]:
    """Return company and day of each deal opened, decided or not; against a market, of each customer's start."""
    counted = past.won if past.mode == "customers against a market" else np.ones(len(past.won), dtype=bool)
    account, opened = past.account[counted], past.opened[counted]
    if past.open is not None:
        account = np.concatenate([account, past.open.account])
        opened = np.concatenate([opened, past.open.opened])
    dated = ~np.isnat(opened)
    return account[dated], opened[dated].astype("datetime64[D]").astype(np.int64)


def _wins_asked(past: History, events: Signals, start: int, end: int) -> list[Question]:
    if past.mode == "customers against a market":
        return []
    day = past.opened.astype("datetime64[D]").astype(np.int64)
    kept = ~np.isnat(past.opened) & (day >= start) & (day <= end)
    won = past.won[kept]
    if min(won.sum(), (~won).sum()) < FEWEST_CASES / 2:
        return []
    sets = win_sets(past.account[kept], day[kept], won, spans(day[kept]))
    return [
        Question(kind, "win", Matched(sets, exposure(sets, happened)), None, sets.unit)
        for kind, happened in events.by_kind.items()
    ]


def spans(day: Ints) -> Ints:
    """Return the span of time of each day, about equally many in each of five."""
    edges = np.quantile(day, np.linspace(0, 1, SPANS + 1)[1:-1])
    return np.unique(np.digitize(day, edges), return_inverse=True)[1].astype(np.int64)


def _stops_at_opening(events: Signals, account: Ints, day: Ints) -> str:
    """Say so if no event is dated after its company's last opening: then other days of a company cannot be compared."""
    last = np.full(int(account.max(initial=0)) + 1, np.iinfo(np.int64).min)
    np.maximum.at(last, account, day)
    dates = [(happened.account, happened.occurred) for happened in events.by_kind.values()]
    company, when = np.concatenate([c for c, _ in dates]), np.concatenate([d for _, d in dates])
    known = company < len(last)
    before = int((when[known] <= last[company[known]]).sum())
    after = int((when[known] > last[company[known]]).sum())
    if before < FEWEST_CASES or after * 50 > before:
        return ""
    return (
        f"{before:,} events are dated before their company's last deal was opened and {after:,} after it: they seem to "
        "have been collected for the deals. A company's other days cannot be compared then, and triggers of openings "
        "are not judged."
    )


def _after_the_deals(past: History, events: Signals) -> list[str]:
    """Count the events that came after their company's last deal was closed: they cannot have triggered it."""
    closed = past.closed.astype("datetime64[D]").astype(np.int64)
    dated = ~np.isnat(past.closed)
    if not dated.any():
        return []
    last = np.full(int(past.account.max(initial=0)) + 1, np.iinfo(np.int64).max)
    last[past.account[dated]] = np.iinfo(np.int64).min
    np.maximum.at(last, past.account[dated], closed[dated])
    after = 0
    for happened in events.by_kind.values():
        known = happened.account < len(last)
        after += int((happened.occurred[known] > last[happened.account[known]]).sum())
    if not after:
        return []
    words = "are dated after their company's last deal was closed: they triggered none, and only tell how often such"
    return [f"{after:,} events {words} events happen anyway."]


def _trigger(found: Tried) -> Trigger:
    effect = found.effect or Estimate(value=1.0)
    return Trigger(
        kind=found.kind,
        outcome=found.outcome,
        window_days=found.window,
        half_life_days=found.half_life or Estimate(value=DEFAULT_HALF_LIFE),
        half_life_source="default" if found.half_life is None else "fitted",
        weight=weight(effect),
        effect=effect,
        why=" ".join((_counted(found), *_guides(found))),
        verify=VERIFY,
        evidence=found.evidence,
    )


def _counted(found: Tried) -> str:
    """Return the numbers behind a kind of event as anyone can check them."""
    first, last = found.window
    days = f"in the {last + 1} days before" if first == 0 else f"{first} to {last} days before"
    cases = "openings" if found.outcome == "opening" else "wins"
    evidence = found.evidence
    expected = f"{evidence.expected:.0f}" if evidence.expected is not None else "as many"
    others = evidence.expected_of_others
    by = "" if others is None else f" by their own other days, {others:.0f} by comparable companies on the same days"
    return (
        f"Of {evidence.cases:,} {cases}, {evidence.with_event:,} had it {days}; if it made no difference, {expected} "
        f"would{by}."
    )


def _guides(found: Tried) -> tuple[str, ...]:
    """Return what the window that guides recommend has shown."""
    ratio = found.guides
    if ratio is None or ratio.low is None or ratio.high is None:
        return ()
    span = f"{ratio.value:.1f} times as often ({ratio.low:.1f} to {ratio.high:.1f})"
    return (f"Three to six months before, where guides say to look: {span}.",)


def _findings(found: list[Tried], verdict: str) -> list[Finding]:
    chosen = sorted((t for t in found if t.evidence.verdict == verdict), key=lambda t: t.evidence.q or 1.0)
    return [Finding(attribute=t.kind, layer="behavioural", statement=_statement(t)) for t in chosen[:MOST_TOLD]]


def _statement(found: Tried) -> str:
    of = "opening" if found.outcome == "opening" else "winning"
    ratio = found.effect
    times = (
        f" ({ratio.value:.1f} times, {ratio.low:.1f} to {ratio.high:.1f})" if ratio and ratio.low is not None else ""
    )
    needed = found.evidence.more_deals_needed
    more = f" {more_deals(needed)[:1].upper()}{more_deals(needed)[1:]}." if needed else ""
    return f"As a trigger of {of}, {found.evidence.verdict}: {_counted(found)[:-1]}{times}.{more}"


def _told_in(profile: Profile, triggers: tuple[Trigger, ...]) -> object:
    """Return the narrative, its trigger filled with the strongest one that makes deals more frequent."""
    narrative = profile.narrative
    more = [t for t in triggers if t.weight > 0]
    if not more or narrative.trigger.source != "open question":
        return narrative
    months = max(round((more[0].window_days[1] + 1) / 30), 1)
    when = "the last month" if months == 1 else f"the last {IN_WORDS.get(months, str(months))} months"
    words = f"{with_article(attribute_in_words(more[0].kind))} in {when}"
    told = narrative.model_copy(update={"trigger": Slot(text=words, source="data")})
    return told.model_copy(update={"text": narrative_text(told)})
