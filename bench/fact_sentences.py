"""Sentences that state facts, or none, from a grammar: templates, each filled in more than one way.

`SEEN` were looked at while the reader was mended; `UNSEEN` were written before, and counted at the end; `LATER` came after. What a
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

LATER = """
ICP: {low}-{high} FTEs, HQ in {country}. => employees between {low_high} ; country one_of {country_names}
Our sweet spot is {low} to {high} employees. => employees between {low_high}
Mid-market accounts with {low}–{high} staff in {country} or {other}. => employees between {low_high} ; country one_of {country_or_other}
Disqualify anything below {low} employees. => employees at_least {low}.0
Disqualify if headcount is above {high}. => employees below {above}.0
Must run {tool}. => technologies has {tool}
Must-have: {tool} in the stack. => technologies has {tool}
Their tech stack includes {tool} and {tool2}. => technologies has {tool} ; technologies has {tool2}
{tool} customers only. => technologies has {tool}
Before us they used {tool}. =>
Before they found us, everything lived in {tool}. =>
Most switched from {tool} to {tool2} last year. => technologies has {tool2} ; ? technologies lacks {tool}
They migrated off {tool} in {year}. => technologies lacks {tool}
They used to run {tool} and were unhappy. => ? technologies lacks {tool}
Exclude agencies. => industry is_not agency
Not a fit: banks. => industry is_not financial services
US-based, with {low}+ employees. => country one_of ('United States', 'US', 'USA') ; employees at_least {low}.0
They raised a Series A in the last {months} months. => funding_stage is Series A ; last_funding_on within_days {days}
Closed a Series B within the past 12 months. => funding_stage is Series B ; last_funding_on within_days 365
ARR north of ${low}M. => arr at_least {low}000000.0
Revenue of ${low}M+. => annual_revenue at_least {low}000000.0
A sales team of {low}+ reps. => sales_team at_least {low}.0
One to three people in marketing. => marketing_team between (1.0, 4.0)
They have a dedicated RevOps person. => ? roles has RevOps
The average deal takes {low} days from demo to signature. => ? sales_cycle_days is {low}.0
Churn was {low}% last quarter. =>
Our champion spent {low} years at {tool}. =>
They are hiring SDRs. => hiring has SDR
They have an open role for a data engineer. => hiring has data engineer
Still on spreadsheets, no {kind} yet. => technologies lacks {kind}
They never implemented a {kind}. => technologies lacks {kind}
They are evaluating {tool} this quarter. =>
{tool} is on their roadmap. =>
Their product integrates with {tool}. =>
{tool} is a partner of theirs. =>
We won {low} deals against {tool}. =>
Founded between {year} and 2021. => founded between ({year}.0, 2022.0)
Founded no earlier than {year}. => founded at_least {year}.0
Team of {low} to {high} people. => employees between {low_high}
A {low}-person company in {city}. => employees is {low} ; city is {city}
{low} to {high} headcount, based in {city}. => employees between {low_high} ; city is {city}
Headquartered outside {country}. => country none_of {country_names}
They sell into healthcare. => sells_to has healthcare
Their buyers are banks. => sells_to has financial services
{low} of our {high} customers came from referrals. =>
Companies with {low} or more warehouses. => warehouses at_least {low}.0
Excluding {country} and {other}. => country none_of {country_or_other}
We don't work with companies in {country}. => country none_of {country_names}
Implementation takes {low} days. =>
Their reps make {high} calls a day. =>
The CFO signs anything above ${low}k. =>
Not yet using {tool}. => technologies lacks {tool}
They rely on {tool} for billing. => technologies has {tool}
They moved to {tool} in {year}. => technologies has {tool}
A {tool} shop of {low}-{high} people. => technologies has {tool} ; employees between {low_high}
Nobody with fewer than {low} employees, please. => employees at_least {low}.0
Headcount has to be over {high}. => employees at_least {above}.0
They are {tool} resellers. =>
Once they are past {high} employees, procurement takes over. =>
We close most deals in {country} within {low} days. =>
The CRM has {high} duplicate accounts. =>
They came to us from {tool}. => ? technologies lacks {tool}
Based in {city}, {city2} or remote. => ? city is {city} ; ? city one_of ('{city}', '{city2}')
No presence in {country}. => ? country none_of {country_names}
{kind} in place for less than two years. => ? technologies has {kind}
They pay {tool} more than ${low}k a year. => ? technologies has {tool}
Target accounts employ between {low} and {high} people. => employees between {low_high}
The buyer is the VP of Sales at a {low} to {high} person company. => employees between {low_high}
Fewer than {low} employees is a hard no. => employees at_least {low}.0
Accounts in {country} with {high}+ heads. => country one_of {country_names} ; employees at_least {high}.0
We do not go below {low} FTEs. => employees at_least {low}.0
The cutoff is {high} employees. => ? employees below {above}.0
They already have {tool} in place. => technologies has {tool}
{tool} must be installed. => technologies has {tool}
They need to be on {tool}. => ? technologies has {tool}
They are on {tool} or {tool2}. => technologies has_any ('{tool}', '{tool2}')
{tool} is a must. => ? technologies has {tool}
{tool} users are out. => technologies lacks {tool}
If they use {tool}, walk away. => ? technologies lacks {tool}
They had {tool} until {year}. => ? technologies lacks {tool}
They churned off {tool} last year. => ? technologies lacks {tool}
They will roll out {tool} next quarter. =>
{tool} quoted them twice our price. =>
Our {tool} integration wins the deal. =>
They asked whether we support {tool}. =>
Half of them compare us with {tool}. =>
Their CEO came from {tool}. =>
The team uses {tool} and hates it. => technologies has {tool}
They do everything in {tool}, without a {kind}. => technologies has {tool} ; technologies lacks {kind}
No {kind}, no {kind2}. => technologies lacks {kind} ; technologies lacks {kind2}
They lack a proper {kind}. => technologies lacks {kind}
They bought a {kind} two years ago. => ? technologies has {kind}
They outgrew their {kind}. => ? technologies has {kind}
Anywhere in {country} except {city}. => country one_of {country_names} ; ? city is_not {city}
HQ: {city}. => city is {city}
Our office is in {city}. =>
They ship to {country} twice a week. =>
They just opened an office in {country}. =>
Most of our pipeline is in {country}. => ? country one_of {country_names}
They want to enter {country} next year. =>
We do well in {country} and {other}. => country one_of {country_or_other}
Law firms and insurers need not apply. => ? industry is_not insurance ; ? industry none_of ('legal', 'insurance') ; ? industry is_not legal
Retailers with {low} to {high} stores. => industry is retail ; stores between {low_high}
They work for banks. => ? sells_to has financial services
SaaS companies selling to manufacturers. => ? industry is software ; ? business_model has SaaS ; sells_to has manufacturing
They make {low} parts an hour. =>
A deal is worth ${low}k on average. => ? acv is {low}000.0
We charge ${low} a seat. =>
They lost ${low}M to fraud. =>
Revenue is above ${low}M but below ${high}M. => annual_revenue between {money} ; ? annual_revenue at_least {low}000000.0
They did less than ${low}M in revenue last year. => annual_revenue below {low}000000.0
Raised at least ${low}M. => ? total_funding at_least {low}000000.0 ; ? last_funding_amount at_least {low}000000.0
Seed to Series B. => funding_stage one_of ('Seed', 'Series A', 'Series B')
Bootstrapped, not VC-backed. => ownership is bootstrapped ; ? ownership is_not venture-backed
Last round no more than {months} months ago. => last_funding_on within_days {days}
They announced layoffs in the last {months} months. => ? layoffs_on within_days {days}
Founded in the last 10 years. => founded within_days 3650
Started up around {year}. =>
They have had {low} outages this month. =>
Tickets wait {low} hours. =>
{low} percent of their leads come from ads. =>
They hold {low} patents in {country}. => ? patents is {low}
They run {low} or more trucks. => trucks at_least {low}.0
Up to {low} clinics. => clinics below {low_more}.0
No more than {low} agents in support. => support_team below {low_more}.0
They employ {low}+ nurses across {country}. => nurses at_least {low}.0 ; ? country one_of {country_names}
We target {low} to {high} employee businesses in {country}. => employees between {low_high} ; country one_of {country_names}
Their headcount should stay under {high}. => employees below {high}.0
Large enough to have {low} people or more. => employees at_least {low}.0
A workforce of {high} and above. => employees at_least {high}.0
More than {low} but fewer than {high} employees. => employees between ({low_more}.0, {high}.0)
We want to see at least {low} account executives. => account_executives at_least {low}.0
Their support team has {low} agents. => ? support_team is {low}
Both {tool} and {tool2} are in use. => technologies has {tool} ; technologies has {tool2}
Everything runs through {tool}. => technologies has {tool}
They keep their customer data in {tool}. => technologies has {tool}
They live in {tool}, not in {tool2}. => technologies has {tool} ; technologies lacks {tool2}
{tool} is their system of record. => technologies has {tool}
They got rid of {tool}. => technologies lacks {tool}
They are about to drop {tool}. =>
They complained about {tool} on the first call. => ? technologies has {tool}
Nobody there likes {tool}. => ? technologies has {tool}
{tool} raised its prices last year. =>
Their biggest client is {tool}. =>
They were acquired by {tool}. =>
A former {tool} engineer runs the team. =>
They publish apps for {tool}. =>
They neither use {tool} nor {tool2}. => technologies lacks {tool} ; technologies lacks {tool2}
Excel still does the job of a {kind}. => ? technologies lacks {kind}
They intend to introduce a {kind} next year. =>
The {kind} was abandoned. => ? technologies lacks {kind}
Companies from {country}, {other} excluded. => country one_of {country_names} ; country none_of {other_names}
Registered in {country}. => country one_of {country_names}
They serve customers in {country}. =>
Their investors sit in {country}. =>
They were in {country} for a trade fair. =>
Prices in {country} are twice as high. =>
Only {city} and {city2}. => ? city one_of ('{city}', '{city2}')
Restaurants with fewer than {low} locations. => ? industry is restaurants ; ? industry is hospitality ; locations below {low}.0
They are insurers. => industry is insurance
They are not manufacturers. => industry is_not manufacturing
They have nothing to do with banks. => ? industry is_not financial services
They buy from manufacturers. =>
Their software is used by hospitals. => ? sells_to has healthcare
They borrowed ${low}M from a bank. =>
Sales of ${low} million to ${high} million. => annual_revenue between {money}
Every invoice above ${low}k is checked twice. =>
They were founded in {year} or before. => founded below {next_year}.0
In business since {year}. => ? founded at_least {year}.0 ; ? founded is {year}
They received Series A funding in the last {months} months. => funding_stage is Series A ; last_funding_on within_days {days}
They have not raised money in the past year. => ? last_funding_on older_than_days 365
They grew {low}% in a year. => ? growth_percent at_least {low}.0
{high} people visit the shop on Saturdays. =>
They interviewed {low} candidates for one job. =>
Two founders and {low} contractors. => ? contractors is {low}
They answer within {low} minutes. =>
"""
"""In the manner of people who run sales operations: three lots, each written before it was counted and then mended by."""


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
    kind, city = draw.choice(KINDS), draw.choice(CITIES)
    kind2, city2 = ("CRM" if kind != "CRM" else "ERP"), ("Toronto" if city != "Toronto" else "Berlin")
    months, year = draw.choice((3, 6, 9, 18)), draw.randrange(1995, 2020)
    return {
        "low": low, "high": high, "low_high": (float(low), float(high + 1)), "above": high + 1, "low_more": low + 1,
        "country": country, "other": other, "country_names": COUNTRIES[country],
        "country_or_other": COUNTRIES[country] + COUNTRIES[other], "tool": tool, "tool2": tool2, "kind": kind,
        "city": city, "city2": city2, "kind2": kind2, "other_names": COUNTRIES[other],
        "months": months, "days": 30 * months, "year": year, "next_year": year + 1,
        "money": (low * 1e6, high * 1e6),
    }  # fmt: skip
