"""What routing says on the screen, and as JSON."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from rich.console import Group
from rich.table import Table

from idealfit.cli.pieces import beside, indented, next_steps, said, written
from idealfit.report.phrases import percent

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rich.console import RenderableType

    from idealfit.route.checking import Checked
    from idealfit.route.explaining import Next, Story
    from idealfit.route.lint import Doubt
    from idealfit.route.placing import Answer
    from idealfit.route.policy import Policy
    from idealfit.route.replay import Replayed
    from idealfit.route.results import Results, Tally
    from idealfit.route.standing import Standing

SHOWN_ANSWERS = 40


def plain(value: Any) -> dict[str, Any]:  # noqa: ANN401  any of the results above
    """Return a result as plain values for JSON; moments in ISO 8601."""
    return {key: held.isoformat() if isinstance(held, datetime) else held for key, held in asdict(value).items()}


def line(text: str) -> RenderableType:
    """Return one line."""
    return said(text)


def of_start(path: str) -> RenderableType:
    """Return what to do with a policy to start from."""
    steps = (("check it", f"idealfit route lint {path}"), ("let it decide", f"idealfit route adopt {path}"))
    return Group(written(path, "put your reps and rules into it"), *next_steps(steps))


def of_lint(policy: Policy, doubts: Sequence[tuple[str, Doubt]]) -> RenderableType:
    """Return what is doubtful about a policy, or that nothing is."""
    counts = f"{len(policy.rules)} rules, {len(policy.pools)} pools, {len(policy.reps)} reps"
    if not doubts:
        return said(f"{policy.name}: {counts}; nothing doubtful found", style="green")
    parts: list[RenderableType] = [said(f"{policy.name}: {counts}", style="bold")]
    for where, doubt in doubts:
        example = f" For example: {doubt.example}." if doubt.example else ""
        parts.append(said(f"{where}: {doubt.what}. {doubt.next_step}{example}"))
    return Group(*parts)


def of_adoption(policy: Policy, new: bool) -> RenderableType:
    """Return whether a policy was taken on."""
    return said(f"{policy.name}: {'decides from now on' if new else 'is in force already'}")


def of_answers(answers: Sequence[Answer], refused: Mapping[int, str]) -> RenderableType:
    """Return what became of leads, and why others were not taken, by their row."""
    rows = sorted(refused)[:SHOWN_ANSWERS]
    wrong = [said(f"row {row} was not taken: {refused[row]}", style="bold red") for row in rows]
    if len(refused) > len(rows):
        wrong.append(said(f"and {len(refused) - len(rows):,} more were not taken; --json has them all"))
    return Group(*([] if wrong and not answers else [_answers(answers)]), *wrong)


def _answers(answers: Sequence[Answer]) -> RenderableType:
    if not answers:
        return said("no leads")
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("lead", "status", "owner", "rule", "why", "accept by"):
        table.add_column(heading, overflow="fold")
    for answer in answers[:SHOWN_ANSWERS]:
        row = (answer.lead, answer.status, answer.owner or "-", answer.rule or "-", _how(answer), _when(answer.due))
        table.add_row(*(said(cell) for cell in row))
    more = len(answers) - SHOWN_ANSWERS
    return Group(beside(table), *([said(f"and {more:,} more; --json has them all")] if more > 0 else []))


def _how(answer: Answer) -> str:
    waits = answer.status == "waiting" and answer.look_at is not None
    return f"{answer.how}, until {_when(answer.look_at)}" if waits else answer.how


def of_reps(standing: Sequence[Standing]) -> RenderableType:
    """Return how reps stand."""
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for heading in ("rep", "now", "until", "open", "today", "gap from the fair share, in leads", "leave"):
        table.add_column(heading, overflow="fold", justify="right" if heading in ("open", "today") else "left")
    for rep in standing:
        gaps = ", ".join(f"{turn} {gap:+.2f}" for turn, gap in rep.gaps.items()) or "-"
        leave = ", ".join(f"{name} ({first:.10} to {last:.10})" for name, (first, last) in rep.leave.items()) or "-"
        row = (rep.rep, rep.status, _when(rep.until), str(rep.open), str(rep.today), gaps, leave)
        table.add_row(*(said(cell) for cell in row))
    return beside(table)


def of_story(story: Story) -> RenderableType:
    """Return the story of a lead."""
    now = f"{story.lead}: {story.status}" + (f", {story.owner} has it" if story.owner else "")
    parts: list[RenderableType] = [said(now, style="bold")]
    for event in story.events:
        parts.append(said(f"{event.at:%Y-%m-%d %H:%M:%S} UTC  {event.what}  [{event.actor}]"))
        parts += [indented(reason, 4) for reason in event.reasons]
    return Group(*parts)


def of_reasons(reasons: Sequence[str]) -> RenderableType:
    """Return reasons, one a line."""
    return Group(*(said(reason) for reason in reasons))


def of_next(coming: Next) -> RenderableType:
    """Return who would be next, and why."""
    parts: list[RenderableType] = [said(coming.what, style="bold"), *(indented(reason) for reason in coming.reasons)]
    if coming.claims:
        claims = ", ".join(f"{rep} {claim:.2f}" for rep, claim in coming.claims.items())
        parts.append(indented(f"claims, in leads: {claims}"))
    return Group(*parts)


def of_replay(found: Replayed) -> RenderableType:
    """Return whether every decision fell the same."""
    counts = f"{found.entries:,} entries, {found.decisions:,} decisions taken again"
    people = f"; {found.by_people:,} by people are as they were" if found.by_people else ""
    if not found.differences:
        return said(f"{counts}: every one fell the same{people}", style="green")
    parts: list[RenderableType] = [said(f"{counts}: {len(found.differences):,} fell otherwise", style="bold red")]
    for difference in found.differences[:SHOWN_ANSWERS]:
        told = f"entry {difference.seq}, {difference.lead}: was {difference.was}; would be {difference.would_be}"
        parts.append(said(told))
    return Group(*parts)


def of_check(found: Checked) -> RenderableType:
    """Return whether leads and ledger agree."""
    counts = f"{found.entries:,} entries, {found.leads:,} leads"
    if not found.wrong:
        return said(f"{counts}: they agree", style="green")
    shown = found.wrong[:SHOWN_ANSWERS]
    return Group(said(f"{counts}: {len(found.wrong):,} places do not agree", style="bold red"), *map(said, shown))


def of_results(found: Results, output: str | None) -> RenderableType:
    """Return what came of leads, and where they were written."""
    parts: list[RenderableType] = []
    for heading, groups in (("tier", found.by_tier), ("rep", found.by_rep)):
        parts += [_tallies(heading, groups), said("")]
    judged = {"by the policy": found.by_policy, "by a person": found.overridden}
    parts.append(_tallies("given", judged))
    for override in found.overrides[:SHOWN_ANSWERS]:
        parts.append(indented(f"{override.lead} to {override.rep or '-'}: {override.why}; {override.outcome}"))
    if output is not None:
        parts.append(written(output, "to be reviewed: idealfit review profile.yaml " + output))
    return Group(*parts)


def _tallies(heading: str, groups: Mapping[str, Tally]) -> RenderableType:
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    for name in (heading, "leads", "accepted", "won", "lost", "won of those decided"):
        table.add_column(name, justify="left" if name == heading else "right")
    for name, tally in groups.items():
        decided = tally.won + tally.lost
        share = percent(tally.won / decided) if decided else "-"
        table.add_row(said(name), f"{tally.leads:,}", f"{tally.accepted:,}", f"{tally.won:,}", f"{tally.lost:,}", share)
    return beside(table)


def of_simulation(compared: Sequence[dict[str, Any]], changed: str, path: str) -> RenderableType:
    """Return the figures of policies side by side."""
    table = Table(box=None, pad_edge=False, padding=(0, 2))
    table.add_column("")
    for one in compared:
        table.add_column(said(one["policy"]), justify="right")
    for label in [name for name in compared[0] if name != "policy"]:
        cells = (one[label] for one in compared)
        table.add_row(label, *("not known" if cell is None else f"{cell:,}" for cell in cells))
    return Group(beside(table), said(changed), written(path, "the same with pictures"))


def _when(text: str | datetime | None) -> str:
    if text is None:
        return "-"
    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    return f"{moment:%Y-%m-%d %H:%M} UTC" if moment.year < 9000 else "-"
