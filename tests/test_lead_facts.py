"""What is known of a lead's company before it is routed: the account, its owners, its tier; unknown stays unknown."""

from __future__ import annotations

from datetime import date

import ibis
import pandas as pd
import pytest

from idealfit.pipeline.lead_facts import lead_facts
from idealfit.profile.document import Criterion, Narrative, Profile, Slot, Test, Tier
from idealfit.route.acts import Acts
from idealfit.route.desk import Desk
from idealfit.route.ledger import SCHEMA
from idealfit.route.policy_file import loads
from idealfit.score.one_by_one import GIVEN, OneByOne
from idealfit.score.scoring import score
from idealfit.store import open_store
from routing_sample import POLICY, Clock

GAP = Slot(text="?", source="open question")
PROFILE = Profile(
    name="Example",
    verdict="written by hand",
    narrative=Narrative(company=GAP, situation=GAP, trigger=GAP, alternative=GAP, urgency=GAP),
    criteria=(
        Criterion(attribute="employees", layer="firmographic", test=Test(at_least=40), points=3),
        Criterion(attribute="industry", layer="firmographic", test=Test(is_="dental"), points=2),
    ),
    tiers=(Tier(name="A", at_least=60, action="call"), Tier(name="C", at_least=0, action="wait")),
)
ACCOUNTS = pd.DataFrame(
    {
        "Account ID": ["A1", "B2", "C3", "D4"],
        "Company Name": ["Acme Robotics GmbH", "Bolt Dental", "Bolt Dental Austria", "Dust"],
        "Domain": ["acme.example", "bolt.example", "bolt-austria.example", "dust.example"],
        "Owner": ["ana", "ben", None, None],
        "Deal Owner": [None, "cem", None, None],
        "Parent Company": [None, None, "Bolt Dental", "Dust"],
        "Employees": [120, 10, 50, 5],
        "Industry": ["robots", "dental", "dental", None],
    }
)


@pytest.fixture(scope="module")
def known():
    return lead_facts(ACCOUNTS, PROFILE)


def test_a_lead_is_matched_to_its_account_by_its_address(known):
    facts = known({"email": "ann@mail.acme.example"})
    assert {key: facts[key] for key in ("domain", "free_mail", "matched", "account", "account_owner", "owned")} == {
        "domain": "acme.example", "free_mail": "no", "matched": "yes", "account": "A1", "account_owner": "ana",
        "owned": "yes",
    }  # fmt: skip
    assert (facts["tier"], facts["scored"]) == ("A", "yes")


def test_who_owns_the_open_deal_and_who_the_parent(known):
    assert known({"email": "x@bolt.example"})["deal_owner"] == "cem"
    child = known({"email": "x@bolt-austria.example"})
    assert (child["parent_owner"], child["owned"]) == ("ben", "yes")
    assert known({"email": "x@dust.example"})["owned"] == "no"  # a company that is its own parent


def test_free_mail_tells_no_company(known):
    facts = known({"email": "ann@gmail.com"})
    assert (facts["free_mail"], facts["matched"], facts["owned"]) == ("yes", "no", "no")
    assert "domain" not in facts


def test_of_whom_nothing_is_known_has_no_tier(known):
    facts = known({"email": "ann@stranger.example"})
    assert facts["scored"] == "no"
    assert "tier" not in facts


def test_a_stranger_is_scored_by_what_the_lead_says(known):
    facts = known({"email": "ann@stranger.example", "number_of_employees": "200"})
    assert (facts["scored"], facts["tier"]) == ("yes", "A")
    assert facts["fit_low"] < facts["fit"] < facts["fit_high"] + 1


def test_one_by_one_scores_as_tables_are():
    companies = pd.DataFrame({"id": ["a", "b", "c"], "employees": [120.0, None, 5], "industry": ["dental", "x", None]})
    rows = score(PROFILE, ibis.memtable(companies), as_of=date(2026, 1, 1)).to_pyarrow().to_pylist()
    table = {row["id"]: {key: row[key] for key in GIVEN} for row in rows}
    alone = OneByOne(PROFILE)
    for name, answers in (("a", (True, True)), ("b", (None, False)), ("c", (False, None))):
        assert {key: alone.score(answers)[key] for key in GIVEN} == table[name]


def test_owned_companies_go_to_their_owner_and_strangers_to_the_rest(tmp_path, known):
    with open_store(str(tmp_path / "l.db"), SCHEMA) as store:
        desk = Desk(Acts(store, Clock()), enrich=known)
        desk.adopt(loads(POLICY), actor="test")
        owned = desk.take({"email": "x@bolt.example"}, actor="test")
        assert (owned.owner, owned.how, owned.rule) == ("cem", "cem owns the open deal", "owned")
        assert desk.take({"email": "ann@stranger.example"}, actor="test").how == "queue review"
        assert desk.take({"email": "b@s.example", "employees": 200}, actor="test").rule == "full fit"
