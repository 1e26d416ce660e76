"""Which rows of two tables are the same company: by id, then by internet domain, then by name."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from idealfit.profile.legal_forms import without_forms

if TYPE_CHECKING:
    from collections.abc import Callable

    import numpy.typing as npt

    from idealfit.learn.cells import Cells


def normalised_name(name: str) -> str:
    """Return a company's name without case, accents, punctuation and legal form; '' if nothing is left.

    >>> normalised_name("Müller & Söhne GmbH"), normalised_name("ACME, Inc."), normalised_name("Co")
    ('muller sohne', 'acme', 'co')
    """
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    words = re.sub(r"[^\w\s]|_", " ", plain.replace("'", "").replace(".", "")).split()
    return " ".join(without_forms(words))


def normalised_domain(domain: str) -> str:
    """Return the host of a domain, web address or e-mail address in lower case, without 'www.'.

    >>> normalised_domain("https://www.Acme.com/about?x=1"), normalised_domain("ann@acme.com")
    ('acme.com', 'acme.com')
    """
    host = re.sub(r"^[a-z][a-z0-9+.-]*://", "", domain.strip().casefold()).split("/")[0].split("?")[0].split("@")[-1]
    return re.sub(r"^www\.", "", host).split(":")[0].strip(".")


_NORMALISED: dict[str, Callable[[str], str]] = {
    "account_id": str.strip,
    "domain": normalised_domain,
    "name": normalised_name,
}
_PAIRS = (
    ("account_id", "account_id"),
    ("domain", "domain"),
    ("name", "name"),
    ("account_id", "name"),
    ("name", "account_id"),
)


@dataclass(frozen=True)
class Matches:
    """`row_company`: for each row of the first table the company code of the second, or -1.

    `other_company` has the code of each row of the second table, `by` how many rows each key matched, and `ambiguous`
    how many rows were left unmatched because two companies of the second table answer to the same domain or name.
    """

    row_company: npt.NDArray[np.int64]
    other_company: npt.NDArray[np.int64]
    by: dict[str, int]
    ambiguous: int


def companies(cells: Cells) -> npt.NDArray[np.int64]:
    """Return one code per company, 0, 1 ... in order of appearance; a row without any key is a company of its own."""
    codes: dict[tuple[str, str], int] = {}
    keys = [(key, cells.words(key)) for key in _NORMALISED if cells.heading(key) is not None]
    out = np.empty(cells.n, dtype=np.int64)
    for i in range(cells.n):
        found = next(
            ((k, v) for k, words in keys if words[i] is not None and (v := _NORMALISED[k](words[i]))), ("row", str(i))
        )
        out[i] = codes.setdefault(found, len(codes))
    return out


def matches(rows: Cells, other: Cells) -> Matches:
    """Return which company of `other` each row of `rows` belongs to; the first key that matches wins."""
    other_company = companies(other)
    found = np.full(rows.n, -1, dtype=np.int64)
    doubtful = np.zeros(rows.n, dtype=bool)
    by: dict[str, int] = {}
    for left, right in _PAIRS:
        if rows.heading(left) is None or other.heading(right) is None:
            continue
        normalise = _NORMALISED[left if left == right else "name"]
        lookup: dict[str, int] = {}
        for word, code in zip(other.words(right), other_company.tolist(), strict=True):
            if word is not None and (key := normalise(word)):
                lookup[key] = code if lookup.get(key, code) == code else -2
        todo = np.flatnonzero(found < 0)
        words = rows.words(left)
        codes = np.array([lookup.get(normalise(w), -1) if w is not None else -1 for w in words[todo]], dtype=np.int64)
        found[todo] = np.maximum(codes, -1)
        doubtful[todo] |= codes == -2
        if hits := int(np.sum(codes >= 0)):
            label = left if left == right else f"{left} = {right}"
            by[label.replace("_", " ")] = hits
    return Matches(found, other_company, by, int(np.sum(doubtful & (found < 0))))


def row_of_company(rows: Cells, other: Cells) -> npt.NDArray[np.int64]:
    """Return for each row of `rows` the first row of `other` that is the same company, or -1."""
    found = matches(rows, other)
    codes, first = np.unique(found.other_company, return_index=True)
    row = np.full(int(codes.max(initial=-1)) + 2, -1, dtype=np.int64)
    row[codes] = first
    return row[found.row_company]


def newest_known_by(
    company: npt.NDArray[np.int64],
    day: npt.NDArray[np.datetime64],
    row_company: npt.NDArray[np.int64],
    known_on: npt.NDArray[np.datetime64] | None,
) -> npt.NDArray[np.int64]:
    """Return for each (company, day) the newest row known on or before that day, or -1 (nothing was known).

    Among rows known on the same day the later one in the table wins; rows without a day of knowledge never count.
    Without `known_on` the first row of the company is taken, whatever the day.

    >>> day = np.array(["2024-05-01", "2023-01-01"], dtype="datetime64[D]")
    >>> known = np.array(["2023-06-01", "2024-04-01", "2024-06-01"], dtype="datetime64[D]")
    >>> newest_known_by(np.array([7, 7]), day, np.array([7, 7, 7]), known).tolist()
    [1, -1]
    """
    if known_on is None:
        codes, first = np.unique(row_company, return_index=True)
        at = np.minimum(np.searchsorted(codes, company), max(len(codes) - 1, 0))
        return (
            np.where((company >= 0) & (codes[at] == company), first[at], -1)
            if len(codes)
            else np.full(len(company), -1)
        )
    dated = np.flatnonzero(~np.isnat(known_on))
    if not len(dated):
        return np.full(len(company), -1)
    keys = _company_day(row_company[dated], known_on[dated])
    order = np.argsort(keys, kind="stable")
    askable = (company >= 0) & ~np.isnat(day)
    asked = _company_day(np.where(askable, company, 0), np.where(askable, day, np.datetime64(0, "D")))
    at = np.searchsorted(keys[order], asked, side="right") - 1
    row = dated[order[np.maximum(at, 0)]]
    return np.where(askable & (at >= 0) & (row_company[row] == company), row, -1)


def _company_day(company: npt.NDArray[np.int64], day: npt.NDArray[np.datetime64]) -> npt.NDArray[np.int64]:
    """Return one sortable integer per company and day."""
    return company * np.int64(2**32) + day.astype("datetime64[D]").astype(np.int64) + np.int64(2**31)
