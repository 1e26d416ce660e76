"""The model behind the rubric, and the test of all attributes together: optima, planted spreads, enumeration."""

from __future__ import annotations

from importlib import import_module
from itertools import permutations

import numpy as np
import pytest
from scipy import optimize, sparse, stats

from idealfit.learn.encoding import Cells, Encoded, Items
from idealfit.learn.history import Attribute
from idealfit.learn.reference import NOTHING_TOLD, reference_model
from idealfit.learn.together import p_of_all

ONE_SPAN = np.zeros(3000, dtype=np.int64)


def category(codes: np.ndarray, kinds: int, name: str = "industry") -> Cells:
    values = tuple(f"kind {i}" for i in range(kinds))
    return Cells(Attribute(name, "category", "firmographic"), codes.astype(np.int32), values=values)


def number(codes: np.ndarray, bands: int) -> Cells:
    edges = tuple(float(i + 1) for i in range(bands - 1))
    return Cells(Attribute("employees", "number", "firmographic"), codes.astype(np.int32), edges=edges)


def drawn(log_odds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    return rng.random(len(log_odds)) < 1 / (1 + np.exp(-log_odds))


@pytest.mark.parametrize("seed", range(3))
def test_effects_are_the_penalised_optimum_at_the_spreads_found(seed):
    rng = np.random.default_rng(seed)
    first, second = rng.integers(0, 5, 800), rng.integers(0, 4, 800)
    won = drawn(-1 + np.linspace(-1, 1, 5)[first] + np.array([0.5, 0, 0, -0.5])[second], rng)
    found = reference_model((category(first, 5), category(second, 4)), won, ONE_SPAN[:800])
    design = np.concatenate([np.ones((800, 1)), np.eye(5)[first], np.eye(4)[second]], axis=1)
    penalty = np.concatenate([[0.0], np.full(5, found.spread[0] ** -2), np.full(4, found.spread[1] ** -2)])

    def loss(beta: np.ndarray) -> float:
        log_odds = design @ beta
        return float((np.logaddexp(0, log_odds) - won * log_odds).sum() + (penalty * beta**2).sum() / 2)

    best = optimize.minimize(loss, np.zeros(10), method="BFGS", options={"gtol": 1e-6}).x
    assert found.log_odds == pytest.approx(design @ best, abs=0.02)


@pytest.mark.parametrize("spread", [0.3, 0.8])
def test_a_planted_spread_is_found_again(spread):
    found = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        code = rng.integers(0, 40, 6000)
        won = drawn(-1 + rng.normal(0, spread, 40)[code], rng)
        found.append(reference_model((category(code, 40),), won, np.zeros(6000, dtype=np.int64)).spread[0])
    assert np.mean(found) == pytest.approx(spread, rel=0.15)


def test_what_tells_nothing_drops_out_and_is_left_out_of_the_sum():
    told = []
    for seed in range(20):
        rng = np.random.default_rng(seed)
        real, noise = rng.integers(0, 4, 3000), rng.integers(0, 20, 3000)
        won = drawn(np.array([-1.5, -0.5, 0.0, 0.5])[real], rng)
        found = reference_model((category(real, 4), category(noise, 20)), won, ONE_SPAN)
        assert found.spread[0] > 0.3
        told.append(found.spread[1])
    assert np.mean(told) < 0.1
    assert min(told) < NOTHING_TOLD


def test_a_trend_over_bands_is_told_more_exactly_than_by_bands_alone():
    rng = np.random.default_rng(1)
    code = rng.integers(0, 15, 1500)
    truth = np.linspace(-1, 1, 15)
    won = drawn(truth[code] - 1, rng)
    smooth = reference_model((number(code, 15),), won, ONE_SPAN[:1500]).effects[0]
    loose = reference_model((category(code, 15),), won, ONE_SPAN[:1500]).effects[0][:15]
    error = [float(((e - truth + truth.mean()) ** 2).mean()) for e in (smooth, loose)]
    assert error[0] < error[1] / 2


def test_items_of_a_list_are_told_apart():
    rng = np.random.default_rng(2)
    holds = rng.random((3000, 6)) < 0.3
    won = drawn(-1 + 1.5 * holds[:, 2] - 1.0 * holds[:, 4], rng)
    tools = Items(
        Attribute("tools", "list", "technographic"),
        tuple("abcdef"),
        sparse.csr_matrix(holds.astype(float)),
        np.ones(3000, dtype=bool),
    )
    effects = reference_model((tools,), won, ONE_SPAN).effects[0]
    assert effects == pytest.approx([0, 0, 1.5, 0, -1.0, 0], abs=0.25)


def test_what_only_moved_with_time_is_no_part_of_the_log_odds():
    rng = np.random.default_rng(3)
    span = np.repeat(np.arange(5), 600)
    flag = rng.integers(0, 2, 3000)
    won = drawn(np.array([-2.0, -1, 0, 1, 2])[span] + 0.8 * flag, rng)
    found = reference_model((category(flag, 2),), won, span)
    per_span = [found.log_odds[span == k].mean() for k in range(5)]
    assert np.ptp(per_span) < 0.1
    assert np.ptp(found.effects[0]) == pytest.approx(0.8, abs=0.25)


def test_an_unknown_adds_nothing():
    rng = np.random.default_rng(4)
    code = rng.integers(-1, 3, 3000)
    won = drawn(np.array([-1.0, 0, 1, 0])[code], rng)
    found = reference_model((category(code, 3),), won, ONE_SPAN)
    base = found.log_odds[code == -1]
    assert np.ptp(base) == 0
    counts = np.bincount(code[code >= 0], minlength=4)
    assert found.effects[0] @ counts == pytest.approx(0, abs=1e-6)


def test_together_by_enumeration_of_every_order_of_the_companies(monkeypatch):
    monkeypatch.setattr(import_module("idealfit.learn.together"), "CLOSE_CALL", 1.0)  # every draw is looked at
    code, won = np.array([0, 0, 0, 1, 1, 1, 2]), np.array([1, 1, 0, 0, 0, 1, 1], dtype=bool)
    other = np.array([0, 1, 0, 1, 0, 1, 0])
    tables: tuple[Encoded, ...] = (category(code, 3), number(other, 2))

    def statistics(order: tuple[int, ...]) -> list[float]:
        surplus = (won - won.mean())[list(order)]
        by_kind = np.bincount(code, weights=surplus)
        # a walk of two bands is one step: the second band's sum, centred
        step = surplus[other == 1].sum() - other.mean() * surplus.sum()
        return [float((by_kind**2).sum()), float(step**2)]

    every = np.array([statistics(order) for order in permutations(range(7))])
    scaled = ((every - every.mean(0)) / every.std(0)).sum(1)
    exact = float((scaled >= scaled[0] - 1e-9).mean())
    p = p_of_all(tables, won, np.zeros(7, dtype=np.int64), np.arange(7), rng=np.random.default_rng(0), draws=4000)
    assert p == pytest.approx(exact, abs=0.025)  # three standard errors


def test_without_effects_the_p_of_all_is_uniform_also_with_several_deals_a_company():
    p = []
    for seed in range(200):
        rng = np.random.default_rng(seed)
        account = rng.integers(0, 80, 160)
        liking = rng.normal(0, 1, 80)  # companies differ, for no reason in their facts
        tables = (category(rng.integers(0, 6, 80)[account], 6), number(rng.integers(0, 8, 80)[account], 8))
        won = drawn(liking[account], rng)
        part = rng.integers(0, 3, 160)
        p.append(p_of_all(tables, won, part, account, rng=rng, draws=99))
    assert stats.kstest(p, "uniform").pvalue > 0.01


def test_many_weak_attributes_are_seen_together():
    seen = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        codes = rng.integers(0, 2, (12, 600))
        won = drawn(-1 + 0.25 * (codes - 0.5).sum(0) * 2, rng)
        tables = tuple(category(code, 2, f"a{i}") for i, code in enumerate(codes))
        seen += p_of_all(tables, won, ONE_SPAN[:600], np.arange(600), rng=rng, draws=199) <= 0.01
    assert seen >= 15
