"""The documents speak of the program as it is: commands and options exist, and each is documented."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest
from typer.main import get_command

import idealfit
from idealfit.cli.program import app

ROOT = Path(__file__).resolve().parents[2]
DOCUMENTS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md")), ROOT / "src/idealfit/demo/ATTRIBUTION.md"]
PROGRAM = get_command(app)
COMMANDS = {
    " ".join((name, inner)).strip(): command
    for name, group in PROGRAM.commands.items()  # type: ignore[attr-defined]
    for inner, command in getattr(group, "commands", {"": group}).items()
}
OPTIONS = {
    name: {option for p in command.params for option in p.opts if option.startswith("-")} | {"-h", "--help"}
    for name, command in COMMANDS.items()
}
OF_LEARNING = {"--accounts", "--customers", "--market", "--id", "--outcome", "--won", "--lost", "--opened", "--closed",
               "--amount", "--ignore", "--as-of", "--map", "--seed", "-o"}  # fmt: skip
PROMISED = {
    "demo": {"--out"},
    "inspect": set(),
    "learn": OF_LEARNING,
    "score": {"--id", "-o"},
    "backtest": OF_LEARNING | {"--cutoff"},
    "review": (OF_LEARNING - {"--market"}) | {"--since", "--every"},
    "report": {"--backtest", "-o"},
    "diff": set(),
    "lint": {"--as-of"},
    "narrative": {"--name", "-o"},
    "persona": {"-o"},
    "market": {"--capacity", "--pipeline", "--by", "--exclude", "-o"},
    "tiers": {"--capacity", "--win-rate", "--timing", "--exclude", "-o"},
    "sql": {"--dialect", "--table", "--columns", "--dbt", "--step-by-step", "-o"},
    "companies": {"--id", "--map", "-o"},
    "route init": {"-o"},
    "route lint": set(),
    "route adopt": {"--store", "--by"},
    "route lead": {"--file", "--id", "--accounts", "--profile", "--store", "--by"},
    "route accept": {"--rep", "--store", "--by"},
    "route decline": {"--why", "--store", "--by"},
    "route reassign": {"--to", "--why", "--spent", "--store", "--by"},
    "route close": {"--why", "--store", "--by"},
    "route merge": {"--store", "--by"},
    "route sweep": {"--store", "--by"},
    "route leads": {"--status", "--owner", "--store"},
    "route reps": {"--store"},
    "route pause": {"--why", "--store", "--by"},
    "route resume": {"--store", "--by"},
    "route leave": {"--first", "--last", "--cancel", "--store", "--by"},
    "route why": {"--store"},
    "route why-not": {"--store"},
    "route next": {"--accounts", "--profile", "--store"},
    "verify": {"--site", "--store", "--no-fetch", "--board", "--rules", "--ask"},
    "watch": {"--profile", "--source", "--events", "--settings", "--slack", "--webhook", "--mail", "--store"},
    "inbox": {"--because", "--set", "--state", "--store"},
    "shortlist": {"--profile", "--least", "--store"},
    "brief": {"--profile", "--companies", "--store", "-o"},
    "erase": {"--store"},
    "match": {
        "--profile",
        "--narrative",
        "--query",
        "--queries",
        "--like",
        "--unlike",
        "--id",
        "--text",
        "--facts",
        "--top",
        "-o",
    },
    "models": set(),
    "export": {"--to", "-o", "--url", "--companies", "--tier", "--top", "--key", "--apply", "--resend", "--loopback"},
    "filters": {"--for", "--field", "--as-of", "-o"},
    "views": {"--team", "-o"},
    "route key": {"--scope", "--rate", "--revoke", "--store", "--by"},
    "route webhook": {"--loopback", "--store", "--by"},
    "route replay": {"--store"},
    "route check": {"--store"},
    "route results": {"--store"},
    "route simulate": {"--policy", "--against", "--history", "--absences", "--accounts", "--profile", "-o"},
    "serve": {"--policy", "--accounts", "--profile", "--host", "--port", "--loopback", "--store"},
    "bakeoff": OF_LEARNING | {"--cutoff", "--segment"},
}


def shown_commands() -> list[tuple[str, str]]:
    """Return each ``idealfit ...`` line of the shell examples, with the document it stands in."""
    found = []
    for document in DOCUMENTS:
        text = document.read_text(encoding="utf-8").replace("\\\n", " ")
        for block in re.findall(r"(?ms)^```(?:sh|bash|shell|console)?\n(.*?)^```", text):
            lines = (line.strip().removeprefix("$ ") for line in block.splitlines())
            found += [(document.name, line) for line in lines if re.match(r"idealfit [a-z-]", line)]
        found += [(document.name, line) for line in re.findall(r"`(idealfit [a-z]+ [^`\n]*)`", text)]
    return found


def test_the_commands_are_the_promised_ones():
    assert set(COMMANDS) == set(PROMISED)
    for name, options in PROMISED.items():
        assert options | {"--json"} <= OPTIONS[name], name


@pytest.mark.parametrize(("document", "line"), shown_commands())
def test_examples_use_commands_and_options_that_exist(document, line):
    words = shlex.split(line.split(" #")[0].split(" | ")[0].split(" && ")[0])
    command = " ".join(words[1:3]) if " ".join(words[1:3]) in COMMANDS else words[1]
    if command in ("--help", "--version", "..."):
        return
    assert command in COMMANDS, f"{document}: there is no command {command!r}: {line}"
    used = {w.partition("=")[0] for w in words[2:] if re.match(r"--?[a-z]", w)}
    assert used <= OPTIONS[command], f"{document}: {command} has no {used - OPTIONS[command]}: {line}"


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_and_option_is_documented(command):
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"(?ms)^## idealfit {command}$(.*?)(?=^## |\Z)", text)
    assert section, f"docs/commands.md has no section on idealfit {command}"
    for option in OPTIONS[command] - {"-h", "--help"}:
        assert f"`{option}" in section[1], f"docs/commands.md, {command}: {option} is not explained"


@pytest.mark.parametrize("command", COMMANDS)
def test_no_option_is_documented_that_is_not_there(command):
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    section = re.search(rf"(?ms)^## idealfit {command}$(.*?)(?=^## |\Z)", text)
    assert section
    explained = set(re.findall(r"`(--[a-z-]+)", section[1]))
    assert explained <= OPTIONS[command], explained - OPTIONS[command]


def test_links_inside_the_documents_lead_somewhere():
    for document in DOCUMENTS:
        for target in re.findall(r"\]\(([^)#\s]+)\)", document.read_text(encoding="utf-8")):
            if "://" not in target:
                assert (document.parent / target).exists(), f"{document.name} links to {target}"


def test_the_public_names_are_the_verbs():
    for name in idealfit.__all__:
        assert getattr(idealfit, name).__doc__, f"idealfit.{name} does not say what comes back"
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for verb in ("learn", "score", "backtest", "report", "diff", "inspect"):
        assert f"idealfit.{verb}(" in text, f"the README does not show idealfit.{verb}"
