"""Plain sentences put together from parts, each with the facts it states: what every reader must get right first.

Writers vary their words; few of them say "firms outside Peru" twice. These are the ordinary parts in all combinations.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

Part = tuple[str, list[str]]
TRADES = {
    "manufacturers": "manufacturing", "law firms": "legal", "retailers": "retail", "software companies": "software",
    "insurers": "insurance", "logistics companies": "logistics", "hospitals": "healthcare", "banks": "financial services",
    "construction firms": "construction", "hotels": "hospitality", "accounting firms": "accounting", "farms": "agriculture",
    "schools": "education", "fintechs": "fintech", "wholesalers": "wholesale", "biotechs": "biotech",
}  # fmt: skip
EXCLUDED = {"agencies": "agency", "resellers": "reseller", "banks": "financial services", "consultancies": "professional services",
            "charities": "non-profit", "universities": "education", "startups": ""}  # fmt: skip
COUNTRIES = {"Germany": "('Germany', 'DE')", "Mexico": "('Mexico', 'MX')", "Brazil": "('Brazil', 'BR')", "Japan": "('Japan', 'JP')",
             "Spain": "('Spain', 'ES')", "Canada": "('Canada', 'CA')", "the United States": "('United States', 'US', 'USA')",
             "the UK": "('United Kingdom', 'UK', 'GB')", "India": "('India', 'IN')", "Poland": "('Poland', 'PL')"}  # fmt: skip
REGIONS = ("Europe", "Latin America", "Southeast Asia", "the Middle East")
CITIES = ("Toronto", "Berlin", "Chicago", "Madrid", "Lisbon")
TOOLS = ("Salesforce", "HubSpot", "Jira", "NetSuite", "SAP", "Shopify", "Zendesk", "Slack", "Snowflake", "Xero", "Workday", "Okta",
         "Marketo", "Datadog", "Stripe", "Excel", "QuickBooks", "Asana", "Klaviyo", "Toast", "Pipedrive", "Dynamics 365")  # fmt: skip
KINDS = ("CRM", "ERP", "data warehouse", "applicant tracking system", "marketing automation", "loyalty program", "help desk",
         "route planning", "warehouse management system", "HR system", "payroll software", "LIMS", "online booking tool")  # fmt: skip
ROLES = ("CFO", "CTO", "head of sales", "data engineer", "recruiter", "HR director", "compliance officer", "VP of Sales")
SOUGHT = ("SDR", "account executive", "data engineer", "nurse", "warehouse manager", "recruiter", "customer success manager")


def composed(seed: int, count: int) -> list[tuple[str, set[str], set[str]]]:
    """Return so many sentences with the facts they state and those that may be read."""
    draw = random.Random(seed)
    found = []
    for _ in range(count):
        text, facts = draw.choice((_of_companies, _of_companies, _of_companies, _they, _they, _refusal, _refusal, _nothing))(draw)
        must = {fact for fact in facts if not fact.startswith("? ")}
        found.append((text[0].upper() + text[1:], must, {fact[2:] for fact in facts if fact.startswith("? ")}))
    return found


def _a(kind: str) -> str:
    return f"{'an' if kind[0].lower() in 'aeio' or kind in ('SDR', 'HR director', 'HR system', 'LIMS') else 'a'} {kind}"


def _place(draw: random.Random) -> Part:
    (name, code), (other, more) = draw.sample(sorted(COUNTRIES.items()), 2)
    both = f"{code[:-1]}, {more[1:]}"
    city, region = draw.choice(CITIES), draw.choice(REGIONS)
    plain = region.removeprefix("the ")
    return draw.choice((
        *[(f"{way} {name}", [f"country one_of {code}"]) for way in ("in", "in", "based in", "from", "located in", "out of")],
        *[(f"{way} {name}", [f"country none_of {code}"]) for way in ("outside", "outside", "outside of", "not in", "anywhere but", "everywhere except")],
        (f"in {name} or {other}", [f"country one_of {both}"]), (f"in {name} and {other}", [f"country one_of {both}"]),
        (f"outside {name} and {other}", [f"country none_of {both}"]), (f"in {city}", [f"city is {city}"]),
        (f"headquartered in {city}", [f"city is {city}"]), (f"in {region}", [f"region is {plain}"]), (f"across {region}", [f"region is {plain}"]),
        (f"outside {region}", [f"region is_not {plain}"]),
    ))  # fmt: skip


def _size(draw: random.Random) -> Part:
    low = draw.choice((10, 20, 40, 50, 75, 100, 200))
    high = low * draw.choice((2, 4, 5))
    return draw.choice((
        (f"with {low} to {high} people", [f"employees between ({low}.0, {high + 1}.0)"]),
        (f"with between {low} and {high} employees", [f"employees between ({low}.0, {high + 1}.0)"]),
        (f"of {low}-{high} people", [f"employees between ({low}.0, {high + 1}.0)"]),
        (f"with at least {low} employees", [f"employees at_least {low}.0"]),
        (f"with more than {low} employees", [f"employees at_least {low + 1}.0"]),
        (f"employing more than {low} people", [f"employees at_least {low + 1}.0"]),
        (f"with fewer than {high} employees", [f"employees below {high}.0"]),
        (f"with up to {high} staff", [f"employees below {high + 1}.0"]),
    ))  # fmt: skip


def _tool(draw: random.Random) -> Part:
    tool, other = draw.sample(TOOLS, 2)
    kind = draw.choice(KINDS)
    has, lacks = [f"technologies has {tool}"], [f"technologies lacks {tool}"]
    none = [f"technologies lacks {kind}"]
    return draw.choice((
        (f"that use {tool}", has), (f"using {tool}", has), (f"running on {tool}", has), (f"on {tool}", has),
        (f"that use {tool} and {other}", [*has, f"technologies has {other}"]),
        (f"that use {tool} or {other}", [f"technologies has_any ('{tool}', '{other}')"]),
        (f"that do not use {tool}", lacks), (f"that don't use {tool}", lacks), (f"without {tool}", lacks), (f"not on {tool}", lacks),
        (f"that no longer use {tool}", lacks), (f"that use {tool} but not {other}", [*has, f"technologies lacks {other}"]),
        (f"that moved from {other} to {tool}", [*has, f"technologies lacks {other}"]),
        (f"that use neither {tool} nor {other}", [*lacks, f"technologies lacks {other}"]),
        (f"without {_a(kind)}", none), (f"without {kind}", none), (f"with no {kind}", none), (f"that have no {kind} yet", none), (f"that lack {_a(kind)}", none),
        (f"that use {tool} and have no {kind}", [*has, *none]), (f"with {_a(kind)}", [f"? technologies has {kind}"]),
    ))  # fmt: skip


def _other(draw: random.Random) -> Part:
    months, year = draw.choice((3, 6, 9, 18)), draw.randrange(1990, 2020)
    sold, trade = draw.choice(sorted(TRADES.items()))
    sought = draw.choice(SOUGHT)
    return draw.choice((
        (f"that raised money in the last {months} months", [f"last_funding_on within_days {months * 30}"]),
        (f"founded after {year}", [f"founded at_least {year + 1}.0"]), (f"founded before {year}", [f"founded below {year}.0"]),
        (f"that are hiring {sought}s", [f"hiring has {sought}"]),
        (f"that sell to {sold}", [f"? sells_to has {trade}"]), (f"that help {sold} with staffing", [f"? sells_to has {trade}"]),
        (f"that build tools for {sold}", [f"? sells_to has {trade}"]), (f"that work with {sold}", [f"? sells_to has {trade}"]),
        ("that grow quickly", []), ("that hate paperwork", []), ("that care about their people", []),
    ))  # fmt: skip


def _excluded(draw: random.Random) -> Part:
    name, trade = draw.choice(sorted(EXCLUDED.items()))
    facts = [f"industry is_not {trade}"] if trade else []
    return draw.choice(((f", not {name}", facts), (f", no {name}", facts), (f", but not {name}", facts), (f"; no {name} please", facts),
                        (f" (no {name})", facts), (f", except {name}", facts), ("", []), ("", []), ("", []), ("", [])))  # fmt: skip


def _of_companies(draw: random.Random) -> Part:
    name, trade = draw.choice((*sorted(TRADES.items()), ("companies", ""), ("firms", ""), ("businesses", ""), ("companies", "")))
    start = draw.choice(("", "", "", "we sell to ", "our best customers are ", "we are looking for ", "we want ", "they are ", "we work with ",
                         "ideal are ", "the best fit is "))  # fmt: skip
    makers: list[Callable[[random.Random], Part]] = draw.sample([_place, _size, _tool, _other], draw.choice((1, 2, 2, 3)))
    parts = [make(draw) for make in makers]
    tail, more = _excluded(draw)
    facts = [f"? industry is {trade}"] if trade else []
    text = start + " ".join((name, *(words for words, _ in parts))) + tail + draw.choice((".", ".", ""))
    return text, [*facts, *(fact for _, said in parts for fact in said), *more]


def _they(draw: random.Random) -> Part:
    tool, other, third = draw.sample(TOOLS, 3)
    kind, role, sought = draw.choice(KINDS), draw.choice(ROLES), draw.choice(SOUGHT)
    (name, code), low = draw.choice(sorted(COUNTRIES.items())), draw.choice((10, 20, 50, 100))
    excluded = draw.choice([one for one in sorted(EXCLUDED) if EXCLUDED[one]])
    months = draw.choice((3, 6, 9))
    said: list[Part] = [
        (f"use {tool}", [f"technologies has {tool}"]), (f"run on {other}", [f"technologies has {other}"]),
        (f"do not use {third}", [f"technologies lacks {third}"]), (f"have no {kind}", [f"technologies lacks {kind}"]),
        (f"have no {kind} yet", [f"technologies lacks {kind}"]), (f"lack {_a(kind)}", [f"technologies lacks {kind}"]),
        (f"employ {low} to {low * 4} people", [f"employees between ({low}.0, {low * 4 + 1}.0)"]),
        (f"have more than {low} employees", [f"employees at_least {low + 1}.0"]),
        (f"are based in {name}", [f"country one_of {code}"]), (f"are not in {name}", [f"country none_of {code}"]),
        (f"are hiring {sought}s", [f"hiring has {sought}"]), (f"are hiring {_a(sought)}", [f"hiring has {sought}"]),
        (f"have {_a(role)}", [f"roles has {role}"]), (f"have no {role}", [f"roles lacks {role}"]),
        (f"raised money in the last {months} months", [f"last_funding_on within_days {months * 30}"]),
        (f"hired a new CFO within the last {months} months", [f"cfo_hired_on within_days {months * 30}", "? roles has CFO"]),
        (f"are not {excluded}", [f"industry is_not {EXCLUDED[excluded]}"]), ("grow quickly", []), ("answer the phone", []),
    ]  # fmt: skip
    chosen = draw.sample(said, draw.choice((1, 2, 2, 3)))
    while len({words.split()[-1] for words, _ in chosen}) < len(chosen) or sum(kind in words for words, _ in chosen) > 1:
        chosen = draw.sample(said, 2)
    who = draw.choice(("they", "they", "our best customers", "the right companies", "good customers", "companies that buy"))
    joints = [draw.choice((" and ", ", ", " but ", ", and ")) for _ in chosen[1:]]
    text = who + " " + chosen[0][0] + "".join(joint + words for joint, (words, _) in zip(joints, chosen[1:], strict=True)) + "."
    return text, [fact for _, facts in chosen for fact in facts]


def _refused(draw: random.Random) -> Part:
    """Return companies of whom something is said, with what holds of those that are not refused."""
    (name, code), low = draw.choice(sorted(COUNTRIES.items())), draw.choice((10, 20, 50, 100, 500))
    region = draw.choice(REGIONS)
    plain, tool, kind = region.removeprefix("the "), draw.choice(TOOLS), draw.choice(KINDS)
    who = draw.choice(("companies", "firms", "anyone", "businesses", "anybody"))
    many = who in ("companies", "firms", "businesses")
    use, have = ("use", "have") if many else ("uses", "has")
    excluded = draw.choice([one for one in sorted(EXCLUDED) if EXCLUDED[one]])
    return draw.choice((
        (f"{who} outside {name}", [f"country one_of {code}"]), (f"{who} outside of {name}", [f"country one_of {code}"]),
        (f"{who} outside {region}", [f"region is {plain}"]), (f"{who} in {name}", [f"country none_of {code}"]), (f"{who} from {name}", [f"country none_of {code}"]),
        (f"{who} below {low} people", [f"employees at_least {low}.0"]), (f"{who} with fewer than {low} employees", [f"employees at_least {low}.0"]),
        (f"{who} under {low} people", [f"employees at_least {low}.0"]), (f"{who} with more than {low} employees", [f"employees below {low + 1}.0"]),
        (f"{who} above {low} people", [f"employees below {low + 1}.0"]), (f"{who} on {tool}", [f"technologies lacks {tool}"]),
        (f"{who} that {use} {tool}", [f"technologies lacks {tool}"]), (f"{who} that already {use} {tool}", [f"technologies lacks {tool}"]),
        (f"{who} without {tool}", [f"technologies has {tool}"]), (f"{who} without {_a(kind)}", [f"technologies has {kind}"]),
        (f"{who} that {have} no {kind}", [f"technologies has {kind}"]), (excluded, [f"industry is_not {EXCLUDED[excluded]}"]),
        (excluded, [f"industry is_not {EXCLUDED[excluded]}"]),
    ))  # fmt: skip


def _refusal(draw: random.Random) -> Part:
    parts: list[Part] = []
    for _ in range(draw.choice((1, 1, 2, 3))):
        one = _refused(draw)
        if not any(one[1][0].split()[0] == other[1][0].split()[0] for other in parts):
            parts.append(one)
    facts = [fact for _, said in parts for fact in said]
    before, joint = draw.choice((("we do not work with ", " or with "), ("we don't work with ", " or "), ("we do not sell to ", " or to "),
                                 ("we don't sell to ", " or "), ("we never sell to ", " or "), ("we cannot help ", " or "), ("please skip ", " and "),
                                 ("we stay away from ", " and "), ("not for us: ", ", "), ("we say no to ", " and to "), ("we turn down ", " and ")))  # fmt: skip
    if draw.random() < 0.55 or len(parts) > 1:
        words = [said for said, _ in parts]
        text = before + (", ".join(words[:-1]) + joint + words[-1] if len(words) > 1 else words[0])
        return text + draw.choice((".", ", because they never renew.", ".", " any more.")), facts
    said = parts[0][0]
    one = said.split()[0] in ("anyone", "anybody")
    is_, need = ("is", "needs") if one else ("are", "need")
    after = draw.choice((f"{is_} not a fit", f"{is_} not for us", f"{is_} out", f"{is_} too far from what we do", f"{is_} no use to us", f"{is_} lost to us",
                         f"{need} not apply", f"{'has' if one else 'have'} no need of us", f"{is_} not our customers", f"{is_} disqualified"))  # fmt: skip
    return f"{said} {after}.", facts


def _nothing(draw: random.Random) -> Part:
    tool, other = draw.sample(TOOLS, 2)
    kind, name, hours = draw.choice(KINDS), draw.choice(sorted(COUNTRIES)), draw.randrange(2, 40)
    sold = draw.choice(sorted(TRADES))
    return draw.choice((
        f"our product works with {tool}.", f"we integrate with {tool} and {other}.", f"we connect {tool} to {other}.",
        f"our office is in {name}.", f"we have an office in {name}.", f"our team of {hours} people sits in {name}.", f"we are based in {name}.",
        f"our competitors use {tool}.", f"they are thinking about {tool}.", f"they plan to buy {_a(kind)}.", f"they want {_a(kind)}.",
        f"they compare us with {tool}.", f"it does not matter whether they use {tool} or {other}.", f"we used to sell {kind} ourselves.",
        f"they lose {hours} hours a week to paperwork.", "we raised a Series B last year.", f"we are hiring {hours} engineers in {name}.",
        f"our price starts at {hours}00 euros.", f"our software replaces {_a(kind)}.", f"our founder worked at {tool} in {name}.",
        f"most {sold} we meet at fairs never call back.", f"{tool} raised its prices twice.", f"their customers use {tool}.",
        f"one day they will need {_a(kind)}.", f"if they had {_a(kind)}, they would not need us.", f"we won a prize in {name}.",
    )), []  # fmt: skip
