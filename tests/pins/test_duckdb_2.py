"""Other people's bugs: ibis 12 calls what DuckDB 2 no longer has."""

import inspect
import tomllib
from importlib.metadata import requires
from pathlib import Path

import ibis.backends.duckdb as backend


def test_ibis_still_needs_duckdb_below_2():
    """When this fails, ibis no longer calls what is gone: drop ``<2`` after duckdb in pyproject.toml, and this file."""
    assert "fetch_arrow_table" in inspect.getsource(backend)


def test_duckdb_2_is_kept_out():
    pinned = [r for r in requires("idealfit") or () if r.startswith("duckdb")]
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text())["project"]
    pinned += [r for r in project["dependencies"] if r.startswith("duckdb")]
    assert all("<2" in requirement for requirement in pinned)
    assert pinned
