"""Wins and losses of about the same time, side by side: a comparison within pairs owes nothing to good or bad times."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

import numpy as np

if TYPE_CHECKING:
    import numpy.typing as npt

Rows: TypeAlias = "npt.NDArray[np.int64]"


def pairs_of(won: npt.ArrayLike, account: npt.ArrayLike) -> tuple[Rows, Rows]:
    """Return the rows of wins and, one for each, of losses; `won` stands in the order in which deals were opened.

    A deal goes with the latest one of the other outcome that still waits for a partner, or waits. A company stands in
    one pair at most, so pairs are independent of each other. Within a pair, whatever has nothing to do with winning is
    as often on the one side as on the other (a matched case-control study with one control each: Breslow and Day,
    Statistical Methods in Cancer Research 1, 1980, chapter 7).

    >>> wins, losses = pairs_of([True, False, False, True], [1, 2, 3, 4])
    >>> wins.tolist(), losses.tolist()
    ([0, 3], [1, 2])
    """
    waiting: dict[bool, list[int]] = {True: [], False: []}
    used: set[int] = set()
    found: list[tuple[int, int]] = []
    company = np.asarray(account, dtype=np.int64).tolist()
    for row, outcome in enumerate(np.asarray(won, dtype=bool).tolist()):
        if company[row] in used:
            continue
        partners = waiting[not outcome]
        while partners and company[partners[-1]] in used:
            partners.pop()
        if partners and company[partners[-1]] != company[row]:
            other = partners.pop()
            used |= {company[row], company[other]}
            found.append((row, other) if outcome else (other, row))
        else:
            waiting[outcome].append(row)
    both = np.array(found, dtype=np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
