"""Vectors are kept by the content of texts: only what is new is worked out, whatever happens in between."""

from __future__ import annotations

import numpy as np
import pytest

from idealfit.errors import InputError
from idealfit.match.vectors import PART, cached_vectors
from idealfit.pipeline.inputs import quiet


class Counting:
    """An encoder that counts what it is asked for; its vectors are told by the text alone."""

    def __init__(self, fingerprint="one", name="counting"):
        self.name, self.fingerprint, self.asked = name, fingerprint, []

    def vectors(self, texts, *, progress=None):
        self.asked += texts
        found = np.array([[len(text), sum(map(ord, text)) % 97, 1] for text in texts], dtype=np.float32)
        return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float16)

    query_vectors = vectors


def test_a_second_run_embeds_only_what_is_new(tmp_path):
    first, second = Counting(), Counting()
    found, new = cached_vectors(["a", "bb", "a"], first, folder=tmp_path, progress=quiet)
    assert (new, sorted(first.asked)) == (2, ["a", "bb"])
    assert np.array_equal(found[0], found[2])
    again, new = cached_vectors(["bb", "ccc", "a"], second, folder=tmp_path, progress=quiet)
    assert (new, second.asked) == (1, ["ccc"])
    assert np.array_equal(again[[2, 0]], found[[0, 1]])


def test_who_is_interrupted_goes_on_where_it_stopped(tmp_path):
    texts = [str(number) for number in range(PART + 10)]

    class Stops(Counting):
        def vectors(self, asked, *, progress=None):
            if self.asked:
                raise KeyboardInterrupt
            return super().vectors(asked)

    with pytest.raises(KeyboardInterrupt):
        cached_vectors(texts, Stops(), folder=tmp_path, progress=quiet)
    rest = Counting()
    _, new = cached_vectors(texts, rest, folder=tmp_path, progress=quiet)
    assert (new, len(rest.asked)) == (10, 10)


def test_vectors_of_another_model_are_refused_with_what_to_do(tmp_path):
    cached_vectors(["a"], Counting("one"), folder=tmp_path, progress=quiet)
    with pytest.raises(InputError, match=r"made by another model.*Delete the folder, or name another one"):
        cached_vectors(["a"], Counting("two"), folder=tmp_path, progress=quiet)


def test_a_part_that_is_broken_is_made_anew(tmp_path):
    cached_vectors(["a", "bb"], Counting(), folder=tmp_path, progress=quiet)
    [part] = tmp_path.glob("*/*.npz")
    part.write_bytes(part.read_bytes()[:50])
    encoder = Counting()
    found, new = cached_vectors(["a", "bb"], encoder, folder=tmp_path, progress=quiet)
    assert new == 2
    assert np.array_equal(found, Counting().vectors(["a", "bb"]))


def test_many_parts_are_joined_and_nothing_is_lost(tmp_path):
    for number in range(70):
        cached_vectors([f"text {number}"], Counting(), folder=tmp_path, progress=quiet)
    assert len(list(tmp_path.glob("*/*.npz"))) < 10
    encoder = Counting()
    _, new = cached_vectors([f"text {number}" for number in range(70)], encoder, folder=tmp_path, progress=quiet)
    assert new == 0


def test_without_a_folder_nothing_is_kept(tmp_path):
    encoder = Counting()
    for _ in range(2):
        cached_vectors(["a"], encoder, folder=None, progress=quiet)
    assert encoder.asked == ["a", "a"]
    assert not list(tmp_path.iterdir())


def test_keys_that_end_in_zeros_are_not_lost(tmp_path, monkeypatch):
    from idealfit.match import vectors

    keys = np.frombuffer(b"k" * 15 + b"\0" + b"k" * 14 + b"\0\0", dtype="S16")
    monkeypatch.setattr(vectors, "_keys", lambda _texts: keys)
    encoder = Counting()
    found, new = cached_vectors(["a", "bb"], encoder, folder=tmp_path, progress=quiet)
    again, more = cached_vectors(["a", "bb"], encoder, folder=tmp_path, progress=quiet)
    assert (new, more) == (2, 0)
    assert np.array_equal(found, again)
    assert not np.array_equal(found[0], found[1])
