"""Numbers with their evidence, and tests: the smallest values that a profile is made of.

`document` gives them out together with everything made of them.
"""

from __future__ import annotations

from typing import Annotated, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

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


class Condition(Part):
    """A test and the attribute that it is of: one of several that hold together."""

    attribute: str
    test: Test
