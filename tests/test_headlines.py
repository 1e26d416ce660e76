"""Headlines that tell of a company and those that only name it; people in them, told by role."""

from __future__ import annotations

import pytest

from idealfit.watch.headlines import tells_of, without_names
from idealfit.watch.mentions import facts_in, kind_of

TELL = """
Acme raises $50M Series G led by Example Capital
Acme secures $50 million in new funding
Acme appoints Jo Roe as Chief Engineering Officer
Jo Roe joins Acme as chief engineering officer
Acme Names Jo Ann Roe Chief Marketing Officer
Acme CFO Jo Roe to step down; Al Poe named successor
Acme to lay off 13% of its workforce
Acme acquires Nimbly
Acme opens new office in Lyon
Acme launches Atlas
Acme Closes Acquisition of Nimbly
Analytics firm Acme raises $20M
Acme, Inc. Announces New Chief Financial Officer
Former Globex exec Jo Roe named CRO of Acme
Investors pour $30M in funding into Acme
Product analytics startup Acme lands $15M Series A
Acme's CEO steps down
ACME RAISES $20 MILLION
Globex to acquire Acme for $2 billion
Acme and Initech announce partnership
Layoffs at Acme hit 100 employees
Acme founder Jo Roe steps down as CEO
"""
NAME_IT = """
Acme stock falls after earnings miss estimates
Is Acme a buy? Analysts weigh in
Why did Acme lay off staff?
Acme Healthcare raises $100M in IPO
ASX-listed Acme Energy to raise $200 million
Insider Buying: Acme CEO buys 10,000 shares
Acme (NASDAQ:AMPL) price target raised to $14 at a bank
Globex rival raises $20M as Acme looks on
Earthquake acme releases new data
Acme rival Globex raises $50M
Ex-Acme engineers raise $5M for Initech
Former Acme VP raises $4M seed for Foo
Acme founder raises $10M for new startup
Globex, a competitor to Acme, lays off 50 people
Acme customer Globex opens new office in Paris
a bank buys 12,345 Acme shares
Globex hires Jo Roe as CRO from Acme
Big Acme Festival launches in Leeds
Globex launches migration tool for Acme users
A fund raises stake in Acme shares
Globex partners with Globex, unlike Acme
"""


@pytest.mark.parametrize("name", ["Acme", "Acme, Inc."])
def test_a_headline_tells_of_a_company_or_only_names_it(name):
    missed = [title for title in TELL.strip().split("\n") if not tells_of(title, name)]
    wrong = [title for title in NAME_IT.strip().split("\n") if tells_of(title, name)]
    assert (missed, wrong) == ([], [])


@pytest.mark.parametrize(
    ("title", "said"),
    [
        ("Acme Names Jo Ann Roe Chief Marketing Officer", "a new chief marketing officer"),
        ("Jo Roe joins Acme as CFO", "a new chief financial officer"),
        ("Acme CFO Jo Roe to step down; Al Poe named successor", "the chief financial officer leaves"),
        ("Jo Roe resigns from Acme", "an executive leaves"),
        ("ACME APPOINTS JO ROE AS CTO", "a new chief technology officer"),
        ("Acme raises $5M", "Acme raises $5M"),
    ],
)
def test_no_name_of_a_person_is_left_however_the_headline_is_written(title, said):
    assert without_names(title, kind_of(title)) == said


def test_two_acquisitions_are_told_apart_in_capitals_too():
    targets = {
        facts_in(t, "acquisition")["target"] for t in ("Acme acquires Nimbly", "Acme Closes Acquisition of Atlas")
    }
    assert targets == {"nimbly", "atlas"}
