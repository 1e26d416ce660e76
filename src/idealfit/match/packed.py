"""Millions of texts in little memory: packed a few hundred at a time, unpacked when they are read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, overload

import pyarrow as pa

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

TOGETHER = 512
"""Texts in a pack: enough of them to be alike, few enough to be unpacked for one."""
BETWEEN = "\0"
"""What stands between texts; cleaned texts hold none."""


class PackedTexts(Sequence[str]):
    """Texts in the order in which they were added.

    >>> texts = PackedTexts(["ships parcels", "", "pays nurses"])
    >>> len(texts), texts[2], texts[:2]
    (3, 'pays nurses', ['ships parcels', ''])
    """

    def __init__(self, texts: Iterable[str] = ()) -> None:
        self._packs: list[tuple[int, bytes]] = []  # how many bytes they are unpacked, and the pack
        self._last: list[str] = []
        self._unpacked: tuple[int, list[str]] = (-1, [])
        self.extend(texts)

    def extend(self, texts: Iterable[str]) -> None:
        """Add texts; none of them may hold `BETWEEN`."""
        for text in texts:
            self._last.append(text)
            if len(self._last) == TOGETHER:
                whole = BETWEEN.join(self._last).encode("utf-8", "surrogatepass")
                self._packs.append((len(whole), pa.compress(whole, codec="zstd", asbytes=True)))
                self._last = []

    def __len__(self) -> int:
        return len(self._packs) * TOGETHER + len(self._last)

    @overload
    def __getitem__(self, row: int) -> str: ...
    @overload
    def __getitem__(self, row: slice) -> list[str]: ...
    def __getitem__(self, row: int | slice) -> str | list[str]:
        """Return one text, or a list of several."""
        if isinstance(row, slice):
            return [self[one] for one in range(*row.indices(len(self)))]
        pack, at = divmod(int(row) if row >= 0 else int(row) + len(self), TOGETHER)
        return self._unpack(pack)[at]

    def __iter__(self) -> Iterator[str]:
        for pack in range(len(self._packs) + 1):
            yield from self._unpack(pack)

    def _unpack(self, number: int) -> list[str]:
        if number == len(self._packs):
            return self._last
        if self._unpacked[0] != number:
            size, pack = self._packs[number]
            whole = pa.decompress(pack, decompressed_size=size, codec="zstd", asbytes=True)
            self._unpacked = number, whole.decode("utf-8", "surrogatepass").split(BETWEEN)
        return self._unpacked[1]
