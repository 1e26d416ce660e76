"""The door of filters: the name of a prospecting tool, and a profile in its language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.errors import InputError, Mistake
from idealfit.export.apollo import apollo
from idealfit.export.hubspot_filter import hubspot
from idealfit.export.sales_navigator import linkedin
from idealfit.export.soql import salesforce

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from idealfit.export.filter_parts import Filters
    from idealfit.profile.document import Profile

FILTERS: dict[str, Callable[[Profile, Mapping[str, str], date], Filters]] = {
    "hubspot": lambda profile, fields, _: hubspot(profile, fields),
    "salesforce": lambda profile, fields, _: salesforce(profile, fields),
    "apollo": lambda profile, _, as_of: apollo(profile, as_of),
    "linkedin": lambda profile, _, __: linkedin(profile),
}
"""The tools whose language is spoken."""


def filters_for(tool: str, profile: Profile, fields: Mapping[str, str], as_of: date) -> Filters:
    """Return a profile as the filters of a tool; raises `InputError` for an unknown tool or an empty profile."""
    if tool not in FILTERS:
        raise InputError(Mistake("no filters are known for this tool", "--for", tool, ", ".join(FILTERS)))
    if not profile.criteria and not profile.disqualify:
        raise InputError(
            Mistake("this profile has no lines to filter by", profile.name, next_step="'idealfit learn' finds them.")
        )
    return FILTERS[tool](profile, fields, as_of)
