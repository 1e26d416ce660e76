"""Counts of words in blocks: the same answers however texts are cut, kept by content, counted again where spoiled."""

from __future__ import annotations

import math
from collections import Counter
from importlib import import_module

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.match.word_counts import WordCounter, hashes_of, kept_block
from idealfit.match.word_ranking import K1, B, word_index
from idealfit.match.words import query_words, words_of

COUNTS, BM25 = import_module("idealfit.match.word_counts"), import_module("idealfit.match.word_ranking")
TEXTS = ["ships parcels", "", "pays nurses and ships", "支払い API", "parcels " * 300, "nurses", "a clinic's nurses"]


def by_hand(texts, query):
    said = [Counter(words_of(text)) for text in texts]
    lengths = [sum(words.values()) for words in said]
    mean = np.mean([length for length in lengths if length])
    found = np.zeros(len(texts))
    for word, often in query_words(query).items():
        documents = sum(word in words for words in said)
        idf = math.log(1 + (len(texts) - documents + 0.5) / (documents + 0.5))
        for row, words in enumerate(said):
            damped = words[word] + K1 * (1 - B + B * lengths[row] / mean)
            found[row] += often * idf * words[word] * (K1 + 1) / damped
    return found


@pytest.mark.parametrize("size", [1, 2, 3, 100])
def test_blocks_of_any_size_give_the_formula(size, monkeypatch):
    monkeypatch.setattr(BM25, "TEXTS_OF_A_BLOCK", size)
    index = word_index(TEXTS)
    for query in ("parcels", "who pays nurses?", "支払い", "nothing like it", "parcels parcels nurses"):
        assert index.scores(query_words(query)) == pytest.approx(by_hand(TEXTS, query))


@given(st.lists(st.sampled_from(["parcel", "nurse", "pays", "支払い", "x1"]), max_size=6).map(" ".join))
@settings(max_examples=30, deadline=None)
def test_likeness_by_counts_is_likeness_by_rows(text):
    texts = [*TEXTS, text]
    index, like = word_index(texts), np.array([0, 2])
    rows = index.rows(np.arange(len(texts)))
    wanted = rows @ np.asarray(rows[like].mean(axis=0)).ravel()
    assert index.alike(index.shared(like, np.array([], dtype=int))) == pytest.approx(np.asarray(wanted).ravel())


def test_counts_are_kept_by_content_and_only_changed_blocks_are_counted_again(tmp_path, monkeypatch):
    monkeypatch.setattr(BM25, "TEXTS_OF_A_BLOCK", 2)
    counted = []
    plain = WordCounter.block
    monkeypatch.setattr(WordCounter, "block", lambda self, texts: (counted.append(list(texts)), plain(self, texts))[1])
    first = word_index(TEXTS, folder=tmp_path).scores(query_words("nurses parcels"))
    assert len(counted) == 4
    counted.clear()
    assert word_index(TEXTS, folder=tmp_path).scores(query_words("nurses parcels")).tolist() == first.tolist()
    assert not counted
    word_index([*TEXTS, "one more"], folder=tmp_path)
    assert counted == [["a clinic's nurses", "one more"]]
    monkeypatch.setattr(COUNTS, "READING", 2)
    counted.clear()
    word_index(TEXTS, folder=tmp_path)
    assert len(counted) == 4


def test_a_spoiled_block_is_counted_again(tmp_path):
    wanted = kept_block(TEXTS, WordCounter().block, tmp_path)
    (path,) = tmp_path.iterdir()
    for spoiled in (b"", path.read_bytes()[:200]):
        path.write_bytes(spoiled)
        found = kept_block(TEXTS, WordCounter().block, tmp_path)
        assert found.rows.tolist() == wanted.rows.tolist()
    assert [one.name for one in tmp_path.iterdir()] == [path.name], "nothing is left behind"


def test_a_folder_that_cannot_be_written_to_is_no_mistake(tmp_path):
    (tmp_path / "file").write_text("")
    assert kept_block(TEXTS, WordCounter().block, tmp_path / "file" / "words").counts.max() == 300


def test_few_texts_are_not_kept(tmp_path):
    word_index(TEXTS, folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_words_are_forgotten_between_blocks_where_there_are_too_many(monkeypatch):
    monkeypatch.setattr(COUNTS, "WORDS_REMEMBERED", 3)
    monkeypatch.setattr(BM25, "TEXTS_OF_A_BLOCK", 2)
    assert word_index(TEXTS).scores(query_words("nurses")) == pytest.approx(by_hand(TEXTS, "nurses"))
    assert len(set(hashes_of(f"word{number}" for number in range(10_000)).tolist())) == 10_000
