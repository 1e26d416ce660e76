"""All that is told of a market, as values: for the screen, for a page, for a program."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from idealfit.profile.document import Estimate, Rate

if TYPE_CHECKING:
    from idealfit.profile.document import Profile
    from idealfit.score.capacity import Advice
    from idealfit.score.exclusions import LeftOut
    from idealfit.score.grid import Grid
    from idealfit.score.market import Cut, Price, TierSize
    from idealfit.score.segments import Held, PartOfMarket


@dataclass(frozen=True)
class Market:
    """A market by a profile.

    `reach` names the tier down to which companies are worked, and `reach_at_least` its fit. `segments` are by the
    profile's own definitions, `parts` by the column `by`; `held` tells who sits in them. `deal_value` is what a won
    deal is worth, from the profile's economics or as it was given, `pipeline` the value of deals to open where that is
    the target. `warnings` are columns that look wrong.
    """

    profile: str
    companies: int
    lifts: bool
    reach: str
    reach_at_least: int
    tiers: tuple[TierSize, ...]
    prices: tuple[Price, ...]
    frontier: tuple[Cut, ...]
    advice: Advice | None
    left_out: tuple[LeftOut, ...]
    segments: tuple[PartOfMarket, ...]
    by: str
    parts: tuple[PartOfMarket, ...]
    competitor: str
    held: tuple[Held, ...]
    deal_value: Estimate | None
    currency: str
    pipeline: float | None
    missing_columns: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        plain: dict[str, Any] = asdict(self, dict_factory=_plain)
        return plain


@dataclass(frozen=True)
class Tiers:
    """Tiers cut to a market: `profile` has the chosen ones, `ways` what the present ones and each cut imply.

    `grid` has a row per tier and a column per level of timing, with companies; None where no timing was given.
    """

    profile: Profile
    companies: int
    lifts: bool
    ways: tuple[tuple[str, tuple[TierSize, ...]], ...]
    grid: Grid | None
    left_out: tuple[LeftOut, ...]
    missing_columns: tuple[str, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values, of the profile the tiers alone."""
        return {
            "tiers": [tier.model_dump(mode="json") for tier in self.profile.tiers],
            "companies": self.companies,
            "ways": {way: [asdict(tier, dict_factory=_plain) for tier in sizes] for way, sizes in self.ways},
            "grid": None if self.grid is None else self.grid.as_json(),
            "left_out": [asdict(rule) for rule in self.left_out],
            "missing_columns": list(self.missing_columns),
            "warnings": list(self.warnings),
        }


def _plain(items: list[tuple[str, Any]]) -> dict[str, Any]:
    return {key: _rounded(value) if isinstance(value, Estimate | Rate) else value for key, value in items}


def _rounded(value: Estimate | Rate) -> dict[str, Any]:
    """Return a number and its ends with six digits after the point: more would only be noise of the machine's."""
    return {k: round(v, 6) if isinstance(v, float) else v for k, v in value.model_dump().items()}
