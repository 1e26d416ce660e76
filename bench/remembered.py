"""Peers' scores kept between runs, outside the project, so that changing our side does not fit the peers again.

A score is taken from the cache only if the task's cells, outcomes and folds and the code of the peers are what they
were; nothing else is looked at. Delete the folder (``~/.cache/idealfit-bench``) to fit everything anew.
"""

from __future__ import annotations

import ast
import hashlib
import os
from importlib import import_module
from pathlib import Path

import numpy as np

from measures import Scores
from task import Task

FOLDER = Path(os.environ.get("XDG_CACHE_HOME", Path.home() / ".cache")) / "idealfit-bench"
PEERS = ("LightGBM", "logistic", "optbinning", "Odoo Bayes")


def peer_scores(task: Task, *, fit: bool = True) -> dict[str, list[Scores]]:
    """Return each peer's scores per fold; without `fit`, only of the peers whose scores are all kept.

    Fitting a peer needs its package; reading what is kept does not.
    """
    folder = FOLDER / _fingerprint(task)
    paths = {
        peer: [folder / f"{peer.replace(' ', '_')}_{number}.npy" for number in range(len(task.folds))] for peer in PEERS
    }
    return {
        peer: [_fold(peer, task, number, path) for number, path in enumerate(folds)]
        for peer, folds in paths.items()
        if fit or all(path.exists() for path in folds)
    }


def _fold(peer: str, task: Task, number: int, path: Path) -> Scores:
    """Return a peer's scores of one fold, fitted and kept if they were not."""
    if path.exists():
        return np.asarray(np.load(path, allow_pickle=False), dtype=np.float64)
    scores = import_module("peers").peer_scores(peer, task, *task.folds[number])
    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.npy")
    np.save(unfinished, scores)
    unfinished.rename(path)
    return np.asarray(scores)


def _fingerprint(task: Task) -> str:
    """Return a name for the task's content together with the code that scores it, whatever its comments."""
    code = ast.dump(ast.parse(Path(__file__).with_name("peers.py").read_text(encoding="utf-8")))
    digest = hashlib.sha256(code.encode())
    for attribute in task.attributes:
        digest.update(f"{attribute.name}\x1e{attribute.kind}\x1e".encode())
        digest.update("\x1f".join(map(repr, task.facts[attribute.name].tolist())).encode())
    digest.update(task.won.tobytes())
    for train, test in task.folds:
        digest.update(np.asarray(train, dtype=np.int64).tobytes() + b"|" + np.asarray(test, dtype=np.int64).tobytes())
    return digest.hexdigest()[:20]
