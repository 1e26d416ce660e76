"""Which characters the bytes of a text file mean."""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING

from charset_normalizer import from_bytes

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from pathlib import Path

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
BLOCK = 1 << 20
SAMPLE = 1 << 18
"""How many bytes around the first unexpected one are looked at to guess an old encoding."""


def encoding_of(path: Path) -> str:
    """Return the Python name of the file's encoding: by its mark, else UTF-8 if all bytes are, else the likeliest.

    Of the old single-byte encodings cp1252 is assumed unless another one explains the bytes better; nobody can be
    sure of those, so the caller says which one was used.
    """
    with path.open("rb") as file:
        start = file.read(BLOCK)
        for mark, name in MARKS:
            if start.startswith(mark):
                return name
        if b"\x00" in start[:4096]:
            return "utf-16-le" if start[1:4096:2].count(0) > start[0:4096:2].count(0) else "utf-16-be"
        decoder = codecs.getincrementaldecoder("utf-8")()
        block, seen = start, b""
        while True:
            try:
                decoder.decode(block, final=not block)
            except UnicodeDecodeError:
                return _single_byte_encoding(start if seen == b"" else seen + block)
            if not block:
                return "utf-8"
            seen, block = block[-SAMPLE:], file.read(BLOCK)


def is_plain(path: Path, encoding: str) -> bool:
    """Return whether an engine can read the file as it stands: UTF-8, and all line ends alike."""
    if encoding not in ("utf-8", "utf-8-sig"):
        return False
    both = feeds = returns = 0
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            if block.endswith(b"\r"):
                block += file.read(1)
            both += block.count(b"\r\n")
            feeds += block.count(b"\n")
            returns += block.count(b"\r")
    return sum((both > 0, feeds > both, returns > both)) <= 1


def utf8_copy(path: Path, encoding: str, target: Path, *, first: int = 1, last: int | None = None) -> None:
    """Write the lines from `first` to `last` as UTF-8, every line end (also inside cells) as one feed.

    Raises `InputError` with the line where bytes mean nothing.
    """
    line = 0
    try:
        with path.open("r", encoding=encoding) as source, target.open("w", encoding="utf-8", newline="") as out:
            for line, text in enumerate(source, start=1):
                if first <= line and (last is None or line <= last):
                    out.write(text)
    except UnicodeError as error:
        raise InputError(
            Mistake(
                f"the bytes are not {encoding} text",
                where=f"{path}: after line {line}",
                next_step="Save the file as UTF-8 and try again.",
            )
        ) from error


def _single_byte_encoding(block: bytes) -> str:
    """Return cp1252 unless the bytes are impossible in it, or plainly of another script."""
    odd = [i for i, byte in enumerate(block) if byte > 127][:2000]
    around = b"\n".join(block[max(0, i - 30) : i + 30] for i in odd[:200])
    likeliest = from_bytes(around, cp_isolation=["cp1252", "cp1250", "cp1251", "cp1253", "mac_roman"]).best()
    if likeliest is not None and likeliest.encoding in ("cp1251", "cp1253"):
        return likeliest.encoding
    try:
        block.decode("cp1252")
    except UnicodeDecodeError:
        return "latin-1"
    return "cp1252"
