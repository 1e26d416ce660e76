"""How long a decision takes, in process and over HTTP, on SQLite and on Postgres; and a million leads replayed."""

from __future__ import annotations

import argparse
import asyncio
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from idealfit.route.acts import Acts  # noqa: E402
from idealfit.route.desk import Desk  # noqa: E402
from idealfit.route.deciding import decide  # noqa: E402
from idealfit.route.ledger import SCHEMA  # noqa: E402
from idealfit.route.policy_file import as_plain, loads  # noqa: E402
from idealfit.route.state import Entry, State  # noqa: E402
from idealfit.store import open_store  # noqa: E402
from idealfit.web.keys import make_key  # noqa: E402
from idealfit.web.serving import SCHEMAS  # noqa: E402
from routing_worlds import leads, policy  # noqa: E402


def shares(seconds):
    ordered = sorted(seconds)
    at = lambda share: 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]  # noqa: E731
    return f"median {at(0.5):7.2f} ms   p99 {at(0.99):7.2f} ms   most {1000 * ordered[-1]:7.2f} ms"


def replayed(number):
    """Decide on `number` leads one after the other, each changing the state: what a replay of the ledger does."""
    state, now = State(), datetime(2026, 1, 1, tzinfo=UTC)
    state.apply(Entry(1, now, "policy", None, None, "bench", {"policy": as_plain(loads(policy()))}))
    taken = []
    started = time.perf_counter()
    for n, lead in enumerate(leads(number)):
        now += timedelta(seconds=1)
        one = time.perf_counter()
        found = decide(state, lead, now)
        taken.append(time.perf_counter() - one)
        body = {"turn": found.turn, "shared": found.shared, "weights": found.weights}
        state.apply(Entry(n + 2, now, found.kind, str(n), found.rep, "bench", body))
    whole = time.perf_counter() - started
    print(f"decision alone                {shares(taken)}   {number:,} replayed in {whole:.0f} s", flush=True)


def in_process(where, name, number, pause):
    """Take leads at the desk: decided, written and synced; a lead every `pause` seconds from eight threads."""
    with open_store(where, SCHEMA) as store:
        desk = Desk(Acts(store, lambda: datetime.now(UTC)))
        desk.adopt(loads(policy()), actor="bench")
        taken, waiting = [], list(leads(number, 1))
        begin = time.perf_counter() + 0.5

        def work(first):
            for n in range(first, number, 8):
                time.sleep(max(0.0, begin + n * pause - time.perf_counter()))
                one = time.perf_counter()
                desk.take(waiting[n], actor="bench")
                taken.append(time.perf_counter() - one)

        threads = [threading.Thread(target=work, args=(k,)) for k in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        print(f"at the desk, {name:16} {shares(taken)}", flush=True)


async def over_http(url, key, number, pause):
    """Send a lead every `pause` seconds, whether or not those before were answered."""
    taken, statuses = [], {}
    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    headers = {"Authorization": f"Bearer {key}"}
    async with httpx.AsyncClient(base_url=url, headers=headers, limits=limits, timeout=30) as client:
        await asyncio.gather(*(client.get("/health") for _ in range(20)))

        async def send(lead, at):
            await asyncio.sleep(max(0.0, at - time.perf_counter()))
            one = time.perf_counter()
            answer = await client.post("/leads", json={"fields": lead})
            taken.append(time.perf_counter() - one)
            statuses[answer.status_code] = statuses.get(answer.status_code, 0) + 1

        begin = time.perf_counter() + 1
        await asyncio.gather(*(send(lead, begin + n * pause) for n, lead in enumerate(leads(number, 2))))
        whole = time.perf_counter() - begin
    return taken, statuses, whole


def served(where, name, number, pause):
    """Start the service as people do, and send it leads."""
    with open_store(where, *SCHEMAS) as store:
        key = make_key(store, "bench", ("leads", "read"), rate=1_000_000)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    file = Path(tempfile.mkdtemp()) / "policy.yaml"
    file.write_text(policy())
    command = [
        Path(sys.executable).with_name("idealfit"),
        "serve",
        "--policy",
        file,
        "--store",
        where,
        "--port",
        str(port),
    ]
    server = subprocess.Popen([*map(str, command)], stdout=subprocess.DEVNULL)
    try:
        url = f"http://127.0.0.1:{port}"
        for _ in range(1_000):
            try:
                httpx.get(f"{url}/health", timeout=2)
                break
            except httpx.HTTPError:
                time.sleep(0.1)
        taken, statuses, whole = asyncio.run(over_http(url, key, number, pause))
        print(f"over HTTP, {name:18} {shares(taken)}   {number / whole:.0f} a second, answers {statuses}", flush=True)
    finally:
        server.kill()
        server.wait(60)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--replayed", type=int, default=1_000_000)
    options.add_argument("--leads", type=int, default=4_000)
    options.add_argument("--rate", type=float, default=200.0, help="leads a second")
    options.add_argument("--only", default="")
    asked = options.parse_args()
    from servers import empty_database, postgres_server

    if asked.only in ("", "replay"):
        replayed(asked.replayed)
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if asked.only in ("", "sqlite"):
            in_process(f"{folder}/desk.db", "SQLite", asked.leads, 1 / asked.rate)
            served(f"{folder}/http.db", "SQLite", asked.leads, 1 / asked.rate)
        if asked.only in ("", "postgres"):
            with postgres_server(Path(folder) / "server") as url:
                with empty_database(url) as database:
                    in_process(database, "Postgres", asked.leads, 1 / asked.rate)
                with empty_database(url) as database:
                    served(database, "Postgres", asked.leads, 1 / asked.rate)


if __name__ == "__main__":
    main()
