"""The cells of a source table as arrays: one per column, in the types that learning works with."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from idealfit.errors import MappingError, Mistake

if TYPE_CHECKING:
    from collections.abc import Collection

    import numpy.typing as npt

    from idealfit.tables import Column, SourceTable

Array = np.ndarray[Any, np.dtype[Any]]

NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Cells:
    """A source table in memory: `values` has one array of length `n` per column that is used.

    number: float64; date: datetime64[D]; boolean: "yes", "no" or None; list: tuple of str or None; else str or None.
    """

    source: str
    n: int
    columns: tuple[Column, ...]
    values: dict[str, Array]

    @property
    def attributes(self) -> tuple[Column, ...]:
        """Return the columns that can be learned from."""
        return tuple(c for c in self.columns if c.role is None and c.kind not in ("identifier", "empty"))

    def heading(self, role: str) -> str | None:
        """Return the heading of the column that plays `role`, or None."""
        return next((c.name for c in self.columns if c.role == role), None)

    def days(self, role: str) -> npt.NDArray[np.datetime64]:
        """Return the dates of `role` as datetime64[D], all NaT where there is no such column."""
        name = self.heading(role)
        if name is None:
            return np.full(self.n, NO_DAY)
        values = self.values[name]
        return values if values.dtype.kind == "M" else np.full(self.n, NO_DAY)

    def numbers(self, role: str) -> npt.NDArray[np.float64]:
        """Return the numbers of `role` as float64, all NaN where there is no such column."""
        name = self.heading(role)
        if name is None or self.values[name].dtype.kind != "f":
            return np.full(self.n, np.nan)
        return self.values[name]

    def words(self, role: str) -> npt.NDArray[np.object_]:
        """Return the cells of `role` as str or None (whole numbers without a decimal point)."""
        name = self.heading(role)
        if name is None:
            return np.full(self.n, None, dtype=object)
        return as_words(self.values[name])


def read_cells(source: SourceTable, ignore: Collection[str] = ()) -> Cells:
    """Return the used columns of `source` as arrays, without those whose heading is in `ignore` (any case)."""
    ignored = {name.strip().casefold() for name in ignore}
    kept = tuple(c for c in source.columns if c.used and c.name.strip().casefold() not in ignored)
    names = [c.name for c in kept]
    if not names:
        return Cells(source.name, int(source.table.count().execute()), (), {})
    table = source.table.select(*names).to_pyarrow()
    values = {c.name: _array(c, table.column(i)) for i, c in enumerate(kept)}
    return Cells(source.name, table.num_rows, kept, values)


def refuse_unknown_headings(ignore: Collection[str], *sources: SourceTable | None) -> None:
    """Raise `MappingError` for names in `ignore` that are no heading of any of the tables."""
    headings = [c.name for source in sources if source is not None for c in source.columns]
    known = {h.strip().casefold() for h in headings}
    unknown = [name for name in ignore if name.strip().casefold() not in known]
    if unknown:
        allowed = ", ".join(headings[:20]) + (" ..." if len(headings) > 20 else "")
        raise MappingError(
            *(
                Mistake("no such column to ignore", found=name, allowed=f"one of the headings {allowed}")
                for name in unknown
            )
        )


def as_words(values: Array) -> npt.NDArray[np.object_]:
    """Return cells of any type as str or None; whole numbers lose their decimal point, dates are ISO days.

    >>> as_words(np.array([1.0, 2.5, np.nan])).tolist()
    ['1', '2.5', None]
    """
    if values.dtype.kind == "f":
        words = [None if np.isnan(v) else (str(int(v)) if float(v).is_integer() else str(v)) for v in values.tolist()]
    elif values.dtype.kind == "M":
        words = [None if np.isnat(v) else str(v) for v in values]
    else:
        words = [v if v is None or isinstance(v, str) else "; ".join(map(str, v)) for v in values.tolist()]
    out = np.empty(len(words), dtype=object)
    out[:] = words
    return out


def _array(column: Column, values: pa.ChunkedArray) -> Array:
    """Return one column in the type its kind asks for."""
    if column.kind == "number":
        numbers: Array = values.cast(pa.float64()).to_numpy().astype(float, copy=True)
        numbers[~np.isfinite(numbers)] = np.nan
        return numbers
    if column.kind == "date":
        days: Array = values.cast(pa.timestamp("s")).to_numpy().astype("datetime64[D]")
        return days
    if column.kind == "boolean" and pa.types.is_boolean(values.type):
        answers = np.array(["no", "yes", None], dtype=object)
        said: Array = answers[pc.fill_null(values.cast(pa.int8()), 2).to_numpy()]
        return said
    if column.kind == "list":
        return _lists(values, column.separator)
    return _strings(values)


def _strings(values: pa.ChunkedArray) -> Array:
    """Return trimmed strings (empty ones None); equal cells share one object, so that a million rows stay small."""
    encoded = pc.dictionary_encode(values.cast(pa.string())).combine_chunks()
    words = [(w or "").strip() or None for w in encoded.dictionary.to_pylist()]
    lookup = np.array([*words, None], dtype=object)
    cells: Array = lookup[pc.fill_null(encoded.indices, len(words)).to_numpy(zero_copy_only=False)]
    return cells


def _lists(values: pa.ChunkedArray, separator: str | None) -> Array:
    """Return each cell as a tuple of trimmed items without repeats, or None where there is none."""
    out = np.empty(len(values), dtype=object)
    if pa.types.is_string(values.type) or pa.types.is_large_string(values.type):
        split = re.compile(re.escape(separator) if separator else r"[;|,]")
        rows = [None if cell is None else split.split(cell) for cell in values.to_pylist()]
    else:
        rows = values.to_pylist()
    seen: dict[tuple[str, ...], tuple[str, ...]] = {}
    for i, row in enumerate(rows):
        if row is not None:
            items = tuple(dict.fromkeys(s for s in (str(item).strip() for item in row if item is not None) if s))
            out[i] = seen.setdefault(items, items) if items else None  # nothing listed is nothing known
    return out
