"""The commands that write a profile, apply it and show it, with their options.

What they do is in `pipeline`; what they print, in `words` and `words_of_profile`.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from idealfit.cli.app import app
from idealfit.cli.arguments import day, typed_again
from idealfit.cli.inputs import refuse_unreadable
from idealfit.cli.options import (
    FINDING,
    Accounts,
    Amount,
    AsOf,
    Closed,
    Conversations,
    Customers,
    Deals,
    Exclude,
    Feedback,
    IdColumn,
    Ignore,
    Json,
    Lost,
    Mapping,
    Market,
    Model,
    ModelName,
    Opened,
    Outcome,
    Output,
    OwnDomain,
    People,
    Repeats,
    Seed,
    Signals,
    Won,
    terminal,
    verbs,
    words,
)
from idealfit.cli.outputs import refuse_changes_of_a_file, refuse_lists_for_parts, refuse_output

A_PROFILE = "'idealfit learn' writes one."
A_BACKTEST = "'idealfit backtest' writes one."
A_MAPPING = "docs/commands.md says what a mapping holds."


@app.command()
def demo(
    out_folder: Annotated[str, typer.Option("--out", metavar="DIR", help="Where to put the files.")] = "idealfit-demo",
    json: Json = False,
) -> None:
    """Do the whole job on packaged real data.

    Learns, scores, backtests and draws the report, and says what was written.
    """
    with terminal().progress(quiet=json) as progress:
        shown = import_module("idealfit.demo.whole_job").whole_job(out_folder, progress=progress)
    terminal().show(as_json=json, values=shown.as_json(), text=words().of_demo(shown))


@app.command()
def inspect(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to look at.")],
    mapping: Mapping = None,
    json: Json = False,
) -> None:
    """Show how each column of a file is understood.

    Meaning, kind, missing share and examples; what would be ignored, and why.
    """
    refuse_unreadable(*files, others=[(mapping, A_MAPPING)])
    with terminal().progress(quiet=json) as progress:
        sources = verbs().inspect(*files, mapping=mapping, progress=progress)
    terminal().show(as_json=json, values=words().inspection_as_json(sources), text=words().of_inspection(sources))
    if any(source.mistakes for source in sources):
        raise typer.Exit(FINDING)


@app.command()
def learn(
    deals: Deals,
    *,
    accounts: Accounts = None,
    customers: Customers = None,
    market: Market = None,
    signals: Signals = None,
    id: IdColumn = None,
    outcome: Outcome = None,
    won: Won = None,
    lost: Lost = None,
    opened: Opened = None,
    closed: Closed = None,
    amount: Amount = None,
    ignore: Ignore = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    seed: Seed = 0,
    best: Annotated[str, typer.Option(metavar="RULE", help="Which customers are the best ones.")] = "overlap",
    conversations: Conversations = None,
    people: People = None,
    feedback: Feedback = None,
    model: Model = None,
    model_name: ModelName = "",
    repeats: Repeats = 3,
    segments: Annotated[
        bool, typer.Option("--segments", help="Write a profile for each kind of customer too.")
    ] = False,
    output: Annotated[str, Output] = "profile.yaml",
    json: Json = False,
) -> None:
    """Learn a profile from deals or from customers.

    With --market the file holds customers, and the market is what they are held against.
    Learning onto an existing profile keeps what people wrote in it.
    """
    read = {"DEALS": deals, "--accounts": accounts, "--customers": customers, "--market": market, "--map": mapping}
    read |= {"--signals": signals, "--conversations": conversations, "--people": people, "--feedback": feedback}
    others = [(mapping, A_MAPPING), (conversations, "A table of them, or a folder of transcripts.")]
    refuse_unreadable(deals, accounts, customers, market, signals, people, feedback, others=others)
    refuse_output(output, read)
    # What people wrote there is to be kept: refuse early what cannot be read.
    previous = verbs().load_profile(output) if Path(output).exists() else None
    asked = {
        "accounts": accounts, "customers": customers, "market": market, "id": id, "outcome": outcome, "won": won or (),
        "lost": lost or (), "opened": opened, "closed": closed, "amount": amount, "ignore": ignore or (),
    }  # fmt: skip
    today = day(as_of, "--as-of")
    heard = {
        "conversations": conversations, "people": people, "feedback": feedback, "model": model,
        "model_name": model_name, "repeats": repeats,
    }  # fmt: skip
    with terminal().progress(quiet=json) as progress:
        said = {
            **asked, **heard, "signals": signals, "as_of": today, "mapping": mapping, "best": best, "seed": seed,
            "previous": previous, "progress": progress,
        }  # fmt: skip
        if segments:
            profile, parts = verbs().learn_segments(deals, **said, file=Path(output).name)
        else:
            profile, parts = verbs().learn(deals, **said), ()
    profile = verbs().save_profile(profile, output)
    for segment, part in zip(profile.segments, parts, strict=True):
        verbs().save_profile(part, str(Path(output).with_name(segment.file)))
    tables = typed_again(deals, {**asked, "as-of": as_of, "map": mapping})
    told = import_module("idealfit.cli.words_of_profile")
    text = told.of_profile(profile, output, tables)
    terminal().show(as_json=json, values=told.profile_as_json(profile, output), text=text)
    if profile.verdict == "no reliable pattern":
        raise typer.Exit(FINDING)


@app.command()
def score(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    companies: Annotated[str, typer.Argument(metavar="COMPANIES", help="The companies to score.")],
    *,
    exclude: Exclude = None,
    own_domain: OwnDomain = None,
    id: IdColumn = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to score on; today if not given.")] = None,
    mapping: Mapping = None,
    step_by_step: Annotated[
        bool, typer.Option("--step-by-step", help="Show the first rows of each table on the way; write nothing.")
    ] = False,
    changes: Annotated[
        str | None, typer.Option(metavar="FILE", help="Into a folder: the rows that are new or other since.")
    ] = None,
    changed_column: Annotated[
        str | None, typer.Option(metavar="COL", help="Into a folder: the column that says when a row changed.")
    ] = None,
    gone: Annotated[
        str | None, typer.Option(metavar="FILE", help="Into a folder: companies that are there no more.")
    ] = None,
    output: Annotated[str, Output] = "scores.csv",
    json: Json = False,
) -> None:
    """Score companies by a profile, with reasons.

    Per company: fit, best and worst case, expected win rate, tier, what speaks for and against it.
    The file to write ends in .parquet or .csv; a folder (scores/) is filled part by part, and only with what changed.
    """
    told = {"changes": changes, "changed_column": changed_column, "gone": gone}
    others = [(profile, A_PROFILE), (mapping, A_MAPPING)]
    how = {"id": id, "as_of": day(as_of, "--as-of"), "mapping": mapping}
    if step_by_step:
        refuse_unreadable(companies, others=others)
        shown = verbs().score_steps(profile, companies, **how)
        terminal().show(as_json=json, values=words().steps_as_json(shown), text=words().of_steps(shown))
        return
    if output.endswith("/") or Path(output).is_dir():
        refuse_lists_for_parts(exclude, own_domain)
        refuse_unreadable(gone, others=others)
        with terminal().progress(quiet=json) as progress:
            parts = verbs().score_to_folder(profile, companies, output, **told, **how, progress=progress)
        terminal().show(as_json=json, values=parts.as_json(), text=words().of_parts(parts))
        return
    refuse_changes_of_a_file(told)
    refuse_unreadable(companies, others=others)
    lists = {f"--exclude {n}": listed for n, listed in enumerate(exclude or (), start=1)}
    refuse_output(output, {"PROFILE": profile, "COMPANIES": companies, "--map": mapping, **lists})
    with terminal().progress(quiet=json) as progress:
        scored = verbs().score_to_file(
            profile, companies, output, exclude=exclude or (), own_domains=own_domain or (), **how, progress=progress
        )
    terminal().show(as_json=json, values=scored.as_json(), text=words().of_scores(scored))


@app.command()
def backtest(
    deals: Deals,
    *,
    accounts: Accounts = None,
    customers: Customers = None,
    market: Market = None,
    id: IdColumn = None,
    outcome: Outcome = None,
    won: Won = None,
    lost: Lost = None,
    opened: Opened = None,
    closed: Closed = None,
    amount: Amount = None,
    ignore: Ignore = None,
    as_of: AsOf = None,
    mapping: Mapping = None,
    seed: Seed = 0,
    cutoff: Annotated[
        list[str] | None, typer.Option(metavar="DATE ...", help="Days to learn as of; chosen if not given.")
    ] = None,
    output: Annotated[str, Output] = "backtest.json",
    json: Json = False,
) -> None:
    """Prove the profile on deals it has not seen.

    Learns as of a day, scores the deals opened after it, and compares with what came of them.
    """
    cutoffs = tuple(day(text, "--cutoff") for text in cutoff or ())
    read = {"DEALS": deals, "--accounts": accounts, "--customers": customers, "--market": market, "--map": mapping}
    refuse_unreadable(deals, accounts, customers, market, others=[(mapping, A_MAPPING)])
    refuse_output(output, read, onto="a backtest")
    asked = {
        "accounts": accounts, "customers": customers, "market": market, "id": id, "outcome": outcome, "won": won or (),
        "lost": lost or (), "opened": opened, "closed": closed, "amount": amount, "ignore": ignore or (),
    }  # fmt: skip
    today = day(as_of, "--as-of")
    with terminal().progress(quiet=json) as progress:
        proof = verbs().backtest(
            deals, **asked, as_of=today, mapping=mapping, seed=seed, cutoffs=cutoffs, progress=progress
        )
    verbs().save_backtest(proof, output)
    terminal().show(as_json=json, values=proof.as_json(), text=words().of_backtest(proof, output))


@app.command()
def report(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    backtest: Annotated[str | None, typer.Option(metavar="FILE", help="What idealfit backtest wrote.")] = None,
    output: Annotated[str, Output] = "report.html",
    json: Json = False,
) -> None:
    """Draw a profile and its proof as one page.

    One HTML file that needs no network and prints on paper.
    """
    refuse_unreadable(others=[(profile, A_PROFILE), (backtest, A_BACKTEST)])
    refuse_output(output, {"PROFILE": profile, "--backtest": backtest}, onto="a report")
    with terminal().progress(quiet=json) as progress:
        size = verbs().report_to_file(profile, output, backtest=backtest, progress=progress)
    terminal().show(as_json=json, values={"report": output, "bytes": size}, text=words().of_report(output))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The profile before.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The profile after.")],
    json: Json = False,
) -> None:
    """Say in words what changed between profiles."""
    refuse_unreadable(others=[(old, A_PROFILE), (new, A_PROFILE)])
    changes = verbs().diff(old, new)
    terminal().show(
        as_json=json, values={"changes": [vars(change) for change in changes]}, text=words().of_changes(changes)
    )
