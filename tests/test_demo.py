"""The packaged demonstration: what its tables promise, and that the whole job runs on them."""

from __future__ import annotations

import importlib.util
import json
import os
import re
from importlib import resources
from pathlib import Path

import pandas as pd
import pytest

from idealfit.demo.whole_job import Demonstration, whole_job
from idealfit.profile import files

ROOT = Path(__file__).resolve().parents[1]
DATA = resources.files("idealfit.demo") / "data"
LAST_DAY = pd.Timestamp("2013-10-01")

FACTS = {
    "Account ID", "Account Name", "Industry", "State", "Region", "Founded On", "First Round On", "Last Round On",
    "Last Round Type", "Last Round USD", "Rounds So Far", "Raised So Far USD",
}  # fmt: skip


def table(name: str) -> pd.DataFrame:
    with resources.as_file(DATA / f"{name}.csv") as path:
        found = pd.read_csv(
            path, dtype={"Account ID": str, "Opportunity ID": str}, keep_default_na=False, na_values=[""]
        )
    for column in found.columns:
        if column.endswith((" On", " Date", " Since")):
            found[column] = pd.to_datetime(found[column])
    return found


@pytest.fixture(scope="module")
def deals() -> pd.DataFrame:
    return table("deals")


@pytest.fixture(scope="module")
def accounts() -> pd.DataFrame:
    return table("accounts")


def test_it_is_small_and_says_whose_data_it_is():
    sizes = {entry.name: len(entry.read_bytes()) for entry in DATA.iterdir()}
    assert set(sizes) == {"deals.csv", "accounts.csv", "customers.csv", "market.csv"}
    assert sum(sizes.values()) < 3_000_000
    attribution = (resources.files("idealfit.demo") / "ATTRIBUTION.md").read_text(encoding="utf-8")
    assert "https://www.crunchbase.com" in attribution
    assert "CC BY" in attribution


def test_accounts_and_market_hold_facts_and_nothing_as_of_later(accounts):
    assert set(accounts) == FACTS | {"Known On"}
    assert set(table("market")) == FACTS


def test_every_fact_was_known_on_the_day_it_is_dated(accounts):
    for day in ("First Round On", "Last Round On", "Founded On"):
        assert not (accounts[day] > accounts["Known On"]).any(), day
    by_company = accounts.sort_values("Known On").groupby("Account ID")
    assert by_company["Rounds So Far"].is_monotonic_increasing.all()
    assert (by_company["Raised So Far USD"].apply(lambda s: s.dropna().is_monotonic_increasing)).all()


def test_each_call_follows_the_calendar_rule_and_knows_only_the_last_round(deals, accounts):
    newest = pd.merge_asof(
        deals.sort_values("Created Date"),
        accounts[["Account ID", "Known On", "Last Round On"]].sort_values("Known On"),
        left_on="Created Date",
        right_on="Known On",
        by="Account ID",
    )
    assert newest["Last Round On"].notna().all()
    first_call = newest["Last Round On"] + pd.DateOffset(months=6)
    allowed = [first_call + pd.DateOffset(months=12 * call) for call in range(4)]
    assert (pd.concat([newest["Created Date"] == day for day in allowed], axis=1).any(axis=1)).all()


def test_won_means_another_round_within_twelve_months(deals, accounts):
    won = deals[deals["Stage"] == "Closed Won"]
    announced = set(zip(accounts["Account ID"], accounts["Known On"], strict=True))
    assert all(pair in announced for pair in zip(won["Account ID"], won["Close Date"], strict=True))
    assert (won["Close Date"] > won["Created Date"]).all()
    assert (won["Close Date"] <= won["Created Date"] + pd.DateOffset(months=12)).all()


def test_lost_means_that_nothing_was_announced_in_between(deals, accounts):
    lost = deals[deals["Stage"] == "Closed Lost"]
    rounds = lost.merge(accounts[["Account ID", "Known On"]], on="Account ID")
    between = (rounds["Known On"] > rounds["Created Date"]) & (rounds["Known On"] <= rounds["Close Date"])
    assert not between.any()
    assert lost["Amount"].isna().all()


def test_open_means_that_the_window_was_not_over(deals):
    pending = deals[deals["Stage"] == "Open"]
    assert pending["Close Date"].isna().all()
    assert (pending["Created Date"] + pd.DateOffset(months=12) > LAST_DAY).all()
    decided = deals[deals["Stage"] != "Open"]
    assert (decided["Created Date"] + pd.DateOffset(months=12) <= LAST_DAY).all(), "early wins without their losses"
    assert (deals["Close Date"].dropna() <= LAST_DAY).all()


def test_calls_of_one_company_never_overlap(deals):
    in_order = deals.sort_values(["Account ID", "Created Date"])
    previous = in_order.groupby("Account ID")["Close Date"].shift()
    assert previous.notna().sum() > 1000
    assert not (in_order["Created Date"] < previous).any()


def test_the_market_was_never_called(deals):
    assert not set(table("market")["Account ID"]) & set(deals["Account ID"])


def test_customers_were_won_before_they_grew_or_left(deals):
    customers = table("customers").set_index("Account ID")
    first_win = deals[deals["Stage"] == "Closed Won"].groupby("Account ID")["Close Date"].min()
    pd.testing.assert_series_equal(customers["Customer Since"], first_win, check_names=False, check_dtype=False)
    assert not (customers["Expanded On"] <= customers["Customer Since"]).any()
    assert not (customers["Churned On"] < customers["Customer Since"]).any()


def test_the_builder_makes_these_very_files(tmp_path, monkeypatch):
    folder = os.environ.get("CRUNCHBASE_2013")
    if not folder:
        pytest.skip("set CRUNCHBASE_2013 to the folder with the three source tables to rebuild the data")
    builder = tool("make_demo_data")
    monkeypatch.setattr(builder, "DATA", tmp_path)
    builder.main(Path(folder))
    for entry in DATA.iterdir():
        assert (tmp_path / entry.name).read_bytes() == entry.read_bytes(), entry.name


@pytest.fixture(scope="module")
def shown(tmp_path_factory) -> Demonstration:
    return whole_job(tmp_path_factory.mktemp("demo") / "out")


def test_the_whole_job_runs_and_leaves_its_files(shown):
    assert set(shown.files) == {"deals", "accounts", "customers", "market", "profile", "scores", "backtest", "report"}
    assert all(Path(path).stat().st_size for path in shown.files.values())
    assert files.load(shown.files["profile"]) == shown.profile
    assert json.loads(Path(shown.files["backtest"]).read_text(encoding="utf-8"))["kind"] == "forward in time"
    assert len(pd.read_csv(shown.files["scores"])) == len(table("market"))


def test_it_learns_what_the_data_holds(shown):
    assert shown.profile.verdict == "learned"
    assert {c.evidence.verdict for c in shown.profile.criteria} <= {"supported", "suggestive"}
    assert shown.profile.learned
    assert shown.profile.learned.open > 2000
    assert shown.backtest.answer == "ranks better than chance"


def test_the_outcome_is_not_learned_from_itself(shown):
    learned = {c.attribute for c in shown.profile.criteria}
    assert not learned & {"Amount", "Close Date", "Stage", "Opportunity ID", "Account ID", "Account Name"}
    assert shown.backtest.pooled.auc
    assert shown.backtest.pooled.auc.value < 0.8, "far above what the facts of the day can tell: look for a leak"


def tool(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / "tools" / f"{name}.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_readme_shows_what_the_program_prints(shown):
    """Counts to the digit; measures within what another processor's arithmetic may move."""
    in_readme = tool("demo_in_readme")
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    block = readme.partition(in_readme.START)[2].partition(in_readme.END)[0].strip()
    printed = in_readme.excerpt(shown)
    renew = "renew it: python tools/demo_in_readme.py"
    assert block.splitlines()[:3] == printed.splitlines()[:3], renew
    assert headings(block) == headings(printed), renew
    strayed = [c.attribute for c in shown.profile.criteria if c.attribute.removesuffix(" On") not in block]
    assert len(strayed) <= 1, f"the README does not show {strayed}; {renew}"
    assert pooled_auc(block) == pytest.approx(pooled_auc(printed), abs=0.015), renew


def headings(block: str) -> list[str]:
    return [line for line in block.splitlines() if line and not line.startswith(" ")][2:5]


def pooled_auc(block: str) -> float:
    found = re.search(r"together\s.*?% +([0-9.]+) \(", block)
    assert found, block
    return float(found[1])
