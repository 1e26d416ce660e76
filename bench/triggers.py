"""Triggers on made histories: do the intervals hold the planted truth, and is anything found where nothing is?

Companies differ in how busy they are (events and deals alike), the calendar has seasons (events and deals alike), and
one kind of event in three makes deals more frequent: by a fixed ratio in a window of days after it, or by a ratio that
fades with a half-life. The truth of a window other than the planted one is what it has in that world, worked out day by
day from the planted chances. `nothing` plants no effect at all.
"""

from __future__ import annotations

import os

os.environ.setdefault("OMP_NUM_THREADS", "1")

import argparse
import time
from dataclasses import dataclass, replace

import numpy as np

from idealfit.learn.evidence import wilson
from idealfit.learn.matched_sets import Happened, Openings, Sets, exposure, opening_sets, weights_given
from idealfit.learn.signals import Signals
from idealfit.learn.timing import openings_asked
from idealfit.learn.triggers import Tried, tried
from idealfit.learn.window_search import MASKS, WINDOWS, Calendar

DAYS = 1460
LONGEST = 366


@dataclass(frozen=True)
class World:
    """What is planted. `window` and `ratio`, or `ratio` that fades with `half_life`; ratio 1 plants nothing."""

    name: str
    ratio: float = 1.0
    window: tuple[int, int] | None = None
    half_life: float | None = None
    companies: int = 400
    events: float = 1 / 400  # a day and company, of each kind: three, or one planted and one idle
    deals: float = 1 / 900
    uneven: float = 0.5  # of the logarithm of how busy companies are
    season: float = 0.4


WORLDS = (
    World("a window: 3 times in days 0 to 89", 3.0, window=(0, 89)),
    World("a window: 2.5 times in days 0 to 119", 2.5, window=(0, 119)),
    World("delayed: 3 times in days 30 to 119", 3.0, window=(30, 119)),
    World("fading: 6 times at once, half-life 30 days", 6.0, half_life=30),
    World("fading: 4 times at once, half-life 90 days", 4.0, half_life=90),
    World("nothing, 400 companies"),
    World("nothing, few deals", companies=100),
)


def made(world: World, rng: np.random.Generator) -> tuple[dict[str, Happened], np.ndarray, np.ndarray, np.ndarray]:
    """Return events by kind, account and day of each opening, and the planted factor by company and day."""
    busy = np.exp(rng.normal(0, world.uneven, world.companies))
    calendar = 1 + world.season * np.sin(2 * np.pi * np.arange(DAYS) / 365 + rng.uniform(0, 2 * np.pi))
    events = {}
    for kind in ("planted", "second") if world.ratio != 1.0 else ("planted", "second", "third"):
        count = rng.poisson(world.events * busy * DAYS)
        day = rng.choice(DAYS, size=count.sum(), p=calendar / calendar.sum())
        events[kind] = Happened(np.repeat(np.arange(world.companies), count), day, day)
    factor = np.ones((world.companies, DAYS))
    planted = events["planted"]
    for i in np.argsort(planted.occurred, kind="stable"):
        company, day = planted.account[i], planted.occurred[i]
        if world.window:
            factor[company, day + max(world.window[0], 1) : day + world.window[1] + 1] = world.ratio
        elif world.half_life:
            factor[company, day + 1 :] = 1 + (world.ratio - 1) * 2.0 ** (-np.arange(1, DAYS - day) / world.half_life)
    account, day = np.nonzero(rng.random(factor.shape) < world.deals * busy[:, None] * calendar * factor)
    return events, account, day, factor * calendar


def true_ratio(found: Tried, events: Happened, sets: Sets, chance: np.ndarray) -> float:
    """Return the ratio that the found window has in the world as planted, for the companies and years compared.

    It is what the ratio would be if each alternative had exactly its planted share of its company's deals: the calendar
    is estimated along with it, as in the real thing, for the planted effect moves the calendar, too.
    """
    inside = (exposure(sets, events).bits & MASKS[WINDOWS.index(found.window)]) != 0
    planted = chance[sets.unit_account[:, None], np.maximum(sets.day, 0)] * (sets.weight > 0)
    planted *= (sets.n / planted.sum(1))[:, None]
    observed = np.bincount(sets.block.ravel(), weights=planted.ravel(), minlength=len(sets.observed))
    world, beta = replace(sets, observed=observed), 0.0
    for _ in range(50):
        parts = Calendar(world, weights_given(world, np.where(inside, np.exp(beta), 1.0))).parts(inside)
        step = float((planted * inside).sum() - sets.n @ parts.share) / parts.information
        beta += step
        if abs(step) < 1e-6:
            break
    return float(np.exp(beta))


def run(world: World, seed: int) -> tuple[tuple[Tried, ...], float]:
    """Return what is found in one world, and the true ratio of the window found for the planted kind."""
    rng = np.random.default_rng([seed, 7])
    events, account, day, chance = made(world, rng)
    openings = Openings(account, day, LONGEST, DAYS - 1)
    sets = opening_sets(openings)
    existed = np.zeros(world.companies, dtype=np.int64)
    watched = Signals(events, 0, DAYS - 1, existed, (), ())
    found = tried(openings_asked(watched, openings, sets, rng), rng=rng)
    return found, true_ratio(found[0], events["planted"], sets, chance)


def main() -> None:
    """Print how often intervals hold the truth, and how often something is found where nothing is planted."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=500)
    parser.add_argument("--world", default="", help="only worlds with this in their name")
    asked = parser.parse_args()
    print(
        f"{'world':<44}{'runs':>6}{'found':>8}{'ratio held':>12}{'half-life held':>20}{'any false':>11}{'s a run':>9}"
    )
    for world in WORLDS:
        if asked.world not in world.name:
            continue
        start, found, held, fitted, fading, false = time.perf_counter(), 0, 0, 0, 0, 0
        for seed in range(asked.runs):
            results, truth = run(world, seed)
            planted = results[0]
            nothing = results if world.ratio == 1.0 else results[1:]
            false += any(other.evidence.verdict == "supported" for other in nothing)
            if world.ratio == 1.0 or planted.evidence.verdict != "supported":
                continue
            found += 1
            held += planted.effect.low <= truth <= planted.effect.high
            if planted.half_life is not None and world.half_life:
                fitted += 1
                fading += planted.half_life.low <= world.half_life <= planted.half_life.high
        seconds = (time.perf_counter() - start) / asked.runs
        of_half = f"{fading / fitted:.3f} of {fitted}" if fitted else "-"
        of_ratio = f"{held / found:.3f}" if found else "-"
        low, high = wilson(false, asked.runs)
        line = f"{world.name:<44}{asked.runs:>6}{found:>8}{of_ratio:>12}{of_half:>20}{false / asked.runs:>11.3f}"
        print(f"{line}{seconds:>9.2f}   false: {low:.3f} to {high:.3f}", flush=True)


if __name__ == "__main__":
    main()
