from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from idealfit import pipeline
from idealfit.cli.running import main
from idealfit.errors import InputError, TooLittleDataError
from idealfit.learn.drafting import profile_from
from idealfit.learn.history import History, known_by
from idealfit.profile.document import Evidence, Profile, Rate, Tier
from idealfit.prove.measures import wilson
from idealfit.prove.mix_and_rates import moved
from idealfit.prove.review import _odds_then, review
from world import LAST_DAY, World, world

LEARNED = date(2023, 1, 1)


@pytest.fixture(scope="module")
def crm() -> World:
    return world(2400, seed=5)


@pytest.fixture(scope="module")
def past(crm: World) -> History:
    return crm.history()


@pytest.fixture(scope="module")
def profile(past: History) -> Profile:
    found = profile_from(known_by(past, LEARNED), seed=0)
    assert len(found.criteria) >= 3
    return found


def since(past: History) -> np.ndarray:
    return past.opened > np.datetime64(LEARNED, "D")


def test_while_everything_stays_as_it_was_it_says_leave_it_alone(profile, past):
    for quarters in range(2, 8):  # looked at again and again
        found = review(profile, known_by(past, LEARNED + timedelta(days=91 * quarters)))
        assert found.answer in ("too early to tell", "leave it alone")
    found = review(profile, past)
    assert found.answer == "leave it alone"
    assert found.ranking.held == "holds"
    assert found.level.kept not in ("below", "above")
    assert not found.new_lines
    assert found.since == LEARNED
    assert found.next_review == LAST_DAY + timedelta(days=91)
    low, high = found.moved.rates.low, found.moved.rates.high
    assert low < 0 < high


def test_a_line_that_turns_round_is_named(profile, past):
    uses = past.facts["Tools"].map(lambda cell: isinstance(cell, tuple) and "Salesforce" in cell).to_numpy()
    line = next(one for one in profile.criteria if one.attribute == "Tools")
    assert line.points > 0
    random = np.random.default_rng(0)
    against = np.where(uses, random.random(len(uses)) < 0.15, random.random(len(uses)) < 0.5)
    found = review(profile, replace(past, won=np.where(since(past), against, past.won)))
    assert found.answer == "revise"
    told = next(one for one in found.lines if one.attribute == "Tools")
    assert told.held == "turned round"
    assert told.odds.high < 1 < told.promised
    assert any(reason.startswith("uses Salesforce: counts") and "other way" in reason for reason in found.reasons)


def test_fewer_wins_everywhere_leave_the_lines_and_renew_the_rates(profile, past):
    kept = np.random.default_rng(0).random(len(past.won)) < 0.45
    found = review(profile, replace(past, won=past.won & (kept | ~since(past))))
    assert found.answer == "renew the rates"
    assert found.level.kept == "below"
    assert not any(line.held in ("weaker", "turned round") for line in found.lines)
    assert found.moved.rates.high < 0
    assert found.moved.mix.low < 0.05


def test_customers_from_elsewhere_are_a_reason_to_revise(profile, past):
    mixed = np.random.default_rng(0).permutation(past.won)
    found = review(profile, replace(past, won=np.where(since(past), mixed, past.won)))
    assert found.answer == "revise"
    assert found.wins_in_reach.kept == "below" or any(line.held == "weaker" for line in found.lines)
    assert found.ranking.held == "not seen yet"


def test_young_deals_wait_so_that_quick_wins_do_not_flatter(profile, past):
    # wins come at once, losses after 300 days: by any day, what has been decided is mostly won
    slow = replace(past, closed=past.opened + np.where(past.won, 5, 300), roles=pd.DataFrame())
    day = date(2024, 3, 1)
    seen = known_by(slow, day)
    recent = seen.opened > np.datetime64(LEARNED, "D")
    assert seen.won[recent].mean() > past.won.mean() + 0.1
    found = review(profile, seen)
    assert found.horizon_days == 300
    assert found.judged.won / found.judged.n == pytest.approx(past.won.mean(), abs=0.06)
    assert found.waiting > 300


def test_what_is_left_out_for_being_late_is_not_taken_for_a_better_rate(profile, past):
    # one loss in twelve drags on for two years: nobody counts it, before or since
    drag = ~past.won & (np.random.default_rng(0).random(len(past.won)) < 0.08)
    late = replace(past, closed=np.where(drag, past.opened + 730, past.closed))
    found = review(profile, late)
    assert found.late > 0
    assert found.level.promised.value > review(profile, past).level.promised.value
    assert found.answer == "leave it alone"


def test_new_lines_are_told_and_do_not_decide(profile, past):
    colour = (past.facts["Colour"] == "red").to_numpy()
    random = np.random.default_rng(0).random(len(colour))
    bent = np.where(colour, past.won | (random < 0.25), past.won & (random < 0.8))
    found = review(profile, replace(past, won=np.where(since(past), bent, past.won)), learn=profile_from)
    assert [line.attribute for line in found.new_lines] == ["Colour"]
    assert not any("Colour" in reason for reason in found.reasons)


def test_too_early_and_impossible_reviews_say_so(profile, past):
    with pytest.raises(TooLittleDataError, match="can be judged yet"):
        review(profile, known_by(past, LEARNED + timedelta(days=30)))
    by_hand = profile.model_copy(update={"learned": None})
    with pytest.raises(InputError, match="does not say up to which day"):
        review(by_hand, past)
    assert review(by_hand, past, since=LEARNED).judged.n > 100
    with pytest.raises(InputError, match="opened"):
        review(profile, replace(past, opened=np.full(len(past.won), np.datetime64("NaT", "D"))))
    few = review(profile, known_by(past, LEARNED + timedelta(days=150)))
    assert few.answer == "too early to tell"
    assert few.ranking.more_wins is None or few.ranking.more_wins > 0


def test_the_change_of_the_rate_is_parted_as_kitagawa_does(profile, past):
    # two tiers: half and half at 40 % and 20 %; since, a quarter and three quarters at 40 % and 10 %
    tiers = tuple(
        Tier(name=name, at_least=at, action="-", expected=Rate(n=100, won=won, rate=won / 100, low=0, high=1))
        for name, at, won in (("A", 50, 40), ("B", 0, 20))
    )
    asked = profile.model_copy(update={"tiers": tiers})
    scores = pd.DataFrame({"tier": ["A"] * 20 + ["B"] * 60})
    won = np.array([True] * 8 + [False] * 12 + [True] * 6 + [False] * 54)
    recent = replace(past, won=won, account=np.arange(80))
    found = moved(asked, scores, recent, seed=0)
    assert (found.before, found.after) == (0.3, 0.175)
    assert found.mix.value == pytest.approx(-0.25 * 0.4 + 0.25 * 0.15)
    assert found.rates.value == pytest.approx(-0.1 * 0.625)
    assert found.mix.value + found.rates.value == pytest.approx(found.after - found.before)
    assert found.mix.low < found.mix.value < found.mix.high


def test_the_command_answers_writes_and_exits_by_the_finding(crm, profile, tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    pipeline.save_profile(profile, "profile.yaml")
    facts = crm.accounts.assign(Tools=crm.accounts["Tools"].map(lambda cell: "; ".join(cell) if cell else ""))
    facts.to_csv("accounts.csv", index=False)
    crm.deals.to_csv("deals.csv", index=False)

    def run(*typed: str) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main(list(typed))
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    told = ["review", "profile.yaml", "deals.csv", "--accounts", "accounts.csv", "--every", "half-year"]
    code, said, _ = run(*told)
    assert (code, said.startswith("Leave it alone")) == (0, True)
    assert "Has the product changed" in said
    held = json.loads((tmp_path / "review.json").read_text(encoding="utf-8"))
    assert held["answer"] == "leave it alone"
    assert date.fromisoformat(held["next_review"]) - date.fromisoformat(held["until"]) == timedelta(days=182)
    worse = crm.deals.copy()
    late = worse["Create Date"] > pd.Timestamp(LEARNED)
    worse.loc[late & (np.arange(len(worse)) % 3 > 0) & (worse["Stage"] == "Closed Won"), "Stage"] = "Closed Lost"
    worse.to_csv("deals.csv", index=False)
    code, said, _ = run(*told)
    assert (code, "Keep the lines, and learn again for the rates" in " ".join(said.split())) == (1, True)
    code, _, err = run(*told[:-1], "fortnight")
    assert (code, "Allowed: month, quarter, half-year, year" in err) == (2, True)


def test_the_interval_of_the_odds_then_agrees_with_woolfs_for_plain_counts():
    def rate(won: int, n: int) -> Rate:
        low, high = wilson(won, n)
        return Rate(n=n, won=won, rate=won / n, low=low, high=high)

    for inside, outside, sign in ((rate(120, 300), rate(80, 400), 1.0), (rate(60, 400), rate(90, 300), -1.0)):
        odds, least = _odds_then(Evidence(verdict="supported", inside=inside, outside=outside), sign)
        a, b, c, d = inside.won, inside.n - inside.won, outside.won, outside.n - outside.won
        assert odds == pytest.approx(a * d / (b * c))
        woolf = np.log(a * d / (b * c)) - sign * 1.96 * np.sqrt(1 / a + 1 / b + 1 / c + 1 / d)
        assert least == pytest.approx(woolf, abs=0.01)
