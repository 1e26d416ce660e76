"""Web servers on loopback that behave as a test wants them to."""

from __future__ import annotations

import gzip
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass
class Reply:
    """What a server answers: status, body, headers; `slowly` sends the body in pieces, with that pause after each."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    packed: bool = False
    unannounced: bool = False


@dataclass
class Server:
    """A running server: its address, what it answers by path, and what it was asked."""

    address: str
    replies: dict[str, Reply | Callable[[Mapping[str, str]], Reply]]
    asked: list[tuple[str, dict[str, str]]]

    def paths(self) -> list[str]:
        return [path for path, _ in self.asked]


@contextmanager
def web_server(replies: Mapping[str, Reply | str | Callable[[Mapping[str, str]], Reply]]) -> Iterator[Server]:
    """Yield a server on loopback that answers `replies` by path, and 404 to all else."""
    server: Server

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        wbufsize = -1

        def log_message(self, *_: object) -> None: ...

        def do_GET(self) -> None:
            server.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}))
            reply = server.replies.get(self.path, Reply("<h1>404 not found</h1>", 404, {"Content-Type": "text/html"}))
            if callable(reply):
                reply = reply({k.lower(): v for k, v in self.headers.items()})
            body = reply.body.encode() if isinstance(reply.body, str) else reply.body
            if reply.packed:
                body = gzip.compress(body)
            self.send_response(reply.status)
            headers = {"Content-Type": "text/html; charset=utf-8", **reply.headers}
            if reply.packed:
                headers.setdefault("Content-Encoding", "gzip")
            if reply.unannounced:
                headers["Connection"] = "close"
            else:
                headers["Content-Length"] = str(len(body))
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()
            try:
                self.wfile.write(body)
            except (BrokenPipeError, ConnectionResetError):
                return

    running = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    running.daemon_threads = True
    given = {path: Reply(reply) if isinstance(reply, str) else reply for path, reply in replies.items()}
    server = Server(f"http://127.0.0.1:{running.server_port}", given, [])
    thread = threading.Thread(target=running.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        running.shutdown()
        running.server_close()
        thread.join()
