"""Workers killed while they hand out leads: none is lost, none is assigned twice, and the ledger adds up."""

from __future__ import annotations

import argparse
import multiprocessing
import os
import random
import signal
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))

import sqlalchemy as sa

from idealfit.errors import StoreError
from idealfit.route.acts import Acts
from idealfit.route.desk import Desk
from idealfit.route.ledger import ENTRIES, LEADS, SCHEMA
from idealfit.route.policy_file import loads
from idealfit.store import open_store
from routing_worlds import leads, policy
from servers import empty_database, postgres_server


def work(where: str, acknowledged: str, seed: int, number: int) -> None:
    """Send leads in an order of one's own, and note each that was answered."""
    chance = random.Random(seed)
    waiting = list(enumerate(leads(number, 7)))
    chance.shuffle(waiting)
    with open_store(where, SCHEMA) as store, Path(acknowledged).open("a") as file:
        desk = Desk(Acts(store, lambda: datetime.now(UTC)))
        for n, lead in waiting:
            try:
                answer = desk.take(lead, actor=f"worker {seed}")
            except StoreError:
                continue
            file.write(f"{n} {answer.lead} {answer.owner}\n")
            file.flush()


def judged(where: str, folder: Path, number: int) -> dict[str, object]:
    """Return what is wrong with the ledger, by what was promised; all must be nothing."""
    with open_store(where, SCHEMA) as store:
        desk = Desk(Acts(store, lambda: datetime.now(UTC)))
        told = {}
        contradicted = 0
        for file in folder.glob("*.ack"):
            for line in file.read_text().splitlines():
                parts = line.split(" ")
                if len(parts) == 3:
                    contradicted += told.setdefault(parts[0], parts[1:]) != parts[1:]
        coming = {str(n): desk.take_soon(lead, actor="again") for n, lead in enumerate(leads(number, 7))}
        again = {n: one.result() for n, one in coming.items()}
        with store.transaction("judging", writes=False) as connection:
            seqs = list(connection.scalars(sa.select(ENTRIES.c.seq).order_by(ENTRIES.c.seq)))
            counts = Counter(connection.execute(sa.select(ENTRIES.c.lead, ENTRIES.c.kind)).tuples())
            rows = connection.scalar(sa.select(sa.func.count()).select_from(LEADS))
        replayed = desk.replay()
        return {
            "answered": len(told),
            "kept otherwise than the ledger says": len(desk.check().wrong),
            "answered and lost": sum(again[n].new for n in told),
            "answered with another owner": contradicted + sum([again[n].lead, again[n].owner] != told[n] for n in told),
            "assigned twice": sum(count > 1 for (_, kind), count in counts.items() if kind == "assigned"),
            "taken in twice": sum(count > 1 for (_, kind), count in counts.items() if kind == "lead"),
            "gaps in the ledger": int(seqs != list(range(1, len(seqs) + 1))),
            "rows beside the ledger": rows - number,
            "decisions that would fall otherwise": len(replayed.differences),
        }


def answers(folder: str) -> int:
    """Return how many answers workers have noted."""
    return sum(file.read_bytes().count(b"\n") for file in Path(folder).glob("*.ack"))


def killed(where: str, workers: int, kills: int, number: int) -> None:
    """Kill workers at random moments and start new ones in their place."""
    chance = random.Random(1)
    with open_store(where, SCHEMA) as store:
        Desk(Acts(store, lambda: datetime.now(UTC))).adopt(loads(policy()), actor="bench")
    with tempfile.TemporaryDirectory() as folder:
        forked = multiprocessing.get_context("fork")
        seed = 0

        def start():
            nonlocal seed
            seed += 1
            process = forked.Process(target=work, args=(where, f"{folder}/{seed}.ack", seed, number))
            process.start()
            return process

        running = [start() for _ in range(workers)]
        begun = time.perf_counter()
        for _ in range(kills):
            wanted = answers(folder) + chance.randrange(5, 50)  # so that there is work between two kills
            while answers(folder) < wanted:
                time.sleep(chance.uniform(0.01, 0.1))
            victim = chance.randrange(workers)
            os.kill(running[victim].pid, signal.SIGKILL)
            running[victim].join()
            running[victim] = start()
        for process in running:
            process.kill()
            process.join()
        seconds = time.perf_counter() - begun
        found = judged(where, Path(folder), number)
    wrong = {what: count for what, count in found.items() if what != "answered" and count}
    told = f"{kills} kills of {workers} in {seconds:.0f} s, {found['answered']:,} leads answered before the end"
    print(
        f"{'postgresql' if '://' in where else 'sqlite':12} {told}; {wrong or 'nothing lost, nothing twice, every decision the same'}",
        flush=True,
    )


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--leads", type=int, default=6_000)
    options.add_argument("--only", default="", help="sqlite or postgres")
    asked = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        if asked.only in ("", "postgres"):
            with postgres_server(Path(folder) / "server") as url, empty_database(url) as database:
                killed(database, 8, asked.kills, asked.leads)
        if asked.only in ("", "sqlite"):
            killed(f"{folder}/ledger.db", 1, asked.kills, asked.leads)


if __name__ == "__main__":
    main()
