"""What a backtest comes to, as values and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import PlainSerializer, TypeAdapter, ValidationError

from idealfit.errors import InputError, Mistake
from idealfit.learn.history import Mode
from idealfit.profile.document import Estimate, Rate, Test, Verdict
from idealfit.tables import Layer

Kind = Literal["forward in time", "folds, not forward in time"]
Answer = Literal[
    "ranks better than chance", "cannot tell", "ranks worse than chance", "nothing to rank", "too few deals"
]
"""Whether the pooled AUC's interval lies above one half, holds it or lies below; ``nothing to rank`` when no profile
that was learned had a criterion."""


def _condition(test: Test) -> dict[str, Any]:
    """Return the one condition of a test, as the profile's file spells it."""
    return test.model_dump(mode="json", by_alias=True, exclude_none=True)


@dataclass(frozen=True)
class Counted:
    """How many deals (companies, against a market) and how many of them were won."""

    n: int
    won: int


@dataclass(frozen=True)
class Group:
    """Deals that belong together (a range of fit, a tier, like predictions) and what came of them.

    `expected` is the mean of what was predicted for them. `lift` is set against a market only: the share of
    customers in the group over the market's share in it; `expected` then is a lift too.
    """

    label: str
    n: int
    won: int
    rate: float
    low: float
    high: float
    expected: float | None = None
    lift: Estimate | None = None


@dataclass(frozen=True)
class FiltersOnly:
    """How the rubric did that was allowed nothing but firmographic filters."""

    auc: Estimate
    lift_top_decile: Estimate


@dataclass(frozen=True)
class Line:
    """One criterion that was learned."""

    attribute: str
    layer: Layer
    test: Annotated[Test, PlainSerializer(_condition, return_type=dict[str, Any])]
    points: int
    verdict: Verdict


@dataclass(frozen=True, kw_only=True)
class Measured:
    """What was measured on deals that took no part in learning; the measures are None where there were too few."""

    scored: Counted
    base_rate: Rate | None = None
    auc: Estimate | None = None
    lift_top_decile: Estimate | None = None
    filters_only: FiltersOnly | None = None
    delta_auc: Estimate | None = None
    delta_lift: Estimate | None = None
    by_score: tuple[Group, ...] = ()
    by_tier: tuple[Group, ...] = ()
    calibration: tuple[Group, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Trial(Measured):
    """One cut-off day (or one fold): what was learned by then, and how it did on what came after.

    `seen_before` counts the scored deals whose company had a deal among those learned from. `note` says why a measure
    is missing.
    """

    label: str
    cutoff: date | None
    learned: Counted
    verdict: str
    criteria: tuple[Line, ...] = ()
    seen_before: int = 0
    note: str = ""


@dataclass(frozen=True)
class FalsePositive:
    """A deal that the filters alone liked, the whole profile did not, and that was lost."""

    id: str
    label: str
    opened: date | None
    filters_fit: int
    fit: int
    against: str


@dataclass(frozen=True)
class FalsePositives:
    """The deals that filters liked (`liked`), those the whole profile turned away, and the first of the lost ones.

    Liked: expected above the base rate. Turned away: expected below it, or disqualified. `turned_away.won` is what
    the stricter profile would have cost.
    """

    liked: Counted
    turned_away: Counted
    deals: tuple[FalsePositive, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Backtest:
    """How well the learner's profiles did on deals they had not seen: each trial, and all of them pooled.

    `pooled` counts every deal once: with the newest profile that was learned before it opened.
    """

    kind: Kind
    mode: Mode
    how: str
    answer: Answer
    summary: str
    cutoffs: tuple[Trial, ...]
    pooled: Measured
    false_positives: FalsePositives
    warnings: tuple[str, ...] = ()
    format: Literal[1] = 1

    def as_json(self) -> dict[str, Any]:
        """Return the backtest as plain values that JSON can hold; days in ISO form, what is missing as None."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json", by_alias=True)
        return plain

    @classmethod
    def from_json(cls, values: object) -> Backtest:
        """Return the backtest that `as_json` wrote; raises InputError that names every value that cannot be."""
        try:
            return _ADAPTER.validate_python(values)
        except ValidationError as error:
            mistakes = (
                Mistake(
                    f"this is not a backtest that this program wrote: {fault['msg'].lower()}",
                    where=".".join(str(step) for step in fault["loc"]),
                    next_step="Make it again: idealfit backtest DEALS -o backtest.json",
                )
                for fault in error.errors()
            )
            raise InputError(*mistakes) from error


_ADAPTER: TypeAdapter[Backtest] = TypeAdapter(Backtest)
