"""What moves win rates besides fit (who sold, when, through which channel), and facts about people."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.stats import chi2

from idealfit.learn.suspicion import (
    Suspicion,
    association,
    codes_of,
    heading_words,
    separation,
    share_bounds,
    sides,
)
from idealfit.learn.telling_headings import CHANNEL, ONLY_AGE, PERSONAL, PROTECTED

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from idealfit.learn.history import History

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[a-z]{2,}", re.IGNORECASE)
_SHUFFLES = 299


def circumstances(past: History, seed: int) -> Iterator[Suspicion]:
    """Yield warnings, none of them certain: nothing is taken out for them."""
    if past.mode == "won and lost deals":
        yield from _owners(past, np.random.default_rng(seed))
        yield from _seasons(past)
        yield from _moving_base_rate(past)
        yield from _channels(past)
    else:
        yield from _better_known_side(past)
    yield from _about_people(past)


def chance_of_spread(
    group: npt.NDArray[np.int64], won: npt.NDArray[np.bool_], rng: np.random.Generator, shuffles: int = _SHUFFLES
) -> float:
    """Return the p value of win rates differing this much between groups, by permutation of the chi-square statistic.

    p = (1 + shuffles with at least the observed statistic) / (1 + shuffles), so never 0 (Phipson and Smyth 2010).
    """
    n = np.bincount(group).astype(float)
    base = won.mean()

    def statistic(outcome: npt.NDArray[np.bool_]) -> float:
        hits = np.bincount(group, weights=outcome, minlength=len(n))
        return float(np.sum((hits - n * base) ** 2 / np.maximum(n, 1)))

    observed = statistic(won)
    beaten = sum(statistic(rng.permutation(won)) >= observed for _ in range(shuffles))
    return (1 + beaten) / (1 + shuffles)


def _owners(past: History, rng: np.random.Generator) -> Iterator[Suspicion]:
    """Warn where owners win at different rates and some attributes go with the owner."""
    if "owner" not in past.roles:
        return
    codes = np.asarray(pd.factorize(past.roles["owner"])[0], dtype=np.int64)
    counts = np.bincount(codes[codes >= 0])
    kept = (codes >= 0) & np.isin(codes, np.flatnonzero(counts >= 20))
    if len(np.unique(codes[kept])) < 2:
        return
    group, won = np.unique(codes[kept], return_inverse=True)[1], past.won[kept]
    p = chance_of_spread(group, won, rng)
    rates = np.bincount(group, weights=won) / np.bincount(group)
    if p > 0.01 or rates.max() - rates.min() < 0.1:
        return
    tied = [
        a.name
        for a in past.attributes
        if a.kind not in ("text", "list")
        and association(group, code := codes_of(past.facts[a.name], bins=8)[kept]) >= 0.3
        and separation(code, won).low > 0.5
    ]
    if tied:
        evidence = (
            f"win rates differ by owner from {100 * rates.min():.0f}% to {100 * rates.max():.0f}% "
            f"(p = {p:.3f}, {len(rates):,} owners), and these attributes go with the owner: {_listed(tied)}. Their "
            "effect "
            "may be the owner's: access, not fit."
        )
        yield Suspicion("owner effect", "", False, evidence, "Kept: compare within one owner before you rely on them.")


def _listed(names: list[str]) -> str:
    """Return up to five quoted names."""
    return ", ".join(f"'{n}'" for n in names[:5]) + (f" and {len(names) - 5:,} more" if len(names) > 5 else "")


def _seasons(past: History) -> Iterator[Suspicion]:
    """Warn where win rates differ by calendar month beyond what the years explain; needs two years."""
    dated = ~np.isnat(past.opened)
    if dated.sum() < 240:
        return
    month = past.opened[dated].astype("datetime64[M]").astype(np.int64) % 12
    year = past.opened[dated].astype("datetime64[Y]").astype(np.int64)
    if len(np.unique(past.opened[dated].astype("datetime64[M]"))) < 24:
        return
    won = past.won[dated].astype(float)
    by_year = pd.Series(won).groupby(year).transform("mean").to_numpy()
    n = np.bincount(month, minlength=12)
    variance = np.bincount(month, weights=by_year * (1 - by_year), minlength=12)
    excess = np.bincount(month, weights=won - by_year, minlength=12)
    usable = (n >= 20) & (variance > 0)
    if usable.sum() < 6:
        return
    z = excess[usable] / np.sqrt(variance[usable])
    p = float(chi2.sf(np.sum(z**2), int(usable.sum()) - 1))
    gap = excess[usable] / n[usable]
    if p < 0.001 and gap.max() - gap.min() >= 0.15:
        months = np.flatnonzero(usable) + 1
        best, worst = months[np.argmax(gap)], months[np.argmin(gap)]
        evidence = (
            f"win rates differ by the month of opening beyond chance (p = {p:.1g}): {100 * gap.max():+.0f} points in "
            "month "
            f"{best}, {100 * gap.min():+.0f} in month {worst}."
        )
        yield Suspicion("season", "", False, evidence, "Kept: facts that follow the calendar may stand for the month.")


def _moving_base_rate(past: History) -> Iterator[Suspicion]:
    """Warn where the win rate of the last third of the time differs much from that of the first."""
    dated = np.flatnonzero(~np.isnat(past.opened))
    if len(dated) < 90:
        return
    order = dated[np.argsort(past.opened[dated], kind="stable")]
    third = len(order) // 3
    early, late = past.won[order[:third]], past.won[order[-third:]]
    (low_e, high_e), (low_l, high_l) = share_bounds(int(early.sum()), third), share_bounds(int(late.sum()), third)
    gap = max(low_l - high_e, low_e - high_l)
    if gap > 0 and abs(late.mean() - early.mean()) >= 0.1:
        evidence = (
            f"the win rate moved from {100 * early.mean():.0f}% in the first third of the time (to "
            f"{past.opened[order[third - 1]]}) to {100 * late.mean():.0f}% in the last (from "
            f"{past.opened[order[-third]]})."
        )
        yield Suspicion("moving win rate", "", False, evidence, "Kept: trust what held in every period.")


def _channels(past: History) -> Iterator[Suspicion]:
    """Warn of a channel that goes with the outcome while its mix moves over time."""
    dated = np.flatnonzero(~np.isnat(past.opened))
    if len(dated) < 90:
        return
    third = np.full(len(past.won), -1, dtype=np.int64)
    third[dated[np.argsort(past.opened[dated], kind="stable")]] = np.arange(len(dated)) * 3 // len(dated)
    for attribute in past.attributes:
        if attribute.kind != "category" or not CHANNEL.search(heading_words(attribute.name)):
            continue
        codes = codes_of(past.facts[attribute.name])
        judged, moved = separation(codes, past.won), association(codes, third)
        if judged.low >= 0.55 and moved >= 0.2:
            evidence = (
                f"it says how you reached a company, goes with the outcome (AUC {judged.auc:.2f}), and its mix moved "
                "over "
                f"the years (Cramér's V {moved:.2f}): access, not fit."
            )
            done = "Kept: compare within one channel before you rely on it."
            yield Suspicion("channel mix", attribute.name, False, evidence, done)


def _better_known_side(past: History) -> Iterator[Suspicion]:
    """Warn where customers are much better known than the market: whoever is known looks like a customer."""
    known = past.facts.notna()
    gaps = (known[past.won].mean() - known[~past.won].mean()).abs()
    uneven = [a.name for a in past.attributes if gaps[a.name] >= 0.25]
    if uneven:
        evidence = (
            f"{' and '.join(sides(past))} are not equally well known: the share of known values differs by 25 points "
            "or "
            f"more in {_listed(uneven)}."
        )
        yield Suspicion("unevenly known", "", False, evidence, "Kept: enrich both lists from the same source.")


def _about_people(past: History) -> Iterator[Suspicion]:
    """Warn of attributes that describe protected traits of people, or that are personal data."""
    for attribute in past.attributes:
        words = heading_words(attribute.name)
        if PROTECTED.search(words) or words == ONLY_AGE:
            evidence = "by its heading it may describe a protected trait of people."
            done = (
                "Kept: selecting by it may be unlawful where you sell; leave it out with --ignore unless you are sure."
            )
            yield Suspicion("protected trait", attribute.name, False, evidence, done)
            continue
        sample = past.facts[attribute.name].dropna().iloc[:200] if attribute.kind in ("category", "text") else ()
        mails = sum(bool(_EMAIL.fullmatch(str(v).strip())) for v in sample)
        named = PERSONAL.search(words) and len(sample) and len(set(sample)) >= 0.3 * len(sample)
        if named or (len(sample) and mails >= 0.5 * len(sample)):
            evidence = "it holds personal data" + (" (e-mail addresses)." if mails else ", by its heading.")
            done = "Kept: it tells about a person and not about the company; leave it out with --ignore."
            yield Suspicion("personal data", attribute.name, False, evidence, done)
