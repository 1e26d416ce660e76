"""Which account is this? An index in memory that answers for one company or lead at a time, with the reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from operator import attrgetter
from typing import TYPE_CHECKING, Literal

from idealfit.match.companies import Company, Traits, keys_of, traits
from idealfit.match.verdicts import Verdict, doubted, evidence, owned, verdict, weight

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["AccountIndex", "Candidate", "Company", "Match"]

Several = Literal["no", "twins", "all"]

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


def judgements(asked: Traits, others: Sequence[Traits], *, several: Several = "no") -> list[tuple[Traits, Verdict]]:
    """Return the verdict on each of the others that is worth a word, the best first.

    At most one of them is the company that is asked about. Where several answer, the one that agrees on more is taken;
    where they agree on as much, all become questions, unless one of them is the parent of the rest. `several` ``twins``
    lets rows stand that are one company themselves, ``all`` all of them.
    """
    found: list[Judged] = []
    for other in others:
        seen = evidence(asked, other)
        said = verdict(seen)
        if said is not None and said.confidence > 0:
            found.append(Judged(other, said, (said.decision == "same", said.confidence, *weight(seen))))
    found.sort(key=attrgetter("rank"), reverse=True)
    same = [one for one in found if one.said.decision == "same"]
    if len(same) > 1 and several != "all":
        found[: len(same)] = _one_of(same, twins=several == "twins")
    return [(one.other, one.said) for one in found]


@dataclass(frozen=True, slots=True)
class Judged:
    """An account with the verdict on it, and what puts it before others."""

    other: Traits
    said: Verdict
    rank: tuple[float, ...]


def _one_of(same: list[Judged], *, twins: bool) -> list[Judged]:
    """Return the accounts with all but one company among them in doubt."""
    best = [one for one in same if one.rank == same[0].rank]
    owner = next((one for one in best if all(o is one or owned(o.other, one.other) for o in best)), None)
    if owner is None and not (twins and _one_company(best)):
        why = f"{len(best)} answer equally well"
        return [replace(o, said=doubted(o.said, why if o in best else "another answers better")) for o in same]
    chosen = [owner or best[0]]
    if twins:
        chosen += [o for o in same if o is not chosen[0] and _one_company([chosen[0], o])]
    why = "its parent answers as well" if len(best) > 1 and owner else "another answers better"
    return [o if o in chosen else replace(o, said=doubted(o.said, why)) for o in same]


def _one_company(some: Sequence[Judged]) -> bool:
    """Return whether each of some accounts is the same company as the first."""
    verdicts = (verdict(evidence(some[0].other, one.other)) for one in some[1:])
    return all(said is not None and said.decision == "same" for said in verdicts)
