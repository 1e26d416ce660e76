"""What a learned profile says, for people on a screen and as the values that ``--json`` prints."""

from __future__ import annotations

from shlex import join, quote
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import (
    SHOWN,
    estimate_in_words,
    indented,
    listed,
    next_steps,
    rate_in_words,
    said,
    warned,
    written,
)
from idealfit.cli.words_of_timing import of_deeper_sections
from idealfit.cli.words_of_voice import of_what_was_heard
from idealfit.engine import without_password
from idealfit.profile.wording import phrase
from idealfit.report.phrases import percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rich.console import RenderableType

    from idealfit.profile.document import Disqualifier, Evidence, Learned, Profile

MARKET = "customers against a market"
TOLD_ELSEWHERE = ("opened by", "outcome known", "known by", "customers ", "companies in", "market companies")
"""How steps of the funnel begin whose rows are no mistake: they wait, they came later, they are no customers."""


def profile_as_json(profile: Profile, path: str) -> dict[str, Any]:
    """Return what a program needs to know of a learned profile; the file has the rest."""
    learned = profile.learned
    plain = profile.model_dump(mode="json", by_alias=True, exclude_none=True)
    return {
        "verdict": profile.verdict,
        "definition": profile.definition,
        "criteria": [{**c, "verdict": c["evidence"]["verdict"]} for c in plain.get("criteria", ())],
        "disqualify": plain.get("disqualify", []),
        "tiers": plain.get("tiers", []),
        "triggers": plain.get("triggers", []),
        "churn": plain.get("churn", []),
        "economics": plain.get("economics"),
        "segments": plain.get("segments", []),
        "voice": plain.get("voice", []),
        "committee": plain.get("committee", []),
        "excluded": [{"column": e.column, "reason": e.reason} for e in learned.excluded] if learned else [],
        "warnings": list(learned.warnings) if learned else [],
        "limits": list(profile.limits),
        "learned": plain.get("learned"),
        "profile": path,
    }


def of_profile(profile: Profile, path: str, tables: Sequence[str], *, alone: bool = True) -> RenderableType:
    """Return what was learned, from what, on what evidence, what was left out, and (standing alone) what to do next.

    `tables` are the words that named the tables and columns when it was learned; the next command repeats them.
    """
    parts: list[RenderableType] = [_learned_from(profile.learned) if profile.learned else Text()]
    heading = "No reliable pattern" if profile.verdict == "no reliable pattern" else "Who you sell to best"
    parts += [Text(), said(heading, style="bold"), indented(profile.definition or profile.narrative.text)]
    if profile.criteria:
        parts += [Text(), _rubric(profile)]
        if any(line.need == "must" for line in profile.criteria):
            parts.append(indented("Must have: most wins have it. Points: how much it moves the odds."))
    if profile.disqualify:
        parts += [Text(), said("Who not to sell to", style="bold")]
        parts += [indented(_rule_out(line)) for line in profile.disqualify[:SHOWN]]
    if profile.tiers:
        parts += [Text(), _tiers(profile)]
    parts += of_deeper_sections(profile)
    parts += of_what_was_heard(profile)
    if profile.learned:
        parts += _left_out(profile.learned)
        parts += warned((*profile.learned.warnings, *(() if profile.criteria else profile.limits)))
    if profile.criteria:
        steps = (
            ("rank a list of companies", f"idealfit score {quote(path)} companies.csv -o scores.csv"),
            ("prove it on unseen deals", f"idealfit backtest {join(map(without_password, tables))} -o backtest.json"),
            ("a page to show around", f"idealfit report {quote(path)} --backtest backtest.json -o report.html"),
        )
        parts += [Text(), written(path, "yours to read, edit and keep in git"), *next_steps(steps if alone else ())]
    else:
        parts += [Text(), written(path, "it says what was tried, and what would have to change")]
    return Group(*parts)


def _learned_from(learned: Learned) -> Text:
    if learned.mode == MARKET:
        others = learned.deals - learned.won
        return said(f"Learned from {learned.won:,} customers against {others:,} companies of the market", style="bold")
    days = f", opened {learned.window[0]} to {learned.window[1]}" if learned.window else ""
    still = f"; {learned.open:,} still open, not counted as lost" if learned.open else ""
    text = said(f"Learned from {learned.deals:,} decided deals{days}", style="bold")
    return text.append(
        f"\n{learned.won:,} won, {learned.lost:,} lost: {percent(learned.base_rate.rate)}{still}", style="dim"
    )


def _rubric(profile: Profile) -> Table:
    lift = profile.learned is not None and profile.learned.mode == MARKET
    table = Table(
        box=None, pad_edge=False, padding=(0, 2), title="The rubric", title_justify="left", title_style="bold"
    )
    table.add_column("points", justify="right")
    table.add_column("what", ratio=2, overflow="fold")
    table.add_column("evidence", ratio=3, overflow="fold")
    for line in sorted(profile.criteria, key=lambda c: -c.points):
        what = said(phrase(line.attribute, line.test))
        if line.need == "must":
            what.append("  must have", style="bold")
        points = said(f"{line.points:+d}", style="green" if line.points > 0 else "red")
        table.add_row(points, what, said(_evidence(line.evidence, lift=lift), style="dim"))
    return table


def _evidence(evidence: Evidence, *, lift: bool) -> str:
    """Return the evidence in one line: two rates, over how many deals, and the verdict."""
    if evidence.inside is None or evidence.outside is None:
        return evidence.verdict
    if lift and evidence.ratio is not None:
        return f"{estimate_in_words(evidence.ratio)} times as common among customers; {evidence.verdict}"
    inside, outside = evidence.inside, evidence.outside
    rates = f"won {percent(inside.rate)} of {inside.n:,}, others {percent(outside.rate)} of {outside.n:,}"
    held = f"; held in {evidence.periods_held} of {evidence.periods} periods" if evidence.periods else ""
    return f"{rates}; {evidence.verdict}{held}"


def _rule_out(line: Disqualifier) -> str:
    inside = line.evidence.inside
    seen = f" ({inside.won:,} won of {inside.n:,})" if inside else ""
    return f"- {phrase(line.attribute, line.test)}{seen}"


def _tiers(profile: Profile) -> Table:
    lift = profile.learned is not None and profile.learned.mode == MARKET
    known = any(tier.expected for tier in profile.tiers)
    table = Table(box=None, pad_edge=False, padding=(0, 2), title="Tiers", title_justify="left", title_style="bold")
    rate = ["lift" if lift else "win rate, on held-out deals"] if known else []
    for heading in ("tier", "fit", *rate, "what to do"):
        table.add_column(heading, overflow="fold")
    for tier in profile.tiers:
        expected = rate_in_words(tier.expected, lift=lift) if tier.expected else "not known"
        cells = (f"{tier.at_least}+", expected) if known else (f"{tier.at_least}+",)
        table.add_row(said(tier.name, style="bold"), *cells, said(tier.action))
    return table


def _left_out(learned: Learned) -> list[RenderableType]:
    """Return which rows and columns were not learned from, the ones with a reason of their own first."""
    by_reason: dict[str, list[str]] = {}
    for column, reason in ((e.column, e.reason) for e in learned.excluded):
        _, plays_a_role, rest = reason.partition(", which ") if reason.startswith("read as ") else ("", "", reason)
        by_reason.setdefault(f"{'' if plays_a_role else ' '}{rest}", []).append(column)
    in_order = sorted(by_reason.items(), key=lambda entry: not entry[0].startswith(" "))
    lines = [f"- {listed(columns)}: {reason.strip()}" for reason, columns in in_order]
    more = len(lines) - SHOWN
    rest_of_them = [f"and {more:,} more; the file has them all"] if more > 0 else []
    shown = [*_rows_left_out(learned), *lines[:SHOWN], *rest_of_them]
    return [Text(), said("Left out of learning", style="bold"), *map(indented, shown)] if shown else []


def _rows_left_out(learned: Learned) -> list[str]:
    """Return what became of rows that are no evidence; open deals and what lay outside the window stand elsewhere."""
    return [
        f"- {step.rows_in - step.rows_out:,} rows, {step.step}: {step.reason}"
        for step in learned.rows
        if step.rows_out < step.rows_in and not step.step.startswith(TOLD_ELSEWHERE)
    ]
