"""A profile taken to where the companies are: the statement that a warehouse runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis

from idealfit.errors import InputError, Mistake
from idealfit.pipeline.inputs import as_day, as_profile, said_about_columns
from idealfit.pipeline.scoring import companies_to_score
from idealfit.profile.versions import fingerprint
from idealfit.score.answers import counts_days, tests_of
from idealfit.score.dbt_model import Incremental
from idealfit.score.statement import DIALECTS, Statement, column_of, expected_columns, statement
from idealfit.version import __version__

if TYPE_CHECKING:
    from pathlib import Path

    from idealfit.pipeline.inputs import Day, Table
    from idealfit.profile.document import Profile
    from idealfit.sources.mapping import Mapping

ID = "id"


def sql(
    profile: Profile | str | Path,
    dialect: str,
    *,
    table: str = "companies",
    columns: Table | None = None,
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
) -> Statement:
    """Return the SQL statement that scores a table in a warehouse, with every step between by name.

    `dialect` is one of `score.statement.DIALECTS`. Headings and types are those of `columns`, a table like the one in
    the warehouse; without it columns are called as the profile calls them, with the types that its tests ask for, and
    companies are named by `id`. Days count back from the day the statement runs, or from `as_of`.
    """
    if dialect not in DIALECTS:
        raise InputError(Mistake("no SQL is written for this engine", "--dialect", dialect, ", ".join(DIALECTS)))
    loaded = as_profile(profile)
    if columns is None:
        kinds = expected_columns(loaded)
        named: str | None = id or ID
        schema = ibis.schema({id or ID: "string", **kinds})
        expects = [f"It expects the columns {named} and " + ", ".join(f"{c} ({k})" for c, k in kinds.items())]
    else:
        like, named, _ = companies_to_score(columns, said_about_columns(mapping, id=id), loaded)
        schema, expects = like.schema(), []
    about = [
        f"{loaded.name}: fit, tier and reasons of each company, by the profile {fingerprint(loaded)[:8]}.",
        f"Written by Idealfit {__version__} for {dialect}. Change the profile and write it again rather than this.",
        *expects,
    ]
    return statement(loaded, schema, dialect, table=table, id_column=named, as_of=as_day(as_of), about=about)


def incremental(
    profile: Profile | str | Path, dialect: str, *, table: str, column: str, as_of: Day = None
) -> Incremental:
    """Return what makes a model of `sql` score only the rows that `column` says have changed since the last run.

    Raises `InputError` where the profile counts days back from the day it runs: then every day changes every row.
    """
    loaded = as_profile(profile)
    if as_of is None and any(counts_days(test) for _, test in tests_of(loaded)):
        raise InputError(
            Mistake(
                "this profile counts days, and every new day is a change of all rows",
                "--changed-column",
                column,
                next_step="Name the day with --as-of, or leave --changed-column out.",
            )
        )
    return Incremental(column_of(table, column, dialect), fingerprint(loaded)[:8])
