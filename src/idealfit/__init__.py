"""Idealfit: find who you sell to best, prove it, write it down as one file, put the file to work.

The names here are the verbs of the program, one per step; each is loaded when first used, so that
``idealfit --help`` stays quick.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from idealfit.version import __version__

if TYPE_CHECKING:
    from idealfit.pipeline import (
        backtest,
        diff,
        inspect,
        learn,
        load_profile,
        match,
        report,
        save_profile,
        score,
        verify,
    )
    from idealfit.profile.document import Profile
else:
    # Four rooms are named as their verbs are. The first import of a room would put it in the place of its verb, and
    # only the first: so the rooms (empty in themselves) are imported here, and leave their names to the verbs.
    from idealfit import learn, match, report, score

    del learn, match, report, score

__all__ = [
    "Profile",
    "__version__",
    "backtest",
    "diff",
    "inspect",
    "learn",
    "load_profile",
    "match",
    "report",
    "save_profile",
    "score",
    "verify",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401  a verb is whatever the pipeline says it is
    """Load a verb from the pipeline when it is first asked for (PEP 562)."""
    if name in __all__:
        return getattr(import_module("idealfit.pipeline"), name)
    raise AttributeError(f"module 'idealfit' has no attribute {name!r}")
