"""The companies to match, read once for all texts: their words, their vectors, and what was odd about them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pandas as pd

from idealfit.engine import connect
from idealfit.errors import MappingError, Mistake
from idealfit.match.catalogue import OFFERED
from idealfit.match.company_index import company_index
from idealfit.match.packed import BETWEEN, PackedTexts
from idealfit.match.ranking import Corpus
from idealfit.match.spaces import KeptSpace, encoders_of, space_of
from idealfit.match.texts import not_english, told
from idealfit.match.vectors import files_of, keys_of
from idealfit.match.word_ranking import word_index
from idealfit.pipeline.inputs import said_about_columns, within
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from idealfit.match.encoder import Encoder
    from idealfit.match.vector_files import VectorFiles
    from idealfit.pipeline.inputs import Table
    from idealfit.tables import SourceTable

Ids: TypeAlias = npt.NDArray[Any]  # of `NAME`
NAME = np.dtypes.StringDType()
"""Short names take 16 bytes each, not 60 as Python's texts do."""
ROWS_AT_ONCE = 20_000
IDS_COUNTED_UP_TO = 1_000_000
"""Companies, up to which it is told that ids are there twice."""


@dataclass(frozen=True)
class Companies:
    """The companies to match, read once for all texts."""

    table: ir.Table
    ids: Ids
    names: PackedTexts  # empty where the table has no names besides
    texts: PackedTexts
    corpus: Corpus
    encoders: tuple[Encoder, ...]
    cache: Path | None
    embedded: int
    warnings: tuple[str, ...]

    @cached_property
    def files(self) -> VectorFiles:
        """The vectors of the first encoder, opened once for the sentences of all texts."""
        return files_of(self.cache, self.encoders[0])


@dataclass(frozen=True)
class Opened:
    """A table of companies whose columns are understood, before any of its rows is read."""

    source: SourceTable
    id_column: str | None
    name_column: str | None
    text_columns: tuple[str, ...]

    @property
    def fact_columns(self) -> list[str]:
        """Return the columns that may answer facts."""
        return [column for column in self.source.table.columns if column not in self.text_columns]


def opened(companies: Table, *, id: str | None, text: Sequence[str], mapping: str | Path | None) -> Opened:
    """Return a table of companies with what its columns are."""
    source = read(companies, connection=connect(), table="companies", mapping=said_about_columns(mapping, id=id))
    roles = (source.column(role) for role in ("account_id", "domain", "name"))
    named = id or next((column.name for column in roles if column), None)
    columns, name = _text_columns(source, text), source.column("name")
    called = name.name if name is not None and name.name not in (named, *columns) else None
    return Opened(source, named, called, columns)


def companies_to_match(
    table: Opened,
    *,
    models: Sequence[str] | None,
    without: Collection[str],
    cache: Path | None,
    progress: Callable[[str, float], None],
) -> Companies:
    """Return the companies of a table with their words indexed and their texts in the space of each encoder."""
    told_there, headlines = _read(table, progress=lambda done: progress(f"reading companies: {done:,}", 0.05))
    encoders = () if "meaning" in without else encoders_of(models)
    spaces, indexes, embedded = [], [], 0
    keys = (keys_of(told_there.texts), keys_of(headlines)) if encoders else None
    for number, encoder in enumerate(encoders):
        share = within(0.2 + 0.6 * number / len(encoders), 0.2 + 0.6 * (number + 1) / len(encoders), progress)
        space, new = space_of(
            told_there.texts, headlines, encoder, folder=cache, keys=keys, progress=within(0, 0.8, share)
        )
        spaces.append(space)
        embedded += new
        if cache is not None and isinstance(space, KeptSpace):
            share("opening the index", 0.8)
            fingerprint, more = encoder.fingerprint, within(0.8, 1, share)
            indexes.append(company_index(cache / "indexes", space, told_there.has_text, fingerprint, progress=more))
    del headlines, keys  # of millions, they take room that the words need now
    progress("indexing words", 0.85)
    words = word_index(told_there.texts, folder=None if cache is None else cache / "words")
    corpus = Corpus(words, tuple(spaces), told_there.has_text, tuple(indexes))
    return Companies(
        table.source.table, told_there.ids, told_there.names, told_there.texts, corpus, encoders, cache, embedded,
        _warnings(told_there, encoders, without),
    )  # fmt: skip


@dataclass(frozen=True)
class _Told:
    """What a table tells of its companies, in little memory: of millions, only packed texts are held."""

    ids: Ids
    names: PackedTexts
    texts: PackedTexts
    has_text: npt.NDArray[np.bool_]
    cut: int
    foreign: int


def _read(table: Opened, *, progress: Callable[[int], None]) -> tuple[_Told, PackedTexts]:
    """Return what the companies are called and say, and their headlines apart, read in parts."""
    named, called, columns = table.id_column, table.name_column, table.text_columns
    names, texts, headlines = PackedTexts(), PackedTexts(), PackedTexts()
    ids: list[Ids] = [np.zeros(0, dtype=NAME)]
    has_text = [np.zeros(0, dtype=bool)]
    cut = foreign = 0
    wanted = dict.fromkeys([column for column in (named, called) if column] + list(columns))
    for batch in table.source.table.select(*wanted).to_pyarrow_batches(chunk_size=ROWS_AT_ONCE):
        cells = [batch[column].to_pylist() for column in columns]
        said = [told([c if isinstance(c, str) else None for c in row]) for row in zip(*cells, strict=True)]
        ids.append(_ids(None if named is None else batch[named].to_pylist(), len(texts), len(said)))
        if called is not None:
            names.extend("" if cell is None else str(cell).replace(BETWEEN, " ") for cell in batch[called].to_pylist())
        texts.extend(one.text for one in said)
        headlines.extend(one.headline for one in said)
        has_text.append(np.array([bool(one.text) for one in said], dtype=bool))
        cut += sum(one.cut for one in said)
        foreign += sum(not_english(one.text) for one in said)
        progress(len(texts))
    return _Told(np.concatenate(ids), names, texts, np.concatenate(has_text), cut, foreign), headlines


def _warnings(told_there: _Told, encoders: Sequence[Encoder], without: Collection[str]) -> tuple[str, ...]:
    said = []
    if not encoders and "meaning" not in without:
        said.append(
            "NO MODEL IS HERE: ranked by words alone, not by meaning. Add one once with: idealfit models add "
            f"{next(iter(OFFERED))}"
        )
    if told_there.cut:
        long = "text is very long; its" if told_there.cut == 1 else "texts are very long; their"
        said.append(f"{told_there.cut:,} {long} first pages were read")
    if len(told_there.ids) <= IDS_COUNTED_UP_TO:
        again = len(told_there.ids) - len(np.unique(told_there.ids))
        if again:
            rows = "row has" if again == 1 else "rows have"
            said.append(f"{again:,} {rows} the id of another row: of an example (--like), the first is taken")
    if told_there.foreign:
        do = "text does" if told_there.foreign == 1 else "texts do"
        said.append(f"{told_there.foreign:,} {do} not seem to be English, which is what the models know best")
    return tuple(said)


def _text_columns(source: SourceTable, text: Sequence[str]) -> tuple[str, ...]:
    """Return the columns with the companies' own words: the named ones, or all texts of more than a few words."""
    missing = [column for column in text if column not in source.table.columns]
    if missing:
        raise MappingError(
            *(
                Mistake("there is no such column", "--text", name, ", ".join(source.table.columns[:20]))
                for name in missing
            )
        )
    if text:
        return tuple(text)
    found = tuple(column.name for column in source.columns if column.kind == "text")
    if not found:
        raise MappingError(
            Mistake(
                "no column with the companies' own words was found",
                source.name,
                ", ".join(source.table.columns[:20]),
                "one or more columns of text",
                "Name them with --text COL.",
            )
        )
    return found


def _ids(cells: Sequence[Any] | None, before: int, count: int) -> Ids:
    """Return what the companies are called: by the cells, or by their numbers in the table."""
    if cells is None:
        return np.array([str(number) for number in range(before + 1, before + count + 1)], dtype=NAME)
    return np.array(["" if pd.isna(cell) else str(cell) for cell in cells], dtype=NAME)
