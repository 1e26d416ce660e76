"""Which account is this? An index in memory that answers for one company or lead at a time, with the reason."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from idealfit.match.companies import Company, Traits, keys_of, traits
from idealfit.match.verdicts import Evidence, Verdict, doubted, evidence, verdict, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["AccountIndex", "Candidate", "Company", "Match"]

MOST_ALIKE = 50
"""A key that more accounts share says nothing about any of them: a chain's domain, the commonest names."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An account that could be it: the decision on it alone, how sure that is, and why."""

    account_id: str
    decision: str
    confidence: float
    reason: str


@dataclass(frozen=True, slots=True)
class Match:
    """The answer to "which account is this?".

    `account_id` is None where there is none, or where a person has to say which (`decision` ``ask``, and `candidates`
    has them, the likeliest first). `confidence` is 0 where there is none.
    """

    account_id: str | None
    decision: Literal["same", "ask", "none"]
    reason: str
    confidence: float
    candidates: tuple[Candidate, ...] = ()


class AccountIndex:
    """Accounts, to be asked which of them a company or a lead is.

    >>> index = AccountIndex([Company("A1", "Acme Robotics GmbH", "acme.de"), Company("B2", "Bolt", "bolt.example")])
    >>> index.match(Company("lead 9", domain="ann@mail.acme.de", is_person=True))  # doctest: +ELLIPSIS
    Match(account_id='A1', decision='same', reason='same domain', confidence=0.97, candidates=(...))
    >>> index.match(Company("lead 8", "ACME Robotics", "ann@gmail.com")).decision
    'ask'
    >>> index.match(Company("lead 7", "Nobody at all")).decision
    'none'
    """

    def __init__(self, accounts: Iterable[Company] = ()) -> None:
        self._accounts: list[Traits] = []
        self._rows: dict[int, list[int]] = {}
        for account in accounts:
            self.add(account)

    def __len__(self) -> int:
        """Return how many accounts there are."""
        return len(self._accounts)

    def add(self, account: Company) -> None:
        """Take an account in."""
        known = traits(account)
        row = len(self._accounts)
        self._accounts.append(known)
        for key in keys_of(known):
            rows = self._rows.setdefault(hash(key), [])
            if len(rows) <= MOST_ALIKE and (not rows or rows[-1] != row):
                rows.append(row)

    def match(self, company: Company) -> Match:
        """Return which account a company or lead is, with the reason, and what else it could be."""
        asked = traits(company)
        rows = {
            row for key in keys_of(asked) if len(found := self._rows.get(hash(key), ())) <= MOST_ALIKE for row in found
        }
        judged = judgements(asked, [self._accounts[row] for row in sorted(rows)])
        candidates = tuple(
            Candidate(other.id, said.decision, said.confidence, said.reason)
            for other, said in judged
            if said.decision != "different"
        )
        if not candidates:
            return Match(None, "none", "no account shares a domain, a register number, or a name and a place", 0.0)
        best = candidates[0]
        alone = best.decision == "same" and sum(c.decision == "same" for c in candidates) == 1
        return Match(
            best.account_id if alone else None, "same" if alone else "ask", best.reason, best.confidence, candidates
        )


def judgements(asked: Traits, others: Sequence[Traits]) -> list[tuple[Traits, Verdict]]:
    """Return the verdict on each of the others that is worth a word, the best first; at most one company is the same.

    Where several answer, the one that agrees on more is taken; where they agree on as much, all become questions,
    unless they are one company themselves, or one of them is the parent of the rest.
    """
    found: list[tuple[Verdict, tuple[bool, ...], Evidence, Traits]] = []
    for other in others:
        seen = evidence(asked, other)
        said = verdict(seen)
        if said is not None and said.confidence > 0:
            found.append((said, weight(seen), seen, other))
    found.sort(key=lambda one: (one[0].decision == "same", one[0].confidence, one[1]), reverse=True)
    same = [one for one in found if one[0].decision == "same"]
    rest = [(other, said) for said, _, _, other in found[len(same) :]]
    return [*_one_of(same), *rest]


def _one_of(same: list[tuple[Verdict, tuple[bool, ...], Evidence, Traits]]) -> list[tuple[Traits, Verdict]]:
    """Return the verdicts of "the same", with all but one company in doubt."""
    if len(same) < 2:
        return [(other, said) for said, _, _, other in same]
    top = [one for one in same if (one[0].confidence, one[1]) == (same[0][0].confidence, same[0][1])]
    parent = next((one for one in top if all(one is o or _belongs(o[3], one[3]) for o in top)), None)
    winner = top[0] if len(top) == 1 else parent
    if winner is None:
        why = f"{len(top)} answer equally well"
        return [(other, doubted(said, why if (said, w) == (top[0][0], top[0][1]) else "another answers better"))
                for said, w, _, other in same]  # fmt: skip
    why = "another answers better" if winner is not parent or len(top) == 1 else "its parent answers as well"
    chosen = [(winner[3], winner[0])]
    return chosen + [(other, doubted(said, why)) for said, _, _, other in same if other is not winner[3]]


def _belongs(one: Traits, owner: Traits) -> bool:
    return bool(one.parents) and (owner.id in one.parents or not one.parents.isdisjoint({*owner.names, *owner.domains}))
