"""How reps stand: in or out, with how many leads, and how far from the fair share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from idealfit.route.turns import LEAD

if TYPE_CHECKING:
    from datetime import datetime

    from idealfit.route.state import State


@dataclass(frozen=True, slots=True)
class Standing:
    """One rep. `gaps` are leads owed (above nothing) or ahead, by turn; `leave` is what was entered, by its id."""

    rep: str
    status: str
    until: datetime | None
    open: int
    today: int
    gaps: dict[str, float]
    leave: dict[str, tuple[str, str]]


def standing(state: State, at: datetime) -> list[Standing]:
    """Return how every rep on the roster stands."""
    found = []
    for name, rep in sorted(state.reps.items()):
        status, until = rep.diary.status(at)
        gaps = {turn: round(of[name] / LEAD, 4) for turn, of in sorted(state.credit.items()) if of.get(name)}
        leave = {key: (start.isoformat(), end.isoformat()) for key, (start, end) in state.leave_of(name).items()}
        told = f"paused ({rep.paused})" if rep.paused is not None else status
        known = None if rep.paused is not None else until
        found.append(Standing(name, told, known, rep.open, state.taken(rep, "day", at), gaps, leave))
    return found
