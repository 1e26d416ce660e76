"""What all attributes tell together: the model that the rubric is a short version of.

Every cell of every attribute has an effect on the log odds, and the effects of one attribute are drawn from a normal
distribution whose spread is estimated from the data. An attribute that tells nothing gets a spread near zero and drops
out; one of fifty values, each too rare to be judged alone, still tells what it can. Nothing is searched for and no cut
is chosen, so there is nothing to pay for. It is a logistic model with random effects, fitted by penalised
quasi-likelihood (Breslow & Clayton 1993), the spreads by MacKay's fixed point for the evidence (1992). Effects of
neighbouring bands of a number or date differ by a normal step (a random walk), so a trend is told as one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from idealfit.learn.encoding import Cells, Encoded
from idealfit.learn.fitting import sigmoid

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]
    Ints = npt.NDArray[np.int64]

MOST_SWEEPS = 40
FEWEST_SWEEPS = 8
STILL = 2e-3  # log odds; a sweep that moves no effect by more ends the fit
FIRST_SPREAD = 0.1
LEAST_SPREAD, MOST_SPREAD = 1e-4, 10.0  # variances of effects, in log odds squared
LONGEST_STEP = 2.0
NOTHING_TOLD = 0.015  # a spread at which an attribute moves no win rate by half a point


@dataclass(frozen=True)
class Reference:
    """The fitted model.

    `effects` holds for each attribute the log odds of its cells (of its items), zero on average over known rows;
    `spread` the standard deviation they were drawn with. `log_odds` is the sum for each row, without what merely moved
    with time; an unknown adds nothing.
    """

    effects: tuple[Floats, ...]
    spread: tuple[float, ...]
    log_odds: Floats


def reference_model(
    encoded: tuple[Encoded, ...],
    won: npt.NDArray[np.bool_],
    part: Ints,
    told: Callable[[float], None] = lambda share: None,
) -> Reference:
    """Return the model of `won` on all attributes; `part` numbers the spans of time, each with a base of its own.

    The bases of spans are random effects too: what could be the time as well as an attribute is shared between them
    in proportion to how much each varies elsewhere.

    >>> from idealfit.learn.history import Attribute
    >>> codes = np.array([0, 1] * 200, dtype=np.int32)
    >>> flag = Cells(Attribute("flag", "boolean", "firmographic"), codes, values=("yes", "no"))
    >>> won = np.arange(400) % 10 < np.where(codes == 0, 6, 2)
    >>> reference_model((flag,), won, np.zeros(400, dtype=np.int64)).effects[0].round(1)
    array([ 0.9, -0.9,  0. ])
    """
    outcome = won.astype(np.float64)
    spans = _Bands(part, int(part.max()) + 1, _independent(int(part.max()) + 1))
    attributes = [_block(source) for source in encoded]
    blocks = [*([spans] if spans.size > 1 else []), *attributes]
    base = float(np.log((outcome.mean() + 1e-9) / (1 - outcome.mean() + 1e-9)))
    log_odds = np.full(len(won), base)
    for sweep in range(MOST_SWEEPS):
        p = sigmoid(log_odds)
        variance = p * (1 - p)
        residual = outcome - p
        step = residual.sum() / max(variance.sum(), 1e-9)
        log_odds, residual, moved = log_odds + step, residual - variance * step, 0.0
        for block in blocks:
            before = block.rows()
            moved = max(moved, block.improve(block.sums(residual), block.curvature(variance), sweep > 1))
            change = block.rows() - before
            log_odds, residual = log_odds + change, residual - variance * change
        told((sweep + 1) / MOST_SWEEPS)
        if sweep >= FEWEST_SWEEPS and moved < STILL:
            break
    if spans.size > 1:
        log_odds = log_odds - spans.rows()
    return Reference(
        tuple(block.effects for block in attributes),
        tuple(float(np.sqrt(block.variance)) for block in attributes),
        log_odds,
    )


class _Block:
    """The effects of one attribute: their prior precision up to a factor (`prior`), their variance, their values."""

    def __init__(self, size: int, prior: Floats) -> None:
        self.size, self.prior = size, prior
        self.effects, self.variance = np.zeros(size), FIRST_SPREAD
        self._rank = int(np.linalg.matrix_rank(prior, tol=1e-2))

    def improve(self, gradient: Floats, curvature: Floats, with_variance: bool) -> float:
        """Move the effects by one penalised Newton step, then their variance; return the largest move."""
        precision = self.prior / self.variance
        covariance = np.linalg.inv(curvature + precision)
        step = covariance @ (gradient - precision @ self.effects)
        longest = float(np.abs(step).max(initial=0.0))
        self.effects = self.centred(self.effects + step * min(1.0, LONGEST_STEP / max(longest, 1e-9)))
        if with_variance:
            free = self._rank - float(np.trace(covariance @ precision))  # how many effects the data determine
            explained = float(self.effects @ self.prior @ self.effects)
            self.variance = float(np.clip(explained / max(free, 1e-3), LEAST_SPREAD, MOST_SPREAD))
        return longest

    def centred(self, effects: Floats) -> Floats:
        return effects

    def rows(self) -> Floats:
        raise NotImplementedError

    def sums(self, weights: Floats) -> Floats:
        raise NotImplementedError

    def curvature(self, variance: Floats) -> Floats:
        raise NotImplementedError


class _Bands(_Block):
    """An attribute each row has one cell of; `codes` number the cells, and the unknown rows come last."""

    def __init__(self, codes: Ints, size: int, prior: Floats) -> None:
        super().__init__(size, prior)
        self._codes = codes
        self._n = np.bincount(codes, minlength=size + 1)[:size]

    def centred(self, effects: Floats) -> Floats:
        return np.asarray(effects - effects @ self._n / self._n.sum())

    def rows(self) -> Floats:
        return np.append(self.effects, 0.0)[self._codes]

    def sums(self, weights: Floats) -> Floats:
        return np.asarray(np.bincount(self._codes, weights=weights, minlength=self.size + 1)[: self.size])

    def curvature(self, variance: Floats) -> Floats:
        return np.diag(self.sums(variance))


class _Held(_Block):
    """A list or text: each row holds any number of its items."""

    def __init__(self, holds: sparse.csr_matrix) -> None:
        super().__init__(holds.shape[1], _independent(holds.shape[1]))
        self._holds, self._by_item = holds, holds.T.tocsr()

    def rows(self) -> Floats:
        return np.asarray(self._holds @ self.effects)

    def sums(self, weights: Floats) -> Floats:
        return np.asarray(self._by_item @ weights)

    def curvature(self, variance: Floats) -> Floats:
        return np.asarray((self._by_item @ sparse.diags(variance) @ self._holds).todense())


def _block(source: Encoded) -> _Block:
    if not isinstance(source, Cells):
        return _Held(source.holds)
    codes = np.where(source.codes < 0, source.size, source.codes).astype(np.int64)
    return _Bands(codes, source.size, _random_walk(source.size) if source.ordered else _independent(source.size))


def _independent(size: int) -> Floats:
    return np.eye(size)


def _random_walk(size: int) -> Floats:
    """Return the precision of a random walk over neighbouring cells, with a hair of it for the level."""
    steps = np.diff(np.eye(size), axis=0)
    return np.asarray(steps.T @ steps + 1e-3 * np.eye(size))
