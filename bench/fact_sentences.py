"""Sentences that state facts, or none, from a grammar: templates, each filled in more than one way.

`SEEN` were looked at while the reader was mended; `UNSEEN` were written before, and counted at the end. What a
sentence states stands behind the arrow as ``attribute condition value``, parted by `` ; ``; behind an arrow with nothing
the sentence states no fact, however many numbers or names it holds. ``?`` before a fact: reading it is as right as not.
"""

from __future__ import annotations

import random

COUNTRIES = {
    "Canada": ("Canada", "CA"), "France": ("France", "FR"), "Spain": ("Spain", "ES"), "Italy": ("Italy", "IT"),
    "Japan": ("Japan", "JP"), "India": ("India", "IN"), "Poland": ("Poland", "PL"), "Sweden": ("Sweden", "SE"),
    "Brazil": ("Brazil", "BR"), "Mexico": ("Mexico", "MX"), "Norway": ("Norway", "NO"), "Ireland": ("Ireland", "IE"),
}  # fmt: skip
TOOLS = ("Zendesk", "Slack", "Snowflake", "Shopify", "Stripe", "Datadog", "NetSuite", "Workday", "Salesforce", "HubSpot",
         "Kubernetes", "Marketo")  # fmt: skip
KINDS = ("CRM", "ERP", "data warehouse", "marketing automation")
CITIES = ("Berlin", "Chicago", "Boston", "Toronto", "London")
FILLS = 2

SEEN = """
They count {low} to {high} employees. => employees between {low_high}
Ideal customers employ {low} or more people. => employees at_least {low}.0
Nobody above {high} staff. => employees below {above}.0
A payroll of fewer than {high} people. => employees below {high}.0
Between {low} and {high} people work there. => employees between {low_high}
They have {low}+ engineers. => engineers at_least {low}.0
At least {low} locations. => locations at_least {low}.0
They have a support team of {low} or more. => support_team at_least {low}.0
At most two people work in marketing. => marketing_team below 3.0
Companies in {country} or {other}. => country one_of {country_or_other}
They sit in {country}, and have fewer than {high} employees. => country one_of {country_names} ; employees below {high}.0
Nothing in {country}, please. => country none_of {country_names}
They are not located in {country}. => country none_of {country_names}
{city}-based start-ups. => city is {city}
They have a factory in {country}. =>
They left {country} years ago. =>
They use {tool} every day. => technologies has {tool}
All of them run {tool}. => technologies has {tool}
They use {tool} and {tool2}. => technologies has {tool} ; technologies has {tool2}
They use {tool} but not {tool2}. => technologies has {tool} ; technologies lacks {tool2}
They stopped using {tool}. => technologies lacks {tool}
They no longer use {tool}. => technologies lacks {tool}
They tried {tool} and gave it up. => technologies lacks {tool}
They plan to buy {tool}. =>
They compete with {tool}. =>
They built a plug-in for {tool}. =>
They have no {kind}. => technologies lacks {kind}
They do not yet have a {kind}. => technologies lacks {kind}
They are not banks. => industry is_not financial services
It isn't for companies with more than {high} employees. => employees below {above}.0
We do not sell to firms of fewer than {low} people. => employees at_least {low}.0
They raised a round within the last {months} months. => last_funding_on within_days {days}
They raised money in the past year. => last_funding_on within_days 365
Founded in {year} or later. => founded at_least {year}.0
Companies founded before {year}. => founded below {year}.0
Annual revenue of at least ${low} million. => annual_revenue at_least {low}000000.0
Revenue between ${low}M and ${high}M. => annual_revenue between {money}
Their average contract is above ${low},000. =>
They process over {high} orders a day. =>
Five people share one login. =>
Support answers {low} tickets before noon. =>
The last {low} deals took {high} days each. => ? sales_cycle_days is {high}.0
Every {low} minutes somebody copies a cell. =>
Manufacturers with more than {low} machines. => industry is manufacturing ; ? machines at_least {low_more}.0
They sell to retailers. => sells_to has retail
Their rivals in {country} use {tool}. =>
"Can we get out of {tool}?" is what they ask us first. =>
A warehouse in {country} burned down. =>
They spend {low} hours a week on reports. =>
Only {low} of their {high} branches are online. =>
"""

UNSEEN = """
We look for firms with a headcount of {low} to {high}. => employees between {low_high}
Their workforce is larger than {high}. => employees at_least {above}.0
Small shops of up to {low} people. => employees below {low_more}.0
Somewhere between {low} and {high} employees, never more. => employees between {low_high}
No company with less than {low} employees. => employees at_least {low}.0
They run at least {low} stores. => stores at_least {low}.0
They employ more than {low} developers. => developers at_least {low_more}.0
The finance team has fewer than {low} people. => finance_team below {low}.0
Headquarters in {country}. => country one_of {country_names}
They are at home in {country} or {other}. => country one_of {country_or_other}
Any country but {country}. => country none_of {country_names}
We avoid {country}. => country none_of {country_names}
Businesses in {city} with {low} to {high} staff. => city is {city} ; employees between {low_high}
Their founders grew up in {country}. =>
They import coffee from {country}. =>
A supplier in {country} raised prices twice. =>
{tool} is in daily use. => technologies has {tool}
They are heavy users of {tool}. => technologies has {tool}
Their data sit in {tool}. => technologies has {tool}
They pay for both {tool} and {tool2}. => technologies has {tool} ; technologies has {tool2}
Anyone who has {tool} but lacks {tool2}. => technologies has {tool} ; technologies lacks {tool2}
They have never touched {tool}. => technologies lacks {tool}
They dropped {tool} last spring. => technologies lacks {tool}
{tool} is not in use there. => technologies lacks {tool}
They would love to move to {tool}. =>
Former employees of {tool} founded it. =>
They sell an alternative to {tool}. =>
There is still no {kind} in place. => technologies lacks {kind}
They manage without a {kind}. => technologies lacks {kind}
Agencies are not what we want. => industry is_not agency
We never sell to banks. => industry is_not financial services
Insurers and hospitals. => industry one_of ('insurance', 'healthcare')
Software firms in {country} that have no {kind}. => industry is software ; country one_of {country_names} ; technologies lacks {kind}
They closed a funding round in the past {months} months. => last_funding_on within_days {days}
Fresh money arrived within the last {months} months. => ? last_funding_on within_days {days}
They were founded after {year}. => founded at_least {next_year}.0
Older than {year}: founded before {year}, that is. => founded below {year}.0
They turn over at least ${low} million a year. => annual_revenue at_least {low}000000.0
ARR of ${low}M to ${high}M. => arr between {money}
They are hiring data engineers right now. => hiring has data engineer
They lose ${low},000 on every late shipment. =>
A customer waits {low} minutes on the line. =>
Nine out of ten invoices are paid late. =>
They grew from {low} to {high} screens of code. =>
Two of their {low} trucks stand still. =>
Page {low} of the contract is where it hurts. =>
Since {year} nothing has changed in how they plan. =>
They promise delivery within {low} hours. =>
Their customers in {country} complain about {tool}. =>
It takes {low} people to change one price. =>
"""


def sentences(block: str, *, seed: int, fills: int = FILLS) -> list[tuple[str, set[str], set[str]]]:
    """Return sentences with the facts that they state and those that may be read or not."""
    draw = random.Random(seed)
    found = []
    for line in block.strip().splitlines():
        template, _, said = line.partition(" =>")
        for _ in range(fills):
            slots = _slots(draw)
            facts = [fact.strip().format_map(slots) for fact in said.split(" ; ") if fact.strip()]
            must = {fact for fact in facts if not fact.startswith("?")}
            may = {fact.removeprefix("? ") for fact in facts if fact.startswith("?")}
            found.append((template.format_map(slots), must, may))
    return found


def _slots(draw: random.Random) -> dict[str, object]:
    low = draw.randrange(6, 60)
    high = low + draw.randrange(20, 400)
    country, other = draw.sample(list(COUNTRIES), 2)
    tool, tool2 = draw.sample(TOOLS, 2)
    months, year = draw.choice((3, 6, 9, 18)), draw.randrange(1995, 2020)
    return {
        "low": low, "high": high, "low_high": (float(low), float(high + 1)), "above": high + 1, "low_more": low + 1,
        "country": country, "other": other, "country_names": COUNTRIES[country],
        "country_or_other": COUNTRIES[country] + COUNTRIES[other], "tool": tool, "tool2": tool2, "kind": draw.choice(KINDS),
        "city": draw.choice(CITIES), "months": months, "days": 30 * months, "year": year, "next_year": year + 1,
        "money": (low * 1e6, high * 1e6),
    }  # fmt: skip
