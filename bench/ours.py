"""Our side of the benchmark: a profile is learned from one part of a task and scores the other."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

import idealfit
from idealfit.learn.contamination import cleaned
from idealfit.learn.drafting import profile_from
from idealfit.learn.history import History
from idealfit.prove.applying import scores_of
from measures import Scores
from task import Index, Task

DAY = date(2014, 1, 1)
"""The day of scoring; facts that are dates are put as many days before it as they lie before the deal."""


def rubric_scores(learned: History, judged: History) -> Scores:
    """Return the fit (0 to 100) of each judged row, by the profile learned from the other history.

    The same steps as `idealfit.learn`, on facts that are read already: contamination out, patterns, rubric, profile.
    """
    clean, _ = cleaned(learned, seed=0)
    profile = profile_from(clean, name="benchmark", seed=0)
    return scores_of(profile, judged, DAY)["fit"].to_numpy(dtype=np.float64)


def task_scores(task: Task, train: Index, test: Index) -> Scores:
    """Return our scores of one fold's judged rows."""
    return rubric_scores(task.history(train), task.history(test))


def end_to_end_scores(task: Task, train: Index, test: Index) -> Scores:
    """Return the scores of one fold through the public verbs, from tables as a person would have them."""
    learned, judged = _table(task, train), _table(task, test)
    if task.mode == "customers against a market":
        won = task.won[train]
        profile = idealfit.learn(learned[won], market=learned[~won], id="company")
    else:
        learned["outcome"] = np.where(task.won[train], "Won", "Lost")
        dated = not np.isnat(task.opened[train]).all()
        if dated:
            learned["opened_on"] = task.opened[train].astype("datetime64[s]")
        learned["deal_id"] = [str(row) for row in train]
        profile = idealfit.learn(learned, id="deal_id", outcome="outcome", opened="opened_on" if dated else None)
    judged["company"] = [str(row) for row in range(len(judged))]
    scores = idealfit.score(profile, judged, id="company", as_of=DAY)
    return scores.set_index("id").loc[judged["company"], "fit"].to_numpy(dtype=np.float64)


def _table(task: Task, rows: Index) -> pd.DataFrame:
    """Return these rows as an export would have them: lists joined, dates as dates."""
    facts = task.facts.iloc[rows].reset_index(drop=True)
    known_day = pd.Series(task.opened[rows]).fillna(pd.Timestamp(DAY))
    for attribute in task.attributes:
        cells = facts[attribute.name]
        if attribute.kind == "list":
            facts[attribute.name] = cells.map(lambda items: None if items is None else "; ".join(items))
        elif attribute.kind == "date":
            facts[attribute.name] = known_day - pd.to_timedelta(cells, unit="D")
    return facts.assign(company=task.groups[rows].astype(str))
