"""The verbs, in order: inspect, learn, score, backtest, report, diff. The only module that knows all rooms.

Each verb takes files (a path, or an address that ibis understands) or tables that are in memory already, and returns
values. ``progress``, where a verb takes it, is told the step in words and the share done (0 to 1).
"""

from __future__ import annotations

import json
import os
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import ibis.expr.types as ir
import pandas as pd
import pyarrow as pa

from idealfit.engine import connect
from idealfit.errors import InputError, Mistake
from idealfit.learn.best_customers import with_best_customers
from idealfit.learn.contamination import cleaned
from idealfit.learn.drafting import profile_from
from idealfit.learn.history import history, history_against_market
from idealfit.profile import files
from idealfit.profile.changes import differences
from idealfit.profile.document import Profile
from idealfit.prove.backtest import backtest as proof_of
from idealfit.prove.trials import Backtest
from idealfit.report.page import page
from idealfit.score import writing
from idealfit.score.scoring import IN_ORDER_UP_TO, missing_columns
from idealfit.score.scoring import score as scores_of
from idealfit.score.tally import Scored, tally
from idealfit.sources.mapping import Mapping, load_mapping
from idealfit.sources.outcomes import outcomes
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import ibis

    from idealfit.learn.history import History
    from idealfit.profile.changes import Change
    from idealfit.profile.document import Criterion, Disqualifier
    from idealfit.sources.mapping import TableName
    from idealfit.tables import Layer, SourceTable

Table: TypeAlias = str | Path | pd.DataFrame | pa.Table | ir.Table
"""Where a table is, or the table itself."""

Day: TypeAlias = date | str | None
"""A day, or how ISO 8601 writes it."""

NAME = "Ideal customer profile"
BEST_RULE = "overlap"


def quiet(_words: str, _share: float) -> None:
    """Tell nobody."""


def inspect(
    *tables: Table,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> tuple[SourceTable, ...]:
    """Return how each column of each table is understood: one `SourceTable` per table, in order."""
    said = _said(mapping)
    found = []
    for number, table in enumerate(tables):
        progress(f"reading {_name(table)}", number / len(tables))
        found.append(read(table, connection=connect(), table=None, mapping=said))
    return tuple(found)


def learn(
    deals: Table,
    *,
    accounts: Table | None = None,
    customers: Table | None = None,
    market: Table | None = None,
    id: str | None = None,
    outcome: str | None = None,
    won: Sequence[str] = (),
    lost: Sequence[str] = (),
    opened: str | None = None,
    closed: str | None = None,
    amount: str | None = None,
    ignore: Collection[str] = (),
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    best: str = BEST_RULE,
    seed: int = 0,
    name: str = NAME,
    progress: Callable[[str, float], None] = quiet,
) -> Profile:
    """Return the profile that the history supports; without a reliable pattern, one that says so.

    `deals` has one row per deal. `accounts` holds facts about the companies where they stand in a table of their own;
    `customers` tells who stayed, grew or left. With `market` and no losses, `deals` is taken for customers and held
    against that market. `id`, `outcome`, `opened`, `closed` and `amount` name columns that are not recognised, `won`
    and `lost` the values of the outcome; `mapping` says all that in one place. With `as_of`, only what was known on
    that day is used. `best` is the rule for best customers (see `learn.best_customers`).

    Raises `InputError`, `MappingError` and `TooLittleDataError`, each with all that is wrong.
    """
    said = _said(
        mapping, id=id, outcome=outcome, won=won, lost=lost, opened=opened, closed=closed, amount=amount, ignore=ignore
    )
    past = _past(
        deals, accounts=accounts, customers=customers, market=market, said=said, as_of=_day(as_of), progress=progress
    )
    return _drafted(past, seed=seed, name=name, best=best, progress=within(0.25, 1.0, progress))


def backtest(
    deals: Table,
    *,
    accounts: Table | None = None,
    customers: Table | None = None,
    market: Table | None = None,
    id: str | None = None,
    outcome: str | None = None,
    won: Sequence[str] = (),
    lost: Sequence[str] = (),
    opened: str | None = None,
    closed: str | None = None,
    amount: str | None = None,
    ignore: Collection[str] = (),
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    seed: int = 0,
    cutoffs: Sequence[date | str] = (),
    progress: Callable[[str, float], None] = quiet,
) -> Backtest:
    """Return how profiles learned as of some days ranked the deals opened after them; arguments as for `learn`.

    `cutoffs` are the days; up to four are chosen from the data where none is given.
    """
    said = _said(
        mapping, id=id, outcome=outcome, won=won, lost=lost, opened=opened, closed=closed, amount=amount, ignore=ignore
    )
    past = _past(
        deals, accounts=accounts, customers=customers, market=market, said=said, as_of=_day(as_of), progress=progress
    )
    days = [day for day in map(_day, cutoffs) if day is not None]
    return proof_of(past, learn=_drafted, seed=seed, cutoffs=days or None, progress=within(0.25, 1.0, progress))


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
    loaded = _profile(profile)
    table, id_column, _ = _companies(companies, _said(mapping, id=id), loaded)
    expression = scores_of(loaded, table, id_column=id_column, as_of=_day(as_of) or date.today())
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
    loaded = _profile(profile)
    progress(f"reading {_name(companies)}", 0.1)
    table, id_column, connection = _companies(companies, _said(mapping, id=id), loaded)
    progress("scoring", 0.3)
    few = int(table.count().execute()) <= IN_ORDER_UP_TO
    day = _day(as_of) or date.today()
    writing.write(scores_of(loaded, table, id_column=id_column, as_of=day, in_order=few), path, connection)
    progress("counting tiers", 0.9)
    return tally(path, loaded, missing_columns(loaded, table))


def report(profile: Profile | str | Path, backtest: Backtest | str | Path | None = None) -> str:
    """Return the profile, and the proof behind it where there is one, as one HTML page that needs no network."""
    proof = _backtest(backtest)
    return page(_profile(profile), None if proof is None else proof.as_json())


def report_to_file(
    profile: Profile | str | Path,
    path: str | Path,
    *,
    backtest: Backtest | str | Path | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> int:
    """Write the report to a file and return its size in bytes."""
    progress("drawing the report", 0.1)
    _write(path, report(profile, backtest))
    return Path(path).stat().st_size


def diff(old: Profile | str | Path, new: Profile | str | Path) -> tuple[Change, ...]:
    """Return what changed from one profile to another, in words."""
    return differences(_profile(old), _profile(new))


def load_profile(path: str | Path) -> Profile:
    """Return the profile in a file; raises `ProfileError` with every mistake in it, each with its line."""
    return files.load(path)


def save_profile(profile: Profile, path: str | Path) -> Profile:
    """Write a profile to a file; return it as it stands there, with what people had written into that file before."""
    files.dump(profile, path)
    return files.load(path)


def save_backtest(backtest: Backtest, path: str | Path) -> None:
    """Write a backtest as JSON."""
    _write(path, json.dumps(backtest.as_json(), indent=2, ensure_ascii=False))


def _past(
    deals: Table,
    *,
    accounts: Table | None,
    customers: Table | None,
    market: Table | None,
    said: Mapping,
    as_of: date | None,
    progress: Callable[[str, float], None],
) -> History:
    """Return the history that the tables hold, against a market where there is one and no losses."""
    connection = connect()

    def opened(table: Table, rows: TableName, share: float) -> SourceTable:
        progress(f"reading {_name(table)}", share)
        return read(table, connection=connection, table=rows, mapping=said)

    if market is not None:
        if customers is not None or accounts is not None:
            raise InputError(
                Mistake(
                    "with a market, the one other table is the customers",
                    allowed="CUSTOMERS --market F, without --accounts and --customers",
                    next_step="Put the facts about customers into the table of customers.",
                )
            )
        sold, others = opened(deals, "customers", 0.0), opened(market, "market", 0.1)
        return history_against_market(sold, others, as_of=as_of, ignore=said.ignore)
    sold = opened(deals, "deals", 0.0)
    facts = None if accounts is None else opened(accounts, "accounts", 0.1)
    kept = None if customers is None else opened(customers, "customers", 0.15)
    progress("putting together what was known when each deal was opened", 0.2)
    return history(
        sold, accounts=facts, customers=kept, outcome_of=outcomes(sold, said), as_of=as_of, ignore=said.ignore
    )


def _drafted(
    history: History,
    *,
    seed: int,
    layers: Collection[Layer] | None = None,
    name: str = NAME,
    best: str = BEST_RULE,
    progress: Callable[[str, float], None] = quiet,
) -> Profile:
    """Return the profile that a history supports once what contaminates it has left."""
    progress("looking for what leaks the outcome", 0.0)
    clean, _ = cleaned(history, seed=seed)
    progress("choosing the best customers", 0.1)
    chosen = with_best_customers(clean, rule=best)
    # A profile from some layers only is there to be ranked against the whole; what its fit is worth is not asked.
    only_ranks = layers is not None
    told = within(0.15, 1.0, progress)
    return profile_from(chosen, name=name, seed=seed, layers=layers, calibrated=not only_ranks, progress=told)


def _companies(companies: Table, said: Mapping, profile: Profile) -> tuple[ir.Table, str | None, ibis.BaseBackend]:
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
                where=str(companies) if isinstance(companies, str | Path) else "",
                found=", ".join(table.columns[:10]),
                allowed=", ".join(missing),
                next_step="Is it the right table? Columns may also be renamed as the profile calls them.",
            )
        )
    return table, named, connection


def _lines(profile: Profile) -> tuple[Criterion | Disqualifier, ...]:
    return (*profile.criteria, *profile.disqualify)


def _said(
    mapping: str | Path | Mapping | None,
    *,
    id: str | None = None,
    outcome: str | None = None,
    won: Sequence[str] = (),
    lost: Sequence[str] = (),
    opened: str | None = None,
    closed: str | None = None,
    amount: str | None = None,
    ignore: Collection[str] = (),
) -> Mapping:
    """Return what was said about columns: the mapping, and over it what was given by name."""
    base = mapping if isinstance(mapping, Mapping) else Mapping() if mapping is None else load_mapping(mapping)
    return replace(
        base,
        id=id or base.id,
        outcome=outcome or base.outcome,
        won=tuple(won) or base.won,
        lost=tuple(lost) or base.lost,
        opened=opened or base.opened,
        closed=closed or base.closed,
        amount=amount or base.amount,
        ignore=(*base.ignore, *ignore),
    )


def _profile(profile: Profile | str | Path) -> Profile:
    return profile if isinstance(profile, Profile) else files.load(profile)


def _backtest(backtest: Backtest | str | Path | None) -> Backtest | None:
    """Return the backtest, read from a file where it is one."""
    if backtest is None or isinstance(backtest, Backtest):
        return backtest
    if Path(backtest).exists() and not Path(backtest).is_file():  # a device or a pipe may never end
        raise InputError(Mistake("this is not a file", str(backtest), next_step="'idealfit backtest' writes one."))
    try:
        return Backtest.from_json(json.loads(Path(backtest).read_text(encoding="utf-8")))
    except OSError as error:
        reason = (error.strerror or "cannot be read").lower()
        raise InputError(Mistake(reason, str(backtest), next_step="'idealfit backtest' writes one.")) from None
    except ValueError as error:
        if isinstance(error, InputError):
            raise
        raise InputError(
            Mistake("this is not JSON", str(backtest), next_step="'idealfit backtest' writes it.")
        ) from None


def _day(day: Day) -> date | None:
    if not isinstance(day, str):
        return day
    try:
        return date.fromisoformat(day)
    except ValueError:
        raise InputError(Mistake("this is not a day", found=day, allowed="year-month-day, as in 2024-06-30")) from None


def _name(table: Table) -> str:
    """Return what a table is called in messages."""
    return Path(table).name if isinstance(table, str | Path) else "the table"


def within(start: float, end: float, progress: Callable[[str, float], None]) -> Callable[[str, float], None]:
    """Return a teller of progress for a part of the whole."""
    return lambda words, share: progress(words, start + share * (end - start))


def _write(path: str | Path, text: str) -> None:
    """Write a text file aside and rename it, so that there is never half a file."""
    target = Path(path)
    aside = target.with_name(f".{target.name}.{os.getpid()}.new")
    try:
        aside.write_text(text, encoding="utf-8", newline="\n")
        aside.replace(target)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InputError(
            Mistake(f"cannot be written: {reason}", str(path), next_step="Choose another place.")
        ) from None
    finally:
        aside.unlink(missing_ok=True)
