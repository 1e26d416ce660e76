"""What a file of scores comes to: how many companies in which tier, and the best of them."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from idealfit.engine import connect, refusals_explained
from idealfit.score.scoring import duplicate_ids

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import ibis.expr.types as ir

    from idealfit.profile.document import Profile
    from idealfit.score.exclusions import LeftOut

BEST = 5
"""How many of the best companies are shown."""

WHOLE = ("fit", "fit_low", "fit_high")
RATES = ("win_rate", "win_rate_low", "win_rate_high")


@dataclass(frozen=True)
class Scored:
    """What a run of scoring came to: companies per tier (the profile's tiers first), the best, and where the rows are.

    `missing_columns` are attributes of the profile that the table does not have. With `is_lift`, win rates are
    lifts against the market. `warnings` are columns that look wrong, `left_out` who is on a list or disqualified.
    """

    path: str
    rows: int
    tiers: tuple[tuple[str, int], ...]
    best: tuple[dict[str, Any], ...]
    missing_columns: tuple[str, ...]
    is_lift: bool = False
    warnings: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the summary as plain values."""
        return {
            "rows": self.rows,
            "tiers": dict(self.tiers),
            "missing_columns": list(self.missing_columns),
            "warnings": list(self.warnings),
            "left_out": [asdict(rule) for rule in self.left_out],
            "best": list(self.best),
            "scores": self.path,
        }


def tally(path: str | Path, profile: Profile, missing_columns: tuple[str, ...] = ()) -> Scored:
    """Return what the scores in a file come to, read back from it: so it tells of what was written."""
    with refusals_explained(f"reading {path}"):
        scores = _scores_in(Path(path))
        counted = scores.group_by("tier").agg(n=scores.count()).to_pyarrow().to_pylist()
        best = scores.order_by([scores.fit.desc(), scores.fit_low.desc(), scores.id]).limit(BEST).to_pyarrow()
    return summed(
        str(path), profile, {row["tier"]: int(row["n"]) for row in counted}, best.to_pylist(), missing_columns
    )


def summed(
    path: str,
    profile: Profile,
    per_tier: Mapping[str, int],
    best: Sequence[dict[str, Any]],
    missing_columns: tuple[str, ...] = (),
) -> Scored:
    """Return what companies per tier, and the best of them, come to."""
    in_order = dict.fromkeys([*(tier.name for tier in profile.tiers), *sorted(per_tier)])
    return Scored(
        path=path,
        rows=sum(per_tier.values()),
        tiers=tuple((tier, per_tier.get(tier, 0)) for tier in in_order),
        best=tuple(best),
        missing_columns=missing_columns,
        is_lift=profile.learned is not None and profile.learned.mode == "customers against a market",
    )


def repeated_ids(path: str | Path) -> tuple[str, ...]:
    """Return a warning where an id stands in more than one row of a file of scores."""
    with refusals_explained(f"reading {path}"):
        repeated = duplicate_ids(_scores_in(Path(path)))
    if not repeated:
        return ()
    stand = "id stands" if repeated == 1 else "ids stand"
    return (f"{repeated:,} {stand} in more than one row; every row was scored, and none was put together",)


def _scores_in(path: Path) -> ir.Table:
    if path.suffix == ".parquet":
        return connect().read_parquet(str(path))
    scores = connect().read_csv(str(path), all_varchar=True, header=True)
    numbers = {name: scores[name].cast("int64") for name in WHOLE}
    return scores.mutate(**numbers, **{name: scores[name].try_cast("float64") for name in RATES})
