"""A market counted by its answers: how many companies there are of each vector. All sizes are sums over these rows."""

from __future__ import annotations

from typing import TYPE_CHECKING

import ibis
import pandas as pd

from idealfit.engine import connect, refusals_explained
from idealfit.score.answers import answer_name, answered, cells, tests_of, truths
from idealfit.score.fit import with_fit, with_tier, with_totals, with_win_rate

if TYPE_CHECKING:
    from collections.abc import Mapping

    import ibis.expr.types as ir

    from idealfit.profile.criteria import Day
    from idealfit.profile.document import Profile

JUDGED = ("fit", "fit_low", "fit_high", "tier", "win_rate", "win_rate_low", "win_rate_high", "disqualified")
"""What a vector of answers comes to, as `judged` adds it."""


def census(profile: Profile, table: ir.Table, *, as_of: Day, by: Mapping[str, ir.Value] | None = None) -> pd.DataFrame:
    """Return one row per vector of answers that occurs, with `n`, how many companies have it (this asks the engine).

    `by` are further values by which companies are told apart, such as a segment; each becomes a column.
    """
    answers = answered(truths(profile, table.schema(), cells(profile, table, None, as_of, beside=by), as_of))
    names = [*(by or ()), *(answer_name(i) for i in range(len(tests_of(profile))))]
    counted = answers.group_by(names).agg(n=answers.count()) if names else answers.aggregate(n=answers.count())
    with refusals_explained("counting the market"):
        found: pd.DataFrame = counted.to_pandas()
    return found.sort_values(list(found.columns), key=lambda column: column.astype(str)).reset_index(drop=True)


def judged(profile: Profile, counted: pd.DataFrame) -> pd.DataFrame:
    """Return rows of a `census` with what `profile` makes of their answers: fit, its bounds, tier and win rate."""
    rows = counted.assign(row=range(len(counted)))
    vectors = ibis.memtable(rows[["row", *(c for c in counted.columns if c.startswith("answer_"))]])
    steps = with_win_rate(profile, with_tier(profile, with_fit(profile, with_totals(profile, vectors))))
    found = connect().to_pandas(steps.select("row", *JUDGED)).sort_values("row")
    return counted.assign(**{name: found[name].to_numpy() for name in JUDGED})
