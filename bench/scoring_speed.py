"""How long ten million companies take to score, against a bare query that reads and writes as much.

    python bench/scoring_speed.py [--rows 10000000] [--runs 3]

Companies are made up: numbers, categories, a list in one cell and dates, with missing values, in one Parquet file.
`score` applies seven criteria and writes the twelve columns of scores to Parquet, as the program does on so many rows.
`bare` is one DuckDB statement over the same eight columns that writes twelve of the same types (4 strings of words,
6 numbers, the id and a short string) by plain arithmetic and copying. Each run is a fresh process; runs alternate, so
that a busy machine hurts both alike; seconds of processor time are the fairer measure on one. Peak memory is the
largest of the runs.
"""

from __future__ import annotations

import argparse
import json
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from idealfit.engine import connect, literal
from idealfit.profile.document import Criterion, Narrative, Profile, Slot, Test, Tier
from idealfit.score.scoring import score
from idealfit.score.writing import write

AS_OF = date(2025, 12, 31)

COMPANIES = """
SELECT
    'C' || (100000000 + i) AS company_id,
    CASE WHEN random() > 0.15 THEN floor(exp(1 + random() * 8)) END AS employees,
    CASE WHEN random() > 0.40 THEN floor(exp(10 + random() * 9)) END AS annual_revenue,
    CASE WHEN random() > 0.05 THEN ['Software', 'Fintech', 'Retail', 'Healthcare', 'Logistics', 'Insurance', 'Banking',
        'Energy', 'Education', 'Media', 'Travel', 'Food'][1 + (random() * 11)::INT] END AS industry,
    CASE WHEN random() > 0.02 THEN ['US', 'GB', 'DE', 'FR', 'ES', 'NL', 'SE', 'CA'][1 + (random() * 7)::INT] END
        AS country,
    CASE WHEN random() > 0.35 THEN array_to_string(['Salesforce', 'HubSpot', 'Slack', 'Zendesk', 'Marketo', 'Snowflake',
        'Stripe', 'Shopify'][1 + (random() * 6)::INT : 2 + (random() * 6)::INT + (random() * 2)::INT], '; ') END
        AS technologies,
    CASE WHEN random() > 0.50 THEN DATE '2025-12-31' - (random() * 3000)::INT END AS last_funding_on,
    CASE WHEN random() > 0.10 THEN floor(1950 + random() * 75) END AS founded
FROM range({rows}) AS numbers(i)
"""

BARE = """
SELECT company_id AS id,
    employees::BIGINT AS fit, founded::BIGINT AS fit_low, (annual_revenue / 1000)::BIGINT AS fit_high,
    employees * 0.5 AS win_rate, founded * 0.5 AS win_rate_low, annual_revenue * 0.5 AS win_rate_high,
    country AS tier, technologies AS reasons, industry AS against, lower(industry) AS unknown,
    last_funding_on::VARCHAR AS enrich_next
FROM read_parquet({path})
"""


def seven_criteria() -> Profile:
    gap = Slot(text="not asked", source="open question")
    lines = (
        ("employees", "firmographic", Test(between=(40, 250)), 3),
        ("industry", "firmographic", Test(one_of=("Software", "Fintech")), 2),
        ("technologies", "technographic", Test(has="Salesforce"), 2),
        ("annual_revenue", "firmographic", Test(at_least=10_000_000), 1),
        ("country", "firmographic", Test(is_="US"), 1),
        ("last_funding_on", "behavioural", Test(within_days=365), 4),
        ("founded", "negative", Test(below=1990), -2),
    )
    return Profile(
        name="seven criteria",
        verdict="written by hand",
        narrative=Narrative(company=gap, situation=gap, trigger=gap, alternative=gap, urgency=gap),
        criteria=tuple(Criterion(attribute=a, layer=y, test=t, points=p, met_by=30) for a, y, t, p in lines),
        tiers=tuple(
            Tier(name=n, at_least=fit, action=do)
            for n, fit, do in (("A", 70, "call"), ("B", 40, "write"), ("C", 0, "-"))
        ),
    )


def one_run(what: str, companies: Path, out: Path) -> dict[str, float]:
    connection = connect()
    started, processor = time.perf_counter(), time.process_time()
    if what == "bare":
        connection.raw_sql(
            f"COPY ({BARE.format(path=literal(str(companies)))}) TO {literal(str(out))} (FORMAT parquet)"
        )
    else:
        table = connection.read_parquet(companies)
        write(score(seven_criteria(), table, as_of=AS_OF, in_order=what == "score, in order"), out, connection)
    seconds = time.perf_counter() - started
    return {
        "seconds": seconds,
        "processor": time.process_time() - processor,
        "memory": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (2**30 if sys.platform == "darwin" else 2**20),
        "written": out.stat().st_size / 2**20,
    }


def in_a_fresh_process(what: str, companies: Path, out: Path) -> dict[str, float]:
    command = [sys.executable, __file__, "--one", what, str(companies), str(out)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=10_000_000)
    asked.add_argument("--runs", type=int, default=3)
    asked.add_argument("--in-order", action="store_true", help="also score with the order of rows kept")
    asked.add_argument("--one", nargs=3, metavar=("WHAT", "COMPANIES", "OUT"), help=argparse.SUPPRESS)
    given = asked.parse_args()
    if given.one:
        what, companies, out = given.one
        print(json.dumps(one_run(what, Path(companies), Path(out))))
        return
    kinds = ["bare", "score", *(["score, in order"] if given.in_order else [])]
    with tempfile.TemporaryDirectory(prefix="idealfit-bench-") as folder:
        companies = Path(folder, "companies.parquet")
        connect().raw_sql(f"COPY ({COMPANIES.format(rows=given.rows)}) TO {literal(str(companies))} (FORMAT parquet)")
        runs: dict[str, list[dict[str, float]]] = {kind: [] for kind in kinds}
        for _ in range(given.runs):
            for kind in kinds:
                runs[kind].append(in_a_fresh_process(kind, companies, Path(folder, "out.parquet")))
    print(f"{given.rows:,} companies, 7 criteria, {given.runs} alternating runs")
    print(f"{'':<17}{'median s':>10}{'fastest s':>11}{'times bare':>12}{'CPU s':>8}{'peak GB':>9}{'MB written':>12}")
    bare = statistics.median(run["seconds"] for run in runs["bare"])
    for kind, done in runs.items():
        median = {what: statistics.median(run[what] for run in done) for what in ("seconds", "processor", "written")}
        fastest, peak = min(run["seconds"] for run in done), max(run["memory"] for run in done)
        print(
            f"{kind:<17}{median['seconds']:>10.2f}{fastest:>11.2f}{median['seconds'] / bare:>12.2f}"
            f"{median['processor']:>8.1f}{peak:>9.2f}{median['written']:>12.0f}"
        )


if __name__ == "__main__":
    main()
