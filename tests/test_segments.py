"""Two kinds of customer are parted, one stays one; each part stands on its own deals."""

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.history import Attribute, History
from idealfit.learn.segments import FEWEST_DEALS, rows_in, segments


def made(two, seed, deals=900):
    rng = np.random.default_rng(seed)
    industry, small = rng.choice(["Software", "Clinics"], deals), rng.random(deals) < 0.5
    tool = rng.random(deals) < 0.4
    side = np.where(industry == "Software", 1.0, -1.0 if two else 1.0)
    odds = 1.4 * side * (small - 0.5) + 0.8 * tool - 0.8
    facts = pd.DataFrame(
        {"industry": industry, "size": np.where(small, 20.0, 400.0) + rng.integers(0, 20, deals), "tool": tool}
    )
    facts = facts.assign(tool=np.where(tool, "yes", "no")).astype({"industry": object, "tool": object})
    day = np.datetime64("2022-01-01") + rng.integers(0, 700, deals)
    return History(
        facts=facts,
        attributes=(
            Attribute("industry", "category", "firmographic"),
            Attribute("size", "number", "firmographic"),
            Attribute("tool", "boolean", "technographic"),
        ),
        won=rng.random(deals) < 1 / (1 + np.exp(-odds)),
        account=np.arange(deals),
        opened=day,
        closed=day + 20,
        amount=np.full(deals, np.nan),
        ids=np.arange(deals).astype(str).astype(object),
    )


@pytest.mark.parametrize("seed", range(3))
def test_two_kinds_are_parted_by_what_names_them(seed):
    past = made(True, seed)
    found = segments(past, seed=seed)
    assert len(found.definitions) == 2
    assert {condition.attribute for definition in found.definitions for condition in definition} == {"industry"}
    rows = [rows_in(past, definition) for definition in found.definitions]
    assert not (rows[0] & rows[1]).any()
    assert (rows[0] | rows[1]).all()
    assert min(r.sum() for r in rows) >= FEWEST_DEALS
    assert found.reason.startswith("2 segments: under industry other attributes mean something else (p = 0.005")


@pytest.mark.parametrize("seed", range(3))
def test_one_kind_stays_one_and_says_why(seed):
    found = segments(made(False, seed), seed=seed)
    assert found.definitions == ((),)
    assert found.reason.startswith("One profile is better than two: ")


def test_few_deals_are_never_parted():
    found = segments(made(True, 1, deals=150))
    assert found.definitions == ((),)
    assert "150 deals" in found.reason
