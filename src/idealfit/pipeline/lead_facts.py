"""What is known of a lead's company: which account it is, who owns it, its tier by the profile. Unknown stays unknown.

These facts are fetched before a lead is routed; the decision sees nothing else.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from idealfit.engine import connect
from idealfit.match.identity import AccountIndex, Company
from idealfit.pipeline.inputs import as_profile
from idealfit.pipeline.lead_addresses import OF_A_LEAD, address_facts
from idealfit.profile.headings import columns_of, plain
from idealfit.route.answers import asked
from idealfit.score.one_by_one import OneByOne
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from pathlib import Path

    from idealfit.profile.document import Profile
    from idealfit.route.answers import Value

OWNERS = {
    "account_owner": ("owner", "accountowner", "companyowner", "hubspotowner", "ownerid", "ownername", "ownedby"),
    "deal_owner": ("dealowner", "opendealowner", "opportunityowner", "openopportunityowner"),
}
"""Headings of the columns that say who owns a company, and who its open deal."""

PARENT = ("parent", "parentaccount", "parentcompany", "parentid", "parentaccountid", "parentcompanyid")


def lead_facts(
    accounts: str | Path | pd.DataFrame | None = None, profile: Profile | str | Path | None = None
) -> Callable[[Mapping[str, Value]], dict[str, Value]]:
    """Return the function that adds to the fields of a lead what is known of its company.

    `domain` (none for free mail) and `free_mail`; with `accounts`: `matched` (yes, no, or ask where a person would have
    to say), `account`, `account_owner`, `deal_owner`, `parent_owner` and `owned`; with a `profile`: `scored` (no where
    none of its attributes is known), `tier`, `fit`, `fit_low`, `fit_high`, `win_rate`.
    """
    known = _Accounts(accounts) if accounts is not None else None
    scorer = _Scorer(as_profile(profile)) if profile is not None else None

    def facts(fields: Mapping[str, Value]) -> dict[str, Value]:
        found: dict[str, Value] = address_facts(fields)
        row: Mapping[str, Value] = {}
        if known is not None:
            said, row = known.facts(fields)
            found |= said
        if scorer is not None:
            found |= scorer.facts(fields, row)
        return found

    return facts


class _Accounts:
    """The companies that are known, to be asked which of them a lead is from."""

    def __init__(self, where: str | Path | pd.DataFrame) -> None:
        source = read(where, connection=connect(), table="accounts")
        frame = source.table.to_pandas()
        headings = {role: column.name for role in ("account_id", "name", "domain") if (column := source.column(role))}
        self._owner = {role: _heading(frame.columns, names) for role, names in OWNERS.items()}
        self._parent = _heading(frame.columns, PARENT)
        self._rows: dict[str, dict[str, Value]] = {}
        self._index = AccountIndex()
        self._by_name: dict[str, str] = {}
        for row in frame.to_dict(orient="records"):
            values = {str(name): _value(value) for name, value in row.items()}
            said = (str(values.get(headings.get(role, "")) or "") for role in ("account_id", "name", "domain"))
            account, name, domain = said
            account = account or domain
            if not account or account in self._rows:
                continue
            self._rows[account] = values
            self._index.add(Company(account, name or account, domain, parent=str(values.get(self._parent or "") or "")))
            for key in (account, name, domain):
                self._by_name.setdefault(key.casefold(), account)

    def facts(self, fields: Mapping[str, Value]) -> tuple[dict[str, Value], Mapping[str, Value]]:
        """Return which account a lead is from and who owns it, and the account's own row."""
        name = next((str(fields[key]) for key in OF_A_LEAD["name"] if fields.get(key)), "")
        domains = "; ".join(str(fields[key]) for key in OF_A_LEAD["domain"] if fields.get(key))
        country = str(fields.get("country") or "")
        found = self._index.match(Company("", name, domains, country=country, is_person=True))
        said: dict[str, Value] = {"matched": {"same": "yes", "ask": "ask", "none": "no"}[found.decision]}
        said["match_reason"] = found.reason
        row = self._rows.get(found.account_id or "", {})
        if found.account_id is not None:
            said["account"] = found.account_id
            for role, column in self._owner.items():
                if column is not None and row.get(column):
                    said[role] = row[column]
            said |= self._parent_owner(row)
        said["owned"] = "yes" if any(key.endswith("_owner") for key in said) else "no"
        return said, row

    def _parent_owner(self, row: Mapping[str, Value]) -> dict[str, Value]:
        seen: set[str] = set()
        column = self._owner["account_owner"]
        while self._parent and row.get(self._parent) and column:
            parent = self._by_name.get(str(row[self._parent]).casefold())
            if parent is None or parent in seen:  # companies that own each other
                return {}
            seen.add(parent)
            row = self._rows[parent]
            if row.get(column):
                return {"parent_owner": row[column]}
        return {}


class _Scorer:
    """A profile, to be asked what it makes of one lead."""

    def __init__(self, profile: Profile) -> None:
        self._scores = OneByOne(profile)
        self._tests = [(attribute, asked(test)) for attribute, test in self._scores.tests]
        self._attributes = list(dict.fromkeys(attribute for attribute, _ in self._tests))
        self._columns: dict[tuple[str, ...], dict[str, str | None]] = {}

    def facts(self, fields: Mapping[str, Value], row: Mapping[str, Value]) -> dict[str, Value]:
        """Return fit and tier; of an account, by what is known of it, and else by what the lead says."""
        values = dict(self._named(fields)) | {a: v for a, v in self._named(row) if v is not None}
        today = datetime.now(UTC).date()
        answers = [test(values.get(attribute), today) for attribute, test in self._tests]
        if all(answer is None for answer in answers):
            return {"scored": "no"}
        said = self._scores.score(answers)
        numbers = {name: said[name] for name in ("fit", "fit_low", "fit_high", "win_rate") if said[name] is not None}
        return {"scored": "yes", "tier": said["tier"], **numbers}

    def _named(self, values: Mapping[str, Value]) -> list[tuple[str, Value]]:
        names = tuple(values)
        if names not in self._columns:
            if len(self._columns) > 10_000:  # leads of ever other shapes
                self._columns.clear()
            self._columns[names] = columns_of(names, self._attributes)
        return [(a, values[column]) for a, column in self._columns[names].items() if column is not None]


def _heading(columns: Sequence[object], names: Sequence[str]) -> str | None:
    return next((str(column) for name in names for column in columns if plain(str(column)) == name), None)


def _value(value: Any) -> Value:  # noqa: ANN401  a cell of any column
    if hasattr(value, "tolist"):
        value = value.tolist()
    if isinstance(value, (list, tuple)):
        return tuple(str(item) for item in value)
    if value is None or pd.isna(value):
        return None
    return value if isinstance(value, (str, int, float, bool)) else str(value)
