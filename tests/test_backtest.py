"""Learning as of a day and judging on what came after: what is learned from, what is judged, what is said."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import InputError, TooLittleDataError
from idealfit.learn.history import Attribute, known_by, opened_after
from idealfit.profile.document import (
    Criterion,
    FitBand,
    Learned,
    Narrative,
    Profile,
    Rate,
    Slot,
    Test,
    Tier,
)
from idealfit.prove.applying import scores_of
from idealfit.prove.backtest import backtest
from idealfit.prove.measures import auc
from idealfit.prove.trials import Backtest
from world import world

GAP = Slot(text="?", source="open question")
STORY = Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP)
SIZE = Criterion(attribute="Employees", layer="firmographic", test=Test(between=(50, 250)), points=3)
TOOL = Criterion(attribute="Tools", layer="technographic", test=Test(has="Salesforce"), points=3)
RETAIL = Criterion(attribute="Industry", layer="negative", test=Test(is_="Retail"), points=-3)


def profile_of(past, criteria) -> Profile:
    """Return a profile with the win rates that `past` had at each level, so that what it expects is about right."""
    base = float(past.won.mean())
    plain = Profile(
        name="By hand",
        verdict="learned" if criteria else "no reliable pattern",
        narrative=STORY,
        criteria=criteria,
        tiers=(
            Tier(name="A", at_least=60, action="call"),
            Tier(name="B", at_least=40, action="write"),
            Tier(name="C", at_least=0, action="wait"),
        )
        if criteria
        else (),
        learned=Learned(
            mode=past.mode,
            deals=len(past.won),
            won=int(past.won.sum()),
            lost=int((~past.won).sum()),
            base_rate=Rate(n=len(past.won), won=int(past.won.sum()), rate=base, low=base, high=base),
            fingerprint="",
            seed=0,
            version="0",
        ),
    )
    if not criteria:
        return plain
    fit = scored_by_hand(plain, past)["fit"].to_numpy()
    bands = []
    for low, high in ((0, 39), (40, 59), (60, 100)):
        won = past.won[(fit >= low) & (fit <= high)]
        rate = float((won.sum() + base) / (len(won) + 1))
        band = FitBand(fit_from=low, fit_to=high, n=len(won), won=int(won.sum()), rate=rate, low=rate, high=rate)
        bands.append(band)
    return plain.model_copy(update={"fit_bands": tuple(bands)})


def holds(criterion: Criterion, facts: pd.DataFrame) -> np.ndarray:
    """Return 1 for yes, 0 for no and nan for unknown; for the kinds of test used here."""
    cells, test = facts[criterion.attribute], criterion.test
    if test.between is not None:
        return np.where(cells.isna(), np.nan, (cells >= test.between[0]) & (cells < test.between[1]))
    known = np.array([v is not None and not (isinstance(v, float) and np.isnan(v)) and v != () for v in cells])
    found = np.full(len(cells), np.nan)
    found[known] = [test.has in v if test.has else v == test.is_ for v in cells[known]]
    return found


def scored_by_hand(profile: Profile, past, as_of=None) -> pd.DataFrame:
    """Return the scores by the sums of docs/design.md, much faster for few rows than a query engine starts."""
    met = {c: holds(c, past.facts) for c in profile.criteria}
    counted = sum(c.points * np.where(np.isnan(a), c.met_by, 100 * a) for c, a in met.items())
    points = [c.points for c in profile.criteria]
    low, high = sum(p for p in points if p < 0), sum(p for p in points if p > 0)
    n = len(past.won)
    fit = np.full(n, 50) if not met else (200 * (counted - 100 * low) + 100 * (high - low)) // (200 * (high - low))
    rates = [next((b.rate for b in profile.fit_bands if b.fit_from <= f <= b.fit_to), None) for f in fit]
    tiers = [next((t.name for t in profile.tiers if f >= t.at_least), "unranked") for f in fit]
    base = profile.learned.base_rate.rate
    missed = [
        "; ".join(c.attribute for c, a in met.items() if a[row] == (0 if c.points > 0 else 1)) for row in range(n)
    ]
    win_rate = [base if r is None else r for r in rates]
    return pd.DataFrame({"fit": fit.astype(int), "win_rate": win_rate, "tier": tiers, "against": missed})


class ByHand:
    """A learner that always finds the true rule of the world, and remembers what it was shown."""

    def __init__(self, *criteria: Criterion) -> None:
        self.criteria = criteria or (SIZE, TOOL, RETAIL)
        self.shown = []

    def __call__(self, history, *, seed, layers=None):
        self.shown.append((history, seed, layers))
        return profile_of(history, tuple(c for c in self.criteria if layers is None or c.layer in layers))


def judged(past, **options) -> Backtest:
    return backtest(past, apply=scored_by_hand, **options)


@pytest.fixture(scope="module")
def past():
    return world(600).history()


@pytest.fixture(scope="module")
def proof(past) -> Backtest:
    return judged(past, learn=ByHand(), seed=7)


def test_nothing_of_the_future_is_learned_from(past):
    learner = ByHand()
    result = judged(past, learn=learner, seed=7)
    assert [t.cutoff for t in result.cutoffs] == sorted({t.cutoff for t in result.cutoffs})
    assert len(result.cutoffs) == 4
    whole = [shown for shown in learner.shown if shown[2] is None]
    for (known, seed, _), trial in zip(whole, result.cutoffs, strict=True):
        day = np.datetime64(trial.cutoff)
        assert known.closed.max() <= day
        assert known.opened.max() < day
        assert len(known.won) == trial.learned.n
        assert trial.scored.n == int((past.opened >= day).sum())
        assert seed == 7


def test_the_rival_may_use_firmographic_filters_only(past):
    learner = ByHand()
    judged(past, learn=learner, seed=7)
    assert [tuple(layers) for _, _, layers in learner.shown if layers is not None] == [("firmographic",)] * 4


def test_the_pool_counts_each_deal_once_with_the_newest_profile(past, proof):
    first = np.datetime64(proof.cutoffs[0].cutoff)
    assert proof.pooled.scored.n == int((past.opened >= first).sum())
    assert proof.pooled.scored.n < sum(t.scored.n for t in proof.cutoffs)
    assert sum(g.n for g in proof.pooled.by_score) == proof.pooled.scored.n
    assert sum(g.n for g in proof.pooled.by_tier) == proof.pooled.scored.n
    assert [g.label for g in proof.pooled.by_tier] == ["A", "B", "C"]


def test_a_true_rule_is_found_to_rank_and_to_beat_filters(past, proof):
    assert proof.kind == "forward in time"
    assert proof.answer == "ranks better than chance"
    assert proof.pooled.auc.low > 0.5
    assert proof.pooled.auc.value > proof.pooled.filters_only.auc.value
    assert proof.pooled.delta_auc.low > 0
    assert proof.pooled.delta_auc.value == pytest.approx(proof.pooled.auc.value - proof.pooled.filters_only.auc.value)
    assert proof.pooled.lift_top_decile.value > 1
    rates = [g.rate for g in proof.pooled.by_score]
    assert rates[0] < rates[-1]
    last = proof.cutoffs[-1]
    later = past.opened >= np.datetime64(last.cutoff)
    known = profile_of(past, (SIZE, TOOL, RETAIL))
    by_hand = auc(scored_by_hand(known, past)["fit"][later], past.won[later])
    assert last.auc.value == pytest.approx(by_hand)


def test_what_was_expected_stands_beside_what_came(proof):
    for group in proof.pooled.calibration:
        assert group.low <= group.expected + 0.15
        assert group.high >= group.expected - 0.15
    expected = sum(g.n * g.expected for g in proof.pooled.calibration)
    assert expected == pytest.approx(proof.pooled.scored.won, rel=0.25)


def test_false_positives_are_liked_by_filters_turned_away_by_the_profile_and_lost(past):
    day = date(2023, 1, 1)
    wrong = judged(past, learn=ByHand(), seed=0, cutoffs=[day]).false_positives
    known, later = known_by(past, day), opened_after(past, day)
    base = known.won.mean()
    filters = scored_by_hand(profile_of(known, (SIZE,)), later)["win_rate"]
    whole = scored_by_hand(profile_of(known, (SIZE, TOOL, RETAIL)), later)["win_rate"]
    liked = (filters > base).to_numpy()
    turned_away = liked & (whole < base).to_numpy()
    assert (wrong.liked.n, wrong.liked.won) == (liked.sum(), (liked & later.won).sum())
    assert (wrong.turned_away.n, wrong.turned_away.won) == (turned_away.sum(), (turned_away & later.won).sum())
    assert 0 < wrong.turned_away.won < wrong.turned_away.n, "what it costs is counted too"
    assert {deal.id for deal in wrong.deals} == set(later.ids[turned_away & ~later.won])
    fits = [deal.filters_fit for deal in wrong.deals]
    assert fits == sorted(fits, reverse=True)
    row_of = {one: i for i, one in enumerate(past.ids)}
    for deal in wrong.deals:
        assert deal.against
        assert deal.opened == pd.Timestamp(past.opened[row_of[deal.id]]).date()


def test_a_rival_without_anything_to_go_by_scores_all_alike(past):
    kept = tuple(a for a in past.attributes if a.layer != "firmographic")
    bare = replace(past, facts=past.facts[[a.name for a in kept]], attributes=kept)
    result = judged(bare, learn=ByHand(TOOL), seed=0)
    assert result.pooled.filters_only.auc.value == 0.5
    assert result.false_positives.liked.n == 0
    assert any("No attribute is firmographic" in w for w in result.warnings)


def test_given_days_are_used_and_bad_ones_explained(past):
    days = [date(2023, 1, 1), date(2021, 1, 20), date(2030, 1, 1)]
    result = judged(past, learn=ByHand(), seed=0, cutoffs=days)
    early, good, late = result.cutoffs
    assert [early.cutoff, good.cutoff, late.cutoff] == sorted(days)
    assert early.auc is None
    assert "too few to learn from" in early.note
    assert good.auc is not None
    assert late.auc is None
    assert "nothing to score" in late.note
    assert any("as of 2021-01-20: too few to learn from" in w for w in result.warnings)
    assert "were given" in result.how


def test_without_days_folds_take_turns_and_say_so(past):
    undated = replace(past, opened=np.full(len(past.won), np.datetime64("NaT"), dtype="datetime64[D]"))
    learner = ByHand()
    result = judged(undated, learn=learner, seed=0)
    assert result.kind == "folds, not forward in time"
    assert "not forward in time" in result.how
    assert len(result.cutoffs) == 5
    assert sum(t.scored.n for t in result.cutoffs) == result.pooled.scored.n == len(past.won)
    assert all(t.seen_before == 0 for t in result.cutoffs)
    for known, _, layers in learner.shown:
        if layers is None:
            assert len(known.won) < len(past.won)
    assert result.pooled.auc.low > 0.5


def test_days_for_undated_deals_are_refused(past):
    undated = replace(past, opened=np.full(len(past.won), np.datetime64("NaT"), dtype="datetime64[D]"))
    with pytest.raises(InputError, match=r"cut-off days need deals that say when.*--opened"):
        judged(undated, learn=ByHand(), seed=0, cutoffs=[date(2022, 1, 1)])


def test_customers_against_a_market_are_told_in_lifts(past):
    against = replace(past, mode="customers against a market")
    with pytest.raises(InputError, match="cannot part customers and a market"):
        judged(against, learn=ByHand(), seed=0, cutoffs=[date(2022, 1, 1)])
    result = judged(against, learn=ByHand(), seed=0)
    assert result.kind == "folds, not forward in time"
    assert result.pooled.auc.low > 0.5
    tops = [g.lift.value for g in result.pooled.by_score if g.lift]
    assert tops[0] < 1 < tops[-1]
    said = " ".join([result.summary, result.how, *result.warnings])
    assert "win rate" not in said
    assert "won deal" not in said
    assert "a customer scored above a company of the market" in result.summary


def test_too_few_deals_give_no_numbers():
    few = world(24).history()
    result = judged(few, learn=ByHand(), seed=0)
    assert result.answer == "too few deals"
    assert "No number is given" in result.summary
    assert result.pooled.auc is None
    assert all(t.auc is None for t in result.cutoffs)


def test_too_little_to_learn_from_is_said_and_the_others_go_on(past):
    class Hesitant(ByHand):
        def __call__(self, history, *, seed, layers=None):
            if len(history.won) < 320:
                raise TooLittleDataError("300 is not enough for me")
            return super().__call__(history, seed=seed, layers=layers)

    result = judged(past, learn=Hesitant(), seed=0)
    assert result.cutoffs[0].auc is None
    assert "300 is not enough for me" in result.cutoffs[0].note
    assert result.cutoffs[-1].auc is not None
    assert result.answer == "ranks better than chance"


def test_no_pattern_is_ranked_as_chance_exactly(past):
    class Honest(ByHand):
        def __call__(self, history, *, seed, layers=None):
            return profile_of(history, ())

    result = judged(past, learn=Honest(), seed=0)
    assert result.answer == "nothing to rank"
    assert "none of those learned found a reliable pattern" in result.summary
    assert (result.pooled.auc.low, result.pooled.auc.value, result.pooled.auc.high) == (0.5, 0.5, 0.5)
    assert {t.verdict for t in result.cutoffs} == {"no reliable pattern"}


def test_a_rule_that_no_longer_holds_is_called_worse_than_chance(past):
    upside_down = Criterion(attribute="Employees", layer="firmographic", test=Test(between=(50, 250)), points=-3)
    result = judged(past, learn=ByHand(upside_down), seed=0)
    assert result.answer == "ranks worse than chance"
    assert "Do not use this profile to rank" in result.summary


def test_noise_is_not_said_to_rank():
    noise = world(500, signal=0.0, seed=3).history()
    result = judged(noise, learn=ByHand(), seed=0)
    assert result.answer == "cannot tell"
    assert "includes chance" in result.summary


def test_returning_companies_are_counted_and_warned_of(past):
    returning = replace(past, account=np.arange(len(past.won)) % 150)
    result = judged(returning, learn=ByHand(), seed=0)
    assert all(t.seen_before > 0.5 * t.scored.n for t in result.cutoffs)
    assert sum("already had a deal" in w for w in result.warnings) == 1


def test_the_same_seed_gives_the_same_backtest(past, proof):
    assert judged(past, learn=ByHand(), seed=7) == proof


def test_progress_is_told_in_words_and_shares(past):
    steps = []
    judged(past, learn=ByHand(), seed=0, progress=lambda words, share: steps.append((words, share)))
    shares = [share for _, share in steps]
    assert shares == sorted(shares)
    assert shares[0] == 0.0
    assert shares[-1] == 1.0
    assert all(words for words, _ in steps)


def test_json_comes_back_as_it_was(proof):
    plain = json.loads(json.dumps(proof.as_json(), allow_nan=False))
    assert Backtest.from_json(plain) == proof
    trial = plain["cutoffs"][0]
    assert trial["cutoff"] == proof.cutoffs[0].cutoff.isoformat()
    assert set(trial["auc"]) == {"value", "low", "high"}
    assert set(trial["learned"]) == {"n", "won"}
    assert trial["criteria"][0] == {
        "attribute": "Employees",
        "layer": "firmographic",
        "test": {"between": [50.0, 250.0]},
        "points": 3,
        "verdict": "no evidence",
    }


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "sideways"}, r"kind: this is not a backtest.*'forward in time'"),
        ({"cutoffs": [{"label": 3}]}, r"cutoffs\.0\.learned: .*field required"),
        ({"format": 2}, r"format: .*idealfit backtest DEALS -o backtest\.json"),
    ],
)
def test_a_file_that_is_no_backtest_is_refused_with_the_place(proof, change, said):
    with pytest.raises(InputError, match=said):
        Backtest.from_json({**proof.as_json(), **change})


@pytest.mark.parametrize("nonsense", [None, [], "x", {"idealfit": 1}])
def test_nonsense_is_refused(nonsense):
    with pytest.raises(InputError, match="not a backtest"):
        Backtest.from_json(nonsense)


def test_scores_are_those_of_the_scoring_room(past):
    profile = profile_of(past, (SIZE, TOOL, RETAIL))
    scores, by_hand = scores_of(profile, past, date(2024, 1, 1)), scored_by_hand(profile, past)
    assert scores["fit"].tolist() == by_hand["fit"].tolist()
    assert scores["tier"].tolist() == by_hand["tier"].tolist()
    assert scores["win_rate"].tolist() == pytest.approx(by_hand["win_rate"].tolist())
    assert scores["id"].tolist() == [str(row) for row in range(len(past.won))]


def test_the_scoring_room_is_asked_unless_told_otherwise(past, proof):
    assert backtest(past, learn=ByHand(), seed=7, cutoffs=[proof.cutoffs[-1].cutoff]).cutoffs[0].auc == (
        proof.cutoffs[-1].auc
    )


def test_dates_are_judged_as_on_the_day_of_opening(past):
    recent = Criterion(attribute="Founded", layer="firmographic", test=Test(within_days=1000), points=2)
    profile = profile_of(past, ()).model_copy(update={"criteria": (recent,)})
    days = past.facts["Founded"].to_numpy()
    for as_of in (date(1990, 1, 1), date(2024, 1, 1)):
        fit = scores_of(profile, past, as_of)["fit"].to_numpy()
        assert (fit[days <= 1000] == 100).all()
        assert (fit[days > 1000] == 0).all()


def test_facts_after_the_opening_and_missing_ones_are_unknown(past):
    facts = past.facts.assign(Founded=np.where(np.arange(len(past.won)) % 2, np.nan, -5.0))
    recent = Criterion(attribute="Founded", layer="firmographic", test=Test(within_days=1000), points=2)
    profile = profile_of(past, ()).model_copy(update={"criteria": (recent,)})
    fit = scores_of(profile, replace(past, facts=facts), date(2024, 1, 1))
    assert set(fit["fit"]) == {50}
    assert set(fit["unknown"]) == {"Founded"}


def test_days_beyond_the_calendar_do_not_break_scoring(past):
    facts = past.facts.assign(Founded=np.where(np.arange(len(past.won)) % 2, 9e6, -9e6))
    recent = Criterion(attribute="Founded", layer="firmographic", test=Test(older_than_days=10), points=2)
    profile = profile_of(past, ()).model_copy(update={"criteria": (recent,)})
    fit = scores_of(profile, replace(past, facts=facts), date(2024, 1, 1))["fit"]
    assert set(fit[1::2]) == {100}
    assert set(fit[::2]) == {50}


def test_an_attribute_may_be_called_row(past):
    named = replace(
        past,
        facts=past.facts.rename(columns={"Employees": "row"}),
        attributes=tuple(replace(a, name="row") if a.name == "Employees" else a for a in past.attributes),
    )
    assert Attribute("row", "number", "firmographic") in named.attributes
    size = SIZE.model_copy(update={"attribute": "row"})
    fit = scores_of(profile_of(past, ()).model_copy(update={"criteria": (size,)}), named, date(2024, 1, 1))["fit"]
    inside = past.facts["Employees"].between(50, 249)
    assert (fit[inside] == 100).all()
