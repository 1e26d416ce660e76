"""What the emitted statement costs on Postgres and Spark, beside SQL written by hand for the same points.

    python bench/warehouse_speed.py [--rows 2000000] [--runs 5] [--engines postgres spark]

The companies and the seven criteria are those of `scoring_speed.py`. `by hand` is what a person would write: one CASE
for each line, added up. `points` are the steps of the emitted statement up to points; `of all steps` is all of it, asked for
the same column, so that words are planned that nobody reads. Both answers are compared row by row before anything is timed. `all columns` writes the twelve columns of scores both ways. Runs alternate. Postgres is a
server of its own on a socket, with its own settings as they come; its time is that of the one process that serves the
connection (parallel workers are switched off for both), by the processor and by the clock. Spark runs in local mode on
one thread and its answer is thrown away by its own "noop" sink.
"""

from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))

from scoring_speed import AS_OF, COMPANIES, seven_criteria
from servers import postgres_server
from spark import spark_session

from idealfit.engine import connect, literal
from idealfit.score.statement import Part, Statement, statement

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LINES = """
CASE WHEN employees IS NULL THEN {0} WHEN employees >= 40 AND employees < 250 THEN {1} ELSE {2} END,
CASE WHEN industry IS NULL THEN {3} WHEN lower(trim(industry)) IN ('software', 'fintech') THEN {4} ELSE {5} END,
CASE WHEN coalesce(technologies, '') = '' THEN {6} WHEN {salesforce} THEN {7} ELSE {8} END,
CASE WHEN annual_revenue IS NULL THEN {9} WHEN annual_revenue >= 10000000 THEN {10} ELSE {11} END,
CASE WHEN country IS NULL THEN {12} WHEN lower(trim(country)) = 'us' THEN {13} ELSE {14} END,
CASE WHEN last_funding_on IS NULL OR last_funding_on > DATE '2025-12-31' THEN {15}
     WHEN last_funding_on >= DATE '2024-12-31' THEN {16} ELSE {17} END,
CASE WHEN founded IS NULL THEN {18} WHEN founded < 1990 THEN {19} ELSE {20} END"""
"""One line of the rubric each: what it is worth unknown, met, and not met."""

SALESFORCE = {
    "postgres": r"lower(technologies) ~ '(^|;)\s*salesforce\s*(;|$)'",
    "spark": r"lower(technologies) RLIKE r'(^|;)\s*salesforce\s*(;|$)'",
}
UP_TO_POINTS = ("cells", "tests", "answers", "numbers", "digits", "vectors", "totals", "coded")
POINTS = (90, 300, 0, 60, 200, 0, 60, 200, 0, 30, 100, 0, 30, 100, 0, 120, 400, 0, -60, -200, 0)
LOW = (0, 3, 0, 0, 2, 0, 0, 2, 0, 0, 1, 0, 0, 1, 0, 0, 4, 0, -2, -2, 0)
HIGH = (3, 3, 0, 2, 2, 0, 2, 2, 0, 1, 1, 0, 1, 1, 0, 4, 4, 0, 0, -2, 0)
WORDS = {
    "reasons": ("employees between 40 and 249 (+3)", "industry is Software or Fintech (+2)", "uses Salesforce (+2)",
        "annual revenue at least 10 million (+1)", "country is US (+1)", "last funding in the last year (+4)"),
    "against": ("employees not between 40 and 249 (0 of 3)", "industry is neither Software nor Fintech (0 of 2)",
        "does not use Salesforce (0 of 2)", "annual revenue below 10 million (0 of 1)", "country is not US (0 of 1)",
        "last funding more than 1 year ago (0 of 4)"),
    "unknown": ("employees", "industry", "technologies", "annual revenue", "country", "last funding on", "founded"),
}  # fmt: skip


def worth(engine: str, values: tuple[int | str, ...]) -> list[str]:
    lines = LINES.format(*values, salesforce=SALESFORCE[engine])
    return [line.strip() for line in lines.strip().split("END,\n")]


def added(engine: str, values: tuple[int, ...]) -> str:
    return " +\n".join(line if line.endswith("END") else f"{line} END" for line in worth(engine, values))


def points_by_hand(engine: str) -> str:
    return f"SELECT company_id AS id, {added(engine, POINTS)} AS total100 FROM companies"


def all_by_hand(engine: str) -> str:
    """All columns but what to look up next, which nobody writes by hand: the tests first, then what they come to."""
    held = ", ".join(f"{line if line.endswith('END') else line + ' END'} AS a{i}"
                     for i, line in enumerate(worth(engine, (2, 1, 0) * 7)))  # fmt: skip
    totals = [
        " + ".join(f"CASE a{i} WHEN 2 THEN {v[3 * i]} WHEN 1 THEN {v[3 * i + 1]} ELSE 0 END" for i in range(7))
        for v in (POINTS, LOW, HIGH)
    ]
    words = {}
    for which, answer, between in (("reasons", 1, "; "), ("against", 0, "; "), ("unknown", 2, ", ")):
        said = [f"CASE WHEN a{i} = {answer} THEN '{w}' END" for i, w in enumerate(WORDS[which])]
        said += ["CASE WHEN a6 = 1 THEN 'founded before 1990 (-2)' END"] * (which == "against")
        words[which] = f"concat_ws('{between}', {', '.join(said)})"
    fit, low, high = (
        f"CAST(floor((200 * {t} + 41500) / 3000.0) AS BIGINT)" for t in ("total", "100 * low", "100 * high")
    )
    number = "CAST(NULL AS DOUBLE PRECISION)" if engine == "postgres" else "CAST(NULL AS DOUBLE)"
    return f"""SELECT id, fit, fit_low, fit_high,
        {number} AS win_rate, {number} AS win_rate_low, {number} AS win_rate_high,
        CASE WHEN fit >= 70 THEN 'A' WHEN fit >= 40 THEN 'B' ELSE 'C' END AS tier, reasons, against, unknown
    FROM (SELECT id, {fit} AS fit, {low} AS fit_low, {high} AS fit_high, reasons, against, unknown
        FROM (SELECT id, {totals[0]} AS total, {totals[1]} AS low, {totals[2]} AS high, {words["reasons"]} AS reasons,
                {words["against"]} AS against, {words["unknown"]} AS unknown
            FROM (SELECT company_id AS id, {held} FROM companies) AS tests) AS totals) AS fits"""


def emitted(engine: str) -> dict[str, str]:
    companies = connect()
    schema = companies.sql(COMPANIES.format(rows=1)).schema()
    found = statement(seven_criteria(), schema, engine, id_column="company_id", as_of=AS_OF)
    steps = found.up_to(found.parts[-1].name).rsplit("-- scores", 1)[0]
    joined = "FROM coded LEFT JOIN outcomes ON coded.code_0 = outcomes.code_0"
    names = "fit, fit_low, fit_high, win_rate, win_rate_low, win_rate_high, tier, reasons, against, unknown"
    short = tuple(part for part in found.parts if part.name in UP_TO_POINTS)
    last = Part(
        "points",
        "points alone",
        "SELECT coded.id, total100 FROM coded LEFT JOIN totals ON coded.code_0 = totals.code_0",
    )
    return {
        "points": f"{steps} SELECT coded.id, total100 {joined}",
        "short": str(Statement((), (*short, last))),
        "all": f"{steps} SELECT coded.id, {names} {joined}",
    }


def processor(process: int) -> float:
    """Return the seconds of processor time that a process has used, where the system tells (Linux)."""
    told = Path("/proc", str(process), "stat")
    used = told.read_text().rpartition(")")[2].split()[11:13] if told.exists() else ("0", "0")
    return sum(map(int, used)) / os.sysconf("SC_CLK_TCK")


@contextmanager
def on_postgres(folder: Path, companies: Path) -> Iterator[Callable[[str], tuple[float, float]]]:
    connection = connect()
    as_csv = companies.with_suffix(".csv")
    connection.raw_sql(f"COPY (FROM {literal(str(companies))}) TO {literal(str(as_csv))} (HEADER false)")
    with postgres_server(folder / "pg") as url, psycopg.connect(url, autocommit=True) as server:
        server.execute("DROP TABLE IF EXISTS companies")
        server.execute(
            "CREATE TABLE companies (company_id text, employees float8, annual_revenue float8, industry text,"
            " country text, technologies text, last_funding_on date, founded float8)"
        )
        with server.cursor().copy("COPY companies FROM STDIN (FORMAT csv)") as rows, as_csv.open("rb") as file:
            while block := file.read(1 << 20):
                rows.write(block)
        server.execute("VACUUM ANALYZE companies")
        server.execute("SET max_parallel_workers_per_gather = 0")
        process = server.info.backend_pid

        def run(sql: str) -> tuple[float, float]:
            server.execute("DROP TABLE IF EXISTS answer")
            started, before = time.perf_counter(), processor(process)
            server.execute(f"CREATE UNLOGGED TABLE answer AS {sql}")
            return time.perf_counter() - started, processor(process) - before

        def different(one: str, other: str) -> int:
            asked = f"SELECT count(*) FROM (({one}) EXCEPT ALL ({other})) AS rest"
            return server.execute(asked).fetchone()[0]

        run.different = different
        yield run


@contextmanager
def on_spark(folder: Path, companies: Path) -> Iterator[Callable[[str], tuple[float, float]]]:
    (folder / "spark").mkdir()
    with spark_session(folder / "spark") as connection:
        session = connection._session
        session.read.parquet(str(companies)).createOrReplaceTempView("companies")
        process = session._jvm.java.lang.ProcessHandle.current().pid()

        def run(sql: str) -> tuple[float, float]:
            started, before = time.perf_counter(), processor(process)
            session.sql(sql).write.format("noop").mode("overwrite").save()
            return time.perf_counter() - started, processor(process) - before

        def different(one: str, other: str) -> int:
            return session.sql(one).exceptAll(session.sql(other)).count()

        run.different = different
        yield run


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=2_000_000)
    asked.add_argument("--runs", type=int, default=5)
    asked.add_argument("--engines", nargs="+", default=["postgres", "spark"])
    given = asked.parse_args()
    print(f"{given.rows:,} companies, 7 criteria, medians of {given.runs} alternating runs; seconds")
    print(f"{'':<10}{'':<13}{'by hand':>9}{'emitted':>9}{'times':>7}   by the processor{'times':>7}   different rows")
    with tempfile.TemporaryDirectory(prefix="idealfit-bench-") as folder:
        companies = Path(folder, "companies.parquet")
        source = connect()
        source.raw_sql("SELECT setseed(0.5)")
        source.raw_sql(f"COPY ({COMPANIES.format(rows=given.rows)}) TO {literal(str(companies))} (FORMAT parquet)")
        for engine, opened in (("postgres", on_postgres), ("spark", on_spark)):
            if engine not in given.engines:
                continue
            with opened(Path(folder), companies) as run:
                ours = emitted(engine)
                for what, hand, our in (
                    ("points", points_by_hand(engine), ours["short"]),
                    ("of all steps", points_by_hand(engine), ours["points"]),
                    ("all columns", all_by_hand(engine), ours["all"]),
                ):
                    differ = run.different(hand, our)
                    taken = [(run(hand), run(our)) for _ in range(given.runs + 1)][1:]  # the first warms both up
                    clock = [statistics.median(pair[side][0] for pair in taken) for side in (0, 1)]
                    cpu = [statistics.median(pair[side][1] for pair in taken) for side in (0, 1)]
                    print(
                        f"{engine:<10}{what:<13}{clock[0]:>9.2f}{clock[1]:>9.2f}{clock[1] / clock[0]:>7.2f}"
                        f"{cpu[0]:>9.2f}{cpu[1]:>9.2f}{cpu[1] / max(cpu[0], 1e-9):>7.2f}{differ:>17,}",
                        flush=True,
                    )


if __name__ == "__main__":
    main()
