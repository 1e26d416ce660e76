"""Intervals, p-values and fits against statsmodels and scipy, sums by hand and plain enumeration."""

from __future__ import annotations

from itertools import combinations, permutations, product

import numpy as np
import pytest
import statsmodels.api as sm
from scipy import optimize, sparse, stats
from statsmodels.stats.contingency_tables import StratifiedTable
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

from idealfit.learn.calibration import HeldOut, auc, fit_bands
from idealfit.learn.encoding import Cells, Items
from idealfit.learn.evidence import deals_needed, difference, exact_upper, rate, ratio, shrunk_rate, wilson
from idealfit.learn.fitting import RIDGE, Grouped, concordance, fitted
from idealfit.learn.history import Attribute
from idealfit.learn.patterns import benjamini_hochberg, error_shares, intraclass_correlation
from idealfit.learn.permutation import PRIOR, by_company, by_deal, families, item_p_by_company, item_p_by_deal

COUNTS = [(0, 5), (1, 7), (3, 22), (50, 100), (99, 100), (12, 12), (412, 2174)]
PAIRS = [(56, 70, 48, 80), (9, 10, 3, 10), (0, 10, 0, 20), (10, 10, 0, 20), (5, 50, 300, 900)]


# Intervals


@pytest.mark.parametrize(("won", "n"), COUNTS)
def test_wilson_is_that_of_statsmodels(won, n):
    assert wilson(won, n) == pytest.approx(proportion_confint(won, n, method="wilson"), abs=1e-12)


def test_a_design_effect_divides_both_counts_but_not_what_is_shown():
    found = rate(30, 90, deff=3)
    assert (found.n, found.won, found.rate) == (90, 30, pytest.approx(1 / 3))
    assert (found.low, found.high) == pytest.approx(proportion_confint(10, 30, method="wilson"))


def test_nothing_seen_says_nothing():
    assert wilson(0, 0) == (0.0, 1.0)
    assert exact_upper(0) == 1.0
    assert difference(0, 0, 3, 9).low is None
    assert ratio(3, 9, 0, 0).high is None


@pytest.mark.parametrize("counts", PAIRS)
def test_difference_is_newcombes_interval(counts):
    found = difference(*counts)
    assert (found.low, found.high) == pytest.approx(
        confint_proportions_2indep(*counts, compare="diff", method="newcomb"), abs=1e-9
    )
    assert found.value == pytest.approx(counts[0] / counts[1] - counts[2] / counts[3])


@pytest.mark.parametrize("counts", PAIRS[:2] + PAIRS[4:])
def test_ratio_is_the_log_interval_of_statsmodels(counts):
    found = ratio(*counts)
    low, high = confint_proportions_2indep(*counts, compare="ratio", method="log-adjusted")
    assert (found.low, found.high) == pytest.approx((low, high), rel=1e-9)


def test_zero_wins_leave_what_the_binomial_leaves():
    for n in (5, 30, 59):
        assert stats.binom.pmf(0, n, exact_upper(n)) == pytest.approx(0.05)


def test_shrunk_rate_is_the_mean_of_the_beta_posterior():
    won, n, base, prior = 7, 20, 0.3, 10
    assert shrunk_rate(won, n, base, prior) == pytest.approx(
        stats.beta(base * prior + won, (1 - base) * prior + n - won).mean()
    )


@pytest.mark.parametrize(("effect", "base", "inside"), [(0.1, 0.2, 0.5), (0.05, 0.3, 0.2), (0.2, 0.5, 0.9)])
def test_so_many_deals_have_four_fifths_power(effect, base, inside):
    n = deals_needed(effect, base, inside)
    # no difference would be the normal with this spread around zero, the effect moves it
    spread = np.sqrt(base * (1 - base) / n * (1 / inside + 1 / (1 - inside)))
    power = stats.norm.sf(stats.norm.isf(0.025) - effect / spread)
    assert 0.8 <= power < 0.83  # at most two digits' rounding more
    assert len(str(n).rstrip("0")) <= 2


# Many tests at once


@pytest.mark.parametrize("seed", range(5))
def test_benjamini_hochberg_is_that_of_statsmodels(seed):
    p = np.random.default_rng(seed).random(40) ** 3
    assert benjamini_hochberg(p) == pytest.approx(multipletests(p, method="fdr_bh")[1])


def test_three_hundred_phrases_of_one_text_count_as_one_attribute():
    rng = np.random.default_rng(1)
    phrases = rng.random(300)
    family = np.concatenate([[0], np.ones(300, dtype=int)])
    assert error_shares(family, np.concatenate([[0.01], phrases]))[0] == pytest.approx(0.02)
    assert benjamini_hochberg(np.concatenate([[0.01], phrases]))[0] > 0.5


def test_items_of_a_chosen_attribute_pay_for_the_choice():
    # attributes: Simes' p 0.02 = min(2 x 0.01, 0.9) and 0.5 and 0.6, so q 0.06: none within 5 %
    q = error_shares(np.array([0, 0, 1, 2]), np.array([0.01, 0.9, 0.5, 0.6]))
    # items: BH within (0.02, 0.9), times three attributes over (at least) one selected
    assert q == pytest.approx([0.06, 1.0, 0.6, 0.6])


def test_alikeness_within_companies_by_hand():
    # companies: WWW, LL, WL -> means 1, 0, 1/2; grand mean 4/7
    won, account = np.array([1, 1, 1, 0, 0, 1, 0], dtype=bool), np.array([0, 0, 0, 1, 1, 2, 2])
    between = (3 * (1 - 4 / 7) ** 2 + 2 * (4 / 7) ** 2 + 2 * (1 / 2 - 4 / 7) ** 2) / 2
    within = (0 + 0 + 2 / 4) / 4
    typical = (7 - 17 / 7) / 2
    assert intraclass_correlation(won, account) == pytest.approx(
        (between - within) / (between + (typical - 1) * within), abs=1e-12
    )
    assert intraclass_correlation(won, np.arange(7)) == 0.0


# Ranking and bands


def test_auc_and_its_interval_are_delongs_placement_values():
    rng = np.random.default_rng(3)
    won = rng.random(150) < 0.3
    fit = rng.integers(0, 20, 150) + 4 * won
    above = (fit[won][:, None] > fit[~won]) + 0.5 * (fit[won][:, None] == fit[~won])
    spread = np.sqrt(above.mean(1).var(ddof=1) / won.sum() + above.mean(0).var(ddof=1) / (~won).sum())
    found = auc(HeldOut(fit, won))
    assert found.value == pytest.approx(above.mean())
    assert (found.low, found.high) == pytest.approx(
        (above.mean() - 1.959963984540054 * spread, above.mean() + 1.959963984540054 * spread)
    )


def fits_of(*groups: tuple[int, int, int]) -> HeldOut:
    """Return deals from (fit, deals, wins)."""
    fit = np.concatenate([np.full(n, fit) for fit, n, _ in groups])
    return HeldOut(fit, np.concatenate([np.arange(n) < won for _, n, won in groups]))


def test_bands_that_would_fall_are_put_together():
    # 10 %, 40 %, 30 % and 60 %: the two in the middle become 35 of 100
    bands = fit_bands(fits_of((10, 50, 5), (30, 50, 20), (50, 50, 15), (90, 50, 30)), against_market=False)
    assert [(b.fit_from, b.fit_to, b.n, b.won, b.rate) for b in bands] == [
        (0, 20, 50, 5, 0.1),
        (21, 70, 100, 35, 0.35),
        (71, 100, 50, 30, 0.6),
    ]
    assert (bands[1].low, bands[1].high) == pytest.approx(proportion_confint(35, 100, method="wilson"))


def test_against_a_market_a_band_shows_the_share_of_customers_over_that_of_the_market():
    bands = fit_bands(fits_of((10, 100, 20), (90, 100, 60)), against_market=True)
    # 60 of 80 customers over 40 of 120 others: 2.25, half a one added on each side
    assert bands[1].rate == pytest.approx((60.5 / 80.5) / (40.5 / 120.5))
    assert bands[0].rate == pytest.approx((20.5 / 80.5) / (80.5 / 120.5))


# Logistic fits


def grouped(seed: int, size: int, lines: int = 3) -> Grouped:
    """Return all answers of three lines, wins drawn by a known rule."""
    rng = np.random.default_rng(seed)
    z = np.array(list(product((0.0, 1.0, 0.3), repeat=lines)))
    n = rng.integers(size, 2 * size, len(z)).astype(float)
    chance = 1 / (1 + np.exp(1 - z @ np.array([1.2, -0.8, 0.3])))
    return Grouped(z, rng.binomial(n.astype(int), chance).astype(float), n, np.arange(len(z)))


def test_weights_are_those_of_statsmodels_where_there_is_plenty_of_data():
    g = grouped(0, 20_000)
    ends = np.column_stack([g.won, g.n - g.won])
    theirs = sm.GLM(ends, sm.add_constant(g.z), family=sm.families.Binomial()).fit().params
    base, weights = fitted(g)
    assert [base, *weights] == pytest.approx(theirs, abs=2e-3)


@pytest.mark.parametrize("seed", range(4))
def test_weights_are_the_penalised_optimum_where_there_is_little(seed):
    g = grouped(seed, 2)
    penalty = np.array([1e-3, RIDGE, RIDGE, RIDGE])

    def loss(beta: np.ndarray) -> float:
        log_odds = sm.add_constant(g.z) @ beta
        return float((g.n * np.logaddexp(0, log_odds) - g.won * log_odds).sum() + (penalty * beta**2).sum() / 2)

    best = optimize.minimize(loss, np.zeros(4), method="BFGS", options={"gtol": 1e-8})
    base, weights = fitted(g)
    assert [base, *weights] == pytest.approx(best.x, abs=1e-4)


def test_concordance_is_mann_whitneys_u_over_all_pairs():
    rng = np.random.default_rng(6)
    score, won = rng.integers(0, 6, 80).astype(float), rng.random(80) < 0.4
    rows = Grouped(np.zeros((80, 0)), won.astype(float), np.ones(80), np.arange(80))
    u = stats.mannwhitneyu(score[won], score[~won]).statistic
    assert concordance(score, rows) == pytest.approx(u / (won.sum() * (~won).sum()))


# Tests against chance


CATEGORY = Attribute("industry", "category", "firmographic")
NUMBER = Attribute("employees", "number", "firmographic")


def deals(seed: int, n: int = 400, kinds: int = 4, periods: int = 3):
    """Return the kind, outcome and period of deals; a kind's odds and a period's differ."""
    rng = np.random.default_rng(seed)
    kind, period = rng.integers(-1, kinds, n), rng.integers(0, periods, n)
    return kind, rng.random(n) < 0.2 + 0.1 * (kind == 1) + 0.15 * period, period


def named(codes: np.ndarray, kinds: int = 4) -> Cells:
    return Cells(CATEGORY, codes.astype(np.int32), values=tuple(f"kind {i}" for i in range(kinds)))


def strata(inside: np.ndarray, known: np.ndarray, won: np.ndarray, period: np.ndarray) -> StratifiedTable:
    return StratifiedTable(
        [
            np.array(
                [[(known & (period == k) & (inside == a) & (won == b)).sum() for b in (True, False)]
                 for a in (True, False)]
            ).astype(float)
            for k in np.unique(period)
        ]
    )  # fmt: skip


@pytest.mark.parametrize("seed", range(3))
def test_z_squared_is_mantel_haenszels_with_the_prior_added_to_its_variance(seed):
    kind, won, period = deals(seed)
    tests, z_squared = by_deal(named(kind), won, period, 3).observed()
    for test, ours in zip(tests, z_squared, strict=True):
        inside, known = np.isin(kind, np.flatnonzero(test)), kind >= 0
        theirs = strata(inside, known, won, period).test_null_odds(correction=False).statistic
        surplus = sum(
            (won[at & inside].sum() - (at & inside).sum() * won[at].mean())
            for at in (known & (period == k) for k in range(3))
        )
        assert ours == pytest.approx(surplus**2 / (surplus**2 / theirs + PRIOR), rel=1e-9)


def one_item(holds: np.ndarray, known: np.ndarray) -> Items:
    attribute = Attribute("tools", "list", "technographic")
    return Items(attribute, ("it",), sparse.csr_matrix((holds & known).astype(float)[:, None]), known)


@pytest.mark.parametrize("seed", range(3))
def test_an_item_with_many_wins_has_mantel_haenszels_corrected_p(seed):
    kind, won, period = deals(seed)
    p = item_p_by_deal(one_item(kind == 1, kind >= 0), won, period, 3)
    theirs = strata(kind == 1, kind >= 0, won, period).test_null_odds(correction=True)
    assert p[0] == pytest.approx(theirs.pvalue, rel=1e-9)


@pytest.mark.parametrize(
    ("n", "wins", "inside", "both"), [(40, 12, 6, 5), (40, 12, 6, 0), (15, 5, 5, 5), (30, 3, 9, 1)]
)
def test_an_item_with_few_wins_has_the_exact_p_of_fisher(n, wins, inside, both):
    won = np.arange(n) < wins
    holds = (np.arange(n) < both) | (np.arange(n) >= n - (inside - both))
    p = item_p_by_deal(one_item(holds, np.ones(n, dtype=bool)), won, np.zeros(n, dtype=int), 1)[0]
    table = [[both, inside - both], [wins - both, n - wins - inside + both]]
    sides = [stats.fisher_exact(table, alternative=side).pvalue for side in ("less", "greater")]
    assert p == pytest.approx(min(1.0, 2 * min(sides)))


def test_an_exact_p_over_two_spans_of_time_by_enumeration():
    won = np.array([1, 1, 0, 0, 0, 1, 1, 1, 0, 0], dtype=bool)
    holds = np.array([1, 1, 0, 0, 0, 1, 1, 0, 0, 1], dtype=bool)
    period = np.repeat([0, 1], 5)
    found = []
    for first in combinations(range(5), 2):
        for second in combinations(range(5, 10), 3):
            found.append(holds[[*first, *second]].sum())
    wins = (won & holds).sum()
    expected = 2 * min(np.mean(np.array(found) <= wins), np.mean(np.array(found) >= wins))
    p = item_p_by_deal(one_item(holds, np.ones(10, dtype=bool)), won, period, 2)[0]
    assert p == pytest.approx(min(1.0, expected))


def largest_by_hand(cells: Cells, won: np.ndarray, period: np.ndarray) -> list[float]:
    """Return the largest z squared of each family of tests the attribute offers for these outcomes."""
    tests, z_squared = by_deal(cells, won, period, int(period.max()) + 1).observed()
    family = families(cells, tests)
    return [float(z_squared[family == k].max()) for k in range(int(family.max()) + 1)]


@pytest.mark.parametrize("ordered", [True, False])
def test_permuted_maxima_are_those_of_every_permutation(ordered):
    codes = np.array([0, 0, 1, 1, 2, 2, 3, 0, 1, 2, 3, 3], dtype=np.int32)
    won = np.array([1, 1, 0, 0, 0, 0, 1, 0, 1, 1, 0, 0], dtype=bool)
    period = np.repeat([0, 1], [7, 5])
    cells = Cells(NUMBER, codes, edges=(1.0, 2.0, 3.0)) if ordered else named(codes)
    exact = []
    for first in combinations(range(7), 3):
        for second in combinations(range(7, 12), 2):
            dealt = np.isin(np.arange(12), [*first, *second])
            exact.append(largest_by_hand(cells, dealt, period))
    drawn = by_deal(cells, won, period, 2).largest(np.random.default_rng(0), 20_000)
    assert drawn.shape == (20_000, len(exact[0]))
    for ours, theirs in zip(drawn.T, np.array(exact).T, strict=True):
        for limit in np.quantile(theirs, [0.2, 0.5, 0.8, 0.95]):
            share = np.mean(theirs >= limit - 1e-9)
            assert np.mean(ours >= limit - 1e-9) == pytest.approx(share, abs=0.015)  # four standard errors


def test_companies_swap_places_with_all_their_deals():
    account = np.array([0, 0, 0, 1, 1, 2, 3, 3, 4, 5, 5])
    won = np.array([1, 1, 1, 0, 0, 1, 0, 1, 0, 0, 0], dtype=bool)
    code = np.array([0, 0, 1, 1, 2, 2])
    cells = Cells(NUMBER, code[account].astype(np.int32), edges=(1.0, 2.0))
    once = np.zeros(len(won), dtype=int)
    surplus = np.array([(won[account == a] - won.mean()).sum() for a in range(6)])
    spread = ((surplus - surplus.mean()) ** 2).sum() / 5

    def largest(order: tuple[int, ...]) -> float:
        mixed, found = (surplus - surplus.mean())[list(order)], []
        for test in ([0], [0, 1], [1], [1, 2], [2]):
            inside = np.isin(code, test)
            k = inside.sum()
            found.append(mixed[inside].sum() ** 2 / (k * (6 - k) / 6 * spread + PRIOR))
        return max(found)

    contrast = by_company(cells, won, once, account)
    assert contrast.observed()[1].max() == pytest.approx(largest((0, 1, 2, 3, 4, 5)))
    exact = np.array([largest(order) for order in permutations(range(6))])
    drawn = contrast.largest(np.random.default_rng(0), 20_000)
    for limit in np.quantile(exact, [0.2, 0.5, 0.8, 0.95]):
        assert np.mean(drawn.max(1) >= limit - 1e-9) == pytest.approx(np.mean(exact >= limit - 1e-9), abs=0.015)


def test_items_by_company_are_the_normal_test_of_company_sums():
    rng = np.random.default_rng(4)
    account = np.repeat(np.arange(60), rng.integers(1, 6, 60))
    holds, won = (np.arange(60) < 25)[account], rng.random(len(account)) < 0.3 + 0.2 * (np.arange(60) < 25)[account]
    p = item_p_by_company(one_item(holds, np.ones(len(won), dtype=bool)), won, np.zeros(len(won), dtype=int), account)
    surplus = np.bincount(account, weights=won - won.mean())
    inside = np.arange(60) < 25
    spread = np.sqrt(25 * 35 / 60 * surplus.var(ddof=1))
    z = (surplus[inside].sum() - 25 * surplus.mean()) / spread
    assert p[0] == pytest.approx(2 * stats.norm.sf(abs(z)))


def test_an_item_of_few_companies_is_not_judged():
    account = np.repeat(np.arange(30), 4)
    few = account < 9
    won = few | (account == 20)
    assert item_p_by_company(one_item(few, np.ones(120, dtype=bool)), won, np.zeros(120, dtype=int), account)[0] == 1.0
