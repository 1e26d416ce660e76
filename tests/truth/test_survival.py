"""Retention against lifelines and statsmodels, on lifelines' own example sets."""

import numpy as np
import pytest
from lifelines import CoxPHFitter, KaplanMeierFitter, datasets
from statsmodels.duration.hazard_regression import PHReg

from idealfit.learn.survival import cox, kaplan_meier, martingale_residuals

SETS = {
    "waltons": (datasets.load_waltons, "T", "E"),
    "rossi": (datasets.load_rossi, "week", "arrest"),
    "lung": (datasets.load_lung, "time", "status"),
    "larynx": (datasets.load_larynx, "time", "death"),
    "leukemia": (datasets.load_leukemia, "t", "status"),
    "gbsg2": (datasets.load_gbsg2, "time", "cens"),
    "kidney": (datasets.load_kidney_transplant, "time", "death"),
    "psychiatric": (datasets.load_psychiatric_patients, "T", "C"),
    "stanford": (datasets.load_dd, "duration", "observed"),
}


def loaded(name):
    load, time, ended = SETS[name]
    frame = load()
    keep = frame[[time, ended]].notna().all(axis=1)
    return frame[keep], frame.loc[keep, time].to_numpy(float), frame.loc[keep, ended].to_numpy() > 0


@pytest.mark.parametrize("name", SETS)
def test_curves_are_those_of_lifelines(name):
    _, time, ended = loaded(name)
    theirs = KaplanMeierFitter().fit(time, ended)
    ours = kaplan_meier(time, ended)
    at = theirs.survival_function_.index.to_numpy()
    np.testing.assert_array_equal(ours.time, at)
    np.testing.assert_allclose(ours.kept, theirs.survival_function_.to_numpy()[:, 0], atol=1e-6)
    inner = (ours.kept > 0) & (ours.kept < 1)
    band = theirs.confidence_interval_.to_numpy()
    np.testing.assert_allclose(ours.low[inner], band[inner, 0], atol=1e-6)
    np.testing.assert_allclose(ours.high[inner], band[inner, 1], atol=1e-6)
    np.testing.assert_array_equal(ours.at_risk[1:], theirs.event_table["at_risk"].to_numpy()[1:])


COVARIATES = {
    "waltons": ["group"],
    "rossi": ["fin", "age", "race", "wexp", "mar", "paro", "prio"],
    "larynx": ["age", "Stage_II", "Stage_III", "Stage_IV"],
    "leukemia": ["sex", "logWBC", "Rx"],
    "gbsg2": ["age", "tsize", "pnodes", "progrec", "estrec"],
    "kidney": ["age", "black_male", "white_male", "black_female"],
}


@pytest.mark.parametrize("name", COVARIATES)
def test_hazard_ratios_are_those_of_lifelines_and_statsmodels(name):
    frame, time, ended = loaded(name)
    x = frame[COVARIATES[name]].copy()
    if name == "waltons":
        x["group"] = (x["group"] == "miR-137").astype(float)
    x = x.astype(float)
    fit = cox(x.to_numpy(), time, ended)
    theirs = CoxPHFitter().fit(
        x.assign(time=time, ended=ended), "time", "ended", fit_options={"precision": 1e-12, "r_precision": 1e-14}
    )
    np.testing.assert_allclose(fit.beta, theirs.params_.to_numpy(), atol=1e-6)
    np.testing.assert_allclose(fit.error, theirs.standard_errors_.to_numpy(), atol=1e-6)
    efron = PHReg(time, x, status=ended.astype(int), ties="efron").fit()
    np.testing.assert_allclose(fit.beta, efron.params, atol=1e-5)


def test_baselines_stand_apart_by_stratum_as_in_lifelines():
    frame, time, ended = loaded("rossi")
    x = frame[["fin", "age", "prio"]].astype(float)
    fit = cox(x.to_numpy(), time, ended, frame["wexp"].to_numpy())
    theirs = CoxPHFitter().fit(
        x.assign(time=time, ended=ended, wexp=frame["wexp"]), "time", "ended", strata=["wexp"],
        fit_options={"precision": 1e-12, "r_precision": 1e-14},
    )  # fmt: skip
    np.testing.assert_allclose(fit.beta, theirs.params_.to_numpy(), atol=1e-6)


def test_a_curve_by_hand():
    curve = kaplan_meier(np.array([100.0, 200, 200, 300, 400]), np.array([True, True, False, False, True]))
    assert curve.at(99)[0] == 1
    assert curve.at(100)[0] == pytest.approx(4 / 5)
    assert curve.at(250)[:1] + curve.at(250)[3:] == (pytest.approx(4 / 5 * 3 / 4), 2)
    assert curve.at(400)[0] == 0
    assert curve.at(401) is None


def test_a_group_without_an_end_has_no_hazard_ratio():
    time, ended = np.arange(1.0, 21), np.arange(20) < 10
    assert cox((np.arange(20) >= 10)[:, None].astype(float), time, ended) is None


def test_residuals_sum_to_nothing_within_each_stratum():
    rng = np.random.default_rng(1)
    time, ended, stratum = rng.integers(1, 30, 200).astype(float), rng.random(200) < 0.5, rng.integers(0, 3, 200)
    left = martingale_residuals(time, ended, stratum)
    assert np.bincount(stratum, weights=left) == pytest.approx(np.zeros(3))
