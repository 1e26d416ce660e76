"""The tests an attribute offers, and what each would add, against sums over rows."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from scipy import sparse

from idealfit.learn.candidates import RIDGE, Binned, Line, gains, neighbours, one_sided, sets_by_effect
from idealfit.learn.encoding import Cells, Encoded, Items
from idealfit.learn.history import Attribute


@pytest.mark.parametrize("size", [2, 5, 20])
def test_runs_are_all_neighbours_but_the_whole(size):
    table = neighbours(size)
    assert len(table) == size * (size + 1) // 2 - 1
    assert len({tuple(row) for row in table}) == len(table)
    assert (np.abs(np.diff(table.astype(int), axis=1)).sum(1) <= 2).all()
    assert not table.all(1).any()
    assert table.any(1).all()


def test_a_date_can_only_be_recent_or_long_ago():
    assert len(one_sided(5)) == 8
    assert all(row[0] or row[-1] for row in one_sided(5))


def test_the_best_set_of_values_is_among_those_offered():
    rng = np.random.default_rng(0)
    n = rng.integers(20, 40, 11).astype(float)
    won = rng.binomial(n.astype(int), np.where(np.arange(11) < 2, 0.05, 0.6)).astype(float)  # two are bad, nine alike
    surplus = won - n * won.sum() / n.sum()

    def z_squared(cells) -> float:
        inside = n[list(cells)].sum()
        return float(surplus[list(cells)].sum() ** 2 / (inside * (n.sum() - inside)))

    best = max((c for k in range(1, 11) for c in combinations(range(11), k)), key=z_squared)
    told = sets_by_effect(surplus / n, 11)
    assert max(z_squared(np.flatnonzero(t)) for t in told) == pytest.approx(z_squared(best))


def test_the_rare_rest_is_in_no_set():
    assert not sets_by_effect(np.array([0.1, -0.2, 0.3, 9.0]), 3)[:, 3].any()


def attribute_of(kind: str, rng: np.random.Generator, rows: int) -> Encoded:
    if kind == "list":
        known = rng.random(rows) < 0.8
        holds = sparse.csr_matrix(((rng.random((rows, 4)) < 0.3) & known[:, None]).astype(float))
        return Items(Attribute("it", "list", "technographic"), ("a", "b", "c", "d"), holds, known)
    codes = rng.integers(-1, 4, rows).astype(np.int32)
    if kind == "number":
        return Cells(Attribute("it", "number", "firmographic"), codes, edges=(1.0, 2.0, 3.0))
    return Cells(Attribute("it", "category", "firmographic"), codes, values=("a", "b", "c"))


@pytest.mark.parametrize("kind", ["number", "category", "list"])
def test_a_steps_gain_is_that_of_rows_summed_one_by_one(kind):
    rng = np.random.default_rng(7)
    rows, parts = 300, 3
    source, part = attribute_of(kind, rng, rows), rng.integers(0, parts, rows)
    chance = rng.random(rows) * 0.8 + 0.1
    residual, variance = (rng.random(rows) < chance) - chance, chance * (1 - chance)
    found = gains(Binned.of(source, part, parts), residual, variance)
    for row, test in enumerate(found.tests):
        states = Line(0, tuple(np.flatnonzero(test))).states((source,))
        share = (states == 1).sum() / (states != 2).sum()
        z = np.array([0.0, 1.0, share])[states]
        z = z - (variance * z).sum() / variance.sum()
        g = np.array([(residual * z)[part == k].sum() for k in range(parts)])
        h = np.array([(variance * z * z)[part == k].sum() for k in range(parts)])
        step = (g.sum() - g) / (h.sum() - h + RIDGE)
        assert found.weight[row] == pytest.approx(g.sum() / (h.sum() + RIDGE))
        assert found.held_out[row] == pytest.approx((2 * step * g - step**2 * h).sum())


def test_choosing_among_many_tests_in_noise_earns_nothing_on_average():
    rng = np.random.default_rng(8)
    rows, found = 200, []
    for _ in range(200):
        source = Cells(
            Attribute("it", "number", "firmographic"), rng.integers(0, 20, rows).astype(np.int32), tuple(range(19))
        )
        won = rng.random(rows) < 0.3
        binned = Binned.of(source, rng.integers(0, 5, rows), 5)
        found.append(gains(binned, won - won.mean(), np.full(rows, 0.21)).worth)
    assert np.mean(found) < 0


def test_a_pattern_in_one_span_of_time_only_is_worth_less_than_one_in_all():
    rng = np.random.default_rng(9)
    part = np.repeat(np.arange(5), 80)
    code = rng.integers(0, 2, 400).astype(np.int32)
    source = Cells(Attribute("it", "number", "firmographic"), code, edges=(1.0,))
    steady, once = np.zeros(400), np.zeros(400)
    steady[code == 1] = 0.1
    once[(code == 1) & (part == 2)] = 0.5
    worth = [gains(Binned.of(source, part, 5), r - r.mean(), np.full(400, 0.21)) for r in (steady, once)]
    assert worth[0].worth > 0 > worth[1].worth
