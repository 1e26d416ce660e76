"""What makes a profile more than a list of filters: triggers, segments, voice, committee, economics and churn.

`document` gives these values out together with the rest of the profile.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from idealfit.profile.evidence import Condition, Estimate, Part, Test, Verdict
from idealfit.tables import Layer


class TriggerEvidence(Part):
    """What the history says about one kind of event in one window before a deal.

    In `with_event` of the `cases` (deals opened, or won) the event lay in the window. If it made no difference it
    would in `expected`, by the same companies' other days (for wins: by all deals of the same time), and in
    `expected_of_others`, by comparable companies on the same days. ``p`` compares with those and pays for the windows
    tried, ``q`` for the kinds (Benjamini-Hochberg); ``p_same_company`` is what the same companies' other days say.
    """

    verdict: Verdict
    cases: int = 0
    with_event: int = 0
    expected: float | None = None
    expected_of_others: float | None = None
    companies: int | None = None  # with the event in the window at one of the cases
    windows_tried: int | None = None
    p: float | None = None
    q: float | None = None
    p_same_company: float | None = None
    periods_held: int | None = None
    periods: int | None = None
    more_deals_needed: int | None = None


class Trigger(Part):
    """A kind of event after which deals open, or are won, more (or less) often.

    `window_days`: an event counts from the first to the last of these days before the opening, both included.
    `half_life_days`: how long until half of what the event does is gone.
    `effect`: the chance of the outcome with the event in the window, divided by the chance without.
    """

    kind: str
    outcome: Literal["opening", "win"] = "opening"
    window_days: tuple[int, int]
    half_life_days: Estimate
    half_life_source: Literal["fitted", "default", "person"] = "person"
    weight: Annotated[int, Field(ge=-5, le=5)]
    effect: Estimate | None = None
    why: str = ""
    verify: str = ""
    evidence: TriggerEvidence = TriggerEvidence(verdict="no evidence")


class TimeSpan(Part):
    """How often an event lay this many days before the outcome, and how often it would if it made no difference."""

    from_days: int
    to_days: int
    seen: int
    expected: float


class TriggerTimeline(Part):
    """When events of one kind lay before deals were opened (or won)."""

    kind: str
    outcome: Literal["opening", "win"] = "opening"
    spans: tuple[TimeSpan, ...]


class Retained(Part):
    """How many customers are kept for so many days (Kaplan-Meier), of `n` of whom `churned` have left."""

    n: int
    churned: int
    days: int = 365
    kept: float | None = None  # None where nobody has been observed for so long
    low: float | None = None
    high: float | None = None


class ChurnFinding(Part):
    """What goes with leaving sooner (or staying longer); by default something visible when the deal was made.

    `hazard_ratio`: how much sooner, at any age of the contract, customers inside leave (Cox; above 1 is sooner).
    """

    attribute: str
    layer: Layer
    test: Test
    statement: str
    verdict: Verdict
    hazard_ratio: Estimate | None = None
    inside: Retained | None = None
    outside: Retained | None = None
    p: float | None = None
    q: float | None = None
    more_customers_needed: int | None = None
    visible_at_sale: bool = True  # only then may it rule a company out


class KeptAt(Part):
    """One step of a retention curve: the share kept for `days`, and how many were still observed then."""

    days: int
    at_risk: int
    kept: float
    low: float
    high: float


class RetentionCurve(Part):
    """The share of customers kept over time (Kaplan-Meier, 95 % band)."""

    of: str
    n: int
    churned: int
    steps: tuple[KeptAt, ...]


class Measure(Part):
    """A figure over `n` deals or customers, with its 95 % interval; no value where there were too few."""

    value: float | None = None
    low: float | None = None
    high: float | None = None
    n: int = 0


class Figures(Part):
    """What deals and customers bring and cost. A figure that the tables cannot tell is not there."""

    deals: int = 0
    won: int = 0
    deal_size: Measure | None = None
    cycle_days: Measure | None = None
    contract_months: Measure | None = None
    retention: Measure | None = None
    expansion: Measure | None = None
    margin: Measure | None = None
    ltv: Measure | None = None
    cac: Measure | None = None
    payback_months: Measure | None = None
    support: Measure | None = None


class EconomicsGroup(Part):
    """The figures of some of the deals: the best customers, those that meet a criterion, a segment."""

    of: str
    figures: Figures


class Economics(Part):
    """What a customer brings and costs, over all and by group; `flags` say what does not pay."""

    currency: str = ""  # empty: the tables do not say
    figures: Figures
    flags: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    if_by_profit: tuple[str, ...] = ()  # how the best customers would differ if they were those that earn most
    groups: tuple[EconomicsGroup, ...] = ()


class Segment(Part):
    """One of several kinds of customer, with a profile file of its own. A company that meets all tests is in it."""

    name: str
    definition: tuple[Condition, ...]
    file: str
    n: int = 0  # decided deals
    won: int = 0


class Seen(Part):
    """In how many of `n` something was seen."""

    seen: int
    n: int


class Quote(Part):
    """Words that somebody said, as they stand in the source; `hash` is the SHA-256 of that source's text."""

    text: str
    speaker: str = ""
    on: date | None = None
    source: str
    hash: str = ""


class Voice(Part):
    """What customers say about one thing, in their words, and how many of the best and of the rest say it."""

    slot: Literal["pain", "alternative", "objection", "urgency", "trigger"]
    phrase: str
    gist: str = ""
    verdict: Verdict = "no evidence"
    best: Seen | None = None
    rest: Seen | None = None
    ratio: Estimate | None = None
    q: float | None = None
    strength: Literal["recorded words", "CRM notes"] = "recorded words"
    quotes: tuple[Quote, ...] = ()


class TeamStatement(Part):
    """What somebody of the own team says, and what the data say of the same deals; neither is picked."""

    statement: str
    rep: str = ""
    about: str = ""  # the account, or kind of company, that it is about
    data: str = ""
    verdict: Literal["contradicts", "agrees", "cannot be told"] = "cannot be told"


class Role(Part):
    """A role in the buying committee: in how many won and lost deals somebody had it."""

    role: str
    verdict: Verdict = "no evidence"
    won: Seen | None = None
    lost: Seen | None = None
    ratio: Estimate | None = None
    q: float | None = None
