"""Weights of an encoder, as packages carry them, turned once into one ONNX file in single precision.

Both sources give the same thing: a mapping from BERT's own names of its weights to arrays. A safetensors file holds it
as it stands, or by the names of MPNet (Song et al. 2020), which is BERT with one table more: what the distance between
two tokens adds to their attention. A dynamically quantised ONNX file holds the matrices as bytes with a scale;
multiplied out they give vectors that do not depend on the batch (the dynamic rounding of activations is what does).

The graph is written out here, layer by layer, so that no deep-learning framework is needed. Its inputs are
``input_ids`` and ``attention_mask`` (batch by length, int64), its output ``last_hidden_state``; a re-ranker also takes
``token_type_ids`` and gives ``logits``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper
from safetensors.numpy import load_file

from idealfit.errors import InputError, Mistake

if TYPE_CHECKING:
    from pathlib import Path

Array: TypeAlias = npt.NDArray[np.float32]

OPSET = 20  # the first with Gelu; LayerNormalization came with 17
MASKED = -1e9  # added to the attention on padding: its weight becomes exactly zero

_DISTANCES = "encoder.relative_attention_bias.weight"
FAR = 128  # tokens: all that are further apart count as equally far
_QUANTISED = re.compile(r"^/(?:bert/)?(.*)/MatMul_quant$")


@dataclass(frozen=True)
class Shape:
    """What the graph must know that the weights do not tell."""

    heads: int = 12
    epsilon: float = 1e-12
    pairs: bool = False  # a cross-encoder: two texts in, one score out


def from_safetensors(path: Path) -> dict[str, Array]:
    """Return the weights in a safetensors file by BERT's names for them."""
    weights = {_plain(name): np.asarray(array, dtype=np.float32) for name, array in load_file(path).items()}
    return _of_mpnet(weights) if _DISTANCES in weights else weights


def _of_mpnet(weights: dict[str, Array]) -> dict[str, Array]:
    """Return MPNet's weights by BERT's names; its first two positions are those of padding and of nothing."""
    named = {re.sub(r"\battention\.(attn\.[qkvo]|LayerNorm)", _bert_name, name): a for name, a in weights.items()}
    named["embeddings.position_embeddings.weight"] = named["embeddings.position_embeddings.weight"][2:]
    size = named["embeddings.word_embeddings.weight"].shape[1]
    return {**named, "embeddings.token_type_embeddings.weight": np.zeros((1, size), np.float32)}


def _bert_name(found: re.Match[str]) -> str:
    parts = {"attn.q": "self.query", "attn.k": "self.key", "attn.v": "self.value", "attn.o": "output.dense"}
    return f"attention.{parts.get(found[1], 'output.LayerNorm')}"


def from_quantised_onnx(path: Path) -> dict[str, Array]:
    """Return the weights in a dynamically quantised ONNX file by BERT's names, multiplied out.

    Raises `InputError` where a matrix is not where such files keep it.
    """
    graph = onnx.load(path).graph
    stored = {tensor.name: numpy_helper.to_array(tensor) for tensor in graph.initializer}
    weights = {_plain(name): a.astype(np.float32) for name, a in stored.items() if a.dtype == np.float32}
    places = {node.input[1]: node.name for node in graph.node if node.op_type == "MatMulInteger"}
    for name in filter(lambda name: name.endswith("_quantized"), stored):
        matrix = _multiplied_out(stored, name.removesuffix("_quantized"))
        if not name.startswith("onnx::"):
            own = _plain(name.removesuffix("_quantized"))
            weights[own] = matrix if "embeddings" in own else np.ascontiguousarray(matrix.T)
            continue
        place = _QUANTISED.match(places.get(name, ""))
        if place is None:
            raise InputError(Mistake("a matrix of this model has no name that is understood", str(path), name))
        weights[_plain(place[1].replace("/", ".")) + ".weight"] = np.ascontiguousarray(matrix.T)
    return weights


def _multiplied_out(stored: dict[str, npt.NDArray[np.generic]], name: str) -> Array:
    whole = stored[f"{name}_quantized"].astype(np.float32) - stored[f"{name}_zero_point"].astype(np.float32)
    return np.asarray(whole * stored[f"{name}_scale"].astype(np.float32), dtype=np.float32)


def _plain(name: str) -> str:
    """Return a weight's name without what wraps the encoder.

    >>> _plain("bert.encoder.layer.0.output.dense.weight")
    'encoder.layer.0.output.dense.weight'
    """
    return name.removeprefix("bert.")


@dataclass
class _Graph:
    """Nodes and weights as they are added; each method returns the name of what it gives."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    stored: dict[str, npt.NDArray[np.generic]] = field(default_factory=dict)

    def node(self, kind: str, *inputs: str, outputs: int = 1, **settings: Any) -> list[str]:  # noqa: ANN401
        names = [f"{kind}_{len(self.nodes)}_{number}" for number in range(outputs)]
        self.nodes.append(helper.make_node(kind, list(inputs), names, **settings))
        return names

    def one(self, kind: str, *inputs: str, **settings: Any) -> str:  # noqa: ANN401
        return self.node(kind, *inputs, **settings)[0]

    def weight(self, name: str, array: npt.NDArray[np.generic]) -> str:
        self.stored[name] = np.array(array, order="C")  # not ascontiguousarray: it gives a number an axis
        return name

    def dense(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """Return x times the transposed weight, plus the bias (weights are stored output by input)."""
        product = self.one("MatMul", x, self.weight(f"{name}.weight", weight.T))
        return self.one("Add", product, self.weight(f"{name}.bias", bias))

    def layer_norm(self, x: str, name: str, weights: dict[str, Array], epsilon: float) -> str:
        scale = self.weight(f"{name}.scale", weights[f"{name}.weight"])
        bias = self.weight(f"{name}.bias", weights[f"{name}.bias"])
        return self.one("LayerNormalization", x, scale, bias, axis=-1, epsilon=epsilon)


def encoder_onnx(weights: dict[str, Array], shape: Shape) -> onnx.ModelProto:
    """Return the encoder that the weights describe as an ONNX model."""
    graph = _Graph()
    size = weights["embeddings.word_embeddings.weight"].shape[1]
    layers = 1 + max(int(name.split(".")[2]) for name in weights if name.startswith("encoder.layer."))
    ids = ["input_ids", "attention_mask", *(["token_type_ids"] if shape.pairs else [])]
    x = _embedded(graph, weights, shape)
    mask = _mask(graph)
    if _DISTANCES in weights:
        mask = graph.one("Add", mask, _by_distance(graph, weights))
    for number in range(layers):
        x = _layer(graph, weights, f"encoder.layer.{number}", x, mask, size=size, shape=shape)
    if shape.pairs:
        x = _scored(graph, weights, x)
    output = "logits" if shape.pairs else "last_hidden_state"
    dimensions: list[str | int | None] = ["batch", 1] if shape.pairs else ["batch", "length", size]
    graph.nodes.append(helper.make_node("Identity", [x], [output]))
    model = helper.make_model(
        helper.make_graph(
            graph.nodes,
            "encoder",
            [helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "length"]) for name in ids],
            [helper.make_tensor_value_info(output, TensorProto.FLOAT, dimensions)],
            [numpy_helper.from_array(array, name) for name, array in graph.stored.items()],
        ),
        opset_imports=[helper.make_opsetid("", OPSET)],
        producer_name="idealfit",
        ir_version=9,
    )
    onnx.checker.check_model(model)
    return model


def _embedded(graph: _Graph, weights: dict[str, Array], shape: Shape) -> str:
    words = graph.weight("words", weights["embeddings.word_embeddings.weight"])
    kinds = weights["embeddings.token_type_embeddings.weight"]
    places = weights["embeddings.position_embeddings.weight"]
    here = graph.one("Shape", "input_ids", start=1, end=2)
    zero = graph.weight("zero", np.array([0], np.int64))
    if shape.pairs:
        position = graph.one("Slice", graph.weight("positions", places), zero, here, zero)
        kind = graph.one("Gather", graph.weight("kinds", kinds), "token_type_ids")
        position = graph.one("Add", kind, position)
    else:  # all tokens are of the first kind: it is added to the positions once and for all
        position = graph.one("Slice", graph.weight("positions", places + kinds[0]), zero, here, zero)
    x = graph.one("Add", graph.one("Gather", words, "input_ids"), position)
    return graph.layer_norm(x, "embeddings.LayerNorm", weights, shape.epsilon)


def _mask(graph: _Graph) -> str:
    """Return what is added to the attention: nothing on tokens, `MASKED` on padding; batch by 1 by 1 by length."""
    kept = graph.one("Cast", "attention_mask", to=TensorProto.FLOAT)
    padding = graph.one("Sub", graph.weight("whole", np.array(1, np.float32)), kept)
    added = graph.one("Mul", padding, graph.weight("masked", np.array(MASKED, np.float32)))
    return graph.one("Unsqueeze", added, graph.weight("head_axes", np.array([1, 2], np.int64)))


def _by_distance(graph: _Graph, weights: dict[str, Array]) -> str:
    """Return what each head adds to the attention for the distance of two tokens; 1 by heads by length by length."""
    longest = len(weights["embeddings.position_embeddings.weight"])
    table = weights[_DISTANCES]
    ahead = np.arange(longest)[None, :] - np.arange(longest)[:, None]  # from the token that looks to the one it sees
    added = table[distance_class(ahead, len(table))].transpose(2, 0, 1)[None]
    here = graph.one("Shape", "input_ids", start=1, end=2)
    ends = graph.one("Concat", here, here, axis=0)
    zeros = graph.weight("zeros", np.array([0, 0], np.int64))
    return graph.one("Slice", graph.weight("distances", added), zeros, ends, graph.weight("both", np.array([2, 3])))


def distance_class(ahead: npt.NDArray[np.int64], classes: int) -> npt.NDArray[np.int64]:
    """Return the class of each signed distance in tokens, as T5 divides them (Raffel et al. 2020, section 2.1).

    Half of the classes look back, half ahead. In each half the first half is one distance each, the rest grow
    logarithmically up to `FAR`.

    >>> distance_class(np.array([-1, 0, 1, 7, 8, 20, 500]), 32).tolist()
    [1, 0, 17, 23, 24, 26, 31]
    """
    half = classes // 2
    alone = half // 2
    far = np.abs(ahead)
    grown = alone + (np.log(np.maximum(far, alone) / alone) / np.log(FAR / alone) * (half - alone)).astype(np.int64)
    return np.asarray(np.where(far < alone, far, np.minimum(grown, half - 1)) + half * (ahead > 0), dtype=np.int64)


def _layer(graph: _Graph, weights: dict[str, Array], name: str, x: str, mask: str, *, size: int, shape: Shape) -> str:
    own = f"{name}.attention.self"
    width = size // shape.heads
    # The division by the root of the width goes into the queries' weights.
    scales = {"query": np.float32(1 / np.sqrt(width)), "key": np.float32(1), "value": np.float32(1)}
    stacked = np.concatenate([weights[f"{own}.{part}.weight"] * scale for part, scale in scales.items()])
    biases = np.concatenate([weights[f"{own}.{part}.bias"] * scale for part, scale in scales.items()])
    parts = graph.node("Split", graph.dense(x, own, stacked, biases), outputs=3, axis=-1, num_outputs=3)
    apart = graph.weight("apart", np.array([0, 0, shape.heads, width], np.int64))
    query, key, value = (
        graph.one("Transpose", graph.one("Reshape", part, apart), perm=perm)
        for part, perm in zip(parts, ([0, 2, 1, 3], [0, 2, 3, 1], [0, 2, 1, 3]), strict=True)
    )
    attention = graph.one("Softmax", graph.one("Add", graph.one("MatMul", query, key), mask), axis=-1)
    heads = graph.one("Transpose", graph.one("MatMul", attention, value), perm=[0, 2, 1, 3])
    joined = graph.one("Reshape", heads, graph.weight("joined", np.array([0, 0, size], np.int64)))
    x = _added(graph, weights, f"{name}.attention.output", joined, x=x, epsilon=shape.epsilon)
    inner = f"{name}.intermediate.dense"
    wide = graph.one("Gelu", graph.dense(x, inner, weights[f"{inner}.weight"], weights[f"{inner}.bias"]))
    return _added(graph, weights, f"{name}.output", wide, x=x, epsilon=shape.epsilon)


def _added(graph: _Graph, weights: dict[str, Array], name: str, inner: str, *, x: str, epsilon: float) -> str:
    dense = graph.dense(inner, f"{name}.dense", weights[f"{name}.dense.weight"], weights[f"{name}.dense.bias"])
    return graph.layer_norm(graph.one("Add", dense, x), f"{name}.LayerNorm", weights, epsilon)


def _scored(graph: _Graph, weights: dict[str, Array], x: str) -> str:
    """Return one score per pair: BERT's pooler on the first token, then the classifier."""
    first = graph.one("Gather", x, graph.weight("first", np.array(0, np.int64)), axis=1)
    pooled = graph.dense(first, "pooler.dense", weights["pooler.dense.weight"], weights["pooler.dense.bias"])
    return graph.dense(
        graph.one("Tanh", pooled), "classifier", weights["classifier.weight"], weights["classifier.bias"]
    )
