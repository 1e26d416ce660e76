"""A large table scored part by part into a folder: what has not changed is not scored again, what broke off goes on.

A part is a run of row groups of one Parquet file. It is known by a digest of just the bytes its profile reads, so a
part is scored again only if those, or what the profile makes of them, have changed.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from idealfit.errors import InputError, Mistake
from idealfit.pipeline.changes import Said, digest_of, newest_in, refuse_repeated_ids, score_changes, why_all
from idealfit.pipeline.inputs import as_day, as_profile, quiet, said_about_columns
from idealfit.pipeline.part_view import part_view
from idealfit.pipeline.ranges import bring_home, changed_since, forget, in_database, table_of_database
from idealfit.pipeline.scored_folder import UNFINISHED, Kept, keep, kept_in, put_in_place, refuse_another_folder
from idealfit.score.tally import BEST, Scored, summed
from idealfit.sources.scored_folders import holds_changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from idealfit.pipeline.inputs import Day, Table
    from idealfit.pipeline.part_view import PartView
    from idealfit.profile.document import Profile
    from idealfit.sources.mapping import Mapping as Columns

FIRST = "there were no scores yet"

ROWS_OF_A_PART = 200_000
"""A part is closed once it has so many rows: about two row groups as DuckDB writes them. Fewer would cost more than
they save; more would be scored again for little."""


@dataclass(frozen=True)
class Part:
    """Rows `start` to `end` of a file; `groups` are the row groups that hold them, `name` the file of their scores."""

    file: Path
    name: str
    start: int
    end: int
    groups: tuple[int, ...]


@dataclass(frozen=True)
class ScoredParts:
    """What a run came to: `parts` in all, of which so many were `scored`; the others were as they should be.

    Where only what had changed was scored, `summary` is of those companies alone, and `gone` were taken out. `why_all`
    says why all were scored though changes had been told.
    """

    summary: Scored
    parts: int
    scored: int
    only_changes: bool = False
    gone: int = 0
    why_all: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain values."""
        told = {"parts": self.parts, "parts_scored": self.scored, "only_changes": self.only_changes}
        return {**self.summary.as_json(), **told, "gone": self.gone, "why_all": self.why_all}


@dataclass(frozen=True)
class Asked:
    """What a run was asked for."""

    profile: Profile
    target: Path
    columns: Columns
    day: date
    said: Said
    progress: Callable[[str, float], None]

    def view(self, files: list[Path]) -> PartView:
        """Return the view of companies, understood by the first file that has rows."""
        return part_view(_first(files), self.profile, self.columns, self.day)


def score_to_folder(
    profile: Profile | str | Path,
    companies: str | Path,
    folder: str | Path,
    *,
    changes: str | Path | None = None,
    changed_column: str | None = None,
    gone: Table | None = None,
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Columns | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> ScoredParts:
    """Write the scores of a Parquet file, a folder of them or a table of a database to a folder, a file for each part.

    Only parts whose bytes or whose profile have changed since the last run are scored; a new day is a change where the
    profile has tests on days. All files of a run appear together, when the last one is complete; a run that broke off
    is taken up where it stood.

    Where the source says what has changed since the last run, only that is scored: `changes` is a Parquet file with
    the rows of `companies` that are new or other, `changed_column` says when a row was changed (those from the newest
    known one on, and those without, are scored), `gone` are companies that are there no more. With another profile,
    all are scored. A table of a database, named by its address, is read in ranges of its ids: where it refuses, what
    has arrived is kept for the next run. Raises `InputError` where `folder` holds something else.
    """
    columns = said_about_columns(mapping, id=id)
    said = Said(Path(changes) if changes is not None else None, changed_column, gone)
    asked = Asked(as_profile(profile), Path(folder), columns, as_day(as_of) or date.today(), said, progress)
    refuse_another_folder(asked.target)
    progress("looking for what has changed", 0.0)
    return _from_database(asked, str(companies)) if in_database(companies) else _from_files(asked, Path(companies))


def _from_files(asked: Asked, companies: Path) -> ScoredParts:
    """Score what is said to have changed; all that has, if nothing is said or not all of it is as it was."""
    files, kept, why = _files(companies), kept_in(asked.target), FIRST if asked.said else ""
    if asked.said and kept.parts:
        view = asked.view(files)
        why = why_all(view, asked.target, kept, asked.said)
        if not why:
            return _only_changes(asked, view, files)
    return replace(_all(asked, files), why_all=why)


def _from_database(asked: Asked, address: str) -> ScoredParts:
    """Do the same with a table of a database, which is asked for what changed alone, or for all in ranges."""
    said, target, kept = asked.said, asked.target, kept_in(asked.target)
    database = table_of_database(address, asked.profile, id=asked.columns.id, changed=said.column)
    asked, why = replace(asked, columns=replace(asked.columns, id=database.named)), FIRST if said else ""
    if said and kept.parts:
        newest = database.newest()  # before the rest is read: what comes later is newer
        first, changed = changed_since(database, kept.newest if kept.column == said.column else "", target)
        view = asked.view([first])
        moved = "tests on days ask for all rows of a database on a new day" if kept.day != view.told_day else ""
        why = why_all(view, target, kept, said) or moved
        if not why:
            told = replace(said, changes=said.changes if changed is None else changed, column=None)
            found = _only_changes(replace(asked, said=told), view, [first])
            keep(target, replace(kept_in(target), newest=newest or kept.newest))
            forget(target)
            return found
    home, newest = bring_home(database, target, progress=asked.progress)
    found = _all(asked, _files(home), newest)
    forget(target)
    return replace(found, why_all=why)


def _only_changes(asked: Asked, view: PartView, files: list[Path]) -> ScoredParts:
    kept = kept_in(asked.target)
    now, come_to, left = score_changes(view, files, asked.target, kept, asked.said, progress=asked.progress)
    return ScoredParts(_summary(asked.target, view, [come_to]), len(now.parts), 0, only_changes=True, gone=left)


def _all(asked: Asked, files: list[Path], newest: str | None = None) -> ScoredParts:
    """Score what has changed of the parts of files; `newest` is the newest change in them, looked up if not given."""
    view, said = asked.view(files), asked.said
    if said.column is not None:
        newest = newest_in(view, files, said.column) if newest is None else newest
        refuse_repeated_ids(view, files)
    now = Kept({}, view.meaning(), view.told_day, said.column or "", newest or "", digest_of(files, said))
    parts = [part for file in files for part in _parts(file)]
    now, scored = _score_parts(view, parts, asked.target, now, progress=asked.progress)
    return ScoredParts(_summary(asked.target, view, now.parts.values()), len(parts), scored)


def _score_parts(
    view: PartView,
    parts: list[Part],
    target: Path,
    now: Kept,
    *,
    progress: Callable[[str, float], None],
) -> tuple[Kept, int]:
    """Score the parts that have changed and put them in place; return what the folder tells, and how many they were.

    `now` is what it is to tell besides the parts.
    """
    kept, wanted = kept_in(target), _digests(parts, view)
    begun = kept_in(target / UNFINISHED).parts
    done = {p.name: told for p in parts if (told := _same(begun, p.name, wanted)) is not None}
    stale = [p for p in parts if p.name not in done and _same(kept.parts, p.name, wanted) is None]
    statement = view.statement() if stale else ""
    for number, part in enumerate(stale):
        progress(f"scoring part {number + 1:,} of {len(stale):,}", 0.05 + 0.9 * number / len(stale))
        (target / UNFINISHED).mkdir(parents=True, exist_ok=True)
        view.look_at([part.file], part.start, part.end)
        told = view.write(statement, target / UNFINISHED / part.name)
        done[part.name] = {"digest": wanted[part.name], **told}
        keep(target / UNFINISHED, Kept(done))
    progress("putting the parts in place", 0.96)
    now = replace(now, parts={p.name: done.get(p.name) or kept.parts[p.name] for p in parts})
    if done or now != kept or holds_changes(target):
        put_in_place(target, done, now)
    return now, len(stale)


def _files(companies: Path) -> list[Path]:
    files = sorted(companies.rglob("*.parquet")) if companies.is_dir() else [companies]
    if not files or any(file.suffix != ".parquet" or not file.is_file() for file in files):
        raise InputError(
            Mistake(
                "scores go into a folder from Parquet only", str(companies), allowed="a Parquet file, or a folder of"
            )
        )
    return files


def _first(files: list[Path]) -> Path:
    """Return the first file that has rows."""
    found = next((file for file in files if _parts(file)), None)
    if found is None:
        raise InputError(Mistake("there are headings but no rows", str(files[0]), allowed="at least one row"))
    return found


def _parts(file: Path) -> list[Part]:
    """Return the runs of row groups of a file. Their names are the same as long as the rows stand where they stood."""
    try:
        told = pq.ParquetFile(file).metadata
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(Mistake("the Parquet file cannot be read", str(file), next_step=str(error)[:300])) from error
    found, start, end, groups = [], 0, 0, []
    origin = hashlib.sha256(str(file.absolute()).encode()).hexdigest()[
        :8
    ]  # files of one name may stand in several folders
    for group in range(told.num_row_groups):
        groups.append(group)
        end += told.row_group(group).num_rows
        if end - start >= ROWS_OF_A_PART or group == told.num_row_groups - 1:
            found.append(Part(file, f"{file.stem}-{origin}-{start:010d}.parquet", start, end, tuple(groups)))
            start, groups = end, []
    return found


def _digests(parts: list[Part], view: PartView) -> dict[str, str]:
    """Return for each part one text for the bytes that are read of it and for what is made of them."""
    needed = view.needed()
    meaning = [view.meaning(), view.told_day]
    found = {}
    for file in dict.fromkeys(part.file for part in parts):
        told = pq.ParquetFile(file).metadata
        with file.open("rb") as opened:
            for part in (p for p in parts if p.file == file):
                digest = hashlib.blake2b(json.dumps(meaning).encode(), digest_size=16)
                for start, size in _chunks(told, part.groups, needed):
                    opened.seek(start)
                    digest.update(opened.read(size))
                found[part.name] = digest.hexdigest()
    return found


def _chunks(told: pq.FileMetaData, groups: tuple[int, ...], needed: set[str]) -> Iterator[tuple[int, int]]:
    """Yield where the bytes of the needed columns stand in a file, and how many they are."""
    for group in map(told.row_group, groups):
        for chunk in (group.column(c) for c in range(group.num_columns)):
            if chunk.path_in_schema.split(".")[0] in needed:
                first = chunk.dictionary_page_offset or chunk.data_page_offset
                yield min(first, chunk.data_page_offset), chunk.total_compressed_size


def _same(told: Mapping[str, dict[str, Any]], name: str, wanted: dict[str, str]) -> dict[str, Any] | None:
    part = told.get(name)
    return part if part is not None and part["digest"] == wanted[name] else None


def _summary(target: Path, view: PartView, told: Iterable[Mapping[str, Any]]) -> Scored:
    counts: Counter[str] = Counter()
    best: list[dict[str, Any]] = []
    for part in told:
        counts.update(part["tiers"])
        best += part["best"]
    best.sort(key=lambda row: (-row["fit"], -row["fit_low"], row["id"] or ""))
    return summed(str(target), view.profile, counts, best[:BEST], view.missing)
