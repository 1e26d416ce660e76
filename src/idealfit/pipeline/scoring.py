"""What applies a profile to a table of companies: score."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import ibis.expr.types as ir
import pyarrow as pa

from idealfit.engine import connect, without_password
from idealfit.errors import InputError, MappingError, Mistake
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, said_about_columns
from idealfit.profile.headings import plain
from idealfit.score import writing
from idealfit.score.census import census
from idealfit.score.doubts import doubts
from idealfit.score.exclusions import DOMAINS, Exclusion, LeftOut, excluding, exclusion, left_out
from idealfit.score.market import counted
from idealfit.score.scoring import IN_ORDER_UP_TO, missing_columns, steps
from idealfit.score.scoring import score as scores_of
from idealfit.score.statement import ABOUT, said_of_columns
from idealfit.score.tally import Scored, repeated_ids, tally
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import ibis
    import pandas as pd

    from idealfit.pipeline.inputs import Day, Table
    from idealfit.profile.document import Criterion, Disqualifier, Profile
    from idealfit.sources.mapping import Mapping

OWN_DOMAINS = "our own domains"
STEP_ROWS = 5


@dataclass(frozen=True)
class Step:
    """One table on the way to scores: its name, what it holds, its first rows, and what its numbered columns are."""

    name: str
    about: str
    rows: pa.Table
    said: dict[str, str]


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
    exclude: Sequence[Table] = (),
    own_domains: Sequence[str] = (),
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Scored:
    """Write the scores of companies to a file (``.parquet`` or ``.csv``); return a summary.

    Rows go through the engine without standing in memory. The file appears when it is complete. Companies on a list of
    `exclude`, or of `own_domains`, are disqualified, as if the profile said so.
    """
    loaded, day = as_profile(profile), as_day(as_of) or date.today()
    progress(f"reading {name_of(companies)}", 0.1)
    table, id_column, connection = companies_to_score(companies, said_about_columns(mapping, id=id), loaded)
    warnings = doubts(loaded, table, day)
    ruled, table = excluding(loaded, table, exclusions(exclude, own_domains, table))
    progress("scoring", 0.3)
    few = int(table.count().execute()) <= IN_ORDER_UP_TO
    writing.write(scores_of(ruled, table, id_column=id_column, as_of=day, in_order=few), path, connection)
    progress("counting tiers", 0.9)
    out = _ruled_out(ruled, table, day) if exclude or own_domains else ()
    if few:  # of more companies than that, to look for ids that repeat would cost as much as to score
        warnings = (*warnings, *repeated_ids(path))
    return replace(tally(path, loaded, missing_columns(loaded, table)), warnings=warnings, left_out=out)


def score_steps(
    profile: Profile | str | Path,
    companies: Table,
    *,
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
) -> tuple[Step, ...]:
    """Return the first rows of every table between companies and scores, to see how a score comes about."""
    loaded, day = as_profile(profile), as_day(as_of) or date.today()
    table, id_column, connection = companies_to_score(companies, said_about_columns(mapping, id=id), loaded)
    found = steps(loaded, table.limit(STEP_ROWS), id_column=id_column, as_of=day)
    said = said_of_columns(loaded, table.schema(), day)
    return tuple(Step(name, ABOUT[name], connection.to_pyarrow(step), said) for name, step in found)


def exclusions(exclude: Sequence[Table], own_domains: Sequence[str], companies: ir.Table) -> tuple[Exclusion, ...]:
    """Return the lists of companies to leave alone; raises `MappingError` with every list that cannot be compared."""
    found: list[Exclusion] = []
    mistakes: list[Mistake] = []
    for listed in exclude:
        source = read(listed, connection=connect(), table="companies")
        try:
            found.append(exclusion(name_of(listed), source.table, companies.columns))
        except MappingError as error:
            mistakes += error.mistakes
    if own_domains and not any(plain(heading) in DOMAINS for heading in companies.columns):
        mistakes.append(
            Mistake(
                "own domains cannot be left out: the companies have no column of domains",
                found=", ".join(companies.columns[:10]),
                allowed="domain, website, e-mail ...",
                next_step="Add such a column to the table of companies.",
            )
        )
    if mistakes:
        raise MappingError(*mistakes)
    own = (Exclusion(OWN_DOMAINS, "domain", tuple(own_domains)),) if own_domains else ()
    return (*own, *found)


def _ruled_out(profile: Profile, table: ir.Table, day: date) -> tuple[LeftOut, ...]:
    rules = profile.model_copy(update={"criteria": ()})
    return left_out(rules, counted(rules, census(rules, table, as_of=day)))


def companies_to_score(
    companies: Table, said: Mapping, profile: Profile, connection: ibis.BaseBackend | None = None
) -> tuple[ir.Table, str | None, ibis.BaseBackend]:
    """Return the table to score, the column that names its companies, and the engine it lives in.

    An ibis table is taken as it stands, unless a `connection` is given: then its cells are read as those of a file are.
    Raises `InputError` where the profile asks for nothing that the table has.
    """
    if isinstance(companies, ir.Table) and connection is None:
        table, named, connection = companies, said.id, companies.get_backend()
    else:
        connection = connection or connect()
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
