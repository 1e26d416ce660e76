"""Fit, match and timing side by side: whom to talk to, in which order, and why. None of the three changes another.

A company's place in the grid is its tier by fit (A, B, C: the first, second and any further tier of the profile) and
its timing (1 act now, 2 soon, 3 no reason today). A1 comes first, then B1, A2, B2, A3, and so on; within a place the
order is timing, then fit, then match.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from idealfit.profile.document import Profile
    from idealfit.watch.timing import Timing, Worth

ORDER = ("A1", "B1", "A2", "B2", "A3", "C1", "B3", "C2", "C3")
"""Places of the grid, best first: a good moment at a good company, then either without the other."""

OUT = ("disqualified",)


@dataclass(frozen=True)
class Row:
    """One company of the shortlist: its place, the three figures with their reasons, and what to do next."""

    company: str
    name: str
    place: str
    fit: int | None
    tier: str
    timing: int
    match: float | None
    why_fit: str
    why_now: str
    against: str
    unknown: str
    action: str

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return dict(vars(self))


@dataclass(frozen=True)
class Shortlist:
    """The companies in order, how many stand in each place of the grid, and who was left out and why."""

    rows: tuple[Row, ...]
    grid: Mapping[str, int]
    left_out: Mapping[str, str]

    def as_json(self) -> dict[str, Any]:
        """Return it as plain values."""
        return {"rows": [row.as_json() for row in self.rows], "grid": dict(self.grid), "left_out": dict(self.left_out)}


def shortlist(
    profile: Profile,
    scores: Iterable[Mapping[str, Any]],
    timings: Mapping[str, Timing],
    *,
    names: Mapping[str, str] | None = None,
    matches: Mapping[str, float] | None = None,
    least: str = "C3",
) -> Shortlist:
    """Return the shortlist: `scores` are rows of `tables.SCORES`, `timings` and `matches` go by company.

    Places of the grid after `least` are left out. Disqualified companies never enter, however good the moment.
    """
    tiers = [tier.name for tier in profile.tiers]
    actions = {tier.name: tier.action for tier in profile.tiers}
    rows, left_out = [], {}
    for score in scores:
        company = str(score["id"])
        if score["tier"] in OUT:
            left_out[company] = f"disqualified: {score['against'] or 'by the profile'}"
            continue
        name, match = (names or {}).get(company, ""), (matches or {}).get(company)
        row = _row(score, timings.get(company), tiers, name=name, match=match, action=actions.get(score["tier"], ""))
        if ORDER.index(row.place) > ORDER.index(least):
            left_out[company] = f"{row.place} comes after {least}"
            continue
        rows.append(row)
    rows.sort(key=lambda r: (ORDER.index(r.place), -r.timing, -(r.fit or 0), -(r.match or 0.0), r.company))
    grid = {place: sum(row.place == place for row in rows) for place in sorted(ORDER)}
    return Shortlist(tuple(rows), grid, left_out)


def _row(
    score: Mapping[str, Any],
    moment: Timing | None,
    tiers: Sequence[str],
    *,
    name: str,
    match: float | None,
    action: str,
) -> Row:
    letter = "ABC"[min(tiers.index(score["tier"]), 2)] if score["tier"] in tiers else "C"
    events = moment.events if moment else ()
    now = "; ".join(_worth(event) for event in events if event.points > 0)
    slowed = [_worth(event) for event in events if event.points < 0]
    return Row(
        company=str(score["id"]),
        name=name,
        place=f"{letter}{moment.band if moment else 3}",
        fit=score["fit"],
        tier=score["tier"],
        timing=moment.score if moment else 0,
        match=match,
        why_fit=score.get("reasons") or "",
        why_now=now,
        against="; ".join(filter(None, (score.get("against") or "", *slowed))),
        unknown=score.get("unknown") or "",
        action=action,
    )


def _worth(event: Worth) -> str:
    """Return an event with how old it is and what it is worth today; how that comes about stands in the brief."""
    age = event.why.partition(";")[0] if event.day_known else f"seen {event.why.partition(';')[0]}"
    return f"{event.kind}: {event.summary} ({event.points:+.1f} today, {age})"
