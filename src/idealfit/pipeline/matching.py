"""What finds companies by meaning: match, and the models it needs."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from idealfit.engine import connect
from idealfit.errors import InputError, MappingError, Mistake
from idealfit.match import models as store
from idealfit.match.asked import Asked, asked, of_profile
from idealfit.match.catalogue import OFFERED
from idealfit.match.checks import NO, UNKNOWN, YES, answered
from idealfit.match.evidence import evidence, in_words
from idealfit.match.index import EXACT_UP_TO, kept
from idealfit.match.ranking import STAGES, Corpus, Ranked, ranked
from idealfit.match.similar import alike
from idealfit.match.spaces import encoders_of, space_of
from idealfit.match.texts import not_english, told
from idealfit.match.vectors import cached_vectors, default_folder
from idealfit.match.words import word_index
from idealfit.pipeline.documents import write_text
from idealfit.pipeline.inputs import as_day, as_profile, name_of, quiet, said_about_columns, within
from idealfit.sources.reading import read

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import ibis.expr.types as ir

    from idealfit.match.checks import Answered
    from idealfit.match.encoder import Encoder
    from idealfit.match.models import Model
    from idealfit.match.ranking import Space
    from idealfit.match.texts import Told
    from idealfit.pipeline.inputs import Day, Profile, Table
    from idealfit.tables import SourceTable

FACTS = ("filter", "points", "off")
EVIDENCE_FOR = 50
"""Companies at the top of a list whose sentences are held against the text's."""
LEAST_WORDS_OF_TEXT = 4
"""Words a cell: a column with fewer, on average, is no text about companies."""
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Match:
    """One company of a list: where it stands, its evidence, and which of the facts it meets."""

    id: str
    rank: int | None
    match: float | None
    evidence: tuple[tuple[str, str], ...] = ()
    facts_met: tuple[str, ...] = ()
    facts_failed: tuple[str, ...] = ()
    facts_unknown: tuple[str, ...] = ()
    new: bool = False


@dataclass(frozen=True)
class Matches:
    """The list that answers one text, best first, then the companies that have no text; and how it came about."""

    query: str
    asked: Asked
    matches: tuple[Match, ...]
    companies: int
    without_text: int
    failed_facts: int
    facts: str
    models: tuple[str, ...]
    embedded: int
    stages: tuple[str, ...]
    warnings: tuple[str, ...] = ()
    new: tuple[str, ...] = field(default=())

    def as_json(self) -> dict[str, object]:
        """Return the list and all that was counted, ready for JSON."""
        return {
            "query": self.query,
            "ranked_by": self.asked.meaning,
            "facts": [
                {"words": c.words, "test": c.said, "column": c.column, "denied": c.denied} for c in self.asked.checks
            ],
            "facts_as": self.facts,
            "models": list(self.models),
            "stages": list(self.stages),
            "companies": self.companies,
            "without_text": self.without_text,
            "left_out_by_facts": self.failed_facts,
            "newly_embedded": self.embedded,
            "new": list(self.new),
            "warnings": list(self.warnings),
            "matches": [
                {
                    "id": m.id,
                    "rank": m.rank,
                    "match": m.match,
                    "evidence": [{"asked": a, "company": c} for a, c in m.evidence],
                    "facts_met": list(m.facts_met),
                    "facts_failed": list(m.facts_failed),
                    "facts_unknown": list(m.facts_unknown),
                }
                for m in self.matches
            ],
        }


@dataclass(frozen=True)
class _Companies:
    """The companies to match, read once for all texts."""

    source: SourceTable
    table: ir.Table
    ids: tuple[str, ...]
    texts: tuple[Told, ...]
    text_columns: tuple[str, ...]
    corpus: Corpus
    encoders: tuple[Encoder, ...]
    cache: Path | None
    embedded: int
    warnings: tuple[str, ...]


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
    stages of `match.ranking.STAGES`. `models` are names, folders or addresses; every encoder that was added, if not
    given; without any, companies are ranked by words. `since` is an earlier list: what is new since is told.

    Raises `InputError` and `MappingError`, each with all that is wrong.
    """
    ways = {"a query": query, "a narrative": narrative, "a profile": profile, "examples": like or None,
            "queries": queries or None}  # fmt: skip
    given = [name for name, value in ways.items() if value is not None]
    _refuse_what_does_not_go_together(given=given, facts=facts, without=without, top=top)
    known = _companies(
        companies, id=id, text=text, models=models, without=without, mapping=mapping, progress=within(0, 0.8, progress),
        cache=(vectors or default_folder()) if keep_vectors else None,
    )  # fmt: skip
    columns = [c for c in known.table.columns if c not in known.text_columns]
    read_facts = facts != "off"
    if profile is not None:
        wanted = [of_profile(as_profile(profile), columns, read_facts=read_facts)]
    else:
        texts = list(queries) or [query if query is not None else _read_text(narrative) if narrative else ""]
        wanted = [asked(one, columns, read_facts=read_facts) for one in texts]
    for one in wanted:
        if one.only_facts and not like:
            raise _only_filters(one)
        if not one.meaning and not like:
            raise InputError(Mistake("nothing is asked for", found=one.text[:60], next_step="Describe the companies."))
    before = None if since is None else _earlier(since)
    found = []
    for number, one in enumerate(wanted):
        progress(f"ranking {len(known.ids):,} companies", 0.8 + 0.15 * number / len(wanted))
        found.append(
            _matches(known, one, like, unlike, facts=facts, top=top, without=without, diverse=diverse, before=before,
                     as_of=as_day(as_of) or date.today())
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


def as_csv(found: Sequence[Matches], *, several: bool, only_new: bool = False) -> str:
    """Return lists as CSV; cells that a spreadsheet would run begin with an apostrophe."""
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    heads = ["id", "rank", "match", "evidence", "facts_met", "facts_failed", "facts_unknown"]
    rows.writerow(["query", *heads] if several else heads)
    for one in found:
        for m in one.matches:
            if only_new and not m.new:
                continue
            cells = [
                m.id,
                "" if m.rank is None else str(m.rank),
                "" if m.match is None else f"{m.match:.2f}",
                in_words(m.evidence),
                *("; ".join(said) for said in (m.facts_met, m.facts_failed, m.facts_unknown)),
            ]
            safe = [f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell for cell in cells]
            rows.writerow([one.query, *safe] if several else safe)
    return out.getvalue()


def models_here() -> tuple[Model, ...]:
    """Return the models on this machine."""
    return store.models_here()


def add_model(name: str, *, progress: Callable[[str, float], None] = quiet) -> Model:
    """Fetch, check and convert a model; return it. Nothing is done where it is here already."""
    return store.add(name, progress=progress)


def _companies(
    companies: Table,
    *,
    id: str | None,
    text: Sequence[str],
    models: Sequence[str] | None,
    without: Collection[str],
    mapping: str | Path | None,
    cache: Path | None,
    progress: Callable[[str, float], None],
) -> _Companies:
    progress(f"reading {name_of(companies)}", 0.0)
    source = read(companies, connection=connect(), table="companies", mapping=said_about_columns(mapping, id=id))
    roles = (source.column(role) for role in ("account_id", "domain", "name"))
    named = id or next((column.name for column in roles if column), None)
    columns = _text_columns(source, text)
    table = source.table
    frame = table.select(*dict.fromkeys(([named] if named else []) + list(columns))).to_pandas()
    ids = _ids(frame, named)
    cells = [frame[column].to_numpy(dtype=object) for column in columns]
    texts = tuple(told([c if isinstance(c, str) else None for c in row]) for row in zip(*cells, strict=True))
    progress("indexing words", 0.1)
    index = word_index([one.text for one in texts])
    encoders = () if "meaning" in without else encoders_of(models)
    spaces, embedded = [], 0
    for number, encoder in enumerate(encoders):
        share = within(0.2 + 0.8 * number / len(encoders), 0.2 + 0.8 * (number + 1) / len(encoders), progress)
        space, new = space_of(
            [one.text for one in texts], [one.headline for one in texts], encoder, folder=cache, progress=share
        )
        spaces.append(space)
        embedded += new
    has_text = np.array([bool(one.text) for one in texts], dtype=bool)
    many = len(ids) > EXACT_UP_TO and cache is not None
    indexes = tuple(
        kept(cache / "indexes", space, encoder.fingerprint)
        for space, encoder in zip(spaces if many else (), encoders if many else (), strict=True)
        if cache is not None
    )
    return _Companies(
        source, table, ids, texts, columns, Corpus(index, tuple(spaces), has_text, indexes), encoders, cache, embedded,
        _warnings(texts, encoders, without),
    )  # fmt: skip


def _warnings(texts: Sequence[Told], encoders: Sequence[Encoder], without: Collection[str]) -> tuple[str, ...]:
    said = []
    if not encoders and "meaning" not in without:
        said.append(
            "NO MODEL IS HERE: ranked by words alone, not by meaning. Add one once with: idealfit models add "
            f"{next(iter(OFFERED))}"
        )
    cut = sum(one.cut for one in texts)
    if cut:
        said.append(f"{cut:,} texts are very long; their first pages were read")
    foreign = sum(not_english(one.text) for one in texts)
    if foreign:
        said.append(f"{foreign:,} texts do not seem to be English, which is what the models know best")
    return tuple(said)


def _text_columns(source: SourceTable, text: Sequence[str]) -> tuple[str, ...]:
    """Return the columns with the companies' own words: the named ones, or all texts of more than a few words."""
    missing = [column for column in text if column not in source.table.columns]
    if missing:
        raise MappingError(
            *(
                Mistake("there is no such column", "--text", name, ", ".join(source.table.columns[:20]))
                for name in missing
            )
        )
    if text:
        return tuple(text)
    found = tuple(column.name for column in source.columns if column.kind == "text")
    if not found:
        raise MappingError(
            Mistake(
                "no column with the companies' own words was found",
                source.name,
                ", ".join(source.table.columns[:20]),
                "one or more columns of text",
                "Name them with --text COL.",
            )
        )
    return found


def _ids(frame: pd.DataFrame, named: str | None) -> tuple[str, ...]:
    if named is None:
        return tuple(str(number) for number in range(1, len(frame) + 1))
    return tuple("" if pd.isna(value) else str(value) for value in frame[named])


def _matches(
    known: _Companies,
    one: Asked,
    like: Sequence[str],
    unlike: Sequence[str],
    *,
    facts: str,
    top: int | None,
    without: Collection[str],
    diverse: bool,
    before: frozenset[str] | None,
    as_of: date,
) -> Matches:
    texts = [text.text for text in known.texts]
    answers = answered(one.checks, known.table, texts, as_of)
    among = answers.passed if facts == "filter" else None
    order = _ranked(known, one, like, unlike, among=among, without=without)
    if facts == "points" and one.checks:
        order = _with_points(order, answers)
    if diverse:
        order = _spread_out(order, known.corpus)
    listed = order.rows[: top or len(order.rows)]
    shown = list(listed[:EVIDENCE_FOR])
    sentences = one.sentences if one.sentences else ()
    vectors = _sentence_vectors(known) if known.encoders and "meaning" not in without else None
    pairs = dict(zip(shown, evidence(sentences, [texts[row] for row in shown], vectors), strict=True))
    has = known.corpus.has_text
    silent = [row for row in np.flatnonzero(~has) if among is None or among[row]]
    matches = [
        _one(known, one, answers, int(row), rank=number + 1, match=float(order.match[number]), pairs=pairs.get(row, ()),
             before=before)
        for number, row in enumerate(listed)
    ] + [
        _one(known, one, answers, int(row), rank=None, match=None, pairs=(), before=before)
        for row in (silent if top is None else ())
    ]  # fmt: skip
    return Matches(
        query=one.text,
        asked=one,
        matches=tuple(matches),
        companies=len(known.ids),
        without_text=int((~has).sum()),
        failed_facts=0 if among is None else int((~among).sum()),
        facts=facts,
        models=tuple(encoder.name for encoder in known.encoders),
        embedded=known.embedded,
        stages=tuple(stage for stage in STAGES if stage not in without),
        warnings=(*known.warnings, *(("the text does not seem to be English",) if not_english(one.text) else ())),
        new=tuple(m.id for m in matches if m.new),
    )


def _ranked(
    known: _Companies,
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
    row_of = {name: row for row, name in reversed(list(enumerate(known.ids)))}
    unknown = [name for name in (*like, *unlike) if name not in row_of]
    if unknown:
        raise InputError(*(Mistake("no company of this id is in the table", found=name) for name in unknown))
    rows = [np.array([row_of[name] for name in names], dtype=np.int64) for names in (like, unlike)]
    silent = [known.ids[row] for row in rows[0] if not known.corpus.has_text[row]]
    if len(silent) == len(like):
        raise InputError(Mistake("none of the examples has a text", found=", ".join(silent)))
    return alike(rows[0][known.corpus.has_text[rows[0]]], rows[1], known.corpus, among=among, without=without)


def _with_points(order: Ranked, answers: Answered) -> Ranked:
    match = order.match + answers.points[order.rows]
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


def _sentence_vectors(known: _Companies) -> Callable[[Sequence[str]], Space]:
    encoder = known.encoders[0]

    def vectors(sentences: Sequence[str]) -> Space:
        found, _ = cached_vectors(sentences, encoder, folder=known.cache, progress=quiet)
        return found.astype(np.float32)

    return vectors


def _one(
    known: _Companies,
    one: Asked,
    answers: Answered,
    row: int,
    *,
    rank: int | None,
    match: float | None,
    pairs: tuple[tuple[str, str], ...],
    before: frozenset[str] | None,
) -> Match:
    said: dict[int, list[str]] = {YES: [], NO: [], UNKNOWN: []}
    for number, check in enumerate(one.checks):
        quote = answers.quotes.get((row, number))
        told_there = f'{check.said} (its text says "{quote}")' if quote else check.said
        said[int(answers.answers[row, number])].append(told_there)
    name = known.ids[row]
    return Match(
        id=name, rank=rank, match=match, evidence=pairs, facts_met=tuple(said[YES]), facts_failed=tuple(said[NO]),
        facts_unknown=tuple(said[UNKNOWN]), new=before is not None and rank is not None and name not in before,
    )  # fmt: skip


def _read_text(path: str | Path) -> str:
    try:
        return Path(path).read_bytes()[:10_000_000].decode("utf-8-sig", errors="replace")
    except OSError as error:
        raise InputError(Mistake(f"cannot be read: {(error.strerror or str(error)).lower()}", str(path))) from None


def _earlier(path: str | Path) -> frozenset[str]:
    """Return the ids that stood in an earlier list with a rank."""
    try:
        frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    except (OSError, ValueError) as error:
        raise InputError(Mistake("this cannot be read as an earlier list", str(path), type(error).__name__)) from None
    if not {"id", "rank"} <= set(frame.columns):
        raise InputError(Mistake("this is no earlier list", str(path), allowed="what idealfit match wrote"))
    return frozenset(name.removeprefix("'") for name in frame["id"][frame["rank"] != ""])


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
