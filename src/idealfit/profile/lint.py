"""What is weak about a profile, in words, and what to do about each: a profile, or a list of filters.

One finding for each weakness, with every check that it fails by name: the three signs of a filter list, the four
questions a profile must answer, the four points of a narrative that can be told, the pitfalls. Nothing is judged that
the profile does not say, and each check is a small function over the profile alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Literal

from idealfit.profile.lint_words import PERSONAL, TOO_WIDE, UNVERIFIABLE, VAGUE, VANITY, words_found
from idealfit.profile.narrative import QUESTIONS, open_questions, reads_like_a_query
from idealfit.profile.wording import HOW_WE_HELP, attribute_in_words, phrase
from idealfit.tables import LAYERS, Layer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from idealfit.profile.document import Criterion, Profile

Depth = Literal["deep", "shallow", "not covered"]

STALE_DAYS = 183
"""A profile nobody has learned or reviewed for longer than half a year is called stale."""
TOO_BROAD = 0.5
"""A first tier with more than this share of the deals leaves nobody out."""
WEAK_AUC = 0.6
LIKE_ALL = 1.2
"""A first tier that wins at most this many times the base rate is a coin tossed anew for each deal in it."""
ASSUMED = 0.5
"""The share of criteria without evidence from which a profile is called assumed."""


@dataclass(frozen=True)
class Weakness:
    """One thing that is weak: which checks it fails, what is wrong, where, and what to do about it."""

    checks: tuple[str, ...]
    what: str
    next_step: str
    where: str = ""


def weaknesses(profile: Profile, today: date) -> tuple[Weakness, ...]:
    """Return all that is weak about a profile, the gravest first.

    >>> from idealfit.profile.telling import profile_told
    >>> [w.what for w in weaknesses(profile_told("SaaS, 50-500 employees, US"), date(2025, 1, 1))][:2]
    ['a fit can be explained by what kind of company it is alone', 'no event tells when to call']
    """
    return tuple(weakness for check in _CHECKS for weakness in check(profile, today))


def coverage(profile: Profile) -> dict[Layer, tuple[Depth, str]]:
    """Return for each layer how deep the profile goes there, and why it is called so.

    Deep: something in it has evidence, or says why it matters and how to verify it. Shallow: something is named, and
    nobody could defend it. What the data has looked at in a layer and found without effect is named too.
    """
    return {layer: _depth(profile, layer) for layer in LAYERS}


def _depth(profile: Profile, layer: Layer) -> tuple[Depth, str]:
    lines = [(c.attribute, c.evidence.verdict, bool(c.why and c.verify)) for c in profile.criteria if c.layer == layer]
    if layer == "behavioural":
        lines += [(t.kind, t.evidence.verdict, bool(t.why and t.verify)) for t in profile.triggers]
    if layer == "negative":
        lines += [(d.attribute, d.evidence.verdict, bool(d.why)) for d in profile.disqualify]
        lines += [(c.attribute, c.evidence.verdict, bool(c.why)) for c in profile.criteria if c.points < 0]
        lines += [(f.attribute, f.verdict, bool(f.statement)) for f in profile.churn]
    proven = [name for name, verdict, _ in lines if verdict in ("supported", "suggestive")]
    defended = [name for name, _, told in lines if told]
    if proven:
        return "deep", f"{_listed(proven)}: with evidence"
    if defended:
        return "deep", f"{_listed(defended)}: with a reason and a way to verify it, though not yet with evidence"
    if lines:
        return "shallow", f"{_listed([name for name, _, _ in lines])}: named, without a reason that anyone could defend"
    seen = [f.attribute for f in (*profile.also_seen, *profile.not_defining) if f.layer == layer]
    if seen:
        return "not covered", f"{_listed(seen)}: looked at, and not needed to tell who fits"
    return "not covered", "the profile says nothing about it"


def _listed(names: list[str]) -> str:
    shown = [attribute_in_words(name) for name in dict.fromkeys(names)]
    return ", ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")


def _only_filters(profile: Profile, _: date) -> Iterator[Weakness]:
    beyond = [c for c in profile.criteria if c.layer not in ("firmographic", "negative")]
    told = set(open_questions(profile.narrative)) < {"situation", "trigger", "alternative", "urgency"}
    if not beyond and not profile.triggers and not profile.voice:
        yield Weakness(
            ("filter list, sign 1", "four-point check: beyond firmographics", "pitfall: shallow"),
            "a fit can be explained by what kind of company it is alone"
            if profile.criteria
            else "nothing tells who fits",
            "Add what they use, how they work and what happened to them: give 'idealfit learn' such columns, or add a "
            + ("criterion for what the narrative says already." if told and profile.criteria else "criterion by hand."),
            "criteria",
        )


def _no_trigger(profile: Profile, _: date) -> Iterator[Weakness]:
    dated = [
        c for c in profile.criteria if c.points > 0 and c.test.within_days is not None and c.layer == "behavioural"
    ]
    if profile.triggers or dated:
        return
    timing = "pitfall: ignoring timing"
    if "trigger" not in open_questions(profile.narrative):
        step = "Write it as a trigger with its window, or learn it: idealfit learn deals.csv --signals signals.csv."
        yield Weakness((timing,), "a trigger is told, and nothing watches for it", step, "triggers")
        return
    checks = ("filter list, sign 3", "four questions: what set it off", "four-point check: a specific trigger", timing)
    step = f"{QUESTIONS['trigger']} Write the answer into the narrative, and learn with --signals."
    yield Weakness(checks, "no event tells when to call", step, "narrative.trigger")


def _coin_toss(profile: Profile, _: date) -> Iterator[Weakness]:
    first, learned = (profile.tiers[0] if profile.tiers else None), profile.learned
    checks = ("filter list, sign 2",)
    step = (
        "Look for what sets the two apart: more attributes, signals or conversations; until then do not forecast by it."
    )
    if learned and learned.mode == "customers against a market":
        return
    if first and first.expected and first.expected.n and learned:
        won, base = first.expected, learned.base_rate
        if won.low <= base.rate * LIKE_ALL:
            lost = won.n - won.won
            yield Weakness(
                checks,
                f"in the best tier {won.won} of {won.n} deals were won and {lost} were not, hardly unlike all deals "
                f"({base.rate:.0%}): companies that look alike here end differently",
                step,
                f"tiers: {first.name}",
            )
    elif learned and learned.auc and learned.auc.value < WEAK_AUC and profile.criteria:
        what = f"a won deal outranks a lost one {learned.auc.value:.0%} of the time (50% is chance)"
        yield Weakness(checks, f"{what}: companies that look alike here end differently", step, "learned.auc")
    unsteady = [
        c.attribute
        for c in profile.criteria
        if c.evidence.periods
        and c.evidence.periods_held is not None
        and 2 * c.evidence.periods_held <= c.evidence.periods
    ]
    if unsteady:
        yield Weakness(
            checks, f"{_listed(unsteady)} held in half of the periods or less", "Watch it, or leave it out.", "criteria"
        )


def _unanswered(profile: Profile, _: date) -> Iterator[Weakness]:
    checks = {
        "company": ("narrative: who they are",),
        "situation": ("four questions: the problem they have now",),
        "alternative": ("four questions: what they tried that failed", "four-point check: names the alternative"),
        "urgency": ("four questions: why act now and not do nothing", "four-point check: urgency"),
    }
    said = {"situation": "pain", "alternative": "alternative", "urgency": "urgency"}
    for slot in open_questions(profile.narrative):
        heard = [v for v in profile.voice if v.slot == said.get(slot)]
        if slot in checks:
            step = (
                f'Customers say "{heard[0].phrase}": write it into the narrative, and change its source to person.'
                if heard
                else f"{QUESTIONS[slot]} Write the answer into the narrative, or learn with --conversations."
            )
            yield Weakness(checks[slot], f"the narrative leaves '{slot}' open", step, f"narrative.{slot}")
    unwritten = [c.attribute for c in profile.criteria if c.points > 0 and c.how_we_help in ("", HOW_WE_HELP)]
    if unwritten and len(unwritten) == len([c for c in profile.criteria if c.points > 0]):
        yield Weakness(
            ("four questions: why us", "pitfall: not operationalised"),
            "no criterion says how the product helps just these companies",
            "Write 'how_we_help' for the two or three criteria that a message would be about.",
            "criteria",
        )


def _cannot_exclude(profile: Profile, _: date) -> Iterator[Weakness]:
    if not profile.disqualify and not any(c.points < 0 or c.need == "must" for c in profile.criteria):
        yield Weakness(
            ("exclusion test",),
            "it helps nobody to rule a company out",
            "Ask which deals should never have been opened, and write what they share under 'disqualify'.",
            "disqualify",
        )


def _too_broad(profile: Profile, _: date) -> Iterator[Weakness]:
    checks = ("pitfall: too broad", "breadth test")
    bands = profile.fit_bands
    total = sum(band.n for band in bands)
    if profile.tiers and total:
        inside = sum(band.n for band in bands if band.fit_from >= profile.tiers[0].at_least)
        if inside > TOO_BROAD * total:
            what = f"{inside / total:.0%} of all that it was learned from fall into tier {profile.tiers[0].name}"
            yield Weakness(checks, what, "Raise its threshold, or add what tells the best of them.", "tiers")
    likely = [c.met_by for c in profile.criteria if c.points > 0]
    if likely and min(likely) > 90:
        what = "more than 90% of companies meet every criterion"
        yield Weakness(checks, what, "Tighten the ranges, or add what tells the best of them.", "criteria")
    for criterion in profile.criteria:
        values = [criterion.test.is_, *(criterion.test.one_of or ()), criterion.test.has]
        wide = [str(v) for v in values if v is not None and str(v).strip().casefold() in TOO_WIDE]
        if wide and "industr" in criterion.attribute.casefold():
            what = f"'{wide[0]}' leaves nobody out: say which kind, and how they sell or work"
            step = "Name the sub-industry and the motion, as in 'B2B SaaS with an outbound sales team'."
            yield Weakness((*checks, "specificity"), what, step, f"criteria: {criterion.attribute}")


def _vague(profile: Profile, _: date) -> Iterator[Weakness]:
    slots = {
        name: getattr(profile.narrative, name) for name in ("company", "situation", "trigger", "alternative", "urgency")
    }
    told = {f"narrative.{name}": slot.text for name, slot in slots.items() if slot.source != "open question"}
    for where, text in {"definition": profile.definition, **told}.items():
        if vague := words_found(VAGUE, text):
            what = f"'{vague[0]}' means something else to everyone, so nobody can decide by it"
            yield Weakness(("specificity",), what, "Say what could be seen or counted instead.", where)
        if vanity := words_found(VANITY, text):
            what = f"'{vanity[0]}' tells how they look or how easy they are to reach, not how well they fit"
            yield Weakness(
                ("specificity", "access is not fit"), what, "Leave it out, or say what it stands for.", where
            )


def _nobody_can_verify(profile: Profile, _: date) -> Iterator[Weakness]:
    for criterion in profile.criteria:
        name = attribute_in_words(criterion.attribute)
        where = f"criteria: {criterion.attribute}"
        subjective = words_found(UNVERIFIABLE, name)
        if subjective:
            what = f"nobody outside can look up '{name}', and few would agree on it"
            yield Weakness(
                ("verifiable",), what, "Ask for what shows it: a number, a tool, a role, a dated event.", where
            )
        elif not criterion.verify.strip():
            what = f"nothing says how to find out whether {_said(criterion)}"
            yield Weakness(("verifiable",), what, "Write 'verify': where an SDR looks, in one sentence.", where)


def _no_rationale(profile: Profile, _: date) -> Iterator[Weakness]:
    bare = [c.attribute for c in profile.criteria if not c.why.strip()]
    if bare:
        what = f"{_listed(bare)}: no reason is given, so it will drift into an arbitrary filter"
        yield Weakness(("pitfall: no rationale",), what, "Write 'why', in a sentence that a rep could say.", "criteria")


def _query_prose(profile: Profile, _: date) -> Iterator[Weakness]:
    parts = {"definition": profile.definition, "narrative.text": profile.narrative.text}
    parts |= {
        f"narrative.{name}": slot.text
        for name in ("company", "situation", "trigger", "alternative", "urgency")
        if (slot := getattr(profile.narrative, name)).source == "person"
    }
    seen: set[str] = set()
    for where, text in parts.items():
        for reason in reads_like_a_query(text):
            if reason not in seen:
                seen.add(reason)
                checks = ("plain language", "four-point check: can be told as a story")
                yield Weakness(checks, f"it reads like a database query: {reason}", "Tell it as to a colleague.", where)


def _assumed(profile: Profile, _: date) -> Iterator[Weakness]:
    bare = [c.attribute for c in profile.criteria if c.evidence.verdict == "no evidence"]
    if profile.criteria and len(bare) > ASSUMED * len(profile.criteria):
        yield Weakness(
            ("pitfall: assumptions, no data", "pitfall: never validated"),
            f"{len(bare)} of {len(profile.criteria)} criteria have no evidence",
            "Hold them against deals: 'idealfit learn deals.csv' onto this file keeps your words and adds evidence.",
            "criteria",
        )
    elif profile.learned is None:
        yield Weakness(
            ("pitfall: never validated",),
            "nothing shows that it was ever held against deals",
            "idealfit backtest deals.csv shows how it would have done.",
            "learned",
        )
    elif profile.learned.auc is None and profile.criteria:
        yield Weakness(
            ("pitfall: never validated",),
            "how well it ranks is not known",
            "idealfit backtest deals.csv, and idealfit learn deals.csv onto this file.",
            "learned.auc",
        )


def _no_profit(profile: Profile, _: date) -> Iterator[Weakness]:
    by_value = profile.best_customers and any(
        w in profile.best_customers.rule for w in ("value", "amount", "arr", "profit")
    )
    if profile.economics is None and not by_value:
        yield Weakness(
            ("pitfall: ignoring profitability",),
            "nothing says whether these customers pay: what they bring, how long they stay and what they cost",
            "Learn with amounts and --customers (renewals, churn, ARR).",
            "economics",
        )
    elif profile.economics is not None and profile.economics.flags:
        for flag in profile.economics.flags:
            yield Weakness(
                ("pitfall: ignoring profitability",), flag, "Decide whether to serve them at all.", "economics"
            )


def _of_a_person(profile: Profile, _: date) -> Iterator[Weakness]:
    checks, step = (
        ("pitfall: ICP mixed with persona",),
        "Keep people apart: under 'committee' (idealfit learn --people), or in a persona built on this profile.",
    )
    for place, lines in (("criteria", profile.criteria), ("disqualify", profile.disqualify)):
        for line in lines:
            if words_found(PERSONAL, attribute_in_words(line.attribute)):
                what = f"'{attribute_in_words(line.attribute)}' tells of a person, not of a company"
                yield Weakness(checks, what, step, f"{place}: {line.attribute}")


def _stale(profile: Profile, today: date) -> Iterator[Weakness]:
    as_of = profile.learned.as_of if profile.learned else None
    if as_of is not None and (today - as_of).days > STALE_DAYS:
        months = (today - as_of).days // 30
        what = f"learned as of {as_of}, {months} months ago, and not since"
        yield Weakness(
            ("pitfall: never revisited",), what, "Learn it again on newer deals, and diff the two.", "learned.as_of"
        )


def _said(criterion: Criterion) -> str:
    return f"it holds: {phrase(criterion.attribute, criterion.test)}"


_CHECKS: tuple[Callable[[Profile, date], Iterator[Weakness]], ...] = (
    _only_filters, _no_trigger, _coin_toss, _unanswered, _cannot_exclude, _too_broad, _vague, _nobody_can_verify,
    _no_rationale, _query_prose, _assumed, _no_profit, _of_a_person, _stale,
)  # fmt: skip

IN_WORDS: Mapping[Layer, str] = {
    "firmographic": "who they are",
    "technographic": "what they use",
    "operational": "how they work",
    "behavioural": "what happens to them, and when",
    "negative": "who is ruled out",
}
"""The layers as a salesperson would say them."""
