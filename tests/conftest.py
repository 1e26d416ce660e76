"""Fixtures that tests of several rooms share."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from servers import empty_database, postgres_server

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """Yield the address of a real PostgreSQL server, one for the whole run of a worker."""
    # A socket's path may not be long, and pytest's own folders are.
    with tempfile.TemporaryDirectory(prefix="pg") as folder, postgres_server(Path(folder)) as url:
        yield url


@pytest.fixture
def postgres_database(postgres: str) -> Iterator[str]:
    """Yield the address of an empty database on that server."""
    with empty_database(postgres) as url:
        yield url
