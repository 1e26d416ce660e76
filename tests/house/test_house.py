"""What holds for the whole tree: imports, sizes, names, what may stand in a committed file, docstrings that run."""

from __future__ import annotations

import ast
import doctest
import importlib
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "src" / "idealfit"
MODULES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LONGEST = 600
"""A file this long does two things (data and executed documentation excepted)."""

VAGUE = {"utils", "util", "helpers", "helper", "common", "base", "manager", "core", "misc", "shared", "tools", "lib"}


def dotted(module: Path) -> str:
    parts = module.relative_to(SOURCE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def test_every_module_stands_in_the_drawing_of_the_house():
    drawn = set(re.findall(r"`([a-z_]+)(?:\.py)?`", (ROOT / "docs" / "design.md").read_text(encoding="utf-8")))
    by_pattern = re.compile(r"words_of_\w+|\w+_commands")  # one of each for every part of the commands
    named = [m for m in MODULES if not m.stem.startswith("__") and not by_pattern.fullmatch(m.stem)]
    assert [str(m.relative_to(SOURCE)) for m in named if m.stem not in drawn] == []


def committed() -> list[Path]:
    """Return the files under version control; where there is no git, the ones that belong to the project."""
    if shutil.which("git") and (ROOT / ".git").exists():
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
        return [ROOT / name for name in listed.split("\0") if name and (ROOT / name).is_file()]
    return [*MODULES, *TESTS, ROOT / "README.md", ROOT / "Makefile", ROOT / "pyproject.toml", *ROOT.glob("*.lock")]


def texts() -> list[tuple[Path, str]]:
    kinds = {".py", ".md", ".toml", ".lock", ".in", ".yaml", ".yml", ".html", ".css", ".txt", ".sql", ".json", ""}
    return [(p, p.read_text(encoding="utf-8", errors="ignore")) for p in committed() if p.suffix in kinds]


def test_imports_go_one_way():
    lint = Path(sys.executable).with_name("lint-imports")
    if not lint.exists():
        pytest.skip("import-linter is not installed here")
    done = subprocess.run([lint, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_the_engine_room_opens_an_engine():
    opening = re.compile(r"\b(ibis|duckdb|ibis\.\w+)\.connect\(|\bduckdb\.(sql|query|execute)\(")
    found = [dotted(m) for m in MODULES if m.name != "engine.py" and opening.search(_code(m))]
    assert not found, f"only engine.py connects to a query engine, and so do {found}"


def test_only_the_store_opens_an_operational_database():
    opening = re.compile(r"\b(create_(async_)?engine|engine_from_config)\(|\b(sqlite3|psycopg|apsw)\.connect\(")
    found = [dotted(m) for m in MODULES if m.name != "store.py" and opening.search(_code(m))]
    assert not found, f"only store.py opens an operational database, and so do {found}"
    assert opening.search(_code(SOURCE / "store.py"))


def _code(module: Path) -> str:
    """Return a module without its comments and docstrings."""
    return ast.unparse(_without_docstrings(ast.parse(module.read_text(encoding="utf-8"))))


def _without_docstrings(tree: ast.Module) -> ast.Module:
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef) and ast.get_docstring(
            node
        ):
            node.body = node.body[1:] or [ast.Pass()]
    return tree


def test_no_file_does_two_things():
    lengths = {dotted(m): len(m.read_text(encoding="utf-8").splitlines()) for m in MODULES}
    for name, lines in lengths.items():
        if lines > 400:
            print(f"{name} has {lines} lines: which two things does it do?")
    too_long = {name: lines for name, lines in lengths.items() if lines > LONGEST}
    assert not too_long, f"longer than {LONGEST} lines: {too_long}"


def test_no_module_is_named_after_nothing():
    found = [dotted(m) for m in MODULES if set(m.relative_to(SOURCE).with_suffix("").parts) & VAGUE]
    assert not found, f"a module is named for what it gives: {found}"


def test_imports_stand_on_top():
    found = []
    for module in MODULES:
        tree = ast.parse(module.read_text(encoding="utf-8"))
        for function in ast.walk(tree):
            if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = [n for n in ast.walk(function) if isinstance(n, ast.Import | ast.ImportFrom)]
                found += [f"{dotted(module)}:{n.lineno}" for n in inside]
    assert not found, f"an import inside a function is a ring in disguise: {found}"


def test_nothing_learned_is_run_or_unpickled():
    banned = {"eval", "exec", "compile", "__import__"}
    found = []
    for module in MODULES:
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in banned:
                found.append(f"{dotted(module)}:{node.lineno} calls {node.func.id}")
            if isinstance(node, ast.Import | ast.ImportFrom):
                names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [a.name for a in node.names]
                if {n.split(".")[0] for n in names} & {"pickle", "joblib", "dill", "cloudpickle", "marshal", "shelve"}:
                    found.append(f"{dotted(module)}:{node.lineno} imports {names}")
    assert not found, found


# Spelled in parts, so that this file does not find itself.
PRIVATE = {
    "a machine's own folder": re.compile(
        r"(?<![\w.])/(" + "|".join(("wo" + "rk/", "ro" + "ot/", "Us" + "ers/\\w")) + ")"
    ),
    "an index of packages": re.compile(
        "|".join(
            ("pypi" + r"\.org", "files\\.python" + "hosted", "pypi" + "-more", "/opt/" + "pypi", "/opt/" + "wheels")
        ),
    ),
    "an index option": re.compile(r"(?m)^\s*--(extra-)?index" + r"-url|^\s*--find" + "-links|^\\s*--trusted" + "-host"),
    "an address with a password": re.compile(r"https?://[^/\s:@<>{}]+:[^/\s:@<>{}*]+@\w"),
}


@pytest.mark.parametrize("what", PRIVATE)
def test_no_committed_file_holds(what):
    found = [
        f"{path.relative_to(ROOT)}:{text.count(chr(10), 0, hit.start()) + 1}"
        for path, text in texts()
        for hit in [PRIVATE[what].search(text)]
        if hit
    ]
    assert not found, f"{what}: {found}"


def test_locked_packages_carry_checksums():
    locks = [ROOT / name for name in ("requirements-uv.lock", "requirements.lock", "requirements-test.lock")]
    for lock in locks:
        entries = re.split(r"(?m)^(?=\w)", lock.read_text(encoding="utf-8"))
        for entry in filter(None, (e.strip() for e in entries)):
            assert re.match(r"[\w.\[\]-]+==", entry), f"{lock.name}: not pinned: {entry.splitlines()[0]}"
            assert "--hash=sha256:" in entry, f"{lock.name}: no checksum: {entry.splitlines()[0]}"
    runtime = set(re.findall(r"(?m)^([\w.\[\]-]+==\S+)", locks[1].read_text(encoding="utf-8")))
    testing = set(re.findall(r"(?m)^([\w.\[\]-]+==\S+)", locks[2].read_text(encoding="utf-8")))
    assert runtime <= testing, f"tests would run on other versions than the demonstration: {runtime - testing}"


@pytest.mark.parametrize("module", MODULES, ids=dotted)
def test_docstring_examples_run(module):
    result = doctest.testmod(importlib.import_module(dotted(module)))
    assert result.failed == 0


@pytest.mark.parametrize("module", MODULES, ids=dotted)
def test_public_names_say_what_they_are(module):
    tree = ast.parse(module.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), f"{dotted(module)} does not say what it is"
    silent = [
        f"{dotted(module)}.{node.name}"
        for node in tree.body
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and not node.name.startswith("_")
        if not ast.get_docstring(node)
    ]
    assert not silent, f"no docstring: {silent}"


def test_every_error_is_drawn_in_the_tree():
    errors = importlib.import_module("idealfit.errors")
    family = {n: c for n, c in vars(errors).items() if isinstance(c, type) and issubclass(c, errors.IdealfitError)}
    missing = [name for name in family if name not in (errors.__doc__ or "")]
    assert not missing, f"the tree in errors.py leaves out {missing}"
    alone = [n for n, c in family.items() if c is not errors.IdealfitError and len(c.__mro__) <= 4]
    assert not alone, f"each also stands under a built-in error: {alone}"
