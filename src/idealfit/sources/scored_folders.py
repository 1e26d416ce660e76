"""A folder of scores: the rows that stand now, where later changes lie beside the parts they replace."""

from __future__ import annotations

from pathlib import Path

from idealfit.engine import literal
from idealfit.tables import SCORES

CHANGES = "changes"
"""The folder in it with one file per run that scored only what had changed."""


def holds_changes(folder: Path) -> bool:
    """Return whether changes lie beside the parts of a folder."""
    return bool(change_files(folder))


def change_files(folder: Path) -> list[Path]:
    """Return the files of changes, the oldest first."""
    return sorted((folder / CHANGES).glob("*.parquet"))


def current_rows(folder: Path) -> str:
    """Return SQL of DuckDB for the rows of a folder as they stand now, with the columns of `tables.SCORES`.

    A company is what the last change says of it; one that is gone is left out. Parts are read as they are where
    nothing has changed.
    """
    names = ", ".join(field.name for field in SCORES)
    parts = f"SELECT {names} FROM {_files(sorted(folder.glob('*.parquet')))}"
    changes = change_files(folder)
    if not changes:
        return parts
    return f"""{unchanged(parts, folder)}
        UNION ALL SELECT {names} FROM ({latest_changes(folder)}) AS latest WHERE NOT gone"""


def unchanged(rows: str, folder: Path) -> str:
    """Return SQL for those of `rows`, a query with an id, that no change has replaced."""
    return f"SELECT parts.* FROM ({rows}) AS parts ANTI JOIN {_files(change_files(folder))} AS changes USING (id)"


def latest_changes(folder: Path) -> str:
    """Return SQL for what the last change says of each company that has changed, `gone` ones too."""
    return f"""SELECT * FROM {_files(change_files(folder))}
        QUALIFY change = max(change) OVER (PARTITION BY id)"""


def _files(files: list[Path]) -> str:
    return f"read_parquet([{', '.join(literal(str(file)) for file in files)}])"
