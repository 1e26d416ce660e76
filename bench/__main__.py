"""Everything, one after the other: ``make bench``. Each part is a program of its own and may be run alone."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

PARTS = ("quality", "nulls", "leaks", "learning_speed", "scoring_speed", "cold_start")


def main() -> int:
    """Run every part; return 1 if any of them broke down. A missed target is printed and is no breakdown."""
    broken = []
    for part in PARTS:
        print(f"\n== {part} ==\n", flush=True)
        if subprocess.run([sys.executable, str(Path(__file__).with_name(f"{part}.py"))], check=False).returncode:
            broken.append(part)
    print(f"\nbroke down: {', '.join(broken)}" if broken else "\nall parts ran")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
