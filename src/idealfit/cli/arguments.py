"""What is typed, made regular: ``--won A B`` means ``--won A --won B``."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SEVERAL = frozenset(
    {
        "--board",
        "--capacity",
        "--cutoff",
        "--exclude",
        "--field",
        "--ignore",
        "--like",
        "--lost",
        "--model",
        "--own-domain",
        "--private",
        "--set",
        "--source",
        "--text",
        "--tier",
        "--unlike",
        "--win-rate",
        "--without",
        "--won",
    }
)
"""Options that take one or more values."""

SWITCHES = frozenset(
    {
        "--apply",
        "--dbt",
        "--diverse",
        "--help",
        "--json",
        "--loopback",
        "--no-fetch",
        "--resend",
        "--revoke",
        "--segments",
        "--spent",
        "--step-by-step",
        "--version",
    }
)
"""Options that take none."""

FILES = {"score": 2, "market": 2, "tiers": 2}
"""How many files the commands take that take more than one."""


def regular(typed: Sequence[str]) -> list[str]:
    """Return the arguments with each further value of an option of `SEVERAL` under an option of its own.

    Where no other argument can be the file that a command takes (or the two), it is the last of the further values.

    >>> regular(["learn", "deals.csv", "--won", "Closed Won", "Signed", "--seed", "3"])
    ['learn', 'deals.csv', '--won', 'Closed Won', '--won', 'Signed', '--seed', '3']
    >>> regular(["learn", "--won", "Signed", "deals.csv", "-o", "p.yaml"])
    ['learn', '--won', 'Signed', 'deals.csv', '-o', 'p.yaml']
    >>> regular(["tiers", "p.yaml", "--capacity", "200", "800", "market.csv"])
    ['tiers', 'p.yaml', '--capacity', '200', '--capacity', '800', 'market.csv']
    """
    done: list[str] = []
    plain = 0  # arguments that are neither an option nor the value of one: the command, then its file
    further: list[int] = []  # where in `done` the option stands that was put before a further value
    option = ""  # the option that the next values belong to
    values = 0  # how many values it has so far
    for number, word in enumerate(typed):
        if word == "--":
            done += typed[number:]
            return done
        if word.startswith("-") and len(word) > 1:
            name, _, value = word.partition("=")
            option = "" if value or name in SWITCHES else name
            values = 0
        elif option and (values == 0 or option in SEVERAL):
            if values:
                further.append(len(done))
                done.append(option)
            values += 1
        else:
            plain += 1
        done.append(word)
    missing = 1 + FILES.get(typed[0] if typed else "", 1) - plain
    for place in reversed(further[-missing:] if missing > 0 else []):
        del done[place]
    return done


def typed_again(table: str, options: Mapping[str, str | Sequence[str] | None]) -> list[str]:
    """Return the words that name a table and the options that were given, to be typed again with another command.

    >>> typed_again("deals.csv", {"accounts": "a.csv", "market": None, "won": ["Signed", "Verbal"], "lost": ()})
    ['deals.csv', '--accounts', 'a.csv', '--won', 'Signed', 'Verbal']
    """
    words = [table]
    for name, value in options.items():
        if value:
            words += [f"--{name}", *([value] if isinstance(value, str) else value)]
    return words


def day(text: str | None, option: str) -> date | None:
    """Return the day that `text` names in ISO form, or None for None; raises InputError that says how to write it.

    >>> day("2024-06-30", "--as-of")
    datetime.date(2024, 6, 30)
    """
    if text is None:
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InputError(
            Mistake("this is not a day", where=option, found=text, allowed="year-month-day, such as 2024-06-30")
        ) from None
