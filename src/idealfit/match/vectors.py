"""Vectors that were worked out once, kept by the content of their texts: a second run embeds only what is new."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import InputError, Mistake
from idealfit.match.vector_files import KEY, VectorFiles, aside

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from idealfit.match.encoder import Encoder, Vectors
    from idealfit.match.vector_files import Keys

PART = 2_048
"""Texts that are embedded between two writings."""
BLOCK = 32_768
"""Texts that are put in the order of their lengths; what stands near in the table stays near in the files."""
ABOUT = "vectors.json"


def default_folder() -> Path:
    """Return the user's folder for what can be worked out again."""
    cache = os.environ.get("XDG_CACHE_HOME")
    return (Path(cache) if cache else Path.home() / ".cache") / "idealfit" / "vectors"


def cached_vectors(
    texts: Sequence[str],
    encoder: Encoder,
    *,
    folder: Path | None,
    progress: Callable[[str, float], None],
    files: VectorFiles | None = None,
) -> tuple[Vectors, int]:
    """Return the vectors of the texts, and how many had to be worked out.

    `folder` holds the folders of all models; None keeps nothing. `files` are the model's, where they are open. Raises
    `InputError` where vectors of another model stand under this one's name.
    """
    keys, files = keys_of(texts), files or files_of(folder, encoder)
    new = embed(texts, keys, encoder, files, progress=progress)
    return files.at(files.places(keys)), new


def embed(
    texts: Sequence[str], keys: Keys, encoder: Encoder, files: VectorFiles, *, progress: Callable[[str, float], None]
) -> int:
    """Work out the vectors of texts that are not kept yet, and keep them; return how many that were."""
    new = np.flatnonzero(files.places(keys) < 0)
    new = new[np.sort(np.unique(keys[new], return_index=True)[1])]
    done = 0
    for begin in range(0, len(new), BLOCK):
        block = new[begin : begin + BLOCK]
        said = [texts[row] for row in block]
        by_length = np.argsort([len(text) for text in said], kind="stable")  # so that batches are full
        for start in range(0, len(block), PART):
            part = by_length[start : start + PART]

            def tell(more: int, done: int = done) -> None:
                progress(f"embedding {len(new):,} new texts ({encoder.name})", (done + more) / len(new))

            vectors = encoder.vectors([said[row] for row in part], progress=tell)
            try:
                files.add(keys[block[part]], vectors)
            except OSError as error:  # the disk is full: what was kept before stays
                raise _cannot_keep(error, files.folder) from None
            done += len(part)
    files.join()
    return len(new)


def _cannot_keep(error: OSError, folder: Path | None) -> InputError:
    return InputError(
        Mistake(
            f"vectors cannot be kept here: {(error.strerror or str(error)).lower()}",
            str(folder),
            next_step="Make room there, or name another folder with --vectors; what was embedded before is kept.",
        )
    )


def distinct(texts: Sequence[str], vectors: Vectors) -> tuple[Keys, Vectors]:
    """Return the keys of texts whose vectors were worked out elsewhere, each once, and these vectors."""
    keys, first = np.unique(keys_of(texts), return_index=True)
    return keys, vectors[first]


def keys_of(texts: Sequence[str]) -> Keys:
    """Return the key of each text, which its content tells."""
    joined = b"".join(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() for text in texts)
    return np.frombuffer(joined, dtype=KEY)


def files_of(folder: Path | None, encoder: Encoder) -> VectorFiles:
    """Return the files of a model's vectors among those of all models; in memory alone where there is no folder."""
    if folder is None:
        return VectorFiles(None)
    own = folder / _file_name(encoder.name)
    try:
        own.mkdir(parents=True, exist_ok=True)
        about = own / ABOUT
        if not about.exists():
            aside(about, json.dumps({"model": encoder.name, "fingerprint": encoder.fingerprint}).encode())
        said = json.loads(about.read_text(encoding="utf-8"))
    except OSError as error:
        raise _cannot_keep(error, own) from None
    except ValueError:
        said = None
    if not isinstance(said, dict) or said.get("fingerprint") != encoder.fingerprint:
        raise InputError(
            Mistake(
                "these vectors were made by another model, and vectors of two models cannot be compared",
                str(own),
                found=str(said.get("model")) if isinstance(said, dict) else None,
                allowed=f"{encoder.name} with the fingerprint {encoder.fingerprint}",
                next_step="Delete the folder, or name another one with --vectors.",
            )
        )
    return VectorFiles(own)


def _file_name(name: str) -> str:
    """Return a model's name as a folder may be called.

    >>> _file_name("127.0.0.1-org/model")
    '127.0.0.1-org-model'
    """
    return "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in name)[:100]
