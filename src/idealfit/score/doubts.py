"""Columns that are there and may not mean what the profile means: another type, another unit."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from idealfit.engine import refusals_explained
from idealfit.profile.cells import READINGS
from idealfit.profile.criteria import answer, columns_of
from idealfit.profile.document import Criterion, Disqualifier, Test
from idealfit.profile.wording import phrase
from idealfit.score.answers import tests_of

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from idealfit.profile.criteria import Day
    from idealfit.profile.document import Profile

LOOKED_AT = 50_000
"""Companies by which a column is judged: the first ones of the table."""

LEAST_KNOWN = 20
"""With fewer values nothing is said about a column."""

UNREADABLE = 0.5
"""From so many cells on that hold something a test cannot read, the column has another type than the test expects."""

UNITS = {1_000: "thousands", 1_000_000: "millions", 0.001: "thousandths"}
"""Units that are mixed up: a column in one of them must be multiplied by so much."""

HARDLY, ENOUGH, ALIKE = 0.02, 0.1, 0.5
"""A unit is doubted where less than a fiftieth answer in a way in which a tenth or more did when the profile was
learned, and in another unit at least half as many as then would, but not all."""


def doubts(profile: Profile, table: ir.Table, as_of: Day) -> tuple[str, ...]:
    """Return one sentence per column that looks wrong (this asks the engine for the first rows of `table`).

    >>> from datetime import date
    >>> import ibis
    >>> from idealfit.profile.document import Criterion, Narrative, Profile, Slot, Test
    >>> gap = Slot(text="?", source="open question")
    >>> slots = dict.fromkeys(("company", "situation", "trigger", "alternative", "urgency"), gap)
    >>> line = Criterion(attribute="revenue", layer="firmographic", test=Test(at_least=1e6), points=2, met_by=40)
    >>> asked = Profile(name="-", verdict="written by hand", narrative=Narrative(**slots), criteria=(line,))
    >>> in_thousands = ibis.memtable({"revenue": [200.0 * i for i in range(1, 101)]})
    >>> print(doubts(asked, in_thousands, date(2025, 1, 1))[0][:100])
    column 'revenue' looks as if it were in thousands: 0% have revenue at least 1 million, where 40% had
    """
    columns = columns_of(table.columns, [attribute for attribute, _ in tests_of(profile)])
    present = [(line, column) for line in _lines(profile) if (column := columns[line.attribute]) is not None]
    if not present:
        return ()
    first = table.limit(LOOKED_AT)
    held: dict[str, ir.Value] = {}
    for i, (line, column) in enumerate(present):
        held |= {f"filled_{i}": first[column].notnull(), f"met_{i}": answer(first, column, line.test, as_of)}
        for unit, scaled in _in_other_units(line).items():
            held[f"met_{i}_{unit}"] = answer(first, column, scaled, as_of)
    # columns first: a test that a column's type can never answer is one NULL for the table, which counts nothing
    days = {f"newest_{i}": _as_written(first[column]) for i, (line, column) in enumerate(present) if _days(line.test)}
    answers = first.select(**held, **days)
    asked = {name: answers[name].sum() for name in held} | {name: answers[name].max() for name in days}
    asked |= {f"read_{i}": answers[f"met_{i}"].count() for i in range(len(present))}
    with refusals_explained("looking at the first companies"):
        counts = answers.aggregate(**asked).to_pyarrow().to_pylist()[0]
    found = [_doubt(line, column, {n.replace(f"_{i}", "", 1): c or 0 for n, c in counts.items() if _of(n, i)})
             for i, (line, column) in enumerate(present)]  # fmt: skip
    found += [_old(line, column, counts[f"newest_{i}"], counts[f"filled_{i}"], as_of)
              for i, (line, column) in enumerate(present) if f"newest_{i}" in days]  # fmt: skip
    return tuple(dict.fromkeys(filter(None, found)))


def _doubt(line: Criterion | Disqualifier, column: str, counts: dict[str, int]) -> str:
    """Return what looks wrong about the column of one line, or an empty text."""
    filled, read, met = counts["filled"], counts["read"], counts["met"]
    if filled < LEAST_KNOWN:
        return ""
    words = phrase(line.attribute, line.test)
    if read < (1 - UNREADABLE) * filled:
        return (
            f"column {column!r} holds something else than '{words}' asks for: {filled - read:,} of the first "
            f"{filled:,} values could not be read, and count as unknown"
        )
    if not isinstance(line, Criterion) or read < LEAST_KNOWN:
        return ""
    then, now = line.met_by / 100, met / read
    for unit, name in UNITS.items():
        other = counts.get(f"met_{unit}", 0) / read
        sides = ((then, now, other), (1 - then, 1 - now, 1 - other))
        if HARDLY < other < 1 - HARDLY and any(a >= ENOUGH and b < HARDLY and c >= ALIKE * a for a, b, c in sides):
            return (
                f"column {column!r} looks as if it were in {name}: {now:.0%} have {words}, where {then:.0%} had when "
                f"the profile was made; multiplied by {unit:,} it would be {other:.0%}"
            )
    return ""


def _old(line: Criterion | Disqualifier, column: str, newest: str | None, filled: int, as_of: Day) -> str:
    """Return a sentence where a test on days says the same of all, for the table is older than the days it counts."""
    asked = _days(line.test)
    if newest is None or filled < LEAST_KNOWN or not isinstance(as_of, date) or asked is None:
        return ""
    if date.fromisoformat(newest) >= as_of - timedelta(days=min(asked, (as_of - date.min).days)):
        return ""
    says = "no" if line.test.within_days is not None else "every"
    return (
        f"column {column!r} ends on {newest}, so by {as_of.isoformat()} {says} company is "
        f"'{phrase(line.attribute, line.test)}'; if the table is as old as that, name its day with --as-of"
    )


def _days(test: Test) -> int | None:
    return test.within_days if test.within_days is not None else test.older_than_days


def _as_written(cell: ir.Value) -> ir.StringValue:
    """Return a cell's day as text, by which days sort."""
    return READINGS["day"](cell).cast("string").substr(0, 10)


def _in_other_units(line: Criterion | Disqualifier) -> dict[float, Test]:
    """Return the test as it would be on a column that must still be multiplied."""
    test = line.test
    limits = {name: value for name in ("at_least", "below", "between") if (value := getattr(test, name)) is not None}
    if not limits or not isinstance(line, Criterion):
        return {}
    (name, value), *_ = limits.items()
    divided = {u: [v / u for v in value] if isinstance(value, tuple) else value / u for u in UNITS}
    return {u: Test.model_validate({name: limit}) for u, limit in divided.items()}


def _of(name: str, position: int) -> bool:
    return name.split("_")[1] == str(position)


def _lines(profile: Profile) -> tuple[Criterion | Disqualifier, ...]:
    return (*profile.criteria, *profile.disqualify)
