"""The whole error family. Imports nothing from the package.

::

    IdealfitError               anything Idealfit says no to; its text is meant for the person at the keyboard
    ├── InputError              a file, table or cell that cannot be used as it stands          (also ValueError)
    ├── MappingError            columns that could not be told apart or are not there           (also LookupError)
    ├── ProfileError            a profile file with mistakes: every one of them, with its line  (also ValueError)
    ├── PolicyError             a routing policy with mistakes: every one of them, with its line (also ValueError)
    ├── NotFoundError           a lead, rep or anything named that is not there                 (also LookupError)
    ├── ConflictError           something that cannot be done as things stand now               (also RuntimeError)
    ├── TooLittleDataError      nothing can be learned from this, and how much more is needed   (also ValueError)
    ├── EngineError             a query engine refused; carries the table and the statement     (also RuntimeError)
    └── StoreError              the operational database refused; what was under way was undone (also RuntimeError)

Every error answers four questions: what is wrong, where, what is allowed, what to do next. ``str(error)`` is one
line per mistake, so the command line prints it as it stands.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong, with the place and the way out.

    >>> print(Mistake("points must be a whole number", found="2.5", allowed="-5 to 5", where="p.yaml:12"))
    p.yaml:12: points must be a whole number, found '2.5'. Allowed: -5 to 5.
    """

    what: str
    where: str = ""
    found: str | None = None
    allowed: str = ""
    next_step: str = ""

    def __str__(self) -> str:
        """Return the mistake as one line."""
        place = f"{self.where}: " if self.where else ""
        found = "" if self.found is None else f", found {self.found!r}"
        allowed = f" Allowed: {self.allowed}." if self.allowed else ""
        next_step = f" {self.next_step}" if self.next_step else ""
        return f"{place}{self.what}{found}.{allowed}{next_step}"


class IdealfitError(Exception):
    """Anything Idealfit says no to; ``mistakes`` holds each fault with its place and the way out."""

    def __init__(self, *mistakes: Mistake | str) -> None:
        self.mistakes = tuple(m if isinstance(m, Mistake) else Mistake(m) for m in mistakes)
        super().__init__("\n".join(str(m) for m in self.mistakes))


class InputError(IdealfitError, ValueError):
    """A file, table or cell that cannot be used as it stands."""


class MappingError(IdealfitError, LookupError):
    """Columns that could not be told apart or are not there."""


class ProfileError(IdealfitError, ValueError):
    """A profile file with mistakes: every one of them, with its line."""


class PolicyError(IdealfitError, ValueError):
    """A routing policy with mistakes: every one of them, with its line."""


class NotFoundError(IdealfitError, LookupError):
    """A lead, rep or anything named that is not there."""


class ConflictError(IdealfitError, RuntimeError):
    """Something that cannot be done as things stand now."""


class TooLittleDataError(IdealfitError, ValueError):
    """Nothing can be learned from this, and how much more is needed."""


class EngineError(IdealfitError, RuntimeError):
    """A query engine refused; the text carries the table and the statement."""


class StoreError(IdealfitError, RuntimeError):
    """The operational database refused; what was under way was undone."""
