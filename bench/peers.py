"""The peers: what else one would use on the same columns, each with one sensible setting and one thread.

Every peer sees exactly the columns Idealfit sees. Numbers and dates stay as they are, with NaN for unknown; categories
and booleans are values with unknown as a value of its own; each list becomes yes/no columns for its items that at least
ten companies learned from have, and each text the same for its words. All is fitted on the rows learned from alone.
"""

from __future__ import annotations

import contextlib
import io
import re
import warnings
from collections import Counter
from collections.abc import Callable

import lightgbm
import numpy as np
import numpy.typing as npt
import pandas as pd
from sklearn.compose import ColumnTransformer
from sklearn.impute import SimpleImputer
from sklearn.linear_model import LogisticRegression, LogisticRegressionCV
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import OneHotEncoder, StandardScaler

from task import Index, Task

with contextlib.redirect_stderr(io.StringIO()):  # two solvers it loads but does not use here fall out, loudly
    from optbinning import BinningProcess

Scores = npt.NDArray[np.float64]
COMMON = 10
"""An item or a word gets a column when so many of the companies learned from have it."""


def columns_for_peers(task: Task, train: Index, test: Index) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return what the peers learn from and what they score.

    Numbers and dates are float64, items and words bool, the rest object with "unknown" for unknown.
    """
    parts: dict[str, npt.NDArray[np.float64] | npt.NDArray[np.bool_] | pd.Series] = {}
    for attribute in task.attributes:
        cells = task.facts[attribute.name]
        if attribute.kind in ("number", "date"):
            parts[attribute.name] = cells.to_numpy(dtype=np.float64)
        elif attribute.kind in ("list", "text"):
            bags = [_items(cell) for cell in cells]
            count = Counter(item for row in train for item in bags[row])
            for item in sorted(item for item, n in count.items() if n >= COMMON):
                parts[f"{attribute.name}: {item}"] = np.array([item in bag for bag in bags])
        else:
            parts[attribute.name] = cells.fillna("unknown").astype(object)
    wide = pd.DataFrame(parts)
    return wide.iloc[train].reset_index(drop=True), wide.iloc[test].reset_index(drop=True)


def _items(cell: object) -> frozenset[str]:
    """Return the items of a list cell or the words of a text."""
    if cell is None:
        return frozenset()
    return frozenset(cell) if isinstance(cell, tuple) else frozenset(re.findall(r"[a-z0-9]{3,}", str(cell).lower()))


def _kinds(frame: pd.DataFrame) -> tuple[list[str], list[str]]:
    """Return the names of the number columns (items and words among them) and of the category columns."""
    numeric = [name for name in frame.columns if frame[name].dtype != object]
    return numeric, [name for name in frame.columns if name not in numeric]


def lightgbm_scores(train: pd.DataFrame, won: npt.NDArray[np.bool_], test: pd.DataFrame) -> Scores:
    """Gradient boosting: 200 trees at .05, 15 leaves of at least 20 rows, native categories, default otherwise."""
    _, categories = _kinds(train)
    train, test = train.copy(), test.copy()
    for name in categories:
        levels = pd.CategoricalDtype(sorted(train[name].unique()))
        train[name], test[name] = train[name].astype(levels), test[name].astype(levels)
    names = [f"c{i}" for i in range(train.shape[1])]  # its own names may not hold JSON characters
    model = lightgbm.LGBMClassifier(
        n_estimators=200, learning_rate=0.05, num_leaves=15, min_child_samples=20,
        n_jobs=1, random_state=0, deterministic=True, verbosity=-1,
    )  # fmt: skip
    model.fit(train.set_axis(names, axis=1), won)
    return np.asarray(model.predict_proba(test.set_axis(names, axis=1)))[:, 1]


def logistic_scores(train: pd.DataFrame, won: npt.NDArray[np.bool_], test: pd.DataFrame) -> Scores:
    """One-hot logistic regression: median imputed with a flag, scaled; values under 5 rows pooled; C by 5-fold AUC."""
    numeric, categories = _kinds(train)
    train, test = (frame.astype(dict.fromkeys(numeric, np.float64)) for frame in (train, test))
    columns = ColumnTransformer(
        [
            ("n", make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler()), numeric),
            ("c", OneHotEncoder(handle_unknown="infrequent_if_exist", min_frequency=5), categories),
        ]
    )
    model = LogisticRegressionCV(
        Cs=np.logspace(-3, 1, 7), l1_ratios=(0.0,), cv=StratifiedKFold(5, shuffle=True, random_state=0),
        scoring="roc_auc", max_iter=1000, n_jobs=1, use_legacy_attributes=False,
    )  # fmt: skip
    return np.asarray(Pipeline([("columns", columns), ("model", model)]).fit(train, won).predict_proba(test))[:, 1]


def optbinning_scores(train: pd.DataFrame, won: npt.NDArray[np.bool_], test: pd.DataFrame) -> Scores:
    """Optimal bins by weight of evidence under a logistic regression: the scorecard of optbinning, default settings."""
    numeric, categories = _kinds(train)
    train, test = (frame.astype(dict.fromkeys(numeric, np.float64)) for frame in (train, test))
    varied = [name for name in train.columns if train[name].nunique(dropna=False) > 1]
    bins = BinningProcess(varied, categorical_variables=[name for name in categories if name in varied])
    model = Pipeline([("bins", bins), ("model", LogisticRegression(max_iter=1000))])
    # The scorecard's points are this regression's log odds, scaled and shifted: the order, all we judge, is the same.
    model.fit(train[varied], won.astype(np.int64))
    return np.asarray(model.predict_proba(test[varied]))[:, 1]


def odoo_scores(train: pd.DataFrame, won: npt.NDArray[np.bool_], test: pd.DataFrame) -> Scores:
    """Naive Bayes as Odoo counts it: .1 added to each count, unknown skipped, every value its own, rare items ignored.

    P(won) x product of count(value, won) / count(field, won), against the same for lost. It has no bins, so a number is
    whatever value it is; items of lists are its tags, counted from 50 companies on. A value never seen is skipped.
    """
    log_odds = np.full(len(test), np.log((won.sum() + 0.1) / ((~won).sum() + 0.1)))
    for name in train.columns:
        seen, item = train[name], train[name].dtype == bool
        known = seen if item else seen.notna() & (seen != "unknown")  # of an item only having it counts
        if item and known.sum() < 50:
            continue
        counts = pd.crosstab(seen[known], won[known.to_numpy()]).reindex(columns=[False, True], fill_value=0) + 0.1
        totals = np.array([(~won).sum() + 0.1, won.sum() + 0.1]) if item else counts.sum().to_numpy()
        weight = np.log(counts[True] / totals[1]) - np.log(counts[False] / totals[0])
        log_odds += test[name].map(weight).fillna(0.0).to_numpy(dtype=np.float64)
    return np.asarray(log_odds)


PEERS: dict[str, Callable[[pd.DataFrame, npt.NDArray[np.bool_], pd.DataFrame], Scores]] = {
    "LightGBM": lightgbm_scores,
    "logistic": logistic_scores,
    "optbinning": optbinning_scores,
    "Odoo Bayes": odoo_scores,
}


def peer_scores(peer: str, task: Task, train: Index, test: Index) -> Scores:
    """Return the peer's scores of the judged rows, higher is better."""
    learned, judged = columns_for_peers(task, train, test)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return PEERS[peer](learned, task.won[train], judged)
