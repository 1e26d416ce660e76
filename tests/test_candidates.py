"""The tests an attribute offers."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from idealfit.learn.candidates import neighbours, one_sided, sets_by_effect


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
