"""The bake-off of levels: filters, rubric, stacked signals, meaning and a combination, on the same forward test.

Each level sees what was known on a day and ranks the deals that opened later:

* *filters*: a rubric of firmographic attributes alone, what a plain list of filters knows;
* *rubric*: the profile, with its points;
* *stacked signals*: the tests of the profile, each counted alike;
* *meaning*: how much the company's texts resemble those of the companies that were won (`match.similar`);
* *combination*: rubric and meaning as standard scores, added.

A level is recommended only where its AUC beats that of the filters with the whole of its paired 95 % interval; the one
with the highest AUC among them. Otherwise filters do as well, and that is said.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from idealfit.errors import InputError, Mistake, TooLittleDataError
from idealfit.learn.history import known_by, opened_after, rows_of
from idealfit.match.ranking import Corpus, standard
from idealfit.match.similar import resemblance
from idealfit.match.texts import told
from idealfit.match.word_ranking import word_index
from idealfit.prove import parting
from idealfit.prove.applying import scores_of
from idealfit.prove.backtest import FILTERS
from idealfit.prove.measures import contest

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    import numpy.typing as npt

    from idealfit.learn.history import History
    from idealfit.match.ranking import Space
    from idealfit.profile.document import Estimate, Profile
    from idealfit.prove.backtest import Learner

LEVELS = ("filters", "rubric", "stacked signals", "meaning", "combination")
MOST_SEGMENTS = 6
ANY_DAY_ORDINAL = 730_120  # 2000-01-01: facts are days before opening, so without a cut-off day any day serves


@dataclass(frozen=True)
class Level:
    """How one level ranked: AUC and lift in the top tenth, and the paired difference in AUC to the filters."""

    level: str
    auc: Estimate
    lift: Estimate
    over_filters: Estimate | None


@dataclass(frozen=True)
class Standing:
    """All levels on the same deals: everything, or one segment; and what follows."""

    segment: str
    deals: int
    won: int
    levels: tuple[Level, ...]
    recommended: str
    why: str


@dataclass(frozen=True)
class Bakeoff:
    """The result: the whole, then each segment that is large enough."""

    kind: str
    days: tuple[date, ...]
    texts: tuple[str, ...]
    encoders: tuple[str, ...]
    whole: Standing
    segments: tuple[Standing, ...]
    warnings: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Return everything as plain values."""
        return {
            "kind": self.kind,
            "days": [day.isoformat() for day in self.days],
            "texts": list(self.texts),
            "encoders": list(self.encoders),
            "whole": _plain(self.whole),
            "segments": [_plain(standing) for standing in self.segments],
            "warnings": list(self.warnings),
        }


@dataclass(frozen=True)
class _Judged:
    """The scores of each level on the same rows."""

    scores: dict[str, npt.NDArray[np.float64]]
    won: npt.NDArray[np.bool_]
    account: npt.NDArray[np.int64]
    stratum: npt.NDArray[np.int64]
    segment: npt.NDArray[np.object_]

    def only(self, rows: npt.NDArray[np.bool_]) -> _Judged:
        return _Judged(
            {level: scores[rows] for level, scores in self.scores.items()},
            self.won[rows], self.account[rows], self.stratum[rows], self.segment[rows],
        )  # fmt: skip


def bakeoff(
    history: History,
    *,
    learn: Learner,
    seed: int,
    cutoffs: Sequence[date] = (),
    segment: str | None = None,
    spaces: Callable[[Sequence[str], Sequence[str]], tuple[Space, ...]] | None = None,
    encoders: tuple[str, ...] = (),
    progress: Callable[[str, float], None],
) -> Bakeoff:
    """Return how the levels rank the deals that opened after days on which they knew only what was known by then.

    `spaces` gives the vectors of texts and headlines in each encoder's space; without it, meaning is told by words
    alone. `segment` names the attribute whose values are judged apart; the most telling category, if not given.
    Raises `InputError` and `TooLittleDataError` where there is nothing to compare.
    """
    texts = tuple(a.name for a in history.attributes if a.kind == "text")
    dated = parting.is_dated(history)
    if cutoffs and not dated:
        raise InputError(Mistake("cut-off days need deals that say when they were opened", "--cutoff"))
    by = _segment_column(history, segment)
    days = tuple(sorted(set(cutoffs))) or (parting.cutoff_days(history) if dated else ())
    parts = list(_parts(history, days, seed))
    judged = []
    for number, (label, learned, scored) in enumerate(parts):
        progress(f"{label}: learning and ranking", number / max(1, len(parts)))
        found = _judged(learned, scored, number, learn=learn, seed=seed, texts=texts, by=by, spaces=spaces)
        if found is not None:
            judged.append(found)
    if not judged:
        least = f"{parting.LEARN_AT_LEAST[0]} before a day, {parting.SCORE_AT_LEAST[0]} after it, 5 of each outcome"
        raise TooLittleDataError(Mistake("there are too few deals to learn from and to judge on", allowed=least))
    together = _Judged(
        {level: np.concatenate([one.scores[level] for one in judged]) for level in _levels_of(judged)},
        *(np.concatenate([getattr(one, name) for one in judged]) for name in ("won", "account", "stratum", "segment")),
    )
    progress("comparing", 0.9)
    return Bakeoff(
        kind="forward in time" if days else "folds, not forward in time",
        days=days,
        texts=texts,
        encoders=encoders,
        whole=_standing("all deals", together, seed),
        segments=_segments(together, by, seed),
        warnings=_warnings(texts, encoders, days, _levels_of(judged)),
    )


def _parts(history: History, days: Sequence[date], seed: int) -> list[tuple[str, History, History]]:
    if days:
        found = []
        for day, following in zip(days, [*days[1:], None], strict=True):
            later = opened_after(history, day)
            if following is not None:
                later = rows_of(later, later.opened < np.datetime64(following))
            found.append((f"as of {day.isoformat()}", known_by(history, day), later))
        return found
    if not parting.has_enough(history.won, parting.LEARN_AT_LEAST):
        return []
    fold = parting.fold_of_row(history, seed=seed)
    return [(f"fold {n + 1}", rows_of(history, fold != n), rows_of(history, fold == n)) for n in np.unique(fold)]


def _judged(
    learned: History,
    scored: History,
    number: int,
    *,
    learn: Learner,
    seed: int,
    texts: tuple[str, ...],
    by: str | None,
    spaces: Callable[[Sequence[str], Sequence[str]], tuple[Space, ...]] | None,
) -> _Judged | None:
    if not len(scored.won) or not parting.has_enough(learned.won, parting.LEARN_AT_LEAST):
        return None
    try:
        whole = learn(learned, seed=seed)
    except TooLittleDataError:
        return None
    scores = {"rubric": _fits(whole, scored), "stacked signals": _fits(_counted_alike(whole), scored)}
    try:
        scores = {"filters": _fits(learn(_without_texts(learned), seed=seed, layers=FILTERS), scored), **scores}
    except TooLittleDataError:
        scores = {"filters": np.full(len(scored.won), 50.0), **scores}  # filters that know nothing rank nobody
    if texts:
        scores["meaning"] = _meaning(learned, scored, texts, spaces)
        scores["combination"] = standard(scores["rubric"]) + standard(scores["meaning"])
    segment = np.array(scored.facts[by], dtype=object) if by else np.full(len(scored.won), None, dtype=object)
    return _Judged(scores, scored.won, scored.account, np.full(len(scored.won), number), segment)


def _without_texts(history: History) -> History:
    """Return a history less its texts: nobody filters by words in a description."""
    return replace(history, attributes=tuple(a for a in history.attributes if a.kind != "text"))


def _fits(profile: Profile, scored: History) -> npt.NDArray[np.float64]:
    as_of = pd.Timestamp.fromordinal(ANY_DAY_ORDINAL).date()
    return np.asarray(scores_of(profile, scored, as_of)["fit"], dtype=np.float64)


def _counted_alike(profile: Profile) -> Profile:
    """Return the profile with one point for each test that speaks for a company, and one less for each against."""
    alike = tuple(line.model_copy(update={"points": 1 if line.points > 0 else -1}) for line in profile.criteria)
    return profile.model_copy(update={"criteria": alike})


def _meaning(
    learned: History,
    scored: History,
    texts: tuple[str, ...],
    spaces: Callable[[Sequence[str], Sequence[str]], tuple[Space, ...]] | None,
) -> npt.NDArray[np.float64]:
    """Return how much each row's texts resemble those of the won rows; a row without text stands in the middle."""
    cells = pd.concat([learned.facts[list(texts)], scored.facts[list(texts)]], ignore_index=True)
    said = [told([c if isinstance(c, str) else None for c in row]) for row in cells.itertuples(index=False)]
    whole = [one.text for one in said]
    has = np.array([bool(text) for text in whole], dtype=bool)
    vectors = () if spaces is None else spaces(whole, [one.headline for one in said])
    corpus = Corpus(word_index(whole), vectors, has)
    n = len(learned.won)
    # One row for each company that was won: the one with most deals does not teach most.
    _, first = np.unique(learned.account, return_index=True)
    once = np.zeros(n, dtype=bool)
    once[first] = True
    won_accounts = np.isin(learned.account, learned.account[learned.won])
    like = np.flatnonzero(once & won_accounts & has[:n])
    if not len(like):
        return np.zeros(len(scored.won))
    found = resemblance(like, np.zeros(0, dtype=np.int64), corpus)
    return np.where(has[n:], found[n:], 0.0)


def _levels_of(judged: Sequence[_Judged]) -> tuple[str, ...]:
    return tuple(level for level in LEVELS if all(level in one.scores for one in judged))


def _segment_column(history: History, segment: str | None) -> str | None:
    categories = [a.name for a in history.attributes if a.kind in ("category", "boolean")]
    if segment is not None:
        if segment not in categories:
            raise InputError(
                Mistake("segments are the values of a category", "--segment", segment, ", ".join(categories[:20]))
            )
        return segment
    few = [name for name in categories if 2 <= history.facts[name].nunique() <= 4 * MOST_SEGMENTS]
    known = {name: sum(value is not None for value in history.facts[name]) for name in few}
    return max(few, key=known.__getitem__, default=None)


def _segments(together: _Judged, by: str | None, seed: int) -> tuple[Standing, ...]:
    if by is None:
        return ()
    values = pd.Series(together.segment).value_counts()
    found = []
    for value in list(values.index)[:MOST_SEGMENTS]:
        rows = together.segment == value
        if parting.has_enough(together.won[rows], parting.SCORE_AT_LEAST):
            found.append(_standing(f"{by}: {value}", together.only(rows), seed))
    return tuple(found)


def _standing(name: str, judged: _Judged, seed: int) -> Standing:
    won = int(judged.won.sum())
    blank = Standing(name, len(judged.won), won, (), "none", "too few deals of each outcome to compare")
    if not parting.has_enough(judged.won, parting.SCORE_AT_LEAST) or not _has_a_pair(judged):
        return blank
    levels = []
    for level, scores in judged.scores.items():
        found = contest(
            scores, judged.scores["filters"], judged.won, account=judged.account, seed=seed, stratum=judged.stratum
        )
        levels.append(Level(level, found.first.auc, found.first.lift, None if level == "filters" else found.delta_auc))
    better = [one for one in levels if one.over_filters is not None and (one.over_filters.low or 0) > 0]
    if not better:
        return replace(blank, levels=tuple(levels), recommended="filters", why="Filters do as well here.")
    best = max(better, key=lambda one: one.auc.value)
    gained = best.over_filters
    assert gained is not None and gained.low is not None and gained.high is not None  # noqa: S101, PT018
    why = (
        f"The {best.level} ranks better than filters: AUC {best.auc.value:.2f}, "
        f"{gained.value:+.2f} ({gained.low:+.2f} to {gained.high:+.2f})."
    )
    return replace(blank, levels=tuple(levels), recommended=best.level, why=why)


def _has_a_pair(judged: _Judged) -> bool:
    return any(
        judged.won[judged.stratum == part].any() and not judged.won[judged.stratum == part].all()
        for part in np.unique(judged.stratum)
    )


def _warnings(
    texts: tuple[str, ...], encoders: tuple[str, ...], days: Sequence[date], levels: Sequence[str]
) -> tuple[str, ...]:
    said = []
    if not texts:
        said.append("No column holds text about the companies, so meaning and the combination were not tried.")
    elif not encoders:
        said.append("NO MODEL IS HERE: meaning was told by words alone. Add one: idealfit models add all-minilm-l6-v2")
    if not days:
        said.append("Deals carry no day of opening: this is a cross-check over folds, not a test forward in time.")
    return tuple(said)


def _plain(standing: Standing) -> dict[str, Any]:
    return {
        "segment": standing.segment,
        "deals": standing.deals,
        "won": standing.won,
        "recommended": standing.recommended,
        "why": standing.why,
        "levels": [
            {
                "level": one.level,
                "auc": one.auc.model_dump(),
                "lift": one.lift.model_dump(),
                "auc_over_filters": None if one.over_filters is None else one.over_filters.model_dump(),
            }
            for one in standing.levels
        ],
    }
