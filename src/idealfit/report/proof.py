"""What stands behind a profile, as figures and tables that a page shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from markupsafe import Markup

from idealfit.profile.document import Estimate
from idealfit.report import charts
from idealfit.report.charts import Point
from idealfit.report.phrases import Words, day, percent, percent_span, signed, times

if TYPE_CHECKING:
    from idealfit.profile.document import Profile
    from idealfit.prove.trials import Backtest, Group, Measured, Trial

FULL, FILTERS = "whole profile", "firmographic filters only"


@dataclass(frozen=True)
class Figure:
    """A chart with its title, what to see in it, and the same numbers as a table."""

    title: str
    caption: str
    chart: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Step:
    """One step of the funnel: how many rows went in and came out, why, and a bar of what is left."""

    step: str
    rows_in: str
    rows_out: str
    lost: str
    reason: str
    bar: Markup


def figures(profile: Profile, backtest: Backtest | None, words: Words) -> tuple[Figure, ...]:
    """Return the figures there is something to show for: by score, calibration, against filters."""
    if backtest is None:
        return _from_profile(profile, words)
    found = [_by_score(backtest.pooled, words), _calibration(backtest.pooled, words), _rivals(backtest, words)]
    return tuple(figure for figure in found if figure is not None)


def funnel(profile: Profile) -> tuple[Step, ...]:
    """Return the steps from the raw rows to the ones learned from; bars share the scale of the largest."""
    rows = () if profile.learned is None else profile.learned.rows
    largest = max((row.rows_in for row in rows), default=1) or 1
    return tuple(
        Step(
            row.step,
            f"{row.rows_in:,}",
            f"{row.rows_out:,}",
            f"−{row.rows_in - row.rows_out:,}" if row.rows_out < row.rows_in else "",
            row.reason,
            charts.share_bar(
                row.rows_out / largest, title=f"{row.step}: {row.rows_out:,} of {row.rows_in:,} rows left"
            ),
        )
        for row in rows
    )


def days_table(backtest: Backtest, words: Words) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return heading and rows of the table of trials, with all of them together last."""
    head = (
        "",
        "learned from",
        "judged on",
        "AUC",
        "filters only",
        "gain in AUC",
        "lift in the top tenth",
        "filters only",
        "gain in lift",
    )
    rows = [_trial_row(trial, _when(trial), f"{trial.learned.n:,}", words) for trial in backtest.cutoffs]
    if backtest.pooled.scored.n:
        rows.append(_trial_row(backtest.pooled, f"each {words.row} once", "", words))
    return head, tuple(rows)


def _trial_row(measured: Measured, label: str, learned: str, words: Words) -> tuple[str, ...]:
    filters = measured.filters_only
    judged = f"{measured.scored.n:,} ({measured.scored.won:,} {words.hits})"
    return (
        label,
        learned,
        judged,
        _two_digits(measured.auc),
        _two_digits(None if filters is None else filters.auc),
        _gain(measured.delta_auc, 3),
        _times_or_dash(measured.lift_top_decile),
        _times_or_dash(None if filters is None else filters.lift_top_decile),
        _gain(measured.delta_lift, 1),
    )


def _from_profile(profile: Profile, words: Words) -> tuple[Figure, ...]:
    """Return the chart of the profile's own bands: held out from learning, though not later in time."""
    if not profile.fit_bands or profile.learned is None:
        return ()
    bands = profile.fit_bands
    points = [Point(f"{b.fit_from}–{b.fit_to}", b.rate, b.low, b.high, n=b.n) for b in bands]
    base = 1.0 if words.against_market else profile.learned.base_rate.rate
    title = f"{words.rate} by fit score"
    told = [_told(b.rate, b.low, b.high, words) for b in bands]
    return (
        Figure(
            title.capitalize(),
            f"On {words.rows} held out from learning. {_key(words)}",
            charts.by_score(points, base=base, measure=words.rate, title=title, shares=not words.against_market),
            ("fit", words.rows, words.hits, words.rate),
            tuple((str(p.across), f"{b.n:,}", f"{b.won:,}", t) for p, b, t in zip(points, bands, told, strict=True)),
        ),
    )


def _by_score(pooled: Measured, words: Words) -> Figure | None:
    groups = [g for g in pooled.by_score if _value(g, words) is not None]
    if not groups or pooled.base_rate is None:
        return None
    base = 1.0 if words.against_market else pooled.base_rate.rate
    points = [_point(g.label.replace(" to ", "–"), g, words) for g in groups]
    return Figure(
        f"{words.rate} by fit score".capitalize(),
        f"A score that works climbs from left to right. {_key(words)}",
        charts.by_score(
            points,
            base=base,
            measure=words.rate,
            title=f"{words.rate} by fit score on unseen {words.rows}",
            shares=not words.against_market,
        ),
        ("fit", words.rows, words.hits, words.rate, "expected"),
        tuple(_group_row(g, words) for g in groups),
    )


def _calibration(pooled: Measured, words: Words) -> Figure | None:
    groups = [g for g in pooled.calibration if g.expected is not None and _value(g, words) is not None]
    if not groups:
        return None
    points = [_point(float(g.expected or 0.0), g, words) for g in groups]
    return Figure(
        "Does it keep its word?",
        f"The {words.rate} the profile expected against the one that came, by groups of like expectation. On the "
        "dashed line the two agree; above it the profile promised too little, below it too much.",
        charts.calibration(
            points,
            measure=words.rate,
            title=f"expected against observed {words.rate} on unseen {words.rows}",
            shares=not words.against_market,
        ),
        ("group", words.rows, words.hits, words.rate, "expected"),
        tuple(_group_row(g, words) for g in groups),
    )


def _rivals(backtest: Backtest, words: Words) -> Figure | None:
    told: list[tuple[str, Measured]] = [(_short(t), t) for t in backtest.cutoffs if t.auc is not None]
    if backtest.pooled.auc is not None:
        told.append(("all", backtest.pooled))
    if not told:
        return None
    points = []
    for label, one in told:
        for series, estimate in ((FULL, one.auc), (FILTERS, _filters_auc(one))):
            if estimate is not None:
                points.append(Point(label, estimate.value, estimate.low, estimate.high, series, one.scored.n))
    colours = {FULL: charts.ACCENT, FILTERS: charts.MUTED}
    return Figure(
        "What the profile adds to filters",
        f"AUC: how often {_pair(words)}. The rival is the same learner, allowed firmographic filters only. "
        "The dashed line is chance.",
        charts.rivals(
            points, title="AUC of the whole profile and of filters only", measure="AUC", chance=0.5, colours=colours
        ),
        ("", FULL, FILTERS, "gain"),
        tuple(
            (
                label.replace("\n", " "),
                _two_digits(one.auc),
                _two_digits(_filters_auc(one)),
                _gain(one.delta_auc, 3),
            )
            for label, one in told
        ),
    )


def _pair(words: Words) -> str:
    return "a customer scores above a company of the market" if words.against_market else "a win scores above a loss"


def _filters_auc(measured: Measured) -> Estimate | None:
    return None if measured.filters_only is None else measured.filters_only.auc


def gain_in_words(pooled: Measured) -> str:
    """Return in one sentence what the whole profile adds to filters, and whether that is more than luck."""
    delta = pooled.delta_auc
    if delta is None:
        return ""
    if delta.low is None or delta.high is None:
        return f"The whole profile changes the AUC of firmographic filters by {_gain(delta, 3)}."
    size = f"by {signed(delta.value, 3)} (95% interval {signed(delta.low, 3)} to {signed(delta.high, 3)})"
    if delta.low > 0:
        return f"The whole profile ranks better than firmographic filters alone: AUC moves {size}."
    if delta.high < 0:
        return f"The whole profile ranks worse than firmographic filters alone: AUC moves {size}. Use the filters."
    return f"The whole profile is not shown to rank better than firmographic filters alone: AUC moves {size}."


def _when(trial: Trial) -> str:
    return day(trial.cutoff) if trial.cutoff is not None else trial.label


def _short(trial: Trial) -> str:
    """Return the day on two lines, or the fold's number alone."""
    if trial.cutoff is None:
        return trial.label.removeprefix("fold ")
    return f"{trial.cutoff.day} {trial.cutoff:%b}\n{trial.cutoff.year}"


def _value(group: Group, words: Words) -> Estimate | None:
    """Return the win rate of a group, or its lift against the market (None where the market has none in it)."""
    return group.lift if words.against_market else Estimate(value=group.rate, low=group.low, high=group.high)


def _point(across: str | float, group: Group, words: Words) -> Point:
    value = _value(group, words)
    assert value is not None  # noqa: S101  groups without one are left out before
    return Point(across, value.value, value.low, value.high, n=group.n)


def _group_row(group: Group, words: Words) -> tuple[str, ...]:
    value = _value(group, words)
    expected = "" if group.expected is None else _told(group.expected, None, None, words)
    said = "" if value is None else _told(value.value, value.low, value.high, words)
    return group.label, f"{group.n:,}", f"{group.won:,}", said, expected


def _told(value: float, low: float | None, high: float | None, words: Words) -> str:
    if words.against_market:
        return times(Estimate(value=value, low=low, high=high))
    return percent(value) if low is None else f"{percent(value)} ({percent_span(low, high)})"


def _key(words: Words) -> str:
    base = "the market (a lift of 1)" if words.against_market else "the base win rate"
    return f"The dashed line is {base}. Lines are 95% intervals."


def _two_digits(estimate: Estimate | None) -> str:
    if estimate is None:
        return "–"
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.2f}"
    return f"{estimate.value:.2f} ({estimate.low:.2f}–{estimate.high:.2f})"


def _times_or_dash(estimate: Estimate | None) -> str:
    return "–" if estimate is None else times(estimate)


def _gain(estimate: Estimate | None, digits: int) -> str:
    if estimate is None:
        return "–"
    value = signed(estimate.value, digits)
    if estimate.low is None or estimate.high is None:
        return value
    return f"{value} ({signed(estimate.low, digits)} to {signed(estimate.high, digits)})"
