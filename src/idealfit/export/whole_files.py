"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def whole_file(path: str | Path) -> Iterator[Path]:
    """Yield a place to write in; when the block is through, what stands there takes the place of `path` in one step.

    Raises `InputError` where the file cannot be written; whatever goes wrong, an older file stays as it was.
    """
    target = Path(path)
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        yield aside
        aside.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            Mistake(f"cannot be written: {reason}", str(path), next_step="Choose another place.")
        ) from None
    finally:
        aside.unlink(missing_ok=True)


def write_whole(path: str | Path, text: str) -> None:
    """Write a text file whole or not at all."""
    with whole_file(path) as aside:
        aside.write_text(text, encoding="utf-8", newline="\n")
