"""Bodies made readable: decompressed within a bound, and the bytes of a page as text in whatever encoding it is in."""

from __future__ import annotations

import re
import zlib

from charset_normalizer import from_bytes

SNIFFED = 2048
"""How many bytes of a page are searched for the encoding it declares."""

_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


class TooLargeError(Exception):
    """A body that is larger than it may be, on the wire or unpacked."""


class UnreadableError(Exception):
    """A body whose compression is broken or was not asked for."""


class Unpacker:
    """Unpacks a body piece by piece and stops when it grows over `most` bytes, however small it was on the wire."""

    def __init__(self, encoding: str, most: int) -> None:
        named = [name for name in re.split(r"[,\s]+", encoding.lower()) if name and name != "identity"]
        if len(named) > 1 or (named and named[0] not in ("gzip", "x-gzip", "deflate")):
            raise UnreadableError(f"packed as {encoding}, which was not asked for")
        self._name = named[0] if named else ""
        self._zip = zlib.decompressobj(47) if named else None  # 47: gzip or zlib, whichever it is
        self._most = most
        self._size = 0
        self._first = True

    def more(self, piece: bytes) -> bytes:
        """Return the unpacked bytes of the next piece; raises TooLargeError or UnreadableError."""
        unpacked = piece if self._zip is None else self._unpack(self._zip, piece)
        self._size += len(unpacked)
        if self._size > self._most:
            raise TooLargeError(f"over {self._most:,} bytes unpacked")
        return unpacked

    def _unpack(self, packed: zlib._Decompress, piece: bytes) -> bytes:
        room = self._most - self._size + 1
        try:
            found = packed.decompress(piece, room)
        except zlib.error as error:
            if not (self._first and self._name == "deflate"):
                raise UnreadableError(f"broken {self._name}: {error}") from None
            self._zip = zlib.decompressobj(-15)  # some servers send deflate without its header
            try:
                found = self._zip.decompress(piece, room)
            except zlib.error as again:
                raise UnreadableError(f"broken {self._name}: {again}") from None
        self._first = False
        return found

    def finished(self) -> bool:
        """Return whether the packed body ended where it should."""
        return self._zip is None or self._zip.eof


def text_of(body: bytes, content_type: str = "") -> str:
    """Return a body as text: by its byte-order mark, what HTTP or the page declares, UTF-8, or what it looks like.

    >>> text_of("Zürich".encode("latin-1"), "text/html; charset=ISO-8859-1")
    'Zürich'
    >>> text_of("Zürich".encode("utf-8"), "text/html; charset=nonsense")
    'Zürich'
    >>> text_of("Zürich".encode("utf-8"), "text/html; charset=us-ascii")
    'Zürich'
    """
    for mark, name in _BOMS:
        if body.startswith(mark):
            return body.decode(name, errors="replace")
    for place in (content_type.encode("ascii", "ignore"), body[:SNIFFED]):
        declared = _DECLARED.search(place)
        if declared:
            named = declared[1].decode("ascii", "ignore")
            text = _as_utf8(body) if named.lower() in _LATIN else None
            text = _in(body, named) if text is None else text
            if text is not None:
                return text
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(body[:65536]).best()
        return _in(body, best.encoding if best else "cp1252") or body.decode("cp1252", errors="replace")


_LATIN = frozenset({"iso-8859-1", "latin-1", "latin1", "us-ascii", "ascii", "windows-1252", "cp1252"})


def _as_utf8(body: bytes) -> str | None:
    """Return the text if it is UTF-8 beyond ASCII, which hardly any other text is by chance; else None."""
    try:
        return None if body.isascii() else body.decode("utf-8")
    except UnicodeDecodeError:
        return None


def _in(body: bytes, name: str) -> str | None:
    """Return the text if the encoding is known and fits all but a few bytes, else None."""
    name = "cp1252" if name.lower() in _LATIN else name
    try:
        text = body.decode(name, errors="replace")
    except (LookupError, ValueError, TypeError):
        return None
    return text if text.count("\ufffd") <= 1 + len(text) // 1000 else None
