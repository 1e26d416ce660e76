from __future__ import annotations

import pytest

from idealfit.match.companies import Company, traits
from idealfit.match.identity import AccountIndex
from idealfit.match.verdicts import RULES, Evidence, evidence, verdict


def said(one: dict[str, object], other: dict[str, object]) -> tuple[str, str]:
    """Return decision and reason on two companies, whichever stands first."""
    left, right = traits(Company("1", **one)), traits(Company("2", **other))
    found, again = verdict(evidence(left, right)), verdict(evidence(right, left))
    assert found == again, "who stands first makes no odds"
    return ("none", "") if found is None or not found.confidence else (found.decision, found.reason)


ACME = {"name": "Acme Robotics, Inc.", "domain": "acmerobotics.com", "city": "Boston, MA, USA"}


@pytest.mark.parametrize(
    ("other", "decision"),
    [
        ({"name": "ACME Robotics LLC", "domain": "www.acmerobotics.com"}, "same"),
        ({"domain": "https://acmerobotics.com/about"}, "same"),
        ({"name": "Zeta Machines", "domain": "acmerobotics.com"}, "same"),  # renamed
        ({"name": "Acme Robotics GmbH", "domain": "acmerobotics.com", "country": "Germany"}, "ask"),
        ({"name": "Acme Robotics Europe", "domain": "acmerobotics.com"}, "ask"),
        ({"name": "Acme Robotics", "domain": "acmerobotics.io"}, "same"),
        ({"name": "Acme Robotics", "domain": "acmerobotics.de", "country": "DE"}, "ask"),
        ({"name": "Zeta Machines", "domain": "acmerobotics.io"}, "none"),
        ({"name": "Acme Robotics", "city": "Boston"}, "same"),
        ({"name": "Acme Robotics", "domain": "ann@gmail.com", "city": "Boston"}, "same"),
        ({"name": "Acme Robotics"}, "ask"),  # never by name alone
        ({"name": "Acme Robotics", "country": "US"}, "ask"),
        ({"name": "Acme Robotics", "domain": "acme-robots.net", "city": "Boston"}, "ask"),
        ({"name": "Acme Robotics", "domain": "acme-robots.net", "country": "France"}, "different"),
        ({"name": "Zeta Machines (formerly Acme Robotics)", "domain": "zeta.ai", "city": "Boston"}, "same"),
        ({"name": "Zeta Machines", "former_names": "Acme Robotics", "domain": "zeta.ai"}, "ask"),
        ({"name": "Acme Robotcs", "city": "Boston"}, "ask"),
        ({"name": "Acme Robotics Europe", "city": "Boston"}, "ask"),
        ({"name": "Beta", "domain": "beta.com", "city": "Boston"}, "none"),
        ({"name": "Acme Labs", "domain": "acmelabs.com", "parent": "Acme Robotics"}, "different"),
    ],
)
def test_who_is_acme(other, decision):
    assert said(ACME, other)[0] == decision


def test_the_register_goes_before_all():
    one = {"name": "Acme GmbH", "registry_id": "HRB 86786", "domain": "acme.de"}
    assert said(one, {"name": "ACME", "registry_id": "hrb86786"})[0] == "same"
    assert said(one, {"name": "Acme GmbH", "registry_id": "HRB 99999", "domain": "acme.de"})[0] == "different"
    assert said(one, {"name": "Zeta AG", "registry_id": "HRB 86786", "domain": "zeta.de"})[0] == "ask"  # another court
    assert said({**one, "registry_id": "0000000"}, {"name": "Zeta", "registry_id": "0000000"})[0] == "none"


def test_a_short_name_and_a_city_are_not_enough():
    assert said({"name": "Pilot", "city": "Paris"}, {"name": "PILOT", "city": "Paris"})[0] == "ask"
    assert said({"name": "日立製作所", "city": "東京"}, {"name": "株式会社日立製作所", "city": "東京"})[0] == "same"


def test_no_rule_accepts_a_name_alone():
    for name in ("same", "former", "unit", "longer", "alike"):
        found = verdict(Evidence(name=name, telling=2))
        assert found is None or found.decision != "same"


def test_every_answer_has_a_reason_and_a_confidence():
    assert all(0 <= rule.confidence < 1 for rule in RULES)
    accepted = [rule for rule in RULES if rule.decision == "same"]
    assert min(rule.confidence for rule in accepted) > 0.9
    assert max(rule.confidence for rule in RULES if rule.decision == "ask") < 0.9
    assert (
        verdict(Evidence(domain="same", name="former", city="same")).reason == "same domain, a name it had, same city"
    )


@pytest.fixture
def index() -> AccountIndex:
    return AccountIndex(
        [
            Company("P", "Acme Inc", "acme.com", country="US"),
            Company("S", "Acme Deutschland GmbH", "acme.com", country="DE", parent="P"),
            Company("B", "Bolt Logistics", "bolt-logistics.eu", city="Tallinn"),
            Company("T1", "Twin Peaks", "twin.com"),
            Company("T2", "Twin Peaks", "twin.com"),
        ]
    )


def test_a_lead_goes_to_the_account_of_its_domain(index):
    found = index.match(Company("", domain="ann@eu.bolt-logistics.eu", is_person=True))
    assert (found.account_id, found.decision, found.reason) == ("B", "same", "same domain")


def test_a_subsidiary_is_told_from_its_parent(index):
    assert index.match(Company("", domain="x@acme.com", country="Germany", is_person=True)).account_id == "S"
    assert index.match(Company("", domain="x@acme.com", country="USA", is_person=True)).account_id == "P"
    assert index.match(Company("", "Acme Deutschland", "x@acme.com", is_person=True)).account_id == "S"
    nowhere = index.match(Company("", domain="x@acme.com", is_person=True))
    assert nowhere.account_id == "P"
    assert [c.account_id for c in nowhere.candidates] == ["P", "S"]


def test_two_that_answer_equally_well_are_for_a_person(index):
    found = index.match(Company("", "Twin Peaks", "bob@twin.com", is_person=True))
    assert (found.account_id, found.decision) == (None, "ask")
    assert {c.account_id for c in found.candidates} == {"T1", "T2"}
    assert "2 answer equally well" in found.reason


def test_free_mail_never_identifies():
    index = AccountIndex([Company("A", "Ann's Bakery", "ann@gmail.com"), Company("B", "Bob's Garage", "gmail.com")])
    assert index.match(Company("", "Carol's Cafe", "carol@gmail.com", is_person=True)).decision == "none"


def test_a_key_that_everybody_shares_says_nothing():
    index = AccountIndex(Company(str(n), f"Shop {n} of many", "mall.com") for n in range(60))
    assert index.match(Company("", "Somebody else", "mall.com")).decision == "none"
    assert index.match(Company("", "Shop 7 of many", "mall.com")).account_id == "7"


def test_an_account_taken_in_later_is_found(index):
    assert index.match(Company("", domain="a@late.io", is_person=True)).decision == "none"
    index.add(Company("L", "Late", "late.io"))
    assert index.match(Company("", domain="a@late.io", is_person=True)).account_id == "L"
    assert len(index) == 6
