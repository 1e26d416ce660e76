"""The commands and their options. What they do is in `pipeline`; what they print, in `words`."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

import idealfit
from idealfit.cli.arguments import day, typed_again
from idealfit.cli.outputs import refuse_output

if TYPE_CHECKING:
    from types import ModuleType

FINDING = 1  # the exit code of a result that the caller must see

app = typer.Typer(
    help="Find who you sell to best, prove it, write it down as one file, put the file to work.",
    epilog="Start with: idealfit demo. Each command explains itself: idealfit learn --help.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110},
)

Deals = Annotated[str, typer.Argument(metavar="DEALS", help="Deals with their outcome; customers, with --market.")]
Accounts = Annotated[str | None, typer.Option(metavar="F", help="Facts about the companies, in a table of their own.")]
Customers = Annotated[str | None, typer.Option(metavar="F", help="Customers: since when, expanded, renewed, churned.")]
Market = Annotated[str | None, typer.Option(metavar="F", help="All companies you could sell to, where nobody said no.")]
IdColumn = Annotated[str | None, typer.Option("--id", metavar="COL", help="Column that names the company.")]
Outcome = Annotated[str | None, typer.Option(metavar="COL", help="Column that says won, lost or open.")]
Won = Annotated[list[str] | None, typer.Option(metavar="VALUE ...", help="Values of that column that mean won.")]
Lost = Annotated[list[str] | None, typer.Option(metavar="VALUE ...", help="Values of that column that mean lost.")]
Opened = Annotated[str | None, typer.Option(metavar="COL", help="Column with the day a deal was opened.")]
Closed = Annotated[str | None, typer.Option(metavar="COL", help="Column with the day its outcome was known.")]
Amount = Annotated[str | None, typer.Option(metavar="COL", help="Column with the value of a deal.")]
Ignore = Annotated[list[str] | None, typer.Option(metavar="COL ...", help="Columns not to learn from.")]
Output = typer.Option("-o", "--output", metavar="FILE", help="The file to write.")
AsOf = Annotated[str | None, typer.Option(metavar="DATE", help="Use only what was known on this day.")]
Mapping = Annotated[str | None, typer.Option("--map", metavar="FILE.toml", help="Which column means what, as a file.")]
Seed = Annotated[int, typer.Option(metavar="N", help="Start of all that is drawn at random.")]
Json = Annotated[bool, typer.Option("--json", help="Print the result as JSON.")]


def _verbs() -> ModuleType:
    """Return `pipeline`. It loads what reads, learns and draws, which takes too long for ``--help``."""
    return import_module("idealfit.pipeline")


def _terminal() -> ModuleType:
    """Return `terminal`, late for the same reason."""
    return import_module("idealfit.cli.terminal")


def _words() -> ModuleType:
    """Return `words`, late for the same reason."""
    return import_module("idealfit.cli.words")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"idealfit {idealfit.__version__}")
        raise typer.Exit


@app.callback()
def _idealfit(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None: ...


@app.command()
def demo(
    out_folder: Annotated[str, typer.Option("--out", metavar="DIR", help="Where to put the files.")] = "idealfit-demo",
    json: Json = False,
) -> None:
    """Do the whole job on packaged real data.

    Learns, scores, backtests and draws the report, and says what was written.
    """
    with _terminal().progress(quiet=json) as progress:
        shown = import_module("idealfit.demo.whole_job").whole_job(out_folder, progress=progress)
    _terminal().show(as_json=json, values=shown.as_json(), text=_words().of_demo(shown))


@app.command()
def inspect(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to look at.")],
    mapping: Mapping = None,
    json: Json = False,
) -> None:
    """Show how each column of a file is understood.

    Meaning, kind, missing share and examples; what would be ignored, and why.
    """
    with _terminal().progress(quiet=json) as progress:
        sources = _verbs().inspect(*files, mapping=mapping, progress=progress)
    _terminal().show(as_json=json, values=_words().inspection_as_json(sources), text=_words().of_inspection(sources))


@app.command()
def learn(
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
    best: Annotated[str, typer.Option(metavar="RULE", help="Which customers are the best ones.")] = "overlap",
    output: Annotated[str, Output] = "profile.yaml",
    json: Json = False,
) -> None:
    """Learn a profile from deals or from customers.

    With --market the file holds customers, and the market is what they are held against.
    Learning onto an existing profile keeps what people wrote in it.
    """
    read = {"DEALS": deals, "--accounts": accounts, "--customers": customers, "--market": market, "--map": mapping}
    refuse_output(output, read)
    if Path(output).exists():
        _verbs().load_profile(output)  # what people wrote there is to be kept: refuse early what cannot be read
    asked = {
        "accounts": accounts, "customers": customers, "market": market, "id": id, "outcome": outcome, "won": won or (),
        "lost": lost or (), "opened": opened, "closed": closed, "amount": amount, "ignore": ignore or (),
    }  # fmt: skip
    today = day(as_of, "--as-of")
    with _terminal().progress(quiet=json) as progress:
        profile = _verbs().learn(deals, **asked, as_of=today, mapping=mapping, best=best, seed=seed, progress=progress)
    profile = _verbs().save_profile(profile, output)
    tables = typed_again(deals, {**asked, "as-of": as_of, "map": mapping})
    text = _words().of_profile(profile, output, tables)
    _terminal().show(as_json=json, values=_words().profile_as_json(profile, output), text=text)
    if profile.verdict == "no reliable pattern":
        raise typer.Exit(FINDING)


@app.command()
def score(
    profile: Annotated[str, typer.Argument(metavar="PROFILE", help="The profile, a YAML file.")],
    companies: Annotated[str, typer.Argument(metavar="COMPANIES", help="The companies to score.")],
    *,
    id: IdColumn = None,
    as_of: Annotated[str | None, typer.Option(metavar="DATE", help="The day to score on; today if not given.")] = None,
    mapping: Mapping = None,
    output: Annotated[str, Output] = "scores.csv",
    json: Json = False,
) -> None:
    """Score companies by a profile, with reasons.

    Per company: fit, best and worst case, expected win rate, tier, what speaks for and against it.
    The file to write ends in .parquet or .csv.
    """
    refuse_output(output, {"PROFILE": profile, "COMPANIES": companies, "--map": mapping})
    with _terminal().progress(quiet=json) as progress:
        scored = _verbs().score_to_file(
            profile, companies, output, id=id, as_of=day(as_of, "--as-of"), mapping=mapping, progress=progress
        )
    _terminal().show(as_json=json, values=scored.as_json(), text=_words().of_scores(scored))


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
    refuse_output(output, read, onto="a backtest")
    asked = {
        "accounts": accounts, "customers": customers, "market": market, "id": id, "outcome": outcome, "won": won or (),
        "lost": lost or (), "opened": opened, "closed": closed, "amount": amount, "ignore": ignore or (),
    }  # fmt: skip
    today = day(as_of, "--as-of")
    with _terminal().progress(quiet=json) as progress:
        proof = _verbs().backtest(
            deals, **asked, as_of=today, mapping=mapping, seed=seed, cutoffs=cutoffs, progress=progress
        )
    _verbs().save_backtest(proof, output)
    _terminal().show(as_json=json, values=proof.as_json(), text=_words().of_backtest(proof, output))


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
    refuse_output(output, {"PROFILE": profile, "--backtest": backtest}, onto="a report")
    with _terminal().progress(quiet=json) as progress:
        size = _verbs().report_to_file(profile, output, backtest=backtest, progress=progress)
    _terminal().show(as_json=json, values={"report": output, "bytes": size}, text=_words().of_report(output))


@app.command()
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="The profile before.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="The profile after.")],
    json: Json = False,
) -> None:
    """Say in words what changed between profiles."""
    changes = _verbs().diff(old, new)
    _terminal().show(
        as_json=json, values={"changes": [vars(change) for change in changes]}, text=_words().of_changes(changes)
    )
