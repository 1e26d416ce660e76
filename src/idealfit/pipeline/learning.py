"""What writes a profile, proves it and says when to revise it: inspect, learn, backtest, bakeoff, review."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from idealfit.engine import connect
from idealfit.errors import InputError, Mistake
from idealfit.learn.assembly import history, history_against_market
from idealfit.learn.best_customers import with_best_customers
from idealfit.learn.contamination import cleaned
from idealfit.learn.drafting import profile_from
from idealfit.learn.reasons import with_reasons
from idealfit.match.spaces import spaces_of
from idealfit.pipeline.deepening import Deeper, Tables, currency_of, deepened, events_of, parted
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, said_about_columns, within
from idealfit.pipeline.not_given import with_what_left
from idealfit.pipeline.voices import Spoken, with_voices
from idealfit.prove.backtest import backtest as proof_of
from idealfit.prove.bakeoff import bakeoff as bakeoff_of
from idealfit.prove.review import review as review_of
from idealfit.sources.language_model import LanguageModel
from idealfit.sources.outcomes import outcomes
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    from idealfit.learn.history import History
    from idealfit.pipeline.inputs import Day, Table
    from idealfit.profile.document import Profile
    from idealfit.prove.bakeoff import Bakeoff
    from idealfit.prove.reviewed import Review
    from idealfit.prove.trials import Backtest
    from idealfit.sources.mapping import Mapping, TableName
    from idealfit.tables import Layer, SourceTable

NAME = "Ideal customer profile"
BEST_RULE = "overlap"


def inspect(
    *tables: Table,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> tuple[SourceTable, ...]:
    """Return how each column of each table is understood: one `SourceTable` per table, in order."""
    said = said_about_columns(mapping)
    found = []
    for number, table in enumerate(tables):
        progress(f"reading {name_of(table)}", number / len(tables))
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
    signals: Table | None = None,
    best: str = BEST_RULE,
    conversations: Table | None = None,
    people: Table | None = None,
    feedback: Table | None = None,
    model: str | None = None,
    model_name: str = "",
    repeats: int = 3,
    seed: int = 0,
    name: str = NAME,
    previous: Profile | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Profile:
    """Return the profile that the history supports; without a reliable pattern, one that says so.

    `deals` has one row per deal. `accounts` holds facts about the companies where they stand in a table of their own;
    `customers` tells who stayed, grew or left. With `market` and no losses, `deals` is taken for customers and held
    against that market. `id`, `outcome`, `opened`, `closed` and `amount` name columns that are not recognised, `won`
    and `lost` the values of the outcome; `mapping` says all that in one place. With `as_of`, only what was known on
    that day is used. `best` is the rule for best customers (see `learn.best_customers`). `signals` are events at the
    companies, from which triggers are learned. `conversations` (a table, or a folder of transcripts) are what customers
    said, `people` who took part on their side, `feedback` what the own team says. `model` is the address of a
    language model (and `model_name` its name there) that names phrases, asked `repeats` times. What people wrote into
    a `previous` profile is held against the data.

    Raises `InputError`, `MappingError` and `TooLittleDataError`, each with all that is wrong.
    """
    whole, _ = learn_segments(
        deals, accounts=accounts, customers=customers, market=market, id=id, outcome=outcome, won=won, lost=lost,
        opened=opened, closed=closed, amount=amount, ignore=ignore, as_of=as_of, mapping=mapping, signals=signals,
        best=best, conversations=conversations, people=people, feedback=feedback, model=model, model_name=model_name,
        repeats=repeats, seed=seed, name=name, previous=previous, progress=progress, file=None,
    )  # fmt: skip
    return whole


def learn_segments(
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
    signals: Table | None = None,
    best: str = BEST_RULE,
    conversations: Table | None = None,
    people: Table | None = None,
    feedback: Table | None = None,
    model: str | None = None,
    model_name: str = "",
    repeats: int = 3,
    seed: int = 0,
    name: str = NAME,
    previous: Profile | None = None,
    file: str | None = "profile.yaml",
    progress: Callable[[str, float], None] = quiet,
) -> tuple[Profile, tuple[Profile, ...]]:
    """Return the profile of all, and one for each segment where several are better than one; arguments as for `learn`.

    `file` is what the whole profile will be called: those of the segments are named after it, and it names them. With
    None nobody looks for segments.
    """
    said = said_about_columns(
        mapping, id=id, outcome=outcome, won=won, lost=lost, opened=opened, closed=closed, amount=amount, ignore=ignore
    )
    tables = _tables(
        deals, accounts=accounts, customers=customers, market=market, signals=signals, said=said, progress=progress
    )
    past = _chosen(_history(tables, said, as_day(as_of), progress), seed=seed, best=best, progress=progress)
    events = None if tables.signals is None else events_of(tables, past, said.ignore)
    end = 0.9 if file is None else 0.5
    profile = profile_from(past, name=name, seed=seed, progress=within(0.3, end - 0.1, progress))
    deeper = Deeper(events, currency_of(tables), previous, seed)
    parts: tuple[Profile, ...] = ()
    if file is not None:
        profile, parts = parted(profile, past, deeper, best=best, file=file, progress=within(end, 0.95, progress))
    deep = deepened(profile, past, deeper, progress=within(end - 0.1, end, progress))
    asked = LanguageModel(model, model_name) if model else None
    spoken = Spoken(conversations, people, feedback, until=as_day(as_of), model=asked, repeats=repeats)
    whole = with_voices(deep, past, spoken, said=said, progress=within(0.95, 1.0, progress))
    given = {
        "signals": signals, "conversations": conversations, "people": people, "feedback": feedback,
        "customers": customers, "segments": file,
    }  # fmt: skip
    missing = [option for option, table in given.items() if table is None]
    return with_reasons(with_what_left(whole, previous, missing)), tuple(map(with_reasons, parts))


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
    said = said_about_columns(
        mapping, id=id, outcome=outcome, won=won, lost=lost, opened=opened, closed=closed, amount=amount, ignore=ignore
    )
    tables = _tables(
        deals, accounts=accounts, customers=customers, market=market, signals=None, said=said, progress=progress
    )
    past = _history(tables, said, as_day(as_of), progress)
    days = [day for day in map(as_day, cutoffs) if day is not None]
    return proof_of(past, learn=_drafted, seed=seed, cutoffs=days or None, progress=within(0.25, 1.0, progress))


def bakeoff(
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
    segment: str | None = None,
    models: Sequence[str] | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> Bakeoff:
    """Return how filters, rubric, stacked signals, meaning and a combination ranked the same later deals.

    Arguments as for `backtest`; `segment` names the attribute whose values are also judged apart, `models` the
    encoders (as `match` chooses them, if not given). What is recommended follows from the numbers.
    """
    said = said_about_columns(
        mapping, id=id, outcome=outcome, won=won, lost=lost, opened=opened, closed=closed, amount=amount, ignore=ignore
    )
    tables = _tables(
        deals, accounts=accounts, customers=customers, market=market, signals=None, said=said, progress=progress
    )
    past = _history(tables, said, as_day(as_of), progress)
    names, spaces = spaces_of(models)
    days = [day for day in map(as_day, cutoffs) if day is not None]
    return bakeoff_of(
        past, learn=_drafted, seed=seed, cutoffs=days, segment=segment, spaces=spaces, encoders=names,
        progress=within(0.25, 1.0, progress),
    )  # fmt: skip


def review(
    profile: Profile | str | Path,
    deals: Table,
    *,
    accounts: Table | None = None,
    customers: Table | None = None,
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
    since: Day = None,
    every: int = 91,
    seed: int = 0,
    progress: Callable[[str, float], None] = quiet,
) -> Review:
    """Return whether to revise a profile or leave it alone, by the deals opened since it was learned.

    `deals` is the whole history, the deals before included: they tell how long deals take. `since` is the day after
    which deals are judged, by default the one up to which the profile was learned; `every` the days to the next
    review. The other arguments are as for `backtest`. See `prove.review`.
    """
    said = said_about_columns(
        mapping, id=id, outcome=outcome, won=won, lost=lost, opened=opened, closed=closed, amount=amount, ignore=ignore
    )
    judged = as_profile(profile)
    tables = _tables(
        deals, accounts=accounts, customers=customers, market=None, signals=None, said=said, progress=progress
    )
    past = _history(tables, said, as_day(as_of), progress)
    return review_of(
        judged, past, since=as_day(since), every=every, learn=_drafted, seed=seed,
        progress=within(0.25, 1.0, progress),
    )  # fmt: skip


def _tables(
    deals: Table,
    *,
    accounts: Table | None,
    customers: Table | None,
    market: Table | None,
    signals: Table | None,
    said: Mapping,
    progress: Callable[[str, float], None],
) -> Tables:
    """Return the tables, read and understood."""
    connection = connect()

    def opened(table: Table, rows: TableName, share: float) -> SourceTable:
        progress(f"reading {name_of(table)}", share)
        return read(table, connection=connection, table=rows, mapping=said)

    if market is not None and (customers is not None or accounts is not None):
        raise InputError(
            Mistake(
                "with a market, the one other table is the customers",
                allowed="CUSTOMERS --market F, without --accounts and --customers",
                next_step="Put the facts about customers into the table of customers.",
            )
        )
    return Tables(
        deals=opened(deals, "deals" if market is None else "customers", 0.0),
        accounts=None if accounts is None else opened(accounts, "accounts", 0.08),
        customers=None if customers is None else opened(customers, "customers", 0.12),
        market=None if market is None else opened(market, "market", 0.08),
        signals=None if signals is None else opened(signals, "signals", 0.16),
    )


def _history(tables: Tables, said: Mapping, as_of: date | None, progress: Callable[[str, float], None]) -> History:
    """Return the history that the tables hold, against a market where there is one and no losses."""
    if tables.market is not None:
        return history_against_market(tables.deals, tables.market, as_of=as_of, ignore=said.ignore, today=date.today())
    progress("putting together what was known when each deal was opened", 0.2)
    return history(
        tables.deals,
        accounts=tables.accounts,
        customers=tables.customers,
        outcome_of=outcomes(tables.deals, said),
        as_of=as_of,
        ignore=said.ignore,
        today=date.today(),
    )


def _chosen(
    past: History, *, seed: int, best: str = BEST_RULE, progress: Callable[[str, float], None] = quiet
) -> History:
    """Return the history without what contaminates it, its best customers chosen."""
    progress("looking for what leaks the outcome", 0.25)
    clean, _ = cleaned(past, seed=seed)
    progress("choosing the best customers", 0.28)
    return with_best_customers(clean, rule=best)


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
    chosen = _chosen(history, seed=seed, best=best)
    # A profile from some layers only is there to be ranked against the whole; what its fit is worth is not asked.
    told = within(0.1, 1.0, progress)
    return profile_from(chosen, name=name, seed=seed, layers=layers, calibrated=layers is None, progress=told)
