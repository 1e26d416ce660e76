"""Measures of ranking against sums done by hand and against scipy and statsmodels."""

from __future__ import annotations

from itertools import permutations

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.proportion import proportion_confint

from idealfit.prove.measures import auc, contest, lift_against, lift_in_top, rate, wilson


def test_auc_counts_pairs():
    # wins at 3 and 1, losses at 2 and 0: 3>2, 3>0, 1>0 and not 1>2
    assert auc([3, 2, 1, 0], [1, 0, 1, 0]) == 3 / 4
    # a tie is half a pair
    assert auc([1, 1], [1, 0]) == 1 / 2


def test_auc_is_the_mann_whitney_statistic_per_pair():
    rng = np.random.default_rng(1)
    scores, won = rng.integers(0, 12, 400), rng.random(400) < 0.3
    u = stats.mannwhitneyu(scores[won], scores[~won]).statistic
    assert auc(scores, won) == pytest.approx(u / (won.sum() * (~won).sum()), abs=1e-12)


def test_strata_are_never_compared_with_each_other():
    # within each stratum every win is above its loss, though the second stratum's scores are all higher
    scores, won = [2, 1, 20, 10], [1, 0, 1, 0]
    assert auc(scores, won, [0, 0, 1, 1]) == 1.0
    assert auc(scores, won) == 3 / 4
    # two pairs in the first stratum (both right), one in the second (wrong)
    assert auc([3, 1, 2, 10, 20], [1, 0, 0, 1, 0], [0, 0, 0, 1, 1]) == pytest.approx(2 / 3)


def test_lift_is_the_mean_over_all_orders_of_the_ties():
    scores, won = np.array([9, 5, 5, 5, 1, 1]), np.array([1, 1, 0, 0, 1, 0])
    found = []
    for order in permutations(range(6)):
        ranked = sorted(order, key=lambda i: -scores[i])  # sorted() is stable: each permutation is an order of the ties
        found.append(won[ranked[:2]].sum() / (2 / 6 * won.sum()))
    assert lift_in_top(scores, won, share=2 / 6) == pytest.approx(np.mean(found))


def test_lift_in_the_top_tenth():
    scores = np.arange(100)
    won = np.zeros(100, dtype=bool)
    won[95:] = True  # five wins, all among the ten best
    won[:5] = True  # and five among the worst
    assert lift_in_top(scores, won) == pytest.approx(0.5 / 0.1)


def test_against_a_market_the_edge_is_set_by_the_market_alone():
    # ten companies of the market at 0 to 9, the top tenth is the one at 9; of four customers three stand there or above
    scores, customer = [*range(10), 9, 12, 30, 2], [0] * 10 + [1] * 4
    assert lift_in_top(scores, customer, among="market") == pytest.approx((3 / 4) / 0.1)


def test_wilson_is_statsmodels():
    for won, n in ((0, 7), (3, 9), (9, 9), (120, 1000)):
        assert wilson(won, n) == pytest.approx(proportion_confint(won, n, method="wilson"), abs=1e-9)


def test_deals_of_one_company_that_go_together_count_once():
    won = [1, 1, 1, 1, 0, 0, 0, 0]
    paired = rate(won, [1, 1, 2, 2, 3, 3, 4, 4])
    # by hand: residual sums are +1 and -1 per company, so the clustered variance is 4/3 x 4 / 64 = 1/12, the
    # binomial one is 0.25 / 8 = 1/32: a design effect of 8/3, which leaves 3 deals
    assert (paired.low, paired.high) == pytest.approx(wilson(1.5, 3))
    assert paired.rate == 0.5
    alone = rate(won, range(8))
    assert (alone.low, alone.high) == pytest.approx(wilson(4, 8))
    # without spread there is no effect to measure: companies are counted
    assert rate([0, 0, 0, 0], [1, 1, 2, 2]).high == pytest.approx(wilson(0, 2)[1])


def test_lift_against_a_market():
    found = lift_against(30, 60, 100, 1000)
    assert found.value == pytest.approx(0.5 / 0.1)
    log_error = np.sqrt(1 / 30.5 - 1 / 60.5 + 1 / 100.5 - 1 / 1000.5)
    centre = (30.5 / 60.5) / (100.5 / 1000.5)
    assert found.low == pytest.approx(centre * np.exp(-1.959964 * log_error), rel=1e-5)
    assert lift_against(3, 60, 0, 1000) is None


def test_bootstrap_of_single_deals_has_the_width_of_delong():
    rng = np.random.default_rng(3)
    won = rng.random(600) < 0.4
    scores = rng.normal(size=600) + won
    found = contest(scores, scores, won, account=np.arange(600), seed=0).first.auc
    # DeLong, DeLong and Clarke-Pearson 1988: variances of the placements
    above = (scores[won][:, None] > scores[~won][None, :]).astype(float)
    variance = above.mean(1).var(ddof=1) / won.sum() + above.mean(0).var(ddof=1) / (~won).sum()
    assert (found.high - found.low) / (2 * 1.959964) == pytest.approx(np.sqrt(variance), rel=0.12)


def test_a_perfect_ranking_of_few_is_not_certain():
    found = contest([5, 4, 3, 2, 1, 0], [0] * 6, [1, 1, 1, 0, 0, 0], account=range(6), seed=0).first.auc
    # Newcombe 2006, method 5: (1 - t)^2 = z^2 t (1 - t) (1 + 2 ((1 - t) / (2 - t) + t / (1 + t))) / 9, solved by hand
    t = found.low
    spread = t * (1 - t) * (1 + 2 * ((1 - t) / (2 - t) + t / (1 + t))) / 9
    assert (1 - t) ** 2 == pytest.approx(1.959964**2 * spread, rel=1e-6)
    assert found.value == found.high == 1.0
    assert 0.3 < t < 0.7
