"""What the service counts of itself, and the limit on what it reads: one piece around all requests."""

from __future__ import annotations

import json
import threading
import time
from collections import Counter
from typing import TYPE_CHECKING

from starlette.exceptions import HTTPException

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Message, Receive, Scope, Send

BOUNDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)
"""Upper ends, in seconds, of the ranges in which times are counted."""


class Meter:
    """Counts requests by route and status, and the time they took."""

    def __init__(self) -> None:
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._within: Counter[tuple[str, float]] = Counter()
        self._seconds: dict[str, float] = {}
        self._lock = threading.Lock()

    def count(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one request."""
        with self._lock:
            self._requests[method, route, status] += 1
            self._seconds[route] = self._seconds.get(route, 0.0) + seconds
            for bound in BOUNDS:
                if seconds <= bound:
                    self._within[route, bound] += 1

    def text(self, entries: int) -> str:
        """Return all counts in the text format of Prometheus."""
        with self._lock:
            requests, within, seconds = dict(self._requests), dict(self._within), dict(self._seconds)
        lines = ["# TYPE idealfit_ledger_entries counter", f"idealfit_ledger_entries {entries}"]
        lines.append("# TYPE idealfit_requests_total counter")
        totals: Counter[str] = Counter()
        for (method, route, status), count in sorted(requests.items()):
            lines.append(f'idealfit_requests_total{{method="{method}",route="{route}",status="{status}"}} {count}')
            totals[route] += count
        lines.append("# TYPE idealfit_request_seconds histogram")
        for route, total in sorted(totals.items()):
            for bound in BOUNDS:
                count = within.get((route, bound), 0)
                lines.append(f'idealfit_request_seconds_bucket{{route="{route}",le="{bound}"}} {count}')
            lines.append(f'idealfit_request_seconds_bucket{{route="{route}",le="+Inf"}} {total}')
            lines.append(f'idealfit_request_seconds_sum{{route="{route}"}} {seconds[route]:.6f}')
            lines.append(f'idealfit_request_seconds_count{{route="{route}"}} {total}')
        return "\n".join(lines) + "\n"


class Measured:
    """Around the service: refuses bodies that are too large, before they are read to the end, and counts."""

    def __init__(self, app: ASGIApp, *, meter: Meter, largest_body: int) -> None:
        self._app = app
        self._meter = meter
        self._largest = largest_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, status, read = time.perf_counter(), 0, 0

        async def limited() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > self._largest:
                raise _TooLargeError
            return message

        async def watched(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            length = next((value for name, value in scope["headers"] if name == b"content-length"), b"0")
            if length.isdigit() and int(length) > self._largest:
                raise _TooLargeError
            await self._app(scope, limited, watched)
        except _TooLargeError:
            if not status:
                await _too_large(watched, self._largest)
        finally:
            route = getattr(scope.get("route"), "path", "other")
            self._meter.count(scope["method"], route, status or 500, time.perf_counter() - started)


class _TooLargeError(HTTPException):
    """Raised while a body is read; told by the service as any other refusal."""

    def __init__(self) -> None:
        super().__init__(413, "the request is too large")


async def _too_large(send: Send, largest: int) -> None:
    said = {"what": "the request is too large", "allowed": f"up to {largest:,} bytes"}
    body = json.dumps({"mistakes": [said]}).encode()
    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": body})
