"""Running a command: what goes wrong becomes one line per mistake and an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from idealfit.cli.arguments import regular
from idealfit.cli.commands import app
from idealfit.errors import IdealfitError, Mistake

if TYPE_CHECKING:
    from collections.abc import Sequence

BAD_INPUT = 2
BUG = 70  # of sysexits.h: the program's own fault
INTERRUPTED = 130

TRACEBACK = "IDEALFIT_TRACEBACK"


def main(typed: Sequence[str] | None = None) -> NoReturn:
    """Run the command that was typed and exit: 0 done, 1 something the caller must see, 2 bad input."""
    words = list(sys.argv[1:] if typed is None else typed)
    try:
        app(args=regular(words), prog_name="idealfit")
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except IdealfitError as error:
        refuse(error.mistakes, as_json="--json" in words)
    except OSError as error:
        path = error.filename or ""
        refuse((Mistake((error.strerror or str(error)).lower(), where=str(path)),), as_json="--json" in words)
    except Exception as error:
        if os.environ.get(TRACEBACK):
            raise
        print(
            f"idealfit: this is a bug in the program: {type(error).__name__}: {one_line(str(error))}\n"
            f"To see where it happened, for a report: {TRACEBACK}=1 idealfit ...",
            file=sys.stderr,
        )
        sys.exit(BUG)
    sys.exit(0)


def refuse(mistakes: Sequence[Mistake], *, as_json: bool) -> NoReturn:
    """Print one line per mistake on standard error (and as JSON where that was asked for) and exit with 2."""
    for mistake in mistakes:
        print(f"idealfit: {one_line(str(mistake))}", file=sys.stderr)
    if as_json:
        print(json.dumps({"errors": [vars(mistake) for mistake in mistakes]}, indent=2, ensure_ascii=False))
    sys.exit(BAD_INPUT)


def one_line(text: str) -> str:
    r"""Return the text without line breaks or control characters, which a hostile cell could hold.

    >>> one_line("found 'a\nb\x1b[31m'")
    "found 'a b[31m'"
    """
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
