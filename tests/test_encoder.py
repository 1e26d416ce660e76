"""A vector depends on its text alone: not on the batch, the order, or what else is asked."""

from __future__ import annotations

import json
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import ClassVar

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from idealfit.errors import InputError
from idealfit.match.encoder import open_encoder
from tiny_models import as_folder

TEXTS = ["we ship parcels", "the doctor calls a patient by video", "a bank for farms", "store", "truck and store " * 9]


@pytest.fixture(scope="module")
def encoder(tmp_path_factory):
    return open_encoder(str(as_folder(tmp_path_factory.mktemp("model") / "tiny")))


@given(st.lists(st.sampled_from(TEXTS), min_size=1, max_size=12))
@settings(max_examples=30, deadline=None)
def test_a_vector_does_not_depend_on_its_batch(encoder, texts):
    alone = {text: encoder.vectors([text])[0] for text in set(texts)}
    together = encoder.vectors(texts)
    assert all(np.array_equal(row, alone[text]) for row, text in zip(together, texts, strict=True))


def test_vectors_have_length_one_and_a_text_of_nothing_has_none(encoder):
    found = encoder.vectors(["we ship parcels", "", "   "]).astype(np.float64)
    assert np.linalg.norm(found[0]) == pytest.approx(1, abs=2e-3)
    assert not found[1:].any()


def test_a_long_text_is_read_in_windows_up_to_a_limit(encoder):
    start = "we ship parcels for a shop " * 40
    far = encoder.vectors([start + "doctor " * 40_000, start + "doctor " * 40_000 + "bank " * 100_000])
    assert np.array_equal(far[0], far[1])
    near = encoder.vectors(["we ship " * 16, "we ship " * 16 + "doctor " * 40])
    assert not np.array_equal(near[0], near[1])


def test_no_texts_give_no_vectors(encoder):
    assert encoder.vectors([]).shape == (0, 24)


def test_progress_is_told_and_ends(encoder):
    told = []
    encoder.vectors(TEXTS, progress=told.append)
    assert told[-1] == len(TEXTS)
    assert told == sorted(told)


class _Answers(BaseHTTPRequestHandler):
    answer = staticmethod(lambda texts: [])
    asked: ClassVar[list] = []

    def do_POST(self):
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, body["model"], self.headers.get("Authorization"), len(body["input"])))
        content = json.dumps({"data": self.answer(body["input"])}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def log_message(self, *_):
        pass


@pytest.fixture
def address():
    server = HTTPServer(("127.0.0.1", 0), _Answers)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    _Answers.asked.clear()
    yield f"http://127.0.0.1:{server.server_port}/v1#small"
    server.shutdown()
    server.server_close()


def test_an_address_that_answers_as_openai_does_is_an_encoder(address, monkeypatch):
    monkeypatch.setenv("IDEALFIT_EMBEDDINGS_KEY", "secret")
    _Answers.answer = staticmethod(
        lambda texts: [{"index": i, "embedding": [len(text), 1.0]} for i, text in reversed(list(enumerate(texts)))]
    )
    found = open_encoder(address).vectors(["aa", "b"] * 50)
    assert found.shape == (100, 2)
    assert found[0, 0] > found[1, 0]
    assert [number for *_, number in _Answers.asked] == [64, 36]
    assert _Answers.asked[0][:3] == ("/v1/embeddings", "small", "Bearer secret")


@pytest.mark.parametrize("answer", [[], [{"index": 0, "embedding": [float("nan")]}], [{"no": 1}]])
def test_an_address_that_answers_something_else_is_refused(address, answer):
    _Answers.answer = staticmethod(lambda _texts: answer)
    with pytest.raises(InputError, match="gave"):
        open_encoder(address).vectors(["a"])


def test_an_address_where_nobody_answers_is_told():
    with pytest.raises(InputError, match="gave no vectors"):
        open_encoder("http://127.0.0.1:9/v1").vectors(["a"])
