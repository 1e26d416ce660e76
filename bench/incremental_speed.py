"""What a run costs where one company in a hundred has changed, beside scoring all of them.

    python bench/incremental_speed.py [--rows 10000000]

The companies and the seven criteria are those of `scoring_speed.py`, with a column that says when a row changed. Each
run is the whole command in a fresh process, from starting Python to the last file. "started" is the same command for
a hundred companies: what starting, reading the profile and planning cost whatever the size. Changed rows are drawn at
random over the whole table. Seconds by the clock and of the processor.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from scoring_speed import AS_OF, COMPANIES, seven_criteria

from idealfit.engine import connect, literal
from idealfit.profile.files import dumps
from idealfit.sources.scored_folders import current_rows

RUN = "from idealfit.cli import main; import sys; main(sys.argv[1:])"


def timed(*typed: str) -> tuple[float, float]:
    """Return the seconds by the clock and of the processor that a command takes."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run([sys.executable, "-c", RUN, "score", *typed, "--as-of", str(AS_OF), "--json"],
                   check=True, stdout=subprocess.DEVNULL, env={**os.environ, "PYTHONDONTWRITEBYTECODE": ""})  # fmt: skip
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - started, used


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=10_000_000)
    given = asked.parse_args()
    with tempfile.TemporaryDirectory(prefix="idealfit-bench-") as name:
        folder = Path(name)
        profile, companies, few, today = (folder / f for f in ("p.yaml", "all.parquet", "few.parquet", "today.parquet"))
        profile.write_text(dumps(seven_criteria()), encoding="utf-8")
        source = connect()
        changed_on = "TIMESTAMP '2025-01-01' + to_seconds(CAST(random() * 25000000 AS BIGINT)) AS updated_at"
        source.raw_sql("SELECT setseed(0.5)")
        made = f"SELECT *, {changed_on} FROM ({COMPANIES.format(rows=given.rows)})"
        source.raw_sql(f"COPY ({made}) TO {literal(str(companies))} (FORMAT parquet)")
        whole = f"read_parquet({literal(str(companies))})"
        source.raw_sql(f"COPY (FROM {whole} LIMIT 100) TO {literal(str(few))} (FORMAT parquet)")
        timed(str(profile), str(few), "-o", f"{folder}/warm/")  # modules are compiled once
        taken = {"started": timed(str(profile), str(few), "-o", f"{folder}/few/")}
        column = ("--changed-column", "updated_at")
        scores = ("-o", f"{folder}/scores/")
        taken["all"] = timed(str(profile), str(companies), *scores)
        taken["nothing changed"] = timed(str(profile), str(companies), *scores)
        new = ("* EXCLUDE (employees, updated_at), employees + 1 AS employees, "
               "TIMESTAMP '2025-12-01' AS updated_at")  # fmt: skip
        source.raw_sql(f"CREATE TEMP TABLE ids AS SELECT company_id FROM {whole} USING SAMPLE 1 PERCENT (bernoulli, 7)")
        rows = f"SELECT * FROM (SELECT {new} FROM {whole}) WHERE company_id IN (FROM ids)"
        source.raw_sql(f"COPY ({rows}) TO {literal(str(today))} (FORMAT parquet)")
        taken["1 % changed, a file of changes"] = timed(str(profile), str(companies), "--changes", str(today), *scores)
        by_column = ("-o", f"{folder}/by-column/")
        taken["all, ids looked at too"] = timed(str(profile), str(companies), *column, *by_column)
        rest = f"SELECT * FROM {whole} WHERE company_id NOT IN (FROM ids)"
        after = folder / "after.parquet"
        both = f"SELECT * FROM ({rest} UNION ALL BY NAME FROM read_parquet({literal(str(today))})) ORDER BY company_id"
        source.raw_sql(f"COPY ({both}) TO {literal(str(after))} (FORMAT parquet)")
        os.replace(after, companies)
        taken["1 % changed, a column"] = timed(str(profile), str(companies), *column, *by_column)
        differ = [f"SELECT count(*) FROM (({current_rows(folder / one)}) EXCEPT ALL ({current_rows(folder / other)}))"
                  for one, other in (("scores", "by-column"),)]  # fmt: skip
        different = source.raw_sql(differ[0]).fetchone()[0]
    print(f"{given.rows:,} companies, 7 criteria; {different:,} rows differ between the two ways of telling changes")
    print(f"{'':<34}{'seconds':>9}{'of all':>8}{'processor':>11}{'of all':>8}{'less start':>12}")
    for what, (clock, used) in taken.items():
        shares = (clock / taken["all"][0], used / taken["all"][1])
        less = (used - taken["started"][1]) / (taken["all"][1] - taken["started"][1])
        print(f"{what:<34}{clock:>9.2f}{shares[0]:>8.1%}{used:>11.2f}{shares[1]:>8.1%}{less:>12.1%}")


if __name__ == "__main__":
    main()
