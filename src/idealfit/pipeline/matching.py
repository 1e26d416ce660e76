"""What finds companies by meaning: match, and the models it needs."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from idealfit.errors import InputError, Mistake
from idealfit.match import models as store
from idealfit.match.asked import Asked, asked, of_profile
from idealfit.match.checks import NO, UNKNOWN, YES, answered, looked_up, unheard
from idealfit.match.evidence import evidence
from idealfit.match.ranking import STAGES, Corpus, Ranked, ranked, usual_of
from idealfit.match.reranking import READ_AGAIN, open_reranker, read_again
from idealfit.match.similar import alike
from idealfit.match.texts import LONGEST, not_english, sentences_of
from idealfit.match.vectors import cached_vectors, default_folder
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, within
from idealfit.pipeline.matched_lists import Match, Matches, as_csv, earlier
from idealfit.pipeline.matching_companies import companies_to_match, opened

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from idealfit.match.asked import Check
    from idealfit.match.checks import Answered
    from idealfit.match.models import Model
    from idealfit.match.ranking import Space
    from idealfit.match.reranking import Reranker
    from idealfit.pipeline.inputs import Day, Profile, Table
    from idealfit.pipeline.matching_companies import Companies

__all__ = ["Match", "Matches", "add_model", "as_csv", "match", "match_to_file", "models_here"]

FACTS = ("filter", "points", "off")
AT_ONCE = 16
"""Texts whose facts are looked up in one reading of the table."""
EVIDENCE_FOR = 50
"""Companies at the top of a list whose sentences are held against the text's; more where `top` asks for more."""


def match(
    companies: Table,
    *,
    query: str | None = None,
    narrative: str | Path | None = None,
    profile: Profile | str | Path | None = None,
    like: Sequence[str] = (),
    unlike: Sequence[str] = (),
    queries: Sequence[str] = (),
    id: str | None = None,
    text: Sequence[str] = (),
    facts: str = "filter",
    top: int | None = None,
    without: Collection[str] = (),
    diverse: bool = False,
    rerank: bool = False,
    models: Sequence[str] | None = None,
    vectors: Path | None = None,
    keep_vectors: bool = True,
    as_of: Day = None,
    since: str | Path | None = None,
    mapping: str | Path | None = None,
    progress: Callable[[str, float], None] = quiet,
) -> tuple[Matches, ...]:
    """Return the companies that match what is asked, best first: one list per text.

    What is asked is a `query`, a `narrative` (a text file), a `profile` or examples (`like`, `unlike`: ids of the
    table); `queries` are several texts at once. `text` names the columns with the companies' own words. `facts` says
    what becomes of the facts that are read out of the text: ``filter``, ``points`` or ``off``. `without` leaves out
    stages of `match.ranking.STAGES`; `rerank` reads the first fifty again with the re-ranker that was added. `models`
    are names, folders or addresses; if not given, all-mpnet-base-v2 where it was added, else all that were; without
    any, companies are ranked by words. `since` is an earlier list: what is new since is told.

    Raises `InputError` and `MappingError`, each with all that is wrong.
    """
    ways = {"a query": query, "a narrative": narrative, "a profile": profile, "examples": like or None,
            "queries": queries or None}  # fmt: skip
    given = [name for name, value in ways.items() if value is not None]
    _refuse_what_does_not_go_together(given=given, facts=facts, without=without, top=top)
    if (query is not None and not query.strip()) or any(not one.strip() for one in queries):
        raise InputError(Mistake("nothing is asked for", next_step="Describe the companies."))
    progress(f"reading {name_of(companies)}", 0.0)
    table = opened(companies, id=id, text=text, mapping=mapping)
    today = as_day(as_of) or date.today()
    texts = list(queries) or [query if query is not None else _read_text(narrative) if narrative else ""]
    given_profile = None if profile is None else as_profile(profile)

    def taken_apart(text: str, unheard: Collection[Check] = frozenset()) -> Asked:
        columns, read_facts = table.fact_columns, facts != "off"
        if given_profile is not None:
            return of_profile(given_profile, columns, read_facts=read_facts, unheard=unheard)
        return asked(text, columns, read_facts=read_facts, unheard=unheard)

    wanted = [taken_apart(one) for one in texts]
    for text_given, one in zip(texts, wanted, strict=True):
        if one.only_facts and not like:
            of_words = unheard(looked_up(one.checks, table.source.table, today), table.source.table)
            if taken_apart(text_given, of_words).only_facts:
                raise _only_filters(one)
        elif not one.meaning and not like:
            raise InputError(Mistake("nothing is asked for", found=one.text[:60], next_step="Describe the companies."))
    before = None if since is None else earlier(since)
    reranker = open_reranker() if rerank else None
    known = companies_to_match(
        table, models=models, without=without, progress=within(0, 0.8, progress),
        cache=(vectors or default_folder()) if keep_vectors else None,
    )  # fmt: skip
    found = []
    for number, text_given in enumerate(texts):
        if number % AT_ONCE == 0:
            progress("looking up facts", 0.8)
            facts_known = looked_up(
                [check for some in wanted[number : number + AT_ONCE] for check in some.checks], known.table, today
            )
            without_answer = unheard(facts_known, known.table)
        one = taken_apart(text_given, without_answer)
        progress(f"ranking {len(known.ids):,} companies", 0.8 + 0.15 * number / len(wanted))
        found.append(
            _matches(known, one, like, unlike, facts=facts, top=top, without=without, diverse=diverse, before=before,
                     reranker=reranker, facts_known=facts_known)
        )  # fmt: skip
    return tuple(found)


def match_to_file(
    companies: Table,
    path: str | Path,
    *,
    new: str | Path | None = None,
    several: bool = False,
    progress: Callable[[str, float], None] = quiet,
    **asked_for: object,
) -> tuple[Matches, ...]:
    """Write the lists as CSV (one more column, ``query``, where there are several) and return them; see `match`.

    `new` is a file for the companies alone that are in a list for the first time.
    """
    found = match(companies, progress=progress, **asked_for)  # type: ignore[arg-type]
    write_text(path, as_csv(found, several=several))
    if new is not None:
        write_text(new, as_csv(found, several=several, only_new=True))
    return found


def models_here() -> tuple[Model, ...]:
    """Return the models on this machine."""
    return store.models_here()


def add_model(name: str, *, progress: Callable[[str, float], None] = quiet) -> Model:
    """Fetch, check and convert a model; return it. Nothing is done where it is here already."""
    return store.add(name, progress=progress)


def _matches(
    known: Companies,
    one: Asked,
    like: Sequence[str],
    unlike: Sequence[str],
    *,
    facts: str,
    top: int | None,
    without: Collection[str],
    diverse: bool,
    before: frozenset[str] | None,
    reranker: Reranker | None,
    facts_known: Mapping[Check, np.ndarray[tuple[int, ...], np.dtype[np.int8]]],
) -> Matches:
    texts = known.texts
    answers = answered(one.checks, texts, facts_known)
    among = answers.passed if facts == "filter" else None
    order = _ranked(known, one, like, unlike, among=among, without=without)
    if reranker is not None and one.meaning:
        order = read_again(order, one.meaning, [texts[row] for row in order.rows[:READ_AGAIN]], reranker)
    if facts == "points" and one.checks:
        order = _with_points(order, answers.points)
    elif facts == "filter" and one.checks:
        order = _with_points(order, -answers.doubts)
    if diverse:
        order = _spread_out(order, known.corpus)
    listed = order.rows[: top or len(order.rows)]
    shown = list(listed[: max(EVIDENCE_FOR, top or 0)])
    if like:  # examples are told by what they say of themselves first
        one = replace(one, sentences=tuple(dict.fromkeys(_headlines(known, like))))
    sentences = one.sentences
    vectors = _sentence_vectors(known) if known.encoders and "meaning" not in without else None
    met = evidence(sentences, [texts[row] for row in shown], vectors, usual=usual_of(known.corpus) if vectors else None,
                   most=1 if like else None)  # fmt: skip
    pairs = dict(zip(shown, met, strict=True))
    has = known.corpus.has_text
    silent = [row for row in np.flatnonzero(~has) if among is None or among[row]]
    matches = [
        _one(known, one, answers, int(row), rank=number + 1, match=float(order.match[number]), pairs=pairs.get(row),
             before=before)
        for number, row in enumerate(listed)
    ] + [
        _one(known, one, answers, int(row), rank=None, match=None, pairs=None, before=before)
        for row in (silent if top is None else ())
    ]  # fmt: skip
    return Matches(
        query=one.text,
        asked=one,
        matches=tuple(matches),
        companies=len(known.ids),
        without_text=int((~has).sum()),
        failed_facts=0 if among is None else int((~among).sum()),
        facts_counted=answers.counted,
        facts=facts,
        evidence_for=len(shown) if sentences else 0,
        by_index=bool(known.corpus.indexes) and "meaning" not in without,
        models=(*(encoder.name for encoder in known.encoders), *((reranker.name,) if reranker else ())),
        embedded=known.embedded,
        stages=tuple(stage for stage in STAGES if stage not in without),
        warnings=(*known.warnings, *_doubts(one)),
        new=tuple(m.id for m in matches if m.new),
    )


def _doubts(one: Asked) -> tuple[str, ...]:
    said = ["the text does not seem to be English"] if not_english(one.text) else []
    return (*said, *([f"of the text, the first {LONGEST:,} letters were read"] if one.cut else []))


def _ranked(
    known: Companies,
    one: Asked,
    like: Sequence[str],
    unlike: Sequence[str],
    *,
    among: np.ndarray[tuple[int, ...], np.dtype[np.bool_]] | None,
    without: Collection[str],
) -> Ranked:
    if not like:
        vectors = [encoder.query_vectors([one.meaning])[0].astype(np.float32) for encoder in known.encoders]
        return ranked(one.meaning, vectors, known.corpus, among=among, without=without)
    row_of = {name: int(np.argmax(known.ids == name)) for name in (*like, *unlike) if (known.ids == name).any()}
    unknown = [name for name in (*like, *unlike) if name not in row_of]
    if unknown:
        raise InputError(*(Mistake("no company of this id is in the table", found=name) for name in unknown))
    rows = [np.array([row_of[name] for name in names], dtype=np.int64) for names in (like, unlike)]
    silent = [str(known.ids[row]) for row in rows[0] if not known.corpus.has_text[row]]
    if len(silent) == len(like):
        raise InputError(Mistake("none of the examples has a text", found=", ".join(silent)))
    return alike(rows[0][known.corpus.has_text[rows[0]]], rows[1], known.corpus, among=among, without=without)


def _with_points(order: Ranked, points: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Ranked:
    match = order.match + points[order.rows]
    best = np.lexsort((np.arange(len(match)), -match))
    return Ranked(order.rows[best], match[best], order.looked_at)


def _spread_out(order: Ranked, corpus: Corpus) -> Ranked:
    """Return the list with companies later that are like one further up (maximal marginal relevance)."""
    first = order.rows[:200]
    spaces = [space[first] for space in corpus.spaces]
    words = corpus.words.rows(first)
    near = np.mean([s @ s.T for s in spaces], axis=0) if spaces else (words @ words.T).toarray()
    left = list(range(len(first)))
    taken: list[int] = []
    while left:
        penalty = [max((float(near[number, other]) for other in taken), default=0.0) for number in left]
        best = max(range(len(left)), key=lambda at: (order.match[left[at]] / 10 - 3 * penalty[at], -left[at]))
        taken.append(left.pop(best))
    new_order = np.concatenate((first[taken], order.rows[len(first) :])).astype(np.int64)
    match = np.concatenate((order.match[: len(first)][taken], order.match[len(first) :]))
    return Ranked(new_order, match, order.looked_at)


def _headlines(known: Companies, like: Sequence[str]) -> list[str]:
    rows = [int(np.argmax(known.ids == name)) for name in like]
    return [sentences_of(known.texts[row])[0] for row in rows if known.corpus.has_text[row]]


def _sentence_vectors(known: Companies) -> Callable[[Sequence[str]], Space]:
    def vectors(sentences: Sequence[str]) -> Space:
        encoder, files = known.encoders[0], known.files
        found, _ = cached_vectors(sentences, encoder, folder=known.cache, files=files, progress=quiet)
        return found.astype(np.float32)

    return vectors


def _one(
    known: Companies,
    one: Asked,
    answers: Answered,
    row: int,
    *,
    rank: int | None,
    match: float | None,
    pairs: tuple[tuple[str, str], ...] | None,
    before: frozenset[str] | None,
) -> Match:
    said: dict[int, list[str]] = {YES: [], NO: [], UNKNOWN: []}
    for number, check in enumerate(one.checks):
        quote = answers.quotes.get((row, number))
        told_there = f'{check.said} (its text says "{quote}")' if quote else check.said
        said[int(answers.answers[row, number])].append(told_there)
    name = str(known.ids[row])
    return Match(
        id=name, rank=rank, match=match, evidence=pairs or (), facts_met=tuple(said[YES]), facts_failed=tuple(said[NO]),
        facts_unknown=tuple(said[UNKNOWN]), new=before is not None and rank is not None and name not in before,
        name=known.names[row] if pairs is not None and len(known.names) else "",
    )  # fmt: skip


def _read_text(path: str | Path) -> str:
    try:
        return Path(path).read_bytes()[:10_000_000].decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(Mistake(f"cannot be read: {(error.strerror or str(error)).lower()}", str(path))) from None


def _only_filters(one: Asked) -> InputError:
    tests = "; ".join(check.said for check in one.checks)
    return InputError(
        Mistake(
            "this text holds nothing but facts, which are filters; there is no meaning to match",
            found=one.text[:80],
            next_step=f"Write the facts ({tests}) as criteria of a profile and run: idealfit score profile.yaml",
        )
    )


def _refuse_what_does_not_go_together(
    *, given: Sequence[str], facts: str, without: Collection[str], top: int | None
) -> None:
    mistakes = []
    if len(given) != 1:
        found = " and ".join(given) or "nothing"
        ways = "--profile, --narrative, --query, --queries or --like"
        mistakes.append(Mistake("one thing is asked for at a time", found=found, allowed=ways))
    if facts not in FACTS:
        mistakes.append(Mistake("facts are used in one of three ways", "--facts", facts, ", ".join(FACTS)))
    mistakes += [
        Mistake("there is no such stage", "--without", stage, ", ".join(STAGES))
        for stage in without
        if stage not in STAGES
    ]
    if {"words", "meaning"} <= set(without):
        mistakes.append(Mistake("without words and meaning there is nothing to rank by", "--without"))
    if top is not None and top < 1:
        mistakes.append(Mistake("at least one company is listed", "--top", str(top), "1 or more"))
    if mistakes:
        raise InputError(*mistakes)
