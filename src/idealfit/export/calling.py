"""One request over HTTP and its reply: the address checked, the time and the size bounded, no redirect followed."""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.export.addresses import numbers_of, place_of
from idealfit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.export.addresses import Place

LARGEST = 20_000_000
"""Bytes of a reply that are read; a longer one is none."""

TRANSIENT = frozenset((408, 425, 429, 500, 502, 503, 504, 507, 509, 520, 521, 522, 523, 524, 529))
"""Statuses after which asking again may help."""


class NoReplyError(Exception):
    """Nothing usable came back: refused, dropped, too late, too long. The text says which."""


@dataclass(frozen=True)
class Reply:
    """What came back. Names of headers are in lower case."""

    status: int
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def fine(self) -> bool:
        """Return whether it was done."""
        return 200 <= self.status < 300

    @property
    def worth_another_try(self) -> bool:
        """Return whether asking again may help."""
        return self.status in TRANSIENT


def call(
    method: str,
    url: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    *,
    seconds: float = 10.0,
    loopback: bool = False,
) -> Reply:
    """Return the reply to one request, whatever its status.

    `seconds` is for all of it together, so that a server that sends a byte now and then cannot hold the program.
    Raises `InputError` where the address may not be called, `NoReplyError` where nothing usable comes back.
    """
    place = place_of(url)
    ends = time.monotonic() + seconds
    try:
        open_socket = _connected(place, numbers_of(place, loopback=loopback), ends)
    except InputError:
        raise
    except (OSError, UnicodeError) as error:
        raise NoReplyError(_reason(error)) from error
    timer = threading.Timer(max(0.0, ends - time.monotonic()), _shut, (open_socket,))
    timer.daemon = True
    timer.start()
    kind = http.client.HTTPSConnection if place.tls else http.client.HTTPConnection
    connection = kind(place.host, place.port)
    connection.sock = open_socket
    sent = {"User-Agent": f"idealfit/{__version__}", "Accept": "application/json", **(headers or {})}
    try:
        connection.request(method, place.path, body, sent)
        reply = connection.getresponse()
        content = reply.read(LARGEST + 1)
    except (OSError, http.client.HTTPException) as error:
        late = time.monotonic() >= ends
        raise NoReplyError(f"no reply within {seconds:g} seconds" if late else _reason(error)) from error
    finally:
        timer.cancel()
        connection.close()
        open_socket.close()
    if time.monotonic() >= ends:  # a reply that is cut off within its headers looks like a whole one
        raise NoReplyError(f"no reply within {seconds:g} seconds")
    if len(content) > LARGEST:
        raise NoReplyError(f"the reply is longer than {LARGEST:,} bytes")
    return Reply(reply.status, content, {name.lower(): value for name, value in reply.getheaders()})


def _connected(place: Place, numbers: list[str], ends: float) -> socket.socket:
    failed: OSError = TimeoutError("timed out")
    for number in numbers:
        left = ends - time.monotonic()
        if left <= 0:
            break
        try:
            open_socket = socket.create_connection((number, place.port), timeout=left)
        except OSError as error:
            failed = error
            continue
        if not place.tls:
            return open_socket
        try:
            return ssl.create_default_context().wrap_socket(open_socket, server_hostname=place.host)
        except OSError as error:
            open_socket.close()
            failed = error
    raise failed


def _shut(open_socket: socket.socket) -> None:
    try:
        open_socket.shutdown(socket.SHUT_RDWR)
    except OSError:  # it is closed already
        return


def _reason(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "the connection timed out"
    if isinstance(error, socket.gaierror):
        return "the name of the host is not known"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not valid ({error.verify_message})"
    if isinstance(error, ConnectionRefusedError):
        return "the connection was refused"
    if isinstance(error, http.client.RemoteDisconnected | ConnectionError):
        return "the connection was dropped"
    return " ".join(str(error).split())[:200] or type(error).__name__


def retry_after(reply: Reply, now: float) -> float | None:
    """Return how many seconds a reply asks to wait, or None where it does not say.

    >>> retry_after(Reply(429, headers={"retry-after": "7"}), 0.0)
    7.0
    >>> retry_after(Reply(503, headers={"retry-after": "Thu, 01 Jan 1970 00:01:00 GMT"}), 20.0)
    40.0
    """
    said = reply.headers.get("retry-after", "").strip()
    if said.isdigit():
        return float(said)
    try:
        return max(0.0, parsedate_to_datetime(said).timestamp() - now) if said else None
    except ValueError:
        return None


def refuse_empty(value: str | None, name: str) -> str:
    """Return a setting that must be there; raises `InputError` with its name where it is not."""
    if not value:
        raise InputError(Mistake(f"{name} is not set", next_step=f"Set it in the environment: export {name}=..."))
    return value
