"""A profile as a query of Salesforce accounts, in SOQL."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.export.filter_parts import Filters, Kept, field_named, number, parts_of, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.export.filter_parts import Part
    from idealfit.profile.document import Profile

FIELDS = {
    "employees": "NumberOfEmployees",
    "industry": "Industry",
    "country": "BillingCountry",
    "state": "BillingState",
    "city": "BillingCity",
    "annualrevenue": "AnnualRevenue",
    "founded": "YearStarted",
    "description": "Description",
}
"""The fields that every Salesforce has on accounts, by meaning."""

_NAME = re.compile(r"[A-Za-z][A-Za-z0-9_]*(\.[A-Za-z][A-Za-z0-9_]*)*")


def salesforce(profile: Profile, fields: Mapping[str, str]) -> Filters:
    """Return a SOQL query: all that must be met, nothing that rules out, and at least one of the rest.

    Raises `InputError` where a field given for an attribute is no name that a query may hold.
    """
    parts, weighing = parts_of(profile)
    kept = Kept(left_out=list(weighing))
    always: list[str] = []
    one_of: list[str] = []
    used: list[str] = []
    for part in parts:
        name = field_named(
            part, FIELDS, fields, f"{'_'.join(re.findall(r'[A-Za-z0-9]+', part.attribute)) or 'X'}__c", kept
        )
        if not _NAME.fullmatch(name):
            raise InputError(Mistake("this is no name of a Salesforce field", f"--field {part.attribute}", name))
        condition = None if name == "Description" else _condition(part, name, kept)
        if condition is None:
            why = "Salesforce does not filter by a long text" if name == "Description" else "SOQL has no such condition"
            kept.leave_out(part, why)
            continue
        kept.keep(part)
        used.append(name)
        (one_of if part.role == "nice" else always).append(condition)
    if one_of:
        always.append(one_of[0] if len(one_of) == 1 else "(" + "\n    OR ".join(one_of) + ")")
    selected = ", ".join(dict.fromkeys(["Id", "Name", "Website", *used]))
    where = "\nWHERE " + "\n  AND ".join(always) if always else ""
    query = f"SELECT {selected}\nFROM Account{where}\nORDER BY Name"
    use = "in the developer console, a report type's query, Data Loader, or GET /services/data/vXX.0/query?q="
    return Filters("salesforce", query, use, tuple(kept.kept), tuple(kept.left_out), tuple(kept.to_check))


def quoted(value: object) -> str:
    r"""Return a text as SOQL writes it; nothing in it ends the text.

    >>> print(quoted("O'Brien\\"))
    'O\'Brien\\'
    """
    text = str(value).replace("\\", "\\\\").replace("'", "\\'")
    text = text.replace("\n", "\\n").replace("\r", "\\r").replace("\t", "\\t")
    return f"'{text}'"


def _condition(part: Part, name: str, kept: Kept) -> str | None:
    values = values_of(part.test)
    asked = _asked(part, name, values, kept)
    if asked is None or part.role != "exclude":
        return asked
    # In SOQL NOT takes a comparison with an empty field for false, so that whoever is not known stays in.
    return f"(NOT ({asked}))"


def _asked(part: Part, name: str, values: tuple[str | float | int | bool, ...], kept: Kept) -> str | None:
    if name == "YearStarted":  # a text of four digits, which sorts as the numbers do
        values = tuple(str(number(value)) if isinstance(value, float | int) else value for value in values)
    condition = part.test.condition
    match condition:
        case "at_least":
            return f"{name} >= {_literal(values[0])}"
        case "below":
            return f"{name} < {_literal(values[0])}"
        case "between":
            return f"({name} >= {_literal(values[0])} AND {name} < {_literal(values[1])})"
        case "within_days":
            return f"({name} >= LAST_N_DAYS:{int(values[0])} AND {name} <= TODAY)"
        case "older_than_days":
            return f"{name} < LAST_N_DAYS:{int(values[0])}"
        case "mentions":
            kept.check(f"{name} LIKE finds the words inside other words too")
            return f"{name} LIKE {_like(values[0])}"
        case "has" | "has_any" | "lacks":
            kept.check(f"{name} must be a multi-select picklist for INCLUDES and EXCLUDES")
            listed = ", ".join(quoted(value) for value in values)
            return f"{name} {'EXCLUDES' if condition == 'lacks' else 'INCLUDES'} ({listed})"
    if any(isinstance(value, bool) for value in values) and len(values) > 1:
        return None
    negated = condition in ("is_not", "none_of")
    listed = ", ".join(_literal(value) for value in values)
    if len(values) == 1:
        asked = f"{name} {'!=' if negated else '='} {listed}"
    else:
        asked = f"{name} {'NOT IN' if negated else 'IN'} ({listed})"
    return f"({asked} AND {name} != null)" if negated else asked


def _literal(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        plain = number(value)
        return f"{plain:d}" if isinstance(plain, int) else f"{plain:f}".rstrip("0")
    return quoted(value)


def _like(value: object) -> str:
    inside = quoted(value)[1:-1].replace("%", "\\%").replace("_", "\\_")
    return f"'%{inside}%'"
