"""A number that is the same for all deals of a day tells when, not who."""

from __future__ import annotations

import numpy as np
import pandas as pd

from idealfit.learn.contamination import cleaned
from quiet import past_of


def history(days: int, a_day: int):
    """Return deals with an index of the day, a rate that changes on some days, a company's size and a month."""
    rng = np.random.default_rng(0)
    n = days * a_day
    opened = np.repeat(np.datetime64("2023-01-02") + np.arange(days), a_day)
    index = np.repeat(rng.normal(0, 1, days).cumsum(), a_day)
    facts = pd.DataFrame(
        {
            "n index": index,
            "n size": rng.lognormal(4, 1, n),
            "n seasonal size": rng.lognormal(4, 1, n) + 20 * index,
            "c month": np.repeat([f"m{(i // 30) % 12}" for i in range(days)], a_day).astype(object),
        }
    )
    return past_of(facts, rng.random(n) < 0.4, opened=opened)


def test_an_index_of_the_day_is_left_out_and_told():
    past, found = cleaned(history(120, 4))
    assert list(past.facts) == ["n size", "n seasonal size", "c month"]
    (told,) = (s for s in found if s.kind == "a fact of the day")
    assert told.column == "n index"
    assert "tells when, not who" in told.evidence
    assert any(e.column == "n index" for e in past.excluded)


def test_too_few_days_with_several_deals_tell_nothing():
    past, _ = cleaned(history(19, 8))
    assert "n index" in past.facts
    past, _ = cleaned(history(150, 1))
    assert "n index" in past.facts
