"""Ranking: BM25 by hand, laws of the order, stages that can each be left out, look-alikes that find their kind."""

from __future__ import annotations

import math
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse

from idealfit.match.ranking import STAGES, Corpus, neighbours, ranked, scan, standard, weight_of_words
from idealfit.match.similar import alike, resemblance
from idealfit.match.word_ranking import K1, B, word_index
from idealfit.match.words import query_words, words_of

RANKING = import_module("idealfit.match.ranking")  # `idealfit.match` itself is the verb

KINDS = {
    "parcels": ["ship parcels for shops", "parcel couriers", "shops ship parcels quickly", "couriers for every shop"],
    "doctors": ["doctors by video", "a clinic with doctors", "video calls with a doctor", "patients call the clinic"],
    "farms": ["loans for farms", "farm trucks", "farms sell crops", "crops and farm loans"],
}
TEXTS = [text for texts in KINDS.values() for text in texts]


def corpus(texts=TEXTS, *, seed=0, size=8):
    """Return texts with vectors that lie near their kind's own direction."""
    random = np.random.default_rng(seed)
    kinds = random.normal(size=(len(KINDS), size))
    rows = np.array([kinds[number // 4 % 3] + random.normal(size=size) / 4 for number in range(len(texts))])
    space = (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)
    has = np.array([bool(text) for text in texts])
    space[~has] = 0
    towards = [(kind / np.linalg.norm(kind)).astype(np.float32) for kind in kinds]
    return Corpus(word_index(texts), (space,), has), towards


def test_bm25_is_the_formula():
    texts = ["ships parcels and parcels", "pays nurses", "ships and pays"]
    index = word_index(texts)
    lengths = [len(words_of(text)) for text in texts]
    idf = math.log(1 + (3 - 1 + 0.5) / (1 + 0.5))
    wanted = idf * 2 * (K1 + 1) / (2 + K1 * (1 - B + B * lengths[0] / np.mean(lengths)))
    assert index.scores(query_words("parcel")).tolist() == pytest.approx([wanted, 0, 0])
    assert index.scores(query_words("parcel ships")).tolist() == pytest.approx(
        (index.scores(query_words("parcel")) + index.scores(query_words("ships"))).tolist()
    )


def test_texts_of_nothing_can_be_indexed():
    assert word_index(["", ""]).scores(query_words("parcel")).tolist() == [0, 0]
    assert word_index([]).scores(query_words("parcel")).tolist() == []


@pytest.mark.parametrize("without", [(), *((stage,) for stage in STAGES), ("feedback", "neighbours")])
def test_each_stage_can_be_left_out_and_the_kind_still_leads(without):
    known, towards = corpus()
    found = ranked("ship a parcel with couriers", [towards[0]], known, without=without)
    assert set(found.rows[:3].tolist()) <= {0, 1, 2, 3}
    assert sorted(found.rows.tolist()) == list(range(len(TEXTS)))
    assert (np.diff(found.match) <= 1e-9).all()


def test_leaving_out_a_stage_changes_the_scores():
    known, towards = corpus()
    whole = ranked("ship a parcel", [towards[0]], known).match
    for stage in STAGES:
        assert not np.allclose(whole, ranked("ship a parcel", [towards[0]], known, without=(stage,)).match), stage


def test_feedback_learns_words_that_the_text_does_not_say():
    texts = (
        [f"parcels couriers {number}" for number in range(8)] + ["couriers only"] + [f"x{n} y{n}" for n in range(40)]
    )
    known = Corpus(word_index(texts), (), np.ones(len(texts), dtype=bool))
    plain = ranked("parcels", (), known, without=("feedback", "neighbours"))
    learned = ranked("parcels", (), known, without=("neighbours",))
    of = {row: number for number, row in enumerate(learned.rows.tolist())}
    assert plain.match[plain.rows.tolist().index(8)] == pytest.approx(plain.match[-1])
    assert of[8] == 8


def test_a_company_without_text_stands_in_no_list():
    known, towards = corpus([*TEXTS[:11], ""])
    for found in (ranked("parcel", [towards[0]], known), alike(np.array([0]), np.array([], int), known)):
        assert 11 not in found.rows


def test_only_the_allowed_are_listed():
    known, towards = corpus()
    among = np.arange(len(TEXTS)) % 2 == 0
    found = ranked("parcel", [towards[0]], known, among=among)
    assert sorted(found.rows.tolist()) == np.flatnonzero(among).tolist()
    assert not len(ranked("parcel", [towards[0]], known, among=np.zeros(len(TEXTS), dtype=bool)).rows)


@given(st.permutations(range(len(TEXTS))))
@settings(max_examples=20, deadline=None)
def test_the_order_of_the_table_does_not_matter(order):
    known, towards = corpus()
    moved = Corpus(word_index([TEXTS[row] for row in order]), (known.spaces[0][list(order)],), known.has_text)
    before = ranked("ship parcels", [towards[0]], known)
    after = ranked("ship parcels", [towards[0]], moved)
    scores = dict(zip(before.rows.tolist(), before.match, strict=True))
    for row, match in zip(after.rows.tolist(), after.match, strict=True):
        assert match == pytest.approx(scores[order[row]], abs=1e-3)


def test_candidates_stand_above_the_rest(monkeypatch):
    monkeypatch.setattr(RANKING, "CANDIDATES", 5)
    known, towards = corpus()
    found = ranked("ship parcels", [towards[0]], known)
    assert found.looked_at == 5
    assert len(found.rows) == len(TEXTS)
    assert (np.diff(found.match) <= 0).all()


def test_a_scan_is_the_product_whatever_the_blocks(monkeypatch):
    monkeypatch.setattr(RANKING, "BLOCK", 5)
    known, towards = corpus()
    np.testing.assert_allclose(scan(known.spaces[0], towards[1]), known.spaces[0] @ towards[1], atol=1e-6)


def known_of_three():
    return np.eye(3, dtype=np.float32)


def test_neighbours_are_the_nearest_and_never_oneself(monkeypatch):
    monkeypatch.setattr(RANKING, "LEAST_TO_EACH", 4)
    assert neighbours([known_of_three()], sparse.csr_array((3, 1))) is None
    known, _ = corpus()
    graph = neighbours([known.spaces[0]], known.words.rows(np.arange(len(TEXTS)))).toarray()
    np.testing.assert_allclose(graph.sum(axis=1), 1)
    assert not graph.diagonal().any()
    for row in range(len(TEXTS)):
        assert {int(other) // 4 for other in np.flatnonzero(graph[row])} == {row // 4}


def test_scores_that_do_not_differ_are_all_usual():
    assert standard(np.full(4, 7.0)).tolist() == [0, 0, 0, 0]


@pytest.mark.parametrize("without", [(), ("words",), ("meaning",), ("neighbours",)])
def test_look_alikes_find_their_kind_and_leave_the_examples_out(without):
    known, _ = corpus()
    found = alike(np.array([4, 5]), np.array([], dtype=int), known, without=without)
    assert {4, 5}.isdisjoint(found.rows.tolist())
    assert set(found.rows[:2].tolist()) == {6, 7}


def test_what_is_unlike_goes_down():
    known, _ = corpus()
    like, none = np.array([0, 8]), np.array([], dtype=int)

    def gap(unlike):  # of the other farms behind the other parcels
        scores = resemblance(like, unlike, known)
        return scores[[1, 2, 3]].mean() - scores[[10, 11]].mean()

    assert gap(np.array([9])) > gap(none) + 0.1


def test_the_longer_a_text_the_more_its_words_count():
    short, long = (
        "alerting for engineers",
        "alerting wakes engineers at night " + " ".join(f"word{n}" for n in range(40)),
    )
    assert weight_of_words(short) < weight_of_words(long) == 1.0
