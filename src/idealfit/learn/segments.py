"""One profile or several: whether some companies buy for other reasons than the rest.

A split is a test of one attribute under which another attribute means something else: it helps on one side and not, or
less, or the other way round, on the other. All such interactions are scored at once against a model in which each
attribute counts the same for everybody (ridge logistic regression); the largest is held against the largest of worlds
drawn from that model (a parametric bootstrap that repeats the search). A split must then be stable (the same attribute
is chosen in most resamples) and leave enough deals on each side to stand on.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.encoding import Cells, encoded
from idealfit.learn.meeting import YES, meeting
from idealfit.profile.document import Condition

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.encoding import Encoded
    from idealfit.learn.history import History
    from idealfit.profile.document import Test

    Bools = npt.NDArray[np.bool_]
    Floats = npt.NDArray[np.float64]

FEWEST_DEALS, FEWEST_OF_EACH = 100, 20
"""A segment has at least so many decided deals, and so many of them won, and lost."""
SPLIT_RATE = 0.05
"""The chance that customers of one kind are split."""
STABLE = 0.6
AS_GOOD = 0.7
"""A split whose interaction is at least so large a share of the largest is as good as that."""
RESAMPLES = 15
DRAWS = 199
DEEPEST = 3
TOO_MANY = 5
"""With more segments than this nobody keeps them apart: consolidate."""
RIDGE = 1.0
MOST_COLUMNS = 150
_QUANTILES = (0.25, 0.5, 0.75)


@dataclass(frozen=True)
class Split:
    """A test that parts a history, p of the interaction behind it, and how often resamples chose its attribute."""

    attribute: str
    test: Test
    opposite: Test
    p: float
    stability: float


@dataclass(frozen=True)
class Found:
    """The segments: which tests hold in each (none: everybody), and in words why there are so many."""

    definitions: tuple[tuple[Condition, ...], ...]
    reason: str


def segments(past: History, *, seed: int = 0) -> Found:
    """Return the segments of a history; one without tests where one profile is better than two."""
    rng = np.random.default_rng(seed)
    reasons: list[str] = []
    parts = _parted(past, np.ones(len(past.won), dtype=bool), (), reasons, rng)
    if len(parts) == 1:
        return Found(((),), f"One profile is better than two: {reasons[0]}")
    words = f"{len(parts)} segments: {reasons[0]}"
    if len(parts) > TOO_MANY:
        words += f" More than {TOO_MANY} are hard to keep apart: consolidate those that are worked alike."
    return Found(tuple(parts), words)


def rows_in(past: History, definition: tuple[Condition, ...]) -> Bools:
    """Return which deals meet all tests of a definition."""
    rows = np.ones(len(past.won), dtype=bool)
    for condition in definition:
        rows &= meeting(past.facts, condition.attribute, condition.test) == YES
    return rows


def _parted(
    past: History, rows: Bools, so_far: tuple[Condition, ...], reasons: list[str], rng: np.random.Generator
) -> list[tuple[Condition, ...]]:
    split = best_split(past, rows, reasons, rng) if len(so_far) < DEEPEST else None
    if split is None:
        return [so_far]
    found: list[tuple[Condition, ...]] = []
    for test in (split.test, split.opposite):
        inside = rows & (meeting(past.facts, split.attribute, test) == YES)
        condition = Condition(attribute=split.attribute, test=test)
        found += _parted(past, inside, (*so_far, condition), reasons, rng)
    return found


def best_split(past: History, rows: Bools, reasons: list[str], rng: np.random.Generator) -> Split | None:
    """Return the split of some deals that is significant, stable and large enough; None, with a reason, if none is."""
    won = past.won[rows]
    if len(won) < 2 * FEWEST_DEALS or min(won.sum(), (~won).sum()) < 2 * FEWEST_OF_EACH:
        reasons.append(f"{len(won):,} deals ({int(won.sum()):,} won) are too few to be split.")
        return None
    facts = past.facts[rows].reset_index(drop=True)
    table = encoded(facts, past.attributes, max(5, len(won) // 50))
    columns, owner = _columns(table)
    sides = _sides(table, won)
    if not sides or columns.shape[1] < 2:
        reasons.append("no attribute parts the deals into two groups that are large enough.")
        return None
    scan = _Interactions(columns, owner, sides, won.astype(np.float64))
    largest = scan.best()
    null = scan.drawn(rng, DRAWS)
    p = float((1 + (null >= largest.max()).sum()) / (1 + len(null)))
    if p > SPLIT_RATE:
        reasons.append(f"no attribute changes what the others mean (p = {p:.2f}).")
        return None
    chosen = _plainest(sides, largest)
    mine = np.array([side.attribute == chosen.attribute for side in sides])
    drawn = [scan.resampled(rng) for _ in range(RESAMPLES)]
    stability = float(np.mean([again[mine].max() >= AS_GOOD * again.max() for again in drawn]))
    if stability < STABLE:
        reasons.append(f"a split by {chosen.attribute} was chosen in only {stability:.0%} of resamples.")
        return None
    reasons.append(
        f"under {chosen.attribute} other attributes mean something else (p = {p:.3f}, seen again in {stability:.0%} "
        "of resamples)."
    )
    return Split(chosen.attribute, chosen.test, chosen.opposite, p, stability)


def _plainest(sides: list[_Side], largest: Floats) -> _Side:
    """Return the side to split by: an interaction has two ends, and a named kind of company is the plainer one."""
    good = [i for i in range(len(sides)) if largest[i] >= AS_GOOD * largest.max()]
    return sides[max(good, key=lambda i: (not sides[i].ordered, largest[i]))]


@dataclass(frozen=True)
class _Side:
    """A way to part the deals: which are inside and which outside (the unknown are in neither)."""

    place: int
    attribute: str
    test: Test
    opposite: Test
    inside: Bools
    ordered: bool


def _columns(table: tuple[Encoded, ...]) -> tuple[Floats, npt.NDArray[np.int64]]:
    """Return what each attribute may count by: a column per value, per quarter passed, per item; and whose it is."""
    columns: list[Floats] = []
    owner: list[int] = []
    for place, source in enumerate(table):
        if isinstance(source, Cells):
            known = source.codes >= 0
            if source.ordered:
                made = [(source.codes > cut) & known for cut in _cuts(source, known)]
            else:
                made = [source.codes == i for i in range(len(source.values))]
        else:
            made = [np.asarray(source.holds[:, [i]].todense()).ravel() > 0 for i in range(min(len(source.names), 20))]
        for column in made:
            if 0.03 <= column.mean() <= 0.97 and len(columns) < MOST_COLUMNS:
                columns.append(column.astype(np.float64))
                owner.append(place)
    return (np.array(columns).T if columns else np.zeros((0, 0))), np.array(owner, dtype=np.int64)


def _sides(table: tuple[Encoded, ...], won: Bools) -> list[_Side]:
    """Return the ways to part the deals that leave enough on each side."""
    found = []
    for place, source in enumerate(table):
        if not isinstance(source, Cells):
            continue
        known = source.codes >= 0
        size = source.size if source.ordered else len(source.values)
        if source.ordered:
            if source.attribute.kind == "date":
                continue
            groups = [tuple(range(cut + 1)) for cut in _cuts(source, known) if cut < size - 1]
        else:
            groups = [(i,) for i in range(size)]
        for group in groups:
            inside = np.isin(source.codes, group)
            if _enough(inside, won) and _enough(known & ~inside, won):
                test = source.test(group)
                rest = tuple(i for i in range(size) if i not in group)
                opposite = (
                    source.test(rest) if source.ordered else test.model_copy(update={"is_": None, "is_not": test.is_})
                )
                found.append(_Side(place, source.attribute.name, test, opposite, inside, source.ordered))
    return found


def _cuts(source: Cells, known: Bools) -> list[int]:
    """Return the last cell of each quarter of the known rows."""
    codes = source.codes[known]
    return sorted({int(cut) for cut in np.quantile(codes, _QUANTILES, method="nearest")}) if len(codes) else []


def _enough(rows: Bools, won: Bools) -> bool:
    wins = int(won[rows].sum())
    return bool(rows.sum() >= FEWEST_DEALS and min(wins, rows.sum() - wins) >= FEWEST_OF_EACH)


class _Interactions:
    """Score tests of every side with every column, against a model in which columns count the same for everybody."""

    def __init__(self, columns: Floats, owner: npt.NDArray[np.int64], sides: list[_Side], won: Floats) -> None:
        self._sides, self._won = sides, won
        main = [columns, *(side.inside[:, None].astype(np.float64) for side in sides)]
        self._x = np.column_stack([np.ones(len(won)), *main])
        self._chance = _ridge(self._x, won)
        spread = self._chance * (1 - self._chance)
        weighted = self._x * spread[:, None]
        penalty = np.full(self._x.shape[1], RIDGE)
        penalty[0] = 1e-6
        inverse = np.linalg.inv(self._x.T @ weighted + np.diag(penalty))
        self._by_side = []
        for side in sides:
            mine = columns[:, owner != side.place]
            products = mine * side.inside[:, None]
            common = (0.02 * len(won) <= products.sum(0)) & ((mine.sum(0) - products.sum(0)) >= 0.02 * len(won))
            products = products[:, common]
            across = weighted.T @ products
            slope = inverse @ across
            clean = products - self._x @ slope  # what the main effects do not explain already
            variance = np.maximum((clean**2 * spread[:, None]).sum(0), 1e-9)
            self._by_side.append(clean / np.sqrt(variance))

    def best(self) -> Floats:
        """Return for each side the largest z squared of its interactions."""
        return self._largest((self._won - self._chance)[:, None])[:, 0]

    def drawn(self, rng: np.random.Generator, draws: int) -> Floats:
        """Return the largest of all where outcomes are drawn from the model without interactions."""
        won = rng.random((len(self._won), draws)) < self._chance[:, None]
        return np.asarray(self._largest(won - self._chance[:, None]).max(0))

    def resampled(self, rng: np.random.Generator) -> Floats:
        """Return for each side the largest z squared where deals are drawn with replacement."""
        times = np.bincount(rng.integers(0, len(self._won), len(self._won)), minlength=len(self._won))
        return self._largest(((self._won - self._chance) * times)[:, None])[:, 0]

    def _largest(self, left: Floats) -> Floats:
        found = [(clean.T @ left) ** 2 for clean in self._by_side]
        return np.array([z.max(0) if len(z) else np.zeros(left.shape[1]) for z in found])


def _ridge(x: Floats, won: Floats) -> Floats:
    """Return each row's fitted chance by ridge logistic regression (Newton's steps)."""
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 1e-6
    beta = np.zeros(x.shape[1])
    for _ in range(25):
        chance = 1 / (1 + np.exp(-np.clip(x @ beta, -30, 30)))
        gradient = x.T @ (won - chance) - penalty * beta
        step = np.linalg.solve(x.T @ (x * (chance * (1 - chance))[:, None]) + np.diag(penalty), gradient)
        beta = beta + step
        if np.abs(step).max() < 1e-6:
            break
    return np.asarray(1 / (1 + np.exp(-np.clip(x @ beta, -30, 30))), dtype=np.float64)
