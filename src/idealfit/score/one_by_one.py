"""Scores of companies that come one at a time: each vector of answers is worked out once, by the engine, and kept."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, Any

import ibis
import pyarrow as pa

from idealfit.engine import connect
from idealfit.score.answers import LISTED_TESTS, NO, UNKNOWN, YES, answer_name, tests_of
from idealfit.score.fit import with_fit, with_tier, with_totals, with_win_rate
from idealfit.score.reasons import with_enrich_next, with_reasons

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from idealfit.profile.document import Profile

GIVEN = ("fit", "fit_low", "fit_high", "tier", "win_rate", "reasons", "against", "enrich_next")


class OneByOne:
    """A profile, to be asked what a vector of answers (one per test: yes, no or None for unknown) comes to.

    With up to eight tests all vectors are worked out at once, so that no later answer waits for the engine.
    """

    def __init__(self, profile: Profile) -> None:
        self.tests = tests_of(profile)
        self._profile = profile
        self._engine = connect()
        self._known: dict[tuple[int, ...], dict[str, Any]] = {}
        if 0 < len(self.tests) <= LISTED_TESTS:
            self._work_out(product((NO, YES, UNKNOWN), repeat=len(self.tests)))

    def score(self, answers: Sequence[bool | None]) -> dict[str, Any]:
        """Return fit, tier, win rate and the reasons of a company with these answers."""
        vector = tuple(UNKNOWN if answer is None else int(answer) for answer in answers)
        if vector not in self._known:
            self._work_out([vector])
        return self._known[vector]

    def _work_out(self, vectors: Iterable[tuple[int, ...]]) -> None:
        rows = list(vectors)
        columns = {answer_name(k): pa.array([row[k] for row in rows], pa.int8()) for k in range(len(self.tests))}
        table = ibis.memtable(pa.table({"id": pa.array(range(len(rows))), **columns}))
        for step in (with_totals, with_fit, with_tier, with_win_rate, with_reasons, with_enrich_next):
            table = step(self._profile, table)
        found = self._engine.to_pyarrow(table.select("id", *GIVEN).order_by("id")).to_pylist()
        for row, said in zip(rows, found, strict=True):
            self._known[row] = {name: said[name] for name in GIVEN}
