"""At most seven lines of whole points, none against its own evidence; and bands told side by side."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import statsmodels.api as sm

from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells, Encoded, encoded
from idealfit.learn.history import Attribute
from idealfit.learn.rubric import Directions, Rubric, best_rubric
from world import world

SIZE = Attribute("employees", "number", "firmographic")


def bands(codes: np.ndarray, edges: int = 3) -> Cells:
    return Cells(SIZE, codes.astype(np.int32), edges=tuple(float(10 * (i + 1)) for i in range(edges)))


def flag(name: str, codes: np.ndarray) -> Cells:
    return Cells(Attribute(name, "boolean", "firmographic"), codes.astype(np.int32), values=("yes", "no"))


def total(rubric: Rubric, table: tuple[Encoded, ...]) -> np.ndarray:
    """Return the points of each row; an unknown counts as its line's points times the share that meet it."""
    points = np.zeros(len(table[0].codes))
    for line, worth, share in zip(rubric.lines, rubric.points, rubric.met_by, strict=True):
        points += worth * np.array([0.0, 1.0, share])[line.states(table)]
    return points


def learned_on(seed: int, signal: float = 1.0):
    """Return the rubric of a world, its table, outcomes and parts."""
    past = world(500, seed=seed, signal=signal).history()
    part = np.arange(len(past.won)) * 5 // len(past.won)
    table = encoded(past.facts, past.attributes, 5)
    return best_rubric(table, past.won, part), table, past.won, part


@pytest.mark.parametrize("seed", range(4))
def test_a_rubric_keeps_its_promises(seed):
    rubric, table, won, part = learned_on(seed)
    assert 2 <= len(rubric.lines) <= 7
    assert len(set(rubric.lines)) == len(rubric.lines)
    assert all(isinstance(p, int) and 1 <= abs(p) <= 5 for p in rubric.points)
    direction = Directions(table, won, part)
    for line, points, share in zip(rubric.lines, rubric.points, rubric.met_by, strict=True):
        states = line.states(table)
        assert direction(line) == np.sign(points)
        assert share == pytest.approx((states == 1).sum() / (states != 2).sum())
    for place, source in enumerate(table):
        if isinstance(source, Cells):
            assert sum(line.place == place for line in rubric.lines) <= 2


@pytest.mark.parametrize("seed", range(4))
def test_the_planted_rule_is_in_the_rubric(seed):
    rubric, table, won, _ = learned_on(seed)
    said = {(table[x.place].attribute.name, p > 0) for x, p in zip(rubric.lines, rubric.points, strict=True)}
    assert {("Employees", True), ("Tools", True), ("Industry", False)} <= said
    points = total(rubric, table)
    assert points[won].mean() > points[~won].mean() + 1


def test_only_what_is_allowed_takes_part():
    past = world(500, seed=2).history()
    part, table = np.arange(len(past.won)) * 5 // len(past.won), encoded(past.facts, past.attributes, 5)
    (tools,) = (i for i, source in enumerate(table) if source.attribute.name == "Tools")
    slack = table[tools].names.index("Slack")
    (industry,) = (i for i, source in enumerate(table) if source.attribute.name == "Industry")
    allowed = [Line(tools, (slack,)), Line(industry, (0,))]
    rubric = best_rubric(table, past.won, part, allowed=allowed)
    assert rubric.lines
    assert {line.place for line in rubric.lines} <= {tools, industry}
    assert all(line.parts == (slack,) for line in rubric.lines if line.place == tools)


def test_no_more_lines_than_asked_for():
    past = world(500, seed=2).history()
    table, part = encoded(past.facts, past.attributes, 5), np.arange(len(past.won)) * 5 // len(past.won)
    assert len(best_rubric(table, past.won, part, most=2).lines) == 2
    assert best_rubric(table, past.won, part, most=0) == Rubric()


def test_a_number_has_two_bands_at_most_whatever_its_shape():
    rng = np.random.default_rng(4)
    code = rng.integers(0, 10, 5000)
    won = rng.random(5000) < np.where(code % 3 == 1, 0.7, 0.1)  # three peaks, far apart
    rubric = best_rubric((bands(code, 9),), won, np.arange(5000) % 5)
    assert 1 <= len(rubric.lines) <= 2


def test_points_are_in_the_proportion_of_the_odds():
    rng = np.random.default_rng(0)
    a, b, c = (rng.integers(0, 2, 20_000) for _ in range(3))
    won = rng.random(20_000) < 1 / (1 + np.exp(1 - 2.0 * (a == 0) + 1.0 * (b == 0) - 0.4 * (c == 0)))
    rubric = best_rubric((flag("a", a), flag("b", b), flag("c", c)), won, np.arange(20_000) % 5)
    worth = {line.place: (line.parts, points) for line, points in zip(rubric.lines, rubric.points, strict=True)}
    # 'no' is the other side of 'yes': a line may say either, and the points turn around with it
    points = [worth[i][1] * (1 if worth[i][0] == (0,) else -1) for i in range(3)]
    said = np.column_stack([a == 0, b == 0, c == 0]).astype(float)

    def log_likelihood(tried: tuple[int, ...]) -> float:
        total, wins, rows = said @ np.array(tried), [], []
        for value in np.unique(total):
            wins.append(won[total == value].sum())
            rows.append((total == value).sum())
        design = sm.add_constant(np.unique(total))
        ends = np.column_stack([wins, np.array(rows) - wins])
        eta = design @ sm.GLM(ends, design, family=sm.families.Binomial()).fit().params
        return float((ends[:, 0] * eta - np.array(rows) * np.logaddexp(0, eta)).sum())

    best = max(log_likelihood(tried) for tried in product(range(1, 6), range(-5, 0), range(1, 6)))
    assert log_likelihood(tuple(points)) > best - 1  # of about 12,000
    assert points[0] > -points[1] > points[2] > 0


def test_a_line_that_helps_only_against_its_plain_direction_is_not_taken():
    # b is more often won (0.5 to 0.4) only because it goes with a; given a it speaks against the deal
    cells = [(0, 0, 400, 240), (0, 1, 100, 90), (1, 0, 100, 10), (1, 1, 400, 140)]
    a = np.concatenate([np.full(n, x) for x, _, n, _ in cells])
    b = np.concatenate([np.full(n, y) for _, y, n, _ in cells])
    won = np.concatenate([np.arange(n) < w for *_, n, w in cells])
    order = np.random.default_rng(0).permutation(len(won))
    table, won, part = (flag("a", a[order]), flag("b", b[order])), won[order], np.arange(1000) % 5
    assert won[b[order] == 0].mean() > won[b[order] == 1].mean()
    rubric = best_rubric(table, won, part)
    direction = Directions(table, won, part)
    assert rubric.lines
    assert all(direction(x) == np.sign(p) for x, p in zip(rubric.lines, rubric.points, strict=True))
    assert {line.place for line in rubric.lines} == {0}


@pytest.mark.parametrize("seed", range(3))
def test_bands_of_one_attribute_lie_side_by_side(seed):
    rng = np.random.default_rng(seed)
    code = rng.integers(0, 9, 4000)
    won = rng.random(4000) < np.array([0.1, 0.1, 0.3, 0.3, 0.5, 0.5, 0.7, 0.7, 0.7])[code]
    rubric = best_rubric((bands(code, 9),), won, np.arange(4000) % 5)
    parts = [part for line in rubric.lines for part in line.parts]
    assert len(rubric.lines) == 2
    assert len(parts) == len(set(parts))
