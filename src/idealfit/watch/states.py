"""How a fetch went, in words that stand apart because different things follow from each."""

from __future__ import annotations

from typing import Literal

State = Literal[
    "ok", "unchanged", "not found", "refused", "rate limited", "server error", "timed out", "unreachable", "unsafe",
    "disallowed", "too large", "unreadable", "redirected too often",
]  # fmt: skip
"""How a fetch went. ``unsafe``: a private network or no web address; ``disallowed``: robots.txt says no;
``refused``: 401, 403 and their like; ``unreadable``: broken or unasked-for compression."""

AGAIN = frozenset({"rate limited", "server error", "timed out", "unreachable"})
"""States that may be different a moment later."""
