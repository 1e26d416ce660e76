"""splink on the noisy copies of `matching.py`, with the cut that is best for it, beside the rules.

    pip install splink && python bench/splink_trial.py [--copies 10000]

splink is in no group of this project: this is why (docs/decisions/0020). Names without legal forms (Jaro-Winkler), the
domain (equal), the city (equal) and the industry (equal); pairs share a domain, or the first five letters of the name and
the last, or a city and three letters. Half of the copies are of companies that are not in the table. Its model is trained as its documentation says, without labels. The cut is then
chosen **with the truth**, as the lowest that keeps a precision of .99: nobody has that, so this is its upper bound.
"""

from __future__ import annotations

import argparse
import random
import time

import pandas as pd
import splink.comparison_library as cl
from matching import HEAD, Tally, directory, judged, noisy, others, twin_of
from splink import DuckDBAPI, Linker, SettingsCreator, block_on

from idealfit.match.company_names import name_key
from idealfit.match.domains import domains_in
from idealfit.match.places import cities_in
from idealfit.pipeline import companies


def prepared(table: pd.DataFrame) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "unique_id": table["id"],
            "name": table["name"].map(name_key).replace("", None),
            "domain": table["domain"].map(lambda cell: next(iter(domains_in(cell)), None)),
            "city": table["location"].map(lambda cell: next(iter(sorted(cities_in(cell))), None)),
            "industry": table["industry"].replace("", None),
        }
    )


def predicted(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    blocks = [
        block_on("domain"),
        block_on("substr(name, 1, 5)", "substr(name, -1)"),
        block_on("city", "substr(name, 1, 3)"),
    ]
    settings = SettingsCreator(
        link_type="link_only",
        comparisons=[
            cl.JaroWinklerAtThresholds("name", [0.97, 0.92, 0.85]).configure(term_frequency_adjustments=True),
            cl.ExactMatch("domain"),
            cl.ExactMatch("city").configure(term_frequency_adjustments=True),
            cl.ExactMatch("industry"),
        ],
        blocking_rules_to_generate_predictions=blocks,
    )
    api = DuckDBAPI()
    tables = [api.register(t, dataset_display_name=n) for t, n in ((left, "copies"), (right, "originals"))]
    linker = Linker(tables, settings)
    linker.training.estimate_probability_two_random_records_match([block_on("domain")], recall=0.6)
    linker.training.estimate_u_using_random_sampling(max_pairs=2e6)
    for rule in (block_on("domain"), block_on("name")):
        linker.training.estimate_parameters_using_expectation_maximisation(rule)
    return linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--copies", type=int, default=10_000)
    given = asked.parse_args()
    rng = random.Random(7)
    everything = pd.concat([directory(), others()], ignore_index=True)
    copied = pd.DataFrame([noisy(row, rng) for row in everything.to_dict("records")])
    copied = copied.sample(given.copies, random_state=7).reset_index(drop=True)
    twin = twin_of(everything)
    absent = set(copied["id"][: given.copies // 2])  # as many leads are of companies that are not in the table
    everything = everything[~everything["id"].isin(absent)].reset_index(drop=True)
    known = len(copied) - len(absent)
    print(f"{len(copied):,} noisy copies against {len(everything):,} companies\n{HEAD}")
    started = time.perf_counter()
    ours = judged(companies(copied, everything).to_pylist(), known, twin)
    print(ours.row(f"the rules ({time.perf_counter() - started:.0f} s)"), flush=True)
    started = time.perf_counter()
    found = predicted(prepared(copied), prepared(everything)).sort_values("match_weight", ascending=False)
    seconds = time.perf_counter() - started
    best = found.drop_duplicates("unique_id_l" if found["source_dataset_l"].iloc[0] == "copies" else "unique_id_r")
    pairs = list(zip(best["unique_id_l"], best["unique_id_r"], best["match_weight"], strict=True))
    tally, at_99, at_its_own = Tally(known), None, None
    for one, other, weight in pairs:
        if one != other and twin(one, other):
            tally.twins += 1
            continue
        tally.right, tally.wrong = tally.right + (one == other), tally.wrong + (one != other)
        if tally.right >= 0.99 * (tally.right + tally.wrong):
            at_99 = (Tally(tally.of, tally.right, tally.wrong, tally.twins), weight)
        if weight >= 6.6:  # a probability of .99, as it says of itself
            at_its_own = (Tally(tally.of, tally.right, tally.wrong, tally.twins), weight)
    for name, cut in (("best of each, its own .99", at_its_own), ("best of each, cut by the truth at .99", at_99)):
        if cut:
            print(cut[0].row(f"splink: {name} ({seconds:.0f} s)"))
    print(tally.row("splink: best of each, no cut"))


if __name__ == "__main__":
    main()
