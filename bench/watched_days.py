"""Watching day after day: what a day of many companies costs, and whether memory stays flat over an hour.

``--companies 10000 --days 2`` prints time, processor and memory of each day. ``--hour`` watches fewer companies, with a
bounded number of requests a second, for as many minutes as `--minutes` says, and prints the memory in use every minute.
All four sources that are on without a key are asked: boards, site, feeds, records. Days pass as fast as checks do.
"""

from __future__ import annotations

import argparse
import os
import resource
import tempfile
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from idealfit.store import open_store
from idealfit.watch import claims
from idealfit.watch.fetching import Fetched, Fetcher, Known
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH, Watched
from idealfit.watch.politeness import Pace
from idealfit.watch.running import Settings, run
from idealfit.watch.sources import chosen
from watched_world import FIRST, World

if TYPE_CHECKING:
    from collections.abc import Callable

SOURCES = ("boards", "site", "feeds", "records")
PAGE = os.sysconf("SC_PAGE_SIZE")


def resident() -> float:
    """Return the memory in use now, in MB."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * PAGE / 1e6


class SlowFetcher(Fetcher):
    """A fetcher that starts at most so many requests a second, all hosts together, and counts them."""

    def __init__(self, a_second: float) -> None:
        super().__init__(private=["127.0.0.1"], pace=Pace(0, 16), paces={}, resolve=lambda _host, _port: ["127.0.0.1"])
        self.count = 0
        self._gap = 1 / a_second if a_second else 0.0
        self._next = time.monotonic()
        self._one = threading.Lock()

    def fetch(self, url: str, known: Known | None = None, *, for_programs: bool = False) -> Fetched:
        with self._one:
            self.count += 1
            self._next = max(self._next + self._gap, time.monotonic() - 1)
            wait = self._next - time.monotonic()
        if self._gap and wait > 0:
            time.sleep(wait)
        return super().fetch(url, known, for_programs=for_programs)


def records(domain: str, kind: str) -> list[str]:
    """Return the records of a company: the name server is not what is measured here."""
    return ["1 aspmx.l.google.com."] if kind == "MX" else ["v=spf1 include:_spf.google.com ~all", f"owner={domain}"]


def days(
    count: int,
    where: str,
    *,
    a_second: float = 0.0,
    names: tuple[str, ...] = SOURCES,
    enough: Callable[[int], bool],
    samples: list[tuple[float, float]],
) -> None:
    """Watch so many companies day after day until `enough(day)`, and print what each day took."""
    world = World()
    began = time.perf_counter()
    listed = [
        Watched(f"c{n}", f"C{n}", f"c{n}.example", {"boards": [f"greenhouse:c{n}"], "feeds": [f"http://c{n}.example:{world.port}/feed"]})
        for n in range(count)
    ]  # fmt: skip
    sources = chosen(names)
    settings = Settings(
        addresses={"greenhouse": f"http://boards.example:{world.port}/boards/{{company}}",
                   "site": f"http://{{domain}}:{world.port}/"},
        resolver=records,
    )  # fmt: skip
    done_so_far = [0]
    over = threading.Event()

    def sample() -> None:
        while not over.wait(60):
            samples.append((time.perf_counter() - began, resident()))
            print(
                f"minute {len(samples)}: {resident():,.0f} MB, {done_so_far[0]:,} checks, {fetcher.count:,} requests",
                flush=True,
            )

    with open_store(where, PAGES, WATCH) as store, SlowFetcher(a_second) as fetcher:
        now = datetime(FIRST.year, FIRST.month, FIRST.day, 6, tzinfo=UTC)
        claims.enter(store, listed, {name: source.every for name, source in sources.items()}, now)
        threading.Thread(target=sample, daemon=True).start()
        day = 0
        while not enough(day):
            world.turn_to(day)
            start, used, asked = time.perf_counter(), time.process_time(), fetcher.count
            today = now + timedelta(days=day, minutes=day)
            seen = done_so_far[0]

            def count_it(words: str, _share: float, seen: int = seen) -> None:
                done_so_far[0] = seen + int(words.partition(" ")[0].replace(",", "") or 0)

            done = run(store, fetcher, sources, settings, (), now=lambda today=today: today, progress=count_it)  # type: ignore[misc]
            spent, used = time.perf_counter() - start, time.process_time() - used
            checks = sum(done.checks.values())
            states = ", ".join(f"{number:,} {state}" for state, number in sorted(done.checks.items()))
            print(
                f"day {day}: {checks:,} checks ({states}), {fetcher.count - asked:,} requests, {len(done.fresh):,} new events; "
                f"{spent:,.0f} s by the clock, {used:,.0f} s of one core ({1000 * used / max(1, fetcher.count - asked):.1f} ms a request), "
                f"{resident():,.0f} MB in use, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:,.0f} MB at most",
                flush=True,
            )  # fmt: skip
            del done
            day += 1
    over.set()
    world.shutdown()


def hour(companies: int, minutes: float, a_second: float) -> None:
    """Print the memory of every minute, and how far its second half lies above its first."""
    samples: list[tuple[float, float]] = []
    end = time.perf_counter() + 60 * minutes
    with tempfile.TemporaryDirectory() as folder:
        days(companies, str(Path(folder) / "w.db"), a_second=a_second, samples=samples,
             enough=lambda _day: time.perf_counter() > end)  # fmt: skip
    if len(samples) < 4:
        return
    warm = samples[len(samples) // 6 :]
    half = len(warm) // 2
    first, second = (sum(mb for _, mb in part) / len(part) for part in (warm[:half], warm[half:]))
    print(f"memory over {samples[-1][0] / 60:.0f} minutes of running: {warm[0][1]:,.0f} MB after the first sixth, {samples[-1][1]:,.0f} MB at the end, "
          f"{max(mb for _, mb in samples):,.0f} MB at most; means of the two halves after that: {first:,.1f} and {second:,.1f} MB")  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--companies", type=int, default=1_000)
    parser.add_argument("--days", type=int, default=2)
    parser.add_argument("--hour", action="store_true", help="measure memory, with a bounded number of requests")
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--a-second", type=float, default=20.0, help="requests a second, for --hour")
    parser.add_argument("--source", action="append", choices=SOURCES, help="only these sources; all four if not given")
    asked = parser.parse_args()
    if asked.hour:
        hour(asked.companies, asked.minutes, asked.a_second)
        return
    with tempfile.TemporaryDirectory() as folder:
        days(
            asked.companies,
            str(Path(folder) / "w.db"),
            samples=[],
            enough=lambda day: day >= asked.days,
            names=tuple(asked.source or SOURCES),
        )


if __name__ == "__main__":
    main()
