"""A company as a table or a lead tells it, and the traits by which two of them are compared."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.match.company_names import name_key, names_in, plain_words
from idealfit.match.domains import company_domain, domains_in, label_of
from idealfit.match.places import cities_in, countries_in, countries_of_location

if TYPE_CHECKING:
    from collections.abc import Iterator

TELLING = 6
"""Letters that a name needs to say much: "Pilot" and "Move" are the names of many companies."""

LONG_WORD, LONG_NAME = 9, 8
"""Letters from which one word, or several, say so much that few companies share them by chance."""

SHORTEST_LABEL = 4
"""Letters that the name in a domain needs to say something under another suffix; abc.de and abc.com are strangers."""

_SEVERAL = re.compile(r"[;|\n]+")
_PLACEHOLDER = re.compile(r"(.)\1*|0*1?2?3?4?5?6?7?8?9?0?")
_SAYS_NOTHING = frozenset(("other", "others", "unknown", "and", "services", "service", "industry", "sector", "general"))


@dataclass(frozen=True, slots=True)
class Company:
    """What is known of a company, as it was written down; every field but the id may be empty.

    `domain` may hold several domains, web addresses or e-mail addresses; `former_names` other and older names between
    ``;``; `parent` the id, name or domain of the company it belongs to. `is_person` marks a lead: somebody who works
    for the company, whose country need not be the company's.
    """

    id: str
    name: str = ""
    domain: str = ""
    former_names: str = ""
    registry_id: str = ""
    country: str = ""
    city: str = ""
    industry: str = ""
    parent: str = ""
    is_person: bool = False


@dataclass(frozen=True, slots=True)
class Traits:
    """A company in comparable form: sets that agree where they share a member, and say nothing where they are empty.

    `names` are plain words without legal forms, the current name first.
    """

    id: str
    names: tuple[str, ...]
    domains: frozenset[str]
    labels: frozenset[str]
    registry: frozenset[str]
    countries: frozenset[str]
    cities: frozenset[str]
    industries: frozenset[str]
    parents: frozenset[str]
    is_person: bool = False


def traits(company: Company) -> Traits:
    """Return the traits of a company.

    >>> found = traits(Company("7", "Quo (fka OpenPhone), Inc.", "openphone.co; ann@quo.com", city="San Francisco, CA"))
    >>> found.names, sorted(found.domains), sorted(found.cities)
    (('quo', 'openphone'), ['openphone.co', 'quo.com'], ['san francisco'])
    """
    written = (
        [*names_in(company.name), *_SEVERAL.split(company.former_names)]
        if company.former_names
        else names_in(company.name)
    )
    domains = frozenset(domains_in(company.domain))
    located = company.country or company.city
    return Traits(
        id=company.id,
        names=tuple(dict.fromkeys(key for name in written if name and (key := name_key(name)))),
        domains=domains,
        labels=frozenset(label_of(domain) for domain in domains),
        registry=registry_numbers(company.registry_id),
        countries=(countries_in(company.country) or countries_of_location(company.city)) if located else frozenset(),
        cities=cities_in(company.city) if company.city else frozenset(),
        industries=_industry_words(company.industry) if company.industry else frozenset(),
        parents=_owners(company.parent) if company.parent else frozenset(),
        is_person=company.is_person,
    )


def registry_numbers(cell: str) -> frozenset[str]:
    """Return the register numbers in a cell, letters and digits only; placeholders are none.

    >>> sorted(registry_numbers("HRB 86786; DE-129273398")), registry_numbers("000000"), registry_numbers("123456789")
    (['de129273398', 'hrb86786'], frozenset(), frozenset())
    """
    if not cell:
        return frozenset()
    found = ("".join(c for c in part.casefold() if c.isalnum()) for part in _SEVERAL.split(cell))
    return frozenset(
        number
        for number in found
        if len(number) >= 4 and any(c.isdigit() for c in number) and not _PLACEHOLDER.fullmatch(number)
    )


def keys_of(company: Traits) -> Iterator[str]:
    """Yield the keys by which a company is looked up, the most telling first: whoever shares none is not compared."""
    for number in company.registry:
        yield f"id {number}"
    for domain in company.domains:
        for name in company.names:
            yield f"dn {domain} {name}"
        yield f"d {domain}"
    for name in company.names:
        for city in company.cities:
            yield f"nc {name} {city}"
        yield f"n {name}"
    for label in company.labels:
        if len(label) >= SHORTEST_LABEL:
            yield f"l {label}"
    for name in company.names[:1]:
        letters = name.replace(" ", "")
        if not company.labels and len(letters) >= SHORTEST_LABEL:
            yield f"l {letters}"
        for city in company.cities:
            yield f"hc {letters[:5]} {city}"
            yield f"tc {letters[-5:]} {city}"


def _industry_words(cell: str) -> frozenset[str]:
    return frozenset(word for word in plain_words(cell) if word not in _SAYS_NOTHING)


def _owners(cell: str) -> frozenset[str]:
    return frozenset(said for said in (cell.strip(), name_key(cell), company_domain(cell)) if said)
