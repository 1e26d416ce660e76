"""Two kinds of customer are parted, one stays one; each part stands on its own deals."""

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from idealfit.learn.history import Attribute, History
from idealfit.learn.segments import FEWEST_DEALS, TOO_MANY, rows_in, segments


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


def test_more_segments_than_anybody_keeps_apart_are_warned_of():
    """Three attributes each turn round what another means, so that three splits, one in the other, part the deals."""
    deals, rng = 4000, np.random.default_rng(1)
    signs = rng.choice([-1, 1], (deals, 6))
    names = ["industry", "region", "model", "tool_a", "tool_b", "tool_c"]
    odds = 1.1 * (signs[:, :3] * signs[:, 3:]).sum(1)
    past = replace(
        made(False, 1, deals),
        facts=pd.DataFrame(np.where(signs > 0, "yes", "no"), columns=names).astype(object),
        attributes=tuple(Attribute(name, "category", "firmographic") for name in names),
        won=rng.random(deals) < 1 / (1 + np.exp(-odds)),
    )
    found = segments(past)
    assert len(found.definitions) > TOO_MANY == 5
    assert found.reason.startswith(f"{len(found.definitions)} segments: ")
    assert found.reason.endswith(" More than 5 are hard to keep apart: consolidate those that are worked alike.")
    assert "consolidate" not in segments(made(True, 0)).reason
