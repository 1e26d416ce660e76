"""Curves and hazard ratios beside lifelines and statsmodels, on lifelines' own example sets: the largest differences.

The curve, its band and who is at risk are Kaplan and Meier's, the coefficients and their errors Cox's with Efron's
ties. Where everybody is kept, or nobody, there is no band to compare: ours is the point, lifelines writes NaN or the
point.
"""

from __future__ import annotations

import argparse
import sys
import warnings
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from lifelines import CoxPHFitter, KaplanMeierFitter, datasets
from statsmodels.duration.hazard_regression import PHReg

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

from idealfit.learn.retention import retained  # noqa: E402
from idealfit.learn.survival import cox, kaplan_meier  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

PROMISE = 1e-6


@dataclass(frozen=True)
class Example:
    """An example set: how it is loaded, its columns of time and end, and what hazards are fitted on."""

    load: Callable[[], pd.DataFrame]
    time: str
    ended: str
    by: tuple[str, ...] = field(default=())
    stratum: str = ""


PRISON = ("fin", "age", "race", "wexp", "mar", "paro", "prio")
EXAMPLES = {
    "waltons": Example(datasets.load_waltons, "T", "E", ("group",)),
    "rossi": Example(datasets.load_rossi, "week", "arrest", PRISON),
    "rossi by wexp": Example(datasets.load_rossi, "week", "arrest", ("fin", "age", "prio"), "wexp"),
    "lung": Example(datasets.load_lung, "time", "status", ("age", "sex", "ph.karno")),
    "larynx": Example(datasets.load_larynx, "time", "death", ("age", "Stage_II", "Stage_III", "Stage_IV")),
    "leukemia": Example(datasets.load_leukemia, "t", "status", ("sex", "logWBC", "Rx")),
    "gbsg2": Example(datasets.load_gbsg2, "time", "cens", ("age", "tsize", "pnodes", "progrec", "estrec")),
    "kidney transplant": Example(
        datasets.load_kidney_transplant, "time", "death", ("age", "black_male", "white_male", "black_female")
    ),
    "psychiatric": Example(datasets.load_psychiatric_patients, "T", "C", ("Age", "sex")),
    "democracies": Example(datasets.load_dd, "duration", "observed"),
}


def curve_differs(time: np.ndarray, ended: np.ndarray) -> tuple[float, float]:
    """Return the largest difference of the share kept and of its band, over all times; infinite where times differ."""
    theirs, ours = KaplanMeierFitter().fit(time, ended), kaplan_meier(time, ended)
    same_times = np.array_equal(ours.time, theirs.survival_function_.index.to_numpy())
    if not same_times or not np.array_equal(ours.at_risk[1:], theirs.event_table["at_risk"].to_numpy()[1:]):
        return np.inf, np.inf
    days = np.linspace(0, time.max(), 50)  # between ends too, by the figure that profiles show
    shown = [retained(time, ended, after=int(day)).kept for day in days]
    kept = max(
        np.abs(ours.kept - theirs.survival_function_.to_numpy()[:, 0]).max(),
        np.abs(np.array(shown, dtype=float) - theirs.predict(days.astype(int)).to_numpy()).max(),
    )
    inner = (ours.kept > 0) & (ours.kept < 1)
    band = theirs.confidence_interval_.to_numpy()[inner]
    return float(kept), float(np.abs(np.column_stack([ours.low, ours.high])[inner] - band).max())


def hazards_differ(x: pd.DataFrame, time: np.ndarray, ended: np.ndarray, stratum: pd.Series | None) -> list[float]:
    """Return the largest difference of coefficients and of errors from lifelines', and of coefficients, statsmodels'."""
    groups = None if stratum is None else np.unique(stratum, return_inverse=True)[1]
    ours = cox(x.to_numpy(), time, ended, groups)
    if ours is None:
        return [np.inf] * 3
    frame = x.assign(time=time, ended=ended) if stratum is None else x.assign(time=time, ended=ended, stratum=stratum)
    close = {"precision": 1e-12, "r_precision": 1e-14}  # their own default stops at about 1e-7
    theirs = CoxPHFitter().fit(
        frame, "time", "ended", strata=None if stratum is None else ["stratum"], fit_options=close
    )
    efron = PHReg(time, x.to_numpy(), status=ended.astype(int), strata=groups, ties="efron").fit()
    pairs = (
        (ours.beta, theirs.params_.to_numpy()),
        (ours.error, theirs.standard_errors_.to_numpy()),
        (ours.beta, efron.params),
    )
    return [float(np.abs(mine - other).max()) for mine, other in pairs]


def compared(example: Example) -> tuple[int, list[float]]:
    """Return how many rows a set has and the five differences, NaN where hazards are not fitted."""
    frame = example.load()
    needed = [example.time, example.ended, *example.by]
    frame = frame[frame[needed].notna().all(axis=1)]
    time, ended = frame[example.time].to_numpy(float), frame[example.ended].to_numpy() > 0
    differences = list(curve_differs(time, ended))
    if not example.by:
        return len(frame), [*differences, np.nan, np.nan, np.nan]
    x = frame[list(example.by)]
    x = x.apply(lambda column: column if column.dtype.kind in "bif" else column == column.max()).astype(float)
    stratum = frame[example.stratum] if example.stratum else None
    return len(frame), differences + hazards_differ(x, time, ended, stratum)


def main() -> int:
    """Print the largest differences set by set, and of all; return 1 if a set could not be fitted."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    warnings.filterwarnings("ignore")
    print(f"{'set':<20}{'rows':>6}{'kept':>10}{'band':>10}{'beta':>10}{'error':>10}{'beta, statsmodels':>20}")
    found = []
    for name, example in EXAMPLES.items():
        rows, differences = compared(example)
        found.append(differences)
        figures = ["-" if np.isnan(d) else f"{d:.0e}" for d in differences]
        print(f"{name:<20}{rows:>6}" + "".join(f"{f:>10}" for f in figures[:4]) + f"{figures[4]:>20}", flush=True)
    lifelines, statsmodels = np.nanmax(np.array(found)[:, :4]), np.nanmax(np.array(found)[:, 4])
    print(f"\nlargest difference from lifelines: {lifelines:.1e} (promise: at most {PROMISE:.0e})")
    print(f"largest difference from statsmodels: {statsmodels:.1e}")
    return int(not np.isfinite(lifelines))


if __name__ == "__main__":
    sys.exit(main())
