"""What leaves the program: results on standard output, what is under way on standard error."""

from __future__ import annotations

import json
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

WIDE = 110  # columns, where the output goes to a file or a pipe and there is no terminal to ask


def show(*, as_json: bool, values: object, text: RenderableType) -> None:
    """Print a result: as JSON, or as text for people."""
    if as_json:
        print(json.dumps(values, indent=2, ensure_ascii=False, default=str))
        return
    console = Console(highlight=False)
    if not console.is_terminal:
        console = Console(highlight=False, width=WIDE)
    console.print(text)


def show_as_it_is(*, as_json: bool, values: object, text: str) -> None:
    """Print a result: as JSON, or as text that is to be used and not only read, so without folding its lines.

    On a terminal, what could steer it is left out.
    """
    if as_json:
        show(as_json=True, values=values, text="")
    elif sys.stdout.isatty():
        print("".join(letter if letter.isprintable() or letter in "\n\t" else " " for letter in text), end="")
    else:
        print(text, end="")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Callable[[str, float], None]]:
    """Yield a function that is told the step in words and the share done (0 to 1).

    On a terminal it moves a bar; elsewhere it prints one line per step, or nothing where that is not wanted.
    """
    console = Console(highlight=False, stderr=True)
    if console.is_terminal:
        columns = (SpinnerColumn(), TextColumn("{task.description}", markup=False), BarColumn(), TimeElapsedColumn())
        with Progress(*columns, console=console, transient=True) as bar:
            task = bar.add_task("starting", total=1.0)
            yield lambda words, share: bar.update(task, description=words, completed=share)
        return
    last = ""

    def line(words: str, _share: float) -> None:
        nonlocal last
        if words != last and not quiet:
            console.print(f"... {words}", markup=False, soft_wrap=True)
        last = words

    yield line
