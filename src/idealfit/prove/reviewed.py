"""What a review comes to, as values and as JSON."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pydantic import TypeAdapter

from idealfit.profile.document import Estimate
from idealfit.prove.trials import Counted, Line

Answer = Literal["leave it alone", "renew the rates", "revise", "too early to tell"]
"""``renew the rates``: the lines still tell good companies from others, but tiers no longer win what they promised."""

Held = Literal["holds", "weaker", "turned round", "not seen yet"]
Kept = Literal["kept", "below", "above", "cannot tell yet"]


@dataclass(frozen=True, kw_only=True)
class LineReviewed:
    """One line of the rubric on the deals since: odds of winning for those who meet it over those who do not.

    `promised` is that ratio when the profile was learned, `odds` the one since, with the interval of the sequence, from
    `pairs` pairs of a win and a loss of which one meets the line. `met_then` and `met_now` are the shares of companies
    that meet it, of those of which it is known. `more_wins` is about how many more wins would tell.
    """

    attribute: str
    words: str
    points: int
    promised: float | None
    odds: Estimate | None
    pairs: int
    held: Held
    met_then: float | None
    met_now: float | None
    more_wins: int | None = None


@dataclass(frozen=True, kw_only=True)
class TierReviewed:
    """What a tier promised, and the win rate since, with the interval of the sequence."""

    name: str
    promised: Estimate
    n: int
    won: int
    rate: Estimate | None
    kept: Kept


@dataclass(frozen=True, kw_only=True)
class RankingReviewed:
    """How often a win had more fit than a loss that was opened about then, ties set aside; `auc` counts them half."""

    pairs: int
    above: Estimate | None
    auc: float | None
    auc_then: float | None
    held: Held
    more_wins: int | None = None


@dataclass(frozen=True, kw_only=True)
class Moved:
    """The change of the win rate of all deals in two parts: other companies came (`mix`), or like ones won more."""

    before: float
    after: float
    mix: Estimate
    rates: Estimate


@dataclass(frozen=True, kw_only=True)
class RecentWin:
    """One of the newest customers, and what the profile says of it."""

    id: str
    opened: date
    fit: int
    tier: str


@dataclass(frozen=True, kw_only=True)
class Review:
    """Whether to revise a profile or leave it alone, and on what evidence.

    `judged` are the deals opened after `since` that were decided within `horizon_days`; `waiting` are too young for
    that on the day `until`, `late` were old enough and not decided in time. `level` holds the win rate of all against
    what their tiers promised. `wins_in_reach` is the share of wins that
    the worked tiers hold, promised and since. `new_lines` were supported by the recent deals alone and are not in the
    profile.
    """

    answer: Answer
    summary: str
    reasons: tuple[str, ...]
    since: date
    until: date
    horizon_days: int
    judged: Counted
    waiting: int
    late: int
    ranking: RankingReviewed
    tiers: tuple[TierReviewed, ...]
    lines: tuple[LineReviewed, ...]
    level: TierReviewed | None
    wins_in_reach: TierReviewed | None
    moved: Moved | None
    new_lines: tuple[Line, ...]
    newest_wins: tuple[RecentWin, ...]
    next_review: date
    warnings: tuple[str, ...] = ()
    format: Literal[1] = 1

    def as_json(self) -> dict[str, Any]:
        """Return the review as plain values that JSON can hold; days in ISO form, what is missing as None."""
        plain: dict[str, Any] = _ADAPTER.dump_python(self, mode="json", by_alias=True)
        return plain


_ADAPTER: TypeAdapter[Review] = TypeAdapter(Review)
