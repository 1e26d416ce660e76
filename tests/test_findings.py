"""What was found besides the rubric: each attribute once, and in the right drawer."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.encoding import encoded
from idealfit.learn.findings import MOST_TOLD, found_besides, notable_among_best, without_winners
from idealfit.learn.patterns import Scan
from quiet import past_of


def scan_of(facts: dict[str, np.ndarray], won: np.ndarray, smallest: int = 5) -> Scan:
    past = past_of(pd.DataFrame({k: pd.Series(v, dtype=object) for k, v in facts.items()}), won)
    table = encoded(past.facts, past.attributes, smallest)
    return Scan(table, won, np.arange(len(won)) % 3, past.account, rng=np.random.default_rng(0))


@pytest.fixture(scope="module")
def scan() -> Scan:
    rng = np.random.default_rng(0)
    strong = rng.random(3000) < 0.5
    won = rng.random(3000) < np.where(strong, 0.5, 0.2)
    rare = np.full(3000, "no")
    rare[np.flatnonzero(won)[:2]] = rare[np.flatnonzero(~won)[:4]] = "yes"
    return scan_of(
        {"b strong": np.where(strong, "yes", "no"), "b even": rng.choice(["yes", "no"], 3000), "b rare": rare}, won
    )


def test_every_attribute_is_in_one_drawer(scan):
    besides = found_besides(scan, (), against_market=False)
    assert [f.attribute for f in besides.also_seen] == ["b strong"]
    assert [f.attribute for f in besides.not_defining] == ["b even"]
    assert [f.attribute for f in besides.too_little_data] == ["b rare"]
    assert besides.also_seen[0].evidence.verdict == "supported"
    assert besides.too_little_data[0].evidence.more_deals_needed > 0


def test_what_is_in_the_rubric_is_not_told_again(scan):
    besides = found_besides(scan, {"b strong"}, against_market=False)
    assert besides.also_seen == ()
    assert len(besides.not_defining) == 1


def test_no_drawer_holds_more_than_a_dozen():
    rng = np.random.default_rng(1)
    facts = {f"b{i}": rng.choice(["yes", "no"], 2000) for i in range(20)}
    besides = found_besides(scan_of(facts, rng.random(2000) < 0.5), (), against_market=False)
    assert len(besides.not_defining) == MOST_TOLD


def test_a_value_that_never_won_disqualifies_only_where_it_is_certain():
    values = np.array(["never"] * 100 + ["hardly"] * 25 + ["often"] * 400)
    won = np.concatenate([np.zeros(125, dtype=bool), np.arange(400) % 2 == 0])
    order = np.random.default_rng(2).permutation(525)
    findings, rules = without_winners(scan_of({"c": values[order]}, won[order]), won)
    assert {f.test.is_: f.evidence.inside.n for f in findings} == {"never": 100, "hardly": 25}
    # 0 of 100 leaves at most 3 %, 0 of 25 at most 11 %: only the first is under a quarter of the base rate of 38 %
    assert [r.test.is_ for r in rules] == ["never"]
    assert rules[0].evidence.inside.high == pytest.approx(1 - 0.05 ** (1 / 100))
    assert all(f.layer == "negative" for f in findings)


def test_what_most_best_customers_share_is_said_if_the_others_do_not():
    rng = np.random.default_rng(3)
    best = np.arange(600) < 60
    own = np.where(best, rng.random(600) < 0.9, rng.random(600) < 0.3)
    won = best | (rng.random(600) < 0.3)
    told = notable_among_best(scan_of({"b own": np.where(own, "yes", "no")}, won), best)
    assert len(told) == 1
    assert "own" in told[0]
    share, others = (100 * own[side].mean() for side in (best, ~best))
    assert f"{share:.0f}%" in told[0]
    assert f"{others:.0f}%" in told[0]
    assert notable_among_best(scan_of({"b own": np.where(own, "yes", "no")}, won), None) == ()
    few = np.arange(600) < 4
    assert notable_among_best(scan_of({"b own": np.where(own, "yes", "no")}, won), few) == ()
