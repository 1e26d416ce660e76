"""Why the narrative works: what its parts rest on, told as one would tell a colleague, and what is still missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.learn.sentences import as_told, with_article
from idealfit.profile.narrative import open_questions
from idealfit.profile.wording import attribute_in_words, number_in_words

if TYPE_CHECKING:
    from idealfit.profile.document import Criterion, Profile

MOST_FOR, MOST_AGAINST = 2, 1
MISSING = {
    "company": "which companies they are",
    "situation": "what was going on at their place",
    "trigger": "what sets it off",
    "alternative": "how they managed before",
    "urgency": "why it cannot wait",
}


def with_reasons(profile: Profile) -> Profile:
    """Return `profile` whose narrative says why it works, from its own evidence; as it was where it has none.

    The last sentence is the check that a story must pass: more than firmographics, a trigger, the alternative, the
    urgency.
    """
    supported = [c for c in profile.criteria if c.evidence.inside is not None and c.evidence.verdict == "supported"]
    told = [_telling(c, profile) for c in supported if c.points > 0][:MOST_FOR]
    told += [_telling(c, profile) for c in supported if c.points < 0][-MOST_AGAINST:]
    told += _timing(profile)
    if not told:
        return profile
    why = " ".join(part for part in (*told, _short_of(profile)) if part)
    narrative = profile.narrative.model_copy(update={"why_it_works": why})
    return profile.model_copy(update={"narrative": narrative})


def _telling(line: Criterion, profile: Profile) -> str:
    inside, outside = line.evidence.inside, line.evidence.outside
    assert inside is not None  # noqa: S101  the caller looked
    who = as_told(line.attribute, line.test, line.layer)
    market = profile.learned is not None and profile.learned.mode == "customers against a market"
    if market and outside is not None:
        ours = inside.won / max(inside.won + outside.won, 1)
        theirs = (inside.n - inside.won) / max(inside.n - inside.won + outside.n - outside.won, 1)
        return f"{ours:.0%} of our customers are companies {who}, and {theirs:.0%} of the rest of the market."
    rest = "" if outside is None else f", of the others {100 * outside.rate:.0f}"
    verb = "Of 100 deals with companies" if line.points > 0 else "It is the other way round with companies"
    won = f"we win {100 * inside.rate:.0f}{rest}"
    return f"{verb} {who} {won}." if line.points > 0 else f"{verb} {who}: of 100 deals {won}."


def _timing(profile: Profile) -> list[str]:
    more = [t for t in profile.triggers if t.weight > 0 and t.effect is not None and t.outcome == "opening"]
    if not more:
        return []
    first = more[0]
    assert first.effect is not None  # noqa: S101  just looked
    days, times = first.window_days[1] + 1, f"{first.effect.value:.1f}".removesuffix(".0")
    kind = attribute_in_words(first.kind)
    after = f"In the {number_in_words(days)} days after {with_article(kind)}"
    return [f"{after} a company opens a deal {times} times as often as at other times."]


def _short_of(profile: Profile) -> str:
    missing = [MISSING[name] for name in open_questions(profile.narrative)]
    if not missing:
        return "It can be told as a story: who they are, what set it off, what they tried before and why now."
    listed = missing[0] if len(missing) == 1 else f"{', '.join(missing[:-1])} and {missing[-1]}"
    return f"To be a story it still lacks {listed}: nobody has asked yet."
