"""At most seven lines of whole points: the short version of all that the attributes tell together.

First everything is learned with nothing chosen (`reference`), then the few lines are chosen that come closest to it
in the order of the deals: projection predictive selection (Goutis & Robert 1998; Piironen & Vehtari 2017). Lines are
fitted to what the reference expects of each deal, not to what happened to it, so a search over thousands of tests has
no luck to find. Whole points follow the idea of RiskSLIM (Ustun & Rudin 2019) and FasterRisk (Liu et al. 2022): many
scales, then single points moved. What each line is worth on its own is judged elsewhere (`patterns`), on the outcomes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.candidates import Line, tests_of
from idealfit.learn.encoding import Cells, Encoded
from idealfit.learn.fitting import Grouped, concordance, fitted, sigmoid
from idealfit.learn.reference import NOTHING_TOLD, reference_model

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import numpy.typing as npt

    from idealfit.learn.reference import Reference

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]
    Bools = npt.NDArray[np.bool_]

MOST_LINES = 7
MOST_BANDS = 2
MOST_POINTS = 5
TRIED = 8
TRIED_OF_ONE = 2
LOOKED_AT = 40
SWEEPS = 3
SCALES = 40
PRICE_OF_A_LINE = 0.002
"""What a line must add to the share of the reference's ranking that the rubric keeps."""
PRICE_OF_A_VALUE = 0.002
"""The same for each value beyond the first in a set: a longer sentence must earn its words."""


@dataclass(frozen=True)
class Rubric:
    """Lines with whole points, strongest first, and per line the share of known rows that meet it (0 to 1)."""

    lines: tuple[Line, ...] = ()
    points: tuple[int, ...] = ()
    met_by: tuple[float, ...] = ()


def best_rubric(
    encoded: tuple[Encoded, ...],
    won: Bools,
    part: Ints,
    *,
    allowed: Collection[Line] | None = None,
    most: int = MOST_LINES,
    told: Callable[[float], None] = lambda share: None,
) -> Rubric:
    """Return the rubric of at most `most` lines for `won`.

    `allowed` names the attributes that may take part, and of lists and texts the items (all by default). `part` numbers
    the spans of time (0 ...), each with a base rate of its own. A line's points have the sign of its plain difference
    in win rate, so that no line reads against its own evidence.
    """
    known = reference_model(encoded, won, part, told=lambda share: told(0.5 * share))
    search = _Search(encoded, won, part, known, allowed)
    lines: tuple[Line, ...] = ()
    kept = 0.0
    while len(lines) < most:
        better, share = search.best_addition(lines)
        if better is None or share - kept < PRICE_OF_A_LINE:
            break
        lines, kept = (*lines, better), share
        told(0.5 + 0.5 * len(lines) / (most + SWEEPS))
    for sweep in range(SWEEPS):
        before = lines
        for old in before:
            rest = tuple(line for line in lines if line != old)
            new, share = search.best_addition(rest)
            if new is not None and share > kept + 1e-9:
                lines, kept = (*rest, new), share
        lines, kept = search.shortened(lines, kept)
        told(0.5 + 0.5 * (most + 1 + sweep) / (most + SWEEPS))
        if lines == before:
            break
    return search.with_points(lines)


class Directions:
    """Whether wins are more or less frequent where a line says yes: each deal against the base rate of its own part."""

    def __init__(self, encoded: tuple[Encoded, ...], won: Bools, part: Ints) -> None:
        base = np.bincount(part, weights=won) / np.maximum(np.bincount(part), 1)
        self._surplus = np.asarray(won - base[part], dtype=np.float64)
        self._encoded = encoded
        self._sums: dict[int, tuple[Floats, Floats, float, float]] = {}

    def __call__(self, line: Line) -> float:
        """Return 1, 0 or -1."""
        if line.place not in self._sums:
            source = self._encoded[line.place]
            by_cell, unknown = sums(source, self._surplus)
            counts, unknown_rows = sums(source, np.ones(len(self._surplus)))
            known_rows = len(self._surplus) - unknown_rows
            self._sums[line.place] = (by_cell, counts, float(self._surplus.sum() - unknown), known_rows)
        by_cell, counts, of_known, known = self._sums[line.place]
        parts = list(line.parts)
        inside, n = by_cell[parts].sum(), counts[parts].sum()
        if n in (0, known):
            return 0.0
        return float(np.sign(inside / n - (of_known - inside) / (known - n)))


def sums(source: Encoded, weights: Floats) -> tuple[Floats, float]:
    """Return the sums of `weights` over the rows of each cell (or item), and over the unknown rows."""
    if isinstance(source, Cells):
        codes = np.where(source.codes < 0, source.size, source.codes)
        by_cell = np.bincount(codes, weights=weights, minlength=source.size + 1).astype(np.float64)
        return by_cell[:-1], float(by_cell[-1])
    return np.asarray(source.holds.T @ weights), float(weights[~source.known].sum())


class _Search:
    """The history in cells, what the reference expects of each row, and the steps of the search."""

    def __init__(
        self, encoded: tuple[Encoded, ...], won: Bools, part: Ints, known: Reference, allowed: Collection[Line] | None
    ) -> None:
        self.encoded, self.expected = encoded, sigmoid(known.log_odds)
        told = [place for place, spread in enumerate(known.spread) if spread > NOTHING_TOLD]
        self.places = told if allowed is None else sorted({line.place for line in allowed} & set(told))
        self.items = {
            place: np.isin(np.arange(len(source.names)), [x.parts[0] for x in allowed if x.place == place])
            for place, source in enumerate(encoded)
            if not isinstance(source, Cells) and allowed is not None
        }
        self.counts = {place: sums(encoded[place], np.ones(len(won))) for place in self.places}
        self.direction = Directions(encoded, won, part)
        self._states: dict[Line, npt.NDArray[np.int8]] = {}
        rows = np.arange(len(won))
        alone = Grouped(np.zeros((len(won), 0)), self.expected, np.ones(len(won)), rows)
        self._whole = concordance(known.log_odds, alone) - 0.5

    def states(self, line: Line) -> npt.NDArray[np.int8]:
        if line not in self._states:
            self._states[line] = line.states(self.encoded)
        return self._states[line]

    def share(self, line: Line) -> float:
        states = self.states(line)
        return float((states == 1).sum() / max((states != 2).sum(), 1))

    def grouped(self, lines: tuple[Line, ...]) -> Grouped:
        code = np.zeros(len(self.expected), dtype=np.int64)
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
        won = np.asarray(np.bincount(of_row, weights=self.expected), dtype=np.float64)
        return Grouped(z, won, n[distinct].astype(np.float64), of_row)

    def kept(self, score: Floats, g: Grouped) -> float:
        """Return the share of the reference's ranking that a score per group keeps: 1 is all of it, 0 chance."""
        return (concordance(score, g) - 0.5) / self._whole if self._whole > 0 else 0.0

    def best_addition(self, lines: tuple[Line, ...]) -> tuple[Line | None, float]:
        """Return the line that helps most beside `lines`, and what is then kept, less the price of long sets."""
        g = self.grouped(lines)
        base, weights = fitted(g)
        residual = self.expected - sigmoid(base + g.z @ weights)[g.of_row]
        best: tuple[Line | None, float] = (None, -np.inf)
        for line in self._promising(lines, residual):
            kept = self._kept_by((*lines, line))
            if kept > best[1]:
                best = (line, kept)
        return best

    def shortened(self, lines: tuple[Line, ...], kept: float) -> tuple[tuple[Line, ...], float]:
        """Return the lines without the values of sets that are not worth their price, and what is then kept."""
        for place, line in enumerate(lines):
            if _runs(self.encoded[line.place]):
                continue
            for part in line.parts:
                parts = tuple(other for other in lines[place].parts if other != part)
                shorter = (*lines[:place], Line(line.place, parts), *lines[place + 1 :])
                if parts and (share := self._kept_by(shorter)) > kept:
                    lines, kept = shorter, share
        return lines, kept

    def _kept_by(self, lines: tuple[Line, ...]) -> float:
        g = self.grouped(lines)
        _, weights = fitted(g)
        return self.kept(g.z @ weights, g) - self._price(lines)

    def _price(self, lines: tuple[Line, ...]) -> float:
        values = sum(len(x.parts) - 1 for x in lines if not _runs(self.encoded[x.place]))
        return values * PRICE_OF_A_VALUE

    def _promising(self, lines: tuple[Line, ...], residual: Floats) -> list[Line]:
        """Return the few lines that go most with what is left to explain, at most two of one attribute."""
        ranked: list[tuple[float, Line]] = []
        for place in self.places:
            mine = [x for x in lines if x.place == place]
            if isinstance(self.encoded[place], Cells) and len(mine) >= MOST_BANDS:
                continue
            ranked += self._best_lines(place, mine, residual)
        return [line for _, line in sorted(ranked, key=lambda r: -r[0])[:TRIED]]

    def _best_lines(self, place: int, mine: list[Line], residual: Floats) -> list[tuple[float, Line]]:
        """Return the two tests of an attribute with the largest covariance that may stand beside its other lines."""
        source, (counts, unknown_rows) = self.encoded[place], self.counts[place]
        by_cell, unknown = sums(source, residual)
        known = len(residual) - unknown_rows
        if isinstance(source, Cells):
            tests = tests_of(source, by_cell / np.maximum(counts, 1))
            covariance = tests @ by_cell + (tests @ counts) / max(known, 1) * unknown
        else:
            tests = np.eye(len(source.names), dtype=bool)
            covariance = by_cell + counts / max(known, 1) * unknown
        size = np.abs(covariance)
        if place in self.items:
            size = np.where(self.items[place], size, 0.0)
        best: list[tuple[float, Line]] = []
        for row in np.argsort(-size, kind="stable")[:LOOKED_AT]:
            if size[row] <= 0 or len(best) == TRIED_OF_ONE:
                break
            line = Line(place, tuple(int(i) for i in np.flatnonzero(tests[row])))
            if self.direction(line) == np.sign(covariance[row]) and self._beside(line, mine):
                best.append((float(size[row]), line))
        return best

    def _beside(self, line: Line, mine: list[Line]) -> bool:
        # Bands of one attribute lie side by side: a company meets one of them at most, and no line repeats another.
        if any(set(line.parts) & set(other.parts) for other in mine):
            return False
        if not isinstance(self.encoded[line.place], Cells):
            return True
        # Nor does a line say the opposite of another: together they must leave somebody out.
        counts, _ = self.counts[line.place]
        return all(counts[[*line.parts, *other.parts]].sum() < counts.sum() for other in mine)

    def with_points(self, lines: tuple[Line, ...]) -> Rubric:
        """Return the lines with whole points: the scale and rounding that keep most of the ranking."""
        if not lines:
            return Rubric()
        g = self.grouped(lines)
        _, weights = fitted(g)
        direction = np.array([self.direction(x) for x in lines])
        points = _whole_points(weights, direction, lambda points: self.kept(g.z @ points, g))
        order = sorted((k for k in range(len(lines)) if points[k] != 0), key=lambda k: -abs(weights[k]))
        return Rubric(
            tuple(lines[k] for k in order),
            tuple(int(points[k]) for k in order),
            tuple(self.share(lines[k]) for k in order),
        )


def _runs(source: Encoded) -> bool:
    return isinstance(source, Cells) and source.ordered


def _whole_points(weights: Floats, direction: Floats, kept: Callable[[Ints], float]) -> Ints:
    """Return whole points for `weights`: at each scale round, then move single points while `kept` rises.

    Scales run from 'the strongest line is worth 1' to 'the weakest is worth 5'; what would be worth more is worth 5, so
    one line of a rare and strong fact does not round all others away. Signs follow `direction`.
    """
    weights = np.where(np.sign(weights) == direction, weights, 0.0)
    size = np.abs(weights[weights != 0])
    if len(size) == 0:
        return np.zeros(len(weights), dtype=np.int64)
    found: dict[tuple[int, ...], float] = {}
    for scale in np.geomspace(1 / size.max(), (MOST_POINTS + 0.49) / size.min(), SCALES):
        rounded = np.clip(np.round(weights * scale), -MOST_POINTS, MOST_POINTS).astype(np.int64)
        if rounded.any():
            found.setdefault(tuple(rounded), kept(rounded))
    best = max(found, key=lambda k: found[k])
    points, score = np.array(best), found[best]
    improved = True
    while improved:
        improved = False
        for k in range(len(points)):
            for move in (-1, 1):
                tried = points.copy()
                tried[k] += move
                if abs(tried[k]) > MOST_POINTS or tried[k] * direction[k] < 0 or not tried.any():
                    continue
                value = kept(tried)
                if value > score + 1e-9:
                    points, score, improved = tried, value, True
    return points
