"""How long a decision takes, in process and over HTTP, on SQLite and on Postgres; and a million leads replayed."""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import sqlalchemy as sa

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

from idealfit.route.acts import Acts
from idealfit.route.deciding import decide
from idealfit.route.desk import Desk
from idealfit.route.ledger import ENTRIES, SCHEMA, entries
from idealfit.route.policy_file import as_plain, loads
from idealfit.route.replay import replay
from idealfit.route.state import Entry, State
from idealfit.store import open_store
from idealfit.web.keys import make_key
from idealfit.web.serving import SCHEMAS
from routing_worlds import leads, policy
from servers import empty_database, postgres_server


def shares(seconds):
    ordered = sorted(seconds)
    at = lambda share: 1000 * ordered[min(int(share * len(ordered)), len(ordered) - 1)]  # noqa: E731
    return f"median {at(0.5):7.2f} ms   p99 {at(0.99):7.2f} ms   most {1000 * ordered[-1]:7.2f} ms"


def kept(where, number):
    """Decide on `number` leads, and keep the ledger that comes of it; the decision alone is timed."""
    state, now = State(), datetime(2026, 1, 1, tzinfo=UTC)
    taken, page = [], []
    with open_store(where, SCHEMA) as store, store.transaction("keeping") as connection:

        def add(kind, lead, rep, body):
            entry = Entry(state.seq + 1, now, kind, lead, rep, "bench", body)
            state.apply(entry)
            page.append({name: getattr(entry, name) for name in ("seq", "at", "kind", "lead", "rep", "actor", "body")})
            if len(page) >= 5_000:
                connection.execute(sa.insert(ENTRIES), page)
                page.clear()

        add("policy", None, None, {"policy": as_plain(loads(policy()))})
        for n, lead in enumerate(leads(number)):
            now += timedelta(seconds=1)
            add("lead", str(n), None, {"fields": lead, "facts": lead})
            one = time.perf_counter()
            found = decide(state, lead, now)
            taken.append(time.perf_counter() - one)
            said = ("how", "rule", "turn", "shared", "weights", "claims", "out", "passed")
            add(found.kind, str(n), found.rep, {name: getattr(found, name) for name in said})
        connection.execute(sa.insert(ENTRIES), page)
    print(f"decision alone                {shares(taken)}", flush=True)


def replayed(where, number):
    """Read a kept ledger and take every decision in it again, as `idealfit route replay` does."""
    with open_store(where, SCHEMA) as store:
        started, worked = time.perf_counter(), time.process_time()
        with store.transaction("replaying", writes=False) as connection:
            found = replay(entries(connection))
        told = f"{time.perf_counter() - started:.0f} s, {time.process_time() - worked:.0f} s of them on the processor"
    print(f"{found.decisions:,} leads replayed in {told}; {len(found.differences)} fell otherwise", flush=True)


def synced(folder):
    """Say how long the disk takes to sync one page: no act that is kept can be done sooner."""
    taken = []
    with open(f"{folder}/synced", "wb") as file:
        for _ in range(200):
            one = time.perf_counter()
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
            taken.append(time.perf_counter() - one)
    print(f"a sync of the disk            {shares(taken)}", flush=True)


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


class Connection:
    """One kept connection of a client that costs next to nothing, so that the machine is the service's."""

    @classmethod
    async def to(cls, port, key):
        one = cls()
        one.read, one.write = await asyncio.open_connection("127.0.0.1", port)
        one.head = (
            f"POST /leads HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {key}\r\nContent-Type: application/json\r\n"
        )
        return one

    async def post(self, body):
        self.write.write(f"{self.head}Content-Length: {len(body)}\r\n\r\n{body}".encode())
        head = await self.read.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        await self.read.readexactly(length)
        return int(head[9:12])


async def over_http(port, key, number, pause):
    """Send a lead every `pause` seconds, whether or not those before were answered."""
    taken, statuses = [], {}
    free = asyncio.Queue()
    for _ in range(50):
        free.put_nowait(await Connection.to(port, key))

    async def send(lead, at):
        await asyncio.sleep(max(0.0, at - time.perf_counter()))
        one = time.perf_counter()
        connection = await free.get()
        status = await connection.post(json.dumps({"fields": lead}))
        free.put_nowait(connection)
        taken.append(time.perf_counter() - one)
        statuses[status] = statuses.get(status, 0) + 1

    begin = time.perf_counter() + 1
    await asyncio.gather(*(send(lead, begin + n * pause) for n, lead in enumerate(leads(number, 2))))
    return taken, statuses, time.perf_counter() - begin


def worked(process):
    """Return the seconds of the processor that a process has had (Linux)."""
    fields = Path(f"/proc/{process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


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
        before = worked(server)
        taken, statuses, whole = asyncio.run(over_http(port, key, number, pause))
        told = f"{number / whole:.0f} a second, answers {statuses}, {1000 * (worked(server) - before) / number:.1f} ms of one core each"
        print(f"over HTTP, {name:18} {shares(taken)}   {told}", flush=True)
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
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        synced(folder)
        if asked.only in ("", "sqlite"):
            in_process(f"{folder}/desk.db", "SQLite", asked.leads, 1 / asked.rate)
            served(f"{folder}/http.db", "SQLite", asked.leads, 1 / asked.rate)
        if asked.only in ("", "postgres"):
            with postgres_server(Path(folder) / "server") as url:
                with empty_database(url) as database:
                    in_process(database, "Postgres", asked.leads, 1 / asked.rate)
                with empty_database(url) as database:
                    served(database, "Postgres", asked.leads, 1 / asked.rate)
        if asked.only in ("", "replay"):
            kept(f"{folder}/long.db", asked.replayed)
            replayed(f"{folder}/long.db", asked.replayed)


if __name__ == "__main__":
    main()
