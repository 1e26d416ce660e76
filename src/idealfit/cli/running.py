"""Running a command: what goes wrong becomes one line per mistake and an exit code, never a traceback."""

from __future__ import annotations

import json
import os
import sys
from typing import TYPE_CHECKING, NoReturn

from idealfit.cli.arguments import regular
from idealfit.cli.program import app
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
    as_json = "--json" in words
    try:
        app(args=regular(words), prog_name="idealfit")
    except KeyboardInterrupt:
        stop(words)
    except SystemExit as ended:  # what the parser of the arguments has ended, and told
        if ended.code == INTERRUPTED:
            stop(words)
        told = getattr(ended.__context__, "format_message", None)
        if as_json and ended.code == BAD_INPUT and told:
            print_as_json((Mistake(one_line(told())),))
        raise
    except BrokenPipeError:  # the reader of our output has gone, as `| head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        if interrupted(error):
            stop(words)
        if isinstance(error, IdealfitError):
            refuse(error.mistakes, as_json=as_json)
        if isinstance(error, OSError):
            refuse((Mistake((error.strerror or str(error)).lower(), str(error.filename or "")),), as_json=as_json)
        if os.environ.get(TRACEBACK):
            raise
        print(
            f"idealfit: this is a bug in the program: {type(error).__name__}: {one_line(str(error))}\n"
            f"To see where it happened, for a report: {TRACEBACK}=1 idealfit ...",
            file=sys.stderr,
        )
        sys.exit(BUG)
    sys.exit(0)


def interrupted(error: BaseException) -> bool:
    """Return whether an interrupt from the keyboard is behind an error.

    The engine has one of its own for it, and what was under way may have made another of either.

    >>> interrupted(RuntimeError("Query interrupted")), interrupted(ValueError("found 'Query interrupted'"))
    (True, False)
    """
    seen: set[int] = set()
    ahead: list[BaseException | None] = [error]
    while ahead:
        cause = ahead.pop()
        if cause is None or id(cause) in seen:
            continue
        seen.add(id(cause))
        if isinstance(cause, KeyboardInterrupt) or str(cause).startswith(("Query interrupted", "INTERRUPT Error")):
            return True
        ahead += [cause.__cause__, cause.__context__]
    return False


def stop(words: Sequence[str]) -> NoReturn:
    """Say in one line that the command was stopped, and exit with 130."""
    left = "what was finished stays" if "demo" in words[:1] else "nothing was written"
    print(f"stopped; {left}", file=sys.stderr)
    sys.exit(INTERRUPTED)


def refuse(mistakes: Sequence[Mistake], *, as_json: bool) -> NoReturn:
    """Print one line per mistake on standard error (and as JSON where that was asked for) and exit with 2."""
    for mistake in mistakes:
        print(f"idealfit: {one_line(str(mistake))}", file=sys.stderr)
    if as_json:
        print_as_json(mistakes)
    sys.exit(BAD_INPUT)


def print_as_json(mistakes: Sequence[Mistake]) -> None:
    """Print mistakes on standard output, under ``errors``."""
    print(json.dumps({"errors": [vars(mistake) for mistake in mistakes]}, indent=2, ensure_ascii=False))


def one_line(text: str) -> str:
    r"""Return the text without line breaks or control characters, which a hostile cell could hold.

    >>> one_line("found 'a\nb\x1b[31m'")
    "found 'a b[31m'"
    """
    return "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
