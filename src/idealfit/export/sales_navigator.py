"""A profile for LinkedIn Sales Navigator: a boolean text for its keywords, and the filters to set beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.export.filter_parts import Filters, Kept, number, parts_of, values_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from idealfit.export.filter_parts import Part
    from idealfit.profile.document import Profile, Test

HEADCOUNTS = ((1, 10), (11, 50), (51, 200), (201, 500), (501, 1000), (1001, 5000), (5001, 10_000), (10_001, None))
"""The bands that Sales Navigator offers."""

MOST_OPERATORS = 15
"""AND, OR and NOT in one text; LinkedIn ignores what goes beyond."""

_FILTERS = {"industry": "Industry", "country": "Headquarters location", "state": "Headquarters location",
            "city": "Headquarters location", "region": "Headquarters location"}  # fmt: skip
A_YEAR = 366
"""Days that "past 12 months" covers."""

_WORDS = ("technologies", "description", "")
_ONE_OF = ("is", "one_of", "has", "has_any", "mentions")


def linkedin(profile: Profile) -> Filters:
    """Return the boolean text for the keywords of an account search, and lines for the filters beside it.

    LinkedIn joins keywords and filters with "and". So of the lines that are no must, those that words can say go into
    the keywords, joined by "or"; where nothing is a must and words say none, the one with the most points is a filter.
    """
    parts, weighing = parts_of(profile)
    kept = Kept(left_out=list(weighing))
    said = {part: words for part in parts if (words := _words(part))}
    beside = {part: line for part in parts if part not in said and (line := _filter(part, Kept()))}
    open_to_one = not any(part.role != "exclude" and (part.role == "must" or part in said) for part in parts)
    nice = [part for part in beside if part.role == "nice"]
    strongest = max(nice, key=lambda part: part.points, default=None) if open_to_one else None
    lines = []
    for part in parts:
        if part in nice and part is not strongest:
            kept.leave_out(part, "LinkedIn joins all filters with 'and', and this one is no must")
        elif part in beside:
            lines.append(_filter(part, kept) or "")
            kept.keep(part)
        elif part in said:
            kept.keep(part)
        else:
            kept.leave_out(part, "Sales Navigator has no such filter, and words do not say it")
    text = _keywords(said)
    operators = sum(text.count(f" {word} ") for word in ("AND", "OR", "NOT")) + text.startswith("NOT ")
    if operators > MOST_OPERATORS:
        kept.check(f"the text has {operators} operators, and LinkedIn reads about {MOST_OPERATORS}: search in parts")
    if text:
        kept.check("keywords are looked for anywhere on the company's page")
    body = "\n".join(["Keywords:", text or "(none)", "", "Filters:", *(lines or ["(none)"])]) + "\n"
    use = "Sales Navigator, account search: the keywords as they stand, the filters by hand"
    return Filters("linkedin", body, use, tuple(kept.kept), tuple(kept.left_out), tuple(kept.to_check))


def _keywords(said: Mapping[Part, str]) -> str:
    """Return what words can say as one boolean text: all musts, one of the rest, nothing that rules out."""
    by_role = {role: [words for part, words in said.items() if part.role == role] for role in ("must", "nice")}
    nice = by_role["nice"]
    text = " AND ".join([*by_role["must"], *([f"({' OR '.join(nice)})"] if len(nice) > 1 else nice)])
    return (text + "".join(f" NOT {words}" for part, words in said.items() if part.role == "exclude")).strip()


def _words(part: Part) -> str:
    """Return the boolean text of a line that words can say, or ''."""
    if part.meaning not in _WORDS or part.test.condition not in (*_ONE_OF, "lacks"):
        return ""
    values = values_of(part.test)
    if any(isinstance(value, bool | int | float) for value in values):
        return ""
    if part.meaning == "" and part.test.condition not in ("has", "has_any", "mentions"):
        return ""  # a category of the seller's own is no word on anybody's page
    said = [_quoted(str(value)) for value in values]
    text = said[0] if len(said) == 1 else f"({' OR '.join(said)})"
    return f"NOT {text}" if part.test.condition == "lacks" else text


def _filter(part: Part, kept: Kept) -> str | None:
    """Return the line that tells which filter to set to what."""
    condition, values = part.test.condition, values_of(part.test)
    if part.meaning == "employees" and condition in ("at_least", "below", "between") and part.role != "exclude":
        low, high = _range(part.test)
        bands = [(a, b) for a, b in HEADCOUNTS if a < high and (b is None or b >= low)]
        edges = bands and (bands[0][0] < low or (bands[-1][1] or float("inf")) >= high)
        if edges:
            kept.check(f"the headcount bands are wider than the profile's {number(low)} to {high:g}")
        return (
            "Company headcount: " + ", ".join(f"{a:,}–{b:,}" if b else f"{a:,}+" for a, b in bands) if bands else None
        )
    if part.meaning == "annualrevenue" and condition in ("at_least", "below", "between") and part.role != "exclude":
        low, high = _range(part.test)
        return f"Annual revenue: {low:,.0f}" + ("+" if high == float("inf") else f" to {high:,.0f}")
    days = part.test.within_days
    if part.meaning == "lastfunding" and days is not None and days <= A_YEAR and part.role != "exclude":
        if days < A_YEAR:
            kept.check(f"funding events of the past 12 months are more than {part.words}")
        return "Recent activities: Funding events in past 12 months"
    if part.meaning in _FILTERS and condition in (*_ONE_OF, "is_not", "none_of"):
        kept.check_places(part)
        apart = (part.role == "exclude") != (condition in ("is_not", "none_of"))
        listed = ", ".join(str(value) for value in values)
        return f"{_FILTERS[part.meaning]}{' (exclude)' if apart else ''}: {listed}"
    return None


def _range(test: Test) -> tuple[float, float]:
    """Return from where (included) to where (not included) a test reaches."""
    low = test.at_least if test.at_least is not None else test.between[0] if test.between else 0
    high = test.below if test.below is not None else test.between[1] if test.between else float("inf")
    return low, high


def _quoted(words: str) -> str:
    """Return words as one phrase; what would be an operator or end the phrase is no part of it."""
    plain = " ".join(words.replace('"', " ").replace("(", " ").replace(")", " ").split())
    return f'"{plain}"'
