"""What intervals, resamples and calibration groups do; the numbers themselves are checked in truth/."""

from __future__ import annotations

import numpy as np
import pytest

from idealfit.prove.measures import auc, calibration, contest, lift_in_top
from idealfit.prove.resampling import counts, levels, resampled_counts


def scored(n: int, seed: int = 0, signal: float = 1.0):
    rng = np.random.default_rng(seed)
    won = rng.random(n) < 0.3
    return np.clip(np.round(50 + 15 * (rng.normal(size=n) + signal * won)), 0, 100), won


def test_without_a_pair_there_is_no_auc():
    assert np.isnan(auc([1, 2], [True, True]))
    assert np.isnan(lift_in_top([1, 2], [False, False]))


def test_the_order_of_rows_does_not_matter():
    scores, won = scored(300)
    order = np.random.default_rng(9).permutation(300)
    account = np.arange(300) // 2
    one = contest(scores, scores // 10, won, account=account, seed=4)
    other = contest(scores[order], scores[order] // 10, won[order], account=account[order], seed=4)
    assert one.first.auc.value == pytest.approx(other.first.auc.value)
    assert one.delta_auc.value == pytest.approx(other.delta_auc.value)


def test_the_same_seed_gives_the_same_interval():
    scores, won = scored(200)
    one, two, three = (contest(scores, 0 * scores, won, account=range(200), seed=s) for s in (1, 1, 2))
    assert one == two
    assert one.first.auc.low != three.first.auc.low


def test_differences_are_paired():
    scores, won = scored(400)
    same = contest(scores, scores, won, account=range(400), seed=0)
    assert (same.delta_auc.low, same.delta_auc.high) == (0.0, 0.0)
    # a rival that is nearly the same: the difference is known far better than either
    near = contest(scores, scores + (np.arange(400) % 2), won, account=range(400), seed=0)
    assert near.delta_auc.high - near.delta_auc.low < 0.2 * (near.first.auc.high - near.first.auc.low)


def test_repeated_companies_widen_the_interval():
    scores, won = scored(100, seed=5)
    eightfold = np.repeat(np.arange(100), 8)
    alone = contest(scores[eightfold], scores[eightfold], won[eightfold], account=range(800), seed=0).first.auc
    bound = contest(scores[eightfold], scores[eightfold], won[eightfold], account=eightfold, seed=0).first.auc
    assert bound.high - bound.low > 2 * (alone.high - alone.low)
    once = contest(scores, scores, won, account=range(100), seed=0).first.auc
    assert bound.high - bound.low == pytest.approx(once.high - once.low, rel=0.15)


def test_chance_is_inside_the_interval_of_noise_as_often_as_promised():
    inside = 0
    for seed in range(80):
        scores, won = scored(120, seed=seed, signal=0.0)
        found = contest(scores, scores, won, account=range(120), seed=seed, resamples=300).first.auc
        inside += found.low <= 0.5 <= found.high
    assert 68 <= inside <= 80  # 95 % of 80 is 76; the binomial's central 99.9 % starts at 69, one off for 300 resamples


def test_resamples_keep_the_companies_whole_and_their_number():
    won = np.array([True, False, False, True, False, False])
    account = np.array([7, 7, 8, 9, 10, 10])
    ranking = levels([1, 2, 3, 4, 5, 6])
    wins, losses = next(resampled_counts((ranking,), won, account, seed=0, resamples=200))[0]
    assert (wins[:, 0] == losses[:, 1]).all(), "the two deals of company 7 come together"
    assert (losses[:, 4] == losses[:, 5]).all(), "and those of company 10"
    assert (wins[:, 0] + wins[:, 3] == 2).all(), "two companies that won are drawn, always"
    assert (losses[:, 2] + losses[:, 4] == 2).all(), "and two that never did"
    plain_wins, plain_losses = counts(ranking, won)
    assert plain_wins.tolist() == [[1, 0, 0, 1, 0, 0]]
    assert plain_losses.tolist() == [[0, 1, 1, 0, 1, 1]]


def test_resamples_come_in_chunks_that_add_up():
    scores, won = scored(50)
    ranking = levels(scores)
    drawn = list(resampled_counts((ranking, ranking), won, np.arange(50), seed=0, resamples=37))
    assert sum(len(chunk[0][0]) for chunk in drawn) == 37


def test_like_predictions_are_never_parted():
    predicted = np.repeat([0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7], [40, 3, 3, 40, 3, 3, 40])
    groups = calibration(predicted, np.zeros(len(predicted)), np.arange(len(predicted)))
    assert len(groups) <= 5
    assert sum(g.observed.n for g in groups) == len(predicted)
    for group in groups:
        inside = set(predicted[group.members])
        outside = set(np.delete(predicted, group.members))
        assert not inside & outside
    assert [g.predicted for g in groups] == sorted(g.predicted for g in groups)


def test_nothing_to_calibrate():
    assert calibration([], [], []) == ()
