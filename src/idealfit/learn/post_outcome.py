"""Columns that know the outcome: filled in, counted or dated after it, or naming it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy import stats

from idealfit.learn.suspicion import (
    CONFIDENCE,
    Separation,
    Suspicion,
    codes_of,
    heading_words,
    percent,
    separation,
    share_bounds,
    sides,
)
from idealfit.learn.telling_headings import (
    COUNTED,
    ENDED,
    ENDING_VALUES,
    FORESEEN,
    NOT_THIS_DEAL,
    SAYS_SO,
    STAGE,
    STEP,
    TOOK,
    WHOLE_TIME,
    thing_counted,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy.typing as npt

    from idealfit.learn.history import Attribute, History

EXCLUDED = "Excluded."
JUDGE = "Kept: judge it, and leave it out with --ignore if it is filled in later."


def knowing_columns(past: History) -> Iterator[Suspicion]:
    """Yield at most one suspicion per attribute: the most certain reason to think that it knows the outcome."""
    twins = dict(_longer_counts(past))
    for attribute in past.attributes:
        values = past.facts[attribute.name]
        filled = _filled(past, attribute)
        judged = separation(codes_of(values), past.won) if attribute.kind not in ("text", "list") else None
        doubts = [
            _dated_after(past, attribute),
            _length_of_the_deal(past, attribute),
            _filled_for_one(past, attribute, filled),
            _named_value(past, attribute, values),
            None if judged is None else _tells_all(past, attribute, judged),
            _named_heading(past, attribute, filled, judged),
            twins.get(attribute.name),
            None if judged is None else _stage_reached(past, attribute, values, judged),
            None if judged is None else _tells_much(past, attribute, judged),
        ]
        found = sorted((d for d in doubts if d is not None), key=lambda d: not d.certain)
        yield from found[:1]


def _filled(past: History, attribute: Attribute) -> npt.NDArray[np.bool_]:
    """Return where the source has a value (for dates also where it lies after the opening)."""
    frame = past.dates if attribute.name in past.dates else past.facts
    return np.asarray(frame[attribute.name].notna(), dtype=bool)


def _filled_for_one(past: History, attribute: Attribute, filled: npt.NDArray[np.bool_]) -> Suspicion | None:
    """Suspect a column that is filled for one outcome only; for counts, one that is above zero for one outcome only."""
    verb, limit = "filled in for", 0.05
    if attribute.kind == "number" and filled.all():
        x = past.facts[attribute.name].to_numpy()
        if x.min() == 0 and (x == 0).mean() >= 0.2:
            filled, verb, limit = x > 0, "above zero for", 0.02
    hits = [int(filled[past.won].sum()), int(filled[~past.won].sum())]
    n = [int(past.won.sum()), int((~past.won).sum())]
    if not all(n):
        return None
    much = 0 if hits[0] * n[1] >= hits[1] * n[0] else 1
    low, high = share_bounds(hits[much], n[much])[0], share_bounds(hits[1 - much], n[1 - much])[1]
    names = sides(past)
    evidence = (
        f"{verb} {percent(hits[much], n[much])} of {names[much]} and "
        f"{percent(hits[1 - much], n[1 - much])} of {names[1 - much]}"
    )
    determined = low - high >= 0.6 and limit == 0.05 and past.mode == "won and lost deals"
    if (high <= limit and low >= 0.2) or determined:
        why = "having a value nearly tells the outcome, so it is written after it or because of it."
        return Suspicion("filled after the outcome", attribute.name, True, f"{evidence}: {why}", EXCLUDED)
    if low - high > 0.1 and limit == 0.05:
        why = "it may be entered as the deal moves on, which shows access to the company and not fit."
        return Suspicion("filled more for one outcome", attribute.name, False, f"{evidence}: {why}", JUDGE)
    return None


def _dated_after(past: History, attribute: Attribute) -> Suspicion | None:
    """Suspect a date that often lies after the opening of the deal."""
    if attribute.name not in past.dates:
        return None
    dates = past.dates[attribute.name].to_numpy().astype("datetime64[D]")
    comparable = ~np.isnat(dates) & ~np.isnat(past.opened)
    later = comparable & (dates > past.opened)
    n, hits = int(comparable.sum()), int(later.sum())
    if hits < 5 or share_bounds(hits, n)[0] < 0.1 or past.mode != "won and lost deals":
        return None
    at_end = int(np.sum(later & (dates >= past.closed)))
    by_side = [percent(int((later & s).sum()), int((comparable & s).sum())) for s in (past.won, ~past.won)]
    evidence = (
        f"{percent(hits, n)} of its dates lie after the day the deal was opened ({at_end:,} on or after the day it was "
        f"closed; {by_side[0]} among won deals, {by_side[1]} among lost): it was not known then."
    )
    return Suspicion("dated after the opening", attribute.name, True, evidence, EXCLUDED)


def _length_of_the_deal(past: History, attribute: Attribute) -> Suspicion | None:
    """Suspect a number that is the days from opening to closing, under whatever heading ('Age')."""
    if attribute.kind != "number":
        return None
    took = (past.closed - past.opened).astype("timedelta64[D]").astype(float)
    x = past.facts[attribute.name].to_numpy()
    known = ~np.isnan(x) & ~np.isnat(past.closed) & ~np.isnat(past.opened)
    n, alike = int(known.sum()), int(np.sum(np.abs(x[known] - took[known]) <= 1))
    if n < 20 or len(np.unique(took[known])) < 5 or share_bounds(alike, n)[0] < 0.8:
        return None
    evidence = f"it is the days from opening to closing in {percent(alike, n)} of rows: nobody knew them beforehand."
    return Suspicion("length of the deal", attribute.name, True, evidence, EXCLUDED)


def _tells_all(past: History, attribute: Attribute, judged: Separation) -> Suspicion | None:
    """Suspect a column that gets nearly every outcome right on rows it was not counted on."""
    if judged.low < 0.98 or min(judged.won, judged.lost) < 20:
        return None
    evidence = (
        f"it tells {sides(past)[0]} from {sides(past)[1]} almost without error (AUC {judged.auc:.3f} on rows set "
        "aside, "
        f"{judged.won + judged.lost:,} rows): no fact known beforehand does that."
    )
    return Suspicion("determines the outcome", attribute.name, True, evidence, EXCLUDED)


def _tells_much(past: History, attribute: Attribute, judged: Separation) -> Suspicion | None:
    """Suspect contact counts, which go on to the end of the deal, and warn of a column that predicts nearly alone."""
    words = heading_words(attribute.name)
    counted = attribute.kind == "number" and COUNTED.search(words) and past.mode == "won and lost deals"
    if counted and (grows := _grows_with_the_deal(past, attribute)):
        evidence = f"counts contacts, and {grows}: it went on being counted while the deal was running."
        return Suspicion("counted during the deal", attribute.name, True, evidence, EXCLUDED)
    if counted and judged.low >= 0.55 and WHOLE_TIME.search(words):
        evidence = (
            "by its heading it counts all contacts, also those after the opening, and it goes with the outcome "
            f"(AUC {judged.auc:.2f} on rows set aside)."
        )
        return Suspicion("counted during the deal", attribute.name, True, evidence, EXCLUDED)
    if judged.low >= 0.9:
        evidence = f"it predicts the outcome almost alone (AUC {judged.auc:.2f} on rows set aside)."
        return Suspicion("predicts almost alone", attribute.name, False, evidence, JUDGE)
    if counted and judged.low >= 0.55:
        evidence = (
            f"counts contacts, and goes with the outcome (AUC {judged.auc:.2f}): if it was counted to the end of the "
            "deal, it follows from how the deal went."
        )
        return Suspicion("counted during the deal", attribute.name, False, evidence, JUDGE)
    return None


def _grows_with_the_deal(past: History, attribute: Attribute) -> str:
    """Say how a count rises with the days a deal took, if it surely does among won and among lost deals alike.

    Spearman's rank correlation with Fisher's interval, its error by Bonett and Wright (2000).
    """
    x = past.facts[attribute.name].to_numpy()
    took = (past.closed - past.opened).astype("timedelta64[D]").astype(float)
    known = ~np.isnan(x) & ~np.isnat(past.closed) & ~np.isnat(past.opened)
    found = []
    for side in (known & past.won, known & ~past.won):
        n = int(side.sum())
        if n < 30 or len(np.unique(x[side])) < 2 or len(np.unique(took[side])) < 2:
            return ""
        r = float(stats.spearmanr(x[side], took[side]).statistic)
        error = np.sqrt((1 + r**2 / 2) / (n - 3))
        if np.tanh(np.arctanh(min(r, 0.999)) - stats.norm.ppf(1 - (1 - CONFIDENCE) / 2) * error) < 0.1:
            return ""
        found.append(r)
    by_side = f"{found[0]:.2f} among won, {found[1]:.2f} among lost deals"
    return f"the longer a deal took, the higher it is (rank correlation {by_side})"


def _named_value(past: History, attribute: Attribute, values: pd.Series) -> Suspicion | None:
    """Suspect a category that has a value named like an outcome and found with that outcome only."""
    if attribute.kind != "category":
        return None
    known = values.notna().to_numpy()
    rates = pd.DataFrame({"value": values[known].astype(str).to_numpy(), "won": past.won[known]})
    counts = rates.groupby("value")["won"].agg(["sum", "size"])
    for value, won, n in counts.itertuples():
        if n < 20 or not ENDING_VALUES.search(heading_words(str(value))):
            continue
        low, high = share_bounds(int(won), int(n))
        if low >= 0.9 or (high <= 0.1 and past.won.mean() >= 0.2):
            evidence = f"its value '{value}' names an outcome, and {percent(int(won), int(n))} of its rows were won."
            return Suspicion("names the outcome", attribute.name, True, evidence, EXCLUDED)
    return None


def _named_heading(
    past: History, attribute: Attribute, filled: npt.NDArray[np.bool_], judged: Separation | None
) -> Suspicion | None:
    """Suspect a column whose heading says that it is known afterwards, if it goes with the outcome."""
    words = heading_words(attribute.name)
    if SAYS_SO.search(words):
        evidence = "its heading says that it was counted or written after the outcome."
        return Suspicion("names itself as known later", attribute.name, True, evidence, EXCLUDED)
    what = next(
        (
            said
            for pattern, said in (
                (ENDED, "is known only once a deal has ended"),
                (TOOK, "is known only once a deal has ended"),
                (FORESEEN, "is a guess at the outcome by whoever works the deal"),
            )
            if pattern.search(words) and not NOT_THIS_DEAL.search(words)
        ),
        "",
    )
    if not what:
        return None
    by_filling = separation(filled.astype(np.int64), past.won)
    # A date that lies before the opening was known by then, whatever its heading; only whether it is there can tell.
    values_tell = None if attribute.kind == "date" else judged
    best = max((s for s in (values_tell, by_filling) if s is not None), key=lambda s: s.low)
    if best.auc < 0.65 or best.low < 0.6:
        return None
    how = "its values go" if best is values_tell else "whether it is filled in goes"
    evidence = f"by its heading it {what}, and {how} with the outcome (AUC {best.auc:.2f} on rows set aside)."
    return Suspicion("known after the outcome", attribute.name, True, evidence, EXCLUDED)


def _stage_reached(past: History, attribute: Attribute, values: pd.Series, judged: Separation) -> Suspicion | None:
    """Suspect a step of the sales process: by a plain heading, or where a deal that is not there is hardly won."""
    words = heading_words(attribute.name)
    if attribute.kind == "date" or NOT_THIS_DEAL.search(words):
        return None
    step = "by its heading it is a step of the sales process"
    how_far = "it says how far the deal got, not who the company is."
    if STEP.search(words):
        return Suspicion("a step of the sales process", attribute.name, True, f"{step}: {how_far}", EXCLUDED)
    if attribute.kind not in ("category", "boolean") or not STAGE.search(words):
        return None
    codes = codes_of(values)
    n = np.bincount(codes[codes >= 0])
    won = np.bincount(codes[(codes >= 0) & past.won], minlength=len(n))
    base = float(past.won.mean())
    for code in np.flatnonzero(n >= 20):
        if share_bounds(int(won[code]), int(n[code]))[1] <= base / 2:
            value = values[codes == code].iloc[0]
            evidence = (
                f"{step}, and {percent(int(won[code]), int(n[code]))} of deals at '{value}' were won against "
                f"{100 * base:.0f}% of all: {how_far}"
            )
            return Suspicion("a step of the sales process", attribute.name, True, evidence, EXCLUDED)
    if judged.low > 0.6:
        evidence = f"{step}, and it goes with the outcome (AUC {judged.auc:.2f})."
        return Suspicion("a step of the sales process", attribute.name, True, evidence, EXCLUDED)
    return None


def _longer_counts(past: History) -> Iterator[tuple[str, Suspicion]]:
    """Yield counts of the same thing as another column that are never below it: they go on for longer.

    'total touches, all' beside 'touch count' counts what came after the day on which 'touch count' was taken.
    """
    by_thing: dict[frozenset[str], list[str]] = {}
    for attribute in past.attributes:
        if attribute.kind == "number":
            by_thing.setdefault(thing_counted(attribute.name), []).append(attribute.name)
    for names in by_thing.values():
        for longer in (n for n in names if WHOLE_TIME.search(heading_words(n))):
            for shorter in (n for n in names if not WHOLE_TIME.search(heading_words(n))):
                x, y = past.facts[longer].to_numpy(), past.facts[shorter].to_numpy()
                known = ~np.isnan(x) & ~np.isnan(y)
                n, never_below, above = (
                    int(known.sum()),
                    int(np.sum(x[known] >= y[known])),
                    int(np.sum(x[known] > y[known])),
                )
                if n >= 50 and share_bounds(never_below, n)[0] >= 0.9 and above >= 0.2 * n:
                    evidence = (
                        f"counts the same as '{shorter}' for longer: never below it in {percent(never_below, n)} of "
                        "rows, "
                        f"and above it in {percent(above, n)}. What it counts beyond came later."
                    )
                    yield longer, Suspicion("counted for longer", longer, True, evidence, EXCLUDED)
                    break
