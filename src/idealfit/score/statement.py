"""A profile as one SQL statement for a warehouse: the steps of `scoring.steps`, each a named part with a comment."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from textwrap import indent
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import ibis
from sqlglot import exp
from sqlglot.errors import ParseError, TokenError

from idealfit.engine import syntax_tree
from idealfit.errors import InputError, Mistake
from idealfit.profile.cells import SPACE
from idealfit.profile.wording import phrase
from idealfit.score.answers import answer_name, cell_name, read_by, tests_of
from idealfit.score.dbt_model import PLAIN_NAME
from idealfit.score.scoring import steps

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    import ibis.expr.schema as sch

    from idealfit.profile.criteria import Day
    from idealfit.profile.document import Profile, Test


@dataclass(frozen=True)
class Dialect:
    """How one engine wants its SQL: what ibis and sqlglot call it, and how it tells the day `{}` days from today.

    `breaks` says how a text with line breaks is written on one line where it is not in plain quotes. With `folds`,
    plain names are capital letters unless they are quoted, and so are left without quotes. With `repeats`, the engine
    works out a step again for each mention of it in the next, unless `OFFSET 0` stands at its end. `numbers` is how it
    lists the numbers from 0 to `{}`, that one left out.
    """

    name: str
    day: str
    breaks: Literal["in quotes", "E''", "CHAR()"] = "in quotes"
    folds: bool = False
    repeats: bool = False
    numbers: str = ""


RANGE = "SELECT id AS `number` FROM RANGE({})"

DIALECTS = MappingProxyType(
    {
        "duckdb": Dialect("duckdb", "CURRENT_DATE + {}", "E''"),
        "postgres": Dialect("postgres", "CURRENT_DATE + {}", "E''", repeats=True),
        "sqlite": Dialect("sqlite", "DATE('now', '{} days')", "CHAR()"),
        # ibis wants Spark itself to be there to write for it, not for its twin
        "spark": Dialect("databricks", "DATE_ADD(CURRENT_DATE(), {})", numbers=RANGE),
        "snowflake": Dialect("snowflake", "DATEADD(DAY, {}, CURRENT_DATE)", folds=True),
        "bigquery": Dialect("bigquery", "DATE_ADD(CURRENT_DATE(), INTERVAL {} DAY)"),
        "databricks": Dialect("databricks", "DATE_ADD(CURRENT_DATE(), {})", numbers=RANGE),
        "clickhouse": Dialect("clickhouse", "addDays(today(), {})"),
    }
)
"""The engines a statement can be written for."""

ABOUT = MappingProxyType(
    {
        "cells": "each company, and the cells that tests read, each read once; NULL where there is nothing to read",
        "tests": "each company, and what each test of the profile holds of it: true, false, or NULL where unknown",
        "answers": "the same in whole numbers: 0 no, 1 yes, 2 unknown",
        "numbers": "the number of each combination of answers: its digits to base 3 are the answers",
        "digits": "the three answers a test can give",
        "vectors": "every combination of answers once, and its number; all that follows is worked out once for each",
        "totals": "points: total100 in hundredths (an unknown counts for its share of yes), then at worst and at best",
        "fits": "points as a fit from 0 to 100, whole numbers only, halves up; with its worst and best case",
        "tiers": "the first tier that the fit reaches",
        "win_rates": "the win rate of the fit's band, and the widest interval of the bands the unknown spans",
        "in_words": "what speaks for a company, what against it, and what is unknown, in words",
        "outcomes": "the unknown attribute to find out first: it could change the tier",
        "coded": "each company, and the number of its combination",
        "scores": "each company with what its combination comes to",
    }
)
"""What each step gives, in words."""

READ_ONCE = ("cells", "coded")
"""Steps that are to be worked out once for each company where an engine would repeat them."""

ONCE = " (OFFSET 0: once, not for each use)"
AS_READ = MappingProxyType({"number": "a number", "words": "words", "day": "a day", "truth": "true or false"})

RESERVED = frozenset(
    """all alter and any as between by case cast check column connect constraint create cross current current_date
    current_time current_timestamp current_user database delete distinct drop else exists false following for from full
    grant group having ilike in increment inner insert intersect into is issue join lateral left like localtime
    localtimestamp minus natural not null of on or order organization qualify regexp revoke right rlike row rows sample
    schema select set some start table tablesample then to trigger true try_cast union unique update using values view
    when whenever where with account gscluster connection""".split()
)
"""Words that stand for a column or table only in quotes, where others need none."""

_SOURCE = "idealfit_source"


@ibis.udf.scalar.builtin(name="idealfit_day", signature=((int,), "date"))  # type: ignore[untyped-decorator]
def _day(days: int) -> date:  # type: ignore[empty-body]
    """Stand for the day so many days after today, which each engine writes in its own way."""


@dataclass(frozen=True)
class Part:
    """One named step of a statement."""

    name: str
    about: str
    sql: str


@dataclass(frozen=True)
class Statement:
    """A statement in its parts, the last of which gives the scores; `about` are lines that say what it is."""

    about: tuple[str, ...]
    parts: tuple[Part, ...]

    def up_to(self, name: str) -> str:
        """Return the statement that gives the table of one step."""
        position = [part.name for part in self.parts].index(name)
        before, last = self.parts[:position], self.parts[position]
        steps = ",\n".join(f"-- {p.name}: {p.about}\n{p.name} AS (\n{indent(p.sql, '  ')}\n)" for p in before)
        heading = "".join(f"-- {line}\n" for line in self.about)
        return heading + (f"WITH\n{steps}\n" if before else "") + f"-- {last.name}: {last.about}\n{last.sql}\n"

    def __str__(self) -> str:
        """Return the whole statement."""
        return self.up_to(self.parts[-1].name)


def statement(
    profile: Profile,
    columns: sch.Schema,
    dialect: str,
    *,
    table: str = "companies",
    id_column: str | None = None,
    as_of: date | None = None,
    about: Sequence[str] = (),
) -> Statement:
    """Return the statement of `dialect` (one of `DIALECTS`) that scores `table`, which has these columns.

    `table` may be qualified (``analytics.companies``). Days count back from the engine's own today, or from `as_of`.
    Each company is read once and joined with what its combination of answers comes to. Raises `InputError` where
    `table` names none.
    """
    spoken, day = DIALECTS[dialect], as_of or _day
    found = steps(
        profile,
        ibis.table(columns, name=_SOURCE),
        id_column=id_column,
        as_of=day,
        in_order=False,
        standing_in=lambda name, step: ibis.table(step.schema(), name=name),
        numbers=ibis.table({"number": "int64"}, name="idealfit_numbers") if spoken.numbers else None,
    )
    source = _source(table, spoken, {name for name, _ in found})
    said = said_of_columns(profile, columns, day)
    parts = []
    before: dict[str, Sequence[str]] = {}
    for name, step in found:
        if name == "numbers":
            parts.append(Part(name, ABOUT[name], spoken.numbers.format(3 ** len(tests_of(profile)))))
            continue
        tree = _readable(syntax_tree(step, spoken.name), spoken, source, before)
        for column in tree.selects:
            if name in ("cells", "tests") and column.alias in said:
                column.add_comments([_harmless(said[column.alias])])
        once = spoken.repeats and name in READ_ONCE
        tree = tree.offset(0) if once else tree
        parts.append(Part(name, ABOUT[name] + ONCE * once, tree.sql(dialect=spoken.name, pretty=True)))
        before[name] = step.columns
    return Statement(tuple(_harmless(line) for line in about), tuple(parts))


def said_of_columns(profile: Profile, columns: sch.Schema, day: Day) -> dict[str, str]:
    """Return what the columns of cells and answers hold, in words, by their names: ``answer_0`` is the first test."""
    said = {answer_name(i): phrase(a, test) for i, (a, test) in enumerate(tests_of(profile))}
    return said | {
        cell_name(i): f"{r.column}, as {AS_READ[r.reading]}" for i, r in enumerate(read_by(profile, columns, day))
    }


def expected_columns(profile: Profile) -> dict[str, str]:
    """Return the columns a profile asks for with the types its tests read best: what a warehouse would hold.

    >>> from idealfit.profile.document import Disqualifier, Narrative, Profile, Slot, Test
    >>> gap = Slot(text="?", source="open question")
    >>> slots = dict.fromkeys(("company", "situation", "trigger", "alternative", "urgency"), gap)
    >>> rule = Disqualifier(attribute="employees", test=Test(below=10))
    >>> asked = Profile(name="-", verdict="written by hand", narrative=Narrative(**slots), disqualify=(rule,))
    >>> expected_columns(asked)
    {'employees': 'float64'}
    """
    found: dict[str, set[str]] = {}
    for attribute, test in tests_of(profile):
        found.setdefault(attribute, set()).add(_type_for(test))
    return {attribute: kinds.pop() if len(kinds) == 1 else "string" for attribute, kinds in found.items()}


def column_of(table: str, column: str, dialect: str) -> str:
    """Return a column of a table as the dialect writes it.

    >>> column_of("companies", "Updated At", "snowflake"), column_of("companies", "updated_at", "bigquery")
    ('companies."Updated At"', 'companies.`updated_at`')
    """
    spoken = DIALECTS[dialect]
    named = exp.column(exp.to_identifier(column, quoted=True), table=exp.to_identifier(table))
    return named.transform(lambda node: _native(node, spoken)).sql(dialect=spoken.name)


def _type_for(test: Test) -> str:
    """Return the type of a column that a test reads as it is."""
    values = [v for v in (test.is_, test.is_not, *(test.one_of or ()), *(test.none_of or ())) if v is not None]
    if test.within_days is not None or test.older_than_days is not None:
        return "date"
    if values and all(isinstance(v, bool) for v in values):
        return "boolean"
    worded = any(isinstance(v, str | bool) for v in values)
    listed = (test.has, test.lacks, test.has_any, test.mentions) != (None,) * 4
    return "string" if worded or listed or test.one_of == () or test.none_of == () else "float64"


def _source(table: str, dialect: Dialect, taken: set[str]) -> exp.Table:
    """Return the table to read, under the last part of its name."""
    try:
        found = exp.to_table(table, dialect=dialect.name)
    except (ParseError, TokenError):
        found = exp.Table()
    if not found.name or found.sql(dialect=dialect.name) != table.strip():
        raise InputError(
            Mistake("this names no table", "--table", table, "TABLE, SCHEMA.TABLE or DATABASE.SCHEMA.TABLE")
        )
    if found.name.lower() in taken and not found.db:
        raise InputError(
            Mistake("a step of the statement has this name too", "--table", table, next_step="Write SCHEMA.TABLE.")
        )
    found.set("alias", exp.TableAlias(this=found.this.copy()))
    return found


def _readable(tree: exp.Expr, dialect: Dialect, source: exp.Table, before: Mapping[str, Sequence[str]]) -> exp.Query:
    """Return a compiler's statement as a person would write it: with names, stars, and each engine's own words."""
    tree = tree.transform(_simpler)
    _name_tables(tree)
    for select in tree.find_all(exp.Select):
        _pass_on_as_star(select, before)
    tree = tree.transform(lambda node: _native(node, dialect))
    for node in list(tree.find_all(exp.Table, exp.Column)):
        if isinstance(node, exp.Table) and node.name == _SOURCE:
            node.replace(source.copy())
        elif isinstance(node, exp.Column) and node.table == _SOURCE:
            node.set("table", source.this.copy())
    assert isinstance(tree, exp.Query)  # a step is a table  # noqa: S101
    return tree


def _simpler(node: exp.Expr) -> exp.Expr:
    """Return a node without what only a compiler writes: stars around a query, a start of a text worked out at length.

    >>> import sqlglot
    >>> print(sqlglot.parse_one("SELECT * FROM (SELECT 1 AS a) AS t0").transform(_simpler))
    SELECT 1 AS a
    """
    set_parts = {name for name, part in node.args.items() if part}
    if isinstance(node, exp.Select) and node.expressions == [exp.Star()] and set_parts == {"expressions", "from_"}:
        inner = node.args["from_"].this
        return inner.this.transform(_simpler) if isinstance(inner, exp.Subquery) else node
    if isinstance(node, exp.Substring) and isinstance(node.args["start"], exp.Case | exp.If):
        first = node.args["start"]
        first = first.args["ifs"][0] if isinstance(first, exp.Case) else first
        node.set("start", exp.Literal.number(sum(int(n.name) for n in first.args["true"].find_all(exp.Literal))))
    return node


def _name_tables(tree: exp.Expr) -> None:
    """Call tables by their own names where they stand once, and what else has a number by letters."""
    read = list(tree.find_all(exp.Table, exp.Subquery))
    times = Counter(table.name for table in read if isinstance(table, exp.Table))
    names: dict[str, str] = {}
    for number, table in enumerate(read):
        own = isinstance(table, exp.Table) and times[table.name] == 1
        names[table.alias] = table.name if own else f"part_{number + 1}"
        table.set("alias", None if own else exp.TableAlias(this=exp.to_identifier(names[table.alias], quoted=True)))
    for column in tree.find_all(exp.Column):
        if column.table:
            column.set("table", exp.to_identifier(names[column.table], quoted=True))


def _pass_on_as_star(select: exp.Select, before: Mapping[str, Sequence[str]]) -> None:
    """Write the columns of the one table that is read as a star, where all of them are passed on first."""
    read = select.args["from_"].this if select.args.get("from_") else None
    if read is None or select.args.get("joins") or select.args.get("distinct"):
        return
    passed = read.this.named_selects if isinstance(read, exp.Subquery) else list(before.get(read.name, ()))
    first = select.expressions[: len(passed)]
    if passed and [c.name for c in first if isinstance(c, exp.Column)] == passed:
        star = exp.Column(this=exp.Star(), table=exp.to_identifier(read.alias_or_name, quoted=True))
        select.set("expressions", [star, *select.expressions[len(passed) :]])


def _native(node: exp.Expr, dialect: Dialect) -> exp.Expr:
    """Return a node as the people who work with an engine write it."""
    if isinstance(node, exp.Anonymous) and node.name == "idealfit_day":
        return exp.Var(this=dialect.day.format(node.expressions[0].sql()))  # as it stands: parsed, it would differ
    if dialect.folds and isinstance(node, exp.Literal) and node.is_string and SPACE in node.name:
        # whether \\t is known within brackets is not documented, so the characters themselves stand there
        return exp.Literal.string(node.name.replace(SPACE, "[ \t\n\r\f\u00a0]"))
    if isinstance(node, exp.Literal) and node.is_string and any(ord(c) < ord(" ") for c in node.name):
        return _on_one_line(node, dialect)
    if dialect.folds and isinstance(node, exp.Identifier) and PLAIN_NAME.fullmatch(node.name):
        node.set("quoted", node.name.lower() in RESERVED)
    return node


def _on_one_line(text: exp.Literal, dialect: Dialect) -> exp.Expr:
    r"""Return a text that may hold line breaks as its engine writes it on one line: what follows is indented by lines.

    >>> print(_on_one_line(exp.Literal.string("a\nb"), DIALECTS["sqlite"]).sql("sqlite"))
    CHAR(97, 10, 98)
    """
    if dialect.breaks == "CHAR()":
        return exp.func("CHAR", *(exp.Literal.number(ord(letter)) for letter in text.name), dialect=dialect.name)
    if dialect.breaks == "E''":  # sqlglot's own would write \\v, which Postgres takes for a v
        letters = (f"\\x{ord(c):02x}" if ord(c) < ord(" ") else {"'": "''", "\\": "\\\\"}.get(c, c) for c in text.name)
        return exp.Var(this=f"E'{''.join(letters)}'")
    return text


def _harmless(text: str) -> str:
    """Return text that stays within a comment on one line, whatever it holds."""
    return (
        " ".join("".join(c if c.isprintable() else " " for c in text).split()).replace("*/", "* /").replace("/*", "/ *")
    )
