"""Which deals and companies of a history a name means: a deal's id, a company's id, domain or name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from idealfit.learn.company_keys import normalised_domain, normalised_name

if TYPE_CHECKING:
    import numpy.typing as npt

    from idealfit.learn.history import History

NOBODY = -1
_NORMAL = (("account_id", str.casefold), ("domain", normalised_domain), ("name", normalised_name))


class Belonging:
    """Finds the rows of a history that a deal or a company is; a name that two companies share is nobody's."""

    def __init__(self, past: History) -> None:
        self._past = past
        self._by_deal = {str(i).strip().casefold(): row for row, i in enumerate(past.ids) if i is not None}
        self._by_name: dict[str, int] = {}
        self._decided: dict[int, np.datetime64] = {}
        for row, (account, day) in enumerate(zip(past.account.tolist(), past.closed, strict=True)):
            for role, normal in _NORMAL:
                cell = past.roles[role].iloc[row] if role in past.roles else None
                if isinstance(cell, str) and (key := normal(cell.strip())):
                    self._by_name[key] = account if self._by_name.get(key, account) == account else NOBODY
            if not np.isnat(day) and (account not in self._decided or day > self._decided[account]):
                self._decided[account] = day

    def deal(self, deal: str) -> int:
        """Return the row of a deal, by its id, or -1."""
        return self._by_deal.get(deal.strip().casefold(), NOBODY) if deal else NOBODY

    def company(self, deal: str, company: str) -> tuple[int, np.datetime64]:
        """Return the code of the company and the day on which its deal (else its last one) was decided; -1 if none."""
        row = self.deal(deal)
        if row >= 0:
            return int(self._past.account[row]), self._past.closed[row]
        key = company.strip()
        names = (key.casefold(), normalised_domain(key), normalised_name(key)) if key else ()
        code = next((self._by_name[name] for name in names if self._by_name.get(name, NOBODY) >= 0), NOBODY)
        return code, self._decided.get(code, np.datetime64("NaT", "D"))

    def rows(self, deal: str, company: str) -> npt.NDArray[np.int64]:
        """Return the rows of a deal, or else of all deals of the company."""
        row = self.deal(deal)
        if row >= 0:
            return np.array([row], dtype=np.int64)
        code, _ = self.company("", company)
        return np.flatnonzero(self._past.account == code) if code >= 0 else np.zeros(0, dtype=np.int64)
