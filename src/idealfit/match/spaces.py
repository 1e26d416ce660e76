"""Companies in the space of each encoder: one vector a company, of its whole text and its headline together."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.match.encoder import open_encoder
from idealfit.match.models import models_here
from idealfit.match.vectors import cached_vectors, default_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from idealfit.match.encoder import Encoder
    from idealfit.match.ranking import Space


def encoders_of(names: Sequence[str] | None) -> tuple[Encoder, ...]:
    """Return the encoders of these names, or every one that was added where None is given."""
    if names is None:
        names = [model.name for model in models_here() if model.kind == "encoder"]
    return tuple(open_encoder(name) for name in names)


def space_of(
    texts: Sequence[str],
    headlines: Sequence[str],
    encoder: Encoder,
    *,
    folder: Path | None,
    progress: Callable[[str, float], None],
) -> tuple[Space, int]:
    """Return one vector per company, of length one, and how many texts had to be embedded for it.

    It is the mean of the whole text's vector and the headline's, which ranks better than either.
    """
    found, new = cached_vectors([*texts, *headlines], encoder, folder=folder, progress=progress)
    both = found[: len(texts)].astype(np.float32) + found[len(texts) :].astype(np.float32)
    lengths = np.linalg.norm(both, axis=1, keepdims=True)
    return np.asarray(both / np.maximum(lengths, 1e-9), dtype=np.float32), new


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
            space_of(texts, headlines, encoder, folder=kept, progress=lambda _words, _share: None)[0]
            for encoder in encoders
        )

    return tuple(encoder.name for encoder in encoders), spaces
