"""Put the real output of the demonstration into the README.

    python tools/demo_in_readme.py

Replaces what stands between the two markers. A test fails when the README shows anything but what the program prints.
"""

from __future__ import annotations

import io
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from idealfit.cli import words
from idealfit.cli.terminal import WIDE
from idealfit.demo.whole_job import whole_job

if TYPE_CHECKING:
    from idealfit.demo.whole_job import Demonstration

README = Path(__file__).resolve().parents[1] / "README.md"
START, END = "<!-- output of the demonstration: python tools/demo_in_readme.py -->", "<!-- end of output -->"
SHOWN = ("Learned from", "Who you sell", "The rubric", "Tiers", "\u2500\u2500 Proof", "  ", "Win rate by tier")
"""How the parts begin that the README shows; the rest is a matter of running it."""


def excerpt(shown: Demonstration) -> str:
    """Return the parts of the output that the README shows, as a block of code."""
    text = io.StringIO()
    Console(file=text, width=WIDE, highlight=False, color_system=None).print(words.of_demo(shown))
    lines = [line.rstrip() for line in text.getvalue().splitlines()]
    parts = "\n".join(lines).split("\n\n")
    last = next(number for number, part in enumerate(parts) if part.startswith("Win rate by tier"))
    kept = [part for part in parts[: last + 1] if part.startswith(SHOWN)]
    return "```text\n" + "\n\n".join(kept) + "\n```"


def with_excerpt(readme: str, block: str) -> str:
    """Return the README with the block between its markers."""
    before, _, rest = readme.partition(START)
    _, _, after = rest.partition(END)
    return f"{before}{START}\n{block}\n{END}{after}"


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        block = excerpt(whole_job(folder))
    README.write_text(with_excerpt(README.read_text(encoding="utf-8"), block), encoding="utf-8")
