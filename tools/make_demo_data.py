"""Build the packaged demonstration from the public Crunchbase tables of October 2013.

    python tools/make_demo_data.py FOLDER     # FOLDER holds companies.csv, rounds.csv and acquisitions.csv

Writes src/idealfit/demo/data. Running it twice gives the same bytes. The story, and why it is this one, stands in
docs/decisions/0001-demonstration.md; what each file holds, in src/idealfit/demo/ATTRIBUTION.md.

Nothing here looks ahead: a row of `accounts` repeats what had been announced by its `Known On`, a deal is opened by
a calendar rule that needs only the last round, and the columns of the source that are as of 2013 (`status`,
`funding_total_usd`, `funding_rounds`, `last_funding_at`) are not read at all.
"""

from __future__ import annotations

import sys
import zlib
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "src" / "idealfit" / "demo" / "data"

AS_OF = pd.Timestamp("2013-10-01")  # the last day the tables cover
FIRST_OPENED = pd.Timestamp("2008-01-01")  # before, few companies were listed
FIRST_CALL = pd.DateOffset(months=6)  # after the last round
WINDOW = pd.DateOffset(months=12)  # a deal that was not won by then is lost, and the next call falls on that day
CALLS = 4
SLICES = 4  # one company in four is learned from, another one in four is the market to be scored

FACTS = ["Industry", "State", "Region", "Founded On", "First Round On", "Last Round On", "Last Round Type",
         "Last Round USD", "Rounds So Far", "Raised So Far USD"]  # fmt: skip


def announced_rounds(folder: Path) -> pd.DataFrame:
    """Return one row per company and day with a round: what the company looked like once that round was announced."""
    rounds = pd.read_csv(folder / "rounds.csv", keep_default_na=False, na_values=[""])
    rounds["day"] = pd.to_datetime(rounds["funded_at"])
    rounds = rounds[rounds["day"].between("1990-01-01", AS_OF)]
    by_day = (
        rounds.sort_values("raised_amount_usd")
        .groupby(["company_permalink", "day"])
        .agg(
            kind=("funding_round_type", "last"),
            raised=("raised_amount_usd", lambda amounts: amounts.sum(min_count=1)),
            number=("funded_at", "size"),
        )
        .reset_index()
    )
    of_company = by_day.groupby("company_permalink")
    by_day["first"] = of_company["day"].transform("min")
    by_day["next"] = of_company["day"].shift(-1)
    by_day["so_far"] = of_company["number"].cumsum()
    by_day["raised_so_far"] = by_day["raised"].fillna(0).groupby(by_day["company_permalink"]).cumsum()
    return by_day


def acquisition_days(folder: Path) -> pd.Series:
    """Return the day on which each acquired company was first acquired, by permalink."""
    acquired = pd.read_csv(folder / "acquisitions.csv", keep_default_na=False, na_values=[""])
    acquired = acquired.dropna(subset=["company_permalink", "acquired_at"])
    return pd.to_datetime(acquired["acquired_at"]).groupby(acquired["company_permalink"]).min()


def companies(folder: Path) -> pd.DataFrame:
    """Return name, industry, place and founding day per permalink, and the slice the company falls into."""
    listed = pd.read_csv(folder / "companies.csv", keep_default_na=False, na_values=[""])
    listed["slice"] = [zlib.crc32(permalink.encode()) % SLICES for permalink in listed["permalink"]]
    listed["founded"] = pd.to_datetime(listed["founded_at"], errors="coerce")
    listed["industry"] = listed["category_code"].str.replace("_", " ").replace("other", None)
    return listed.set_index("permalink")[["name", "industry", "state_code", "region", "founded", "slice"]]


def opportunities(rounds: pd.DataFrame) -> pd.DataFrame:
    """Return the deals: one call six months after each round, and one more each year until the next round."""
    calls = []
    for call in range(CALLS):
        deals = rounds.assign(opened=rounds["day"] + FIRST_CALL + call * WINDOW)
        gone_before = (deals["next"] <= deals["opened"]) | (deals["acquired"] <= deals["opened"])
        calls.append(deals[~gone_before & deals["opened"].between(FIRST_OPENED, AS_OF)])
    deals = pd.concat(calls, ignore_index=True)
    ends = deals["opened"] + WINDOW
    is_open = ends > AS_OF  # also where it has raised already: early wins without their losses would flatter
    won = ~is_open & (deals["next"] <= ends)
    sold = ~is_open & ~won & (deals["acquired"] <= ends)  # acquired before it could raise again
    deals["stage"] = "Closed Lost"
    deals.loc[won, "stage"] = "Closed Won"
    deals.loc[is_open, "stage"] = "Open"
    deals["closed"] = ends.where(~sold, deals["acquired"]).where(~won, deals["next"]).mask(is_open)
    deals["amount"] = deals["next_raised"].where(won)
    return deals.sort_values(["opened", "company_permalink"], ignore_index=True)


def facts(rounds: pd.DataFrame) -> pd.DataFrame:
    """Return the account columns as people would name them."""
    return pd.DataFrame(
        {
            "Account ID": rounds["company_permalink"].str.removeprefix("/company/"),
            "Account Name": rounds["name"],
            "Industry": rounds["industry"],
            "State": rounds["state_code"],
            "Region": rounds["region"].where(rounds["region"] != "unknown"),
            "Founded On": rounds["founded"].where(rounds["founded"] <= rounds["day"]),
            "First Round On": rounds["first"],
            "Last Round On": rounds["day"],
            "Last Round Type": rounds["kind"].replace("other", None),
            "Last Round USD": rounds["raised"].astype("Int64"),
            "Rounds So Far": rounds["so_far"],
            "Raised So Far USD": rounds["raised_so_far"].where(rounds["raised_so_far"] > 0).astype("Int64"),
        }
    )


def customers(deals: pd.DataFrame, rounds: pd.DataFrame) -> pd.DataFrame:
    """Return the companies won: since when, when they first raised again after that, when they were acquired."""
    since = deals[deals["stage"] == "Closed Won"].groupby("company_permalink")["closed"].min().rename("since")
    later = rounds.merge(since.reset_index(), on="company_permalink")
    expanded = later[later["day"] > later["since"]].groupby("company_permalink")["day"].min().rename("expanded")
    acquired = rounds.groupby("company_permalink")["acquired"].first()
    won = pd.concat([since, expanded, acquired.rename("acquired")], axis=1).loc[since.index]
    return pd.DataFrame(
        {
            "Account ID": won.index.str.removeprefix("/company/"),
            "Customer Since": won["since"],
            "Expanded On": won["expanded"],
            "Churned On": won["acquired"].where(won["acquired"] >= won["since"]),
        }
    )


def main(folder: Path) -> None:
    """Write the four files."""
    rounds = announced_rounds(folder).join(companies(folder), on="company_permalink", how="inner")
    rounds["acquired"] = rounds["company_permalink"].map(acquisition_days(folder)).where(lambda day: day <= AS_OF)
    rounds["next_raised"] = rounds.groupby("company_permalink")["raised"].shift(-1)

    known = rounds[rounds["slice"] == 0]
    deals = opportunities(known)
    of_deals = known[known["company_permalink"].isin(deals["company_permalink"])]
    accounts = facts(of_deals).assign(**{"Known On": of_deals["day"]})
    opened = pd.DataFrame(
        {
            "Opportunity ID": [f"{number:05d}" for number in range(1, len(deals) + 1)],
            "Account ID": deals["company_permalink"].str.removeprefix("/company/"),
            "Stage": deals["stage"],
            "Created Date": deals["opened"],
            "Close Date": deals["closed"],
            "Amount": deals["amount"].astype("Int64"),
        }
    )

    others = rounds[(rounds["slice"] == 1) & rounds["next"].isna() & rounds["acquired"].isna()]
    in_reach = others["day"].between(AS_OF - FIRST_CALL - (CALLS - 1) * WINDOW, AS_OF - FIRST_CALL)
    market = facts(others[in_reach])

    DATA.mkdir(parents=True, exist_ok=True)
    tables = {"deals": opened, "accounts": accounts, "customers": customers(deals, known), "market": market}
    for name, table in tables.items():
        table.to_csv(DATA / f"{name}.csv", index=False, date_format="%Y-%m-%d", lineterminator="\n")
        print(f"{name}.csv: {len(table):,} rows, {(DATA / f'{name}.csv').stat().st_size:,} bytes")


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))
