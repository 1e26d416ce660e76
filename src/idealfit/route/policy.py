"""The routing policy as values: what the file holds, field by field. docs/routing.md explains every key.

Reading the file is `policy_file.py`. All values are frozen. Rules are tried in order; the first one whose conditions
are all answered with yes names the steps, and the first step that finds somebody has the lead.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from idealfit.profile.evidence import Part, Test

FORMAT = 1
"""The version of the policy's format."""

WeeklyHours = dict[str, tuple[str, ...]]
"""Days and the spans worked on them: ``{"mon-thu": ["09:00-12:30", "13:30-18:00"], "fri": ["09:00-15:00"]}``."""

OFFICE_HOURS: WeeklyHours = {"mon-fri": ("09:00-17:00",)}

Weight = Annotated[int, Field(ge=0, le=10_000)]
Positive = Annotated[int, Field(ge=1)]
Absence = Literal["keep place", "catch up", "hold"]
AllAway = Literal["wait", "next", "assign"]
OwnerAway = Literal["wait", "next"]
Lapse = Literal["next", "keep"]
End = Literal["nurture", "disqualify"]


class Leave(Part):
    """Days off, both included, in the rep's own time zone."""

    first: date
    last: date
    why: str = ""


class Rep(Part):
    """A person who gets leads."""

    id: str
    name: str = ""
    email: str = ""
    zone: str | None = None
    hours: WeeklyHours | None = None
    holidays: str | None = None  # a country, or a country and its part: DE, DE-BY
    can: dict[str, tuple[str, ...]] = Field(
        default_factory=dict
    )  # what they cover: languages, territories, expertise ...
    accounts: tuple[str, ...] = ()  # named accounts: ids or domains
    capacity: Positive | None = None  # open leads at one time
    per_day: Positive | None = None
    per_week: Positive | None = None
    per_month: Positive | None = None
    calendar: str | None = None  # address of an iCalendar feed
    leave: tuple[Leave, ...] = ()


class Need(Part):
    """What a rep must cover to be in for a lead: the rep's list must hold the lead's value."""

    lead: str
    rep: str


class Pool(Part):
    """People who share leads fairly."""

    name: str
    reps: tuple[str, ...]
    weights: dict[str, Weight] = Field(default_factory=dict)  # 100 if not given; 0 is never in
    priorities: dict[str, Positive] = Field(default_factory=dict)  # 1 if not given; 2 is in when all of 1 are out
    needs: tuple[Need, ...] = ()
    turn: str | None = None  # pools of the same turn share their credits; a pool's own if not given
    absence: Absence = "keep place"
    owed_at_most: Annotated[int, Field(ge=0, le=1000)] = 5  # leads somebody can be owed who is catching up
    hold_for: str = "4h"  # how long a lead is held for somebody who is away
    overflow: str | None = None  # the pool to ask where nobody is in
    when_all_away: AllAway = "wait"


class When(Part):
    """A test of one field of the lead; only a yes counts, unknown does not."""

    field: str
    test: Test


class Step(Part):
    """One place to take a lead to; exactly one of the first five is set."""

    owner: OwnerAway | None = None
    named: OwnerAway | None = None
    pool: str | None = None
    queue: str | None = None
    end: End | None = None
    accept_within: str | None = None
    if_lapsed: Lapse | None = None


class Rule(Part):
    """Conditions, and the steps for a lead that meets them all."""

    name: str
    when: tuple[When, ...] = ()
    to: tuple[Step, ...]


class Policy(Part):
    """A whole policy."""

    idealfit_routing: int = FORMAT
    name: str
    seed: int = 0
    zone: str = "UTC"
    hours: WeeklyHours = Field(default_factory=lambda: dict(OFFICE_HOURS))
    holidays: str | None = None
    accept_within: str | None = None
    if_lapsed: Lapse = "next"
    most_lapses: Annotated[int, Field(ge=0, le=100)] = 3  # after so many, the fallback
    calendar_valid_for: str = "1h"
    reps: tuple[Rep, ...] = ()
    pools: tuple[Pool, ...] = ()
    rules: tuple[Rule, ...]
    fallback: tuple[Step, ...] = ()
