"""Where may be called: addresses of the open internet over TLS; this machine only where that is said."""

from __future__ import annotations

import socket
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from idealfit.errors import InputError, Mistake

_NAT64 = ip_network("64:ff9b::/96")
_ALLOWED = "an https address on the open internet"


@dataclass(frozen=True)
class Place:
    """An address taken apart: where to connect, and what to ask for there."""

    host: str
    port: int
    path: str
    tls: bool

    @property
    def shown(self) -> str:
        """Return the host alone: paths and queries of webhooks are secrets."""
        return self.host if self.port in (80, 443) else f"{self.host}:{self.port}"


def place_of(url: str) -> Place:
    """Return an address taken apart; raises `InputError` where it is none that may be called.

    >>> place_of("https://hooks.example.com/in?key=1")
    Place(host='hooks.example.com', port=443, path='/in?key=1', tls=True)
    """
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError as error:
        raise InputError(Mistake(f"this is no web address ({error})", found=url[:60], allowed=_ALLOWED)) from None
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise InputError(Mistake("this is no web address", found=url[:60], allowed=_ALLOWED))
    if parts.username is not None or parts.password is not None:
        raise InputError(Mistake("an address with a user or password in it is not called", where=parts.hostname))
    if any(ord(letter) <= 32 or ord(letter) > 126 for letter in parts.path + parts.query):
        raise InputError(Mistake("the address holds characters that no address may", where=parts.hostname))
    path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    tls = parts.scheme == "https"
    return Place(parts.hostname, port or (443 if tls else 80), path, tls)


def numbers_of(place: Place, *, loopback: bool) -> list[str]:
    """Return the checked IP addresses of a place; raises `InputError` where one of them may not be called.

    What is connected to is one of these numbers and no name, so that a name cannot mean something else a moment later.
    `loopback` allows this machine (and then without TLS) and nothing else besides. Raises OSError where the name is
    not known.
    """
    found = socket.getaddrinfo(place.host, place.port, type=socket.SOCK_STREAM)
    numbers = list(dict.fromkeys(str(entry[4][0]) for entry in found))
    local = [n for n in numbers if _plain(n).is_loopback]
    if local and not (loopback and len(local) == len(numbers)):
        raise _refused(place, "this machine", "Say --loopback if that is meant.")
    if not local and any(not _open(_plain(n)) for n in numbers):
        raise _refused(place, "a private or reserved network", "")
    if not local and not place.tls:
        raise _refused(place, "a place without encryption", "Write https.")
    return numbers


def _open(number: IPv4Address | IPv6Address) -> bool:
    return number.is_global and not number.is_multicast


def _plain(number: str) -> IPv4Address | IPv6Address:
    """Return an address, the IPv4 address inside it where it wraps one."""
    address = ip_address(number.partition("%")[0])
    if isinstance(address, IPv6Address):
        inside = address.ipv4_mapped or address.sixtofour or (address.teredo or (None, None))[1]
        if inside is None and address in _NAT64:
            inside = IPv4Address(int(address) & 0xFFFFFFFF)
        return inside or address
    return address


def _refused(place: Place, what: str, next_step: str) -> InputError:
    return InputError(
        Mistake(f"this address leads to {what} and is not called", place.shown, allowed=_ALLOWED, next_step=next_step)
    )
