"""What the service is asked and answers, as its OpenAPI document shows it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from idealfit.route.leads import printable

LEAD_VALUE = str | bool | int | float | list[str] | None
Name = Annotated[str, Field(min_length=1, max_length=200)]
Reason = Annotated[str, Field(max_length=2000)]


class Asked(BaseModel):
    """What all requests share: no key that is not declared, and no letter that no database holds."""

    model_config = ConfigDict(extra="forbid")

    @model_validator(mode="before")
    @classmethod
    def _printable(cls, given: Any) -> Any:  # noqa: ANN401  anything that JSON can be
        return _cleaned(given)


def _cleaned(given: Any) -> Any:  # noqa: ANN401
    if isinstance(given, str):
        return printable(given)
    if isinstance(given, dict):
        return {_cleaned(key): _cleaned(value) for key, value in given.items()}
    return [_cleaned(value) for value in given] if isinstance(given, list) else given


class NewLead(Asked):
    """A lead: what is known of it, under any names."""

    id: Annotated[str | None, Field(max_length=200, description="Your own id of the lead.")] = None
    fields: Annotated[
        dict[str, LEAD_VALUE],
        Field(description="Texts, numbers, true or false, lists of texts.", examples=[{"email": "ann@acme.example"}]),
    ]


class Hypothetical(Asked):
    """A lead that is only asked about."""

    fields: dict[str, LEAD_VALUE]


class Acceptance(Asked):
    """Who accepts; refused where the lead is somebody else's by now."""

    rep: Name | None = None


class Declining(Asked):
    """Why a lead is turned down."""

    why: Annotated[str, Field(min_length=1, max_length=2000)]
    rep: Name | None = None


class Reassignment(Asked):
    """To whom a lead goes (by turn, if nobody is named), and why."""

    why: Annotated[str, Field(min_length=1, max_length=2000)]
    to: Name | None = None
    give_back: bool = True


class Closing(Asked):
    """What came of a lead."""

    outcome: Literal["won", "lost", "invalid", "duplicate"]
    why: Reason = ""


class Merging(Asked):
    """The lead that this one is the same as."""

    into: Name


class Pausing(Asked):
    """Why a rep gets no leads for now."""

    why: Reason = "paused"


class DaysOff(Asked):
    """Days off, both included, in the rep's time zone."""

    first: date
    last: date


class RepSaid(Asked):
    """A rep as the policy's `reps` would say it, without the id."""

    name: Annotated[str, Field(max_length=200)] = ""
    email: Annotated[str, Field(max_length=320)] = ""
    zone: Annotated[str | None, Field(max_length=100)] = None
    hours: dict[str, list[str]] | None = None
    holidays: Annotated[str | None, Field(max_length=20)] = None
    can: dict[str, list[str]] = Field(default_factory=dict)
    accounts: list[str] = Field(default_factory=list)
    capacity: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    per_day: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    per_week: Annotated[int | None, Field(ge=1, le=1_000_000)] = None
    per_month: Annotated[int | None, Field(ge=1, le=1_000_000)] = None


class NewEvent(Asked):
    """One thing that happened at a company."""

    company: Annotated[str, Field(min_length=1, max_length=200, description="By its id, domain or name.")]
    kind: Annotated[str, Field(min_length=1, max_length=100, examples=["funding"])]
    happened_on: date | None = None
    summary: Reason = ""
    url: Reason = ""
    quote: Reason = ""
    id: Annotated[str, Field(max_length=200, description="Told again under it, an event is the same.")] = ""


class NewEvents(Asked):
    """Events, and who tells them."""

    source: Name
    events: Annotated[list[NewEvent], Field(min_length=1, max_length=1000)]


class EventsAnswer(BaseModel):
    """How many events were told, and how many of them are new; companies that nobody watches are passed over."""

    told: int
    new: int


class LeadAnswer(BaseModel):
    """A lead as it is now: who has it, by which rule, and why."""

    lead: str
    status: str
    owner: str | None
    how: str
    rule: str | None
    starts: str | None
    due: str | None
    look_at: datetime | None
    new: bool


class Leads(BaseModel):
    """Leads, those changed last first."""

    leads: list[LeadAnswer]


class StoryEvent(BaseModel):
    """One thing that happened to a lead."""

    at: datetime
    what: str
    actor: str
    reasons: list[str]


class StoryAnswer(BaseModel):
    """Everything that happened to a lead."""

    lead: str
    status: str
    owner: str | None
    events: list[StoryEvent]


class Reasons(BaseModel):
    """Why a lead is not with a rep; nothing where it is."""

    reasons: list[str]


class NextAnswer(BaseModel):
    """What would become of a lead now."""

    what: str
    reasons: list[str]
    claims: dict[str, float]


class RepAnswer(BaseModel):
    """How a rep stands."""

    rep: str
    status: str
    until: datetime | None
    open: int
    today: int
    gaps: dict[str, float]
    leave: dict[str, list[str]]


class Reps(BaseModel):
    """How all reps stand."""

    reps: list[RepAnswer]


class LeaveAnswer(BaseModel):
    """The leave that was entered, by its id."""

    leave: str


class EntryAnswer(BaseModel):
    """One line of the ledger."""

    seq: int
    at: datetime
    kind: str
    lead: str | None
    rep: str | None
    actor: str
    body: dict[str, Any]


class Audit(BaseModel):
    """Lines of the ledger in their order: who changed what."""

    entries: list[EntryAnswer]


class Health(BaseModel):
    """Whether the service works: it has asked its database."""

    status: Literal["ok"]
    entries: int
    policy: str | None


class MistakeSaid(BaseModel):
    """One thing that is wrong, and the way out."""

    what: str
    where: str = ""
    found: str | None = None
    allowed: str = ""
    next_step: str = ""


class Refusal(BaseModel):
    """Why a request was refused: every mistake in it."""

    mistakes: list[MistakeSaid]
