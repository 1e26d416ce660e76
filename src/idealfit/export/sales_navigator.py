"""A profile for LinkedIn Sales Navigator: a boolean text for its keywords, and the filters to set beside it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.export.filter_parts import Filters, Kept, number, parts_of, values_of

if TYPE_CHECKING:
    from idealfit.export.filter_parts import Part
    from idealfit.profile.document import Profile

HEADCOUNTS = ((1, 10), (11, 50), (51, 200), (201, 500), (501, 1000), (1001, 5000), (5001, 10_000), (10_001, None))
"""The bands that Sales Navigator offers."""

MOST_OPERATORS = 15
"""AND, OR and NOT in one text; LinkedIn ignores what goes beyond."""

_FILTERS = {"industry": "Industry", "country": "Headquarters location", "state": "Headquarters location",
            "city": "Headquarters location"}  # fmt: skip
_WORDS = ("technologies", "description", "")
_ONE_OF = ("is", "one_of", "has", "has_any", "mentions")


def linkedin(profile: Profile) -> Filters:
    """Return the boolean text for the keywords of an account search, and lines for the filters beside it."""
    parts, weighing = parts_of(profile)
    kept = Kept(left_out=list(weighing))
    must: list[str] = []
    nice: list[str] = []
    out: list[str] = []
    beside: list[str] = []
    for part in parts:
        words = _words(part)
        line = None if words else _filter(part, kept)
        if words:
            (nice if part.role == "nice" else out if part.role == "exclude" else must).append(words)
        elif line:
            beside.append(line)
        else:
            kept.leave_out(part, "Sales Navigator has no such filter, and words do not say it")
            continue
        kept.keep(part)
    text = " AND ".join([*must, *([f"({' OR '.join(nice)})" if len(nice) > 1 else nice[0]] if nice else [])])
    text += "".join(f" NOT {words}" for words in out)
    operators = sum(text.count(f" {word} ") for word in ("AND", "OR", "NOT")) + text.startswith(" NOT ")
    if operators > MOST_OPERATORS:
        kept.check(f"the text has {operators} operators, and LinkedIn reads about {MOST_OPERATORS}: search in parts")
    if text:
        kept.check("keywords are looked for anywhere on the company's page")
    body = "\n".join(["Keywords:", text.strip() or "(none)", "", "Filters:", *(beside or ["(none)"])]) + "\n"
    use = "Sales Navigator, account search: the keywords as they stand, the filters by hand"
    return Filters("linkedin", body, use, tuple(kept.kept), tuple(kept.left_out), tuple(kept.to_check))


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
        test = part.test
        low = test.at_least if test.at_least is not None else test.between[0] if test.between else 0
        high = test.below if test.below is not None else test.between[1] if test.between else float("inf")
        bands = [(a, b) for a, b in HEADCOUNTS if a < high and (b is None or b >= low)]
        edges = bands and (bands[0][0] < low or (bands[-1][1] or float("inf")) >= high)
        if edges:
            kept.check(f"the headcount bands are wider than the profile's {number(low)} to {high:g}")
        return (
            "Company headcount: " + ", ".join(f"{a:,}–{b:,}" if b else f"{a:,}+" for a, b in bands) if bands else None
        )
    if part.meaning in _FILTERS and condition in (*_ONE_OF, "is_not", "none_of"):
        apart = (part.role == "exclude") != (condition in ("is_not", "none_of"))
        listed = ", ".join(str(value) for value in values)
        return f"{_FILTERS[part.meaning]}{' (exclude)' if apart else ''}: {listed}"
    return None


def _quoted(words: str) -> str:
    """Return words as one phrase; what would be an operator or end the phrase is no part of it."""
    plain = " ".join(words.replace('"', " ").replace("(", " ").replace(")", " ").split())
    return f'"{plain}"'
