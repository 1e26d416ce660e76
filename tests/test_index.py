"""The index finds what a full scan finds, never comes back short under a filter, is made once for a growing table."""

from __future__ import annotations

from importlib import import_module

import numpy as np
import pytest

from idealfit.pipeline.inputs import quiet

INDEX = import_module("idealfit.match.index")
COMPANY_INDEX = import_module("idealfit.match.company_index")


class Kept:
    """Vectors of companies with keys that their numbers tell."""

    def __init__(self, vectors, keys=None):
        self.vectors = vectors
        self.keys = np.arange(len(vectors), dtype=np.uint64) * 7 if keys is None else keys

    def __getitem__(self, rows):
        return self.vectors[rows]


def index_of(folder, vectors, known=None, fingerprint="model"):
    kept = vectors if isinstance(vectors, Kept) else Kept(vectors)
    return COMPANY_INDEX.company_index(
        folder, kept, np.ones(len(kept.keys), bool) if known is None else known, fingerprint, progress=quiet
    )


def never(*_):
    pytest.fail("made again")


@pytest.fixture(scope="module")
def vectors():
    random = np.random.default_rng(0)
    centres = random.normal(size=(40, 32))
    rows = centres[random.integers(0, 40, 6_000)] + random.normal(size=(6_000, 32)) / 2
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


@pytest.fixture(scope="module")
def index(vectors, tmp_path_factory):
    return index_of(tmp_path_factory.mktemp("indexes"), vectors)


def exact(vectors, vector, most, allowed=None):
    scores = vectors @ vector
    if allowed is not None:
        scores[~allowed] = -9
    return np.argsort(-scores, kind="stable")[:most]


ALL = np.ones(6_000, dtype=bool)


def test_it_finds_what_a_full_scan_finds(vectors, index):
    recall = [
        len(set(index.nearest(vectors[row], 10, ALL)) & set(exact(vectors, vectors[row], 10))) / 10
        for row in range(0, 6_000, 100)
    ]
    assert np.mean(recall) >= 0.95


@pytest.mark.parametrize("share", [0.3, 0.02, 0.001])
def test_under_a_filter_it_is_never_short_and_never_wrong(vectors, index, share, monkeypatch):
    monkeypatch.setattr(COMPANY_INDEX, "nearest", lambda *a, **o: INDEX.nearest(*a, **{**o, "looked_into": 1}))
    allowed = np.random.default_rng(1).random(len(vectors)) < share
    allowed[7] = True
    for row in (0, 500, 5_999):
        found = index.nearest(vectors[row], 10, allowed)
        assert allowed[found].all()
        assert len(found) == min(10, allowed.sum())
    if share < INDEX.FEW:
        assert found.tolist() == exact(vectors, vectors[5_999], 10, allowed)[: len(found)].tolist()


def test_a_filter_over_other_lists_than_the_nearest_is_followed_into_them(vectors, index, monkeypatch):
    monkeypatch.setattr(COMPANY_INDEX, "nearest", lambda *a, **o: INDEX.nearest(*a, **{**o, "looked_into": 1}))
    far = np.argsort(vectors @ vectors[0])[:600]
    allowed = np.zeros(len(vectors), dtype=bool)
    allowed[far] = True
    found = index.nearest(vectors[0], 10, allowed)
    assert len(found) == 10
    assert set(found) <= set(far.tolist())


def test_it_is_made_once_and_read_again_even_after_a_broken_file(vectors, tmp_path, monkeypatch):
    wanted = index_of(tmp_path, vectors).nearest(vectors[3], 5, ALL).tolist()
    assert len(list(tmp_path.iterdir())) == 2
    monkeypatch.setattr(COMPANY_INDEX, "trained", never)
    assert index_of(tmp_path, vectors).nearest(vectors[3], 5, ALL).tolist() == wanted
    monkeypatch.undo()
    for ending in (".faiss", ".npz"):
        [file] = tmp_path.glob(f"*{ending}")
        content = file.read_bytes()
        file.unlink()
        file.write_bytes(content[: len(content) // 2])
        assert index_of(tmp_path, vectors).nearest(vectors[3], 5, ALL).tolist() == wanted
        assert len(list(tmp_path.iterdir())) == 2


def test_an_index_of_another_model_is_never_taken(vectors, tmp_path):
    index_of(tmp_path, vectors)
    turned = np.roll(vectors, 1, axis=1)
    other = index_of(tmp_path, turned, fingerprint="another")
    assert len(list(tmp_path.glob("*.faiss"))) == 2
    assert other.nearest(turned[3], 10, ALL)[0] == 3


def test_a_table_in_another_order_finds_its_index(vectors, tmp_path, monkeypatch):
    index_of(tmp_path, vectors)
    order = np.random.default_rng(3).permutation(len(vectors))[:4_000]  # and some are gone
    monkeypatch.setattr(COMPANY_INDEX, "trained", never)
    moved = index_of(tmp_path, Kept(vectors[order], Kept(vectors).keys[order]))
    for row in (0, 100, 3_999):
        found = moved.nearest(vectors[order[row]], 10, np.ones(4_000, bool))
        assert found[0] == row
        assert len(set(found) & set(exact(vectors[order], vectors[order[row]], 10))) >= 8


def test_what_is_new_is_found_beside_the_index_and_then_put_into_it(vectors, tmp_path, monkeypatch):
    keys = Kept(vectors).keys
    index_of(tmp_path, Kept(vectors[:5_000], keys[:5_000]))
    [before] = tmp_path.glob("*.faiss")
    monkeypatch.setattr(COMPANY_INDEX, "trained", never)
    few = index_of(tmp_path, Kept(vectors[:5_040], keys[:5_040]))
    assert len(few.beside) == 40
    assert few.nearest(vectors[5_030], 10, np.ones(5_040, bool))[0] == 5_030
    assert list(tmp_path.glob("*.faiss")) == [before]
    many = index_of(tmp_path, Kept(vectors, keys))
    assert not len(many.beside)
    assert many.nearest(vectors[5_990], 10, ALL)[0] == 5_990
    [after] = tmp_path.glob("*.faiss")
    assert after != before


def test_centres_are_learned_anew_once_an_index_has_doubled(vectors, tmp_path):
    keys = Kept(vectors).keys
    index_of(tmp_path, Kept(vectors[:2_900], keys[:2_900]))
    grown = index_of(tmp_path, Kept(vectors[:5_700], keys[:5_700]))
    assert grown.faiss.nlist < INDEX.lists_for(5_700)
    anew = index_of(tmp_path, Kept(vectors, keys))
    assert anew.faiss.nlist == INDEX.lists_for(6_000)
    assert anew.nearest(vectors[5_990], 10, ALL)[0] == 5_990


def test_companies_that_say_the_same_are_all_found_and_silent_ones_never(vectors, tmp_path):
    keys = Kept(vectors).keys
    known = ALL.copy()
    known[10] = False
    twice = np.concatenate((vectors, vectors[:50]))
    index = index_of(tmp_path, Kept(twice, np.concatenate((keys, keys[:50]))), np.concatenate((known, ALL[:50])))
    assert index.nearest(vectors[3], 2, np.ones(6_050, bool)).tolist() == [3, 6_003]
    odd = np.ones(6_050, bool)
    odd[3] = False
    assert index.nearest(vectors[3], 1, odd).tolist() == [6_003]
    assert 6_010 in index.nearest(vectors[10], 5, np.ones(6_050, bool))


@pytest.fixture
def both(tmp_path):
    """Return the same companies twice: as few whose vectors are all looked at, and as many behind an index."""
    ranking = import_module("idealfit.match.ranking")
    words = import_module("idealfit.match.word_ranking")
    random = np.random.default_rng(2)
    kinds = random.normal(size=(30, 16))
    texts = [f"parcel shop {n}" if n < 200 else f"clinic {n % 30} {n}" for n in range(6_000)]
    space = np.array([kinds[0 if n < 200 else 1 + n % 29] for n in range(6_000)]) + random.normal(size=(6_000, 16)) / 3
    space = (space / np.linalg.norm(space, axis=1, keepdims=True)).astype(np.float32)
    plain = ranking.Corpus(words.word_index(texts), (space,), np.ones(6_000, bool))
    kept = ranking.Corpus(plain.words, (Kept(space),), plain.has_text, (index_of(tmp_path, space),))
    return plain, kept, (kinds[0] / np.linalg.norm(kinds[0])).astype(np.float32)


@pytest.mark.parametrize("without", [(), ("words",), ("neighbours",), ("feedback", "neighbours")])
def test_past_the_limit_companies_rank_as_before_it(both, without):
    ranking = import_module("idealfit.match.ranking")
    plain, many, towards = both
    wanted = ranking.ranked("parcel", [towards], plain, without=without)
    found = ranking.ranked("parcel", [towards], many, without=without)
    assert found.looked_at == wanted.looked_at == 1_000
    assert found.rows[:100].tolist() == wanted.rows[:100].tolist()
    odd = np.arange(6_000) % 2 == 1
    assert (ranking.ranked("parcel", [towards], many, among=odd).rows % 2 == 1).all()


def test_past_the_limit_look_alikes_are_the_same(both):
    similar = import_module("idealfit.match.similar")
    plain, many, _ = both
    like, unlike = np.array([3, 8, 90]), np.array([300])
    wanted, found = (similar.alike(like, unlike, corpus) for corpus in (plain, many))
    assert set(found.rows[:150].tolist()) == set(wanted.rows[:150].tolist())
    assert {3, 8, 90, 300}.isdisjoint(found.rows.tolist())
