"""Results as people read them on a screen, and as the values that ``--json`` prints."""

from __future__ import annotations

from shlex import quote
from typing import TYPE_CHECKING, Any

from rich import box
from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import (
    beside,
    estimate_in_words,
    indented,
    listed,
    next_steps,
    rate_from,
    ruled,
    said,
    warned,
    written,
)
from idealfit.cli.words_of_profile import MARKET, of_profile
from idealfit.report.phrases import percent
from idealfit.sources.inspection import inspection

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rich.console import RenderableType

    from idealfit.demo.whole_job import Demonstration
    from idealfit.pipeline.parts import ScoredParts
    from idealfit.pipeline.scoring import Step
    from idealfit.profile.changes import Change
    from idealfit.prove import trials
    from idealfit.score.tally import Scored
    from idealfit.tables import SourceTable


def of_scores(scored: Scored) -> RenderableType:
    """Return how many companies fell into which tier, the best of them, and what could not be judged."""
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading, justify in (("tier", "left"), ("companies", "right"), ("share", "right")):
        table.add_column(heading, justify=justify, style="bold" if heading == "tier" else None)  # type: ignore[arg-type]
    for tier, count in scored.tiers:
        table.add_row(said(tier), f"{count:,}", percent(count / max(scored.rows, 1)))
    parts: list[RenderableType] = [
        said(f"{scored.rows:,} companies scored", style="bold"),
        beside(table),
    ]
    ranked = any(tier != "unranked" for tier, count in scored.tiers if count)
    if not ranked:
        parts += [Text(), said("The profile has no criteria, so nothing is ranked.", style="yellow")]
    if scored.best and ranked:
        best = Table(box=None, pad_edge=False, padding=(0, 2))
        for heading in ("id", "fit", "range", "lift" if scored.is_lift else "win rate", "tier", "why"):
            best.add_column(heading, justify="right" if heading == "fit" else "left", overflow="fold")
        for row in scored.best:
            best.add_row(
                said(str(row["id"])),
                str(row["fit"]),
                f"{row['fit_low']}-{row['fit_high']}",
                rate_from(row["win_rate"], row["win_rate_low"], row["win_rate_high"], lift=scored.is_lift),
                said(row["tier"]),
                said(row["reasons"] or ""),
            )
        parts += [Text(), said("The best of them", style="bold"), beside(best)]
        if len({row["fit"] for row in scored.best}) < len(scored.best):
            parts += [Text("  Equal fits stand in the order of their ids.", style="dim")]
    if scored.missing_columns:
        names = listed(scored.missing_columns)
        text = f"Not in this table, so unknown for every company: {names}. Unknown is never taken for a match."
        parts += [Text(), said(text, style="yellow")]
    for rule in scored.left_out:
        parts += [Text(), said(f"Left out, {rule.reason}: {rule.companies:,}")]
    parts += warned(scored.warnings)
    return Group(*parts, Text(), written(scored.path, "one row per company, with the reasons for and against"))


def of_parts(parts: ScoredParts) -> RenderableType:
    """Return how many parts had changed and were scored, and what all of them come to."""
    if not parts.only_changes:
        text = f"{parts.scored:,} of {parts.parts:,} parts had changed and were scored; the others are as they were."
        why = f"All companies were scored, not only those that changed: {parts.why_all}." if parts.why_all else ""
        return Group(said(" ".join(filter(None, (why, text)))), of_scores(parts.summary))
    gone = f" {'1 company is' if parts.gone == 1 else f'{parts.gone:,} companies are'} gone." if parts.gone else ""
    if not parts.summary.rows:
        return said(f"Nothing had changed, and nothing was scored.{gone}")
    text = f"Only what had changed was scored. The others are as they were.{gone}"
    return Group(said(text), said("Of those that were scored:"), of_scores(parts.summary))


def steps_as_json(steps: Sequence[Step]) -> dict[str, Any]:
    """Return the first rows of each table on the way to scores."""
    return {"steps": [{"name": s.name, "about": s.about, "rows": s.rows.to_pylist(), "said": s.said} for s in steps]}


def of_steps(steps: Sequence[Step]) -> RenderableType:
    """Return each table on the way to scores: one column per company, one line per value."""
    parts: list[RenderableType] = []
    before: set[str] = set()
    for step in steps:
        rows = step.rows.to_pylist()
        table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
        for name in step.rows.column_names:
            if name not in before or step is steps[-1] or name == "id":
                cells = ("" if row[name] is None else str(row[name]) for row in rows)
                table.add_row(said(step.said.get(name, name), style="bold"), *(said(cell) for cell in cells))
        before |= set(step.rows.column_names) if step.name != "tests" else set()
        parts += [Text(), said(step.name, style="bold cyan"), indented(step.about), beside(table)]
    return Group(*parts)


def of_backtest(proof: trials.Backtest, path: str, *, alone: bool = True) -> RenderableType:
    """Return the answer, the measures with their intervals, and the win rate by fit."""
    lift = proof.mode == MARKET
    parts: list[RenderableType] = [
        said(proof.answer[:1].upper() + proof.answer[1:], style="bold"),
        indented(proof.summary),
    ]
    measured = [(t.label, t) for t in proof.cutoffs if t.auc] + (
        [("together", proof.pooled)] if proof.pooled.auc else []
    )
    if measured:
        parts += [Text(), beside(_measures(measured))]
    for heading, groups in (("Win rate by fit", proof.pooled.by_score), ("Win rate by tier", proof.pooled.by_tier)):
        if groups:
            title = heading.replace("Win rate", "Lift over the market") if lift else heading
            parts += [Text(), said(title, style="bold"), beside(_by_group(groups, lift=lift))]
    wrong = proof.false_positives
    if wrong.turned_away.n:
        lost = wrong.turned_away.n - wrong.turned_away.won
        text = (
            f"Filters alone liked {wrong.liked.n:,} of these deals. The whole profile turned {wrong.turned_away.n:,} "
            f"of them away; {lost:,} of those were lost, {wrong.turned_away.won:,} won."
        )
        parts += [Text(), indented(text)]
    parts += warned(proof.warnings)
    steps = (("show it with the profile", f"idealfit report profile.yaml --backtest {quote(path)} -o report.html"),)
    return Group(
        *parts,
        Text(),
        written(path, "every number, for programs and for the report"),
        *next_steps(steps if alone else ()),
    )


def inspection_as_json(sources: Sequence[SourceTable]) -> dict[str, Any]:
    """Return how each column of each table was understood."""
    return {
        "tables": [
            {
                "name": s.name,
                "columns": inspection(s),
                "warnings": list(s.warnings),
                "mistakes": list(s.mistakes),
            }
            for s in sources
        ]
    }


def of_inspection(sources: Sequence[SourceTable]) -> RenderableType:
    """Return a table per file with one line per column: meaning, kind, missing share, examples."""
    parts: list[RenderableType] = []
    for source in sources:
        table = Table(box=box.SIMPLE_HEAD, pad_edge=False, padding=(0, 1))
        for heading in ("column", "understood as", "kind", "missing", "different", "examples"):
            table.add_column(
                heading, justify="right" if heading in ("missing", "different") else "left", overflow="fold"
            )
        for row in inspection(source):
            style = "" if row["used"] else "dim"
            meaning = ": ".join(filter(None, (row["understood as"], row["why"])))
            if row["understood as"] == "attribute":
                meaning = f"attribute, {row['layer']}"
            table.add_row(
                said(row["heading"], style=style),
                said(meaning, style=style or ("" if row["understood as"] == "attribute" else "cyan")),
                said(" ".join(filter(None, (row["kind"], row["written"]))), style=style),
                percent(row["missing"]) if row["missing"] else "",
                f"{row['distinct']:,}",
                said(", ".join(row["examples"]), style="dim"),
            )
        parts += [said(source.name, style="bold"), table, *warned(source.warnings)]
        if source.mistakes:
            parts += [Text(), said("To be put right before learning", style="bold red")]
            parts += [indented(f"- {mistake}") for mistake in source.mistakes]
        parts.append(Text())
    steps = (
        ("then", "idealfit learn deals.csv -o profile.yaml"),
        ("if a column was mistaken", "name it: --outcome COL, --opened COL, --id COL ..., or --map FILE.toml"),
    )
    return Group(*parts, *next_steps(steps))


def of_report(path: str) -> RenderableType:
    """Return where the page is."""
    return Group(written(path, "open it in any browser; it needs no network, and prints"))


def of_changes(changes: Sequence[Change]) -> RenderableType:
    """Return the changes, one a line."""
    if not changes:
        return said("The two profiles say the same.")
    return Group(*(indented(f"- {change}", by=0) for change in changes))


def of_demo(shown: Demonstration) -> RenderableType:
    """Return the whole story: the data, what was learned, proved, scored and written."""
    parts: list[RenderableType] = [
        said("The data", style="bold"),
        indented(shown.story),
        Text(),
        of_profile(shown.profile, shown.files["profile"], (), alone=False),
        Text(),
        ruled("Proof, on deals opened after it was learned"),
        of_backtest(shown.backtest, shown.files["backtest"], alone=False),
        Text(),
        ruled("A list of companies, ranked"),
        of_scores(shown.scored),
        Text(),
        ruled("All of it on one page"),
        of_report(shown.files["report"]),
        *next_steps(
            (
                (
                    "now with your own deals",
                    "idealfit inspect deals.csv   and then   idealfit learn deals.csv -o profile.yaml",
                ),
            )
        ),
    ]
    return Group(*parts)


def _measures(measured: Iterable[tuple[str, trials.Measured]]) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("", "deals", "won", "AUC", "wins in the top tenth", "AUC gained over filters"):
        table.add_column(heading, justify="left" if not heading else "right")
    for label, trial in measured:
        table.add_row(
            said(label),
            f"{trial.scored.n:,}",
            percent(trial.scored.won / max(trial.scored.n, 1)),
            estimate_in_words(trial.auc),
            estimate_in_words(trial.lift_top_decile, unit="x", digits=1),
            estimate_in_words(trial.delta_auc, signed=True),
        )
    return table


def _by_group(groups: Iterable[trials.Group], *, lift: bool) -> Table:
    table = Table(box=None, pad_edge=False, padding=(0, 2), show_header=False)
    for justify in ("left", "right", "left", "left", "left"):
        table.add_column(justify=justify)
    for group in groups:
        value = group.lift.value if lift and group.lift else group.rate
        shown = (
            estimate_in_words(group.lift, unit="x", digits=1) if lift else rate_from(group.rate, group.low, group.high)
        )
        bar = "\u2588" * round(30 * min(value / 4 if lift else value, 1.0))
        promise = "" if group.expected is None or lift else f"promised {percent(group.expected)}"
        table.add_row(
            said(group.label),
            f"{group.won:,} of {group.n:,}",
            shown,
            said(promise, style="dim"),
            said(bar, style="green"),
        )
    return table
