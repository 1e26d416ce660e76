"""How often something is 'supported' where nothing is true: at most in the stated share of runs (5 %).

Each run learns a profile from a history in which facts and outcomes have nothing to do with each other, and counts if
any criterion or finding comes out as supported, and if there is a rubric at all (also one whose lines are certain only
together: another 1 % allowed). `shuffled` are real columns with outcomes dealt out anew; `noise` is
made up.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import time
from collections.abc import Callable, Iterator

import numpy as np

from idealfit.errors import TooLittleDataError
from idealfit.learn.contamination import cleaned
from idealfit.learn.drafting import profile_from
from idealfit.learn.evidence import wilson
from idealfit.learn.history import History
from idealfit.learn.patterns import ERROR_RATE
from noise import clustered, shuffled, unrelated
from tasks import tasks

World = Callable[[np.random.Generator], History]


def found_in(past: History, seed: int) -> tuple[bool, bool]:
    """Return whether any criterion or finding of the profile from `past` is supported, and whether it has a rubric."""
    try:
        profile = profile_from(cleaned(past, seed=seed)[0], seed=seed, calibrated=False)
    except TooLittleDataError:
        return False, False
    judged = [line.evidence for line in (*profile.criteria, *profile.also_seen)]
    certain = any(evidence is not None and evidence.verdict == "supported" for evidence in judged)
    return certain, profile.verdict == "learned"


def worlds(rows: int) -> Iterator[tuple[str, World]]:
    """Return named makers of histories in which there is nothing to find."""
    for name in ("salvirt", "telco", "raises again", "Lever"):
        (task,) = tasks(name)
        yield (
            f"shuffled: {task.name}, {min(rows, len(task.won))} rows",
            lambda rng, task=task: shuffled(task, rows, rng),
        )
    for deals, attributes in ((100, 20), (rows, 40)):
        label = f"noise: {deals} deals x {attributes} attributes"
        yield label, lambda rng, d=deals, a=attributes: unrelated(d, a, rng)
    yield f"noise: {rows} deals in {rows // 5} companies", lambda rng: clustered(rows, 20, rng)


def main() -> None:
    """Run the worlds and print the share of runs that found something."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=100, help="runs per world (default 100)")
    parser.add_argument("--rows", type=int, default=1000, help="deals per world (default 1000)")
    parser.add_argument("--world", default="", help="only worlds with this in their name")
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    print(
        f"{'world':<44}{'runs':>6}{'found':>7}{'share':>8}{'rubric':>8}   95 % interval   at most {ERROR_RATE:.0%}?  s a run"
    )
    for name, world in worlds(asked.rows):
        if asked.world.lower() not in name.lower():
            continue
        start = time.perf_counter()
        runs = [found_in(world(np.random.default_rng([asked.seed, run])), seed=run) for run in range(asked.runs)]
        found, learned = (sum(kind) for kind in zip(*runs, strict=True))
        low, high = wilson(found, asked.runs)
        verdict = "yes" if found <= ERROR_RATE * asked.runs else "within chance" if low <= ERROR_RATE else "NO"
        seconds = (time.perf_counter() - start) / asked.runs
        figures = f"{asked.runs:>6}{found:>7}{found / asked.runs:>8.3f}{learned:>8}   {low:.3f} to {high:.3f}"
        print(f"{name:<44}{figures}  {verdict:>13}{seconds:>9.1f}", flush=True)


if __name__ == "__main__":
    main()
