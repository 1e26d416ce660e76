"""The bake-off recommends what the planted truth lies in, and filters where nothing else tells more."""

from __future__ import annotations

import json

import numpy as np
import pandas as pd
import pytest

from idealfit.errors import InputError
from idealfit.pipeline import bakeoff, save_bakeoff

ABOUT = {
    True: [
        "alerting and incidents for engineers on call",
        "engineers who deploy code all day",
        "servers and pipelines",
    ],
    False: ["flowers delivered to the office", "a bakery with coffee and cake", "holidays at the sea for families"],
}


def deals(*, by_text: bool, n: int = 400, seed: int = 0) -> pd.DataFrame:
    random = np.random.default_rng(seed)
    technical = random.random(n) < 0.5
    large = random.random(n) < 0.5
    chance = np.where(technical if by_text else large, 0.7, 0.1)
    words = [
        " ".join(random.permutation(ABOUT[bool(t)])) + f" since {random.integers(1900, 2020)} in town {i} of many"
        for i, t in enumerate(technical)
    ]
    return pd.DataFrame({
        "Company": [f"company {i}" for i in range(n)],
        "Outcome": np.where(random.random(n) < chance, "Closed Won", "Closed Lost"),
        "Opened": pd.to_datetime("2023-01-01") + pd.to_timedelta(np.sort(random.integers(0, 700, n)), unit="D"),
        "Employees": np.where(large, random.integers(100, 900, n), random.integers(1, 90, n)),
        "Country": random.choice(["Germany", "France"], n),
        "Description": words,
    })  # fmt: skip


@pytest.fixture(autouse=True)
def no_models(tmp_path, monkeypatch):
    monkeypatch.setenv("IDEALFIT_MODELS", str(tmp_path / "none"))


def test_where_only_texts_tell_meaning_is_recommended(tmp_path):
    found = bakeoff(deals(by_text=True), outcome="Outcome", opened="Opened", segment="Country", cutoffs=["2024-01-01"])
    assert found.kind == "forward in time"
    levels = {one.level: one for one in found.whole.levels}
    assert set(levels) == {"filters", "rubric", "stacked signals", "meaning", "combination"}
    assert levels["meaning"].auc.value > 0.7
    assert levels["meaning"].over_filters.low > 0
    assert levels["filters"].over_filters is None
    assert found.whole.recommended != "filters"
    assert {one.segment for one in found.segments} == {"Country: Germany", "Country: France"}
    assert sum(one.deals for one in found.segments) == found.whole.deals
    assert any("NO MODEL IS HERE" in warning for warning in found.warnings)
    save_bakeoff(found, tmp_path / "b.json")
    kept = json.loads((tmp_path / "b.json").read_text())
    assert kept["whole"]["recommended"] == found.whole.recommended


def test_where_filters_tell_it_all_it_says_so():
    found = bakeoff(deals(by_text=False), outcome="Outcome", opened="Opened", cutoffs=["2024-01-01"])
    assert found.whole.recommended == "filters"
    assert found.whole.why == "Filters do as well here."


def test_without_texts_meaning_is_not_tried_and_that_is_said():
    found = bakeoff(deals(by_text=False).drop(columns="Description"), outcome="Outcome", opened="Opened",
                    cutoffs=["2024-01-01"])  # fmt: skip
    assert "meaning" not in {one.level for one in found.whole.levels}
    assert any("No column holds text" in warning for warning in found.warnings)


def test_a_segment_that_is_no_category_is_refused():
    with pytest.raises(InputError, match="values of a category, found 'Employees'"):
        bakeoff(deals(by_text=False), outcome="Outcome", opened="Opened", segment="Employees")
