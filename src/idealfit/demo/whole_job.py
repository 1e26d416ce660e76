"""The whole job on the packaged data: learn, score, backtest, report."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit import pipeline

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.profile.document import Profile
    from idealfit.prove.trials import Backtest
    from idealfit.score.tally import Scored

LAST_DAY = date(2013, 10, 1)
"""The last day that the packaged data cover: the demonstration lives on it."""

CUTOFFS = (date(2010, 10, 1), date(2011, 10, 1))
"""Two days to learn as of: enough to see whether it lasts, and the demonstration stays short."""

NAME = "Companies that raise again"

STORY = (
    "Real funding rounds in the United States, from Crunchbase's public tables of 2013 (CC BY, www.crunchbase.com). "
    "An investor's desk calls companies half a year after their last round, and then once a year; each call is a deal. "
    "Won: the company announced another round within 12 months of the call (from any investor; the tables do not say "
    "whose). Lost: it did not. All facts are as announced by the day of the call."
)

TABLES = ("deals", "accounts", "customers", "market")
RESULTS = {
    "profile": "profile.yaml",
    "scores": "scores.csv",
    "backtest": "backtest.json",
    "report": "report.html",
}


@dataclass(frozen=True)
class Demonstration:
    """What the demonstration did: its story, the files it left by name, and the result of each step."""

    story: str
    files: dict[str, str]
    profile: Profile
    scored: Scored
    backtest: Backtest

    def as_json(self) -> dict[str, Any]:
        """Return the demonstration as plain values."""
        return {
            "story": self.story,
            "files": self.files,
            "verdict": self.profile.verdict,
            "definition": self.profile.definition,
            "scored": self.scored.as_json(),
            "backtest": {"answer": self.backtest.answer, "summary": self.backtest.summary},
        }


def whole_job(folder: str | Path, *, progress: Callable[[str, float], None] = pipeline.quiet) -> Demonstration:
    """Learn, score, backtest and report on the packaged data; leave all files in `folder`."""
    files = _laid_out(Path(folder))
    deals, accounts, customers = files["deals"], files["accounts"], files["customers"]
    profile = pipeline.learn(
        deals,
        accounts=accounts,
        customers=customers,
        as_of=LAST_DAY,
        name=NAME,
        progress=pipeline.within(0.0, 0.25, progress),
    )
    profile = pipeline.save_profile(profile, files["profile"])
    scored = pipeline.score_to_file(
        profile, files["market"], files["scores"], as_of=LAST_DAY, progress=pipeline.within(0.25, 0.3, progress)
    )
    proof = pipeline.backtest(
        deals,
        accounts=accounts,
        customers=customers,
        as_of=LAST_DAY,
        cutoffs=CUTOFFS,
        progress=pipeline.within(0.3, 0.95, progress),
    )
    pipeline.save_backtest(proof, files["backtest"])
    pipeline.report_to_file(profile, files["report"], backtest=proof, progress=pipeline.within(0.95, 1.0, progress))
    return Demonstration(STORY, files, profile, scored, proof)


def _laid_out(folder: Path) -> dict[str, str]:
    """Copy the packaged tables into a folder; return the paths of all files, those still to be written too."""
    folder.mkdir(parents=True, exist_ok=True)
    package = resources.files("idealfit.demo")
    (folder / "ATTRIBUTION.md").write_bytes((package / "ATTRIBUTION.md").read_bytes())
    files = {name: folder / f"{name}.csv" for name in TABLES}
    for name, path in files.items():
        path.write_bytes((package / "data" / f"{name}.csv").read_bytes())
    return {name: str(path) for name, path in (files | {n: folder / file for n, file in RESULTS.items()}).items()}
