"""At most seven lines of whole points: which tests, and what each is worth.

Sparse logistic regression with small integer coefficients. The problem is that of RiskSLIM (Ustun & Rudin 2019) and
FasterRisk (Liu et al. 2022); the search here is forward selection with exchange, where every step is judged on parts of
the history that did not choose it (spans of time where there are dates), followed by rounding at many scales.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from idealfit.learn.candidates import Binned, Gains, Line, gains
from idealfit.learn.encoding import Cells, Encoded, Items
from idealfit.learn.fitting import Grouped, fitted, likelihood_with_own_base, log_likelihood, sigmoid

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

MOST_LINES = 7
MOST_BANDS = 2
MOST_POINTS = 5
TRIED_EXACTLY = 6
TRIED_OF_ONE = 2
MOST_TRIED = 40
HARM_ALLOWED = (
    1.0  # in deviance, held out: a line with evidence of its own may come in if it does no more harm than this
)
PRICE_OF_A_VALUE = 0.5  # in deviance, for each value beyond the first in a set; a longer sentence must earn its words


@dataclass(frozen=True)
class Rubric:
    """Lines with whole points, strongest first, and per line the share of known rows that meet it (0 to 1)."""

    lines: tuple[Line, ...] = ()
    points: tuple[int, ...] = ()
    met_by: tuple[float, ...] = ()

    def total(self, encoded: tuple[Encoded, ...]) -> Floats:
        """Return the points of each row; an unknown counts as its line's points times the share that meet it."""
        rows = len(encoded[0].codes if isinstance(encoded[0], Cells) else encoded[0].known) if encoded else 0
        total = np.zeros(rows)
        for line, points, share in zip(self.lines, self.points, self.met_by, strict=True):
            total += points * np.array([0.0, 1.0, share])[line.states(encoded)]
        return total


def best_rubric(
    encoded: tuple[Encoded, ...],
    won: npt.NDArray[np.bool_],
    part: Ints,
    *,
    allowed: Collection[Line] | None = None,
    most: int = MOST_LINES,
    told: Callable[[float], None] = lambda share: None,
) -> Rubric:
    """Return the rubric of at most `most` lines for `won`.

    `allowed` names the attributes that may take part, and of lists and texts the items (all by default).

    `part` numbers the parts of the history (0 ...) that judge each other's findings; every part has its own base rate
    in the fit, so that what merely moves with time earns nothing. A line's points have the sign of its plain
    difference in win rate, so that no line reads against its own evidence.
    """
    search = _Search(encoded, won, part, allowed)
    lines: tuple[Line, ...] = ()
    score = search.held_out_likelihood(lines)
    while len(lines) < most:
        better, better_score = search.best_addition(lines)
        if better is None or 2 * (better_score - score) < -HARM_ALLOWED:
            break
        lines, score = (*lines, better), better_score
        told(len(lines) / (most + 3))
    for sweep in range(3):
        before = lines
        for old in before:
            rest = tuple(line for line in lines if line != old)
            new, new_score = search.best_addition(rest)
            if new is not None and new_score > score + 1e-6:
                lines, score = (*rest, new), new_score
        told((most + 1 + sweep) / (most + 3))
        if lines == before:
            break
    return search.with_points(lines)


class Directions:
    """Whether wins are more or less frequent where a line says yes: each deal against the base rate of its own part."""

    def __init__(
        self, encoded: tuple[Encoded, ...], won: npt.NDArray[Any], part: Ints, binned: Mapping[int, Binned]
    ) -> None:
        base = np.bincount(part, weights=won) / np.maximum(np.bincount(part), 1)
        self._surplus = np.asarray(won - base[part], dtype=np.float64)
        self._encoded, self._binned = encoded, binned
        self._sums: dict[int, tuple[Floats, float]] = {}

    def __call__(self, line: Line) -> float:
        """Return 1, 0 or -1."""
        binned, parts = self._binned[line.place], list(line.parts)
        if line.place not in self._sums:
            yes, unknown = binned.sums(self._surplus)
            self._sums[line.place] = (yes.sum(0), float(self._surplus.sum() - unknown.sum()))
        by_cell, known = self._sums[line.place]
        counts = binned.n[:, :-1].sum(0) if isinstance(self._encoded[line.place], Cells) else binned.n
        inside, n = by_cell[parts].sum(), counts[parts].sum()
        if n in (0, binned.known):
            return 0.0
        return float(np.sign(inside / n - (known - inside) / (binned.known - n)))


class _Search:
    """The history in cells, and the steps of the search over it."""

    def __init__(
        self, encoded: tuple[Encoded, ...], won: npt.NDArray[np.bool_], part: Ints, allowed: Collection[Line] | None
    ) -> None:
        self.encoded, self.won, self.part = encoded, won.astype(np.float64), part
        self.places = sorted({line.place for line in allowed}) if allowed is not None else range(len(encoded))
        self.items = {
            place: np.isin(np.arange(len(source.names)), [x.parts[0] for x in allowed if x.place == place])
            for place, source in enumerate(encoded)
            if isinstance(source, Items) and allowed is not None
        }
        self.parts = int(part.max()) + 1
        self.binned = {place: Binned.of(encoded[place], part, self.parts) for place in self.places}
        self.direction = Directions(encoded, self.won, part, self.binned)
        self._states: dict[Line, npt.NDArray[np.int8]] = {}

    def states(self, line: Line) -> npt.NDArray[np.int8]:
        if line not in self._states:
            self._states[line] = line.states(self.encoded)
        return self._states[line]

    def share(self, line: Line) -> float:
        states = self.states(line)
        return float((states == 1).sum() / max((states != 2).sum(), 1))

    def grouped(self, lines: tuple[Line, ...]) -> Grouped:
        code = self.part.copy()
        for line in lines:
            code = code * 3 + self.states(line)
        n = np.bincount(code)
        distinct = np.flatnonzero(n)
        of_row = (np.cumsum(n > 0) - 1)[code]
        z = np.zeros((len(distinct), len(lines)))
        rest = distinct
        for k in range(len(lines) - 1, -1, -1):
            z[:, k] = np.array([0.0, 1.0, self.share(lines[k])])[rest % 3]
            rest = rest // 3
        won = np.asarray(np.bincount(of_row, weights=self.won), dtype=np.float64)
        return Grouped(z, won, n[distinct].astype(np.float64), rest, of_row, self.parts)

    def held_out_likelihood(self, lines: tuple[Line, ...]) -> float:
        """Return the log likelihood of each part under weights from the others, less the price of long sets."""
        g = self.grouped(lines)
        total = 0.0
        start = None
        for k in range(self.parts):
            weights, start = fitted(g.only(g.part != k), start)
            total += likelihood_with_own_base(g.only(g.part == k), weights)
        values = sum(len(x.parts) - 1 for x in lines if not _runs(self.encoded[x.place]))
        return total - values * PRICE_OF_A_VALUE / 2

    def best_addition(self, lines: tuple[Line, ...]) -> tuple[Line | None, float]:
        """Return the line that helps most beside `lines`, and the held-out likelihood with it."""
        g = self.grouped(lines)
        weights, full = fitted(g)
        p = sigmoid(full[g.part] + g.z @ weights)[g.of_row]
        tried = self._promising(lines, self.won - p, p * (1 - p))
        scored = [(self.held_out_likelihood((*lines, line)), line) for line in tried]
        if not scored:
            return None, -np.inf
        score, line = max(scored, key=lambda s: s[0])
        return line, score

    def _promising(self, lines: tuple[Line, ...], residual: Floats, variance: Floats) -> list[Line]:
        """Return the few lines of the attributes worth most, at most two of one attribute."""
        ranked: list[tuple[float, Line]] = []
        for place in self.places:
            mine = [x for x in lines if x.place == place]
            if isinstance(self.encoded[place], Cells) and len(mine) >= MOST_BANDS:
                continue
            found = gains(self.binned[place], residual, variance)
            if found.worth > 0:
                ranked += [(found.worth, line) for line in self._best_lines(place, mine, found)]
        return [line for _, line in sorted(ranked, key=lambda r: -r[0])[:TRIED_EXACTLY]]

    def _best_lines(self, place: int, mine: list[Line], found: Gains) -> list[Line]:
        """Return the two tests of an attribute with the largest held-out gain that may stand beside its other lines."""
        extra_values = 0 if _runs(self.encoded[place]) else found.tests.sum(1) - 1
        worth = found.held_out - extra_values * PRICE_OF_A_VALUE
        if place in self.items:
            worth = np.where(self.items[place], worth, -np.inf)
        best: list[Line] = []
        for row in np.argsort(-worth, kind="stable")[:MOST_TRIED]:
            line = Line(place, tuple(int(i) for i in np.flatnonzero(found.tests[row])))
            if worth[row] <= 0 or len(best) == TRIED_OF_ONE:
                break
            if self._allowed(line, mine, found, int(row)):
                best.append(line)
        return best

    def _allowed(self, line: Line, mine: list[Line], found: Gains, row: int) -> bool:
        if self.direction(line) != np.sign(found.weight[row]):
            return False
        # Bands of one attribute lie side by side: a company meets one of them at most, and no line repeats another.
        if any(set(line.parts) & set(other.parts) for other in mine):
            return False
        if not isinstance(self.encoded[line.place], Cells):
            return True
        # Nor does a line say the opposite of another: together they must leave somebody out.
        counts, known = self.binned[line.place].n[:, :-1].sum(0), self.binned[line.place].known
        return all(counts[[*line.parts, *other.parts]].sum() < known for other in mine)

    def with_points(self, lines: tuple[Line, ...]) -> Rubric:
        """Return the lines with whole points: the scale and rounding with the highest likelihood."""
        if not lines:
            return Rubric()
        g = self.grouped(lines)
        weights, _ = fitted(g)
        points = _whole_points(weights, g, np.array([self.direction(x) for x in lines]))
        order = sorted((k for k in range(len(lines)) if points[k] != 0), key=lambda k: -abs(weights[k]))
        return Rubric(
            tuple(lines[k] for k in order),
            tuple(int(points[k]) for k in order),
            tuple(self.share(lines[k]) for k in order),
        )


def _runs(source: Encoded) -> bool:
    return isinstance(source, Cells) and source.ordered


def _whole_points(weights: Floats, g: Grouped, direction: Floats) -> Ints:
    """Return whole points for `weights`: at each scale round, then move single points while the likelihood rises.

    Scales run from 'the strongest line is worth 1' to 'worth 5'. Signs follow `direction`.
    """
    weights = np.where(np.sign(weights) == direction, weights, 0.0)
    strongest = float(np.abs(weights).max())
    if strongest == 0:
        return np.zeros(len(weights), dtype=np.int64)

    def likelihood(points: Ints) -> float:
        if not points.any():
            return -np.inf
        together = replace(g, z=(g.z @ points)[:, None])
        slope, beta = fitted(together)
        return log_likelihood(together, beta[g.part] + together.z @ slope)

    found: dict[tuple[int, ...], float] = {}
    for largest in np.arange(1.0, MOST_POINTS + 0.49, 0.5):
        rounded = np.clip(np.round(weights * largest / strongest), -MOST_POINTS, MOST_POINTS).astype(np.int64)
        found.setdefault(tuple(rounded), likelihood(rounded))
    best = max(found, key=lambda k: found[k])
    points, score = np.array(best), found[best]
    improved = True
    while improved:
        improved = False
        for k in range(len(points)):
            for move in (-1, 1):
                tried = points.copy()
                tried[k] += move
                if abs(tried[k]) > MOST_POINTS or tried[k] * direction[k] < 0:
                    continue
                value = likelihood(tried)
                if value > score + 1e-6:
                    points, score, improved = tried, value, True
    return points
