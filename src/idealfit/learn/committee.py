"""Who takes part on the customer's side: roles seen in won deals against lost. People: nothing here is scored."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from idealfit.learn.encoding import Items
from idealfit.learn.evidence import Z95, deals_needed, ratio
from idealfit.learn.history import Attribute
from idealfit.learn.patterns import ERROR_RATE, RELEVANT_DIFFERENCE, SUGGESTIVE_RATE, benjamini_hochberg
from idealfit.learn.permutation import item_p_by_deal
from idealfit.profile.document import Role, Seen
from idealfit.profile.vocabulary import vocabulary
from idealfit.tables import RowCount

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.profile.document import Estimate, Verdict

FEWEST_DEALS = 3
MOST_ROLES = 12
BANDS = 4

_NOISE = re.compile(
    r"\b(?:senior|sr|junior|jr|interim|acting|global|regional|group|emea|apac|na|us|uk|deputy|co-?)\b\.?", re.IGNORECASE
)
_SAME = (
    (re.compile(r"\b(?:vice[- ]president|v\.p\.|svp|evp|avp|vp)(?:,| of| for|,? -)?\s*", re.IGNORECASE), "VP "),
    (re.compile(r"\b(?:head|chief|leader)(?:,| of| for)\s+", re.IGNORECASE), "Head of "),
    (re.compile(r"\bdirector(?:,| of| for)\s+", re.IGNORECASE), "Director of "),
)


def plain_role(title: str) -> str:
    """Return a title as it is counted: seniority and spelling apart, known ones by one name.

    >>> [plain_role(t) for t in ("Sr. Vice President of Sales", "vp sales", "Chief Revenue Officer", "Legal Counsel")]
    ['VP Sales', 'VP Sales', 'CRO', 'Legal counsel']
    """
    known = vocabulary().roles
    said = " ".join(_NOISE.sub(" ", title.replace(",", ", ")).split())
    for pattern, plain in _SAME[:1]:
        said = pattern.sub(plain, said)
    found = known.pattern.fullmatch(said) or known.pattern.fullmatch(said.replace("VP ", "VP of "))
    if found:
        return known.of(found[0])[0]
    for pattern, plain in _SAME[1:]:
        said = pattern.sub(plain, said)
    words = said.strip(" -,/").split()
    short = [w if w.isupper() and len(w) <= 5 else w.lower() if n else w.capitalize() for n, w in enumerate(words)]
    return " ".join(short)


def committee(past: History, people: Sequence[tuple[int, str]]) -> tuple[tuple[Role, ...], tuple[RowCount, ...]]:
    """Return the roles seen in won deals against lost, the ones that most won deals have first; and what was counted.

    `people` are (row of the history, title). Deals with as many people known are held against each other, for a deal
    that went far has more of everybody: a role that is all that makes more people known cannot be told from that.
    p is exact given the numbers, q is Benjamini and Hochberg's over roles.
    """
    roles: dict[int, set[str]] = defaultdict(set)
    known: dict[int, int] = defaultdict(int)
    for row, title in people:
        if name := plain_role(title):
            roles[row].add(name)
            known[row] += 1
    rows = np.array(sorted(roles), dtype=np.int64)
    won = past.won[rows]
    counted = (RowCount("deals whose people are known", len(past.won), len(rows), "of the others nobody is known"),)
    if not roles:
        return (), counted
    names = sorted({name for own in roles.values() for name in own})
    there = [[name in roles[row] for name in names] for row in rows.tolist()]
    held = np.array(there, dtype=float).reshape(-1, len(names))
    frequent = [i for i in range(len(names)) if held[:, i].sum() >= FEWEST_DEALS]
    if not frequent:
        return (), counted
    held, names = held[:, frequent], [names[i] for i in frequent]
    both = bool(won.any() and (~won).any())
    size = np.minimum([known[row] for row in rows.tolist()], BANDS)
    p = _p(held, won, np.unique(size, return_inverse=True)[1].astype(np.int64)) if both else np.ones(len(names))
    q = benjamini_hochberg(p)
    n_won, n_lost = int(won.sum()), int((~won).sum())
    found = []
    for i, name in enumerate(names):
        in_won, in_lost = int(held[won, i].sum()), int(held[~won, i].sum())
        apart = ratio(in_won, n_won, in_lost, n_lost) if both else None
        found.append(
            Role(
                role=name,
                verdict=_verdict(float(q[i]), apart, (in_won + in_lost) / len(rows), n_won / len(rows), len(rows)),
                won=Seen(seen=in_won, n=n_won),
                lost=Seen(seen=in_lost, n=n_lost) if n_lost else None,
                ratio=apart,
                q=float(q[i]) if both else None,
            )
        )
    return tuple(sorted(found, key=_rank)[:MOST_ROLES]), counted


def _p(
    held: npt.NDArray[np.float64], won: npt.NDArray[np.bool_], stratum: npt.NDArray[np.int64]
) -> npt.NDArray[np.float64]:
    """Return the chance of such a split of each role, among deals with as many people known."""
    everywhere, names = np.ones(len(won), dtype=bool), ("",) * held.shape[1]
    items = Items(Attribute("committee", "list", "operational"), names, sparse.csr_matrix(held), everywhere)
    return item_p_by_deal(items, won, stratum, int(stratum.max()) + 1)


def _rank(role: Role) -> tuple[bool, int, str]:
    return role.verdict not in ("supported", "suggestive"), -(role.won.seen if role.won else 0), role.role


def _verdict(q: float, apart: Estimate | None, inside: float, base: float, n: int) -> Verdict:
    if apart is None:
        return "too little data"
    clear = apart.low is not None and apart.high is not None and (apart.low > 1 or apart.high < 1)
    if q <= ERROR_RATE and clear:
        return "supported"
    if q <= SUGGESTIVE_RATE:
        return "suggestive"
    relevant = min(RELEVANT_DIFFERENCE, base / 3, (1 - base) / 3)
    return "too little data" if deals_needed(relevant, base, inside, Z95) > n else "not supported"
