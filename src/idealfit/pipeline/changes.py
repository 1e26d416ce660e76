"""Only what has changed is scored: the source says which rows those are, and their scores are laid beside the parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ibis

from idealfit.engine import connect, identifier, literal, rows
from idealfit.errors import InputError, MappingError, Mistake
from idealfit.pipeline.part_view import NAME, summary_of
from idealfit.pipeline.scored_folder import UNFINISHED, add_change, keep, put_together, worth_putting_together
from idealfit.profile.headings import columns_of
from idealfit.score.answers import id_as_text
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import pyarrow as pa

    from idealfit.pipeline.inputs import Table
    from idealfit.pipeline.part_view import PartView
    from idealfit.pipeline.scored_folder import Kept

GONE = "idealfit_gone"
ORDERED = ("DATE", "TIMESTAMP", "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UINTEGER", "UBIGINT", "HUGEINT")
"""Types that say which of two rows changed later."""


@dataclass(frozen=True)
class Said:
    """What the caller says of changes: a file of changed rows, a column that says when, companies that are gone."""

    changes: Path | None = None
    column: str | None = None
    gone: Table | None = None

    def __bool__(self) -> bool:
        """Return whether anything was said."""
        return any(said is not None for said in (self.changes, self.column, self.gone))


def why_all(view: PartView, target: Path, kept: Kept, said: Said) -> str:
    """Return why all companies are to be scored, not only those that changed; '' where those are enough."""
    if (target / UNFINISHED).exists():
        return "the run before broke off"
    if kept.meaning != view.meaning():
        return "the profile, the program or the way the columns are read is another since"
    if said.column is not None and kept.column != said.column:
        return f"it was not kept up to which {said.column} rows were scored"
    return ""


def score_changes(
    view: PartView,
    files: Sequence[Path],
    target: Path,
    kept: Kept,
    said: Said,
    *,
    progress: Callable[[str, float], None],
) -> tuple[Kept, dict[str, Any], int]:
    """Score what was said to have changed; return what the folder tells then, what the rows come to, and how many went.

    With tests on days, companies of which one says another thing today are scored, too.
    """
    moved = view.on_days and kept.day != view.told_day
    seen = digest_of(files, said)
    come_to: dict[str, Any] = {"tiers": {}, "best": []}
    if seen == kept.seen and not moved:
        return kept, come_to, 0
    progress("scoring what has changed", 0.3)
    changed = []
    differs = view.differs_since(date.fromisoformat(kept.day)) if moved else None
    if differs is not None:
        view.look_at(files)
        changed.append(_added(view, target, view.statement(differs)))
    if said.column is not None:
        view.look_at(files, where=_since(view, said.column, kept.newest))
        changed.append(_added(view, target, view.statement()))
    gone = None if said.gone is None else _ids(view, said.gone)
    if said.changes is not None:
        _refuse_other_columns(view, said.changes)
        view.look_at([said.changes])
        changed.append(_added(view, target, view.statement(), gone))
    elif gone is not None:
        changed.append(_added(view, target, None, gone))
    newest = kept.newest if said.column is None else newest_in(view, files, said.column) or kept.newest
    now = replace(kept, day=view.told_day, newest=newest, seen=seen)
    written = [file for file in changed if file is not None]
    if written:
        listed = ", ".join(literal(str(file)) for file in written)
        come_to = summary_of(view.connection, f"(SELECT * FROM read_parquet([{listed}]) WHERE NOT gone)")
    progress("putting the changes in place", 0.9)
    keep(target, now)
    if worth_putting_together(target):
        progress("putting changes and parts together", 0.92)
        now = put_together(target, now)
    return now, come_to, 0 if gone is None else gone.num_rows


def newest_in(view: PartView, files: Sequence[Path], column: str) -> str:
    """Return the newest value of the column that says when a row changed, '' where no row has one.

    Raises `InputError` where the column is not there or tells no order.
    """
    heading, _ = _changed_column(view, column)
    view.look_at(files)
    newest = f"SELECT CAST(max({identifier(heading)}) AS VARCHAR) FROM {NAME}"
    ((found,),) = rows(view.connection, newest, f"looking for the newest {heading}")
    return found or ""


def refuse_repeated_ids(view: PartView, files: Sequence[Path]) -> None:
    """Raise InputError where an id stands in several rows: a change of one would take the place of all of them."""
    view.look_at(files)
    ids = view.table[view.named]
    counted = view.table.aggregate(all_rows=view.table.count(), known=ids.count(), apart=ids.nunique())
    ((all_rows, known, apart),) = (tuple(row.values()) for row in view.connection.to_pyarrow(counted).to_pylist())
    if all_rows > apart:
        found = f"{known - apart:,} rows with an id of another row, {all_rows - known:,} without"
        raise InputError(
            Mistake(
                "changes are told by ids, so each must name one row",
                where=f"column {view.named!r}",
                found=found,
                next_step="Name another column with --id, or score without --changed-column.",
            )
        )


def digest_of(files: Sequence[Path], said: Said) -> str:
    """Return a digest of what is read where changes are told: the size and time of files, the bytes of changed rows."""
    told = [(str(file), file.stat().st_size, file.stat().st_mtime_ns) for file in files]
    digest = hashlib.blake2b(repr((told if said.column else [], said.column)).encode(), digest_size=16)
    for file in (said.changes, said.gone):
        if isinstance(file, str | Path) and Path(file).is_file():
            digest.update(Path(file).read_bytes())
        elif file is not None:
            return ""
    return digest.hexdigest()


def _since(view: PartView, column: str, newest: str) -> str:
    """Return the condition of rows at or after the newest change: others may have come at the same time, and later.

    Rows without a time may have changed at any.
    """
    heading, kind = _changed_column(view, column)
    cell = identifier(heading)
    return f"{cell} >= CAST({literal(newest)} AS {kind}) OR {cell} IS NULL" if newest else ""


def _added(view: PartView, target: Path, statement: str | None, gone: pa.Table | None = None) -> Path | None:
    """Add scores, and ids that are gone, as one change."""
    found = [] if statement is None else [f"SELECT *, FALSE AS gone FROM ({statement}) AS scores"]
    if gone is not None:
        view.connection.con.register(GONE, gone)
        like = "SELECT * FROM idealfit_no_scores"
        blank = view.statement(lambda _: ibis.literal(False))
        rows(view.connection, f"CREATE OR REPLACE TEMP TABLE idealfit_no_scores AS {blank}", "companies that are gone")
        found += [f"SELECT *, FALSE AS gone FROM ({like})", f"SELECT id, TRUE AS gone FROM {GONE}"]
    return add_change(view.connection, target, " UNION ALL BY NAME ".join(found))


def _ids(view: PartView, gone: Table) -> pa.Table:
    """Return the ids of companies that are gone, as scores have them."""
    connection = connect()
    table = read(gone, connection=connection, table="companies").table
    column = columns_of(table.columns, [view.named])[view.named]
    if column is None and len(table.columns) == 1:
        (column,) = table.columns
    if column is None:
        raise InputError(
            Mistake("no column says which companies are gone", "--gone", ", ".join(table.columns[:10]), view.named)
        )
    ids = id_as_text(table[column])
    return connection.to_pyarrow(table.select(id=ids).filter(ids.notnull()).distinct())


def _changed_column(view: PartView, column: str) -> tuple[str, str]:
    """Return the column that says when a row changed, and its type."""
    found = columns_of(list(view.columns), [column])[column]
    if found is None:
        raise MappingError(
            Mistake("there is no such column", "--changed-column", column, ", ".join(list(view.columns)[:20]))
        )
    kind = view.columns[found]
    if not kind.startswith(ORDERED):
        raise InputError(
            Mistake(
                "this column cannot say when a row changed",
                "--changed-column",
                f"{found}, {kind}",
                "a column of days, times or whole numbers",
            )
        )
    return found, kind


def _refuse_other_columns(view: PartView, changes: Path) -> None:
    if changes.suffix != ".parquet" or not changes.is_file():
        raise InputError(Mistake("changed rows are read from a Parquet file", "--changes", str(changes)))
    told = rows(connect(), f"DESCRIBE SELECT * FROM read_parquet({literal(str(changes))})", f"opening {changes}")
    kinds = {str(name): str(kind) for name, kind, *_ in told}
    mistakes = [
        Mistake("changed rows must have the columns of all companies", str(changes), f"{name}: {kinds.get(name, '-')}",
                f"{name}: {kind}")
        for name, kind in view.columns.items()
        if kinds.get(name) != kind
    ]  # fmt: skip
    if mistakes:
        raise InputError(*mistakes)
