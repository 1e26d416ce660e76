"""Texts to vectors: an ONNX encoder of this machine, or an address that answers as OpenAI's does.

A vector depends on its text alone. Every text is padded to a length that only its own tokens decide, so what else
stands in the batch cannot change a single bit; then it is rounded to half precision, in which it is kept.
"""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias
from urllib.parse import urlsplit

import numpy as np
import numpy.typing as npt

from idealfit.errors import InputError, Mistake
from idealfit.match.models import check, find, importable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from idealfit.match.models import Model

Vectors: TypeAlias = npt.NDArray[np.float16]

STEP = 16
"""Tokens: texts are padded to a multiple of it, so few shapes occur and little is wasted."""
TOKENS_AT_ONCE = 1024
"""Tokens in a batch: its activations stay within the processor's cache."""
WINDOWS = 8
"""Parts of a long text that are read; beyond them nothing new is said about a company."""
KEY = "IDEALFIT_EMBEDDINGS_KEY"
"""The environment variable with the key that an address asks for, if it does."""
AT_ONCE_BY_ADDRESS = 64
SECONDS = 60


class Encoder(Protocol):
    """The one small door behind which models stand."""

    @property
    def name(self) -> str:
        """What the model is called."""

    @property
    def fingerprint(self) -> str:
        """What its vectors depend on; vectors of another fingerprint are not comparable."""

    def vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one vector of length one per text; `progress` is told how many texts are done."""

    def query_vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts that are asked for."""


def open_encoder(name: str) -> Encoder:
    """Return the encoder of that name, folder or address (``http://127.0.0.1:8080/v1#model``), ready to run."""
    if name.startswith(("http://", "https://")):
        return AddressEncoder(name)
    model = find(name)
    if model.kind != "encoder":
        raise InputError(Mistake("this model is no encoder", found=name, allowed="a model of the kind encoder"))
    check(model)
    return OnnxEncoder(model)


def session(model: Model, threads: int | None = None) -> Any:  # noqa: ANN401  onnxruntime has no types
    """Return onnxruntime's session for a model's weights."""
    runtime = importable("onnxruntime")
    options = runtime.SessionOptions()
    options.log_severity_level = 3
    options.intra_op_num_threads = threads or int(os.environ.get("OMP_NUM_THREADS", "0"))
    try:
        return runtime.InferenceSession(str(model.folder / model.weights), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # whatever the runtime says of a file that is no model
        raise InputError(
            Mistake("these weights cannot be run", str(model.folder / model.weights), next_step="Add the model again.")
        ) from error


def tokenizer(model: Model) -> Any:  # noqa: ANN401  tokenizers has no types
    """Return a model's tokenizer, without padding or truncation of its own."""
    made = importable("tokenizers").Tokenizer.from_file(str(model.folder / "tokenizer.json"))
    made.no_padding()
    made.no_truncation()
    return made


class OnnxEncoder:
    """An encoder that runs here, on the processor, in single precision."""

    def __init__(self, model: Model, threads: int | None = None) -> None:
        self.name = model.name
        self.fingerprint = model.fingerprint
        self._model = model
        self._session = session(model, threads)
        self._inputs = {wanted.name for wanted in self._session.get_inputs()}
        self._tokenizer = tokenizer(model)
        # Activations rounded by what stands in the batch: such a model gets one text at a time.
        weights = (model.folder / model.weights).read_bytes()
        self._tokens_at_once = 0 if b"DynamicQuantizeLinear" in weights else TOKENS_AT_ONCE

    def query_vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts that are asked for, with the prefix that the model was trained with."""
        return self.vectors([self._model.query_prefix + text for text in texts])

    def vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one vector of length one per text; a text without any word gives zeros."""
        windows: list[list[int]] = []
        owners: list[int] = []
        for number, text in enumerate(texts):
            for window in self._windows(text):
                windows.append(window)
                owners.append(number)
        owner = np.array(owners, dtype=np.int64)
        found: npt.NDArray[np.float32] | None = None
        done = 0
        for batch in _batches([len(window) for window in windows], self._tokens_at_once):
            vectors = self._of_batch([windows[number] for number in batch])
            if found is None:
                found = np.zeros((len(texts), vectors.shape[1]), dtype=np.float32)
            # A long text counts as the mean of its windows, added in the order of the text.
            np.add.at(found, owner[batch], vectors)
            done += len(batch)
            if progress is not None:
                progress(min(len(texts), done))
        if found is None:
            return np.zeros((len(texts), self._size()), dtype=np.float16)
        return rounded(found)

    def _size(self) -> int:
        return int(self._session.get_outputs()[0].shape[-1])

    def _windows(self, text: str) -> Iterator[list[int]]:
        # A token is at least one letter; a long text is not read further than its windows reach.
        cut = text[: self._model.longest * WINDOWS * 8]
        if not cut.strip():
            return
        tokens = self._tokenizer.encode(cut)
        first, *inner, last = tokens.ids
        width = self._model.longest - 2
        for start in range(0, max(len(inner), 1), width)[:WINDOWS]:
            yield [first, *inner[start : start + width], last]

    def _of_batch(self, batch: Sequence[Sequence[int]]) -> npt.NDArray[np.float32]:
        length = _padded(max(map(len, batch)))
        ids = np.zeros((len(batch), length), dtype=np.int64)
        mask = np.zeros_like(ids)
        for row, tokens in enumerate(batch):
            ids[row, : len(tokens)] = tokens
            mask[row, : len(tokens)] = 1
        given = {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)}
        states = self._session.run(None, {name: given[name] for name in self._inputs})[0]
        if states.ndim == 2:  # a model that pools by itself
            pooled = states
        elif self._model.pooling == "first":
            pooled = states[:, 0]
        else:
            pooled = np.einsum("btd,bt->bd", states, mask.astype(np.float32)) / mask.sum(axis=1, keepdims=True)
        lengths = np.linalg.norm(pooled, axis=1, keepdims=True)
        return np.asarray(pooled / np.maximum(lengths, 1e-12), dtype=np.float32)


class AddressEncoder:
    """An encoder behind an address that answers as OpenAI's embeddings do. Texts leave this machine: it says so."""

    def __init__(self, address: str) -> None:
        parts = urlsplit(address)
        self._url = f"{parts.scheme}://{parts.netloc}{parts.path.rstrip('/')}/embeddings"
        self._model = parts.fragment or "default"
        self.name = f"{parts.hostname}-{self._model}".replace("/", "-")
        self.fingerprint = f"address-{parts.hostname}-{parts.path.strip('/')}-{self._model}"

    def query_vectors(self, texts: Sequence[str]) -> Vectors:
        """Return the vectors of texts that are asked for."""
        return self.vectors(texts)

    def vectors(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        """Return one vector of length one per text."""
        parts = []
        for start in range(0, len(texts), AT_ONCE_BY_ADDRESS):
            asked = list(texts[start : start + AT_ONCE_BY_ADDRESS])
            parts.append(self._answer(asked))
            if progress is not None:
                progress(start + len(asked))
        return rounded(np.concatenate(parts)) if parts else np.zeros((0, 1), dtype=np.float16)

    def _answer(self, texts: list[str]) -> npt.NDArray[np.float32]:
        body = json.dumps({"model": self._model, "input": [text or " " for text in texts]}).encode()
        headers = {"Content-Type": "application/json"}
        if os.environ.get(KEY):
            headers["Authorization"] = f"Bearer {os.environ[KEY]}"
        try:
            request = urllib.request.Request(self._url, data=body, headers=headers)  # noqa: S310  http(s) only, see open_encoder
            with urllib.request.urlopen(request, timeout=SECONDS) as answer:  # noqa: S310
                rows = sorted(json.load(answer)["data"], key=lambda row: row["index"])
                found = np.array([row["embedding"] for row in rows], dtype=np.float32)
        except (OSError, ValueError, KeyError, TypeError) as error:
            reason = getattr(error, "reason", None) or type(error).__name__
            raise InputError(
                Mistake(
                    f"this address gave no vectors ({' '.join(str(reason).split())})",
                    self._url,
                    next_step="Is it an address with /embeddings as OpenAI has it?",
                )
            ) from None
        if found.ndim != 2 or len(found) != len(texts) or not np.isfinite(found).all():
            raise InputError(Mistake("this address gave something other than one vector per text", self._url))
        return found


def rounded(vectors: npt.NDArray[np.float32]) -> Vectors:
    """Return vectors of length one in half precision; a vector of nothing stays nothing."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / np.maximum(lengths, 1e-12), dtype=np.float16)


def _padded(tokens: int) -> int:
    """Return the length that a text of so many tokens is padded to.

    >>> [_padded(tokens) for tokens in (3, 16, 17)]
    [16, 16, 32]
    """
    return -(-tokens // STEP) * STEP


def _batches(lengths: Sequence[int], tokens_at_once: int) -> Iterator[npt.NDArray[np.int64]]:
    """Yield which texts are done together: the ones that are padded to the same length, the shortest first.

    >>> [batch.tolist() for batch in _batches([3, 40, 5, 16], 32)]
    [[0, 2], [3], [1]]
    """
    padded = np.array([_padded(length) for length in lengths], dtype=np.int64)
    for length in np.unique(padded):
        alike = np.flatnonzero(padded == length)
        together = max(1, tokens_at_once // int(length))
        for start in range(0, len(alike), together):
            yield alike[start : start + together]
