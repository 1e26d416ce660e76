"""The same company under its ids, domains and names."""

import pytest

from idealfit.learn.company_keys import normalised_domain, normalised_name


@pytest.mark.parametrize(
    ("one", "other"),
    [("ACME, Inc.", "acme"), ("Müller & Söhne GmbH", "Muller Sohne"), ("Acme Co Ltd", "Acme"), ("A.B.C. Corp", "abc")],
)
def test_names_meet_without_case_accents_and_legal_form(one, other):
    assert normalised_name(one) == normalised_name(other)


@pytest.mark.parametrize(("one", "other"), [("Acme", "Acme Labs"), ("Limited", "Ltd"), ("Inco", "In")])
def test_names_that_differ_stay_apart(one, other):
    assert normalised_name(one) != normalised_name(other)


def test_domains_meet_as_address_mail_and_host():
    assert {normalised_domain(d) for d in ("acme.com", "HTTPS://www.acme.com/a?b", "x@acme.com", "acme.com:443")} == {
        "acme.com"
    }
