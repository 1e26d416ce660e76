"""The profile as values: what the file holds, field by field.

Reading and writing the file is `files.py`; what a test means on a table is `criteria.py`; docs/profile.md explains
every key to the people who edit the file. Fields are declared in the order in which the file shows them.
All values are frozen; changing one makes a copy (``profile.model_copy(update=...)``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from idealfit.tables import Layer

FORMAT = 1
"""The version of the file format this program writes. Older ones are upgraded on reading, newer ones refused."""

Verdict = Literal["supported", "suggestive", "not supported", "too little data", "no evidence"]
"""``no evidence`` marks a criterion that a person added and that the data has not judged."""


class Part(BaseModel):
    """What all parts of a profile share: frozen, and no key that is not declared."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Estimate(Part):
    """A number with its 95 % interval (``low`` and ``high`` are None where there was too little to say)."""

    value: float
    low: float | None = None
    high: float | None = None


class Rate(Part):
    """Wins among deals: ``won`` of ``n``, the raw share, and its 95 % interval."""

    n: int
    won: int
    rate: float
    low: float
    high: float


class Evidence(Part):
    """What the history says about one test.

    ``inside`` and ``outside`` are plain counts over all deals with a known value: anyone can check them with a filter.
    ``difference`` and ``ratio`` compare the two win rates; where the cut or the set was searched for, they are judged
    only on deals that took no part in the search. ``p`` pays for the search within the attribute, ``q`` for all
    attributes scanned (Benjamini-Hochberg). ``shrunk`` is the inside rate pulled toward the base rate (beta-binomial).
    ``periods_held`` of ``periods``: in how many spans of time the direction was the same.
    """

    verdict: Verdict
    inside: Rate | None = None
    outside: Rate | None = None
    unknown: int = 0
    difference: Estimate | None = None
    ratio: Estimate | None = None
    shrunk: float | None = None
    p: float | None = None
    q: float | None = None
    periods_held: int | None = None
    periods: int | None = None
    more_deals_needed: int | None = None


Scalar = str | float | int | bool


class Test(Part):
    """One test of one attribute: exactly one of the fields is set.

    The answer is yes, no or unknown; a missing value is always unknown.
    """

    __test__: ClassVar[bool] = False  # not one of pytest's, whatever its name

    is_: Annotated[Scalar | None, Field(alias="is")] = None
    is_not: Scalar | None = None
    one_of: tuple[Scalar, ...] | None = None
    none_of: tuple[Scalar, ...] | None = None
    at_least: float | None = None
    below: float | None = None
    between: tuple[float, float] | None = None  # from the first, up to but not including the second
    has: str | None = None
    lacks: str | None = None
    has_any: tuple[str, ...] | None = None
    mentions: str | None = None
    within_days: int | None = None  # at most so many days before the day of scoring, and not after it
    older_than_days: int | None = None

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)

    @model_validator(mode="after")
    def _exactly_one(self) -> Test:
        chosen = [name for name in type(self).model_fields if getattr(self, name) is not None]
        if len(chosen) != 1:
            raise ValueError(f"a test has exactly one condition, this one has {len(chosen)}")
        if self.between is not None and self.between[0] >= self.between[1]:
            raise ValueError("between needs the smaller number first")
        return self

    @property
    def condition(self) -> str:
        """Return the name of the field that is set, as the file spells it (``is``, ``at_least`` ...)."""
        name = next(n for n in type(self).model_fields if getattr(self, n) is not None)
        return "is" if name == "is_" else name


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


class Learned(Part):
    """Where the profile comes from: the window, the counts, and what makes it reproducible."""

    as_of: date | None = None
    mode: Literal["won and lost deals", "customers against a market"]
    window: tuple[date, date] | None = None
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
    tiers: tuple[Tier, ...] = ()
    limits: tuple[str, ...] = ()  # what is not known
    best_customers: BestCustomers | None = None
    also_seen: tuple[Finding, ...] = ()  # supported or suggestive, not needed in the rubric
    no_winners: tuple[Finding, ...] = ()
    not_defining: tuple[Finding, ...] = ()
    too_little_data: tuple[Finding, ...] = ()
    fit_bands: tuple[FitBand, ...] = ()
    learned: Learned | None = None
