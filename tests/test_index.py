"""The index finds what a full scan finds, never comes back short under a filter, and is the same when read again."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

INDEX = import_module("idealfit.match.index")


@pytest.fixture(scope="module")
def vectors():
    random = np.random.default_rng(0)
    centres = random.normal(size=(40, 32))
    rows = centres[random.integers(0, 40, 6_000)] + random.normal(size=(6_000, 32)) / 2
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def index(vectors):
    return INDEX.built(vectors)


def exact(vectors, vector, most, allowed=None):
    scores = vectors @ vector
    if allowed is not None:
        scores[~allowed] = -9
    return np.argsort(-scores, kind="stable")[:most]


def test_it_finds_what_a_full_scan_finds(vectors, index):
    recall = [
        len(set(INDEX.nearest(index, vectors[row], 10, vectors=vectors)) & set(exact(vectors, vectors[row], 10))) / 10
        for row in range(0, 6_000, 100)
    ]
    assert np.mean(recall) >= 0.95


@pytest.mark.parametrize("share", [0.3, 0.02, 0.001])
def test_under_a_filter_it_is_never_short_and_never_wrong(vectors, index, share):
    allowed = np.random.default_rng(1).random(len(vectors)) < share
    allowed[7] = True
    for row in (0, 500, 5_999):
        found = INDEX.nearest(index, vectors[row], 10, vectors=vectors, allowed=allowed, looked_into=1)
        assert allowed[found].all()
        assert len(found) == min(10, allowed.sum())
    if share < INDEX.FEW:
        assert found.tolist() == exact(vectors, vectors[5_999], 10, allowed)[: len(found)].tolist()


def test_a_filter_over_other_lists_than_the_nearest_is_followed_into_them(vectors, index):
    row = 0
    far = np.argsort(vectors @ vectors[row])[:600]
    allowed = np.zeros(len(vectors), dtype=bool)
    allowed[far] = True
    found = INDEX.nearest(index, vectors[row], 10, vectors=vectors, allowed=allowed, looked_into=1)
    assert len(found) == 10
    assert set(found) <= set(far.tolist())


def test_it_is_built_once_and_read_again_even_after_a_broken_file(vectors, tmp_path, monkeypatch):
    first = INDEX.kept(tmp_path, vectors, "model")
    [file] = tmp_path.iterdir()
    monkeypatch.setattr(INDEX, "built", lambda *_: pytest.fail("built again"))
    again = INDEX.kept(tmp_path, vectors, "model")
    assert INDEX.nearest(first, vectors[3], 5).tolist() == INDEX.nearest(again, vectors[3], 5).tolist()
    monkeypatch.undo()
    file.write_bytes(file.read_bytes()[:100])
    INDEX.kept(tmp_path, vectors, "model")
    assert len(list(tmp_path.iterdir())) == 1


def test_match_past_the_limit_ranks_through_the_index(monkeypatch):
    ranking = import_module("idealfit.match.ranking")
    words = import_module("idealfit.match.words")
    random = np.random.default_rng(2)
    texts = [f"parcel shop {n}" if n < 20 else f"clinic {n}" for n in range(3_000)]
    space = random.normal(size=(3_000, 16))
    space[:20] += 6
    space = (space / np.linalg.norm(space, axis=1, keepdims=True)).astype(np.float32)
    corpus = ranking.Corpus(words.word_index(texts), (space,), np.ones(3_000, bool), (INDEX.built(space),))
    plain = ranking.Corpus(corpus.words, corpus.spaces, corpus.has_text)
    towards = space[:20].mean(axis=0)
    found = ranking.ranked("parcel", [towards], corpus)
    wanted = ranking.ranked("parcel", [towards], plain)
    assert set(found.rows[:20].tolist()) == set(wanted.rows[:20].tolist()) == set(range(20))
    assert len(found.rows) <= 3_000
    odd = np.arange(3_000) % 2 == 1
    assert (ranking.ranked("parcel", [towards], corpus, among=odd).rows % 2 == 1).all()
