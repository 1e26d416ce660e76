"""How well, and how fast, companies are matched: renamed ones, noisy copies, a million against a million.

    python bench/matching.py [--rows 1000000] [--only renames|copies|speed]

Renames: companies under an old name and website, against all of the directory as it is now, with the companies of
two other sources as distractors. Copies: every company once more with noise of the kinds that CRMs hold (slips, legal
forms, translated words, other spellings of the domain, addresses instead of domains, cities in other languages,
missing cells), against all originals. Peers do what is often done instead: equal names without legal forms (cleanco),
and rapidfuzz's token_set_ratio of 90 among names that begin alike.

A company that stands in two of the sources is the same company twice, and nobody wrote down which: matches between
sources with the same name and city are counted apart, as neither right nor wrong.
"""

from __future__ import annotations

import argparse
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from dataclasses import dataclass

import cleanco
import pandas as pd
from rapidfuzz import fuzz

from idealfit.match.company_names import name_key
from idealfit.match.domains import domains_in
from idealfit.match.identity import AccountIndex, Company
from idealfit.match.places import cities_in
from idealfit.pipeline import companies
from task import DATA

FORMS = (
    "Inc", "Inc.", "LLC", "Ltd", "Ltd.", "GmbH", "AG", "SAS", "S.A.", "S.r.l.", "B.V.", "AB", "A/S", "Oy", "Sp. z o.o.",
    "Pty Ltd", "Co., Ltd.", "Corporation", "株式会社", "ООО", "S.L.", "Limited", "K.K.", "",
)  # fmt: skip
WORDS = {
    "labs": "laboratories", "systems": "systèmes", "technologies": "technologie", "health": "santé", "media": "medien",
    "networks": "netzwerke", "software": "logiciels", "energy": "energie", "group": "gruppe", "and": "&",
    "solutions": "lösungen", "research": "forschung", "international": "intl",
}  # fmt: skip
CITIES = {"new york": "NYC", "san francisco": "SF", "munich": "München", "london": "LONDON", "seattle": "seattle",
          "los angeles": "Los Angeles, CA, USA", "montreal": "Montréal", "zurich": "Zürich"}  # fmt: skip
SUFFIXES = ("com", "io", "co", "net", "de", "co.uk", "fr", "ai")


def directory() -> pd.DataFrame:
    """The directory as it is now, with former names."""
    raw = pd.read_json(DATA / "yc" / "companies_2023-12.jsonl", lines=True)
    return pd.DataFrame(
        {
            "id": "yc " + raw["id"].astype(str),
            "name": raw["name"],
            "domain": raw["website"].fillna(""),
            "former names": raw["former_names"].map("; ".join),
            "location": raw["all_locations"].fillna(""),
            "country": "",
            "industry": raw["industry"].fillna(""),
        }
    )


def others() -> pd.DataFrame:
    """Companies of two other sources; they have no domains."""
    funded = pd.read_csv(DATA / "crunchbase_2013" / "companies.csv", keep_default_na=False)
    listed = pd.read_csv(DATA / "sp500" / "constituents.csv", keep_default_na=False)
    return pd.concat(
        [
            pd.DataFrame({"id": "cb " + funded["permalink"], "name": funded["name"], "location": funded["city"],
                          "country": funded["country_code"], "industry": funded["category_code"]}),
            pd.DataFrame({"id": "sp " + listed["Symbol"], "name": listed["Security"], "country": "USA",
                          "location": listed["Headquarters Location"], "industry": listed["GICS Sector"]}),
        ],
        ignore_index=True,
    ).assign(domain="", **{"former names": ""})  # fmt: skip


@dataclass
class Tally:
    """What a method accepted: right, wrong, twins in two sources, and how many there were to be found."""

    of: int
    right: int = 0
    wrong: int = 0
    twins: int = 0
    asked: int = 0

    def row(self, name: str) -> str:
        accepted = self.right + self.wrong
        precision = f"{self.right / accepted:.4f}" if accepted else "-"
        return (f"{name:<46}{self.of:>8,}{accepted:>10,}{precision:>11}{self.right / max(1, self.of):>9.3f}"
                f"{self.wrong:>7,}{self.asked:>8,}{self.twins:>7,}")  # fmt: skip


HEAD = f"{'':<46}{'pairs':>8}{'accepted':>10}{'precision':>11}{'recall':>9}{'wrong':>7}{'asked':>8}{'twins':>7}"


def judged(found: list[dict], of: int, twin) -> Tally:
    """Count answers where the right one has the id of the left one."""
    tally = Tally(of)
    for row in found:
        right = row["left_id"] == row["right_id"]
        if row["decision"] == "ask":
            tally.asked += right
        elif row["decision"] == "same":
            if not right and twin(row["left_id"], row["right_id"]):
                tally.twins += 1
            else:
                tally.right, tally.wrong = tally.right + right, tally.wrong + (not right)
    return tally


def twin_of(everything: pd.DataFrame):
    """Return whether two rows of different sources have one name, and no different cities."""
    names = dict(zip(everything["id"], map(name_key, everything["name"]), strict=True))
    cities = dict(zip(everything["id"], map(cities_in, everything["location"]), strict=True))

    def same(one: str, other: str) -> bool:
        return names[one] == names[other] and bool(cities[one] & cities[other])

    return same


def renames() -> None:
    raw = pd.read_csv(DATA / "matching" / "renames.csv", keep_default_na=False)
    raw["id"] = "yc " + raw["id"].astype(str)
    now = directory()
    gone = raw[~raw["id"].isin(now["id"])]  # from the directory, and known by their latest name
    gone = pd.DataFrame({"id": gone["id"], "name": gone["name_latest"], "domain": gone["website_latest"],
                         "location": gone["all_locations_latest"], "former names": "", "country": "",
                         "industry": ""})  # fmt: skip
    now = pd.concat([now, gone], ignore_index=True)
    everything = pd.concat([now, others()], ignore_index=True)
    latest = now.set_index("id")
    old = pd.DataFrame({"id": raw["id"], "name": raw["name"], "domain": raw["website"]})
    twin = twin_of(everything)
    print(f"\n== renamed companies, against {len(everything):,} companies ==\n{HEAD}")
    plain = everything.drop(columns="former names")
    print(judged(companies(old, plain).to_pylist(), len(old), twin).row("old name and website"))
    print(judged(companies(old, everything).to_pylist(), len(old), twin).row("and the directory's former names"))
    placed = old.assign(location=latest.loc[old["id"], "location"].to_numpy())
    found = companies(placed, everything).to_pylist()
    print(judged(found, len(old), twin).row("and a place"))
    show_wrong(found, everything, twin)
    same = [
        bool(set(domains_in(a)) & set(domains_in(b)))
        for a, b in zip(old["domain"], latest.loc[old["id"], "domain"], strict=True)
    ]
    part = old[same].reset_index(drop=True)
    print(judged(companies(part, everything).to_pylist(), len(part), twin).row("those on the same domain"))
    for name, peer in PEERS.items():
        print(judged(peer(old, everything), len(old), twin).row(name))


def noisy(row: dict, rng: random.Random) -> dict:
    name, domain, place = row["name"], row["domain"], row["location"]
    if rng.random() < 0.3:
        name = " ".join(WORDS.get(word.lower(), word) for word in name.split())
    if rng.random() < 0.25 and len(name) > 4:
        at = rng.randrange(1, len(name) - 1)
        slip = rng.choice(("drop", "double", "swap", "wrong"))
        name = {"drop": name[:at] + name[at + 1 :], "double": name[: at + 1] + name[at:],
                "swap": name[: at - 1] + name[at] + name[at - 1] + name[at + 1 :],
                "wrong": name[:at] + rng.choice("aeinrst") + name[at + 1 :]}[slip]  # fmt: skip
    if rng.random() < 0.5:
        form = rng.choice(FORMS)
        name = f"{form} {name}" if form in ("株式会社", "ООО") else f"{name} {form}".strip()
    if rng.random() < 0.3:
        name = rng.choice((name.upper(), name.lower(), f"  {name} "))
    known = domains_in(domain)
    if known:
        label, _, _ = known[0].partition(".")
        kind = rng.random()
        domain = (
            "" if kind < 0.2
            else f"info@{known[0]}" if kind < 0.4
            else f"https://www.{known[0]}/about?utm=x" if kind < 0.6
            else f"blog.{known[0].upper()}" if kind < 0.7
            else f"{label}.{rng.choice(SUFFIXES)}" if kind < 0.78
            else f"somebody{rng.randrange(9)}@gmail.com" if kind < 0.85
            else known[0]
        )  # fmt: skip
    if rng.random() < 0.2:
        place = ""
    elif rng.random() < 0.5:
        first = place.split(";")[0].split(",")[0]
        place = CITIES.get(first.lower(), first)
    industry = "" if rng.random() < 0.2 else row["industry"]
    return {**row, "name": name, "domain": domain, "location": place, "industry": industry, "former names": ""}


def copies() -> None:
    rng = random.Random(7)
    everything = pd.concat([directory(), others()], ignore_index=True)
    copied = pd.DataFrame([noisy(row, rng) for row in everything.to_dict("records")])
    twin = twin_of(everything)
    started = time.perf_counter()
    found = companies(copied, everything).to_pylist()
    seconds = time.perf_counter() - started
    by_right = everything.set_index("id")["domain"].map(lambda cell: frozenset(domains_in(cell)))
    own = {i: frozenset(domains_in(d)) for i, d in zip(copied["id"], copied["domain"], strict=True)}
    print(f"\n== noisy copies of {len(everything):,} companies, against the originals ({seconds:.0f} s) ==\n{HEAD}")
    print(judged(found, len(copied), twin).row("all"))
    kinds = {
        "same domain": lambda i: bool(own[i] & by_right[i]),
        "a domain, but another": lambda i: bool(own[i]) and not own[i] & by_right[i],
        "no domain of a company": lambda i: not own[i],
    }
    for name, holds in kinds.items():
        ids = {i for i in copied["id"] if holds(i)}
        print(judged([row for row in found if row["left_id"] in ids], len(ids), twin).row(f"  {name}"))
    print("\nby reason, of those accepted (twins left out)")
    reasons: dict[str, Counter] = defaultdict(Counter)
    for row in found:
        right = row["left_id"] == row["right_id"]
        if row["decision"] == "same" and (right or not twin(row["left_id"], row["right_id"])):
            reasons[f"{row['confidence']:.2f}  {row['reason']}"][right] += 1
    for reason, counts in sorted(reasons.items(), key=lambda pair: -sum(pair[1].values()))[:24]:
        print(f"  {counts[True]:>7,} right {counts[False]:>4,} wrong   {reason}")
    show_wrong(found, everything, twin)
    print(f"\npeers, the same copies\n{HEAD}")
    for name, peer in PEERS.items():
        print(judged(peer(copied, everything), len(copied), twin).row(name))


def show_wrong(found: list[dict], everything: pd.DataFrame, twin) -> None:
    rows = everything.set_index("id")
    wrong = [row for row in found if row["decision"] == "same" and row["left_id"] != row["right_id"]]
    wrong = [row for row in wrong if not twin(row["left_id"], row["right_id"])]
    for row in wrong[:12] if "--wrong" in sys.argv else ():
        said = [row["left_name"], rows.loc[row["left_id"], "name"], row["right_name"], row["reason"]]
        places = [rows.loc[row[side], "location"] for side in ("left_id", "right_id")]
        print("    wrong:", " | ".join([*said, *places]))


def equal_names(left: pd.DataFrame, right: pd.DataFrame) -> list[dict]:
    """Accept equal names without legal forms, as cleanco cuts them."""
    by_name: dict[str, list[str]] = defaultdict(list)
    for i, name in zip(right["id"], right["name"], strict=True):
        by_name[cleanco.basename(name).casefold()].append(i)
    return [
        {"left_id": i, "right_id": other, "decision": "same"}
        for i, name in zip(left["id"], left["name"], strict=True)
        for other in by_name.get(cleanco.basename(name).casefold(), ())[:20]
    ]


def token_sets(left: pd.DataFrame, right: pd.DataFrame) -> list[dict]:
    """Accept a token_set_ratio of 90 among names whose first two letters are the same; of 2,000 rows."""
    blocks: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for i, name in zip(right["id"], right["name"].str.casefold().str.strip(), strict=True):
        blocks[name[:2]].append((i, name))
    found = []
    for i, name in zip(left["id"][:2000], left["name"][:2000].str.casefold().str.strip(), strict=True):
        for other, other_name in blocks.get(name[:2], ()):
            if fuzz.token_set_ratio(name, other_name) >= 90:
                found.append({"left_id": i, "right_id": other, "decision": "same"})
    return found


PEERS = {
    "peer: equal names, legal forms cut by cleanco": equal_names,
    "peer: token_set_ratio >= 90 (first 2,000)": token_sets,
}


def speed(rows: int) -> None:
    rng = random.Random(3)
    stems = sorted({word for name in directory()["name"].tolist() + others()["name"].tolist()
                    for word in name_key(name).split() if len(word) > 3})  # fmt: skip
    cities = sorted({city for cell in others()["location"] for city in cities_in(cell)})

    def made(n: int) -> dict:
        name = f"{rng.choice(stems)} {rng.choice(stems)}"
        domain = f"{name.replace(' ', '')}.{rng.choice(SUFFIXES)}" if rng.random() < 0.8 else ""
        return {"id": str(n), "name": name.title(), "domain": domain, "former names": "",
                "location": rng.choice(cities),                 "country": "US", "industry": ""}  # fmt: skip

    right = [made(n) for n in range(rows)]
    left = [noisy(row, rng) for row in rng.sample(right, rows // 2)] + [made(rows + n) for n in range(rows - rows // 2)]
    tables = pd.DataFrame(left), pd.DataFrame(right)
    del left, right
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    started, processor = time.perf_counter(), time.process_time()
    steps: list[tuple[str, float]] = []

    def tell(words: str, _share: float) -> None:
        if not steps or steps[-1][0] != words:
            steps.append((words, time.perf_counter() - started))

    found = companies(*tables, progress=tell)
    seconds, cpu = time.perf_counter() - started, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    counts = Counter(found["decision"].to_pylist())
    print(f"\n== {rows:,} companies against {rows:,} ==")
    print(
        f"{seconds:,.0f} s, {cpu:,.0f} s of processor time, peak {peak:.1f} GB ({before:.1f} GB of it the tables); "
        f"{dict(counts)}"
    )
    for (words, at), (_, end) in zip(steps, [*steps[1:], ("", seconds)], strict=True):
        print(f"  {end - at:>7.0f} s  {words}")
    index_speed(tables[1].head(100_000), tables[0].head(2_000))


def index_speed(accounts: pd.DataFrame, leads: pd.DataFrame) -> None:
    def company(row: dict) -> Company:
        return Company(row["id"], row["name"], row["domain"], city=row["location"], country=row["country"])

    index = AccountIndex(map(company, accounts.to_dict("records")))
    asked = [company(row) for row in leads.to_dict("records")]
    processor = time.process_time()
    for lead in asked:
        index.match(lead)
    each = (time.process_time() - processor) / len(asked) * 1e6
    print(f"one lead against an index of {len(accounts):,} accounts: {each:.0f} microseconds of processor time")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    asked.add_argument("--rows", type=int, default=1_000_000)
    asked.add_argument("--only", choices=("renames", "copies", "speed"))
    asked.add_argument("--wrong", action="store_true", help="show some wrong matches")
    given = asked.parse_args()
    for part in ("renames", "copies", "speed"):
        if given.only in (None, part):
            {"renames": renames, "copies": copies, "speed": lambda: speed(given.rows)}[part]()


if __name__ == "__main__":
    main()
