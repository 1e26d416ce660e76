"""From a history to a profile: what was planted is in it, noise is called noise, and promises of the file are kept."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import TooLittleDataError
from idealfit.learn.assembly import history_against_market
from idealfit.learn.drafting import ONE_TIER, profile_from
from idealfit.learn.history import rows_of
from idealfit.profile.files import dump, load
from quiet import clustered, past_of
from world import ACCOUNT_ROLES, LAYERS, source_table, world


@pytest.fixture(scope="module", params=range(3))
def learned(request):
    past = world(600, seed=request.param).history()
    return past, profile_from(past)


@pytest.fixture(scope="module")
def market():
    it = world(900, seed=5)
    won = it.deals["Account ID"][it.deals["Stage"] == "Closed Won"]
    mine = it.accounts["Account ID"].isin(won)
    customers, others = (it.accounts[side].reset_index(drop=True) for side in (mine, ~mine))
    past = history_against_market(
        source_table("customers.csv", customers, roles=ACCOUNT_ROLES, layers=LAYERS),
        source_table("market.csv", others, roles=ACCOUNT_ROLES, layers=LAYERS),
    )
    return past, profile_from(past)


def test_planted_truth_is_in_the_rubric(learned):
    _, profile = learned
    assert profile.verdict == "learned"
    by_direction = {(c.attribute, c.points > 0): c for c in profile.criteria}
    size = by_direction["Employees", True].test
    assert 35 <= size.between[0] <= 80
    assert 180 <= size.between[1] <= 350
    assert "Salesforce" in [c.test.has for c in profile.criteria if c.points > 0]
    assert "Retail" in by_direction["Industry", False].test.model_dump_json()
    assert profile.learned.auc.low > 0.6


def test_what_was_not_planted_is_seldom_in_the_rubric():
    stray = 0
    for seed in range(10):
        rubric = profile_from(world(600, seed=seed).history(), calibrated=False)
        stray += bool({"Colour", "Hiring"} & {c.attribute for c in rubric.criteria})
    assert stray <= 3


def test_the_file_keeps_its_promises(learned):
    past, profile = learned
    assert 1 <= len(profile.criteria) <= 7
    assert all(1 <= abs(c.points) <= 5 for c in profile.criteria)
    numbers = [c.attribute for c in profile.criteria if c.test.has is None]
    assert all(numbers.count(name) <= 2 for name in numbers)
    for c in profile.criteria:
        found = c.evidence
        assert np.sign(found.inside.rate - found.outside.rate) == np.sign(c.points)
        assert found.inside.n + found.outside.n + found.unknown == len(past.won)
        known = found.inside.n + found.outside.n
        assert c.met_by == pytest.approx(100 * found.inside.n / known, abs=0.51)
        assert c.verify
        assert c.why
        assert (c.layer == "negative") == (c.points < 0)
    assert any(c.evidence.verdict == "supported" for c in profile.criteria)
    assert all(c.evidence.verdict == "supported" and c.points > 0 for c in profile.criteria if c.need == "must")


@pytest.mark.parametrize(("rows", "seed", "tiers"), [(60, 0, 1), (90, 1, 2)])
def test_one_tier_for_all_is_said_to_say_little(rows, seed, tiers):
    profile = profile_from(world(rows, seed=seed).history())
    assert (len(profile.tiers), ONE_TIER in profile.limits) == (tiers, tiers == 1)


def test_tiers_and_bands_cover_every_fit(learned):
    past, profile = learned
    starts = [t.at_least for t in profile.tiers]
    assert len(starts) >= 2
    assert starts == sorted(set(starts), reverse=True)
    assert starts[-1] == 0
    bands = profile.fit_bands
    assert (bands[0].fit_from, bands[-1].fit_to) == (0, 100)
    assert all(b.fit_from == a.fit_to + 1 and b.rate >= a.rate for a, b in pairwise(bands))
    assert sum(b.n for b in bands) == len(past.won)


def test_where_it_comes_from_is_in_the_file(learned):
    past, profile = learned
    told = profile.learned
    assert (told.deals, told.won, told.lost) == (len(past.won), past.won.sum(), (~past.won).sum())
    assert told.window == (past.opened.min().item(), past.opened.max().item())
    assert told.open == past.open_deals > 0
    assert profile.limits


def test_a_learned_profile_can_be_read_again(learned, tmp_path):
    _, profile = learned
    path = tmp_path / "profile.yaml"
    dump(profile, path)
    again = load(path)
    assert [(c.attribute, c.test, c.points, c.met_by) for c in again.criteria] == [
        (c.attribute, c.test, c.points, c.met_by) for c in profile.criteria
    ]


@pytest.mark.parametrize("seed", [10, 11])
def test_noise_is_called_noise(seed):
    profile = profile_from(world(300, seed=seed, signal=0.0).history())
    assert profile.verdict == "no reliable pattern"
    assert (profile.criteria, profile.tiers, profile.fit_bands) == ((), (), ())
    assert profile.too_little_data or profile.not_defining
    assert "No attribute told wins from the rest" in profile.limits[0]
    assert "5" in profile.limits[0]  # the error rate
    assert profile.narrative.company.source == "open question"


def test_companies_with_many_deals_are_not_a_pattern():
    verdicts = [profile_from(clustered(300, np.random.default_rng(s))).verdict for s in range(8)]
    assert verdicts.count("no reliable pattern") >= 6


def test_one_seed_gives_one_profile():
    past = world(300, seed=7).history()
    assert profile_from(past, seed=3) == profile_from(past, seed=3)


def test_what_only_ranks_has_the_same_lines():
    past = world(300, seed=7).history()
    whole, ranks = profile_from(past), profile_from(past, calibrated=False)
    assert ranks.criteria == whole.criteria
    assert (ranks.tiers, ranks.fit_bands, ranks.learned.auc) == ((), (), None)
    assert whole.tiers


def test_layers_limit_what_takes_part():
    past = world(600, seed=1).history()
    profile = profile_from(past, layers=("technographic",), calibrated=False)
    told = (*profile.criteria, *profile.also_seen, *profile.not_defining, *profile.too_little_data)
    assert {f.attribute for f in told} == {"Tools"}
    assert profile.criteria


@pytest.mark.parametrize("won", [True, False])
def test_fewer_than_five_of_an_outcome_are_too_little(won):
    past = world(300, seed=2).history()
    keep = (past.won != won) | (np.cumsum(past.won == won) <= 4)
    few = rows_of(past, keep)
    with pytest.raises(TooLittleDataError) as refused:
        profile_from(few)
    said = str(refused.value)
    rest = int((few.won != won).sum())
    assert (f"4 won and {rest} lost deals" if won else f"{rest} won and 4 lost deals") in said
    assert "at least 5 of each" in said
    assert "--market" in said


def test_five_of_an_outcome_are_enough_to_answer():
    past = world(300, seed=2).history()
    keep = ~past.won | (np.cumsum(past.won) <= 5)
    assert profile_from(rows_of(past, keep)).learned.won == 5


def test_customers_against_a_market_give_lifts(market):
    past, profile = market
    assert profile.verdict == "learned"
    assert profile.learned.mode == "customers against a market"
    found = {(c.attribute, c.points > 0): c for c in profile.criteria}
    size = found["Employees", True]
    assert 35 <= size.test.between[0] < size.test.between[1] <= 350
    customers = past.won.sum()
    share = size.evidence.inside.won / (size.evidence.inside.won + size.evidence.outside.won)
    assert f"{100 * share:.0f}%" in size.why
    assert "lifts" in profile.limits[0]
    assert all(t.expected is None for t in profile.tiers)
    top, bottom = profile.fit_bands[-1], profile.fit_bands[0]
    assert top.rate > 1 > bottom.rate
    expected = (top.won / customers) / ((top.n - top.won) / (len(past.won) - customers))
    assert top.rate == pytest.approx(expected, rel=0.1)


def test_too_few_market_companies_are_called_by_their_name(market):
    past, _ = market
    few = rows_of(past, past.won | (np.cumsum(~past.won) <= 3))
    with pytest.raises(TooLittleDataError, match="customers and 3 market companies"):
        profile_from(replace(few, best_customers=None))


def test_progress_rises_to_its_end():
    told: list[float] = []
    profile_from(world(300, seed=7).history(), progress=lambda words, share: told.append(share))
    assert told == sorted(told)
    assert told[-1] == pytest.approx(1.0)


def test_many_weak_signs_make_a_rubric_that_says_no_line_is_certain():
    rng = np.random.default_rng(5)
    flags = rng.integers(0, 2, (14, 400))
    won = rng.random(400) < 1 / (1 + np.exp(1 - 0.3 * (flags.sum(0) - 7)))
    facts = pd.DataFrame({f"b{i}": np.where(flag == 1, "yes", "no") for i, flag in enumerate(flags)}, dtype=object)
    profile = profile_from(past_of(facts, won), calibrated=False)
    assert profile.verdict == "learned"
    assert not any(c.evidence.verdict == "supported" for c in profile.criteria)
    assert profile.limits[0].startswith("No line is certain on its own")
    assert all(c.points > 0 for c in profile.criteria if c.test.is_ == "yes")
