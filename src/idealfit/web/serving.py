"""The service started: one command, on a SQLite file unless told otherwise."""

from __future__ import annotations

import gc
import sys
import time
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import uvicorn

from idealfit.pipeline import lead_facts, load_policy, record_events
from idealfit.route.acts import Acts
from idealfit.route.desk import Desk
from idealfit.route.ledger import SCHEMA as LEDGER
from idealfit.store import open_store
from idealfit.web import background
from idealfit.web.app import make_app
from idealfit.web.keys import SCHEMA as KEYS
from idealfit.web.keys import SCOPES, Doorkeeper, keys, make_key

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator

    from fastapi import FastAPI

SCHEMAS = (LEDGER, KEYS, background.SCHEMA)
FIRST_KEY = "first key"

SWITCHES = 0.0005
"""Seconds after which one thread lets another go on: who comes back from the disk must not wait for long."""


TIDY_EVERY = 60.0
NEVER = 1_000_000
"""So many collections of the young before Python would look through all that lives, which stops every answer."""


def tidy() -> None:
    """Collect what nobody can reach, and set what lives aside: the next time only what is newer is looked through."""
    gc.collect()
    gc.freeze()


@contextmanager
def service(
    store: str,
    *,
    policy: str | None = None,
    accounts: str | None = None,
    profile: str | None = None,
    loopback: bool = False,
    told: Callable[[str], None] = print,
) -> Iterator[FastAPI]:
    """Yield the service over the ledger in `store`; a `policy` is adopted first, and a first key is made and `told`.

    `loopback` lets calendars and webhooks be on this machine.
    """
    enrich = lead_facts(accounts, profile)
    loaded = load_policy(policy) if policy is not None else None
    with open_store(store, *SCHEMAS, connections=10) as opened:
        desk = Desk(Acts(opened, _now), enrich=enrich)
        if loaded is not None:
            desk.adopt(loaded, actor="serve")
        if not keys(opened):
            told(f"API key, shown this once: {make_key(opened, FIRST_KEY, SCOPES)}")
        park_in = f"{opened.name if opened.kind == 'sqlite' else 'idealfit'}.parked.jsonl"
        jobs = background.Background(
            ("clocks", background.SWEEP_EVERY, desk.sweep),
            ("webhooks", background.TELL_EVERY, lambda: background.tell(opened, desk, park_in=park_in, now=_now())),
            ("memory", TIDY_EVERY, tidy),
            (
                "calendars",
                background.READ_EVERY,
                lambda: background.read_calendars(desk, now=_now(), loopback=loopback),
            ),
        )

        @asynccontextmanager
        async def lifespan(_app: FastAPI) -> AsyncIterator[None]:
            jobs.start()
            yield
            jobs.stop()

        def record(rows: list[dict[str, Any]], source: str) -> int:
            return record_events(opened, rows, source)

        yield make_app(desk, Doorkeeper(opened, time.monotonic), record=record, lifespan=lifespan)


def serve(
    store: str,
    *,
    host: str = "127.0.0.1",
    port: int = 8000,
    policy: str | None = None,
    accounts: str | None = None,
    profile: str | None = None,
    loopback: bool = False,
    told: Callable[[str], None] = print,
) -> None:
    """Run the service until it is stopped."""
    options = {"policy": policy, "accounts": accounts, "profile": profile}
    sys.setswitchinterval(SWITCHES)
    with service(store, **options, loopback=loopback, told=told) as app:
        told(f"Listening on http://{host}:{port} (to read: /docs, for programs: /openapi.json)")
        gc.set_threshold(*gc.get_threshold()[:2], NEVER)
        tidy()
        uvicorn.run(app, host=host, port=port, log_level="warning", access_log=False)


def _now() -> datetime:
    return datetime.now(UTC)
