"""A profile as the filters of a HubSpot list (segment): ``filterBranch`` of the Lists API, version 3."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from idealfit.export.filter_parts import Filters, Kept, field_named, number, parts_of, snake, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.export.filter_parts import Part
    from idealfit.profile.document import Profile, Test

PROPERTIES = {
    "employees": "numberofemployees",
    "industry": "industry",
    "country": "country",
    "state": "state",
    "city": "city",
    "annualrevenue": "annualrevenue",
    "founded": "founded_year",
    "technologies": "web_technologies",
    "totalfunding": "total_money_raised",
    "description": "description",
}
"""HubSpot's own properties of companies, by meaning."""

TEXTS = frozenset(("founded_year", "total_money_raised"))
"""Properties that hold numbers as texts."""

_NO_FILTER = "HubSpot has no such filter"
_NEGATED = {
    "is": "is_not", "is_not": "is", "one_of": "none_of", "none_of": "one_of", "has": "lacks", "lacks": "has",
    "has_any": "lacks", "mentions": "mentions_not", "at_least": "below", "below": "at_least",
    "within_days": "older_than_days", "older_than_days": "within_days",
}  # fmt: skip


def hubspot(profile: Profile, fields: Mapping[str, str]) -> Filters:
    """Return the filter of a list of companies: all that must be met, and at least one of the rest.

    The root is an OR of ANDs, as the API demands, so what must be met stands in each branch.
    """
    parts, weighing = parts_of(profile)
    kept = Kept(left_out=list(weighing))
    always: list[dict[str, Any]] = []
    one_of: list[list[dict[str, Any]]] = []
    for part in parts:
        filters = _filters(part, fields, kept)
        if isinstance(filters, str):
            kept.leave_out(part, filters)
            continue
        kept.keep(part)
        if part.role == "nice":
            one_of.append(filters)
        else:
            always += filters
    branches = [_branch([*always, *filters]) for filters in one_of] or [_branch(always)]
    body = {"filterBranch": {"filterBranchType": "OR", "filterBranchOperator": "OR", "filterBranches": branches,
                             "filters": []}}  # fmt: skip
    use = "POST /crm/v3/lists with objectTypeId 0-2, processingType DYNAMIC, a name, and this filterBranch"
    return Filters("hubspot", body, use, tuple(kept.kept), tuple(kept.left_out), tuple(kept.to_check))


def _branch(filters: list[dict[str, Any]]) -> dict[str, Any]:
    return {"filterBranchType": "AND", "filterBranchOperator": "AND", "filterBranches": [], "filters": filters}


def _filters(part: Part, fields: Mapping[str, str], kept: Kept) -> list[dict[str, Any]] | str:
    """Return the filters of one line, or why there are none."""
    name = field_named(part, PROPERTIES, fields, snake(part.attribute), kept)
    unknown_too = part.role == "exclude"  # who is not known to be ruled out stays in
    condition = part.test.condition
    if part.role == "exclude":
        if condition not in _NEGATED:
            return _NO_FILTER
        condition = _NEGATED[condition]
    if name in TEXTS and condition in ("at_least", "below", "between"):
        return f"HubSpot keeps {name} as a text, which it does not compare"
    operations = _operations(part, condition, name, kept)
    if operations is None:
        return _NO_FILTER
    return [
        {"filterType": "PROPERTY", "property": name,
         "operation": {**operation, "includeObjectsWithNoValueSet": unknown_too}}
        for operation in operations
    ]  # fmt: skip


def _operations(part: Part, condition: str, name: str, kept: Kept) -> list[dict[str, Any]] | None:
    values = values_of(part.test)
    match condition:
        case "at_least":
            return [_number("IS_GREATER_THAN_OR_EQUAL_TO", values[0])]
        case "below":
            return [_number("IS_LESS_THAN", values[0])]
        case "between":
            return [_number("IS_GREATER_THAN_OR_EQUAL_TO", values[0]), _number("IS_LESS_THAN", values[1])]
        case "within_days" | "older_than_days":
            operator = "IS_LESS_THAN_X_DAYS_AGO" if condition == "within_days" else "IS_MORE_THAN_X_DAYS_AGO"
            return [{"operationType": "ROLLING_DATE_RANGE", "operator": operator, "numberOfDays": int(values[0]),
                     "requiresTimeZoneConversion": False}]  # fmt: skip
        case "mentions" | "mentions_not":
            operator = "CONTAINS" if condition == "mentions" else "DOES_NOT_CONTAIN"
            return [{"operationType": "MULTISTRING", "operator": operator, "values": [str(values[0])]}]
        case "has" | "has_any" | "lacks":
            options = [snake(value) for value in values]
            kept.check(f"values of {name} are written as internal names: {', '.join(options)}")
            return [_enumeration(options, "IS_NONE_OF" if condition == "lacks" else "IS_ANY_OF")]
    return _equal(part.test, values, name, kept, negated=condition in ("is_not", "none_of"))


def _equal(
    test: Test, values: tuple[str | float | int | bool, ...], name: str, kept: Kept, *, negated: bool
) -> list[dict[str, Any]] | None:
    if all(isinstance(value, bool) for value in values):
        operator = "IS_NOT_EQUAL_TO" if negated else "IS_EQUAL_TO"
        return [{"operationType": "BOOL", "operator": operator, "value": values[0]}] if len(values) == 1 else None
    if all(isinstance(value, int | float) for value in values):
        operator = "IS_NOT_EQUAL_TO" if negated else "IS_EQUAL_TO"
        return [_number(operator, values[0])] if len(values) == 1 else None
    if name == "industry":
        options = [snake(value).upper() for value in values]
        kept.check(f"values of industry are written as internal names: {', '.join(options)}")
        return [_enumeration(options, "IS_NONE_OF" if negated else "IS_ANY_OF")]
    operator = "IS_NOT_EQUAL_TO" if negated else "IS_EQUAL_TO"
    return [{"operationType": "MULTISTRING", "operator": operator, "values": [str(value) for value in values]}]


def _number(operator: str, value: object) -> dict[str, Any]:
    return {"operationType": "NUMBER", "operator": operator, "value": number(float(str(value)))}


def _enumeration(options: list[str], operator: str) -> dict[str, Any]:
    return {"operationType": "ENUMERATION", "operator": operator, "values": options}
