"""The version of the program. It stands alone, so that a profile can name it."""

from __future__ import annotations

__version__ = "0.1.0"
