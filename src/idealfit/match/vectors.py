"""Vectors that were worked out once, kept by the content of their texts: a second run embeds only what is new.

One folder per model. What is new is written in parts of a few thousand, each aside and then renamed: whoever is
interrupted goes on where it stopped, and two runs at once never spoil each other's files.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import numpy.typing as npt

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from idealfit.match.encoder import Encoder, Vectors

Keys: TypeAlias = npt.NDArray[np.bytes_]

PART = 2_048
"""Texts that are embedded between two writings."""
PARTS_BEFORE_JOINING = 64
ABOUT = "vectors.json"
_KEY = np.dtype("S16")  # compared as bytes; of one width, so nothing is lost where they end in zeros


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
) -> tuple[Vectors, int]:
    """Return the vectors of the texts, and how many had to be worked out.

    `folder` holds the folders of all models; None keeps nothing. Raises `InputError` where vectors of another model
    stand under this one's name.
    """
    keys = _keys(texts)
    distinct, first, inverse = np.unique(keys, return_index=True, return_inverse=True)
    own = None if folder is None else _opened(folder / _file_name(encoder.name), encoder)
    known_keys, known = _kept(own)
    place = np.searchsorted(known_keys, distinct) if len(known_keys) else np.zeros(len(distinct), dtype=np.int64)
    there = np.zeros(len(distinct), dtype=bool)
    if len(known_keys):
        inside = place < len(known_keys)
        there[inside] = known_keys[place[inside]] == distinct[inside]
    # Short texts first, so that batches are full and the time left can be told from the start.
    new = np.flatnonzero(~there)
    new = new[np.argsort([len(texts[first[number]]) for number in new], kind="stable")]
    made: list[Vectors] = []
    for start in range(0, len(new), PART):
        part = new[start : start + PART]

        def tell(done: int, start: int = start) -> None:
            progress(f"embedding {len(new):,} new texts ({encoder.name})", (start + done) / len(new))

        vectors = encoder.vectors([texts[first[number]] for number in part], progress=tell)
        made.append(vectors)
        if own is not None:
            _write(own, distinct[part], vectors)
    if own is not None and len(list(own.glob("*.npz"))) > PARTS_BEFORE_JOINING:
        _join(own)
    size = (made[0] if made else known).shape[1] if (made or len(known)) else 1
    found = np.zeros((len(distinct), size), dtype=np.float16)
    if there.any():
        found[there] = known[place[there]]
    if made:
        found[new] = np.concatenate(made)
    return found[inverse.ravel()], len(new)


def _keys(texts: Sequence[str]) -> Keys:
    joined = b"".join(hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest() for text in texts)
    return np.frombuffer(joined, dtype=_KEY)


def _file_name(name: str) -> str:
    """Return a model's name as a folder may be called.

    >>> _file_name("127.0.0.1-org/model")
    '127.0.0.1-org-model'
    """
    return "".join(letter if letter.isalnum() or letter in "-._" else "-" for letter in name)[:100]


def _opened(own: Path, encoder: Encoder) -> Path:
    try:
        own.mkdir(parents=True, exist_ok=True)
        about = own / ABOUT
        if not about.exists():
            _aside(about, json.dumps({"model": encoder.name, "fingerprint": encoder.fingerprint}).encode())
        said = json.loads(about.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            Mistake(f"vectors cannot be kept here: {(error.strerror or str(error)).lower()}", str(own))
        ) from None
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
    return own


def _kept(own: Path | None) -> tuple[Keys, Vectors]:
    """Return all keys, in order, and their vectors; a part that cannot be read counts as not there."""
    keys, vectors = [], []
    for path in sorted(own.glob("*.npz")) if own is not None else ():
        try:
            with np.load(path, allow_pickle=False) as part:
                keys.append(part["keys"].astype(_KEY))
                vectors.append(part["vectors"].astype(np.float16))
        except (OSError, ValueError, KeyError, zipfile.BadZipFile):
            continue
    if not keys:
        return np.zeros(0, dtype=_KEY), np.zeros((0, 1), dtype=np.float16)
    together, first = np.unique(np.concatenate(keys), return_index=True)
    return together, np.concatenate(vectors)[first]


def _write(own: Path, keys: Keys, vectors: Vectors) -> None:
    digest = hashlib.blake2b(keys.tobytes(), digest_size=16).hexdigest()
    inside = io.BytesIO()
    np.savez(inside, keys=keys, vectors=vectors)
    _aside(own / f"{digest}.npz", inside.getvalue())


def _join(own: Path) -> None:
    """Make one part of many."""
    parts = list(own.glob("*.npz"))
    keys, vectors = _kept(own)
    _write(own, keys, vectors)
    joined = own / f"{hashlib.blake2b(keys.tobytes(), digest_size=16).hexdigest()}.npz"
    for part in parts:
        if part != joined:
            part.unlink(missing_ok=True)


def _aside(path: Path, content: bytes) -> None:
    aside = path.with_name(f".{path.name}.{os.getpid()}.new")
    try:
        aside.write_bytes(content)
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
