"""Scores held against outcomes: everything that is measured on one set of scored deals."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.prove import measures, parting
from idealfit.prove.trials import Counted, FalsePositive, FalsePositives, FiltersOnly, Group, Measured

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from idealfit.learn.history import History

SCORE_EDGES = (0, 20, 40, 60, 80)
"""Where the ranges of fit begin in which win rates are told."""

MOST_LISTED = 50
"""How many false positives are listed by name, the ones that filters liked best first."""


@dataclass(frozen=True)
class Scored:
    """Deals with their scores and outcomes, one row each.

    `rows` has the columns id, opened, won, account, stratum, label, fit, expected, tier, against, filters_fit,
    filters_expected and base (the expectation of a company nothing is known of). `tiers` are the names in order.
    """

    rows: pd.DataFrame
    tiers: tuple[str, ...]
    against_market: bool

    @classmethod
    def of(
        cls,
        history: History,
        whole: pd.DataFrame,
        filters: pd.DataFrame | None,
        *,
        label: str,
        tiers: tuple[str, ...],
        base: float,
    ) -> Scored:
        """Return the deals of `history` with the scores of the whole profile and of its filters-only rival.

        Without `filters` the rival knows nothing: all companies score alike, at the expectation `base`.
        """
        rows = pd.DataFrame(
            {
                "id": [str(one) for one in history.ids],
                "opened": history.opened,
                "won": history.won,
                "account": history.account,
                "stratum": 0,
                "label": label,
                "fit": whole["fit"].to_numpy(dtype=np.float64),
                "expected": whole["win_rate"].to_numpy(dtype=np.float64),
                "tier": whole["tier"].to_numpy(dtype=object),
                "against": whole["against"].to_numpy(dtype=object),
                "filters_fit": 50.0 if filters is None else filters["fit"].to_numpy(dtype=np.float64),
                "filters_expected": base if filters is None else filters["win_rate"].to_numpy(dtype=np.float64),
                "base": base,
            }
        )
        return cls(rows, tiers, history.mode == "customers against a market")

    def only(self, chosen: npt.NDArray[np.bool_], stratum: int) -> Scored:
        """Return the chosen rows, marked as one stratum."""
        return Scored(self.rows[chosen].assign(stratum=stratum), self.tiers, self.against_market)

    @property
    def won(self) -> npt.NDArray[np.bool_]:
        """Return which of the rows were won."""
        return np.asarray(self.rows["won"], dtype=bool)


def joined(parts: Sequence[Scored]) -> Scored:
    """Return all rows of `parts` (at least one) in one table."""
    tiers = dict.fromkeys(name for part in parts for name in part.tiers)
    return Scored(pd.concat([p.rows for p in parts], ignore_index=True), tuple(tiers), parts[0].against_market)


def measured(scored: Scored, *, seed: int) -> Measured:
    """Return every measure of the scores; with fewer deals than `parting.SCORE_AT_LEAST`, the counts alone."""
    rows, won = scored.rows, scored.won
    account = rows["account"].to_numpy()
    total = Counted(len(rows), int(won.sum()))
    if not parting.has_enough(won, parting.SCORE_AT_LEAST):
        return Measured(scored=total)
    contest = measures.contest(
        rows["fit"],
        rows["filters_fit"],
        won,
        account=account,
        seed=seed,
        stratum=rows["stratum"],
        among="market" if scored.against_market else "all",
    )
    fit = rows["fit"].to_numpy()
    edges = (*SCORE_EDGES, 101)
    ranges = [(f"{low} to {min(high - 1, 100)}", (fit >= low) & (fit < high)) for low, high in pairwise(edges)]
    tier = rows["tier"].to_numpy()
    names = dict.fromkeys([*scored.tiers, *sorted({str(t) for t in tier} - set(scored.tiers))])
    told = np.isfinite(rows["expected"].to_numpy())
    return Measured(
        scored=total,
        base_rate=measures.rate(won, account),
        auc=contest.first.auc,
        lift_top_decile=contest.first.lift,
        filters_only=FiltersOnly(contest.second.auc, contest.second.lift),
        delta_auc=contest.delta_auc,
        delta_lift=contest.delta_lift,
        by_score=_groups(scored, ranges),
        by_tier=_groups(scored, [(name, tier == name) for name in names]),
        calibration=_calibration(scored, np.flatnonzero(told)),
    )


def false_positives(scored: Scored | None) -> FalsePositives:
    """Return the deals that filters alone liked and the whole profile turned away, with the lost ones listed."""
    if scored is None:
        return FalsePositives(Counted(0, 0), Counted(0, 0))
    rows, won = scored.rows, scored.won
    edge = rows["base"].to_numpy()
    liked = rows["filters_expected"].to_numpy() > edge + 1e-9
    turned_away = liked & ((rows["expected"].to_numpy() < edge - 1e-9) | (rows["tier"].to_numpy() == "disqualified"))
    lost = rows[turned_away & ~won].sort_values(["filters_fit", "fit", "id"], ascending=[False, True, True])
    return FalsePositives(
        Counted(int(liked.sum()), int((liked & won).sum())),
        Counted(int(turned_away.sum()), int((turned_away & won).sum())),
        tuple(
            FalsePositive(
                id=row.id,
                label=row.label,
                opened=None if pd.isna(row.opened) else pd.Timestamp(row.opened).date(),
                filters_fit=int(row.filters_fit),
                fit=int(row.fit),
                against=row.against if isinstance(row.against, str) else "",
            )
            for row in lost.head(MOST_LISTED).itertuples()
        ),
    )


def _groups(scored: Scored, masks: Sequence[tuple[str, npt.NDArray[np.bool_]]]) -> tuple[Group, ...]:
    return tuple(_group(scored, label, np.flatnonzero(mask)) for label, mask in masks if mask.any())


def _calibration(scored: Scored, told: npt.NDArray[np.int64]) -> tuple[Group, ...]:
    rows = scored.rows.iloc[told]
    groups = measures.calibration(rows["expected"], scored.won[told], rows["account"])
    return tuple(_group(scored, f"group {i + 1}", told[g.members]) for i, g in enumerate(groups))


def _group(scored: Scored, label: str, members: npt.NDArray[np.int64]) -> Group:
    """Return what came of the rows at positions `members`."""
    rows, won, everyone = scored.rows.iloc[members], scored.won[members], scored.won
    share = measures.rate(won, rows["account"])
    expected = rows["expected"].to_numpy()
    expected = expected[np.isfinite(expected)]
    lift = None
    if scored.against_market:
        lift = measures.lift_against(int(won.sum()), int(everyone.sum()), int((~won).sum()), int((~everyone).sum()))
    return Group(
        label=label,
        n=share.n,
        won=share.won,
        rate=share.rate,
        low=share.low,
        high=share.high,
        expected=float(expected.mean()) if len(expected) else None,
        lift=lift,
    )
