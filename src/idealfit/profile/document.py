"""The profile as values: what the file holds, field by field.

Reading and writing the file is `files.py`; what a test means on a table is `criteria.py`; docs/profile.md explains
every key to the people who edit the file. Fields are declared in the order in which the file shows them.
All values are frozen; changing one makes a copy (``profile.model_copy(update=...)``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field

from idealfit.profile.evidence import Condition, Estimate, Evidence, Part, Rate, Scalar, Test, Verdict
from idealfit.profile.sections import (
    ChurnFinding,
    Economics,
    EconomicsGroup,
    Figures,
    KeptAt,
    Measure,
    Quote,
    Retained,
    RetentionCurve,
    Role,
    Seen,
    Segment,
    TeamStatement,
    TimeSpan,
    Trigger,
    TriggerEvidence,
    TriggerTimeline,
    Voice,
)
from idealfit.tables import Layer

__all__ = (
    "FORMAT",
    "BestCustomers",
    "ChurnFinding",
    "Condition",
    "CountedRows",
    "Criterion",
    "Disqualifier",
    "Economics",
    "EconomicsGroup",
    "Estimate",
    "Evidence",
    "Excluded",
    "Figures",
    "Finding",
    "FitBand",
    "KeptAt",
    "Learned",
    "Measure",
    "Narrative",
    "Part",
    "Profile",
    "Quote",
    "Rate",
    "Retained",
    "RetentionCurve",
    "Role",
    "Scalar",
    "Seen",
    "Segment",
    "Slot",
    "TeamStatement",
    "Test",
    "Tier",
    "TimeSpan",
    "Trigger",
    "TriggerEvidence",
    "TriggerTimeline",
    "Verdict",
    "Voice",
)

FORMAT = 2
"""The version of the file format this program writes. Older ones are upgraded on reading, newer ones refused."""


class Criterion(Part):
    """One line of the rubric: a test of one attribute that is worth whole points."""

    attribute: str
    layer: Layer
    test: Test
    points: Annotated[int, Field(ge=-5, le=5)]
    need: Literal["must", "nice"] = "nice"
    why: str = ""
    how_we_help: str = ""
    verify: str = ""
    met_by: Annotated[int, Field(ge=0, le=100)] = 50  # per cent of known companies; what an unknown counts as
    evidence: Evidence = Evidence(verdict="no evidence")


class Disqualifier(Part):
    """A test that rules a company out, whatever its points."""

    attribute: str
    test: Test
    why: str = ""
    verify: str = ""
    evidence: Evidence = Evidence(verdict="no evidence")


class FitBand(Part):
    """The win rate of one range of fit, ``fit_from`` to ``fit_to`` inclusive, on deals held out from learning.

    ``rate`` is monotone over the bands (isotonic regression); without losses it is the lift against the market.
    """

    fit_from: int
    fit_to: int
    n: int
    won: int
    rate: float
    low: float
    high: float


class Tier(Part):
    """All companies of at least this fit (the first tier that a company reaches is its own)."""

    name: str
    at_least: int
    action: str
    expected: Rate | None = None


class Slot(Part):
    """One slot of the narrative: its words and where they come from; ``open question`` says what to ask whom."""

    text: str
    source: Literal["data", "person", "open question"]


class Narrative(Part):
    """The profile told to a colleague, by the five-slot template."""

    text: str = ""
    company: Slot
    situation: Slot
    trigger: Slot
    alternative: Slot
    urgency: Slot
    why_it_works: str = ""  # what it rests on, and what it still lacks


class CountedRows(Part):
    """A step from the raw rows to the ones learned from."""

    step: str
    rows_in: int
    rows_out: int
    reason: str = ""


class Excluded(Part):
    """A column that was not learned from, and the evidence for leaving it out."""

    column: str
    reason: str


class Finding(Part):
    """A pattern or its absence that did not become a line of the rubric."""

    attribute: str
    layer: Layer
    statement: str
    test: Test | None = None
    evidence: Evidence | None = None


class BestCustomers(Part):
    """The rule that chose the best customers, in words, and how many it chose."""

    rule: str
    n: int = 0
    supplemented: int = 0  # furthest-progressed open deals added because there were fewer than 20 customers
    notes: tuple[str, ...] = ()


class LanguageModelUse(Part):
    """How a language model was used on what customers say: it grouped and named phrases, and nothing else."""

    model: str
    prompt_hash: str
    repeats: int
    answered: int = 0
    stability: float | None = None  # share of pairs of phrases that two answers put together, or apart, alike
    refused_quotes: int = 0


class Learned(Part):
    """Where the profile comes from: the window, the counts, and what makes it reproducible."""

    as_of: date | None = None
    mode: Literal["won and lost deals", "customers against a market"]
    window: tuple[date, date] | None = None
    only: tuple[Condition, ...] = ()  # the segment: learned from deals that meet all of these
    deals: int
    won: int
    lost: int
    open: int = 0
    base_rate: Rate
    fingerprint: str
    seed: int
    version: str  # of the program
    rows: tuple[CountedRows, ...] = ()
    excluded: tuple[Excluded, ...] = ()
    warnings: tuple[str, ...] = ()
    auc: Estimate | None = None  # of the rubric, on folds it was not learned from
    language_model: LanguageModelUse | None = None
    error_rate: float = 0.05  # the share of false 'supported' that was allowed
    drafted: tuple[str, ...] = ()  # fingerprints of the sentences the program wrote; any other text is a person's


class Profile(Part):
    """A whole profile. One with nothing to say is a profile too: ``no reliable pattern``, and no criteria."""

    idealfit: int = FORMAT
    name: str
    verdict: Literal["learned", "no reliable pattern", "written by hand"]
    definition: str = ""  # one sentence
    narrative: Narrative
    criteria: tuple[Criterion, ...] = ()
    disqualify: tuple[Disqualifier, ...] = ()
    triggers: tuple[Trigger, ...] = ()
    tiers: tuple[Tier, ...] = ()
    segments: tuple[Segment, ...] = ()
    voice: tuple[Voice, ...] = ()
    committee: tuple[Role, ...] = ()
    feedback: tuple[TeamStatement, ...] = ()
    economics: Economics | None = None
    churn: tuple[ChurnFinding, ...] = ()
    limits: tuple[str, ...] = ()  # what is not known
    best_customers: BestCustomers | None = None
    also_seen: tuple[Finding, ...] = ()  # supported or suggestive, not needed in the rubric
    no_winners: tuple[Finding, ...] = ()
    not_defining: tuple[Finding, ...] = ()
    too_little_data: tuple[Finding, ...] = ()
    timelines: tuple[TriggerTimeline, ...] = ()
    retention: tuple[RetentionCurve, ...] = ()
    fit_bands: tuple[FitBand, ...] = ()
    learned: Learned | None = None
