"""How long 100,000 deals with 50 attributes take to learn from, and the most memory that takes.

The deals are made up (`noise.py`) with five attributes that matter, so that the whole way is walked: reading the file,
contamination, patterns, rubric, calibration, writing. Each format is a fresh process of the command a person calls.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import pandas as pd

from noise import unrelated


def deals(rows: int, attributes: int) -> pd.DataFrame:
    """Return deals with id, days, outcome and attributes of all kinds, five of which move the outcome."""
    rng = np.random.default_rng(0)
    past = unrelated(rows, attributes, rng)
    table = {}
    pull = np.full(rows, -1.0)
    for attribute in past.attributes:
        cells = past.facts[attribute.name]
        if attribute.kind == "number":
            pull += 0.6 * (cells > 100) if attribute.name == "n0" else 0.4 * (cells < 20) * (attribute.name == "n5")
            table[f"number {attribute.name}"] = cells
        elif attribute.kind == "date":
            table[f"date {attribute.name}"] = pd.Series(past.opened) - pd.to_timedelta(cells, unit="D")
        elif attribute.kind == "list":
            pull += 0.8 * cells.map(lambda items: items is not None and "Tool T" in items) * (attribute.name == "l3")
            table[f"list {attribute.name}"] = cells.map(lambda items: None if items is None else "; ".join(items))
        else:
            pull += 0.7 * cells.isin(["Austria", "Japan"]) * (attribute.name == "c1")
            pull += 0.5 * (cells == "yes") * (attribute.name == "b2")
            table[f"value {attribute.name}"] = cells
    won = rng.random(rows) < 1 / (1 + np.exp(-pull))
    known = {
        "deal id": past.ids,
        "company": [f"Company {number}" for number in rng.integers(0, rows // 2, rows)],
        "opened on": past.opened.astype("datetime64[s]"),
        "closed on": past.closed.astype("datetime64[s]"),
        "outcome": np.where(won, "Won", "Lost"),
    }
    return pd.DataFrame(known | table)


def main() -> None:
    """Print seconds and peak memory per file format."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    parser.add_argument("--attributes", type=int, default=50)
    parser.add_argument("--format", choices=["csv", "parquet"], action="append", help="default: both")
    asked = parser.parse_args()
    table = deals(asked.rows, asked.attributes)
    print(f"{asked.rows:,} deals x {asked.attributes} attributes; to reach: under 60 s and 2 GB on two cores")
    print(f"{'format':<10}{'seconds':>9}{'processor s':>13}{'peak GB':>9}   reached?")
    with tempfile.TemporaryDirectory() as folder:
        for kind in asked.format or ["csv", "parquet"]:
            path = Path(folder, f"deals.{kind}")
            table.to_csv(path, index=False) if kind == "csv" else table.to_parquet(path)
            command = [str(Path(sys.executable).with_name("idealfit")), "learn", str(path), "-o", f"{path}.yaml"]
            start = time.perf_counter()
            child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
            _, status, usage = os.wait4(child.pid, 0)
            seconds = time.perf_counter() - start
            assert os.waitstatus_to_exitcode(status) == 0, "idealfit learn failed; its reason stands above"
            gigabytes = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024) / 1e9
            work = usage.ru_utime + usage.ru_stime
            reached = "yes" if seconds < 60 and gigabytes < 2 else "NO"
            print(f"{kind:<10}{seconds:>9.1f}{work:>13.1f}{gigabytes:>9.2f}   {reached}", flush=True)


if __name__ == "__main__":
    main()
