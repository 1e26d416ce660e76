"""Rows of Parquet files seen through one view, and scored: which rows it shows is set anew for every part."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import TYPE_CHECKING, Any

import ibis

from idealfit.engine import connect, identifier, literal, rows
from idealfit.errors import InputError, Mistake
from idealfit.pipeline.scoring import companies_to_score
from idealfit.profile.criteria import answer
from idealfit.profile.headings import columns_of
from idealfit.profile.versions import fingerprint
from idealfit.score.answers import LISTED_TESTS, counts_days, naming_column, tests_of
from idealfit.score.scoring import missing_columns, steps
from idealfit.score.tally import BEST
from idealfit.tables import SCORES
from idealfit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date
    from pathlib import Path

    import ibis.expr.types as ir

    from idealfit.profile.document import Profile
    from idealfit.sources.mapping import Mapping

NAME = "idealfit_part"
ROW = "file_row_number"


@dataclass(frozen=True)
class PartView:
    """Companies of Parquet files as a profile reads them; `named` is the column with their ids.

    How each column is read (its separator, its decimal sign) was understood by the first rows of the first file, and
    is the same whichever rows the view shows.
    """

    connection: ibis.BaseBackend
    profile: Profile
    table: ir.Table
    named: str
    day: date
    columns: dict[str, str]

    @property
    def on_days(self) -> bool:
        """Return whether a test counts days, so that a new day is a change."""
        return any(counts_days(test) for _, test in tests_of(self.profile))

    @property
    def told_day(self) -> str:
        """Return the day of scoring, '' where it makes no difference."""
        return self.day.isoformat() if self.on_days else ""

    @property
    def missing(self) -> tuple[str, ...]:
        """Return the attributes of the profile for which there is no column."""
        return missing_columns(self.profile, self.table)

    def needed(self) -> set[str]:
        """Return the columns that the profile reads, and the one with the ids."""
        found = columns_of(self.table.columns, [attribute for attribute, _ in tests_of(self.profile)])
        return {self.named, *(c for c in found.values() if c)}

    def look_at(self, files: Sequence[Path], start: int = 0, until: int | None = None, *, where: str = "") -> None:
        """Show the rows `start` to `until` of each of the files, or those for which a condition in SQL holds."""
        _show(self.connection, self.columns, files, where if until is None else f"{ROW} >= {start} AND {ROW} < {until}")

    def meaning(self) -> str:
        """Return a digest of all that scores depend on but rows and day: profile, program, how columns are read."""
        needed = self.needed()
        how = [read for name, read in self._readings() if name in needed]
        kinds = [f"{name}: {kind}" for name, kind in self.table.schema().items() if name in needed]
        told = [fingerprint(self.profile), __version__, self.named, *how, *kinds]
        return hashlib.blake2b(json.dumps(told).encode(), digest_size=16).hexdigest()

    def statement(self, only: Callable[[ir.Table], ir.BooleanValue] | None = None) -> str:
        """Return the SQL that scores the rows that are shown, or `only` some of them.

        What a vector of answers comes to is worked out here and now, once for all parts.
        """
        shown = self.table if only is None else self.table.filter(only(self.table))
        found = steps(
            self.profile, shown, id_column=self.named, as_of=self.day, in_order=False, standing_in=self._worked_out
        )
        return str(self.connection.compile(found[-1][1]))

    def differs_since(self, then: date) -> Callable[[ir.Table], ir.BooleanValue]:
        """Return the test for companies of which some test on days says today what it did not say `then`."""
        lines = [(attribute, test) for attribute, test in tests_of(self.profile) if counts_days(test)]

        def differs(table: ir.Table) -> ir.BooleanValue:
            columns = columns_of(table.columns, [attribute for attribute, _ in tests_of(self.profile)])
            asked = [(column, test) for attribute, test in lines if (column := columns[attribute]) is not None]
            moved = (
                ~answer(table, column, test, then).identical_to(answer(table, column, test, self.day))
                for column, test in asked
            )
            return reduce(or_, moved, ibis.literal(False))

        return differs

    def write(self, statement: str, aside: Path) -> dict[str, Any]:
        """Write what a statement gives to a Parquet file, and return how many are in each tier, and the best."""
        rows(self.connection, f"COPY ({statement}) TO {literal(str(aside))} (FORMAT parquet)", f"writing {aside.name}")
        return summary_of(self.connection, f"read_parquet({literal(str(aside))})")

    def _readings(self) -> list[tuple[str, str]]:
        """Return for each column how its cells are read."""
        made = f"SELECT sql FROM duckdb_views() WHERE view_name = {literal(self.table.get_name())}"
        asked = f"SELECT json_serialize_sql(regexp_replace(sql, '^.*? AS ', '')) FROM ({made}) AS made"
        ((told,),) = rows(self.connection, asked, "looking at how columns are read")
        selected = json.loads(told)["statements"][0]["node"]["select_list"]
        return [(column["alias"], re.sub(r'"query_location": \d+', "", json.dumps(column))) for column in selected]

    def _worked_out(self, name: str, step: ir.Table) -> ir.Table:
        tests = tests_of(self.profile)
        if name != "outcomes" or len(tests) > LISTED_TESTS or not tests:
            return step
        made = f"CREATE OR REPLACE TEMP TABLE idealfit_outcomes AS {self.connection.compile(step)}"
        rows(self.connection, made, "working out what each combination of answers comes to")
        return self.connection.table("idealfit_outcomes")


def part_view(first: Path, profile: Profile, said: Mapping, day: date) -> PartView:
    """Return the view for files like the `first` one, which must have rows.

    Raises `InputError` where nothing is asked for that the file has, and where no column tells companies apart.
    """
    connection = connect()
    told = rows(connection, f"DESCRIBE SELECT * FROM read_parquet({literal(str(first))})", f"opening {first}")
    columns = {str(name): str(kind) for name, kind, *_ in told}
    _show(connection, columns, [first], "")
    table, said_id, _ = companies_to_score(connection.table(NAME), said, profile, connection)
    named = naming_column(table.columns, said_id)
    if named is None:
        raise InputError(
            Mistake(
                "no column tells the companies apart, as it must where scores go into a folder",
                where=str(first),
                found=", ".join(table.columns[:10]),
                next_step="Name it with --id.",
            )
        )
    return PartView(connection, profile, table, named, day, columns)


def _show(connection: ibis.BaseBackend, columns: Iterable[str], files: Sequence[Path], where: str) -> None:
    statement = f"""CREATE OR REPLACE VIEW {NAME} AS SELECT {", ".join(map(identifier, columns))}
        FROM read_parquet([{", ".join(literal(str(file)) for file in files)}]) {where and f"WHERE {where}"}"""
    rows(connection, statement, f"opening {files[0]}")


def summary_of(connection: ibis.BaseBackend, written: str) -> dict[str, Any]:
    """Return how many of the rows of a relation of scores are in each tier, and the best of them."""
    counts = rows(connection, f"SELECT tier, count(*) FROM {written} AS scores GROUP BY tier", "counting tiers")
    names = ", ".join(field.name for field in SCORES)
    order = "ORDER BY fit DESC, fit_low DESC, id LIMIT"
    best = rows(connection, f"SELECT {names} FROM {written} AS scores {order} {BEST}", "reading the best")
    return {"tiers": dict(counts), "best": [dict(zip(names.split(", "), row, strict=True)) for row in best]}
