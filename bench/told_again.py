"""1,000 facts, each told 1 to 20 times in different words with different dates: are tellings put together rightly?

The world is invented here, with no look at the rules that read it: templates in the manner of press releases, wire
services, trade papers and search results; amounts rounded, converted to words or left out; dates up to three weeks
late; several facts of one kind at one company, months or days apart. A pair of tellings about one company is right if
both are of one fact and in one event, or of two facts and in two events.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import combinations

from idealfit.watch.events import merge
from idealfit.watch.mentions import Mention, facts_in, kind_of

FIRST = date(2025, 1, 6)
NAMES = ("Halden", "Brightwater", "Ostrava", "Kestrel", "Marlow", "Pinewood", "Tallis", "Verano", "Quillon", "Sandrift")
TAILS = ("Labs", "Systems", "Health", "Logistics", "Robotics", "Foods", "Analytics", "Energy", "Bank", "Software")
PEOPLE = (
    "Dana Whitlock",
    "Priya Raman",
    "Luc Moreau",
    "Inés Ortega",
    "Tom Baker",
    "Mei Tanaka",
    "Sven Dahl",
    "Ada Obi",
)
CITIES = ("Lyon", "Austin", "Singapore", "Munich", "Leeds", "Toronto", "Warsaw", "Denver", "Porto", "Osaka")
PRODUCTS = ("Atlas", "Beacon", "Compass", "Drift Guard", "Echo", "Forge", "Gridline", "Harbor", "Iris", "Juniper")
TARGETS = (
    "Nimbly",
    "Oakform",
    "Parcelio",
    "Quanta Fleet",
    "Rivermark",
    "Solace AI",
    "Tern",
    "Umbra",
    "Vexel",
    "Wicket",
)
ROLES = (
    ("chief financial officer", "CFO"), ("chief revenue officer", "CRO"), ("chief technology officer", "CTO"),
    ("vice president of sales", "VP of Sales"), ("chief marketing officer", "CMO"), ("head of engineering", "Head of Engineering"),
)  # fmt: skip
TELLINGS = {
    "funding": (
        "{c} raises {m} in {r}", "{c} secures {m} {r} to grow", "{c} closes {r} of {m}", "{r}: {c} lands {m}",
        "{c} bags {m} in funding", "Investors put {m} into {c} as it closes {r}", "{c} announces {m} {r} led by "
        "Elm Capital",
        "{c} gets {m} boost", "{c} has raised {m}, it said on Tuesday", "{c} completes {m} financing round", "{c} "
        "raises {r} round",
    ),
    "new executive": (
        "{c} appoints {p} as {t}", "{c} names {p} {t}", "{p} joins {c} as {t}", "{c} hires {t}", "{c} taps {p} as "
        "new {t}",
        "{c} welcomes {p} as its {t}", "New {t} at {c}: {p}", "{c} promotes {p} to {t}", "{c} brings in {p} as {t}",
    ),
    "product launch": (
        "{c} launches {x}", "{c} unveils {x}, its new product", "{c} introduces {x}", "{x} is now available, says {c}",
        "{c} releases {x} for customers", "{c} rolls out {x}", "Meet {x}: {c} debuts “{x}”", "{c} announces "
        "availability of {x}",
    ),
    "expansion": (
        "{c} opens office in {l}", "{c} expands to {l}", "{c} opens new hub in {l}", "{c} sets up an office in {l}",
        "New office in {l} for {c}", "{c} enters the market in {l} with new location", "{c} announces expansion "
        "into {l}",
    ),
    "acquisition": (
        "{c} acquires {a}", "{c} buys {a}", "{c} to acquire {a}", "{c} completes acquisition of {a}", "{c} snaps "
        "up {a}",
        "{c} has bought {a} for an undisclosed sum",
    ),
    "layoffs": (
        "{c} lays off {n} employees", "{c} cuts {n} jobs", "{n} people laid off at {c}", "{c} to cut {n} positions",
        "Layoffs at {c}", "{c} reduces workforce by {n} people",
    ),
}  # fmt: skip


@dataclass(frozen=True)
class Fact:
    number: int
    company: str
    kind: str
    day: date
    words: dict[str, str]
    amount: int
    currency: str


def world(seed: int, facts: int = 1_000) -> list[Fact]:
    """Return facts about a few hundred companies, several of one kind at many of them."""
    draw = random.Random(seed)
    companies = [f"{name} {tail}" for name in NAMES for tail in TAILS] * 2
    made: list[Fact] = []
    taken: set[tuple[str, str, str]] = set()
    while len(made) < facts:
        company, kind = draw.choice(companies), draw.choice(tuple(TELLINGS))
        rounds = ("Seed", "Series A", "Series B", "Series C")
        words = {
            "r": draw.choice(rounds), "t": str(draw.randrange(len(ROLES))), "x": draw.choice(PRODUCTS),
            "l": draw.choice(CITIES), "a": draw.choice(TARGETS), "n": str(draw.choice((12, 40, 75, 120, 300, 650))),
            "p": draw.choice(PEOPLE),
        }  # fmt: skip
        mark = {
            "funding": "r",
            "new executive": "t",
            "product launch": "x",
            "expansion": "l",
            "acquisition": "a",
            "layoffs": "n",
        }
        name = (company, kind, words[mark[kind]])
        if name in taken:
            continue
        taken.add(name)
        size = draw.choice((3, 5, 8, 12, 20, 35, 60, 110)) + draw.choice((0, 0, 1, 2))
        made.append(
            Fact(
                len(made), company, kind, FIRST + timedelta(days=draw.randrange(500)), words, size, draw.choice("$$€£")
            )
        )
    return made


def money(draw: random.Random, fact: Fact) -> str:
    """Return an amount as one of many writers would put it, sometimes rounded."""
    size = fact.amount if draw.random() < 0.85 else round(fact.amount * draw.choice((0.95, 1.05)), 1)
    word = {"$": "dollars", "€": "euros", "£": "pounds"}[fact.currency]
    forms = (f"{fact.currency}{size}M", f"{fact.currency}{size} million", f"{size} million {word}", f"{fact.currency}{size}m",
             f"{fact.currency}{int(size * 1_000_000):,}")  # fmt: skip
    return draw.choice(forms)


def told(facts: list[Fact], seed: int) -> list[tuple[int, Mention]]:
    """Return every telling with the number of its fact."""
    draw = random.Random(seed + 1)
    out = []
    for fact in facts:
        for _ in range(draw.randint(1, 20)):
            words = dict(fact.words)
            words["t"] = draw.choice(ROLES[int(fact.words["t"])])
            words["r"] = draw.choice((words["r"], f"{words['r']} round", f"{words['r']} funding"))
            title = draw.choice(TELLINGS[fact.kind]).format(c=fact.company, m=money(draw, fact), **words)
            if draw.random() < 0.1:
                title = title.upper() if draw.random() < 0.3 else f"{title} - report"
            late = min(draw.choice((0, 0, 0, 1, 1, 2, 3, 5, 9, 14)) + draw.randrange(2), 21)
            day = fact.day + timedelta(days=late)
            publisher = f"paper {draw.randrange(40)}"
            kind = kind_of(title)
            out.append(
                (fact.number, Mention(
                    fact.company, kind or "untold", title, publisher, f"{title}|{day}|{len(out)}",
                    datetime(day.year, day.month, day.day, 9, tzinfo=UTC), None if draw.random() < 0.05 else day,
                    facts=facts_in(title, kind, fact.company),
                ))
            )  # fmt: skip
    draw.shuffle(out)
    return out


def judged(tellings: list[tuple[int, Mention]]) -> dict[str, float]:
    """Return the shares of pairs that are right: of all pairs at one company, of pairs of one fact, and of pairs put together."""
    event_of = {m.id: event.id for event in merge([], [m for _, m in tellings]).values() for m in event.mentions}
    by_company: dict[str, list[tuple[int, str]]] = {}
    for number, mention in tellings:
        by_company.setdefault(mention.company, []).append((number, event_of[mention.id]))
    count: Counter[tuple[bool, bool]] = Counter()
    for rows in by_company.values():
        for (fact, event), (other_fact, other_event) in combinations(rows, 2):
            count[fact == other_fact, event == other_event] += 1
    both, apart = count[True, True], count[False, False]
    return {
        "pairs right": (both + apart) / sum(count.values()),
        "precision": both / max(both + count[False, True], 1),
        "recall": both / max(both + count[True, False], 1),
        "told as": sum(m.kind != "untold" for _, m in tellings) / len(tellings),
        "events": len(set(event_of.values())),
    }


def main() -> None:
    print("tellings put together, 1,000 facts told 1-20 times (pairs at one company)")
    for seed in (1, 2, 3):
        facts = world(seed)
        tellings = told(facts, seed)
        print(f"seed {seed}: {len(tellings):,} tellings", {k: round(v, 4) for k, v in judged(tellings).items()})


if __name__ == "__main__":
    main()
