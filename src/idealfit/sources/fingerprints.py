"""One short text that stands for the content of a table."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from idealfit.engine import identifier, rows

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis


def fingerprint(connection: ibis.BaseBackend, relation: str, headings: Sequence[str], name: str) -> str:
    """Return ``sha256:`` and 64 hex digits over headings and cells; the order of rows and columns does not matter.

    Each row is digested with MD5 over its typed cells in the order of sorted headings; both halves of the digests are
    summed over all rows and hashed with the number of rows and the headings. So a CSV file and the same table in
    Parquet agree, and one changed cell does not. `relation` is a quoted table of a DuckDB `connection`.
    """
    ordered = sorted(headings)
    cells = ", ".join(f"coalesce(CAST({identifier(h)} AS VARCHAR), chr(0))" for h in ordered)
    row = f"concat_ws(chr(31), {cells})" if ordered else "''"
    total = rows(
        connection,
        f"SELECT count(*), coalesce(sum(CAST(md5_number_lower(d) AS HUGEINT)), 0), "
        "coalesce(sum(CAST(md5_number_upper(d) AS "
        f"HUGEINT)), 0) FROM (SELECT {row} AS d FROM {relation})",
        f"taking the fingerprint of {name}",
    )[0]
    content = "\x1f".join([*ordered, *map(str, total)])
    return "sha256:" + hashlib.sha256(content.encode()).hexdigest()
