"""A web server on this machine that behaves as it is told, well or badly, and keeps what it was sent."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Behaviour = int | str | tuple[int, dict[str, str]]
"""A status; a status with headers; or "drop", "hang", "drip", "garbage", "endless"."""


@dataclass
class Receiving:
    """A running receiver: its address, and the requests it had, as (path, headers, body)."""

    url: str
    requests: list[tuple[str, dict[str, str], bytes]] = field(default_factory=list)


@contextmanager
def receiver(behaviours: Sequence[Behaviour] = (), then: Behaviour = 200) -> Iterator[Receiving]:
    """Yield a receiver that behaves in turn as `behaviours` say, and as `then` says after them."""
    left = list(behaviours)
    over = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None: ...

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            state.requests.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
            behave(self, left.pop(0) if left else then)

    def behave(request: BaseHTTPRequestHandler, how: Behaviour) -> None:
        request.close_connection = True
        match how:
            case "drop":
                return
            case "hang":
                over.wait(20)
            case "garbage":
                request.wfile.write(b"\x00\x01 what is this\r\n\r\n")
            case "drip":
                request.wfile.write(b"HTTP/1.1 200 OK\r\n")
                while not over.wait(0.05):
                    request.wfile.write(b"x-slow: 1\r\n")
            case "endless":
                request.wfile.write(b"HTTP/1.1 200 OK\r\n\r\n")
                while not over.is_set():
                    request.wfile.write(b"0" * 1_000_000)
            case (int(status), dict(headers)):
                reply(request, status, headers)
            case int(status):
                reply(request, status, {})

    def reply(request: BaseHTTPRequestHandler, status: int, headers: dict[str, str]) -> None:
        request.send_response(status)
        for name, value in {**headers, "Content-Length": "2", "Connection": "close"}.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(b"{}")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # a client that hangs up is what some tests want
    server.daemon_threads = True
    state = Receiving(f"http://127.0.0.1:{server.server_address[1]}/in")
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        yield state
    finally:
        over.set()
        server.shutdown()
        server.server_close()


class Clock:
    """A clock that sleeps without waiting, and remembers for how long."""

    def __init__(self) -> None:
        self.now = time.time()
        self.pauses: list[float] = []

    def __call__(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.pauses.append(seconds)
        self.now += seconds
