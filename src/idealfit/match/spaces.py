"""Companies in the space of each encoder: one vector a company, of its whole text and its headline together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import InputError, Mistake
from idealfit.match.catalogue import OFFERED
from idealfit.match.encoder import open_encoder
from idealfit.match.index import EXACT_UP_TO
from idealfit.match.models import models_here
from idealfit.match.vectors import default_folder, embed, files_of, keys_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from idealfit.match.encoder import Encoder
    from idealfit.match.ranking import Rows, Space
    from idealfit.match.vector_files import Keys, VectorFiles


def encoders_of(names: Sequence[str] | None) -> tuple[Encoder, ...]:
    """Return the encoders of these names; for None the one that ranks as well alone, or all that were added."""
    if names is None:
        here = [model.name for model in models_here() if model.kind == "encoder"]
        names = [name for name in here if name in OFFERED and OFFERED[name].alone] or here
    return tuple(open_encoder(name) for name in names)


class KeptSpace:
    """The space of very many companies, whose vectors stay on the disk; rows are read when they are asked for."""

    def __init__(self, files: VectorFiles, text_keys: Keys, headline_keys: Keys) -> None:
        self._files = files
        self._places = files.places(text_keys), files.places(headline_keys)
        if any((places < 0).any() for places in self._places):
            raise InputError(
                Mistake("vectors that were just kept are gone", next_step="Is another program clearing the folder?")
            )
        # Eight bytes of text and headline: by chance, two of a billion companies share them once in thirty times.
        first, second = (keys.view("<u8")[::2] for keys in (text_keys, headline_keys))
        self.keys = first + second * np.uint64(0x9E3779B97F4A7C15)

    def __len__(self) -> int:
        return len(self.keys)

    def __getitem__(self, rows: slice | Rows) -> Space:
        """Return one vector per company, of length one: the mean of the whole text's vector and the headline's."""
        texts, headlines = (self._files.at(places[rows]) for places in self._places)
        both = texts.astype(np.float32) + headlines.astype(np.float32)
        lengths = np.linalg.norm(both, axis=1, keepdims=True)
        return np.asarray(both / np.maximum(lengths, 1e-9), dtype=np.float32)


def space_of(
    texts: Sequence[str],
    headlines: Sequence[str],
    encoder: Encoder,
    *,
    folder: Path | None,
    progress: Callable[[str, float], None],
    keys: tuple[Keys, Keys] | None = None,
) -> tuple[Space | KeptSpace, int]:
    """Return one vector per company, of length one, and how many texts had to be embedded for it.

    It is the mean of the whole text's vector and the headline's, which ranks better than either. Past `EXACT_UP_TO`
    companies the vectors stay on the disk, where there is a folder. `keys` are those of texts and headlines, if known.
    """
    files = files_of(folder, encoder)
    text_keys, headline_keys = keys or (keys_of(texts), keys_of(headlines))
    new = embed(texts, text_keys, encoder, files, progress=progress)
    new += embed(headlines, headline_keys, encoder, files, progress=progress)
    space = KeptSpace(files, text_keys, headline_keys)
    return (space if folder is not None and len(space) > EXACT_UP_TO else space[:]), new


def spaces_of(
    names: Sequence[str] | None,
) -> tuple[tuple[str, ...], Callable[[Sequence[str], Sequence[str]], tuple[Space, ...]] | None]:
    """Return the names of the encoders, and what puts texts and headlines into their spaces; None without any."""
    encoders = encoders_of(names)
    if not encoders:
        return (), None

    def spaces(texts: Sequence[str], headlines: Sequence[str]) -> tuple[Space, ...]:
        kept = default_folder()
        return tuple(
            space_of(texts, headlines, encoder, folder=kept, progress=lambda _words, _share: None)[0][:]
            for encoder in encoders
        )

    return tuple(encoder.name for encoder in encoders), spaces
