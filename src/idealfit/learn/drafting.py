"""From a history to a profile: findings first, then the rubric, then what each fit is worth, then the words."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import Mistake, TooLittleDataError
from idealfit.learn import calibration, sentences
from idealfit.learn.best_customers import with_best_customers
from idealfit.learn.candidates import Line
from idealfit.learn.encoding import Cells, encoded, rows_of
from idealfit.learn.evidence import rate
from idealfit.learn.findings import found_besides, notable_among_best, without_winners
from idealfit.learn.patterns import ERROR_RATE, SUGGESTIVE_RATE, Scan
from idealfit.learn.periods import folds, is_dated, periods
from idealfit.learn.rubric import Rubric, best_rubric
from idealfit.profile.document import CountedRows, Criterion, Learned, Profile
from idealfit.profile.wording import HOW_TO_VERIFY, HOW_WE_HELP
from idealfit.version import __version__

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    import numpy.typing as npt

    from idealfit.learn.encoding import Encoded
    from idealfit.learn.history import History
    from idealfit.tables import Layer

    Bools = npt.NDArray[np.bool_]
    Ints = npt.NDArray[np.int64]

FEWEST_OF_EACH = 5
WORTH_A_TRY = 0.05
"""A single p that lets an attribute compete for a line beside certain ones; its worth there is shrunk and priced."""
TOGETHER_RATE = 0.01
"""Where no attribute is certain on its own: the p of all together that makes a rubric of them worth telling."""
ONE_TIER = (
    "On deals set aside no fit stood clearly above or below the average, so there is one tier only: use the order of "
    "the list, and expect little of it until there are more deals."
)
SMALLEST_SHARE = 0.005
SMALLEST_CELL = 5
LARGEST_SMALLEST_CELL = 25  # rows enough to be told apart however many others there are
PERMUTATIONS_IN_A_FOLD = 499
CONCENTRATED = 0.70  # share of the wins that must have it before it is called a must-have


def profile_from(
    past: History,
    *,
    name: str = "Ideal customer profile",
    seed: int = 0,
    layers: Collection[Layer] | None = None,
    calibrated: bool = True,
    progress: Callable[[str, float], None] = lambda words, share: None,
) -> Profile:
    """Return the profile that `past` supports; without a reliable pattern, one that says so and has no criteria.

    `layers` limits which attributes may take part. The rubric is drawn only from attributes that are supported or
    suggestive, and only if at least one is supported or all together tell more than chance would. Without `calibrated`
    it only ranks: what each fit is worth, and tiers, are left out, which takes a fifth of the time. Raises
    `TooLittleDataError` below five of each outcome.
    """
    _refuse_too_little(past)
    past = past if past.best_customers else with_best_customers(past)
    chosen = [a for a in past.attributes if layers is None or a.layer in layers]
    smallest = int(np.clip(np.ceil(SMALLEST_SHARE * len(past.won)), SMALLEST_CELL, LARGEST_SMALLEST_CELL))
    table = encoded(past.facts, chosen, smallest)
    parts, fold = periods(past, seed=seed), folds(past, seed=seed)
    account = np.unique(past.account, return_inverse=True)[1].astype(np.int64)
    market = past.mode == "customers against a market"
    scan = Scan(
        table,
        past.won,
        parts,
        account,
        rng=np.random.default_rng(seed),
        against_market=market,
        in_time=is_dated(past),
        told=lambda share: progress("judging attributes", 0.3 * share),
    )
    learn = partial(_rubric_without, table, past.won, parts, account, seed=seed, against_market=market)
    rubric = _rubric(scan, told=lambda share: progress("choosing lines", 0.3 + 0.3 * share))
    if not rubric.lines:
        return _without_pattern(past, scan, name, seed)
    criteria = _criteria(scan, rubric, past)
    profile = _profile(past, scan, name, seed, criteria)
    profile = profile.model_copy(
        update={
            "verdict": "learned",
            "limits": (*_only_together(scan, criteria), *profile.limits),
            "definition": sentences.definition(criteria),
            "criteria": criteria,
            "disqualify": without_winners(scan, past.won)[1],
        }
    )
    if not calibrated:
        return profile
    seen = calibration.held_out(
        past.won, fold, learn, lambda share: progress("trying it on deals set aside", 0.6 + 0.4 * share)
    )
    bands = calibration.fit_bands(seen, against_market=market)
    tiers = calibration.tiers(seen, bands, against_market=market)
    return profile.model_copy(
        update={
            "tiers": tiers,
            "limits": (*((ONE_TIER,) if len(tiers) == 1 else ()), *profile.limits),
            "fit_bands": bands,
            "learned": _learned(past, seed).model_copy(update={"auc": calibration.auc(seen)}),
        }
    )


def _refuse_too_little(past: History) -> None:
    won, rest = int(past.won.sum()), int((~past.won).sum())
    if min(won, rest) >= FEWEST_OF_EACH:
        return
    sides = ("customers", "market companies") if past.mode == "customers against a market" else ("won", "lost deals")
    raise TooLittleDataError(
        Mistake(
            "too little to learn from",
            found=f"{won} {sides[0]} and {rest} {sides[1]}",
            allowed=f"at least {FEWEST_OF_EACH} of each; from about 30 of each strong patterns begin to show",
            next_step="Take a longer window, add lost deals, or hold customers against a market with --market.",
        )
    )


def _rubric(scan: Scan, told: Callable[[float], None] = lambda share: None) -> Rubric:
    """Return the rubric from what the scan found worth a try.

    It is empty unless an attribute is supported, or all of them together tell more than chance would.
    """
    whole = [isinstance(source, Cells) for source in scan.encoded]  # one item's p is one of hundreds
    certain = any(scan.evidence(p.line).verdict == "supported" for p in scan.patterns if p.q <= ERROR_RATE)
    if not certain and scan.p_together() > TOGETHER_RATE:
        return Rubric()
    single = WORTH_A_TRY if certain else SUGGESTIVE_RATE
    reliable = [p.line for p in scan.patterns if p.q <= SUGGESTIVE_RATE or (whole[p.line.place] and p.p <= single)]
    if not reliable:
        return Rubric()
    return best_rubric(scan.encoded, scan.won, scan.period, allowed=reliable, told=told)


def _only_together(scan: Scan, criteria: tuple[Criterion, ...]) -> tuple[str, ...]:
    """Say where a rubric stands on all its lines together, none of them being certain."""
    if any(c.evidence.verdict == "supported" for c in criteria):
        return ()
    return (
        "No line is certain on its own. All attributes together tell wins from the rest better than chance would "
        f"(p = {scan.p_together():.3f}), and these lines are the short version of it: use the order, doubt each line.",
    )


def _rubric_without(
    table: tuple[Encoded, ...],
    won: Bools,
    parts: Ints,
    account: Ints,
    rows: Bools,
    *,
    seed: int,
    against_market: bool,
) -> Callable[[Bools], Ints]:
    """Return what gives other rows their fit, by a rubric learned from `rows` alone, the search repeated in full."""
    part = np.unique(parts[rows], return_inverse=True)[1].astype(np.int64)
    scan = Scan(
        rows_of(table, rows),
        won[rows],
        part,
        account[rows],
        rng=np.random.default_rng(seed),
        against_market=against_market,
        permutations=PERMUTATIONS_IN_A_FOLD,
    )
    rubric = _rubric(scan)
    return lambda aside: calibration.fits(rubric, rows_of(table, aside), int(aside.sum()))


def _criteria(scan: Scan, rubric: Rubric, past: History) -> tuple[Criterion, ...]:
    """Return the rubric's lines as criteria, must-haves first, then by the weight of their points."""
    lines = [
        _criterion(scan, line, points, share, past)
        for line, points, share in zip(rubric.lines, rubric.points, rubric.met_by, strict=True)
    ]
    return tuple(sorted(lines, key=lambda c: (c.need != "must", -abs(c.points), c.points < 0)))


def _criterion(scan: Scan, line: Line, points: int, share: float, past: History) -> Criterion:
    attribute, evidence = scan.encoded[line.place].attribute, scan.evidence(line)
    inside, outside = evidence.inside, evidence.outside
    wins = (inside.won if inside else 0) + (outside.won if outside else 0)
    concentrated = inside is not None and wins > 0 and inside.won / wins >= CONCENTRATED
    return Criterion(
        attribute=attribute.name,
        layer="negative" if points < 0 else attribute.layer,
        test=line.test(scan.encoded),
        points=points,
        need="must" if points > 0 and concentrated and evidence.verdict == "supported" else "nice",
        met_by=round(100 * share),
        why=sentences.why(evidence, against_market=past.mode == "customers against a market"),
        how_we_help=HOW_WE_HELP if points > 0 else "",
        verify=HOW_TO_VERIFY[attribute.layer],
        evidence=evidence,
    )


def _profile(past: History, scan: Scan, name: str, seed: int, criteria: tuple[Criterion, ...]) -> Profile:
    """Return what every profile has, whether or not there is a pattern."""
    besides = found_besides(
        scan, {c.attribute for c in criteria}, against_market=past.mode == "customers against a market"
    )
    best = past.best_customers
    return Profile(
        name=name,
        verdict="no reliable pattern",
        narrative=sentences.narrative(criteria),
        also_seen=besides.also_seen,
        not_defining=besides.not_defining,
        too_little_data=besides.too_little_data,
        no_winners=without_winners(scan, past.won)[0],
        best_customers=None
        if best is None
        else best.model_copy(update={"notes": (*best.notes, *notable_among_best(scan, past.best))}),
        limits=_limits(past),
        learned=_learned(past, seed),
    )


def _without_pattern(past: History, scan: Scan, name: str, seed: int) -> Profile:
    """Return the profile that says there is no reliable pattern, and what it would take to find one."""
    needed = [e.more_deals_needed for e in (scan.evidence(p.line) for p in scan.patterns[:50]) if e.more_deals_needed]
    rate_allowed = sentences.percent(ERROR_RATE)
    advice = (
        f"No attribute told wins from the rest at an error rate of {rate_allowed} over {len(scan.patterns)} "
        f"attributes and items; for the one closest to an answer, {sentences.more_deals(min(needed))}."
        if needed
        else "No attribute told wins from the rest, and there were enough deals to have seen a difference that matters."
    )
    profile = _profile(past, scan, name, seed, ())
    return profile.model_copy(update={"definition": sentences.definition(()), "limits": (advice, *profile.limits)})


def _limits(past: History) -> tuple[str, ...]:
    """Return what this history cannot tell."""
    said = []
    if past.mode == "customers against a market":
        said.append("There are no losses in this history: figures are lifts against the market, not win rates.")
    if not is_dated(past):
        said.append("Deals carry no opening days, so nothing could be tried forward in time.")
    said.append("Past outreach decided who could be won: companies that were never approached are not judged here.")
    return tuple(said)


def _learned(past: History, seed: int) -> Learned:
    known = past.opened[~np.isnat(past.opened)].astype("datetime64[D]")
    won = int(past.won.sum())
    return Learned(
        as_of=past.as_of,
        mode=past.mode,
        window=(known.min().item(), known.max().item()) if len(known) else None,
        deals=len(past.won),
        won=won,
        lost=len(past.won) - won,
        open=past.open_deals,
        base_rate=rate(float(won), float(len(past.won))),
        fingerprint=past.fingerprint,
        seed=seed,
        version=__version__,
        rows=tuple(
            CountedRows(step=r.step, rows_in=r.rows_in, rows_out=r.rows_out, reason=r.reason) for r in past.rows
        ),
        excluded=past.excluded,
        warnings=past.warnings,
        error_rate=ERROR_RATE,
    )
