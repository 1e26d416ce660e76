from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from datetime import date
from pathlib import Path

import duckdb
import pandas as pd
import pytest

import idealfit
from crm_files import CUTOFF, noise, proof
from crm_files import crm as learned_crm
from idealfit import pipeline
from idealfit.cli.arguments import regular
from idealfit.cli.running import main
from idealfit.errors import InputError
from idealfit.profile.document import Profile
from idealfit.profile.wording import phrase
from idealfit.prove.trials import Backtest
from idealfit.tables import RowCount


@pytest.fixture
def crm() -> Path:
    return learned_crm().folder


@pytest.fixture
def learned(monkeypatch):
    """Let `learn` give the profile that was learned before: what is tested is what is shown of it."""

    found = learned_crm().profile

    def at_once(*_: object, progress, **__: object) -> Profile:
        progress("reading deals.csv", 0.0)
        return found

    monkeypatch.setattr(pipeline, "learn", at_once)


@pytest.fixture
def run(capsys, monkeypatch, tmp_path):
    """Return a function that runs a command in an empty folder and gives back code, output and errors."""
    monkeypatch.chdir(tmp_path)

    def command(*typed: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(word) for word in typed])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return command


def refused(result: tuple[int, str, str], *words: str) -> str:
    """Check that bad input was refused in plain lines, and return them."""
    code, out, err = result
    assert code == 2, err
    assert out == ""
    assert "Traceback" not in err
    told = [line for line in err.splitlines() if not line.startswith("...")]
    assert told
    assert all(line.startswith("idealfit: ") for line in told), err
    for word in words:
        assert word in err, err
    return err


def test_help_loads_nothing_heavy():
    code = (
        "import sys\n"
        "from idealfit.cli import main\n"
        "try:\n    main(['--help'])\n"
        "except SystemExit as ended:\n    assert not ended.code, ended\n"
        "heavy = {'pandas', 'numpy', 'ibis', 'duckdb', 'scipy', 'pyarrow', 'pydantic', 'rich'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    for command in ("demo", "inspect", "learn", "score", "backtest", "report", "diff"):
        assert f"\n  {command} " in done.stdout


def test_version(run):
    assert run("--version") == (0, f"idealfit {idealfit.__version__}\n", "")


def test_nothing_typed_shows_the_help(run):
    _, out, err = run()
    assert "Usage: idealfit" in out + err


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("learn d.csv --won A B --lost C", "learn d.csv --won A --won B --lost C"),
        ("learn --won A B d.csv", "learn --won A --won B d.csv"),
        ("learn --won=A B", "learn --won=A B"),
        ("learn d.csv --ignore X Y -o p.yaml", "learn d.csv --ignore X --ignore Y -o p.yaml"),
        ("learn --json d.csv --won A B", "learn --json d.csv --won A --won B"),
        (
            "backtest d.csv --cutoff 2023-01-01 2024-01-01 --json",
            "backtest d.csv --cutoff 2023-01-01 --cutoff 2024-01-01 --json",
        ),
        ("inspect a.csv b.csv", "inspect a.csv b.csv"),
        ("learn --accounts a.csv d.csv --won A B", "learn --accounts a.csv d.csv --won A --won B"),
    ],
)
def test_options_take_several_values(typed, meant):
    assert regular(typed.split()) == meant.split()


def test_learn_tells_what_it_found_and_what_to_do_next(run, crm, learned):
    code, out, err = run("learn", crm / "deals.csv", "--accounts", crm / "accounts.csv", "-o", "mine.yaml")
    assert code == 0
    assert "decided deals" in out
    for line in learned_crm().profile.criteria:
        assert phrase(line.attribute, line.test)[:30] in out
    assert "won " in out
    assert "idealfit score mine.yaml" in out
    assert "--accounts" in out.split("idealfit backtest ")[1], "the next command names the same tables"
    assert Path("mine.yaml").exists()
    assert "... reading deals.csv" in err


def test_learn_tells_which_rows_it_left_out(run, crm, monkeypatch):
    found = learned_crm().profile
    rows = (
        *(RowCount("deals in deals.csv", 60, 60, "rows read"), RowCount("opened by 2024-01-01", 55, 50, "later")),
        RowCount("one row per deal id", 60, 55, "5 rows repeat a deal id with the same outcome"),
        RowCount("never worked", 50, 47, "3 lost deals have no logged contact."),
    )
    with_rows = found.model_copy(update={"learned": found.learned.model_copy(update={"rows": rows})})
    monkeypatch.setattr(pipeline, "learn", lambda *_, **__: with_rows)
    _, out, _ = run("learn", crm / "deals.csv")
    assert "- 5 rows, one row per deal id: 5 rows repeat a deal id" in out
    assert "- 3 rows, never worked: 3 lost deals have no logged contact." in out
    assert "opened by" not in out


def test_per_cent_is_spelled_one_way_everywhere(run, crm, learned):
    _, out, _ = run("learn", crm / "deals.csv")
    told = out + (crm / "profile.yaml").read_text(encoding="utf-8")
    assert re.search(r"\d%", told)
    assert not re.findall(r"\d %", told)


def test_learn_as_json(run, crm, learned):
    code, out, err = run("learn", crm / "deals.csv", "--accounts", crm / "accounts.csv", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["verdict"] == "learned"
    for line in told["criteria"]:
        assert {"attribute", "layer", "test", "points", "verdict"} <= set(line)
        assert isinstance(line["test"], dict)
        assert len(line["test"]) == 1
    assert all(set(entry) == {"column", "reason"} for entry in told["excluded"])
    assert isinstance(told["warnings"], list)
    assert told["profile"] == "profile.yaml"


def test_no_reliable_pattern_is_a_finding_and_not_an_error(run, crm, monkeypatch):
    found = noise().profile
    monkeypatch.setattr(pipeline, "learn", lambda *_, **__: found)
    code, out, _ = run("learn", crm / "deals.csv", "--json")
    assert code == 1
    assert json.loads(out)["verdict"] == "no reliable pattern"
    code, out, _ = run("learn", crm / "deals.csv")
    assert code == 1
    assert "No reliable pattern" in out
    assert Path("profile.yaml").exists()
    assert "idealfit score" not in out, "there is nothing to rank by"


def test_score_tells_tiers_and_the_best(run, crm):
    code, out, _ = run("score", crm / "profile.yaml", crm / "companies.csv", "-o", "scores.parquet")
    assert code == 0
    assert "200 companies scored" in out
    assert "scores.parquet" in out
    assert len(pd.read_parquet("scores.parquet")) == 200


def test_score_as_json(run, crm):
    code, out, err = run("score", crm / "profile.yaml", crm / "companies.csv", "--id", "Domain", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["rows"] == sum(told["tiers"].values()) == 200
    assert told["best"][0]["id"].endswith(".net")
    assert told["scores"] == "scores.csv"


def test_a_missing_column_is_said_once(run, crm):
    pd.read_csv(crm / "companies.csv").drop(columns=["Tools"]).to_csv("half.csv", index=False)
    code, out, _ = run("score", crm / "profile.yaml", "half.csv")
    assert code == 0
    assert out.count("Not in this table") == 1
    assert "Tools" in out


def test_formulas_do_not_leave_in_a_csv(run, crm):
    hostile = pd.read_csv(crm / "companies.csv")
    hostile.loc[0, "Account ID"] = '=HYPERLINK("http://x.example","y")'
    hostile.to_csv("hostile.csv", index=False)
    code, out, _ = run("score", crm / "profile.yaml", "hostile.csv", "--id", "Account ID")
    assert code == 0
    cells = pd.read_csv("scores.csv")["id"]
    assert not cells.str.match(r"[=+\-@]").any()
    assert cells.str.startswith("'=HYPERLINK").sum() == 1
    assert "\x1b" not in out


def test_markup_in_cells_is_shown_as_it_stands(run, tmp_path):
    pd.DataFrame({"[red]Stage[/red]": ["Won", "Lost"], "Tool": ["[bold]x", "\x1b[31my"]}).to_csv("d.csv", index=False)
    code, out, _ = run("inspect", "d.csv")
    assert code == 0
    assert "[red]Stage[/red]" in out
    assert "\x1b" not in out


def test_backtest_shows_and_writes_the_proof(run, crm, monkeypatch):
    found, days = proof(), []

    def at_once(*_: object, cutoffs, **__: object) -> Backtest:
        days.extend(cutoffs)
        return found

    monkeypatch.setattr(pipeline, "backtest", at_once)
    typed = ("backtest", crm / "deals.csv", "--cutoff", "2022-06-30", CUTOFF, "-o", "proof.json")
    code, out, _ = run(*typed)
    assert code == 0
    assert days == [date(2022, 6, 30), date.fromisoformat(CUTOFF)]
    assert f"as of {CUTOFF}" in out
    assert "AUC" in out
    assert json.loads(run(*typed, "--json")[1]) == json.loads(Path("proof.json").read_text(encoding="utf-8"))
    code, out, _ = run("report", crm / "profile.yaml", "--backtest", "proof.json", "-o", "page.html")
    assert code == 0
    assert "page.html" in out
    assert Path("page.html").stat().st_size > 10_000


def test_inspect_shows_every_column(run, crm):
    code, out, _ = run("inspect", crm / "deals.csv", crm / "accounts.csv")
    assert code == 0
    for column in ("Stage", "Create Date", "Employees", "Tools"):
        assert column in out
    told = json.loads(run("inspect", crm / "deals.csv", "--json")[1])
    assert {c["heading"]: c["understood as"] for c in told["tables"][0]["columns"]}["Stage"] == "outcome"


def test_inspect_shows_a_table_with_spoilt_cells_and_says_what_learn_would_refuse(run):
    rows = [f"{'Won' if n % 3 else 'Lost'},{n},2024-01-{n % 28 + 1:02d},€{n}0" for n in range(60)]
    rows[7], rows[9] = "Won,lots,2024-01-08,€70", "Won,9,2024-02-31,$90"
    Path("deals.csv").write_text("\n".join(["Stage,Employees,Create Date,Amount", *rows]), encoding="utf-8")
    code, out, _ = run("inspect", "deals.csv")
    assert code == 1
    told = " ".join(out.split())
    assert "Employees attribute, firmographic number" in told
    assert "deals.csv:9: this cell of column 'Employees' is no number" in told
    assert "deals.csv:11: this cell of column 'Create Date' is no date, as the others are, found '2024-02-31'" in told
    assert "the amounts of column 'Amount' are in several currencies" in told
    code, out, _ = run("inspect", "deals.csv", "--json")
    assert code == 1
    assert len(json.loads(out)["tables"][0]["mistakes"]) == 3
    refused(run("learn", "deals.csv"), "deals.csv:9", "deals.csv:11", "several currencies")


def test_diff_says_what_changed(run, crm):
    assert "same" in run("diff", crm / "profile.yaml", crm / "profile.yaml")[1]
    old = learned_crm().profile
    fewer = old.model_copy(update={"criteria": old.criteria[1:]})
    idealfit.save_profile(fewer, "other.yaml")
    code, out, _ = run("diff", crm / "profile.yaml", "other.yaml")
    assert code == 0
    assert old.criteria[0].attribute in out
    assert json.loads(run("diff", crm / "profile.yaml", "other.yaml", "--json")[1])["changes"]


def test_missing_files_are_all_named_before_anything_heavy_is_loaded(tmp_path):
    (tmp_path / "deals.csv").write_text("Stage,Size\nWon,3\n", encoding="utf-8")
    for typed in (
        ["learn", "deal.csv", "--accounts", "nix.csv", "--map", "no.toml"],
        ["score", "no.yaml", "nix.csv"],
        ["report", "no.yaml", "--backtest", "no.json"],
        ["diff", "no.yaml", "nix.yaml"],
        ["inspect", ".", "nix.csv"],
    ):
        code = (
            f"import sys\nfrom idealfit.cli import main\ntry:\n    main({typed})\nexcept SystemExit as ended:\n"
            "    assert ended.code == 2, ended\nassert not {'pandas', 'numpy', 'ibis', 'duckdb'} & set(sys.modules)\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        absent = [word for word in typed if word.startswith(("deal.", "nix", "no", "."))]
        assert sorted(line.split(": ")[1] for line in done.stderr.splitlines()) == sorted(absent)
        assert ("Did you mean 'deals.csv'" in done.stderr) == ("deal.csv" in typed)


def test_what_cannot_be_written_is_refused_before_the_work(run, crm, monkeypatch):
    monkeypatch.setattr(pipeline, "learn", lambda *_, **__: pytest.fail("it worked first"))
    refused(run("learn", crm / "deals.csv", "-o", "nowhere/profile.yaml"), "no such folder", "nowhere")
    refused(run("learn", crm / "deals.csv", "-o", "."), "folder")
    Path("profile.yaml").write_text("a: [broken", encoding="utf-8")
    refused(run("learn", crm / "deals.csv"), "profile.yaml")
    assert Path("profile.yaml").read_text(encoding="utf-8") == "a: [broken"


@pytest.mark.parametrize(
    "typed",
    [
        ("learn", "deals.csv"),
        ("learn", "./deals.csv"),
        ("learn", "link.csv"),
        ("learn", "deals.csv::Deals"),
        ("learn", "duckdb://deals.csv::deals"),
        ("learn", "other.csv", "--accounts", "deals.csv"),
        ("learn", "other.csv", "--customers", "deals.csv"),
        ("learn", "other.csv", "--market", "deals.csv"),
        ("learn", "other.csv", "--map", "deals.csv"),
        ("backtest", "deals.csv"),
        ("backtest", "other.csv", "--accounts", "deals.csv"),
        ("score", "deals.csv", "other.csv"),
        ("score", "other.csv", "deals.csv"),
        ("score", "other.csv", "other.csv", "--map", "deals.csv"),
        ("report", "deals.csv"),
        ("report", "other.csv", "--backtest", "deals.csv"),
    ],
)
def test_no_command_writes_onto_what_it_reads(typed, run):
    Path("deals.csv").write_text("mine", encoding="utf-8")
    Path("other.csv").write_text("other", encoding="utf-8")
    Path("link.csv").symlink_to("deals.csv")
    told = refused(run(*typed, "-o", "deals.csv"), "deals.csv: this is an input too", "Name another file with -o.")
    assert "..." not in told
    assert Path("deals.csv").read_text(encoding="utf-8") == "mine"
    refused(run(*typed, "-o", Path("link.csv").absolute()), "this is an input too")


def test_learning_again_onto_a_profile_is_no_clash(run, crm, learned):
    for _ in range(2):
        assert run("learn", crm / "deals.csv", "-o", "profile.yaml")[0] == 0


@pytest.mark.parametrize("content", ["plan: b", '{"mine": 1}', "[" * 100_000, "<html>"])
def test_a_file_of_another_kind_is_not_replaced(content, run, crm):
    Path("notes.txt").write_text(content, encoding="utf-8")
    refused(run("report", crm / "profile.yaml", "-o", "notes.txt"), "notes.txt", "is not a report", "-o")
    refused(run("backtest", crm / "deals.csv", "-o", "notes.txt"), "notes.txt", "is not a backtest", "-o")
    assert Path("notes.txt").read_text(encoding="utf-8") == content


def test_what_a_command_wrote_it_replaces(run, crm, monkeypatch):
    monkeypatch.setattr(pipeline, "backtest", lambda *_, **__: proof())
    Path("report.html").touch()
    for _ in range(2):
        assert run("report", crm / "profile.yaml")[0] == 0
        assert run("backtest", crm / "deals.csv")[0] == 0


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there are no such devices here")
def test_devices_and_pipes_are_neither_written_nor_read(run, crm, monkeypatch):
    monkeypatch.setattr(pipeline, "learn", lambda *_, **__: pytest.fail("it worked first"))
    os.mkfifo("pipe.yaml")
    for output in ("/dev/full", "/dev/zero", "/dev/stdout", "pipe.yaml"):
        refused(run("learn", crm / "deals.csv", "-o", output), output, "not a regular file", "-o")
        refused(run("report", crm / "profile.yaml", "-o", output), output, "not a regular file", "-o")
        refused(run("score", crm / "profile.yaml", crm / "companies.csv", "-o", output), output, "not a regular file")
    for endless in ("/dev/zero", "pipe.yaml"):
        refused(run("inspect", endless), endless, "not a regular file")
        refused(run("report", endless), endless, "not a regular file")
        refused(run("report", crm / "profile.yaml", "--backtest", endless), endless, "not a file")


def test_a_failed_command_leaves_the_old_file(run, crm):
    Path("scores.csv").write_text("mine", encoding="utf-8")
    Path("broken.csv").write_text("", encoding="utf-8")
    refused(run("score", crm / "profile.yaml", "broken.csv"))
    assert Path("scores.csv").read_text(encoding="utf-8") == "mine"
    assert sorted(p.name for p in Path().iterdir()) == ["broken.csv", "scores.csv"]


BAD_DEALS = {
    "empty": ("", ["empty"]),
    "header only": ("Stage,Size\n", ["no rows"]),
    "no outcome": ("Size,Place\n3,A\n4,B\n", ["--outcome"]),
    "one outcome": ("Stage,Size\nWon,3\nWon,4\nWon,9\n", ["lost"]),
    "strange outcomes": ("Stage,Size\nhooray,3\nalas,4\n", ["hooray", "--won"]),
    "not text": ("\x00\x01\x02\x03" * 50, []),
    "contradictory": ("Deal ID,Stage,Size\n1,Won,3\n1,Lost,3\n2,Won,4\n3,Lost,5\n", ["1"]),
}


@pytest.mark.parametrize("what", BAD_DEALS)
def test_bad_deals_are_refused_in_one_line_each(what, run):
    content, words = BAD_DEALS[what]
    Path("deals.csv").write_text(content, encoding="utf-8")
    refused(run("learn", "deals.csv"), "deals.csv", *words)
    assert not Path("profile.yaml").exists()


BAD_PROFILES = {
    "unknown key": ("idealfit: 2\nname: X\nverdict: learned\ncriterria: []\n", ["p.yaml:4", "criteria"]),
    "newer": ("idealfit: 999\nname: X\n", ["999"]),
    "not a profile": ("hello\n", ["p.yaml"]),
    "code": ("!!python/object/apply:os.system ['true']\n", ["p.yaml"]),
}


@pytest.mark.parametrize("what", BAD_PROFILES)
def test_bad_profiles_are_refused_with_their_lines(what, run, crm):
    content, words = BAD_PROFILES[what]
    Path("p.yaml").write_text(content, encoding="utf-8")
    refused(run("score", "p.yaml", crm / "companies.csv"), *words)
    refused(run("report", "p.yaml"), *words)
    refused(run("diff", "p.yaml", crm / "profile.yaml"), *words)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (("learn", "absent.csv"), ["absent.csv", "no such file"]),
        (("score", "absent.yaml", "absent.csv"), ["absent.yaml"]),
        (("report", "absent.yaml"), ["absent.yaml"]),
        (("learn", "deals.csv", "--as-of", "soon"), ["--as-of", "soon", "2024-06-30"]),
        (("backtest", "deals.csv", "--cutoff", "soon"), ["--cutoff", "soon"]),
        (("learn", "deals.csv", "--outcome", "Stagge"), ["Stagge", "Stage"]),
        (("learn", "deals.csv", "--map", "absent.toml"), ["absent.toml"]),
    ],
)
def test_mistyped_arguments_are_refused(typed, words, run, crm):
    Path("deals.csv").write_bytes((crm / "deals.csv").read_bytes())
    refused(run(*typed), *words)


@pytest.mark.parametrize(
    "typed", [("learn",), ("learn", "d.csv", "--seeed", "1"), ("lern", "d.csv"), ("learn", "d.csv", "--seed", "x")]
)
def test_what_no_command_takes_is_a_usage_error(typed, run):
    code, out, err = run(*typed)
    assert code == 2
    assert "Traceback" not in out + err
    assert "--help" in err or "Usage" in err


def test_errors_are_json_too_where_that_was_asked_for(run):
    code, out, err = run("learn", "absent.csv", "--json")
    assert code == 2
    (mistake,) = json.loads(out)["errors"]
    assert mistake["where"] == "absent.csv"
    assert err.startswith("idealfit: absent.csv")


def test_a_bug_shows_no_traceback_but_says_how_to_get_one(run, crm, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise ZeroDivisionError("division\nby zero")

    monkeypatch.setattr(pipeline, "learn", broken)
    code, out, err = run("learn", crm / "deals.csv")
    assert (code, out) == (70, "")
    assert "a bug in the program: ZeroDivisionError: division by zero" in err
    assert "IDEALFIT_TRACEBACK=1" in err
    assert "Traceback" not in err
    monkeypatch.setenv("IDEALFIT_TRACEBACK", "1")
    with pytest.raises(ZeroDivisionError):
        main(["learn", str(crm / "deals.csv")])


def nested(inner: BaseException) -> Exception:
    """Return an error that was raised while another was handled."""
    outer = InputError("the query engine refused")
    outer.__context__ = inner
    return outer


@pytest.mark.parametrize(
    "raised",
    [
        KeyboardInterrupt(),
        RuntimeError("Query interrupted"),
        duckdb.InterruptException("INTERRUPT Error: Interrupted!"),
        nested(KeyboardInterrupt()),
        nested(nested(RuntimeError("Query interrupted"))),
    ],
)
def test_an_interrupt_is_told_in_one_line(raised, run, crm, monkeypatch):
    def broken_off(*_: object, **__: object) -> None:
        raise raised

    monkeypatch.setattr(pipeline, "learn", broken_off)
    assert run("learn", crm / "deals.csv") == (130, "", "stopped; nothing was written\n")


def test_a_mistake_that_only_speaks_of_interrupts_is_a_mistake(run, crm, monkeypatch):
    def broken(*_: object, **__: object) -> None:
        raise InputError("found 'Query interrupted'")

    monkeypatch.setattr(pipeline, "learn", broken)
    refused(run("learn", crm / "deals.csv"), "found 'Query interrupted'")


def test_a_usage_error_is_json_too_where_that_was_asked_for(run):
    code, out, err = run("learn", "d.csv", "--seeed", "1", "--json")
    assert code == 2
    (mistake,) = json.loads(out)["errors"]
    assert "--seeed" in mistake["what"]
    assert "--seeed" in err


def test_no_cell_can_steer_the_terminal(run, crm, monkeypatch):
    found = learned_crm().profile
    hostile = found.model_copy(update={"definition": "Companies \x1b[2J\x9b31m gone", "name": "\x1b]0;x\x07"})
    monkeypatch.setattr(pipeline, "learn", lambda *_, **__: hostile)
    monkeypatch.setattr(pipeline, "save_profile", lambda profile, _: profile)
    code, out, _ = run("learn", crm / "deals.csv")
    assert code == 0
    assert "Companies  [2J 31m gone" in out
    assert not {"\x1b", "\x9b", "\x07"} & set(out)
