"""A loopback web of as many companies as asked for: each with a site, a job board and a feed that change with the days.

``python watched_world.py --serve`` prints its port and serves until it is ended. `/day/N` makes it day N. Nothing is
kept in memory per company: an answer is a function of its address and the day. Pages carry an ETag and honour it.
"""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import urllib.request
from datetime import date, timedelta
from functools import lru_cache
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

FIRST = date(2026, 3, 2)
WORDS = "We make machines and sell them to people who need some, in the north and in the south, by day and by night. "
PAGES = ("pricing", "contact", "careers", "team", "customers")


def _draw(*parts: object) -> int:
    return int.from_bytes(sha256("/".join(map(str, parts)).encode()).digest()[:6], "big")


def changed_by(company: str, what: str, day: int, one_in: int) -> int:
    """Return how often something of a company has changed by a day: on one day in so many, by lot."""
    start = _draw(company, what) % one_in
    return (day + start) // one_in


@lru_cache(maxsize=64)
def filler(lines: int) -> str:
    """Return markup of so many blocks, as pages are made of: about 110 bytes of markup and as many of text each."""
    return "".join(
        f"<div class='block wide-{n % 7} js-lazy' data-track='b{n}'><p>{WORDS}{n}</p><a href='/p{n}'>More</a></div>"
        for n in range(lines)
    )


def page(company: str, name: str, day: int) -> str:
    """Return a page of a company's site: the home page is about 40 kB, others about 12."""
    links = "".join(f"<a href='/{other}'>{other.capitalize()}</a>" for other in PAGES)
    head = (
        f"<html><head><title>{company} {name or 'home'}</title><meta name='generator' content='WordPress 6.4'>"
        "<script src='https://js.hs-scripts.com/1.js'></script>"
        f"<link rel='alternate' type='application/rss+xml' href='/feed'></head><body>{links}"
    )
    version = changed_by(company, name, day, 90)
    news = "".join(
        f"<p>Change {version} of the {name} page: line {n} {'abcdefgh'[(version + n) % 8]}</p>" for n in range(4)
    )
    place = f"<address>{version + 1} High Street, Leeds LS{1 + _draw(company) % 9} {version % 9}AB, United Kingdom</address>"
    return f"{head}<h1>{company}</h1>{news}{filler(150 if not name else 40)}{place if name == 'contact' else ''}</body></html>"


def board(company: str, day: int) -> str:
    """Return a job board's answer: five postings, the oldest replaced every twenty days."""
    newest = changed_by(company, "jobs", day, 20)
    jobs = [
        {"id": 1_000 * (_draw(company) % 10_000) + number, "title": f"Engineer, line {number}",
         "first_published": f"{FIRST + timedelta(days=max(0, day - 20 * (newest - number)))}T09:00:00Z",
         "updated_at": f"{FIRST}T09:00:00Z", "location": {"name": "Leeds"}, "departments": [{"name": "Making"}],
         "offices": [], "metadata": [], "absolute_url": f"https://boards.example/{company}/{number}",
         "content": "&lt;p&gt;" + WORDS * 15 + "&lt;/p&gt;"}
        for number in range(newest, newest + 5)
    ]  # fmt: skip
    return json.dumps({"jobs": jobs, "meta": {"total": len(jobs)}})


def feed(company: str, day: int) -> str:
    """Return a company's feed: ten entries, a new one every thirty days, of which every other tells of an event."""
    newest = changed_by(company, "feed", day, 30)
    items = ""
    for n in range(newest - 9, newest + 1):
        day_of = FIRST + timedelta(days=day - 30 * (newest - n))
        title = (
            f"{company} opens office in {('Lyon', 'Leeds', 'Porto', 'Turin')[n % 4]}"
            if n % 2
            else f"How to count, part {n}"
        )
        items += (f"<item><title>{title}</title><link>https://news.example/{company}/{n}</link><guid>{company}-{n}</guid>"
                  f"<pubDate>{day_of:%a, %d %b %Y} 08:00:00 GMT</pubDate></item>")  # fmt: skip
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>{company}</title>{items}</channel></rss>'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    day = 0

    def log_message(self, *_: object) -> None: ...

    def do_GET(self) -> None:  # noqa: N802
        company = self.headers.get("Host", "").partition(".")[0]
        first, _, rest = self.path.strip("/").partition("/")
        if first == "day":
            Handler.day = int(rest)
            body, kind = "", "text/plain"
        elif first == "robots.txt":
            body, kind = "User-agent: *\nDisallow: /private/\n", "text/plain"
        elif first == "boards":
            body, kind = board(rest, Handler.day), "application/json"
        elif first == "feed":
            body, kind = feed(company, Handler.day), "application/rss+xml"
        else:
            body, kind = page(company, first, Handler.day), "text/html; charset=utf-8"
        sent = body.encode()
        tag = f'"{sha256(sent).hexdigest()[:20]}"'
        same = self.headers.get("If-None-Match") == tag
        self.send_response(304 if same else 200)
        self.send_header("ETag", tag)
        self.send_header("Content-Type", kind)
        packed = b"" if same else gzip.compress(sent, 1)
        if packed:
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(packed)))
        self.end_headers()
        self.wfile.write(packed)


class World:
    """The web in a process of its own, so that it takes no time from what is measured."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(Path(__file__)), "--serve"], stdout=subprocess.PIPE, text=True
        )
        self.port = int((self._process.stdout or sys.stdin).readline())

    def turn_to(self, day: int) -> None:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/day/{day}") as answer:  # noqa: S310
            answer.read()

    def shutdown(self) -> None:
        self._process.terminate()
        self._process.wait()


if __name__ == "__main__":
    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    running.socket.listen(256)
    print(running.server_port, flush=True)
    running.serve_forever()
