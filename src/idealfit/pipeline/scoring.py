"""What applies a profile to a table of companies: score."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa

from idealfit.engine import connect, without_password
from idealfit.errors import InputError, Mistake
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, said_about_columns
from idealfit.score import writing
from idealfit.score.scoring import IN_ORDER_UP_TO, missing_columns
from idealfit.score.scoring import score as scores_of
from idealfit.score.tally import Scored, tally
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis
    import pandas as pd

    from idealfit.pipeline.inputs import Day, Table
    from idealfit.profile.document import Criterion, Disqualifier, Profile
    from idealfit.sources.mapping import Mapping


def score(
    profile: Profile | str | Path,
    companies: Table,
    *,
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
) -> pd.DataFrame | pa.Table | ir.Table:
    """Return the scores of companies, one row each with the columns of `tables.SCORES`.

    The answer is the kind of table that was given: pandas for pandas and for files, Arrow for Arrow, and for an ibis
    table an expression that its own engine runs when it is asked to. `as_of` is the day of scoring for tests on dates,
    today if not given. Raises `InputError` where none of the profile's attributes is in the table.
    """
    loaded = as_profile(profile)
    table, id_column, _ = companies_to_score(companies, said_about_columns(mapping, id=id), loaded)
    expression = scores_of(loaded, table, id_column=id_column, as_of=as_day(as_of) or date.today())
    if isinstance(companies, ir.Table):
        return expression
    return expression.to_pyarrow() if isinstance(companies, pa.Table) else expression.to_pandas()


def score_to_file(
    profile: Profile | str | Path,
    companies: Table,
    path: str | Path,
    *,
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Scored:
    """Write the scores of companies to a file (``.parquet`` or ``.csv``); return a summary.

    Rows go through the engine without standing in memory. The file appears when it is complete.
    """
    loaded = as_profile(profile)
    progress(f"reading {name_of(companies)}", 0.1)
    table, id_column, connection = companies_to_score(companies, said_about_columns(mapping, id=id), loaded)
    progress("scoring", 0.3)
    few = int(table.count().execute()) <= IN_ORDER_UP_TO
    day = as_day(as_of) or date.today()
    writing.write(scores_of(loaded, table, id_column=id_column, as_of=day, in_order=few), path, connection)
    progress("counting tiers", 0.9)
    return tally(path, loaded, missing_columns(loaded, table))


def companies_to_score(
    companies: Table, said: Mapping, profile: Profile
) -> tuple[ir.Table, str | None, ibis.BaseBackend]:
    """Return the table to score, the column that names its companies, and the engine it lives in.

    An ibis table is taken as it stands. Raises `InputError` where the profile asks for nothing that the table has.
    """
    if isinstance(companies, ir.Table):
        table, named, connection = companies, said.id, companies.get_backend()
    else:
        connection = connect()
        source = read(companies, connection=connection, table="companies", mapping=said)
        roles = (source.column(role) for role in ("account_id", "domain", "name"))
        table, named = source.table, said.id or next((column.name for column in roles if column), None)
    missing = missing_columns(profile, table)
    if missing and len(missing) == len({line.attribute for line in _lines(profile)}):
        raise InputError(
            Mistake(
                "this table has none of the attributes that the profile asks for",
                where=without_password(str(companies)) if isinstance(companies, str | Path) else "",
                found=", ".join(table.columns[:10]),
                allowed=", ".join(missing),
                next_step="Is it the right table? Columns may also be renamed as the profile calls them.",
            )
        )
    return table, named, connection


def _lines(profile: Profile) -> tuple[Criterion | Disqualifier, ...]:
    return (*profile.criteria, *profile.disqualify)
