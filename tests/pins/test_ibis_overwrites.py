"""Other people's bugs: ibis 12 cannot overwrite a table where sqlglot 30.30 writes its statement."""

import re
from pathlib import Path

import duckdb
import ibis
import pytest

SOURCES = Path(__file__).parents[2] / "src"


def test_ibis_still_writes_half_a_statement_to_overwrite_a_table():
    """When this fails, `create_table(overwrite=True)` works again: this file may go.

    ibis 12.0 asks sqlglot for ``ALTER TABLE ... RENAME TO``; sqlglot 30.30 leaves out the new name.
    """
    connection = ibis.duckdb.connect()
    connection.create_table("t", ibis.memtable({"a": [1]}))
    with pytest.raises(duckdb.ParserException, match="syntax error at end of input"):
        connection.create_table("t", ibis.memtable({"a": [2]}), overwrite=True)


def test_the_program_never_asks_ibis_to_make_a_table():
    """Tables are made by statements of our own (`idealfit.engine.rows`), so neither bound is needed in pyproject."""
    called = [file for file in SOURCES.rglob("*.py") if re.search(r"\.create_table\(", file.read_text("utf-8"))]
    assert not called
