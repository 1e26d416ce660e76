"""A profile as the parameters of Apollo's organization search."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from idealfit.export.filter_parts import Filters, Kept, number, parts_of, snake, values_of

if TYPE_CHECKING:
    from datetime import date

    from idealfit.export.filter_parts import Part
    from idealfit.profile.document import Profile

MOST_EMPLOYEES = 10_000_000
"""The upper end of a range that has none; Apollo wants both."""

_NOT_THERE = "organization_not_locations"
_PLACES = ("country", "state", "city", "region")
_ONE_OF = ("is", "one_of", "has", "has_any", "mentions")
_NONE_OF = ("is_not", "none_of")


def apollo(profile: Profile, as_of: date) -> Filters:
    """Return the parameters of ``POST /api/v1/mixed_companies/search``. Apollo joins all of them with "and".

    So only what must be met goes in; where nothing must, of the lines that Apollo knows the one with the most points.
    Days are counted from `as_of`.
    """
    parts, weighing = parts_of(profile)
    kept = Kept(left_out=list(weighing))
    musts = [part for part in parts if part.role == "must"]
    known = [part for part in parts if part.role == "nice" and _parameters(part, as_of, Kept())]
    strongest = None if musts else max(known, key=lambda part: part.points, default=None)
    body: dict[str, Any] = {}
    for part in parts:
        if part in known and part is not strongest:
            kept.leave_out(part, "Apollo joins all filters with 'and', and this one is no must")
            continue
        asked = _parameters(part, as_of, kept)
        taken = [name for name in asked or {} if name in body and name != _NOT_THERE]
        if not asked or taken:
            kept.leave_out(part, "Apollo would read it as 'or'" if taken else "Apollo has no such filter")
            continue
        kept.keep(part)
        for name, value in asked.items():
            body[name] = [*body[name], *value] if name in body else value
    use = (
        "POST https://api.apollo.io/api/v1/mixed_companies/search with these as JSON; a trial with per_page 1 is cheap"
    )
    return Filters("apollo", body, use, tuple(kept.kept), tuple(kept.left_out), tuple(kept.to_check))


def _parameters(part: Part, as_of: date, kept: Kept) -> dict[str, Any] | None:
    values, condition = values_of(part.test), part.test.condition
    excluded = part.role == "exclude"
    if part.meaning in _PLACES and condition in (*_ONE_OF, *_NONE_OF):
        apart = excluded != (condition in _NONE_OF)
        kept.check_places(part)
        return {_NOT_THERE if apart else "organization_locations": [str(value) for value in values]}
    if excluded:
        return None
    if part.meaning == "employees" and condition in ("at_least", "below", "between"):
        low, high = _range(part)
        return {"organization_num_employees_ranges": [f"{low or 1},{high or MOST_EMPLOYEES}"]}
    if part.meaning in ("annualrevenue", "totalfunding") and condition in ("at_least", "below", "between"):
        low, high = _range(part)
        name = "revenue_range" if part.meaning == "annualrevenue" else "total_funding_range"
        return {name: {key: end for key, end in (("min", low), ("max", high)) if end is not None}}
    if part.meaning == "lastfunding" and condition in ("within_days", "older_than_days"):
        day = (as_of - timedelta(days=int(values[0]))).isoformat()
        return {"latest_funding_date_range": {"min" if condition == "within_days" else "max": day}}
    if part.meaning == "technologies" and condition in ("has", "has_any"):
        uids = [snake(value) for value in values]
        kept.check(f"technology uids, by Apollo's own list: {', '.join(uids)}")
        return {"currently_using_any_of_technology_uids": uids}
    if part.meaning in ("industry", "description") and condition in _ONE_OF:
        tags = [str(value).casefold() for value in values]
        kept.check(
            f"{part.attribute} is asked for by keyword tags, which is looser than the profile: {', '.join(tags)}"
        )
        return {"q_organization_keyword_tags": tags}
    return None


def _range(part: Part) -> tuple[int | float | None, int | float | None]:
    """Return both ends of a range, the upper one included, as Apollo counts."""
    test = part.test
    low = test.at_least if test.at_least is not None else test.between[0] if test.between else None
    high = test.below if test.below is not None else test.between[1] if test.between else None
    return None if low is None else number(low), None if high is None else number(high - 1)
