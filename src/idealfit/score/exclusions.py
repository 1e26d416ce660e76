"""Lists of companies to leave alone (customers, competitors, our own domains), each as one more disqualifier."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import ibis

from idealfit.errors import MappingError, Mistake
from idealfit.profile.document import Disqualifier, Test
from idealfit.profile.headings import columns_of, plain
from idealfit.profile.wording import phrase
from idealfit.score.answers import UNKNOWN, YES, answer_name

if TYPE_CHECKING:
    from collections.abc import Sequence

    import ibis.expr.types as ir

    from idealfit.profile.document import Profile
    from idealfit.score.market import Counted

DOMAINS = ("domain", "companydomain", "companydomainname", "emaildomain", "website", "websiteurl", "url", "homepage")
"""Headings under which a company's internet domain stands, without spaces, case and punctuation."""

KEYS = ("companyid", "accountid", "recordid", "crmid", "id")
"""Headings that number companies, the surest first."""

NAMES = frozenset({"name", "company", "companyname", "accountname", "account"})


@dataclass(frozen=True)
class Exclusion:
    """A list of companies to leave alone: `name` is what it is called, `values` what stands in its `column`."""

    name: str
    column: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class LeftOut:
    """How many companies one disqualifier or list rules out, and how many of them no other before it does."""

    reason: str
    companies: int
    first: int
    unknown: int


def exclusion(name: str, listed: ir.Table, companies: Sequence[str]) -> Exclusion:
    """Return the list that a table holds, by the surest column that the companies have too: domain, then number.

    A list with one column that is neither, such as countries that are not served, is compared as it is. Raises
    `MappingError` where only names could be compared: two companies may have the same.
    """
    found = _shared(tuple(listed.columns), companies)
    column = found and found[0]
    if column is None:
        raise MappingError(_no_column(name, listed.columns))
    values = listed.select(value=listed[column].cast("string")).distinct().to_pyarrow()["value"].to_pylist()
    return Exclusion(name, column, tuple(sorted(value for value in values if value and value.strip())))


def excluding(profile: Profile, companies: ir.Table, lists: Sequence[Exclusion]) -> tuple[Profile, ir.Table]:
    """Return the profile with each list as a disqualifier, and the companies with a column that answers for it."""
    rules, columns = [], {}
    for listed in lists:
        heading = _free(f"listed in {listed.name}", companies.columns)
        pair = _shared((listed.column,), companies.columns)
        if pair is None:
            raise MappingError(_no_column(listed.name, (listed.column,)))
        values = ibis.memtable({"value": list(listed.values)}, schema={"value": "string"})
        keys = values.select(key=_key(values.value, listed.column)).distinct()
        key = _key(companies[pair[1]].cast("string"), listed.column)
        columns[heading] = key.isin(keys.key).fill_null(False)  # without a domain a company is on no list
        rules.append(Disqualifier(attribute=heading, test=Test(is_=True), why="left out on request"))
    return profile.model_copy(update={"disqualify": (*profile.disqualify, *rules)}), companies.mutate(**columns)


def left_out(profile: Profile, market: Counted) -> tuple[LeftOut, ...]:
    """Return how many companies each disqualifier of `profile` rules out, lists included."""
    rows, taken = market.rows, market.rows.n < 0
    found = []
    for i, rule in enumerate(profile.disqualify, start=len(profile.criteria)):
        answers = rows[answer_name(i)]
        met = answers == YES
        counts = (int(rows.n[which].sum()) for which in (met, met & ~taken, answers == UNKNOWN))
        found.append(LeftOut(phrase(rule.attribute, rule.test), *counts))
        taken |= met
    return tuple(found)


def _shared(listed: Sequence[str], companies: Sequence[str]) -> tuple[str, str] | None:
    """Return the heading of a list and the one of the companies that are compared, or None.

    >>> _shared(["Name", "Website"], ["id", "domain"]), _shared(["Country"], ["Name", "country"])
    (('Website', 'domain'), ('Country', 'country'))
    >>> _shared(["Name"], ["Name"])
    """
    theirs, ours = ({plain(heading): heading for heading in reversed(side)} for side in (listed, companies))
    domains = [next((side[h] for h in DOMAINS if h in side), None) for side in (theirs, ours)]
    if domains[0] and domains[1]:
        return domains[0], domains[1]
    number = next((key for key in KEYS if key in theirs and key in ours), None)
    if number:
        return theirs[number], ours[number]
    if len(listed) == 1 and plain(listed[0]) not in NAMES:
        there = columns_of(companies, listed)[listed[0]]
        return (listed[0], there) if there else None
    return None


def _key(cell: ir.StringValue, heading: str) -> ir.StringValue:
    """Return a cell as it is compared: trimmed, in lower case; of an address or an e-mail only the domain.

    >>> cells = ibis.memtable({"website": ["https://www.Acme.com/about?x", " info@acme.com", "acme.com:443", None]})
    >>> cells.select(key=_key(cells.website, "website")).to_pyarrow()["key"].to_pylist()
    ['acme.com', 'acme.com', 'acme.com', None]
    """
    words = cell.strip().lower()
    if plain(heading) in DOMAINS:
        for before in ("^[a-z][a-z0-9+.-]*://", "^[^/]*@", "^www[.]"):
            words = words.re_replace(before, "")
        words = words.re_replace("[/:?#].*$", "")
    return words.nullif("")


def _free(heading: str, taken: Sequence[str]) -> str:
    return heading if heading not in taken else _free(heading + "'", taken)


def _no_column(name: str, headings: Sequence[str]) -> Mistake:
    return Mistake(
        "this list has no column by which its companies can be found in the table",
        where=name,
        found=", ".join(headings[:10]),
        allowed="a domain, or an id that the table of companies has too; never names alone",
        next_step="Add domains ('idealfit companies' finds which rows are the same company).",
    )
