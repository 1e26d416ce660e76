"""From a table of companies to the answers of each: one column per test, 0 for no, 1 for yes, 2 for unknown."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING

import ibis

from idealfit.errors import MappingError, Mistake
from idealfit.profile.cells import READINGS
from idealfit.profile.criteria import Cell, answer_of, columns_of, readings_of
from idealfit.profile.headings import plain

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.schema as sch
    import ibis.expr.types as ir

    from idealfit.profile.criteria import Day
    from idealfit.profile.document import Profile, Test

NO, YES, UNKNOWN = 0, 1, 2

ANSWERS_PER_CODE = 30
"""So many three-valued answers fit in one whole number of 64 bits (3^39 would still do)."""

LISTED_TESTS = 8
"""Up to so many tests, all 3^n combinations are written into the query (6,561 rows); beyond, the table is asked for
those that occur, which reads it twice."""

ID_HEADINGS = (
    "id",
    "companyid",
    "accountid",
    "recordid",
    "domain",
    "companydomainname",
    "website",
    "name",
    "companyname",
)
"""Headings that name a company, the surest first."""


def tests_of(profile: Profile) -> tuple[tuple[str, Test], ...]:
    """Return attribute and test of all criteria, then of all disqualifiers: the order of the answers."""
    criteria = ((line.attribute, line.test) for line in profile.criteria)
    return (*criteria, *((rule.attribute, rule.test) for rule in profile.disqualify))


def counts_days(test: Test) -> bool:
    """Return whether a test counts days back, so that its answer may be another on a new day."""
    return test.within_days is not None or test.older_than_days is not None


def answer_name(position: int) -> str:
    """Return the name of the column with the answers to one test."""
    return f"answer_{position}"


@dataclass(frozen=True)
class Read:
    """A column, and one way to read its cells: all tests that read it so share what was read."""

    column: str
    reading: str


def read_by(profile: Profile, columns: sch.Schema, as_of: Day) -> tuple[Read, ...]:
    """Return what the tests of a profile read of a table of these columns, each once, in the order of the tests."""
    tests = tests_of(profile)
    of = columns_of(columns.names, [attribute for attribute, _ in tests])
    asked = ((of[attribute], test) for attribute, test in tests)
    found = (Read(c, way) for c, test in asked if c is not None for way in readings_of(columns[c], test, as_of))
    return tuple(dict.fromkeys(found))


def cell_name(position: int) -> str:
    """Return the name of the column that holds one of `read_by`."""
    return f"cell_{position}"


def cells(
    profile: Profile,
    table: ir.Table,
    id_column: str | None,
    as_of: Day,
    beside: Mapping[str, ir.Value] | None = None,
) -> ir.Table:
    """Return `id` and the cells that the tests ask for, as they read them, one row per company.

    `beside` are other values of `table` to pass on.
    """
    read = read_by(profile, table.schema(), as_of)
    found = {cell_name(i): READINGS[one.reading](table[one.column]) for i, one in enumerate(read)}
    return table.select(id=_id(table, id_column), **(beside or {}), **found)


def truths(profile: Profile, columns: sch.Schema, cells: ir.Table, as_of: Day) -> ir.Table:
    """Return a table of `cells` with what each test holds in their place: true, false or NULL.

    `columns` are those of the companies' table; what it does not have is unknown for all.
    """
    tests = tests_of(profile)
    of = columns_of(columns.names, [attribute for attribute, _ in tests])
    at = {one: cells[cell_name(i)] for i, one in enumerate(read_by(profile, columns, as_of))}

    def held(column: str | None, test: Test) -> ir.BooleanValue:
        if column is None:
            return ibis.null("boolean")
        return answer_of(Cell(columns[column], lambda reading: at[Read(column, reading)]), test, as_of)

    passed = [c for c in cells.columns if not c.startswith("cell_")]
    return cells.select(*passed, **{answer_name(i): held(of[a], test) for i, (a, test) in enumerate(tests)})


def answered(tests: ir.Table) -> ir.Table:
    """Return a table of `truths` with its answers as whole numbers."""
    # one mention of each test: what is mentioned twice, some engines work out twice
    numbers = {n: tests[n].cast("int32").fill_null(UNKNOWN) for n in _names(tests)}
    return tests.select(*(c for c in tests.columns if c not in numbers), **numbers)


def coded(answers: ir.Table) -> ir.Table:
    """Return `id` and the whole vector of answers in one whole number (a few, beyond 30 tests) of base 3."""
    return answers.select("id", **_codes(answers))


def digits() -> ir.Table:
    """Return the three answers, one a row."""
    return ibis.union(*(ibis.literal(a, "int8").name("answer").as_table() for a in (NO, YES, UNKNOWN)))


def vectors_by_number(answers: ir.Table, numbers: ir.Table) -> ir.Table:
    """Return all vectors of answers, each once, with its code: `numbers` has the codes, 0 and up, as `number`."""
    worked_out = {
        name: ((numbers.number // 3**power if power else numbers.number) % 3).cast("int32")
        for power, name in enumerate(_names(answers))
    }
    return numbers.select(code_0=numbers.number, **worked_out)


def every_vector(answers: ir.Table, digits: ir.Table) -> ir.Table:
    """Return all vectors of answers that `answers` can hold: each once, with its code."""
    names = _names(answers)
    vectors = digits
    for name in names[1:]:
        vectors = vectors.cross_join(digits.view(), rname=name)
    return occurring_vectors(vectors.select(**{n: vectors["answer" if n == names[0] else n] for n in names}))


def occurring_vectors(answers: ir.Table) -> ir.Table:
    """Return the vectors of answers that `answers` do hold: each once, with its code."""
    numbered = answers.mutate(**_codes(answers))
    # grouped by the number and not only distinct: so a planner knows that it occurs once, and joins by it in memory
    return numbered.group_by(code_names(numbered)).agg(**{name: numbered[name].max() for name in _names(answers)})


def code_names(table: ir.Table) -> list[str]:
    """Return the columns that hold codes."""
    return [c for c in table.columns if c.startswith("code_")]


def _names(table: ir.Table) -> list[str]:
    return [c for c in table.columns if c.startswith("answer_")]


def _codes(table: ir.Table) -> dict[str, ir.IntegerValue]:
    names = _names(table)
    parts = [names[i : i + ANSWERS_PER_CODE] for i in range(0, len(names), ANSWERS_PER_CODE)]
    return {f"code_{i}": _code([table[n].cast("int64") for n in part]) for i, part in enumerate(parts)}


def _code(answers: list[ir.IntegerValue]) -> ir.IntegerValue:
    return reduce(add, (answer * 3**power if power else answer for power, answer in enumerate(answers)))


def naming_column(columns: Sequence[str], asked: str | None = None) -> str | None:
    """Return the column that tells companies apart: the one that is `asked` for, else a heading that names companies.

    None where no heading does. Raises `MappingError` where the one asked for is not there.

    >>> naming_column(["Name", "Domain", "Employees"])
    'Domain'
    """
    if asked is None:
        headings = {plain(c): c for c in reversed(columns)}
        return next((headings[h] for h in ID_HEADINGS if h in headings), None)
    column = columns_of(columns, [asked])[asked]
    if column is None:
        raise MappingError(
            Mistake(
                "no column of this name to tell companies apart",
                found=asked,
                allowed=f"one of the headings {_some(columns)}",
                next_step="Name it with --id.",
            )
        )
    return column


def id_as_text(cell: ir.Value) -> ir.StringValue:
    """Return an id as text; a whole number that came as 7.0 is '7'."""
    kind = cell.type()
    if kind.is_string():
        return cell
    if kind.is_floating():
        whole = (cell == cell.floor()) & (cell.abs() < 2**53)
        return ibis.ifelse(whole, ibis.ifelse(whole, cell, 0.0).cast("int64").cast("string"), cell.cast("string"))
    return cell.cast("string")


def _id(table: ir.Table, id_column: str | None) -> ir.StringValue:
    """Return what its table calls a company; row numbers where no column tells."""
    column = naming_column(table.columns, id_column)
    return (ibis.row_number() + 1).cast("string") if column is None else id_as_text(table[column])


def _some(headings: Sequence[str]) -> str:
    return ", ".join(headings[:20]) + (" ..." if len(headings) > 20 else "")
