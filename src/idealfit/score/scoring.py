"""A profile applied to a table of companies: one ibis expression, the same on every engine.

Everything but the answers is a function of the vector of answers. So answers are worked out per row; points, tiers
and words once per vector (at most 3^n of n tests, not once per company) and joined back by the vector's code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.profile.criteria import columns_of
from idealfit.score.answers import (
    LISTED_TESTS,
    answered,
    cells,
    code_names,
    coded,
    digits,
    every_vector,
    occurring_vectors,
    tests_of,
    truths,
    vectors_by_number,
)
from idealfit.score.fit import with_fit, with_tier, with_totals, with_win_rate
from idealfit.score.reasons import with_enrich_next, with_reasons
from idealfit.tables import SCORES

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

    from idealfit.profile.criteria import Day
    from idealfit.profile.document import Profile

IN_ORDER_UP_TO = 1_000_000
"""Up to so many companies it costs little to keep their order: about a second. Beyond, see `score`."""


def score(
    profile: Profile, table: ir.Table, *, id_column: str | None = None, as_of: Day, in_order: bool = True
) -> ir.Table:
    """Return the scores of all companies of `table`, with the columns of `tables.SCORES`; nothing is computed yet.

    `id_column` names the column that tells companies apart (default: a heading such as ``id`` or ``domain``, else row
    numbers). `as_of` is the day from which dates count back. An attribute without a column is unknown for all
    (`missing_columns` names them). Raises `MappingError` where two columns could be one attribute.

    With `in_order`, rows stay as they come from the engine. Without it, vectors are joined, which takes less than half
    the time on millions of rows, but no engine keeps the order of rows in a join.

    >>> import ibis
    >>> from datetime import date
    >>> from idealfit.profile.document import Criterion, Narrative, Profile, Slot, Test, Tier
    >>> gap = Slot(text="?", source="open question")
    >>> profile = Profile(
    ...     name="Example", verdict="written by hand",
    ...     narrative=Narrative(company=gap, situation=gap, trigger=gap, alternative=gap, urgency=gap),
    ...     criteria=(Criterion(attribute="employees", layer="firmographic", test=Test(at_least=40), points=3),),
    ...     tiers=(Tier(name="A", at_least=60, action="call"), Tier(name="B", at_least=0, action="wait")),
    ... )
    >>> companies = ibis.memtable({"id": ["acme", "brix"], "employees": [120.0, None]})
    >>> scores = score(profile, companies, as_of=date(2025, 1, 1))
    >>> scores.select("id", "fit", "fit_low", "fit_high", "tier", "reasons").to_pyarrow().to_pylist()[0]
    {'id': 'acme', 'fit': 100, 'fit_low': 100, 'fit_high': 100, 'tier': 'A', 'reasons': 'employees at least 40 (+3)'}
    >>> scores.select("id", "fit", "fit_low", "fit_high", "unknown", "enrich_next").to_pyarrow().to_pylist()[1]
    {'id': 'brix', 'fit': 50, 'fit_low': 0, 'fit_high': 100, 'unknown': 'employees', 'enrich_next': 'employees'}
    """
    return steps(profile, table, id_column=id_column, as_of=as_of, in_order=in_order)[-1][1]


def steps(
    profile: Profile,
    table: ir.Table,
    *,
    id_column: str | None = None,
    as_of: Day,
    in_order: bool = True,
    standing_in: Callable[[str, ir.Table], ir.Table] = lambda _, step: step,
    numbers: ir.Table | None = None,
) -> list[tuple[str, ir.Table]]:
    """Return every table between companies and scores with its name, to stop and look at any of them.

    Each is made from the ones before. `standing_in` may give another table of the same columns in the place of a step,
    for those after it to be made from. `numbers`, a table of as many numbers as there are combinations of answers (0
    and up, as `number`), spares joining them together.
    """
    named: list[tuple[str, ir.Table]] = []

    def then(name: str, step: ir.Table) -> ir.Table:
        named.append((name, step))
        return standing_in(name, step)

    read = then("cells", cells(profile, table, id_column, as_of))
    tests = then("tests", truths(profile, table.schema(), read, as_of))
    answers = then("answers", answered(tests))
    joined = not in_order and bool(tests_of(profile))
    if not joined:
        rows = answers
    elif len(tests_of(profile)) > LISTED_TESTS:
        rows = then("vectors", occurring_vectors(answers))
    elif numbers is not None:
        rows = then("vectors", vectors_by_number(answers, then("numbers", numbers)))
    else:
        rows = then("vectors", every_vector(answers, then("digits", digits())))
    for name, step in (
        ("totals", with_totals),
        ("fits", with_fit),
        ("tiers", with_tier),
        ("win_rates", with_win_rate),
        ("in_words", with_reasons),
        ("outcomes", with_enrich_next),
    ):
        rows = then(name, step(profile, rows))
    if joined:
        companies = then("coded", coded(answers))
        rows = companies.join(rows, code_names(companies), how="left")
    then("scores", rows.select(**{f.name: rows[f.name].cast(f.type) for f in SCORES}))
    return named


def missing_columns(profile: Profile, table: ir.Table) -> tuple[str, ...]:
    """Return the attributes of the profile for which `table` has no column: they are unknown for every company."""
    columns = columns_of(table.columns, [attribute for attribute, _ in tests_of(profile)])
    return tuple(attribute for attribute, column in columns.items() if column is None)


def duplicate_ids(scores: ir.Table) -> int:
    """Return how many ids of `scores` stand in more than one row (this asks the engine); scores do not care."""
    named = scores.filter(scores.id.notnull())
    counts = named.group_by("id").aggregate(rows=named.count())
    return int(counts.filter(counts.rows > 1).count().execute())
