"""The commands: read the arguments, call a verb, show what came of it."""

from __future__ import annotations

from idealfit.cli.running import main

__all__ = ["main"]
