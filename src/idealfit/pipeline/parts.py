"""A large table scored part by part into a folder: what has not changed is not scored again, what broke off goes on.

A part is a run of row groups of one Parquet file. It is known by a digest of just the bytes its profile reads, so a
part is scored again only if those, or what the profile makes of them, have changed.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections import Counter
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq

from idealfit.engine import connect, literal, rows
from idealfit.errors import InputError, Mistake
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import as_day, as_profile, quiet, said_about_columns
from idealfit.pipeline.scoring import companies_to_score
from idealfit.profile.headings import columns_of
from idealfit.profile.versions import fingerprint
from idealfit.score.answers import LISTED_TESTS, tests_of
from idealfit.score.scoring import missing_columns, steps
from idealfit.score.tally import BEST, Scored, summed
from idealfit.tables import SCORES
from idealfit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    import ibis
    import ibis.expr.types as ir

    from idealfit.pipeline.inputs import Day
    from idealfit.profile.document import Profile
    from idealfit.sources.mapping import Mapping

STATE = ".idealfit-parts.json"
UNFINISHED = ".unfinished"

ROWS_OF_A_PART = 200_000
"""A part is closed once it has so many rows: about two row groups as DuckDB writes them. Fewer would cost more than
they save; more would be scored again for little."""

_VIEW = """CREATE VIEW idealfit_part AS SELECT * FROM read_parquet(getvariable('idealfit_file'))
WHERE file_row_number >= getvariable('idealfit_from') AND file_row_number < getvariable('idealfit_until')"""


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
    """What a run came to: `parts` in all, of which so many were `scored`; the others were as they should be."""

    summary: Scored
    parts: int
    scored: int

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain values."""
        return {**self.summary.as_json(), "parts": self.parts, "parts_scored": self.scored}


def score_to_folder(
    profile: Profile | str | Path,
    companies: str | Path,
    folder: str | Path,
    *,
    id: str | None = None,
    as_of: Day = None,
    mapping: str | Path | Mapping | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> ScoredParts:
    """Write the scores of a Parquet file, or of a folder of them, to a folder: one Parquet file per part.

    Only parts whose bytes or whose profile have changed since the last run are scored; a new day is a change where the
    profile has tests on days. All files of a run appear together, when the last one is complete; a run that broke off
    is taken up where it stood. Raises `InputError` where `folder` holds something else.
    """
    loaded, day, target = as_profile(profile), as_day(as_of) or date.today(), Path(folder)
    _refuse_another_folder(target)
    progress("looking for what has changed", 0.0)
    parts = [part for file in _files(Path(companies)) for part in _parts(file)]
    connection = connect()
    _look_at(connection, parts[0])
    rows(connection, _VIEW, f"opening {parts[0].file}")
    view, said = connection.table("idealfit_part"), said_about_columns(mapping, id=id)
    table, named, _ = companies_to_score(view, said, loaded, connection)
    wanted = _digests(parts, loaded, table, named, day)
    before, begun = _told(target / STATE), _told(target / UNFINISHED / STATE)
    done = {p.name: told for p in parts if (told := _same(begun, p.name, wanted)) is not None}
    stale = [p for p in parts if p.name not in done and _same(before, p.name, wanted) is None]
    statement = _statement(connection, loaded, table, named, day) if stale else ""
    for number, part in enumerate(stale):
        progress(f"scoring part {number + 1:,} of {len(stale):,}", 0.05 + 0.9 * number / len(stale))
        (target / UNFINISHED).mkdir(parents=True, exist_ok=True)
        told = _scored(connection, statement, part, target / UNFINISHED)
        done[part.name] = {"digest": wanted[part.name], **told}
        write_text(target / UNFINISHED / STATE, json.dumps(done))
    progress("putting the parts in place", 0.96)
    now = {p.name: done.get(p.name) or before[p.name] for p in parts}
    if done or now.keys() != before.keys():
        _put_in_place(target, done, now, before)
    return ScoredParts(_summary(target, loaded, now, missing_columns(loaded, table)), len(parts), len(stale))


def _refuse_another_folder(target: Path) -> None:
    """Raise InputError where a folder holds what was not written here."""
    if target.exists() and not target.is_dir():
        raise InputError(Mistake("this is a file, and parts go into a folder", str(target)))
    if not target.parent.is_dir():
        raise InputError(Mistake("there is no such folder", str(target.parent), next_step="Make it first."))
    held = {entry.name for entry in target.iterdir()} if target.exists() else set()
    if held and not held & {STATE, UNFINISHED}:
        raise InputError(
            Mistake("this folder holds something else; it was left as it is", str(target), next_step="Name another.")
        )


def _files(companies: Path) -> list[Path]:
    files = sorted(companies.rglob("*.parquet")) if companies.is_dir() else [companies]
    if not files or any(file.suffix != ".parquet" or not file.is_file() for file in files):
        raise InputError(
            Mistake(
                "scores go into a folder from Parquet only", str(companies), allowed="a Parquet file, or a folder of"
            )
        )
    return files


def _parts(file: Path) -> list[Part]:
    """Return the runs of row groups of a file. Their names are the same as long as the rows stand where they stood."""
    try:
        told = pq.ParquetFile(file).metadata
    except (pa.ArrowInvalid, OSError) as error:
        raise InputError(Mistake("the Parquet file cannot be read", str(file), next_step=str(error)[:300])) from error
    found, start, end, groups = [], 0, 0, []
    origin = hashlib.sha256(str(file).encode()).hexdigest()[:8]  # files of one name may stand in several folders
    for group in range(told.num_row_groups):
        groups.append(group)
        end += told.row_group(group).num_rows
        if end - start >= ROWS_OF_A_PART or group == told.num_row_groups - 1:
            found.append(Part(file, f"{file.stem}-{origin}-{start:010d}.parquet", start, end, tuple(groups)))
            start, groups = end, []
    return found


def _digests(parts: list[Part], profile: Profile, table: ir.Table, named: str | None, day: date) -> dict[str, str]:
    """Return for each part one text for the bytes that are read of it and for what is made of them."""
    columns = columns_of(table.columns, [attribute for attribute, _ in tests_of(profile)])
    needed = {c for c in (named, *columns.values()) if c}
    on_days = any(test.within_days is not None or test.older_than_days is not None for _, test in tests_of(profile))
    meaning = [fingerprint(profile), __version__, named, day.isoformat() if on_days else "", str(table.schema())]
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
    """Yield where the bytes of the needed columns stand in a file, and how many they are; all columns, if none is."""
    for group in map(told.row_group, groups):
        for chunk in (group.column(c) for c in range(group.num_columns)):
            if not needed or chunk.path_in_schema.split(".")[0] in needed:
                first = chunk.dictionary_page_offset or chunk.data_page_offset
                yield min(first, chunk.data_page_offset), chunk.total_compressed_size


def _look_at(connection: ibis.BaseBackend, part: Part) -> None:
    """Let the view of the part that is scored show this one."""
    for name, value in (("file", literal(str(part.file))), ("from", part.start), ("until", part.end)):
        rows(connection, f"SET VARIABLE idealfit_{name} = {value}", f"opening {part.file}")


def _statement(connection: ibis.BaseBackend, profile: Profile, table: ir.Table, named: str | None, day: date) -> str:
    """Return the SQL that scores whatever part is looked at; what a vector comes to is worked out here and now."""

    def kept(name: str, step: ir.Table) -> ir.Table:
        if name != "outcomes" or len(tests_of(profile)) > LISTED_TESTS or not tests_of(profile):
            return step
        made = f"CREATE TEMP TABLE idealfit_outcomes AS {connection.compile(step)}"
        rows(connection, made, "working out what each combination of answers comes to")
        return connection.table("idealfit_outcomes")

    found = steps(profile, table, id_column=named, as_of=day, in_order=False, standing_in=kept)
    return str(connection.compile(found[-1][1]))


def _scored(connection: ibis.BaseBackend, statement: str, part: Part, unfinished: Path) -> dict[str, Any]:
    """Write the scores of one part aside, and return what they come to."""
    _look_at(connection, part)
    aside = unfinished / part.name
    rows(connection, f"COPY ({statement}) TO {literal(str(aside))} (FORMAT parquet)", f"scoring {part.file}")
    written = f"read_parquet({literal(str(aside))})"
    counts = rows(connection, f"SELECT tier, count(*) FROM {written} GROUP BY tier", f"counting {part.name}")
    names = ", ".join(field.name for field in SCORES)
    order = "ORDER BY fit DESC, fit_low DESC, id LIMIT"
    best = rows(connection, f"SELECT {names} FROM {written} {order} {BEST}", f"reading {part.name}")
    return {"tiers": dict(counts), "best": [dict(zip(names.split(", "), row, strict=True)) for row in best]}


def _put_in_place(target: Path, done: dict[str, Any], now: dict[str, Any], before: dict[str, Any]) -> None:
    """Move what was done over what was there, tell what there is now, and remove what no part stands for any more."""
    for name in done:
        os.replace(target / UNFINISHED / name, target / name)
    for name in before.keys() - now.keys():
        (target / name).unlink(missing_ok=True)
    write_text(target / STATE, json.dumps(now))
    shutil.rmtree(target / UNFINISHED, ignore_errors=True)


def _told(state: Path) -> dict[str, Any]:
    """Return what a folder tells of its parts; of those whose file is there."""
    try:
        told = json.loads(state.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {name: part for name, part in told.items() if (state.parent / name).is_file()}


def _same(told: dict[str, Any], name: str, wanted: dict[str, str]) -> dict[str, Any] | None:
    part: dict[str, Any] | None = told.get(name)
    return part if part is not None and part["digest"] == wanted[name] else None


def _summary(target: Path, profile: Profile, now: dict[str, Any], missing: tuple[str, ...]) -> Scored:
    counts: Counter[str] = Counter()
    for part in now.values():
        counts.update(part["tiers"])
    best = sorted(
        (row for part in now.values() for row in part["best"]), key=lambda r: (-r["fit"], -r["fit_low"], r["id"])
    )
    return summed(str(target), profile, counts, best[:BEST], missing)
