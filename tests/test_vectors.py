"""Vectors are kept by the content of texts: only what is new is worked out, whatever happens in between."""

from __future__ import annotations

import os
from importlib import import_module

import numpy as np
import pytest

from idealfit.errors import InputError
from idealfit.match.vectors import PART, cached_vectors, distinct, files_of, keys_of
from idealfit.pipeline.inputs import quiet

FILES = import_module("idealfit.match.vector_files")


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


def test_a_full_disk_says_where_and_what_to_do(tmp_path, monkeypatch):
    def full(*_args):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(FILES, "aside", full)
    with pytest.raises(
        InputError, match=r"counting.*no space left on device.*--vectors; what was embedded before is kept"
    ):
        cached_vectors(["a"], Counting(), folder=tmp_path, progress=quiet)


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
    monkeypatch.setattr(vectors, "keys_of", lambda _texts: keys)
    encoder = Counting()
    found, new = cached_vectors(["a", "bb"], encoder, folder=tmp_path, progress=quiet)
    again, more = cached_vectors(["a", "bb"], encoder, folder=tmp_path, progress=quiet)
    assert (new, more) == (2, 0)
    assert np.array_equal(found, again)
    assert not np.array_equal(found[0], found[1])


def large_files(folder):
    return sorted(path.name for path in folder.glob("*/*.vectors.npy"))


def test_joined_vectors_are_mapped_and_only_rows_are_read(tmp_path, monkeypatch):
    texts = [f"text {number}" for number in range(300)]
    monkeypatch.setattr(FILES, "PARTS_BEFORE_JOINING", 4)
    for start in range(0, 300, 20):
        cached_vectors(texts[start : start + 20], Counting(), folder=tmp_path, progress=quiet)
    assert large_files(tmp_path)
    files = files_of(tmp_path, Counting())
    mapped = [file.vectors for file in files._files if isinstance(file.vectors.base, np.memmap)]
    assert sum(map(len, mapped)) >= 200
    order = np.random.default_rng(0).permutation(300)
    keys = keys_of([texts[row] for row in order])
    assert np.array_equal(files.at(files.places(keys)), Counting().vectors([texts[row] for row in order]))
    assert files.places(keys_of(["never seen"])).tolist() == [-1]


def test_a_vector_is_not_written_again_with_every_join(tmp_path, monkeypatch):
    monkeypatch.setattr(FILES, "PARTS_BEFORE_JOINING", 4)
    cached_vectors([f"first {number}" for number in range(1_000)], Counting(), folder=tmp_path, progress=quiet)
    for number in range(5):
        cached_vectors([f"text {number}"], Counting(), folder=tmp_path, progress=quiet)
    kept_apart = [path for path in tmp_path.glob("*/*") if path.stat().st_size > 6_000]
    assert len(kept_apart) == 1, "the large one stayed as it was"
    encoder = Counting()
    cached_vectors([f"first {number}" for number in range(1_000)], encoder, folder=tmp_path, progress=quiet)
    assert not encoder.asked


def test_a_cache_of_one_large_part_is_read_and_joined(tmp_path, monkeypatch):
    texts = [f"text {number}" for number in range(50)]
    files_of(tmp_path, Counting()).add(*distinct(texts, Counting().vectors(texts)))
    files_of(tmp_path, Counting()).add(*distinct(["more"], Counting().vectors(["more"])))
    assert not large_files(tmp_path)
    monkeypatch.setattr(FILES, "LARGE", 100)
    encoder = Counting()
    found, new = cached_vectors(["more", *texts], encoder, folder=tmp_path, progress=quiet)
    assert new == 0
    assert large_files(tmp_path)
    assert not list(tmp_path.glob("*/*.npz"))
    assert np.array_equal(found, encoder.vectors(["more", *texts]))


@pytest.mark.parametrize("broken", ["keys", "vectors"])
def test_a_large_file_that_is_cut_off_is_made_anew(tmp_path, monkeypatch, broken):
    monkeypatch.setattr(FILES, "PARTS_BEFORE_JOINING", 1)
    for text in ("a", "bb"):
        cached_vectors([text], Counting(), folder=tmp_path, progress=quiet)
    [file] = tmp_path.glob(f"*/*.{broken}.npy")
    content = file.read_bytes()
    file.unlink()
    file.write_bytes(content[:-3])
    encoder = Counting()
    found, new = cached_vectors(["a", "bb"], encoder, folder=tmp_path, progress=quiet)
    assert new == 2
    assert np.array_equal(found, encoder.vectors(["a", "bb"]))


def test_who_is_killed_while_joining_loses_nothing_and_leaves_nothing(tmp_path, monkeypatch):
    for number in range(6):
        cached_vectors([f"text {number}"], Counting(), folder=tmp_path, progress=quiet)
    monkeypatch.setattr(FILES, "PARTS_BEFORE_JOINING", 4)
    monkeypatch.setattr(FILES, "aside", killed)  # the vectors are written, their keys are not yet
    with pytest.raises(KeyboardInterrupt):
        files_of(tmp_path, Counting())
    monkeypatch.undo()
    assert len(list(tmp_path.glob("*/*.npz"))) == 6
    [orphan] = tmp_path.glob("*/*.vectors.npy")
    os.utime(orphan, (0, 0))
    monkeypatch.setattr(FILES, "PARTS_BEFORE_JOINING", 4)
    encoder = Counting()
    cached_vectors([*(f"text {number}" for number in range(6)), "new"], encoder, folder=tmp_path, progress=quiet)
    assert encoder.asked == ["new"]
    assert len(list(tmp_path.glob("*/*.keys.npy"))) == len(large_files(tmp_path)) == 1


def killed(*_):
    raise KeyboardInterrupt
