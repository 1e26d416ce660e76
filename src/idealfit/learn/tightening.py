"""A person's range held against the data: you say 50 to 200, wins peak at 75 to 150."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.encoding import Cells, encoded
from idealfit.learn.history import rows_of
from idealfit.learn.meeting import YES, meeting
from idealfit.learn.patterns import Scan
from idealfit.learn.periods import is_dated, periods
from idealfit.learn.sentences import percent
from idealfit.profile.document import Finding
from idealfit.profile.keeping import persons_line
from idealfit.profile.wording import phrase

if TYPE_CHECKING:
    from idealfit.learn.history import History
    from idealfit.profile.document import Criterion, Profile

RANGES = ("between", "at_least", "below")
FEWEST = 40
"""Fewer deals inside a person's range are not searched for a narrower one."""


def tightened(previous: Profile, past: History, *, seed: int = 0) -> tuple[Finding, ...]:
    """Return for each range that a person wrote into `previous` where inside it wins are more frequent, if they are.

    Only deals inside the range are looked at; the search for the narrower one is paid for as always (`patterns`), and
    what is not supported is not told.
    """
    ranges = [
        line for line in previous.criteria if persons_line(line) and line.test.condition in RANGES and line.points > 0
    ]
    return tuple(found for line in ranges if (found := _narrower(line, past, seed)) is not None)


def _narrower(line: Criterion, past: History, seed: int) -> Finding | None:
    inside = meeting(past.facts, line.attribute, line.test) == YES
    attribute = next((a for a in past.attributes if a.name == line.attribute and a.kind == "number"), None)
    won = past.won[inside]
    if attribute is None or inside.sum() < FEWEST or not 0 < won.sum() < len(won):
        return None
    rows = rows_of(past, inside)
    table = encoded(rows.facts, [attribute], max(5, len(won) // 20))
    if not table or not isinstance(table[0], Cells):
        return None
    parts = periods(rows, seed=seed)
    account = np.unique(rows.account, return_inverse=True)[1].astype(np.int64)
    scan = Scan(
        table,
        won,
        parts,
        account,
        rng=np.random.default_rng(seed),
        against_market=past.mode != "won and lost deals",
        in_time=is_dated(rows),
    )
    best = scan.patterns[0].line
    evidence = scan.evidence(best)
    if evidence.verdict != "supported" or evidence.difference is None or not evidence.inside or not evidence.outside:
        return None
    test = best.test(table)
    inner, outer = evidence.inside, evidence.outside
    peak = "wins peak at" if evidence.difference.value > 0 else "wins are fewest at"
    statement = (
        f"You say {phrase(line.attribute, line.test)}; inside it {peak} {phrase(line.attribute, test)}: "
        f"{percent(inner.rate)} of {inner.n:,} won, {percent(outer.rate)} of the other {outer.n:,}."
    )
    return Finding(attribute=line.attribute, layer=line.layer, statement=statement, test=test, evidence=evidence)
