"""The only way out to the web: addresses are checked when the connection is made, so no trick of DNS gets inside.

A name is resolved once, every address it has is checked, and the connection goes to the address that was checked.
Redirects open connections of their own and are checked the same way.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import httpcore
import httpx

if TYPE_CHECKING:
    from collections.abc import Mapping

Resolver = Callable[[str, int], list[str]]
"""What gives the addresses of a host name and a port."""

PORTS = frozenset({80, 443})
"""Ports of web servers; others are open only on networks that were allowed by name."""

NAT64 = ipaddress.ip_network("64:ff9b::/96")


class UnsafeAddressError(Exception):
    """A host that leads into a private network, or a port that no web server has."""


def addresses_of(host: str, port: int) -> list[str]:
    """Return the addresses of a host name as the system resolves it; raises OSError where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def is_public(address: str) -> bool:
    """Return whether an IP address belongs to the public internet, also where it wraps another one.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("169.254.169.254"), is_public("::ffff:10.0.0.1")
    (True, False, False, False)
    >>> is_public("64:ff9b::a00:1"), is_public("2002:a00:1::"), is_public("fd00::1"), is_public("224.0.0.1")
    (False, False, False, False)
    """
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if ip in NAT64:
            inner = ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified)


class CheckedBackend(httpcore.NetworkBackend):
    """Connects to public addresses on the ports of web servers, and to the networks in `allowed` on any port."""

    def __init__(self, allowed: Iterable[str] = (), resolve: Resolver = addresses_of) -> None:
        self._allowed = tuple(ipaddress.ip_network(network, strict=False) for network in allowed)
        self._resolve = resolve
        self._inner = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Return a connection to the first address of `host`; raises UnsafeAddressError if any address is unsafe."""
        try:
            addresses = self._resolve(host.strip("[]"), port)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"no such host: {host}") from error
        for address in addresses:
            self._check(host, address, port)
        last: Exception | None = None
        for address in addresses[:3]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except httpcore.ConnectError as error:
                last = error
        raise last or httpcore.ConnectError(f"no such host: {host}")

    def _check(self, host: str, address: str, port: int) -> None:
        ip = ipaddress.ip_address(address.partition("%")[0])
        if any(ip.version == network.version and ip in network for network in self._allowed):
            return
        if not is_public(address):
            raise UnsafeAddressError(f"{host} leads to {address}, which is not on the public internet")
        if port not in PORTS:
            raise UnsafeAddressError(f"port {port} of {host} is not a web server's")


class CheckedTransport(httpx.BaseTransport):
    """What httpx sends through: a pool of connections that `CheckedBackend` opened; no proxy, no Unix socket."""

    def __init__(self, allowed: Iterable[str] = (), resolve: Resolver = addresses_of, connections: int = 64) -> None:
        self._pool = httpcore.ConnectionPool(
            ssl_context=httpx.create_ssl_context(),
            max_connections=connections,
            max_keepalive_connections=16,  # the pool looks through all of them at each request
            keepalive_expiry=15.0,
            network_backend=CheckedBackend(allowed, resolve),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send one request and return its answer, the body still to be read."""
        raw = request.url
        with _as_httpx(request):
            answer = self._pool.handle_request(
                httpcore.Request(
                    method=request.method,
                    url=httpcore.URL(scheme=raw.raw_scheme, host=raw.raw_host, port=raw.port, target=raw.raw_path),
                    headers=request.headers.raw,
                    content=request.stream,
                    extensions=request.extensions,
                )
            )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer, request), extensions=answer.extensions
        )

    def close(self) -> None:
        """Close all connections."""
        self._pool.close()


class _Body(httpx.SyncByteStream):
    def __init__(self, answer: httpcore.Response, request: httpx.Request) -> None:
        self._answer = answer
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _as_httpx(self._request):
            yield from self._answer.iter_stream()

    def close(self) -> None:
        self._answer.close()


_SAME: Mapping[type[Exception], type[httpx.TransportError]] = {
    httpcore.TimeoutException: httpx.TimeoutException,
    httpcore.NetworkError: httpx.NetworkError,
    httpcore.ProtocolError: httpx.ProtocolError,
    httpcore.UnsupportedProtocol: httpx.UnsupportedProtocol,
}


@contextmanager
def _as_httpx(request: httpx.Request) -> Iterator[None]:
    """Turn what httpcore raises into what httpx raises."""
    try:
        yield
    except tuple(_SAME) as error:
        kind = next(theirs for ours, theirs in _SAME.items() if isinstance(error, ours))
        raise kind(str(error), request=request) from error
