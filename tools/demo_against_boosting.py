"""What gradient boosting makes of the demonstration's tables: the figure that the README quotes.

    python tools/demo_against_boosting.py      # needs lightgbm, scikit-learn and pandas; `make bench` installs them

The same columns, the same two cut-off days and the same rule as in the demonstration: learned from deals closed by the
day, judged on deals opened after it.
"""

from __future__ import annotations

from pathlib import Path

import lightgbm
import pandas as pd
from sklearn.metrics import roc_auc_score

DATA = Path(__file__).resolve().parents[1] / "src" / "idealfit" / "demo" / "data"
CUTOFFS = ("2010-10-01", "2011-10-01")
DATES = ["Founded On", "First Round On", "Last Round On"]
WORDS = ["Industry", "State", "Region", "Last Round Type"]
NUMBERS = ["Last Round USD", "Rounds So Far", "Raised So Far USD"]


def decided_deals() -> pd.DataFrame:
    """Return one row per decided deal with the facts known on the day it was opened; dates in days before it."""
    deals = pd.read_csv(DATA / "deals.csv", parse_dates=["Created Date", "Close Date"])
    accounts = pd.read_csv(DATA / "accounts.csv", parse_dates=["Known On", *DATES])
    rows = pd.merge_asof(
        deals[deals["Stage"] != "Open"].sort_values("Created Date"),
        accounts.sort_values("Known On"),
        left_on="Created Date",
        right_on="Known On",
        by="Account ID",
    )
    for column in DATES:
        rows[column] = (rows["Created Date"] - rows[column]).dt.days
    return rows.astype(dict.fromkeys(WORDS, "category"))


def main() -> None:
    """Print the AUC and the lift in the top tenth for each cut-off day."""
    rows = decided_deals()
    won = rows["Stage"] == "Closed Won"
    columns = [*DATES, *WORDS, *NUMBERS]
    for day in CUTOFFS:
        known, later = rows["Close Date"] <= day, rows["Created Date"] > day
        model = lightgbm.LGBMClassifier(
            n_estimators=150, learning_rate=0.04, num_leaves=15, min_child_samples=40, verbose=-1, n_jobs=1
        )
        chance = model.fit(rows.loc[known, columns], won[known]).predict_proba(rows.loc[later, columns])[:, 1]
        ranked = won[later].to_numpy()[(-chance).argsort()]
        lift = ranked[: len(ranked) // 10].mean() / ranked.mean()
        print(f"{day}: AUC {roc_auc_score(won[later], chance):.3f}, wins in the top tenth {lift:.2f}x")


if __name__ == "__main__":
    main()
