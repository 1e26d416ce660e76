"""Which column of a table answers for an attribute of a profile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.errors import MappingError, Mistake

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

SAME_MEANING: tuple[frozenset[str], ...] = (
    frozenset(
        {"employees", "numberofemployees", "employeecount", "numemployees", "headcount", "companysize", "teamsize"}
    ),
    frozenset({"industry", "companyindustry", "primaryindustry"}),
    frozenset({"country", "billingcountry", "countryregion", "hqcountry", "companycountry", "billingcountrycode"}),
    frozenset({"state", "billingstate", "stateregion", "province", "billingstateprovince", "hqstate"}),
    frozenset({"city", "billingcity", "hqcity", "companycity"}),
    frozenset({"annualrevenue", "revenue", "companyrevenue", "yearlyrevenue"}),
    frozenset({"founded", "foundedyear", "yearfounded", "yearestablished", "yearstarted"}),
    frozenset({"technologies", "technology", "webtechnologies", "techstack", "technographics", "tools"}),
    frozenset({"totalfunding", "totalmoneyraised", "fundingtotal", "totalraised"}),
    frozenset({"description", "companydescription", "about", "aboutus"}),
)
"""Headings of CRM exports and plain English that mean the same, without spaces, case and punctuation."""


def columns_of(table_columns: Sequence[str], attributes: Iterable[str]) -> dict[str, str | None]:
    """Return for each attribute the heading that answers for it, or None where the table has none.

    The exact heading wins; else one that is equal but for case and punctuation; else one that is known to mean the
    same and answers for no other attribute. Raises `MappingError`, with every attribute in doubt, where two match
    equally.

    >>> columns_of(["Number of Employees", "Industry"], ["employees", "industry", "city"])
    {'employees': 'Number of Employees', 'industry': 'Industry', 'city': None}
    """
    attributes = tuple(dict.fromkeys(attributes))
    same_name = {a: _of_the_same_name(table_columns, a) for a in attributes}
    spoken_for = {columns[0] for columns in same_name.values() if len(columns) == 1}
    free = [c for c in table_columns if c not in spoken_for]
    matches = {a: columns or _of_the_same_meaning(free, a) for a, columns in same_name.items()}
    in_doubt = {a: columns for a, columns in matches.items() if len(columns) > 1}
    if in_doubt:
        raise MappingError(*(_doubt(a, columns) for a, columns in in_doubt.items()))
    return {a: columns[0] if columns else None for a, columns in matches.items()}


def plain(heading: str) -> str:
    """Return a heading in lower case with letters and digits only.

    >>> plain("Country/Region")
    'countryregion'
    """
    return "".join(c for c in heading.casefold() if c.isalnum())


def _of_the_same_name(table_columns: Sequence[str], attribute: str) -> list[str]:
    if attribute in table_columns:
        return [attribute]
    name = plain(attribute)
    return [c for c in table_columns if name and plain(c) == name]


def _of_the_same_meaning(table_columns: Sequence[str], attribute: str) -> list[str]:
    names = next((group for group in SAME_MEANING if plain(attribute) in group), frozenset())
    return [c for c in table_columns if plain(c) in names]


def _doubt(attribute: str, columns: list[str]) -> Mistake:
    return Mistake(
        f"two or more columns could be the attribute '{attribute}': {', '.join(repr(c) for c in columns)}",
        allowed="one column per attribute",
        next_step=f"Rename the right one to '{attribute}', or take the others out of the table.",
    )
