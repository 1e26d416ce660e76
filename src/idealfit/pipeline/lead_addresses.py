"""What the address of a lead tells: the domain of its company, or that the mail is a free one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.match.domains import company_domain

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.route.answers import Value

OF_A_LEAD = {"name": ("company", "company_name", "account", "organization", "organisation"),
             "domain": ("email", "domain", "website", "company_domain")}  # fmt: skip


def address_facts(fields: Mapping[str, Value]) -> dict[str, Value]:
    """Return `domain` (none for free mail) and `free_mail`, where there is an address."""
    given = [str(fields[name]) for name in OF_A_LEAD["domain"] if fields.get(name)]
    domain = next((found for text in given if (found := company_domain(text))), None)
    mail = str(fields.get("email") or "")
    free = {"free_mail": "yes" if company_domain(mail) is None else "no"} if "@" in mail else {}
    return {**({"domain": domain} if domain else {}), **free}
