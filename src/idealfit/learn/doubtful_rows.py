"""Rows that are no evidence: test records, leads nobody worked, and the same deal twice."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.learn.suspicion import Suspicion, percent

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    import numpy.typing as npt

    from idealfit.learn.history import History

_TEST_NAME = re.compile(
    r"\s*(test|tests|testing|dummy|demo|fake|sample(?!\s*\d))"
    r"([\s_-]*(account|company|co|corp|inc|ltd|deal|lead|record|opportunity|customer|client|org))?[\s_#-]*\d*\s*"
    r"|(asdf|qwert)\w*.*|.*\b(do not use|please delete|test account|test record|dummy account)\b.*"
    r"|x{3,}|lorem ipsum.*|foo ?bar",
    re.IGNORECASE,
)
_TEST_DOMAIN = re.compile(
    r"(.*[.@])?(example\.(com|org|net)|test\.(com|org)|localhost|mailinator\.com|[^.]+\.(test|example|invalid))", re.I
)
REMOVED = "Taken out."


def doubtful_rows(
    past: History, own_domains: Collection[str] = ()
) -> Iterator[tuple[Suspicion, npt.NDArray[np.bool_]]]:
    """Yield each suspicion about rows with the rows it is about; certain ones are to be taken out, in this order."""
    yield from _test_records(past, own_domains)
    yield from _same_deal_twice(past)
    if past.mode == "won and lost deals":
        yield from _never_worked(past)
        yield from _closed_in_bulk(past)


def identical_inputs(past: History) -> npt.NDArray[np.int64]:
    """Return one code per row; rows with the same facts throughout have the same code.

    Cross-validation keeps rows of one code together: a copy on the other side of a split would flatter the result.

    >>> from idealfit.learn.history import History
    >>> day, none = np.array(["2024-01-01"] * 3, "datetime64[D]"), np.full(3, np.nan)
    >>> facts = pd.DataFrame({"Size": [1.0, 2.0, 1.0]})
    >>> past = History(facts, (), none > 0, np.arange(3), day, day, none, np.array(["a", "b", "c"], object))
    >>> identical_inputs(past).tolist()
    [0, 1, 0]
    """
    codes = np.zeros(len(past.won), dtype=np.int64)
    for name in past.facts:
        values = pd.factorize(past.facts[name])[0].astype(np.int64) + 1
        codes = pd.factorize(codes * (int(values.max(initial=0)) + 1) + values)[0].astype(np.int64)
    return codes


def _test_records(past: History, own_domains: Collection[str]) -> Iterator[tuple[Suspicion, npt.NDArray[np.bool_]]]:
    """Find records made to try something out, by name, domain and id."""
    n = len(past.won)
    found = np.zeros(n, dtype=bool)
    examples: list[str] = []
    own = {d.strip().casefold() for d in own_domains}
    for words, pattern in (
        (_role(past, "name"), _TEST_NAME),
        (past.ids, _TEST_NAME),
        (_role(past, "domain"), _TEST_DOMAIN),
    ):
        for i, word in enumerate(words.tolist()):
            text = "" if word is None else str(word).strip()
            if text and not text.isdigit() and (pattern.fullmatch(text) or text.casefold() in own):
                found[i] = True
                if text not in examples:
                    examples.append(text)
    if found.any():
        shown = ", ".join(f"'{e}'" for e in examples[:3])
        evidence = f"{int(found.sum()):,} rows are records made to try something out ({shown})."
        yield Suspicion("test records", "", True, evidence, REMOVED, int(found.sum())), found


def _role(past: History, role: str) -> npt.NDArray[np.object_]:
    """Return a role's values, all None where the tables do not have it."""
    if role not in past.roles:
        return np.full(len(past.won), None, dtype=object)
    return np.asarray(past.roles[role], dtype=object)


def _same_deal_twice(past: History) -> Iterator[tuple[Suspicion, npt.NDArray[np.bool_]]]:
    """Find deals entered twice under two ids: same company, opening day, owner and facts, and same end or both ends."""
    dated = ~np.isnat(past.opened)
    if not dated.any() or past.mode != "won and lost deals" or len(np.unique(past.account)) == len(past.account):
        return
    frame = pd.DataFrame(
        {
            "account": past.account,
            "opened": past.opened.astype("datetime64[s]"),
            "facts": identical_inputs(past),
            "owner": pd.factorize(_role(past, "owner"))[0],
            "closed": past.closed.astype("datetime64[s]"),
            "amount": past.amount,
        }
    )
    again = frame.assign(won=past.won).duplicated(keep="first").to_numpy() & dated
    again &= again.sum() > 2 * _beside(frame.assign(won=past.won), dated)
    if again.any():
        evidence = (
            f"{int(again.sum()):,} deals repeat another deal under a second id: same company, opening day, closing "
            "day, "
            "owner, amount, outcome and facts."
        )
        yield Suspicion("the same deal twice", "", True, evidence, "Counted once.", int(again.sum())), again
    keys = ["account", "opened", "facts", "owner"]
    sold = frame.loc[dated & past.won, keys]
    lost = dated & ~past.won & ~again & _found_in(frame[keys], sold)
    if not lost.any():
        return
    beside = (
        (_found_in(_shifted(frame[keys], 1), sold) | _found_in(_shifted(frame[keys], -1), sold)) & dated & ~past.won
    )
    if lost.sum() <= beside.sum():  # what chance gives
        return
    evidence = (
        f"{int(lost.sum()):,} lost deals have a twin that was won: same company, opening day, owner and facts "
        f"(such as {_ids(past, lost)}); a day earlier or later, {int(beside.sum()):,} have one."
    )
    done = "The lost twins are taken out."
    yield Suspicion("the same deal won and lost", "", True, evidence, done, int(lost.sum())), lost


def _found_in(rows: pd.DataFrame, others: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Return which rows stand among the others."""
    return np.asarray(pd.MultiIndex.from_frame(rows).isin(pd.MultiIndex.from_frame(others)), dtype=bool)


def _shifted(rows: pd.DataFrame, days: int) -> pd.DataFrame:
    """Return the rows as if opened some days later."""
    return rows.assign(opened=rows["opened"] + pd.Timedelta(days=days))


def _beside(frame: pd.DataFrame, dated: npt.NDArray[np.bool_]) -> float:
    """Return how many deals have a double that was opened a day later: what chance gives on one day."""
    return float((_found_in(_shifted(frame, 1), frame[dated]) & dated).sum())


def _ids(past: History, rows: npt.NDArray[np.bool_]) -> str:
    """Return the first ids of some rows, for looking them up."""
    return ", ".join(map(str, past.ids[rows][:3]))


def _never_worked(past: History) -> Iterator[tuple[Suspicion, npt.NDArray[np.bool_]]]:
    """Find lost deals that nobody worked: no logged contact, or no owner and closed on the day they came in."""
    n_won, n_lost = int(past.won.sum()), int((~past.won).sum())
    idle = _without_contact(past)
    if idle is not None and (idle & ~past.won).any():
        hits, hits_won = int((idle & ~past.won).sum()), int((idle & past.won).sum())
        evidence = f"{percent(hits, n_lost)} of lost deals have no logged contact"
        evidence += f", against {percent(hits_won, n_won)} of won deals"
        logged = hits_won <= 0.1 * n_won and hits / n_lost >= 2 * hits_won / n_won
        if logged:
            yield _unworked(f"{evidence}: nobody worked them, so they were not lost to anything.", idle & ~past.won)
        elif hits >= 0.1 * n_lost:
            done = "Kept, for contacts seem to be logged for some deals only."
            yield Suspicion("never worked", "", False, f"{evidence}.", done, hits), idle & ~past.won
    ownerless = np.asarray(pd.isna(_role(past, "owner")), dtype=bool)
    if "owner" in past.roles and ownerless[past.won].mean() <= 0.1:
        quick = ownerless & ~past.won & (past.closed <= past.opened)
        if idle is not None:
            quick &= ~idle
        if quick.any():
            share = percent(int(quick.sum()), n_lost)
            why = f"{share} of lost deals had no owner and were closed on the day they came in."
            yield _unworked(why, quick)


def _unworked(evidence: str, rows: npt.NDArray[np.bool_]) -> tuple[Suspicion, npt.NDArray[np.bool_]]:
    """Return the suspicion that `rows` were never worked."""
    done = "Taken out of the lost deals."
    return Suspicion("never worked", "", True, evidence, done, int(rows.sum())), rows


def _without_contact(past: History) -> npt.NDArray[np.bool_] | None:
    """Return which deals have no logged contact, or None where contacts are not logged."""
    if "activities" in past.roles and past.roles["activities"].notna().any():
        return np.asarray(past.roles["activities"].fillna(0.0) <= 0)
    if "last_activity_on" in past.roles and past.roles["last_activity_on"].notna().any():
        return np.asarray(past.roles["last_activity_on"].isna())
    return None


def _closed_in_bulk(past: History) -> Iterator[tuple[Suspicion, npt.NDArray[np.bool_]]]:
    """Warn of days on which one owner closed very many deals as lost, far beyond a usual day: a clean-up."""
    lost = ~past.won & ~np.isnat(past.closed)
    if lost.sum() < 40:
        return
    frame = pd.DataFrame({"day": past.closed.astype("datetime64[s]"), "owner": pd.factorize(_role(past, "owner"))[0]})
    sizes = frame[lost].groupby(["day", "owner"]).size()
    usual = float(sizes.median())
    bulk = sizes[sizes >= max(20.0, 10 * usual)]
    if bulk.empty:
        return
    rows = lost & pd.MultiIndex.from_frame(frame).isin(bulk.index)
    day, owner = bulk.index[int(np.argmax(bulk.to_numpy()))]
    most = int(bulk.max())
    names = _role(past, "owner")[frame["owner"].to_numpy() == owner]
    who = f" by {names[0]}" if len(names) and names[0] is not None else ""
    evidence = (
        f"{percent(int(rows.sum()), int(lost.sum()))} of lost deals were closed in bulk: {most:,} on "
        f"{str(day)[:10]}{who}, "
        f"where {usual:.0f} is usual. A clean-up of old leads is not a loss on that day."
    )
    done = "Kept: leave them out of the file if nobody worked them."
    yield Suspicion("closed in bulk", "", False, evidence, done, int(rows.sum())), rows
