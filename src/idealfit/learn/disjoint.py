"""Bands that lie inside one another, told as bands side by side: the same points, but each company meets one line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells
from idealfit.learn.rubric import MOST_POINTS, Rubric

if TYPE_CHECKING:
    from collections.abc import Callable

    from idealfit.learn.encoding import Encoded


def disjoint(rubric: Rubric, encoded: tuple[Encoded, ...], direction: Callable[[Line], float]) -> Rubric:
    """Return the rubric with every nested pair of bands told side by side, where that keeps points honest.

    The sums must be -5 to 5, and have the sign of the `direction` of their band: no line reads against its evidence.

    'At least 50: +2' and 'at least 250: +1' become '50 to 249: +2' and 'at least 250: +3'.
    """
    lines, points, shares = list(rubric.lines), list(rubric.points), list(rubric.met_by)
    for outer in range(len(lines)):
        for inner in range(len(lines)):
            large, small = set(lines[outer].parts), set(lines[inner].parts)
            cells = isinstance(encoded[lines[outer].place], Cells)
            if outer == inner or lines[outer].place != lines[inner].place or not cells or not small < large:
                continue
            together = points[outer] + points[inner]
            left = Line(lines[outer].place, tuple(sorted(large - small)))
            fair = direction(left) * points[outer] > 0 and direction(lines[inner]) * together > 0
            if abs(together) > MOST_POINTS or not fair:
                continue
            lines[outer] = left
            shares[outer] -= shares[inner]
            points[inner] = together
    return Rubric(tuple(lines), tuple(points), tuple(shares))
