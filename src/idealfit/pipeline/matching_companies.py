"""The companies to match, read once for all texts: their words, their vectors, and what was odd about them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.engine import connect
from idealfit.errors import MappingError, Mistake
from idealfit.match.catalogue import OFFERED
from idealfit.match.index import EXACT_UP_TO, kept
from idealfit.match.ranking import Corpus
from idealfit.match.spaces import encoders_of, space_of
from idealfit.match.texts import not_english, told
from idealfit.match.words import word_index
from idealfit.pipeline.inputs import name_of, said_about_columns, within
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence
    from pathlib import Path

    import ibis.expr.types as ir

    from idealfit.match.encoder import Encoder
    from idealfit.match.texts import Told
    from idealfit.pipeline.inputs import Table
    from idealfit.tables import SourceTable


@dataclass(frozen=True)
class Companies:
    """The companies to match, read once for all texts."""

    source: SourceTable
    table: ir.Table
    ids: tuple[str, ...]
    texts: tuple[Told, ...]
    text_columns: tuple[str, ...]
    corpus: Corpus
    encoders: tuple[Encoder, ...]
    cache: Path | None
    embedded: int
    warnings: tuple[str, ...]


def companies_to_match(
    companies: Table,
    *,
    id: str | None,
    text: Sequence[str],
    models: Sequence[str] | None,
    without: Collection[str],
    mapping: str | Path | None,
    cache: Path | None,
    progress: Callable[[str, float], None],
) -> Companies:
    """Return the companies of a table with their words indexed and their texts in the space of each encoder."""
    progress(f"reading {name_of(companies)}", 0.0)
    source = read(companies, connection=connect(), table="companies", mapping=said_about_columns(mapping, id=id))
    roles = (source.column(role) for role in ("account_id", "domain", "name"))
    named = id or next((column.name for column in roles if column), None)
    columns = _text_columns(source, text)
    table = source.table
    frame = table.select(*dict.fromkeys(([named] if named else []) + list(columns))).to_pandas()
    ids = _ids(frame, named)
    cells = [frame[column].to_numpy(dtype=object) for column in columns]
    texts = tuple(told([c if isinstance(c, str) else None for c in row]) for row in zip(*cells, strict=True))
    progress("indexing words", 0.1)
    index = word_index([one.text for one in texts])
    encoders = () if "meaning" in without else encoders_of(models)
    spaces, embedded = [], 0
    for number, encoder in enumerate(encoders):
        share = within(0.2 + 0.8 * number / len(encoders), 0.2 + 0.8 * (number + 1) / len(encoders), progress)
        space, new = space_of(
            [one.text for one in texts], [one.headline for one in texts], encoder, folder=cache, progress=share
        )
        spaces.append(space)
        embedded += new
    has_text = np.array([bool(one.text) for one in texts], dtype=bool)
    many = len(ids) > EXACT_UP_TO and cache is not None
    indexes = tuple(
        kept(cache / "indexes", space, encoder.fingerprint)
        for space, encoder in zip(spaces if many else (), encoders if many else (), strict=True)
        if cache is not None
    )
    return Companies(
        source, table, ids, texts, columns, Corpus(index, tuple(spaces), has_text, indexes), encoders, cache, embedded,
        _warnings(texts, encoders, without),
    )  # fmt: skip


def _warnings(texts: Sequence[Told], encoders: Sequence[Encoder], without: Collection[str]) -> tuple[str, ...]:
    said = []
    if not encoders and "meaning" not in without:
        said.append(
            "NO MODEL IS HERE: ranked by words alone, not by meaning. Add one once with: idealfit models add "
            f"{next(iter(OFFERED))}"
        )
    cut = sum(one.cut for one in texts)
    if cut:
        said.append(f"{cut:,} texts are very long; their first pages were read")
    foreign = sum(not_english(one.text) for one in texts)
    if foreign:
        do = "text does" if foreign == 1 else "texts do"
        said.append(f"{foreign:,} {do} not seem to be English, which is what the models know best")
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


def _ids(frame: pd.DataFrame, named: str | None) -> tuple[str, ...]:
    if named is None:
        return tuple(str(number) for number in range(1, len(frame) + 1))
    return tuple("" if pd.isna(value) else str(value) for value in frame[named])
