"""What watching found, as people read it on a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Group
from rich.table import Table
from rich.text import Text

from idealfit.cli.pieces import SHOWN, beside, indented, next_steps, said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Any

    from rich.console import RenderableType

    from idealfit.pipeline.alerting import Alerted
    from idealfit.shortlist import Shortlist
    from idealfit.watch.claims import PastRun
    from idealfit.watch.running import Run
    from idealfit.watch.told_events import Seen

STATES = {
    "ok": "answered", "unchanged": "found nothing changed", "empty": "found nothing there yet",
    "unknown": "asked for what does not exist", "failed": "failed, and tell nothing",
    "nothing to ask": "had nothing to ask",
}  # fmt: skip
"""What became of a check, in the order in which it is told."""

MOST_EVENTS = 50
"""So many events of an inbox are shown at once."""


def of_run(run: Run, store: str, alerts: Sequence[Alerted] = ()) -> RenderableType:
    """Return what a run did: checks by what came of them, new companies, new events, what left, what was sent."""
    parts: list[RenderableType] = [said(f"{_many(sum(run.checks.values()), 'check', 'checks')}", style="bold")]
    parts += [indented(f"{count:,} {STATES.get(state, state)}") for state, count in _in_order(run.checks)]
    if run.entered:
        parts += [Text(), said(f"{_many(len(run.entered), 'company is', 'companies are')} new here", style="bold")]
        parts += [indented(name) for name in run.entered[:SHOWN]]
        parts += [indented(f"and {len(run.entered) - SHOWN:,} more")] * (len(run.entered) > SHOWN)
    parts += [Text(), said(f"{_many(len(run.fresh), 'new event', 'new events')}", style="bold")]
    for event in run.fresh[: 2 * SHOWN]:
        said_of = f"{event.when}, {', '.join(event.sources)}"
        parts.append(indented(f"{event.company}: {event.kind}: {event.summary} ({said_of})"))
    if len(run.fresh) > 2 * SHOWN:
        parts.append(indented(f"and {len(run.fresh) - 2 * SHOWN:,} more"))
    if run.strangers:
        named = ", ".join(run.strangers[:SHOWN]) + ", ..." * (len(run.strangers) > SHOWN)
        parts += [Text(), said(f"Events of companies that are not watched were left out: {named}", style="bold yellow")]
    if run.left:
        parts += [Text(), said(f"{_many(len(run.left), 'event', 'events')} left: too old to count", style="dim")]
    failed = [line for line in run.log if line["state"] == "failed"]
    if failed:
        parts += [Text(), said("What failed", style="bold yellow")]
        parts += [indented(f"{line['company']}, {line['source']}: {line['words']}") for line in failed[:SHOWN]]
    missing = [line for line in run.log if line["state"] == "unknown"]
    if missing:
        parts += [Text(), said("What is not there", style="bold yellow")]
        parts += [indented(f"{line['company']}, {line['source']}: {line['words']}") for line in missing[:SHOWN]]
    parts += [Text()] * bool(alerts)
    for sent in alerts:
        refused = f", {len(sent.failed):,} not taken: they are sent with the next run" if sent.failed else ""
        unsure = f", {len(sent.uncertain):,} may not have arrived" if sent.uncertain else ""
        parts.append(said(f"{sent.channel}: {len(sent.sent):,} sent{refused}{unsure}"))
        if sent.failed and sent.channel == "mail":
            parts.append(indented("is there a mail server? IDEALFIT_SMTP names it, as host:port"))
    steps = (("judge what is new", f"idealfit inbox list --store {store}"),)
    return Group(*parts, Text(), *next_steps(steps))


def _in_order(checks: Mapping[str, int]) -> list[tuple[str, int]]:
    return sorted(checks.items(), key=lambda pair: list(STATES).index(pair[0]) if pair[0] in STATES else len(STATES))


def of_log(runs: Sequence[PastRun], lines: Sequence[Mapping[str, Any]]) -> RenderableType:
    """Return past runs, a line each; of one run also every check that it did."""
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("run", "began", "took", "checks", "failed", "new events", "left"):
        table.add_column(heading, justify="left" if heading in ("began", "took") else "right")
    for run in runs:
        took = f"{(run.ended_at - run.began_at).total_seconds():,.0f} s" if run.ended_at else "not ended"
        checks = sum(count for state, count in run.counts.items() if state in STATES)
        figures = (checks, run.counts.get("failed", 0), run.counts.get("events", 0), run.counts.get("left", 0))
        told = [f"{figure:,}" if run.ended_at else "" for figure in figures]
        table.add_row(str(run.number), f"{run.began_at:%Y-%m-%d %H:%M}", took, *told)
    parts: list[RenderableType] = [beside(table)]
    parts += [Text()] * bool(lines)
    for line in lines:
        words = f": {line['words']}" if line["words"] else ""
        told_line = f"{line['at']:%H:%M:%S}  {line['company']}, {line['source']}: {line['state']}{words}"
        parts.append(indented(told_line))
    if not lines and runs and len(runs) > 1:
        parts += [Text(), *next_steps((("see one of them", f"idealfit watch --log {runs[0].number}"),))]
    return Group(*parts)


def _many(count: int, one: str, several: str) -> str:
    return f"{count:,} {one if count == 1 else several}"


def of_inbox(seen: Sequence[Seen], precision: Mapping[str, tuple[int, int]]) -> RenderableType:
    """Return events to be judged, and how often each source was right."""
    parts: list[RenderableType] = [said(f"{_many(len(seen), 'event', 'events')}", style="bold")]
    for one in seen[:MOST_EVENTS]:
        event = one.as_judged
        best = event.best
        parts.append(
            Text.assemble((event.id[:8], "bold"), "  ", said(f"{event.company}: {event.kind}: {event.summary}"))
        )
        days = f"happened {event.when}" if event.happened_on else event.when
        parts.append(
            indented(f"{days}, seen {event.first_seen_at:%Y-%m-%d}; {', '.join(event.sources)}; {one.state}", by=10)
        )
        parts += [indented(f"“{best.quote}”", by=10)] * bool(best.quote) + [indented(best.url, by=10)] * bool(best.url)
        parts += [indented(f"sources disagree: {conflict}", by=10) for conflict in event.conflicts]
        if one.judgement:
            by = f", {one.judgement.by}" * bool(one.judgement.by)
            parts.append(indented(f"{one.state}: {one.judgement.reason}{by}", by=10))
    if len(seen) > MOST_EVENTS:
        parts.append(said(f"and {len(seen) - MOST_EVENTS:,} more; --company narrows it down, --json shows all"))
    if precision:
        table = Table(box=None, pad_edge=False, padding=(0, 2))
        for heading in ("source", "right", "judged"):
            table.add_column(heading, justify="left" if heading == "source" else "right")
        for source, (right, judged) in precision.items():
            table.add_row(said(source), f"{right / judged:.0%}", f"{judged:,}")
        parts += [Text(), said("How often each source was right", style="bold"), beside(table)]
    return Group(*parts)


def of_judged(one: Seen) -> RenderableType:
    """Return what was kept of a judgement."""
    return said(f"{one.event.id[:8]} {one.state}: {one.as_judged.kind}: {one.as_judged.summary}")


def of_shortlist(found: Shortlist) -> RenderableType:
    """Return companies in order, with fit and timing side by side, and the grid."""
    grid = Table(box=None, pad_edge=False, padding=(0, 2))
    grid.add_column("")
    for heading in ("1 act now", "2 soon", "3 no reason today"):
        grid.add_column(heading, justify="right")
    for letter in "ABC":
        grid.add_row(said(letter, style="bold"), *(f"{found.grid[f'{letter}{band}']:,}" for band in (1, 2, 3)))
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("place", "company", "fit", "timing", "why now", "why this one", "against"):
        table.add_column(heading, justify="right" if heading in ("fit", "timing") else "left", overflow="fold")
    for row in found.rows[:20]:
        fit = "" if row.fit is None else str(row.fit)
        table.add_row(
            row.place,
            said(row.name or row.company),
            fit,
            str(row.timing),
            said(row.why_now),
            said(row.why_fit),
            said(row.against),
        )
    left = [said(f"{len(found.left_out):,} companies left out; --json says why", style="dim")] if found.left_out else []
    return Group(beside(grid), Text(), beside(table), *left)
