"""What a review found, said in plain sentences: the answer, what it rests on, and what only people know."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from idealfit.prove.reviewed import Answer, Review, TierReviewed

ONLY_PEOPLE_KNOW = (
    "Has the product changed so that other companies are helped by it?",
    "Has the market shifted: a new competitor, a new rule, a price?",
    "Do sales, marketing and customer success still mean the same by a good fit? Ask each for five names.",
    "Do the lists, sequences and routing rules in use still say what the profile says?",
)
"""What deals cannot tell; to be asked at every review."""


def answer_of(found: Review) -> Answer:
    """Return the one answer: lines that fail say revise, tiers that fail alone say renew, and proof says leave it."""
    failed = any(line.held in ("turned round", "weaker") for line in found.lines)
    astray = found.wins_in_reach is not None and found.wins_in_reach.kept == "below"
    if failed or astray or found.ranking.held == "turned round":
        return "revise"
    rates = (*found.tiers, *(() if found.level is None else (found.level,)))
    if any(rate.kept in ("below", "above") for rate in rates):
        return "renew the rates"
    return "leave it alone" if found.ranking.held == "holds" else "too early to tell"


def summary_of(found: Review) -> str:
    """Return the answer in a sentence or two, and over which deals."""
    over = (
        f"On {found.judged.n:,} deals opened after {found.since} and decided"
        f"{f' within {found.horizon_days} days' if found.horizon_days else ''}, {found.judged.won:,} of them won"
    )
    ranks = "the profile still tells the companies that buy from those that do not"
    if found.ranking.held != "holds":
        ranks = "no line of the profile is seen to fail"
    said = {
        "leave it alone": f"{ranks}, and nothing it promised is broken. Leave it alone.",
        "renew the rates": f"{ranks}, and win rates are no longer what was promised. Keep the lines, and learn again "
        "for the rates.",
        "revise": "something that the profile rests on is no longer so. Learn again, and look at what changes.",
        "too early to tell": "nothing is broken, and too little has happened to say that it holds. Leave it for now.",
    }[found.answer]
    return f"{over}: {said}"


def reasons_of(found: Review) -> tuple[str, ...]:
    """Return what the answer rests on, failures first."""
    broken, good = [], []
    for line in found.lines:
        if line.held == "turned round":
            broken.append(f"{line.words}: counts {line.points:+d}, and since goes the other way.")
        elif line.held == "weaker":
            broken.append(f"{line.words}: counts {line.points:+d}, and since tells less than it did, or nothing.")
    if found.ranking.held == "turned round":
        broken.append("Deals with more fit are lost more often than ones with less.")
    if found.wins_in_reach is not None and found.wins_in_reach.kept == "below":
        broken.append(_of_reach(found.wins_in_reach))
    if found.level is not None and found.level.kept in ("below", "above"):
        broken.append(_of_tier(found.level, "By their tiers all deals together"))
    broken += [_of_tier(tier, f"Tier {tier.name}") for tier in found.tiers if tier.kept in ("below", "above")]
    if found.ranking.held == "holds" and found.ranking.above is not None:
        good.append(
            f"Of a win and a loss of about the same time, the win had more fit {found.ranking.above.value:.0%} of the "
            f"time ({found.ranking.pairs:,} pairs)."
        )
    if found.lines:
        held = [line.held for line in found.lines]
        failed = held.count("turned round") + held.count("weaker")
        good.append(
            f"Of {len(held)} lines, {held.count('holds')} hold on these deals alone, {failed} fail, and of "
            f"{held.count('not seen yet')} it cannot be told yet."
        )
    return (*broken, *good)


def _of_tier(tier: TierReviewed, who: str) -> str:
    came = "" if tier.rate is None else f"{tier.rate.value:.0%} of {tier.n:,} since"
    return f"{who} promised {tier.promised.value:.0%} and won {came}."


def _of_reach(reach: TierReviewed) -> str:
    came = "" if reach.rate is None else f", and {reach.rate.value:.0%} of the {reach.n:,} since"
    return f"Tiers {reach.name} held {reach.promised.value:.0%} of the wins{came}: customers come from elsewhere."
