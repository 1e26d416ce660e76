"""Quality, side by side in one run: the seven-line rubric against its peers on the same columns and splits.

Peers' scores are kept between runs (`remembered.py`), so only what changed is fitted again.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")  # before numpy: with two, LightGBM was ten times slower on two cores

import argparse
import time
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from measures import over_folds
from ours import end_to_end_scores, task_scores
from remembered import PEERS, peer_scores
from task import Task
from tasks import TASKS

OURS = "Idealfit"
METHODS = (*PEERS, OURS)
DRIFTING = "bank yes"
Table = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Result:
    """One task's AUC and lift per method, in the order of METHODS; NaN where a peer was not run."""

    task: str
    held_out: bool
    base_rate: float
    auc: tuple[float, ...]
    lift: tuple[float, ...]
    seconds: float


def result(task: Task, *, fit_peers: bool, end_to_end: bool) -> Result:
    """Return how every method did on a task; `seconds` is what one profile of ours took."""
    peers = peer_scores(task, fit=fit_peers)
    ours = end_to_end_scores if end_to_end else task_scores
    start = time.perf_counter()
    scores = {**peers, OURS: [ours(task, train, test) for train, test in task.folds]}
    seconds = (time.perf_counter() - start) / len(task.folds)
    pairs = [over_folds(task, scores[method]) if method in scores else (np.nan, np.nan) for method in METHODS]
    base_rate = np.concatenate([task.won[test] for _, test in task.folds]).mean()
    return Result(task.name, task.held_out, float(base_rate), *map(tuple, zip(*pairs, strict=True)), seconds)


def print_table(title: str, results: list[Result], measure: str) -> None:
    """Print one measure of all tasks: a line per task, then the mean."""
    print(f"\n{title}")
    print(f"{'task':<30}{'base':>7}" + "".join(f"{method:>12}" for method in METHODS) + f"{'ours - best':>13}")
    values = np.array([getattr(result, measure) for result in results])
    for result, line in zip(results, values, strict=True):
        print(f"{result.task:<30}{result.base_rate:>7.3f}{_line(line)}")
    print(f"{'mean':<37}{_line(values.mean(axis=0), values)}")


def _line(line: Table, of_all: Table | None = None) -> str:
    """Return the figures of one line; the difference of the mean is the mean of the differences."""
    table = line[None] if of_all is None else of_all
    behind = np.mean(table[:, -1] - table[:, :-1].max(axis=1))
    return "".join(f"{value:>12.3f}" for value in line) + f"{behind:>+13.3f}"


def print_verdict(results: list[Result]) -> None:
    """Print what was promised and whether it is so: on the seven tasks with published baselines, and on all."""
    compared = [r for r in results if not np.isnan(r.auc).any()]
    for title, chosen in (("published", [r for r in compared if not r.held_out]), ("all", compared)):
        if not chosen:
            continue
        for measure, margin, most in (("auc", 0.01, 0.03), ("lift", None, None)):
            values = np.array([getattr(r, measure) for r in chosen])
            best_peer = values[:, :-1].mean(axis=0).max()
            best_each = values[:, :-1].max(axis=1)
            mean, worst = values[:, -1].mean(), (values[:, -1] - best_each).min()
            single, each = f"({mean - best_peer:+.3f})", f"({mean - best_each.mean():+.3f})"
            print(
                f"{title:<10}{measure:<5} mean {mean:.3f}; best single peer {best_peer:.3f} {single}; "
                f"best peer of each task {best_each.mean():.3f} {each}; furthest behind {worst:+.3f}"
            )
            if margin is not None and most is not None:
                _say(mean >= best_each.mean() - margin, f"mean AUC at least the best peers' minus {margin}")
                _say(worst >= -most, f"never more than {most} below the best")
    for r in compared:
        if r.task == DRIFTING:
            _say(r.auc[-1] > max(r.auc[:-1]), "ahead of every peer on the drifting set")


def _say(kept: bool, promise: str) -> None:
    print(f"{'':<10}{'yes' if kept else 'NO ':<4} {promise}")


def main() -> None:
    """Run the tasks asked for and print the tables."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--task", default="", help="only tasks with this in their name")
    parser.add_argument("--only", choices=["ours"], help="fit no peer; show the peers whose scores are kept")
    parser.add_argument("--end-to-end", action="store_true", help="through idealfit.learn and .score, from tables")
    asked = parser.parse_args()
    results = []
    for name, load in TASKS.items():
        if asked.task.lower() not in name.lower():
            continue
        done = result(load(), fit_peers=asked.only is None, end_to_end=asked.end_to_end)
        ours = f"ours {done.auc[-1]:.3f}, best peer {max(done.auc[:-1]):.3f}"
        print(f"{name:<30} {ours}, {done.seconds:.1f} s a profile", flush=True)
        results.append(done)
    published, held_out = ([r for r in results if r.held_out is held] for held in (False, True))
    for title, chosen in (
        ("tasks with published baselines", published),
        ("held out: nothing was tuned on these", held_out),
    ):
        if chosen:
            print_table(f"AUC, {title}", chosen, "auc")
            print_table(f"Lift in the top decile, {title}", chosen, "lift")
    print()
    print_verdict(results)


if __name__ == "__main__":
    main()
