"""How long ``idealfit --help`` takes from nothing: a fresh process each time, the first one not counted."""

from __future__ import annotations

import argparse
import statistics
import subprocess
import sys
import time
from pathlib import Path


def main() -> None:
    """Print the median and the quickest of several starts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=15)
    asked = parser.parse_args()
    command = [str(Path(sys.executable).with_name("idealfit")), "--help"]
    seconds = [_seconds(command) for _ in range(asked.runs + 1)][1:]
    bare = [_seconds([sys.executable, "-c", "pass"]) for _ in range(asked.runs + 1)][1:]
    median = statistics.median(seconds)
    print(f"idealfit --help: median {median:.3f} s, quickest {min(seconds):.3f} s of {asked.runs} starts")
    print(f"Python alone:    median {statistics.median(bare):.3f} s")
    print(f"under 0.4 s:     {'yes' if median < 0.4 else 'NO'}")


def _seconds(command: list[str]) -> float:
    """Return how long a command takes; raises if it fails."""
    start = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
