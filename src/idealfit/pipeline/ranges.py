"""A table in a database brought home in ranges of its ids: what has arrived stays when the database goes away."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow.parquet as pq

from idealfit.engine import connect, refusals_explained, without_password
from idealfit.errors import EngineError, InputError, MappingError, Mistake
from idealfit.export.whole_files import whole_file, write_whole
from idealfit.pipeline.scored_folder import ARRIVED, RANGES
from idealfit.profile.headings import columns_of
from idealfit.score.answers import naming_column, tests_of
from idealfit.sources.places import place_of
from idealfit.sources.reading import LOOKED_AT
from idealfit.sources.stored import chosen_table

if TYPE_CHECKING:
    from collections.abc import Callable

    import ibis.expr.types as ir

    from idealfit.profile.document import Profile

ROWS_OF_A_RANGE = 200_000


@dataclass(frozen=True)
class Database:
    """A table of a database: its connection, the columns that are needed, and the one with the ids.

    `changed` is the column that says when a row changed, '' if none does.
    """

    address: str
    name: str
    connection: ibis.BaseBackend
    table: ir.Table
    named: str
    changed: str

    def newest(self) -> str:
        """Return the newest change, as text; '' where there is none."""
        if not self.changed:
            return ""
        with refusals_explained(f"looking for the newest {self.changed} of {self.address}"):
            found = self.table[self.changed].max().cast("string").as_scalar().to_pyarrow().as_py()
        return found or ""


def in_database(companies: str | Path) -> bool:
    """Return whether companies are a table of a database by its address.

    >>> in_database("postgres://crm.example/sales::companies"), in_database("companies.parquet")
    (True, False)
    """
    return re.match(r"^[a-z][a-z0-9+]+://", str(companies)) is not None


def table_of_database(address: str, profile: Profile, *, id: str | None, changed: str | None) -> Database:
    """Return the table at an address, of which only the columns that the profile reads are asked for.

    Raises `InputError` where it is not there and where no column names its companies, `EngineError` where the database
    refuses.
    """
    place = place_of(address)
    connection = connect(place.address)
    told = without_password(address)
    with refusals_explained(f"opening {told}"):
        table = connection.table(chosen_table(place.part, tuple(connection.list_tables()), told))
    named = naming_column(table.columns, id)
    if named is None:
        raise InputError(
            Mistake("no column names the companies, by which they are read in ranges", told,
                    ", ".join(table.columns[:10]), next_step="Name it with --id.")
        )  # fmt: skip
    changes = columns_of(table.columns, [changed])[changed] if changed is not None else ""
    if changes is None:
        raise MappingError(Mistake("there is no such column", "--changed-column", changed, ", ".join(table.columns)))
    read = columns_of(table.columns, [attribute for attribute, _ in tests_of(profile)]).values()
    needed = dict.fromkeys(c for c in (named, *read, changes) if c)
    cells = {c: table[c].cast("string") if table[c].type().is_uuid() else table[c] for c in needed}
    return Database(told, place.part or "", connection, table.select(**cells), named, changes)


def bring_home(database: Database, target: Path, *, progress: Callable[[str, float], None]) -> tuple[Path, str]:
    """Return a folder with all rows of a table, a Parquet file for each range of ids, and the newest change by then.

    A range that arrived today is not asked for again. The next run has the same ranges, and more for ids beyond them.
    Raises `EngineError` where the database refuses; what has arrived then waits for the next run.
    """
    home = target / ARRIVED
    began = home / "began.json"
    today = {"of": _described(database), "on": date.today().isoformat()}
    if not today.items() <= _held(began).items():
        newest = database.newest()  # before the rest is read: what comes later is newer
        shutil.rmtree(home, ignore_errors=True)
        home.mkdir(parents=True)
        bounds = _bounds(database, _held(target / RANGES).get("bounds", []))
        write_whole(target / RANGES, json.dumps({"bounds": bounds}))
        write_whole(began, json.dumps({**today, "newest": newest}))
    bounds = _held(target / RANGES)["bounds"]
    files = [home / f"range-{n:05d}.parquet" for n in range(len(bounds) + 1)]
    for number, file in enumerate(files):
        if file.exists():
            continue
        progress(f"reading range {number + 1:,} of {len(files):,}", 0.3 * number / len(files))
        try:
            _write(database, _between(database, bounds, number), file)
        except EngineError as error:
            (first, *_) = error.mistakes
            raise EngineError(
                Mistake(
                    f"{first.what.rstrip('.')}. {number:,} of {len(files):,} ranges had arrived and are kept",
                    database.address,
                    next_step="Run the same command again today: it goes on where it stood. The scores are as before.",
                )
            ) from error
    return home, str(_held(began)["newest"])


def changed_since(database: Database, newest: str, target: Path) -> tuple[Path, Path | None]:
    """Return a file with the first rows, by which columns are understood, and one with those changed since `newest`.

    The database is asked for just these. Rows of the newest time come too, and those without a time. None where it is
    not known by which column, or since when.
    """
    home = target / f"{ARRIVED}-changes"
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir(parents=True)
    first, rest = home / "first.parquet", home / "changed.parquet"
    _write(database, database.table.order_by(_key(database)).limit(LOOKED_AT), first)
    if not database.changed or not newest:
        return first, None
    cell = database.table[database.changed]
    changed = (cell >= ibis.literal(newest).cast(cell.type())) | cell.isnull()
    _write(database, database.table.filter(changed), rest)
    return first, rest


def forget(target: Path) -> None:
    """Remove what was brought home, once its scores are in place."""
    for name in (ARRIVED, f"{ARRIVED}-changes"):
        shutil.rmtree(target / name, ignore_errors=True)


def _write(database: Database, asked: ir.Table, file: Path) -> None:
    with refusals_explained(f"reading {database.address}"):
        batches = asked.to_pyarrow_batches(chunk_size=ROWS_OF_A_RANGE)
        with whole_file(file) as aside, pq.ParquetWriter(aside, batches.schema) as written:
            for batch in batches:
                written.write_batch(batch)


def _bounds(database: Database, known: list[Any]) -> list[Any]:
    """Return the last id of each range but the last: those that are known, and more beyond them."""
    ids = database.table.select(id=_key(database))
    ids = ids.filter(ids.id.notnull() & (ids.id > known[-1])) if known else ids.filter(ids.id.notnull())
    place = ibis.row_number().over(order_by=ids.id) + 1
    numbered = ids.mutate(place=place)
    last = numbered.filter(numbered.place % ROWS_OF_A_RANGE == 0).order_by("id")
    with refusals_explained(f"dividing {database.address} into ranges"):
        return [*known, *last.to_pyarrow()["id"].to_pylist()]


def _between(database: Database, bounds: list[Any], number: int) -> ir.Table:
    """Return the rows of one range in the order of their ids; the last has those without an id, too."""
    table = database.table
    cell = _key(database)
    found = table if number == 0 else table.filter(cell > bounds[number - 1])
    if number < len(bounds):
        found = found.filter(cell <= bounds[number])
    elif number:
        found = table.filter((cell > bounds[number - 1]) | cell.isnull())
    return found.order_by(cell)


def _key(database: Database) -> ir.Value:
    """Return the ids as what can be written down and compared again: whole numbers, or texts."""
    cell = database.table[database.named]
    return cell if cell.type().is_integer() or cell.type().is_string() else cell.cast("string")


def _described(database: Database) -> list[str]:
    return [database.address, database.name, database.named, database.changed, str(database.table.schema())]


def _held(file: Path) -> dict[str, Any]:
    try:
        held = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return held if isinstance(held, dict) else {}
