"""The graph that is written out computes what BERT is defined to compute, whichever file its weights come from."""

from __future__ import annotations

import numpy as np
import onnxruntime
import pytest
from scipy.special import erf

from idealfit.errors import InputError
from idealfit.match.conversion import Shape, encoder_onnx, from_quantised_onnx, from_safetensors
from tiny_models import HEADS, LAYERS, SIZE, quantised, weights


def by_definition(
    w: dict[str, np.ndarray], ids: np.ndarray, mask: np.ndarray, kinds: np.ndarray, *, epsilon=1e-12, added=None
) -> np.ndarray:
    """Return BERT's last hidden states for one text, in double precision, as Devlin et al. (2019) define them.

    `added` is what a head adds to the attention from one token to another (MPNet).
    """
    w = {name: array.astype(np.float64) for name, array in w.items()}

    def norm(x, name):
        center = x - x.mean(-1, keepdims=True)
        return center / np.sqrt(x.var(-1, keepdims=True) + epsilon) * w[f"{name}.weight"] + w[f"{name}.bias"]

    def dense(x, name):
        return x @ w[f"{name}.weight"].T + w[f"{name}.bias"]

    x = w["embeddings.word_embeddings.weight"][ids] + w["embeddings.position_embeddings.weight"][: len(ids)]
    x = norm(x + w["embeddings.token_type_embeddings.weight"][kinds], "embeddings.LayerNorm")
    width = SIZE // HEADS
    for number in range(LAYERS):
        name = f"encoder.layer.{number}"
        q, k, v = (
            dense(x, f"{name}.attention.self.{part}").reshape(-1, HEADS, width) for part in ("query", "key", "value")
        )
        heads = np.zeros_like(q)
        for head in range(HEADS):
            scores = q[:, head] @ k[:, head].T / np.sqrt(width)
            if added is not None:
                scores += [[added(head, there - here) for there in range(len(ids))] for here in range(len(ids))]
            scores[:, mask == 0] = -np.inf
            attention = np.exp(scores - scores.max(-1, keepdims=True))
            heads[:, head] = attention / attention.sum(-1, keepdims=True) @ v[:, head]
        x = norm(
            x + dense(heads.reshape(-1, SIZE), f"{name}.attention.output.dense"), f"{name}.attention.output.LayerNorm"
        )
        inner = dense(x, f"{name}.intermediate.dense")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        x = norm(x + dense(inner, f"{name}.output.dense"), f"{name}.output.LayerNorm")
    return x


def session(made, **shape):
    return onnxruntime.InferenceSession(encoder_onnx(made, Shape(heads=HEADS, **shape)).SerializeToString())


def test_an_encoder_is_what_bert_is_defined_to_be():
    made = weights(3)
    ids, mask = np.array([2, 5, 9, 11, 3, 0, 0]), np.array([1, 1, 1, 1, 1, 0, 0])
    got = session(made).run(None, {"input_ids": ids[None], "attention_mask": mask[None]})[0][0]
    wanted = by_definition(made, ids, mask, np.zeros_like(ids))
    np.testing.assert_allclose(got[:5], wanted[:5], atol=2e-5)


def test_mpnet_adds_what_the_distance_of_two_tokens_tells_each_head(tmp_path):
    """Its positions begin at two, and 32 classes of distance are shared by all layers."""
    from safetensors.numpy import save_file

    made = weights(8)
    random = np.random.default_rng(8)
    table = random.normal(size=(32, HEADS)).astype(np.float32)
    positions = np.concatenate((random.normal(size=(2, SIZE)), made["embeddings.position_embeddings.weight"]))
    names = {"self.query": "attn.q", "self.key": "attn.k", "self.value": "attn.v", "output.dense": "attn.o",
             "output.LayerNorm": "LayerNorm"}  # fmt: skip
    stored = {"encoder.relative_attention_bias.weight": table}
    for name, array in made.items():
        before, is_attention, part = name.partition("attention.")
        for bert, mpnet in names.items() if is_attention else ():
            part = part.replace(bert, mpnet)
        stored[before + is_attention + part] = array
    stored["embeddings.position_embeddings.weight"] = positions.astype(np.float32)
    del stored["embeddings.token_type_embeddings.weight"]
    save_file(stored, tmp_path / "m.safetensors")

    def added(head: int, ahead: int) -> float:
        far = abs(ahead)
        while_one_each = min(far, 7)
        later = 8 + int(8 * np.log(far / 8) / np.log(16)) if far >= 8 else while_one_each
        return table[min(later, 15) + (16 if ahead > 0 else 0), head]

    ids = random.integers(4, 20, 40)
    ids[-3:] = 0
    mask = (np.arange(40) < 37).astype(np.int64)
    back = from_safetensors(tmp_path / "m.safetensors")
    got = session(back, epsilon=1e-5).run(None, {"input_ids": ids[None], "attention_mask": mask[None]})[0][0]
    without_kinds = {**made, "embeddings.token_type_embeddings.weight": np.zeros((1, SIZE))}
    wanted = by_definition(without_kinds, ids, mask, np.zeros_like(ids), epsilon=1e-5, added=added)
    np.testing.assert_allclose(got[:37], wanted[:37], atol=5e-5)


def test_padding_changes_nothing():
    made = weights(4)
    ran = session(made)
    short = ran.run(None, {"input_ids": np.array([[2, 7, 3]]), "attention_mask": np.ones((1, 3), np.int64)})[0]
    ids, mask = np.array([[2, 7, 3, 9, 9]]), np.array([[1, 1, 1, 0, 0]])
    padded = ran.run(None, {"input_ids": ids, "attention_mask": mask})[0]
    np.testing.assert_allclose(short[0], padded[0, :3], atol=1e-5)


def test_a_cross_encoder_scores_a_pair_by_pooler_and_classifier():
    made = weights(5, pairs=True)
    ids, kinds = np.array([2, 5, 3, 9, 3]), np.array([0, 0, 0, 1, 1])
    given = {"input_ids": ids[None], "attention_mask": np.ones((1, 5), np.int64), "token_type_ids": kinds[None]}
    got = session(made, pairs=True).run(None, given)[0]
    first = by_definition(made, ids, np.ones(5), kinds)[0]
    pooled = np.tanh(made["pooler.dense.weight"].astype(float) @ first + made["pooler.dense.bias"])
    np.testing.assert_allclose(got.ravel(), made["classifier.weight"] @ pooled + made["classifier.bias"], atol=2e-5)


def test_weights_from_bytes_are_the_weights_up_to_their_rounding(tmp_path):
    made = weights(6)
    back = from_quantised_onnx(quantised(tmp_path / "m.onnx", made))
    for name, array in made.items():
        assert back[name].shape == array.shape, name
        assert np.abs(back[name] - array).max() <= np.abs(array).max() / 127, name


def test_safetensors_names_with_a_wrapper_are_the_same(tmp_path):
    from safetensors.numpy import save_file

    made = weights(7)
    save_file({f"bert.{name}": array for name, array in made.items()}, tmp_path / "m.safetensors")
    back = from_safetensors(tmp_path / "m.safetensors")
    assert back.keys() == made.keys()


def test_a_matrix_without_a_place_is_refused(tmp_path):
    import onnx

    path = quantised(tmp_path / "m.onnx", weights())
    model = onnx.load(path)
    model.graph.node[0].name = "anything"
    onnx.save(model, path)
    with pytest.raises(InputError, match="no name that is understood"):
        from_quantised_onnx(path)
