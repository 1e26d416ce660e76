"""Planted leaks in worlds that nobody here wrote: is each of them kept out of what is learned?

leadforge simulates a seller's funnel and says of each column whether it knows the outcome. Its worlds are joined here
the way a careless export would be: every lead with its snapshot, and with what only won or lost leads ever get.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import tempfile
from pathlib import Path

import pandas as pd
from leadforge.api.generator import Generator
from leadforge.schema.features import LEAD_SNAPSHOT_FEATURES
from leadforge.validation.leakage_probes import BANNED_OPP_COLUMNS

import idealfit
from idealfit.profile.document import Profile

TARGET = "converted_within_90_days"
CUSTOMER = ("customer_id", "customer_start_at", "plan_name", "subscription_status")
PLANTED = (
    *(feature.name for feature in LEAD_SNAPSHOT_FEATURES if feature.leakage_risk),
    "conversion_timestamp",
    *BANNED_OPP_COLUMNS,
    *CUSTOMER,
    "owner_rep_id",  # who sold: known beforehand, and no fact about the company
)
KEYS = ("account_id", "contact_id", "lead_id", "opportunity_id")
DIFFICULTIES = ("intro", "intermediate", "advanced")


def careless_export(difficulty: str, seed: int, leads: int) -> pd.DataFrame:
    """Return one row per lead of a new world, with everything that is known of it in the end."""
    makers = {"n_leads": leads, "n_accounts": leads // 3, "n_contacts": leads}
    generator = Generator.from_recipe(
        "b2b_saas_procurement_v1", seed=seed, exposure_mode="research_instructor", difficulty=difficulty, **makers
    )
    with tempfile.TemporaryDirectory() as folder:
        generator.generate().save(folder)
        splits = [pd.read_parquet(path) for path in sorted(Path(folder, "tasks", TARGET).glob("*.parquet"))]
        tables = {path.stem: pd.read_parquet(path) for path in Path(folder, "tables").glob("*.parquet")}
    opportunities = tables["opportunities"].drop_duplicates("lead_id", keep="last")
    later = (
        opportunities[["lead_id", "opportunity_id", *BANNED_OPP_COLUMNS]]
        .merge(tables["customers"][["customer_id", "opportunity_id", "customer_start_at"]], how="left")
        .merge(tables["subscriptions"][["customer_id", "plan_name", "subscription_status"]], how="left")
    )
    people = tables["leads"][["lead_id", "owner_rep_id", "conversion_timestamp"]]
    deals = pd.concat(splits).merge(people, on="lead_id", how="left").merge(later, on="lead_id", how="left")
    return deals.sort_values("lead_id").reset_index(drop=True)


def profile_of(deals: pd.DataFrame, seed: int) -> Profile:
    """Return what `idealfit.learn` makes of the export."""
    said = deals.assign(**{TARGET: deals[TARGET].map({True: "yes", False: "no"})})
    return idealfit.learn(
        said, id="lead_id", outcome=TARGET, won=["yes"], lost=["no"], opened="lead_created_at", seed=seed
    )


def main() -> None:
    """Print per world and planted leak whether it was kept out, then in how many worlds all were."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=2, help="worlds per difficulty (default 2)")
    parser.add_argument("--leads", type=int, default=2000, help="leads per world (default 2000)")
    asked = parser.parse_args()
    clean = worlds = 0
    print(f"{'world':<18}{'won':>6}  {'leaks kept out':<16}{'still in':<28}{'also kept out':<40}profile")
    for difficulty in DIFFICULTIES:
        for seed in range(1, asked.seeds + 1):
            deals = careless_export(difficulty, seed, asked.leads)
            profile = profile_of(deals, seed)
            assert profile.learned is not None
            out = {excluded.column for excluded in profile.learned.excluded}
            used = {line.attribute for line in (*profile.criteria, *profile.disqualify)}
            left = [f"{name} (used)" if name in used else name for name in PLANTED if name not in out]
            other = [name for name in deals if name in out and name not in (*PLANTED, *KEYS)]
            worlds, clean = worlds + 1, clean + (not left)
            print(
                f"{difficulty + ' ' + str(seed):<18}{deals[TARGET].mean():>6.2f}  "
                f"{f'{len(PLANTED) - len(left)} of {len(PLANTED)}':<16}{', '.join(left) or '-':<28}"
                f"{', '.join(other) or '-':<40}{profile.verdict}, {len(profile.criteria)} criteria",
                flush=True,
            )
    print(f"every planted leak kept out: {clean} of {worlds} worlds. Planted: {', '.join(PLANTED)}")


if __name__ == "__main__":
    main()
